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

/* Sums over contacts as the record keeps them. */
static const enum counter tally_counter[] = {
    COUNT_DUE,    COUNT_COMPLETED,  COUNT_NOT_DELIVERED, COUNT_NOT_ATTENDED,
    COUNT_MISSED, COUNT_DOWNGRADED, COUNT_CANCELLED,     COUNT_MISSED_UNWELL,
    COUNT_MET,    COUNT_START_DELAY};
#define TALLY_FIELDS (sizeof tally_counter / sizeof *tally_counter)

const uint64_t since_move_edge[] = {4 * SIM_DAY, 8 * SIM_DAY, 15 * SIM_DAY};

int count_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    struct tallies *t = calloc(1, sizeof *t);

    world->tallies = t;
    if (!t)
        return SIM_ERR_NO_MEMORY;
    t->cell_count = (size_t)s->cohort_count * s->level_count *
                    (s->step_count + 1) * s->kind_count;
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
    if (count_people_init(world) != SIM_OK || count_staff_init(world) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    return count_targets_init(world);
}

void count_clear(struct world *world)
{
    struct tallies *t = world->tallies;

    if (!t)
        return;
    free(t->cell);
    free(t->kind);
    free(t->day);
    count_people_clear(t);
    count_targets_clear(t);
    count_staff_clear(&t->staff);
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
    memset(t->start, 0, sizeof t->start);
    memset(t->start_late, 0, sizeof t->start_late);
    memset(t->hour, 0, sizeof t->hour);
    memset(t->entry, 0, sizeof t->entry);
    count_people_reset(world);
    count_targets_reset(t);
    count_staff_reset(world);
    t->at_due = (struct contact_tally){0};
    t->due = -1;
}

/* ---- contacts ---- */

static void merge_tally(struct contact_tally *to,
                        const struct contact_tally *what)
{
    for (int i = 0; i < CONTACT_COUNTS; i++)
        to->count[i] += what->count[i];
    to->delay += what->delay;
}

void count_due(struct tallies *t, sim_ms due)
{
    if (t->due >= 0) {
        /* Hours of the run, and of weeks that begin on Monday at 00:00. */
        uint32_t hour = (uint32_t)((uint64_t)t->due / SIM_HOUR);
        uint32_t of_week = (hour + (uint32_t)t->first_weekday * 24) % 168;

        merge_tally(&t->day[hour / 24 - (uint32_t)t->first_day], &t->at_due);
        merge_tally(&t->hour[of_week], &t->at_due);
    }
    t->at_due = (struct contact_tally){0};
    t->due = due;
}

/* ---- summing the cells ---- */

static void add_cut(struct world *world, enum counter counter, enum slice slice,
                    uint32_t value, double amount)
{
    add_kept(world->record, world->layout->cut[counter][slice], value, amount);
}

static void add_total(struct world *world, enum counter counter, double amount)
{
    add_kept(world->record, world->layout->total[counter], 0, amount);
}

static uint32_t due_of(const struct contact_tally *what)
{
    uint32_t due = 0;

    for (int i = 0; i < CONTACT_ENDS; i++)
        due += what->count[i];
    return due;
}

/* The sums of `what` in the order of tally_counter. */
static void sums_of(const struct contact_tally *what, double sum[TALLY_FIELDS])
{
    const uint32_t *count = what->count;

    sum[0] = due_of(what);
    sum[1] = count[CONTACT_COMPLETED];
    sum[2] = count[CONTACT_NOT_DELIVERED];
    sum[3] = count[CONTACT_NOT_ATTENDED];
    sum[4] = sum[2] + sum[3];
    sum[5] = count[CONTACT_DOWNGRADED];
    sum[6] = count[CONTACT_CANCELLED];
    sum[7] = count[CONTACT_UNWELL];
    sum[8] = count[CONTACT_MET];
    sum[9] = (double)what->delay / (double)SIM_MINUTE;
}

double count_of_tally(const struct contact_tally *what, enum counter counter)
{
    double sum[TALLY_FIELDS];
    size_t i = 0;

    sums_of(what, sum);
    while (tally_counter[i] != counter)
        i++;
    return sum[i];
}

