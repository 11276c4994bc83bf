/*
 * Starting from today's caseload, as far as care is concerned: what had begun
 * before the run goes on in it as if the run had been going on all along.
 * Against closed forms, within 4 standard errors, beside a control that must
 * fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>

#include "sim/civil.h"
#include "tests/loading.h"
#include "tests/model.h"

#define SEED 20270120
#define N 50 /* people in a caseload */
#define ROWS_MOST 200
#define ROW_BYTES 48

/* `count` more people in `level` who entered `age` days ago. */
static void add_rows(char *csv, size_t size, const char *level, int count,
                     int age, const char *state)
{
    size_t length = strlen(csv);
    sim_date start;
    char date[11];

    if (length == 0)
        length +=
            (size_t)snprintf(csv, size, "cohort,level,entered_on,state\n");
    assert_true(sim_date_parse("2027-01-04", &start));
    sim_date_format(start - age, date);
    for (int i = 0; i < count; i++) {
        length += (size_t)snprintf(csv + length, size - length,
                                   "people,%s,%s,%s\n", level, date, state);
        assert_true(length < size);
    }
}

/* Run `text` with the N people of one level, age and state. */
static void run(struct model *model, const char *text, const char *level,
                int age, const char *state, uint32_t replications)
{
    char csv[ROWS_MOST * ROW_BYTES] = "";
    const struct text_file files[] = {
        {"test.yaml", text}, {"today.csv", csv}, {NULL, NULL}};

    add_rows(csv, sizeof csv, level, N, age, state);
    model_run_files(model, files, NULL, 0, replications, SEED);
}

#define CALENDAR(days)                                                         \
    "handrail: 1\n"                                                            \
    "title: today\n"                                                           \
    "calendar: {start: 2027-01-04, run_for: " days ", run_on: 0 days,\n"       \
    "           caseload: today.csv}\n"
#define NURSES                                                                 \
    "staff: {nurse: {}}\n"                                                     \
    "rota: {all: {days: every day, hours: 00:00-24:00, staff: {nurse: "        \
    "200}}}\n"

/* ---- concerns ---- */

/* Open with chance p = rate / (rate + 1 / mean) after so long; each adds a
 * check at noon of every day on which it is open then, or opens within the
 * hour. */
static void a_concern_goes_on_and_closes(void **state)
{
    static const char text[] = CALENDAR(
        "42 days") "cohorts:\n"
                   "  people: {referrals: {rate: 0/day}, enters: home, "
                   "condition: course}\n"
                   "conditions:\n"
                   "  course: {states: [well, crisis], begin: {well: 100%}}\n"
                   "concerns:\n"
                   "  dispute: {rate: 0.05/day, closes: exponential(mean 10 "
                   "days),\n"
                   "            adds: {check: every day}}\n"
                   "levels:\n"
                   "  home: {rank: 1, plan: long, then: leave}\n"
                   "plans: {long: {steps: {all: {for: 600 days}}}}\n"
                   "contacts: {check: {at: 12:00, window: 1 h, by: nurse, "
                   "lasts: 5 min}}\n" NURSES;
    const double rate = 0.05, closing = 0.1, open = rate / (rate + closing);
    const double checks = 7 * N * (open + (1 - open) * rate / 24);
    const struct estimate *due;
    struct model model;

    (void)state;
    run(&model, text, "home", 90, "", 100);
    due = model_slice(&model, "contacts_due", SLICE_KIND, "check");
    assert_mean(&model, due, checks);
    assert_false(model_is_near(&model, due, 1.05 * checks));
    /* From the first week on. */
    assert_mean(&model,
                model_slice(&model, "contacts_due", SLICE_WEEK, "2027-01-04"),
                checks);
    assert_mean(&model, model_value(&model, "concerns"),
                7 * N * (1 - open) * rate);
    model_clear(&model);
}

/* ---- signs that rise ---- */

/* Well up to the start. Who is ill at the end of today's visit shows two signs
 * more than three days ago, which only those know who remember that. */
static void a_rise_since_before_the_start_is_seen(void **state)
{
    static const char text[] =
        CALENDAR("1 day") "cohorts:\n"
                          "  people: {referrals: {rate: 0/day}, enters: home, "
                          "condition: course}\n"
                          "conditions:\n"
                          "  course:\n"
                          "    states: [well, ill, crisis]\n"
                          "    begin: {well: 100%}\n"
                          "    changes: {well to ill: 0.2/day}\n"
                          "signs:\n"
                          "  one: {ill: 100%}\n"
                          "  two: {ill: 100%}\n"
                          "  never: {ill: 0%}\n"
                          "alerts: {red: {signs: 3, rising: 2 in 3 days}}\n"
                          "levels:\n"
                          "  home: {rank: 1, plan: long, then: leave}\n"
                          "plans:\n"
                          "  long: {steps: {all: {for: 60 days, contacts: "
                          "{visit: every day}}}}\n"
                          "contacts:\n"
                          "  visit: {at: 12:00, window: 1 h, by: nurse, lasts: "
                          "30 min}\n" NURSES;
    const double ill = 1 - exp(-0.2 * 12.5 / 24);
    const struct estimate *alerts;
    struct model model;

    (void)state;
    run(&model, text, "home", 12, "well", 100);
    alerts = model_value(&model, "alerts");
    assert_mean(&model, alerts, 7 * N * ill);
    assert_false(model_is_near(&model, alerts, 7 * N * 1.2 * ill));
    model_clear(&model);
    /* The control: of someone who came yesterday nothing is remembered. */
    run(&model, text, "home", 1, "well", 20);
    assert_near(model_value(&model, "alerts")->mean, 0, 0);
    model_clear(&model);
}

