/*
 * The built program, run as a user runs it: see tests/program.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/program.h"
#include "tests/table.h"

#define SMALL "tests/scenarios/small.yaml"

/* ---- what is said to a command line ---- */

struct line_case {
    const char *name;
    const char *argument[10];
    int status;
    const char *output; /* in standard output; NULL: nothing at all there */
    const char *errors; /* likewise */
};
static struct line_case line_cases[] = {
    {"no command", {NULL}, 2, NULL, "Usage: handrail COMMAND"},
    {"help", {"--help"}, 0, "Usage: handrail COMMAND", NULL},
    {"version", {"--version"}, 0, "handrail 0.1.0\n", NULL},
    {"an unknown command", {"walk"}, 2, NULL, "there is no command 'walk'"},
    {"an unknown option", {"--fast"}, 2, NULL, "option --fast is not known"},
    {"help with run", {"run", "--help"}, 0, "handrail run FILE", NULL},
    {"a precision that is none",
     {"run", FAST, "--precision", "good"},
     2,
     NULL,
     "--precision must be from 0.1% to 50%, such as 5%, not 'good'"},
    {"a precision too fine",
     {"run", FAST, "--precision", "0.01%"},
     2,
     NULL,
     "--precision must be from 0.1% to 50%"},
    {"a precision of nothing",
     {"run", FAST, "--precision", "5%"},
     2,
     NULL,
     "--precision is about the targets of a scenario, and this one has none"},
    {"help with check", {"check", "--help"}, 0, "handrail check FILE", NULL},
    {"help with init", {"init", "--help"}, 0, "  crisis-house  ", NULL},
    {"help with describe",
     {"describe", "--help"},
     0,
     "handrail describe FILE",
     NULL},
    {"help with schema", {"schema", "--help"}, 0, "handrail schema", NULL},
    {"a new scenario without a name", {"init"}, 2, NULL, "which file?"},
    {"two new scenarios", {"init", "a", "b"}, 2, NULL, "'b' is too many"},
    {"a template that is none",
     {"init", "a", "--from", "endless"},
     2,
     NULL,
     "no template 'endless'; there are: blank, crisis-house"},
    {"an unknown option to init",
     {"init", "a", "--form"},
     2,
     NULL,
     "Try 'handrail init --help'"},
    {"nothing to describe", {"describe"}, 2, NULL, "which scenario?"},
    {"two to describe", {"describe", FAST, SLOW}, 2, NULL, "is too many"},
    {"a setting of no scenario",
     {"describe", "--form", "--set", "a=1"},
     2,
     NULL,
     "--set changes a scenario"},
    {"a form", {"describe", "--form"}, 0, "# My step-down plan\n", NULL},
    {"a form of a service", {"describe", SMALL, "--form"}, 0, "| mood |", NULL},
    {"a service specification",
     {"describe", SMALL},
     0,
     "## Tapering plans\n",
     NULL},
    {"a setting is described",
     {"describe", SMALL, "--set", "levels.house.places=10"},
     0,
     "Places: 10.",
     NULL},
    {"what is not there cannot be described",
     {"describe", "nowhere.yaml"},
     3,
     NULL,
     "no such file"},
    {"a schema", {"schema"}, 0, "draft-07/schema#", NULL},
    {"a schema of one scenario", {"schema", FAST}, 2, NULL, "is too many"},
    {"run without a file", {"run"}, 2, NULL, "which scenario?"},
    {"check without a file", {"check"}, 2, NULL, "which scenario?"},
    {"two files to run", {"run", FAST, SLOW}, 2, NULL, "is too many"},
    {"an unknown option to run",
     {"run", FAST, "--fast"},
     2,
     NULL,
     "handrail run: unrecognized option '--fast'"},
    {"an option without its value",
     {"run", FAST, "--seed"},
     2,
     NULL,
     "requires an argument"},
    {"a seed below 0",
     {"run", FAST, "--seed", "-1"},
     2,
     NULL,
     "--seed must be a whole number from 0 to 4294967295, not '-1'"},
    {"a seed too large",
     {"run", FAST, "--seed", "4294967296"},
     2,
     NULL,
     "not '4294967296'"},
    {"a seed with junk", {"run", FAST, "--seed", "1x"}, 2, NULL, "not '1x'"},
    {"an empty seed", {"run", FAST, "--seed", ""}, 2, NULL, "not ''"},
    {"a seed in hexadecimal",
     {"run", FAST, "--seed", "0x10"},
     2,
     NULL,
     "not '0x10'"},
    {"no replications",
     {"run", FAST, "--replications", "0"},
     2,
     NULL,
     "from 1 to 100000"},
    {"too many replications",
     {"run", FAST, "--replications", "100001"},
     2,
     NULL,
     "from 1 to 100000"},
    {"half a replication",
     {"run", FAST, "--replications", "1.5"},
     2,
     NULL,
     "not '1.5'"},
    {"no threads", {"run", FAST, "--threads", "0"}, 2, NULL, "from 1 to 256"},
    {"too many threads",
     {"run", FAST, "--threads", "257"},
     2,
     NULL,
     "from 1 to 256"},
    {"a setting without a value",
     {"run", FAST, "--set", "seed"},
     2,
     NULL,
     "--set needs PATH=VALUE, not 'seed'"},
    {"the same to check",
     {"check", FAST, "--set", "seed"},
     2,
     NULL,
     "--set needs PATH=VALUE"},
    {"a folder without a name",
     {"run", FAST, "-o", ""},
     2,
     NULL,
     "-o needs the name of a folder"},
    {"escape sequences are not passed on",
     {"run", FAST, "--seed", "\x1b[31m"},
     2,
     NULL,
     "not '?[31m'"},
    {"a file that is not there",
     {"run", "nowhere.yaml"},
     3,
     NULL,
     "no such file"},
    {"a folder for a file", {"run", "scenarios"}, 3, NULL, "folder"},
    {"a device for a file",
     {"run", "/dev/zero"},
     3,
     NULL,
     "is not a regular file"},
    {"a setting that leads nowhere",
     {"check", FAST, "--set", "a.b=1"},
     3,
     NULL,
     "--set"},
    {"check tells who is there",
     {"check", "tests/scenarios/described.yaml"},
     0,
     "people of described-today.csv; home 5; fewer than 5 in 1 other level\n",
     "so people wait until they give up"},
    {"check tells of reviews and concerns",
     {"check", "tests/scenarios/described.yaml"},
     0,
     "Plans that wait for a review\n  taper: review\nConcerns\n  dispute (in "
     "parallel, no response), loss of capacity (integrated, no\n    response), "
     "safeguarding (in parallel)\n",
     "so people wait until they give up"},
    {"team time is among what was understood",
     {"check", "tests/scenarios/small.yaml"},
     0,
     "Team time\n  break: days, after 4 h, 30 min, when free\n",
     NULL},
    {"a scenario that is right, and its weekend's overload",
     {"check", FAST},
     0,
     ": no errors\n",
     "scenarios/reference.yaml: warning: worker: on Saturdays and Sundays "
     "offered 1.13 times what is rostered less absence"},
    {"a scenario with enough staff",
     {"check", FAST, "--set", "rota.weekends.staff.worker=2"},
     0,
     "Before any run\n",
     NULL},
    {"an overload before a run",
     {"run", FAST, "--replications", "2", "--json"},
     0,
     "\"measures\"",
     "warning: worker: on Saturdays and Sundays offered 1.13 times"},
    {"and nothing in quiet",
     {"run", FAST, "--replications=2", "--json", "--quiet"},
     0,
     "\"measures\"",
     NULL},
    {"people who never leave",
     {"check", FAST, "--set", "levels.support.then=other", "--set",
      "levels.other={rank: 2, stay: 2 days, then: support}", "--set",
      "conditions.course.changes.warning to crisis=0/day"},
     0,
     "cannot be said before a run: people never leave",
     "leads back here"},
    {"one that is right and one that is not",
     {"check", FAST, "nowhere.yaml"},
     3,
     ": no errors\n",
     "no such file"},
};

