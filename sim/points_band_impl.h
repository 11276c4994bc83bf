#ifndef SIM_POINTS_BAND_IMPL_H
#define SIM_POINTS_BAND_IMPL_H
/*
 * Bands, cells and pairs of points: what both ways of searching have in common.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdbool.h>

#include "sim/points.h"

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

/*
 * Cells are numbered through as in a heap: those of a band from as many on as
 * there are, so that no other band has any of these numbers. They have 25 bits;
 * points `4 * pair` and so on of a cell are its pair `pair`, which has 4 more.
 * With one bit for which block of the pair it is, all of them stand in index
 * and block of the name: nothing else is made of these blocks.
 */
static inline uint32_t number_of(const struct band *band, uint32_t cell,
                                 uint32_t pair)
{
    return (band->cells + cell) << PAIR_BITS | pair;
}

static inline uint64_t second_of(uint32_t topic, uint32_t number)
{
    uint32_t block = number & 0xff, index = (number - block) / 0x100 * 2;

    return (uint64_t)index << 40 | (uint64_t)block << 32 | topic;
}

/* Products of uniforms above this make heights of `band` below the bound. */
static inline double limit_of(const struct sim_points_query *query,
                              const struct band *band)
{
    double high = query->bound < band->high ? query->bound : band->high;
    struct sim_points_top *top = query->top;

    if (!top || band->low > 0)
        return exp((band->low - high) * band->days);
    if (top->high != high) {
        top->high = high;
        top->limit = exp(-high * band->days);
    }
    return top->limit;
}

/* Where a search ends: there are no points later on. */
static inline sim_ms end_of(const struct sim_points_query *query)
{
    sim_ms last = query->origin + SIM_POINT_DAYS * SIM_DAY;

    return query->horizon < last ? query->horizon : last;
}
#endif
