/*
 * The stopping rule. Sums of deviations are kept by Welford's recurrence for
 * pairs (Welford 1962; Chan, Golub and LeVeque 1983), so a look at a ratio
 * costs the same after any number of replications and loses no digits. A
 * quantile has to be read from all records again; beyond QUANTILE_LOOKS of
 * them that is done at every hundredth part more.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/precision.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tally.h"
#include "studies/estimate.h"
#include "studies/result_impl.h"
#include "studies/target_value.h"

#define SAME 1e-12 /* of a value: what rounding alone can make of a ratio */
#define FIRST_ROOM 64
#define QUANTILE_LOOKS 300

/* ---- beginning and end ---- */

int precision_init(struct precision *precision, const struct scenario *scenario,
                   const struct layout *layout, double share, uint32_t most)
{
    uint32_t targets = scenario->target_count;

    memset(precision, 0, sizeof *precision);
    precision->watch = calloc(targets ? targets : 1, sizeof *precision->watch);
    if (!precision->watch)
        return SIM_ERR_NO_MEMORY;
    precision->scenario = scenario;
    precision->layout = layout;
    precision->most = most;
    for (uint32_t i = 0; i < targets; i++) {
        double own = scenario->target[i].precision;

        if (own > 0 || share > 0)
            precision->watch[precision->watch_count++] =
                (struct precision_watch){
                    .target = i, .share = own > 0 ? own : share, .first = NAN};
    }
    return SIM_OK;
}

void precision_clear(struct precision *precision)
{
    for (size_t i = 0; i < precision->watch_count; i++)
        free(precision->watch[i].point);
    free(precision->watch);
    memset(precision, 0, sizeof *precision);
}

/* ---- what is wanted ---- */

/* How far a share is from the nearer of 0 and 1; anything else from 0. */
static double from_end(double value, bool is_share)
{
    if (is_share && value > 0.5 && value <= 1)
        return 1 - value;
    return fabs(value);
}

double precision_floor(double share)
{
    return PRECISION_FLOOR * fmin(share / PRECISION_USUAL, 1);
}

double precision_wanted(const struct target *target, double share, double mean)
{
    bool is_share = target_is_share(target);

    return fmax(share * from_end(mean, is_share),
                precision_floor(share) *
                    from_end(target_limit(target), is_share));
}

uint32_t precision_look_ahead(uint32_t count)
{
    uint64_t ahead = (uint64_t)PRECISION_LOOK_AHEAD * count / 100;

    return count <= 100 ? PRECISION_LOOK_AHEAD : (uint32_t)ahead;
}

/* ---- a look ---- */

/* Note whether replications differ. */
static void note_value(struct precision_watch *watch, double value)
{
    if (isnan(value))
        return;
    if (isnan(watch->first))
        watch->first = value;
    else if (fabs(value - watch->first) > SAME * fabs(watch->first))
        watch->varies = true;
}

/* Take one more pair of part and whole in, the `count`-th. */
static void add_pair(struct precision_watch *watch, struct target_value value,
                     double count)
{
    double part = value.part - watch->part;
    double whole = value.whole - watch->whole;

    watch->part += part / count;
    watch->whole += whole / count;
    watch->part_part += part * (value.part - watch->part);
    watch->whole_whole += whole * (value.whole - watch->whole);
    watch->part_whole += part * (value.whole - watch->whole);
    note_value(watch, value.whole > 0 ? value.part / value.whole : NAN);
}

/* The interval that estimator_ratio would give: the squared residuals of the
 * ratio r add up to S_pp - 2 r S_pw + r^2 S_ww. */
static struct precision_point ratio_point(const struct precision_watch *watch,
                                          double scale, double count)
{
    struct precision_point point = {NAN, NAN, NAN};
    double ratio = watch->part / watch->whole;
    double squares = watch->part_part - 2 * ratio * watch->part_whole +
                     ratio * ratio * watch->whole_whole;

    if (!(watch->whole > 0))
        return point;
    point.mean = scale * ratio;
    if (count >= 2)
        point.half_width =
            scale *
            gsl_cdf_tdist_Pinv((1 + ESTIMATE_CONFIDENCE) / 2, count - 1) *
            sqrt(fmax(squares, 0) / ((count - 1) * count)) / watch->whole;
    return point;
}

