/*
 * The common contact takes short ways through the program: one option, one
 * worker, beginning to wait and closing with others that are alike
 * (models/waiting.c: begin_alike, not_delivered_straight; models/service.c:
 * end_straight; sim/queue_impl.h: sim_queue_start_single). Its twin has a
 * second option, of somebody who is never there, and takes the general ways,
 * each contact with a moment of its own; or it differs in nothing, but somebody
 * who is at no contact has team time, and then all contacts end on the general
 * way. Both must give the same record, to the last bit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/model.h"
#include "tests/table.h"

#define SPARE                                                                  \
    "staff.spare={}",                                                          \
        "rota.night={days: every day, hours: 02:00-03:00, staff: {spare: 1}}"
#define VISIT "contacts.visit={mode: visit, at: 18:00, window: 2 h, "
#define PLAIN "by: worker, "
#define TWIN "by: [worker, {role: spare, after: 1 h}], "

/* For the spare worker, who is counted in no contact. What is counted of it is
 * in the record, so it lasts no time. */
#define GENERAL "team_time.talk={role: spare, at: 02:30, lasts: 0 min}"

struct twin_case {
    const char *name;
    const char *plain, *twin; /* the kind of contact */
    bool differ;              /* the control: they are no twins */
    const char *also;         /* what both have besides, or NULL */
    const char *twin_also;    /* what only the twin has, or NULL */
};
static struct twin_case twin_cases[] = {
    {"a contact of constant length", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false, NULL, NULL},
    {"staff set off before, and write notes",
     VISIT PLAIN "travel: 20 min, lasts: 45 min, notes: 10 min}",
     VISIT TWIN "travel: 20 min, lasts: 45 min, notes: 10 min}", false, NULL,
     NULL},
    {"all its times are drawn",
     VISIT PLAIN "travel: exponential(mean 20 min), lasts: exponential(mean "
                 "30 min), notes: exponential(mean 10 min)}",
     VISIT TWIN "travel: exponential(mean 20 min), lasts: exponential(mean "
                "30 min), notes: exponential(mean 10 min)}",
     false, NULL, NULL},
    {"a hundred people are due at one moment", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.referrals={rate: 4/day}", NULL},
    {"a hundred are due, and staff are late at the door",
     VISIT PLAIN "travel: 20 min, lasts: 15 min}",
     VISIT TWIN "travel: 20 min, lasts: 15 min}", false,
     "cohorts.people.referrals={rate: 4/day}", NULL},
    {"what a missed contact brings about comes before the next",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.not delivered={start again: {then: {restart plan: yes}}}",
     NULL},
    {"those who wait close at different moments",
     "contacts.visit={mode: visit, at: preferred, window: 3 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: preferred, window: 3 h, " TWIN
     "lasts: 45 min}",
     false, "cohorts.people.prefers={16:00: 30%, 17:30: 30%, 18:00: 40%}",
     NULL},
    {"the earliest deadline goes first", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false, "order=deadline", NULL},
    {"contacts end on the straight way, or on the general",
     VISIT PLAIN "lasts: 45 min}", VISIT PLAIN "lasts: 45 min}", false, NULL,
     GENERAL},
    {"the same with travel and notes",
     VISIT PLAIN "travel: 20 min, lasts: 45 min, notes: 10 min}",
     VISIT PLAIN "travel: 20 min, lasts: 45 min, notes: 10 min}", false, NULL,
     GENERAL},
    {"the same with many due, and disengagement", VISIT PLAIN "lasts: 15 min}",
     VISIT PLAIN "lasts: 15 min}", false,
     "cohorts.people={referrals: {rate: 3/day}, enters: support, condition: "
     "course, attendance: 60%, disengages: {after_missed: 2, chance: 40%}}",
     GENERAL},
    {"the same where missed contacts have a response",
     VISIT PLAIN "lasts: 45 min}", VISIT PLAIN "lasts: 45 min}", false,
     "responses.not attended={call: {do: visit, within: 4 h, then: {step back: "
     "yes}}}",
     GENERAL},
    {"the same, the response to who was not reached",
     VISIT PLAIN "lasts: 45 min}", VISIT PLAIN "lasts: 45 min}", false,
     "responses.not delivered={call: {do: visit, succeeds: 50%}}", GENERAL},
    {"the same with two contacts of one person at one time",
     VISIT PLAIN "lasts: 45 min}", VISIT PLAIN "lasts: 45 min}", false,
     "plans.taper.steps.daily.contacts={visit: twice a day}", GENERAL},
    {"control: a minute longer is another contact",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 46 min}", true, NULL,
     NULL},
};

static void run(struct model *model, const char *visit, const char *also,
                const char *twin_also)
{
    const char *setting[] = {SPARE, visit, NULL, NULL};
    size_t count = LENGTH(setting) - 2;

    if (also)
        setting[count++] = also;
    if (twin_also)
        setting[count++] = twin_also;
    model_run(model, "scenarios/reference.yaml", setting, count, 10, 1);
}

static void twins_give_the_same_record(void **state)
{
    const struct twin_case *c = *state;
    struct model plain, twin;
    size_t size;

    run(&plain, c->plain, c->also, NULL);
    run(&twin, c->twin, c->also, c->twin_also);
    assert_int_equal(plain.layout.length, twin.layout.length);
    size = plain.count * plain.layout.length * sizeof *plain.record;
    assert_true(model_total(&plain, COUNT_DUE) > 10000);
    assert_int_equal(memcmp(plain.record, twin.record, size) != 0, c->differ);
    model_clear(&plain);
    model_clear(&twin);
}

int main(void)
{
    return run_table("twins", twins_give_the_same_record, twin_cases);
}
