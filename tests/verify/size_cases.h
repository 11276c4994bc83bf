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

/* What is true of a design, or taken to be: of the stored table it is drawn
 * from, or by brute force. */
struct size_truth {
    bool known; /* not barred */
    double cost, cost_error;
    double ratio[SIZE_WATCH_MAX], ratio_error[SIZE_WATCH_MAX]; /* by limit */
};

/* Whether an answer is right in truth ([designs]): what is chosen keeps every
 * limit, and none cheaper by more than delta keeps all with the margin; or
 * nothing keeps all with the margin, and that is the answer. */
bool size_truth_is_right(const struct size_question *question,
                         const struct size_truth *truth,
                         const struct size *size);

/* Read the designs of a case from a file that brute.c wrote, into `truth`
 * ([designs], zeroed). Returns how many there are. */
uint32_t size_truth_read(const char *path, const struct size_case *of,
                         uint32_t limits, struct size_truth *truth);

/* So many replications of a seed. */
struct size_runs {
    uint32_t seed, count;
};

/* Run one design: what is true of it then, and every value, to `value`
 * ([count][watch count]) where that is not NULL. The same for all designs
 * that are not barred, `truth` and `value` by design. */
bool size_truth_design(struct size_opened *opened, uint32_t design,
                       const struct size_runs *runs, struct size_truth *truth,
                       struct size_value *value);
bool size_truth_make(struct size_opened *opened, const struct size_runs *runs,
                     struct size_truth *truth, struct size_value *value);

/* Replications of each design by brute force, and the seed of them, which no
 * sizing has. */
#define BRUTE_REPLICATIONS 20000u
#define BRUTE_SEED 20011u
#endif
