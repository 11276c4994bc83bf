/* A comparison in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/compare_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MILLION 1e6

void compare_words_measure(const struct compare_measure *measure,
                           struct text *out)
{
    text_add(out, measure_table[measure->measure].label);
    if (measure->slice != SLICE_COUNT) {
        text_add(out, ", ");
        text_add(out, measure->value);
    }
}

static enum measure_unit unit_of(const struct compare_measure *measure)
{
    return measure_table[measure->measure].unit;
}

const char *compare_words_unit(const struct compare_measure *measure)
{
    double scale;
    const char *after = words_unit(unit_of(measure), &scale);

    return after[0] == ' ' ? after + 1 : after;
}

/* "2.9 to 3.3" of "between 2.9 and 3.3"; anything else as it is. */
static void shorten(char between[WORDS_SIZE])
{
    char whole[WORDS_SIZE];
    char *and;

    if (strncmp(between, "between ", 8) != 0)
        return;
    memcpy(whole, between, sizeof whole);
    and = strstr(whole, " and ");
    if (!and)
        return;
    *and = '\0';
    snprintf(between, WORDS_SIZE, "%.28s to %.28s", whole + 8, and+5);
}

void compare_words_value(const struct compare_value *value,
                         const struct compare_measure *measure,
                         char out[WORDS_PHRASE_SIZE])
{
    char number[WORDS_SIZE], between[WORDS_SIZE];
    const char *after;
    double scale;
    size_t length;

    words_value(&value->estimate, unit_of(measure), number);
    words_between(&value->estimate, unit_of(measure), between);
    shorten(between);
    /* The unit stands at the head of the column. */
    after = words_unit(unit_of(measure), &scale);
    length = strlen(number);
    if (length > strlen(after) &&
        strcmp(number + length - strlen(after), after) == 0)
        number[length - strlen(after)] = '\0';
    if (between[0])
        snprintf(out, WORDS_PHRASE_SIZE, "%s (%s)", number, between);
    else
        snprintf(out, WORDS_PHRASE_SIZE, "%s", number);
}

/* ---- differences ---- */

/* Decimals that show the interval's half width to one digit at least: with
 * fewer its ends would run into the middle, with more they would promise what
 * the interval does not hold. */
static int decimals_of(double half_width, double difference)
{
    double size = half_width > 0 ? half_width : fabs(difference);
    int decimals = size > 0 ? (int)-floor(log10(size)) : 0;

    if (decimals < 0)
        decimals = 0;
    return decimals > 4 ? 4 : decimals;
}

static const char *direction(double difference)
{
    return difference < 0 ? " less" : " more";
}

/* More decimals where an end that is not 0 would be shown as 0. */
static int show_end(double lower, double upper, int decimals)
{
    double end = fmin(fabs(lower), fabs(upper));

    while (decimals < 4 && end > 0 && end < 0.5 * pow(10, -decimals))
        decimals++;
    return decimals;
}

/* "2.2 less (2.1 to 2.3)": both ends on one side, the nearer one first. */
static void say_apart(double mean, double lower, double upper, int decimals,
                      char out[WORDS_PHRASE_SIZE])
{
    char middle[WORDS_SIZE], near[WORDS_SIZE], far[WORDS_SIZE];

    decimals = show_end(lower, upper, decimals);
    words_number(fabs(mean), decimals, middle);
    words_number(fmin(fabs(lower), fabs(upper)), decimals, near);
    words_number(fmax(fabs(lower), fabs(upper)), decimals, far);
    if (strcmp(near, far) == 0)
        snprintf(out, WORDS_PHRASE_SIZE, "%.40s%s", middle, direction(mean));
    else
        snprintf(out, WORDS_PHRASE_SIZE, "%.40s%s (%.32s to %.32s)", middle,
                 direction(mean), near, far);
}

/* "0.2 less to 1.0 more": the interval alone, for where between its ends the
 * truth lies is what the runs cannot tell. */
