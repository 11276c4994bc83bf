#ifndef TESTS_LOGBOOK_H
#define TESTS_LOGBOOK_H
/*
 * A replication with its record and, as an open database, its event log.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>

#include "models/history.h"
#include "models/journey.h"
#include "tests/model.h"

#define SETTINGS 12

struct log_case {
    const char *name;
    const char *text;
    const char *setting[SETTINGS];
    const char *caseload; /* who is there when the run starts */
};

/* What the tests of the log run; by place in the list. */
enum {
    LOG_SERVICE,
    LOG_REFERENCE,
    LOG_MIXED,
    LOG_FULL,
    LOG_SHORT,
    LOG_CARE,
    LOG_MOVES,
    LOG_PRESENT,
    LOG_PRESENT_CARE,
    LOG_PRESENT_MOVES,
    LOG_CASES
};
extern struct log_case log_cases[LOG_CASES];

/* One replication, its record and its log as an open database. */
struct logbook {
    struct model model;
    struct journey journey;
    struct history history;
    char path[64];
    sqlite3 *base;
};

/* Run a case; release with logbook_clear. Fails the test on any error. */
void logbook_make(struct logbook *book, const struct log_case *c);
void logbook_clear(struct logbook *book);

sqlite3_stmt *logbook_query(const struct logbook *book, const char *sql);
/* The one number that a query gives; NaN where it gives none. */
double logbook_number(const struct logbook *book, const char *sql);
/* All of a small text file; release with free. */
char *logbook_file(const char *name);
#endif
