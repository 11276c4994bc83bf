/*
 * Targets that the record's cuts cannot answer: of planned contacts cut in
 * several ways at once, or asked of so many days, weekends or weeks.
 *
 * Each such target counts its own contacts, by period where it asks for one,
 * and leaves two doubles in the record: numerator and denominator of its
 * measure, or the periods that met the limit and those with anything due.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"

/* What one target counts. */
struct target_tally {
    const struct target *target;
    uint32_t number;              /* of the target in the scenario */
    struct contact_tally *period; /* [period_count]; one where none is asked */
    size_t period_count;
};

/* Weeks are those of the measured period; weekends belong to calendar weeks,
 * counted from the one in which measuring begins. */
static size_t period_of(const struct world *world, enum target_period in,
                        sim_ms due)
{
    const struct tallies *t = world->tallies;
    int32_t day = sim_day_of(due);

    switch (in) {
    case PERIOD_DAYS:
        return (size_t)(day - t->first_day);
    case PERIOD_WEEKENDS:
        return (size_t)((day + t->first_weekday) / 7 -
                        (t->first_day + t->first_weekday) / 7);
    case PERIOD_WEEKS:
        return (size_t)((due - world->from) / SIM_WEEK);
    default:
        return 0;
    }
}

int count_targets_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    struct tallies *t = world->tallies;

    if (!world->layout->targets.length)
        return SIM_OK;
    t->target = calloc(s->target_count, sizeof *t->target);
    if (!t->target)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < s->target_count; i++) {
        struct target_tally *tally = &t->target[t->target_count];

        if (!target_counts_apart(&s->target[i]))
            continue;
        tally->target = &s->target[i];
        tally->number = i;
        tally->period_count =
            1 + period_of(world, s->target[i].in, world->until - 1);
        tally->period = calloc(tally->period_count, sizeof *tally->period);
        if (!tally->period)
            return SIM_ERR_NO_MEMORY;
        t->target_count++;
    }
    return SIM_OK;
}

void count_targets_clear(struct tallies *t)
{
    for (uint32_t i = 0; i < t->target_count; i++)
        free(t->target[i].period);
    free(t->target);
}

void count_targets_reset(struct tallies *t)
{
    for (uint32_t i = 0; i < t->target_count; i++)
        memset(t->target[i].period, 0,
               t->target[i].period_count * sizeof *t->target[i].period);
}

/* The value of `slice` that a planned contact with the person has. */
static uint32_t value_of(const struct world *world, const struct task *task,
                         enum slice slice)
{
    const struct scenario *s = world->scenario;
    const struct tallies *t = world->tallies;
    size_t steps = s->step_count + 1;
    size_t rest = task->cell / s->kind_count;
    int32_t day = sim_day_of(task->due);

    switch (slice) {
    case SLICE_KIND:
        return task->planned_kind;
    case SLICE_STEP:
        return (uint32_t)(rest % steps);
    case SLICE_LEVEL:
        return (uint32_t)(rest / steps % s->level_count);
    case SLICE_COHORT:
        return (uint32_t)(rest / steps / s->level_count);
    case SLICE_DAY:
        return (uint32_t)sim_civil_type(&s->civil, day);
    case SLICE_HOUR:
        return (
            uint32_t)((task->due / SIM_HOUR + (sim_ms)t->first_weekday * 24) %
                      168);
    case SLICE_ENTERED_ON:
        return task->entry / SINCE_MOVE_BINS;
    case SLICE_SINCE_MOVE:
        return task->entry % SINCE_MOVE_BINS;
    default:
        return NONE;
    }
}

static bool is_asked(const struct world *world, const struct task *task,
                     const struct target *target)
{
    for (uint32_t i = 0; i < target->cut_count; i++)
        if (value_of(world, task, target->cut[i].slice) != target->cut[i].value)
            return false;
    return target->in != PERIOD_WEEKENDS ||
           sim_civil_weekday(&world->scenario->civil, sim_day_of(task->due)) >=
               SIM_SAT;
}

void count_target(struct world *world, const struct task *task,
                  enum contact_end end, bool unwell)
{
    struct tallies *t = world->tallies;

    for (uint32_t i = 0; i < t->target_count; i++) {
        const struct target_tally *tally = &t->target[i];
        struct contact_tally *period;

        if (!is_asked(world, task, tally->target))
            continue;
        period = &tally->period[period_of(world, tally->target->in, task->due)];
        count_end(period, end, unwell);
        if (task->met != SIM_NEVER)
            count_met(period, task->met - task->due);
    }
}

/* A target's measure over one tally: what stands above and below the line. */
static void measure_tally(const struct target *target,
                          const struct contact_tally *what, double weeks,
                          double value[2])
{
    const struct measure *measure = &measure_table[target->measure];

    value[0] = count_of_tally(what, measure->numerator);
    value[1] = measure->type == MEASURE_PER_WEEK
                   ? weeks
                   : count_of_tally(what, measure->denominator);
}

/* Length of a period in weeks, for measures per week. */
static double period_weeks(enum target_period in)
{
    return in == PERIOD_DAYS ? 1 / 7.0 : in == PERIOD_WEEKENDS ? 2 / 7.0 : 1;
}

/* Whether a value is on the right side of the limit; the last bits of a
 * quotient do not decide it. */
static bool meets(const struct target *target, double value)
{
    double slack = 1e-12 * (1 + target->limit);

    return target->at_most ? value <= target->limit + slack
                           : value >= target->limit - slack;
}

void count_targets_finish(struct world *world)
{
    const struct tallies *t = world->tallies;

    for (uint32_t i = 0; i < t->target_count; i++) {
        const struct target_tally *tally = &t->target[i];
        const struct target *target = tally->target;
        double *cell =
            &world->record[world->layout->targets.offset + 2 * tally->number];

        if (target->in == PERIOD_NONE) {
            measure_tally(target, tally->period,
                          world->layout->measured_hours / 168, cell);
            continue;
        }
        for (size_t p = 0; p < tally->period_count; p++) {
            double value[2];

            if (count_of_tally(&tally->period[p], COUNT_DUE) == 0)
                continue; /* nothing was due, so nothing could be missed */
            measure_tally(target, &tally->period[p], period_weeks(target->in),
                          value);
            if (value[1] == 0)
                continue;
            cell[0] += meets(target, measure_table[target->measure].scale *
                                         value[0] / value[1]);
            cell[1] += 1;
        }
    }
}
