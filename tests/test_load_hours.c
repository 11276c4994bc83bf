/*
 * Hours that plans, handovers and responses ask of staff, worked out by hand;
 * the rota; and overloads by name.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/load_words.h"
#include "tests/offered.h"
#include "tests/table.h"

/* ---- plans, worked out by hand ---- */

struct hours_case {
    const char *name;
    const char *setting[SETTINGS];
    double weekday, weekend; /* hours a day, of `work` */
    enum load_work work;
};
#define FIRST "plans.plan.steps.first"
static struct hours_case hours_cases[] = {
    {"ten daily visits of half an hour for one a day", {NULL}, 5, 5, 0},
    {"travel and notes are staff time",
     {"contacts.visit.travel=12 min", "contacts.visit.notes=6 min"},
     8,
     8,
     0},
    {"two together are twice the hours",
     {"contacts.visit.by=null", "contacts.visit.needs={worker: 2}"},
     10,
     10,
     0},
    {"not at weekends",
     {FIRST ".contacts.visit=every day not weekends"},
     5,
     0,
     0},
    {"the weekend's to Monday: 35 hours on five days",
     {FIRST ".contacts.visit=every day weekends to monday"},
     7,
     0,
     0},
    {"two a week for two weeks: four visits",
     {FIRST ".contacts.visit=2 per week", FIRST ".for=2 weeks"},
     2,
     2,
     0},
    {"Tuesdays only: ten days hold ten sevenths of one",
     {FIRST ".contacts.visit=tue"},
     1,
     0,
     0},
    {"from Mondays, five days: four weekdays and a Saturday",
     {"cohorts.people.referrals={rate: 1/day, days: mon}", FIRST ".for=5 days"},
     2.8,
     1.75,
     0},
    {"from Mondays on the same day: no weekend",
     {"cohorts.people.referrals={rate: 1/day, days: mon, hours: 09:00-11:00}",
      "plans.plan.starts=same day", FIRST ".for=5 days"},
     3.5,
     0,
     0},
    {"a rule that is never met: twice four days more",
     {"cohorts.people.attendance=0%",
      "plans.plan.advance_if.contacts_done=100%", "plans.plan.otherwise=repeat",
      "plans.plan.repeats={most: 2, each: 4 days}"},
     9,
     9,
     0},
    {"a rule that is followed half the time: 1 + 1/2 + 1/4 repeats of one day",
     {"cohorts.people.attendance=0%",
      "plans.plan.advance_if.contacts_done=100%", "plans.plan.otherwise=repeat",
      "plans.plan.repeats={most: 3, each: 1 day}",
      "plans.plan.rule_followed=50%"},
     0.5 * (10 + 0.875),
     0.5 * (10 + 0.875),
     0},
    {"a time limit of four days, from after the hour of visits",
     {"levels.home.longest=4 days",
      "cohorts.people.referrals.hours=13:00-15:00"},
     2,
     2,
     0},
    {"and from before it",
     {"levels.home.longest=4 days",
      "cohorts.people.referrals.hours=08:00-10:00"},
     1.5,
     1.5,
     0},
    {"a handover for each",
     {"levels.home.handover={needs: {worker: 1}, lasts: 30 min, within: 1 "
      "day}"},
     0.5,
     0.5,
     LOAD_HANDOVERS},
    {"four in ten missed: a call for each, and a visit for half of those",
     {"cohorts.people.attendance=60%", "responses={not attended: {ring: {do: "
                                       "call, succeeds: 50%}, go: {after: 1 "
                                       "h, within: 1 day, do: visit}}}"},
     4 * (0.1 + 0.25),
     4 * (0.1 + 0.25),
     LOAD_RESPONSES},
    {"the same on the next day: Friday's on Saturday",
     {"cohorts.people.attendance=60%",
      FIRST ".contacts.visit=every day not weekends",
      "responses={not attended: {go: {after: 1 day, within: 3 days, do: "
      "visit}}}"},
     2 * 0.8,
     1,
     LOAD_RESPONSES},
    {"visits by two for half of the people",
     {"contacts.visit.mode=visit", "cohorts.people.pairs=50%"},
     7.5,
     7.5,
     0},
    {"and by two for everyone from an hour of the day on",
     {"contacts.visit.mode=visit", "contacts.visit.pair_after=12:00"},
     10,
     10,
     0},
    {"four in ten missed: a visit for each, by two for half of the people",
     {"contacts.visit.mode=visit", "cohorts.people.pairs=50%",
      "cohorts.people.attendance=60%",
      "responses={not attended: {go: {after: 1 h, within: 1 day, do: visit}}}"},
     4 * 0.75,
     4 * 0.75,
     LOAD_RESPONSES},
    {"a call on entry for one a day, besides the visits",
     {"levels.home.on_entry=call"},
     5.1,
     5.1,
     0},
    {"10.5 people, who call every ten days",
     {"cohorts.people.reaches_out=0.1/day",
      "responses={reaches out: {ring: {do: call}}}"},
     10.5 * 0.1 * 0.1,
     10.5 * 0.1 * 0.1,
     LOAD_OTHER},
    {"a concern every ten days that is closed at once: a call for each",
     {"concerns={c: {rate: 0.1/day, working: integrated}}",
      "responses={c: {ring: {do: call}}}"},
     10.5 * 0.1 * 0.1,
     10.5 * 0.1 * 0.1,
     LOAD_OTHER},
    {"open for ten days whatever is done: every twenty days",
     {"concerns={c: {rate: 0.1/day, working: integrated, closes: 10 days}}",
      "responses={c: {ring: {do: call, succeeds: 0%}}}"},
     10.5 * 0.05 * 0.1,
     10.5 * 0.05 * 0.1,
     LOAD_OTHER},
    {"beside the pathway, where six in ten are noticed",
     {"concerns={c: {rate: 0.1/day, noticed: 60%, closes: 10 days}}",
      "responses={c: {ring: {do: call, succeeds: 0%}}}"},
     10.5 * 0.05 * 0.6 * 0.1,
     10.5 * 0.05 * 0.6 * 0.1,
     LOAD_OTHER},
    {"and told on the fifth day, when half are over",
     {"concerns={c: {rate: 0.1/day, delay: 5 days, closes: \"uniform(0 days, "
      "10 "
      "days)\"}}",
      "responses={c: {ring: {do: call, succeeds: 0%}}}"},
     10.5 * 0.1 / 1.5 * 0.5 * 0.1,
     10.5 * 0.1 / 1.5 * 0.5 * 0.1,
     LOAD_OTHER},
    /* Told at any time of a day: that day's visit where it is before 12:30,
     * those of the next two days, and that of the third where it is past 12:00.
     */
    {"a concern of three days that adds a visit every day",
     {"concerns={c: {rate: 0.1/day, working: integrated, closes: 3 days, adds: "
      "{visit: every day}}}"},
     10.5 * 0.1 / 1.3 * (12.5 / 24 + 2 + 0.5) * 0.5,
     10.5 * 0.1 / 1.3 * (12.5 / 24 + 2 + 0.5) * 0.5,
     LOAD_OTHER},
    {"the same every second day: the first and the third",
     {"concerns={c: {rate: 0.1/day, working: integrated, closes: 3 days, adds: "
      "{visit: every 2 days}}}"},
     10.5 * 0.1 / 1.3 * (12.5 / 24 + 1) * 0.5,
     10.5 * 0.1 / 1.3 * (12.5 / 24 + 1) * 0.5,
     LOAD_OTHER},
    {"a day more for a meeting that decides, on any day",
     {"contacts.review={at: 09:00, window: 1 h, by: worker, lasts: 60 min, "
      "without_person: yes}",
      "plans.plan.review={do: review}"},
     11 * 0.5 + 1,
     11 * 0.5 + 1,
     0},
    /* Of seven who come one after the other one waits on Wednesday, two on
     * Thursday, and all on Tuesday. */
    {"on Tuesdays: four days more",
     {"contacts.review={at: 09:00, window: 1 h, by: worker, lasts: 60 min, "
      "without_person: yes}",
      "plans.plan.review={do: review, days: tue}"},
     (10 + (6 + 7 + 1 + 2 + 3) / 5.0) * 0.5 + 7 / 5.0,
     (10 + (4 + 5) / 2.0) * 0.5,
     0},
    {"with the person, who misses every second: two days more, two reviews",
     {"contacts.review={at: 09:00, window: 1 h, by: worker, lasts: 60 min}",
      "cohorts.people.attendance=50%", "plans.plan.review={do: review}"},
     12 * 0.5 + 2,
     12 * 0.5 + 2,
     0},
    {"twice as many in January, the only month",
     {"cohorts.people.referrals.months={jan: 2}"},
     10,
     10,
     0},
    /* The mean of 2^(day / 365) over 365 days from the start: 1 over 365 times
     * what a day adds, 2^(1/365) - 1. */
    {"twice as many from year to year: 1 / ln 2 times as many in the first",
     {"cohorts.people.referrals.growth=100%/year", "calendar.run_for=365 days"},
     5 * 1.441325611444,
     5 * 1.441325611444,
     0},
};

