/*
 * Who comes: referrals, where people come first, what they are like and what
 * they want, and who is there when the simulation starts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

#include <math.h>

#include "models/caseload.h"

/* ---- referrals ---- */

/* "in Dec 1.2 times as many": the months that differ. */
static void say_months(const struct referrals *referrals, struct text *s)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const char *joint = "; in ";

    for (size_t i = 0; i < 12; i++) {
        if (fabs(referrals->month[i] - 1) < 1e-9)
            continue;
        text_printf(s, "%s%s ", joint, months[i]);
        if (referrals->month[i] > 0)
            text_printf(s, "%.3g times as many", referrals->month[i]);
        else
            text_add(s, "nobody");
        joint = ", in ";
    }
}

/* Year after year, from the start. */
static void say_growth(const struct referrals *referrals, struct text *s)
{
    if (referrals->growth > 0)
        text_printf(s, "; %.3g%% more with every year",
                    100 * referrals->growth);
    else if (referrals->growth < 0)
        text_printf(s, "; %.3g%% fewer with every year",
                    -100 * referrals->growth);
}

/* The dates of a file; its times are drawn only where it has none. */
static void say_dated(const struct referrals *referrals, struct text *s)
{
    bool untimed = false;

    for (uint32_t i = 0; i < referrals->dated_count; i++)
        untimed = untimed || !referrals->dated[i].timed;
    text_printf(s, "%u, on the dates in %s", referrals->dated_count,
                referrals->file);
    if (!untimed)
        return;
    text_add(s, "; where it gives no time, ");
    if (referrals->open.from == 0 && referrals->open.until == SIM_DAY) {
        text_add(s, "at any hour");
        return;
    }
    text_add(s, "between ");
    say_clock(referrals->open.from, s);
    text_add(s, " and ");
    say_clock(referrals->open.until, s);
}

/* The rate is a mean over an ordinary week, whatever the hours. */
static void bullet_referrals(struct describe *d, const struct cohort *cohort)
{
    const struct referrals *referrals = &cohort->referrals;
    struct text s = {0};

    text_add(&s, "Referrals: ");
    if (referrals->file != NULL) {
        say_dated(referrals, &s);
    } else if (referrals->rate <= 0) {
        text_add(&s, "none are expected");
    } else {
        say_rate(referrals->rate, &s);
        text_add(&s, " on average");
        say_months(referrals, &s);
        say_growth(referrals, &s);
        text_add(&s, "; accepted ");
        say_opening(&referrals->open, &s);
    }
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* A priority means something only where people wait. */
static void bullet_entry(struct describe *d, const struct cohort *cohort)
{
    const struct level *level = &d->scenario->level[cohort->enters];
    bool waits =
        (level->places != NONE && !level->diverts) || level_chooses(level);
    struct text s = {0};

    text_printf(&s, "They come to %s", level->name);
    if (waits && level->places != NONE && !level->diverts)
        text_printf(&s, ", and wait for a place where all %u are taken",
                    level->places);
    else if (waits)
        text_add(&s, ", and wait until they may enter");
    if (waits)
        text_printf(&s, " (priority %u; lower goes first)", cohort->priority);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* ---- what they are like ---- */

/* A supposition about people, and said to be one. */
static void bullet_disengaging(struct describe *d, const struct cohort *cohort)
{
    struct text s = {0};

    if (cohort->disengage_after == 0 && cohort->disengage_rate == NULL)
        return;
    text_add(&s, "Some stop taking contacts");
    if (cohort->disengage_after > 0) {
        text_printf(&s, ": from missed contact %u in a row on, ",
                    cohort->disengage_after);
        say_chance(cohort->disengage_chance, &s);
        text_add(&s, " each time");
    }
    if (cohort->disengage_rate != NULL)
        text_add(&s, cohort->disengage_after > 0 ? "; and some at any time"
                                                 : " at any time");
    text_add(&s, ". This is supposed, not wanted.");
    markdown_bullet(d->out, &s);
}

/* How often is supposed; what is done is laid down, or missing. */
static void bullet_calls(struct describe *d, const struct cohort *cohort)
{
    struct text s = {0};

    if (cohort->reaches_out == NULL)
        return;
    text_add(&s, "People may also call of themselves");
    if (d->scenario->trigger_response[TRIGGER_REACHES_OUT] == NONE)
        text_add(&s, " (nothing is laid down for it)");
    else
        text_add(&s, "; what is done then stands under \"If the person "
                     "calls\"");
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* The states are the scenario's words; the reader meets them again in the
 * responses ("if found ..."). */
static void bullet_condition(struct describe *d, const struct cohort *cohort)
{
    const struct condition *condition;
    struct text s = {0};

    if (cohort->condition == NONE)
        return;
    condition = &d->scenario->condition[cohort->condition];
    text_printf(&s, "How they are is described by \"%s\": ", condition->name);
    for (uint32_t i = 0; i < condition->state_count; i++)
        text_printf(&s, "%s%s", i ? ", " : "",
                    d->scenario->state[condition->state[i]].name);
    text_add(&s, ", from mild to severe; the last is a crisis.");
    markdown_bullet(d->out, &s);
}

/* What people prefer and need when they are visited. */
static void bullet_wishes(struct describe *d, const struct cohort *cohort)
{
    struct text s = {0};

    for (uint32_t i = 0; i < cohort->prefers_count; i++) {
        text_add(&s, i == 0 ? "Times of day they prefer: " : ", ");
        say_clock(cohort->prefers[i].at, &s);
        text_add(&s, " (");
        if (cohort->prefers[i].chance < 1)
            say_chance(cohort->prefers[i].chance, &s);
        else
            text_add(&s, "everyone");
        text_add(&s, ")");
    }
    if (s.bytes)
        text_add(&s, ".");
    markdown_bullet(d->out, &s);
    if (cohort->pairs <= 0.0)
        return;
    text_add(&s, "Always visited by two staff: ");
    say_chance(cohort->pairs, &s);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* ---- who is there already ---- */

/* Real people, but for small groups; nor the sum, which would give one such
 * group away. */
static void describe_present(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    struct text s = {0};
    uint32_t small = 0;

    if (scenario->present_count == 0)
        return;
    text_printf(&s, "The simulation starts with the people of today, from %s",
                scenario->calendar.caseload);
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        if (caseload_is_small_group(level))
            small++;
        else if (level->present > 0)
            text_printf(&s, "; %u in %s", level->present, level->name);
    }
    if (small > 0)
        text_printf(&s, "; fewer than %d in %s%u other level%s",
                    CASELOAD_GROUP_LEAST, small == 1 ? "" : "each of ", small,
                    small == 1 ? "" : "s");
    text_add(&s, ".");
    markdown_paragraph(d->out, &s);
}

void describe_people(struct describe *d)
{
    markdown_heading(d->out, 2, "Who it is for and how they come");
    describe_present(d);
    for (uint32_t i = 0; i < d->scenario->cohort_count; i++) {
        const struct cohort *cohort = &d->scenario->cohort[i];

        markdown_heading(d->out, 3, cohort->name);
        describe_note(d, "cohorts", cohort->name);
        bullet_referrals(d, cohort);
        bullet_entry(d, cohort);
        bullet_condition(d, cohort);
        bullet_wishes(d, cohort);
        bullet_calls(d, cohort);
        bullet_disengaging(d, cohort);
        markdown_end(d->out);
    }
}
