#ifndef SIM_TIES_IMPL_H
#define SIM_TIES_IMPL_H
/*
 * The two ways of sim_ties_rank, for tests: which of them a machine takes,
 * nobody else need know. They give the same.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/ties.h"

/* On any machine. */
bool sim_ties_rank_narrow(const uint32_t tie[], uint32_t count,
                          uint32_t place[]);
/* Only on one for which sim_chance_is_wide is true. */
bool sim_ties_rank_wide(const uint32_t tie[], uint32_t count, uint32_t place[]);
#endif
