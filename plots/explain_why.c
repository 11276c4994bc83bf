/*
 * Why a contact was not delivered: everyone rostered in its window who could
 * have done it, and what they did instead.
 *
 * A worker could have come at a moment when free, if the contact was then open
 * to them, they would have been there in time, and would have been done by the
 * end of their shift (and its overrun): the rules of the model's own queue,
 * with the same expected lengths.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdlib.h>

#include "plots/explain_impl.h"

#define BUSY_SHOWN 4 /* spans of one worker that are told one by one */

/* One way to staff the contact: a kind's way, from when on and until when
 * staff may set off for it, and how long it is expected to take them. */
struct offer {
    const struct staffing *staffing;
    bool goes_out;
    bool pair; /* it takes two of the role */
    sim_ms from, until, takes;
};

/* One contact, and what is found out about it. */
struct inquiry {
    const struct history *h;
    const struct history_contact *contact;
    struct offer *offer; /* [offer_count] */
    uint32_t offer_count;
    uint64_t roles;     /* whose staff could do it, or help */
    sim_ms from, until; /* when it was open to anyone */
    const char *indent;
    struct text *out;
};

const char *explain_why_text(enum why why)
{
    static const char *const text[WHYS] = {
        [WHY_LATE] = "it came up too late for anyone to get there",
        [WHY_NOT_ROSTERED] = "nobody who could come was rostered",
        [WHY_TOO_FEW] = "fewer were rostered than it takes",
        [WHY_ABSENT] = "a rostered place was empty, with no bank cover",
        [WHY_BELOW] = "a shift was below its minimum, so nobody went out",
        [WHY_SHORT] = "fewer were free than it takes",
        [WHY_BUSY] = "everyone on duty was busy or could not come in time",
        [WHY_PERSON] = "the person was in another contact",
        [WHY_OTHER] =
            "staff were free for a while, but not together or not first",
    };

    return text[why];
}

/* ---- ways to staff it ---- */

static uint64_t roles_of(const struct staffing *staffing)
{
    uint64_t roles = 0;

    for (uint32_t i = 0; i < staffing->need_count; i++)
        roles |= staffing->need[i].roles;
    return roles;
}

static uint64_t lesser_roles(const struct kind *kind)
{
    uint64_t roles = 0;

    for (uint32_t i = 0; i < kind->staffing_count; i++)
        roles |= roles_of(&kind->staffing[i]);
    return roles;
}

/* ---- pairs ---- */

/* A kind's `pair_after` holds until then: see the rules of pairs. */
#define DAYBREAK (6 * SIM_HOUR)

static bool pair_by_hour(const struct kind *kind, sim_ms time)
{
    sim_ms hour = time % SIM_DAY;

    return kind->mode == MODE_VISIT && kind->pair_after >= 0 &&
           (hour >= kind->pair_after || hour < DAYBREAK);
}

/* Whether it takes two who meet the person at `time`: because of the hour, or
 * because of the person, who then had two as it fell due whatever the hour. */
static bool takes_pair(const struct inquiry *q, const struct kind *kind,
                       sim_ms time)
{
    bool always = (q->contact->flags & JOURNEY_FLAG_PAIR) &&
                  !pair_by_hour(kind, q->contact->due);

    return kind->mode == MODE_VISIT && (always || pair_by_hour(kind, time));
}

/* When from the due time on the hour next says otherwise. */
static sim_ms pair_change(const struct inquiry *q, const struct kind *kind)
{
    sim_ms due = q->contact->due, midnight = due - due % SIM_DAY;

    if (kind->mode != MODE_VISIT || kind->pair_after < 0)
        return SIM_NEVER;
    if (due < midnight + DAYBREAK)
        return midnight + DAYBREAK;
    if (due < midnight + kind->pair_after)
        return midnight + kind->pair_after;
    return midnight + SIM_DAY + DAYBREAK;
}

/* Nobody sets off for a contact of a stay that has not begun. */
static sim_ms begin_of(const struct inquiry *q)
{
    uint32_t stay = q->contact->stay;

    return stay == NONE ? INT64_MIN : q->h->stays[stay].entered;
}

/* ---- offers ---- */

/* One way of `kind`, open from and until the given moments at most; where the
 * hour changes how many it takes, it is one until then and another after. */
