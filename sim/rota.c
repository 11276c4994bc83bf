/*
 * When a shift runs, and absence in spells. A place keeps one fact about its
 * past, whether it was absent when last rostered: the chain has no more memory.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/rota.h"

#include <math.h>

#include "sim/error.h"

#define SEARCH_DAYS 400

int32_t sim_shift_next_day(const struct sim_shift *shift,
                           const struct sim_civil *civil, int32_t day)
{
    for (int32_t i = 0; i <= SEARCH_DAYS; i++)
        if (sim_civil_in(civil, day + i, shift->days))
            return day + i;
    return INT32_MAX;
}

/* The chance of being absent on `day`, given the day last known. */
static double absent_prob(const struct sim_absence *absence,
                          const struct sim_attendance_state *state, int32_t day)
{
    double share = absence->share;
    double memory; /* what is left of the last known day: exp(-k g) */

    if (!state->known || !(absence->spell_days > 0))
        return share;
    SIM_REQUIRE(day > state->day);
    memory =
        exp(-(double)(day - state->day) / (absence->spell_days * (1 - share)));
    return state->absent ? share + (1 - share) * memory : share * (1 - memory);
}

bool sim_absence_draw(const struct sim_absence *absence,
                      struct sim_attendance_state *state, int32_t day, double u)
{
    /* A share below 1 keeps the rate k finite. */
    SIM_REQUIRE(absence->share >= 0 && absence->share < 1);
    state->absent = u < absent_prob(absence, state, day);
    state->known = true;
    state->day = day;
    return state->absent;
}
