/*
 * The canonical text: JSON with every scalar as a string. Written twice, once
 * to measure it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tree.h"

#include <stdlib.h>
#include <string.h>

struct text {
    char *at; /* NULL: only measure */
    size_t length;
};

static void put(struct text *text, char c)
{
    if (text->at != NULL)
        text->at[text->length] = c;
    text->length++;
}

static void put_string(struct text *text, const char *string)
{
    const char *digits = "0123456789abcdef";

    put(text, '"');
    for (; *string != '\0'; string++) {
        unsigned char c = (unsigned char)*string;

        if (c < 0x20) {
            put(text, '\\');
            put(text, 'x');
            put(text, digits[c >> 4]);
            put(text, digits[c & 15]);
            continue;
        }
        if (c == '"' || c == '\\')
            put(text, '\\');
        put(text, *string);
    }
    put(text, '"');
}

static void put_node(struct text *text, const struct node *node)
{
    bool map = node->type == NODE_MAP;

    if (node->type == NODE_SCALAR) {
        if (node_is_null(node))
            put(text, '~');
        else
            put_string(text, node->text);
        return;
    }
    put(text, map ? '{' : '[');
    for (struct node *child = node->first; child != NULL; child = child->next) {
        if (child != node->first)
            put(text, ',');
        if (map) {
            put_string(text, child->key);
            put(text, ':');
        }
        put_node(text, child);
    }
    put(text, map ? '}' : ']');
}

static int compare_keys(const void *a, const void *b)
{
    const struct node *const *x = a, *const *y = b;

    return strcmp((*x)->key, (*y)->key);
}

/* Sort the children of one mapping by key. */
static void sort_children(struct tree *tree, struct node *map)
{
    struct node **child = arena_array(tree->arena, map->count, sizeof(void *));
    uint32_t n = 0;

    if (child == NULL || map->count == 0)
        return;
    for (struct node *c = map->first; c != NULL; c = c->next)
        child[n++] = c;
    qsort(child, n, sizeof(void *), compare_keys);
    for (uint32_t i = 0; i < n; i++)
        child[i]->next = i + 1 < n ? child[i + 1] : NULL;
    map->first = child[0];
    map->last = child[n - 1];
}

static void sort_maps(struct tree *tree, struct node *node)
{
    if (node->type == NODE_MAP && !node->ordered)
        sort_children(tree, node);
    for (struct node *child = node->first; child != NULL; child = child->next)
        sort_maps(tree, child);
}

const char *tree_canonical(struct tree *tree, struct arena *arena,
                           struct node *root)
{
    struct text text = {NULL, 0};

    sort_maps(tree, root);
    put_node(&text, root);
    text.at = arena_alloc(arena, text.length + 1);
    text.length = 0;
    if (text.at != NULL)
        put_node(&text, root);
    return arena_failed(tree->arena) ? NULL : text.at;
}
