/*
 * The tables themselves, the scalar kinds they know, limits on how many of a
 * thing there may be, and where numbers come from.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fields.h"
#include "tests/messages.h"

/* ---- tables ---- */

static void assert_table(const struct field_table *table, int depth);

static void assert_row(const struct field *field, int depth)
{
    const struct field_table *inner = field->of.table;
    char kept[64];
    const char *why;

    assert_non_null(field->key);
    assert_true(field->help != NULL && field->help[0] != '\0');
    assert_int_equal(field->kind == FIELD_CUSTOM, field->of.read != NULL);
    assert_true(field->low <= field->high);
    if (field->kind == FIELD_WORD)
        assert_non_null(field->of.words);
    if (field->kind == FIELD_NAME)
        assert_int_not_equal(field->of.names, NAMES_NONE);
    if (field->standard != NULL && field->kind != FIELD_CUSTOM &&
        field->kind != FIELD_BY_STATE)
        assert_true(field_parse(field, field->standard, kept, &why));
    if (inner != NULL)
        assert_table(inner, depth + 1);
}

static void assert_table(const struct field_table *table, int depth)
{
    assert_true(depth < 10);
    assert_non_null(table->one);
    assert_true(table->count > 0 || table->whole != NULL ||
                table->other != NULL);
    for (size_t i = 0; i < table->count; i++)
        assert_row(&table->field[i], depth);
    if (table->inner != NULL)
        assert_table(table->inner, depth + 1);
}

static void every_row_says_what_it_is(void **state)
{
    (void)state;
    assert_table(&scenario_table, 0);
}

/* ---- scalar kinds that quantities do not cover ---- */

struct scalar_case {
    const char *name;
    enum field_kind kind;
    const char *text;
    double value; /* NAN: refused */
};
static struct scalar_case scalar_cases[] = {
    {"a count", FIELD_COUNT, "12", 12},
    {"a count is whole", FIELD_COUNT, "1.5", NAN},
    {"a count has no unit", FIELD_COUNT, "3 days", NAN},
    {"a count that would not fit", FIELD_COUNT, "5000000000", NAN},
    {"a share in per cent", FIELD_SHARE, "150%", 1.5},
    {"a share without", FIELD_SHARE, "0.3", 0.3},
    {"a share of nothing", FIELD_SHARE, "%", NAN},
    {"a share that is a rate", FIELD_SHARE, "3/week", NAN},
    {"a share of many digits", FIELD_SHARE,
     "1000000000000000000000000000000000000%", NAN},
    {"days", FIELD_DAYS, "2 weeks", 14},
    {"days are whole", FIELD_DAYS, "36 h", NAN},
    {"real days", FIELD_REAL_DAYS, "36 h", 1.5},
    {"every day", FIELD_DAY_SET, "every day", 0xff},
    {"weekdays and a day", FIELD_DAY_SET, "weekdays sat", 0x3f},
    {"days with commas", FIELD_DAY_SET, "mon, wed,fri", 0x15},
    {"weekends take holidays in", FIELD_DAY_SET, "weekends", 0xe0},
    {"holidays alone", FIELD_DAY_SET, "holidays", 0x80},
    {"no day", FIELD_DAY_SET, "", NAN},
    {"a day that is none", FIELD_DAY_SET, "mon tues", NAN},
    {"yes", FIELD_YES_NO, "yes", 1},
    {"false", FIELD_YES_NO, "false", 0},
    {"neither yes nor no", FIELD_YES_NO, "maybe", NAN},
    {"a date", FIELD_DATE, "1970-01-11", 10},
    {"a date that there is not", FIELD_DATE, "2027-02-29", NAN},
};

static double value_of(enum field_kind kind, const void *place)
{
    double number;
    int32_t integer;

    if (kind == FIELD_DAY_SET)
        return *(const sim_day_set *)place;
    if (kind == FIELD_YES_NO)
        return *(const bool *)place;
    memcpy(&integer, place, sizeof integer);
    memcpy(&number, place, sizeof number);
    return kind == FIELD_SHARE || kind == FIELD_REAL_DAYS ? number : integer;
}

static void reads_scalar(void **state)
{
    const struct scalar_case *c = *state;
    const struct field field = {.key = "x", .kind = c->kind};
    double place = 0.0;
    const char *why = NULL;
    bool read = field_parse(&field, c->text, &place, &why);

    assert_int_equal(read, !isnan(c->value));
    if (read)
        assert_near(value_of(c->kind, &place), c->value, 1e-12);
    else
        assert_non_null(why);
}

struct duration_case {
    const char *name; /* and the text */
    sim_ms duration;
};
static struct duration_case duration_cases[] = {
    {"0 min", 0},
    {"1 day", SIM_DAY},
    {"14 days", 2 * SIM_WEEK},
    {"36 h", 36 * SIM_HOUR},
    {"90 min", 90 * SIM_MINUTE},
    {"30 s", 30 * SIM_SECOND},
    {"0.5 s", 500},
};

static void writes_duration(void **state)
{
    const struct duration_case *c = *state;
    char text[40];

    duration_text(c->duration, text, sizeof text);
    assert_string_equal(text, c->name);
}

/* ---- how many ---- */

