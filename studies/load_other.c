/*
 * What people ask for besides plans, by the time they spend in each state: the
 * responses to concerns and to calls, and the contacts that concerns add.
 *
 * A concern that is not open arises at its rate and is open for a mean time, so
 * by renewal (Cox 1962, chapter 7) it arises rate / (1 + rate x open) times a
 * day in the long run.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "studies/load_impl.h"

#define PART (15 * SIM_MINUTE)
#define PARTS_OF_DAY 96
#define NOON (SIM_DAY / 2)
#define ADDED_DAYS_MOST 365 /* that an open concern is followed */

/* ---- how long a concern is open ---- */

/* The chance that a concern is still open so many days after it arose, as far
 * as its own closing goes. */
static double open_after(const struct concern *concern, double days)
{
    return concern->has_closes ? 1 - load_duration_by(&concern->closes, days)
                               : 1;
}

/* The chance that those who respond are told while it is open. */
static double told(const struct concern *concern)
{
    if (concern->working == WORKING_INTEGRATED)
        return 1;
    return concern->noticed *
           open_after(concern, concern->delay.mean / (double)SIM_DAY);
}

static double delay_of(const struct concern *concern)
{
    return concern->working == WORKING_INTEGRATED
               ? 0
               : concern->delay.mean / (double)SIM_DAY;
}

/* The chance that its response succeeds, and in *days when: each action's own
 * time after the telling, with no wait for staff. */
static double responded(const struct scenario *scenario,
                        const struct concern *concern, double *days)
{
    const struct response *r = concern->response == NONE
                                   ? NULL
                                   : &scenario->response[concern->response];
    double all = 0, sum = 0;

    for (uint32_t i = 0; r && i < r->action_count; i++) {
        double chance = load_action_reached(r, i) * r->action[i].succeeds;

        if (r->action[i].kind == NONE)
            continue;
        chance = fmin(chance, 1 - all);
        all += chance;
        sum += chance * (double)r->action[i].after / (double)SIM_DAY;
    }
    *days = all > 0 ? sum / all : 0;
    return all;
}

/* Mean days that it is open. Without an end of its own it is taken to be open
 * for as long as anyone is followed. */
static double mean_open(const struct scenario *scenario,
                        const struct concern *concern)
{
    double by_itself = concern->has_closes
                           ? concern->closes.mean / (double)SIM_DAY
                           : LOAD_DAYS_MOST;
    double after, closed = told(concern) * responded(scenario, concern, &after);

    after += delay_of(concern);
    return (1 - closed) * by_itself + closed * fmin(after, by_itself);
}

/* ---- what it adds ---- */

/* Contacts of one line that fall due on the day that is `position` days after
 * a telling at any time of day `weekday`, while it is open. */
static double added_on(const struct load_people *people,
                       const struct concern *concern,
                       const struct planned *line,
                       const struct sim_civil *civil, int weekday,
                       int32_t position)
{
    const struct kind *kind = &people->scenario->kind[line->kind];
    sim_ms at = line->schedule.at >= 0 ? line->schedule.at : kind->at;
    int32_t day = LOAD_FIRST_MONDAY + weekday + 7 + position;
    double count = schedule_count(&line->schedule, civil, day, position, 0,
                                  ADDED_DAYS_MOST);
    double known = open_after(concern, delay_of(concern)), chance = 0;

    if (kind->at_preferred)
        at = NOON;
    for (int part = 0; part < PARTS_OF_DAY && count > 0 && known > 0; part++) {
        /* Told in the middle of each part. On the first day it is due at once,
         * while it may still be met. */
        sim_ms telling = part * PART + PART / 2;
        double since = position + (double)(at - telling) / (double)SIM_DAY;

        if (position > 0 || telling <= at + kind->window)
            chance += open_after(concern, delay_of(concern) + fmax(since, 0)) /
                      known / PARTS_OF_DAY;
    }
    return count * chance;
}

/* A response that closes it ends what it adds as well: as if on the day after
 * its time. */
static double still_open(double closed, double after, int32_t position)
{
    return position <= after + 0.5 ? 1 : 1 - closed;
}

