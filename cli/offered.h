#ifndef CLI_OFFERED_H
#define CLI_OFFERED_H
/*
 * Offered: what is asked of places and staff before any run, on a terminal.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"
#include "studies/load.h"

/* Add the tables and what goes with them. */
void offered_render(const struct load *load, struct text *out);

/* Add a line "PATH: warning: ..." for each overload and gap. */
void offered_warnings(const struct load *load, const char *path,
                      struct text *out);
#endif
