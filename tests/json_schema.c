/*
 * Validating: one function for each keyword, found in a table.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/json_schema.h"

#include "plots/schema.h"

static bool fits(struct validator *v, const json_t *schema,
                 const struct node *node);

/* ---- what a scalar is ---- */

static bool matches(struct validator *v, const char *pattern, const char *text)
{
    size_t i = 0;

    while (i < v->patterns && strcmp(v->pattern[i].text, pattern) != 0)
        i++;
    if (i == v->patterns) {
        assert_true(i < PATTERNS_MAX);
        v->pattern[i].text = pattern;
        assert_int_equal(
            regcomp(&v->pattern[i].compiled, pattern, REG_EXTENDED | REG_NOSUB),
            0);
        v->patterns++;
    }
    return regexec(&v->pattern[i].compiled, text, 0, NULL, 0) == 0;
}

static const char *type_of(struct validator *v, const struct node *node)
{
    if (node->type == NODE_MAP)
        return "object";
    if (node->type == NODE_LIST)
        return "array";
    if (node_is_null(node))
        return "null";
    if (node->quoted)
        return "string";
    if (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0)
        return "boolean";
    if (matches(v, "^[-+]?[0-9]+$", node->text))
        return "integer";
    if (matches(v, "^[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?$",
                node->text))
        return "number";
    return "string";
}

static bool is_number(const char *type)
{
    return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
}

/* ---- keywords ---- */

static bool has_type(struct validator *v, const json_t *want,
                     const struct node *node)
{
    const char *type = type_of(v, node);
    const char *word = json_string_value(want);

    if (json_is_array(want)) {
        for (size_t i = 0; i < json_array_size(want); i++)
            if (has_type(v, json_array_get(want, i), node))
                return true;
        return false;
    }
    return strcmp(type, word) == 0 ||
           (strcmp(type, "integer") == 0 && strcmp(word, "number") == 0);
}

static bool is_one_of(struct validator *v, const json_t *list,
                      const struct node *node)
{
    const char *type = type_of(v, node);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);

        if (json_is_string(item) && strcmp(type, "string") == 0 &&
            strcmp(json_string_value(item), node->text) == 0)
            return true;
        if (json_is_boolean(item) && strcmp(type, "boolean") == 0 &&
            (strcmp(node->text, "true") == 0) == json_is_true(item))
            return true;
    }
    return false;
}

static bool has_pattern(struct validator *v, const json_t *pattern,
                        const struct node *node)
{
    return strcmp(type_of(v, node), "string") != 0 ||
           matches(v, json_string_value(pattern), node->text);
}

static bool is_bounded(struct validator *v, const json_t *bound,
                       const struct node *node, bool most)
{
    double value;

    if (!is_number(type_of(v, node)))
        return true;
    value = strtod(node->text, NULL);
    return most ? value <= json_number_value(bound)
                : value >= json_number_value(bound);
}

static bool has_all(const json_t *required, const struct node *node)
{
    if (node->type != NODE_MAP)
        return true;
    for (size_t i = 0; i < json_array_size(required); i++)
        if (node_child(node, json_string_value(json_array_get(required, i))) ==
            NULL)
            return false;
    return true;
}

/* properties and additionalProperties together. */
static bool has_children(struct validator *v, const json_t *schema,
                         const struct node *node)
{
    const json_t *own = json_object_get(schema, "properties");
    const json_t *other = json_object_get(schema, "additionalProperties");

    for (const struct node *c = node->first; c && node->type == NODE_MAP;
         c = c->next) {
        const json_t *child = json_object_get(own, c->key);

        if (child == NULL)
            child = other;
        if (child != NULL && !fits(v, child, c))
            return false;
    }
    return true;
}

static bool has_names(struct validator *v, const json_t *schema,
                      const struct node *node)
{
    for (const struct node *c = node->first; c && node->type == NODE_MAP;
         c = c->next) {
        struct node key = {.type = NODE_SCALAR, .quoted = true, .text = c->key};

        if (!fits(v, schema, &key))
            return false;
    }
    return true;
}

