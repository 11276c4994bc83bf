/*
 * Concerns, rising alerts and the triggers beside them, where chance has no
 * part: a scenario, changed by settings, and the exact figures it must give.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

/* One person a week, seen at 12:00 of each of seven days; at 12:30 a sign is
 * noted, which opens a concern. */
#define NOTED(concern)                                                         \
    "conditions={course: {states: [ill, crisis], begin: {ill: 100%}}}",        \
        "cohorts.people.condition=course", "signs={sign: {ill: 100%}}",        \
        "plans.plan.steps.first.for=7 days",                                   \
        "concerns={dispute: {opens_on: sign, " concern "}}"
#define CALL                                                                   \
    "contacts.call={window: 2 h, by: worker, lasts: 5 min}",                   \
        "responses={dispute: {talk: {do: call, within: 20 h}}}"
#define CHECK(at)                                                              \
    "contacts.check={at: " at ", window: 2 h, by: worker, lasts: 5 min}"
#define MINUTE (1.0 / 60)

static struct rule_case concern_cases[] = {
    {"a sign that is noted opens it, one at a time; it closes by itself",
     {NOTED("closes: 36 h")},
     {IS("concerns", 4), OF("concerns", SLICE_CONCERN, "dispute", 4),
      OF("concerns", SLICE_LEVEL, "home", 4),
      IS("concern_open_hours", (3 * 36 + 11.5) / 4), IS("responses", 0)}},
    {"the sign may say so, too",
     {NOTED("closes: 36 h"), "concerns.dispute.opens_on=null",
      "signs.sign.opens=dispute"},
     {IS("concerns", 4)}},
    {"its response begins and, when it succeeds, closes it",
     {NOTED("worsening: 2"), CALL},
     {IS("concerns", 7), IS("concern_open_hours", 5 * MINUTE),
      OF("responses", SLICE_TRIGGER, "dispute", 7),
      IS("response_breaches", 0)}},
    {"a response that fails leaves it open",
     {NOTED("worsening: 2"), CALL, "responses.dispute.talk.succeeds=0%"},
     {IS("concerns", 1), IS("concern_open_hours", 6 * 24 + 11.5),
      IS("responses", 1)}},
    {"a response without contacts closes it when it has run",
     {NOTED("worsening: 2"),
      "responses={dispute: {tell: {after: 1 h, then: {record: told}}}}"},
     {IS("concerns", 7), IS("concern_open_hours", 1), IS("outcomes", 7)}},
    {"parallel working tells those who respond after a delay",
     {NOTED("delay: 2 h"), CALL},
     {IS("concerns", 7), IS("concern_open_hours", 125 * MINUTE),
      IS("responses", 7)}},
    {"integrated working has no delay",
     {NOTED("delay: 2 h, working: integrated"), CALL},
     {IS("concerns", 7), IS("concern_open_hours", 5 * MINUTE)}},
    {"a deadline counts from when they are told",
     {NOTED("delay: 18 h"), CALL,
      "responses.dispute.talk.within=2 h"}, /* told at 6:30, on duty at 9:00 */
     {IS("response_breaches", 1)}},
    {"what closes by itself before they are told has no response",
     {NOTED("delay: 2 h, closes: 1 h"), CALL},
     {IS("concerns", 7), IS("concern_open_hours", 1), IS("responses", 0)}},
    {"what closes by itself lets its response go on",
     {NOTED("closes: 1 min"), CALL, "contacts.call.notices=0%"},
     {IS("concerns", 7), IS("responses", 7),
      OF("contacts_completed", SLICE_KIND, "call", 7)}},

