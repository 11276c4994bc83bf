/*
 * One visit of a level with a plan, in expectation: a mass of people for each
 * slot of the plan, carried from day to day.
 *
 * A day is: the condition changes; reviews that waited for staff take place;
 * contacts fall due, and what they note raises or ends alerts; at midnight the
 * day's decisions. Effects of reviews and crises on the plan come at midnight
 * too, today's contacts standing.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "studies/load_taper_impl.h"

/* Where some people are, and where those are put who stay. */
struct place {
    uint32_t slot;
    double *block;
    bool repeat;
};

/* ---- effects ---- */

/* What effects make of `mass` people in a slot. Who stays in it goes into
 * `block`, with `memory`; who restarts or steps back still has today's
 * contacts. */
static void apply(struct taper *t, const struct place *at, uint32_t memory,
                  const struct load_effect *e, double mass)
{
    const struct load_people *people = t->walk.people;
    const struct load_plan *p = t->plan;
    uint32_t step = p->slot[at->slot].step;

    if (e->to != NONE && e->to != people->level) {
        load_walk_exit(&t->walk, e->to, e->state, mass, 0.5);
        return;
    }
    if (e->decision == LOAD_GO_ON) {
        row_of(t, at->block, at->repeat || e->repeat, memory)[e->state] += mass;
        return;
    }
    if (e->decision == LOAD_RESTART)
        step = 0;
    else if (step > 0)
        step--;
    if (!t->looked)
        t->there[e->state] += mass;
    t->walk.visit->days += mass;
    row_of(t, next_slot(t, first_of(p, step)), false,
           load_aged(p, memory))[e->state] += mass;
}

static void crisis(struct taper *t, const struct place *at, double mass)
{
    const struct load_people *people = t->walk.people;
    const struct load_effect stay = {.state = people->states - 1, .to = NONE};
    uint32_t memory = load_ended_today(t->plan);

    if (mass <= 0)
        return;
    t->walk.visit->crises += mass;
    if (people->crisis->count == 0 || mass < LOAD_TOO_FEW)
        apply(t, at, memory, &stay, mass);
    for (uint32_t i = 0; i < people->crisis->count && mass >= LOAD_TOO_FEW; i++)
        apply(t, at, memory, &people->crisis->effect[i],
              mass * people->crisis->effect[i].chance);
}

/* An alert's response is carried out for those in `state`. */
static void review(struct taper *t, const struct place *at, uint32_t alert,
                   uint32_t state, double mass)
{
    const struct load_effects *effects =
        &t->plan->effects[alert * t->walk.people->states + state];

    if (mass < LOAD_TOO_FEW) {
        row_of(t, at->block, at->repeat, load_ended_today(t->plan))[state] +=
            mass;
        return;
    }
    for (uint32_t i = 0; i < effects->count; i++)
        apply(t, at, load_ended_today(t->plan), &effects->effect[i],
              mass * effects->effect[i].chance);
}

/* ---- the parts of a day ---- */

static void pass_conditions(struct taper *t, uint32_t slot, double *block)
{
    const struct load_people *people = t->walk.people;
    uint32_t n = people->states;
    double crises[2] = {0};

    if (!people->condition)
        return;
    load_people_day(people, t->walk.day, t->plan->slot[slot].worsening,
                    t->walk.chance);
    for (size_t i = 0; i < t->rows; i++)
        crises[i >= t->plan->memories] +=
            load_step(people, t->walk.chance, t->part, &block[i * n]);
    for (int i = 0; i < 2; i++) {
        const struct place at = {slot, block, i == 1};
        crisis(t, &at, crises[i]);
    }
}

/* Reviews of alerts raised on an earlier day. */
static void pass_reviews(struct taper *t, uint32_t slot, double *block)
{
    const struct load_plan *p = t->plan;
    uint32_t n = t->walk.people->states;

    for (uint32_t a = 0; a < p->alerts; a++)
        for (uint32_t repeat = 0; repeat < 2; repeat++) {
            const struct place at = {slot, block, repeat};
            double *row = row_of(t, block, repeat, 1 + p->ended_most + a);
            if (!p->review_day[a * 7 + (uint32_t)t->walk.weekday])
                continue;
            for (uint32_t s = 0; s < n; s++) {
                double mass = row[s];
                row[s] = 0;
                if (mass > 0)
                    review(t, &at, a, s, mass);
            }
        }
}

