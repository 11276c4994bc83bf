#ifndef STUDIES_RESULT_H
#define STUDIES_RESULT_H
/*
 * Result: what the records of one scenario say, as every output needs it.
 * Each row is a measure, whole or cut by a slice. Its mean is total numerator
 * over total denominator; its 95% interval is Student's t on the linearised
 * replication values (delta method: z_i = (N_i - r D_i) / mean D; e.g. Law
 * 2015, section 4 and Cochran 1977, ch. 6), replications with denominator 0
 * staying in. Where there was no event at all the interval is one-sided (the
 * "rule of three" form: the largest rate that gives no event with chance 5%).
 * p05 and p95 are the spread of single replications, NAN below 100 of them.
 * What cannot be had (a denominator of 0 throughout) is NAN.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "sim/error.h"
#include "studies/records.h"

struct estimate {
    double mean, lower, upper, sd, p05, p95;
    bool one_sided; /* no event was seen: `upper` is a one-sided bound */
};

struct result_row {
    uint32_t measure; /* number in measure_table */
    bool sliced;
    enum slice slice;
    uint32_t value; /* of the slice; name by slice_value_name */
    struct estimate estimate;
};

enum verdict {
    VERDICT_MET,
    VERDICT_NOT_MET,
    VERDICT_CANNOT_TELL,
    VERDICT_NO_DATA
};
struct result_target {
    uint32_t target; /* into scenario->target */
    struct estimate estimate;
    enum verdict verdict; /* by the whole interval on one side of the limit */
};

/* A line with a band over days or weeks: [points]. */
struct result_line {
    const char *id; /* "crisis", "reescalation", "occupancy", "state" */
    char name[128]; /* "", a level, a state */
    size_t points;
    struct estimate *at; /* [points], owned by the result */
};

struct result {
    const struct scenario *scenario;
    const struct layout *layout;
    uint32_t seed;
    uint32_t replications;
    double events;          /* model events over all replications */
    struct result_row *row; /* unsliced row of a measure first, then slices in
                               the order of enum slice and value; measures in
                               the order of the table */
    size_t row_count;
    struct result_target *target;
    size_t target_count;
    struct result_line *curve; /* by day 0..90: crisis, reescalation (shares,
                                  cumulative), then one "state" line for each of
                                  layout_states (shares of people) */
    size_t curve_count;
    struct result_line *series; /* by week: "occupancy" of each level */
    size_t series_count;
    struct result_line *profile; /* by hour of the week (168), hours of staff
                                    time in that hour: id "hours_demanded",
                                    "hours_delivered", "hours_rostered";
                                    name a role, "" for all */
    size_t profile_count;
    struct result_line *distribution; /* of each level: "occupancy", share of
                                         time with so many people there; point i
                                         is from sim_bin_value(i) people up to
                                         below the next, and after the last
                                         point lies none in any replication; no
                                         points where the people of the caseload
                                         are too few to be told */
    size_t distribution_count;
};

/* What a result is made of: records in replication order. The result keeps
 * `scenario` and `layout`, which must outlive it. */
struct result_of {
    const struct scenario *scenario;
    const struct layout *layout;
    const struct records *records;
    uint32_t seed;
};

/*
 * Make a result. Release with result_clear. Returns SIM_OK or SIM_ERR_NO_MEMORY
 * (then `out` is zeroed).
 */
int result_make(const struct result_of *of, struct result *out) SIM_MUST_CHECK;

/*
 * The same in halves that take about as long and do not depend on each other:
 * rows and targets; curves, series, profiles and distributions. After
 * result_begin each is made once, in any order, or at once on two threads.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY; either way result_clear releases what
 * there is.
 */
enum result_half { RESULT_ROWS, RESULT_LINES, RESULT_HALVES };
void result_begin(const struct result_of *of, struct result *out);
int result_make_half(const struct result_of *of, enum result_half half,
                     struct result *out) SIM_MUST_CHECK;

/* Release what the result owns. Zeroed input is allowed. */
void result_clear(struct result *result);

/* The row of a measure, whole (`slice` SLICE_COUNT) or of one slice value;
 * NULL where there is none. */
const struct result_row *result_find(const struct result *result,
                                     uint32_t measure, enum slice slice,
                                     uint32_t value);
#endif
