/*
 * Where people go from a level, and who is let in: routes, what happens when a
 * level is full, giving up, conditions of entry, contacts due on entry.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#include "sim/chance.h"

#define STAY_MAX (3650 * SIM_DAY)
#define PATIENCE_MAX (36500 * SIM_DAY)
#define ROUTES_MAX 32u
#define ON_ENTRY_MAX 32u

/* ---- destinations ---- */

/* A level's name, or 'leave', which is NONE. What is neither is reported, and
 * nobody is blamed for not being reached then. */
static uint32_t read_destination(struct reading *reading, struct node *node)
{
    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading->lost_level = true;
        reading_must_be(reading, node, "the name of a level, or 'leave'");
        return NONE;
    }
    if (strcmp(node->text, "leave") == 0)
        return NONE;
    return reading_refer(reading, node, false, NAMES_LEVEL, node->text);
}

/* Whether a way leads back to the level that it starts from, reported. */
static bool refuse_itself(struct reading *reading, const struct node *node,
                          const struct level *level, uint32_t to)
{
    if (to == NONE || level != &reading->scenario->level[to])
        return false;
    reading->lost_level = true;
    reading_fault(reading, node, NULL, "leads back to itself");
    return true;
}

/* ---- then: a level, or named routes ---- */

static void read_route_to(struct reading *reading, struct node *node,
                          void *owner)
{
    struct route *route = owner;

    route->to = read_destination(reading, node);
}

static void read_route_stay(struct reading *reading, struct node *node,
                            void *owner)
{
    static const struct field stay = {.key = "stay",
                                      .kind = FIELD_DISTRIBUTION,
                                      .low = (double)SIM_MINUTE,
                                      .high = (double)STAY_MAX};
    struct route *route = owner;

    route->has_stay = true;
    (void)field_read_scalar(reading, &stay, node, &route->stay);
}

static const struct field route_fields[] = {
    {"to",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_route_to, .each = FIELD_NAME},
     "the level that people move on to, or leave"},
    {"chance",
     FIELD_CHANCE,
     REQUIRED,
     PLACE(route, chance),
     0,
     1,
     NULL,
     {0},
     "how many take it; the routes of a level add to 100%"},
    {"delay",
     FIELD_DISTRIBUTION,
     OPTIONAL,
     PLACE(route, delay),
     0,
     (double)STAY_MAX,
     "0 min",
     {0},
     "how long the place is held after the stay, for funding or housing"},
    {"stay",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_route_stay, .each = FIELD_DISTRIBUTION},
     "how long those who take it stay, in place of the level's stay"},
};
const struct field_table route_table = {.one = "a route out of a level",
                                        FIELDS(route_fields)};

static void read_routes(struct reading *reading, struct node *node,
                        struct level *level)
{
    struct entries entries = reading_entries(reading, node, false);
    size_t before = reading->tree.faults->errors;
    double sum = 0.0;

    if (entries.count == 0 || entries.count > ROUTES_MAX) {
        reading->lost_level = true;
        reading_fault(reading, node, NULL, "must name 1 to %u routes, found %u",
                      ROUTES_MAX, (unsigned)entries.count);
        return;
    }
    level->route =
        arena_array(reading->arena, entries.count, sizeof *level->route);
    if (level->route == NULL)
        return;
    level->route_count = entries.count;
    for (uint32_t i = 0; i < entries.count; i++) {
        struct route *route = &level->route[i];

        route->name = arena_text(reading->arena, entries.name[i],
                                 strlen(entries.name[i]));
        if (route->name == NULL) {
            level->route_count = 0;
            return;
        }
        route->to = NONE;
        fields_read(reading, &route_table, entries.node[i], route);
        (void)refuse_itself(reading, entries.node[i], level, route->to);
        sum += route->chance;
    }
    if (reading->tree.faults->errors == before)
        check_sum(reading, node, sum);
}

void level_read_then(struct reading *reading, struct node *node, void *owner)
{
    struct level *level = owner;

    if (node->type == NODE_MAP) {
        read_routes(reading, node, level);
        return;
    }
    level->then = read_destination(reading, node);
    (void)refuse_itself(reading, node, level, level->then);
}

/* Routes that say how long people stay: all of them, or beside a `stay`. */
void level_check_routes(struct reading *reading, const struct node *node,
                        struct level *level)
{
    const struct node *then = node_child(node, "then");
    bool all = level->route_count > 0;
    double mean = 0.0;

    for (uint32_t i = 0; i < level->route_count; i++) {
        const struct node *stay =
            node_child(node_child(then, level->route[i].name), "stay");

        if (stay != NULL && node_child(node, "plan") != NULL)
            reading_fault_key(reading, stay, NULL,
                              "cannot stand beside 'plan': people stay for one "
                              "or the other");
        all = all && level->route[i].has_stay;
        mean += level->route[i].chance * level->route[i].stay.mean;
    }
    if (all && !level->has_stay) {
        level->has_stay = true;
        level->stay = distribution_constant((sim_ms)mean);
    }
}

