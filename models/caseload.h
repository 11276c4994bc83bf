#ifndef MODELS_CASELOAD_H
#define MODELS_CASELOAD_H
/*
 * Today's caseload (design, section 3, rule 3): who is there when the run
 * starts. What is not known of someone is drawn by simulating people of their
 * cohort, one after the other, until one is still in that level at that age
 * (and step, and state, where these are known).
 *
 * Those are simulated by the same handlers as everybody else, in a world of
 * their own, the past: places without limit, and staff who are always there. A
 * person is referred into the cohort's first level and followed until they
 * enter the level of the row; that moment is then taken to be the day of entry
 * that the row gives, and they are followed to the start of the run. Whoever
 * has left by then, or is in another step or state, is dropped, and the next
 * tried. Whoever fits is taken over with all they have: points, signs, alerts,
 * lists, plan.
 *
 * Of CASELOAD_TRIES people none may fit. Then the first is taken who is still
 * there, in that step if there is one, and what else is known is set. Where
 * nobody is still there, the person has stayed longer than anybody simulated,
 * and moves on when the run starts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "models/scenario.h"

#define CASELOAD_MOST 10000u /* people */
#define CASELOAD_TRIES 1000u /* of one person */

/* The people of a caseload are real, and a group of fewer could point at
 * someone: it is told neither by itself nor by a sum (design, section 8). */
#define CASELOAD_GROUP_LEAST 5
/* The weeks in which the people of a level are still much the same: assumed,
 * about as long as a short plan. */
#define CASELOAD_GROUP_WEEKS 4

/* Whether those of the caseload in `level` are so few as that. */
bool caseload_is_small_group(const struct level *level);

/* Whether a past that begins at (negative) day `entered` can be simulated. */
bool caseload_can_begin(const struct scenario *scenario, int32_t entered);

/* The longest that anybody can stay in a level, as far as its own keys say;
 * SIM_NEVER where they set no bound. */
sim_ms caseload_longest(const struct level *level);
#endif
