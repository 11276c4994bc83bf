/*
 * Plans: steps and the contacts of each. The rule by which people advance is
 * read by read_decisions.c.
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

void planned_read(struct reading *reading, struct node *node,
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
        planned_read(reading, entries.node[i], &step->planned[i], step->days);
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
     {.read = read_planned, .names = NAMES_KIND, .each = FIELD_SCHEDULE},
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

/* ---- the whole plan ---- */

static const char *const start_words[] = {"next day", "same day", NULL};
static const char *const otherwise_words[] = {"repeat", "step back", NULL};
static const char *const after_last_words[] = {"advance", "step back", NULL};

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

/* Plans are read in order, so each can go on counting steps. */
static void number_steps(const struct scenario *scenario, struct plan *plan)
{
    if (plan > scenario->plan)
        plan->first_step = plan[-1].first_step + plan[-1].step_count;
}

static void check_plan(struct reading *reading, struct node *node, void *owner)
{
    struct plan *plan = owner;

    number_steps(reading->scenario, plan);
    reading->scenario->step_count = plan->first_step + plan->step_count;
    decisions_check(reading, node, plan);
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
    {"after_last_repeat",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     "advance",
     {.read = decisions_read_after_last,
      .table = &after_last_table,
      .words = after_last_words},
     "what is done when repeating has not helped"},
    {"review",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &review_table},
     "a contact that the decision waits for"},
    {"rule_followed",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(plan, rule_followed),
     0,
     1,
     "100%",
     {0},
     "the chance that staff keep to the rule; else people advance"},
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
