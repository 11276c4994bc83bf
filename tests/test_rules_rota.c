/*
 * The rules of the rota, exact: team time, minimums, premiums, posts, and staff
 * who do not know the person. See tests/rules.h: one worker from 09:00 to
 * 17:00, one person a day, seen at noon for half an hour.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

#define DELIVERED(share) IS("contacts_not_delivered", 1 - (share))
#define DELAY(minutes) IS("start_delay_minutes", minutes)
#define HOURS(hours) IS("hours_delivered", 7 * (hours))
#define TEAM(hours) IS("team_hours", 7 * (hours))
#define HAD(share) IS("team_time_had", share)

/* ---- team time at a fixed time ---- */

#define MEETING(rest) "team_time.meeting={role: worker, " rest "}"
/* Work without the person, which waits for the visit that is due before it. */
#define WORK(rest)                                                             \
    "contacts.work={by: worker, without_person: yes, " rest "}",               \
        "plans.plan.steps.first.contacts.work=every day"
/* A second level, in which one person always is, without a plan. */
#define HOUSE                                                                  \
    "levels.home.then=house", "levels.house={rank: 0, stay: 1 day, then: "     \
                              "leave}"

static struct rule_case fixed_cases[] = {
    {"team time is neither delivered nor free",
     {MEETING("at: 10:00, lasts: 60 min")},
     {TEAM(1), HAD(1), HOURS(0.5), IS("utilisation", 0.5 / 8),
      IS("hours_present", 56)}},
    {"it belongs to the role whose it is",
     {MEETING("at: 10:00, lasts: 60 min"), "staff.other={}",
      "rota.day.staff.other=1"},
     {OF("team_hours", SLICE_ROLE, "worker", 7),
      OF("team_hours", SLICE_ROLE, "other", 0),
      OF("team_time_had", SLICE_ROLE, "worker", 1)}},
    {"that of a shift is for everyone on it, and for nobody else",
     {"team_time.talk={shift: day, at: 10:00, lasts: 60 min}", "staff.other={}",
      "rota.day.staff.other=2",
      "rota.late={days: every day, hours: 09:30-12:00, staff: {worker: 3}}"},
     {OF("team_hours", SLICE_ROLE, "worker", 7),
      OF("team_hours", SLICE_ROLE, "other", 14)}},
    {"that of a role is for all its shifts",
     {MEETING("at: 10:00, lasts: 60 min"),
      "rota.late={days: every day, hours: 09:30-12:00, staff: {worker: 3}}"},
     {TEAM(4)}},
    {"it goes before a contact that falls due with it",
     {MEETING("at: 12:00, lasts: 20 min")},
     {DELIVERED(1), DELAY(20), TEAM(20 / 60.0), HAD(1)}},
    {"over at the minute a window closes, the contact is still taken",
     {MEETING("at: 12:00, lasts: 30 min")},
     {DELIVERED(1), DELAY(30)}},
    {"over a minute later, it is not",
     {MEETING("at: 12:00, lasts: 31 min")},
     {DELIVERED(0), HOURS(0)}},
    {"who is with a contact comes to what is left of it",
     {MEETING("at: 12:15, lasts: 30 min")},
     {DELIVERED(1), DELAY(0), TEAM(0.25), HAD(0.5)}},
    {"who is with a contact until it is over does not come",
     {MEETING("at: 12:10, lasts: 20 min")},
     {DELIVERED(1), TEAM(0), HAD(0)}},
    {"it ends with the shift",
     {MEETING("at: 16:45, lasts: 60 min")},
     {TEAM(0.25), HAD(1), IS("overtime_hours", 0)}},
    {"it may begin with the shift",
     {MEETING("at: 09:00, lasts: 15 min")},
     {TEAM(0.25)}},
    {"at the shift's end it is too late",
     {MEETING("at: 17:00, lasts: 15 min")},
     {TEAM(0)}},
    {"after so long a time in the shift",
     {MEETING("after: 3 h, lasts: 10 min")},
     {DELAY(10), TEAM(10 / 60.0)}},
    {"on its days only",
     {MEETING("days: wed, at: 13:00, lasts: 60 min")},
     {IS("team_hours", 1)}},
    {"on weekdays that are no holidays",
     {MEETING("days: weekdays, at: 13:00, lasts: 60 min"),
      "calendar.holidays=[2027-02-08]"},
     {IS("team_hours", 19 / 4.0)}},
    {"past midnight its day is the one on which it begins",
     {MEETING("days: sat, at: 01:00, lasts: 60 min"),
      "rota.day.hours=20:00-06:00", "rota.day.days=fri"},
     {IS("team_hours", 1)}},
    {"past midnight its day is not the one on which the shift began",
     {MEETING("days: fri, at: 01:00, lasts: 60 min"),
      "rota.day.hours=20:00-06:00", "rota.day.days=fri"},
     {IS("team_hours", 0)}},
    {"counted from the shift's start, its day is the shift's",
     {MEETING("days: fri, after: 5 h, lasts: 60 min"),
      "rota.day.hours=20:00-06:00", "rota.day.days=fri"},
     {IS("team_hours", 1)}},
};

