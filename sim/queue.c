/*
 * Queue: making one, and who can be staffed. The data structure, and what comes
 * and goes, are in sim/queue_impl.h.
 * Within an allotment lines are passed over where nobody could be found for
 * their head. That is sound: within an allotment starting only takes workers
 * away. Held workers are the first so many of a role's free: later
 * requests begin to look after them. So within an allotment nothing but
 * sim_queue_start may seize or release.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/queue.h"

#include <stdlib.h>
#include <string.h>

#include "sim/array_impl.h"

/* Lowest bit set of a word that is not 0. */
static uint32_t lowest_bit(uint64_t word)
{
    return (uint32_t)__builtin_ctzll(word);
}

/* How many workers an option takes in all. */
static uint32_t option_workers(const struct sim_option *option)
{
    uint32_t workers = 0;

    SIM_REQUIRE(option->need_count <= SIM_NEEDS_MAX);
    for (uint32_t i = 0; i < option->need_count; i++) {
        SIM_REQUIRE(option->need[i].count <= UINT32_MAX - workers);
        workers += option->need[i].count;
    }
    return workers;
}

/* The most workers that any option of any line takes. */
static uint32_t most_workers(const struct sim_line *line, size_t line_count)
{
    uint32_t most = 0;

    for (size_t i = 0; i < line_count; i++)
        for (uint32_t j = 0; j < line[i].option_count; j++) {
            uint32_t workers = option_workers(&line[i].option[j]);

            if (workers > most)
                most = workers;
        }
    return most;
}

/* All roles that the options of `line` ask for; 0 where one asks for nobody. */
static uint64_t roles_of(const struct sim_line *line)
{
    uint64_t roles = 0;

    for (uint32_t i = 0; i < line->option_count; i++) {
        if (option_workers(&line->option[i]) == 0)
            return 0;
        for (uint32_t j = 0; j < line->option[i].need_count; j++)
            roles |= line->option[i].need[j].roles;
    }
    return roles;
}

/* The role of the line's only need, of one worker, or SIM_ROLES_MAX. */
static uint32_t single_of(const struct sim_line *line)
{
    const struct sim_need *need;

    if (line->option_count != 1 || line->option[0].need_count != 1)
        return SIM_ROLES_MAX;
    need = &line->option[0].need[0];
    if (need->count != 1 || need->roles == 0 ||
        (need->roles & (need->roles - 1)) != 0)
        return SIM_ROLES_MAX;
    return lowest_bit(need->roles);
}

int sim_queue_new(const struct sim_line *line, size_t line_count,
                  struct sim_queue **out)
{
    struct sim_queue *queue;
    size_t most = most_workers(line, line_count);

    SIM_REQUIRE(line_count < SIM_NOT_WAITING);
    *out = NULL;
    queue = calloc(1, sizeof *queue);
    if (!queue)
        return SIM_ERR_NO_MEMORY;
    queue->line_count = line_count;
    queue->fresh = true;
    /* One more than needed throughout, so that nothing has size 0. */
    queue->word_count = line_count / SIM_QUEUE_BITS + 1;
    queue->line = calloc(line_count + 1, sizeof *queue->line);
    queue->occupied = calloc(queue->word_count, sizeof *queue->occupied);
    queue->passed = calloc(queue->word_count, sizeof *queue->passed);
    queue->picked = calloc(most + 1, sizeof *queue->picked);
    if (!queue->line || !queue->occupied || !queue->passed || !queue->picked) {
        sim_queue_free(queue);
        return SIM_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < line_count; i++) {
        queue->line[i].given = &line[i];
        queue->line[i].roles = roles_of(&line[i]);
        queue->line[i].single = single_of(&line[i]);
        if (line[i].option_count > 0) {
            queue->line[i].label = line[i].option[0].label;
            queue->line[i].expected = line[i].option[0].expected;
        }
        queue->roles |=
            queue->line[i].roles ? queue->line[i].roles : UINT64_MAX;
    }
    *out = queue;
    return SIM_OK;
}

