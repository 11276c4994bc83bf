/*
 * How many people are referred in an average week of the measured period, by
 * weekday: by the rate, with its months and growth, or from dates.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "studies/load_impl.h"

static int32_t first_day(const struct scenario *scenario)
{
    return sim_day_of(scenario->calendar.warm_up);
}

static int32_t last_day(const struct scenario *scenario)
{
    return sim_day_of(scenario->calendar.warm_up + scenario->calendar.run_for -
                      1);
}

/* The mean over the measured days of what shapes a rate: the factor of the
 * month, and growth since the start. */
static double mean_shape(const struct scenario *scenario,
                         const struct referrals *referrals)
{
    double sum = 0;

    if (!referrals->shaped)
        return 1;
    for (int32_t day = first_day(scenario); day <= last_day(scenario); day++) {
        int year, month, of_month;

        sim_date_to_ymd(scenario->calendar.start + day, &year, &month,
                        &of_month);
        sum += referrals->month[month - 1] *
               pow(1 + referrals->growth, day / 365.0);
    }
    return sum / (last_day(scenario) - first_day(scenario) + 1);
}

/* The dates that lie in the measured period. */
static void count_dates(const struct scenario *scenario,
                        const struct referrals *referrals, double week[7])
{
    sim_ms from = scenario->calendar.warm_up;
    sim_ms until = from + scenario->calendar.run_for;
    double weeks = (double)scenario->calendar.run_for / (double)SIM_WEEK;

    for (uint32_t i = 0; i < referrals->dated_count; i++) {
        sim_ms at = referrals->dated[i].from;

        if (at >= from && at < until)
            week[sim_date_weekday(scenario->calendar.start + sim_day_of(at))] +=
                1 / weeks;
    }
}

void load_referrals(const struct scenario *scenario,
                    const struct referrals *referrals, double week[7])
{
    double open = 0, rate;

    for (int w = 0; w < 7; w++) {
        week[w] = 0;
        open += referrals->open.days >> w & 1;
    }
    if (referrals->file != NULL) {
        count_dates(scenario, referrals, week);
        return;
    }
    rate = referrals->rate * 7 * mean_shape(scenario, referrals);
    for (int w = 0; w < 7 && open > 0; w++)
        week[w] = referrals->open.days >> w & 1 ? rate / open : 0;
}
