#ifndef SIM_POINTS_IMPL_H
#define SIM_POINTS_IMPL_H
/*
 * The two ways of sim_points_next, for tests: which of them a search takes,
 * nobody else need know. They find the same moments.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/points.h"

/* Any hazard, on any machine. */
sim_ms sim_points_next_narrow(struct sim_points *points,
                              const struct sim_points_query *query);

/* Four points at once: only where sim_chance_is_wide is true, and for a
 * constant hazard above 0 and of at most SIM_WIDE_MOST per day. In the bands up
 * to there a time counted in words of a cell is exact. */
#define SIM_WIDE_MOST 0x1p8
sim_ms sim_points_next_wide(struct sim_points *points,
                            const struct sim_points_query *query);
#endif
