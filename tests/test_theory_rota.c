/*
 * The rota against closed forms and against another way to say the same: each
 * with a control that must fail. See tests/rules.h for the scenario.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

#define SEED 20270121
#define RUNS 60

/* ---- expectations over who comes and what they notice ---- */

/* Everyone is in warning, with a sign for certain. */
#define ALERT                                                                  \
    "conditions={course: {states: [settled, warning, crisis], begin: "         \
    "{warning: 100%}}}",                                                       \
        "cohorts.people.condition=course", "signs={sign: {warning: 100%}}",    \
        "alerts={alert: 1}", "responses={alert: {act: {then: settle 100%}}}"
/* Two places, each filled with chance 1 - 50% (1 - 40%) = 70%. */
#define SOMETIMES                                                              \
    "rota.day.staff.worker=2",                                                 \
        "staff.worker={absence: {share: 50%}, bank: {covers: 40%, cost: 0}}"
#define CALL                                                                   \
    "contacts.visit.mode=visit",                                               \
        "contacts.call={mode: phone, at: 14:00, window: 30 min, by: worker, "  \
        "lasts: 5 min}",                                                       \
        "plans.plan.steps.first.contacts.call=every day"
#define BELOW "rota.day.minimum=2", "rota.day.below=phone only"
#define NOT_DELIVERED(kind, share)                                             \
    {                                                                          \
        "contacts_not_delivered", share, SLICE_KIND, kind                      \
    }

struct mean_case {
    const char *name;
    const char *setting[RULE_SETTINGS];
    struct check expected, wrong;
};
static struct mean_case mean_cases[] = {
    {"without a minimum a visit wants one of two",
     {SOMETIMES, CALL},
     NOT_DELIVERED("visit", 0.3 * 0.3),
     NOT_DELIVERED("visit", 1 - 0.7 * 0.7)},
    {"with a minimum of two a visit wants both",
     {SOMETIMES, CALL, BELOW},
     NOT_DELIVERED("visit", 1 - 0.7 * 0.7),
     NOT_DELIVERED("visit", 0.3 * 0.3)},
    {"and a call one of them",
     {SOMETIMES, CALL, BELOW},
     NOT_DELIVERED("call", 0.3 * 0.3),
     NOT_DELIVERED("call", 1 - 0.7 * 0.7)},
    {"who stands in is present, too",
     {SOMETIMES, BELOW},
     IS("hours_present", 2 * 56 * 0.7),
     IS("hours_present", 2 * 56 * 0.5)},
    {"spells do not change the share",
     {SOMETIMES, "staff.worker.absence.spells=4 days"},
     IS("hours_present", 2 * 56 * 0.7),
     IS("hours_present", 2 * 56 * 0.6)},
    {"a role's `notices` is a chance",
     {ALERT, "staff.worker.notices=30%"},
     IS("alerts", 7 * 0.3),
     IS("alerts", 7 * 0.4)},
    {"it multiplies the contact's",
     {ALERT, "staff.worker.notices=60%", "contacts.visit.notices=50%"},
     IS("alerts", 7 * 0.3),
     IS("alerts", 7 * 0.5)},
    {"a role's `acts` is a chance",
     {ALERT, "staff.worker.acts=30%"},
     IS("responses", 7 * 0.3),
     IS("responses", 7 * 0.4)},
    {"bank staff have their own",
     {ALERT, "staff.worker={absence: {share: 50%}, bank: {covers: 100%, cost: "
             "0, notices: 40%}}"},
     IS("alerts", 7 * (0.5 + 0.5 * 0.4)),
     IS("alerts", 7 * 0.4)},
    {"or that of their role",
     {ALERT, "staff.worker={notices: 40%, absence: {share: 50%}, bank: "
             "{covers: 100%, cost: 0}}"},
     IS("alerts", 7 * 0.4),
     IS("alerts", 7 * (0.5 + 0.5 * 0.4))},
    {"bank staff may act less often",
     {ALERT, "staff.worker={absence: {share: 50%}, bank: {covers: 100%, cost: "
             "0, acts: 20%}}"},
     IS("responses", 7 * (0.5 + 0.5 * 0.2)),
     IS("responses", 7 * 0.2)},
    /* The absent are paid, at 10 an hour, and so are those who stand in, at
     * 20; 70 of 98 hours a week are nights. */
    {"bank staff are paid by night like others",
     {"rota.day.hours=18:00-08:00",
      "staff.worker={cost: 10/h, premium: {night: 30%}, absence: {share: "
      "50%}, bank: {covers: 80%, cost: 20/h}}"},
     IS("cost_per_week", (98 + 70 * 0.3) * (10 + 0.5 * 0.8 * 20)),
     IS("cost_per_week", (98 + 70 * 0.3) * 10 + 98 * 0.5 * 0.8 * 20)},
};

