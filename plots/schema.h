#ifndef PLOTS_SCHEMA_H
#define PLOTS_SCHEMA_H
/*
 * Schema: the tables that the reader uses, as a JSON Schema (draft 7, which
 * editors know best), so that an editor completes and checks a scenario, or a
 * study, as one types. It never complains about what the reader accepts; what
 * lies between the parts of a scenario, such as names that refer to nothing,
 * only the reader can see. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fields.h"
#include "plots/text.h"

/* Add the schema of scenarios and studies to `out`, as a JSON text that ends a
 * line. */
void schema_render(struct text *out);

/*
 * The pattern of a kind's texts, as POSIX extended and JavaScript read it
 * alike; NULL where any text will do or the kind is a list of words. Looser
 * than the reader in the digits of dates and times and within the brackets of
 * a distribution.
 */
const char *schema_pattern(enum field_kind kind);
#endif
