/*
 * Comparing and selecting: intervals that hold together, and selections that
 * are right as often as they say.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/equal_law.h"
#include "tests/select_law.h"
#include "tests/verify/verify.h"

#include <math.h>

#define REPLICATIONS 60 /* of an option in one study of equals */
#define STUDIES_QUICK 100
#define STUDIES_FULL 1000
#define DECLARED 0.067 /* 5%, and 2.5 standard errors of 1,000 studies */

/* ---- options equal in law ---- */

/* The studies of one attempt, simulated once for the check and its control. */
struct equals {
    struct equal_law law;
    uint32_t seed;
};

static const struct equal_law *law_of(const void *context,
                                      const struct verify_attempt *attempt)
{
    struct equals *equals = (struct equals *)(uintptr_t)context;

    if (equals->law.studies != attempt->replications ||
        equals->seed != attempt->seed) {
        equals->seed = attempt->seed;
        equals->law =
            equal_law_run(attempt->seed, attempt->replications, REPLICATIONS);
    }
    return &equals->law;
}

static struct verify_found declared(const json_t *json, const void *context,
                                    const struct verify_attempt *attempt)
{
    const struct equal_law *law = law_of(context, attempt);

    (void)json;
    return verify_share(law->any, law->studies);
}

static struct verify_found declared_alone(const json_t *json,
                                          const void *context,
                                          const struct verify_attempt *attempt)
{
    const struct equal_law *law = law_of(context, attempt);

    (void)json;
    return verify_share(law->single, law->studies);
}

static void add_equals(struct verify *verify, const struct equals *equals)
{
    bool full = verify_form(verify) == VERIFY_FULL;

    verify_case(verify, &(struct verify_case){
                            .name = "three options equal in law, five measures",
                            .quick = STUDIES_QUICK,
                            .full = STUDIES_FULL,
                            .seed = 1});
    verify_check(
        verify,
        &(struct verify_check){
            .quantity = "studies that declare any difference",
            .kind = VERIFY_WITHIN,
            .truth = 0.05,
            /* 4 standard errors of a count of 100. */
            .high = full ? DECLARED : 0.05 + 4 * sqrt(0.05 * 0.95 / 100),
            .source = "what intervals that hold together with 95% promise: 5% "
                      "at most, and 67 of 1,000 allowed for chance",
            .compute = declared,
            .context = equals});
    verify_check(verify, &(struct verify_check){
                             .quantity = "studies that declare any difference",
                             .kind = VERIFY_NEAR,
                             .truth = 0.05,
                             .source = "5%",
                             .wrong = "a t-test of each difference by itself",
                             .compute = declared_alone,
                             .context = equals});
}

/* ---- selections ---- */

static struct verify_found right_normal(const json_t *json, const void *context,
                                        const struct verify_attempt *attempt)
{
    (void)json;
    return verify_share(select_law_normal(context, attempt->replications),
                        attempt->replications);
}

static struct verify_found right_ratio(const json_t *json, const void *context,
                                       const struct verify_attempt *attempt)
{
    (void)json;
    return verify_share(select_law_ratio(context, attempt->replications),
                        attempt->replications);
}

struct selection {
    const char *name;
    struct select_law law;
};
static const struct selection selections[] = {
    {"selection of one of five, independent", {0, 0.95, 1}},
    {"selection of one of five, correlation 0.5", {0.5, 0.95, 1}},
    {"selection of one of five, correlation 0.95", {0.95, 0.95, 1}},
};
static const struct selection ratios[] = {
    {"selection by a ratio, independent", {0, 0.95, 1}},
    {"selection by a ratio, correlation 0.5", {0.5, 0.95, 1}},
    {"selection by a ratio, correlation 0.95", {0.95, 0.95, 1}},
};
/* Asked for a lead four times as large as there is, at a confidence of 30%. */
static const struct select_law careless = {0, 0.3, 4};

static void add_selection(struct verify *verify, const struct selection *at,
                          verify_compute *compute, uint32_t quick)
{
    bool full = verify_form(verify) == VERIFY_FULL;
    double studies = full ? STUDIES_FULL : quick;

    verify_case(verify, &(struct verify_case){.name = at->name,
                                              .quick = quick,
                                              .full = STUDIES_FULL,
                                              .seed = 1});
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "studies in which the best is selected",
                     .kind = VERIFY_WITHIN,
                     .truth = 0.95,
                     .low = 0.95 - 4 * sqrt(0.95 * 0.05 / studies),
                     .high = 1,
                     .source = "at least what Kim and Nelson (2001) promise "
                               "where the best leads by exactly as much as "
                               "was asked for",
                     .compute = compute,
                     .context = &at->law});
}

static const struct verify_family family = {
    .name = "choices",
    .order = 80,
    .title = "Comparing and selecting",
    .about =
        "`handrail compare` over many studies. In the first, options differ "
        "only in the name of a cohort: they are equal in law, but meet other "
        "luck, and whatever is declared is a false alarm. In the others the "
        "best option is known, and leads by exactly the lead that was asked "
        "for. Figures are shares of studies.",
};

int main(void)
{
    struct verify *verify = verify_begin(&family);
    struct equals equals = {0};

    add_equals(verify, &equals);
    for (size_t i = 0; i < LENGTH(selections); i++)
        add_selection(verify, &selections[i], right_normal, 200);
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "studies in which the best is selected",
                     .kind = VERIFY_NEAR,
                     .truth = 0.95,
                     .source = "95%",
                     .wrong = "asked for four times the lead, at 30%",
                     .compute = right_normal,
                     .context = &careless});
    for (size_t i = 0; i < LENGTH(ratios); i++)
        add_selection(verify, &ratios[i], right_ratio, 60);
    return verify_finish(verify);
}