static void assert_said(const char *said, const char *expected)
{
    bool right = expected ? strstr(said, expected) != NULL : said[0] == '\0';

    if (!right)
        print_error("expected %s, found:\n%s\n",
                    expected ? expected : "nothing", said);
    assert_true(right);
}

static void answers(void **state)
{
    const struct line_case *c = *state;
    struct room room;
    struct ran ran;

    strcpy(room.path, "/tmp/test-cli-XXXXXX");
    assert_non_null(mkdtemp(room.path));
    ran = run_how(&room, &(struct how){0}, c->argument);
    if (ran.status != c->status)
        print_error("%s", ran.errors);
    assert_int_equal(ran.status, c->status);
    assert_said(ran.output, c->output);
    assert_said(ran.errors, c->errors);
    ran_clear(&ran);
    remove_all(room.path);
}

/* ---- the folder ---- */

static void writes_what_it_says(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "a/b/out"), *report;
    struct ran ran =
        run_in(room, "run", FAST, "--replications", "20", "-o", target);

    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.output, "/a/b/out/report.html\n"));
    assert_said(ran.errors, "warning: worker: on Saturdays and Sundays");
    assert_said(ran.errors, "warning: There is no warm-up: by MSER the first");
    /* Two lines and no more. */
    assert_ptr_equal(strchr(strchr(ran.errors, '\n') + 1, '\n'),
                     strrchr(ran.errors, '\n'));
    assert_int_equal(entries_of(room, "a/b"), 1);
    assert_int_equal(entries_of(room, "a/b/out"), 4);
    assert_int_equal(entries_of(room, "a/b/out/figures"), 5);
    assert_true(is_there(room, "a/b/out/results.json"));
    assert_true(is_there(room, "a/b/out/results.csv"));
    report = contents_in(room, "a/b/out/report.html");
    assert_non_null(strstr(report, "<h2>Before the run: offered and rostered"));
    assert_non_null(strstr(report, "<li>worker: on Saturdays and Sundays"));
    free(report);
    ran_clear(&ran);
    free(target);
}

