/*
 * The data of a sizing's figures.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/size_figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/scripts.h"
#include "plots/size_words.h"
#include "plots/trade.h"
#include "plots/words.h"

/* ---- which rotas have numbers ---- */

/* Put a row in where it belongs: rows stand by what they cost already. */
static void insert(uint32_t row[SIZE_FIGURE_NUMBERS], uint32_t *count,
                   uint32_t new)
{
    uint32_t at = 0;

    while (at < *count && row[at] < new)
        at++;
    if (*count == SIZE_FIGURE_NUMBERS || (at < *count && row[at] == new))
        return;
    memmove(row + at + 1, row + at, (*count - at) * sizeof *row);
    row[at] = new;
    ++*count;
}

static void insert_design(const struct size_answer *answer, uint32_t design,
                          uint32_t row[SIZE_FIGURE_NUMBERS], uint32_t *count)
{
    const struct size_row *found =
        design == SIZE_NONE ? NULL : size_answer_row(answer, design);

    if (found)
        insert(row, count, (uint32_t)(found - answer->row));
}

uint32_t size_figure_rows(const struct size_answer *answer,
                          uint32_t row[SIZE_FIGURE_NUMBERS])
{
    uint32_t about = size_answer_about(answer);
    uint32_t count = 0, middle = 0;

    insert_design(answer, about, row, &count);
    if (count)
        middle = row[0];
    insert_design(answer, answer->base_design, row, &count);
    for (uint32_t i = 0; i < answer->step_count; i++)
        insert_design(answer, answer->step[i].design, row, &count);
    for (uint32_t away = 1; away < answer->row_count; away++) {
        if (away <= middle && answer->row[middle - away].frontier)
            insert(row, &count, middle - away);
        if (middle + away < answer->row_count &&
            answer->row[middle + away].frontier)
            insert(row, &count, middle + away);
    }
    return count;
}

/* ---- the frontier ---- */

static struct trade_value value_of(const struct estimate *estimate,
                                   double scale)
{
    return (struct trade_value){scale * estimate->mean, scale * estimate->lower,
                                scale * estimate->upper};
}

/* An axis: what it is, and its unit; returns the scale of its values. */
static double label_axis(const struct size_answer *answer, uint32_t quantity,
                         const char *name, char out[TRADE_LABEL_SIZE])
{
    double scale;
    const char *after =
        words_unit(answer->watch->quantity[quantity].unit, &scale);

    snprintf(out, TRADE_LABEL_SIZE, "%.80s%s%s", name, after[0] ? "," : "",
             after);
    return scale;
}

/* The frontier of what is drawn; where more is better, less of its opposite
 * is. */
static void mark_frontier(const struct size_limit *limit,
                          struct trade_panel *panel)
{
    double sign = limit->at_most ? 1 : -1;

    for (size_t i = 0; i < panel->count; i++)
        panel->point[i].y.mean *= sign;
    trade_frontier(panel->point, panel->count);
    for (size_t i = 0; i < panel->count; i++)
        panel->point[i].y.mean *= sign;
}

/* What is minimised against the target that is quantity `quantity`. */
static int make_panel(const struct size_answer *answer, uint32_t quantity,
                      struct trade_panel *panel)
{
    const struct size_limit *limit = &answer->question->limit[quantity - 1];
    double x_scale =
        label_axis(answer, 0, size_words_minimised(answer), panel->x_label);
    double y_scale =
        label_axis(answer, quantity, size_words_quantity(answer, quantity),
                   panel->y_label);
    uint32_t row[SIZE_FIGURE_NUMBERS];
    uint32_t count = size_figure_rows(answer, row);

    panel->point = calloc(answer->row_count, sizeof *panel->point);
    if (!panel->point)
        return SIM_ERR_NO_MEMORY;
    panel->count = answer->row_count;
    panel->limit = y_scale * limit->limit;
    for (uint32_t i = 0; i < answer->row_count; i++)
        panel->point[i] = (struct trade_point){
            .x = value_of(&answer->row[i].value[0], x_scale),
            .y = value_of(&answer->row[i].value[quantity], y_scale),
            .ring = answer->row[i].design == size_answer_about(answer),
            .bad = answer->row[i].meets == SIZE_MEETS_NO};
    for (uint32_t i = 0; i < count; i++)
        panel->point[row[i]].number = i + 1;
    mark_frontier(limit, panel);
    return SIM_OK;
}

