/*
 * Executor: replications as jobs. Each thread has a workshop of a few benches,
 * each with the working memory of one design, because a warm memory runs a
 * replication without allocating; designs change places on them as jobs ask.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/executor.h"

#include <stdlib.h>

#include "models/replication.h"
#include "work/executor_impl.h"

/* Working memory for one design. */
struct bench {
    uint32_t number;
    struct design design;
    struct replication *replication; /* NULL: this bench is free */
    uint64_t used;                   /* when last, in jobs of this thread */
};

/* What one thread works with. */
struct workshop {
    struct designs *designs; /* where benches' designs go back to, or NULL */
    struct bench bench[EXECUTOR_BENCHES];
    const struct bench *last; /* of the last job, or NULL */
    uint64_t jobs;
    char trouble[256]; /* where no replication could say it */
};

static int make_workshop(const struct executor *executor, void *context,
                         void **out)
{
    struct workshop *workshop = calloc(1, sizeof *workshop);

    (void)context;
    *out = workshop;
    if (!workshop)
        return SIM_ERR_NO_MEMORY;
    workshop->designs = executor->designs;
    return SIM_OK;
}

/* Take the design away again, and the memory it was worked in. */
static void clear_bench(struct workshop *workshop, struct bench *bench)
{
    if (!bench->replication)
        return;
    replication_free(bench->replication);
    if (workshop->designs)
        designs_give_back(workshop->designs, bench->number);
    *bench = (struct bench){0};
}

static void release_workshop(void *working)
{
    struct workshop *workshop = working;

    for (size_t i = 0; workshop && i < EXECUTOR_BENCHES; i++)
        clear_bench(workshop, &workshop->bench[i]);
    free(workshop);
}

static int take_design(struct workshop *workshop,
                       const struct executor *executor, uint32_t number,
                       struct design *out)
{
    if (executor->designs)
        return designs_take(executor->designs, number, out, workshop->trouble,
                            sizeof workshop->trouble);
    SIM_REQUIRE(number == 0);
    *out = (struct design){executor->scenario, executor->layout};
    return SIM_OK;
}

/* Lay a design on a free bench. */
static int lay_out(struct workshop *workshop, const struct executor *executor,
                   uint32_t number, struct bench *bench)
{
    struct design design;
    struct replication *replication;
    int err = take_design(workshop, executor, number, &design);

    if (err != SIM_OK)
        return err;
    err = replication_new(design.scenario, design.layout, &replication);
    if (err != SIM_OK) {
        if (workshop->designs)
            designs_give_back(workshop->designs, number);
        return err;
    }
    *bench = (struct bench){
        .number = number, .design = design, .replication = replication};
    return SIM_OK;
}

/* The bench of design `number`: the one that has it, or a free one, or the one
 * that was not used for longest. */
static int find_bench(struct workshop *workshop,
                      const struct executor *executor, uint32_t number,
                      struct bench **out)
{
    struct bench *oldest = &workshop->bench[0];
    int err = SIM_OK;

    for (size_t i = 0; i < EXECUTOR_BENCHES; i++) {
        struct bench *bench = &workshop->bench[i];

        if (bench->replication && bench->number == number) {
            *out = bench;
            return SIM_OK;
        }
        if (bench->used < oldest->used)
            oldest = bench;
    }
    clear_bench(workshop, oldest);
    err = lay_out(workshop, executor, number, oldest);
    *out = oldest;
    return err;
}

static int run_replication(void *working, const struct executor *executor,
                           const struct job *job,
                           struct executor_record *record)
{
    struct workshop *workshop = working;
    struct bench *bench = NULL;
    int err;

    workshop->last = NULL;
    workshop->trouble[0] = '\0';
    err = find_bench(workshop, executor, job->design, &bench);
    if (err != SIM_OK)
        return err;
    bench->used = ++workshop->jobs;
    err = executor_record_reserve(record, bench->design.layout->length);
    if (err != SIM_OK)
        return err;
    workshop->last = bench;
    return replication_run(bench->replication, executor->seed, job->replication,
                           record->value);
}

static const char *trouble_of_replication(const void *working)
{
    const struct workshop *workshop = working;

    return workshop->last ? replication_trouble(workshop->last->replication)
                          : workshop->trouble;
}

int executor_run(const struct executor *executor, const struct study *study,
                 char *trouble, size_t size)
{
    static const struct executor_runner runner = {
        .make = make_workshop,
        .run = run_replication,
        .trouble = trouble_of_replication,
        .release = release_workshop,
    };

    return executor_run_with(executor, study, &runner, trouble, size);
}
