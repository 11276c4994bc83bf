/*
 * Course: a person's condition over time, and the hazard of its changes.
 *
 *   worse:  base x cohort x person x level x move(t) x advance(t) x contact(t)
 *           x hour(t)
 *   better: base x level
 *
 * (design, rule 4). Changes happen at the fixed points of sim/points.h. The
 * next change is searched for when the hazard may have risen or changed its
 * form: a new state, a new level, an advance. A contact only lowers it, so what
 * was found stays a candidate and is looked at again when it comes: points
 * rejected before would be rejected still.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_randist.h>
#include <math.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

/* Per day: a change every 42 s on average, the most that sim/points.h takes.
 * Factors that multiply to more make a change no less immediate. */
#define HAZARD_MAX 2048.0

/* What the hazard of one change depends on. */
struct hazard {
    const struct person *person;
    const struct condition *condition;
    double constant; /* all factors that do not change with time */
};

/* What is left of an effect after `since`: 1 at first, half after half_days. */
static double left_of(const struct fade *fade, sim_ms since)
{
    return exp2(-(double)since / (fade->half_days * (double)SIM_DAY));
}

/* 1 + (times - 1) 2^(-since / half), design rule 4. */
static double fade_factor(const struct fade *fade, sim_ms at, sim_ms time)
{
    if (fade->times == 1 || at == SIM_NEVER)
        return 1;
    return 1 + (fade->times - 1) * left_of(fade, time - at);
}

static double contact_factor(const struct hazard *h, sim_ms time)
{
    const struct fade *fade = &h->condition->after_contact;

    if (fade->times == 1 || h->person->contact_at == SIM_NEVER)
        return 1;
    return 1 - h->person->contact_left * (1 - fade->times) *
                   left_of(fade, time - h->person->contact_at);
}

static double hour_factor(const struct condition *condition, sim_ms time)
{
    if (!condition->hour)
        return 1;
    return condition->hour[(time % SIM_DAY) / SIM_MINUTE];
}

static double hazard_at(const void *context, sim_ms time)
{
    const struct hazard *h = context;
    const struct person *p = h->person;

    return fmin(
        h->constant *
            fade_factor(&h->condition->after_move, p->moved_at, time) *
            fade_factor(&h->condition->after_advance, p->advanced_at, time) *
            contact_factor(h, time) * hour_factor(h->condition, time),
        HAZARD_MAX);
}

/* The most a fading factor can be from `now` on. */
static double fade_bound(const struct fade *fade, sim_ms at, sim_ms now)
{
    double factor = fade_factor(fade, at, now);

    return factor > 1 ? factor : 1;
}

/* Whether a worsening hazard changes with time at all. */
static bool is_constant(const struct condition *c)
{
    return c->after_move.times == 1 && c->after_advance.times == 1 &&
           c->after_contact.times == 1 && !c->hour;
}

static double constant_factor(const struct world *world,
                              const struct person *person,
                              const struct change *change)
{
    const struct level *level = person_level(world, person);

    if (!change->worse)
        return change->rate * (level ? level->improving : 1);
    return change->rate * world->scenario->cohort[person->cohort].worsening *
           person->luck * (level ? level->worsening : 1);
}

/* The first moment after `after` and before `horizon` at which `change` happens
 * as things stand. */
static sim_ms next_of(struct world *world, struct person *person,
                      uint32_t number, sim_ms after, sim_ms horizon)
{
    const struct condition *c = person->condition;
    const struct change *change = &c->change[number];
    struct hazard h = {person, c, constant_factor(world, person, change)};
    struct sim_points_query query = {
        .chance = &world->chance,
        .name = person_name(world, person, PURPOSE_CHANGE, change->tag, 0),
        .origin = person->referred_at,
        .after = after,
        .horizon = horizon,
        .bound = h.constant,
    };

    if (change->worse && !is_constant(c)) {
        query.bound *=
            fade_bound(&c->after_move, person->moved_at, after) *
            fade_bound(&c->after_advance, person->advanced_at, after) *
            (c->hour ? c->hour_max : 1);
        query.hazard = hazard_at;
        query.context = &h;
    }
    if (query.bound > HAZARD_MAX)
        query.bound = HAZARD_MAX;
    return sim_points_next(&person_points(world, person)[number], &query);
}

void course_search(struct world *world, struct person *person)
{
    const struct condition *c = person->condition;
    sim_ms best = world->end;

    if (!c)
        return;
    for (uint32_t i = 0; i < c->change_count; i++) {
        sim_ms time;
        if (c->change[i].from != person->state)
            continue;
        /* Only a change before the best so far is of account. */
        time = next_of(world, person, i, world->now, best);
        if (time < best) {
            best = time;
            person->next_change = i;
        }
    }
    person->recheck = false;
    clock_set(world, person, CLOCK_CONDITION, best, PHASE_EVENTS);
}

void course_advanced(struct world *world, struct person *person)
{
    if (person->condition && person->condition->after_advance.times != 1)
        course_search(world, person);
}

/* The state people are in when they are referred. */
static void begin_state(struct world *world, struct person *person)
{
    const struct condition *c = person->condition;
    double u, sum = 0;

    person->state = 0;
    if (c->begin[0] >= 1) /* any uniform is below it: none is needed */
        return;
    u = person_uniform(world, person, PURPOSE_BEGIN, c->tag, 0);
    for (; person->state + 2 < c->state_count; person->state++) {
        sum += c->begin[person->state];
        if (u < sum)
            break;
    }
}

