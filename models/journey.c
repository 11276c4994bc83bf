/*
 * The log of one replication: an array of records that only grows, and who has
 * which number. Indices of people, tasks and workers are used again by the
 * world, so each kind has a table from its index to the number of who has it
 * now; a contact gets its number when something is first noted of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/journey.h"

#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

_Static_assert((int)JOURNEY_END_COMPLETED == (int)CONTACT_COMPLETED &&
                   (int)JOURNEY_END_NOT_DELIVERED ==
                       (int)CONTACT_NOT_DELIVERED &&
                   (int)JOURNEY_END_NOT_ATTENDED == (int)CONTACT_NOT_ATTENDED &&
                   (int)JOURNEY_END_DOWNGRADED == (int)CONTACT_DOWNGRADED &&
                   (int)JOURNEY_END_CANCELLED == (int)CONTACT_CANCELLED &&
                   (int)JOURNEY_END_OPEN == (int)CONTACT_OPEN,
               "the log's ends of contacts are those that are counted");

/* ---- memory ---- */

static void forget(struct journey_numbers *numbers)
{
    numbers->next = 0;
    for (uint32_t i = 0; i < numbers->room; i++)
        numbers->number[i] = NONE;
}

void journey_reset(struct journey *journey)
{
    journey->count = 0;
    forget(&journey->people);
    forget(&journey->contacts);
    forget(&journey->workers);
    journey->status = SIM_OK;
}

void journey_clear(struct journey *journey)
{
    free(journey->record);
    free(journey->people.number);
    free(journey->contacts.number);
    free(journey->workers.number);
    memset(journey, 0, sizeof *journey);
}

int journey_status(const struct journey *journey)
{
    return journey->status;
}

/* The place of index `index` in a table, or NULL without memory. */
static uint32_t *number_at(struct journey *journey,
                           struct journey_numbers *numbers, uint32_t index)
{
    if (index >= numbers->room) {
        uint32_t room = index < 32 ? 64 : 2 * index;
        uint32_t *bigger =
            realloc(numbers->number, room * sizeof *numbers->number);
        if (!bigger) {
            journey->status = SIM_ERR_NO_MEMORY;
            return NULL;
        }
        for (uint32_t i = numbers->room; i < room; i++)
            bigger[i] = NONE;
        numbers->number = bigger;
        numbers->room = room;
    }
    return &numbers->number[index];
}

/* Give the next number to who has `index` now. */
static uint32_t number_new(struct journey *journey,
                           struct journey_numbers *numbers, uint32_t index)
{
    uint32_t *place = number_at(journey, numbers, index);

    if (place)
        *place = numbers->next;
    return numbers->next++;
}

static uint32_t number_of(const struct journey_numbers *numbers, uint32_t index)
{
    return index < numbers->room ? numbers->number[index] : NONE;
}

static void append(struct journey *journey, const struct journey_record *record)
{
    if (journey->status != SIM_OK)
        return;
    if (journey->count == journey->room) {
        size_t room = journey->room ? 2 * journey->room : 4096;
        struct journey_record *bigger =
            room <= SIZE_MAX / sizeof *bigger
                ? realloc(journey->record, room * sizeof *bigger)
                : NULL;
        if (!bigger) {
            journey->status = SIM_ERR_NO_MEMORY;
            return;
        }
        journey->record = bigger;
        journey->room = room;
    }
    journey->record[journey->count++] = *record;
}

/* ---- people ---- */

static uint32_t number_of_person(const struct world *world, uint32_t index)
{
    return index == NONE ? NONE : number_of(&world->journey->people, index);
}

void journey_note(struct world *world, const struct person *person,
                  enum journey_type type, uint32_t a, uint32_t b, sim_ms x)
{
    struct journey_record record = {
        .time = world->now,
        .type = type,
        .person = number_of_person(world, person->index),
        .number = NONE,
        .a = a,
        .b = b,
        .x = x,
    };

    append(world->journey, &record);
}

/* The person's state among the scenario's, NONE without a condition. */
static uint32_t state_of(const struct person *person)
{
    return person->condition ? person->scenario_state : NONE;
}

void journey_note_person(struct world *world, const struct person *person)
{
    struct journey_record record = {
        .time = world->now,
        .type = JOURNEY_REFERRED,
        .person =
            number_new(world->journey, &world->journey->people, person->index),
        .number = NONE,
        .a = person->cohort,
        .b = state_of(person),
        .c = person->followed,
        .x = person->referred_at,
        .y = person->state_since,
    };

    append(world->journey, &record);
}

