/*
 * empirical(FILE): durations as they were observed, one in each row. Either
 * each carries its unit, as in a scenario ("7.4 days"), or the header names one
 * for all ("days", "stay (days)", "length of stay in days"), or a second column
 * `unit` does.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "models/csv.h"

static const char WORD[] = "empirical";

bool csv_is_empirical(const char *text)
{
    return strncmp(text, WORD, sizeof WORD - 1) == 0;
}

/* The name between the brackets of "empirical(NAME)", or NULL. */
static const char *file_of(struct reading *reading, const char *text)
{
    const char *from = text + sizeof WORD - 1, *end;

    from += strspn(from, " ");
    end = strrchr(from, ')');
    if (*from != '(' || end == NULL || end[1 + strspn(end + 1, " ")] != '\0')
        return NULL;
    from += 1 + strspn(from + 1, " ");
    while (end > from && end[-1] == ' ')
        end--;
    return end > from
               ? arena_text(reading->tree.arena, from, (size_t)(end - from))
               : NULL;
}

/* The last word of a header as a unit: "stay (hours)" gives "h"; NULL where it
 * is none. */
static const char *unit_of(const char *header)
{
    static const struct {
        const char *word, *unit;
    } words[] = {{"s", "s"},        {"seconds", "s"},   {"min", "min"},
                 {"mins", "min"},   {"minutes", "min"}, {"h", "h"},
                 {"hours", "h"},    {"day", "days"},    {"days", "days"},
                 {"week", "weeks"}, {"weeks", "weeks"}};
    size_t end = strlen(header), start;

    while (end > 0 && strchr(" ().", header[end - 1]) != NULL)
        end--;
    for (start = end; start > 0 && strchr(" _(-", header[start - 1]) == NULL;)
        start--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word), k = 0;

        while (k < length && k < end - start &&
               (header[start + k] | 0x20) == words[i].word[k])
            k++;
        if (k == length && length == end - start)
            return words[i].unit;
    }
    return NULL;
}

/* What one file says, while it is read. */
struct observed {
    const struct csv *csv;
    const char *unit; /* of the header, or NULL */
    bool units;       /* the second column has them */
    double *value;    /* ms */
    uint32_t count;
    double sum;
};

static void read_row(struct reading *reading, struct observed *o,
                     const struct csv_row *row)
{
    const char *text = csv_text(row, 0), *why;
    const char *unit = o->units ? csv_text(row, 1) : o->unit;
    char joined[80];
    sim_ms value;

    if (row->cell_count > 2 || (row->cell_count > 1 && !o->units))
        csv_fault(reading, o->csv, row, o->units ? 2 : 1, NULL,
                  "more than one duration in a row");
    else if (quantity_duration(text, &value, &why)) {
        o->value[o->count++] = (double)value;
        o->sum += (double)value;
    } else if (snprintf(joined, sizeof joined, "%s %s", text,
                        unit == NULL ? "" : unit) < (int)sizeof joined &&
               quantity_duration(joined, &value, &why)) {
        o->value[o->count++] = (double)value;
        o->sum += (double)value;
    } else {
        csv_fault(reading, o->csv, row, 0,
                  unit == NULL ? "name the unit in the first line, such as "
                                 "'stay (days)'"
                               : NULL,
                  "must be %s, found '%.40s'", why, text);
    }
}

/* Whether row 0 is a header: its first field does not begin with a digit. */
static bool has_header(const struct csv *csv)
{
    const char *text = csv_text(&csv->row[0], 0);

    return !(text[0] >= '0' && text[0] <= '9') && text[0] != '.' &&
           text[0] != '-';
}

static void read_header(struct reading *reading, struct observed *o)
{
    const struct csv_row *row = &o->csv->row[0];

    o->unit = unit_of(row->cell[0].text);
    o->units = row->cell_count == 2 && strcmp(csv_text(row, 1), "unit") == 0;
    if (row->cell_count > 1 && !o->units)
        csv_fault(reading, o->csv, row, 1,
                  "take the column out: nothing that could identify someone "
                  "may be in this file",
                  "the column '%.60s' is refused: durations and, beside them, "
                  "'unit' may be here",
                  csv_text(row, 1));
}

bool csv_empirical(struct reading *reading, const struct node *node,
                   struct distribution *out)
{
    const char *name = file_of(reading, node->text);
    size_t errors = reading->tree.faults->errors;
    struct csv csv;
    struct observed o = {.csv = &csv};
    uint32_t first;

    if (name == NULL) {
        reading_must_be(reading, node,
                        "empirical(FILE), such as "
                        "empirical(stays.csv)");
        return false;
    }
    if (!csv_open(reading, node, name, &csv))
        return false;
    o.value = arena_array(reading->arena, csv.row_count, sizeof *o.value);
    if (o.value == NULL)
        return false;
    first = csv.row_count > 0 && has_header(&csv);
    if (first > 0)
        read_header(reading, &o);
    for (uint32_t i = first;
         i < csv.row_count && reading->tree.faults->errors <= errors + 100; i++)
        read_row(reading, &o, &csv.row[i]);
    if (reading->tree.faults->errors > errors)
        return false;
    if (o.count == 0) {
        reading_fault(reading, node, NULL, "'%.200s' holds no durations", name);
        return false;
    }
    *out = distribution_observed(o.value, o.count, o.sum / o.count);
    return true;
}
