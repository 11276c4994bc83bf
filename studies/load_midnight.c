/*
 * The midnights of a plan: who goes on to the next day, whose step is decided
 * on, and the reviews that decisions wait for.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "studies/load_taper_impl.h"

/* ---- reviews of the plan ---- */

/* The chance that the review that people in `state` wait for takes place. */
static double review_held(const struct taper *t, uint32_t state)
{
    const struct load_people *people = t->walk.people;
    const struct kind *kind =
        &people->scenario->kind[t->plan->plan->review_kind];

    return kind->without_person
               ? 1
               : fmin(1, people->attend[state] * kind->attendance);
}

void load_pass_plan_review(struct taper *t, const double *block)
{
    const struct load_people *people = t->walk.people;
    const struct scenario *s = people->scenario;
    uint32_t number = t->plan->plan->review_kind, n = people->states;
    const struct kind *kind = &s->kind[number];
    uint32_t response = s->trigger_response[TRIGGER_NOT_ATTENDED];
    double all = 0, missed = 0;

    if (kind->at >= t->until)
        return;
    for (size_t row = 0; row < t->rows; row++)
        for (uint32_t state = 0; state < n; state++) {
            all += block[row * n + state];
            missed += block[row * n + state] * (1 - review_held(t, state));
        }
    load_staff_add(people->staff, number, t->walk.weekday,
                   all * load_workers(people, kind, kind->at),
                   load_visit_hours(people, t->walk.visit, LOAD_PLANNED));
    if (response != NONE && missed > 0)
        load_response_add(
            people, response, t->walk.weekday, kind->at, missed,
            load_visit_hours(people, t->walk.visit, LOAD_RESPONSES));
}

/* ---- midnight ---- */

/* The chance that a decision finds those in a row and state ready. */
static double ready(const struct taper *t, const struct load_slot *slot,
                    bool repeat, uint32_t memory, uint32_t state)
{
    const struct load_plan *p = t->plan;
    const struct condition *c = t->walk.people->condition;
    double unmet = 1 - p->plan->rule_followed;
    double done = p->done[(slot->step * (p->repeats_most + 1) + slot->repeat) *
                              t->walk.people->states +
                          state];

    if (repeat || (p->ended_most > 0 && memory > 0))
        return unmet;
    if (p->plan->advance_state != NONE && c)
        for (uint32_t i = 0; i < c->state_count; i++)
            if (c->state[i] == p->plan->advance_state && state > i)
                return unmet;
    return done + (1 - done) * unmet;
}

static void advance(struct taper *t, const struct load_slot *slot,
                    uint32_t memory, uint32_t state, double mass)
{
    if (mass <= 0)
        return;
    if (slot->step + 1 == t->plan->plan->step_count) {
        t->walk.visit->days -= mass; /* the day is counted with the exit */
        load_walk_on(&t->walk, state, mass, 1);
        return;
    }
    row_of(t, next_slot(t, first_of(t->plan, slot->step + 1)), false,
           load_aged(t->plan, memory))[state] += mass;
}

/* Those whose step was repeated as often as it may be. */
static void after_last(struct taper *t, const struct load_slot *slot,
                       uint32_t memory, uint32_t state, double mass)
{
    const struct load_plan *p = t->plan;
    uint32_t back = slot->step > 0 ? slot->step - 1 : 0;

    switch (p->plan->after_last) {
    case AFTER_LAST_STEP_BACK:
        row_of(t, next_slot(t, first_of(p, back)), false,
               load_aged(p, memory))[state] += mass;
        break;
    case AFTER_LAST_MOVE:
        t->walk.visit->days -= mass; /* the day is counted with the exit */
        load_walk_exit(&t->walk, p->plan->after_last_level, state, mass, 1);
        break;
    default:
        advance(t, slot, memory, state, mass);
    }
}

/* Those who may not advance. */
static void hold(struct taper *t, const struct load_slot *slot, uint32_t memory,
                 uint32_t state, double mass)
{
    const struct load_plan *p = t->plan;
    uint32_t repeats = p->repeats_most, to;

    if (mass <= 0)
        return;
    if (p->plan->otherwise == OTHERWISE_STEP_BACK)
        to = first_of(p, slot->step > 0 ? slot->step - 1 : 0);
    else if (slot->repeat < repeats)
        to = p->first[slot->step * (repeats + 1) + slot->repeat + 1];
    else if (repeats < p->plan->repeat_most)
        to = p->first[slot->step * (repeats + 1) + repeats];
    else {
        after_last(t, slot, memory, state, mass);
        return;
    }
    row_of(t, next_slot(t, to), false, load_aged(p, memory))[state] += mass;
}

/* A day of the step more for everyone in the slot, or with `missed` for those
 * whose review did not take place. */
static void pass_night(struct taper *t, uint32_t next, const double *block,
                       bool missed)
{
    uint32_t n = t->walk.people->states, memories = t->plan->memories;
    double *to = next_slot(t, next);

    for (uint32_t row = 0; row < t->rows; row++) {
        uint32_t repeat = row >= memories;
        uint32_t memory = row - (repeat ? memories : 0);
        double *into = row_of(t, to, repeat, load_aged(t->plan, memory));
        for (uint32_t s = 0; s < n; s++)
            into[s] +=
                block[row * n + s] * (missed ? 1 - review_held(t, s) : 1);
    }
}

void load_pass_midnight(struct taper *t, uint32_t number, const double *block)
{
    const struct load_slot *slot = &t->plan->slot[number];
    uint32_t n = t->walk.people->states, memories = t->plan->memories;
    bool reviewed = load_reviewed(t->plan, slot, t->walk.weekday);

    if (slot->next != NONE)
        pass_night(t, slot->next, block, reviewed);
    if (slot->next != NONE && !reviewed)
        return;
    for (uint32_t row = 0; row < t->rows; row++) {
        bool repeat = row >= memories;
        uint32_t memory = row - (repeat ? memories : 0);
        for (uint32_t s = 0; s < n; s++) {
            double held = reviewed ? review_held(t, s) : 1;
            double mass = block[row * n + s] * held;
            double go = ready(t, slot, repeat, memory, s);
            advance(t, slot, memory, s, mass * go);
            hold(t, slot, memory, s, mass * (1 - go));
        }
    }
}
