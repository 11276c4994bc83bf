/*
 * Starting from today's caseload, against closed forms: who is still there is
 * drawn given how long they have been there.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>

#include "models/replication.h"
#include "sim/civil.h"
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270111
#define CSV_BYTES (200 * 48) /* rows of a caseload */
#define SETTINGS 5

static const char SERVICE[] =
    "handrail: 1\n"
    "title: today\n"
    "calendar: {start: 2027-01-04, run_for: 70 days, run_on: 0 days,\n"
    "           caseload: today.csv}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 0/day}, enters: house, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, crisis]\n"
    "    begin: {well: 100%}\n"
    "    changes: {well to ill: 0.1/day, ill to well: 0.3/day}\n"
    "levels:\n"
    "  house: {rank: 1, stay: exponential(mean 20 days), then: leave}\n";

/* A caseload of `count` people in `level` who entered `age` days ago. */
static void make_rows(char csv[CSV_BYTES], const char *level, int count,
                      int age, const char *step, const char *state)
{
    sim_date start, entered;
    char date[11];

    assert_true(sim_date_parse("2027-01-04", &start));
    entered = start - age;
    sim_date_format(entered, date);
    snprintf(csv, CSV_BYTES, "cohort,level,entered_on,step,state\n");
    for (int i = 0; i < count; i++) {
        size_t length = strlen(csv);
        snprintf(csv + length, CSV_BYTES - length, "people,%s,%s,%s,%s\n",
                 level, date, step, state);
    }
}

/* Run a service with `count` people of age `age` in `level`. */
static void run(struct model *model, const char *text, const char *csv,
                const char *const *setting, uint32_t replications)
{
    const struct text_file files[] = {
        {"test.yaml", text}, {"today.csv", csv}, {NULL, NULL}};
    size_t n = 0;

    while (setting && n < SETTINGS && setting[n])
        n++;
    model_run_files(model, files, setting, n, replications, SEED);
}

/* ---- stays ---- */

#define N 50
#define RUN 70.0 /* days */

/* Of N people each is still there after t days with chance S(age + t) /
 * S(age); the age is spread over the day of entry. */
struct stay_case {
    const char *name;
    const char *setting;
    int age;
    double (*survival)(double days);
};

static double exponential(double days)
{
    return gsl_cdf_exponential_Q(days, 20);
}

static double weibull(double days)
{
    return gsl_cdf_weibull_Q(days, 30, 2);
}

/* Mean 20, sd 20: sigma^2 = ln 2. */
static double lognormal(double days)
{
    return gsl_cdf_lognormal_Q(days, log(20) - log(2) / 2, sqrt(log(2)));
}

static double uniform(double days)
{
    return days < 60 ? 1 - days / 60 : 0;
}

static struct stay_case stay_cases[] = {
    {"a memoryless stay has no age",
     "levels.house.stay=exponential(mean 20 days)", 9, exponential},
    {"the longer, the sooner it ends",
     "levels.house.stay=weibull(shape 2, scale 30 days)", 25, weibull},
    {"the longer, the longer still",
     "levels.house.stay=lognormal(mean 20 days, sd 20 days)", 40, lognormal},
    {"a stay with an end", "levels.house.stay=uniform(0 min, 60 days)", 50,
     uniform},
};

/* The mean over the run of the people left, of one, given that they are there
 * at the start; ages are uniform over the day of entry. */
static double left_of(const struct stay_case *c, int age)
{
    const int steps = 2000, hours = 24;
    double sum = 0, still = 0;

    for (int h = 0; h < hours; h++) {
        double old = age - (h + 0.5) / hours;

        still += c->survival(old);
        for (int i = 0; i < steps; i++)
            sum += c->survival(old + (i + 0.5) * RUN / steps) / steps;
    }
    return sum / still;
}

