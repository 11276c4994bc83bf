/*
 * The worst week of a run: the measured week in which most planned contacts
 * were not delivered, day by day.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/measure.h"
#include "plots/explain_impl.h"

/* The page being written. */
struct page {
    const struct history *h;
    sim_ms from, until; /* of the week */
    uint32_t why[WHYS];
    double short_of; /* the most hours that a role was short of on a day */
    uint32_t short_role;
    int32_t short_day;
    struct text *out;
};

/* A planned contact with the person that fell due in [from, until). */
static bool is_due(const struct history_contact *contact, sim_ms from,
                   sim_ms until)
{
    return history_is_planned(contact) &&
           contact->end != JOURNEY_END_WITHDRAWN && contact->due >= from &&
           contact->due < until;
}

static uint32_t count_ends(const struct history *h, sim_ms from, sim_ms until,
                           enum journey_end end)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < h->contacts_count; i++)
        count +=
            is_due(&h->contacts[i], from, until) && h->contacts[i].end == end;
    return count;
}

/* ---- staff of a day ---- */

/* The part of [from, until) in a day, in hours. */
static double hours_in(sim_ms from, sim_ms until, sim_ms midnight)
{
    sim_ms end = midnight + SIM_DAY;

    if (from < midnight)
        from = midnight;
    if (until > end)
        until = end;
    return until > from ? (double)(until - from) / (double)SIM_HOUR : 0;
}

static uint32_t workers_of(const struct history_contact *contact,
                           const struct sim_need *need)
{
    bool pair = contact->flags & JOURNEY_FLAG_PAIR;

    return pair && need->count < 2 ? 2 : need->count;
}

/* Demand: as the measure has it, for the first choice of role. */
static double hours_needed(const struct history *h, uint32_t role,
                           sim_ms midnight)
{
    double sum = 0;

    for (uint32_t i = 0; i < h->contacts_count; i++) {
        const struct history_contact *c = &h->contacts[i];
        const struct staffing *first =
            &h->scenario->kind[c->planned_kind].staffing[0];
        if (c->end == JOURNEY_END_WITHDRAWN)
            continue;
        for (uint32_t n = 0; n < first->need_count; n++)
            if ((uint32_t)__builtin_ctzll(first->need[n].roles) == role)
                sum += workers_of(c, &first->need[n]) *
                       hours_in(c->due, c->due + c->length, midnight);
    }
    return sum;
}

static double hours_there(const struct history *h, uint32_t role,
                          sim_ms midnight)
{
    double sum = 0;

    for (uint32_t i = 0; i < h->workers_count; i++)
        if (h->workers[i].role == role && h->workers[i].status != WORKER_ABSENT)
            sum += hours_in(h->workers[i].start, h->workers[i].end, midnight);
    return sum;
}

static void tell_hours(struct page *page, sim_ms midnight)
{
    const struct scenario *s = page->h->scenario;

    for (uint32_t r = 0; r < s->role_count; r++) {
        double needed = hours_needed(page->h, r, midnight);
        double there = hours_there(page->h, r, midnight);
        if (needed == 0 && there == 0)
            continue;
        text_add(page->out, "  ");
        explain_name(s->role[r].name, page->out);
        text_printf(page->out, ": %.1f h needed, %.1f h present\n", needed,
                    there);
        if (needed - there > page->short_of) {
            page->short_of = needed - there;
            page->short_role = r;
            page->short_day = sim_day_of(midnight);
        }
    }
}

/* Shifts that start on a day, role by role, with who is absent. Workers of a
 * shift, role and date come one after the other. */
