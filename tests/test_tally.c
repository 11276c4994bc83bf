/* Running moments, bins and hours by cell.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/tally.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>

struct moments_case {
    const char *name;
    size_t count;
    double value[5];
    double mean;
    double variance;
};
static struct moments_case moments_cases[] = {
    {"no value: variance 0", 0, {0}, 0, 0},
    {"one value: variance 0", 1, {7}, 7, 0},
    {"two values", 2, {1, 3}, 2, 2},
    {"equal values: variance 0", 4, {0.1, 0.1, 0.1, 0.1}, 0.1, 0},
    {"values either side of 0", 3, {-1, 0, 1}, 0, 1},
    {"a far mean loses nothing", 3, {1e9 + 4, 1e9 + 7, 1e9 + 13}, 1e9 + 8, 21},
};

static void has_moments(void **state)
{
    const struct moments_case *c = *state;
    struct sim_moments moments = {0};

    for (size_t i = 0; i < c->count; i++)
        sim_moments_add(&moments, c->value[i]);
    assert_int_equal(moments.count, c->count);
    assert_near(moments.mean, c->mean, 1e-15 * fabs(c->mean));
    assert_near(sim_moments_variance(&moments), c->variance, 1e-12);
}

static void moments_agree_with_two_passes(void **state)
{
    enum { N = 10000 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    double *value = malloc(N * sizeof *value);
    struct sim_moments moments = {0};
    double sum = 0;
    double squares = 0;

    (void)state;
    assert_non_null(value);
    for (int i = 0; i < N; i++) {
        value[i] = 1000 + gsl_rng_uniform(rng);
        sim_moments_add(&moments, value[i]);
        sum += value[i];
    }
    for (int i = 0; i < N; i++)
        squares += (value[i] - sum / N) * (value[i] - sum / N);
    assert_near(moments.mean, sum / N, 1e-9);
    assert_near(sim_moments_variance(&moments), squares / (N - 1), 1e-11);
    free(value);
    gsl_rng_free(rng);
}

struct bin_case {
    const char *name;
    double value;
    double edge; /* lower, of its bin */
};
static struct bin_case bin_cases[] = {
    {"0 has a bin", 0, 0},
    {"a fraction is in the bin of its whole", 0.999, 0},
    {"a small whole number is exact", 17, 17},
    {"63 is the last exact one", 63.5, 63},
    {"64 begins bins of width 4", 67.9, 64},
    {"68 is the next of them", 68, 68},
    {"128 begins bins of width 8", 135, 128},
    {"256 begins bins of width 16", 271, 256},
    {"512 begins bins of width 32", 550, 544},
    {"991 is in the last bin but one", 991, 960},
    {"992 begins the last bin", 992, 992},
    {"the last bin takes all above", 1e12, 992},
    {"and what has no bound", INFINITY, 992},
};

static void falls_in_bin(void **state)
{
    const struct bin_case *c = *state;

    assert_true(sim_bin_value(sim_bin_of(c->value)) == c->edge);
}

static void bins_begin_and_end_at_their_edges(void **state)
{
    (void)state;
    for (size_t bin = 0; bin < SIM_BINS; bin++) {
        double edge = sim_bin_value(bin);
        double next = sim_bin_value(bin + 1);

        assert_true(next > edge);
        assert_true(next - edge <= fmax(1, edge / 16));
        assert_int_equal(sim_bin_of(edge), bin);
        assert_int_equal(sim_bin_of(nextafter(next, 0)), bin);
    }
}

struct quantile_case {
    const char *name;
    double weight[5];
    double p;
    double edge;
};
static struct quantile_case quantile_cases[] = {
    {"half of two bins is the first", {1, 1}, 0.5, 0},
    {"more than half is the second", {1, 1}, 0.51, 1},
    {"all is the last with any weight", {1, 1, 0, 0, 0}, 1, 1},
    {"bins before the first weight hold no share", {0, 0, 3}, 0.01, 2},
    {"a share that is met exactly is met", {7, 93}, 0.07, 0},
    {"the median of five", {1, 1, 1, 1, 1}, 0.5, 2},
    {"19 of 20 is 0.95", {19, 1}, 0.95, 0},
    {"weights may be times", {0.25, 0.5, 0.25}, 0.8, 2},
};

static void has_quantile(void **state)
{
    const struct quantile_case *c = *state;

    assert_true(sim_bins_quantile(c->weight, LENGTH(c->weight), c->p) ==
                c->edge);
}

static void no_weight_has_no_quantile(void **state)
{
    const double weight[3] = {0, 0, 0};

    (void)state;
    assert_true(isnan(sim_bins_quantile(weight, 3, 0.5)));
    assert_true(isnan(sim_bins_quantile(weight, 0, 0.5)));
}

#define CELLS 4

/* Cells of 6 h from hour `origin`; hours from `from` to `until`. */
struct spread_case {
    const char *name;
    double origin;
    double from;
    double until;
    double rate;
    double cell[CELLS];
};
static struct spread_case spread_cases[] = {
    {"within one cell", 0, 1, 3, 1, {2}},
    {"one whole cell", 0, 6, 12, 1, {0, 6}},
    {"over an edge", 0, 5, 8, 1, {1, 2}},
    {"nothing from a time to itself", 0, 6, 6, 1, {0}},
    {"nothing backwards", 0, 7, 6, 1, {0}},
    {"a rate multiplies", 0, 5, 8, 2.5, {2.5, 5}},
    {"a negative rate takes away", 0, 0, 1, -1, {-1}},
    {"after the last cell comes the first", 0, 23, 26, 1, {2, 0, 0, 1}},
    {"the second round adds to the first", 0, 0, 48, 1, {12, 12, 12, 12}},
    {"cells begin at the origin", 8, 8, 15, 1, {6, 1}},
    {"far from the origin", 8, 8 + 240 + 7, 8 + 240 + 8, 1, {0, 1}},
};

static void spreads(void **state)
{
    const struct spread_case *c = *state;
    const double hour = (double)SIM_HOUR;
    double cell[CELLS] = {0};

    const struct sim_cells cells = {cell, CELLS, 6 * SIM_HOUR,
                                    (sim_ms)(c->origin * hour)};

    sim_spread_hours(&cells, (sim_ms)(c->from * hour),
                     (sim_ms)(c->until * hour), c->rate);
    for (size_t i = 0; i < CELLS; i++)
        assert_near(cell[i], c->cell[i], 1e-12);
}

static void spreading_conserves_hours(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    double cell[7] = {0};
    const struct sim_cells cells = {cell, LENGTH(cell), 7777777, 1000};
    double given = 0;
    double kept = 0;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        sim_ms from = 1000 + (sim_ms)gsl_rng_uniform_int(rng, 1000000000);
        sim_ms length = (sim_ms)gsl_rng_uniform_int(rng, 100000000);
        double rate = gsl_rng_uniform(rng);

        sim_spread_hours(&cells, from, from + length, rate);
        given += rate * (double)length / (double)SIM_HOUR;
    }
    for (size_t i = 0; i < LENGTH(cell); i++)
        kept += cell[i];
    assert_near(kept, given, 1e-9 * given);
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_agree_with_two_passes),
        cmocka_unit_test(bins_begin_and_end_at_their_edges),
        cmocka_unit_test(no_weight_has_no_quantile),
        cmocka_unit_test(spreading_conserves_hours),
    };
    int failed = run_table("moments", has_moments, moments_cases);

    failed += run_table("bins", falls_in_bin, bin_cases);
    failed += run_table("quantiles", has_quantile, quantile_cases);
    failed += run_table("spread", spreads, spread_cases);
    return failed + cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
