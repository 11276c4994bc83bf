/*
 * The model against closed forms: concerns, calls, and signs that weigh more or
 * show in some people only. Every bound is 4 standard errors; beside each
 * stands a control, the same comparison with a wrong figure, which must fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>

#include "studies/estimate.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270112
#define SETTINGS 10 /* at most, in a row */

static size_t count_settings(const char *const *setting)
{
    size_t n = 0;

    while (n < SETTINGS && setting[n])
        n++;
    return n;
}

/* Two a day come at any time and are seen at noon of each of the next ten
 * days. Half are settled, half in warning, for good. */
static const char CARE[] =
    "handrail: 1\n"
    "title: concerns\n"
    "calendar: {start: 2027-01-04, warm_up: 40 days, run_for: 280 days,\n"
    "           run_on: 40 days}\n"
    "cohorts:\n"
    "  people:\n"
    "    {referrals: {rate: 2/day}, enters: home, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [settled, warning, crisis]\n"
    "    begin: {settled: 50%, warning: 50%}\n"
    "signs:\n"
    "  sign: {settled: 20%, warning: 60%, lasts: 0 min}\n"
    "alerts: {alert: 1}\n"
    "levels:\n"
    "  home: {rank: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {daily: {for: 10 days, contacts: {visit: every day}}}}\n"
    "contacts:\n"
    "  visit: {at: 12:00, window: 2 h, by: worker, lasts: 1 min}\n"
    "  call: {window: 1 day, by: worker, lasts: 1 min, notices: 0%}\n"
    "responses:\n"
    "  alert: {close: {then: {record: closed}}}\n"
    "staff:\n"
    "  worker: {}\n"
    "rota:\n"
    "  all: {days: every day, hours: 00:00-24:00, staff: {worker: 80}}\n";

/* People stay until 00:00 after ten more days: T days, uniform in 10 to 11. */
#define STAY 10.5

/* Concerns of rate r that close at rate c: open at t with chance
 * q (1 - exp(-s t)), s = r + c, q = r / s. Means over T of the integrals over
 * [0, T] of that, and of r while it is not open. */
static double open_days(double r, double c)
{
    double s = r + c, q = r / s;
    double left = exp(-10 * s) * (1 - exp(-s)) / s; /* E exp(-s T) */

    return q * (STAY - (1 - left) / s);
}

static double arisen(double r, double c)
{
    return r * (STAY - open_days(r, c));
}

/* ---- counts for each person, and shares ---- */

struct concern_case {
    const char *name;
    const char *setting[SETTINGS];
    const char *measure;
    enum slice slice; /* SLICE_COUNT: whole */
    const char *value;
    double expected, wrong; /* counts: for each person; 0: by arisen */
};
#define WHOLE SLICE_COUNT, NULL
#define CONCERN(text) "concerns={dispute: {" text "}}"
#define ANSWER "responses.dispute={talk: {do: call}}"
#define NEVER                                                                  \
    "responses.dispute={tell: {after: 300 days, then: {record: told}}}"

/* 300 an hour closed at once: how many arise is the rate times the time. */
#define AT_ONCE "closes: 1 min"

static double per_person(const struct model *model, const struct block *block,
                         uint32_t value, struct estimate *estimate)
{
    static const struct estimate_rule plain = {ESTIMATE_PLAIN, 1, 0};
    struct estimator estimator;

    assert_int_equal(estimator_init(&estimator, model->count), SIM_OK);
    for (uint32_t i = 0; i < model->count; i++) {
        const double *record = &model->record[(size_t)i * model->layout.length];
        column_open(&estimator.numerator)[i] = record[block->offset + value];
        column_open(&estimator.denominator)[i] =
            record[model->layout.total[COUNT_REFERRALS].offset];
    }
    estimator_ratio(&estimator, &plain, estimate);
    estimator_clear(&estimator);
    return estimate->mean;
}

