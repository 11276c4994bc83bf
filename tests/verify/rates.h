#ifndef TESTS_VERIFY_RATES_H
#define TESTS_VERIFY_RATES_H
/*
 * Markov chains in continuous time, as truths to verify by: rates a day between
 * a few states, and the shares of people in each after some days, which are
 * p exp(Q t) with the generator Q (e.g. Norris 1997, section 2.8).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_matrix.h>
#include <stddef.h>

#define RATES_MAX 9 /* states */

struct rates {
    size_t states;
    double rate[RATES_MAX][RATES_MAX]; /* a day, from row to column */
};

/* The rate of leaving state `from`. */
double rates_leaving(const struct rates *chain, size_t from);

/* The generator times `times`; the caller frees it. */
gsl_matrix *rates_generator(const struct rates *chain, double times);

/* Solve Q x = right over the states [from, from + count): [count] each. */
void rates_solve(const struct rates *chain, size_t from, size_t count,
                 const double *right, double *x);

/* Replace the shares `p` by those `days` later. */
void rates_advance(const struct rates *chain, double days, double *p);
#endif
