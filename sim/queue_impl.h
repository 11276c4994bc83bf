#ifndef SIM_QUEUE_IMPL_H
#define SIM_QUEUE_IMPL_H
/*
 * The inside of sim/queue.h, in sight of the compiler because every request
 * comes and goes. Others use the functions of sim/queue.h only.
 *
 * An ordered array of requests per line, the first in order at its front, and
 * for every request its key, by which it is found. An array and no heap,
 * because requests come nearly in order: one falls due later than nearly all
 * that wait, so it goes in near the back, and what leaves, to be served or
 * because its time is over, mostly leaves at the front. Then nothing is moved.
 * Those that come together are put in order among themselves; where they do not
 * come after all others they stand behind them as they are, until somebody
 * looks at the line: then sim_queue_settle puts them in order.
 * Two sets of lines, as bits: those with anyone waiting, and those passed over
 * in this allotment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "sim/queue.h"

#define SIM_QUEUE_BITS 64u
#define SIM_NOT_WAITING UINT32_MAX

/* A request in its line, with all that its order needs. */
struct sim_queue_entry {
    sim_ms order;
    uint64_t rank; /* tie 32, request 32 */
};

struct sim_queue_line {
    const struct sim_line *given;
    uint64_t roles;  /* all that its options ask for; 0: one asks for nobody */
    uint32_t single; /* the one role of one worker that it asks for, if so, or
                        SIM_ROLES_MAX; and the only option's label and time */
    uint32_t label;
    sim_ms expected;
    struct sim_queue_entry
        *entry; /* [room]: those at `first` and the `count` from it */
    struct sim_queue_entry *spare; /* [room], for sim_queue_order */
    size_t room;
    size_t first, count;
    size_t ordered; /* so many of them are in order: the rest are yet to be */
};

/* Where a request waits, by its number. */
struct sim_waiting {
    struct sim_queue_entry entry; /* as it is in the line */
    sim_ms hold_from;
    uint32_t line; /* or SIM_NOT_WAITING */
};

struct sim_queue {
    struct sim_queue_line *line; /* [line_count] */
    size_t line_count;
    uint64_t *occupied; /* [word_count], bit: the line has someone waiting */
    uint64_t *passed;   /* [word_count], bit: the line was passed over */
    size_t word_count;
    struct sim_waiting *waiting; /* [waiting_room], by request */
    size_t waiting_room;
    size_t length;
    struct sim_queue_line *alone; /* the only one with anyone waiting, if one
                                     worker of one role is all that it asks for;
                                     or NULL */
    bool stuck;                   /* it was passed over in this allotment */
    bool fresh;       /* nothing was passed over, and nobody is held */
    uint64_t roles;   /* of all lines; all ones where one asks for nobody */
    uint32_t *picked; /* room for the workers of any option */
    uint32_t picked_count;
    uint32_t held[SIM_ROLES_MAX];
};

/* Room for request `id` in the array of requests; for `more` at the back of
 * `line`. Where in `line` `entry` is, which is there. */
int sim_queue_grow(struct sim_queue *queue, uint32_t id);
int sim_queue_grow_line(struct sim_queue_line *line, size_t more);
size_t sim_queue_find(const struct sim_queue_line *line,
                      const struct sim_queue_entry *entry);

static inline uint32_t sim_entry_request(const struct sim_queue_entry *entry)
{
    return (uint32_t)entry->rank;
}

/* The order within a line: all of it is of one priority. */
static inline bool sim_entry_before(const struct sim_queue_entry *a,
                                    const struct sim_queue_entry *b)
{
    if (a->order != b->order)
        return a->order < b->order;
    return a->rank < b->rank;
}

static inline bool sim_queue_waits(const struct sim_queue *queue, uint32_t id)
{
    return id < queue->waiting_room &&
           queue->waiting[id].line != SIM_NOT_WAITING;
}

static inline size_t sim_queue_length(const struct sim_queue *queue)
{
    return queue->length;
}

/* Put those that have come in order among the others. */
void sim_queue_order(struct sim_queue_line *line);
static inline void sim_queue_settle(struct sim_queue_line *line)
{
    if (line->ordered < line->count)
        sim_queue_order(line);
}

/* `line` has somebody waiting now. */
void sim_queue_fill(struct sim_queue *queue, struct sim_queue_line *line);

#include "sim/queue_add_impl.h"

/* `line` has nobody waiting any more. */
void sim_queue_empty(struct sim_queue *queue, struct sim_queue_line *line);

/* `line` has lost an entry: request `id` waits no more. */
static inline void sim_queue_let_go(struct sim_queue *queue,
                                    struct sim_queue_line *line, uint32_t id)
{
    line->ordered--;
    if (--line->count == 0)
        sim_queue_empty(queue, line);
    queue->waiting[id].line = SIM_NOT_WAITING;
    queue->length--;
}

