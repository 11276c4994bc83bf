/* Results from records written by hand, on a scenario just large enough to
 * have every slice.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/table.h"

#include "sim/civil.h"
#include "sim/tally.h"
#include "studies/result.h"
#include "tests/records.h"

#define CLOSE 1e-9
#define RECORDS 3
#define HOURS 240.0 /* measured: 10 days, so the second week is 3 of them */
#define WEEKS (HOURS / 168)
#define WHOLE SLICE_COUNT

/* ---- a scenario, its layout, its records ---- */

struct bench {
    struct scenario scenario;
    struct layout layout;
    double *record; /* [RECORDS][layout.length], zeros to begin with */
    struct result result;
};

static struct level levels[] = {{.name = "house", .places = 8},
                                {.name = "home", .places = NONE}};
static struct cohort cohorts[] = {{.name = "all"}};
static struct kind kinds[] = {{.name = "call"}, {.name = "visit"}};
static struct step steps[] = {{.name = "daily"}, {.name = "weekly"}};
static struct plan plans[] = {
    {.name = "taper", .step = steps, .step_count = 2}};
static struct role roles[] = {{.name = "nurse"}, {.name = "worker"}};
static struct state states[] = {{.name = "well"}, {.name = "unwell"}};
static struct alert alerts[] = {{.name = "soon"}};
static struct response responses[] = {{.name = "crisis"}};
static const char *outcomes[] = {"hospital"};

static void bench_init(struct bench *bench)
{
    memset(bench, 0, sizeof *bench);
    bench->scenario = (struct scenario){
        .level = levels,
        .level_count = LENGTH(levels),
        .cohort = cohorts,
        .cohort_count = LENGTH(cohorts),
        .kind = kinds,
        .kind_count = LENGTH(kinds),
        .contact_kind_count = LENGTH(kinds),
        .plan = plans,
        .plan_count = LENGTH(plans),
        .step_count = LENGTH(steps),
        .role = roles,
        .role_count = LENGTH(roles),
        .state = states,
        .state_count = LENGTH(states),
        .alert = alerts,
        .alert_count = LENGTH(alerts),
        .response = responses,
        .response_count = LENGTH(responses),
        .outcome = outcomes,
        .outcome_count = LENGTH(outcomes),
    };
    bench->scenario.calendar.run_for = 10 * SIM_DAY;
    assert_int_equal(layout_init(&bench->layout, &bench->scenario), SIM_OK);
    bench->record =
        calloc((size_t)RECORDS * bench->layout.length, sizeof *bench->record);
    assert_non_null(bench->record);
}

static void bench_clear(struct bench *bench)
{
    result_clear(&bench->result);
    free(bench->record);
}

/* Write three replications' values of one double of a block. */
static void put(struct bench *bench, const struct block *block, uint32_t place,
                const double value[RECORDS])
{
    assert_true(place < block->length);
    for (size_t i = 0; i < RECORDS; i++)
        bench->record[i * bench->layout.length + block->offset + place] =
            value[i];
}

static void make(struct bench *bench, uint32_t count)
{
    struct records records =
        records_of(bench->record, count, bench->layout.length);

    assert_int_equal(
        result_make(
            &(struct result_of){&bench->scenario, &bench->layout, &records, 42},
            &bench->result),
        SIM_OK);
    records_clear(&records);
}

static const struct estimate *find(const struct bench *bench, const char *id,
                                   enum slice slice, uint32_t value)
{
    const struct result_row *row =
        result_find(&bench->result, measure_find(id), slice, value);

    assert_non_null(row);
    return &row->estimate;
}

/* ---- one measure of every type ---- */

/* The numerator is 1 2 6 (mean 3), the denominator, where there is one, 4 4 4
 * (mean 4), both at `value` of `slice`; the mean is then known. */