static void add_way(struct inquiry *q, const struct kind *kind,
                    const struct staffing *staffing, sim_ms open, sim_ms close)
{
    const struct role *role =
        &q->h->scenario->role[__builtin_ctzll(staffing->need[0].roles)];
    sim_ms approach =
        role->on_call ? role->arrives_within : (sim_ms)kind->travel.mean;
    sim_ms due = q->contact->due, change = pair_change(q, kind);
    bool early = staffing->after == 0 && !role->on_call;
    struct offer *offer = &q->offer[q->offer_count++];

    *offer = (struct offer){
        .staffing = staffing,
        .goes_out = kind->mode != MODE_PHONE && !kind->without_person,
        .pair = takes_pair(q, kind, due),
        .from = due + staffing->after - (early ? approach : 0),
        .until = q->contact->until - approach,
        .takes = approach + (sim_ms)kind->lasts.mean + (sim_ms)kind->notes.mean,
    };
    if (offer->from < open)
        offer->from = open;
    if (offer->until > close)
        offer->until = close;
    if (change > q->contact->until ||
        takes_pair(q, kind, change) == offer->pair)
        return;
    q->offer[q->offer_count] = *offer;
    if (offer->until > change - approach - 1)
        offer->until = change - approach - 1;
    offer = &q->offer[q->offer_count++];
    offer->pair = !offer->pair;
    if (offer->from < change - approach)
        offer->from = change - approach;
}

static void add_offers(struct inquiry *q, const struct kind *kind, sim_ms open,
                       sim_ms close)
{
    for (uint32_t i = 0; i < kind->staffing_count; i++) {
        add_way(q, kind, &kind->staffing[i], open, close);
        q->roles |= roles_of(&kind->staffing[i]);
    }
}

/* From some moment on what is wanted is the lesser kind, if there is one. */
static sim_ms lesser_from(const struct inquiry *q, const struct kind *kind)
{
    return kind->or_kind == NONE ? SIM_NEVER : q->contact->due + kind->or_after;
}

static const struct kind *kind_of(const struct inquiry *q)
{
    return &q->h->scenario->kind[q->contact->planned_kind];
}

/* A lesser kind of a lesser kind is one step too far: contacts become lesser
 * once. Returns false without memory. */
static bool find_offers(struct inquiry *q)
{
    const struct kind *kind = kind_of(q), *lesser = NULL;
    sim_ms change = lesser_from(q, kind);

    if (change < q->contact->until)
        lesser = &q->h->scenario->kind[kind->or_kind];
    q->offer = calloc(
        2 * (kind->staffing_count + (lesser ? lesser->staffing_count : 0)) + 1,
        sizeof *q->offer);
    if (!q->offer)
        return false;
    add_offers(q, kind, begin_of(q), change);
    if (lesser)
        add_offers(q, lesser, change, SIM_NEVER);
    q->from = q->contact->due;
    q->until = q->contact->until;
    for (uint32_t i = 0; i < q->offer_count; i++)
        if (q->offer[i].from < q->from)
            q->from = q->offer[i].from;
    return true;
}

/* ---- one worker ---- */

/* The next span from `from` on in which the worker is busy; NULL: none. Spans
 * of a worker do not overlap. */
static const struct history_busy *next_busy(const struct history *h,
                                            uint32_t worker, sim_ms from)
{
    const struct history_busy *best = NULL;

    for (uint32_t i = 0; i < h->busies_count; i++) {
        const struct history_busy *busy = &h->busies[i];
        if (busy->worker == worker && busy->until > from &&
            (!best || busy->from < best->from))
            best = busy;
    }
    return best;
}

/* Whether a worker was ever free to set off by this way. */
static bool could_come(const struct inquiry *q, uint32_t number,
                       const struct offer *offer)
{
    const struct history_worker *worker = &q->h->workers[number];
    const struct scenario *s = q->h->scenario;
    sim_ms last = worker->end + s->shift[worker->shift].overrun - offer->takes;
    sim_ms time = offer->from > worker->start ? offer->from : worker->start;

    if (worker->status == WORKER_ABSENT ||
        (worker->stays_in && offer->goes_out))
        return false;
    if (last > offer->until)
        last = offer->until;
    while (time <= last && time < worker->end) {
        const struct history_busy *busy = next_busy(q->h, number, time);
        if (!busy || busy->from > time)
            return true;
        time = busy->until;
    }
    return false;
}

/* By any way that takes their role. */
static bool could_help(const struct inquiry *q, uint32_t number)
{
    for (uint32_t i = 0; i < q->offer_count; i++)
        if ((roles_of(q->offer[i].staffing) >> q->h->workers[number].role &
             1) &&
            could_come(q, number, &q->offer[i]))
            return true;
    return false;
}

/* "with person 31 (evening visit) 19:55-20:50" */
static void tell_busy(const struct inquiry *q, const struct history_busy *busy)
{
    const struct history *h = q->h;
    const struct history_contact *contact =
        busy->contact == NONE ? NULL : &h->contacts[busy->contact];

    if (contact && contact->person != NONE)
        text_printf(q->out, "with person %u (", contact->person + 1);
    else
        text_add(q->out, contact ? "in (" : "in team time (");
    explain_name(contact
                     ? h->scenario->kind[contact->kind].name
                     : h->scenario->team_time[h->teams[busy->team].team].name,
                 q->out);
    text_add(q->out, ") ");
    explain_clock(busy->from, q->out);
    text_add(q->out, "-");
    explain_clock(busy->until, q->out);
}

