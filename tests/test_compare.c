/*
 * Comparisons from tables of records: small ones worked by hand, and what must
 * hold of the method over many made-up studies.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/compare_bench.h"
#include "tests/table.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define BONFERRONI_1 3.182446305284263 /* t 0.975, 3 degrees of freedom */
#define BONFERRONI_2 4.176534846024527 /* t 0.9875, likewise */
#define NEAR 1e-9

static const char *const crises[] = {"crises", NULL};
static const char *const crises_and_cost[] = {"crises", "cost_per_week", NULL};
static const char *const missed[] = {"contacts_not_delivered", NULL};

/* ---- worked by hand: 4 replications, crises a week ---- */

/* Crises of each option, cost of each option. */
struct hand {
    double crises[3][4];
    double cost[3][4];
};

static void hand_table(const struct compare_bench *bench, uint32_t design,
                       uint32_t replication, double *record)
{
    const struct hand *hand = bench->data;

    record[COUNT_CRISES] = BENCH_WEEKS * hand->crises[design][replication];
    record[COUNT_COST] = BENCH_WEEKS * hand->cost[design][replication];
}

static void hand_run(struct compare_bench *bench, size_t options,
                     const char *const *ids, const struct hand *hand)
{
    bench_init(bench, options, ids);
    bench->question.replications = 4;
    bench->table = hand_table;
    bench->data = hand;
    assert_int_equal(bench_run(bench), SIM_OK);
    assert_int_equal(bench->result.replications, 4);
    assert_int_equal(bench->result.method, COMPARE_BONFERRONI);
}

/* Differences 3, 1, 3, 1: mean 2, standard error sqrt(4 / 3 / 4). Squared
 * deviations 8 of the base, 4 of the option and 4 of the differences. */
static void a_difference_is_paired(void **state)
{
    static const struct hand hand = {
        .crises = {{10, 12, 8, 10}, {13, 13, 11, 11}}};
    struct compare_bench bench;
    const struct compare_value *value;
    double reach = BONFERRONI_1 / sqrt(3);

    (void)state;
    hand_run(&bench, 2, crises, &hand);
    value = bench_value(&bench, 1, 0);
    assert_near(bench_value(&bench, 0, 0)->estimate.mean, 10, NEAR);
    assert_near(value->estimate.mean, 12, NEAR);
    assert_near(value->difference, 2, NEAR);
    assert_near(value->lower, 2 - reach, NEAR);
    assert_near(value->upper, 2 + reach, NEAR);
    assert_int_equal(value->finding, COMPARE_APART);
    assert_near(value->reduction, 3, NEAR);
    assert_true(isnan(value->more));
    assert_int_equal(bench.result.comparisons, 1);
    assert_near(bench.result.critical, BONFERRONI_1, NEAR);
    assert_true(isnan(bench_value(&bench, 0, 0)->difference));
    bench_clear(&bench);
}

/* The same beside a second measure: the level is shared by two. */
static void more_comparisons_widen_every_interval(void **state)
{
    static const struct hand hand = {
        .crises = {{10, 12, 8, 10}, {13, 13, 11, 11}},
        .cost = {{100, 110, 90, 100}, {120, 90, 100, 95}}};
    struct compare_bench bench;

    (void)state;
    hand_run(&bench, 2, crises_and_cost, &hand);
    assert_int_equal(bench.result.comparisons, 2);
    assert_near(bench.result.critical, BONFERRONI_2, NEAR);
    assert_near(bench_value(&bench, 1, 0)->upper, 2 + BONFERRONI_2 / sqrt(3),
                NEAR);
    assert_int_equal(bench_value(&bench, 1, 0)->finding, COMPARE_NOT_APART);
    bench_clear(&bench);
}

/* Differences 3, -1, 3, -1: mean 1, standard error sqrt(16 / 3 / 4); told apart
 * when 3.18 such errors have shrunk to 1, at 4 x 3.18^2 x 4 / 3. */
static void how_many_more_would_tell(void **state)
{
    static const struct hand hand = {
        .crises = {{10, 12, 8, 10}, {13, 11, 11, 9}}};
    struct compare_bench bench;
    const struct compare_value *value;

    (void)state;
    hand_run(&bench, 2, crises, &hand);
    value = bench_value(&bench, 1, 0);
    assert_int_equal(value->finding, COMPARE_NOT_APART);
    assert_near(value->more, 4 * (BONFERRONI_1 * BONFERRONI_1 * 4 / 3 - 1),
                1e-6);
    bench_clear(&bench);
}

