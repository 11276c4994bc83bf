/* Missed contacts by the day they fell due on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "studies/result_days.h"

#include "tests/fake.h"
#include "tests/table.h"

#define WEEK_HOURS 168

/* What falls due and is missed on one day, in two replications. */
struct day_case {
    const char *name;
    int day; /* 0 is Monday */
    double due[2], lost[2], away[2];
    double not_delivered, not_attended;
};
static struct day_case day_cases[] = {
    {"Monday", 0, {10, 10}, {1, 3}, {0, 1}, 0.2, 0.05},
    {"Tuesday", 1, {4, 4}, {1, 1}, {2, 2}, 0.25, 0.5},
    {"Sunday, everything", 6, {8, 8}, {8, 8}, {0, 0}, 1, 0},
    {"total over total, not the mean of shares",
     5,
     {10, 30},
     {10, 0},
     {0, 3},
     0.25,
     0.075},
    {"a replication with nothing due stays in",
     3,
     {0, 20},
     {0, 5},
     {0, 1},
     0.25,
     0.05},
};

static void set_day(const struct fake *fake, uint32_t replication,
                    enum counter counter, int day, double value)
{
    const struct layout *layout = &fake->layout;

    fake->record[replication * layout->length +
                 layout->weekday[counter].offset + (uint32_t)day] = value;
}

static void sums_by_day(void **state)
{
    const struct day_case *c = *state;
    struct fake *fake =
        fake_new(&(struct fake_wish){.empty = true, .replications = 2});
    struct estimate lost[7], away[7];
    struct records records;

    for (uint32_t r = 0; r < 2; r++) {
        set_day(fake, r, COUNT_DUE, c->day, c->due[r]);
        set_day(fake, r, COUNT_NOT_DELIVERED, c->day, c->lost[r]);
        set_day(fake, r, COUNT_NOT_ATTENDED, c->day, c->away[r]);
    }
    records = fake_records(fake);
    assert_int_equal(result_days_make(&fake->layout, &records, lost, away),
                     SIM_OK);
    records_clear(&records);
    for (int day = 0; day < 7; day++) {
        if (day != c->day) {
            assert_true(isnan(lost[day].mean));
            assert_true(isnan(away[day].mean));
            continue;
        }
        assert_near(lost[day].mean, c->not_delivered, 1e-12);
        assert_near(away[day].mean, c->not_attended, 1e-12);
        assert_true(lost[day].lower <= lost[day].mean);
        assert_true(lost[day].upper >= lost[day].mean);
    }
    fake_free(fake);
}

/* The days add up to what the hours of the whole week say. */
static void adds_up(void **state)
{
    struct fake *fake = fake_new(&(struct fake_wish){0});
    const struct block *due = &fake->layout.cut[COUNT_DUE][SLICE_HOUR];
    const struct block *lost =
        &fake->layout.cut[COUNT_NOT_DELIVERED][SLICE_HOUR];
    double expected = 0, found = 0;

    (void)state;
    for (uint32_t r = 0; r < fake->replications; r++)
        for (uint32_t hour = 0; hour < WEEK_HOURS; hour++) {
            const double *record = fake->record + r * fake->layout.length;
            expected += record[lost->offset + hour];
            found += record[due->offset + hour] *
                     fake->answer.not_delivered[hour / 24].mean;
        }
    assert_near(found, expected, 1e-9 * expected);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(adds_up)};

    return run_table("days", sums_by_day, day_cases) +
           cmocka_run_group_tests_name("the week", tests, NULL, NULL);
}
