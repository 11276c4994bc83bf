/*
 * The three services that are shipped, and what is made of each: every file
 * loads, the tapers are those that are promised, and each variant differs from
 * its service in what it is about. Paired: same seed, same people.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define RUNS 20
#define SEED 20270120

static const char *const services[] = {"crisis-house", "dual-diagnosis",
                                       "after-assessment"};
static const char *const variants[] = {"abrupt-taper", "no-weekend-cover",
                                       "poor-handover", "safeguarding-apart",
                                       "no-step-down"};

/* Run a service or one of its variants (NULL: as it is). */
static void run_service(struct model *model, const char *service,
                        const char *variant, const char *const *setting,
                        size_t settings)
{
    char path[200], base[200];
    struct text_file files[3] = {{NULL, NULL}};

    snprintf(path, sizeof path, "scenarios/%s.yaml", service);
    snprintf(base, sizeof base, "../%s.yaml", service);
    if (!variant) {
        model_run(model, path, setting, settings, RUNS, SEED);
        return;
    }
    files[1] = (struct text_file){base, loading_file(path)};
    snprintf(path, sizeof path, "scenarios/%s/%s.yaml", service, variant);
    files[0] = (struct text_file){"variant.yaml", loading_file(path)};
    model_run_files(model, files, setting, settings, RUNS, SEED);
    free((void *)(uintptr_t)files[0].text);
    free((void *)(uintptr_t)files[1].text);
}

static void every_file_runs(void **state)
{
    static const char *const shorter[] = {"calendar.warm_up=0 days",
                                          "calendar.run_for=4 weeks",
                                          "calendar.run_on=0 days"};

    (void)state;
    for (size_t i = 0; i < LENGTH(services); i++)
        for (size_t v = 0; v <= LENGTH(variants); v++) {
            struct model model;

            run_service(&model, services[i],
                        v < LENGTH(variants) ? variants[v] : NULL, shorter,
                        LENGTH(shorter));
            assert_true(model_value(&model, "referrals")->mean > 0);
            model_clear(&model);
        }
}

/* ---- the tapers, without chance ---- */

/* One stay of someone who is always there and never unwell, as planned. */
struct taper_case {
    const char *name;
    const char *service, *level;
    const char *setting[8];
    double contacts; /* planned with the person, in one stay */
    double days;
};
#define CALM(condition)                                                        \
    "conditions." condition ".begin={settled: 100%, warning: 0%, "             \
    "deteriorating: 0%}",                                                      \
        "conditions." condition ".changes.settled to warning=0/day"
#define NO_RULE(plan)                                                          \
    "plans." plan ".advance_if=null", "plans." plan ".repeats=null",           \
        "plans." plan ".otherwise=null"
static struct taper_case taper_cases[] = {
    /* 10 evenings, 4 of 7 alternate days, twice a week for 2 weeks. */
    {"the crisis house tapers over 31 days",
     "crisis-house",
     "enhanced step-down",
     {CALM("after crisis"), NO_RULE("evening taper"), "alerts=null",
      "responses.review soon=null", "responses.review now=null"},
     18,
     31},
    /* Three a week for two weeks, on three days. */
    {"dual diagnosis has three contacts a week for two weeks",
     "dual-diagnosis",
     "intensive follow-up",
     {"conditions.relapsing course.begin={steady: 100%, using more: 0%, "
      "unwell: "
      "0%}",
      "conditions.relapsing course.changes.steady to using more=0/day",
      NO_RULE("three a week"), "alerts=null", "responses.talk it over=null",
      "responses.review now=null"},
     6,
     14},
};

static void tapers_as_promised(void **state)
{
    const struct taper_case *c = *state;
    struct model model;
    double due, stays;
    size_t settings = 0;

    while (settings < LENGTH(c->setting) && c->setting[settings])
        settings++;
    run_service(&model, c->service, NULL, c->setting, settings);
    due = model_slice(&model, "contacts_due", SLICE_LEVEL, c->level)->mean;
    /* In a steady state as many begin a stay in a week as people / length. */
    stays = 7 * model_slice(&model, "occupancy", SLICE_LEVEL, c->level)->mean /
            model_slice(&model, "stay_days", SLICE_LEVEL, c->level)->mean;
    /* Holidays and disengaging take a few away. */
    assert_near(due / stays, c->contacts, 0.06 * c->contacts);
    assert_near(model_slice(&model, "stay_days", SLICE_LEVEL, c->level)->mean,
                c->days, 1);
    model_clear(&model);
}

/* ---- what a variant is about ---- */

