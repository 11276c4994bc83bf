/*
 * The built program comparing: what it says, writes and refuses.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/program.h"
#include "tests/table.h"

#define WEEKEND "scenarios/weekend-cover.study.yaml"
#define TAPER "scenarios/taper.study.yaml"

/* The reference pathway for four weeks, and a worker more or less. */
#define MEASURES "measures: [contacts_not_delivered, crises, hours_rostered]\n"
#define STUDY                                                                  \
    "handrail_study: 1\n"                                                      \
    "title: How many workers?\n"                                               \
    "base: %s/reference.yaml\n"                                                \
    "options:\n"                                                               \
    "  two: {rota.weekdays.staff.worker: 2}\n"                                 \
    "  one: {rota.weekdays.staff.worker: 1, rota.weekends: null}\n" MEASURES   \
    "replications: 60\n"

/* ---- what is said to a command line ---- */

struct line_case {
    const char *name;
    const char *argument[10];
    int status;
    const char *errors; /* in standard error */
};
static struct line_case line_cases[] = {
    {"nothing to compare", {"compare"}, 2, "what is to be compared?"},
    {"one scenario alone",
     {"compare", FAST},
     2,
     "is no study: name the scenarios"},
    {"a study beside another file",
     {"compare", WEEKEND, FAST},
     2,
     "a study stands alone"},
    {"a file that is not there",
     {"compare", "nowhere.yaml", FAST},
     3,
     "cannot read 'nowhere.yaml': no such file"},
    {"an unknown option",
     {"compare", WEEKEND, "--fast"},
     2,
     "handrail compare: unrecognized option '--fast'"},
    {"one replication",
     {"compare", WEEKEND, "--replications", "1"},
     2,
     "from 2 to 100000"},
    {"until what?",
     {"compare", WEEKEND, "--until", "tomorrow"},
     2,
     "--until must be 'separated', not 'tomorrow'"},
    {"a selection without its lead",
     {"compare", WEEKEND, "--select", "crises"},
     2,
     "--select MEASURE and --within DELTA go together"},
    {"two ways to stop",
     {"compare", WEEKEND, "--select", "crises", "--within", "1", "--until",
      "separated"},
     2,
     "two ways to stop"},
    {"a measure that is none",
     {"compare", WEEKEND, "--measure", "luck"},
     2,
     "--measure: no measure is called 'luck'"},
    {"a quantile",
     {"compare", WEEKEND, "--measure", "longest_gap_days_p95"},
     2,
     "cannot be paired run by run"},
    {"a part that a measure has not",
     {"compare", WEEKEND, "--measure", "crises:role=clinician"},
     2,
     "'crises' cannot be cut by 'role'"},
    {"a value that the base has not",
     {"compare", WEEKEND, "--measure", "crises:level=attic"},
     2,
     "the base has no level called 'attic'"},
    {"a measure of one level",
     {"compare", WEEKEND, "--measure", "full"},
     2,
     "'full' is of one level: full:level=NAME"},
    {"a selection by what has no better",
     {"compare", WEEKEND, "--select", "call_outs", "--within", "1"},
     2,
     "neither more nor less is better"},
    {"a lead of nothing",
     {"compare", WEEKEND, "--select", "cost_per_week", "--within", "0"},
     2,
     "--within must be"},
    {"a lead in another unit",
     {"compare", WEEKEND, "--select", "contacts_not_delivered", "--within",
      "3 h"},
     2,
     "contacts_not_delivered is in share"},
    {"a setting that leads nowhere",
     {"compare", FAST, FAST, "--set", "a.b=1"},
     3,
     "--set:1:1: error: a: "},
    {"help", {"compare", "--help"}, 0, NULL},
};

static void is_answered(void **state)
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
    if (c->errors)
        assert_non_null(strstr(ran.errors, c->errors));
    else
        assert_non_null(strstr(ran.output, "handrail compare STUDY.yaml"));
    ran_clear(&ran);
    remove_all(room.path);
}

/* ---- a study ---- */

/* Write a study into the room, %s being where shipped scenarios are; its path.
 */
static char *put_study(const struct room *room, const char *format)
{
    char here[PATH_MAX], folder[PATH_MAX + 16], text[PATH_MAX + 2048];

    assert_non_null(getcwd(here, sizeof here));
    snprintf(folder, sizeof folder, "%s/scenarios", here);
    snprintf(text, sizeof text, format, folder);
    put_file(room, "q.study.yaml", text);
    return in_room(room, "q.study.yaml");
}

