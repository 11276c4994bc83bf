#ifndef PLOTS_RESULTS_CSV_H
#define PLOTS_RESULTS_CSV_H
/*
 * results.csv: one tidy row per measure and slice, to 9 significant digits;
 * what cannot be had is an empty cell.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/answer.h"
#include "plots/text.h"

/* Add the whole file to `out`; see text_status. */
void results_csv_render(const struct answer *answer, struct text *out);

/*
 * Add one cell, quoted where RFC 4180 asks. A text from a user that a
 * spreadsheet would take for a formula (it begins with = + - or @) is made
 * harmless by an apostrophe before it.
 */
void results_csv_cell(const char *string, struct text *out);
#endif
