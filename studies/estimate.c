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
#include "studies/sums_impl.h"

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
    int err;

    memset(estimator, 0, sizeof *estimator);
    err = column_init(&estimator->numerator, count);
    if (err == SIM_OK)
        err = column_init(&estimator->denominator, count);
    estimator->value = calloc(room, sizeof *estimator->value);
    for (int i = 0; i < TAILS; i++)
        estimator->tail[i] = calloc(room, sizeof *estimator->tail[i]);
    if (err != SIM_OK || !estimator->value || !estimator->tail[LOWER] ||
        !estimator->tail[UPPER]) {
        estimator_clear(estimator);
        return SIM_ERR_NO_MEMORY;
    }
    estimator->count = count;
    estimator->student = student(count);
    return SIM_OK;
}

void estimator_clear(struct estimator *estimator)
{
    column_clear(&estimator->numerator);
    column_clear(&estimator->denominator);
    free(estimator->value);
    for (int i = 0; i < TAILS; i++)
        free(estimator->tail[i]);
    memset(estimator, 0, sizeof *estimator);
}

/* Of a sample of so many values, so many at an end are a tail that nearly
 * always holds the twentieth at that end of all values: for it not to,
 * 9 or more of the 64 must lie in that twentieth, a chance of 0.4%. */
#define SAMPLE 64
#define SAMPLE_TAIL 9

/* Copy the values at either end to the tails: those among which, by a sample,
 * are the order statistics asked for. None where there is no sample. */
static void take_tails(const struct estimator *estimator, size_t count,
                       size_t taken[TAILS])
{
    const double *value = estimator->value;
    double *restrict low = estimator->tail[LOWER];
    double *restrict high = estimator->tail[UPPER];
    size_t stride = count / SAMPLE, lows = 0, highs = 0;
    double sample[SAMPLE], least, most;

    taken[LOWER] = taken[UPPER] = 0;
    if (stride == 0)
        return;
    for (size_t i = 0; i < SAMPLE; i++)
        sample[i] = value[i * stride];
    least = gsl_stats_select(sample, 1, SAMPLE, SAMPLE_TAIL - 1);
    most = gsl_stats_select(sample, 1, SAMPLE, SAMPLE - SAMPLE_TAIL);
    /* Neither of these is a branch: what is not less is added as a carry. */
    least = nextafter(least, INFINITY);
    most = nextafter(most, -INFINITY);
    for (size_t i = 0; i < count; i++) {
        double each = value[i];

        low[lows] = high[highs] = each;
        lows += !(each >= least);
        highs += !(each <= most);
    }
    taken[LOWER] = lows;
    taken[UPPER] = highs;
}

/*
 * The `p`-quantile of values, linear between order statistics (Hyndman and Fan
 * 1996, type 7), found by selection: sorting them would be most of the work of
 * a result. Only a tail of the values, of so many `taken`, is looked through,
 * as `p` is near 0 or 1; or all of them where the sample misled.
 */
static double percentile(const struct estimator *estimator, size_t count,
                         enum tail end, size_t taken, double p)
{
    double *tail = estimator->tail[end];
    double index = p * (double)(count - 1);
    size_t below = (size_t)index, place;
    double part = index - (double)below;
    double low, high;

    if (end == LOWER ? taken < below + 2 : count - taken > below) {
        memcpy(tail, estimator->value, count * sizeof *tail);
        taken = count;
    }
    place = end == LOWER ? below : below - (count - taken);
    low = gsl_stats_select(tail, 1, taken, place);
    high = place + 1 < taken ? tail[place + 1] : low;
    /* What lies behind is not less than `low`; the next is the least of it. */
    for (size_t i = place + 2; i < taken; i++)
        high = tail[i] < high ? tail[i] : high;
    return (1 - part) * low + part * high;
}

static double deviation(double value, double unused, double mean)
{
    (void)unused;
    return value - mean;
}

static double squared_deviation(double value, double unused, double mean)
{
    (void)unused;
    return (value - mean) * (value - mean);
}

/*
 * The sample standard deviation in two passes; the second takes out what
 * rounding left of the mean (Chan, Golub and LeVeque 1983, equation 1.7).
 */
static double standard_deviation(const double *value, size_t count)
{
    double n = (double)count;
    double mean = sum_of(value, count) / n;
    double rest = sum_terms(deviation, value, value, mean, count);
    double squares = sum_terms(squared_deviation, value, value, mean, count);

    return sqrt((squares - rest * rest / n) / (n - 1));
}

