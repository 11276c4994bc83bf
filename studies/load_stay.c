/*
 * One visit of a level, day by day: what is common to all levels, and levels
 * without a plan, where people stay for a drawn time or under follow-up.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "studies/load_impl.h"

/* ---- visits and walks ---- */

double *load_visit_hours(const struct load_people *people,
                         const struct load_visit *visit, enum load_work work)
{
    return &visit->hours[(size_t)work * people->scenario->role_count * 7];
}

void load_next_levels(const struct scenario *scenario, uint32_t cohort,
                      uint32_t level, double *share)
{
    const struct level *from = &scenario->level[level];

    (void)cohort;
    for (uint32_t i = 0; i <= scenario->level_count; i++)
        share[i] = 0;
    for (uint32_t i = 0; i < level_ways(from); i++) {
        uint32_t to = level_way(from, i);
        share[to == NONE ? scenario->level_count : to] +=
            from->route_count ? from->route[i].chance : 1;
    }
}

int load_walk_init(struct load_walk *walk, const struct load_people *people,
                   const struct load_entry *entry, struct load_visit *visit)
{
    const struct scenario *s = people->scenario;
    size_t n = people->states;
    struct arena *arena = people->arena;

    *walk = (struct load_walk){
        .people = people,
        .level = &s->level[people->level],
        .visit = visit,
        .weekday = entry->weekday,
        .ready = arena_array(arena, n, sizeof(double)),
        .chance = arena_array(arena, n * (n + 1), sizeof(double)),
        .share = arena_array(arena, s->level_count + 1, sizeof(double)),
        .row = arena_array(arena, n, sizeof(double)),
        .leaving = arena_array(arena, n, sizeof(double)),
    };
    if (arena_failed(arena))
        return SIM_ERR_NO_MEMORY;
    load_next_levels(s, (uint32_t)(people->cohort - s->cohort), people->level,
                     walk->share);
    for (uint32_t i = 0; i < walk->level->route_count; i++)
        walk->delay += walk->level->route[i].chance *
                       walk->level->route[i].delay.mean / (double)SIM_DAY;
    return SIM_OK;
}

void load_walk_spend(struct load_walk *walk, const double *row, double part)
{
    uint32_t n = walk->people->states;

    for (uint32_t i = 0; i < n; i++)
        walk->visit->spent[(size_t)walk->weekday * n + i] += row[i] * part;
}

void load_walk_exit(struct load_walk *walk, uint32_t to, uint32_t state,
                    double mass, double time)
{
    size_t n = walk->people->states;

    walk->visit->exit[((size_t)to * 7 + (size_t)walk->weekday) * n + state] +=
        mass;
    walk->visit->days += mass * time;
}

/* A route's delay holds the place; the condition and the days of the week are
 * not followed through it. */
static void exit_on(struct load_walk *walk, uint32_t state, double mass,
                    double time)
{
    walk->visit->days += mass * walk->delay;
    for (uint32_t i = 0; i <= walk->people->scenario->level_count; i++)
        if (walk->share[i] > 0)
            load_walk_exit(walk, i, state, mass * walk->share[i], time);
}

static double middle_of(const struct opening *opening)
{
    return (double)(opening->from + opening->until) / 2 / (double)SIM_DAY;
}

void load_walk_on(struct load_walk *walk, uint32_t state, double mass,
                  double time)
{
    const struct level *level = walk->level;
    double last;

    if (!level->has_leaves) {
        exit_on(walk, state, mass, time);
        return;
    }
    /* Who is ready at any time of an open day leaves on it when that is before
     * the last open moment. */
    last = (double)level->leaves.until / (double)SIM_DAY;
    if (!(level->leaves.days >> walk->weekday & 1) || time >= 1)
        last = 0;
    exit_on(walk, state, mass * last, middle_of(&level->leaves));
    walk->ready[state] += mass * (1 - last);
    walk->visit->days += mass * (1 - last);
}