/* Add all sums of `what` to one value of one cut. */
static void add_tally(struct world *world, enum slice slice, uint32_t value,
                      const struct contact_tally *what)
{
    double sum[TALLY_FIELDS];

    if (due_of(what) == 0)
        return;
    sums_of(what, sum);
    for (size_t i = 0; i < TALLY_FIELDS; i++)
        add_cut(world, tally_counter[i], slice, value, sum[i]);
}

static void finish_cell(struct world *world, size_t i)
{
    const struct scenario *s = world->scenario;
    const struct contact_tally *cell = &world->tallies->cell[i];
    double sum[TALLY_FIELDS];
    uint32_t kind = (uint32_t)(i % s->kind_count);
    size_t rest = i / s->kind_count;
    uint32_t steps = s->step_count + 1;
    uint32_t step = (uint32_t)(rest % steps);

    if (due_of(cell) == 0)
        return;
    sums_of(cell, sum);
    for (size_t f = 0; f < TALLY_FIELDS; f++)
        add_total(world, tally_counter[f], sum[f]);
    add_tally(world, SLICE_KIND, kind, cell);
    if (step < s->step_count)
        add_tally(world, SLICE_STEP, step, cell);
    rest /= steps;
    add_tally(world, SLICE_LEVEL, (uint32_t)(rest % s->level_count), cell);
    add_tally(world, SLICE_COHORT, (uint32_t)(rest / s->level_count), cell);
}

/* Whether nothing of a day was not delivered or downgraded. */
static bool is_whole(const struct contact_tally *day)
{
    return day->count[CONTACT_NOT_DELIVERED] + day->count[CONTACT_DOWNGRADED] ==
           0;
}

static void finish_day_types(struct world *world)
{
    const struct tallies *t = world->tallies;
    struct {
        struct contact_tally all;
        uint32_t due, whole; /* days */
    } type[SIM_DAY_TYPES] = {0};

    for (size_t i = 0; i < t->day_count; i++) {
        const struct contact_tally *day = &t->day[i];
        uint32_t of =
            sim_civil_type(&world->scenario->civil, t->first_day + (int32_t)i);

        if (due_of(day) == 0)
            continue;
        merge_tally(&type[of].all, day);
        type[of].due++;
        type[of].whole += is_whole(day);
    }
    for (uint32_t i = 0; i < SIM_DAY_TYPES; i++) {
        add_tally(world, SLICE_DAY, i, &type[i].all);
        count_cut(world, COUNT_DAYS_DUE, SLICE_DAY, i, type[i].due);
        count_cut(world, COUNT_DAYS_WHOLE, SLICE_DAY, i, type[i].whole);
    }
}

/* A day is of the week in which it begins; the first may have begun before. */
static void finish_day_weeks(struct world *world)
{
    const struct tallies *t = world->tallies;
    size_t next = world->from % SIM_DAY == 0 ? 7 : 8; /* the next week's */
    size_t i = 0;

    for (uint32_t w = 0; i < t->day_count; w++, next += 7) {
        struct contact_tally week = {0};

        for (; i < next && i < t->day_count; i++)
            merge_tally(&week, &t->day[i]);
        add_tally(world, SLICE_WEEK, w, &week);
    }
}

/* A weekend is a Saturday, if it is measured, and the Sunday after it. */
static void finish_weekends(struct world *world)
{
    const struct tallies *t = world->tallies;
    int weekday = sim_civil_weekday(&world->scenario->civil, t->first_day);

    for (size_t i = (size_t)(SIM_SUN - weekday); i < t->day_count; i += 7) {
        const struct contact_tally *sunday = &t->day[i];
        const struct contact_tally *saturday = i > 0 ? sunday - 1 : sunday;

        if (due_of(saturday) + due_of(sunday) == 0)
            continue;
        add_total(world, COUNT_WEEKENDS_DUE, 1);
        add_total(world, COUNT_WEEKENDS_WHOLE,
                  is_whole(saturday) && is_whole(sunday));
    }
}

