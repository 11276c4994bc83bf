/*
 * Counting people who are followed: from their first entry to a plan for 30,
 * 60 and 90 days, and likewise from a planned exit.
 *
 * "Within h days" is a plain share of those who can be followed for h days
 * (design, section 5): leaving first is a competing event, so they stay in the
 * denominator. The states matrix counts, for every whole day after the entry,
 * where each of them is; it is filled in when that changes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"

#define HORIZONS 3
static const sim_ms horizon[HORIZONS] = {30 * SIM_DAY, 60 * SIM_DAY,
                                         90 * SIM_DAY};
static const enum counter followed[HORIZONS] = {
    COUNT_FOLLOWED_30, COUNT_FOLLOWED_60, COUNT_FOLLOWED_90};
static const enum counter crisis[HORIZONS] = {COUNT_CRISIS_30, COUNT_CRISIS_60,
                                              COUNT_CRISIS_90};
static const enum counter reescalated[HORIZONS] = {
    COUNT_REESCALATED_30, COUNT_REESCALATED_60, COUNT_REESCALATED_90};
static const enum counter exits[HORIZONS] = {COUNT_EXITS_30, COUNT_EXITS_60,
                                             COUNT_EXITS_90};
static const enum counter recontact[HORIZONS] = {
    COUNT_RECONTACT_30, COUNT_RECONTACT_60, COUNT_RECONTACT_90};

/* Bit i: counted at horizon i, because measured and followed so far. */
static uint8_t horizons_from(const struct world *world, sim_ms from)
{
    uint8_t set = 0;

    if (!world_measures(world, from))
        return 0;
    for (int i = 0; i < HORIZONS; i++)
        if (from + horizon[i] <= world->end)
            set |= (uint8_t)(1u << i);
    return set;
}

/* By the horizons that `after` lies within, to `sum`: of where and when the
 * person entered the plan. */
static void count_within(const struct person *person, sim_ms *sum,
                         const enum counter *counter, sim_ms after)
{
    for (int i = 0; i < HORIZONS; i++)
        if ((person->followed_for & (1u << i)) && after < horizon[i])
            sum[counter[i]]++;
}

void count_follow(struct world *world, struct person *person)
{
    person->followed = true;
    person->followed_from = world->now;
    person->followed_level = person->level;
    person->followed_weekday = (uint8_t)person->entry_weekday;
    person->followed_for = horizons_from(world, world->now);
    person->curve_day = 0;
    count_within(person, person->sums, followed, 0);
}

static sim_ms *followed_sums(const struct world *world,
                             const struct person *person)
{
    return count_sums(world, person->followed_level, person->cohort,
                      person->followed_weekday);
}

static void count_curve(struct world *world, const struct person *person,
                        enum curve curve)
{
    sim_ms after = world->now - person->followed_from;
    int32_t day = sim_day_of(after);

    /* Day d of the curve holds what happened before d whole days were over. */
    if ((person->followed_for & 4u) && day < CURVE_DAYS)
        world->record[world->layout->curve[curve].offset + (uint32_t)day + 1] +=
            1;
}

void count_crisis(struct world *world, struct person *person)
{
    count_recontact(world, person);
    if (!person->followed || person->had_crisis)
        return;
    person->had_crisis = true;
    count_within(person, followed_sums(world, person), crisis,
                 world->now - person->followed_from);
    count_curve(world, person, CURVE_CRISIS);
}

void count_reescalation(struct world *world, struct person *person)
{
    if (!person->followed || person->had_reescalation)
        return;
    person->had_reescalation = true;
    count_within(person, followed_sums(world, person), reescalated,
                 world->now - person->followed_from);
    count_curve(world, person, CURVE_REESCALATION);
}

/* Count `place` on the days from curve_day on that begin before `after`. Only
 * the change is noted, +1 on the first of them and -1 behind the last:
 * count_finish_follow sums up. */
static void fill_days(struct world *world, struct person *person, sim_ms after)
{
    double *row = &world->record[world->layout->states.offset +
                                 person->curve_place * (CURVE_DAYS + 1)];
    /* How many days have begun, their first moment excluded. */
    uint64_t begun = ((uint64_t)after + SIM_DAY - 1) / SIM_DAY;
    int32_t end = begun > CURVE_DAYS ? CURVE_DAYS + 1 : (int32_t)begun;

    if (end <= person->curve_day)
        return;
    row[person->curve_day] += 1;
    if (end <= CURVE_DAYS)
        row[end] -= 1;
    person->curve_day = end;
}

void count_finish_follow(struct world *world)
{
    const struct block *states = &world->layout->states;
    double *day = &world->record[states->offset];

    for (uint32_t i = 0; i < states->length; i += CURVE_DAYS + 1) {
        double there = 0;

        for (uint32_t k = 0; k <= CURVE_DAYS; k++, day++)
            *day = there += *day;
    }
}

static uint32_t place_of(const struct world *world, const struct person *person)
{
    const struct scenario *s = world->scenario;

    if (person->level != person->followed_level && person->level != NONE &&
        s->level[person->level].rank > s->level[person->followed_level].rank)
        return s->state_count;
    return person->scenario_state;
}

void count_place_now(struct world *world, struct person *person)
{
    if (!(person->followed_for & 4u))
        return;
    fill_days(world, person, world->now - person->followed_from);
    person->curve_place = place_of(world, person);
}

void count_left(struct world *world, struct person *person, bool by_crisis)
{
    if (!(person->followed_for & 4u))
        return;
    fill_days(world, person, world->now - person->followed_from);
    person->curve_place = world->scenario->state_count + (by_crisis ? 1 : 2);
    fill_days(world, person, SIM_NEVER);
}

void count_stop_following(struct world *world, struct person *person)
{
    /* Followed for 90 days means the run does not end before they are over;
     * day 90 itself may be its last moment. */
    if (person->followed_for & 4u)
        fill_days(world, person, SIM_NEVER);
}

void count_exit(struct world *world, struct person *person)
{
    person->exit_at = world->now;
    person->exit_for = horizons_from(world, world->now);
    for (int i = 0; i < HORIZONS; i++)
        if (person->exit_for & (1u << i))
            person->sums[exits[i]]++;
}

void count_recontact(struct world *world, struct person *person)
{
    if (person->exit_at == SIM_NEVER)
        return;
    for (int i = 0; i < HORIZONS; i++)
        if ((person->exit_for & (1u << i)) &&
            world->now - person->exit_at < horizon[i])
            person->sums[recontact[i]]++;
    person->exit_at = SIM_NEVER;
}
