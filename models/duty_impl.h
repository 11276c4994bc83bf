#ifndef MODELS_DUTY_IMPL_H
#define MODELS_DUTY_IMPL_H
/*
 * Duty: the crews of shifts, which duty_crews.c makes and duty.c brings and
 * sends away. The pool knows workers by a role of its own: first the roles of
 * those who may only phone, one for each role of a shift with a minimum, then
 * those of the scenario.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

/* The places of one role in one shift, and their workers. */
struct crew {
    uint32_t role, tag;
    uint32_t place_count;
    uint32_t first;     /* of its places in world->rostered */
    bool may_be_absent; /* or else all always come */
    double *pay;        /* [run_count] of all of them, with standby; or NULL */
    struct sim_worker usual; /* in the first place, in the run that goes on or
                                else in the next */
    uint32_t *worker; /* [worker_count] of the present run, in the pool */
    uint32_t worker_count;
};

/* One shift: when it runs, and the workers of its present run. */
struct shift_now {
    const struct shift *shift;
    sim_ms *start; /* [run_count] of each run, on days of their own */
    sim_ms lasts;
    uint32_t run_count;
    uint32_t run;      /* the next to start */
    bool goes_on;      /* the one before has not ended */
    bool is_called;    /* who comes is not always the same, or too few */
    struct crew *crew; /* [crew_count] by role */
    uint32_t crew_count;
};

/* Staff time of the rota that is in the record before a run begins. */
struct rota_hours {
    uint32_t place; /* in the record */
    double ms;
};

/* How many roles are in a set. */
static inline uint32_t duty_size(uint64_t set)
{
    return (uint32_t)__builtin_popcountll(set);
}

/* The role in the pool of a worker of role `r`. */
static inline uint32_t duty_role(const struct world *world, uint32_t r,
                                 bool short_of)
{
    uint64_t before = ((uint64_t)1 << r) - 1;

    return short_of ? duty_size(world->shortened & before)
                    : world->shortened_count + r;
}
#endif
