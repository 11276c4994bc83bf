/*
 * The report of a sizing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/size_report.h"

#include <math.h>

#include "plots/digest.h"
#include "plots/html.h"
#include "plots/report_impl.h"
#include "plots/size_words.h"
#include "plots/version.h"

/* A page, whose answer is that of the rota that the sizing is about, and the
 * sizing on it. */
struct size_page {
    struct page page;
    const struct size_answer *answer;
    const struct size_figures *figures;
    uint32_t seed;
};

/* Add what one of the writers of words says as a paragraph; nothing where it
 * says nothing. */
typedef void words_writer(const struct size_answer *answer, struct text *out);
static void add_said(struct size_page *at, const char *class,
                     words_writer *write)
{
    struct text s = {0};

    write(at->answer, &s);
    if (s.bytes)
        page_paragraph(&at->page, class, &s);
    text_clear(&s);
}

/* Add a finished sentence as an item of a list, and release it. */
static void add_item(struct size_page *at, struct text *s)
{
    page_element(&at->page, "li", s->bytes ? s->bytes : "");
    at->page.out->failed = at->page.out->failed || s->failed;
    text_clear(s);
}

/* ---- the frame ---- */

static void add_header(struct size_page *at)
{
    const struct scenario *base = at->answer->base;

    page_begin(&at->page, base->title ? base->title : base->file, base->about);
    page_notes(&at->page, base);
    if (at->answer->stopped)
        page_element(&at->page, "li",
                     "It was stopped before it was done: nothing is promised.");
    else if (at->answer->end == SIZE_UNDECIDED)
        page_element(&at->page, "li",
                     "The runs allowed did not suffice for an answer: nothing "
                     "is promised.");
    page_notes_end(&at->page);
}

/* What somebody needs to make the same report again. */
static void add_footer(struct size_page *at)
{
    char digest[DIGEST_LENGTH + 1];

    digest_scenario(at->answer->base, digest);
    text_add(at->page.out,
             "</main>\n<footer>\n<p>Made by handrail " HANDRAIL_VERSION
             " from <code>");
    html_add(at->page.out, at->answer->base->file);
    text_printf(at->page.out,
                "</code>: %llu replications of all rotas together, seed %u. "
                "SHA-256 of the scenario before anything was varied: "
                "<code>%s</code>. The same file, ranges and seed give the same "
                "results.</p>\n</footer>\n</body>\n</html>\n",
                (unsigned long long)at->answer->replications, at->seed, digest);
}

/* ---- what was asked ---- */

static void add_asked(struct size_page *at)
{
    const struct size_question *question = at->answer->question;
    const struct scenario *base = at->answer->base;
    struct text s = {0};

    page_element(&at->page, "h2", "What was asked");
    text_add(&s, "Which is the cheapest rota that meets every target? What may "
                 "change:");
    page_paragraph(&at->page, NULL, &s);
    text_add(at->page.out, "<ul>\n");
    for (uint32_t r = 0; r < question->range_count; r++) {
        const struct size_range *range = &question->range[r];

        size_words_range(range, &s);
        text_printf(&s, ": %d to %d", (int)range->low, (int)range->high);
        if (range->step > 1)
            text_printf(&s, ", in steps of %d", (int)range->step);
        add_item(at, &s);
    }
    text_add(at->page.out, "</ul>\n");
    text_add(&s, "The targets:");
    page_paragraph(&at->page, NULL, &s);
    text_add(at->page.out, "<ul>\n");
    for (uint32_t i = 0; i < base->target_count; i++) {
        text_printf(&s, "%s: ", base->target[i].name);
        words_target(base, &base->target[i], &s);
        add_item(at, &s);
    }
    text_add(at->page.out, "</ul>\n");
}

/* ---- the answer ---- */

static void add_steps(struct size_page *at)
{
    struct text s = {0};

    if (!at->answer->step_count)
        return;
    page_element(&at->page, "h3", "One fewer, one more");
    text_add(&s, "Each held against the chosen in the same luck, all else "
                 "being equal.");
    page_paragraph(&at->page, NULL, &s);
    text_add(at->page.out, "<ul>\n");
    for (uint32_t i = 0; i < at->answer->step_count; i++) {
        size_words_step(at->answer, &at->answer->step[i], &s);
        add_item(at, &s);
    }
    text_add(at->page.out, "</ul>\n");
}

