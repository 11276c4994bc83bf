#ifndef MODELS_TASKS_IMPL_H
#define MODELS_TASKS_IMPL_H
/*
 * The moment a task waits for, and how it ends: in sight of the compiler,
 * because all do. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"

/* ---- rounds ---- */

/* Another contact is about to be made: there is no round beside it. Or
 * something happens to somebody that is not of the round, but could meet their
 * contact in it. */
static inline void round_break(struct world *world)
{
    if (world->round.count > 0)
        round_break_up(world);
}
static inline void round_break_of(struct world *world,
                                  const struct person *person)
{
    if (person->task == IN_ROUND)
        round_break_up(world);
}

/* Staff come on duty: those who wait for them, if any do, may begin. */
static inline void task_staff_come(struct world *world)
{
    if (sim_queue_length(world->queue) > 0 || world->round.count > 0)
        world->dirty |= DIRTY_STAFF;
}

/* ---- the moment a task waits for ----
 *
 * While staff are at work on it, it is that of their first: `services` has a
 * slot for each worker. While it waits it has a slot of `calendar`, but only if
 * it waits for a moment of its own: those of one kind that close together, as
 * nearly all that fell due together do, have one for all of them (struct ways).
 */

/* The slot at which waiting contacts of a kind close. */
static inline uint32_t slot_of_closing(const struct world *world, uint32_t kind)
{
    return world->slot_closings + kind;
}
/* Make another slot for tasks that wait; slots for workers up to `worker`.
 * False, with the world's error set, where there is no room. */
bool slots_add(struct world *world);
bool serves_add(struct world *world, uint32_t worker);

static inline void task_clear_wait(struct world *world, struct task *task)
{
    if (task->slot == NONE)
        return;
    sim_calendar_clear(world->calendar, task->slot);
    world->free_slot[world->slot_free++] = task->slot;
    task->slot = NONE;
}

/* The next moment of a task that waits; at or beyond the end of the run it
 * never comes. */
static inline void task_set_wait(struct world *world, struct task *task,
                                 clock_key key)
{
    if (key >= clock_key_of(world->end, PHASE_EVENTS)) {
        task_clear_wait(world, task);
        return;
    }
    if (task->slot == NONE) {
        if (world->slot_free == 0 && !slots_add(world))
            return;
        task->slot = world->free_slot[--world->slot_free];
        world->slot_task[task->slot - world->slot_waits] = task->index;
    }
    sim_calendar_set_key(world->calendar, task->slot, key);
}

/* The same of one that has staff; and there is none any more. */
static inline void task_set_stage(struct world *world, const struct task *task,
                                  sim_ms time)
{
    uint32_t worker = task->worker;

    if (worker >= world->serves_count && !serves_add(world, worker))
        return;
    world->serves[worker] = task->index;
    if (time < world->end)
        sim_calendar_set_key(world->services, worker,
                             clock_key_of(time, PHASE_EVENTS));
    else
        sim_calendar_clear(world->services, worker);
}
static inline void task_clear_stage(struct world *world,
                                    const struct task *task)
{
    sim_calendar_clear(world->services, task->worker);
}

/* Of a person's tasks whose moment is now, as that of `task` is, the one that
 * goes first: in the order of rule 9, whatever their slots. */
struct task *task_first_now(struct world *world, struct task *task);

/* A waiting task closes with others of its kind no more. */
static inline void task_part(struct world *world, struct task *task)
{
    struct ways *ways = &world->ways[task->kind];

    if (!task->closes)
        return;
    task->closes = false;
    if (--ways->closing == 0)
        sim_calendar_clear(world->calendar, slot_of_closing(world, task->kind));
}

/* ---- what becomes of it ---- */

/* Whether it is in vain to look for signs now. */
static inline bool signs_in_vain(const struct world *world,
                                 const struct person *person)
{
    return !person->condition ||
           (person->alert == NONE && !world->shows[person->scenario_state]);
}

/* The contact just planned is a review of the plan. */
static inline void task_make_review(struct task *task)
{
    task->review = true;
    task->ordinary = false;
}

static inline bool task_is_unwell(const struct world *world,
                                  const struct task *task)
{
    return task->person != NONE && world->person[task->person].state > 0;
}

/* A planned contact with the person has ended, as far as the step counts it. */
static inline void step_count(struct person *person, bool done)
{
    person->step_ended++;
    person->step_done += done;
}
static inline void task_count_step(struct person *person,
                                   const struct task *task, bool done)
{
    if (task->step_entry == person->step_entries)
        step_count(person, done);
}

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
    task->straight = false;
}

/* Whether a task of the person is the only one. */
static inline bool task_is_alone(const struct person *person,
                                 const struct task *task)
{
    return person->task == task->index && task->next == NONE;
}

/* Demand: the full staff time of what has fallen due, for the role of first
 * choice, spread from the due time. Counted once. In contacts.c. */
void task_demand(struct world *world, const struct ways *ways,
                 struct task *task);

/* The same, at its end, for what is not yet counted; if it ever fell due. */
static inline void task_demand_late(struct world *world, struct task *task)
{
    if (!task->demanded && task->due <= world->now && task->due < world->end)
        task_demand(world, &world->ways[task->planned_kind], task);
}

/* A task that is in no list and waits for nothing is to be used again. */
static inline void task_give_back(struct world *world, struct task *task)
{
    world->tasks_dropped++;
    task->state = TASK_UNUSED;
    world->free_task[world->task_free++] = task->index;
}

/* Unlink and free a task, and count what it demanded. */
static inline void task_drop(struct world *world, struct task *task)
{
    SIM_REQUIRE(task->state != TASK_UNUSED);
    task_demand_late(world, task);
    task_unlink(world, task);
    task_part(world, task);
    task_clear_wait(world, task);
    task_give_back(world, task);
}
#endif
