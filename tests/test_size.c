/*
 * Sizing as a state machine: right answers from tables whose truth is known,
 * what it asks for, and how it ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/support.h"
#include "tests/table.h"

#include "studies/size.h"
#include "tests/size_table.h"

/* 95% right is promised; of so many seeds 4 standard errors fewer are let
 * pass. The whole, 1,000 seeds and 950 right, is of `make verify`. */
#define SEEDS 100
#define RIGHT_AT_LEAST 87 /* 95 - 4 sqrt(100 x 0.95 x 0.05), rounded up */

struct right_case {
    const char *name;
    struct table_wish wish;
};
static struct right_case right_cases[] = {
    {"independent designs", {{0.02, 0.05}, 0, false, false}},
    {"designs with much luck in common", {{0.02, 0.05}, 0.95, false, false}},
    {"near ties, independent", {{0.02, 0.05}, 0, true, false}},
    {"near ties, half the luck in common", {{0.02, 0.05}, 0.5, true, false}},
    {"near ties, nearly all luck in common", {{0.02, 0.05}, 0.95, true, false}},
    {"nothing meets", {{0.002, 0.05}, 0.5, false, false}},
    {"designs left out, as more do no harm", {{0.02, 0.05}, 0.5, false, true}},
    {"nothing meets, designs left out", {{0.002, 0.05}, 0.5, false, true}},
};

static void is_right(void **state)
{
    const struct right_case *c = *state;
    struct size_table table;

    size_table_make(&table, &c->wish);
    assert_true(size_table_right(&table, SEEDS, NULL) >= RIGHT_AT_LEAST);
}

/* The control: judged by a truth in which every share is higher by two margins
 * the same answers are wrong. */
static void is_wrong_by_another_truth(void **state)
{
    struct table_wish wish = {{0.02, 0.05}, 0.5, true, false};
    struct size_table table;
    uint32_t right = 0;

    (void)state;
    size_table_make(&table, &wish);
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct table_outcome outcome;
        struct size_table other;

        size_table_run(&table, seed, &outcome);
        other = table;
        for (uint32_t t = 0; t < TABLE_LIMITS; t++)
            other.limit[t].limit -= 2 * table.limit[t].margin;
        right += size_table_is_right(&other, &outcome);
    }
    assert_true(right < 10);
}

/* ---- what it does ---- */

struct small {
    struct size_table table;
    struct size size;
};

/* Run until done, or `most` jobs were given back. */
static void run_some(struct small *small, uint64_t most)
{
    struct study study = size_study(&small->size);
    struct job job;

    while (small->size.accepted < most && study.next(study.self, &job)) {
        double record = job.replication;

        assert_int_equal(job.number, small->size.issued - 1);
        assert_int_equal(study.accept(study.self, &job, &record), SIM_OK);
    }
}

static struct small *small_new(const struct table_wish *wish)
{
    struct small *small = calloc(1, sizeof *small);

    assert_non_null(small);
    size_table_make(&small->table, wish);
    small->table.seed = 1;
    return small;
}

static void small_free(struct small *small)
{
    size_clear(&small->size);
    free(small);
}

static const struct table_wish plain = {{0.02, 0.05}, 0.5, false, false};

/* A block is handed out whole before anything of it is decided, so any number
 * of jobs may be under way. */
static void hands_out_a_block_whole(void **state)
{
    struct small *small = small_new(&plain);
    struct study study;
    struct job job[64], more;

    (void)state;
    assert_int_equal(size_init(&small->size, &small->table.question), SIM_OK);
    study = size_study(&small->size);
    for (size_t i = 0; i < LENGTH(job); i++) {
        assert_true(study.next(study.self, &job[i]));
        assert_int_equal(job[i].replication, i % 8);
    }
    assert_false(study.next(study.self, &more));
    for (size_t i = 0; i < LENGTH(job); i++) {
        double record = job[i].replication;

        assert_false(study.next(study.self, &more));
        assert_int_equal(study.accept(study.self, &job[i], &record), SIM_OK);
    }
    assert_true(study.next(study.self, &more));
    small_free(small);
}

