/*
 * The rules of levels, responses, alerts, crises, disengagement and the
 * measured period, exact: see tests/rules.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

/* ---- levels ---- */

/* People come home at 13:00 of every day, from a ward. */
#define AT_ONE                                                                 \
    "cohorts.people.enters=ward",                                              \
        "levels.ward={rank: 2, places: 1, stay: 12 h, leaves: {days: every "   \
        "day, hours: 13:00-14:00}, then: home}",                               \
        "levels.home.places=unlimited"
#define SAME_DAY AT_ONE, "plans.plan.starts=same day"

static struct rule_case entry_cases[] = {
    {"a planned move waits for `leaves`",
     {AT_ONE},
     {OF("stay_days", SLICE_LEVEL, "ward", 1),
      OF("stay_days", SLICE_LEVEL, "home", 35 / 24.0), IS("left", 7)}},
    {"moves on weekdays only",
     {AT_ONE, "levels.ward.leaves.days=weekdays"},
     {OF("stay_days", SLICE_LEVEL, "ward", 7 / 5.0), IS("left", 5)}},
    {"holidays are no weekdays",
     {AT_ONE, "levels.ward.leaves.days=weekdays",
      "calendar.holidays=[2027-02-03, 2027-02-10, 2027-02-17, 2027-02-24]"},
     {IS("left", 4)}},
    {"starts: same day, what is open falls due at once",
     {SAME_DAY, "contacts.visit.window=2 h"},
     {IS("contacts_due", 7), IS("start_delay_minutes", 0),
      OF("contacts_due", SLICE_HOUR, "mon 13", 1),
      IS("contacts_not_delivered", 0)}},
    {"starts: same day, staff cannot have set off before",
     {SAME_DAY, "contacts.visit.window=2 h", "contacts.visit.travel=20 min"},
     {IS("start_delay_minutes", 20)}},
    {"starts: same day, what is closed is dropped",
     {SAME_DAY, "contacts.visit.window=59 min"},
     {IS("contacts_due", 0)}},
    {"starts: same day, the window ends when it would have",
     {SAME_DAY, "contacts.visit.window=3 h", "rota.day.hours=15:00-17:00"},
     {IS("contacts_not_delivered", 0), IS("start_delay_minutes", 120)}},
    {"starts: same day, and not later",
     {SAME_DAY, "contacts.visit.window=3 h", "rota.day.hours=15:01-17:00"},
     {IS("contacts_not_delivered", 1)}},
    {"starts: same day, `or` counts from the entry",
     {SAME_DAY, "contacts.call={window: 1 h, by: worker, lasts: 5 min}",
      "contacts.visit={window: 3 h, or: {do: call, after: 30 min}}",
      "rota.day.hours=13:30-17:00"},
     {IS("contacts_downgraded", 0), IS("start_delay_minutes", 30)}},
    {"starts: same day, `or` counts from the entry, and not later",
     {SAME_DAY, "contacts.call={window: 1 h, by: worker, lasts: 5 min}",
      "contacts.visit={window: 3 h, or: {do: call, after: 30 min}}",
      "rota.day.hours=13:31-17:00"},
     {IS("contacts_downgraded", 1)}},
    {"a move at 00:00 counts as the evening before",
     {"plans.plan.starts=same day", "contacts.visit.at=22:00",
      "rota.day.hours=08:00-24:00", "plans.plan.steps.first.for=2 days"},
     /* The first of two days is over when people come. */
     {IS("contacts_due", 7), IS("stay_days", 1)}},
    {"the first contact is in time when it has ended by then",
     {"levels.home.first_contact_within=750 min"},
     {IS("first_contact_in_time", 1), IS("longest_gap_days", 12.5 / 24)}},
    {"the first contact is not in time a minute earlier",
     {"levels.home.first_contact_within=749 min"},
     {IS("first_contact_in_time", 0)}},
};

/* Alerted at 12:30 of their day at home, people want the house, whose place the
 * first of them keeps for good. */
#define SIGN(state) "signs={sign: {" state ": 100%}}", "alerts={low: 1}"
#define COURSE(begin)                                                          \
    "conditions={course: {states: [settled, warning, deteriorating, crisis], " \
    "begin: {" begin ": 100%}}}",                                              \
        "cohorts.people.condition=course"