static void asks_for_hours(void **state)
{
    const struct hours_case *c = *state;
    struct model model;
    struct load load;

    assert_int_equal(make(&model, DAILY, c->setting, &load), SIM_OK);
    assert_near(load.role[0].day[LOAD_WEEKDAY].offered[c->work], c->weekday,
                1e-3);
    assert_near(load.role[0].day[LOAD_WEEKEND].offered[c->work], c->weekend,
                1e-3);
    release(&model, &load);
}

/* ---- the rota ---- */

struct rota_case {
    const char *name;
    const char *setting[SETTINGS];
    double weekday[2], weekend[2]; /* rostered, present */
};
static struct rota_case rota_cases[] = {
    {"eight hours every day", {NULL}, {8, 8}, {8, 8}},
    {"absence less the bank",
     {"staff.worker.absence={share: 10%, spells: 5 days}",
      "staff.worker.bank={covers: 50%, cost: 1/h}"},
     {8, 7.6},
     {8, 7.6}},
    {"less a break of half an hour",
     {"team_time={break: {shift: day, after: 4 h, lasts: 30 min}}"},
     {8, 7.5},
     {8, 7.5}},
    {"less supervision on Wednesdays, an hour a week",
     {"team_time={supervision: {role: worker, days: wed, at: 13:00, lasts: 60 "
      "min}}"},
     {8, 7.8},
     {8, 8}},
    {"less two minutes for each of 10.5 people",
     {"team_time={huddle: {shift: day, at: 09:00, lasts: 0 min, per_person: 2 "
      "min}}"},
     {8, 7.65},
     {8, 7.65}},
    {"Friday's night is Saturday's from midnight",
     {"rota.day.days=fri", "rota.day.hours=20:00-08:00"},
     {0.8, 0.8},
     {4, 4}},
    {"Sunday's night is Monday's",
     {"rota.day.days=sun", "rota.day.hours=20:10-08:10"},
     {49.0 / 6 / 5, 49.0 / 6 / 5},
     {23.0 / 6 / 2, 23.0 / 6 / 2}},
};

