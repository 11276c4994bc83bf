/*
 * One simulated person's journey: the records of the journey that are about
 * them, in order, each as a line. A contact is told where it ends, with what
 * is known of it by then.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>

#include "models/measure.h"
#include "plots/explain_impl.h"

#define INDENT "                        " /* under the text of a line */
#define NAME_SIZE 512

/* The page being written. */
struct page {
    const struct history *h;
    uint32_t person;
    struct text *out;
};

/* ---- lines ---- */

/* Begin a line at `time`. */
static void at(const struct page *page, sim_ms time)
{
    explain_moment(page->h, time, page->out);
    text_add(page->out, "    ");
}

static void say(const struct page *page, const char *text)
{
    text_add(page->out, text);
}

static void name(const struct page *page, const char *text)
{
    explain_name(text, page->out);
}

static void line_end(const struct page *page)
{
    text_add(page->out, "\n");
}

/* "WORDS NAME\n" */
static void line(const struct page *page, const struct journey_record *r,
                 const char *words, const char *what)
{
    at(page, r->time);
    say(page, words);
    if (what)
        name(page, what);
    line_end(page);
}

/* ---- places ---- */

static const char *level_of(const struct page *page, uint32_t level)
{
    return page->h->scenario->level[level].name;
}

/* The wait that began with this record. */
static const struct history_wait *wait_of(const struct page *page,
                                          const struct journey_record *r)
{
    for (uint32_t i = 0; i < page->h->waits_count; i++) {
        const struct history_wait *wait = &page->h->waits[i];
        if (wait->person == page->person && wait->level == r->a &&
            wait->since == r->time)
            return wait;
    }
    return NULL;
}

/* Waits of no length are how places are handed out: not worth a line. */
static void tell_claim(const struct page *page, const struct journey_record *r)
{
    const struct history_wait *wait = wait_of(page, r);

    if (!wait || wait->until == r->time)
        return;
    at(page, r->time);
    say(page, "asks for a place in ");
    name(page, level_of(page, r->a));
    /* A level that chooses may have a place, but not for the person now. */
    say(page, level_chooses(&page->h->scenario->level[r->a])
                  ? ": waits"
                  : ", which is full: waits");
    if (wait->until != SIM_NEVER) {
        say(page, wait->granted ? " " : " in vain ");
        explain_length(wait->until - wait->since, page->out);
    } else {
        say(page, " to the end of the run");
    }
    line_end(page);
}

static const char *cause_text(uint32_t cause)
{
    switch (cause) {
    case CAUSE_PLANNED:
        return ", as planned";
    case CAUSE_TIMED_OUT:
        return ", the time limit being reached";
    case CAUSE_CRISIS:
        return ", after a crisis";
    case CAUSE_GAVE_UP:
        return ", having given up waiting";
    default:
        return "";
    }
}

static void tell_entered(const struct page *page,
                         const struct journey_record *r)
{
    at(page, r->time);
    say(page, "enters ");
    name(page, level_of(page, r->a));
    say(page, cause_text(r->b));
    line_end(page);
}

static void tell_left(const struct page *page, const struct journey_record *r)
{
    at(page, r->time);
    say(page, "leaves the service");
    say(page, cause_text(r->b));
    line_end(page);
}

static void tell_decided(const struct page *page,
                         const struct journey_record *r)
{
    at(page, r->time);
    say(page, "is to move on");
    say(page, cause_text(r->b));
    say(page, "; the next moment for that is ");
    explain_moment(page->h, r->x, page->out);
    line_end(page);
}

static void tell_delayed(const struct page *page,
                         const struct journey_record *r)
{
    at(page, r->time);
    say(page, "is to move on, but holds the place until ");
    explain_moment(page->h, r->x, page->out);
    say(page, ": what comes next is delayed");
    line_end(page);
}

static void tell_held(const struct page *page, const struct journey_record *r)
{
    if (r->time == r->x)
        return;
    at(page, r->time);
    say(page, "has held a place for ");
    explain_length(r->time - r->x, page->out);
    say(page, r->b == DELAY_BLOCKED ? " with nowhere to go"
                                    : ", the move being delayed");
    line_end(page);
}

