/*
 * Waiting: a contact that has fallen due waits for staff, or for too long.
 *
 * A waiting task stands in the line of its open options, or in none (parked)
 * while no option is open or the person is in another contact. Its slot of the
 * calendar holds the next moment at which that changes by itself. A worker
 * freed at the moment something closes still takes it, because closing is of a
 * later phase. What staff then do is in service.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/planned_impl.h"
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
    world->dirty_staff = true;
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
    task_set_moment(world, task, next.key);
}

/*
 * Contacts that begin to wait are mostly alike: of one kind and one plan, due
 * at one moment. If the kind takes one worker in one way, who may set off now,
 * and nobody of them is in another contact, then everything that service_review
 * would look at is known: the one option is open until those who must still get
 * there would be late, and all of them close at that moment. Such are put in
 * line together; each other one is reviewed.
 */

/* Whether nothing keeps staff from setting off to the task now. */
static inline bool can_begin(const struct world *world, const struct ways *ways,
                             const struct task *task)
{
    return ways->plain && task->due - task->travel <= world->now &&
           task->until - task->travel >= world->now &&
           world->person[task->person].with == NONE;
}

/* Whether the same is true of `task` as of `first`, for which it is; both of a
 * kind that is always as long. Whose only task it is is in no other. */
static inline bool is_alike(const struct world *world, const struct task *first,
                            const struct task *task)
{
    return task->kind == first->kind && task->due == first->due &&
           task->until == first->until && task->travel == first->travel &&
           (task->next == NONE || world->person[task->person].with == NONE);
}

/* Have `count` more of a kind close at `key`; false where others of it close at
 * another moment. At or beyond the end of the run it never comes. */
static bool close_together(struct world *world, struct ways *ways,
                           uint32_t kind, clock_key key, uint32_t count)
{
    if (ways->closing > 0 && ways->closes != key)
        return false;
    if (ways->closing == 0)
        sim_calendar_set_key(world->calendar, slot_of_closing(world, kind),
                             key);
    ways->closing += count;
    ways->closes = key;
    return true;
}

/* Tasks that begin to wait, as arrays: the numbers and ties that their line
 * asks for are with them. */
struct beginning {
    uint32_t count;
    struct task *task[MADE_MOST];
    uint32_t id[MADE_MOST], tie[MADE_MOST];
};

/* The `count` from `at` on, which are alike. What they demand is counted now,
 * as one span; of others at their end. */
static inline void begin_alike(struct world *world, struct ways *ways,
                               struct beginning *what, uint32_t at,
                               uint32_t count)
{
    const struct task *first = what->task[at];
    struct sim_request request = request_of(world, first, 1, SIM_NEVER);
    sim_ms due = first->due, travel = first->travel;
    sim_ms until = due + travel + first->lasts + first->notes;
    clock_key key = clock_key_of(first->until - travel, PHASE_CLOSE);
    bool ends = key < clock_key_of(world->end, PHASE_EVENTS);
    bool together = ends && close_together(world, ways, first->kind, key, count);
    bool demanded = due <= world->now;
    bool straight = together && demanded && !journey_kept(world);

    for (uint32_t i = at; i < at + count; i++) {
        struct task *task = what->task[i];
        task->option = 1;
        task->closes = together;
        task->demanded = demanded;
        task->straight = straight && task->ordinary && task->next == NONE;
        if (ends && !together)
            task_set_moment(world, task, key);
    }
    if (sim_queue_add_alike(world->queue, count, &what->id[at], &what->tie[at],
                            &request) != SIM_OK)
        world_fail(world, SIM_ERR_NO_MEMORY, "no room in a queue");
    world->dirty_staff = true;
    if (demanded)
        count_hours(world, COUNT_DEMANDED, ways->demands, due, until, count);
}

/* Begin the one at `at`, and those behind it that are alike: how many. */
static inline uint32_t begin_some(struct world *world, struct beginning *what,
                                  uint32_t at)
{
    struct task *first = what->task[at];
    struct ways *ways = &world->ways[first->kind];
    uint32_t until = at + 1;

    if (!can_begin(world, ways, first)) {
        service_review(world, first);
        return 1;
    }
    while (until < what->count && !ways->draws &&
           is_alike(world, first, what->task[until]))
        until++;
    begin_alike(world, ways, what, at, until - at);
    return until - at;
}

/* Draw what is random about the SIM_BLOCKS of them from `at` on, or about as
 * many as there are. */
static inline void draw_some(struct world *world, struct beginning *what,
                             uint32_t at)
{
    const struct sim_name *name[SIM_BLOCKS];
    uint32_t word[SIM_BLOCKS][4];
    uint32_t last = what->count - 1;

    for (uint32_t i = 0; i < SIM_BLOCKS; i++) /* the last again, for nothing */
        name[i] = &what->task[at + i < last ? at + i : last]->name;
    sim_chance_blocks(&world->chance, name, word);
    for (uint32_t i = 0; i < SIM_BLOCKS && at + i <= last; i++) {
        task_draw(world, what->task[at + i], word[i]);
        what->tie[at + i] = word[i][0];
    }
}

void contacts_begin(struct world *world)
{
    struct beginning what;

    what.count = world->made_count;
    for (uint32_t i = 0; i < what.count; i++) {
        what.id[i] = world->made[i];
        what.task[i] = &world->task[what.id[i]];
    }
    world->made_count = 0;
    for (uint32_t at = 0; at < what.count; at += SIM_BLOCKS)
        draw_some(world, &what, at);
    for (uint32_t at = 0; at < what.count;)
        at += begin_some(world, &what, at);
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
                                          struct ways *ways,
                                          struct person *person,
                                          struct task *task)
{
    (void)sim_queue_remove(world->queue, task->index);
    count_cells_contact(world, task, CONTACT_NOT_DELIVERED, person->state > 0);
    world->events++;
    task_count_step(person, task, false);
    if (world->has_missed_lists)
        responses_trigger(
            world, person,
            world->scenario->trigger_response[TRIGGER_NOT_DELIVERED]);
    if (--ways->closing == 0)
        sim_calendar_clear(world->calendar, slot_of_closing(world, task->kind));
    person->task = NONE;
    task_give_back(world, task);
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

    while (ways->closing > 0 && world->post_count == 0) {
        struct task *task =
            &world->task[sim_queue_at(world->queue, ways->line, skip)];
        struct person *person = &world->person[task->person];

        if (!task->closes) {
            skip++;
        } else if (task->until > world->now) {
            service_review(world, task); /* staff would be late, that is all */
        } else if (task->straight && task->stay == person->stays) {
            not_delivered_straight(world, ways, person, task);
        } else if (!close_other(world, task)) {
            skip = 0; /* it may have been one of those that were skipped */
        }
    }
}
