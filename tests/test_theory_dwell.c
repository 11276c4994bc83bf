/*
 * The model against closed forms: changes with a dwell distribution, and
 * contacts that help people to get better. Every bound is 4 standard errors;
 * beside each stands a control, a wrong figure that must be rejected.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270110
#define SETTINGS 8 /* at most, in a row */
#define YEARS 12

static size_t count_settings(const char *const *setting)
{
    size_t n = 0;

    while (n < SETTINGS && setting[n])
        n++;
    return n;
}

/* A crisis after a time in the first state, and then gone; nothing else
 * happens. The plan is entered at referral. */
static const char COURSE[] =
    "handrail: 1\n"
    "title: dwell\n"
    "calendar: {start: 2027-01-04, run_for: 60 days, run_on: 91 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 40/day}, enters: home, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, crisis]\n"
    "    begin: {well: 100%}\n"
    "    changes:\n"
    "      well to crisis: {dwell: 'weibull(shape 1.4, scale 50 days)'}\n"
    "levels:\n"
    "  ward: {rank: 2, stay: 12 days, then: home}\n"
    "  home: {rank: 1, plan: long, then: leave}\n"
    "plans:\n"
    "  long: {steps: {first: {for: 200 days}}}\n"
    "responses:\n"
    "  crisis: {one_of: {gone: {chance: 100%, then: leave}}}\n";

#define DWELL(text) "conditions.course.changes.well to crisis.dwell=" text
#define HOME "cohorts.people.enters=home", "levels.ward=null"
#define WARD "cohorts.people.enters=ward"

/* ---- -log of the survival functions ---- */

static double weibull(double days)
{
    return pow(days / 50, 1.4);
}

static double gamma_dwell(double days)
{
    /* mean 40 days, sd 20 days: shape 4, scale 10 days */
    return -log(gsl_cdf_gamma_Q(days, 4, 10));
}

static double lognormal(double days)
{
    /* median 30 days, 9 in 10 by 90 days */
    double sigma = log(3) / gsl_cdf_ugaussian_Pinv(0.9);

    return -log(gsl_cdf_lognormal_Q(days, log(30), sigma));
}

static double exponential(double days)
{
    return days / 60;
}

static double trebled(double days)
{
    return 3 * gamma_dwell(days);
}

/* Twelve days on the ward, and one goes on with the age one has. */
static double aged(double days)
{
    return weibull(days + 12) - weibull(12);
}

/* The sum of m(t) dH(t), m = 1 + 3 x 2^(-t/7), by small steps: exact to 1e-6.
 */
static double after_move(double days)
{
    const int steps = 20000;
    double sum = 0;

    for (int i = 0; i < steps; i++) {
        double from = days * i / steps, until = days * (i + 1) / steps;
        sum += (1 + 3 * exp2(-(from + until) / 2 / 7)) *
               (weibull(until) - weibull(from));
    }
    return sum;
}

struct dwell_case {
    const char *name;
    const char *setting[SETTINGS];
    double (*cumulative)(double days);
    double cv; /* of the frailty between people */
};
static struct dwell_case dwell_cases[] = {
    {"Weibull", {HOME}, weibull, 0},
    {"gamma",
     {HOME, DWELL("'gamma(mean 40 days, sd 20 days)'")},
     gamma_dwell,
     0},
    {"lognormal",
     {HOME, DWELL("'lognormal(median 30 days, p90 90 days)'")},
     lognormal,
     0},
    {"exponential", {HOME, DWELL("exponential(mean 60 days)")}, exponential, 0},
    {"a constant multiplier m makes it S^m",
     {HOME, DWELL("'gamma(mean 40 days, sd 20 days)'"),
      "levels.home.effect={worsening: 6}", "cohorts.people.worsening=0.5"},
     trebled,
     0},
    {"people differ by a Gamma frailty",
     {HOME, "conditions.course.varies_between_people=0.8"},
     weibull,
     0.8},
    {"a multiplier that fades weighs the hazard of each age",
     {HOME, "conditions.course.after_move={times: 4, half_gone_after: 7 days}"},
     after_move,
     0},
    {"moving level does not reset the age",
     {WARD, "levels.ward.effect={worsening: 1}"},
     aged,
     0},
};

/* With a Gamma frailty of mean 1, its Laplace transform (e.g. Aalen, Borgan
 * and Gjessing 2008, section 6.2). */
static double survives(double cumulative, double cv)
{
    if (cv == 0)
        return exp(-cumulative);
    return pow(1 + cv * cv * cumulative, -1 / (cv * cv));
}

