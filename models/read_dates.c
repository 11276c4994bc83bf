/*
 * Referrals from a data file: one row each, its date and, where it is known,
 * the time: "2026-11-23", "2026-11-23 14:30", "2026-11-23T14:30:00"; or the
 * time in a column of its own. With a header, which names the columns `date`
 * and `time`, or without one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/csv.h"
#include "models/reader_impl.h"

enum { DATE, TIME, COLUMNS };
static const struct csv_column columns[COLUMNS] = {
    {"date", "referred_on", true},
    {"time", NULL, false},
};

#define DATE_BYTES 10 /* of YYYY-MM-DD */

/* What is told once for the file, not for each row. */
struct range {
    sim_ms start, end;
    uint32_t before, after; /* rows outside */
};

/* "14:30" or "14:30:00" as ms; the seconds are passed over. */
static bool parse_time(const char *text, sim_ms *out)
{
    const char *colon = strchr(text, ':');
    const char *second = colon == NULL ? NULL : strchr(colon + 1, ':');
    char clock[6];
    size_t length = second == NULL ? strlen(text) : (size_t)(second - text);
    const char *why;

    if (length >= sizeof clock ||
        (second != NULL && (strspn(second + 1, "0123456789.") < 2 ||
                            second[1 + strspn(second + 1, "0123456789.")])))
        return false;
    memcpy(clock, text, length);
    clock[length] = '\0';
    return quantity_clock(clock, out, &why) && *out < SIM_DAY;
}

/* The date and perhaps the time of one field. */
static bool parse_moment(const char *text, sim_date *date, sim_ms *time,
                         bool *timed)
{
    char day[DATE_BYTES + 1] = "";
    size_t length = strlen(text);

    memcpy(day, text, length < DATE_BYTES ? length : DATE_BYTES);
    *timed = length > DATE_BYTES;
    *time = 0;
    if (!sim_date_parse(day, date))
        return false;
    return !*timed || ((text[DATE_BYTES] == 'T' || text[DATE_BYTES] == ' ') &&
                       parse_time(text + DATE_BYTES + 1, time));
}

/* One row; false where it is outside the run or wrong. */
static bool read_row(struct reading *reading, const struct csv *csv,
                     const struct csv_row *row, const uint32_t *at,
                     struct range *range, struct dated *out)
{
    const struct run_calendar *calendar = &reading->scenario->calendar;
    const char *time = csv_text(row, at[TIME]);
    sim_date date;
    sim_ms clock;

    if (!parse_moment(csv_text(row, at[DATE]), &date, &clock, &out->timed)) {
        csv_fault(reading, csv, row, at[DATE], NULL,
                  "must be a date such as 2026-11-23 or 2026-11-23 14:30, "
                  "found '%.40s'",
                  csv_text(row, at[DATE]));
        return false;
    }
    if (time[0] != '\0' && (out->timed || !parse_time(time, &clock))) {
        csv_fault(reading, csv, row, at[TIME], NULL,
                  out->timed ? "the time is given twice"
                             : "must be a time such as 14:30, found '%.40s'",
                  time);
        return false;
    }
    out->timed = out->timed || time[0] != '\0';
    out->from = (sim_ms)(date - calendar->start) * SIM_DAY + clock;
    range->before += out->from < range->start;
    range->after += out->from >= range->end;
    return out->from >= range->start && out->from < range->end;
}

static int compare_dated(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (int)y->timed - (int)x->timed; /* what is left is alike */
}

static void report_range(struct reading *reading, const struct node *node,
                         const struct range *range, uint32_t kept)
{
    if (kept == 0) {
        reading_fault(reading, node, NULL,
                      "no date of '%.200s' lies in the run", node->text);
        return;
    }
    if (range->before > 0)
        reading_warn(reading, node, NULL,
                     "%u referral%s before the start %s left out",
                     (unsigned)range->before, range->before == 1 ? "" : "s",
                     range->before == 1 ? "is" : "are");
    if (range->after > 0)
        reading_warn(reading, node, NULL,
                     "%u referral%s after the end of the run %s left out",
                     (unsigned)range->after, range->after == 1 ? "" : "s",
                     range->after == 1 ? "is" : "are");
}

void dates_read(struct reading *reading, struct node *node, void *owner)
{
    struct referrals *referrals = owner;
    size_t errors = reading->tree.faults->errors;
    struct range range = {0, scenario_end(reading->scenario), 0, 0};
    uint32_t at[COLUMNS] = {0, 1}, first, kept = 0;
    struct csv csv;

    if (!reading_check_text(reading, node) ||
        !csv_open(reading, node, node->text, &csv))
        return;
    referrals->file =
        arena_text(reading->arena, node->text, strlen(node->text));
    /* A first field that begins with a digit is a date. */
    first = csv.row_count > 0 && !(csv_text(&csv.row[0], 0)[0] >= '0' &&
                                   csv_text(&csv.row[0], 0)[0] <= '9');
    if (first > 0 && !csv_header(reading, &csv, columns, COLUMNS, at))
        return;
    referrals->dated =
        arena_array(reading->arena, csv.row_count, sizeof *referrals->dated);
    for (uint32_t i = first; i < csv.row_count && referrals->dated; i++) {
        if (first == 0 && csv.row[i].cell_count > COLUMNS)
            csv_fault(reading, &csv, &csv.row[i], COLUMNS, NULL,
                      "a row has a date and perhaps a time, nothing more");
        else
            kept += read_row(reading, &csv, &csv.row[i], at, &range,
                             &referrals->dated[kept]);
    }
    /* A calendar that was not understood has no range to be out of. */
    if (reading->tree.faults->errors > errors || referrals->dated == NULL ||
        reading->scenario->calendar.run_for == 0)
        return;
    report_range(reading, node, &range, kept);
    if (kept > 1)
        qsort(referrals->dated, kept, sizeof *referrals->dated, compare_dated);
    referrals->dated_count = kept;
}
