/*
 * The report on the runs themselves: whether there were enough of them, and
 * whether measuring began late enough.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/html.h"
#include "plots/report_impl.h"
#include "plots/stopping.h"

/* One target: what is known of it and what was wanted. */
static void add_watch(struct page *page, const struct precision *precision,
                      const struct precision_watch *watch)
{
    const struct target *target = &precision->scenario->target[watch->target];
    const struct precision_point *last = &watch->point[precision->count - 1];
    enum measure_unit unit = words_target_unit(target);
    char width[WORDS_SIZE], wanted[WORDS_SIZE];

    stopping_width(last->half_width, unit, width);
    stopping_width(last->wanted, unit, wanted);
    text_add(page->out, "<tr><th scope=\"row\">");
    html_add(page->out, target->name);
    text_printf(page->out,
                "</th><td class=\"number\">%s</td><td class=\"number\">%s</td>"
                "<td>%s</td></tr>\n",
                width, wanted,
                watch->narrow   ? "yes"
                : watch->varies ? "no"
                                : "no: the same every time, so how much it "
                                  "varies is not known");
}

/* Whether measuring began late enough. */
static void add_warm_up(struct page *page)
{
    struct text s = {0};

    if (!page->answer->warm_up)
        return;
    page_element(page, "h3", "Was the warm-up long enough?");
    stopping_say_warm_up(page->answer, &s);
    text_add(&s, " (MSER-5, White, Cobb and Spratt 2000, on the people in and "
                 "waiting for each level, week by week, averaged over the "
                 "replications.)");
    page_paragraph(page, NULL, &s);
}

static void add_precision(struct page *page)
{
    static const char *const heads[] = {
        "Target", "Its interval reaches to either side", "Wanted at most",
        "Narrow enough", NULL};
    const struct precision *precision = page->answer->precision;
    struct text s = {0};

    if (!precision || !precision->count)
        return;
    page_element(page, "h3", "Were there enough runs?");
    stopping_say(page->answer, &s);
    page_paragraph(page, NULL, &s);
    page_table(page, NULL, heads);
    for (size_t i = 0; i < precision->watch_count; i++)
        add_watch(page, precision, &precision->watch[i]);
    page_table_end(page);
    page_figure(page, FIGURE_TRACE,
                "The average of each target after so many replications, and "
                "its interval. A run that ends because intervals look narrow "
                "has them hold the truth a little less often than the 95 in "
                "100 they are made for: 94 to 95 in tests of this program.");
}

void report_runs(struct page *page)
{
    add_warm_up(page);
    add_precision(page);
}