static bool has_items(struct validator *v, const json_t *schema,
                      const struct node *node)
{
    for (const struct node *c = node->first; c && node->type == NODE_LIST;
         c = c->next)
        if (!fits(v, schema, c))
            return false;
    return true;
}

static bool fits_any(struct validator *v, const json_t *list,
                     const struct node *node)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (fits(v, json_array_get(list, i), node))
            return true;
    return false;
}

static bool fits_branch(struct validator *v, const json_t *schema,
                        const struct node *node)
{
    bool holds = fits(v, json_object_get(schema, "if"), node);

    return fits(v, json_object_get(schema, holds ? "then" : "else"), node);
}

/* ---- all of them ---- */

static bool holds(struct validator *v, const json_t *schema, const char *word,
                  const json_t *value, const struct node *node)
{
    static const char *const said[] = {"$schema",    "title", "description",
                                       "properties", "then",  "else"};

    for (size_t i = 0; i < LENGTH(said); i++)
        if (strcmp(word, said[i]) == 0)
            return strcmp(word, "properties") != 0 ||
                   has_children(v, schema, node);
    if (strcmp(word, "additionalProperties") == 0)
        return has_children(v, schema, node);
    if (strcmp(word, "type") == 0)
        return has_type(v, value, node);
    if (strcmp(word, "enum") == 0)
        return is_one_of(v, value, node);
    if (strcmp(word, "pattern") == 0)
        return has_pattern(v, value, node);
    if (strcmp(word, "minimum") == 0 || strcmp(word, "maximum") == 0)
        return is_bounded(v, value, node, word[1] == 'a');
    if (strcmp(word, "maxLength") == 0)
        return node->type != NODE_SCALAR ||
               strlen(node->text) <= (size_t)json_integer_value(value);
    if (strcmp(word, "required") == 0)
        return has_all(value, node);
    if (strcmp(word, "propertyNames") == 0)
        return has_names(v, value, node);
    if (strcmp(word, "items") == 0)
        return has_items(v, value, node);
    if (strcmp(word, "anyOf") == 0)
        return fits_any(v, value, node);
    if (strcmp(word, "if") == 0)
        return fits_branch(v, schema, node);
    fail_msg("the schema uses '%s'", word);
    return false;
}

static bool fits(struct validator *v, const json_t *schema,
                 const struct node *node)
{
    const char *word;
    json_t *value;

    if (!json_is_object(schema))
        return json_is_true(schema);
    json_object_foreach((json_t *)(uintptr_t)schema, word, value)
    {
        if (!holds(v, schema, word, value, node))
            return false;
    }
    return true;
}

void validator_init(struct validator *v)
{
    struct text text = {0};
    json_error_t error;

    memset(v, 0, sizeof *v);
    schema_render(&text);
    assert_int_equal(text_status(&text), SIM_OK);
    v->schema = json_loads(text.bytes, JSON_REJECT_DUPLICATES, &error);
    if (v->schema == NULL)
        fail_msg("line %d: %s", error.line, error.text);
    text_clear(&text);
}

void validator_clear(struct validator *v)
{
    for (size_t i = 0; i < v->patterns; i++)
        regfree(&v->pattern[i].compiled);
    json_decref(v->schema);
}

bool validator_accepts(struct validator *v, const char *yaml)
{
    struct faults faults;
    struct tree tree = {.faults = &faults};
    struct node *root = NULL;
    bool accepts;

    assert_int_equal(faults_init(&faults), SIM_OK);
    tree.arena = arena_new();
    assert_non_null(tree.arena);
    assert_int_equal(tree_parse(&tree, "a.yaml", yaml, strlen(yaml), &root),
                     SIM_OK);
    accepts = root != NULL && faults.errors == 0 && fits(v, v->schema, root);
    arena_free(tree.arena);
    faults_clear(&faults);
    return accepts;
}
