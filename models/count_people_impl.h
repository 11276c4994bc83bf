#ifndef MODELS_COUNT_PEOPLE_IMPL_H
#define MODELS_COUNT_PEOPLE_IMPL_H
/*
 * Counting what happens to people, and how many there are. Included by
 * count_impl.h, which has the cells.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

/* What happened to the people of one level and cohort who entered on one
 * weekday: whole numbers, those of time in ms, whose sums are exact in whatever
 * order they come; count_people.c knows the unit of each at the end. Counters
 * of other things are 0. */
struct people_tally {
    sim_ms sum[COUNTER_COUNT];
};

/* The time in one level: where it is in the record. */
struct level_tally {
    struct block bins; /* of COUNT_OCCUPANCY_BINS */
    uint32_t below;    /* people: there is a place left, and a bin for each */
    double *week;      /* cell of the last time counted, ... */
    sim_ms week_from, week_until; /* ... and that of the week */
};

int count_people_init(struct world *world) SIM_MUST_CHECK;
void count_people_clear(struct tallies *tallies);
void count_people_reset(struct world *world);
void count_people_finish(struct world *world);

/* The sums of those of `cohort` who entered `level` (NONE: they are in none) on
 * `weekday`, by counter; of what is not cut by weekday 0 will do. */
static inline sim_ms *count_sums(const struct world *world, uint32_t level,
                                 uint32_t cohort, uint32_t weekday)
{
    const struct scenario *s = world->scenario;
    uint32_t row = level < s->level_count ? level : s->level_count;

    return world->tallies
        ->people[(row * s->cohort_count + cohort) * 7 + weekday]
        .sum;
}

/* Their level, cohort or weekday of entry has changed: so have their sums. */
static inline void count_find_sums(const struct world *world,
                                   struct person *person)
{
    person->sums =
        count_sums(world, person->level, person->cohort, person->entry_weekday);
}

/* The cuts by day, week, step and days since the move. */
void count_more(struct world *world, const struct person *person,
                enum counter counter);

/* Something happens to `person` now: to the total of the counter and its cuts
 * by what is known of them. Does nothing where now is not measured. */
static inline void count_person(struct world *world,
                                const struct person *person,
                                enum counter counter)
{
    if (!world_measures(world, world->now))
        return;
    person->sums[counter]++;
    if (world->tallies->has_more[counter])
        count_more(world, person, counter);
}
/* By level, cohort and weekday of an entry. A time is in ms. */
static inline void count_entry(struct world *world, enum counter counter,
                               uint32_t level, uint32_t cohort,
                               uint32_t weekday, sim_ms amount)
{
    count_sums(world, level, cohort, weekday)[counter] += amount;
}
/* An episode was seen `after` it began, where it began. */
void count_seen(struct world *world, const struct person *person, sim_ms after);
/* The part of [from, until) that is measured, in ms. */
static inline sim_ms count_measured(const struct world *world, sim_ms from,
                                    sim_ms until)
{
    if (from < world->from)
        from = world->from;
    if (until > world->until)
        until = world->until;
    return until > from ? until - from : 0;
}
/* That part of somebody's time from `since` to now. */
static inline void count_span(const struct world *world,
                              const struct person *person, enum counter counter,
                              sim_ms since)
{
    person->sums[counter] += count_measured(world, since, world->now);
}

/* Somebody's time on the list of a level, from `since` to now: person-hours
 * waiting. */
void count_waiting(struct world *world, uint32_t level, uint32_t cohort,
                   sim_ms since);
/* A level's number of people changes by `change` (0: only up to now). */
void count_occupancy(struct world *world, uint32_t level, int change);

/* ---- followed people ---- */

/* First entry to a plan; a crisis or re-escalation of someone followed; where
 * they are from now on; the end of the run or their leaving. */
void count_follow(struct world *world, struct person *person);
void count_crisis(struct world *world, struct person *person);
void count_reescalation(struct world *world, struct person *person);
void count_place_now(struct world *world, struct person *person);
void count_left(struct world *world, struct person *person, bool by_crisis);
void count_stop_following(struct world *world, struct person *person);
/* Sum the days up: part of count_finish. */
void count_finish_follow(struct world *world);
/* A planned exit, and a return after it. */
void count_exit(struct world *world, struct person *person);
void count_recontact(struct world *world, struct person *person);
#endif
