/*
 * The tests by which sizing decides: what they are in simple cases, and that
 * they err no more often than they say.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/support.h"
#include "tests/stats.h"
#include "tests/table.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "sim/chance.h"
#include "studies/size_rule.h"

#define MOST 400

static struct size_column column_of(const struct size_value *value,
                                    uint32_t count)
{
    return (struct size_column){value, count, 1};
}

static const struct size_limit two_in_100 = {
    .at_most = true, .limit = 0.02, .margin = 0.002, .is_share = true};

/* ---- by hand ---- */

/* 1, 2, 3, 4 bad of 100: y = -1, 0, 1, 2 against 2 in 100, so the mean is 0.5,
 * its sd sqrt(5 / 3); no skew, so t = hall but for the 1/6 term's factor 0. */
static void against_students_t(void **state)
{
    const struct size_value value[] = {{1, 100}, {2, 100}, {3, 100}, {4, 100}};
    struct size_column column = column_of(value, 4);
    /* With the margin 0.2 of 100 is added to each. */
    double t = 2 * 0.7 / sqrt(5.0 / 3.0);
    double p = gsl_cdf_tdist_Q(t, 3);

    (void)state;
    assert_true(size_rule_fails(&two_in_100, &column, p * 1.001));
    assert_false(size_rule_fails(&two_in_100, &column, p * 0.999));
    assert_near(size_rule_ratio(&column), 0.025, 1e-15);
    assert_near(size_rule_excess(&two_in_100, &column), 2.5, 1e-12);
}

static void at_least_is_the_mirror_image(void **state)
{
    const struct size_limit least = {
        .limit = 0.98, .margin = 0.002, .is_share = true};
    const struct size_value bad[] = {{1, 100}, {2, 100}, {3, 100}, {9, 100}};
    struct size_value good[4];

    (void)state;
    for (int i = 0; i < 4; i++)
        good[i] = (struct size_value){100 - bad[i].part, 100};
    for (double level = 0.001; level < 0.5; level *= 1.1) {
        struct size_column a = column_of(bad, 4), b = column_of(good, 4);

        assert_int_equal(size_rule_fails(&two_in_100, &a, level),
                         size_rule_fails(&least, &b, level));
        assert_int_equal(size_rule_meets(&two_in_100, &a, level),
                         size_rule_meets(&least, &b, level));
    }
}

/* 9 of 10 years, 20 years of which 4 were bad: as many or more come with chance
 * Q when each is bad with chance 0.11 (the margin is 1 in 100). */
static void years_by_the_binomial(void **state)
{
    const struct size_limit years = {
        .limit = 0.9, .margin = 0.01, .is_share = true, .yes_or_no = true};
    struct size_value value[20];
    double few = 0, many = 0;

    (void)state;
    for (int i = 0; i < 20; i++)
        value[i] = (struct size_value){i >= 4, 1};
    for (unsigned k = 0; k <= 20; k++) {
        /* At most 4 bad of 20 at 0.1; at least 4 at 0.09. */
        few += k <= 4 ? gsl_ran_binomial_pdf(k, 0.1, 20) : 0;
        many += k >= 4 ? gsl_ran_binomial_pdf(k, 0.09, 20) : 0;
    }
    struct size_column column = column_of(value, 20);
    assert_true(size_rule_meets(&years, &column, few * 1.001));
    assert_false(size_rule_meets(&years, &column, few * 0.999));
    assert_true(size_rule_fails(&years, &column, many * 1.001));
    assert_false(size_rule_fails(&years, &column, many * 0.999));
}

static void a_spread_of_nothing_is_not_believed_at_once(void **state)
{
    struct size_value value[SIZE_RULE_CONSTANT];

    (void)state;
    for (int i = 0; i < SIZE_RULE_CONSTANT; i++)
        value[i] = (struct size_value){5, 100};
    struct size_column few = column_of(value, SIZE_RULE_CONSTANT - 1);
    struct size_column enough = column_of(value, SIZE_RULE_CONSTANT);
    assert_false(size_rule_fails(&two_in_100, &few, 0.01));
    assert_true(size_rule_fails(&two_in_100, &enough, 0.01));
}

/* Nothing bad in 40 replications of one occasion each: the rate may still be
 * -ln(0.05) / 40 = 7.5 in 100. */
static void nothing_seen_is_not_nothing(void **state)
{
    struct size_limit limit = two_in_100;
    struct size_value value[MOST];

    (void)state;
    limit.occasions = 1;
    for (int i = 0; i < MOST; i++)
        value[i] = (struct size_value){0, 90 + i % 20};
    struct size_column few = column_of(value, 40);
    struct size_column enough = column_of(value, 150);
    assert_false(size_rule_meets(&limit, &few, 0.05));
    assert_true(size_rule_meets(&limit, &enough, 0.05));
}

static void without_data_there_is_no_failure(void **state)
{
    const struct size_value value[MOST] = {{0, 0}};
    struct size_column column = column_of(value, 100);

    (void)state;
    assert_false(size_rule_fails(&two_in_100, &column, 0.5));
    assert_true(isnan(size_rule_ratio(&column)));
}

/* 10, 12, 14 a week over 2 weeks, against 9, 11, 13: 1 dearer, always. */
static void an_upper_bound_of_cost(void **state)
{
    const struct size_value more[] = {{20, 2}, {24, 2}, {28, 2}};
    const struct size_value less[] = {{18, 2}, {22, 2}, {26, 2}};
    struct size_column a = column_of(more, 3), b = column_of(less, 3);
    double point = gsl_cdf_tdist_Qinv(0.05, 2);

    (void)state;
    assert_near(size_rule_upper(&a, NULL, 0.05), 12 + point * 2 / sqrt(3),
                1e-12);
    /* A difference that never varies is believed from eight on. */
    assert_true(isinf(size_rule_upper(&a, &b, 0.05)));
    a.count = 1;
    assert_true(isinf(size_rule_upper(&a, NULL, 0.05)));
}

