/*
 * The rules of verification, and its page: what holds, what is run again, what
 * fails, what a control must do, and that the page is found to lack a row.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/program.h"
#include "tests/table.h"
#include "tests/verify/verify.h"
#include "tests/verify/verify_impl.h"

/* ---- verdicts ---- */

/* A figure of 10 with a standard error of 1 is compared with a truth. */
struct verdict_case {
    const char *name;
    struct verify_check check;
    struct verify_found found;
    bool fresh;
    enum verify_form form;
    enum verify_verdict verdict;
};
#define TEN                                                                    \
    {                                                                          \
        10, 1, 8, 12                                                           \
    }
#define SHARP                                                                  \
    {                                                                          \
        10, 0.04, 9.92, 10.08                                                  \
    }
#define NOTHING                                                                \
    {                                                                          \
        NAN, NAN, NAN, NAN                                                     \
    }
#define NEAR(truth_)                                                           \
    {                                                                          \
        .truth = (truth_)                                                      \
    }
#define WRONG(truth_)                                                          \
    {                                                                          \
        .truth = (truth_), .wrong = "on purpose"                               \
    }
static struct verdict_case verdict_cases[] = {
    {"4 standard errors are allowed", NEAR(14), TEN, false, VERIFY_QUICK,
     VERDICT_HOLDS},
    {"a little more is run again", NEAR(14.01), TEN, false, VERIFY_QUICK,
     VERDICT_AGAIN},
    {"below as above", NEAR(5.99), TEN, false, VERIFY_QUICK, VERDICT_AGAIN},
    {"and fails the second time", NEAR(14.01), TEN, true, VERIFY_QUICK,
     VERDICT_FAILS},
    {"6 standard errors fail at once", NEAR(16), TEN, false, VERIFY_QUICK,
     VERDICT_FAILS},
    {"what was not found fails", NEAR(10), NOTHING, false, VERIFY_QUICK,
     VERDICT_FAILS},
    {"a truth that was not found fails", NEAR(NAN), TEN, false, VERIFY_QUICK,
     VERDICT_FAILS},
    {"a difference without an error fails",
     NEAR(10),
     {10.1, 0, 10.1, 10.1},
     false,
     VERIFY_QUICK,
     VERDICT_FAILS},
    {"no difference and no error holds",
     NEAR(10),
     {10, 0, 10, 10},
     false,
     VERIFY_QUICK,
     VERDICT_HOLDS},
    {"in full a wide interval is too wide", NEAR(10), TEN, false, VERIFY_FULL,
     VERDICT_WIDE},
    {"in full 1% is enough", NEAR(10), SHARP, false, VERIFY_FULL,
     VERDICT_HOLDS},
    {"a reason allows a wide one",
     {.truth = 10, .wide = "a reason"},
     TEN,
     false,
     VERIFY_FULL,
     VERDICT_HOLDS},
    {"a control within 4 is not caught", WRONG(13.9), TEN, false, VERIFY_QUICK,
     VERDICT_UNSEEN},
    {"a control beyond 4 is", WRONG(14.1), TEN, false, VERIFY_QUICK,
     VERDICT_CAUGHT},
    {"a control that was not found is not caught", WRONG(14.1), NOTHING, false,
     VERIFY_QUICK, VERDICT_UNSEEN},
    {"within: the ends are allowed",
     {.kind = VERIFY_WITHIN, .low = 10, .high = 11},
     TEN,
     false,
     VERIFY_FULL,
     VERDICT_HOLDS},
    {"within: outside fails",
     {.kind = VERIFY_WITHIN, .low = 10.1, .high = 11},
     TEN,
     false,
     VERIFY_FULL,
     VERDICT_FAILS},
    {"within, as a control",
     {.kind = VERIFY_WITHIN, .low = 10.1, .high = 11, .wrong = "on purpose"},
     TEN,
     false,
     VERIFY_FULL,
     VERDICT_CAUGHT},
    {"the same: to the digits of results.json",
     {.kind = VERIFY_SAME, .truth = 10.00000005},
     TEN,
     false,
     VERIFY_FULL,
     VERDICT_HOLDS},
    {"the same: a digit more is another",
     {.kind = VERIFY_SAME, .truth = 10.0000005},
     TEN,
     false,
     VERIFY_FULL,
     VERDICT_FAILS},
    {"holds: 1 and nothing else",
     {.kind = VERIFY_HOLDS},
     {0.999, 0, 0, 0},
     false,
     VERIFY_FULL,
     VERDICT_FAILS},
    {"holds, not found, as a control",
     {.kind = VERIFY_HOLDS, .wrong = "on purpose"},
     NOTHING,
     false,
     VERIFY_FULL,
     VERDICT_UNSEEN},
};

