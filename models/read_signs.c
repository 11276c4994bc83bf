/*
 * Signs and alerts: what staff can note, and what calls for a response.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

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

/* The only form of this version: the number of signs itself. */
static void read_threshold(struct reading *reading, struct node *node,
                           void *owner)
{
    struct field threshold = {
        .key = "alerts", .kind = FIELD_COUNT, .low = 1, .high = ENTRIES_MAX};
    const struct scenario *scenario = reading->scenario;
    struct alert *alert = owner;

    alert->response = reading_find(reading, NAMES_RESPONSE, alert->name);
    if (scenario->sign_count == 0) {
        reading_fault_key(reading, node, NULL, "there are no signs to note");
        return;
    }
    threshold.high = scenario->sign_count;
    if (!field_read_scalar(reading, &threshold, node, &alert->threshold))
        return;
    for (const struct alert *other = scenario->alert; other < alert; other++) {
        if (other->threshold == alert->threshold)
            reading_fault(reading, node, NULL,
                          "has the same number of signs as '%s'", other->name);
    }
}

const struct field_table alert_table = {
    .one = "an alert: the number of signs that raise it",
    .whole = read_threshold,
    .each = FIELD_COUNT,
    .size = sizeof(struct alert),
    .count_place = PLACE(scenario, alert_count),
    .names = NAMES_ALERT,
};