void journey_note_entered(struct world *world, const struct person *person,
                          uint32_t cause)
{
    struct journey_record record = {
        .time = world->now,
        .type = JOURNEY_ENTERED,
        .person = number_of_person(world, person->index),
        .number = NONE,
        .a = person->level,
        .b = cause,
        .c = person_level(world, person)->handover.asked,
        .x = person->entered_at,
        .y = person->stays,
    };

    append(world->journey, &record);
}

void journey_note_plan(struct world *world, const struct person *person,
                       enum journey_type type)
{
    const struct plan *plan = &world->scenario->plan[person->plan];

    journey_note(world, person, type, plan->first_step + person->step,
                 person->step_entries, 0);
}

void journey_note_state(struct world *world, const struct person *person,
                        enum journey_type type)
{
    journey_note(world, person, type, state_of(person), 0, 0);
}

void journey_note_alert(struct world *world, const struct person *person)
{
    struct journey_record record = {
        .time = world->now,
        .type = JOURNEY_ALERT,
        .person = number_of_person(world, person->index),
        .number = NONE,
        .a = person->alert,
        .b = state_of(person),
        .c = person->state,
    };

    append(world->journey, &record);
}

/* What is open of them: it was opened before the run. */
static void note_open(struct world *world, const struct person *person)
{
    const struct scenario *s = world->scenario;

    if (person->alert != NONE) {
        struct journey_record record = {
            .time = world->now,
            .type = JOURNEY_ALERT_SILENT,
            .person = number_of_person(world, person->index),
            .number = NONE,
            .a = person->alert,
            .c = true,
        };
        append(world->journey, &record);
    }
    for (uint32_t c = 0; c < s->concern_count; c++) {
        const struct concern_state *state = &person_concerns(world, person)[c];
        if (state->open)
            journey_note(world, person, JOURNEY_CONCERN, c, 0, state->since);
        if (state->open && state->known)
            journey_note(world, person, JOURNEY_CONCERN_KNOWN, c, 0, 0);
    }
    for (uint32_t r = 0; r < s->response_count; r++) {
        const struct response_list *list = &person_lists(world, person)[r];
        if (list->open)
            journey_note(world, person, JOURNEY_RESPONSE, r, 0, list->started);
    }
}

void journey_note_present(struct world *world, const struct person *person)
{
    journey_note_person(world, person);
    journey_note_entered(world, person, JOURNEY_BEFORE);
    if (person->plan != NONE)
        journey_note_plan(world, person, JOURNEY_STEP);
    note_open(world, person);
}

/* ---- contacts ---- */

static uint32_t number_of_task(struct world *world, const struct task *task)
{
    struct journey_numbers *contacts = &world->journey->contacts;
    uint32_t index = (uint32_t)(task - world->task);
    uint32_t number = number_of(contacts, index);

    return number == NONE ? number_new(world->journey, contacts, index)
                          : number;
}

static struct journey_record
record_of(struct world *world, const struct task *task, enum journey_type type)
{
    return (struct journey_record){
        .time = world->now,
        .type = type,
        .person = number_of_person(world, task->person),
        .number = number_of_task(world, task),
    };
}

void journey_note_contact(struct world *world, const struct task *task,
                          enum journey_type type, uint32_t a)
{
    struct journey_record record = record_of(world, task, type);

    record.a = a;
    append(world->journey, &record);
}

void journey_note_added(struct world *world, const struct person *person,
                        uint32_t concern)
{
    struct journey_record record;

    if (person->task == NONE) /* there was no room */
        return;
    record =
        record_of(world, &world->task[person->task], JOURNEY_CONTACT_ADDED);
    record.a = concern;
    record.b = person->step_entries;
    append(world->journey, &record);
}

void journey_note_sign(struct world *world, const struct task *task,
                       uint32_t sign)
{
    journey_note_contact(world, task, JOURNEY_SIGN, sign);
}

static uint32_t flags_of(const struct task *task)
{
    return (task->planned ? JOURNEY_FLAG_PLANNED : 0) |
           (task->handover ? JOURNEY_FLAG_HANDOVER : 0) |
           (task->with_person ? JOURNEY_FLAG_WITH_PERSON : 0) |
           (task->downgraded ? JOURNEY_FLAG_DOWNGRADED : 0) |
           (task->breached ? JOURNEY_FLAG_BREACHED : 0) |
           (task->there ? JOURNEY_FLAG_THERE : 0) |
           (task->pair ? JOURNEY_FLAG_PAIR : 0) |
           (task->review ? JOURNEY_FLAG_REVIEW : 0);
}

