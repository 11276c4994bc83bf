/*
 * Staff and rota: what roles cost, who is absent, and who is on duty when.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <math.h>

#define PLACES_MAX 100000
#define MONEY_MAX 1e6

/* ---- staff ---- */

static const struct field premium_fields[] = {
    {"saturday",
     FIELD_SHARE,
     OPTIONAL,
     PLACE(role, premium_saturday),
     0,
     10,
     "0%",
     {0},
     "on top of the cost on Saturdays"},
    {"sunday",
     FIELD_SHARE,
     OPTIONAL,
     PLACE(role, premium_sunday),
     0,
     10,
     "0%",
     {0},
     "on Sundays"},
    {"holiday",
     FIELD_SHARE,
     OPTIONAL,
     PLACE(role, premium_holiday),
     0,
     10,
     NULL,
     {0},
     "on holidays; Sunday's where not given"},
    {"night",
     FIELD_SHARE,
     OPTIONAL,
     PLACE(role, premium_night),
     0,
     10,
     "0%",
     {0},
     "in the hours of the night, where the day's own is not higher"},
    {"night_hours",
     FIELD_HOURS,
     OPTIONAL,
     PLACE(role, night_from),
     0,
     (double)(2 * SIM_DAY),
     "20:00-06:00",
     {0},
     "which hours are the night"},
};
static const struct field_table premium_table = {.one = "premiums",
                                                 FIELDS(premium_fields)};

static const struct field absence_fields[] = {
    {"share",
     FIELD_CHANCE,
     REQUIRED,
     PLACE(sim_absence, share),
     0,
     0.95,
     "0%",
     {0},
     "the share of rostered time that is absent"},
    {"spells",
     FIELD_REAL_DAYS,
     OPTIONAL,
     PLACE(sim_absence, spell_days),
     0,
     3650,
     "0 days",
     {0},
     "how long a spell lasts on average; 0 days: each day on its own"},
};
static const struct field_table absence_table = {.one = "absence",
                                                 FIELDS(absence_fields)};

static const struct field bank_fields[] = {
    {"covers",
     FIELD_CHANCE,
     REQUIRED,
     PLACE(role, bank_covers),
     0,
     1,
     "0%",
     {0},
     "the chance that bank staff cover an absence"},
    {"cost",
     FIELD_MONEY,
     REQUIRED,
     PLACE(role, bank_cost),
     0,
     MONEY_MAX,
     "0",
     {0},
     "of bank staff, per hour"},
    {"notices",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(role, bank_notices),
     0,
     1,
     NULL,
     {0},
     "times the chance that a sign is noticed; the role's where not given"},
    {"acts",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(role, bank_acts),
     0,
     1,
     NULL,
     {0},
     "the chance that an alert they raise is acted on; the role's where not "
     "given"},
};
static const struct field_table bank_table = {.one = "bank staff",
                                              FIELDS(bank_fields)};

static void check_role(struct reading *reading, struct node *node, void *owner)
{
    struct role *role = owner;
    const struct node *premium = node_child(node, "premium");
    const struct node *bank = node_child(node, "bank");

    (void)reading;
    if (node_child(bank, "notices") == NULL)
        role->bank_notices = role->notices;
    if (node_child(bank, "acts") == NULL)
        role->bank_acts = role->acts;
    role->on_call = node_child(node, "arrives_within") != NULL ||
                    node_child(node, "standby") != NULL ||
                    node_child(node, "call_out") != NULL;
    if (node_child(premium, "holiday") == NULL)
        role->premium_holiday = role->premium_sunday;
}

static const struct field role_fields[] = {
    {"cost",
     FIELD_MONEY,
     OPTIONAL,
     PLACE(role, cost),
     0,
     MONEY_MAX,
     "0",
     {0},
     "per hour rostered"},
    {"premium",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &premium_table},
     "shares on top of the cost"},
    {"overtime",
     FIELD_SHARE,
     OPTIONAL,
     PLACE(role, overtime),
     0,
     10,
     "100%",
     {0},
     "the pay of overtime, times the cost"},
    {"absence",
     FIELD_MAP,
     OPTIONAL,
     PLACE(role, absence),
     0,
     0,
     NULL,
     {.table = &absence_table},
     "sickness and other leave not planned"},
    {"bank",
     FIELD_MAP,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.table = &bank_table},
     "who stands in for the absent"},
    {"notices",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(role, notices),
     0,
     1,
     "100%",
     {0},
     "times the chance that a sign is noticed"},
    {"acts",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(role, acts),
     0,
     1,
     "100%",
     {0},
     "the chance that an alert they raise is acted on"},
    {"hours_per_week",
     FIELD_NUMBER,
     OPTIONAL,
     PLACE(role, hours_per_week),
     1,
     168,
     "37.5",
     {0},
     "hours of one whole-time post"},
    {"headroom",
     FIELD_CHANCE,
     OPTIONAL,
     PLACE(role, headroom),
     0,
     0.9,
     NULL,
     {0},
     "the share of a post that is leave, sickness and training"},
    {"arrives_within",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(role, arrives_within),
     0,
     (double)SIM_DAY,
     "0 min",
     {0},
     "on-call staff: from the call, in place of travel"},
    {"standby",
     FIELD_MONEY,
     OPTIONAL,
     PLACE(role, standby),
     0,
     MONEY_MAX,
     "0",
     {0},
     "on-call staff: per hour on call"},
    {"call_out",
     FIELD_MONEY,
     OPTIONAL,
     PLACE(role, call_out),
     0,
     MONEY_MAX,
     "0",
     {0},
     "on-call staff: each call"},
};
const struct field_table role_table = {
    .one = "a role of staff",
    FIELDS(role_fields),
    .check = check_role,
    .size = sizeof(struct role),
    .tag_place = PLACE(role, tag),
    .count_place = PLACE(scenario, role_count),
    .names = NAMES_ROLE,
};

