/* Studies of options that are equal in law.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/equal_law.h"

#include <gsl/gsl_cdf.h>

#include "models/replication.h"
#include "studies/compare.h"
#include "tests/loading.h"

#define OPTIONS 3
#define COHORT                                                                 \
    "{referrals: {rate: 0.5/day}, enters: support, condition: course, "        \
    "attendance: 88%}"

static const char *const ids[] = {"contacts_not_delivered", "contacts_missed",
                                  "crises", "planned_exits", "utilisation"};

/* What is the same in all studies. */
struct set_up {
    struct loaded loaded[OPTIONS];
    struct layout layout[OPTIONS];
    struct replication *replication[OPTIONS];
    double *record;
    struct compare_option option[OPTIONS];
    struct compare_measure measure[LENGTH(ids)];
};

static void begin(struct set_up *up)
{
    static const char *const settings[OPTIONS][4] = {
        {"calendar.run_for=8 weeks", NULL},
        {"calendar.run_for=8 weeks", "cohorts.people=null",
         "cohorts.folk=" COHORT, NULL},
        {"calendar.run_for=8 weeks", "cohorts.people=null",
         "cohorts.persons=" COHORT, NULL}};
    char *text = loading_file("scenarios/reference.yaml");
    const struct text_file files[] = {{"reference.yaml", text}, {NULL, NULL}};

    memset(up, 0, sizeof *up);
    for (size_t i = 0; i < OPTIONS; i++) {
        loading_load(&up->loaded[i], files, settings[i]);
        assert_int_equal(up->loaded[i].err, SIM_OK);
        assert_int_equal(layout_init(&up->layout[i], up->loaded[i].scenario),
                         SIM_OK);
        assert_int_equal(replication_new(up->loaded[i].scenario, &up->layout[i],
                                         &up->replication[i]),
                         SIM_OK);
        up->option[i] = (struct compare_option){
            .name = "option",
            .scenario = {up->loaded[i].scenario},
            .layout = {&up->layout[i]},
        };
    }
    for (size_t i = 0; i < LENGTH(ids); i++)
        up->measure[i] = (struct compare_measure){
            .measure = measure_find(ids[i]), .slice = SLICE_COUNT};
    up->record = calloc(up->layout[0].length, sizeof *up->record);
    assert_non_null(up->record);
    free(text);
}

static void end(struct set_up *up)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        replication_free(up->replication[i]);
        loading_clear(&up->loaded[i]);
    }
    free(up->record);
}

/* Note whether the study declares something, and what tests that know nothing
 * of each other would have. */
static void note(const struct compare_result *result, struct equal_law *out)
{
    double single = gsl_cdf_tdist_Qinv(0.025, result->replications - 1.0);
    bool any = false, alone = false;

    for (size_t i = 1; i < OPTIONS; i++)
        for (size_t m = 0; m < LENGTH(ids); m++) {
            const struct compare_value *value =
                compare_value_of(result, COMPARE_AS_WRITTEN, i, m);
            double error = (value->upper - value->lower) / 2 / result->critical;

            any |= value->finding == COMPARE_APART;
            alone |= fabs(value->difference) > single * error;
        }
    out->any += any;
    out->single += alone;
    out->studies++;
}

static void run_study(struct set_up *up, uint32_t seed, unsigned replications,
                      struct equal_law *out)
{
    const struct compare_question question = {
        .option = up->option,
        .option_count = OPTIONS,
        .measure = up->measure,
        .measure_count = LENGTH(ids),
        .seed = seed,
        .replications = replications,
    };
    struct compare *compare;
    struct compare_result result;
    struct study study;
    struct job job;

    assert_int_equal(compare_new(&question, &compare), SIM_OK);
    study = compare_study(compare);
    while (study.next(study.self, &job)) {
        assert_int_equal(replication_run(up->replication[job.design], seed,
                                         job.replication, up->record),
                         SIM_OK);
        assert_int_equal(study.accept(study.self, &job, up->record), SIM_OK);
    }
    assert_int_equal(compare_conclude(compare, &result), SIM_OK);
    note(&result, out);
    compare_result_clear(&result);
    compare_free(compare);
}

struct equal_law equal_law_run(unsigned seed, unsigned studies,
                               unsigned replications)
{
    struct equal_law out = {0};
    struct set_up up;

    begin(&up);
    for (uint32_t i = 0; i < studies; i++)
        run_study(&up, seed + i, replications, &out);
    end(&up);
    return out;
}