static void say_open(double lower, double upper, int decimals,
                     char out[WORDS_PHRASE_SIZE])
{
    char low[WORDS_SIZE], high[WORDS_SIZE];

    /* One decimal more at most: where an end is all but 0 it may look so. */
    decimals = (int)fmin(show_end(lower, upper, decimals), decimals + 1);
    words_number(fabs(lower), decimals, low);
    words_number(fabs(upper), decimals, high);
    snprintf(out, WORDS_PHRASE_SIZE, "%.24s less to %.24s more", low, high);
}

void compare_words_difference(const struct compare_value *value,
                              const struct compare_measure *measure,
                              char out[WORDS_PHRASE_SIZE])
{
    double scale;
    double half_width;
    int decimals;

    (void)words_unit(unit_of(measure), &scale);
    half_width = scale * (value->upper - value->lower) / 2;
    decimals = decimals_of(half_width, scale * value->difference);
    switch (value->finding) {
    case COMPARE_NO_DATA:
        snprintf(out, WORDS_PHRASE_SIZE, "no data");
        break;
    case COMPARE_SAME:
        snprintf(out, WORDS_PHRASE_SIZE, "the same in every run");
        break;
    case COMPARE_NO_EVENTS:
        snprintf(out, WORDS_PHRASE_SIZE, "no event in either");
        break;
    case COMPARE_APART:
        say_apart(scale * value->difference, scale * value->lower,
                  scale * value->upper, decimals, out);
        break;
    default:
        say_open(scale * value->lower, scale * value->upper, decimals, out);
        break;
    }
}

void compare_words_chance(double chance, char out[WORDS_SIZE])
{
    if (isnan(chance))
        out[0] = '\0';
    else if (chance < 0.01)
        snprintf(out, WORDS_SIZE, "<1%%");
    else if (chance > 0.99)
        snprintf(out, WORDS_SIZE, ">99%%");
    else
        snprintf(out, WORDS_SIZE, "%.0f%%", 100 * chance);
}

void compare_words_more(double more, char out[WORDS_SIZE])
{
    double unit;
    char number[WORDS_SIZE];

    if (!(more < MILLION)) {
        snprintf(out, WORDS_SIZE, "more than a million");
        return;
    }
    more = fmax(more, 1);
    unit = pow(10, fmax(0, floor(log10(more)) - 1));
    words_number(unit * ceil(more / unit), 0, number);
    snprintf(out, WORDS_SIZE, "about %.40s", number);
}

/* ---- sentences ---- */

void compare_words_run(const struct compare_result *result, struct text *out)
{
    const struct compare_question *question = result->question;
    char count[WORDS_SIZE];

    words_number(result->replications, 0, count);
    text_printf(out,
                "%s %s%s of each of %zu options, which meet the same luck. "
                "Modelled, not observed.",
                count,
                words_run(question->option[0].scenario[COMPARE_AS_WRITTEN]),
                result->replications == 1 ? "" : "s", question->option_count);
}

void compare_words_method(const struct compare_result *result, struct text *out)
{
    char count[WORDS_SIZE];

    words_number((double)result->comparisons, 0, count);
    text_printf(out,
                "The intervals of %s difference%s hold together with 95%% "
                "(chance only, assuming the inputs are right): ",
                result->comparisons == 1 ? "the one" : count,
                result->comparisons == 1 ? "" : "s");
    if (result->method == COMPARE_BOOTSTRAP)
        text_printf(out,
                    "largest |t| by a multiplier bootstrap over runs, %.2f "
                    "standard errors",
                    result->critical);
    else
        text_printf(out,
                    "Bonferroni's t, for there are fewer than 50 runs, %.2f "
                    "standard errors",
                    result->critical);
    if (result->looks > 1)
        text_printf(out, ", the 5%% shared by %u looks", result->looks);
    text_add(out, ".");
}

void compare_words_pairing(const struct compare_result *result,
                           struct text *out)
{
    double least = INFINITY, most = 0;
    char low[WORDS_SIZE], high[WORDS_SIZE];

