/*
 * Rounds: see round_impl.h, which says what they are and what they leave out.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/service_impl.h"
#include "models/world_impl.h"
#include "sim/ties.h"

/* ---- its moments ---- */

/* The next moment of the round: somebody's end, or that of waiting. */
static inline clock_key next_key(const struct round *round)
{
    clock_key end = round->way[0].next, other = round->way[1].next;

    end = end < other ? end : other;
    return end < round->closes ? end : round->closes;
}

/* When the contact of that way which began at `met` ends. */
static inline clock_key end_key(const struct round_way *way, sim_ms met)
{
    return clock_key_of(met + way->lasts, PHASE_EVENTS);
}

/* So many have begun, or been missed. */
static inline void set_begun(struct round *round, uint32_t begun)
{
    round->begun = begun;
    if (begun == round->count)
        round->closes = CLOCK_EMPTY; /* nobody waits */
}

/* Set it; or the round is over. No worker has a slot of the calendar now: the
 * round has the first. */
static void set_next(struct world *world)
{
    struct round *round = &world->round;
    clock_key key = next_key(round);

    if (key < clock_key_of(world->end, PHASE_EVENTS))
        sim_calendar_set_key(world->services, 0, key);
    else
        sim_calendar_clear(world->services, 0);
    if (round->busy == 0 && round->begun == round->count)
        round->count = 0;
}

/* ---- beginning ---- */

static void begin_ways(struct world *world, struct round *round)
{
    const struct ways *ways = &world->ways[round->alike.kind];

    for (int there = 0; there < 2; there++) {
        round->way[there].first = NULL;
        round->way[there].next = CLOCK_EMPTY;
    }
    round->task = ways->due;
    round->task.due = round->alike.due;
    round->task.until = round->alike.until;
    round->task.counted = round->alike.counted;
    round->way[true].lasts = round->task.lasts;
    round->way[false].lasts = service_not_there(world, &round->task);
    round->ways = ways;
    round->quiet =
        !world->has_missed_lists && world->tallies->target_count == 0;
    round->busy = round->before = 0;
}

static inline void set_contact(struct round_contact *contact,
                               const struct due_batch *batch, uint32_t i,
                               uint32_t tie, double luck)
{
    contact->person = batch->person[i];
    contact->tie = tie;
    contact->name = batch->counter[i].second;
    contact->luck = luck;
}

/* Draw what is random about them, and put them in order. */
static void draw_many(struct world *world, const struct due_batch *batch,
                      struct round *round)
{
    sim_chance_ties(&world->chance, batch->count, batch->counter, round->tie,
                    round->luck);
    for (uint32_t i = 0; i < batch->count; i++)
        round->order[i] = (uint64_t)round->tie[i] << 32 | i;
    sim_ties_sort(round->order, batch->count, round->order + batch->count);
    for (uint32_t i = 0; i < batch->count; i++) {
        uint32_t of = (uint32_t)round->order[i];

        set_contact(&round->contact[i], batch, of,
                    (uint32_t)(round->order[i] >> 32), round->luck[of]);
    }
}

/* The same of at most SIM_TIES_FEW, and faster. */
static void draw_few(struct world *world, const struct due_batch *batch,
                     struct round *round)
{
    uint32_t tie[SIM_TIES_FEW], place[SIM_TIES_FEW];
    double luck[SIM_TIES_FEW];

    sim_chance_ties(&world->chance, batch->count, batch->counter, tie, luck);
    if (!sim_ties_few(tie, batch->count, place)) {
        draw_many(world, batch, round);
        return;
    }
    for (uint32_t i = 0; i < batch->count; i++)
        set_contact(&round->contact[place[i]], batch, i, tie[i], luck[i]);
}

bool round_begin(struct world *world)
{
    struct due_batch *batch = &world->batch;
    struct round *round = &world->round;
    const struct ways *ways = &world->ways[batch->alike.kind];

    if (!ways->rounds || world->tasks_made != world->tasks_dropped ||
        !round_grow(world, batch->room))
        return false;
    round->alike = batch->alike;
    round->count = batch->count;
    round->begun = 0;
    round->closes = clock_key_of(round->alike.until, PHASE_CLOSE);
    begin_ways(world, round);
    if (round->count <= SIM_TIES_FEW)
        draw_few(world, batch, round);
    else
        draw_many(world, batch, round);
    count_hours(world, COUNT_DEMANDED, ways->demands, round->alike.due,
                round->alike.due + round->task.lasts, (int32_t)round->count);
    world->events += round->count;
    world->dirty |= DIRTY_STAFF;
    batch->count = 0;
    batch->alike.until = SIM_NEVER; /* none falls due to be met by then */
    return true;
}

/* ---- starts and ends ---- */

/* Staff time of so many from `from` to now. */
static inline void count_delivered(struct world *world,
                                   const struct round *round, sim_ms from,
                                   int32_t workers)
{
    count_hours(world, COUNT_DELIVERED, round->ways->demands, from, world->now,
                workers);
}

