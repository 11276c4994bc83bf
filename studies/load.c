/*
 * From visits to a week: the traffic equations of each sort of people, and what
 * their flow asks of places and staff.
 *
 * A type of entry is (level, weekday, state), numbered in that order within the
 * levels that a cohort can get to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/load.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "studies/load_impl.h"

/* Shares sent on are found when they are as near as this to the last. */
#define SENT_ON_NEAR 1e-6
#define SENT_ON_PASSES 12

/* One cohort at work; its memory is released when it is done. */
struct traffic {
    struct load *load;
    double *work; /* of all cohorts, see LOAD_WORK_MOST */
    struct load_staff *staff;
    struct arena *arena;
    uint32_t cohort;
    uint32_t states;
    double *time;               /* [level_count] of day of an entry */
    struct load_people *people; /* [level_count] */
    struct load_plan **plan;    /* [level_count], or NULL */
    struct load_visit *visit;   /* [types] */
    uint32_t types;
    const double *sent_on; /* [level_count] share of who asks, level full */
    double *in;            /* [types] from outside, per week */
    double *flow;          /* [types] the answer */
};

static uint32_t type_of(const struct traffic *t, uint32_t level, uint32_t day,
                        uint32_t state)
{
    return (level * 7 + day) * t->states + state;
}

/* ---- when people enter ---- */

/* The time of day of entries into a level: the middle of the hours of referral,
 * of `leaves`, midnight after a plan; the average where there are several. */
static double entry_time(const struct scenario *s, const struct cohort *cohort,
                         uint32_t level, double *share)
{
    double sum = 0, count = 0;

    if (cohort->enters == level) {
        sum += (double)(cohort->referrals.open.from +
                        cohort->referrals.open.until) /
               2 / (double)SIM_DAY;
        count++;
    }
    for (uint32_t i = 0; i < s->level_count; i++) {
        const struct level *from = &s->level[i];
        load_next_levels(s, (uint32_t)(cohort - s->cohort), i, share);
        if (share[level] <= 0)
            continue;
        if (from->has_leaves)
            sum += (double)(from->leaves.from + from->leaves.until) / 2 /
                   (double)SIM_DAY;
        else
            sum += from->plan != NONE ? 1 : 0.5;
        count++;
    }
    sum = count > 0 ? sum / count : 0.5;
    return fmin(sum, 1);
}

/* ---- a cohort ---- */

static int allocate(struct traffic *t)
{
    const struct scenario *s = t->load->scenario;
    const struct cohort *cohort = &s->cohort[t->cohort];

    t->states = cohort->condition == NONE
                    ? 1
                    : s->condition[cohort->condition].state_count - 1;
    if ((double)s->level_count * 7 * t->states > LOAD_TYPES_MOST)
        return SIM_ERR_LIMIT;
    t->types = s->level_count * 7 * t->states;
    t->time = arena_array(t->arena, s->level_count, sizeof *t->time);
    t->people = arena_array(t->arena, s->level_count, sizeof *t->people);
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    t->plan = arena_array(t->arena, s->level_count, sizeof *t->plan);
    t->visit = arena_array(t->arena, t->types, sizeof *t->visit);
    t->in = arena_array(t->arena, t->types, sizeof *t->in);
    t->flow = arena_array(t->arena, t->types, sizeof *t->flow);
    return arena_failed(t->arena) ? SIM_ERR_NO_MEMORY : SIM_OK;
}

static int prepare_levels(struct traffic *t)
{
    const struct scenario *s = t->load->scenario;
    double *share = arena_array(t->arena, s->level_count + 1, sizeof *share);
    int err = share ? SIM_OK : SIM_ERR_NO_MEMORY;

    for (uint32_t i = 0; i < s->level_count && err == SIM_OK; i++) {
        t->time[i] = entry_time(s, &s->cohort[t->cohort], i, share);
        err = load_people_init(&t->people[i], t->staff, t->cohort, i, t->arena);
        if (err == SIM_OK && i == 0)
            err = load_other_make(&t->people[0], &t->people[0].added);
        t->people[i].added = t->people[0].added; /* the same in each */
        if (err == SIM_OK && s->level[i].plan != NONE)
            err = load_plan_make(&t->people[i], &t->plan[i]);
    }
    return err;
}

