/*
 * The days of a plan, made once for a cohort in a level.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>

#include "studies/load_plan_impl.h"

/* Repeats beyond so many of one step are not told apart. */
#define REPEATS_MOST 6u
#define DAYS_OF_WEEK 7

/* ---- slots ---- */

static uint32_t repeats_of(const struct plan *plan)
{
    if (plan->otherwise != OTHERWISE_REPEAT)
        return 0;
    return plan->repeat_most < REPEATS_MOST ? plan->repeat_most : REPEATS_MOST;
}

/* The position in its step at which a repeat begins. */
static int32_t repeat_from(const struct plan *plan, uint32_t step)
{
    int32_t days = plan->step[step].days, each = plan->repeat_days;

    return each <= 0 || each > days ? 0 : days - each;
}

/* Whether decisions wait for a review, which is held on some ordinary day. */
static bool has_reviews(const struct plan *plan)
{
    sim_day_set week = SIM_DAYS_EVERY >> 1; /* without holidays */

    return plan->review_kind != NONE && (plan->review_days & week) != 0;
}

/* The days of a step, at its end, that go round while a review is awaited. */
static int32_t waiting_days(const struct plan *plan, uint32_t step)
{
    int32_t days = plan->step[step].days;

    if (!has_reviews(plan))
        return 0;
    return days < DAYS_OF_WEEK ? days : DAYS_OF_WEEK;
}

static uint32_t count_slots(const struct plan *plan, uint32_t repeats)
{
    double sum = 0;

    for (uint32_t k = 0; k < plan->step_count; k++)
        sum += plan->step[k].days +
               (double)repeats * (plan->step[k].days - repeat_from(plan, k)) +
               (double)(repeats + 1) * waiting_days(plan, k);
    return sum > LOAD_SLOTS_MOST ? NONE : (uint32_t)sum;
}

int load_plain_civil(struct sim_civil *civil)
{
    return sim_civil_init(civil, 1, 1, NULL, 0);
}

/* What falls due on position `at` of a step whose days run from `from`. */
static void fill_due(struct load_plan *p, const struct sim_civil *civil,
                     uint32_t slot, int32_t at, int32_t from)
{
    const struct step *step = &p->plan->step[p->slot[slot].step];

    for (int32_t w = 0; w < 7; w++)
        for (uint32_t i = 0; i < step->planned_count; i++) {
            /* A long way on, so that no day is before the table. */
            int32_t day = LOAD_FIRST_MONDAY + w + 7 * (at / 7 + 1);
            uint32_t count = schedule_count(&step->planned[i].schedule, civil,
                                            day, at, from, step->days);
            p->due[((size_t)slot * 7 + (size_t)w) * p->lines + i] =
                (uint8_t)(count < 255 ? count : 255);
        }
}

/* The last days of a step in a ring, from slot `first` on. Returns how many. */
static uint32_t fill_waiting(struct load_plan *p, const struct sim_civil *civil,
                             const struct load_slot *like, uint32_t first)
{
    int32_t days = p->plan->step[like->step].days;
    int32_t from = days - waiting_days(p->plan, like->step);
    uint32_t slot = first;

    for (int32_t at = from; at < days; at++, slot++) {
        p->slot[slot] = *like;
        p->slot[slot].waiting = true;
        p->slot[slot].next = at + 1 < days ? slot + 1 : first;
        fill_due(p, civil, slot, at, from);
    }
    return slot - first;
}

static void fill_slots(struct load_plan *p, const struct sim_civil *civil)
{
    uint32_t slot = 0;

    for (uint32_t k = 0; k < p->plan->step_count; k++)
        for (uint32_t r = 0; r <= p->repeats_most; r++) {
            int32_t from = r > 0 ? repeat_from(p->plan, k) : 0;
            int32_t days = p->plan->step[k].days;
            const struct load_slot like = {
                .step = k, .repeat = r, .next = NONE, .worsening = 1};

            p->first[k * (p->repeats_most + 1) + r] = slot;
            for (int32_t at = from; at < days; at++, slot++) {
                p->slot[slot] = like;
                if (at + 1 < days || p->waits)
                    p->slot[slot].next = slot + 1;
                fill_due(p, civil, slot, at, from);
            }
            slot += fill_waiting(p, civil, &like, slot);
        }
}

/* ---- protection, and the last advance ---- */

static double mean_of(const double *value, uint32_t count)
{
    double sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += value[i];
    return count > 0 ? sum / count : 0;
}

/* The factor of contacts on the day of each slot: what is left of those before
 * it, as if each were attended by the average share. A day's own contact counts
 * from the next, weekdays being averaged over. */