struct type_case {
    const char *name;
    const char *id;
    enum slice slice;
    uint32_t value;
    double mean;
};
static struct type_case type_cases[] = {
    {"a count is per measured week", "referrals", WHOLE, 0, 3 / WEEKS},
    {"so is a slice of it", "contacts_due", SLICE_KIND, 1, 3 / WEEKS},
    {"and its count in an hour of the week", "contacts_due", SLICE_HOUR, 167,
     3 / WEEKS},
    {"and its count on a kind of day", "contacts_due", SLICE_DAY, 2, 3 / WEEKS},
    {"a count in one week is that count", "referrals", SLICE_WEEK, 0, 3},
    {"in a part week it is per week of that part", "referrals", SLICE_WEEK, 1,
     7.0},
    {"hours are per week", "hours_demanded", SLICE_ROLE, 1, 3 / WEEKS},
    {"the scale makes days of hours", "delayed_days", WHOLE, 0, 3 / WEEKS / 24},
    {"a share", "contacts_missed", WHOLE, 0, 0.75},
    {"a share by step", "contacts_missed", SLICE_STEP, 1, 0.75},
    {"a share by week", "contacts_missed", SLICE_WEEK, 1, 0.75},
    {"a share by hour of the week", "contacts_not_delivered", SLICE_HOUR, 18,
     0.75},
    {"a ratio with a scale", "unseen_hours", SLICE_LEVEL, 0, 126},
    {"two counters that meet in one ratio", "utilisation", SLICE_ROLE, 0, 0.75},
    {"a ratio of unlike things", "cost_per_person", WHOLE, 0, 0.75},
    {"a time mean is over measured hours", "occupancy", SLICE_LEVEL, 1,
     3 / HOURS},
    {"a share of time likewise", "full", SLICE_LEVEL, 0, 3 / HOURS},
    {"a maximum is averaged", "occupancy_max", SLICE_LEVEL, 0, 3},
};

static void gives_the_mean(void **state)
{
    static const double part[RECORDS] = {1, 2, 6};
    static const double all[RECORDS] = {4, 4, 4};
    const struct type_case *c = *state;
    const struct measure *measure = &measure_table[measure_find(c->id)];
    struct bench bench;
    const struct layout *layout = &bench.layout;
    const struct estimate *estimate;

    bench_init(&bench);
    if (c->slice == WHOLE) {
        put(&bench, &layout->total[measure->denominator], 0, all);
        put(&bench, &layout->total[measure->numerator], 0, part);
    } else {
        if (measure->type == MEASURE_RATIO)
            put(&bench, &layout->cut[measure->denominator][c->slice], c->value,
                all);
        put(&bench, &layout->cut[measure->numerator][c->slice], c->value, part);
    }
    make(&bench, RECORDS);
    estimate = find(&bench, c->id, c->slice, c->value);
    assert_near(estimate->mean, c->mean, CLOSE);
    /* Single values are 1 2 6 times mean/3, of sd sqrt 7. */
    assert_near(estimate->sd, c->mean / 3 * sqrt(7), CLOSE);
    assert_true(estimate->lower < c->mean && c->mean < estimate->upper);
    assert_false(estimate->one_sided);
    bench_clear(&bench);
}

static void quantiles_come_from_pooled_bins(void **state)
{
    static const double few[RECORDS] = {1, 1, 1};
    static const double many[RECORDS] = {10, 20, 30};
    struct bench bench;
    const struct block *occupancy = &bench.layout.bins[COUNT_OCCUPANCY_BINS];
    const struct block *start = &bench.layout.bins[COUNT_START_BINS];

    (void)state;
    bench_init(&bench);
    /* 0 to 8 people in the first level, no limit in the second. */
    assert_int_equal(occupancy->length, 9 + SIM_BINS);
    put(&bench, occupancy, 9 + 5, many); /* 60 hours with 5 */
    put(&bench, occupancy, 9 + 9, few);  /* 3 hours with 9: 4.8% */
    put(&bench, start, 7, few);
    make(&bench, RECORDS);
    assert_true(isnan(find(&bench, "occupancy_p95", SLICE_LEVEL, 0)->mean));
    assert_near(find(&bench, "occupancy_p95", SLICE_LEVEL, 1)->mean, 5, 0);
    /* Of the first replication alone, 1 hour in 11 is above. */
    assert_near(find(&bench, "occupancy_p95", SLICE_LEVEL, 1)->sd, 4 / sqrt(3),
                CLOSE);
    assert_near(find(&bench, "start_delay_minutes_p95", WHOLE, 0)->mean, 7, 0);
    assert_near(find(&bench, "start_delay_minutes_p95", WHOLE, 0)->upper, 7, 0);
    bench_clear(&bench);
}

/* ---- nothing seen, nothing to divide by ---- */

