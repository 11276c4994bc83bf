/*
 * The data of the figure of how precision came about: for each target the
 * average and its interval after so many replications.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "plots/figure_impl.h"
#include "plots/words.h"

#define POINTS_MAX 300 /* of a line; more cannot be told apart */
#define SETTLED                                                                \
    20 /* one part in so many is left out of the axis: intervals               \
          of a few replications are as wide as the sky */

/* The ends of an axis. */
struct range {
    double low, high;
};

static void widen(struct range *range, double value)
{
    if (!isfinite(value))
        return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

/* Write a target's line; `*shown` becomes what its axis must hold. */
static int write_line(struct drawing *drawing,
                      const struct precision_watch *watch, double scale,
                      uint32_t panel, struct range *shown)
{
    uint32_t count = drawing->answer->precision->count;
    uint32_t step = (count + POINTS_MAX - 1) / POINTS_MAX;
    struct text data = {0};

    for (uint32_t n = 2; n <= count; n++) {
        const struct precision_point *point = &watch->point[n - 1];
        double lower = scale * fmax(point->mean - point->half_width, 0);
        double upper = scale * (point->mean + point->half_width);

        if (n % step != 0 && n != count)
            continue;
        text_printf(&data, "%u", n);
        drawing_number(&data, scale * point->mean);
        drawing_number(&data, lower);
        drawing_number(&data, upper);
        text_add(&data, "\n");
        if (n >= 10 && n >= count / SETTLED) {
            widen(shown, lower);
            widen(shown, upper);
        }
    }
    return drawing_write_panel(drawing, panel, &data);
}

/* Room above and below; a line that never moves gets room as well. */
static void add_room(struct range *range)
{
    double room = 0.06 * (range->high - range->low);

    if (!(room > 0))
        room = fmax(0.05 * fabs(range->high), 0.01);
    range->low = fmax(range->low - room, 0);
    range->high += room;
}

/* Whether there is anything to draw of a target. */
static bool has_line(const struct precision *precision,
                     const struct precision_watch *watch)
{
    return precision->count >= 2 &&
           isfinite(watch->point[precision->count - 1].mean);
}

static int add_panel(struct drawing *drawing,
                     const struct precision_watch *watch, uint32_t panel,
                     struct text *panels)
{
    const struct precision *precision = drawing->answer->precision;
    const struct target *target = &precision->scenario->target[watch->target];
    enum measure_unit unit = words_target_unit(target);
    double scale;
    const char *after = words_unit(unit, &scale);
    const struct precision_point *last = &watch->point[precision->count - 1];
    struct range shown = {scale * last->mean, scale * last->mean};
    double least = scale * (last->mean - last->wanted);
    double most = scale * (last->mean + last->wanted);
    int err = write_line(drawing, watch, scale, panel, &shown);

    widen(&shown, fmax(least, 0));
    widen(&shown, most);
    add_room(&shown);
    drawing_label(drawing, target->name, panels);
    text_add(panels, " ");
    drawing_label(drawing, after[0] ? after + 1 : "", panels);
    drawing_number(panels, shown.low);
    drawing_number(panels, shown.high);
    drawing_number(panels, least);
    drawing_number(panels, most);
    text_add(panels, "\n");
    return err;
}

int drawing_trace(struct drawing *drawing)
{
    const struct precision *precision = drawing->answer->precision;
    struct text panels = {0};
    uint32_t count = 0;
    int err = SIM_OK;

    if (!precision)
        return DRAWING_EMPTY;
    for (size_t i = 0; i < precision->watch_count && err == SIM_OK; i++)
        if (count < DRAWING_PANELS_MAX &&
            has_line(precision, &precision->watch[i]))
            err = add_panel(drawing, &precision->watch[i], ++count, &panels);
    drawing_argument_number(drawing, 0, count);
    drawing_argument_number(drawing, 1, precision->count);
    drawing_argument_number(drawing, 2, precision->narrow_from);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = drawing_write(drawing, "panels", &panels);
    text_clear(&panels);
    return err;
}
