/*
 * What is wrong between the parts of a scenario, and what of them nobody uses.
 * The first runs also after faults, so a reference may be NONE; the second
 * warns only where there are no errors, which would bring false alarms.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

#include <stdlib.h>
#include <string.h>

#include "sim/chance.h"

/* ---- where people can be ---- */

static void reach(struct reading *reading, bool *reached, uint32_t level)
{
    const struct scenario *scenario = reading->scenario;

    while (level != NONE && !reached[level]) {
        reached[level] = true;
        level = scenario->level[level].then;
    }
}

/* Where people can go from a level that is reached, by other ways than `then`.
 */
static void reach_beside(struct reading *reading, bool *reached,
                         const struct level *level)
{
    for (uint32_t i = 0; i < level->route_count; i++)
        reach(reading, reached, level->route[i].to);
    if (level->diverts)
        reach(reading, reached, level->divert);
    if (level->patience.asked)
        reach(reading, reached, level->patience.to);
}

/* Until nothing new is found: at most as often as there are levels. */
static void reach_on(struct reading *reading, bool *reached)
{
    const struct scenario *scenario = reading->scenario;
    uint32_t before, count = 0;

    do {
        before = count;
        count = 0;
        for (uint32_t i = 0; i < scenario->level_count; i++) {
            if (reached[i])
                reach_beside(reading, reached, &scenario->level[i]);
        }
        for (uint32_t i = 0; i < scenario->level_count; i++)
            count += reached[i];
    } while (count > before);
}

static void reach_by_effects(struct reading *reading,
                             const struct effects *effects, bool *reached)
{
    for (uint32_t i = 0; i < effects->count; i++) {
        if (effects->effect[i].type == EFFECT_MOVE)
            reach(reading, reached, effects->effect[i].level);
    }
}

/* A plan that moves people after the last repeat. */
static void reach_by_plans(struct reading *reading, bool *reached)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->plan_count; i++) {
        if (scenario->plan[i].after_last == AFTER_LAST_MOVE)
            reach(reading, reached, scenario->plan[i].after_last_level);
    }
}

static void reach_by_responses(struct reading *reading, bool *reached)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->response_count; i++) {
        const struct response *r = &scenario->response[i];

        for (uint32_t k = 0; k < r->outcome_count; k++)
            reach_by_effects(reading, &r->outcome[k].then, reached);
        for (uint32_t k = 0; k < r->action_count; k++) {
            const struct effects *when = r->action[k].when;

            reach_by_effects(reading, &r->action[k].then, reached);
            for (uint32_t s = 0; when != NULL && s < scenario->state_count; s++)
                reach_by_effects(reading, &when[s], reached);
        }
    }
}

static void check_levels_reached(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;
    bool *reached = arena_array(reading->tree.arena, scenario->level_count,
                                sizeof *reached);

    /* What refers to nothing may have meant any level. */
    if (reached == NULL || reading->lost_level || scenario->cohort_count == 0)
        return;
    for (uint32_t i = 0; i < scenario->cohort_count; i++)
        reach(reading, reached, scenario->cohort[i].enters);
    reach_by_plans(reading, reached);
    for (uint32_t i = 0; i < scenario->present_count; i++)
        reach(reading, reached, scenario->present[i].level);
    reach_by_responses(reading, reached);
    reach_on(reading, reached);
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        if (!reached[i])
            reading_fault_key(reading, reading->names[NAMES_LEVEL].node[i],
                              NULL, "nobody reaches this level");
    }
}

/* ---- kinds ---- */

/* `or` must not lead in a circle. */
static void check_replacements(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
        uint32_t at = scenario->kind[i].or_kind, steps = 0;
        const struct node *node = reading->names[NAMES_KIND].node[i];

        while (at != NONE && at != i && steps++ < scenario->contact_kind_count)
            at = scenario->kind[at].or_kind;
        if (at == i && node_child(node, "or") != NULL)
            reading_fault_key(reading, node_child(node, "or"), NULL,
                              "leads back to this contact itself");
    }
}

