/*
 * What is read of a study, and what is said of a wrong one. Options are tried
 * on their base by the program: see test_cli_compare.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/study_file.h"

#include "tests/loading.h"
#include "tests/table.h"

static const char good[] =
    "handrail_study: 1\n"
    "title: A question\n"
    "base: small.yaml\n"
    "options:\n"
    "  more: {rota.days.staff.worker: 3, note: one more, source: a guess}\n"
    "  other: {levels.home.places: null}\n"
    "measures: [crises, {measure: contacts_not_delivered, day: weekend}]\n"
    "seed: 0\n"
    "replications: 250\n";

static void a_study_is_read(void **state)
{
    struct study_file *study = NULL;
    struct faults faults;

    (void)state;
    assert_int_equal(
        study_file_read("q.yaml", good, strlen(good), &study, &faults), SIM_OK);
    assert_string_equal(study->title, "A question");
    assert_string_equal(study->base, "small.yaml");
    assert_int_equal(study->option_count, 2);
    assert_string_equal(study->option[0].name, "more");
    assert_string_equal(study->option[0].note, "one more");
    assert_string_equal(study->option[0].source, "a guess");
    assert_int_equal(study->option[0].count, 1);
    assert_string_equal(study->option[0].path[0], "rota.days.staff.worker");
    assert_null(study->option[1].note);
    assert_int_equal(study->measure_count, 2);
    assert_int_equal(study->measure[0].measure, measure_find("crises"));
    assert_int_equal(study->measure[0].slice, SLICE_COUNT);
    assert_int_equal(study->measure[1].slice, SLICE_DAY);
    assert_string_equal(study->measure[1].value, "weekend");
    assert_true(study->has_seed);
    assert_int_equal(study->seed, 0);
    assert_int_equal(study->replications, 250);
    study_file_free(study);
    faults_clear(&faults);
}

static void what_is_not_said_is_left_open(void **state)
{
    static const char least[] =
        "handrail_study: 1\nbase: b.yaml\noptions: {a: {x: 1}}\n";
    struct study_file *study = NULL;
    struct faults faults;

    (void)state;
    assert_int_equal(
        study_file_read("q.yaml", least, strlen(least), &study, &faults),
        SIM_OK);
    assert_null(study->title);
    assert_false(study->has_seed);
    assert_int_equal(study->replications, 0);
    assert_int_equal(study->measure_count, 0);
    study_file_free(study);
    faults_clear(&faults);
}

/* ---- what is a study ---- */

struct is_case {
    const char *name;
    const char *text;
    bool is;
};
static struct is_case is_cases[] = {
    {"by its first key", "handrail_study: 1\n", true},
    {"after a remark", "# handrail: 1\nhandrail_study: 1\n", true},
    {"anywhere at the top", "title: x\nhandrail_study: 1\n", true},
    {"in braces", "{handrail_study: 1}", true},
    {"in quotes", "\"handrail_study\": 1", true},
    {"a scenario is none", "handrail: 1\ntitle: handrail_study\n", false},
    {"nor is nothing", "", false},
};

static void a_study_is_known(void **state)
{
    const struct is_case *c = *state;

    assert_int_equal(study_file_is(c->text, strlen(c->text)), c->is);
}

/* ---- messages ---- */

struct wrong_case {
    const char *name;
    const char *find, *replace; /* in `good` */
    const char *says;
};
static struct wrong_case wrong_cases[] = {
    {"the version is asked for", "handrail_study: 1", "handrail_study: 2",
     "q.yaml:1:17: error: handrail_study: must be 1, the version of this "
     "format, found '2'\n"},
    {"a base is asked for", "base: small.yaml\n", "",
     "q.yaml:1:1: error: 'base' is missing\n"},
    {"an unknown key", "title:", "titel:",
     "q.yaml:2:1: error: titel: unknown key\nhint: did you mean 'title'?\n"},
    {"options have names",
     "options:\n  more: {rota.days.staff.worker: 3, note: one more, source: a "
     "guess}\n  other: {levels.home.places: null}\n",
     "options: 3\n",
     "q.yaml:4:10: error: options: must be a mapping of names to what each "
     "option changes, found '3'\n"},
    {"an option is a mapping", "{levels.home.places: null}", "3",
     "q.yaml:6:10: error: options.other: must be a mapping of paths to values, "
     "found '3'\n"},
    {"an option is not the base", "other:", "base:",
     "q.yaml:6:3: error: options.base: 'base' is what the base itself is "
     "called\n"},
    {"an option's note is a text", "note: one more", "note: [a]",
     "q.yaml:5:43: error: options.more.note: must be a text, found a list\n"},
    {"a name has no dots", "other:", "o.ther:",
     "q.yaml:6:3: error: options.o.ther: a name must not contain a dot\n"},
    {"an unknown measure", "[crises", "[crisis",
     "q.yaml:7:12: error: measures: no measure is called 'crisis'\nhint: did "
     "you mean 'crises'?\n"},
    {"measures are a list",
     "[crises, {measure: contacts_not_delivered, day: "
     "weekend}]",
     "crises",
     "q.yaml:7:11: error: measures: must be a list of 1 to 64 measures, found "
     "'crises'\n"},
    {"a quantile has no pairs", "[crises", "[longest_gap_days_p95",
     "q.yaml:7:12: error: measures: 'longest_gap_days_p95' is read off all "
     "runs together, so its difference cannot be paired run by run; compare a "
     "mean instead\n"},
    {"what is of one level", "[crises", "[full",
     "q.yaml:7:12: error: measures: 'full' is of one level: {measure: full, "
     "level: NAME}\n"},
    {"a cut that a measure has not", "day: weekend", "role: worker",
     "q.yaml:7:54: error: measures.role: 'contacts_not_delivered' cannot be "
     "cut in this way\n"},
    {"two cuts", "day: weekend", "day: weekend, level: home",
     "q.yaml:7:54: error: measures.day: a measure is compared in one part at "
     "a time\n"},
    {"a measure twice", "[crises", "[crises, crises",
     "q.yaml:7:20: error: measures: this measure is in the list already\n"},
    {"a seed is a number", "seed: 0", "seed: x",
     "q.yaml:8:7: error: seed: must be a whole number, found 'x'\n"},
    {"one replication has no interval", "replications: 250", "replications: 1",
     "q.yaml:9:15: error: replications: must be 2 to 100000, found 1\n"},
};

