/*
 * The data of the figures of where people are, as files of plain numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "plots/figure_impl.h"

#define WEEK_DAYS 7
#define DATES_SHOWN 6 /* on an axis of weeks, about */

/* ---- people in each level ---- */

/* Write the weeks of a level; `*top` becomes the highest value to be shown. */
static int write_weeks(struct drawing *drawing, const struct result_line *line,
                       uint32_t panel, double *top)
{
    const struct run_calendar *calendar =
        &drawing->answer->result->scenario->calendar;
    int32_t first = calendar->start + sim_day_of(calendar->warm_up);
    struct text data = {0};

    for (size_t week = 0; week < line->points; week++) {
        const struct estimate *at = &line->at[week];
        *top = drawing_larger(drawing_larger(*top, at->mean), at->p95);
        text_printf(&data, "%lld",
                    86400LL * (first + (int32_t)week * WEEK_DAYS));
        drawing_estimate(at, 1, &data);
        text_add(&data, "\n");
    }
    return drawing_write_panel(drawing, panel, &data);
}

/* A level outside the service (rank 0) is not one that can be full. */
static bool is_in_service(const struct level *level)
{
    return level->rank > 0 || level->places != NONE;
}

int drawing_occupancy(struct drawing *drawing)
{
    const struct result *result = drawing->answer->result;
    const struct scenario *scenario = result->scenario;
    uint32_t count = 0, weeks = result->layout->weeks;
    struct text panels = {0};
    int err = SIM_OK;

    for (uint32_t i = 0; i < scenario->level_count && err == SIM_OK; i++) {
        const struct level *level = &scenario->level[i];
        const struct result_line *line =
            i < result->series_count ? &result->series[i] : NULL;
        double top = level->places == NONE ? 1 : level->places;

        if (!line || line->points < 2 || !is_in_service(level) ||
            count == DRAWING_PANELS_MAX)
            continue;
        err = write_weeks(drawing, line, ++count, &top);
        drawing_label(drawing, level->name, &panels);
        drawing_number(&panels, top * DRAWING_HEADROOM);
        text_printf(&panels, " %u\n",
                    level->places == NONE ? 0 : level->places);
    }
    drawing_argument_number(drawing, 0, count);
    drawing_argument(drawing, 1, drawing_spread(drawing->answer));
    drawing_argument_number(drawing, 2,
                            (weeks + DATES_SHOWN - 1) / DATES_SHOWN);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = drawing_write(drawing, "panels", &panels);
    text_clear(&panels);
    return err;
}

/* ---- how people are ---- */

#define AREAS_MAX 16
struct area {
    const struct result_line *line;
    double severity; /* 0 mild to 1 severe; beyond: not a state but a place */
    const char *colour;
};

/* How severe a state is: its place in the first condition that has it. */
static double severity_of(const struct scenario *scenario, uint32_t state)
{
    for (uint32_t i = 0; i < scenario->condition_count; i++) {
        const struct condition *condition = &scenario->condition[i];
        for (uint32_t at = 0; at < condition->state_count; at++)
            if (condition->state[at] == state)
                return condition->state_count > 2
                           ? (double)at / (condition->state_count - 2)
                           : at;
    }
    return 0;
}

/* From mild to severe; Okabe and Ito 2008. */
static const char *severity_colour(double severity)
{
    static const char *const colour[] = {"#009E73", "#F0E442", "#E69F00",
                                         "#D55E00"};

    return severity <= 0     ? colour[0]
           : severity < 0.55 ? colour[1]
           : severity < 0.8  ? colour[2]
                             : colour[3];
}

/* Whether anyone is ever there: what is empty throughout needs no colour. */
static bool has_people(const struct result_line *line)
{
    for (size_t day = 0; day < line->points; day++)
        if (line->at[day].mean > 0)
            return true;
    return false;
}

/* Put an area where its severity belongs, behind its equals. */
static void insert_area(struct area *area, uint32_t count, struct area new)
{
    while (count > 0 && area[count - 1].severity > new.severity) {
        area[count] = area[count - 1];
        count--;
    }
    area[count] = new;
}

/* What line `number` of layout_states looks like and where it belongs. */
static struct area make_area(const struct result *result, uint32_t number,
                             const struct result_line *line)
{
    static const char *const place_colour[LAYOUT_PLACES] = {
        "#CC79A7", "#333333", "#BDBDBD"};
    uint32_t states = result->scenario->state_count;
    struct area area = {.line = line};

    SIM_REQUIRE(number < states + LAYOUT_PLACES);
    if (number < states) {
        area.severity = severity_of(result->scenario, number);
        area.colour = severity_colour(area.severity);
    } else {
        area.severity = 2 + number - states;
        area.colour = place_colour[number - states];
    }
    return area;
}

/* The lines that anyone is ever in: states from mild to severe, then the
 * places. */
static uint32_t find_areas(const struct result *result, struct area *area)
{
    uint32_t count = 0, number = 0;

    for (size_t i = 0; i < result->curve_count && count < AREAS_MAX; i++) {
        const struct result_line *line = &result->curve[i];

        if (strcmp(line->id, "state") != 0)
            continue;
        if (has_people(line))
            insert_area(area, count++, make_area(result, number, line));
        number++;
    }
    return count;
}

/* The first line of the data, and the colours in the same order. */
static void add_heads(struct drawing *drawing, const struct area *area,
                      uint32_t count, struct text *data)
{
    char *colours = drawing->argument[1];
    size_t used = 0;

    text_add(data, "day");
    for (uint32_t i = 0; i < count; i++) {
        text_add(data, " ");
        drawing_label(drawing, area[i].line->name, data);
        used +=
            (size_t)snprintf(colours + used, sizeof drawing->argument[1] - used,
                             "%s%s", i ? " " : "", area[i].colour);
    }
    text_add(data, "\n");
}

int drawing_states(struct drawing *drawing)
{
    struct area area[AREAS_MAX] = {0};
    uint32_t count = find_areas(drawing->answer->result, area);
    struct text data = {0};

    if (count == 0)
        return DRAWING_EMPTY;
    add_heads(drawing, area, count, &data);
    for (size_t day = 0; day < area[0].line->points; day++) {
        double edge = 0;
        text_printf(&data, "%zu", day);
        for (uint32_t i = 0; i < count; i++) {
            edge += 100 * area[i].line->at[day].mean;
            drawing_number(&data, edge);
        }
        text_add(&data, "\n");
    }
    drawing_argument_number(drawing, 0, count);
    return drawing_write(drawing, "states", &data);
}
