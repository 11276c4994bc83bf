/* Error codes and the check for our own faults.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/error.h"
#include "tests/table.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct text_case {
    const char *name;
    int error;
    const char *text;
};
static struct text_case text_cases[] = {
    {"success has a text", SIM_OK, "done"},
    {"a code has its own text", SIM_ERR_NO_MEMORY, "out of memory"},
    {"the last code has its own text", SIM_ERR_TOOL,
     "a program it needs is missing or failed"},
    {"a number that is no code has a text", -999, "an unknown error"},
    {"a positive number is no code", 1, "an unknown error"},
};

static void has_text(void **state)
{
    const struct text_case *c = *state;

    assert_string_equal(sim_error_text(c->error), c->text);
}

static void codes_are_distinct(void **state)
{
#define CODE(name, value, text) (value),
    static const int codes[] = {SIM_ERRORS(CODE)};
#undef CODE

    (void)state;
    for (size_t i = 0; i < LENGTH(codes); i++) {
        assert_true(i == 0 ? codes[i] == 0 : codes[i] < 0);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(codes[i], codes[j]);
            assert_string_not_equal(sim_error_text(codes[i]),
                                    sim_error_text(codes[j]));
        }
    }
}

/* The status of a child that requires `condition`. */
static int status_of_requiring(int condition)
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        SIM_REQUIRE(condition);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void broken_precondition_aborts(void **state)
{
    int status = status_of_requiring(0);

    (void)state;
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void kept_precondition_goes_on(void **state)
{
    int status = status_of_requiring(1);

    (void)state;
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_distinct),
        cmocka_unit_test(broken_precondition_aborts),
        cmocka_unit_test(kept_precondition_goes_on),
    };
    int failed = run_table("error texts", has_text, text_cases);

    return failed + cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