#define WANT_HOUSE(rank)                                                       \
    COURSE("warning"), SIGN("warning"),                                        \
        "responses={low: {act: {then: {move to: house}}}}",                    \
        "levels.home.then=middle",                                             \
        "levels.middle={stay: 1 day, then: leave, rank: " rank "}",            \
        "levels.house={rank: 3, places: 1, stay: 3000 days, then: leave}"

static struct rule_case level_cases[] = {
    {"who cannot move on holds the place: two stages in a line",
     {"cohorts.people.enters=ward",
      "levels.ward={rank: 2, places: 1, stay: 1 day, then: home}",
      "levels.home={plan: null, stay: 2 days}"},
     {OF("delayed", SLICE_LEVEL, "ward", 0.5),
      OF("delayed_days", SLICE_LEVEL, "ward", 3.5),
      OF("full", SLICE_LEVEL, "ward", 1),
      OF("stay_days", SLICE_LEVEL, "ward", 2), IS("left", 3.5)}},
    {"nobody is held up by a faster second stage",
     {"cohorts.people.enters=ward",
      "levels.ward={rank: 2, places: 1, stay: 2 days, then: home}",
      "levels.home={plan: null, stay: 1 day}"},
     {OF("delayed", SLICE_LEVEL, "ward", 0),
      OF("occupancy", SLICE_LEVEL, "home", 0.5),
      OF("full", SLICE_LEVEL, "home", 0.5), IS("left", 3.5)}},
    {"a claim stands when the level entered ranks below it",
     {WANT_HOUSE("2")},
     {OF("waiting", SLICE_LEVEL, "house", (11.5 + 24) / 24)}},
    {"and while the next level's place is waited for, too",
     {WANT_HOUSE("2"), "levels.middle.places=100"},
     {OF("waiting", SLICE_LEVEL, "house", (11.5 + 24) / 24)}},
    {"a claim is given up for a level of the same rank",
     {WANT_HOUSE("3")},
     {OF("waiting", SLICE_LEVEL, "house", 11.5 / 24)}},
    {"who waits for another level keeps the present support",
     {WANT_HOUSE("2"), "contacts.visit.window=2 h",
      "plans.plan.steps.first.contacts={visit: twice a day}"},
     {IS("contacts_due", 14), IS("contacts_completed", 14)}},
    {"who is to move on to the level already claimed is held up, too",
     {WANT_HOUSE("2"), "levels.home.then=house", "levels.middle=null"},
     {OF("delayed", SLICE_LEVEL, "home", 1), IS("left", 0)}},
    /* The time limit passes, but `leaves` never comes: it is the claim that
     * moves people. */
    {"who moves by a claim is not timed out",
     {WANT_HOUSE("2"), "levels.house.stay=3 days", "levels.home.longest=2 days",
      "levels.home.leaves={days: holidays, hours: 09:00-10:00}",
      "plans.plan.steps.first.for=9 days", "calendar.run_for=63 days"},
     {IS("step_ups", 7 / 3.0), IS("timed_out", 0),
      OF("full", SLICE_LEVEL, "house", 1)}},
    {"a level without limit is entered at once",
     {WANT_HOUSE("2"), "levels.house.places=unlimited",
      "levels.house.stay=1 day"},
     {IS("step_ups", 7), IS("stay_days", 1),
      OF("occupancy", SLICE_LEVEL, "house", 1), IS("left", 7),
      IS("reescalation_within_30_days", 1)}},
    {"a time limit moves people on, counted as timed out",
     {"plans.plan.steps.first.for=3 days", "levels.home.longest=2 days",
      "levels.home.then=after", "levels.after={rank: 0, follow_up: 1 day}",
      "responses={timed out: {tell: {then: {record: told}}}}"},
     {IS("timed_out", 3.5), IS("planned_exits", 0),
      OF("stay_days", SLICE_LEVEL, "home", 2),
      OF("outcomes", SLICE_OUTCOME, "told", 3.5)}},
    {"people followed up are in view for so long, then leave",
     {"levels.home.then=after", "levels.after={rank: 0, follow_up: 10 days}"},
     {OF("occupancy", SLICE_LEVEL, "after", 10), IS("planned_exits", 7),
      IS("left", 7)}},
    {"the more urgent cohort has every place",
     {"cohorts.urgent={referrals: {rate: 10/day}, enters: home, priority: 4}"},
     {OF("left", SLICE_COHORT, "urgent", 7),
      OF("left", SLICE_COHORT, "people", 0)}},
    {"a handover is done by staff when they come on duty",
     {"levels.home.handover={by: worker, lasts: 30 min, within: 12 h}"},
     {IS("unowned_hours", 9.5)}},
};