static void finish_starts(struct world *world)
{
    const struct tallies *t = world->tallies;
    double *bin = &world->record[world->layout->bins[COUNT_START_BINS].offset];

    for (uint32_t i = 0; i < START_MINUTES; i++)
        if (t->start[i] > 0)
            bin[sim_bin_of(i)] += t->start[i];
    for (uint32_t i = 0; i < SIM_BINS; i++)
        bin[i] += t->start_late[i];
}

/* Hours of the week, and their sums by weekday where a block keeps them. */
static void finish_hours(struct world *world)
{
    const struct tallies *t = world->tallies;
    double sum[TALLY_FIELDS];

    for (uint32_t i = 0; i < 168; i++) {
        if (due_of(&t->hour[i]) == 0)
            continue;
        add_tally(world, SLICE_HOUR, i, &t->hour[i]);
        sums_of(&t->hour[i], sum);
        for (size_t f = 0; f < TALLY_FIELDS; f++) {
            const struct block *day = &world->layout->weekday[tally_counter[f]];
            if (day->length)
                world->record[day->offset + i / 24] += sum[f];
        }
    }
}

/* By weekday of entry, and by days since the move. */
static void finish_entries(struct world *world)
{
    const struct contact_tally *entry = world->tallies->entry;
    struct contact_tally since[SINCE_MOVE_BINS] = {0};

    for (uint32_t day = 0; day < 7; day++) {
        struct contact_tally all = {0};

        for (uint32_t i = 0; i < SINCE_MOVE_BINS; i++, entry++) {
            merge_tally(&all, entry);
            merge_tally(&since[i], entry);
        }
        add_tally(world, SLICE_ENTERED_ON, day, &all);
    }
    for (uint32_t i = 0; i < SINCE_MOVE_BINS; i++)
        add_tally(world, SLICE_SINCE_MOVE, i, &since[i]);
}

/* Hours of week `week` of the measured period; the last may be a part. */
static double week_hours(const struct layout *layout, uint32_t week)
{
    double left = layout->measured_hours - 168.0 * week;

    return left < 168 ? left : 168;
}

/* Person-hours of each week to people. */
static void finish_weeks(struct world *world)
{
    const struct layout *layout = world->layout;
    double *cell = &world->record[layout->occupancy_week.offset];
    double *before = &world->record[layout->occupancy_before.offset];
    double *waiting = &world->record[layout->waiting_week.offset];
    uint32_t weeks = layout->weeks_before + layout->weeks;

    for (uint32_t i = 0; i < layout->occupancy_week.length; i++)
        cell[i] /= week_hours(layout, i % layout->weeks);
    for (uint32_t i = 0; i < layout->occupancy_before.length; i++)
        before[i] /= 168;
    for (uint32_t i = 0; i < layout->waiting_week.length; i++)
        waiting[i] /=
            i % weeks < layout->weeks_before
                ? 168
                : week_hours(layout, i % weeks - layout->weeks_before);
}

void count_finish(struct world *world)
{
    struct tallies *t = world->tallies;

    count_due(t, -1);
    for (size_t i = 0; i < t->cell_count; i++)
        finish_cell(world, i);
    for (uint32_t i = 0; i < t->kind_count; i++)
        add_tally(world, SLICE_KIND, i, &t->kind[i]);
    finish_starts(world);
    finish_hours(world);
    finish_entries(world);
    finish_day_types(world);
    finish_day_weeks(world);
    finish_weekends(world);
    count_targets_finish(world);
    count_finish_staff(world);
    duty_finish(world);
    count_people_finish(world);
    count_finish_follow(world);
    finish_weeks(world);
    add_total(world, COUNT_EVENTS, (double)world->events);
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        count_cut(world, COUNT_OCCUPANCY_MAX, SLICE_LEVEL, i,
                  world->level[i].most);
}

/* ---- other counts ---- */

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

void count_bin(struct world *world, enum counter counter, uint32_t row,
               double value, double weight)
{
    struct block block =
        layout_bins(world->layout, world->scenario, counter, row);

    world->record[block.offset + sim_bin_of(value)] += weight;
}