void sim_queue_free(struct sim_queue *queue)
{
    if (!queue)
        return;
    for (size_t i = 0; queue->line && i < queue->line_count; i++) {
        free(queue->line[i].entry);
        free(queue->line[i].spare);
    }
    free(queue->picked);
    free(queue->waiting);
    free(queue->passed);
    free(queue->occupied);
    free(queue->line);
    free(queue);
}

/* Which lines anyone waits in has changed. */
static void look_around(struct sim_queue *queue)
{
    uint64_t lines = queue->occupied[0];
    uint32_t lowest = lines ? lowest_bit(lines) : 0;

    queue->alone = NULL;
    if (queue->word_count == 1 && lines == (uint64_t)1 << lowest &&
        queue->line[lowest].single < SIM_ROLES_MAX)
        queue->alone = &queue->line[lowest];
}

void sim_queue_empty(struct sim_queue *queue, struct sim_queue_line *line)
{
    size_t number = (size_t)(line - queue->line);

    line->first = 0;
    queue->occupied[number / SIM_QUEUE_BITS] &=
        ~((uint64_t)1 << number % SIM_QUEUE_BITS);
    look_around(queue);
}

void sim_queue_fill(struct sim_queue *queue, struct sim_queue_line *line)
{
    size_t number = (size_t)(line - queue->line);

    queue->occupied[number / SIM_QUEUE_BITS] |= (uint64_t)1
                                                << number % SIM_QUEUE_BITS;
    look_around(queue);
}

void sim_queue_refresh(struct sim_queue *queue)
{
    memset(queue->passed, 0, queue->word_count * sizeof *queue->passed);
    memset(queue->held, 0, sizeof queue->held);
    queue->fresh = true;
}

/* Room for request `id` in the array of requests. */
int sim_queue_grow(struct sim_queue *queue, uint32_t id)
{
    size_t old = queue->waiting_room;
    struct sim_waiting *grown = sim_array_grow(
        queue->waiting, &queue->waiting_room, (size_t)id + 1, sizeof *grown);

    if (!grown)
        return SIM_ERR_NO_MEMORY;
    queue->waiting = grown;
    for (size_t i = old; i < queue->waiting_room; i++)
        grown[i].line = SIM_NOT_WAITING;
    return SIM_OK;
}

/* Room for `more` at the back of `line`: what has left at the front, where that
 * is as much as is left, so that each entry moves once at most; or new room. */
int sim_queue_grow_line(struct sim_queue_line *line, size_t more)
{
    struct sim_queue_entry *grown;
    size_t room = line->room;

    if (line->first >= line->count && line->first >= more) {
        memcpy(line->entry, line->entry + line->first,
               line->count * sizeof *line->entry);
        line->first = 0;
        return SIM_OK;
    }
    grown = sim_array_grow(line->entry, &room, room + more, sizeof *grown);
    if (!grown)
        return SIM_ERR_NO_MEMORY;
    line->entry = grown;
    grown = realloc(line->spare, room * sizeof *grown);
    if (!grown)
        return SIM_ERR_NO_MEMORY;
    line->spare = grown;
    line->room = room;
    return SIM_OK;
}

