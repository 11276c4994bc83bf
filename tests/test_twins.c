/*
 * The common contact takes short ways through the program: one option, one
 * worker, beginning to wait and closing with others that are alike
 * (models/waiting.c: begin_alike, not_delivered_straight; sim/queue_impl.h:
 * sim_queue_start_single), ending on the straight way (models/service.c:
 * end_straight). Its twin has a second option, of somebody who is never there,
 * and takes the general ways, each contact with a moment of its own. Both must
 * give the same record, to the last bit.
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

struct twin_case {
    const char *name;
    const char *plain, *twin; /* the kind of contact */
    bool differ;              /* the control: they are no twins */
    const char *also;         /* what both have besides, or NULL */
};
static struct twin_case twin_cases[] = {
    {"a contact of constant length", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false, NULL},
    {"staff set off before, and write notes",
     VISIT PLAIN "travel: 20 min, lasts: 45 min, notes: 10 min}",
     VISIT TWIN "travel: 20 min, lasts: 45 min, notes: 10 min}", false, NULL},
    {"all its times are drawn",
     VISIT PLAIN "travel: exponential(mean 20 min), lasts: exponential(mean "
                 "30 min), notes: exponential(mean 10 min)}",
     VISIT TWIN "travel: exponential(mean 20 min), lasts: exponential(mean "
                "30 min), notes: exponential(mean 10 min)}",
     false, NULL},
    {"a hundred people are due at one moment", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.referrals={rate: 4/day}"},
    {"a hundred are due, and staff are late at the door",
     VISIT PLAIN "travel: 20 min, lasts: 15 min}",
     VISIT TWIN "travel: 20 min, lasts: 15 min}", false,
     "cohorts.people.referrals={rate: 4/day}"},
    {"what a missed contact brings about comes before the next",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.not delivered={start again: {then: {restart plan: yes}}}"},
    {"those who wait close at different moments",
     "contacts.visit={mode: visit, at: preferred, window: 3 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: preferred, window: 3 h, " TWIN
     "lasts: 45 min}",
     false, "cohorts.people.prefers={16:00: 30%, 17:30: 30%, 18:00: 40%}"},
    {"the earliest deadline goes first", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false, "order=deadline"},
    {"who was not reached is visited again by a response",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.not delivered={call: {do: visit, succeeds: 50%}}"},
    {"two contacts of one person fall due at one time",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "plans.taper.steps.daily.contacts={visit: twice a day}"},
    {"staff go from a contact to a break",
     VISIT PLAIN "lasts: 45 min, notes: 5 min, if_not_there: 15 min}",
     VISIT TWIN "lasts: 45 min, notes: 5 min, if_not_there: 15 min}", false,
     "team_time.break={role: worker, at: 19:00, lasts: 20 min, floating: yes}"},
    {"control: a minute longer is another contact",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 46 min}", true, NULL},
};

static void run(struct model *model, const char *visit, const char *also)
{
    const char *setting[] = {SPARE, visit, also};
    size_t count = LENGTH(setting) - (also == NULL);

    model_run(model, "scenarios/reference.yaml", setting, count, 10, 1);
}

static void twins_give_the_same_record(void **state)
{
    const struct twin_case *c = *state;
    struct model plain, twin;
    size_t size;

    run(&plain, c->plain, c->also);
    run(&twin, c->twin, c->also);
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
