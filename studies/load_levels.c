/*
 * What queueing theory says of a level, and why the simulation need not agree.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "studies/load_impl.h"

/* Erlang 1917 by the usual recursion, B(c) = a B(c-1) / (c + a B(c-1)), which
 * stays between 0 and 1 (Gross et al. 2008, section 2.4). */
double erlang_b(uint32_t places, double offered)
{
    double b = 1;

    for (uint32_t c = 1; c <= places; c++)
        b = offered * b / (c + offered * b);
    return b;
}

double erlang_c(uint32_t places, double offered)
{
    double b;

    if (offered >= places)
        return 1;
    b = erlang_b(places, offered);
    return b / (1 - offered / places * (1 - b));
}

/* Squared coefficient of variation of the stay; a plan's and a stay that is
 * cut short are taken as they were written. */
static double spread(const struct level *level)
{
    const struct distribution *d = &level->stay;

    if (!level->has_stay)
        return 0;
    switch (d->family) {
    case FAMILY_CONSTANT:
        return 0;
    case FAMILY_EXPONENTIAL:
        return 1;
    case FAMILY_LOGNORMAL:
        return expm1(d->b * d->b);
    case FAMILY_GAMMA:
        return 1 / d->a;
    case FAMILY_WEIBULL:
        return exp(lgamma(1 + 2 / d->a) - 2 * lgamma(1 + 1 / d->a)) - 1;
    case FAMILY_TRIANGULAR:
        return (d->a * d->a + d->b * d->b + d->c * d->c - d->a * d->b -
                d->a * d->c - d->b * d->c) /
               18 / (d->mean * d->mean);
    case FAMILY_UNIFORM:
        return (d->b - d->a) * (d->b - d->a) / 12 / (d->mean * d->mean);
    default:
        return 1; /* not known: as if exponential */
    }
}

/* The number that a Poisson number of this mean exceeds at most 5% of the
 * time. */
static double poisson_most(double mean)
{
    unsigned k = (unsigned)mean;

    while (gsl_cdf_poisson_P(k, mean) < 0.95)
        k++;
    return k;
}

static bool next_is_limited(const struct scenario *scenario,
                            const struct level *level)
{
    for (uint32_t i = 0; i < level_ways(level); i++) {
        uint32_t to = level_way(level, i);
        if (to != NONE && scenario->level[to].places != NONE)
            return true;
    }
    return false;
}

static bool keeps_hours(const struct scenario *scenario, uint32_t level)
{
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        const struct opening *open = &scenario->cohort[i].referrals.open;
        if (scenario->cohort[i].enters == level &&
            (open->days != SIM_DAYS_EVERY ||
             open->until - open->from < SIM_DAY))
            return true;
    }
    return false;
}

static unsigned differs(const struct scenario *scenario, uint32_t index,
                        const struct load_level *out)
{
    const struct level *level = &scenario->level[index];
    bool moves = out->arrivals - out->referred > 1e-6 * out->arrivals;
    unsigned set = 0;

    if (out->referred > 0 && keeps_hours(scenario, index))
        set |= 1u << LOAD_DIFFERS_HOURS;
    if (moves)
        set |= 1u << LOAD_DIFFERS_MOVES;
    if (next_is_limited(scenario, level))
        set |= 1u << LOAD_DIFFERS_BLOCKING;
    if (level->has_leaves)
        set |= 1u << LOAD_DIFFERS_LEAVES;
    if (moves && level->places != NONE)
        set |= 1u << LOAD_DIFFERS_KEPT;
    return set;
}

void load_level_answer(const struct scenario *scenario, uint32_t index,
                       struct load_level *out)
{
    const struct level *level = &scenario->level[index];

    out->stay_days = out->arrivals > 0 ? out->people / out->arrivals * 7 : 0;
    out->ratio = out->full = out->wait_days = out->most = NAN;
    out->differs = differs(scenario, index, out);
    if (level->places != NONE)
        out->ratio = out->people / level->places;
    if (out->arrivals <= 0) {
        out->formula = LOAD_NOBODY;
    } else if (level->places == NONE) {
        out->formula = LOAD_UNLIMITED;
        out->most = poisson_most(out->people);
    } else if (out->people >= level->places) {
        out->formula = LOAD_TOO_MANY;
    } else {
        /* Lee and Longton 1959: the wait of M/M/c by (1 + cv^2) / 2. */
        out->formula = LOAD_ERLANG_C;
        out->full = erlang_c(level->places, out->people);
        out->wait_days = out->full * out->stay_days /
                         (level->places - out->people) * (1 + spread(level)) /
                         2;
    }
}

bool load_level_over(const struct load_level *level)
{
    return level->ratio >= 1;
}

bool load_hours_over(const struct load_hours *hours)
{
    return hours->ratio > 1 && hours->all > 1.0 / 60; /* a minute a day */
}
