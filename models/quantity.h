#ifndef MODELS_QUANTITY_H
#define MODELS_QUANTITY_H
/*
 * Quantities with units, as a scenario writes them: durations, rates, chances,
 * times of day, dates, money, and distributions of durations.
 * Readers take a whole text and refuse trailing junk, NaN and infinity; on
 * failure they leave `*out` unchanged and set `*why` to a static sentence part
 * that says what would be right ("a duration such as 20 min or 10 days").
 * Threads: pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdint.h>

#include "sim/calendar.h"

/* How a duration is distributed; parameters are in ms where they are times. */
enum family {
    FAMILY_CONSTANT,    /* a: value */
    FAMILY_EXPONENTIAL, /* a: mean */
    FAMILY_LOGNORMAL,   /* a: zeta (log ms), b: sigma */
    FAMILY_GAMMA,       /* a: shape, b: scale */
    FAMILY_WEIBULL,     /* a: shape, b: scale */
    FAMILY_TRIANGULAR,  /* a: least, b: most likely, c: greatest */
    FAMILY_UNIFORM,     /* a: least, b: greatest */
    FAMILY_EMPIRICAL    /* value: as observed, each as likely */
};
struct distribution {
    enum family family;
    double a, b, c;
    double mean;         /* ms */
    const double *value; /* [count] of FAMILY_EMPIRICAL; not owned */
    uint32_t count;
};

/* "20 min", "1.5 h", "10 days", "2 weeks", "30 s": ms, rounded, not negative.
 */
bool quantity_duration(const char *text, sim_ms *out, const char **why);
/* "3/week", "0.03/day", "2/h", "20/year": per day. */
bool quantity_rate(const char *text, double *out, const char **why);
/* "12%" or "0.12" as 0 to 1. A bare number above 1 is refused. */
bool quantity_chance(const char *text, double *out, const char **why);
/* "18:00" up to "24:00": ms after midnight. */
bool quantity_clock(const char *text, sim_ms *out, const char **why);
/* "08:00-16:00"; the end may be before the start (across midnight): then
 * `*until` is over 24 h. */
bool quantity_hours(const char *text, sim_ms *from, sim_ms *until,
                    const char **why);
/* "24/h" or "24": money per hour. */
bool quantity_money(const char *text, double *out, const char **why);
/* A plain number. */
bool quantity_number(const char *text, double *out, const char **why);
/* A duration or one of the families of the design's section 4. */
bool quantity_distribution(const char *text, struct distribution *out,
                           const char **why);

/* The distribution that always gives `value`. */
struct distribution distribution_constant(sim_ms value);

/* That which gives each of `value` (ms, count > 0, kept by the caller for as
 * long as it is used) with the same chance. */
struct distribution distribution_observed(const double *value, uint32_t count,
                                          double mean);

/* Draw one duration in ms (rounded, not negative) from named chance. */
sim_ms distribution_sample(const struct distribution *distribution,
                           gsl_rng *rng);
#endif
