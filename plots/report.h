#ifndef PLOTS_REPORT_H
#define PLOTS_REPORT_H
/*
 * report.html: one file that reads without a network, for a manager first and
 * for whoever checks the evidence after. The design's section 8 says what it
 * must and must not say; tests/test_report.c holds it to that.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/answer.h"
#include "plots/figure.h"
#include "plots/text.h"

/* Add the whole document to `out`; see text_status. */
void report_render(const struct answer *answer, const struct figures *figures,
                   struct text *out);
#endif