static void leaves_a_folder_that_is_there(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    struct ran ran;

    assert_int_equal(mkdir(target, 0700), 0);
    put_file(room, "out/report.html", "mine");
    ran = run_in(room, "run", FAST, "--replications", "20", "-o", target);
    assert_int_equal(ran.status, 2);
    assert_said(ran.errors, "is there already; --force replaces");
    assert_int_equal(entries_of(room, "out"), 1);
    ran_clear(&ran);
    free(target);
}

static void replaces_what_is_its_own(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    char *kept, *fresh;

    assert_int_equal(mkdir(target, 0700), 0);
    put_file(room, "out/report.html", "old");
    put_file(room, "out/notes.txt", "mine");
    expect(0, room, "run", FAST, "--replications", "20", "-o", target,
           "--force");
    kept = contents_in(room, "out/notes.txt");
    fresh = contents_in(room, "out/report.html");
    assert_string_equal(kept, "mine");
    assert_string_not_equal(fresh, "old");
    assert_int_equal(entries_of(room, "out"), 5);
    free(kept);
    free(fresh);
    free(target);
}

static void does_without_gnuplot(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    struct how how = {.path = "/nowhere"};
    struct ran ran;
    char *report;

    expect(0, room, "run", FAST, "--replications", "20", "-o", target);
    assert_int_equal(entries_of(room, "out/figures"), 5);
    ran = run_how(room, &how,
                  ARGUMENTS("run", FAST, "--replications", "20", "-o", target,
                            "--force"));
    assert_int_equal(ran.status, 0);
    assert_said(ran.errors, "apt install gnuplot-nox");
    /* Pictures of another run would be worse than none. */
    assert_int_equal(entries_of(room, "out/figures"), 0);
    report = contents_in(room, "out/report.html");
    assert_non_null(strstr(report, "Not drawn: gnuplot is not installed"));
    free(report);
    ran_clear(&ran);
    free(target);
}

