#ifndef PLOTS_SIZE_REPORT_H
#define PLOTS_SIZE_REPORT_H
/*
 * report.html of a sizing: as plots/report.h, the answer and what is promised
 * first, then what one fewer and one more would do. The same must and must
 * not; tests/test_size_report.c holds it to that.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/size_figure.h"
#include "plots/text.h"

/* Add the whole document to `out`; see text_status. `seed` is what it was run
 * with. */
void size_report_render(const struct size_answer *answer,
                        const struct size_figures *figures, uint32_t seed,
                        struct text *out);
#endif
