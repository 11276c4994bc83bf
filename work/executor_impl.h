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
/* Designs whose working memory one thread keeps, so that a handful of options
 * in two worlds fits; where there are more, the others are made anew once in a
 * block of replications. A scenario like those shipped takes about 0.2 MB. */
#define EXECUTOR_BENCHES 16

/* Room for a record, which grows to the longest that was ever in it. */
struct executor_record {
    double *value; /* [room] */
    size_t room;
};

/* See to it that `length` doubles fit. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int executor_record_reserve(struct executor_record *record,
                            size_t length) SIM_MUST_CHECK;

struct executor_runner {
    void *context; /* passed to `make` */
    /* Working memory of one thread; made and released by the caller's. */
    int (*make)(const struct executor *executor, void *context, void **out);
    /* Write the record of `job`, having reserved its length; on any thread. */
    int (*run)(void *working, const struct executor *executor,
               const struct job *job, struct executor_record *record);
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
