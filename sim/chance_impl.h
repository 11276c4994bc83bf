#ifndef SIM_CHANCE_IMPL_H
#define SIM_CHANCE_IMPL_H
/*
 * The two ways of sim_chance_blocks, _pairs and _ties, for tests: which of them
 * a machine takes, nobody else need know. They give the same words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>

#include "sim/chance.h"

/* On any machine. */
void sim_chance_blocks_narrow(const struct sim_chance *chance, uint32_t count,
                              const struct sim_counter counter[],
                              uint32_t out[][4]);
void sim_chance_pairs_narrow(const struct sim_chance *chance, uint64_t first,
                             uint64_t second, uint64_t other,
                             uint32_t out[2][8]);
void sim_chance_ties_narrow(const struct sim_chance *chance, uint32_t count,
                            const struct sim_counter counter[], uint32_t tie[],
                            double unit[]);
/* Only on one for which sim_chance_is_wide is true. */
void sim_chance_blocks_wide(const struct sim_chance *chance, uint32_t count,
                            const struct sim_counter counter[],
                            uint32_t out[][4]);
void sim_chance_pairs_wide(const struct sim_chance *chance, uint64_t first,
                           uint64_t second, uint64_t other, uint32_t out[2][8]);
void sim_chance_ties_wide(const struct sim_chance *chance, uint32_t count,
                          const struct sim_counter counter[], uint32_t tie[],
                          double unit[]);
static inline bool sim_chance_is_wide(void)
{
#ifdef __SSE2__
    return __builtin_cpu_supports("avx2");
#else
    return false;
#endif
}
#endif
