/*
 * Waiting: a contact that has fallen due waits for staff, or for too long.
 *
 * A waiting task stands in the line of its open options, or in none (parked)
 * while no option is open or the person is in another contact. Its slot of the
 * calendar holds the next moment at which that changes by itself. A worker
 * freed at the moment something closes still takes it, because closing is of a
 * later phase. What staff then do is in service.c. Contacts that are no tasks
 * wait in rounds.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/planned_impl.h"
#include "models/service_impl.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* ---- which options are open ---- */

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

/* By when a contact is to be begun; SIM_NEVER: it has no limit. */
static sim_ms limit_of(const struct world *world, const struct task *task)
{
    uint32_t level = world->person[task->person].level;

    if (task->handover && level != NONE) /* under way, they may be outside */
        return task->due + world->scenario->level[level].handover.within;
    return task->until < task->deadline ? task->until : task->deadline;
}

/* From when on a joint contact holds the staff it needs: half its window, or
 * half its deadline. */
static sim_ms hold_from(const struct world *world, const struct task *task)
{
    sim_ms limit = limit_of(world, task);

    return limit == SIM_NEVER ? SIM_NEVER : task->due + (limit - task->due) / 2;
}

/* What those of one priority go by. */
static sim_ms order_of(const struct world *world, const struct task *task)
{
    return world->scenario->order == ORDER_DEADLINE ? limit_of(world, task)
                                                    : task->due;
}

static inline struct sim_request request_of(const struct world *world,
                                            const struct task *task,
                                            uint32_t set, sim_ms hold)
{
    return (struct sim_request){
        .line = world->ways[task->kind].line + set - 1,
        .tie = task->tie,
        .order = order_of(world, task),
        .hold_from = hold,
    };
}

static void put_in_line(struct world *world, struct task *task, uint32_t set,
                        sim_ms hold)
{
    struct sim_request request = request_of(world, task, set, hold);
    int err = sim_queue_add(world->queue, task->index, &request);

    if (err != SIM_OK)
        world_fail(world, err, "no room in a queue");
    world->dirty |= DIRTY_STAFF;
    task->option = set;
}

static void leave_line(struct world *world, struct task *task)
{
    if (task->option)
        sim_queue_remove(world->queue, task->index);
    task->option = 0;
}

/*
 * Two contacts of a person may have one moment: a visit and a meeting about
 * them that end together, a visit and the call for the last one missed that
 * both close. Either changes what the other finds, so their order is that in
 * which they would be served, and not one of slots of the calendar. Of
 * different people no order matters: what they share is allotted later.
 */

static bool is_now(const struct world *world, const struct task *task)
{
    clock_key now = clock_key_of(world->now, world->phase);

    if (task->closes)
        return world->ways[task->kind].closes == now;
    if (task->worker != SIM_NO_WORKER)
        return sim_calendar_key(world->services, task->worker) == now;
    return task->slot != NONE &&
           sim_calendar_key(world->calendar, task->slot) == now;
}

static bool goes_first(const struct world *world, const struct task *a,
                       const struct task *b)
{
    const struct kind *kind = world->scenario->kind;
    sim_ms first = order_of(world, a), second = order_of(world, b);

    if (kind[a->kind].priority != kind[b->kind].priority)
        return kind[a->kind].priority < kind[b->kind].priority;
    return first != second ? first < second : a->tie < b->tie;
}

struct task *task_first_now(struct world *world, struct task *task)
{
    struct task *first = task;

    for (uint32_t i = world->person[task->person].task; i != NONE;
         i = world->task[i].next) {
        struct task *other = &world->task[i];
        if (is_now(world, other) && goes_first(world, other, first))
            first = other;
    }
    return first;
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
    task->straight = false;
    task_part(world, task);
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
    task_set_wait(world, task, next.key);
}

/*
 * If a kind takes one worker in one way, who may set off now, and the person is
 * in no other contact, then everything that service_review would look at is
 * known: the one option is open until staff would get there late, and that is
 * when it closes. Those of a kind that close together share one moment.
 */

/* Whether nothing keeps staff from setting off to the task now. */
static inline bool can_begin(const struct world *world, const struct ways *ways,
                             const struct task *task)
{
    return ways->plain && task->due - task->travel <= world->now &&
           task->until - task->travel >= world->now &&
           world->person[task->person].with == NONE;
}

/* When the task closes: CLOCK_EMPTY where the run ends before. */
static inline clock_key closing_of(const struct world *world,
                                   const struct task *task)
{
    clock_key key = clock_key_of(task->until - task->travel, PHASE_CLOSE);

    return key < clock_key_of(world->end, PHASE_EVENTS) ? key : CLOCK_EMPTY;
}

/* Have `count` more of a kind close at `key`; false where they never close, or
 * others of it do at another moment. */
