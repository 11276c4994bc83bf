/*
 * Twins as in tests/test_twins.c, of scenarios put together at random: contacts
 * of any hour and length, staff who come and go while they are under way, and
 * what else may happen to people and to staff meanwhile. Whatever breaks a
 * round up, or keeps contacts from being one (models/round_impl.h), the record
 * is that of the general way, to the last bit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_rng.h>

#include "tests/model.h"
#include "tests/support.h"

#define SCENARIOS 150
#define REPLICATIONS 3
#define TEXT_MOST 200

/* So many in a hundred scenarios have one of these; no text: the rest. */
#define TEXTS 6
struct choice {
    unsigned percent;
    const char *text[TEXTS];
};
static const struct choice choices[] = {
    {100, {"calendar.run_for=30 days", "calendar.run_for=60 days"}},
    {20, {"calendar.run_on=7 days"}},
    {100,
     {"cohorts.people.referrals={rate: 0.5/day}",
      "cohorts.people.referrals={rate: 2/day}",
      "cohorts.people.referrals={rate: 6/day}"}},
    {70,
     {"rota.weekdays={hours: 08:00-20:15, staff: {worker: 3}}",
      "rota.weekdays={hours: 14:30-02:45, staff: {worker: 2}}",
      "rota.weekdays={hours: 06:45-17:00, staff: {worker: 6}}",
      "rota.weekdays={hours: 12:00-18:45, staff: {worker: 1}}",
      "rota.weekdays={hours: 20:00-06:00, staff: {worker: 4}}",
      "rota.weekdays={hours: 08:00-24:00, staff: {worker: 3}, minimum: 3, "
      "below: phone only}"}},
    {50,
     {"rota.weekends={hours: 06:00-16:30, staff: {worker: 2}}",
      "rota.weekends={hours: 17:30-23:15, staff: {worker: 4}}"}},
    {40,
     {"rota.more={days: every day, hours: 16:00-18:30, staff: {worker: 2}, "
      "overrun: 0 min, breaks: no}",
      "rota.more={days: every day, hours: 18:45-23:45, staff: {worker: 1}, "
      "overrun: 1 h, breaks: no}"}},
    {20,
     {"staff.worker={cost: 20/h, headroom: 0%, overtime: 150%, absence: "
      "{share: 20%, spells: 2 days}, bank: {covers: 50%, cost: 30/h}}"}},
    {15,
     {"team_time.break={role: worker, at: 18:30, lasts: 20 min, floating: "
      "yes}"}},
    {30,
     {"plans.taper.steps.daily.contacts={visit: twice a day}",
      "plans.taper.steps.daily.contacts={visit: every day weekends to monday}",
      "plans.taper.steps.daily.contacts={visit: every 3 days}",
      "plans.taper.steps.alternate days.contacts={visit: mon wed fri}"}},
    {35,
     {"plans.taper.steps.daily.contacts.call=every day",
      "plans.taper.steps.alternate days.contacts.call=every 2 days",
      "plans.taper.steps.twice weekly.contacts.call=3 per week"}},
    {20,
     {"plans.taper={advance_if: {contacts_done: 70%}, otherwise: repeat, "
      "repeats: {most: 3, each: 2 days}}",
      "plans.taper.starts=same day"}},
    {30,
     {"conditions.course.changes.warning to crisis=0.5/day",
      "conditions.course.changes.warning to crisis=3/day"}},
    {30,
     {"conditions.course.changes.stable to warning=0.3/day",
      "conditions.course.changes.stable to warning=3/day"}},
    {20, {"responses.crisis.one_of.leaves.then={settle: 50%, leave: null}"}},
    {30,
     {"responses.not delivered={again: {do: visit, succeeds: 50%}}",
      "responses.not delivered={again: {after: 2 h, do: visit, succeeds: 50%}}",
      "responses.not delivered={again: {then: {restart plan: yes}}}"}},
    {30,
     {"responses.not attended={again: {after: 30 min, do: visit, succeeds: "
      "50%, then: {step back: yes}}}",
      "responses.not attended={again: {do: visit, within: 4 h, succeeds: 50%, "
      "then: {settle: 50%}}}"}},
    {25,
     {"cohorts.people.disengages={rate: 0.2/day}",
      "cohorts.people.disengages={after_missed: 2, chance: 60%}"}},
    {20,
     {"cohorts.people.attendance={stable: 95%, warning: 50%, crisis: 20%}"}},
    {20, {"levels.support={places: 20}"}},
    {20,
     {"levels.support={handover: {needs: {worker: 1}, lasts: 30 min, within: "
      "12 h}}"}},
    {15, {"order=deadline"}},
};

