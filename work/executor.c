/*
 * Executor: a ring of seats for the jobs in flight, under one lock.
 *
 * Jobs get the numbers 0, 1, 2, ... as they are issued and job n sits in seat
 * n modulo the ring. Accepted jobs are a prefix, issued ones a longer prefix,
 * the two never further apart than the ring is long; so a thread that runs
 * ahead of a slow job waits, and memory is bounded. Whoever finishes a job
 * hands on what is next in order. The study is only ever called with the lock
 * held, and the caller's own thread is one of the workers.
 *
 * A job that fails, like a stop, ends the issuing of jobs at once; those under
 * way run to their end. So of several failures the first in order is the one
 * that counts, and a stop loses nothing that was begun.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/executor.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "work/executor_impl.h"
#include "work/thread_impl.h"

#define THREADS_MAX 512 /* more than any one machine profits from */

struct seat {
    struct job job;
    bool done;
    int err;
    char trouble[256];
    struct executor_record record;
};

struct worker {
    struct pool *pool;
    void *working;
    pthread_t thread;
};

struct pool {
    const struct executor *executor;
    const struct study *study;
    const struct executor_runner *runner;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a seat came free, or the end was reached */
    struct seat *seat;      /* [seat_count] */
    size_t seat_count;
    struct worker *worker;
    size_t worker_count;
    uint64_t issued;
    uint64_t accepted;
    bool halted;  /* issue no further job */
    bool stopped; /* because the caller asked */
    int err;      /* of the first job in order that failed */
    char trouble[256];
};

/* ---- what the lock protects ---- */

static bool stop_asked(const struct pool *pool)
{
    return pool->executor->stop && *pool->executor->stop;
}

static void fail(struct pool *pool, int err, const char *trouble)
{
    pool->err = err;
    pool->halted = true;
    snprintf(pool->trouble, sizeof pool->trouble, "%s",
             trouble[0] ? trouble : sim_error_text(err));
}

/* Give the study every record that is next in order. */
static void hand_on(struct pool *pool)
{
    const struct study *study = pool->study;
    const struct executor *executor = pool->executor;

    while (pool->err == SIM_OK && pool->accepted < pool->issued) {
        struct seat *seat = &pool->seat[pool->accepted % pool->seat_count];

        if (!seat->done)
            return;
        seat->done = false;
        pool->accepted++;
        if (seat->err != SIM_OK) {
            fail(pool, seat->err, seat->trouble);
            return;
        }
        int err = study->accept(study->self, &seat->job, seat->record.value);
        if (err != SIM_OK) {
            fail(pool, err, "");
            return;
        }
        if (executor->progress)
            executor->progress(executor->context, pool->accepted,
                               study->jobs_expected(study->self));
    }
}

/* Seat the next job; NULL where the ring is full or the study names none. */
static struct seat *issue(struct pool *pool)
{
    const struct study *study = pool->study;
    struct seat *seat = &pool->seat[pool->issued % pool->seat_count];

    if (pool->issued - pool->accepted >= pool->seat_count)
        return NULL;
    if (!study->next(study->self, &seat->job))
        return NULL;
    pool->issued++;
    return seat;
}

/*
 * The seat of a new job, or NULL when there will be none for this worker. Waits
 * while jobs are in flight that may make room, or make the study say more.
 */