    {"its contacts are planned beside the plan's, from the same day on",
     {NOTED("closes: 36 h, adds: {check: every day}"), CHECK("13:00")},
     {OF("contacts_due", SLICE_KIND, "check", 7), IS("contacts_due", 14),
      IS("contacts_completed", 14)}},
    {"what is still open on the day falls due at once",
     {NOTED("closes: 36 h, adds: {check: every day}"), CHECK("11:00")},
     {OF("contacts_due", SLICE_KIND, "check", 7),
      OF("start_delay_minutes", SLICE_KIND, "check", 0)}},
    {"what is closed on the day is dropped",
     {NOTED("closes: 36 h, adds: {check: every day}"), CHECK("09:00")},
     {OF("contacts_due", SLICE_KIND, "check", 3)}},
    {"every other day",
     {NOTED("closes: 30 days, adds: {check: every 2 days}"), CHECK("13:00")},
     {OF("contacts_due", SLICE_KIND, "check", 4)}},
    {"twice a day, which share the window",
     {NOTED("closes: 30 days, adds: {check: twice a day}"), CHECK("13:00")},
     {OF("contacts_due", SLICE_KIND, "check", 14),
      OF("contacts_due", SLICE_HOUR, "wed 13", 1),
      OF("contacts_due", SLICE_HOUR, "wed 14", 1)}},
    {"at the time that the person prefers",
     {NOTED("closes: 30 days, adds: {check: every day}"), CHECK("preferred"),
      "cohorts.people.prefers={\"16:00\": 100%}"},
     {OF("contacts_due", SLICE_KIND, "check", 7),
      OF("contacts_due", SLICE_HOUR, "wed 16", 1)}},
    {"they begin when staff know",
     {NOTED("closes: 30 days, delay: 1 day, adds: {check: every day}"),
      CHECK("13:00")},
     {OF("contacts_due", SLICE_KIND, "check", 6)}},
    {"they do not make up for contacts of the plan",
     {NOTED("closes: 30 days, adds: {check: every day}"), CHECK("13:00"),
      "contacts.late={at: 18:00, window: 30 min, by: worker, lasts: 5 min}",
      "plans.plan.steps.first.contacts.late=every day"},
     {IS("plan_delivered", 0.5), IS("contacts_due", 21),
      IS("contacts_completed", 14)}},
    {"nor for the rule by which people advance",
     {NOTED("closes: 30 days, adds: {check: every day}"), CHECK("13:00"),
      "contacts.late={at: 18:00, window: 30 min, by: worker, lasts: 5 min}",
      "plans.plan.steps.first.contacts.late=every day",
      "plans.plan.advance_if={contacts_done: 60%}",
      "plans.plan.repeats={most: 1, each: 7 days}"},
     {IS("repeats", 0.5)}},
    {"a meeting may be added as well",
     {NOTED("closes: 36 h, adds: {check: every day}"), CHECK("13:00"),
      "contacts.check.without_person=yes"},
     {OF("contacts_due", SLICE_KIND, "check", 7), IS("contacts_due", 7)}},

    {"an open concern goes with the person, its response begins again",
     {NOTED("worsening: 2"),
      "responses={dispute: {tell: {after: 30 days, then: {record: told}}}}",
      "levels.home.then=after",
      "levels.after={rank: 0, stay: 7 days, then: leave}"},
     {IS("concerns", 1), IS("responses", 2),
      IS("concern_open_hours", 13 * 24 + 11.5), IS("outcomes", 0)}},
    {"it is counted in the level in which it arose",
     {NOTED("worsening: 2"),
      "responses={dispute: {tell: {after: 30 days, then: {record: told}}}}",
      "levels.home.then=after",
      "levels.after={rank: 0, stay: 7 days, then: leave}"},
     {OF("concerns", SLICE_LEVEL, "home", 1),
      OF("concerns", SLICE_LEVEL, "after", 0),
      OF("concern_open_hours", SLICE_LEVEL, "home", 13 * 24 + 11.5)}},
    {"who has disengaged gets none of its contacts",
     {NOTED("closes: 30 days, adds: {check: every day}"), CHECK("13:00"),
      "responses={dispute: {end: {after: 26 h, then: disengage}}}"},
     {OF("contacts_due", SLICE_KIND, "check", 2), IS("disengaged", 1)}},
    {"staff who note the sign learn of what was not noticed",
     {NOTED("rate: 100/day, noticed: 0%, closes: 300 days"), CALL,
      "responses.dispute.talk.succeeds=0%"},
     {IS("responses", 1)}},
};

