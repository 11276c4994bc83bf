#ifndef TESTS_VERIFY_EVENTLOG_H
#define TESTS_VERIFY_EVENTLOG_H
/*
 * The event log of one run of a scenario, made by `handrail run --log` and
 * opened as a database: for figures that no measure gives. See docs/log.md.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>
#include <stdint.h>

struct eventlog {
    void *room; /* the folder that holds it */
    sqlite3 *base;
};

/*
 * Run replication 0 of `file` (from the root) with settings, ended by NULL, and
 * open its log. Released with eventlog_clear. Fails the test where the program
 * does.
 */
void eventlog_make(struct eventlog *log, const char *file,
                   const char *const *setting, uint32_t seed);
void eventlog_clear(struct eventlog *log);

/* A query, to be stepped and finalised. Fails the test where it is wrong. */
sqlite3_stmt *eventlog_query(const struct eventlog *log, const char *sql);
#endif
