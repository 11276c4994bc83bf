#ifndef STUDIES_SUMS_IMPL_H
#define STUDIES_SUMS_IMPL_H
/*
 * Sums of a term over two columns as four that run side by side, so that no
 * addition waits for the one before: term i goes to the sum i % 4, whatever the
 * machine.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

/* Of one value of each column and what is the same for all. */
typedef double (*sum_term)(double a, double b, double by);

static inline __attribute__((always_inline)) double
sum_terms(sum_term term, const double *a, const double *b, double by,
          size_t count)
{
    double sum[4] = {0};
    size_t i;

    for (i = 0; i + 4 <= count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += term(a[i + k], b[i + k], by);
    for (size_t k = 0; k < 3; k++)
        if (i + k < count)
            sum[k] += term(a[i + k], b[i + k], by);
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static inline double sum_term_itself(double a, double b, double by)
{
    (void)b;
    (void)by;
    return a;
}

/* The sum of one column. */
static inline double sum_of(const double *value, size_t count)
{
    return sum_terms(sum_term_itself, value, value, 0, count);
}
#endif
