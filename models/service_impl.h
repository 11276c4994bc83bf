#ifndef MODELS_SERVICE_IMPL_H
#define MODELS_SERVICE_IMPL_H
/*
 * How the common contact starts and ends: in sight of the loop, and of rounds
 * (rounds.c), because most of what happens is that. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* service.c: the person was not there. */
void service_unattended(struct world *world, struct person *person,
                        const struct task *task);
/* How long staff wait then. */
sim_ms service_not_there(const struct world *world, const struct task *task);
/* Staff are on their way, to be there at `arrival`. */
void service_set_off(struct world *world, struct task *task, sim_ms arrival);
/* The next moment of a task but for its straight end; the start of any that is
 * not straight; and of all that can start, where many wait. */
void service_other_due(struct world *world, struct task *task);
void service_start_other(struct world *world, const struct sim_start *what);
bool service_start_many(struct world *world);

/* ---- what a contact does ---- */

static inline void contact_made(struct world *world, struct person *person)
{
    sim_ms gap = world->now - person->last_contact;

    person->longest_gap = gap > person->longest_gap ? gap : person->longest_gap;
    person->last_contact = world->now;
    if (!person->first_contact)
        places_first_contact(world, person);
}

/* Whether it does anything to somebody's condition, or may show of it; and
 * what. */
static inline bool contact_is_felt(const struct world *world,
                                   const struct person *person)
{
    const struct condition *condition = person->condition;

    return condition && (condition->heeds_contacts || person->alert != NONE ||
                         world->shows[person->scenario_state]);
}
static inline void contact_felt(struct world *world, struct person *person,
                                const struct task *task)
{
    if (course_is_protected(person))
        course_protect(world, person,
                       world->scenario->kind[task->kind].protects);
    if (!signs_in_vain(world, person))
        signs_look(world, person, task);
}

/* What somebody's plan knows of it. `whole`: what the plan intends, as it was
 * planned. */
static inline void contact_kept(struct world *world, struct person *person,
                                bool whole)
{
    person->misses = 0;
    person->completed += whole;
    contact_made(world, person);
}

static inline void completed_planned(struct world *world, struct person *person,
                                     const struct task *task, bool whole)
{
    task_count_step(person, task, true);
    contact_kept(world, person, whole);
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

    if (task->counted) {
        count_cells_end(world, task, end, unwell);
        count_cells_met(world, task);
    }
    if (task->there)
        completed_planned(world, person, task, true);
    else
        service_unattended(world, person, task);
}

/* The same of one that nobody came to in time. */
static inline void missed_ordinary(struct world *world, struct person *person,
                                   const struct task *task)
{
    if (task->counted)
        count_cells_end(world, task, CONTACT_NOT_DELIVERED, person->state > 0);
    world->events++;
    task_count_step(person, task, false);
    if (world->has_missed_lists)
        responses_trigger(
            world, person,
            world->scenario->trigger_response[TRIGGER_NOT_DELIVERED]);
}

/* ---- the end ---- */

static inline void count_beyond(struct world *world,
                                const struct sim_worker *worker)
{
    if (world->now > worker->shift_end && world->now > worker->seized_at)
        duty_overtime(world, worker);
}

/* A worker's service ends: hours and overtime; and free again. */
static inline void count_service(struct world *world,
                                 const struct sim_worker *worker)
{
    count_hours(world, COUNT_DELIVERED, worker_role(worker), worker->seized_at,
                world->now, 1);
    count_beyond(world, worker);
    if (sim_queue_length(world->queue) > 0)
        world->dirty |= DIRTY_STAFF;
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
    task_give_back(world, task);
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

/* ---- the start ---- */

/* How likely the person is there at a contact of their plan due at `due`. */
static inline double attendance(const struct person *person,
                                const struct ways *ways, sim_ms due)
{
    double chance =
        person->attendance[person->scenario_state] * ways->attendance;

    if (person_is_content(person, due))
        return chance;
    return chance * ways->attendance_at_other_times;
}

/* Whether they are. */
static inline bool is_there(const struct world *world, const struct task *task,
                            const struct person *person)
{
    return task->luck < attendance(person, &world->ways[task->kind], task->due);
}

/* Staff meet the person, or wait. */
static inline void service_met(struct world *world, struct task *task,
                               bool there)
{
    sim_ms length;

    task->met = world->now;
    task->state = TASK_FACE;
    task->there = there;
    length = task->there ? task->lasts : service_not_there(world, task);
    task_set_stage(world, task, world->now + length);
}

/* The start of a task that is straight. Its twin is service_start_other. */
static inline void start_straight(struct world *world, struct task *task,
                                  uint32_t worker)
{
    struct person *person = &world->person[task->person];

    task->option = 0;
    task_part(world, task);
    task->worker = worker;
    task->crises = person->crises;
    person->with = task->index;
    if (task->travel == 0)
        service_met(world, task, is_there(world, task, person));
    else
        service_set_off(world, task, world->now + task->travel);
}

/* Where so many wait neither they nor their people are in the second cache. */
#define WAIT_ANYWHERE 512u

/* Have the tasks that start soon fetched, first, and then their people: which
 * they are is in the task. About four are on their way at once.
 * Always inline: GCC would take a call that returns nothing for useless. */
static inline __attribute__((always_inline)) void
fetch_starts(const struct world *world)
{
    uint32_t soon = sim_queue_soon(world->queue, 4);
    uint32_t later = sim_queue_soon(world->queue, 8);

    if (later != NONE) {
        __builtin_prefetch(&world->task[later]);
        __builtin_prefetch(&world->task[later].tie);
    }
    if (soon != NONE && world->task[soon].person != NONE) {
        const struct person *person = &world->person[world->task[soon].person];

        __builtin_prefetch(person);
        __builtin_prefetch(&person->with);
    }
}

static inline __attribute__((always_inline)) bool
service_start_all(struct world *world, bool ahead)
{
    struct sim_start what;
    struct task *task;
    bool any = false;

    while (sim_queue_start(world->queue, world->pool, world->now, &what)) {
        if (ahead)
            fetch_starts(world);
        task = &world->task[what.request];
        if (task->straight)
            start_straight(world, task, what.worker);
        else
            service_start_other(world, &what);
        any = true;
    }
    return any;
}

/* Phase (b), second half: start what can start. Returns whether any did. */
static inline bool service_allot(struct world *world)
{
    if (world->round.count > 0)
        return round_allot(world);
    world->dirty &= ~(unsigned)DIRTY_STAFF;
    sim_queue_begin(world->queue);
    if (sim_queue_length(world->queue) >= WAIT_ANYWHERE)
        return service_start_many(world);
    return service_start_all(world, false);
}
#endif
