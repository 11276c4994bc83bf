/*
 * The tables of the event log about what people go through and what staff do:
 * plans, condition, alerts, concerns, responses, contacts, staff.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "plots/log_impl.h"

/* ---- condition, seeing, responses ---- */

static const char *plan_event(uint32_t type)
{
    switch (type) {
    case JOURNEY_ADVANCED:
        return "advanced";
    case JOURNEY_REPEATED:
        return "repeated";
    case JOURNEY_RESTARTED:
        return "restarted";
    case JOURNEY_STEPPED_BACK:
        return "stepped back";
    case JOURNEY_DISENGAGED:
        return "disengaged";
    case JOURNEY_ENGAGED:
        return "engaged";
    default:
        return NULL;
    }
}

void log_write_events(struct log *log)
{
    const struct history *h = log->history;
    char name[NAME_SIZE];

    log_table(log, "plan_events", "nnssti");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (plan_event(e->type))
            log_put(log, e->person, e->stay, plan_event(e->type),
                    log_step(log, e->value, name), e->time, e->seq);
    }
    log_table(log, "crises", "nnssti");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (e->type == JOURNEY_CRISIS)
            log_put(log, e->person, e->stay, log_state(log, e->value),
                    e->outcome == NONE ? NULL
                                       : log->scenario->outcome[e->outcome],
                    e->time, e->seq);
    }
    log_table(log, "outcomes", "nnsti");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (e->type == JOURNEY_RECORDED)
            log_put(log, e->person, e->stay, log->scenario->outcome[e->value],
                    e->time, e->seq);
    }
}

/* Whether a state is beyond the first of the person's condition. */
static bool is_unwell(const struct log *log, const struct history_state *state)
{
    const struct scenario *s = log->scenario;
    uint32_t cohort = log->history->people[state->person].cohort;
    uint32_t condition = s->cohort[cohort].condition;

    return condition != NONE &&
           s->condition[condition].state[0] != state->state;
}

void log_write_course(struct log *log)
{
    const struct history *h = log->history;

    log_table(log, "states", "nsitt");
    for (uint32_t i = 0; i < h->states_count; i++) {
        const struct history_state *state = &h->states[i];
        log_put(log, state->person, log_state(log, state->state),
                (uint32_t)is_unwell(log, state), state->from, state->until);
    }
    log_table(log, "episodes", "nnttt");
    for (uint32_t i = 0; i < h->episodes_count; i++) {
        const struct history_episode *e = &h->episodes[i];
        log_put(log, e->person, e->stay, e->from, e->seen, e->until);
    }
    log_table(log, "alerts", "nnsiistti");
    for (uint32_t i = 0; i < h->alerts_count; i++) {
        const struct history_alert *alert = &h->alerts[i];
        log_put(log, alert->person, alert->stay,
                log->scenario->alert[alert->alert].name,
                (uint32_t)!alert->silent, (uint32_t)alert->early,
                log_state(log, alert->state), alert->from, alert->until,
                (uint32_t)alert->closed);
    }
}

void log_write_concerns(struct log *log)
{
    static const char *const why[JOURNEY_CLOSES] = {
        [JOURNEY_CLOSE_ITSELF] = "time",
        [JOURNEY_CLOSE_RESPONSE] = "response",
        [JOURNEY_CLOSE_LEFT] = "left",
    };
    const struct history *h = log->history;

    log_table(log, "concerns", "nnstttts");
    for (uint32_t i = 0; i < h->concerns_count; i++) {
        const struct history_concern *concern = &h->concerns[i];
        log_put(log, concern->person, concern->stay,
                log->scenario->concern[concern->concern].name, concern->from,
                concern->noticed, concern->known, concern->until,
                concern->why == NONE ? NULL : why[concern->why]);
    }
}

void log_write_responses(struct log *log)
{
    const struct history *h = log->history;
    const struct scenario *s = log->scenario;

    log_table(log, "responses", "nnnstt");
    for (uint32_t i = 0; i < h->responses_count; i++) {
        const struct history_response *list = &h->responses[i];
        log_put(log, i, list->person, list->stay,
                s->response[list->response].name, list->from, list->until);
    }
    log_table(log, "actions", "nnst");
    for (uint32_t i = 0; i < h->actions_count; i++) {
        const struct history_action *action = &h->actions[i];
        log_put(log, action->person, action->list,
                s->response[action->response].action[action->action].name,
                action->time);
    }
}

