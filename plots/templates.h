#ifndef PLOTS_TEMPLATES_H
#define PLOTS_TEMPLATES_H
/*
 * Templates: scenarios to start one's own from, compiled into the program so
 * that it needs no files once it is installed. They are the scenarios of
 * scenarios/templates/ and the example services themselves; the C file is made
 * by plots/plots.mk.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/text.h"

struct template
{
    const char *name;        /* "crisis-house" */
    const char *about;       /* the first sentence of its opening remark */
    const char *const *line; /* each with its end, up to a NULL */
};

/* Up to one without a name. */
extern const struct template template_table[];

/* The template called `name`, or NULL. */
const struct template *template_find(const char *name);

/* Add the whole text of a template to `out`. */
void template_add(const struct template *template, struct text *out);
#endif
