/*
 * Counting: joint cells of contacts, and the record's marginal blocks.
 *
 * The joint cells hold a struct contact_tally each: by cohort, level, step and
 * kind; by day of the measured period; by hour of the week; by weekday of
 * entry and days since the move. Only planned contacts with the person are in
 * them; all other contacts are counted by kind alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tally.h"

/* Sums over contacts; the order is that of tally_counter below. */
struct contact_tally {
    double due, completed, not_delivered, not_attended, missed, downgraded,
        cancelled, missed_unwell, met, delay;
};
#define TALLY_FIELDS (sizeof(struct contact_tally) / sizeof(double))
#define TALLY_FIELD(name)                                                      \
    (offsetof(struct contact_tally, name) / sizeof(double))
static const enum counter tally_counter[TALLY_FIELDS] = {
    COUNT_DUE,    COUNT_COMPLETED,  COUNT_NOT_DELIVERED, COUNT_NOT_ATTENDED,
    COUNT_MISSED, COUNT_DOWNGRADED, COUNT_CANCELLED,     COUNT_MISSED_UNWELL,
    COUNT_MET,    COUNT_START_DELAY};

#define SINCE_MOVE_BINS 4
struct tallies {
    struct contact_tally *cell; /* [cohort][level][step][kind] */
    size_t cell_count;
    struct contact_tally *kind; /* [kind] of all other contacts */
    size_t kind_count;
    struct contact_tally *day; /* [day of the measured period] */
    size_t day_count;
    int32_t first_day;
    struct contact_tally hour[168];
    struct contact_tally entry[7 * SINCE_MOVE_BINS];
    int32_t first_weekday; /* of day 0 of the run */
};

int count_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    struct tallies *t = calloc(1, sizeof *t);

    world->tallies = t;
    if (!t)
        return SIM_ERR_NO_MEMORY;
    t->cell_count = (size_t)s->cohort_count * s->level_count *
                    (s->step_count ? s->step_count : 1) * s->kind_count;
    t->kind_count = s->kind_count;
    t->first_day = sim_day_of(world->from);
    t->day_count =
        (size_t)sim_day_of(world->until - 1) + 1 - (size_t)t->first_day;
    t->first_weekday = sim_civil_weekday(&s->civil, 0);
    t->cell = calloc(t->cell_count, sizeof *t->cell);
    t->kind = calloc(t->kind_count, sizeof *t->kind);
    t->day = calloc(t->day_count, sizeof *t->day);
    if (!t->cell || !t->kind || !t->day)
        return SIM_ERR_NO_MEMORY;
    return SIM_OK;
}

void count_clear(struct world *world)
{
    struct tallies *t = world->tallies;

    if (!t)
        return;
    free(t->cell);
    free(t->kind);
    free(t->day);
    free(t);
    world->tallies = NULL;
}

void count_reset(struct world *world, double *record)
{
    struct tallies *t = world->tallies;

    world->record = record;
    memset(record, 0, world->layout->length * sizeof *record);
    memset(t->cell, 0, t->cell_count * sizeof *t->cell);
    memset(t->kind, 0, t->kind_count * sizeof *t->kind);
    memset(t->day, 0, t->day_count * sizeof *t->day);
    memset(t->hour, 0, sizeof t->hour);
    memset(t->entry, 0, sizeof t->entry);
}

static uint32_t since_move_bin(sim_ms since)
{
    int32_t days = sim_day_of(since);

    if (days <= 3)
        return 0;
    if (days <= 7)
        return 1;
    return days <= 14 ? 2 : 3;
}

/* Hours count from Monday 00:00. */
static uint32_t hour_of_week(const struct tallies *t, sim_ms time)
{
    return (uint32_t)((time / SIM_HOUR + (sim_ms)t->first_weekday * 24) % 168);
}

/* ---- contacts ---- */

void count_place(const struct world *world, const struct person *person,
                 struct task *task)
{
    const struct scenario *s = world->scenario;
    uint32_t step;

    task->counted = world_measures(world, task->due);
    if (!task->counted || !task->planned || !task->with_person)
        return;
    step = s->plan[person->plan].first_step + person->step;
    task->cell =
        ((person->cohort * s->level_count + person->level) * s->step_count +
         step) *
            s->kind_count +
        task->planned_kind;
    task->entry = person->entry_weekday * SINCE_MOVE_BINS +
                  since_move_bin(task->due - person->entered_at);
}

