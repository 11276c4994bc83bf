/* Markov chains in continuous time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/chain.h"

#include <gsl/gsl_linalg.h>
#include <stdio.h>
#include <stdlib.h>

struct chain {
    size_t states;
    gsl_matrix *flow; /* (to, from): the transposed generator */
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
    chain->flow = must(gsl_matrix_calloc(states, states));
    return chain;
}

void chain_free(struct chain *chain)
{
    if (!chain)
        return;
    gsl_matrix_free(chain->flow);
    free(chain);
}

void chain_add(struct chain *chain, size_t from, size_t to, double rate)
{
    if (from == to)
        return;
    *gsl_matrix_ptr(chain->flow, to, from) += rate;
    *gsl_matrix_ptr(chain->flow, from, from) -= rate;
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
    gsl_matrix *matrix = must(gsl_matrix_alloc(chain->states, chain->states));
    gsl_vector *right = must(gsl_vector_calloc(chain->states));

    gsl_matrix_memcpy(matrix, chain->flow);
    for (size_t i = 0; i < chain->states; i++)
        gsl_matrix_set(matrix, chain->states - 1, i, 1);
    gsl_vector_set(right, chain->states - 1, 1);
    solve(matrix, right, p);
    gsl_matrix_free(matrix);
    gsl_vector_free(right);
}

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
