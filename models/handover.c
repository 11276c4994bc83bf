/*
 * Handover: on entering a level that asks for one a task is posted for its
 * staff. Until it is done nobody owns the person; done late or incompletely,
 * staff know less for a while: the person is blurred (design, rule 6).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/world_impl.h"

static __attribute__((noinline)) void
ask_for(struct world *world, struct person *person, const struct level *level)
{
    if (world_measures(world, world->now))
        person->sums[COUNT_HANDOVERS]++;
    contacts_handover(world, person);
    clock_set(world, person, CLOCK_HANDOVER,
              world->now + level->handover.within, PHASE_CLOSE);
}

void handover_begin(struct world *world, struct person *person)
{
    const struct level *level = &world->scenario->level[person->level];

    person->owned = !level->handover.asked;
    if (!person->owned)
        ask_for(world, person, level);
}

void handover_end(struct world *world, struct person *person)
{
    if (!person->owned && world_measures(world, person->entered_at))
        person->sums[COUNT_UNOWNED_HOURS] += world->now - person->entered_at;
    if (!person->owned)
        journey_add(world, person, JOURNEY_OWNED, 0, 0, 0);
    person->owned = true;
    person->blurred = false;
    clocks_clear(world, person,
                 CLOCK_BIT(CLOCK_HANDOVER) | CLOCK_BIT(CLOCK_BLUR));
}

/* From now until the first review or `until` after entry staff know less. */
static void blur(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms until = person->entered_at + level->handover.until;

    if (until <= world->now)
        return;
    person->blurred = true;
    journey_add(world, person, JOURNEY_BLURRED, 0, 0, until);
    clock_set(world, person, CLOCK_BLUR, until, PHASE_EVENTS);
}

void handover_late_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_HANDOVER);
    journey_add(world, person, JOURNEY_HANDOVER_LATE, 0, 0, 0);
    if (!person->owned)
        blur(world, person);
}

void handover_reviewed(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_BLUR);
    person->blurred = false;
}

void handover_blur_due(struct world *world, struct person *person)
{
    handover_reviewed(world, person); /* long enough, review or not */
}

void handover_done(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    bool blurred = person->blurred;

    handover_end(world, person);
    if (blurred || person_uniform(world, person, PURPOSE_HANDOVER, level->tag,
                                  person->stays) >= level->handover.complete)
        blur(world, person);
}
