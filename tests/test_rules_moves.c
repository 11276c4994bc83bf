/*
 * The rules of moving between levels, exact: giving up, diverts, delays, who is
 * let in, contacts that come with a move, and rings of full levels.
 * See tests/rules.h for the scenario that rows change.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

/* ---- giving up, diverts, where to wait ---- */

/* The ward takes a person a day, home keeps each for four. So people ask for
 * home on days 0, 1, 2 ... of which it takes one in four days. */
#define WARD(rest)                                                             \
    "cohorts.people.enters=ward",                                              \
        "levels.ward={rank: 2, places: 1, stay: 1 day, then: home" rest "}",   \
        "levels.home={plan: null, stay: 4 days}"
#define ANNEX "levels.annex={rank: 1, stay: 1 day, then: leave}"

/* Alerted at 12:30 of their day at home, people want the house, whose place the
 * first of them keeps for good; at 00:00 they go on to the middle for a day. */
#define WANT_HOUSE(rest)                                                       \
    "conditions={course: {states: [warning, crisis], begin: {warning: "        \
    "100%}}}",                                                                 \
        "cohorts.people.condition=course", "signs={sign: {warning: 100%}}",    \
        "alerts={low: 1}", "responses={low: {act: {then: {move to: house}}}}", \
        "levels.home.then=middle",                                             \
        "levels.middle={stay: 1 day, then: leave, rank: 2}",                   \
        "levels.house={rank: 3, places: 1, stay: 3000 days, then: leave" rest  \
        "}"

static struct rule_case waiting_cases[] = {
    /* Home is entered on day 1; the next is blocked on day 2 and gives up on 3;
     * the one after is blocked on day 4 until home is free on 5. */
    {"a place freed when patience ends is still taken",
     {WARD(""), ANNEX, "levels.home.gives_up={after: 1 day, to: annex}"},
     {OF("gave_up", SLICE_LEVEL, "home", 7 / 4.0),
      OF("gave_up", SLICE_COHORT, "people", 7 / 4.0),
      OF("occupancy", SLICE_LEVEL, "annex", 0.25),
      OF("delayed", SLICE_CAUSE, "blocked", 0.5),
      OF("full", SLICE_LEVEL, "home", 1)}},
    {"giving up to leave ends the way, and is no planned exit",
     {WARD(""), "levels.home.gives_up={after: 1 day, to: leave}"},
     {IS("gave_up", 7 / 4.0), IS("left", 3.5), IS("planned_exits", 7 / 4.0),
      OF("delayed_days", SLICE_CAUSE, "blocked", 3.5)}},
    {"giving up to go on here begins another stay",
     {WARD(""), "levels.home.gives_up={after: 1 day, to: ward}"},
     {OF("gave_up", SLICE_LEVEL, "home", 7 / 4.0),
      OF("stay_days", SLICE_LEVEL, "ward", 2), IS("left", 7 / 4.0),
      OF("full", SLICE_LEVEL, "ward", 1)}},
    {"who is wanted elsewhere gives that up and stays",
     {WANT_HOUSE(", gives_up: {after: 1 h, to: leave}")},
     {OF("gave_up", SLICE_LEVEL, "house", 7),
      OF("waiting", SLICE_LEVEL, "house", 1 / 24.0), IS("left", 7),
      OF("stay_days", SLICE_LEVEL, "middle", 1),
      OF("stay_days", SLICE_LEVEL, "home", 1)}},
    {"or goes to another level instead",
     {WANT_HOUSE(", gives_up: {after: 1 h, to: clinic}"),
      "levels.clinic={rank: 2, stay: 2 days, then: leave}"},
     {OF("gave_up", SLICE_LEVEL, "house", 7),
      OF("stay_days", SLICE_LEVEL, "clinic", 2)}},
    {"a full level diverts",
     {WARD(""), ANNEX, "levels.home.when_full={divert to: annex}"},
     {OF("diverted", SLICE_LEVEL, "home", 7 * 3 / 4.0),
      OF("occupancy", SLICE_LEVEL, "annex", 0.75), IS("delayed", 0),
      OF("full", SLICE_LEVEL, "ward", 1),
      OF("waiting", SLICE_LEVEL, "home", 0)}},
    {"diverts lead on where that level is full, too",
     {WARD(""), "levels.annex={rank: 1, places: 1, stay: 2 days, then: leave}",
      "levels.annex.when_full={divert to: leave}",
      "levels.home.when_full={divert to: annex}"},
     {OF("diverted", SLICE_LEVEL, "home", 7 * 3 / 4.0),
      OF("diverted", SLICE_LEVEL, "annex", 7 / 4.0),
      OF("full", SLICE_LEVEL, "annex", 1), IS("left", 7), IS("delayed", 0)}},
    {"who is where a level diverts to waits there",
     {WANT_HOUSE(", when_full: {divert to: home}"), "levels.home.then=leave",
      "levels.middle=null"},
     {OF("diverted", SLICE_LEVEL, "house", 0),
      OF("waiting", SLICE_LEVEL, "house", 11.5 / 24), IS("left", 7)}},
    {"who waits outside holds no place",
     {WARD(", when_next_full: wait"), "calendar.run_for=140 days"},
     {IS("delayed", 0), OF("full", SLICE_LEVEL, "ward", 1),
      OF("stay_days", SLICE_LEVEL, "ward", 1),
      OF("full", SLICE_LEVEL, "home", 1), IS("left", 7 / 4.0)}},
    {"who leaves from outside has moved as planned",
     {WARD(", when_next_full: wait"), "levels.home.rank=0",
      "levels.home.gives_up={after: 1 h, to: leave}"},
     {OF("planned_exits", SLICE_LEVEL, "ward", 7 / 4.0),
      OF("gave_up", SLICE_LEVEL, "home", 7 * 3 / 4.0), IS("left", 7),
      OF("waiting", SLICE_LEVEL, "home", 3 / 4.0 / 24)}},
    /* The time limit passes every 36 h and a quarter, at every quarter of the
     * day once in 96 times: before, in and after a visit. */
    {"a visit under way goes on when its person waits outside",
     {"levels.home.longest=2175 min", "plans.plan.steps.first.for=9 days",
      "levels.home.then=next", "levels.home.when_next_full=wait",
      "levels.next={rank: 1, places: 1, stay: 3000 days, then: leave, "
      "gives_up: {after: 1 h, to: leave}}",
      "calendar.run_for=145 days"},
     {OF("gave_up", SLICE_LEVEL, "next", 96 / 145.0 * 7),
      OF("stay_days", SLICE_LEVEL, "home", 2175 / 1440.0), IS("delayed", 0),
      IS("timed_out", 0)}},
};