static const struct estimate *found(const struct model *model,
                                    const struct check *check)
{
    return check->slice == SLICE_COUNT
               ? model_value(model, check->measure)
               : model_slice(model, check->measure, check->slice, check->value);
}

static void mean_holds(void **state)
{
    const struct mean_case *c = *state;
    struct model model;
    size_t settings = 0;

    while (settings < RULE_SETTINGS && c->setting[settings])
        settings++;
    model_run(&model, RULES, c->setting, settings, RUNS, SEED);
    assert_mean(&model, found(&model, &c->expected), c->expected.expected);
    assert_false(
        model_is_near(&model, found(&model, &c->wrong), c->wrong.expected));
    model_clear(&model);
}

/* ---- team time is a gap in the rota ---- */

#define MANY                                                                   \
    "levels.home.places=unlimited", "cohorts.people.referrals.rate=14/day",    \
        "contacts.visit={at: 11:30, window: 3 h, lasts: \"uniform(10 min, 40 " \
        "min)\"}",                                                             \
        "rota.day.overrun=4 h"

/*
 * Two workers with an hour for the team from 12:00 do as two who go at 12:00
 * and two who come at 13:00: what is under way is finished, and nothing begun.
 */
static void an_hour_for_the_team_is_a_gap_in_the_rota(void **state)
{
    static const char *const team[] = {
        MANY, "rota.day.staff.worker=2",
        "team_time.meeting={role: worker, at: 12:00, lasts: 60 min}"};
    static const char *const gap[] = {
        MANY, "rota.day.staff.worker=2", "rota.day.hours=09:00-12:00",
        "rota.late={days: every day, hours: 13:00-17:00, staff: {worker: 2}, "
        "overrun: 4 h}"};
    static const char *const none[] = {MANY, "rota.day.staff.worker=2"};
    static const char *const measure[] = {
        "contacts_completed", "contacts_not_delivered", "start_delay_minutes",
        "hours_delivered", "hours_demanded"};
    struct model with, split, without;

    (void)state;
    model_run(&with, RULES, team, LENGTH(team), 20, SEED);
    model_run(&split, RULES, gap, LENGTH(gap), 20, SEED);
    model_run(&without, RULES, none, LENGTH(none), 20, SEED);
    for (size_t i = 0; i < LENGTH(measure); i++)
        assert_near(model_value(&with, measure[i])->mean,
                    model_value(&split, measure[i])->mean, 1e-9);
    assert_true(model_value(&with, "contacts_not_delivered")->mean > 0.05);
    assert_true(model_value(&with, "contacts_not_delivered")->mean >
                model_value(&without, "contacts_not_delivered")->mean + 0.05);
    /* Some were with a contact at 12:00, and came late. */
    assert_true(model_value(&with, "team_time_had")->mean > 0.5);
    assert_true(model_value(&with, "team_time_had")->mean < 0.95);
    assert_near(model_value(&with, "team_hours")->mean,
                14 * model_value(&with, "team_time_had")->mean, 1e-9);
    model_clear(&with);
    model_clear(&split);
    model_clear(&without);
}

/* However busy, a break is had by everyone who is free once before the end. */
static void a_break_is_had_under_any_load(void **state)
{
    static const char *const setting[] = {
        MANY, "cohorts.people.referrals.rate=60/day",
        "contacts.visit.window=5 h",
        "team_time.break={role: worker, after: 3 h, lasts: 30 min, floating: "
        "yes}"};
    struct model model;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), 10, SEED);
    assert_true(model_value(&model, "utilisation")->mean > 0.5);
    assert_near(model_value(&model, "team_hours")->mean, 3.5, 1e-9);
    assert_near(model_value(&model, "team_time_had")->mean, 1, 1e-9);
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_hour_for_the_team_is_a_gap_in_the_rota),
        cmocka_unit_test(a_break_is_had_under_any_load),
    };

    return run_table("means", mean_holds, mean_cases) +
           cmocka_run_group_tests_name("team time", tests, NULL, NULL);
}
