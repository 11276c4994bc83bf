/*
 * The report's first pages: what was asked, the answer in sentences, whether
 * targets are met and who was missed all the same, and the pictures.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "plots/html.h"
#include "plots/report_impl.h"

/* ---- what was asked ---- */

/* "2.5 a week as crisis house admissions, ...". */
static void list_cohorts(const struct scenario *scenario, struct text *out)
{
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        const struct cohort *cohort = &scenario->cohort[i];
        char rate[WORDS_SIZE];

        if (cohort->referrals.file) {
            text_printf(out, "%s%u on the dates of a file as %s", i ? ", " : "",
                        cohort->referrals.dated_count, cohort->name);
            continue;
        }
        words_number(cohort->referrals.rate * 7, 1, rate);
        text_printf(out, "%s%s a week as %s", i ? ", " : "", rate,
                    cohort->name);
    }
}

/* "crisis house (8 places), then ...", as the scenario sorts them. */
static void list_levels(const struct scenario *scenario, struct text *out)
{
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        text_printf(out, "%s%s", i ? ", then " : "", level->name);
        if (level->places != NONE)
            text_printf(out, " (%u place%s)", level->places,
                        level->places == 1 ? "" : "s");
    }
}

void report_asked(struct page *page)
{
    const struct result *result = page->answer->result;
    const struct scenario *scenario = result->scenario;
    char run_for[WORDS_SIZE], count[WORDS_SIZE], start[11];
    struct text s = {0};

    page_element(page, "h2", "What was asked");
    words_span(scenario->calendar.run_for, run_for);
    words_number(result->replications, 0, count);
    sim_date_format(scenario->calendar.start +
                        sim_day_of(scenario->calendar.warm_up),
                    start);
    text_add(&s, "People arrive, ");
    list_cohorts(scenario, &s);
    text_add(&s, ". From the highest level of support down they may be in ");
    list_levels(scenario, &s);
    text_printf(&s,
                ". What would %s of this ask of the staff on the rota, which "
                "contacts would be missed, and how many people would go back "
                "into crisis? To see what is chance, %s were simulated %s "
                "times, counting from %s (simulated dates).",
                run_for, run_for, count, start);
    page_paragraph(page, NULL, &s);
}

/* ---- the answer in sentences ---- */

/* The bare number of a row; false where there is none. */
static bool bare(const struct page *page, const char *id, enum slice slice,
                 uint32_t value, char out[WORDS_SIZE])
{
    const struct result_row *row = answer_row(page->answer, id, slice, value);

    if (row)
        words_bare(&row->estimate, measure_table[row->measure].unit, out);
    return row != NULL;
}

/* The spread of a row between runs; false where there is none. */
static bool spread(const struct page *page, const char *id,
                   char out[WORDS_SIZE])
{
    const struct result_row *row = answer_row(page->answer, id, SLICE_COUNT, 0);

    if (row)
        words_spread(&row->estimate, measure_table[row->measure].unit, out);
    return row && out[0];
}

/* What the spread is a spread of. */
static const char *years(const struct page *page)
{
    return strcmp(words_run(page->answer->result->scenario),
                  "simulated year") == 0
               ? "simulated years"
               : "simulated runs";
}

/* The question that managers ask first: what falls due, what is missed, why. */
static void say_contacts(struct page *page)
{
    char due[WORDS_SIZE], lost[WORDS_SIZE], away[WORDS_SIZE];
    char weekday[WORDS_SIZE], weekend[WORDS_SIZE], range[WORDS_SIZE];
    struct text s = {0};

    if (!bare(page, "contacts_due", SLICE_COUNT, 0, due) ||
        !bare(page, "contacts_not_delivered", SLICE_COUNT, 0, lost) ||
        !bare(page, "contacts_not_attended", SLICE_COUNT, 0, away))
        return;
    text_printf(
        &s,
        "In an average week %s planned contacts fall due. Of every 100, "
        "%s are not delivered because no staff came in time, and %s "
        "are not attended because the person was not there.",
        due, lost, away);
    if (spread(page, "contacts_not_delivered", range))
        text_printf(&s, " In 9 of 10 %s, %s in 100 are not delivered.",
                    years(page), range);
    if (bare(page, "contacts_not_delivered", SLICE_DAY, SIM_DAY_WEEKDAY,
             weekday) &&
        bare(page, "contacts_not_delivered", SLICE_DAY, SIM_DAY_WEEKEND,
             weekend))
        text_printf(&s, " On weekdays it is %s in 100, at weekends %s.",
                    weekday, weekend);
    page_paragraph(page, "lead", &s);
}

/* The role with the largest share of its time in use. */
static const struct result_row *busiest(const struct page *page)
{
    const struct scenario *scenario = page->answer->result->scenario;
    const struct result_row *most = NULL;

    for (uint32_t i = 0; i < scenario->role_count; i++) {
        const struct result_row *row =
            answer_row(page->answer, "utilisation", SLICE_ROLE, i);
        if (row && (!most || row->estimate.mean > most->estimate.mean))
            most = row;
    }
    return most;
}

