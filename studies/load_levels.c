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

/* Chances of n people are in proportion to a^n / n! up to the places and then
 * a / (c + k / patience) times as large with the k-th who waits. All are taken
 * relative to that of `places` people, so that nothing overflows. Who waits
 * gives up at rate 1 / patience, so the queue is as long as people give up. */
struct erlang_a erlang_a(uint32_t places, double offered, double patience)
{
    double below = 0, at = 1, full = 0, queue = 0;

    for (uint32_t n = places; n > 0 && at > 1e-18 * below; n--) {
        at *= n / offered;
        below += at;
    }
    at = 1;
    for (uint32_t k = 0; at > 1e-18 * (full + below) || k < places; k++) {
        if (k > 0)
            at *= offered / (places + k / patience);
        full += at;
        queue += k * at;
        if (k > 100000000)
            break;
    }
    queue /= full + below;
    return (struct erlang_a){.waits = full / (full + below),
                             .gives_up = queue / patience / offered,
                             .wait = queue / offered};
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
        if (to != NONE && scenario->level[to].places != NONE &&
            !scenario->level[to].diverts)
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
    if (moves && level->places != NONE && !level->diverts)
        set |= 1u << LOAD_DIFFERS_KEPT;
    if (level_chooses(level))
        set |= 1u << LOAD_DIFFERS_CHOOSES;
    return set;
}

/* Who waits gives up. The formula has exponential stays and patience. */
static void answer_impatient(const struct level *level, struct load_level *out)
{
    const struct distribution *after = &level->patience.after;
    struct erlang_a a;

    if (after->family != FAMILY_EXPONENTIAL || out->stay_days <= 0) {
        out->formula = LOAD_IMPATIENT;
        return;
    }
    a = erlang_a(level->places, out->people,
                 after->mean / (double)SIM_DAY / out->stay_days);
    out->formula = LOAD_ERLANG_A;
    out->full = a.waits;
    out->gave_up = a.gives_up;
    out->wait_days = a.wait * out->stay_days;
    if (!level->has_stay || level->stay.family != FAMILY_EXPONENTIAL)
        out->differs |= 1u << LOAD_DIFFERS_STAYS;
}

void load_level_answer(const struct scenario *scenario, uint32_t index,
                       struct load_level *out)
{
    const struct level *level = &scenario->level[index];

    out->stay_days = out->arrivals > 0 ? out->people / out->arrivals * 7 : 0;
    out->ratio = out->full = out->gave_up = out->wait_days = out->most = NAN;
    out->differs = differs(scenario, index, out);
    if (level->places != NONE)
        out->ratio = out->people / level->places;
    if (out->arrivals <= 0) {
        out->formula = LOAD_NOBODY;
    } else if (level->places == NONE) {
        out->formula = LOAD_UNLIMITED;
        out->most = poisson_most(out->people);
    } else if (level->diverts) {
        out->formula = LOAD_ERLANG_B;
        out->full = erlang_b(level->places, out->people);
        out->people *= 1 - out->full;
        out->ratio = out->people / level->places;
    } else if (level->patience.asked) {
        answer_impatient(level, out);
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