static void people_stay_given_their_age(void **state)
{
    const struct stay_case *c = *state;
    const char *const settings[] = {c->setting, NULL};
    char csv[CSV_BYTES];
    struct model model;
    const struct estimate *occupancy;

    make_rows(csv, "house", N, c->age, "", "");
    run(&model, SERVICE, csv, settings, 60);
    occupancy = model_value(&model, "occupancy");
    assert_mean(&model, occupancy, N * left_of(c, c->age));
    /* The control: a tenth more of them. */
    assert_false(
        model_is_near(&model, occupancy, 1.1 * N * left_of(c, c->age)));
    assert_near(model_value(&model, "referrals")->mean, 0, 0);
    model_clear(&model);
}

/* ---- states ---- */

/* Two states, from well at entry: ill with chance q (1 - exp(-(a + b) t)), q
 * = a / (a + b) (e.g. Cox and Miller 1965, section 4.2). Whoever is ill at the
 * start is seen by an observer as `missed_while_unwell`; here by the share of
 * time, of which the first day is enough. */
static double ill_after(double days)
{
    return 0.1 / 0.4 * (1 - exp(-0.4 * days));
}

/* People stay for good, and are visited once, at noon of the first day. */
static const char VISITED[] =
    "handrail: 1\n"
    "title: today\n"
    "calendar: {start: 2027-01-04, run_for: 1 day, run_on: 0 days,\n"
    "           caseload: today.csv}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 0/day}, enters: home, condition: course,\n"
    "           attendance: {well: 100%, ill: 0%}}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, crisis]\n"
    "    begin: {well: 100%}\n"
    "    changes: {well to ill: 0.1/day, ill to well: 0.3/day}\n"
    "levels:\n"
    "  home: {rank: 1, plan: taper, then: leave}\n"
    "plans:\n"
    "  taper:\n"
    "    steps:\n"
    "      first: {for: 10 days, contacts: {visit: every day}}\n"
    "      second: {for: 10 days, contacts: {visit: every 5 days}}\n"
    "contacts: {visit: {at: 12:00, window: 1 h, by: nurse, lasts: 20 min}}\n"
    "staff: {nurse: {}}\n"
    "rota: {days: {days: every day, hours: 09:00-17:00, staff: {nurse: 50}}}\n";

struct state_case {
    const char *name;
    int age;
    const char *step, *state;
    double ill; /* at noon of the first day */
    double due; /* visits of one person on that day */
};
static struct state_case state_cases[] = {
    /* Half a day from the start to noon: from what the row says. */
    {"someone known to be well", 5, "", "well", -1, 1},
    {"someone known to be ill", 5, "", "ill", -2, 1},
    /* Entered four days and a part of a day ago. */
    {"someone of whom nothing is known", 5, "", "", -3, 1},
    /* Day 0 of the plan is the day after entry: on day 10, the first of the
     * second step, and day 12, which has no visit. */
    {"the first day of the second step", 11, "second", "", -3, 1},
    {"a day without a visit", 13, "", "", -3, 0},
};

/* Chance to be ill at noon. */
static double expected_ill(const struct state_case *c)
{
    double sum = 0;

    if (strcmp(c->state, "well") == 0)
        return ill_after(0.5);
    if (strcmp(c->state, "ill") == 0)
        return 0.25 + 0.75 * exp(-0.4 * 0.5);
    for (int i = 0; i < 1000; i++) /* entry is uniform over the day */
        sum += ill_after(c->age + 0.5 - (i + 0.5) / 1000) / 1000;
    return sum;
}

static void people_are_in_their_state(void **state)
{
    const struct state_case *c = *state;
    char csv[CSV_BYTES];
    struct model model;
    const struct estimate *missed;

    make_rows(csv, "home", N, c->age, c->step, c->state);
    run(&model, VISITED, csv, NULL, 60);
    assert_near(model_total(&model, COUNT_DUE), 60 * N * c->due, 0);
    if (c->due > 0) {
        missed = model_value(&model, "contacts_not_attended");
        assert_mean(&model, missed, expected_ill(c));
        assert_false(model_is_near(&model, missed, 1.5 * expected_ill(c)));
    }
    model_clear(&model);
}

