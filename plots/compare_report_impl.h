#ifndef PLOTS_COMPARE_REPORT_IMPL_H
#define PLOTS_COMPARE_REPORT_IMPL_H
/*
 * The parts of the report of a comparison. Private to plots/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/compare_report.h"
#include "plots/report_impl.h"

/* A page, whose answer is of the base alone, and what is compared on it. */
struct compare_page {
    struct page page;
    const struct compare_result *result;
    const struct compare_figures *figures;
};

/* Parts, in their order in the page. */
void compare_report_asked(struct compare_page *at);
void compare_report_answer(struct compare_page *at);
void compare_report_pictures(struct compare_page *at);
void compare_report_settings(struct compare_page *at);
void compare_report_missed(struct compare_page *at);
void compare_report_figures(struct compare_page *at);
#endif
