/*
 * Result: rows and targets. The rows are laid out first (which measures, which
 * slices, in the order of the table), then each is filled from two columns of
 * the records.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tally.h"
#include "studies/result_impl.h"

#define WEEK_HOURS 168.0

/* ---- columns ---- */

void maker_add(struct maker *maker, uint32_t place, struct column *column)
{
    column_take(&maker->added, maker->records, place);
    column_add(column, &maker->added);
}

double maker_weeks(const struct maker *maker)
{
    return maker->layout->measured_hours / WEEK_HOURS;
}

/* ---- rows ---- */

/* How many values of `slice` a measure has rows for; 0 where it is not cut so.
 * A ratio is only cut where both of its counters are. */
static uint32_t row_values(const struct layout *layout,
                           const struct measure *measure, enum slice slice)
{
    uint32_t part = layout->cut[measure->numerator][slice].length;
    uint32_t all = layout->cut[measure->denominator][slice].length;

    if (!(measure->cuts & CUT(slice)))
        return 0;
    if (measure->type == MEASURE_QUANTILE)
        /* Bins are cut one way only. */
        return slice == SLICE_LEVEL
                   ? layout->cut[COUNT_OCCUPANCY][SLICE_LEVEL].length
                   : 0;
    if (measure->type != MEASURE_RATIO)
        return part;
    SIM_REQUIRE(part == all || part == 0 || all == 0);
    return part < all ? part : all;
}

/* Write the rows of `measure` behind `*row`, or only count them where `row` is
 * NULL. Returns how many there are. */
static size_t lay_out_rows(const struct layout *layout, uint32_t measure,
                           struct result_row *row)
{
    size_t count = 0;

    if (measure_table[measure].whole) {
        if (row)
            row[count] =
                (struct result_row){.measure = measure, .slice = SLICE_COUNT};
        count++;
    }
    for (int slice = 0; slice < SLICE_COUNT; slice++) {
        uint32_t values =
            row_values(layout, &measure_table[measure], (enum slice)slice);

        for (uint32_t i = 0; row && i < values; i++)
            row[count + i] = (struct result_row){.measure = measure,
                                                 .sliced = true,
                                                 .slice = (enum slice)slice,
                                                 .value = i};
        count += values;
    }
    return count;
}

double row_hours(const struct layout *layout, const struct result_row *row)
{
    double hours = layout->measured_hours;

    if (!row->sliced || row->slice != SLICE_WEEK)
        return hours;
    return fmin(WEEK_HOURS, hours - WEEK_HOURS * row->value);
}

struct estimate_rule row_rule(const struct layout *layout,
                              const struct measure *measure,
                              const struct result_row *row)
{
    struct estimate_rule rule = {
        .kind = ESTIMATE_PLAIN,
        .scale = measure->scale,
        .occasions = row_hours(layout, row) / WEEK_HOURS,
    };

    if (measure->unit == UNIT_SHARE)
        rule.kind = ESTIMATE_SHARE;
    else if (measure->unit == UNIT_PER_WEEK)
        rule.kind = ESTIMATE_COUNT;
    return rule;
}

uint32_t row_place(const struct layout *layout, enum counter counter,
                   const struct result_row *row)
{
    const struct block *block = row->sliced ? &layout->cut[counter][row->slice]
                                            : &layout->total[counter];
    uint32_t value = row->sliced ? row->value : 0;

    SIM_REQUIRE(value < block->length);
    return block->offset + value;
}

int result_quantile(struct estimator *estimator, const struct records *records,
                    const struct block *block, struct estimate *out)
{
    size_t width = block->length;
    double *weight = malloc(records->count * width * sizeof *weight + 1);
    struct estimate_bins bins = {weight, width, width};
    int err = SIM_ERR_NO_MEMORY;

    if (weight)
        err = records_take_rows(records, block->offset, block->length, weight);
    if (err == SIM_OK)
        estimator_quantile(estimator, &bins, QUANTILE_P, out);
    free(weight);
    return err;
}