static void add_reach(struct size_page *at)
{
    struct text s = {0};

    if (at->answer->end != SIZE_NOTHING_MEETS)
        return;
    page_element(&at->page, "h3", "What each target could reach");
    text_add(at->page.out, "<ul>\n");
    for (uint32_t i = 0; i < at->answer->question->limit_count; i++) {
        size_words_reach(at->answer, i, &s);
        add_item(at, &s);
    }
    text_add(at->page.out, "</ul>\n");
}

/* A rota that meets its targets is no promise to anyone. */
static void add_caveat(struct size_page *at)
{
    struct text s = {0};

    text_add(&s, "This is the cheapest rota that meets these targets in the "
                 "model, no more. What the targets leave out, the rota was "
                 "not chosen for: working alone, who is missed, work that the "
                 "scenario does not name.");
    page_paragraph(&at->page, "caveat", &s);
}

static void add_answer(struct size_page *at)
{
    page_element(&at->page, "h2", "The answer");
    add_said(at, "lead", size_words_answer);
    add_said(at, NULL, size_words_promise);
    add_caveat(at);
    add_reach(at);
    if (at->answer->result)
        report_targets(&at->page);
    add_steps(at);
    if (at->answer->result)
        report_missed(&at->page);
}

/* ---- the rota beside the file's ---- */

static void add_rota(struct size_page *at)
{
    static const char *const heads[] = {"What", "As the scenario has it",
                                        "Here", NULL};
    const struct size_answer *answer = at->answer;
    uint32_t about = size_answer_about(answer);
    struct text *out = at->page.out;

    if (about == SIZE_NONE)
        return;
    page_element(&at->page, "h2", "The rota side by side");
    page_table(&at->page, NULL, heads);
    for (uint32_t r = 0; r < answer->question->range_count; r++) {
        int32_t here = size_value_of(answer->question, about, r);
        bool known = answer->base_design != SIZE_NONE;
        int32_t before =
            known ? size_value_of(answer->question, answer->base_design, r) : 0;
        bool differs = known && before != here;
        struct text name = {0};

        size_words_range(&answer->question->range[r], &name);
        text_add(out, "<tr><th scope=\"row\">");
        html_add(out, name.bytes ? name.bytes : "");
        text_clear(&name);
        if (known)
            text_printf(out, "</th><td>%d</td>", (int)before);
        else
            text_add(out, "</th><td>outside the ranges</td>");
        text_printf(out,
                    differs ? "<td class=\"differs\"><strong>%d</strong></td>"
                              "</tr>\n"
                            : "<td>%d</td></tr>\n",
                    (int)here);
    }
    page_table_end(&at->page);
}

/* ---- pictures ---- */

static void add_pictures(struct size_page *at)
{
    page_element(&at->page, "h2", "In pictures");
    page_picture(
        &at->page, &at->figures->figure[SIZE_FIGURE_FRONTIER],
        SIZE_FIGURE_FRONTIER, size_figure_title(SIZE_FIGURE_FRONTIER),
        "Every rota that was looked at, by what it costs and by the target "
        "that leaves least room, beside another target. Blue are those that "
        "no other seems to beat in both; that one does well by one target "
        "says nothing of the others. Grey dots have no number; rotas that "
        "cost too much to matter, or were left out, are not drawn.");
    page_picture(
        &at->page, &at->figures->figure[SIZE_FIGURE_HOURS], SIZE_FIGURE_HOURS,
        size_figure_title(SIZE_FIGURE_HOURS),
        "With the rota that the answer is about. Needed: the whole staff time "
        "of everything that falls due, from the moment it does. A peak above "
        "the grey of the rota has to wait; what waits longer than it may is "
        "missed. Busy: staff time given to it.");
}

/* ---- the frontier as a table ---- */

static void add_value(struct size_page *at, const struct estimate *estimate,
                      uint32_t quantity)
{
    char phrase[WORDS_PHRASE_SIZE];

    words_phrase(estimate, at->answer->watch->quantity[quantity].unit, phrase);
    text_add(at->page.out, "<td class=\"number\">");
    html_add(at->page.out, phrase);
    text_add(at->page.out, "</td>");
}

