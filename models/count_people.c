/*
 * Counting what happens to people, and how many there are.
 *
 * The joint cells hold whole numbers, and so do the blocks of times until the
 * run is over: milliseconds, whose sums are exact in whatever order those of
 * one moment came.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"

#define BINS_OF_ONE 64u /* as sim_bin_of has them: a bin for each number */

int count_people_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    const struct layout *layout = world->layout;
    struct tallies *t = world->tallies;

    t->people_count = ((size_t)s->level_count + 1) * s->cohort_count * 7;
    t->people = calloc(t->people_count, sizeof *t->people);
    t->level = calloc(s->level_count, sizeof *t->level);
    if (!t->people || !t->level)
        return SIM_ERR_NO_MEMORY;
    for (int i = 0; i < COUNTER_COUNT; i++) {
        const struct block *cut = layout->cut[i];
        t->has_more[i] = cut[SLICE_DAY].length || cut[SLICE_WEEK].length ||
                         cut[SLICE_STEP].length || cut[SLICE_SINCE_MOVE].length;
    }
    for (uint32_t i = 0; i < s->level_count; i++) {
        uint32_t places = s->level[i].places;

        t->level[i].bins = layout_bins(layout, s, COUNT_OCCUPANCY_BINS, i);
        t->level[i].below = places < BINS_OF_ONE ? places : BINS_OF_ONE;
    }
    return SIM_OK;
}

void count_people_clear(struct tallies *tallies)
{
    free(tallies->people);
    free(tallies->level);
}

void count_people_reset(struct world *world)
{
    struct tallies *t = world->tallies;

    memset(t->people, 0, t->people_count * sizeof *t->people);
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        t->level[i].week_from = t->level[i].week_until = SIM_NEVER;
}

/* ---- what happens to people ---- */

/* Not inlined: few counters have it. */
static __attribute__((noinline)) void count_day(struct world *world,
                                                const struct block *days)
{
    world->record[days->offset + sim_civil_type(&world->scenario->civil,
                                                sim_day_of(world->now))]++;
}

void count_more(struct world *world, const struct person *person,
                enum counter counter)
{
    const struct scenario *s = world->scenario;
    const struct block *cut = world->layout->cut[counter];
    double *to = world->record;
    sim_ms now = world->now;

    if (cut[SLICE_WEEK].length)
        to[cut[SLICE_WEEK].offset + (now - world->from) / SIM_WEEK]++;
    if (cut[SLICE_SINCE_MOVE].length && person->level != NONE)
        to[cut[SLICE_SINCE_MOVE].offset +
           since_move_bin(now - person->entered_at)]++;
    if (cut[SLICE_STEP].length && person->level != NONE && person->plan != NONE)
        to[cut[SLICE_STEP].offset + s->plan[person->plan].first_step +
           person->step]++;
    if (cut[SLICE_DAY].length)
        count_day(world, &cut[SLICE_DAY]);
}

void count_seen(struct world *world, const struct person *person, sim_ms after)
{
    sim_ms *sum = count_sums(world, person->episode_level, person->cohort, 0);

    sum[COUNT_SEEN_EVER]++;
    sum[COUNT_SEEN_72] += after <= 72 * SIM_HOUR;
    sum[COUNT_SEEN_24] += after <= 24 * SIM_HOUR;
}

/* ---- how many there are ---- */

/* Weeks in a row of a record, from the first whole week of the warm-up on. */
static struct sim_cells weeks_from_warm_up(const struct world *world,
                                           const struct block *block,
                                           uint32_t row, uint32_t weeks)
{
    const struct layout *layout = world->layout;

    return (struct sim_cells){
        &world->record[block->offset + (size_t)row * weeks], weeks, SIM_WEEK,
        world->from - layout->weeks_before * SIM_WEEK};
}

/* People in a level before measuring begins. */
static void count_before(struct world *world, uint32_t level, sim_ms since,
                         double people)
{
    const struct layout *layout = world->layout;
    struct sim_cells weeks = weeks_from_warm_up(
        world, &layout->occupancy_before, level, layout->weeks_before);
    sim_ms until = world->now < world->from ? world->now : world->from;

    since = since > weeks.origin ? since : weeks.origin;
    if (layout->weeks_before && since < until)
        sim_spread_hours(&weeks, since, until, people);
}

void count_waiting(struct world *world, uint32_t level, uint32_t cohort,
                   sim_ms since)
{
    const struct layout *layout = world->layout;
    struct sim_cells weeks =
        weeks_from_warm_up(world, &layout->waiting_week, level,
                           layout->weeks_before + layout->weeks);
    sim_ms until = world->now < world->until ? world->now : world->until;

    count_entry(world, COUNT_WAITING, level, cohort, 0,
                count_measured(world, since, world->now));
    since = since > weeks.origin ? since : weeks.origin;
    if (since < until)
        sim_spread_hours(&weeks, since, until, 1);
}

/* The week of the measured period in which `time` lies. */
static void find_week(struct world *world, uint32_t level, sim_ms time)
{
    const struct layout *layout = world->layout;
    struct level_tally *tally = &world->tallies->level[level];
    sim_ms week = (time - world->from) / SIM_WEEK;

    tally->week = &world->record[layout->occupancy_week.offset +
                                 level * layout->weeks + week];
    tally->week_from = world->from + week * SIM_WEEK;
    tally->week_until = tally->week_from + SIM_WEEK;
    if (tally->week_until > world->until)
        tally->week_until = world->until;
}

