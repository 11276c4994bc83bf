/*
 * From tables to a schema: one object for each mapping, one property for each
 * row. Nothing is referred to by name, so that every tool can follow it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/study_file.h"
#include "plots/schema_impl.h"

#define DRAFT "http://json-schema.org/draft-07/schema#"
#define NAME_PATTERN "^[^. ]([^.]*[^. ])?$" /* see name_is_fit */
#define NAME_MAX_LENGTH 100

void schema_put(struct schema *schema, json_t *object, const char *key,
                json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        schema->failed = true;
}

void schema_append(struct schema *schema, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        schema->failed = true;
}

/* ---- parts ---- */

/* An object that says no more than a type. */
static json_t *typed(struct schema *schema, const char *type)
{
    json_t *value = json_object();

    schema_put(schema, value, "type", json_string(type));
    return value;
}

/* Any of `options` (taken), which is itself where it is only one. */
static json_t *any_of(struct schema *schema, json_t *options)
{
    json_t *value;

    if (json_array_size(options) == 1) {
        value = json_incref(json_array_get(options, 0));
        json_decref(options);
        return value;
    }
    value = json_object();
    schema_put(schema, value, "anyOf", options);
    return value;
}

/* `value` (taken), or null where that takes something of a base away. */
static json_t *or_null(struct schema *schema, json_t *value)
{
    json_t *options;

    if (!schema->partial)
        return value;
    options = json_array();
    schema_append(schema, options, value);
    schema_append(schema, options, typed(schema, "null"));
    return any_of(schema, options);
}

/* What any mapping may hold. */
static void put_remarks(struct schema *schema, json_t *properties)
{
    static const struct {
        const char *key, *help;
    } remarks[] = {
        {"source", "where these numbers come from, or 'assumption' and why"},
        {"note", "words for the service's description"},
    };

    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        json_t *text = schema_scalar(schema, FIELD_TEXT, NULL);

        schema_put(schema, text, "description", json_string(remarks[i].help));
        schema_put(schema, properties, remarks[i].key, or_null(schema, text));
    }
}

/* A mapping of names to `value` (taken); `properties` (taken) are of those
 * names that have a value of their own. */
static json_t *named(struct schema *schema, json_t *value, json_t *properties)
{
    json_t *map = typed(schema, "object");
    json_t *names = typed(schema, "string");

    put_remarks(schema, properties);
    schema_put(schema, names, "pattern", json_string(NAME_PATTERN));
    schema_put(schema, names, "maxLength", json_integer(NAME_MAX_LENGTH));
    schema_put(schema, map, "properties", properties);
    schema_put(schema, map, "propertyNames", names);
    schema_put(schema, map, "additionalProperties", or_null(schema, value));
    return map;
}

/* `value` (taken) in a list, with `single` also alone. */
static json_t *listed(struct schema *schema, json_t *value, bool single)
{
    json_t *list = typed(schema, "array");
    json_t *options;

    schema_put(schema, list, "items", json_incref(value));
    if (!single) {
        json_decref(value);
        return list;
    }
    options = json_array();
    schema_append(schema, options, value);
    schema_append(schema, options, list);
    return any_of(schema, options);
}

/* ---- rows ---- */

static json_t *mapping(struct schema *schema, const struct field_table *table);

/* Rows of some kinds have no range; there both ends are 0. */
static const double *range_of(const struct field *field, double range[2])
{
    range[0] = field->low;
    range[1] = field->high;
    return field->low < field->high || field->high > 0.0 ? range : NULL;
}

/* One value, as the row's `of` puts it together. */
static json_t *one_value(struct schema *schema, const struct field *field)
{
    bool custom = field->kind == FIELD_CUSTOM || field->kind == FIELD_BY_STATE;
    enum field_kind kind = custom ? field->of.each : field->kind;
    json_t *options = json_array();
    double range[2];

    if (kind != FIELD_CUSTOM && kind != FIELD_WORD && kind != FIELD_MAP &&
        kind != FIELD_NAMED)
        schema_append(schema, options,
                      schema_scalar(schema, kind, range_of(field, range)));
    if (field->of.words != NULL)
        schema_append(schema, options, schema_words(schema, field->of.words));
    if (field->of.table != NULL)
        schema_append(schema, options, mapping(schema, field->of.table));
    return any_of(schema, options);
}

