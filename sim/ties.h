#ifndef SIM_TIES_H
#define SIM_TIES_H
/*
 * The order of things that only random numbers tell apart: their ties.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SIM_TIES_FEW 32u

/*
 * How many of `count`, at most SIM_TIES_FEW, go before each; `place` has room
 * for a multiple of 4.
 * Counted, of four at a time, for every one of them anew: that is n^2/4 steps,
 * and none of them a branch that nobody can foretell, as sorting is made of.
 * Returns false where two have one tie, of which something else has to decide,
 * or one has the highest that there is.
 * Mostly they are about ten: unrolled for 32, the loops would be half of the
 * function that all contacts come through, and not fit the cache beside it.
 */
typedef int32_t sim_four __attribute__((vector_size(16)));
static inline bool sim_ties_few(const uint32_t tie[], uint32_t count,
                                uint32_t place[])
{
    union {
        sim_four four[SIM_TIES_FEW / 4];
        int32_t one[SIM_TIES_FEW];
    } all; /* in the order of numbers with a sign */
    uint32_t fours = (count + 3) / 4, left = 4 * fours - count;
    sim_four sum = {0, 0, 0, 0};

#pragma GCC unroll 1
    for (uint32_t i = 0; i < count; i++)
        all.one[i] = (int32_t)(tie[i] ^ (uint32_t)1 << 31);
#pragma GCC unroll 1
    for (uint32_t i = count; i < 4 * fours; i++)
        all.one[i] = INT32_MAX; /* goes before nobody */
#pragma GCC unroll 1
    for (uint32_t i = 0; i < fours; i++) {
        sim_four own = all.four[i], before = {0, 0, 0, 0};

#pragma GCC unroll 1
        for (uint32_t j = 0; j < fours; j++) {
            sim_four other = all.four[j];

            before -= __builtin_shufflevector(other, other, 0, 0, 0, 0) < own;
            before -= __builtin_shufflevector(other, other, 1, 1, 1, 1) < own;
            before -= __builtin_shufflevector(other, other, 2, 2, 2, 2) < own;
            before -= __builtin_shufflevector(other, other, 3, 3, 3, 3) < own;
        }
        memcpy(&place[4 * i], &before, sizeof before); /* true is -1 */
        sum += before;
    }
    /* Before each that fills up go all. */
    return (uint32_t)(sum[0] + sum[1] + sum[2] + sum[3]) ==
           count * (count - 1) / 2 + left * count;
}

/* The same by ties and numbers `id`, which all differ. */
static inline void sim_ties_exact(const uint32_t tie[], const uint32_t id[],
                                  uint32_t count, uint32_t place[])
{
    for (uint32_t i = 0; i < count; i++) {
        place[i] = 0;
        for (uint32_t j = 0; j < count; j++)
            place[i] += tie[j] < tie[i] || (tie[j] == tie[i] && id[j] < id[i]);
    }
}

/* Put `count` keys in order by their ties, which are the upper halves; those
 * with one tie stay in the order in which they are. `spare` has as much room.
 */
void sim_ties_sort(uint64_t key[], size_t count, uint64_t spare[]);
#endif
