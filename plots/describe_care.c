/*
 * What is looked for and what is done: contacts, signs and alerts, responses,
 * and what a crisis leads to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

#include <string.h>

/* ---- contacts ---- */

/* Staff time in its parts, for they are what a rota is argued from. */
static void row_kind(struct describe *d, const struct kind *kind)
{
    struct text cell[6] = {{0}};

    text_add(&cell[0], kind->name);
    text_add(&cell[1], say_mode(kind));
    say_window(kind, -1, &cell[2]);
    say_staffing(d->scenario, kind, &cell[3]);
    say_duration(&kind->lasts, &cell[4]);
    if (kind->travel.mean > 0.0) {
        text_add(&cell[4], "; travel ");
        say_duration(&kind->travel, &cell[4]);
    }
    if (kind->notes.mean > 0.0) {
        text_add(&cell[4], "; notes ");
        say_duration(&kind->notes, &cell[4]);
    }
    if (kind->or_kind != NONE) {
        text_printf(&cell[5], "becomes %s after ",
                    d->scenario->kind[kind->or_kind].name);
        say_time(kind->or_after, &cell[5]);
    }
    markdown_row(d->out, cell, 6);
}

/* How often the family is there, and people at times they did not choose. */
static void say_presence(struct describe *d, const struct kind *kind)
{
    struct text s = {0};

    if (kind->with == WITH_FAMILY && kind->attendance < 1) {
        text_printf(&s, "%s: the family is supposed to be there ", kind->name);
        say_chance(kind->attendance, &s);
        text_add(&s, " times; when they are not, the person has missed "
                     "nothing.");
    } else if (kind->attendance_at_other_times < 1) {
        text_printf(&s,
                    "%s: at a time of day that the person does not prefer, "
                    "%.3g%% as many are supposed to be there.",
                    kind->name, 100 * kind->attendance_at_other_times);
    }
    markdown_paragraph(d->out, &s);
}

/* Who goes first where staff are short, and only if there is a difference. */
static void say_urgency(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    uint32_t low = UINT32_MAX, high = 0;
    struct text s = {0};

    for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
        uint32_t priority = scenario->kind[i].priority;

        low = priority < low ? priority : low;
        high = priority > high ? priority : high;
    }
    if (low >= high)
        return;
    text_add(&s, "Where staff are short the more urgent goes first");
    for (uint32_t p = low; p <= high; p++) {
        const char *joint = p == low ? ": " : "; then ";

        for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
            if (scenario->kind[i].priority != p)
                continue;
            text_printf(&s, "%s%s", joint, scenario->kind[i].name);
            joint = ", ";
        }
    }
    text_printf(&s, ". Among equals it is what %s.",
                scenario->order == ORDER_DEADLINE ? "must be done soonest"
                                                  : "fell due first");
    markdown_paragraph(d->out, &s);
}

void describe_contacts(struct describe *d)
{
    static const char *const heads[] = {"Contact",    "How",
                                        "When",       "By whom",
                                        "Staff time", "If nobody could come",
                                        NULL};
    const struct scenario *scenario = d->scenario;

    if (scenario->contact_kind_count == 0)
        return;
    markdown_heading(d->out, 2, "Contacts");
    markdown_head(d->out, heads);
    for (uint32_t i = 0; i < scenario->contact_kind_count; i++)
        row_kind(d, &scenario->kind[i]);
    markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->contact_kind_count; i++)
        say_presence(d, &scenario->kind[i]);
    say_urgency(d);
    for (uint32_t i = 0; i < scenario->contact_kind_count; i++)
        describe_named_note(d, "contacts", scenario->kind[i].name);
}

/* ---- signs and alerts ---- */

/* A sign, and what noting it does besides. */
static void bullet_sign(struct describe *d, const struct sign *sign)
{
    struct text s = {0};

    text_add(&s, sign->name);
    if (sign->weight > 1)
        text_printf(&s, " (counts as %u)", sign->weight);
    if (sign->applies_to < 1) {
        text_add(&s, " (supposed to show in ");
        say_chance(sign->applies_to, &s);
        text_add(&s, " people only)");
    }
    if (sign->opens != NONE)
        text_printf(&s, ": noting it raises the concern \"%s\"",
                    d->scenario->concern[sign->opens].name);
    markdown_bullet(d->out, &s);
}

/* Whether some sign counts as more than one. */
static bool signs_weigh(const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->sign_count; i++)
        if (scenario->sign[i].weight > 1)
            return true;
    return false;
}

