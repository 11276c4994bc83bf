/*
 * Why a run ended.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/stopping.h"

#include <math.h>
#include <stdio.h>

const char *stopping_end(const struct precision *precision)
{
    switch (precision->end) {
    case PRECISION_REACHED:
        return "reached";
    case PRECISION_AT_MOST:
        return "not reached";
    default:
        return "stopped";
    }
}

void stopping_width(double half_width, enum measure_unit unit,
                    char out[WORDS_SIZE])
{
    double scale;
    const char *after = words_unit(unit, &scale);
    double shown = half_width * scale;
    int decimals = 0;
    char number[WORDS_SIZE];

    while (decimals < 4 && fabs(shown) * pow(10, decimals) < 9.95)
        decimals++;
    words_number(shown, decimals, number);
    snprintf(out, WORDS_SIZE, "%.40s%s", number, isfinite(shown) ? after : "");
}

/* "2% of its average, or than 4% of its limit where that is more", or that
 * targets differ. */
static void say_wanted(const struct precision *precision, struct text *out)
{
    double share = precision->watch[0].share;
    bool differ = false;

    for (size_t i = 1; i < precision->watch_count; i++)
        differ = differ || precision->watch[i].share != share;
    if (differ)
        text_add(out, "the share of its average asked for it, or than a tenth "
                      "of its limit (less where less than 5% is asked)");
    else
        text_printf(out, "%.4g%% of its average, or than %.4g%% of its limit",
                    100 * share, 100 * precision_floor(share));
    text_add(out, " where that is more.");
}

/* What is still too wide, target by target. */
static void say_wide(const struct precision *precision, struct text *out)
{
    bool first = true;

    for (size_t i = 0; i < precision->watch_count; i++) {
        const struct precision_watch *watch = &precision->watch[i];
        const struct target *target =
            &precision->scenario->target[watch->target];
        enum measure_unit unit = words_target_unit(target);
        const struct precision_point *last =
            precision->count ? &watch->point[precision->count - 1] : NULL;
        char width[WORDS_SIZE], wanted[WORDS_SIZE];

        if (watch->narrow || !last)
            continue;
        text_printf(out, "%s%s ", first ? " Still open: " : "; ", target->name);
        first = false;
        if (!isfinite(last->mean)) {
            text_add(out, "has no data");
        } else if (!watch->varies) {
            text_add(out, "was the same in every replication, so how much it "
                          "varies is not known");
        } else {
            stopping_width(last->half_width, unit, width);
            stopping_width(last->wanted, unit, wanted);
            text_printf(out, "is known to %s either side, where %s was wanted",
                        width, wanted);
        }
    }
    if (!first)
        text_add(out, ".");
}

void stopping_say(const struct answer *answer, struct text *out)
{
    const struct precision *precision = answer->precision;
    bool one;

    if (!precision)
        return;
    one = precision->watch_count == 1;
    text_printf(out,
                "The run was to go on until the 95%% interval of %s reached no "
                "further to either side than ",
                one ? "the target" : "every target");
    say_wanted(precision, out);
    if (precision->end == PRECISION_REACHED) {
        text_printf(out,
                    " That was so from %u replications on and stayed so in the "
                    "%u after, so it ended with %u.",
                    precision->narrow_from, precision->look_ahead,
                    precision->count);
        return;
    }
    text_printf(out, " It was %s: %u replications were run%s.",
                precision->end == PRECISION_AT_MOST ? "not reached"
                                                    : "stopped before that",
                precision->count,
                precision->end == PRECISION_AT_MOST ? ", the most allowed"
                                                    : "");
    say_wide(precision, out);
}

/* ---- the warm-up ---- */

const char *stopping_warm_up(const struct warm_up *warm_up)
{
    static const char *const text[] = {[WARM_UP_ENOUGH] = "enough",
                                       [WARM_UP_SHORT] = "short",
                                       [WARM_UP_CANNOT_TELL] = "cannot tell",
                                       [WARM_UP_NOT_JUDGED] = "not judged"};

    return text[warm_up->verdict];
}

/* Why nothing is said of it. */
static const char *why_not(enum warm_up_why why)
{
    static const char *const text[] = {
        [WARM_UP_CASELOAD] = "the run starts from today's caseload",
        [WARM_UP_GROWTH] = "demand grows or changes with the month, so nothing "
                           "settles",
        [WARM_UP_DATES] = "referrals come on the dates of a file",
        [WARM_UP_EMPTY] = "nobody is ever there"};

    return text[why];
}

/* "People in floating support: 10.1 on average over the measured weeks, 10.6
 * without the first 30." */
static void say_level(const struct scenario *scenario,
                      const struct warm_up *warm_up, struct text *out)
{
    char measured[WORDS_SIZE], settled[WORDS_SIZE];

    words_number(warm_up->measured, 1, measured);
    words_number(warm_up->settled, 1, settled);
    text_printf(out,
                " People in %s, with those waiting for it, are %s on average "
                "over the measured weeks, and %s over those that MSER would "
                "keep.",
                scenario->level[warm_up->level].name, measured, settled);
}

void stopping_say_warm_up(const struct answer *answer, struct text *out)
{
    const struct warm_up *warm_up = answer->warm_up;
    const struct scenario *scenario = answer->result->scenario;
    char span[WORDS_SIZE];

    if (!warm_up)
        return;
    words_span(scenario->calendar.warm_up, span);
    switch (warm_up->verdict) {
    case WARM_UP_ENOUGH:
        text_printf(out,
                    "The warm-up of %s is long enough: by MSER the first %u "
                    "weeks would be left out%s.",
                    span, warm_up->wanted,
                    warm_up->wanted > warm_up->before
                        ? ", but for no change of an average that is more "
                          "than chance and a hundredth of it"
                        : "");
        break;
    case WARM_UP_SHORT:
        if (scenario->calendar.warm_up == 0)
            text_add(out, "There is no warm-up");
        else
            text_printf(out, "The warm-up of %s is too short", span);
        text_printf(out, ": by MSER the first %u weeks would be left out.",
                    warm_up->wanted);
        say_level(scenario, warm_up, out);
        break;
    case WARM_UP_CANNOT_TELL:
        text_printf(out,
                    "Whether a warm-up of %s is long enough cannot be told: "
                    "the run is too short.",
                    span);
        if (warm_up->level != NONE)
            say_level(scenario, warm_up, out);
        break;
    default:
        text_printf(out, "No verdict on the warm-up: %s.",
                    why_not(warm_up->why));
    }
}
