/*
 * A binary heap of requests per line, the request first in order at its root,
 * and for every request where it waits, so that any can be taken out.
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

/* A request in its line's heap, with all that its order needs. */
struct entry {
    sim_ms order;
    uint64_t rank; /* tie 32, request 32 */
};

struct line {
    const struct sim_line *given;
    uint64_t roles; /* all that its options ask for; 0: one asks for nobody */
    struct entry *heap; /* [count] */
    size_t room;
    uint32_t count;
};

/* Where a request waits, by its number. */
struct waiting {
    uint32_t line; /* or NOT_WAITING */
    uint32_t position;
    sim_ms hold_from;
};

struct sim_queue {
    struct line *line; /* [line_count] */
    size_t line_count;
    uint64_t *occupied; /* [word_count], bit: the line has someone waiting */
    uint64_t *passed;   /* [word_count], bit: the line was passed over */
    size_t word_count;
    struct waiting *waiting; /* [waiting_count], by request */
    size_t waiting_room;
    size_t waiting_count;
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
        free(queue->line[i].heap);
    free(queue->picked);
    free(queue->waiting);
    free(queue->passed);
    free(queue->occupied);
    free(queue->line);
    free(queue);
}

/* Lay `entry` at `position` of a heap, and note where it is. */
static void lay(struct entry *heap, struct waiting *waiting, uint32_t position,
                struct entry entry)
{
    heap[position] = entry;
    waiting[request_of(&entry)].position = position;
}

/* Fill the gap at `position`, on the way rootward, with `entry`. */
static void sift_up(const struct sim_queue *queue, const struct line *line,
                    uint32_t position, struct entry entry)
{
    struct entry *heap = line->heap;
    struct waiting *waiting = queue->waiting;

    while (position > 0) {
        uint32_t parent = (position - 1) / 2;

        if (!entry_before(&entry, &heap[parent]))
            break;
        lay(heap, waiting, position, heap[parent]);
        position = parent;
    }
    lay(heap, waiting, position, entry);
}

/* Fill the gap at `position`, on the way leafward, with `entry`. */
static void sift_down(const struct sim_queue *queue, const struct line *line,
                      uint32_t position, struct entry entry)
{
    struct entry *heap = line->heap;
    struct waiting *waiting = queue->waiting;
    uint32_t count = line->count;

    for (;;) {
        uint32_t child = 2 * position + 1;

        if (child >= count)
            break;
        if (child + 1 < count && entry_before(&heap[child + 1], &heap[child]))
            child++;
        if (!entry_before(&heap[child], &entry))
            break;
        lay(heap, waiting, position, heap[child]);
        position = child;
    }
    lay(heap, waiting, position, entry);
}

/* Room for request `id` in the array of requests and one more in `line`. */
static int make_room(struct sim_queue *queue, struct line *line, uint32_t id)
{
    if (id >= queue->waiting_room) {
        struct waiting *grown =
            sim_array_grow(queue->waiting, &queue->waiting_room, (size_t)id + 1,
                           sizeof *grown);

        if (!grown)
            return SIM_ERR_NO_MEMORY;
        queue->waiting = grown;
    }
    if (line->count >= line->room) {
        struct entry *grown = sim_array_grow(
            line->heap, &line->room, (size_t)line->count + 1, sizeof *grown);

        if (!grown)
            return SIM_ERR_NO_MEMORY;
        line->heap = grown;
    }
    return SIM_OK;
}

