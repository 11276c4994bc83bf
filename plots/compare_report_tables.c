/*
 * The report of a comparison: who was missed, the options side by side, and the
 * figures behind the differences.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "plots/compare_report_impl.h"
#include "plots/compare_words.h"
#include "plots/html.h"

/* ---- the options' own figures ---- */

/* Whether any option has a figure of the measure. */
static bool has_figures(const struct compare_result *result, size_t measure)
{
    for (size_t i = 0; i < result->question->option_count; i++)
        if (isfinite(compare_value_of(result, COMPARE_AS_WRITTEN, i, measure)
                         ->estimate.mean))
            return true;
    return false;
}

/* One measure, every option in a row of its own: spread before interval. */
static void add_measure(struct compare_page *at, const char *caption,
                        size_t measure)
{
    const struct compare_result *result = at->result;
    const char *const *usual = page_estimate_heads(&at->page);
    const char *heads[] = {"Option", usual[1], usual[2], usual[3], NULL};

    page_table(&at->page, caption, heads);
    for (size_t i = 0; i < result->question->option_count; i++)
        page_estimate_row(
            &at->page, result->question->option[i].name,
            &compare_value_of(result, COMPARE_AS_WRITTEN, i, measure)->estimate,
            measure_table[result->measure[measure].measure].unit);
    page_table_end(&at->page);
}

/* ---- who was missed ---- */

static const struct {
    const char *id, *caption;
} missed[] = {
    {"missed_while_unwell",
     "Contacts missed by people who were unwell, of all that were due"},
    {"first_contact_in_time", "First contact within the time the level sets"},
    {"longest_gap_days",
     "Longest stretch without a completed contact, in a stay"},
    {"seen_within_72_hours",
     "Of people getting worse: noticed within 72 hours"},
    {"disengaged", "People who disengage"},
};

void compare_report_missed(struct compare_page *at)
{
    struct text s = {0};

    page_element(&at->page, "h3", "Who was missed");
    text_add(&s, "An option can be better in per cent while the people who "
                 "need a contact most go without. These figures say who did.");
    page_paragraph(&at->page, NULL, &s);
    for (size_t i = 0; i < sizeof missed / sizeof *missed; i++) {
        size_t measure = compare_measure_find(
            at->result, measure_find(missed[i].id), SLICE_COUNT, NULL);

        if (measure < at->result->measure_count &&
            has_figures(at->result, measure))
            add_measure(at, missed[i].caption, measure);
    }
}

/* ---- settings ---- */

/* What an option has at a path; NULL where it is as the base has it. */
static const struct compare_setting *
setting_at(const struct compare_option *option, const char *path)
{
    for (size_t i = 0; i < option->setting_count; i++)
        if (strcmp(option->setting[i].path, path) == 0)
            return &option->setting[i];
    return NULL;
}

/* Whether an earlier option changes the same path: it has its row. */
static bool is_repeated(const struct compare_question *question, size_t option,
                        const char *path)
{
    for (size_t i = 0; i < option; i++)
        if (setting_at(&question->option[i], path))
            return true;
    return false;
}

static void add_value(struct text *out, const char *value)
{
    if (!value || strcmp(value, "null") == 0)
        text_add(out, "\xe2\x80\x93");
    else
        html_add(out, value);
}

/* One path: the base's value, then each option's, what differs marked. */
static void add_setting(struct compare_page *at,
                        const struct compare_setting *setting)
{
    const struct compare_question *question = at->result->question;
    struct text *out = at->page.out;

    text_add(out, "<tr><th scope=\"row\"><code>");
    html_add(out, setting->path);
    text_add(out, "</code></th><td>");
    add_value(out, setting->was);
    text_add(out, "</td>");
    for (size_t i = 1; i < question->option_count; i++) {
        const struct compare_setting *own =
            setting_at(&question->option[i], setting->path);
        bool differs =
            own && (!setting->was || strcmp(own->value, setting->was) != 0);

        text_add(out, differs ? "<td class=\"differs\"><strong>"
                              : "<td class=\"same\">");
        add_value(out, own ? own->value : setting->was);
        text_add(out, differs ? "</strong></td>" : "</td>");
    }
    text_add(out, "</tr>\n");
}

void compare_report_settings(struct compare_page *at)
{
    const struct compare_question *question = at->result->question;
    const char *heads[COMPARE_OPTIONS_MAX + 2] = {"What"};
    struct text s = {0};

    page_element(&at->page, "h2", "The options side by side");
    text_add(&s, "Everything in which they are set differently; all else is as "
                 "in the base. What differs from the base is bold.");
    page_paragraph(&at->page, NULL, &s);
    for (size_t i = 0; i < question->option_count; i++)
        heads[1 + i] = question->option[i].name;
    page_table(&at->page, NULL, heads);
    for (size_t i = 1; i < question->option_count; i++)
        for (size_t j = 0; j < question->option[i].setting_count; j++)
            if (!is_repeated(question, i, question->option[i].setting[j].path))
                add_setting(at, &question->option[i].setting[j]);
    page_table_end(&at->page);
}

/* ---- every figure ---- */

void compare_report_figures(struct compare_page *at)
{
    const struct compare_result *result = at->result;
    struct text s = {0};

    page_element(&at->page, "h2", "The figures behind it");
    text_add(&s,
             "Each option by itself. The spread is how much one simulated "
             "period differs from the next by chance: what a service would "
             "see. The interval is how well these runs know the average. Two "
             "options whose intervals overlap can still be told apart, as "
             "they meet the same luck; and rates of crises are not to be read "
             "without their difference. ");
    compare_words_pairing(result, &s);
    page_paragraph(&at->page, NULL, &s);
    for (size_t m = 0; m < result->measure_count; m++) {
        struct text label = {0};

        if (!has_figures(result, m))
            continue;
        compare_words_measure(&result->measure[m], &label);
        text_add(at->page.out, "<details><summary>");
        html_add(at->page.out, label.bytes ? label.bytes : "");
        text_printf(at->page.out, " (<code>%s</code>)</summary>\n",
                    measure_table[result->measure[m].measure].id);
        text_clear(&label);
        add_measure(at, NULL, m);
        text_add(at->page.out, "</details>\n");
    }
}
