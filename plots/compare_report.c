/*
 * The report of a comparison: its frame, what was asked, the answer and the
 * pictures.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/compare_report.h"

#include <math.h>
#include <string.h>

#include "plots/compare_report_impl.h"
#include "plots/compare_words.h"
#include "plots/digest.h"
#include "plots/html.h"
#include "plots/version.h"

/* ---- the frame ---- */

static void add_note(struct page *page, struct text *note)
{
    page_element(page, "li", note->bytes ? note->bytes : "");
    page->out->failed = page->out->failed || note->failed;
    text_clear(note);
}

/* What must be read before any number: on the first screen. */
static void add_header(struct compare_page *at)
{
    const struct compare_question *question = at->result->question;
    struct text note = {0};

    page_begin(&at->page,
               question->title ? question->title : "Options compared",
               question->about);
    page_notes(&at->page, at->page.answer->result->scenario);
    if (question->stop == COMPARE_FIXED &&
        at->result->replications < question->replications) {
        text_printf(&note,
                    "The run was stopped after %u of %u replications of each "
                    "option; these are the results of the first %u.",
                    at->result->replications, question->replications,
                    at->result->replications);
        add_note(&at->page, &note);
    }
    for (size_t i = 1; i < question->option_count; i++)
        if (question->option[i].like_base) {
            text_printf(&note, "%s is the same as %s: it changes nothing.",
                        question->option[i].name, question->option[0].name);
            add_note(&at->page, &note);
        }
    page_notes_end(&at->page);
}

/* What somebody needs to make the same report again. */
static void add_footer(struct compare_page *at)
{
    const struct compare_question *question = at->result->question;
    struct text *out = at->page.out;
    char digest[DIGEST_LENGTH + 1];

    text_printf(out,
                "</main>\n<footer>\n<p>Made by handrail " HANDRAIL_VERSION
                ": %u replications of each option, seed %u. The same files, "
                "seed and number of replications give the same results. "
                "SHA-256 of each option's scenario as it was run:</p>\n<ul>\n",
                at->result->replications, question->seed);
    for (size_t i = 0; i < question->option_count; i++) {
        digest_scenario(question->option[i].scenario[COMPARE_AS_WRITTEN],
                        digest);
        text_add(out, "<li>");
        html_add(out, question->option[i].name);
        text_add(out, " (");
        html_add(out, question->option[i].file);
        text_printf(out, "): <code>%s</code></li>\n", digest);
    }
    text_add(out, "</ul>\n</footer>\n</body>\n</html>\n");
}

/* ---- what was asked ---- */

void compare_report_asked(struct compare_page *at)
{
    const struct compare_question *question = at->result->question;
    struct text *out = at->page.out;
    struct text s = {0};

    page_element(&at->page, "h2", "What was asked");
    text_printf(&s, "What would be different from %s, if instead it was:",
                question->option[0].name);
    page_paragraph(&at->page, NULL, &s);
    text_add(out, "<ol start=\"2\">\n"); /* as in the pictures; 1 is the base */
    for (size_t i = 1; i < question->option_count; i++) {
        const struct compare_option *option = &question->option[i];

        text_add(out, "<li><strong>");
        html_add(out, option->name);
        text_add(out, "</strong>");
        if (option->note) {
            text_add(out, ": ");
            html_add(out, option->note);
        }
        text_add(out, "</li>\n");
    }
    text_add(out, "</ol>\n");
    compare_words_run(at->result, &s);
    text_add(&s, " So what differs between options is what they change, and "
                 "not the luck of the draw.");
    page_paragraph(&at->page, NULL, &s);
}

/* ---- the answer ---- */

/* "Planned contacts not delivered: 2.2 less (2.1 to 2.3), in 100". */
static void say_difference(const struct compare_result *result,
                           const struct compare_value *value, size_t measure,
                           struct text *out)
{
    const struct compare_measure *what = &result->measure[measure];
    const char *unit = compare_words_unit(what);
    char words[WORDS_PHRASE_SIZE];

    compare_words_difference(value, what, words);
    compare_words_measure(what, out);
    text_printf(out, ": %s%s%s", words, unit[0] ? ", " : "", unit);
}

/* What the runs say of a difference. */
enum said { SAID_BETTER, SAID_WORSE, SAID_DIFFERENT, SAID_NOTHING, SAID_COUNT };

static enum said said_of(const struct compare_value *value,
                         const struct compare_measure *measure)
{
    enum measure_better better = measure_table[measure->measure].better;

    if (value->finding != COMPARE_APART)
        return SAID_NOTHING;
    if (better == BETTER_NONE)
        return SAID_DIFFERENT;
    return (value->difference < 0) == (better == BETTER_LOWER) ? SAID_BETTER
                                                               : SAID_WORSE;
}