int sim_queue_add(struct sim_queue *queue, uint32_t id,
                  const struct sim_request *request)
{
    struct entry entry = {request->order, (uint64_t)request->tie << 32 | id};
    struct line *line;

    SIM_REQUIRE(request->line < queue->line_count && id < NOT_WAITING);
    line = &queue->line[request->line];
    if (make_room(queue, line, id) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    while (queue->waiting_count <= id)
        queue->waiting[queue->waiting_count++].line = NOT_WAITING;
    SIM_REQUIRE(queue->waiting[id].line == NOT_WAITING);
    queue->waiting[id].line = request->line;
    queue->waiting[id].hold_from = request->hold_from;
    sift_up(queue, line, line->count++, entry);
    queue->occupied[request->line / WORD_BITS] |= (uint64_t)1
                                                  << request->line % WORD_BITS;
    queue->length++;
    return SIM_OK;
}

/* Take the request at `position` out of `line`. */
static void take_out(struct sim_queue *queue, struct line *line,
                     uint32_t position)
{
    uint32_t id = request_of(&line->heap[position]);
    size_t number = (size_t)(line - queue->line);
    struct entry last = line->heap[--line->count];

    /* The last of the heap fills the gap, then goes up or down. */
    if (request_of(&last) != id) {
        if (position > 0 && entry_before(&last, &line->heap[position]))
            sift_up(queue, line, position, last);
        else
            sift_down(queue, line, position, last);
    }
    if (line->count == 0)
        queue->occupied[number / WORD_BITS] &=
            ~((uint64_t)1 << number % WORD_BITS);
    queue->waiting[id].line = NOT_WAITING;
    queue->length--;
}

bool sim_queue_remove(struct sim_queue *queue, uint32_t id)
{
    const struct waiting *waiting;

    if (!sim_queue_waits(queue, id))
        return false;
    waiting = &queue->waiting[id];
    take_out(queue, &queue->line[waiting->line], waiting->position);
    return true;
}

bool sim_queue_waits(const struct sim_queue *queue, uint32_t id)
{
    return id < queue->waiting_count && queue->waiting[id].line != NOT_WAITING;
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

/* Whether the head of `a` goes before the head of `b`. */
static bool head_before(const struct line *a, const struct line *b)
{
    if (a->given->priority != b->given->priority)
        return a->given->priority < b->given->priority;
    return entry_before(&a->heap[0], &b->heap[0]);
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
static bool pick(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
                 const struct sim_option *option)
{
    bool all = true;

    queue->picked_count = 0;
    /* Nearly all take one worker. */
    if (option->need_count == 1 && option->need[0].count == 1) {
        queue->picked[0] = find_in_set(queue, pool, option->need[0].roles,
                                       now + option->expected);
        queue->picked_count = queue->picked[0] != SIM_NO_WORKER;
        return queue->picked_count == 1;
    }
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
    (void)pick(queue, pool, now, option);
    for (uint32_t i = 0; i < queue->picked_count; i++)
        queue->held[sim_pool_worker(pool, queue->picked[i])->role]++;
    queue->holding = true;
}

/* Pick workers for the head of `line`; the option taken, or NULL. */
static const struct sim_option *staff(struct sim_queue *queue,
                                      struct sim_pool *pool, sim_ms now,
                                      const struct line *line)
{
    const struct sim_option *option = line->given->option;

    for (uint32_t i = 0; i < line->given->option_count; i++)
        if (pick(queue, pool, now, &option[i]))
            return &option[i];
    return NULL;
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

bool sim_queue_start(struct sim_queue *queue, struct sim_pool *pool, sim_ms now,
                     struct sim_start *out)
{
    struct line *line;

    while ((line = best_line(queue, sim_pool_free_roles(pool))) != NULL) {
        const struct sim_option *option = staff(queue, pool, now, line);
        uint32_t request = request_of(&line->heap[0]);
        size_t number;

        /* Taking it out comes last: it moves the heap. */
        if (option) {
            out->request = request;
            out->label = option->label;
            out->worker = seize_picked(queue, pool, now);
            take_out(queue, line, 0);
            return true;
        }
        if (now >= queue->waiting[request].hold_from)
            hold(queue, pool, now, line);
        number = (size_t)(line - queue->line);
        queue->passed[number / WORD_BITS] |= (uint64_t)1 << number % WORD_BITS;
    }
    return false;
}

void sim_queue_verify(const struct sim_queue *queue)
{
    size_t length = 0;
    size_t waits = 0;

    for (size_t l = 0; l < queue->line_count; l++) {
        const struct line *line = &queue->line[l];
        bool occupied = queue->occupied[l / WORD_BITS] >> l % WORD_BITS & 1;

        SIM_REQUIRE(occupied == (line->count > 0));
        length += line->count;
        for (uint32_t i = 0; i < line->count; i++) {
            uint32_t id = request_of(&line->heap[i]);

            SIM_REQUIRE(sim_queue_waits(queue, id));
            SIM_REQUIRE(queue->waiting[id].line == l);
            SIM_REQUIRE(queue->waiting[id].position == i);
            SIM_REQUIRE(i == 0 || !entry_before(&line->heap[i],
                                                &line->heap[(i - 1) / 2]));
        }
    }
    for (uint32_t id = 0; id < queue->waiting_count; id++)
        waits += sim_queue_waits(queue, id);
    SIM_REQUIRE(length == queue->length && waits == queue->length);
}