void load_walk_ready(struct load_walk *walk)
{
    const struct load_people *people = walk->people;
    const struct level *level = &people->scenario->level[people->level];
    bool open = level->has_leaves && level->leaves.days >> walk->weekday & 1;

    for (uint32_t i = 0; i < people->states; i++) {
        double mass = walk->ready[i];
        if (mass == 0)
            continue;
        if (open) {
            exit_on(walk, i, mass, middle_of(&level->leaves));
            walk->ready[i] = 0;
        } else {
            walk->visit->days += mass;
        }
    }
}

void load_walk_rest(struct load_walk *walk)
{
    for (uint32_t i = 0; i < walk->people->states; i++)
        exit_on(walk, i, walk->row[i] + walk->ready[i], 0);
}

/* ---- levels without a plan ---- */

double load_duration_by(const struct distribution *d, double days)
{
    double t = days * (double)SIM_DAY;

    if (t <= 0)
        return 0;
    switch (d->family) {
    case FAMILY_CONSTANT:
        return t >= d->a;
    case FAMILY_LOGNORMAL:
        return gsl_cdf_lognormal_P(t, d->a, d->b);
    case FAMILY_GAMMA:
        return gsl_cdf_gamma_P(t, d->a, d->b);
    case FAMILY_WEIBULL: /* GSL's scale comes first */
        return gsl_cdf_weibull_P(t, d->b, d->a);
    case FAMILY_UNIFORM:
        return gsl_cdf_flat_P(t, d->a, d->b);
    case FAMILY_TRIANGULAR:
        if (t >= d->c)
            return 1;
        if (t <= d->a)
            return 0;
        return t <= d->b
                   ? (t - d->a) * (t - d->a) / ((d->c - d->a) * (d->b - d->a))
                   : 1 - (d->c - t) * (d->c - t) /
                             ((d->c - d->a) * (d->c - d->b));
    default: /* exponential, and what is not known */
        return -expm1(-t / d->mean);
    }
}

/* The mass of a row that has a crisis: what its outcomes make of it. */
static void add_crises(struct load_walk *walk, double crises, double *row)
{
    const struct load_effects *effects = walk->people->crisis;
    uint32_t own = walk->people->level;

    walk->visit->crises += crises;
    if (effects->count == 0)
        row[walk->people->states - 1] += crises;
    for (uint32_t i = 0; i < effects->count; i++) {
        const struct load_effect *e = &effects->effect[i];
        double mass = crises * e->chance;

        if (e->to == NONE || e->to == own)
            row[e->state] += mass;
        else
            load_walk_exit(walk, e->to, e->state, mass, 0.5);
    }
}

/* When a level's end is a matter of time alone: the chance that it has come by
 * `days` after entry. */
static double ended_by(const struct level *level, double days)
{
    double chance;

    if (level->has_stay)
        chance = load_duration_by(&level->stay, days);
    else
        chance = days >= (double)level->follow_up / (double)SIM_DAY;
    if (level->longest > 0 && days >= (double)level->longest / (double)SIM_DAY)
        chance = 1;
    return chance;
}

static double sum_of(const double *row, uint32_t count)
{
    double sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += row[i];
    return sum;
}

/* The time after entry at which everyone's stay ends, in days; NAN where it
 * varies. */
static double fixed_end(const struct level *level)
{
    double end = level->has_stay ? level->stay.a : (double)level->follow_up;

    if (level->has_stay && level->stay.family != FAMILY_CONSTANT)
        return NAN;
    return end / (double)SIM_DAY;
}

/* Of those whose stay ends between two times after entry: when, from the
 * first. Simpson's rule for the time that is spent in between. */
static double end_within(const struct level *level, double from, double until,
                         double hazard)
{
    double end = fixed_end(level), length = until - from, left, spent;

    if (end > from && end <= until)
        return end - from;
    left = 1 - ended_by(level, from);
    if (left <= 0 || hazard <= 0)
        return length / 2;
    spent = length / 6 *
            (1 + 4 * (1 - ended_by(level, from + length / 2)) / left +
             (1 - ended_by(level, until)) / left);
    return fmin(fmax((spent - (1 - hazard) * length) / hazard, 0), length);
}

