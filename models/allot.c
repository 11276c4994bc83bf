/*
 * Allotment: who gets a place. Phase (b) of an instant, in this order: free
 * places go to who waits; full levels whose people wait for each other's places
 * change them round, in rings of any length; who asked for a full level that
 * diverts asks elsewhere; who would rather wait outside gives up their place.
 * Whatever that frees is handed out in the next round of the same instant.
 *
 * A claim of someone whom the level does not let in now is passed over, and
 * looked at again when an alert ends or a state changes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

int allot_init(struct world *world)
{
    const struct scenario *s = world->scenario;

    for (uint32_t i = 0; i < s->level_count; i++) {
        const struct level *level = &s->level[i];
        world->has_diverts |= level->diverts;
        world->has_outside |= level->when_next_full == NEXT_FULL_WAIT;
        if (level_chooses(level))
            world->choosy = DIRTY_PLACES;
    }
    world->ring = calloc((size_t)s->level_count + 1, sizeof *world->ring);
    return world->ring ? SIM_OK : SIM_ERR_NO_MEMORY;
}

bool places_accept(const struct level *level, const struct person *person)
{
    if (level->accepts_no_alert && person->alert != NONE)
        return false;
    return level->accepts_state == NONE || !person->condition ||
           decisions_no_worse_than(person, level->accepts_state);
}

static bool is_full(const struct world *world, uint32_t level)
{
    return world->level[level].taken >= world->scenario->level[level].places;
}

/* The person who waits for `level` at place `at` of its list. */
static struct person *waiting(struct world *world, uint32_t level, uint32_t at)
{
    return &world->person[world->level[level].waiting[at]];
}

/* ---- free places ---- */

/* Give the person a place they have claimed. */
static void grant(struct world *world, struct person *person, uint32_t level)
{
    places_enter(world, person, level, claims_on(person, level)->cause);
}

static bool hand_out(struct world *world, uint32_t i)
{
    const struct level *level = &world->scenario->level[i];
    struct level_now *now = &world->level[i];
    bool moved = false;
    uint32_t at = 0;

    while (at < now->waiting_count && !is_full(world, i) &&
           world->error == SIM_OK) {
        struct person *person = waiting(world, i, at);
        if (places_accept(level, person)) {
            grant(world, person, i); /* the next one is now at `at` */
            moved = true;
        } else {
            at++;
        }
    }
    return moved;
}

/* ---- rings ---- */

/*
 * A ring: someone in level b may have the place they want in a if someone in c
 * may have that person's place in b, ..., and the last of these comes from a.
 * All of them move at once. The search goes from a place to who would take the
 * taker's own, breadth first: so the best claim on a level that closes any ring
 * closes the shortest one, and in each level of it the best claim from the
 * level before is taken.
 */

/* Who waits for the place of a taker in `level`: note their levels. True, with
 * `*last`, where one of them is in `home`. */
static bool extend(struct world *world, uint32_t level, uint32_t home,
                   uint32_t *count, uint32_t *last)
{
    const struct level *of = &world->scenario->level[level];

    for (uint32_t at = 0; at < world->level[level].waiting_count; at++) {
        const struct person *person = waiting(world, level, at);
        uint32_t from = person->level;
        if (from == NONE || !places_accept(of, person))
            continue;
        if (from == home) {
            *last = person->index;
            return true;
        }
        if (world->level[from].tried)
            continue;
        world->level[from].tried = true;
        world->level[from].parent = level;
        world->level[from].taker = person->index;
        world->ring[(*count)++] = from;
    }
    return false;
}

/* Move the ring that was found: `last`, who is in `home`, goes to `level`. */
static void move_ring(struct world *world, uint32_t home, uint32_t level,
                      uint32_t last)
{
    journey_add(world, &world->person[last], JOURNEY_SWAP, level, 0, 0);
    grant(world, &world->person[last], level);
    while (level != home) {
        uint32_t to = world->level[level].parent;
        grant(world, &world->person[world->level[level].taker], to);
        level = to;
    }
    if (world_measures(world, world->now))
        count_total(world, COUNT_SWAPS, 1);
}

/* Find the ring that the claim of `person` on `home` closes, and move it. */
static bool close_ring(struct world *world, uint32_t home,
                       const struct person *person)
{
    uint32_t count = 0, last = NONE;

    if (person->level == NONE ||
        !places_accept(&world->scenario->level[home], person))
        return false;
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        world->level[i].tried = false;
    world->level[person->level].tried = true;
    world->level[person->level].parent = home;
    world->level[person->level].taker = person->index;
    world->ring[count++] = person->level;
    for (uint32_t i = 0; i < count; i++)
        if (extend(world, world->ring[i], home, &count, &last)) {
            move_ring(world, home, world->ring[i], last);
            return true;
        }
    return false;
}

static bool close_any_ring(struct world *world)
{
    for (uint32_t home = 0; home < world->scenario->level_count; home++)
        for (uint32_t at = 0; at < world->level[home].waiting_count; at++)
            if (close_ring(world, home, waiting(world, home, at)))
                return true;
    return false;
}

static bool close_rings(struct world *world)
{
    uint32_t waited_for = 0;
    bool moved = false;

    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        waited_for += world->level[i].waiting_count > 0;
    while (waited_for >= 2 && world->error == SIM_OK && close_any_ring(world))
        moved = true;
    return moved;
}

/* ---- elsewhere ---- */

/* Whoever could have a place here but that there is none asks elsewhere; who is
 * there already waits. */
static bool divert(struct world *world, uint32_t i)
{
    const struct level *level = &world->scenario->level[i];
    bool moved = false;
    uint32_t at = 0;

    while (at < world->level[i].waiting_count && is_full(world, i)) {
        struct person *person = waiting(world, i, at);
        struct claim claim = *claims_on(person, i);
        if (!places_accept(level, person) ||
            (level->divert != NONE && level->divert == person->level)) {
            at++;
            continue;
        }
        if (world_measures(world, world->now))
            count_entry(world, COUNT_DIVERTED, i, person->cohort, 0, 1);
        journey_add(world, person, JOURNEY_DIVERTED, i, 0, 0);
        claims_pass_on(world, person, i);
        places_ask_since(world, person, level->divert, claim.cause,
                         claim.since);
        moved = true;
    }
    return moved;
}

/* Give up the places of people who wait for level `i`, which is full, and
 * rather wait outside. */
static bool step_outside(struct world *world, uint32_t i)
{
    const struct scenario *s = world->scenario;
    bool moved = false;

    for (uint32_t at = 0; at < world->level[i].waiting_count; at++) {
        struct person *person = waiting(world, i, at);
        if (person->level == NONE ||
            s->level[person->level].when_next_full != NEXT_FULL_WAIT ||
            !move_is_due(claims_on(person, i)->cause) || !is_full(world, i) ||
            !places_accept(&s->level[i], person))
            continue;
        places_step_outside(world, person);
        moved = true;
    }
    return moved;
}

bool places_allot(struct world *world)
{
    const struct scenario *s = world->scenario;
    bool moved = false;

    world->dirty &= ~(unsigned)DIRTY_PLACES;
    for (uint32_t i = 0; i < s->level_count; i++)
        moved |= hand_out(world, i);
    if (moved && (world->dirty & DIRTY_PLACES))
        return true; /* some were freed: first these, in the next round */
    moved |= close_rings(world);
    for (uint32_t i = 0; world->has_diverts && i < s->level_count; i++)
        if (s->level[i].diverts)
            moved |= divert(world, i);
    for (uint32_t i = 0; world->has_outside && i < s->level_count; i++)
        moved |= step_outside(world, i);
    return moved;
}
