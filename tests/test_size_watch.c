/*
 * What sizing reads from records: the same as the results of a run say, target
 * by target, and what it knows of costs beforehand.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/support.h"
#include "tests/table.h"

#include "models/pay.h"
#include "studies/size_watch.h"
#include "tests/model.h"

#define RUNS 12

/* A target of every sort, in place of the scenario's own. */
static const char *const targets[] = {
    "targets.a share={measure: contacts_not_delivered, at_most: 2%}",
    "targets.a cut={measure: contacts_not_delivered, day: weekend, at_most: "
    "2%}",
    "targets.two cuts={measure: contacts_not_delivered, day: weekend, level: "
    "enhanced step-down, at_most: 2%}",
    "targets.nine of ten={measure: contacts_not_delivered, at_most: 5%, in: 9 "
    "of "
    "10 weekends}",
    "targets.years={measure: crisis_within_30_days, at_most: 6%, in: 3 of 4 "
    "years}",
    "targets.a rate={measure: crises, at_most: 1/week}",
    "targets.least={measure: first_contact_in_time, at_least: 90%}",
    "targets.time={measure: start_delay_minutes, at_most: 60 min}",
    "targets.hours={measure: unseen_hours, at_most: 5 h}",
    "targets.people={measure: waiting, at_most: 3}",
    "targets.most={measure: occupancy_max, level: floating support, at_most: "
    "30}",
    "targets.week={measure: crises, week: 2027-08-23, at_most: 1/week}",
};

struct watched {
    struct model model;
    struct size_watch watch;
    struct size_place place[SIZE_WATCH_MAX];
    struct size_value value[RUNS][SIZE_WATCH_MAX];
};

/* Run a few replications and read them. */
static struct watched *watch_new(const char *file, const char *const *setting,
                                 size_t count)
{
    struct watched *w = calloc(1, sizeof *w);
    uint32_t target;

    assert_non_null(w);
    model_run(&w->model, file, setting, count, RUNS, 3);
    assert_int_equal(size_watch_make(w->model.scenario, &w->model.layout,
                                     measure_find("cost_per_week"), 0.1,
                                     &w->watch, &target),
                     SIZE_ACCEPTED);
    size_watch_find(&w->watch, w->model.scenario, &w->model.layout, w->place);
    for (uint32_t i = 0; i < RUNS; i++)
        size_watch_read(w->place, w->watch.count,
                        w->model.record + i * w->model.layout.length,
                        w->value[i]);
    return w;
}

static void watch_free(struct watched *w)
{
    model_clear(&w->model);
    free(w);
}

static double ratio_of(const struct watched *w, uint32_t quantity)
{
    struct size_column column = {&w->value[0][quantity], RUNS, SIZE_WATCH_MAX};

    return size_rule_ratio(&column);
}

static void every_target_is_read_as_the_result_has_it(void **state)
{
    struct watched *w =
        watch_new("scenarios/crisis-house.yaml", targets, LENGTH(targets));

    (void)state;
    /* Those of the file are there as well. */
    assert_int_equal(w->watch.limit_count, LENGTH(targets) + 3);
    for (uint32_t t = 0; t < w->watch.limit_count; t++)
        assert_near(ratio_of(w, 1 + t), w->model.result.target[t].estimate.mean,
                    1e-12 * (1 + fabs(ratio_of(w, 1 + t))));
    watch_free(w);
}

static void measures_are_read_as_the_result_has_them(void **state)
{
    struct watched *w = watch_new("scenarios/crisis-house.yaml", NULL, 0);
    uint32_t shown = size_watch_index(&w->watch, "crises");

    (void)state;
    assert_near(ratio_of(w, 0), model_value(&w->model, "cost_per_week")->mean,
                1e-9);
    assert_true(shown > w->watch.limit_count && shown < w->watch.count);
    assert_near(ratio_of(w, shown), model_value(&w->model, "crises")->mean,
                1e-12);
    assert_int_equal(size_watch_index(&w->watch, "referrals"), SIZE_WATCH_MAX);
    watch_free(w);
}

