/*
 * `handrail size` as a user meets it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>

#include "tests/program.h"
#include "tests/table.h"

/* A short reference pathway that costs something and asks something. */
#define SHORT                                                                  \
    FAST, "--set", "calendar.run_for=8 weeks", "--set", "staff.worker.cost=20/h"
#define TARGET                                                                 \
    "--target", "contacts={measure: contacts_not_delivered, at_most: 20%}"
#define WEEKDAYS "--vary", "rota.weekdays.staff.worker=1..4"
#define WEEKENDS "--vary", "rota.weekends.staff.worker=0..3"

static json_t *json_of(const struct ran *ran)
{
    json_error_t error;
    json_t *json = json_loads(ran->output, 0, &error);

    if (!json)
        print_error("%s\n%s\n", error.text, ran->errors);
    assert_non_null(json);
    return json;
}

static int64_t setting_of(const json_t *design, const char *path)
{
    return json_integer_value(
        json_object_get(json_object_get(design, "settings"), path));
}

static double mean_of(const json_t *measures, const char *id)
{
    size_t i;
    json_t *measure;

    json_array_foreach(measures, i, measure)
    {
        const json_t *by = json_object_get(measure, "by");

        if (strcmp(json_string_value(json_object_get(measure, "id")), id) ==
                0 &&
            (!by || json_object_size(by) == 0))
            return json_number_value(json_object_get(measure, "mean"));
    }
    return NAN;
}

/* ---- the answer ---- */

/* In a model so small the answer can be had from `run`: each design's share of
 * contacts not delivered, 400 times over, picks the same. */
static void finds_what_runs_would(void **state)
{
    const struct room *room = *state;
    struct ran ran =
        run_in(room, "size", SHORT, TARGET, WEEKDAYS, WEEKENDS, "--json");
    json_t *json = json_of(&ran);
    const json_t *chosen = json_object_get(json, "chosen");
    int64_t weekdays = setting_of(chosen, "rota.weekdays.staff.worker");
    int64_t weekends = setting_of(chosen, "rota.weekends.staff.worker");
    double least = INFINITY, cost;

    assert_int_equal(ran.status, 0);
    assert_string_equal(json_string_value(json_object_get(json, "end")),
                        "chosen");
    cost = 20 * 8 * (double)(5 * weekdays + 2 * weekends);
    assert_near(mean_of(json_object_get(chosen, "measures"), "cost_per_week"),
                cost, 1e-6);
    for (int a = 1; a <= 4; a++)
        for (int b = 0; b <= 3; b++) {
            char first[64], second[64];
            struct ran one;
            json_t *result;

            snprintf(first, sizeof first, "rota.weekdays.staff.worker=%d", a);
            snprintf(second, sizeof second, "rota.weekends.staff.worker=%d", b);
            one = run_in(room, "run", SHORT, "--set", first, "--set", second,
                         "--replications", "400", "--json", "--quiet", "--seed",
                         "7");
            result = json_of(&one);
            if (mean_of(json_object_get(result, "measures"),
                        "contacts_not_delivered") <= 0.2)
                least = fmin(least, 20 * 8 * (5 * a + 2 * b));
            json_decref(result);
            ran_clear(&one);
        }
    assert_near(cost, least, 1e-6);
    json_decref(json);
    ran_clear(&ran);
}

/* What is written, and that every design of results.json is one of the ranges,
 * with figures and a verdict. */
static void writes_what_it_says(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out"), *csv, *text;
    struct ran ran =
        run_in(room, "size", SHORT, TARGET, WEEKDAYS, WEEKENDS, "-o", target);
    json_error_t error;
    json_t *json, *design;
    size_t i, yes = 0;

    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.output, "The cheapest rota that meets every "
                                       "target"));
    assert_non_null(strstr(ran.output, "With 95% confidence"));
    assert_non_null(strstr(ran.output, "One fewer, one more"));
    assert_non_null(strstr(ran.output, "Erlang C"));
    assert_non_null(strstr(ran.output, "Modelled, not observed"));
    text = contents_in(room, "out/results.json");
    csv = contents_in(room, "out/results.csv");
    json = json_loads(text, 0, &error);
    assert_non_null(json);
    assert_true(json_array_size(json_object_get(json, "designs")) > 2);
    json_array_foreach(json_object_get(json, "designs"), i, design)
    {
        int64_t value = setting_of(design, "rota.weekdays.staff.worker");

        assert_true(value >= 1 && value <= 4);
        assert_true(
            json_integer_value(json_object_get(design, "replications")) > 0);
        yes += strcmp(json_string_value(json_object_get(design, "meets")),
                      "yes") == 0;
    }
    assert_int_equal(yes, 1);
    assert_non_null(strstr(csv, "rota.weekdays.staff.worker,rota.weekends."
                                "staff.worker,replications,meets"));
    json_decref(json);
    ran_clear(&ran);
    free(text);
    free(csv);
    free(target);
}