/* ---- routes ---- */

static struct rule_case route_cases[] = {
    {"a delay holds the place, and then the hours of moves",
     {WARD(", leaves: {hours: 18:00-19:00}"),
      "levels.ward.then={on: {to: home, chance: 100%, delay: 12 h}}",
      "levels.home.stay=1 h"},
     /* In at 18:00, ready at 18:00, free to go at 06:00, goes at 18:00. */
     {OF("stay_days", SLICE_LEVEL, "ward", 2),
      OF("delayed", SLICE_LEVEL, "ward", 0.25),
      OF("delayed", SLICE_CAUSE, "delay", 0.25),
      OF("delayed_days", SLICE_CAUSE, "delay", 7 * 0.25), IS("left", 3.5)}},
    {"delayed, then blocked: each its own cause",
     {WARD(""), "levels.ward.then={on: {to: home, chance: 100%, delay: 1 day}}",
      "levels.home.stay=3 days", "calendar.run_for=63 days"},
     {OF("delayed", SLICE_CAUSE, "delay", 1 / 3.0),
      OF("delayed", SLICE_CAUSE, "blocked", 1 / 3.0),
      OF("delayed", SLICE_LEVEL, "ward", 2 / 3.0),
      OF("stay_days", SLICE_LEVEL, "ward", 3)}},
    {"the stay is the route's",
     {WARD(""),
      "levels.ward.then={on: {to: leave, chance: 100%, stay: 2 days}}",
      "levels.home=null", "plans=null", "contacts=null", "staff=null",
      "rota=null"},
     {IS("stay_days", 2), IS("left", 3.5)}},
    {"routes that all have stays need none beside",
     {"cohorts.people.enters=ward",
      "levels.ward={rank: 2, places: 1, then: {on: {to: leave, chance: 100%, "
      "stay: 2 days}}}",
      "levels.home=null", "plans=null", "contacts=null", "staff=null",
      "rota=null"},
     {IS("stay_days", 2), IS("left", 3.5)}},
    {"the end of a plan waits for the delay",
     {"levels.home.then={on: {to: leave, chance: 100%, delay: 1 day}}"},
     {IS("stay_days", 2), IS("days_beyond_plan", 1), IS("contacts_due", 3.5),
      IS("delayed", 0.5), IS("planned_exits", 3.5)}},
    {"so does a time limit, counted when they go",
     {"plans.plan.steps.first.for=9 days", "levels.home.longest=2 days",
      "levels.home.then={on: {to: leave, chance: 100%, delay: 2 days}}"},
     {IS("timed_out", 7 / 4.0), IS("stay_days", 4), IS("delayed", 0.5)}},
    {"a time limit that passes in a delay changes nothing",
     {"levels.home.then={on: {to: leave, chance: 100%, delay: 2 days}}",
      "levels.home.longest=2 days", "calendar.run_for=63 days"},
     {IS("timed_out", 0), IS("stay_days", 3), IS("planned_exits", 7 / 3.0)}},
};

