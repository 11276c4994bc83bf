/* Estimates against hand-worked cases, closed forms, and their own promise:
 * that 95 intervals in 100 hold the truth.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/stats.h"
#include "tests/table.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "sim/tally.h"
#include "studies/estimate.h"

#define MOST 8
#define CLOSE 1e-9

/* ---- ratios ---- */

/*
 * Worked by hand. N = 1 3 2 over D = 2 4 2: r = 6/8; residuals N - rD are
 * -0.5 0 0.5, their variance 1/4, the mean of D 8/3, so the standard error is
 * sqrt(1/4 / 3) / (8/3) = 0.108253175; t with 2 degrees is 4.30265273; single
 * ratios are 0.5 0.75 1, of sd 0.25.
 */
struct ratio_case {
    const char *name;
    struct estimate_rule rule;
    uint32_t count;
    double numerator[MOST], denominator[MOST];
    struct estimate expected;
};
static struct ratio_case ratio_cases[] = {
    {"a mean of durations, by hand",
     {ESTIMATE_PLAIN, 1, 1},
     3,
     {1, 3, 2},
     {2, 4, 2},
     {0.75, 0.284224179047, 1.21577582095, 0.25, NAN, NAN, false}},
    {"a share reaches no further than 1",
     {ESTIMATE_SHARE, 1, 1},
     3,
     {1, 3, 2},
     {2, 4, 2},
     {0.75, 0.284224179047, 1, 0.25, NAN, NAN, false}},
    {"the scale multiplies everything",
     {ESTIMATE_PLAIN, 168, 1},
     3,
     {1, 3, 2},
     {2, 4, 2},
     {126, 47.7496620799, 204.25033792, 42, NAN, NAN, false}},
    {"a share truly above 1 is not cut to 1",
     {ESTIMATE_SHARE, 1, 1},
     2,
     {3, 3},
     {2, 2},
     {1.5, 1.5, 1.5, 0, NAN, NAN, false}},
    /* r = 1/4; residuals -0.5 0.5 0; se = sqrt(1/4 / 3) / (4/3) = 0.2165;
     * the replication without a denominator has no value of its own. */
    {"a denominator of 0 stays in, and nothing is below 0",
     {ESTIMATE_PLAIN, 1, 1},
     3,
     {0, 1, 0},
     {2, 2, 0},
     {0.25, 0, 1.18155164191, 0.353553390593, NAN, NAN, false}},
    /* Mean of -1 and 3: sd 2.828427, se 2, t with 1 degree 12.7062047. */
    {"what can be negative stays negative",
     {ESTIMATE_PLAIN, 1, 1},
     2,
     {-1, 3},
     {1, 1},
     {1, -24.41240947, 26.41240947, 2.828427125, NAN, NAN, false}},
    {"always the same is known exactly",
     {ESTIMATE_PLAIN, 1, 1},
     4,
     {5, 5, 5, 5},
     {2, 2, 2, 2},
     {2.5, 2.5, 2.5, 0, NAN, NAN, false}},
    {"one replication has no interval",
     {ESTIMATE_COUNT, 1, 1},
     1,
     {0},
     {52},
     {0, NAN, NAN, NAN, NAN, NAN, false}},
    {"no replication at all",
     {ESTIMATE_COUNT, 1, 1},
     0,
     {0},
     {0},
     {NAN, NAN, NAN, NAN, NAN, NAN, false}},
    {"nothing to divide by",
     {ESTIMATE_SHARE, 1, 1},
     3,
     {0},
     {0},
     {NAN, NAN, NAN, NAN, NAN, NAN, false}},
    {"durations all 0 are 0",
     {ESTIMATE_PLAIN, 1, 1},
     3,
     {0},
     {4, 5, 6},
     {0, 0, 0, 0, NAN, NAN, false}},
    /* -ln 0.05 = 2.995732274 over 156 weeks. */
    {"no event in 156 weeks",
     {ESTIMATE_COUNT, 1, 1},
     3,
     {0},
     {52, 52, 52},
     {0, 0, 0.01920341201, 0, NAN, NAN, true}},
    /* 1 - 0.05^(1/15), chances fewer than weeks. */
    {"no event in 15 chances",
     {ESTIMATE_SHARE, 1, 52},
     3,
     {0},
     {4, 5, 6},
     {0, 0, 0.181036272522, 0, NAN, NAN, true}},
    /* 1 - 0.05^(1/6): three weeks each, but one had no chance at all. */
    {"chances of one week count once",
     {ESTIMATE_SHARE, 1, 3},
     3,
     {0},
     {400, 0, 600},
     {0, 0, 0.393037768997, 0, NAN, NAN, true}},
    {"all of 15 chances: the mirror image",
     {ESTIMATE_SHARE, 1, 52},
     3,
     {4, 5, 6},
     {4, 5, 6},
     {1, 0.818963727478, 1, 0, NAN, NAN, true}},
    /* 0.05^(1/10.3) */
    {"hours that are all but rounding the whole",
     {ESTIMATE_SHARE, 1, 52},
     2,
     {0.3, 10},
     {0.1 + 0.2, 10},
     {1, 0.747629463386, 1, 0, NAN, NAN, true}},
};

