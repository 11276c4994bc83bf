/*
 * The headline measures. A row without a place in this scenario (no limited
 * level, no first-contact limit) has no figures and is passed over.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/headline.h"

#include <stdio.h>

#include "plots/text.h"

/* Where `each` is true the label has one %s, for the name of the value. */
struct headline {
    const char *measure;
    enum slice slice; /* SLICE_COUNT: the whole measure */
    bool each;        /* every value of the slice, not `value` alone */
    uint32_t value;
    const char *label;
};

static const struct headline headlines[] = {
    {"contacts_due", SLICE_COUNT, false, 0, "Contacts due"},
    {"contacts_not_delivered", SLICE_DAY, false, SIM_DAY_WEEKDAY,
     "Not delivered, weekdays"},
    {"contacts_not_delivered", SLICE_DAY, false, SIM_DAY_WEEKEND,
     "Not delivered, weekends"},
    {"contacts_not_attended", SLICE_COUNT, false, 0, "Person was not there"},
    {"contacts_missed", SLICE_COUNT, false, 0, "Missed, for any reason"},
    {"missed_while_unwell", SLICE_COUNT, false, 0, "Missed by people unwell"},
    {"first_contact_in_time", SLICE_COUNT, false, 0, "First contact in time"},
    {"crisis_within_30_days", SLICE_COUNT, false, 0, "Crisis within 30 days"},
    {"crisis_within_90_days", SLICE_COUNT, false, 0, "Crisis within 90 days"},
    {"reescalation_within_90_days", SLICE_COUNT, false, 0,
     "Stepped up in 90 days"},
    {"utilisation", SLICE_ROLE, true, 0, "Busy: %s"},
    {"overtime_hours", SLICE_COUNT, false, 0, "Overtime"},
    {"occupancy", SLICE_LEVEL, true, 0, "In %s"},
    {"full", SLICE_LEVEL, true, 0, "Time full: %s"},
    {"alerts", SLICE_COUNT, false, 0, "Alerts raised"},
    {"cost_per_week", SLICE_COUNT, false, 0, "Staff cost"},
};

/* Levels without a limit of places are never full, and are not headlines. */
static bool is_wanted(const struct answer *answer,
                      const struct headline *headline, uint32_t value)
{
    return headline->slice != SLICE_LEVEL ||
           answer->result->scenario->level[value].places != NONE;
}

/* The label with the name of the row's value in it. */
static void make_label(const struct answer *answer,
                       const struct headline *headline,
                       const struct result_row *row,
                       char out[HEADLINE_LABEL_SIZE])
{
    char name[ANSWER_NAME_SIZE] = "", plain[ANSWER_NAME_SIZE] = "";
    const char *label = headline->label;

    if (headline->each) {
        answer_slice_name(answer, row, name);
        text_plain(name, plain, sizeof plain);
    }
    /* The one place of a name is found by hand: a format is never a variable.
     */
    for (size_t used = 0; used + 1 < HEADLINE_LABEL_SIZE; label++) {
        if (label[0] == '%' && label[1] == 's') {
            snprintf(out + used, HEADLINE_LABEL_SIZE - used, "%s", plain);
            return;
        }
        out[used++] = *label;
        if (!*label)
            return;
    }
}

/* One headline: the whole measure, one value, or every value of its slice. */
static void each_value(const struct answer *answer,
                       const struct headline *headline, headline_row *each,
                       void *context)
{
    uint32_t count = 1;
    char label[HEADLINE_LABEL_SIZE];

    if (headline->each)
        count = slice_values(answer->result->scenario, headline->slice);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = headline->each ? i : headline->value;
        const struct result_row *row =
            answer_row(answer, headline->measure, headline->slice, value);

        if (!row || !is_wanted(answer, headline, value))
            continue;
        make_label(answer, headline, row, label);
        each(context, label, row);
    }
}

void headline_each(const struct answer *answer, headline_row *each,
                   void *context)
{
    for (size_t i = 0; i < sizeof headlines / sizeof *headlines; i++)
        each_value(answer, &headlines[i], each, context);
}