/* An alert without a response is legal, and a reader should see it. */
static void bullet_alert(struct describe *d, const struct alert *alert)
{
    struct text s = {0};

    if (signs_weigh(d->scenario))
        text_printf(&s, "signs that count %u or more together at one contact",
                    alert->threshold);
    else
        text_printf(&s, "%u sign%s or more at one contact", alert->threshold,
                    alert->threshold == 1 ? "" : "s");
    if (alert->rising > 0)
        text_printf(&s, ", or %u more than %d day%s before", alert->rising,
                    (int)alert->rising_days,
                    alert->rising_days == 1 ? "" : "s");
    text_printf(&s, ": %s", alert->name);
    if (alert->response == NONE)
        text_add(&s, " (nothing is laid down for it)");
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* What alerts are not. A sum of weighted signs comes near a score, so then it
 * is said what the sum is for. */
static void say_alerts(struct describe *d)
{
    struct text s = {0};

    text_add(&s, "Alerts are this service's own rules for when to act. They "
                 "are not a measure of suicide risk, and ");
    text_add(&s, signs_weigh(d->scenario)
                     ? "what signs count together says when to act, and "
                       "nothing else about the person."
                     : "no sign is weighed into a score.");
    markdown_paragraph(d->out, &s);
}

void describe_signs(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    struct text s = {0};

    if (scenario->sign_count == 0)
        return;
    markdown_heading(d->out, 2, "Early-warning signs and alerts");
    text_add(&s, "At every contact with the person staff look for:");
    markdown_paragraph(d->out, &s);
    for (uint32_t i = 0; i < scenario->sign_count; i++)
        bullet_sign(d, &scenario->sign[i]);
    markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->sign_count; i++)
        describe_named_note(d, "signs", scenario->sign[i].name);
    if (scenario->alert_count == 0)
        return;
    text_add(&s, "What is noted raises an alert:");
    markdown_paragraph(d->out, &s);
    for (uint32_t i = 0; i < scenario->alert_count; i++)
        bullet_alert(d, &scenario->alert[i]);
    markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->alert_count; i++)
        describe_named_note(d, "alerts", scenario->alert[i].name);
    say_alerts(d);
}

/* ---- responses ---- */

void describe_deadline(const struct action *action, struct text *s)
{
    switch (action->deadline) {
    case DEADLINE_AFTER:
        text_add(s, "within ");
        say_time(action->within, s);
        break;
    case DEADLINE_SAME_DAY:
        text_add(s, "the same day");
        break;
    case DEADLINE_NEXT_WORKING_DAY:
        text_add(s, "by the end of the next working day");
        break;
    case DEADLINE_NONE:
        break;
    }
}

/* What success does: the same for everyone, or by the state found. */
static void say_then(const struct scenario *scenario,
                     const struct action *action, struct text *s)
{
    const char *joint = "";

    if (action->kind != NONE && action->succeeds < 1.0) {
        text_add(s, "succeeds in ");
        say_chance(action->succeeds, s);
        joint = "; ";
    }
    if (action->then.count > 0) {
        text_add(s, joint);
        say_effects(scenario, &action->then, s);
        joint = "; ";
    }
    for (uint32_t i = 0; action->when != NULL && i < scenario->state_count;
         i++) {
        if (action->when[i].count == 0)
            continue;
        text_printf(s, "%sif found %s: ", joint, scenario->state[i].name);
        say_effects(scenario, &action->when[i], s);
        joint = "; ";
    }
}

/* Where no deadline is laid down the contact's own window is one. */
static void row_action(struct describe *d, const struct action *action)
{
    const struct scenario *scenario = d->scenario;
    const struct kind *kind =
        action->kind == NONE ? NULL : &scenario->kind[action->kind];
    struct text cell[5] = {{0}};

    text_add(&cell[0], action->name);
    if (kind != NULL && strcmp(kind->name, action->name) != 0)
        text_printf(&cell[0], ": %s", kind->name);
    if (kind != NULL)
        text_printf(&cell[0], " (%s)", say_mode(kind));
    if (action->after > 0) {
        text_add(&cell[1], "after ");
        say_time(action->after, &cell[1]);
    } else {
        text_add(&cell[1], "at once");
    }
    if (kind != NULL)
        say_staffing(scenario, kind, &cell[2]);
    if (kind != NULL && action->deadline == DEADLINE_NONE)
        say_window(kind, -1, &cell[3]);
    describe_deadline(action, &cell[3]);
    say_then(scenario, action, &cell[4]);
    markdown_row(d->out, cell, 5);
}

/* In a sentence, with the trigger as the scenario has it; what is called by
 * the user, as alerts are, goes by its name. */
