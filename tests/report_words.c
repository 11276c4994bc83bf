/*
 * See the header.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/report_words.h"

#include <ctype.h>

#include "tests/markup.h"
#include "tests/support.h"

void report_says(const struct text *report, const struct said_case *c)
{
    if (!strstr(report->bytes, c->words))
        fail_msg("no '%s'", c->words);
}

void report_does_not_say(struct text *report, const struct said_case *c)
{
    for (size_t i = 0; i < report->length; i++)
        report->bytes[i] = (char)tolower((unsigned char)report->bytes[i]);
    assert_null(strstr(report->bytes, c->words));
}

void report_keeps_order(const struct text *report, const struct order_case *c)
{
    const char *first = strstr(report->bytes, c->first);
    const char *then = strstr(report->bytes, c->then);

    assert_non_null(first);
    assert_non_null(then);
    assert_true(first < then);
}

int words_count(const char *text, const char *words)
{
    int count = 0;

    for (; (text = strstr(text, words)) != NULL; text++)
        count++;
    return count;
}

void report_is_whole(const struct text *report, int figures)
{
    const char *fault = markup_fault(report->bytes);

    if (fault)
        print_error("%s\n", fault);
    assert_null(fault);
    assert_int_equal(words_count(report->bytes, "<svg"), figures);
    assert_int_equal(
        words_count(report->bytes, "<text>Modelled, not observed</text>"),
        figures);
}
