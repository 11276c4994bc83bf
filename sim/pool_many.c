/*
 * Pool: roles with many on duty.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/pool_many.h"

#include <stdlib.h>

#define BITS 64u
#define GROUP 4096u /* ranks of a group: of BITS words */

static struct sim_pool_many *many_of(struct sim_pool *pool, uint32_t index)
{
    return pool->role[sim_pool_worker(pool, index)->role].many;
}

void sim_many_free(struct sim_pool_many *many)
{
    if (!many)
        return;
    free(many->rank);
    free(many->spare);
    free(many->word);
    free(many->group);
    free(many);
}

static int grow_ranks(struct sim_pool_rank **rank, size_t count)
{
    struct sim_pool_rank *grown = NULL;

    if (count <= SIZE_MAX / sizeof *grown)
        grown = realloc(*rank, count * sizeof *grown);
    if (grown)
        *rank = grown;
    return grown ? SIM_OK : SIM_ERR_NO_MEMORY;
}

static int grow_blocks(struct sim_pool_block **block, size_t count)
{
    struct sim_pool_block *grown = realloc(*block, count * sizeof *grown);

    if (grown)
        *block = grown;
    return grown ? SIM_OK : SIM_ERR_NO_MEMORY;
}

int sim_many_room(struct sim_pool_role *role, size_t count)
{
    struct sim_pool_many *many = role->many;
    size_t room;

    if (!many)
        many = role->many = calloc(1, sizeof *many);
    if (!many)
        return SIM_ERR_NO_MEMORY;
    room = many->room ? many->room : GROUP;
    /* Who is taken over from the word is on duty and not yet counted here. */
    while (room < role->duty_count + count ||
           (role->is_many && room < many->count + count))
        room *= 2;
    if (room == many->room)
        return SIM_OK;
    if (grow_ranks(&many->rank, room) != SIM_OK ||
        grow_ranks(&many->spare, room) != SIM_OK ||
        grow_blocks(&many->word, room / BITS) != SIM_OK ||
        grow_blocks(&many->group, room / GROUP) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    many->room = room;
    return SIM_OK;
}

/* ---- who is free, by rank ---- */

static void set_free(struct sim_pool_many *many, uint32_t rank)
{
    struct sim_pool_block *word = &many->word[rank / BITS];
    struct sim_pool_block *group = &many->group[rank / GROUP];

    word->bits |= (uint64_t)1 << rank % BITS;
    word->free_count++;
    group->bits |= (uint64_t)1 << rank / BITS % BITS;
    group->free_count++;
}

static void set_busy(struct sim_pool_many *many, uint32_t rank)
{
    struct sim_pool_block *word = &many->word[rank / BITS];
    struct sim_pool_block *group = &many->group[rank / GROUP];

    word->bits &= ~((uint64_t)1 << rank % BITS);
    if (--word->free_count == 0)
        group->bits &= ~((uint64_t)1 << rank / BITS % BITS);
    group->free_count--;
}

static bool is_free(const struct sim_pool_many *many, uint32_t rank)
{
    return many->word[rank / BITS].bits >> rank % BITS & 1;
}

/* What is looked for: a free worker who stays until `until`, after `skip` free
 * ones; `passed` of them lie behind. */
struct search {
    const struct sim_pool_many *many;
    sim_ms until;
    uint32_t skip, passed;
};

/* Whether nobody of `block` is looked for: then it is passed. */
static bool passes(struct search *search, const struct sim_pool_block *block)
{
    if (block->latest >= search->until &&
        search->passed + block->free_count > search->skip)
        return false;
    search->passed += block->free_count;
    return true;
}

static uint32_t find_in_word(struct search *search, uint32_t word)
{
    uint64_t left = search->many->word[word].bits;

    for (; left; left &= left - 1, search->passed++) {
        uint32_t rank = word * BITS + (uint32_t)__builtin_ctzll(left);

        if (search->passed >= search->skip &&
            search->many->rank[rank].latest_end >= search->until)
            return rank;
    }
    return SIM_NO_WORKER;
}

static uint32_t find_in_group(struct search *search, uint32_t group)
{
    uint64_t left = search->many->group[group].bits;

    for (; left; left &= left - 1) {
        uint32_t word = group * BITS + (uint32_t)__builtin_ctzll(left);
        uint32_t rank;

        if (passes(search, &search->many->word[word]))
            continue;
        rank = find_in_word(search, word);
        if (rank != SIM_NO_WORKER)
            return rank;
    }
    return SIM_NO_WORKER;
}

/* The rank of who is looked for, or SIM_NO_WORKER. */
static uint32_t find(struct search *search)
{
    for (uint32_t g = 0; g * GROUP < search->many->ordered; g++) {
        uint32_t rank;

        if (passes(search, &search->many->group[g]))
            continue;
        rank = find_in_group(search, g);
        if (rank != SIM_NO_WORKER)
            return rank;
    }
    return SIM_NO_WORKER;
}

/* ---- the order of seizing ---- */

/* No two are equal: their indices differ. */
static int compare(const void *a, const void *b)
{
    return sim_pool_before(a, b) ? -1 : 1;
}

/* Put those who have come in order; mostly they are. */
static void sort(struct sim_pool_rank *entry, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (sim_pool_before(&entry[i], &entry[i - 1])) {
            qsort(entry, count, sizeof *entry, compare);
            return;
        }
}

/* Merge those who have come with the others, without the gaps. */
static void merge(struct sim_pool_many *many)
{
    const struct sim_pool_rank *old = many->rank;
    const struct sim_pool_rank *old_end = old + many->ordered;
    const struct sim_pool_rank *new = old_end;
    const struct sim_pool_rank *new_end = old + many->count;
    struct sim_pool_rank *to = many->spare;

    many->spare = many->rank;
    many->rank = to;
    while (old < old_end || new < new_end) {
        if (old < old_end && old->index == SIM_NO_WORKER)
            old++;
        else if (new == new_end || (old < old_end && sim_pool_before(old, new)))
            *to++ = *old++;
        else
            *to++ = *new ++;
    }
    many->ordered = many->count = (uint32_t)(to - many->rank);
}

/* Nobody in the blocks of the ranks that there are. */
static void clear(struct sim_pool_many *many)
{
    const struct sim_pool_block nobody = {.latest = INT64_MIN};

    for (uint32_t w = 0; w * BITS < many->count; w++)
        many->word[w] = nobody;
    for (uint32_t g = 0; g * GROUP < many->count; g++)
        many->group[g] = nobody;
}

static void no_earlier(struct sim_pool_block *block, sim_ms latest)
{
    if (block->latest < latest)
        block->latest = latest;
}

/* Put those who have come since anybody last looked among the others. */
static void settle(struct sim_pool *pool, struct sim_pool_many *many)
{
    if (many->ordered == many->count)
        return;
    sort(many->rank + many->ordered, many->count - many->ordered);
    merge(many);
    clear(many);
    for (uint32_t i = 0; i < many->count; i++) {
        const struct sim_pool_rank *entry = &many->rank[i];
        struct sim_pool_place *place = &pool->place[entry->index];

        place->rank = i;
        no_earlier(&many->word[i / BITS], entry->latest_end);
        no_earlier(&many->group[i / GROUP], entry->latest_end);
        if (!place->worker.busy)
            set_free(many, i);
    }
}

/* ---- who comes, is seized, is released and goes ---- */

/* Worker `index` is on duty, free or busy. */
static void append(struct sim_pool *pool, uint32_t index)
{
    const struct sim_worker *worker = sim_pool_worker(pool, index);
    struct sim_pool_many *many = pool->role[worker->role].many;

    many->rank[many->count++] = (struct sim_pool_rank){
        worker->shift_end, worker->latest_end, worker->tag, index};
    many->free_count += !worker->busy;
}

void sim_many_begin(struct sim_pool *pool, uint32_t r)
{
    struct sim_pool_role *role = &pool->role[r];

    role->free = 0;
    role->is_many = true;
    role->many->count = role->many->ordered = role->many->free_count = 0;
    for (uint32_t i = 0; i < pool->place_count; i++) {
        const struct sim_pool_place *place = &pool->place[i];

        if (place->worker.role == r && !place->worker.leaving)
            append(pool, i);
    }
    /* Who is busy is to find a rank to come back to. */
    settle(pool, role->many);
}

void sim_many_add(struct sim_pool *pool, uint32_t index)
{
    append(pool, index);
    pool->free_roles |= (uint64_t)1 << pool->place[index].worker.role;
}

/* Worker `index`, who was free and in order, is so no more. */
static void lose(struct sim_pool *pool, uint32_t index)
{
    struct sim_pool_many *many = many_of(pool, index);
    uint64_t role = (uint64_t)1 << pool->place[index].worker.role;

    set_busy(many, pool->place[index].rank);
    if (--many->free_count == 0)
        pool->free_roles &= ~role;
}

void sim_pool_release_many(struct sim_pool *pool, uint32_t index)
{
    struct sim_pool_many *many = many_of(pool, index);

    /* Who has come meanwhile and is not in order yet changes no rank. */
    set_free(many, pool->place[index].rank);
    many->free_count++;
    pool->free_roles |= (uint64_t)1 << pool->place[index].worker.role;
}

void sim_many_leave(struct sim_pool *pool, uint32_t index)
{
    struct sim_pool_many *many = many_of(pool, index);

    settle(pool, many);
    if (!pool->place[index].worker.busy)
        lose(pool, index);
    many->rank[pool->place[index].rank].index = SIM_NO_WORKER;
}

void sim_pool_seize_many(struct sim_pool *pool, uint32_t index)
{
    struct sim_pool_many *many = many_of(pool, index);

    settle(pool, many);
    SIM_REQUIRE(is_free(many, pool->place[index].rank));
    lose(pool, index);
}

uint32_t sim_pool_find_many(struct sim_pool *pool, uint32_t r, uint32_t *skip,
                            sim_ms until)
{
    struct sim_pool_many *many = pool->role[r].many;
    struct search search = {many, until, *skip, 0};
    uint32_t rank;

    if (many->free_count <= *skip)
        return SIM_NO_WORKER;
    settle(pool, many);
    rank = find(&search);
    if (rank == SIM_NO_WORKER)
        return SIM_NO_WORKER;
    *skip = search.passed;
    return many->rank[rank].index;
}

/* ---- for tests ---- */

/* The sums of `count` lower blocks are those of the upper one. */
static void verify_block(const struct sim_pool_block *upper,
                         const struct sim_pool_block *lower, uint32_t count)
{
    uint32_t free_count = 0;

    for (uint32_t i = 0; i < count; i++) {
        free_count += lower[i].free_count;
        SIM_REQUIRE(lower[i].latest <= upper->latest);
        SIM_REQUIRE((upper->bits >> i & 1) == (lower[i].free_count > 0));
        SIM_REQUIRE((uint32_t)__builtin_popcountll(lower[i].bits) ==
                    lower[i].free_count);
    }
    SIM_REQUIRE(free_count == upper->free_count);
}

/* Who stands at rank `i` of role `r`, in order with the one before. Returns
 * whether that one is free. */
static bool verify_rank(const struct sim_pool *pool, uint32_t r, uint32_t i,
                        const struct sim_pool_rank *before)
{
    const struct sim_pool_many *many = pool->role[r].many;
    const struct sim_pool_rank *entry = &many->rank[i];
    const struct sim_pool_place *place = &pool->place[entry->index];

    SIM_REQUIRE(entry->index < pool->place_count);
    SIM_REQUIRE(place->worker.role == r && !place->worker.leaving);
    SIM_REQUIRE(place->worker.shift_end == entry->shift_end &&
                place->worker.latest_end == entry->latest_end &&
                place->worker.tag == entry->tag);
    if (i >= many->ordered)
        return !place->worker.busy;
    SIM_REQUIRE(place->rank == i);
    SIM_REQUIRE(is_free(many, i) == !place->worker.busy);
    SIM_REQUIRE(entry->latest_end <= many->word[i / BITS].latest);
    SIM_REQUIRE(!before || sim_pool_before(before, entry));
    return is_free(many, i);
}

void sim_many_verify(const struct sim_pool *pool, uint32_t r)
{
    const struct sim_pool_many *many = pool->role[r].many;
    const struct sim_pool_rank *before = NULL;
    uint32_t free_count = 0, duty_count = 0;
    uint32_t words = (many->ordered + BITS - 1) / BITS;

    for (uint32_t i = 0; i < many->count; i++) {
        if (many->rank[i].index == SIM_NO_WORKER) {
            SIM_REQUIRE(i < many->ordered && !is_free(many, i));
            continue;
        }
        free_count += verify_rank(pool, r, i, before);
        duty_count++;
        before = &many->rank[i];
    }
    SIM_REQUIRE(free_count == many->free_count);
    SIM_REQUIRE(duty_count == pool->role[r].duty_count);
    for (uint32_t w = 0; w < words; w += BITS)
        verify_block(&many->group[w / BITS], &many->word[w],
                     words - w < BITS ? words - w : BITS);
}