/* ---- a crisis in the middle of it ---- */

/* People come in the first minute of a day and leave at its end; crises come
 * within the half hour from 12:45, but for 1 in e^41. */
#define CROWD                                                                  \
    "cohorts.people.referrals={rate: 4/day, hours: 00:00-00:01}",              \
        "levels.home.places=unlimited", "plans.plan.starts=same day",          \
        "rota.day.staff.worker=40", "plans.plan.steps.first.for=1 day",        \
        "conditions.course.changes={ill to crisis: 20/day}",                   \
        "conditions.course.hours={\"12:45-13:15\": 100, \"13:15-12:45\": 0}"

static void a_crisis_begins_the_response_again(void **state)
{
    static const char *const setting[] = {
        NOTED("worsening: 1"), CROWD,
        "responses={dispute: {tell: {after: 30 days, then: {record: told}}}}",
        "conditions.course.hours={\"12:45-13:15\": 1, \"13:15-12:45\": 0}"};
    struct model model;
    double concerns, crises;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), 2, 20270106);
    concerns = model_total(&model, COUNT_CONCERNS);
    crises = model_total(&model, COUNT_CRISES);
    assert_true(concerns > 150 && crises > 50);
    assert_near(concerns, model_total(&model, COUNT_REFERRALS), 0);
    assert_near(model_total(&model, COUNT_RESPONSES), concerns + crises, 0);
    model_clear(&model);
}

/* ---- alerts that rise ---- */

/* People come at 23:59 and are seen at noon of the days after. After 20 days,
 * to the minute, they get ill and show three signs in place of one. */
static const char RISE[] =
    "handrail: 1\n"
    "title: rise\n"
    "calendar: {start: 2027-01-04, warm_up: 70 days, run_for: 70 days,\n"
    "           run_on: 90 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 4/day, hours: 23:59-24:00}, enters: home,\n"
    "           condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, crisis]\n"
    "    begin: {well: 100%}\n"
    "    changes:\n"
    "      well to ill: {dwell: 'lognormal(mean 20 days, sd 10 s)'}\n"
    "signs:\n"
    "  a: {well: 100%, ill: 100%}\n"
    "  b: {well: 0%, ill: 100%}\n"
    "  c: {well: 0%, ill: 100%}\n"
    "  d: {well: 0%, ill: 0%}\n"
    "alerts: {alert: {signs: 4, rising: 2 in 14 days}}\n"
    "levels:\n"
    "  home: {rank: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {first: {for: 60 days, contacts: {visit: every day}}}}\n"
    "contacts:\n"
    "  visit: {at: 12:00, window: 1 h, by: worker, lasts: 1 min}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  all: {days: every day, hours: 00:00-24:00, staff: {worker: 255}}\n";

struct rise_case {
    const char *name;
    const char *setting[4];
    double alerts;     /* for each person */
    double unseen_for; /* hours of the 60 days and half a minute */
};
#define VISITS(schedule) "plans.plan.steps.first.contacts.visit=" schedule
/* Ill from 23:59 of day 20, counting the days of visits from 1; a visit ends at
 * 12:01. */