/* `count` entries, each "<before><number><after>", put into the small scenario
 * in place of `find`. */
struct limit_case {
    const char *name;
    const char *find, *start, *before, *after, *end;
    unsigned most;    /* so many are right, one more is not */
    const char *says; /* of one more */
};
static struct limit_case limit_cases[] = {
    {"1000 names", "  sleep: {well: 5%, ill: 50%}\n", "", "  s",
     ": {ill: 5%}\n", "", 999, "signs: has 1001 entries, at most 1000 fit"},
    {"64 roles", "  driver: {standby", "", "  r", ": {}\n",
     "  driver: {standby", 62, "staff: must name at most 64 roles, found 65"},
    {"64 roles, those of a shift with a minimum twice",
     "rota:\n  days: {days: every day, hours: 08:00-20:00, staff: {nurse: 2}}",
     "", "  r", ": {}\n",
     "rota:\n  days: {days: every day, hours: 08:00-20:00, staff: {nurse: 2}, "
     "minimum: 1, below: phone only}",
     61,
     "staff: must name at most 64 roles, those of shifts with a minimum "
     "counting twice, found 65"},
    {"32 actions", "    write: {then: re-engage}\n", "", "    a",
     ": {then: re-engage}\n", "", 32,
     "responses.disengaged: must have 1 to 32 actions, found 33"},
    {"20 states", "[well, ill, crisis]", "[well, ill, ", "s", ", ", "crisis]",
     17,
     "conditions.course.states: must name 2 to 20 states, the last a crisis, "
     "found 21"},
    {"6 choices of staff", "[nurse, {role: driver, after: 2 h}]", "[",
     "{role: nurse, after: ", " min}, ", "]", 6,
     "contacts.visit.by: must name 1 to 6 roles, found 7"},
};

/* Errors of the small scenario with `count` entries; the first is copied. */
static size_t load_many(const struct limit_case *c, unsigned count,
                        char message[200])
{
    char *base = loading_file(SMALL_SCENARIO);
    size_t size = 200 + (size_t)count * 60, length;
    char *many = calloc(size, 1);
    struct loaded loaded;
    size_t errors;
    char *text;

    assert_non_null(many);
    length = (size_t)snprintf(many, size, "%s", c->start);
    for (unsigned i = 0; i < count; i++)
        length += (size_t)snprintf(many + length, size - length, "%s%u%s",
                                   c->before, i, c->after);
    snprintf(many + length, size - length, "%s", c->end);
    text = loading_replace(base, c->find, many);
    loading_text(&loaded, text, "cohorts.people.attendance=90%");
    errors = loaded.faults.errors;
    message[0] = '\0';
    for (size_t i = loaded.faults.count; i-- > 0;) {
        if (loaded.faults.fault[i].severity == FAULT_ERROR)
            snprintf(message, 200, "%s", loaded.faults.fault[i].message);
    }
    loading_clear(&loaded);
    free(text);
    free(many);
    free(base);
    return errors;
}

static void has_a_limit(void **state)
{
    const struct limit_case *c = *state;
    char message[200];

    assert_int_equal(load_many(c, c->most, message), 0);
    assert_true(load_many(c, c->most + 1, message) > 0);
    assert_string_equal(message, c->says);
}

/* ---- provenance ---- */

struct source_case {
    const char *name;
    const char *find, *replace;
    uint32_t sources;
    int sourced; /* more numbers than the small scenario's own 10 */
};
static struct source_case source_cases[] = {
    {"as it is", "title:", "title:", 1, 0},
    {"a source covers what is inside it", "{well: 95%, ill: 80%}",
     "{well: 95%, ill: 80%, source: audit 2025}", 2, 2},
    {"the nearer source counts", "{well: 60%, ill: 40%}",
     "{well: 60%, ill: 40%, source: Assumption}", 2, -2},
    {"an assumption counts as none", "source: a published cohort",
     "source: ASSUMPTION, to be checked", 1, -10},
    {"a word that only begins like it", "source: a published cohort",
     "source: assume nothing", 1, 0},
    {"the whole may have one", "title:", "source: local\ntitle:", 2, 54},
    {"it covers no dates and times", "holidays: [2026-12-25]",
     "source: the calendar", 2, 0},
};

static void is_counted(void **state)
{
    const struct source_case *c = *state;
    char *base = loading_file(SMALL_SCENARIO);
    char *text = loading_replace(base, c->find, c->replace);
    struct loaded loaded;

    loading_text(&loaded, text, NULL);
    assert_int_equal(loaded.err, SIM_OK);
    assert_int_equal(loaded.scenario->provenance_count, c->sources);
    assert_int_equal(loaded.scenario->numbers, 64);
    assert_int_equal(loaded.scenario->numbers_sourced, 10 + c->sourced);
    loading_clear(&loaded);
    free(text);
    free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_says_what_it_is),
    };
    int failed = 0;

    failed += run_table("field_parse", reads_scalar, scalar_cases);
    failed += run_table("duration_text", writes_duration, duration_cases);
    failed += run_table("limits", has_a_limit, limit_cases);
    failed += run_table("provenance", is_counted, source_cases);
    failed += cmocka_run_group_tests_name("tables", tests, NULL, NULL);
    return failed;
}