/* What a worker did in the window of the contact. */
static void tell_present(const struct inquiry *q, uint32_t number, bool free)
{
    const struct history_worker *worker = &q->h->workers[number];
    sim_ms from = q->from > worker->start ? q->from : worker->start;
    const struct history_busy *busy = next_busy(q->h, number, from);
    uint32_t told = 0;

    text_add(q->out, ": on duty ");
    explain_clock(worker->start, q->out);
    text_add(q->out, "-");
    explain_clock(worker->end, q->out);
    for (; busy && busy->from < q->until && told < BUSY_SHOWN; told++) {
        text_add(q->out, told ? ", " : "; ");
        tell_busy(q, busy);
        busy = next_busy(q->h, number, busy->until);
    }
    if (busy && busy->from < q->until)
        text_add(q->out, ", and more");
    if (worker->stays_in)
        text_add(q->out, "; the shift is below its minimum: phone only");
    if (free)
        text_add(q->out, "; free for a while");
    else if (told == 0 && !worker->stays_in)
        text_add(q->out, "; could not have come in time");
}

static void tell_worker(const struct inquiry *q, uint32_t number, bool free)
{
    const struct history_worker *worker = &q->h->workers[number];

    text_add(q->out, q->indent);
    explain_worker(q->h, number, q->out);
    if (worker->status == WORKER_ABSENT)
        text_add(q->out, ": absent, no bank cover");
    else
        tell_present(q, number, free);
    text_add(q->out, "\n");
}

/* ---- all of them ---- */

/* Whether a worker was rostered while the contact was open. */
static bool was_rostered(const struct inquiry *q,
                         const struct history_worker *worker, uint64_t roles)
{
    return (roles >> worker->role & 1) && worker->start < q->until &&
           worker->end > q->from;
}

static void tell_workers(const struct inquiry *q)
{
    for (uint32_t i = 0; i < q->h->workers_count; i++)
        if (was_rostered(q, &q->h->workers[i], q->roles))
            tell_worker(q, i, could_help(q, i));
}

/* Roles of which nobody was rostered while the contact was open. */
static void tell_missing(const struct inquiry *q)
{
    const struct scenario *s = q->h->scenario;

    for (uint32_t r = 0; r < s->role_count; r++) {
        bool there = false;
        if (!(q->roles >> r & 1))
            continue;
        for (uint32_t i = 0; i < q->h->workers_count && !there; i++)
            there = was_rostered(q, &q->h->workers[i], (uint64_t)1 << r);
        if (there)
            continue;
        text_add(q->out, q->indent);
        text_add(q->out, "no ");
        explain_name(s->role[r].name, q->out);
        text_add(q->out, " was rostered then\n");
    }
}

/* Whether the person was in another contact while this one was open. */
static const struct history_contact *other_contact(const struct inquiry *q)
{
    const struct history *h = q->h;

    for (uint32_t i = 0; i < h->contacts_count; i++) {
        const struct history_contact *c = &h->contacts[i];
        if (c != q->contact && c->person == q->contact->person &&
            (c->flags & JOURNEY_FLAG_WITH_PERSON) && c->started < q->until &&
            c->started != SIM_NEVER && c->ended > q->from)
            return c;
    }
    return NULL;
}

static uint32_t count_of(const struct offer *offer, const struct sim_need *need)
{
    return offer->pair && need->count < 2 ? 2 : need->count;
}

/* Why one of the workers needed could not be had; WHYS: there were enough. */
static enum why why_need(const struct inquiry *q, const struct offer *offer,
                         const struct sim_need *need)
{
    uint32_t count = count_of(offer, need);
    uint32_t rostered = 0, absent = 0, below = 0, free = 0;

    for (uint32_t i = 0; i < q->h->workers_count; i++) {
        const struct history_worker *worker = &q->h->workers[i];
        if (!was_rostered(q, worker, need->roles))
            continue;
        rostered++;
        absent += worker->status == WORKER_ABSENT;
        below += worker->stays_in && offer->goes_out;
        free += could_come(q, i, offer);
    }
    if (free >= count)
        return WHYS;
    if (rostered < count)
        return rostered > 0 ? WHY_TOO_FEW : WHY_NOT_ROSTERED;
    if (absent > 0)
        return WHY_ABSENT;
    if (below > 0)
        return WHY_BELOW;
    return free > 0 ? WHY_SHORT : WHY_BUSY;
}