struct empty_case {
    const char *name;
    const char *id;
    enum slice slice;
    bool one_sided;
    double due; /* denominator, each replication */
    double mean, upper;
};
#define NOT_IN(n) (1 - pow(0.05, 1 / (n)))
static struct empty_case empty_cases[] = {
    {"a share of nothing is unknown", "contacts_missed", WHOLE, false, 0, NAN,
     NAN},
    {"a mean of nothing is unknown", "stay_days", WHOLE, false, 0, NAN, NAN},
    {"a mean of zeros is zero", "stay_days", WHOLE, false, 4, 0, 0},
    {"no hours are no hours", "overtime_hours", WHOLE, false, 0, 0, 0},
    {"no event has a bound", "referrals", WHOLE, true, 0, 0,
     2.995732273554 / 3 / WEEKS},
    {"in one week, that of one week", "referrals", SLICE_WEEK, true, 0, 0,
     2.995732273554 / 3},
    {"no miss among one contact each", "contacts_missed", WHOLE, true, 1, 0,
     -3},
    {"no miss among many contacts", "contacts_missed", WHOLE, true, 900, 0,
     -3 * WEEKS},
    {"no miss among many, in one week", "contacts_missed", SLICE_WEEK, true,
     900, 0, -3},
};

static void says_what_nothing_means(void **state)
{
    const struct empty_case *c = *state;
    const struct measure *measure = &measure_table[measure_find(c->id)];
    const double due[RECORDS] = {c->due, c->due, c->due};
    /* A share's bound is written as -n, the number of independent chances. */
    double upper = c->upper < 0 ? NOT_IN(-c->upper) : c->upper;
    const struct estimate *estimate;
    struct bench bench;

    bench_init(&bench);
    if (measure->type == MEASURE_RATIO)
        put(&bench,
            c->slice == WHOLE
                ? &bench.layout.total[measure->denominator]
                : &bench.layout.cut[measure->denominator][c->slice],
            0, due);
    make(&bench, RECORDS);
    estimate = find(&bench, c->id, c->slice, 0);
    if (isnan(c->mean)) {
        assert_true(isnan(estimate->mean) && isnan(estimate->lower) &&
                    isnan(estimate->upper) && isnan(estimate->sd));
    } else {
        assert_near(estimate->mean, 0, 0);
        assert_near(estimate->lower, 0, 0);
        assert_near(estimate->upper, upper, CLOSE);
    }
    assert_int_equal(estimate->one_sided, c->one_sided);
    bench_clear(&bench);
}

static void few_replications(void **state)
{
    static const double part[RECORDS] = {1, 2, 6};
    struct bench bench;
    const struct estimate *estimate;

    (void)state;
    bench_init(&bench);
    put(&bench, &bench.layout.total[COUNT_REFERRALS], 0, part);
    make(&bench, 1);
    estimate = find(&bench, "referrals", WHOLE, 0);
    assert_near(estimate->mean, 1 / WEEKS, CLOSE);
    assert_true(isnan(estimate->lower) && isnan(estimate->upper) &&
                isnan(estimate->sd) && isnan(estimate->p05));
    result_clear(&bench.result);
    make(&bench, 0);
    assert_true(isnan(find(&bench, "referrals", WHOLE, 0)->mean));
    assert_near(bench.result.events, 0, 0);
    bench_clear(&bench);
}

/* ---- rows ---- */

/* The row at `at` is that of measure `m` and, where sliced, value `v`. */
static void assert_row(const struct bench *bench, size_t at, uint32_t m,
                       enum slice slice, uint32_t v)
{
    const struct result_row *row = &bench->result.row[at];

    assert_true(at < bench->result.row_count);
    assert_int_equal(row->measure, m);
    assert_int_equal(row->sliced, slice != WHOLE);
    assert_int_equal(row->slice, slice);
    assert_int_equal(row->value, v);
    assert_ptr_equal(result_find(&bench->result, m, slice, v), row);
}

static void rows_are_in_the_order_of_the_table(void **state)
{
    struct bench bench;
    size_t at = 0;

    (void)state;
    bench_init(&bench);
    make(&bench, RECORDS);
    for (uint32_t m = 0; m < measure_count; m++) {
        if (measure_table[m].whole)
            assert_row(&bench, at++, m, WHOLE, 0);
        else
            assert_null(result_find(&bench.result, m, WHOLE, 0));
        for (int s = 0; s < SLICE_COUNT; s++) {
            uint32_t values = measure_table[m].cuts & CUT(s)
                                  ? slice_values(&bench.scenario, (enum slice)s)
                                  : 0;
            for (uint32_t v = 0; v < values; v++)
                assert_row(&bench, at++, m, (enum slice)s, v);
        }
    }
    assert_int_equal(at, bench.result.row_count);
    bench_clear(&bench);
}