struct refuse_case {
    const char *name;
    const char *target; /* in the room */
    int status;
    const char *errors;
};
static struct refuse_case refuse_cases[] = {
    {"a file where the folder should be", "file", 2, "is not a folder"},
    {"a folder below a file", "file/out", 1, "cannot use the folder"},
    {"a folder where none can be made", "../../proc/handrail/out", 1,
     "cannot make the folder"},
};

static void refuses_before_it_runs(void **state)
{
    const struct refuse_case *c = *state;
    struct room room;
    char *target;
    struct ran ran;

    strcpy(room.path, "/tmp/test-cli-XXXXXX");
    assert_non_null(mkdtemp(room.path));
    target = in_room(&room, c->target);
    put_file(&room, "file", "mine");
    ran = run_in(&room, "run", FAST, "-o", target, "--force");
    assert_int_equal(ran.status, c->status);
    assert_said(ran.errors, c->errors);
    assert_said(ran.output, NULL);
    assert_int_equal(entries_of(&room, "."), 3); /* file, stdout, stderr */
    ran_clear(&ran);
    free(target);
    remove_all(room.path);
}

/* So many runs of 30 years do not fit the memory it may have, which would not
 * be enough for a sanitizer to begin with. What failed is said once. */
static void says_when_there_is_no_memory(void **state)
{
    const struct room *room = *state;
    struct how how = {.memory_limit = 100 << 20};
    struct ran ran;
    char *target;

#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    target = in_room(room, "a/out");
    ran = run_how(room, &how,
                  ARGUMENTS("run", FAST, "--set", "calendar.run_for=10950 days",
                            "--set", "cohorts.people.referrals.rate=0.001/day",
                            "--replications", "100000", "--threads", "1",
                            "--quiet", "-o", target));
    assert_int_equal(ran.status, 1);
    assert_string_equal(ran.errors,
                        "handrail: the run failed: out of memory\n");
    assert_false(is_there(room, "a"));
    ran_clear(&ran);
    free(target);
}

/* A file that may not grow stands for a disk that is full. */
static void leaves_nothing_half_written(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "a/out");
    struct how how = {.file_limit = 8192};
    struct ran ran =
        run_how(room, &how,
                ARGUMENTS("run", FAST, "--replications", "20", "-o", target));

    assert_int_equal(ran.status, 1);
    assert_said(ran.errors, "cannot write");
    assert_false(is_there(room, "a"));
    ran_clear(&ran);
    free(target);
}

static void leaves_old_results_when_it_cannot_write(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out"), *kept;
    struct how how = {.file_limit = 8192};
    struct ran ran;

    assert_int_equal(mkdir(target, 0700), 0);
    put_file(room, "out/report.html", "old");
    ran = run_how(room, &how,
                  ARGUMENTS("run", FAST, "--replications", "20", "-o", target,
                            "--force"));
    kept = contents_in(room, "out/report.html");
    assert_int_equal(ran.status, 1);
    assert_string_equal(kept, "old");
    assert_int_equal(entries_of(room, "out"), 1);
    free(kept);
    ran_clear(&ran);
    free(target);
}

static void leaves_nothing_of_a_bad_scenario(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "a/out");
    char *scenario = in_room(room, "bad.yaml");

    put_file(room, "bad.yaml", "handrail: 1\nlevles: {}\n");
    expect(3, room, "run", scenario, "-o", target);
    assert_false(is_there(room, "a"));
    free(scenario);
    free(target);
}

