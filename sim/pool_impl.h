#ifndef SIM_POOL_IMPL_H
#define SIM_POOL_IMPL_H
/*
 * The inside of sim/pool.h, in sight of the compiler so that looking at a
 * worker does not cost a call. Others use the functions of sim/pool.h only.
 *
 * Workers sit in one array; places of workers who have gone are chained
 * through `next` and used again. Each role lists its free workers in order,
 * the one to be seized first at the end, so that seizing it moves nothing.
 * What seizing asks of a worker is copied into the list: it looks at no worker
 * but the one it takes.
 * A list has room for everyone of its role on duty, so releasing cannot fail.
 * Where a role has had many on duty at once the list stays empty, and they
 * stand in sim/pool_many.h. Then `few` is 0 and `free_count` too, so that the
 * straight way, which is nearly always taken, asks nothing that it would not
 * ask anyway.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool.h"

struct sim_pool_place {
    struct sim_worker worker; /* not used: its `next` chains such places */
    bool used;
    uint32_t rank; /* where its role's many have it, if they do */
};

struct sim_pool_free {
    sim_ms shift_end, latest_end;
    uint64_t tag;
    uint32_t index;
};

struct sim_pool_role {
    struct sim_pool_free *free; /* [free_count], the next to be seized last */
    size_t free_room;
    uint32_t free_count; /* of the list */
    uint32_t duty_count; /* free or busy, not leaving */
    uint32_t few;        /* a list shorter than this is looked through one by
                            one; 0: they stand in `many` */
    struct sim_pool_many *many; /* or NULL, as long as there were never many */
};

struct sim_pool {
    struct sim_pool_place *place; /* [place_count] */
    size_t place_room;
    uint32_t place_count;
    uint32_t unused; /* first place without a worker, or SIM_NO_WORKER */
    uint32_t role_count;
    uint32_t many_from;  /* on duty of one role */
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

/* The rest of the function of the same name, for a role that may have many. */
uint32_t sim_pool_find_many(struct sim_pool *pool, uint32_t r, uint32_t *skip,
                            sim_ms until);
void sim_pool_unlist_many(struct sim_pool *pool, uint32_t r, uint32_t index);

static inline uint32_t sim_pool_find(struct sim_pool *pool, uint32_t r,
                                     uint32_t *skip, sim_ms until)
{
    const struct sim_pool_role *role = &pool->role[r];

    SIM_REQUIRE(r < pool->role_count);
    for (; *skip < role->free_count; ++*skip) {
        const struct sim_pool_free *entry =
            &role->free[role->free_count - 1 - *skip];

        if (entry->latest_end >= until)
            return entry->index;
    }
    return sim_pool_find_many(pool, r, skip, until);
}

static inline uint32_t sim_pool_first(struct sim_pool *pool, uint32_t role,
                                      uint32_t skip)
{
    return sim_pool_find(pool, role, &skip, INT64_MIN);
}

/* Whether `a` is to be seized before `b`. */
static inline bool sim_pool_before(const struct sim_pool_free *a,
                                   const struct sim_pool_free *b)
{
    if (a->shift_end != b->shift_end)
        return a->shift_end > b->shift_end;
    if (a->tag != b->tag)
        return a->tag < b->tag;
    return a->index < b->index;
}

/* Put a worker into its role's list where that is long, which would take long
 * to look through one by one; or among the many. */
#define SIM_POOL_FEW 17u
void sim_pool_list_far(struct sim_pool *pool, const struct sim_worker *worker,
                       uint32_t index);

/* Put a worker into its role's list, which has room. From the end: who is
 * released was mostly seized from there. `entry` is given to no function that
 * is not inline: it would be made in memory and read back at once, which waits.
 */
static inline void sim_pool_list(struct sim_pool *pool,
                                 const struct sim_worker *worker,
                                 uint32_t index)
{
    struct sim_pool_role *role = &pool->role[worker->role];
    const struct sim_pool_free entry = {worker->shift_end, worker->latest_end,
                                        worker->tag, index};
    uint32_t i = role->free_count;

    if (i >= role->few) {
        sim_pool_list_far(pool, worker, index);
        return;
    }
    role->free_count++;
    for (; i > 0 && sim_pool_before(&role->free[i - 1], &entry); i--)
        role->free[i] = role->free[i - 1];
    role->free[i] = entry;
    pool->free_roles |= (uint64_t)1 << worker->role;
}

/* Take a free worker out of its role's list; mostly it is the last of it. */
static inline void sim_pool_unlist(struct sim_pool *pool, uint32_t r,
                                   uint32_t index)
{
    struct sim_pool_role *role = &pool->role[r];
    uint32_t i = role->free_count;

    do
        if (i == 0) {
            sim_pool_unlist_many(pool, r, index);
            return;
        }
    while (role->free[--i].index != index);
    role->free_count--;
    for (; i < role->free_count; i++)
        role->free[i] = role->free[i + 1];
    pool->free_roles &= ~((uint64_t)(role->free_count == 0) << r);
}

/* Give the place of a worker who has gone to the next who comes. */
static inline void sim_pool_vacate(struct sim_pool *pool, uint32_t index)
{
    pool->place[index].used = false;
    pool->place[index].worker.next = pool->unused;
    pool->unused = index;
}

static inline void sim_pool_seize(struct sim_pool *pool, uint32_t index,
                                  sim_ms now)
{
    struct sim_worker *worker = sim_pool_worker(pool, index);

    SIM_REQUIRE(!worker->busy);
    sim_pool_unlist(pool, worker->role, index);
    worker->busy = true;
    worker->seized_at = now;
    worker->next = SIM_NO_WORKER;
}

/* The same where it is not the first of the list who is taken, or the list is
 * empty. */
uint32_t sim_pool_take_other(struct sim_pool *pool, uint32_t r, uint32_t skip,
                             sim_ms until, sim_ms now);

static inline uint32_t sim_pool_take(struct sim_pool *pool, uint32_t r,
                                     uint32_t skip, sim_ms until, sim_ms now)
{
    struct sim_pool_role *role = &pool->role[r];
    const struct sim_pool_free *entry;
    struct sim_worker *worker;

    SIM_REQUIRE(r < pool->role_count);
    if (skip > 0 || role->free_count == 0)
        return sim_pool_take_other(pool, r, skip, until, now);
    entry = &role->free[role->free_count - 1];
    if (entry->latest_end < until)
        return sim_pool_take_other(pool, r, skip, until, now);
    worker = &pool->place[entry->index].worker;
    worker->busy = true;
    worker->seized_at = now;
    worker->next = SIM_NO_WORKER;
    if (--role->free_count == 0)
        pool->free_roles &= ~((uint64_t)1 << r);
    return entry->index;
}

static inline bool sim_pool_let_go(struct sim_pool *pool,
                                   struct sim_worker *worker, uint32_t index)
{
    SIM_REQUIRE(worker->busy);
    worker->busy = false;
    if (worker->leaving) { /* its shift ended: no longer counted as on duty */
        sim_pool_vacate(pool, index);
        return true;
    }
    worker->next = SIM_NO_WORKER;
    sim_pool_list(pool, worker, index);
    return false;
}

static inline bool sim_pool_release(struct sim_pool *pool, uint32_t index)
{
    return sim_pool_let_go(pool, sim_pool_worker(pool, index), index);
}
#endif