/* Its workers, and since when. */
static void note_staff(struct world *world, const struct task *task)
{
    const struct sim_worker *worker;

    for (uint32_t i = task->worker; i != SIM_NO_WORKER; i = worker->next) {
        struct journey_record record =
            record_of(world, task, JOURNEY_CONTACT_STAFF);
        worker = sim_pool_worker(world->pool, i);
        record.a = number_of(&world->journey->workers, i);
        record.x = worker->seized_at;
        append(world->journey, &record);
    }
}

void journey_note_over(struct world *world, const struct task *task)
{
    struct journey *journey = world->journey;
    struct journey_record record = record_of(world, task, JOURNEY_CONTACT_IS);
    uint32_t *place =
        number_at(journey, &journey->contacts, (uint32_t)(task - world->task));

    note_staff(world, task);
    record.a = task->kind;
    record.b = task->planned_kind;
    record.c = flags_of(task);
    record.x = task->due;
    record.y = task->until;
    append(journey, &record);
    record.type = JOURNEY_CONTACT_STAY;
    record.a = task->stay;
    record.b = task->step_entry;
    record.x = task->met;
    record.y = task->downgraded ? task->needed
                                : task->travel + task->lasts + task->notes;
    append(journey, &record);
    if (task->response != NONE) {
        record.type = JOURNEY_CONTACT_FOR;
        record.a = task->response;
        record.b = task->action;
        record.x = task->deadline;
        append(journey, &record);
    }
    if (place)
        *place = NONE;
}

/* Whether a contact that ends now protects, sees and may be the first: as
 * service.c decides on what it does. Asked here, since every hook on the way
 * of a contact costs each run a little. */
static bool has_effect(struct world *world, const struct task *task)
{
    return task->there && task->with_person && service_meant_for(world, task);
}

static void note_end(struct world *world, const struct task *task,
                     enum contact_end end)
{
    bool missed = end == CONTACT_NOT_DELIVERED || end == CONTACT_NOT_ATTENDED;
    struct journey_record record =
        record_of(world, task, JOURNEY_CONTACT_ENDED);

    record.a = end;
    record.b =
        missed && task->person != NONE && world->person[task->person].state > 0;
    record.c = (end == CONTACT_COMPLETED || end == CONTACT_DOWNGRADED) &&
               has_effect(world, task);
    append(world->journey, &record);
}

void journey_note_ended(struct world *world, const struct task *task)
{
    enum contact_end done =
        task->downgraded ? CONTACT_DOWNGRADED : CONTACT_COMPLETED;

    note_end(world, task, task->there ? done : CONTACT_NOT_ATTENDED);
}

void journey_note_dropped(struct world *world, const struct task *task,
                          uint32_t end)
{
    /* In its notes it has ended already; and not everything falls due. */
    if (task->state != TASK_NOTES && task->due <= world->now &&
        task->due < world->end)
        note_end(world, task, (enum contact_end)end);
    journey_note_over(world, task);
}

/* ---- staff ---- */

void journey_note_team(struct world *world, uint32_t worker,
                       enum journey_type type, const struct occasion *occasion,
                       sim_ms y)
{
    struct journey_record record = {
        .time = world->now,
        .type = type,
        .person = NONE,
        .number = number_of(&world->journey->workers, worker),
        .a = occasion->team,
        .x = occasion->due,
        .y = y,
    };

    append(world->journey, &record);
}

void journey_note_worker(struct world *world, uint32_t index,
                         const struct sim_worker *worker)
{
    struct journey *journey = world->journey;
    enum journey_worker status = WORKER_ABSENT;
    struct journey_record record = {
        .time = world->now,
        .type = JOURNEY_WORKER,
        .person = NONE,
        .number = journey->workers.next,
        .a = worker_place(world, worker)->shift,
        .b = worker_role(worker),
        .x = worker->shift_start,
        .y = worker->shift_end,
    };

    if (index == SIM_NO_WORKER) {
        journey->workers.next++;
    } else {
        status = worker->bank ? WORKER_BANK : WORKER_PRESENT;
        number_new(journey, &journey->workers, index);
    }
    /* The low half of a worker's tag is the place. */
    record.c = JOURNEY_PLACE((uint32_t)worker->tag,
                             worker->role < world->shortened_count, status);
    append(journey, &record);
}

void journey_note_cost(struct world *world, uint32_t role, double amount)
{
    struct journey_record record = {
        .time = world->now,
        .type = JOURNEY_COST,
        .person = NONE,
        .number = NONE,
        .a = role,
        .amount = amount,
    };

    append(world->journey, &record);
}
