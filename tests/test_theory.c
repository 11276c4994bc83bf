/*
 * The model against closed forms: places as queues, and the course of a
 * condition. Every bound is 4 standard errors; beside each group stands a
 * control, the same comparison with a wrong rate, which must fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "sim/tally.h"
#include "tests/model.h"
#include "tests/stats.h"
#include "tests/table.h"

#define SEED 20270104
#define SETTINGS 8 /* at most, in a row */

static size_t count_settings(const char *const *setting)
{
    size_t n = 0;

    while (n < SETTINGS && setting[n])
        n++;
    return n;
}

/* ---- places as queues ---- */

/* People come at 2 a day and stay for 5 days on average. */
static const char PLACES[] =
    "handrail: 1\n"
    "title: places\n"
    "calendar: {start: 2027-01-04, warm_up: 150 days, run_for: 400 days,\n"
    "           run_on: 40 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 2/day}, enters: house}\n"
    "levels:\n"
    "  house: {rank: 1, stay: exponential(mean 5 days), then: leave}\n";

#define RATE 2.0
#define STAY 5.0

struct stay_case {
    const char *name;
    const char *stay;
};
static struct stay_case stay_cases[] = {
    {"M/D/inf: constant stays", "levels.house.stay=5 days"},
    {"M/M/inf: exponential stays",
     "levels.house.stay=exponential(mean 5 days)"},
    {"M/G/inf: lognormal stays",
     "levels.house.stay=lognormal(mean 5 days, sd 5 days)"},
    {"M/G/inf: gamma stays", "levels.house.stay=gamma(mean 5 days, sd 3 days)"},
    /* Gamma(1 + 1/2) = sqrt(pi) / 2, so the scale is 10 / sqrt(pi) days. */
    {"M/G/inf: Weibull stays",
     "levels.house.stay=weibull(shape 2, scale 5.6418958 days)"},
    {"M/G/inf: uniform stays", "levels.house.stay=uniform(1 day, 9 days)"},
    {"M/G/inf: triangular stays",
     "levels.house.stay=triangular(1 day, 4 days, 10 days)"},
};

/* Share of time with exactly `people` in the level, for replication `i`. */
static double share_of_time(const struct model *model, uint32_t i, size_t bin)
{
    const double *record = &model->record[(size_t)i * model->layout.length];

    return record[model->layout.bins[COUNT_OCCUPANCY_BINS].offset + bin] /
           model->layout.measured_hours;
}

/* Mean and standard error over replications of the squared distance of
 * occupancy from its known mean. */
static void second_moment(const struct model *model, double load, double *mean,
                          double *error)
{
    struct sim_moments moments = {0};

    for (uint32_t i = 0; i < model->count; i++) {
        double sum = 0;
        for (size_t n = 0; n < 64; n++)
            sum += gsl_pow_2((double)n - load) * share_of_time(model, i, n);
        sim_moments_add(&moments, sum);
    }
    *mean = moments.mean;
    *error = sqrt(sim_moments_variance(&moments) / model->count);
}

/* In the steady state occupancy is Poisson with mean rate x mean stay, however
 * stays vary (e.g. Wolff 1989, section 2-5). */
static void occupancy_is_poisson(void **state)
{
    const struct stay_case *c = *state;
    const double load = RATE * STAY;
    struct model model;
    double second, error;
    int p95 = 0;

    model_run(&model, PLACES, &c->stay, 1, 40, SEED);
    assert_mean(&model, model_value(&model, "occupancy"), load);
    assert_mean(&model, model_value(&model, "stay_days"), STAY);
    assert_mean(&model, model_value(&model, "referrals"), 7 * RATE);
    assert_mean(&model, model_value(&model, "left"), 7 * RATE);
    second_moment(&model, load, &second, &error);
    assert_near(second, load, STANDARD_ERRORS * error);
    while (gsl_cdf_poisson_P((unsigned)p95, load) < 0.95)
        p95++;
    assert_near(
        model_slice(&model, "occupancy_p95", SLICE_LEVEL, "house")->mean, p95,
        0);
    /* Controls: a load of 5% more, a variance of half as much. */
    assert_false(
        model_is_near(&model, model_value(&model, "occupancy"), 1.05 * load));
    assert_true(fabs(second - 0.5 * load) > STANDARD_ERRORS * error);
    model_clear(&model);
}

