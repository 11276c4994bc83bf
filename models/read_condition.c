/*
 * Conditions: their states, how they begin, and how they change.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/dwell.h"
#include "models/reader_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sim/chance.h"

#define STATES_MAX 20u
#define MINUTES_OF_DAY 1440
#define RATE_MAX 100.0 /* per day: a change every quarter of an hour */

/* ---- states and begin ---- */

/* The place of a state in a condition, or NONE. */
static uint32_t find_state(const struct reading *reading,
                           const struct condition *condition, const char *name,
                           size_t length)
{
    for (uint32_t i = 0; i < condition->state_count; i++) {
        const char *state = reading->scenario->state[condition->state[i]].name;

        if (strlen(state) == length && memcmp(state, name, length) == 0)
            return i;
    }
    return NONE;
}

static const char *state_hint(struct reading *reading,
                              const struct condition *condition,
                              const char *word)
{
    const char *names[STATES_MAX];

    for (uint32_t i = 0; i < condition->state_count; i++)
        names[i] = reading->scenario->state[condition->state[i]].name;
    return faults_hint(reading->tree.faults, word, names,
                       condition->state_count);
}

/* The place of the state that `node`'s key names, reported where it is none. */
static uint32_t refer_state(struct reading *reading, const struct node *node,
                            const struct condition *condition, const char *name)
{
    uint32_t state = find_state(reading, condition, name, strlen(name));

    if (state == NONE && condition->state_count > 0)
        reading_fault_key(reading, node, state_hint(reading, condition, name),
                          "this condition has no state '%.100s'", name);
    return state;
}

static void add_state(struct reading *reading, struct node *item,
                      struct condition *condition)
{
    const char *why = NULL;
    uint32_t state;

    if (item->type != NODE_SCALAR || node_is_null(item)) {
        reading_must_be(reading, item, "the name of a state");
        return;
    }
    if (strcmp(item->text, "lasts") == 0)
        why = "'lasts' cannot be the name of a state";
    if (why != NULL || !name_is_fit(item->text, &why)) {
        reading_fault(reading, item, NULL, "%s", why);
        return;
    }
    state = reading_find(reading, NAMES_STATE, item->text);
    if (state == NONE)
        reading_fault(reading, item, NULL, "more than %u states in all",
                      ENTRIES_MAX);
    else if (find_state(reading, condition, item->text, strlen(item->text)) !=
             NONE)
        reading_fault(reading, item, NULL, "'%s' is given twice", item->text);
    else if (condition->state_count < STATES_MAX)
        condition->state[condition->state_count++] = state;
}

static void read_states(struct reading *reading, struct node *node, void *owner)
{
    struct condition *condition = owner;

    if (node->type != NODE_LIST) {
        reading_must_be(reading, node, "a list of states, mild to severe");
        return;
    }
    if (node->count < 2 || node->count > STATES_MAX) {
        reading_fault(reading, node, NULL,
                      "must name 2 to %u states, the last a crisis, found %u",
                      STATES_MAX, (unsigned)node->count);
        return;
    }
    condition->state =
        arena_array(reading->arena, node->count, sizeof *condition->state);
    condition->begin =
        arena_array(reading->arena, node->count, sizeof *condition->begin);
    if (condition->state == NULL || condition->begin == NULL)
        return;
    for (struct node *item = node->first; item != NULL; item = item->next) {
        if (!item->broken)
            add_state(reading, item, condition);
    }
}

void check_sum(struct reading *reading, const struct node *node, double sum)
{
    if (fabs(sum - 1.0) > 1e-9)
        reading_fault_key(reading, node, NULL,
                          "the chances must add to 100%%, they add to %.6g%%",
                          100.0 * sum);
}