#define ILL_UNTIL(day) (24 * ((day)-21) + 12.0 + 2 * MINUTE)
#define ILL_FROM(day) (24 * (60 - (day)) + 12.0 - MINUTE)
static struct rise_case rise_cases[] = {
    {"two more than two weeks ago, for two weeks",
     {NULL},
     1,
     ILL_UNTIL(21) + ILL_FROM(35)},
    {"three more there never are",
     {"alerts.alert.rising=3 in 14 days"},
     0,
     ILL_UNTIL(60) + ILL_FROM(60)},
    {"a shorter memory forgets sooner",
     {"alerts.alert.rising=2 in 3 days"},
     1,
     ILL_UNTIL(21) + ILL_FROM(24)},
    {"the last look before counts, up to twice as long ago",
     {VISITS("day 1 15 29 43")},
     1,
     ILL_UNTIL(29) + ILL_FROM(43)},
    {"a look longer ago does not",
     {VISITS("day 1 30")},
     0,
     ILL_UNTIL(60) + ILL_FROM(60)},
    {"nor one that is nearer",
     {VISITS("day 16 29")},
     0,
     ILL_UNTIL(60) + ILL_FROM(60)},
    {"of two looks on a day the later one counts",
     {VISITS("twice a day"), "contacts.visit.lasts=30 min"},
     1,
     ILL_UNTIL(21) + ILL_FROM(35) + 2 * 29 * MINUTE - 29 * MINUTE},
    {"weights count",
     {"alerts.alert={signs: 5, rising: 3 in 14 days}", "signs.b.weight=2"},
     1,
     ILL_UNTIL(21) + ILL_FROM(35)},
    {"the plain number stands beside it",
     {"alerts.alert={signs: 3, rising: 2 in 14 days}"},
     1,
     ILL_UNTIL(21)},
};

static void an_alert_rises(void **state)
{
    const struct rise_case *c = *state;
    const double hours = 60 * 24 + 0.5 * MINUTE;
    const struct estimate *unseen;
    size_t settings = 0;
    struct model model;

    while (settings < LENGTH(c->setting) && c->setting[settings])
        settings++;
    model_run(&model, RISE, c->setting, settings, 8, 20270111);
    assert_true(model_total(&model, COUNT_REFERRALS) > 100);
    /* Exact for each person; but hours and alerts are those of the period,
     * and how many people have come and gone at its edges is chance. */
    unseen = model_value(&model, "unseen_hours");
    assert_mean(&model, model_value(&model, "alerts"), 4 * 7 * c->alerts);
    assert_mean(&model, unseen, c->unseen_for * 168 / hours);
    assert_false(
        model_is_near(&model, unseen, 1.06 * c->unseen_for * 168 / hours));
    model_clear(&model);
}

/* ---- other triggers ---- */

#define NO_SHOW                                                                \
    "contacts.visit.attendance=0%", "plans.plan.steps.first.for=7 days"

static struct rule_case trigger_cases[] = {
    {"a time limit has a response, in the level to which people go",
     {"plans.plan.steps.first.for=7 days", "levels.home.longest=2 days",
      "levels.home.then=after",
      "levels.after={rank: 0, stay: 4 days, then: leave}",
      "contacts.call={window: 2 h, by: worker, lasts: 5 min}",
      "responses={timed out: {talk: {after: 10 h, do: call}}}"},
     {IS("timed_out", 3.5), OF("responses", SLICE_LEVEL, "after", 3.5)}},
    {"disengaging has a response",
     {NO_SHOW, "cohorts.people.disengages={after_missed: 2, chance: 100%}",
      "responses={disengaged: {tell: {after: 1 h, then: {record: told}}}}"},
     {IS("disengaged", 1), OF("responses", SLICE_TRIGGER, "disengaged", 1),
      IS("outcomes", 1), IS("contacts_due", 2)}},
    {"and nobody disengages twice",
     {NO_SHOW, "cohorts.people.disengages={after_missed: 2, chance: 100%}",
      "responses={disengaged: {tell: {then: disengage}}}"},
     {IS("disengaged", 1), IS("responses", 1)}},
};

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crisis_begins_the_response_again),
    };
    int failed = 0;

    failed += run_table("concerns", rule_holds, concern_cases);
    failed += run_table("rising", an_alert_rises, rise_cases);
    failed += run_table("triggers", rule_holds, trigger_cases);
    failed += cmocka_run_group_tests_name("crises", tests, NULL, NULL);
    return failed;
}
