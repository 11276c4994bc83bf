/*
 * The rules of pairs, preferred times, family contacts, contacts twice a day
 * and the order of waiting contacts, exact: see tests/rules.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

#define VISIT "contacts.visit.mode=visit"
#define TWO "rota.day.staff.worker=2"
#define LATE "rota.day.hours=09:00-23:00"
#define NOT_DELIVERED(share) IS("contacts_not_delivered", share)

static struct rule_case pair_cases[] = {
    {"two workers go to those whose visits take a pair",
     {VISIT, TWO, "cohorts.people.pairs=100%"},
     {NOT_DELIVERED(0), IS("hours_delivered", 7), IS("hours_demanded", 7)}},
    {"one worker cannot",
     {VISIT, "cohorts.people.pairs=100%"},
     {NOT_DELIVERED(1), IS("hours_delivered", 0), IS("hours_demanded", 7)}},
    {"only visits take a pair",
     {"contacts.visit.mode=phone", "cohorts.people.pairs=100%"},
     {NOT_DELIVERED(0), IS("hours_delivered", 3.5)}},
    {"a visit that takes several anyway takes no more",
     {VISIT, TWO, "contacts.visit.by=null", "contacts.visit.needs={worker: 2}",
      "cohorts.people.pairs=100%"},
     {NOT_DELIVERED(0), IS("hours_delivered", 7)}},
    {"a visit at the hour takes a pair",
     {VISIT, TWO, "contacts.visit.pair_after=12:00"},
     {NOT_DELIVERED(0), IS("hours_delivered", 7), IS("hours_demanded", 7)}},
    {"before the hour it takes one",
     {VISIT, TWO, "contacts.visit.pair_after=12:01"},
     {NOT_DELIVERED(0), IS("hours_delivered", 3.5)}},
    {"the hour is that of meeting, not of setting off",
     {VISIT, TWO, "contacts.visit.pair_after=12:00",
      "contacts.visit.travel=30 min"},
     {NOT_DELIVERED(0), IS("hours_delivered", 14),
      IS("start_delay_minutes", 0)}},
    {"one who is free too late for one needs a second, and there is none",
     {VISIT, LATE, "contacts.visit={window: 3 h, pair_after: 13:00}",
      "contacts.talk={at: 11:30, window: 1 h, by: worker, lasts: 100 min, "
      "without_person: yes}",
      "plans.plan.steps.first.contacts.talk=every day"},
     {NOT_DELIVERED(1)}},
    {"one who is free in time goes alone",
     {VISIT, LATE, "contacts.visit={window: 3 h, pair_after: 13:15}",
      "contacts.talk={at: 11:30, window: 1 h, by: worker, lasts: 100 min, "
      "without_person: yes}",
      "plans.plan.steps.first.contacts.talk=every day"},
     {NOT_DELIVERED(0), IS("start_delay_minutes", 70)}},
    {"the night lasts until six: then one goes alone again",
     {VISIT, "contacts.visit={at: 05:00, window: 2 h, pair_after: 20:00}",
      "rota.day.hours=00:00-08:00"},
     {NOT_DELIVERED(0), IS("start_delay_minutes", 60)}},
};

static struct rule_case preferred_cases[] = {
    {"a contact at the preferred time is due then",
     {"cohorts.people.prefers={\"15:00\": 100%}", "contacts.visit.at=preferred",
      "contacts.visit.window=1 h", "rota.day.hours=15:30-17:00"},
     {NOT_DELIVERED(0), IS("start_delay_minutes", 30)}},
    {"a schedule's own time goes before the preferred one",
     {"cohorts.people.prefers={\"15:00\": 100%}", "contacts.visit.at=preferred",
      "contacts.visit.window=1 h", "rota.day.hours=15:30-17:00",
      "plans.plan.steps.first.contacts.visit=every day at 16:00"},
     {NOT_DELIVERED(0), IS("start_delay_minutes", 0)}},
    {"at other times people attend less",
     {"cohorts.people.prefers={\"15:00\": 100%}",
      "contacts.visit.attendance_at_other_times=0%"},
     {IS("contacts_not_attended", 1)}},
    {"at the preferred time they do not",
     {"cohorts.people.prefers={\"12:00\": 100%}",
      "contacts.visit.attendance_at_other_times=0%"},
     {IS("contacts_not_attended", 0)}},
    {"nor where nobody prefers a time",
     {"contacts.visit.attendance_at_other_times=0%"},
     {IS("contacts_not_attended", 0)}},
};

#define FAMILY(rest)                                                           \
    "contacts.call={at: 14:00, window: 1 h, by: worker, lasts: 60 min, "       \
    "with: family" rest "}",                                                   \
        "plans.plan.steps.first.contacts.call=every day"

static struct rule_case family_cases[] = {
    {"a contact with the family is none of the person's",
     {FAMILY("")},
     {IS("contacts_due", 7), IS("contacts_completed", 7),
      OF("contacts_completed", SLICE_KIND, "call", 7),
      IS("hours_delivered", 10.5)}},
    {"the family attends by its own chance",
     {FAMILY(", attendance: 0%, if_not_there: 10 min"),
      "cohorts.people.disengages={after_missed: 1, chance: 100%}"},
     {IS("contacts_not_attended", 0), IS("disengaged", 0),
      OF("contacts_not_attended", SLICE_KIND, "call", 1),
      IS("hours_delivered", 3.5 + 7 / 6.0)}},
    {"whatever the person's is",
     {FAMILY(""), "cohorts.people.attendance=0%"},
     {IS("contacts_not_attended", 1),
      OF("contacts_not_attended", SLICE_KIND, "call", 0)}},
    {"the person and their family can be seen at one time",
     {TWO, FAMILY(""), "contacts.call.at=12:00", "contacts.call.window=1 min"},
     {NOT_DELIVERED(0), OF("contacts_not_delivered", SLICE_KIND, "call", 0)}},
};

/* The visit is due first, with two hours; the call an hour later, for minutes;
 * a meeting keeps the one worker from both until 13:00. */
