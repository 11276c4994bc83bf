/*
 * The history of responses, contacts and staff. A contact's records come in any
 * order, the last ones when its task is dropped: what they say by ordinals
 * becomes rows after the last record.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/history_impl.h"

/* ---- responses ---- */

static void open_response(struct history *h, const struct journey_record *r)
{
    struct history_response *list = add_response(h);

    if (list)
        *list = (struct history_response){r->person, h->people[r->person].stay,
                                          r->a, r->x, SIM_NEVER};
}

/* The row of the person's open list of a response, or NONE. */
static uint32_t open_list(const struct history *h, uint32_t person,
                          uint32_t response)
{
    for (uint32_t i = h->responses_count; i-- > 0;)
        if (h->responses[i].person == person &&
            h->responses[i].response == response)
            return h->responses[i].until == SIM_NEVER ? i : NONE;
    return NONE;
}

static void note_action(struct history *h, const struct journey_record *r)
{
    struct history_action *action = add_action(h);

    if (action)
        *action = (struct history_action){
            r->person, open_list(h, r->person, r->a), r->a, r->b, r->time};
}

/* ---- concerns ---- */

static void open_concern(struct history *h, const struct journey_record *r)
{
    struct history_concern *concern = add_concern(h);

    if (concern)
        *concern = (struct history_concern){
            .person = r->person,
            .stay = h->people[r->person].stay,
            .concern = r->a,
            .why = NONE,
            .from = r->x,
            .noticed = SIM_NEVER,
            .known = SIM_NEVER,
            .until = SIM_NEVER,
        };
}

/* What became of the person's open one of its kind. */
static void change_concern(struct history *h, const struct journey_record *r)
{
    struct history_concern *concern;
    uint32_t i = h->concerns_count;

    do {
        if (i-- == 0)
            return;
        concern = &h->concerns[i];
    } while (concern->person != r->person || concern->concern != r->a);
    if (r->type == JOURNEY_CONCERN_NOTICED) {
        concern->noticed = r->time;
    } else if (r->type == JOURNEY_CONCERN_KNOWN) {
        concern->known = r->time;
    } else {
        concern->until = r->time;
        concern->why = r->b;
    }
}

/* ---- contacts and staff ---- */

static struct history_contact *contact_of(struct history *h,
                                          const struct journey_record *r)
{
    struct history_contact *contact;

    while (h->contacts_count <= r->number) {
        contact = add_contact(h);
        if (!contact)
            return NULL;
        *contact = (struct history_contact){
            .person = NONE,
            .stay = NONE,
            .step = NONE,
            .concern = NONE,
            .end = JOURNEY_ENDS,
            .response = NONE,
            .action = NONE,
            .deadline = SIM_NEVER,
            .started = SIM_NEVER,
            .met = SIM_NEVER,
            .ended = SIM_NEVER,
            .over = SIM_NEVER,
            .staff = NONE,
        };
    }
    contact = &h->contacts[r->number];
    if (r->person != NONE)
        contact->person = r->person;
    return contact;
}

/* A worker of a contact is free again. */
static void note_staff(struct history *h, const struct journey_record *r,
                       struct history_contact *contact)
{
    struct history_busy *busy = add_busy(h);

    if (!busy)
        return;
    *busy = (struct history_busy){r->a, r->number, NONE, contact->staff_count++,
                                  r->x, r->time};
    if (busy->position == 0) {
        contact->staff = h->busies_count - 1;
        contact->started = r->x;
    }
}

static void note_team(struct history *h, const struct journey_record *r)
{
    struct history_team *team = add_team(h);

    if (team)
        *team = (struct history_team){r->number, r->a,      r->x,
                                      r->y,      SIM_NEVER, SIM_NEVER};
}

/* A worker takes team time that has fallen due for them. */
static void note_busy(struct history *h, const struct journey_record *r)
{
    struct history_busy *busy = add_busy(h);

    if (!busy)
        return;
    *busy = (struct history_busy){r->number, NONE, NONE, 0, r->time, r->y};
    for (uint32_t i = h->teams_count; i-- > 0;) {
        struct history_team *team = &h->teams[i];
        if (team->worker != r->number || team->team != r->a ||
            team->due != r->x)
            continue;
        team->from = r->time;
        team->until = r->y;
        busy->team = i;
        return;
    }
}