/* A list of the measures of which one thing is said; nothing where there are
 * none. */
static void add_said(struct compare_page *at, size_t option, enum said said)
{
    static const char *const words[] = {[SAID_BETTER] = "Better",
                                        [SAID_WORSE] = "Worse",
                                        [SAID_DIFFERENT] = "Different"};
    struct text *out = at->page.out;
    bool any = false;

    for (size_t m = 0; m < at->result->asked; m++) {
        const struct compare_value *value =
            compare_value_of(at->result, COMPARE_AS_WRITTEN, option, m);
        struct text s = {0};

        if (said_of(value, &at->result->measure[m]) != said)
            continue;
        if (!any)
            text_printf(out, "<li>%s:<ul>\n", words[said]);
        any = true;
        say_difference(at->result, value, m, &s);
        page_element(&at->page, "li", s.bytes ? s.bytes : "");
        text_clear(&s);
    }
    if (any)
        text_add(out, "</ul></li>\n");
}

/* One option: what differs, and what cannot be told. */
static void add_option(struct compare_page *at, size_t option)
{
    const struct compare_question *question = at->result->question;
    struct text title = {0}, open = {0};

    text_printf(&title, "%s against %s", question->option[option].name,
                question->option[0].name);
    page_element(&at->page, "h3", title.bytes ? title.bytes : "");
    text_clear(&title);
    text_add(at->page.out, "<ul>\n");
    if (question->option[option].like_base)
        page_element(&at->page, "li", "The same, for it changes nothing.");
    for (int said = 0; said < SAID_NOTHING; said++)
        add_said(at, option, (enum said)said);
    compare_words_open(at->result, COMPARE_AS_WRITTEN, option, &open);
    if (open.bytes)
        page_element(&at->page, "li", open.bytes);
    text_clear(&open);
    text_add(at->page.out, "</ul>\n");
}

/* What comes of it, in one word with its style; the words carry the meaning. */
static void add_finding(struct text *out, const struct compare_value *value,
                        const struct compare_measure *measure)
{
    static const char *const words[SAID_COUNT] = {
        "<span class=\"verdict met\">better</span>",
        "<span class=\"verdict not-met\">worse</span>",
        "<span class=\"verdict unsure\">different</span>",
        "<span class=\"verdict unsure\">cannot tell</span>"};

    text_add(out, value->finding == COMPARE_SAME
                      ? "<span class=\"verdict unsure\">the same</span>"
                      : words[said_of(value, measure)]);
}

/* One option's row of a table of differences. */
static void add_row(struct compare_page *at, enum compare_world world,
                    size_t option, size_t measure)
{
    const struct compare_measure *what = &at->result->measure[measure];
    const struct compare_value *value =
        compare_value_of(at->result, world, option, measure);
    struct text *out = at->page.out;
    char words[WORDS_PHRASE_SIZE], chance[WORDS_SIZE];

    text_add(out, "<tr><th scope=\"row\">");
    html_add(out, at->result->question->option[option].name);
    text_add(out, "</th><td class=\"number\">");
    if (option > 0) {
        compare_words_difference(value, what, words);
        html_add(out, words);
        text_add(out, "</td><td>");
        add_finding(out, value, what);
    } else {
        text_add(out, "the base</td><td>");
    }
    compare_words_chance(value->chance_best, chance);
    text_add(out, "</td><td class=\"number\">");
    html_add(out, chance);
    text_add(out, "</td></tr>\n");
}

/* Every asked measure's table of differences in a world. */
static void add_tables(struct compare_page *at, enum compare_world world)
{
    static const char *const heads[] = {
        "Option", "Difference from the base (95%, all together)",
        "What can be said", "Chance that its average is best", NULL};
    const struct compare_result *result = at->result;

    for (size_t m = 0; m < result->asked; m++) {
        const struct compare_measure *measure = &result->measure[m];
        const char *unit = compare_words_unit(measure);
        struct text caption = {0};

        compare_words_measure(measure, &caption);
        if (unit[0])
            text_printf(&caption, " (%s)", unit);
        page_table(&at->page, caption.bytes, heads);
        text_clear(&caption);
        for (size_t i = 0; i < result->question->option_count; i++)
            add_row(at, world, i, m);
        page_table_end(&at->page);
    }
}

/* A rate of crises never stands without this. */
static void add_caveat(struct compare_page *at)
{
    struct text s = {0};

    text_add(&s, "How many people go back into crisis follows above all from "
                 "the rates of getting worse that were put in; what options "
                 "do to it follows from how far contacts are taken to "
                 "protect, for which the evidence is thin.");
    if (at->result->worlds > 1)
        text_add(&s, " The comparison is therefore made a second time, below, "
                     "as though they did not.");
    page_paragraph(&at->page, "caveat", &s);
}

