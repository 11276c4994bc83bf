/*
 * One tree over another: `base:`, `set:` and settings.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tree_impl.h"

#include <string.h>

/* ---- merging ---- */

/* Nulls say what to remove; where nothing is laid under them they go. */
static void drop_nulls(struct tree *tree, struct node *node)
{
    struct node *child = node->first;

    if (node->type != NODE_MAP)
        return;
    node->first = node->last = NULL;
    node->count = 0;
    while (child != NULL) {
        struct node *next = child->next;

        if (node_is_null(child) && !child->broken) {
            faults_add(tree->faults, FAULT_ERROR, &child->key_place, NULL,
                       "%s: there is nothing to remove",
                       node_path(tree, child));
        } else {
            node_append(node, child);
            drop_nulls(tree, child);
        }
        child = next;
    }
}

/* Put `value` where `old` is, among the same siblings. */
static void replace(struct node *old, const struct node *value)
{
    struct node *parent = old->parent, *next = old->next;

    *old = *value;
    old->parent = parent;
    old->next = next;
    for (struct node *child = old->first; child != NULL; child = child->next)
        child->parent = old;
}

static void remove_child(struct tree *tree, struct node *under,
                         const struct node *over)
{
    const char **names;
    const char *hint = NULL;
    uint32_t n = 0;

    if (tree_take(under, over->key) != NULL)
        return;
    names = arena_array(tree->arena, under->count, sizeof *names);
    for (struct node *c = under->first; names != NULL && c; c = c->next)
        names[n++] = c->key;
    if (names != NULL)
        hint = faults_hint(tree->faults, over->key, names, n);
    faults_add(tree->faults, FAULT_ERROR, &over->key_place, hint,
               "%s%s%s: there is nothing to remove", node_path(tree, under),
               node_path(tree, under)[0] == '\0' ? "" : ".", over->key);
}

/* Lay one child over its namesake in `under`. */
static void lay(struct tree *tree, struct node *under, struct node *over)
{
    struct node *old = node_child(under, over->key);

    if (node_is_null(over) && !over->broken) {
        remove_child(tree, under, over);
    } else if (old == NULL) {
        node_append(under, over);
        drop_nulls(tree, over);
    } else if (old->type == NODE_MAP && over->type == NODE_MAP) {
        tree_merge(tree, old, over);
    } else {
        replace(old, over);
        drop_nulls(tree, old);
    }
}

void tree_merge(struct tree *tree, struct node *under, struct node *over)
{
    struct node *child = over->first;

    if (!over->implied)
        under->implied = false;
    while (child != NULL) {
        struct node *next = child->next;

        lay(tree, under, child);
        child = next;
    }
}

/* ---- paths ---- */

/* Cut the next name off `*path`, without the spaces around it; `place` moves
 * on to where it starts. NULL with a fault where it is empty. */
static const char *next_name(struct tree *tree, const char **path,
                             struct place *place)
{
    const char *start = *path;
    size_t length = strcspn(start, ".");

    *path = start + length + (start[length] == '.');
    while (length > 0 && *start == ' ') {
        start++;
        length--;
        place->column++;
    }
    while (length > 0 && start[length - 1] == ' ')
        length--;
    if (length == 0) {
        faults_add(tree->faults, FAULT_ERROR, place,
                   "a path is names joined by dots, such as "
                   "levels.crisis house.places",
                   "a name is missing in this path");
        return NULL;
    }
    return arena_text(tree->arena, start, length);
}

/* Move `place` from `from` to `to`, in code points. */
static void advance(struct place *place, const char *from, const char *to)
{
    for (; from < to; from++)
        place->column += ((unsigned char)*from & 0xc0) != 0x80;
}

/* The mapping called `name` inside `node`, made where there is none. */
static struct node *enter(struct tree *tree, struct node *node,
                          const char *name, const struct place *place)
{
    struct node *child = node_child(node, name);

    if (child != NULL && child->type != NODE_MAP && !node_is_null(child)) {
        faults_add(tree->faults, FAULT_ERROR, place, NULL,
                   "%s: is one value, nothing inside it can be set",
                   node_path(tree, child));
        return NULL;
    }
    if (child == NULL) {
        child = arena_alloc(tree->arena, sizeof *child);
        if (child == NULL)
            return NULL;
        child->key = name;
        node_append(node, child);
    }
    if (child->type != NODE_MAP) {
        child->type = NODE_MAP;
        child->implied = true;
    }
    return child;
}

/* Whether no name in `path` is empty; reports the first that is. */
static bool check_path(struct tree *tree, const char *path,
                       const struct place *place)
{
    struct place at = *place;

    for (;;) {
        const char *rest = path;
        struct place name_place = at;

        if (next_name(tree, &rest, &name_place) == NULL)
            return false;
        if (strchr(path, '.') == NULL)
            return true;
        advance(&at, path, rest);
        path = rest;
    }
}

void tree_set(struct tree *tree, struct node *root, const char *path,
              const struct place *place, struct node *value)
{
    struct node *node = root;
    struct place at = *place;

    if (!check_path(tree, path, place))
        return;
    for (;;) {
        const char *rest = path;
        struct place name_place = at;
        const char *name = next_name(tree, &rest, &name_place);

        if (name == NULL)
            return;
        value->key = name;
        value->key_place = name_place;
        if (strchr(path, '.') == NULL)
            break;
        node = enter(tree, node, name, &name_place);
        if (node == NULL)
            return;
        if (node->implied && node->key_place.text == NULL)
            node->place = node->key_place = name_place;
        advance(&at, path, rest);
        path = rest;
    }
    lay(tree, node, value);
}

/* The part of a setting before its first '=', without spaces at its end. */
static size_t path_length(const char *setting, const char *equals)
{
    size_t length = (size_t)(equals - setting);

    while (length > 0 && setting[length - 1] == ' ')
        length--;
    return length;
}

int tree_apply(struct tree *tree, struct node *root, const char *setting)
{
    size_t length = strlen(setting);
    const char *equals = strchr(setting, '=');
    struct parse_input input = {.setting = true};
    struct place start = {NULL, 1, 1}, value_place;
    struct node *value = NULL;
    const char *path;
    int err;

    input.text = faults_source(tree->faults, "--set", tree->text_count++,
                               setting, length);
    if (input.text == NULL)
        return SIM_ERR_NO_MEMORY;
    start.text = input.text;
    if (equals == NULL) {
        faults_add(tree->faults, FAULT_ERROR, &start, NULL,
                   "a setting is PATH=VALUE, found no '='");
        return SIM_OK;
    }
    value_place = start;
    advance(&value_place, setting, equals + 1);
    input.bytes = equals + 1;
    input.length = length - (size_t)(equals + 1 - setting);
    input.column = value_place.column - 1;
    if (input.length == strspn(input.bytes, " ")) {
        faults_add(tree->faults, FAULT_ERROR, &value_place,
                   "null removes what is there",
                   "a setting is PATH=VALUE, found no value");
        return SIM_OK;
    }
    err = tree_parse_input(tree, &input, &value);
    if (err != SIM_OK || value == NULL)
        return err;
    path = arena_text(tree->arena, setting, path_length(setting, equals));
    if (path == NULL)
        return SIM_ERR_NO_MEMORY;
    tree_set(tree, root, path, &start, value);
    return SIM_OK;
}
