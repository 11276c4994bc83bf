/* Records: what is put in comes out to the last bit, in whatever form it was
 * kept.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include "studies/records.h"

/* Columns of two values, in turns that no tile begins with. */
static const struct {
    const char *what;
    double value[2];
} columns[] = {
    {"nothing", {0, 0}},
    {"the same fraction", {0.1, 0.1}},
    {"-0", {-0.0, -0.0}},
    {"no number", {NAN, NAN}},
    {"the least and the most of a byte", {0, 255}},
    {"one above the most of a byte", {255, 256}},
    {"the least and the most of a short", {0, 65535}},
    {"one above the most", {0, 65536}},
    {"a whole number below 0", {-1, 1}},
    {"a fraction", {2, 2.5}},
    {"the least fraction", {1, 1 + 0x1p-52}},
    {"0 and -0", {0, -0.0}},
    {"a number and none", {3, NAN}},
    {"infinity", {1, INFINITY}},
    {"more than any integer", {1, 1e300}},
    {"the least number", {0, 0x1p-1074}},
};
#define COLUMNS LENGTH(columns)

static double value_of(size_t record, size_t column)
{
    return columns[column].value[record * record % 7 < 3];
}

struct count_case {
    const char *name;
    uint32_t count;
};
static struct count_case count_cases[] = {
    {"none", 0},
    {"one", 1},
    {"one less than a tile", RECORDS_TILE - 1},
    {"a tile", RECORDS_TILE},
    {"one more than a tile", RECORDS_TILE + 1},
    {"more tiles than there was room for at first", 40 * RECORDS_TILE + 5},
};

static void fill(struct records *records, uint32_t count)
{
    records_init(records, COLUMNS);
    for (size_t i = 0; i < count; i++) {
        double record[COLUMNS];

        for (size_t k = 0; k < COLUMNS; k++)
            record[k] = value_of(i, k);
        assert_int_equal(records_add(records, record), SIM_OK);
        assert_int_equal(records->count, i + 1);
    }
}

/* The same bits: NaN is NaN, and -0 not 0. */
static void assert_same(double actual, size_t record, size_t column)
{
    double expected = value_of(record, column);

    if (memcmp(&actual, &expected, sizeof actual) != 0)
        fail_msg("%s, record %zu: %.17g", columns[column].what, record, actual);
}

static void columns_come_out_as_they_went_in(void **state)
{
    const struct count_case *c = *state;
    double *column = calloc(c->count + 1, sizeof *column);
    struct records records;

    assert_non_null(column);
    fill(&records, c->count);
    for (uint32_t k = 0; k < COLUMNS; k++) {
        column[c->count] = 42;
        records_take(&records, k, column);
        for (size_t i = 0; i < c->count; i++)
            assert_same(column[i], i, k);
        assert_true(column[c->count] == 42); /* nothing beyond the last */
    }
    records_clear(&records);
    assert_int_equal(records.count, 0);
    free(column);
}

#define FIRST 2
#define WIDTH 9
static void rows_are_the_columns_side_by_side(void **state)
{
    const struct count_case *c = *state;
    double *row = calloc((size_t)c->count * WIDTH + 1, sizeof *row);
    struct records records;

    assert_non_null(row);
    fill(&records, c->count);
    assert_int_equal(records_take_rows(&records, FIRST, WIDTH, row), SIM_OK);
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < WIDTH; k++)
            assert_same(row[i * WIDTH + k], i, FIRST + k);
    records_clear(&records);
    free(row);
}

static void what_was_never_filled_can_be_cleared(void **state)
{
    struct records records = {0};

    (void)state;
    records_clear(&records);
    records_init(&records, 5);
    records_clear(&records);
    assert_null(records.open);
}

/* Places in a tile have 32 bits. */
static void a_record_may_be_too_long(void **state)
{
    struct records records;
    double record = 0; /* which is not read */

    (void)state;
    records_init(&records, UINT32_MAX / RECORDS_TILE + 1);
    assert_int_equal(records_add(&records, &record), SIM_ERR_NO_MEMORY);
    assert_int_equal(records.count, 0);
    records_clear(&records);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(what_was_never_filled_can_be_cleared),
        cmocka_unit_test(a_record_may_be_too_long),
    };
    int failed =
        run_table("records", columns_come_out_as_they_went_in, count_cases);

    failed += run_table("rows of records", rows_are_the_columns_side_by_side,
                        count_cases);
    return failed +
           cmocka_run_group_tests_name("records alone", others, NULL, NULL);
}
