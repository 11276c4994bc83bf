/*
 * Conservation laws of a finished replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/verify_impl.h"

#include <math.h>
#include <stdio.h>

static int broken(struct world *world, const char *law, double found,
                  double expected)
{
    char text[256];

    snprintf(text, sizeof text,
             "%s: %.9g, expected %.9g (replication %u of seed %u)", law, found,
             expected, world->chance.replication, world->chance.seed);
    world_fail(world, SIM_ERR_CONSERVATION, text);
    return SIM_ERR_CONSERVATION;
}

static double total(const struct world *world, enum counter counter)
{
    const struct block *block = &world->layout->total[counter];

    return block->length ? world->record[block->offset] : 0;
}

static int verify_people(struct world *world)
{
    uint64_t alive = 0;

    for (uint32_t i = 0; i < world->person_count; i++)
        alive += world->person[i].alive;
    if (world->in != world->out + alive)
        return broken(world, "people gone and present",
                      (double)(world->out + alive), (double)world->in);
    for (uint32_t l = 0; l < world->scenario->level_count; l++) {
        uint32_t there = 0;
        for (uint32_t i = 0; i < world->person_count; i++)
            there += world->person[i].alive && world->person[i].level == l;
        if (there != world->level[l].taken)
            return broken(world, "people in a level", there,
                          world->level[l].taken);
    }
    return SIM_OK;
}

/* Everybody on a list has the claim that it stands for, and who is in no level
 * waits for one. */
static int verify_waiting(struct world *world)
{
    uint32_t listed = 0, claims = 0, lost = 0;

    for (uint32_t l = 0; l < world->scenario->level_count; l++)
        listed += world->level[l].waiting_count;
    for (uint32_t i = 0; i < world->person_count; i++) {
        const struct person *person = &world->person[i];
        uint32_t own = 0;
        for (int k = 0; k < CLAIMS && person->alive; k++)
            own += person->claim[k].level != NONE;
        claims += own;
        lost += person->alive && person->level == NONE && own == 0;
        SIM_REQUIRE(!person->alive || person->task != IN_ROUND);
        SIM_REQUIRE(!person->condition ||
                    person->scenario_state ==
                        person->condition->state[person->state]);
    }
    if (claims != listed)
        return broken(world, "people on waiting lists", listed, claims);
    if (lost != 0)
        return broken(world, "people who are and wait nowhere", lost, 0);
    return SIM_OK;
}

static int verify_contacts(struct world *world)
{
    uint64_t there = world->task_count - world->task_free;
    double ended =
        total(world, COUNT_COMPLETED) + total(world, COUNT_NOT_DELIVERED) +
        total(world, COUNT_NOT_ATTENDED) + total(world, COUNT_DOWNGRADED) +
        total(world, COUNT_CANCELLED);

    if (world->tasks_made != world->tasks_dropped + there)
        return broken(world, "contacts ended and open",
                      (double)(world->tasks_dropped + there),
                      (double)world->tasks_made);
    if (ended + (double)world->contacts_open != total(world, COUNT_DUE))
        return broken(world, "contacts by what became of them",
                      ended + (double)world->contacts_open,
                      total(world, COUNT_DUE));
    return SIM_OK;
}

static double by_role(const struct world *world, enum counter counter,
                      uint32_t role)
{
    const struct block *block = &world->layout->cut[counter][SLICE_ROLE];

    return block->length ? world->record[block->offset + role] : 0;
}

static int verify_staff(struct world *world)
{
    for (uint32_t r = 0; r < world->scenario->role_count; r++) {
        double given =
            by_role(world, COUNT_DELIVERED, r) + by_role(world, COUNT_TEAM, r);
        double there = by_role(world, COUNT_PRESENT, r) +
                       by_role(world, COUNT_OVERTIME, r);
        /* Sums of up to a million parts of an hour: rounding only. */
        if (!(given <= there + 1e-6 * (1 + there)))
            return broken(world, "staff time given over time there", given,
                          there);
        if (!(by_role(world, COUNT_TEAM_HAD, r) <=
              by_role(world, COUNT_TEAM_DUE, r) * (1 + 1e-9)))
            return broken(world, "team time had over team time due",
                          by_role(world, COUNT_TEAM_HAD, r),
                          by_role(world, COUNT_TEAM_DUE, r));
    }
    return SIM_OK;
}

/* Every concern that arose has closed. concerns_end closed the last. */
static int verify_concerns(struct world *world)
{
    if (world->concerns_opened == world->concerns_closed)
        return SIM_OK;
    return broken(world, "concerns closed", (double)world->concerns_closed,
                  (double)world->concerns_opened);
}

int world_verify(struct world *world)
{
    int err = verify_people(world);

    if (err == SIM_OK)
        err = verify_concerns(world);
    if (err == SIM_OK)
        err = verify_waiting(world);
    if (err == SIM_OK)
        err = verify_contacts(world);
    if (err == SIM_OK)
        err = verify_staff(world);
    return err;
}
