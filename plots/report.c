/*
 * The report: its frame, and what its parts share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/report.h"

#include <stdio.h>
#include <string.h>

#include "plots/digest.h"
#include "plots/html.h"
#include "plots/report_impl.h"
#include "plots/scripts.h"
#include "plots/version.h"

#define INTERVAL                                                               \
    "95% interval of the average: chance only, assuming the inputs are right"

/* ---- shared ---- */

void page_element(struct page *page, const char *tag, const char *content)
{
    text_printf(page->out, "<%s>", tag);
    html_add(page->out, content);
    text_printf(page->out, "</%s>\n", tag);
}

void page_paragraph(struct page *page, const char *class, struct text *sentence)
{
    if (class)
        text_printf(page->out, "<p class=\"%s\">", class);
    else
        text_add(page->out, "<p>");
    html_add(page->out, sentence->bytes ? sentence->bytes : "");
    text_add(page->out, "</p>\n");
    page->out->failed = page->out->failed || sentence->failed;
    text_clear(sentence);
}

void page_table(struct page *page, const char *caption,
                const char *const *heads)
{
    text_add(page->out, "<div class=\"scroll\"><table>\n");
    if (caption)
        page_element(page, "caption", caption);
    text_add(page->out, "<thead><tr>");
    for (; *heads; heads++) {
        text_add(page->out, "<th scope=\"col\">");
        html_add(page->out, *heads);
        text_add(page->out, "</th>");
    }
    text_add(page->out, "</tr></thead>\n<tbody>\n");
}

void page_table_end(struct page *page)
{
    text_add(page->out, "</tbody></table></div>\n");
}

const char *const *page_estimate_heads(const struct page *page)
{
    static const char *const years[] = {"Measure", "On average",
                                        "9 simulated years in 10 lie in",
                                        INTERVAL, NULL};
    static const char *const runs[] = {"Measure", "On average",
                                       "9 simulated runs in 10 lie in",
                                       INTERVAL, NULL};

    return strcmp(words_run(page->answer->result->scenario),
                  "simulated year") == 0
               ? years
               : runs;
}

/* A number in words; a dash where there is none. */
static void add_number_cell(struct page *page, const char *words)
{
    text_add(page->out, "<td class=\"number\">");
    html_add(page->out, words[0] ? words : "\xe2\x80\x93");
    text_add(page->out, "</td>");
}

void page_estimate_row(struct page *page, const char *label,
                       const struct estimate *estimate, enum measure_unit unit)
{
    char value[WORDS_SIZE], spread[WORDS_SIZE], between[WORDS_SIZE];

    words_value(estimate, unit, value);
    words_spread(estimate, unit, spread);
    words_between(estimate, unit, between);
    text_add(page->out, "<tr><th scope=\"row\">");
    html_add(page->out, label);
    text_add(page->out, "</th>");
    add_number_cell(page, value);
    add_number_cell(page, spread);
    add_number_cell(page, between);
    text_add(page->out, "</tr>\n");
}

/* Why there is no picture. */
static const char *undrawn_text(enum figure_status status)
{
    switch (status) {
    case FIGURE_NO_DATA:
        return "Nothing to show: this scenario has none of it.";
    case FIGURE_NO_GNUPLOT:
        return "Not drawn: gnuplot is not installed. Install gnuplot-nox and "
               "run again.";
    case FIGURE_STOPPED:
        return "Not drawn: the run was stopped.";
    default:
        return "Not drawn: gnuplot failed.";
    }
}

void page_picture(struct page *page, const struct figure *figure, int number,
                  const char *title, const char *caption)
{
    char prefix[16];

    text_add(page->out, "<figure>\n");
    if (figure->status == FIGURE_DRAWN) {
        snprintf(prefix, sizeof prefix, "f%d-", number);
        text_add(page->out, "<div class=\"scroll\">");
        html_add_svg(page->out, figure->svg.bytes, prefix);
        text_add(page->out, "</div>\n");
    } else {
        text_add(page->out, "<div class=\"undrawn\">");
        page_element(page, "strong", title);
        page_element(page, "p", undrawn_text(figure->status));
        text_add(page->out, "</div>\n");
    }
    text_add(page->out, "<figcaption>");
    html_add(page->out, caption);
    text_add(page->out, " Modelled, not observed.</figcaption>\n</figure>\n");
}

