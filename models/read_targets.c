/*
 * Targets: a measure, what part of it, a limit in its unit, and of how many
 * periods it is asked.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "models/reader_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define VALUES_MAX 100000u /* of a slice that are looked through */
#define VALUE_BYTES 256

static void read_measure(struct reading *reading, struct node *node,
                         void *owner)
{
    struct target *target = owner;
    const char **ids;

    if (node->type != NODE_SCALAR || node_is_null(node)) {
        reading_must_be(reading, node, "the name of a measure");
        return;
    }
    target->measure = measure_find(node->text);
    ids = arena_array(reading->tree.arena, measure_count, sizeof *ids);
    if (target->measure != NONE || ids == NULL)
        return;
    for (uint32_t i = 0; i < measure_count; i++)
        ids[i] = measure_table[i].id;
    reading_fault(
        reading, node,
        faults_hint(reading->tree.faults, node->text, ids, measure_count),
        "no measure is called '%.100s'", node->text);
}

/* ---- limits ---- */

/* A duration in units of `unit`, or a plain number of them. */
static bool parse_time(const char *text, sim_ms unit, double *out,
                       const char **why)
{
    sim_ms ms;

    if (quantity_number(text, out, why))
        return true;
    if (!quantity_duration(text, &ms, why))
        return false;
    *out = (double)ms / (double)unit;
    return true;
}

bool measure_parse_limit(enum measure_unit unit, const char *text, double *out,
                         const char **why)
{
    switch (unit) {
    case UNIT_SHARE:
        return quantity_chance(text, out, why);
    case UNIT_PER_WEEK:
        if (quantity_number(text, out, why))
            return true;
        if (!quantity_rate(text, out, why))
            return false;
        *out *= 7.0; /* rates are read per day */
        return true;
    case UNIT_DAYS:
    case UNIT_DAYS_PER_WEEK:
        return parse_time(text, SIM_DAY, out, why);
    case UNIT_HOURS:
    case UNIT_HOURS_PER_WEEK:
        return parse_time(text, SIM_HOUR, out, why);
    case UNIT_MINUTES:
        return parse_time(text, SIM_MINUTE, out, why);
    default:
        return quantity_number(text, out, why);
    }
}

static void read_limit(struct reading *reading, struct node *node, void *owner)
{
    struct target *target = owner;
    const char *text = node->type == NODE_SCALAR ? node->text : "";
    const char *why = "a number";
    double limit;

    target->at_most = strcmp(node->key, "at_most") == 0;
    if (target->measure == NONE)
        return;
    if (!measure_parse_limit(measure_table[target->measure].unit, text, &limit,
                             &why))
        reading_must_be(reading, node, why);
    else if (limit < 0.0)
        reading_fault(reading, node, NULL, "must be 0 or more, found %.60s",
                      text);
    else
        target->limit = limit;
}

/* ---- slices ---- */

/* The value of the slice that is called `name`, or NONE with a hint made. */
static uint32_t find_value(struct reading *reading, enum slice slice,
                           const char *name, const char **hint)
{
    const struct scenario *scenario = reading->scenario;
    uint32_t count = slice_values(scenario, slice);
    const char **names;

    *hint = NULL;
    if (count > VALUES_MAX)
        count = VALUES_MAX;
    names = arena_array(reading->tree.arena, count, sizeof *names);
    if (names == NULL)
        return NONE;
    for (uint32_t i = 0; i < count; i++) {
        char text[VALUE_BYTES];

        slice_value_name(scenario, slice, i, text, sizeof text);
        if (strcmp(text, name) == 0)
            return i;
        names[i] = arena_text(reading->tree.arena, text, strlen(text));
        if (names[i] == NULL)
            return NONE;
    }
    *hint = faults_hint(reading->tree.faults, name, names, count);
    return NONE;
}

static void read_slice(struct reading *reading, struct node *node, void *owner)
{
    struct target *target = owner;
    enum slice slice = slice_find(node->key);

    if (target->cut_count == TARGET_CUTS_MAX) {
        reading_fault_key(reading, node, NULL,
                          "a target can be cut in %d ways at most",
                          TARGET_CUTS_MAX);
        return;
    }
    target->cut[target->cut_count++].slice = slice;
    if (target->measure != NONE &&
        (measure_table[target->measure].cuts & CUT(slice)) == 0)
        reading_fault_key(reading, node, NULL, "'%s' cannot be cut in this way",
                          measure_table[target->measure].id);
    else if (node->type != NODE_SCALAR || node_is_null(node))
        reading_must_be(reading, node, "one value");
}

static void resolve_cut(struct reading *reading, const struct node *node,
                        struct target_cut *cut)
{
    const char *hint;

    if (node == NULL || node->type != NODE_SCALAR || node_is_null(node))
        return;
    cut->value = find_value(reading, cut->slice, node->text, &hint);
    if (cut->value == NONE)
        reading_fault(reading, node, hint, "no %s is called '%.100s'",
                      node->key, node->text);
}

void targets_resolve(struct reading *reading)
{
    const struct entries *entries = &reading->names[NAMES_TARGET];

    for (uint32_t i = 0; i < entries->count; i++) {
        struct target *target = &reading->scenario->target[i];

        for (uint32_t c = 0; c < target->cut_count; c++)
            resolve_cut(
                reading,
                node_child(entries->node[i], slice_text(target->cut[c].slice)),
                &target->cut[c]);
    }
}

