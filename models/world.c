/*
 * The world's memory: people, tasks and posts in arrays that only grow and are
 * used again; a free list of indices each, last freed first, so that the same
 * events give the same indices.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"
#include "models/tasks_impl.h"

/* Grow `*array` of `count` elements of `size` bytes to `room`; new ones are
 * zero. */
static int grow(void *array, size_t count, size_t room, size_t size)
{
    void **slot = array;
    void *bigger;

    if (size > 0 && room > SIZE_MAX / size)
        return SIM_ERR_NO_MEMORY;
    bigger = realloc(*slot, room * size + 1); /* never of size 0 */
    if (!bigger)
        return SIM_ERR_NO_MEMORY;
    memset((char *)bigger + count * size, 0, (room - count) * size);
    *slot = bigger;
    return SIM_OK;
}

/* The same for people, who begin at cache lines. */
static int grow_persons(struct world *world, size_t room)
{
    size_t size = sizeof *world->person, old = world->person_room;
    struct person *bigger;

    if (room > SIZE_MAX / size)
        return SIM_ERR_NO_MEMORY;
    bigger = aligned_alloc(_Alignof(struct person), room * size);
    if (!bigger)
        return SIM_ERR_NO_MEMORY;
    if (old > 0)
        memcpy(bigger, world->person, old * size);
    memset(bigger + old, 0, (room - old) * size);
    free(world->person);
    world->person = bigger;
    return SIM_OK;
}

/* Where somebody's part of the arrays beside people is. */
static void find_arrays(const struct world *world, struct person *person)
{
    size_t index = person->index;

    person->upcoming = &world->upcoming[index * world->planned_most];
    person->kind_days = &world->kind_days[index * world->scenario->kind_count];
}

static int grow_people(struct world *world)
{
    const struct scenario *s = world->scenario;
    size_t old = world->person_room;
    size_t room = old ? 2 * old : 64;
    size_t points = world->points_count;
    int err = grow_persons(world, room);

    if (err == SIM_OK)
        err = grow(&world->free_person, old, room, sizeof *world->free_person);
    if (err == SIM_OK)
        err = grow(&world->points, old * points, room * points,
                   sizeof *world->points);
    if (err == SIM_OK)
        err = grow(&world->upcoming, old * world->planned_most,
                   room * world->planned_most, sizeof *world->upcoming);
    if (err == SIM_OK)
        err = grow(&world->lists, old * s->response_count,
                   room * s->response_count, sizeof *world->lists);
    if (err == SIM_OK)
        err = grow(&world->signs, old * s->sign_count, room * s->sign_count,
                   sizeof *world->signs);
    if (err == SIM_OK)
        err = grow(&world->kind_days, old * s->kind_count, room * s->kind_count,
                   sizeof *world->kind_days);
    if (err == SIM_OK)
        err = grow(&world->concerns, old * s->concern_count,
                   room * s->concern_count, sizeof *world->concerns);
    if (err == SIM_OK)
        err = grow(&world->added, old * s->added_count, room * s->added_count,
                   sizeof *world->added);
    if (err == SIM_OK)
        err = grow(&world->looks, old * world->look_days,
                   room * world->look_days, sizeof *world->looks);
    if (err == SIM_OK)
        world->person_room = (uint32_t)room;
    for (uint32_t i = 0; i < world->person_count; i++)
        find_arrays(world, &world->person[i]);
    return err;
}

static int grow_tasks(struct world *world)
{
    size_t old = world->task_room;
    size_t room = old ? 2 * old : 64;
    int err = grow(&world->task, old, room, sizeof *world->task);

    if (err == SIM_OK)
        err = grow(&world->free_task, old, room, sizeof *world->free_task);
    if (err == SIM_OK)
        world->task_room = (uint32_t)room;
    return err;
}

static bool has_grown(struct world *world, int err)
{
    if (err != SIM_OK)
        world_fail(world, err, "too many contacts at once");
    return err == SIM_OK;
}

bool due_grow(struct world *world, struct due_moment *moment)
{
    size_t old = moment->room;
    size_t room = old ? 2 * old : MADE_MOST;
    int err = grow(&moment->person, old, room, sizeof *moment->person);

    if (err == SIM_OK)
        moment->room = (uint32_t)room;
    return has_grown(world, err);
}