/* Hours [role_count][7] that the lines of a concern add after one telling. */
static void fill_added(const struct load_people *people,
                       const struct concern *concern,
                       const struct sim_civil *civil, int weekday,
                       double *hours)
{
    double after, closed = responded(people->scenario, concern, &after);

    for (uint32_t i = 0; i < concern->adds_count; i++)
        for (int32_t k = 0; k < ADDED_DAYS_MOST; k++) {
            const struct planned *line = &concern->adds[i];
            const struct kind *kind = &people->scenario->kind[line->kind];
            double left = still_open(closed, after, k);
            sim_ms at = line->schedule.at >= 0 ? line->schedule.at : kind->at;

            if (left * open_after(concern, delay_of(concern) + k - 1) <
                LOAD_NEGLIGIBLE)
                break;
            load_staff_add(
                people->staff, line->kind, (weekday + k) % 7,
                left * load_workers(people, kind, at) *
                    added_on(people, concern, line, civil, weekday, k),
                hours);
        }
}

int load_other_make(const struct load_people *people, double **out)
{
    const struct scenario *s = people->scenario;
    size_t width = (size_t)s->role_count * 7;
    struct sim_civil civil;
    int err;

    *out = arena_array(people->arena, (size_t)s->concern_count * 7 * width + 1,
                       sizeof **out);
    if (*out == NULL)
        return SIM_ERR_NO_MEMORY;
    err = load_plain_civil(&civil);
    if (err != SIM_OK)
        return err;
    for (uint32_t c = 0; c < s->concern_count; c++)
        for (int w = 0; w < 7; w++)
            fill_added(people, &s->concern[c], &civil, w,
                       &(*out)[((size_t)c * 7 + (size_t)w) * width]);
    sim_civil_clear(&civil);
    return SIM_OK;
}

/* ---- all of it ---- */

static uint32_t state_of(const struct load_people *people, uint32_t i)
{
    return people->condition ? people->condition->state[i] : 0;
}

/* `times` tellings of a concern that arose on `weekday`. */
static void add_told(const struct load_people *people, uint32_t c, int weekday,
                     double times, double *hours)
{
    const struct scenario *s = people->scenario;
    const struct concern *concern = &s->concern[c];
    size_t width = (size_t)s->role_count * 7;
    int day =
        (weekday + (int)lround(fmin(delay_of(concern), LOAD_DAYS_MOST))) % 7;

    if (concern->response != NONE)
        load_response_add(people, concern->response, day, NOON, times, hours);
    if (s->level[people->level].plan == NONE)
        return;
    for (size_t i = 0; i < width; i++)
        hours[i] +=
            times * people->added[((size_t)c * 7 + (size_t)day) * width + i];
}

static void add_calls(const struct load_people *people, const double *spent,
                      int weekday, double *hours)
{
    uint32_t response = people->scenario->trigger_response[TRIGGER_REACHES_OUT];
    double calls = 0;

    if (people->cohort->reaches_out == NULL || response == NONE)
        return;
    for (uint32_t i = 0; i < people->states; i++)
        calls += spent[i] * people->cohort->reaches_out[state_of(people, i)];
    load_response_add(people, response, weekday, NOON, calls, hours);
}

static void add_concerns(const struct load_people *people, const double *spent,
                         int weekday, double *hours)
{
    const struct scenario *s = people->scenario;

    for (uint32_t c = 0; c < s->concern_count; c++) {
        const struct concern *concern = &s->concern[c];
        double open = mean_open(s, concern), times = 0;

        for (uint32_t i = 0; concern->rate && i < people->states; i++) {
            double rate = concern->rate[state_of(people, i)];
            times += spent[i] * rate / (1 + rate * open);
        }
        if (times > 0)
            add_told(people, c, weekday, times * told(concern), hours);
    }
}

void load_other_add(const struct load_people *people,
                    const struct load_visit *visit, double *hours)
{
    const struct level *level = &people->scenario->level[people->level];

    if (level->plan == NONE && !level->has_stay)
        return;
    for (int w = 0; w < 7; w++) {
        const double *spent = &visit->spent[(size_t)w * people->states];

        add_calls(people, spent, w, hours);
        add_concerns(people, spent, w, hours);
    }
}
