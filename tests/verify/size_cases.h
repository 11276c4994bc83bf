#ifndef TESTS_VERIFY_SIZE_CASES_H
#define TESTS_VERIFY_SIZE_CASES_H
/*
 * Sizings of real scenarios whose every design was also run 20,000 times: by
 * brute.c, once, into tests/verify/size_brute.csv; verify_size.c holds the
 * answers of sizing to it. Periods are short (2 weeks of warm-up, 4 measured)
 * so that so many runs can be had at all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/size_designs.h"

#define SIZE_CASE_TEXTS 8

struct size_case {
    const char *name;
    const char *file; /* from the root */
    const char *vary[SIZE_CASE_TEXTS];
    const char *target[SIZE_CASE_TEXTS];
    const char *set[SIZE_CASE_TEXTS];
};
extern const struct size_case size_cases[];
extern const size_t size_case_count;

/* A case as `handrail size` would have it. */
struct size_opened {
    struct size_options options;
    struct size_designs designs;
};

/* Open a case with a budget; false where it cannot be read. Release with
 * size_case_close in any case. */
bool size_case_open(const struct size_case *of, uint32_t budget,
                    struct size_opened *out);
void size_case_close(struct size_opened *opened);

/* Replications of each design by brute force, and the seed of them, which no
 * sizing has. */
#define BRUTE_REPLICATIONS 20000u
#define BRUTE_SEED 20011u
#endif