static int allocate_visits(struct traffic *t)
{
    const struct scenario *s = t->load->scenario;

    for (uint32_t i = 0; i < t->types; i++) {
        struct load_visit *v = &t->visit[i];
        v->exit =
            arena_array(t->arena, ((size_t)s->level_count + 1) * 7 * t->states,
                        sizeof *v->exit);
        v->spent =
            arena_array(t->arena, (size_t)7 * t->states, sizeof *v->spent);
        v->hours =
            arena_array(t->arena, (size_t)LOAD_WORK_COUNT * s->role_count * 7,
                        sizeof *v->hours);
    }
    return arena_failed(t->arena) ? SIM_ERR_NO_MEMORY : SIM_OK;
}

/* ---- one sort of people ---- */

static void clear_visit(const struct traffic *t, struct load_visit *v)
{
    const struct scenario *s = t->load->scenario;

    memset(v->exit, 0,
           ((size_t)s->level_count + 1) * 7 * t->states * sizeof *v->exit);
    memset(v->hours, 0,
           (size_t)LOAD_WORK_COUNT * s->role_count * 7 * sizeof *v->hours);
    memset(v->spent, 0, (size_t)7 * t->states * sizeof *v->spent);
    v->days = v->alerts = v->crises = v->left = v->work = 0;
}

/* Contacts due on entry: that day, while they may be met, or the next. */
static void add_on_entry(const struct load_people *people,
                         const struct load_entry *entry, struct load_visit *v)
{
    const struct level *level = &people->scenario->level[people->level];

    for (uint32_t i = 0; i < level->on_entry_count; i++) {
        const struct kind *kind = &people->scenario->kind[level->on_entry[i]];
        sim_ms at = (sim_ms)(entry->time * (double)SIM_DAY);
        bool late = kind->at >= 0 && at > kind->at + kind->window;

        load_staff_add(
            people->staff, level->on_entry[i], (entry->weekday + late) % 7,
            load_workers(people, kind, kind->at > at ? kind->at : at),
            load_visit_hours(people, v, LOAD_PLANNED));
    }
}

/* Follow an entry of one type. The handover is due at once. */
static int visit_type(struct traffic *t, uint32_t type)
{
    const struct scenario *s = t->load->scenario;
    uint32_t level = type / (7 * t->states);
    struct load_people people = t->people[level];
    struct load_entry entry = {.weekday = (int)(type / t->states % 7),
                               .state = type % t->states,
                               .time = t->time[level]};
    struct load_visit *v = &t->visit[type];
    struct arena *own = arena_new(); /* what the walk needs goes with it */
    int err = SIM_ERR_NO_MEMORY;

    if (!own)
        return err;
    people.arena = own;
    clear_visit(t, v);
    if (t->plan[level])
        err = load_plan_visit(t->plan[level], &people, &entry, v);
    else
        err = load_stay_visit(&people, &entry, v);
    arena_free(own);
    load_other_add(&people, v, load_visit_hours(&people, v, LOAD_OTHER));
    add_on_entry(&people, &entry, v);
    if (err == SIM_OK && s->level[level].handover.asked)
        load_staff_add(t->staff, s->level[level].handover.kind, entry.weekday,
                       1, load_visit_hours(&people, v, LOAD_HANDOVERS));
    if (v->left >= LOAD_NEGLIGIBLE)
        t->load->complete = false;
    *t->work += v->work;
    return err == SIM_OK && *t->work > LOAD_WORK_MOST ? SIM_ERR_LIMIT : err;
}

/* Where people of a type ask when their level is full and sends them on; the
 * number of types: nowhere, they leave. */
static uint32_t sent_type(const struct traffic *t, uint32_t type)
{
    uint32_t per_level = 7 * t->states;
    uint32_t to = t->load->scenario->level[type / per_level].divert;

    return to == NONE ? t->types : to * per_level + type % per_level;
}