/* ---- caseload, breaks ---- */

#define BREAK(rest) "team_time.break={shift: day, floating: yes, " rest "}"

static struct rule_case floating_cases[] = {
    {"so long for each person on the caseload",
     {MEETING("at: 10:00, per_person: 20 min")},
     {TEAM(20 / 60.0)}},
    {"for each of three people, and something for itself",
     {MEETING("at: 10:00, lasts: 10 min, per_person: 20 min"),
      "levels.home.places=3"},
     {TEAM(70 / 60.0)}},
    {"the caseload is the people of levels with a plan",
     {MEETING("at: 10:00, per_person: 20 min"), HOUSE},
     {TEAM(20 / 60.0)}},
    {"or of the levels named",
     {MEETING("at: 10:00, per_person: 20 min, levels: [home, house]"), HOUSE},
     {TEAM(40 / 60.0)}},
    {"or of the one level named",
     {MEETING("at: 10:00, per_person: 20 min, levels: house"), HOUSE},
     {TEAM(20 / 60.0)}},
    {"a caseload of nobody takes no time",
     {MEETING("at: 10:00, per_person: 20 min, levels: house"),
      "levels.home.then=house",
      "levels.house={rank: 0, stay: 1 h, then: leave}"},
     {TEAM(0), IS("hours_present", 56)}},
    {"a break comes when the worker is free, and in full",
     {BREAK("after: 190 min, lasts: 30 min")},
     {DELIVERED(1), DELAY(0), TEAM(0.5), HAD(1)}},
    {"a floating one may have a time of day",
     {BREAK("at: 12:10, lasts: 30 min")},
     {DELAY(0), TEAM(0.5), HAD(1)}},
    {"without a break the worker goes on to what waits",
     {WORK("at: 12:05, window: 25 min, lasts: 10 min")},
     {OF("contacts_completed", SLICE_KIND, "work", 7)}},
    {"a break that is due comes before what waits",
     {WORK("at: 12:05, window: 54 min, lasts: 10 min"),
      BREAK("after: 190 min, lasts: 30 min")},
     {OF("contacts_not_delivered", SLICE_KIND, "work", 1), TEAM(0.5)}},
    {"after the break the worker goes on to what waits",
     {WORK("at: 12:05, window: 55 min, lasts: 10 min"),
      BREAK("after: 190 min, lasts: 30 min")},
     {OF("contacts_completed", SLICE_KIND, "work", 7), TEAM(0.5)}},
    {"each worker has a break of their own",
     {BREAK("after: 3 h, lasts: 20 min"), "rota.day.staff.worker=3"},
     {TEAM(1), DELAY(20)}},
    {"a break that finds no free moment in the shift is not had",
     {"contacts.visit={at: 16:50, lasts: 40 min}",
      BREAK("at: 16:55, lasts: 20 min")},
     {DELIVERED(1), TEAM(0), HAD(0), IS("overtime_hours", 3.5)}},
    {"a break that begins late in the shift ends with it",
     {"contacts.visit={at: 16:30, lasts: 20 min}",
      BREAK("at: 16:40, lasts: 20 min")},
     {DELIVERED(1), TEAM(10 / 60.0), HAD(0.5)}},
    {"what falls due first is had first, then what is left of the rest",
     {BREAK("after: 3 h, lasts: 20 min"), MEETING("at: 12:10, lasts: 60 min"),
      "contacts.visit.window=90 min"},
     {TEAM(70 / 60.0), HAD(70 / 80.0), DELAY(70)}},
    {"a second break waits for the first",
     {BREAK("at: 12:10, lasts: 20 min"),
      "team_time.tea={role: worker, at: 12:15, lasts: 10 min, floating: yes}",
      WORK("at: 12:05, window: 55 min, lasts: 10 min")},
     {TEAM(0.5), HAD(1), OF("contacts_completed", SLICE_KIND, "work", 7)}},
    {"a joint contact waits for who has a break",
     {"staff.other={}", "rota.day.staff.other=1",
      "contacts.visit={by: null, needs: {worker: 1, other: 1}}",
      MEETING("at: 11:50, lasts: 30 min")},
     {DELIVERED(1), DELAY(20), IS("hours_delivered", 7)}},
};

