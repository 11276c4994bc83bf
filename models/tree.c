/*
 * The parts of a tree that need neither libyaml nor another tree.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tree.h"

#include <string.h>

struct node *node_child(const struct node *node, const char *key)
{
    if (node == NULL || node->type != NODE_MAP)
        return NULL;
    for (struct node *child = node->first; child != NULL; child = child->next) {
        if (strcmp(child->key, key) == 0)
            return child;
    }
    return NULL;
}

bool node_is_null(const struct node *node)
{
    return node->type == NODE_SCALAR && !node->quoted &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
            strcmp(node->text, "null") == 0);
}

const struct place *node_key_place(const struct node *node)
{
    return node->key != NULL ? &node->key_place : &node->place;
}

const char *node_path(const struct tree *tree, const struct node *node)
{
    size_t length = 0;
    char *path;

    for (const struct node *n = node; n != NULL; n = n->parent) {
        if (n->key != NULL)
            length += strlen(n->key) + 1;
    }
    path = length == 0 ? NULL : arena_alloc(tree->arena, length);
    if (path == NULL)
        return "";
    /* From the back: each name, and a dot before all but the first. */
    path[--length] = '\0';
    for (const struct node *n = node; n != NULL; n = n->parent) {
        size_t part = n->key == NULL ? 0 : strlen(n->key);

        if (n->key == NULL)
            continue;
        length -= part;
        memcpy(path + length, n->key, part);
        if (length > 0)
            path[--length] = '.';
    }
    return path;
}

struct node *tree_take(struct node *map, const char *key)
{
    struct node *before = NULL;

    for (struct node *child = map->first; child != NULL; child = child->next) {
        if (strcmp(child->key, key) != 0) {
            before = child;
            continue;
        }
        if (before == NULL)
            map->first = child->next;
        else
            before->next = child->next;
        if (map->last == child)
            map->last = before;
        map->count--;
        child->next = NULL;
        return child;
    }
    return NULL;
}