static void note_contact(struct history *h, const struct journey_record *r)
{
    struct history_contact *contact = contact_of(h, r);

    if (!contact)
        return;
    switch (r->type) {
    case JOURNEY_CONTACT_STAFF:
        note_staff(h, r, contact);
        break;
    case JOURNEY_CONTACT_ADDED:
        contact->concern = r->a;
        contact->step = r->b;
        break;
    case JOURNEY_CONTACT_ENDED:
        contact->end = r->a;
        contact->unwell = r->b != 0;
        contact->effect = r->c != 0;
        contact->ended = r->time;
        break;
    case JOURNEY_CONTACT_IS:
        contact->known = true;
        contact->kind = r->a;
        contact->planned_kind = r->b;
        contact->flags = r->c;
        contact->due = r->x;
        contact->until = r->y;
        contact->over = r->time;
        break;
    case JOURNEY_CONTACT_STAY: /* its stay and step, for the second pass */
        contact->stay = r->a ? r->a : contact->was_for;
        if (contact->concern == NONE)
            contact->step = r->b;
        contact->met = r->x;
        contact->length = r->y;
        break;
    case JOURNEY_CONTACT_FOR:
        contact->response = r->a;
        contact->action = r->b;
        contact->deadline = r->x;
        break;
    default: /* whose it was, and for what */
        contact->was_for = r->a;
        break;
    }
}

static void note_sign(struct history *h, const struct journey_record *r)
{
    struct history_sign *sign = add_sign(h);

    if (sign && contact_of(h, r))
        *sign = (struct history_sign){r->number, r->a, r->time};
}

static void note_worker(struct history *h, const struct journey_record *r)
{
    struct history_worker *worker = add_worker(h);

    if (worker)
        *worker = (struct history_worker){
            .shift = r->a,
            .role = r->b,
            .place = r->c >> 3,
            .stays_in = r->c >> 2 & 1,
            .status = (enum journey_worker)(r->c & 3),
            .start = r->x,
            .end = r->y,
        };
}

static void note_cost(struct history *h, const struct journey_record *r)
{
    struct history_cost *cost = add_cost(h);

    if (cost)
        *cost = (struct history_cost){r->a, r->time, r->amount};
}

/* ---- records and the end ---- */

void history_take_care(struct history *h, const struct journey_record *r)
{
    uint32_t list;

    switch (r->type) {
    case JOURNEY_RESPONSE:
        open_response(h, r);
        break;
    case JOURNEY_RESPONSE_CLOSED:
        list = open_list(h, r->person, r->a);
        if (list != NONE)
            h->responses[list].until = r->time;
        break;
    case JOURNEY_ACTION:
        note_action(h, r);
        break;
    case JOURNEY_CONCERN:
        open_concern(h, r);
        break;
    case JOURNEY_CONCERN_NOTICED:
    case JOURNEY_CONCERN_KNOWN:
    case JOURNEY_CONCERN_CLOSED:
        change_concern(h, r);
        break;
    case JOURNEY_SIGN:
        note_sign(h, r);
        break;
    case JOURNEY_WORKER:
        note_worker(h, r);
        break;
    case JOURNEY_TEAM:
        note_team(h, r);
        break;
    case JOURNEY_BUSY:
        note_busy(h, r);
        break;
    case JOURNEY_COST:
        note_cost(h, r);
        break;
    default:
        note_contact(h, r);
        break;
    }
}

/* The row of a person's stay by its ordinal. */
static uint32_t find_stay(const struct history *h, uint32_t person,
                          uint32_t ordinal)
{
    uint32_t row = h->people[person].stay;

    while (row != NONE && h->stays[row].ordinal != ordinal)
        row = h->stays[row].before;
    return row;
}

/* The step of all plans that a person entered as their `ordinal`-th. */
static uint32_t find_step(const struct history *h, uint32_t person,
                          uint32_t ordinal)
{
    uint32_t row = h->people[person].step;

    while (row != NONE && h->steps[row].ordinal != ordinal)
        row = h->steps[row].before;
    return row == NONE ? NONE : h->steps[row].step;
}

/* From ordinals to rows; a contact without an end had not fallen due. */
static void finish_contact(struct history *h, struct history_contact *contact)
{
    if (contact->end == JOURNEY_ENDS)
        contact->end = JOURNEY_END_WITHDRAWN;
    if (contact->person == NONE || !contact->known) {
        contact->stay = contact->step = NONE;
        return;
    }
    contact->stay = find_stay(h, contact->person, contact->stay);
    contact->step = contact->flags & JOURNEY_FLAG_PLANNED
                        ? find_step(h, contact->person, contact->step)
                        : NONE;
}

void history_finish_contacts(struct history *h)
{
    for (uint32_t i = 0; i < h->contacts_count; i++)
        finish_contact(h, &h->contacts[i]);
}