/* Fill the columns with what a row, but for a quantile, is the ratio of. */
static void take_columns(struct maker *maker, const struct result_row *row)
{
    const struct measure *measure = &measure_table[row->measure];
    const struct layout *layout = maker->layout;
    struct estimator *estimator = &maker->estimator;
    double hours = row_hours(layout, row);

    switch (measure->type) {
    case MEASURE_RATIO:
        column_take(&estimator->denominator, maker->records,
                    row_place(layout, measure->denominator, row));
        break;
    case MEASURE_PER_WEEK:
        column_fill(&estimator->denominator, hours / WEEK_HOURS);
        break;
    case MEASURE_TIME_MEAN:
        column_fill(&estimator->denominator, hours);
        break;
    default:
        column_fill(&estimator->denominator, 1);
        break;
    }
    column_take(&estimator->numerator, maker->records,
                row_place(layout, measure->numerator, row));
}

static int make_row(struct maker *maker, struct result_row *row)
{
    const struct measure *measure = &measure_table[row->measure];
    struct estimate_rule rule = row_rule(maker->layout, measure, row);

    if (measure->type == MEASURE_QUANTILE) {
        struct block block =
            layout_bins(maker->layout, maker->scenario, measure->numerator,
                        row->sliced ? row->value : 0);

        return result_quantile(&maker->estimator, maker->records, &block,
                               &row->estimate);
    }
    take_columns(maker, row);
    estimator_ratio(&maker->estimator, &rule, &row->estimate);
    return SIM_OK;
}

static int make_rows(struct maker *maker, struct result *out)
{
    size_t count = 0;
    int err = SIM_OK;

    for (uint32_t i = 0; i < measure_count; i++)
        count += lay_out_rows(maker->layout, i, NULL);
    out->row = calloc(count ? count : 1, sizeof *out->row);
    if (!out->row)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < measure_count; i++)
        out->row_count +=
            lay_out_rows(maker->layout, i, out->row + out->row_count);
    for (size_t i = 0; i < out->row_count && err == SIM_OK; i++)
        err = make_row(maker, &out->row[i]);
    return err;
}

/* ---- targets ---- */

/* Only an interval that lies wholly on one side of the limit can tell; one
 * replication has none. A bound that touches the limit is met. Of periods the
 * estimate is the share that met the limit. */
static enum verdict judge(const struct target *target,
                          const struct estimate *estimate)
{
    bool at_most = target->at_most && target->in == PERIOD_NONE;
    double limit = target->in == PERIOD_NONE
                       ? target->limit
                       : (double)target->in_met / target->in_of;

    if (isnan(estimate->mean))
        return VERDICT_NO_DATA;
    if (at_most ? estimate->upper <= limit : estimate->lower >= limit)
        return VERDICT_MET;
    if (at_most ? estimate->lower > limit : estimate->upper < limit)
        return VERDICT_NOT_MET;
    return VERDICT_CANNOT_TELL;
}

/* The estimate of what a target has counted for itself. */
static void estimate_apart(struct maker *maker, uint32_t number,
                           struct estimate *out)
{
    const struct target *target = &maker->scenario->target[number];
    const struct result_row whole = {.measure = target->measure,
                                     .slice = SLICE_COUNT};
    struct estimate_rule rule =
        row_rule(maker->layout, &measure_table[target->measure], &whole);
    uint32_t place = maker->layout->targets.offset + 2 * number;

    if (target->in != PERIOD_NONE) {
        rule.kind = ESTIMATE_SHARE;
        rule.scale = 1;
    }
    column_take(&maker->estimator.numerator, maker->records, place);
    column_take(&maker->estimator.denominator, maker->records, place + 1);
    estimator_ratio(&maker->estimator, &rule, out);
}

/* The share of years in which a measure meets the limit: of each replication
 * the columns become whether it has a value, and whether that is right. */