static json_t *results_of(const struct room *room, const char *name)
{
    char *text = contents_in(room, name);
    json_t *results = json_loads(text, 0, NULL);

    assert_non_null(results);
    free(text);
    return results;
}

/* The row called `id` (whole) of a list of an option. */
static const json_t *row_of(const json_t *results, size_t option,
                            const char *list, const char *id)
{
    const json_t *rows = json_object_get(
        json_array_get(json_object_get(results, "options"), option), list);
    size_t i;
    json_t *row;

    json_array_foreach(
        rows, i,
        row) if (strcmp(json_string_value(json_object_get(row, "id")), id) ==
                     0 &&
                 json_object_size(json_object_get(row, "by")) == 0) return row;
    fail_msg("no row %s", id);
    return NULL;
}

static double number_of(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);

    assert_true(json_is_number(value));
    return json_number_value(value);
}

static void writes_whole_results(void **state)
{
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    char *target = in_room(room, "out");
    struct ran ran =
        run_in(room, "compare", study, "-o", target, "--threads", "2");
    json_t *results;
    const json_t *options, *row;
    double sum = 0;

    if (ran.status)
        print_error("%s", ran.errors);
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.output, "How many workers?\n"));
    assert_non_null(strstr(ran.output, "which meet the same luck."));
    assert_true(is_there(room, "out/results.csv"));
    results = results_of(room, "out/results.json");
    options = json_object_get(results, "options");
    assert_int_equal(json_array_size(options), 3);
    assert_int_equal(
        json_integer_value(json_object_get(results, "replications")), 60);
    assert_string_equal(json_string_value(json_object_get(
                            json_object_get(results, "study"), "file")),
                        "q.study.yaml");
    assert_string_equal(
        json_string_value(json_object_get(
            json_object_get(json_array_get(options, 2), "settings"),
            "rota.weekends")),
        "null");
    /* Rostered hours: 3, 2 and 1 workers for 8 hours on five days, and one at
     * weekends but for the last; a year of 365 days from a Monday. */
    row = row_of(results, 1, "differences", "hours_rostered");
    assert_near(number_of(row, "mean"), -8 * 261 * 7 / 365.0, 1e-6);
    assert_near(number_of(row, "lower"), number_of(row, "upper"), 1e-6);
    row = row_of(results, 2, "differences", "contacts_not_delivered");
    assert_true(number_of(row, "lower") > 0);
    for (size_t i = 0; i < 3; i++)
        sum += number_of(
            row_of(results, i, "differences", "contacts_not_delivered"),
            "chance_best");
    assert_near(sum, 1, 1e-9);
    row = row_of(results, 0, "differences", "contacts_not_delivered");
    assert_true(json_is_null(json_object_get(row, "mean")));
    json_decref(results);
    ran_clear(&ran);
    free(target);
    free(study);
}

/* An option is what `run` makes of the base with the option's settings. */
static void an_option_is_a_run_with_its_settings(void **state)
{
    static const char *const ids[] = {"contacts_not_delivered", "crises",
                                      "utilisation", "referrals"};
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    struct ran compared = run_in(room, "compare", study, "--json", "--quiet");
    struct ran ran =
        run_in(room, "run", FAST, "--set", "rota.weekdays.staff.worker=2",
               "--replications", "60", "--json", "--quiet");
    json_t *results = json_loads(compared.output, 0, NULL);
    json_t *alone = json_loads(ran.output, 0, NULL);
    const json_t *measures = json_object_get(alone, "measures");

    assert_non_null(results);
    assert_non_null(alone);
    for (size_t i = 0; i < LENGTH(ids); i++) {
        const json_t *row = row_of(results, 1, "measures", ids[i]);
        size_t j;
        json_t *own;

        json_array_foreach(
            measures, j,
            own) if (strcmp(json_string_value(json_object_get(own, "id")),
                            ids[i]) == 0 &&
                     json_object_size(json_object_get(own, "by")) == 0)
            assert_true(json_equal(own, row));
    }
    json_decref(results);
    json_decref(alone);
    ran_clear(&compared);
    ran_clear(&ran);
    free(study);
}