static void verdict_is(void **state)
{
    const struct verdict_case *c = *state;

    assert_string_equal(verify_verdict_text(verify_judge(&c->check, &c->found,
                                                         c->fresh, c->form)),
                        verify_verdict_text(c->verdict));
}

static void means_and_shares_have_errors(void **state)
{
    const double value[] = {1, 2, 3, 4};
    struct verify_found mean = verify_mean(value, LENGTH(value));
    struct verify_found share = verify_share(20, 100);

    (void)state;
    assert_near(mean.mean, 2.5, 1e-15);
    assert_near(mean.error, sqrt(5.0 / 3 / 4), 1e-12);
    assert_near(mean.upper - mean.mean, 3.182446 * mean.error, 1e-5);
    assert_near(share.mean, 0.2, 1e-15);
    assert_near(share.error, 0.04, 1e-12);
    assert_near(share.mean - share.lower, 1.959964 * 0.04, 1e-6);
}

/* ---- rows ---- */

static void rows_come_back_as_they_were(void **state)
{
    char line[256] = {0}, *field[4];
    FILE *file = fmemopen(line, sizeof line - 1, "w");

    (void)state;
    assert_non_null(file);
    row_put(file, "a\tb\\n");
    fputc('\t', file);
    row_put(file, "");
    fputc('\t', file);
    row_put(file, "two\nlines");
    fputc('\n', file);
    fclose(file);
    assert_int_equal(row_split(line, field, LENGTH(field)), 3);
    assert_string_equal(field[0], "a\tb\\n");
    assert_string_equal(field[1], "");
    assert_string_equal(field[2], "two\nlines");
}

/* ---- the page ---- */

#define HEAD "family\t1\tsome\tSome | title\tAbout it.\tfull\n"
#define ROW(quantity, wrong, verdict)                                          \
    "row\tcase a\t" quantity "\tnear\t" wrong                                  \
    "\t2.5\tsource\t2.4\t0.1\t2.2\t2.6\t-1\t" verdict "\tfirst\t40\t\n"

/* Run the page's program in place of handrail's. */
static struct ran run_page(const struct room *room, const char *const *argument)
{
    const char *build = getenv("BUILD");
    const char *handrail = getenv("HANDRAIL");
    char path[PATH_SIZE], *kept = handrail ? strdup(handrail) : NULL;
    struct ran ran;

    snprintf(path, sizeof path, "%s/tests/verify/page",
             build ? build : "build/release");
    setenv("HANDRAIL", path, 1);
    ran = run_how(room, &(struct how){0}, argument);
    if (kept)
        setenv("HANDRAIL", kept, 1);
    else
        unsetenv("HANDRAIL");
    free(kept);
    return ran;
}

