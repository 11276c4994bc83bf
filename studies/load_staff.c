/*
 * Staff of an ordinary week: who is rostered when, and what contacts and
 * responses ask of them. Holidays are left out.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "studies/load_impl.h"

#define QUARTER (15 * SIM_MINUTE)
#define WEEK_QUARTER(weekday, at) ((weekday)*96 + (int)((at) / QUARTER))

/* ---- the rota ---- */

/* Spread one shift of one weekday, which may pass midnight. */
static void add_shift(struct load_staff *staff, const struct shift *shift,
                      uint32_t role, int weekday)
{
    double *duty = &staff->duty[(size_t)role * LOAD_QUARTERS];
    double places = shift->places[role];
    sim_ms at = shift->hours.from;

    while (at < shift->hours.until) {
        sim_ms edge = (at / QUARTER + 1) * QUARTER;
        sim_ms stop = edge < shift->hours.until ? edge : shift->hours.until;
        int quarter = (WEEK_QUARTER(weekday, at)) % LOAD_QUARTERS;
        double part = (double)(stop - at) / (double)QUARTER;

        duty[quarter] += places * part;
        staff->rostered[role * 7 + (uint32_t)(quarter / 96)] +=
            places * part / 4;
        at = stop;
    }
}

int load_staff_init(struct load_staff *staff, const struct scenario *scenario,
                    struct arena *arena)
{
    *staff = (struct load_staff){.scenario = scenario};
    staff->duty = arena_array(
        arena, (size_t)scenario->role_count * LOAD_QUARTERS, sizeof(double));
    staff->rostered =
        arena_array(arena, (size_t)scenario->role_count * 7, sizeof(double));
    if (arena_failed(arena))
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < scenario->shift_count; i++)
        for (uint32_t r = 0; r < scenario->role_count; r++)
            for (int w = SIM_MON; w <= SIM_SUN; w++)
                if (scenario->shift[i].hours.days >> w & 1)
                    add_shift(staff, &scenario->shift[i], r, w);
    return SIM_OK;
}

/* ---- contacts ---- */

static double length_of(const struct kind *kind)
{
    return kind->travel.mean + kind->lasts.mean + kind->notes.mean;
}

void load_staff_add(const struct load_staff *staff, uint32_t kind, int weekday,
                    double contacts, double *hours)
{
    const struct kind *k = &staff->scenario->kind[kind];
    double each = length_of(k) / (double)SIM_HOUR;

    if (k->staffing_count == 0)
        return;
    for (uint32_t n = 0; n < k->staffing[0].need_count; n++) {
        const struct sim_need *need = &k->staffing[0].need[n];
        uint32_t role = (uint32_t)__builtin_ctzll(need->roles);
        hours[role * 7 + (uint32_t)weekday] += contacts * each * need->count;
    }
}

/* Whether enough of every role needed are on duty in a quarter of the week. */
static bool staffed(const struct load_staff *staff,
                    const struct staffing *staffing, int quarter)
{
    for (uint32_t n = 0; n < staffing->need_count; n++) {
        double count = 0;
        for (uint32_t r = 0; r < staff->scenario->role_count; r++)
            if (staffing->need[n].roles >> r & 1)
                count += staff->duty[(size_t)r * LOAD_QUARTERS +
                                     (size_t)(quarter % LOAD_QUARTERS)];
        if (count < staffing->need[n].count)
            return false;
    }
    return true;
}

bool load_staff_cover(const struct load_staff *staff, uint32_t kind,
                      int weekday, sim_ms from)
{
    const struct kind *k = &staff->scenario->kind[kind];
    int length = (int)(length_of(k) / (double)QUARTER);

    for (uint32_t i = 0; i < k->staffing_count; i++) {
        sim_ms at = from + k->staffing[i].after;
        /* The end of what is begun may pass the shift's by its overrun. */
        int last = length > 2 ? length - 2 : 0;

        for (; at < SIM_DAY; at += QUARTER)
            if (staffed(staff, &k->staffing[i], WEEK_QUARTER(weekday, at)) &&
                staffed(staff, &k->staffing[i],
                        WEEK_QUARTER(weekday, at) + last))
                return true;
    }
    return false;
}

/* ---- time for the team ---- */

static double length_of_team(const struct scenario *scenario,
                             const struct team_time *team,
                             const struct load_level *level)
{
    double people = 0;

    for (uint32_t i = 0; team->per_person && i < scenario->level_count; i++)
        if (team->counts[i])
            people += level[i].people;
    return ((double)team->lasts + people * (double)team->per_person) /
           (double)SIM_HOUR;
}

/* As in the simulation: at a time of day of the shift, the next day's where the
 * shift begins after it; or so long after its start. */
