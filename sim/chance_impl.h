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
/* Not inline: who stands in for chance.c, to be told of all that is drawn, says
 * that there is none. */
bool sim_chance_is_wide(void);
#endif
