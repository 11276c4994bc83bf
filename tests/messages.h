#ifndef TESTS_MESSAGES_H
#define TESTS_MESSAGES_H
/*
 * Rows of messages: a change of the small scenario, and what is said of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/loading.h"
#include "tests/table.h"

#define SMALL_SCENARIO "tests/scenarios/small.yaml"

struct message_case {
    const char *name;
    const char *find, *replace; /* in the small scenario */
    const char *says;           /* all messages, with their hints */
    const char *setting;        /* PATH=VALUE, or NULL */
};

static inline void says(void **state)
{
    const struct message_case *c = *state;
    char *base = loading_file(SMALL_SCENARIO);
    char *text = loading_replace(base, c->find, c->replace);
    struct loaded loaded;
    char *headlines;

    loading_text(&loaded, text, c->setting);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, c->says);
    free(headlines);
    loading_clear(&loaded);
    free(text);
    free(base);
}
#endif
