/*
 * Nonsense: every key of a scenario misspelt, every value replaced, the text
 * cut anywhere, memory running out at any request. Nothing of this may crash,
 * and what is refused has a place.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/reader_impl.h"
#include "tests/loading.h"
#include "tests/table.h"

#define CUT_EVERY 97

static char small[] = "tests/scenarios/small.yaml";
static char moves[] = "tests/scenarios/moves.yaml";
static char example[] = "tests/scenarios/example.yaml";
static char shipped[] = "scenarios/crisis-house.yaml";
static char care[] = "tests/scenarios/care.yaml";
static char reference[] = "scenarios/reference.yaml";

/* Load `text`: it is clean, or every fault has a place and can be written. */
static void assert_graceful(const char *text)
{
    struct loaded loaded;

    loading_text(&loaded, text, NULL);
    assert_true(loaded.err == SIM_OK || loaded.err == SIM_ERR_INPUT);
    for (size_t i = 0; i < loaded.faults.count; i++) {
        char line[2000];

        assert_true(loaded.faults.fault[i].line >= 1);
        assert_true(loaded.faults.fault[i].column >= 1);
        assert_true(fault_format(&loaded.faults.fault[i], line, sizeof line) >
                    10);
    }
    loading_clear(&loaded);
}

/* Replace `length` bytes at `at` by `by` and load that. */
static void try_edit(const char *text, const char *at, size_t length,
                     const char *by)
{
    size_t size = strlen(text) + strlen(by) + 1;
    char *edited = malloc(size);

    assert_non_null(edited);
    snprintf(edited, size, "%.*s%s%s", (int)(at - text), text, by, at + length);
    assert_graceful(edited);
    free(edited);
}

/* The next colon that ends a key, or NULL. */
static const char *next_colon(const char *at)
{
    for (at = strchr(at, ':'); at != NULL; at = strchr(at + 1, ':')) {
        if (at[1] == ' ' || at[1] == '\n')
            return at;
    }
    return NULL;
}

static void every_key_misspelt(void **state)
{
    char *text = loading_file(*state);

    for (const char *at = next_colon(text); at; at = next_colon(at + 1)) {
        try_edit(text, at, 0, "x");
        try_edit(text, at, 1, ".:");
    }
    free(text);
}

static void every_value_replaced(void **state)
{
    static const char *const nonsense[] = {"39 parsecs", "",   "[1, 2]",
                                           "{a: b}",     "-1", "~"};
    char *text = loading_file(*state);

    for (const char *at = next_colon(text); at; at = next_colon(at + 1)) {
        const char *value = at + 1 + strspn(at + 1, " ");
        size_t length = strcspn(value, ",}\n");

        for (size_t i = 0; i < LENGTH(nonsense); i++)
            try_edit(text, value, length, nonsense[i]);
    }
    free(text);
}

static void cut_anywhere(void **state)
{
    char *text = loading_file(*state);
    size_t length = strlen(text);

    for (size_t n = 0; n < length; n += CUT_EVERY) {
        char *part = calloc(n + 1, 1);

        assert_non_null(part);
        memcpy(part, text, n);
        assert_graceful(part);
        free(part);
    }
    free(text);
}

static void lines_left_out(void **state)
{
    char *text = loading_file(*state);

    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, "\n");

        length += at[length] == '\n';
        try_edit(text, at, length, "");
        at += length;
    }
    free(text);
}

/* ---- memory ---- */

enum { SCENARIO_ARENA, TREE_ARENA, FAULTS_ARENA, ARENAS };

