/* results.json: that it is JSON, what it holds, and that nothing else is in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/results_json.h"

#include <jansson.h>

#include "plots/version.h"
#include "sim/tally.h"
#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/table.h"

/* Render and parse again; the caller releases the value. */
static json_t *parsed(const struct fake *fake)
{
    struct text out = {0};
    json_error_t error;
    json_t *root;

    results_json_render(&fake->answer, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    assert_int_equal(out.bytes[out.length - 1], '\n');
    root = json_loads(out.bytes, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        print_error("%s at line %d\n", error.text, error.line);
    assert_non_null(root);
    text_clear(&out);
    return root;
}

static void assert_text(const json_t *object, const char *key,
                        const char *expected)
{
    assert_string_equal(json_string_value(json_object_get(object, key)),
                        expected);
}

static void says_what_was_run(void **state)
{
    struct fake *fake = fake_new(&(struct fake_wish){0});
    json_t *root = parsed(fake);
    json_t *scenario = json_object_get(root, "scenario");

    (void)state;
    assert_text(root, "handrail", HANDRAIL_VERSION);
    assert_text(scenario, "title", fake->scenario.title);
    assert_text(scenario, "file", "fake.yaml");
    /* SHA-256 of "abc" (FIPS 180-4, example). */
    assert_text(
        scenario, "sha256",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a"
        "d");
    assert_int_equal(json_integer_value(json_object_get(root, "seed")), 7);
    assert_int_equal(json_integer_value(json_object_get(root, "replications")),
                     200);
    assert_int_equal(json_integer_value(json_object_get(root, "events")),
                     200 * 9000);
    assert_int_equal(json_object_size(root), 10);
    json_decref(root);
    fake_free(fake);
}

static void has_a_measure_for_each_row(void **state)
{
    static const char *const keys[] = {"id",    "by", "unit", "mean", "lower",
                                       "upper", "sd", "p05",  "p95"};
    struct fake *fake = fake_new(&(struct fake_wish){0});
    json_t *root = parsed(fake);
    json_t *measures = json_object_get(root, "measures");
    size_t i;
    json_t *row;

    (void)state;
    assert_int_equal(json_array_size(measures), fake->result.row_count);
    json_array_foreach(measures, i, row)
    {
        const struct result_row *expected = &fake->result.row[i];
        assert_int_equal(json_object_size(row), LENGTH(keys));
        for (size_t k = 0; k < LENGTH(keys); k++)
            assert_non_null(json_object_get(row, keys[k]));
        assert_text(row, "id", measure_table[expected->measure].id);
        assert_int_equal(json_object_size(json_object_get(row, "by")),
                         expected->sliced);
        if (isfinite(expected->estimate.mean))
            assert_near(json_number_value(json_object_get(row, "mean")),
                        expected->estimate.mean,
                        1e-8 * fabs(expected->estimate.mean));
        else
            assert_true(json_is_null(json_object_get(row, "mean")));
    }
    json_decref(root);
    fake_free(fake);
}

struct line_case {
    const char *name;
    const char *list, *id, *over;
    size_t points;
};
static struct line_case line_cases[] = {
    {"crises by day", "curves", "crisis", "day", CURVE_DAYS + 1},
    {"stepping up by day", "curves", "reescalation", "day", CURVE_DAYS + 1},
    {"states by day", "curves", "state", "day", CURVE_DAYS + 1},
    {"occupancy by week", "series", "occupancy", "week", FAKE_WEEKS},
    {"needs by hour", "profiles", "hours_demanded", "hour of the week", 168},
    {"not delivered by weekday", "profiles", "not_delivered_by_day",
     "day of the week", 7},
    {"not attended by weekday", "profiles", "not_attended_by_day",
     "day of the week", 7},
};

static void has_its_lines(void **state)
{
    const struct line_case *c = *state;
    struct fake *fake = fake_new(&(struct fake_wish){0});
    json_t *root = parsed(fake), *line, *found = NULL;
    size_t i;

    json_array_foreach(json_object_get(root, c->list), i, line)
    {
        if (strcmp(json_string_value(json_object_get(line, "id")), c->id) == 0)
            found = line;
    }
    assert_non_null(found);
    assert_text(found, "over", c->over);
    assert_int_equal(json_array_size(json_object_get(found, "mean")),
                     c->points);
    assert_int_equal(json_array_size(json_object_get(found, "p95")), c->points);
    json_decref(root);
    fake_free(fake);
}

/* One for each level; its points are so many people from 0 on. */
static void has_its_distributions(void **state)
{
    struct fake *fake = fake_new(&(struct fake_wish){0});
    json_t *root = parsed(fake), *line;
    json_t *list = json_object_get(root, "distributions");
    size_t i;

    (void)state;
    assert_int_equal(json_array_size(list), fake->scenario.level_count);
    json_array_foreach(list, i, line)
    {
        const struct result_line *expected = &fake->result.distribution[i];
        const json_t *at = json_object_get(line, "at");
        const json_t *mean = json_object_get(line, "mean");

        assert_text(line, "id", "occupancy");
        assert_text(line, "name", fake->scenario.level[i].name);
        assert_text(line, "over", "people");
        assert_true(expected->points > 0);
        assert_int_equal(json_array_size(at), expected->points);
        assert_int_equal(json_array_size(mean), expected->points);
        for (size_t k = 0; k < expected->points; k++)
            assert_near(json_number_value(json_array_get(at, k)),
                        sim_bin_value(k), 0);
    }
    json_decref(root);
    fake_free(fake);
}

static void is_json_whatever_the_names(void **state)
{
    const struct hostile_case *c = *state;
    struct fake *fake = fake_new(&(struct fake_wish){.name = c->text});

    json_decref(parsed(fake));
    fake_free(fake);
}

static void is_the_same_twice(void **state)
{
    struct fake *one = fake_new(&(struct fake_wish){0});
    struct fake *two = fake_new(&(struct fake_wish){0});
    struct text first = {0}, second = {0};

    (void)state;
    results_json_render(&one->answer, &first);
    results_json_render(&two->answer, &second);
    assert_string_equal(first.bytes, second.bytes);
    text_clear(&first);
    text_clear(&second);
    fake_free(one);
    fake_free(two);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_was_run),
        cmocka_unit_test(has_a_measure_for_each_row),
        cmocka_unit_test(has_its_distributions),
        cmocka_unit_test(is_the_same_twice),
    };

    return run_table("lines", has_its_lines, line_cases) +
           run_table("names", is_json_whatever_the_names, hostile) +
           cmocka_run_group_tests_name("results.json", tests, NULL, NULL);
}
