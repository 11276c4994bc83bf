#ifndef MODELS_TREE_IMPL_H
#define MODELS_TREE_IMPL_H
/*
 * What the files of the tree share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/tree.h"

/* Put `child` behind the other children of `parent`. */
static inline void node_append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
    parent->count++;
}

/* What is parsed, and how. */
struct parse_input {
    const struct source_text *text; /* that faults point into */
    const char *bytes;
    size_t length;
    uint32_t column; /* code points of the first line before `bytes` */
    bool setting;    /* the value of a setting: no block mappings or lists */
};

/* Parse `input`; see tree_parse. */
int tree_parse_input(struct tree *tree, const struct parse_input *input,
                     struct node **root) SIM_MUST_CHECK;
#endif