/* Who asks for one type of entry: what becomes of them, taken off column by
 * column from the identity. */
static void fill_column(const struct traffic *t, uint32_t from, gsl_matrix *a)
{
    double sent = t->sent_on[from / (7 * t->states)];

    for (uint32_t to = 0; to < t->types; to++)
        *gsl_matrix_ptr(a, to, from) -= (1 - sent) * t->visit[from].exit[to];
    if (sent > 0 && sent_type(t, from) < t->types)
        *gsl_matrix_ptr(a, sent_type(t, from), from) -= sent;
}

/* Solve x = b + x R, as (I - R)' x = b. A singular matrix: people for ever. */
static int solve(struct traffic *t)
{
    size_t n = t->types;
    gsl_matrix *a = gsl_matrix_alloc(n, n);
    gsl_permutation *p = gsl_permutation_alloc(n);
    gsl_vector_view b = gsl_vector_view_array(t->flow, n);
    int err = a && p ? SIM_OK : SIM_ERR_NO_MEMORY, sign;

    *t->work += (double)n * (double)n * (double)n / 3;
    if (err == SIM_OK && *t->work > LOAD_WORK_MOST)
        err = SIM_ERR_LIMIT;
    if (err == SIM_OK) {
        gsl_matrix_set_identity(a);
        for (uint32_t from = 0; from < t->types; from++)
            fill_column(t, from, a);
        memcpy(t->flow, t->in, n * sizeof *t->flow);
        if (gsl_linalg_LU_decomp(a, p, &sign))
            err = SIM_ERR_LIMIT;
        for (size_t i = 0; err == SIM_OK && i < n; i++)
            if (!(fabs(gsl_matrix_get(a, i, i)) > 1e-9))
                err = SIM_ERR_LIMIT;
        if (err == SIM_OK && gsl_linalg_LU_svx(a, p, &b.vector))
            err = SIM_ERR_LIMIT;
    }
    gsl_matrix_free(a);
    gsl_permutation_free(p);
    return err;
}

/* Add what the flow of one type asks for. */
static void add_type(const struct traffic *t, uint32_t type)
{
    struct load *load = t->load;
    const struct scenario *s = load->scenario;
    const struct load_visit *v = &t->visit[type];
    uint32_t level = type / (7 * t->states), per_level = 7 * t->states;
    double x = t->flow[type], sent = t->sent_on[level];
    double *flow = &load->flow[(size_t)level * (s->level_count + 1)];

    load->level[level].arrivals += x;
    load->level[level].referred += t->in[type];
    load->level[level].people += x * v->days / 7;
    if (sent > 0)
        flow[s->level[level].divert == NONE ? s->level_count
                                            : s->level[level].divert] +=
            x * sent;
    x *= 1 - sent; /* who enters */
    load->alerts += x * v->alerts;
    load->crises += x * v->crises;
    for (uint32_t to = 0; to <= s->level_count; to++)
        for (uint32_t i = 0; i < per_level; i++)
            flow[to] += x * v->exit[(size_t)to * per_level + i];
    for (uint32_t r = 0; r < s->role_count; r++)
        for (uint32_t d = 0; d < 7; d++)
            for (uint32_t w = 0; w < LOAD_WORK_COUNT; w++)
                load->role[r].day[d >= SIM_SAT].offered[w] +=
                    x * v->hours[((size_t)w * s->role_count + r) * 7 + d] /
                    (d >= SIM_SAT ? 2 : 5);
}

/* Referrals by weekday, and the states people are referred in. */
static void refer(struct traffic *t, double weight)
{
    const struct cohort *c = &t->load->scenario->cohort[t->cohort];
    const struct condition *condition = t->people[c->enters].condition;
    double week[7];

    load_referrals(t->load->scenario, &c->referrals, week);
    for (uint32_t d = 0; d < 7; d++)
        for (uint32_t i = 0; i < t->states; i++)
            t->in[type_of(t, c->enters, d, i)] =
                weight * week[d] * (condition ? condition->begin[i] : 1);
}

/* Which levels this cohort gets to, from those it is known to. Returns whether
 * there is a new one. */