/* What became of a contact, as offsets into a struct contact_tally. */
static const uint8_t end_field[] = {
    [CONTACT_COMPLETED] = TALLY_FIELD(completed),
    [CONTACT_NOT_DELIVERED] = TALLY_FIELD(not_delivered),
    [CONTACT_NOT_ATTENDED] = TALLY_FIELD(not_attended),
    [CONTACT_DOWNGRADED] = TALLY_FIELD(downgraded),
    [CONTACT_CANCELLED] = TALLY_FIELD(cancelled),
};

static void tally_end(struct contact_tally *to, enum contact_end end,
                      bool unwell)
{
    to->due += 1;
    if (end == CONTACT_OPEN)
        return;
    (&to->due)[end_field[end]] += 1;
    if (end == CONTACT_NOT_DELIVERED || end == CONTACT_NOT_ATTENDED) {
        to->missed += 1;
        to->missed_unwell += unwell;
    }
}

static void tally_met(struct contact_tally *to, double delay)
{
    to->met += 1;
    to->delay += delay;
}

void count_contact(struct world *world, const struct task *task,
                   enum contact_end end, bool unwell)
{
    struct tallies *t = world->tallies;
    struct contact_tally *to[4];
    double delay;

    if (!task->counted)
        return;
    if (!task->planned || !task->with_person) {
        tally_end(&t->kind[task->planned_kind], end, unwell);
        return;
    }
    to[0] = &t->cell[task->cell];
    to[1] = &t->day[sim_day_of(task->due) - t->first_day];
    to[2] = &t->hour[hour_of_week(t, task->due)];
    to[3] = &t->entry[task->entry];
    for (int i = 0; i < 4; i++)
        tally_end(to[i], end, unwell);
    if (task->met == SIM_NEVER)
        return;
    delay = (double)(task->met - task->due) / (double)SIM_MINUTE;
    world->record[world->layout->bins[COUNT_START_BINS].offset +
                  sim_bin_of(delay)] += 1;
    for (int i = 0; i < 4; i++)
        tally_met(to[i], delay);
}

/* ---- summing the cells ---- */

static void add_cut(struct world *world, enum counter counter, enum slice slice,
                    uint32_t value, double amount)
{
    const struct block *block = &world->layout->cut[counter][slice];

    if (block->length)
        world->record[block->offset + value] += amount;
}

static void add_total(struct world *world, enum counter counter, double amount)
{
    const struct block *block = &world->layout->total[counter];

    if (block->length)
        world->record[block->offset] += amount;
}

/* Add all sums of `what` to one value of one cut. */
static void add_tally(struct world *world, enum slice slice, uint32_t value,
                      const struct contact_tally *what)
{
    const double *sum = &what->due;

    for (size_t i = 0; i < TALLY_FIELDS; i++)
        add_cut(world, tally_counter[i], slice, value, sum[i]);
}

static void finish_cell(struct world *world, size_t i)
{
    const struct scenario *s = world->scenario;
    const struct contact_tally *cell = &world->tallies->cell[i];
    const double *sum = &cell->due;
    uint32_t kind = (uint32_t)(i % s->kind_count);
    size_t rest = i / s->kind_count;
    uint32_t steps = s->step_count ? s->step_count : 1;

    if (cell->due == 0)
        return;
    for (size_t f = 0; f < TALLY_FIELDS; f++)
        add_total(world, tally_counter[f], sum[f]);
    add_tally(world, SLICE_KIND, kind, cell);
    add_tally(world, SLICE_STEP, (uint32_t)(rest % steps), cell);
    rest /= steps;
    add_tally(world, SLICE_LEVEL, (uint32_t)(rest % s->level_count), cell);
    add_tally(world, SLICE_COHORT, (uint32_t)(rest / s->level_count), cell);
}

/* Days and weekends on which nothing was not delivered or downgraded. A
 * weekend is a Saturday and the Sunday after it. */