/* M/M/c: chance of waiting (Erlang's C formula) and mean wait in days. */
struct erlang {
    double waits, wait_days;
};
static struct erlang erlang_c(double rate, double stay, unsigned servers)
{
    double load = rate * stay;
    double blocked = 1;
    struct erlang e;

    /* Erlang B by its recursion, and C from it (e.g. Cooper 1981). */
    for (unsigned i = 1; i <= servers; i++)
        blocked = load * blocked / (i + load * blocked);
    e.waits = servers * blocked / (servers - load * (1 - blocked));
    e.wait_days = e.waits * stay / (servers - load);
    return e;
}

struct queue_case {
    const char *name;
    const char *setting[SETTINGS];
    double rate, stay;
    unsigned places;
};
static struct queue_case queue_cases[] = {
    {"M/M/1: chance of a wait and mean wait",
     {"levels.house.places=1", "cohorts.people.referrals.rate=1.2/day",
      "levels.house.stay=exponential(mean 0.5 days)"},
     1.2,
     0.5,
     1},
    {"M/M/3: chance of a wait and mean wait",
     {"levels.house.places=3", "levels.house.stay=exponential(mean 1 day)"},
     2,
     1,
     3},
};

static void waits_are_erlang(void **state)
{
    const struct queue_case *c = *state;
    struct erlang e = erlang_c(c->rate, c->stay, c->places);
    struct erlang wrong = erlang_c(1.1 * c->rate, c->stay, c->places);
    struct model model;

    model_run(&model, PLACES, c->setting, count_settings(c->setting), 100,
              SEED);
    assert_mean(&model, model_value(&model, "waited"), e.waits);
    assert_mean(&model, model_value(&model, "wait_days"), e.wait_days);
    assert_mean(&model, model_value(&model, "waiting"), c->rate * e.wait_days);
    assert_mean(&model, model_value(&model, "occupancy"), c->rate * c->stay);
    /* Poisson arrivals see time averages. */
    assert_mean(&model, model_slice(&model, "full", SLICE_LEVEL, "house"),
                e.waits);
    assert_false(
        model_is_near(&model, model_value(&model, "waited"), wrong.waits));
    assert_false(model_is_near(&model, model_value(&model, "wait_days"),
                               wrong.wait_days));
    model_clear(&model);
}

/* Little's law holds in each system: people waiting is rate x mean wait, for
 * any stays. Paired by replication: hours spent waiting in the period against
 * the whole waits of those who asked in it. */
static void waiting_obeys_little(void **state)
{
    static const char *const setting[] = {
        "levels.house.places=11",
        "levels.house.stay=lognormal(mean 5 days, sd 7 days)"};
    struct sim_moments difference = {0}, wrong = {0};
    struct model model;

    (void)state;
    model_run(&model, PLACES, setting, LENGTH(setting), 100, SEED);
    for (uint32_t i = 0; i < model.count; i++) {
        const double *record = &model.record[(size_t)i * model.layout.length];
        double hours = record[model.layout.total[COUNT_WAITING].offset];
        double days = record[model.layout.total[COUNT_WAIT_DAYS].offset];
        sim_moments_add(&difference, hours - 24 * days);
        sim_moments_add(&wrong, hours - 0.7 * 24 * days);
    }
    assert_near(difference.mean, 0,
                STANDARD_ERRORS *
                    sqrt(sim_moments_variance(&difference) / model.count));
    assert_true(fabs(wrong.mean) >
                STANDARD_ERRORS *
                    sqrt(sim_moments_variance(&wrong) / model.count));
    model_clear(&model);
}

/* ---- the course of a condition ---- */

