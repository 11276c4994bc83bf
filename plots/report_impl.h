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

/* The same of any figure, by its title; `number` is its own in the page. */
void page_picture(struct page *page, const struct figure *figure, int number,
                  const char *title, const char *caption);

/* Begin the document: its head, style and the first lines of its first screen,
 * up to a list of notes that the caller adds as elements "li". */
void page_begin(struct page *page, const char *title, const char *about);
/* Add the notes that every report begins with. */
void page_notes(struct page *page, const struct scenario *scenario);
/* End the list of notes and the first screen. */
void page_notes_end(struct page *page);

/* The table of definitions, its rows between. */
void page_definitions_begin(struct page *page);
void page_definitions_end(struct page *page);

/* A row of definitions; nothing where there is none. */
void page_definition(struct page *page, uint32_t measure);

/* Parts, in their order in the page. */
void report_asked(struct page *page);
void report_answer(struct page *page);
/* Of the answer: the verdicts, and what they can and cannot mean. */
void report_targets(struct page *page);
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