static void tell_place(const struct page *page, const struct journey_record *r)
{
    switch (r->type) {
    case JOURNEY_REFERRED:
        at(page, r->time);
        say(page, "is referred");
        if (r->b != NONE) {
            say(page, "; state: ");
            name(page, page->h->scenario->state[r->b].name);
        }
        line_end(page);
        break;
    case JOURNEY_CLAIM:
        tell_claim(page, r);
        break;
    case JOURNEY_ENTERED:
        tell_entered(page, r);
        break;
    case JOURNEY_MOVE_DECIDED:
        tell_decided(page, r);
        break;
    case JOURNEY_DELAYED:
        tell_delayed(page, r);
        break;
    case JOURNEY_HELD:
        tell_held(page, r);
        break;
    case JOURNEY_GAVE_UP:
        line(page, r, "gives up waiting for ", level_of(page, r->a));
        break;
    case JOURNEY_DIVERTED:
        line(page, r, "is sent elsewhere, for want of a place in ",
             level_of(page, r->a));
        break;
    case JOURNEY_SWAP:
        line(page, r, "people in full levels change places: this one into ",
             level_of(page, r->a));
        break;
    case JOURNEY_OUTSIDE:
        line(page, r, "gives up the place and waits without one", NULL);
        break;
    default:
        tell_left(page, r);
        break;
    }
}

/* ---- plan and condition ---- */

static void tell_step(const struct page *page, const struct journey_record *r,
                      const char *words)
{
    char step[NAME_SIZE];

    slice_value_name(page->h->scenario, SLICE_STEP, r->a, step, sizeof step);
    line(page, r, words, step);
}

static void tell_plan(const struct page *page, const struct journey_record *r)
{
    switch (r->type) {
    case JOURNEY_PLAN:
        at(page, r->time);
        say(page, "begins the plan ");
        name(page, page->h->scenario->plan[r->a].name);
        text_printf(page->out, ", which intends %u contacts", r->b);
        line_end(page);
        break;
    case JOURNEY_STEP:
        tell_step(page, r, "begins the step ");
        break;
    case JOURNEY_REPEATED:
        tell_step(page, r, "may not advance: repeats the end of ");
        break;
    case JOURNEY_RESTARTED:
        tell_step(page, r, "the plan begins again, from ");
        break;
    case JOURNEY_STEPPED_BACK:
        tell_step(page, r, "is put back a step, from ");
        break;
    case JOURNEY_DISENGAGED:
        line(page, r, "stops taking part: planned contacts stop", NULL);
        break;
    case JOURNEY_ENGAGED:
        line(page, r, "takes part again", NULL);
        break;
    default: /* an advance shows as the next step */
        break;
    }
}

/* All signs noted at one contact are told with the first. */
static void tell_signs(const struct page *page, const struct journey_record *r)
{
    const struct history *h = page->h;
    uint32_t i = 0;
    bool first = true;

    while (h->signs[i].contact != r->number)
        i++;
    if (h->signs[i].sign != r->a)
        return;
    at(page, r->time);
    say(page, "signs noted: ");
    for (; i < h->signs_count; i++) {
        if (h->signs[i].contact != r->number)
            continue;
        say(page, first ? "" : ", ");
        name(page, h->scenario->sign[h->signs[i].sign].name);
        first = false;
    }
    line_end(page);
}

static void tell_course(const struct page *page, const struct journey_record *r)
{
    const struct scenario *s = page->h->scenario;

    switch (r->type) {
    case JOURNEY_STATE:
        line(page, r, "state is now ", s->state[r->a].name);
        break;
    case JOURNEY_CRISIS:
        line(page, r, "CRISIS; the state after it: ", s->state[r->a].name);
        break;
    case JOURNEY_OUTCOME:
        line(page, r, "what comes of it: ", s->outcome[r->a]);
        break;
    case JOURNEY_RECORDED:
        line(page, r, "recorded: ", s->outcome[r->a]);
        break;
    case JOURNEY_SIGN:
        tell_signs(page, r);
        break;
    case JOURNEY_ALERT:
        line(page, r, "ALERT: ", s->alert[r->a].name);
        break;
    case JOURNEY_ALERT_SILENT:
        line(page, r, "fewer signs: the alert is now ", s->alert[r->a].name);
        break;
    case JOURNEY_ALERT_LAPSED:
        line(page, r, "fewer signs: the alert is over", NULL);
        break;
    default:
        line(page, r, "the alert is closed", NULL);
        break;
    }
}

/* ---- responses and handovers ---- */

