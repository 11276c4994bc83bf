/*
 * How people come: referrals by month, with growth and from dates, against the
 * integral of their rate.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270110
#define SETTINGS 6

/* 20 a day, measured from day 0 for two years of 365 days; 2027-01-01 is a
 * Friday. */
static const char STREAM[] =
    "handrail: 1\n"
    "title: referrals\n"
    "calendar: {start: 2027-01-01, run_for: 730 days, run_on: 0 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 20/day}, enters: house}\n"
    "levels:\n"
    "  house: {rank: 1, stay: 1 h, then: leave}\n";
#define RATE 20.0
#define DAYS 730

/* What the rate is multiplied with on day `day` of the run. */
struct shape {
    const char *name;
    const char *setting[SETTINGS];
    double month[12]; /* 0: 1 */
    double growth;
    double days_a_week; /* 0: 7 */
    sim_day_set days;   /* 0: every day */
};
#define PEOPLE "cohorts.people.referrals."

static struct shape shapes[] = {
    {"one month is busier",
     {PEOPLE "months={dec: 1.5}"},
     {[11] = 1.5},
     0,
     0,
     0},
    {"a month without referrals",
     {PEOPLE "months={aug: 0, feb: 0.5}"},
     {[1] = 0.5, [7] = 1e-300},
     0,
     0,
     0},
    {"growth compounds from the start",
     {PEOPLE "growth=20%/year"},
     {0},
     0.2,
     0,
     0},
    {"it may shrink", {PEOPLE "growth=-30%/year"}, {0}, -0.3, 0, 0},
    {"all together, on weekdays by day",
     {PEOPLE "growth=10%/year", PEOPLE "months={jan: 2, jun: 0.25}",
      PEOPLE "days=weekdays", PEOPLE "hours=09:00-17:00"},
     {[0] = 2, [5] = 0.25},
     0.1,
     5,
     SIM_DAYS_WEEKDAYS},
};

static int month_of(const struct scenario *s, int32_t day)
{
    int year, month, of_month;

    sim_date_to_ymd(s->civil.start + day, &year, &month, &of_month);
    return month - 1;
}

/* The integral of the rate over day `day`. */
static double expected_on(const struct shape *shape, const struct scenario *s,
                          int32_t day)
{
    double factor = shape->month[month_of(s, day)];

    if (shape->days && !sim_civil_in(&s->civil, day, shape->days))
        return 0;
    if (shape->days_a_week > 0)
        factor = (factor > 0 ? factor : 1) * 7 / shape->days_a_week;
    return RATE * (factor > 0 ? factor : 1) *
           pow(1 + shape->growth, day / 365.0);
}

/* A Poisson count of mean `expected` lies within 4 standard errors. */
static bool is_near(double found, double expected)
{
    return fabs(found - expected) <= 4 * sqrt(expected) + 1e-9;
}

/* Referrals of the days whose month is `month`, or of year `year`; -1: any. */
static double sum_of(const struct model *model, const struct shape *shape,
                     int month, int year)
{
    double sum = 0;

    for (int32_t d = 0; d < DAYS; d++)
        if ((month < 0 || month_of(model->scenario, d) == month) &&
            (year < 0 || d / 365 == year))
            sum += expected_on(shape, model->scenario, d);
    return sum * model->count;
}

/* Referrals found, by week of the run, in weeks `from` to `until`. */
static double found_in(const struct model *model, uint32_t from, uint32_t until)
{
    struct block block = model->layout.cut[COUNT_REFERRALS][SLICE_WEEK];
    double sum = 0;

    for (uint32_t i = 0; i < model->count; i++)
        for (uint32_t w = from; w < until; w++)
            sum += model->record[i * model->layout.length + block.offset + w];
    return sum;
}

static double expected_in(const struct model *model, const struct shape *shape,
                          uint32_t from, uint32_t until)
{
    double sum = 0;

    for (int32_t d = (int32_t)from * 7; d < (int32_t)until * 7 && d < DAYS; d++)
        sum += expected_on(shape, model->scenario, d);
    return sum * model->count;
}

static void counts_follow_the_integral(void **state)
{
    const struct shape *shape = *state;
    struct shape wrong = *shape;
    struct model model;
    uint32_t weeks, noticed = 0;

    model_run(&model, STREAM, shape->setting, shape->setting[1] ? 4 : 1, 5,
              SEED);
    weeks = (uint32_t)model.layout.weeks;
    assert_true(is_near(model_total(&model, COUNT_REFERRALS),
                        sum_of(&model, shape, -1, -1)));
    for (uint32_t w = 0; w < weeks; w += 4) {
        uint32_t until = w + 4 < weeks ? w + 4 : weeks;
        double found = found_in(&model, w, until);

        assert_true(is_near(found, expected_in(&model, shape, w, until)));
        /* The control: the same without what shapes it. */
        memset(wrong.month, 0, sizeof wrong.month);
        wrong.growth = 0;
        noticed += !is_near(found, expected_in(&model, &wrong, w, until));
    }
    assert_true(noticed > 0);
    model_clear(&model);
}

