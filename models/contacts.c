/*
 * Contacts: how tasks are made, named, withdrawn and counted.
 *
 * A task is made at the moment staff may set off for it. A person's tasks form
 * a list; a task whose person has gone has person NONE and only keeps its staff
 * busy until it ends. Each kind has a line of the queue for every set of
 * staffing options that can be open at once.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "models/planned_impl.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* ---- lines ---- */

static struct way way_of(const struct scenario *s,
                         const struct staffing *staffing)
{
    /* On call is asked of its first need, and there of its lowest role. */
    const struct role *role =
        &s->role[__builtin_ctzll(staffing->need[0].roles)];

    return (struct way){
        .on_call = role->on_call,
        .early = staffing->after == 0 && !role->on_call,
        .arrives = role->arrives_within,
        .after = staffing->after,
    };
}

static bool is_joint(const struct staffing *staffing)
{
    return staffing->need_count > 1 || staffing->need[0].count > 1;
}

/* Way `i` of a kind: its own, and then the same again in pairs. */
static const struct staffing *staffing_of(const struct kind *kind, uint32_t i)
{
    return &kind->staffing[i < kind->staffing_count ? i
                                                    : i - kind->staffing_count];
}

static struct sim_option option_of(const struct world *world, uint32_t kind,
                                   uint32_t i)
{
    const struct kind *k = &world->scenario->kind[kind];
    const struct staffing *staffing = staffing_of(k, i);
    const struct way *way = contacts_way(world, kind, i);
    struct sim_option option = {.need_count = staffing->need_count, .label = i};
    double approach = way->on_call ? (double)way->arrives : k->travel.mean;

    for (uint32_t n = 0; n < staffing->need_count; n++) {
        option.need[n] = staffing->need[n];
        option.need[n].roles = duty_pool_set(world, k, staffing->need[n].roles);
    }
    if (way->pair)
        option.need[0].count = 2;
    option.expected = (sim_ms)(approach + k->lasts.mean + k->notes.mean);
    return option;
}

/* Lines of one kind, one for each non-empty set of its options. */
static void make_lines(struct world *world, uint32_t kind, uint32_t *option_at)
{
    const struct ways *ways = &world->ways[kind];

    for (uint32_t set = 1; set < 1u << ways->count; set++) {
        struct sim_line *line = &world->line[ways->line + set - 1];
        line->priority = world->scenario->kind[kind].priority;
        line->option = &world->option[*option_at];
        line->option_count = 0;
        for (uint32_t i = 0; i < ways->count; i++)
            if (set >> i & 1) {
                world->option[(*option_at)++] = option_of(world, kind, i);
                line->option_count++;
            }
    }
}

/* What all contacts of `kind` begin as, the `i`-th; its ways are known. */
static void make_blank(const struct kind *kind, uint32_t i, struct ways *ways)
{
    const struct staffing *first = &kind->staffing[0];

    ways->plain = ways->count == 1 && ways->way[0].early && !ways->joint &&
                  kind->or_kind == NONE;
    ways->draws = kind->lasts.family != FAMILY_CONSTANT ||
                  kind->notes.family != FAMILY_CONSTANT;
    ways->attendance = kind->attendance;
    ways->attendance_at_other_times = kind->attendance_at_other_times;
    ways->demands = is_joint(first)
                        ? NONE
                        : (uint32_t)__builtin_ctzll(first->need[0].roles);
    ways->blank = (struct task){
        .next = NONE,
        .previous = NONE,
        .person = NONE,
        .state = TASK_WAITING,
        .kind = i,
        .planned_kind = i,
        .name = {.topic = kind->tag, .purpose = PURPOSE_CONTACT},
        .with_person = !kind->without_person,
        .draws = ways->draws,
        .until = SIM_NEVER,
        .or_at = SIM_NEVER,
        .deadline = SIM_NEVER,
        .met = SIM_NEVER,
        .lasts = ways->draws ? 0 : (sim_ms)kind->lasts.a,
        .notes = ways->draws ? 0 : (sim_ms)kind->notes.a,
        .worker = SIM_NO_WORKER,
        .slot = NONE,
        .response = NONE,
    };
    ways->common = ways->plain && !ways->draws && !kind->without_person &&
                   kind->travel.family == FAMILY_CONSTANT;
    if (!ways->common)
        return;
    ways->due = ways->blank;
    ways->due.travel = (sim_ms)kind->travel.a;
    ways->due.planned = ways->due.ordinary = true;
    ways->due.option = 1;
    ways->due.closes = ways->due.straight = true;
    ways->due.demanded = ways->due.travel == 0; /* else it is not due yet */
}

/* The ways of one kind, beginning at `way`. */
static void list_ways(const struct scenario *s, uint32_t kind,
                      struct ways *ways, struct way *way)
{
    const struct kind *k = &s->kind[kind];

