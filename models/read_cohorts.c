/*
 * Cohorts: how people come, where they enter, what is true of them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <stdlib.h>

/* Factors by calendar month: what a month has beside an ordinary one. */
#define MONTH(name, number, word)                                              \
    {                                                                          \
        name, FIELD_NUMBER, OPTIONAL, PLACE(referrals, month[number]), 0, 100, \
            "1", {0}, "factor of the rate in " word                            \
    }
static const struct field months_fields[] = {
    MONTH("jan", 0, "January"),   MONTH("feb", 1, "February"),
    MONTH("mar", 2, "March"),     MONTH("apr", 3, "April"),
    MONTH("may", 4, "May"),       MONTH("jun", 5, "June"),
    MONTH("jul", 6, "July"),      MONTH("aug", 7, "August"),
    MONTH("sep", 8, "September"), MONTH("oct", 9, "October"),
    MONTH("nov", 10, "November"), MONTH("dec", 11, "December"),
};
static const struct field_table months_table = {.one = "factors by month",
                                                FIELDS(months_fields)};

/* What shapes a rate says nothing of dates that are known. */
static void check_referrals(struct reading *reading, struct node *node,
                            void *owner)
{
    static const char *const shape[] = {"days", "months", "growth"};
    struct referrals *referrals = owner;
    const struct node *file = node_child(node, "file");

    referrals->shaped = referrals->growth < 0 || referrals->growth > 0;
    for (int i = 0; i < 12; i++)
        referrals->shaped |= referrals->month[i] < 1 || referrals->month[i] > 1;
    if (file == NULL && node_child(node, "rate") == NULL)
        reading_fault_key(reading, node, NULL, "'rate' or 'file' is missing");
    if (file != NULL && node_child(node, "rate") != NULL)
        reading_fault_key(reading, file, NULL,
                          "'rate' and 'file' exclude each other");
    for (size_t i = 0; i < sizeof shape / sizeof *shape && file != NULL; i++)
        if (node_child(node, shape[i]) != NULL)
            reading_fault_key(reading, node_child(node, shape[i]), NULL,
                              "means nothing with 'file', which has the dates");
}

/* The shape of the stream stands beside its rate. */
static const struct field referrals_fields[] = {
    {"rate",
     FIELD_RATE,
     OPTIONAL,
     PLACE(referrals, rate),
     0,
     100000,
     NULL,
     {0},
     "referrals on average, over an ordinary week"},
    {"days",
     FIELD_DAY_SET,
     OPTIONAL,
     PLACE(referrals, open.days),
     0,
     0,
     "every day",
     {0},
     "the days they come on"},
    {"hours",
     FIELD_HOURS,
     OPTIONAL,
     PLACE(referrals, open.from),
     0,
     (double)SIM_DAY,
     "00:00-24:00",
     {0},
     "the hours they come in"},
    {"months",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &months_table},
     "how much more or less than in an ordinary month"},
    {"growth",
     FIELD_GROWTH,
     OPTIONAL,
     PLACE(referrals, growth),
     -0.9,
     4,
     NULL,
     {0},
     "how much more each year than the year before, such as 5%/year"},
    {"file",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = dates_read, .each = FIELD_TEXT},
     "a CSV file with the date of each referral, in place of a rate"},
};
static const struct field_table referrals_table = {
    .one = "referrals", FIELDS(referrals_fields), .check = check_referrals};

static void check_disengages(struct reading *reading, struct node *node,
                             void *owner)
{
    const char *miss = "after_missed", *chance = "chance";
    bool has_miss = node_child(node, miss) != NULL;
    bool has_chance = node_child(node, chance) != NULL;

    (void)owner;
    if (has_miss != has_chance)
        reading_fault_key(reading, node, NULL,
                          "'after_missed' and 'chance' go together");
}

static const struct field disengages_fields[] = {
    {"after_missed",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(cohort, disengage_after),
     1,
     1000,
     NULL,
     {0},
     "from this not-attended planned contact in a row on, each may"},
    {"chance",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(cohort, disengage_chance),
     0,
     1,
     NULL,
     {0},
     "at each of these"},
    {"rate",
     FIELD_BY_STATE,
     OPTIONAL,
     PLACE(cohort, disengage_rate),
     0,
     100,
     NULL,
     {.each = FIELD_RATE},
     "by state, besides"},
};
static const struct field_table disengages_table = {.one = "disengagement",
                                                    FIELDS(disengages_fields),
                                                    .check = check_disengages};

/* ---- preferred times ---- */

