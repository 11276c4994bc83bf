#ifndef PLOTS_LOG_IMPL_H
#define PLOTS_LOG_IMPL_H
/*
 * How tables of the event log are filled, private to plots/: by one prepared
 * statement whose columns are told by a word of letters, one for each value:
 *   i a number, NONE empty        n a row, counted from 1, NONE empty
 *   t a moment: two columns, its civil time and its milliseconds, or empty
 *   m milliseconds alone          s a text, NULL empty
 *   d a number with a fraction
 * The first failure sticks: nothing is written from then on.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>
#include <stdint.h>

#include "models/history.h"
#include "plots/log_sqlite.h"

#define NAME_SIZE 512 /* of a step: PLAN: STEP */

struct log {
    sqlite3 *base;
    sqlite3_stmt *insert;
    const char *columns; /* of `insert` */
    const struct history *history;
    const struct scenario *scenario;
    int status; /* of SQLite: the first that is not SQLITE_OK */
};

/* Begin to fill `table` with rows of `columns`. */
void log_table(struct log *log, const char *table, const char *columns);
/* Add a row; its values as `columns` has them. */
void log_put(struct log *log, ...);

/* Names; NULL for NONE. A step is "PLAN: STEP", as the slices have it. */
const char *log_level(const struct log *log, uint32_t level);
const char *log_state(const struct log *log, uint32_t state);
const char *log_step(const struct log *log, uint32_t step, char out[NAME_SIZE]);

/* The tables of log_care.c. */
void log_write_events(struct log *log);
void log_write_course(struct log *log);
void log_write_concerns(struct log *log);
void log_write_responses(struct log *log);
void log_write_contacts(struct log *log);
void log_write_staff(struct log *log);
#endif
