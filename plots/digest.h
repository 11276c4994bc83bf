#ifndef PLOTS_DIGEST_H
#define PLOTS_DIGEST_H
/*
 * The digest of a scenario: which inputs, exactly, a result stands on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"

#define DIGEST_LENGTH 64 /* hexadecimal digits of a SHA-256 */

/* Write the SHA-256 over the resolved scenario, in hexadecimal and ended by a
 * NUL. Files that differ only in order, layout or comments give the same. */
void digest_scenario(const struct scenario *scenario,
                     char out[DIGEST_LENGTH + 1]);
#endif