/* Who fell ill before the run, and nobody noticed, is unseen from its start. */
static void people_are_unseen_from_the_start(void **state)
{
    const char *const setting[] = {
        "conditions.course.begin={well: 0%, ill: 100%}",
        "conditions.course.changes.ill to well=null", NULL};
    char csv[CSV_BYTES];
    struct model model;

    (void)state;
    make_rows(csv, "home", N, 5, "", "");
    run(&model, VISITED, csv, setting, 2);
    assert_near(model_value(&model, "unseen_hours")->mean, 168, 1e-9);
    model_clear(&model);
}

/* ---- what is exact ---- */

struct exact_case {
    const char *name;
    const char *text;
    const char *level;
    int age;
    const char *step;
    const char *setting[SETTINGS];
    double left_by;   /* latest day on which all have left */
    double occupancy; /* mean of one person over the run; -1: not asked */
};

/* Constant stays of 30 days, entered d days before the start: the stay ends 30
 * days after the time of entry, which is uniform within that day; so they are
 * there for 30 - d days and, on average, half a day. */
static struct exact_case exact_cases[] = {
    {"a constant stay",
     SERVICE,
     "house",
     12,
     "",
     {"levels.house.stay=30 days"},
     19,
     18.5 / RUN},
    {"the last day of it",
     SERVICE,
     "house",
     30,
     "",
     {"levels.house.stay=30 days"},
     1,
     0.5 / RUN},
    {"longer than anybody stays: gone at once",
     SERVICE,
     "house",
     45,
     "",
     {"levels.house.stay=30 days"},
     0.001,
     0},
    {"longest cuts a stay",
     SERVICE,
     "house",
     12,
     "",
     {"levels.house.stay=90 days", "levels.house.longest=20 days"},
     9,
     8.5 / RUN},
    /* Day 0 of the plan is the day after entry, which was 12 days ago, so the
     * run starts on day 11, and the 20 days are over in 9. */
    {"a plan ends where it would have",
     VISITED,
     "home",
     12,
     "",
     {"calendar.run_for=70 days"},
     9,
     9 / RUN},
    {"in the step that is given",
     VISITED,
     "home",
     12,
     "second",
     {"calendar.run_for=70 days"},
     9,
     9 / RUN},
    /* In the first step still, which nobody simulated is: it begins now. */
    {"a step that does not fit is begun",
     VISITED,
     "home",
     12,
     "first",
     {"calendar.run_for=70 days"},
     20,
     20 / RUN},
    {"longer than the plan: gone at once",
     VISITED,
     "home",
     60,
     "",
     {"calendar.run_for=70 days"},
     0.001,
     0},
    {"a level with places, which are fewer than the people",
     SERVICE,
     "house",
     12,
     "",
     {"levels.house.stay=30 days", "levels.house.places=20"},
     19,
     18.5 / RUN},
};

static void people_leave_on_their_day(void **state)
{
    const struct exact_case *c = *state;
    char csv[CSV_BYTES];
    struct model model;
    double per_week = N * 7 / RUN, mean;

    make_rows(csv, c->level, N, c->age, c->step, "");
    run(&model, c->text, csv, c->setting, 20);
    /* Everybody leaves, in the weeks up to that day. */
    assert_near(model_value(&model, "left")->mean, per_week, 1e-9);
    mean = model_value(&model, "occupancy")->mean;
    /* Half a day's spread of the time of entry, over 20 N people. */
    assert_near(mean, N * c->occupancy,
                4 * N / sqrt(12.0) / RUN / sqrt(20.0 * N) + 1e-12);
    assert_true(mean * RUN <= N * c->left_by + 1e-9);
    model_clear(&model);
}

/* ---- the way there ---- */

/* People come to the second level with the condition that the first has left
 * them in: it heals everybody within its ten days, or nobody; at home nothing
 * changes. */
