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

#include <math.h>
#include <stdbool.h>

#include "sim/error.h"

/* A hazard made of products may pass its bound by rounding, no further. */
#define BOUND_SLACK (1 + 1e-9)

/* Points come from pairs of blocks, four from each. In a cell of 8 points on
 * average, the most there is, 64 are passed once in 10^35 times. */
#define PAIR_POINTS 4
#define PAIR_BITS 4
#define CELL_PAIRS (1u << PAIR_BITS)
#define CELL_POINTS (CELL_PAIRS * PAIR_POINTS)

/* exp(-4): below it more than four points of a cell are to be expected below
 * the bound. */
#define CROWDED 0.018

/* Heights [low, high) per day, in cells of so many days. */
struct band {
    double low, high;
    double days;
    uint32_t cells; /* in SIM_POINT_DAYS */
};
static const struct band bands[] = {
    {0, 0x1p-2, 0x1p5, 1 << 10},      {0x1p-2, 0x1p0, 0x1p3, 1 << 12},
    {0x1p0, 0x1p2, 0x1p1, 1 << 14},   {0x1p2, 0x1p4, 0x1p-1, 1 << 16},
    {0x1p4, 0x1p6, 0x1p-3, 1 << 18},  {0x1p6, 0x1p8, 0x1p-5, 1 << 20},
    {0x1p8, 0x1p10, 0x1p-7, 1 << 22}, {0x1p10, SIM_POINT_MOST, 0x1p-9, 1 << 24},
};
#define BANDS (sizeof bands / sizeof *bands)

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

/*
 * Cells are numbered through as in a heap: those of a band from as many on as
 * there are, so that no other band has any of these numbers. They have 25 bits;
 * points `4 * pair` and so on of a cell are its pair `pair`, which has 4 more.
 * With one bit for which block of the pair it is, all of them stand in index
 * and block of the name: nothing else is made of these blocks.
 */
static inline uint64_t second_of(const struct search *search, uint32_t number)
{
    return sim_counter_indexed(search->query->name.topic, number >> 8 << 1,
                               (uint8_t)number);
}

/* The blocks of a pair of a cell. Another comes with it, which costs little:
 * the one that is likely to be asked for next. That is of the same cell where
 * it is `crowded`, and else of the next cell. */
static inline const struct sim_drawn *draw_pair(struct search *search,
                                                const struct band *band,
                                                uint32_t cell, uint32_t pair,
                                                bool crowded)
{
    uint32_t number = (band->cells + cell) << PAIR_BITS | pair, next;
    struct sim_drawn *drawn = search->points->drawn;
    uint32_t at = drawn[1].number == number;

    if (drawn[at].number == number)
        return &drawn[at];
    next = crowded ? number + 1 : (band->cells + cell + 1) << PAIR_BITS;
    drawn[0].number = number;
    drawn[1].number = next;
    sim_chance_pairs(search->query->chance, search->first,
                     second_of(search, number), second_of(search, next),
                     drawn[0].block, drawn[1].block);
    return &drawn[0];
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
        const struct sim_drawn *drawn =
            draw_pair(search, band, cell, pair, limit < CROWDED);

        for (size_t i = 0; i < PAIR_POINTS; i++) {
            const uint32_t *word = &drawn->block[i / 2][i % 2 * 2];
            sim_ms time;

            product *= unit_of(word[0]);
            if (product <= limit)
                return count;
            /* The cast is floor: the moment is not before the origin. */
            time =
                query->origin + (sim_ms)((cell + unit_of(word[1])) * cell_ms);
            /* Written where the next goes, and counted if it is one: that is
             * no branch, which nobody could foretell. */
            point[count] = (struct point){time, product};
            count += (time > query->after) & (time < until);
        }
    }
    return count;
}

/* Two numbers at once; a mask has all bits of those it is true of. */
typedef double two __attribute__((vector_size(16)));
typedef uint64_t mask __attribute__((vector_size(16)));

/* The uniforms that unit_of makes of the low halves of `words`: they become the
 * low digits of numbers from 2^52 on, less what those begin with. */
static inline two units_of(mask words)
{
    return ((two)(words | 0x4330000000000000u) - (0x1p52 - 0.5)) * 0x1p-32;
}

