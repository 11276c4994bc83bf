#ifndef MODELS_DWELL_H
#define MODELS_DWELL_H
/*
 * Dwell: the operational clock of a change that depends on how long a person
 * has been in a state (design, rule 4). At age x the clock shows -log S(x), S
 * the survival function of the dwell distribution; on that clock the hazard of
 * the change is the product of its multipliers m, so that with a constant m it
 * has not come by age x with chance S(x)^m.
 * Clocks are whole numbers like times, one unit being SIM_DAY; ages are ms.
 * Threads: pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/quantity.h"
#include "sim/calendar.h"

/* The clock stops here, at a survival of exp(-1024), so that looking for a
 * point comes to an end: by then a change with a multiplier of 0.01 or more has
 * come for all but 4 in 100,000, and one that was held back by a multiplier of
 * 0 comes as soon as it can. */
#define DWELL_END (1024 * SIM_DAY)

/* The largest shape of a gamma, 1 over the square of its cv: up to there GSL's
 * incomplete gamma functions never fail. */
#define DWELL_SHAPE_MAX 1e4

/* Whether a dwell may be of this family: exponential, Weibull, gamma or
 * lognormal. */
bool dwell_is_family(enum family family);

/* The clock at `age`, which is not negative; at most DWELL_END. */
sim_ms dwell_clock(const struct distribution *dwell, sim_ms age);

/*
 * The least age in (low, high] at which the clock shows `clock` or more. It
 * shows less at `low`, and not less at `high`.
 */
sim_ms dwell_age(const struct distribution *dwell, sim_ms clock, sim_ms low,
                 sim_ms high);
#endif