static void add_no_effect(struct compare_page *at)
{
    struct text s = {0};

    if (at->result->worlds < 2)
        return;
    page_element(&at->page, "h3", "If contacts had no protective effect");
    text_add(&s, compare_words_no_effect());
    page_paragraph(&at->page, NULL, &s);
    add_tables(at, COMPARE_NO_EFFECT);
}

void compare_report_answer(struct compare_page *at)
{
    const struct compare_result *result = at->result;
    struct text s = {0};

    page_element(&at->page, "h2", "The answer");
    compare_words_selection(result, &s);
    compare_words_separated(result, &s);
    if (s.bytes)
        page_paragraph(&at->page, "lead", &s);
    text_clear(&s);
    for (size_t i = 1; i < result->question->option_count; i++)
        add_option(at, i);
    add_caveat(at);
    page_element(&at->page, "h3", "Difference by difference");
    compare_words_method(result, &s);
    text_add(&s, " Better and worse are said where the whole interval lies on "
                 "one side of no difference; otherwise these runs cannot "
                 "tell.");
    page_paragraph(&at->page, NULL, &s);
    add_tables(at, COMPARE_AS_WRITTEN);
    add_no_effect(at);
}

/* ---- pictures ---- */

static void add_figure(struct compare_page *at, enum compare_figure_id id,
                       struct text *caption)
{
    page_picture(&at->page, &at->figures->figure[id], (int)id,
                 compare_figure_title(id),
                 caption->bytes ? caption->bytes : "");
    text_clear(caption);
}

void compare_report_pictures(struct compare_page *at)
{
    const struct compare_result *result = at->result;
    struct text s = {0};

    page_element(&at->page, "h2", "In pictures");
    text_printf(&s,
                "Each option less %s, in the same luck. Where the line crosses "
                "0 these runs cannot tell the two apart. The lines of all "
                "differences hold together: 95%% interval, chance only, "
                "assuming the inputs are right.",
                result->question->option[0].name);
    if (result->asked > COMPARE_FIGURE_MEASURES ||
        result->question->option_count - 1 > COMPARE_FIGURE_OPTIONS)
        text_add(&s, " Only the first measures and options are drawn; the "
                     "tables have all.");
    add_figure(at, COMPARE_FIGURE_DIFFERENCES, &s);
    text_add(&s, "Further left costs less, further down is better. Blue are "
                 "the options that no other beats in both by its averages; "
                 "where lines overlap that may be chance. An option that plans "
                 "fewer contacts has fewer to miss, which makes it no better; "
                 "one that plans none is not in that picture.");
    add_figure(at, COMPARE_FIGURE_TRADE, &s);
    text_add(&s, "Of every role whose rota differs, the base and each option "
                 "with a rota of its own; where none differs, the base. "
                 "Needed: the whole staff time of everything that falls due, "
                 "from the moment it does. A peak above the grey of the rota "
                 "has to wait; what waits longer than it may is missed.");
    add_figure(at, COMPARE_FIGURE_HOURS, &s);
}

/* ---- the whole ---- */

static void add_definitions(struct compare_page *at)
{
    page_definitions_begin(&at->page);
    for (size_t i = 0; i < at->result->measure_count; i++) {
        bool before = false;

        for (size_t j = 0; j < i; j++)
            before = before || at->result->measure[j].measure ==
                                   at->result->measure[i].measure;
        if (!before)
            page_definition(&at->page, at->result->measure[i].measure);
    }
    page_definitions_end(&at->page);
}

void compare_report_render(const struct compare_result *result,
                           const struct compare_figures *figures,
                           struct text *out)
{
    const struct compare_option *base = &result->question->option[0];
    const struct result of_base = {.scenario =
                                       base->scenario[COMPARE_AS_WRITTEN],
                                   .layout = base->layout[COMPARE_AS_WRITTEN],
                                   .seed = result->question->seed,
                                   .replications = result->replications};
    const struct answer answer = {.result = &of_base,
                                  .asked = result->replications};
    struct compare_page at = {{&answer, NULL, out}, result, figures};

    add_header(&at);
    compare_report_asked(&at);
    compare_report_answer(&at);
    compare_report_missed(&at);
    compare_report_pictures(&at);
    compare_report_settings(&at);
    compare_report_figures(&at);
    report_inputs(&at.page);
    add_definitions(&at);
    report_limits(&at.page);
    report_boxes(&at.page);
    add_footer(&at);
}