static void rosters(void **state)
{
    const struct rota_case *c = *state;
    struct model model;
    struct load load;

    assert_int_equal(make(&model, DAILY, c->setting, &load), SIM_OK);
    assert_near(load.role[0].day[LOAD_WEEKDAY].rostered, c->weekday[0], 1e-9);
    assert_near(load.role[0].day[LOAD_WEEKDAY].present, c->weekday[1], 1e-9);
    assert_near(load.role[0].day[LOAD_WEEKEND].rostered, c->weekend[0], 1e-9);
    assert_near(load.role[0].day[LOAD_WEEKEND].present, c->weekend[1], 1e-9);
    release(&model, &load);
}

/* ---- overloads by name ---- */

struct over_case {
    const char *name;
    const char *text;
    const char *setting[SETTINGS];
    const char *says; /* all of them, each on a line */
};
static struct over_case over_cases[] = {
    {"enough of everything", DAILY, {NULL}, ""},
    {"too few at weekends",
     DAILY,
     {"rota.day.days=weekdays",
      "rota.late={days: weekends, hours: 09:00-11:30, staff: {worker: 1}}"},
     "worker: on Saturdays and Sundays offered 2 times what is rostered less "
     "absence, 5 hours of work a day for 2.5\n"},
    {"nobody at weekends",
     DAILY,
     {"rota.day.days=weekdays"},
     "worker: nobody is rostered on Saturdays and Sundays, and 5 hours of work "
     "a day fall due then: it waits, or others do it\n"},
    {"too few on every day",
     DAILY,
     {"rota.day.hours=09:00-13:00"},
     "worker: on Mondays to Fridays offered 1.25 times what is rostered less "
     "absence, 5 hours of work a day for 4\nworker: on Saturdays and Sundays "
     "offered 1.25 times what is rostered less absence, 5 hours of work a day "
     "for 4\n"},
    {"too few places",
     QUEUE,
     {"levels.home.stay=3 days", "levels.home.places=2"},
     "home is offered 1.5 times its places: 3 people for 2 places, so its "
     "waiting list grows\n"},
    {"too few places, and people who give up",
     QUEUE,
     {"levels.home.stay=3 days", "levels.home.places=2",
      "levels.home.gives_up={after: 3 days, to: leave}"},
     "home is offered 1.5 times its places: 3 people for 2 places, so people "
     "wait until they give up\n"},
    {"too few places, and people who are sent on",
     QUEUE,
     {"levels.home.stay=3 days", "levels.home.places=2",
      "levels.home.when_full={divert to: leave}"},
     ""},
    {"one place too few",
     QUEUE,
     {"levels.home.stay=3 days", "levels.home.places=1"},
     "home is offered 3 times its places: 3 people for 1 place, so its waiting "
     "list grows\n"},
};

