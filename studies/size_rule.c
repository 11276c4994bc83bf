/*
 * The tests of sizing. A column is reduced to the moments of one linear
 * combination, y = a part + b all, signed so that y <= 0 on average is what
 * is wanted; all else is a comparison of sqrt(n) mean / sd with a quantile.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/size_rule.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stddef.h>

/* Of values that agree to so many digits the rest is rounding. */
#define ROUNDING 1e-12
/* Costs that agree in so many replications are known beforehand: rostered
 * hours, posts. What is wrong then is not the rota's feasibility but at most
 * its price, and that by something rare. */
#define CONSTANT_COST 8
/* The chance with which a design that meets is confirmed is 95%, by the 95%
 * point of the normal distribution. */
#define POWER_POINT 1.645

/* A mean of y, in the two forms that tests compare. */
struct standing {
    uint32_t count;
    bool constant; /* every y the same */
    double mean, sd, skew;
    double t;    /* sqrt(count) mean / sd */
    double hall; /* t without the skewness (Hall 1992, section 2) */
};

/* y of one replication against `limit`. */
static double wrongness(const struct size_limit *limit, double at,
                        const struct size_value *value)
{
    return limit->at_most ? value->part - at * value->all
                          : at * value->all - value->part;
}

/*
 * Hall's monotone cubic: with skewness g and n values, of t it makes
 *     t + g (t^2 / 3 + 1 / 6) / sqrt(n) + g^2 t^3 / (27 n)
 * whose distribution is normal to order 1 / n.
 */
static double hall(double t, double skew, double count)
{
    double a = skew / sqrt(count);

    return t + a * (t * t / 3 + 1.0 / 6) + a * a * t * t * t / 27;
}

static void set_forms(struct standing *s, double squares, double cubes)
{
    double n = s->count;

    s->sd = sqrt(squares / (n - 1));
    s->constant = s->sd <= ROUNDING * fabs(s->mean) || s->sd == 0;
    if (s->constant)
        return;
    s->skew = cubes / n / pow(squares / n, 1.5);
    s->t = sqrt(n) * s->mean / s->sd;
    s->hall = hall(s->t, s->skew, n);
}

static struct standing stand(const struct size_limit *limit, double at,
                             const struct size_column *column)
{
    struct standing s = {.count = column->count};
    double squares = 0, cubes = 0;

    for (uint32_t i = 0; i < s.count; i++)
        s.mean +=
            wrongness(limit, at, &column->value[(size_t)i * column->stride]);
    s.mean /= s.count ? s.count : 1;
    for (uint32_t i = 0; i < s.count; i++) {
        double off =
            wrongness(limit, at, &column->value[(size_t)i * column->stride]) -
            s.mean;

        squares += off * off;
        cubes += off * off * off;
    }
    if (s.count >= 2)
        set_forms(&s, squares, cubes);
    return s;
}

static struct size_value total(const struct size_column *column)
{
    struct size_value sum = {0, 0};

    for (uint32_t i = 0; i < column->count; i++) {
        sum.part += column->value[(size_t)i * column->stride].part;
        sum.all += column->value[(size_t)i * column->stride].all;
    }
    return sum;
}

double size_rule_ratio(const struct size_column *column)
{
    struct size_value sum = total(column);

    return sum.all > 0 ? sum.part / sum.all : NAN;
}

double size_rule_excess(const struct size_limit *limit,
                        const struct size_column *column)
{
    double ratio = size_rule_ratio(column);

    if (isnan(ratio))
        return -INFINITY;
    return (limit->at_most ? ratio - limit->limit : limit->limit - ratio) /
           limit->margin;
}

/* ---- yes or no ---- */

/* Chance of as many bad ones or more among `all` when each is bad with chance
 * `p`; and of as few or fewer. */
static double as_many(double bad, double all, double p)
{
    return bad <= 0 ? 1
                    : gsl_cdf_binomial_Q((unsigned)(bad - 1), p, (unsigned)all);
}
static double as_few(double bad, double all, double p)
{
    return gsl_cdf_binomial_P((unsigned)bad, p, (unsigned)all);
}

/* The bad ones, and the chance of one at quotient `at`. */
static double bad_count(const struct size_limit *limit,
                        const struct size_value *sum)
{
    return limit->at_most ? sum->part : sum->all - sum->part;
}
static double bad_chance(const struct size_limit *limit, double at)
{
    double p = limit->at_most ? at : 1 - at;

    return p < 0 ? 0 : p > 1 ? 1 : p;
}

/* ---- decisions ---- */

/* The quotient that the limit and its margin leave. */
static double with_margin(const struct size_limit *limit)
{
    return limit->at_most ? limit->limit - limit->margin
                          : limit->limit + limit->margin;
}