static void a_ratio_is_cut_where_both_its_counters_are(void **state)
{
    struct bench bench;
    uint32_t missed = measure_find("contacts_missed");
    uint32_t due = measure_find("contacts_due");

    (void)state;
    bench_init(&bench);
    bench.layout.cut[COUNT_MISSED][SLICE_KIND].length = 0;
    bench.layout.cut[COUNT_DUE][SLICE_STEP].length = 0;
    make(&bench, RECORDS);
    assert_null(result_find(&bench.result, missed, SLICE_KIND, 0));
    assert_null(result_find(&bench.result, missed, SLICE_STEP, 0));
    assert_non_null(result_find(&bench.result, missed, SLICE_LEVEL, 0));
    assert_non_null(result_find(&bench.result, due, SLICE_KIND, 0));
    assert_null(result_find(&bench.result, due, SLICE_STEP, 0));
    bench_clear(&bench);
}

static void events_add_up(void **state)
{
    static const double events[RECORDS] = {100, 20, 3};
    struct bench bench;

    (void)state;
    bench_init(&bench);
    put(&bench, &bench.layout.total[COUNT_EVENTS], 0, events);
    make(&bench, RECORDS);
    assert_near(bench.result.events, 123, 0);
    assert_int_equal(bench.result.replications, RECORDS);
    assert_int_equal(bench.result.seed, 42);
    result_clear(&bench.result);
    assert_null(bench.result.row);
    assert_int_equal(bench.result.row_count, 0);
    bench_clear(&bench);
}

/* ---- targets ---- */

/* A share of 50 60 70 in 100 has the interval 0.6 +- 4.30265 x 0.1/sqrt 3,
 * that is, 0.3516 to 0.8484. */
struct target_case {
    const char *name;
    bool at_most;
    double limit;
    double due; /* of each replication */
    uint32_t count;
    enum verdict verdict;
};
static struct target_case target_cases[] = {
    {"at most, all of the interval below", true, 0.85, 100, 3, VERDICT_MET},
    {"at most, the limit inside", true, 0.84, 100, 3, VERDICT_CANNOT_TELL},
    {"at most, the limit just inside", true, 0.36, 100, 3, VERDICT_CANNOT_TELL},
    {"at most, all of the interval above", true, 0.35, 100, 3, VERDICT_NOT_MET},
    {"at least, all of the interval above", false, 0.35, 100, 3, VERDICT_MET},
    {"at least, the limit inside", false, 0.36, 100, 3, VERDICT_CANNOT_TELL},
    {"at least, all of the interval below", false, 0.85, 100, 3,
     VERDICT_NOT_MET},
    {"one replication cannot tell", true, 0.99, 100, 1, VERDICT_CANNOT_TELL},
    {"nothing due is no data", true, 0.99, 0, 3, VERDICT_NO_DATA},
    {"no replication is no data", true, 0.99, 100, 0, VERDICT_NO_DATA},
};

static void judges_a_target(void **state)
{
    static const double missed[RECORDS] = {50, 60, 70};
    static const double none[RECORDS] = {0};
    const struct target_case *c = *state;
    const double due[RECORDS] = {c->due, c->due, c->due};
    struct target target = {.name = "weekends",
                            .measure = measure_find("contacts_missed"),
                            .at_most = c->at_most,
                            .limit = c->limit,
                            .cut = {{SLICE_DAY, SIM_DAY_WEEKEND}},
                            .cut_count = 1};
    struct bench bench;

    bench_init(&bench);
    bench.scenario.target = &target;
    bench.scenario.target_count = 1;
    put(&bench, &bench.layout.cut[COUNT_MISSED][SLICE_DAY], SIM_DAY_WEEKEND,
        c->due > 0 ? missed : none);
    put(&bench, &bench.layout.cut[COUNT_DUE][SLICE_DAY], SIM_DAY_WEEKEND, due);
    make(&bench, c->count);
    assert_int_equal(bench.result.target_count, 1);
    assert_int_equal(bench.result.target[0].target, 0);
    assert_int_equal(bench.result.target[0].verdict, c->verdict);
    assert_memory_equal(
        &bench.result.target[0].estimate,
        find(&bench, "contacts_missed", SLICE_DAY, SIM_DAY_WEEKEND),
        offsetof(struct estimate, one_sided));
    bench_clear(&bench);
}

