#ifndef TESTS_SELECT_LAW_H
#define TESTS_SELECT_LAW_H
/*
 * How often a selection is right, over many made-up studies in the hardest case
 * that is promised: the best leads all others by exactly the lead that matters.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

struct select_law {
    double rho;        /* correlation of options within a replication */
    double confidence; /* that is promised; of ratios always 0.95 */
    double promise;    /* the lead asked for, times the real one: 1 */
};

/* Of `studies` with normal batch means, five options with unequal variances and
 * one that leads: in how many it is selected. */
unsigned select_law_normal(const struct select_law *law, unsigned studies);

/* The same through whole comparisons: four options, contacts not delivered of
 * those due, counts that vary together, in batches and linearised. */
unsigned select_law_ratio(const struct select_law *law, unsigned studies);
#endif