    for (size_t i = 1; i < result->question->option_count; i++)
        for (size_t m = 0; m < result->asked; m++) {
            double reduction =
                compare_value_of(result, COMPARE_AS_WRITTEN, i, m)->reduction;

            if (!isfinite(reduction))
                continue;
            least = fmin(least, reduction);
            most = fmax(most, reduction);
        }
    if (most == 0)
        return;
    words_number(least, 1, low);
    words_number(most, 1, high);
    if (strcmp(low, high) == 0)
        text_printf(out, "Sharing luck did the work of %s times as many runs.",
                    low);
    else
        text_printf(out,
                    "Sharing luck did the work of %s to %s times as many runs, "
                    "by difference.",
                    low, high);
}

void compare_words_open(const struct compare_result *result,
                        enum compare_world world, size_t option,
                        struct text *out)
{
    const char *name = result->question->option[option].name;
    bool first = true;

    for (size_t m = 0; m < result->asked; m++) {
        const struct compare_value *value =
            compare_value_of(result, world, option, m);
        char more[WORDS_SIZE];

        if (value->finding != COMPARE_NOT_APART)
            continue;
        compare_words_more(value->more, more);
        if (first)
            text_printf(out, "The runs cannot tell %s and %s apart in: ", name,
                        result->question->option[0].name);
        else
            text_add(out, "; ");
        compare_words_measure(&result->measure[m], out);
        text_printf(out, " (%s more run%s would)", more,
                    strcmp(more, "about 1") == 0 ? "" : "s");
        first = false;
    }
    if (!first)
        text_add(out, ". These numbers take the differences for what they look "
                      "like now.");
}

/* What is selected, in whose words. */
static void say_selected(const struct compare_result *result, struct text *out)
{
    const struct compare_question *question = result->question;
    const struct compare_selection *selection = &result->selection;
    const struct compare_measure *measure =
        &question->measure[question->select];
    char within[WORDS_SIZE];

    words_limit(question->within, unit_of(measure), within);
    text_printf(out,
                "Selected: %s, by: ", question->option[selection->option].name);
    compare_words_measure(measure, out);
    text_printf(out,
                ". With a probability of 95%% this is the best option, if the "
                "best leads all others by %s; of options that are closer "
                "nothing is promised (Kim and Nelson 2001, batches of %u "
                "runs).",
                within, selection->batch);
}

void compare_words_selection(const struct compare_result *result,
                             struct text *out)
{
    const struct compare_question *question = result->question;
    const struct compare_selection *selection = &result->selection;
    char count[WORDS_SIZE];
    bool first = true;

    if (question->stop != COMPARE_SELECT)
        return;
    if (selection->decided) {
        say_selected(result, out);
        return;
    }
    words_number(question->replications, 0, count);
    text_printf(out,
                "No option could be selected within %s runs of each. Still "
                "possible: ",
                count);
    for (size_t i = 0; i < question->option_count; i++)
        if (selection->left[i]) {
            text_printf(out, "%s%s", first ? "" : ", ",
                        question->option[i].name);
            first = false;
        }
    text_add(out, ".");
    if (isfinite(selection->needed)) {
        words_number(selection->needed, 0, count);
        text_printf(out, " At most %s runs of each would be needed.", count);
    }
}

void compare_words_separated(const struct compare_result *result,
                             struct text *out)
{
    char count[WORDS_SIZE];

    if (result->question->stop != COMPARE_SEPARATED)
        return;
    words_number(result->replications, 0, count);
    text_printf(out,
                result->separated
                    ? "Every difference is told apart after %s runs."
                    : "Not every difference could be told apart within %s "
                      "runs.",
                count);
}

const char *compare_words_no_effect(void)
{
    return "The same, if contacts had no protective effect. How far a contact "
           "protects is the least known of the inputs; what holds only with "
           "it stands on thin evidence.";
}
