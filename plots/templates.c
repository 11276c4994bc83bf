/*
 * Finding a template and putting its lines together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/templates.h"

#include <string.h>

const struct template *template_find(const char *name)
{
    for (const struct template *t = template_table; t->name != NULL; t++)
        if (strcmp(t->name, name) == 0)
            return t;
    return NULL;
}

void template_add(const struct template *template, struct text *out)
{
    for (const char *const *line = template->line; *line != NULL; line++)
        text_add(out, *line);
}
