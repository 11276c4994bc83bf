/*
 * The data of the figures, as files of plain numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/figure_impl.h"

#define DAY_HOURS 24
#define WEEK_DAYS 7
#define PANELS_MAX 12
#define DATES_SHOWN 6 /* on an axis of weeks, about */
#define HEADROOM 1.08 /* of an axis above its highest value */

/* ---- shared ---- */

static int write_data(struct drawing *drawing, const char *name,
                      struct text *data)
{
    int err = scratch_write(drawing->scratch, name, data);

    text_clear(data);
    return err;
}

static int write_panel(struct drawing *drawing, uint32_t panel,
                       struct text *data)
{
    char name[32];

    snprintf(name, sizeof name, "panel%u", panel);
    return write_data(drawing, name, data);
}

/* Add the mean, its interval and the spread, times `scale`. */
static void add_estimate(const struct estimate *estimate, double scale,
                         struct text *out)
{
    drawing_number(out, estimate->mean * scale);
    drawing_number(out, estimate->lower * scale);
    drawing_number(out, estimate->upper * scale);
    drawing_number(out, estimate->p05 * scale);
    drawing_number(out, estimate->p95 * scale);
}

static void set_argument(struct drawing *drawing, size_t i, const char *value)
{
    snprintf(drawing->argument[i], sizeof drawing->argument[i], "%s", value);
}

static void set_number_argument(struct drawing *drawing, size_t i,
                                uint32_t value)
{
    snprintf(drawing->argument[i], sizeof drawing->argument[i], "%u", value);
}

/* The largest of the finite values, and `least`. */
static double larger(double least, double value)
{
    return isfinite(value) && value > least ? value : least;
}

/* ---- staff hours by hour of the week ---- */

struct role_lines {
    const struct result_line *needed, *given, *rostered;
    int first, last; /* hours of the day in which anything goes on */
    double top;
};

static double hour_of(const struct result_line *line, int hour)
{
    return line && isfinite(line->at[hour].mean) ? line->at[hour].mean : 0;
}

/* Find what a role has to show; false where it has no work in the model. */
static bool find_role(const struct result *result, const char *name,
                      struct role_lines *out)
{
    const struct result_line *profile = result->profile;
    size_t count = result->profile_count;
    bool works = false;

    *out = (struct role_lines){.first = DAY_HOURS, .last = 0};
    out->needed = answer_line(profile, count, "hours_demanded", name);
    out->given = answer_line(profile, count, "hours_delivered", name);
    out->rostered = answer_line(profile, count, "hours_rostered", name);
    for (int hour = 0; hour < DAY_HOURS * WEEK_DAYS; hour++) {
        double needed = hour_of(out->needed, hour);
        double given = hour_of(out->given, hour);
        double rostered = hour_of(out->rostered, hour);
        int of_day = hour % DAY_HOURS;

        out->top = larger(larger(larger(out->top, needed), given), rostered);
        works = works || needed > 0 || given > 0;
        if (needed <= 0 && given <= 0 && rostered <= 0)
            continue;
        out->first = of_day < out->first ? of_day : out->first;
        out->last = of_day + 1 > out->last ? of_day + 1 : out->last;
    }
    return works;
}

/* Days side by side, each over the hours shown alone: nights in which nobody
 * works take no room. */
static int write_role(struct drawing *drawing, const struct role_lines *role,
                      uint32_t panel)
{
    int length = role->last - role->first;
    struct text data = {0};

    for (int day = 0; day < WEEK_DAYS; day++)
        for (int i = 0; i < length; i++) {
            int hour = day * DAY_HOURS + role->first + i;
            drawing_number(&data, day + (double)i / length);
            drawing_number(&data, hour_of(role->needed, hour));
            drawing_number(&data, hour_of(role->given, hour));
            drawing_number(&data, hour_of(role->rostered, hour));
            text_add(&data, "\n");
        }
    /* Steps need the end of the last hour. */
    text_printf(&data, "%d 0 0 0\n", WEEK_DAYS);
    return write_panel(drawing, panel, &data);
}

int drawing_hours(struct drawing *drawing)
{
    const struct scenario *scenario = drawing->answer->result->scenario;
    struct text panels = {0};
    uint32_t count = 0;
    int err = SIM_OK;

    for (uint32_t i = 0; i < scenario->role_count && err == SIM_OK; i++) {
        struct role_lines role;

        if (count == PANELS_MAX ||
            !find_role(drawing->answer->result, scenario->role[i].name, &role))
            continue;
        drawing_label(drawing, scenario->role[i].name, &panels);
        drawing_number(&panels, larger(1, role.top) * HEADROOM);
        text_printf(&panels, " %d %d\n", role.first, role.last);
        err = write_role(drawing, &role, ++count);
    }
    set_number_argument(drawing, 0, count);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = write_data(drawing, "panels", &panels);
    text_clear(&panels);
    return err;
}

