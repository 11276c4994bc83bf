#ifndef TESTS_COMPARE_BENCH_H
#define TESTS_COMPARE_BENCH_H
/*
 * A comparison driven from a table of records instead of a simulation: the
 * table is a function of design and replication, jobs are accepted in order
 * with any number of them in flight.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/compare.h"
#include "tests/support.h"

#define BENCH_OPTIONS_MAX 8
#define BENCH_WEEKS 52
#define BENCH_JOBS_MAX 40000

struct compare_bench;

/* Fill the record (zeroed) of a design in a replication. */
typedef void bench_table(const struct compare_bench *bench, uint32_t design,
                         uint32_t replication, double *record);

struct compare_bench {
    struct layout layout; /* one double for each counter's total */
    struct compare_option option[BENCH_OPTIONS_MAX];
    struct compare_measure measure[8];
    struct compare_question question;
    struct compare *compare;
    struct compare_result result;
    bench_table *table;
    const void *data; /* the table's own */
    uint32_t window;  /* jobs in flight; 0: 1 */
    uint64_t limit;   /* accept no more than so many jobs; 0: all */
    uint64_t jobs;    /* accepted */
    uint64_t trace;   /* digest of the sequence of jobs */
};

/* Begin with `options` options, compared by the whole measures of `ids`, a list
 * that ends with NULL; FIXED, 100 replications, seed 1, no table. */
void bench_init(struct compare_bench *bench, size_t options,
                const char *const *ids);

/* Make the comparison, run it to its end (or limit), and conclude; returns what
 * compare_conclude did. */
int bench_run(struct compare_bench *bench);
void bench_clear(struct compare_bench *bench);

/* The value of an option in the measure number `measure`, as written. */
const struct compare_value *bench_value(const struct compare_bench *bench,
                                        size_t option, size_t measure);

/* A standard normal number, named by all that is given. */
double bench_normal(uint32_t seed, uint32_t a, uint32_t b, uint32_t c);
#endif