static void read_begin(struct reading *reading, struct node *node, void *owner)
{
    static const struct field chance = {
        .key = "begin", .kind = FIELD_CHANCE, .low = 0, .high = 1};
    struct condition *condition = owner;
    struct entries entries = reading_entries(reading, node, false);
    bool all = true;
    double sum = 0.0;

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping of states to chances");
        return;
    }
    for (uint32_t i = 0; i < entries.count; i++) {
        uint32_t state =
            refer_state(reading, entries.node[i], condition, entries.name[i]);
        double value;

        if (!field_read_scalar(reading, &chance, entries.node[i], &value)) {
            all = false;
            continue;
        }
        sum += value;
        if (state != NONE && state + 1 == condition->state_count && value > 0.0)
            reading_fault_key(reading, entries.node[i], NULL,
                              "nobody begins in the last state, the crisis");
        else if (state != NONE)
            condition->begin[state] = value;
    }
    if (all)
        check_sum(reading, node, sum);
}

/* ---- changes ---- */

/* Cut "A to B" where both are states; a state may itself contain " to ". */
static bool split_change(const struct reading *reading,
                         const struct condition *condition, const char *name,
                         struct change *change)
{
    for (const char *to = strstr(name, " to "); to != NULL;
         to = strstr(to + 1, " to ")) {
        change->from =
            find_state(reading, condition, name, (size_t)(to - name));
        change->to = find_state(reading, condition, to + 4, strlen(to + 4));
        if (change->from != NONE && change->to != NONE)
            return true;
    }
    return false;
}

/* Report what is wrong with the name of a change. */
static void report_change(struct reading *reading, const struct node *node,
                          const struct condition *condition)
{
    const char *to = strstr(node->key, " to ");
    const char *from;

    if (condition->state_count == 0)
        return;
    if (to == NULL) {
        reading_fault_key(reading, node, NULL,
                          "must be 'STATE to STATE', such as '%s to %s'",
                          reading->scenario->state[condition->state[0]].name,
                          reading->scenario->state[condition->state[1]].name);
        return;
    }
    from = arena_text(reading->tree.arena, node->key, (size_t)(to - node->key));
    if (from == NULL)
        return;
    if (find_state(reading, condition, from, strlen(from)) == NONE)
        (void)refer_state(reading, node, condition, from);
    else
        (void)refer_state(reading, node, condition, to + 4);
}

/* An exponential dwell is a rate, and so that no answer hangs on how it was
 * written it becomes one. */
static void check_change(struct reading *reading, struct node *node,
                         void *owner)
{
    struct change *change = owner;
    struct node *dwell = node_child(node, "dwell");

    if ((dwell != NULL) == (node_child(node, "rate") != NULL)) {
        reading_fault_key(reading, node, NULL,
                          "must say either 'rate' or 'dwell'");
        return;
    }
    if (dwell == NULL || change->dwell.mean <= 0)
        return;
    if (!dwell_is_family(change->dwell.family))
        reading_fault(reading, dwell, NULL,
                      "must be exponential, weibull, gamma or lognormal");
    else if (change->dwell.family == FAMILY_GAMMA &&
             change->dwell.a > DWELL_SHAPE_MAX)
        reading_fault(reading, dwell, NULL,
                      "a gamma's sd must be 1%% of its mean or more");
    change->has_dwell = change->dwell.family != FAMILY_EXPONENTIAL;
    change->rate =
        change->has_dwell ? 1.0 : (double)SIM_DAY / change->dwell.mean;
}

static const struct field change_fields[] = {
    {"rate",
     FIELD_RATE,
     OPTIONAL,
     PLACE(change, rate),
     0,
     RATE_MAX,
     NULL,
     {0},
     "when every multiplier is 1"},
    {"dwell",
     FIELD_DISTRIBUTION,
     OPTIONAL,
     PLACE(change, dwell),
     (double)(15 * SIM_MINUTE),
     (double)(3650 * SIM_DAY),
     NULL,
     {0},
     "in place of a rate: the time in the state until then, where every "
     "multiplier is 1; exponential, weibull, gamma or lognormal"},
};
static const struct field_table change_table = {
    .one = "a change", FIELDS(change_fields), .check = check_change};

static void read_change(struct reading *reading, struct node *node,
                        const struct condition *condition,
                        struct change *change)
{
    static const struct field rate = {
        .key = "changes", .kind = FIELD_RATE, .low = 0, .high = RATE_MAX};

