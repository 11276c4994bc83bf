/*
 * Course: a person's condition over time, and the hazard of its changes.
 *
 *   worse:  base x cohort x person x level x move(t) x advance(t) x contact(t)
 *           x hour(t) x concerns(t)
 *   better: base x cohort x level x contact(t)
 *
 * (design, rule 4). Changes happen at the fixed points of sim/points.h. The
 * next change is searched for when the hazard may have risen or changed its
 * form: a new state, a new level, an advance, a concern. A contact only lowers
 * the hazard of getting worse, so what was found stays a candidate and is
 * looked at again when it comes: points rejected before would be rejected
 * still. Where contacts help people to get better, it is searched for again.
 *
 * Where a change has a dwell distribution in place of a base rate its points
 * lie on the clock of models/dwell.h, which begins anew with every visit to
 * the state, and so does their fixed luck.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_randist.h>
#include <math.h>

#include "models/count_impl.h"
#include "models/dwell.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* Per day: a change every 42 s on average, the most that sim/points.h takes.
 * Factors that multiply to more make a change no less immediate. */
#define HAZARD_MAX 2048.0

/* What the hazard of one change depends on. */
struct hazard {
    const struct person *person;
    const struct condition *condition;
    const struct change *change;
    double constant;  /* all factors that do not change with time */
    sim_ms low, high; /* with a dwell: the ages between which is searched */
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

/* 1 + p (improving - 1) 2^(-since / half): as contact_factor, for the better.
 */
static double help_factor(const struct hazard *h, sim_ms time)
{
    const struct fade *fade = &h->condition->after_contact;

    if (fade->improving == 1 || h->person->contact_at == SIM_NEVER)
        return 1;
    return 1 + h->person->contact_left * (fade->improving - 1) *
                   left_of(fade, time - h->person->contact_at);
}

static double hazard_at(const void *context, sim_ms time)
{
    const struct hazard *h = context;
    const struct person *p = h->person;

    if (!h->change->worse)
        return fmin(h->constant * help_factor(h, time), HAZARD_MAX);

    return fmin(
        h->constant *
            fade_factor(&h->condition->after_move, p->moved_at, time) *
            fade_factor(&h->condition->after_advance, p->advanced_at, time) *
            contact_factor(h, time) * hour_factor(h->condition, time),
        HAZARD_MAX);
}

/* The same on the clock of a dwell. */
static double dwell_hazard_at(const void *context, sim_ms clock)
{
    const struct hazard *h = context;

    return hazard_at(h,
                     h->person->state_since +
                         dwell_age(&h->change->dwell, clock, h->low, h->high));
}

/* The most a fading factor can be from `now` on. */
static double fade_bound(const struct fade *fade, sim_ms at, sim_ms now)
{
    double factor = fade_factor(fade, at, now);

    return factor > 1 ? factor : 1;
}

/* The most that the factors which vary can be from `now` on. */
static double varying_bound(const struct hazard *h, sim_ms now)
{
    const struct condition *c = h->condition;
    const struct person *p = h->person;

    if (!h->change->worse)
        return fmax(help_factor(h, now), 1);
    return fade_bound(&c->after_move, p->moved_at, now) *
           fade_bound(&c->after_advance, p->advanced_at, now) *
           (c->hour ? c->hour_max : 1);
}

static double constant_factor(const struct world *world,
                              const struct person *person,
                              const struct change *change)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];
    const struct level *level = person_level(world, person);

    if (!change->worse)
        return change->rate * cohort->improving *
               (level ? level->improving : 1);
    return change->rate * cohort->worsening * person->luck *
           (level ? level->worsening : 1) * person->concerns;
}

/* The first moment on the clock of a dwell, back in time. `query` lacks the
 * times. */
static sim_ms next_in_dwell(struct sim_points *points,
                            struct sim_points_query *query, struct hazard *h,
                            sim_ms after, sim_ms horizon)
{
    const struct distribution *dwell = &h->change->dwell;
    sim_ms clock, since = h->person->state_since;

    h->low = after - since;
    h->high = horizon - 1 - since;
    if (h->high <= h->low)
        return SIM_NEVER;
    query->after = dwell_clock(dwell, h->low);
    if (query->after ==
        DWELL_END) /* it stopped, and the change was held back */
        return query->bound > 0 ? after + 1 : SIM_NEVER;
    query->horizon = dwell_clock(dwell, h->high) + 1;
    if (query->hazard)
        query->hazard = dwell_hazard_at;
    clock = sim_points_next(points, query);
    if (clock == SIM_NEVER && query->horizon > DWELL_END && query->bound > 0)
        clock = DWELL_END;
    if (clock == SIM_NEVER)
        return SIM_NEVER;
    return since + dwell_age(dwell, clock, h->low, h->high);
}

/* The same where something varies with time: a multiplier, or the clock.
 * `steady` has what a steady hazard needs. */