/* ---- responses ---- */

#define RING "contacts.ring={window: 30 min, by: worker, lasts: 5 min}"
/* Nobody is in at noon; known at 12:30. */
#define MISSED(list)                                                           \
    "contacts.visit.attendance=0%", RING, "responses={not attended: " list "}"
/* A second planned contact, at 13:00. */
#define ALSO(rest)                                                             \
    "contacts.also={at: 13:00, window: 30 min, by: worker, lasts: 5 min" rest  \
    "}",                                                                       \
        "plans.plan.steps.first.contacts.also=every day"
#define TOLD(week) OF("outcomes", SLICE_OUTCOME, "told", week)
#define LATER(after) "{tell: {after: " after ", then: {record: told}}}"

static struct rule_case response_cases[] = {
    {"actions run each at its own time from the trigger",
     {MISSED("{first: {do: ring, succeeds: 0%}, second: {after: 1 h, do: "
             "ring, succeeds: 0%}, tell: {after: 3 h, then: {record: told}}}")},
     {TOLD(7), OF("contacts_not_attended", SLICE_KIND, "ring", 1),
      OF("contacts_due", SLICE_KIND, "ring", 14), IS("responses", 7)}},
    {"a success ends the list",
     {MISSED("{first: {do: ring, succeeds: 0%}, second: {after: 1 h, do: "
             "ring}, tell: {after: 3 h, then: {record: told}}}")},
     {TOLD(0), OF("contacts_completed", SLICE_KIND, "ring", 7),
      IS("contacts_completed", 0)}},
    {"a success has its effects",
     {MISSED("{first: {do: ring, then: {record: told}}}")},
     {TOLD(7)}},
    {"`when` is used for the states it names",
     {COURSE("warning"),
      MISSED("{first: {do: ring, then: {record: other}, when: {warning: "
             "{record: told}}}}")},
     {TOLD(7), OF("outcomes", SLICE_OUTCOME, "other", 0)}},
    {"`then` is used for the states that `when` does not name",
     {COURSE("warning"),
      MISSED("{first: {do: ring, then: {record: told}, when: {deteriorating: "
             "{record: other}}}}")},
     {TOLD(7), OF("outcomes", SLICE_OUTCOME, "other", 0)}},
    {"one list is open for a trigger at a time",
     {MISSED(LATER("3 h")), ALSO(", attendance: 0%")},
     {IS("responses", 7), TOLD(7)}},
    {"when it has ended the trigger starts another",
     {MISSED(LATER("10 min")), ALSO(", attendance: 0%")},
     {IS("responses", 14), TOLD(14)}},
    {"a completed contact ends the lists of missed ones",
     {MISSED(LATER("3 h")), ALSO("")},
     {IS("responses", 7), TOLD(0)}},
    {"a list that ends withdraws its waiting contacts",
     {MISSED("{ring: {after: 20 min, within: 5 h, do: ring}}"), ALSO(""),
      "contacts.ring.by=late", "staff.late={}",
      "rota.late={days: every day, hours: 14:00-15:00, staff: {late: 1}}"},
     {OF("contacts_completed", SLICE_KIND, "ring", 0),
      OF("hours_delivered", SLICE_ROLE, "late", 0)}},
    {"an action not begun in its contact's window has failed",
     {MISSED("{ring: {do: ring}, tell: {after: 1 h, then: {record: told}}}"),
      "contacts.ring.by=late", "staff.late={}",
      "rota.late={days: every day, hours: 13:01-15:00, staff: {late: 1}}"},
     {OF("contacts_not_delivered", SLICE_KIND, "ring", 1), TOLD(7)}},
    {"nobody comes: not delivered has a list of its own",
     {"rota.day.hours=09:00-12:29",
      "responses={not delivered: {tell: {then: {record: told}}}}",
      "contacts.visit.lasts=60 min"},
     {OF("responses", SLICE_TRIGGER, "not delivered", 7), TOLD(7)}},
    {"a response's contact may begin in the hours of its kind alone",
     {MISSED("{ring: {within: 20 h, do: ring}}"),
      "contacts.ring={window: null, between: 15:00-16:00}",
      "contacts.quiet={at: 23:00, window: 1 h, by: worker, lasts: 1 min}"},
     {OF("contacts_completed", SLICE_KIND, "ring", 7),
      IS("longest_gap_days", 15 / 24.0 + 5 / 1440.0)}},
    {"hours that pass midnight are one opening",
     {MISSED("{ring: {within: 20 h, do: ring}}"),
      "contacts.ring={window: null, between: 22:00-02:00}",
      "rota.night={days: every day, hours: 01:00-02:00, staff: {worker: 1}}",
      "plans.plan.steps.first={for: 2 days, contacts: null}",
      "plans.plan.steps.first.contacts={visit: day 1}"},
     {OF("contacts_completed", SLICE_KIND, "ring", 3.5),
      IS("response_breaches", 0),
      IS("longest_gap_days", 25 / 24.0 + 5 / 1440.0)}},
    {"moving level ends the lists",
     {MISSED(LATER("12 h"))},
     {IS("responses", 7), TOLD(0)}},
    {"a response's success is a first contact and sees, as a planned one does",
     {COURSE("warning"), SIGN("warning"), MISSED("{first: {do: ring}}"),
      "levels.home.first_contact_within=755 min"},
     {IS("first_contact_in_time", 1), IS("alerts", 7)}},
    {"a response's success does not end a run of misses",
     {MISSED("{first: {do: ring}}"), ALSO(", attendance: 0%"),
      "cohorts.people.disengages={after_missed: 2, chance: 100%}"},
     {IS("disengaged", 7)}},
    {"a completed planned contact ends a run of misses",
     {MISSED("{first: {do: ring}}"), ALSO(""),
      "plans.plan.steps.first.for=4 days",
      "cohorts.people.disengages={after_missed: 2, chance: 100%}"},
     {IS("disengaged", 0), IS("contacts_due", 14)}},
};