/* What both kinds of contact may be. */
static const struct choice hours = {
    100, {"13:00", "17:15", "18:00", "22:00", "23:30", "preferred"}};
static const struct choice windows = {100,
                                      {"30 min", "1 h", "2 h", "4 h", "8 h"}};
static const struct choice lengths = {
    100,
    {"lasts: 45 min", "lasts: 60 min, if_not_there: 0 min",
     "lasts: 90 min, if_not_there: 15 min",
     "lasts: 5 min, if_not_there: 20 min",
     "lasts: 20 min, if_not_there: exponential(mean 10 min)",
     "lasts: 30 min, notes: 10 min"}};

static const char *pick(gsl_rng *rng, const struct choice *choice)
{
    unsigned long count = 0;

    while (count < TEXTS && choice->text[count])
        count++;
    return choice->text[gsl_rng_uniform_int(rng, count)];
}

/* A kind of contact, for the twins: by a worker, and by one or else by somebody
 * who is never there. */
struct twin_text {
    char plain[TEXT_MOST], twin[TEXT_MOST];
};

static struct twin_text any_contact(gsl_rng *rng, const char *kind)
{
    const char *hour = pick(rng, &hours);
    const char *window = pick(rng, &windows);
    const char *length = pick(rng, &lengths);
    struct twin_text text;

    snprintf(text.plain, sizeof text.plain,
             "contacts.%s={mode: phone, at: %s, window: %s, by: worker, %s}",
             kind, hour, window, length);
    snprintf(text.twin, sizeof text.twin,
             "contacts.%s={mode: phone, at: %s, window: %s, by: [worker, "
             "{role: spare, after: 10 min}], %s}",
             kind, hour, window, length);
    return text;
}

/* Two settings are the contacts', one is what people prefer, two are of whoever
 * is never there. */
#define OWN 5
struct settings {
    const char *text[OWN + LENGTH(choices)];
    size_t count;
};

static struct settings any_settings(gsl_rng *rng)
{
    struct settings all = {.count = OWN};

    all.text[2] = "staff.spare={}";
    all.text[3] = "rota.night={days: holidays, hours: 02:00-03:00, staff: "
                  "{spare: 1}, breaks: no}";
    all.text[4] = "cohorts.people.prefers={16:00: 30%, 17:30: 30%, 18:00: 40%}";
    for (size_t i = 0; i < LENGTH(choices); i++) {
        const char *text = pick(rng, &choices[i]);

        if (gsl_rng_uniform_int(rng, 100) < choices[i].percent)
            all.text[all.count++] = text;
    }
    return all;
}

static void run(struct model *model, struct settings *all, const char *visit,
                const char *call)
{
    all->text[0] = visit;
    all->text[1] = call;
    model_run(model, "scenarios/reference.yaml", all->text, all->count,
              REPLICATIONS, 1);
}

/* Returns how many contacts there were. */
static double compare_twins(gsl_rng *rng)
{
    struct twin_text visit = any_contact(rng, "visit");
    struct twin_text call = any_contact(rng, "call");
    struct settings all = any_settings(rng);
    struct model plain, twin;
    double due;

    run(&plain, &all, visit.plain, call.plain);
    run(&twin, &all, visit.twin, call.twin);
    if (memcmp(plain.record, twin.record,
               REPLICATIONS * plain.layout.length * sizeof *plain.record) !=
        0) {
        for (size_t i = 0; i < all.count; i++)
            print_error("%s\n", all.text[i]);
        fail_msg("the twins of these settings differ");
    }
    due = model_total(&plain, COUNT_DUE);
    model_clear(&plain);
    model_clear(&twin);
    return due;
}

static void twins_of_any_scenario_are_alike(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double due = 0;

    (void)state;
    assert_non_null(rng);
    gsl_rng_set(rng, 5);
    for (int i = 0; i < SCENARIOS; i++)
        due += compare_twins(rng);
    assert_true(due > 100000); /* 200 a replication at least */
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_of_any_scenario_are_alike),
    };

    return cmocka_run_group_tests_name("random twins", tests, NULL, NULL);
}