static void tell_response(const struct page *page,
                          const struct journey_record *r)
{
    const struct scenario *s = page->h->scenario;

    switch (r->type) {
    case JOURNEY_RESPONSE:
        if (s->response[r->a].type == TRIGGER_REACHES_OUT)
            line(page, r, "calls the service", NULL);
        line(page, r, "response begins: ", s->response[r->a].name);
        break;
    case JOURNEY_RESPONSE_CLOSED:
        line(page, r, "response over: ", s->response[r->a].name);
        break;
    case JOURNEY_ACTION:
        line(page, r, "action due: ", s->response[r->a].action[r->b].name);
        break;
    case JOURNEY_HANDOVER_LATE:
        line(page, r, "the handover is late", NULL);
        break;
    default:
        at(page, r->time);
        say(page, "staff know less of the person, at most until ");
        explain_moment(page->h, r->x, page->out);
        line_end(page);
        break;
    }
}

static void tell_concern(const struct page *page,
                         const struct journey_record *r)
{
    static const char *const closed[JOURNEY_CLOSES] = {
        [JOURNEY_CLOSE_ITSELF] = "the concern is over: ",
        [JOURNEY_CLOSE_RESPONSE] = "the response closes the concern: ",
        [JOURNEY_CLOSE_LEFT] = "leaves with the concern open: ",
    };
    const char *what = page->h->scenario->concern[r->a].name;

    switch (r->type) {
    case JOURNEY_CONCERN:
        line(page, r, "a concern arises: ", what);
        break;
    case JOURNEY_CONCERN_NOTICED:
        if (r->x == r->time) /* known at once, which is told next */
            break;
        at(page, r->time);
        say(page, "staff notice the concern: ");
        name(page, what);
        say(page, "; those who respond are told on ");
        explain_moment(page->h, r->x, page->out);
        line_end(page);
        break;
    case JOURNEY_CONCERN_KNOWN:
        line(page, r, "those who respond know of the concern: ", what);
        break;
    default:
        line(page, r, closed[r->b], what);
        break;
    }
}

/* ---- contacts ---- */

/* A moment on the line of `now`: with its date where that is another. */
static void moment_of(const struct page *page, sim_ms time, sim_ms now)
{
    if (sim_day_of(time) == sim_day_of(now))
        explain_clock(time, page->out);
    else
        explain_moment(page->h, time, page->out);
}

static const char *verb_of(const struct history_contact *contact)
{
    if (contact->end == JOURNEY_END_NOT_ATTENDED)
        return ", tried ";
    return contact->flags & JOURNEY_FLAG_WITH_PERSON ? ", met " : ", begun ";
}

/* "due 15:00, met 18:05, by support worker (place 1 of evening)" */
static void tell_visit(const struct page *page,
                       const struct history_contact *contact)
{
    say(page, "; due ");
    moment_of(page, contact->due, contact->ended);
    if (contact->flags & JOURNEY_FLAG_BREACHED) {
        say(page, ", its deadline ");
        moment_of(page, contact->deadline, contact->ended);
    }
    if (contact->met != SIM_NEVER) {
        say(page, verb_of(contact));
        moment_of(page, contact->met, contact->ended);
    }
    for (uint32_t i = 0, told = 0;
         i < page->h->busies_count && told < contact->staff_count; i++) {
        const struct history_busy *busy = &page->h->busies[i];
        if (busy->contact != contact - page->h->contacts)
            continue;
        say(page, told++ ? " and " : ", by ");
        explain_worker(page->h, busy->worker, page->out);
    }
}

static const char *ended_text(const struct page *page,
                              const struct history_contact *contact)
{
    bool family = page->h->scenario->kind[contact->kind].with == WITH_FAMILY;

    switch (contact->end) {
    case JOURNEY_END_COMPLETED:
        return " done";
    case JOURNEY_END_NOT_ATTENDED:
        if (contact->response != NONE)
            return " without success";
        return family ? " MISSED: the family was not there"
                      : " MISSED: the person was not there";
    case JOURNEY_END_CANCELLED:
        return " cancelled";
    case JOURNEY_END_OPEN:
        return " still open when the run ends";
    default:
        return "";
    }
}