static void fill_protection(struct load_plan *p,
                            const struct load_people *people)
{
    const struct fade *fade = &people->condition->after_contact;
    double attend = mean_of(people->attend, people->states);
    double left = 0, keep = exp2(-1 / fade->half_days);
    double average = fade->half_days / M_LN2 * (1 - keep);

    for (uint32_t i = 0; i < p->slot_count && fade->times != 1; i++) {
        struct load_slot *slot = &p->slot[i];
        const struct load_line *line = &p->line[(size_t)slot->step * p->lines];

        slot->worsening *= 1 - (1 - fade->times) * left * average;
        left *= keep;
        for (uint32_t l = 0; l < p->plan->step[slot->step].planned_count; l++) {
            const struct kind *kind = &people->scenario->kind[line[l].kind];
            double chance = 0, new;
            for (uint32_t w = 0; w < 7; w++)
                chance += p->due[((size_t)i * 7 + w) * p->lines + l] > 0;
            chance *= attend * line[l].attend / 7;
            new = kind->protects > left ? kind->protects : left;
            if (line[l].with_person)
                left += chance * (new - left);
        }
    }
}

static void fill_advances(struct load_plan *p, const struct load_people *people)
{
    const struct fade *fade = &people->condition->after_advance;
    double day = 0;

    for (uint32_t i = 0; i < p->slot_count; i++) {
        if (i > 0 && p->slot[i].step != p->slot[i - 1].step)
            day = 0;
        if (p->slot[i].step > 0)
            p->slot[i].worsening *= load_fade(fade, day);
        day++;
    }
}

/* ---- decisions ---- */

/* Contacts with the person of a run through a step, averaged over weekdays. */
static double contacts_of(const struct load_plan *p, uint32_t step,
                          uint32_t repeat)
{
    double sum = 0;

    for (uint32_t i = p->first[step * (p->repeats_most + 1) + repeat];
         i < p->slot_count && p->slot[i].step == step &&
         p->slot[i].repeat == repeat && !p->slot[i].waiting;
         i++)
        for (uint32_t w = 0; w < 7; w++)
            for (uint32_t l = 0; l < p->plan->step[step].planned_count; l++)
                if (p->line[step * p->lines + l].with_person)
                    sum += p->due[((size_t)i * 7 + w) * p->lines + l] / 7.0;
    return sum;
}

/* Enough of the step's contacts were done, in all its runs so far: binomial,
 * with the attendance of the state in which the decision finds the person. */
static void fill_done(struct load_plan *p, const struct load_people *people)
{
    for (uint32_t k = 0; k < p->plan->step_count; k++) {
        double contacts = 0;
        for (uint32_t r = 0; r <= p->repeats_most; r++) {
            unsigned n, least;
            contacts += contacts_of(p, k, r);
            n = (unsigned)lround(contacts);
            least = (unsigned)ceil(p->plan->contacts_done * n - 1e-9);
            for (uint32_t s = 0; s < people->states; s++)
                p->done[(k * (p->repeats_most + 1) + r) * people->states + s] =
                    n == 0 || least == 0
                        ? 1
                        : gsl_cdf_binomial_Q(least - 1, people->attend[s], n);
        }
    }
}

/* ---- contacts ---- */

/* The average days between two contacts of a line. */
static double gap_of(const struct load_plan *p, uint32_t step, uint32_t line)
{
    double sum = 0;
    uint32_t first = p->first[(size_t)step * (p->repeats_most + 1)];
    uint32_t days = (uint32_t)p->plan->step[step].days;

    for (uint32_t i = first; i < first + days; i++)
        for (uint32_t w = 0; w < 7; w++)
            sum += p->due[((size_t)i * 7 + w) * p->lines + line] / 7.0;
    return sum > 0 ? fmax(1, days / sum) : 1;
}

/* Add what a response to a missed contact sees, where it reaches the person. */
static int add_missed(const struct load_people *people, uint32_t state,
                      double notices, double missed, double *look,
                      double *fresh)
{
    const struct scenario *s = people->scenario;
    uint32_t width = s->alert_count + 1;
    uint32_t number = s->trigger_response[TRIGGER_NOT_ATTENDED];
    const struct response *r = number == NONE ? NULL : &s->response[number];
    double *found = arena_array(people->arena, width, sizeof *found);
    double rest = 1;
    int err = found ? SIM_OK : SIM_ERR_NO_MEMORY;

    for (uint32_t i = 0; r && err == SIM_OK && i < r->action_count; i++) {
        double chance = load_action_reached(r, i) * r->action[i].succeeds;
        if (r->action[i].kind == NONE ||
            s->kind[r->action[i].kind].without_person)
            continue;
        err =
            load_watch_first(people, r->action[i].kind, state, notices, found);
        for (uint32_t a = 1; a < width; a++) {
            double raised = missed * chance * found[a];
            look[a] += raised;
            look[0] -= raised;
            fresh[a] += raised;
            fresh[0] -= raised;
        }
        rest -= chance;
    }
    return err;
}