/* An alert is raised for `mass` people: its response is due, and perhaps done
 * before the day is over. */
static void raise_alert(struct taper *t, const struct place *at,
                        const struct load_line *line, uint32_t alert,
                        uint32_t state, double mass)
{
    t->raised[alert] += mass;
    if (line->same_day[alert * 7 + (uint32_t)t->walk.weekday])
        review(t, at, alert, state, mass);
    else
        row_of(t, at->block, at->repeat,
               1 + t->plan->ended_most + alert)[state] += mass;
}

/* One contact's look at those in one row and state. */
static void look_row(struct taper *t, uint32_t slot,
                     const struct load_line *line, size_t row, uint32_t state,
                     double mass)
{
    const struct load_plan *p = t->plan;
    uint32_t n = t->walk.people->states, width = p->alerts + 1;
    bool repeat = row >= p->memories;
    uint32_t memory = (uint32_t)(row - (repeat ? p->memories : 0));
    uint32_t force = memory > p->ended_most ? memory - p->ended_most : 0;
    const struct place at = {slot, t->moved, repeat};
    /* Nobody has looked at who is new, and a review ends what was seen. */
    bool fresh = force == 0 && (memory > 0 || slot == 0);
    const double *clear =
        &line->look[((size_t)state * (width + 1) + (fresh ? width : force)) *
                    width];
    const double *blur = clear + (size_t)n * (width + 1) * width;

    for (uint32_t a = 0; a < width; a++) {
        double chance = clear[a] + t->blurred * (blur[a] - clear[a]);
        double part = mass * chance;

        if (part <= 0)
            continue;
        if (a > force)
            raise_alert(t, &at, line, a - 1, state, part);
        else if (a == force)
            t->moved[row * n + state] += part;
        else
            row_of(t, t->moved, repeat,
                   a > 0 ? p->ended_most + a : load_ended_today(p))[state] +=
                part;
    }
}

/* What the responses to the alerts just raised ask of staff. */
static void respond(struct taper *t, const struct load_line *line)
{
    const struct load_people *people = t->walk.people;
    const struct scenario *s = people->scenario;
    const struct handover *h = &s->level[people->level].handover;
    double acts = 1 - t->blurred * (1 - (h->asked ? h->acts : 1));
    double *hours = load_visit_hours(people, t->walk.visit, LOAD_RESPONSES);

    for (uint32_t a = 0; a < t->plan->alerts; a++) {
        t->walk.visit->alerts += t->raised[a];
        if (t->raised[a] > 0 && s->alert[a].response != NONE)
            load_response_add(people, s->alert[a].response, t->walk.weekday,
                              line->at, t->raised[a] * acts, hours);
    }
}

static void look(struct taper *t, uint32_t slot, const struct load_line *line,
                 double *block)
{
    uint32_t n = t->walk.people->states;

    memset(t->moved, 0, t->block * sizeof *t->moved);
    memset(t->raised, 0, t->plan->alerts * sizeof *t->raised);
    for (size_t row = 0; row < t->rows; row++)
        for (uint32_t s = 0; s < n; s++)
            if (block[row * n + s] >= LOAD_TOO_FEW)
                look_row(t, slot, line, row, s, block[row * n + s]);
            else
                t->moved[row * n + s] += block[row * n + s];
    memcpy(block, t->moved, t->block * sizeof *block);
    respond(t, line);
}

/* Who misses one contact starts a response. */
static void miss(struct taper *t, const struct load_line *line, double contacts)
{
    const struct load_people *people = t->walk.people;
    const struct scenario *s = people->scenario;
    uint32_t response = s->trigger_response[TRIGGER_NOT_ATTENDED];
    double missed = 0;

    if (response == NONE)
        return;
    for (uint32_t i = 0; i < people->states; i++)
        missed += t->there[i] * (1 - fmin(1, people->attend[i] * line->attend));
    load_response_add(people, response, t->walk.weekday, line->at,
                      missed * contacts,
                      load_visit_hours(people, t->walk.visit, LOAD_RESPONSES));
}