/* ---- deadlines ---- */

/* One person for good, alerted on Fridays at 12:30; reviews on Tuesdays. */
#define FRIDAYS                                                                \
    COURSE("warning"), SIGN("warning"),                                        \
        "plans.plan.steps.first={for: 300 days, contacts: {visit: null}}",     \
        "plans.plan.steps.first.contacts={visit: fri}",                        \
        "contacts.review={window: 1 h, by: reviewer, lasts: 20 min}",          \
        "staff.reviewer={}",                                                   \
        "rota.review={days: tue, hours: 09:00-10:00, staff: {reviewer: 1}}"
#define WITHIN(deadline)                                                       \
    "responses={low: {act: {do: review, within: " deadline "}}}"
#define MONDAYS_OFF                                                            \
    "calendar.holidays=[2027-02-01, 2027-02-08, 2027-02-15, 2027-02-22, "      \
    "2027-03-01]"
#define REVIEWS(week) OF("contacts_completed", SLICE_KIND, "review", week)

static struct rule_case deadline_cases[] = {
    {"not begun by its deadline is a breach; it is done late",
     {FRIDAYS, WITHIN("92 h")},
     {IS("response_breaches", 1), REVIEWS(1), IS("alerts", 1)}},
    {"begun by its deadline is none",
     {FRIDAYS, WITHIN("93 h")},
     {IS("response_breaches", 0), REVIEWS(1)}},
    /* From Friday 12:30 to Tuesday 09:00 are 92 h 30 min. */
    {"begun at its deadline is none",
     {FRIDAYS, WITHIN("92.5 h")},
     {IS("response_breaches", 0)}},
    {"next working day is Monday's 24:00",
     {FRIDAYS, WITHIN("next working day")},
     {IS("response_breaches", 1), REVIEWS(1)}},
    {"next working day is Tuesday's 24:00 where Monday is a holiday",
     {FRIDAYS, WITHIN("next working day"), MONDAYS_OFF},
     {IS("response_breaches", 0), REVIEWS(1)}},
    {"same day is that day's 24:00",
     {FRIDAYS, WITHIN("same day"), "rota.review.days=fri",
      "rota.review.hours=23:00-24:00"},
     {IS("response_breaches", 0), REVIEWS(1)}},
    {"same day is not the next",
     {FRIDAYS, WITHIN("same day"), "rota.review.days=sat",
      "rota.review.hours=00:01-01:00"},
     {IS("response_breaches", 1), REVIEWS(1)}},
    {"an alert in force is not raised again",
     {FRIDAYS, WITHIN("93 h"),
      "plans.plan.steps.first.contacts.visit=every day"},
     /* From Friday to Tuesday in force; raised again on the next contact. */
     {IS("alerts", 1), REVIEWS(1)}},
};

