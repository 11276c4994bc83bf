#ifndef MODELS_TREE_H
#define MODELS_TREE_H
/*
 * Tree: a YAML document as mappings, lists and scalars that know where they
 * were written; laying one over another; and its text with all order and
 * comments removed.
 * Nodes live in an arena. The children of a mapping carry their key and are a
 * linked list in the order of the file.
 * Threads: a tree belongs to one reading, so it takes no locks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/arena.h"
#include "models/fault.h"
#include "sim/error.h"

#define TREE_DEPTH_MAX 32u
#define TREE_BYTES_MAX ((size_t)4 * 1024 * 1024)

struct uncertain; /* models/inputs.h */

enum node_type { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_type type;
    bool quoted;  /* a scalar in quotes: never null */
    bool broken;  /* already reported; to be passed over in silence */
    bool implied; /* a mapping that only the path of a setting speaks of */
    bool ordered; /* set by the reader: the order of this mapping matters */
    bool number;  /* set by the reader: a quantity that wants a source */
    struct uncertain *uncertain; /* set by the reader: its bounds, or NULL */
    struct place place;
    const char *key; /* as a child of a mapping, else NULL */
    struct place key_place;
    const char *text; /* of a scalar */
    struct node *parent, *next, *first, *last;
    uint32_t count; /* of children */
};

/* Where nodes go to, and what is wrong with them. Both owned by the caller. */
struct tree {
    struct arena *arena;
    struct faults *faults;
    uint32_t text_count; /* texts read so far: their order */
};

/*
 * Parse one document. `*root` is NULL when it cannot be read at all; what is
 * refused besides (aliases, anchors, tags, a key given twice) is a fault and
 * the rest is kept, so that one reading finds every fault.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int tree_parse(struct tree *tree, const char *name, const char *bytes,
               size_t length, struct node **root) SIM_MUST_CHECK;

/*
 * Apply "PATH=VALUE" to the tree at `root`: VALUE is a YAML scalar or a value
 * in [ ] or { }. Faults have file "--set" and the setting as their source.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int tree_apply(struct tree *tree, struct node *root,
               const char *setting) SIM_MUST_CHECK;

/*
 * Lay mapping `over` on mapping `under`: mappings merge, all else replaces,
 * null removes. `over` is used up.
 */
void tree_merge(struct tree *tree, struct node *under, struct node *over);

/*
 * Put `value` (used up) where `path`, names joined by dots, leads from `root`;
 * `place` is that of the path. Missing mappings on the way are made and marked
 * as implied. Faults: a path through a scalar or a list, an empty name,
 * removing what is not there.
 */
void tree_set(struct tree *tree, struct node *root, const char *path,
              const struct place *place, struct node *value);

/* Take the child called `key` out of a mapping; NULL where there is none. */
struct node *tree_take(struct node *map, const char *key);

/* The child of a mapping called `key`, or NULL; NULL for other nodes. */
struct node *node_child(const struct node *node, const char *key);

/* An unquoted empty scalar, ~ or null. */
bool node_is_null(const struct node *node);

/* "levels.crisis house.places"; "" for the root; an item of a list has the
 * path of its list. In the tree's arena; never NULL. */
const char *node_path(const struct tree *tree, const struct node *node);

/* Where to point for the node as a whole: its key, or itself without one. */
const struct place *node_key_place(const struct node *node);

/*
 * The whole tree as one text, in `arena`, or NULL where there is no memory:
 * mappings sorted by key unless ordered, every scalar in double quotes, null
 * bare. Sorts the children of `root` as it goes.
 */
const char *tree_canonical(struct tree *tree, struct arena *arena,
                           struct node *root);
#endif