static void names_overloads(void **state)
{
    const struct over_case *c = *state;
    struct text all = {0};
    struct model model;
    struct load load;

    assert_int_equal(make(&model, c->text, c->setting, &load), SIM_OK);
    for (uint32_t i = 0; i < load.overload; i++) {
        load_words_overload(&load, i, &all);
        text_add(&all, "\n");
    }
    assert_string_equal(all.bytes ? all.bytes : "", c->says);
    text_clear(&all);
    release(&model, &load);
}

struct formula_case {
    const char *name;
    const char *text;
    const char *setting[SETTINGS];
    const char *says;
};
static struct formula_case formula_cases[] = {
    {"Erlang, and nothing to differ",
     QUEUE,
     {"levels.home.stay=3 days"},
     "home: by Erlang's formula (M/G/c) 24 in 100 wait for a place, 0.18 days "
     "on average over all. The simulation should say the same."},
    {"Erlang, and referrals in hours",
     QUEUE,
     {"levels.home.stay=3 days", "cohorts.people.referrals.hours=09:00-17:00"},
     "home: by Erlang's formula (M/G/c) 24 in 100 wait for a place, 0.18 days "
     "on average over all. The simulation may differ, because referrals keep "
     "to days or hours."},
    {"too many for any formula",
     QUEUE,
     {"levels.home.places=2"},
     "home: no textbook formula fits, because more is offered than there are "
     "places."},
    {"who finds no place is sent on",
     QUEUE,
     {"levels.home.stay=3 days", "levels.home.when_full={divert to: leave}"},
     "home: 11 in 100 find no place and are sent on, by Erlang's formula "
     "(M/G/c/c). The simulation should say the same."},
    {"who waits gives up at random",
     QUEUE,
     {"levels.home.stay=3 days",
      "levels.home.gives_up={after: exponential(mean 3 days), to: leave}"},
     "home: by Erlang's formula for people who give up (M/M/c+M) 18 in 100 "
     "wait for a place and 4.5 give up; 0.13 days on average over all. The "
     "simulation may differ, because stays are not exponential."},
    {"who waits gives up otherwise",
     QUEUE,
     {"levels.home.gives_up={after: 3 days, to: leave}"},
     "home: no textbook formula fits, because people give up waiting."},
    {"not everyone is let in",
     QUEUE,
     {"levels.home.stay=3 days", "levels.home.accepts_if=no_alert"},
     "home: by Erlang's formula (M/G/c) 24 in 100 wait for a place, 0.18 days "
     "on average over all. The simulation may differ, because not everyone is "
     "let in at once."},
    {"no limit: Poisson of mean 10.5, at most 16 on 95 of 100 days",
     DAILY,
     {NULL},
     "home: without a limit the number of people is Poisson (M/G/infinity): at "
     "most 16 on 95 days in 100. The simulation should say the same."},
};

static void names_a_formula(void **state)
{
    const struct formula_case *c = *state;
    struct text line = {0};
    struct model model;
    struct load load;

    assert_int_equal(make(&model, c->text, c->setting, &load), SIM_OK);
    load_words_formula(&load, 0, &line);
    assert_string_equal(line.bytes, c->says);
    text_clear(&line);
    release(&model, &load);
}

int main(void)
{
    int failed = 0;

    failed += run_table("hours", asks_for_hours, hours_cases);
    failed += run_table("rota", rosters, rota_cases);
    failed += run_table("overload", names_overloads, over_cases);
    failed += run_table("formula", names_a_formula, formula_cases);
    return failed;
}
