#ifndef MODELS_SERVICE_IMPL_H
#define MODELS_SERVICE_IMPL_H
/*
 * How the common contact ends: in sight of the loop, because most of what
 * happens is that. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* service.c: the person was not there. */
void service_not_attended(struct world *world, struct person *person,
                          const struct task *task);
/* The next moment of a task but for its straight end. */
void service_other_due(struct world *world, struct task *task);

/* ---- what a contact does ---- */

static inline void contact_made(struct world *world, struct person *person)
{
    if (world->now - person->last_contact > person->longest_gap)
        person->longest_gap = world->now - person->last_contact;
    person->last_contact = world->now;
    if (!person->first_contact)
        places_first_contact(world, person);
}

/* What it does to somebody's condition, and shows of it. */
static inline void contact_felt(struct world *world, struct person *person,
                                const struct task *task)
{
    const struct condition *condition = person->condition;

    if (!condition)
        return;
    if (condition->heeds_contacts)
        course_protect(world, person,
                       world->scenario->kind[task->kind].protects);
    if (person->alert != NONE || world->shows[condition->state[person->state]])
        signs_look(world, person, task);
}

/* `whole`: what the plan intends, as it was planned. */
static inline void completed_planned(struct world *world, struct person *person,
                                     const struct task *task, bool whole)
{
    task_count_step(person, task, true);
    person->misses = 0;
    person->completed += whole;
    contact_made(world, person);
    contact_felt(world, person, task);
    if (world->has_missed_lists)
        responses_contact_made(world, person);
}

/* What an ordinary contact of a step does to the person. */
static inline void ended_ordinary(struct world *world, struct person *person,
                                  const struct task *task)
{
    enum contact_end end =
        task->there ? CONTACT_COMPLETED : CONTACT_NOT_ATTENDED;
    bool unwell = !task->there && person->state > 0;

    if (task->counted)
        count_cells_met(world, task, count_cells_end(world, task, end, unwell));
    if (task->there)
        completed_planned(world, person, task, true);
    else
        service_not_attended(world, person, task);
}

/* ---- the end ---- */

/* A worker's service ends: hours and overtime; and free again. */
static inline void count_service(struct world *world,
                                 const struct sim_worker *worker)
{
    sim_ms from = worker->seized_at, now = world->now;

    count_hours(world, COUNT_DELIVERED, worker_role(worker), from, now, 1);
    if (now > worker->shift_end && now > from)
        duty_overtime(world, worker);
    world->dirty_staff |= sim_queue_length(world->queue) > 0;
}

static inline void release_worker(struct world *world, uint32_t index,
                                  struct sim_worker *worker)
{
    count_service(world, worker);
    if (world->scenario->team_time_count)
        team_time_release(world, index);
    else
        (void)sim_pool_let_go(world->pool, worker, index);
}

/*
 * The straight way from the end of face time to the end of a contact, which
 * nearly every one takes: it is straight (models/task_impl.h), still meant for
 * the person, and no notes are written after it. Its twin is end_of_face: what
 * finish and task_drop would ask besides is known.
 */
static inline bool ends_straight(const struct task *task,
                                 const struct person *person)
{
    return task->stay == person->stays && task->crises == person->crises &&
           (task->notes == 0 || !task->there);
}

static inline void end_straight(struct world *world, struct task *task,
                                struct person *person)
{
    world->events++;
    task_demand_late(world, task);
    ended_ordinary(world, person, task);
    person->with = NONE;
    person->task = NONE;
    task_clear_stage(world, task);
    release_worker(world, task->worker,
                   sim_pool_worker(world->pool, task->worker));
    task_give_back_straight(world, task);
}

/* The next moment of a task that has staff. */
static inline void service_due(struct world *world, struct task *task)
{
    if (task->straight && task->state == TASK_FACE) {
        struct person *person = &world->person[task->person];

        if (ends_straight(task, person)) {
            end_straight(world, task, person);
            return;
        }
    }
    service_other_due(world, task);
}
#endif
