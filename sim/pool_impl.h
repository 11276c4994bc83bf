#ifndef SIM_POOL_IMPL_H
#define SIM_POOL_IMPL_H
/*
 * The inside of sim/pool.h, in sight of the compiler so that looking at a
 * worker does not cost a call. Others use the functions of sim/pool.h only.
 *
 * Workers sit in one array; places of workers who have gone are chained
 * through `next` and used again. Each role keeps those on duty, free or busy,
 * in order, the one to be seized first at the end: a worker's rank there
 * changes only when shifts begin or end. Who is free is a bit by rank, so that
 * seizing and releasing move nothing, and take no branch that depends on who
 * else is free. What seizing asks of a worker is copied to the rank: it looks
 * at no worker but the one it takes.
 * Where a role has had more on duty at once than a word has bits they stand in
 * sim/pool_many.h. Then no bit is set here, so that the straight way, which is
 * nearly always taken, asks nothing that it would not ask anyway.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool.h"

struct sim_pool_place {
    struct sim_worker worker; /* first; not used: it has no role, and its `next`
                                 chains such places */
    uint32_t rank; /* of those of its role on duty; or among its many */
};
#define SIM_NO_ROLE UINT32_MAX

/* Somebody on duty, with what their order and seizing them ask for. */
struct sim_pool_rank {
    sim_ms shift_end, latest_end;
    uint64_t tag;
    uint32_t index;
};

#define SIM_POOL_FEW 64u /* bits of a word */
struct sim_pool_role {
    uint64_t free;              /* bit i: who has rank i is free */
    struct sim_pool_rank *rank; /* [duty_count] of SIM_POOL_FEW; unless is_many:
                                   the next to be seized last */
    uint32_t duty_count;        /* free or busy, not leaving */
    bool is_many;               /* they stand in `many` */
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
    SIM_REQUIRE(index < pool->place_count &&
                pool->place[index].worker.role != SIM_NO_ROLE);
    return &pool->place[index].worker;
}

/* Where a worker of the pool stands: they are the first of their place. */
static inline const struct sim_pool_place *
sim_pool_place_of(const struct sim_worker *worker)
{
    return (const struct sim_pool_place *)(const void *)worker;
}

static inline uint64_t sim_pool_free_roles(const struct sim_pool *pool)
{
    return pool->free_roles;
}

/* The rank to be seized first of a set of them that is not empty. */
static inline uint32_t sim_pool_best(uint64_t free)
{
    return (uint32_t)(63 ^ __builtin_clzll(free));
}

/* The same where it is not the first who is taken, or nobody is there; and the
 * rest of the functions of the same name for a role that has many. */
uint32_t sim_pool_take_other(struct sim_pool *pool, uint32_t r, uint32_t skip,
                             sim_ms until, sim_ms now);
uint32_t sim_pool_find_many(struct sim_pool *pool, uint32_t r, uint32_t *skip,
                            sim_ms until);
void sim_pool_seize_many(struct sim_pool *pool, uint32_t index);
void sim_pool_release_many(struct sim_pool *pool, uint32_t index);

static inline uint32_t sim_pool_find(struct sim_pool *pool, uint32_t r,
                                     uint32_t *skip, sim_ms until)
{
    const struct sim_pool_role *role = &pool->role[r];
    uint64_t left = role->free;

    SIM_REQUIRE(r < pool->role_count);
    for (uint32_t passed = 0; left; passed++) {
        uint32_t best = sim_pool_best(left);

        if (passed >= *skip && role->rank[best].latest_end >= until) {
            *skip = passed;
            return role->rank[best].index;
        }
        left &= ~((uint64_t)1 << best);
    }
    return role->is_many ? sim_pool_find_many(pool, r, skip, until)
                         : SIM_NO_WORKER;
}

static inline uint32_t sim_pool_first(struct sim_pool *pool, uint32_t role,
                                      uint32_t skip)
{
    return sim_pool_find(pool, role, &skip, INT64_MIN);
}

/* Whether `a` is to be seized before `b`. */
static inline bool sim_pool_before(const struct sim_pool_rank *a,
                                   const struct sim_pool_rank *b)
{
    if (a->shift_end != b->shift_end)
        return a->shift_end > b->shift_end;
    if (a->tag != b->tag)
        return a->tag < b->tag;
    return a->index < b->index;
}

/* Who has rank `rank` of role `r` is free no more. */
static inline void sim_pool_clear_free(struct sim_pool *pool, uint32_t r,
                                       uint32_t rank)
{
    struct sim_pool_role *role = &pool->role[r];

    role->free &= ~((uint64_t)1 << rank);
    pool->free_roles &= ~((uint64_t)(role->free == 0) << r);
}

/* Give the place of a worker who has gone to the next who comes. */
static inline void sim_pool_vacate(struct sim_pool *pool, uint32_t index)
{
    pool->place[index].worker.role = SIM_NO_ROLE;
    pool->place[index].worker.next = pool->unused;
    pool->unused = index;
}

