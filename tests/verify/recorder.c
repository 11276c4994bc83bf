/*
 * sim/chance.c itself, but for two things: every block passes through
 * recorded(), and there are no vectors, so that none passes it by and none is
 * drawn for nothing; nor are there in sim/points.c, which with them draws
 * without asking sim/chance.c. The linker sends sim_points_next this way first
 * (--wrap), so that its blocks are marked.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <Random123/philox.h>
#include <string.h>

#include "tests/verify/recorder.h"

/* A program for tests: as with failing allocations, there is no other way to
 * be told. */
static struct {
    recorder_take *take;
    void *context;
    uint32_t order;
    bool point;
    sim_ms origin;
} recorder;

void recorder_set(recorder_take *take, void *context)
{
    recorder.take = take;
    recorder.context = context;
    recorder.order = 0;
}

static philox4x32_ctr_t recorded(unsigned rounds, philox4x32_ctr_t at,
                                 philox4x32_key_t key)
{
    philox4x32_ctr_t words = philox4x32_R(rounds, at, key);
    struct recorded block = {.order = recorder.order,
                             .point = recorder.point,
                             .origin = recorder.origin};

    if (!recorder.take)
        return words;
    memcpy(block.counter, at.v, sizeof block.counter);
    memcpy(block.key, key.v, sizeof block.key);
    memcpy(block.words, words.v, sizeof block.words);
    recorder.order++;
    recorder.take(recorder.context, &block);
    return words;
}

#undef __SSE2__
#define philox4x32_R recorded
#include "sim/chance.c" /* NOLINT(bugprone-suspicious-include) */
#undef philox4x32_R
#include "sim/points.c" /* NOLINT(bugprone-suspicious-include) */

sim_ms __real_sim_points_next(struct sim_points *points,
                              const struct sim_points_query *query);
sim_ms __wrap_sim_points_next(struct sim_points *points,
                              const struct sim_points_query *query);

sim_ms __wrap_sim_points_next(struct sim_points *points,
                              const struct sim_points_query *query)
{
    sim_ms time;

    recorder.point = true;
    recorder.origin = query->origin;
    time = __real_sim_points_next(points, query);
    recorder.point = false;
    recorder.origin = 0;
    return time;
}