static void mark_line(void *context, uint32_t plan, const struct step *step,
                      const struct planned *planned)
{
    bool *used = context;

    (void)plan;
    (void)step;
    if (planned->kind != NONE)
        used[planned->kind] = true;
}

static void mark_used_kinds(const struct scenario *scenario, bool *used)
{
    visit_lines(scenario, mark_line, used);
    for (uint32_t p = 0; p < scenario->plan_count; p++) {
        if (scenario->plan[p].review_kind != NONE)
            used[scenario->plan[p].review_kind] = true;
    }
    for (uint32_t r = 0; r < scenario->response_count; r++) {
        const struct response *response = &scenario->response[r];

        for (uint32_t a = 0; a < response->action_count; a++) {
            if (response->action[a].kind != NONE)
                used[response->action[a].kind] = true;
        }
    }
    for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
        if (scenario->kind[i].or_kind != NONE)
            used[scenario->kind[i].or_kind] = true;
    }
    for (uint32_t c = 0; c < scenario->concern_count; c++) {
        const struct concern *concern = &scenario->concern[c];

        for (uint32_t i = 0; i < concern->adds_count; i++)
            used[concern->adds[i].kind] = true;
    }
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        for (uint32_t k = 0; k < level->on_entry_count; k++)
            used[level->on_entry[k]] = true;
    }
}

static void check_kinds_used(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;
    bool *used =
        arena_array(reading->tree.arena, scenario->kind_count, sizeof *used);

    if (used == NULL)
        return;
    mark_used_kinds(scenario, used);
    for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
        if (!used[i])
            reading_warn(reading, reading->names[NAMES_KIND].node[i], NULL,
                         "no plan, response or 'or' uses this contact");
    }
}

/* ---- conditions and plans ---- */

static void check_conditions_used(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->condition_count; i++) {
        bool used = false;

        for (uint32_t c = 0; c < scenario->cohort_count; c++)
            used = used || scenario->cohort[c].condition == i;
        if (!used)
            reading_warn(reading, reading->names[NAMES_CONDITION].node[i], NULL,
                         "no cohort has this condition");
    }
}

static bool has_contacts(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->step_count; i++) {
        if (plan->step[i].planned_count > 0)
            return true;
    }
    return false;
}

static void check_plans_used(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->plan_count; i++) {
        bool used = false;

        for (uint32_t l = 0; l < scenario->level_count; l++)
            used = used || scenario->level[l].plan == i;
        if (!used)
            reading_warn(reading, reading->names[NAMES_PLAN].node[i], NULL,
                         "no level has this plan");
        if (!has_contacts(&scenario->plan[i]))
            reading_warn(reading, reading->names[NAMES_PLAN].node[i], NULL,
                         "no step of this plan has contacts");
    }
}

static bool is_reached(const struct condition *condition, uint32_t state)
{
    bool reached = condition->begin[state] > 0.0;

    for (uint32_t i = 0; i < condition->change_count; i++)
        reached = reached || condition->change[i].to == state;
    return reached;
}

static void check_states_reached(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->condition_count; i++) {
        const struct condition *condition = &scenario->condition[i];
        const struct node *node =
            node_child(reading->names[NAMES_CONDITION].node[i], "states");

        for (uint32_t s = 0; s + 1 < condition->state_count; s++) {
            if (!is_reached(condition, s))
                reading_warn(reading, node, NULL,
                             "nobody begins in the state '%s' and no change "
                             "leads to it",
                             scenario->state[condition->state[s]].name);
        }
    }
}

/* Whether some change of the condition leads to its crisis. */
static bool has_crisis(const struct condition *condition)
{
    for (uint32_t i = 0; i < condition->change_count; i++) {
        if (condition->change[i].to + 1 == condition->state_count &&
            condition->change[i].rate > 0.0)
            return true;
    }
    return false;
}

