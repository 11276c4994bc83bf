/*
 * The selection of the best: its constants and cases by hand. How often it is
 * right over many studies is verified in tests/verify/verify_choices.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/select.h"

#include <math.h>

#include "tests/support.h"

static void begin(struct select *select, struct select_rule rule,
                  const bool *in, const double *x)
{
    assert_int_equal(select_init(select, &rule, in, x), SIM_OK);
}

/* Kim and Nelson's g(eta) = (1 + 2 eta)^(-(n - 1) / 2) / 2 = error / (k - 1),
 * with h^2 = 2 eta (n - 1). */
static void the_constant_solves_its_equation(void **state)
{
    static const bool in[4] = {true, true, false, true};
    const double x[4 * 10] = {0};
    struct select select;
    double eta;

    (void)state;
    begin(&select, (struct select_rule){4, 1, 0.95, 10}, in, x);
    eta = select.h2 / 2 / 9;
    assert_near(pow(1 + 2 * eta, -4.5) / 2, 0.05 / 2, 1e-12);
    assert_int_equal(select.left_count, 3);
    select_clear(&select);
}

/* Equal options need no batch beyond the first, and any will do. */
static void equal_options_are_decided_at_once(void **state)
{
    static const bool in[2] = {true, true};
    const double x[2 * 3] = {1, 5, 3, 1, 5, 3};
    struct select select;

    (void)state;
    begin(&select, (struct select_rule){2, 0.1, 0.95, 3}, in, x);
    assert_true(select_is_decided(&select));
    assert_int_equal(select_best(&select), 0);
    select_clear(&select);
}

/*
 * Differences 2, 0, 2, 0 of the second from the first: variance 4/3. h^2 with
 * n = 4, k = 2: 3 (0.1^(-2/3) - 1) = 10.925. With a lead that matters of 1 the
 * room at 4 batches is (10.925 x 4/3 - 4) / 8 = 1.3208: the first, 1 behind,
 * stays in. It goes when it is further behind than the room.
 */
static void who_is_behind_by_more_than_the_room_is_out(void **state)
{
    static const bool two[2] = {true, true};
    const double x[2 * 4] = {0, 0, 0, 0, 2, 0, 2, 0};
    const double next[2] = {0, 6};
    struct select select;

    (void)state;
    begin(&select, (struct select_rule){2, 1, 0.95, 4}, two, x);
    assert_near(select.h2, 3 * (pow(0.1, -2.0 / 3) - 1), 1e-12);
    assert_int_equal(select.left_count, 2);
    assert_near(select_needed(&select), floor(select.h2 * 4 / 3) + 1, 1e-12);
    assert_int_equal(select_best(&select), 1);
    /* Room at 5 batches: (14.567 - 5) / 10 = 0.957; behind by 10 / 5 = 2. */
    select_add(&select, next);
    assert_true(select_is_decided(&select));
    assert_false(select.left[0]);
    assert_int_equal(select_best(&select), 1);
    select_clear(&select);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_constant_solves_its_equation),
        cmocka_unit_test(equal_options_are_decided_at_once),
        cmocka_unit_test(who_is_behind_by_more_than_the_room_is_out),
    };

    return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}
