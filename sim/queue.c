/*
 * An ordered array of requests per line, the first in order at its front, and
 * for every request its key, by which it is found. An array and no heap,
 * because requests come nearly in order: one falls due later than nearly all
 * that wait, so it goes in near the back, and what leaves, to be served or
 * because its time is over, mostly leaves at the front. Then nothing is moved.
 * Two sets of lines, as bits: those with anyone waiting, and those passed over
 * in this allotment, because nobody could be found for their head. Passing
 * over is sound: within an allotment starting only takes workers away.
 * Held workers are the first so many of a role's free list: later requests
 * begin to look after them. So within an allotment nothing but
 * sim_queue_start may seize or release.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/queue.h"

#include <stdlib.h>
#include <string.h>

#include "sim/array_impl.h"

#define WORD_BITS 64u
#define NOT_WAITING UINT32_MAX

/* A request in its line, with all that its order needs. */
struct entry {
    sim_ms order;
    uint64_t rank; /* tie 32, request 32 */
};

struct line {
    const struct sim_line *given;
    uint64_t roles; /* all that its options ask for; 0: one asks for nobody */
    struct entry *entry; /* [room]: those at `first` and the `count` from it */
    size_t room;
    size_t first, count;
};

/* Where a request waits, by its number. */
struct waiting {
    struct entry entry; /* as it is in the line */
    sim_ms hold_from;
    uint32_t line; /* or NOT_WAITING */
};

struct sim_queue {
    struct line *line; /* [line_count] */
    size_t line_count;
    uint64_t *occupied; /* [word_count], bit: the line has someone waiting */
    uint64_t *passed;   /* [word_count], bit: the line was passed over */
    size_t word_count;
    struct waiting *waiting; /* [waiting_room], by request */
    size_t waiting_room;
    size_t length;
    uint32_t *picked; /* room for the workers of any option */
    uint32_t picked_count;
    bool holding; /* any of `held` is not 0 */
    uint32_t held[SIM_ROLES_MAX];
};

static uint32_t request_of(const struct entry *entry)
{
    return (uint32_t)entry->rank;
}

/* The order within a line: all of it is of one priority. */
static bool entry_before(const struct entry *a, const struct entry *b)
{
    if (a->order != b->order)
        return a->order < b->order;
    return a->rank < b->rank;
}

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

int sim_queue_new(const struct sim_line *line, size_t line_count,
                  struct sim_queue **out)
{
    struct sim_queue *queue;
    size_t most = most_workers(line, line_count);

    SIM_REQUIRE(line_count < NOT_WAITING);
    *out = NULL;
    queue = calloc(1, sizeof *queue);
    if (!queue)
        return SIM_ERR_NO_MEMORY;
    queue->line_count = line_count;
    /* One more than needed throughout, so that nothing has size 0. */
    queue->word_count = line_count / WORD_BITS + 1;
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
    }
    *out = queue;
    return SIM_OK;
}

void sim_queue_free(struct sim_queue *queue)
{
    if (!queue)
        return;
    for (size_t i = 0; queue->line && i < queue->line_count; i++)
        free(queue->line[i].entry);
    free(queue->picked);
    free(queue->waiting);
    free(queue->passed);
    free(queue->occupied);
    free(queue->line);
    free(queue);
}

/* Room for request `id` in the array of requests. */
static int grow_requests(struct sim_queue *queue, uint32_t id)
{
    size_t old = queue->waiting_room;
    struct waiting *grown = sim_array_grow(queue->waiting, &queue->waiting_room,
                                           (size_t)id + 1, sizeof *grown);

    if (!grown)
        return SIM_ERR_NO_MEMORY;
    queue->waiting = grown;
    for (size_t i = old; i < queue->waiting_room; i++)
        grown[i].line = NOT_WAITING;
    return SIM_OK;
}

/* Room for one more at the back of `line`: what has left at the front, where
 * that is as much as is left, so that each entry moves once at most; or more.
 */
