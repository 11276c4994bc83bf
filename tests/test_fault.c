/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/fault.h"
#include "tests/table.h"

/* ---- one fault as text ---- */

struct format_case {
    const char *name;
    struct fault fault;
    const char *text;
};
static struct format_case format_cases[] = {
    {"an error, its line, a caret and a hint",
     {FAULT_ERROR, "a.yaml", 14, 5, "x: must be y", "did you mean 'z'?",
      "    places: 0", 0},
     "a.yaml:14:5: error: x: must be y\n"
     "    places: 0\n"
     "    ^\n"
     "hint: did you mean 'z'?\n"},
    {"a warning without a line or a hint",
     {FAULT_WARNING, "a.yaml", 1, 1, "x: odd", NULL, NULL, 0},
     "a.yaml:1:1: warning: x: odd\n"},
    {"the caret stands under a character, not a byte",
     {FAULT_ERROR, "a.yaml", 1, 4, "m", NULL, "\xc3\xa4\xc3\xb6: 1", 0},
     "a.yaml:1:4: error: m\n"
     "\xc3\xa4\xc3\xb6: 1\n"
     "   ^\n"},
    {"tabs before the caret stay tabs",
     {FAULT_ERROR, "a.yaml", 1, 3, "m", NULL, "\tx1", 0},
     "a.yaml:1:3: error: m\n"
     "\tx1\n"
     "\t ^\n"},
    {"a column behind the line points at its end",
     {FAULT_ERROR, "a.yaml", 1, 99, "m", NULL, "ab", 0},
     "a.yaml:1:99: error: m\n"
     "ab\n"
     "  ^\n"},
    {"what cannot be seen becomes a question mark",
     {FAULT_ERROR, "a\n", 1, 1, "m\x1b[2J", "\xe2\x80\xaeh", "s\x07", 0},
     "a?:1:1: error: m?[2J\n"
     "s?\n"
     "^\n"
     "hint: ?h\n"},
};

static void reads_as(void **state)
{
    const struct format_case *c = *state;
    char text[300];
    size_t length = fault_format(&c->fault, text, sizeof text);

    assert_string_equal(text, c->text);
    assert_int_equal(length, strlen(text));
}

/* ---- the nearest name ---- */

struct nearest_case {
    const char *name;
    const char *word;
    const char *near; /* NULL: none */
};
static struct nearest_case nearest_cases[] = {
    {"one letter too few", "suport worker", "support worker"},
    {"one letter too many", "supporrt worker", "support worker"},
    {"another letter", "suppart worker", "support worker"},
    {"two letters swapped", "supprot worker", "support worker"},
    {"capitals", "Support Worker", "support worker"},
    {"underscores", "support_worker", "support worker"},
    {"a third of the word", "suppxxx worker", "support worker"},
    {"the nearest of two", "clinican", "clinician"},
    {"more than a third", "manager", NULL},
    {"a short word has little room", "day", NULL},
    {"a short word with one letter wrong", "nursr", "nurse"},
    {"nothing", "", NULL},
    {"the name itself", "nurse", "nurse"},
};

static void is_nearest(void **state)
{
    static const char *const names[] = {"clinician", "clinicians", "dog",
                                        "nurse", "support worker"};
    const struct nearest_case *c = *state;
    const char *near = nearest_name(c->word, names, LENGTH(names));

    if (c->near == NULL)
        assert_true(near == NULL);
    else
        assert_string_equal(near == NULL ? "none" : near, c->near);
}

static void has_no_name_near_a_huge_word(void **state)
{
    char word[500];
    const char *const names[] = {word};

    (void)state;
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_null(nearest_name(word, names, 1));
}

/* ---- the list ---- */

static void a_long_line_is_cut_around_the_column(void **state)
{
    char line[1001], text[600];
    struct fault fault = {FAULT_ERROR, "a", 1, 501, "m", NULL, line, 0};
    const char *caret;

    (void)state;
    memset(line, 'x', 1000);
    line[500] = '!';
    line[1000] = '\0';
    fault_format(&fault, text, sizeof text);
    caret = strchr(text, '^');
    assert_non_null(caret);
    assert_true(strlen(text) < 400);
    assert_int_equal(caret - strrchr(text, ' '), 1);
    assert_int_equal(strchr(text, '!') - strchr(text, 'x'),
                     caret - (strstr(text, "...\n") + 4));
}

