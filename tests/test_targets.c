/*
 * Targets that are cut in several ways at once, or ask of so many days,
 * weekends, weeks or years: exact shares, and years one by one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

/* A visit every day at noon; nobody is on duty at the weekend. */
#define WEEKDAYS "rota.day.days=weekdays"
#define TARGET(text) "targets.t={" text "}"

/* Where all periods meet a limit, or none does, three replications of four
 * weeks cannot tell how many would in the long run: the bounds reach further
 * than what is asked. */
struct target_case {
    const char *name;
    const char *setting[6];
    double mean;
    enum verdict verdict;
};
static struct target_case target_cases[] = {
    {"of days, those with everything delivered",
     {WEEKDAYS,
      TARGET("measure: contacts_not_delivered, at_most: 0%, in: 2 of 3 days")},
     5 / 7.0,
     VERDICT_MET},
    {"and they are not enough where more are asked",
     {WEEKDAYS,
      TARGET("measure: contacts_not_delivered, at_most: 0%, in: 3 of 4 days")},
     5 / 7.0,
     VERDICT_NOT_MET},
    {"of weekends none",
     {WEEKDAYS, TARGET("measure: contacts_not_delivered, at_most: 0%, in: 1 of "
                       "10 weekends")},
     0,
     VERDICT_CANNOT_TELL},
    {"of weekends all, where a half may be missed and Saturday is staffed",
     {"rota.day.days=mon tue wed thu fri sat",
      TARGET("measure: contacts_not_delivered, at_most: 50%, in: 9 of 10 "
             "weekends")},
     1,
     VERDICT_CANNOT_TELL},
    {"of weeks all, where two in seven may be missed",
     {WEEKDAYS, TARGET("measure: contacts_not_delivered, at_most: 28.6%, in: 9 "
                       "of 10 weeks")},
     1,
     VERDICT_CANNOT_TELL},
    {"of weeks none, where one in seven may",
     {WEEKDAYS, TARGET("measure: contacts_not_delivered, at_most: 14.3%, in: 9 "
                       "of 10 weeks")},
     0,
     VERDICT_NOT_MET},
    {"of weeks, by number: a measure per week is as many as in that week",
     {TARGET("measure: contacts_due, at_least: 7, in: 10 of 10 weeks")},
     1,
     VERDICT_CANNOT_TELL},
    {"of days, by number: one a day is seven a week",
     {TARGET("measure: contacts_due, at_most: 7, in: 10 of 10 days")},
     1,
     VERDICT_CANNOT_TELL},
    {"two parts at once: a level and the weekend",
     {WEEKDAYS, TARGET("measure: contacts_not_delivered, level: home, day: "
                       "weekend, at_most: 10%")},
     1,
     VERDICT_NOT_MET},
    {"two parts at once: a kind on weekdays",
     {WEEKDAYS, TARGET("measure: contacts_not_delivered, kind: visit, day: "
                       "weekday, at_most: 10%")},
     0,
     VERDICT_CANNOT_TELL},
    {"a part of a period: weekdays of each week",
     {WEEKDAYS,
      TARGET("measure: contacts_not_delivered, day: weekday, at_most: "
             "0%, in: 10 of 10 weeks")},
     1,
     VERDICT_CANNOT_TELL},
    {"four parts at once, per week",
     {TARGET("measure: contacts_due, level: home, hour: sat 12, step: \"plan: "
             "first\", cohort: people, at_least: 1")},
     1,
     VERDICT_MET},
    {"what never falls due has no data",
     {TARGET("measure: contacts_not_delivered, hour: sat 13, level: home, "
             "at_most: 1%")},
     NAN,
     VERDICT_NO_DATA},
    {"a year is a replication, and any measure can be asked of it",
     {WEEKDAYS, TARGET("measure: planned_exits, at_least: 7, in: 9 of 10 "
                       "years")},
     1,
     VERDICT_CANNOT_TELL},
    {"a measure that misses the limit does so every year",
     {WEEKDAYS, TARGET("measure: contacts_not_delivered, day: weekend, "
                       "at_most: 99%, in: 1 of 10 years")},
     0,
     VERDICT_CANNOT_TELL},
};

static void target_is_judged(void **state)
{
    const struct target_case *c = *state;
    const struct result_target *target;
    struct model model;
    size_t settings = 0;

    while (settings < 6 && c->setting[settings])
        settings++;
    model_run(&model, RULES, c->setting, settings, 3, 20270110);
    assert_int_equal(model.result.target_count, 1);
    target = &model.result.target[0];
    if (isnan(c->mean))
        assert_true(isnan(target->estimate.mean));
    else
        assert_near(target->estimate.mean, c->mean, 1e-9);
    assert_int_equal(target->verdict, c->verdict);
    model_clear(&model);
}

/* With chance in it: the share of years, weeks and of two parts at once, by
 * hand from the results that others give. */
static void years_are_counted_one_by_one(void **state)
{
    static const char *const setting[] = {
        "contacts.visit.attendance=80%",
        "targets.years={measure: contacts_not_attended, at_most: 20%, in: 1 of "
        "2 years}",
        "targets.weeks={measure: contacts_not_attended, at_most: 0%, in: 1 of "
        "2 weeks}",
        "targets.parts={measure: contacts_not_attended, kind: visit, level: "
        "home, at_most: 20%}",
    };
    const uint32_t years = 200;
    struct model model;
    double met = 0;

    (void)state;
    model_run(&model, RULES, setting, LENGTH(setting), years, 20270111);
    for (uint32_t i = 0; i < years; i++) {
        const double *record = model.record + i * model.layout.length;
        double due = record[model.layout.total[COUNT_DUE].offset];
        double missed = record[model.layout.total[COUNT_NOT_ATTENDED].offset];
        met += missed / due <= 0.2 + 1e-12;
    }
    /* Sorted by name: parts, weeks, years. */
    assert_near(model.result.target[2].estimate.mean, met / years, 1e-12);
    assert_true(met > 20 && met < 180);
    assert_mean(&model, &model.result.target[1].estimate, pow(0.8, 7));
    assert_false(
        model_is_near(&model, &model.result.target[1].estimate, pow(0.8, 5)));
    assert_near(model.result.target[0].estimate.mean,
                model_value(&model, "contacts_not_attended")->mean, 1e-12);
    assert_near(model.result.target[0].estimate.lower,
                model_value(&model, "contacts_not_attended")->lower, 1e-12);
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest chance[] = {
        cmocka_unit_test(years_are_counted_one_by_one),
    };
    int failed = run_table("targets", target_is_judged, target_cases);

    return failed +
           cmocka_run_group_tests_name("by chance", chance, NULL, NULL);
}