static void what_is_needed_is_enough(void **state)
{
    struct size_value value[MOST];
    uint32_t needed;

    (void)state;
    for (int i = 0; i < MOST; i++)
        value[i] = (struct size_value){1.8 + (i % 2 ? 1 : -1), 100};
    struct size_column column = column_of(value, MOST);
    needed = size_rule_needed(&two_in_100, &column, 0.025);
    /* sd 1 (all but), mean -0.2: ((1.96 + 1.645) / 0.2)^2 = 325. */
    assert_true(needed >= 323 && needed <= 327);
    for (int i = 0; i < MOST; i++)
        value[i].part = 2.5;
    assert_int_equal(size_rule_needed(&two_in_100, &column, 0.025), UINT32_MAX);
}

/* ---- errors ---- */

/* Rare bad events, on average exactly what the limit (or its margin) allows:
 * how often the tests say otherwise. */
struct error_case {
    const char *name;
    double events; /* mean bad events a replication */
    uint32_t count;
    double level;
    bool meets;
};
static struct error_case error_cases[] = {
    {"meets: 20 events a year, 400 years", 20, 400, 0.025, true},
    {"meets: 1 event a year, 400 years", 1, 400, 0.025, true},
    {"meets: 1 event in 10 years, 400 years", 0.1, 400, 0.025, true},
    {"fails: 20 events a year, 8 years", 20, 8, 0.005, false},
    {"fails: 1 event a year, 8 years", 1, 8, 0.005, false},
    {"fails: 1 event in 10 years, 27 years", 0.1, 27, 0.002, false},
};
#define SERIES 10000

/* A column of Poisson events, each of which is `burst` contacts. */
static void fill(struct size_value *value, const struct error_case *c,
                 uint32_t series)
{
    struct sim_chance chance = {11, series};
    struct sim_name name = {.owner = (uint32_t)(c->events * 10)};
    struct sim_stream stream;

    for (uint32_t i = 0; i < c->count; i++) {
        name.number = i;
        sim_stream_init(&stream, &chance, &name);
        value[i].part = gsl_ran_poisson(&stream.rng, c->events);
        value[i].all = 1;
    }
}

static void errs_no_more_than_it_says(void **state)
{
    const struct error_case *c = *state;
    struct size_limit limit = {.at_most = true,
                               .limit = c->meets ? c->events : c->events * 1.1,
                               .margin = c->events * 0.1};
    struct size_value value[MOST];
    uint32_t wrong = 0;
    double bound =
        c->level + STANDARD_ERRORS * sqrt(c->level * (1 - c->level) / SERIES);

    for (uint32_t s = 0; s < SERIES; s++) {
        struct size_column column = column_of(value, c->count);

        fill(value, c, s);
        wrong += c->meets ? size_rule_meets(&limit, &column, c->level)
                          : size_rule_fails(&limit, &column, c->level);
    }
    assert_true(wrong <= bound * SERIES);
}

/* Rare events are skewed, and more are needed than without: with as many as it
 * says, 19 in 20 series are enough. */
static void enough_of_rare_events(void **state)
{
    const struct error_case c = {"", 0.1, MOST, 0.0125, true};
    struct size_limit limit = {.at_most = true, .limit = 0.2, .margin = 0.02};
    struct size_value value[MOST];
    struct size_column column = column_of(value, MOST);
    uint32_t needed, shown = 0;

    (void)state;
    fill(value, &c, SERIES);
    needed = size_rule_needed(&limit, &column, c.level);
    assert_true(needed > 20 && needed < MOST);
    column.count = needed;
    for (uint32_t s = 0; s < 1000; s++) {
        fill(value, &c, s);
        shown += size_rule_meets(&limit, &column, c.level);
    }
    /* 950, less 4 standard errors, and the needed is itself an estimate. */
    assert_true(shown >= 900);
}

/* The control: plain t, on the rarest events, errs more often than it says, so
 * the test above can tell. */
static void plain_t_errs_more(void **state)
{
    const struct error_case c = {"", 0.02, 400, 0.025, true};
    struct size_value value[MOST];
    uint32_t wrong = 0;

    (void)state;
    for (uint32_t s = 0; s < SERIES; s++) {
        double mean = 0, squares = 0;

        fill(value, &c, s);
        for (uint32_t i = 0; i < c.count; i++)
            mean += value[i].part / c.count;
        for (uint32_t i = 0; i < c.count; i++)
            squares += (value[i].part - mean) * (value[i].part - mean);
        wrong += (mean - c.events) * sqrt(c.count) <
                 -gsl_cdf_tdist_Qinv(c.level, c.count - 1) *
                     sqrt(squares / (c.count - 1));
    }
    assert_true(wrong > (c.level + STANDARD_ERRORS *
                                       sqrt(c.level * (1 - c.level) / SERIES)) *
                            SERIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(against_students_t),
        cmocka_unit_test(at_least_is_the_mirror_image),
        cmocka_unit_test(years_by_the_binomial),
        cmocka_unit_test(a_spread_of_nothing_is_not_believed_at_once),
        cmocka_unit_test(nothing_seen_is_not_nothing),
        cmocka_unit_test(without_data_there_is_no_failure),
        cmocka_unit_test(an_upper_bound_of_cost),
        cmocka_unit_test(what_is_needed_is_enough),
        cmocka_unit_test(enough_of_rare_events),
        cmocka_unit_test(plain_t_errs_more),
    };

    return run_table("size rule errs", errs_no_more_than_it_says, error_cases) +
           cmocka_run_group_tests_name("size rule", tests, NULL, NULL);
}
