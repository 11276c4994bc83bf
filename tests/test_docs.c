/*
 * The pages for users against the tables: every key that a scenario can have
 * stands in its section of docs/scenario.md, with its default; every measure in
 * docs/measures.md, with its unit and its slices; and nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <ctype.h>

#include "models/measure.h"
#include "models/reader_impl.h"
#include "models/study_file.h"
#include "plots/text.h"
#include "tests/loading.h"

#define SCENARIO "docs/scenario.md"
#define MEASURES "docs/measures.md"
#define COMPARE "docs/compare.md"

/* ---- parts of a page ---- */

/* What stands between "## HEADING" and the next such heading; HEADING speaks
 * of `key`, in ticks. Freed by the caller. */
static char *section_of(const char *page, const char *key)
{
    char mark[80];

    snprintf(mark, sizeof mark, "`%s`", key);
    for (const char *at = strstr(page, "\n## "); at != NULL;
         at = strstr(at + 1, "\n## ")) {
        const char *end = strstr(at + 1, "\n## ");
        const char *line = strchr(at + 1, '\n');
        const char *found = strstr(at, mark);

        if (found == NULL || found > line)
            continue;
        return strndup(at, end == NULL ? strlen(at) : (size_t)(end - at));
    }
    return NULL;
}

static bool is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Whether the text from `at` to `end` has `word` in ticks, perhaps beside
 * others: `word`, `rate.word` or `word: 60%`. */
static bool has_in_ticks(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    bool inside = false;

    for (; at < end; at++) {
        inside = inside != (*at == '`');
        if (inside && !is_of_name(at[0]) && (size_t)(end - at) > length &&
            strncmp(at + 1, word, length) == 0 && !is_of_name(at[1 + length]))
            return true;
    }
    return false;
}

/* Whether `line` says `text`, ticks aside. */
static bool line_says(const char *line, const char *end, const char *text)
{
    struct text plain = {0};
    bool says;

    for (; line < end; line++)
        if (*line != '`')
            text_add_bytes(&plain, line, 1);
    says = plain.bytes != NULL && strstr(plain.bytes, text) != NULL;
    text_clear(&plain);
    return says;
}

/* Whether some row of a table has `key` in ticks and says `standard`. */
static bool row_says(const char *section, const char *key, const char *standard)
{
    for (const char *at = strstr(section, "\n|"); at != NULL;
         at = strstr(at + 1, "\n|")) {
        const char *end = strchr(at + 1, '\n');

        if (end == NULL)
            end = at + strlen(at);
        if (has_in_ticks(at, end, key) && line_says(at, end, standard))
            return true;
    }
    return false;
}

/* ---- keys ---- */

/* Months are said by the first and the last of them. */
static bool is_a_month(const struct field_table *table)
{
    return strcmp(table->one, "factors by month") == 0;
}

static void assert_table(const struct field_table *table, const char *section);

static void assert_field(const struct field *field, const char *section)
{
    if (!has_in_ticks(section, section + strlen(section), field->key))
        fail_msg("%s has no %s in:%.60s", SCENARIO, field->key, section);
    if (field->need == OPTIONAL && field->standard != NULL &&
        !row_says(section, field->key, field->standard))
        fail_msg("%s does not say the default %s of %s in:%.60s", SCENARIO,
                 field->standard, field->key, section);
    if (field->of.table != NULL)
        assert_table(field->of.table, section);
}

static void assert_table(const struct field_table *table, const char *section)
{
    for (size_t i = 0; i < table->count && !is_a_month(table); i++)
        assert_field(&table->field[i], section);
    if (table->inner != NULL)
        assert_table(table->inner, section);
    if (table->apart != NULL)
        assert_table(table->apart, section);
}

static void every_key_is_explained_with_its_default(void **state)
{
    char *page = loading_file(SCENARIO);
    const struct field_table *top = &scenario_table;
    char *first = section_of(page, "a page without ticks");

    (void)state;
    assert_null(first);
    first = strstr(page, "\n## The top of the file");
    assert_non_null(first);
    for (size_t i = 0; i < top->count; i++) {
        const struct field *field = &top->field[i];
        char *section;

        if (field->of.table == NULL) {
            assert_field(field, first);
            continue;
        }
        section = section_of(page, field->key);
        if (section == NULL)
            fail_msg("%s has no section of %s", SCENARIO, field->key);
        assert_table(field->of.table, section);
        free(section);
    }
    free(page);
}

