/*
 * Sorts of people, and what one day does to them.
 *
 * The condition is a Markov chain whose worsening rates are all multiplied by
 * one factor w (cohort, luck, level, time since the move, contacts, hour of the
 * day), so the chances of one day are exp(Q(w)), tabulated over w once for a
 * level and read off between the lines. Within a day the factor is its average.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "studies/load_impl.h"

/* With 64 intervals an interpolated chance is off by less than 1e-4 of itself
 * where the largest factor makes one change a day. */
#define GRID 64

/* ---- luck ---- */

/* Generalised Gauss-Laguerre quadrature with two nodes (Abramowitz and Stegun
 * 1964, section 25.4.45): for a Gamma of shape k = 1 / varies^2 and scale 1 the
 * nodes are k + 1 -+ sqrt(k + 1), and the weights follow from the mean. */
uint32_t load_sorts(double varies, double luck[LOAD_SORTS],
                    double weight[LOAD_SORTS])
{
    double k, root;

    luck[0] = luck[1] = weight[0] = 1;
    weight[1] = 0;
    if (varies <= 0)
        return 1;
    k = 1 / (varies * varies);
    root = sqrt(k + 1);
    luck[0] = (k + 1 - root) / k;
    luck[1] = (k + 1 + root) / k;
    weight[0] = (luck[1] - 1) / (luck[1] - luck[0]);
    weight[1] = 1 - weight[0];
    return 2;
}

/* ---- chances of a day ---- */

double load_fade(const struct fade *fade, double day)
{
    double half = fade->half_days;

    if (fade->times == 1)
        return 1;
    /* The mean of 2^(-t / half) over [day, day + 1]. */
    return 1 + (fade->times - 1) * exp2(-day / half) * half / M_LN2 *
                   (1 - exp2(-1 / half));
}

/* Rates of one day with worsening times `w`; the last state is the crisis,
 * which nobody comes back from here. */
static void fill_rates(const struct load_people *people, double w,
                       gsl_matrix *q)
{
    const struct condition *c = people->condition;
    const struct level *level = &people->scenario->level[people->level];

    gsl_matrix_set_zero(q);
    for (uint32_t i = 0; i < c->change_count; i++) {
        const struct change *change = &c->change[i];
        /* A dwell is taken for an exponential time of its mean. */
        double base = change->has_dwell ? (double)SIM_DAY / change->dwell.mean
                                        : change->rate;
        double rate =
            base *
            (change->worse ? w : level->improving * people->cohort->improving);
        *gsl_matrix_ptr(q, change->from, change->to) += rate;
        *gsl_matrix_ptr(q, change->from, change->from) -= rate;
    }
}

static int tabulate(struct load_people *people)
{
    uint32_t n = people->states;
    gsl_matrix *q = gsl_matrix_calloc(n + 1, n + 1);
    gsl_matrix *p = gsl_matrix_calloc(n + 1, n + 1);
    int err = q && p ? SIM_OK : SIM_ERR_NO_MEMORY;

    for (uint32_t g = 0; err == SIM_OK && g <= GRID; g++) {
        fill_rates(people, people->days.top * g / GRID, q);
        if (gsl_linalg_exponential_ss(q, p, GSL_PREC_DOUBLE))
            err = SIM_ERR_NO_MEMORY;
        for (uint32_t i = 0; err == SIM_OK && i < n; i++)
            for (uint32_t j = 0; j <= n; j++)
                people->days.cell[((size_t)g * n + i) * (n + 1) + j] =
                    gsl_matrix_get(p, i, j);
    }
    gsl_matrix_free(q);
    gsl_matrix_free(p);
    return err;
}