/* The cheapest are looked at first, by what they cost at least. */
static void looks_at_the_cheapest_first(void **state)
{
    struct small *small = small_new(&plain);
    double dearest = 0;

    (void)state;
    assert_int_equal(size_init(&small->size, &small->table.question), SIM_OK);
    run_some(small, 64);
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        if (small->size.design[d].count)
            dearest = fmax(dearest, small->table.floor[d]);
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        if (!small->size.design[d].count)
            assert_true(small->table.floor[d] >= dearest);
    small_free(small);
}

/* What is dearer than the answer by more than a little is hardly looked at. */
static void leaves_the_dear_alone(void **state)
{
    struct small *small = small_new(&plain);
    double chosen;

    (void)state;
    assert_int_equal(size_init(&small->size, &small->table.question), SIM_OK);
    run_some(small, UINT64_MAX);
    assert_int_equal(small->size.end, SIZE_CHOSEN);
    chosen = small->table.truth[small->size.candidate].cost;
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        if (small->table.truth[d].cost > chosen + 3000)
            assert_int_equal(small->size.design[d].count, 0);
    small_free(small);
}

static void confirms_on_fresh_replications(void **state)
{
    struct small *small = small_new(&plain);
    double first[4000];

    (void)state;
    assert_int_equal(size_init(&small->size, &small->table.question), SIM_OK);
    run_some(small, UINT64_MAX);
    assert_int_equal(small->size.end, SIZE_CHOSEN);
    assert_true(small->size.tries >= 1);
    assert_true(small->size.fresh_first >= SIZE_FRESH);
    assert_in_range(small->size.records.count, 400, LENGTH(first));
    records_take(&small->size.records, 0, first);
    assert_true(first[0] == small->size.fresh_first);
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        assert_true(small->size.design[d].count < SIZE_FRESH);
    small_free(small);
}

static void neighbours_are_seen_as_often(void **state)
{
    struct small *small = small_new(&plain);
    const struct size_question *question = &small->table.question;

    (void)state;
    assert_int_equal(size_init(&small->size, question), SIM_OK);
    run_some(small, UINT64_MAX);
    for (uint32_t r = 0; r < TABLE_RANGES; r++)
        for (int by = -1; by <= 1; by += 2) {
            uint32_t d = size_beside(question, small->size.candidate, r, by);

            if (d != SIZE_NONE)
                assert_true(small->size.design[d].count >= 100);
        }
    small_free(small);
}

static void a_barred_design_is_never_run(void **state)
{
    struct small *small = small_new(&plain);
    bool barred[TABLE_DESIGNS] = {false};

    (void)state;
    for (uint32_t d = 0; d < TABLE_DESIGNS; d += 2)
        barred[d] = true;
    small->table.question.barred = barred;
    assert_int_equal(size_init(&small->size, &small->table.question), SIM_OK);
    run_some(small, UINT64_MAX);
    assert_int_equal(small->size.end, SIZE_CHOSEN);
    for (uint32_t d = 0; d < TABLE_DESIGNS; d += 2)
        assert_int_equal(small->size.design[d].count, 0);
    small_free(small);
}

static void a_budget_is_kept_to_the_last(void **state)
{
    struct small *small = small_new(&plain);

    (void)state;
    small->table.question.budget = 777;
    assert_int_equal(size_init(&small->size, &small->table.question), SIM_OK);
    run_some(small, UINT64_MAX);
    assert_int_equal(small->size.accepted, 777);
    assert_int_equal(small->size.phase, SIZE_DONE);
    assert_int_equal(small->size.end, SIZE_UNDECIDED);
    small_free(small);
}

