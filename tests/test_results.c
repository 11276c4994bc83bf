/*
 * A result is the same on any number of threads, in every row, target and line.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/results.h"

#include <string.h>

#include "tests/model.h"
#include "tests/records.h"
#include "tests/table.h"

struct thread_case {
    const char *name;
    uint32_t threads;
    uint32_t count; /* of records */
};
static struct thread_case thread_cases[] = {
    {"on one thread", 1, 120},
    {"on two threads", 2, 120},
    {"on as many as there are cores", 0, 120},
    {"on two threads, of few records", 2, 5},
    {"on two threads, of one record", 2, 1},
};

/* NaN has one pattern here: what has no estimate is the same as well. */
static void assert_estimates(const struct estimate *a, const struct estimate *b)
{
    assert_memory_equal(&a->mean, &b->mean, sizeof a->mean);
    assert_memory_equal(&a->lower, &b->lower, sizeof a->lower);
    assert_memory_equal(&a->upper, &b->upper, sizeof a->upper);
    assert_memory_equal(&a->sd, &b->sd, sizeof a->sd);
    assert_memory_equal(&a->p05, &b->p05, sizeof a->p05);
    assert_memory_equal(&a->p95, &b->p95, sizeof a->p95);
}

static void assert_lines(const struct result_line *a, size_t a_count,
                         const struct result_line *b, size_t b_count)
{
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        assert_string_equal(a[i].id, b[i].id);
        assert_string_equal(a[i].name, b[i].name);
        assert_int_equal(a[i].points, b[i].points);
        for (size_t k = 0; k < a[i].points; k++)
            assert_estimates(&a[i].at[k], &b[i].at[k]);
    }
}

static void assert_results(const struct result *a, const struct result *b)
{
    assert_int_equal(a->row_count, b->row_count);
    assert_true(a->row_count > 100);
    for (size_t i = 0; i < a->row_count; i++) {
        assert_int_equal(a->row[i].measure, b->row[i].measure);
        assert_estimates(&a->row[i].estimate, &b->row[i].estimate);
    }
    assert_int_equal(a->target_count, b->target_count);
    assert_true(a->target_count > 0);
    for (size_t i = 0; i < a->target_count; i++)
        assert_int_equal(a->target[i].verdict, b->target[i].verdict);
    assert_true(a->curve_count > 0 && a->series_count > 0);
    assert_lines(a->curve, a->curve_count, b->curve, b->curve_count);
    assert_lines(a->series, a->series_count, b->series, b->series_count);
    assert_lines(a->profile, a->profile_count, b->profile, b->profile_count);
    assert_lines(a->distribution, a->distribution_count, b->distribution,
                 b->distribution_count);
    assert_true(a->events == b->events && a->seed == b->seed &&
                a->replications == b->replications);
}

static void results_are_the_same(void **state)
{
    const struct thread_case *c = *state;
    const char *const shorter[] = {"calendar.run_for=20 weeks"};
    struct model model;
    struct result result;
    struct records records;
    struct result_of of;

    model_run(&model, "scenarios/crisis-house.yaml", shorter, 1, c->count, 3);
    records = records_of(model.record, model.count, model.layout.length);
    of = (struct result_of){model.scenario, &model.layout, &records, 3};
    assert_int_equal(results_make(&of, c->threads, &result), SIM_OK);
    assert_results(&result, &model.result);
    result_clear(&result);
    records_clear(&records);
    model_clear(&model);
}

int main(void)
{
    return run_table("results", results_are_the_same, thread_cases);
}