    change->from = change->to = 0;
    change->name = arena_text(reading->arena, node->key, strlen(node->key));
    change->tag = sim_tag(node->key);
    if (node->type == NODE_MAP)
        fields_read(reading, &change_table, node, change);
    else
        (void)field_read_scalar(reading, &rate, node, &change->rate);
    if (condition->state_count < 2 ||
        !split_change(reading, condition, node->key, change)) {
        change->from = change->to = 0;
        report_change(reading, node, condition);
        return;
    }
    change->worse = change->to > change->from;
    if (change->from == change->to)
        reading_fault_key(reading, node, NULL, "changes nothing");
    else if (change->from + 1 == condition->state_count)
        reading_fault_key(reading, node, NULL,
                          "nobody stays in the last state, the crisis: people "
                          "are then in the state before it");
}

static void read_changes(struct reading *reading, struct node *node,
                         void *owner)
{
    struct condition *condition = owner;
    struct entries entries = reading_entries(reading, node, false);

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node,
                        "a mapping such as "
                        "{settled to warning: 0.02/day}");
        return;
    }
    condition->change =
        arena_array(reading->arena, entries.count, sizeof *condition->change);
    if (condition->change == NULL)
        return;
    reading_check_tags(reading, &entries, "change");
    for (uint32_t i = 0; i < entries.count; i++) {
        read_change(reading, entries.node[i], condition, &condition->change[i]);
        condition->has_dwell =
            condition->has_dwell || condition->change[i].has_dwell;
    }
    condition->change_count = entries.count;
}

/* ---- hours ---- */

/* Set minutes [from, until) to `factor`; false where one was set before. */
static bool set_minutes(double *hour, bool *taken, sim_ms from, sim_ms until,
                        double factor)
{
    bool free = true;

    for (sim_ms m = from / SIM_MINUTE; m < until / SIM_MINUTE; m++) {
        size_t minute = (size_t)(m % MINUTES_OF_DAY);

        free = free && !taken[minute];
        taken[minute] = true;
        hour[minute] = factor;
    }
    return free;
}

static void read_hour(struct reading *reading, struct node *node, double *hour,
                      bool *taken)
{
    static const struct field factor = {
        .key = "hours", .kind = FIELD_NUMBER, .low = 0, .high = 100};
    double value = 1.0;
    sim_ms from, until;
    const char *why;

    (void)field_read_scalar(reading, &factor, node, &value);
    if (!quantity_hours(node->key, &from, &until, &why))
        reading_fault_key(reading, node, NULL,
                          "must be hours such as \"18:00-23:00\"");
    else if (!set_minutes(hour, taken, from, until, value))
        reading_fault_key(reading, node, NULL,
                          "these hours overlap with others of this profile");
}

static void read_hours(struct reading *reading, struct node *node, void *owner)
{
    struct condition *condition = owner;
    bool taken[MINUTES_OF_DAY] = {false};

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node,
                        "a mapping such as {\"18:00-23:00\": 1.5}");
        return;
    }
    condition->hour =
        arena_array(reading->arena, MINUTES_OF_DAY, sizeof *condition->hour);
    if (condition->hour == NULL)
        return;
    for (size_t i = 0; i < MINUTES_OF_DAY; i++)
        condition->hour[i] = 1.0;
    for (struct node *c = node->first; c != NULL; c = c->next) {
        if (!key_is_remark(c->key))
            read_hour(reading, c, condition->hour, taken);
    }
    condition->hour_max = condition->hour[0];
    for (size_t i = 1; i < MINUTES_OF_DAY; i++)
        condition->hour_max = fmax(condition->hour_max, condition->hour[i]);
}

/* ---- the table ---- */

/* Whether nothing that multiplies the hazard of `change` varies with time. */
static bool is_steady(const struct condition *c, const struct change *change)
{
    if (!change->worse)
        return c->after_contact.improving == 1;
    return c->after_move.times == 1 && c->after_advance.times == 1 &&
           c->after_contact.times == 1 && !c->hour;
}