/* ---- a full level ---- */

static void read_divert_to(struct reading *reading, struct node *node,
                           void *owner)
{
    struct level *level = owner;

    level->diverts = true;
    level->divert = read_destination(reading, node);
    if (refuse_itself(reading, node, level, level->divert))
        level->divert = NONE; /* a circle that is told already */
}

static const struct field divert_fields[] = {
    {"divert to",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_divert_to, .each = FIELD_NAME},
     "the level that people go to instead, or leave"},
};
const struct field_table divert_table = {
    .one = "what happens when a level is full", FIELDS(divert_fields)};

void level_read_when_full(struct reading *reading, struct node *node,
                          void *owner)
{
    if (node->type == NODE_MAP)
        fields_read(reading, &divert_table, node, owner);
    else if (node->type != NODE_SCALAR || strcmp(node->text, "wait") != 0)
        reading_must_be(reading, node, "wait, or {divert to: LEVEL}");
}

/* ---- giving up ---- */

static void read_gives_up_to(struct reading *reading, struct node *node,
                             void *owner)
{
    struct level *level = owner;

    level->patience.to = read_destination(reading, node);
    (void)refuse_itself(reading, node, level, level->patience.to);
}

static void check_gives_up(struct reading *reading, struct node *node,
                           void *owner)
{
    struct level *level = owner;

    (void)reading;
    (void)node;
    level->patience.asked = true;
}

static const struct field gives_up_fields[] = {
    {"after",
     FIELD_DISTRIBUTION,
     REQUIRED,
     PLACE(level, patience.after),
     (double)SIM_SECOND,
     (double)PATIENCE_MAX,
     NULL,
     {0},
     "how long people wait for a place here, from asking"},
    {"to",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_gives_up_to, .each = FIELD_NAME},
     "the level that they ask for then, or leave"},
};
const struct field_table gives_up_table = {.one = "giving up waiting",
                                           FIELDS(gives_up_fields),
                                           .check = check_gives_up};

/* ---- conditions of entry ---- */

static const struct field accepts_fields[] = {
    {"no_alert",
     FIELD_YES_NO,
     OPTIONAL,
     PLACE(level, accepts_no_alert),
     0,
     0,
     "no",
     {0},
     "only people without an alert in force"},
    {"state",
     FIELD_NAME,
     OPTIONAL,
     PLACE(level, accepts_state),
     0,
     0,
     NULL,
     {.names = NAMES_STATE},
     "only people in this state or a milder one"},
};
const struct field_table accepts_table = {.one = "who is let in",
                                          FIELDS(accepts_fields)};

void level_read_accepts(struct reading *reading, struct node *node, void *owner)
{
    struct level *level = owner;

    if (node->type == NODE_MAP) {
        fields_read(reading, &accepts_table, node, owner);
        if (node_child(node, "no_alert") == NULL &&
            node_child(node, "state") == NULL)
            reading_fault(reading, node, NULL,
                          "asks for nothing: give 'no_alert' or 'state'");
    } else if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node,
                        "no_alert, a state, or a mapping of both");
    } else if (strcmp(node->text, "no_alert") == 0) {
        level->accepts_no_alert = true;
    } else {
        level->accepts_state =
            reading_refer(reading, node, false, NAMES_STATE, node->text);
    }
}

/* ---- contacts due on entry ---- */

static void read_entry_kind(struct reading *reading, struct node *node,
                            struct level *level)
{
    const struct node *kind;
    uint32_t index;

    if (node->broken)
        return;
    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node, "the name of a contact");
        return;
    }
    index = reading_refer(reading, node, false, NAMES_KIND, node->text);
    if (index == NONE)
        return;
    kind = reading->names[NAMES_KIND].node[index];
    if (node_child(kind, "window") == NULL &&
        node_child(kind, "between") == NULL)
        reading_fault(reading, node, NULL,
                      "'%.100s' has neither 'window' nor 'between', and a "
                      "contact due on entry needs one",
                      node->text);
    level->on_entry[level->on_entry_count++] = index;
}

void level_read_on_entry(struct reading *reading, struct node *node,
                         void *owner)
{
    struct level *level = owner;
    uint32_t count = node->type == NODE_LIST ? node->count : 1;

    if (count == 0 || count > ON_ENTRY_MAX) {
        reading_fault(reading, node, NULL,
                      "must name 1 to %u contacts, found %u", ON_ENTRY_MAX,
                      (unsigned)count);
        return;
    }
    level->on_entry =
        arena_array(reading->arena, count, sizeof *level->on_entry);
    if (level->on_entry == NULL)
        return;
    if (node->type != NODE_LIST) {
        read_entry_kind(reading, node, level);
        return;
    }
    for (struct node *item = node->first; item != NULL; item = item->next)
        read_entry_kind(reading, item, level);
}
