/*
 * Pairs: visits that take two of the role, because the person's always do or
 * because of the hour. A kind that may need a pair has each of its ways twice,
 * for one worker and for two; which of the two is open depends on when they
 * would meet the person.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

/* A kind's `pair_after` holds until then. Assumption: the end of the night. */
#define DAYBREAK (6 * SIM_HOUR)

bool pairs_possible(const struct scenario *scenario, const struct kind *kind)
{
    bool always = false;

    for (uint32_t i = 0; i < scenario->cohort_count; i++)
        always |= scenario->cohort[i].pairs > 0;
    if (kind->mode != MODE_VISIT || kind->without_person)
        return false;
    for (uint32_t i = 0; i < kind->staffing_count; i++)
        if (kind->staffing[i].need_count != 1 ||
            kind->staffing[i].need[0].count != 1)
            return false;
    return always || kind->pair_after >= 0;
}

/* Whether someone met at `time` is met by two because of the hour. */
static bool by_hour(const struct kind *kind, sim_ms time)
{
    sim_ms hour = time % SIM_DAY;

    return kind->pair_after >= 0 &&
           (hour >= kind->pair_after || hour < DAYBREAK);
}

bool pairs_needed(const struct world *world, const struct task *task,
                  sim_ms time)
{
    return (task->person != NONE && world->person[task->person].pairs) ||
           by_hour(&world->scenario->kind[task->kind], time);
}

sim_ms pairs_change(const struct kind *kind, sim_ms time)
{
    sim_ms midnight = time - time % SIM_DAY;

    if (kind->pair_after < 0)
        return SIM_NEVER;
    if (time < midnight + DAYBREAK)
        return midnight + DAYBREAK;
    if (time < midnight + kind->pair_after)
        return midnight + kind->pair_after;
    return midnight + SIM_DAY + DAYBREAK;
}
