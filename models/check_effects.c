/*
 * Responses that are never called, and effects that do nothing anywhere.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

#include <string.h>

/* ---- what this scenario has ---- */

/* Contacts with the person: whom nobody is to meet cannot miss anything. */
struct planned_search {
    const struct scenario *scenario;
    bool found;
};

static void note_kind(struct planned_search *search, uint32_t kind)
{
    search->found |= !search->scenario->kind[kind].without_person;
}

static void note_line(void *context, uint32_t plan, const struct step *step,
                      const struct planned *planned)
{
    (void)plan;
    (void)step;
    note_kind(context, planned->kind);
}

/* By a plan, for a concern, on entry or for a review. */
static bool has_planned(const struct scenario *scenario)
{
    struct planned_search search = {scenario, false};

    visit_lines(scenario, note_line, &search);
    for (uint32_t c = 0; c < scenario->concern_count; c++)
        for (uint32_t i = 0; i < scenario->concern[c].adds_count; i++)
            note_kind(&search, scenario->concern[c].adds[i].kind);
    for (uint32_t l = 0; l < scenario->level_count; l++)
        for (uint32_t i = 0; i < scenario->level[l].on_entry_count; i++)
            note_kind(&search, scenario->level[l].on_entry[i]);
    for (uint32_t p = 0; p < scenario->plan_count; p++)
        if (scenario->plan[p].review_kind != NONE)
            note_kind(&search, scenario->plan[p].review_kind);
    return search.found;
}

static bool effects_have(const struct effects *effects, enum effect_type type)
{
    for (uint32_t i = 0; i < effects->count; i++) {
        if (effects->effect[i].type == type)
            return true;
    }
    return false;
}

static bool response_has(const struct scenario *scenario,
                         const struct response *r, enum effect_type type)
{
    bool has = false;

    for (uint32_t i = 0; i < r->outcome_count; i++)
        has = has || effects_have(&r->outcome[i].then, type);
    for (uint32_t i = 0; i < r->action_count; i++) {
        const struct effects *when = r->action[i].when;

        has = has || effects_have(&r->action[i].then, type);
        for (uint32_t s = 0; when != NULL && s < scenario->state_count; s++)
            has = has || effects_have(&when[s], type);
    }
    return has;
}

/* Whether anybody can disengage. */
static bool has_disengaged(const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        if (scenario->cohort[i].disengage_after > 0 ||
            scenario->cohort[i].disengage_rate != NULL)
            return true;
    }
    for (uint32_t i = 0; i < scenario->response_count; i++) {
        if (response_has(scenario, &scenario->response[i], EFFECT_DISENGAGE))
            return true;
    }
    return false;
}

/* Whether some level has a time limit; one from which people do not leave the
 * model at once, with `stay`. */
static bool has_longest(const struct scenario *scenario, bool stay)
{
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        if (level->longest > 0 &&
            (!stay || level->then != NONE || level->has_leaves))
            return true;
    }
    return false;
}

/* Whether those who are timed out somewhere find themselves in a level with a
 * plan. */
static bool timed_out_to_plan(const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        if (level->longest > 0 && level->then != NONE &&
            scenario->level[level->then].plan != NONE)
            return true;
    }
    return false;
}

static bool is_of_plan(enum effect_type type)
{
    return type == EFFECT_REPEAT || type == EFFECT_STEP_BACK ||
           type == EFFECT_RESTART;
}

/* Why an effect means nothing where people are after this trigger, or NULL. */
static const char *why_not_there(const struct scenario *scenario,
                                 enum trigger_type trigger,
                                 enum effect_type type)
{
    if (trigger == TRIGGER_DISENGAGED && type == EFFECT_DISENGAGE)
        return "they have disengaged already";
    if (trigger == TRIGGER_CRISIS && type == EFFECT_REENGAGE)
        return "a crisis brings people back by itself";
    if (trigger == TRIGGER_TIMED_OUT && is_of_plan(type) &&
        !timed_out_to_plan(scenario))
        return "those who are timed out move to a level without a plan";
    return NULL;
}

/* Why an effect of this type means nothing here, or NULL. */
static const char *why_nothing(const struct scenario *scenario,
                               enum effect_type type)
{
    switch (type) {
    case EFFECT_SETTLE:
        return scenario->condition_count == 0 ? "there is no condition" : NULL;
    case EFFECT_REPEAT:
    case EFFECT_STEP_BACK:
    case EFFECT_RESTART:
        return scenario->plan_count == 0 ? "there is no plan" : NULL;
    case EFFECT_DISENGAGE:
        return has_planned(scenario)
                   ? NULL
                   : "there are no planned contacts with the person";
    case EFFECT_REENGAGE:
        return has_disengaged(scenario) ? NULL : "nobody disengages";
    default:
        return NULL;
    }
}

/* ---- effects ---- */

static void check_list(struct reading *reading, const struct effects *effects,
                       const struct node *node, enum trigger_type trigger)
{
    for (uint32_t i = 0; i < effects->count; i++) {
        enum effect_type type = effects->effect[i].type;
        const char *key = effects_table.field[type].key;
        const char *why = why_nothing(reading->scenario, type);
        const struct node *at = node_child(node, key);

        if (why == NULL)
            why = why_not_there(reading->scenario, trigger, type);
        if (why != NULL)
            reading_warn(reading, at == NULL ? node : at, NULL,
                         "'%s' means nothing: %s", key, why);
    }
}

