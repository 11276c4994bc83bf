#ifndef PLOTS_REPORT_IMPL_H
#define PLOTS_REPORT_IMPL_H
/*
 * The parts of the report, and what they share. Private to plots/.
 * A sentence is first made as plain text, names of the scenario and all, and
 * escaped as a whole when it goes into the page: so nothing is escaped twice
 * or not at all.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/report.h"
#include "plots/words.h"

struct page {
    const struct answer *answer;
    const struct figures *figures;
    struct text *out;
};

/* Add `sentence` as a paragraph, of a CSS class or NULL, and release it. */
void page_paragraph(struct page *page, const char *class,
                    struct text *sentence);

/* Add an element around escaped text: page_element(page, "h3", "Why?"). */
void page_element(struct page *page, const char *tag, const char *content);

/* Begin a table that may scroll: its caption and the heads of its columns, up
 * to a NULL; and end it. */
void page_table(struct page *page, const char *caption,
                const char *const *heads);
void page_table_end(struct page *page);

/* Add the four cells of a figure: label, mean, spread, interval. */
void page_estimate_row(struct page *page, const char *label,
                       const struct estimate *estimate, enum measure_unit unit);

/* The heads that go with it. */
const char *const *page_estimate_heads(const struct page *page);

/* Add a picture with what one sees in it, or a note of where it would be. */
void page_figure(struct page *page, enum figure_id id, const char *caption);

/* Parts, in their order in the page. */
void report_asked(struct page *page);
void report_answer(struct page *page);
void report_missed(struct page *page);
void report_pictures(struct page *page);
void report_headlines(struct page *page);
void report_runs(struct page *page);
void report_load(struct page *page);
void report_inputs(struct page *page);
void report_definitions(struct page *page);
void report_measures(struct page *page);
void report_limits(struct page *page);
void report_boxes(struct page *page);
#endif
