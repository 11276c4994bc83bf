/* The progress line: when it appears, what it says, how it goes away.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include "work/progress.h"

struct line_case {
    const char *name;
    double elapsed;
    uint64_t done, expected;
    const char *line; /* "" where none is drawn */
};
static struct line_case line_cases[] = {
    {"nothing in the first second", 0.99, 5, 100, ""},
    {"a line after one second", 1, 0, 100,
     "\r[........................]   0%  0 of 100"},
    {"time left from the pace so far", 10, 25, 100,
     "\r[######..................]  25%  25 of 100, about 30 s left"},
    {"minutes and seconds", 10, 1, 14,
     "\r[#.......................]   7%  1 of 14, about 2 min 10 s left"},
    {"hours and minutes", 100, 1, 51,
     "\r[........................]   1%  1 of 51, about 1 h 23 min left"},
    {"a time beyond 100 hours is not told", 1000, 1, 1000,
     "\r[........................]   0%  1 of 1000"},
    {"not 100% before the end", 10, 999, 1000,
     "\r[#######################.]  99%  999 of 1000, about 1 s left"},
    {"the end", 10, 1000, 1000,
     "\r[########################] 100%  1000 of 1000"},
    {"more done than expected", 10, 12, 10,
     "\r[########################] 100%  12 of 10"},
    {"an unknown number expected", 10, 12, 0, "\r12 done"},
    {"a line stays under 80 columns", 2, UINT64_MAX / 4, UINT64_MAX,
     "\r[######..................]  25%  4611686018427387903 of "
     "18446744073709551615, a"},
};

static void draws_a_line(void **state)
{
    const struct line_case *c = *state;
    struct progress progress;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    assert_non_null(stream);
    progress_init(&progress, stream);
    progress.started = 0;
    progress.drawn = -1;
    progress_update_at(&progress, c->elapsed, c->done, c->expected);
    fflush(stream);
    assert_string_equal(text, c->line);
    assert_true(strlen(text) <= 80); /* with the return in front */
    fclose(stream);
    free(text);
}

/* Count what is drawn between updates `step` seconds apart. */
static void at_most_ten_lines_a_second(void **state)
{
    struct progress progress;
    char *text = NULL;
    size_t size = 0;
    size_t lines = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    progress_init(&progress, stream);
    progress.started = 0;
    progress.drawn = -1;
    for (int i = 0; i < 3000; i++) /* 3 seconds, the first one quiet */
        progress_update_at(&progress, i / 1000.0, (uint64_t)i, 3000);
    fflush(stream);
    for (const char *p = text; *p; p++)
        lines += *p == '\r';
    assert_in_range(lines, 15, 20);
    fclose(stream);
    free(text);
}

/* A shorter line blots out all of a longer one, and the end leaves nothing. */
static void wipes_what_it_drew(void **state)
{
    struct progress progress;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    progress_init(&progress, stream);
    progress.started = 0;
    progress.drawn = -1;
    progress_update_at(&progress, 2, 1234567, 0);
    progress_update_at(&progress, 3, 9, 0);
    progress_end(&progress);
    progress_end(&progress); /* a second end finds nothing to wipe */
    fflush(stream);
    assert_string_equal(text, "\r1234567 done\r9 done      \r      \r");
    fclose(stream);
    free(text);
}

/* By the real clock: a run of less than a second leaves no trace. */
static void a_short_run_is_silent(void **state)
{
    struct progress progress;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    (void)state;
    assert_non_null(stream);
    progress_init(&progress, stream);
    for (uint64_t i = 1; i <= 1000; i++)
        progress_update(&progress, i, 1000);
    progress_end(&progress);
    fflush(stream);
    assert_int_equal(size, 0);
    fclose(stream);
    free(text);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(at_most_ten_lines_a_second),
        cmocka_unit_test(wipes_what_it_drew),
        cmocka_unit_test(a_short_run_is_silent),
    };
    int failed = run_table("progress: lines", draws_a_line, line_cases);

    failed += cmocka_run_group_tests_name("progress", others, NULL, NULL);
    return failed;
}
