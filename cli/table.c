/* The answer on a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <stdio.h>
#include <string.h>

#include "plots/headline.h"
#include "plots/stopping.h"
#include "plots/words.h"

#define LABEL_COLUMNS_MAX 23
#define ON_AVERAGE "on average (chance only *)"
#define VERDICT_COLUMNS 14

/* Add blanks. */
static void add_spaces(size_t count, struct text *out)
{
    while (count--)
        text_add(out, " ");
}

/* Bytes of the first `columns` characters of `string`. */
static size_t bytes_of(const char *string, size_t columns)
{
    size_t i = 0;

    for (; string[i]; i++)
        if (((unsigned char)string[i] & 0xc0) != 0x80 && columns-- == 0)
            break;
    return i;
}

void table_cell(const char *string, size_t columns, struct text *out)
{
    struct text plain = {0};
    size_t width;

    text_add_plain(&plain, string);
    width = plain.bytes ? text_columns(plain.bytes) : 0;
    if (width > columns) {
        text_add_bytes(out, plain.bytes, bytes_of(plain.bytes, columns - 2));
        text_add(out, "..");
    } else if (plain.bytes) {
        text_add(out, plain.bytes);
        add_spaces(columns - width, out);
    }
    text_clear(&plain);
}

/* Bytes of `string` that fit into `room` columns, ending at a space or the end
 * where there is one, else in the middle of a long word. */
static size_t bytes_that_fit(const char *string, size_t room)
{
    size_t fit = bytes_of(string, room);
    size_t cut = fit;

    if (!string[fit] || string[fit] == ' ')
        return fit;
    while (cut > 0 && string[cut - 1] != ' ')
        cut--;
    return cut ? cut : fit;
}

void table_wrap(const char *string, size_t at, size_t indent, struct text *out)
{
    struct text plain = {0};
    const char *rest;

    text_add_plain(&plain, string);
    rest = plain.bytes ? plain.bytes : "";
    while (*rest) {
        size_t take = bytes_that_fit(rest, TABLE_COLUMNS - at);
        size_t shown = take;
        while (shown > 0 && rest[shown - 1] == ' ')
            shown--;
        text_add_bytes(out, rest, shown);
        rest += take;
        rest += strspn(rest, " ");
        if (*rest) {
            text_add(out, "\n");
            add_spaces(indent, out);
            at = indent;
        }
    }
    text_add(out, "\n");
    text_clear(&plain);
}

/* What was run, in one sentence. */
static void add_run(const struct answer *answer, struct text *out)
{
    const struct scenario *scenario = answer->result->scenario;
    char count[WORDS_SIZE], measured[WORDS_SIZE], warm_up[WORDS_SIZE];
    struct text line = {0};

    words_number(answer->result->replications, 0, count);
    words_span(scenario->calendar.run_for, measured);
    words_span(scenario->calendar.warm_up, warm_up);
    text_printf(&line, "%s %s%s", count, words_run(scenario),
                answer->result->replications == 1 ? "" : "s");
    text_printf(&line, " of %s, after %s of warm-up.", measured, warm_up);
    text_add(&line, " Modelled, not observed.");
    table_wrap(line.bytes ? line.bytes : "", 0, 0, out);
    text_clear(&line);
}

/* Why there are so many of them, where that was not fixed beforehand. */
static void add_stopping(const struct answer *answer, struct text *out)
{
    struct text line = {0};

    stopping_say(answer, &line);
    if (line.bytes)
        table_wrap(line.bytes, 0, 0, out);
    text_clear(&line);
}

/* How wide the columns of the headlines come out. */
struct columns {
    size_t label, value;
    struct text *out;
};

/* First pass over the headlines: how wide they are. */
static void measure_headline(void *context, const char *label,
                             const struct result_row *row)
{
    struct columns *columns = context;
    char phrase[WORDS_PHRASE_SIZE];

    words_phrase(&row->estimate, measure_table[row->measure].unit, phrase);
    if (text_columns(label) > columns->label)
        columns->label = text_columns(label);
    if (strlen(phrase) > columns->value)
        columns->value = strlen(phrase);
}