static void tell_contact(const struct page *page,
                         const struct journey_record *r)
{
    const struct history *h = page->h;
    const struct history_contact *contact = &h->contacts[r->number];
    const struct kind *kind = h->scenario->kind;

    at(page, r->time);
    name(page, kind[contact->planned_kind].name);
    if (contact->concern != NONE) {
        say(page, " (for ");
        name(page, h->scenario->concern[contact->concern].name);
        say(page, ")");
    }
    if (contact->end == JOURNEY_END_NOT_DELIVERED) {
        say(page, kind[contact->planned_kind].mode == MODE_PHONE
                      ? " MISSED: nobody rang between "
                      : " MISSED: nobody came between ");
        explain_clock(contact->due, page->out);
        say(page, " and ");
        explain_clock(contact->until, page->out);
        line_end(page);
        explain_why(h, r->number, INDENT, page->out);
        return;
    }
    if (contact->flags & JOURNEY_FLAG_DOWNGRADED) {
        say(page, " replaced by ");
        name(page, kind[contact->kind].name);
        say(page, contact->end == JOURNEY_END_DOWNGRADED ? "" : ",");
    }
    say(page, ended_text(page, contact));
    tell_visit(page, contact);
    line_end(page);
}

/* ---- the page ---- */

static void tell(const struct page *page, const struct journey_record *r)
{
    switch (r->type) {
    case JOURNEY_REFERRED:
    case JOURNEY_CLAIM:
    case JOURNEY_ENTERED:
    case JOURNEY_MOVE_DECIDED:
    case JOURNEY_DELAYED:
    case JOURNEY_HELD:
    case JOURNEY_GAVE_UP:
    case JOURNEY_DIVERTED:
    case JOURNEY_SWAP:
    case JOURNEY_OUTSIDE:
    case JOURNEY_LEFT:
        tell_place(page, r);
        break;
    case JOURNEY_PLAN:
    case JOURNEY_STEP:
    case JOURNEY_REPEATED:
    case JOURNEY_RESTARTED:
    case JOURNEY_STEPPED_BACK:
    case JOURNEY_DISENGAGED:
    case JOURNEY_ENGAGED:
        tell_plan(page, r);
        break;
    case JOURNEY_STATE:
    case JOURNEY_CRISIS:
    case JOURNEY_OUTCOME:
    case JOURNEY_RECORDED:
    case JOURNEY_SIGN:
    case JOURNEY_ALERT:
    case JOURNEY_ALERT_SILENT:
    case JOURNEY_ALERT_LAPSED:
    case JOURNEY_ALERT_CLOSED:
        tell_course(page, r);
        break;
    case JOURNEY_RESPONSE:
    case JOURNEY_RESPONSE_CLOSED:
    case JOURNEY_ACTION:
    case JOURNEY_HANDOVER_LATE:
    case JOURNEY_BLURRED:
        tell_response(page, r);
        break;
    case JOURNEY_CONCERN:
    case JOURNEY_CONCERN_NOTICED:
    case JOURNEY_CONCERN_KNOWN:
    case JOURNEY_CONCERN_CLOSED:
        tell_concern(page, r);
        break;
    case JOURNEY_CONTACT_ENDED:
        tell_contact(page, r);
        break;
    default: /* for the counts only */
        break;
    }
}

/* Whose a record is; of a contact the person may have left before it ended. */
static uint32_t person_of(const struct history *h,
                          const struct journey_record *r)
{
    return r->type == JOURNEY_CONTACT_ENDED ? h->contacts[r->number].person
                                            : r->person;
}

/* Someone of the caseload may be real: their journey would be read as what is
 * to come. */
static void tell_nothing(const struct page *page)
{
    uint32_t first = page->person;

    while (first < page->h->people_count && page->h->people[first].present)
        first++;
    text_add(page->out, "This one stands for a row of the caseload file. No "
                        "journey is told of someone who may be real");
    if (first < page->h->people_count)
        text_printf(page->out, ": persons from %u on are of the model",
                    first + 1);
    text_add(page->out, ".\n");
}

void explain_person(const struct explain *explain, uint32_t person,
                    struct text *out)
{
    const struct history *h = explain->history;
    const struct journey *journey = h->journey;
    struct page page = {h, person, out};

    explain_head(explain, out);
    text_printf(out, "Person %u of %u: ", person + 1, h->people_count);
    explain_name(h->scenario->cohort[h->people[person].cohort].name, out);
    text_add(out, "\n\n");
    if (h->people[person].present) {
        tell_nothing(&page);
        return;
    }
    for (size_t i = 0; i < journey->count; i++)
        if (person_of(h, &journey->record[i]) == person)
            tell(&page, &journey->record[i]);
}