static bool close_together(struct world *world, struct ways *ways,
                           uint32_t kind, clock_key key, uint32_t count)
{
    if (key == CLOCK_EMPTY || (ways->closing > 0 && ways->closes != key))
        return false;
    if (ways->closing == 0)
        sim_calendar_set_key(world->calendar, slot_of_closing(world, kind),
                             key);
    ways->closing += count;
    ways->closes = key;
    return true;
}

/* One that can begin and is in no batch. What it demands is counted at its
 * end. */
static void begin_plain(struct world *world, struct ways *ways,
                        struct task *task)
{
    clock_key key = closing_of(world, task);

    put_in_line(world, task, 1, SIM_NEVER);
    task->closes = close_together(world, ways, task->kind, key, 1);
    task->straight = task->closes && task->ordinary &&
                     task_is_alone(&world->person[task->person], task) &&
                     !journey_kept(world);
    if (!task->closes && key != CLOCK_EMPTY)
        task_set_wait(world, task, key);
}

/* They do not close with others of their kind: each has a moment of its own. */
static __attribute__((noinline)) void close_apart(struct world *world,
                                                  uint32_t count,
                                                  const uint32_t id[],
                                                  clock_key key)
{
    for (uint32_t i = 0; i < count; i++) {
        struct task *task = &world->task[id[i]];
        task->closes = task->straight = false;
        if (key != CLOCK_EMPTY)
            task_set_wait(world, task, key);
    }
}

struct task *task_make_due(struct world *world, const struct due_alike *alike,
                           uint32_t index, uint64_t name, uint32_t tie,
                           double luck)
{
    struct person *person = &world->person[index];
    struct task *task =
        task_begin(world, person, &world->ways[alike->kind].due);

    person->task = task ? task->index : NONE;
    if (!task)
        return NULL;
    task->due = alike->due;
    task->until = alike->until;
    task->counted = alike->counted;
    task->cell = count_cell(person, alike->kind);
    task->entry = count_since(person, alike->due);
    task->name.day = sim_counter_day(name);
    task->name.ordinal = sim_counter_ordinal(name);
    task->tie = tie;
    task->luck = luck;
    return task;
}

void waiting_put(struct world *world, const struct due_alike *alike,
                 uint32_t count, const uint32_t id[], const uint32_t tie[])
{
    struct ways *ways = &world->ways[alike->kind];
    const struct task *first;
    struct sim_request request;
    clock_key key;

    if (count == 0)
        return;
    first = &world->task[id[0]];
    request = request_of(world, first, 1, SIM_NEVER);
    key = closing_of(world, first);
    if (!close_together(world, ways, alike->kind, key, count))
        close_apart(world, count, id, key);
    if (sim_queue_add_alike(world->queue, count, id, tie, world->task_count - 1,
                            &request) != SIM_OK)
        world_fail(world, SIM_ERR_NO_MEMORY, "no room in a queue");
    world->dirty |= DIRTY_STAFF;
}

/* So many of the batch, from `from` on, become tasks. */
static void put_some(struct world *world, struct due_batch *batch,
                     uint32_t from, uint32_t count)
{
    uint32_t drawn[MADE_MOST], id[MADE_MOST], tie[MADE_MOST], made = 0;
    double luck[MADE_MOST];

    sim_chance_ties(&world->chance, count, batch->counter + from, drawn, luck);
    for (uint32_t i = 0; i < count; i++) {
        const struct task *task =
            task_make_due(world, &batch->alike, batch->person[from + i],
                          batch->counter[from + i].second, drawn[i], luck[i]);

        if (!task)
            continue;
        id[made] = task->index;
        tie[made++] = task->tie;
    }
    waiting_put(world, &batch->alike, made, id, tie);
}

void batch_put(struct world *world)
{
    struct due_batch *batch = &world->batch;
    const struct ways *ways = &world->ways[batch->alike.kind];
    const struct task *due = &ways->due;

    for (uint32_t i = 0; i < batch->count; i += MADE_MOST)
        put_some(world, batch, i,
                 batch->count - i < MADE_MOST ? batch->count - i : MADE_MOST);
    if (batch->count > 0 && due->demanded)
        count_hours(world, COUNT_DEMANDED, ways->demands, batch->alike.due,
                    batch->alike.due + due->lasts + due->notes,
                    (int32_t)batch->count);
    world->events += batch->count;
    batch->count = 0;
    batch->alike.until = SIM_NEVER; /* none falls due to be met by then */
}

void contacts_next_batch(struct world *world, uint32_t kind,
                         const struct upcoming *upcoming)
{
    sim_ms due = upcoming_due(upcoming);

    batch_put(world);
    world->batch.alike = (struct due_alike){kind, due, upcoming_until(upcoming),
                                            world_measures(world, due)};
}