#define CLASH                                                                  \
    "contacts.talk={at: 11:00, window: 1 h, by: worker, lasts: 2 h, "          \
    "without_person: yes}",                                                    \
        "contacts.call={at: 12:50, window: 15 min, by: worker, lasts: 5 min}", \
        "contacts.visit.window=2 h", "contacts.visit.lasts=50 min",            \
        "plans.plan.steps.first.contacts={visit: every day, call: every day, " \
        "talk: every day}"

/* Nobody is in; a meeting is what is done about it. */
#define TALKED(rest)                                                           \
    "contacts.visit.attendance=0%", "levels.home.first_contact_within=20 h",   \
        "contacts.talk={window: 2 h, by: worker, lasts: 10 min" rest "}",      \
        "responses.not attended={talk: {do: talk}}"

static struct rule_case meeting_cases[] = {
    {"a meeting that a response calls is no contact with the person",
     {TALKED(", without_person: yes"), "plans.plan.steps.first.for=3 days"},
     {IS("first_contact_in_time", 0), IS("longest_gap_days", 3),
      OF("contacts_completed", SLICE_KIND, "talk", 7)}},
    {"with the person it is one",
     {TALKED(""), "plans.plan.steps.first.for=3 days"},
     {IS("first_contact_in_time", 1),
      OF("contacts_completed", SLICE_KIND, "talk", 7)}},
    {"nor does it bring anybody back",
     {TALKED(", without_person: yes"), "plans.plan.steps.first.for=7 days",
      "cohorts.people.disengages={after_missed: 1, chance: 100%}"},
     {IS("contacts_due", 1), IS("disengaged", 1)}},
};

static struct rule_case order_cases[] = {
    {"by default the contact due first goes first",
     {CLASH},
     {OF("contacts_not_delivered", SLICE_KIND, "call", 1),
      OF("contacts_not_delivered", SLICE_KIND, "visit", 0),
      OF("start_delay_minutes", SLICE_KIND, "visit", 60)}},
    {"by deadline the one that ends first does",
     {CLASH, "order=deadline"},
     {OF("contacts_not_delivered", SLICE_KIND, "call", 0),
      OF("contacts_not_delivered", SLICE_KIND, "visit", 0),
      OF("start_delay_minutes", SLICE_KIND, "visit", 65)}},
    {"but priority goes before both",
     {CLASH, "order=deadline", "contacts.visit.priority=1"},
     {OF("contacts_not_delivered", SLICE_KIND, "call", 1),
      OF("start_delay_minutes", SLICE_KIND, "visit", 60)}},
};

static struct rule_case twice_cases[] = {
    {"of two contacts a day each has half of the window",
     {"plans.plan.steps.first.contacts.visit=twice a day",
      "contacts.visit={at: 09:00, window: 8 h}"},
     {IS("contacts_due", 14), NOT_DELIVERED(0), IS("start_delay_minutes", 0),
      OF("contacts_due", SLICE_HOUR, "mon 13", 1)}},
    {"who comes after the first half only misses the first",
     {"plans.plan.steps.first.contacts.visit=twice a day",
      "contacts.visit={at: 09:00, window: 4 h}", "rota.day.hours=12:00-17:00"},
     {IS("contacts_due", 14), NOT_DELIVERED(0.5),
      IS("start_delay_minutes", 60)}},
};

/* 40% of people need a pair, 30% prefer the morning: each once for life. */
static void drawn_once_for_life(void **state)
{
    static const char *const setting[] = {
        VISIT,
        TWO,
        "cohorts.people={pairs: 40%, prefers: {\"10:00\": 30%, \"15:00\": "
        "70%}}",
        "contacts.visit.at=preferred",
        "contacts.visit.window=1 h",
        "plans.plan.steps.first.for=7 days",
    };
    struct model model;
    const struct estimate *hours, *due;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), 400, 20270108);
    hours = model_value(&model, "hours_delivered");
    assert_mean(&model, hours, 3.5 * 1.4);
    assert_false(model_is_near(&model, hours, 3.5 * 1.5));
    due = model_slice(&model, "contacts_due", SLICE_HOUR, "wed 10");
    assert_mean(&model, due, 0.3);
    assert_false(model_is_near(&model, due, 0.4));
    /* Drawn for each of the 28 contacts it would vary by 0.32, for each of the
     * 4 people by 0.86. */
    assert_true(hours->sd > 0.6);
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest chance[] = {
        cmocka_unit_test(drawn_once_for_life),
    };
    int failed = 0;

    failed += run_table("pairs", rule_holds, pair_cases);
    failed += run_table("preferred times", rule_holds, preferred_cases);
    failed += run_table("the family", rule_holds, family_cases);
    failed += run_table("meetings", rule_holds, meeting_cases);
    failed += run_table("order", rule_holds, order_cases);
    failed += run_table("twice a day", rule_holds, twice_cases);
    failed += cmocka_run_group_tests_name("by chance", chance, NULL, NULL);
    return failed;
}