void load_people_day(const struct load_people *people, double day, double extra,
                     double *chance)
{
    uint32_t n = people->states;
    size_t length = (size_t)n * (n + 1);
    const struct condition *c = people->condition;
    double w, at;
    size_t grid;

    memset(chance, 0, length * sizeof *chance);
    if (!c) {
        chance[0] = 1;
        return;
    }
    w = people->steady * people->luck * load_fade(&c->after_move, day) * extra;
    at = people->days.top > 0 ? fmin(w / people->days.top, 1) * GRID : 0;
    grid = (size_t)at < GRID ? (size_t)at : GRID - 1;
    at -= (double)grid;
    for (size_t i = 0; i < length; i++)
        chance[i] = (1 - at) * people->days.cell[grid * length + i] +
                    at * people->days.cell[(grid + 1) * length + i];
}

double load_step(const struct load_people *people, const double *chance,
                 double part, double *row)
{
    uint32_t n = people->states;
    double crises = 0, all = 0, out[LOAD_STATES_MOST];

    for (uint32_t i = 0; i < n; i++) {
        out[i] = 0;
        all += row[i];
    }
    if (all < LOAD_TOO_FEW)
        return 0;
    for (uint32_t i = 0; i < n; i++) {
        const double *to = &chance[(size_t)i * (n + 1)];
        double moving = row[i] * part;

        out[i] += row[i] - moving;
        for (uint32_t j = 0; j < n; j++)
            out[j] += moving * to[j];
        crises += moving * to[n];
    }
    memcpy(row, out, n * sizeof *row);
    return crises;
}

/* ---- a cohort in a level ---- */

static double hour_mean(const struct condition *condition)
{
    double sum = 0;

    if (!condition->hour)
        return 1;
    for (int i = 0; i < 1440; i++)
        sum += condition->hour[i];
    return sum / 1440;
}

static int init_condition(struct load_people *people)
{
    const struct condition *c = people->condition;
    const struct level *level = &people->scenario->level[people->level];
    double luck[LOAD_SORTS], weight[LOAD_SORTS];
    uint32_t sorts = load_sorts(c->varies, luck, weight);

    people->states = c->state_count - 1;
    if (people->states > LOAD_STATES_MOST)
        return SIM_ERR_LIMIT;
    people->steady =
        people->cohort->worsening * level->worsening * hour_mean(c);
    people->days.top = people->steady * luck[sorts - 1] *
                       fmax(1, c->after_move.times) *
                       fmax(1, c->after_advance.times);
    people->days.cell =
        arena_array(people->arena,
                    (size_t)(GRID + 1) * people->states * (people->states + 1),
                    sizeof *people->days.cell);
    return people->days.cell ? tabulate(people) : SIM_ERR_NO_MEMORY;
}

/* After a crisis one is in the last state that people can be in. */
static int init_crisis(struct load_people *people)
{
    const struct scenario *s = people->scenario;

    people->crisis = arena_alloc(people->arena, sizeof *people->crisis);
    if (!people->crisis)
        return SIM_ERR_NO_MEMORY;
    return load_effects_make(s, s->trigger_response[TRIGGER_CRISIS],
                             people->condition, people->states - 1,
                             people->arena, people->crisis);
}

int load_people_init(struct load_people *people, const struct load_staff *staff,
                     uint32_t cohort, uint32_t level, struct arena *arena)
{
    const struct scenario *s = staff->scenario;
    const struct cohort *c = &s->cohort[cohort];
    int err = SIM_OK;

    *people = (struct load_people){
        .scenario = s,
        .cohort = c,
        .condition = c->condition == NONE ? NULL : &s->condition[c->condition],
        .states = 1,
        .level = level,
        .luck = 1,
        .arena = arena,
        .staff = staff,
    };
    if (people->condition)
        err = init_condition(people);
    if (err == SIM_OK)
        err = init_crisis(people);
    if (err != SIM_OK)
        return err;
    people->attend = arena_array(arena, people->states, sizeof(double));
    if (!people->attend)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < people->states; i++)
        people->attend[i] =
            c->attendance[people->condition ? people->condition->state[i] : 0];
    return SIM_OK;
}