/* Load `text` with arena `which` failing after `count` requests. */
static int load_within(const char *text, int which, size_t count)
{
    const struct text_file files[] = {{"small.yaml", text}, {NULL, NULL}};
    const struct scenario_source source = {
        .name = "small.yaml",
        .read = loading_read,
        .context = (void *)(uintptr_t)files,
    };
    struct faults faults;
    struct reading reading = {.tree.faults = &faults};
    struct scenario *scenario = NULL;
    struct arena *arena[ARENAS];
    int err;

    assert_int_equal(faults_init(&faults), SIM_OK);
    reading.tree.arena = arena_new();
    reading.arena = arena_new();
    arena[SCENARIO_ARENA] = reading.arena;
    arena[TREE_ARENA] = reading.tree.arena;
    arena[FAULTS_ARENA] = faults.arena;
    arena_fail_after(arena[which], count);
    err = reading_load(&reading, &source, &scenario);
    if (err == SIM_OK)
        scenario_free(scenario);
    else
        arena_free(reading.arena);
    arena_free(reading.tree.arena);
    faults_clear(&faults);
    return err;
}

static void memory_may_run_out_at_any_request(void **state)
{
    char *text = loading_file(*state);
    char *wrong = loading_replace(text, "places: 6", "places: 0");

    for (int which = 0; which < ARENAS; which++) {
        const char *load = which == FAULTS_ARENA ? wrong : text;
        int right = which == FAULTS_ARENA ? SIM_ERR_INPUT : SIM_OK;
        int err = SIM_ERR_NO_MEMORY;

        for (size_t n = 0; err == SIM_ERR_NO_MEMORY; n++)
            err = load_within(load, which, n);
        assert_int_equal(err, right);
    }
    free(wrong);
    free(text);
}

/* ---- size ---- */

static void a_million_faults_are_soon_told(void **state)
{
    const size_t lines = 300000;
    char *text = calloc(lines * 8 + 1, 1);
    struct loaded loaded;

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++)
        sprintf(text + i * 8, "k%05x:\n", (unsigned)i);
    loading_text(&loaded, text, NULL);
    assert_int_equal(loaded.err, SIM_ERR_INPUT);
    assert_int_equal(loaded.faults.count, FAULTS_MAX);
    assert_true(loaded.faults.errors > lines);
    loading_clear(&loaded);
    free(text);
}

static void every_scenario_is_clean(void **state)
{
    char *text = loading_file(*state);
    struct loaded loaded;
    char *headlines;

    loading_text(&loaded, text, NULL);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, "");
    free(headlines);
    loading_clear(&loaded);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_scenario_is_clean, small),
        cmocka_unit_test_prestate(every_scenario_is_clean, moves),
        cmocka_unit_test_prestate(every_scenario_is_clean, example),
        cmocka_unit_test_prestate(every_scenario_is_clean, shipped),
        cmocka_unit_test_prestate(every_scenario_is_clean, reference),
        cmocka_unit_test_prestate(every_key_misspelt, small),
        cmocka_unit_test_prestate(every_scenario_is_clean, care),
        cmocka_unit_test_prestate(every_key_misspelt, care),
        cmocka_unit_test_prestate(every_value_replaced, care),
        cmocka_unit_test_prestate(cut_anywhere, care),
        cmocka_unit_test_prestate(lines_left_out, care),
        cmocka_unit_test_prestate(every_key_misspelt, moves),
        cmocka_unit_test_prestate(every_key_misspelt, shipped),
        cmocka_unit_test_prestate(every_key_misspelt, reference),
        cmocka_unit_test_prestate(every_value_replaced, small),
        cmocka_unit_test_prestate(every_value_replaced, moves),
        cmocka_unit_test_prestate(every_value_replaced, shipped),
        cmocka_unit_test_prestate(every_value_replaced, reference),
        cmocka_unit_test_prestate(cut_anywhere, small),
        cmocka_unit_test_prestate(cut_anywhere, moves),
        cmocka_unit_test_prestate(cut_anywhere, shipped),
        cmocka_unit_test_prestate(cut_anywhere, reference),
        cmocka_unit_test_prestate(lines_left_out, small),
        cmocka_unit_test_prestate(lines_left_out, moves),
        cmocka_unit_test_prestate(lines_left_out, shipped),
        cmocka_unit_test_prestate(memory_may_run_out_at_any_request, small),
        cmocka_unit_test_prestate(memory_may_run_out_at_any_request, moves),
        cmocka_unit_test(a_million_faults_are_soon_told),
    };

    return cmocka_run_group_tests_name("nonsense", tests, NULL, NULL);
}
