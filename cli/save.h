#ifndef CLI_SAVE_H
#define CLI_SAVE_H
/*
 * Save: one text, to standard output or to a file of its own. The file appears
 * whole or not at all, and one that is there is not replaced without `force`.
 * What goes wrong is said to the user here; results are STATUS_ codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>

#include "plots/text.h"

/* Write `text` to the file `path`, NULL: to standard output; release it. */
int save_text(struct text *text, const char *path, bool force);
#endif