/* A 95% quantile is at most L just where at least 95% lie at or below L. */
static void a_quantile_is_a_share(void **state)
{
    (void)state;
    for (int limit = 2; limit < 30; limit++) {
        char target[128];
        const char *setting[] = {target};
        struct watched *w;
        double p95;

        snprintf(target, sizeof target,
                 "targets.gap={measure: longest_gap_days_p95, at_most: %d "
                 "days}",
                 limit);
        w = watch_new("tests/scenarios/care.yaml", setting, 1);
        p95 = w->model.result.target[w->watch.limit_count - 1].estimate.mean;
        assert_true(w->watch.limit[w->watch.limit_count - 1].limit == 0.95);
        assert_int_equal(ratio_of(w, w->watch.limit_count) >= 0.95,
                         p95 <= limit);
        watch_free(w);
    }
}

/* ---- limits ---- */

struct limit_case {
    const char *name;
    const char *target;
    bool at_most;
    double limit, margin;
};
static struct limit_case limit_cases[] = {
    {"at most 2%: a tenth of that",
     "{measure: contacts_not_delivered, at_most: 2%}", true, 0.02, 0.002},
    {"at least 95%: a tenth of what is left",
     "{measure: first_contact_in_time, at_least: 95%}", false, 0.95, 0.005},
    {"9 of 10 weekends: at least 90%",
     "{measure: contacts_not_delivered, at_most: 2%, in: 9 of 10 weekends}",
     false, 0.9, 0.01},
    {"3 of 4 years: at least 75%",
     "{measure: crises, at_most: 1/week, in: 3 of 4 years}", false, 0.75,
     0.025},
    {"days: a tenth", "{measure: wait_days, at_most: 5 days}", true, 5, 0.5},
    {"a quantile: 95% of what it is of",
     "{measure: start_delay_minutes_p95, at_most: 60 min}", false, 0.95, 0.005},
    {"a quantile that must be at least so much: 95% at most below",
     "{measure: start_delay_minutes_p95, at_least: 60 min}", true, 0.95, 0.005},
};

/* The limit of one target on tests/scenarios/care.yaml; the refusal. */
static enum size_refusal limit_of(const char *target, struct size_limit *out)
{
    char setting[256];
    const char *list[] = {"targets=null", setting};
    struct model model;
    struct size_watch watch;
    enum size_refusal refusal;
    uint32_t number;
    bool has;

    /* Whether there are targets to remove is the file's business. */
    model_run(&model, "scenarios/crisis-house.yaml", NULL, 0, 1, 1);
    has = model.scenario->target_count > 0;
    model_clear(&model);
    snprintf(setting, sizeof setting, "targets.t=%s", target);
    model_run(&model, "scenarios/crisis-house.yaml", has ? list : list + 1,
              has ? 2 : 1, 1, 1);
    refusal =
        size_watch_make(model.scenario, &model.layout,
                        measure_find("cost_per_week"), 0.1, &watch, &number);
    *out = watch.limit[0];
    model_clear(&model);
    return refusal;
}

static void a_limit_is(void **state)
{
    const struct limit_case *c = *state;
    struct size_limit limit;

    assert_int_equal(limit_of(c->target, &limit), SIZE_ACCEPTED);
    assert_int_equal(limit.at_most, c->at_most);
    assert_near(limit.limit, c->limit, 1e-12);
    assert_near(limit.margin, c->margin, 1e-12);
}