/* ---- who is let in ---- */

/* Alerted at 12:30; a day later the alert is closed by its response. The plan's
 * day is over at 00:00, so that people wait for 12.5 h: two days for each. */
#define ALERTED(begin, then)                                                   \
    "conditions={course: {states: [well, ill, crisis], begin: {" begin         \
    ": 100%}}}",                                                               \
        "cohorts.people.condition=course",                                     \
        "signs={sign: {well: 100%, ill: 100%}}", "alerts={low: 1}",            \
        "responses={low: {act: {after: 1 day, then: {" then "}}}}",            \
        "levels.home.then=next"

static struct rule_case accepts_cases[] = {
    {"no_alert: people stay until theirs is closed",
     {ALERTED("well", "record: told"),
      "levels.next={rank: 1, stay: 1 day, then: leave, accepts_if: no_alert}"},
     {OF("delayed", SLICE_LEVEL, "home", 12.5 / 48),
      OF("delayed", SLICE_CAUSE, "blocked", 12.5 / 48), IS("left", 3.5),
      OF("waiting", SLICE_LEVEL, "next", 12.5 / 48),
      OF("wait_days", SLICE_LEVEL, "next", 12.5 / 24)}},
    {"a state: people stay until they are better",
     {ALERTED("ill", "settle: 100%"),
      "levels.next={rank: 1, stay: 1 day, then: leave, accepts_if: well}"},
     {OF("delayed", SLICE_LEVEL, "home", 12.5 / 48), IS("left", 3.5)}},
    {"a milder state will do",
     {ALERTED("well", "record: told"),
      "levels.next={rank: 1, stay: 1 day, then: leave, accepts_if: ill}"},
     {IS("delayed", 0), IS("left", 7), OF("waited", SLICE_LEVEL, "next", 0)}},
    {"both: who is well but alerted is not let in",
     {ALERTED("well", "record: told"),
      "levels.next={rank: 1, stay: 1 day, then: leave, accepts_if: {no_alert: "
      "yes, state: well}}"},
     {OF("delayed", SLICE_LEVEL, "home", 12.5 / 48)}},
    {"who is not let in is not diverted, and holds the place",
     {ALERTED("well", "record: told"), "levels.home.when_next_full=wait",
      "levels.next={rank: 1, stay: 1 day, then: leave, accepts_if: no_alert, "
      "places: 1, when_full: {divert to: leave}}"},
     {OF("delayed", SLICE_LEVEL, "home", 12.5 / 48), IS("diverted", 0),
      OF("occupancy", SLICE_LEVEL, "next", 0.5)}},
    {"others are let in before who is not",
     {ALERTED("well", "record: told"), "levels.next.rank=1",
      "levels.next={stay: 1 day, then: leave, accepts_if: no_alert, places: 1}",
      "cohorts.others={referrals: {rate: 10/day}, enters: next, priority: 9}"},
     {OF("full", SLICE_LEVEL, "next", 1)}},
};

