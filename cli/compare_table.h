#ifndef CLI_COMPARE_TABLE_H
#define CLI_COMPARE_TABLE_H
/*
 * The comparison on a terminal: a block for each measure, then what the runs
 * cannot tell, and how the figures were made. At most 80 columns, plain text.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/compare.h"

void compare_table_render(const struct compare_result *result,
                          struct text *out);
#endif
