/* The comparison on a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_table.h"

#include <stdio.h>
#include <string.h>

#include "cli/table.h"
#include "plots/compare_words.h"

#define NAME_COLUMNS_MAX 18
#define HEAD_DIFFERENCE "than the base *"
#define HEAD_VALUE "on average **"

/* Columns of one block. */
struct widths {
    size_t name, value, difference;
};

static void wrap(struct text *line, size_t at, size_t indent, struct text *out)
{
    if (line->bytes)
        table_wrap(line->bytes, at, indent, out);
    text_clear(line);
}

/* A cell of exactly `columns`, also where there is nothing in it. */
static void cell(const char *string, size_t columns, struct text *out)
{
    table_cell(string[0] ? string : " ", columns, out);
}

static void widen(size_t *width, const char *string)
{
    size_t columns = text_columns(string);

    if (columns > *width)
        *width = columns;
}

static const char *difference_of(const struct compare_result *result,
                                 enum compare_world world, size_t option,
                                 size_t measure, char out[WORDS_PHRASE_SIZE])
{
    if (option == 0)
        out[0] = '\0';
    else
        compare_words_difference(
            compare_value_of(result, world, option, measure),
            &result->measure[measure], out);
    return out;
}

/* One width of columns for all blocks, so that the eye can run down. */
static struct widths find_widths(const struct compare_result *result)
{
    struct widths widths = {.value = strlen(HEAD_VALUE),
                            .difference = strlen(HEAD_DIFFERENCE)};
    char phrase[WORDS_PHRASE_SIZE];

    for (size_t i = 0; i < result->question->option_count; i++) {
        widen(&widths.name, result->question->option[i].name);
        for (size_t w = 0; w < result->worlds; w++)
            for (size_t m = 0; m < result->asked; m++) {
                compare_words_value(
                    compare_value_of(result, (enum compare_world)w, i, m),
                    &result->measure[m], phrase);
                widen(&widths.value, phrase);
                widen(
                    &widths.difference,
                    difference_of(result, (enum compare_world)w, i, m, phrase));
            }
    }
    if (widths.name > NAME_COLUMNS_MAX)
        widths.name = NAME_COLUMNS_MAX;
    return widths;
}

/* The difference stands before the value, for it is what was asked; the chance
 * of being best at the right. */
static void add_option(const struct compare_result *result,
                       enum compare_world world, size_t option, size_t measure,
                       const struct widths *widths, struct text *out)
{
    const struct compare_value *value =
        compare_value_of(result, world, option, measure);
    char phrase[WORDS_PHRASE_SIZE], chance[WORDS_SIZE];
    struct text line = {0};

    text_add(&line, "  ");
    cell(result->question->option[option].name, widths->name, &line);
    text_add(&line, "  ");
    cell(difference_of(result, world, option, measure, phrase),
         widths->difference, &line);
    text_add(&line, "  ");
    compare_words_value(value, &result->measure[measure], phrase);
    cell(phrase, widths->value, &line);
    compare_words_chance(value->chance_best, chance);
    text_printf(&line, "  %s", chance);
    while (line.length && line.bytes[line.length - 1] == ' ')
        line.bytes[--line.length] = '\0';
    text_add(out, line.bytes ? line.bytes : "");
    text_add(out, "\n");
    text_clear(&line);
}

static void add_measure(const struct compare_result *result,
                        enum compare_world world, size_t measure,
                        const struct widths *widths, struct text *out)
{
    const struct compare_measure *at = &result->measure[measure];
    enum measure_better better = measure_table[at->measure].better;
    const char *unit = compare_words_unit(at);
    struct text line = {0};

    compare_words_measure(at, &line);
    if (unit[0] && measure_table[at->measure].unit != UNIT_MONEY_PER_WEEK)
        text_printf(&line, " (%s)", unit);
    if (better != BETTER_NONE)
        text_printf(&line, "; %s is better",
                    better == BETTER_LOWER ? "less" : "more");
    text_add(out, "\n");
    wrap(&line, 0, 2, out);
    for (size_t i = 0; i < result->question->option_count; i++)
        add_option(result, world, i, measure, widths, out);
}

static void add_heads(const struct widths *widths, struct text *out)
{
    text_add(out, "\n");
    cell("", widths->name + 4, out);
    cell(HEAD_DIFFERENCE, widths->difference + 2, out);
    cell(HEAD_VALUE, widths->value + 2, out);
    text_add(out, "best\n");
}

static void add_world(const struct compare_result *result,
                      enum compare_world world, const struct widths *widths,
                      struct text *out)
{
    for (size_t m = 0; m < result->asked; m++)
        add_measure(result, world, m, widths, out);
    text_add(out, "\n");
    for (size_t i = 1; i < result->question->option_count; i++) {
        struct text line = {0};

        compare_words_open(result, world, i, &line);
        wrap(&line, 0, 2, out);
    }
}

static void add_notes(const struct compare_result *result, struct text *out)
{
    struct text line = {0};

    text_add(&line, "* ");
    compare_words_method(result, &line);
    wrap(&line, 0, 2, out);
    table_wrap("** 95% interval of each option by itself, chance only, "
               "assuming the inputs are right.",
               0, 3, out);
    table_wrap(
        "best: the chance that the long-run mean of the option is the best of "
        "these, if the inputs are right.",
        0, 4, out);
    compare_words_pairing(result, &line);
    wrap(&line, 0, 0, out);
    compare_words_separated(result, &line);
    wrap(&line, 0, 0, out);
    compare_words_selection(result, &line);
    wrap(&line, 0, 0, out);
}

static void add_inputs(const struct compare_result *result, struct text *out)
{
    const struct scenario *base = result->question->option[0].scenario[0];
    char line[160];

    snprintf(line, sizeof line,
             "%u of the %u numbers in the base are assumptions. Not calibrated "
             "to local data.",
             base->numbers - base->numbers_sourced, base->numbers);
    table_wrap(line, 0, 0, out);
}

void compare_table_render(const struct compare_result *result, struct text *out)
{
    const struct compare_question *question = result->question;
    struct widths widths = find_widths(result);
    struct text line = {0};

    table_wrap(question->title ? question->title
                               : question->option[0].scenario[0]->title,
               0, 0, out);
    compare_words_run(result, &line);
    wrap(&line, 0, 0, out);
    add_heads(&widths, out);
    add_world(result, COMPARE_AS_WRITTEN, &widths, out);
    if (result->worlds > 1) {
        table_wrap(compare_words_no_effect(), 0, 0, out);
        add_world(result, COMPARE_NO_EFFECT, &widths, out);
    }
    add_notes(result, out);
    add_inputs(result, out);
}
