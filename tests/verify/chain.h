#ifndef TESTS_VERIFY_CHAIN_H
#define TESTS_VERIFY_CHAIN_H
/*
 * Markov chains in continuous time, solved numerically: the balance equations
 * by GSL's LU decomposition, the forward equations of Kolmogorov by its
 * Runge-Kutta-Prince-Dormand stepper. States are numbered by the caller.
 * Without memory the program ends.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

struct chain;

struct chain *chain_new(size_t states);
void chain_free(struct chain *chain);

/* Add a rate from one state to another. A rate to itself counts as none. */
void chain_add(struct chain *chain, size_t from, size_t to, double rate);

/* The stationary distribution: [states], in `p`. The chain is irreducible. */
void chain_balance(const struct chain *chain, double *p);

/*
 * Take the chances `p` [states] forward by `time` (Kolmogorov's forward
 * equations), and add the integral of each reward over that time to `sum`
 * [rewards]: reward r is earned at the rate reward[r * states + state].
 */
void chain_forward(const struct chain *chain, double *p, double time,
                   const double *reward, size_t rewards, double *sum);

/*
 * The solution x of x = outside + x route, in `x`: the traffic equations of a
 * network (Jackson 1957). `route[i * nodes + j]` is the share that goes from i
 * to j.
 */
void traffic_solve(const double *outside, const double *route, size_t nodes,
                   double *x);
#endif