/* Chances of what is noted at a contact of one line, attended or not. The last
 * row is of those whose signs nobody has looked for before, or of whom it is
 * forgotten. */
static int fill_look(const struct load_people *people, struct load_line *line,
                     uint32_t state, double notices, double gap, double *look)
{
    const struct scenario *s = people->scenario;
    uint32_t width = s->alert_count + 1;
    double attend = fmin(1, people->attend[state] * line->attend);
    double *first = arena_array(people->arena, width, sizeof *first);
    int err = first ? SIM_OK : SIM_ERR_NO_MEMORY;

    if (err == SIM_OK)
        err = load_watch_next(people, line->kind, state, notices, gap, look);
    if (err == SIM_OK)
        err = load_watch_first(people, line->kind, state, notices, first);
    for (uint32_t b = 0; err == SIM_OK && b <= width; b++)
        for (uint32_t a = 0; a < width; a++) {
            double seen = b == width ? first[a] : look[b * width + a];
            bool same = a == (b == width ? 0 : b);
            look[b * width + a] = attend * seen + (1 - attend) * same;
        }
    if (err == SIM_OK)
        err = add_missed(people, state, notices, 1 - attend, look,
                         &look[(size_t)width * width]);
    return err;
}

static int fill_looks(const struct load_people *people, struct load_line *line,
                      double gap)
{
    const struct level *level = &people->scenario->level[people->level];
    size_t width = people->scenario->alert_count + 1;
    int err = SIM_OK;

    line->look = arena_array(people->arena,
                             (size_t)2 * people->states * (width + 1) * width,
                             sizeof *line->look);
    if (!line->look)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t blur = 0; blur < 2; blur++)
        for (uint32_t s = 0; s < people->states && err == SIM_OK; s++) {
            double notices =
                blur && level->handover.asked ? level->handover.notices : 1;
            err = fill_look(
                people, line, s, notices, gap,
                &line->look[(blur * people->states + s) * (width + 1) * width]);
        }
    return err;
}

/* The kind of contact by which an alert's response begins, or NONE. */
static uint32_t review_kind(const struct scenario *scenario, uint32_t alert)
{
    uint32_t response = scenario->alert[alert].response;
    const struct response *r;

    if (response == NONE)
        return NONE;
    r = &scenario->response[response];
    for (uint32_t i = 0; i < r->action_count; i++)
        if (r->action[i].kind != NONE)
            return r->action[i].kind;
    return NONE;
}

/* On which weekdays a review can be that day, after the time `from`. A response
 * without a contact takes place at once. */
static void fill_cover(const struct load_people *people, sim_ms from,
                       bool *cover)
{
    const struct scenario *s = people->scenario;

    for (uint32_t a = 0; a < s->alert_count; a++)
        for (int w = 0; w < 7; w++) {
            uint32_t kind = review_kind(s, a);
            cover[a * 7 + (uint32_t)w] =
                s->alert[a].response != NONE &&
                (kind == NONE ||
                 load_staff_cover(people->staff, kind, w, from));
        }
}

/* The time of day at which a line falls due: the average of those that people
 * prefer, where it is for them to say. */
static sim_ms due_at(const struct load_people *people,
                     const struct planned *planned)
{
    const struct cohort *c = people->cohort;
    const struct kind *kind = &people->scenario->kind[planned->kind];
    double at = 0;

    if (planned->schedule.at >= 0)
        return planned->schedule.at;
    if (!kind->at_preferred)
        return kind->at;
    for (uint32_t i = 0; i < c->prefers_count; i++)
        at += (double)c->prefers[i].at * c->prefers[i].chance;
    return (sim_ms)at;
}

/* The share of people who prefer the time at which a line falls due. */
static double preferred(const struct load_people *people,
                        const struct kind *kind, sim_ms at)
{
    const struct cohort *c = people->cohort;
    double share = 0;

    if (kind->at_preferred || c->prefers_count == 0)
        return 1;
    for (uint32_t i = 0; i < c->prefers_count; i++)
        share += c->prefers[i].at == at ? c->prefers[i].chance : 0;
    return share;
}