/* A target on a row that does not exist has no data, and the unsliced row is
 * meant where no slice is named. */
static void a_target_without_a_row(void **state)
{
    struct target target[2] = {{.measure = measure_find("occupancy_max")},
                               {.measure = measure_find("referrals")}};
    struct bench bench;

    (void)state;
    bench_init(&bench);
    bench.scenario.target = target;
    bench.scenario.target_count = 2;
    make(&bench, RECORDS);
    assert_int_equal(bench.result.target[0].verdict, VERDICT_NO_DATA);
    assert_int_equal(bench.result.target[1].verdict, VERDICT_MET);
    bench_clear(&bench);
}

/* ---- lines ---- */

static const struct result_line *line(const struct result_line *lines,
                                      size_t count, const char *id,
                                      const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].id, id) == 0 && strcmp(lines[i].name, name) == 0)
            return &lines[i];
    fail_msg("there is no line %s of '%s'", id, name);
    return NULL;
}

static void curves_add_day_after_day(void **state)
{
    static const double followed[RECORDS] = {10, 10, 20};
    static const double two[RECORDS] = {2, 2, 2};
    static const double four[RECORDS] = {4, 4, 6};
    struct bench bench;
    const struct result_line *crisis;
    const struct result *result = &bench.result;

    (void)state;
    bench_init(&bench);
    put(&bench, &bench.layout.total[COUNT_FOLLOWED_90], 0, followed);
    put(&bench, &bench.layout.curve[CURVE_CRISIS], 3, two);
    put(&bench, &bench.layout.curve[CURVE_CRISIS], 90, four);
    make(&bench, RECORDS);
    assert_string_equal(result->curve[0].id, "crisis");
    assert_string_equal(result->curve[1].id, "reescalation");
    crisis = &result->curve[0];
    assert_int_equal(crisis->points, 91);
    assert_near(crisis->at[2].mean, 0, 0);
    assert_true(crisis->at[2].one_sided);
    assert_near(crisis->at[3].mean, 6 / 40.0, CLOSE);
    assert_near(crisis->at[89].mean, 6 / 40.0, CLOSE);
    assert_near(crisis->at[90].mean, 20 / 40.0, CLOSE);
    assert_near(crisis->at[90].sd, 0.2 / sqrt(3), CLOSE); /* of 0.6 0.6 0.4 */
    assert_near(result->curve[1].at[90].mean, 0, 0);
    bench_clear(&bench);
}

static void states_are_shares_of_people(void **state)
{
    static const double followed[RECORDS] = {10, 10, 20};
    static const double some[RECORDS] = {2, 2, 6};
    struct bench bench;
    const struct result *result = &bench.result;
    uint32_t count;

    (void)state;
    bench_init(&bench);
    count = layout_states(&bench.scenario);
    put(&bench, &bench.layout.total[COUNT_FOLLOWED_90], 0, followed);
    put(&bench, &bench.layout.states, 1 * 91 + 0, some);
    put(&bench, &bench.layout.states, (count - 1) * 91 + 90, some);
    make(&bench, RECORDS);
    assert_int_equal(result->curve_count, 2 + count);
    for (uint32_t i = 0; i < count; i++) {
        const struct result_line *at = &result->curve[2 + i];
        assert_string_equal(at->id, "state");
        assert_string_equal(at->name, layout_state_name(&bench.scenario, i));
    }
    assert_near(result->curve[3].at[0].mean, 0.25, CLOSE);
    assert_near(result->curve[3].at[1].mean, 0, 0); /* not cumulative */
    assert_near(result->curve[1 + count].at[90].mean, 0.25, CLOSE);
    bench_clear(&bench);
}

