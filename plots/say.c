/*
 * Quantities and small parts of a scenario in words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/say.h"

#include <math.h>
#include <string.h>

#define HOURS_READ_MAX (72 * SIM_HOUR) /* longer ones read better in days */

/* ---- times ---- */

/* "1 day", "1.5 days". */
static void add_units(double count, const char *unit, struct text *out)
{
    bool one = fabs(count - 1.0) < 1e-9;

    text_printf(out, "%.4g %s%s", count, unit, one ? "" : "s");
}

void say_time(sim_ms time, struct text *out)
{
    double ms = (double)time;

    if (time >= SIM_WEEK && time % SIM_WEEK == 0)
        add_units(ms / (double)SIM_WEEK, "week", out);
    else if (time > HOURS_READ_MAX)
        add_units(ms / (double)SIM_DAY, "day", out);
    else if (time >= 2 * SIM_HOUR || (time >= SIM_HOUR && time % SIM_HOUR == 0))
        add_units(ms / (double)SIM_HOUR, "hour", out);
    else if (time >= SIM_MINUTE || time == 0)
        add_units(ms / (double)SIM_MINUTE, "minute", out);
    else
        add_units(ms / (double)SIM_SECOND, "second", out);
}

void say_span(sim_ms span, struct text *out)
{
    if (span > 0 && span < SIM_WEEK && span % SIM_DAY == 0)
        add_units((double)span / (double)SIM_DAY, "day", out);
    else
        say_time(span, out);
}

void say_duration(const struct distribution *duration, struct text *out)
{
    if (duration->family == FAMILY_CONSTANT) {
        say_time((sim_ms)duration->mean, out);
        return;
    }
    if (duration->mean > (double)HOURS_READ_MAX)
        add_units(round(duration->mean / (double)SIM_HOUR) / 24.0, "day", out);
    else
        say_time((sim_ms)round(duration->mean / (double)SIM_MINUTE) *
                     SIM_MINUTE,
                 out);
    text_add(out, " on average");
}

void say_clock(sim_ms time, struct text *out)
{
    sim_ms minute = time % SIM_DAY / SIM_MINUTE;

    if (time == SIM_DAY)
        text_add(out, "24:00");
    else
        text_printf(out, "%02d:%02d", (int)(minute / 60), (int)(minute % 60));
}

/* ---- days ---- */

void say_days(sim_day_set days, struct text *out)
{
    static const char *const names[] = {"Mondays",   "Tuesdays", "Wednesdays",
                                        "Thursdays", "Fridays",  "Saturdays",
                                        "Sundays",   "holidays"};
    bool first = true;

    if (days == SIM_DAYS_EVERY) {
        text_add(out, "every day");
        return;
    }
    if (days == SIM_DAYS_WEEKDAYS || days == SIM_DAYS_WEEKENDS) {
        text_add(out, days == SIM_DAYS_WEEKDAYS ? "weekdays"
                                                : "weekends and holidays");
        return;
    }
    for (int i = 0; i < 8; i++) {
        if ((days >> i & 1) == 0)
            continue;
        text_printf(out, "%s%s", first ? "" : ", ", names[i]);
        first = false;
    }
}

/* Hours may go on past midnight; a clock shows that by itself. */
static void say_hours(sim_ms from, sim_ms until, struct text *out)
{
    say_clock(from, out);
    text_add(out, " to ");
    say_clock(until, out);
}

void say_opening(const struct opening *opening, struct text *out)
{
    say_days(opening->days, out);
    if (opening->from == 0 && opening->until == SIM_DAY)
        return;
    text_add(out, ", ");
    say_hours(opening->from, opening->until, out);
}

/* ---- schedules ---- */

/* "on days 1 and 4 of each week": those that say_schedule_count names. */
static void say_week_days(int32_t times, struct text *out)
{
    text_add(out, ", on days ");
    for (int32_t i = 0; i < times; i++)
        text_printf(out, "%s%d",
                    i == 0           ? ""
                    : i + 1 == times ? " and "
                                     : ", ",
                    (int)(7 * i / times) + 1);
    text_add(out, " of each week");
}

/* Days are named only where they are not all of them. */
static void say_per_week(int32_t times, struct text *out)
{
    if (times == 1)
        text_add(out, "once a week");
    else if (times == 2)
        text_add(out, "twice a week");
    else
        text_printf(out, "%d times a week", (int)times);
    if (times > 1 && times < 7)
        say_week_days(times, out);
}

/* Counted from 1, as a scenario has them. */
static void say_step_days(const struct schedule *schedule, struct text *out)
{
    text_printf(out, "on day%s ", schedule->day_count == 1 ? "" : "s");
    for (uint32_t i = 0; i < schedule->day_count; i++)
        text_printf(out, "%s%d", i ? ", " : "", (int)schedule->day[i] + 1);
    text_add(out, " of the step");
}

/* Which days, without the rule for weekends. */
static void say_form(const struct schedule *schedule, struct text *out)
{
    switch (schedule->form) {
    case SCHEDULE_EVERY:
        if (schedule->times == 2)
            text_add(out, "twice a day");
        else if (schedule->n == 1)
            text_add(out, "every day");
        else
            text_printf(out, "every %d days", (int)schedule->n);
        break;
    case SCHEDULE_PER_WEEK:
        say_per_week(schedule->n, out);
        break;
    case SCHEDULE_WEEKLY:
        text_printf(out, "once a week, on day %d of each week",
                    (int)schedule->n + 1);
        break;
    case SCHEDULE_DAYS:
        text_add(out, "on ");
        say_days(schedule->days, out);
        break;
    case SCHEDULE_STEP_DAYS:
        say_step_days(schedule, out);
        break;
    }
}