static void is_the_same_for_any_threads(void **state)
{
    const struct room *room = *state;
    struct ran one = run_in(room, "size", SHORT, TARGET, WEEKDAYS, WEEKENDS,
                            "--json", "--threads", "1");
    struct ran three = run_in(room, "size", SHORT, TARGET, WEEKDAYS, WEEKENDS,
                              "--json", "--threads", "3");
    struct ran other = run_in(room, "size", SHORT, TARGET, WEEKDAYS, WEEKENDS,
                              "--json", "--seed", "2");

    assert_int_equal(one.status, 0);
    assert_string_equal(one.output, three.output);
    assert_string_not_equal(one.output, other.output);
    ran_clear(&one);
    ran_clear(&three);
    ran_clear(&other);
}

static void says_what_cannot_be_met(void **state)
{
    const struct room *room = *state;
    struct ran ran =
        run_in(room, "size", SHORT, WEEKENDS, "--json", "--target",
               "contacts={measure: contacts_not_delivered, at_most: 1%}");
    json_t *json = json_of(&ran);
    const json_t *target = json_array_get(json_object_get(json, "targets"), 0);

    assert_int_equal(ran.status, 0);
    assert_string_equal(json_string_value(json_object_get(json, "end")),
                        "nothing meets");
    assert_true(json_is_null(json_object_get(json, "chosen")));
    assert_int_equal(setting_of(json_object_get(json, "nearest"),
                                "rota.weekends.staff.worker"),
                     3);
    assert_true(json_is_true(json_object_get(target, "fails_everywhere")));
    json_decref(json);
    ran_clear(&ran);
}

/* `at_least` forbids the cheapest. */
static void keeps_a_minimum(void **state)
{
    const struct room *room = *state;
    struct ran ran = run_in(
        room, "size", SHORT, WEEKENDS, "--json", "--set",
        "rota.weekends.staff.worker=2", "--set", "rota.weekends.at_least=2",
        "--target", "contacts={measure: contacts_not_delivered, at_most: 90%}");
    json_t *json = json_of(&ran);

    assert_int_equal(ran.status, 0);
    assert_int_equal(setting_of(json_object_get(json, "chosen"),
                                "rota.weekends.staff.worker"),
                     2);
    json_decref(json);
    ran_clear(&ran);
}

/* A target of weekends. */
static void sizes_by_nine_of_ten_weekends(void **state)
{
    const struct room *room = *state;
    struct ran ran = run_in(
        room, "size", SHORT, "--set", "rota.weekdays.staff.worker=6", "--vary",
        "rota.weekends.staff.worker=0..8", "--json", "--target",
        "weekends={measure: contacts_not_delivered, "
        "at_most: 20%, in: 9 of 10 weekends}");
    json_t *json = json_of(&ran);

    assert_int_equal(ran.status, 0);
    assert_string_equal(json_string_value(json_object_get(json, "end")),
                        "chosen");
    json_decref(json);
    ran_clear(&ran);
}

/* Of more than a thousand rotas most are left out, and the promise says by
 * what; it can be forbidden. */