static void heading_trigger(struct describe *d, const struct response *response)
{
    static const char *const triggers[TRIGGER_TYPES] = {
        [TRIGGER_NOT_ATTENDED] = "If the person was not there",
        [TRIGGER_NOT_DELIVERED] = "If staff did not come",
        [TRIGGER_REACHES_OUT] = "If the person calls",
        [TRIGGER_DISENGAGED] = "If the person stops taking contacts",
        [TRIGGER_TIMED_OUT] = "If the time limit is reached",
        [TRIGGER_CRISIS] = "If there is a crisis"};
    struct text s = {0};

    if (response->type == TRIGGER_ALERT)
        text_printf(&s, "If there is an alert: %s", response->name);
    else if (response->type == TRIGGER_CONCERN)
        text_printf(&s, "If there is a concern: %s", response->name);
    else if (triggers[response->type] == NULL)
        text_printf(&s, "If there is: %s", response->name);
    else
        text_printf(&s, "%s (%s)", triggers[response->type], response->name);
    markdown_heading(d->out, 3, s.bytes ? s.bytes : "");
    d->out->failed = d->out->failed || s.failed;
    text_clear(&s);
}

/* Whether `a` comes before `b`: by their times, then in their own order. */
static bool comes_before(const struct action *a, const struct action *b)
{
    return a->after != b->after ? a->after < b->after : a < b;
}

/* The action that comes next after `last` (NULL: the first), or NULL. */
static const struct action *next_action(const struct response *response,
                                        const struct action *last)
{
    const struct action *next = NULL;

    for (uint32_t i = 0; i < response->action_count; i++) {
        const struct action *a = &response->action[i];

        if ((last == NULL || comes_before(last, a)) &&
            (next == NULL || comes_before(a, next)))
            next = a;
    }
    return next;
}

/* A table of the actions in the order of time, then their notes. */
static void describe_response(struct describe *d,
                              const struct response *response)
{
    static const char *const heads[] = {"What is done", "Started",
                                        "By whom",      "When at the latest",
                                        "What then",    NULL};
    const struct action *action;

    heading_trigger(d, response);
    describe_note(d, "responses", response->name);
    markdown_head(d->out, heads);
    for (action = next_action(response, NULL); action != NULL;
         action = next_action(response, action))
        row_action(d, action);
    markdown_end(d->out);
    for (action = next_action(response, NULL); action != NULL;
         action = next_action(response, action))
        describe_inner_note(d, "responses", response->name, action->name);
}

/* Alerts come by their severity, which is the order of the scenario. */
static void responses_of(struct describe *d, enum trigger_type type)
{
    const struct scenario *scenario = d->scenario;

    for (uint32_t i = 0; i < scenario->response_count; i++)
        if (type != TRIGGER_ALERT && scenario->response[i].type == type)
            describe_response(d, &scenario->response[i]);
    for (uint32_t i = 0; i < scenario->alert_count; i++)
        if (type == TRIGGER_ALERT && scenario->alert[i].response != NONE)
            describe_response(d,
                              &scenario->response[scenario->alert[i].response]);
}

void describe_responses(struct describe *d)
{
    uint32_t crisis = d->scenario->trigger_response[TRIGGER_CRISIS] != NONE;
    struct text s = {0};

    if (d->scenario->response_count == crisis)
        return;
    markdown_heading(d->out, 2, "If this happens, then that is done");
    text_add(&s, "A planned contact is not delivered when staff did not meet "
                 "the person in its hours, and not attended when the person "
                 "was not there. Times count from then. What succeeds ends "
                 "the list; so does, for missed contacts, the next contact "
                 "with the person.");
    if (d->scenario->concern_count > 0)
        text_add(&s, " For a concern times count from when those who respond "
                     "know of it.");
    if (d->scenario->trigger_response[TRIGGER_DISENGAGED] != NONE)
        text_add(&s, " Someone who has stopped taking contacts gets the "
                     "planned ones again once a contact of a response has "
                     "succeeded.");
    markdown_paragraph(d->out, &s);
    for (int type = 0; type < TRIGGER_TYPES; type++)
        if (type != TRIGGER_CRISIS)
            responses_of(d, (enum trigger_type)type);
}

/* ---- crisis ---- */

void describe_crisis(struct describe *d)
{
    const struct scenario *scenario = d->scenario;
    uint32_t index = scenario->trigger_response[TRIGGER_CRISIS];
    struct text s = {0};

    if (index == NONE)
        return;
    markdown_heading(d->out, 2, "If there is a crisis");
    describe_note(d, "responses", "crisis");
    text_add(&s, "It is supposed that a crisis leads to one of:");
    markdown_paragraph(d->out, &s);
    for (uint32_t i = 0; i < scenario->response[index].outcome_count; i++) {
        const struct outcome *outcome = &scenario->response[index].outcome[i];

        text_printf(&s, "%s, ", outcome->name);
        say_chance(outcome->chance, &s);
        if (outcome->then.count > 0)
            text_add(&s, ": ");
        say_effects(scenario, &outcome->then, &s);
        markdown_bullet(d->out, &s);
    }
    markdown_end(d->out);
}
