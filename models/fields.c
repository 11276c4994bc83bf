/*
 * Reading a mapping by its table. Fields are looked up in the order of the
 * table, so faults are found in that order and sorted afterwards.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/chance.h"

#define FOUND_MAX 60 /* bytes of a value that a message quotes */
#define KEYS_MAX 40u /* keys offered when one is unknown */

/* ---- faults ---- */

static void report(struct reading *reading, enum fault_severity severity,
                   const struct place *place, const struct node *node,
                   const char *hint, const char *message)
{
    const char *path = node_path(&reading->tree, node);

    faults_add(reading->tree.faults, severity, place, hint, "%s%s%s", path,
               path[0] == '\0' ? "" : ": ", message);
}

void reading_fault(struct reading *reading, const struct node *node,
                   const char *hint, const char *format, ...)
{
    char message[700];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    report(reading, FAULT_ERROR, &node->place, node, hint, message);
}

void reading_fault_key(struct reading *reading, const struct node *node,
                       const char *hint, const char *format, ...)
{
    char message[700];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    report(reading, FAULT_ERROR, node_key_place(node), node, hint, message);
}

void reading_warn(struct reading *reading, const struct node *node,
                  const char *hint, const char *format, ...)
{
    char message[700];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    report(reading, FAULT_WARNING, node_key_place(node), node, hint, message);
}

/* `text` cut to FOUND_MAX bytes, at the end of a character. */
static const char *shortened(const struct reading *reading, const char *text)
{
    size_t length = strlen(text);
    const char *copy;

    if (length <= FOUND_MAX)
        return text;
    length = FOUND_MAX;
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    copy = arena_format(reading->tree.arena, "%.*s...", (int)length, text);
    return copy == NULL ? "" : copy;
}

const char *node_found(const struct reading *reading, const struct node *node)
{
    const char *found;

    if (node->type == NODE_MAP)
        return "a mapping";
    if (node->type == NODE_LIST)
        return "a list";
    if (node_is_null(node))
        return "nothing";
    found = arena_format(reading->tree.arena, "'%s'",
                         shortened(reading, node->text));
    return found == NULL ? "" : found;
}

void reading_must_be(struct reading *reading, const struct node *node,
                     const char *what)
{
    bool cut = node->type == NODE_SCALAR && strchr(node->text, '(') != NULL &&
               strchr(node->text, ')') == NULL;

    reading_fault(reading, node,
                  cut ? "inside { } a comma ends a value: put quotes around it"
                      : NULL,
                  "must be %s, found %s", what, node_found(reading, node));
}

/* ---- fields ---- */

/* double[states] from a mapping of states to values, or one value for all. */
static void read_by_state(struct reading *reading, const struct field *field,
                          struct node *node, void *owner)
{
    struct field each = *field;
    uint32_t count = reading->scenario->state_count;
    double *value =
        arena_array(reading->arena, (size_t)count + 1, sizeof *value);
    struct entries entries;

    if (value == NULL)
        return;
    each.kind = field->of.each;
    memcpy((char *)owner + field->place, &value, sizeof value);
    if (node->type == NODE_SCALAR) {
        if (field_read_scalar(reading, &each, node, &value[0])) {
            for (uint32_t i = 1; i < count; i++)
                value[i] = value[0];
        }
        return;
    }
    entries = reading_entries(reading, node, false);
    if (node->type == NODE_LIST)
        reading_must_be(reading, node,
                        "one value, or a mapping of states to values");
    for (uint32_t i = 0; i < entries.count; i++) {
        uint32_t state = reading_refer(reading, entries.node[i], true,
                                       NAMES_STATE, entries.name[i]);
        double ignored;

        (void)field_read_scalar(reading, &each, entries.node[i],
                                state == NONE ? &ignored : &value[state]);
    }
}

/* The struct of each entry was allotted when the names were collected. */
static void read_named(struct reading *reading, const struct field *field,
                       struct node *node)
{
    const struct field_table *table = field->of.table;
    const struct entries *entries = &reading->names[table->names];
    char *array;

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping of names");
        return;
    }
    memcpy(&array, (char *)reading->scenario + field->place, sizeof array);
    for (uint32_t i = 0; i < entries->count; i++)
        fields_read(reading, table, entries->node[i], array + i * table->size);
    if (entries->count == 0 && field->need == REQUIRED && node->count == 0)
        reading_fault(reading, node, NULL, "must name at least one %s",
                      names_one(table->names));
}

