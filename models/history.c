/*
 * From records to rows: one pass over the journey, then a second one over its
 * contacts for what is known of them only at their end (history_care.c).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/history_impl.h"

#include <stdlib.h>
#include <string.h>

#include "models/world_impl.h"

_Static_assert((int)CAUSE_PLANNED == (int)MOVE_PLANNED &&
                   (int)CAUSE_TIMED_OUT == (int)MOVE_TIMED_OUT &&
                   (int)CAUSE_EFFECT == (int)MOVE_EFFECT &&
                   (int)CAUSE_CRISIS == (int)MOVE_CRISIS &&
                   (int)CAUSE_GAVE_UP == (int)MOVE_GAVE_UP,
               "causes of moves have the numbers of the model");

/* ---- arrays ---- */

void *history_grow(struct history *h, void **array, uint32_t *count,
                   uint32_t *room, size_t size)
{
    void *row;

    if (h->status != SIM_OK)
        return NULL;
    if (*count == *room) {
        uint32_t more = *room ? 2 * *room : 256;
        void *bigger = realloc(*array, more * size);
        if (!bigger) {
            h->status = SIM_ERR_NO_MEMORY;
            return NULL;
        }
        *array = bigger;
        *room = more;
    }
    row = (char *)*array + *count * size;
    memset(row, 0, size);
    ++*count;
    return row;
}

void history_clear(struct history *history)
{
#define HISTORY_FREE(type, name) free(history->name);
    HISTORY_ARRAYS(HISTORY_FREE)
#undef HISTORY_FREE
    memset(history, 0, sizeof *history);
}

/* ---- people and places ---- */

static struct history_stay *stay_of(struct history *h,
                                    const struct history_person *person)
{
    return person->stay == NONE ? NULL : &h->stays[person->stay];
}

static void begin_state(struct history *h, const struct journey_record *r,
                        uint32_t state, sim_ms from)
{
    struct history_person *person = &h->people[r->person];
    struct history_state *row;

    if (state == NONE)
        return;
    if (person->state_row != NONE)
        h->states[person->state_row].until = r->time;
    row = add_state(h);
    if (!row)
        return;
    person->state_row = h->states_count - 1;
    *row = (struct history_state){r->person, state, from, SIM_NEVER};
}

static void refer(struct history *h, const struct journey_record *r)
{
    struct history_person *person = add_person(h);

    if (!person)
        return;
    *person = (struct history_person){
        .cohort = r->a,
        .state = r->b,
        .had_plan = r->c != 0,
        .referred = r->x,
        .left = SIM_NEVER,
        .left_cause = NONE,
        .stay = NONE,
        .step = NONE,
        .alert = NONE,
        .episode = NONE,
        .state_row = NONE,
    };
    begin_state(h, r, r->b, r->y);
}

static void close_stay(struct history *h, const struct journey_record *r,
                       uint32_t seq, uint32_t to)
{
    struct history_stay *stay = stay_of(h, &h->people[r->person]);

    if (!stay || stay->left != SIM_NEVER)
        return;
    stay->left = r->time;
    stay->left_cause = r->b;
    stay->left_seq = seq;
    stay->to = to;
}

/* The wait of a person on the list of `level` that ends, or ended, at `time`;
 * SIM_NEVER: is open. */
static struct history_wait *find_wait(struct history *h, uint32_t person,
                                      uint32_t level, sim_ms time)
{
    for (uint32_t i = h->waits_count; i-- > 0;) {
        struct history_wait *wait = &h->waits[i];
        if (wait->person == person && wait->level == level &&
            wait->until == time)
            return wait;
    }
    return NULL;
}

static void note_move(struct history *h, const struct journey_record *r,
                      uint32_t seq, uint32_t to)
{
    struct history_move *move = add_move(h);

    if (move)
        *move = (struct history_move){
            r->person, h->people[r->person].stay, to, r->b, seq, r->time};
}

static void enter(struct history *h, const struct journey_record *r,
                  uint32_t seq)
{
    struct history_person *person = &h->people[r->person];
    struct history_wait *wait = find_wait(h, r->person, r->a, r->time);

    struct history_stay *stay;

    if (wait)
        wait->granted = true;
    if (person->stay != NONE)
        note_move(h, r, seq, r->a);
    close_stay(h, r, seq, r->a);
    stay = add_stay(h);
    if (!stay)
        return;
    *stay = (struct history_stay){
        .person = r->person,
        .level = r->a,
        .ordinal = (uint32_t)r->y,
        .before = person->stay,
        .entered = r->x,
        .left = SIM_NEVER,
        .cause = r->b,
        .entered_seq = seq,
        .left_cause = NONE,
        .to = NONE,
        .intended = NONE,
        .handover = r->c != 0,
        .owned = SIM_NEVER,
    };
    person->stay = h->stays_count - 1;
    person->present |= r->b == CAUSE_BEFORE;
}

