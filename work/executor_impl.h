#ifndef WORK_EXECUTOR_IMPL_H
#define WORK_EXECUTOR_IMPL_H
/*
 * The seam between the executor and what a job is: a runner makes one working
 * memory per thread and runs jobs in it. Real jobs are replications; a test
 * may run anything.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/executor.h"

/* Records in flight for each thread: enough that nobody waits for a job that
 * takes four times as long as its neighbours. */
#define EXECUTOR_WINDOW 4

struct executor_runner {
    void *context; /* passed to `make` */
    /* Working memory of one thread; made and released by the caller's. */
    int (*make)(const struct executor *executor, void *context, void **out);
    /* Write layout->length doubles to `record`; on any thread. */
    int (*run)(void *working, const struct executor *executor,
               const struct job *job, double *record);
    /* What went wrong in the last run; never NULL, "" where unknown. */
    const char *(*trouble)(const void *working);
    void (*release)(void *working); /* NULL is allowed */
};

/* As executor_run, with jobs run by `runner`. */
int executor_run_with(const struct executor *executor,
                      const struct study *study,
                      const struct executor_runner *runner, char *trouble,
                      size_t size) SIM_MUST_CHECK;
#endif
