/*
 * The rules of contacts, staff and plans, exact: see tests/rules.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

/* ---- one instant, travel, windows ---- */

/* Beside the visit a meeting wants the same worker, and goes first. */
#define MEETING(rest)                                                          \
    "contacts.meeting={by: worker, priority: 1, without_person: yes, " rest    \
    "}",                                                                       \
        "plans.plan.steps.first.contacts.meeting=every day"
#define DELIVERED(share) IS("contacts_not_delivered", 1 - (share))
#define DELAY(minutes) IS("start_delay_minutes", minutes)
#define HOURS(hours) IS("hours_delivered", 7 * (hours))

static struct rule_case contact_cases[] = {
    {"a day's plan has its contact on the day after a move at 00:00",
     {NULL},
     {IS("contacts_due", 7), IS("contacts_completed", 7), IS("stay_days", 1),
      IS("plan_delivered", 1), IS("planned_exits", 7)}},
    {"a worker freed at the minute a window closes still takes the contact",
     {MEETING("at: 12:00, window: 1 h, lasts: 60 min"),
      "contacts.visit.at=12:30"},
     {DELIVERED(1), DELAY(30)}},
    {"freed a minute after the window, it is not delivered",
     {MEETING("at: 12:00, window: 1 h, lasts: 60 min"),
      "contacts.visit.at=12:30", "contacts.visit.window=29 min"},
     {DELIVERED(0)}},
    {"staff set off before a contact is due, so as to be there on time",
     {"contacts.visit.travel=20 min"},
     {DELIVERED(1), DELAY(0), HOURS(50 / 60.0)}},
    {"staff who come on duty when it is due arrive after their travel",
     {"contacts.visit.travel=20 min", "rota.day.hours=12:00-17:00"},
     {DELIVERED(1), DELAY(20)}},
    {"the person must be met by the end of the window: just so",
     {"contacts.visit.travel=30 min", "rota.day.hours=12:00-17:00"},
     {DELIVERED(1), DELAY(30)}},
    {"the person must be met by the end of the window: too late",
     {"contacts.visit.travel=31 min", "rota.day.hours=12:00-17:00"},
     {DELIVERED(0), HOURS(0)}},
    {"time is travel, face and notes",
     {"contacts.visit.travel=20 min", "contacts.visit.notes=10 min"},
     {HOURS(1), IS("hours_demanded", 7), IS("utilisation", 1 / 8.0)}},
    {"where nobody is in, it is travel and if_not_there",
     {"contacts.visit.travel=20 min", "contacts.visit.notes=10 min",
      "contacts.visit.if_not_there=4 min", "contacts.visit.attendance=0%"},
     {IS("contacts_not_attended", 1), HOURS(0.4), IS("hours_demanded", 7)}},
    {"if_not_there is as long as face time where it is not given",
     {"contacts.visit.notes=10 min", "contacts.visit.attendance=0%"},
     {HOURS(0.5)}},
    {"`between` is due at its first moment, with a window to its last",
     {"contacts.visit={at: null, window: null, between: 11:00-12:30, "
      "travel: 15 min}",
      "rota.day.hours=12:00-17:00"},
     {DELIVERED(1), DELAY(75)}},
    {"two contacts of one person wait for each other",
     {"contacts.call={at: 12:10, window: 20 min, by: worker, lasts: 1 min}",
      "plans.plan.steps.first.contacts.call=every day",
      "rota.day.staff.worker=2"},
     {DELIVERED(1), OF("start_delay_minutes", SLICE_KIND, "visit", 0),
      OF("start_delay_minutes", SLICE_KIND, "call", 20)}},
    {"a meeting does not wait for the person",
     {MEETING("at: 12:10, window: 0 min, lasts: 60 min"),
      "rota.day.staff.worker=2"},
     {DELIVERED(1), OF("contacts_completed", SLICE_KIND, "meeting", 7),
      OF("contacts_not_delivered", SLICE_KIND, "meeting", 0)}},
};

/* ---- `or`, on-call ---- */

#define OR_CALL                                                                \
    "contacts.call={window: 1 h, by: worker, lasts: 5 min}",                   \
        "contacts.visit={window: 60 min, or: {do: call, after: 30 min}}"
