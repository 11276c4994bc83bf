/*
 * The data of the figures of staff, contacts and crises, as files of plain
 * numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "plots/figure_impl.h"

#define DAY_HOURS 24
#define WEEK_DAYS 7
#define TRACE 0.02 /* of the highest value: too little to show nights for */

/* ---- staff hours by hour of the week ---- */

struct role_lines {
    const struct result_line *needed, *given, *rostered;
    int first, last; /* hours of the day in which anything goes on */
    double top;
};

/* Staff in an hour of the week; none where the line is not kept. */
static double hour_of(const struct result_line *line, int hour)
{
    return line && isfinite(line->at[hour].mean) ? line->at[hour].mean : 0;
}

/* Widen the hours of the day that are shown to those in which anything more
 * than a trace goes on. */
static void widen(struct role_lines *role, int hour)
{
    double least = TRACE * role->top;
    int of_day = hour % DAY_HOURS;

    if (hour_of(role->needed, hour) <= least &&
        hour_of(role->given, hour) <= least &&
        hour_of(role->rostered, hour) <= 0)
        return;
    role->first = of_day < role->first ? of_day : role->first;
    role->last = of_day + 1 > role->last ? of_day + 1 : role->last;
}

/* Find what a role has to show (lines begin with that of all roles); false
 * where it has no work in the model. */
static bool find_role(const struct result *result, uint32_t role,
                      struct role_lines *out)
{
    const struct result_line *profile = result->profile;
    size_t count = result->profile_count;
    double work = 0;

    *out = (struct role_lines){.first = DAY_HOURS, .last = 0};
    out->needed = answer_line(profile, count, "hours_demanded", role + 1);
    out->given = answer_line(profile, count, "hours_delivered", role + 1);
    out->rostered = answer_line(profile, count, "hours_rostered", role + 1);
    for (int hour = 0; hour < DAY_HOURS * WEEK_DAYS; hour++) {
        work = drawing_larger(drawing_larger(work, hour_of(out->needed, hour)),
                              hour_of(out->given, hour));
        out->top = drawing_larger(drawing_larger(out->top, work),
                                  hour_of(out->rostered, hour));
    }
    for (int hour = 0; hour < DAY_HOURS * WEEK_DAYS; hour++)
        widen(out, hour);
    return work > 0;
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
    return drawing_write_panel(drawing, panel, &data);
}

int drawing_hours_panel(struct drawing *drawing, const struct result *result,
                        uint32_t number, const char *label, uint32_t *count,
                        struct text *panels)
{
    struct role_lines role;

    if (*count == DRAWING_PANELS_MAX || !find_role(result, number, &role))
        return SIM_OK;
    drawing_label_wide(drawing, label, 80, panels);
    drawing_number(panels, drawing_larger(1, role.top) * DRAWING_HEADROOM);
    text_printf(panels, " %d %d\n", role.first, role.last);
    return write_role(drawing, &role, ++*count);
}

int drawing_hours(struct drawing *drawing)
{
    const struct result *result = drawing->answer->result;
    const struct scenario *scenario = result->scenario;
    struct text panels = {0};
    uint32_t count = 0;
    int err = SIM_OK;

    for (uint32_t i = 0; i < scenario->role_count && err == SIM_OK; i++)
        err = drawing_hours_panel(drawing, result, i, scenario->role[i].name,
                                  &count, &panels);
    drawing_argument_number(drawing, 0, count);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = drawing_write(drawing, "panels", &panels);
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
        drawing_estimate(&answer->not_delivered[day], 100, &data);
        drawing_estimate(&answer->not_attended[day], 100, &data);
        text_add(&data, "\n");
    }
    drawing_argument(drawing, 0, drawing_spread(answer));
    if (any)
        return drawing_write(drawing, "days", &data);
    text_clear(&data);
    return DRAWING_EMPTY;
}

/* ---- crises and stepping up ---- */

int drawing_curves(struct drawing *drawing)
{
    const struct result *result = drawing->answer->result;
    const struct result_line *crisis =
        answer_line(result->curve, result->curve_count, "crisis", 0);
    const struct result_line *up =
        answer_line(result->curve, result->curve_count, "reescalation", 0);
    struct text data = {0};

    if (!crisis || !up || !isfinite(crisis->at[0].mean))
        return DRAWING_EMPTY;
    for (size_t day = 0; day < crisis->points && day < up->points; day++) {
        text_printf(&data, "%zu", day);
        drawing_estimate(&crisis->at[day], 100, &data);
        drawing_estimate(&up->at[day], 100, &data);
        text_add(&data, "\n");
    }
    drawing_argument(drawing, 0, drawing_spread(drawing->answer));
    return drawing_write(drawing, "curves", &data);
}
