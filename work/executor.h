#ifndef WORK_EXECUTOR_H
#define WORK_EXECUTOR_H
/*
 * Executor: runs the jobs of a study on threads and hands the records back in
 * job order, so that the study sees the same sequence for any number of
 * threads. Memory: per thread the working sets of a few designs, and a bounded
 * number of records in flight.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "studies/study.h"
#include "work/designs.h"

/* Called, with a lock held, after each accepted job; quick and quiet. */
typedef void executor_progress(void *context, uint64_t done, uint64_t expected);

struct executor {
    const struct scenario *scenario; /* of design 0, where `designs` is NULL */
    const struct layout *layout;
    struct designs *designs; /* where jobs are of several designs */
    uint32_t seed;
    uint32_t threads; /* 1 and up; 0: as many as the machine has cores */
    const volatile sig_atomic_t *stop; /* non-zero: finish no further job; or
                                          NULL */
    executor_progress *progress;       /* or NULL */
    void *context;
};

/*
 * Run `study` to its end. Returns SIM_OK; SIM_ERR_STOPPED when `stop` was set
 * (the study then holds the longest complete prefix); or the first error in
 * job order, with a text in `trouble` (of `size` bytes, may be NULL).
 */
int executor_run(const struct executor *executor, const struct study *study,
                 char *trouble, size_t size) SIM_MUST_CHECK;
#endif