#define ON_CALL                                                                \
    "staff.backup={arrives_within: 15 min, call_out: 40}",                     \
        "rota.backup={days: every day, hours: 08:00-20:00, staff: {backup: "   \
        "1}}",                                                                 \
        "rota.day.hours=15:00-17:00",                                          \
        "contacts.visit={window: 60 min, travel: 25 min, by: [worker, {role: " \
        "backup, after: 45 min}]}"

static struct rule_case lesser_cases[] = {
    {"begun at the minute `or` would take over, a contact stays as planned",
     {OR_CALL, MEETING("at: 12:00, window: 0 min, lasts: 30 min")},
     {IS("contacts_downgraded", 0), IS("contacts_completed", 7), DELAY(30)}},
    {"not begun by then it becomes the other kind, downgraded",
     {OR_CALL, MEETING("at: 12:00, window: 0 min, lasts: 31 min")},
     {IS("contacts_downgraded", 1), IS("contacts_completed", 0),
      IS("contacts_missed", 0), DELAY(31), IS("plan_delivered", 0)}},
    {"a downgraded contact takes the other kind's time",
     {OR_CALL, MEETING("at: 12:00, window: 0 min, lasts: 31 min")},
     {HOURS(36 / 60.0), IS("days_all_delivered", 0)}},
    {"what was needed is the time of the contact as it was planned",
     {OR_CALL, MEETING("at: 12:00, window: 0 min, lasts: 31 min")},
     {IS("hours_demanded", 7 * 61 / 60.0)}},
    {"downgraded and not attended, it is not attended",
     {OR_CALL, "contacts.call.attendance=0%",
      MEETING("at: 12:00, window: 0 min, lasts: 31 min")},
     {IS("contacts_downgraded", 0), IS("contacts_not_attended", 1)}},
    {"downgraded and not begun in the window, it is not delivered",
     {OR_CALL, MEETING("at: 12:00, window: 0 min, lasts: 61 min")},
     {IS("contacts_downgraded", 0), DELIVERED(0)}},
    {"on-call staff are called after the delay, and arrive when they do",
     {ON_CALL},
     {DELIVERED(1), DELAY(60), IS("call_outs", 7),
      OF("hours_delivered", SLICE_ROLE, "backup", 7 * 0.75),
      IS("cost_per_week", 7 * 40)}},
    {"a window too short for on-call staff is missed",
     {ON_CALL, "contacts.visit.window=59 min"},
     {DELIVERED(0), IS("call_outs", 0)}},
    {"the first role with someone free goes",
     {ON_CALL, "rota.day.hours=12:44-17:00", "contacts.visit.travel=16 min"},
     {DELIVERED(1), DELAY(60), IS("call_outs", 0)}},
};

/* ---- who goes first ---- */

/* From 12:00 to 13:00 the worker is busy; then `early` and `late` wait. */
#define THREE(early, late)                                                     \
    "contacts.early={at: 12:10, window: 90 min, by: worker, lasts: 60 min, "   \
    "without_person: yes" early "}",                                           \
        "contacts.late={at: 12:30, window: 90 min, by: worker, lasts: 60 "     \
        "min, without_person: yes" late "}",                                   \
        "contacts.visit.lasts=60 min",                                         \
        "plans.plan.steps.first.contacts={early: every day, late: every day}"
#define JOINT                                                                  \
    "staff.other={}",                                                          \
        "rota.other={days: every day, hours: 09:00-17:00, staff: {other: 1}}", \
        "contacts.visit={by: null, needs: {worker: 1, other: 1}}"

