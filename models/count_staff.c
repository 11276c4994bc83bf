/*
 * Counting staff time: spans of hours by role, week and hour of the week.
 *
 * Contacts fall due together and workers are seized together, so one span
 * after the other is the same: it is kept once, with their number, and the
 * spans of a counter are added to the record many at a time. Until the run is
 * over the record has milliseconds here, whole numbers: so the sums are exact,
 * in whatever order the spans came.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "sim/tally.h"

/* The hours and weeks that a counter has in the record, or NULL. */
struct staff_cells {
    enum counter counter;
    double *weeks;
    double *hours; /* [role][168]; or else it has a cut by role */
};

/* Find the week of `time`, which is measured. */
static void find_week(struct world *world, sim_ms time)
{
    struct staff_week *week = &world->tallies->week;
    sim_ms monday = -(sim_ms)world->tallies->first_weekday * SIM_DAY;
    sim_ms from;

    monday += (time - monday) / SIM_WEEK * SIM_WEEK;
    week->number = (uint32_t)((time - world->from) / SIM_WEEK);
    from = world->from + week->number * SIM_WEEK;
    week->monday = monday;
    week->from = from > monday ? from : monday;
    week->until = (from < monday ? from : monday) + SIM_WEEK;
    if (week->until > world->until)
        week->until = world->until;
}

/* Add [from, until), which lies in the week found last, to the cells of a
 * counter. */
static inline void add_in_week(struct world *world,
                               const struct staff_cells *cells, uint32_t role,
                               sim_ms from, sim_ms until, double workers)
{
    const struct staff_week *week = &world->tallies->week;
    double all = workers * (double)(until - from);
    uint32_t hour = (uint32_t)(from - week->monday) / (uint32_t)SIM_HOUR;
    sim_ms edge = week->monday + ((sim_ms)hour + 1) * SIM_HOUR;
    double *cell, *next, nowhere = 0;

    if (cells->weeks)
        cells->weeks[week->number] += all;
    if (!cells->hours) {
        count_cut(world, cells->counter, SLICE_ROLE, role, all);
        return;
    }
    cell = &cells->hours[role * 168 + hour];
    for (; edge + SIM_HOUR < until; edge += SIM_HOUR) {
        *cell++ += workers * (double)(edge - from);
        from = edge;
    }
    /* Mostly it is less than an hour, and nobody can foretell whether it passes
     * into another: what does not is added to a cell of no account. */
    next = edge < until ? cell + 1 : &nowhere;
    edge = edge < until ? edge : until;
    *cell += workers * (double)(edge - from);
    *next += workers * (double)(until - edge);
}

/* Add the measured part of a span, week by week. */
static void add_span(struct world *world, const struct staff_cells *cells,
                     const struct staff_span *span)
{
    const struct staff_week *week = &world->tallies->week;
    sim_ms from = span->from > world->from ? span->from : world->from;
    sim_ms until = span->until < world->until ? span->until : world->until;

    while (from < until) {
        sim_ms stop;

        find_week(world, from);
        stop = until < week->until ? until : week->until;
        add_in_week(world, cells, span->role, from, stop,
                    (double)span->workers);
        from = stop;
    }
}

void count_spans(struct world *world, enum counter counter)
{
    struct staff_spans *spans =
        &world->tallies->spans[counter - COUNT_DEMANDED];
    const struct staff_span *end = spans->span + spans->last + 1;
    const struct staff_week *week = &world->tallies->week;
    const struct block *hours = &world->layout->role_hour[counter];
    const struct block *weeks = &world->layout->cut[counter][SLICE_WEEK];
    struct staff_cells cells = {.counter = counter};

    if (weeks->length)
        cells.weeks = &world->record[weeks->offset];
    if (hours->length)
        cells.hours = &world->record[hours->offset];
    for (const struct staff_span *span = spans->span + 1; span < end; span++)
        /* Most lie in the week of the last. */
        if (span->from >= week->from && span->until <= week->until &&
            span->from < span->until)
            add_in_week(world, &cells, span->role, span->from, span->until,
                        (double)span->workers);
        else
            add_span(world, &cells, span);
    spans->last = 0;
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
        count_spans(world, counter);
        to_hours(world, world->layout->cut[counter][SLICE_WEEK]);
        to_hours(world, world->layout->role_hour[counter]);
        to_hours(world, world->layout->cut[counter][SLICE_ROLE]);
        to_hours(world, world->layout->total[counter]);
        if (world->layout->role_hour[counter].length)
            sum_hours(world, counter);
    }
}