/* What never varies has no interval: rostered hours, say. */
static void a_constant_difference_is_exact(void **state)
{
    static const struct hand hand = {
        .crises = {{10, 12, 8, 10}, {13, 13, 11, 11}},
        .cost = {{100, 110, 90, 100}, {107, 117, 97, 107}}};
    struct compare_bench bench;
    const struct compare_value *value;

    (void)state;
    hand_run(&bench, 2, crises_and_cost, &hand);
    value = bench_value(&bench, 1, 1);
    assert_near(value->difference, 7, NEAR);
    assert_near(value->lower, 7, NEAR);
    assert_near(value->upper, 7, NEAR);
    assert_int_equal(value->finding, COMPARE_APART);
    assert_true(isinf(value->reduction));
    bench_clear(&bench);
}

static void equal_records_differ_by_exactly_nothing(void **state)
{
    static const struct hand hand = {
        .crises = {{10, 12, 8, 10}, {10, 12, 8, 10}, {9, 9, 8, 9}}};
    struct compare_bench bench;
    const struct compare_value *value;

    (void)state;
    hand_run(&bench, 3, crises, &hand);
    value = bench_value(&bench, 1, 0);
    assert_true(value->difference == 0 && value->lower == 0 &&
                value->upper == 0);
    assert_int_equal(value->finding, COMPARE_SAME);
    assert_int_equal(bench.result.comparisons, 1); /* the second alone */
    assert_true(value->chance_best == bench_value(&bench, 0, 0)->chance_best);
    assert_true(bench_value(&bench, 2, 0)->chance_best > 0.5);
    bench_clear(&bench);
}

/* No crisis in four years of either: by the rule of three each has at most
 * -ln(0.05) / 208 a week; the one comparison keeps that level. */
static void no_events_are_no_certainty(void **state)
{
    static const struct hand hand = {.crises = {{0}, {0}}};
    struct compare_bench bench;
    const struct compare_value *value;
    double bound = -log(0.05) / (4.0 * BENCH_WEEKS);

    (void)state;
    hand_run(&bench, 2, crises, &hand);
    value = bench_value(&bench, 1, 0);
    assert_int_equal(value->finding, COMPARE_NO_EVENTS);
    assert_true(value->difference == 0);
    assert_near(value->lower, -bound, NEAR);
    assert_near(value->upper, bound, NEAR);
    bench_clear(&bench);
    /* But an option that is the base is the same whatever was seen. */
    bench_init(&bench, 2, crises);
    bench.question.replications = 4;
    bench.table = hand_table;
    bench.data = &hand;
    bench.option[1].like_base = true;
    assert_int_equal(bench_run(&bench), SIM_OK);
    assert_int_equal(bench_value(&bench, 1, 0)->finding, COMPARE_SAME);
    assert_true(bench_value(&bench, 1, 0)->upper == 0);
    bench_clear(&bench);
}

/* One side without events keeps its own doubt. */
static void a_side_without_events_widens_the_interval(void **state)
{
    static const struct hand hand = {.crises = {{0}, {1, 2, 1, 2}}};
    struct compare_bench bench;
    const struct compare_value *value;
    double bound = -log(0.05) / (4.0 * BENCH_WEEKS);
    double reach = BONFERRONI_1 * sqrt(1.0 / 3 / 4);

    (void)state;
    hand_run(&bench, 2, crises, &hand);
    value = bench_value(&bench, 1, 0);
    assert_near(value->difference, 1.5, NEAR);
    assert_near(value->lower, 1.5 - reach - bound, NEAR);
    assert_near(value->upper, 1.5 + reach, NEAR);
    bench_clear(&bench);
}

/* Contacts due and not delivered; an option that plans none has no data. */
static void no_data_table(const struct compare_bench *bench, uint32_t design,
                          uint32_t replication, double *record)
{
    (void)bench;
    record[COUNT_DUE] = design == 2 ? 0 : 100;
    record[COUNT_NOT_DELIVERED] = design == 2 ? 0 : 3 + replication % 3;
    record[COUNT_EVENTS] = 7;
}

static void an_option_without_data_is_left_out(void **state)
{
    struct compare_bench bench;

    (void)state;
    bench_init(&bench, 3, missed);
    bench.table = no_data_table;
    assert_int_equal(bench_run(&bench), SIM_OK);
    assert_int_equal(bench_value(&bench, 2, 0)->finding, COMPARE_NO_DATA);
    assert_true(isnan(bench_value(&bench, 2, 0)->difference));
    assert_true(isnan(bench_value(&bench, 2, 0)->chance_best));
    assert_near(bench_value(&bench, 0, 0)->chance_best, 0.5, NEAR);
    assert_near(bench.result.events, 3 * 100 * 7, NEAR);
    bench_clear(&bench);
}