static const struct result_line *crises_by_day(const struct model *model)
{
    for (size_t i = 0; i < model->result.curve_count; i++)
        if (strcmp(model->result.curve[i].id, "crisis") == 0)
            return &model->result.curve[i];
    fail_msg("no curve of crises");
    return NULL;
}

static void crises_follow_the_dwell(void **state)
{
    const struct dwell_case *c = *state;
    const struct result_line *curve;
    struct model model;

    model_run(&model, COURSE, c->setting, count_settings(c->setting), YEARS,
              SEED);
    curve = crises_by_day(&model);
    for (int day = 2; day <= 90; day += 11) {
        double total = c->cumulative(day);
        assert_mean(&model, &curve->at[day], 1 - survives(total, c->cv));
        if (day > 30 && total < 3)
            assert_false(model_is_near(&model, &curve->at[day],
                                       1 - survives(1.15 * total, c->cv)));
    }
    model_clear(&model);
}

/* An exponential dwell is a rate: the same to the last bit. */
static void an_exponential_dwell_is_a_rate(void **state)
{
    static const char *const dwell[] = {HOME,
                                        DWELL("exponential(mean 40 days)")};
    static const char *const rate[] = {
        HOME, "conditions.course.changes.well to crisis=0.025/day"};
    static const char *const rate_in_mapping[] = {
        HOME, "conditions.course.changes.well to crisis={rate: 0.025/day, "
              "dwell: null}"};
    struct model a, b, c;

    (void)state;
    model_run(&a, COURSE, dwell, LENGTH(dwell), 2, SEED);
    model_run(&b, COURSE, rate, LENGTH(rate), 2, SEED);
    model_run(&c, COURSE, rate_in_mapping, LENGTH(rate_in_mapping), 2, SEED);
    assert_true(model_total(&a, COUNT_CRISES) > 1000);
    assert_memory_equal(a.record, b.record,
                        2 * a.layout.length * sizeof *a.record);
    assert_memory_equal(a.record, c.record,
                        2 * a.layout.length * sizeof *a.record);
    model_clear(&a);
    model_clear(&b);
    model_clear(&c);
}

/* A Weibull of shape 1 is exponential too, by other points: in law alone. */
static void a_weibull_of_shape_1_is_a_rate_in_law(void **state)
{
    static const char *const setting[] = {
        HOME, DWELL("'weibull(shape 1, scale 40 days)'")};
    struct model model;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), YEARS, SEED);
    assert_mean(&model, model_value(&model, "crisis_within_60_days"),
                1 - exp(-60.0 / 40));
    assert_false(model_is_near(&model,
                               model_value(&model, "crisis_within_60_days"),
                               1 - exp(-60.0 / 44)));
    model_clear(&model);
}

/* A dwell of Erlang's law of 2 x 10 days and a rate compete: first is the rate
 * with chance 1 - (a / (a + b))^2, a = 0.1, b = 0.05 a day, all within the 200
 * days but for 1 in 10,000. Who is ill first never has a crisis. */
static void changes_compete(void **state)
{
    static const char *const setting[] = {
        HOME, "conditions.course.changes=null",
        "conditions.course.changes={well to ill: {dwell: 'gamma(mean 20 days, "
        "sd 14.142135623731 days)'}, well to crisis: 0.05/day}",
        "calendar.run_on=200 days"};
    const double first = gsl_pow_2(0.1 / 0.15);
    struct model model;
    struct estimate estimate;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), YEARS, SEED);
    estimate = *model_value(&model, "crisis_within_90_days");
    assert_mean(&model, &estimate, 1 - first);
    assert_false(model_is_near(&model, &estimate, 0.1 / 0.15));
    model_clear(&model);
}

/* After a crisis the person stays as they are: the age begins again, so crises
 * are a renewal process. With Erlang's law of two stages of rate r its renewal
 * function is r t / 2 - 1/4 + exp(-2 r t) / 4 (e.g. Cox 1962, section 4.3). */
static void the_age_begins_again_with_every_visit(void **state)
{
    static const char *const setting[] = {
        HOME,
        DWELL("'gamma(mean 20 days, sd 14.142135623731 days)'"),
        "conditions.course.states=[well, crisis]",
        "responses=null",
        "plans.long.starts=same day",
        "plans.long.steps.first.for=30 days",
        "cohorts.people.referrals.hours=00:00-00:01",
        "calendar.warm_up=31 days"};
    const double r = 0.1, t = 30;
    double renewals = r * t / 2 - 0.25 + exp(-2 * r * t) / 4;
    struct model model;
    const struct estimate *crises;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), 4 * YEARS, SEED);
    crises = model_value(&model, "crises");
    assert_mean(&model, crises, 40 * 7 * renewals);
    /* As if the age went on; as if there were no ageing. */
    assert_false(model_is_near(&model, crises,
                               40 * 7 * -log(gsl_cdf_gamma_Q(t, 2, 10))));
    assert_false(model_is_near(&model, crises, 40 * 7 * t / 20));
    model_clear(&model);
}