/* ---- missed contacts by day of the week ---- */

int drawing_days(struct drawing *drawing)
{
    const struct answer *answer = drawing->answer;
    struct text data = {0};
    bool any = false;

    for (int day = 0; day < WEEK_DAYS; day++) {
        any = any || isfinite(answer->not_delivered[day].mean);
        text_printf(&data, "%d", day);
        add_estimate(&answer->not_delivered[day], 100, &data);
        add_estimate(&answer->not_attended[day], 100, &data);
        text_add(&data, "\n");
    }
    set_argument(drawing, 0, drawing_spread(answer));
    if (any)
        return write_data(drawing, "days", &data);
    text_clear(&data);
    return DRAWING_EMPTY;
}

/* ---- crises and stepping up ---- */

int drawing_curves(struct drawing *drawing)
{
    const struct result *result = drawing->answer->result;
    const struct result_line *crisis =
        answer_line(result->curve, result->curve_count, "crisis", NULL);
    const struct result_line *up =
        answer_line(result->curve, result->curve_count, "reescalation", NULL);
    struct text data = {0};

    if (!crisis || !up || !isfinite(crisis->at[0].mean))
        return DRAWING_EMPTY;
    for (size_t day = 0; day < crisis->points && day < up->points; day++) {
        text_printf(&data, "%zu", day);
        add_estimate(&crisis->at[day], 100, &data);
        add_estimate(&up->at[day], 100, &data);
        text_add(&data, "\n");
    }
    set_argument(drawing, 0, drawing_spread(drawing->answer));
    return write_data(drawing, "curves", &data);
}

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
        *top = larger(larger(*top, at->mean), at->p95);
        text_printf(&data, "%lld",
                    86400LL * (first + (int32_t)week * WEEK_DAYS));
        add_estimate(at, 1, &data);
        text_add(&data, "\n");
    }
    return write_panel(drawing, panel, &data);
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
            count == PANELS_MAX)
            continue;
        err = write_weeks(drawing, line, ++count, &top);
        drawing_label(drawing, level->name, &panels);
        drawing_number(&panels, top * HEADROOM);
        text_printf(&panels, " %u\n",
                    level->places == NONE ? 0 : level->places);
    }
    set_number_argument(drawing, 0, count);
    set_argument(drawing, 1, drawing_spread(drawing->answer));
    set_number_argument(drawing, 2, (weeks + DATES_SHOWN - 1) / DATES_SHOWN);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = write_data(drawing, "panels", &panels);
    text_clear(&panels);
    return err;
}

/* ---- how people are ---- */

#define AREAS_MAX 16
struct area {
    const struct result_line *line;
    const char *colour;
};

/* From mild to severe; Okabe and Ito 2008. */
static const char *state_colour(uint32_t state, uint32_t states)
{
    static const char *const colour[] = {"#009E73", "#F0E442", "#E69F00",
                                         "#D55E00"};
    uint32_t last = sizeof colour / sizeof *colour - 1;

    if (states <= 1)
        return colour[0];
    return colour[state * last / (states - 1) > last
                      ? last
                      : state * last / (states - 1)];
}

static bool has_people(const struct result_line *line)
{
    for (size_t day = 0; day < line->points; day++)
        if (line->at[day].mean > 0)
            return true;
    return false;
}

/* The lines that anyone is ever in, states first, then the three places. */
static uint32_t find_areas(const struct result *result, struct area *area)
{
    static const char *const place_colour[LAYOUT_PLACES] = {
        "#CC79A7", "#333333", "#BDBDBD"};
    uint32_t states = result->scenario->state_count;
    uint32_t count = 0, seen = 0, number = 0;

    for (size_t i = 0; i < result->curve_count && count < AREAS_MAX; i++) {
        const struct result_line *line = &result->curve[i];
        uint32_t at = seen;

        if (strcmp(line->id, "state") != 0)
            continue;
        seen++;
        if (!has_people(line))
            continue;
        area[count].line = line;
        area[count++].colour =
            at < states ? state_colour(number++, 4) : place_colour[at - states];
    }
    return count;
}

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
    struct area area[AREAS_MAX];
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
    set_number_argument(drawing, 0, count);
    return write_data(drawing, "states", &data);
}
