/*
 * Staffing: `by` and `needs`, which contacts and handovers share.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#define WORKERS_MAX 255
/* Of one contact: a line of the queue is made for every set of them that can be
 * open at once, twice as many choices where it may take a pair. */
#define CHOICES_MAX 6u

/* The role called `name`, as a bit; 0, reported, where there is none or no
 * shift rosters it. */
static uint64_t role_bit(struct reading *reading, const struct node *node,
                         bool key, const char *name)
{
    uint32_t role = reading_refer(reading, node, key, NAMES_ROLE, name);

    if (role == NONE || role >= SIM_ROLES_MAX)
        return 0;
    if ((reading->rostered >> role & 1) == 0) {
        if (key)
            reading_fault_key(reading, node, NULL, "no shift rosters '%.100s'",
                              name);
        else
            reading_fault(reading, node, NULL, "no shift rosters '%.100s'",
                          name);
    }
    return (uint64_t)1 << role;
}

/* ---- by ---- */

static void read_choice(struct reading *reading, struct node *node, void *owner)
{
    struct staffing *staffing = owner;

    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node, "the name of a role");
        return;
    }
    staffing->need[0].roles = role_bit(reading, node, false, node->text);
    staffing->need[0].count = 1;
    staffing->need_count = 1;
}

static const struct field choice_fields[] = {
    {"role",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_choice, .each = FIELD_NAME},
     "who can do it"},
    {"after",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(staffing, after),
     0,
     (double)(30 * SIM_DAY),
     "0 min",
     {0},
     "only so long after it fell due"},
};
const struct field_table choice_table = {.one = "a choice of staff",
                                         FIELDS(choice_fields)};

static void read_one(struct reading *reading, struct node *node,
                     struct staffing *staffing)
{
    if (node->type == NODE_SCALAR)
        read_choice(reading, node, staffing);
    else
        fields_read(reading, &choice_table, node, staffing);
}

void staffing_read_by(struct reading *reading, struct node *node,
                      struct staffing **staffing, uint32_t *count)
{
    uint32_t n = node->type == NODE_LIST ? node->count : 1;
    struct staffing *choice = NULL;
    uint32_t i = 0;

    if (n == 0 || n > CHOICES_MAX) {
        reading_fault(reading, node, NULL, "must name 1 to %u roles, found %u",
                      CHOICES_MAX, (unsigned)n);
        return;
    }
    choice = arena_array(reading->arena, n, sizeof *choice);
    if (choice == NULL)
        return;
    if (node->type != NODE_LIST)
        read_one(reading, node, &choice[i++]);
    else
        for (struct node *item = node->first; item; item = item->next)
            read_one(reading, item, &choice[i++]);
    *staffing = choice;
    *count = n;
}

/* ---- needs ---- */

/* "A or B": the bits of all of them; a role whose own name contains " or " is
 * found whole. */
static uint64_t alternatives(struct reading *reading, const struct node *node)
{
    const char *name = node->key;
    uint64_t roles = 0;

    if (strstr(name, " or ") == NULL ||
        reading_find(reading, NAMES_ROLE, name) != NONE)
        return role_bit(reading, node, true, name);
    while (name != NULL) {
        const char * or = strstr(name, " or ");
        size_t length = or == NULL ? strlen(name) : (size_t)(or -name);
        const char *one = arena_text(reading->tree.arena, name, length);

        if (one != NULL)
            roles |= role_bit(reading, node, true, one);
        name = or == NULL ? NULL : or +4;
    }
    return roles;
}

void staffing_read_needs(struct reading *reading, struct node *node,
                         struct staffing **staffing, uint32_t *count)
{
    static const struct field workers = {
        .key = "needs", .kind = FIELD_COUNT, .low = 1, .high = WORKERS_MAX};
    struct entries entries = reading_entries(reading, node, false);
    struct staffing *joint;

    if (node->type != NODE_MAP || entries.count == 0 ||
        entries.count > SIM_NEEDS_MAX) {
        reading_fault(reading, node, NULL,
                      "must name 1 to %d roles and how many of each",
                      SIM_NEEDS_MAX);
        return;
    }
    joint = arena_alloc(reading->arena, sizeof *joint);
    if (joint == NULL)
        return;
    for (uint32_t i = 0; i < entries.count; i++) {
        struct sim_need *need = &joint->need[joint->need_count++];

        need->count = 1;
        need->roles = alternatives(reading, entries.node[i]);
        (void)field_read_scalar(reading, &workers, entries.node[i],
                                &need->count);
    }
    *staffing = joint;
    *count = 1;
}