static bool same(double actual, double expected)
{
    if (isnan(expected))
        return isnan(actual);
    return fabs(actual - expected) <= CLOSE * fmax(1, fabs(expected));
}

static void assert_same(const struct estimate *actual,
                        const struct estimate *expected)
{
    if (same(actual->mean, expected->mean) &&
        same(actual->lower, expected->lower) &&
        same(actual->upper, expected->upper) &&
        same(actual->sd, expected->sd) && same(actual->p05, expected->p05) &&
        same(actual->p95, expected->p95) &&
        actual->one_sided == expected->one_sided)
        return;
    print_error("mean %.10g, interval %.10g to %.10g, sd %.10g, p05 %.10g, "
                "p95 %.10g, one-sided %d\n",
                actual->mean, actual->lower, actual->upper, actual->sd,
                actual->p05, actual->p95, actual->one_sided);
    fail();
}

static void gives_the_ratio(void **state)
{
    const struct ratio_case *c = *state;
    struct estimator estimator;
    struct estimate estimate;

    assert_int_equal(estimator_init(&estimator, c->count), SIM_OK);
    for (uint32_t i = 0; i < c->count; i++) {
        column_open(&estimator.numerator)[i] = c->numerator[i];
        column_open(&estimator.denominator)[i] = c->denominator[i];
    }
    estimator_ratio(&estimator, &c->rule, &estimate);
    assert_same(&estimate, &c->expected);
    for (uint32_t i = 0; i < c->count; i++) /* the columns stay */
        assert_true(estimator.numerator.value[i] == c->numerator[i] &&
                    estimator.denominator.value[i] == c->denominator[i]);
    estimator_clear(&estimator);
    assert_null(estimator.numerator.value);
}

/* At its bound, a share gives no event in n chances, and a count none in T
 * weeks, with chance 5%. */
static void the_bound_gives_nothing_with_chance_5(void **state)
{
    static const uint32_t counts[] = {2, 10, 1000};
    struct estimate_rule share = {ESTIMATE_SHARE, 1, 1e9};
    struct estimate_rule count = {ESTIMATE_COUNT, 1, 1};

    (void)state;
    for (size_t i = 0; i < LENGTH(counts); i++) {
        struct estimator estimator;
        struct estimate estimate;
        uint32_t n = counts[i];

        assert_int_equal(estimator_init(&estimator, n), SIM_OK);
        for (uint32_t j = 0; j < n; j++)
            column_open(&estimator.denominator)[j] = 7;
        estimator_ratio(&estimator, &share, &estimate);
        assert_near(gsl_ran_binomial_pdf(0, estimate.upper, 7 * n), 0.05,
                    CLOSE);
        estimator_ratio(&estimator, &count, &estimate);
        assert_near(gsl_ran_poisson_pdf(0, estimate.upper * 7 * n), 0.05,
                    CLOSE);
        estimator_clear(&estimator);
    }
}

