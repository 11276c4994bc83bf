/*
 * Effects: what an action does, in the order written. A mapping, a phrase such
 * as "restart plan" or "settle 60%", or a list of both.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <stdlib.h>
#include <string.h>

static const char *const yes_words[] = {"yes", "no", "true", "false", NULL};

/* Keys in the order of enum effect_type. */
static const struct field effects_fields[] = {
    {"settle",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(effect, chance),
     0,
     1,
     NULL,
     {.words = yes_words},
     "one state better, with this chance"},
    {"repeat",
     FIELD_YES_NO,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {0},
     "the step's next decision is unmet, once"},
    {"step back",
     FIELD_YES_NO,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {0},
     "to the step before"},
    {"restart plan",
     FIELD_YES_NO,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {0},
     "to the first step"},
    {"move to",
     FIELD_NAME,
     OPTIONAL,
     PLACE(effect, level),
     0,
     0,
     NULL,
     {.names = NAMES_LEVEL},
     "to this level"},
    {"record",
     FIELD_TEXT,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {0},
     "an outcome of this name is counted"},
    {"disengage",
     FIELD_YES_NO,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {0},
     "planned contacts stop"},
    {"re-engage",
     FIELD_YES_NO,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {0},
     "planned contacts go on"},
    {"leave", FIELD_YES_NO, OPTIONAL, 0, 0, 0, NULL, {0}, "out of the model"},
};
const struct field_table effects_table = {
    .one = "effects", FIELDS(effects_fields), .phrases = true};

static const struct field *find_effect(const char *word, size_t length)
{
    for (size_t i = 0; i < effects_table.count; i++) {
        const struct field *field = &effects_fields[i];

        if (strlen(field->key) == length &&
            memcmp(field->key, word, length) == 0)
            return field;
    }
    return NULL;
}

static void report_effect(struct reading *reading, const struct node *node,
                          bool key, const char *word)
{
    const char *names[EFFECT_TYPES];
    const char *hint;

    for (size_t i = 0; i < EFFECT_TYPES; i++)
        names[i] = effects_fields[i].key;
    hint = faults_hint(reading->tree.faults, word, names, EFFECT_TYPES);
    if (key)
        reading_fault_key(reading, node, hint, "no effect is called '%.100s'",
                          word);
    else
        reading_fault(reading, node, hint, "no effect is called '%.60s'", word);
}

/* ---- records ---- */

/* The number of the record `name` as found; new ones go at the end. */
static uint32_t find_record(struct reading *reading, const char *name)
{
    uint32_t i = 0;

    if (reading->records == NULL)
        reading->records = arena_array(reading->tree.arena, ENTRIES_MAX,
                                       sizeof *reading->records);
    if (reading->records == NULL)
        return NONE;
    while (i < reading->record_count && strcmp(reading->records[i], name) != 0)
        i++;
    if (i == ENTRIES_MAX)
        return NONE;
    if (i == reading->record_count)
        reading->records[reading->record_count++] = name;
    return i;
}

static bool read_record(struct reading *reading, struct node *node,
                        const char *name, struct effect *effect)
{
    const char *why;

    if (!name_is_fit(name, &why)) {
        reading_fault(reading, node, NULL, "%s", why);
        return false;
    }
    effect->record = find_record(reading, name);
    if (effect->record == NONE)
        reading_fault(reading, node, NULL, "more than %u records", ENTRIES_MAX);
    return effect->record != NONE;
}

/* ---- one effect ---- */

/* `settle: yes` is for certain, `repeat: no` is nothing at all. Returns
 * whether there is an effect. */
static bool read_value(struct reading *reading, const struct field *field,
                       struct node *node, struct effect *effect)
{
    bool yes = true;
    const char *why;

    if (effect->type == EFFECT_RECORD) {
        if (node->type == NODE_SCALAR && !node_is_null(node))
            return read_record(reading, node, node->text, effect);
        reading_must_be(reading, node, "the name of what is recorded");
        return false;
    }
    if (effect->type == EFFECT_MOVE || effect->type == EFFECT_SETTLE) {
        if (effect->type == EFFECT_SETTLE && node->type == NODE_SCALAR &&
            field_parse(&(struct field){.kind = FIELD_YES_NO}, node->text, &yes,
                        &why))
            return yes;
        field_read(reading, field, node, effect);
        return true;
    }
    return field_read_scalar(reading, field, node, &yes) && yes;
}

static void start_effect(struct effect *effect, const struct field *field)
{
    *effect = (struct effect){
        .type = (enum effect_type)(field - effects_fields),
        .chance = 1.0,
        .level = NONE,
        .record = NONE,
    };
}

/* "settle 60%", "move to crisis house", "record seen": a phrase that begins
 * with the effect; NULL where it begins with none that takes a value. */
static const struct field *split_phrase(const char *text, const char **value)
{
    static const enum effect_type with_value[] = {EFFECT_SETTLE, EFFECT_MOVE,
                                                  EFFECT_RECORD};

    for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++) {
        const struct field *field = &effects_fields[with_value[i]];
        size_t length = strlen(field->key);

        if (strncmp(text, field->key, length) == 0 && text[length] == ' ') {
            *value = text + length + strspn(text + length, " ");
            return field;
        }
    }
    return NULL;
}

static void read_phrase(struct reading *reading, struct node *node,
                        struct effects *effects)
{
    const struct field *field = find_effect(node->text, strlen(node->text));
    struct effect *effect = &effects->effect[effects->count];
    const char *value = "yes";
    struct node inner = *node;

