/*
 * Staff hours by hour of the week and by week of the measured period, against a
 * clock that goes through the run in steps of five minutes. Measured weeks
 * begin on any day and at any time, hours of the week on Mondays, and shifts go
 * over the edges of both.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/model.h"
#include "tests/table.h"

#define STEP (5 * SIM_MINUTE)

struct hours_case {
    const char *name;
    const char *start, *warm_up, *run_for, *hours;
    double hour, length; /* those of `hours`: its beginning, and how long */
};
static struct hours_case hours_cases[] = {
    {"whole weeks from Monday on", "2027-01-04", "0 days", "21 days",
     "09:00-17:00", 9, 8},
    {"weeks that begin on a Saturday, the last a part", "2027-01-06", "3 days",
     "17 days", "22:15-07:45", 22.25, 9.5},
    {"measuring begins and ends within a shift", "2027-01-05", "31 h", "200 h",
     "06:50-19:05", 6 + 50 / 60.0, 12.25},
    {"round the clock, less than a week", "2027-01-09", "1 day", "50 h",
     "08:35-08:35", 8 + 35 / 60.0, 24},
    {"over an hour's edge by minutes", "2027-01-07", "100 min", "30 days",
     "23:55-00:05", 23 + 55 / 60.0, 1 / 6.0},
};

/* Whether the shift, of every day of the run, is on at `time`. */
static bool is_on(const struct hours_case *c, sim_ms time)
{
    sim_ms from = (sim_ms)(c->hour * 60 + 0.5) * SIM_MINUTE;
    sim_ms since = (time - from + SIM_DAY) % SIM_DAY;

    return time >= from && since < (sim_ms)(c->length * 60 + 0.5) * SIM_MINUTE;
}

static void run(struct model *model, const struct hours_case *c)
{
    char text[1024];

    snprintf(text, sizeof text,
             "handrail: 1\n"
             "title: hours\n"
             "calendar: {start: %s, warm_up: %s, run_for: %s, run_on: 2 days}\n"
             "cohorts: {people: {referrals: {rate: 1/day}, enters: home}}\n"
             "levels: {home: {rank: 1, stay: 1 day, then: leave}}\n"
             "staff: {other: {}, worker: {}}\n"
             "rota:\n"
             "  all: {days: every day, hours: %s, breaks: no,\n"
             "        staff: {other: 1, worker: 2}}\n",
             c->start, c->warm_up, c->run_for, c->hours);
    model_run(model, text, NULL, 0, 1, 1);
}

static void are_those_of_the_clock(void **state)
{
    const struct hours_case *c = *state;
    double hour[168] = {0}, week[8] = {0};
    const struct block *by_hour, *by_week;
    struct model model;
    sim_ms from, until, monday;

    run(&model, c);
    from = model.scenario->calendar.warm_up;
    until = from + model.scenario->calendar.run_for;
    monday = -(sim_ms)sim_civil_weekday(&model.scenario->civil, 0) * SIM_DAY;
    for (sim_ms time = from; time < until; time += STEP)
        if (is_on(c, time)) {
            hour[(time - monday) / SIM_HOUR % 168] += 1 / 12.0;
            week[(time - from) / SIM_WEEK] += 1 / 12.0;
        }
    by_hour = &model.layout.role_hour[COUNT_ROSTERED];
    assert_int_equal(by_hour->length, 2 * 168);
    for (uint32_t i = 0; i < 2 * 168; i++)
        assert_near(model.record[by_hour->offset + i],
                    (1 + i / 168) * hour[i % 168], 1e-9);
    by_week = &model.layout.cut[COUNT_ROSTERED][SLICE_WEEK];
    assert_int_equal(by_week->length, model.layout.weeks);
    for (uint32_t i = 0; i < by_week->length; i++)
        assert_near(model.record[by_week->offset + i], 3 * week[i], 1e-9);
    model_clear(&model);
}

int main(void)
{
    return run_table("staff hours", are_those_of_the_clock, hours_cases);
}