/* The same, once it changes how many are busy. */
static inline void count_busy(struct world *world, struct round *round)
{
    if (round->busy == round->before)
        return;
    if (round->before > 0)
        count_delivered(world, round, round->since, (int32_t)round->before);
    round->before = round->busy;
    round->since = world->now;
}

/* A contact begins. */
static inline void begin_one(struct world *world, struct round *round,
                             struct round_contact *contact, uint32_t worker)
{
    const struct person *person = &world->person[contact->person];
    bool there =
        contact->luck < attendance(person, round->ways, round->alike.due);
    struct round_way *way = &round->way[there];

    contact->met = world->now;
    contact->worker = worker;
    contact->following = NULL;
    if (way->first) {
        way->last->following = contact;
    } else {
        way->first = contact;
        way->next = end_key(way, world->now);
    }
    way->last = contact;
    round->busy++;
}

/* Staff meet people in order, as long as there are both. */
static inline void start_waiting(struct world *world, struct round *round,
                                 struct sim_pool_crew *crew)
{
    struct round_contact *contact = &round->contact[round->begun];
    sim_ms until = world->now + round->ways->round_expected;
    uint32_t begun = round->begun;

    for (; begun < round->count; begun++, contact++) {
        uint32_t worker = sim_pool_crew_take(crew, until, world->now);

        if (worker == SIM_NO_WORKER)
            break;
        begin_one(world, round, contact, worker);
    }
    set_begun(round, begun);
    count_busy(world, round);
}

/* A contact as others look at it: nothing of a round changes while it is by
 * itself, so the person's stay and step are those in which it fell due. */
static inline struct task *as_task(struct round *round,
                                   const struct person *person,
                                   const struct round_contact *contact)
{
    struct task *task = &round->task;

    task->person = person->index;
    task->step_entry = person->step_entries;
    task->cell = count_cell(person, task->kind);
    task->entry = count_since(person, task->due);
    task->name.owner = person->owner;
    task->name.number = person->number;
    task->name.day = sim_counter_day(contact->name);
    task->name.ordinal = sim_counter_ordinal(contact->name);
    return task;
}

/* What became of somebody's contact, as one of the general way. */
static void end_generally(struct world *world, struct round *round,
                          struct person *person,
                          const struct round_contact *contact, bool there)
{
    struct task *task = as_task(round, person, contact);

    task->met = contact->met;
    task->worker = contact->worker;
    task->there = there;
    ended_ordinary(world, person, task);
}

/* The tallies have the end of a contact that is counted. */
static inline void count_one(struct world *world, const struct round *round,
                             const struct person *person, enum contact_end end,
                             bool unwell)
{
    count_due_at(world->tallies, round->alike.due);
    count_end_at(world->tallies, count_cell(person, round->alike.kind),
                 count_since(person, round->alike.due), end, unwell);
}

/* The same where somebody was there, and nothing comes of it but that: nearly
 * always. */
static inline void end_quietly(struct world *world, const struct round *round,
                               struct person *person,
                               const struct round_contact *contact)
{
    if (round->alike.counted) {
        count_one(world, round, person, CONTACT_COMPLETED, false);
        count_met_at(world->tallies, count_cell(person, round->alike.kind),
                     contact->met - round->alike.due);
    }
    step_count(person, true);
    contact_kept(world, person, true);
}

static inline bool ends_quietly(const struct world *world,
                                const struct round *round,
                                const struct person *person)
{
    return round->quiet && !contact_is_felt(world, person);
}

/* The first of those that end now does, whose person is there or not. */
static inline void end_first(struct world *world, struct round *round,
                             struct sim_pool_crew *crew, bool there)
{
    struct round_way *way = &round->way[there];
    const struct round_contact *contact = way->first;
    struct person *person = &world->person[contact->person];
    struct sim_pool_place *place;

    way->first = contact->following;
    way->next = way->first ? end_key(way, way->first->met) : CLOCK_EMPTY;
    round->busy--;
    world->events++;
    person->task = NONE;
    if (there && ends_quietly(world, round, person))
        end_quietly(world, round, person, contact);
    else
        end_generally(world, round, person, contact, there);
    place = sim_pool_crew_place(crew, contact->worker);
    count_beyond(world, &place->worker);
    sim_pool_crew_release(crew, place, contact->worker);
}

/* Nobody came to somebody's contact, and nothing comes of that. */
static inline void miss_quietly(struct world *world, const struct round *round,
                                struct person *person)
{
    if (round->alike.counted)
        count_one(world, round, person, CONTACT_NOT_DELIVERED,
                  person->state > 0);
    world->events++;
    step_count(person, false);
}

/* The same in the general way. */
static void miss_generally(struct world *world, struct round *round,
                           struct person *person,
                           const struct round_contact *contact)
{
    struct task *task = as_task(round, person, contact);

    task->met = SIM_NEVER;
    missed_ordinary(world, person, task);
}

/* Those that wait have waited too long, until one brings something about. */
static inline void miss_waiting(struct world *world, struct round *round)
{
    uint32_t begun = round->begun;

    while (begun < round->count && world->post_count == 0) {
        const struct round_contact *contact = &round->contact[begun++];
        struct person *person = &world->person[contact->person];

        person->task = NONE;
        if (round->quiet)
            miss_quietly(world, round, person);
        else
            miss_generally(world, round, person, contact);
    }
    set_begun(round, begun);
}

