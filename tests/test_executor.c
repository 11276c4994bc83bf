/* The executor on jobs that are not replications: they sleep unevenly, fail
 * where they are told to, and write down who they are.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include <time.h>

#include "studies/replicate.h"
#include "work/executor.h"
#include "work/executor_impl.h"

#define RECORD 5
#define JOBS 60
#define NOBODY UINT32_MAX

/* What the fake jobs do, and what is seen of them. */
struct bench {
    struct layout layout;
    struct replicate replicate;
    struct study inner; /* of `replicate` */
    uint32_t batch;     /* ask for no more than so many at a time; 0: all */
    uint32_t refuse;    /* accept fails here */
    uint32_t fails[2];  /* these jobs fail, the first one late */
    int made, make_fails_at;
    int released;
    uint64_t issued, most_in_flight;
    uint64_t done;
    bool disorder; /* cmocka can only fail on the thread that runs the test */
    volatile sig_atomic_t stop;
    uint64_t stop_at; /* set `stop` when so many are done */
};

struct memory {
    struct bench *bench;
    char trouble[64];
};

/* ---- the fake runner ---- */

static void nap(long microseconds)
{
    struct timespec time = {.tv_sec = 0, .tv_nsec = microseconds * 1000};

    nanosleep(&time, NULL);
}

static int make(const struct executor *executor, void *context, void **out)
{
    struct bench *bench = context;
    struct memory *memory;

    (void)executor;
    if (bench->make_fails_at == bench->made)
        return SIM_ERR_NO_MEMORY;
    memory = calloc(1, sizeof *memory);
    memory->bench = bench;
    bench->made++;
    *out = memory;
    return SIM_OK;
}