/* Of very many faults the first 100 are shown, and the rest counted. */
static void shows_a_hundred_faults(void **state)
{
    const struct room *room = *state;
    char *scenario = in_room(room, "bad.yaml"), *text = calloc(1, 8192);
    struct ran ran;
    int shown = 0;

    assert_non_null(text);
    strcpy(text, "handrail: 1\n");
    for (int i = 0; i < 150; i++)
        snprintf(text + strlen(text), 32, "wrong%d: 1\n", i);
    put_file(room, "bad.yaml", text);
    ran = run_in(room, "check", scenario);
    assert_int_equal(ran.status, 3);
    for (const char *p = ran.errors; (p = strstr(p, "bad.yaml:")); p++)
        shown++;
    assert_int_equal(shown, 100);
    assert_said(ran.errors, "\nand ");
    assert_said(ran.errors, " more\n");
    assert_said(ran.errors, " errors, ");
    ran_clear(&ran);
    free(text);
    free(scenario);
}

/* ---- what it prints ---- */

static void prints_json_and_writes_nothing(void **state)
{
    const struct room *room = *state;
    struct ran ran =
        run_in(room, "run", FAST, "--replications", "20", "--json");
    json_t *root = json_loads(ran.output, 0, NULL);

    assert_int_equal(ran.status, 0);
    assert_said(ran.errors, "warning: worker: on Saturdays and Sundays");
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "replications")),
                     20);
    assert_int_equal(entries_of(room, "."), 2);
    json_decref(root);
    ran_clear(&ran);
}

static void prints_nothing_when_quiet(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    struct ran ran = run_in(room, "run", FAST, "--replications", "20", "-o",
                            target, "--quiet");

    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.output, "");
    assert_string_equal(ran.errors, "");
    ran_clear(&ran);
    free(target);
}

static void says_when_output_is_lost(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    struct how how = {.output = "/dev/full"};
    struct ran ran =
        run_how(room, &how,
                ARGUMENTS("run", FAST, "--replications", "20", "-o", target));

    assert_int_equal(ran.status, 1);
    assert_said(ran.errors, "cannot write to standard output");
    assert_true(is_there(room, "out/report.html"));
    ran_clear(&ran);
    free(target);
}

static void is_the_same_for_any_threads(void **state)
{
    const struct room *room = *state;
    struct ran one = run_in(room, "run", SLOW, "--replications", "12", "--json",
                            "--threads", "1");
    struct ran three = run_in(room, "run", SLOW, "--replications", "12",
                              "--json", "--threads", "3");
    struct ran other = run_in(room, "run", SLOW, "--replications", "12",
                              "--json", "--seed", "2");

    assert_int_equal(one.status, 0);
    assert_string_equal(one.output, three.output);
    assert_string_not_equal(one.output, other.output);
    ran_clear(&one);
    ran_clear(&three);
    ran_clear(&other);
}

/* ---- precision ---- */

#define PRECISE "run", SLOW, "--json", "--quiet", "--precision", "5%"

/* How many it takes does not depend on how many run at once, and what they say
 * is what a run of so many says; only `stopping` is more. */
static void ends_at_the_same_for_any_threads(void **state)
{
    const struct room *room = *state;
    struct ran one = run_in(room, PRECISE, "--threads", "1");
    struct ran three = run_in(room, PRECISE, "--threads", "3");
    json_t *precise = json_loads(one.output, 0, NULL), *fixed;
    json_int_t count =
        json_integer_value(json_object_get(precise, "replications"));
    char number[24];
    struct ran plain;

    assert_int_equal(one.status, 0);
    assert_string_equal(one.output, three.output);
    assert_true(count >= 35 && count < 1000);
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(precise, "stopping"), "precision")),
                        "reached");
    snprintf(number, sizeof number, "%d", (int)count);
    plain = run_in(room, "run", SLOW, "--json", "--quiet", "--replications",
                   number);
    fixed = json_loads(plain.output, 0, NULL);
    assert_int_equal(json_object_del(precise, "stopping"), 0);
    assert_true(json_equal(precise, fixed));
    json_decref(precise);
    json_decref(fixed);
    ran_clear(&one);
    ran_clear(&three);
    ran_clear(&plain);
}

