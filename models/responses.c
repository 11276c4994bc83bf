/*
 * Responses: triggers open lists, lists run actions, actions have effects.
 * A person has at most one list open for each response, kept beside the person
 * and known by how often it was triggered, so that a contact can tell whether
 * the list it was made for is still the one that is open.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/world_impl.h"

/* Post all effects; `like` says whose they are. */
static inline void post_effects(struct world *world,
                                const struct person *person,
                                const struct effects *effects,
                                const struct post *like)
{
    for (uint32_t i = 0; i < effects->count; i++) {
        struct post *post = post_new(world);

        if (!post)
            return;
        *post = (struct post){.type = POST_EFFECT,
                              .person = person->index,
                              .generation = person->generation,
                              .response = like->response,
                              .list = like->list,
                              .topic = like->topic,
                              .effect = &effects->effect[i],
                              .crisis = like->crisis};
    }
}

/* Set the clock to the next action of any open list. */
static void set_action_clock(struct world *world, struct person *person)
{
    const struct response *response = world->scenario->response;
    const struct response_list *list = person_lists(world, person);
    uint32_t left = person->lists_open;
    sim_ms least = SIM_NEVER;

    if (left == 0) {
        clocks_clear(world, person, CLOCK_BIT(CLOCK_ACTION));
        return;
    }
    for (; left > 0; response++, list++) {
        if (!list->open)
            continue;
        left--;
        for (uint32_t a = 0; a < response->action_count; a++) {
            sim_ms at = list->started + response->action[a].after;
            if (!(list->ran & (1u << a)) && at < least)
                least = at;
        }
    }
    clock_set(world, person, CLOCK_ACTION, least, PHASE_EVENTS);
}

/* Whether what has this chance comes about, of what `post` says: a chance of 1
 * takes no draw. */
static bool happens(const struct world *world, const struct person *person,
                    enum purpose purpose, const struct post *post,
                    double chance)
{
    const struct response *response =
        &world->scenario->response[post->response];

    return chance >= 1 ||
           person_uniform(world, person, purpose,
                          sim_tag_join(response->tag, post->topic),
                          post->list) < chance;
}

/* ---- crises choose one of their outcomes ---- */

static void count_outcome(struct world *world, enum counter counter,
                          const char *name, bool total)
{
    uint32_t value = scenario_outcome(world->scenario, name);

    if (!world_measures(world, world->now))
        return;
    if (total)
        count_cut(world, counter, SLICE_OUTCOME, value, 1);
    else
        count_slice(world, counter, SLICE_OUTCOME, value, 1);
}

static void choose_outcome(struct world *world, struct person *person,
                           uint32_t r)
{
    const struct response *response = &world->scenario->response[r];
    struct post like = {.response = r, .list = person->crises, .crisis = true};
    double u = 0, sum = 0;
    uint32_t i;

    if (response->outcome_count == 0)
        return;
    if (response->outcome_count > 1)
        u = person_uniform(world, person, PURPOSE_OUTCOME, response->tag,
                           person->crises);
    for (i = 0; i + 1 < response->outcome_count; i++) {
        sum += response->outcome[i].chance;
        if (u < sum)
            break;
    }
    like.topic = sim_tag(response->outcome[i].name);
    count_outcome(world, COUNT_CRISES, response->outcome[i].name, false);
    journey_add(world, person, JOURNEY_OUTCOME,
                scenario_outcome(world->scenario, response->outcome[i].name), 0,
                0);
    post_effects(world, person, &response->outcome[i].then, &like);
}

/* ---- lists ---- */

static bool is_later(const struct world *world, uint64_t first)
{
    return sim_moment_of(first).time > world->now;
}

/* Whether a clock set for this instant would come next: there is no other post,
 * no other moment of the instant, and the loop goes on. Then it need not be
 * set, and what it stands for can be done. */
static bool comes_next(const struct world *world)
{
    return world->post_first == world->post_count &&
           is_later(world, sim_calendar_first(world->people)) &&
           is_later(world, sim_calendar_first(world->services)) &&
           is_later(world, sim_calendar_first(world->calendar)) &&
           world->now < world->stop;
}

