/*
 * Places against closed forms: giving up (M/M/c+M), loss and overflow (Erlang
 * B), priorities (Cobham), blocking after service, routes and their delays.
 * Every bound is 4 standard errors; beside each stands a control, the same
 * comparison with a wrong rate, which must fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270109
#define SETTINGS 8 /* at most, in a row */

static size_t count_settings(const char *const *setting)
{
    size_t n = 0;

    while (n < SETTINGS && setting[n])
        n++;
    return n;
}

#define HEAD                                                                   \
    "handrail: 1\n"                                                            \
    "title: places\n"                                                          \
    "calendar: {start: 2027-01-04, warm_up: 150 days, run_for: 400 days,\n"    \
    "           run_on: 40 days}\n"

/* ---- giving up ---- */

static const char IMPATIENT[] = HEAD
    "cohorts:\n"
    "  people: {referrals: {rate: 4/day}, enters: house}\n"
    "levels:\n"
    "  house: {rank: 1, places: 3, stay: exponential(mean 1 day),\n"
    "          then: leave,\n"
    "          gives_up: {after: exponential(mean 0.5 days), to: leave}}\n";

/* M/M/c+M, or Erlang A (Palm 1957; e.g. Mandelbaum and Zeltyn 2007): births at
 * `rate`, deaths at min(n, c) / stay + max(n - c, 0) / patience. */
struct erlang_a {
    double waits, waiting, occupancy, gave_up;
};
#define PEOPLE_MAX 400
static struct erlang_a erlang_a(double rate, double stay, unsigned places,
                                double patience)
{
    double p[PEOPLE_MAX] = {1}, sum = 1;
    struct erlang_a e = {0};

    for (unsigned n = 1; n < PEOPLE_MAX; n++) {
        double served = n < places ? n : places;
        double death = served / stay + (n - served) / patience;
        p[n] = p[n - 1] * rate / death;
        sum += p[n];
    }
    for (unsigned n = 0; n < PEOPLE_MAX; n++) {
        double served = n < places ? n : places;
        e.occupancy += served * p[n] / sum;
        e.waiting += (n - served) * p[n] / sum;
        e.waits += n >= places ? p[n] / sum : 0;
    }
    e.gave_up = e.waiting / patience;
    return e;
}

static struct model_row {
    const char *name;
    const char *setting[SETTINGS];
    double rate, stay, patience;
    unsigned places;
} patience_cases[] = {
    {"M/M/3+M, offered more than it can hold", {NULL}, 4, 1, 0.5, 3},
    {"M/M/1+M, patient people",
     {"levels.house.places=1", "cohorts.people.referrals.rate=1/day",
      "levels.house.stay=exponential(mean 0.8 days)",
      "levels.house.gives_up.after=exponential(mean 4 days)"},
     1,
     0.8,
     4,
     1},
};

static void people_give_up_as_in_erlang_a(void **state)
{
    const struct model_row *c = *state;
    struct erlang_a e = erlang_a(c->rate, c->stay, c->places, c->patience);
    struct erlang_a wrong =
        erlang_a(1.05 * c->rate, c->stay, c->places, c->patience);
    struct model model;

    model_run(&model, IMPATIENT, c->setting, count_settings(c->setting), 100,
              SEED);
    assert_mean(&model, model_value(&model, "gave_up"), 7 * e.gave_up);
    assert_mean(&model, model_value(&model, "waiting"), e.waiting);
    assert_mean(&model, model_value(&model, "waited"), e.waits);
    assert_mean(&model, model_value(&model, "wait_days"), e.waiting / c->rate);
    assert_mean(&model, model_value(&model, "occupancy"), e.occupancy);
    assert_mean(&model, model_value(&model, "planned_exits"),
                7 * (c->rate - e.gave_up));
    assert_mean(&model, model_value(&model, "left"), 7 * c->rate);
    assert_false(model_is_near(&model, model_value(&model, "gave_up"),
                               7 * wrong.gave_up));
    assert_false(
        model_is_near(&model, model_value(&model, "waiting"), wrong.waiting));
    model_clear(&model);
}

/* ---- loss and overflow ---- */

static const char LOSS[] =
    HEAD "cohorts:\n"
         "  people: {referrals: {rate: 3/day}, enters: house}\n"
         "levels:\n"
         "  house: {rank: 1, places: 2, stay: exponential(mean 1 day),\n"
         "          then: leave, when_full: {divert to: annex}}\n"
         "  annex: {rank: 1, places: 1, stay: exponential(mean 1 day),\n"
         "          then: leave, when_full: {divert to: open}}\n"
         "  open: {rank: 1, stay: 2 days, then: leave}\n";

/* Erlang B by its recursion (e.g. Cooper 1981). */
static double erlang_b(double load, unsigned places)
{
    double lost = 1;

    for (unsigned i = 1; i <= places; i++)
        lost = load * lost / (i + load * lost);
    return lost;
}

/* With the same exponential stays the house and then the annex are one group
 * of three, hunted in order. */
