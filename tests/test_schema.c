/*
 * The schema against the reader: what the reader accepts it accepts; a key
 * that is none it refuses, and so it does what is plainly no value.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/schema.h"

#include "models/reader_impl.h"
#include "tests/json_schema.h"
#include "tests/loading.h"
#include "tests/table.h"

static char shipped[] = "scenarios/crisis-house.yaml";
static char tapers[] = "scenarios/taper.study.yaml";
static char care[] = "tests/scenarios/care.yaml";
static char moves[] = "tests/scenarios/moves.yaml";
static char all_keys[] = "tests/scenarios/described.yaml"; /* and data files */

/* ---- whole files ---- */

static void a_scenario_fits(void **state)
{
    struct validator validator;
    char *text = loading_file(*state);

    validator_init(&validator);
    assert_true(validator_accepts(&validator, text));
    free(text);
    validator_clear(&validator);
}

/* Studies are known by their first key, and held to their own table. */
static void a_study_fits_and_a_wrong_one_does_not(void **state)
{
    static const char *const wrong[][2] = {
        {"measures:", "mesures:"},
        {"handrail_study: 1", "handrail_study: x"},
        {"base: crisis-house.yaml\n", ""},
        {"replications: 150", "replications: many"},
        {"- contacts_completed", "- contacts_complete"},
        {"day: weekend", "dai: weekend"}};
    struct validator validator;
    char *text = loading_file("scenarios/weekend-cover.study.yaml");

    (void)state;
    validator_init(&validator);
    assert_true(validator_accepts(&validator, text));
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        char *edit = loading_replace(text, wrong[i][0], wrong[i][1]);

        if (validator_accepts(&validator, edit))
            print_error("accepted: %s\n", wrong[i][1]);
        assert_false(validator_accepts(&validator, edit));
        free(edit);
    }
    free(text);
    validator_clear(&validator);
}

static bool reader_accepts(const char *text, bool *unknown_key)
{
    struct loaded loaded;
    bool accepts;

    loading_text(&loaded, text, NULL);
    accepts = loaded.err == SIM_OK;
    *unknown_key = false;
    for (size_t i = 0; i < loaded.faults.count; i++)
        if (strstr(loaded.faults.fault[i].message, "unknown key") != NULL)
            *unknown_key = true;
    loading_clear(&loaded);
    return accepts;
}

/* The next colon that ends a key, or NULL. */
static const char *next_colon(const char *at)
{
    for (at = strchr(at, ':'); at != NULL; at = strchr(at + 1, ':'))
        if (at[1] == ' ' || at[1] == '\n')
            return at;
    return NULL;
}

/* `text` with `length` bytes at `at` replaced; freed by the caller. */
static char *edited(const char *text, const char *at, size_t length,
                    const char *by)
{
    size_t size = strlen(text) + strlen(by) + 1;
    char *out = malloc(size);

    assert_non_null(out);
    snprintf(out, size, "%.*s%s%s", (int)(at - text), text, by, at + length);
    return out;
}

static void what_the_reader_accepts_fits_and_unknown_keys_do_not(void **state)
{
    struct validator validator;
    char *text = loading_file(*state);
    unsigned unknown_keys = 0, accepted = 0;

    validator_init(&validator);
    for (const char *at = next_colon(text); at; at = next_colon(at + 1)) {
        char *wrong = edited(text, at, 0, "x");
        bool unknown;

        if (reader_accepts(wrong, &unknown)) {
            accepted++;
            assert_true(validator_accepts(&validator, wrong));
        }
        if (unknown) {
            unknown_keys++;
            assert_false(validator_accepts(&validator, wrong));
        }
        free(wrong);
    }
    assert_true(unknown_keys > 40); /* most keys of a file are such */
    assert_true(accepted > 0);      /* a name that nothing refers to */
    free(text);
    validator_clear(&validator);
}

