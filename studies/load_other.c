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

#define HOURS_OF_DAY 24
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

/* Contacts of one line on the day that is `position` days after the telling on
 * `weekday`, of one person; the time of day of both being known. */
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
    double chance = 0;

    if (count <= 0)
        return 0;
    if (kind->at_preferred)
        at = NOON;
    for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
        /* From the telling, at the middle of each hour, to when it is due; on
         * its first day at once while it may still be met. */
        double since = position + ((double)at / (double)SIM_HOUR - hour - 0.5) /
                                      HOURS_OF_DAY;
        sim_ms told_at = hour * SIM_HOUR + SIM_HOUR / 2;

        if (position == 0 && told_at > at + kind->window)
            continue;
        chance += open_after(concern, delay_of(concern) + fmax(since, 0)) /
                  fmax(open_after(concern, delay_of(concern)), 1e-9) /
                  HOURS_OF_DAY;
    }
    return count * chance;
}

/* A response that closes it ends what it adds as well: counted as if it came on
 * the day after its time. */
static double still_open(const struct scenario *scenario,
                         const struct concern *concern, int32_t position)
{
    double after, closed = responded(scenario, concern, &after);

    return position <= after + 0.5 ? 1 : 1 - closed;
}

static void add_lines(const struct load_people *people,
                      const struct concern *concern,
                      const struct sim_civil *civil, int weekday, double times,
                      double *hours)
{
    for (uint32_t i = 0; i < concern->adds_count; i++)
        for (int32_t k = 0; k < ADDED_DAYS_MOST; k++) {
            double left = open_after(concern, delay_of(concern) + k - 1) *
                          still_open(people->scenario, concern, k);

            if (left < LOAD_NEGLIGIBLE)
                break;
            load_staff_add(people->staff, concern->adds[i].kind,
                           (weekday + k) % 7,
                           times * still_open(people->scenario, concern, k) *
                               added_on(people, concern, &concern->adds[i],
                                        civil, weekday, k),
                           hours);
        }
}

/* ---- all of it ---- */

static uint32_t state_of(const struct load_people *people, uint32_t i)
{
    return people->condition ? people->condition->state[i] : 0;
}

/* `times` tellings of a concern on `weekday`. */
static void add_told(const struct load_people *people,
                     const struct concern *concern,
                     const struct sim_civil *civil, int weekday, double times,
                     double *hours)
{
    int day =
        (weekday + (int)lround(fmin(delay_of(concern), LOAD_DAYS_MOST))) % 7;

    if (concern->response != NONE)
        load_response_add(people, concern->response, day, NOON, times, hours);
    if (people->scenario->level[people->level].plan != NONE)
        add_lines(people, concern, civil, day, times, hours);
}

static void add_day(const struct load_people *people,
                    const struct load_visit *visit,
                    const struct sim_civil *civil, int weekday, double *hours)
{
    const struct scenario *s = people->scenario;
    const double *spent = &visit->spent[(size_t)weekday * people->states];
    double calls = 0;

    for (uint32_t i = 0; people->cohort->reaches_out && i < people->states; i++)
        calls += spent[i] * people->cohort->reaches_out[state_of(people, i)];
    if (calls > 0 && s->trigger_response[TRIGGER_REACHES_OUT] != NONE)
        load_response_add(people, s->trigger_response[TRIGGER_REACHES_OUT],
                          weekday, NOON, calls, hours);
    for (uint32_t c = 0; c < s->concern_count; c++) {
        const struct concern *concern = &s->concern[c];
        double open = mean_open(s, concern), times = 0;

        for (uint32_t i = 0; concern->rate && i < people->states; i++) {
            double rate = concern->rate[state_of(people, i)];
            times += spent[i] * rate / (1 + rate * open);
        }
        if (times > 0)
            add_told(people, concern, civil, weekday, times * told(concern),
                     hours);
    }
}

int load_other_add(const struct load_people *people,
                   const struct load_visit *visit, double *hours)
{
    const struct level *level = &people->scenario->level[people->level];
    struct sim_civil civil;
    int err;

    if (level->plan == NONE && !level->has_stay)
        return SIM_OK;
    if (people->cohort->reaches_out == NULL &&
        people->scenario->concern_count == 0)
        return SIM_OK;
    err = load_plain_civil(&civil);
    for (int w = 0; err == SIM_OK && w < 7; w++)
        add_day(people, visit, &civil, w, hours);
    if (err == SIM_OK)
        sim_civil_clear(&civil);
    return err;
}