void course_begin(struct world *world, struct person *person)
{
    const struct condition *c = person->condition;
    struct sim_name name;
    struct sim_stream stream;

    person->moved_at = person->advanced_at = person->contact_at = SIM_NEVER;
    person->luck = 1;
    person->state_since = world->now;
    if (!c)
        return;
    begin_state(world, person);
    if (c->varies > 0) {
        /* Gamma of mean 1 and coefficient of variation `varies`. */
        name = person_name(world, person, PURPOSE_VARIES, c->tag, 0);
        sim_stream_init(&stream, &world->chance, &name);
        person->luck = gsl_ran_gamma(&stream.rng, 1 / (c->varies * c->varies),
                                     c->varies * c->varies);
    }
}

void course_protect(struct world *world, struct person *person, double protects)
{
    const struct fade *fade = &person->condition->after_contact;
    double left;

    if (protects <= 0)
        return;
    left = person->contact_at == SIM_NEVER
               ? 0
               : person->contact_left *
                     left_of(fade, world->now - person->contact_at);
    /* The larger of what remains and the new counts. */
    person->contact_left = protects > left ? protects : left;
    person->contact_at = world->now;
    person->recheck = true;
}

/* ---- episodes beyond the first state ---- */

static void episode_end(struct person *person)
{
    person->episode = person->episode_counted = false;
}

static void episode_begin(struct world *world, struct person *person)
{
    if (person->plan == NONE || person->level == NONE)
        return;
    person->episode = true;
    person->episode_seen = false;
    person->episode_since = world->now;
    person->episode_counted = world_measures(world, world->now);
    if (person->episode_counted)
        count_person(world, person, COUNT_EPISODES, world->now, 1);
    person->episode_level = person->level;
    journey_add(world, person, JOURNEY_EPISODE, 0, 0, 0);
}

void course_episode_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_EPISODE);
    if (person->state > 0 && !person->episode)
        episode_begin(world, person);
    signs_update(world, person);
}

void course_end(struct world *world, struct person *person)
{
    (void)world;
    episode_end(person);
}

/* ---- changes ---- */

static void set_state(struct world *world, struct person *person,
                      uint32_t state)
{
    bool was_well = person->state == 0;

    person->state = state;
    person->state_times++;
    person->state_since = world->now;
    world->dirty_places |= world->has_choosy;
    journey_state(world, person, JOURNEY_STATE);
    if (state == 0)
        episode_end(person);
    else if (was_well)
        episode_begin(world, person);
    signs_update(world, person);
    count_place_now(world, person);
    course_search(world, person);
    course_disengage_search(world, person);
}

void course_settle(struct world *world, struct person *person)
{
    if (person->condition && person->state > 0)
        set_state(world, person, person->state - 1);
}

/* A crisis is a moment: the person is then in the state just before it. */
static void crisis(struct world *world, struct person *person)
{
    const struct scenario *s = world->scenario;
    uint32_t response = s->trigger_response[TRIGGER_CRISIS];

    person->crises++;
    count_person(world, person, COUNT_CRISES, world->now, 1);
    count_crisis(world, person);
    episode_end(person);
    responses_close_all(world, person);
    signs_close(world, person);
    person->state = person->condition->state_count - 2;
    person->state_times++;
    person->state_since = world->now;
    world->dirty_places |= world->has_choosy;
    journey_state(world, person, JOURNEY_CRISIS);
    if (person->disengaged)
        plans_engage(world, person);
    count_place_now(world, person);
    course_search(world, person);
    course_disengage_search(world, person);
    clock_set(world, person, CLOCK_EPISODE, world->now, PHASE_BOOKS);
    responses_trigger(world, person, response);
}

void course_due(struct world *world, struct person *person)
{
    const struct condition *c = person->condition;
    const struct change *change = &c->change[person->next_change];
    sim_ms time;

    if (person->recheck) {
        /* A contact has come since: is the point still below the hazard? */
        time = next_of(world, person, person->next_change, world->now - 1,
                       world->now + 1);
        if (time != world->now) {
            course_search(world, person);
            return;
        }
    }
    /* The clock is set again by the search that follows any change. */
    world->events++;
    if (change->to == c->state_count - 1)
        crisis(world, person);
    else
        set_state(world, person, change->to);
}

/* ---- disengaging at a rate ---- */

void course_disengage_search(struct world *world, struct person *person)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];
    struct sim_points_query query = {
        .chance = &world->chance,
        .origin = person->referred_at,
        .after = world->now,
        .horizon = world->end,
    };
    sim_ms time;

    if (!cohort->disengage_rate)
        return;
    if (person->plan == NONE || person->disengaged) {
        clock_clear(world, person, CLOCK_DISENGAGE);
        return;
    }
    query.name = person_name(world, person, PURPOSE_DISENGAGE_RATE, 0, 0);
    query.bound = cohort->disengage_rate[person_state(person)];
    time = sim_points_next(&person_points(world, person)[world->change_most],
                           &query);
    clock_set(world, person, CLOCK_DISENGAGE, time, PHASE_EVENTS);
}

void course_disengage_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_DISENGAGE);
    plans_disengage(world, person);
}
