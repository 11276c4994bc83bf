#ifndef CLI_COMPARE_SUMMARY_H
#define CLI_COMPARE_SUMMARY_H
/*
 * What was understood of a study, in a few plain lines.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/compare_load.h"
#include "plots/text.h"

/* Add the base, the options with what each changes, and the measures. */
void compare_summary_render(const struct compare_load *load, struct text *out);
#endif