struct variant_case {
    const char *name;
    const char *service, *variant, *measure;
    enum slice slice; /* SLICE_COUNT: whole */
    const char *value;
    double times; /* at least so many times as large; below 1 at most */
};
#define OF_WEEKEND SLICE_DAY, "weekend"
#define WHOLE SLICE_COUNT, NULL
#define SAFEGUARDING SLICE_CONCERN, "safeguarding"
static struct variant_case variant_cases[] = {
    {"an abrupt taper sees less", "crisis-house", "abrupt-taper",
     "seen_within_72_hours", WHOLE, 0.7},
    {"and has more crises", "crisis-house", "abrupt-taper",
     "crisis_within_30_days", WHOLE, 1.1},
    {"nobody at the weekend, nothing delivered then", "crisis-house",
     "no-weekend-cover", "contacts_not_delivered", OF_WEEKEND, 100},
    {"a poor handover sees less", "crisis-house", "poor-handover",
     "seen_within_72_hours", WHOLE, 0.9},
    {"apart, safeguarding stays open longer", "crisis-house",
     "safeguarding-apart", "concern_open_hours", SAFEGUARDING, 10},
    {"without step-down nobody is seen", "crisis-house", "no-step-down",
     "seen_within_72_hours", WHOLE, 0.2},
    {"and there are more crises yet", "crisis-house", "no-step-down",
     "crisis_within_90_days", WHOLE, 1.2},
    {"an abrupt taper sees less of dual diagnosis", "dual-diagnosis",
     "abrupt-taper", "seen_within_72_hours", WHOLE, 0.7},
    {"at the weekend nobody goes round on the same day", "dual-diagnosis",
     "no-weekend-cover", "response_breaches", WHOLE, 1.2},
    {"a poor handover from A&E sees less", "dual-diagnosis", "poor-handover",
     "seen_within_72_hours", WHOLE, 0.9},
    {"apart, safeguarding stays open longer there", "dual-diagnosis",
     "safeguarding-apart", "concern_open_hours", SAFEGUARDING, 10},
    {"without step-down more come back to A&E", "dual-diagnosis",
     "no-step-down", "crisis_within_30_days", WHOLE, 1.05},
    {"an abrupt taper after an assessment has more crises", "after-assessment",
     "abrupt-taper", "crisis_within_30_days", WHOLE, 1.1},
    {"nobody at the weekend breaks the first seven days", "after-assessment",
     "no-weekend-cover", "contacts_not_delivered", OF_WEEKEND, 100},
    {"and the first contact comes late", "after-assessment", "no-weekend-cover",
     "first_contact_in_time", WHOLE, 0.9},
    {"a poor handover of an assessment sees less", "after-assessment",
     "poor-handover", "seen_within_72_hours", WHOLE, 0.9},
    {"apart, safeguarding after an assessment stays open longer",
     "after-assessment", "safeguarding-apart", "concern_open_hours",
     SAFEGUARDING, 10},
    {"without step-down more are in crisis within 30 days", "after-assessment",
     "no-step-down", "crisis_within_30_days", WHOLE, 1.3},
};

static double value_of(const struct model *model, const struct variant_case *c)
{
    return c->slice == SLICE_COUNT
               ? model_value(model, c->measure)->mean
               : model_slice(model, c->measure, c->slice, c->value)->mean;
}

static void variant_differs(void **state)
{
    const struct variant_case *c = *state;
    struct model as_it_is, changed;
    double before, after;

    run_service(&as_it_is, c->service, NULL, NULL, 0);
    run_service(&changed, c->service, c->variant, NULL, 0);
    before = value_of(&as_it_is, c);
    after = value_of(&changed, c);
    if (c->times > 1 ? after < c->times * before : after > c->times * before)
        fail_msg("%s is %g, and %g as it is", c->measure, after, before);
    model_clear(&as_it_is);
    model_clear(&changed);
}

/* ---- staffed as the file says ---- */

/* What is done about missed contacts does not crowd out contacts: with all
 * responses taken away no more is delivered. */
static void no_spiral(void **state)
{
    static const char *const quiet[] = {"responses.not attended=null",
                                        "responses.not delivered=null",
                                        "targets=null"};

    (void)state;
    for (size_t i = 0; i < LENGTH(services); i++) {
        struct model with, without;
        double lost;

        run_service(&with, services[i], NULL, NULL, 0);
        run_service(&without, services[i], NULL, quiet, LENGTH(quiet));
        lost = model_value(&with, "contacts_not_delivered")->mean -
               model_value(&without, "contacts_not_delivered")->mean;
        assert_true(model_value(&with, "contacts_not_delivered")->mean < 0.03);
        assert_true(lost < 0.01);
        model_clear(&with);
        model_clear(&without);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_runs),
        cmocka_unit_test(no_spiral),
    };
    int failed = cmocka_run_group_tests_name("services", tests, NULL, NULL);

    failed += run_table("tapers", tapers_as_promised, taper_cases);
    failed += run_table("variants", variant_differs, variant_cases);
    return failed;
}