/* Block 0 of the names of all that were made each by itself, side by side. */
static void draw_made(const struct world *world, uint32_t word[MADE_MOST][4])
{
    struct sim_counter counter[MADE_MOST];
    uint32_t count = world->made_count;

    for (uint32_t i = 0; i < count; i++)
        counter[i] = sim_counter_of(&world->task[world->made[i]].name, 0);
    for (uint32_t i = count; i % SIM_BLOCKS != 0; i++)
        counter[i] = counter[0]; /* fills up */
    sim_chance_blocks(&world->chance, count, counter, word);
}

void contacts_begin(struct world *world)
{
    uint32_t word[MADE_MOST][4];

    if (world->batch.count > 0 && !round_begin(world))
        batch_put(world);
    if (world->made_count == 0)
        return;
    draw_made(world, word);
    for (uint32_t i = 0; i < world->made_count; i++) {
        struct task *task = &world->task[world->made[i]];
        struct ways *ways = &world->ways[task->kind];

        task_draw(world, task, word[i]);
        if (can_begin(world, ways, task))
            begin_plain(world, ways, task);
        else
            service_review(world, task);
    }
    world->made_count = 0;
}

/* ---- too late ---- */

/* Nobody came in time; the task is in no line any more. */
static inline void not_delivered(struct world *world, struct task *task)
{
    struct person *person = service_meant_for(world, task);

    count_contact(world, task, CONTACT_NOT_DELIVERED,
                  task_is_unwell(world, task));
    journey_dropped(world, task, CONTACT_NOT_DELIVERED);
    world->events++;
    /* It waits no more: a list's end must not take it. */
    task->state = TASK_NOTES;
    if (person && task->planned && task->with_person) {
        task_count_step(person, task, false);
        if (world->has_missed_lists)
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

/* What a lesser kind takes over what could not be begun. */
static void downgrade(struct world *world, struct task *task)
{
    const struct kind *k;

    leave_line(world, task);
    task->needed = task->travel + task->lasts + task->notes;
    task->kind = world->scenario->kind[task->kind].or_kind;
    task->downgraded = true;
    task->ordinary = false;
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
    uint32_t level = person->level != NONE ? person->level : person->outside_of;

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

void service_in_time(struct world *world, const struct task *task)
{
    if (!task->breached && task->counted)
        count_deadline(world, task, COUNT_DEADLINES);
}

void service_waiting_due(struct world *world, struct task *task,
                         enum phase phase)
{
    if (phase == PHASE_CLOSE && task->deadline <= world->now && !task->breached)
        breach(world, task);
    if (phase == PHASE_CLOSE && task->until <= world->now) {
        leave_line(world, task);
        not_delivered(world, task);
        return;
    }
    if (phase == PHASE_CLOSE && task->or_at <= world->now)
        downgrade(world, task);
    service_review(world, task);
}

/* The same for one that is straight and still meant for the person: nothing but
 * its step and the response to it hear of its end. */
static inline void not_delivered_straight(struct world *world,
                                          struct person *person,
                                          struct task *task)
{
    task_demand_late(world, task);
    missed_ordinary(world, person, task);
    person->task = NONE;
    task_give_back(world, task);
}

/* As many of them from the front of their line as are such, until one brings
 * something about; they leave the line at once. */
static inline void close_straight(struct world *world, uint32_t kind)
{
    struct ways *ways = &world->ways[kind];
    uint32_t most = ways->closing, count = 0;
    const struct sim_queue_entry *entry =
        sim_queue_front(world->queue, ways->line);

    while (count < most && world->post_count == 0) {
        struct task *task = &world->task[sim_entry_request(&entry[count])];
        struct person *person = &world->person[task->person];

        if (!task->straight || task->until > world->now ||
            task->stay != person->stays)
            break;
        not_delivered_straight(world, person, task);
        count++;
    }
    sim_queue_drop(world->queue, ways->line, count);
    ways->closing -= count;
    if (ways->closing == 0)
        sim_calendar_clear(world->calendar, slot_of_closing(world, kind));
}

/* Any other; perhaps one of the same person goes before it. Returns whether it
 * was this one. */
static bool close_other(struct world *world, struct task *task)
{
    struct task *first = task;

    if (task->person != NONE)
        first = task_first_now(world, task);
    service_waiting_due(world, first, PHASE_CLOSE);
    return first == task;
}

/*
 * The contacts of a kind that close now: they are of its one line, mostly its
 * first. Whatever one of them brings about comes before the next.
 */
void waiting_closing_due(struct world *world, uint32_t kind)
{
    struct ways *ways = &world->ways[kind];
    uint32_t skip = 0;

    close_straight(world, kind);
    while (ways->closing > 0 && world->post_count == 0) {
        struct task *task =
            &world->task[sim_queue_at(world->queue, ways->line, skip)];

        if (!task->closes) {
            skip++;
        } else if (task->until > world->now) {
            service_review(world, task); /* staff would be late, that is all */
        } else if (!close_other(world, task)) {
            skip = 0; /* it may have been one of those that were skipped */
        }
    }
}
