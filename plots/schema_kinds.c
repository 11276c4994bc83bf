/*
 * What the texts of each kind of field look like. A quantity may stand in
 * quotes, and then is a string even where it is a plain number; so every kind
 * has a pattern, and those that a bare number will do for a type besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/schema_impl.h"

#include <string.h>

#include "models/measure.h"

#define NUMBER "[0-9]+(\\.[0-9]+)?"
#define UNIT "(s|min|h|days?|weeks?)"
#define CLOCK "[0-9]{1,2}:[0-9]{2}"
#define DAY "(mon|tue|wed|thu|fri|sat|sun)"
#define DAYS "(mon|tue|wed|thu|fri|sat|sun|holidays|weekdays|weekends)"
#define FAMILY                                                                 \
    "(exponential|lognormal|gamma|weibull|triangular|uniform|empirical)"
#define WHOLE(pattern) "^ *" pattern " *$"
/* A number may be given with what is not known of it; what stands there then
 * is left to the reader. */
#define UNCERTAIN "between .+ and .+|about .+, .+"
#define NUMERIC(pattern) WHOLE("(" pattern "|" UNCERTAIN ")")
#define SCHEDULE                                                               \
    "(every +day|every +[0-9]+ +days|[0-9]+ +per +week|twice +a +day"          \
    "|weekly( +on +day +[1-7])?|fortnightly|weekdays|weekends"                 \
    "|" DAY "( +" DAY ")*|day( +[0-9]+)+)"
#define SCHEDULE_REST                                                          \
    "( +(at +" CLOCK "|not +weekends|weekends +to +(monday|friday)))*"

struct shape {
    const char *type; /* of a bare value, besides a string; NULL: none */
    const char *pattern;
};

static const struct shape shapes[] = {
    [FIELD_COUNT] = {"integer", NUMERIC("[0-9]+(\\.0+)?")},
    [FIELD_INTEGER] = {"integer", NUMERIC("-? *[0-9]+(\\.0+)?")},
    [FIELD_NUMBER] = {"number", NUMERIC("-? *" NUMBER)},
    [FIELD_CHANCE] = {"number", NUMERIC(NUMBER " *%?")},
    [FIELD_SHARE] = {"number", NUMERIC("-? *" NUMBER " *%?")},
    [FIELD_RATE] = {NULL, NUMERIC(NUMBER " */ *(s|min|h|days?|weeks?|year)")},
    [FIELD_GROWTH] = {NULL, NUMERIC("-? *" NUMBER " *%/year")},
    [FIELD_MONEY] = {"number", NUMERIC(NUMBER "( */ *h)?")},
    [FIELD_DURATION] = {NULL, NUMERIC(NUMBER " *" UNIT)},
    [FIELD_DAYS] = {NULL, NUMERIC(NUMBER " *" UNIT)},
    [FIELD_REAL_DAYS] = {NULL, NUMERIC(NUMBER " *" UNIT)},
    [FIELD_DISTRIBUTION] = {NULL, NUMERIC("(" NUMBER " *" UNIT "|" FAMILY
                                          " *\\(.*\\))")},
    [FIELD_CLOCK] = {NULL, WHOLE(CLOCK)},
    [FIELD_HOURS] = {NULL, WHOLE(CLOCK " *- *" CLOCK)},
    [FIELD_DATE] = {NULL, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    [FIELD_DAY_SET] = {NULL, "^(every day|" DAYS "([ ,]+" DAYS ")*[ ,]*)$"},
    [FIELD_SCHEDULE] = {NULL, WHOLE(SCHEDULE SCHEDULE_REST)},
};
#define SHAPES (sizeof shapes / sizeof *shapes)

const char *schema_pattern(enum field_kind kind)
{
    return (size_t)kind < SHAPES ? shapes[kind].pattern : NULL;
}

/* A word as an editor understands it: some YAML takes it for a truth. */
static json_t *word_value(const char *word)
{
    if (strcmp(word, "true") == 0)
        return json_true();
    if (strcmp(word, "false") == 0)
        return json_false();
    return json_string(word);
}

json_t *schema_words(struct schema *schema, const char *const *words)
{
    json_t *list = json_array();
    json_t *value = json_object();

    for (; *words != NULL; words++)
        schema_append(schema, list, word_value(*words));
    schema_put(schema, value, "enum", list);
    return value;
}

/* From the table of measures, so that targets are completed too. */
static json_t *measure_ids(struct schema *schema)
{
    json_t *list = json_array();
    json_t *value = json_object();

    for (uint32_t i = 0; i < measure_count; i++)
        schema_append(schema, list, json_string(measure_table[i].id));
    schema_put(schema, value, "enum", list);
    return value;
}

/* A text; names and titles may look like a number to a reader of YAML. */
static json_t *any_text(struct schema *schema)
{
    json_t *types = json_array();
    json_t *value = json_object();

    schema_append(schema, types, json_string("string"));
    schema_append(schema, types, json_string("number"));
    schema_append(schema, types, json_string("boolean"));
    schema_put(schema, value, "type", types);
    return value;
}

/* A quantity: a bare number in its range, or a text of its pattern. */
static json_t *quantity(struct schema *schema, const struct shape *shape,
                        const double *range)
{
    json_t *value = json_object();
    json_t *types;

    if (shape->type == NULL) {
        schema_put(schema, value, "type", json_string("string"));
    } else {
        types = json_array();
        schema_append(schema, types, json_string(shape->type));
        schema_append(schema, types, json_string("string"));
        schema_put(schema, value, "type", types);
        if (range != NULL) {
            schema_put(schema, value, "minimum", json_real(range[0]));
            schema_put(schema, value, "maximum", json_real(range[1]));
        }
    }
    schema_put(schema, value, "pattern", json_string(shape->pattern));
    return value;
}

json_t *schema_scalar(struct schema *schema, enum field_kind kind,
                      const double *range)
{
    static const char *const yes_no[] = {"yes", "no", "true", "false", NULL};
    static const double chance[] = {0.0, 1.0};

    if (kind == FIELD_YES_NO)
        return schema_words(schema, yes_no);
    if (kind == FIELD_MEASURE)
        return measure_ids(schema);
    if (schema_pattern(kind) == NULL)
        return any_text(schema);
    if (kind == FIELD_CHANCE && range == NULL)
        range = chance;
    return quantity(schema, &shapes[kind], range);
}
