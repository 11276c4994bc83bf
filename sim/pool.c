/*
 * Pool: who comes, is seized, is released and goes. The data structure is in
 * sim/pool_impl.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool.h"

#include <stdlib.h>
#include <string.h>

#include "sim/array_impl.h"
#include "sim/pool_many.h"

int sim_pool_new(uint32_t role_count, struct sim_pool **out)
{
    struct sim_pool *pool;

    SIM_REQUIRE(role_count <= SIM_ROLES_MAX);
    *out = NULL;
    pool = calloc(1, sizeof *pool);
    if (!pool)
        return SIM_ERR_NO_MEMORY;
    pool->role_count = role_count;
    pool->many_from = SIM_POOL_FEW;
    for (uint32_t r = 0; r < role_count; r++) {
        pool->role[r].rank = malloc(SIM_POOL_FEW * sizeof *pool->role->rank);
        if (!pool->role[r].rank) {
            sim_pool_free(pool);
            return SIM_ERR_NO_MEMORY;
        }
    }
    sim_pool_reset(pool);
    *out = pool;
    return SIM_OK;
}

void sim_pool_reset(struct sim_pool *pool)
{
    pool->place_count = 0;
    pool->unused = SIM_NO_WORKER;
    pool->free_roles = 0;
    for (uint32_t r = 0; r < pool->role_count; r++) {
        struct sim_pool_role *role = &pool->role[r];

        role->free = 0;
        role->duty_count = 0;
        role->is_many = false;
    }
}

void sim_pool_many_from(struct sim_pool *pool, uint32_t count)
{
    SIM_REQUIRE(pool->place_count == 0 && count <= SIM_POOL_FEW);
    pool->many_from = count;
}

void sim_pool_free(struct sim_pool *pool)
{
    if (!pool)
        return;
    for (uint32_t r = 0; r < pool->role_count; r++) {
        free(pool->role[r].rank);
        sim_many_free(pool->role[r].many);
    }
    free(pool->place);
    free(pool);
}

/* Whether there are places for `count` more, if all are new. */
static bool has_places(const struct sim_pool *pool, uint32_t count)
{
    return (size_t)pool->place_count + count <= pool->place_room;
}

static int make_places(struct sim_pool *pool, uint32_t count)
{
    struct sim_pool_place *grown =
        sim_array_grow(pool->place, &pool->place_room,
                       (size_t)pool->place_count + count, sizeof *grown);

    if (!grown)
        return SIM_ERR_NO_MEMORY;
    pool->place = grown;
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

/* Who has which rank has changed, from `from` on. */
static void rank_again(struct sim_pool *pool, uint32_t r, uint32_t from)
{
    struct sim_pool_role *role = &pool->role[r];

    for (uint32_t i = from; i < role->duty_count; i++) {
        struct sim_pool_place *place = &pool->place[role->rank[i].index];

        place->rank = i;
        role->free |= (uint64_t)!place->worker.busy << i;
    }
    pool->free_roles &= ~((uint64_t)1 << r);
    pool->free_roles |= (uint64_t)(role->free != 0) << r;
}

/* Those who have come, at `index`, make way for others of their role whom they
 * stand before, and who are to be seized before them. They stand there in the
 * order of their tags, so the others move once for all of them. */
static __attribute__((noinline)) void make_way(struct sim_pool *pool,
                                               const struct sim_worker *first,
                                               const uint32_t *index,
                                               uint32_t count)
{
    struct sim_pool_role *role = &pool->role[first->role];
    struct sim_pool_rank *rank = role->rank;
    uint32_t to = role->duty_count, left = to - count;

    for (uint32_t i = 0; i < count; i++) {
        const struct sim_pool_rank entry = {first->shift_end, first->latest_end,
                                            first->tag + i, index[i]};

        while (left > 0 && sim_pool_before(&rank[left - 1], &entry))
            rank[--to] = rank[--left];
        rank[--to] = entry;
    }
    role->free &= ((uint64_t)1 << left) - 1;
    rank_again(pool, first->role, left);
}

/* Give a worker who comes a place. */
static inline uint32_t put_worker(struct sim_pool *pool,
                                  const struct sim_worker *worker,
                                  uint32_t rank)
{
    uint32_t index = take_place(pool);
    struct sim_pool_place *place = &pool->place[index];

    place->worker.role = worker->role;
    place->worker.next = SIM_NO_WORKER;
    place->worker.tag = worker->tag;
    place->worker.owner = worker->owner;
    place->worker.busy = place->worker.leaving = false;
    place->worker.bank = worker->bank;
    place->worker.shift_start = worker->shift_start;
    place->worker.shift_end = worker->shift_end;
    place->worker.latest_end = worker->latest_end;
    place->rank = rank;
    return index;
}

/* Those who come are to be seized before all others of their role, unless it
 * turns out otherwise: mostly their shift ends last, or nobody is there. */
static void add_few(struct sim_pool *pool, const struct sim_worker *first,
                    uint32_t step, uint32_t count, uint32_t *out)
{
    struct sim_worker worker = *first;
    struct sim_pool_role *role = &pool->role[worker.role];
    uint32_t before = role->duty_count, at = before + count;
    struct sim_pool_rank *rank = role->rank;

    role->free |= UINT64_MAX >> (SIM_POOL_FEW - count) << before;
    pool->free_roles |= (uint64_t)1 << worker.role;
    role->duty_count = at;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = put_worker(pool, &worker, --at);

        rank[at] = (struct sim_pool_rank){worker.shift_end, worker.latest_end,
                                          worker.tag, index};
        out[i] = index;
        worker.tag++;
        worker.owner += step;
    }
    if (before > 0 && sim_pool_before(&rank[before - 1], &rank[before]))
        make_way(pool, first, out, count);
}