static void a_thousand_rotas_are_not_all_run(void **state)
{
    const struct room *room = *state;
    struct ran ran = run_in(
        room, "size", SHORT, "--vary", "rota.weekends.staff.worker=0..33",
        "--vary", "rota.weekdays.staff.worker=1..30", "--json", TARGET);
    struct ran all = run_in(room, "size", SHORT, "--vary",
                            "rota.weekends.staff.worker=0..33", "--vary",
                            "rota.weekdays.staff.worker=1..30", "--json",
                            TARGET, "--no-shortcut");
    json_t *json = json_of(&ran);

    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(json_string_value(json_object_get(json, "promise")),
                           "This assumes"));
    assert_true(json_array_size(json_object_get(json, "designs")) < 100);
    assert_int_equal(all.status, 0);
    assert_null(strstr(all.output, "This assumes"));
    json_decref(json);
    ran_clear(&ran);
    ran_clear(&all);
}

/* ---- an end before the answer ---- */

static void a_budget_that_is_too_small(void **state)
{
    const struct room *room = *state;
    /* Eight replications of each cheaper rota, and 400 to confirm one. */
    struct ran ran = run_in(
        room, "size", SHORT, "--vary", "rota.weekdays.staff.worker=1..20",
        "--vary", "rota.weekends.staff.worker=0..20", "--json",
        "--replications", "1000", "--target",
        "contacts={measure: contacts_not_delivered, at_most: 0.5%}");
    json_t *json = json_of(&ran);

    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.errors, "allow more with --replications"));
    assert_true(json_is_null(json_object_get(json, "chosen")));
    assert_false(json_is_null(json_object_get(json, "nearest")));
    assert_int_equal(json_integer_value(json_object_get(json, "replications")),
                     1000);
    json_decref(json);
    ran_clear(&ran);
}

static void a_stop_keeps_what_is_known(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out"), *text;
    struct how how = {.signal_after = 1500};
    struct ran ran =
        run_how(room, &how,
                ARGUMENTS("size", SLOW, "-o", target, "--vary",
                          "rota.weekend.staff.support worker=0..4", "--vary",
                          "rota.weekday evening.staff.support worker=0..4"));

    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.errors, "nothing is promised"));
    text = contents_in(room, "out/results.json");
    assert_non_null(text);
    assert_non_null(strstr(text, "\"end\": \"undecided\""));
    ran_clear(&ran);
    free(text);
    free(target);
}

/* ---- what is refused ---- */

struct refused {
    const char *name;
    const char *argument[8];
    int status;
    const char *says, *hint; /* hint may be NULL */
};
#define VARY(text) "--vary", text
static struct refused refused_cases[] = {
    {"a path that names nothing",
     {TARGET, VARY("rota.weekend.staff.worker=0..3")},
     3,
     "--vary:1:6: error: rota.weekend",
     "weekends"},
    {"a role that is not there",
     {TARGET, VARY("rota.weekends.staff.wroker=0..3")},
     3,
     "--vary:1:",
     "did you mean 'worker'?"},
    {"a value of the wrong unit",
     {TARGET, VARY("contacts.visit.window=1..3")},
     3,
     "--vary:1:23: error: contacts.visit.window: must be",
     NULL},
    {"an empty range",
     {TARGET, VARY("rota.weekends.staff.worker=4..2")},
     3,
     "--vary:1:28: error: the range is empty",
     NULL},
    {"no whole number",
     {TARGET, VARY("rota.weekends.staff.worker=a..2")},
     3,
     "--vary:1:28: error: a range is whole numbers",
     "such as 0..4"},
    {"no range",
     {TARGET, VARY("rota.weekends.staff.worker=3")},
     3,
     "--vary:1:29: error: a range is LOW..HIGH",
     "such as 0..4"},
    {"something behind it",
     {TARGET, VARY("rota.weekends.staff.worker=0..3 people")},
     3,
     "--vary:1:33: error: a range is LOW..HIGH",
     NULL},
    {"steps of nothing",
     {TARGET, VARY("rota.weekends.staff.worker=0..3 by 0")},
     3,
     "error: a range in steps of 0 has no end",
     NULL},
    {"the same twice",
     {TARGET, WEEKENDS, WEEKENDS},
     3,
     "--vary:1:1: error: this path is varied already",
     NULL},
    {"too many",
     {TARGET, VARY("rota.weekends.staff.worker=0..99"),
      VARY("rota.weekdays.staff.worker=0..100")},
     3,
     "more than 10000 rotas",
     NULL},
    {"a measure that does not exist",
     {WEEKENDS, "--target", "t={measure: contacts_not_deliverd, at_most: 2%}"},
     3,
     "--target:1:",
     "did you mean 'contacts_not_delivered'?"},
    {"a limit of the wrong unit",
     {WEEKENDS, "--target", "t={measure: wait_days, at_most: 2%}"},
     3,
     "--target:1:",
     NULL},
    {"a target that asks for certainty",
     {WEEKENDS, "--target", "t={measure: contacts_not_delivered, at_most: 0%}"},
     3,
     "targets.t: no number of runs can show",
     NULL},
    {"no targets", {WEEKENDS}, 3, "there are no targets to meet", "--target"},
    {"no range at all", {TARGET}, 2, "vary what?", NULL},
    {"no path", {TARGET, VARY("3")}, 2, "--vary needs PATH=LOW..HIGH", NULL},
    {"a ratio cannot be minimised",
     {TARGET, WEEKENDS, "--minimise", "cost_per_person"},
     2,
     "--minimise needs what is counted by the week",
     NULL},
    {"a measure that is not there cannot",
     {TARGET, WEEKENDS, "--minimise", "costs"},
     2,
     "--minimise needs what is counted by the week",
     NULL},
    {"what is worth knowing must be said",
     {TARGET, WEEKENDS, "--minimise", "crises"},
     2,
     "Say with --within",
     NULL},
    {"a margin of everything",
     {TARGET, WEEKENDS, "--margin", "100%"},
     2,
     "--margin must be above 0%",
     NULL},
};

