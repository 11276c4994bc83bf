/*
 * Each band keeps a cursor: its first point later than the last `after`. A
 * search that must look further works on a copy of the cursor, because a point
 * that is too high for today's hazard may lie below tomorrow's.
 * The n-th gap and height of band b are words 0, 1 and 2, 3 of one block: that
 * with index n and block b of the clock's name. Two blocks cost little more
 * than one, so points are drawn in pairs, the second kept as its words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/points.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "sim/error.h"

/* A hazard made of products may pass its bound by rounding, no further. */
#define BOUND_SLACK (1 + 1e-9)

/* Where band b begins, per day; the last entry is where the last ends. */
static const double lower[SIM_POINT_BANDS + 1] = {
    0, 0x1p-4, 0x1p-2, 0x1p0, 0x1p2, 0x1p4, 0x1p6, 0x1p8, 0x1p10, 0x1p12};

static inline double band_lower(unsigned b)
{
    return lower[b];
}

static inline double band_width(unsigned b)
{
    return lower[b + 1] - lower[b];
}

/* Move `band` to the point made of these words, one gap after where it is. */
static inline void move_to(struct sim_band *band, unsigned b,
                           const uint32_t word[4])
{
    double width = band_width(b);

    band->days -= log(sim_unit(word[0], word[1])) / width;
    band->height = band_lower(b) + width * sim_unit(word[2], word[3]);
}

/* Draw point `n`, which is even, and the one after it. */
static void draw_pair(const struct sim_points_query *query, unsigned b,
                      uint32_t n, struct sim_band *band)
{
    struct sim_name name = query->name;
    uint32_t word[2][4];

    sim_name_index(&name, n);
    sim_chance_pair(query->chance, &name, b, word);
    move_to(band, b, word[0]);
    memcpy(band->next, word[1], sizeof band->next);
    band->n = n;
}

/* Move `band` to its next point. */
static inline void next_point(const struct sim_points_query *query, unsigned b,
                              struct sim_band *band)
{
    if (band->n & 1) {
        draw_pair(query, b, band->n + 1, band);
        return;
    }
    band->n++;
    move_to(band, b, band->next);
}

static inline sim_ms point_time(const struct sim_points_query *query,
                                const struct sim_band *band)
{
    /* The cast is floor: days are not negative. */
    return query->origin + (sim_ms)(band->days * (double)SIM_DAY);
}

/* Open band `b` if need be and move its cursor past `after`. Returns when the
 * point it is at comes. */
static inline sim_ms pass_after(struct sim_points *points,
                                const struct sim_points_query *query,
                                unsigned b)
{
    struct sim_band *band = &points->band[b];
    sim_ms time;

    if (!(points->open >> b & 1)) {
        band->days = 0;
        draw_pair(query, b, 0, band);
        points->open |= (uint32_t)1 << b;
    }
    while ((time = point_time(query, band)) <= query->after)
        next_point(query, b, band);
    return time;
}

/* Whether the hazard at `time` reaches above `height`. */
static inline bool below_hazard(const struct sim_points_query *query,
                                double height, sim_ms time)
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

/* The first moment that counts behind the cursor, which stays where it is, or
 * one not before `until`. */
static sim_ms look_on(const struct sim_band *band,
                      const struct sim_points_query *query, unsigned b,
                      sim_ms until)
{
    struct sim_band look = *band;
    sim_ms time;

    do {
        next_point(query, b, &look);
        time = point_time(query, &look);
    } while (time < until && !below_hazard(query, look.height, time));
    return time;
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
    for (unsigned b = 0; b < SIM_POINT_BANDS && lower[b] < query->bound; b++) {
        sim_ms time = pass_after(points, query, b);

        if (time < first && !below_hazard(query, points->band[b].height, time))
            time = look_on(&points->band[b], query, b, first);
        if (time < first)
            first = time;
    }
    return first < query->horizon ? first : SIM_NEVER;
}