/* ---- alerts and crises ---- */

#define SIGNS                                                                  \
    "signs={one: {settled: 100%, warning: 100%, deteriorating: 100%}, two: "   \
    "{deteriorating: 100%}}",                                                  \
        "alerts={low: 1, high: 2}"
#define AT(name, at, rest)                                                     \
    "contacts." name "={at: " at ", window: 1 h, by: worker, lasts: 30 min"    \
    "" rest "}",                                                               \
        "plans.plan.steps.first.contacts." name "=every day"
#define ALERTS(name, week) OF("alerts", SLICE_ALERT, name, week)

static struct rule_case alert_cases[] = {
    /* Seen at 12:30 to be deteriorating, then a little better; at 14:30 one
     * sign is left and at 16:30 none is noticed. */
    {"a lower alert takes its place silently, fewer signs end it",
     {COURSE("deteriorating"), SIGNS, AT("out", "13:00", ", attendance: 0%"),
      AT("call", "14:00", ""), AT("blind", "16:00", ", notices: 0%"),
      "responses={not attended: {act: {then: {settle: 100%}}}}"},
     {ALERTS("high", 7), ALERTS("low", 0), IS("unseen_hours", 7 * (24 - 4)),
      IS("false_alerts", 0)}},
    {"an alert that a later contact ends lets its list go on",
     {COURSE("warning"), SIGNS, AT("blind", "14:00", ", notices: 0%"),
      "responses={low: " LATER("4 h") "}"},
     {ALERTS("low", 7), TOLD(7), IS("unseen_hours", 7 * (24 - 2))}},
    {"a response carried out closes the alert, and does not look",
     {COURSE("warning"), SIGNS, RING, "responses={low: {act: {do: ring}}}"},
     {ALERTS("low", 7), IS("unseen_hours", 7 * (24 - 5 / 60.0))}},
    {"an alert in the first state is false",
     {COURSE("settled"), SIGNS},
     {ALERTS("low", 7), IS("false_alerts", 1), IS("unseen_hours", 0)}},
};

/* Changes need people who do not wait for a place: all come in the first minute
 * of a day, and leave at its end. A change is all but certain (1 in e^41 not)
 * in the half hour from 12:45. Figures per week are per person here; what is
 * counted from the entry may be a minute less. */
#define CROWD                                                                  \
    "cohorts.people.referrals={rate: 4/day, hours: 00:00-00:01}",              \
        "levels.home.places=unlimited", "plans.plan.starts=same day",          \
        "rota.day.staff.worker=40"
#define CHANGE(change)                                                         \
    CROWD, "conditions.course.changes={" change ": 20/day}",                   \
        "conditions.course.hours={\"12:45-13:15\": 100, \"13:15-12:45\": 0}"
#define CRISIS(effects)                                                        \
    COURSE("warning"), CHANGE("warning to crisis"),                            \
        "conditions.course.states=[settled, warning, crisis]",                 \
        "signs={one: {settled: 100%, warning: 100%}}", "alerts={low: 1}",      \
        "responses.crisis={one_of: {seen: {chance: 100%, then: " effects "}}}"

static void crowd_holds(void **state)
{
    const struct rule_case *c = *state;
    struct model model;
    double referrals;

    rule_model(c, &model);
    referrals = model_value(&model, "referrals")->mean;
    for (int i = 0; i < RULE_CHECKS && c->check[i].measure; i++) {
        struct check check = c->check[i];
        const struct measure *measure =
            &measure_table[measure_find(check.measure)];
        if (measure->type == MEASURE_PER_WEEK)
            check.expected *= referrals;
        rule_check(&model, &check, 1.0 / 60);
    }
    model_clear(&model);
}

