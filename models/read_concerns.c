/*
 * Concerns: what can arise beside the condition, such as a safeguarding
 * concern, a dispute or a loss of capacity.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

static const char *const working_words[] = {"parallel", "integrated", NULL};

/* ---- the contacts it adds ---- */

static void read_adds(struct reading *reading, struct node *node, void *owner)
{
    struct concern *concern = owner;
    struct entries entries = reading_entries(reading, node, false);

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node,
                        "a mapping such as {capacity check: every day}");
        return;
    }
    concern->adds =
        arena_array(reading->arena, entries.count, sizeof *concern->adds);
    if (concern->adds == NULL)
        return;
    for (uint32_t i = 0; i < entries.count; i++)
        planned_read(reading, entries.node[i], &concern->adds[i], 0);
    concern->adds_count = entries.count;
}

/* ---- rules ---- */

/* A sign may say which concern it opens, or a concern on which sign it opens:
 * both are kept with the sign, which is what staff note. */
static void join_sign(struct reading *reading, const struct node *node,
                      const struct concern *concern)
{
    struct scenario *scenario = reading->scenario;
    uint32_t number = (uint32_t)(concern - scenario->concern);
    struct sign *sign;

    if (concern->opens_on == NONE)
        return;
    sign = &scenario->sign[concern->opens_on];
    if (sign->opens != NONE && sign->opens != number)
        reading_fault(reading, node_child(node, "opens_on"), NULL,
                      "'%s' opens '%s' already", sign->name,
                      scenario->concern[sign->opens].name);
    else
        sign->opens = number;
}

static bool is_opened(const struct scenario *scenario, uint32_t number)
{
    for (uint32_t i = 0; i < scenario->sign_count; i++) {
        if (scenario->sign[i].opens == number)
            return true;
    }
    return false;
}

static void check_concern(struct reading *reading, struct node *node,
                          void *owner)
{
    struct scenario *scenario = reading->scenario;
    struct concern *concern = owner;

    concern->has_closes = node_child(node, "closes") != NULL;
    concern->response = reading_find(reading, NAMES_RESPONSE, concern->name);
    concern->first_added = scenario->added_count;
    scenario->added_count += concern->adds_count;
    join_sign(reading, node, concern);
    if (node_child(node, "rate") == NULL &&
        node_child(node, "opens_on") == NULL &&
        !is_opened(scenario, (uint32_t)(concern - scenario->concern)))
        reading_fault_key(reading, node, "rate: {settled: 0.005/day}",
                          "never arises: it has neither 'rate' nor "
                          "'opens_on', and no sign opens it");
}

/* ---- the table ---- */

static const struct field concern_fields[] = {
    {"rate",
     FIELD_BY_STATE,
     OPTIONAL,
     PLACE(concern, rate),
     0,
     100,
     NULL,
     {.each = FIELD_RATE},
     "how often it arises while it is not open, by state or one for all"},
    {"opens_on",
     FIELD_NAME,
     OPTIONAL,
     PLACE(concern, opens_on),
     0,
     0,
     NULL,
     {.names = NAMES_SIGN},
     "the sign that opens it when it is noted"},
    {"working",
     FIELD_WORD,
     OPTIONAL,
     PLACE(concern, working),
     0,
     0,
     "parallel",
     {.words = working_words},
     "integrated: the pathway's own staff know at once; parallel: 'noticed' "
     "and 'delay' hold"},
    {"noticed",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(concern, noticed),
     0,
     1,
     "100%",
     {0},
     "in parallel working: the chance that it is noticed when it arises"},
    {"delay",
     FIELD_DISTRIBUTION,
     OPTIONAL,
     PLACE(concern, delay),
     0,
     (double)(365 * SIM_DAY),
     "0 min",
     {0},
     "in parallel working: from then until those who respond are told"},
    {"worsening",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(concern, worsening),
     0,
     100,
     "1",
     {0},
     "times every change for the worse while it is open"},
    {"closes",
     FIELD_DISTRIBUTION,
     OPTIONAL,
     PLACE(concern, closes),
     (double)SIM_MINUTE,
     (double)(3650 * SIM_DAY),
     NULL,
     {0},
     "how long after it arose it closes by itself"},
    {"adds",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_adds, .names = NAMES_KIND, .each = FIELD_SCHEDULE},
     "CONTACT: its schedule, beside the plan's while staff know of it"},
};
const struct field_table concern_table = {
    .one = "a concern",
    FIELDS(concern_fields),
    .check = check_concern,
    .size = sizeof(struct concern),
    .tag_place = PLACE(concern, tag),
    .count_place = PLACE(scenario, concern_count),
    .names = NAMES_CONCERN,
};
