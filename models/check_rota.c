/*
 * Warnings about the rota as staff live it: breaks, team time that nobody
 * comes to, minimums never reached, and what a post gives.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

#include <stdio.h>
#include <string.h>

/* The Working Time Regulations 1998, regulation 12: 20 minutes for who works
 * more than six hours a day. */
#define WORK_MOST (6 * SIM_HOUR)
#define BREAK_LEAST (20 * SIM_MINUTE)

/* A list of names as a message shows it: three of them, then how many more. */
struct shown {
    char text[400];
    uint32_t count;
};

static void show(struct shown *shown, const char *name)
{
    size_t length = strlen(shown->text);

    if (shown->count++ < 3)
        (void)snprintf(shown->text + length, sizeof shown->text - length,
                       "%s'%.100s'", length > 0 ? ", " : "", name);
}

static const char *shown_text(struct shown *shown)
{
    size_t length = strlen(shown->text);

    if (shown->count > 3)
        (void)snprintf(shown->text + length, sizeof shown->text - length,
                       " and %u more", (unsigned)(shown->count - 3));
    return shown->text;
}

static uint32_t staff_of(const struct scenario *scenario,
                         const struct shift *shift)
{
    uint32_t staff = 0;

    for (uint32_t r = 0; r < scenario->role_count; r++)
        staff += shift->places[r];
    return staff;
}

/* ---- team time ---- */

/* Whether it takes someone of the role on the shift, on some day. */
static bool takes(const struct scenario *scenario, const struct team_time *team,
                  uint32_t shift, uint32_t role)
{
    const struct sim_shift *hours = &scenario->shift[shift].hours;

    if ((team->shift != NONE && team->shift != shift) ||
        (team->role != NONE && team->role != role) ||
        scenario->shift[shift].places[role] == 0)
        return false;
    if (team->at < 0)
        return team->after < hours->until - hours->from;
    return (team->at >= hours->from && team->at < hours->until) ||
           team->at + SIM_DAY < hours->until;
}

static bool takes_anyone(const struct scenario *scenario,
                         const struct team_time *team)
{
    for (uint32_t i = 0; i < scenario->shift_count; i++)
        for (uint32_t r = 0; r < scenario->role_count; r++)
            if (takes(scenario, team, i, r))
                return true;
    return false;
}

static bool is_break(const struct team_time *team)
{
    return team->floating && team->lasts >= BREAK_LEAST;
}

static bool has_break(const struct scenario *scenario, uint32_t shift,
                      uint32_t role)
{
    for (uint32_t i = 0; i < scenario->team_time_count; i++)
        if (is_break(&scenario->team_time[i]) &&
            takes(scenario, &scenario->team_time[i], shift, role))
            return true;
    return false;
}

/* Whether someone works the whole of a long shift without a break. On call is
 * not work. */
static bool lacks_break(const struct scenario *scenario, uint32_t shift)
{
    const struct sim_shift *hours = &scenario->shift[shift].hours;

    if (!scenario->shift[shift].breaks ||
        hours->until - hours->from <= WORK_MOST)
        return false;
    for (uint32_t r = 0; r < scenario->role_count; r++)
        if (scenario->shift[shift].places[r] > 0 &&
            !scenario->role[r].on_call && !has_break(scenario, shift, r))
            return true;
    return false;
}

static void check_breaks(struct reading *reading, const struct node *rota)
{
    const struct scenario *scenario = reading->scenario;
    struct shown shown = {.count = 0};

    for (uint32_t i = 0; i < scenario->shift_count; i++)
        if (lacks_break(scenario, i))
            show(&shown, scenario->shift[i].name);
    if (shown.count > 0)
        reading_warn(reading, rota,
                     "under 'team_time': {shift: NAME, after: 4 h, lasts: 30 "
                     "min, floating: yes}",
                     "more than 6 h without a break: %s", shown_text(&shown));
}

static void check_team_times(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->team_time_count; i++)
        if (!takes_anyone(scenario, &scenario->team_time[i]))
            reading_warn(reading, reading->names[NAMES_TEAM_TIME].node[i], NULL,
                         "nobody it is for is on duty when it begins");
}

/* ---- posts ---- */

static void check_headroom(struct reading *reading, const struct node *staff)
{
    const struct scenario *scenario = reading->scenario;
    struct shown shown = {.count = 0};

    for (uint32_t r = 0; r < scenario->role_count; r++) {
        const struct role *role = &scenario->role[r];
        bool rostered = reading->rostered >> r & 1;

        if (rostered && !role->on_call &&
            node_child(reading->names[NAMES_ROLE].node[r], "headroom") == NULL)
            show(&shown, role->name);
    }
    if (shown.count > 0)
        reading_warn(reading, staff, "such as 'headroom: 22%'",
                     "no 'headroom' for leave, sickness and training, so that "
                     "'establishment' leaves them out: %s",
                     shown_text(&shown));
}

static void check_minimums(struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->shift_count; i++) {
        const struct shift *shift = &scenario->shift[i];
        const struct node *node = reading->names[NAMES_SHIFT].node[i];
        uint32_t staff = staff_of(scenario, shift);

        if (staff < shift->minimum)
            reading_warn(reading, node_child(node, "minimum"), NULL,
                         "the shift is always below it: its staff are %u",
                         (unsigned)staff);
    }
}

void check_pool_roles(struct reading *reading, const struct node *staff)
{
    const struct scenario *scenario = reading->scenario;
    uint32_t count = scenario->role_count;

    for (uint32_t r = 0; r < scenario->role_count; r++) {
        bool twice = false;

        for (uint32_t i = 0; i < scenario->shift_count; i++)
            twice = twice || (scenario->shift[i].minimum > 0 &&
                              scenario->shift[i].places[r] > 0);
        count += twice;
    }
    if (count > SIM_ROLES_MAX && staff != NULL)
        reading_fault_key(reading, staff, NULL,
                          "must name at most %u roles, those of shifts with a "
                          "minimum counting twice, found %u",
                          SIM_ROLES_MAX, (unsigned)count);
}

void check_rota(struct reading *reading, const struct node *root)
{
    const struct node *rota = node_child(root, "rota");
    const struct node *staff = node_child(root, "staff");

    if (rota != NULL)
        check_breaks(reading, rota);
    if (staff != NULL)
        check_headroom(reading, staff);
    check_minimums(reading);
    check_team_times(reading);
}