static void check_crises(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;
    uint32_t response = scenario->trigger_response[TRIGGER_CRISIS];
    bool any = false;

    for (uint32_t i = 0; i < scenario->condition_count; i++) {
        const struct condition *condition = &scenario->condition[i];

        if (!has_crisis(condition))
            continue;
        any = true;
        if (response == NONE)
            reading_warn(reading, reading->names[NAMES_CONDITION].node[i],
                         "give 'crisis' under 'responses'",
                         "leads to crises, and no response says what happens "
                         "then: people stay where they are");
    }
    if (response != NONE && !any)
        reading_warn(reading, reading->names[NAMES_RESPONSE].node[response],
                     NULL, "no condition leads to a crisis");
}

/* ---- tags ---- */

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* A sign noted at a contact draws by the tag of the pair. */
static void check_pairs(struct reading *reading, const struct node *signs)
{
    const struct scenario *scenario = reading->scenario;
    size_t n = (size_t)scenario->kind_count * scenario->sign_count, k = 0;
    uint32_t *tag = arena_array(reading->tree.arena, n, sizeof *tag);

    if (tag == NULL || n < 2)
        return;
    for (uint32_t i = 0; i < scenario->kind_count; i++) {
        for (uint32_t s = 0; s < scenario->sign_count; s++)
            tag[k++] =
                sim_tag_join(scenario->kind[i].tag, scenario->sign[s].tag);
    }
    qsort(tag, n, sizeof *tag, compare_numbers);
    for (size_t i = 1; i < n; i++) {
        if (tag[i] == tag[i - 1] && signs != NULL) {
            reading_fault_key(reading, signs,
                              "write one name a little "
                              "differently",
                              "two pairs of a contact and a sign would share "
                              "their random numbers");
            return;
        }
    }
}

/* A contact at the preferred time asks what time people prefer. */
static void check_preferred(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;
    const char *kind = NULL;

    for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
        if (scenario->kind[i].at_preferred)
            kind = scenario->kind[i].name;
    }
    for (uint32_t i = 0; kind != NULL && i < scenario->cohort_count; i++) {
        if (scenario->cohort[i].prefers_count == 0)
            reading_fault_key(reading, reading->names[NAMES_COHORT].node[i],
                              "prefers: {\"10:00\": 30%, \"18:00\": 70%}",
                              "'prefers' is missing: '%.100s' is at the time "
                              "that a person prefers",
                              kind);
    }
}

/* The tasks of handovers have names of their own, beside the contacts. */
static void check_handover_tags(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t h = scenario->contact_kind_count; h < scenario->kind_count;
         h++) {
        for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
            if (scenario->kind[i].tag == scenario->kind[h].tag)
                reading_fault_key(reading, reading->names[NAMES_KIND].node[i],
                                  NULL,
                                  "the task '%.120s' would share its random "
                                  "numbers",
                                  scenario->kind[h].name);
        }
    }
}

void check_references(struct reading *reading, struct node *root)
{
    const struct node *staff = node_child(root, "staff");

    if (reading->scenario->role_count > SIM_ROLES_MAX && staff != NULL)
        reading_fault_key(reading, staff, NULL,
                          "must name at most %u roles, found %u", SIM_ROLES_MAX,
                          (unsigned)reading->scenario->role_count);
    check_replacements(reading);
    check_preferred(reading);
    check_handover_tags(reading);
    if (reading->tree.faults->errors == 0)
        check_pool_roles(reading, staff);
    if (reading->tree.faults->errors == 0)
        check_pairs(reading, node_child(root, "signs"));
    check_diverts(reading);
    check_levels_reached(reading);
}

void check_use(struct reading *reading, struct node *root)
{
    check_moves(reading);
    check_kinds_used(reading);
    check_conditions_used(reading);
    check_states_reached(reading);
    check_plans_used(reading);
    check_crises(reading);
    check_effects(reading);
    check_concerns(reading);
    check_schedules(reading, root);
    check_cover(reading);
    check_rota(reading, root);
}
