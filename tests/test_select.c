/*
 * The selection of the best: its constants, a case by hand, and how often it
 * is right over many made-up studies.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/select.h"

#include <math.h>

#include "tests/compare_bench.h"
#include "tests/table.h"

#define OPTIONS 5
#define FIRST 20

/* Kim and Nelson's g(eta) = (1 + 2 eta)^(-(n - 1) / 2) / 2 = error / (k - 1),
 * with h^2 = 2 eta (n - 1). */
static void the_constant_solves_its_equation(void **state)
{
    static const bool in[4] = {true, true, false, true};
    const double x[4 * 10] = {0};
    struct select select;
    double eta;

    (void)state;
    assert_int_equal(select_init(&select, 4, 1, 0.95, in, x, 10), SIM_OK);
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
    assert_int_equal(select_init(&select, 2, 0.1, 0.95, in, x, 3), SIM_OK);
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
    assert_int_equal(select_init(&select, 2, 1, 0.95, two, x, 4), SIM_OK);
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

/* ---- how often it is right ---- */

/* Observation `batch` of an option: the best leads all others by `lead`, with
 * correlation `rho` between options and unequal variances. */
struct law {
    double lead, rho;
};

static double observe(const struct law *law, uint32_t seed, uint32_t batch,
                      uint32_t option)
{
    double spread = 1 + 0.25 * option;

    return (option == 3 ? law->lead : 0) +
           spread * (sqrt(law->rho) * bench_normal(seed, batch, 1000, 0) +
                     sqrt(1 - law->rho) * bench_normal(seed, batch, option, 1));
}

static bool is_right(const struct law *law, uint32_t seed, double within,
                     double confidence, uint64_t *batches)
{
    static const bool in[OPTIONS] = {true, true, true, true, true};
    double x[OPTIONS * FIRST];
    struct select select;
    bool right;

    for (uint32_t i = 0; i < OPTIONS; i++)
        for (uint32_t b = 0; b < FIRST; b++)
            x[i * FIRST + b] = observe(law, seed, b, i);
    assert_int_equal(
        select_init(&select, OPTIONS, within, confidence, in, x, FIRST),
        SIM_OK);
    while (!select_is_decided(&select)) {
        for (uint32_t i = 0; i < OPTIONS; i++)
            if (select.left[i])
                x[i] = observe(law, seed, select.batches, i);
        select_add(&select, x);
    }
    *batches += select.batches;
    right = select_best(&select) == 3;
    select_clear(&select);
    return right;
}

static unsigned count_right(const struct law *law, unsigned studies,
                            double within, double confidence)
{
    uint64_t batches = 0;
    unsigned right = 0;

    for (uint32_t seed = 1; seed <= studies; seed++)
        right += is_right(law, seed, within, confidence, &batches);
    print_message("rho %.2f: %u of %u right, %.0f batches each\n", law->rho,
                  right, studies, (double)batches / studies);
    return right;
}

struct law_case {
    const char *name;
    struct law law;
};
static struct law_case law_cases[] = {
    {"independent options", {0.5, 0}},
    {"correlation 0.5", {0.5, 0.5}},
    {"correlation 0.95", {0.5, 0.95}},
};

/* The lead is what matters, the hardest case promised. At least 95%, less 4
 * standard errors: 380 - 17. The control promises little: that fails. */
static void is_right_as_often_as_it_says(void **state)
{
    const struct law_case *c = *state;

    assert_in_range(count_right(&c->law, 400, c->law.lead, 0.95), 363, 400);
}

static void a_promise_of_less_is_kept_less_often(void **state)
{
    const struct law law = {0.5, 0};

    (void)state;
    assert_true(count_right(&law, 400, 4 * law.lead, 0.3) < 363);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_constant_solves_its_equation),
        cmocka_unit_test(equal_options_are_decided_at_once),
        cmocka_unit_test(who_is_behind_by_more_than_the_room_is_out),
        cmocka_unit_test(a_promise_of_less_is_kept_less_often),
    };
    int failed = cmocka_run_group_tests_name("select", tests, NULL, NULL);

    failed +=
        run_table("select: how often", is_right_as_often_as_it_says, law_cases);
    return failed;
}
