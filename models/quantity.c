/*
 * Quantities with units: a cursor walks a text once, word by word. Decimals are
 * read as an integer of at most 15 digits and a power of ten, so the value is
 * the correctly rounded one and no locale can change it: both are exact
 * doubles, and one division rounds once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/quantity.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define DIGITS_MAX 15 /* 10^15 < 2^53, so the integer is exact */
#define DAYS_PER_YEAR 365.0

static const char WHY_DURATION[] =
    "a duration such as 20 min, 1.5 h, 10 days or 2 weeks";
static const char WHY_LONG[] = "a duration below 34 years";
static const char WHY_RATE[] = "a rate such as 3/week or 0.03/day";
static const char WHY_CHANCE[] = "a chance such as 12% or 0.12, at most 100%";
static const char WHY_CLOCK[] = "a time of day such as 18:00, at most 24:00";
static const char WHY_HOURS[] = "hours such as 08:00-16:00";
static const char WHY_MONEY[] = "money such as 24/h or 24";
static const char WHY_NUMBER[] = "a plain number such as 3 or 1.5";

/* ---- walking a text ---- */

static void skip_spaces(const char **at)
{
    while (**at == ' ')
        (*at)++;
}

static bool at_end(const char **at)
{
    skip_spaces(at);
    return **at == '\0';
}

