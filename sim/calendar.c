/*
 * A winner tree in one array: node 1 is the root, node i has the children 2i
 * and 2i + 1, and slot s is the leaf `leaf_count + s`. Every node above the
 * leaves holds the least key of its two children, so the root is next.
 * A key is time 40 bits, phase 4 bits, slot 20 bits, most significant first:
 * comparing keys as numbers is the calendar's order, and keys never tie.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/calendar.h"

#include <stdlib.h>

/* The key of an empty slot. No moment has it: it would be of slot 2^20 - 1,
 * which SIM_SLOTS_MAX leaves out. */
#define EMPTY UINT64_MAX

#define SLOT_BITS 20
#define PHASE_BITS 4
#define SLOT_MASK (((uint64_t)1 << SLOT_BITS) - 1)
#define PHASE_MASK (((uint64_t)1 << PHASE_BITS) - 1)

struct sim_calendar {
    uint64_t *tree; /* [2 * leaf_count]; node 0 is not used */
    size_t leaf_count;
    uint32_t slot_count;
};

/* The least power of two with a leaf for every slot. */
static size_t leaves_for(uint32_t slot_count)
{
    size_t n = 1;

    while (n < slot_count)
        n *= 2;
    return n;
}

static uint64_t *tree_new(size_t leaf_count)
{
    uint64_t *tree = malloc(2 * leaf_count * sizeof *tree);

    for (size_t i = 0; tree && i < 2 * leaf_count; i++)
        tree[i] = EMPTY;
    return tree;
}

/* The least of two keys. */
static uint64_t winner(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Give a leaf its key and let the winners climb. Where a parent keeps its key,
 * so do all above it. */
static void put(struct sim_calendar *cal, uint32_t slot, uint64_t key)
{
    uint64_t *tree = cal->tree;
    size_t i = cal->leaf_count + slot;

    tree[i] = key;
    for (; i > 1; i /= 2) {
        key = winner(key, tree[i ^ 1]);
        if (tree[i / 2] == key)
            break;
        tree[i / 2] = key;
    }
}

int sim_calendar_new(uint32_t slot_count, struct sim_calendar **out)
{
    struct sim_calendar *cal;

    SIM_REQUIRE(slot_count >= 1 && slot_count <= SIM_SLOTS_MAX);
    *out = NULL;
    cal = calloc(1, sizeof *cal);
    if (!cal)
        return SIM_ERR_NO_MEMORY;
    cal->slot_count = slot_count;
    cal->leaf_count = leaves_for(slot_count);
    cal->tree = tree_new(cal->leaf_count);
    if (!cal->tree) {
        free(cal);
        return SIM_ERR_NO_MEMORY;
    }
    *out = cal;
    return SIM_OK;
}

void sim_calendar_free(struct sim_calendar *cal)
{
    if (!cal)
        return;
    free(cal->tree);
    free(cal);
}

/* Move all keys into a tree of `leaf_count` leaves, more than now. */
static int regrow(struct sim_calendar *cal, size_t leaf_count)
{
    uint64_t *tree = tree_new(leaf_count);

    if (!tree)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < cal->leaf_count; i++)
        tree[leaf_count + i] = cal->tree[cal->leaf_count + i];
    for (size_t i = leaf_count - 1; i >= 1; i--)
        tree[i] = winner(tree[2 * i], tree[2 * i + 1]);
    free(cal->tree);
    cal->tree = tree;
    cal->leaf_count = leaf_count;
    return SIM_OK;
}

int sim_calendar_grow(struct sim_calendar *cal, uint32_t slot_count)
{
    int err = SIM_OK;

    if (slot_count > SIM_SLOTS_MAX)
        return SIM_ERR_LIMIT;
    if (slot_count > cal->leaf_count)
        err = regrow(cal, leaves_for(slot_count));
    if (err == SIM_OK && slot_count > cal->slot_count)
        cal->slot_count = slot_count;
    return err;
}

void sim_calendar_set(struct sim_calendar *cal, uint32_t slot, sim_ms time,
                      unsigned phase)
{
    SIM_REQUIRE(slot < cal->slot_count);
    SIM_REQUIRE(time >= 0 && time < SIM_NEVER);
    SIM_REQUIRE(phase < SIM_PHASES);
    put(cal, slot,
        (uint64_t)time << (PHASE_BITS + SLOT_BITS) |
            (uint64_t)phase << SLOT_BITS | slot);
}

void sim_calendar_clear(struct sim_calendar *cal, uint32_t slot)
{
    SIM_REQUIRE(slot < cal->slot_count);
    put(cal, slot, EMPTY);
}

bool sim_calendar_peek(const struct sim_calendar *cal, struct sim_moment *out)
{
    uint64_t key = cal->tree[1];

    if (key == EMPTY)
        return false;
    out->time = (sim_ms)(key >> (PHASE_BITS + SLOT_BITS));
    out->phase = (unsigned)(key >> SLOT_BITS & PHASE_MASK);
    out->slot = (uint32_t)(key & SLOT_MASK);
    return true;
}

void sim_calendar_verify(const struct sim_calendar *cal)
{
    const uint64_t *tree = cal->tree;
    size_t n = cal->leaf_count;

    SIM_REQUIRE(cal->slot_count <= n);
    for (size_t i = 1; i < n; i++)
        SIM_REQUIRE(tree[i] == winner(tree[2 * i], tree[2 * i + 1]));
    for (size_t i = 0; i < n; i++) {
        uint64_t key = tree[n + i];

        SIM_REQUIRE(key == EMPTY ||
                    (i < cal->slot_count && (key & SLOT_MASK) == i));
    }
}
