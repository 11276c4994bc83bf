#ifndef PLOTS_COMPARE_FILES_H
#define PLOTS_COMPARE_FILES_H
/*
 * results.json and results.csv of a comparison (design, section 8). They hold
 * nothing that differs between two runs of the same thing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/compare.h"

/* Add the whole document, ended by a new line; see text_status. */
void compare_json_render(const struct compare_result *result, struct text *out);

/* Add the whole file: one tidy row per world, option, measure and slice. */
void compare_csv_render(const struct compare_result *result, struct text *out);

/* "as written", "no contact effect". */
const char *compare_world_text(enum compare_world world);

/* "apart", "not apart", "same", "no events", "no data". */
const char *compare_finding_text(enum compare_finding finding);
#endif