static inline void sim_pool_seize(struct sim_pool *pool, uint32_t index,
                                  sim_ms now)
{
    struct sim_worker *worker = sim_pool_worker(pool, index);

    SIM_REQUIRE(!worker->busy);
    if (pool->role[worker->role].is_many)
        sim_pool_seize_many(pool, index);
    else
        sim_pool_clear_free(pool, worker->role, pool->place[index].rank);
    worker->busy = true;
    worker->seized_at = now;
    worker->next = SIM_NO_WORKER;
}

static inline uint32_t sim_pool_take(struct sim_pool *pool, uint32_t r,
                                     uint32_t skip, sim_ms until, sim_ms now)
{
    const struct sim_pool_role *role = &pool->role[r];
    const struct sim_pool_rank *rank;
    struct sim_worker *worker;
    uint32_t best;

    SIM_REQUIRE(r < pool->role_count);
    if (role->free == 0 && !role->is_many)
        return SIM_NO_WORKER;
    if (skip > 0 || role->free == 0)
        return sim_pool_take_other(pool, r, skip, until, now);
    best = sim_pool_best(role->free);
    rank = &role->rank[best];
    if (rank->latest_end < until)
        return sim_pool_take_other(pool, r, skip, until, now);
    worker = &pool->place[rank->index].worker;
    worker->busy = true;
    worker->seized_at = now;
    worker->next = SIM_NO_WORKER;
    sim_pool_clear_free(pool, r, best);
    return rank->index;
}

static inline bool sim_pool_let_go(struct sim_pool *pool,
                                   struct sim_worker *worker, uint32_t index)
{
    struct sim_pool_role *role = &pool->role[worker->role];

    SIM_REQUIRE(worker->busy);
    worker->busy = false;
    if (worker->leaving) { /* its shift ended: no longer counted as on duty */
        sim_pool_vacate(pool, index);
        return true;
    }
    worker->next = SIM_NO_WORKER;
    if (role->is_many) {
        sim_pool_release_many(pool, index);
        return false;
    }
    role->free |= (uint64_t)1 << sim_pool_place_of(worker)->rank;
    pool->free_roles |= (uint64_t)1 << worker->role;
    return false;
}

static inline bool sim_pool_release(struct sim_pool *pool, uint32_t index)
{
    return sim_pool_let_go(pool, sim_pool_worker(pool, index), index);
}

/*
 * A crew: those of one role, while one after the other of them is seized and
 * released, and the pool is asked nothing else. Who of them is free is at hand,
 * and the pool knows it again once the crew is put back.
 */
struct sim_pool_crew {
    struct sim_pool *pool;
    struct sim_pool_role *role;
    uint32_t r;    /* its number */
    uint64_t free; /* as in the role */
};

static inline struct sim_pool_crew sim_pool_crew_of(struct sim_pool *pool,
                                                    uint32_t r)
{
    SIM_REQUIRE(r < pool->role_count);
    return (struct sim_pool_crew){pool, &pool->role[r], r, pool->role[r].free};
}

static inline void sim_pool_crew_put(const struct sim_pool_crew *crew)
{
    struct sim_pool *pool = crew->pool;
    uint64_t any = (uint64_t)(crew->free != 0) << crew->r;

    if (crew->role->is_many)
        return;
    crew->role->free = crew->free;
    pool->free_roles = (pool->free_roles & ~((uint64_t)1 << crew->r)) | any;
}

/* The rest of sim_pool_crew_take: it is not the first who is taken, or there
 * are many. */
static inline uint32_t sim_pool_crew_take_other(struct sim_pool_crew *crew,
                                                sim_ms until, sim_ms now)
{
    uint32_t index;

    sim_pool_crew_put(crew);
    index = sim_pool_take_other(crew->pool, crew->r, 0, until, now);
    crew->free = crew->role->free;
    return index;
}

/* As sim_pool_take, with nobody skipped. */
static inline uint32_t sim_pool_crew_take(struct sim_pool_crew *crew,
                                          sim_ms until, sim_ms now)
{
    const struct sim_pool_rank *rank;
    struct sim_worker *worker;
    uint32_t best;

    if (crew->free == 0)
        return crew->role->is_many ? sim_pool_crew_take_other(crew, until, now)
                                   : SIM_NO_WORKER;
    best = sim_pool_best(crew->free);
    rank = &crew->role->rank[best];
    if (rank->latest_end < until)
        return sim_pool_crew_take_other(crew, until, now);
    worker = &crew->pool->place[rank->index].worker;
    worker->busy = true;
    worker->seized_at = now;
    worker->next = SIM_NO_WORKER;
    crew->free ^= (uint64_t)1 << best;
    return rank->index;
}

/* The place of one of them who is busy; and, as sim_pool_let_go, who is free
 * again. */
static inline struct sim_pool_place *
sim_pool_crew_place(const struct sim_pool_crew *crew, uint32_t index)
{
    return &crew->pool->place[index];
}
static inline void sim_pool_crew_release(struct sim_pool_crew *crew,
                                         struct sim_pool_place *place,
                                         uint32_t index)
{
    SIM_REQUIRE(place->worker.busy);
    place->worker.busy = false;
    if (place->worker.leaving)
        sim_pool_vacate(crew->pool, index);
    else if (crew->role->is_many)
        sim_pool_release_many(crew->pool, index);
    else
        crew->free |= (uint64_t)1 << place->rank;
}
#endif