void load_team_add(const struct load_staff *staff, const struct load_team *of,
                   double *hours)
{
    const struct scenario *s = staff->scenario;
    const struct shift *shift = &s->shift[of->shift];

    for (uint32_t i = 0; i < s->team_time_count; i++) {
        const struct team_time *team = &s->team_time[i];
        sim_ms due = shift->hours.from + team->after;
        int day = of->weekday;

        if ((team->shift != NONE && team->shift != of->shift) ||
            (team->role != NONE && team->role != of->role))
            continue;
        if (team->at >= 0)
            due = team->at + (team->at < shift->hours.from ? SIM_DAY : 0);
        if (team->at >= 0 && due >= SIM_DAY)
            day = (day + 1) % 7;
        if (due < shift->hours.until && (team->days >> day & 1))
            hours[(of->weekday + sim_day_of(due)) % 7] +=
                of->workers * length_of_team(s, team, of->level);
    }
}

/* ---- responses ---- */

double load_action_reached(const struct response *response, uint32_t action)
{
    double chance = 1;

    for (uint32_t i = 0; i < response->action_count; i++)
        if (response->action[i].kind != NONE &&
            response->action[i].after < response->action[action].after)
            chance *= 1 - response->action[i].succeeds;
    return chance;
}

double load_workers(const struct load_people *people, const struct kind *kind,
                    sim_ms at)
{
    if (kind->without_person || kind->mode != MODE_VISIT ||
        kind->staffing[0].need_count != 1 ||
        kind->staffing[0].need[0].count != 1)
        return 1;
    if (kind->pair_after >= 0 && at >= kind->pair_after)
        return 2;
    return 1 + people->cohort->pairs;
}

void load_response_add(const struct load_people *people, uint32_t response,
                       int weekday, sim_ms at, double times, double *hours)
{
    const struct response *r = &people->scenario->response[response];

    for (uint32_t i = 0; i < r->action_count; i++) {
        uint32_t kind = r->action[i].kind;
        sim_ms due = at + r->action[i].after;
        int day = sim_day_of(due);

        if (kind != NONE)
            load_staff_add(people->staff, kind, (weekday + day) % 7,
                           times * load_action_reached(r, i) *
                               load_workers(people,
                                            &people->scenario->kind[kind],
                                            due - day * SIM_DAY),
                           hours);
    }
}

/* ---- what responses do to people ---- */

/* Add what one list of effects comes to for someone in `state`. */
static void add_effects(const struct scenario *scenario,
                        const struct effects *effects, uint32_t state,
                        double chance, struct load_effects *out)
{
    struct load_effect found = {.chance = chance, .state = state, .to = NONE};
    double settle = 0;

    for (uint32_t i = 0; i < effects->count; i++) {
        const struct effect *e = &effects->effect[i];
        if (e->type == EFFECT_SETTLE)
            settle = state > 0 ? e->chance : 0;
        else if (e->type == EFFECT_REPEAT)
            found.repeat = true;
        else if (e->type == EFFECT_STEP_BACK && found.decision != LOAD_RESTART)
            found.decision = LOAD_STEP_BACK;
        else if (e->type == EFFECT_RESTART)
            found.decision = LOAD_RESTART;
        else if (e->type == EFFECT_MOVE)
            found.to = e->level;
        else if (e->type == EFFECT_LEAVE)
            found.to = scenario->level_count;
    }
    found.chance = chance * (1 - settle);
    if (found.chance > 0)
        out->effect[out->count++] = found;
    if (settle > 0) {
        found.chance = chance * settle;
        found.state = state - 1;
        out->effect[out->count++] = found;
    }
}

/* The effects of an action on someone found in `state` of the scenario. */
static const struct effects *effects_of(const struct action *action,
                                        uint32_t state)
{
    if (action->when && state != NONE && action->when[state].count > 0)
        return &action->when[state];
    return &action->then;
}

int load_effects_make(const struct scenario *scenario, uint32_t response,
                      const struct condition *condition, uint32_t state,
                      struct arena *arena, struct load_effects *out)
{
    const struct response *r;
    uint32_t named = condition ? condition->state[state] : NONE;
    double rest = 1;

    *out = (struct load_effects){0};
    if (response == NONE)
        return SIM_OK;
    r = &scenario->response[response];
    out->effect =
        arena_array(arena, 2 * ((size_t)r->action_count + r->outcome_count) + 1,
                    sizeof *out->effect);
    if (!out->effect)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < r->outcome_count; i++) {
        add_effects(scenario, &r->outcome[i].then, state, r->outcome[i].chance,
                    out);
        rest -= r->outcome[i].chance;
    }
    for (uint32_t i = 0; r->outcome_count == 0 && i < r->action_count; i++) {
        const struct effects *effects = effects_of(&r->action[i], named);
        double chance = load_action_reached(r, i) * r->action[i].succeeds;
        /* What is told to someone changes nothing here. */
        if (r->action[i].kind == NONE && effects->count == 0)
            continue;
        chance = fmin(chance, rest);
        add_effects(scenario, effects, state, chance, out);
        rest -= chance;
    }
    if (rest > 0)
        out->effect[out->count++] =
            (struct load_effect){.chance = rest, .state = state, .to = NONE};
    return SIM_OK;
}
