/*
 * Service: staff set off to a contact, meet the person, and end. How a contact
 * waits until then is in waiting.c. Once staff have set off the worker's slot
 * of the calendar holds the next stage: met, end of face time, end of notes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/service_impl.h"

/* Park or unpark the other tasks of a person. */
static inline void review_others(struct world *world,
                                 const struct person *person,
                                 const struct task *but)
{
    if (task_is_alone(person, but)) /* as nearly always */
        return;
    for (uint32_t i = person->task; i != NONE; i = world->task[i].next) {
        struct task *other = &world->task[i];
        if (other != but && other->state == TASK_WAITING && other->with_person)
            service_review(world, other);
    }
}

void service_free_person(struct world *world, struct person *person,
                         const struct task *task)
{
    if (person->with != task->index)
        return;
    person->with = NONE;
    review_others(world, person, task);
}

/* ---- what a contact does ---- */

static void completed_response(struct world *world, struct person *person,
                               const struct task *task)
{
    const struct scenario *s = world->scenario;

    if (!task->with_person) { /* a meeting about them, which they may not see */
        responses_ended(world, person, task, true);
        return;
    }
    contact_made(world, person);
    if (course_is_protected(person))
        course_protect(world, person,
                       world->scenario->kind[task->kind].protects);
    /* Done for an alert it is a review, which closes it and is not scored. */
    if (s->response[task->response].type != TRIGGER_ALERT)
        signs_look(world, person, task);
    responses_ended(world, person, task, true);
    responses_contact_made(world, person);
    plans_engage(world, person);
}

void service_unattended(struct world *world, struct person *person,
                        const struct task *task)
{
    const struct scenario *s = world->scenario;
    const struct cohort *cohort = &s->cohort[person->cohort];
    struct sim_name name = task->name;

    task_count_step(person, task, false);
    person->misses++;
    responses_trigger(world, person, s->trigger_response[TRIGGER_NOT_ATTENDED]);
    if (cohort->disengage_after == 0 ||
        person->misses < cohort->disengage_after)
        return;
    name.purpose = PURPOSE_DISENGAGE_MISS;
    if (sim_chance_uniform(&world->chance, &name) < cohort->disengage_chance)
        plans_disengage(world, person);
}

/* And any other; `person` is NULL where it means nothing any more. */
static __attribute__((noinline)) void
ended_other(struct world *world, struct person *person, struct task *task)
{
    if (task->there)
        count_contact(world, task,
                      task->downgraded ? CONTACT_DOWNGRADED : CONTACT_COMPLETED,
                      false);
    else
        count_contact(world, task, CONTACT_NOT_ATTENDED,
                      task_is_unwell(world, task));
    if (!person)
        return;
    if (task->handover)
        handover_done(world, person);
    else if (task->response != NONE && task->there)
        completed_response(world, person, task);
    else if (task->response != NONE)
        responses_ended(world, person, task, false);
    else if (task->with_person && task->there)
        completed_planned(world, person, task,
                          !task->downgraded && !task->review &&
                              task->step_entry != NONE);
    else if (task->with_person)
        service_unattended(world, person, task);
    if (task->review)
        decisions_reviewed(world, person, task->there);
}

/* Face time, or the wait at the door, is over. */
static inline void ended(struct world *world, struct task *task)
{
    struct person *person = service_meant_for(world, task);

    world->events++;
    journey_ended(world, task);
    if (person && task->ordinary)
        ended_ordinary(world, person, task);
    else
        ended_other(world, person, task);
}

/* ---- stages ---- */

static inline void release(struct world *world, struct task *task)
{
    uint32_t index = task->worker;

    if (index != SIM_NO_WORKER)
        task_clear_stage(world, task);
    task->worker = SIM_NO_WORKER;
    while (index != SIM_NO_WORKER) {
        struct sim_worker *worker = sim_pool_worker(world->pool, index);
        uint32_t next = worker->next;
        release_worker(world, index, worker);
        index = next;
    }
}

void service_release(struct world *world, struct task *task)
{
    release(world, task);
}

/* Whether the person is there, drawn when they would be met. */
static inline bool attends(const struct world *world, const struct task *task)
{
    const struct scenario *s = world->scenario;

    if (!task->with_person)
        return s->kind[task->kind].with == WITH_PERSON ||
               task->luck < s->kind[task->kind].attendance;
    if (task->response != NONE)
        return task->luck <
               s->response[task->response].action[task->action].succeeds;
    return is_there(world, task, &world->person[task->person]);
}

/* How long staff wait for somebody who is not there. */
sim_ms service_not_there(const struct world *world, const struct task *task)
{
    const struct distribution *d =
        &world->scenario->kind[task->kind].if_not_there;
    struct sim_name name = task->name;
    struct sim_stream stream;

    if (d->family == FAMILY_CONSTANT)
        return (sim_ms)d->a;
    name.purpose = PURPOSE_NOT_THERE;
    sim_stream_init(&stream, &world->chance, &name);
    return distribution_sample(d, &stream.rng);
}

static void meet(struct world *world, struct task *task)
{
    service_met(world, task, attends(world, task));
}

static inline void finish(struct world *world, struct task *task)
{
    journey_over(world, task);
    release(world, task);
    task_drop(world, task);
}

static inline void end_of_face(struct world *world, struct task *task)
{
    task->state = TASK_NOTES;
    ended(world, task);
    if (task->person != NONE)
        service_free_person(world, &world->person[task->person], task);
    if (task->there && task->notes > 0)
        task_set_stage(world, task, world->now + task->notes);
    else
        finish(world, task);
}

/* Any moment but the straight end. */
void service_other_due(struct world *world, struct task *task)
{
    if (task->person != NONE &&
        !task_is_alone(&world->person[task->person], task))
        task = task_first_now(world, task);
    switch (task->state) {
    case TASK_FACE:
        end_of_face(world, task);
        break;
    case TASK_TRAVEL:
        meet(world, task);
        break;
    case TASK_WAITING:
        service_waiting_due(world, task, world->phase);
        break;
    default:
        finish(world, task);
        break;
    }
}

/* ---- starting ---- */

static void call_out(struct world *world, const struct task *task)
{
    const struct role *role;
    uint32_t r;

    if (!world->has_on_call || !world_measures(world, world->now))
        return;
    r = worker_role(sim_pool_worker(world->pool, task->worker));
    role = &world->scenario->role[r];
    if (!role->on_call)
        return;
    count_cut(world, COUNT_CALL_OUTS, SLICE_ROLE, r, 1);
    count_cost(world, r, role->call_out);
}

/* Staff are on their way, or there. */
void service_set_off(struct world *world, struct task *task, sim_ms arrival)
{
    sim_ms time = arrival > task->due ? arrival : task->due;

    task->state = TASK_TRAVEL;
    if (time > world->now)
        task_set_stage(world, task, time);
    else
        meet(world, task);
}

void service_start_other(struct world *world, const struct sim_start *what)
{
    struct task *task = &world->task[what->request];
    struct person *person = &world->person[task->person];

    task->option = 0; /* out of its line */
    task_part(world, task);
    task_clear_wait(world, task);
    task->worker = what->worker;
    task->crises = person->crises;
    if (task->deadline != SIM_NEVER)
        service_in_time(world, task);
    call_out(world, task);
    if (task->with_person) {
        person->with = what->request;
        review_others(world, person, task);
    }
    service_set_off(
        world, task,
        world->now + contacts_approach(
                         contacts_way(world, task->kind, what->label), task));
}

/* Its twin is service_start_all without looking ahead, which changes nothing
 * but time. */
bool service_start_many(struct world *world)
{
    return service_start_all(world, true);
}