static void diverts_are_overflow(void **state)
{
    const double rate = 3, from_house = erlang_b(3, 2),
                 from_both = erlang_b(3, 3);
    struct model model;

    (void)state;
    model_run(&model, LOSS, NULL, 0, 60, SEED);
    assert_mean(&model, model_slice(&model, "diverted", SLICE_LEVEL, "house"),
                7 * rate * from_house);
    assert_mean(&model, model_slice(&model, "diverted", SLICE_LEVEL, "annex"),
                7 * rate * from_both);
    assert_mean(&model, model_slice(&model, "full", SLICE_LEVEL, "house"),
                from_house);
    assert_mean(&model, model_slice(&model, "occupancy", SLICE_LEVEL, "annex"),
                rate * (from_house - from_both));
    assert_mean(&model, model_slice(&model, "occupancy", SLICE_LEVEL, "open"),
                rate * from_both * 2);
    assert_near(model_value(&model, "waiting")->mean, 0, 0);
    assert_false(model_is_near(
        &model, model_slice(&model, "diverted", SLICE_LEVEL, "house"),
        7 * rate * erlang_b(1.05 * 3, 2)));
    assert_false(model_is_near(
        &model, model_slice(&model, "diverted", SLICE_LEVEL, "annex"),
        7 * rate * erlang_b(1.05 * 3, 3)));
    model_clear(&model);
}

/* What is lost does not depend on how stays vary (Sevastyanov 1957). */
static void loss_depends_on_the_mean_stay_only(void **state)
{
    static const char *const setting[] = {
        "levels.house.stay=lognormal(mean 1 day, sd 2 days)",
        "levels.house.when_full={divert to: leave}", "levels.annex=null",
        "levels.open=null", "levels.house.places=4"};
    const double lost = erlang_b(3, 4);
    struct model model;

    (void)state;
    model_run(&model, LOSS, setting, LENGTH(setting), 60, SEED);
    assert_mean(&model, model_value(&model, "diverted"), 21 * lost);
    assert_mean(&model, model_value(&model, "occupancy"), 3 * (1 - lost));
    assert_mean(&model, model_value(&model, "planned_exits"), 21 * (1 - lost));
    assert_false(model_is_near(&model, model_value(&model, "diverted"),
                               21 * erlang_b(3 * 1.05, 4)));
    model_clear(&model);
}

/* ---- priorities ---- */

static const char PRIORITIES[] =
    HEAD "cohorts:\n"
         "  urgent: {referrals: {rate: 0.2/day}, enters: house, priority: 1}\n"
         "  soon: {referrals: {rate: 0.3/day}, enters: house, priority: 3}\n"
         "  routine: {referrals: {rate: 0.2/day}, enters: house}\n"
         "levels:\n"
         "  house: {rank: 1, places: 1, stay: 'gamma(mean 1 day, sd 0.5 days)',"
         "\n          then: leave}\n";

/* Cobham (1954): W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), s_k the load of the
 * classes up to k, W_0 = sum of rate x E[stay^2] / 2. */
static void priorities_follow_cobham(void **state)
{
    static const char *const name[] = {"urgent", "soon", "routine"};
    const double rate[] = {0.2, 0.3, 0.2};
    const double left = 0.7 * (1 + 0.25) / 2;
    double load = 0, all = 0;
    struct model model;

    (void)state;
    model_run(&model, PRIORITIES, NULL, 0, 150, SEED);
    for (int k = 0; k < 3; k++) {
        double wait = left / ((1 - load) * (1 - load - rate[k]));
        double fifo = left / (1 - 0.7);
        const struct estimate *found =
            model_slice(&model, "wait_days", SLICE_COHORT, name[k]);
        load += rate[k];
        all += rate[k] * wait;
        assert_mean(&model, found, wait);
        assert_mean(&model,
                    model_slice(&model, "waiting", SLICE_COHORT, name[k]),
                    rate[k] * wait);
        assert_mean(&model,
                    model_slice(&model, "waited", SLICE_COHORT, name[k]), 0.7);
        assert_false(model_is_near(&model, found, fifo));
    }
    /* Kleinrock's conservation law: who goes first does not change the sum. */
    assert_near(all, 0.7 * left / (1 - 0.7), 1e-12);
    assert_mean(&model, model_value(&model, "waiting"), all);
    model_clear(&model);
}

/* ---- blocking after service ---- */

static const char LINE[] =
    "handrail: 1\n"
    "title: a line of two\n"
    "calendar: {start: 2027-01-04, warm_up: 60 days, run_for: 500 days,\n"
    "           run_on: 60 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 3/day}, enters: first}\n"
    "levels:\n"
    "  first: {rank: 2, places: 1, stay: exponential(mean 0.5 days),\n"
    "          then: second}\n"
    "  second: {rank: 1, places: 1, stay: exponential(mean 0.4 days),\n"
    "           then: leave}\n";

/* The first level is never without someone who waits. Both of one place: by
 * the three states (only the first busy; both; the first blocked) the line
 * passes a b (a + b) / (a^2 + a b + b^2) people (Hunt 1956, no buffer). */