static void a_wrong_study_is_refused(void **state)
{
    const struct wrong_case *c = *state;
    char *text = loading_replace(good, c->find, c->replace);
    struct study_file *study = NULL;
    struct loaded loaded = {0};
    char *headlines;

    loaded.err =
        study_file_read("q.yaml", text, strlen(text), &study, &loaded.faults);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, c->says);
    assert_int_equal(loaded.err, SIM_ERR_INPUT);
    free(headlines);
    study_file_free(study);
    faults_clear(&loaded.faults);
    free(text);
}

/* Everything wrong is found in one pass. */
static void all_faults_are_found_at_once(void **state)
{
    static const char text[] = "handrail_study: 1\n"
                               "options: {a: 1}\n"
                               "measures: [x, occupancy_p95]\n"
                               "colour: red\n";
    struct study_file *study = NULL;
    struct faults faults;

    (void)state;
    assert_int_equal(
        study_file_read("q.yaml", text, strlen(text), &study, &faults),
        SIM_ERR_INPUT);
    assert_int_equal(faults.errors, 5);
    study_file_free(study);
    faults_clear(&faults);
}

/* ---- options upon their base ---- */

static void load_option(struct loaded *loaded, const char *base,
                        const char *study, const char *option, bool no_effect)
{
    const struct text_file files[] = {{"small.yaml", base}, {NULL, NULL}};
    const struct scenario_overlay overlay = {
        .name = "q.yaml",
        .bytes = study,
        .length = study ? strlen(study) : 0,
        .option = option,
        .no_contact_effect = no_effect,
    };
    const struct scenario_source source = {
        .name = "small.yaml",
        .read = loading_read,
        .context = (void *)(uintptr_t)files,
        .overlay = &overlay,
    };

    loaded->err = scenario_load(&source, &loaded->scenario, &loaded->faults);
}

static void an_option_is_its_base_with_its_paths_set(void **state)
{
    static const char study[] =
        "handrail_study: 1\nbase: small.yaml\noptions:\n"
        "  a: {calendar.run_for: 11 weeks, note: as if set}\n"
        "  b: {calendar.run_far: 10 weeks}\n";
    char *base = loading_file("tests/scenarios/small.yaml");
    struct loaded option, set, wrong;
    char *headlines;

    (void)state;
    load_option(&option, base, study, "a", false);
    loading_text(&set, base, "calendar.run_for=11 weeks");
    assert_int_equal(option.err, SIM_OK);
    assert_string_equal(option.scenario->canonical, set.scenario->canonical);
    load_option(&wrong, base, study, "b", false);
    headlines = loading_headlines(&wrong);
    assert_string_equal(headlines,
                        "q.yaml:5:16: error: calendar.run_far: unknown key\n"
                        "hint: did you mean 'run_for'?\n");
    free(headlines);
    loading_clear(&option);
    loading_clear(&set);
    loading_clear(&wrong);
    free(base);
}

/* Contacts protect nobody, and nothing else is changed. */
static void the_contact_effect_can_be_taken_away(void **state)
{
    char *base = loading_file("scenarios/crisis-house.yaml");
    struct loaded with, without;
    char *left;

    (void)state;
    load_option(&with, base, NULL, NULL, false);
    load_option(&without, base, NULL, NULL, true);
    assert_int_equal(with.err, SIM_OK);
    assert_int_equal(without.err, SIM_OK);
    assert_true(with.scenario->condition[0].heeds_contacts);
    assert_false(without.scenario->condition[0].heeds_contacts);
    left = strstr(with.scenario->canonical, "\"after_contact\"");
    assert_non_null(left);
    assert_null(strstr(without.scenario->canonical, "\"after_contact\""));
    loading_clear(&with);
    loading_clear(&without);
    free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_is_read),
        cmocka_unit_test(what_is_not_said_is_left_open),
        cmocka_unit_test(all_faults_are_found_at_once),
        cmocka_unit_test(an_option_is_its_base_with_its_paths_set),
        cmocka_unit_test(the_contact_effect_can_be_taken_away),
    };
    int failed = cmocka_run_group_tests_name("study file", tests, NULL, NULL);

    failed += run_table("study file: what is one", a_study_is_known, is_cases);
    failed += run_table("study file: messages", a_wrong_study_is_refused,
                        wrong_cases);
    return failed;
}
