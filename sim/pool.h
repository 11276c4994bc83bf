#ifndef SIM_POOL_H
#define SIM_POOL_H
/*
 * Pool: the workers on duty, by role. A worker is one rostered place on one
 * date; it comes on duty, is seized and released, and goes off duty, at once
 * or, when busy at the end of its shift, on release.
 * Among free workers of a role the one whose shift ends last is seized; ties
 * go to the lower worker tag (the caller's own, so that the order in which
 * shifts are listed does not matter), then to the lower index.
 * A seized worker can be chained with others through `next` (a joint service).
 * Threads: a pool belongs to one replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/error.h"

#define SIM_ROLES_MAX 64
#define SIM_NO_WORKER UINT32_MAX

struct sim_worker {
    uint32_t role;
    uint32_t next;  /* of the same service, or SIM_NO_WORKER; caller's */
    uint64_t tag;   /* the caller's: orders ties */
    uint32_t owner; /* the caller's: e.g. which shift */
    bool busy;
    bool leaving; /* off duty as soon as released */
    bool bank;    /* the caller's: not one of the usual staff */
    sim_ms shift_start;
    sim_ms shift_end;
    sim_ms latest_end; /* shift end plus overrun: expected ends not after */
    sim_ms seized_at;  /* while busy */
};

struct sim_pool;

/* Make an empty pool for roles 0 .. role_count - 1 (at most SIM_ROLES_MAX).
 * `*out` is NULL on error. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int sim_pool_new(uint32_t role_count, struct sim_pool **out) SIM_MUST_CHECK;

/* Send everyone away at once; the memory is kept for who comes. */
void sim_pool_reset(struct sim_pool *pool);

/* Release the pool. NULL is allowed. */
void sim_pool_free(struct sim_pool *pool);

/*
 * Bring a worker on duty, free. Copies `*worker` (busy, leaving, next and
 * seized_at are set by the pool) and writes its index to `*out`. Indices are
 * used again after a worker has gone. Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int sim_pool_add(struct sim_pool *pool, const struct sim_worker *worker,
                 uint32_t *out) SIM_MUST_CHECK;

/*
 * The same for `count` workers, one after the other, who differ in nothing but
 * their tag, which is one more from each to the next, and their owner, which is
 * `step` more. Writes their indices to out[count]; on error nobody has come.
 */
int sim_pool_add_row(struct sim_pool *pool, const struct sim_worker *first,
                     uint32_t step, uint32_t count,
                     uint32_t *out) SIM_MUST_CHECK;

/* The worker at `index`; valid until the next one is added. */
static inline struct sim_worker *sim_pool_worker(struct sim_pool *pool,
                                                 uint32_t index);

/* Free, and on duty (free or busy, not leaving), of `role`. */
uint32_t sim_pool_free_count(const struct sim_pool *pool, uint32_t role);
uint32_t sim_pool_duty_count(const struct sim_pool *pool, uint32_t role);

/* The set of roles with anyone free (bit r: role r). */
static inline uint64_t sim_pool_free_roles(const struct sim_pool *pool);

/* The free worker of `role` to be seized next after `skip` others, or
 * SIM_NO_WORKER. */
static inline uint32_t sim_pool_first(struct sim_pool *pool, uint32_t role,
                                      uint32_t skip);

/* The same of those whose latest_end is not before `until`; `*skip` becomes
 * how many others go before the one found. */
static inline uint32_t sim_pool_find(struct sim_pool *pool, uint32_t role,
                                     uint32_t *skip, sim_ms until);

/* Seize a free worker. */
static inline void sim_pool_seize(struct sim_pool *pool, uint32_t index,
                                  sim_ms now);

/* Seize the first free worker of `role`, after `skip` others, whose latest_end
 * is not before `until`; or SIM_NO_WORKER. */
static inline uint32_t sim_pool_take(struct sim_pool *pool, uint32_t role,
                                     uint32_t skip, sim_ms until, sim_ms now);

/*
 * Release a busy worker: free again or, when leaving, gone (its index is then
 * no longer valid). Returns true when gone.
 */
static inline bool sim_pool_release(struct sim_pool *pool, uint32_t index);

/* The same where `worker` is the one at `index`. */
static inline bool sim_pool_let_go(struct sim_pool *pool,
                                   struct sim_worker *worker, uint32_t index);

/* The shift ends: a free worker is gone (returns true), a busy one leaves on
 * release (returns false). */
bool sim_pool_end_shift(struct sim_pool *pool, uint32_t index);

/* The same for `count` workers of one role, one after the other. */
void sim_pool_end_row(struct sim_pool *pool, const uint32_t *index,
                      uint32_t count);

/* From how many on duty of one role, at most SIM_POOL_FEW, they are kept as
 * many (sim/pool_many.h): who is seized is the same. For tests: before anyone
 * has come. */
void sim_pool_many_from(struct sim_pool *pool, uint32_t count);

/* Check every invariant (counts, order of the ranks); aborts. For tests.
 */
void sim_pool_verify(const struct sim_pool *pool);

#include "sim/pool_impl.h"
#endif
