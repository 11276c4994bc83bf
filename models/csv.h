#ifndef MODELS_CSV_H
#define MODELS_CSV_H
/*
 * Data files of a scenario: comma-separated values, as spreadsheets write them.
 * A field may stand in double quotes ("" is one of them inside); semicolons or
 * tabs may stand for commas (whichever the first line has); lines end in LF, CR
 * or both; a byte order mark and empty lines are passed over. A field does not
 * go on over the end of a line.
 * Faults are reported at their place in the data file.
 * Threads: a file belongs to one reading.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "models/fields.h"

/* One field, without quotes and the spaces around it. */
struct csv_cell {
    const char *text;
    uint32_t column; /* in its line, from 1 */
};
struct csv_row {
    struct csv_cell *cell;
    uint32_t cell_count;
    uint32_t line; /* from 1 */
};
/* In the arena of the reading's tree. Rows with nothing in them are left out.
 */
struct csv {
    const struct source_text *text;
    struct csv_row *row;
    uint32_t row_count;
};

/* The bytes of a data file, kept for the digest. */
struct data_file {
    const char *name;
    const char *bytes;
    struct data_file *next;
};

/*
 * Read the file `name`, which `node` speaks of. False where it cannot be read,
 * reported at `node`, or where there is no memory.
 */
bool csv_open(struct reading *reading, const struct node *node,
              const char *name, struct csv *csv);

/* A column that a file may have; `also` is another word for it, or NULL. */
struct csv_column {
    const char *name, *also;
    bool required;
};
#define CSV_ABSENT UINT32_MAX

/*
 * Find the columns of the header, which is row 0: letter case does not matter,
 * and a space or '-' is '_'. `at[i]` becomes the place of column i, or
 * CSV_ABSENT. False, reported, where one is unknown, missing or given twice.
 */
bool csv_header(struct reading *reading, const struct csv *csv,
                const struct csv_column *column, uint32_t count, uint32_t *at);

/* The text at place `at` of a row; "" where the row has none. */
const char *csv_text(const struct csv_row *row, uint32_t at);

/* Report a fault of the field at place `at` of `row` (of the row as a whole
 * where it has none). */
void csv_fault(struct reading *reading, const struct csv *csv,
               const struct csv_row *row, uint32_t at, const char *hint,
               const char *format, ...) __attribute__((format(printf, 6, 7)));
/* The same, as a warning. */
void csv_warn(struct reading *reading, const struct csv *csv,
              const struct csv_row *row, uint32_t at, const char *hint,
              const char *format, ...) __attribute__((format(printf, 6, 7)));

/* "empirical(FILE)": a file of observed durations, one in each row. */
bool csv_is_empirical(const char *text);
bool csv_empirical(struct reading *reading, const struct node *node,
                   struct distribution *out);

/* The canonical text and, behind it, the data files sorted by name; NULL where
 * there is no memory. */
const char *csv_canonical(struct reading *reading, const char *canonical);
#endif
