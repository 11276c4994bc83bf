#ifndef PLOTS_SCHEMA_IMPL_H
#define PLOTS_SCHEMA_IMPL_H
/*
 * What the files of the schema share. A lack of memory sticks in `failed`; what
 * is made after it is dropped at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>

#include "plots/schema.h"

struct schema {
    bool partial; /* of a file upon a base: nothing is required, null removes */
    bool failed;
};

/* Put `value`, whose reference is taken, under `key` or at the end. */
void schema_put(struct schema *schema, json_t *object, const char *key,
                json_t *value);
void schema_append(struct schema *schema, json_t *array, json_t *value);

/* One of `words`, ended by NULL. */
json_t *schema_words(struct schema *schema, const char *const *words);

/* A value of `kind` in `range` (low, high), or in any with NULL. */
json_t *schema_scalar(struct schema *schema, enum field_kind kind,
                      const double *range);
#endif
