/*
 * Names: what may be one, collecting and sorting them, and finding one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <stdlib.h>
#include <string.h>

#include "sim/chance.h"

#define NAME_MAX_BYTES 100u

const char *names_one(enum names names)
{
    static const char *const one[NAMES_COUNT] = {
        "name",  "state",   "condition", "cohort",    "sign",
        "alert", "concern", "level",     "plan",      "contact",
        "role",  "shift",   "response",  "team time", "target"};

    return one[names];
}

/* ---- what may be a name ---- */

bool name_is_fit(const char *name, const char **why)
{
    size_t length = strlen(name);

    *why = NULL;
    if (length == 0)
        *why = "a name must not be empty";
    else if (length > NAME_MAX_BYTES)
        *why = "a name must not be longer than 100 bytes";
    else if (strchr(name, '.') != NULL)
        *why = "a name must not contain a dot";
    else if (name[0] == ' ' || name[length - 1] == ' ')
        *why = "a name must not begin or end with a space";
    else if (key_is_remark(name))
        *why = "'source' and 'note' cannot be names";
    for (const char *at = name; *at != '\0' && *why == NULL; at++) {
        if (unseen_length(at) > 0)
            *why = "a name must not contain control characters";
    }
    return *why == NULL;
}

/* ---- the entries of one mapping ---- */

struct pair {
    const char *name;
    struct node *node;
    double order; /* before the name */
};

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->order < y->order || x->order > y->order)
        return x->order < y->order ? -1 : 1;
    return strcmp(x->name, y->name);
}

static void sort_entries(struct reading *reading, struct entries *entries,
                         const double *order)
{
    struct pair *pair =
        arena_array(reading->tree.arena, entries->count, sizeof *pair);

    if (pair == NULL)
        return;
    for (uint32_t i = 0; i < entries->count; i++)
        pair[i] = (struct pair){entries->name[i], entries->node[i],
                                order == NULL ? 0.0 : order[i]};
    if (entries->count > 0)
        qsort(pair, entries->count, sizeof *pair, compare_pairs);
    for (uint32_t i = 0; i < entries->count; i++) {
        entries->name[i] = pair[i].name;
        entries->node[i] = pair[i].node;
    }
}

/* Report a mapping that only the path of a setting speaks of. */
static void report_implied(struct reading *reading, const struct node *map,
                           const struct node *node)
{
    const char **names =
        arena_array(reading->tree.arena, map->count, sizeof *names);
    const char *hint = NULL;
    size_t n = 0;

    if (names == NULL)
        return;
    for (struct node *c = map->first; c != NULL; c = c->next) {
        if (!c->implied && !key_is_remark(c->key))
            names[n++] = c->key;
    }
    hint = faults_hint(reading->tree.faults, node->key, names, n);
    reading_fault_key(reading, node, hint, "there is nothing of this name");
}

/* Whether `node` is an entry; reports names that are not fit. */
static bool is_entry(struct reading *reading, const struct node *map,
                     const struct node *node)
{
    const char *why;

    if (key_is_remark(node->key)) {
        reading_check_remark(reading, node);
        return false;
    }
    if (node->implied) {
        report_implied(reading, map, node);
        return false;
    }
    if (!name_is_fit(node->key, &why)) {
        reading_fault_key(reading, node, NULL, "%s", why);
        return false;
    }
    return true;
}

struct entries reading_entries(struct reading *reading, struct node *map,
                               bool in_order)
{
    struct entries entries = {0};
    uint32_t count = map->type == NODE_MAP ? map->count : 0;

    if (count > ENTRIES_MAX) {
        reading_fault(reading, map, NULL, "has %u entries, at most %u fit",
                      (unsigned)count, ENTRIES_MAX);
        count = 0;
    }
    entries.name =
        arena_array(reading->tree.arena, count, sizeof *entries.name);
    entries.node = arena_array(reading->tree.arena, count, sizeof(void *));
    if (entries.name == NULL || entries.node == NULL || count == 0)
        return entries;
    for (struct node *c = map->first; c != NULL; c = c->next) {
        if (!is_entry(reading, map, c))
            continue;
        entries.name[entries.count] = c->key;
        entries.node[entries.count++] = c;
    }
    map->ordered = map->ordered || in_order;
    if (!in_order)
        sort_entries(reading, &entries, NULL);
    return entries;
}

