#ifndef TESTS_VERIFY_COMMON_LUCK_H
#define TESTS_VERIFY_COMMON_LUCK_H
/*
 * Common random numbers: how alike the replications of two options are that
 * meet the same luck, and what that saves.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/verify.h"

/* What was found of a pair of options; count 0: nothing yet. */
struct luck_found {
    uint32_t seed, count;
    double correlation, reduction;
};

/* A change of the crisis house, and the measure it is about. */
struct option_pair {
    const char *words;
    const char *setting;
    const char *measure;
    bool other_luck; /* a control: the option has a seed of its own */
    struct luck_found *found;
};

/* Correlation of the linearised values of the two options, replication by
 * replication; its interval by Fisher's transformation. */
struct verify_found
common_luck_correlation(const json_t *json, const void *context,
                        const struct verify_attempt *attempt);

/* The variance of the difference had they luck of their own, over that of the
 * difference as it is: so many times fewer replications are needed. */
struct verify_found common_luck_reduction(const json_t *json,
                                          const void *context,
                                          const struct verify_attempt *attempt);
#endif
