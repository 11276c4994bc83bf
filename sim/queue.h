#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H
/*
 * Queue: requests that wait for workers, and who goes next.
 * Requests that need the same workers in the same way wait in one line, in
 * order; so when nobody can be found for the head of a line, nobody can
 * for the rest, and an allotment looks only at heads, never at a whole queue.
 * Order over all lines: lower priority number, then earlier `order` time (due,
 * or deadline), then lower `tie` (a random number of the request's own), then
 * lower request. Allotment follows design rule 9: whatever can be staffed now
 * starts, in that order; options in order of preference; several workers are
 * taken together or not at all; a joint request that has waited until
 * `hold_from` holds free workers it needs, but only while enough of every role
 * it needs are on duty. Threads: a queue belongs to one replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/error.h"
#include "sim/pool.h"
#include "sim/ties.h"

#define SIM_NEEDS_MAX 8

/* `count` workers, each of any role in the set `roles` (bit r: role r; the
 * lowest-numbered role of the set with someone free is taken). */
struct sim_need {
    uint64_t roles;
    uint32_t count;
};

/* One way of staffing: all of `need`, and how long it is expected to keep
 * them, from now until they are free. */
struct sim_option {
    struct sim_need need[SIM_NEEDS_MAX];
    uint32_t need_count;
    sim_ms expected;
    uint32_t label; /* the caller's, returned with a start */
};

/* A line: its priority and its options, first choice first. Owned by the
 * caller, unchanged while the queue lives. */
struct sim_line {
    uint32_t priority;
    const struct sim_option *option;
    uint32_t option_count;
};

struct sim_request {
    uint32_t line;
    uint32_t tie;
    sim_ms order;
    sim_ms hold_from; /* joint requests; SIM_NEVER: never hold */
};

struct sim_start {
    uint32_t request;
    uint32_t label;  /* of the option taken */
    uint32_t worker; /* first of the chain of seized workers (worker->next) */
};

struct sim_queue;

/* Make a queue over `line_count` lines. `*out` is NULL on error. Returns
 * SIM_OK or SIM_ERR_NO_MEMORY. */
int sim_queue_new(const struct sim_line *line, size_t line_count,
                  struct sim_queue **out) SIM_MUST_CHECK;

/* Release the queue. NULL is allowed. */
void sim_queue_free(struct sim_queue *queue);

/*
 * Put request `id` into its line. `id` is the caller's number of it, small and
 * reused (the queue keeps an array up to the largest); it is not waiting now.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
static inline int
sim_queue_add(struct sim_queue *queue, uint32_t id,
              const struct sim_request *request) SIM_MUST_CHECK;

/*
 * The same for `count` requests at once, at most SIM_QUEUE_FEW, none of which
 * waits now, that differ only in number and tie: `request` is what they share,
 * its tie is not used. No number is above `highest`. On error none of them
 * waits.
 */
#define SIM_QUEUE_FEW SIM_TIES_FEW
static inline int
sim_queue_add_alike(struct sim_queue *queue, uint32_t count,
                    const uint32_t id[], const uint32_t tie[], uint32_t highest,
                    const struct sim_request *request) SIM_MUST_CHECK;

/* Take request `id` out, if it waits; returns whether it did. Short at the
 * front of its line; elsewhere those behind it move up. */
static inline bool sim_queue_remove(struct sim_queue *queue, uint32_t id);

/* The request at place `at` of a line, of those that wait; 0: the first. */
static inline uint32_t sim_queue_at(struct sim_queue *queue, uint32_t line,
                                    size_t at);

/* The requests of a line, in order, as long as none comes or goes; and take the
 * first `count` of them out. */
struct sim_queue_entry;
static inline const struct sim_queue_entry *
sim_queue_front(struct sim_queue *queue, uint32_t line);
static inline uint32_t sim_entry_request(const struct sim_queue_entry *entry);
static inline void sim_queue_drop(struct sim_queue *queue, uint32_t line,
                                  size_t count);

/* Who starts soon: the request `ahead` places behind the head, where all wait
 * in one line and so many do; or UINT32_MAX. A guess, to have it fetched: who
 * has come since may not be in order yet. */
static inline uint32_t sim_queue_soon(const struct sim_queue *queue,
                                      size_t ahead);

/* Whether `id` waits, how many do in one line, and how many do in all. */
static inline bool sim_queue_waits(const struct sim_queue *queue, uint32_t id);
size_t sim_queue_line_length(const struct sim_queue *queue, uint32_t line);
static inline size_t sim_queue_length(const struct sim_queue *queue);

/* Whether an allotment could start anything: somebody waits, and somebody is
 * free of a role that any line asks for. */
static inline bool sim_queue_may_start(const struct sim_queue *queue,
                                       const struct sim_pool *pool);

/* Begin an allotment: no line is passed over yet, no worker held. */
static inline void sim_queue_begin(struct sim_queue *queue);

/*
 * Start the next request that can be staffed at `now`: takes it out of its
 * line, seizes its workers and writes `*out`. Returns false, with `*out`
 * unspecified, when nothing more can start in this allotment. A worker can take
 * a request when now + expected <= its latest_end.
 */
static inline bool sim_queue_start(struct sim_queue *queue,
                                   struct sim_pool *pool, sim_ms now,
                                   struct sim_start *out);

/* Check heap order and positions; aborts. For tests. */
void sim_queue_verify(const struct sim_queue *queue);

#include "sim/queue_impl.h"
#endif
