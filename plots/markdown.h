#ifndef PLOTS_MARKDOWN_H
#define PLOTS_MARKDOWN_H
/*
 * Markdown: plain text, names from a scenario and all, made harmless and put
 * into headings, paragraphs, lists and tables. What is given is always plain
 * text; nothing in it can become markup or HTML.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"

/* Add `string`: line ends become blanks, what has a meaning in Markdown is
 * escaped, < > & become entities, and text_add_plain's rules hold. */
void markdown_add(struct text *out, const char *string);

/* "## title", `depth` 1 to 6, with the empty lines around it. */
void markdown_heading(struct text *out, int depth, const char *title);

/* These take a finished text, and release it. An empty one adds nothing. */
void markdown_paragraph(struct text *out, struct text *text);
void markdown_bullet(struct text *out, struct text *text);

/* The head of a table, a list ended by NULL; then rows of as many cells, which
 * are released; then markdown_end, as after a list. */
void markdown_head(struct text *out, const char *const *heads);
void markdown_row(struct text *out, struct text *cell, size_t count);
void markdown_end(struct text *out);
#endif