/* ---- a shift below its minimum ---- */

#define BELOW "rota.day.minimum=2", "rota.day.below=phone only"

static struct rule_case minimum_cases[] = {
    {"below the minimum nobody goes out",
     {BELOW, "contacts.visit.mode=visit"},
     {DELIVERED(0), HOURS(0), IS("hours_present", 56)}},
    {"nor sees anyone who comes",
     {BELOW, "contacts.visit.mode=session"},
     {DELIVERED(0)}},
    {"those who are there telephone",
     {BELOW, "contacts.visit.mode=phone"},
     {DELIVERED(1), HOURS(0.5),
      OF("hours_delivered", SLICE_ROLE, "worker", 3.5)}},
    {"and meet each other",
     {BELOW, "contacts.visit.mode=visit",
      WORK("at: 13:00, window: 0 min, lasts: 60 min")},
     {DELIVERED(0), OF("contacts_completed", SLICE_KIND, "work", 7)}},
    {"a visit becomes a call where `or` says so",
     {BELOW, "contacts.visit={mode: visit, or: {do: call, after: 20 min}}",
      "contacts.call={mode: phone, window: 1 h, by: worker, lasts: 5 min}"},
     {IS("contacts_downgraded", 1), HOURS(5 / 60.0)}},
    {"at the minimum they go out",
     {BELOW, "contacts.visit.mode=visit", "rota.day.staff.worker=2"},
     {DELIVERED(1), DELAY(0)}},
    {"all of the shift count, of whatever role",
     {BELOW, "contacts.visit.mode=visit", "staff.other={}",
      "rota.day.staff.other=1"},
     {DELIVERED(1), DELAY(0)}},
    {"another shift has a minimum of its own",
     {BELOW, "contacts.visit.mode=visit",
      "rota.late={days: every day, hours: 12:10-20:00, staff: {worker: 1}}"},
     {DELIVERED(1), DELAY(10)}},
    {"who may only telephone is asked first",
     {BELOW, "contacts.visit.mode=visit",
      WORK("at: 12:00, window: 0 min, priority: 1, lasts: 60 min"),
      "rota.late={days: every day, hours: 10:00-20:00, staff: {worker: 1}}"},
     {DELIVERED(1), DELAY(0), OF("contacts_completed", SLICE_KIND, "work", 7)}},
    {"what waits for staff who are below counts as demand all the same",
     {BELOW, "contacts.visit.mode=visit"},
     {IS("hours_demanded", 3.5)}},
    {"on-call staff below the minimum are called for calls",
     {BELOW, "contacts.visit.mode=phone",
      "staff.worker={call_out: 40, arrives_within: 5 min}"},
     {DELIVERED(1), IS("call_outs", 7), IS("cost_per_week", 280),
      OF("call_outs", SLICE_ROLE, "worker", 7)}},
};

/* ---- premiums: 56 hours a week at 10 ---- */

#define PAID(premium) "staff.worker={cost: 10/h, premium: {" premium "}}"
#define COST(cost) IS("cost_per_week", cost)
#define NIGHTS "rota.day.hours=18:00-08:00"

