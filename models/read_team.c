/*
 * Team time: staff time that goes to the team itself.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#define LAST_MINUTE (SIM_DAY - SIM_MINUTE)

/* One level whose people count for `per_person`. */
static void count_level(struct reading *reading, struct node *node,
                        bool *counts)
{
    uint32_t level;

    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node, "the name of a level");
        return;
    }
    level = reading_refer(reading, node, false, NAMES_LEVEL, node->text);
    if (level != NONE)
        counts[level] = true;
}

static void read_levels(struct reading *reading, struct node *node, void *owner)
{
    struct team_time *team = owner;

    if (team->counts == NULL)
        return;
    if (node->type != NODE_LIST) {
        count_level(reading, node, team->counts);
        return;
    }
    if (node->count == 0)
        reading_fault(reading, node, NULL, "must name at least one level");
    for (struct node *item = node->first; item != NULL; item = item->next)
        count_level(reading, item, team->counts);
}

static void prepare_team_time(struct reading *reading, struct node *node,
                              void *owner)
{
    struct team_time *team = owner;

    (void)node;
    team->counts =
        arena_array(reading->arena, reading->scenario->level_count + 1u,
                    sizeof *team->counts);
}

static void check_team_time(struct reading *reading, struct node *node,
                            void *owner)
{
    const struct scenario *scenario = reading->scenario;
    struct team_time *team = owner;
    bool at = node_child(node, "at") != NULL;

    if ((node_child(node, "shift") != NULL) ==
        (node_child(node, "role") != NULL))
        reading_fault_key(reading, node, NULL,
                          "must say either 'shift' or 'role'");
    if (at == (node_child(node, "after") != NULL))
        reading_fault_key(reading, node, NULL,
                          "must say either 'at' or 'after'");
    if (node_child(node, "lasts") == NULL &&
        node_child(node, "per_person") == NULL)
        reading_fault_key(reading, node, NULL,
                          "must say 'lasts', 'per_person' or both");
    if (node_child(node, "levels") != NULL &&
        node_child(node, "per_person") == NULL)
        reading_fault_key(reading, node_child(node, "levels"), NULL,
                          "says whose people count, and there is no "
                          "'per_person'");
    if (!at)
        team->at = -1;
    if (node_child(node, "levels") != NULL || team->counts == NULL)
        return;
    for (uint32_t i = 0; i < scenario->level_count; i++)
        team->counts[i] = scenario->level[i].plan != NONE;
}

static const struct field team_time_fields[] = {
    {"shift",
     FIELD_NAME,
     OPTIONAL,
     PLACE(team_time, shift),
     0,
     0,
     NULL,
     {.names = NAMES_SHIFT},
     "everyone on this shift"},
    {"role",
     FIELD_NAME,
     OPTIONAL,
     PLACE(team_time, role),
     0,
     0,
     NULL,
     {.names = NAMES_ROLE},
     "everyone of this role on duty"},
    {"days",
     FIELD_DAY_SET,
     OPTIONAL,
     PLACE(team_time, days),
     0,
     0,
     "every day",
     {0},
     "the days it begins on; with `after`, those the shift begins on"},
    {"at",
     FIELD_CLOCK,
     OPTIONAL,
     PLACE(team_time, at),
     0,
     (double)LAST_MINUTE,
     NULL,
     {0},
     "the time of day at which it begins"},
    {"after",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(team_time, after),
     0,
     (double)SIM_DAY,
     NULL,
     {0},
     "it begins so long after the shift does"},
    {"lasts",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(team_time, lasts),
     0,
     (double)SIM_DAY,
     NULL,
     {0},
     "how long"},
    {"per_person",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(team_time, per_person),
     0,
     (double)SIM_DAY,
     NULL,
     {0},
     "and so long for each person on the caseload"},
    {"levels",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     "those with a plan",
     {.read = read_levels, .each = FIELD_NAME, .list = true, .single = true},
     "whose people are the caseload"},
    {"floating",
     FIELD_YES_NO,
     OPTIONAL,
     PLACE(team_time, floating),
     0,
     0,
     "no",
     {0},
     "at each worker's first free moment from then on, and in full"},
};
const struct field_table team_time_table = {
    .one = "team time",
    FIELDS(team_time_fields),
    .prepare = prepare_team_time,
    .check = check_team_time,
    .size = sizeof(struct team_time),
    .count_place = PLACE(scenario, team_time_count),
    .names = NAMES_TEAM_TIME,
};
