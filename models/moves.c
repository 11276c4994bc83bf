/*
 * Moves: how long people stay in a level, by which route they go on, and what
 * still holds them when the stay is over: the route's delay, then `leaves`,
 * then the places of the next level (places.c).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/world_impl.h"

static sim_ms draw(const struct world *world, const struct person *person,
                   const struct distribution *what, enum purpose purpose)
{
    struct sim_name name =
        person_name(world, person, purpose, person_level(world, person)->tag,
                    person->stays);
    struct sim_stream stream;

    sim_stream_init(&stream, &world->chance, &name);
    return distribution_sample(what, &stream.rng);
}

static uint32_t draw_route(const struct world *world,
                           const struct person *person,
                           const struct level *level)
{
    uint32_t found = 0;
    double u, sum = 0;

    if (level->route_count <= 1)
        return 0;
    u = person_uniform(world, person, PURPOSE_ROUTE, level->tag, person->stays);
    /* Chances may add to a little less than 1: the last one that anybody takes
     * has the rest. */
    for (uint32_t i = 0; i < level->route_count && u >= sum; i++) {
        if (level->route[i].chance > 0)
            found = i;
        sum += level->route[i].chance;
    }
    return found;
}

void moves_begin(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    const struct distribution *stay = &level->stay;

    person->route = draw_route(world, person, level);
    if (level->route_count > 0 && level->route[person->route].has_stay)
        stay = &level->route[person->route].stay;
    if (level->has_stay)
        clock_set(world, person, CLOCK_STAY,
                  world->now + draw(world, person, stay, PURPOSE_STAY),
                  PHASE_EVENTS);
    else if (level->plan == NONE)
        clock_set(world, person, CLOCK_STAY, world->now + level->follow_up,
                  PHASE_EVENTS);
    if (level->longest > 0)
        clock_set(world, person, CLOCK_LONGEST, world->now + level->longest,
                  PHASE_EVENTS);
}

/* ---- the stay is over ---- */

/* Go on by the route. */
static void go_on(struct world *world, struct person *person)
{
    const struct level *level = &world->scenario->level[person->level];
    enum move_cause cause =
        person->move_timed_out ? MOVE_TIMED_OUT : MOVE_PLANNED;

    person->move_decided = false;
    places_ask(world, person, level_way(level, person->route), cause);
}

/* No delay holds the person: only the hours of moves may. */
static void wait_for_hours(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms when = world->now;

    if (level->has_leaves)
        when = sim_civil_next_open(&world->scenario->civil, world->now,
                                   level->leaves.days, level->leaves.from,
                                   level->leaves.until);
    if (when <= world->now) {
        go_on(world, person);
        return;
    }
    journey_add(world, person, JOURNEY_MOVE_DECIDED, 0,
                person->move_timed_out ? MOVE_TIMED_OUT : MOVE_PLANNED, when);
    clock_set(world, person, CLOCK_LEAVES, when, PHASE_EVENTS);
}

void places_move_on(struct world *world, struct person *person,
                    enum move_cause cause)
{
    const struct level *level = &world->scenario->level[person->level];
    sim_ms delay = 0;

    if (person->move_decided || person->blocked_since != SIM_NEVER)
        return;
    person->move_decided = true;
    person->move_timed_out = cause == MOVE_TIMED_OUT;
    if (level->route_count > 0)
        delay = draw(world, person, &level->route[person->route].delay,
                     PURPOSE_DELAY);
    if (delay > 0) {
        person->delayed_since = world->now;
        journey_add(world, person, JOURNEY_DELAYED, 0, 0, world->now + delay);
        clock_set(world, person, CLOCK_STAY, world->now + delay, PHASE_EVENTS);
        return;
    }
    wait_for_hours(world, person);
}

void places_stay_due(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);

    clock_clear(world, person, CLOCK_STAY);
    if (person->delayed_since != SIM_NEVER) {
        places_end_delay(world, person);
        wait_for_hours(world, person);
    } else if (!level->has_stay) {
        places_leave(world, person, MOVE_EFFECT); /* followed up long enough */
    } else {
        places_move_on(world, person, MOVE_PLANNED);
    }
}

void places_leaves_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_LEAVES);
    go_on(world, person);
}

void places_longest_due(struct world *world, struct person *person)
{
    const struct scenario *s = world->scenario;
    uint32_t response = s->trigger_response[TRIGGER_TIMED_OUT];

    clock_clear(world, person, CLOCK_LONGEST);
    if (person->move_decided || person->blocked_since != SIM_NEVER)
        return;
    responses_trigger(world, person, response);
    clock_clear(world, person, CLOCK_STEP);
    plans_pause(world, person);
    if (person->plan != NONE)
        decisions_reset(world, person); /* no review is waited for, either */
    places_move_on(world, person, MOVE_TIMED_OUT);
}
