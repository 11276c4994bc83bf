/* Numbers in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/words.h"

#include "tests/table.h"

struct estimate_case {
    const char *name;
    enum measure_unit unit;
    struct estimate estimate;
    const char *value, *between, *spread, *bare;
};
static struct estimate_case estimate_cases[] = {
    {"a share is a natural frequency",
     UNIT_SHARE,
     {0.031, 0.029, 0.033, 0.01, 0.02, 0.044, false},
     "3.1 in 100",
     "between 2.9 and 3.3",
     "2.0 to 4.4",
     "3.1"},
    {"from 10 up numbers are whole",
     UNIT_SHARE,
     {0.142, 0.12, 0.16, 0.01, 0.08, 0.21, false},
     "14 in 100",
     "between 12 and 16",
     "8 to 21",
     "14"},
    {"a narrow interval is never shown as a point",
     UNIT_SHARE,
     {0.142, 0.1408, 0.1432, 0.01, 0.08, 0.21, false},
     "14.2 in 100",
     "between 14.1 and 14.3",
     "8 to 21",
     "14"},
    {"nor with more than two decimals more",
     UNIT_SHARE,
     {0.142, 0.14199, 0.14201, 0.01, 0.08, 0.21, false},
     "14.20 in 100",
     "between 14.20 and 14.20",
     "8 to 21",
     "14"},
    {"what every run agrees on has no interval",
     UNIT_HOURS_PER_WEEK,
     {292, 292, 292, 0, 292, 292, false},
     "292 h a week",
     "",
     "292 to 292",
     "292"},
    {"no event seen: a bound",
     UNIT_SHARE,
     {0, 0, 0.003, 0, 0, 0, true},
     "0 in 100",
     "at most 0.3",
     "0 to 0",
     "0"},
    {"nothing else seen: the other bound",
     UNIT_SHARE,
     {1, 0.97, 1, 0, 1, 1, true},
     "100 in 100",
     "at least 97",
     "100 to 100",
     "100"},
    {"thousands are set off",
     UNIT_MONEY_PER_WEEK,
     {12345.6, 12001, 12700, 1, 9800, 1234567, false},
     "12,346 a week",
     "between 12,001 and 12,700",
     "9,800 to 1,234,567",
     "12,346"},
    {"small numbers keep a digit",
     UNIT_SHARE,
     {0.000047, 0.00001, 0.00008, 1, NAN, NAN, false},
     "0.005 in 100",
     "between 0.001 and 0.008",
     "",
     "0.005"},
    {"a whole number below 10 needs no decimal in a sentence",
     UNIT_PEOPLE,
     {7, 6.4, 7.6, 1, 5, 9, false},
     "7.0 people",
     "between 6.4 and 7.6",
     "5.0 to 9.0",
     "7"},
    {"one run has no interval and no spread",
     UNIT_DAYS,
     {11.4, NAN, NAN, NAN, NAN, NAN, false},
     "11 days",
     "",
     "",
     "11"},
    {"what cannot be had is no data",
     UNIT_MINUTES,
     {NAN, NAN, NAN, NAN, NAN, NAN, false},
     "no data",
     "",
     "",
     "no data"},
    {"nothing is never minus nothing",
     UNIT_DAYS,
     {-1e-9, -0.1, 0.1, 1, NAN, NAN, false},
     "0.0000 days",
     "between -0.1000 and 0.1000",
     "",
     "0.0000"},
};

static void says_estimates(void **state)
{
    const struct estimate_case *c = *state;
    char value[WORDS_SIZE], between[WORDS_SIZE], spread[WORDS_SIZE];
    char bare[WORDS_SIZE];

    words_value(&c->estimate, c->unit, value);
    words_between(&c->estimate, c->unit, between);
    words_spread(&c->estimate, c->unit, spread);
    words_bare(&c->estimate, c->unit, bare);
    assert_string_equal(value, c->value);
    assert_string_equal(between, c->between);
    assert_string_equal(spread, c->spread);
    assert_string_equal(bare, c->bare);
}

struct limit_case {
    const char *name;
    enum measure_unit unit;
    double limit;
    const char *words;
};
static struct limit_case limit_cases[] = {
    {"a whole share", UNIT_SHARE, 0.02, "2 in 100"},
    {"a share with a decimal", UNIT_SHARE, 0.025, "2.5 in 100"},
    {"minutes", UNIT_MINUTES, 30, "30 min"},
    {"two decimals at most", UNIT_DAYS, 1.0 / 3, "0.33 days"},
    {"money", UNIT_MONEY_PER_WEEK, 10000, "10,000 a week"},
};

static void says_limits(void **state)
{
    const struct limit_case *c = *state;
    char words[WORDS_SIZE];

    words_limit(c->limit, c->unit, words);
    assert_string_equal(words, c->words);
}

struct span_case {
    const char *name;
    sim_ms span;
    const char *words, *run;
};
static struct span_case span_cases[] = {
    {"weeks where it is weeks", 52 * SIM_WEEK, "52 weeks", "simulated year"},
    {"one week", SIM_WEEK, "1 week", "simulated run"},
    {"days else", 365 * SIM_DAY, "365 days", "simulated year"},
    {"one day", SIM_DAY, "1 day", "simulated run"},
    {"part days", 36 * SIM_HOUR, "1.5 days", "simulated run"},
    {"nothing", 0, "no time", "simulated run"},
};

static void says_spans(void **state)
{
    const struct span_case *c = *state;
    struct scenario scenario = {.calendar = {.run_for = c->span}};
    char words[WORDS_SIZE];

    words_span(c->span, words);
    assert_string_equal(words, c->words);
    assert_string_equal(words_run(&scenario), c->run);
}

int main(void)
{
    return run_table("estimates", says_estimates, estimate_cases) +
           run_table("limits", says_limits, limit_cases) +
           run_table("spans", says_spans, span_cases);
}
