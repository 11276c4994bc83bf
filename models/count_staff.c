/*
 * Counting staff time: hours by role, week and hour of the week.
 *
 * Where time is asked for by hour, what is kept of each hour is how many
 * workers begin in it, less those who end, and when. At the end one walk over
 * the hours gives the time in each: of those who began before it all of it, of
 * those who begin in it what is left of it. So a span costs the same however
 * many hours it goes over. In a week as many end as begin: what goes over its
 * edge is counted in parts.
 * Until the run is over the record has milliseconds here, whole numbers: so the
 * sums are exact, in whatever order the spans came.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"
#include "sim/tally.h"

static size_t staff_lines(const struct world *world)
{
    return (size_t)world->scenario->role_count * STAFF_BY_HOUR;
}

/* Of the measured period; of a past that is run to begin with (caseload.c) they
 * are more than the record has, which nobody reads then. */
static size_t staff_weeks(const struct world *world)
{
    return (size_t)((world->until - world->from + SIM_WEEK - 1) / SIM_WEEK);
}

int count_staff_init(struct world *world)
{
    struct staff_tally *t = &world->tallies->staff;
    uint32_t roles = world->scenario->role_count;

    t->into_hour = (uint64_t)(world->from % SIM_HOUR);
    t->weeks = calloc(staff_weeks(world) * STAFF_BY_HOUR, sizeof *t->weeks);
    t->hours[0] = calloc(staff_lines(world) + 1, sizeof *t->hours[0]);
    if (!t->weeks || !t->hours[0])
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 1; i < STAFF_BY_HOUR; i++)
        t->hours[i] = t->hours[0] + i * roles;
    return SIM_OK;
}

void count_staff_clear(struct staff_tally *t)
{
    free(t->weeks);
    free(t->hours[0]);
}

void count_staff_reset(struct world *world)
{
    struct staff_tally *t = &world->tallies->staff;

    t->week = (struct staff_week){.ms = t->weeks};
    memset(t->weeks, 0, staff_weeks(world) * STAFF_BY_HOUR * sizeof *t->weeks);
    memset(t->hours[0], 0, staff_lines(world) * sizeof *t->hours[0]);
}

/* Find the week of `time`, which is measured. */
static void find_week(struct world *world, sim_ms time)
{
    struct staff_week *week = &world->tallies->staff.week;
    sim_ms number = (time - world->from) / SIM_WEEK, left;

    week->from = world->from + number * SIM_WEEK;
    left = world->until - week->from;
    week->length = (uint64_t)(left < SIM_WEEK ? left : SIM_WEEK);
    week->ms = &world->tallies->staff.weeks[number * STAFF_BY_HOUR];
}

/* Add milliseconds to a counter that is not by hour, in the week at hand. */
static void add_by_role(struct world *world, enum counter counter,
                        uint32_t role, double ms)
{
    sim_ms since = world->tallies->staff.week.from - world->from;
    uint32_t week = (uint32_t)(since / SIM_WEEK);

    count_cut(world, counter, SLICE_ROLE, role, ms);
    if (week < world->layout->weeks)
        count_slice(world, counter, SLICE_WEEK, week, ms);
}

void count_hours_other(struct world *world, enum counter counter, uint32_t role,
                       sim_ms from, sim_ms until, int32_t workers)
{
    struct staff_tally *t = &world->tallies->staff;

    from = from > world->from ? from : world->from;
    until = until < world->until ? until : world->until;
    while (from < until) {
        uint64_t begin, end;

        find_week(world, from);
        begin = (uint64_t)(from - t->week.from);
        end = (uint64_t)(until - t->week.from);
        end = end < t->week.length ? end : t->week.length;
        if (counter <= COUNT_ROSTERED)
            count_in_week(t, counter, role, begin, end, workers);
        else
            add_by_role(world, counter, role, workers * (double)(end - begin));
        from = t->week.from + (sim_ms)end;
    }
}

/* The hour of the week that the first of those counted is. */
static uint32_t first_hour(const struct world *world)
{
    return (uint32_t)((world->from / SIM_HOUR +
                       (sim_ms)world->tallies->first_weekday * 24) %
                      168);
}

/* Add the time in the hours of one role to `sum`, by hour of the week, where
 * the first has `place`. */
static void sum_role(const struct staff_hours *hours, uint32_t place,
                     double *sum)
{
    uint64_t edge = 0, before = 0; /* by when, and their time up to then */
    uint64_t there = 0, begun = 0;

    for (uint32_t i = 0; i < STAFF_HOURS; i++) {
        uint64_t until;

        edge += SIM_HOUR;
        there += hours->workers[i];
        begun += hours->ms[i];
        until = there * edge - begun;
        sum[place] += (double)(int64_t)(until - before);
        place = place < 167 ? place + 1 : 0;
        before = until;
    }
}

void count_put_hours(struct world *world, enum counter counter)
{
    const struct staff_tally *t = &world->tallies->staff;
    uint32_t i = counter - COUNT_DEMANDED, first = first_hour(world);
    double *hours = &world->record[world->layout->role_hour[counter].offset];
    double *weeks =
        &world->record[world->layout->cut[counter][SLICE_WEEK].offset];

    for (uint32_t r = 0; r < world->scenario->role_count; r++)
        sum_role(&t->hours[i][r], first, &hours[(size_t)r * 168]);
    for (uint32_t w = 0; w < world->layout->weeks; w++)
        weeks[w] += (double)(int64_t)t->weeks[w * STAFF_BY_HOUR + i];
}

void count_cost(struct world *world, uint32_t role, double amount)
{
    count_cut(world, COUNT_COST, SLICE_ROLE, role, amount);
    journey_cost(world, role, amount);
}

/* Milliseconds to hours. */
static void to_hours(struct world *world, struct block block)
{
    for (uint32_t i = 0; i < block.length; i++)
        world->record[block.offset + i] /= (double)SIM_HOUR;
}

/* Totals and cuts by role from the hours by role and hour of the week. */
static void sum_hours(struct world *world, enum counter counter)
{
    const struct block *block = &world->layout->role_hour[counter];

    for (uint32_t r = 0; r < world->scenario->role_count; r++) {
        const double *cell = &world->record[block->offset + r * 168];
        double sum = 0;
        for (uint32_t h = 0; h < 168; h++)
            sum += cell[h];
        count_cut(world, counter, SLICE_ROLE, r, sum);
    }
}

void count_finish_staff(struct world *world)
{
    /* The rota's are in the record from the beginning: see duty_prepare. */
    count_put_hours(world, COUNT_DEMANDED);
    count_put_hours(world, COUNT_DELIVERED);
    for (uint32_t i = 0; i < STAFF_COUNTERS; i++) {
        enum counter counter = (enum counter)(COUNT_DEMANDED + i);

        to_hours(world, world->layout->cut[counter][SLICE_WEEK]);
        to_hours(world, world->layout->role_hour[counter]);
        to_hours(world, world->layout->cut[counter][SLICE_ROLE]);
        to_hours(world, world->layout->total[counter]);
        if (world->layout->role_hour[counter].length)
            sum_hours(world, counter);
    }
}
