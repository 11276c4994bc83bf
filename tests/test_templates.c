/*
 * Templates: each is a scenario as it stands, remarks and all, that loads
 * without a word and runs.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/templates.h"

#include <sys/stat.h>
#include <unistd.h>

#include "tests/loading.h"
#include "tests/program.h"
#include "tests/table.h"

/* The file that a template was made from; freed by the caller. */
static char *template_file(const char *name)
{
    char path[PATH_SIZE];
    char *text;

    snprintf(path, sizeof path, "scenarios/templates/%s.yaml", name);
    text = contents(path);
    if (text == NULL) {
        snprintf(path, sizeof path, "scenarios/%s.yaml", name);
        text = contents(path);
    }
    assert_non_null(text);
    return text;
}

/* Whether it is a template and nothing else, not a service that is shipped. */
static bool is_own(const char *name)
{
    char path[PATH_SIZE];

    snprintf(path, sizeof path, "scenarios/templates/%s.yaml", name);
    return access(path, F_OK) == 0;
}

static void each_loads_without_a_word(void **state)
{
    size_t count = 0;

    (void)state;
    for (const struct template *t = template_table; t->name; t++, count++) {
        struct text text = {0};
        struct loaded loaded;
        char *headlines;

        template_add(t, &text);
        assert_int_equal(text_status(&text), SIM_OK);
        loading_text(&loaded, text.bytes, NULL);
        assert_int_equal(loaded.err, SIM_OK);
        headlines = loading_headlines(&loaded);
        assert_string_equal(headlines, "");
        free(headlines);
        loading_clear(&loaded);
        text_clear(&text);
    }
    assert_true(count >= 2);
}

static void each_is_its_file_to_the_byte(void **state)
{
    (void)state;
    for (const struct template *t = template_table; t->name; t++) {
        struct text text = {0};
        char *file = template_file(t->name);

        template_add(t, &text);
        assert_string_equal(text.bytes, file);
        assert_non_null(strstr(file, "\n# "));
        assert_int_equal(strncmp(text.bytes, "# ", 2), 0);
        assert_int_equal(strncmp(text.bytes + 2, t->about, 40), 0);
        assert_null(strpbrk(t->about, "#.\n"));
        free(file);
        text_clear(&text);
    }
}

static void the_blank_one_has_every_section(void **state)
{
    static const char *const sections[] = {
        "calendar", "cohorts", "conditions", "signs",     "alerts",
        "levels",   "plans",   "contacts",   "responses", "team_time",
        "staff",    "rota",    "targets"};
    char *text = template_file("blank");

    (void)state;
    for (size_t i = 0; i < LENGTH(sections); i++) {
        char key[32];

        snprintf(key, sizeof key, "\n%s:", sections[i]);
        assert_non_null(strstr(text, key));
    }
    free(text);
}

static void one_that_is_none_is_not_found(void **state)
{
    (void)state;
    assert_null(template_find("endless"));
    assert_null(template_find(""));
    assert_string_equal(template_find("blank")->name, "blank");
}

/* ---- the command ---- */

static void init_check_and_run(void **state)
{
    const struct room *room = *state;
    char *folder = in_room(room, "d"), *path = in_room(room, "d/x.yaml");
    char *out = in_room(room, "out");

    assert_int_equal(mkdir(folder, 0700), 0);
    for (const struct template *t = template_table; t->name; t++) {
        char *written, *file;
        struct ran ran;

        expect(0, room, "init", path, "--from", t->name, "--force");
        written = contents(path);
        file = template_file(t->name);
        assert_string_equal(written, file);
        ran = run_in(room, "check", path);
        assert_int_equal(ran.status, 0);
        if (is_own(t->name)) /* a service may say where nobody is rostered */
            assert_string_equal(ran.errors, "");
        ran_clear(&ran);
        expect(0, room, "run", path, "--replications", "3", "--quiet", "-o",
               out, "--force");
        free(written);
        free(file);
    }
    assert_int_equal(entries_of(room, "d"), 1);
    free(out);
    free(path);
    free(folder);
}

static void a_file_that_is_there_is_left_alone(void **state)
{
    const struct room *room = *state;
    char *folder = in_room(room, "d"), *path = in_room(room, "d/x.yaml");
    char *text;
    struct ran ran;

    assert_int_equal(mkdir(folder, 0700), 0);
    put_file(room, "d/x.yaml", "mine\n");
    ran = run_in(room, "init", path);
    assert_int_equal(ran.status, 2);
    assert_non_null(strstr(ran.errors, "is there already; --force"));
    assert_string_equal(ran.output, "");
    ran_clear(&ran);
    text = contents(path);
    assert_string_equal(text, "mine\n");
    free(text);
    expect(0, room, "init", path, "--force");
    text = contents(path);
    assert_string_not_equal(text, "mine\n");
    free(text);
    assert_int_equal(entries_of(room, "d"), 1);
    free(path);
    free(folder);
}

static void a_file_that_cannot_be_written_leaves_nothing(void **state)
{
    const struct room *room = *state;
    const struct how small = {.file_limit = 100};
    char *folder = in_room(room, "d"), *path = in_room(room, "d/x.yaml");
    char *far = in_room(room, "nowhere/x.yaml");
    struct ran ran;

    assert_int_equal(mkdir(folder, 0700), 0);
    expect(1, room, "init", far);
    ran = run_how(room, &small, ARGUMENTS("init", path));
    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.errors, "cannot write"));
    ran_clear(&ran);
    assert_int_equal(entries_of(room, "d"), 0);
    free(far);
    free(path);
    free(folder);
}

static void what_is_printed_can_be_saved(void **state)
{
    static const char *const commands[][3] = {
        {"schema", NULL, NULL},
        {"describe", "--form", NULL},
        {"describe", SLOW, NULL},
    };
    const struct room *room = *state;
    char *path = in_room(room, "saved");

    for (size_t i = 0; i < LENGTH(commands); i++) {
        const char *const *c = commands[i];
        struct ran ran = run_how(room, &(struct how){0}, c);
        char *saved;

        expect(0, room, c[0], "-o", path, c[1]);
        saved = contents(path);
        assert_string_equal(saved, ran.output);
        expect(2, room, c[0], "-o", path, c[1]);
        expect(0, room, c[0], "--force", "-o", path, c[1]);
        assert_int_equal(unlink(path), 0);
        free(saved);
        ran_clear(&ran);
    }
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_loads_without_a_word),
        cmocka_unit_test(each_is_its_file_to_the_byte),
        cmocka_unit_test(the_blank_one_has_every_section),
        cmocka_unit_test(one_that_is_none_is_not_found),
        cmocka_unit_test_setup_teardown(init_check_and_run, make_room,
                                        remove_room),
        cmocka_unit_test_setup_teardown(what_is_printed_can_be_saved, make_room,
                                        remove_room),
        cmocka_unit_test_setup_teardown(a_file_that_is_there_is_left_alone,
                                        make_room, remove_room),
        cmocka_unit_test_setup_teardown(
            a_file_that_cannot_be_written_leaves_nothing, make_room,
            remove_room),
    };

    return cmocka_run_group_tests_name("templates", tests, NULL, NULL);
}
