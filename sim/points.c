/*
 * Each band keeps a cursor: its first point later than the last `after`. A
 * search that must look further works on a copy of the cursor, because a point
 * that is too high for today's hazard may lie below tomorrow's.
 * The n-th gap and height of band b are words 0, 1 and 2, 3 of one block: that
 * with index n and block b of the clock's name.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/points.h"

#include <math.h>
#include <stdbool.h>

#include "sim/error.h"

/* A hazard made of products may pass its bound by rounding, no further. */
#define BOUND_SLACK (1 + 1e-9)

/* Where band b begins, per day; the last entry is where the last ends. */
static const double lower[SIM_POINT_BANDS + 1] = {
    0, 0x1p-4, 0x1p-2, 0x1p0, 0x1p2, 0x1p4, 0x1p6, 0x1p8, 0x1p10, 0x1p12};

static double band_lower(unsigned b)
{
    return lower[b];
}

static double band_width(unsigned b)
{
    return lower[b + 1] - lower[b];
}

/* Move `band` to its point `n`, one gap after where it is. */
static void draw_point(const struct sim_points_query *query, unsigned b,
                       uint32_t n, struct sim_band *band)
{
    struct sim_name name = query->name;
    double width = band_width(b);
    uint32_t word[4];

    sim_name_index(&name, n);
    sim_chance_words(query->chance, &name, b, word);
    band->days -= log(sim_unit(word[0], word[1])) / width;
    band->height = band_lower(b) + width * sim_unit(word[2], word[3]);
    band->n = n;
}

static sim_ms point_time(const struct sim_points_query *query,
                         const struct sim_band *band)
{
    /* The cast is floor: days are not negative. */
    return query->origin + (sim_ms)(band->days * (double)SIM_DAY);
}

/* Open band `b` if need be and move its cursor past `after`. */
static void pass_after(struct sim_points *points,
                       const struct sim_points_query *query, unsigned b)
{
    struct sim_band *band = &points->band[b];

    if (!(points->open >> b & 1)) {
        band->days = 0;
        draw_point(query, b, 0, band);
        points->open |= (uint32_t)1 << b;
    }
    while (point_time(query, band) <= query->after)
        draw_point(query, b, band->n + 1, band);
}

/* Whether the hazard at `time` reaches above `height`. */
static bool below_hazard(const struct sim_points_query *query, double height,
                         sim_ms time)
{
    double hazard;

    if (!(height < query->bound))
        return false;
    if (!query->hazard)
        return true;
    hazard = query->hazard(query->context, time);
    SIM_REQUIRE(hazard <= query->bound * BOUND_SLACK);
    return height < hazard;
}

void sim_points_init(struct sim_points *points)
{
    points->open = 0;
}

sim_ms sim_points_next(struct sim_points *points,
                       const struct sim_points_query *query)
{
    sim_ms first = query->horizon;

    SIM_REQUIRE(query->bound >= 0 &&
                query->bound <= band_lower(SIM_POINT_BANDS));
    SIM_REQUIRE(query->horizon <= SIM_NEVER);
    if (query->after >= query->horizon)
        return SIM_NEVER;
    for (unsigned b = 0; b < SIM_POINT_BANDS; b++) {
        struct sim_band look;
        sim_ms time;

        if (band_lower(b) >= query->bound)
            break;
        pass_after(points, query, b);
        look = points->band[b];
        while ((time = point_time(query, &look)) < first &&
               !below_hazard(query, look.height, time))
            draw_point(query, b, look.n + 1, &look);
        if (time < first)
            first = time;
    }
    return first < query->horizon ? first : SIM_NEVER;
}
