/*
 * Workers sit in one array; places of workers who have gone are chained
 * through `next` and used again. Each role lists its free workers in order,
 * the one to be seized first at the end, so that seizing it moves nothing.
 * The order is copied into the list: seizing looks at no worker but its own.
 * A list has room for everyone of its role on duty, so releasing cannot fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool.h"

#include <stdlib.h>

#include "sim/array_impl.h"

struct place {
    struct sim_worker worker; /* not used: its `next` chains such places */
    bool used;
};

struct free_worker {
    sim_ms shift_end;
    uint64_t tag;
    uint32_t index;
};

struct role {
    struct free_worker *free; /* [free_count], the next to be seized last */
    size_t free_room;
    uint32_t free_count;
    uint32_t duty_count; /* free or busy, not leaving */
};

struct sim_pool {
    struct place *place; /* [place_count] */
    size_t place_room;
    uint32_t place_count;
    uint32_t unused; /* first place without a worker, or SIM_NO_WORKER */
    uint32_t role_count;
    struct role role[SIM_ROLES_MAX];
};

int sim_pool_new(uint32_t role_count, struct sim_pool **out)
{
    struct sim_pool *pool;

    SIM_REQUIRE(role_count <= SIM_ROLES_MAX);
    *out = NULL;
    pool = calloc(1, sizeof *pool);
    if (!pool)
        return SIM_ERR_NO_MEMORY;
    pool->role_count = role_count;
    pool->unused = SIM_NO_WORKER;
    *out = pool;
    return SIM_OK;
}

void sim_pool_free(struct sim_pool *pool)
{
    if (!pool)
        return;
    for (uint32_t r = 0; r < pool->role_count; r++)
        free(pool->role[r].free);
    free(pool->place);
    free(pool);
}

/* The place of a worker who is there; any other index is a fault. */
static struct place *place_at(const struct sim_pool *pool, uint32_t index)
{
    SIM_REQUIRE(index < pool->place_count && pool->place[index].used);
    return &pool->place[index];
}

/* Whether `a` is to be seized before `b`. */
static bool goes_before(const struct free_worker *a,
                        const struct free_worker *b)
{
    if (a->shift_end != b->shift_end)
        return a->shift_end > b->shift_end;
    if (a->tag != b->tag)
        return a->tag < b->tag;
    return a->index < b->index;
}

/* Put a worker into its role's list, which has room. From the end: who is
 * released was mostly seized from there. */
static void list_insert(struct sim_pool *pool, uint32_t index)
{
    const struct sim_worker *worker = &pool->place[index].worker;
    struct role *role = &pool->role[worker->role];
    struct free_worker entry = {worker->shift_end, worker->tag, index};
    uint32_t i = role->free_count++;

    for (; i > 0 && goes_before(&role->free[i - 1], &entry); i--)
        role->free[i] = role->free[i - 1];
    role->free[i] = entry;
}

/* Take a free worker out of its role's list; mostly it is the last of it. */
static void list_remove(struct sim_pool *pool, uint32_t index)
{
    struct role *role = &pool->role[pool->place[index].worker.role];
    uint32_t i = role->free_count;

    do
        SIM_REQUIRE(i > 0);
    while (role->free[--i].index != index);
    role->free_count--;
    for (; i < role->free_count; i++)
        role->free[i] = role->free[i + 1];
}

/* Make room for one more place and for one more of `role` on duty. */
static int make_room(struct sim_pool *pool, struct role *role)
{
    if (role->duty_count >= role->free_room) {
        struct free_worker *grown =
            sim_array_grow(role->free, &role->free_room,
                           (size_t)role->duty_count + 1, sizeof *grown);

        if (!grown)
            return SIM_ERR_NO_MEMORY;
        role->free = grown;
    }
    if (pool->unused == SIM_NO_WORKER &&
        pool->place_count >= pool->place_room) {
        struct place *grown =
            sim_array_grow(pool->place, &pool->place_room,
                           (size_t)pool->place_count + 1, sizeof *grown);

        if (!grown)
            return SIM_ERR_NO_MEMORY;
        pool->place = grown;
    }
    return SIM_OK;
}

/* A place for a new worker; there is room. */
static uint32_t take_place(struct sim_pool *pool)
{
    uint32_t index = pool->unused;

    if (index == SIM_NO_WORKER)
        return pool->place_count++;
    pool->unused = pool->place[index].worker.next;
    return index;
}

/* Give the place of a worker who has gone to the next who comes. */
static void leave_place(struct sim_pool *pool, uint32_t index)
{
    pool->place[index].used = false;
    pool->place[index].worker.next = pool->unused;
    pool->unused = index;
}