static struct rule_case staff_cases[] = {
    {"of two that wait the one due first goes first",
     {THREE("", "")},
     {OF("contacts_not_delivered", SLICE_KIND, "early", 0),
      OF("contacts_not_delivered", SLICE_KIND, "late", 0)}},
    {"of two that wait the more urgent goes first",
     {THREE(", priority: 4", ", priority: 3")},
     {OF("contacts_not_delivered", SLICE_KIND, "early", 1),
      OF("contacts_not_delivered", SLICE_KIND, "late", 0)}},
    {"a joint contact waits until all it needs are there",
     {JOINT, "rota.other.hours=12:20-17:00"},
     {DELIVERED(1), DELAY(20), OF("hours_delivered", SLICE_ROLE, "worker", 3.5),
      OF("hours_delivered", SLICE_ROLE, "other", 3.5)}},
    {"a joint contact takes nobody where one is missing",
     {JOINT, "rota.other.hours=12:31-17:00"},
     {DELIVERED(0), HOURS(0)}},
    {"`needs` may be several of one role",
     {"contacts.visit={by: null, needs: {worker: 2}}",
      "rota.late={days: every day, hours: 12:10-14:00, staff: {worker: 1}}"},
     {DELIVERED(1), DELAY(10), HOURS(1)}},
    {"`A or B` takes either",
     {JOINT, "staff.third={}",
      "rota.third={days: every day, hours: 09:00-17:00, staff: {third: 1}}",
      "contacts.visit.needs={other: null, third or other: 1}",
      "rota.other.hours=12:31-17:00"},
     {DELIVERED(1), DELAY(0), OF("hours_delivered", SLICE_ROLE, "third", 3.5)}},
    /* `other` is in a meeting from 12:00 to 13:30. The worker is wanted for
     * another hour at 13:15. */
    {"a joint contact that waited half its window holds who is free",
     {JOINT, "contacts.visit.window=2 h",
      "contacts.long={at: 12:00, window: 0 min, priority: 1, by: other, "
      "lasts: 90 min, without_person: yes}",
      "contacts.more={at: 13:15, window: 3 h, by: worker, lasts: 60 min, "
      "without_person: yes}",
      "plans.plan.steps.first.contacts={long: every day, more: every day}"},
     {DELIVERED(1), DELAY(90),
      OF("contacts_not_delivered", SLICE_KIND, "more", 0)}},
    {"before half its window, whatever else can be staffed starts",
     {JOINT, "contacts.visit.window=4 h",
      "contacts.long={at: 12:00, window: 0 min, priority: 1, by: other, "
      "lasts: 90 min, without_person: yes}",
      "contacts.more={at: 13:15, window: 3 h, by: worker, lasts: 60 min, "
      "without_person: yes}",
      "plans.plan.steps.first.contacts={long: every day, more: every day}"},
     {DELIVERED(1), DELAY(135)}},
    {"a contact that ends with the shift's overrun is begun, as overtime",
     {"contacts.visit={at: 16:45, lasts: 30 min, notes: 15 min}",
      "staff.worker={cost: 20/h, overtime: 150%}"},
     {DELIVERED(1), IS("overtime_hours", 3.5),
      IS("cost_per_week", 20 * (56 + 3.5 * 1.5)), HOURS(0.75)}},
    {"a contact expected to end later is not",
     {"contacts.visit={at: 16:45, lasts: 31 min, notes: 15 min}"},
     {DELIVERED(0), IS("overtime_hours", 0)}},
    {"a shift may have an overrun of its own",
     {"contacts.visit={at: 16:45, lasts: 30 min}", "rota.day.overrun=14 min"},
     {DELIVERED(0)}},
    {"what is under way is finished, though it takes longer than expected",
     {"contacts.visit.at=16:20", "contacts.visit.lasts=uniform(10 min, 70 min)",
      "rota.day.overrun=0 min"},
     {DELIVERED(1)}},
};

/* ---- schedules and steps ---- */

#define FORTNIGHT(schedule)                                                    \
    "plans.plan.steps.first={for: 14 days, contacts: {visit: " schedule "}}",  \
        "contacts.visit.window=8 h", "rota.day.staff.worker=2"
#define IN_FORTNIGHT(n)                                                        \
    {                                                                          \
        IS("contacts_due", (n) / 2.0), IS("plan_delivered", 1),                \
            IS("stay_days", 14), IS("days_beyond_plan", 0)                     \
    }