static void other_values_that_the_reader_accepts_fit(void **state)
{
    static const char *const values[] = {
        "3",   "0.5",       "yes",         "\"3\"", "20 min", "2/week",
        "50%", "every day", "10:00-12:00", "~",     "leave"};
    struct validator validator;
    char *text = loading_file(*state);
    unsigned accepted = 0;

    validator_init(&validator);
    for (const char *at = next_colon(text); at; at = next_colon(at + 1)) {
        const char *value = at + 1 + strspn(at + 1, " ");
        size_t length = strcspn(value, ",}\n");

        for (size_t i = 0; i < LENGTH(values); i++) {
            char *other = edited(text, value, length, values[i]);
            bool unknown;

            if (reader_accepts(other, &unknown)) {
                accepted++;
                if (!validator_accepts(&validator, other))
                    fail_msg("%.40s became %s", at - 20, values[i]);
            }
            free(other);
        }
    }
    assert_true(accepted > 50);
    free(text);
    validator_clear(&validator);
}

/* ---- every key ---- */

static void assert_keys(const struct field_table *table, const char *schema)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->field[i];
        char key[128];

        snprintf(key, sizeof key, "\"%s\": {", field->key);
        if (strstr(schema, key) == NULL)
            fail_msg("no %s of %s", field->key, table->one);
        /* Up to a quotation mark, which JSON escapes. */
        snprintf(key, sizeof key, "\"description\": \"%.*s",
                 (int)strcspn(field->help, "\""), field->help);
        assert_non_null(strstr(schema, key));
        /* A reader of its own is described beside it, or takes nothing here. */
        if (field->kind == FIELD_CUSTOM && field->of.each == FIELD_CUSTOM &&
            field->of.words == NULL && field->of.table == NULL)
            fail_msg("%s of %s does not say what it reads", field->key,
                     table->one);
        if (field->of.table != NULL)
            assert_keys(field->of.table, schema);
    }
    assert_true(table->whole == NULL || table->each != FIELD_CUSTOM ||
                table->inner != NULL || table->count > 0);
    if (table->inner != NULL)
        assert_keys(table->inner, schema);
    if (table->apart != NULL)
        assert_keys(table->apart, schema);
}

static void every_key_of_every_table_is_there(void **state)
{
    struct text text = {0};

    (void)state;
    schema_render(&text);
    assert_int_equal(text_status(&text), SIM_OK);
    assert_keys(&scenario_table, text.bytes);
    text_clear(&text);
}

/* ---- single edits ---- */

