/*
 * Calendar: making and growing the winner tree of sim/calendar_impl.h, which
 * has the functions that use it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/calendar.h"

#include <stdlib.h>
#include <string.h>

/* The least power of two, from 2 on, with a leaf for every slot. */
static size_t leaves_for(uint32_t slot_count)
{
    size_t n = 2;

    while (n < slot_count)
        n *= 2;
    return n;
}

/* The least of two keys. */
static uint64_t winner(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Work out every node above the leaves. */
static void play_all(struct sim_calendar *cal)
{
    uint64_t *tree = cal->tree;

    for (size_t i = cal->leaf_count - 1; i >= 1; i--)
        tree[i] = winner(tree[2 * i], tree[2 * i + 1]);
    cal->first = tree[1];
}

int sim_calendar_new(uint32_t slot_count, struct sim_calendar **out)
{
    struct sim_calendar *cal;

    SIM_REQUIRE(slot_count >= 1 && slot_count <= SIM_SLOTS_MAX);
    *out = NULL;
    cal = calloc(1, sizeof *cal);
    if (!cal)
        return SIM_ERR_NO_MEMORY;
    cal->leaf_room = leaves_for(slot_count);
    cal->tree = malloc(2 * cal->leaf_room * sizeof *cal->tree);
    if (!cal->tree) {
        free(cal);
        return SIM_ERR_NO_MEMORY;
    }
    sim_calendar_reset(cal, slot_count);
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

void sim_calendar_reset(struct sim_calendar *cal, uint32_t slot_count)
{
    SIM_REQUIRE(slot_count >= 1 && leaves_for(slot_count) <= cal->leaf_room);
    cal->slot_count = slot_count;
    cal->leaf_count = leaves_for(slot_count);
    for (size_t i = 0; i < 2 * cal->leaf_count; i++)
        cal->tree[i] = SIM_KEY_EMPTY;
    cal->first = SIM_KEY_EMPTY;
}

/* Move all keys into a tree of `leaf_count` leaves, more than now. */
static int regrow(struct sim_calendar *cal, size_t leaf_count)
{
    size_t old = cal->leaf_count;

    if (leaf_count > cal->leaf_room) {
        uint64_t *tree = realloc(cal->tree, 2 * leaf_count * sizeof *cal->tree);

        if (!tree)
            return SIM_ERR_NO_MEMORY;
        cal->tree = tree;
        cal->leaf_room = leaf_count;
    }
    /* At least twice as many: old and new leaves do not overlap. */
    memcpy(&cal->tree[leaf_count], &cal->tree[old], old * sizeof *cal->tree);
    for (size_t i = leaf_count + old; i < 2 * leaf_count; i++)
        cal->tree[i] = SIM_KEY_EMPTY;
    cal->leaf_count = leaf_count;
    play_all(cal);
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

void sim_calendar_verify(const struct sim_calendar *cal)
{
    const uint64_t *tree = cal->tree;
    size_t n = cal->leaf_count;

    SIM_REQUIRE(cal->slot_count <= n && cal->first == tree[1]);
    for (size_t i = 1; i < n; i++)
        SIM_REQUIRE(tree[i] == winner(tree[2 * i], tree[2 * i + 1]));
    for (size_t i = 0; i < n; i++) {
        uint64_t key = tree[n + i];

        SIM_REQUIRE(key == SIM_KEY_EMPTY ||
                    (i < cal->slot_count && (key & SIM_SLOT_MASK) == i));
    }
}
