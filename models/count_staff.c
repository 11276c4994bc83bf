/*
 * Counting staff time: spans of hours by role, week and hour of the week.
 *
 * Contacts fall due together and workers are seized together, so one span
 * after the other is the same: the last one of each counter is kept back and
 * added when a different one comes. Until the run is over the record has
 * milliseconds here, whole numbers: so the sums are exact, in whatever order
 * the spans of one moment came.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "sim/tally.h"

/* Add a span to cells by hour of the week; hour 0 is at `monday`, not after
 * the span. */
static inline void add_hours(double *cell, sim_ms monday, sim_ms from,
                             sim_ms until, double workers)
{
    uint32_t number = (uint32_t)((from - monday) / SIM_HOUR);
    sim_ms edge = monday + ((sim_ms)number + 1) * SIM_HOUR;
    uint32_t i = number % 168;

    for (; edge < until; edge += SIM_HOUR) {
        cell[i] += workers * (double)(edge - from);
        from = edge;
        i = i < 167 ? i + 1 : 0;
    }
    cell[i] += workers * (double)(until - from);
}

/* The same to the weeks of the measured period. Most begin in the week of the
 * last. */
static inline void add_weeks(struct world *world, double *cell, sim_ms from,
                             sim_ms until, double workers)
{
    struct staff_week *week = &world->tallies->week;
    sim_ms edge;

    if (from < week->from || from >= week->until) {
        week->number = (uint32_t)((from - world->from) / SIM_WEEK);
        week->from = world->from + week->number * SIM_WEEK;
        week->until = week->from + SIM_WEEK;
    }
    cell += week->number;
    for (edge = week->until; edge < until; edge += SIM_WEEK) {
        *cell++ += workers * (double)(edge - from);
        from = edge;
    }
    *cell += workers * (double)(until - from);
}

/* Add a span to the record. */
static inline void add_span(struct world *world, enum counter counter,
                            const struct staff_span *span)
{
    const struct layout *layout = world->layout;
    const struct block *by_hour = &layout->role_hour[counter];
    const struct block *weeks = &layout->cut[counter][SLICE_WEEK];
    sim_ms from = span->from > world->from ? span->from : world->from;
    sim_ms until = span->until < world->until ? span->until : world->until;

    if (until <= from)
        return;
    if (weeks->length)
        add_weeks(world, &world->record[weeks->offset], from, until,
                  span->workers);
    if (by_hour->length)
        add_hours(&world->record[by_hour->offset + span->role * 168],
                  -(sim_ms)world->tallies->first_weekday * SIM_DAY, from, until,
                  span->workers);
    else
        count_cut(world, counter, SLICE_ROLE, span->role,
                  span->workers * (double)(until - from));
}

void count_next_span(struct world *world, enum counter counter, uint32_t role,
                     sim_ms from, sim_ms until, double workers)
{
    struct staff_span *last = &world->tallies->span[counter - COUNT_DEMANDED];

    if (last->workers != 0)
        add_span(world, counter, last);
    last->role = role;
    last->from = from;
    last->until = until;
    last->workers = workers;
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
    for (uint32_t i = 0; i < STAFF_COUNTERS; i++) {
        enum counter counter = (enum counter)(COUNT_DEMANDED + i);
        if (world->tallies->span[i].workers != 0)
            add_span(world, counter, &world->tallies->span[i]);
        to_hours(world, world->layout->cut[counter][SLICE_WEEK]);
        to_hours(world, world->layout->role_hour[counter]);
        to_hours(world, world->layout->cut[counter][SLICE_ROLE]);
        to_hours(world, world->layout->total[counter]);
        if (world->layout->role_hour[counter].length)
            sum_hours(world, counter);
    }
}
