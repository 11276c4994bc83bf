#ifndef CLI_SIZE_TABLE_H
#define CLI_SIZE_TABLE_H
/*
 * The answer of a sizing on a terminal: at most 80 columns, plain text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/size_answer.h"

/* Add the answer, what is promised, what one more or one fewer does, the
 * frontier, the textbook's answer, and how hard was looked. */
void size_table_render(const struct size_answer *answer, struct text *out);
#endif