static int write_frontier(struct drawing *drawing,
                          const struct trade_panel *panel, size_t panels)
{
    const struct size_answer *answer = drawing->size;
    const struct trade_words words = {
        "95% intervals: chance only, assuming the inputs are right",
        answer->end == SIZE_CHOSEN          ? "the chosen"
        : answer->end == SIZE_NOTHING_MEETS ? "the nearest"
                                            : "what looks best so far",
        "shown to miss a target", 1};
    struct trade_name name[SIZE_FIGURE_NUMBERS];
    struct text text[SIZE_FIGURE_NUMBERS] = {0};
    uint32_t row[SIZE_FIGURE_NUMBERS];
    uint32_t count = size_figure_rows(answer, row);
    int err;

    for (uint32_t i = 0; i < count; i++) {
        size_words_design(answer, answer->row[row[i]].design, &text[i]);
        name[i] = (struct trade_name){
            .number = i + 1, .name = text[i].bytes ? text[i].bytes : ""};
        for (size_t p = 0; p < panels; p++)
            name[i].frontier |= panel[p].point[row[i]].frontier;
    }
    err = trade_write(drawing, panel, panels, name, count, &words);
    for (uint32_t i = 0; i < count; i++)
        text_clear(&text[i]);
    return err;
}

/* Beside the target with least room another that asks something else, one of
 * contacts where there is one; 0 where there is none. */
static uint32_t other_target(const struct size_answer *answer)
{
    const struct size_watch *watch = answer->watch;
    uint32_t other = 0;

    for (uint32_t q = 1; q <= answer->question->limit_count; q++) {
        uint32_t measure = watch->quantity[q].measure;

        if (measure == watch->quantity[answer->risk].measure)
            continue;
        if (measure_is_of_contacts(&measure_table[measure]))
            return q;
        other = other ? other : q;
    }
    return other;
}

static int frontier_data(struct drawing *drawing)
{
    const struct size_answer *answer = drawing->size;
    struct trade_panel panel[TRADE_PANELS_MAX] = {0};
    size_t panels = 0;
    uint32_t other;
    int err;

    if (!answer->row_count || answer->risk == 0)
        return DRAWING_EMPTY;
    other = other_target(answer);
    err = make_panel(answer, answer->risk, &panel[panels++]);
    if (err == SIM_OK && other)
        err = make_panel(answer, other, &panel[panels++]);
    if (err == SIM_OK)
        err = write_frontier(drawing, panel, panels);
    for (size_t i = 0; i < panels; i++)
        free(panel[i].point);
    return err;
}

/* The run behind the answer's own figures is drawn like any other. */
static int hours_data(struct drawing *drawing)
{
    return drawing->answer ? drawing_hours(drawing) : DRAWING_EMPTY;
}

/* ---- drawing ---- */

static struct recipe recipe_of(enum size_figure_id id)
{
    if (id == SIZE_FIGURE_FRONTIER)
        return (struct recipe){"What it costs, and what it brings",
                               "figures/frontier.svg", script_trade,
                               frontier_data};
    return (struct recipe){
        "Staff needed, busy and on the rota, by hour of the week",
        "figures/hours.svg", script_hours, hours_data};
}

int size_figures_draw(const struct size_answer *answer,
                      const struct figure_tools *tools,
                      struct size_figures *out)
{
    const struct answer run = {.result = answer->result};
    const struct subject subject = {.answer = answer->result ? &run : NULL,
                                    .size = answer};
    struct recipe recipe[SIZE_FIGURE_COUNT];

    for (int i = 0; i < SIZE_FIGURE_COUNT; i++)
        recipe[i] = recipe_of((enum size_figure_id)i);
    return drawing_draw(&subject, recipe, SIZE_FIGURE_COUNT, tools,
                        out->figure);
}

void size_figures_clear(struct size_figures *figures)
{
    for (int i = 0; i < SIZE_FIGURE_COUNT; i++)
        text_clear(&figures->figure[i].svg);
    memset(figures, 0, sizeof *figures);
}

const char *size_figure_title(enum size_figure_id id)
{
    return recipe_of(id).title;
}

const char *size_figure_file(enum size_figure_id id)
{
    return recipe_of(id).file;
}

const char *size_figures_complaint(const struct size_figures *figures)
{
    return drawing_complaint(figures->figure, SIZE_FIGURE_COUNT);
}
