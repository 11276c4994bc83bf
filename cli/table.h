#ifndef CLI_TABLE_H
#define CLI_TABLE_H
/*
 * Table: the answer on a terminal, to be read in ten seconds. At most 80
 * columns, plain text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/answer.h"
#include "plots/text.h"

#define TABLE_COLUMNS 80

/* Add the title, what was run, the headline measures and the targets. */
void table_render(const struct answer *answer, struct text *out);

/*
 * Add `string` as plain text, broken at spaces so that no line is longer than
 * TABLE_COLUMNS; the first line starts at column `at`, all others after
 * `indent` spaces. Ends the last line.
 */
void table_wrap(const char *string, size_t at, size_t indent, struct text *out);

/* Add `string` as plain text, cut or filled to exactly `columns`. */
void table_cell(const char *string, size_t columns, struct text *out);
#endif