static uint32_t value_named(const struct model *model, enum slice slice,
                            const char *name)
{
    char text[256];
    uint32_t i;

    for (i = 0; i < slice_values(model->scenario, slice); i++) {
        slice_value_name(model->scenario, slice, i, text, sizeof text);
        if (strcmp(text, name) == 0)
            break;
    }
    return i;
}

static struct estimate estimate_of(const struct model *model,
                                   const struct concern_case *c)
{
    const struct measure *measure = &measure_table[measure_find(c->measure)];
    const struct block *block = &model->layout.total[measure->numerator];
    struct estimate estimate;

    if (measure->type != MEASURE_PER_WEEK)
        return *model_value(model, c->measure);
    if (c->slice != SLICE_COUNT)
        block = &model->layout.cut[measure->numerator][c->slice];
    (void)per_person(
        model, block,
        c->slice == SLICE_COUNT ? 0 : value_named(model, c->slice, c->value),
        &estimate);
    return estimate;
}

static struct concern_case concern_cases[] = {
    {"as many arise as the rate times the time",
     {CONCERN("rate: 0.2/day, " AT_ONCE)},
     "concerns",
     WHOLE,
     0.2 * STAY,
     0.2 * 10},
    {"at the rate of the state",
     {CONCERN("rate: {warning: 0.2/day}, " AT_ONCE)},
     "concerns",
     WHOLE,
     0.2 * STAY / 2,
     0.2 * STAY},
    {"none while one is open",
     {CONCERN("rate: 0.2/day, closes: exponential(mean 4 days)")},
     "concerns",
     WHOLE,
     0, /* arisen(0.2, 0.25) */
     0.2 * STAY},
    {"two of different kinds do not hinder one another",
     {CONCERN("rate: 0.2/day, closes: exponential(mean 4 days)"),
      "concerns.debt={rate: 0.3/day, " AT_ONCE "}"},
     "concerns",
     SLICE_CONCERN,
     "debt",
     0.3 * STAY,
     0.2 * STAY},
    {"they are noticed with their chance, and only then answered",
     {CONCERN("rate: 0.2/day, noticed: 40%, " AT_ONCE), NEVER,
      "responses.dispute.tell.after=0 min"},
     "responses",
     SLICE_TRIGGER,
     "dispute",
     0.4 * 0.2 * STAY,
     0.2 * STAY},
    {"integrated working notices all",
     {CONCERN("rate: 0.2/day, noticed: 40%, working: integrated, " AT_ONCE),
      NEVER, "responses.dispute.tell.after=0 min"},
     "responses",
     SLICE_TRIGGER,
     "dispute",
     0.2 * STAY,
     0.4 * 0.2 * STAY},
    {"what closes before the delay is over is not answered",
     {CONCERN("rate: 0.2/day, delay: exponential(mean 1 min), " AT_ONCE), NEVER,
      "responses.dispute.tell.after=0 min"},
     "responses",
     SLICE_TRIGGER,
     "dispute",
     (1 - 0.36787944117144233) * 0.2 * STAY,
     0.2 * STAY},
    {"people call at the rate of their state",
     {"cohorts.people.reaches_out={warning: 0.3/day}",
      "responses.reaches out={talk: {then: {record: called}}}"},
     "outcomes",
     SLICE_OUTCOME,
     "called",
     0.3 * STAY / 2,
     0.3 * STAY},
    {"a sign of weight 2 counts double",
     {"signs.sign.weight=2", "alerts.alert=2"},
     "alerts",
     WHOLE,
     10 * (0.5 * 0.2 + 0.5 * 0.6),
     0.5},
    {"and adds to the others",
     {"signs.sign.weight=2", "alerts.alert=3",
      "signs.other={settled: 70%, warning: 70%, lasts: 0 min}"},
     "alerts",
     WHOLE,
     10 * 0.7 * (0.5 * 0.2 + 0.5 * 0.6),
     4},
    {"a sign shows in a share of people",
     {"signs.sign.applies_to=30%"},
     "alerts",
     WHOLE,
     0.3 * 10 * (0.5 * 0.2 + 0.5 * 0.6),
     4},
    {"who are the same all their lives",
     {"signs.sign={settled: 100%, warning: 100%, applies_to: 30%}",
      "responses=null"},
     "alerts",
     WHOLE,
     0.3,
     1 - 0.7 * 0.7 * 0.7 * 0.7},
    {"a cohort's disengagement at a rate stands beside calls",
     {"cohorts.people.reaches_out=1/day",
      "cohorts.people.disengages.rate={settled: 0.1/day, warning: 0.1/day}",
      "responses.reaches out={talk: {then: {record: called}}}"},
     "outcomes",
     SLICE_OUTCOME,
     "called",
     STAY,
     9},
};

