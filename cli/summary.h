#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H
/*
 * Summary: what was understood of a scenario, in a few plain lines, so that
 * its author can see whether that is what was meant.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"
#include "plots/text.h"

/* Add the summary to `out`. */
void summary_render(const struct scenario *scenario, struct text *out);

/* Hours a week that `role` is rostered in an ordinary week, all shifts. */
double summary_rota_hours(const struct scenario *scenario, uint32_t role);
#endif
