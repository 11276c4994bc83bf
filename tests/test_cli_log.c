/*
 * `run --log` and `explain` as a user meets them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>

#include "tests/program.h"

#define RUNS "--replications", "3", "--quiet"

/* A scenario whose names are SQL, and would do harm if they were run. */
static const char HOSTILE[] =
    "handrail: 1\n"
    "title: \"'); DROP TABLE people; --\"\n"
    "calendar: {start: 2027-01-04, warm_up: 0 days, run_for: 14 days,\n"
    "           run_on: 0 days}\n"
    "cohorts:\n"
    "  \"x'); DROP TABLE stays; --\": {referrals: {rate: 3/day},\n"
    "                                  enters: \"a\\\"b'c\"}\n"
    "levels:\n"
    "  \"a\\\"b'c\": {rank: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {first: {for: 2 days, contacts: {\"?1\": every day}}}}\n"
    "contacts:\n"
    "  \"?1\": {at: 12:00, window: 1 h, by: \"w;'\", lasts: 30 min}\n"
    "staff: {\"w;'\": {}}\n"
    "rota:\n"
    "  \"$day\": {days: every day, hours: 09:00-17:00, staff: {\"w;'\": 1}}\n";

/* The one number of a query on a log. */
static double number_in(const struct room *room, const char *name,
                        const char *sql)
{
    char *path = in_room(room, name);
    sqlite3 *base = NULL;
    sqlite3_stmt *statement = NULL;
    double value;

    assert_int_equal(sqlite3_open_v2(path, &base, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    if (sqlite3_prepare_v2(base, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(base));
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(base);
    free(path);
    return value;
}

static void a_log_changes_no_result(void **state)
{
    const struct room *room = *state;
    char *path = in_room(room, "a.sqlite");
    struct ran with = run_in(room, "run", FAST, RUNS, "--json", "--log", path);
    struct ran without = run_in(room, "run", FAST, RUNS, "--json");

    assert_int_equal(with.status, 0);
    assert_string_equal(with.output, without.output);
    assert_true(number_in(room, "a.sqlite", "SELECT count(*) FROM people") >
                100);
    assert_near(number_in(room, "a.sqlite",
                          "SELECT count(*) FROM pragma_foreign_key_check"),
                0, 0);
    assert_near(number_in(room, "a.sqlite",
                          "SELECT value FROM meta WHERE key = 'replication'"),
                0, 0);
    /* Civil times and milliseconds say the same. */
    assert_near(number_in(room, "a.sqlite",
                          "SELECT count(*) FROM people, period"
                          " WHERE abs((julianday(referred) - julianday(starts))"
                          " * 86400000 - referred_ms) > 1"),
                0, 0);
    ran_clear(&with);
    ran_clear(&without);
    free(path);
}

/* Each replication is another run; the same one is the same. */
static void the_replication_is_the_one_asked_for(void **state)
{
    static const char SUM[] = "SELECT sum(referred_ms) FROM people";
    const struct room *room = *state;
    char *first = in_room(room, "1.sqlite"),
         *second = in_room(room, "2.sqlite");
    char *again = in_room(room, "3.sqlite");

    expect(0, room, "run", FAST, RUNS, "--json", "--log", first);
    expect(0, room, "run", FAST, RUNS, "--json", "--log", second,
           "--log-replication", "2");
    expect(0, room, "run", FAST, RUNS, "--json", "--log", again,
           "--log-replication", "2");
    assert_true(number_in(room, "1.sqlite", SUM) !=
                number_in(room, "2.sqlite", SUM));
    assert_near(number_in(room, "2.sqlite", SUM),
                number_in(room, "3.sqlite", SUM), 0);
    free(first);
    free(second);
    free(again);
}

static void a_log_is_not_overwritten(void **state)
{
    const struct room *room = *state;
    char *path = in_room(room, "mine");
    char *kept;

    put_file(room, "mine", "not a log");
    expect(1, room, "run", FAST, RUNS, "--json", "--log", path);
    kept = contents_in(room, "mine");
    assert_string_equal(kept, "not a log");
    free(kept);
    expect(0, room, "run", FAST, RUNS, "--json", "--log", path, "--force");
    assert_true(number_in(room, "mine", "SELECT count(*) FROM people") > 100);
    /* Nothing is left beside it but what the run printed. */
    assert_int_equal(entries_of(room, "."), 3);
    free(path);
}

/* Run, and expect a status and a message. */
static void refused(const struct room *room, int status, const char *message,
                    const char *const *argument)
{
    struct ran ran = run_how(room, &(struct how){0}, argument);

    assert_int_equal(ran.status, status);
    if (!strstr(ran.errors, message))
        fail_msg("expected '%s', found '%s'", message, ran.errors);
    ran_clear(&ran);
}

static void what_cannot_be_is_said(void **state)
{
    const struct room *room = *state;

    refused(
        room, 1, "cannot write the log no/such/folder/a: No such file",
        ARGUMENTS("run", FAST, RUNS, "--json", "--log", "no/such/folder/a"));
    refused(room, 1, "is a folder; --log needs the name of a file",
            ARGUMENTS("run", FAST, RUNS, "--json", "--log", "scenarios"));
    refused(room, 2, "--log needs the name of a file",
            ARGUMENTS("run", FAST, "--log", ""));
    refused(room, 2,
            "--log-replication counts from 0: with 3 replications the last is "
            "2",
            ARGUMENTS("run", FAST, RUNS, "--log-replication", "3"));
    refused(room, 2, "what? Give --person N or --worst-week, one of them",
            ARGUMENTS("explain", FAST));
    refused(room, 2, "what? Give --person N or --worst-week, one of them",
            ARGUMENTS("explain", FAST, "--person", "1", "--worst-week"));
    refused(room, 2, "which scenario? Give the name of a file",
            ARGUMENTS("explain", "--worst-week"));
    refused(room, 2, "one scenario at a time: 'b' is too many",
            ARGUMENTS("explain", FAST, "b", "--worst-week"));
    refused(room, 2, "--person must be a whole number from 1",
            ARGUMENTS("explain", FAST, "--person", "0"));
    refused(room, 2, "--replication must be a whole number",
            ARGUMENTS("explain", FAST, "--worst-week", "--replication", "x"));
    refused(room, 2, "--set needs PATH=VALUE, not 'x'",
            ARGUMENTS("explain", FAST, "--worst-week", "--set", "x"));
    refused(room, 3, "must be",
            ARGUMENTS("explain", FAST, "--worst-week", "--set",
                      "calendar.run_for=-1 days"));
}

static void there_are_only_so_many_people(void **state)
{
    const struct room *room = *state;
    char expected[160], *path = in_room(room, "a.sqlite");
    int people;

    expect(0, room, "run", FAST, RUNS, "--json", "--log", path);
    people = (int)number_in(room, "a.sqlite", "SELECT count(*) FROM people");
    snprintf(expected, sizeof expected,
             "there is no person 4000000: %d people were referred in "
             "replication 0 of seed 1",
             people);
    refused(room, 1, expected,
            ARGUMENTS("explain", FAST, "--person", "4000000"));
    free(path);
}

static void names_are_data(void **state)
{
    const struct room *room = *state;
    char *scenario = in_room(room, "hostile.yaml");
    char *path = in_room(room, "a.sqlite");

    put_file(room, "hostile.yaml", HOSTILE);
    expect(0, room, "run", scenario, RUNS, "--json", "--log", path);
    assert_true(number_in(room, "a.sqlite",
                          "SELECT count(*) FROM stays WHERE level = 'a\"b''c'"
                          " AND person IN (SELECT person FROM people WHERE"
                          " cohort LIKE '%DROP TABLE stays%')") > 10);
    expect(0, room, "explain", scenario, "--person", "1");
    expect(0, room, "explain", scenario, "--worst-week");
    free(scenario);
    free(path);
}

#define IN_ROOM(test)                                                          \
    cmocka_unit_test_setup_teardown(test, make_room, remove_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOM(a_log_changes_no_result),
        IN_ROOM(the_replication_is_the_one_asked_for),
        IN_ROOM(a_log_is_not_overwritten),
        IN_ROOM(what_cannot_be_is_said),
        IN_ROOM(there_are_only_so_many_people),
        IN_ROOM(names_are_data),
    };

    return cmocka_run_group_tests_name("log and explain", tests, NULL, NULL);
}
