#ifndef TESTS_MARKUP_H
#define TESTS_MARKUP_H
/*
 * Markup: a small check that HTML and SVG hold together, so that a name in a
 * scenario which breaks out of its place is found.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What is wrong with `markup` and where, as a message; or NULL. Checked: every
 * tag is well formed, attributes in quotes, tags are closed in order (but for
 * HTML's void elements), '&' begins an entity, no id comes twice, and nothing
 * is there that could run or fetch: no script, no event handler, no reference
 * other than to an id of the same file.
 */
const char *markup_fault(const char *markup);
#endif