/* A ratio is linearised: N - r D over mean D. Base: 1 of 10, 5 of 30 (r 0.15);
 * option: 2 of 10, 2 of 10 (r 0.2, no spread). z of the base is
 * (1 - 1.5) / 20 and (5 - 4.5) / 20. */
static void ratio_table(const struct compare_bench *bench, uint32_t design,
                        uint32_t replication, double *record)
{
    bool odd = replication % 2;

    (void)bench;
    record[COUNT_DUE] = design == 0 && odd ? 30 : 10;
    record[COUNT_NOT_DELIVERED] = design ? 2 : odd ? 5 : 1;
}

static void a_ratio_is_linearised(void **state)
{
    struct compare_bench bench;
    const struct compare_value *value;
    double error = sqrt(2 * 0.025 * 0.025 / 1 / 2);

    (void)state;
    bench_init(&bench, 2, missed);
    bench.table = ratio_table;
    bench.question.replications = 2;
    assert_int_equal(bench_run(&bench), SIM_OK);
    value = bench_value(&bench, 1, 0);
    assert_near(value->difference, 0.05, NEAR);
    assert_near((value->upper - value->lower) / 2,
                gsl_cdf_tdist_Pinv(0.975, 1) * error, 1e-9);
    bench_clear(&bench);
}

/* ---- two worlds ---- */

static void world_table(const struct compare_bench *bench, uint32_t design,
                        uint32_t replication, double *record)
{
    (void)bench;
    record[COUNT_CRISES] =
        BENCH_WEEKS * (10.0 * (design + 1) + replication % 2);
}

static void the_second_world_follows_the_first(void **state)
{
    struct compare_bench bench;
    const struct compare_result *result = &bench.result;

    (void)state;
    bench_init(&bench, 2, crises);
    bench.table = world_table;
    bench.question.both_worlds = true;
    assert_int_equal(bench_run(&bench), SIM_OK);
    assert_int_equal(result->worlds, 2);
    assert_int_equal(bench.jobs, 400);
    for (size_t i = 0; i < 2; i++) {
        assert_near(
            compare_value_of(result, COMPARE_AS_WRITTEN, i, 0)->estimate.mean,
            10.5 + 10 * (double)i, NEAR);
        assert_near(
            compare_value_of(result, COMPARE_NO_EFFECT, i, 0)->estimate.mean,
            30.5 + 10 * (double)i, NEAR);
    }
    bench_clear(&bench);
}

/* Every whole measure is there, asked for or not, for pictures and files. */
static void measures_not_asked_for_have_values_too(void **state)
{
    struct compare_bench bench;
    size_t cost;

    (void)state;
    bench_init(&bench, 2, crises);
    bench.table = world_table;
    assert_int_equal(bench_run(&bench), SIM_OK);
    cost = compare_measure_find(&bench.result, measure_find("cost_per_week"),
                                SLICE_COUNT, NULL);
    assert_in_range(cost, 1, bench.result.measure_count - 1);
    assert_near(bench_value(&bench, 1, cost)->estimate.mean, 0, NEAR);
    assert_true(isnan(bench_value(&bench, 1, cost)->difference));
    assert_int_equal(compare_measure_find(&bench.result,
                                          measure_find("occupancy_p95"),
                                          SLICE_COUNT, NULL),
                     bench.result.measure_count);
    bench_clear(&bench);
}

/* ---- stopping ---- */

static void a_stop_leaves_the_prefix_that_all_have(void **state)
{
    struct compare_bench bench;

    (void)state;
    bench_init(&bench, 3, crises);
    bench.table = world_table;
    bench.limit = 3 * 20 + 10 + 4; /* two blocks of ten and part of a third */
    assert_int_equal(bench_run(&bench), SIM_OK);
    assert_int_equal(bench.result.replications, 20);
    bench_clear(&bench);
    bench.limit = 1;
    assert_int_equal(bench_run(&bench), SIM_ERR_STOPPED);
    bench_clear(&bench);
}

/* Options apart by `data` standard deviations of their difference. */
static void noise_table(const struct compare_bench *bench, uint32_t design,
                        uint32_t replication, double *record)
{
    double lead = *(const double *)bench->data;

    record[COUNT_CRISES] =
        BENCH_WEEKS *
        (100 + lead * design + bench_normal(1, replication, design, 7));
}