/* A crisis at a constant rate, and then gone; nothing else happens. */
static const char COURSE[] =
    "handrail: 1\n"
    "title: course\n"
    "calendar: {start: 2027-01-04, run_for: 60 days, run_on: 91 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 40/day}, enters: home, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, crisis]\n"
    "    begin: {well: 100%}\n"
    "    changes: {well to crisis: 0.01/day}\n"
    "levels:\n"
    "  home: {rank: 1, plan: long, then: leave}\n"
    "plans:\n"
    "  long: {steps: {first: {for: 20 days}, second: {for: 180 days}}}\n"
    "responses:\n"
    "  crisis: {one_of: {gone: {chance: 100%, then: leave}}}\n";

#define HAZARD 0.01 /* per day */

static double constant(double days)
{
    return HAZARD * days;
}

static double trebled(double days)
{
    return 3 * HAZARD * days;
}

/* Integral of 1 + (times - 1) 2^(-t / half) over [0, days]. */
static double faded(double times, double half, double days)
{
    return days + (times - 1) * half / M_LN2 * (1 - exp2(-days / half));
}

static double after_move(double days)
{
    return HAZARD * faded(4, 7, days);
}

/* The step of 20 days begins at 00:00 after the entry, here just before. */
static double after_advance(double days)
{
    double before = GSL_MIN_DBL(days, 20);

    return HAZARD * (before + faded(5, 6, days - before));
}

static double two_rates_a_day(double days)
{
    return HAZARD * days * (2 * 0.5 + 0.4 * 0.25 + 1 * 0.25);
}

struct course_case {
    const char *name;
    const char *setting[SETTINGS];
    double (*cumulative)(double days);
    double cv; /* of the frailty between people */
};
static struct course_case course_cases[] = {
    {"a constant hazard gives 1 - exp(-rate h)", {NULL}, constant, 0},
    {"after_move fades by halves from entry",
     {"conditions.course.after_move={times: 4, half_gone_after: 7 days}"},
     after_move,
     0},
    {"after_advance fades by halves from the second step",
     {"conditions.course.after_advance={times: 5, half_gone_after: 6 days}",
      "cohorts.people.referrals={rate: 40/day, hours: 23:59-24:00}"},
     after_advance,
     0},
    {"an hour-of-day profile is not normalised",
     {"conditions.course.hours={\"22:00-10:00\": 2, \"12:00-18:00\": 0.4}"},
     two_rates_a_day,
     0},
    {"a cohort's worsening multiplies the hazard",
     {"cohorts.people.worsening=3"},
     trebled,
     0},
    {"a level's effect multiplies the hazard",
     {"levels.home.effect={worsening: 6, improving: 9}",
      "cohorts.people.worsening=0.5"},
     trebled,
     0},
    {"varies_between_people is a Gamma frailty of cv 0.5",
     {"conditions.course.varies_between_people=0.5"},
     constant,
     0.5},
    {"varies_between_people is a Gamma frailty of cv 2",
     {"conditions.course.varies_between_people=2",
      "conditions.course.after_move={times: 4, half_gone_after: 7 days}"},
     after_move,
     2},
};

/* Chance of no crisis under a cumulative hazard; with a Gamma frailty of mean 1
 * its Laplace transform (e.g. Aalen, Borgan and Gjessing 2008, section 6.2). */
static double survives(double cumulative, double cv)
{
    if (cv == 0)
        return exp(-cumulative);
    return pow(1 + cv * cv * cumulative, -1 / (cv * cv));
}

static const struct result_line *curve_of(const struct model *model,
                                          const char *id, const char *name)
{
    for (size_t i = 0; i < model->result.curve_count; i++)
        if (strcmp(model->result.curve[i].id, id) == 0 &&
            strcmp(model->result.curve[i].name, name) == 0)
            return &model->result.curve[i];
    fail_msg("no curve %s %s", id, name);
    return NULL;
}

