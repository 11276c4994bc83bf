/*
 * The log without memory: the n-th allocation of each part fails, for n = 1, 2,
 * ... until none is left to fail. A run goes on as if nobody kept a log; the
 * journey, the history, the pages and the file say what happened, and nothing
 * is lost (the build with the address sanitizer looks).
 * The linker puts the functions below in place of those of the library
 * (--wrap), for this program only; SQLite has its own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <unistd.h>

#include "models/replication.h"
#include "plots/explain.h"
#include "plots/log_sqlite.h"
#include "plots/text.h"
#include "tests/loading.h"
#include "tests/model.h"

#define SEED 20270112
#define MOST 1000 /* no part takes so many */

/* Allocations until one fails; 0: none does. */
static long until_failure;

static bool fails(void)
{
    return until_failure > 0 && --until_failure == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

/* Something of everything, and more records than a journey begins with. */
#define SCENARIO "tests/scenarios/care.yaml"
static const char *const setting[] = {"calendar.run_for=2 weeks",
                                      "calendar.run_on=0 days",
                                      "cohorts.people.referrals.rate=20/week"};

struct kept {
    struct model model;
    struct replication *replication;
    struct journey journey;
    struct history history;
};

static int keep(void **state)
{
    struct kept *kept = calloc(1, sizeof *kept);

    assert_non_null(kept);
    model_run(&kept->model, SCENARIO, setting, sizeof setting / sizeof *setting,
              2, SEED);
    assert_int_equal(replication_new(kept->model.scenario, &kept->model.layout,
                                     &kept->replication),
                     SIM_OK);
    *state = kept;
    return 0;
}

static int drop(void **state)
{
    struct kept *kept = *state;

    history_clear(&kept->history);
    replication_free(kept->replication);
    journey_clear(&kept->journey);
    model_clear(&kept->model);
    free(kept);
    return 0;
}

/* Run with `journey`; the record must be that of the run without one. */
static void run(struct kept *kept, struct journey *journey, long failure)
{
    size_t size = kept->model.layout.length * sizeof(double);
    double *record = calloc(1, size);
    int err;

    assert_non_null(record);
    replication_log(kept->replication, journey);
    until_failure = failure;
    err = replication_run(kept->replication, SEED, 0, record);
    until_failure = 0;
    assert_int_equal(err, SIM_OK);
    assert_memory_equal(record, kept->model.record, size);
    free(record);
}

/* The run has what it needs from the run before it: only the log allocates. */
static void a_run_goes_on_without_its_log(void **state)
{
    struct kept *kept = *state;
    struct history history;
    bool failed = true;
    long n = 0;

    run(kept, NULL, 0);
    while (failed) {
        struct journey journey = {0};
        assert_true(++n < MOST);
        run(kept, &journey, n);
        failed = journey_status(&journey) != SIM_OK;
        if (failed)
            assert_int_equal(
                history_make(&history, kept->model.scenario, &journey),
                SIM_ERR_NO_MEMORY);
        journey_clear(&journey);
    }
    assert_true(n > 3);
    run(kept, &kept->journey, 0);
}

static void a_history_is_whole_or_not_made(void **state)
{
    struct kept *kept = *state;
    int err = SIM_ERR_NO_MEMORY;
    long n = 0;

    run(kept, &kept->journey, 0);
    while (err == SIM_ERR_NO_MEMORY) {
        assert_true(++n < MOST);
        until_failure = n;
        err =
            history_make(&kept->history, kept->model.scenario, &kept->journey);
        until_failure = 0;
    }
    assert_int_equal(err, SIM_OK);
    assert_true(n > 10); /* one of each array at least */
    assert_true(kept->history.concerns_count > 0);
}

static void a_page_is_whole_or_fails(void **state)
{
    struct kept *kept = *state;
    struct explain explain = {&kept->history, SEED, 0};
    bool failed = true;
    long n = 0;

    while (failed) {
        struct text person = {0}, week = {0};
        assert_true(++n < MOST);
        until_failure = n;
        explain_person(&explain, 0, &person);
        explain_worst_week(&explain, &week);
        until_failure = 0;
        failed = text_status(&person) != SIM_OK || text_status(&week) != SIM_OK;
        text_clear(&person);
        text_clear(&week);
    }
    assert_true(n > 2);
}

static void a_file_is_whole_or_fails(void **state)
{
    struct kept *kept = *state;
    struct log_source source = {&kept->history, SEED, 0};
    int err = SIM_ERR_NO_MEMORY;
    char trouble[256];
    long n = 0;

    while (err == SIM_ERR_NO_MEMORY) {
        char path[] = "/tmp/handrail-memory-XXXXXX";
        int file = mkstemp(path);
        assert_true(file >= 0);
        close(file);
        assert_true(++n < MOST);
        until_failure = n;
        err = log_write(&source, path, trouble, sizeof trouble);
        until_failure = 0;
        unlink(path);
    }
    assert_int_equal(err, SIM_OK);
    assert_true(n > 20); /* a statement of each table at least */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_goes_on_without_its_log),
        cmocka_unit_test(a_history_is_whole_or_not_made),
        cmocka_unit_test(a_page_is_whole_or_fails),
        cmocka_unit_test(a_file_is_whole_or_fails),
    };
    return cmocka_run_group_tests_name("log without memory", tests, keep, drop);
}