static struct rule_case premium_cases[] = {
    {"Saturdays", {PAID("saturday: 50%")}, {COST(560 + 8 * 5)}},
    {"Sundays", {PAID("sunday: 100%")}, {COST(560 + 8 * 10)}},
    {"a holiday has its own",
     {PAID("holiday: 50%"), "calendar.holidays=[2027-02-08]"},
     {COST(560 + 8 * 5 / 4.0)}},
    {"or else Sunday's",
     {PAID("sunday: 100%"), "calendar.holidays=[2027-02-08]"},
     {COST(560 + 5 * 8 * 10 / 4.0)}},
    {"or none, where that is said",
     {PAID("sunday: 100%, holiday: 0%"), "calendar.holidays=[2027-02-08]"},
     {COST(560 + 8 * 10)}},
    {"a holiday on a Sunday has the higher of the two",
     {PAID("sunday: 100%, holiday: 50%"), "calendar.holidays=[2027-02-07]"},
     {COST(560 + 8 * 10)}},
    {"a day's premium ends at its midnight",
     {PAID("holiday: 50%"), "calendar.holidays=[2027-02-08]",
      "rota.day={days: sun, hours: 22:00-06:00}"},
     {COST(80 + 6 * 5 / 4.0)}},
    {"and begins at it",
     {PAID("sunday: 100%"), "rota.day={days: sun, hours: 22:00-06:00}"},
     {COST(80 + 2 * 10)}},
    {"nights, from 20:00 to 06:00",
     {PAID("night: 30%"), NIGHTS},
     {COST(980 + 70 * 3)}},
    {"a day without a night", {PAID("night: 30%")}, {COST(560)}},
    {"nights of one's own",
     {PAID("night: 30%, night_hours: 22:00-07:00"), NIGHTS},
     {COST(980 + 63 * 3)}},
    {"nights that do not pass midnight",
     {PAID("night: 30%, night_hours: 00:00-06:00"), NIGHTS},
     {COST(980 + 42 * 3)}},
    /* Of Saturday's 14 h all at 50%; of Sunday's 10 by night and 4 by day. */
    {"the highest that applies, not the sum",
     {PAID("night: 30%, saturday: 50%, sunday: 20%"), NIGHTS},
     {COST(980 + 50 * 3 + 14 * 5 + 10 * 3 + 4 * 2)}},
    {"standby has premiums, too",
     {"staff.worker={standby: 4/h, premium: {saturday: 50%}}"},
     {COST(56 * 4 + 8 * 2)}},
    {"overtime has the premium of its hour",
     {"staff.worker={cost: 10/h, overtime: 150%, premium: {night: 30%}}",
      "rota.day.hours=09:00-20:00",
      "contacts.visit={at: 19:45, lasts: 30 min, notes: 15 min}"},
     {COST(770 + 7 * 0.5 * 10 * 1.5 * 1.3), IS("overtime_hours", 3.5)}},
    {"each role has its own, and the whole is their sum",
     {PAID("night: 30%"), NIGHTS,
      "staff.other={cost: 5/h, premium: {sunday: 100%}}",
      "rota.other={days: every day, hours: 09:00-17:00, staff: {other: 2}}"},
     {OF("cost_per_week", SLICE_ROLE, "worker", 1190),
      OF("cost_per_week", SLICE_ROLE, "other", 2 * (280 + 40)),
      COST(1190 + 640)}},
    {"cost is shared by the planned exits",
     {PAID("saturday: 50%")},
     {IS("cost_per_planned_exit", 600 / 7.0), IS("planned_exits", 7)}},
};

/* ---- holidays and posts ---- */

#define TWO_SHIFTS                                                             \
    "rota.day.days=weekdays",                                                  \
        "rota.ends={days: weekends, hours: 10:00-16:00, staff: {worker: 2}}"

