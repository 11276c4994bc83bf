/* The event log of one run.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/eventlog.h"

#include "tests/program.h"

#define NAME "log.sqlite"

void eventlog_make(struct eventlog *log, const char *file,
                   const char *const *setting, uint32_t seed)
{
    char number[16];
    const char *argument[ARGUMENTS_MAX + 1] = {
        "run", file,   "--json", "--quiet", "--seed", number, "--replications",
        "1",   "--log"};
    size_t count = 9;
    char *path;
    struct ran ran;

    snprintf(number, sizeof number, "%u", seed);
    make_room(&log->room);
    path = in_room(log->room, NAME);
    argument[count++] = path;
    for (; setting && *setting; setting++) {
        assert_true(count + 2 <= ARGUMENTS_MAX);
        argument[count++] = "--set";
        argument[count++] = *setting;
    }
    ran = run_how(log->room, &(struct how){0}, argument);
    if (ran.status != 0)
        print_error("%s", ran.errors);
    assert_int_equal(ran.status, 0);
    ran_clear(&ran);
    assert_int_equal(
        sqlite3_open_v2(path, &log->base, SQLITE_OPEN_READONLY, NULL),
        SQLITE_OK);
    free(path);
}

void eventlog_clear(struct eventlog *log)
{
    sqlite3_close(log->base);
    remove_room(&log->room);
    *log = (struct eventlog){NULL, NULL};
}

sqlite3_stmt *eventlog_query(const struct eventlog *log, const char *sql)
{
    sqlite3_stmt *query = NULL;

    if (sqlite3_prepare_v2(log->base, sql, -1, &query, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(log->base));
    return query;
}