static void open_list(struct world *world, struct person *person, uint32_t r)
{
    struct response_list *list = &person_lists(world, person)[r];

    if (world->scenario->response[r].type == TRIGGER_CRISIS) {
        choose_outcome(world, person, r);
        return;
    }
    if (list->open)
        return;
    list->open = true;
    person->lists_open++;
    list->started = world->now;
    list->times++;
    list->ran = list->over = 0;
    list->counted = world_measures(world, world->now);
    journey_add(world, person, JOURNEY_RESPONSE, r, 0, world->now);
    count_person(world, person, COUNT_RESPONSES);
    if (list->counted)
        count_slice(world, COUNT_RESPONSES, SLICE_TRIGGER, r, 1);
    if (comes_next(world))
        responses_action_due(world, person);
    else
        set_action_clock(world, person);
}

void responses_close(struct world *world, struct person *person, uint32_t r)
{
    struct response_list *list = &person_lists(world, person)[r];

    if (!list->open)
        return;
    list->open = false;
    person->lists_open--;
    journey_add(world, person, JOURNEY_RESPONSE_CLOSED, r, 0, 0);
    contacts_withdraw(world, person, WITHDRAW_LIST, r);
    set_action_clock(world, person);
}

void responses_close_all(struct world *world, struct person *person)
{
    for (uint32_t r = 0; person->lists_open > 0; r++)
        responses_close(world, person, r);
}

void responses_contact_made(struct world *world, struct person *person)
{
    const uint32_t *of = world->scenario->trigger_response;

    if (of[TRIGGER_NOT_ATTENDED] != NONE)
        responses_close(world, person, of[TRIGGER_NOT_ATTENDED]);
    if (of[TRIGGER_NOT_DELIVERED] != NONE)
        responses_close(world, person, of[TRIGGER_NOT_DELIVERED]);
}

static bool has_contact(const struct response *response)
{
    for (uint32_t a = 0; a < response->action_count; a++)
        if (response->action[a].kind != NONE)
            return true;
    return false;
}

/* The action has ended; so does the list with its last one. A concern's whose
 * actions are all without a contact has then done what it can: it closes. */
static void action_over(struct world *world, struct person *person, uint32_t r,
                        uint32_t a)
{
    struct response_list *list = &person_lists(world, person)[r];
    uint32_t all =
        (uint32_t)((UINT64_C(1) << world->scenario->response[r].action_count) -
                   1);

    list->over |= 1u << a;
    if (list->over != all)
        return;
    responses_close(world, person, r);
    if (world->scenario->response[r].type == TRIGGER_CONCERN &&
        !has_contact(&world->scenario->response[r]))
        concerns_respond(world, person, world->scenario->response[r].concern);
}

/* The alert's response has been carried out, whatever it found. */
static void carried_out(struct world *world, struct person *person, uint32_t r)
{
    if (world->scenario->response[r].type != TRIGGER_ALERT)
        return;
    if (person->alert != NONE &&
        world->scenario->alert[person->alert].response == r)
        signs_close(world, person);
}

/* ---- actions ---- */

static sim_ms deadline_of(const struct world *world,
                          const struct action *action, sim_ms trigger)
{
    int32_t day = sim_day_of(trigger);

    switch (action->deadline) {
    case DEADLINE_AFTER:
        return trigger + action->within;
    case DEADLINE_NEXT_WORKING_DAY:
        do
            day++;
        while (!sim_civil_in(&world->scenario->civil, day, SIM_DAYS_WEEKDAYS));
        return (sim_ms)(day + 1) * SIM_DAY;
    case DEADLINE_SAME_DAY:
        return (sim_ms)(day + 1) * SIM_DAY;
    default:
        return SIM_NEVER;
    }
}

/* An action without a contact is done as soon as it runs. It is over then, and
 * does not end the list by itself: telling someone does not call off the visit
 * that is still wanted. */
static void run_plain(struct world *world, struct person *person, uint32_t r,
                      uint32_t a)
{
    const struct action *action = &world->scenario->response[r].action[a];
    const struct response_list *list = &person_lists(world, person)[r];
    struct post like = {
        .response = r, .list = list->times, .topic = action->tag};

    carried_out(world, person, r);
    if (happens(world, person, PURPOSE_SUCCEEDS, &like, action->succeeds))
        post_effects(world, person, &action->then, &like);
    action_over(world, person, r, a);
}

