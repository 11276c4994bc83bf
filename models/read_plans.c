/*
 * Plans: steps, the contacts of each, and the rule by which people advance.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#include "sim/chance.h"

#define STEP_DAYS_MAX 3650
#define PLAN_DAYS_MAX 10000

/* ---- the contacts of a step ---- */

/* A planned contact must have a time of day and a window. */
static void check_plannable(struct reading *reading, const struct node *line,
                            const struct planned *planned)
{
    const struct kind *kind = &reading->scenario->kind[planned->kind];
    const struct node *node = reading->names[NAMES_KIND].node[planned->kind];
    bool between = node_child(node, "between") != NULL;

    if (planned->schedule.at < 0 && kind->at < 0 && !between &&
        node_child(node, "at") == NULL)
        reading_fault_key(reading, line, "or write 'every day at 18:00'",
                          "'%s' has no time of day: give it 'between' or 'at'",
                          line->key);
    if (!between && node_child(node, "window") == NULL)
        reading_fault_key(reading, line, NULL,
                          "'%s' has neither 'window' nor 'between', and a "
                          "planned contact needs one",
                          line->key);
}

/* Days of the step that the schedule names must lie in it. */
static void check_days(struct reading *reading, const struct node *line,
                       const struct planned *planned, int32_t days)
{
    const struct schedule *s = &planned->schedule;

    for (uint32_t i = 0; i < s->day_count; i++) {
        if (s->day[i] >= days) {
            reading_fault(reading, line, NULL,
                          "day %d lies beyond the step, which has %d days",
                          (int)s->day[i] + 1, (int)days);
            return;
        }
    }
}

static void read_line(struct reading *reading, struct node *node,
                      struct planned *planned, int32_t days)
{
    const char *why;

    planned->kind = reading_refer(reading, node, true, NAMES_KIND, node->key);
    planned->schedule.at = -1;
    if (node->broken)
        return;
    if (node->type != NODE_SCALAR ||
        !schedule_parse(node->text, &planned->schedule, &why)) {
        if (node->type != NODE_SCALAR)
            why = "a schedule such as every day or 2 per week";
        reading_must_be(reading, node, why);
        return;
    }
    if (planned->kind != NONE)
        check_plannable(reading, node, planned);
    if (days > 0)
        check_days(reading, node, planned, days);
}

static void read_planned(struct reading *reading, struct node *node,
                         void *owner)
{
    struct step *step = owner;
    struct entries entries = reading_entries(reading, node, false);

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node,
                        "a mapping such as {evening visit: every day}");
        return;
    }
    step->planned =
        arena_array(reading->arena, entries.count, sizeof *step->planned);
    if (step->planned == NULL)
        return;
    for (uint32_t i = 0; i < entries.count; i++)
        read_line(reading, entries.node[i], &step->planned[i], step->days);
    step->planned_count = entries.count;
}

static const struct field step_fields[] = {
    {"for",
     FIELD_DAYS,
     REQUIRED,
     PLACE(step, days),
     1,
     STEP_DAYS_MAX,
     NULL,
     {0},
     "how long it is"},
    {"contacts",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_planned, .names = NAMES_KIND, .each = FIELD_TEXT},
     "CONTACT: its schedule, such as every 2 days"},
};
static const struct field_table step_table = {.one = "a step",
                                              FIELDS(step_fields)};

static void read_steps(struct reading *reading, struct node *node, void *owner)
{
    struct plan *plan = owner;
    struct entries entries = reading_entries(reading, node, true);

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping of steps, in their order");
        return;
    }
    if (entries.count == 0)
        reading_fault(reading, node, NULL, "the plan has no step");
    plan->step = arena_array(reading->arena, entries.count, sizeof *plan->step);
    if (plan->step == NULL)
        return;
    reading_check_tags(reading, &entries, "step");
    for (uint32_t i = 0; i < entries.count; i++) {
        struct step *step = &plan->step[i];

        step->name = arena_text(reading->arena, entries.name[i],
                                strlen(entries.name[i]));
        step->tag = sim_tag(entries.name[i]);
        fields_read(reading, &step_table, entries.node[i], step);
        plan->days += step->days;
    }
    plan->step_count = entries.count;
    if (plan->days > PLAN_DAYS_MAX)
        reading_fault_key(reading, node, NULL,
                          "the steps together must be at most %d days",
                          PLAN_DAYS_MAX);
}

/* ---- the rule ---- */

static const char *const start_words[] = {"next day", "same day", NULL};
static const char *const otherwise_words[] = {"repeat", "step back", NULL};

static void read_starts(struct reading *reading, struct node *node, void *owner)
{
    static const struct field starts = {.key = "starts",
                                        .kind = FIELD_WORD,
                                        .high = 1,
                                        .of = {.words = start_words}};
    struct plan *plan = owner;
    uint32_t word = 0;

    (void)field_read_scalar(reading, &starts, node, &word);
    plan->starts_same_day = word == 1;
}

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
static const struct field_table advance_table = {
    .one = "what must hold to advance",
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
     STEP_DAYS_MAX,
     NULL,
     {0},
     "how many days are repeated; else the whole step"},
};
static const struct field_table repeats_table = {.one = "repeating a step",
                                                 FIELDS(repeats_fields)};

/* Plans are read in order, so each can go on counting steps. */
static void number_steps(const struct scenario *scenario, struct plan *plan)
{
    if (plan > scenario->plan)
        plan->first_step = plan[-1].first_step + plan[-1].step_count;
}

static void check_plan(struct reading *reading, struct node *node, void *owner)
{
    struct plan *plan = owner;
    const struct node *advance = node_child(node, "advance_if");
    const struct node *repeats = node_child(node, "repeats");

    number_steps(reading->scenario, plan);
    reading->scenario->step_count = plan->first_step + plan->step_count;
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
}

static const struct field plan_fields[] = {
    {"starts",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     "next day",
     {.read = read_starts, .each = FIELD_WORD, .words = start_words},
     "whether its first day is the day of entry or the next"},
    {"steps",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_steps, .names = NAMES_OWN, .table = &step_table},
     "its steps, in this order"},
    {"advance_if",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &advance_table},
     "what must hold at the end of a step"},
    {"otherwise",
     FIELD_WORD,
     OPTIONAL,
     PLACE(plan, otherwise),
     0,
     1,
     "repeat",
     {.words = otherwise_words},
     "what is done where it does not hold"},
    {"repeats",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &repeats_table},
     "how a step is repeated"},
};
const struct field_table plan_table = {
    .one = "a plan",
    FIELDS(plan_fields),
    .check = check_plan,
    .size = sizeof(struct plan),
    .tag_place = PLACE(plan, tag),
    .count_place = PLACE(scenario, plan_count),
    .names = NAMES_PLAN,
};