static sim_ms next_varying(struct sim_points *points,
                           const struct sim_points_query *steady,
                           const struct person *person,
                           const struct change *change)
{
    const struct condition *c = person->condition;
    struct sim_points_query query = *steady;
    struct hazard h = {.person = person,
                       .condition = c,
                       .change = change,
                       .constant = query.bound};

    if (!change->steady) {
        query.bound *= varying_bound(&h, query.after);
        query.hazard = hazard_at;
        query.context = &h;
    }
    if (query.bound > HAZARD_MAX)
        query.bound = HAZARD_MAX;
    if (!change->has_dwell)
        return sim_points_next(points, &query);
    query.origin = 0;
    query.name.topic = sim_tag_join(change->tag, person->state_times);
    return next_in_dwell(points, &query, &h, steady->after, steady->horizon);
}

/* The first moment after `after` and before `horizon` at which `change` happens
 * as things stand. */
static inline __attribute__((always_inline)) sim_ms
next_of(struct world *world, struct person *person, uint32_t number,
        sim_ms after, sim_ms horizon)
{
    const struct change *change = &person->condition->change[number];
    struct sim_points *points = &person_points(world, person)[number];
    struct sim_points_query query = {
        .chance = &world->chance,
        .name = person_name(world, person, PURPOSE_CHANGE, change->tag, 0),
        .origin = person->referred_at,
        .after = after,
        .horizon = horizon,
        .bound = constant_factor(world, person, change),
        .top = &world->tops[number],
    };

    if (!change->steady || change->has_dwell)
        return next_varying(points, &query, person, change);
    if (query.bound > HAZARD_MAX)
        query.bound = HAZARD_MAX;
    return sim_points_next(points, &query);
}

/* The next change after `after`, as things stand; or a moment at which to
 * search on. */
static void search_from(struct world *world, struct person *person,
                        sim_ms after)
{
    const struct condition *c = person->condition;
    /* The clock of a dwell is searched once, with one bracket. */
    sim_ms best = c->has_dwell ? world->end : course_horizon(world);

    person->next_change = NONE;
    for (uint32_t i = c->leaves[person->state]; i != NONE;
         i = c->change[i].next) {
        /* Only a change before the best so far is of account. */
        sim_ms time = next_of(world, person, i, after, best);
        if (time < best) {
            best = time;
            person->next_change = i;
        }
    }
    person->recheck = false;
    clock_set(world, person, CLOCK_CONDITION, best, PHASE_EVENTS);
}

void course_search(struct world *world, struct person *person)
{
    if (person->condition)
        search_from(world, person, world->now);
}

void course_advanced(struct world *world, struct person *person)
{
    if (person->condition && person->condition->after_advance.times != 1)
        course_search(world, person);
}

/* Begin the clocks of the changes from the present state. */
static void begin_clocks(struct world *world, const struct person *person)
{
    const struct condition *c = person->condition;

    for (uint32_t i = c->leaves[person->state]; i != NONE;
         i = c->change[i].next)
        if (c->change[i].has_dwell)
            sim_points_init(&person_points(world, person)[i]);
}

/* The present state begins. */
static inline void begin_visit(struct world *world, struct person *person)
{
    person->state_times++;
    person->state_since = world->now;
    if (person->condition->has_dwell)
        begin_clocks(world, person);
}

/* The person is in `state` of their condition. */
static void put_state(struct person *person, uint32_t state)
{
    person->state = state;
    person->scenario_state = person->condition->state[state];
}

/* The state people are in when they are referred. */
static uint32_t first_state(const struct world *world,
                            const struct person *person)
{
    const struct condition *c = person->condition;
    double u, sum = 0;
    uint32_t state = 0;

    if (c->begin[0] >= 1) /* any uniform is below it: none is needed */
        return state;
    u = person_uniform(world, person, PURPOSE_BEGIN, c->tag, 0);
    for (; state + 2 < c->state_count; state++) {
        sum += c->begin[state];
        if (u < sum)
            break;
    }
    return state;
}

void course_begin(struct world *world, struct person *person)
{
    const struct condition *c = person->condition;
    struct sim_name name;
    struct sim_stream stream;

    person->moved_at = person->advanced_at = person->contact_at = SIM_NEVER;
    person->luck = person->concerns = 1;
    person->state_since = world->now;
    concerns_begin(world, person);
    if (!c)
        return;
    put_state(person, first_state(world, person));
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
    if (fade->improving != 1)
        course_search(world, person);
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
        count_person(world, person, COUNT_EPISODES);
    person->episode_level = person->level;
    journey_add(world, person, JOURNEY_EPISODE, 0, 0, 0);
}

void course_episode_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_EPISODE);
    if (person->state > 0 && !person->episode)
        episode_begin(world, person);
    signs_update(world, person);
    concerns_again(world, person);
}

