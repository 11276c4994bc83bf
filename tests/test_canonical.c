/*
 * Looking into resolved scenarios, and what differs between two.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/canonical.h"

#include "tests/loading.h"
#include "tests/table.h"

/* ---- values ---- */

static const char text[] =
    "{\"a\":{\"b c\":\"3\",\"d\":~,\"e\\x09\\\"f\":[\"1\",\"x, y\"]},"
    "\"g\":\"18:00\",\"h\":{\"i\":{},\"j\":\"a: b\",\"k\":\"\"}}\n"
    "data.csv 3\n1,2";

struct value_case {
    const char *name;
    const char *path;
    const char *plain;
};
static struct value_case value_cases[] = {
    {"a value at the top", "g", "18:00"},
    {"a value inside", "a.b c", "3"},
    {"spaces around names do not count", " a . b c ", "3"},
    {"null", "a.d", "null"},
    {"what is not there is null", "a.x", "null"},
    {"nothing is inside a scalar", "g.x", "null"},
    {"nothing is inside a list", "a.e\t\"f.1", "null"},
    {"a key with escapes, a list that needs quotes", "a.e\t\"f",
     "[1, \"x, y\"]"},
    {"a mapping", "h", "{i: {}, j: \"a: b\", k: \"\"}"},
    {"an empty path is nothing", "", "null"},
};

static void a_value_is_found(void **state)
{
    const struct value_case *c = *state;
    struct arena *arena = arena_new();

    assert_string_equal(
        canonical_plain(canonical_find(canonical_of(text), c->path), arena),
        c->plain);
    arena_free(arena);
}

/* ---- differences ---- */

struct listing {
    char text[1024];
    struct arena *arena;
};

static void list(void *context, const char *path, struct canonical was,
                 struct canonical is)
{
    struct listing *listing = context;
    size_t used = strlen(listing->text);

    snprintf(listing->text + used, sizeof listing->text - used,
             "%s: %s -> %s\n", path, canonical_plain(was, listing->arena),
             canonical_plain(is, listing->arena));
}

struct diff_case {
    const char *name;
    const char *a, *b;
    const char *differs;
};
static struct diff_case diff_cases[] = {
    {"equal texts", "{\"a\":\"1\"}", "{\"a\":\"1\"}", ""},
    {"a changed value", "{\"a\":{\"b\":\"1\",\"c\":\"2\"}}",
     "{\"a\":{\"b\":\"1\",\"c\":\"3\"}}", "a.c: 2 -> 3\n"},
    {"what went and what came", "{\"a\":{\"b\":\"1\"}}",
     "{\"a\":{\"c\":\"1\"}}", "a.b: 1 -> null\na.c: null -> 1\n"},
    {"a list is compared whole", "{\"a\":[\"1\",\"2\"]}", "{\"a\":[\"1\"]}",
     "a: [1, 2] -> [1]\n"},
    {"a mapping for a value", "{\"a\":\"1\"}", "{\"a\":{\"b\":\"1\"}}",
     "a: 1 -> {b: 1}\n"},
    {"another order, where order matters", "{\"s\":{\"x\":\"1\",\"y\":\"2\"}}",
     "{\"s\":{\"y\":\"2\",\"x\":\"1\"}}", "s: {x: 1, y: 2} -> {y: 2, x: 1}\n"},
};

static void differences_are_found(void **state)
{
    const struct diff_case *c = *state;
    struct listing listing = {.arena = arena_new()};

    canonical_diff(canonical_of(c->a), canonical_of(c->b), listing.arena, list,
                   &listing);
    assert_string_equal(listing.text, c->differs);
    arena_free(listing.arena);
}

/* ---- real scenarios ---- */

/* What a setting changes is what is found to differ, and nothing besides. */
static void a_setting_is_the_difference(void **state)
{
    char *file = loading_file("tests/scenarios/small.yaml");
    struct listing listing = {.arena = arena_new()};
    struct loaded plain, set;

    (void)state;
    loading_text(&plain, file, NULL);
    loading_text(&set, file, "calendar.run_for=11 weeks");
    canonical_diff(canonical_of(plain.scenario->canonical),
                   canonical_of(set.scenario->canonical), listing.arena, list,
                   &listing);
    assert_non_null(strstr(listing.text, "calendar.run_for: "));
    assert_non_null(strstr(listing.text, " -> 11 weeks\n"));
    assert_int_equal(strcspn(listing.text, "\n") + 1, strlen(listing.text));
    loading_clear(&plain);
    loading_clear(&set);
    arena_free(listing.arena);
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_is_the_difference),
    };
    int failed = run_table("canonical: values", a_value_is_found, value_cases);

    failed +=
        run_table("canonical: differences", differences_are_found, diff_cases);
    failed += cmocka_run_group_tests_name("canonical", tests, NULL, NULL);
    return failed;
}
