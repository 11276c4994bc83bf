/*
 * What is drawn once for a person and kept for life, beside their condition:
 * whether visits to them take two workers, and the time of day they prefer.
 * Both are drawn only where their cohort speaks of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

/* The time of day below whose cumulative share the uniform number lies. */
static sim_ms preferred(const struct cohort *cohort, double u)
{
    uint32_t i = 0;

    while (i + 1 < cohort->prefers_count && u >= cohort->prefers[i].chance)
        u -= cohort->prefers[i++].chance;
    return cohort->prefers[i].at;
}

static __attribute__((noinline)) void draw(const struct world *world,
                                           struct person *person,
                                           const struct cohort *cohort)
{
    person->pairs =
        cohort->pairs > 0 &&
        person_uniform(world, person, PURPOSE_PAIRS, 0, 0) < cohort->pairs;
    if (cohort->prefers_count > 0)
        person->prefers = preferred(
            cohort, person_uniform(world, person, PURPOSE_PREFERS, 0, 0));
}

void person_begin(const struct world *world, struct person *person)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];

    person->pairs = false;
    person->prefers = -1;
    if (cohort->pairs > 0 || cohort->prefers_count > 0)
        draw(world, person, cohort);
}

sim_ms person_time_of(const struct person *person, const struct kind *kind)
{
    return kind->at_preferred ? person->prefers : kind->at;
}