/* Second pass: one line, or two where the spread does not fit beside it. */
static void add_headline(void *context, const char *label,
                         const struct result_row *row)
{
    const struct columns *columns = context;
    struct text *out = columns->out;
    enum measure_unit unit = measure_table[row->measure].unit;
    char phrase[WORDS_PHRASE_SIZE], spread[WORDS_SIZE];
    size_t used;

    words_phrase(&row->estimate, unit, phrase);
    words_spread(&row->estimate, unit, spread);
    table_cell(label, columns->label, out);
    text_add(out, "  ");
    text_add(out, phrase);
    used = columns->label + 2 + columns->value + 2;
    if (spread[0] && used + strlen(spread) <= TABLE_COLUMNS) {
        add_spaces(columns->value + 2 - strlen(phrase), out);
        text_add(out, spread);
    } else if (spread[0]) {
        text_add(out, "\n");
        add_spaces(TABLE_COLUMNS - strlen(spread), out);
        text_add(out, spread);
    }
    text_add(out, "\n");
}

/* The columns are as wide as this scenario needs, within the terminal. */
static void add_headlines(const struct answer *answer, struct text *out)
{
    struct columns columns = {strlen("Not delivered, weekends"),
                              strlen(ON_AVERAGE), out};
    const char *run = words_run(answer->result->scenario);
    bool is_year = strcmp(run, "simulated year") == 0;

    headline_each(answer, measure_headline, &columns);
    if (columns.label > LABEL_COLUMNS_MAX)
        columns.label = LABEL_COLUMNS_MAX;
    text_add(out, "\n");
    add_spaces(columns.label + 2, out);
    text_add(out, ON_AVERAGE);
    if (answer->result->replications >= 100) {
        add_spaces(columns.value + 2 - strlen(ON_AVERAGE), out);
        text_printf(out, "9 %s in 10", is_year ? "years" : "runs");
    }
    text_add(out, "\n");
    headline_each(answer, add_headline, &columns);
    table_wrap("* 95% interval, assuming the inputs are right. Busy: modelled "
               "work only.",
               0, 2, out);
}

/* The verdict stands first: it is what is looked for. */
static void add_target(const struct answer *answer,
                       const struct result_target *result, struct text *out)
{
    const struct target *target =
        &answer->result->scenario->target[result->target];
    char phrase[WORDS_PHRASE_SIZE], limit[WORDS_SIZE], periods[WORDS_SIZE];
    const char *most = target->at_most ? "most" : "least";
    struct text line = {0};

    words_phrase(&result->estimate, words_target_unit(target), phrase);
    words_limit(target->limit, measure_table[target->measure].unit, limit);
    words_periods(target, periods);
    if (target->in == PERIOD_NONE)
        text_printf(&line, "%s: %s; asked at %s %s", target->name, phrase, most,
                    limit);
    else
        text_printf(&line, "%s: %s of the %s at %s %s; asked %s", target->name,
                    phrase, words_period(target->in), most, limit, periods);
    text_add(out, "  ");
    table_cell(words_verdict(result->verdict), VERDICT_COLUMNS - 2, out);
    table_wrap(line.bytes ? line.bytes : "", VERDICT_COLUMNS, VERDICT_COLUMNS,
               out);
    text_clear(&line);
}

/* Nothing, where the scenario has none. */
static void add_targets(const struct answer *answer, struct text *out)
{
    const struct result *result = answer->result;

    if (!result->target_count)
        return;
    text_add(out, "\nTargets\n");
    for (size_t i = 0; i < result->target_count; i++)
        add_target(answer, &result->target[i], out);
}

/* What the figures above rest on. */
static void add_inputs(const struct answer *answer, struct text *out)
{
    const struct scenario *scenario = answer->result->scenario;
    char line[160];

    snprintf(line, sizeof line,
             "%u of the %u numbers in the scenario are assumptions. Not "
             "calibrated to local data.",
             scenario->numbers - scenario->numbers_sourced, scenario->numbers);
    text_add(out, "\n");
    table_wrap(line, 0, 0, out);
}

void table_render(const struct answer *answer, struct text *out)
{
    const struct scenario *scenario = answer->result->scenario;

    table_wrap(scenario->title ? scenario->title : scenario->file, 0, 0, out);
    add_run(answer, out);
    add_stopping(answer, out);
    add_headlines(answer, out);
    add_targets(answer, out);
    add_inputs(answer, out);
}
