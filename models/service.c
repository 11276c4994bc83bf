/*
 * Service: a contact waits, is met, and ends.
 *
 * A waiting task stands in the line of its open options, or in none (parked)
 * while no option is open or the person is in another contact. Its slot of the
 * calendar holds the next moment at which that changes by itself. Once staff
 * have set off the slot holds the next stage: met, end of face time, end of
 * notes. A worker freed at the moment something closes still takes it, because
 * closing is of a later phase.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* Set the calendar to the task's next moment; at or beyond the end of the run
 * it never comes. */
static inline void set_slot(struct world *world, const struct task *task,
                            clock_key key)
{
    uint32_t slot = slot_of_task(world, task->index);

    if (key < clock_key_of(world->end, PHASE_EVENTS))
        sim_calendar_set_key(world->calendar, slot, key);
    else
        sim_calendar_clear(world->calendar, slot);
}

/* ---- waiting ---- */

/* Moments compare as clock keys: the present one, and the earliest found so
 * far that is later. */
struct next_moment {
    clock_key now, key;
};

static inline void consider(struct next_moment *next, sim_ms time,
                            enum phase phase)
{
    clock_key key = clock_key_of(time, phase);

    if (key > next->now && key < next->key)
        next->key = key;
}

/* Whether `time` is past, this phase taken into account. */
static inline bool is_over(const struct next_moment *next, sim_ms time,
                           enum phase phase)
{
    return next->now >= clock_key_of(time, phase);
}

/* A response's contact may begin in its kind's hours only. */
static bool in_hours(const struct world *world, const struct task *task,
                     struct next_moment *next)
{
    const struct kind *k = &world->scenario->kind[task->kind];
    sim_ms midnight = (sim_ms)sim_day_of(world->now) * SIM_DAY;
    sim_ms close = midnight + k->at + k->window;
    bool open;

    if (!k->has_between)
        return true;
    consider(next, midnight + k->at, PHASE_EVENTS);
    consider(next, midnight + SIM_DAY + k->at, PHASE_EVENTS);
    consider(next, close, PHASE_CLOSE);
    open = world->now >= midnight + k->at && !is_over(next, close, PHASE_CLOSE);
    /* Hours that pass midnight began yesterday. */
    if (!open && close - SIM_DAY >= midnight) {
        consider(next, close - SIM_DAY, PHASE_CLOSE);
        open = !is_over(next, close - SIM_DAY, PHASE_CLOSE);
    }
    return open;
}

/* Whether a way has as many workers as it takes when the person is met; `next`
 * learns when that may change. */
static bool is_enough(const struct world *world, const struct task *task,
                      const struct way *way, sim_ms approach,
                      struct next_moment *next)
{
    const struct kind *kind = &world->scenario->kind[task->kind];
    sim_ms met = world->now + approach;
    sim_ms change;

    if (met < task->due)
        met = task->due;
    change = pairs_change(kind, met);
    if (change != SIM_NEVER)
        consider(next, change - approach, PHASE_EVENTS);
    return pairs_needed(world, task, met) == way->pair;
}

/* The set of options open now; `next` learns when it will change. */
static uint32_t open_options(const struct world *world, const struct task *task,
                             struct next_moment *next)
{
    const struct ways *ways = &world->ways[task->kind];
    uint32_t set = 0;

    for (uint32_t i = 0; i < ways->count; i++) {
        const struct way *way = &ways->way[i];
        sim_ms approach = contacts_approach(way, task);
        sim_ms open = task->due + way->after - (way->early ? approach : 0);
        sim_ms close =
            task->until == SIM_NEVER ? SIM_NEVER : task->until - approach;
        if (!is_over(next, open, PHASE_EVENTS))
            consider(next, open, PHASE_EVENTS);
        else if (!is_over(next, close, PHASE_CLOSE)) {
            consider(next, close, PHASE_CLOSE);
            if (!ways->pairs || is_enough(world, task, way, approach, next))
                set |= 1u << i;
        }
    }
    return set;
}

/* By when a waiting contact is to be begun; SIM_NEVER: it has no limit. */
static sim_ms limit_of(const struct world *world, const struct task *task)
{
    if (task->handover)
        return task->due +
               world->scenario->level[world->person[task->person].level]
                   .handover.within;
    return task->until < task->deadline ? task->until : task->deadline;
}

/* From when on a joint contact holds the staff it needs: half its window, or
 * half its deadline. */
