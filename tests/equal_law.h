#ifndef TESTS_EQUAL_LAW_H
#define TESTS_EQUAL_LAW_H
/*
 * Simulated studies of options that are equal in law but not in their draws: a
 * cohort with another name. How many of them declare any difference is what
 * intervals that hold together promise to be 5 in 100.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

struct equal_law {
    unsigned studies;
    unsigned any;    /* in which some difference was declared */
    unsigned single; /* in which a t-test of each alone would have declared one:
                        the control */
};

/* Simulate so many studies, with seeds from `seed` on and `replications`
 * replications of a base and two options each. Fails the test on any error. */
struct equal_law equal_law_run(unsigned seed, unsigned studies,
                               unsigned replications);
#endif
