/*
 * The published services that are shipped: every file is right, without so much
 * as a warning, runs, and stands in docs/published.md. What they give is
 * compared in tests/verify. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glob.h>

#include "tests/program.h"

#define FOLDER "scenarios/published/"

/* Call `test` on every scenario of the folder. */
static void for_each(void (*test)(const struct room *room, const char *file),
                     const struct room *room)
{
    glob_t found;

    assert_int_equal(glob(FOLDER "*.yaml", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 6);
    for (size_t i = 0; i < found.gl_pathc; i++)
        test(room, found.gl_pathv[i]);
    globfree(&found);
}

static void is_clean(const struct room *room, const char *file)
{
    struct ran ran = run_in(room, "check", file);

    if (ran.status != 0 || ran.errors[0] != '\0')
        fail_msg("%s: %s", file, ran.errors);
    assert_non_null(strstr(ran.output, ": no errors\n"));
    ran_clear(&ran);
}

static void every_file_is_clean(void **state)
{
    for_each(is_clean, *state);
}

static void does_run(const struct room *room, const char *file)
{
    struct ran ran =
        run_in(room, "run", file, "--json", "--quiet", "--replications", "2",
               "--set", "calendar.run_for=8 weeks");

    if (ran.status != 0)
        fail_msg("%s: %s", file, ran.errors);
    assert_non_null(strstr(ran.output, "\"distributions\""));
    ran_clear(&ran);
}

static void every_file_runs(void **state)
{
    for_each(does_run, *state);
}

static void is_told(const struct room *room, const char *file)
{
    char *page = contents("docs/published.md"), name[PATH_SIZE];

    (void)room;
    assert_non_null(page);
    snprintf(name, sizeof name, "`%s`", file + strlen(FOLDER));
    if (!strstr(page, name))
        fail_msg("docs/published.md does not tell of %s", name);
    free(page);
}

static void every_file_is_in_the_page(void **state)
{
    for_each(is_told, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_clean),
        cmocka_unit_test(every_file_runs),
        cmocka_unit_test(every_file_is_in_the_page),
    };

    return cmocka_run_group_tests_name("published", tests, make_room,
                                       remove_room);
}