static void same_bytes_for_any_number_of_threads(void **state)
{
    static const char *const threads[] = {"1", "2", "7"};
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    char *first = NULL;

    for (size_t i = 0; i < LENGTH(threads); i++) {
        struct ran ran = run_in(room, "compare", study, "--json", "--quiet",
                                "--threads", threads[i]);

        assert_int_equal(ran.status, 0);
        if (first)
            assert_string_equal(ran.output, first);
        else
            first = strdup(ran.output);
        ran_clear(&ran);
    }
    free(first);
    /* Nor where the runs decide when to stop. */
    first = NULL;
    for (size_t i = 0; i < LENGTH(threads); i++) {
        struct ran ran = run_in(room, "compare", study, "--json", "--quiet",
                                "--select", "contacts_not_delivered",
                                "--within", "2%", "--threads", threads[i]);

        assert_int_equal(ran.status, 0);
        if (first)
            assert_string_equal(ran.output, first);
        else
            first = strdup(ran.output);
        ran_clear(&ran);
    }
    assert_non_null(strstr(first, "\"selected\": \"base\""));
    free(first);
    free(study);
}

static void an_existing_folder_is_kept(void **state)
{
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    char *target = in_room(room, "out");

    assert_int_equal(mkdir(target, 0700), 0);
    put_file(room, "out/notes.txt", "mine");
    expect(2, room, "compare", study, "-o", target, "--quiet");
    assert_int_equal(entries_of(room, "out"), 1);
    expect(0, room, "compare", study, "-o", target, "--quiet", "--force");
    assert_true(is_there(room, "out/notes.txt"));
    assert_true(is_there(room, "out/results.json"));
    free(target);
    free(study);
}

/* ---- faults ---- */

#define HEAD "handrail_study: 1\nbase: %s/reference.yaml\noptions:\n"

struct fault_case {
    const char *name;
    const char *study;
    const char *says; /* in standard error, after the study's path */
};
static struct fault_case fault_cases[] = {
    {"a path that names nothing", HEAD "  a: {rota.weekdaze.staff.worker: 2}\n",
     ":4:12: error: rota.weekdaze: there is nothing of this name\n"},
    {"a hint", HEAD "  a: {rota.weekdaze.staff.worker: 2}\n",
     "hint: did you mean 'weekdays'?\n"},
    {"a value of the wrong unit", HEAD "  a: {contacts.visit.lasts: 3/week}\n",
     ":4:29: error: contacts.visit.lasts: must be a duration"},
    {"a name that is none", HEAD "  a: {rota.weekdays.staff.walker: 2}\n",
     ":4:27: error: rota.weekdays.staff.walker: no role is called 'walker'\n"},
    {"nothing to remove", HEAD "  a: {levels.attic: null}\n",
     ":4:14: error: levels.attic: there is nothing to remove\n"},
    {"an option that breaks the base", HEAD "  a: {plans.taper: null}\n",
     "reference.yaml:37:28: error: with option 'a': levels.support.plan: no "
     "plan is called 'taper'"},
    {"no options", HEAD "  {}\nmeasures: [crises]\n",
     ":4:3: error: options: must name at least one option\n"},
    {"a measure that does not exist",
     HEAD "  a: {rota.weekends: null}\n"
          "measures: [crisis]\n",
     ":5:12: error: measures: no measure is called 'crisis'\n"},
    {"a part that the base has not",
     HEAD "  a: {rota.weekends: null}\n"
          "measures: [{measure: crises, level: attic}]\n",
     ":5:37: error: measures: no level is called 'attic' in the base\n"},
    {"a base that is not there",
     "handrail_study: 1\nbase: nowhere.yaml\noptions: {a: {b: 1}}\n",
     ":2:7: error: base: cannot read 'nowhere.yaml': no such file\n"},
    {"no study at all", "handrail_study: 1\n  - x", ":1:"},
};

