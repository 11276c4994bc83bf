/*
 * What can be asked of a scenario as a whole.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"

#include <string.h>

#include "models/arena.h"
#include "sim/error.h"

sim_ms scenario_end(const struct scenario *scenario)
{
    const struct run_calendar *calendar = &scenario->calendar;

    return calendar->warm_up + calendar->run_for + calendar->run_on;
}

uint32_t scenario_outcome(const struct scenario *scenario, const char *name)
{
    uint32_t low = 0, high = scenario->outcome_count;

    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;

        if (strcmp(scenario->outcome[middle], name) <= 0)
            low = middle;
        else
            high = middle;
    }
    SIM_REQUIRE(low < high && strcmp(scenario->outcome[low], name) == 0);
    return low;
}

void scenario_free(struct scenario *scenario)
{
    struct arena *arena;

    if (scenario == NULL)
        return;
    arena = scenario->arena; /* which also holds the scenario itself */
    sim_civil_clear(&scenario->civil);
    arena_free(arena);
}