static void tell_rota(const struct page *page, sim_ms midnight)
{
    const struct history *h = page->h;
    const struct scenario *s = h->scenario;

    for (uint32_t i = 0, next; i < h->workers_count; i = next) {
        const struct history_worker *first = &h->workers[i];
        uint32_t absent = 0, bank = 0;
        for (next = i; next < h->workers_count &&
                       h->workers[next].shift == first->shift &&
                       h->workers[next].role == first->role &&
                       h->workers[next].start == first->start;
             next++) {
            absent += h->workers[next].status == WORKER_ABSENT;
            bank += h->workers[next].status == WORKER_BANK;
        }
        if (first->start < midnight || first->start >= midnight + SIM_DAY)
            continue;
        text_add(page->out, "  ");
        explain_name(s->shift[first->shift].name, page->out);
        text_add(page->out, " ");
        explain_clock(first->start, page->out);
        text_add(page->out, "-");
        explain_clock(first->end, page->out);
        text_printf(page->out, next - i > 1 ? ": %u x " : ": %u ", next - i);
        explain_name(s->role[first->role].name, page->out);
        if (bank)
            text_printf(page->out, " (%u from the bank)", bank);
        if (absent)
            text_printf(page->out, " (%u ABSENT)", absent);
        text_add(page->out, "\n");
    }
}

/* ---- contacts of a day ---- */

/* A contact that was missed, and why. */
struct missed {
    uint32_t contact;
    struct text why;
    bool told;
};

/* Whether one paragraph does for both. */
static bool is_like(const struct history *h, const struct missed *a,
                    const struct missed *b)
{
    const struct history_contact *first = &h->contacts[a->contact];
    const struct history_contact *second = &h->contacts[b->contact];

    return !b->told && first->planned_kind == second->planned_kind &&
           first->due == second->due && first->until == second->until &&
           a->why.bytes && b->why.bytes &&
           strcmp(a->why.bytes, b->why.bytes) == 0;
}

/* Of one person, or of several for the same reasons: told once. */
static void tell_group(const struct page *page, struct missed *missed,
                       uint32_t i, uint32_t count)
{
    const struct history *h = page->h;
    const struct history_contact *c = &h->contacts[missed[i].contact];
    uint32_t people = 1, told = 0;

    for (uint32_t k = i + 1; k < count; k++)
        people += is_like(h, &missed[i], &missed[k]);
    text_add(page->out, "  MISSED: ");
    explain_name(h->scenario->kind[c->planned_kind].name, page->out);
    text_add(page->out, people > 1 ? " of persons " : " of person ");
    for (uint32_t k = i; k < count; k++) {
        if (k > i && !is_like(h, &missed[i], &missed[k]))
            continue;
        missed[k].told = true;
        text_add(page->out, told == 0           ? ""
                            : told + 1 < people ? ", "
                                                : " and ");
        text_printf(page->out, "%u", h->contacts[missed[k].contact].person + 1);
        told++;
    }
    text_add(page->out, ", between ");
    explain_clock(c->due, page->out);
    text_add(page->out, " and ");
    explain_clock(c->until, page->out);
    text_add(page->out, "\n");
    text_add(page->out, missed[i].why.bytes ? missed[i].why.bytes : "");
}

static void tell_missed(struct page *page, sim_ms from, sim_ms until)
{
    const struct history *h = page->h;
    uint32_t count = count_ends(h, from, until, JOURNEY_END_NOT_DELIVERED);
    struct missed *missed = calloc(count + 1, sizeof *missed);
    uint32_t n = 0;

    if (!missed) {
        page->out->failed = true;
        return;
    }
    for (uint32_t i = 0; i < h->contacts_count; i++) {
        const struct history_contact *c = &h->contacts[i];
        if (!is_due(c, from, until) || c->end != JOURNEY_END_NOT_DELIVERED)
            continue;
        missed[n].contact = i;
        page->why[explain_why(h, i, "      ", &missed[n++].why)]++;
    }
    for (uint32_t i = 0; i < count; i++) {
        page->out->failed |= text_status(&missed[i].why) != SIM_OK;
        if (!missed[i].told)
            tell_group(page, missed, i, count);
    }
    for (uint32_t i = 0; i < count; i++)
        text_clear(&missed[i].why);
    free(missed);
}

