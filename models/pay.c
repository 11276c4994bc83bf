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
#include "models/count_impl.h"
#include "models/world_impl.h"

/* What a role's pay rises by on `day`, at any hour. */
static double day_premium(const struct world *world, const struct role *role,
                          int32_t day)
{
    int weekday = sim_civil_weekday(&world->scenario->civil, day);
    double premium = weekday == SIM_SAT   ? role->premium_saturday
                     : weekday == SIM_SUN ? role->premium_sunday
                                          : 0;

    if (sim_civil_type(&world->scenario->civil, day) == SIM_DAY_HOLIDAY &&
        role->premium_holiday > premium)
        premium = role->premium_holiday;
    return premium;
}

/* Measured hours in what [from, until) and [open, close) share. */
static double shared_hours(const struct world *world, sim_ms from, sim_ms until,
                           sim_ms open, sim_ms close)
{
    from = from > open ? from : open;
    until = until < close ? until : close;
    return from < until
               ? (double)count_measured(world, from, until) / (double)SIM_HOUR
               : 0;
}

/* Hours of the night in [from, until), which lies in the day of `midnight`:
 * of the night that begins on it, and of the one that ran into it. */
static double night_hours(const struct world *world, const struct role *role,
                          sim_ms midnight, sim_ms from, sim_ms until)
{
    double hours = shared_hours(world, from, until, midnight + role->night_from,
                                midnight + role->night_until);

    return hours + shared_hours(world, from, until,
                                midnight - SIM_DAY + role->night_from,
                                midnight - SIM_DAY + role->night_until);
}

void pay_hours(struct world *world, uint32_t r, sim_ms from, sim_ms until,
               double rate)
{
    const struct role *role = &world->scenario->role[r];
    double sum = 0;

    if (rate == 0)
        return;
    while (from < until) {
        int32_t day = sim_day_of(from);
        sim_ms midnight = (sim_ms)day * SIM_DAY;
        sim_ms stop = until < midnight + SIM_DAY ? until : midnight + SIM_DAY;
        double premium = day_premium(world, role, day);

        sum += (double)count_measured(world, from, stop) / (double)SIM_HOUR *
               rate * (1 + premium);
        if (role->premium_night > premium)
            sum += night_hours(world, role, midnight, from, stop) * rate *
                   (role->premium_night - premium);
        from = stop;
    }
    if (sum != 0)
        count_cost(world, r, sum);
}
