/* Columns: whatever is known of one, its sum, its least value and estimates
 * from it are those of its values looked through.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include "studies/column.h"
#include "studies/estimate.h"

/* Value i is `a`, or `b` where i * i % 7 < 3; `known` is what records tell. */
struct column_case {
    const char *name;
    double a, b;
    struct records_known known;
};
static struct column_case column_cases[] = {
    {"nothing throughout", 0, 0, {true, true}},
    {"a number throughout", 65535, 65535, {true, true}},
    {"a fraction throughout", 0.1, 0.1, {true, false}},
    {"below 0 throughout", -2, -2, {true, false}},
    {"-0 throughout", -0.0, -0.0, {true, false}},
    {"more than a short throughout", 65536, 65536, {true, false}},
    {"counts", 0, 65535, {false, true}},
    {"counts, none of them 0", 1, 3, {false, true}},
    {"fractions", 0.1, 0.3, {false, false}},
    {"numbers below 0", -1, 1, {false, false}},
};
#define RECORDS (2 * RECORDS_TILE + 7)
#define COLUMNS LENGTH(column_cases)

static double value_of(const struct column_case *c, uint32_t i)
{
    return i * i % 7 < 3 ? c->b : c->a;
}

static void fill(struct records *records, uint32_t count)
{
    records_init(records, COLUMNS);
    for (uint32_t i = 0; i < count; i++) {
        double record[COLUMNS];

        for (size_t k = 0; k < COLUMNS; k++)
            record[k] = value_of(&column_cases[k], i);
        assert_int_equal(records_add(records, record), SIM_OK);
    }
}

/* The same column, with nothing known of it. */
static void open_again(struct column *column, const struct column *from)
{
    double *value = column_open(column);

    for (uint32_t i = 0; i < column->count; i++)
        value[i] = from->value[i];
}

static void assert_known(const struct column_case *c, uint32_t count)
{
    struct column column, opened;
    struct records records;
    double sum = 0;

    fill(&records, count);
    assert_int_equal(column_init(&column, count), SIM_OK);
    assert_int_equal(column_init(&opened, count), SIM_OK);
    column_take(&column, &records, (uint32_t)(c - column_cases));
    open_again(&opened, &column);
    assert_true(column.examined && column.alike == c->known.alike);
    assert_true(column.counts == c->known.counts);
    assert_false(opened.examined || opened.counts);
    assert_true(column_is_alike(&opened) == c->known.alike);
    for (uint32_t i = 0; i < count; i++)
        sum += value_of(c, i);
    for (int again = 0; again < 2; again++) {
        assert_true(column_sum(&column) == sum);
        assert_true(column_sum(&opened) == sum);
        assert_true(!signbit(column_sum(&column)) == (sum >= 0));
        assert_true(column_least(&column) == fmin(c->a, c->b));
        assert_true(column_least(&opened) == fmin(c->a, c->b));
    }
    column_clear(&column);
    column_clear(&opened);
    records_clear(&records);
}

/* With open records and without. */
static void what_is_known_holds(void **state)
{
    assert_known(*state, RECORDS);
    assert_known(*state, RECORDS / RECORDS_TILE * RECORDS_TILE);
}

/* Whether the two, all of whose numbers are doubles, are the same bits. */
static bool same(const struct estimate *a, const struct estimate *b)
{
    return memcmp(a, b, offsetof(struct estimate, one_sided)) == 0 &&
           a->one_sided == b->one_sided;
}

/* A ratio of each column to each: the columns as the records tell of them, and
 * as they are with nothing known. */
static void an_estimate_does_not_depend_on_what_is_known(void **state)
{
    const struct column_case *c = *state;
    struct estimator known, opened;
    struct records records;

    fill(&records, RECORDS);
    assert_int_equal(estimator_init(&known, RECORDS), SIM_OK);
    assert_int_equal(estimator_init(&opened, RECORDS), SIM_OK);
    for (uint32_t k = 0; k < COLUMNS; k++) {
        column_take(&known.numerator, &records, (uint32_t)(c - column_cases));
        column_take(&known.denominator, &records, k);
        if (fmin(column_cases[k].a, column_cases[k].b) < 0)
            continue;
        open_again(&opened.numerator, &known.numerator);
        open_again(&opened.denominator, &known.denominator);
        for (int kind = ESTIMATE_PLAIN; kind <= ESTIMATE_SHARE; kind++) {
            struct estimate_rule rule = {(enum estimate_kind)kind, 3, 52};
            struct estimate a, b;

            estimator_ratio(&known, &rule, &a);
            estimator_ratio(&opened, &rule, &b);
            if (!same(&a, &b))
                fail_msg("%s over %s", c->name, column_cases[k].name);
        }
    }
    estimator_clear(&known);
    estimator_clear(&opened);
    records_clear(&records);
}

static void a_column_filled_is_filled_anew_with_another_value(void **state)
{
    struct column column;

    (void)state;
    assert_int_equal(column_init(&column, 3), SIM_OK);
    column_fill(&column, 0.1);
    assert_true(column_sum(&column) == 0.1 + 0.1 + 0.1);
    column_fill(&column, 0.1);
    assert_true(column.value[2] == 0.1);
    column_fill(&column, 2);
    assert_true(column_sum(&column) == 6 && column_least(&column) == 2);
    column_open(&column)[1] = 1;
    assert_true(column_sum(&column) == 5 && column_least(&column) == 1);
    column_fill(&column, 2);
    assert_true(column.value[1] == 2 && column_sum(&column) == 6);
    column_fill(&column, -0.0);
    column_fill(&column, 0);
    assert_false(signbit(column.value[0]));
    column_clear(&column);
}

/* Column k and the one after it, added up. */
static void a_sum_of_columns_is_known_as_they_are(void **state)
{
    struct column sum, added;
    struct records records;

    (void)state;
    fill(&records, RECORDS);
    assert_int_equal(column_init(&sum, RECORDS), SIM_OK);
    assert_int_equal(column_init(&added, RECORDS), SIM_OK);
    for (uint32_t k = 0; k + 1 < COLUMNS; k++) {
        const struct column_case *c = &column_cases[k];
        double total = 0;

        column_take(&sum, &records, k);
        column_take(&added, &records, k + 1);
        assert_true(column_sum(&sum) == column_sum(&sum));
        column_add(&sum, &added);
        for (uint32_t i = 0; i < RECORDS; i++) {
            assert_true(sum.value[i] == value_of(c, i) + value_of(c + 1, i));
            total += sum.value[i];
        }
        assert_true(sum.counts == (c[0].known.counts && c[1].known.counts));
        assert_true(column_is_alike(&sum) ==
                    (c[0].known.alike && c[1].known.alike));
        assert_true(column_sum(&sum) == total);
        assert_true(column_least(&sum) ==
                    fmin(c[0].a + c[1].a, c[0].b + c[1].b));
    }
    column_clear(&sum);
    column_clear(&added);
    records_clear(&records);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(a_column_filled_is_filled_anew_with_another_value),
        cmocka_unit_test(a_sum_of_columns_is_known_as_they_are),
    };
    int failed = run_table("columns", what_is_known_holds, column_cases);

    failed +=
        run_table("estimates from columns",
                  an_estimate_does_not_depend_on_what_is_known, column_cases);
    return failed +
           cmocka_run_group_tests_name("columns alone", others, NULL, NULL);
}