static void is_refused_before_anything_runs(void **state)
{
    const struct refused *c = *state;
    struct room *room;
    void *made = NULL;
    const char *argument[ARGUMENTS_MAX + 1] = {"size", SHORT, "-o"};
    size_t n = 6;
    struct ran ran;
    char *target;

    assert_int_equal(make_room(&made), 0);
    room = made;
    target = in_room(room, "out");
    assert_string_equal(argument[n], "-o");
    argument[++n] = target;
    for (size_t i = 0; i < LENGTH(c->argument) && c->argument[i]; i++)
        argument[++n] = c->argument[i];
    ran = run_how(room, &(struct how){0}, argument);
    if (ran.status != c->status || !strstr(ran.errors, c->says) ||
        (c->hint && !strstr(ran.errors, c->hint)))
        print_error("%d\n%s\n", ran.status, ran.errors);
    assert_int_equal(ran.status, c->status);
    assert_non_null(strstr(ran.errors, c->says));
    if (c->hint)
        assert_non_null(strstr(ran.errors, c->hint));
    assert_false(is_there(room, "out"));
    ran_clear(&ran);
    free(target);
    remove_room(&made);
}

static void leaves_a_folder_that_is_there(void **state)
{
    const struct room *room = *state;
    char *target = in_room(room, "out");

    expect(0, room, "size", SHORT, TARGET, WEEKENDS, WEEKDAYS, "-o", target,
           "--quiet");
    expect(2, room, "size", SHORT, TARGET, WEEKENDS, WEEKDAYS, "-o", target);
    expect(0, room, "size", SHORT, TARGET, WEEKENDS, WEEKDAYS, "-o", target,
           "--force", "--quiet");
    expect(0, room, "size", "--help");
    free(target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_A_ROOM(test)                                                        \
    cmocka_unit_test_setup_teardown(test, make_room, remove_room)
        IN_A_ROOM(finds_what_runs_would),
        IN_A_ROOM(writes_what_it_says),
        IN_A_ROOM(is_the_same_for_any_threads),
        IN_A_ROOM(says_what_cannot_be_met),
        IN_A_ROOM(keeps_a_minimum),
        IN_A_ROOM(sizes_by_nine_of_ten_weekends),
        IN_A_ROOM(a_thousand_rotas_are_not_all_run),
        IN_A_ROOM(a_budget_that_is_too_small),
        IN_A_ROOM(a_stop_keeps_what_is_known),
        IN_A_ROOM(leaves_a_folder_that_is_there),
#undef IN_A_ROOM
    };

    return run_table("size refuses", is_refused_before_anything_runs,
                     refused_cases) +
           cmocka_run_group_tests_name("size on the command line", tests, NULL,
                                       NULL);
}