/* Held back by a multiplier of 0 for very long, it comes as soon as it can. */
static void what_was_held_back_comes_at_once(void **state)
{
    static const char *const setting[] = {
        WARD, DWELL("'weibull(shape 20, scale 1 h)'"),
        "levels.ward.effect={worsening: 0}", "levels.ward.stay=40 days"};
    struct model model;

    (void)state;
    model_run(&model, COURSE, setting, LENGTH(setting), 1, SEED);
    assert_true(model_total(&model, COUNT_FOLLOWED_30) > 500);
    assert_near(model_value(&model, "crisis_within_30_days")->mean, 1, 0);
    assert_near(crises_by_day(&model)->at[1].mean, 1, 0);
    model_clear(&model);
}

/* ---- contacts that help ---- */

/* Everyone is ill, is seen once at the noon after entry, and gets better at a
 * rate; settled people stay so. */
static const char HELP[] =
    "handrail: 1\n"
    "title: help\n"
    "calendar: {start: 2027-01-04, run_for: 60 days, run_on: 91 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 40/day, hours: 11:59-12:00},\n"
    "           enters: home, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, crisis]\n"
    "    begin: {ill: 100%}\n"
    "    changes: {ill to well: 0.03/day}\n"
    "    after_contact:\n"
    "      {times: 1, half_gone_after: 10 days, improving: 4}\n"
    "levels:\n"
    "  home: {rank: 1, plan: long, then: leave}\n"
    "plans:\n"
    "  long:\n"
    "    starts: same day\n"
    "    steps: {first: {for: 91 days, contacts: {call: day 1}}}\n"
    "contacts:\n"
    "  call: {at: 12:00, window: 1 h, by: worker, lasts: 1 min}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  all: {days: every day, hours: 00:00-24:00, staff: {worker: 100}}\n";

#define RATE 0.03 /* per day */

/* Integral of 1 + p (improving - 1) 2^(-t / 10) over [0, days]. */
static double helped(double p, double improving, double days)
{
    return days + p * (improving - 1) * 10 / M_LN2 * (1 - exp2(-days / 10));
}

struct help_case {
    const char *name;
    const char *setting[SETTINGS];
    double p, improving, cohort;
};
static struct help_case help_cases[] = {
    {"a contact helps people to get better, which fades by halves",
     {NULL},
     1,
     4,
     1},
    {"by the kind's `protects`", {"contacts.call.protects=50%"}, 0.5, 4, 1},
    {"below 1 it hinders",
     {"conditions.course.after_contact.improving=0.2"},
     1,
     0.2,
     1},
    {"a cohort and a level improve by their own factors",
     {"cohorts.people.improving=0.5", "levels.home.effect={improving: 3}"},
     1,
     4,
     1.5},
};

static void people_get_better(void **state)
{
    const struct help_case *c = *state;
    struct model model;

    model_run(&model, HELP, c->setting, count_settings(c->setting), YEARS,
              SEED);
    for (size_t i = 0; i < model.result.curve_count; i++) {
        const struct result_line *curve = &model.result.curve[i];
        if (strcmp(curve->id, "state") != 0 || strcmp(curve->name, "ill") != 0)
            continue;
        /* The contact ends a minute and a half after they came: 1e-3 days. */
        for (int day = 1; day <= 90; day += 8) {
            double total = RATE * c->cohort * helped(c->p, c->improving, day);
            assert_mean(&model, &curve->at[day], exp(-total));
            if (day > 8 && total < 4)
                assert_false(
                    model_is_near(&model, &curve->at[day], exp(-1.2 * total)));
        }
    }
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exponential_dwell_is_a_rate),
        cmocka_unit_test(a_weibull_of_shape_1_is_a_rate_in_law),
        cmocka_unit_test(changes_compete),
        cmocka_unit_test(the_age_begins_again_with_every_visit),
        cmocka_unit_test(what_was_held_back_comes_at_once),
    };
    int failed = 0;

    failed += run_table("dwell", crises_follow_the_dwell, dwell_cases);
    failed += run_table("help", people_get_better, help_cases);
    failed += cmocka_run_group_tests_name("visits", tests, NULL, NULL);
    return failed;
}