/* The most comes first: it is said what is still open. */
static void says_what_is_still_open(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    struct ran ran = run_in(room, "run", SLOW, "-o", target, "--precision",
                            "1%", "--replications", "40");
    char *report = contents_in(room, "out/report.html");

    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.output, "It was not reached: 40"));
    assert_non_null(strstr(report, "Still open: "));
    assert_non_null(strstr(report, "Were there enough runs?"));
    assert_true(is_there(room, "out/figures/trace.svg"));
    free(report);
    free(target);
    ran_clear(&ran);
}

/* A target's own precision needs no option. */
static void a_target_may_ask_for_itself(void **state)
{
    const struct room *room = *state;
    struct ran ran =
        run_in(room, "run", SLOW, "--json", "--quiet", "--set",
               "targets.returns.precision=10%", "--replications", "500");
    json_t *result = json_loads(ran.output, 0, NULL);
    const json_t *stopping = json_object_get(result, "stopping");

    assert_int_equal(ran.status, 0);
    assert_int_equal(json_array_size(json_object_get(stopping, "targets")), 1);
    assert_true(json_integer_value(json_object_get(result, "replications")) <
                500);
    json_decref(result);
    ran_clear(&ran);
}

/* ---- Ctrl-C ---- */

/* Stopped after n replications it says what a run of n says, byte for byte. */
static void keeps_what_is_complete(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");
    struct how how = {.signal_after = 700};
    struct ran ran = run_how(
        room, &how,
        ARGUMENTS("run", SLOW, "--replications", "100000", "-o", target));
    const char *said = strstr(ran.errors, "stopped after ");
    char count[16] = "", *stopped, *whole;

    assert_int_equal(ran.status, 1);
    assert_non_null(said);
    assert_int_equal(sscanf(said,
                            "stopped after %15[0-9] of 100000 "
                            "replications; results are of these",
                            count),
                     1);
    assert_int_equal(entries_of(room, "."), 3); /* out, stdout, stderr */
    ran_clear(&ran);
    stopped = contents_in(room, "out/results.json");
    assert_non_null(stopped);
    expect(0, room, "run", SLOW, "--replications", count, "-o", target,
           "--force", "--quiet");
    whole = contents_in(room, "out/results.json");
    assert_string_equal(stopped, whole);
    free(stopped);
    free(whole);
    free(target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test)                                                        \
    cmocka_unit_test_setup_teardown(test, make_room, remove_room)
        IN_A_ROOM(writes_what_it_says),
        IN_A_ROOM(leaves_a_folder_that_is_there),
        IN_A_ROOM(replaces_what_is_its_own),
        IN_A_ROOM(does_without_gnuplot),
        IN_A_ROOM(says_when_there_is_no_memory),
        IN_A_ROOM(leaves_nothing_half_written),
        IN_A_ROOM(leaves_old_results_when_it_cannot_write),
        IN_A_ROOM(leaves_nothing_of_a_bad_scenario),
        IN_A_ROOM(shows_a_hundred_faults),
        IN_A_ROOM(prints_json_and_writes_nothing),
        IN_A_ROOM(prints_nothing_when_quiet),
        IN_A_ROOM(says_when_output_is_lost),
        IN_A_ROOM(is_the_same_for_any_threads),
        IN_A_ROOM(ends_at_the_same_for_any_threads),
        IN_A_ROOM(says_what_is_still_open),
        IN_A_ROOM(a_target_may_ask_for_itself),
        IN_A_ROOM(keeps_what_is_complete),
#undef IN_A_ROOM
    };

    return run_table("command lines", answers, line_cases) +
           run_table("folders", refuses_before_it_runs, refuse_cases) +
           cmocka_run_group_tests_name("the program", tests, NULL, NULL);
}
