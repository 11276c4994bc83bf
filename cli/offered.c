/* What is offered before any run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/offered.h"

#include <math.h>
#include <stdio.h>

#include "cli/table.h"
#include "plots/load_words.h"

#define NAME_COLUMNS 28
#define INDENT 4 /* of sentences that go on */

/* A number of `columns`; "-" where there is none. */
static void add_number(double value, int columns, int decimals,
                       struct text *out)
{
    if (isfinite(value))
        text_printf(out, "%*.*f", columns, decimals, value);
    else
        text_printf(out, "%*s", columns, "-");
}

static void add_level(const struct load *load, uint32_t index, struct text *out)
{
    const struct load_level *level = &load->level[index];
    const struct level *named = &load->scenario->level[index];

    text_add(out, "  ");
    table_cell(named->name, NAME_COLUMNS - 2, out);
    add_number(level->arrivals, 8, 1, out);
    add_number(level->stay_days, 8, 1, out);
    add_number(level->people, 8, 1, out);
    add_number(named->places == NONE ? INFINITY : (double)named->places, 8, 0,
               out);
    add_number(level->ratio, 8, 2, out);
    text_add(out, load_level_over(level) ? "  too many\n" : "\n");
}

static void add_hours(const struct load_hours *hours, struct text *out)
{
    add_number(hours->all, 9, 1, out);
    add_number(hours->present, 7, 1, out);
    add_number(hours->ratio, 7, 2, out);
    text_add(out, load_hours_over(hours) ? " !" : "  ");
}

static void add_role(const struct load *load, uint32_t role, struct text *out)
{
    text_add(out, "  ");
    table_cell(load->scenario->role[role].name, NAME_COLUMNS - 2, out);
    add_hours(&load->role[role].day[LOAD_WEEKDAY], out);
    add_hours(&load->role[role].day[LOAD_WEEKEND], out);
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    text_add(out, "\n");
}

static void add_sentence(const char *sentence, struct text *out)
{
    text_add(out, "  ");
    table_wrap(sentence, 2, INDENT, out);
}

void offered_render(const struct load *load, struct text *out)
{
    const struct scenario *s = load->scenario;

    text_printf(out, "Before any run\n%-*s%8s%8s%8s%8s%8s\n", NAME_COLUMNS,
                "  people offered to levels", "a week", "days", "people",
                "places", "share");
    for (uint32_t i = 0; i < s->level_count; i++)
        add_level(load, i, out);
    text_printf(out, "%-*s%9s%7s%7s%11s%7s%7s\n", NAME_COLUMNS,
                "  hours of work a day", "mon-fri", "staff", "share", "sat-sun",
                "staff", "share");
    for (uint32_t r = 0; r < s->role_count; r++)
        add_role(load, r, out);
    for (uint32_t i = 0; i < s->level_count; i++) {
        struct text line = {0};
        load_words_formula(load, i, &line);
        add_sentence(line.bytes ? line.bytes : "", out);
        text_clear(&line);
    }
    add_sentence(load_words_staff(), out);
    add_sentence(load_words_left_out(), out);
}

void offered_warnings(const struct load *load, const char *path,
                      struct text *out)
{
    for (uint32_t i = 0; i < load->overload; i++) {
        struct text line = {0};
        load_words_overload(load, i, &line);
        text_add_plain(out, path);
        text_add(out, ": warning: ");
        text_add_plain(out, line.bytes ? line.bytes : "");
        text_add(out, "\n");
        text_clear(&line);
    }
}
