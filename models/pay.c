/*
 * Pay: hours by the hour, with what is paid on top of them.
 *
 * A premium belongs to the moment, not to the shift: a shift that runs into a
 * Sunday is paid Sunday's from midnight on. Where several premiums would apply
 * the highest is paid, not their sum (NHS Terms and Conditions of Service
 * Handbook, section 2, pays one enhancement for any hour; its night on
 * weekdays is 20:00 to 06:00). Its rule that a shift with more than half its
 * time in the night is night throughout is not kept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/pay.h"

#include "models/count_impl.h"
#include "models/world_impl.h"

/* What a role's pay rises by on `day`, at any hour. */
static double day_premium(const struct scenario *scenario,
                          const struct role *role, int32_t day)
{
    int weekday = sim_civil_weekday(&scenario->civil, day);
    double premium = weekday == SIM_SAT   ? role->premium_saturday
                     : weekday == SIM_SUN ? role->premium_sunday
                                          : 0;

    if (sim_civil_type(&scenario->civil, day) == SIM_DAY_HOLIDAY &&
        role->premium_holiday > premium)
        premium = role->premium_holiday;
    return premium;
}

/* Measured hours in [from, until). */
static double measured_hours(const struct scenario *scenario, sim_ms from,
                             sim_ms until)
{
    sim_ms begin = scenario->calendar.warm_up;
    sim_ms end = begin + scenario->calendar.run_for;

    from = from > begin ? from : begin;
    until = until < end ? until : end;
    return from < until ? (double)(until - from) / (double)SIM_HOUR : 0;
}

/* Measured hours in what [from, until) and [open, close) share. */
static double shared_hours(const struct scenario *scenario, sim_ms from,
                           sim_ms until, sim_ms open, sim_ms close)
{
    return measured_hours(scenario, from > open ? from : open,
                          until < close ? until : close);
}

/* Hours of the night in [from, until), which lies in the day of `midnight`:
 * of the night that begins on it, and of the one that ran into it. */
static double night_hours(const struct scenario *scenario,
                          const struct role *role, sim_ms midnight, sim_ms from,
                          sim_ms until)
{
    double hours =
        shared_hours(scenario, from, until, midnight + role->night_from,
                     midnight + role->night_until);

    return hours + shared_hours(scenario, from, until,
                                midnight - SIM_DAY + role->night_from,
                                midnight - SIM_DAY + role->night_until);
}

double pay_of(const struct scenario *scenario, uint32_t r, sim_ms from,
              sim_ms until, double rate)
{
    const struct role *role = &scenario->role[r];
    double sum = 0;

    while (from < until) {
        int32_t day = sim_day_of(from);
        sim_ms midnight = (sim_ms)day * SIM_DAY;
        sim_ms stop = until < midnight + SIM_DAY ? until : midnight + SIM_DAY;
        double premium = day_premium(scenario, role, day);

        sum += measured_hours(scenario, from, stop) * rate * (1 + premium);
        if (role->premium_night > premium)
            sum += night_hours(scenario, role, midnight, from, stop) * rate *
                   (role->premium_night - premium);
        from = stop;
    }
    return sum;
}

void pay_hours(struct world *world, uint32_t r, sim_ms from, sim_ms until,
               double rate)
{
    double sum;

    if (rate == 0)
        return;
    sum = pay_of(world->scenario, r, from, until, rate);
    if (sum != 0)
        count_cost(world, r, sum);
}

/* One shift on one date. */
static double pay_shift(const struct scenario *scenario,
                        const struct shift *shift, int32_t day)
{
    sim_ms from = (sim_ms)day * SIM_DAY + shift->hours.from;
    sim_ms until = from + (shift->hours.until - shift->hours.from);
    double sum = 0;

    for (uint32_t r = 0; r < scenario->role_count; r++) {
        const struct role *role = &scenario->role[r];

        if (shift->places[r])
            sum += pay_of(scenario, r, from, until,
                          (role->cost + role->standby) * shift->places[r]);
    }
    return sum;
}

double pay_rostered(const struct scenario *scenario)
{
    sim_ms end = scenario->calendar.warm_up + scenario->calendar.run_for;
    double sum = 0;

    for (uint32_t i = 0; i < scenario->shift_count; i++) {
        const struct shift *shift = &scenario->shift[i];
        int32_t day = sim_shift_next_day(&shift->hours, &scenario->civil, 0);

        while (day != INT32_MAX && (sim_ms)day * SIM_DAY < end) {
            sum += pay_shift(scenario, shift, day);
            day = sim_shift_next_day(&shift->hours, &scenario->civil, day + 1);
        }
    }
    return sum / ((double)scenario->calendar.run_for / (double)SIM_WEEK);
}