struct way_case {
    const char *name;
    const char *house;
    double ill;
};
static struct way_case way_cases[] = {
    {"where they get well",
     "levels.house={rank: 2, stay: 10 days, then: home, effect: {worsening: 0, "
     "improving: 50}}",
     0},
    {"where they get ill",
     "levels.house={rank: 2, stay: 10 days, then: home, effect: {worsening: "
     "50, improving: 0}}",
     1},
};

static void the_way_there_is_simulated(void **state)
{
    const struct way_case *c = *state;
    const char *const setting[] = {
        c->house, "cohorts.people.enters=house",
        "conditions.course.changes={well to ill: 0.2/day, ill to well: "
        "0.2/day}",
        "levels.home.effect={worsening: 0, improving: 0}", NULL};
    char csv[CSV_BYTES];
    struct model model;

    make_rows(csv, "home", N, 5, "", "");
    run(&model, VISITED, csv, setting, 4);
    assert_near(model_total(&model, COUNT_DUE), 4 * N, 0);
    assert_near(model_value(&model, "contacts_not_attended")->mean, c->ill, 0);
    model_clear(&model);
}

/* The same people for any order of running, and others for another seed. */
static void the_same_people_each_time(void **state)
{
    char csv[CSV_BYTES];
    struct model a, b;
    double *again;
    struct replication *replication = NULL;

    (void)state;
    make_rows(csv, "home", N, 9, "", "");
    run(&a, VISITED, csv, NULL, 3);
    run(&b, VISITED, csv, NULL, 1);
    assert_memory_equal(a.record, b.record, a.layout.length * sizeof *a.record);
    again = calloc(a.layout.length, sizeof *again);
    assert_non_null(again);
    assert_int_equal(replication_new(a.scenario, &a.layout, &replication), 0);
    for (uint32_t i = 3; i-- > 0;) {
        assert_int_equal(replication_run(replication, SEED, i, again), 0);
        assert_memory_equal(again, &a.record[i * a.layout.length],
                            a.layout.length * sizeof *again);
    }
    assert_int_equal(replication_run(replication, SEED + 1, 0, again), 0);
    assert_memory_not_equal(again, a.record, a.layout.length * sizeof *again);
    replication_free(replication);
    free(again);
    model_clear(&a);
    model_clear(&b);
}

/* With nobody in it a caseload changes nothing. */
static void an_empty_caseload_is_none(void **state)
{
    const char *const without[] = {"calendar.caseload=null",
                                   "cohorts.people.referrals.rate=1/day", NULL};
    const char *const with[] = {"cohorts.people.referrals.rate=1/day", NULL};
    char csv[CSV_BYTES];
    struct model a, b;

    (void)state;
    make_rows(csv, "house", 0, 1, "", "");
    run(&a, SERVICE, csv, without, 2);
    run(&b, SERVICE, csv, with, 2);
    assert_memory_equal(a.record, b.record,
                        2 * a.layout.length * sizeof *a.record);
    model_clear(&a);
    model_clear(&b);
}

/* How many real people there are in a level is told of 5 and more only: of
 * fewer the first four weeks are withheld. */
static void small_groups_are_withheld(void **state)
{
    static const struct {
        int there;
        bool withheld;
    } groups[] = {{0, false}, {1, true}, {4, true}, {5, false}};
    char csv[CSV_BYTES];

    (void)state;
    for (size_t i = 0; i < LENGTH(groups); i++) {
        struct model model;
        const struct estimate *week;

        make_rows(csv, "house", groups[i].there, 3, "", "");
        run(&model, SERVICE, csv, NULL, 5);
        week = model.result.series[0].at;
        for (uint32_t w = 0; w < 4; w++)
            assert_int_equal(isnan(week[w].mean) && isnan(week[w].upper) &&
                                 isnan(week[w].p95),
                             groups[i].withheld);
        assert_true(week[4].mean >= 0);
        assert_int_equal(model.result.distribution[0].points == 0,
                         groups[i].withheld);
        model_clear(&model);
    }
}

/* The shipped service, full from the first day: every law of conservation is
 * checked at the end of each replication. */
