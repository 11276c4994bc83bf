#ifndef TESTS_VERIFY_QUEUES_H
#define TESTS_VERIFY_QUEUES_H
/*
 * Queues in closed form: truths that verification compares with. Rates are per
 * day and times in days, or any other unit throughout. Nothing here shares code
 * with the program.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

/* Erlang's B formula: the chance that all of `servers` are busy where who finds
 * them so goes away (Erlang 1917; by its recursion, e.g. Cooper 1981, 3.3). */
double queue_erlang_b(double load, unsigned servers);

/* Erlang's C formula: the same where they wait; load < servers (ibid., 3.4). */
double queue_erlang_c(double load, unsigned servers);

/* M/M/c with people who give up, or M/M/c+M ("Erlang A"; Palm 1957; e.g.
 * Mandelbaum and Zeltyn 2007). `patience` INFINITY: nobody does. */
struct queue_birth_death {
    double waits;     /* share who find all places taken */
    double waiting;   /* mean people waiting */
    double in_places; /* mean people in places */
    double wait;      /* mean wait of everyone, those who give up included */
    double gives_up;  /* share who give up */
};
struct queue_birth_death queue_mmcm(double rate, double stay, unsigned places,
                                    double patience);
/* Chance that `people` are in places (all = that none is free). */
double queue_mmcm_in_places(double rate, double stay, unsigned places,
                            double patience, unsigned people);

/*
 * M/M/c+G: patience of any kind (Baccelli and Hebuterne 1981; Zeltyn and
 * Mandelbaum 2005, section 3). For a fixed one, M/M/c+D, the formulas of
 * Barrer (1957) follow. `survives(x)` is the chance that patience exceeds x.
 */
struct queue_patience {
    double (*survives)(double x, const void *context);
    const void *context;
    double kink; /* where it jumps, or its mean: integrals are split there */
};
struct queue_impatient {
    double waits;       /* share who find all busy */
    double gives_up;    /* share who are not served */
    double wait;        /* mean time in the queue, of everyone */
    double wait_served; /* of those who are served */
};
struct queue_impatient queue_mmcg(double rate, double service, unsigned servers,
                                  const struct queue_patience *patience);
/* The share of those served who waited no longer than `time`. */
double queue_mmcg_served_within(double rate, double service, unsigned servers,
                                const struct queue_patience *patience,
                                double time);
/* A fixed patience, `*context` being it. */
double queue_fixed_patience(double x, const void *context);

/*
 * Classes without preemption, the first the most urgent: mean wait of class
 * `k` (Cobham 1954). M/G/1: `second` are second moments of stays.
 */
double queue_cobham_mg1(const double *rate, const double *mean,
                        const double *second, size_t classes, size_t k);
/* M/M/c, all with the same mean stay; at most 16 classes. */
double queue_cobham_mmc(const double *rate, size_t classes, double stay,
                        unsigned servers, size_t k);
#endif