static struct rule_case crowd_cases[] = {
    {"a higher alert replaces a lower one and ends its list",
     {COURSE("warning"), SIGNS, CHANGE("warning to deteriorating"),
      AT("call", "14:00", ""),
      "responses={low: {tell: {after: 4 h, then: {record: low}}}, high: "
      "{tell: {after: 1 h, then: {record: high}}}}"},
     {ALERTS("low", 1), ALERTS("high", 1),
      OF("outcomes", SLICE_OUTCOME, "low", 0),
      OF("outcomes", SLICE_OUTCOME, "high", 1)}},
    {"an episode is seen when it is noticed",
     {COURSE("settled"), SIGNS, "signs.one.settled=0%",
      CHANGE("settled to warning"), AT("call", "14:00", "")},
     {ALERTS("low", 1), IS("seen_within_24_hours", 1)}},
    {"an episode that nobody notices is not",
     {COURSE("settled"), SIGNS, CHANGE("settled to warning"),
      "contacts.visit.notices=0%"},
     {ALERTS("low", 0), IS("seen_ever", 0)}},
    {"staff who are there day and night see at once",
     {COURSE("settled"), SIGNS, CHANGE("settled to warning"),
      "contacts.visit.notices=0%", "levels.home.observed=yes"},
     {IS("seen_within_24_hours", 1), IS("unseen_hours", 0), IS("alerts", 0)}},
    {"a crisis ends alerts and lists, and has its outcome",
     {CRISIS("[record in crisis, settle 100%]"), "responses.low=" LATER("4 h")},
     {IS("crises", 1), TOLD(0), OF("crises", SLICE_OUTCOME, "seen", 1),
      OF("outcomes", SLICE_OUTCOME, "in crisis", 1), ALERTS("low", 1)}},
    {"a contact under way at a crisis finishes but changes nothing",
     {CRISIS("settle 100%"), "contacts.visit.at=12:45",
      "contacts.visit.lasts=60 min"},
     {IS("crises", 1), IS("contacts_completed", 1), ALERTS("low", 0)}},
    {"a contact that waits at a crisis is met after it as any other",
     {CRISIS("settle 100%"), "contacts.visit.window=4 h",
      "rota.day.hours=14:00-17:00"},
     {IS("crises", 1), IS("contacts_completed", 1), ALERTS("low", 1)}},
    {"a contact that waits at a crisis is missed after it as any other",
     {CRISIS("settle 100%"),
      "responses.not delivered={tell: {then: {record: told}}}",
      "contacts.visit.window=4 h", "rota.day.hours=09:00-10:00"},
     {IS("contacts_not_delivered", 1), TOLD(1)}},
    {"a crisis brings back who has disengaged, from the next day",
     {CRISIS("settle 100%"), "contacts.visit.attendance=0%",
      "plans.plan.steps.first.for=2 days", "cohorts.people.referrals.days=mon",
      "cohorts.people.disengages={after_missed: 1, chance: 100%}"},
     {IS("contacts_due", 2), IS("disengaged", 2), IS("stay_days", 2)}},
    {"a crisis before the handover does not undo it",
     {CRISIS("settle 100%"), "rota.day.hours=14:00-17:00",
      "levels.home.handover={by: worker, lasts: 30 min, within: 20 h}"},
     {IS("crises", 1), IS("unowned_hours", 14.5)}},
    {"`move to` from a crisis is a step up",
     {CRISIS("{move to: house}"),
      "levels.house={rank: 3, stay: 1 day, then: leave, effect: {worsening: "
      "0}}"},
     {IS("crises", 1), IS("step_ups", 1), IS("reescalation_within_30_days", 1),
      IS("crisis_within_30_days", 1)}},
    {"after a crisis an episode begins where the person then is",
     {CRISIS("[record x, {move to: house}]"),
      "levels.house={rank: 3, plan: plan, then: leave, effect: {worsening: 0}, "
      "observed: yes}"},
     {IS("seen_ever", 1), IS("crises", 1)}},
};

/* ---- disengagement ---- */

#define DISENGAGE                                                              \
    "plans.plan.steps.first.for=4 days", "contacts.visit.attendance=0%",       \
        "cohorts.people.disengages={after_missed: 1, chance: 100%}", RING