/* Whether people can be in the state for more than a moment. */
static bool is_lived(const struct scenario *scenario, uint32_t state)
{
    for (uint32_t i = 0; i < scenario->condition_count; i++) {
        const struct condition *condition = &scenario->condition[i];

        for (uint32_t s = 0; s + 1 < condition->state_count; s++) {
            if (condition->state[s] == state)
                return true;
        }
    }
    return false;
}

/* Warn at each key of `map` that is a state nobody is found in. */
static void check_states(struct reading *reading, const struct node *map)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t s = 0; map != NULL && s < scenario->state_count; s++) {
        const struct node *node = node_child(map, scenario->state[s].name);

        if (node != NULL && !is_lived(scenario, s))
            reading_warn(reading, node, NULL,
                         "nobody is ever found in this state: a crisis is a "
                         "moment");
    }
}

/* Whether nobody can be better than in `state`: it begins every condition that
 * has it. */
static bool is_first(const struct scenario *scenario, uint32_t state)
{
    for (uint32_t i = 0; i < scenario->condition_count; i++) {
        const struct condition *condition = &scenario->condition[i];

        for (uint32_t s = 1; s < condition->state_count; s++) {
            if (condition->state[s] == state)
                return false;
        }
    }
    return true;
}

/* `settle` for those who are found in the first state. */
static void check_settle(struct reading *reading, const struct effects *effects,
                         const struct node *node, uint32_t state)
{
    const struct node *settle = node_child(node, "settle");

    if (effects_have(effects, EFFECT_SETTLE) &&
        is_first(reading->scenario, state))
        reading_warn(reading, settle == NULL ? node : settle, NULL,
                     "'settle' means nothing: there is no better state");
}

static bool has_effects(const struct scenario *scenario,
                        const struct action *action)
{
    bool any = action->then.count > 0;

    for (uint32_t s = 0; action->when != NULL && s < scenario->state_count; s++)
        any = any || action->when[s].count > 0;
    return any;
}

static void check_action_effects(struct reading *reading,
                                 const struct action *action,
                                 const struct node *node,
                                 enum trigger_type trigger)
{
    const struct scenario *scenario = reading->scenario;
    const struct node *then = node_child(node, "then");
    const struct node *when = node_child(node, "when");

    if (action->kind == NONE && !has_effects(scenario, action))
        reading_warn(reading, node, NULL, "has no effect");
    if (then != NULL)
        check_list(reading, &action->then, then, trigger);
    for (uint32_t s = 0; action->when != NULL && s < scenario->state_count;
         s++) {
        const struct node *at = node_child(when, scenario->state[s].name);

        if (at == NULL)
            continue;
        check_list(reading, &action->when[s], at, trigger);
        check_settle(reading, &action->when[s], at, s);
    }
    check_states(reading, when);
}

/* An outcome and a record of one name are counted as one. */
static void check_outcome_name(struct reading *reading, const char *name,
                               const struct node *node)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->record_count; i++) {
        if (strcmp(scenario->record[i], name) == 0)
            reading_warn(reading, node, NULL,
                         "'record' uses the same name: the two are counted "
                         "together");
    }
}

static void check_response(struct reading *reading, const struct response *r,
                           const struct node *node)
{
    const struct node *one_of = node_child(node, "one_of");

    for (uint32_t i = 0; i < r->action_count; i++)
        check_action_effects(reading, &r->action[i],
                             node_child(node, r->action[i].name), r->type);
    for (uint32_t i = 0; i < r->outcome_count; i++) {
        const struct node *at = node_child(one_of, r->outcome[i].name);
        const struct node *then = node_child(at, "then");

        check_outcome_name(reading, r->outcome[i].name, at);
        if (then != NULL)
            check_list(reading, &r->outcome[i].then, then, r->type);
    }
}

/* ---- triggers ---- */

static const char *why_never(const struct scenario *scenario,
                             enum trigger_type type)
{
    switch (type) {
    case TRIGGER_NOT_ATTENDED:
    case TRIGGER_NOT_DELIVERED:
        return has_planned(scenario)
                   ? NULL
                   : "there are no planned contacts with the person";
    case TRIGGER_DISENGAGED:
        return has_disengaged(scenario) ? NULL : "nobody disengages";
    case TRIGGER_TIMED_OUT:
        if (!has_longest(scenario, false))
            return "no level has a 'longest'";
        return has_longest(scenario, true) ? NULL
                                           : "those who are timed out leave";
    case TRIGGER_REACHES_OUT:
        return reaches_out(scenario) ? NULL : "no cohort has 'reaches_out'";
    default:
        return NULL; /* crises are looked at with their conditions */
    }
}

void check_effects(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->response_count; i++) {
        const struct response *r = &scenario->response[i];
        const struct node *node = reading->names[NAMES_RESPONSE].node[i];
        const char *why = why_never(scenario, r->type);

        if (why != NULL && (r->action_count > 0))
            reading_warn(reading, node, NULL, "this never happens: %s", why);
        check_response(reading, r, node);
    }
    for (uint32_t i = 0; i < scenario->sign_count; i++)
        check_states(reading, reading->names[NAMES_SIGN].node[i]);
}