static void end_episode(struct history *h, const struct journey_record *r)
{
    struct history_person *person = &h->people[r->person];

    if (person->episode != NONE)
        h->episodes[person->episode].until = r->time;
    person->episode = NONE;
}

static void leave(struct history *h, const struct journey_record *r,
                  uint32_t seq)
{
    struct history_person *person = &h->people[r->person];

    note_move(h, r, seq, NONE);
    /* Who waited outside was in no level any more. */
    if (person->stay != NONE && h->stays[person->stay].left != SIM_NEVER &&
        h->status == SIM_OK)
        h->moves[h->moves_count - 1].stay = NONE;
    close_stay(h, r, seq, NONE);
    end_episode(h, r);
    if (person->state_row != NONE)
        h->states[person->state_row].until = r->time;
    person->left = r->time;
    person->left_cause = r->b;
    person->left_seq = seq;
}

static void claim(struct history *h, const struct journey_record *r)
{
    struct history_wait *wait = add_wait(h);

    if (wait)
        *wait = (struct history_wait){r->person, h->people[r->person].stay,
                                      r->a,      r->b,
                                      r->time,   SIM_NEVER,
                                      false};
}

static void end_claim(struct history *h, const struct journey_record *r)
{
    struct history_wait *wait = find_wait(h, r->person, r->a, SIM_NEVER);

    if (wait)
        wait->until = r->time;
}

static void note_ask(struct history *h, const struct journey_record *r)
{
    struct history_ask *ask = add_ask(h);

    if (ask)
        *ask = (struct history_ask){r->person, r->a, r->x, r->time};
}

static void held(struct history *h, const struct journey_record *r)
{
    struct history_held *row = add_held(h);

    if (row)
        *row = (struct history_held){r->person, h->people[r->person].stay, r->b,
                                     r->x, r->time};
}

/* ---- plans, condition, seeing ---- */

static void begin_step(struct history *h, const struct journey_record *r)
{
    struct history_person *person = &h->people[r->person];
    struct history_step *step = add_step(h);

    if (!step)
        return;
    *step = (struct history_step){r->person, person->stay, r->a,
                                  r->b,      person->step, r->time};
    person->step = h->steps_count - 1;
}

static void note_event(struct history *h, const struct journey_record *r,
                       uint32_t seq)
{
    struct history_event *event = add_event(h);

    if (event)
        *event = (struct history_event){
            r->type, r->person, h->people[r->person].stay, r->a, NONE,
            seq,     r->time};
}

/* The outcome belongs to the person's last crisis. */
static void choose_outcome(struct history *h, const struct journey_record *r)
{
    for (uint32_t i = h->events_count; i-- > 0;)
        if (h->events[i].person == r->person &&
            h->events[i].type == JOURNEY_CRISIS) {
            h->events[i].outcome = r->a;
            return;
        }
}

static void end_alert(struct history *h, const struct journey_record *r,
                      bool closed)
{
    struct history_person *person = &h->people[r->person];

    if (person->alert == NONE)
        return;
    h->alerts[person->alert].until = r->time;
    h->alerts[person->alert].closed = closed;
    person->alert = NONE;
}

static void begin_alert(struct history *h, const struct journey_record *r)
{
    struct history_person *person = &h->people[r->person];
    bool silent = r->type == JOURNEY_ALERT_SILENT;
    struct history_alert *alert;

    end_alert(h, r, false);
    alert = add_alert(h);
    if (!alert)
        return;
    *alert = (struct history_alert){
        .person = r->person,
        .stay = person->stay,
        .alert = r->a,
        .state = silent ? NONE : r->b,
        .silent = silent,
        .early = !silent && r->c == 0,
        .from = r->time,
        .until = SIM_NEVER,
    };
    person->alert = h->alerts_count - 1;
}

static void begin_episode(struct history *h, const struct journey_record *r)
{
    struct history_person *person = &h->people[r->person];
    struct history_episode *episode;

    end_episode(h, r);
    episode = add_episode(h);
    if (!episode)
        return;
    *episode = (struct history_episode){r->person, person->stay, r->time,
                                        SIM_NEVER, SIM_NEVER};
    person->episode = h->episodes_count - 1;
}

/* Recovery is to the first state of the person's condition. */
static bool is_first_state(const struct history *h, uint32_t person,
                           uint32_t state)
{
    const struct scenario *s = h->scenario;
    uint32_t condition = s->cohort[h->people[person].cohort].condition;

    return condition != NONE && s->condition[condition].state[0] == state;
}

/* ---- the passes ---- */