/* How busy, at what cost. The busiest role stands for all; the table has the
 * rest. */
static void say_staff(struct page *page)
{
    const struct result_row *most = busiest(page);
    char busy[WORDS_SIZE], cost[WORDS_SIZE], overtime[WORDS_SIZE];
    struct text s = {0};

    if (!most)
        return;
    words_bare(&most->estimate, UNIT_SHARE, busy);
    text_printf(&s,
                "The busiest role is %s: %s of every 100 hours present go into "
                "the work that is modelled here; other duties come on top.",
                page->answer->result->scenario->role[most->value].name, busy);
    if (bare(page, "overtime_hours", SLICE_COUNT, 0, overtime))
        text_printf(&s, " Overtime is %s hours a week, all roles together.",
                    overtime);
    if (bare(page, "cost_per_week", SLICE_COUNT, 0, cost))
        text_printf(&s, " Staff cost %s a week, as paid in the scenario.",
                    cost);
    page_paragraph(page, NULL, &s);
}

/* Where places are limited: how many are taken, how often all. */
static void say_places(struct page *page)
{
    const struct scenario *scenario = page->answer->result->scenario;
    struct text s = {0};

    for (uint32_t i = 0; i < scenario->level_count; i++) {
        char people[WORDS_SIZE], full[WORDS_SIZE];

        if (scenario->level[i].places == NONE ||
            !bare(page, "occupancy", SLICE_LEVEL, i, people) ||
            !bare(page, "full", SLICE_LEVEL, i, full))
            continue;
        text_printf(&s,
                    "%sOn average %s people are in %s, which has %u place%s ",
                    s.length ? " " : "", people, scenario->level[i].name,
                    scenario->level[i].places,
                    scenario->level[i].places == 1 ? "" : "s");
        if (strcmp(full, "0") == 0)
            text_add(&s, "and was never full.");
        else
            text_printf(&s, "and is full for %s of every 100 hours.", full);
    }
    if (s.length)
        page_paragraph(page, NULL, &s);
    text_clear(&s);
}

/* Whether completed contacts are taken to protect in any condition. */
static bool contacts_protect(const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->condition_count; i++)
        if (scenario->condition[i].after_contact.times != 1)
            return true;
    return false;
}

/* A rate of crises never stands without this. */
static void say_caveat(struct page *page)
{
    struct text s = {0};

    text_add(&s, "How many people go back into crisis follows above all from "
                 "the rates of getting worse that were put in. Read it beside "
                 "the same figure of another plan or rota, not alone.");
    if (contacts_protect(page->answer->result->scenario))
        text_add(&s, " It also takes for granted that a completed contact "
                     "protects for a while; the evidence for that effect is "
                     "thin.");
    page_paragraph(page, "caveat", &s);
}

/* Natural frequencies, with the spread before any interval. */
static void say_crises(struct page *page)
{
    char early[WORDS_SIZE], late[WORDS_SIZE], up[WORDS_SIZE], range[WORDS_SIZE];
    struct text s = {0};

    if (!bare(page, "crisis_within_30_days", SLICE_COUNT, 0, early) ||
        !bare(page, "crisis_within_90_days", SLICE_COUNT, 0, late))
        return;
    text_printf(&s,
                "Of every 100 people who step down, the model has %s with a "
                "crisis within 30 days and %s within 90 days.",
                early, late);
    if (spread(page, "crisis_within_90_days", range))
        text_printf(&s, " In 9 of 10 %s it is %s within 90 days.", years(page),
                    range);
    if (bare(page, "reescalation_within_90_days", SLICE_COUNT, 0, up))
        text_printf(&s,
                    " Within 90 days %s are back at a higher level of support, "
                    "or have left in a crisis.",
                    up);
    page_paragraph(page, NULL, &s);
    say_caveat(page);
}

/* ---- targets ---- */

/* The style of a verdict; its words carry the meaning, not its colour. */
static const char *verdict_class(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
        return "met";
    case VERDICT_NOT_MET:
        return "not-met";
    default:
        return "unsure";
    }
}

/* Met on average, but not in nine years of ten. */
static bool is_missed_in_some(const struct target *target,
                              const struct result_target *result)
{
    return result->verdict == VERDICT_MET && target->in == PERIOD_NONE &&
           (target->at_most ? result->estimate.p95 > target->limit
                            : result->estimate.p05 < target->limit);
}

/* What the target is about and asks for. */
static void add_target_name(struct page *page, const struct target *target)
{
    const struct scenario *scenario = page->answer->result->scenario;
    struct text asked = {0};

    words_target(scenario, target, &asked);
    page_element(page, "strong", target->name);
    text_add(page->out, "<br>");
    html_add(page->out, asked.bytes ? asked.bytes : "");
    text_clear(&asked);
}