static sim_ms hold_from(const struct world *world, const struct task *task)
{
    sim_ms limit = limit_of(world, task);

    return limit == SIM_NEVER ? SIM_NEVER : task->due + (limit - task->due) / 2;
}

static inline void put_in_line(struct world *world, struct task *task,
                               uint32_t set, sim_ms hold)
{
    const struct ways *ways = &world->ways[task->kind];
    struct sim_request request = {
        .line = ways->line + set - 1,
        .tie = task->tie,
        .order = world->scenario->order == ORDER_DEADLINE
                     ? limit_of(world, task)
                     : task->due,
        .hold_from = hold,
    };
    int err = sim_queue_add(world->queue, task->index, &request);

    if (err != SIM_OK)
        world_fail(world, err, "no room in a queue");
    world->dirty_staff = true;
    task->option = set;
}

static void leave_line(struct world *world, struct task *task)
{
    if (task->option)
        sim_queue_remove(world->queue, task->index);
    task->option = 0;
}

void service_review(struct world *world, struct task *task)
{
    struct next_moment next = {clock_key_of(world->now, world->phase),
                               clock_key_of(SIM_NEVER, PHASE_EVENTS)};
    uint32_t set = open_options(world, task, &next);

    if (!task->planned && !in_hours(world, task, &next))
        set = 0;
    if (task->with_person && world->person[task->person].with != NONE)
        set = 0;
    consider(&next, task->or_at, PHASE_CLOSE);
    consider(&next, task->until, PHASE_CLOSE);
    if (!task->breached)
        consider(&next, task->deadline, PHASE_CLOSE);
    if (set != task->option) {
        leave_line(world, task);
        if (set)
            put_in_line(world, task, set,
                        (world->ways[task->kind].joint & set)
                            ? hold_from(world, task)
                            : SIM_NEVER);
    }
    set_slot(world, task, next.key);
}

/*
 * Nearly every contact is planned, of a kind with one worker who may set off at
 * once, for somebody who is in no other contact. Of such a one everything that
 * service_review would look at is known: its option is open, if staff may set
 * off now, until those who must still get there would be late.
 */
void service_begin(struct world *world, struct task *task)
{
    const struct ways *ways = &world->ways[task->kind];
    sim_ms close = task->until - task->travel;

    if (!ways->plain || task->due - task->travel > world->now ||
        close < world->now ||
        (task->with_person && world->person[task->person].with != NONE)) {
        service_review(world, task);
        return;
    }
    put_in_line(world, task, 1, SIM_NEVER);
    set_slot(world, task, clock_key_of(close, PHASE_CLOSE));
}