/* Of a role that has many on duty, or has with those who come. */
static __attribute__((noinline)) int add_many(struct sim_pool *pool,
                                              const struct sim_worker *first,
                                              uint32_t step, uint32_t count,
                                              uint32_t *out)
{
    struct sim_worker worker = *first;
    struct sim_pool_role *role = &pool->role[worker.role];

    if ((!has_places(pool, count) && make_places(pool, count) != SIM_OK) ||
        sim_many_room(role, count) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    if (!role->is_many)
        sim_many_begin(pool, worker.role);
    role->duty_count += count;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = put_worker(pool, &worker, 0);
        sim_many_add(pool, out[i]);
        worker.tag++;
        worker.owner += step;
    }
    return SIM_OK;
}

/* The same, once there are places. */
static __attribute__((noinline)) int add_later(struct sim_pool *pool,
                                               const struct sim_worker *first,
                                               uint32_t step, uint32_t count,
                                               uint32_t *out)
{
    return make_places(pool, count) == SIM_OK
               ? sim_pool_add_row(pool, first, step, count, out)
               : SIM_ERR_NO_MEMORY;
}

int sim_pool_add_row(struct sim_pool *pool, const struct sim_worker *first,
                     uint32_t step, uint32_t count, uint32_t *out)
{
    const struct sim_pool_role *role;

    SIM_REQUIRE(first->role < pool->role_count && count > 0);
    role = &pool->role[first->role];
    if (role->is_many || (size_t)role->duty_count + count > pool->many_from)
        return add_many(pool, first, step, count, out);
    if (!has_places(pool, count))
        return add_later(pool, first, step, count, out);
    add_few(pool, first, step, count, out);
    return SIM_OK;
}

int sim_pool_add(struct sim_pool *pool, const struct sim_worker *worker,
                 uint32_t *out)
{
    return sim_pool_add_row(pool, worker, 0, 1, out);
}

uint32_t sim_pool_take_other(struct sim_pool *pool, uint32_t r, uint32_t skip,
                             sim_ms until, sim_ms now)
{
    uint32_t index = sim_pool_find(pool, r, &skip, until);

    if (index != SIM_NO_WORKER)
        sim_pool_seize(pool, index, now);
    return index;
}