static struct rule_case post_cases[] = {
    {"weekends have their own shifts",
     {TWO_SHIFTS},
     {IS("hours_rostered", 5 * 8 + 2 * 12), IS("hours_present", 64)}},
    {"on a holiday the shifts of weekends run",
     {TWO_SHIFTS, "calendar.holidays=[2027-02-08]"},
     {IS("hours_rostered", (19 * 8 + 9 * 12) / 4.0)}},
    {"a holiday at a weekend changes nothing",
     {TWO_SHIFTS, "calendar.holidays=[2027-02-07]"},
     {IS("hours_rostered", 64)}},
    {"a shift of named days does not run on a holiday",
     {"rota.day.days=mon tue", "calendar.holidays=[2027-02-08]"},
     {IS("hours_rostered", 7 * 8 / 4.0)}},
    {"hours are cut at the edges of the measured period",
     {"rota.day={days: sun, hours: 22:00-06:00}"},
     {IS("hours_rostered", 8)}},
    {"posts are hours over those of a whole-time post",
     {NULL},
     {IS("establishment", 56 / 37.5),
      OF("establishment", SLICE_ROLE, "worker", 56 / 37.5)}},
    {"less what is leave, sickness and training",
     {"staff.worker.headroom=22%"},
     {IS("establishment", 56 / 37.5 / 0.78)}},
    {"a whole-time post may have other hours",
     {"staff.worker={hours_per_week: 40, headroom: 30%}"},
     {IS("establishment", 2)}},
    {"absence takes no posts away",
     {"staff.worker={hours_per_week: 40, headroom: 30%, absence: {share: "
      "50%}}"},
     {IS("establishment", 2)}},
    {"on-call staff are people of other posts",
     {"staff.backup={standby: 4/h}",
      "rota.nights={days: every day, hours: 17:00-09:00, staff: {backup: 1}}"},
     {IS("establishment", 56 / 37.5),
      OF("establishment", SLICE_ROLE, "backup", 0)}},
    {"posts are those of all roles together",
     {"staff.worker.hours_per_week=40",
      "staff.other={hours_per_week: 28, headroom: 50%}",
      "rota.other={days: weekdays, hours: 09:00-17:00, staff: {other: 3}}"},
     {OF("establishment", SLICE_ROLE, "worker", 1.4),
      OF("establishment", SLICE_ROLE, "other", 120 / 28.0 / 0.5),
      IS("establishment", 1.4 + 120 / 14.0)}},
};

/* ---- who does not know the person ---- */

/* Everyone is in warning, with a sign for certain. */
#define ALERT                                                                  \
    "conditions={course: {states: [settled, warning, crisis], begin: "         \
    "{warning: 100%}}}",                                                       \
        "cohorts.people.condition=course", "signs={sign: {warning: 100%}}",    \
        "alerts={alert: 1}", "responses={alert: {act: {then: settle 100%}}}"
#define JOINT                                                                  \
    "staff.other={}", "rota.day.staff.other=1",                                \
        "contacts.visit={by: null, needs: {worker: 1, other: 1}}"
#define RAISED(alerts, lists) IS("alerts", alerts), IS("responses", lists)

static struct rule_case stranger_cases[] = {
    {"everyone notices and acts where nothing else is said",
     {ALERT},
     {RAISED(7, 7)}},
    {"who notices nothing raises no alert",
     {ALERT, "staff.worker.notices=0%"},
     {RAISED(0, 0)}},
    {"who does not act raises alerts without a response",
     {ALERT, "staff.worker.acts=0%"},
     {RAISED(7, 0)}},
    {"of several the best counts",
     {ALERT, JOINT, "staff.worker={notices: 0%, acts: 0%}"},
     {RAISED(7, 7)}},
    {"one may notice and another act",
     {ALERT, JOINT, "staff.worker.notices=0%", "staff.other.acts=0%"},
     {RAISED(7, 7)}},
    {"the usual staff are not the bank's",
     {ALERT,
      "staff.worker.bank={covers: 100%, cost: 0, notices: 0%, acts: 0%}"},
     {RAISED(7, 7)}},
    {"below the minimum staff are still who they are",
     {ALERT, BELOW, "contacts.visit.mode=phone", "staff.worker.notices=0%"},
     {RAISED(0, 0)}},
};

int main(void)
{
    int failed = 0;

    failed += run_table("team time", rule_holds, fixed_cases);
    failed += run_table("breaks", rule_holds, floating_cases);
    failed += run_table("minimum", rule_holds, minimum_cases);
    failed += run_table("premiums", rule_holds, premium_cases);
    failed += run_table("posts", rule_holds, post_cases);
    failed += run_table("strangers", rule_holds, stranger_cases);
    return failed;
}
