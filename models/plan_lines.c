/*
 * What is known of the steps of plans before anything runs: on which of their
 * days contacts fall due, and how many that are in all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/planned_impl.h"
#include "models/world_impl.h"

/* ---- lines ---- */

/* Fill in the table of a line whose days do not depend on the date. */
static void fill_days(struct due_day *table, const struct schedule *schedule,
                      const struct sim_civil *civil, int32_t days)
{
    table[days] = (struct due_day){days, 0};
    for (int32_t d = days - 1; d >= 0; d--) {
        uint32_t count = schedule_count(schedule, civil, d, d, 0, days);
        table[d] = count > 0 ? (struct due_day){d, count} : table[d + 1];
    }
}

/* From the contact of each day to that of the next one on which any falls due,
 * where all are alike but for the day: once a day at most, one lead. */
static int fill_gaps(struct due_line *line, int32_t days)
{
    for (int32_t d = 0; d < days; d++)
        if (line->day[d].count > 1)
            return SIM_OK;
    line->gap = calloc((size_t)days + 1, sizeof *line->gap);
    if (!line->gap)
        return SIM_ERR_NO_MEMORY;
    for (int32_t d = 0; d < days; d++)
        if (line->day[d].day == d)
            line->gap[d] = line->day[d + 1].day < days
                               ? line->day[d + 1].day - d
                               : DUE_NO_MORE;
    return SIM_OK;
}

/* Fill in the dates of a line of civil days. */
static int fill_dates(struct due_line *line, const struct sim_civil *civil)
{
    int32_t next = civil->day_count;

    line->date = calloc((size_t)civil->day_count, sizeof *line->date);
    if (!line->date)
        return SIM_ERR_NO_MEMORY;
    for (int32_t d = civil->day_count - 1; d >= 0; d--) {
        if (schedule_may_be_on(line->schedule, civil, d))
            next = d;
        line->date[d] = next;
    }
    return SIM_OK;
}

static int make_line(const struct world *world, const struct step *step,
                     const struct planned *planned, struct due_line *line)
{
    const struct scenario *s = world->scenario;
    const struct kind *kind = &s->kind[planned->kind];
    sim_ms at = planned->schedule.at;

    line->schedule = &planned->schedule;
    line->kind = planned->kind;
    line->ways = &world->ways[planned->kind];
    line->at = at >= 0 ? at : kind->at;
    line->times = planned->schedule.times;
    line->window = kind->window / line->times;
    line->lead =
        kind->travel.family == FAMILY_CONSTANT ? (sim_ms)kind->travel.a : -1;
    line->common = line->ways->common;
    line->topic = kind->tag;
    if (line->schedule->form == SCHEDULE_DAYS)
        return fill_dates(line, &s->civil);
    if (schedule_uses_dates(line->schedule))
        return SIM_OK;
    line->day = calloc((size_t)step->days + 1, sizeof *line->day);
    if (!line->day)
        return SIM_ERR_NO_MEMORY;
    fill_days(line->day, line->schedule, &s->civil, step->days);
    for (int32_t d = 0; d < step->days; d++)
        if (line->day[d].day == d)
            line->total += line->day[d].count;
    return line->lead >= 0 ? fill_gaps(line, step->days) : SIM_OK;
}

/* ---- how many contacts a plan intends ---- */

/* Contacts of line `i` of a step that is run through once from `day` on. */
static uint32_t line_total(const struct world *world, const struct plan *plan,
                           uint32_t number, uint32_t i, int32_t day)
{
    const struct due_line *line = &plan_lines(world, plan, number)[i];
    int32_t days = plan->step[number].days;
    uint32_t sum = 0;

    if (line->day)
        return line->total;
    for (int32_t d = 0; d < days; d++)
        sum += schedule_count(line->schedule, &world->scenario->civil, day + d,
                              d, 0, days);
    return sum;
}

/* How many contacts with the person the plan intends over its whole length if
 * it begins on `day`: every step once. */
static uint32_t sum_intended(const struct world *world, const struct plan *plan,
                             int32_t day)
{
    uint32_t sum = 0;

    for (uint32_t k = 0; k < plan->step_count; k++) {
        const struct step *step = &plan->step[k];
        for (uint32_t i = 0; i < step->planned_count; i++)
            if (!world->scenario->kind[step->planned[i].kind].without_person)
                sum += line_total(world, plan, k, i, day);
        day += step->days;
    }
    return sum;
}

uint32_t plans_intended(struct world *world, uint32_t plan, int32_t day)
{
    const struct scenario *s = world->scenario;
    uint32_t *known;

    if (day < 0 || day >= s->civil.day_count)
        return sum_intended(world, &s->plan[plan], day);
    known = &world->intended[(size_t)plan * (size_t)s->civil.day_count +
                             (size_t)day];
    if (*known == NONE)
        *known = sum_intended(world, &s->plan[plan], day);
    return *known;
}

/* ---- of all plans ---- */

int plans_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    size_t intended_size = (size_t)s->plan_count * (size_t)s->civil.day_count *
                           sizeof *world->intended;
    int err = SIM_OK;

    world->due_line = calloc((size_t)s->step_count * world->planned_most + 1,
                             sizeof *world->due_line);
    world->intended = malloc(intended_size + 1);
    if (!world->due_line || !world->intended)
        return SIM_ERR_NO_MEMORY;
    memset(world->intended, 0xff, intended_size); /* NONE */
    for (uint32_t p = 0; p < s->plan_count; p++)
        for (uint32_t k = 0; k < s->plan[p].step_count; k++) {
            const struct step *step = &s->plan[p].step[k];
            struct due_line *line = plan_lines(world, &s->plan[p], k);
            for (uint32_t i = 0; i < step->planned_count && err == SIM_OK; i++)
                err = make_line(world, step, &step->planned[i], &line[i]);
        }
    return err;
}

void plans_clear(struct world *world)
{
    if (world->due_line)
        for (size_t i = 0;
             i < (size_t)world->scenario->step_count * world->planned_most;
             i++) {
            free(world->due_line[i].day);
            free(world->due_line[i].date);
            free(world->due_line[i].gap);
        }
    free(world->due_line);
    free(world->intended);
    world->due_line = NULL;
    world->intended = NULL;
}