void say_schedule(const struct schedule *schedule, struct text *out)
{
    static const char *const rules[] = {
        [WEEKENDS_KEPT] = "",
        [WEEKENDS_DROPPED] = "; not at weekends",
        [WEEKENDS_TO_MONDAY] = "; what falls on a weekend moves to the next "
                               "weekday",
        [WEEKENDS_TO_FRIDAY] = "; what falls on a weekend moves to the "
                               "weekday before",
    };

    say_form(schedule, out);
    text_add(out, rules[schedule->weekends]);
}

/* ---- contacts ---- */

/* "clinical lead or key worker": the roles of one need. */
static void say_roles(const struct scenario *scenario, uint64_t roles,
                      struct text *out)
{
    bool first = true;

    for (uint32_t i = 0; i < scenario->role_count; i++) {
        if ((roles >> i & 1) == 0)
            continue;
        text_printf(out, "%s%s", first ? "" : " or ", scenario->role[i].name);
        first = false;
    }
}

/* One role, or several workers taken together, and since when. */
static void say_choice(const struct scenario *scenario,
                       const struct staffing *staffing, struct text *out)
{
    for (uint32_t i = 0; i < staffing->need_count; i++) {
        const struct sim_need *need = &staffing->need[i];

        if (i > 0)
            text_add(out, " and ");
        say_roles(scenario, need->roles, out);
        if (need->count > 1 || staffing->need_count > 1)
            text_printf(out, " (%u)", (unsigned)need->count);
    }
    if (staffing->need_count > 1)
        text_add(out, " together");
    if (staffing->after > 0) {
        text_add(out, " after ");
        say_time(staffing->after, out);
    }
}

void say_staffing(const struct scenario *scenario, const struct kind *kind,
                  struct text *out)
{
    for (uint32_t i = 0; i < kind->staffing_count; i++) {
        if (i > 0)
            text_add(out, ", or ");
        say_choice(scenario, &kind->staffing[i], out);
    }
    if (kind->pair_after >= 0) {
        text_add(out, "; two of them from ");
        say_clock(kind->pair_after, out);
    }
}

void say_window(const struct kind *kind, sim_ms at, struct text *out)
{
    if (kind->has_between && at < 0) {
        say_hours(kind->at, kind->at + kind->window, out);
        return;
    }
    if (at < 0)
        at = kind->at;
    if (at >= 0) {
        text_add(out, "at ");
        say_clock(at, out);
    } else if (kind->at_preferred) {
        text_add(out, "at the person's preferred time");
    }
    if (kind->window > 0) {
        bool timed = at >= 0 || kind->at_preferred;

        text_add(out, timed ? ", within " : "within ");
        say_time(kind->window, out);
        if (!timed)
            text_add(out, " of being asked for");
    }
}

const char *say_mode(const struct kind *kind)
{
    static const char *const text[] = {[MODE_VISIT] = "visit",
                                       [MODE_PHONE] = "phone call",
                                       [MODE_SESSION] = "session",
                                       [MODE_OTHER] = "contact"};
    static const char *const family[] = {
        [MODE_VISIT] = "visit to the family",
        [MODE_PHONE] = "phone call with the family",
        [MODE_SESSION] = "session with the family",
        [MODE_OTHER] = "contact with the family"};

    if (kind->with == WITH_FAMILY)
        return family[kind->mode];
    return kind->without_person ? "meeting without the person"
                                : text[kind->mode];
}

/* ---- effects ---- */

/* What is only supposed to happen to a person is worded so. */
static void say_effect(const struct scenario *scenario,
                       const struct effect *effect, struct text *out)
{
    static const char *const text[EFFECT_TYPES] = {
        [EFFECT_SETTLE] = "is assumed to help",
        [EFFECT_REPEAT] = "the step goes on for longer",
        [EFFECT_STEP_BACK] = "back to the step before",
        [EFFECT_RESTART] = "the plan starts again",
        [EFFECT_MOVE] = "moves to ",
        [EFFECT_RECORD] = "recorded as ",
        [EFFECT_DISENGAGE] = "planned contacts stop",
        [EFFECT_REENGAGE] = "planned contacts go on again",
        [EFFECT_LEAVE] = "leaves the service"};

    text_add(out, text[effect->type]);
    if (effect->type == EFFECT_SETTLE && effect->chance < 1.0) {
        text_add(out, " (");
        say_chance(effect->chance, out);
        text_add(out, ")");
    } else if (effect->type == EFFECT_MOVE) {
        text_add(out, scenario->level[effect->level].name);
    } else if (effect->type == EFFECT_RECORD) {
        text_printf(out, "\"%s\"", scenario->record[effect->record]);
    }
}

void say_effects(const struct scenario *scenario, const struct effects *effects,
                 struct text *out)
{
    for (uint32_t i = 0; i < effects->count; i++) {
        if (i > 0)
            text_add(out, ", ");
        say_effect(scenario, &effects->effect[i], out);
    }
}

/* ---- numbers ---- */

void say_chance(double chance, struct text *out)
{
    if (chance <= 0.0)
        text_add(out, "never");
    else if (chance >= 1.0)
        text_add(out, "always");
    else
        text_printf(out, "%.3g in 100", 100.0 * chance);
}

void say_rate(double per_day, struct text *out)
{
    if (per_day >= 1.0 || per_day == 0.0)
        text_printf(out, "%.3g a day", per_day);
    else if (per_day * 7.0 >= 0.1)
        text_printf(out, "%.3g a week", per_day * 7.0);
    else
        text_printf(out, "%.3g a year", per_day * 365.0);
}