static void crises_follow_the_hazard(void **state)
{
    static const char *const id[] = {"crisis_within_30_days",
                                     "crisis_within_60_days",
                                     "crisis_within_90_days"};
    const struct course_case *c = *state;
    const struct result_line *curve;
    struct model model;

    model_run(&model, COURSE, c->setting, count_settings(c->setting), 12, SEED);
    curve = curve_of(&model, "crisis", "");
    for (int i = 0; i < 3; i++) {
        double total = c->cumulative(30.0 * (i + 1));
        const struct estimate *share = model_value(&model, id[i]);
        assert_mean(&model, share, 1 - survives(total, c->cv));
        assert_false(
            model_is_near(&model, share, 1 - survives(1.15 * total, c->cv)));
    }
    for (int day = 1; day <= 90; day += 11)
        assert_mean(&model, &curve->at[day],
                    1 - survives(c->cumulative(day), c->cv));
    /* Leaving in a crisis is a re-escalation. */
    assert_near(model_value(&model, "reescalation_within_90_days")->mean,
                model_value(&model, id[2])->mean, 0);
    model_clear(&model);
}

/* People come in the minute after noon and leave at midnight, so only the
 * profile's second half of the day matters. */
static void hours_are_those_of_the_clock(void **state)
{
    static const char *const evening[] = {
        "cohorts.people.referrals.hours=12:00-12:01",
        "plans.long.starts=same day",
        "plans.long.steps.first.for=1 day",
        "plans.long.steps.second=null",
        "conditions.course.changes.well to crisis=0.5/day",
        "conditions.course.hours={\"00:00-18:00\": 0, \"18:00-24:00\": 4}"};
    static const char *const morning[] = {
        evening[0],
        evening[1],
        evening[2],
        evening[3],
        evening[4],
        "conditions.course.hours={\"00:00-12:00\": 4, \"12:00-24:00\": 0}"};
    const struct estimate *share;
    struct model model;

    (void)state;
    model_run(&model, COURSE, morning, LENGTH(morning), 4, SEED);
    assert_near(model_value(&model, "crises")->mean, 0, 0);
    model_clear(&model);
    model_run(&model, COURSE, evening, LENGTH(evening), 12, SEED);
    share = model_value(&model, "crisis_within_30_days");
    assert_mean(&model, share, 1 - exp(-0.5 * 4 * 0.25));
    assert_false(model_is_near(&model, share, 1 - exp(-0.5 * 4 * 0.22)));
    /* Half a minute late on average; 6 h without hazard, then 6 h with 2 a day
     * or until the crisis. */
    assert_mean(&model, model_value(&model, "stay_days"),
                0.25 - 0.5 / 1440 + (1 - exp(-0.5)) / 2);
    model_clear(&model);
}

/* ---- between two states ---- */

#define WORSE 0.05 /* per day */
#define BETTER 0.15

static void two_states_are_markov(void **state)
{
    static const char *const setting[] = {
        "conditions.course.states=[settled, warning, crisis]",
        "conditions.course.begin=null",
        "conditions.course.begin={settled: 10%, warning: 90%}",
        "conditions.course.changes=null",
        "conditions.course.changes={settled to warning: 0.05/day, "
        "warning to settled: 0.15/day}",
        "responses=null"};
    const double sum = WORSE + BETTER;
    const struct result_line *curve;
    struct model model;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), 12, SEED);
    curve = curve_of(&model, "state", "warning");
    for (int day = 0; day <= 90; day += 6) {
        double limit = WORSE / sum;
        double faster = limit + (0.9 - limit) * exp(-2 * sum * day);
        assert_mean(&model, &curve->at[day],
                    limit + (0.9 - limit) * exp(-sum * day));
        if (day > 0 && day < 10)
            assert_false(model_is_near(&model, &curve->at[day], faster));
    }
    model_clear(&model);
}

/* improving = 3 multiplies changes for the better and those alone; changes for
 * the worse are multiplied by the cohort's and the level's worsening. */
static void effects_act_by_direction(void **state)
{
    static const char *const setting[] = {
        "conditions.course.states=[settled, warning, crisis]",
        "conditions.course.begin=null",
        "conditions.course.begin={settled: 100%}",
        "conditions.course.changes=null",
        "conditions.course.changes={settled to warning: 0.05/day, "
        "warning to settled: 0.05/day}",
        "levels.home.effect={worsening: 2, improving: 3}",
        "cohorts.people.worsening=0.5",
        "responses=null"};
    const struct result_line *curve;
    struct model model;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), 12, SEED);
    curve = curve_of(&model, "state", "warning");
    for (int day = 5; day <= 90; day += 17)
        assert_mean(&model, &curve->at[day],
                    0.25 * (1 - exp(-(0.05 + 0.15) * day)));
    assert_false(model_is_near(&model, &curve->at[90], 0.5));
    model_clear(&model);
}

