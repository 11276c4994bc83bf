/*
 * What one record says of a target. The places in the record are those that a
 * result takes its columns from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/target_value.h"

#include <math.h>

#include "sim/error.h"

#define WEEK_HOURS 168.0

bool target_is_quantile(const struct scenario *scenario, uint32_t number)
{
    uint32_t measure = scenario->target[number].measure;

    return measure_table[measure].type == MEASURE_QUANTILE;
}

bool target_is_share(const struct target *target)
{
    return target->in != PERIOD_NONE ||
           measure_table[target->measure].unit == UNIT_SHARE;
}

double target_scale(const struct target *target)
{
    return target->in != PERIOD_NONE ? 1 : measure_table[target->measure].scale;
}

double target_limit(const struct target *target)
{
    return target->in != PERIOD_NONE ? (double)target->in_met / target->in_of
                                     : target->limit;
}

/* The double that holds a counter, whole or cut as the target is. */
static double counted(const struct layout *layout, const struct target *target,
                      enum counter counter, const double *record)
{
    const struct block *block = &layout->total[counter];
    uint32_t value = 0;

    if (target->cut_count) {
        block = &layout->cut[counter][target->cut[0].slice];
        value = target->cut[0].value;
    }
    SIM_REQUIRE(value < block->length);
    return record[block->offset + value];
}

/* Measured hours behind the target: all of them, or those of its week. */
static double measured_hours(const struct layout *layout,
                             const struct target *target)
{
    if (!target->cut_count || target->cut[0].slice != SLICE_WEEK)
        return layout->measured_hours;
    return fmin(WEEK_HOURS,
                layout->measured_hours - WEEK_HOURS * target->cut[0].value);
}

static double whole_of(const struct layout *layout, const struct target *target,
                       const double *record)
{
    const struct measure *measure = &measure_table[target->measure];

    switch (measure->type) {
    case MEASURE_RATIO:
        return counted(layout, target, measure->denominator, record);
    case MEASURE_PER_WEEK:
        return measured_hours(layout, target) / WEEK_HOURS;
    case MEASURE_TIME_MEAN:
        return measured_hours(layout, target);
    default:
        return 1;
    }
}

/* Whether a year met the limit, where it has a value. */
static struct target_value of_a_year(const struct target *target,
                                     struct target_value value)
{
    double at = measure_table[target->measure].scale * value.part / value.whole;
    bool met = target->at_most ? at <= target->limit : at >= target->limit;

    if (!(value.whole > 0))
        return (struct target_value){0, 0};
    return (struct target_value){met, 1};
}

struct target_value target_value(const struct scenario *scenario,
                                 const struct layout *layout, uint32_t number,
                                 const double *record)
{
    const struct target *target = &scenario->target[number];
    const struct measure *measure = &measure_table[target->measure];
    struct target_value value;

    if (target_counts_apart(target)) {
        const double *own = &record[layout->targets.offset + 2 * number];
        return (struct target_value){own[0], own[1]};
    }
    value.part = counted(layout, target, measure->numerator, record);
    value.whole = whole_of(layout, target, record);
    return target->in == PERIOD_YEARS ? of_a_year(target, value) : value;
}

struct block target_bins(const struct scenario *scenario,
                         const struct layout *layout, uint32_t number)
{
    const struct target *target = &scenario->target[number];

    return layout_bins(layout, scenario,
                       measure_table[target->measure].numerator,
                       target->cut_count ? target->cut[0].value : 0);
}
