/* Markov chains in continuous time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/chain.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_odeiv2.h>
#include <stdio.h>
#include <stdlib.h>

struct flow {
    size_t from, to;
    double rate;
};
struct chain {
    size_t states, count;
    struct flow *flow;
};

static void *must(void *memory)
{
    if (!memory) {
        fputs("chain: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

struct chain *chain_new(size_t states)
{
    struct chain *chain = must(calloc(1, sizeof *chain));

    chain->states = states;
    return chain;
}

void chain_free(struct chain *chain)
{
    if (!chain)
        return;
    free(chain->flow);
    free(chain);
}

void chain_add(struct chain *chain, size_t from, size_t to, double rate)
{
    if (from == to || rate <= 0)
        return;
    chain->flow =
        must(realloc(chain->flow, (chain->count + 1) * sizeof *chain->flow));
    chain->flow[chain->count++] = (struct flow){from, to, rate};
}

/* Solve `matrix` x = `right`, spoiling both the matrix and `right`. */
static void solve(gsl_matrix *matrix, gsl_vector *right, double *x)
{
    gsl_permutation *order = must(gsl_permutation_alloc(matrix->size1));
    gsl_vector_view out = gsl_vector_view_array(x, matrix->size1);
    int sign;

    gsl_linalg_LU_decomp(matrix, order, &sign);
    gsl_linalg_LU_solve(matrix, order, right, &out.vector);
    gsl_permutation_free(order);
}

/* One balance equation follows from the others: that the chances add to 1
 * stands in its place. */
void chain_balance(const struct chain *chain, double *p)
{
    gsl_matrix *matrix = must(gsl_matrix_calloc(chain->states, chain->states));
    gsl_vector *right = must(gsl_vector_calloc(chain->states));

    for (size_t i = 0; i < chain->count; i++) {
        const struct flow *flow = &chain->flow[i];
        *gsl_matrix_ptr(matrix, flow->to, flow->from) += flow->rate;
        *gsl_matrix_ptr(matrix, flow->from, flow->from) -= flow->rate;
    }
    for (size_t i = 0; i < chain->states; i++)
        gsl_matrix_set(matrix, chain->states - 1, i, 1);
    gsl_vector_set(right, chain->states - 1, 1);
    solve(matrix, right, p);
    gsl_matrix_free(matrix);
    gsl_vector_free(right);
}

/* ---- forward in time ---- */

#define ACCURACY                                                               \
    1e-10 /* absolute, of a chance and of an integral, each step               \
           */

struct forward {
    const struct chain *chain;
    const double *reward;
    size_t rewards;
};

/* The unknowns: the chances, and behind them the integrals of the rewards. */
static int derivative(double time, const double y[], double out[],
                      void *context)
{
    const struct forward *it = context;
    size_t states = it->chain->states;

    (void)time;
    for (size_t i = 0; i < states + it->rewards; i++)
        out[i] = 0;
    for (size_t i = 0; i < it->chain->count; i++) {
        const struct flow *flow = &it->chain->flow[i];
        double moved = flow->rate * y[flow->from];
        out[flow->to] += moved;
        out[flow->from] -= moved;
    }
    for (size_t r = 0; r < it->rewards; r++)
        for (size_t i = 0; i < states; i++)
            out[states + r] += it->reward[r * states + i] * y[i];
    return GSL_SUCCESS;
}

void chain_forward(const struct chain *chain, double *p, double time,
                   const double *reward, size_t rewards, double *sum)
{
    struct forward forward = {chain, reward, rewards};
    size_t states = chain->states;
    gsl_odeiv2_system system = {derivative, NULL, states + rewards, &forward};
    gsl_odeiv2_driver *driver = must(gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, time / 1000, ACCURACY, 0));
    double *y = must(calloc(states + rewards, sizeof *y));
    double now = 0;

    for (size_t i = 0; i < states; i++)
        y[i] = p[i];
    if (gsl_odeiv2_driver_apply(driver, &now, time, y) != GSL_SUCCESS) {
        fputs("chain: the forward equations were not solved\n", stderr);
        exit(EXIT_FAILURE);
    }
    for (size_t i = 0; i < states; i++)
        p[i] = y[i];
    for (size_t r = 0; r < rewards; r++)
        sum[r] += y[states + r];
    free(y);
    gsl_odeiv2_driver_free(driver);
}

/* ---- networks ---- */

void traffic_solve(const double *outside, const double *route, size_t nodes,
                   double *x)
{
    gsl_matrix *matrix = must(gsl_matrix_alloc(nodes, nodes));
    gsl_vector *right = must(gsl_vector_alloc(nodes));

    for (size_t i = 0; i < nodes; i++) {
        gsl_vector_set(right, i, outside[i]);
        for (size_t j = 0; j < nodes; j++)
            gsl_matrix_set(matrix, i, j, (i == j) - route[j * nodes + i]);
    }
    solve(matrix, right, x);
    gsl_matrix_free(matrix);
    gsl_vector_free(right);
}