/* sd, p05 and p95 of `count` values that are all the same. Many are: no
 * contacts at 03:00, a rota that is the same every week. */
static void set_no_spread(double value, size_t count, struct estimate *out)
{
    if (count >= 2)
        out->sd = 0;
    if (count >= ESTIMATE_SPREAD_FROM)
        out->p05 = out->p95 = value;
}

/* sd, p05 and p95 of the first `count` scratch values. */
static void set_spread(const struct estimator *estimator, size_t count,
                       struct estimate *out)
{
    const double *value = estimator->value;
    size_t taken[TAILS];

    if (column_are_alike(value, count)) {
        set_no_spread(value[0], count, out);
        return;
    }
    if (count >= 2)
        out->sd = standard_deviation(value, count);
    if (count < ESTIMATE_SPREAD_FROM)
        return;
    take_tails(estimator, count, taken);
    out->p05 = percentile(estimator, count, LOWER, taken[LOWER], 0.05);
    out->p95 = percentile(estimator, count, UPPER, taken[UPPER], 0.95);
}

struct sums {
    double numerator, denominator;
    uint32_t exposed; /* replications with a denominator */
    bool alike;       /* all replications are */
};

/* Add the columns up. */
static struct sums add_up(struct estimator *estimator)
{
    struct column *part = &estimator->numerator, *all = &estimator->denominator;
    struct sums sums = {.numerator = column_sum(part),
                        .denominator = column_sum(all),
                        .exposed = estimator->count,
                        .alike = column_is_alike(all) && column_is_alike(part)};

    if (column_least(all) > 0)
        return sums;
    sums.exposed = 0;
    for (uint32_t i = 0; i < estimator->count; i++)
        sums.exposed += all->value[i] > 0;
    return sums;
}

/* Whether some numerator is below 0. */
static bool is_negative(struct estimator *estimator)
{
    struct column *part = &estimator->numerator;

    return !part->counts && column_least(part) < 0;
}

/* Whether every numerator is its denominator. */
static bool is_full(const struct estimator *estimator, const struct sums *sums)
{
    const double *part = estimator->numerator.value;
    const double *all = estimator->denominator.value;
    uint32_t count = sums->alike ? 1 : estimator->count;

    for (uint32_t i = 0; i < count; i++)
        if (!(fabs(all[i] - part[i]) <= ALL_BUT * all[i]))
            return false;
    return true;
}

/* Leave each replication's own ratio in the scratch, where it has one. */
static void take_ratios(struct estimator *estimator, const struct sums *sums,
                        double scale)
{
    const double *part = estimator->numerator.value;
    const double *all = estimator->denominator.value;
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

/* The spread of the replications' own ratios. */
static void set_ratios(struct estimator *estimator, const struct sums *sums,
                       double scale, struct estimate *out)
{
    double part = estimator->numerator.value[0];
    double all = estimator->denominator.value[0];

    if (sums->alike) {
        set_no_spread(scale * (part / all), sums->exposed, out);
        return;
    }
    take_ratios(estimator, sums, scale);
    set_spread(estimator, sums->exposed, out);
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
static bool set_bound(struct estimator *estimator,
                      const struct estimate_rule *rule, const struct sums *sums,
                      struct estimate *out)
{
    bool share = rule->kind == ESTIMATE_SHARE;

    if (share && is_full(estimator, sums)) {
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

static double squared_residual(double part, double all, double ratio)
{
    return (part - ratio * all) * (part - ratio * all);
}

/*
 * Student's t on z_i = (N_i - r D_i) / mean D, whose mean is 0 by construction
 * (Cochran 1977, sections 6.3 to 6.5; Asmussen and Glynn 2007, section III.3).
 */
static void set_interval(struct estimator *estimator,
                         const struct estimate_rule *rule,
                         const struct sums *sums, struct estimate *out)
{
    double ratio = sums->numerator / sums->denominator;
    double count = estimator->count;
    double squares, half_width = 0;

    if (!sums->alike) {
        squares =
            sum_terms(squared_residual, estimator->numerator.value,
                      estimator->denominator.value, ratio, estimator->count);
        half_width = rule->scale * estimator->student *
                     sqrt(squares / (count - 1) * count) / sums->denominator;
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
    out->mean = rule->scale * (sums.numerator / sums.denominator);
    set_ratios(estimator, &sums, rule->scale, out);
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
