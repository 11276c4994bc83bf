#ifndef TESTS_JSON_SCHEMA_H
#define TESTS_JSON_SCHEMA_H
/*
 * A validator for the part of JSON Schema (draft 7) that `handrail schema`
 * uses, over YAML as an editor reads it: plain scalars are null, true, false,
 * integers and numbers by the core schema of YAML 1.2, all else is a string.
 * A keyword it does not know fails the test: nothing passes by being ignored.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>
#include <regex.h>

#include "models/tree.h"
#include "tests/support.h"

#define PATTERNS_MAX 64

struct validator {
    json_t *schema;
    struct {
        const char *text;
        regex_t compiled;
    } pattern[PATTERNS_MAX];
    size_t patterns;
};

/* With the schema as the program prints it. */
void validator_init(struct validator *validator);
void validator_clear(struct validator *validator);

/* Whether the YAML text fits the schema; false where it is no YAML. */
bool validator_accepts(struct validator *validator, const char *yaml);
#endif
