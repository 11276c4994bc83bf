#ifndef TESTS_TABLE_H
#define TESTS_TABLE_H
/*
 * Tables of cases: every row is a test of its own, named by the row's first
 * member, a `const char *` that states the rule.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/support.h"

#define TABLE_ROWS_MAX 64

/* Run `test` on each row of the array `rows`; the number that failed. Tables
 * are not const only because cmocka's state pointer is not. */
#define run_table(group, test, rows)                                           \
    table_run((group), (test), (rows), LENGTH(rows), sizeof *(rows))

static inline int table_run(const char *group, CMUnitTestFunction test,
                            void *rows, size_t count, size_t size)
{
    struct CMUnitTest tests[TABLE_ROWS_MAX];

    assert_true(count <= TABLE_ROWS_MAX);
    for (size_t i = 0; i < count; i++) {
        void *row = (char *)rows + i * size;

        tests[i] = (struct CMUnitTest){.name = *(const char **)row,
                                       .test_func = test,
                                       .initial_state = row};
    }
    return _cmocka_run_group_tests(group, tests, count, NULL, NULL);
}
#endif