/* Of the days of the week and the hours nothing is lost or added: the same
 * stream with a shape that is 1 everywhere but after the run. */
static void a_shape_of_one_is_none(void **state)
{
    const char *const shaped[] = {"calendar.run_for=300 days",
                                  PEOPLE "months={dec: 3}"};
    struct model a, b;

    (void)state;
    model_run(&a, STREAM, shaped, 1, 2, SEED);
    model_run(&b, STREAM, shaped, 2, 2, SEED);
    assert_int_equal(a.layout.length, b.layout.length);
    assert_memory_equal(a.record, b.record,
                        2 * a.layout.length * sizeof *a.record);
    model_clear(&a);
    model_clear(&b);
}

/* ---- dates ---- */

static const char DATED[] =
    "handrail: 1\n"
    "title: referrals\n"
    "calendar: {start: 2027-01-04, run_for: 14 days, run_on: 1 day}\n"
    "cohorts:\n"
    "  people: {referrals: {file: dates.csv, hours: 09:00-17:00},\n"
    "           enters: house}\n"
    "levels:\n"
    "  house: {rank: 1, stay: 30 min, then: leave}\n";

struct dated_case {
    const char *name;
    const char *csv;
    double days[15]; /* referrals expected on each */
};
static struct dated_case dated_cases[] = {
    {"a list of dates",
     "2027-01-04\n2027-01-06\n2027-01-06\n",
     {[0] = 1, [2] = 2}},
    {"a header, a byte order mark, CR LF, empty lines",
     "\xef\xbb\xbf"
     "Date\r\n2027-01-04\r\n\r\n  \r\n2027-01-17\r\n",
     {[0] = 1, [13] = 1}},
    {"quotes and a time, in any order",
     "\"date\"\n\"2027-01-09 23:59\"\n2027-01-05T00:00:00\n",
     {[1] = 1, [5] = 1}},
    {"a column for the time, by semicolons",
     "time;date\n14:30;2027-01-09\n;2027-01-05\n",
     {[1] = 1, [5] = 1}},
    {"those outside the run are left out",
     "2026-12-31\n2027-01-04\n2028-01-01\n",
     {[0] = 1}},
    {"what lies in the run-on is not measured",
     "2027-01-04\n2027-01-18\n",
     {[0] = 1}},
};

static void run_dated(struct model *model, const char *csv)
{
    const struct text_file files[] = {
        {"dated.yaml", DATED}, {"dates.csv", csv}, {NULL, NULL}};

    model_run_files(model, files, NULL, 0, 3, SEED);
}

/* In every replication alike. */
static void everybody_comes_on_their_date(void **state)
{
    const struct dated_case *c = *state;
    struct model model;
    double all = 0;

    run_dated(&model, c->csv);
    for (uint32_t d = 0; d < 15; d++)
        all += c->days[d];
    assert_near(model_total(&model, COUNT_REFERRALS), 3 * all, 0);
    for (uint32_t w = 0; w < 2; w++) {
        double week = 0;

        for (uint32_t d = 7 * w; d < 7 * w + 7; d++)
            week += c->days[d];
        assert_near(found_in(&model, w, w + 1), 3 * week, 0);
    }
    model_clear(&model);
}

/* On the last day, in its last half hour, when they stay for longer: what is
 * measured of each is uniform between nothing and 30 minutes. */
static void unknown_times_are_drawn_within_the_hours(void **state)
{
    const char *const late = PEOPLE "hours=23:30-24:00";
    char csv[400 * 12] = "";
    const struct text_file files[] = {
        {"dated.yaml", DATED}, {"dates.csv", csv}, {NULL, NULL}};
    struct model model;
    double minutes;

    (void)state;
    for (int i = 0; i < 400; i++)
        strcat(csv, "2027-01-17\n");
    model_run_files(&model, files, &late, 1, 3, SEED);
    minutes = model_value(&model, "occupancy")->mean * 14 * 24 * 60 / 400;
    assert_near(minutes, 15, 4 * 30 / sqrt(12.0) / sqrt(1200.0));
    /* Two replications are not alike. */
    assert_true(model_value(&model, "occupancy")->upper >
                model_value(&model, "occupancy")->mean);
    model_clear(&model);
}

/* A referral at a known time is there from that minute on. */
static void known_times_are_kept(void **state)
{
    struct model model;

    (void)state;
    run_dated(&model, "2027-01-17 23:45\n");
    /* A quarter of an hour of it is measured. */
    assert_near(model_value(&model, "occupancy")->mean, 0.25 / (14 * 24),
                1e-12);
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(a_shape_of_one_is_none),
        cmocka_unit_test(unknown_times_are_drawn_within_the_hours),
        cmocka_unit_test(known_times_are_kept),
    };
    int failed = 0;

    failed += run_table("shapes", counts_follow_the_integral, shapes);
    failed += run_table("dates", everybody_comes_on_their_date, dated_cases);
    failed += cmocka_run_group_tests_name("referrals", single, NULL, NULL);
    return failed;
}