struct edit_case {
    const char *name;
    const char *find, *replace; /* in the file of the table */
    bool fits;
};
static struct edit_case edit_cases[] = {
    {"no places", "places: 8", "places: 0", false},
    {"unlimited places", "places: 8", "places: unlimited", true},
    {"another word for places", "places: 8", "places: endless", false},
    {"a unit that is none", "lasts: 20 min", "lasts: 20 parsecs", false},
    {"a duration without a unit", "lasts: 20 min", "lasts: 20", false},
    {"a family that is none", "lognormal(", "lognormall(", false},
    {"a chance over 100%", "contacts_done: 50%", "contacts_done: 1.5", false},
    {"a chance as a number", "contacts_done: 50%", "contacts_done: 0.5", true},
    {"a weekday that is none", "risk huddle: tue", "risk huddle: tues", false},
    {"a mode that is none", "mode: visit", "mode: vist", false},
    {"a word that is none", "otherwise: repeat", "otherwise: again", false},
    {"a measure that is none", "measure: crisis_within_30_days",
     "measure: crisis_within_31_days", false},
    {"an effect that is none", "{settle: 30%, repeat: yes}",
     "{settel: 40%, repeat: yes}", false},
    {"effects as a phrase", "{settle: 30%, repeat: yes}", "settle 40%", true},
    {"effects as phrases", "{settle: 30%, repeat: yes}", "[settle 40%, repeat]",
     true},
    {"a phrase that is none", "{settle: 30%, repeat: yes}", "settel 40%",
     false},
    {"an effect for certain", "{settle: 30%, repeat: yes}",
     "{settle: true, repeat: no}", true},
    {"a key missing", "    rank: 3\n", "", false},
    {"the title missing", "title:", "note:", false},
    {"an unknown key of an action", "{after: 30 min, do: ring back,",
     "{afterwards: 30 min, do: ring back,", false},
    {"actions for a crisis", "    one_of:", "    ring up:", false},
    {"a dot in a name", "  weekend:  ", "  week.end: ", false},
    {"a later version", "handrail: 1", "handrail: 2", false},
    {"a deadline in words", "within: next working day", "within: same day",
     true},
    {"a deadline in other words", "within: next working day", "within: soon",
     false},
    {"a list for a single role", "by: clinician", "by: [clinician]", true},
    {"a date that is none", "2027-01-01, ", "1 January, ", false},
    {"one date in place of a list",
     "holidays: [2026-12-25, 2026-12-28, 2027-01-01, 2027-03-26, 2027-03-29, "
     "2027-05-03, 2027-05-31,\n             2027-08-30, 2027-12-27, "
     "2027-12-28, 2028-01-03, 2028-04-14, 2028-04-17, 2028-05-01, "
     "2028-05-29,\n             2028-08-28]",
     "holidays: 2026-12-25", false},
    {"an uncertain number", "places: 8", "places: between 6 and 10", true},
    {"one of bounds only", "places: 8", "places: between 6", false},
    {"an uncertain chance", "contacts_done: 50%",
     "contacts_done: \"about 50%, 90% between 40% and 60%\"", true},
    {"an uncertain chance without bounds", "contacts_done: 50%",
     "contacts_done: about 50%", false},
};
static struct edit_case care_cases[] = {
    {"an uncertain parameter", "meeting: {window: 2 days, by: nurse, lasts: 30",
     "meeting: {window: 2 days, by: nurse, lasts: \"gamma(mean between 15 min "
     "and 25 min, sd 5 min)\", notes: 30",
     true},
    {"a rate for all states", "reaches_out: {ill: 0.1/day}",
     "reaches_out: 0.1/day", true},
    {"a chance for a rate", "reaches_out: {ill: 0.1/day}",
     "reaches_out: {ill: 10%}", false},
    {"a mapping for a rate", "reaches_out: {ill: 0.1/day}",
     "reaches_out: {rate: {ill: 0.1/day}}", false},
    {"a change by its rate alone", "{rate: 0.1/day}", "0.1/day", true},
    {"a dwell without its key", "{rate: 0.1/day}",
     "\"weibull(shape 2, scale 3 days)\"", false},
    {"an alert by its number", "{signs: 2, rising: 2 in 14 days}", "2", true},
    {"an alert without a number", "{signs: 2, rising: 2 in 14 days}",
     "{rising: 2 in 14 days}", false},
    {"another way of working", "working: parallel", "working: integrated",
     true},
    {"a way of working that is none", "working: parallel", "working: apart",
     false},
    {"a concern's contact without a schedule",
     "adds: {capacity check: every "
     "day}",
     "adds: capacity check", false},
    {"a concern's contact on no day", "adds: {capacity check: every day}",
     "adds: {capacity check: often}", false},
    {"team time of many levels", "lasts: 30 min, floating: yes}",
     "per_person: 2 min, levels: [home]}", true},
    {"a misspelt key of team time", "floating: yes}", "floats: yes}", false},
};
static struct edit_case move_cases[] = {
    {"routes to one level", "    then: support\n",
     "    then: {all: {to: support, chance: 100%}}\n", true},
    {"a route without a way", "    then: support\n",
     "    then: {all: {chance: 100%}}\n", false},
    {"a delay in words", "delay: \"gamma(mean 20 days, sd 15 days)\"",
     "delay: a while", false},
    {"divert in one word", "when_full: {divert to: support}",
     "when_full: divert", false},
    {"leaving when full", "when_full: {divert to: support}",
     "when_full: {divert to: leave}", true},
    {"another word of a full next level", "when_next_full: wait",
     "when_next_full: go", false},
    {"a state in place of a rule", "accepts_if: no_alert",
     "accepts_if: {state: well}", true},
    {"a misspelt rule of entry", "{no_alert: yes, state: ill}",
     "{no_alerts: yes, state: ill}", false},
    {"giving up without a time", "gives_up: {after: 9 days, to: leave}",
     "gives_up: {to: leave}", false},
    {"overlap in hours", "overlap: 3 days", "overlap: 36 h", true},
    {"referrals by month", "referrals: {rate: 3/week}",
     "referrals: {rate: 3/week, months: {dec: 1.2}, growth: 5%/year}", true},
    {"a month that is none", "referrals: {rate: 3/week}",
     "referrals: {rate: 3/week, months: {december: 1.2}}", false},
    {"growth as a share", "referrals: {rate: 3/week}",
     "referrals: {rate: 3/week, growth: 5%}", false},
};

