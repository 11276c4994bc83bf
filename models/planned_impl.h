#ifndef MODELS_PLANNED_IMPL_H
#define MODELS_PLANNED_IMPL_H
/*
 * How a task is made: in sight of the compiler, because every contact of every
 * plan is. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tasks_impl.h"

/* A task that begins as `blank`, for the person, in whose list it is not yet;
 * or NULL, with the world's error set, where there is no room. */
static inline struct task *task_begin(struct world *world,
                                      const struct person *person,
                                      const struct task *blank)
{
    struct task *task = task_new(world);
    uint32_t index;

    if (!task)
        return NULL;
    index = task->index;
    *task = *blank;
    task->index = index;
    task->person = person->index;
    task->stay = person->stays;
    task->step_entry = person->step_entries;
    task->name.owner = person->owner;
    task->name.number = person->number;
    world->tasks_made++;
    return task;
}

/* A task of a kind for the person, without a name; the caller sets times and
 * draws. NULL as above. */
static inline struct task *task_make(struct world *world, struct person *person,
                                     const struct ways *ways)
{
    struct task *task;

    round_break(world);
    task = task_begin(world, person, &ways->blank);
    if (!task)
        return NULL;
    task->next = person->task;
    if (task->next != NONE) {
        world->task[task->next].previous = task->index;
        world->task[task->next].straight = false;
    }
    person->task = task->index;
    return task;
}

/* What tells contacts made days ahead apart that are of one kind and day: the
 * stay with which they came; of those due on entry, which of the day it is. */
static inline uint32_t task_ahead(const struct person *person,
                                  struct kind_day *count, int32_t day,
                                  uint32_t nth)
{
    if (nth != NTH_ENTRY)
        return person->stays;
    if (count->entry_day != day)
        count->entries = 0;
    count->entry_day = day;
    return count->entries++;
}

/* Which contact of its kind this is on `day`, of those planned. */
static inline uint8_t planned_ordinal(struct kind_day *count, int32_t day)
{
    if (count->planned_day != day)
        count->planned = 0;
    count->planned_day = day;
    return count->planned++ & (NTH_AHEAD - 1);
}

/* Name a task as the next contact of its kind on a day: (kind, planned civil
 * day, ordinal that day). Of contacts made days ahead nobody counts which of
 * the day they are: `nth` says so. Responses are counted apart. */
static inline void task_name_planned(const struct person *person,
                                     struct task *task, int32_t day,
                                     uint32_t nth)
{
    struct kind_day *count = &person->kind_days[task->kind];

    task->name.day = (uint16_t)day;
    if (nth >= NTH_AHEAD) {
        uint32_t ahead = task_ahead(person, count, day, nth);

        task->name.ordinal = (uint8_t)nth;
        if (ahead > 0)
            task->name.topic = sim_tag_join(task->name.topic, ahead);
        return;
    }
    task->name.ordinal = planned_ordinal(count, day);
}

static inline void task_name_response(const struct person *person,
                                      struct task *task, int32_t day)
{
    struct kind_day *count = &person->kind_days[task->kind];

    task->name.day = (uint16_t)day;
    if (count->response_day != day)
        count->response = 0;
    count->response_day = day;
    task->name.ordinal = (uint8_t)(128 + (count->response++ & 127));
}

/* What is random about a task, but for its times; `word` is block 0 of its
 * name. */
static inline void task_take_luck(struct task *task, const uint32_t word[4])
{
    task->tie = word[0];
    task->luck = sim_unit(word[2], word[3]);
}
static inline void task_draw(struct world *world, struct task *task,
                             const uint32_t word[4])
{
    task_take_luck(task, word);
    if (task->draws)
        contacts_draw_times(world, task);
}

/* A planned contact falls due: see contacts_plan. */
static inline void task_plan(struct world *world, struct person *person,
                             const struct ways *ways,
                             const struct upcoming *upcoming)
{
    struct task *task;
    sim_ms now = world->now, due = upcoming_due(upcoming);

    if (world->made_count == MADE_MOST)
        contacts_begin(world);
    task = task_make(world, person, ways);
    if (!task)
        return;
    task_name_planned(person, task, upcoming->day, upcoming->nth);
    task->planned = true;
    task->travel = upcoming->lead;
    /* What would already be due falls due at once. */
    task->due = due > now ? due : now;
    task->until = upcoming_until(upcoming);
    task->ordinary = task->with_person;
    if (!ways->plain) {
        const struct kind *k = &world->scenario->kind[task->kind];
        if (k->or_kind != NONE)
            task->or_at = task->due + k->or_after;
        task->pair = ways->pairs && pairs_needed(world, task, task->due);
    }
    if (upcoming->added) {
        task->ordinary = false;
        task->step_entry = NONE;
    }
    count_place(world, person, task);
    world->events++;
    world->made[world->made_count++] = task->index;
}

/* ---- lines of steps ---- */

/* The lines of step `step` of `plan`. */
static inline struct due_line *
plan_lines(const struct world *world, const struct plan *plan, uint32_t step)
{
    size_t number = plan->first_step + step;

    return &world->due_line[number * world->planned_most];
}

/* How many contacts with the person `plan` intends over its whole length if it
 * begins on `day`: every step once. */
uint32_t plans_intended(struct world *world, uint32_t plan, int32_t day);

/* ---- batches ---- */

/* Whether a contact of a line that falls due now is one more of the batch: of
 * the same kind, to be met by the same moment, and the person's only one. */
static inline bool is_of_batch(const struct world *world,
                               const struct person *person,
                               const struct due_line *line,
                               const struct upcoming *upcoming)
{
    const struct due_batch *batch = &world->batch;

    return batch->alike.kind == line->kind &&
           batch->alike.until == upcoming_until(upcoming) &&
           upcoming->from == world->now && person->task == NONE &&
           batch->count < batch->room;
}

/* It is. */
static inline void batch_add(struct world *world, struct person *person,
                             const struct due_line *line,
                             const struct upcoming *upcoming)
{
    struct due_batch *batch = &world->batch;
    uint32_t i = batch->count++;
    uint8_t ordinal =
        planned_ordinal(&person->kind_days[line->kind], upcoming->day);

    person->task = IN_ROUND;
    batch->person[i] = person->index;
    batch->counter[i] = (struct sim_counter){
        person->contact,
        sim_counter_second(line->topic, (uint16_t)upcoming->day, ordinal, 0)};
}
#endif
