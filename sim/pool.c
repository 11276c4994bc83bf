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
    pool->many_from = SIM_POOL_MANY;
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

        role->free_count = role->duty_count = 0;
        role->few = SIM_POOL_FEW;
    }
}

void sim_pool_many_from(struct sim_pool *pool, uint32_t count)
{
    SIM_REQUIRE(pool->place_count == 0);
    pool->many_from = count;
}

void sim_pool_free(struct sim_pool *pool)
{
    if (!pool)
        return;
    for (uint32_t r = 0; r < pool->role_count; r++) {
        free(pool->role[r].free);
        sim_many_free(pool->role[r].many);
    }
    free(pool->place);
    free(pool);
}

/* Make room for `count` more places and as many more of role `r` on duty, who
 * may be the ones that make them many. */
static int make_room(struct sim_pool *pool, uint32_t r, size_t count)
{
    struct sim_pool_role *role = &pool->role[r];
    size_t on_duty = role->duty_count + count;
    size_t places = pool->place_count + count; /* if none is used again */

    if (sim_pool_has_many(role) || on_duty > pool->many_from) {
        int err = sim_many_room(role, count);

        if (err != SIM_OK)
            return err;
        if (!sim_pool_has_many(role))
            sim_many_begin(pool, r);
    } else if (on_duty > role->free_room) {
        struct sim_pool_free *grown = sim_array_grow(
            role->free, &role->free_room, on_duty, sizeof *grown);

        if (!grown)
            return SIM_ERR_NO_MEMORY;
        role->free = grown;
    }
    if (places > pool->place_room) {
        struct sim_pool_place *grown = sim_array_grow(
            pool->place, &pool->place_room, places, sizeof *grown);

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

/* Put those who have come, at `index`, into the list of their role, which has
 * room. They stand there in the order of their tags, so who is already there
 * makes way once for all of them; and mostly nobody has to, because their shift
 * ends last. */
static void list_row(struct sim_pool *pool, const struct sim_worker *first,
                     const uint32_t *index, uint32_t count)
{
    struct sim_pool_role *role = &pool->role[first->role];
    struct sim_pool_free *list = role->free;
    uint32_t left = role->free_count, to = left + count;

    role->free_count = to;
    for (uint32_t i = 0; i < count; i++) {
        const struct sim_pool_free entry = {first->shift_end, first->latest_end,
                                            first->tag + i, index[i]};

        while (left > 0 && sim_pool_before(&list[left - 1], &entry))
            list[--to] = list[--left];
        list[--to] = entry;
    }
    pool->free_roles |= (uint64_t)1 << first->role;
}

int sim_pool_add_row(struct sim_pool *pool, const struct sim_worker *first,
                     uint32_t step, uint32_t count, uint32_t *out)
{
    struct sim_worker worker = *first;
    struct sim_pool_role *role;

    SIM_REQUIRE(worker.role < pool->role_count && count > 0);
    role = &pool->role[worker.role];
    if (make_room(pool, worker.role, count) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    worker.next = SIM_NO_WORKER;
    worker.busy = worker.leaving = false;
    for (uint32_t i = 0; i < count; i++) {
        struct sim_pool_place *place;

        out[i] = take_place(pool);
        place = &pool->place[out[i]];
        place->used = true;
        place->worker = worker;
        worker.tag++;
        worker.owner += step;
    }
    role->duty_count += count;
    if (!sim_pool_has_many(role))
        list_row(pool, first, out, count);
    else
        for (uint32_t i = 0; i < count; i++)
            sim_many_add(pool, out[i]);
    return SIM_OK;
}

int sim_pool_add(struct sim_pool *pool, const struct sim_worker *worker,
                 uint32_t *out)
{
    return sim_pool_add_row(pool, worker, 0, 1, out);
}

/* Where `entry` belongs in a list that has been counted up by one: what lies
 * behind has moved up. */
static uint32_t make_way(struct sim_pool_role *role,
                         const struct sim_pool_free *entry)
{
    uint32_t low = 0, high = role->free_count - 1;

    /* Those before `low` are to be seized after `entry`, from `high` on before
     * it: the list begins with the one to be seized last. */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (sim_pool_before(entry, &role->free[middle]))
            low = middle + 1;
        else
            high = middle;
    }
    memmove(&role->free[low + 1], &role->free[low],
            (role->free_count - 1 - low) * sizeof *role->free);
    return low;
}

void sim_pool_list_far(struct sim_pool *pool, const struct sim_worker *worker,
                       uint32_t index)
{
    struct sim_pool_role *role = &pool->role[worker->role];
    const struct sim_pool_free entry = {worker->shift_end, worker->latest_end,
                                        worker->tag, index};

    if (sim_pool_has_many(role)) {
        sim_many_release(pool, index);
        return;
    }
    role->free_count++;
    role->free[make_way(role, &entry)] = entry;
    pool->free_roles |= (uint64_t)1 << worker->role;
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
    return sim_pool_has_many(&pool->role[role])
               ? pool->role[role].many->free_count
               : pool->role[role].free_count;
}

uint32_t sim_pool_duty_count(const struct sim_pool *pool, uint32_t role)
{
    SIM_REQUIRE(role < pool->role_count);
    return pool->role[role].duty_count;
}

bool sim_pool_end_shift(struct sim_pool *pool, uint32_t index)
{
    struct sim_worker *worker = sim_pool_worker(pool, index);

    SIM_REQUIRE(!worker->leaving);
    pool->role[worker->role].duty_count--;
    if (sim_pool_has_many(&pool->role[worker->role]))
        sim_many_leave(pool, index);
    if (worker->busy) {
        worker->leaving = true;
        return false;
    }
    if (!sim_pool_has_many(&pool->role[worker->role]))
        sim_pool_unlist(pool, worker->role, index);
    sim_pool_vacate(pool, index);
    return true;
}

/* Take those who have gone, whose shifts ended at `end`, out of the list of
 * role `r`: they stand at its beginning, with others whose shifts end no later.
 */
static void unlist_row(struct sim_pool *pool, uint32_t r, sim_ms end)
{
    struct sim_pool_role *role = &pool->role[r];
    struct sim_pool_free *list = role->free;
    uint32_t i = 0, left = 0;

    for (; i < role->free_count && list[i].shift_end <= end; i++)
        if (pool->place[list[i].index].used)
            list[left++] = list[i];
    while (i < role->free_count)
        list[left++] = list[i++];
    role->free_count = left;
    pool->free_roles &= ~((uint64_t)(left == 0) << r);
}

/* The same where their role keeps a list. */
static void end_listed(struct sim_pool *pool, const uint32_t *index,
                       uint32_t count)
{
    uint32_t r = sim_pool_worker(pool, index[0])->role;
    sim_ms end = sim_pool_worker(pool, index[0])->shift_end;

    for (uint32_t i = 0; i < count; i++) {
        struct sim_worker *worker = sim_pool_worker(pool, index[i]);

        SIM_REQUIRE(!worker->leaving && worker->role == r &&
                    worker->shift_end == end);
        worker->leaving = worker->busy;
        if (!worker->busy)
            sim_pool_vacate(pool, index[i]);
    }
    pool->role[r].duty_count -= count;
    unlist_row(pool, r, end);
}

void sim_pool_end_row(struct sim_pool *pool, const uint32_t *index,
                      uint32_t count)
{
    uint32_t r = sim_pool_worker(pool, index[0])->role;

    if (!sim_pool_has_many(&pool->role[r]))
        end_listed(pool, index, count);
    else
        for (uint32_t i = 0; i < count; i++)
            sim_pool_end_shift(pool, index[i]);
}

/* The free list of role `r` is in order and names free workers of it. */
static void verify_list(const struct sim_pool *pool, uint32_t r)
{
    const struct sim_pool_role *role = &pool->role[r];

    for (uint32_t i = 0; i < role->free_count; i++) {
        const struct sim_pool_free *entry = &role->free[i];
        const struct sim_worker *worker = &pool->place[entry->index].worker;

        SIM_REQUIRE(entry->index < pool->place_count &&
                    pool->place[entry->index].used);

        SIM_REQUIRE(worker->role == r && !worker->busy && !worker->leaving);
        SIM_REQUIRE(worker->shift_end == entry->shift_end);
        SIM_REQUIRE(worker->tag == entry->tag);
        SIM_REQUIRE(i == 0 || sim_pool_before(entry, &role->free[i - 1]));
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
        SIM_REQUIRE(sim_pool_free_count(pool, r) == free_count[r]);
        SIM_REQUIRE(pool->role[r].duty_count == duty_count[r]);
        SIM_REQUIRE((pool->free_roles >> r & 1) == (free_count[r] > 0));
        if (sim_pool_has_many(&pool->role[r]))
            sim_many_verify(pool, r);
        else
            verify_list(pool, r);
    }
}