/* A mapping of the user's names to what the row's table describes. */
static json_t *named_values(struct schema *schema, const struct field *field)
{
    const struct field_table *table = field->of.table;
    json_t *properties = json_object();

    if (table->apart != NULL)
        schema_put(schema, properties, table->apart_name,
                   or_null(schema, mapping(schema, table->apart)));
    return named(schema, mapping(schema, table), properties);
}

/* A row's value with its lists and mappings around it. */
static json_t *field_value(struct schema *schema, const struct field *field)
{
    json_t *value, *options;

    if (field->kind == FIELD_NAMED)
        return named_values(schema, field);
    value = one_value(schema, field);
    if (field->kind == FIELD_BY_STATE) {
        options = json_array();
        schema_append(schema, options, json_incref(value));
        schema_append(schema, options, named(schema, value, json_object()));
        return any_of(schema, options);
    }
    if (field->of.list)
        value = listed(schema, value, field->of.single);
    if (field->kind != FIELD_CUSTOM || field->of.names == NAMES_NONE)
        return value;
    value = named(schema, value, json_object());
    if (!field->of.alone)
        return value;
    options = json_array();
    schema_append(schema, options, schema_scalar(schema, field->of.each, NULL));
    schema_append(schema, options, value);
    return any_of(schema, options);
}

/* "how long it is; 1 day to 3650 days; 5 days if not given". */
static void describe_field(struct schema *schema, const struct field *field,
                           json_t *value)
{
    bool custom = field->kind == FIELD_CUSTOM || field->kind == FIELD_BY_STATE;
    enum field_kind kind = custom ? field->of.each : field->kind;
    char low[40], high[40];
    double range[2];
    struct text text = {0};

    text_add(&text, field->help);
    if (field_kind_is_number(kind) && range_of(field, range) != NULL) {
        field_bound_text(kind, range[0], low, sizeof low);
        field_bound_text(kind, range[1], high, sizeof high);
        text_printf(&text, "; %s%s to %s",
                    kind == FIELD_DISTRIBUTION ? "on average " : "", low, high);
    }
    if (field->standard != NULL && field->need == OPTIONAL)
        text_printf(&text, "; %s if not given", field->standard);
    if (text_status(&text) != SIM_OK)
        schema->failed = true;
    else
        schema_put(schema, value, "description", json_string(text.bytes));
    text_clear(&text);
}

/* ---- tables ---- */

/* One row as a property. */
static void put_field(struct schema *schema, const struct field *field,
                      json_t *properties, json_t *required)
{
    json_t *value = or_null(schema, field_value(schema, field));

    describe_field(schema, field, value);
    schema_put(schema, properties, field->key, value);
    if (field->need == REQUIRED && !schema->partial)
        schema_append(schema, required, json_string(field->key));
}

/* The object of a table's rows and, where it has them, of names besides. */
static json_t *object_of(struct schema *schema, const struct field_table *table)
{
    json_t *object = typed(schema, "object");
    json_t *properties = json_object();
    json_t *required = json_array();
    json_t *other = json_false();

    for (size_t i = 0; i < table->count; i++)
        put_field(schema, &table->field[i], properties, required);
    put_remarks(schema, properties);
    if (table->other != NULL) {
        other = schema_scalar(schema, table->each, NULL);
        schema_put(schema, other, "description",
                   json_string(table->other_help));
        other = or_null(schema, other);
    }
    schema_put(schema, object, "title", json_string(table->one));
    schema_put(schema, object, "properties", properties);
    schema_put(schema, object, "additionalProperties", other);
    if (json_array_size(required) > 0)
        schema_put(schema, object, "required", required);
    else
        json_decref(required);
    return object;
}

/* A text that begins with one of the table's keys. */
static json_t *phrase_of(struct schema *schema, const struct field_table *table)
{
    json_t *phrase = typed(schema, "string");
    struct text pattern = {0};

    text_add(&pattern, "^(");
    for (size_t i = 0; i < table->count; i++)
        text_printf(&pattern, "%s%s", i ? "|" : "", table->field[i].key);
    text_add(&pattern, ")( .*)?$");
    if (text_status(&pattern) != SIM_OK)
        schema->failed = true;
    else
        schema_put(schema, phrase, "pattern", json_string(pattern.bytes));
    text_clear(&pattern);
    return phrase;
}