static void assert_edit(const struct edit_case *c, const char *file)
{
    struct validator validator;
    char *text = loading_file(file);
    char *edit = loading_replace(text, c->find, c->replace);
    bool unknown;

    validator_init(&validator);
    assert_int_equal(validator_accepts(&validator, edit), c->fits);
    assert_int_equal(reader_accepts(edit, &unknown), c->fits);
    validator_clear(&validator);
    free(edit);
    free(text);
}

static void an_edit(void **state)
{
    assert_edit(*state, shipped);
}

static void an_edit_of_care(void **state)
{
    assert_edit(*state, care);
}

static void an_edit_of_moves(void **state)
{
    assert_edit(*state, moves);
}

/* ---- files upon a base ---- */

struct base_case {
    const char *name, *text;
    bool fits;
};
static struct base_case base_cases[] = {
    {"a base alone", "base: a.yaml\n", true},
    {"one value of a base",
     "base: a.yaml\nlevels: {crisis house: {places: 10}}\n", true},
    {"null takes away", "base: a.yaml\nsigns: ~\nlevels: {crisis house: ~}\n",
     true},
    {"paths and values", "base: a.yaml\nset: {levels.a.places: 10}\n", true},
    {"a misspelt key upon a base",
     "base: a.yaml\nlevels: {crisis house: {place: 10}}\n", false},
    {"a wrong value upon a base",
     "base: a.yaml\nlevels: {crisis house: {places: -1}}\n", false},
    {"the same without a base", "levels: {crisis house: {places: 10}}\n",
     false},
};

static void a_base(void **state)
{
    const struct base_case *c = *state;
    struct validator validator;

    validator_init(&validator);
    assert_int_equal(validator_accepts(&validator, c->text), c->fits);
    validator_clear(&validator);
}

/* ---- patterns ---- */

static const char *const texts[] = {"",
                                    "0",
                                    "3",
                                    "3.0",
                                    " 3 ",
                                    "-3",
                                    "1.5",
                                    "0.12",
                                    "12%",
                                    "12 %",
                                    "150%",
                                    ".5",
                                    "5.",
                                    "1e3",
                                    "abc",
                                    "20 min",
                                    "20min",
                                    "1.5 h",
                                    "30 s",
                                    "1 day",
                                    "10 days",
                                    "2 weeks",
                                    "1 week",
                                    "2 months",
                                    "20 min 5",
                                    "3/week",
                                    "5%/year",
                                    "-3%/year",
                                    "5/year%",
                                    "0.03/day",
                                    "2/h",
                                    "100/year",
                                    "2 / weeks",
                                    "3/month",
                                    "18:00",
                                    "9:30",
                                    "18:0",
                                    "24:00",
                                    "08:00-16:00",
                                    "17:00-09:00",
                                    "8:00 - 9:00",
                                    "2026-11-23",
                                    "26-11-23",
                                    "weekdays",
                                    "weekends",
                                    "every day",
                                    "mon wed fri",
                                    "mon, tue",
                                    "tuesday",
                                    "24/h",
                                    "45",
                                    "24/day",
                                    "every 2 days",
                                    "2 per week",
                                    "twice a day",
                                    "weekly",
                                    "weekly on day 3",
                                    "fortnightly",
                                    "tue",
                                    "day 1 8",
                                    "tue at 18:00",
                                    "weekly weekends to monday",
                                    "every day not weekends at 9:00",
                                    "every other day",
                                    "weekly weekends to sunday",
                                    "exponential(mean 4 days)",
                                    "lognormal(mean 7.4 days, sd 8.6 days)",
                                    "lognormal(median 12 days, p90 30 days)",
                                    "gamma(mean 20 min, sd 5 min)",
                                    "weibull(shape 1.4, scale 12 days)",
                                    "triangular(1 min, 2 min, 3 min)",
                                    "uniform(5 min, 15 min)",
                                    "normal(mean 3 days, sd 1 day)"};

