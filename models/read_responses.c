/*
 * Responses: the lists of actions after a trigger, and what a crisis leads to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#include "sim/chance.h"

#define ACTIONS_MAX 32u
#define ALERT_WORD NULL   /* any alert's name */
#define CONCERN_WORD NULL /* any concern's */

/* The words of enum trigger_type. */
static const char *const trigger_words[TRIGGER_TYPES] = {
    "not attended", "not delivered", ALERT_WORD,  CONCERN_WORD,
    "reaches out",  "disengaged",    "timed out", "crisis"};

/* ---- actions ---- */

static void read_within(struct reading *reading, struct node *node, void *owner)
{
    static const struct field length = {.key = "within",
                                        .kind = FIELD_DURATION,
                                        .low = (double)SIM_MINUTE,
                                        .high = (double)(365 * SIM_DAY)};
    struct action *action = owner;
    const char *text = node->type == NODE_SCALAR ? node->text : "";
    const char *why;
    sim_ms ms;

    if (strcmp(text, "same day") == 0) {
        action->deadline = DEADLINE_SAME_DAY;
    } else if (strcmp(text, "next working day") == 0) {
        action->deadline = DEADLINE_NEXT_WORKING_DAY;
    } else if (!quantity_duration(text, &ms, &why)) {
        reading_must_be(reading, node,
                        "a duration such as 4 h, 'same day' or 'next working "
                        "day'");
    } else if (field_read_scalar(reading, &length, node, &action->within)) {
        action->deadline = DEADLINE_AFTER;
    }
}

static void read_then(struct reading *reading, struct node *node, void *owner)
{
    struct action *action = owner;

    effects_read(reading, node, &action->then);
}

static void read_when(struct reading *reading, struct node *node, void *owner)
{
    struct action *action = owner;
    struct entries entries = reading_entries(reading, node, false);
    struct effects ignored;

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping of states to effects");
        return;
    }
    action->when =
        arena_array(reading->arena, reading->scenario->state_count + 1u,
                    sizeof *action->when);
    for (uint32_t i = 0; i < entries.count && action->when != NULL; i++) {
        uint32_t state = reading_refer(reading, entries.node[i], true,
                                       NAMES_STATE, entries.name[i]);

        effects_read(reading, entries.node[i],
                     state == NONE ? &ignored : &action->when[state]);
    }
}

static void check_action(struct reading *reading, struct node *node,
                         void *owner)
{
    const struct action *action = owner;
    const struct node *within = node_child(node, "within");
    const struct node *done = node_child(node, "do");
    const struct node *kind =
        action->kind == NONE ? NULL
                             : reading->names[NAMES_KIND].node[action->kind];

    if (done == NULL && within != NULL)
        reading_fault_key(reading, within, NULL,
                          "is a deadline for a contact, and there is no 'do'");
    if (done == NULL && node_child(node, "then") == NULL &&
        node_child(node, "when") == NULL)
        reading_fault_key(reading, node, NULL,
                          "does nothing: it has no 'do', 'then' or 'when'");
    if (within != NULL && action->deadline == DEADLINE_AFTER &&
        action->within <= action->after)
        reading_fault_key(reading, within, NULL,
                          "the deadline, counted from the trigger, passes "
                          "before the action starts");
    if (kind != NULL && within == NULL && node_child(kind, "window") == NULL &&
        node_child(kind, "between") == NULL)
        reading_fault_key(reading, done, NULL,
                          "'%s' has no 'window', so this action needs 'within'",
                          kind->key);
}

static const char *const within_words[] = {"same day", "next working day",
                                           NULL};

static const struct field action_fields[] = {
    {"after",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(action, after),
     0,
     (double)(365 * SIM_DAY),
     "0 min",
     {0},
     "from the trigger"},
    {"within",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_within, .each = FIELD_DURATION, .words = within_words},
     "to be begun by then, from the trigger; same day; next working day"},
    {"do",
     FIELD_NAME,
     OPTIONAL,
     PLACE(action, kind),
     0,
     0,
     NULL,
     {.names = NAMES_KIND},
     "the contact that it queues"},
    {"succeeds",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(action, succeeds),
     0,
     1,
     "100%",
     {0},
     "the chance that it ends the list"},
    {"then",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_then, .table = &effects_table, .list = true, .single = true},
     "what success does"},
    {"when",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_when,
      .table = &effects_table,
      .names = NAMES_STATE,
      .list = true,
      .single = true},
     "the same by the state found"},
};
static const struct field_table action_table = {
    .one = "an action", FIELDS(action_fields), .check = check_action};

static void read_actions(struct reading *reading, struct node *node,
                         struct response *response)
{
    struct entries entries = reading_entries(reading, node, false);

    if (entries.count == 0 || entries.count > ACTIONS_MAX) {
        reading_fault(reading, node, NULL,
                      "must have 1 to %u actions, found %u", ACTIONS_MAX,
                      (unsigned)entries.count);
        return;
    }
    response->action =
        arena_array(reading->arena, entries.count, sizeof *response->action);
    if (response->action == NULL)
        return;
    reading_check_tags(reading, &entries, "action");
    for (uint32_t i = 0; i < entries.count; i++) {
        struct action *action = &response->action[i];

        action->name = arena_text(reading->arena, entries.name[i],
                                  strlen(entries.name[i]));
        action->tag = sim_tag(entries.name[i]);
        action->kind = NONE;
        if (strcmp(entries.name[i], "one_of") == 0)
            reading_fault_key(reading, entries.node[i], NULL,
                              "only 'crisis' has outcomes");
        else
            fields_read(reading, &action_table, entries.node[i], action);
    }
    response->action_count = entries.count;
}