static bool reach(const struct traffic *t, bool *reached)
{
    const struct scenario *s = t->load->scenario;
    bool more = false;

    for (uint32_t type = 0; type < t->types; type++) {
        const struct load_visit *v = &t->visit[type];
        if (!reached[type])
            continue;
        for (uint32_t to = 0; to < s->level_count * 7 * t->states; to++)
            if (v->exit[to] > 0 && !reached[to])
                reached[to] = more = true;
        if (s->level[type / (7 * t->states)].diverts &&
            sent_type(t, type) < t->types && !reached[sent_type(t, type)])
            reached[sent_type(t, type)] = more = true;
    }
    return more;
}

/* Follow the types that are met with, until no new one is. */
static int visit_all(struct traffic *t)
{
    bool *reached = arena_array(t->arena, t->types, sizeof *reached);
    bool *done = arena_array(t->arena, t->types, sizeof *done);
    int err = reached && done ? SIM_OK : SIM_ERR_NO_MEMORY;

    if (err != SIM_OK)
        return err;
    for (uint32_t i = 0; i < t->types; i++) {
        clear_visit(t, &t->visit[i]);
        reached[i] = t->in[i] > 0;
    }
    do {
        for (uint32_t i = 0; i < t->types && err == SIM_OK; i++) {
            if (reached[i] && !done[i])
                err = visit_type(t, i);
            done[i] = reached[i];
        }
    } while (err == SIM_OK && reach(t, reached));
    return err;
}

static int add_sort(struct traffic *t, double luck, double weight)
{
    int err;

    for (uint32_t i = 0; i < t->load->scenario->level_count; i++)
        t->people[i].luck = luck;
    refer(t, weight);
    err = visit_all(t);
    if (err == SIM_OK)
        err = solve(t);
    for (uint32_t i = 0; i < t->types && err == SIM_OK; i++)
        add_type(t, i);
    return err;
}

static int add_cohort(struct load *load, struct load_staff *staff,
                      uint32_t cohort, const double *sent_on, double *work)
{
    struct traffic t = {.load = load,
                        .work = work,
                        .staff = staff,
                        .cohort = cohort,
                        .sent_on = sent_on};
    double luck[LOAD_SORTS], weight[LOAD_SORTS];
    const struct condition *condition;
    uint32_t sorts;
    int err = SIM_ERR_NO_MEMORY;

    t.arena = arena_new();
    if (!t.arena)
        return err;
    err = allocate(&t);
    if (err == SIM_OK)
        err = prepare_levels(&t);
    if (err == SIM_OK)
        err = allocate_visits(&t);
    if (err == SIM_OK) {
        condition = t.people[0].condition;
        sorts = load_sorts(condition ? condition->varies : 0, luck, weight);
        for (uint32_t i = 0; i < sorts && err == SIM_OK; i++)
            err = add_sort(&t, luck[i], weight[i]);
    }
    arena_free(t.arena);
    return err;
}

/* ---- the answer ---- */

/* What of the hours of those present goes to the team. */
static void add_team(const struct load *load, const struct load_staff *staff,
                     uint32_t r, double present, double hours[7])
{
    const struct scenario *s = load->scenario;

    for (uint32_t i = 0; i < s->shift_count; i++)
        for (int w = SIM_MON; w <= SIM_SUN; w++) {
            const struct load_team of = {
                i, r, w, s->shift[i].places[r] * present, load->level};
            if (s->shift[i].hours.days >> w & 1 && s->shift[i].places[r] > 0)
                load_team_add(staff, &of, hours);
        }
}

static void finish_role(const struct load *load, const struct load_staff *staff,
                        uint32_t r)
{
    const struct role *role = &load->scenario->role[r];
    double share = 1 - role->absence.share * (1 - role->bank_covers);
    double team[7] = {0};

    add_team(load, staff, r, share, team);
    for (uint32_t d = 0; d < 7; d++) {
        struct load_hours *h = &load->role[r].day[d >= SIM_SAT];
        double days = d >= SIM_SAT ? 2 : 5;
        h->rostered += staff->rostered[r * 7 + d] / days;
        h->team += team[d] / days;
    }
    for (int d = 0; d < LOAD_DAY_TYPES; d++) {
        struct load_hours *h = &load->role[r].day[d];
        for (int w = 0; w < LOAD_WORK_COUNT; w++)
            h->all += h->offered[w];
        h->present = fmax(h->rostered * share - h->team, 0);
        h->ratio = h->all <= 0 ? 0 : h->all / h->present;
    }
}

