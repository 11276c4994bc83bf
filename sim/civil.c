/*
 * Dates are counted in days, by the arithmetic of Hinnant ("chrono-compatible
 * low-level date algorithms", 2013): years begin in March, so that the leap
 * day is the last of its year, and repeat in eras of 400 years.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/civil.h"

#include <stdlib.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2999
#define DAYS_MAX 20000
#define SEARCH_DAYS 400

#define DAYS_IN_ERA 146097   /* in 400 years */
#define DAYS_BEFORE 719468   /* from 0000-03-01 to 1970-01-01 */
#define DAYS_IN_YEAR 365     /* but for leap days */
#define DAYS_IN_4_YEARS 1460 /* the last of 4 years ends with the leap day */
#define DAYS_IN_CENTURY 36524

/* Division that rounds down, for a positive divisor. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Every fourth year, but of the centuries only every fourth. */
static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days of a month (1 to 12) of a year. */
static int days_in_month(int year, int month)
{
    if (month == 2)
        return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool sim_date_from_ymd(int year, int month, int day, sim_date *out)
{
    int era;
    int year_of_era;
    int day_of_year; /* from 1 March = 0 */

    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 ||
        day < 1 || day > days_in_month(year, month))
        return false;
    if (month <= 2)
        year--;
    /* From here on `year` begins on 1 March. Five months from March on, and
     * again from August on, have 31, 30, 31, 30 and 31 days: 153. */
    era = year / 400;
    year_of_era = year % 400;
    day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    *out = era * DAYS_IN_ERA + year_of_era * DAYS_IN_YEAR + year_of_era / 4 -
           year_of_era / 100 + day_of_year - DAYS_BEFORE;
    return true;
}

/* The inverse: the leap days passed so far are taken out first; then all years
 * have 365 days. */
void sim_date_to_ymd(sim_date date, int *year, int *month, int *day)
{
    int64_t days = (int64_t)date + DAYS_BEFORE;
    int64_t era = floor_div(days, DAYS_IN_ERA);
    int day_of_era = (int)(days - era * DAYS_IN_ERA);
    int year_of_era =
        (day_of_era - day_of_era / DAYS_IN_4_YEARS +
         day_of_era / DAYS_IN_CENTURY - day_of_era / (DAYS_IN_ERA - 1)) /
        DAYS_IN_YEAR;
    int day_of_year = day_of_era - (DAYS_IN_YEAR * year_of_era +
                                    year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month =
        month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

/* Read `count` digits; -1 where there are others. */
static int read_digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

bool sim_date_parse(const char *text, sim_date *out)
{
    /* First the length, so that nothing is read beyond the NUL. */
    for (int i = 0; i < 10; i++)
        if (text[i] == '\0')
            return false;
    if (text[4] != '-' || text[7] != '-' || text[10] != '\0')
        return false;
    /* Letters read as -1, which is no year, month or day. */
    return sim_date_from_ymd(read_digits(text, 4), read_digits(text + 5, 2),
                             read_digits(text + 8, 2), out);
}

/* Write the last `count` digits of `value`, with leading zeros, no NUL. */
static void write_digits(char *text, int count, int value)
{
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void sim_date_format(sim_date date, char out[11])
{
    int year;
    int month;
    int day;

    sim_date_to_ymd(date, &year, &month, &day);
    SIM_REQUIRE(year >= 0 && year <= 9999);
    write_digits(out, 4, year);
    out[4] = '-';
    write_digits(out + 5, 2, month);
    out[7] = '-';
    write_digits(out + 8, 2, day);
    out[10] = '\0';
}

/* Weekday of a number of days since 1970-01-01, which was a Thursday. */
static int weekday_of(int64_t days)
{
    int64_t since_monday = days + SIM_THU;

    return (int)(since_monday - floor_div(since_monday, 7) * 7);
}

int sim_date_weekday(sim_date date)
{
    return weekday_of(date);
}

/* What a weekday (SIM_MON to SIM_SUN) is where it is no holiday. */
static enum sim_day_type type_of_weekday(int weekday)
{
    return weekday >= SIM_SAT ? SIM_DAY_WEEKEND : SIM_DAY_WEEKDAY;
}

int sim_civil_init(struct sim_civil *civil, sim_date start, int32_t day_count,
                   const sim_date *holidays, size_t holiday_count)
{
    SIM_REQUIRE(day_count >= 1 && day_count <= DAYS_MAX);
    *civil = (struct sim_civil){.start = start, .day_count = day_count};
    civil->weekday = malloc((size_t)day_count * sizeof *civil->weekday);
    civil->type = malloc((size_t)day_count * sizeof *civil->type);
    if (!civil->weekday || !civil->type) {
        sim_civil_clear(civil);
        return SIM_ERR_NO_MEMORY;
    }
    for (int32_t day = 0; day < day_count; day++) {
        int weekday = weekday_of((int64_t)start + day);

        civil->weekday[day] = (uint8_t)weekday;
        civil->type[day] = (uint8_t)type_of_weekday(weekday);
    }
    for (size_t i = 0; i < holiday_count; i++) {
        int64_t day = (int64_t)holidays[i] - start;

        /* A holiday outside the run is of no account. */
        if (day >= 0 && day < day_count)
            civil->type[day] = SIM_DAY_HOLIDAY;
    }
    return SIM_OK;
}

void sim_civil_clear(struct sim_civil *civil)
{
    free(civil->weekday);
    free(civil->type);
    *civil = (struct sim_civil){0};
}

int sim_civil_weekday_beyond(const struct sim_civil *civil, int32_t day)
{
    return weekday_of((int64_t)civil->start + day);
}

enum sim_day_type sim_civil_type_beyond(const struct sim_civil *civil,
                                        int32_t day)
{
    return type_of_weekday(sim_civil_weekday_beyond(civil, day));
}

sim_ms sim_civil_next_open(const struct sim_civil *civil, sim_ms time,
                           sim_day_set days, sim_ms from, sim_ms until)
{
    /* The first day whose hours are not over; they may pass midnight. */
    int32_t day = sim_day_of(time - until) + 1;
    int32_t last = sim_day_of(time) + SEARCH_DAYS;

    if (from >= until)
        return SIM_NEVER;
    /* Later days open later, so the first day that fits has the answer. */
    for (; day <= last; day++) {
        sim_ms open = day * SIM_DAY + from;

        if (sim_civil_in(civil, day, days))
            return open > time ? open : time;
    }
    return SIM_NEVER;
}
