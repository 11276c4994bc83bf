/*
 * Points of a constant hazard, four at once: what sim/points.c finds one by one
 * for any hazard. Of each only its time is asked, and whether it is below the
 * bound; those above are looked at as well, without a branch, which nobody
 * could foretell.
 *
 * Times are counted from the origin, in numbers whose whole part is the moment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/points_impl.h"

#include "sim/chance_wide_impl.h"
#include "sim/points_band_impl.h"

#ifdef __SSE2__
/* Draw the points of two pairs. */
WIDE void draw(struct sim_points *points, const struct sim_points_query *query,
               uint32_t number, uint32_t other)
{
    points->number[0] = number;
    points->number[1] = other;
    draw_pairs_wide(query->chance, sim_counter_of(&query->name, 0).first,
                    second_of(query->name.topic, number),
                    second_of(query->name.topic, other), points->word);
}

/* Four words as numbers, as wide_numbers. */
#define WORDS 0x1p32
#define LESS (WIDE_BIG - 0.5) /* each and a half */
WIDE __m256d numbers_of(const uint32_t word[4], double less)
{
    __m256i low = _mm256_cvtepu32_epi64(
        _mm_loadu_si128((const __m128i *)(const void *)word));

    return wide_numbers(_mm256_or_si256(low, _mm256_set1_epi64x(WIDE_DIGITS)),
                        less);
}

/* The products of uniforms up to each of four, from `product` on. */
WIDE __m256d products_of(const uint32_t word[4], double product)
{
    __m256d unit =
        _mm256_mul_pd(numbers_of(word, LESS), _mm256_set1_pd(1 / WORDS));
    double one = product * unit[0], two = one * unit[1];
    double three = two * unit[2];

    return _mm256_set_pd(three * unit[3], three, two, one);
}

/* The lowest of four. */
WIDE double least_of(__m256d of)
{
    __m128d least =
        _mm_min_pd(_mm256_castpd256_pd128(of), _mm256_extractf128_pd(of, 1));

    return least[0] < least[1] ? least[0] : least[1];
}

/* What is asked of the points of a band. */
struct asked {
    double word_ms; /* of a word of time */
    double limit;   /* the least product that is not asked for */
    double after;   /* the first time that is */
};

/* The times of four points; of those not asked for, what is no number. */
WIDE __m256d times_of(const struct asked *asked, const uint32_t word[4],
                      double less, __m256d products)
{
    __m256d time =
        _mm256_mul_pd(numbers_of(word, less), _mm256_set1_pd(asked->word_ms));
    __m256d above =
        _mm256_cmp_pd(products, _mm256_set1_pd(asked->limit), _CMP_LE_OQ);
    __m256d before =
        _mm256_cmp_pd(time, _mm256_set1_pd(asked->after), _CMP_LT_OQ);

    return _mm256_or_pd(time, _mm256_or_pd(above, before));
}

/* The products at the last points of two pairs, and the earliest time so far.
 */
struct seen {
    double last[2], time;
};

/* Look at the points that were drawn: two pairs of cell `cell`, `seen` those
 * before them; or where it is not `crowded` its first and that of the next. */
WIDE struct seen look(const struct sim_points *points,
                      const struct asked *asked, double cell, bool crowded,
                      struct seen seen)
{
    double less = LESS - WORDS * cell;
    __m256d least = _mm256_set1_pd(seen.time);
    __m256d one = products_of(&points->word[0][0], seen.last[1]);
    __m256d two = products_of(&points->word[0][4], crowded ? one[3] : 1);

    /* The lower of two is the second where the first is no number. */
    least =
        _mm256_min_pd(times_of(asked, &points->word[1][0], less, one), least);
    less -= crowded ? 0 : WORDS;
    least =
        _mm256_min_pd(times_of(asked, &points->word[1][4], less, two), least);
    return (struct seen){{one[3], two[3]}, least_of(least)};
}

/* The first moment after `query->after` of a point of `band` below the bound,
 * or `until`. Two pairs are looked at at once: of one cell where it is
 * `crowded`, and else of two, which are as far as most searches go; if one of
 * these has more than a pair, they are looked at one by one. */
WIDE sim_ms search_band(struct sim_points *points,
                        const struct sim_points_query *query,
                        const struct band *band, sim_ms until)
{
    double cell_ms = band->days * (double)SIM_DAY;
    double passed = (double)(query->after - query->origin);
    double left = (double)(until - query->origin);
    const struct asked asked = {cell_ms / WORDS, limit_of(query, band),
                                passed + 1};
    const struct seen nothing = {{1, 1}, left};
    struct seen seen = nothing;
    uint32_t cell = passed > 0 ? (uint32_t)(passed / cell_ms) : 0, pair = 0;
    bool crowded = asked.limit < CROWDED;

    do {
        uint32_t number = number_of(band, cell, pair);
        uint32_t other = number + (crowded ? 1 : CELL_PAIRS);

        if (points->number[0] != number || points->number[1] != other)
            draw(points, query, number, other);
        seen = look(points, &asked, cell, crowded, seen);
        if (!crowded &&
            (seen.last[0] > asked.limit || seen.last[1] > asked.limit)) {
            crowded = true;
            seen = nothing;
        } else if (crowded && seen.last[1] > asked.limit &&
                   pair + 2 < CELL_PAIRS) {
            pair += 2;
        } else if (seen.time < left) {
            /* The cast is floor, as it is not below 0. */
            return query->origin + (sim_ms)seen.time;
        } else {
            cell += crowded ? 1 : 2;
            pair = 0;
            seen = nothing;
        }
    } while (cell * cell_ms < left);
    return until;
}

/* The same in all bands but the lowest. */
static __attribute__((target("avx2"), noinline)) sim_ms
search_high(struct sim_points *points, const struct sim_points_query *query,
            sim_ms until)
{
    for (const struct band *band = bands + 1; band->low < query->bound; band++)
        until = search_band(points, query, band, until);
    return until;
}

__attribute__((target("avx2"))) sim_ms
sim_points_next_wide(struct sim_points *points,
                     const struct sim_points_query *query)
{
    sim_ms end = end_of(query), first;

    if (query->after >= end)
        return SIM_NEVER;
    first = search_band(points, query, bands, end);
    if (query->bound > bands[0].high)
        first = search_high(points, query, first);
    return first < end ? first : SIM_NEVER;
}
#else
sim_ms sim_points_next_wide(struct sim_points *points,
                            const struct sim_points_query *query)
{
    return sim_points_next_narrow(points, query);
}
#endif