    ways->way = way;
    ways->pairs = pairs_possible(s, k);
    ways->count = k->staffing_count * (ways->pairs ? 2 : 1);
    for (uint32_t i = 0; i < ways->count; i++) {
        const struct staffing *staffing = staffing_of(k, i);

        way[i] = way_of(s, staffing);
        way[i].pair = i >= k->staffing_count;
        ways->joint |= (uint32_t)(way[i].pair || is_joint(staffing)) << i;
    }
    make_blank(k, kind, ways);
}

static int make_ways(struct world *world)
{
    const struct scenario *s = world->scenario;
    uint32_t count = 0;

    for (uint32_t i = 0; i < s->kind_count; i++)
        count += 2 * s->kind[i].staffing_count;
    world->ways = calloc(s->kind_count + 1, sizeof *world->ways);
    world->way = calloc(count + 1, sizeof *world->way);
    if (!world->ways || !world->way)
        return SIM_ERR_NO_MEMORY;
    count = 0;
    for (uint32_t i = 0; i < s->kind_count; i++) {
        struct ways *ways = &world->ways[i];

        list_ways(s, i, ways, &world->way[count]);
        count += ways->count;
    }
    for (uint32_t r = 0; r < s->role_count; r++)
        world->has_on_call |= s->role[r].on_call;
    world->has_missed_lists =
        s->trigger_response[TRIGGER_NOT_ATTENDED] != NONE ||
        s->trigger_response[TRIGGER_NOT_DELIVERED] != NONE;
    return SIM_OK;
}

/* Whether contacts of a kind may be a round: common ones, at once where the
 * person is, that take one worker of one role, always equally long. */
static void find_rounds(struct world *world, uint32_t kind)
{
    const struct scenario *s = world->scenario;
    struct ways *ways = &world->ways[kind];
    const struct sim_option *option = world->line[ways->line].option;
    uint64_t roles;

    if (!ways->common)
        return;
    SIM_REQUIRE(option != NULL);
    roles = option->need[0].roles;
    ways->rounds = ways->due.travel == 0 && ways->due.notes == 0 &&
                   s->kind[kind].if_not_there.family == FAMILY_CONSTANT &&
                   s->team_time_count == 0 && (roles & (roles - 1)) == 0;
    ways->round_role = (uint32_t)__builtin_ctzll(roles);
    ways->round_expected = option->expected;
}

int contacts_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    size_t lines = 0, options = 0;
    uint32_t option_at = 0;
    int err = make_ways(world);

    if (err != SIM_OK)
        return err;
    for (uint32_t i = 0; i < s->kind_count; i++) {
        size_t sets = (size_t)1 << world->ways[i].count;
        world->ways[i].line = (uint32_t)lines;
        lines += sets - 1;
        options += sets / 2 * world->ways[i].count;
    }
    world->line = calloc(lines + 1, sizeof *world->line);
    world->option = calloc(options + 1, sizeof *world->option);
    if (!world->line || !world->option)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < s->kind_count; i++) {
        make_lines(world, i, &option_at);
        find_rounds(world, i);
    }
    return sim_queue_new(world->line, lines, &world->queue);
}

/* ---- making tasks ---- */

static sim_ms draw(const struct world *world, const struct distribution *what,
                   const struct sim_name *name, enum purpose purpose)
{
    struct sim_name own = *name;
    struct sim_stream stream;

    own.purpose = (uint8_t)purpose;
    sim_stream_init(&stream, &world->chance, &own);
    return distribution_sample(what, &stream.rng);
}

/* Most durations are constant. */
static inline sim_ms sample(const struct world *world,
                            const struct distribution *what,
                            const struct sim_name *name, enum purpose purpose)
{
    return what->family == FAMILY_CONSTANT ? (sim_ms)what->a
                                           : draw(world, what, name, purpose);
}

sim_ms contacts_lead(const struct world *world, const struct person *person,
                     uint32_t kind, int32_t day, uint32_t nth, uint32_t beside)
{
    const struct kind *k = &world->scenario->kind[kind];
    struct sim_name name =
        person_name(world, person, PURPOSE_TRAVEL, k->tag, 0);

    if (beside)
        name.topic = sim_tag_join(name.topic, beside);
    /* On the day of a move there may be contacts of the stay before, too. */
    if (nth >= NTH_AHEAD || day == sim_day_of(person->entered_at))
        name.topic = sim_tag_join(name.topic, person->stays);
    name.day = (uint16_t)day;
    name.ordinal = (uint8_t)nth;
    return sample(world, &k->travel, &name, PURPOSE_TRAVEL);
}

void contacts_draw_times(struct world *world, struct task *task)
{
    const struct kind *k = &world->scenario->kind[task->kind];

    task->lasts = sample(world, &k->lasts, &task->name, PURPOSE_LASTS);
    task->notes = sample(world, &k->notes, &task->name, PURPOSE_NOTES);
}

void contacts_plan(struct world *world, struct person *person, uint32_t kind,
                   const struct upcoming *upcoming)
{
    task_plan(world, person, &world->ways[kind], upcoming);
}

