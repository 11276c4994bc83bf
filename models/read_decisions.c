/*
 * Decisions: the rule by which people advance in a plan, what is done where it
 * does not hold, and the review that decides. All of it is kept in struct plan.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#define REPEAT_DAYS_MAX 3650

/* ---- the rule ---- */

static void check_advance(struct reading *reading, struct node *node,
                          void *owner)
{
    (void)owner;
    if (node_child(node, "no_alert_for") == NULL &&
        node_child(node, "contacts_done") == NULL &&
        node_child(node, "state") == NULL)
        reading_fault_key(reading, node, NULL, "asks for nothing");
}

static const struct field advance_fields[] = {
    {"no_alert_for",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(plan, no_alert_for),
     (double)SIM_MINUTE,
     (double)(365 * SIM_DAY),
     NULL,
     {0},
     "no alert in force at any time so long before"},
    {"contacts_done",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(plan, contacts_done),
     0,
     1,
     NULL,
     {0},
     "this share of the step's contacts completed"},
    {"state",
     FIELD_NAME,
     OPTIONAL,
     PLACE(plan, advance_state),
     0,
     0,
     NULL,
     {.names = NAMES_STATE},
     "in this state or a milder one"},
};
const struct field_table advance_table = {.one = "what must hold to advance",
                                          FIELDS(advance_fields),
                                          .check = check_advance};

static const struct field repeats_fields[] = {
    {"most",
     FIELD_COUNT,
     REQUIRED,
     PLACE(plan, repeat_most),
     0,
     1000,
     "1",
     {0},
     "times in a row; then people advance"},
    {"each",
     FIELD_DAYS,
     OPTIONAL,
     PLACE(plan, repeat_days),
     1,
     REPEAT_DAYS_MAX,
     NULL,
     {0},
     "how many days are repeated; else the whole step"},
};
const struct field_table repeats_table = {.one = "repeating a step",
                                          FIELDS(repeats_fields)};

/* ---- after the last repeat ---- */

static const struct field move_fields[] = {
    {"move to",
     FIELD_NAME,
     REQUIRED,
     PLACE(plan, after_last_level),
     0,
     0,
     NULL,
     {.names = NAMES_LEVEL},
     "to this level"},
};
const struct field_table after_last_table = {.one = "a move",
                                             FIELDS(move_fields)};

void decisions_read_after_last(struct reading *reading, struct node *node,
                               void *owner)
{
    struct plan *plan = owner;

    if (node->type == NODE_MAP) {
        fields_read(reading, &after_last_table, node, plan);
        plan->after_last = AFTER_LAST_MOVE;
    } else if (node->type == NODE_SCALAR &&
               strcmp(node->text, "step back") == 0) {
        plan->after_last = AFTER_LAST_STEP_BACK;
    } else if (node->type != NODE_SCALAR ||
               strcmp(node->text, "advance") != 0) {
        reading_must_be(reading, node,
                        "advance, step back or {move to: LEVEL}");
    }
}

/* ---- reviews ---- */

/* A review is planned like any contact: at a time, within a window. */
static void check_review(struct reading *reading, struct node *node,
                         void *owner)
{
    const struct plan *plan = owner;
    const struct node *kind;

    if (plan->review_kind == NONE ||
        plan->review_kind >= reading->names[NAMES_KIND].count)
        return;
    kind = reading->names[NAMES_KIND].node[plan->review_kind];
    if (node_child(kind, "between") == NULL &&
        (node_child(kind, "at") == NULL || node_child(kind, "window") == NULL))
        reading_fault_key(reading, node, NULL,
                          "'%s' needs 'between', or 'at' and 'window': a "
                          "review is planned for a time",
                          reading->scenario->kind[plan->review_kind].name);
}

static const struct field review_fields[] = {
    {"do",
     FIELD_NAME,
     REQUIRED,
     PLACE(plan, review_kind),
     0,
     0,
     NULL,
     {.names = NAMES_KIND},
     "the contact at which it is decided"},
    {"days",
     FIELD_DAY_SET,
     OPTIONAL,
     PLACE(plan, review_days),
     0,
     0,
     "every day",
     {0},
     "the days on which it can be"},
};
const struct field_table review_table = {
    .one = "a review", FIELDS(review_fields), .check = check_review};

/* ---- the whole rule ---- */

void decisions_check(struct reading *reading, const struct node *node,
                     const struct plan *plan)
{
    const struct node *advance = node_child(node, "advance_if");
    const struct node *repeats = node_child(node, "repeats");
    const struct node *last = node_child(node, "after_last_repeat");

    if (advance != NULL && plan->otherwise == OTHERWISE_REPEAT &&
        repeats == NULL)
        reading_fault_key(reading, advance, "repeats: {most: 2}",
                          "the plan might never end: say how often a step is "
                          "repeated at most");
    if (repeats != NULL && plan->otherwise == OTHERWISE_STEP_BACK)
        reading_fault_key(reading, repeats, NULL,
                          "means nothing where people step back otherwise");
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->step[i];

        if (plan->repeat_days > step->days && step->days > 0)
            reading_fault_key(reading, repeats, NULL,
                              "'each' must not be longer than the step '%s', "
                              "which has %d days",
                              step->name, (int)step->days);
    }
    if (last != NULL && repeats == NULL)
        reading_fault_key(reading, last, NULL,
                          "means nothing without 'repeats'");
}