/* All the forms that what a table describes can be written in. */
static json_t *mapping(struct schema *schema, const struct field_table *table)
{
    json_t *options = json_array();

    if (table->whole != NULL && table->each != FIELD_CUSTOM)
        schema_append(schema, options,
                      schema_scalar(schema, table->each, NULL));
    if (table->inner != NULL)
        schema_append(
            schema, options,
            named(schema, mapping(schema, table->inner), json_object()));
    if (table->whole == NULL || table->count > 0)
        schema_append(schema, options, object_of(schema, table));
    if (table->phrases)
        schema_append(schema, options, phrase_of(schema, table));
    return any_of(schema, options);
}

/* ---- the whole ---- */

/* The keys that are gone before the tables are read. */
static void put_files(struct schema *schema, json_t *root)
{
    json_t *properties = json_object_get(root, "properties");
    json_t *base = schema_scalar(schema, FIELD_TEXT, NULL);
    json_t *set = typed(schema, "object");

    schema_put(schema, base, "description",
               json_string("another scenario that this one starts from"));
    schema_put(schema, set, "description",
               json_string("PATH: VALUE, as --set has it"));
    schema_put(schema, properties, "base", base);
    schema_put(schema, properties, "set", set);
}

/* The whole mapping, of a file of its own or of one upon a base. */
static json_t *root_of(struct schema *schema, bool partial)
{
    json_t *root;

    schema->partial = partial;
    root = object_of(schema, &scenario_table);
    put_files(schema, root);
    return root;
}

/* Whether a file starts from another, or sets what may be missing. */
static json_t *starts_elsewhere(struct schema *schema)
{
    static const char *const keys[] = {"base", "set"};
    json_t *options = json_array();

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *required = json_array();
        json_t *option = json_object();

        schema_append(schema, required, json_string(keys[i]));
        schema_put(schema, option, "required", required);
        schema_append(schema, options, option);
    }
    return any_of(schema, options);
}

/* A scenario, of its own or upon a base. */
static json_t *scenario_of(struct schema *schema)
{
    json_t *scenario = json_object();

    schema_put(schema, scenario, "if", starts_elsewhere(schema));
    schema_put(schema, scenario, "then", root_of(schema, true));
    schema_put(schema, scenario, "else", root_of(schema, false));
    return scenario;
}

/* A study, whose options are read by its own reader: names to paths, and those
 * to anything that stands there in a scenario. */
static json_t *study_of(struct schema *schema)
{
    json_t *study, *properties, *options;
    json_t *paths = typed(schema, "object");

    schema->partial = false;
    study = object_of(schema, &study_table);
    properties = json_object_get(study, "properties");
    options = json_object_get(properties, "options");
    json_object_del(options, "anyOf");
    schema_put(schema, paths, "description",
               json_string("PATH: VALUE, as --set has it"));
    paths = named(schema, paths, json_object());
    json_object_update(options, paths);
    json_decref(paths);
    return study;
}

/* Whether a file is a study. */
static json_t *is_study(struct schema *schema)
{
    json_t *required = json_array();
    json_t *option = json_object();

    schema_append(schema, required, json_string("handrail_study"));
    schema_put(schema, option, "required", required);
    return option;
}

void schema_render(struct text *out)
{
    struct schema schema = {0};
    json_t *root = json_object();
    char *printed;

    schema_put(&schema, root, "$schema", json_string(DRAFT));
    schema_put(&schema, root, "title",
               json_string("A Handrail scenario or study"));
    schema_put(&schema, root, "type", json_string("object"));
    schema_put(&schema, root, "if", is_study(&schema));
    schema_put(&schema, root, "then", study_of(&schema));
    schema_put(&schema, root, "else", scenario_of(&schema));
    printed = schema.failed
                  ? NULL
                  : json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    if (printed == NULL) {
        out->failed = true;
    } else {
        text_add(out, printed);
        text_add(out, "\n");
    }
    free(printed);
    json_decref(root);
}