/* Those whose stay ends today: they have their condition until then. */
static void end_some(struct load_walk *walk, double hazard, double part,
                     double time)
{
    const struct load_people *people = walk->people;
    const struct level *level = walk->level;
    double *leaving = walk->leaving;

    for (uint32_t i = 0; i < people->states; i++) {
        leaving[i] = walk->row[i] * hazard;
        walk->row[i] -= leaving[i];
    }
    add_crises(walk, load_step(people, walk->chance, part, leaving), leaving);
    for (uint32_t i = 0; i < people->states; i++) {
        if (level->has_stay)
            load_walk_on(walk, i, leaving[i], time);
        else
            load_walk_exit(walk, people->scenario->level_count, i, leaving[i],
                           time);
    }
}

/* One day, of which `in` had passed at entry. `from` and `until`: days since
 * entry at its begin and end. */
static void pass_day(struct load_walk *walk, double from, double until,
                     double in)
{
    const struct load_people *people = walk->people;
    const struct level *level = walk->level;
    double before = ended_by(level, from), after = ended_by(level, until);
    double hazard = before < 1 ? (after - before) / (1 - before) : 1;
    double part = end_within(level, from, until, hazard);

    load_walk_spend(walk, walk->row, until - from);
    load_walk_spend(walk, walk->ready, until - from);
    load_people_day(people, from, 1, walk->chance);
    add_crises(walk, load_step(people, walk->chance, until - from, walk->ready),
               walk->ready);
    load_walk_ready(walk);
    if (hazard > 0)
        end_some(walk, hazard, part, in + part);
    add_crises(walk, load_step(people, walk->chance, until - from, walk->row),
               walk->row);
}

/* One entry, or the share of it that takes one way on. */
static void visit_one(struct load_walk *walk, const struct load_entry *entry,
                      double share)
{
    const struct load_people *people = walk->people;
    struct load_visit *visit = walk->visit;
    double age = 0, left = share;

    walk->row[entry->state] = share;
    for (walk->day = 0; walk->day < LOAD_DAYS_MOST; walk->day++) {
        double part = walk->day == 0 ? 1 - entry->time : 1;
        double in = walk->day == 0 ? entry->time : 0;

        /* Those who leave on the day of entry were not there before it. */
        visit->days -= in * left;
        if (part > 0)
            pass_day(walk, age, age + part, in);
        age += part;
        left = sum_of(walk->row, people->states);
        visit->days += left;
        left += sum_of(walk->ready, people->states);
        walk->weekday = (walk->weekday + 1) % 7;
        if (left < LOAD_NEGLIGIBLE)
            break;
    }
    visit->left += left;
    load_walk_rest(walk);
}

/* Only those who will take one route, which has its own stay and delay. */
static int visit_route(const struct load_people *people,
                       const struct load_entry *entry,
                       const struct route *route, struct load_visit *visit)
{
    struct level own = people->scenario->level[people->level];
    struct load_walk walk;
    int err = load_walk_init(&walk, people, entry, visit);

    if (err != SIM_OK)
        return err;
    if (route->has_stay)
        own.stay = route->stay;
    walk.level = &own;
    walk.delay = route->delay.mean / (double)SIM_DAY;
    for (uint32_t i = 0; i <= people->scenario->level_count; i++)
        walk.share[i] = 0;
    walk.share[route->to == NONE ? people->scenario->level_count : route->to] =
        1;
    visit_one(&walk, entry, route->chance);
    return SIM_OK;
}

int load_stay_visit(const struct load_people *people,
                    const struct load_entry *entry, struct load_visit *visit)
{
    const struct level *level = &people->scenario->level[people->level];
    struct load_walk walk;
    int err = SIM_OK;

    if (level->route_count == 0) {
        err = load_walk_init(&walk, people, entry, visit);
        if (err == SIM_OK)
            visit_one(&walk, entry, 1);
    }
    for (uint32_t i = 0; i < level->route_count && err == SIM_OK; i++)
        if (level->route[i].chance > 0)
            err = visit_route(people, entry, &level->route[i], visit);
    return err;
}