static int grow_line(struct line *line)
{
    struct entry *grown;

    if (line->first >= line->count && line->first > 0) {
        memcpy(line->entry, line->entry + line->first,
               line->count * sizeof *line->entry);
        line->first = 0;
        return SIM_OK;
    }
    grown =
        sim_array_grow(line->entry, &line->room, line->room + 1, sizeof *grown);
    if (!grown)
        return SIM_ERR_NO_MEMORY;
    line->entry = grown;
    return SIM_OK;
}

int sim_queue_add(struct sim_queue *queue, uint32_t id,
                  const struct sim_request *request)
{
    struct entry entry = {request->order, (uint64_t)request->tie << 32 | id};
    struct waiting *waiting;
    struct line *line;
    size_t at;

    SIM_REQUIRE(request->line < queue->line_count && id < NOT_WAITING);
    line = &queue->line[request->line];
    if (id >= queue->waiting_room && grow_requests(queue, id) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    if (line->first + line->count >= line->room && grow_line(line) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    waiting = &queue->waiting[id];
    SIM_REQUIRE(waiting->line == NOT_WAITING);
    *waiting = (struct waiting){entry, request->hold_from, request->line};
    at = line->first + line->count++;
    for (; at > line->first && entry_before(&entry, &line->entry[at - 1]); at--)
        line->entry[at] = line->entry[at - 1];
    line->entry[at] = entry;
    queue->occupied[request->line / WORD_BITS] |= (uint64_t)1
                                                  << request->line % WORD_BITS;
    queue->length++;
    return SIM_OK;
}

/* `line`, the `number`-th, has lost an entry: request `id` waits no more. */
static void let_go(struct sim_queue *queue, struct line *line, size_t number,
                   uint32_t id)
{
    if (--line->count == 0) {
        line->first = 0;
        queue->occupied[number / WORD_BITS] &=
            ~((uint64_t)1 << number % WORD_BITS);
    }
    queue->waiting[id].line = NOT_WAITING;
    queue->length--;
}

/* Where in `line` `entry` is, which is there. */
static size_t find(const struct line *line, const struct entry *entry)
{
    size_t low = line->first, high = low + line->count - 1;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (entry_before(&line->entry[middle], entry))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool sim_queue_remove(struct sim_queue *queue, uint32_t id)
{
    const struct waiting *waiting;
    struct line *line;

    if (!sim_queue_waits(queue, id))
        return false;
    waiting = &queue->waiting[id];
    line = &queue->line[waiting->line];
    if (request_of(&line->entry[line->first]) == id) {
        line->first++;
    } else {
        size_t at = find(line, &waiting->entry);
        size_t behind = line->first + line->count - 1 - at;

        memmove(&line->entry[at], &line->entry[at + 1],
                behind * sizeof *line->entry);
    }
    let_go(queue, line, waiting->line, id);
    return true;
}

bool sim_queue_waits(const struct sim_queue *queue, uint32_t id)
{
    return id < queue->waiting_room && queue->waiting[id].line != NOT_WAITING;
}

size_t sim_queue_line_length(const struct sim_queue *queue, uint32_t line)
{
    SIM_REQUIRE(line < queue->line_count);
    return queue->line[line].count;
}

size_t sim_queue_length(const struct sim_queue *queue)
{
    return queue->length;
}

void sim_queue_begin(struct sim_queue *queue)
{
    for (size_t w = 0; w < queue->word_count; w++)
        queue->passed[w] = 0;
    if (queue->holding)
        memset(queue->held, 0, sizeof queue->held);
    queue->holding = false;
}

static const struct entry *head_of(const struct line *line)
{
    return &line->entry[line->first];
}

/* Whether the head of `a` goes before the head of `b`. */
static bool head_before(const struct line *a, const struct line *b)
{
    if (a->given->priority != b->given->priority)
        return a->given->priority < b->given->priority;
    return entry_before(head_of(a), head_of(b));
}

/* Whether anyone is free that `line` could take or hold. */
static bool may_start(const struct line *line, uint64_t free_roles)
{
    return line->roles == 0 || (line->roles & free_roles) != 0;
}

/* The line with the best head among those not passed over, or NULL. Passes
 * over those for which nobody is free. */
static struct line *best_line(struct sim_queue *queue, uint64_t free_roles)
{
    struct line *best = NULL;

    for (size_t w = 0; w < queue->word_count; w++) {
        uint64_t left = queue->occupied[w] & ~queue->passed[w];

        for (; left; left &= left - 1) {
            struct line *line = &queue->line[w * WORD_BITS + lowest_bit(left)];

            if (!may_start(line, free_roles))
                queue->passed[w] |= left & -left;
            else if (!best || head_before(line, best))
                best = line;
        }
    }
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

    /* Overruns differ, so one who must go may come before one who need not. */
    while ((worker = sim_pool_first(pool, role, skip)) != SIM_NO_WORKER) {
        if (sim_pool_worker(pool, worker)->latest_end >= until &&
            !is_picked(queue, worker))
            break;
        skip++;
    }
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
                 const struct line *line)
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
    queue->holding = true;
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

/* Seize what `option` needs, if it is to be had; the first of the chain, or
 * SIM_NO_WORKER. An option of nobody, which has no chain, is `*met` too. */
static uint32_t take(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
                     const struct sim_option *option, bool *met)
{
    uint32_t worker;

    /* Nearly all take one worker. */
    if (option->need_count == 1 && option->need[0].count == 1) {
        queue->picked_count = 0;
        worker = find_in_set(queue, pool, option->need[0].roles,
                             now + option->expected);
        *met = worker != SIM_NO_WORKER;
        if (*met)
            sim_pool_seize(pool, worker, now);
        return worker;
    }
    *met = pick_all(queue, pool, now, option);
    return *met ? seize_picked(queue, pool, now) : SIM_NO_WORKER;
}

/* Staff the head of `line` by its first option that can be; the option taken,
 * or NULL, and the chain of its workers. */
static const struct sim_option *staff(struct sim_queue *queue,
                                      struct sim_pool *pool, sim_ms now,
                                      const struct line *line, uint32_t *worker)
{
    const struct sim_option *option = line->given->option;
    bool met;

    for (uint32_t i = 0; i < line->given->option_count; i++) {
        *worker = take(queue, pool, now, &option[i], &met);
        if (met)
            return &option[i];
    }
    return NULL;
}

bool sim_queue_start(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
                     struct sim_start *out)
{
    struct line *line;

    while ((line = best_line(queue, sim_pool_free_roles(pool))) != NULL) {
        uint32_t worker;
        const struct sim_option *option =
            staff(queue, pool, now, line, &worker);
        uint32_t request = request_of(head_of(line));
        size_t number = (size_t)(line - queue->line);

        if (option) {
            *out = (struct sim_start){request, option->label, worker};
            line->first++;
            let_go(queue, line, number, request);
            return true;
        }
        if (now >= queue->waiting[request].hold_from)
            hold(queue, pool, now, line);
        queue->passed[number / WORD_BITS] |= (uint64_t)1 << number % WORD_BITS;
    }
    return false;
}

/* One line: its entries are in order, and its requests know theirs. */
static void verify_line(const struct sim_queue *queue, size_t number)
{
    const struct line *line = &queue->line[number];

    SIM_REQUIRE(line->first + line->count <= line->room);
    for (size_t i = 0; i < line->count; i++) {
        const struct entry *entry = &line->entry[line->first + i];
        const struct waiting *waiting = &queue->waiting[request_of(entry)];

        SIM_REQUIRE(sim_queue_waits(queue, request_of(entry)));
        SIM_REQUIRE(waiting->line == number);
        SIM_REQUIRE(waiting->entry.order == entry->order &&
                    waiting->entry.rank == entry->rank);
        SIM_REQUIRE(i == 0 || entry_before(entry - 1, entry));
    }
}

void sim_queue_verify(const struct sim_queue *queue)
{
    size_t length = 0;
    size_t waits = 0;

    for (size_t l = 0; l < queue->line_count; l++) {
        bool occupied = queue->occupied[l / WORD_BITS] >> l % WORD_BITS & 1;

        SIM_REQUIRE(occupied == (queue->line[l].count > 0));
        length += queue->line[l].count;
        verify_line(queue, l);
    }
    for (size_t id = 0; id < queue->waiting_room; id++)
        waits += sim_queue_waits(queue, (uint32_t)id);
    SIM_REQUIRE(length == queue->length && waits == queue->length);
}
