/* Numbers in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What follows a number of each unit, and what a stored value is multiplied by
 * before it is shown. */
struct unit_words {
    const char *after;
    double scale;
};

/* By unit, so that no number is ever shown without what it counts. */
static struct unit_words unit_words(enum measure_unit unit)
{
    static const struct unit_words words[] = {
        [UNIT_SHARE] = {" in 100", 100},
        [UNIT_PER_WEEK] = {" a week", 1},
        [UNIT_DAYS] = {" days", 1},
        [UNIT_HOURS] = {" h", 1},
        [UNIT_MINUTES] = {" min", 1},
        [UNIT_PEOPLE] = {" people", 1},
        [UNIT_MONEY] = {"", 1},
        [UNIT_HOURS_PER_WEEK] = {" h a week", 1},
        [UNIT_DAYS_PER_WEEK] = {" days a week", 1},
        [UNIT_MONEY_PER_WEEK] = {" a week", 1},
        [UNIT_WTE] = {" WTE", 1},
    };
    return words[unit];
}

const char *words_unit(enum measure_unit unit, double *scale)
{
    struct unit_words words = unit_words(unit);

    *scale = words.scale;
    return words.after;
}

/* Set off thousands: "12345.6" to "12,345.6". `plain` is a printed number. */
static void group_thousands(const char *plain, char out[WORDS_SIZE])
{
    size_t whole = strcspn(plain, ".");
    size_t first = plain[0] == '-' ? 1 : 0;
    size_t used = 0;

    for (size_t i = 0; plain[i] && used + 2 < WORDS_SIZE; i++) {
        if (i > first && i < whole && (whole - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = plain[i];
    }
    out[used] = '\0';
}

void words_number(double value, int decimals, char out[WORDS_SIZE])
{
    char plain[WORDS_SIZE / 2];

    if (!isfinite(value)) {
        snprintf(out, WORDS_SIZE, "no data");
        return;
    }
    if (fabs(value) < 0.5 * pow(10, -decimals))
        value = 0; /* never "-0.0" */
    snprintf(plain, sizeof plain, "%.*f", decimals, value);
    if (fabs(value) >= 1e15)
        snprintf(plain, sizeof plain, "%.3g", value);
    group_thousands(plain, out);
}

/* Whole from 10 up, one decimal below; more, up to four, where that would show
 * nothing. */
static int decimals_for(double value)
{
    double size = fabs(value);
    int decimals = 1;

    if (size >= 9.95 || size == 0)
        return 0;
    while (decimals < 4 && size < 0.95 * pow(10, -decimals))
        decimals++;
    return decimals;
}

/* The same in every replication, but for rounding: hours rostered, say. */
static bool is_exact(const struct estimate *estimate)
{
    return fabs(estimate->upper - estimate->lower) <=
           1e-9 * fabs(estimate->mean);
}

/* Whether an interval would be shown as one number. */
static bool looks_like_a_point(const struct estimate *estimate, double scale,
                               int decimals)
{
    char lower[WORDS_SIZE], upper[WORDS_SIZE];

    words_number(estimate->lower * scale, decimals, lower);
    words_number(estimate->upper * scale, decimals, upper);
    return strcmp(lower, upper) == 0;
}

/* Decimals for a mean and its interval together. */
static int estimate_decimals(const struct estimate *estimate, double scale)
{
    int decimals = decimals_for(estimate->mean * scale);

    if (estimate->one_sided)
        return decimals_for(
            (estimate->lower > 0 ? estimate->lower : estimate->upper) * scale);
    if (!isfinite(estimate->lower) || !isfinite(estimate->upper) ||
        is_exact(estimate))
        return decimals;
    while (decimals < 2 && looks_like_a_point(estimate, scale, decimals))
        decimals++;
    return decimals;
}

void words_bare(const struct estimate *estimate, enum measure_unit unit,
                char out[WORDS_SIZE])
{
    double value = estimate->mean * unit_words(unit).scale;
    size_t length;

    words_number(value, decimals_for(value), out);
    length = strlen(out);
    if (length > 2 && strcmp(out + length - 2, ".0") == 0)
        out[length - 2] = '\0';
}

void words_value(const struct estimate *estimate, enum measure_unit unit,
                 char out[WORDS_SIZE])
{
    struct unit_words words = unit_words(unit);
    char number[WORDS_SIZE];

    words_number(estimate->mean * words.scale,
                 estimate->mean == 0 ? 0
                                     : estimate_decimals(estimate, words.scale),
                 number);
    snprintf(out, WORDS_SIZE, "%.40s%s", number,
             isfinite(estimate->mean) ? words.after : "");
}

void words_between(const struct estimate *estimate, enum measure_unit unit,
                   char out[WORDS_SIZE])
{
    double scale = unit_words(unit).scale;
    int decimals = estimate_decimals(estimate, scale);
    char lower[WORDS_SIZE], upper[WORDS_SIZE];

    out[0] = '\0';
    if (!isfinite(estimate->mean) || !isfinite(estimate->upper) ||
        is_exact(estimate))
        return;
    words_number(estimate->lower * scale, decimals, lower);
    words_number(estimate->upper * scale, decimals, upper);
    if (estimate->one_sided && estimate->lower > 0)
        snprintf(out, WORDS_SIZE, "at least %.40s", lower);
    else if (estimate->one_sided)
        snprintf(out, WORDS_SIZE, "at most %.40s", upper);
    else if (isfinite(estimate->lower))
        snprintf(out, WORDS_SIZE, "between %.24s and %.24s", lower, upper);
}

void words_spread(const struct estimate *estimate, enum measure_unit unit,
                  char out[WORDS_SIZE])
{
    double scale = unit_words(unit).scale;
    char lower[WORDS_SIZE], upper[WORDS_SIZE];
    int decimals = decimals_for(estimate->mean * scale);

    out[0] = '\0';
    if (!isfinite(estimate->p05) || !isfinite(estimate->p95))
        return;
    words_number(estimate->p05 * scale, decimals, lower);
    words_number(estimate->p95 * scale, decimals, upper);
    snprintf(out, WORDS_SIZE, "%.24s to %.24s", lower, upper);
}

void words_phrase(const struct estimate *estimate, enum measure_unit unit,
                  char out[WORDS_PHRASE_SIZE])
{
    char value[WORDS_SIZE], between[WORDS_SIZE];

    words_value(estimate, unit, value);
    words_between(estimate, unit, between);
    if (between[0])
        snprintf(out, WORDS_PHRASE_SIZE, "%s (%s)", value, between);
    else
        snprintf(out, WORDS_PHRASE_SIZE, "%s", value);
}

void words_limit(double limit, enum measure_unit unit, char out[WORDS_SIZE])
{
    struct unit_words words = unit_words(unit);
    double value = limit * words.scale;
    char number[WORDS_SIZE];
    int decimals = 0;

    /* As many decimals as the limit was given with, up to two. */
    while (decimals < 2 && fabs(value * pow(10, decimals) -
                                round(value * pow(10, decimals))) > 1e-6)
        decimals++;
    words_number(value, decimals, number);
    snprintf(out, WORDS_SIZE, "%.40s%s", number, words.after);
}

const char *words_run(const struct scenario *scenario)
{
    sim_ms run = scenario->calendar.run_for;

    return run >= 360 * SIM_DAY && run <= 370 * SIM_DAY ? "simulated year"
                                                        : "simulated run";
}

void words_span(sim_ms span, char out[WORDS_SIZE])
{
    double days = (double)span / (double)SIM_DAY;

    if (span == 0)
        snprintf(out, WORDS_SIZE, "no time");
    else if (span % SIM_WEEK == 0)
        snprintf(out, WORDS_SIZE, "%.0f week%s", days / 7,
                 span == SIM_WEEK ? "" : "s");
    else
        snprintf(out, WORDS_SIZE, "%.4g day%s", days,
                 span == SIM_DAY ? "" : "s");
}

const char *words_verdict(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
        return "met";
    case VERDICT_NOT_MET:
        return "not met";
    case VERDICT_CANNOT_TELL:
        return "cannot tell";
    default:
        return "no data";
    }
}

/* ---- targets ---- */

#define CUTS_SIZE 512 /* names of all parts that a target is cut by */

const char *words_period(enum target_period period)
{
    static const char *const text[] = {
        [PERIOD_NONE] = "",
        [PERIOD_DAYS] = "days",
        [PERIOD_WEEKENDS] = "weekends",
        [PERIOD_WEEKS] = "weeks",
        [PERIOD_YEARS] = "years",
    };
    return text[period];
}

void words_periods(const struct target *target, char out[WORDS_SIZE])
{
    bool on = target->in == PERIOD_DAYS || target->in == PERIOD_WEEKENDS;

    out[0] = '\0';
    if (target->in != PERIOD_NONE)
        snprintf(out, WORDS_SIZE, "%s %u of %u %s", on ? "on" : "in",
                 target->in_met, target->in_of, words_period(target->in));
}

enum measure_unit words_target_unit(const struct target *target)
{
    return target->in == PERIOD_NONE ? measure_table[target->measure].unit
                                     : UNIT_SHARE;
}

void words_target(const struct scenario *scenario, const struct target *target,
                  struct text *out)
{
    const struct measure *measure = &measure_table[target->measure];
    char limit[WORDS_SIZE], periods[WORDS_SIZE], cuts[CUTS_SIZE];

    words_limit(target->limit, measure->unit, limit);
    words_periods(target, periods);
    target_cuts_name(scenario, target, cuts, sizeof cuts);
    text_printf(out, "%s%s, at %s %s%s%s", measure->label, cuts,
                target->at_most ? "most" : "least", limit,
                periods[0] ? ", " : "", periods);
}