/* ---- contacts and staff ---- */

static const char *outcome_of(const struct log *log,
                              const struct history_contact *contact)
{
    static const char *const name[JOURNEY_ENDS] = {
        [JOURNEY_END_COMPLETED] = "completed",
        [JOURNEY_END_NOT_DELIVERED] = "not delivered",
        [JOURNEY_END_NOT_ATTENDED] = "not attended",
        [JOURNEY_END_DOWNGRADED] = "downgraded",
        [JOURNEY_END_CANCELLED] = "cancelled",
        [JOURNEY_END_OPEN] = "open",
        [JOURNEY_END_WITHDRAWN] = "withdrawn",
    };

    if (contact->end == JOURNEY_END_WITHDRAWN &&
        contact->due >= scenario_end(log->scenario))
        return "not due"; /* when the run ended */
    return name[contact->end];
}

static void write_contact(struct log *log, uint32_t i)
{
    const struct history_contact *c = &log->history->contacts[i];
    const struct scenario *s = log->scenario;
    const struct response *response =
        c->response == NONE ? NULL : &s->response[c->response];
    uint32_t flags = c->flags;
    char step[NAME_SIZE];

    log_put(log, i, c->person, c->stay, log_step(log, c->step, step),
            s->kind[c->kind].name, s->kind[c->planned_kind].name,
            (uint32_t)((flags & JOURNEY_FLAG_PLANNED) != 0),
            (uint32_t)((flags & JOURNEY_FLAG_WITH_PERSON) != 0),
            (uint32_t)((flags & JOURNEY_FLAG_HANDOVER) != 0),
            response ? response->name : NULL,
            response ? response->action[c->action].name : NULL,
            c->concern == NONE ? NULL : s->concern[c->concern].name, c->due,
            c->until, c->deadline,
            (uint32_t)((flags & JOURNEY_FLAG_BREACHED) != 0), c->started,
            c->met, c->ended, c->over, outcome_of(log, c), (uint32_t)c->unwell,
            (uint32_t)c->effect,
            (uint32_t)((flags & JOURNEY_FLAG_DOWNGRADED) != 0),
            (uint32_t)((flags & JOURNEY_FLAG_PAIR) != 0),
            (uint32_t)((flags & JOURNEY_FLAG_REVIEW) != 0), c->length);
}

void log_write_contacts(struct log *log)
{
    const struct history *h = log->history;

    log_table(log, "contacts", "nnnsssiiissstttittttsiiiiim");
    for (uint32_t i = 0; i < h->contacts_count; i++)
        if (h->contacts[i].known)
            write_contact(log, i);
    log_table(log, "signs_noted", "nsit");
    for (uint32_t i = 0; i < h->signs_count; i++) {
        const struct sign *sign = &log->scenario->sign[h->signs[i].sign];
        log_put(log, h->signs[i].contact, sign->name, sign->weight,
                h->signs[i].time);
    }
}

void log_write_staff(struct log *log)
{
    static const char *const status[] = {"present", "bank", "absent"};
    const struct history *h = log->history;
    const struct scenario *s = log->scenario;

    log_table(log, "workers", "nssnsitt");
    for (uint32_t i = 0; i < h->workers_count; i++) {
        const struct history_worker *worker = &h->workers[i];
        log_put(log, i, s->shift[worker->shift].name,
                s->role[worker->role].name, worker->place,
                status[worker->status], (uint32_t)worker->stays_in,
                worker->start, worker->end);
    }
    log_table(log, "staff_time", "nnntt");
    for (uint32_t i = 0; i < h->busies_count; i++) {
        const struct history_busy *busy = &h->busies[i];
        if (busy->contact != NONE)
            log_put(log, busy->worker, busy->contact, busy->position,
                    busy->from, busy->until);
    }
    log_table(log, "team_time", "nstmtt");
    for (uint32_t i = 0; i < h->teams_count; i++) {
        const struct history_team *team = &h->teams[i];
        log_put(log, team->worker, s->team_time[team->team].name, team->due,
                team->length, team->from, team->until);
    }
    log_table(log, "costs", "sdt");
    for (uint32_t i = 0; i < h->costs_count; i++)
        log_put(log, s->role[h->costs[i].role].name, h->costs[i].amount,
                h->costs[i].time);
}