static void finish_days(struct world *world)
{
    const struct tallies *t = world->tallies;
    const struct civil_weekend {
        bool due, broken;
    } none = {false, false};
    struct civil_weekend weekend = none;

    for (size_t i = 0; i < t->day_count; i++) {
        const struct contact_tally *day = &t->day[i];
        int32_t d = t->first_day + (int32_t)i;
        uint32_t type = sim_civil_type(&world->scenario->civil, d);
        int weekday = sim_civil_weekday(&world->scenario->civil, d);
        bool whole = day->not_delivered + day->downgraded == 0;
        uint32_t week =
            (uint32_t)(((sim_ms)d * SIM_DAY - world->from) / SIM_WEEK);

        add_tally(world, SLICE_DAY, type, day);
        add_tally(world, SLICE_WEEK, week, day);
        if (day->due > 0) {
            count_cut(world, COUNT_DAYS_DUE, SLICE_DAY, type, 1);
            count_cut(world, COUNT_DAYS_WHOLE, SLICE_DAY, type, whole);
        }
        if (weekday == SIM_SAT)
            weekend = none;
        if (weekday >= SIM_SAT) {
            weekend.due |= day->due > 0;
            weekend.broken |= !whole;
        }
        if (weekday == SIM_SUN && weekend.due) {
            add_total(world, COUNT_WEEKENDS_DUE, 1);
            add_total(world, COUNT_WEEKENDS_WHOLE, !weekend.broken);
        }
    }
}

/* Totals and cuts by role from the hours by role and hour of the week. */
static void finish_hours(struct world *world)
{
    static const enum counter counters[] = {COUNT_DEMANDED, COUNT_DELIVERED,
                                            COUNT_ROSTERED};

    for (size_t c = 0; c < sizeof counters / sizeof *counters; c++) {
        const struct block *b = &world->layout->role_hour[counters[c]];
        for (uint32_t r = 0; r < world->scenario->role_count; r++) {
            double sum = 0;
            for (uint32_t h = 0; h < 168; h++)
                sum += world->record[b->offset + r * 168 + h];
            count_cut(world, counters[c], SLICE_ROLE, r, sum);
        }
    }
}

/* Person-hours of each week to people. The last week may be a part. */
static void finish_weeks(struct world *world)
{
    const struct layout *layout = world->layout;
    double *cell = &world->record[layout->occupancy_week.offset];

    for (uint32_t i = 0; i < layout->occupancy_week.length; i++) {
        double left = layout->measured_hours - 168.0 * (i % layout->weeks);
        cell[i] /= left < 168 ? left : 168;
    }
}

void count_finish(struct world *world)
{
    const struct tallies *t = world->tallies;

    for (size_t i = 0; i < t->cell_count; i++)
        finish_cell(world, i);
    for (uint32_t i = 0; i < t->kind_count; i++)
        add_tally(world, SLICE_KIND, i, &t->kind[i]);
    for (uint32_t i = 0; i < 168; i++)
        add_tally(world, SLICE_HOUR, i, &t->hour[i]);
    for (uint32_t i = 0; i < 7 * SINCE_MOVE_BINS; i++) {
        add_tally(world, SLICE_ENTERED_ON, i / SINCE_MOVE_BINS, &t->entry[i]);
        add_tally(world, SLICE_SINCE_MOVE, i % SINCE_MOVE_BINS, &t->entry[i]);
    }
    finish_days(world);
    finish_hours(world);
    finish_weeks(world);
    add_total(world, COUNT_EVENTS, world->events);
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        count_cut(world, COUNT_OCCUPANCY_MAX, SLICE_LEVEL, i,
                  world->level[i].most);
}

/* ---- other counts ---- */

static uint32_t week_of(const struct world *world, sim_ms when)
{
    return (uint32_t)((when - world->from) / SIM_WEEK);
}

void count_person(struct world *world, const struct person *person,
                  enum counter counter, sim_ms when, double amount)
{
    if (!world_measures(world, when))
        return;
    add_total(world, counter, amount);
    add_cut(world, counter, SLICE_COHORT, person->cohort, amount);
    add_cut(world, counter, SLICE_DAY,
            sim_civil_type(&world->scenario->civil, sim_day_of(when)), amount);
    add_cut(world, counter, SLICE_WEEK, week_of(world, when), amount);
    if (person->level == NONE)
        return;
    add_cut(world, counter, SLICE_LEVEL, person->level, amount);
    add_cut(world, counter, SLICE_ENTERED_ON, person->entry_weekday, amount);
    add_cut(world, counter, SLICE_SINCE_MOVE,
            since_move_bin(when - person->entered_at), amount);
    if (person->plan != NONE)
        add_cut(world, counter, SLICE_STEP,
                world->scenario->plan[person->plan].first_step + person->step,
                amount);
}

void count_cut(struct world *world, enum counter counter, enum slice slice,
               uint32_t value, double amount)
{
    add_total(world, counter, amount);
    add_cut(world, counter, slice, value, amount);
}

void count_total(struct world *world, enum counter counter, double amount)
{
    add_total(world, counter, amount);
}

void count_slice(struct world *world, enum counter counter, enum slice slice,
                 uint32_t value, double amount)
{
    add_cut(world, counter, slice, value, amount);
}