void course_end(struct world *world, struct person *person)
{
    (void)world;
    episode_end(person);
}

/* ---- changes ---- */

/* What else depends on state and level comes at rates of its own. */
static __attribute__((noinline)) void search_rates(struct world *world,
                                                   struct person *person)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];

    if (cohort->disengage_rate)
        course_disengage_search(world, person);
    if (cohort->reaches_out)
        course_reach_search(world, person);
    if (world->scenario->concern_count > 0)
        concerns_search(world, person);
}

void course_search_all(struct world *world, struct person *person)
{
    course_search(world, person);
    if (world->has_rates)
        search_rates(world, person);
}

static void set_state(struct world *world, struct person *person,
                      uint32_t state)
{
    bool was_well = person->state == 0;

    put_state(person, state);
    begin_visit(world, person);
    world->dirty |= world->choosy;
    journey_state(world, person, JOURNEY_STATE);
    if (state == 0)
        episode_end(person);
    else if (was_well)
        episode_begin(world, person);
    signs_update(world, person);
    count_place_now(world, person);
    course_search_all(world, person);
}

void course_put(struct world *world, struct person *person, uint32_t state)
{
    set_state(world, person, state);
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

    round_break_of(world, person); /* under way: it means nothing now */
    person->crises++;
    count_person(world, person, COUNT_CRISES);
    count_crisis(world, person);
    episode_end(person);
    responses_close_all(world, person);
    signs_close(world, person);
    put_state(person, person->condition->state_count - 2);
    begin_visit(world, person);
    world->dirty |= world->choosy;
    journey_state(world, person, JOURNEY_CRISIS);
    if (person->disengaged)
        plans_engage(world, person);
    count_place_now(world, person);
    course_search_all(world, person);
    clock_set(world, person, CLOCK_EPISODE, world->now, PHASE_BOOKS);
    responses_trigger(world, person, response);
}

void course_due(struct world *world, struct person *person)
{
    const struct condition *c = person->condition;
    const struct change *change;
    sim_ms time;

    if (person->next_change == NONE) { /* nothing so far: search on */
        search_from(world, person, world->now - 1);
        return;
    }
    change = &c->change[person->next_change];
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

/* ---- disengaging and calling, at rates by state ---- */

/* The next, after `after`, of one of a person's other fixed points below
 * `rate`; or a moment at which to search on. */
static sim_ms next_at_rate(struct world *world, const struct person *person,
                           uint32_t which, sim_ms after)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];
    bool reaches = which == POINTS_REACH;
    const double *rate = reaches ? cohort->reaches_out : cohort->disengage_rate;
    const struct sim_points_query query = {
        .chance = &world->chance,
        .name = person_name(
            world, person,
            reaches ? PURPOSE_REACHES_OUT : PURPOSE_DISENGAGE_RATE, 0, 0),
        .origin = person->referred_at,
        .after = after,
        .horizon = course_horizon(world),
        .bound = rate[person->scenario_state],
    };
    sim_ms time =
        sim_points_next(person_other_points(world, person, which), &query);

    return time == SIM_NEVER && query.bound > 0 ? query.horizon : time;
}

void course_disengage_search(struct world *world, struct person *person)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];

    if (!cohort->disengage_rate)
        return;
    if (person->plan == NONE || person->disengaged) {
        clock_clear(world, person, CLOCK_DISENGAGE);
        return;
    }
    clock_set(world, person, CLOCK_DISENGAGE,
              next_at_rate(world, person, POINTS_DISENGAGE, world->now),
              PHASE_EVENTS);
}

void course_disengage_due(struct world *world, struct person *person)
{
    sim_ms time = next_at_rate(world, person, POINTS_DISENGAGE, world->now - 1);

    if (time > world->now) { /* nothing so far: search on */
        clock_set(world, person, CLOCK_DISENGAGE, time, PHASE_EVENTS);
        return;
    }
    clock_clear(world, person, CLOCK_DISENGAGE);
    plans_disengage(world, person);
}

/* People call from the levels that support them: with a plan or a stay. */
void course_reach_search(struct world *world, struct person *person)
{
    const struct cohort *cohort = &world->scenario->cohort[person->cohort];

    if (!cohort->reaches_out)
        return;
    if (!person_is_supported(world, person)) {
        clock_clear(world, person, CLOCK_REACH);
        return;
    }
    clock_set(world, person, CLOCK_REACH,
              next_at_rate(world, person, POINTS_REACH, world->now),
              PHASE_EVENTS);
}

void course_reach_due(struct world *world, struct person *person)
{
    if (next_at_rate(world, person, POINTS_REACH, world->now - 1) == world->now)
        responses_trigger(
            world, person,
            world->scenario->trigger_response[TRIGGER_REACHES_OUT]);
    course_reach_search(world, person);
}
