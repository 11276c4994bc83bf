#ifndef MODELS_CANONICAL_H
#define MODELS_CANONICAL_H
/*
 * Canonical: looking into the text that a resolved scenario is kept as
 * (models/tree.h, tree_canonical): what stands at a path, and where two
 * scenarios differ, whatever files, bases and settings they came from.
 * Threads: pure functions of their arguments.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>

#include "models/arena.h"

/* A value inside a canonical text, which must outlive it. */
struct canonical {
    const char *at; /* NULL: there is none */
    size_t length;
};

/* The whole mapping of a canonical text. */
struct canonical canonical_of(const char *text);

/* The value at `path`, names joined by dots; spaces around a name do not count.
 */
struct canonical canonical_find(struct canonical root, const char *path);

bool canonical_equal(struct canonical a, struct canonical b);

/*
 * A value as a user would write it in one line: "2", "{for: 3 days, contacts:
 * {visit: every day}}"; "null" where there is none. In `arena`; NULL where
 * there is no memory.
 */
const char *canonical_plain(struct canonical value, struct arena *arena);

/* Called for each place where two scenarios differ, with a path in the arena.
 * One of the values may be none. */
typedef void canonical_differs(void *context, const char *path,
                               struct canonical was, struct canonical is);

/*
 * Find the smallest parts in which `b` differs from `a`: mappings are gone
 * into, all else is compared whole; so is a mapping whose order alone differs,
 * where order matters. In the order of the texts. Without memory the arena has
 * failed afterwards.
 */
void canonical_diff(struct canonical a, struct canonical b, struct arena *arena,
                    canonical_differs *differs, void *context);
#endif
