#ifndef STUDIES_COLUMN_H
#define STUDIES_COLUMN_H
/*
 * Column: one figure of every replication, and what is known of it without
 * looking it through. Half of all columns are one value throughout (no contacts
 * at 03:00, the weeks that a rate is by), and many estimates in a row have the
 * same denominators: their sums are taken once.
 * Sums are taken in replication order; whole numbers, whose sums are exact in
 * any order, several side by side.
 * Threads: a column belongs to one thread.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "studies/records.h"

struct column {
    uint32_t count;
    const double *value;     /* [count]; written through column_open */
    double *own;             /* the same, owned */
    bool examined;           /* whether they are alike is known */
    bool alike;              /* all are value[0] */
    bool counts;             /* known to be whole, from 0 to UINT16_MAX, or
                                sums of a few such */
    bool has_sum, has_least; /* these are known */
    double sum, least;
};

/* Make room for `count` values, all 0. Release with column_clear. Returns
 * SIM_OK or SIM_ERR_NO_MEMORY (then `column` is zeroed). */
int column_init(struct column *column, uint32_t count) SIM_MUST_CHECK;

/* Release it. Zeroed input is allowed. */
void column_clear(struct column *column);

/* The values, to be written: what was known of them is forgotten. */
double *column_open(struct column *column);

/* Make every value `value`. */
void column_fill(struct column *column, double value);

/* Make it double `place` of every record, of as many as the column has. */
void column_take(struct column *column, const struct records *records,
                 uint32_t place);

/* Add `other`, which has as many values. */
void column_add(struct column *column, const struct column *other);

/* Whether `count` values, at least one, are all the same. */
bool column_are_alike(const double *value, size_t count);

/* Whether all values, and there are some, are the same. */
bool column_is_alike(struct column *column);

/* The sum, 0 of none, and the least value, INFINITY of none. */
double column_sum(struct column *column);
double column_least(struct column *column);
#endif