static void finish(struct load *load, const struct load_staff *staff)
{
    const struct scenario *s = load->scenario;

    for (uint32_t i = 0; i < s->level_count; i++) {
        load_level_answer(s, i, &load->level[i]);
        load->overload += load_level_over(&load->level[i]);
    }
    for (uint32_t r = 0; r < s->role_count; r++) {
        finish_role(load, staff, r);
        for (int d = 0; d < LOAD_DAY_TYPES; d++)
            load->overload += load_hours_over(&load->role[r].day[d]);
    }
}

static int allocate_load(struct load *load)
{
    const struct scenario *s = load->scenario;

    load->level = calloc(s->level_count + 1, sizeof *load->level);
    load->role = calloc(s->role_count + 1, sizeof *load->role);
    load->flow = calloc((size_t)s->level_count * (s->level_count + 1) + 1,
                        sizeof *load->flow);
    return load->level && load->role && load->flow ? SIM_OK : SIM_ERR_NO_MEMORY;
}

/* What has been added up is nothing again. */
static void clear_sums(struct load *load)
{
    const struct scenario *s = load->scenario;

    memset(load->level, 0, (s->level_count + 1) * sizeof *load->level);
    memset(load->role, 0, (s->role_count + 1) * sizeof *load->role);
    memset(load->flow, 0,
           ((size_t)s->level_count * (s->level_count + 1) + 1) *
               sizeof *load->flow);
    load->alerts = load->crises = 0;
}

/* The shares that full levels send on, of what they are now offered. Returns
 * whether some share is another. */
static bool send_on(const struct load *load, double *sent_on)
{
    const struct scenario *s = load->scenario;
    bool other = false;

    for (uint32_t i = 0; i < s->level_count; i++) {
        double share = 0;

        if (s->level[i].diverts && s->level[i].places != NONE)
            share = erlang_b(s->level[i].places, load->level[i].people);
        other = other || fabs(share - sent_on[i]) > SENT_ON_NEAR;
        sent_on[i] = share;
    }
    return other;
}

/* All cohorts, again while what is sent on changes what is offered: as often as
 * there are levels in a row that send people on, and once more; with loops
 * until it settles. */
static int add_cohorts(struct load *load, struct load_staff *staff,
                       struct arena *arena)
{
    const struct scenario *s = load->scenario;
    double *sent_on = arena_array(arena, s->level_count + 1, sizeof *sent_on);
    int err = sent_on ? SIM_OK : SIM_ERR_NO_MEMORY;

    for (int pass = 0; pass < SENT_ON_PASSES && err == SIM_OK; pass++) {
        double work = 0;

        clear_sums(load);
        for (uint32_t i = 0; i < s->cohort_count && err == SIM_OK; i++)
            err = add_cohort(load, staff, i, sent_on, &work);
        if (err == SIM_OK && !send_on(load, sent_on))
            break;
    }
    return err;
}

int load_make(const struct scenario *scenario, struct load *out)
{
    struct load_staff staff;
    struct arena *arena = arena_new();
    int err = arena ? SIM_OK : SIM_ERR_NO_MEMORY;

    *out = (struct load){.scenario = scenario, .complete = true};
    if (err == SIM_OK)
        err = allocate_load(out);
    if (err == SIM_OK)
        err = load_staff_init(&staff, scenario, arena);
    if (err == SIM_OK)
        err = add_cohorts(out, &staff, arena);
    if (err == SIM_OK)
        finish(out, &staff);
    else
        load_clear(out);
    arena_free(arena);
    return err;
}

void load_clear(struct load *load)
{
    free(load->level);
    free(load->role);
    free(load->flow);
    *load = (struct load){0};
}