/* ---- after a planned exit ---- */

/* Nobody has a crisis before; who leaves in one does not come back. */
static void recontacts_follow_the_hazard(void **state)
{
    static const char *const setting[] = {
        "levels.home.effect.worsening=0", "levels.home.then=after",
        "levels.after={rank: 0, follow_up: 90 days}",
        "plans.long.steps.first.for=1 day", "plans.long.steps.second=null"};
    struct model model;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), 12, SEED);
    assert_mean(&model, model_value(&model, "recontact_within_30_days"),
                1 - exp(-30 * HAZARD));
    assert_mean(&model, model_value(&model, "recontact_within_90_days"),
                1 - exp(-90 * HAZARD));
    assert_false(model_is_near(&model,
                               model_value(&model, "recontact_within_30_days"),
                               1 - exp(-34 * HAZARD)));
    model_clear(&model);
}

/* ---- protection by contacts ---- */

/* Everyone comes at noon, and is seen at noon of every later day: a contact
 * takes no more than a few of 255 workers' seconds. */
#define NOON_VISITS                                                            \
    "cohorts.people.referrals={rate: 15/day, hours: 11:59-12:00}",             \
        "plans.long.steps.first={for: 31 days, contacts: {visit: every day}}", \
        "plans.long.steps.second=null", "staff={worker: {}}",                  \
        "rota={all: {days: every day, hours: 00:00-24:00, staff: {worker: "    \
        "255}}}",                                                              \
        "conditions.course.after_contact={times: 0.2, half_gone_after: 2 "     \
        "days}"

#define VISIT(extra)                                                           \
    "contacts={visit: {at: 12:00, window: 1 h, by: worker, lasts: 1 s" extra   \
    "}}"

/* Over a day after each contact the factor is 1 - p (1 - 0.2) 2^(-t/2). */
static double protected_by(double p, double days)
{
    double day = 1 - p * 0.8 * 2 / M_LN2 * (1 - exp2(-0.5));

    return HAZARD * (1 + (days - 1) * day);
}

struct protect_case {
    const char *name;
    const char *setting[SETTINGS];
    double protects;
};
static struct protect_case protect_cases[] = {
    {"daily contacts lower the hazard by the integral over each day",
     {NOON_VISITS, VISIT("")},
     1},
    {"protects: half the effect", {NOON_VISITS, VISIT(", protects: 50%")}, 0.5},
    {"protects: 0% is no effect", {NOON_VISITS, VISIT(", protects: 0%")}, 0},
    {"a contact that is not attended does not protect",
     {NOON_VISITS, VISIT(", attendance: 0%")},
     0},
    {"a meeting does not protect",
     {NOON_VISITS, VISIT(", without_person: yes")},
     0},
};

static void contacts_protect(void **state)
{
    const struct protect_case *c = *state;
    double total = protected_by(c->protects, 30);
    double wrong = protected_by(c->protects == 0 ? 0.5 : 0, 30);
    struct model model;

    model_run(&model, COURSE, c->setting, count_settings(c->setting), 6, SEED);
    assert_mean(&model, model_value(&model, "crisis_within_30_days"),
                1 - exp(-total));
    assert_false(model_is_near(
        &model, model_value(&model, "crisis_within_30_days"), 1 - exp(-wrong)));
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_obeys_little),
        cmocka_unit_test(hours_are_those_of_the_clock),
        cmocka_unit_test(two_states_are_markov),
        cmocka_unit_test(effects_act_by_direction),
        cmocka_unit_test(recontacts_follow_the_hazard),
    };
    int failed = 0;

    failed += run_table("occupancy", occupancy_is_poisson, stay_cases);
    failed += run_table("waiting", waits_are_erlang, queue_cases);
    failed += run_table("crises", crises_follow_the_hazard, course_cases);
    failed += run_table("protection", contacts_protect, protect_cases);
    failed += cmocka_run_group_tests_name("theory", tests, NULL, NULL);
    return failed;
}
