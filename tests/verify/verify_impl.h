#ifndef TESTS_VERIFY_VERIFY_IMPL_H
#define TESTS_VERIFY_VERIFY_IMPL_H
/*
 * Rows of verification as tab-separated lines, written by families and read by
 * the page. The first field says what a line is:
 *   family  order, name, title, about, form
 *   note    Markdown
 *   case    name, command
 *   row     struct row, in the order of its members; NAN as "nan"
 * Tabs and line ends inside a text are written as "\t", "\n", "\\".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The verdict on a row that the form asked for does not run. */
#define VERIFY_NOT_RUN "not run"

enum row_field {
    ROW_CASE,
    ROW_QUANTITY,
    ROW_KIND,  /* "near", "within", "same", "holds" */
    ROW_WRONG, /* what is wrong in a control; else empty */
    ROW_TRUTH, /* as text, with the range where there is one */
    ROW_SOURCE,
    ROW_MEAN,
    ROW_ERROR,
    ROW_LOWER,
    ROW_UPPER,
    ROW_Z,
    ROW_VERDICT,
    ROW_ATTEMPT, /* "first" or "fresh" */
    ROW_REPLICATIONS,
    ROW_WIDE, /* why the interval may be wide; else empty */
    ROW_FIELDS
};

/* Write a text as one field. */
void row_put(FILE *file, const char *text);
/* Undo it, in place. */
void row_unescape(char *text);
/* Split a line at its tabs, in place and unescaped; the number of fields, at
 * most `most`. */
size_t row_split(char *line, char **field, size_t most);
#endif
