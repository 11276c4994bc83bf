/* The answer of a sizing on a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/size_table.h"

#include <stdio.h>

#include "cli/table.h"
#include "plots/size_words.h"
#include "plots/words.h"

/* Rows of the frontier that are shown; results.csv has all. */
#define ROWS_MOST 15
#define VALUE_COLUMNS 5
#define COST_COLUMNS 13
#define RISK_COLUMNS 40

/* Wrap what one of the writers of words says, after `indent` spaces. */
typedef void words_writer(const struct size_answer *answer, struct text *out);
static void add_said(words_writer *write, const struct size_answer *answer,
                     struct text *out)
{
    struct text said = {0};

    write(answer, &said);
    table_wrap(said.bytes ? said.bytes : "", 0, 0, out);
    text_clear(&said);
}

static void add_item(struct text *said, struct text *out)
{
    text_add(out, "  ");
    table_wrap(said->bytes ? said->bytes : "", 2, 4, out);
    text_clear(said);
}

static void add_steps(const struct size_answer *answer, struct text *out)
{
    if (!answer->step_count)
        return;
    text_add(out, "\nOne fewer, one more\n");
    for (uint32_t i = 0; i < answer->step_count; i++) {
        struct text said = {0};

        size_words_step(answer, &answer->step[i], &said);
        add_item(&said, out);
    }
}

static void add_reach(const struct size_answer *answer, struct text *out)
{
    if (answer->end != SIZE_NOTHING_MEETS)
        return;
    text_add(out, "\nWhat each target could reach\n");
    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        struct text said = {0};

        size_words_reach(answer, t, &said);
        add_item(&said, out);
    }
}

/* ---- the frontier ---- */

/* Ranges are columns; a letter stands for each. */
static void add_legend(const struct size_answer *answer, struct text *out)
{
    for (uint32_t r = 0; r < answer->question->range_count; r++) {
        struct text said = {0};

        text_printf(&said, "%c: ", (char)('A' + r));
        size_words_range(&answer->question->range[r], &said);
        add_item(&said, out);
    }
}

static void add_head(const struct size_answer *answer, struct text *out)
{
    char cell[WORDS_PHRASE_SIZE];

    text_add(out, "  ");
    for (uint32_t r = 0; r < answer->question->range_count; r++) {
        snprintf(cell, sizeof cell, "%*c", VALUE_COLUMNS - 1, (char)('A' + r));
        table_cell(cell, VALUE_COLUMNS, out);
    }
    text_add(out, " ");
    table_cell(size_words_minimised(answer), COST_COLUMNS, out);
    text_add(out, " ");
    table_cell("the target it is worst at", RISK_COLUMNS, out);
    text_add(out, " meets\n");
}

/* "weekends 3.1 in 100 (between 2.7 and 3.5)". */
static void add_worst(const struct size_answer *answer,
                      const struct size_row *row, struct text *out)
{
    uint32_t quantity = 1 + row->worst;
    char phrase[WORDS_PHRASE_SIZE];
    struct text cell = {0};

    words_phrase(&row->value[quantity], answer->watch->quantity[quantity].unit,
                 phrase);
    text_printf(&cell, "%s %s", size_words_quantity(answer, quantity), phrase);
    table_cell(cell.bytes ? cell.bytes : "", RISK_COLUMNS, out);
    text_clear(&cell);
}

static void add_row(const struct size_answer *answer,
                    const struct size_row *row, struct text *out)
{
    char cell[WORDS_PHRASE_SIZE];

    text_add(out, row->design == size_answer_about(answer) ? "* " : "  ");
    for (uint32_t r = 0; r < answer->question->range_count; r++) {
        snprintf(cell, sizeof cell, "%*d", VALUE_COLUMNS - 1,
                 (int)size_value_of(answer->question, row->design, r));
        table_cell(cell, VALUE_COLUMNS, out);
    }
    text_add(out, " ");
    words_value(&row->value[0], answer->watch->quantity[0].unit, cell);
    table_cell(cell, COST_COLUMNS, out);
    text_add(out, " ");
    add_worst(answer, row, out);
    text_printf(out, " %s\n", size_words_row(row));
}

static bool is_shown(const struct size_answer *answer,
                     const struct size_row *row)
{
    return row->frontier || row->design == size_answer_about(answer);
}

/* Those nearest in cost to what it is about. */
static void add_frontier(const struct size_answer *answer, struct text *out)
{
    uint32_t shown = 0, before = 0, all = 0;
    uint32_t about = size_answer_about(answer);
    bool passed = false;

    for (uint32_t i = 0; i < answer->row_count; i++) {
        const struct size_row *row = &answer->row[i];

        all += is_shown(answer, row);
        passed = passed || row->design == about;
        before += is_shown(answer, row) && !passed;
    }
    text_printf(out,
                "\nCost against risk: each %s that no other is both cheaper "
                "and better than\n",
                size_words_thing(answer));
    add_legend(answer, out);
    add_head(answer, out);
    before = before > ROWS_MOST / 2 ? before - ROWS_MOST / 2 : 0;
    for (uint32_t i = 0; i < answer->row_count && shown < ROWS_MOST; i++) {
        if (!is_shown(answer, &answer->row[i]))
            continue;
        if (before) {
            before--;
            continue;
        }
        add_row(answer, &answer->row[i], out);
        shown++;
    }
    if (shown < all)
        text_printf(out, "  and %u more, in results.csv\n", all - shown);
}

/* ---- the rest ---- */

static void add_erlang(const struct size_answer *answer, struct text *out)
{
    if (!answer->erlang_count)
        return;
    text_add(out, "\nBeside it, the textbook\n");
    for (uint32_t i = 0; i < answer->erlang_count; i++) {
        struct text said = {0};

        size_words_erlang(answer, &answer->erlang[i], &said);
        add_item(&said, out);
    }
    add_said(size_words_differs, answer, out);
}

/* What the figures above rest on. */
static void add_inputs(const struct size_answer *answer, struct text *out)
{
    char line[200];

    snprintf(line, sizeof line,
             "Modelled, not observed. %u of the %u numbers in the scenario are "
             "assumptions. Not calibrated to local data.",
             answer->base->numbers - answer->base->numbers_sourced,
             answer->base->numbers);
    text_add(out, "\n");
    table_wrap(line, 0, 0, out);
}

void size_table_render(const struct size_answer *answer, struct text *out)
{
    const struct scenario *base = answer->base;

    table_wrap(base->title ? base->title : base->file, 0, 0, out);
    text_add(out, "\n");
    add_said(size_words_answer, answer, out);
    text_add(out, "\n");
    add_said(size_words_promise, answer, out);
    add_steps(answer, out);
    add_reach(answer, out);
    if (answer->row_count)
        add_frontier(answer, out);
    add_erlang(answer, out);
    text_add(out, "\n");
    add_said(size_words_effort, answer, out);
    add_inputs(answer, out);
}
