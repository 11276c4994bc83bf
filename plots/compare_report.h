#ifndef PLOTS_COMPARE_REPORT_H
#define PLOTS_COMPARE_REPORT_H
/*
 * report.html of a comparison: as plots/report.h, differences first. The same
 * must and must not; tests/test_compare_report.c holds it to that.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/compare_figure.h"
#include "plots/text.h"

/* Add the whole document to `out`; see text_status. */
void compare_report_render(const struct compare_result *result,
                           const struct compare_figures *figures,
                           struct text *out);
#endif