/* Of two times and those of two points: of the points that are later than
 * `after`, have products above `limit` and are earlier. */
static inline two earlier_of(two least, two time, two product, double limit,
                             double after)
{
    mask is_it =
        (mask)(product > limit) & (mask)(time >= after) & (mask)(time < least);

    return (two)(((mask)time & is_it) | ((mask)least & ~is_it));
}

/* The earliest of those points, or `until`: all that is asked of them where the
 * hazard is constant. They are looked at by fours, those above the bound as
 * well, without a branch, which nobody could foretell; and counted from the
 * origin in numbers whose whole part is the moment. */
static inline sim_ms earliest_of(struct search *search, const struct band *band,
                                 uint32_t cell, double limit, sim_ms until)
{
    const struct sim_points_query *query = search->query;
    double cell_ms = band->days * (double)SIM_DAY, product = 1;
    double after = (double)(query->after - query->origin + 1);
    double end = (double)(until - query->origin);
    two least = {end, end};

    for (uint32_t pair = 0; pair < CELL_PAIRS && product > limit; pair++) {
        const struct sim_drawn *drawn =
            draw_pair(search, band, cell, pair, limit < CROWDED);

        for (size_t i = 0; i < 2; i++) {
            const uint32_t *word = drawn->block[i];
            mask words = {(uint64_t)word[1] << 32 | word[0],
                          (uint64_t)word[3] << 32 | word[2]};
            two high = units_of(words & UINT32_MAX);
            two time = (cell + units_of(words >> 32)) * cell_ms;
            two below;

            below[0] = product * high[0];
            below[1] = product = below[0] * high[1];
            least = earlier_of(least, time, below, limit, after);
        }
    }
    /* The cast is floor: the moment is not before the origin. */
    return query->origin + (sim_ms)(least[0] < least[1] ? least[0] : least[1]);
}

/* Whether the hazard reaches above a point of `band`. */
static bool below_hazard(const struct sim_points_query *query,
                         const struct band *band, const struct point *point)
{
    double height = band->low - log(point->product) / band->days;
    double hazard = query->hazard(query->context, point->time);

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

/* Products of uniforms above this make heights below `high`. */
static inline double limit_of(struct sim_points_top *top,
                              const struct band *band, double high)
{
    if (!top || band->low > 0)
        return exp((band->low - high) * band->days);
    if (top->high != high) {
        top->high = high;
        top->limit = exp(-high * band->days);
    }
    return top->limit;
}

/* The first moment after `query->after` at which a point of `band` lies below
 * the hazard, or `until` where there is none before. */
static inline __attribute__((always_inline)) sim_ms
search_band(struct search *search, const struct band *band, sim_ms until)
{
    const struct sim_points_query *query = search->query;
    double high = query->bound < band->high ? query->bound : band->high;
    double limit = limit_of(query->top, band, high);
    double cell_ms = band->days * (double)SIM_DAY;
    double left = (double)(until - query->origin);
    struct point point[CELL_POINTS + 1];
    uint32_t cell = 0;

    if (query->after > query->origin)
        cell = (uint32_t)((double)(query->after - query->origin) / cell_ms);
    for (; cell * cell_ms < left; cell++) {
        sim_ms time;

        if (!query->hazard) {
            time = earliest_of(search, band, cell, limit, until);
        } else {
            uint32_t count = points_of(search, band, cell, limit, until, point);
            time = first_below(query, band, point, count, until);
        }
        if (time < until)
            return time;
    }
    return until;
}

sim_ms sim_points_next(struct sim_points *points,
                       const struct sim_points_query *query)
{
    struct search search = {query, points,
                            sim_counter_of(&query->name, 0).first};
    sim_ms end = query->horizon, first;

    SIM_REQUIRE(query->bound >= 0 && query->bound <= SIM_POINT_MOST &&
                query->name.number < SIM_NUMBERS);
    if (end > query->origin + SIM_POINT_DAYS * SIM_DAY)
        end = query->origin + SIM_POINT_DAYS * SIM_DAY;
    if (query->after >= end)
        return SIM_NEVER;
    first = end;
    for (size_t b = 0; b < BANDS && bands[b].low < query->bound; b++)
        first = search_band(&search, &bands[b], first);
    return first < end ? first : SIM_NEVER;
}
