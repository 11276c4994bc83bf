/*
 * Places: asking for a level, entering it and leaving it, and what is counted
 * of a stay.
 *
 * A limited level hands out its places in phase (b) only (allot.c), to the best
 * claim on its waiting list; so everyone who asks joins the list, if only for
 * an instant. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

/* ---- leaving a level ---- */

/* Only stays that have ended: of one cut off by the end of the run neither the
 * length nor what the plan delivered is known. */
static void count_stay(struct world *world, const struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms *sum = person->sums;
    sim_ms stay = world->now - person->entered_at;
    sim_ms gap, beyond;

    if (!world_measures(world, person->entered_at))
        return;
    sum[COUNT_STAYS]++;
    sum[COUNT_STAY_DAYS] += stay;
    if (level->plan == NONE)
        return;
    beyond = stay - world->scenario->plan[level->plan].days * SIM_DAY;
    gap = GSL_MAX(person->longest_gap, world->now - person->last_contact);
    sum[COUNT_PLAN_STAYS]++;
    sum[COUNT_BEYOND_PLAN] += beyond > 0 ? beyond : 0;
    sum[COUNT_GAP_STAYS]++;
    sum[COUNT_LONGEST_GAP] += gap;
    count_bin(world, COUNT_GAP_BINS, 0, (double)gap / (double)SIM_DAY, 1);
    sum[COUNT_PLAN_INTENDED] += person->intended;
    sum[COUNT_PLAN_COMPLETED] += GSL_MIN(person->completed, person->intended);
}

/* The first contact came, or its limit passed, or the stay is over: a limit
 * that had not passed when the person left early is not counted. */
static void count_first(struct world *world, const struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms limit = person->entered_at + level->first_contact_within;

    if (level->first_contact_within == 0 || person->first_contact ||
        !world_measures(world, person->entered_at) || world->now <= limit)
        return;
    person->sums[COUNT_FIRST_LIMITED]++;
}

/* The place was held from `since` until now with nowhere to go. */
static void count_delay(struct world *world, const struct person *person,
                        enum delay_cause cause, sim_ms since)
{
    sim_ms held = count_measured(world, since, world->now);

    journey_add(world, person, JOURNEY_HELD, 0, cause, since);
    count_span(world, person, COUNT_DELAYED, since);
    if (held > 0) /* in milliseconds until the run is over, as a span is */
        count_slice(world, COUNT_DELAYED, SLICE_CAUSE, cause, (double)held);
}

static void end_block(struct world *world, struct person *person)
{
    if (person->blocked_since == SIM_NEVER)
        return;
    count_delay(world, person, DELAY_BLOCKED, person->blocked_since);
    person->blocked_since = SIM_NEVER;
}

void places_end_delay(struct world *world, struct person *person)
{
    if (person->delayed_since == SIM_NEVER)
        return;
    count_delay(world, person, DELAY_ROUTE, person->delayed_since);
    person->delayed_since = SIM_NEVER;
}

/* The time in the level. How many were there at once is counted as it changes.
 */
static void count_time(struct world *world, const struct person *person)
{
    count_span(world, person, COUNT_OCCUPANCY, person->entered_at);
}

/* Close everything that belongs to the present stay. */
static void end_stay(struct world *world, struct person *person)
{
    uint32_t level = person->level;

    responses_close_all(world, person);
    signs_close(world, person);
    contacts_withdraw(world, person, WITHDRAW_ALL, NONE);
    handover_end(world, person);
    places_end_delay(world, person);
    end_block(world, person);
    count_first(world, person);
    count_stay(world, person);
    count_time(world, person);
    signs_end(world, person);
    plans_stop(world, person);
    person->move_decided = false;
    clocks_clear(world, person,
                 CLOCK_BIT(CLOCK_STAY) | CLOCK_BIT(CLOCK_LEAVES) |
                     CLOCK_BIT(CLOCK_LONGEST) | CLOCK_BIT(CLOCK_DISENGAGE) |
                     CLOCK_BIT(CLOCK_REACH));
    count_occupancy(world, level, -1);
    if (world->scenario->level[level].places != NONE)
        world->dirty |= DIRTY_PLACES;
}

static inline void leave_level(struct world *world, struct person *person)
{
    if (person->level != NONE)
        end_stay(world, person);
}

void places_leave(struct world *world, struct person *person,
                  enum move_cause cause)
{
    clocks_end(person);
    count_person(world, person, COUNT_LEFT);
    if (cause == MOVE_CRISIS)
        count_reescalation(world, person);
    if (claims_any(person))
        claims_end(world, person);
    count_left(world, person, cause == MOVE_CRISIS);
    leave_level(world, person);
    contacts_detach(world, person);
    course_end(world, person);
    concerns_end(world, person);
    journey_add(world, person, JOURNEY_LEFT, 0, cause, 0);
    world->out++;
    if (world->is_past)
        world->stop = 0;
    world->events += cause != MOVE_CRISIS; /* the crisis was the event */
    person_release(world, person);
}

void places_step_outside(struct world *world, struct person *person)
{
    person->outside_of = person->level;
    leave_level(world, person);
    journey_add(world, person, JOURNEY_OUTSIDE, 0, NONE, 0);
    person->level = NONE;
    count_find_sums(world, person);
    /* What is under way belongs to the stay that is over. */
    for (uint32_t i = person->task; i != NONE; i = world->task[i].next) {
        journey_detached(world, &world->task[i]);
        world->task[i].stay = 0;
    }
    count_place_now(world, person);
    signs_update(world, person);
    course_search_all(world, person); /* without what the level did */
}