/* Counters are drawn four by four, whatever is there beyond the last. */
_Static_assert(MADE_MOST % SIM_BLOCKS == 0, "room for fours");
bool batch_grow(struct world *world)
{
    struct due_batch *batch = &world->batch;
    size_t old = batch->room;
    size_t room = old ? 2 * old : MADE_MOST;
    int err = grow(&batch->person, old, room, sizeof *batch->person);

    if (err == SIM_OK)
        err = grow(&batch->counter, old, room, sizeof *batch->counter);
    if (err == SIM_OK)
        batch->room = room;
    return has_grown(world, err);
}

bool round_grow(struct world *world, size_t room)
{
    struct round *round = &world->round;
    size_t old = round->room;
    int err;

    if (room <= old)
        return true;
    err = grow(&round->contact, old, room, sizeof *round->contact);
    if (err == SIM_OK)
        err = grow(&round->tie, old, room, sizeof *round->tie);
    if (err == SIM_OK)
        err = grow(&round->luck, old, room, sizeof *round->luck);
    if (err == SIM_OK)
        err = grow(&round->order, 2 * old, 2 * room, sizeof *round->order);
    if (err == SIM_OK)
        round->room = room;
    return has_grown(world, err);
}

static int grow_slots(struct world *world)
{
    size_t old = world->slot_room;
    size_t room = old ? 2 * old : 64;
    int err = grow(&world->slot_task, old, room, sizeof *world->slot_task);

    if (err == SIM_OK)
        err = grow(&world->free_slot, old, room, sizeof *world->free_slot);
    if (err == SIM_OK)
        world->slot_room = (uint32_t)room;
    return err;
}

/* How much a person can need of what is kept beside people. */
static void measure_people(struct world *world)
{
    const struct scenario *s = world->scenario;

    for (uint32_t i = 0; i < s->condition_count; i++)
        if (s->condition[i].change_count > world->change_most)
            world->change_most = s->condition[i].change_count;
    world->has_rates = s->concern_count > 0;
    for (uint32_t i = 0; i < s->cohort_count; i++)
        world->has_rates |=
            s->cohort[i].disengage_rate || s->cohort[i].reaches_out;
    world->points_count = world->change_most;
    if (world->has_rates)
        world->points_count += POINTS_CONCERNS + s->concern_count;
    world->planned_most = 1;
    for (uint32_t i = 0; i < s->plan_count; i++)
        for (uint32_t j = 0; j < s->plan[i].step_count; j++)
            if (s->plan[i].step[j].planned_count > world->planned_most)
                world->planned_most = s->plan[i].step[j].planned_count;
}

static int init_parts(struct world *world)
{
    const struct scenario *s = world->scenario;
    int err;

    measure_people(world);
    world->look_days = signs_look_days(s);
    err = duty_init(world);
    world->slot_team = s->shift_count + s->cohort_count;
    world->slot_closings = world->slot_team;
    if (s->team_time_count)
        world->slot_closings += world->rostered_count;
    world->slot_waits = world->slot_closings + s->kind_count;
    if (err == SIM_OK)
        err = sim_calendar_new(world->slot_waits, &world->calendar);
    if (err == SIM_OK)
        err = sim_calendar_new(1, &world->services);
    if (err == SIM_OK)
        err = sim_calendar_new(1, &world->people);
    if (err == SIM_OK)
        err = sim_pool_new(duty_pool_roles(s), &world->pool);
    if (err == SIM_OK)
        err = grow(&world->level, 0, s->level_count, sizeof *world->level);
    if (err == SIM_OK)
        err = grow(&world->cohort, 0, s->cohort_count, sizeof *world->cohort);
    if (err == SIM_OK)
        err = grow(&world->tops, 0, world->change_most, sizeof *world->tops);
    if (err == SIM_OK)
        err = allot_init(world);
    if (err == SIM_OK)
        err = referrals_init(world);
    if (err == SIM_OK)
        err = contacts_init(world);
    if (err == SIM_OK)
        err = plans_init(world);
    if (err == SIM_OK)
        err = signs_init(world);
    if (err == SIM_OK)
        err = count_init(world);
    if (err == SIM_OK)
        err = grow_people(world);
    if (err == SIM_OK)
        err = grow_tasks(world);
    if (err == SIM_OK)
        err = grow_slots(world);
    if (err == SIM_OK)
        err = duty_prepare(world);
    if (err == SIM_OK)
        err = caseload_init(world);
    return err;
}

