/*
 * Rules that need a scenario of their own: full levels that wait for each other
 * swap; `or` on a response's contact.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/rules.h"
#include "tests/table.h"

/* Two levels of one place, each on the way to the other: whoever has been
 * there for a day can only move when the other does. */
static const char RING[] =
    "handrail: 1\n"
    "title: ring\n"
    "calendar: {start: 2027-01-04, warm_up: 28 days, run_for: 28 days,\n"
    "           run_on: 0 days}\n"
    "cohorts:\n"
    "  ones: {referrals: {rate: 10/day}, enters: lower}\n"
    "  others: {referrals: {rate: 10/day}, enters: upper}\n"
    "levels:\n"
    "  lower: {rank: 1, places: 1, stay: 1 day, then: upper}\n"
    "  upper: {rank: 2, places: 1, stay: 1 day, then: lower}\n";

static void full_levels_that_wait_for_each_other_swap(void **state)
{
    struct model model;

    (void)state;
    model_run(&model, RING, NULL, 0, 2, 1);
    assert_near(model_value(&model, "step_ups")->mean, 7, 0);
    assert_near(model_value(&model, "delayed")->mean, 0, 0);
    assert_near(model_slice(&model, "occupancy", SLICE_LEVEL, "upper")->mean, 1,
                1e-9);
    assert_near(model_slice(&model, "stay_days", SLICE_LEVEL, "upper")->mean, 1,
                0);
    model_clear(&model);
}

/* After every missed visit a nurse is wanted, who is never there at noon. */
#define AWAY                                                                   \
    "cohorts.people.attendance=0%", "staff.nurse={}",                          \
        "rota.night={days: every day, hours: 20:00-21:00, staff: {nurse: 1}}", \
        "contacts.call={window: 1 h, by: worker, lasts: 5 min}",               \
        "responses={not attended: {go: {do: go}}}"

static struct rule_case or_cases[] = {
    {"a response's contact without `or` waits, and fails",
     {AWAY, "contacts.go={window: 3 h, by: nurse, lasts: 30 min}"},
     {OF("contacts_not_delivered", SLICE_KIND, "go", 1)}},
    {"with `or` it becomes the other kind, and takes its time",
     {AWAY, "contacts.go={window: 3 h, by: nurse, lasts: 30 min, "
            "or: {do: call, after: 1 h}}"},
     {OF("contacts_downgraded", SLICE_KIND, "go", 1),
      OF("hours_delivered", SLICE_ROLE, "worker", 7 * (30 + 5) / 60.0)}},
};

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_levels_that_wait_for_each_other_swap),
    };

    return run_table("or on a response", rule_holds, or_cases) +
           cmocka_run_group_tests_name("swap", tests, NULL, NULL);
}