/* ---- spread ---- */

/* Values 1 .. n in a shuffled order (37 is prime to both lengths). */
static struct estimate estimate_of_whole_numbers(uint32_t n)
{
    struct estimate_rule rule = {ESTIMATE_PLAIN, 1, 1};
    struct estimator estimator;
    struct estimate estimate;

    assert_int_equal(estimator_init(&estimator, n), SIM_OK);
    for (uint32_t i = 0; i < n; i++) {
        column_open(&estimator.numerator)[i] = (i * 37) % n + 1.0;
        column_open(&estimator.denominator)[i] = 1;
    }
    estimator_ratio(&estimator, &rule, &estimate);
    estimator_clear(&estimator);
    return estimate;
}

static void percentiles_from_100_replications(void **state)
{
    struct estimate estimate = estimate_of_whole_numbers(101);

    (void)state;
    assert_near(estimate.p05, 6, CLOSE); /* order statistic 0.05 x 100 + 1 */
    assert_near(estimate.p95, 96, CLOSE);
    assert_near(estimate.mean, 51, CLOSE);
    assert_near(estimate.sd, sqrt(101 * 102 / 12.0), CLOSE);
    estimate = estimate_of_whole_numbers(100);
    assert_near(estimate.p05, 5.95, CLOSE);
    assert_near(estimate.p95, 95.05, CLOSE);
    estimate = estimate_of_whole_numbers(99);
    assert_true(isnan(estimate.p05) && isnan(estimate.p95));
}

/* The values of one column, in orders that a sample of every k-th value tells
 * the truth about, and in ones it does not. */
struct order_case {
    const char *name;
    uint32_t count;
    double (*value)(uint32_t i);
};
static double rising(uint32_t i)
{
    return i;
}
static double falling(uint32_t i)
{
    return 5000.0 - i;
}
static double tied(uint32_t i)
{
    return 1 + i * 7919u % 5;
}
static double mixed(uint32_t i)
{
    return i * 7919u % 1009;
}
/* The sample of 640 values takes every 20th. */
static double small_in_the_sample(uint32_t i)
{
    return i % 20 == 0 ? 1 : 2 + i * 7919u % 1009;
}
static double large_in_the_sample(uint32_t i)
{
    return i % 20 == 0 ? 5000 : 2 + i * 7919u % 1009;
}
static double mostly_nothing(uint32_t i)
{
    return i % 37 == 5;
}
static struct order_case order_cases[] = {
    {"rising", 1000, rising},
    {"falling", 1000, falling},
    {"few different values", 333, tied},
    {"many different values", 2017, mixed},
    {"a sample of small values", 640, small_in_the_sample},
    {"a sample of large values", 640, large_in_the_sample},
    {"mostly 0", 500, mostly_nothing},
    {"as few as have percentiles", 100, mixed},
};

/* Type 7 of Hyndman and Fan (1996) from all values sorted. */
static double sorted_percentile(const double *sorted, uint32_t count, double p)
{
    double index = p * (count - 1);
    uint32_t below = (uint32_t)index;
    double part = index - below;

    return (1 - part) * sorted[below] + part * sorted[below + 1];
}

static void spread_is_that_of_the_sorted_values(void **state)
{
    const struct order_case *c = *state;
    const struct estimate_rule rule = {ESTIMATE_PLAIN, 1, 1};
    double *sorted = calloc(c->count, sizeof *sorted);
    double sum = 0, squares = 0;
    struct estimator estimator;
    struct estimate estimate;

    assert_non_null(sorted);
    assert_int_equal(estimator_init(&estimator, c->count), SIM_OK);
    for (uint32_t i = 0; i < c->count; i++) {
        sorted[i] = column_open(&estimator.numerator)[i] = c->value(i);
        column_open(&estimator.denominator)[i] = 1;
        sum += c->value(i);
    }
    for (uint32_t i = 0; i < c->count; i++)
        squares += pow(sorted[i] - sum / c->count, 2);
    qsort(sorted, c->count, sizeof *sorted, compare_doubles);
    estimator_ratio(&estimator, &rule, &estimate);
    assert_true(estimate.p05 == sorted_percentile(sorted, c->count, 0.05));
    assert_true(estimate.p95 == sorted_percentile(sorted, c->count, 0.95));
    assert_near(estimate.sd, sqrt(squares / (c->count - 1)), CLOSE);
    estimator_clear(&estimator);
    free(sorted);
}