/* ---- outcomes of a crisis ---- */

static void read_outcome_then(struct reading *reading, struct node *node,
                              void *owner)
{
    struct outcome *outcome = owner;

    effects_read(reading, node, &outcome->then);
}

static const struct field outcome_fields[] = {
    {"chance",
     FIELD_CHANCE,
     REQUIRED,
     PLACE(outcome, chance),
     0,
     1,
     NULL,
     {0},
     "how likely it is; the outcomes add to 100%"},
    {"then",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_outcome_then,
      .table = &effects_table,
      .list = true,
      .single = true},
     "what it does"},
};
static const struct field_table outcome_table = {
    .one = "an outcome of a crisis", FIELDS(outcome_fields)};

static void read_one_of(struct reading *reading, struct node *node, void *owner)
{
    struct response *response = owner;
    struct entries entries = reading_entries(reading, node, false);
    size_t before = reading->tree.faults->errors;
    double sum = 0.0;

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping of outcomes");
        return;
    }
    response->outcome =
        arena_array(reading->arena, entries.count, sizeof *response->outcome);
    if (response->outcome == NULL)
        return;
    for (uint32_t i = 0; i < entries.count; i++) {
        struct outcome *outcome = &response->outcome[i];

        outcome->name = arena_text(reading->arena, entries.name[i],
                                   strlen(entries.name[i]));
        fields_read(reading, &outcome_table, entries.node[i], outcome);
        sum += outcome->chance;
    }
    response->outcome_count = entries.count;
    if (reading->tree.faults->errors == before)
        check_sum(reading, node, sum);
}

static const struct field crisis_fields[] = {
    {"one_of",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_one_of, .names = NAMES_OWN, .table = &outcome_table},
     "what a crisis leads to, by chance"},
};
static const struct field_table crisis_table = {
    .one = "the response to a crisis", FIELDS(crisis_fields)};

/* ---- responses ---- */

/* Triggers that have no words of their own are names of these. */
static const enum names trigger_names[] = {NAMES_ALERT, NAMES_CONCERN};
#define TRIGGER_NAMES (sizeof trigger_names / sizeof *trigger_names)

static void report_trigger(struct reading *reading, const struct node *node)
{
    size_t most = TRIGGER_TYPES, n = 0;
    const char **names;

    for (size_t k = 0; k < TRIGGER_NAMES; k++)
        most += reading->names[trigger_names[k]].count;
    names = arena_array(reading->tree.arena, most, sizeof *names);
    if (names == NULL)
        return;
    for (size_t i = 0; i < TRIGGER_TYPES; i++) {
        if (trigger_words[i] != NULL)
            names[n++] = trigger_words[i];
    }
    for (size_t k = 0; k < TRIGGER_NAMES; k++) {
        const struct entries *entries = &reading->names[trigger_names[k]];

        for (uint32_t i = 0; i < entries->count; i++)
            names[n++] = entries->name[i];
    }
    reading_fault_key(reading, node,
                      faults_hint(reading->tree.faults, node->key, names, n),
                      reading->names[NAMES_CONCERN].count > 0
                          ? "is neither a trigger, an alert nor a concern"
                          : "is neither a trigger nor an alert");
}

/* The trigger that `node`'s key is, or TRIGGER_TYPES, reported. */
static enum trigger_type find_trigger(struct reading *reading,
                                      const struct node *node,
                                      struct response *response)
{
    response->alert = reading_find(reading, NAMES_ALERT, node->key);
    response->concern = reading_find(reading, NAMES_CONCERN, node->key);
    for (int i = 0; i < TRIGGER_TYPES; i++) {
        if (trigger_words[i] != NULL &&
            strcmp(trigger_words[i], node->key) == 0)
            return (enum trigger_type)i;
    }
    if (response->alert != NONE)
        return TRIGGER_ALERT;
    if (response->concern != NONE)
        return TRIGGER_CONCERN;
    report_trigger(reading, node);
    return TRIGGER_TYPES;
}

/* What has the name of a trigger, or of an alert, could not be told from it. */
static void check_trigger_name(struct reading *reading, enum names names,
                               uint32_t *index, const char *what)
{
    if (*index != NONE)
        reading_fault_key(reading, reading->names[names].node[*index], NULL,
                          "%s", what);
    *index = NONE;
}

static void read_response(struct reading *reading, struct node *node,
                          void *owner)
{
    struct response *response = owner;
    enum trigger_type type = find_trigger(reading, node, response);

    response->type = type;
    if (type != TRIGGER_TYPES && type != TRIGGER_ALERT &&
        type != TRIGGER_CONCERN) {
        check_trigger_name(reading, NAMES_ALERT, &response->alert,
                           "an alert must not be called as a trigger");
        check_trigger_name(reading, NAMES_CONCERN, &response->concern,
                           "a concern must not be called as a trigger");
        reading->scenario->trigger_response[type] =
            (uint32_t)(response - reading->scenario->response);
    }
    if (type == TRIGGER_ALERT)
        check_trigger_name(reading, NAMES_CONCERN, &response->concern,
                           "a concern must not be called as an alert");
    if (node->type != NODE_MAP)
        reading_must_be(reading, node, "a mapping of actions");
    else if (type == TRIGGER_CRISIS)
        fields_read(reading, &crisis_table, node, response);
    else
        read_actions(reading, node, response);
}

const struct field_table response_table = {
    .one = "a response: a list of actions",
    .whole = read_response,
    .inner = &action_table,
    .apart = &crisis_table,
    .apart_name = "crisis",
    .size = sizeof(struct response),
    .tag_place = PLACE(response, tag),
    .count_place = PLACE(scenario, response_count),
    .names = NAMES_RESPONSE,
};
