#ifndef MODELS_CLOCKS_IMPL_H
#define MODELS_CLOCKS_IMPL_H
/*
 * People's clocks: set and cleared by the handlers. Each person's least is
 * their slot of the calendar; it is looked for anew only where it may have
 * changed. Included by world_impl.h, which has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/person_impl.h"

/* The rest of clock_set: the clock has another key, and the person's least is
 * `key`, or it is not known; the moment is now, or never comes. */
void clocks_lead(struct world *world, struct person *person, clock_key key);
void clocks_settle(struct world *world, struct person *person);
void clock_set_other(struct world *world, struct person *person,
                     enum clock clock, sim_ms time, enum phase phase);

static inline void clock_put(struct world *world, struct person *person,
                             enum clock clock, clock_key moment)
{
    clock_key old = person->clock[clock], least = person->least;
    clock_key key = moment << CLOCK_BITS | (clock_key)clock;

    person->clock[clock] = key;
    person->clocks |= CLOCK_BIT(clock);
    /* A new least is known without a look at the others. */
    if (key < least)
        clocks_lead(world, person, key);
    else if (old == least)
        clocks_settle(world, person);
}

/* Set one of a person's clocks. `time` before now means now, at or beyond the
 * end of the run never. In sight of who sets them: most know which one, and
 * that the phase is the first. */
static inline void clock_set(struct world *world, struct person *person,
                             enum clock clock, sim_ms time, enum phase phase)
{
    if (time > world->now && time < world->end)
        clock_put(world, person, clock, clock_key_of(time, phase));
    else
        clock_set_other(world, person, clock, time, phase);
}

void clock_clear(struct world *world, struct person *person, enum clock clock);

/* Clear several at once, by their bits; for clocks_clear_set all are set. */
void clocks_clear_set(struct world *world, struct person *person, uint32_t set);
static inline void clocks_clear(struct world *world, struct person *person,
                                uint32_t clocks)
{
    if (person->clocks & clocks)
        clocks_clear_set(world, person, person->clocks & clocks);
}

/* The person leaves, and nothing comes of their clocks any more: there are none
 * to clear, and none that is set from now on is their least, so the calendar is
 * told nothing until person_release empties their slot. */
static inline void clocks_end(struct person *person)
{
    person->clocks = 0;
    person->least = 0;
}
#endif
