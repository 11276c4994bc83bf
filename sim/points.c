/*
 * A search goes through the bands from the lowest up to the bound, and in each
 * through the cells from where it begins. In a cell it draws points upward
 * until one is above the bound, and takes the earliest that is below the
 * hazard: so the lower the bound, the fewer are drawn.
 *
 * The n-th height of a cell is the log of the product of the first n uniforms.
 * Whether it is below the bound that product tells as well, and the log is
 * taken only where the height is to be compared with a hazard. Uniforms have 32
 * bits (0.6 ms of a cell of 32 days), so that a block has two points, and two
 * blocks, which cost little more than one, have four.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/points.h"

#include "sim/chance_impl.h"
#include "sim/points_band_impl.h"
#include "sim/points_impl.h"

/* A hazard made of products may pass its bound by rounding, no further. */
#define BOUND_SLACK (1 + 1e-9)

/* What is asked for, and the first half of the counters to draw with. */
struct search {
    const struct sim_points_query *query;
    struct sim_points *points;
    uint64_t first;
};

/* A point below the bound: when, and its height as a product of uniforms. */
struct point {
    sim_ms time;
    double product;
};

/* Where the points of a pair of a cell stand among those drawn. Another pair
 * comes with it, which costs little: the one that is likely to be asked for
 * next. That is of the same cell where it is `crowded`, and else of the next.
 */
static inline uint32_t draw_pair(struct search *search, const struct band *band,
                                 uint32_t cell, uint32_t pair, bool crowded)
{
    uint32_t number = number_of(band, cell, pair);
    struct sim_points *points = search->points;
    uint32_t topic = search->query->name.topic;
    uint32_t at = points->number[1] == number;

    if (points->number[at] == number)
        return at * PAIR_POINTS;
    points->number[0] = number;
    points->number[1] = crowded ? number + 1 : number_of(band, cell + 1, 0);
    sim_chance_pairs(search->query->chance, search->first,
                     second_of(topic, points->number[0]),
                     second_of(topic, points->number[1]), points->word);
    return 0;
}

/* A uniform in (0, 1), never 0 or 1, symmetric about 1/2. */
static inline double unit_of(uint32_t word)
{
    return (double)(2 * (int64_t)word + 1) * 0x1p-33;
}

/* Those points of a cell that come after `query->after` and before `until` and
 * whose products are above `limit`; how many. */
static inline uint32_t points_of(struct search *search, const struct band *band,
                                 uint32_t cell, double limit, sim_ms until,
                                 struct point point[CELL_POINTS + 1])
{
    const struct sim_points_query *query = search->query;
    double cell_ms = band->days * (double)SIM_DAY, product = 1;
    uint32_t count = 0;

    for (uint32_t pair = 0; pair < CELL_PAIRS; pair++) {
        uint32_t at = draw_pair(search, band, cell, pair, limit < CROWDED);

        for (uint32_t i = at; i < at + PAIR_POINTS; i++) {
            sim_ms time;

            product *= unit_of(search->points->word[0][i]);
            if (product <= limit)
                return count;
            /* The cast is floor: the moment is not before the origin. */
            time = query->origin +
                   (sim_ms)((cell + unit_of(search->points->word[1][i])) *
                            cell_ms);
            /* Written where the next goes, and counted if it is one: that is
             * no branch, which nobody could foretell. */
            point[count] = (struct point){time, product};
            count += (time > query->after) & (time < until);
        }
    }
    return count;
}

/* Whether the hazard reaches above a point of `band`. */
static bool below_hazard(const struct sim_points_query *query,
                         const struct band *band, const struct point *point)
{
    double height, hazard;

    if (!query->hazard) /* the bound itself */
        return true;
    height = band->low - log(point->product) / band->days;
    hazard = query->hazard(query->context, point->time);
    SIM_REQUIRE(hazard <= query->bound * BOUND_SLACK);
    return height < hazard;
}

/* The first moment of a point that is below the hazard, or `until`. */
static inline sim_ms first_below(const struct sim_points_query *query,
                                 const struct band *band, struct point *point,
                                 uint32_t count, sim_ms until)
{
    while (count > 0) {
        uint32_t first = 0;

        for (uint32_t i = 1; i < count; i++)
            if (point[i].time < point[first].time)
                first = i;
        if (below_hazard(query, band, &point[first]))
            return point[first].time;
        point[first] = point[--count];
    }
    return until;
}

/* The first moment after `query->after` at which a point of `band` lies below
 * the hazard, or `until` where there is none before. */
static sim_ms search_band(struct search *search, const struct band *band,
                          sim_ms until)
{
    const struct sim_points_query *query = search->query;
    double limit = limit_of(query, band);
    double cell_ms = band->days * (double)SIM_DAY;
    double left = (double)(until - query->origin);
    struct point point[CELL_POINTS + 1];
    uint32_t cell = 0;

    if (query->after > query->origin)
        cell = (uint32_t)((double)(query->after - query->origin) / cell_ms);
    for (; cell * cell_ms < left; cell++) {
        uint32_t count = points_of(search, band, cell, limit, until, point);
        sim_ms time = first_below(query, band, point, count, until);

        if (time < until)
            return time;
    }
    return until;
}

/* Not inlined: what it keeps on the stack, the wide way does not need. */
__attribute__((noinline)) sim_ms
sim_points_next_narrow(struct sim_points *points,
                       const struct sim_points_query *query)
{
    struct search search = {query, points,
                            sim_counter_of(&query->name, 0).first};
    sim_ms end = end_of(query), first = end;

    if (query->after >= end)
        return SIM_NEVER;
    for (size_t b = 0; b < BANDS && bands[b].low < query->bound; b++)
        first = search_band(&search, &bands[b], first);
    return first < end ? first : SIM_NEVER;
}

sim_ms sim_points_next(struct sim_points *points,
                       const struct sim_points_query *query)
{
    SIM_REQUIRE(query->name.number < SIM_NUMBERS);
    if (!query->hazard && query->bound > 0 && query->bound <= SIM_WIDE_MOST &&
        sim_chance_is_wide())
        return sim_points_next_wide(points, query);
    SIM_REQUIRE(query->bound >= 0 && query->bound <= SIM_POINT_MOST);
    return sim_points_next_narrow(points, query);
}