/* ---- times in a state ---- */

/* At noon of the first day, well at its start: dwell() is the chance still to
 * be well at that age. Entry is uniform over its day; the earlier, the fewer
 * are still well. */
static double dwell(double days)
{
    return gsl_cdf_weibull_Q(days, 8, 2);
}

static void a_state_keeps_its_age(void **state)
{
    static const char text[] =
        CALENDAR("1 day") "cohorts:\n"
                          "  people: {referrals: {rate: 0/day}, enters: home, "
                          "condition: course,\n"
                          "           attendance: {well: 100%, ill: 0%}}\n"
                          "conditions:\n"
                          "  course:\n"
                          "    states: [well, ill, crisis]\n"
                          "    begin: {well: 100%}\n"
                          "    changes: {well to ill: {dwell: 'weibull(shape "
                          "2, scale 8 days)'}}\n"
                          "levels:\n"
                          "  home: {rank: 1, plan: long, then: leave}\n"
                          "plans:\n"
                          "  long: {steps: {all: {for: 60 days, contacts: "
                          "{visit: every day}}}}\n"
                          "contacts:\n"
                          "  visit: {at: 12:00, window: 1 h, by: nurse, lasts: "
                          "30 min}\n" NURSES;
    double well = 0, still = 0;
    const struct estimate *missed;
    struct model model;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        double age = 9 - (i + 0.5) / 1000;
        well += dwell(age);
        still += dwell(age + 0.5);
    }
    run(&model, text, "home", 9, "well", 400);
    missed = model_value(&model, "contacts_not_attended");
    assert_mean(&model, missed, 1 - still / well);
    /* The controls: were they well only from the start on; and a tenth more. */
    assert_false(model_is_near(&model, missed, 1 - dwell(0.5)));
    assert_false(model_is_near(&model, missed, 1.2 * (1 - still / well)));
    model_clear(&model);
}

/* ---- the time of day that people prefer ---- */

static void people_keep_the_time_they_prefer(void **state)
{
    static const char text[] = CALENDAR(
        "7 days") "cohorts:\n"
                  "  people: {referrals: {rate: 0/day}, enters: home,\n"
                  "           prefers: {\"10:00\": 30%, \"18:00\": 70%}}\n"
                  "levels:\n"
                  "  home: {rank: 1, plan: long, then: leave}\n"
                  "plans:\n"
                  "  long: {steps: {all: {for: 60 days, contacts: {visit: "
                  "every 2 "
                  "days}}}}\n"
                  "contacts:\n"
                  "  visit: {at: preferred, window: 1 h, by: nurse, lasts: 30 "
                  "min}\n" NURSES;
    struct model model;
    double early;

    (void)state;
    /* Ten days ago: day 0 of the plan was nine days ago, so today is odd. */
    run(&model, text, "home", 10, "", 100);
    assert_near(model_slice(&model, "contacts_due", SLICE_HOUR, "mon 10")->mean,
                0, 0);
    assert_near(model_value(&model, "contacts_due")->mean, 3 * N, 0);
    early = model_slice(&model, "contacts_due", SLICE_HOUR, "tue 10")->mean;
    assert_mean(&model,
                model_slice(&model, "contacts_due", SLICE_HOUR, "tue 10"),
                0.3 * N);
    /* The same people on each of their days. */
    assert_near(model_slice(&model, "contacts_due", SLICE_HOUR, "sat 10")->mean,
                early, 0);
    assert_near(model_slice(&model, "contacts_due", SLICE_HOUR, "sat 18")->mean,
                N - early, 1e-9);
    model_clear(&model);
}

/* ---- held for what comes next ---- */

/* The stay is over, the delay of the route is not, and has no memory. */
static void a_delay_goes_on(void **state)
{
    static const char text[] = CALENDAR(
        "70 days") "cohorts:\n"
                   "  people: {referrals: {rate: 0/day}, enters: house}\n"
                   "levels:\n"
                   "  house: {rank: 1, stay: 5 days, then: {flat: {to: leave,\n"
                   "          chance: 100%, delay: exponential(mean 20 "
                   "days)}}}\n";
    const double left = 20.0 / 70 * (1 - exp(-70.0 / 20));
    const struct estimate *delayed;
    struct model model;

    (void)state;
    run(&model, text, "house", 15, "", 200);
    delayed = model_slice(&model, "delayed", SLICE_CAUSE, "delay");
    assert_mean(&model, delayed, N * left);
    assert_false(model_is_near(&model, delayed, 1.1 * N * left));
    assert_mean(&model, model_value(&model, "occupancy"), N * left);
    assert_mean(&model, model_value(&model, "left"),
                N / 10.0 * (1 - exp(-70.0 / 20)));
    model_clear(&model);
}

