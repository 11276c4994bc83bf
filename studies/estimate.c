/*
 * Estimates. All passes run over the columns in replication order; the only
 * thing ever reordered is a copy.
 *
 * Nothing seen. When no event happened, t gives the interval 0 to 0, which is
 * a claim nobody could make. Instead the upper bound is the largest rate that
 * would show no event with chance 5%: -ln(0.05) / T for a count over T weeks,
 * 1 - 0.05^(1/n) for a share of n chances (Hanley and Lippman-Hand 1983; both
 * about 3 / n). That n counts chances as independent, and they are not:
 * contacts of one week share the staff on duty and the people cared for, so
 * they fail together, and 30 contacts a week would pass for 30 experiments. A
 * bound surer than it should be does harm; so a share takes for n the smaller
 * of the chances themselves and the weeks they were spread over (in
 * replications that had any), as though every week were one draw. It is a
 * judgement, not a theorem: it errs to the wide side where people are
 * independent, as in shares of crises. The bound of a count is on occasions
 * per week: were events to come c at a time, the bound would be c times that.
 * A share of exactly everything has the mirror image.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/estimate.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tally.h"

/* Hours of work over hours present may differ by rounding alone. */
#define ALL_BUT 1e-12

struct estimate estimate_none(void)
{
    return (struct estimate){NAN, NAN, NAN, NAN, NAN, NAN, false};
}

/* The point that Student's t exceeds, on either side, with chance 5%. */
static double student(size_t count)
{
    if (count < 2)
        return NAN;
    return gsl_cdf_tdist_Pinv((1 + ESTIMATE_CONFIDENCE) / 2,
                              (double)(count - 1));
}

int estimator_init(struct estimator *estimator, uint32_t count)
{
    size_t room = count ? count : 1;

    memset(estimator, 0, sizeof *estimator);
    estimator->numerator = calloc(room, sizeof *estimator->numerator);
    estimator->denominator = calloc(room, sizeof *estimator->denominator);
    estimator->value = calloc(room, sizeof *estimator->value);
    estimator->tail = calloc(room, sizeof *estimator->tail);
    if (!estimator->numerator || !estimator->denominator || !estimator->value ||
        !estimator->tail) {
        estimator_clear(estimator);
        return SIM_ERR_NO_MEMORY;
    }
    estimator->count = count;
    estimator->student = student(count);
    return SIM_OK;
}

void estimator_clear(struct estimator *estimator)
{
    free(estimator->numerator);
    free(estimator->denominator);
    free(estimator->value);
    free(estimator->tail);
    memset(estimator, 0, sizeof *estimator);
}

/* Of a sample of so many values, so many at an end are a tail that nearly
 * always holds the twentieth at that end of all values: for it not to,
 * 14 or more of the 128 must lie in that twentieth, a chance of 0.5%. */
#define SAMPLE 128
#define SAMPLE_TAIL 14

/* Copy to `tail` the values at the lower or upper end, among which the order
 * statistics `below` and the next must be; all values where the sample misled.
 * Returns how many, and puts the place of `below` among them into `*place`. */
static size_t take_tail(const double *value, size_t count, size_t below,
                        double *tail, size_t *place)
{
    bool low = below < count / 2;
    size_t taken = 0, stride = count / SAMPLE;
    double edge[SAMPLE_TAIL];

    *place = below;
    if (stride > 0 && low) {
        gsl_sort_smallest(edge, SAMPLE_TAIL, value, stride, SAMPLE);
        for (size_t i = 0; i < count; i++) { /* without a branch to guess */
            tail[taken] = value[i];
            taken += value[i] <= edge[SAMPLE_TAIL - 1];
        }
        if (below + 1 < taken)
            return taken;
    } else if (stride > 0) {
        gsl_sort_largest(edge, SAMPLE_TAIL, value, stride, SAMPLE);
        for (size_t i = 0; i < count; i++) {
            tail[taken] = value[i];
            taken += value[i] >= edge[SAMPLE_TAIL - 1];
        }
        if (count - taken <= below) {
            *place = below - (count - taken);
            return taken;
        }
    }
    memcpy(tail, value, count * sizeof *tail);
    return count;
}

/*
 * The `p`-quantile of values, linear between order statistics (Hyndman and Fan
 * 1996, type 7), found by selection: sorting them would be most of the work of
 * a result. Only a tail of the values is looked through, as `p` is near 0 or 1.
 */
static double percentile(const struct estimator *estimator, size_t count,
                         double p)
{
    double *tail = estimator->tail;
    double index = p * (double)(count - 1);
    size_t below = (size_t)index, place;
    double part = index - (double)below;
    size_t taken = take_tail(estimator->value, count, below, tail, &place);
    double low = gsl_stats_select(tail, 1, taken, place);
    double high = place + 1 < taken ? tail[place + 1] : low;

    /* What lies behind is not less than `low`; the next is the least of it. */
    for (size_t i = place + 2; i < taken; i++)
        high = tail[i] < high ? tail[i] : high;
    return (1 - part) * low + part * high;
}