/* What is random about a task by itself. */
static void draw_alone(struct world *world, struct task *task)
{
    uint32_t word[4];

    sim_chance_words(&world->chance, &task->name, 0, word);
    task_draw(world, task, word);
}

void contacts_respond(struct world *world, struct person *person,
                      uint32_t response, uint32_t action, sim_ms deadline)
{
    const struct response *r = &world->scenario->response[response];
    uint32_t kind = r->action[action].kind;
    const struct kind *k = &world->scenario->kind[kind];
    const struct response_list *list = &person_lists(world, person)[response];
    struct task *task = task_make(world, person, &world->ways[kind]);

    if (!task)
        return;
    task_name_response(person, task, sim_day_of(world->now));
    draw_alone(world, task);
    task->due = world->now;
    task->travel = sample(world, &k->travel, &task->name, PURPOSE_TRAVEL);
    task->response = response;
    task->action = action;
    task->list = list->times;
    task->deadline = deadline;
    if (deadline == SIM_NEVER && k->window > 0)
        task->until = task->due + k->window;
    if (k->or_kind != NONE)
        task->or_at = task->due + k->or_after;
    task->luck = person_uniform(world, person, PURPOSE_SUCCEEDS,
                                sim_tag_join(r->tag, r->action[action].tag),
                                list->times);
    count_place(world, person, task);
    world->events++;
    service_review(world, task);
}

void contacts_handover(struct world *world, struct person *person)
{
    const struct handover *handover = &person_level(world, person)->handover;
    struct task *task = task_make(world, person, &world->ways[handover->kind]);

    if (!task)
        return;
    task_name_response(person, task, sim_day_of(world->now));
    draw_alone(world, task);
    task->due = world->now;
    task->handover = true;
    count_place(world, person, task);
    service_review(world, task);
}

/* ---- ending tasks ---- */

void task_demand(struct world *world, const struct ways *ways,
                 struct task *task)
{
    sim_ms length = task->downgraded ? task->needed
                                     : task->travel + task->lasts + task->notes;
    const struct staffing *first;

    task->demanded = true;
    if (ways->demands != NONE) {
        count_hours(world, COUNT_DEMANDED, ways->demands, task->due,
                    task->due + length, task->pair ? 2 : 1);
        return;
    }
    first = &world->scenario->kind[task->planned_kind].staffing[0];
    for (uint32_t n = 0; n < first->need_count; n++)
        count_hours(world, COUNT_DEMANDED,
                    (uint32_t)__builtin_ctzll(first->need[n].roles), task->due,
                    task->due + length, (int32_t)first->need[n].count);
}

static void withdraw(struct world *world, struct task *task)
{
    struct person *person = &world->person[task->person];

    if (task->option)
        sim_queue_remove(world->queue, task->index);
    journey_dropped(world, task, CONTACT_CANCELLED);
    service_release(world, task);
    task->met = SIM_NEVER;
    if (task->due <= world->now)
        count_contact(world, task, CONTACT_CANCELLED, false);
    service_free_person(world, person, task);
    task_drop(world, task);
}

static bool is_meant(const struct task *task, enum withdrawal what,
                     uint32_t response)
{
    if (task->state != TASK_WAITING &&
        (task->state != TASK_TRAVEL || what == WITHDRAW_LIST))
        return false;
    switch (what) {
    case WITHDRAW_PLANNED:
        return task->planned && task->with_person;
    case WITHDRAW_LIST:
        return task->response == response;
    default:
        return true;
    }
}

void contacts_withdraw_any(struct world *world, struct person *person,
                           enum withdrawal what, uint32_t response)
{
    uint32_t next;

    if (what == WITHDRAW_LIST && person->task == IN_ROUND)
        return; /* it is of no list */
    round_break_of(world, person);
    for (uint32_t i = person->task; i != NONE; i = next) {
        struct task *task = &world->task[i];
        next = task->next;
        if (is_meant(task, what, response))
            withdraw(world, task);
    }
}

void contacts_detach(struct world *world, struct person *person)
{
    SIM_REQUIRE(person->task != IN_ROUND); /* it was withdrawn */
    while (person->task != NONE) {
        struct task *task = &world->task[person->task];
        journey_detached(world, task);
        task_unlink(world, task);
    }
}

void contacts_finish(struct world *world)
{
    round_break(world);
    for (uint32_t i = 0; i < world->task_count; i++) {
        struct task *task = &world->task[i];
        if (task->state == TASK_UNUSED)
            continue;
        journey_dropped(world, task, CONTACT_OPEN);
        task_demand_late(world, task);
        service_release(world, task); /* hours up to now */
        if (task->due >= world->end || task->state == TASK_NOTES)
            continue;
        count_contact(world, task, CONTACT_OPEN, false);
        world->contacts_open +=
            task->counted && task->planned && task->with_person;
    }
}