    if (field == NULL)
        field = split_phrase(node->text, &value);
    if (field == NULL) {
        report_effect(reading, node, false, node->text);
        return;
    }
    inner.text = value;
    start_effect(effect, field);
    if ((effect->type == EFFECT_MOVE || effect->type == EFFECT_RECORD) &&
        strcmp(value, "yes") == 0)
        reading_fault(reading, node, NULL, "'%s' what? write '%s: NAME'",
                      field->key, field->key);
    else if (read_value(reading, field, &inner, effect))
        effects->count++;
    node->number = inner.number;
}

static void read_mapping(struct reading *reading, struct node *node,
                         struct effects *effects)
{
    node->ordered = true;
    for (struct node *c = node->first; c != NULL; c = c->next) {
        const struct field *field = find_effect(c->key, strlen(c->key));
        struct effect *effect = &effects->effect[effects->count];

        if (key_is_remark(c->key) || c->broken)
            continue;
        if (field == NULL) {
            report_effect(reading, c, true, c->key);
            continue;
        }
        start_effect(effect, field);
        if (read_value(reading, field, c, effect))
            effects->count++;
    }
}

static void read_item(struct reading *reading, struct node *node,
                      struct effects *effects)
{
    if (node->broken)
        return;
    if (node->type == NODE_MAP)
        read_mapping(reading, node, effects);
    else if (node->type == NODE_SCALAR && !node_is_null(node))
        read_phrase(reading, node, effects);
    else
        reading_must_be(reading, node,
                        "effects such as restart plan, or "
                        "{settle: 60%, restart plan: yes}");
}

/* At most so many effects stand in `node`. */
static size_t most_effects(const struct node *node)
{
    size_t most = 1 + (size_t)node->count;

    for (const struct node *c = node->first; c != NULL; c = c->next)
        most += c->count;
    return most;
}

void effects_read(struct reading *reading, struct node *node,
                  struct effects *effects)
{
    *effects = (struct effects){0};
    effects->effect = arena_array(reading->arena, most_effects(node),
                                  sizeof *effects->effect);
    if (effects->effect == NULL)
        return;
    if (node->type != NODE_LIST) {
        read_item(reading, node, effects);
        return;
    }
    for (struct node *item = node->first; item != NULL; item = item->next)
        read_item(reading, item, effects);
}

/* ---- sorting records ---- */

static int compare_texts(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

/* Give each record its number among the sorted ones. */
static void renumber(const struct reading *reading, struct effects *effects)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < effects->count; i++) {
        struct effect *effect = &effects->effect[i];
        uint32_t n = 0;

        if (effect->type != EFFECT_RECORD || effect->record == NONE)
            continue;
        while (strcmp(scenario->record[n], reading->records[effect->record]) !=
               0)
            n++;
        effect->record = n;
    }
}

static void renumber_response(const struct reading *reading,
                              const struct response *response)
{
    for (uint32_t i = 0; i < response->outcome_count; i++)
        renumber(reading, &response->outcome[i].then);
    for (uint32_t i = 0; i < response->action_count; i++) {
        struct action *action = &response->action[i];

        renumber(reading, &action->then);
        for (uint32_t s = 0;
             action->when != NULL && s < reading->scenario->state_count; s++)
            renumber(reading, &action->when[s]);
    }
}

/* Records and outcomes of crises together, each once. */
static void sort_outcomes(struct reading *reading)
{
    struct scenario *scenario = reading->scenario;
    uint32_t most = scenario->record_count, n = 0;

    for (uint32_t i = 0; i < scenario->response_count; i++)
        most += scenario->response[i].outcome_count;
    scenario->outcome =
        arena_array(reading->arena, most, sizeof *scenario->outcome);
    if (scenario->outcome == NULL)
        return;
    for (uint32_t i = 0; i < scenario->record_count; i++)
        scenario->outcome[n++] = scenario->record[i];
    for (uint32_t i = 0; i < scenario->response_count; i++) {
        const struct response *r = &scenario->response[i];

        for (uint32_t k = 0; k < r->outcome_count; k++)
            scenario->outcome[n++] = r->outcome[k].name;
    }
    if (n > 0)
        qsort(scenario->outcome, n, sizeof *scenario->outcome, compare_texts);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t count = scenario->outcome_count;

        if (count == 0 ||
            strcmp(scenario->outcome[count - 1], scenario->outcome[i]) != 0)
            scenario->outcome[scenario->outcome_count++] = scenario->outcome[i];
    }
}

void records_sort(struct reading *reading)
{
    struct scenario *scenario = reading->scenario;
    uint32_t count = reading->record_count;

    scenario->record =
        arena_array(reading->arena, count, sizeof *scenario->record);
    if (scenario->record == NULL || arena_failed(reading->arena))
        return;
    for (uint32_t i = 0; i < count; i++) {
        scenario->record[i] = arena_text(reading->arena, reading->records[i],
                                         strlen(reading->records[i]));
        if (scenario->record[i] == NULL)
            return;
    }
    if (count > 0)
        qsort(scenario->record, count, sizeof *scenario->record, compare_texts);
    scenario->record_count = count;
    for (uint32_t i = 0; i < scenario->response_count; i++)
        renumber_response(reading, &scenario->response[i]);
    sort_outcomes(reading);
}