/* One target: its name, the verdict, the figures. */
static void add_target(struct page *page, const struct result_target *result)
{
    const struct target *target =
        &page->answer->result->scenario->target[result->target];
    enum measure_unit unit = words_target_unit(target);
    char value[WORDS_SIZE], range[WORDS_SIZE], between[WORDS_SIZE];

    words_value(&result->estimate, unit, value);
    words_spread(&result->estimate, unit, range);
    words_between(&result->estimate, unit, between);
    text_add(page->out, "<tr><th scope=\"row\">");
    add_target_name(page, target);
    text_printf(page->out,
                "</th><td><span class=\"verdict %s\">%s</span>%s</td>"
                "<td class=\"number\">%s</td><td class=\"number\">%s</td>"
                "<td class=\"number\">%s</td></tr>\n",
                verdict_class(result->verdict), words_verdict(result->verdict),
                is_missed_in_some(target, result)
                    ? "<br>on average, not every time"
                    : "",
                value, range, between);
}

void report_targets(struct page *page)
{
    const struct result *result = page->answer->result;
    const char *const *usual = page_estimate_heads(page);
    const char *heads[] = {"Target", "Is it met?", usual[1],
                           usual[2], usual[3],     NULL};
    struct text s = {0};

    page_element(page, "h3", "Are the targets met?");
    if (!result->target_count) {
        text_add(&s, "The scenario sets no targets.");
        page_paragraph(page, NULL, &s);
        return;
    }
    page_table(page, NULL, heads);
    for (size_t i = 0; i < result->target_count; i++)
        add_target(page, &result->target[i]);
    page_table_end(page);
    text_add(&s, "Met and not met are said where the whole interval lies on "
                 "one side of the limit; otherwise these runs cannot tell. "
                 "They are about the average over many years.");
    page_paragraph(page, NULL, &s);
}

void report_answer(struct page *page)
{
    page_element(page, "h2", "The answer");
    say_contacts(page);
    report_targets(page);
    say_staff(page);
    say_places(page);
    say_crises(page);
}

/* ---- who was missed ---- */

struct missed_row {
    const char *id;
    enum slice slice; /* SLICE_COUNT: whole */
    uint32_t value;
    const char *label;
};

static const struct missed_row missed_rows[] = {
    {"missed_while_unwell", SLICE_COUNT, 0,
     "Contacts missed by people who were unwell, of all that were due"},
    {"contacts_missed", SLICE_SINCE_MOVE, 0,
     "Contacts missed in the first 72 hours or so after a move (days 0 to 3), "
     "of those due then"},
    {"first_contact_in_time", SLICE_COUNT, 0,
     "First contact within the time the level sets"},
    {"longest_gap_days", SLICE_COUNT, 0,
     "Longest stretch without a completed contact, in a stay"},
    {"longest_gap_days_p95", SLICE_COUNT, 0,
     "The same: 95 in 100 stays have no longer one than"},
    {"weekends_all_delivered", SLICE_COUNT, 0,
     "Weekends on which everything due was delivered"},
    {"seen_within_72_hours", SLICE_COUNT, 0,
     "Of people getting worse: noticed within 72 hours"},
    {"disengaged", SLICE_COUNT, 0, "People who disengage"},
};

void report_missed(struct page *page)
{
    struct text s = {0};

    page_element(page, "h3", "Who was missed");
    text_add(&s, "A target in per cent can be met while the people who need a "
                 "contact most go without. These figures say who did.");
    page_paragraph(page, NULL, &s);
    page_table(page, NULL, page_estimate_heads(page));
    for (size_t i = 0; i < sizeof missed_rows / sizeof *missed_rows; i++) {
        const struct missed_row *missed = &missed_rows[i];
        const struct result_row *row =
            answer_row(page->answer, missed->id, missed->slice, missed->value);
        if (row)
            page_estimate_row(page, missed->label, &row->estimate,
                              measure_table[row->measure].unit);
    }
    page_table_end(page);
}

/* ---- pictures ---- */

void report_pictures(struct page *page)
{
    page_element(page, "h2", "In pictures");
    page_figure(
        page, FIGURE_HOURS,
        "Needed: the whole staff time of everything that falls due, "
        "from the moment it does. A peak above the grey of the rota has "
        "to wait; what waits longer than it may is missed. Busy: staff "
        "time given to it.");
    page_figure(page, FIGURE_DAYS,
                "Shares of the planned contacts that fell due on each day of "
                "the week; a bank holiday counts on its weekday.");
    page_figure(page, FIGURE_OCCUPANCY,
                "How many people each level has, averaged over each week, "
                "against its places. Simulated dates.");
    page_figure(page, FIGURE_CURVES,
                "Of 100 people who enter a plan for the first time: how many "
                "have had a crisis, or have gone back up, by each day. Leaving "
                "first counts as neither.");
    page_figure(page, FIGURE_STATES,
                "Where 100 people are on each day after they first enter a "
                "plan. The states are the scenario's own words.");
}
