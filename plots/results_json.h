#ifndef PLOTS_RESULTS_JSON_H
#define PLOTS_RESULTS_JSON_H
/*
 * results.json (design, section 8): everything a run says, for programs. One
 * row to a line, numbers to 9 significant digits, null for what cannot be had.
 * It holds nothing that differs between two runs of the same thing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/answer.h"
#include "plots/text.h"

/* Add the whole document, ended by a new line, to `out`; see text_status. */
void results_json_render(const struct answer *answer, struct text *out);
#endif
