/*
 * Each band remembers the point that the last search came to, and how low the
 * lowest is of those that it had to leave behind because they were above the
 * hazard. While no bound is higher than that, they are above the hazard still,
 * and the next search goes on from there. Else it begins anew from the last
 * point that is over, because a point that is too high for today's hazard may
 * lie below tomorrow's.
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

/* Move `band` to point `n` from the one before it. Drawn are the pair that it
 * is of. */
static void draw_pair(const struct sim_points_query *query, unsigned b,
                      uint32_t n, struct sim_band *band)
{
    struct sim_name name = query->name;
    uint32_t word[2][4];

    sim_name_index(&name, n & ~1u);
    sim_chance_pair(query->chance, &name, b, word);
    memcpy(band->next, word[1], sizeof band->next);
    move_to(band, b, word[n & 1]);
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

/* Back to the first point that may not be over. */
static void begin_anew(const struct sim_points_query *query, unsigned b,
                       struct sim_band *band)
{
    band->days = band->from_days;
    band->least = HUGE_VAL;
    draw_pair(query, b, band->from, band);
}

/* The point that `band` is at is over: no search comes back to it. */
static inline void pass_point(struct sim_band *band)
{
    band->from_days = band->days;
    band->from = band->n + 1;
    band->least = HUGE_VAL;
}

static inline sim_ms point_time(const struct sim_points_query *query,
                                const struct sim_band *band)
{
    /* The cast is floor: days are not negative. */
    return query->origin + (sim_ms)(band->days * (double)SIM_DAY);
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

/* The first moment after `query->after` at which a point of band `b` lies below
 * the hazard, or one not before `until`. */
static inline sim_ms search_band(struct sim_band *band, bool is_open,
                                 const struct sim_points_query *query,
                                 unsigned b, sim_ms until)
{
    sim_ms time;

    if (!is_open) {
        band->from_days = 0;
        band->from = 0;
    }
    if (!is_open || query->bound > band->least)
        begin_anew(query, b, band);
    for (;; next_point(query, b, band)) {
        time = point_time(query, band);
        if (time <= query->after) {
            pass_point(band);
            continue;
        }
        if (time >= until || below_hazard(query, band->height, time))
            return time;
        if (band->height < band->least)
            band->least = band->height;
    }
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
        sim_ms time = search_band(&points->band[b], points->open >> b & 1,
                                  query, b, first);

        points->open |= (uint32_t)1 << b;
        if (time < first)
            first = time;
    }
    return first < query->horizon ? first : SIM_NEVER;
}
