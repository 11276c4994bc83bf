#ifndef MODELS_TASKS_IMPL_H
#define MODELS_TASKS_IMPL_H
/*
 * How a task ends, in sight of the compiler, because all do. Private to
 * models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"

/* Take a task off its person's list; it is nobody's any more. */
static inline void task_unlink(struct world *world, struct task *task)
{
    struct person *person;

    if (task->person == NONE)
        return;
    person = &world->person[task->person];
    if (task->next != NONE)
        world->task[task->next].previous = task->previous;
    if (task->previous != NONE)
        world->task[task->previous].next = task->next;
    else
        person->task = task->next;
    if (person->with == task->index)
        person->with = NONE;
    task->person = NONE;
}

/* Demand: the full staff time of what fell due, for the role of first choice,
 * spread from the due time. */
static inline void task_demand(struct world *world, const struct task *task)
{
    const struct ways *ways = &world->ways[task->planned_kind];
    const struct staffing *first;
    sim_ms length = task->downgraded ? task->needed
                                     : task->travel + task->lasts + task->notes;

    if (task->due > world->now || task->due >= world->end)
        return;
    if (ways->demands != NONE) {
        count_hours(world, COUNT_DEMANDED, ways->demands, task->due,
                    task->due + length, task->pair ? 2 : 1);
        return;
    }
    first = &world->scenario->kind[task->planned_kind].staffing[0];
    for (uint32_t n = 0; n < first->need_count; n++)
        count_hours(world, COUNT_DEMANDED,
                    (uint32_t)__builtin_ctzll(first->need[n].roles), task->due,
                    task->due + length, first->need[n].count);
}

/* Unlink and free a task, and count the demand it made if it fell due. */
static inline void task_drop(struct world *world, struct task *task)
{
    task_demand(world, task);
    world->tasks_dropped++;
    task_unlink(world, task);
    task_release(world, task);
}
#endif