/* ---- quantiles ---- */

/* Weight 1 in the bin of `at[i]` for replication i, nothing where below 0. */
static struct estimate quantile_of(const double *at, uint32_t count, double p)
{
    double *bins = calloc(count * (size_t)SIM_BINS, sizeof *bins);
    struct estimator estimator;
    struct estimate estimate;

    assert_non_null(bins);
    assert_int_equal(estimator_init(&estimator, count), SIM_OK);
    for (size_t i = 0; i < count; i++)
        if (at[i] >= 0)
            bins[i * SIM_BINS + sim_bin_of(at[i])] = 1;
    estimator_quantile(&estimator,
                       &(struct estimate_bins){bins, SIM_BINS, SIM_BINS}, p,
                       &estimate);
    estimator_clear(&estimator);
    free(bins);
    return estimate;
}

static void a_quantile_by_hand(void **state)
{
    static const double at[] = {10, 12, 14, 16};
    struct estimate estimate = quantile_of(at, 4, 0.5);
    /* Pooled 12; off by -2 0 2 4: sqrt(24 / 3 / 4) = sqrt 2; t with 3
     * degrees is 3.182446305. */
    struct estimate expected = {12,
                                12 - 3.182446305 * sqrt(2),
                                12 + 3.182446305 * sqrt(2),
                                2.581988897,
                                NAN,
                                NAN,
                                false};

    (void)state;
    assert_same(&estimate, &expected);
}

static void replications_without_data_are_left_out(void **state)
{
    static const double at[] = {10, -1, 12, -1};
    static const double none[] = {-1, -1};
    struct estimate estimate = quantile_of(at, 4, 1);
    /* Pooled 12; off by -2 0: sqrt(4 / 1 / 2); t with 1 degree. */
    struct estimate expected = {
        12, 0, 12 + 12.70620474 * sqrt(2), sqrt(2), NAN, NAN, false};

    (void)state;
    assert_same(&estimate, &expected);
    estimate = quantile_of(none, 2, 0.95);
    expected = estimate_none();
    assert_same(&estimate, &expected);
    estimate = quantile_of(at, 1, 0.95);
    expected.mean = 10;
    assert_same(&estimate, &expected);
}

/* ---- coverage ---- */

#define EXPERIMENTS 2000
/* Of a share of 95% among as many experiments. */
#define COVERAGE_BOUND (STANDARD_ERRORS * sqrt(0.95 * 0.05 / EXPERIMENTS))

/*
 * Chances of one replication share a luck of their own (Beta of mean 0.2) and
 * there are more of them when it is bad, so numerator, denominator and ratio
 * go together: E N = 60 E p^2 + 40 E p and E D = 60 E p + 40 for D ~ Poisson.
 */
#define BETA_A 4.0
#define BETA_B 16.0
static double true_ratio(void)
{
    double mean = BETA_A / (BETA_A + BETA_B);
    double square = mean * (BETA_A + 1) / (BETA_A + BETA_B + 1);

    return (60 * square + 40 * mean) / (60 * mean + 40);
}

struct coverage {
    double ours;
    double naive; /* by the binomial formula, as though contacts were
                     independent: too narrow */
};

static struct coverage ratio_coverage(uint32_t count)
{
    struct estimate_rule rule = {ESTIMATE_SHARE, 1, 52};
    struct estimator estimator;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int ours = 0;
    int naive = 0;

