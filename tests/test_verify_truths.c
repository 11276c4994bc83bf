/*
 * The truths that verification compares with: against direct sums, against each
 * other where two of them say the same, and against limits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>

#include "tests/support.h"
#include "tests/verify/chain.h"
#include "tests/verify/queues.h"

/* Terms load^n / n! up to c, and what they say of B and C. */
static void erlang_is_the_direct_sum(void **state)
{
    static const struct {
        double load;
        unsigned servers;
    } at[] = {{0.5, 1}, {2, 3}, {4, 5}, {8, 10}, {45, 50}};

    (void)state;
    for (size_t i = 0; i < LENGTH(at); i++) {
        double term = 1, sum = 1, load = at[i].load, c = at[i].servers;
        for (unsigned n = 1; n <= at[i].servers; n++) {
            term *= load / n;
            sum += term;
        }
        assert_near(queue_erlang_b(load, at[i].servers), term / sum, 1e-12);
        term *= c / (c - load);
        assert_near(queue_erlang_c(load, at[i].servers),
                    term / (sum - term * (c - load) / c + term), 1e-12);
    }
    assert_near(queue_erlang_b(1, 1), 0.5, 1e-15);
    assert_near(queue_erlang_c(0.7, 1), 0.7, 1e-15);
}

/* M/M/1: everything is a power of the load. */
static void one_server_is_geometric(void **state)
{
    const double rate = 3, stay = 0.25, load = 0.75;
    struct queue_birth_death it = queue_mmcm(rate, stay, 1, INFINITY);

    (void)state;
    assert_near(it.waits, load, 1e-12);
    assert_near(it.waiting, load * load / (1 - load), 1e-10);
    assert_near(it.wait, load * stay / (1 - load), 1e-11);
    assert_near(it.in_places, load, 1e-12);
    assert_near(it.gives_up, 0, 0);
    assert_near(queue_mmcm_in_places(rate, stay, 1, INFINITY, 0), 1 - load,
                1e-12);
    assert_near(queue_mmcm_in_places(rate, stay, 1, INFINITY, 1), load, 1e-12);
    assert_near(queue_mmcm_in_places(rate, stay, 1, INFINITY, 2), 0, 0);
}

static double exponential(double x, const void *context)
{
    const double *mean = context;

    return exp(-x / *mean);
}

/* Two roads to M/M/c+M: the birth and death process, and the integrals. */
static void exponential_patience_is_a_birth_and_death_process(void **state)
{
    static const double patience[] = {0.1, 0.5, 2};

    (void)state;
    for (size_t i = 0; i < LENGTH(patience); i++) {
        struct queue_patience it = {exponential, &patience[i], patience[i]};
        struct queue_birth_death sum = queue_mmcm(8, 0.5, 3, patience[i]);
        struct queue_impatient integral = queue_mmcg(8, 0.5, 3, &it);
        assert_near(integral.waits, sum.waits, 1e-8);
        assert_near(integral.gives_up, sum.gives_up, 1e-8);
        assert_near(integral.wait, sum.wait, 1e-8);
    }
}

/* No window is Erlang B, one without end is Erlang C; between them less is lost
 * the longer it is. */
static void a_window_lies_between_erlang_b_and_c(void **state)
{
    double last = 1;

    (void)state;
    for (double window = 1e-7; window < 200; window *= 10) {
        struct queue_patience it = {queue_fixed_patience, &window, window};
        struct queue_impatient found = queue_mmcg(4, 0.5, 3, &it);
        assert_true(found.gives_up < last);
        assert_true(found.wait_served <= window);
        if (window < 1e-6)
            assert_near(found.gives_up, queue_erlang_b(2, 3), 1e-6);
        last = found.gives_up;
        if (window > 90) {
            double waits = queue_erlang_c(2, 3);
            assert_near(found.gives_up, 0, 1e-9);
            assert_near(found.waits, waits, 1e-9);
            assert_near(found.wait_served, waits * 0.5 / (3 - 2), 1e-9);
        }
    }
}

/* Zeltyn and Mandelbaum's J for a fixed patience D, integrated by hand. */
static void a_fixed_window_has_a_closed_form(void **state)
{
    const double rate = 4, window = 0.5, drift = rate - 3 / 0.8;
    struct queue_patience it = {queue_fixed_patience, &window, window};
    struct queue_impatient found = queue_mmcg(rate, 0.8, 3, &it);
    double load = rate * 0.8;
    double idle = (1 + load + load * load / 2) / (load * load / 2);
    double j = expm1(drift * window) / drift + exp(drift * window) / (3 / 0.8);

    (void)state;
    assert_near(found.waits, rate * j / (idle + rate * j), 1e-9);
    assert_near(found.gives_up, (1 + drift * j) / (idle + rate * j), 1e-9);
    assert_near(queue_mmcg_served_within(rate, 0.8, 3, &it, window), 1, 1e-9);
    assert_near(queue_mmcg_served_within(rate, 0.8, 3, &it, 0),
                (1 - found.waits) / (1 - found.gives_up), 1e-9);
}