static void tell_day(struct page *page, sim_ms midnight)
{
    static const char *const type[SIM_DAY_TYPES] = {"weekday", "weekend",
                                                    "holiday"};
    const struct history *h = page->h;
    int32_t day = sim_day_of(midnight);
    sim_ms from = midnight > page->from ? midnight : page->from;
    sim_ms until =
        midnight + SIM_DAY < page->until ? midnight + SIM_DAY : page->until;
    uint32_t due = 0;

    for (uint32_t i = 0; i < h->contacts_count; i++)
        due += is_due(&h->contacts[i], from, until);
    explain_day(h, day, page->out);
    text_printf(
        page->out,
        " (%s): %u planned contacts due, %u not delivered, %u not attended\n",
        type[sim_civil_type(&h->scenario->civil, day)], due,
        count_ends(h, from, until, JOURNEY_END_NOT_DELIVERED),
        count_ends(h, from, until, JOURNEY_END_NOT_ATTENDED));
    tell_rota(page, midnight);
    tell_hours(page, midnight);
    tell_missed(page, from, until);
    text_add(page->out, "\n");
}

/* ---- the page ---- */

/* The measured week with the most not delivered, the first of several. */
static uint32_t find_worst(const struct history *h, uint32_t *missed)
{
    const struct scenario *s = h->scenario;
    sim_ms from = s->calendar.warm_up, end = from + s->calendar.run_for;
    uint32_t worst = 0;

    *missed = 0;
    for (uint32_t w = 0; w < slice_values(s, SLICE_WEEK); w++) {
        sim_ms begins = from + w * SIM_WEEK;
        sim_ms until = begins + SIM_WEEK < end ? begins + SIM_WEEK : end;
        uint32_t count =
            count_ends(h, begins, until, JOURNEY_END_NOT_DELIVERED);
        if (count > *missed) {
            *missed = count;
            worst = w;
        }
    }
    return worst;
}

/* What the misses have in common, most frequent first. */
static void tell_summary(struct page *page, uint32_t missed)
{
    bool told[WHYS] = {false};

    text_printf(page->out, "Why %u planned contact%s not delivered:\n", missed,
                missed == 1 ? " was" : "s were");
    for (int n = 0; n < WHYS; n++) {
        int most = -1;
        for (int i = 0; i < WHYS; i++)
            if (!told[i] && page->why[i] > 0 &&
                (most < 0 || page->why[i] > page->why[most]))
                most = i;
        if (most < 0)
            break;
        told[most] = true;
        text_printf(page->out, "  %u: %s\n", page->why[most],
                    explain_why_text((enum why)most));
    }
    if (page->short_of <= 0)
        return;
    text_add(page->out, "Shortest of staff: ");
    explain_name(page->h->scenario->role[page->short_role].name, page->out);
    text_add(page->out, " on ");
    explain_day(page->h, page->short_day, page->out);
    text_printf(page->out, ", by %.1f h\n", page->short_of);
}

void explain_worst_week(const struct explain *explain, struct text *out)
{
    const struct history *h = explain->history;
    const struct run_calendar *calendar = &h->scenario->calendar;
    struct page page = {.h = h, .out = out};
    uint32_t missed, worst = find_worst(h, &missed);
    sim_ms end = calendar->warm_up + calendar->run_for;

    explain_head(explain, out);
    if (missed == 0) {
        text_add(out, "In this run every planned contact of the measured "
                      "period was delivered.\n");
        return;
    }
    page.from = calendar->warm_up + worst * SIM_WEEK;
    page.until = page.from + SIM_WEEK < end ? page.from + SIM_WEEK : end;
    text_add(out, "The worst week begins on ");
    explain_day(h, sim_day_of(page.from), out);
    text_printf(out, ": %u planned contact%s not delivered.\n\n", missed,
                missed == 1 ? "" : "s");
    for (sim_ms midnight = (sim_ms)sim_day_of(page.from) * SIM_DAY;
         midnight < page.until; midnight += SIM_DAY)
        tell_day(&page, midnight);
    tell_summary(&page, missed);
}