bool size_rule_fails(const struct size_limit *limit,
                     const struct size_column *column, double level)
{
    double at = with_margin(limit);
    struct size_value sum = total(column);
    struct standing s;
    double point;

    if (column->count < 2 || !(sum.all > 0))
        return false;
    if (limit->yes_or_no)
        return as_many(bad_count(limit, &sum), sum.all,
                       bad_chance(limit, at)) <= level;
    s = stand(limit, at, column);
    if (s.constant)
        return s.count >= SIZE_RULE_CONSTANT && s.mean > 0;
    point = gsl_cdf_tdist_Qinv(level, s.count - 1);
    return fmin(s.t, s.hall) > point;
}

/*
 * Where nothing bad was seen the spread says nothing of how rare it is. The
 * largest rate that shows nothing in so many occasions with chance `level` is
 * -ln(level) / occasions (the rule of three; studies/estimate.c).
 */
static bool rare_enough(const struct size_limit *limit,
                        const struct size_value *sum, uint32_t count,
                        double level)
{
    double room = limit->at_most ? limit->limit : 1 - limit->limit;
    bool counted = limit->at_most || limit->is_share;

    if (limit->occasions <= 0 || !counted || bad_count(limit, sum) > 0)
        return true;
    return -log(level) / (count * limit->occasions) <= room;
}

bool size_rule_meets(const struct size_limit *limit,
                     const struct size_column *column, double level)
{
    struct size_value sum = total(column);
    struct standing s;
    double point;

    if (column->count < 2)
        return false;
    if (!(sum.all > 0)) /* nothing there that could be wrong */
        return column->count >= SIZE_RULE_CONSTANT;
    if (limit->yes_or_no)
        return as_few(bad_count(limit, &sum), sum.all,
                      bad_chance(limit, limit->limit)) <= level;
    if (!rare_enough(limit, &sum, column->count, level))
        return false;
    s = stand(limit, limit->limit, column);
    if (s.constant)
        return s.count >= SIZE_RULE_CONSTANT && s.mean <= 0;
    point = gsl_cdf_tdist_Qinv(level, s.count - 1);
    return fmax(s.t, s.hall) < -point;
}

/* So many that a mean `points` standard errors off 0 is expected. */
static uint32_t count_for(const struct standing *s, double points)
{
    double needed;

    if (s->constant)
        return SIZE_RULE_CONSTANT;
    needed = ceil(pow(points * s->sd / s->mean, 2));
    return needed < UINT32_MAX ? (uint32_t)needed : UINT32_MAX;
}

/*
 * Skewness asks for more, and Hall's t hardly moves where it is large and they
 * are few; so the first count is raised by steps until it does: until the t
 * that 19 in 20 series pass is beyond the point in both forms.
 */
#define COUNT_STEP 1.2
#define COUNT_MOST 1e8
uint32_t size_rule_needed(const struct size_limit *limit,
                          const struct size_column *column, double level)
{
    struct standing s = stand(limit, limit->limit, column);
    double point = gsl_cdf_ugaussian_Qinv(level);
    double count;

    if (s.count < 2 || s.mean > 0 || (s.mean == 0 && !s.constant))
        return UINT32_MAX;
    count = count_for(&s, point + POWER_POINT);
    while (!s.constant && count < COUNT_MOST &&
           hall(POWER_POINT + sqrt(count) * s.mean / s.sd, s.skew, count) >
               -point)
        count = ceil(COUNT_STEP * count);
    return count < COUNT_MOST ? (uint32_t)count : UINT32_MAX;
}

uint32_t size_rule_needed_to_fail(const struct size_limit *limit,
                                  const struct size_column *column,
                                  double level)
{
    struct standing s = stand(limit, with_margin(limit), column);

    if (s.count < 2 || s.mean <= 0 || level <= 0)
        return UINT32_MAX;
    return count_for(&s, gsl_cdf_ugaussian_Qinv(level));
}

/* ---- cost ---- */

/* What stands above the line in one replication, less that of `less`. */
static double surplus(const struct size_column *more,
                      const struct size_column *less, uint32_t i)
{
    double part = more->value[(size_t)i * more->stride].part;

    return less ? part - less->value[(size_t)i * less->stride].part : part;
}

double size_rule_upper(const struct size_column *more,
                       const struct size_column *less, double level)
{
    uint32_t count = more->count;
    double mean = 0, squares = 0, sd, bound;

    if (less && less->count < count)
        count = less->count;
    if (count < 2 || !(more->value[0].all > 0))
        return INFINITY;
    for (uint32_t i = 0; i < count; i++)
        mean += surplus(more, less, i);
    mean /= count;
    for (uint32_t i = 0; i < count; i++) {
        double off = surplus(more, less, i) - mean;
        squares += off * off;
    }
    sd = sqrt(squares / (count - 1));
    if (sd == 0 || sd <= ROUNDING * fabs(mean))
        bound = count >= CONSTANT_COST ? mean : INFINITY;
    else
        bound = mean + gsl_cdf_tdist_Qinv(level, count - 1) * sd / sqrt(count);
    return bound / more->value[0].all;
}
