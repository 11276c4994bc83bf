/*
 * The report's page on what is offered before any run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "plots/html.h"
#include "plots/load_words.h"
#include "plots/report_impl.h"

static void add_cell(struct page *page, double value, int decimals)
{
    char number[WORDS_SIZE];

    if (isfinite(value))
        words_number(value, decimals, number);
    else
        number[0] = '\0';
    text_printf(page->out, "<td>%s</td>", number);
}

static void add_name(struct page *page, const char *name)
{
    text_add(page->out, "<tr><th scope=\"row\">");
    html_add(page->out, name);
    text_add(page->out, "</th>");
}

static void add_levels(struct page *page)
{
    static const char *const heads[] = {"Level",
                                        "People a week",
                                        "Days, on average",
                                        "People, on average",
                                        "Places",
                                        "Share of places",
                                        NULL};
    const struct load *load = page->answer->load;

    page_table(page, "People offered to each level", heads);
    for (uint32_t i = 0; i < load->scenario->level_count; i++) {
        const struct load_level *level = &load->level[i];
        uint32_t places = load->scenario->level[i].places;

        add_name(page, load->scenario->level[i].name);
        add_cell(page, level->arrivals, 1);
        add_cell(page, level->stay_days, 1);
        add_cell(page, level->people, 1);
        add_cell(page, places == NONE ? INFINITY : (double)places, 0);
        add_cell(page, level->ratio, 2);
        text_add(page->out, "</tr>\n");
    }
    page_table_end(page);
}

static void add_roles(struct page *page)
{
    static const char *const heads[] = {
        "Role",          "Mon-Fri: work", "Staff there", "Share",
        "Sat-Sun: work", "Staff there",   "Share",       NULL};
    const struct load *load = page->answer->load;

    page_table(page, "Hours of work offered to each role a day", heads);
    for (uint32_t r = 0; r < load->scenario->role_count; r++) {
        add_name(page, load->scenario->role[r].name);
        for (int d = 0; d < LOAD_DAY_TYPES; d++) {
            add_cell(page, load->role[r].day[d].all, 1);
            add_cell(page, load->role[r].day[d].present, 1);
            add_cell(page, load->role[r].day[d].ratio, 2);
        }
        text_add(page->out, "</tr>\n");
    }
    page_table_end(page);
}

/* A figure of the simulation for a level, or an empty cell. */
static void add_simulated(struct page *page, const char *id, uint32_t level,
                          double times, int decimals)
{
    const struct result_row *row =
        answer_row(page->answer, id, SLICE_LEVEL, level);

    add_cell(page, row ? times * row->estimate.mean : INFINITY, decimals);
}

/* The textbook's answer beside the simulated one. */
static void add_waits(struct page *page)
{
    static const char *const heads[] = {
        "Level",     "People there: offered",
        "Simulated", "Would wait, of 100: formula",
        "Simulated", "Days of waiting: formula",
        "Simulated", NULL};
    const struct load *load = page->answer->load;

    page_table(page, "The formula's answer and the simulation's", heads);
    for (uint32_t i = 0; i < load->scenario->level_count; i++) {
        const struct load_level *level = &load->level[i];

        add_name(page, load->scenario->level[i].name);
        add_cell(page, level->people, 1);
        add_simulated(page, "occupancy", i, 1, 1);
        add_cell(page, 100 * level->full, 0);
        add_simulated(page, "waited", i, 100, 0);
        add_cell(page, level->wait_days, 2);
        add_simulated(page, "wait_days", i, 1, 2);
        text_add(page->out, "</tr>\n");
    }
    page_table_end(page);
}

/* One item of a list, and release its text. */
static void add_item(struct page *page, struct text *line)
{
    page_element(page, "li", line->bytes ? line->bytes : "");
    text_clear(line);
}

static void add_overloads(struct page *page)
{
    const struct load *load = page->answer->load;

    if (load->overload == 0)
        return;
    text_add(page->out, "<ul>\n");
    for (uint32_t i = 0; i < load->overload; i++) {
        struct text line = {0};
        load_words_overload(load, i, &line);
        add_item(page, &line);
    }
    text_add(page->out, "</ul>\n");
}

static void add_formulas(struct page *page)
{
    const struct load *load = page->answer->load;
    struct text line = {0};

    text_add(page->out, "<ul>\n");
    for (uint32_t i = 0; i < load->scenario->level_count; i++) {
        load_words_formula(load, i, &line);
        add_item(page, &line);
    }
    text_add(&line, load_words_staff());
    add_item(page, &line);
    text_add(page->out, "</ul>\n");
}

void report_load(struct page *page)
{
    struct text s = {0};

    if (!page->answer->load)
        return;
    page_element(page, "h2", "Before the run: offered and rostered");
    text_add(&s, "What the scenario asks of places and staff, worked out "
                 "without simulating. ");
    text_add(&s, load_words_left_out());
    text_add(&s, " The figures above are the simulation's and go before "
                 "these.");
    page_paragraph(page, NULL, &s);
    add_overloads(page);
    add_levels(page);
    add_roles(page);
    add_waits(page);
    add_formulas(page);
}