/* The first moment from which on something else may happen. What is of
 * `calendar` goes before a round, and people after it. */
static inline clock_key next_of_others(const struct world *world)
{
    clock_key other = sim_calendar_first(world->calendar) >> SIM_SLOT_BITS;
    clock_key after = (sim_calendar_first(world->people) >> SIM_SLOT_BITS) + 1;
    clock_key stop = clock_key_of(world->stop, PHASE_EVENTS);
    clock_key next = other < after ? other : after;

    return next < stop ? next : stop;
}

/* What was freed at `now` is allotted, if it is for the round to do: nothing
 * else happens at that moment, and nobody but staff was freed. */
static inline bool allot_freed(struct world *world, struct round *round,
                               struct sim_pool_crew *crew, clock_key now,
                               clock_key others)
{
    if (others <= now + 1 || world->dirty != DIRTY_STAFF)
        return false;
    world->dirty = 0;
    start_waiting(world, round, crew);
    return true;
}

/* The next moment of the round comes, `now` being the last, if nothing else
 * happens until then; or else CLOCK_EMPTY. What was freed is allotted before.
 */
static inline clock_key go_on(struct world *world, struct round *round,
                              struct sim_pool_crew *crew, clock_key now)
{
    clock_key key = next_key(round), others;

    if (key == now)
        return now;
    others = next_of_others(world);
    if (world->dirty) {
        if (!allot_freed(world, round, crew, now, others))
            return CLOCK_EMPTY;
        key = next_key(round);
    }
    if (key >= others)
        return CLOCK_EMPTY;
    count_busy(world, round);
    world->now = (sim_ms)(key >> SIM_PHASE_BITS);
    world->phase = (enum phase)(key & SIM_PHASE_MASK);
    return key;
}

void round_due(struct world *world)
{
    struct round *round = &world->round;
    struct sim_pool_crew crew =
        sim_pool_crew_of(world->pool, round->ways->round_role);
    clock_key now = clock_key_of(world->now, world->phase);

    while (world->post_count == 0 &&
           (now = go_on(world, round, &crew, now)) != CLOCK_EMPTY) {
        if (world->phase == PHASE_CLOSE) {
            miss_waiting(world, round);
            continue;
        }
        end_first(world, round, &crew, round->way[true].next == now);
        if (round->begun < round->count)
            world->dirty |= DIRTY_STAFF;
    }
    SIM_REQUIRE(round->count > 0); /* what came of it was posted */
    sim_pool_crew_put(&crew);
    count_busy(world, round);
    set_next(world);
}

bool round_allot(struct world *world)
{
    struct round *round = &world->round;
    uint32_t begun = round->begun;
    struct sim_pool_crew crew;

    world->dirty &= ~(unsigned)DIRTY_STAFF;
    if (begun == round->count)
        return false;
    crew = sim_pool_crew_of(world->pool, round->ways->round_role);
    start_waiting(world, round, &crew);
    sim_pool_crew_put(&crew);
    set_next(world);
    return round->begun > begun;
}

/* ---- breaking it up ---- */

static struct task *make_task(struct world *world, const struct round *round,
                              const struct round_contact *contact)
{
    return task_make_due(world, &round->alike, contact->person, contact->name,
                         contact->tie, contact->luck);
}

static void put_waiting(struct world *world, const struct round *round)
{
    uint32_t id[MADE_MOST], tie[MADE_MOST], count = 0;

    for (uint32_t i = round->begun; i < round->count; i++) {
        const struct task *task = make_task(world, round, &round->contact[i]);

        if (!task)
            continue;
        id[count] = task->index;
        tie[count++] = task->tie;
        if (count == MADE_MOST) {
            waiting_put(world, &round->alike, count, id, tie);
            count = 0;
        }
    }
    waiting_put(world, &round->alike, count, id, tie);
}

static void put_under_way(struct world *world, const struct round *round,
                          bool there)
{
    const struct round_way *way = &round->way[there];

    for (const struct round_contact *contact = way->first; contact;
         contact = contact->following) {
        struct person *person = &world->person[contact->person];
        struct task *task = make_task(world, round, contact);

        if (!task)
            continue;
        task->closes = false;
        task->option = 0;
        task->worker = contact->worker;
        task->crises = person->crises;
        task->met = contact->met;
        task->there = there;
        task->state = TASK_FACE;
        person->with = task->index;
        /* From when they were seized the task's end counts their hours. */
        count_delivered(world, round, contact->met, -1);
        task_set_stage(world, task, contact->met + way->lasts);
    }
}

void round_break_up(struct world *world)
{
    struct round *round = &world->round;

    if (round->before > 0)
        count_delivered(world, round, round->since, (int32_t)round->before);
    sim_calendar_clear(world->services, 0);
    put_waiting(world, round);
    put_under_way(world, round, false);
    put_under_way(world, round, true);
    round->count = 0;
}
