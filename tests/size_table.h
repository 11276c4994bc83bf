#ifndef TESTS_SIZE_TABLE_H
#define TESTS_SIZE_TABLE_H
/*
 * Sizing driven from tables: of every design the true means are known, and its
 * replications are drawn from them, or from stored records. Nothing is
 * simulated, so that a thousand sizings take seconds.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "studies/size.h"

#define TABLE_RANGES 3
#define TABLE_VALUES 5
#define TABLE_DESIGNS 125 /* 5 x 5 x 5 */
#define TABLE_LIMITS 2
#define TABLE_WATCH (1 + TABLE_LIMITS)

/* What is true of a design. */
struct table_truth {
    double cost;                /* a week */
    double share[TABLE_LIMITS]; /* of 1,500 and of 400 a year */
};

struct size_table {
    struct size_question question;
    struct size_range range[TABLE_RANGES];
    struct size_limit limit[TABLE_LIMITS];
    struct table_truth truth[TABLE_DESIGNS];
    double floor[TABLE_DESIGNS];
    double correlation; /* between designs, in one replication */
    double spread;      /* sd of a share over years */
    /* Stored records instead: [design][stored][TABLE_WATCH], drawn from with
     * replacement, the same one for every design; NULL: made up. */
    const struct size_value *record;
    uint32_t stored;
    uint32_t seed;
};

/* What is asked of a table. */
struct table_wish {
    double limit[TABLE_LIMITS];
    double correlation;
    bool near_ties;      /* designs that miss or keep a limit by one margin */
    bool more_is_better; /* leave designs out */
};

/* Make a table: staff on three shifts, each share falls with the staff of its
 * shifts, cost rises with all. */
void size_table_make(struct size_table *table, const struct table_wish *wish);

/* What became of one sizing. */
struct table_outcome {
    enum size_end end;
    uint32_t chosen;
    uint64_t replications;
    uint32_t audits, left_out;
    bool contradicted;
};
void size_table_run(struct size_table *table, uint32_t seed,
                    struct table_outcome *out);

/* Whether the answer is right in truth: what is chosen keeps every limit, and
 * none cheaper by more than delta keeps all with the margin; or nothing does,
 * and that is the answer. */
bool size_table_is_right(const struct size_table *table,
                         const struct table_outcome *outcome);

/* Right answers in seeds 1 .. `seeds`; the mean number of replications in
 * `*replications` (may be NULL). */
uint32_t size_table_right(struct size_table *table, uint32_t seeds,
                          double *replications);
#endif
