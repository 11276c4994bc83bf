#ifndef SIM_TALLY_H
#define SIM_TALLY_H
/*
 * Tallies: running moments, time averages cut into weeks, and the fixed bins
 * from which quantiles are read. All sums are doubles added in order.
 * Threads: one value belongs to one replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <stdint.h>

#include "sim/calendar.h"

/* Mean and variance by Welford's recurrence (Welford 1962). */
struct sim_moments {
    uint64_t count;
    double mean;
    double squares; /* sum of squared deviations */
};
void sim_moments_add(struct sim_moments *moments, double value);
/* Sample variance (n - 1); 0 below two values. */
double sim_moments_variance(const struct sim_moments *moments);

/*
 * Bins for a non-negative quantity: exact for the whole numbers 0 to 63, then
 * 16 bins to every doubling (a width of at most 1/16 of the value). Bin i
 * counts values v with sim_bin_value(i) <= v < sim_bin_value(i + 1); the last
 * takes all that lies above.
 */
#define SIM_BINS 128 /* the last bin starts at 992 */

/* The bin of `value` (>= 0), below SIM_BINS. */
size_t sim_bin_of(double value);

/* The lower edge of bin `bin`. */
double sim_bin_value(size_t bin);

/*
 * The least bin edge e with at least a share `p` (0 to 1) of the total weight
 * in bins up to and including that of e; NAN where the total is 0.
 */
double sim_bins_quantile(const double *weight, size_t bin_count, double p);

/* Cells of time: `width` ms wide, cell 0 starts at time `origin`, and after
 * `count` of them they wrap round. The cells belong to the caller. */
struct sim_cells {
    double *cell; /* [count] */
    size_t count;
    sim_ms width;
    sim_ms origin;
};

/* Spread: add `rate` times each part of [from, until), in hours, to the cell
 * it falls in. `from` is not before the origin. */
void sim_spread_hours(const struct sim_cells *cells, sim_ms from, sim_ms until,
                      double rate);
#endif
