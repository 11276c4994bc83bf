/* The order of things by their ties.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/ties_impl.h"
#include "tests/support.h"

#include <gsl/gsl_rng.h>

#define MOST 3000u

static gsl_rng *new_rng(void)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    assert_non_null(rng);
    gsl_rng_set(rng, 11);
    return rng;
}

static uint32_t any(gsl_rng *rng)
{
    return (uint32_t)gsl_rng_get(rng);
}

/* How many of `count` go before number `i`. */
static uint32_t before(const uint32_t tie[], uint32_t count, uint32_t i)
{
    uint32_t sum = 0;

    for (uint32_t j = 0; j < count; j++)
        sum += tie[j] < tie[i];
    return sum;
}

/* Ties have both halves of the numbers of 32 bits, and their ends. */
static void few_stand_where_they_should(void **state)
{
    gsl_rng *rng = new_rng();

    (void)state;
    for (uint32_t count = 1; count <= SIM_TIES_FEW; count++)
        for (int again = 0; again < 50; again++) {
            uint32_t tie[SIM_TIES_FEW], place[SIM_TIES_FEW];

            for (uint32_t i = 0; i < count; i++)
                tie[i] = any(rng);
            tie[any(rng) % count] = again % 2 ? 0 : UINT32_MAX;
            assert_true(sim_ties_few(tie, count, place));
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(place[i], before(tie, count, i));
            assert_true(sim_ties_rank_narrow(tie, count, place));
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(place[i], before(tie, count, i));
        }
    gsl_rng_free(rng);
}

static void of_one_tie_the_number_decides(void **state)
{
    const uint32_t id[] = {9, 3, 7, 1, 5};
    const uint32_t tie[] = {4, UINT32_MAX, 4, UINT32_MAX, 4};
    const uint32_t expected[] = {2, 4, 1, 3, 0};
    uint32_t place[SIM_TIES_FEW];

    (void)state;
    assert_false(sim_ties_few(tie, LENGTH(tie), place));
    assert_false(sim_ties_rank_narrow(tie, LENGTH(tie), place));
    sim_ties_exact(tie, id, LENGTH(tie), place);
    assert_memory_equal(place, expected, sizeof expected);
}

/* Wherever the two are, and whatever the others have. */
static void two_of_one_tie_are_found(void **state)
{
    gsl_rng *rng = new_rng();

    (void)state;
    for (uint32_t count = 2; count <= SIM_TIES_FEW; count++)
        for (uint32_t i = 0; i < count; i++) {
            uint32_t tie[SIM_TIES_FEW], place[SIM_TIES_FEW];

            for (uint32_t j = 0; j < count; j++)
                tie[j] = any(rng);
            tie[(i + 1 + any(rng) % (count - 1)) % count] = tie[i];
            assert_false(sim_ties_few(tie, count, place));
            assert_false(sim_ties_rank_narrow(tie, count, place));
        }
    gsl_rng_free(rng);
}

/* Sorted, and of one tie in the order in which they were, which the lower half
 * says. */
static void assert_sorted(const uint64_t *key, uint32_t count, uint64_t sum)
{
    for (uint32_t i = 1; i < count; i++)
        assert_true(key[i - 1] < key[i]);
    for (uint32_t i = 0; i < count; i++)
        sum -= key[i];
    assert_int_equal(sum, 0);
}

static void many_are_sorted(void **state)
{
    const uint32_t ties[] = {1, 3, 300, 70000, UINT32_MAX};
    gsl_rng *rng = new_rng();
    static uint64_t key[MOST], spare[MOST];

    (void)state;
    for (uint32_t t = 0; t < LENGTH(ties); t++)
        for (uint32_t count = 0; count < MOST; count = 2 * count + 1) {
            uint64_t sum = 0;

            for (uint32_t i = 0; i < count; i++) {
                key[i] = (uint64_t)(any(rng) % ties[t] * (UINT32_MAX / ties[t]))
                             << 32 |
                         i;
                sum += key[i];
            }
            sim_ties_sort(key, count, spare);
            assert_sorted(key, count, sum);
        }
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_stand_where_they_should),
        cmocka_unit_test(of_one_tie_the_number_decides),
        cmocka_unit_test(two_of_one_tie_are_found),
        cmocka_unit_test(many_are_sorted),
    };

    return cmocka_run_group_tests_name("ties", tests, NULL, NULL);
}