static void counts_are_as_expected(void **state)
{
    const struct concern_case *c = *state;
    double expected = c->expected > 0 ? c->expected : arisen(0.2, 0.25);
    struct estimate estimate;
    struct model model;

    model_run(&model, CARE, c->setting, count_settings(c->setting), 24, SEED);
    estimate = estimate_of(&model, c);
    assert_mean(&model, &estimate, expected);
    assert_false(model_is_near(&model, &estimate, c->wrong));
    model_clear(&model);
}

/* The mean of `closes`, but for what leaving cuts off. */
static void a_concern_is_open_for_its_time(void **state)
{
    static const char *const setting[] = {
        CONCERN("rate: 0.2/day, closes: exponential(mean 4 days)")};
    double hours = 24 * open_days(0.2, 0.25) / arisen(0.2, 0.25);
    struct model model;

    (void)state;
    model_run(&model, CARE, setting, LENGTH(setting), 24, SEED);
    assert_mean(&model, model_value(&model, "concern_open_hours"), hours);
    assert_mean(
        &model,
        model_slice(&model, "concern_open_hours", SLICE_CONCERN, "dispute"),
        hours);
    assert_false(model_is_near(
        &model, model_value(&model, "concern_open_hours"), 4 * 24));
    model_clear(&model);
}

/* In people who stay for long the mean is that of `closes` itself. */
static void a_lasting_stay_cuts_nothing_off(void **state)
{
    static const char *const setting[] = {
        CONCERN("rate: 0.05/day, closes: 'gamma(mean 3 h, sd 2 h)'"),
        "plans.plan.steps.daily.for=100 days",
        "cohorts.people.referrals.rate=0.2/day"};
    struct model model;

    (void)state;
    model_run(&model, CARE, setting, LENGTH(setting), 40, SEED);
    assert_mean(&model, model_value(&model, "concern_open_hours"), 3);
    assert_false(
        model_is_near(&model, model_value(&model, "concern_open_hours"), 3.3));
    model_clear(&model);
}

/* ---- the hazard while one is open ---- */

#define HAZARD 0.01 /* of a crisis, per day */
#define RISES 0.05
#define CLOSES 0.1

static const char COURSE[] =
    "handrail: 1\n"
    "title: hazard\n"
    "calendar: {start: 2027-01-04, run_for: 60 days, run_on: 91 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 40/day}, enters: home, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, crisis]\n"
    "    begin: {well: 100%}\n"
    "    changes: {well to crisis: 0.01/day}\n"
    "concerns:\n"
    "  dispute: {rate: 0.05/day, worsening: 4,\n"
    "            closes: exponential(mean 10 days)}\n"
    "levels:\n"
    "  home: {rank: 1, plan: long, then: leave}\n"
    "plans:\n"
    "  long: {steps: {first: {for: 200 days}}}\n"
    "responses:\n"
    "  crisis: {one_of: {gone: {chance: 100%, then: leave}}}\n";

/* Chance of a crisis within `days`: absorption of the chain closed, open,
 * crisis, by the exponential of its generator. */
