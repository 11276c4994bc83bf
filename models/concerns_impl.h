#ifndef MODELS_CONCERNS_IMPL_H
#define MODELS_CONCERNS_IMPL_H
/*
 * Concerns, and the other clocks of a person that run at rates by state: what
 * is kept of them and what happens. Private to models/; included by
 * world_impl.h, which has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/person_impl.h"

struct world;

/* What one person keeps of one concern. Times are SIM_NEVER where nothing is
 * to come; what it adds stands in world->added. */
struct concern_state {
    sim_ms rises;   /* while it is not open: by rate; or not before then */
    sim_ms since;   /* open: when it arose ... */
    sim_ms told;    /* ... when staff will know of it ... */
    sim_ms closes;  /* ... when it closes by itself ... */
    int32_t day;    /* ... the day on which they knew: day 0 of what it adds */
    uint32_t level; /* where it arose, and the weekday of that entry */
    uint32_t entered_on;
    uint32_t times; /* how often it arose, for names */
    bool open, known;
    bool counted; /* arose in the measured period */
};

static inline struct concern_state *person_concerns(struct world *world,
                                                    const struct person *person)
{
    return &world->concerns[(size_t)person->index *
                            world->scenario->concern_count];
}

/* Points of other clocks, behind those of the changes. */
enum { POINTS_DISENGAGE, POINTS_REACH, POINTS_CONCERNS };
static inline struct sim_points *
person_other_points(struct world *world, const struct person *person,
                    uint32_t which)
{
    return &person_points(world, person)[world->change_most + which];
}

/* Whether they are in a level that supports them, with a plan or a stay, and do
 * not wait for their first or are only followed up. */
static inline bool person_is_supported(const struct world *world,
                                       const struct person *person)
{
    const struct level *level = person_level(world, person);

    return level && (level->plan != NONE || level->has_stay);
}

/* ---- what happens: concerns.c ---- */

/* Concerns of a new person. */
void concerns_begin(struct world *world, struct person *person);
/* Find when each arises: the state or the level is another. */
void concerns_search(struct world *world, struct person *person);
/* The lists of what staff know are over, by a move or a crisis: again. */
void concerns_trigger(struct world *world, struct person *person);
static inline void concerns_again(struct world *world, struct person *person)
{
    if (world->scenario->concern_count > 0)
        concerns_trigger(world, person);
}
/* A sign that opens `concern` was noted. */
void concerns_noted(struct world *world, struct person *person,
                    uint32_t concern);
/* The response to `concern` has succeeded. */
void concerns_respond(struct world *world, struct person *person,
                      uint32_t concern);
/* Put all that is open or to come later by `by`; what is added by whole days.
 * The clock is set by the next search. */
void concerns_shift(struct world *world, struct person *person, sim_ms by);
/* The person leaves, or the run ends: count what is open. */
void concerns_end(struct world *world, struct person *person);
/* CLOCK_CONCERN. */
void concerns_due(struct world *world, struct person *person);
#endif