static void the_shipped_service_starts_full(void **state)
{
    static const char rows[] =
        "cohort,level,entered_on,step,state\n"
        "crisis house admissions,crisis house,2026-11-03,,\n"
        "crisis house admissions,crisis house,2026-11-20,,deteriorating\n"
        "crisis house admissions,enhanced step-down,2026-11-10,alternate "
        "days,\n"
        "crisis house admissions,enhanced step-down,2026-11-15,,settled\n"
        "crisis house admissions,enhanced step-down,2026-10-01,,warning\n"
        "crisis house admissions,floating support,2026-11-01,weekly,\n"
        "crisis house admissions,discharged,2026-09-15,,\n";
    static const char *const setting[] = {"calendar.warm_up=null",
                                          "calendar.run_for=8 weeks",
                                          "calendar.caseload=today.csv", NULL};
    char *text = loading_file("scenarios/crisis-house.yaml");
    struct model model;

    (void)state;
    run(&model, text, rows, setting, 20);
    assert_true(model_total(&model, COUNT_LEFT) > 0);
    model_clear(&model);
    free(text);
}

/* Staff are with some at midnight, when the past ends; or see then that some
 * are not there, and go at once. It does not matter by which way through the
 * program they came to be (tests/test_twins.c). */
static void staff_are_with_some_at_midnight(void **state)
{
    static const char *const spare[] = {
        "calendar.caseload=today.csv", "calendar.run_for=60 days",
        "staff.spare={}",
        "rota={all: {days: every day, hours: 00:00-24:00, staff: {worker: 4}, "
        "breaks: no}, night: {days: holidays, hours: 02:00-03:00, staff: "
        "{spare: 1}}}"};
#define VISIT_AT(time) "contacts.visit={mode: visit, window: 2 h, at: " time
#define PLAIN ", by: worker"
#define TWIN ", by: [worker, {role: spare, after: 1 h}]"
#define GONE ", lasts: 45 min, attendance: 30%, if_not_there: 0 min}"
    static const char *const visit[][2] = {
        {VISIT_AT("23:30") PLAIN ", lasts: 45 min}",
         VISIT_AT("23:30") TWIN ", lasts: 45 min}"},
        {VISIT_AT("00:00") PLAIN GONE, VISIT_AT("00:00") TWIN GONE}};
    char *text = loading_file("scenarios/reference.yaml");
    char csv[CSV_BYTES];
    struct model model[2];

    (void)state;
    make_rows(csv, "support", 60, 4, "", "stable");
    for (size_t k = 0; k < LENGTH(visit); k++) {
        for (int i = 0; i < 2; i++) {
            const char *setting[SETTINGS] = {spare[0], spare[1], spare[2],
                                             spare[3], visit[k][i]};
            run(&model[i], text, csv, setting, 5);
        }
        /* Of 60 people about 14 contacts are left, in each of 5 replications;
         * a quarter at least is completed. */
        assert_true(model_total(&model[0], COUNT_COMPLETED) > 1000);
        assert_memory_equal(model[0].record, model[1].record,
                            5 * model[0].layout.length *
                                sizeof *model[0].record);
        model_clear(&model[0]);
        model_clear(&model[1]);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(people_are_unseen_from_the_start),
        cmocka_unit_test(the_same_people_each_time),
        cmocka_unit_test(an_empty_caseload_is_none),
        cmocka_unit_test(small_groups_are_withheld),
        cmocka_unit_test(the_shipped_service_starts_full),
        cmocka_unit_test(staff_are_with_some_at_midnight),
    };
    int failed = 0;

    failed += run_table("stays", people_stay_given_their_age, stay_cases);
    failed += run_table("states", people_are_in_their_state, state_cases);
    failed += run_table("exact", people_leave_on_their_day, exact_cases);
    failed += run_table("ways", the_way_there_is_simulated, way_cases);
    failed += cmocka_run_group_tests_name("caseload", single, NULL, NULL);
    return failed;
}