/* Bytes for the largest value that field_parse writes. */
union room {
    struct schedule schedule;
    struct distribution distribution;
    sim_ms ms[2];
};

static void patterns_take_what_the_reader_takes(void **state)
{
    unsigned kinds = 0, taken = 0, refused = 0;

    (void)state;
    for (int kind = FIELD_CUSTOM + 1; kind <= FIELD_MEASURE; kind++) {
        const struct field field = {.key = "x", .kind = (enum field_kind)kind};
        const char *pattern = schema_pattern(field.kind);
        regex_t compiled;

        if (pattern == NULL)
            continue;
        kinds++;
        assert_int_equal(regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB),
                         0);
        for (size_t i = 0; i < LENGTH(texts); i++) {
            union room value;
            const char *why;
            bool reads = field_parse(&field, texts[i], &value, &why);
            bool fits = regexec(&compiled, texts[i], 0, NULL, 0) == 0;

            if (field.kind == FIELD_COUNT && texts[i][0] == '-')
                continue; /* what a count's range refuses, never its form */
            if (reads && !fits)
                fail_msg("'%s' is read as kind %d and does not fit", texts[i],
                         kind);
            taken += reads;
            refused += !fits;
        }
        regfree(&compiled);
    }
    assert_int_equal(kinds, 17);
    assert_true(taken > 60);
    assert_true(refused > 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_scenario_fits, shipped),
        cmocka_unit_test_prestate(a_scenario_fits,
                                  (char[]){"scenarios/reference.yaml"}),
        cmocka_unit_test_prestate(a_scenario_fits,
                                  (char[]){"scenarios/templates/blank.yaml"}),
        cmocka_unit_test_prestate(a_scenario_fits,
                                  (char[]){"tests/scenarios/example.yaml"}),
        cmocka_unit_test_prestate(a_scenario_fits,
                                  (char[]){"tests/scenarios/small.yaml"}),
        cmocka_unit_test_prestate(a_scenario_fits, care),
        cmocka_unit_test_prestate(a_scenario_fits, moves),
        cmocka_unit_test_prestate(a_scenario_fits, all_keys),
        cmocka_unit_test_prestate(
            what_the_reader_accepts_fits_and_unknown_keys_do_not, shipped),
        cmocka_unit_test_prestate(
            what_the_reader_accepts_fits_and_unknown_keys_do_not, care),
        cmocka_unit_test_prestate(
            what_the_reader_accepts_fits_and_unknown_keys_do_not, moves),
        cmocka_unit_test_prestate(other_values_that_the_reader_accepts_fit,
                                  shipped),
        cmocka_unit_test_prestate(other_values_that_the_reader_accepts_fit,
                                  care),
        cmocka_unit_test_prestate(other_values_that_the_reader_accepts_fit,
                                  moves),
        cmocka_unit_test(every_key_of_every_table_is_there),
        cmocka_unit_test(a_study_fits_and_a_wrong_one_does_not),
        cmocka_unit_test_prestate(a_scenario_fits, tapers),
        cmocka_unit_test(patterns_take_what_the_reader_takes),
    };
    int failed = cmocka_run_group_tests_name("schema", tests, NULL, NULL);

    failed += run_table("edits", an_edit, edit_cases);
    failed += run_table("edits of care", an_edit_of_care, care_cases);
    failed += run_table("edits of moves", an_edit_of_moves, move_cases);
    failed += run_table("upon a base", a_base, base_cases);
    return failed;
}