struct until_case {
    const char *name;
    double lead;
    uint32_t budget;
    uint32_t looks;
    uint32_t used; /* of each option; 0: any */
    bool separated;
};
static struct until_case until_cases[] = {
    {"far apart: the first look tells", 3, 1000, 5, 100, true},
    {"not apart: the budget ends it", 0, 350, 3, 350, false},
    {"nearly apart: some look tells", 0.25, 10000, 8, 0, true},
    {"a budget below the first look is one look", 3, 60, 1, 60, true},
};

static void until_separated(void **state)
{
    const struct until_case *c = *state;
    uint64_t trace = 0;

    for (uint32_t window = 1; window < 100; window += 33) {
        struct compare_bench bench;

        bench_init(&bench, 2, crises);
        bench.table = noise_table;
        bench.data = &c->lead;
        bench.window = window;
        bench.question.stop = COMPARE_SEPARATED;
        bench.question.replications = c->budget;
        assert_int_equal(bench_run(&bench), SIM_OK);
        assert_int_equal(bench.result.looks, c->looks);
        assert_int_equal(bench.result.separated, c->separated);
        if (c->used)
            assert_int_equal(bench.result.replications, c->used);
        else
            assert_in_range(bench.result.replications, 200, 3200);
        assert_true(window == 1 || trace == bench.trace);
        trace = bench.trace;
        /* Each look has its share of the error. */
        assert_true(bench.result.critical >=
                    gsl_cdf_tdist_Qinv(0.025 / c->looks,
                                       bench.result.replications - 1) -
                        NEAR);
        bench_clear(&bench);
    }
}

/* ---- the selection ---- */

/* Three options: 100, 100 + lead, 100 + 3 leads; less is better. */
static void selects_the_best(void **state)
{
    const double lead = 1;
    uint64_t trace = 0;

    (void)state;
    for (uint32_t window = 1; window < 100; window += 33) {
        struct compare_bench bench;
        const struct compare_selection *selection = &bench.result.selection;

        bench_init(&bench, 3, crises);
        bench.table = noise_table;
        bench.data = &lead;
        bench.window = window;
        bench.question.stop = COMPARE_SELECT;
        bench.question.replications = 10000;
        bench.question.within = 0.02;
        assert_int_equal(bench_run(&bench), SIM_OK);
        assert_true(selection->decided);
        assert_int_equal(selection->option, 0);
        assert_true(selection->left[0] && !selection->left[1] &&
                    !selection->left[2]);
        /* Who is far behind goes first; figures are of the first stage. */
        assert_true(selection->used[2] <= selection->used[1]);
        assert_int_equal(bench.result.replications, 200);
        assert_true(window == 1 || trace == bench.trace);
        trace = bench.trace;
        bench_clear(&bench);
    }
}

static void a_budget_may_end_a_selection(void **state)
{
    const double lead = 0;
    struct compare_bench bench;

    (void)state;
    bench_init(&bench, 2, crises);
    bench.table = noise_table;
    bench.data = &lead;
    bench.question.stop = COMPARE_SELECT;
    bench.question.replications = 300;
    bench.question.within = 0.001;
    assert_int_equal(bench_run(&bench), SIM_OK);
    assert_false(bench.result.selection.decided);
    assert_true(bench.result.selection.needed > 300);
    assert_int_equal(bench.result.selection.used[0], 300);
    bench_clear(&bench);
    bench.question.replications = 150; /* below the first stage */
    assert_int_equal(bench_run(&bench), SIM_OK);
    assert_false(bench.result.selection.decided);
    assert_int_equal(bench.result.replications, 150);
    bench_clear(&bench);
}

/* ---- the chance of being best ---- */

/* Of two it is Student's: P(T < difference / error). The draws are 10,000. */
static void the_chance_of_two_is_student_s(void **state)
{
    const double lead = 0.1;
    struct compare_bench bench;
    const struct compare_value *value;
    double error, chance;

    (void)state;
    bench_init(&bench, 2, crises);
    bench.table = noise_table;
    bench.data = &lead;
    bench.question.replications = 30;
    assert_int_equal(bench_run(&bench), SIM_OK);
    value = bench_value(&bench, 1, 0);
    error = (value->upper - value->difference) / bench.result.critical;
    chance = gsl_cdf_tdist_P(-value->difference / error, 29);
    assert_in_range((int)(100 * chance), 5, 60); /* or it would tell little */
    assert_near(value->chance_best, chance,
                4 * sqrt(chance * (1 - chance) / 10000));
    assert_near(value->chance_best + bench_value(&bench, 0, 0)->chance_best, 1,
                NEAR);
    bench_clear(&bench);
}

