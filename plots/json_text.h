#ifndef PLOTS_JSON_TEXT_H
#define PLOTS_JSON_TEXT_H
/*
 * JSON values for results files: made and printed by jansson, numbers to 9
 * significant digits, null for what cannot be had.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>

#include "plots/text.h"

/* A number, or null for NaN and infinity. */
json_t *json_number(double value);

/* A string; one that is not UTF-8 has its bad bytes replaced. */
json_t *json_words(const char *value);

/* Put `value` under `key`; jansson takes the reference. A lack of memory shows
 * as NULL, which makes `*object` NULL in turn. */
void json_put(json_t **object, const char *key, json_t *value);

/* Print `value` behind what is in `out`, and release it. */
void json_text_add(json_t *value, struct text *out);
#endif