static void pass_contacts(struct taper *t, uint32_t slot, double *block)
{
    const struct load_people *people = t->walk.people;
    const struct load_plan *p = t->plan;
    const struct load_slot *at = &p->slot[slot];
    const uint8_t *due =
        &p->due[((size_t)slot * 7 + (size_t)t->walk.weekday) * p->lines];
    double all = 0;

    for (size_t row = 0; row < t->rows; row++)
        for (uint32_t s = 0; s < people->states; s++)
            t->there[s] += block[row * people->states + s];
    for (uint32_t s = 0; s < people->states; s++)
        all += t->there[s];
    load_walk_spend(&t->walk, t->there, t->part);
    for (uint32_t i = 0; i < p->plan->step[at->step].planned_count; i++) {
        const struct load_line *line = &p->line[at->step * p->lines + i];
        if (due[i] == 0 || line->due >= t->until)
            continue;
        load_staff_add(people->staff, line->kind, t->walk.weekday,
                       all * due[i] * line->workers,
                       load_visit_hours(people, t->walk.visit, LOAD_PLANNED));
        if (!line->with_person)
            continue;
        miss(t, line, due[i]);
        t->looked = true;
        for (uint8_t k = 0; k < due[i] && p->alerts > 0; k++)
            look(t, slot, line, block);
    }
    if (load_reviewed(p, at, t->walk.weekday))
        load_pass_plan_review(t, block);
}

/* ---- the visit ---- */

static int taper_init(struct taper *t, const struct load_plan *plan,
                      const struct load_people *people,
                      const struct load_entry *entry, struct load_visit *visit)
{
    struct arena *arena = people->arena;
    int err = load_walk_init(&t->walk, people, entry, visit);

    if (err != SIM_OK)
        return err;
    t->plan = plan;
    t->rows = 2 * (size_t)plan->memories;
    t->block = t->rows * people->states;
    t->now = arena_array(arena, plan->slot_count * t->block, sizeof *t->now);
    t->next = arena_array(arena, plan->slot_count * t->block, sizeof *t->next);
    t->is_now = arena_array(arena, plan->slot_count, sizeof *t->is_now);
    t->is_next = arena_array(arena, plan->slot_count, sizeof *t->is_next);
    t->there = arena_array(arena, people->states, sizeof *t->there);
    t->moved = arena_array(arena, t->block, sizeof *t->moved);
    t->raised = arena_array(arena, plan->alerts + 1, sizeof *t->raised);
    return arena_failed(arena) ? SIM_ERR_NO_MEMORY : SIM_OK;
}

static void pass_slot(struct taper *t, uint32_t slot)
{
    const struct load_people *people = t->walk.people;
    double *block = &t->now[slot * t->block];

    t->walk.visit->work += (double)t->block;
    memset(t->there, 0, people->states * sizeof *t->there);
    t->looked = false;
    pass_conditions(t, slot, block);
    pass_reviews(t, slot, block);
    pass_contacts(t, slot, block);
    for (size_t i = 0; i < t->block; i++)
        t->walk.visit->days += block[i];
    load_pass_midnight(t, slot, block);
    memset(block, 0, t->block * sizeof *block);
    t->is_now[slot] = false;
}

/* Those of one slot whose time in the level is up move on, after the contacts
 * of the day that come before. Returns how many. */
static double time_out_slot(struct taper *t, uint32_t slot, double time)
{
    uint32_t n = t->walk.people->states;
    double *block = &t->now[slot * t->block], all = 0;

    t->until = (sim_ms)(time * (double)SIM_DAY);
    t->looked = false;
    memset(t->there, 0, n * sizeof *t->there);
    pass_contacts(t, slot, block);
    t->until = SIM_NEVER;
    for (size_t row = 0; row < t->rows; row++)
        for (uint32_t s = 0; s < n; s++) {
            all += block[row * n + s];
            load_walk_on(&t->walk, s, block[row * n + s], time);
        }
    memset(block, 0, t->block * sizeof *block);
    t->is_now[slot] = false;
    return all;
}

static void time_out(struct taper *t, double time)
{
    const struct load_people *people = t->walk.people;
    const struct scenario *s = people->scenario;
    uint32_t response = s->trigger_response[TRIGGER_TIMED_OUT];
    double all = 0;

    for (uint32_t slot = 0; slot < t->plan->slot_count; slot++)
        if (t->is_now[slot])
            all += time_out_slot(t, slot, time);
    if (response != NONE)
        load_response_add(
            people, response, t->walk.weekday, (sim_ms)(time * (double)SIM_DAY),
            all, load_visit_hours(people, t->walk.visit, LOAD_RESPONSES));
}