int world_init(struct world *world, const struct scenario *scenario,
               const struct layout *layout)
{
    int err;

    memset(world, 0, sizeof *world);
    world->scenario = scenario;
    world->layout = layout;
    world->from = scenario->calendar.warm_up;
    world->until = world->from + scenario->calendar.run_for;
    world->end = scenario_end(scenario);
    err = init_parts(world);
    if (err != SIM_OK)
        world_clear(world);
    return err;
}

void world_clear(struct world *world)
{
    caseload_clear(world);
    count_clear(world);
    plans_clear(world);
    duty_clear(world);
    if (world->level)
        for (uint32_t i = 0; i < world->scenario->level_count; i++)
            free(world->level[i].waiting);
    if (world->cohort)
        for (uint32_t i = 0; i < world->scenario->cohort_count; i++)
            free(world->cohort[i].dated);
    sim_calendar_free(world->calendar);
    sim_calendar_free(world->services);
    sim_calendar_free(world->people);
    sim_queue_free(world->queue);
    sim_pool_free(world->pool);
    free(world->person);
    free(world->free_person);
    free(world->tops);
    free(world->points);
    free(world->upcoming);
    free(world->lists);
    free(world->signs);
    free(world->kind_days);
    free(world->concerns);
    free(world->added);
    free(world->looks);
    free(world->shows);
    free(world->shown);
    for (uint32_t i = 0; i < DUE_MOMENTS; i++)
        free(world->due[i].person);
    free(world->due_now.person);
    free(world->batch.person);
    free(world->batch.counter);
    free(world->round.contact);
    free(world->round.tie);
    free(world->round.luck);
    free(world->round.order);
    free(world->task);
    free(world->free_task);
    free(world->serves);
    free(world->slot_task);
    free(world->free_slot);
    free(world->post);
    free(world->level);
    free(world->ring);
    free(world->cohort);
    free(world->line);
    free(world->option);
    free(world->way);
    free(world->ways);
    memset(world, 0, sizeof *world);
}

void world_reset(struct world *world, uint32_t seed, uint32_t index)
{
    world->chance.seed = seed;
    world->chance.replication = index;
    world->now = 0;
    world->phase = PHASE_EVENTS;
    world->dirty = 0;
    world->stop = world->end;
    world->error = SIM_OK;
    world->trouble[0] = '\0';
    for (uint32_t i = 0; i < world->task_count; i++)
        sim_queue_remove(world->queue, i);
    sim_calendar_reset(world->calendar, world->slot_waits);
    sim_calendar_reset(world->services, 1);
    sim_calendar_reset(world->people, 1);
    for (uint32_t i = 0; i < world->person_count; i++)
        world->person[i].alive = false;
    for (uint32_t i = 0; i < world->task_count; i++)
        world->task[i].state = TASK_UNUSED;
    world->person_count = world->person_free = 0;
    world->task_count = world->task_free = 0;
    world->slot_count = world->slot_free = 0;
    world->serves_count = 0;
    for (uint32_t i = 0; i < world->scenario->kind_count; i++) {
        world->ways[i].closing = 0;
    }
    world->made_count = world->batch.count = 0;
    world->batch.alike.until = SIM_NEVER;
    world->round.count = 0;
    world->post_first = world->post_count = 0;
    for (uint32_t i = 0; i < DUE_MOMENTS; i++)
        world->due[i].count = 0;
    world->events = 0;
    world->in = world->out = 0;
    world->tasks_made = world->tasks_dropped = world->contacts_open = 0;
    world->concerns_opened = world->concerns_closed = 0;
    for (uint32_t i = 0; i < world->scenario->level_count; i++) {
        struct level_now *level = &world->level[i];
        level->taken = level->most = level->waiting_count = 0;
        level->since = 0;
    }
    for (uint32_t i = 0; i < world->scenario->cohort_count; i++) {
        world->cohort[i].number = 0;
        world->cohort[i].next = 0;
    }
    sim_pool_reset(world->pool);
}

void world_fail(struct world *world, int error, const char *trouble)
{
    world->stop = 0; /* nothing more happens, and nothing more is handed out */
    world->dirty = 0;
    if (world->error != SIM_OK)
        return;
    world->error = error;
    snprintf(world->trouble, sizeof world->trouble, "%s", trouble);
}

struct post *post_add(struct world *world)
{
    size_t old = world->post_room;
    size_t room = old ? 2 * old : 64;

    if (grow(&world->post, old, room, sizeof *world->post) != SIM_OK) {
        world_fail(world, SIM_ERR_NO_MEMORY, "no room for effects");
        return NULL;
    }
    world->post_room = room;
    return &world->post[world->post_count++];
}

