/*
 * Signs and alerts: what staff can note, and what calls for a response.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <string.h>

#define RISING_DAYS_MAX 90

/* ---- signs ---- */

static void read_present(struct reading *reading, struct node *node,
                         void *owner)
{
    static const struct field chance = {
        .key = "signs", .kind = FIELD_CHANCE, .low = 0, .high = 1};
    struct sign *sign = owner;
    uint32_t state = reading_refer(reading, node, true, NAMES_STATE, node->key);
    double value;

    if (sign->present == NULL)
        sign->present =
            arena_array(reading->arena, reading->scenario->state_count + 1u,
                        sizeof *sign->present);
    if (sign->present != NULL &&
        field_read_scalar(reading, &chance, node, &value) && state != NONE)
        sign->present[state] = value;
}

static void check_sign(struct reading *reading, struct node *node, void *owner)
{
    const struct sign *sign = owner;

    if (sign->present == NULL)
        reading_fault_key(reading, node, NULL,
                          "says for no state how often it is present");
}

static const struct field sign_fields[] = {
    {"lasts",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(sign, lasts),
     0,
     (double)(3650 * SIM_DAY),
     "5 days",
     {0},
     "how long it stays as it is, on average; 0 min: drawn at each contact"},
    {"weight",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(sign, weight),
     1,
     100,
     "1",
     {0},
     "how many signs it counts as"},
    {"applies_to",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(sign, applies_to),
     0,
     1,
     "100%",
     {0},
     "the share of people it can show in"},
    {"opens",
     FIELD_NAME,
     OPTIONAL,
     PLACE(sign, opens),
     0,
     0,
     NULL,
     {.names = NAMES_CONCERN},
     "the concern that noting it opens"},
};
const struct field_table sign_table = {
    .one = "a sign",
    FIELDS(sign_fields),
    .other_keys = NAMES_STATE,
    .other = read_present,
    .other_help = "the chance that it is present in that state",
    .each = FIELD_CHANCE,
    .check = check_sign,
    .size = sizeof(struct sign),
    .tag_place = PLACE(sign, tag),
    .count_place = PLACE(scenario, sign_count),
    .names = NAMES_SIGN,
};

/* ---- alerts ---- */

/* "2 in 14 days" */
static void read_rising(struct reading *reading, struct node *node, void *owner)
{
    static const struct field count = {.key = "rising", .kind = FIELD_COUNT};
    static const struct field days = {.key = "rising", .kind = FIELD_DAYS};
    const char *text = node->type == NODE_SCALAR ? node->text : "";
    const char *in = strstr(text, " in "), *signs = NULL, *why;
    struct alert *alert = owner;

    if (in != NULL)
        signs = arena_text(reading->tree.arena, text, (size_t)(in - text));
    if (signs == NULL || !field_parse(&count, signs, &alert->rising, &why) ||
        !field_parse(&days, in + 4, &alert->rising_days, &why)) {
        reading_must_be(reading, node,
                        "so many more signs, such as 2 in 14 "
                        "days");
        alert->rising = 0;
        return;
    }
    node->number = true;
    if (alert->rising < 1 || alert->rising_days < 1 ||
        alert->rising_days > RISING_DAYS_MAX)
        reading_fault(reading, node, NULL,
                      "must be 1 sign or more, in 1 to %d days",
                      RISING_DAYS_MAX);
}

static const struct field alert_fields[] = {
    {"signs",
     FIELD_COUNT,
     REQUIRED,
     PLACE(alert, threshold),
     1,
     ENTRIES_MAX,
     NULL,
     {0},
     "so many noted at one contact raise it"},
    {"rising",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_rising, .each = FIELD_TEXT},
     "also raised by so many more than so long ago: 2 in 14 days"},
};
static const struct field_table alert_map = {.one = "an alert",
                                             FIELDS(alert_fields)};

/* The most signs that can be noted at once, as alerts count them. */
static uint32_t most_signs(const struct scenario *scenario)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < scenario->sign_count; i++)
        sum += scenario->sign[i].weight;
    return sum;
}

/* Read the number of signs, alone or in a mapping. False where it is not
 * understood, which was reported. */
static bool read_number(struct reading *reading, struct node *node,
                        struct alert *alert)
{
    struct field threshold = {.key = "signs",
                              .kind = FIELD_COUNT,
                              .low = 1,
                              .high = most_signs(reading->scenario)};
    const struct node *signs;

    if (node->type != NODE_MAP)
        return field_read_scalar(reading, &threshold, node, &alert->threshold);
    fields_read(reading, &alert_map, node, alert);
    signs = node_child(node, "signs");
    if (alert->rising > threshold.high)
        reading_fault(reading, node_child(node, "rising"), NULL,
                      "no more than %.10g signs can be noted at once",
                      threshold.high);
    if (signs == NULL || alert->threshold == 0)
        return false;
    if (alert->threshold > threshold.high)
        reading_fault(reading, signs, NULL, "must be 1 to %.10g, found %.60s",
                      threshold.high, signs->text);
    return true;
}

static void read_alert(struct reading *reading, struct node *node, void *owner)
{
    const struct scenario *scenario = reading->scenario;
    struct alert *alert = owner;

    alert->response = reading_find(reading, NAMES_RESPONSE, alert->name);
    if (scenario->sign_count == 0) {
        reading_fault_key(reading, node, NULL, "there are no signs to note");
        return;
    }
    if (!read_number(reading, node, alert))
        return;
    for (const struct alert *other = scenario->alert; other < alert; other++) {
        if (other->threshold == alert->threshold)
            reading_fault(reading, node, NULL,
                          "has the same number of signs as '%s'", other->name);
    }
}

const struct field_table alert_table = {
    .one = "an alert: the number of signs that raise it",
    FIELDS(alert_fields),
    .whole = read_alert,
    .each = FIELD_COUNT,
    .size = sizeof(struct alert),
    .count_place = PLACE(scenario, alert_count),
    .names = NAMES_ALERT,
};
