#ifndef SIM_CALENDAR_IMPL_H
#define SIM_CALENDAR_IMPL_H
/*
 * The inside of sim/calendar.h, in sight of the compiler because a simulation
 * does little else: setting, clearing and peeking must not cost a call each.
 * Others use the functions of sim/calendar.h only.
 *
 * A winner tree in one array: node 1 is the root, node i has the children 2i
 * and 2i + 1, and slot s is the leaf `leaf_count + s`. Every node above the
 * leaves holds the least key of its two children, so the root is next. There
 * are two leaves at least: so the root is none.
 * A key is time 40 bits, phase 4 bits, slot 20 bits, most significant first:
 * comparing keys as numbers is the calendar's order, and keys never tie.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/calendar.h"

#define SIM_SLOT_BITS 20
#define SIM_SLOT_MASK (((uint64_t)1 << SIM_SLOT_BITS) - 1)
#define SIM_PHASE_MASK (((uint64_t)1 << SIM_PHASE_BITS) - 1)

struct sim_calendar {
    uint64_t first; /* the root again, at hand: the loop asks for little else */
    uint64_t *tree; /* [2 * leaf_count]; node 0 is not used */
    size_t leaf_count; /* of the tree in use */
    size_t leaf_room;  /* and of the largest there is memory for */
    uint32_t slot_count;
};

/* Give a leaf its key and let the winners climb, always to the root: to stop
 * where a parent keeps its key would save steps, but nobody can foretell where
 * that is, and a branch mispredicted costs more than a few steps. */
static inline void sim_calendar_put(struct sim_calendar *cal, uint32_t slot,
                                    uint64_t key)
{
    uint64_t *tree = cal->tree;
    size_t i = cal->leaf_count + slot;

    SIM_REQUIRE(slot < cal->slot_count);
    tree[i] = key;
    do {
        uint64_t other = tree[i ^ 1];

        key = other < key ? other : key;
        i /= 2;
        tree[i] = key;
    } while (i != 1);
    cal->first = key;
}

static inline void sim_calendar_set_key(struct sim_calendar *cal, uint32_t slot,
                                        uint64_t key)
{
    SIM_REQUIRE(key < (uint64_t)SIM_NEVER << SIM_PHASE_BITS);
    sim_calendar_put(cal, slot, key << SIM_SLOT_BITS | slot);
}

static inline void sim_calendar_set(struct sim_calendar *cal, uint32_t slot,
                                    sim_ms time, unsigned phase)
{
    SIM_REQUIRE(time >= 0 && phase < SIM_PHASES);
    sim_calendar_set_key(cal, slot, (uint64_t)time << SIM_PHASE_BITS | phase);
}

static inline void sim_calendar_clear(struct sim_calendar *cal, uint32_t slot)
{
    sim_calendar_put(cal, slot, SIM_KEY_EMPTY);
}

static inline uint64_t sim_calendar_key(const struct sim_calendar *cal,
                                        uint32_t slot)
{
    return cal->tree[cal->leaf_count + slot] >> SIM_SLOT_BITS;
}

static inline uint64_t sim_calendar_first(const struct sim_calendar *cal)
{
    return cal->first;
}

static inline struct sim_moment sim_moment_of(uint64_t key)
{
    return (struct sim_moment){
        .time = (sim_ms)(key >> (SIM_PHASE_BITS + SIM_SLOT_BITS)),
        .phase = (unsigned)(key >> SIM_SLOT_BITS & SIM_PHASE_MASK),
        .slot = (uint32_t)(key & SIM_SLOT_MASK),
    };
}

static inline bool sim_calendar_peek(const struct sim_calendar *cal,
                                     struct sim_moment *out)
{
    uint64_t key = sim_calendar_first(cal);

    if (key == SIM_KEY_EMPTY)
        return false;
    *out = sim_moment_of(key);
    return true;
}
#endif