static void take_stay(struct history *h, const struct journey_record *r,
                      uint32_t seq)
{
    struct history_stay *stay;

    switch (r->type) {
    case JOURNEY_REFERRED:
        refer(h, r);
        break;
    case JOURNEY_CLAIM:
        claim(h, r);
        break;
    case JOURNEY_CLAIM_ENDED:
        end_claim(h, r);
        break;
    case JOURNEY_ENTERED:
        enter(h, r, seq);
        break;
    case JOURNEY_WAITED:
        note_ask(h, r);
        break;
    case JOURNEY_HELD:
        held(h, r);
        break;
    case JOURNEY_OUTSIDE:
        close_stay(h, r, seq, NONE);
        break;
    case JOURNEY_LEFT:
        leave(h, r, seq);
        break;
    case JOURNEY_PLAN:
    case JOURNEY_INTENDED:
    case JOURNEY_OWNED:
        stay = stay_of(h, &h->people[r->person]);
        if (stay && r->type != JOURNEY_OWNED)
            stay->intended = r->b;
        else if (stay)
            stay->owned = r->time;
        break;
    default:
        break;
    }
}

static void take_course(struct history *h, const struct journey_record *r,
                        uint32_t seq)
{
    switch (r->type) {
    case JOURNEY_STEP:
        begin_step(h, r);
        break;
    case JOURNEY_STATE:
        begin_state(h, r, r->a, r->time);
        if (is_first_state(h, r->person, r->a))
            end_episode(h, r);
        break;
    case JOURNEY_CRISIS:
        begin_state(h, r, r->a, r->time);
        end_episode(h, r);
        note_event(h, r, seq);
        break;
    case JOURNEY_OUTCOME:
        choose_outcome(h, r);
        break;
    case JOURNEY_EPISODE:
        begin_episode(h, r);
        break;
    case JOURNEY_EPISODE_SEEN:
        if (h->people[r->person].episode != NONE)
            h->episodes[h->people[r->person].episode].seen = r->time;
        break;
    case JOURNEY_ALERT:
    case JOURNEY_ALERT_SILENT:
        begin_alert(h, r);
        break;
    case JOURNEY_ALERT_LAPSED:
    case JOURNEY_ALERT_CLOSED:
        end_alert(h, r, r->type == JOURNEY_ALERT_CLOSED);
        break;
    default: /* plan events and records */
        note_event(h, r, seq);
        break;
    }
}

static void take(struct history *h, const struct journey_record *r,
                 uint32_t seq)
{
    switch (r->type) {
    case JOURNEY_REFERRED:
    case JOURNEY_CLAIM:
    case JOURNEY_CLAIM_ENDED:
    case JOURNEY_ENTERED:
    case JOURNEY_WAITED:
    case JOURNEY_HELD:
    case JOURNEY_OUTSIDE:
    case JOURNEY_LEFT:
    case JOURNEY_PLAN:
    case JOURNEY_INTENDED:
    case JOURNEY_OWNED:
        take_stay(h, r, seq);
        break;
    case JOURNEY_DELAYED: /* for the timeline, which reads the journey */
    case JOURNEY_MOVE_DECIDED:
    case JOURNEY_HANDOVER_LATE:
    case JOURNEY_BLURRED:
        break;
    case JOURNEY_RESPONSE:
    case JOURNEY_RESPONSE_CLOSED:
    case JOURNEY_ACTION:
    case JOURNEY_CONCERN:
    case JOURNEY_CONCERN_NOTICED:
    case JOURNEY_CONCERN_KNOWN:
    case JOURNEY_CONCERN_CLOSED:
    case JOURNEY_SIGN:
    case JOURNEY_CONTACT_ADDED:
    case JOURNEY_CONTACT_STAFF:
    case JOURNEY_CONTACT_ENDED:
    case JOURNEY_CONTACT_OF:
    case JOURNEY_CONTACT_IS:
    case JOURNEY_CONTACT_STAY:
    case JOURNEY_CONTACT_FOR:
    case JOURNEY_WORKER:
    case JOURNEY_TEAM:
    case JOURNEY_BUSY:
    case JOURNEY_COST:
        history_take_care(h, r);
        break;
    default:
        take_course(h, r, seq);
        break;
    }
}

int history_make(struct history *history, const struct scenario *scenario,
                 const struct journey *journey)
{
    int status;

    memset(history, 0, sizeof *history);
    history->scenario = scenario;
    history->journey = journey;
    history->status = journey_status(journey);
    for (size_t i = 0; i < journey->count && history->status == SIM_OK; i++)
        take(history, &journey->record[i], (uint32_t)i);
    history_finish_contacts(history);
    status = history->status;
    if (status != SIM_OK)
        history_clear(history);
    return status;
}