static void add_design(struct size_page *at, const struct size_row *row,
                       uint32_t number)
{
    const struct size_answer *answer = at->answer;
    struct text name = {0};

    text_printf(&name, "%u. ", number);
    size_words_design(answer, row->design, &name);
    if (row->design == size_answer_about(answer))
        text_add(&name,
                 answer->end == SIZE_CHOSEN ? " (chosen)" : " (nearest)");
    if (row->design == answer->base_design)
        text_add(&name, " (as the scenario has it)");
    text_add(at->page.out, "<tr><th scope=\"row\">");
    html_add(at->page.out, name.bytes ? name.bytes : "");
    text_clear(&name);
    text_add(at->page.out, "</th>");
    add_value(at, &row->value[0], 0);
    for (uint32_t t = 0; t < answer->question->limit_count; t++)
        add_value(at, &row->value[1 + t], 1 + t);
    text_printf(at->page.out, "<td>%s</td><td class=\"number\">%u</td></tr>\n",
                size_words_meets(row->meets), row->count);
}

static void add_frontier(struct size_page *at)
{
    const struct size_answer *answer = at->answer;
    const char *heads[SIZE_WATCH_MAX + 5] = {"Rota",
                                             size_words_minimised(answer)};
    uint32_t rows[SIZE_FIGURE_NUMBERS], columns = 2;
    uint32_t count = size_figure_rows(answer, rows);
    struct text s = {0};

    for (uint32_t t = 0; t < answer->question->limit_count; t++)
        heads[columns++] = size_words_quantity(answer, 1 + t);
    heads[columns++] = "Meets every target";
    heads[columns] = "Replications";
    page_element(&at->page, "h2", "Cost and risk, rota by rota");
    text_add(&s, "Those with a number in the picture. The figures of the "
                 "search lean a little to the good side for what was chosen "
                 "by them; those of the answer above are from fresh "
                 "replications. All rotas are in results.csv. Intervals are "
                 "95%: chance only, assuming the inputs are right.");
    page_paragraph(&at->page, NULL, &s);
    page_table(&at->page, NULL, heads);
    for (uint32_t i = 0; i < count; i++)
        add_design(at, &answer->row[rows[i]], i + 1);
    page_table_end(&at->page);
}

/* ---- the textbook ---- */

static void add_erlang(struct size_page *at)
{
    struct text s = {0};

    page_element(&at->page, "h2", "What the textbook says");
    if (!at->answer->erlang_count) {
        text_add(&s, "No textbook formula is about what was varied here.");
        page_paragraph(&at->page, NULL, &s);
        return;
    }
    text_add(at->page.out, "<ul>\n");
    for (uint32_t i = 0; i < at->answer->erlang_count; i++) {
        size_words_erlang(at->answer, &at->answer->erlang[i], &s);
        add_item(at, &s);
    }
    text_add(at->page.out, "</ul>\n");
    add_said(at, NULL, size_words_differs);
}

/* ---- the whole ---- */

/* The figures of the rota that the answer is about, where there are fresh
 * replications of it. */
static void add_figures(struct size_page *at)
{
    if (!at->answer->result)
        return;
    report_headlines(&at->page);
    report_definitions(&at->page);
    report_measures(&at->page);
}

void size_report_render(const struct size_answer *answer,
                        const struct size_figures *figures, uint32_t seed,
                        struct text *out)
{
    const struct result none = {.scenario = answer->base, .seed = seed};
    const struct result *result = answer->result ? answer->result : &none;
    const struct answer run = {.result = result, .asked = result->replications};
    struct size_page at = {{&run, NULL, out}, answer, figures, seed};

    add_header(&at);
    add_asked(&at);
    add_answer(&at);
    add_pictures(&at);
    add_rota(&at);
    add_frontier(&at);
    add_erlang(&at);
    page_element(&at.page, "h2", "How hard it was looked at");
    add_said(&at, NULL, size_words_effort);
    report_inputs(&at.page);
    add_figures(&at);
    report_limits(&at.page);
    report_boxes(&at.page);
    add_footer(&at);
}