/* Read a quantile from all records. */
static int quantile_point(const struct precision *precision,
                          struct precision_watch *watch,
                          const struct records *records,
                          struct precision_point *out)
{
    struct block block =
        target_bins(precision->scenario, precision->layout, watch->target);
    struct estimator estimator;
    struct estimate estimate;
    int err = estimator_init(&estimator, precision->count);

    if (err == SIM_OK)
        err = result_quantile(&estimator, records, &block, &estimate);
    estimator_clear(&estimator);
    if (err != SIM_OK)
        return err;
    out->mean = estimate.mean;
    /* Cut at 0 below, the upper side is the whole of it. */
    out->half_width = estimate.upper - estimate.mean;
    watch->looked = precision->count;
    return SIM_OK;
}

/* The quantile of the last record alone: whether replications differ. */
static void note_quantile(const struct precision *precision,
                          struct precision_watch *watch, const double *last)
{
    struct block block =
        target_bins(precision->scenario, precision->layout, watch->target);

    note_value(watch, sim_bins_quantile(last + block.offset, block.length,
                                        QUANTILE_P));
}

/* Whether a quantile is to be read anew. */
static bool is_due(const struct precision *precision,
                   const struct precision_watch *watch)
{
    uint32_t count = precision->count;

    return count >= 2 &&
           (count <= QUANTILE_LOOKS || count - watch->looked >= count / 100);
}

/* Room for one point more. */
static int grow(struct precision_watch *watch, size_t count)
{
    size_t room = watch->room ? 2 * watch->room : FIRST_ROOM;
    struct precision_point *point;

    if (count < watch->room)
        return SIM_OK;
    point = realloc(watch->point, room * sizeof *point);
    if (!point)
        return SIM_ERR_NO_MEMORY;
    watch->point = point;
    watch->room = room;
    return SIM_OK;
}

/* Look at one target after the newest record. */
static int look(struct precision *precision, struct precision_watch *watch,
                const struct records *records, const double *last)
{
    const struct scenario *scenario = precision->scenario;
    const struct target *target = &scenario->target[watch->target];
    uint32_t count = precision->count;
    struct precision_point point = {NAN, NAN, NAN};
    int err = grow(watch, count - 1);

    if (err != SIM_OK)
        return err;
    if (!target_is_quantile(scenario, watch->target)) {
        add_pair(watch,
                 target_value(scenario, precision->layout, watch->target, last),
                 count);
        point = ratio_point(watch, target_scale(target), count);
    } else {
        note_quantile(precision, watch, last);
        if (is_due(precision, watch))
            err = quantile_point(precision, watch, records, &point);
        else if (count >= 2)
            point = watch->point[count - 2];
    }
    point.wanted = precision_wanted(target, watch->share, point.mean);
    watch->point[count - 1] = point;
    watch->narrow = watch->varies && point.half_width <= point.wanted;
    return err;
}

/* ---- the rule ---- */

/* Whether every target is narrow enough now. */
static bool all_narrow(const struct precision *precision)
{
    for (size_t i = 0; i < precision->watch_count; i++)
        if (!precision->watch[i].narrow)
            return false;
    return true;
}

/* The rule itself, after each replication. */
static void decide(struct precision *precision)
{
    uint32_t count = precision->count;

    if (count < PRECISION_LEAST || !all_narrow(precision)) {
        precision->narrow_from = 0;
    } else if (!precision->narrow_from) {
        precision->narrow_from = count;
        precision->look_ahead = precision_look_ahead(count);
    }
    if (precision->narrow_from &&
        count - precision->narrow_from >= precision->look_ahead)
        precision->end = PRECISION_REACHED;
    else if (count >= precision->most)
        precision->end = PRECISION_AT_MOST;
}

int precision_add(struct precision *precision, const struct records *records,
                  const double *last)
{
    SIM_REQUIRE(precision->watch_count && precision->end == PRECISION_NOT_YET);
    precision->count++;
    SIM_REQUIRE(records->count == precision->count);
    for (size_t i = 0; i < precision->watch_count; i++) {
        int err = look(precision, &precision->watch[i], records, last);

        if (err != SIM_OK)
            return err;
    }
    decide(precision);
    return SIM_OK;
}
