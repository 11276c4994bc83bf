/*
 * Plans: steps, their planned contacts, and the decision at the end of each.
 *
 * A person runs through a step in segments: the whole step first, then, each
 * time it is repeated, its last `each` days again. Positions are days of the
 * step, so a segment maps civil days to positions. Decisions take place at
 * 00:00 of the day after a segment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/world_impl.h"

static const struct plan *plan_of(const struct world *world,
                                  const struct person *person)
{
    return &world->scenario->plan[person->plan];
}

static const struct step *step_of(const struct world *world,
                                  const struct person *person)
{
    return &plan_of(world, person)->step[person->step];
}

/* ---- when contacts fall due ---- */

static sim_ms due_of(const struct world *world, const struct planned *planned,
                     int32_t day)
{
    sim_ms at = planned->schedule.at >= 0
                    ? planned->schedule.at
                    : world->scenario->kind[planned->kind].at;

    return (sim_ms)day * SIM_DAY + at;
}

/* The first contact of line `i` on or after `day`, the `nth` of that day. */
static void find_upcoming(struct world *world, struct person *person,
                          uint32_t i, int32_t day, uint32_t nth)
{
    const struct step *step = step_of(world, person);
    const struct planned *planned = &step->planned[i];
    struct upcoming *next = &person_upcoming(world, person)[i];

    for (; day < person->segment_end; day++, nth = 0) {
        uint32_t count = schedule_count(
            &planned->schedule, &world->scenario->civil, day,
            person->segment_position + (day - person->segment_day),
            person->segment_position, step->days);
        if (nth >= count)
            continue;
        next->day = day;
        next->nth = nth;
        next->due = due_of(world, planned, day);
        next->until = next->due + world->scenario->kind[planned->kind].window;
        next->lead = contacts_lead(world, person, planned->kind, day, nth);
        return;
    }
    next->due = SIM_NEVER;
}

/* Set the clock to the first moment at which staff may set off. */
static void set_due_clock(struct world *world, struct person *person)
{
    const struct step *step = step_of(world, person);
    const struct upcoming *next = person_upcoming(world, person);
    sim_ms least = SIM_NEVER;

    for (uint32_t i = 0; i < step->planned_count; i++)
        if (next[i].due != SIM_NEVER && next[i].due - next[i].lead < least)
            least = next[i].due - next[i].lead;
    clock_set(world, person, CLOCK_DUE, least, PHASE_EVENTS);
}

/* Plan the contacts of the segment from `day` on; those whose window has
 * closed already are dropped. */
static void schedule_from(struct world *world, struct person *person,
                          int32_t day)
{
    const struct step *step = step_of(world, person);
    struct upcoming *next = person_upcoming(world, person);

    if (person->disengaged) {
        clock_clear(world, person, CLOCK_DUE);
        return;
    }
    for (uint32_t i = 0; i < step->planned_count; i++) {
        find_upcoming(world, person, i, day, 0);
        while (next[i].due != SIM_NEVER && next[i].until < world->now)
            find_upcoming(world, person, i, next[i].day, next[i].nth + 1);
    }
    set_due_clock(world, person);
}

void plans_contact_due(struct world *world, struct person *person)
{
    const struct step *step = step_of(world, person);
    struct upcoming *next = person_upcoming(world, person);

    for (uint32_t i = 0; i < step->planned_count; i++) {
        struct upcoming now = next[i];
        if (now.due == SIM_NEVER || now.due - now.lead > world->now)
            continue;
        contacts_plan(world, person, &step->planned[i], &now);
        find_upcoming(world, person, i, now.day, now.nth + 1);
    }
    set_due_clock(world, person);
}

/* ---- steps ---- */

static void begin_segment(struct world *world, struct person *person,
                          int32_t day, int32_t position)
{
    person->segment_day = day;
    person->segment_position = position;
    person->segment_end = day + (step_of(world, person)->days - position);
    clock_set(world, person, CLOCK_STEP, (sim_ms)person->segment_end * SIM_DAY,
              PHASE_EVENTS);
    schedule_from(world, person, day);
}

static void begin_step(struct world *world, struct person *person,
                       uint32_t step, int32_t day)
{
    person->step = step;
    person->repeats = 0;
    person->step_entries++;
    person->step_ended = person->step_done = 0;
    person->repeat_next = false;
    person->decided = DECIDE_NOTHING;
    begin_segment(world, person, day, 0);
}

/* How many contacts with the person the plan intends over its whole length if
 * it begins on `day`: every step once. */
static uint32_t intended(const struct world *world, const struct plan *plan,
                         int32_t day)
{
    uint32_t sum = 0;

    for (uint32_t k = 0; k < plan->step_count; k++) {
        const struct step *step = &plan->step[k];
        for (uint32_t i = 0; i < step->planned_count; i++) {
            const struct planned *planned = &step->planned[i];
            if (world->scenario->kind[planned->kind].without_person)
                continue;
            for (int32_t d = 0; d < step->days; d++)
                sum +=
                    schedule_count(&planned->schedule, &world->scenario->civil,
                                   day + d, d, 0, step->days);
        }
        day += step->days;
    }
    return sum;
}

