#ifndef TESTS_OFFERED_H
#define TESTS_OFFERED_H
/*
 * Two small scenarios whose load can be worked out by hand, and how a test gets
 * at it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_errno.h>

#include "studies/load.h"
#include "tests/model.h"

/* One person a day at any hour, ten daily visits of half an hour from the day
 * after, one worker. */
static const char DAILY[] =
    "handrail: 1\n"
    "title: daily\n"
    "calendar: {start: 2027-01-04, run_for: 28 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 1/day}, enters: home}\n"
    "levels:\n"
    "  home: {rank: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {first: {for: 10 days, contacts: {visit: every day}}}}\n"
    "contacts:\n"
    "  visit: {at: 12:00, window: 30 min, by: worker, lasts: 30 min}\n"
    "  call: {mode: phone, window: 1 h, by: worker, lasts: 6 min}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  day: {days: every day, hours: 09:00-17:00, staff: {worker: 1}}\n";

/* A queue for five places. */
static const char QUEUE[] =
    "handrail: 1\n"
    "title: five places\n"
    "calendar: {start: 2027-01-04, warm_up: 20 weeks, run_for: 100 weeks}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 1/day}, enters: home}\n"
    "levels:\n"
    "  home: {rank: 1, places: 5, stay: exponential(mean 3 days), then: "
    "leave}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  day: {days: every day, hours: 09:00-17:00, staff: {worker: 1}}\n";

#define SETTINGS 6

/* Load a scenario and make its load; release both. */
static inline int make(struct model *model, const char *text,
                       const char *const *setting, struct load *load)
{
    size_t settings = 0;

    gsl_set_error_handler_off();
    while (setting && settings < SETTINGS && setting[settings])
        settings++;
    model_run(model, text, setting, settings, 2, 1);
    return load_make(model->scenario, load);
}

static inline void release(struct model *model, struct load *load)
{
    load_clear(load);
    model_clear(model);
}
#endif