static struct rule_case disengage_cases[] = {
    {"who has disengaged gets no planned contacts; the plan's clock goes on",
     {DISENGAGE},
     {IS("contacts_due", 7 / 4.0), IS("disengaged", 7 / 4.0),
      IS("stay_days", 4), IS("planned_exits", 7 / 4.0)}},
    {"responses go on, and a success brings them back the next day",
     {DISENGAGE,
      "responses={disengaged: {go: {after: 1 day, do: ring, succeeds: 100%}}}"},
     {IS("contacts_due", 7 / 2.0), IS("disengaged", 7 / 2.0),
      OF("responses", SLICE_TRIGGER, "disengaged", 7 / 2.0)}},
    {"the effect re-engage does the same",
     {DISENGAGE, "responses={disengaged: {go: {after: 1 day, then: "
                 "re-engage}}}"},
     {IS("contacts_due", 7 / 2.0), IS("disengaged", 7 / 2.0)}},
    {"the effect disengage cancels what waits",
     {"responses={not attended: {act: {then: disengage}}}",
      "contacts.visit.attendance=0%",
      "contacts.also={at: 12:15, window: 1 h, by: worker, lasts: 5 min}",
      "plans.plan.steps.first.contacts.also=every day"},
     {IS("contacts_due", 14), IS("contacts_cancelled", 7),
      IS("disengaged", 7)}},
    {"entering a level brings them back",
     {DISENGAGE, "levels.home.then=next",
      "levels.next={rank: 1, plan: other, then: leave}",
      "plans.other={steps: {only: {for: 1 day, contacts: {ring: every day}}}}",
      "contacts.ring.at=12:00"},
     {OF("contacts_completed", SLICE_KIND, "ring", 7 / 4.0)}},
};

/* ---- the measured period ---- */

#define WEEKS(minutes) ((minutes) / 10080.0)

static struct rule_case period_cases[] = {
    {"a contact due at the first instant is in, at the last is out",
     {"calendar.warm_up=684 h", "calendar.run_for=672 h"},
     {IS("contacts_due", 7), IS("contacts_completed", 7)}},
    /* From 12:10 of one day to 12:00 of the 28th after it. */
    {"contacts count by their due time, hours are cut at the edges",
     {"calendar.warm_up=41050 min", "calendar.run_for=40310 min"},
     {IS("contacts_due", 27 / WEEKS(40310)),
      IS("contacts_completed", 27 / WEEKS(40310)),
      IS("hours_delivered", (27 * 0.5 + 20 / 60.0) / WEEKS(40310))}},
    {"the run-on completes what was under way",
     {"calendar.warm_up=41050 min"},
     {IS("contacts_due", 7), IS("contacts_completed", 7)}},
    {"without a run-on it stays open, its hours counted as far as they went",
     {"calendar.warm_up=41050 min", "calendar.run_on=0 days"},
     {IS("contacts_due", 7), IS("contacts_completed", 27 / 4.0),
      IS("hours_delivered", 3.5)}},
};

/* One a day enters a plan: at once on day 0, then at 00:00 of days 2 and on. */
static void only_who_can_be_followed_counts(void **state)
{
    static const char *const setting[] = {"calendar.warm_up=0 days",
                                          "calendar.run_for=100 days",
                                          "calendar.run_on=0 days"};
    struct model model;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), 1, 1);
    assert_near(model_total(&model, COUNT_FOLLOWED_30), 70, 0);
    assert_near(model_total(&model, COUNT_FOLLOWED_60), 40, 0);
    assert_near(model_total(&model, COUNT_FOLLOWED_90), 10, 0);
    model_clear(&model);
}

/* People are followed from the weekday that their stay is counted by: a move at
 * 00:00 counts as the evening before in both. */
static void followed_from_the_weekday_of_entry(void **state)
{
    static const char *const setting[] = {"plans.plan.steps.first.for=7 days"};
    const struct block *stays, *followed;
    struct model model;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), 1, 1);
    stays = &model.layout.cut[COUNT_STAYS][SLICE_ENTERED_ON];
    followed = &model.layout.cut[COUNT_FOLLOWED_30][SLICE_ENTERED_ON];
    for (uint32_t day = 0; day < 7; day++) {
        double begun = model.record[stays->offset + day];
        assert_true(begun == 0 || begun == 4);
        assert_near(model.record[followed->offset + day], begun, 0);
    }
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(followed_from_the_weekday_of_entry),
        cmocka_unit_test(only_who_can_be_followed_counts),
    };
    int failed = 0;

    failed += run_table("entries", rule_holds, entry_cases);
    failed += run_table("levels", rule_holds, level_cases);
    failed += run_table("responses", rule_holds, response_cases);
    failed += run_table("deadlines", rule_holds, deadline_cases);
    failed += run_table("alerts", rule_holds, alert_cases);
    failed += run_table("changes", crowd_holds, crowd_cases);
    failed += run_table("disengagement", rule_holds, disengage_cases);
    failed += run_table("period", rule_holds, period_cases);
    failed += cmocka_run_group_tests_name("followed", tests, NULL, NULL);
    return failed;
}