    gsl_rng_set(rng, 20260101);
    assert_int_equal(estimator_init(&estimator, count), SIM_OK);
    for (int i = 0; i < EXPERIMENTS; i++) {
        struct estimate estimate;
        double total = 0;
        double off;

        for (uint32_t j = 0; j < count; j++) {
            double p = gsl_ran_beta(rng, BETA_A, BETA_B);
            unsigned d = gsl_ran_poisson(rng, 60 * p + 40);

            column_open(&estimator.denominator)[j] = d;
            column_open(&estimator.numerator)[j] = gsl_ran_binomial(rng, p, d);
            total += d;
        }
        estimator_ratio(&estimator, &rule, &estimate);
        off = fabs(estimate.mean - true_ratio());
        ours +=
            estimate.lower <= true_ratio() && true_ratio() <= estimate.upper;
        naive +=
            off <= 1.96 * sqrt(estimate.mean * (1 - estimate.mean) / total);
    }
    estimator_clear(&estimator);
    gsl_rng_free(rng);
    return (struct coverage){(double)ours / EXPERIMENTS,
                             (double)naive / EXPERIMENTS};
}

static void a_ratio_covers_the_truth(void **state)
{
    struct coverage coverage = ratio_coverage(60);

    (void)state;
    assert_near(coverage.ours, 0.95, COVERAGE_BOUND);
    /* The control: the same test sees a wrong width. */
    assert_true(fabs(coverage.naive - 0.95) > COVERAGE_BOUND);
}

/*
 * 95th percentile of exponential values of mean 20, 40 of them in each of 60
 * replications. Bins know whole numbers: a value v counts as floor(v), half
 * less on average, and so does the quantile.
 */
static void a_quantile_covers_the_truth(void **state)
{
    enum { REPLICATIONS = 60, VALUES = 40 };
    double truth = -20 * log(0.05) - 0.5;
    size_t size = (size_t)REPLICATIONS * SIM_BINS;
    double *bins = calloc(size, sizeof *bins);
    struct estimator estimator;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int covers = 0;
    int third = 0;

    (void)state;
    assert_non_null(bins);
    gsl_rng_set(rng, 20260102);
    assert_int_equal(estimator_init(&estimator, REPLICATIONS), SIM_OK);
    for (int i = 0; i < EXPERIMENTS; i++) {
        struct estimate estimate;
        double half_width;

        memset(bins, 0, size * sizeof *bins);
        for (int j = 0; j < REPLICATIONS * VALUES; j++)
            bins[(size_t)(j / VALUES) * SIM_BINS +
                 sim_bin_of(gsl_ran_exponential(rng, 20))]++;
        estimator_quantile(&estimator,
                           &(struct estimate_bins){bins, SIM_BINS, SIM_BINS},
                           0.95, &estimate);
        half_width = estimate.upper - estimate.mean;
        covers += fabs(estimate.mean - truth) <= half_width;
        third += fabs(estimate.mean - truth) <= half_width / 3;
    }
    assert_near((double)covers / EXPERIMENTS, 0.95, COVERAGE_BOUND);
    /* The control: the same test sees a wrong width. */
    assert_true(fabs((double)third / EXPERIMENTS - 0.95) > COVERAGE_BOUND);
    estimator_clear(&estimator);
    gsl_rng_free(rng);
    free(bins);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(the_bound_gives_nothing_with_chance_5),
        cmocka_unit_test(percentiles_from_100_replications),
        cmocka_unit_test(a_quantile_by_hand),
        cmocka_unit_test(replications_without_data_are_left_out),
        cmocka_unit_test(a_ratio_covers_the_truth),
        cmocka_unit_test(a_quantile_covers_the_truth),
    };
    int failed = run_table("estimate: ratios", gives_the_ratio, ratio_cases);

    failed += run_table("estimate: spread", spread_is_that_of_the_sorted_values,
                        order_cases);
    failed += cmocka_run_group_tests_name("estimate", others, NULL, NULL);
    return failed;
}
