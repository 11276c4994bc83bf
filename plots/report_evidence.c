/*
 * The report's later pages: the figures behind the answer, where the inputs
 * come from, what measures mean, every measure, the limits, and the boxes left
 * for people to fill in.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/definitions.h"
#include "plots/headline.h"
#include "plots/html.h"
#include "plots/report_impl.h"

/* ---- headline figures ---- */

/* The same headlines as on the terminal. */
static void add_headline(void *context, const char *label,
                         const struct result_row *row)
{
    page_estimate_row(context, label, &row->estimate,
                      measure_table[row->measure].unit);
}

void report_headlines(struct page *page)
{
    struct text s = {0};

    page_element(page, "h2", "The figures behind it");
    text_add(&s,
             "Two kinds of not knowing stand side by side. The spread is how "
             "much one simulated period differs from the next by chance: what "
             "a service would see. The interval is how well these runs know "
             "the average; more runs make it narrower. Neither says anything "
             "about whether the inputs are right.");
    page_paragraph(page, NULL, &s);
    page_table(page, NULL, page_estimate_heads(page));
    headline_each(page->answer, add_headline, page);
    page_table_end(page);
}

/* ---- inputs ---- */

/* One note of the scenario: where, what kind, and its own words. */
static void add_provenance(struct page *page, const struct provenance *from)
{
    text_add(page->out, "<tr><th scope=\"row\"><code>");
    html_add(page->out, from->path);
    text_printf(page->out, "</code></th><td>%s</td><td>%u</td><td>",
                from->assumption ? "assumption" : "source", from->numbers);
    html_add(page->out, from->source);
    text_add(page->out, "</td></tr>\n");
}

/* ---- what is not known for sure ---- */

static void add_uncertain(struct page *page)
{
    static const char *const heads[] = {"Where", "As written", NULL};
    const struct scenario *scenario = page->answer->result->scenario;

    if (!scenario->uncertain_count)
        return;
    page_table(page,
               "Numbers that are not known for sure. These runs use what each "
               "is about, or the middle; the intervals do not show it",
               heads);
    for (uint32_t i = 0; i < scenario->uncertain_count; i++) {
        const struct uncertain *u = &scenario->uncertain[i];

        text_add(page->out, "<tr><th scope=\"row\"><code>");
        html_add(page->out, u->path);
        text_add(page->out, "</code>");
        if (u->part && u->part[0]) {
            text_add(page->out, ", ");
            html_add(page->out, u->part);
        }
        text_add(page->out, "</th><td>");
        html_add(page->out, u->text);
        text_add(page->out, "</td></tr>\n");
    }
    page_table_end(page);
}

void report_inputs(struct page *page)
{
    static const char *const heads[] = {
        "Where", "What it is", "Numbers it covers", "In its words", NULL};
    const struct scenario *scenario = page->answer->result->scenario;
    struct text s = {0};

    page_element(page, "h2", "Where the numbers come from");
    text_printf(&s,
                "%u numbers go in. %u carry a source; the other %u are "
                "assumptions, said to be so or without any note. None has been "
                "calibrated to local data.",
                scenario->numbers, scenario->numbers_sourced,
                scenario->numbers - scenario->numbers_sourced);
    page_paragraph(page, NULL, &s);
    if (scenario->provenance_count) {
        page_table(page, "Notes in the scenario", heads);
        for (uint32_t i = 0; i < scenario->provenance_count; i++)
            add_provenance(page, &scenario->provenance[i]);
        page_table_end(page);
    }
    add_uncertain(page);
}

/* ---- definitions ---- */

/* Whether this scenario has anything of the measure. */
static bool has_figures(const struct page *page, uint32_t measure)
{
    const struct result *result = page->answer->result;

    for (size_t i = 0; i < result->row_count; i++)
        if (result->row[i].measure == measure &&
            isfinite(result->row[i].estimate.mean))
            return true;
    return false;
}

void page_definitions_begin(struct page *page)
{
    static const char *const heads[] = {"Measure", "Name in the files",
                                        "What it counts", NULL};

    page_element(page, "h2", "What the measures mean");
    text_add(page->out, "<details><summary>Definitions</summary>\n");
    page_table(page, NULL, heads);
}

void page_definitions_end(struct page *page)
{
    page_table_end(page);
    text_add(page->out, "</details>\n");
}

void page_definition(struct page *page, uint32_t measure)
{
    const char *definition = definition_of(measure_table[measure].id);

    if (!definition)
        return;
    text_add(page->out, "<tr><th scope=\"row\">");
    html_add(page->out, measure_table[measure].label);
    text_printf(page->out, "</th><td><code>%s</code></td><td>",
                measure_table[measure].id);
    html_add(page->out, definition);
    text_add(page->out, "</td></tr>\n");
}

