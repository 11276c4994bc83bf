/*
 * The data of trade.gp. Where numbers go is decided here, for gnuplot would put
 * them over each other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/trade.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PLOT_HEIGHT 302.0 /* of trade.gp, in pixels, as the next two */
#define PLOT_WIDTH_ONE 756.0
#define PLOT_WIDTH_TWO 327.0
#define NUMBER_WIDTH 20.0 /* room that a number takes */
#define NUMBER_HEIGHT 14.0
#define POINT_SIZE 10.0
#define SPOTS 8

/* ---- the frontier ---- */

static bool has_both(const struct trade_point *point)
{
    return isfinite(point->x.mean) && isfinite(point->y.mean);
}

static bool beats(const struct trade_point *a, const struct trade_point *b)
{
    return has_both(a) && a->x.mean <= b->x.mean && a->y.mean <= b->y.mean &&
           (a->x.mean < b->x.mean || a->y.mean < b->y.mean);
}

void trade_frontier(struct trade_point *point, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        point[i].frontier = has_both(&point[i]);
        for (size_t j = 0; j < count && point[i].frontier; j++)
            point[i].frontier = !beats(&point[j], &point[i]);
    }
}

/* ---- axes ---- */

struct axis {
    double low, high;
};

static void widen(struct axis *axis, double value)
{
    if (!isfinite(value))
        return;
    axis->low = isnan(axis->low) ? value : fmin(axis->low, value);
    axis->high = isnan(axis->high) ? value : fmax(axis->high, value);
}

static void widen_by(struct axis *axis, const struct trade_value *value,
                     bool numbered)
{
    widen(axis, value->mean);
    if (numbered && isfinite(value->mean)) {
        widen(axis, value->lower);
        widen(axis, value->upper);
    }
}

/* Room round the outermost points. An axis that is above 0 throughout does not
 * go below it, and one that is not far from it begins there. */
static void add_room(struct axis *axis)
{
    double room = 0.08 * (axis->high - axis->low);
    bool above = axis->low >= 0;

    if (!(room > 0))
        room = fmax(0.05 * fabs(axis->high), 0.5);
    if (above && axis->low < 0.5 * axis->high)
        axis->low = 0;
    else
        axis->low = above ? fmax(axis->low - room, 0) : axis->low - room;
    axis->high += room;
}

struct axes {
    struct axis x, y;
    double x_pixel, y_pixel; /* of one unit */
};

/* False where there is nothing to show. */
static bool find_axes(const struct trade_panel *panel, size_t panels,
                      struct axes *out)
{
    *out = (struct axes){{NAN, NAN}, {NAN, NAN}, 0, 0};
    for (size_t i = 0; i < panel->count; i++) {
        const struct trade_point *point = &panel->point[i];

        if (!has_both(point))
            continue;
        widen_by(&out->x, &point->x, point->number > 0);
        widen_by(&out->y, &point->y, point->number > 0);
    }
    if (isnan(out->x.low))
        return false;
    widen(&out->y, panel->limit);
    add_room(&out->x);
    add_room(&out->y);
    out->x_pixel = (panels > 1 ? PLOT_WIDTH_TWO : PLOT_WIDTH_ONE) /
                   (out->x.high - out->x.low);
    out->y_pixel = PLOT_HEIGHT / (out->y.high - out->y.low);
    return true;
}

/* ---- where numbers go ---- */

/* Where something is, in pixels. */
struct spot {
    double x, y;
};

static struct spot spot_of(const struct axes *axes,
                           const struct trade_point *point)
{
    return (struct spot){(point->x.mean - axes->x.low) * axes->x_pixel,
                         (point->y.mean - axes->y.low) * axes->y_pixel};
}

/* Whether part of a number at `at` would lie outside the plot, where gnuplot
 * draws nothing. */
static bool is_outside(const struct axes *axes, struct spot at)
{
    double width = (axes->x.high - axes->x.low) * axes->x_pixel;
    double height = (axes->y.high - axes->y.low) * axes->y_pixel;

    return at.x < 0 || at.x > width || at.y < NUMBER_HEIGHT / 2 ||
           at.y > height;
}

/* How much of a number at `at` lies over other numbers and points, or out of
 * sight, which is worse. */