static void a_small_buffer_is_not_overrun(void **state)
{
    struct fault fault = {FAULT_ERROR, "a.yaml", 1, 1, "message", "h", "s", 0};
    char text[12];

    (void)state;
    memset(text, '#', sizeof text);
    assert_int_equal(fault_format(&fault, text, 10),
                     fault_format(&fault, NULL, 0));
    assert_string_equal(text, "a.yaml:1:");
    assert_int_equal(text[10], '#');
}

static void faults_are_sorted_and_kept_once(void **state)
{
    struct faults faults;
    struct place at = {NULL, 3, 1}, early = {NULL, 2, 9}, other = {NULL, 1, 1};

    (void)state;
    assert_int_equal(faults_init(&faults), SIM_OK);
    at.text = early.text = faults_source(&faults, "a", 0, "l1\r\nl2\nl3", 9);
    other.text = faults_source(&faults, "b", 1, "x", 1);
    faults_add(&faults, FAULT_ERROR, &other, NULL, "in the other file");
    faults_add(&faults, FAULT_ERROR, &at, NULL, "later %d", 3);
    faults_add(&faults, FAULT_ERROR, &at, NULL, "later 3");
    faults_add(&faults, FAULT_WARNING, &at, NULL, "second at one place");
    faults_add(&faults, FAULT_ERROR, &early, NULL, "early");
    faults_sort(&faults);
    assert_int_equal(faults.count, 4);
    assert_int_equal(faults.errors, 3);
    assert_string_equal(faults.fault[0].message, "early");
    assert_string_equal(faults.fault[0].source, "l2");
    assert_string_equal(faults.fault[1].message, "later 3");
    assert_string_equal(faults.fault[1].source, "l3");
    assert_string_equal(faults.fault[2].message, "second at one place");
    assert_string_equal(faults.fault[3].file, "b");
    faults_clear(&faults);
    faults_clear(&faults);
}

static void no_more_are_kept_than_the_limit(void **state)
{
    struct faults faults;
    struct place at = {NULL, 1, 1};

    (void)state;
    assert_int_equal(faults_init(&faults), SIM_OK);
    at.text = faults_source(&faults, "a", 0, "", 0);
    for (int i = 0; i < 1500; i++)
        faults_add(&faults, FAULT_ERROR, &at, NULL, "%d", i);
    assert_int_equal(faults.count, FAULTS_MAX);
    assert_int_equal(faults.errors, 1500);
    faults_clear(&faults);
}

static void a_short_list_is_offered_where_nothing_is_near(void **state)
{
    static const char *const few[] = {"mon", "tue"};
    const char *many[100];
    struct faults faults;

    (void)state;
    for (size_t i = 0; i < LENGTH(many); i++)
        many[i] = "word";
    assert_int_equal(faults_init(&faults), SIM_OK);
    assert_string_equal(faults_hint(&faults, "sunday", few, 2),
                        "allowed: mon, tue");
    assert_string_equal(faults_hint(&faults, "tues", few, 2),
                        "did you mean 'tue'?");
    assert_null(faults_hint(&faults, "sunday", many, LENGTH(many)));
    assert_null(faults_hint(&faults, "sunday", NULL, 0));
    faults_clear(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_no_name_near_a_huge_word),
        cmocka_unit_test(a_long_line_is_cut_around_the_column),
        cmocka_unit_test(a_small_buffer_is_not_overrun),
        cmocka_unit_test(faults_are_sorted_and_kept_once),
        cmocka_unit_test(no_more_are_kept_than_the_limit),
        cmocka_unit_test(a_short_list_is_offered_where_nothing_is_near),
    };
    int failed = 0;

    failed += run_table("fault_format", reads_as, format_cases);
    failed += run_table("nearest_name", is_nearest, nearest_cases);
    failed += cmocka_run_group_tests_name("faults", tests, NULL, NULL);
    return failed;
}
