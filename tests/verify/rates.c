/*
 * Markov chains: generators, and shares of people after a time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/rates.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <stdlib.h>
#include <string.h>

double rates_leaving(const struct rates *chain, size_t from)
{
    double sum = 0;

    for (size_t to = 0; to < chain->states; to++)
        sum += to == from ? 0 : chain->rate[from][to];
    return sum;
}

gsl_matrix *rates_generator(const struct rates *chain, double times)
{
    gsl_matrix *q = gsl_matrix_alloc(chain->states, chain->states);

    for (size_t i = 0; i < chain->states; i++)
        for (size_t j = 0; j < chain->states; j++)
            gsl_matrix_set(q, i, j,
                           times * (i == j ? -rates_leaving(chain, i)
                                           : chain->rate[i][j]));
    return q;
}

void rates_advance(const struct rates *chain, double days, double *p)
{
    gsl_matrix *q = rates_generator(chain, days);
    gsl_matrix *e = gsl_matrix_alloc(chain->states, chain->states);
    double next[RATES_MAX] = {0};

    if (gsl_linalg_exponential_ss(q, e, GSL_PREC_DOUBLE) != GSL_SUCCESS)
        abort();
    for (size_t i = 0; i < chain->states; i++)
        for (size_t j = 0; j < chain->states; j++)
            next[j] += p[i] * gsl_matrix_get(e, i, j);
    memcpy(p, next, chain->states * sizeof *p);
    gsl_matrix_free(e);
    gsl_matrix_free(q);
}

void rates_solve(const struct rates *chain, size_t from, size_t count,
                 const double *right, double *x)
{
    gsl_matrix *q = rates_generator(chain, 1);
    gsl_matrix_view inner = gsl_matrix_submatrix(q, from, from, count, count);
    gsl_vector_const_view b = gsl_vector_const_view_array(right, count);
    gsl_vector_view out = gsl_vector_view_array(x, count);
    gsl_permutation *order = gsl_permutation_alloc(count);
    int sign;

    if (!order ||
        gsl_linalg_LU_decomp(&inner.matrix, order, &sign) != GSL_SUCCESS ||
        gsl_linalg_LU_solve(&inner.matrix, order, &b.vector, &out.vector) !=
            GSL_SUCCESS)
        abort();
    gsl_permutation_free(order);
    gsl_matrix_free(q);
}
