/*
 * The rules of decisions at the end of a step, exact: see tests/rules.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

#define WEEK "plans.plan.steps.first.for=7 days"
#define TALK(rest)                                                             \
    "contacts.talk={at: 15:00, window: 30 min, by: worker, lasts: 30 min, "    \
    "without_person: yes" rest "}"
#define REVIEW(days) "plans.plan.review={do: talk, days: " days "}"
#define NOBODY_IN "contacts.visit.attendance=0%"
#define ASK "plans.plan.advance_if={contacts_done: 60%}"
#define MOST(times) "plans.plan.repeats={most: " times "}"

static struct rule_case review_cases[] = {
    {"a decision waits for its review, and is taken at the next midnight",
     /* From Wednesday to Wednesday is the step, then to the next Tuesday. */
     {WEEK, TALK(""), REVIEW("tue")},
     {IS("stay_days", 14), IS("contacts_due", 7), IS("repeats", 0),
      OF("contacts_completed", SLICE_KIND, "talk", 0.5)}},
    {"on any day the review is held on the first day after the step",
     {TALK(""), REVIEW("every day")},
     {IS("stay_days", 2), IS("planned_exits", 3.5), IS("contacts_due", 7)}},
    {"a review that nobody can hold is planned again, and people stay",
     {WEEK, TALK(""), REVIEW("sat"), "rota.day.days=weekdays"},
     {IS("planned_exits", 0), IS("contacts_due", 7),
      OF("contacts_due", SLICE_KIND, "talk", 1)}},
    {"a review with the person is one of their planned contacts",
     {WEEK,
      "contacts.talk={at: 15:00, window: 30 min, by: worker, lasts: 30 min}",
      REVIEW("tue")},
     {IS("stay_days", 14), IS("contacts_due", 7.5), IS("plan_delivered", 1)}},
    {"at the time that the person prefers",
     {WEEK,
      "contacts.talk={at: preferred, window: 30 min, by: worker, lasts: 30 "
      "min}",
      "cohorts.people.prefers={\"16:00\": 100%}", REVIEW("tue")},
     {IS("stay_days", 14), OF("contacts_due", SLICE_HOUR, "tue 16", 0.5)}},
    {"where the person is not there it is held a week later",
     {WEEK,
      "contacts.talk={at: 15:00, window: 30 min, by: worker, lasts: 30 min, "
      "attendance: 0%}",
      REVIEW("tue")},
     {IS("planned_exits", 0), IS("contacts_due", 8),
      IS("contacts_not_attended", 1 / 8.0)}},
    {"the plan of someone disengaged goes on without a review",
     {WEEK, NOBODY_IN, TALK(""), REVIEW("tue"),
      "cohorts.people.disengages={after_missed: 1, chance: 100%}"},
     {IS("stay_days", 7), IS("disengaged", 1),
      OF("contacts_due", SLICE_KIND, "talk", 0)}},
    {"while a review is awaited the last week of the step repeats",
     /* Day 1 of the step is a Wednesday; day 10 is the second Friday. */
     {"plans.plan.steps.first.for=10 days", TALK(""), REVIEW("tue"),
      "plans.plan.steps.first.contacts.visit=day 10"},
     {IS("stay_days", 14), IS("contacts_due", 0.5)}},
    {"a step is repeated before its next review",
     {TALK(""), REVIEW("every day"), NOBODY_IN, ASK, MOST("1")},
     {IS("stay_days", 4), IS("repeats", 1.75),
      OF("contacts_due", SLICE_KIND, "talk", 3.5)}},
};

static struct rule_case last_cases[] = {
    {"after the last repeat people advance",
     {NOBODY_IN, ASK, MOST("2")},
     {IS("stay_days", 3), IS("repeats", 14 / 3.0 - 2 / 12.0)}},
    {"or go back a step",
     {NOBODY_IN, ASK, MOST("0"), "plans.plan.after_last_repeat=step back"},
     {IS("planned_exits", 0), IS("step_backs", 7), IS("repeats", 0)}},
    {"or move to a level, not counted as a repeat",
     {NOBODY_IN, ASK, MOST("1"),
      "levels.other={rank: 0, stay: 1 day, then: leave}",
      "plans.plan.after_last_repeat={move to: other}"},
     {OF("stay_days", SLICE_LEVEL, "home", 2), IS("repeats", 3.5),
      IS("left", 3.5), IS("planned_exits", 0)}},
    {"and where that is full the step goes on until there is a place",
     {NOBODY_IN, ASK, MOST("0"),
      "levels.other={rank: 0, places: 1, stay: 3 days, then: leave}",
      "plans.plan.after_last_repeat={move to: other}"},
     {OF("stay_days", SLICE_LEVEL, "home", 3), IS("contacts_due", 7)}},
    {"a rule that is never followed lets people advance",
     {NOBODY_IN, ASK, MOST("5"), "plans.plan.rule_followed=0%"},
     {IS("stay_days", 1), IS("repeats", 0)}},
    {"nor does it hold what a response asked to be repeated",
     {NOBODY_IN, ASK, MOST("5"), "plans.plan.rule_followed=0%",
      "responses.not attended={tell: {then: {repeat: yes}}}"},
     {IS("stay_days", 1), IS("repeats", 0)}},
};

#define EVENING(at)                                                            \
    "contacts.visit={at: " at ", window: 30 min, by: worker, lasts: 30 min, "  \
    "attendance: 0%}",                                                         \
        "rota.day.hours=16:00-24:00",                                          \
        "responses.not attended={tell: {then: {restart plan: yes}}}"

static struct rule_case midnight_cases[] = {
    {"a plan is restarted by a contact that ends before the midnight of its "
     "end",
     {EVENING("23:25")},
     {IS("planned_exits", 0), IS("restarts", 7)}},
    {"and is over, before its response is asked, with one that ends just then",
     {EVENING("23:30")},
     {IS("stay_days", 1), IS("planned_exits", 7), IS("restarts", 0)}},
};

/* The rule is followed at one decision in two: the days until it is not have
 * the geometric distribution, of mean 2. */
static void rule_followed_by_chance(void **state)
{
    static const char *const setting[] = {
        NOBODY_IN,
        ASK,
        MOST("1000"),
        "plans.plan.rule_followed=50%",
        "calendar.run_for=200 days",
        "calendar.warm_up=0 days",
        "calendar.run_on=60 days",
    };
    struct model model;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), 100, 20270107);
    assert_mean(&model, model_value(&model, "stay_days"), 2.0);
    assert_false(
        model_is_near(&model, model_value(&model, "stay_days"), 1 / 0.55));
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest chance[] = {
        cmocka_unit_test(rule_followed_by_chance),
    };
    int failed = 0;

    failed += run_table("reviews", rule_holds, review_cases);
    failed += run_table("after the last repeat", rule_holds, last_cases);
    failed += run_table("at midnight", rule_holds, midnight_cases);
    failed += cmocka_run_group_tests_name("by chance", chance, NULL, NULL);
    return failed;
}
