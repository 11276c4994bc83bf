/* Running moments, bins and hours by cell.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/tally.h"

#include <math.h>

#include "sim/error.h"

/* Bins of width 1 up to EXACT, then PER_DOUBLING to every doubling. */
#define EXACT 64u
#define PER_DOUBLING 16u
#define DOUBLINGS 4
#define LIMIT 1024.0 /* EXACT 2^DOUBLINGS: the last bin would end here */

_Static_assert(SIM_BINS == EXACT + DOUBLINGS * PER_DOUBLING,
               "the bins fill their doublings");

/* Welford (1962), "Note on a method for calculating corrected sums of squares
 * and products": no large sums are subtracted, so a far mean costs nothing. */
void sim_moments_add(struct sim_moments *moments, double value)
{
    double delta = value - moments->mean;

    moments->count++;
    moments->mean += delta / (double)moments->count;
    moments->squares += delta * (value - moments->mean);
}

double sim_moments_variance(const struct sim_moments *moments)
{
    if (moments->count < 2)
        return 0;
    return moments->squares / (double)(moments->count - 1);
}

size_t sim_bin_of(double value)
{
    double fraction;
    int exponent;

    SIM_REQUIRE(value >= 0);
    if (value < EXACT)
        return (size_t)value;
    if (value >= LIMIT)
        return SIM_BINS - 1;
    /* value = fraction 2^exponent with 1/2 <= fraction < 1, so the fraction
     * times 2 PER_DOUBLING counts this doubling's bins from PER_DOUBLING on. */
    fraction = frexp(value, &exponent);
    return EXACT + (size_t)(exponent - 7) * PER_DOUBLING +
           (size_t)(fraction * 2 * PER_DOUBLING) - PER_DOUBLING;
}

double sim_bin_value(size_t bin)
{
    size_t doubling;
    size_t step;

    SIM_REQUIRE(bin <= SIM_BINS);
    if (bin < EXACT)
        return (double)bin;
    doubling = (bin - EXACT) / PER_DOUBLING;
    step = (bin - EXACT) % PER_DOUBLING;
    return ldexp((double)(PER_DOUBLING + step),
                 (int)doubling + 2); /* 16 x 2^2 is 64 */
}

double sim_bins_quantile(const double *weight, size_t bin_count, double p)
{
    double total = 0;
    double sum = 0;

    for (size_t i = 0; i < bin_count; i++)
        total += weight[i];
    if (!(total > 0))
        return NAN;
    for (size_t i = 0; i < bin_count; i++) {
        sum += weight[i];
        /* A quotient, because 7 / 100 is the double 0.07 but 0.07 * 100 is
         * more than 7. */
        if (sum / total >= p)
            return sim_bin_value(i);
    }
    return sim_bin_value(bin_count - 1);
}

/* Division by a constant is several times as fast. */
static sim_ms cell_number(sim_ms time, sim_ms width)
{
    if (width == SIM_HOUR)
        return time / SIM_HOUR;
    if (width == SIM_WEEK)
        return time / SIM_WEEK;
    return time / width;
}

void sim_spread_hours(const struct sim_cells *cells, sim_ms from, sim_ms until,
                      double rate)
{
    sim_ms number = cell_number(from - cells->origin, cells->width);
    size_t i = (size_t)number;

    SIM_REQUIRE(cells->count > 0 && from >= cells->origin);
    if (i >= cells->count)
        i %= cells->count;
    /* A cell at a time: `number` counts cells on and on, `i` wraps round. */
    while (from < until) {
        sim_ms edge = cells->origin + ++number * cells->width;
        sim_ms end = edge < until ? edge : until;

        cells->cell[i] += rate * ((double)(end - from) / (double)SIM_HOUR);
        from = end;
        i = i + 1 < cells->count ? i + 1 : 0;
    }
}