static void series_are_weekly_means(void **state)
{
    static const double people[RECORDS] = {1, 2, 6};
    struct bench bench;
    const struct result *result = &bench.result;

    (void)state;
    bench_init(&bench);
    put(&bench, &bench.layout.occupancy_week, 1 * 2 + 1, people);
    make(&bench, RECORDS);
    assert_int_equal(result->series_count, 2);
    assert_string_equal(result->series[0].name, "house");
    assert_int_equal(result->series[1].points, 2);
    assert_near(line(result->series, 2, "occupancy", "home")->at[1].mean, 3,
                CLOSE);
    assert_near(line(result->series, 2, "occupancy", "home")->at[0].mean, 0, 0);
    assert_near(line(result->series, 2, "occupancy", "house")->at[1].mean, 0,
                0);
    bench_clear(&bench);
}

static void profiles_are_hours_per_week(void **state)
{
    static const double nurse[RECORDS] = {1, 2, 6};
    static const double worker[RECORDS] = {1, 1, 1};
    struct bench bench;
    const struct result *result = &bench.result;
    const struct result_line *at;

    (void)state;
    bench_init(&bench);
    put(&bench, &bench.layout.role_hour[COUNT_ROSTERED], 20, nurse);
    put(&bench, &bench.layout.role_hour[COUNT_ROSTERED], 168 + 20, worker);
    put(&bench, &bench.layout.role_hour[COUNT_ROSTERED], 168 + 167, worker);
    make(&bench, RECORDS);
    at = line(result->profile, result->profile_count, "hours_rostered", "");
    assert_int_equal(at->points, 168);
    assert_near(at->at[20].mean, 4 / WEEKS, CLOSE);
    assert_near(at->at[167].mean, 1 / WEEKS, CLOSE);
    at++; /* the roles follow their sum */
    assert_string_equal(at->name, "nurse");
    assert_near(at->at[20].mean, 3 / WEEKS, CLOSE);
    assert_near(at->at[167].mean, 0, 0);
    at++;
    assert_string_equal(at->name, "worker");
    assert_near(at->at[20].mean, 1 / WEEKS, CLOSE);
    at = line(result->profile, result->profile_count, "hours_demanded", "");
    assert_near(at->at[20].mean, 0, 0);
    assert_near(at->at[20].upper, 0, 0);
    bench_clear(&bench);
}

/* Shares of the 240 hours measured; no bin after the last that has any. */
static void distributions_are_shares_of_time(void **state)
{
    static const double two[RECORDS] = {24, 48, 72};
    static const double seven[RECORDS] = {0, 0, 24};
    struct bench bench;
    const struct result *result = &bench.result;
    const struct result_line *at;

    (void)state;
    bench_init(&bench);
    /* House holds 8, so its bins are 0 to 8, and home's lie behind them. */
    put(&bench, &bench.layout.bins[COUNT_OCCUPANCY_BINS], 2, two);
    put(&bench, &bench.layout.bins[COUNT_OCCUPANCY_BINS], 9 + 7, seven);
    make(&bench, RECORDS);
    assert_int_equal(result->distribution_count, 2);
    at = &result->distribution[0];
    assert_string_equal(at->id, "occupancy");
    assert_string_equal(at->name, "house");
    assert_int_equal(at->points, 3);
    assert_near(at->at[2].mean, 0.2, CLOSE);
    assert_near(at->at[0].mean, 0, 0);
    at++;
    assert_string_equal(at->name, "home");
    assert_int_equal(at->points, 8);
    assert_near(at->at[7].mean, 0.1 / 3, CLOSE);
    bench_clear(&bench);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(quantiles_come_from_pooled_bins),
        cmocka_unit_test(few_replications),
        cmocka_unit_test(rows_are_in_the_order_of_the_table),
        cmocka_unit_test(a_ratio_is_cut_where_both_its_counters_are),
        cmocka_unit_test(events_add_up),
        cmocka_unit_test(a_target_without_a_row),
        cmocka_unit_test(curves_add_day_after_day),
        cmocka_unit_test(states_are_shares_of_people),
        cmocka_unit_test(series_are_weekly_means),
        cmocka_unit_test(profiles_are_hours_per_week),
        cmocka_unit_test(distributions_are_shares_of_time),
    };
    int failed = run_table("result: types", gives_the_mean, type_cases);

    failed +=
        run_table("result: nothing", says_what_nothing_means, empty_cases);
    failed += run_table("result: targets", judges_a_target, target_cases);
    failed += cmocka_run_group_tests_name("result", others, NULL, NULL);
    return failed;
}
