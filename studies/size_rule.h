#ifndef STUDIES_SIZE_RULE_H
#define STUDIES_SIZE_RULE_H
/*
 * The tests by which sizing decides, on independent replications of one
 * design. All are one-sided, on means of N - t D, which is linear: so no
 * ratio has to be linearised.
 *
 * Sums over a simulated year are nearly normal, so Student's t is used, but
 * their skewness is not ignored: rare bad events make an upper bound by t too
 * low. Hall's transformation (Hall 1992, Journal of the Royal Statistical
 * Society B 54, 221-228) removes the first term of that error; of t and the
 * transformed t the more cautious one counts. Where each replication
 * says only yes or no the test is the exact binomial one.
 * Pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

/* A quantity in one replication: what stands above and below the line. Scaled
 * so that the quotient of totals is in the unit of the measure. */
struct size_value {
    double part, all;
};

/* Values of one quantity in replications 0 .. count - 1: every `stride`-th
 * from `value` on. */
struct size_column {
    const struct size_value *value;
    uint32_t count;
    uint32_t stride;
};

/* A target as a limit on the quotient. */
struct size_limit {
    bool at_most;
    double limit;
    double margin;    /* > 0, in the unit of the limit */
    bool yes_or_no;   /* every part and all is 0 or 1 */
    double occasions; /* stretches of time in one replication that count as
                         independent where nothing bad was seen at all (weeks;
                         studies/estimate.c); 0: no such bound is taken */
    bool is_share;    /* the quotient is at most 1 */
};

/* Whether it is shown, at error `level`, that the limit less its margin is not
 * kept: E[part - (limit - margin) all] > 0, or the mirror image. Never with
 * fewer than 2 replications, nor before SIZE_RULE_CONSTANT of them where all
 * say exactly the same. */
bool size_rule_fails(const struct size_limit *limit,
                     const struct size_column *column, double level);

/* Whether it is shown, at error `level`, that the limit is kept. */
bool size_rule_meets(const struct size_limit *limit,
                     const struct size_column *column, double level);

/* Replications that must agree before a spread of 0 is believed: then what
 * differs happens in fewer than 1 in 10 (chance 5% that it does not show in
 * 30: 0.9^30 = 0.04). */
#define SIZE_RULE_CONSTANT 30

/* How many fresh replications show that the limit is kept, at error `level`
 * and with chance 95%, if the mean and the spread are as in `column`;
 * UINT32_MAX where it does not seem kept. */
uint32_t size_rule_needed(const struct size_limit *limit,
                          const struct size_column *column, double level);

/* How many replications in all would show that the limit less its margin is not
 * kept, if mean and spread stay as they are; UINT32_MAX where it seems kept. */
uint32_t size_rule_needed_to_fail(const struct size_limit *limit,
                                  const struct size_column *column,
                                  double level);

/*
 * At error `level`, an upper bound of what `more` costs above `less` (columns
 * of the same replications; the smaller count counts), or in itself where
 * `less` is NULL. What is costed stands over the same number of weeks in every
 * replication. INFINITY where there are too few to tell.
 */
double size_rule_upper(const struct size_column *more,
                       const struct size_column *less, double level);

/* The quotient of totals; NAN where nothing stands below the line. */
double size_rule_ratio(const struct size_column *column);

/* How far the quotient is on the wrong side of the limit, in margins; below 0
 * where it is on the right side; -INFINITY where there is nothing. */
double size_rule_excess(const struct size_limit *limit,
                        const struct size_column *column);
#endif
