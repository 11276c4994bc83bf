#ifndef TESTS_REPORT_WORDS_H
#define TESTS_REPORT_WORDS_H
/*
 * What a report says, must not say, and in which order: the same for reports of
 * a run, a comparison and a sizing. All of them fail the test.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/html.h" /* struct text */

struct said_case {
    const char *name;
    const char *words;
};
struct order_case {
    const char *name;
    const char *first, *then;
};

/* What stands in no report, in lower case, so that no capital hides anything:
 * the design's list, what would reach for the network, and what has gone wrong.
 */
#define UNSAID_CASES                                                           \
    {"no risk score", "risk score"}, {"no high risk", "high risk"},            \
        {"no group at high risk", "high-risk"}, {"no safe rota", "safe rota"}, \
        {"no safe taper", "safe taper"}, {"nothing that is safe", "is safe"},  \
        {"no lives saved", "lives saved"}, {"no prevention", "prevents"},      \
        {"no forecast", "forecast"}, {"no prediction", "predict"},             \
        {"no screening", "screening"}, {"no claim of proof", "proves"},        \
        {"no patient", "patient"}, {"no script", "<script"},                   \
        {"no reach for the network", "src="}, {"nor by style", "@import"},     \
        {"nor by link", "href=\"http"}, {"nor by url", "url(http"},            \
        {"no number gone wrong", ">nan"}, {"nor in a sentence", " nan"},       \
        {"nor endless", " inf "},                                              \
    {                                                                          \
        "no name left out", "zq0"                                              \
    }

void report_says(const struct text *report, const struct said_case *c);
/* Makes the report lower case. */
void report_does_not_say(struct text *report, const struct said_case *c);
void report_keeps_order(const struct text *report, const struct order_case *c);

/* How often `words` stands in `text`. */
int words_count(const char *text, const char *words);

/* Its markup holds together, and it has so many figures. */
void report_is_whole(const struct text *report, int figures);
#endif