/* ---- contacts that come with a move ---- */

/* After two days of visits at noon people go on to a level with a plan of two
 * days and no contacts of its own. */
#define NEXT(handover)                                                         \
    "plans.plan.steps.first.for=2 days",                                       \
        "plans.rest={steps: {rest: {for: 4 days}}}", "levels.home.then=next",  \
        "levels.next={rank: 1, plan: rest, then: leave, handover: {by: "       \
        "worker, lasts: 10 min, within: 1 day" handover "}}"

#define UPDATE(rest)                                                           \
    "contacts.update={by: worker, lasts: 10 min, " rest "}",                   \
        "levels.home.on_entry=[update]"

static struct rule_case entry_cases[] = {
    {"a contact due on entry falls due in its hours",
     {UPDATE("between: 10:00-16:00")},
     {IS("contacts_due", 14), IS("contacts_completed", 14),
      OF("contacts_due", SLICE_HOUR, "tue 10", 1),
      OF("contacts_completed", SLICE_KIND, "update", 7),
      IS("plan_delivered", 1)}},
    {"or at once where it has no hours",
     {UPDATE("window: 9 h")},
     {OF("contacts_due", SLICE_HOUR, "tue 00", 1),
      OF("start_delay_minutes", SLICE_KIND, "update", 9 * 60),
      OF("contacts_completed", SLICE_KIND, "update", 7)}},
    {"in a level without a plan too",
     {UPDATE("between: 10:00-16:00"), "levels.home.plan=null",
      "levels.home.stay=1 day", "plans=null", "contacts.visit=null"},
     {IS("contacts_due", 7), IS("contacts_completed", 7),
      OF("contacts_due", SLICE_LEVEL, "home", 7),
      OF("contacts_due", SLICE_HOUR, "tue 10", 1), IS("planned_exits", 7)}},
    {"and is not delivered when its window closes",
     {UPDATE("window: 8 h")},
     {OF("contacts_not_delivered", SLICE_KIND, "update", 1),
      IS("plan_delivered", 0.5)}},
    {"one name will do for the list",
     {UPDATE("at: 12:30, window: 1 h"), "levels.home.on_entry=update"},
     {IS("contacts_due", 14), OF("contacts_due", SLICE_HOUR, "mon 12", 2)}},
    {"at the time that the person prefers",
     {UPDATE("at: preferred, window: 1 h"),
      "cohorts.people.prefers={\"16:00\": 100%}"},
     {OF("contacts_due", SLICE_HOUR, "tue 16", 1),
      OF("contacts_completed", SLICE_KIND, "update", 7)}},
    {"the old level's contacts go on for the overlap",
     {NEXT(", overlap: 3 days"), "rota.day.staff.worker=3"},
     {OF("contacts_due", SLICE_LEVEL, "next", 3 * 3.5),
      OF("contacts_due", SLICE_LEVEL, "home", 2 * 3.5),
      OF("contacts_completed", SLICE_STEP, "plan: first", 5 * 3.5),
      OF("plan_delivered", SLICE_LEVEL, "next", 1)}},
    {"in their rhythm",
     {NEXT(", overlap: 3 days"),
      "plans.plan.steps.first.contacts={visit: every 2 days}"},
     {OF("contacts_due", SLICE_LEVEL, "next", 2 * 3.5)}},
    {"an overlap that ends at noon does not take in noon",
     {NEXT(", overlap: 12 h")},
     {OF("contacts_due", SLICE_LEVEL, "next", 0)}},
    {"halves of a window, on days that begin and end in the middle",
     {NEXT(", overlap: 36 h"), "rota.day.staff.worker=3",
      "plans.plan.steps.first.contacts={visit: twice a day}",
      "contacts.visit.window=4 h"},
     /* At 12:00 and 14:00 of the first day; of the second neither. */
     {OF("contacts_due", SLICE_LEVEL, "next", 2 * 3.5)}},
    /* Half an hour a visit, ten minutes an update, which nobody begins at 09:00
     * to wait at the door until 10:00. */
    {"staff set off for a contact due on entry when it can be met, not before",
     {UPDATE("between: 10:00-16:00")},
     {IS("hours_delivered", 7 * 40 / 60.0),
      OF("start_delay_minutes", SLICE_KIND, "update", 0)}},
    {"and so much earlier as the way takes",
     {UPDATE("between: 10:00-16:00, travel: 20 min")},
     {IS("hours_delivered", 7 * 60 / 60.0),
      OF("start_delay_minutes", SLICE_KIND, "update", 0)}},
    {"nor do they for a contact of the overlap",
     {NEXT(", overlap: 3 days"), "rota.day.staff.worker=3",
      "contacts.visit.travel=15 min"},
     {IS("hours_delivered", 3.5 * (5 * 45 + 10) / 60.0),
      OF("start_delay_minutes", SLICE_KIND, "visit", 0)}},
    {"a contact due on entry is of the level entered, and its plan's first "
     "step",
     {NEXT(""), "levels.next.on_entry=[update]",
      "contacts.update={by: worker, lasts: 10 min, between: 10:00-16:00}"},
     {OF("contacts_due", SLICE_LEVEL, "home", 7),
      OF("contacts_due", SLICE_LEVEL, "next", 3.5),
      OF("contacts_due", SLICE_STEP, "plan: first", 7),
      OF("contacts_due", SLICE_STEP, "rest: rest", 3.5),
      OF("contacts_completed", SLICE_STEP, "rest: rest", 3.5)}},
    {"beside an overlap, too, whose contacts are of the step that was left",
     {NEXT(", overlap: 3 days"), "levels.next.on_entry=[update]",
      "contacts.update={by: worker, lasts: 10 min, between: 10:00-16:00}",
      "rota.day.staff.worker=3"},
     {OF("contacts_due", SLICE_LEVEL, "next", 4 * 3.5),
      OF("contacts_due", SLICE_STEP, "plan: first", 5 * 3.5),
      OF("contacts_due", SLICE_STEP, "rest: rest", 3.5),
      OF("plan_delivered", SLICE_LEVEL, "next", 1)}},
    {"no overlap, no more contacts",
     {NEXT("")},
     {OF("contacts_due", SLICE_LEVEL, "next", 0),
      OF("unowned_hours", SLICE_LEVEL, "next", 9 + 10 / 60.0)}},
};