struct page_case {
    const char *name, *rows;
    int status;
    const char *says;
};
static struct page_case page_cases[] = {
    {"rows that hold", HEAD ROW("x", "", "holds"), 0,
     "| case a | x | 2.5 [1] | 2.4 (2.2 to 2.6) | -1.00 | holds |"},
    {"controls have a table of their own",
     HEAD ROW("x", "", "holds") ROW("x", "too much", "caught"), 0,
     "| case a | x | too much | 2.5 | 2.4 (2.2 to 2.6) | -1.00 | caught |"},
    {"a failure fails", HEAD ROW("x", "", "FAILS"), 1, "**FAILS**"},
    {"so does an interval that is too wide", HEAD ROW("x", "", "TOO WIDE"), 1,
     "**TOO WIDE**"},
    {"and a control that was not caught",
     HEAD ROW("x", "", "holds") ROW("x", "too much", "NOT CAUGHT"), 1,
     "**NOT CAUGHT**"},
    {"a first run that was run again is no failure",
     HEAD ROW("x", "", "run again") ROW("x", "", "holds"), 0,
     "1 were run again"},
    {"a wrong build that passed fails",
     HEAD ROW("x", "", "holds") "wrong\tb\twhat\tsome\t0\t9\t1\n", 1,
     "**1 went unnoticed**"},
    {"a wrong build that failed is well",
     HEAD ROW("x", "", "holds") "wrong\tb\twhat\tsome\t3\t9\t7.5\n", 0,
     "| b | what | some | 3 of 9 | 7.5 |"},
    {"what was not run is no failure, and said",
     "family\t1\tsome\tSome title\tAbout it.\tquick\n" ROW("x", "", "holds")
         ROW("y", "", "not run"),
     0, "replications: Some title. 1 checks and controls were not run.**"},
    {"a bar in a text ends no cell", HEAD ROW("P(W | S)", "", "holds"), 0,
     "| case a | P(W \\| S) |"},
};

static void page_says(void **state)
{
    const struct page_case *c = *state;
    void *room = NULL;
    char *rows, *words;
    struct ran ran;

    make_room(&room);
    rows = in_room(room, "some.tsv");
    words = in_room(room, "words.md");
    put_file(room, "some.tsv", c->rows);
    put_file(room, "words.md", "@results\n");
    ran = run_page(room, ARGUMENTS(words, words, rows));
    if (ran.status != c->status || !strstr(ran.output, c->says))
        print_error("status %d\n%s%s", ran.status, ran.output, ran.errors);
    assert_int_equal(ran.status, c->status);
    assert_non_null(strstr(ran.output, c->says));
    ran_clear(&ran);
    free(rows);
    free(words);
    remove_room(&room);
}

/* The page is looked through for the rows there are: one more, one that is now
 * a control, or one by another name is missed. */
static void page_lacks_what_it_lacks(void **state)
{
    static const struct {
        const char *rows;
        int status;
    } c[] = {
        {HEAD ROW("x", "", ""), 0},
        {HEAD ROW("x", "", "") ROW("y | z", "", ""), 0},
        {HEAD ROW("x", "", "") ROW("y", "", ""), 1},
        {HEAD ROW("x", "of it", ""), 1},
        {HEAD, 1}, /* no rows at all: nothing was looked for */
    };
    void *room = NULL;
    char *rows, *page;

    (void)state;
    make_room(&room);
    rows = in_room(room, "some.tsv");
    page = in_room(room, "page.md");
    put_file(room, "page.md",
             "Words\n| case a | x | 2.5 | 2.4 |\n| case a | y \\| z | 1 |\n");
    for (size_t i = 0; i < LENGTH(c); i++) {
        struct ran ran;
        put_file(room, "some.tsv", c[i].rows);
        ran = run_page(room, ARGUMENTS("--check", page, rows));
        assert_int_equal(ran.status, c[i].status);
        ran_clear(&ran);
    }
    free(rows);
    free(page);
    remove_room(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_and_shares_have_errors),
        cmocka_unit_test(rows_come_back_as_they_were),
        cmocka_unit_test(page_lacks_what_it_lacks),
    };
    int failed = run_table("verdicts", verdict_is, verdict_cases);

    failed += run_table("page", page_says, page_cases);
    return failed + cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