static int by_time(const void *a, const void *b)
{
    const struct preference *x = a, *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

/* One time of day and the share of people who prefer it. */
static bool read_preference(struct reading *reading, struct node *node,
                            struct preference *preference)
{
    static const struct field share = {
        .key = "prefers", .kind = FIELD_CHANCE, .low = 0, .high = 1};
    const char *why;

    if (!quantity_clock(node->key, &preference->at, &why) ||
        preference->at >= SIM_DAY) {
        reading_fault_key(reading, node, "\"18:00\": 70%",
                          "'%.40s' is no time of day", node->key);
        return false;
    }
    return field_read_scalar(reading, &share, node, &preference->chance);
}

static void read_prefers(struct reading *reading, struct node *node,
                         void *owner)
{
    struct cohort *cohort = owner;
    struct entries entries = reading_entries(reading, node, false);
    double sum = 0;
    bool whole = true;

    if (node->type != NODE_MAP || entries.count == 0) {
        reading_must_be(
            reading, node,
            "times of day, such as {\"10:00\": 30%, \"18:00\": 70%}");
        return;
    }
    cohort->prefers =
        arena_array(reading->arena, entries.count, sizeof *cohort->prefers);
    if (cohort->prefers == NULL)
        return;
    for (uint32_t i = 0; i < entries.count; i++) {
        whole &= read_preference(reading, entries.node[i], &cohort->prefers[i]);
        sum += cohort->prefers[i].chance;
    }
    if (whole)
        check_sum(reading, node, sum);
    cohort->prefers_count = entries.count;
    qsort(cohort->prefers, entries.count, sizeof *cohort->prefers, by_time);
    for (uint32_t i = 1; whole && i < entries.count; i++) {
        if (cohort->prefers[i].at == cohort->prefers[i - 1].at)
            reading_fault_key(reading, node, NULL,
                              "names one time of day twice");
    }
}

/* ---- the whole cohort ---- */

/* Without a word about it everybody attends. */
static void default_attendance(struct reading *reading, struct node *node,
                               void *owner)
{
    struct cohort *cohort = owner;
    uint32_t count = reading->scenario->state_count;

    (void)node;
    if (cohort->attendance != NULL)
        return;
    cohort->attendance = arena_array(reading->arena, (size_t)count + 1,
                                     sizeof *cohort->attendance);
    for (uint32_t i = 0; i <= count && cohort->attendance != NULL; i++)
        cohort->attendance[i] = 1.0;
}

/* Every state that a cohort's people can be in needs its attendance. */
static void check_attendance(struct reading *reading, struct node *node,
                             void *owner)
{
    const struct cohort *cohort = owner;
    const struct node *given = node_child(node, "attendance");
    const struct condition *condition;

    if (given == NULL || given->type != NODE_MAP)
        return;
    if (cohort->condition == NONE) {
        if (node_child(node, "condition") == NULL)
            reading_fault(reading, given, NULL,
                          "must be one chance, for this cohort has no "
                          "condition");
        return;
    }
    condition = &reading->scenario->condition[cohort->condition];
    for (uint32_t i = 0; i + 1 < condition->state_count; i++) {
        const char *state = reading->scenario->state[condition->state[i]].name;

        if (node_child(given, state) == NULL)
            reading_fault_key(reading, given, NULL,
                              "says nothing about the state '%s'", state);
    }
}

static void check_cohort(struct reading *reading, struct node *node,
                         void *owner)
{
    const struct cohort *cohort = owner;

    reading->lost_level = reading->lost_level || cohort->enters == NONE;
    check_attendance(reading, node, owner);
    default_attendance(reading, node, owner);
}

static const struct field cohort_fields[] = {
    {"referrals",
     FIELD_MAP,
     REQUIRED,
     PLACE(cohort, referrals),
     0,
     0,
     NULL,
     {.table = &referrals_table},
     "how many people come, and when"},
    {"enters",
     FIELD_NAME,
     REQUIRED,
     PLACE(cohort, enters),
     0,
     0,
     NULL,
     {.names = NAMES_LEVEL},
     "the level they come to first"},
    {"condition",
     FIELD_NAME,
     OPTIONAL,
     PLACE(cohort, condition),
     0,
     0,
     NULL,
     {.names = NAMES_CONDITION},
     "their clinical course; without one they only move"},
    {"attendance",
     FIELD_BY_STATE,
     OPTIONAL,
     PLACE(cohort, attendance),
     0,
     1,
     "100%",
     {.each = FIELD_CHANCE},
     "the chance that they are there, by state or one for all"},
    {"priority",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(cohort, priority),
     1,
     100,
     "5",
     {0},
     "in waiting lists for places; lower goes first"},
    {"worsening",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(cohort, worsening),
     0,
     100,
     "1",
     {0},
     "times every change for the worse"},
    {"improving",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(cohort, improving),
     0,
     100,
     "1",
     {0},
     "times every change for the better"},
    {"disengages",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &disengages_table},
     "how they stop taking contacts"},
    {"pairs",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(cohort, pairs),
     0,
     1,
     "0%",
     {0},
     "share of people whose visits always take two of the role"},
    {"prefers",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_prefers, .names = NAMES_OWN, .each = FIELD_CHANCE},
     "TIME: share of people who prefer it, such as \"18:00\": 70%"},
    {"reaches_out",
     FIELD_BY_STATE,
     OPTIONAL,
     PLACE(cohort, reaches_out),
     0,
     100,
     NULL,
     {.each = FIELD_RATE},
     "how often they call of themselves, by state or one for all"},
};
const struct field_table cohort_table = {
    .one = "a cohort",
    FIELDS(cohort_fields),
    .check = check_cohort,
    .size = sizeof(struct cohort),
    .tag_place = PLACE(cohort, tag),
    .count_place = PLACE(scenario, cohort_count),
    .names = NAMES_COHORT,
};
