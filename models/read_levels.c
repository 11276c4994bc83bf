/*
 * Levels: where people are supported, how long, and where they go.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <math.h>
#include <string.h>

#define STAY_MAX (3650 * SIM_DAY)

static const struct field effect_fields[] = {
    {"worsening",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(level, worsening),
     0,
     100,
     "1",
     {0},
     "times every change for the worse"},
    {"improving",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(level, improving),
     0,
     100,
     "1",
     {0},
     "times every change for the better"},
};
static const struct field_table effect_table = {
    .one = "the effect of a level on the condition", FIELDS(effect_fields)};

/* ---- handover ---- */

static struct kind *handover_kind(const struct reading *reading, void *owner)
{
    const struct level *level = owner;

    return &reading->scenario->kind[level->handover.kind];
}

static void read_by(struct reading *reading, struct node *node, void *owner)
{
    struct kind *kind = handover_kind(reading, owner);

    staffing_read_by(reading, node, &kind->staffing, &kind->staffing_count);
}

static void read_needs(struct reading *reading, struct node *node, void *owner)
{
    struct kind *kind = handover_kind(reading, owner);

    staffing_read_needs(reading, node, &kind->staffing, &kind->staffing_count);
}

/* What the reader of a row would do, into the task's kind. */
static void read_task(struct reading *reading, struct node *node, void *owner)
{
    static const struct field lasts = {.key = "lasts",
                                       .kind = FIELD_DISTRIBUTION,
                                       .low = (double)SIM_SECOND,
                                       .high = (double)SIM_DAY};
    static const struct field priority = {
        .key = "priority", .kind = FIELD_COUNT, .low = 1, .high = 100};
    struct kind *kind = handover_kind(reading, owner);

    if (strcmp(node->key, "lasts") == 0)
        (void)field_read_scalar(reading, &lasts, node, &kind->lasts);
    else
        (void)field_read_scalar(reading, &priority, node, &kind->priority);
}

static void check_handover(struct reading *reading, struct node *node,
                           void *owner)
{
    struct level *level = owner;
    struct kind *kind = handover_kind(reading, owner);
    bool by = node_child(node, "by") != NULL;

    level->handover.asked = true;
    if (by == (node_child(node, "needs") != NULL))
        reading_fault_key(reading, node, NULL,
                          "must say either 'by' or 'needs'");
    kind->mode = MODE_OTHER;
    kind->without_person = true;
    kind->at = -1;
    kind->window = level->handover.within;
    if (kind->priority == 0)
        kind->priority = 5;
    kind->or_kind = NONE;
    kind->travel = kind->notes = distribution_constant(0);
    kind->if_not_there = kind->lasts;
    kind->notices = 1.0;
    kind->attendance = kind->attendance_at_other_times = 1.0;
    kind->pair_after = -1;
}

static const struct field handover_fields[] = {
    {"by",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_by,
      .each = FIELD_NAME,
      .table = &choice_table,
      .list = true,
      .single = true},
     "the role that does it, or several in order of preference"},
    {"needs",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_needs, .names = NAMES_ROLE, .each = FIELD_COUNT},
     "several workers together: ROLE: how many"},
    {"lasts",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_task, .each = FIELD_DISTRIBUTION},
     "the time it takes each of them"},
    {"priority",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     "5",
     {.read = read_task, .each = FIELD_COUNT},
     "among waiting contacts; lower goes first"},
    {"within",
     FIELD_DURATION,
     REQUIRED,
     PLACE(level, handover.within),
     0,
     (double)(365 * SIM_DAY),
     NULL,
     {0},
     "to be done by then, from entry"},
    {"complete",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(level, handover.complete),
     0,
     1,
     "100%",
     {0},
     "the chance that, done, it is complete"},
    {"notices",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(level, handover.notices),
     0,
     1,
     "100%",
     {0},
     "times noticing signs while it is late or incomplete"},
    {"acts",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(level, handover.acts),
     0,
     1,
     "100%",
     {0},
     "the chance that an alert is acted on meanwhile"},
    {"until",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(level, handover.until),
     0,
     (double)(365 * SIM_DAY),
     "7 days",
     {0},
     "after entry this passes even without a review"},
    {"overlap",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(level, handover.overlap),
     0,
     (double)(28 * SIM_DAY),
     "0 days",
     {0},
     "the old level's contacts go on beside the new ones for so long"},
};
static const struct field_table handover_table = {
    .one = "a handover", FIELDS(handover_fields), .check = check_handover};

/* ---- levels ---- */

static void read_stay(struct reading *reading, struct node *node, void *owner)
{
    static const struct field stay = {.key = "stay",
                                      .kind = FIELD_DISTRIBUTION,
                                      .low = (double)SIM_MINUTE,
                                      .high = (double)STAY_MAX};
    struct level *level = owner;

    level->has_stay = true;
    (void)field_read_scalar(reading, &stay, node, &level->stay);
}

static void read_leaves(struct reading *reading, struct node *node, void *owner)
{
    struct level *level = owner;

    level->has_leaves = true;
    fields_read(reading, &opening_table, node, &level->leaves);
}

static void read_places(struct reading *reading, struct node *node, void *owner)
{
    static const struct field places = {
        .key = "places", .kind = FIELD_COUNT, .low = 1, .high = 100000};
    struct level *level = owner;

    if (strcmp(node->type == NODE_SCALAR ? node->text : "", "unlimited") != 0)
        (void)field_read_scalar(reading, &places, node, &level->places);
}

/* Both keys are given: report the second. */
static void refuse_both(struct reading *reading, const struct node *node,
                        const char *first, const char *second)
{
    const struct node *given = node_child(node, second);

    if (given != NULL && node_child(node, first) != NULL)
        reading_fault_key(reading, given, NULL,
                          "cannot stand beside '%s': people stay for one or "
                          "the other",
                          first);
}

