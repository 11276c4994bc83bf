/* What was understood of a study.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_summary.h"

#include <string.h>

#include "cli/table.h"
#include "plots/compare_words.h"

#define VALUE_SIZE 60 /* of a value that is shown, with its end */

static void add_line(struct text *line, size_t indent, struct text *out)
{
    for (size_t i = 0; i < indent; i++)
        text_add(out, " ");
    table_wrap(line->bytes ? line->bytes : "", indent, indent + 2, out);
    text_clear(line);
}

/* A value as far as it fits into a line or so; "none" where it is removed. */
static void add_value(const char *value, const char *none, struct text *out)
{
    char shown[VALUE_SIZE];

    if (!value || strcmp(value, "null") == 0) {
        text_add(out, none);
        return;
    }
    text_plain(value, shown, sizeof shown);
    text_add(out, shown);
    if (strlen(shown) < strlen(value))
        text_add(out, "...");
}

static void add_option(const struct compare_option *option, struct text *out)
{
    struct text line = {0};

    text_add(&line, option->name);
    if (option->like_base)
        text_add(&line, ": the same as the base");
    add_line(&line, 2, out);
    for (size_t i = 0; i < option->setting_count; i++) {
        const struct compare_setting *setting = &option->setting[i];

        text_printf(&line, "%s: ", setting->path);
        add_value(setting->value, "nothing", &line);
        text_add(&line, ", not ");
        add_value(setting->was, "nothing", &line);
        add_line(&line, 4, out);
    }
}

static void add_measures(const struct study_file *study, struct text *out)
{
    struct text line = {0};

    text_add(out, "Compared by\n");
    for (size_t i = 0; i < study->measure_count; i++) {
        const struct compare_measure measure = {study->measure[i].measure,
                                                study->measure[i].slice,
                                                study->measure[i].value};

        compare_words_measure(&measure, &line);
        add_line(&line, 2, out);
    }
    if (study->measure_count == 0)
        text_add(out, "  what is usual: who is missed, crises, cost\n");
}

void compare_summary_render(const struct compare_load *load, struct text *out)
{
    struct text line = {0};

    if (load->study->title) {
        text_add(&line, load->study->title);
        add_line(&line, 0, out);
    }
    text_printf(&line, "Base: %s, %s", load->study->base,
                load->option[0].scenario[COMPARE_AS_WRITTEN]->title);
    add_line(&line, 0, out);
    text_add(out, "Options\n");
    for (size_t i = 1; i < load->option_count; i++)
        add_option(&load->option[i], out);
    add_measures(load->study, out);
    if (load->both_worlds)
        table_wrap("Options support people by other plans or contacts, so all "
                   "are also compared without the protective effect of "
                   "contacts.",
                   0, 0, out);
}