void field_read(struct reading *reading, const struct field *field,
                struct node *node, void *owner)
{
    char *place = (char *)owner + field->place;
    uint32_t index;

    if (node->broken)
        return;
    switch (field->kind) {
    case FIELD_CUSTOM:
        field->of.read(reading, node, owner);
        break;
    case FIELD_MAP:
        fields_read(reading, field->of.table, node, place);
        break;
    case FIELD_NAMED:
        read_named(reading, field, node);
        break;
    case FIELD_BY_STATE:
        read_by_state(reading, field, node, owner);
        break;
    case FIELD_NAME:
        if (node->type != NODE_SCALAR || node_is_null(node)) {
            reading_fault(
                reading, node, NULL, "must be the name of a %s, found %s",
                names_one(field->of.names), node_found(reading, node));
            break;
        }
        index =
            reading_refer(reading, node, false, field->of.names, node->text);
        memcpy(place, &index, sizeof index);
        break;
    default:
        (void)field_read_scalar(reading, field, node, place);
    }
}

static const struct field *find_field(const struct field_table *table,
                                      const char *key)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->field[i].key, key) == 0)
            return &table->field[i];
    }
    return NULL;
}

bool key_is_remark(const char *key)
{
    return strcmp(key, "source") == 0 || strcmp(key, "note") == 0;
}

bool reading_check_text(struct reading *reading, const struct node *node)
{
    if (node->type != NODE_SCALAR || node_is_null(node) ||
        node->text[0] == '\0') {
        reading_must_be(reading, node, "a text");
        return false;
    }
    for (const char *at = node->text; *at != '\0'; at++) {
        if (*at != '\n' && *at != '\t' && unseen_length(at) > 0) {
            reading_fault(reading, node, NULL,
                          "must not contain control characters");
            return false;
        }
    }
    return true;
}

void reading_check_remark(struct reading *reading, const struct node *node)
{
    if (!node->broken)
        (void)reading_check_text(reading, node);
}

static void report_unknown(struct reading *reading,
                           const struct field_table *table,
                           const struct node *node)
{
    const char *keys[KEYS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < table->count && n < KEYS_MAX; i++)
        keys[n++] = table->field[i].key;
    reading_fault_key(reading, node,
                      faults_hint(reading->tree.faults, node->key, keys, n),
                      "unknown key");
}

/* A key that is no field: a remark, a name, or a fault. */
static void read_other(struct reading *reading, const struct field_table *table,
                       struct node *node, void *owner)
{
    if (key_is_remark(node->key)) {
        reading_check_remark(reading, node);
    } else if (table->other == NULL) {
        report_unknown(reading, table, node);
    } else if (!node->broken) {
        table->other(reading, node, owner);
    }
}

void fields_set_defaults(const struct field_table *table, void *owner)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->field[i];
        char *place = (char *)owner + field->place;
        const uint32_t none = NONE;
        const char *why;

        if (field->kind == FIELD_NAME)
            memcpy(place, &none, sizeof none);
        else if (field->kind == FIELD_MAP)
            fields_set_defaults(field->of.table, place);
        else if (field->standard != NULL && field->kind != FIELD_CUSTOM &&
                 field->kind != FIELD_BY_STATE)
            SIM_REQUIRE(field_parse(field, field->standard, place, &why));
    }
}

void fields_read(struct reading *reading, const struct field_table *table,
                 struct node *node, void *owner)
{
    uint32_t known = 0;

    if (node->broken)
        return;
    if (table->whole != NULL) {
        table->whole(reading, node, owner);
        return;
    }
    fields_set_defaults(table, owner);
    if (table->prepare != NULL)
        table->prepare(reading, node, owner);
    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping");
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->field[i];
        struct node *child = node_child(node, field->key);

        if (child == NULL && field->need == REQUIRED)
            reading_fault_key(reading, node, NULL, "'%s' is missing",
                              field->key);
        if (child != NULL) {
            field_read(reading, field, child, owner);
            known++;
        }
    }
    for (struct node *c = node->first; c != NULL && known < node->count;
         c = c->next) {
        if (find_field(table, c->key) == NULL)
            read_other(reading, table, c, owner);
    }
    if (table->check != NULL)
        table->check(reading, node, owner);
}
