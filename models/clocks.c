/*
 * People's clocks: the rest of models/clocks_impl.h, out of sight of those who
 * set them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

/* Clocks that nearly everybody in a plan has are looked at without asking which
 * are set: those that are not are later than all that are. */
#define CLOCKS_USUAL                                                           \
    (CLOCK_BIT(CLOCK_CONDITION) | CLOCK_BIT(CLOCK_DUE) | CLOCK_BIT(CLOCK_STEP))

static inline clock_key earlier(clock_key a, clock_key b)
{
    return a < b ? a : b;
}

static inline clock_key least_of(const struct person *person)
{
    const clock_key *clock = person->clock;
    clock_key least = earlier(earlier(clock[CLOCK_CONDITION], clock[CLOCK_DUE]),
                              clock[CLOCK_STEP]);

    for (uint32_t left = person->clocks & ~CLOCKS_USUAL; left; left &= left - 1)
        least = earlier(least, clock[(uint32_t)__builtin_ctz(left)]);
    return least;
}

void clocks_lead(struct world *world, struct person *person, clock_key key)
{
    person->least = key;
    sim_calendar_set_key(world->people, person->index, key >> CLOCK_BITS);
}

void clocks_settle(struct world *world, struct person *person)
{
    clock_key least = least_of(person);

    if (least == person->least)
        return;
    if (least != CLOCK_EMPTY) {
        clocks_lead(world, person, least);
        return;
    }
    person->least = CLOCK_EMPTY;
    sim_calendar_clear(world->people, person->index);
}

void clock_set_other(struct world *world, struct person *person,
                     enum clock clock, sim_ms time, enum phase phase)
{
    if (time >= world->end) {
        clock_clear(world, person, clock);
        return;
    }
    /* What something that closes brings about at once comes when all that
     * closes at this instant has: not before the present phase. */
    if (phase < world->phase)
        phase = world->phase;
    clock_put(world, person, clock, clock_key_of(world->now, phase));
}

void clock_clear(struct world *world, struct person *person, enum clock clock)
{
    clock_key old = person->clock[clock];

    if (old == CLOCK_EMPTY)
        return;
    person->clock[clock] = CLOCK_EMPTY;
    person->clocks &= ~CLOCK_BIT(clock);
    if (old == person->least)
        clocks_settle(world, person);
}

void clocks_clear_set(struct world *world, struct person *person, uint32_t set)
{
    bool had_least = false;

    person->clocks &= ~set;
    for (; set; set &= set - 1) {
        clock_key *key = &person->clock[__builtin_ctz(set)];
        had_least = had_least || *key == person->least;
        *key = CLOCK_EMPTY;
    }
    if (had_least)
        clocks_settle(world, person);
}