struct refusal_case {
    const char *name;
    const char *target;
    enum size_refusal refusal;
};
static struct refusal_case refusal_cases[] = {
    {"never", "{measure: contacts_not_delivered, at_most: 0%}",
     SIZE_REFUSED_CERTAIN},
    {"always", "{measure: first_contact_in_time, at_least: 100%}",
     SIZE_REFUSED_CERTAIN},
    {"every weekend",
     "{measure: contacts_not_delivered, at_most: 2%, in: 10 of 10 weekends}",
     SIZE_REFUSED_CERTAIN},
    {"at least nothing", "{measure: crises, at_least: 0/week}",
     SIZE_REFUSED_CERTAIN},
    {"a measure that is of levels only",
     "{measure: occupancy_p95, at_most: 20}", SIZE_REFUSED_NO_DATA},
};

static void is_refused(void **state)
{
    const struct refusal_case *c = *state;
    struct size_limit limit;

    assert_int_equal(limit_of(c->target, &limit), c->refusal);
}

static void what_cannot_be_minimised(void **state)
{
    struct model model;
    struct size_watch watch;
    uint32_t target;

    (void)state;
    model_run(&model, "scenarios/crisis-house.yaml", NULL, 0, 1, 1);
    assert_int_equal(size_watch_make(model.scenario, &model.layout,
                                     measure_find("cost_per_person"), 0.1,
                                     &watch, &target),
                     SIZE_REFUSED_MEASURE);
    assert_int_equal(size_watch_make(model.scenario, &model.layout,
                                     measure_find("establishment"), 0.1, &watch,
                                     &target),
                     SIZE_ACCEPTED);
    model.scenario->target_count = 0;
    assert_int_equal(size_watch_make(model.scenario, &model.layout,
                                     measure_find("cost_per_week"), 0.1, &watch,
                                     &target),
                     SIZE_REFUSED_NO_TARGETS);
    model_clear(&model);
}

/* ---- pay ---- */

/* No replication costs less than the rota as planned. */
static void no_run_costs_less_than_the_rota(void **state)
{
    static const char *const files[] = {"scenarios/crisis-house.yaml",
                                        "scenarios/after-assessment.yaml",
                                        "scenarios/dual-diagnosis.yaml"};

    (void)state;
    for (size_t f = 0; f < LENGTH(files); f++) {
        struct watched *w = watch_new(files[f], NULL, 0);
        double planned = pay_rostered(w->model.scenario);
        double lowest = INFINITY;

        for (uint32_t i = 0; i < RUNS; i++)
            lowest = fmin(lowest, w->value[i][0].part / w->value[i][0].all);
        assert_true(planned <= lowest * (1 + 1e-12));
        assert_true(planned > 0.8 * lowest);
        watch_free(w);
    }
}

/* Without absence, overtime and call-outs it is the cost, to the last penny. */
static void without_chance_it_is_the_cost(void **state)
{
    static const char *const settings[] = {
        "staff.support worker.absence={share: 0%}",
        "staff.clinician.absence={share: 0%}",
        "staff.on-call worker.call_out=0",
        "staff.support worker.overtime=0%",
        "staff.clinician.overtime=0%",
        "staff.on-call worker.overtime=0%",
        "calendar.warm_up=10 days", /* the measured period begins mid-week */
    };
    struct watched *w =
        watch_new("scenarios/crisis-house.yaml", settings, LENGTH(settings));
    double planned = pay_rostered(w->model.scenario);

    (void)state;
    for (uint32_t i = 0; i < RUNS; i++)
        assert_near(w->value[i][0].part / w->value[i][0].all, planned,
                    1e-9 * planned);
    watch_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_target_is_read_as_the_result_has_it),
        cmocka_unit_test(measures_are_read_as_the_result_has_them),
        cmocka_unit_test(a_quantile_is_a_share),
        cmocka_unit_test(what_cannot_be_minimised),
        cmocka_unit_test(no_run_costs_less_than_the_rota),
        cmocka_unit_test(without_chance_it_is_the_cost),
    };

    return run_table("size limits", a_limit_is, limit_cases) +
           run_table("size refuses", is_refused, refusal_cases) +
           cmocka_run_group_tests_name("size watch", tests, NULL, NULL);
}
