#ifndef SIM_CIVIL_H
#define SIM_CIVIL_H
/*
 * Civil time: dates, weekdays and holidays over the days of one run.
 * Day 0 is the start date. No time zones and no clock changes: every day has
 * 24 hours. Day numbers before day 0 are allowed where it says so.
 * The proleptic Gregorian calendar; a date outside years 1900 to 2999 is
 * refused.
 * Threads: read-only once made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/error.h"

/* Weekdays count from Monday = 0 to Sunday = 6. */
enum { SIM_MON, SIM_TUE, SIM_WED, SIM_THU, SIM_FRI, SIM_SAT, SIM_SUN };

/* A holiday is a day of its own kind, whatever its weekday. */
enum sim_day_type {
    SIM_DAY_WEEKDAY,
    SIM_DAY_WEEKEND,
    SIM_DAY_HOLIDAY,
    SIM_DAY_TYPES
};

/*
 * A set of days: bit 0 (Monday) to bit 6 (Sunday), and bit 7 for holidays.
 * A holiday belongs to the set when bit 7 is set, or when it falls on a
 * Saturday or Sunday whose bit is set; a Monday-to-Friday bit never takes a
 * holiday in, because on a holiday the weekend's arrangements run.
 */
typedef uint8_t sim_day_set;
#define SIM_HOLIDAY_BIT 7
#define SIM_DAYS_WEEKDAYS ((sim_day_set)0x1f)
#define SIM_DAYS_WEEKENDS ((sim_day_set)0xe0)
#define SIM_DAYS_EVERY ((sim_day_set)0xff)

/* Days since 1970-01-01, may be negative. */
typedef int32_t sim_date;

struct sim_civil {
    sim_date start;
    int32_t day_count; /* days 0 .. day_count - 1 are tabulated */
    uint8_t *weekday;  /* [day_count] */
    uint8_t *type;     /* [day_count], enum sim_day_type */
};

/* The date of a year (1900 to 2999), month (1 to 12) and day of the month.
 * Returns false, `*out` unchanged, where there is no such date. */
bool sim_date_from_ymd(int year, int month, int day, sim_date *out);

/* Year, month (1 to 12) and day (1 to 31) of `date`. */
void sim_date_to_ymd(sim_date date, int *year, int *month, int *day);

/* Read exactly "YYYY-MM-DD". Returns false, `*out` unchanged, otherwise. */
bool sim_date_parse(const char *text, sim_date *out);

/* Write "YYYY-MM-DD" and a NUL into `out`. */
void sim_date_format(sim_date date, char out[11]);

/* Weekday of `date`, SIM_MON to SIM_SUN. */
int sim_date_weekday(sim_date date);

/*
 * Tabulate `day_count` (1 to 20000) days from `start`. `holidays` may be in
 * any order and may lie outside the run. Release with sim_civil_clear.
 * Returns SIM_OK or SIM_ERR_NO_MEMORY (then `civil` is zeroed).
 */
int sim_civil_init(struct sim_civil *civil, sim_date start, int32_t day_count,
                   const sim_date *holidays,
                   size_t holiday_count) SIM_MUST_CHECK;

/* Release the tables. Zeroed input is allowed. */
void sim_civil_clear(struct sim_civil *civil);

/* The day that `time` falls on; `time` may be negative (rounds down). */
static inline int32_t sim_day_of(sim_ms time)
{
    return (int32_t)((time >= 0 ? time : time - (SIM_DAY - 1)) / SIM_DAY);
}

/* Weekday and type of a day beyond the table, where holidays are not known and
 * the weekday decides. */
int sim_civil_weekday_beyond(const struct sim_civil *civil, int32_t day);
enum sim_day_type sim_civil_type_beyond(const struct sim_civil *civil,
                                        int32_t day);

/* Weekday of any day, tabulated or not. */
static inline int sim_civil_weekday(const struct sim_civil *civil, int32_t day)
{
    return day >= 0 && day < civil->day_count
               ? civil->weekday[day]
               : sim_civil_weekday_beyond(civil, day);
}

/* Type of any day, tabulated or not. */
static inline enum sim_day_type sim_civil_type(const struct sim_civil *civil,
                                               int32_t day)
{
    return day >= 0 && day < civil->day_count
               ? (enum sim_day_type)civil->type[day]
               : sim_civil_type_beyond(civil, day);
}

/* Whether `day` belongs to `days`, see sim_day_set. */
static inline bool sim_civil_in(const struct sim_civil *civil, int32_t day,
                                sim_day_set days)
{
    int weekday = sim_civil_weekday(civil, day);
    bool has_weekday = days >> weekday & 1;

    if (sim_civil_type(civil, day) != SIM_DAY_HOLIDAY)
        return has_weekday;
    /* On a holiday a bit for Monday to Friday does not count. */
    return (days >> SIM_HOLIDAY_BIT & 1) || (has_weekday && weekday >= SIM_SAT);
}

/*
 * The first moment at or after `time` that lies in [from, until) ms after
 * midnight of a day of the set. SIM_NEVER when none lies within 400 days.
 */
sim_ms sim_civil_next_open(const struct sim_civil *civil, sim_ms time,
                           sim_day_set days, sim_ms from, sim_ms until);
#endif