/* Whether `count` values are all the same. */
static bool is_constant(const double *value, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (value[i] != value[0])
            return false;
    return count > 0;
}

/* A sum as four that run side by side, so that no addition waits for the one
 * before: value i goes to the sum i % 4, whatever the machine. */
static double sum_of(const double *value, size_t count)
{
    double sum[4] = {0};
    size_t i = 0;

    for (; i + 4 <= count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += value[i + k];
    for (; i < count; i++)
        sum[i % 4] += value[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/*
 * The sample standard deviation in two passes; the second takes out what
 * rounding left of the mean (Chan, Golub and LeVeque 1983, equation 1.7).
 */
static double standard_deviation(const struct estimator *estimator,
                                 size_t count)
{
    double mean = sum_of(estimator->value, count) / (double)count;
    double *off = estimator->tail;
    double rest;

    for (size_t i = 0; i < count; i++)
        off[i] = estimator->value[i] - mean;
    rest = sum_of(off, count);
    for (size_t i = 0; i < count; i++)
        off[i] *= off[i];
    return sqrt((sum_of(off, count) - rest * rest / (double)count) /
                (double)(count - 1));
}

/* sd, p05 and p95 of the first `count` scratch values. */
static void set_spread(const struct estimator *estimator, size_t count,
                       struct estimate *out)
{
    const double *value = estimator->value;

    /* Many are: no contacts at 03:00, a rota that is the same every week. */
    if (is_constant(value, count)) {
        if (count >= 2)
            out->sd = 0;
        if (count >= ESTIMATE_SPREAD_FROM)
            out->p05 = out->p95 = value[0];
        return;
    }
    if (count >= 2)
        out->sd = standard_deviation(estimator, count);
    if (count < ESTIMATE_SPREAD_FROM)
        return;
    out->p05 = percentile(estimator, count, 0.05);
    out->p95 = percentile(estimator, count, 0.95);
}

struct sums {
    double numerator, denominator;
    uint32_t exposed; /* replications with a denominator */
    bool constant;    /* all replications are alike */
};

/* Add the columns up. */
static struct sums add_up(const struct estimator *estimator)
{
    const double *part = estimator->numerator, *all = estimator->denominator;
    uint32_t count = estimator->count;
    bool same = is_constant(all, count);
    struct sums sums = {.constant = same && is_constant(part, count)};

    for (uint32_t i = 0; i < count; i++) {
        sums.numerator += part[i];
        sums.denominator += all[i];
    }
    if (same)
        sums.exposed = all[0] > 0 ? count : 0;
    for (uint32_t i = 0; !same && i < count; i++)
        sums.exposed += all[i] > 0;
    return sums;
}

/* Whether some numerator is below 0. */
static bool is_negative(const struct estimator *estimator)
{
    for (uint32_t i = 0; i < estimator->count; i++)
        if (estimator->numerator[i] < 0)
            return true;
    return false;
}

/* Whether every numerator is its denominator. */
static bool is_full(const struct estimator *estimator)
{
    const double *part = estimator->numerator, *all = estimator->denominator;

    for (uint32_t i = 0; i < estimator->count; i++)
        if (!(fabs(all[i] - part[i]) <= ALL_BUT * all[i]))
            return false;
    return true;
}

/* Leave each replication's own ratio in the scratch, where it has one. */
static void take_ratios(struct estimator *estimator, const struct sums *sums,
                        double scale)
{
    const double *part = estimator->numerator, *all = estimator->denominator;
    double *value = estimator->value;
    uint32_t count = 0;

    if (sums->exposed == estimator->count) {
        for (uint32_t i = 0; i < estimator->count; i++)
            value[i] = scale * (part[i] / all[i]);
        return;
    }
    for (uint32_t i = 0; i < estimator->count; i++)
        if (all[i] > 0)
            value[count++] = scale * (part[i] / all[i]);
}

/* The share that n independent chances all miss with chance 5%. */
static double share_bound(const struct estimate_rule *rule,
                          const struct sums *sums)
{
    double occasions = rule->occasions * (double)sums->exposed;
    double n = fmin(sums->denominator, occasions);

    return -expm1(log(1 - ESTIMATE_CONFIDENCE) / n);
}

/* The interval where nothing, or everything, happened; see the top. Returns
 * false, `out` unchanged, where that is not so. */
static bool set_bound(const struct estimator *estimator,
                      const struct estimate_rule *rule, const struct sums *sums,
                      struct estimate *out)
{
    bool share = rule->kind == ESTIMATE_SHARE;

    if (share && is_full(estimator)) {
        out->lower = rule->scale * (1 - share_bound(rule, sums));
        out->upper = rule->scale;
    } else if (sums->numerator > 0 || rule->kind == ESTIMATE_PLAIN ||
               is_negative(estimator)) {
        return false;
    } else {
        out->lower = 0;
        out->upper = rule->scale * (share ? share_bound(rule, sums)
                                          : -log(1 - ESTIMATE_CONFIDENCE) /
                                                sums->denominator);
    }
    out->one_sided = true;
    return true;
}

/*
 * Student's t on z_i = (N_i - r D_i) / mean D, whose mean is 0 by construction
 * (Cochran 1977, sections 6.3 to 6.5; Asmussen and Glynn 2007, section III.3).
 */
static void set_interval(const struct estimator *estimator,
                         const struct estimate_rule *rule,
                         const struct sums *sums, struct estimate *out)
{
    double ratio = sums->numerator / sums->denominator;
    double count = estimator->count;
    double *square = estimator->tail;
    double half_width = 0;

    if (!sums->constant) {
        for (uint32_t i = 0; i < estimator->count; i++) {
            double residual =
                estimator->numerator[i] - ratio * estimator->denominator[i];
            square[i] = residual * residual;
        }
        half_width =
            rule->scale * estimator->student *
            sqrt(sum_of(square, estimator->count) / (count - 1) * count) /
            sums->denominator;
    }
    out->lower = out->mean - half_width;
    out->upper = out->mean + half_width;
    if (out->lower < 0 && !is_negative(estimator))
        out->lower = 0;
    /* Utilisation may truly be above 1: overtime is not in the rota. */
    if (rule->kind == ESTIMATE_SHARE && out->mean <= rule->scale)
        out->upper = fmin(out->upper, rule->scale);
}

void estimator_ratio(struct estimator *estimator,
                     const struct estimate_rule *rule, struct estimate *out)
{
    struct sums sums = add_up(estimator);

    *out = estimate_none();
    if (!(sums.denominator > 0))
        return;
    take_ratios(estimator, &sums, rule->scale);
    out->mean = rule->scale * (sums.numerator / sums.denominator);
    set_spread(estimator, sums.exposed, out);
    if (estimator->count < 2)
        return;
    if (!set_bound(estimator, rule, &sums, out))
        set_interval(estimator, rule, &sums, out);
}

/* Pool the bins of replications [from, until) and read the quantile. */
static double pooled_quantile(const struct estimate_bins *bins, size_t from,
                              size_t until, double p)
{
    double pool[SIM_BINS] = {0};

    for (size_t i = from; i < until; i++)
        for (size_t j = 0; j < bins->count; j++)
            pool[j] += bins->weight[i * bins->stride + j];
    return sim_bins_quantile(pool, bins->count, p);
}

/*
 * Sectioning (Asmussen and Glynn 2007, section III.5; Nakayama 2014): whole
 * replications in order are put into groups, each gives its own quantile, and
 * the spread of these round the pooled one gives the interval. The delta
 * method would need a density at the quantile, which bins cannot give. Twenty
 * groups lie in the 10 to 30 beyond which little is gained (Schmeiser 1982);
 * below twice as many replications each is a group of its own. A group counts
 * by its size, so that 50 replications fall into groups of 2 and 3 fairly. No
 * interval can be finer than a bin.
 */
static void set_sections(const struct estimator *estimator,
                         const struct estimate_bins *bins, double p,
                         struct estimate *out)
{
    size_t count = estimator->count;
    size_t groups = ESTIMATE_SECTIONS;
    size_t used = 0;
    double members = 0;
    double squares = 0;
    double half_width;

    if (count / 2 < groups)
        groups = count;
    for (size_t g = 0; g < groups; g++) {
        size_t from = g * count / groups;
        size_t until = (g + 1) * count / groups;
        double size = (double)(until - from);
        double off = pooled_quantile(bins, from, until, p) - out->mean;

        if (isnan(off))
            continue; /* no data in this group */
        used++;
        members += size;
        squares += size * off * off;
    }
    if (used < 2)
        return;
    half_width = student(used) * sqrt(squares / ((double)(used - 1) * members));
    out->lower = fmax(out->mean - half_width, 0);
    out->upper = out->mean + half_width;
}

void estimator_quantile(struct estimator *estimator,
                        const struct estimate_bins *bins, double p,
                        struct estimate *out)
{
    size_t values = 0;

    *out = estimate_none();
    out->mean = pooled_quantile(bins, 0, estimator->count, p);
    if (isnan(out->mean))
        return;
    for (size_t i = 0; i < estimator->count; i++) {
        double value =
            sim_bins_quantile(bins->weight + i * bins->stride, bins->count, p);

        if (!isnan(value))
            estimator->value[values++] = value;
    }
    set_spread(estimator, values, out);
    set_sections(estimator, bins, p, out);
}