/* Without a floor every design has to be seen, and the answer is the same. */
static void no_floor_is_needed(void **state)
{
    struct small *small = small_new(&plain);
    struct table_outcome with, without;

    (void)state;
    size_table_run(&small->table, 1, &with);
    small->table.question.floor = NULL;
    size_table_run(&small->table, 1, &without);
    assert_int_equal(with.chosen, without.chosen);
    assert_true(without.replications > with.replications);
    free(small);
}

/* ---- leaving out ---- */

static void most_are_left_out(void **state)
{
    struct table_wish wish = {{0.02, 0.05}, 0.5, false, true};
    struct size_table table;
    struct table_outcome outcome;

    (void)state;
    size_table_make(&table, &wish);
    size_table_run(&table, 1, &outcome);
    assert_true(size_table_is_right(&table, &outcome));
    assert_true(outcome.left_out > 0);
    assert_true(outcome.audits > 0);
    assert_false(outcome.contradicted);
}

/* Where more do harm, the audit finds it out and all are looked at. */
static void an_audit_finds_the_assumption_wrong(void **state)
{
    struct table_wish wish = {{0.02, 0.05}, 0.5, false, true};
    struct size_table table;
    uint32_t found = 0, right = 0;

    (void)state;
    size_table_make(&table, &wish);
    /* Any more than one on the first shift, and nothing is delivered: so the
     * designs of one or none seem to fail with those above them. */
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++) {
        int32_t first = size_value_of(&table.question, d, 0);

        table.truth[d].share[0] = first > 1 ? 0.5 : 0.005;
    }
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct table_outcome outcome;

        size_table_run(&table, seed, &outcome);
        found += outcome.contradicted;
        right += size_table_is_right(&table, &outcome);
    }
    assert_int_equal(found, 20);
    assert_int_equal(right, 20);
}

/* ---- numbers of designs ---- */

static void numbers_and_values_agree(void **state)
{
    const struct size_range range[] = {{"a", 2, 8, 3}, {"b", 0, 1, 1}};
    const struct size_question question = {.range = range, .range_count = 2};

    (void)state;
    assert_int_equal(size_designs(&question), 6);
    assert_int_equal(size_value_of(&question, 0, 0), 2);
    assert_int_equal(size_value_of(&question, 1, 1), 1);
    assert_int_equal(size_value_of(&question, 4, 0), 8);
    assert_int_equal(size_place(&question, 4, 0), 2);
    assert_int_equal(size_beside(&question, 0, 0, 1), 2);
    assert_int_equal(size_beside(&question, 0, 1, 1), 1);
    assert_int_equal(size_beside(&question, 0, 0, -1), SIZE_NONE);
    assert_int_equal(size_beside(&question, 5, 0, 1), SIZE_NONE);
}

static void too_many_designs_are_refused(void **state)
{
    const struct size_range range[] = {{"a", 0, 99, 1}, {"b", 0, 100, 1}};
    struct size_question question = {.range = range, .range_count = 2};
    struct size size;

    (void)state;
    assert_int_equal(size_designs(&question), 0);
    assert_int_equal(size_init(&size, &question), SIM_ERR_LIMIT);
    size_clear(&size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_wrong_by_another_truth),
        cmocka_unit_test(hands_out_a_block_whole),
        cmocka_unit_test(looks_at_the_cheapest_first),
        cmocka_unit_test(leaves_the_dear_alone),
        cmocka_unit_test(confirms_on_fresh_replications),
        cmocka_unit_test(neighbours_are_seen_as_often),
        cmocka_unit_test(a_barred_design_is_never_run),
        cmocka_unit_test(a_budget_is_kept_to_the_last),
        cmocka_unit_test(no_floor_is_needed),
        cmocka_unit_test(most_are_left_out),
        cmocka_unit_test(an_audit_finds_the_assumption_wrong),
        cmocka_unit_test(numbers_and_values_agree),
        cmocka_unit_test(too_many_designs_are_refused),
    };

    return run_table("size is right", is_right, right_cases) +
           cmocka_run_group_tests_name("size", tests, NULL, NULL);
}
