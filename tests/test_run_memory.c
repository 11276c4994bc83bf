/*
 * A run without memory: the n-th allocation fails, for n = 1, 2, ... until none
 * is left to fail. Whoever is too many is named, nothing is lost (the build
 * with the address sanitizer looks), and the same replication can then be run
 * as though nothing had been.
 * The linker puts the functions below in place of those of the library
 * (--wrap), for this program only.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/replication.h"
#include "studies/records.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20271122
#define MOST 2000 /* no run takes so many */

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

/* Scenarios in which more and more of something are there at once. */
struct many_case {
    const char *name;
    const char *scenario;
    const char *setting[4];
    const char *trouble; /* said of some allocation that fails */
};
static struct many_case many_cases[] = {
    {"people",
     "scenarios/reference.yaml",
     {"cohorts.people.referrals.rate=40/day", "calendar.run_for=20 days"},
     "too many people at once"},
    {"contacts, of which some leave their round",
     "scenarios/reference.yaml",
     {"cohorts.people.referrals.rate=40/day", "calendar.run_for=20 days",
      "conditions.course.changes.stable to warning=1/day",
      "conditions.course.changes.warning to crisis=1/day"},
     "too many contacts at once"},
    {"workers",
     "scenarios/reference.yaml",
     {"rota.weekdays.staff.worker=300", "calendar.run_for=20 days"},
     "no room for workers"},
    {"people who wait",
     "scenarios/crisis-house.yaml",
     {"cohorts.crisis house admissions.referrals.rate=80/week",
      "calendar.warm_up=2 weeks", "calendar.run_for=4 weeks"},
     "no room on a waiting list"},
    {"something of everything",
     "tests/scenarios/care.yaml",
     {"calendar.run_for=2 weeks", "calendar.run_on=0 days",
      "cohorts.people.referrals.rate=60/week"},
     NULL},
};

struct attempt {
    struct model model;
    struct replication *replication;
    double *record;
    bool named; /* the trouble of the case was said */
};

/* One whole life of a replication, in which allocation `n` fails. Returns
 * whether one did. */
static bool fails_at(struct attempt *attempt, const struct many_case *c, long n)
{
    size_t size = attempt->model.layout.length * sizeof(double);
    bool failed;
    int err;

    until_failure = n;
    err = replication_new(attempt->model.scenario, &attempt->model.layout,
                          &attempt->replication);
    if (err == SIM_OK)
        err = replication_run(attempt->replication, SEED, 0, attempt->record);
    failed = until_failure == 0;
    until_failure = 0;
    assert_int_equal(err, failed ? SIM_ERR_NO_MEMORY : SIM_OK);
    if (attempt->replication) {
        const char *said = replication_trouble(attempt->replication);

        assert_true(failed == (said[0] != '\0'));
        if (c->trouble && strcmp(said, c->trouble) == 0)
            attempt->named = true;
        /* It has what it got: now nothing fails. */
        assert_int_equal(
            replication_run(attempt->replication, SEED, 0, attempt->record),
            SIM_OK);
        assert_memory_equal(attempt->record, attempt->model.record, size);
    }
    replication_free(attempt->replication);
    attempt->replication = NULL;
    return failed;
}

static void what_is_too_much_is_said(void **state)
{
    const struct many_case *c = *state;
    struct attempt attempt = {.named = c->trouble == NULL};
    size_t settings = 0;
    long n = 1;

    while (settings < LENGTH(c->setting) && c->setting[settings])
        settings++;
    model_run(&attempt.model, c->scenario, c->setting, settings, 2, SEED);
    attempt.record = calloc(attempt.model.layout.length, sizeof(double));
    assert_non_null(attempt.record);
    while (fails_at(&attempt, c, n))
        assert_true(++n < MOST);
    assert_true(attempt.named);
    assert_true(n > 20); /* the control: some did fail */
    free(attempt.record);
    model_clear(&attempt.model);
}

#define RECORDS (2 * RECORDS_TILE + 1)

/* Records of one double, of which the n-th allocation fails: then there are as
 * many as before, and the same can be added again. Returns whether one did. */
static bool add_fails_at(long n)
{
    double column[RECORDS];
    struct records records;
    bool failed;

    records_init(&records, 1);
    until_failure = n;
    for (uint32_t i = 0; i < RECORDS; i++) {
        double record = i + 0.5;

        if (records_add(&records, &record) != SIM_OK) {
            assert_int_equal(records.count, i);
            assert_int_equal(records_add(&records, &record), SIM_OK);
        }
    }
    failed = until_failure == 0;
    until_failure = 0;
    records_take(&records, 0, column);
    for (uint32_t i = 0; i < RECORDS; i++)
        assert_true(column[i] == i + 0.5);
    records_clear(&records);
    return failed;
}

static void no_record_is_lost(void **state)
{
    long n = 1;

    (void)state;
    while (add_fails_at(n))
        assert_true(++n < MOST);
    assert_true(n > 5); /* the control: some did fail */
}

int main(void)
{
    const struct CMUnitTest records[] = {
        cmocka_unit_test(no_record_is_lost),
    };
    int failed =
        run_table("a run without memory", what_is_too_much_is_said, many_cases);

    return failed + cmocka_run_group_tests_name("records without memory",
                                                records, NULL, NULL);
}