static void check_level(struct reading *reading, struct node *node, void *owner)
{
    struct level *level = owner;
    const struct node *longest = node_child(node, "longest");
    const struct node *first = node_child(node, "first_contact_within");
    const struct node *follow = node_child(node, "follow_up");
    bool plan = node_child(node, "plan") != NULL;
    bool stay = node_child(node, "stay") != NULL;
    bool then = node_child(node, "then") != NULL;

    level_check_routes(reading, node, level);
    stay = stay || level->has_stay;
    if (strcmp(level->name, "leave") == 0)
        reading_fault_key(reading, node, NULL,
                          "'leave' cannot be the name of a level");
    refuse_both(reading, node, "plan", "stay");
    refuse_both(reading, node, "plan", "follow_up");
    refuse_both(reading, node, "stay", "follow_up");
    if ((plan || stay) && !then) {
        reading->lost_level = true;
        reading_fault_key(reading, node, "then: leave",
                          "'then' is missing: where do people go?");
    }
    if (!plan && !stay && follow == NULL && (level->rank > 0 || then))
        reading_fault_key(reading, node, NULL,
                          "must have a 'plan' or a 'stay': how long are people "
                          "here?");
    if (follow != NULL && (level->then != NONE || level->route_count > 0))
        reading_fault_key(reading, follow, NULL,
                          "ends with leaving, but 'then' names a level");
    if (longest != NULL && !plan && !stay)
        reading_fault_key(reading, longest, NULL,
                          "limits a 'plan' or a 'stay', and there is neither");
    if (first != NULL && !plan)
        reading_fault_key(reading, first, NULL,
                          "needs a 'plan', which makes the contacts");
}

/* `kind` of a handover that is asked for was set when names were collected. */
static void read_handover(struct reading *reading, struct node *node,
                          void *owner)
{
    struct level *level = owner;

    if (level->handover.kind != NONE)
        fields_read(reading, &handover_table, node, level);
}

static void prepare_level(struct reading *reading, struct node *node,
                          void *owner)
{
    struct level *level = owner;

    (void)reading;
    (void)node;
    level->places = NONE;
    level->then = level->divert = level->patience.to = NONE;
    level->accepts_state = NONE;
}

static const char *const places_words[] = {"unlimited", NULL};
static const char *const when_full_words[] = {"wait", NULL};
static const char *const when_next_full_words[] = {"stay", "wait", NULL};

static const struct field level_fields[] = {
    {"rank",
     FIELD_INTEGER,
     REQUIRED,
     PLACE(level, rank),
     0,
     1000,
     NULL,
     {0},
     "its place in order: to a higher one is a step-up; 0 is the end"},
    {"places",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     1,
     100000,
     "unlimited",
     {.read = read_places, .each = FIELD_COUNT, .words = places_words},
     "how many people it has room for"},
    {"observed",
     FIELD_YES_NO,
     OPTIONAL,
     PLACE(level, observed),
     0,
     0,
     "no",
     {0},
     "staff are there day and night, and see at once"},
    {"plan",
     FIELD_NAME,
     OPTIONAL,
     PLACE(level, plan),
     0,
     0,
     NULL,
     {.names = NAMES_PLAN},
     "the plan that people follow here"},
    {"stay",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_stay, .each = FIELD_DISTRIBUTION},
     "how long people stay where there is no plan"},
    {"leaves",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_leaves, .table = &opening_table},
     "the days and hours of planned moves from here"},
    {"effect",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &effect_table},
     "what being here does to the condition"},
    {"then",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = level_read_then,
      .each = FIELD_NAME,
      .table = &route_table,
      .names = NAMES_OWN,
      .alone = true},
     "the level that people move on to, or leave; or named routes"},
    {"when_full",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     "wait",
     {.read = level_read_when_full,
      .words = when_full_words,
      .table = &divert_table},
     "whether people who ask wait for a place or go elsewhere"},
    {"when_next_full",
     FIELD_WORD,
     OPTIONAL,
     PLACE(level, when_next_full),
     0,
     1,
     "stay",
     {.words = when_next_full_words},
     "hold the place while the next level is full, or give it up and wait"},
    {"gives_up",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &gives_up_table},
     "how long people wait for a place here, and what they do then"},
    {"accepts_if",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = level_read_accepts, .each = FIELD_NAME, .table = &accepts_table},
     "no_alert, or the worst state let in; others stay where they are"},
    {"on_entry",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = level_read_on_entry,
      .each = FIELD_NAME,
      .list = true,
      .single = true},
     "contacts due on entry, besides those of the plan"},
    {"longest",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(level, longest),
     (double)SIM_DAY,
     (double)STAY_MAX,
     NULL,
     {0},
     "after this people move on, counted as timed out"},
    {"first_contact_within",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(level, first_contact_within),
     (double)SIM_MINUTE,
     (double)(365 * SIM_DAY),
     NULL,
     {0},
     "the limit for the first completed contact after entry"},
    {"follow_up",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(level, follow_up),
     (double)SIM_DAY,
     (double)STAY_MAX,
     NULL,
     {0},
     "how long people are observed here before they leave the model"},
    {"handover",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_handover, .table = &handover_table},
     "the task that each entry posts"},
};
const struct field_table level_table = {
    .one = "a level",
    FIELDS(level_fields),
    .prepare = prepare_level,
    .check = check_level,
    .size = sizeof(struct level),
    .tag_place = PLACE(level, tag),
    .count_place = PLACE(scenario, level_count),
    .names = NAMES_LEVEL,
};
