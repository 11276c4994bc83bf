#ifndef STUDIES_RESULT_IMPL_H
#define STUDIES_RESULT_IMPL_H
/*
 * What the makers of a result share: the records seen as columns.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/estimate.h"
#include "studies/result.h"

#define QUANTILE_P 0.95 /* of MEASURE_QUANTILE */

struct maker {
    const struct scenario *scenario;
    const struct layout *layout;
    const struct records *records;
    struct estimator estimator; /* its columns are the working space */
    struct column added;        /* for maker_add */
};

/* Add double `place` of every record to `column`. */
void maker_add(struct maker *maker, uint32_t place, struct column *column);

/* The quantile of bins that lie at `block` of every record, of as many as the
 * estimator was made for. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int result_quantile(struct estimator *estimator, const struct records *records,
                    const struct block *block,
                    struct estimate *out) SIM_MUST_CHECK;

/* Weeks in the measured period, a part week as its part. */
double maker_weeks(const struct maker *maker);

/* Measured hours behind a row: all of them, or those of its week. */
double row_hours(const struct layout *layout, const struct result_row *row);

/* How the ratio of a row is to be estimated. */
struct estimate_rule row_rule(const struct layout *layout,
                              const struct measure *measure,
                              const struct result_row *row);

/* The place in a record of a counter, whole or cut as the row is. */
uint32_t row_place(const struct layout *layout, enum counter counter,
                   const struct result_row *row);

/* Make the curves, series, profiles and distributions of `out`. Returns SIM_OK
 * or SIM_ERR_NO_MEMORY; either way result_clear releases what there is. */
int result_make_lines(struct maker *maker, struct result *out) SIM_MUST_CHECK;
#endif
