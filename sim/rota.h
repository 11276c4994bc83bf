#ifndef SIM_ROTA_H
#define SIM_ROTA_H
/*
 * Rota arithmetic: when a shift runs, and who of it is absent.
 * Threads: pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/civil.h"

/* A shift: the days it starts on, and its hours from 00:00 of that day.
 * `until` is later than `from`, at most 24 h later, and may pass midnight. */
struct sim_shift {
    sim_day_set days;
    sim_ms from;
    sim_ms until;
};

/* The first day >= `day` on which the shift starts; INT32_MAX when none does
 * within 400 days. */
int32_t sim_shift_next_day(const struct sim_shift *shift,
                           const struct sim_civil *civil, int32_t day);

/*
 * Absence in spells: a stationary two-state chain in continuous time, sampled
 * on the days a place is rostered. `share` (0 to below 1) of time is absent,
 * spells last `spell_days` on average (exponential). With
 * k = 1 / (spell_days (1 - share)), the chance of being absent g days after
 * having been absent is share + (1 - share) exp(-k g), and after having been
 * present share (1 - exp(-k g)). (Two-state Markov chain, e.g. Norris 1997.)
 */
struct sim_absence {
    double share;
    double spell_days; /* 0: each day independent */
};

/* What is known of a place: nothing yet, or absent or present on `day`. */
struct sim_attendance_state {
    bool known;
    bool absent;
    int32_t day;
};

/* Decide by the uniform `u` whether the place is absent on `day`, later than
 * `state->day`; updates `state` and returns whether absent. */
bool sim_absence_draw(const struct sim_absence *absence,
                      struct sim_attendance_state *state, int32_t day,
                      double u);
#endif