/* ---- rota ---- */

static void read_shift_staff(struct reading *reading, struct node *node,
                             void *owner)
{
    static const struct field places = {
        .key = "staff", .kind = FIELD_COUNT, .low = 0, .high = PLACES_MAX};
    struct shift *shift = owner;
    struct entries entries = reading_entries(reading, node, false);

    if (node->type != NODE_MAP) {
        reading_must_be(reading, node, "a mapping such as {support worker: 2}");
        return;
    }
    shift->places =
        arena_array(reading->arena, reading->scenario->role_count + 1u,
                    sizeof *shift->places);
    for (uint32_t i = 0; i < entries.count && shift->places != NULL; i++) {
        uint32_t role = reading_refer(reading, entries.node[i], true,
                                      NAMES_ROLE, entries.name[i]);
        uint32_t count = 1;
        bool read =
            field_read_scalar(reading, &places, entries.node[i], &count);

        if (role == NONE)
            reading->rostered = UINT64_MAX; /* it may have meant any role */
        if (role >= SIM_ROLES_MAX)
            continue;
        if (!read || count > 0) /* a bad number is no second fault */
            reading->rostered |= (uint64_t)1 << role;
        if (read)
            shift->places[role] = count;
    }
}

static void read_shift_hours(struct reading *reading, struct node *node,
                             void *owner)
{
    static const struct field hours = {.key = "hours",
                                       .kind = FIELD_HOURS,
                                       .low = 0,
                                       .high = (double)(2 * SIM_DAY)};
    struct shift *shift = owner;

    shift->hours.until = SIM_DAY;
    (void)field_read_scalar(reading, &hours, node, &shift->hours.from);
}

static void check_shift(struct reading *reading, struct node *node, void *owner)
{
    const struct shift *shift = owner;
    const struct node *minimum = node_child(node, "minimum");
    const struct node *below = node_child(node, "below");
    uint32_t staff = 0;

    if (minimum != NULL && below == NULL)
        reading_fault_key(reading, minimum, NULL,
                          "and with fewer? say 'below: phone only'");
    if (below != NULL && minimum == NULL)
        reading_fault_key(reading, below, NULL, "below what? say 'minimum'");
    if (shift->places == NULL) {
        reading->rostered = UINT64_MAX;
        return;
    }
    for (uint32_t r = 0; r < reading->scenario->role_count; r++)
        staff += shift->places[r];
    if (staff < shift->at_least)
        reading_fault(reading, node_child(node, "at_least"), NULL,
                      "the shift has fewer staff than that: %u",
                      (unsigned)staff);
}

static const char *const below_words[] = {"phone only", NULL};

static const struct field shift_fields[] = {
    {"days",
     FIELD_DAY_SET,
     REQUIRED,
     PLACE(shift, hours.days),
     0,
     0,
     NULL,
     {0},
     "the days it starts on"},
    {"hours",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_shift_hours, .each = FIELD_HOURS},
     "such as 09:00-17:00; may cross midnight"},
    {"staff",
     FIELD_CUSTOM,
     REQUIRED,
     0,
     0,
     0,
     NULL,
     {.read = read_shift_staff, .names = NAMES_ROLE, .each = FIELD_COUNT},
     "ROLE: how many"},
    {"overrun",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(shift, overrun),
     0,
     (double)SIM_DAY,
     "30 min",
     {0},
     "what is expected to end later than this is not begun"},
    {"minimum",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(shift, minimum),
     0,
     PLACES_MAX,
     "0",
     {0},
     "with fewer of its staff present, they do what `below` says"},
    {"below",
     FIELD_WORD,
     OPTIONAL,
     PLACE(shift, below),
     0,
     0,
     NULL,
     {.words = below_words},
     "phone only: those present begin nothing in person"},
    {"breaks",
     FIELD_YES_NO,
     OPTIONAL,
     PLACE(shift, breaks),
     0,
     0,
     "yes",
     {0},
     "no: its breaks are meant not to be modelled, so nothing warns of that"},
    {"at_least",
     FIELD_COUNT,
     OPTIONAL,
     PLACE(shift, at_least),
     0,
     PLACES_MAX,
     "0",
     {0},
     "staff in all: what sizing may not go under"},
};
const struct field_table shift_table = {
    .one = "a shift",
    FIELDS(shift_fields),
    .check = check_shift,
    .size = sizeof(struct shift),
    .tag_place = PLACE(shift, tag),
    .count_place = PLACE(scenario, shift_count),
    .names = NAMES_SHIFT,
};