/* Why none of the ways came about. If for one of them there were free hands
 * enough, others went first or the person was not free; else an absence says
 * most, then that all were busy. */
static enum why verdict(const struct inquiry *q,
                        const struct history_contact *other)
{
    bool found[WHYS + 1] = {false}, in_time = false;

    for (uint32_t i = 0; i < q->offer_count; i++) {
        const struct staffing *staffing = q->offer[i].staffing;
        bool lacks = false;
        if (q->offer[i].from > q->offer[i].until)
            continue;
        in_time = true;
        for (uint32_t n = 0; n < staffing->need_count; n++) {
            enum why why = why_need(q, &q->offer[i], &staffing->need[n]);
            found[why] = true;
            lacks |= why != WHYS;
        }
        if (!lacks)
            return other ? WHY_PERSON : WHY_OTHER;
    }
    if (!in_time)
        return WHY_LATE;
    if (found[WHY_ABSENT])
        return WHY_ABSENT;
    if (found[WHY_BELOW])
        return WHY_BELOW;
    if (found[WHY_SHORT])
        return WHY_SHORT;
    if (found[WHY_TOO_FEW])
        return WHY_TOO_FEW;
    return found[WHY_BUSY] ? WHY_BUSY : WHY_NOT_ROSTERED;
}

/* "support worker or clinician" */
static void tell_roles(const struct inquiry *q, uint64_t roles)
{
    const struct scenario *s = q->h->scenario;

    for (bool first = true; roles; roles &= roles - 1, first = false) {
        text_add(q->out, first ? "" : " or ");
        explain_name(s->role[__builtin_ctzll(roles)].name, q->out);
    }
}

/* How many could have come to be one of the two. */
static uint32_t count_free(const struct inquiry *q, const struct offer *offer)
{
    uint32_t free = 0;

    for (uint32_t i = 0; i < q->h->workers_count; i++)
        free += was_rostered(q, &q->h->workers[i], roles_of(offer->staffing)) &&
                could_come(q, i, offer);
    return free;
}

/* Who must come together, where one is not enough. */
static void tell_takes(const struct inquiry *q)
{
    const struct staffing *first = q->offer[0].staffing;
    uint32_t i = 0, free;

    if (!first)
        return;
    if (first->need_count > 1 || first->need[0].count > 1) {
        text_printf(q->out, "%sit takes ", q->indent);
        for (uint32_t n = 0; n < first->need_count; n++) {
            text_printf(q->out, first->need[n].count > 1 ? "%s%u x " : "%s%u ",
                        n ? " and " : "", first->need[n].count);
            tell_roles(q, first->need[n].roles);
        }
        text_add(q->out, " together\n");
    }
    while (i < q->offer_count && !q->offer[i].pair)
        i++;
    if (i == q->offer_count)
        return;
    text_printf(q->out, "%sit takes two", q->indent);
    if (!takes_pair(q, kind_of(q), q->contact->due)) {
        text_add(q->out, " from ");
        explain_clock(kind_of(q)->pair_after, q->out);
        text_add(q->out, " on");
    }
    free = count_free(q, &q->offer[i]);
    if (free > 0)
        text_printf(q->out, ", and %u could have come\n", free);
    else
        text_add(q->out, ", and nobody could have come\n");
}

static void tell(const struct inquiry *q, const struct history_contact *other,
                 enum why why)
{
    const struct kind *kind = kind_of(q);

    tell_missing(q);
    tell_workers(q);
    tell_takes(q);
    if (lesser_from(q, kind) < q->until) {
        text_add(q->out, q->indent);
        text_add(q->out, "from ");
        explain_clock(lesser_from(q, kind), q->out);
        text_add(q->out, " a ");
        explain_name(q->h->scenario->kind[kind->or_kind].name, q->out);
        text_add(q->out, " would have done, by ");
        tell_roles(q, lesser_roles(&q->h->scenario->kind[kind->or_kind]));
        text_add(q->out, "\n");
    }
    if (why == WHY_PERSON) {
        text_add(q->out, q->indent);
        text_add(q->out, "the person was in another contact (");
        explain_name(q->h->scenario->kind[other->kind].name, q->out);
        text_add(q->out, ")\n");
    }
    text_printf(q->out, "%sso: %s\n", q->indent, explain_why_text(why));
}

enum why explain_why(const struct history *h, uint32_t number,
                     const char *indent, struct text *out)
{
    struct inquiry q = {
        .h = h, .contact = &h->contacts[number], .indent = indent, .out = out};
    const struct history_contact *other;
    enum why why;

    if (!find_offers(&q)) {
        out->failed = true;
        return WHY_OTHER;
    }
    other = other_contact(&q);
    why = verdict(&q, other);
    tell(&q, other, why);
    free(q.offer);
    return why;
}