static int crowd(const struct trade_panel *panel, const struct axes *axes,
                 const struct spot *placed, size_t placed_count, struct spot at)
{
    int over = is_outside(axes, at) ? 100 : 0;

    for (size_t i = 0; i < placed_count; i++)
        over += 2 * (fabs(placed[i].x - at.x) < NUMBER_WIDTH &&
                     fabs(placed[i].y - at.y) < NUMBER_HEIGHT);
    for (size_t i = 0; i < panel->count; i++) {
        struct spot point = spot_of(axes, &panel->point[i]);

        if (panel->point[i].number && has_both(&panel->point[i]))
            over += fabs(point.x - at.x) < (NUMBER_WIDTH + POINT_SIZE) / 2 &&
                    fabs(point.y - at.y) < (NUMBER_HEIGHT + POINT_SIZE) / 2;
    }
    return over;
}

/* The least crowded of the places round a point, the nearer ones first. */
static struct spot place_number(const struct trade_panel *panel,
                                const struct axes *axes,
                                const struct spot *placed, size_t placed_count,
                                struct spot point)
{
    static const struct spot round[SPOTS] = {
        {1.2, 0.7}, {-1.2, 0.7}, {1.2, -0.7}, {-1.2, -0.7},
        {0, 1.2},   {0, -1.2},   {1.5, 0},    {-1.5, 0}};
    struct spot best = point;
    int least = INT32_MAX;

    for (int ring = 1; ring <= 3 && least > 0; ring++)
        for (int i = 0; i < SPOTS && least > 0; i++) {
            struct spot at = {point.x + 14 * ring * round[i].x,
                              point.y + 14 * ring * round[i].y};
            int over = crowd(panel, axes, placed, placed_count, at);

            if (over < least) {
                least = over;
                best = at;
            }
        }
    return best;
}

static int write_numbers(struct drawing *drawing,
                         const struct trade_panel *panel,
                         const struct axes *axes, const char *name)
{
    struct spot *placed = calloc(panel->count + 1, sizeof *placed);
    struct text data = {0};
    size_t count = 0;
    int err;

    if (!placed)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < panel->count; i++) {
        const struct trade_point *point = &panel->point[i];

        if (!point->number || !has_both(point))
            continue;
        placed[count] =
            place_number(panel, axes, placed, count, spot_of(axes, point));
        drawing_number(&data, axes->x.low + placed[count].x / axes->x_pixel);
        drawing_number(&data, axes->y.low + placed[count].y / axes->y_pixel);
        text_printf(&data, " %u\n", point->number);
        count++;
    }
    if (!count)
        text_add(&data, "NaN NaN 0\n");
    err = drawing_write(drawing, name, &data);
    free(placed);
    return err;
}

/* ---- points ---- */

/* An interval, or where there is none the mean itself. */
static void add_ends(struct text *data, const struct trade_value *value)
{
    drawing_number(data, isfinite(value->lower) ? value->lower : value->mean);
    drawing_number(data, isfinite(value->upper) ? value->upper : value->mean);
}

static int write_points(struct drawing *drawing,
                        const struct trade_panel *panel, const char *name)
{
    struct text data = {0};

    for (size_t i = 0; i < panel->count; i++) {
        const struct trade_point *point = &panel->point[i];

        if (!point->number || !has_both(point))
            continue;
        drawing_number(&data, point->x.mean);
        drawing_number(&data, point->y.mean);
        add_ends(&data, &point->x);
        add_ends(&data, &point->y);
        text_printf(&data, " %d %d %d\n", point->frontier, point->ring,
                    point->bad);
    }
    if (!data.bytes)
        text_add(&data, "NaN NaN NaN NaN NaN NaN 0 0 0\n");
    return drawing_write(drawing, name, &data);
}

static int write_dots(struct drawing *drawing, const struct trade_panel *panel,
                      const char *name)
{
    struct text data = {0};

    for (size_t i = 0; i < panel->count; i++) {
        const struct trade_point *point = &panel->point[i];

        if (point->number || !has_both(point))
            continue;
        drawing_number(&data, point->x.mean);
        drawing_number(&data, point->y.mean);
        text_add(&data, "\n");
    }
    if (!data.bytes)
        text_add(&data, "NaN NaN\n");
    return drawing_write(drawing, name, &data);
}