/* ---- entering a level ---- */

/* What a move is counted as. Before the level changes. */
static void count_move(struct world *world, struct person *person,
                       uint32_t level, enum move_cause cause)
{
    const struct scenario *s = world->scenario;
    int32_t rank = s->level[level].rank;
    uint32_t was = person->level;

    /* Who waited outside moves from the level they gave up for that. */
    if (was == NONE) {
        if (person->outside_of == NONE)
            return;
        person->level = person->outside_of;
        count_find_sums(world, person);
    }
    if (rank > s->level[person->level].rank) {
        count_person(world, person, COUNT_STEP_UPS);
        count_reescalation(world, person);
    }
    if (cause == MOVE_PLANNED && rank == 0 &&
        s->level[person->level].rank > 0) {
        count_person(world, person, COUNT_PLANNED_EXITS);
        count_exit(world, person);
    }
    if (cause == MOVE_TIMED_OUT)
        count_person(world, person, COUNT_TIMED_OUT);
    if (rank > 0)
        count_recontact(world, person);
    person->level = was; /* places_enter finds the sums of the next one */
}

void places_enter(struct world *world, struct person *person, uint32_t level,
                  enum move_cause cause)
{
    struct past_step past = {.plan = NONE};
    uint32_t beside = 0;

    if (world->scenario->level[level].handover.overlap > 0)
        past = entry_past(person);
    if (claims_any(person))
        claims_entered(world, person, level);
    count_move(world, person, level, cause);
    leave_level(world, person);
    count_occupancy(world, level, 1);
    person->level = level;
    person->stays++;
    person->entered_at = person->moved_at = person->last_contact = world->now;
    /* A move at 00:00 counts as the evening before. */
    person->entry_day = sim_day_of(world->now - 1);
    person->entry_weekday =
        (uint32_t)sim_civil_weekday(&world->scenario->civil, person->entry_day);
    count_find_sums(world, person);
    person->longest_gap = 0;
    person->first_contact = false;
    journey_entered(world, person, cause);
    moves_begin(world, person);
    handover_begin(world, person);
    if (past.plan != NONE)
        beside = entry_overlap(world, person, &past);
    plans_begin(world, person);
    person->intended += beside;
    if (world->scenario->level[level].on_entry_count > 0)
        entry_contacts(world, person);
    journey_add(world, person, JOURNEY_INTENDED, 0, person->intended, 0);
    if (person->plan != NONE && !person->followed)
        count_follow(world, person);
    count_place_now(world, person);
    signs_update(world, person);
    course_search_all(world, person);
    concerns_again(world, person);
    if (world->is_past)
        world->stop = 0;
}

/* Leave the model because that is where the way leads. */
static void ask_to_leave(struct world *world, struct person *person,
                         enum move_cause cause)
{
    if (cause == MOVE_PLANNED && person->level != NONE &&
        world->scenario->level[person->level].rank > 0) {
        count_person(world, person, COUNT_PLANNED_EXITS);
        count_exit(world, person);
    }
    if (cause == MOVE_TIMED_OUT)
        count_person(world, person, COUNT_TIMED_OUT);
    places_leave(world, person, cause);
}

/* Ask for a place in a level that may have none for them. */
static __attribute__((noinline)) void
ask_for(struct world *world, struct person *person, uint32_t level,
        enum move_cause cause, sim_ms since)
{
    const struct level *to = &world->scenario->level[level];

    if (level == person->level ||
        (to->places == NONE && places_accept(to, person))) {
        if (level_chooses(to) || since < world->now)
            claims_count_served(world, person, level, since);
        places_enter(world, person, level, cause);
        return;
    }
    claims_make(world, person, level, cause, since);
    if (move_is_due(cause) && person->level != NONE &&
        person->blocked_since == SIM_NEVER)
        person->blocked_since = world->now;
}

void places_ask_since(struct world *world, struct person *person,
                      uint32_t level, enum move_cause cause, sim_ms since)
{
    if (level == NONE)
        ask_to_leave(world, person, cause);
    else
        ask_for(world, person, level, cause, since);
}

void places_ask(struct world *world, struct person *person, uint32_t level,
                enum move_cause cause)
{
    if (level == NONE)
        ask_to_leave(world, person, cause);
    else if (level_is_open(&world->scenario->level[level]))
        places_enter(world, person, level, cause);
    else
        ask_for(world, person, level, cause, world->now);
}

/* ---- contacts, as far as the stay is concerned ---- */

void places_first_contact(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);

    if (!level) /* who waits outside has no limit */
        return;
    if (level->first_contact_within > 0 &&
        world_measures(world, person->entered_at)) {
        person->sums[COUNT_FIRST_LIMITED]++;
        person->sums[COUNT_FIRST_IN_TIME] +=
            world->now - person->entered_at <= level->first_contact_within;
    }
    person->first_contact = true;
}

/* ---- the end of the run ---- */

void places_finish(struct world *world)
{
    for (uint32_t i = 0; i < world->person_count; i++) {
        struct person *person = &world->person[i];
        if (!person->alive)
            continue;
        claims_finish(world, person);
        concerns_end(world, person);
        count_stop_following(world, person);
        if (person->level == NONE)
            continue;
        handover_end(world, person);
        places_end_delay(world, person);
        end_block(world, person);
        count_first(world, person);
        count_time(world, person);
        signs_end(world, person);
    }
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        count_occupancy(world, i, 0);
}