/* List the changes from each state, in their order. */
static void link_changes(struct reading *reading, struct condition *c)
{
    c->leaves = arena_array(reading->arena, c->state_count, sizeof *c->leaves);
    if (c->leaves == NULL)
        return;
    for (uint32_t i = 0; i < c->state_count; i++)
        c->leaves[i] = NONE;
    for (uint32_t i = c->change_count; i-- > 0;) {
        struct change *change = &c->change[i];
        if (change->from >= c->state_count) /* it is at fault */
            continue;
        change->next = c->leaves[change->from];
        c->leaves[change->from] = i;
    }
}

static void finish_condition(struct reading *reading, struct node *node,
                             void *owner)
{
    struct condition *condition = owner;

    (void)node;
    link_changes(reading, condition);
    condition->heeds_contacts = condition->after_contact.times != 1 ||
                                condition->after_contact.improving != 1;
    if (condition->hour == NULL)
        condition->hour_max = 1.0;
    for (uint32_t i = 0; i < condition->change_count; i++)
        condition->change[i].steady =
            is_steady(condition, &condition->change[i]);
}

#define MINUTE_IN_DAYS (1.0 / 1440.0)
#define FADE_MAX 3650.0 /* days */

static const struct field fade_fields[] = {
    {"times",
     FIELD_NUMBER,
     REQUIRED,
     PLACE(fade, times),
     0,
     100,
     "1",
     {0},
     "the factor on changes for the worse at first"},
    {"half_gone_after",
     FIELD_REAL_DAYS,
     REQUIRED,
     PLACE(fade, half_days),
     MINUTE_IN_DAYS,
     FADE_MAX,
     "1 day",
     {0},
     "when half of it has faded"},
};
static const struct field_table fade_table = {.one = "an effect that fades",
                                              FIELDS(fade_fields)};

static const struct field protect_fields[] = {
    {"times",
     FIELD_NUMBER,
     REQUIRED,
     PLACE(fade, times),
     0,
     1,
     "1",
     {0},
     "the factor on changes for the worse right after a completed contact"},
    {"half_gone_after",
     FIELD_REAL_DAYS,
     REQUIRED,
     PLACE(fade, half_days),
     MINUTE_IN_DAYS,
     FADE_MAX,
     "1 day",
     {0},
     "when half of it has faded"},
    {"improving",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(fade, improving),
     0,
     100,
     "1",
     {0},
     "the factor on changes for the better then, which fades alike"},
};
static const struct field_table protect_table = {.one = "a protective effect",
                                                 FIELDS(protect_fields)};

static const struct field condition_fields[] = {
    {"states",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_states, .each = FIELD_TEXT, .list = true},
     "from mild to severe; the last is a crisis"},
    {"begin",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_begin, .names = NAMES_STATE, .each = FIELD_CHANCE},
     "the chance of each state at referral; together 100%"},
    {"changes",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_changes,
      .names = NAMES_OWN,
      .each = FIELD_RATE,
      .table = &change_table},
     "STATE to STATE: its rate when every multiplier is 1, or {dwell: ...}"},
    {"varies_between_people",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(condition, varies),
     0,
     10,
     "0",
     {0},
     "the coefficient of variation of changes for the "
     "worse from one person to the next"},
    {"after_move",
     FIELD_MAP,
     OPTIONAL,
     PLACE(condition, after_move),
     0,
     0,
     NULL,
     {.table = &fade_table},
     "the effect of entering a level"},
    {"after_advance",
     FIELD_MAP,
     OPTIONAL,
     PLACE(condition, after_advance),
     0,
     0,
     NULL,
     {.table = &fade_table},
     "the effect of advancing to a step"},
    {"after_contact",
     FIELD_MAP,
     OPTIONAL,
     PLACE(condition, after_contact),
     0,
     0,
     NULL,
     {.table = &protect_table},
     "the effect of a completed contact"},
    {"hours",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_hours, .names = NAMES_OWN, .each = FIELD_NUMBER},
     "factors on changes for the worse by hours of the day"},
};

const struct field_table condition_table = {
    .one = "a condition",
    FIELDS(condition_fields),
    .check = finish_condition,
    .size = sizeof(struct condition),
    .tag_place = PLACE(condition, tag),
    .count_place = PLACE(scenario, condition_count),
    .names = NAMES_CONDITION,
};
