/*
 * Intervals hold: simulated options that are equal in law, a renamed cohort.
 * The short form; the whole, 1,000 studies of which at most 67 may declare a
 * difference, is run with VERIFY=full in the environment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/equal_law.h"
#include "tests/support.h"

/* 5% and 4 standard errors of a count of 100: 5 + 8.7. Of 1,000 the bound is
 * tighter, for it was asked for: 2.5 standard errors. */
static void studies_of_equals_seldom_declare_anything(void **state)
{
    const char *form = getenv("VERIFY");
    bool full = form && strcmp(form, "full") == 0;
    unsigned studies = full ? 1000 : 100;
    unsigned most = full ? 67 : 13;
    struct equal_law law = equal_law_run(studies, 60);

    (void)state;
    print_message("of %u studies %u declare a difference, each alone %u\n",
                  law.studies, law.any, law.single);
    assert_in_range(law.any, 0, most);
    assert_true(law.single > most); /* the control */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(studies_of_equals_seldom_declare_anything),
    };

    return cmocka_run_group_tests_name("compare: equal in law", tests, NULL,
                                       NULL);
}
