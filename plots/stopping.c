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