void page_figure(struct page *page, enum figure_id id, const char *caption)
{
    page_picture(page, &page->figures->figure[id], (int)id, figure_title(id),
                 caption);
}

/* ---- the frame ---- */

/* Every scenario has a name: its own or its file's. */
static const char *title_of(const struct page *page)
{
    const struct scenario *scenario = page->answer->result->scenario;

    return scenario->title ? scenario->title : scenario->file;
}

/* Everything inside the one file: no style sheet, no font, no script from
 * elsewhere. */
static void add_head(struct page *page, const char *title)
{
    text_add(page->out,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
             "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
             "content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"generator\" content=\"handrail " HANDRAIL_VERSION
             "\">\n");
    page_element(page, "title", title);
    text_add(page->out, "<style>\n");
    for (const char *const *line = script_report; *line; line++)
        text_add(page->out, *line);
    text_add(page->out, "</style>\n</head>\n<body>\n");
}

/* The first screen: what this is, and what it is not. */
void page_begin(struct page *page, const char *title, const char *about)
{
    add_head(page, title);
    text_add(page->out, "<header>\n<p class=\"modelled\">Modelled, not "
                        "observed</p>\n");
    page_element(page, "h1", title);
    if (about) {
        text_add(page->out, "<p class=\"about\">");
        html_add(page->out, about);
        text_add(page->out, "</p>\n");
    }
    text_add(page->out, "<ul class=\"notes\">\n");
}

/* What must be read before any number: on the first screen. */
void page_notes(struct page *page, const struct scenario *scenario)
{
    struct text note = {0};

    text_printf(&note, "%u of the %u numbers that go in are assumptions.",
                scenario->numbers - scenario->numbers_sourced,
                scenario->numbers);
    page_element(page, "li", note.bytes ? note.bytes : "");
    text_clear(&note);
    page_element(page, "li", "Not calibrated to local data.");
    page_element(page, "li",
                 "For planning a service. Not a medical device, not for "
                 "individual care.");
}

void page_notes_end(struct page *page)
{
    text_add(page->out, "</ul>\n</header>\n<main>\n");
}

static void add_header(struct page *page)
{
    const struct result *result = page->answer->result;
    struct text note = {0};

    page_begin(page, title_of(page), result->scenario->about);
    page_notes(page, result->scenario);
    if (result->replications < page->answer->asked) {
        text_printf(&note,
                    "The run was stopped after %u of %u replications; these "
                    "are the results of the first %u.",
                    result->replications, page->answer->asked,
                    result->replications);
        page_element(page, "li", note.bytes ? note.bytes : "");
        text_clear(&note);
    }
    page_notes_end(page);
}

/* What somebody needs to make the same report again. */
static void add_footer(struct page *page)
{
    const struct result *result = page->answer->result;
    char digest[DIGEST_LENGTH + 1];

    digest_scenario(result->scenario, digest);
    text_add(page->out,
             "</main>\n<footer>\n<p>Made by handrail " HANDRAIL_VERSION
             " from <code>");
    html_add(page->out, result->scenario->file);
    text_printf(page->out,
                "</code>: %u replications, seed %u. SHA-256 of the scenario as "
                "it was run: <code>%s</code>. The same file, seed and number "
                "of replications give the same results.</p>\n</footer>\n"
                "</body>\n</html>\n",
                result->replications, result->seed, digest);
}

void report_render(const struct answer *answer, const struct figures *figures,
                   struct text *out)
{
    struct page page = {answer, figures, out};

    add_header(&page);
    report_asked(&page);
    report_answer(&page);
    report_missed(&page);
    report_pictures(&page);
    report_headlines(&page);
    report_runs(&page);
    report_load(&page);
    report_inputs(&page);
    report_definitions(&page);
    report_measures(&page);
    report_limits(&page);
    report_boxes(&page);
    add_footer(&page);
}