static void run_action(struct world *world, struct person *person, uint32_t r,
                       uint32_t a)
{
    const struct action *action = &world->scenario->response[r].action[a];
    struct response_list *list = &person_lists(world, person)[r];

    list->ran |= 1u << a;
    journey_add(world, person, JOURNEY_ACTION, r, a, 0);
    if (action->kind == NONE)
        run_plain(world, person, r, a);
    else
        contacts_respond(world, person, r, a,
                         deadline_of(world, action, list->started));
}

void responses_action_due(struct world *world, struct person *person)
{
    const struct scenario *s = world->scenario;
    struct response_list *list = person_lists(world, person);

    for (uint32_t r = 0; r < s->response_count; r++)
        for (uint32_t a = 0; list[r].open && a < s->response[r].action_count;
             a++)
            if (!(list[r].ran & (1u << a)) &&
                list[r].started + s->response[r].action[a].after <= world->now)
                run_action(world, person, r, a);
    if (person->lists_open > 0) /* the end of a list has set it, too */
        set_action_clock(world, person);
}

void responses_ended(struct world *world, struct person *person,
                     const struct task *task, bool succeeded)
{
    const struct scenario *s = world->scenario;
    uint32_t r = task->response;
    const struct action *action = &s->response[r].action[task->action];
    const struct response_list *list = &person_lists(world, person)[r];
    const struct effects *effects = &action->then;
    struct post like = {
        .response = r, .list = task->list, .topic = action->tag};

    if (succeeded) {
        carried_out(world, person, r);
        if (s->response[r].type == TRIGGER_ALERT)
            handover_reviewed(world, person);
        if (s->response[r].type == TRIGGER_CONCERN)
            concerns_respond(world, person, s->response[r].concern);
    }
    if (!list->open || list->times != task->list)
        return;
    if (!succeeded) {
        action_over(world, person, r, task->action);
        return;
    }
    if (action->when && action->when[person->scenario_state].count > 0)
        effects = &action->when[person->scenario_state];
    post_effects(world, person, effects, &like);
    responses_close(world, person, r);
}

/* ---- posts ---- */

static void settle(struct world *world, struct person *person,
                   const struct post *post)
{
    if (happens(world, person, PURPOSE_SETTLE, post, post->effect->chance))
        course_settle(world, person);
}

static void apply(struct world *world, struct person *person,
                  const struct post *post)
{
    const struct effect *effect = post->effect;
    enum move_cause cause = post->crisis ? MOVE_CRISIS : MOVE_EFFECT;

    switch (effect->type) {
    case EFFECT_SETTLE:
        settle(world, person, post);
        break;
    case EFFECT_REPEAT:
        person->repeat_next = person->plan != NONE;
        break;
    case EFFECT_STEP_BACK:
        plans_decide(world, person, DECIDE_STEP_BACK);
        break;
    case EFFECT_RESTART:
        plans_decide(world, person, DECIDE_RESTART);
        break;
    case EFFECT_MOVE:
        if (effect->level != person->level)
            places_ask(world, person, effect->level, cause);
        break;
    case EFFECT_RECORD:
        count_outcome(world, COUNT_OUTCOMES,
                      world->scenario->record[effect->record], true);
        journey_add(world, person, JOURNEY_RECORDED,
                    scenario_outcome(world->scenario,
                                     world->scenario->record[effect->record]),
                    0, 0);
        break;
    case EFFECT_DISENGAGE:
        plans_disengage(world, person);
        break;
    case EFFECT_REENGAGE:
        plans_engage(world, person);
        break;
    default:
        places_leave(world, person, cause);
        break;
    }
}

void responses_post(struct world *world, const struct post *post)
{
    struct person *person = &world->person[post->person];

    if (person->generation != post->generation) /* has left since */
        return;
    if (post->type == POST_TRIGGER)
        open_list(world, person, post->response);
    else
        apply(world, person, post);
}
