#ifndef PLOTS_DEFINITIONS_H
#define PLOTS_DEFINITIONS_H
/*
 * Definitions: what each measure counts, in a sentence or two, as the report
 * and the measures' page of the manual say it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the measure called `id` is, or NULL where its label says it all. */
const char *definition_of(const char *id);
#endif