/* Park or unpark the other tasks of a person. */
static inline void review_others(struct world *world,
                                 const struct person *person,
                                 const struct task *but)
{
    if (person->task == but->index && but->next == NONE)
        return; /* it is the only one, as nearly always */
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

struct person *service_meant_for(struct world *world, const struct task *task)
{
    struct person *person;

    if (task->person == NONE)
        return NULL;
    person = &world->person[task->person];
    if (task->stay != person->stays)
        return NULL;
    return task->state == TASK_WAITING || task->handover ||
                   task->crises == person->crises
               ? person
               : NULL;
}

static bool is_unwell(const struct world *world, const struct task *task)
{
    return task->person != NONE && world->person[task->person].state > 0;
}

/* A planned contact with the person has ended, as far as the step counts it. */
static void count_step(struct person *person, const struct task *task,
                       bool done)
{
    if (task->step_entry != person->step_entries)
        return;
    person->step_ended++;
    person->step_done += done;
}

static inline void contact_made(struct world *world, struct person *person,
                                const struct task *task)
{
    if (course_is_protected(person))
        course_protect(world, person,
                       world->scenario->kind[task->kind].protects);
    places_contact_made(world, person);
}

static void completed_planned(struct world *world, struct person *person,
                              const struct task *task)
{
    count_step(person, task, true);
    person->misses = 0;
    person->completed +=
        !task->downgraded && !task->review && task->step_entry != NONE;
    contact_made(world, person, task);
    signs_look(world, person, task);
    responses_contact_made(world, person);
}

static void completed_response(struct world *world, struct person *person,
                               const struct task *task)
{
    const struct scenario *s = world->scenario;

    if (!task->with_person) { /* a meeting about them, which they may not see */
        responses_ended(world, person, task, true);
        return;
    }
    contact_made(world, person, task);
    /* Done for an alert it is a review, which closes it and is not scored. */
    if (s->response[task->response].type != TRIGGER_ALERT)
        signs_look(world, person, task);
    responses_ended(world, person, task, true);
    responses_contact_made(world, person);
    plans_engage(world, person);
}

static void not_attended(struct world *world, struct person *person,
                         const struct task *task)
{
    const struct scenario *s = world->scenario;
    const struct cohort *cohort = &s->cohort[person->cohort];
    struct sim_name name = task->name;

    count_step(person, task, false);
    person->misses++;
    responses_trigger(world, person, s->trigger_response[TRIGGER_NOT_ATTENDED]);
    if (cohort->disengage_after == 0 ||
        person->misses < cohort->disengage_after)
        return;
    name.purpose = PURPOSE_DISENGAGE_MISS;
    if (sim_chance_uniform(&world->chance, &name) < cohort->disengage_chance)
        plans_disengage(world, person);
}

static void not_delivered(struct world *world, struct task *task)
{
    struct person *person = service_meant_for(world, task);

    count_contact(world, task, CONTACT_NOT_DELIVERED, is_unwell(world, task));
    journey_dropped(world, task, CONTACT_NOT_DELIVERED);
    world->events++;
    sim_queue_remove(world->queue, task->index);
    task->state =
        TASK_NOTES; /* no longer waits: a list's end must not take it */
    if (person && task->planned && task->with_person) {
        count_step(person, task, false);
        responses_trigger(
            world, person,
            world->scenario->trigger_response[TRIGGER_NOT_DELIVERED]);
    } else if (person && task->response != NONE) {
        responses_ended(world, person, task, false);
    }
    if (person && task->review)
        decisions_reviewed(world, person, false);
    task_drop(world, task);
}

/* Face time, or the wait at the door, is over. */
static void ended(struct world *world, struct task *task)
{
    struct person *person = service_meant_for(world, task);

    world->events++;
    journey_ended(world, task);
    if (task->there)
        count_contact(world, task,
                      task->downgraded ? CONTACT_DOWNGRADED : CONTACT_COMPLETED,
                      false);
    else
        count_contact(world, task, CONTACT_NOT_ATTENDED,
                      is_unwell(world, task));
    if (!person)
        return;
    if (task->handover)
        handover_done(world, person);
    else if (task->response != NONE && task->there)
        completed_response(world, person, task);
    else if (task->response != NONE)
        responses_ended(world, person, task, false);
    else if (task->with_person && task->there)
        completed_planned(world, person, task);
    else if (task->with_person)
        not_attended(world, person, task);
    if (task->review)
        decisions_reviewed(world, person, task->there);
}

/* ---- stages ---- */

/* A worker's service ends: hours, overtime, and free again. */
static inline void release_worker(struct world *world, uint32_t index)
{
    const struct sim_worker *worker = sim_pool_worker(world->pool, index);

    count_hours(world, COUNT_DELIVERED, worker_role(worker), worker->seized_at,
                world->now, 1);
    if (world->now > worker->shift_end && world->now > worker->seized_at)
        duty_overtime(world, worker);
    world->dirty_staff = true;
    if (world->scenario->team_time_count)
        team_time_release(world, index);
    else
        (void)sim_pool_release(world->pool, index);
}

static inline void release(struct world *world, struct task *task)
{
    uint32_t worker = task->worker;

    while (worker != SIM_NO_WORKER) {
        uint32_t next = sim_pool_worker(world->pool, worker)->next;
        release_worker(world, worker);
        worker = next;
    }
    task->worker = SIM_NO_WORKER;
}

void service_release(struct world *world, struct task *task)
{
    release(world, task);
}

/* Whether the person is there, drawn when they would be met. */
static bool attends(const struct world *world, const struct task *task)
{
    const struct scenario *s = world->scenario;
    const struct person *person;
    double chance;

    if (!task->with_person)
        return s->kind[task->kind].with == WITH_PERSON ||
               task->luck < s->kind[task->kind].attendance;
    if (task->response != NONE)
        return task->luck <
               s->response[task->response].action[task->action].succeeds;
    person = &world->person[task->person];
    chance = s->cohort[person->cohort].attendance[person_state(person)] *
             s->kind[task->kind].attendance;
    if (!person_is_content(person, task->due))
        chance *= s->kind[task->kind].attendance_at_other_times;
    return task->luck < chance;
}

static void meet(struct world *world, struct task *task)
{
    const struct kind *k = &world->scenario->kind[task->kind];
    sim_ms length = task->lasts;

    task->met = world->now;
    task->state = TASK_FACE;
    task->there = attends(world, task);
    if (!task->there) {
        struct sim_name name = task->name;
        struct sim_stream stream;
        length = (sim_ms)k->if_not_there.a;
        if (k->if_not_there.family != FAMILY_CONSTANT) {
            name.purpose = PURPOSE_NOT_THERE;
            sim_stream_init(&stream, &world->chance, &name);
            length = distribution_sample(&k->if_not_there, &stream.rng);
        }
    }
    set_slot(world, task, clock_key_of(world->now + length, PHASE_EVENTS));
}

static inline void finish(struct world *world, struct task *task)
{
    journey_over(world, task);
    release(world, task);
    task_drop(world, task);
}

static void end_of_face(struct world *world, struct task *task)
{
    task->state = TASK_NOTES;
    ended(world, task);
    if (task->person != NONE)
        service_free_person(world, &world->person[task->person], task);
    if (task->there && task->notes > 0)
        set_slot(world, task,
                 clock_key_of(world->now + task->notes, PHASE_EVENTS));
    else
        finish(world, task);
}

/* What a lesser kind takes over what could not be begun. */
static void downgrade(struct world *world, struct task *task)
{
    const struct kind *k;

    leave_line(world, task);
    task->needed = task->travel + task->lasts + task->notes;
    task->kind = world->scenario->kind[task->kind].or_kind;
    task->downgraded = true;
    task->or_at = SIM_NEVER;
    k = &world->scenario->kind[task->kind];
    /* Means: the drawn times belong to the contact as it was planned. */
    task->lasts = (sim_ms)k->lasts.mean;
    task->notes = (sim_ms)k->notes.mean;
    task->travel = (sim_ms)k->travel.mean;
}

/* Add to a counter of actions with a deadline. Who waits outside for a place is
 * counted where they last were. */
static void count_deadline(struct world *world, const struct task *task,
                           enum counter counter)
{
    const struct person *person = &world->person[task->person];
    uint32_t level =
        person->level != NONE ? person->level : person->outside_of;

    count_cut(world, counter, SLICE_TRIGGER, task->response, 1);
    if (level != NONE)
        count_slice(world, counter, SLICE_LEVEL, level, 1);
}

static void breach(struct world *world, struct task *task)
{
    task->breached = true;
    if (!task->counted)
        return;
    count_deadline(world, task, COUNT_DEADLINES);
    count_deadline(world, task, COUNT_BREACHES);
}

static void waiting_due(struct world *world, struct task *task,
                        enum phase phase)
{
    if (phase == PHASE_CLOSE && task->deadline <= world->now && !task->breached)
        breach(world, task);
    if (phase == PHASE_CLOSE && task->until <= world->now) {
        not_delivered(world, task);
        return;
    }
    if (phase == PHASE_CLOSE && task->or_at <= world->now)
        downgrade(world, task);
    service_review(world, task);
}

void service_due(struct world *world, struct task *task, enum phase phase)
{
    switch (task->state) {
    case TASK_WAITING:
        waiting_due(world, task, phase);
        break;
    case TASK_TRAVEL:
        meet(world, task);
        break;
    case TASK_FACE:
        end_of_face(world, task);
        break;
    default:
        finish(world, task);
        break;
    }
}

/* ---- starting ---- */

static void in_time(struct world *world, const struct task *task)
{
    if (task->deadline != SIM_NEVER && !task->breached && task->counted)
        count_deadline(world, task, COUNT_DEADLINES);
}

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

static void start(struct world *world, const struct sim_start *what)
{
    struct task *task = &world->task[what->request];
    struct person *person = &world->person[task->person];
    sim_ms met;

    task->option = 0; /* out of its line */
    task->worker = what->worker;
    task->crises = person->crises;
    in_time(world, task);
    call_out(world, task);
    if (task->with_person) {
        person->with = what->request;
        review_others(world, person, task);
    }
    met = world->now +
          contacts_approach(contacts_way(world, task->kind, what->label), task);
    if (met < task->due)
        met = task->due;
    task->state = TASK_TRAVEL;
    if (met > world->now)
        set_slot(world, task, clock_key_of(met, PHASE_EVENTS));
    else
        meet(world, task);
}

bool service_allot(struct world *world)
{
    struct sim_start what;
    bool any = false;

    world->dirty_staff = false;
    if (!sim_queue_may_start(world->queue, world->pool))
        return false;
    sim_queue_begin(world->queue);
    do {
        if (!sim_queue_start(world->queue, world->pool, world->now, &what))
            break;
        start(world, &what);
        any = true;
    } while (world->error == SIM_OK &&
             sim_queue_may_start(world->queue, world->pool));
    return any;
}