/* Kleinrock's conservation law: rate times wait adds up to what one line would
 * have; and one class is Pollaczek and Khinchine's formula. */
static void classes_share_one_amount_of_waiting(void **state)
{
    const double rate[] = {1, 2, 0.5}, mean[] = {0.1, 0.1, 0.1};
    const double second[] = {0.02, 0.02, 0.02};
    const double load = 0.35, left = 3.5 * 0.02 / 2;
    double sum = 0, servers = 0;

    (void)state;
    for (size_t k = 0; k < 3; k++)
        sum += rate[k] * queue_cobham_mg1(rate, mean, second, 3, k);
    assert_near(sum, 3.5 * left / (1 - load), 1e-12);
    assert_near(queue_cobham_mg1(rate, mean, second, 1, 0),
                1 * 0.02 / 2 / (1 - 0.1), 1e-12);
    for (size_t k = 0; k < 3; k++)
        servers += rate[k] * queue_cobham_mmc(rate, 3, 0.6, 3, k);
    assert_near(servers, 3.5 * queue_erlang_c(2.1, 3) * 0.6 / (3 - 2.1), 1e-12);
}

/* ---- chains ---- */

/* M/M/2 with room for four, as a chain. */
static struct chain *four(void)
{
    struct chain *chain = chain_new(5);

    for (size_t n = 0; n < 4; n++) {
        chain_add(chain, n, n + 1, 1.5);
        chain_add(chain, n + 1, n, n ? 2 : 1);
    }
    chain_add(chain, 2, 2, 7); /* counts as none */
    return chain;
}

static void balance_is_the_product_of_ratios(void **state)
{
    const double weight[] = {1, 1.5, 1.125, 0.84375, 0.6328125};
    struct chain *chain = four();
    double p[5], sum = 0;

    (void)state;
    for (size_t n = 0; n < 5; n++)
        sum += weight[n];
    chain_balance(chain, p);
    for (size_t n = 0; n < 5; n++)
        assert_near(p[n], weight[n] / sum, 1e-14);
    chain_free(chain);
}

static void forward_ends_in_balance(void **state)
{
    const double reward[5] = {0, 1, 2, 3, 4};
    struct chain *chain = four();
    double p[5] = {1}, balance[5], sum = 0, mean = 0;

    (void)state;
    chain_balance(chain, balance);
    chain_forward(chain, p, 60, reward, 0, NULL);
    for (size_t n = 0; n < 5; n++) {
        assert_near(p[n], balance[n], 1e-8);
        mean += reward[n] * balance[n];
    }
    chain_forward(chain, p, 2, reward, 1, &sum);
    assert_near(sum, 2 * mean, 1e-7);
    chain_free(chain);
}

/* Two states: p(t) = limit (1 - e^(-(a + b) t)), and its integral. */
static void forward_of_two_states_is_exponential(void **state)
{
    const double a = 0.4, b = 1.1, limit = a / (a + b), time = 0.9;
    const double reward[2] = {0, 1};
    struct chain *chain = chain_new(2);
    double p[2] = {1, 0}, sum = 5;
    double gone = -expm1(-(a + b) * time);

    (void)state;
    chain_add(chain, 0, 1, a);
    chain_add(chain, 1, 0, b);
    chain_forward(chain, p, time, reward, 1, &sum);
    assert_near(p[1], limit * gone, 1e-9);
    assert_near(sum, 5 + limit * (time - gone / (a + b)), 1e-9);
    chain_free(chain);
}

static void traffic_counts_returns(void **state)
{
    /* Of those who leave the first, half come back by way of the second. */
    const double outside[2] = {3, 0}, route[4] = {0, 0.5, 1, 0};
    double rate[2];

    (void)state;
    traffic_solve(outside, route, 2, rate);
    assert_near(rate[0], 6, 1e-12);
    assert_near(rate[1], 3, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_is_the_direct_sum),
        cmocka_unit_test(one_server_is_geometric),
        cmocka_unit_test(exponential_patience_is_a_birth_and_death_process),
        cmocka_unit_test(a_window_lies_between_erlang_b_and_c),
        cmocka_unit_test(a_fixed_window_has_a_closed_form),
        cmocka_unit_test(classes_share_one_amount_of_waiting),
        cmocka_unit_test(balance_is_the_product_of_ratios),
        cmocka_unit_test(forward_ends_in_balance),
        cmocka_unit_test(forward_of_two_states_is_exponential),
        cmocka_unit_test(traffic_counts_returns),
    };

    return cmocka_run_group_tests_name("truths", tests, NULL, NULL);
}