static inline bool sim_queue_remove(struct sim_queue *queue, uint32_t id)
{
    const struct sim_waiting *waiting;
    struct sim_queue_line *line;

    if (!sim_queue_waits(queue, id))
        return false;
    waiting = &queue->waiting[id];
    line = &queue->line[waiting->line];
    sim_queue_settle(line);
    if (sim_entry_request(&line->entry[line->first]) == id) {
        line->first++;
    } else {
        size_t at = sim_queue_find(line, &waiting->entry);
        size_t behind = line->first + line->count - 1 - at;

        memmove(&line->entry[at], &line->entry[at + 1],
                behind * sizeof *line->entry);
    }
    sim_queue_let_go(queue, line, id);
    return true;
}

static inline uint32_t sim_queue_at(struct sim_queue *queue, uint32_t line,
                                    size_t at)
{
    struct sim_queue_line *of;

    SIM_REQUIRE(line < queue->line_count);
    of = &queue->line[line];
    SIM_REQUIRE(at < of->count);
    sim_queue_settle(of);
    return sim_entry_request(&of->entry[of->first + at]);
}

static inline const struct sim_queue_entry *
sim_queue_front(struct sim_queue *queue, uint32_t line)
{
    struct sim_queue_line *of;

    SIM_REQUIRE(line < queue->line_count);
    of = &queue->line[line];
    sim_queue_settle(of);
    return of->entry + of->first;
}

static inline void sim_queue_drop(struct sim_queue *queue, uint32_t line,
                                  size_t count)
{
    struct sim_queue_line *of = &queue->line[line];
    const struct sim_queue_entry *entry = of->entry + of->first;

    SIM_REQUIRE(count <= of->ordered);
    for (size_t i = 0; i < count; i++)
        queue->waiting[sim_entry_request(&entry[i])].line = SIM_NOT_WAITING;
    of->first += count;
    of->count -= count;
    of->ordered -= count;
    queue->length -= count;
    if (of->count == 0 && count > 0)
        sim_queue_empty(queue, of);
}

static inline uint32_t sim_queue_soon(const struct sim_queue *queue,
                                      size_t ahead)
{
    const struct sim_queue_line *line;

    line = queue->alone;
    if (!line)
        return UINT32_MAX;
    return ahead < line->count
               ? sim_entry_request(&line->entry[line->first + ahead])
               : UINT32_MAX;
}

/* The rest of sim_queue_begin. */
void sim_queue_refresh(struct sim_queue *queue);

static inline void sim_queue_begin(struct sim_queue *queue)
{
    queue->stuck = false;
    if (!queue->fresh)
        sim_queue_refresh(queue);
}

/* The head of `line` starts: it waits no more. */
static inline void sim_queue_take_head(struct sim_queue *queue,
                                       struct sim_queue_line *line,
                                       struct sim_start *out)
{
    out->request = sim_entry_request(&line->entry[line->first]);
    line->first++;
    sim_queue_let_go(queue, line, out->request);
}

/* Start the head of a line of one option that takes one worker of one role, as
 * nearly all do, if it can be. It has nobody to hold. */
static inline bool sim_queue_start_single(struct sim_queue *queue,
                                          struct sim_pool *pool, sim_ms now,
                                          struct sim_queue_line *line,
                                          struct sim_start *out)
{
    uint32_t worker =
        sim_pool_take(pool, line->single, queue->held[line->single],
                      now + line->expected, now);

    if (worker == SIM_NO_WORKER)
        return false;
    out->worker = worker;
    out->label = line->label;
    sim_queue_take_head(queue, line, out);
    return true;
}

/* The general case: many lines, many ways. */
bool sim_queue_start_any(struct sim_queue *queue, struct sim_pool *pool,
                         sim_ms now, struct sim_start *out);

static inline bool sim_queue_may_start(const struct sim_queue *queue,
                                       const struct sim_pool *pool)
{
    return queue->length > 0 &&
           (queue->roles == UINT64_MAX ||
            (queue->roles & sim_pool_free_roles(pool)) != 0);
}
/* Mostly requests wait in one line only: then there is nothing to compare. */
static inline bool sim_queue_start(struct sim_queue *queue,
                                   struct sim_pool *pool, sim_ms now,
                                   struct sim_start *out)
{
    struct sim_queue_line *line = queue->alone;

    if (!line || !queue->fresh)
        return sim_queue_may_start(queue, pool) &&
               sim_queue_start_any(queue, pool, now, out);
    if (!queue->stuck && (line->roles & sim_pool_free_roles(pool)) != 0) {
        sim_queue_settle(line);
        if (sim_queue_start_single(queue, pool, now, line, out))
            return true;
    }
    queue->stuck = true;
    return false;
}

#endif