/* ---- handover ---- */

/* Staff come at 09:00; people enter at 00:00 and are alerted at 12:30. */
#define HANDOVER(rest)                                                         \
    "conditions={course: {states: [well, crisis], begin: {well: 100%}}}",      \
        "cohorts.people.condition=course", "signs={sign: {well: 100%}}",       \
        "alerts={low: 1}", "responses={low: {act: {then: {record: told}}}}",   \
        "levels.home.handover={by: worker, lasts: 10 min, " rest "}"
#define TOLD(n) OF("outcomes", SLICE_OUTCOME, "told", n)

static struct rule_case handover_cases[] = {
    {"done in time and complete: alerts are acted on",
     {HANDOVER("within: 12 h, acts: 0%")},
     {TOLD(7), IS("alerts", 7), IS("responses", 7),
      IS("unowned_hours", 9 + 10 / 60.0)}},
    {"late: an alert starts no response",
     {HANDOVER("within: 8 h, acts: 0%")},
     {TOLD(0), IS("alerts", 7), IS("responses", 0)}},
    {"incomplete: the same",
     {HANDOVER("within: 12 h, complete: 0%, acts: 0%")},
     {TOLD(0), IS("alerts", 7)}},
    {"until so long after entry",
     {HANDOVER("within: 8 h, acts: 0%, until: 12 h")},
     {TOLD(7)}},
    {"nobody owns the person until it is done, or they go",
     {HANDOVER("within: 8 h"), "levels.home.handover.by=null",
      "levels.home.handover.needs={worker: 2}"},
     {IS("unowned_hours", 24), IS("alerts", 7)}},
};

/* ---- rings ---- */

/* Levels of one place each, every one on the way to the next: whoever has been
 * there for a day can only move when all do. */
