/*
 * The common contact takes short ways through the program: it goes in a round
 * with others (models/rounds.c) until something else breaks that up; and where
 * it is a task it has one option, one worker, begins to wait and closes with
 * others that are alike (models/waiting.c: waiting_put, not_delivered_straight;
 * sim/queue_impl.h: sim_queue_start_single), and ends on the straight way
 * (models/service_impl.h: end_straight). Its twin has a second option, of
 * somebody who is never there, and takes the general ways, each contact with a
 * moment of its own. Both must give the same record, to the last bit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/model.h"
#include "tests/table.h"

/* On duty on holidays, of which there are none: so nothing that waits into the
 * night is done by them either. */
#define SPARE                                                                  \
    "staff.spare={}",                                                          \
        "rota.night={days: holidays, hours: 02:00-03:00, staff: {spare: 1}}"
#define VISIT "contacts.visit={mode: visit, at: 18:00, window: 2 h, "
#define PLAIN "by: worker, "
#define TWIN "by: [worker, {role: spare, after: 1 h}], "

struct twin_case {
    const char *name;
    const char *plain, *twin; /* the kind of contact */
    bool differ;              /* the control: they are no twins */
    const char *also;         /* what both have besides, or NULL */
    const char *more;         /* and this, or NULL */
};
static struct twin_case twin_cases[] = {
    {"a contact of constant length", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false, NULL, NULL},
    {"staff set off before, and write notes",
     VISIT PLAIN "travel: 20 min, lasts: 45 min, notes: 10 min}",
     VISIT TWIN "travel: 20 min, lasts: 45 min, notes: 10 min}", false, NULL,
     NULL},
    {"staff set off before, and write nothing",
     VISIT PLAIN "travel: 20 min, lasts: 45 min}",
     VISIT TWIN "travel: 20 min, lasts: 45 min}", false, NULL, NULL},
    {"contacts may be met until after midnight, when steps end",
     "contacts.visit={mode: visit, at: 21:00, window: 4 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: 21:00, window: 4 h, " TWIN
     "lasts: 45 min}",
     false, "rota.weekdays.hours=14:00-24:00",
     "rota.weekends.hours=14:00-24:00"},
    {"on which days they fall due depends on the date",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "plans.taper.steps.daily.contacts={visit: every day weekends to monday}",
     NULL},
    {"a second kind falls due at the same moment", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "contacts.call={mode: phone, at: 18:00, window: 2 h, by: worker, "
     "lasts: 10 min}",
     "plans.taper.steps.daily.contacts={visit: every day, call: every 2 days}"},
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
    {"the second of a day closes when others of other people do",
     "contacts.visit={mode: visit, at: preferred, window: 4 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: preferred, window: 4 h, " TWIN
     "lasts: 45 min}",
     false, "cohorts.people.prefers={16:00: 30%, 17:30: 30%, 18:00: 40%}",
     "plans.taper.steps.daily.contacts={visit: twice a day}"},
    {"the earliest deadline goes first", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false, "order=deadline", NULL},
    {"who was not reached is visited again by a response",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.not delivered={call: {do: visit, succeeds: 50%}}", NULL},
    {"two contacts of one person fall due at one time",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "plans.taper.steps.daily.contacts={visit: twice a day}", NULL},
    {"staff go from a contact to a break",
     VISIT PLAIN "lasts: 45 min, notes: 5 min, if_not_there: 15 min}",
     VISIT TWIN "lasts: 45 min, notes: 5 min, if_not_there: 15 min}", false,
     "team_time.break={role: worker, at: 19:00, lasts: 20 min, floating: yes}",
     NULL},
    {"two whose lengths are drawn fall due at one time",
     VISIT PLAIN "lasts: exponential(mean 30 min)}",
     VISIT TWIN "lasts: exponential(mean 30 min)}", false,
     "contacts.call={mode: phone, at: 18:00, window: 2 h, by: worker, lasts: "
     "exponential(mean 20 min)}",
     "plans.taper.steps.daily.contacts={visit: every day, call: every day}"},
    {"two that would already be due fall due as people come",
     "contacts.visit={mode: visit, at: 08:00, window: 14 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: 08:00, window: 14 h, " TWIN
     "lasts: 45 min}",
     false,
     "contacts.call={mode: phone, at: 09:00, window: 13 h, by: worker, "
     "lasts: 10 min}",
     "plans.taper={starts: same day, steps: {daily: {contacts: {call: every "
     "day}}}}"},
    {"some disengage, two of them at one moment", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.disengages={after_missed: 2, chance: 50%}", NULL},
    {"who has disengaged is visited by a response",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.disengages={after_missed: 2, chance: 50%}",
     "responses.disengaged={call: {after: 2 days, do: visit, succeeds: 50%}}"},
    {"who was not there is visited again at once", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "responses.not attended={call: {do: visit, succeeds: 50%}}", NULL},
    {"or is so within a day, or late", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "responses.not attended={call: {do: visit, within: 24 h, succeeds: 50%}}",
     NULL},
    {"a visit by a response puts the plan back", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "responses.not attended={call: {do: visit, succeeds: 50%, "
     "then: {step back: yes}}}",
     NULL},
    {"a response's visit closes when the next of the plan does",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.not delivered={call: {after: 22 h, do: visit, succeeds: 50%}}",
     "cohorts.people.referrals={rate: 2/day}"},
    {"and others are under way then", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "responses={not delivered: {call: {after: 22 h, do: visit, succeeds: "
     "50%}}, not attended: {call: {do: visit, succeeds: 50%}}}",
     "cohorts.people.referrals={rate: 2/day}"},
    {"staff go on to who was not reached, some of them at once",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.not delivered={call: {do: visit, succeeds: 50%}}",
     "cohorts.people.referrals={rate: 2/day}"},
    {"a step ends at midnight by how many were completed in it",
     "contacts.visit={mode: visit, at: 22:00, window: 4 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: 22:00, window: 4 h, " TWIN
     "lasts: 45 min}",
     false,
     "rota={all: {days: every day, hours: 21:00-03:00, staff: {worker: 1}, "
     "breaks: no}, night: {days: holidays, hours: 02:00-03:00, staff: {spare: "
     "1}}}",
     "plans.taper={advance_if: {contacts_done: 70%}, otherwise: repeat, "
     "repeats: {most: 6, each: 1 day}}"},
    {"a shift ends and another begins as contacts end",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "rota={all: {days: every day, hours: 14:00-18:45, staff: {worker: 3}, "
     "breaks: no}, late: {days: every day, hours: 18:45-22:00, staff: {worker: "
     "2}, breaks: no}, night: {days: holidays, hours: 02:00-03:00, staff: "
     "{spare: 1}}}",
     NULL},
    {"staff write notes where they are",
     VISIT PLAIN "lasts: 45 min, notes: 10 min}",
     VISIT TWIN "lasts: 45 min, notes: 10 min}", false, NULL, NULL},
    {"how long staff wait for who is not there varies",
     VISIT PLAIN "lasts: 45 min, if_not_there: exponential(mean 10 min)}",
     VISIT TWIN "lasts: 45 min, if_not_there: exponential(mean 10 min)}", false,
     NULL, NULL},
    {"staff have a break between them", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "team_time.break={role: worker, at: 18:30, lasts: 20 min, floating: yes}",
     NULL},
    {"of a shift with too few some may only phone",
     "contacts.visit={mode: phone, at: 18:00, window: 2 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: phone, at: 18:00, window: 2 h, " TWIN
     "lasts: 45 min}",
     false, "rota.weekdays={minimum: 3, below: phone only}",
     "staff.worker={cost: 0/h, headroom: 0%, absence: {share: 20%, "
     "spells: 2 days}}"},
    {"another kind falls due while staff go from one to the next",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "contacts.call={mode: phone, at: 18:50, window: 2 h, by: worker, "
     "lasts: 10 min}",
     "plans.taper.steps.alternate days.contacts={visit: every 2 days, call: "
     "every day}"},
    {"many have a crisis while they wait, or while staff are there",
     "contacts.visit={mode: visit, at: 14:00, window: 8 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: 14:00, window: 8 h, " TWIN
     "lasts: 45 min}",
     false, "cohorts.people.referrals={rate: 4/day}",
     "conditions.course.changes.warning to crisis=0.5/day"},
    {"and go on being there", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "responses.crisis.one_of.leaves.then={settle: 50%, leave: null}",
     "conditions.course.changes.warning to crisis=1/day"},
    {"some disengage by themselves while they wait",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.disengages={rate: 0.3/day}",
     "cohorts.people.referrals={rate: 4/day}"},
    {"more staff than a word has bits", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.referrals={rate: 20/day}",
     "rota={all: {days: every day, hours: 14:00-22:00, staff: {worker: 70}, "
     "breaks: no}, night: {days: holidays, hours: 02:00-03:00, staff: {spare: "
     "1}}}"},
    {"shifts end and begin while they are under way",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "rota.weekdays.hours=14:00-18:30", "rota.weekends.hours=14:00-19:20"},
    {"and staff stay beyond their end", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "rota={all: {days: every day, hours: 14:00-18:30, staff: {worker: 3}, "
     "overrun: 40 min, breaks: no}, late: {days: every day, hours: "
     "18:20-22:00, staff: {worker: 1}, breaks: no}, night: {days: holidays, "
     "hours: 02:00-03:00, staff: {spare: 1}}}",
     "staff.worker={cost: 20/h, overtime: 150%, headroom: 0%}"},
    {"the run ends while staff are there",
     "contacts.visit={mode: visit, at: 22:30, window: 1 h, " PLAIN
     "lasts: 45 min}",
     "contacts.visit={mode: visit, at: 22:30, window: 1 h, " TWIN
     "lasts: 45 min}",
     false, "rota.weekdays.hours=14:00-24:00",
     "rota.weekends.hours=14:00-24:00"},
    {"a contact takes no time where nobody is there",
     VISIT PLAIN "lasts: 20 min, if_not_there: 0 min}",
     VISIT TWIN "lasts: 20 min, if_not_there: 0 min}", false,
     "cohorts.people.attendance=50%", NULL},
    {"attendance depends on the state", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "cohorts.people.attendance={stable: 95%, warning: 40%, crisis: 20%}",
     NULL},
    {"an alert is in force until one shows that the person is well again",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "responses.review.settle and restart.after=5 days", NULL},
    {"they protect people for a while", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "conditions.course.after_contact={times: 0.3, half_gone_after: 2 days}",
     NULL},
    {"whose shift ends first may stay the longest",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 45 min}", false,
     "rota.weekdays={hours: 12:00-20:00, overrun: 0 min, staff: {worker: 2}}",
     "rota.more={days: every day, hours: 12:00-19:45, overrun: 1 h, "
     "staff: {worker: 2}, breaks: no}"},
    {"a target counts them", VISIT PLAIN "lasts: 45 min}",
     VISIT TWIN "lasts: 45 min}", false,
     "targets={weekends: {measure: contacts_not_delivered, at_most: 40%, in: "
     "9 of 10 weekends}, soon: {measure: start_delay_minutes, at_most: 50 min, "
     "in: 9 of 10 days}}",
     NULL},
    {"control: a minute longer is another contact",
     VISIT PLAIN "lasts: 45 min}", VISIT TWIN "lasts: 46 min}", true, NULL,
     NULL},
};

static void run(struct model *model, const struct twin_case *c,
                const char *visit)
{
    const char *setting[] = {SPARE, visit, c->also, c->more};
    size_t count =
        LENGTH(setting) - (size_t)((c->also == NULL) + (c->more == NULL));

    model_run(model, "scenarios/reference.yaml", setting, count, 10, 1);
}

static void twins_give_the_same_record(void **state)
{
    const struct twin_case *c = *state;
    struct model plain, twin;
    size_t size;

    run(&plain, c, c->plain);
    run(&twin, c, c->twin);
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