static void seen(struct world *world, const struct person *person,
                 enum counter counter)
{
    add_total(world, counter, 1);
    add_cut(world, counter, SLICE_LEVEL, person->episode_level, 1);
    add_cut(world, counter, SLICE_COHORT, person->cohort, 1);
}

void count_seen(struct world *world, const struct person *person, sim_ms after)
{
    seen(world, person, COUNT_SEEN_EVER);
    if (after <= 72 * SIM_HOUR)
        seen(world, person, COUNT_SEEN_72);
    if (after <= 24 * SIM_HOUR)
        seen(world, person, COUNT_SEEN_24);
}

void count_entry(struct world *world, enum counter counter, uint32_t level,
                 uint32_t cohort, uint32_t weekday, double amount)
{
    add_total(world, counter, amount);
    add_cut(world, counter, SLICE_LEVEL, level, amount);
    add_cut(world, counter, SLICE_COHORT, cohort, amount);
    add_cut(world, counter, SLICE_ENTERED_ON, weekday, amount);
}

sim_ms count_measured(const struct world *world, sim_ms from, sim_ms until)
{
    if (from < world->from)
        from = world->from;
    if (until > world->until)
        until = world->until;
    return until > from ? until - from : 0;
}

void count_span(struct world *world, enum counter counter, uint32_t level,
                uint32_t cohort, sim_ms from, sim_ms until)
{
    double hours =
        (double)count_measured(world, from, until) / (double)SIM_HOUR;

    if (hours == 0)
        return;
    add_total(world, counter, hours);
    if (level != NONE)
        add_cut(world, counter, SLICE_LEVEL, level, hours);
    if (cohort != NONE)
        add_cut(world, counter, SLICE_COHORT, cohort, hours);
}

void count_bin(struct world *world, enum counter counter, uint32_t row,
               double value, double weight)
{
    const struct block *block = &world->layout->bins[counter];

    if (block->length)
        world->record[block->offset + row * SIM_BINS + sim_bin_of(value)] +=
            weight;
}

void count_occupancy(struct world *world, uint32_t level, int change)
{
    struct level_now *now = &world->level[level];
    const struct block *weeks = &world->layout->occupancy_week;
    sim_ms from = now->since > world->from ? now->since : world->from;
    sim_ms until = world->now < world->until ? world->now : world->until;
    double hours = (double)(until - from) / (double)SIM_HOUR;

    if (until > from) {
        count_cut(world, COUNT_OCCUPANCY, SLICE_LEVEL, level,
                  hours * now->taken);
        count_bin(world, COUNT_OCCUPANCY_BINS, level, now->taken, hours);
        if (now->taken >= world->scenario->level[level].places)
            count_cut(world, COUNT_FULL, SLICE_LEVEL, level, hours);
        const struct sim_cells by_week = {
            &world->record[weeks->offset + level * world->layout->weeks],
            world->layout->weeks, SIM_WEEK, world->from};
        sim_spread_hours(&by_week, from, until, now->taken);
        if (now->taken > now->most)
            now->most = now->taken;
    }
    now->since = world->now;
    now->taken = (uint32_t)((int)now->taken + change);
}

/* ---- staff ---- */

void count_hours(struct world *world, enum counter counter, uint32_t role,
                 sim_ms from, sim_ms until, double workers)
{
    const struct layout *layout = world->layout;
    const struct block *by_hour = &layout->role_hour[counter];
    const struct block *weeks = &layout->cut[counter][SLICE_WEEK];
    sim_ms shift = (sim_ms)world->tallies->first_weekday * SIM_DAY;

    if (from < world->from)
        from = world->from;
    if (until > world->until)
        until = world->until;
    if (until <= from)
        return;
    if (weeks->length) {
        const struct sim_cells cells = {&world->record[weeks->offset],
                                        weeks->length, SIM_WEEK, world->from};
        sim_spread_hours(&cells, from, until, workers);
    }
    if (by_hour->length) {
        const struct sim_cells cells = {
            &world->record[by_hour->offset + role * 168], 168, SIM_HOUR,
            -shift};
        sim_spread_hours(&cells, from, until, workers);
    } else {
        count_cut(world, counter, SLICE_ROLE, role,
                  workers * (double)(until - from) / (double)SIM_HOUR);
    }
}

void count_cost(struct world *world, uint32_t role, double amount)
{
    count_cut(world, COUNT_COST, SLICE_ROLE, role, amount);
}