static struct rule_case schedule_cases[] = {
    {"every day", {FORTNIGHT("every day")}, IN_FORTNIGHT(14)},
    {"every 2 days", {FORTNIGHT("every 2 days")}, IN_FORTNIGHT(7)},
    {"every 3 days", {FORTNIGHT("every 3 days")}, IN_FORTNIGHT(5)},
    {"2 per week", {FORTNIGHT("2 per week")}, IN_FORTNIGHT(4)},
    {"3 per week", {FORTNIGHT("3 per week")}, IN_FORTNIGHT(6)},
    {"twice a day", {FORTNIGHT("twice a day")}, IN_FORTNIGHT(28)},
    {"weekly", {FORTNIGHT("weekly")}, IN_FORTNIGHT(2)},
    {"weekly on day 3", {FORTNIGHT("weekly on day 3")}, IN_FORTNIGHT(2)},
    {"fortnightly", {FORTNIGHT("fortnightly")}, IN_FORTNIGHT(1)},
    {"weekdays", {FORTNIGHT("weekdays")}, IN_FORTNIGHT(10)},
    {"weekends", {FORTNIGHT("weekends")}, IN_FORTNIGHT(4)},
    {"tue", {FORTNIGHT("tue")}, IN_FORTNIGHT(2)},
    {"mon wed fri", {FORTNIGHT("mon wed fri")}, IN_FORTNIGHT(6)},
    {"day 1 8", {FORTNIGHT("day 1 8")}, IN_FORTNIGHT(2)},
    {"every day not weekends",
     {FORTNIGHT("every day not weekends")},
     IN_FORTNIGHT(10)},
    {"every day weekends to monday",
     {FORTNIGHT("every day weekends to monday")},
     IN_FORTNIGHT(14)},
    {"a moved contact falls due on a weekday",
     {FORTNIGHT("every day weekends to monday")},
     {OF("contacts_due", SLICE_DAY, "weekday", 7),
      OF("contacts_due", SLICE_DAY, "weekend", 0)}},
    {"a schedule's own time goes before the contact's",
     {FORTNIGHT("every day at 16:00")},
     {OF("contacts_due", SLICE_HOUR, "tue 16", 1),
      OF("contacts_due", SLICE_HOUR, "tue 12", 0)}},
};

/* ---- decisions ---- */

#define TWO_STEPS                                                              \
    "plans.plan.steps.first.for=3 days",                                       \
        "plans.plan.steps.second={for: 4 days, contacts: {visit: every 2 "     \
        "days}}"
/* A step of three days that never goes well: nobody is in. */
#define NEVER_DONE                                                             \
    "plans.plan.steps.first.for=3 days",                                       \
        "plans.plan.advance_if={contacts_done: 1%}",                           \
        "contacts.visit.attendance=0%"
/* People with a sign for certain while in warning; the first alert settles. */
#define ALERT(effects)                                                         \
    "conditions={course: {states: [settled, warning, crisis], begin: "         \
    "{warning: 100%}}}",                                                       \
        "cohorts.people.condition=course", "signs={sign: {warning: 100%}}",    \
        "alerts={alert: 1}", "responses={alert: {act: {then: " effects "}}}"

