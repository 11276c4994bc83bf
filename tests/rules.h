#ifndef TESTS_RULES_H
#define TESTS_RULES_H
/*
 * Rules as rows of a table: a scenario without chance, changed by settings, and
 * the exact figures it must give.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/model.h"

/* The one place is always wanted, so after the first day a person comes at
 * 00:00 of the day on which the last one left, and is seen at noon. */
static const char RULES[] =
    "handrail: 1\n"
    "title: rules\n"
    "calendar: {start: 2027-01-04, warm_up: 28 days, run_for: 28 days,\n"
    "           run_on: 28 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 10/day}, enters: home}\n"
    "levels:\n"
    "  home: {rank: 1, places: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {first: {for: 1 day, contacts: {visit: every day}}}}\n"
    "contacts:\n"
    "  visit: {at: 12:00, window: 30 min, by: worker, lasts: 30 min}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  day: {days: every day, hours: 09:00-17:00, staff: {worker: 1}}\n";

#define RULE_SETTINGS 16 /* at most, in a row */
#define RULE_CHECKS 5

struct check {
    const char *measure;
    double expected;
    enum slice slice; /* SLICE_COUNT: whole */
    const char *value;
};
#define IS(measure, expected)                                                  \
    {                                                                          \
        measure, expected, SLICE_COUNT, NULL                                   \
    }
#define OF(measure, slice, value, expected)                                    \
    {                                                                          \
        measure, expected, slice, value                                        \
    }

struct rule_case {
    const char *name;
    const char *setting[RULE_SETTINGS];
    struct check check[RULE_CHECKS];
};

static inline void rule_check(const struct model *model,
                              const struct check *check, double tolerance)
{
    const struct estimate *found =
        check->slice == SLICE_COUNT
            ? model_value(model, check->measure)
            : model_slice(model, check->measure, check->slice, check->value);

    if (!(fabs(found->mean - check->expected) <= tolerance))
        fail_msg("%s%s%s is %.9g, expected %.9g", check->measure,
                 check->value ? " of " : "", check->value ? check->value : "",
                 found->mean, check->expected);
}

/* Run two replications of the case; release with model_clear. */
static inline void rule_model(const struct rule_case *c, struct model *model)
{
    size_t settings = 0;

    while (settings < RULE_SETTINGS && c->setting[settings])
        settings++;
    model_run(model, RULES, c->setting, settings, 2, 20270106);
}

/* A test over a table of cases. Sums of parts of an hour: rounding only. */
static inline void rule_holds(void **state)
{
    const struct rule_case *c = *state;
    struct model model;

    rule_model(c, &model);
    for (int i = 0; i < RULE_CHECKS && c->check[i].measure; i++)
        rule_check(&model, &c->check[i], 1e-9);
    model_clear(&model);
}
#endif