/* Every seventh job takes long, so that its followers overtake it. */
static int run(void *working, const struct executor *executor,
               const struct job *job, struct executor_record *room)
{
    struct memory *memory = working;
    const struct bench *bench = memory->bench;
    double *record;

    if (executor_record_reserve(room, RECORD) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    record = room->value;
    nap(job->number % 7 == 0 ? 3000 : (long)(job->number * 37 % 5) * 40);
    for (size_t i = 0; i < RECORD; i++)
        record[i] = executor->seed + job->replication * 10.0 + (double)i;
    for (size_t i = 0; i < LENGTH(bench->fails); i++)
        if (bench->fails[i] == job->replication) {
            nap(i == 0 ? 20000 : 0);
            snprintf(memory->trouble, sizeof memory->trouble, "job %u of %zu",
                     job->replication, i);
            return i == 0 ? SIM_ERR_LOOP : SIM_ERR_LIMIT;
        }
    return SIM_OK;
}

static const char *trouble_of(const void *working)
{
    const struct memory *memory = working;

    return memory->trouble;
}

static void release(void *working)
{
    struct memory *memory = working;

    memory->bench->released++;
    free(memory);
}

/* ---- the study that looks on ---- */

static bool next(void *self, struct job *out)
{
    struct bench *bench = self;
    uint64_t in_flight = bench->issued - bench->replicate.records.count;

    if (bench->batch && bench->issued % bench->batch == 0 && in_flight)
        return false; /* the batch must be in first */
    if (!bench->inner.next(bench->inner.self, out))
        return false;
    bench->issued++;
    if (in_flight + 1 > bench->most_in_flight)
        bench->most_in_flight = in_flight + 1;
    return true;
}

static int accept(void *self, const struct job *job, const double *record)
{
    struct bench *bench = self;

    bench->disorder |= job->number != bench->replicate.records.count;
    if (job->replication == bench->refuse)
        return SIM_ERR_IO;
    return bench->inner.accept(bench->inner.self, job, record);
}

static uint64_t jobs_expected(const void *self)
{
    const struct bench *bench = self;

    return bench->inner.jobs_expected(bench->inner.self);
}

static void progress(void *context, uint64_t done, uint64_t expected)
{
    struct bench *bench = context;

    bench->disorder |=
        done != bench->done + 1 || expected != bench->replicate.asked;
    bench->done = done;
    if (done == bench->stop_at)
        bench->stop = 1;
}

static void bench_init(struct bench *bench, uint32_t jobs)
{
    memset(bench, 0, sizeof *bench);
    bench->layout.length = RECORD;
    bench->refuse = bench->fails[0] = bench->fails[1] = NOBODY;
    bench->make_fails_at = -1;
    replicate_init(&bench->replicate, &bench->layout, jobs);
    bench->inner = replicate_study(&bench->replicate);
}

static int bench_run(struct bench *bench, uint32_t threads, char *trouble,
                     size_t size)
{
    struct executor executor = {.layout = &bench->layout,
                                .seed = 1000,
                                .threads = threads,
                                .stop = &bench->stop,
                                .progress = progress,
                                .context = bench};
    struct executor_runner runner = {.context = bench,
                                     .make = make,
                                     .run = run,
                                     .trouble = trouble_of,
                                     .release = release};
    struct study study = {.self = bench,
                          .next = next,
                          .accept = accept,
                          .jobs_expected = jobs_expected};
    int err = executor_run_with(&executor, &study, &runner, trouble, size);

    assert_int_equal(bench->made, bench->released);
    assert_int_equal(bench->done, bench->replicate.records.count);
    assert_false(bench->disorder);
    return err;
}

/* The records accepted are those of replications 0 .. count - 1, whole. */
static void assert_prefix(const struct bench *bench)
{
    const struct records *records = &bench->replicate.records;
    double column[JOBS];

    assert_in_range(records->count, 0, JOBS);
    for (uint32_t k = 0; k < RECORD; k++) {
        records_take(records, k, column);
        for (size_t i = 0; i < records->count; i++)
            assert_true(column[i] == (double)(1000 + 10 * i + k));
    }
}

/* ---- whole runs ---- */

struct run_case {
    const char *name;
    uint32_t threads, jobs, batch;
};
static struct run_case run_cases[] = {
    {"one thread", 1, JOBS, 0},
    {"two threads", 2, JOBS, 0},
    {"three threads", 3, JOBS, 0},
    {"eight threads", 8, JOBS, 0},
    {"as many threads as cores", 0, JOBS, 0},
    {"more threads than jobs", 8, 3, 0},
    {"no jobs at all", 2, 0, 0},
    {"a study that waits for each record", 3, 10, 1},
    {"a study that waits for each batch", 8, JOBS, 5},
};

static void accepts_in_order(void **state)
{
    const struct run_case *c = *state;
    struct bench bench;
    char trouble[64] = "untouched";

    bench_init(&bench, c->jobs);
    bench.batch = c->batch;
    assert_int_equal(bench_run(&bench, c->threads, trouble, sizeof trouble),
                     SIM_OK);
    assert_string_equal(trouble, "untouched");
    assert_int_equal(bench.replicate.records.count, c->jobs);
    assert_prefix(&bench);
    if (c->threads) {
        assert_true(bench.made <= (int)c->threads);
        assert_true(bench.most_in_flight <=
                    (uint64_t)EXECUTOR_WINDOW * c->threads);
    }
    replicate_clear(&bench.replicate);
}

/* A job that never ends in time must not let others run on without bound. */
static void the_window_is_bounded(void **state)
{
    struct bench bench;

    (void)state;
    bench_init(&bench, JOBS);
    bench.fails[0] = 0; /* 20 ms and more, while others take 0.1 ms */
    assert_int_equal(bench_run(&bench, 2, NULL, 0), SIM_ERR_LOOP);
    assert_int_equal(bench.replicate.records.count, 0);
    assert_int_equal(bench.most_in_flight, 2 * EXECUTOR_WINDOW);
    replicate_clear(&bench.replicate);
}

/* ---- stopping ---- */

struct stop_case {
    const char *name;
    uint32_t threads;
    uint64_t stop_at;
    bool before; /* set it before the start */
    int err;
    uint32_t least, most; /* records kept */
};
static struct stop_case stop_cases[] = {
    {"a stop before the start leaves nothing", 3, 0, true, SIM_ERR_STOPPED, 0,
     0},
    {"a stop ends one thread at once", 1, 7, false, SIM_ERR_STOPPED, 7, 7},
    {"a stop keeps what was begun", 3, 7, false, SIM_ERR_STOPPED, 7,
     7 + 3 * EXECUTOR_WINDOW},
    {"a stop after the last record is too late", 2, JOBS, false, SIM_OK, JOBS,
     JOBS},
};

static void stops(void **state)
{
    const struct stop_case *c = *state;
    struct bench bench;
    char trouble[64] = "";

    bench_init(&bench, JOBS);
    bench.stop_at = c->stop_at;
    bench.stop = c->before;
    assert_int_equal(bench_run(&bench, c->threads, trouble, sizeof trouble),
                     c->err);
    assert_in_range(bench.replicate.records.count, c->least, c->most);
    /* All that was begun was kept. */
    assert_int_equal(bench.replicate.records.count, bench.issued);
    assert_string_equal(trouble, c->err ? sim_error_text(SIM_ERR_STOPPED) : "");
    assert_prefix(&bench);
    replicate_clear(&bench.replicate);
}

/* ---- failing ---- */

struct error_case {
    const char *name;
    uint32_t threads;
    uint32_t fails[2]; /* the first is slow, the second is fast */
    uint32_t refuse;
    int make_fails_at;
    int err;
    const char *trouble; /* NULL: the error's own text */
    uint32_t kept;
};
static struct error_case error_cases[] = {
    {"a failed job, one thread",
     1,
     {5, NOBODY},
     NOBODY,
     -1,
     SIM_ERR_LOOP,
     "job 5 of 0",
     5},
    {"a failed job, three threads",
     3,
     {5, NOBODY},
     NOBODY,
     -1,
     SIM_ERR_LOOP,
     "job 5 of 0",
     5},
    {"the first in order wins, though later ones fail sooner",
     3,
     {5, 6},
     NOBODY,
     -1,
     SIM_ERR_LOOP,
     "job 5 of 0",
     5},
    {"a later failure does not hide an earlier one",
     8,
     {9, 3},
     NOBODY,
     -1,
     SIM_ERR_LIMIT,
     "job 3 of 1",
     3},
    {"the last job",
     2,
     {NOBODY, JOBS - 1},
     NOBODY,
     -1,
     SIM_ERR_LIMIT,
     "job 59 of 1",
     JOBS - 1},
    {"a record the study cannot take",
     3,
     {NOBODY, NOBODY},
     4,
     -1,
     SIM_ERR_IO,
     NULL,
     4},
    {"no memory for the first thread",
     3,
     {NOBODY, NOBODY},
     NOBODY,
     0,
     SIM_ERR_NO_MEMORY,
     NULL,
     0},
    {"no memory for the last thread",
     3,
     {NOBODY, NOBODY},
     NOBODY,
     2,
     SIM_ERR_NO_MEMORY,
     NULL,
     0},
};

static void reports_the_error(void **state)
{
    const struct error_case *c = *state;
    struct bench bench;
    char trouble[64] = "";

    bench_init(&bench, JOBS);
    bench.fails[0] = c->fails[0];
    bench.fails[1] = c->fails[1];
    bench.refuse = c->refuse;
    bench.make_fails_at = c->make_fails_at;
    assert_int_equal(bench_run(&bench, c->threads, trouble, sizeof trouble),
                     c->err);
    assert_string_equal(trouble,
                        c->trouble ? c->trouble : sim_error_text(c->err));
    assert_int_equal(bench.replicate.records.count, c->kept);
    assert_prefix(&bench);
    replicate_clear(&bench.replicate);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(the_window_is_bounded),
    };
    int failed = run_table("executor: whole runs", accepts_in_order, run_cases);

    failed += run_table("executor: stopping", stops, stop_cases);
    failed += run_table("executor: failing", reports_the_error, error_cases);
    failed += cmocka_run_group_tests_name("executor", others, NULL, NULL);
    return failed;
}