/* ---- finding ---- */

uint32_t reading_find(const struct reading *reading, enum names names,
                      const char *name)
{
    const struct entries *entries = &reading->names[names];

    for (uint32_t i = 0; i < entries->count; i++) {
        if (strcmp(entries->name[i], name) == 0)
            return i;
    }
    return NONE;
}

uint32_t reading_refer(struct reading *reading, const struct node *node,
                       bool key, enum names names, const char *name)
{
    const struct entries *entries = &reading->names[names];
    uint32_t index = reading_find(reading, names, name);
    const char *hint;

    if (index != NONE || (names == NAMES_STATE && reading->lost_state))
        return index; /* the latter was reported where it was lost */
    reading->lost_level = reading->lost_level || names == NAMES_LEVEL;
    hint =
        faults_hint(reading->tree.faults, name, entries->name, entries->count);
    if (key)
        reading_fault_key(reading, node, hint, "no %s is called '%.100s'",
                          names_one(names), name);
    else
        reading_fault(reading, node, hint, "no %s is called '%.100s'",
                      names_one(names), name);
    return NONE;
}

/* ---- tags ---- */

struct tagged {
    uint32_t tag, index;
};

static int compare_tagged(const void *a, const void *b)
{
    const struct tagged *x = a, *y = b;

    if (x->tag != y->tag)
        return x->tag < y->tag ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

void reading_check_tags(struct reading *reading, const struct entries *entries,
                        const char *what)
{
    uint32_t n = entries->count;
    struct tagged *tagged = arena_array(reading->tree.arena, n, sizeof *tagged);

    if (tagged == NULL || n < 2)
        return;
    for (uint32_t i = 0; i < n; i++)
        tagged[i] = (struct tagged){sim_tag(entries->name[i]), i};
    qsort(tagged, n, sizeof *tagged, compare_tagged);
    for (uint32_t i = 1; i < n; i++) {
        uint32_t a = tagged[i - 1].index, b = tagged[i].index;

        if (tagged[i].tag == tagged[i - 1].tag &&
            strcmp(entries->name[a], entries->name[b]) != 0)
            reading_fault_key(reading, entries->node[b],
                              "write one of the two a little differently",
                              "this %s and '%.100s' would share their random "
                              "numbers",
                              what, entries->name[a]);
    }
}

/* ---- collecting ---- */

/* Sort levels by falling rank and alerts by threshold, as scenario.h says;
 * what is no number counts as 0 here and is reported when it is read. */
static void sort_by_number(struct reading *reading, struct entries *entries,
                           enum names names)
{
    double *order =
        arena_array(reading->tree.arena, entries->count, sizeof *order);

    if (order == NULL)
        return;
    for (uint32_t i = 0; i < entries->count; i++) {
        const struct node *node = entries->node[i];
        const char *why;

        if (names == NAMES_LEVEL)
            node = node_child(node, "rank");
        else if (node->type == NODE_MAP)
            node = node_child(node, "signs");
        if (node == NULL || node->type != NODE_SCALAR ||
            !quantity_number(node->text, &order[i], &why))
            order[i] = 0.0;
        if (names == NAMES_LEVEL)
            order[i] = -order[i];
    }
    sort_entries(reading, entries, order);
}

/* Allot the array of one row and name what is in it. `spare` more structs are
 * left free at its end. */
static void allot(struct reading *reading, const struct field *field,
                  uint32_t spare)
{
    const struct field_table *table = field->of.table;
    struct entries *entries = &reading->names[table->names];
    size_t count = (size_t)entries->count + spare;
    char *array = arena_array(reading->arena, count, table->size);
    char *scenario = (char *)reading->scenario;

    if (array == NULL) {
        entries->count = 0;
        return;
    }
    for (uint32_t i = 0; i < entries->count; i++) {
        char *at = array + i * table->size;
        const char *name = arena_text(reading->arena, entries->name[i],
                                      strlen(entries->name[i]));
        uint32_t tag = sim_tag(entries->name[i]);

        memcpy(at, &name, sizeof name);
        if (table->tag_place != 0)
            memcpy(at + table->tag_place, &tag, sizeof tag);
    }
    memcpy(scenario + field->place, &array, sizeof array);
    memcpy(scenario + table->count_place, &entries->count,
           sizeof entries->count);
}

/* All states of all conditions, by name. */
static void collect_states(struct reading *reading)
{
    const struct entries *conditions = &reading->names[NAMES_CONDITION];
    struct scenario *scenario = reading->scenario;
    struct node all = {.type = NODE_MAP};
    struct entries *states = &reading->names[NAMES_STATE];

    for (uint32_t i = 0; i < conditions->count; i++) {
        struct node *list = node_child(conditions->node[i], "states");

        if (list == NULL || list->type != NODE_LIST || list->count < 2) {
            reading->lost_state = true;
            continue;
        }
        for (struct node *item = list->first; item; item = item->next) {
            struct node *state;
            const char *why;

            /* What is not fit is reported when the condition is read. */
            if (item->type != NODE_SCALAR || !name_is_fit(item->text, &why) ||
                node_child(&all, item->text) != NULL ||
                all.count >= ENTRIES_MAX)
                continue;
            state = arena_alloc(reading->tree.arena, sizeof *state);
            if (state == NULL)
                return;
            *state = *item;
            state->key = item->text;
            state->key_place = item->place;
            state->next = all.first;
            all.first = state;
            all.count++;
        }
    }
    *states = reading_entries(reading, &all, false);
    scenario->state =
        arena_array(reading->arena, states->count, sizeof *scenario->state);
    if (scenario->state == NULL) {
        states->count = 0;
        return;
    }
    for (uint32_t i = 0; i < states->count; i++)
        scenario->state[i].name = arena_text(reading->arena, states->name[i],
                                             strlen(states->name[i]));
    scenario->state_count = states->count;
}

/* One meeting for each level with a handover, behind the contacts. */
static void append_handovers(struct reading *reading)
{
    struct scenario *scenario = reading->scenario;

    scenario->contact_kind_count = scenario->kind_count;
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct node *node = reading->names[NAMES_LEVEL].node[i];
        struct kind *kind = &scenario->kind[scenario->kind_count];

        scenario->level[i].handover.kind = NONE;
        if (node_child(node, "handover") == NULL || scenario->kind == NULL)
            continue;
        kind->name = arena_format(reading->arena, "handover to %s",
                                  scenario->level[i].name);
        if (kind->name == NULL)
            return;
        kind->tag = sim_tag(kind->name);
        scenario->level[i].handover.kind = scenario->kind_count++;
    }
}

void names_collect(struct reading *reading, struct node *root)
{
    for (size_t i = 0; i < scenario_table.count; i++) {
        const struct field *field = &scenario_table.field[i];
        struct node *map = node_child(root, field->key);
        struct entries *entries;
        enum names names;

        if (field->kind != FIELD_NAMED)
            continue;
        names = field->of.table->names;
        entries = &reading->names[names];
        if (map != NULL)
            *entries = reading_entries(reading, map, false);
        reading_check_tags(reading, entries, names_one(names));
        if (names == NAMES_LEVEL || names == NAMES_ALERT)
            sort_by_number(reading, entries, names);
    }
    for (size_t i = 0; i < scenario_table.count; i++) {
        const struct field *field = &scenario_table.field[i];

        if (field->kind == FIELD_NAMED)
            allot(reading, field,
                  field->of.table->names == NAMES_KIND
                      ? reading->names[NAMES_LEVEL].count
                      : 0);
    }
    collect_states(reading);
    append_handovers(reading);
}