/* `people` were in a level from `from` to `until`, which is measured. */
static void count_people(struct world *world, uint32_t level, uint32_t people,
                         sim_ms from, sim_ms until)
{
    struct level_tally *tally = &world->tallies->level[level];
    size_t bin = people < BINS_OF_ONE ? people : sim_bin_of(people);

    world->record[tally->bins.offset + bin] += (double)(until - from);
    if (people >= world->scenario->level[level].places)
        count_cut(world, COUNT_FULL, SLICE_LEVEL, level,
                  (double)(until - from));
    while (from < until) {
        sim_ms end;

        find_week(world, level, from);
        end = tally->week_until < until ? tally->week_until : until;
        *tally->week += (double)(people * (end - from));
        from = end;
    }
}

/* `people` were in a level from `since` to now. */
static __attribute__((noinline)) void count_people_other(struct world *world,
                                                         uint32_t level,
                                                         uint32_t people,
                                                         sim_ms since)
{
    struct level_now *now = &world->level[level];
    sim_ms from = since > world->from ? since : world->from;
    sim_ms until = world->now < world->until ? world->now : world->until;

    if (until > from) {
        count_people(world, level, people, from, until);
        if (people > now->most)
            now->most = people;
    }
    if (since < world->from && people > 0)
        count_before(world, level, since, people);
}

void count_occupancy(struct world *world, uint32_t level, int change)
{
    struct level_now *now = &world->level[level];
    const struct level_tally *tally = &world->tallies->level[level];
    uint32_t people = now->taken;
    sim_ms since = now->since, until = world->now;
    double ms = (double)(until - since);

    now->since = until;
    now->taken = (uint32_t)((int)people + change);
    if (since < tally->week_from || until > tally->week_until ||
        people >= tally->below) {
        count_people_other(world, level, people, since);
        return;
    }
    world->record[tally->bins.offset + people] += ms;
    *tally->week += people * ms; /* exact: whole numbers */
    if (people > now->most && until > since)
        now->most = people;
}

/* ---- the end of the run ---- */

/* The cells of a level, or of none, and a cohort to the blocks of the record.
 */
static void finish_row(struct world *world, uint32_t level, uint32_t cohort)
{
    const struct layout *layout = world->layout;
    bool is_level = level < world->scenario->level_count;
    sim_ms all[COUNTER_COUNT] = {0};
    double *to = world->record;

    for (uint32_t day = 0; day < 7; day++) {
        const sim_ms *sum = count_sums(world, level, cohort, day);
        for (int i = 0; i < COUNTER_COUNT; i++)
            all[i] += sum[i];
    }
    for (int i = 0; i < COUNTER_COUNT; i++) {
        const struct block *cut = layout->cut[i];
        if (all[i] == 0)
            continue;
        add_kept(to, layout->total[i], 0, (double)all[i]);
        add_kept(to, cut[SLICE_COHORT], cohort, (double)all[i]);
        if (!is_level)
            continue;
        add_kept(to, cut[SLICE_LEVEL], level, (double)all[i]);
        for (uint32_t day = 0; day < cut[SLICE_ENTERED_ON].length; day++)
            to[cut[SLICE_ENTERED_ON].offset + day] +=
                (double)count_sums(world, level, cohort, day)[i];
    }
}

static void divide(struct world *world, struct block block, double by)
{
    for (uint32_t i = 0; i < block.length; i++)
        world->record[block.offset + i] /= by;
}

/* Times from milliseconds to the units of their counters. */
static void finish_times(struct world *world)
{
    static const struct {
        enum counter counter;
        sim_ms unit;
    } time[] = {
        {COUNT_WAITING, SIM_HOUR},       {COUNT_DELAYED, SIM_HOUR},
        {COUNT_PLAN_HOURS, SIM_HOUR},    {COUNT_UNSEEN_HOURS, SIM_HOUR},
        {COUNT_CONCERN_HOURS, SIM_HOUR}, {COUNT_UNOWNED_HOURS, SIM_HOUR},
        {COUNT_OCCUPANCY, SIM_HOUR},     {COUNT_FULL, SIM_HOUR},
        {COUNT_WAIT_DAYS, SIM_DAY},      {COUNT_STAY_DAYS, SIM_DAY},
        {COUNT_BEYOND_PLAN, SIM_DAY},    {COUNT_LONGEST_GAP, SIM_DAY}};
    const struct layout *layout = world->layout;

    for (size_t i = 0; i < sizeof time / sizeof *time; i++) {
        double unit = (double)time[i].unit;
        divide(world, layout->total[time[i].counter], unit);
        for (int slice = 0; slice < SLICE_COUNT; slice++)
            divide(world, layout->cut[time[i].counter][slice], unit);
    }
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        divide(world, world->tallies->level[i].bins, (double)SIM_HOUR);
    divide(world, layout->occupancy_week, (double)SIM_HOUR);
}

void count_people_finish(struct world *world)
{
    for (uint32_t i = 0; i <= world->scenario->level_count; i++)
        for (uint32_t c = 0; c < world->scenario->cohort_count; c++)
            finish_row(world, i, c);
    finish_times(world);
}
