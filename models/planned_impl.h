#ifndef MODELS_PLANNED_IMPL_H
#define MODELS_PLANNED_IMPL_H
/*
 * How a task is made: in sight of the compiler, because every contact of every
 * plan is. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tasks_impl.h"

/* The name of the next contact of a kind on a day: (kind, planned civil day,
 * ordinal that day), responses counted apart, for which `upcoming` is NULL. Of
 * contacts made days ahead nobody counts which of the day they are. */
static inline struct sim_name task_name(struct world *world,
                                        const struct person *person,
                                        uint32_t kind, int32_t day,
                                        const struct upcoming *upcoming)
{
    struct kind_day *count =
        &world->kind_days[(size_t)person->index * world->scenario->kind_count +
                          kind];
    struct sim_name name = person_name(world, person, PURPOSE_CONTACT,
                                       world->scenario->kind[kind].tag, 0);

    name.day = (uint16_t)day;
    if (upcoming && upcoming->nth >= NTH_AHEAD) {
        name.ordinal = (uint8_t)upcoming->nth;
    } else if (upcoming) {
        if (count->planned_day != day)
            count->planned = 0;
        count->planned_day = day;
        name.ordinal = count->planned++ & (NTH_AHEAD - 1);
    } else {
        if (count->response_day != day)
            count->response = 0;
        count->response_day = day;
        name.ordinal = (uint8_t)(128 + (count->response++ & 127));
    }
    return name;
}

static inline void task_link(struct world *world, struct person *person,
                             struct task *task)
{
    uint32_t index = task->index;

    task->previous = NONE;
    task->next = person->task;
    if (person->task != NONE)
        world->task[person->task].previous = index;
    person->task = index;
}

/* A task of `kind`, named; the caller sets times and draws. `upcoming` is what
 * was planned, or NULL. */
static inline struct task *task_make(struct world *world, struct person *person,
                                     uint32_t kind, int32_t day,
                                     const struct upcoming *upcoming)
{
    struct task *task = task_new(world);
    uint32_t index;

    if (!task)
        return NULL;
    world->tasks_made++;
    index = task->index;
    *task = world->ways[kind].blank;
    task->index = index;
    task->planned = upcoming != NULL;
    task->person = person->index;
    task->stay = person->stays;
    task->step_entry = person->step_entries;
    task->name = task_name(world, person, kind, day, upcoming);
    task_link(world, person, task);
    return task;
}

/* What is random about a task; `word` is block 0 of its name. */
static inline void task_draw(struct world *world, struct task *task,
                             const uint32_t word[4])
{
    task->tie = word[0];
    task->luck = sim_unit(word[2], word[3]);
    if (world->ways[task->kind].draws)
        contacts_draw_times(world, task);
}

/* A planned contact falls due: see contacts_plan. */
static inline void task_plan(struct world *world, struct person *person,
                             uint32_t kind, const struct upcoming *upcoming)
{
    const struct ways *ways = &world->ways[kind];
    struct task *task = task_make(world, person, kind, upcoming->day, upcoming);

    if (!task)
        return;
    task->travel = upcoming->lead;
    /* What would already be due falls due at once. */
    task->due = upcoming->due > world->now ? upcoming->due : world->now;
    task->until = upcoming->until;
    task->ordinary = task->with_person && !upcoming->added;
    if (upcoming->added)
        task->step_entry = NONE;
    if (!ways->plain) {
        const struct kind *k = &world->scenario->kind[kind];
        if (k->or_kind != NONE)
            task->or_at = task->due + k->or_after;
        task->pair = ways->pairs && pairs_needed(world, task, task->due);
    }
    count_place(world, person, task);
    world->events++;
    task->made = world->made;
    world->made = task->index;
}
#endif