static struct seat *take_seat(struct pool *pool)
{
    while (!pool->halted) {
        struct seat *seat;

        pool->stopped = stop_asked(pool);
        seat = pool->stopped ? NULL : issue(pool);
        if (seat)
            return seat;
        if (pool->stopped || pool->issued == pool->accepted)
            break;
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    pool->halted = true;
    pthread_cond_broadcast(&pool->changed);
    return NULL;
}

/* ---- workers ---- */

static void run_job(struct worker *worker, struct seat *seat)
{
    const struct pool *pool = worker->pool;
    const struct executor_runner *runner = pool->runner;

    seat->err =
        runner->run(worker->working, pool->executor, &seat->job, &seat->record);
    seat->trouble[0] = '\0';
    if (seat->err != SIM_OK)
        snprintf(seat->trouble, sizeof seat->trouble, "%s",
                 runner->trouble(worker->working));
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct pool *pool = worker->pool;
    struct seat *seat;

    pthread_mutex_lock(&pool->lock);
    while ((seat = take_seat(pool)) != NULL) {
        pthread_mutex_unlock(&pool->lock);
        run_job(worker, seat);
        pthread_mutex_lock(&pool->lock);
        seat->done = true;
        if (seat->err != SIM_OK)
            pool->halted = true;
        hand_on(pool);
        pthread_cond_broadcast(&pool->changed);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* ---- the pool ---- */

static uint32_t threads_wanted(const struct executor *executor,
                               const struct study *study)
{
    uint64_t jobs = study->jobs_expected(study->self);
    uint32_t threads = executor->threads;

    if (threads == 0) {
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        threads = cores > 0 && cores < THREADS_MAX ? (uint32_t)cores : 1;
    }
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    if (threads > jobs)
        threads = jobs ? (uint32_t)jobs : 1;
    return threads;
}

int executor_record_reserve(struct executor_record *record, size_t length)
{
    double *value;

    if (length <= record->room)
        return SIM_OK;
    if (length > SIZE_MAX / sizeof *value)
        return SIM_ERR_NO_MEMORY;
    /* What was in it is of no use to anyone, so it need not be copied. */
    value = malloc(length * sizeof *value);
    if (!value)
        return SIM_ERR_NO_MEMORY;
    free(record->value);
    *record = (struct executor_record){value, length};
    return SIM_OK;
}

static int make_seats(struct pool *pool, size_t count)
{
    pool->seat = calloc(count, sizeof *pool->seat);
    if (!pool->seat)
        return SIM_ERR_NO_MEMORY;
    pool->seat_count = count;
    return SIM_OK;
}

static int make_workers(struct pool *pool, size_t count)
{
    pool->worker = calloc(count, sizeof *pool->worker);
    if (!pool->worker)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        struct worker *worker = &pool->worker[i];
        int err = pool->runner->make(pool->executor, pool->runner->context,
                                     &worker->working);
        if (err != SIM_OK)
            return err;
        worker->pool = pool;
        pool->worker_count++;
    }
    return SIM_OK;
}

/* Everything but the lock. Right for a pool that was only half made. */
static void pool_clear(struct pool *pool)
{
    for (size_t i = 0; i < pool->worker_count; i++)
        pool->runner->release(pool->worker[i].working);
    for (size_t i = 0; i < pool->seat_count; i++)
        free(pool->seat[i].record.value);
    free(pool->worker);
    free(pool->seat);
}

/* Worker 0 is this thread. A thread the system will not give is done without.
 */
static void pool_run(struct pool *pool)
{
    size_t started = 1;

    while (started < pool->worker_count &&
           thread_start(&pool->worker[started].thread, work,
                        &pool->worker[started]))
        started++;
    work(&pool->worker[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(pool->worker[i].thread, NULL);
}

/* The code of how the run ended; a stop that came too late for a study that
 * has all it will ask for is none. */
static int pool_outcome(const struct pool *pool)
{
    const struct study *study = pool->study;

    if (pool->err == SIM_OK && pool->stopped &&
        pool->accepted < study->jobs_expected(study->self))
        return SIM_ERR_STOPPED;
    return pool->err;
}

static int pool_make_and_run(struct pool *pool, uint32_t threads)
{
    int err = make_seats(pool, (size_t)threads * EXECUTOR_WINDOW);

    if (err == SIM_OK)
        err = make_workers(pool, threads);
    if (err != SIM_OK)
        return err;
    pool_run(pool);
    return pool_outcome(pool);
}

int executor_run_with(const struct executor *executor,
                      const struct study *study,
                      const struct executor_runner *runner, char *trouble,
                      size_t size)
{
    struct pool pool = {.executor = executor, .study = study, .runner = runner};
    int err = SIM_ERR_NO_MEMORY;

    if (pthread_mutex_init(&pool.lock, NULL) != 0)
        goto out;
    if (pthread_cond_init(&pool.changed, NULL) != 0)
        goto unlocked;
    err = pool_make_and_run(&pool, threads_wanted(executor, study));
    pool_clear(&pool);
    pthread_cond_destroy(&pool.changed);
unlocked:
    pthread_mutex_destroy(&pool.lock);
out:
    if (trouble && size && err != SIM_OK)
        snprintf(trouble, size, "%s",
                 pool.trouble[0] ? pool.trouble : sim_error_text(err));
    return err;
}