int sim_pool_add(struct sim_pool *pool, const struct sim_worker *worker,
                 uint32_t *out)
{
    struct place *place;
    struct role *role;
    uint32_t index;

    SIM_REQUIRE(worker->role < pool->role_count);
    role = &pool->role[worker->role];
    if (make_room(pool, role) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    index = take_place(pool);
    place = &pool->place[index];
    place->used = true;
    place->worker = *worker;
    place->worker.next = SIM_NO_WORKER;
    place->worker.busy = false;
    place->worker.leaving = false;
    role->duty_count++;
    list_insert(pool, index);
    *out = index;
    return SIM_OK;
}

struct sim_worker *sim_pool_worker(struct sim_pool *pool, uint32_t index)
{
    return &place_at(pool, index)->worker;
}

uint32_t sim_pool_free_count(const struct sim_pool *pool, uint32_t role)
{
    SIM_REQUIRE(role < pool->role_count);
    return pool->role[role].free_count;
}

uint32_t sim_pool_duty_count(const struct sim_pool *pool, uint32_t role)
{
    SIM_REQUIRE(role < pool->role_count);
    return pool->role[role].duty_count;
}

uint32_t sim_pool_first(const struct sim_pool *pool, uint32_t role,
                        uint32_t skip)
{
    const struct role *r = &pool->role[role];

    SIM_REQUIRE(role < pool->role_count);
    if (skip >= r->free_count)
        return SIM_NO_WORKER;
    return r->free[r->free_count - 1 - skip].index;
}

void sim_pool_seize(struct sim_pool *pool, uint32_t index, sim_ms now)
{
    struct sim_worker *worker = sim_pool_worker(pool, index);

    SIM_REQUIRE(!worker->busy);
    list_remove(pool, index);
    worker->busy = true;
    worker->seized_at = now;
    worker->next = SIM_NO_WORKER;
}

bool sim_pool_release(struct sim_pool *pool, uint32_t index)
{
    struct sim_worker *worker = sim_pool_worker(pool, index);

    SIM_REQUIRE(worker->busy);
    worker->busy = false;
    if (worker->leaving) { /* its shift ended: no longer counted as on duty */
        leave_place(pool, index);
        return true;
    }
    worker->next = SIM_NO_WORKER;
    list_insert(pool, index);
    return false;
}

bool sim_pool_end_shift(struct sim_pool *pool, uint32_t index)
{
    struct sim_worker *worker = sim_pool_worker(pool, index);

    SIM_REQUIRE(!worker->leaving);
    pool->role[worker->role].duty_count--;
    if (worker->busy) {
        worker->leaving = true;
        return false;
    }
    list_remove(pool, index);
    leave_place(pool, index);
    return true;
}

/* The free list of role `r` is in order and names free workers of it. */
static void verify_list(const struct sim_pool *pool, uint32_t r)
{
    const struct role *role = &pool->role[r];

    for (uint32_t i = 0; i < role->free_count; i++) {
        const struct free_worker *entry = &role->free[i];
        const struct sim_worker *worker = &place_at(pool, entry->index)->worker;

        SIM_REQUIRE(worker->role == r && !worker->busy && !worker->leaving);
        SIM_REQUIRE(worker->shift_end == entry->shift_end);
        SIM_REQUIRE(worker->tag == entry->tag);
        SIM_REQUIRE(i == 0 || goes_before(entry, &role->free[i - 1]));
    }
}

void sim_pool_verify(const struct sim_pool *pool)
{
    uint32_t used = 0;
    uint32_t unused = 0;
    uint32_t free_count[SIM_ROLES_MAX] = {0};
    uint32_t duty_count[SIM_ROLES_MAX] = {0};

    /* Count anew what the pool keeps count of. */
    for (uint32_t i = 0; i < pool->place_count; i++) {
        const struct sim_worker *worker = &pool->place[i].worker;

        if (!pool->place[i].used)
            continue;
        used++;
        free_count[worker->role] += !worker->busy;
        duty_count[worker->role] += !worker->leaving;
        SIM_REQUIRE(worker->busy || !worker->leaving);
    }
    for (uint32_t i = pool->unused; i != SIM_NO_WORKER;
         i = pool->place[i].worker.next)
        unused++;
    SIM_REQUIRE(used + unused == pool->place_count);
    for (uint32_t r = 0; r < pool->role_count; r++) {
        SIM_REQUIRE(pool->role[r].free_count == free_count[r]);
        SIM_REQUIRE(pool->role[r].duty_count == duty_count[r]);
        verify_list(pool, r);
    }
}