void report_definitions(struct page *page)
{
    page_definitions_begin(page);
    for (uint32_t i = 0; i < measure_count; i++)
        if (has_figures(page, i))
            page_definition(page, i);
    page_definitions_end(page);
}

/* ---- every measure ---- */

/* Rows by the week and the hour are for files, not for a page. */
static bool is_for_page(const struct result_row *row)
{
    return isfinite(row->estimate.mean) &&
           (!row->sliced ||
            (row->slice != SLICE_WEEK && row->slice != SLICE_HOUR));
}

/* The whole measure, or one of its parts by name. */
static void add_row(struct page *page, const struct result_row *row)
{
    char name[ANSWER_NAME_SIZE], label[ANSWER_NAME_SIZE + 32];

    answer_slice_name(page->answer, row, name);
    if (row->sliced)
        snprintf(label, sizeof label, "%s: %s", slice_text(row->slice), name);
    else
        snprintf(label, sizeof label, "all");
    page_estimate_row(page, label, &row->estimate,
                      measure_table[row->measure].unit);
}

/* One measure: its rows from `first` on, all of which lie together. */
static void add_measure(struct page *page, size_t first)
{
    const struct result *result = page->answer->result;
    uint32_t measure = result->row[first].measure;

    text_add(page->out, "<details><summary>");
    html_add(page->out, measure_table[measure].label);
    text_printf(page->out, " (<code>%s</code>)</summary>\n",
                measure_table[measure].id);
    page_table(page, NULL, page_estimate_heads(page));
    for (size_t i = first;
         i < result->row_count && result->row[i].measure == measure; i++)
        if (is_for_page(&result->row[i]))
            add_row(page, &result->row[i]);
    page_table_end(page);
    text_add(page->out, "</details>\n");
}

void report_measures(struct page *page)
{
    const struct result *result = page->answer->result;
    struct text s = {0};

    page_element(page, "h2", "Every measure");
    text_add(&s, "Each unfolds to its parts. By the week and by the hour they "
                 "are in results.csv. ");
    if (result->replications < 100)
        text_add(&s, "The spread is shown from 100 replications on.");
    page_paragraph(page, NULL, &s);
    for (size_t i = 0; i < result->row_count; i++) {
        bool is_first =
            i == 0 || result->row[i - 1].measure != result->row[i].measure;
        if (is_first && has_figures(page, result->row[i].measure))
            add_measure(page, i);
    }
}

/* ---- limits ---- */

static const char *const limits[] = {
    "Utilisation is modelled work only. Breaks and other team time, training, "
    "records, calls that the scenario does not name, and everything else a "
    "team does come on top.",
    "Intervals are chance only, assuming the inputs are right. What is not "
    "known about the inputs is not in them, and is often larger.",
    "People of one cohort differ only by chance and by the spread that the "
    "scenario gives them. The model knows no age, ethnicity, diagnosis, "
    "language or place, so it cannot say who is served less well.",
    "Alerts are a service's own rules for when to act. They are not a measure "
    "of suicide risk. Suicide, self-harm and death are not modelled.",
    "That contacts protect, and for how long, is assumed; the evidence is "
    "thin. A missed contact may as well be a sign of getting worse as a cause "
    "of it.",
    "Staff are alike within a role, travel takes the time given wherever the "
    "person lives, and nobody leaves the team.",
    "Dates are simulated. Every day has 24 hours.",
    NULL};

void report_limits(struct page *page)
{
    page_element(page, "h2", "What this cannot say");
    text_add(page->out, "<ul>\n");
    for (const char *const *limit = limits; *limit; limit++)
        page_element(page, "li", *limit);
    text_add(page->out, "</ul>\n");
}

/* ---- for people ---- */

struct box {
    const char *title, *asks;
};
static const struct box boxes[] = {
    {"Clinical safety lead", "Hazards of the proposed plan and rota, what is "
                             "done about them, name and date."},
    {"Equality and quality impact", "Who may be served less well, how that was "
                                    "looked at, name and date."},
    {"Lived-experience review", "What people who have used such a service, and "
                                "their families, say of it; name and date."},
    {"Sign-off", "Decision, conditions, when to look again; name, role and "
                 "date."},
};

void report_boxes(struct page *page)
{
    struct text s = {0};

    page_element(page, "h2", "For people to fill in");
    text_add(&s, "A model decides nothing. Before anything here changes a "
                 "service:");
    page_paragraph(page, NULL, &s);
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        text_add(page->out, "<section class=\"box\">\n");
        page_element(page, "h3", boxes[i].title);
        page_element(page, "p", boxes[i].asks);
        text_add(page->out, "</section>\n");
    }
}