/* Refused before anything runs or is made. */
static void a_bad_study_is_refused(void **state)
{
    const struct fault_case *c = *state;
    struct room room;
    char *study, *target;
    struct ran ran;

    strcpy(room.path, "/tmp/test-cli-XXXXXX");
    assert_non_null(mkdtemp(room.path));
    study = put_study(&room, c->study);
    target = in_room(&room, "out");
    ran = run_in(&room, "compare", study, "-o", target);
    assert_int_equal(ran.status, 3);
    if (!strstr(ran.errors, c->says))
        print_error("%s", ran.errors);
    assert_non_null(strstr(ran.errors, c->says));
    assert_string_equal(ran.output, "");
    assert_false(is_there(&room, "out"));
    ran_clear(&ran);
    /* And so does check. */
    ran = run_in(&room, "check", study);
    assert_int_equal(ran.status, 3);
    assert_non_null(strstr(ran.errors, c->says));
    ran_clear(&ran);
    free(study);
    free(target);
    remove_all(room.path);
}

/* Faults of the study, of its base's parts and of every option, in one pass. */
static void all_faults_are_found_in_one_pass(void **state)
{
    const struct room *room = *state;
    char *study =
        put_study(room, HEAD "  a: {rota.weekdaze.staff.worker: 2}\n"
                             "  b: {contacts.visit.lasts: 3/week}\n"
                             "measures: [crisis, {measure: crises, level: x}]\n"
                             "colour: red\n");
    struct ran ran = run_in(room, "compare", study, "--json");

    assert_int_equal(ran.status, 3);
    assert_non_null(strstr(ran.errors, "\n5 errors, 0 warnings"));
    ran_clear(&ran);
    free(study);
}

static void an_option_like_the_base_is_a_warning(void **state)
{
    const struct room *room = *state;
    char *study = put_study(
        room, HEAD "  three: {rota.weekdays.staff.worker: 3}\n" MEASURES);
    struct ran ran = run_in(room, "compare", study, "--json", "--quiet",
                            "--replications", "10");
    json_t *results = json_loads(ran.output, 0, NULL);
    const json_t *row = row_of(results, 1, "differences", "crises");

    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(
        ran.errors, ":4:3: warning: options.three: is the same as the base\n"));
    assert_true(number_of(row, "mean") == 0 && number_of(row, "lower") == 0 &&
                number_of(row, "upper") == 0);
    assert_string_equal(json_string_value(json_object_get(row, "finding")),
                        "same");
    json_decref(results);
    ran_clear(&ran);
    free(study);
}

/* What is legal but makes a poor comparison is said before it runs. */
static void poor_options_are_warned_of(void **state)
{
    static const char *const says[] = {
        ":5:3: warning: options.second: is the same as option 'first'\n",
        "warning: option 'shorter' is simulated over another time than the "
        "base",
        "nobody: warning: worker: nobody is rostered on Saturdays and Sundays"};
    const struct room *room = *state;
    char *study =
        put_study(room, HEAD "  first: {rota.weekdays.staff.worker: 2}\n"
                             "  second: {rota.weekdays.staff.worker: 2}\n"
                             "  shorter: {calendar.run_for: 26 weeks}\n"
                             "  nobody: {rota.weekends: null}\n");
    struct ran ran =
        run_in(room, "compare", study, "--json", "--replications", "2");

    assert_int_equal(ran.status, 0);
    for (size_t i = 0; i < LENGTH(says); i++) {
        if (!strstr(ran.errors, says[i]))
            print_error("%s", ran.errors);
        assert_non_null(strstr(ran.errors, says[i]));
    }
    ran_clear(&ran);
    free(study);
}

/* ---- other ways to ask ---- */

/* What differs between scenarios is found; what is the same is not listed. */
static void scenarios_are_compared_with_the_first(void **state)
{
    const struct room *room = *state;
    struct ran ran =
        run_in(room, "compare", SLOW,
               "scenarios/crisis-house/poor-handover.yaml", "--replications",
               "2", "--json", "--quiet", "--set", "calendar.run_for=10 weeks");
    json_t *results = json_loads(ran.output, 0, NULL);
    const json_t *option =
        json_array_get(json_object_get(results, "options"), 1);
    const json_t *settings = json_object_get(option, "settings");

    assert_int_equal(ran.status, 0);
    assert_string_equal(json_string_value(json_object_get(option, "name")),
                        "poor-handover");
    assert_string_equal(
        json_string_value(json_object_get(
            settings, "levels.enhanced step-down.handover.complete")),
        "40%");
    assert_null(json_object_get(settings, "calendar.run_for"));
    assert_null(json_object_get(settings, "title"));
    assert_true(json_is_null(
        json_object_get(json_object_get(results, "study"), "title")));
    json_decref(results);
    ran_clear(&ran);
}