/* ---- all together: a service that goes on ---- */

#define A_DAY 4     /* referrals */
#define HOUSE 10    /* days in the house */
#define TAPER 14    /* days of the plan at home */
#define CONTACTS 11 /* 7 + 4 */
#define ILL_AT(days) (0.25 * (1 - exp(-0.4 * (days))))

static const char GOES_ON[] = CALENDAR(
    "28 days") "cohorts:\n"
               "  people: {referrals: {rate: 4/day}, enters: house, condition: "
               "course,\n"
               "           attendance: {well: 100%, ill: 0%}}\n"
               "conditions:\n"
               "  course:\n"
               "    states: [well, ill, crisis]\n"
               "    begin: {well: 100%}\n"
               "    changes: {well to ill: 0.1/day, ill to well: 0.3/day}\n"
               "levels:\n"
               "  house: {rank: 2, stay: 10 days, then: home}\n"
               "  home: {rank: 1, plan: taper, then: leave}\n"
               "plans:\n"
               "  taper:\n"
               "    steps:\n"
               "      first: {for: 7 days, contacts: {visit: every day}}\n"
               "      second: {for: 7 days, contacts: {visit: every 2 days}}\n"
               "contacts:\n"
               "  visit: {at: 12:00, window: 1 h, by: nurse, lasts: 20 "
               "min}\n" NURSES;

/* Chance to be ill at a visit, over those of the plan. People enter the house
 * at any hour, home ten days later; day 0 of the plan is the next. */
static double ill_at_visits(void)
{
    double sum = 0;

    for (int day = 0; day < TAPER; day++)
        for (int i = 0; i < 1000 && (day < 7 || day % 2 == 1); i++)
            sum += ILL_AT(HOUSE + 1 + day + 0.5 - (i + 0.5) / 1000) / 1000;
    return sum / CONTACTS;
}

/* The caseload that such a service has on average at midnight, with as many
 * people who came on each date as do on average. So nothing changes from then
 * on, week by week. */
static void a_service_goes_on_as_it_was(void **state)
{
    static const char *const week[] = {"2027-01-04", "2027-01-11", "2027-01-18",
                                       "2027-01-25"};
    static char csv[ROWS_MOST * ROW_BYTES];
    const struct text_file files[] = {
        {"test.yaml", GOES_ON}, {"today.csv", csv}, {NULL, NULL}};
    /* Midnight's people at home, and half of those who come in a day. */
    const double home = A_DAY * (TAPER + 0.5);
    const double due = 7.0 * A_DAY * CONTACTS;
    struct model model;

    (void)state;
    csv[0] = '\0';
    for (int age = 1; age <= HOUSE; age++)
        add_rows(csv, sizeof csv, "house", A_DAY, age, "");
    for (int age = 1; age <= TAPER; age++)
        add_rows(csv, sizeof csv, "home", A_DAY, age, "");
    model_run_files(&model, files, NULL, 0, 200, SEED);
    assert_mean(&model, model_slice(&model, "occupancy", SLICE_LEVEL, "house"),
                A_DAY * HOUSE);
    assert_mean(&model, model_slice(&model, "occupancy", SLICE_LEVEL, "home"),
                home);
    /* At each midnight but the first, before which the caseload was taken. */
    assert_mean(&model, model_value(&model, "left"), 7 * A_DAY * 27 / 28.0);
    assert_mean(&model, model_value(&model, "contacts_not_attended"),
                ill_at_visits());
    assert_false(model_is_near(&model,
                               model_value(&model, "contacts_not_attended"),
                               1.1 * ill_at_visits()));
    for (size_t i = 0; i < LENGTH(week); i++)
        assert_mean(&model,
                    model_slice(&model, "contacts_due", SLICE_WEEK, week[i]),
                    due);
    /* The first week is those who are there, of whom nothing is drawn. */
    assert_near(model_slice(&model, "contacts_due", SLICE_WEEK, week[0])->mean,
                due, 0);
    assert_false(model_is_near(
        &model, model_slice(&model, "contacts_due", SLICE_WEEK, week[3]),
        1.1 * due));
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_concern_goes_on_and_closes),
        cmocka_unit_test(a_rise_since_before_the_start_is_seen),
        cmocka_unit_test(a_state_keeps_its_age),
        cmocka_unit_test(people_keep_the_time_they_prefer),
        cmocka_unit_test(a_delay_goes_on),
        cmocka_unit_test(a_service_goes_on_as_it_was),
    };

    return cmocka_run_group_tests_name("caseload", tests, NULL, NULL);
}
