/* Fixed random points: with vectors and without, a search finds the same.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/chance_impl.h"
#include "sim/points_impl.h"
#include "tests/support.h"

static const struct sim_chance run = {4711, 3};

/* A constant hazard is searched for in two ways, from anywhere in the clock's
 * life, in few cells of a low band or many of a high one. */
static void both_ways_find_the_same(void **state)
{
    /* Edges of bands among them, and what is just above and below one. */
    static const double rates[] = {0.001, 0.12, 0.2, 0.25, 0x1.0000000000001p-2,
                                   1,     3,    21,  64,   0x1.fffffffffffffp7,
                                   256};
    unsigned found = 0;

    (void)state;
    if (!sim_chance_is_wide())
        return;
    for (uint32_t i = 0; i < 3000; i++) {
        struct sim_points_query query = {
            .chance = &run,
            .name = {.owner = 9, .number = i, .purpose = 1},
            .origin = -(sim_ms)i * SIM_HOUR,
            .bound = rates[i % LENGTH(rates)]};
        struct sim_points narrow, wide;

        sim_points_init(&narrow);
        sim_points_init(&wide);
        for (uint32_t k = 0; k < 20; k++) {
            sim_ms time;

            /* In the days after the start, and up to 89 years later. */
            query.after = query.origin + (sim_ms)k % 5 * 8192 * SIM_DAY -
                          SIM_DAY + (sim_ms)(i * i % 99991) * k * SIM_MINUTE;
            query.horizon = query.after + 64 * SIM_DAY;
            time = sim_points_next_narrow(&narrow, &query);
            assert_true(sim_points_next_wide(&wide, &query) == time);
            found += time != SIM_NEVER;
        }
    }
    assert_true(found > 30000 && found < 60000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_find_the_same),
    };

    return cmocka_run_group_tests_name("points by vectors", tests, NULL, NULL);
}
