#ifndef PLOTS_HTML_H
#define PLOTS_HTML_H
/*
 * Html: text from anywhere, made harmless in HTML and SVG, and pictures made
 * fit to stand inside a page.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"

/*
 * Add a text from a user, or a number in words, as content or as the value of
 * an attribute in quotes: & < > " ' are escaped, and what text_add_plain does
 * not let through becomes '?'.
 */
void html_add(struct text *out, const char *string);

/*
 * Add an SVG file to a page: without its XML head, and with `prefix` before
 * every id and every reference to one, so that two pictures in a page do not
 * meet. The file is one that figures_draw made.
 */
void html_add_svg(struct text *out, const char *svg, const char *prefix);
#endif
