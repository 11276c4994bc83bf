#ifndef MODELS_UNCERTAIN_H
#define MODELS_UNCERTAIN_H
/*
 * Uncertain numbers as a scenario writes them:
 *     between 0.02/day and 0.06/day
 *     about 0.04/day, 90% between 0.02/day and 0.08/day
 * A run uses the middle of the first and the `about` of the second; the bounds
 * are kept (struct uncertain, models/inputs.h).
 * Threads: pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>

#define UNCERTAIN_SIZE 48u /* of a number's text, with its NUL */

/* The numbers of one, as texts. */
struct uncertain_text {
    char low[UNCERTAIN_SIZE], high[UNCERTAIN_SIZE];
    char about[UNCERTAIN_SIZE]; /* "": the middle */
    char share[UNCERTAIN_SIZE]; /* "": all of it lies between */
    size_t length;              /* how much of the text it takes up */
};

/* Whether `text` begins one. */
bool uncertain_begins(const char *text);

/* Take the one that `text` begins, up to a comma, a bracket or the end. False
 * where its form is wrong; `*out` is then undefined. */
bool uncertain_scan(const char *text, struct uncertain_text *out);

/* What would be right, for messages. */
extern const char uncertain_form[];
#endif