static double absorbed(double worsening, double days)
{
    double rate[9] = {-(RISES + HAZARD),
                      RISES,
                      HAZARD,
                      CLOSES,
                      -(CLOSES + worsening * HAZARD),
                      worsening * HAZARD,
                      0,
                      0,
                      0};
    double chance[9];
    gsl_matrix_view generator = gsl_matrix_view_array(rate, 3, 3);
    gsl_matrix_view result = gsl_matrix_view_array(chance, 3, 3);

    gsl_matrix_scale(&generator.matrix, days);
    gsl_linalg_exponential_ss(&generator.matrix, &result.matrix,
                              GSL_PREC_DOUBLE);
    return gsl_matrix_get(&result.matrix, 0, 2);
}

struct hazard_case {
    const char *name;
    const char *setting[SETTINGS];
    double worsening, wrong;
};
static struct hazard_case hazard_cases[] = {
    {"an open concern multiplies the hazard", {NULL}, 4, 5},
    {"whether anybody notices or not", {"concerns.dispute.noticed=0%"}, 4, 1},
    {"a factor below 1 lowers it", {"concerns.dispute.worsening=0"}, 0, 1},
    {"those of two concerns are multiplied",
     {"concerns.dispute.worsening=2",
      "concerns.twin={rate: 100/day, "
      "closes: 300 days, worsening: 2}",
      "conditions.course.changes.well to crisis=0.005/day"},
     2,
     3},
};

static void crises_follow_the_concern(void **state)
{
    const struct hazard_case *c = *state;
    struct model model;

    model_run(&model, COURSE, c->setting, count_settings(c->setting), 12, SEED);
    assert_mean(&model, model_value(&model, "crisis_within_30_days"),
                absorbed(c->worsening, 30));
    assert_mean(&model, model_value(&model, "crisis_within_90_days"),
                absorbed(c->worsening, 90));
    assert_false(model_is_near(&model,
                               model_value(&model, "crisis_within_90_days"),
                               absorbed(c->wrong, 90)));
    model_clear(&model);
}

/* Safeguarding beside the pathway, told of half its concerns and a day late,
 * leaves them open for longer than safeguarding inside it, and costs crises: of
 * the same people, with the same luck. */
static void integrated_working_shows_in_the_results(void **state)
{
    static const char *const apart[] = {
        "concerns.dispute.noticed=50%",
        "concerns.dispute.delay=2 days",
        "contacts={call: {window: 1 day, by: worker, lasts: 1 h}}",
        "responses.dispute={talk: {do: call, within: 1 day}}",
        "staff={worker: {}}",
        "rota={all: {days: every day, hours: 00:00-24:00, staff: {worker: "
        "50}}}"};
    static const char *const inside[] = {apart[0],
                                         apart[1],
                                         apart[2],
                                         apart[3],
                                         apart[4],
                                         apart[5],
                                         "concerns.dispute.working=integrated"};
    struct model a, b;

    (void)state;
    model_run(&a, COURSE, apart, LENGTH(apart), 4, SEED);
    model_run(&b, COURSE, inside, LENGTH(inside), 4, SEED);
    assert_true(model_value(&a, "concern_open_hours")->mean >
                20 * model_value(&b, "concern_open_hours")->mean);
    assert_true(model_total(&b, COUNT_RESPONSES) >
                1.5 * model_total(&a, COUNT_RESPONSES));
    assert_true(model_value(&a, "crisis_within_90_days")->mean >
                1.1 * model_value(&b, "crisis_within_90_days")->mean);
    /* An hour of talk; from 23:30 on staff wait for the next shift with it. */
    assert_near(model_value(&b, "concern_open_hours")->mean, 1, 0.5 / 48 / 2);
    model_clear(&a);
    model_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_concern_is_open_for_its_time),
        cmocka_unit_test(a_lasting_stay_cuts_nothing_off),
        cmocka_unit_test(integrated_working_shows_in_the_results),
    };
    int failed = 0;

    failed += run_table("counts", counts_are_as_expected, concern_cases);
    failed += run_table("hazard", crises_follow_the_concern, hazard_cases);
    failed += cmocka_run_group_tests_name("concerns", tests, NULL, NULL);
    return failed;
}