/* The check itself fails where it should. */
static void what_is_not_explained_is_found(void **state)
{
    static const char page[] = "\n| `places` | count | `unlimited` | room |\n"
                               "| `rank`, `stay.delay` | | | `settle: 60%` |\n";
    const char *end = page + strlen(page);

    (void)state;
    assert_true(has_in_ticks(page, end, "places"));
    assert_true(has_in_ticks(page, end, "delay"));
    assert_true(has_in_ticks(page, end, "settle"));
    assert_false(has_in_ticks(page, end, "place"));
    assert_false(has_in_ticks(page, end, "room"));
    assert_true(row_says(page, "places", "unlimited"));
    assert_false(row_says(page, "places", "wait"));
    assert_false(row_says(page, "rank", "unlimited"));
}

/* ---- measures ---- */

/* The row of `id`, whose cells end at `|`; those within 60 and 90 days stand
 * in that of 30. NULL where there is none. */
static const char *measure_row(const char *page, const char *id)
{
    char mark[80];
    char *days;

    snprintf(mark, sizeof mark, "%s", id);
    days = strstr(mark, "_60_days");
    if (days == NULL)
        days = strstr(mark, "_90_days");
    if (days != NULL)
        memcpy(days, "_30_days", 8);
    for (const char *at = strstr(page, "\n| `"); at != NULL;
         at = strstr(at + 1, "\n| `")) {
        const char *cell = strchr(at + 3, '|');

        if (cell != NULL && has_in_ticks(at, cell, mark))
            return at + 1;
    }
    return NULL;
}

/* Cell `number` of a row, from 0; released by the caller. */
static void row_cell(const char *row, int number, struct text *cell)
{
    const char *at = strchr(row, '|');

    for (; number > 0 && at != NULL; number--)
        at = strchr(at + 1, '|');
    assert_non_null(at);
    at += 1 + strspn(at + 1, " ");
    text_add_bytes(cell, at, strcspn(at, "|\n"));
    while (cell->length > 0 && cell->bytes[cell->length - 1] == ' ')
        cell->bytes[--cell->length] = '\0';
}

/* As the page has them, in the order of the slices. */
static void say_slices(const struct measure *measure, struct text *out)
{
    for (int i = 0; i < SLICE_COUNT; i++)
        if (measure->cuts & CUT(i))
            text_printf(out, "%s%s", out->length ? ", " : "", slice_text(i));
    if (out->length == 0)
        text_add(out, "none");
    else if (!measure->whole)
        text_add(out, " (no total)");
}

static void every_measure_is_defined_with_its_slices(void **state)
{
    char *page = loading_file(MEASURES);

    (void)state;
    for (uint32_t i = 0; i < measure_count; i++) {
        const struct measure *measure = &measure_table[i];
        const char *row = measure_row(page, measure->id);
        struct text unit = {0}, slices = {0}, expected = {0};

        if (row == NULL)
            fail_msg("%s has no row of %s", MEASURES, measure->id);
        row_cell(row, 1, &unit);
        row_cell(row, 3, &slices);
        say_slices(measure, &expected);
        if (strcmp(unit.bytes, measure_unit_text(measure->unit)) != 0)
            fail_msg("%s is not in '%s'", measure->id, unit.bytes);
        if (strcmp(slices.bytes, expected.bytes) != 0)
            fail_msg("%s has the slices %s, not '%s'", measure->id,
                     expected.bytes, slices.bytes);
        text_clear(&unit);
        text_clear(&slices);
        text_clear(&expected);
    }
    free(page);
}

static void every_slice_is_explained(void **state)
{
    char *page = loading_file(MEASURES);

    (void)state;
    for (int i = 0; i < SLICE_COUNT; i++)
        if (!row_says(page, slice_text((enum slice)i), ""))
            fail_msg("%s has no row of %s", MEASURES,
                     slice_text((enum slice)i));
    free(page);
}

/* ---- studies ---- */

/* docs/compare.md has a line for every key of a study. */
static void every_key_of_a_study_is_explained(void **state)
{
    char *page = loading_file(COMPARE);

    (void)state;
    for (size_t i = 0; i < study_table.count; i++) {
        const struct field *field = &study_table.field[i];
        bool found = false;

        for (const char *at = strstr(page, "\n| `"); at != NULL && !found;
             at = strstr(at + 1, "\n| `")) {
            const char *end = strchr(at + 3, '|');

            found = has_in_ticks(at, end, field->key) &&
                    (field->need == OPTIONAL ||
                     strncmp(end, "| required", 10) == 0);
        }
        if (!found)
            print_error("%s does not explain '%s'\n", COMPARE, field->key);
        assert_true(found);
    }
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_explained_with_its_default),
        cmocka_unit_test(what_is_not_explained_is_found),
        cmocka_unit_test(every_measure_is_defined_with_its_slices),
        cmocka_unit_test(every_slice_is_explained),
        cmocka_unit_test(every_key_of_a_study_is_explained),
    };

    return cmocka_run_group_tests_name("docs", tests, NULL, NULL);
}