/* Take `mark` if it is next, after any spaces. */
static bool take_mark(const char **at, char mark)
{
    skip_spaces(at);
    if (**at != mark)
        return false;
    (*at)++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Take the word `word` if it is next and ends there. */
static bool take_word(const char **at, const char *word)
{
    size_t length = strlen(word);

    skip_spaces(at);
    if (strncmp(*at, word, length) != 0 || is_letter((*at)[length]) ||
        is_digit((*at)[length]))
        return false;
    *at += length;
    return true;
}

/* A decimal as written: digits / 10^places. */
struct decimal {
    double digits;
    int places;
};

/* 12, 1.5, 0.03: digits on both sides of a point; no sign, no exponent. */
static bool take_decimal(const char **at, struct decimal *out)
{
    struct decimal d = {0.0, 0};
    bool point = false;
    int count = 0;
    const char *p;

    skip_spaces(at);
    for (p = *at; is_digit(*p) || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        d.digits = 10.0 * d.digits + (*p - '0');
        count += count > 0 || *p != '0'; /* leading zeros do not count */
        d.places += point;
    }
    if (!is_digit(**at) || p[-1] == '.' || count > DIGITS_MAX ||
        d.places > DIGITS_MAX)
        return false;
    *at = p;
    *out = d;
    return true;
}

/* The value of `d`, divided by 10^`shift`; 10^22 and less are exact doubles. */
static double decimal_value(struct decimal d, int shift)
{
    double power = 1.0;

    for (int i = 0; i < d.places + shift; i++)
        power *= 10.0;
    return d.digits / power;
}

/* ---- durations ---- */

struct unit {
    const char *word;
    sim_ms length;
};
static const struct unit time_units[] = {
    {"s", SIM_SECOND},  {"min", SIM_MINUTE}, {"h", SIM_HOUR},
    {"day", SIM_DAY},   {"days", SIM_DAY},   {"week", SIM_WEEK},
    {"weeks", SIM_WEEK}};

#define TIME_UNITS (sizeof time_units / sizeof *time_units)

/* A number and its unit, in ms, not rounded. */
static bool take_duration(const char **at, double *out, const char **why)
{
    struct decimal d;
    double ms;

    *why = WHY_DURATION;
    if (!take_decimal(at, &d))
        return false;
    for (size_t i = 0; i < TIME_UNITS; i++) {
        if (!take_word(at, time_units[i].word))
            continue;
        ms = decimal_value(d, 0) * (double)time_units[i].length;
        if (ms >= (double)(SIM_NEVER - 1)) {
            *why = WHY_LONG;
            return false;
        }
        *out = ms;
        return true;
    }
    return false;
}

bool quantity_duration(const char *text, sim_ms *out, const char **why)
{
    double ms;

    if (!take_duration(&text, &ms, why))
        return false;
    if (!at_end(&text)) {
        *why = WHY_DURATION;
        return false;
    }
    *out = llround(ms);
    return true;
}

/* ---- single numbers ---- */

bool quantity_rate(const char *text, double *out, const char **why)
{
    struct decimal d;
    double per_day = 0.0;

    *why = WHY_RATE;
    if (!take_decimal(&text, &d) || !take_mark(&text, '/'))
        return false;
    for (size_t i = 0; i < TIME_UNITS && per_day <= 0.0; i++) {
        if (take_word(&text, time_units[i].word))
            per_day = (double)SIM_DAY / (double)time_units[i].length;
    }
    if (per_day <= 0.0 && take_word(&text, "year"))
        per_day = 1.0 / DAYS_PER_YEAR;
    if (per_day <= 0.0 || !at_end(&text))
        return false;
    *out = decimal_value(d, 0) * per_day;
    return true;
}

bool quantity_chance(const char *text, double *out, const char **why)
{
    struct decimal d;
    double chance;

    *why = WHY_CHANCE;
    if (!take_decimal(&text, &d))
        return false;
    chance = decimal_value(d, take_mark(&text, '%') ? 2 : 0);
    if (!at_end(&text) || chance > 1.0)
        return false;
    *out = chance;
    return true;
}

bool quantity_money(const char *text, double *out, const char **why)
{
    struct decimal d;

    *why = WHY_MONEY;
    if (!take_decimal(&text, &d))
        return false;
    if (take_mark(&text, '/') && !take_word(&text, "h"))
        return false;
    if (!at_end(&text))
        return false;
    *out = decimal_value(d, 0);
    return true;
}

bool quantity_number(const char *text, double *out, const char **why)
{
    struct decimal d;
    double sign = take_mark(&text, '-') ? -1.0 : 1.0;

    *why = WHY_NUMBER;
    if (!take_decimal(&text, &d) || !at_end(&text))
        return false;
    *out = sign * decimal_value(d, 0);
    return true;
}

/* ---- times of day ---- */

/* 9:30 or 18:00: one or two digits, a colon, two digits. */
static bool take_clock(const char **at, sim_ms *out)
{
    const char *p;
    int hour, minute;

    skip_spaces(at);
    p = *at;
    if (!is_digit(p[0]))
        return false;
    hour = *p++ - '0';
    if (is_digit(*p))
        hour = 10 * hour + (*p++ - '0');
    if (p[0] != ':' || !is_digit(p[1]) || !is_digit(p[2]) || is_digit(p[3]))
        return false;
    minute = 10 * (p[1] - '0') + (p[2] - '0');
    if (minute > 59 || hour > 24 || (hour == 24 && minute > 0))
        return false;
    *at = p + 3;
    *out = hour * SIM_HOUR + minute * SIM_MINUTE;
    return true;
}

bool quantity_clock(const char *text, sim_ms *out, const char **why)
{
    sim_ms ms;

    *why = WHY_CLOCK;
    if (!take_clock(&text, &ms) || !at_end(&text))
        return false;
    *out = ms;
    return true;
}

/* Equal ends are a whole day, as an on-call shift of 09:00-09:00 is. */
bool quantity_hours(const char *text, sim_ms *from, sim_ms *until,
                    const char **why)
{
    sim_ms first, last;

    *why = WHY_HOURS;
    if (!take_clock(&text, &first) || !take_mark(&text, '-') ||
        !take_clock(&text, &last) || !at_end(&text) || first == SIM_DAY)
        return false;
    *from = first;
    *until = last > first ? last : last + SIM_DAY;
    return true;
}

/* ---- distributions ---- */

/* One way to write a family: its word and its named parameters in order. A
 * name NULL is a parameter without a word; `plain` has no unit. */
struct form {
    const char *word;
    bool (*make)(const double *p, struct distribution *out, const char **why);
    const char *why; /* what would be right, when it cannot be read */
    unsigned count;
    struct {
        const char *name;
        bool plain;
    } parameter[3];
};

static bool refuse(const char **why, const char *reason)
{
    *why = reason;
    return false;
}

/* Forbes, Evans, Hastings and Peacock (2011), Statistical Distributions, 4th
 * ed., is the reference for the moments of all the families below. */

static bool make_exponential(const double *p, struct distribution *out,
                             const char **why)
{
    if (!(p[0] > 0.0))
        return refuse(why, "an exponential with a mean above 0");
    *out = (struct distribution){
        .family = FAMILY_EXPONENTIAL, .a = p[0], .mean = p[0]};
    return true;
}

/* mean = exp(zeta + sigma^2 / 2), (sd / mean)^2 = exp(sigma^2) - 1. */
static bool make_lognormal(const double *p, struct distribution *out,
                           const char **why)
{
    double cv = p[1] / p[0];
    double variance = log1p(cv * cv);

    if (!(p[0] > 0.0) || !(p[1] > 0.0))
        return refuse(why, "a lognormal with a mean and an sd above 0");
    *out = (struct distribution){.family = FAMILY_LOGNORMAL,
                                 .a = log(p[0]) - 0.5 * variance,
                                 .b = sqrt(variance),
                                 .mean = p[0]};
    return true;
}

/* median = exp(zeta), p90 = exp(zeta + z sigma), z the 90% normal quantile. */
static bool make_lognormal_p90(const double *p, struct distribution *out,
                               const char **why)
{
    double sigma;

    if (!(p[0] > 0.0) || !(p[1] > p[0]))
        return refuse(why, "a lognormal with a median above 0 and a p90 above "
                           "the median");
    sigma = log(p[1] / p[0]) / gsl_cdf_ugaussian_Pinv(0.9);
    *out = (struct distribution){.family = FAMILY_LOGNORMAL,
                                 .a = log(p[0]),
                                 .b = sigma,
                                 .mean = p[0] * exp(0.5 * sigma * sigma)};
    return true;
}

/* mean = shape scale, sd^2 = shape scale^2. */
static bool make_gamma(const double *p, struct distribution *out,
                       const char **why)
{
    if (!(p[0] > 0.0) || !(p[1] > 0.0))
        return refuse(why, "a gamma with a mean and an sd above 0");
    *out = (struct distribution){.family = FAMILY_GAMMA,
                                 .a = (p[0] / p[1]) * (p[0] / p[1]),
                                 .b = p[1] * (p[1] / p[0]),
                                 .mean = p[0]};
    return true;
}

/* mean = scale Gamma(1 + 1 / shape). A shape below 0.1 has an sd of over 400
 * means, which no stay or visit has, so it is taken for a slip. */
static bool make_weibull(const double *p, struct distribution *out,
                         const char **why)
{
    if (!(p[0] >= 0.1) || !(p[0] <= 100.0) || !(p[1] > 0.0))
        return refuse(why, "a weibull with a shape of 0.1 to 100 and a scale "
                           "above 0");
    *out = (struct distribution){.family = FAMILY_WEIBULL,
                                 .a = p[0],
                                 .b = p[1],
                                 .mean = p[1] * gsl_sf_gamma(1.0 + 1.0 / p[0])};
    return true;
}

static bool make_triangular(const double *p, struct distribution *out,
                            const char **why)
{
    if (!(p[0] <= p[1]) || !(p[1] <= p[2]) || !(p[0] < p[2]))
        return refuse(why, "triangular(least, most likely, greatest) in that "
                           "order");
    *out = (struct distribution){.family = FAMILY_TRIANGULAR,
                                 .a = p[0],
                                 .b = p[1],
                                 .c = p[2],
                                 .mean = (p[0] + p[1] + p[2]) / 3.0};
    return true;
}

static bool make_uniform(const double *p, struct distribution *out,
                         const char **why)
{
    if (!(p[0] < p[1]))
        return refuse(why, "uniform(least, greatest), the least below the "
                           "greatest");
    *out = (struct distribution){.family = FAMILY_UNIFORM,
                                 .a = p[0],
                                 .b = p[1],
                                 .mean = 0.5 * (p[0] + p[1])};
    return true;
}

static const struct form forms[] = {
    {"exponential",
     make_exponential,
     "exponential(mean 4 days)",
     1,
     {{"mean", false}}},
    {"lognormal",
     make_lognormal,
     "lognormal(mean 7.4 days, sd 8.6 days) or lognormal(median 12 days, p90 "
     "30 days)",
     2,
     {{"mean", false}, {"sd", false}}},
    {"lognormal",
     make_lognormal_p90,
     "lognormal(mean 7.4 days, sd 8.6 days) or lognormal(median 12 days, p90 "
     "30 days)",
     2,
     {{"median", false}, {"p90", false}}},
    {"gamma",
     make_gamma,
     "gamma(mean 20 min, sd 5 min)",
     2,
     {{"mean", false}, {"sd", false}}},
    {"weibull",
     make_weibull,
     "weibull(shape 1.4, scale 12 days)",
     2,
     {{"shape", true}, {"scale", false}}},
    {"triangular",
     make_triangular,
     "triangular(10 min, 20 min, 45 min)",
     3,
     {{NULL, false}, {NULL, false}, {NULL, false}}},
    {"uniform",
     make_uniform,
     "uniform(5 min, 15 min)",
     2,
     {{NULL, false}, {NULL, false}}},
};

/* The parameters of `form` between brackets, and the end of the text. */
static bool take_parameters(const char *at, const struct form *form, double *p,
                            const char **why)
{
    struct decimal d;

    if (!take_mark(&at, '('))
        return refuse(why, form->why);
    for (unsigned i = 0; i < form->count; i++) {
        const char *name = form->parameter[i].name;

        if ((i > 0 && !take_mark(&at, ',')) ||
            (name != NULL && !take_word(&at, name)))
            return refuse(why, form->why);
        if (form->parameter[i].plain) {
            if (!take_decimal(&at, &d))
                return refuse(why, form->why);
            p[i] = decimal_value(d, 0);
        } else if (!take_duration(&at, &p[i], why)) {
            return *why == WHY_LONG ? false : refuse(why, form->why);
        }
    }
    return take_mark(&at, ')') && at_end(&at) ? true : refuse(why, form->why);
}

bool quantity_distribution(const char *text, struct distribution *out,
                           const char **why)
{
    struct distribution made;
    double p[3] = {0.0, 0.0, 0.0};
    const char *reason =
        "a duration such as 20 min, or exponential, lognormal, "
        "gamma, weibull, triangular, uniform or empirical (...)";
    sim_ms constant;

    skip_spaces(&text);
    if (is_digit(*text)) {
        if (!quantity_duration(text, &constant, why))
            return false;
        *out = distribution_constant(constant);
        return true;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *at = text;

        if (reason == WHY_LONG || !take_word(&at, forms[i].word) ||
            !take_parameters(at, &forms[i], p, &reason))
            continue;
        if (!forms[i].make(p, &made, why))
            return false;
        if (!(made.mean < (double)(SIM_NEVER - 1)))
            return refuse(why, "a distribution with a mean below 34 years");
        *out = made;
        return true;
    }
    return refuse(why, reason);
}

struct distribution distribution_constant(sim_ms value)
{
    return (struct distribution){
        .family = FAMILY_CONSTANT, .a = (double)value, .mean = (double)value};
}

struct distribution distribution_observed(const double *value, uint32_t count,
                                          double mean)
{
    return (struct distribution){.family = FAMILY_EMPIRICAL,
                                 .mean = mean,
                                 .value = value,
                                 .count = count};
}

/* By the inverse of its distribution function, for one uniform u: Kotz and van
 * Dorp (2004), Beyond Beta, equation 1.9. */
static double triangular_sample(const struct distribution *d, double u)
{
    double width = d->c - d->a;

    if (u * width < d->b - d->a)
        return d->a + sqrt(u * width * (d->b - d->a));
    return d->c - sqrt((1.0 - u) * width * (d->c - d->b));
}

static double sample_ms(const struct distribution *d, gsl_rng *rng)
{
    switch (d->family) {
    case FAMILY_EXPONENTIAL:
        return gsl_ran_exponential(rng, d->a);
    case FAMILY_LOGNORMAL:
        return gsl_ran_lognormal(rng, d->a, d->b);
    case FAMILY_GAMMA:
        return gsl_ran_gamma(rng, d->a, d->b);
    case FAMILY_WEIBULL:
        return gsl_ran_weibull(rng, d->b, d->a); /* GSL: scale, then shape */
    case FAMILY_TRIANGULAR:
        return triangular_sample(d, gsl_rng_uniform_pos(rng));
    case FAMILY_UNIFORM:
        return gsl_ran_flat(rng, d->a, d->b);
    case FAMILY_EMPIRICAL:
        return d->value[(size_t)(gsl_rng_uniform_pos(rng) * d->count)];
    case FAMILY_CONSTANT:
        break;
    }
    return d->a;
}

/* Cut at SIM_NEVER - 1, so that the result is always a time. */
sim_ms distribution_sample(const struct distribution *distribution,
                           gsl_rng *rng)
{
    double ms = sample_ms(distribution, rng);

    if (!(ms > 0.0))
        return 0;
    return ms < (double)(SIM_NEVER - 1) ? llround(ms) : SIM_NEVER - 1;
}
