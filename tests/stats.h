#ifndef TESTS_STATS_H
#define TESTS_STATS_H
/*
 * Statistics that tests are judged by. All bounds are fixed beforehand and a
 * test that misses one is a fault to be found, never a bound to be moved.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/support.h"

/* Standard errors that a mean may be off by: 6 in 100,000 by chance. */
#define STANDARD_ERRORS 4.0

/*
 * What a Kolmogorov-Smirnov statistic of `n` values passes by chance once in
 * 10,000 times: sqrt(log(2 / alpha) / (2 n)), from the first term of its
 * limiting distribution.
 */
static inline double ks_bound(size_t n)
{
    return sqrt(log(2 / 1e-4) / 2 / (double)n);
}

static inline int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/*
 * The largest distance between the distribution function `cdf` and that of
 * the `count` values of a sample of `n`; the other n - count lie beyond them
 * all. Sorts `value`.
 */
static inline double ks_statistic(double *value, size_t count, size_t n,
                                  double (*cdf)(double, const void *),
                                  const void *context)
{
    double most = 0;

    qsort(value, count, sizeof *value, compare_doubles);
    for (size_t i = 0; i < count; i++) {
        double p = cdf(value[i], context);

        most = fmax(most, fabs(p - (double)i / (double)n));
        most = fmax(most, fabs(p - (double)(i + 1) / (double)n));
    }
    return most;
}
#endif