void plans_begin(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    const struct plan *plan;
    int32_t day;

    person->plan = level->plan;
    person->misses = 0;
    person->disengaged = false;
    if (person->plan == NONE)
        return;
    plan = plan_of(world, person);
    day = person->entry_day + (plan->starts_same_day ? 0 : 1);
    person->intended = intended(world, plan, day);
    person->completed = 0;
    begin_step(world, person, 0, day);
}

void plans_stop(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_DUE);
    clock_clear(world, person, CLOCK_STEP);
    person->plan = NONE;
}

/* Count something that happened to a plan. */
static void count_plan(struct world *world, struct person *person,
                       enum counter counter)
{
    count_person(world, person, counter, world->now, 1);
}

/* ---- decisions ---- */

/* Whether the person's state is at most as severe as `state` of the scenario;
 * true where their condition does not know it. */
static bool no_worse_than(const struct person *person, uint32_t state)
{
    for (uint32_t i = 0; i < person->condition->state_count; i++)
        if (person->condition->state[i] == state)
            return person->state <= i;
    return true;
}

static bool may_advance(const struct world *world, const struct person *person)
{
    const struct plan *plan = plan_of(world, person);

    if (person->repeat_next)
        return false;
    if (plan->no_alert_for > 0 &&
        (person->alert != NONE ||
         (person->alert_last >= 0 &&
          person->alert_last > world->now - plan->no_alert_for)))
        return false;
    if (person->step_ended > 0 &&
        person->step_done < plan->contacts_done * person->step_ended)
        return false;
    return plan->advance_state == NONE || !person->condition ||
           no_worse_than(person, plan->advance_state);
}

static void advance(struct world *world, struct person *person, int32_t today)
{
    if (person->step + 1 < plan_of(world, person)->step_count) {
        person->advanced_at = world->now;
        begin_step(world, person, person->step + 1, today);
        course_search(world, person);
        return;
    }
    clock_clear(world, person, CLOCK_STEP);
    clock_clear(world, person, CLOCK_DUE);
    places_move_on(world, person, MOVE_PLANNED);
}

static void step_back(struct world *world, struct person *person, int32_t today)
{
    count_plan(world, person, COUNT_STEP_BACKS);
    begin_step(world, person, person->step ? person->step - 1 : 0, today);
}

static void repeat(struct world *world, struct person *person, int32_t today)
{
    const struct plan *plan = plan_of(world, person);
    int32_t days = step_of(world, person)->days;
    int32_t each = plan->repeat_days;

    if (each <= 0 || each > days)
        each = days;
    count_plan(world, person, COUNT_REPEATS);
    person->repeats++;
    person->repeat_next = false;
    begin_segment(world, person, today, days - each);
}

void plans_step_due(struct world *world, struct person *person)
{
    int32_t today = sim_day_of(world->now);
    enum decision decided = person->decided;

    person->decided = DECIDE_NOTHING;
    if (decided == DECIDE_RESTART) {
        count_plan(world, person, COUNT_RESTARTS);
        begin_step(world, person, 0, today);
    } else if (decided == DECIDE_STEP_BACK) {
        step_back(world, person, today);
    } else if (may_advance(world, person)) {
        advance(world, person, today);
    } else if (plan_of(world, person)->otherwise == OTHERWISE_STEP_BACK) {
        step_back(world, person, today);
    } else if (person->repeats < plan_of(world, person)->repeat_most) {
        repeat(world, person, today);
    } else {
        advance(world, person, today);
    }
}

void plans_decide(struct world *world, struct person *person,
                  enum decision decision)
{
    /* Of two decisions before one midnight the restart goes further back. */
    if (person->plan == NONE || person->decided == DECIDE_RESTART ||
        person->move_decided || person->blocked_since != SIM_NEVER)
        return;
    person->decided = decision;
    clock_set(world, person, CLOCK_STEP,
              (sim_ms)(sim_day_of(world->now) + 1) * SIM_DAY, PHASE_EVENTS);
}

/* ---- disengagement ---- */

void plans_disengage(struct world *world, struct person *person)
{
    if (person->plan == NONE || person->disengaged)
        return;
    person->disengaged = true;
    count_person(world, person, COUNT_DISENGAGED, world->now, 1);
    clock_clear(world, person, CLOCK_DUE);
    clock_clear(world, person, CLOCK_DISENGAGE);
    contacts_withdraw(world, person, WITHDRAW_PLANNED, NONE);
    responses_trigger(world, person,
                      world->scenario->trigger_response[TRIGGER_DISENGAGED]);
}

void plans_engage(struct world *world, struct person *person)
{
    if (person->plan == NONE || !person->disengaged)
        return;
    person->disengaged = false;
    person->misses = 0;
    course_disengage_search(world, person);
    /* Today's contacts are over: planned contacts go on tomorrow. */
    schedule_from(world, person, sim_day_of(world->now) + 1);
}
