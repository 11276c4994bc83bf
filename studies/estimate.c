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
    if (!estimator->numerator || !estimator->denominator || !estimator->value) {
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
    memset(estimator, 0, sizeof *estimator);
}

/*
 * The `p`-quantile of values, linear between order statistics (Hyndman and Fan
 * 1996, type 7). Found by selection, which reorders the values: sorting them
 * would be most of the work of a result.
 */
static double percentile(double *value, size_t count, double p)
{
    double index = p * (double)(count - 1);
    size_t below = (size_t)index;
    double part = index - (double)below;
    double low = gsl_stats_select(value, 1, count, below);
    double high = below + 1 < count ? value[below + 1] : low;

    /* What lies behind is not less than `low`; the next is the least of it. */
    for (size_t i = below + 2; i < count; i++)
        high = value[i] < high ? value[i] : high;
    return (1 - part) * low + part * high;
}

/* Whether the first `count` scratch values are all the same. */
static bool is_constant(const struct estimator *estimator, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (estimator->value[i] != estimator->value[0])
            return false;
    return count > 0;
}

/* sd, p05 and p95 of the first `count` scratch values, which lose their
 * order. */
static void set_spread(struct estimator *estimator, size_t count,
                       struct estimate *out)
{
    struct sim_moments moments = {0};

    /* Many are: no contacts at 03:00, a rota that is the same every week. */
    if (count >= ESTIMATE_SPREAD_FROM && is_constant(estimator, count)) {
        out->sd = 0;
        out->p05 = out->p95 = estimator->value[0];
        return;
    }
    for (size_t i = 0; i < count; i++)
        sim_moments_add(&moments, estimator->value[i]);
    if (count >= 2)
        out->sd = sqrt(sim_moments_variance(&moments));
    if (count < ESTIMATE_SPREAD_FROM)
        return;
    out->p05 = percentile(estimator->value, count, 0.05);
    out->p95 = percentile(estimator->value, count, 0.95);
}

struct sums {
    double numerator, denominator;
    uint32_t exposed; /* replications with a denominator */
    bool negative;    /* some numerator is below 0 */
    bool full;        /* every numerator is its denominator */
};

/* Add the columns up, and leave each replication's own ratio in the scratch. */
static struct sums add_up(struct estimator *estimator, double scale)
{
    struct sums sums = {.full = true};

    for (uint32_t i = 0; i < estimator->count; i++) {
        double n = estimator->numerator[i];
        double d = estimator->denominator[i];

        sums.numerator += n;
        sums.denominator += d;
        sums.negative = sums.negative || n < 0;
        sums.full = sums.full && fabs(d - n) <= ALL_BUT * d;
        if (d > 0)
            estimator->value[sums.exposed++] = scale * (n / d);
    }
    return sums;
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
static bool set_bound(const struct estimate_rule *rule, const struct sums *sums,
                      struct estimate *out)
{
    bool share = rule->kind == ESTIMATE_SHARE;

    if (share && sums->full) {
        out->lower = rule->scale * (1 - share_bound(rule, sums));
        out->upper = rule->scale;
    } else if (sums->numerator > 0 || sums->negative ||
               rule->kind == ESTIMATE_PLAIN) {
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
    double squares = 0;
    double half_width;

    for (uint32_t i = 0; i < estimator->count; i++) {
        double residual =
            estimator->numerator[i] - ratio * estimator->denominator[i];
        squares += residual * residual;
    }
    half_width = rule->scale * estimator->student *
                 sqrt(squares / (count - 1) * count) / sums->denominator;
    out->lower = out->mean - half_width;
    out->upper = out->mean + half_width;
    if (!sums->negative)
        out->lower = fmax(out->lower, 0);
    /* Utilisation may truly be above 1: overtime is not in the rota. */
    if (rule->kind == ESTIMATE_SHARE && out->mean <= rule->scale)
        out->upper = fmin(out->upper, rule->scale);
}

void estimator_ratio(struct estimator *estimator,
                     const struct estimate_rule *rule, struct estimate *out)
{
    struct sums sums = add_up(estimator, rule->scale);

    *out = estimate_none();
    if (!(sums.denominator > 0))
        return;
    out->mean = rule->scale * (sums.numerator / sums.denominator);
    set_spread(estimator, sums.exposed, out);
    if (estimator->count < 2)
        return;
    if (!set_bound(rule, &sums, out))
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