/* Zero what a person has of an array, `count` elements of `size` bytes. Not
 * inlined: of a size that is known GCC makes one instruction, which takes much
 * longer to begin than the library's stores. */
static __attribute__((noinline)) void clear_own(void *array, size_t index,
                                                size_t count, size_t size)
{
    memset((char *)array + index * count * size, 0, count * size);
}

struct person *person_new(struct world *world)
{
    const struct scenario *s = world->scenario;
    struct person *person;
    struct sim_points *points;
    uint32_t index, generation;
    int err = SIM_OK;

    if (world->person_free) {
        index = world->free_person[--world->person_free];
    } else {
        if (world->person_count == world->person_room)
            err = grow_people(world);
        if (err == SIM_OK)
            err = sim_calendar_grow(world->people, world->person_count + 1);
        if (err != SIM_OK) {
            world_fail(world, err, "too many people at once");
            return NULL;
        }
        index = world->person_count++;
    }
    person = &world->person[index];
    generation = person->generation + 1;
    clear_own(world->person, index, 1, sizeof *person);
    memset(person->clock, 0xff, sizeof person->clock); /* CLOCK_EMPTY */
    person->least = CLOCK_EMPTY;
    person->index = index;
    person->generation = generation;
    person->alive = true;
    person->due_from = SIM_NEVER;
    find_arrays(world, person);
    points = person_points(world, person);
    for (uint32_t i = 0; i < world->points_count; i++)
        sim_points_init(&points[i]);
    clear_own(world->lists, index, s->response_count, sizeof *world->lists);
    if (world->has_presence)
        clear_own(world->signs, index, s->sign_count, sizeof *world->signs);
    clear_own(world->kind_days, index, s->kind_count, sizeof *world->kind_days);
    if (world->look_days > 0)
        clear_own(world->looks, index, world->look_days, sizeof *world->looks);
    return person;
}

void person_release(struct world *world, struct person *person)
{
    sim_calendar_clear(world->people, person->index);
    person->alive = false;
    person->generation++;
    world->free_person[world->person_free++] = person->index;
}

struct task *task_add(struct world *world)
{
    int err = SIM_OK;

    if (world->task_count == world->task_room)
        err = grow_tasks(world);
    if (err != SIM_OK) {
        world_fail(world, err, "too many contacts at once");
        return NULL;
    }
    world->task[world->task_count].index = world->task_count;
    return &world->task[world->task_count++];
}

bool serves_add(struct world *world, uint32_t worker)
{
    size_t room = world->serves_room ? world->serves_room : 64;
    int err = sim_calendar_grow(world->services, worker + 1);

    while (room <= worker)
        room *= 2;
    if (err == SIM_OK && room > world->serves_room)
        err = grow(&world->serves, world->serves_room, room,
                   sizeof *world->serves);
    if (err != SIM_OK) {
        world_fail(world, err, "too many staff at once");
        return false;
    }
    world->serves_room = (uint32_t)room;
    world->serves_count = worker + 1;
    return true;
}

bool slots_add(struct world *world)
{
    uint32_t slot = world->slot_waits + world->slot_count;
    int err = SIM_OK;

    if (world->slot_count == world->slot_room)
        err = grow_slots(world);
    if (err == SIM_OK)
        err = sim_calendar_grow(world->calendar, slot + 1);
    if (err != SIM_OK) {
        world_fail(world, err, "too many contacts at once");
        return false;
    }
    world->slot_count++;
    world->free_slot[world->slot_free++] = slot;
    return true;
}

double person_uniform(const struct world *world, const struct person *person,
                      enum purpose purpose, uint32_t topic, uint32_t index)
{
    struct sim_name name = person_name(world, person, purpose, topic, index);

    return sim_chance_uniform(&world->chance, &name);
}

void world_uniforms(const struct world *world, uint32_t count,
                    const struct sim_name *name, double out[SIM_BLOCKS])
{
    struct sim_counter counter[SIM_BLOCKS];
    uint32_t word[SIM_BLOCKS][4];

    for (uint32_t i = 0; i < SIM_BLOCKS; i++) /* the first fills up */
        counter[i] = sim_counter_of(&name[i < count ? i : 0], 0);
    sim_chance_blocks(&world->chance, count, counter, word);
    for (uint32_t i = 0; i < count; i++)
        out[i] = sim_unit(word[i][0], word[i][1]);
}
