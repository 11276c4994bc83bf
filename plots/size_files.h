#ifndef PLOTS_SIZE_FILES_H
#define PLOTS_SIZE_FILES_H
/*
 * results.json and results.csv of a sizing (design, section 8): for programs,
 * numbers to 9 significant digits, nothing that differs between two runs of the
 * same thing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/size_answer.h"

/* What the files say of the run itself. */
struct size_head {
    uint32_t seed;
};

/* Add results.json whole, ended by a new line; see text_status. */
void size_json_render(const struct size_answer *answer,
                      const struct size_head *head, struct text *out);

/* Add results.csv: one row for each quantity of each design looked at, with the
 * design's values in columns of their own. */
void size_csv_render(const struct size_answer *answer, struct text *out);
#endif