/* ---- of how many periods ---- */

#define PERIODS_MAX 1000

static const char *const period_words[] = {
    [PERIOD_DAYS] = "days",
    [PERIOD_WEEKENDS] = "weekends",
    [PERIOD_WEEKS] = "weeks",
    [PERIOD_YEARS] = "years",
};

/* "9 of 10 weekends". */
static bool parse_in(const char *text, struct target *target)
{
    unsigned met, of;
    char word[16];
    int end = 0;

    if (sscanf(text, "%4u of %4u %15s%n", &met, &of, word, &end) != 3 ||
        text[end] != '\0' || met < 1 || met > of || of > PERIODS_MAX)
        return false;
    for (int i = PERIOD_DAYS; i <= PERIOD_YEARS; i++)
        if (strcmp(word, period_words[i]) == 0)
            target->in = (enum target_period)i;
    target->in_met = met;
    target->in_of = of;
    return target->in != PERIOD_NONE;
}

static void read_in(struct reading *reading, struct node *node, void *owner)
{
    if (node->type != NODE_SCALAR || !parse_in(node->text, owner))
        reading_must_be(reading, node,
                        "such as 9 of 10 weekends, of days, weekends, weeks or "
                        "years");
}

/* ---- how sure to be ---- */

/* How a run is to be done, not something believed: no input is counted. */
static void read_precision(struct reading *reading, struct node *node,
                           void *owner)
{
    struct target *target = owner;
    const char *why;
    double share;

    if (node->type != NODE_SCALAR ||
        !quantity_chance(node->text, &share, &why) ||
        share < TARGET_PRECISION_LEAST || share > TARGET_PRECISION_MOST)
        reading_must_be(reading, node, TARGET_PRECISION_WORDS);
    else
        target->precision = share;
}

/* What is counted apart are contacts, one by one; a year is counted whole. */
static void check_apart(struct reading *reading, const struct node *node,
                        const struct target *target)
{
    const struct measure *measure = &measure_table[target->measure];
    const struct node *in = node_child(node, "in");

    if (target_counts_apart(target) && !measure_is_of_contacts(measure))
        reading_fault_key(reading, in != NULL ? in : node, NULL,
                          "of '%s' only years can be asked, and one part; of "
                          "measures of planned contacts also days, weekends "
                          "and weeks, and several parts at once",
                          measure->id);
    else if (target->in != PERIOD_NONE && measure->type == MEASURE_QUANTILE)
        reading_fault_key(reading, in, NULL,
                          "'%s' is taken over all years together", measure->id);
    for (uint32_t i = 0; target_counts_apart(target) && i < target->cut_count;
         i++)
        if (target->cut[i].slice == SLICE_WEEK)
            reading_fault_key(reading, node_child(node, "week"), NULL,
                              "cannot stand beside other parts, or 'in'");
}

/* Where the measure cannot be read nothing else of the target can. */
static void prepare_target(struct reading *reading, struct node *node,
                           void *owner)
{
    struct target *target = owner;

    (void)reading;
    (void)node;
    target->measure = NONE;
}

static void check_target(struct reading *reading, struct node *node,
                         void *owner)
{
    const struct target *target = owner;
    bool most = node_child(node, "at_most") != NULL;

    if (target->measure != NONE)
        check_apart(reading, node, target);
    if (most == (node_child(node, "at_least") != NULL))
        reading_fault_key(reading, node, NULL,
                          "must say either 'at_most' or 'at_least'");
}

#define SLICE_ROW(word, help)                                                  \
    {                                                                          \
        word, FIELD_CUSTOM, OPTIONAL, 0, 0, 0, NULL,                           \
            {.read = read_slice, .each = FIELD_TEXT}, help                     \
    }

static const struct field target_fields[] = {
    {"measure",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_measure, .each = FIELD_MEASURE},
     "the name of a measure"},
    {"at_most",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_limit, .each = FIELD_TEXT},
     "its limit, in its unit"},
    {"at_least",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_limit, .each = FIELD_TEXT},
     "its limit, in its unit"},
    {"in",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_in, .each = FIELD_TEXT},
     "in how many of so many it must be so, such as 9 of 10 weekends"},
    {"precision",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_precision, .each = FIELD_CHANCE},
     "run until the interval is this share of the mean to either side"},
    SLICE_ROW("level", "only this level"),
    SLICE_ROW("cohort", "only this cohort"),
    SLICE_ROW("kind", "only this kind of contact"),
    SLICE_ROW("step", "only this step, as PLAN: STEP"),
    SLICE_ROW("role", "only this role of staff"),
    SLICE_ROW("day", "only on a weekday, weekend or holiday"),
    SLICE_ROW("hour", "only in this hour of the week, such as mon 18"),
    SLICE_ROW("week", "only in the week from this date on"),
    SLICE_ROW("entered_on", "only who entered on this weekday"),
    SLICE_ROW("since_move", "only so long after a move, such as 0-3 days"),
    SLICE_ROW("outcome", "only this outcome"),
    SLICE_ROW("alert", "only this alert"),
    SLICE_ROW("concern", "only this concern"),
    SLICE_ROW("trigger", "only this trigger"),
};
const struct field_table target_table = {
    .one = "a target",
    FIELDS(target_fields),
    .prepare = prepare_target,
    .check = check_target,
    .size = sizeof(struct target),
    .count_place = PLACE(scenario, target_count),
    .names = NAMES_TARGET,
};