static const char RING[] =
    "handrail: 1\n"
    "title: ring\n"
    "calendar: {start: 2027-01-04, warm_up: 28 days, run_for: 28 days,\n"
    "           run_on: 0 days}\n"
    "cohorts:\n"
    "  ones: {referrals: {rate: 10/day}, enters: first}\n"
    "  twos: {referrals: {rate: 10/day}, enters: second}\n"
    "  threes: {referrals: {rate: 10/day}, enters: third}\n"
    "  fours: {referrals: {rate: 10/day}, enters: fourth}\n"
    "levels:\n"
    "  first: {rank: 1, places: 1, stay: 1 day, then: second}\n"
    "  second: {rank: 2, places: 1, stay: 1 day, then: third}\n"
    "  third: {rank: 3, places: 1, stay: 1 day, then: fourth}\n"
    "  fourth: {rank: 4, places: 1, stay: 1 day, then: first}\n";

static void ring_holds(void **state)
{
    const struct rule_case *c = *state;
    size_t settings = 0;
    struct model model;

    while (settings < RULE_SETTINGS && c->setting[settings])
        settings++;
    model_run(&model, RING, c->setting, settings, 2, 20270108);
    for (int i = 0; i < RULE_CHECKS && c->check[i].measure; i++)
        rule_check(&model, &c->check[i], 1e-9);
    model_clear(&model);
}

#define TWO_LEVELS                                                             \
    "levels.second.then=first", "levels.third=null", "levels.fourth=null",     \
        "cohorts.threes=null", "cohorts.fours=null"

static struct rule_case ring_cases[] = {
    {"two full levels swap",
     {TWO_LEVELS},
     {IS("swaps", 7), IS("step_ups", 7), IS("delayed", 0), IS("left", 0),
      OF("full", SLICE_LEVEL, "first", 1)}},
    {"four full levels move round, counted once",
     {NULL},
     {IS("swaps", 7), IS("step_ups", 3 * 7), IS("delayed", 0), IS("left", 0),
      OF("stay_days", SLICE_LEVEL, "third", 1)}},
    {"a ring that moves on as slowly as its slowest",
     {"levels.third.stay=3 days", "calendar.run_for=63 days"},
     {IS("swaps", 7 / 3.0), OF("delayed", SLICE_LEVEL, "first", 2 / 3.0),
      OF("delayed", SLICE_LEVEL, "third", 0),
      OF("stay_days", SLICE_LEVEL, "fourth", 3)}},
    /* One of the ones and two of the twos go round between one place and two.
     */
    {"among those who could close a ring the first to ask goes first",
     {TWO_LEVELS, "levels.second.places=2", "calendar.run_for=63 days"},
     {IS("swaps", 7), OF("delayed", SLICE_COHORT, "ones", 1 / 3.0),
      OF("delayed", SLICE_COHORT, "twos", 2 / 3.0)}},
    {"but for priority",
     {TWO_LEVELS, "levels.second.places=2", "calendar.run_for=63 days",
      "cohorts.ones.priority=1"},
     {IS("swaps", 7), OF("delayed", SLICE_COHORT, "ones", 0),
      OF("delayed", SLICE_COHORT, "twos", 1)}},
    {"who is not let in holds up the ring",
     {"conditions={course: {states: [well, ill, crisis], begin: {ill: 100%}}}",
      "cohorts.ones.condition=course", "cohorts.twos.condition=course",
      "cohorts.threes.condition=course", "cohorts.fours.condition=course",
      "levels.first.accepts_if=well"},
     {IS("swaps", 0)}},
    {"no ring closes where people wait outside",
     {"levels.fourth.when_next_full=wait", "levels.fourth.then=first",
      "levels.third.stay=2 days"},
     {OF("delayed", SLICE_LEVEL, "fourth", 0)}},
};

int main(void)
{
    return run_table("waiting", rule_holds, waiting_cases) +
           run_table("routes", rule_holds, route_cases) +
           run_table("accepts_if", rule_holds, accepts_cases) +
           run_table("entry", rule_holds, entry_cases) +
           run_table("handover", rule_holds, handover_cases) +
           run_table("rings", ring_holds, ring_cases);
}