static void estimate_years(struct maker *maker, const struct target *target,
                           const struct result_row *row, struct estimate *out)
{
    const struct estimate_rule rule = {
        .kind = ESTIMATE_SHARE, .scale = 1, .occasions = 1};
    double scale = measure_table[target->measure].scale;
    double *part, *all;

    take_columns(maker, row);
    part = column_open(&maker->estimator.numerator);
    all = column_open(&maker->estimator.denominator);
    for (uint32_t i = 0; i < maker->estimator.count; i++) {
        bool has_value = all[i] > 0;
        double value = has_value ? scale * part[i] / all[i] : 0;

        all[i] = has_value;
        part[i] = has_value && (target->at_most ? value <= target->limit
                                                : value >= target->limit);
    }
    estimator_ratio(&maker->estimator, &rule, out);
}

static void make_target(struct maker *maker, struct result *result,
                        uint32_t number)
{
    const struct target *target = &result->scenario->target[number];
    struct result_target *out = &result->target[number];
    const struct result_row *row;

    out->target = number;
    if (target_counts_apart(target)) {
        estimate_apart(maker, number, &out->estimate);
    } else {
        row =
            result_find(result, target->measure,
                        target->cut_count ? target->cut[0].slice : SLICE_COUNT,
                        target->cut_count ? target->cut[0].value : 0);
        if (!row)
            out->estimate = estimate_none();
        else if (target->in == PERIOD_YEARS)
            estimate_years(maker, target, row, &out->estimate);
        else
            out->estimate = row->estimate;
    }
    out->verdict = judge(target, &out->estimate);
}

static int make_targets(struct maker *maker, struct result *out)
{
    size_t count = out->scenario->target_count;

    out->target = calloc(count ? count : 1, sizeof *out->target);
    if (!out->target)
        return SIM_ERR_NO_MEMORY;
    out->target_count = count;
    for (uint32_t i = 0; i < count; i++)
        make_target(maker, out, i);
    return SIM_OK;
}

/* ---- the whole ---- */

static double sum_events(struct maker *maker)
{
    struct column *column = &maker->estimator.numerator;

    column_take(column, maker->records,
                maker->layout->total[COUNT_EVENTS].offset);
    return column_sum(column);
}

static int make_half(struct maker *maker, enum result_half half,
                     struct result *out)
{
    int err;

    if (half == RESULT_LINES)
        return result_make_lines(maker, out);
    out->events = sum_events(maker);
    err = make_rows(maker, out);
    return err == SIM_OK ? make_targets(maker, out) : err;
}

void result_begin(const struct result_of *of, struct result *out)
{
    *out = (struct result){.scenario = of->scenario,
                           .layout = of->layout,
                           .seed = of->seed,
                           .replications = of->records->count};
}

int result_make_half(const struct result_of *of, enum result_half half,
                     struct result *out)
{
    struct maker maker = {
        .scenario = of->scenario, .layout = of->layout, .records = of->records};
    int err = estimator_init(&maker.estimator, of->records->count);

    if (err == SIM_OK)
        err = column_init(&maker.added, of->records->count);
    if (err == SIM_OK)
        err = make_half(&maker, half, out);
    estimator_clear(&maker.estimator);
    column_clear(&maker.added);
    return err;
}

int result_make(const struct result_of *of, struct result *out)
{
    int err = SIM_OK;

    result_begin(of, out);
    for (int half = 0; half < RESULT_HALVES && err == SIM_OK; half++)
        err = result_make_half(of, (enum result_half)half, out);
    if (err != SIM_OK)
        result_clear(out);
    return err;
}

static void clear_lines(struct result_line *line, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(line[i].at);
    free(line);
}

void result_clear(struct result *result)
{
    free(result->row);
    free(result->target);
    clear_lines(result->curve, result->curve_count);
    clear_lines(result->series, result->series_count);
    clear_lines(result->profile, result->profile_count);
    clear_lines(result->distribution, result->distribution_count);
    memset(result, 0, sizeof *result);
}

const struct result_row *result_find(const struct result *result,
                                     uint32_t measure, enum slice slice,
                                     uint32_t value)
{
    bool sliced = slice != SLICE_COUNT;

    for (size_t i = 0; i < result->row_count; i++) {
        const struct result_row *row = &result->row[i];

        if (row->measure == measure && row->sliced == sliced &&
            (!sliced || (row->slice == slice && row->value == value)))
            return row;
    }
    return NULL;
}