/* ---- over many studies ---- */

/* Options equal in law: shared luck, own luck, and counts of rare events. */
static void equal_table(const struct compare_bench *bench, uint32_t design,
                        uint32_t replication, double *record)
{
    uint32_t seed = *(const uint32_t *)bench->data;
    double shared = bench_normal(seed, replication, 1000, 0);

    for (uint32_t i = 0; i < 3; i++) {
        double own = bench_normal(seed, replication, design, 1 + i % 2);

        /* The third goes with the second, but for noise of its own. */
        if (i == 2)
            own += 0.3 * bench_normal(seed, replication, design, 3);
        record[i == 0   ? COUNT_CRISES
               : i == 1 ? COUNT_COST
                        : COUNT_STEP_UPS] =
            BENCH_WEEKS * (100 + 2 * shared + own);
    }
    /* About one year in ten has an event: far from normal. */
    record[COUNT_CALL_OUTS] =
        bench_normal(seed, replication, design, 9) > 1.2816;
}

struct many {
    unsigned any;    /* studies that declared some difference */
    unsigned single; /* that a t-test of each alone would have */
};

static struct many run_many(unsigned studies, uint32_t replications)
{
    static const char *const ids[] = {"crises", "cost_per_week", "step_ups",
                                      "call_outs", NULL};
    struct many many = {0};

    for (uint32_t seed = 1; seed <= studies; seed++) {
        struct compare_bench bench;
        double single = gsl_cdf_tdist_Qinv(0.025, replications - 1.0);
        bool any = false, alone = false;

        bench_init(&bench, 3, ids);
        bench.table = equal_table;
        bench.data = &seed;
        bench.question.seed = seed;
        bench.question.replications = replications;
        assert_int_equal(bench_run(&bench), SIM_OK);
        for (size_t i = 1; i < 3; i++)
            for (size_t m = 0; m < 4; m++) {
                const struct compare_value *value = bench_value(&bench, i, m);
                double error =
                    (value->upper - value->lower) / 2 / bench.result.critical;

                any |= value->finding == COMPARE_APART;
                alone |= fabs(value->difference) > single * error;
            }
        many.any += any;
        many.single += alone;
        bench_clear(&bench);
    }
    return many;
}

/* 5% of the studies may declare something: 150 x 0.05 + 4 standard errors is
 * 18. Without regard to how many are compared far more would. */
static void intervals_hold_together(void **state)
{
    struct many many = run_many(150, 60);

    (void)state;
    print_message("of 150 studies %u declare a difference, alone %u\n",
                  many.any, many.single);
    assert_in_range(many.any, 0, 18);
    assert_true(many.single > 18); /* the control */
}

static void intervals_hold_with_few_replications(void **state)
{
    struct many many = run_many(400, 12);

    (void)state;
    print_message("of 400 studies %u declare a difference, alone %u\n",
                  many.any, many.single);
    assert_in_range(many.any, 0, 37); /* 20 + 4 x 4.4 */
    assert_true(many.single > 37);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_paired),
        cmocka_unit_test(more_comparisons_widen_every_interval),
        cmocka_unit_test(how_many_more_would_tell),
        cmocka_unit_test(a_constant_difference_is_exact),
        cmocka_unit_test(equal_records_differ_by_exactly_nothing),
        cmocka_unit_test(no_events_are_no_certainty),
        cmocka_unit_test(a_side_without_events_widens_the_interval),
        cmocka_unit_test(an_option_without_data_is_left_out),
        cmocka_unit_test(a_ratio_is_linearised),
        cmocka_unit_test(the_second_world_follows_the_first),
        cmocka_unit_test(measures_not_asked_for_have_values_too),
        cmocka_unit_test(a_stop_leaves_the_prefix_that_all_have),
        cmocka_unit_test(selects_the_best),
        cmocka_unit_test(a_budget_may_end_a_selection),
        cmocka_unit_test(the_chance_of_two_is_student_s),
        cmocka_unit_test(intervals_hold_together),
        cmocka_unit_test(intervals_hold_with_few_replications),
    };
    int failed = cmocka_run_group_tests_name("compare", tests, NULL, NULL);

    failed +=
        run_table("compare: until separated", until_separated, until_cases);
    return failed;
}