static void the_command_line_goes_before_the_study(void **state)
{
    const struct room *room = *state;
    char *study = put_study(room, STUDY "seed: 5\n");
    struct ran ran =
        run_in(room, "compare", study, "--json", "--quiet", "--replications",
               "4", "--seed", "9", "--measure", "contacts_missed:day=weekend");
    json_t *results = json_loads(ran.output, 0, NULL);
    const json_t *differences = json_object_get(
        json_array_get(json_object_get(results, "options"), 1), "differences");

    assert_int_equal(ran.status, 0);
    assert_int_equal(json_integer_value(json_object_get(results, "seed")), 9);
    assert_int_equal(
        json_integer_value(json_object_get(results, "replications")), 4);
    assert_int_equal(json_array_size(differences), 1);
    assert_string_equal(
        json_string_value(json_object_get(
            json_object_get(json_array_get(differences, 0), "by"), "day")),
        "weekend");
    json_decref(results);
    ran_clear(&ran);
    free(study);
}

static void goes_on_until_separated(void **state)
{
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    struct ran ran = run_in(room, "compare", study, "--json", "--quiet",
                            "--measure", "contacts_not_delivered", "--until",
                            "separated", "--replications", "1000");
    json_t *results = json_loads(ran.output, 0, NULL);

    assert_int_equal(ran.status, 0);
    assert_true(json_is_true(json_object_get(results, "separated")));
    assert_int_equal(
        json_integer_value(json_object_get(results, "replications")), 100);
    json_decref(results);
    ran_clear(&ran);
    free(study);
}

/* Ctrl-C keeps the replications that every option has. */
static void a_signal_keeps_what_is_complete(void **state)
{
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    char *target = in_room(room, "out");
    struct how how = {.signal_after = 1500};
    struct ran ran = run_how(room, &how,
                             ARGUMENTS("compare", study, "--replications",
                                       "100000", "-o", target, "--quiet"));
    json_t *results;
    json_int_t count;

    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.errors, "stopped after "));
    results = results_of(room, "out/results.json");
    count = json_integer_value(json_object_get(results, "replications"));
    assert_in_range(count, 2, 99999);
    json_decref(results);
    ran_clear(&ran);
    free(target);
    free(study);
}

/* ---- the studies that are shipped ---- */

struct shipped_case {
    const char *name;
    const char *study;
    const char *worse, *better; /* options */
    const char *id;
    const char *list; /* options of which world */
};
/* What docs/weekend-cover.md and docs/taper.md say, as directions. */
static struct shipped_case shipped_cases[] = {
    {"nobody at weekends: contacts are not delivered", WEEKEND, "nobody",
     "one worker", "contacts_not_delivered", "options"},
    {"one at weekends: some are not", WEEKEND, "one worker", "base",
     "contacts_not_delivered", "options"},
    {"a third costs money", WEEKEND, "three workers", "base", "cost_per_week",
     "options"},
    {"on-call staff cost less than a second", WEEKEND, "base", "on-call only",
     "cost_per_week", "options"},
    {"nobody seen at weekends: longer gaps", WEEKEND, "moved to Monday", "base",
     "longest_gap_days", "options"},
    {"an abrupt end: fewer seen to get worse", TAPER, "abrupt", "base",
     "unseen_hours", "options"},
    {"an abrupt end: more crises", TAPER, "abrupt", "base",
     "crisis_within_30_days", "options"},
    {"also without the effect of contacts", TAPER, "abrupt", "base",
     "crisis_within_30_days", "no_contact_effect"},
    {"a longer taper: fewer crises in 90 days", TAPER, "base", "longer",
     "crisis_within_90_days", "options"},
    {"and more contacts by telephone", TAPER, "longer", "longer with staff",
     "contacts_downgraded", "options"},
    {"ignoring the signs is no better than the base", TAPER,
     "ignores the signs", "base", "crisis_within_90_days", "options"},
};

/* The results of a shipped study, run once for all its rows. */
static json_t *shipped_results(const char *study)
{
    struct room room;
    struct ran ran;
    json_t *results;

    strcpy(room.path, "/tmp/test-cli-XXXXXX");
    assert_non_null(mkdtemp(room.path));
    ran = run_in(&room, "compare", study, "--json", "--quiet", "--replications",
                 "20");
    assert_int_equal(ran.status, 0);
    results = json_loads(ran.output, 0, NULL);
    assert_non_null(results);
    ran_clear(&ran);
    remove_all(room.path);
    return results;
}