uint32_t sim_pool_free_count(const struct sim_pool *pool, uint32_t role)
{
    SIM_REQUIRE(role < pool->role_count);
    return pool->role[role].is_many
               ? pool->role[role].many->free_count
               : (uint32_t)__builtin_popcountll(pool->role[role].free);
}

uint32_t sim_pool_duty_count(const struct sim_pool *pool, uint32_t role)
{
    SIM_REQUIRE(role < pool->role_count);
    return pool->role[role].duty_count;
}

/* Close the gaps of those who have gone from role `r`, and of those who are
 * leaving. */
static __attribute__((noinline)) void close_ranks(struct sim_pool *pool,
                                                  uint32_t r)
{
    struct sim_pool_role *role = &pool->role[r];
    uint32_t left = 0;

    for (uint32_t i = 0; i < role->duty_count; i++) {
        const struct sim_pool_place *place = &pool->place[role->rank[i].index];

        if (place->worker.role == r && !place->worker.leaving)
            role->rank[left++] = role->rank[i];
    }
    role->duty_count = left;
    role->free = 0;
    rank_again(pool, r, 0);
}

/* Worker `index`, of role `r`, goes at once or, when busy, on release. */
static inline void end_one(struct sim_pool *pool, uint32_t index, uint32_t r)
{
    struct sim_worker *worker = &pool->place[index].worker;

    SIM_REQUIRE(index < pool->place_count && worker->role == r &&
                !worker->leaving);
    worker->leaving = worker->busy;
    if (!worker->busy)
        sim_pool_vacate(pool, index);
}

static __attribute__((noinline)) void end_many(struct sim_pool *pool,
                                               const uint32_t *index,
                                               uint32_t count, uint32_t r)
{
    for (uint32_t i = 0; i < count; i++) {
        sim_many_leave(pool, index[i]);
        end_one(pool, index[i], r);
    }
    pool->role[r].duty_count -= count;
}

void sim_pool_end_row(struct sim_pool *pool, const uint32_t *index,
                      uint32_t count)
{
    uint32_t r = sim_pool_worker(pool, index[0])->role;
    struct sim_pool_role *role = &pool->role[r];

    if (role->is_many) {
        end_many(pool, index, count, r);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        end_one(pool, index[i], r);
    if (count < role->duty_count) {
        close_ranks(pool, r);
        return;
    }
    role->duty_count = 0; /* nobody is left */
    role->free = 0;
    pool->free_roles &= ~((uint64_t)1 << r);
}

bool sim_pool_end_shift(struct sim_pool *pool, uint32_t index)
{
    bool gone = !sim_pool_worker(pool, index)->busy;

    sim_pool_end_row(pool, &index, 1);
    return gone;
}

/* The ranks of role `r` are in order and are those of its workers on duty. */
static void verify_ranks(const struct sim_pool *pool, uint32_t r)
{
    const struct sim_pool_role *role = &pool->role[r];

    for (uint32_t i = 0; i < role->duty_count; i++) {
        const struct sim_pool_rank *rank = &role->rank[i];
        const struct sim_pool_place *place = &pool->place[rank->index];

        SIM_REQUIRE(rank->index < pool->place_count);
        SIM_REQUIRE(place->rank == i && place->worker.role == r);
        SIM_REQUIRE(!place->worker.leaving);
        SIM_REQUIRE((role->free >> i & 1) == !place->worker.busy);
        SIM_REQUIRE(place->worker.shift_end == rank->shift_end &&
                    place->worker.latest_end == rank->latest_end &&
                    place->worker.tag == rank->tag);
        SIM_REQUIRE(i == 0 || sim_pool_before(rank, &role->rank[i - 1]));
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

        if (worker->role == SIM_NO_ROLE)
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
        SIM_REQUIRE(sim_pool_free_count(pool, r) == free_count[r]);
        SIM_REQUIRE(pool->role[r].duty_count == duty_count[r]);
        SIM_REQUIRE((pool->free_roles >> r & 1) == (free_count[r] > 0));
        if (pool->role[r].is_many)
            sim_many_verify(pool, r);
        else
            verify_ranks(pool, r);
    }
}
