/*
 * What a contact notes: the number of signs, each by its weight, is a sum of
 * independent ones, so
 * its distribution is built up sign by sign. So is that of the pair of numbers
 * at two contacts some days apart: a sign's presence is kept between them with
 * chance exp(-gap / lasts) and else drawn afresh.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "studies/load_plan_impl.h"

/* Numbers of signs from the most that matters on are one. */
static uint32_t most_noted(const struct scenario *scenario)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < scenario->alert_count; i++)
        if (scenario->alert[i].threshold > most)
            most = scenario->alert[i].threshold;
    return most;
}

/* The highest alert that `noted` signs raise, plus 1; 0: none. */
static uint32_t alert_of(const struct scenario *scenario, uint32_t noted)
{
    uint32_t alert = 0;

    for (uint32_t i = 0; i < scenario->alert_count; i++)
        if (noted >= scenario->alert[i].threshold)
            alert = i + 1;
    return alert;
}

/* Chance that a sign is noted in `state`, of the person's condition. */
static double present(const struct load_people *people, uint32_t sign,
                      uint32_t state)
{
    return people->scenario->sign[sign]
        .present[people->condition->state[state]];
}

/* Joint chances [most + 1][most + 1] of the numbers noted at two contacts. */
static double *pairs(const struct load_people *people, uint32_t state,
                     double notices, double gap)
{
    const struct scenario *s = people->scenario;
    uint32_t most = most_noted(s), side = most + 1;
    double *joint =
        arena_array(people->arena, (size_t)side * side, sizeof *joint);
    double *next =
        arena_array(people->arena, (size_t)side * side, sizeof *next);

    if (!joint || !next)
        return NULL;
    joint[0] = 1;
    for (uint32_t i = 0; i < s->sign_count; i++) {
        double p = present(people, i, state);
        double lasts = (double)s->sign[i].lasts / (double)SIM_DAY;
        double kept = lasts > 0 ? exp(-gap / lasts) : 0;
        double applies = s->sign[i].applies_to;
        double both = applies * notices * notices * p * (kept + (1 - kept) * p);
        double one = applies * notices * p - both;
        uint32_t weight = s->sign[i].weight;

        memset(next, 0, (size_t)side * side * sizeof *next);
        for (uint32_t a = 0; a < side; a++)
            for (uint32_t b = 0; b < side; b++) {
                double mass = joint[a * side + b];
                uint32_t a1 = a + weight < most ? a + weight : most;
                uint32_t b1 = b + weight < most ? b + weight : most;
                next[a1 * side + b1] += mass * both;
                next[a1 * side + b] += mass * one;
                next[a * side + b1] += mass * one;
                next[a * side + b] += mass * (1 - both - 2 * one);
            }
        memcpy(joint, next, (size_t)side * side * sizeof *next);
    }
    return joint;
}

int load_watch_next(const struct load_people *people, uint32_t kind,
                    uint32_t state, double notices, double gap, double *chance)
{
    const struct scenario *s = people->scenario;
    uint32_t side = most_noted(s) + 1, width = s->alert_count + 1;
    double *joint;

    memset(chance, 0, (size_t)width * width * sizeof *chance);
    if (!people->condition) {
        for (uint32_t b = 0; b < width; b++)
            chance[(size_t)b * width] = 1;
        return SIM_OK;
    }
    joint = pairs(people, state, notices * s->kind[kind].notices, gap);
    if (!joint)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t a = 0; a < side; a++)
        for (uint32_t b = 0; b < side; b++)
            chance[alert_of(s, a) * width + alert_of(s, b)] +=
                joint[a * side + b];
    for (uint32_t b = 0; b < width; b++) {
        double sum = 0;
        for (uint32_t a = 0; a < width; a++)
            sum += chance[b * width + a];
        for (uint32_t a = 0; a < width; a++)
            chance[b * width + a] =
                sum > 0 ? chance[b * width + a] / sum : a == 0;
    }
    return SIM_OK;
}

int load_watch_first(const struct load_people *people, uint32_t kind,
                     uint32_t state, double notices, double *chance)
{
    const struct scenario *s = people->scenario;
    uint32_t side = most_noted(s) + 1;
    double *joint;

    memset(chance, 0, (s->alert_count + 1) * sizeof *chance);
    if (!people->condition) {
        chance[0] = 1;
        return SIM_OK;
    }
    joint = pairs(people, state, notices * s->kind[kind].notices, 0);
    if (!joint)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t a = 0; a < side; a++)
        for (uint32_t b = 0; b < side; b++)
            chance[alert_of(s, a)] += joint[a * side + b];
    return SIM_OK;
}
