/*
 * What a sizing says: rows, frontier, neighbours and reach, from tables whose
 * truth is known; and in words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/support.h"
#include "tests/table.h"

#include "plots/size_words.h"
#include "studies/size_answer.h"
#include "tests/size_table.h"

/* A sizing from a table, answered. */
struct answered {
    struct size_table table;
    struct size size;
    struct size_watch watch;
    struct target target[TABLE_LIMITS];
    struct scenario base;
    struct size_answer answer;
};

/* Two targets on a measure that is a share; costs by the week. */
static void make_watch(struct answered *a)
{
    uint32_t share = measure_find("contacts_not_delivered");
    static const char *const names[TABLE_LIMITS] = {"contacts", "weekends"};

    a->watch.count = TABLE_WATCH;
    a->watch.limit_count = TABLE_LIMITS;
    a->watch.quantity[0] = (struct size_quantity){
        .measure = measure_find("cost_per_week"),
        .target = NONE,
        .unit = UNIT_MONEY_PER_WEEK,
        .rule = {.kind = ESTIMATE_PLAIN, .scale = 1, .occasions = 52}};
    for (uint32_t t = 0; t < TABLE_LIMITS; t++) {
        a->target[t] = (struct target){.name = names[t],
                                       .measure = share,
                                       .at_most = true,
                                       .limit = a->table.limit[t].limit};
        a->watch.quantity[1 + t] = (struct size_quantity){
            .measure = share,
            .target = t,
            .unit = UNIT_SHARE,
            .rule = {.kind = ESTIMATE_SHARE, .scale = 1, .occasions = 52}};
    }
    a->base.target = a->target;
    a->base.target_count = TABLE_LIMITS;
    a->base.calendar.run_for = 52 * SIM_WEEK;
}

/* Stop after `most` jobs. */
static struct answered *answered_new(const struct table_wish *wish,
                                     uint64_t most)
{
    struct answered *a = calloc(1, sizeof *a);
    struct study study;
    struct job job;

    assert_non_null(a);
    size_table_make(&a->table, wish);
    a->table.seed = 1;
    make_watch(a);
    a->table.range[0].path = "rota.weekend.staff.support worker";
    a->table.range[1].path = "rota.late.staff.nurses";
    assert_int_equal(size_init(&a->size, &a->table.question), SIM_OK);
    study = size_study(&a->size);
    while (a->size.accepted < most && study.next(study.self, &job)) {
        double record = job.replication;

        assert_int_equal(study.accept(study.self, &job, &record), SIM_OK);
    }
    assert_int_equal(
        size_answer_make(&a->size, &a->watch, &a->base, &a->answer), SIM_OK);
    return a;
}

static void answered_free(struct answered *a)
{
    size_answer_clear(&a->answer);
    size_clear(&a->size);
    free(a);
}

static const struct table_wish plain = {{0.02, 0.05}, 0.5, false, false};
static const struct table_wish hopeless = {{0.002, 0.05}, 0.5, false, false};

/* ---- rows ---- */

static void rows_go_up_in_cost(void **state)
{
    struct answered *a = answered_new(&plain, UINT64_MAX);
    uint32_t yes = 0;

    (void)state;
    assert_int_equal(a->answer.end, SIZE_CHOSEN);
    assert_true(a->answer.row_count > 2);
    for (uint32_t i = 0; i < a->answer.row_count; i++) {
        const struct size_row *row = &a->answer.row[i];

        assert_true(i == 0 || row->value[0].mean >= row[-1].value[0].mean);
        assert_int_equal(row->fresh, row->design == a->answer.chosen);
        assert_int_equal(row->count, row->fresh
                                         ? a->size.records.count
                                         : a->size.design[row->design].count);
        assert_ptr_equal(size_answer_row(&a->answer, row->design), row);
        yes += row->meets == SIZE_MEETS_YES;
        if (row->meets == SIZE_MEETS_NO)
            assert_true(row->limit != SIZE_NONE);
    }
    assert_int_equal(yes, 1);
    assert_int_equal(size_answer_row(&a->answer, a->answer.chosen)->meets,
                     SIZE_MEETS_YES);
    answered_free(a);
}

/* Nothing on the frontier is beaten, and all that is not on it is. */
static void the_frontier_is_not_beaten(void **state)
{
    struct answered *a = answered_new(&plain, UINT64_MAX);

    (void)state;
    for (uint32_t i = 0; i < a->answer.row_count; i++) {
        const struct size_row *row = &a->answer.row[i];
        bool beaten = false;

        for (uint32_t j = 0; j < i; j++)
            beaten = beaten || a->answer.row[j].excess <= row->excess;
        assert_int_equal(row->frontier, !beaten);
    }
    answered_free(a);
}

static void a_rows_worst_target_is_its_worst(void **state)
{
    struct answered *a = answered_new(&plain, UINT64_MAX);

    (void)state;
    for (uint32_t i = 0; i < a->answer.row_count; i++) {
        const struct size_row *row = &a->answer.row[i];

        for (uint32_t t = 0; t < TABLE_LIMITS; t++) {
            const struct size_limit *limit = &a->table.limit[t];
            double excess =
                (row->value[1 + t].mean - limit->limit) / limit->margin;

            assert_true(row->excess >= excess - 1e-9);
            if (t == row->worst)
                assert_near(row->excess, excess, 1e-9);
        }
    }
    answered_free(a);
}

/* ---- neighbours ---- */