static struct rule_case plan_cases[] = {
    {"steps follow each other, each with its length and contacts",
     {TWO_STEPS},
     {IS("stay_days", 7), OF("contacts_due", SLICE_STEP, "plan: first", 3),
      OF("contacts_due", SLICE_STEP, "plan: second", 2), IS("planned_exits", 1),
      IS("plan_delivered", 1)}},
    {"a step is repeated at most so often, its last days, then advances",
     {NEVER_DONE, "plans.plan.repeats={most: 2, each: 2 days}"},
     {IS("stay_days", 7), IS("days_beyond_plan", 4), IS("repeats", 2),
      IS("contacts_due", 7), IS("planned_exits", 1)}},
    {"a whole step is repeated where `each` is not given",
     {NEVER_DONE, "plans.plan.repeats={most: 1}", "calendar.run_for=42 days"},
     {IS("stay_days", 6), IS("repeats", 7 / 6.0), IS("contacts_due", 7)}},
    {"just enough contacts done is enough",
     {"contacts.call={at: 14:00, window: 1 h, by: worker, lasts: 5 min, "
      "attendance: 0%}",
      "plans.plan.steps.first.contacts.call=every day",
      "plans.plan.advance_if={contacts_done: 50%}",
      "plans.plan.repeats={most: 1}"},
     {IS("stay_days", 1), IS("repeats", 0)}},
    /* In binary 56% of 25 is a little more than 14. */
    {"just enough is enough, whatever the rounding",
     {"contacts.call={at: 14:00, window: 1 h, by: worker, lasts: 5 min, "
      "attendance: 0%}",
      "plans.plan.steps.first={for: 14 days, contacts: {call: day 1 2 3 4 5 6 "
      "7 8 9 10 11}}",
      "plans.plan.advance_if={contacts_done: 56%}",
      "plans.plan.repeats={most: 1}"},
     {IS("contacts_due", 12.5), IS("stay_days", 14), IS("repeats", 0)}},
    {"a little less than enough contacts done is not",
     {"contacts.call={at: 14:00, window: 1 h, by: worker, lasts: 5 min, "
      "attendance: 0%}",
      "plans.plan.steps.first.contacts.call=every day",
      "plans.plan.advance_if={contacts_done: 51%}",
      "plans.plan.repeats={most: 1}"},
     {IS("stay_days", 2), IS("repeats", 3.5)}},
    {"a step with no contacts ended is done",
     {"plans.plan.steps.first.contacts=null",
      "plans.plan.steps.second={for: 1 day, contacts: {visit: every day}}",
      "plans.plan.advance_if={contacts_done: 100%}",
      "plans.plan.repeats={most: 5}"},
     {IS("stay_days", 2), IS("repeats", 0)}},
    {"a milder state than is asked for may advance, a worse one not",
     {ALERT("record x"), "plans.plan.advance_if={state: settled}",
      "plans.plan.repeats={most: 1}"},
     {IS("stay_days", 2), IS("repeats", 3.5)}},
    {"the state itself may advance",
     {ALERT("record x"), "plans.plan.advance_if={state: warning}",
      "plans.plan.repeats={most: 1}"},
     {IS("stay_days", 1), IS("repeats", 0)}},
    /* The alert was in force at 12:30, 11 h 30 min before the decision. */
    {"no alert for so long: one in force within it counts",
     {ALERT("record x"), "plans.plan.advance_if={no_alert_for: 12 h}",
      "plans.plan.repeats={most: 1}"},
     {IS("stay_days", 2), IS("repeats", 3.5)}},
    {"no alert for so long: one before that does not",
     {ALERT("record x"), "plans.plan.advance_if={no_alert_for: 11 h}",
      "plans.plan.repeats={most: 1}"},
     {IS("stay_days", 1), IS("repeats", 0)}},
    {"otherwise: step back, in the first step starts it again",
     {NEVER_DONE, "plans.plan.otherwise=step back",
      "levels.home.longest=10 days", "calendar.run_for=70 days",
      "cohorts.people.referrals.hours=18:00-19:00"},
     {IS("stay_days", 10), IS("step_backs", 2.1), IS("timed_out", 0.7),
      IS("contacts_due", 7), IS("planned_exits", 0)}},
    {"a restart is at the next midnight",
     {ALERT("[settle 100%, restart plan]"),
      "plans.plan.steps.first.for=3 days"},
     {IS("stay_days", 4), IS("restarts", 7 / 4.0), IS("contacts_due", 7),
      IS("days_beyond_plan", 1), IS("plan_delivered", 1)}},
    /* The second step's contact alone notices: on its first day. */
    {"a step back is at the next midnight",
     {ALERT("[settle 100%, step back]"), "contacts.visit.notices=0%",
      "contacts.call={at: 14:00, window: 1 h, by: worker, lasts: 5 min}",
      "plans.plan.steps={first: {for: 2 days}, second: {for: 2 days, "
      "contacts: {call: every day}}}"},
     {IS("stay_days", 7), IS("step_backs", 1),
      OF("contacts_due", SLICE_STEP, "plan: first", 4),
      OF("contacts_due", SLICE_STEP, "plan: second", 3)}},
    {"the effect `repeat` makes the next decision unmet, once",
     {ALERT("[settle 100%, repeat]"), "plans.plan.steps.first.for=2 days",
      "plans.plan.advance_if={contacts_done: 1%}",
      "plans.plan.repeats={most: 3}"},
     {IS("stay_days", 4), IS("repeats", 7 / 4.0), IS("contacts_due", 7)}},
    {"the effect `repeat` repeats a step of a plan that never asks",
     {ALERT("[settle 100%, repeat]"), "plans.plan.steps.first.for=2 days"},
     {IS("stay_days", 4), IS("repeats", 7 / 4.0), IS("contacts_due", 7)}},
};

int main(void)
{
    int failed = 0;

    failed += run_table("contacts", rule_holds, contact_cases);
    failed += run_table("lesser contacts", rule_holds, lesser_cases);
    failed += run_table("staff", rule_holds, staff_cases);
    failed += run_table("schedules", rule_holds, schedule_cases);
    failed += run_table("plans", rule_holds, plan_cases);
    return failed;
}