static double mean_of(const json_t *results, const struct shipped_case *c,
                      const char *option)
{
    const json_t *options = json_object_get(results, c->list);
    size_t i, j;
    json_t *at, *row;

    json_array_foreach(options, i, at)
    {
        if (strcmp(json_string_value(json_object_get(at, "name")), option) != 0)
            continue;
        json_array_foreach(
            json_object_get(at, "measures"), j,
            row) if (strcmp(json_string_value(json_object_get(row, "id")),
                            c->id) == 0 &&
                     json_object_size(json_object_get(row, "by")) ==
                         0) return number_of(row, "mean");
    }
    fail_msg("no %s of %s", c->id, option);
    return 0;
}

static void shipped_studies_say_what_their_pages_say(void **state)
{
    json_t *weekend = shipped_results(WEEKEND);
    json_t *taper = shipped_results(TAPER);

    (void)state;
    for (size_t i = 0; i < LENGTH(shipped_cases); i++) {
        const struct shipped_case *c = &shipped_cases[i];
        const json_t *results = strcmp(c->study, TAPER) == 0 ? taper : weekend;
        double worse = mean_of(results, c, c->worse);
        double better = mean_of(results, c, c->better);

        if (!(worse > better))
            print_error("%s: %g, not above %g\n", c->name, worse, better);
        assert_true(worse > better);
    }
    json_decref(weekend);
    json_decref(taper);
}

/* Options of plans and contacts are compared in both worlds, others in one. */
static void tapers_are_compared_without_the_effect_too(void **state)
{
    const struct room *room = *state;
    struct ran ran = run_in(room, "compare", TAPER, "--replications", "2",
                            "--set", "calendar.run_for=8 weeks", "-o",
                            "/dev/null/x", "--json", "--quiet");
    json_t *results = json_loads(ran.output, 0, NULL);
    char *study;

    assert_int_equal(ran.status, 0);
    assert_int_equal(
        json_array_size(json_object_get(results, "no_contact_effect")), 6);
    json_decref(results);
    ran_clear(&ran);
    study = put_study(room, STUDY);
    ran = run_in(room, "compare", study, "--replications", "2", "--json",
                 "--quiet");
    results = json_loads(ran.output, 0, NULL);
    assert_null(json_object_get(results, "no_contact_effect"));
    json_decref(results);
    ran_clear(&ran);
    free(study);
}

static void check_tells_what_a_study_asks(void **state)
{
    const struct room *room = *state;
    char *study = put_study(room, STUDY);
    struct ran ran = run_in(room, "check", study);

    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.output, "q.study.yaml: no errors\n"));
    assert_non_null(
        strstr(ran.output, "    rota.weekdays.staff.worker: 2, not 3\n"));
    assert_non_null(strstr(ran.output, "  Modelled crises\n"));
    ran_clear(&ran);
    free(study);
}

#define IN_ROOM(test)                                                          \
    cmocka_unit_test_setup_teardown(test, make_room, remove_room)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOM(writes_whole_results),
        IN_ROOM(an_option_is_a_run_with_its_settings),
        IN_ROOM(same_bytes_for_any_number_of_threads),
        IN_ROOM(an_existing_folder_is_kept),
        IN_ROOM(all_faults_are_found_in_one_pass),
        IN_ROOM(an_option_like_the_base_is_a_warning),
        IN_ROOM(poor_options_are_warned_of),
        IN_ROOM(scenarios_are_compared_with_the_first),
        IN_ROOM(the_command_line_goes_before_the_study),
        IN_ROOM(goes_on_until_separated),
        IN_ROOM(a_signal_keeps_what_is_complete),
        IN_ROOM(tapers_are_compared_without_the_effect_too),
        IN_ROOM(check_tells_what_a_study_asks),
        cmocka_unit_test(shipped_studies_say_what_their_pages_say),
    };
    int failed = run_table("compare: command line", is_answered, line_cases);

    failed += run_table("compare: faults", a_bad_study_is_refused, fault_cases);
    failed +=
        cmocka_run_group_tests_name("compare: program", tests, NULL, NULL);
    return failed;
}