static void a_line_without_room_blocks(void **state)
{
    const double a = 1 / 0.5, b = 1 / 0.4;
    const double sum = a * a + a * b + b * b;
    struct model model;

    (void)state;
    model_run(&model, LINE, NULL, 0, 60, SEED);
    assert_mean(&model, model_value(&model, "left"), 7 * a * b * (a + b) / sum);
    assert_mean(&model, model_slice(&model, "delayed", SLICE_LEVEL, "first"),
                a * a / sum);
    assert_mean(&model, model_slice(&model, "delayed", SLICE_CAUSE, "blocked"),
                a * a / sum);
    assert_near(model_slice(&model, "full", SLICE_LEVEL, "first")->mean, 1,
                1e-3);
    assert_mean(&model, model_slice(&model, "full", SLICE_LEVEL, "second"),
                1 - b * b / sum);
    /* Control: what would pass if the first never held its place. */
    assert_false(model_is_near(&model, model_value(&model, "left"), 7 * a));
    model_clear(&model);
}

/* Where people wait outside, the first level works on, and the second is an
 * M/M/1 that is offered all it passes: at its full rate if busy throughout. */
static void a_line_with_room_outside_does_not_block(void **state)
{
    static const char *const setting[] = {"levels.first.when_next_full=wait"};
    const double a = 1 / 0.5, b = 1 / 0.4, load = a / b;
    struct model model;

    (void)state;
    model_run(&model, LINE, setting, LENGTH(setting), 60, SEED);
    assert_near(model_value(&model, "delayed")->mean, 0, 0);
    assert_mean(&model, model_value(&model, "left"), 7 * a);
    assert_mean(&model, model_slice(&model, "full", SLICE_LEVEL, "second"),
                load);
    assert_mean(&model, model_slice(&model, "wait_days", SLICE_LEVEL, "second"),
                load / (b - a));
    assert_mean(&model, model_slice(&model, "waiting", SLICE_LEVEL, "second"),
                a * load / (b - a));
    assert_false(model_is_near(
        &model, model_slice(&model, "wait_days", SLICE_LEVEL, "second"),
        load / (b - 1.1 * a)));
    model_clear(&model);
}

/* ---- routes ---- */

static const char ROUTES[] =
    "handrail: 1\n"
    "title: routes\n"
    "calendar: {start: 2027-01-04, warm_up: 40 days, run_for: 200 days,\n"
    "           run_on: 60 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 20/day}, enters: house}\n"
    "levels:\n"
    "  house:\n"
    "    rank: 1\n"
    "    stay: exponential(mean 1 day)\n"
    "    then:\n"
    "      home: {to: home, chance: 50%}\n"
    "      flat: {to: flat, chance: 30%, stay: 3 days,\n"
    "             delay: 'gamma(mean 2 days, sd 1 day)'}\n"
    "      away: {to: leave, chance: 20%, delay: exponential(mean 5 days)}\n"
    "  home: {rank: 1, stay: 1 day, then: leave}\n"
    "  flat: {rank: 1, stay: 2 days, then: leave}\n";

static void routes_have_their_shares_and_delays(void **state)
{
    const double rate = 20, delayed = rate * (0.3 * 2 + 0.2 * 5);
    struct model model;

    (void)state;
    model_run(&model, ROUTES, NULL, 0, 20, SEED);
    /* Little: people = rate x mean time, in each place and each delay. */
    assert_mean(&model, model_slice(&model, "occupancy", SLICE_LEVEL, "home"),
                rate * 0.5 * 1);
    assert_mean(&model, model_slice(&model, "occupancy", SLICE_LEVEL, "flat"),
                rate * 0.3 * 2);
    assert_mean(&model,
                model_slice(&model, "planned_exits", SLICE_LEVEL, "house"),
                7 * rate * 0.2);
    assert_mean(&model, model_slice(&model, "delayed", SLICE_CAUSE, "delay"),
                delayed);
    assert_mean(&model,
                model_slice(&model, "delayed_days", SLICE_LEVEL, "house"),
                7 * delayed);
    assert_mean(&model, model_slice(&model, "stay_days", SLICE_LEVEL, "house"),
                0.5 * 1 + 0.3 * (3 + 2) + 0.2 * (1 + 5));
    assert_mean(&model,
                model_slice(&model, "occupancy", SLICE_COHORT, "people"),
                rate * (3.2 + 0.5 * 1 + 0.3 * 2));
    assert_near(model_slice(&model, "delayed", SLICE_CAUSE, "blocked")->mean, 0,
                0);
    assert_false(model_is_near(
        &model, model_slice(&model, "occupancy", SLICE_LEVEL, "flat"),
        rate * 0.33 * 2));
    assert_false(model_is_near(
        &model, model_slice(&model, "delayed", SLICE_CAUSE, "delay"),
        1.05 * delayed));
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diverts_are_overflow),
        cmocka_unit_test(loss_depends_on_the_mean_stay_only),
        cmocka_unit_test(priorities_follow_cobham),
        cmocka_unit_test(a_line_without_room_blocks),
        cmocka_unit_test(a_line_with_room_outside_does_not_block),
        cmocka_unit_test(routes_have_their_shares_and_delays),
    };
    int failed =
        run_table("patience", people_give_up_as_in_erlang_a, patience_cases);

    return failed + cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
