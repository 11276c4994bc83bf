#ifndef SIM_POOL_MANY_H
#define SIM_POOL_MANY_H
/*
 * The workers of a role that has many on duty, as a national service has: a
 * list that is moved to keep it in order would take the square of them.
 * Private to sim/pool.c; what it means is in sim/pool.h, in every case the
 * same.
 *
 * All of the role on duty, free or busy, stand in an array in the order in
 * which they would be seized: a worker's rank there does not change while
 * shifts neither begin nor end. Who is free is a bit by rank. 64 ranks are a
 * word, 64 words a group; a group knows which of its words have any bit and how
 * many are free in it, and both know the latest end of any of theirs. So the
 * next to be seized, the one after so many others and the first who can stay
 * long enough are found by looking at groups, then at words of one group: of
 * 100,000 workers, at 25 and at 64 at the most.
 * Those who come stand behind the others as they came, and are put in order
 * when somebody next looks: a whole shift begins at once. Who goes leaves a
 * gap, which is closed then. A role stays so until the pool is reset.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool.h"

/* 64 ranks, or 64 words. */
struct sim_pool_block {
    uint64_t bits; /* of those free, or of words with anyone free */
    sim_ms latest; /* no worker of it has a later latest_end */
    uint32_t free_count;
};

struct sim_pool_many {
    struct sim_pool_rank *rank; /* [count]; index SIM_NO_WORKER: a gap */
    struct sim_pool_rank *spare;
    struct sim_pool_block *word, *group;
    size_t room;    /* of ranks, a multiple of 4096; the others' follow */
    uint32_t count; /* with gaps, and with those yet to be put in order */
    uint32_t ordered;
    uint32_t free_count; /* in order or not */
};

/* Room for `count` more than are on duty now. Returns SIM_OK or
 * SIM_ERR_NO_MEMORY. */
int sim_many_room(struct sim_pool_role *role, size_t count) SIM_MUST_CHECK;
void sim_many_free(struct sim_pool_many *many);

/* Take role `r` over from its word. There is room. */
void sim_many_begin(struct sim_pool *pool, uint32_t r);

/* Worker `index` has come, for whom there is room; or goes, free or, having
 * been seized, as soon as it is released. */
void sim_many_add(struct sim_pool *pool, uint32_t index);
void sim_many_leave(struct sim_pool *pool, uint32_t index);

/* As sim_pool_verify, for one role. */
void sim_many_verify(const struct sim_pool *pool, uint32_t r);
#endif