static int fill_line(struct load_plan *p, const struct load_people *people,
                     uint32_t step, uint32_t i)
{
    const struct scenario *s = people->scenario;
    const struct planned *planned = &p->plan->step[step].planned[i];
    const struct kind *kind = &s->kind[planned->kind];
    struct load_line *line = &p->line[step * p->lines + i];
    sim_ms at = due_at(people, planned);
    double here = preferred(people, kind, at);

    *line = (struct load_line){
        .kind = planned->kind,
        .with_person = !kind->without_person,
        .due = at,
        /* Many fall due together, so one waits for about one other. */
        .at = at + (sim_ms)(kind->travel.mean +
                            2 * (kind->lasts.mean + kind->notes.mean)),
        .attend = kind->attendance *
                  (here + (1 - here) * kind->attendance_at_other_times),
        .workers = load_workers(people, kind, at),
        .same_day = arena_array(people->arena, (size_t)s->alert_count * 7 + 1,
                                sizeof *line->same_day),
    };
    if (!line->same_day)
        return SIM_ERR_NO_MEMORY;
    fill_cover(people, line->at, line->same_day);
    return fill_looks(people, line, gap_of(p, step, i));
}

static int fill_effects(struct load_plan *p, const struct load_people *people)
{
    const struct scenario *s = people->scenario;
    int err = SIM_OK;

    for (uint32_t a = 0; a < p->alerts; a++)
        for (uint32_t i = 0; i < people->states && err == SIM_OK; i++)
            err = load_effects_make(s, s->alert[a].response, people->condition,
                                    i, people->arena,
                                    &p->effects[a * people->states + i]);
    return err;
}

/* ---- all of it ---- */

static int allocate(struct load_plan *p, const struct load_people *people)
{
    const struct plan *plan = p->plan;
    struct arena *arena = people->arena;
    size_t runs = (size_t)plan->step_count * (p->repeats_most + 1);

    for (uint32_t k = 0; k < plan->step_count; k++)
        if (plan->step[k].planned_count > p->lines)
            p->lines = plan->step[k].planned_count;
    p->slot = arena_array(arena, p->slot_count, sizeof *p->slot);
    p->first = arena_array(arena, runs, sizeof *p->first);
    p->line = arena_array(arena, (size_t)plan->step_count * p->lines + 1,
                          sizeof *p->line);
    p->due = arena_array(arena, (size_t)p->slot_count * 7 * p->lines + 1, 1);
    p->done = arena_array(arena, runs * people->states, sizeof *p->done);
    p->review_day =
        arena_array(arena, (size_t)p->alerts * 7 + 1, sizeof *p->review_day);
    p->effects = arena_array(arena, (size_t)p->alerts * people->states + 1,
                             sizeof *p->effects);
    return arena_failed(arena) ? SIM_ERR_NO_MEMORY : SIM_OK;
}

static int fill(struct load_plan *p, const struct load_people *people)
{
    struct sim_civil civil;
    int err = load_plain_civil(&civil);

    if (err != SIM_OK)
        return err;
    fill_slots(p, &civil);
    sim_civil_clear(&civil);
    for (uint32_t k = 0; k < p->plan->step_count; k++)
        for (uint32_t i = 0; i < p->plan->step[k].planned_count; i++) {
            err = fill_line(p, people, k, i);
            if (err != SIM_OK)
                return err;
        }
    fill_done(p, people);
    fill_cover(people, 0, p->review_day);
    if (people->condition) {
        fill_protection(p, people);
        fill_advances(p, people);
    }
    return fill_effects(p, people);
}

int load_plan_make(const struct load_people *people, struct load_plan **out)
{
    const struct scenario *s = people->scenario;
    const struct plan *plan = &s->plan[s->level[people->level].plan];
    struct load_plan *p = arena_alloc(people->arena, sizeof *p);
    int err;

    if (!p)
        return SIM_ERR_NO_MEMORY;
    p->plan = plan;
    p->repeats_most = repeats_of(plan);
    p->waits = has_reviews(plan);
    p->slot_count = count_slots(plan, p->repeats_most);
    p->alerts = s->alert_count;
    /* An alert that ended on a day blocks the midnights of that day and of the
     * next ones, `no_alert_for` in all. */
    p->ended_most = (uint32_t)((plan->no_alert_for + SIM_DAY - 1) / SIM_DAY);
    p->memories = 1 + p->ended_most + p->alerts;
    if (p->slot_count == NONE || p->memories > 200)
        return SIM_ERR_LIMIT;
    err = allocate(p, people);
    if (err == SIM_OK)
        err = fill(p, people);
    if (err == SIM_OK)
        *out = p;
    return err;
}
