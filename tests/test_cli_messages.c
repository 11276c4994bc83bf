/*
 * What the program says when a file cannot be had, and when a run comes to
 * nothing: see tests/program.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sys/stat.h>
#include <unistd.h>

#include "tests/program.h"

/* Expect a status, and words in what is printed as errors. */
static void expect_said(const struct room *room, const char *const *argument,
                        int status, const char *errors)
{
    struct ran ran = run_how(room, &(struct how){0}, argument);

    if (ran.status != status || strstr(ran.errors, errors) == NULL)
        print_error("expected %d and %s, found %d and:\n%s\n", status, errors,
                    ran.status, ran.errors);
    assert_int_equal(ran.status, status);
    assert_non_null(strstr(ran.errors, errors));
    ran_clear(&ran);
}

/* ---- files ---- */

static void links_lead_nowhere(void **state)
{
    const struct room *room = *state;
    char *path = in_room(room, "round.yaml");

    assert_int_equal(symlink("round.yaml", path), 0);
    expect_said(room, ARGUMENTS("check", path), 3, "its links lead nowhere");
    free(path);
}

static void a_name_is_too_long(void **state)
{
    const struct room *room = *state;
    char name[300];

    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    expect_said(room, ARGUMENTS("check", name), 3, "the name is too long");
}

static void a_file_is_too_large(void **state)
{
    const struct room *room = *state;
    char *path = in_room(room, "large.yaml");

    put_file(room, "large.yaml", "handrail: 1\n");
    assert_int_equal(truncate(path, (off_t)17 << 20), 0);
    expect_said(room, ARGUMENTS("check", path), 3, "is larger than 16 MB");
    free(path);
}

/* Data files are told of at the key that names them. */
static const char DATED[] =
    "handrail: 1\n"
    "title: data\n"
    "calendar: {start: 2027-01-04, run_for: 10 days}\n"
    "cohorts:\n"
    "  people: {referrals: {file: dates.csv}, enters: house}\n"
    "levels: {house: {rank: 1, stay: 1 day, then: leave}}\n";

static void data_files_cannot_be_had(void **state)
{
    const struct room *room = *state;
    char *path = in_room(room, "dated.yaml");
    char *data = in_room(room, "dates.csv");

    put_file(room, "dated.yaml", DATED);
    expect_said(room, ARGUMENTS("check", path), 3,
                "dated.yaml:5:30: error: cohorts.people.referrals.file: cannot "
                "read 'dates.csv': no such file");
    put_file(room, "dates.csv", "");
    expect_said(room, ARGUMENTS("check", path), 3,
                "no date of 'dates.csv' lies in the run");
    put_file(room, "dates.csv", "x");
    assert_int_equal(truncate(data, 100), 0);
    expect_said(room, ARGUMENTS("check", path), 3,
                "it is no plain text: save it as CSV");
    assert_int_equal(truncate(data, (off_t)5 << 20), 0);
    expect_said(room, ARGUMENTS("check", path), 3, "it is larger than 4 MB");
    assert_int_equal(unlink(data), 0);
    assert_int_equal(mkdir(data, 0700), 0);
    expect_said(room, ARGUMENTS("check", path), 3, "is a folder, not a file");
    free(data);
    free(path);
}

/* ---- runs ---- */

/* Two concerns, each of which takes people to another house as long as it is
 * open, and is looked at again in every level entered. */
static const char LOOP[] =
    "handrail: 1\n"
    "title: to and fro\n"
    "calendar: {start: 2027-01-04, run_for: 70 days, run_on: 0 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 1/day}, enters: one, condition: course}\n"
    "conditions: {course: {states: [ill, crisis], begin: {ill: 100%}}}\n"
    "concerns: {first: {rate: 0.1/day}, second: {rate: 0.1/day}}\n"
    "levels:\n"
    "  one: {rank: 1, stay: 30 days, then: leave}\n"
    "  two: {rank: 1, stay: 30 days, then: leave}\n"
    "responses:\n"
    "  first: {move: {then: {move to: one}},\n"
    "          tell: {after: 1 day, then: {record: told}}}\n"
    "  second: {move: {then: {move to: two}},\n"
    "           tell: {after: 1 day, then: {record: told}}}\n"
    "staff: {nurse: {}}\n"
    "rota: {all: {days: every day, hours: 00:00-24:00, staff: {nurse: 9}}}\n";

static void an_endless_loop_ends(void **state)
{
    const struct room *room = *state;
    char *path = in_room(room, "loop.yaml");
    char *out = in_room(room, "out");

    put_file(room, "loop.yaml", LOOP);
    put_file(room, "today.csv",
             "cohort,level,entered_on\npeople,one,2026-12-20\n");
    expect_said(
        room,
        ARGUMENTS("run", path, "-o", out, "--replications", "3", "--quiet"), 1,
        "run failed: more than 1000 rounds at one instant (day ");
    /* In the past of those who are there now, where nobody else comes. */
    expect_said(room,
                ARGUMENTS("run", path, "-o", out, "--replications", "30",
                          "--quiet", "--set", "calendar.caseload=today.csv",
                          "--set", "cohorts.people.referrals.rate=0/day"),
                1, "run failed: more than 1000 rounds at one instant (day ");
    assert_false(is_there(room, "out"));
    expect_said(room, ARGUMENTS("explain", path, "--person", "1"), 1,
                "more than 1000 rounds at one instant (day ");
    free(out);
    free(path);
}

/* One replication takes longer than it is given. */
static void stopped_at_once_it_says_so(void **state)
{
    const struct room *room = *state;
    struct how how = {.signal_after = 700};
    struct ran ran =
        run_how(room, &how,
                ARGUMENTS("run", FAST, "--set", "calendar.run_for=3000 days",
                          "--set", "cohorts.people.referrals.rate=240/day",
                          "--json", "--replications", "3", "--threads", "1"));

    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.errors,
                           "stopped before two replications were complete; "
                           "nothing was written"));
    assert_string_equal(ran.output, "");
    ran_clear(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test)                                                        \
    cmocka_unit_test_setup_teardown(test, make_room, remove_room)
        IN_A_ROOM(links_lead_nowhere),   IN_A_ROOM(a_name_is_too_long),
        IN_A_ROOM(a_file_is_too_large),  IN_A_ROOM(data_files_cannot_be_had),
        IN_A_ROOM(an_endless_loop_ends), IN_A_ROOM(stopped_at_once_it_says_so),
#undef IN_A_ROOM
    };

    return cmocka_run_group_tests_name("what the program says", tests, NULL,
                                       NULL);
}
