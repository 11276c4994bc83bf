#ifndef SIM_TIES_H
#define SIM_TIES_H
/*
 * The order of things that only random numbers tell apart: their ties.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIM_TIES_FEW 32u

/*
 * How many of `count`, 1 to SIM_TIES_FEW, go before each; `place` has room for
 * SIM_TIES_FEW, whatever the count.
 * Counted, of several at a time, for every one of them anew: that is n^2/8
 * steps where the machine looks at eight at once, and none of them a branch
 * that nobody can foretell, as sorting is made of.
 * Returns false where two have one tie, of which something else has to decide.
 */
bool sim_ties_rank(const uint32_t tie[], uint32_t count, uint32_t place[]);

/* The same, in sight of those who mostly have one. */
static inline bool sim_ties_few(const uint32_t tie[], uint32_t count,
                                uint32_t place[])
{
    if (count > 1)
        return sim_ties_rank(tie, count, place);
    place[0] = 0;
    return true;
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
