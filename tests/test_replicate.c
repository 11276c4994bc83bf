/* Replicate: which jobs it asks for and what it keeps of their records.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include "studies/replicate.h"

struct keep_case {
    const char *name;
    uint32_t asked;
    uint32_t accepted; /* records handed back; fewer where it was stopped */
    uint32_t length;
};
static struct keep_case keep_cases[] = {
    {"none", 0, 0, 3},
    {"one", 1, 1, 3},
    {"many", 100, 100, 3},
    {"stopped half way", 1000, 33, 3},
    {"records of no length", 20, 20, 0},
};

static void keeps_every_record(void **state)
{
    const struct keep_case *c = *state;
    struct layout layout = {.length = c->length};
    struct replicate replicate;
    struct study study;
    struct job job;

    replicate_init(&replicate, &layout, c->asked);
    study = replicate_study(&replicate);
    assert_int_equal(study.jobs_expected(study.self), c->asked);
    for (uint32_t i = 0; i < c->accepted; i++) {
        double record[3] = {i, i + 0.25, i + 0.5};

        assert_true(study.next(study.self, &job));
        assert_int_equal(job.number, i);
        assert_int_equal(job.design, 0);
        assert_int_equal(job.replication, i);
        assert_int_equal(study.accept(study.self, &job, record), SIM_OK);
        assert_int_equal(replicate.records.count, i + 1);
    }
    for (uint32_t j = 0; j < c->length; j++) {
        double column[100];

        records_take(&replicate.records, j, column);
        for (uint32_t i = 0; i < replicate.records.count; i++)
            assert_true(column[i] == i + 0.25 * j);
    }
    replicate_clear(&replicate);
    assert_int_equal(replicate.records.count, 0);
}

/* Jobs may all be handed out before the first record comes back. */
static void hands_out_before_it_takes_in(void **state)
{
    struct layout layout = {.length = 1};
    struct replicate replicate;
    struct study study;
    struct job job[40];
    struct job more = {.number = 7};
    double column[LENGTH(job)];

    (void)state;
    replicate_init(&replicate, &layout, LENGTH(job));
    study = replicate_study(&replicate);
    for (size_t i = 0; i < LENGTH(job); i++)
        assert_true(study.next(study.self, &job[i]));
    assert_false(study.next(study.self, &more));
    assert_int_equal(more.number, 7); /* untouched */
    for (size_t i = 0; i < LENGTH(job); i++) {
        double record = (double)i;
        assert_int_equal(study.accept(study.self, &job[i], &record), SIM_OK);
    }
    assert_int_equal(replicate.records.count, LENGTH(job));
    records_take(&replicate.records, 0, column);
    assert_true(column[39] == 39);
    assert_false(study.next(study.self, &more));
    replicate_clear(&replicate);
}

static void too_much_is_an_error(void **state)
{
    struct layout layout = {.length = UINT32_MAX};
    struct replicate replicate;
    struct study study;
    struct job job;
    double record = 0;

    (void)state;
    replicate_init(&replicate, &layout, 2);
    study = replicate_study(&replicate);
    assert_true(study.next(study.self, &job));
    assert_int_equal(study.accept(study.self, &job, &record),
                     SIM_ERR_NO_MEMORY);
    assert_int_equal(replicate.records.count, 0);
    replicate_clear(&replicate);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(hands_out_before_it_takes_in),
        cmocka_unit_test(too_much_is_an_error),
    };
    int failed =
        run_table("replicate: records", keeps_every_record, keep_cases);

    failed += cmocka_run_group_tests_name("replicate", others, NULL, NULL);
    return failed;
}