/* Whether so few are in the slot that they may move on at once. */
static bool passed_over(struct taper *t, uint32_t slot)
{
    uint32_t n = t->walk.people->states;
    double *block = &t->now[slot * t->block], all = 0;

    for (size_t i = 0; i < t->block; i++)
        all += block[i];
    if (all >= LOAD_NEGLIGIBLE)
        return false;
    for (size_t i = 0; i < t->block; i++)
        if (block[i] > 0)
            load_walk_on(&t->walk, (uint32_t)(i % n), block[i], 1);
    memset(block, 0, t->block * sizeof *block);
    t->is_now[slot] = false;
    return true;
}

/* One day; returns how many are left. */
static double pass_day(struct taper *t, const struct load_entry *entry)
{
    const struct load_people *people = t->walk.people;
    const struct level *level = &people->scenario->level[people->level];
    double longest = (double)level->longest / (double)SIM_DAY;
    double left = 0, *swap = t->now;
    bool *is = t->is_now;

    /* Crises of those who wait to leave lead out or change nothing more. */
    load_people_day(people, t->walk.day, 1, t->walk.chance);
    if (people->condition)
        t->walk.ready[people->states - 1] +=
            load_step(people, t->walk.chance, 1, t->walk.ready);
    load_walk_ready(&t->walk);
    if (level->longest > 0 && t->walk.day + 1 > longest + entry->time)
        time_out(t, longest + entry->time - t->walk.day);
    for (uint32_t slot = 0; slot < t->plan->slot_count; slot++)
        if (t->is_now[slot] && !passed_over(t, slot))
            pass_slot(t, slot);
    t->now = t->next;
    t->next = swap;
    t->is_now = t->is_next;
    t->is_next = is;
    for (uint32_t slot = 0; slot < t->plan->slot_count; slot++)
        for (size_t i = 0; t->is_now[slot] && i < t->block; i++)
            left += t->now[slot * t->block + i];
    for (uint32_t s = 0; s < people->states; s++)
        left += t->walk.ready[s];
    t->walk.weekday = (t->walk.weekday + 1) % 7;
    return left;
}

/* The few who are left at the end move on. */
static void move_rest(struct taper *t)
{
    uint32_t n = t->walk.people->states;

    for (uint32_t slot = 0; slot < t->plan->slot_count; slot++)
        for (size_t row = 0; t->is_now[slot] && row < t->rows; row++)
            for (uint32_t s = 0; s < n; s++)
                t->walk.ready[s] += t->now[slot * t->block + row * n + s];
    load_walk_rest(&t->walk);
}

/* How much staff may still miss of a new person, by the handover. */
static double blurred_on(const struct level *level, int32_t day)
{
    if (!level->handover.asked ||
        (sim_ms)day * SIM_DAY >= level->handover.until)
        return 0;
    return 1 - level->handover.complete;
}

int load_plan_visit(const struct load_plan *plan,
                    const struct load_people *people,
                    const struct load_entry *entry, struct load_visit *visit)
{
    const struct level *level = &people->scenario->level[people->level];
    struct taper t = {0};
    int err = taper_init(&t, plan, people, entry, visit);
    bool same_day = plan->plan->starts_same_day;

    if (err != SIM_OK)
        return err;
    t.now[entry->state] = 1;
    t.is_now[0] = true;
    visit->left = 1;
    t.part = 1 - entry->time;
    t.until = SIM_NEVER;
    /* Day 0 of the plan is the day of entry or the next. */
    visit->days += same_day ? -entry->time : 1 - entry->time;
    if (!same_day) {
        t.there[entry->state] = 1;
        load_walk_spend(&t.walk, t.there, t.part);
        pass_conditions(&t, 0, t.now);
        t.walk.weekday = (t.walk.weekday + 1) % 7;
    }
    for (t.walk.day = same_day ? 0 : 1; t.walk.day < LOAD_DAYS_MOST;
         t.walk.day++) {
        t.part = t.walk.day == 0 ? 1 - entry->time : 1;
        t.blurred = blurred_on(level, t.walk.day);
        visit->left = pass_day(&t, entry);
        if (visit->left < LOAD_NEGLIGIBLE)
            break;
        if (visit->work > LOAD_WORK_MOST)
            return SIM_ERR_LIMIT;
    }
    move_rest(&t);
    return SIM_OK;
}
