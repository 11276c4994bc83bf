#ifndef SIM_POOL_IMPL_H
#define SIM_POOL_IMPL_H
/*
 * The inside of sim/pool.h, in sight of the compiler so that looking at a
 * worker does not cost a call. Others use the functions of sim/pool.h only.
 *
 * Workers sit in one array; places of workers who have gone are chained
 * through `next` and used again. Each role lists its free workers in order,
 * the one to be seized first at the end, so that seizing it moves nothing.
 * The order is copied into the list: seizing looks at no worker but its own.
 * A list has room for everyone of its role on duty, so releasing cannot fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool.h"

struct sim_pool_place {
    struct sim_worker worker; /* not used: its `next` chains such places */
    bool used;
};

struct sim_pool_free {
    sim_ms shift_end;
    uint64_t tag;
    uint32_t index;
};

struct sim_pool_role {
    struct sim_pool_free *free; /* [free_count], the next to be seized last */
    size_t free_room;
    uint32_t free_count;
    uint32_t duty_count; /* free or busy, not leaving */
};

struct sim_pool {
    struct sim_pool_place *place; /* [place_count] */
    size_t place_room;
    uint32_t place_count;
    uint32_t unused; /* first place without a worker, or SIM_NO_WORKER */
    uint32_t role_count;
    uint64_t free_roles; /* bit r: role r has a free worker */
    struct sim_pool_role role[SIM_ROLES_MAX];
};

static inline struct sim_worker *sim_pool_worker(struct sim_pool *pool,
                                                 uint32_t index)
{
    SIM_REQUIRE(index < pool->place_count && pool->place[index].used);
    return &pool->place[index].worker;
}

static inline uint64_t sim_pool_free_roles(const struct sim_pool *pool)
{
    return pool->free_roles;
}

static inline uint32_t sim_pool_first(const struct sim_pool *pool,
                                      uint32_t role, uint32_t skip)
{
    const struct sim_pool_role *r = &pool->role[role];

    SIM_REQUIRE(role < pool->role_count);
    if (skip >= r->free_count)
        return SIM_NO_WORKER;
    return r->free[r->free_count - 1 - skip].index;
}
#endif
