/*
 * The calendar: when the run starts, how long it is, and its holidays.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"

#include <math.h>
#include <stdlib.h>

/* Below SIM_NEVER, with 400 days to spare. */
#define RUN_MAX ((sim_ms)30 * 365 * SIM_DAY)

static int compare_dates(const void *a, const void *b)
{
    const sim_date *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void read_holidays(struct reading *reading, struct node *node,
                          void *owner)
{
    static const struct field date = {.key = "holidays", .kind = FIELD_DATE};
    struct run_calendar *calendar = owner;
    size_t n = 0;

    if (node->type != NODE_LIST) {
        reading_must_be(reading, node, "a list of dates in [ ]");
        return;
    }
    calendar->holiday =
        arena_array(reading->arena, node->count, sizeof *calendar->holiday);
    for (struct node *item = node->first; item && calendar->holiday;
         item = item->next) {
        sim_date *day = &calendar->holiday[n];

        if (!field_read_scalar(reading, &date, item, day))
            continue;
        n++;
    }
    if (n > 1)
        qsort(calendar->holiday, n, sizeof *calendar->holiday, compare_dates);
    for (size_t i = 1; i < n; i++) {
        char text[11];

        if (calendar->holiday[i] != calendar->holiday[i - 1])
            continue;
        sim_date_format(calendar->holiday[i], text);
        reading_fault(reading, node, NULL, "%s is given twice", text);
    }
    calendar->holiday_count = n;
}

static void check_length(struct reading *reading, struct node *node,
                         void *owner)
{
    const struct run_calendar *c = owner;

    if (c->warm_up + c->run_for + c->run_on > RUN_MAX)
        reading_fault_key(reading, node, NULL,
                          "warm_up, run_for and run_on together must be at "
                          "most 30 years");
}

static const struct field calendar_fields[] = {
    {"start",
     FIELD_DATE,
     REQUIRED,
     PLACE(run_calendar, start),
     0,
     0,
     NULL,
     {0},
     "the first day; the run starts at its 00:00"},
    {"warm_up",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(run_calendar, warm_up),
     0,
     (double)RUN_MAX,
     "0 days",
     {0},
     "simulated first and not measured, so that the service is full"},
    {"run_for",
     FIELD_DURATION,
     REQUIRED,
     PLACE(run_calendar, run_for),
     (double)SIM_DAY,
     (double)RUN_MAX,
     NULL,
     {0},
     "what is measured"},
    {"run_on",
     FIELD_DURATION,
     OPTIONAL,
     PLACE(run_calendar, run_on),
     0,
     (double)RUN_MAX,
     "90 days",
     {0},
     "simulated afterwards, so that what was measured can finish"},
    {"caseload",
     FIELD_TEXT,
     OPTIONAL,
     PLACE(run_calendar, caseload),
     0,
     0,
     NULL,
     {0},
     "a CSV file of who is there when the run starts, without names"},
    {"holidays",
     FIELD_CUSTOM,
     OPTIONAL,
     0,
     0,
     0,
     NULL,
     {.read = read_holidays, .each = FIELD_DATE, .list = true},
     "dates on which the weekend's arrangements run"},
};
const struct field_table calendar_table = {
    .one = "the calendar", FIELDS(calendar_fields), .check = check_length};

/* Days and hours during which something is open; not across midnight. */
static const struct field opening_fields[] = {
    {"days",
     FIELD_DAY_SET,
     OPTIONAL,
     PLACE(opening, days),
     0,
     0,
     "every day",
     {0},
     "weekdays, weekends, every day, or names such as mon wed fri"},
    {"hours",
     FIELD_HOURS,
     OPTIONAL,
     PLACE(opening, from),
     0,
     (double)SIM_DAY,
     "00:00-24:00",
     {0},
     "within one day, such as 10:00-16:00"},
};
const struct field_table opening_table = {.one = "days and hours",
                                          FIELDS(opening_fields)};
