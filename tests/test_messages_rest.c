/*
 * What is said of faults: distributions that cannot be, effects and triggers
 * that mean nothing, and more names than there may be.
 * Each row changes one place of tests/scenarios/small.yaml and expects exactly
 * these messages, and nothing besides.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/messages.h"

/* ---- distributions ---- */

#define STAY(text) "levels.house.stay=" text
#define MUST_BE(what, found)                                                   \
    "--set:1:19: error: levels.house.stay: must be " what ", found '" found    \
    "'\n"

static struct message_case distribution_cases[] = {
    {"an exponential has a mean", "", "",
     MUST_BE("an exponential with a mean above 0", "exponential(mean 0 days)"),
     STAY("exponential(mean 0 days)")},
    {"a lognormal has an sd", "", "",
     MUST_BE("a lognormal with a mean and an sd above 0",
             "lognormal(mean 3 days, sd 0 days)"),
     STAY("lognormal(mean 3 days, sd 0 days)")},
    {"nine in ten are more than half", "", "",
     MUST_BE("a lognormal with a median above 0 and a p90 above the median",
             "lognormal(median 9 days, p90 8 days)"),
     STAY("lognormal(median 9 days, p90 8 days)")},
    {"a gamma has a mean", "", "",
     MUST_BE("a gamma with a mean and an sd above 0",
             "gamma(mean 0 days, sd 1 day)"),
     STAY("gamma(mean 0 days, sd 1 day)")},
    {"a weibull has a shape", "", "",
     MUST_BE("a weibull with a shape of 0.1 to 100 and a scale above 0",
             "weibull(shape 0, scale 3 days)"),
     STAY("weibull(shape 0, scale 3 days)")},
    {"a triangle has its corners in order", "", "",
     MUST_BE("triangular(least, most likely, greatest) in that order",
             "triangular(3 days, 2 days, 5 days)"),
     STAY("triangular(3 days, 2 days, 5 days)")},
    {"from the least to the greatest", "", "",
     MUST_BE("uniform(least, greatest), the least below the greatest",
             "uniform(3 days, 3 days)"),
     STAY("uniform(3 days, 3 days)")},
    {"nobody stays for a lifetime", "", "",
     MUST_BE("a duration below 34 years", "exponential(mean 20000 days)"),
     STAY("exponential(mean 20000 days)")},
    {"nor on average for one", "", "",
     MUST_BE("a distribution with a mean below 34 years",
             "weibull(shape 0.2, scale 9000 days)"),
     STAY("weibull(shape 0.2, scale 9000 days)")},
};

/* ---- what means nothing ---- */

static struct message_case nothing_cases[] = {
    {"nobody misses or leaves out what is not planned",
     "      daily: {for: 7 days, contacts: {visit: every day}}\n"
     "      weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "      daily: {for: 7 days, contacts: {huddle: tue}}\n"
     "      weekly: {for: 2 weeks}\n",
     "small.yaml:30:5: warning: levels.home.first_contact_within: the plan "
     "has no contact with the person\n"
     "small.yaml:41:3: warning: contacts.visit: no plan, response or 'or' uses "
     "this contact\n"
     "small.yaml:45:3: warning: responses.not attended: this never happens: "
     "there are no planned contacts with the person\n"
     "--set:1:22: warning: responses.red.review.then: 'disengage' means "
     "nothing: there are no planned contacts with the person\n",
     "responses.red.review.then=disengage"},
    {"but what comes on entry can be missed",
     "      daily: {for: 7 days, contacts: {visit: every day}}\n"
     "      weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "      daily: {for: 7 days, contacts: {huddle: tue}}\n"
     "      weekly: {for: 2 weeks}\n",
     "", "levels.home.on_entry=[visit]"},
    {"and what a concern adds",
     "      daily: {for: 7 days, contacts: {visit: every day}}\n"
     "      weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "      daily: {for: 7 days, contacts: {huddle: tue}}\n"
     "      weekly: {for: 2 weeks}\n",
     "small.yaml:30:5: warning: levels.home.first_contact_within: the plan "
     "has no contact with the person\n",
     "concerns={dispute: {rate: {ill: 1/day}, closes: 1 day, adds: {visit: "
     "every day}}}"},
};

/* ---- whole files ---- */

static const char BARE[] = "handrail: 1\n"
                           "title: bare\n"
                           "calendar: {start: 2027-01-04, run_for: 4 weeks}\n";

/* Whether loading `text` says `what`. */
static void assert_says(const char *text, const char *what)
{
    struct loaded loaded;
    char *headlines;

    loading_text(&loaded, text, NULL);
    headlines = loading_headlines(&loaded);
    if (strstr(headlines, what) == NULL)
        fail_msg("'%s' says only '%s'", what, headlines);
    free(headlines);
    loading_clear(&loaded);
}

static void what_a_concern_adds_needs_a_plan(void **state)
{
    char text[2000];

    (void)state;
    snprintf(
        text, sizeof text,
        "%scohorts: {a: {referrals: {rate: 1/day}, enters: l, condition: "
        "c}}\nconditions: {c: {states: [w, i, x], begin: {w: 100%%}, "
        "changes: {w to i: 1/day, i to w: 1/day}}}\nlevels: {l: {rank: 1, "
        "stay: 9 days, then: leave}}\nconcerns: {d: {rate: {w: 1/day}, "
        "closes: 1 day, adds: {v: every day}}}\ncontacts: {v: {at: 12:00, "
        "window: 1 h, by: r, lasts: 5 min}}\nstaff: {r: {headroom: "
        "0%%}}\nrota: {s: {days: every day, hours: 09:00-13:00, staff: {r: "
        "1}}}\n",
        BARE);
    assert_says(text,
                "warning: concerns.d.adds: adds nothing: there is no plan "
                "to add to");
}

/* 51 conditions of 20 states, each with names of its own. */
static void states_have_a_limit(void **state)
{
    size_t size = 40000, length;
    char *text = calloc(size, 1);

    (void)state;
    assert_non_null(text);
    length = (size_t)snprintf(text, size, "%sconditions:\n", BARE);
    for (int c = 0; c < 51; c++) {
        length += (size_t)snprintf(text + length, size - length,
                                   "  c%d: {states: [", c);
        for (int s = 0; s < 20; s++)
            length += (size_t)snprintf(text + length, size - length, "%ss%d-%d",
                                       s > 0 ? ", " : "", c, s);
        length += (size_t)snprintf(text + length, size - length,
                                   "], begin: {s%d-0: 100%%}}\n", c);
    }
    assert_true(length < size);
    assert_says(text, "more than 1000 states in all");
    free(text);
}

int main(void)
{
    const struct CMUnitTest files[] = {
        cmocka_unit_test(what_a_concern_adds_needs_a_plan),
        cmocka_unit_test(states_have_a_limit),
    };

    return cmocka_run_group_tests_name("whole files", files, NULL, NULL) +
           run_table("distributions", says, distribution_cases) +
           run_table("what means nothing", says, nothing_cases);
}