/* Where in `line` `entry` is, which is there. */
size_t sim_queue_find(const struct sim_queue_line *line,
                      const struct sim_queue_entry *entry)
{
    size_t low = line->first, high = low + line->count - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (sim_entry_before(&line->entry[middle], entry))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t sim_queue_line_length(const struct sim_queue *queue, uint32_t line)
{
    SIM_REQUIRE(line < queue->line_count);
    return queue->line[line].count;
}

static const struct sim_queue_entry *head_of(const struct sim_queue_line *line)
{
    return &line->entry[line->first];
}

/* Whether the head of `a` goes before the head of `b`. */
static bool head_before(const struct sim_queue_line *a,
                        const struct sim_queue_line *b)
{
    if (a->given->priority != b->given->priority)
        return a->given->priority < b->given->priority;
    return sim_entry_before(head_of(a), head_of(b));
}

/* Whether anyone is free that `line` could take or hold. */
static bool may_start(const struct sim_queue_line *line, uint64_t free_roles)
{
    return line->roles == 0 || (line->roles & free_roles) != 0;
}

/* The better of `best` (or NULL) and the lines in word `w` that are not passed
 * over. Passes over those for which nobody is free. */
static inline struct sim_queue_line *best_of_word(struct sim_queue *queue,
                                                  size_t w, uint64_t free_roles,
                                                  struct sim_queue_line *best)
{
    uint64_t left = queue->occupied[w] & ~queue->passed[w];

    for (; left; left &= left - 1) {
        struct sim_queue_line *line =
            &queue->line[w * SIM_QUEUE_BITS + lowest_bit(left)];

        if (!may_start(line, free_roles)) {
            queue->passed[w] |= left & -left;
            queue->fresh = false;
            continue;
        }
        sim_queue_settle(line);
        if (!best || head_before(line, best))
            best = line;
    }
    return best;
}

/* The line with the best head of all, or NULL. */
static struct sim_queue_line *best_line(struct sim_queue *queue,
                                        uint64_t free_roles)
{
    struct sim_queue_line *best = NULL;

    for (size_t w = 0; w < queue->word_count; w++)
        best = best_of_word(queue, w, free_roles, best);
    return best;
}

/* Whether `worker` is already picked, for this or another need. */
static bool is_picked(const struct sim_queue *queue, uint32_t worker)
{
    for (uint32_t i = 0; i < queue->picked_count; i++)
        if (queue->picked[i] == worker)
            return true;
    return false;
}

/* The first worker of `role` who is free, neither held nor picked, and there
 * until `until`; or SIM_NO_WORKER. */
static uint32_t find_in_role(const struct sim_queue *queue,
                             struct sim_pool *pool, uint32_t role, sim_ms until)
{
    uint32_t skip = queue->held[role];
    uint32_t worker;

    while ((worker = sim_pool_find(pool, role, &skip, until)) !=
               SIM_NO_WORKER &&
           is_picked(queue, worker))
        skip++;
    return worker;
}

/* The same, of the lowest-numbered role in a set that has such a worker. */
static uint32_t find_in_set(const struct sim_queue *queue,
                            struct sim_pool *pool, uint64_t roles, sim_ms until)
{
    for (; roles; roles &= roles - 1) {
        uint32_t worker = find_in_role(queue, pool, lowest_bit(roles), until);

        if (worker != SIM_NO_WORKER)
            return worker;
    }
    return SIM_NO_WORKER;
}

/* Pick workers for one need, as far as there are any. Returns whether all were
 * found. */
static bool pick_need(struct sim_queue *queue, struct sim_pool *pool,
                      const struct sim_need *need, sim_ms until)
{
    for (uint32_t n = 0; n < need->count; n++) {
        uint32_t worker = find_in_set(queue, pool, need->roles, until);

        if (worker == SIM_NO_WORKER)
            return false;
        queue->picked[queue->picked_count++] = worker;
    }
    return true;
}

/* The same for all needs of `option`, each whether or not others are met. */
static bool pick_all(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
                     const struct sim_option *option)
{
    bool all = true;

    queue->picked_count = 0;
    for (uint32_t i = 0; i < option->need_count; i++)
        if (!pick_need(queue, pool, &option->need[i], now + option->expected))
            all = false;
    return all;
}

/* Whether enough are on duty, free or not, for all needs of `option`, each
 * counted for one need only. */
static bool enough_on_duty(const struct sim_pool *pool,
                           const struct sim_option *option)
{
    uint32_t used[SIM_ROLES_MAX] = {0};

    for (uint32_t i = 0; i < option->need_count; i++) {
        uint32_t missing = option->need[i].count;

        for (uint64_t left = option->need[i].roles; left && missing;
             left &= left - 1) {
            uint32_t role = lowest_bit(left);
            uint32_t some = sim_pool_duty_count(pool, role) - used[role];

            if (some > missing)
                some = missing;
            used[role] += some;
            missing -= some;
        }
        if (missing)
            return false;
    }
    return true;
}

/* Hold, for the rest of this allotment, the free workers that the head of
 * `line` needs: those of its first joint option that enough are on duty for. */
static void hold(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
                 const struct sim_queue_line *line)
{
    const struct sim_option *option = line->given->option;
    uint32_t left = line->given->option_count;

    for (; left > 0; left--, option++)
        if (option_workers(option) > 1 && enough_on_duty(pool, option))
            break;
    if (left == 0)
        return;
    (void)pick_all(queue, pool, now, option);
    for (uint32_t i = 0; i < queue->picked_count; i++)
        queue->held[sim_pool_worker(pool, queue->picked[i])->role]++;
    queue->fresh = false;
}

/* Seize the workers picked and chain them. Returns the first. */
static uint32_t seize_picked(struct sim_queue *queue, struct sim_pool *pool,
                             sim_ms now)
{
    uint32_t chain = SIM_NO_WORKER;

    /* Backwards, so that the chain is in the order of the needs. */
    for (uint32_t i = queue->picked_count; i > 0; i--) {
        sim_pool_seize(pool, queue->picked[i - 1], now);
        if (chain != SIM_NO_WORKER)
            sim_pool_worker(pool, queue->picked[i - 1])->next = chain;
        chain = queue->picked[i - 1];
    }
    return chain;
}

/* Staff the head of `line` by its first option that can be; the option taken,
 * or NULL, and the chain of its workers. */
static __attribute__((noinline)) const struct sim_option *
staff(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
      const struct sim_queue_line *line, uint32_t *worker)
{
    const struct sim_option *option = line->given->option;
    uint32_t left = line->given->option_count;

    for (; left > 0; left--, option++)
        if (pick_all(queue, pool, now, option)) {
            *worker = seize_picked(queue, pool, now);
            return option;
        }
    if (now >= queue->waiting[sim_entry_request(head_of(line))].hold_from)
        hold(queue, pool, now, line);
    return NULL;
}

bool sim_queue_start_any(struct sim_queue *queue, struct sim_pool *pool,
                         sim_ms now, struct sim_start *out)
{
    struct sim_queue_line *line;

    while ((line = best_line(queue, sim_pool_free_roles(pool))) != NULL) {
        const struct sim_option *option;
        size_t number = (size_t)(line - queue->line);

        if (line->single < SIM_ROLES_MAX) {
            if (sim_queue_start_single(queue, pool, now, line, out))
                return true;
        } else if ((option = staff(queue, pool, now, line, &out->worker))) {
            out->label = option->label;
            sim_queue_take_head(queue, line, out);
            return true;
        }
        queue->passed[number / SIM_QUEUE_BITS] |= (uint64_t)1
                                                  << number % SIM_QUEUE_BITS;
        queue->fresh = false;
    }
    return false;
}

/* One line: its entries, but those that came last, are in order, and its
 * requests know theirs. */
static void verify_line(const struct sim_queue *queue, size_t number)
{
    const struct sim_queue_line *line = &queue->line[number];

    SIM_REQUIRE(line->ordered <= line->count &&
                line->first + line->count <= line->room);
    for (size_t i = 0; i < line->count; i++) {
        const struct sim_queue_entry *entry = &line->entry[line->first + i];
        const struct sim_waiting *waiting =
            &queue->waiting[sim_entry_request(entry)];

        SIM_REQUIRE(sim_queue_waits(queue, sim_entry_request(entry)));
        SIM_REQUIRE(waiting->line == number);
        SIM_REQUIRE(waiting->entry.order == entry->order &&
                    waiting->entry.rank == entry->rank);
        SIM_REQUIRE(i == 0 || i >= line->ordered ||
                    sim_entry_before(entry - 1, entry));
    }
}

void sim_queue_verify(const struct sim_queue *queue)
{
    size_t length = 0;
    size_t waits = 0;

    for (size_t l = 0; l < queue->line_count; l++) {
        bool occupied =
            queue->occupied[l / SIM_QUEUE_BITS] >> l % SIM_QUEUE_BITS & 1;

        SIM_REQUIRE(occupied == (queue->line[l].count > 0));
        length += queue->line[l].count;
        verify_line(queue, l);
    }
    for (size_t id = 0; id < queue->waiting_room; id++)
        waits += sim_queue_waits(queue, (uint32_t)id);
    SIM_REQUIRE(length == queue->length && waits == queue->length);
}