/* The frontier from left to right: the next is the leftmost beyond the last,
 * and of those on one spot any. */
static int write_frontier(struct drawing *drawing,
                          const struct trade_panel *panel, const char *name)
{
    const struct trade_point *last = NULL, *next;
    struct text data = {0};

    do {
        next = NULL;
        for (size_t i = 0; i < panel->count; i++) {
            const struct trade_point *point = &panel->point[i];

            if (point->frontier && (!last || point->x.mean > last->x.mean) &&
                (!next || point->x.mean < next->x.mean))
                next = point;
        }
        if (next) {
            drawing_number(&data, next->x.mean);
            drawing_number(&data, next->y.mean);
            text_add(&data, "\n");
        }
        last = next;
    } while (next);
    if (!data.bytes)
        text_add(&data, "NaN NaN\n");
    return drawing_write(drawing, name, &data);
}

/* ---- the whole ---- */

static int write_panel(struct drawing *drawing, const struct trade_panel *panel,
                       const struct axes *axes, unsigned number)
{
    char name[32];
    int err;

    snprintf(name, sizeof name, "points%u", number);
    err = write_points(drawing, panel, name);
    snprintf(name, sizeof name, "all%u", number);
    if (err == SIM_OK)
        err = write_dots(drawing, panel, name);
    snprintf(name, sizeof name, "frontier%u", number);
    if (err == SIM_OK)
        err = write_frontier(drawing, panel, name);
    snprintf(name, sizeof name, "numbers%u", number);
    if (err == SIM_OK)
        err = write_numbers(drawing, panel, axes, name);
    return err;
}

/* In two columns there is less room for each name. */
static int write_legend(struct drawing *drawing, const struct trade_name *name,
                        size_t count, unsigned columns)
{
    struct text data = {0};

    for (size_t i = 0; i < count; i++) {
        text_printf(&data, "%u %d ", name[i].number, name[i].frontier);
        drawing_label_wide(drawing, name[i].name, columns > 1 ? 46 : 80, &data);
        text_add(&data, "\n");
    }
    return drawing_write(drawing, "legend", &data);
}

static void add_axes(struct drawing *drawing, const struct trade_panel *panel,
                     const struct axes *axes, struct text *out)
{
    drawing_label_wide(drawing, panel->x_label, 60, out);
    text_add(out, " ");
    drawing_label_wide(drawing, panel->y_label, 60, out);
    drawing_number(out, axes->x.low);
    drawing_number(out, axes->x.high);
    drawing_number(out, axes->y.low);
    drawing_number(out, axes->y.high);
    drawing_number(out, panel->limit);
    text_add(out, "\n");
}

int trade_write(struct drawing *drawing, const struct trade_panel *panel,
                size_t panel_count, const struct trade_name *name,
                size_t name_count, const struct trade_words *words)
{
    struct axes axes[TRADE_PANELS_MAX];
    const struct trade_panel *shown[TRADE_PANELS_MAX];
    struct text data = {0};
    uint32_t count = 0;
    int err = SIM_OK;

    for (size_t i = 0; i < panel_count; i++)
        if (find_axes(&panel[i], panel_count, &axes[count]))
            shown[count++] = &panel[i];
    if (count == 1) /* it has the whole width */
        (void)find_axes(shown[0], 1, &axes[0]);
    for (uint32_t i = 0; i < count && err == SIM_OK; i++) {
        add_axes(drawing, shown[i], &axes[i], &data);
        err = write_panel(drawing, shown[i], &axes[i], i + 1);
    }
    drawing_argument_number(drawing, 0, count);
    drawing_argument_number(drawing, 1, (uint32_t)name_count);
    drawing_argument(drawing, 2, words->intervals);
    drawing_argument(drawing, 3, words->ringed);
    drawing_argument(drawing, 4, words->bad);
    drawing_argument_number(drawing, 5, words->columns);
    if (err == SIM_OK && count == 0)
        err = DRAWING_EMPTY;
    if (err == SIM_OK)
        err = drawing_write(drawing, "axes", &data);
    text_clear(&data);
    return err == SIM_OK
               ? write_legend(drawing, name, name_count, words->columns)
               : err;
}