/* One more of the first costs 900 more, in truth. */
static void steps_are_paired_differences(void **state)
{
    static const double price[TABLE_RANGES] = {900, 700, 500};
    struct answered *a = answered_new(&plain, UINT64_MAX);

    (void)state;
    assert_int_equal(a->answer.step_count, 2 * TABLE_RANGES);
    for (uint32_t i = 0; i < a->answer.step_count; i++) {
        const struct size_step *step = &a->answer.step[i];
        const struct estimate *cost = &step->difference[0];
        double error = cost->sd / sqrt(step->count);

        assert_int_equal(step->range, i / 2);
        assert_int_equal(step->by, i % 2 ? 1 : -1);
        if (step->design == SIZE_NONE)
            continue;
        assert_true(step->count >= 100);
        assert_near(cost->mean, step->by * price[step->range], 4 * error);
        assert_near(
            cost->mean,
            step->row->value[0].mean -
                size_answer_row(&a->answer, a->answer.chosen)->value[0].mean,
            4 * error + 2);
    }
    answered_free(a);
}

/* ---- where nothing meets, and where it was stopped ---- */

static void what_cannot_be_met_is_named(void **state)
{
    struct answered *a = answered_new(&hopeless, UINT64_MAX);

    (void)state;
    assert_int_equal(a->answer.end, SIZE_NOTHING_MEETS);
    assert_int_equal(a->answer.chosen, SIZE_NONE);
    assert_true(a->answer.nearest != SIZE_NONE);
    assert_int_equal(a->answer.step_count, 0);
    /* 0.2 in 100 is less than any design has of the first; 5 of the second is
     * kept by many. */
    assert_false(a->answer.reach[1].fails_everywhere);
    assert_true(a->answer.reach[1].estimate.mean < 0.05);
    assert_true(a->answer.reach[0].estimate.upper > 0.0018);
    answered_free(a);
}

static void a_stop_promises_nothing(void **state)
{
    struct answered *a = answered_new(&plain, 100);
    struct text text = {0};

    (void)state;
    assert_true(a->answer.stopped);
    assert_int_equal(a->answer.end, SIZE_UNDECIDED);
    assert_int_equal(a->answer.replications, 100);
    for (uint32_t i = 0; i < a->answer.row_count; i++)
        assert_int_not_equal(a->answer.row[i].meets, SIZE_MEETS_YES);
    size_words_promise(&a->answer, &text);
    assert_string_equal(text.bytes,
                        "Nothing is promised: it ended before the answer.");
    text_clear(&text);
    answered_free(a);
}

static void nothing_seen_is_an_answer_too(void **state)
{
    struct answered *a = answered_new(&plain, 0);
    struct text text = {0};

    (void)state;
    assert_int_equal(a->answer.row_count, 0);
    assert_int_equal(size_answer_about(&a->answer), SIZE_NONE);
    size_words_answer(&a->answer, &text);
    assert_int_equal(text_status(&text), SIM_OK);
    text_clear(&text);
    answered_free(a);
}

/* All designs are accounted for, and all replications. */
static void the_effort_adds_up(void **state)
{
    struct table_wish wish = {{0.02, 0.05}, 0.5, false, true};
    struct answered *a = answered_new(&wish, UINT64_MAX);
    uint64_t searched = 0;

    (void)state;
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        searched += a->size.design[d].count;
    assert_int_equal(searched + a->answer.confirming, a->answer.replications);
    assert_int_equal(a->answer.designs, TABLE_DESIGNS);
    assert_true(a->answer.left_out > 0);
    answered_free(a);
}

/* ---- words ---- */

struct value_case {
    const char *name; /* also what is said */
    const char *path;
    int32_t value;
};
static struct value_case value_cases[] = {
    {"2 support workers on weekend", "rota.weekend.staff.support worker", 2},
    {"1 support worker on weekend", "rota.weekend.staff.support worker", 1},
    {"no support workers on weekend", "rota.weekend.staff.support worker", 0},
    {"3 nurses on late", "rota.late.staff.nurses", 3},
    {"levels.house.places = 8", "levels.house.places", 8},
    {"rota.late.minimum = 2", "rota.late.minimum", 2},
};

static void is_said(void **state)
{
    const struct value_case *c = *state;
    struct size_range range = {c->path, 0, 9, 1};
    struct text text = {0};

    size_words_value(&range, c->value, &text);
    assert_string_equal(text.bytes, c->name);
    text_clear(&text);
}

static void the_promise_names_delta_and_margins(void **state)
{
    struct answered *a = answered_new(&plain, UINT64_MAX);
    struct text text = {0};

    (void)state;
    size_words_promise(&a->answer, &text);
    assert_non_null(strstr(text.bytes, "cheaper by more than 50 a week"));
    assert_non_null(strstr(text.bytes, "contacts at most 1.8 in 100"));
    assert_non_null(strstr(text.bytes, "weekends at most 4.5 in 100"));
    text_clear(&text);
    size_words_answer(&a->answer, &text);
    assert_non_null(strstr(text.bytes, "on weekend"));
    /* The third range is no place on a rota. */
    assert_non_null(strstr(text.bytes, "The cheapest design that meets every "
                                       "target: "));
    text_clear(&text);
    answered_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_go_up_in_cost),
        cmocka_unit_test(the_frontier_is_not_beaten),
        cmocka_unit_test(a_rows_worst_target_is_its_worst),
        cmocka_unit_test(steps_are_paired_differences),
        cmocka_unit_test(what_cannot_be_met_is_named),
        cmocka_unit_test(a_stop_promises_nothing),
        cmocka_unit_test(nothing_seen_is_an_answer_too),
        cmocka_unit_test(the_effort_adds_up),
        cmocka_unit_test(the_promise_names_delta_and_margins),
    };

    return run_table("size says", is_said, value_cases) +
           cmocka_run_group_tests_name("size answer", tests, NULL, NULL);
}
