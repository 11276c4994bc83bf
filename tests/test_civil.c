/* Dates, weekdays, holidays and opening hours.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/civil.h"
#include "tests/table.h"

static sim_date date_of(const char *text)
{
    sim_date date = 0;

    assert_true(sim_date_parse(text, &date));
    return date;
}

/* Days since 1970-01-01 and weekdays as Python's datetime has them. */
struct date_case {
    const char *name;
    const char *text;
    sim_date date;
    int weekday;
};
static struct date_case date_cases[] = {
    {"the epoch is a Thursday", "1970-01-01", 0, SIM_THU},
    {"the day before it is -1", "1969-12-31", -1, SIM_WED},
    {"the first day allowed", "1900-01-01", -25567, SIM_MON},
    {"1900 has no leap day", "1900-03-01", -25508, SIM_THU},
    {"2000 has a leap day", "2000-02-29", 11016, SIM_TUE},
    {"1 March follows it", "2000-03-01", 11017, SIM_WED},
    {"the moon landing was on a Sunday", "1969-07-20", -165, SIM_SUN},
    {"2028 has a leap day", "2028-02-29", 21243, SIM_TUE},
    {"a year ends", "2027-12-31", 21183, SIM_FRI},
    {"the next begins", "2028-01-01", 21184, SIM_SAT},
    {"2100 has no leap day", "2100-03-01", 47541, SIM_MON},
    {"the last day allowed", "2999-12-31", 376199, SIM_TUE},
};

static void date_is(void **state)
{
    const struct date_case *c = *state;
    char text[11];

    assert_int_equal(date_of(c->text), c->date);
    assert_int_equal(sim_date_weekday(c->date), c->weekday);
    sim_date_format(c->date, text);
    assert_string_equal(text, c->text);
}

struct refused_case {
    const char *name;
    const char *text;
};
static struct refused_case refused_cases[] = {
    {"nothing is no date", ""},
    {"1900 has no 29 February", "1900-02-29"},
    {"2027 has no 29 February", "2027-02-29"},
    {"2100 has no 29 February", "2100-02-29"},
    {"no month has a 30 February", "2028-02-30"},
    {"April has no 31st", "2028-04-31"},
    {"there is no month 0", "2028-00-10"},
    {"there is no month 13", "2028-13-10"},
    {"there is no day 0", "2028-01-00"},
    {"there is no day 32", "2028-01-32"},
    {"a year before 1900 is refused", "1899-12-31"},
    {"a year after 2999 is refused", "3000-01-01"},
    {"a short month is refused", "2028-1-01"},
    {"a short day is refused", "2028-01-1"},
    {"a short year is refused", "228-01-01"},
    {"what follows is refused", "2028-01-01 "},
    {"what goes before is refused", " 2028-01-01"},
    {"a time is refused", "2028-01-01T00:00"},
    {"slashes are refused", "2028/01/01"},
    {"another order is refused", "01-01-2028"},
    {"letters are refused", "2o28-01-01"},
    {"a sign is refused", "+028-01-01"},
    {"a minus in the day is refused", "2028-01--1"},
    {"dashes alone are refused", "----------"},
};

static void date_is_refused(void **state)
{
    const struct refused_case *c = *state;
    sim_date date = 12345;

    assert_false(sim_date_parse(c->text, &date));
    assert_int_equal(date, 12345);
}

static void dates_count_days_one_by_one(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    sim_date expected = -25567;

    (void)state;
    for (int y = 1900; y <= 2999; y++)
        for (int m = 1; m <= 12; m++) {
            bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
            int days = lengths[m - 1] + (m == 2 && leap);

            for (int d = 1; d <= days; d++) {
                sim_date date = 0;
                int year, month, day;

                assert_true(sim_date_from_ymd(y, m, d, &date));
                assert_int_equal(date, expected++);
                sim_date_to_ymd(date, &year, &month, &day);
                assert_true(year == y && month == m && day == d);
            }
            assert_false(sim_date_from_ymd(y, m, days + 1, &expected));
        }
}

static void weekdays_follow_each_other(void **state)
{
    (void)state;
    for (sim_date date = -1000; date < 1000; date++)
        assert_int_equal(sim_date_weekday(date + 1),
                         (sim_date_weekday(date) + 1) % 7);
}

/* All below: 2027-12-20 is a Monday; Christmas 2027 is a Saturday. Day 4 is a
 * Friday, day 5 Christmas, day 7 a Monday and a holiday. */
#define START "2027-12-20"
#define DAY_COUNT 30

static const char *const holidays[] = {"2027-12-28", "2027-12-25",
                                       "2027-12-27", "1999-01-01",
                                       "2028-06-01", "2027-12-25"};

static void civil_start(struct sim_civil *civil)
{
    sim_date dates[LENGTH(holidays)];

    for (size_t i = 0; i < LENGTH(holidays); i++)
        dates[i] = date_of(holidays[i]);
    assert_int_equal(
        sim_civil_init(civil, date_of(START), DAY_COUNT, dates, LENGTH(dates)),
        SIM_OK);
}

#define SATURDAY ((sim_day_set)(1 << SIM_SAT))
#define MONDAY ((sim_day_set)(1 << SIM_MON))
#define HOLIDAYS ((sim_day_set)0x80)

struct day_case {
    const char *name;
    int32_t day;
    sim_day_set days;
    bool in;
};
static struct day_case day_cases[] = {
    {"a Monday is a weekday", 0, SIM_DAYS_WEEKDAYS, true},
    {"a Friday is a weekday", 4, SIM_DAYS_WEEKDAYS, true},
    {"a Sunday is no weekday", 6, SIM_DAYS_WEEKDAYS, false},
    {"a Sunday belongs to the weekend", 6, SIM_DAYS_WEEKENDS, true},
    {"a Friday does not", 4, SIM_DAYS_WEEKENDS, false},
    {"a holiday on a Monday is no weekday", 7, SIM_DAYS_WEEKDAYS, false},
    {"a holiday on a Monday is not on Mondays", 7, MONDAY, false},
    {"on it the weekend's arrangements run", 7, SIM_DAYS_WEEKENDS, true},
    {"it is among holidays", 7, HOLIDAYS, true},
    {"a holiday on a Saturday is on Saturdays", 5, SATURDAY, true},
    {"a holiday on a Saturday is among holidays", 5, HOLIDAYS, true},
    {"a holiday on a Saturday is not on Mondays", 5, MONDAY, false},
    {"an ordinary day is not among holidays", 0, HOLIDAYS, false},
    {"every day takes in a weekday", 2, SIM_DAYS_EVERY, true},
    {"every day takes in a holiday", 8, SIM_DAYS_EVERY, true},
    {"no days take in no day", 7, 0, false},
    {"before the start the weekday decides", -1, SIM_DAYS_WEEKENDS, true},
    {"beyond the table the weekday decides", DAY_COUNT + 5, SATURDAY, false},
};

static void day_belongs(void **state)
{
    const struct day_case *c = *state;
    struct sim_civil civil;

    civil_start(&civil);
    assert_int_equal(sim_civil_in(&civil, c->day, c->days), c->in);
    sim_civil_clear(&civil);
}

static void days_have_types(void **state)
{
    static const enum sim_day_type types[] = {
        SIM_DAY_WEEKDAY, SIM_DAY_WEEKDAY, SIM_DAY_WEEKDAY, SIM_DAY_WEEKDAY,
        SIM_DAY_WEEKDAY, SIM_DAY_HOLIDAY, SIM_DAY_WEEKEND, SIM_DAY_HOLIDAY,
        SIM_DAY_HOLIDAY, SIM_DAY_WEEKDAY};
    struct sim_civil civil;

    (void)state;
    civil_start(&civil);
    for (int32_t day = 0; day < (int32_t)LENGTH(types); day++)
        assert_int_equal(sim_civil_type(&civil, day), types[day]);
    for (int32_t day = -400; day < 400; day++)
        assert_int_equal(sim_civil_weekday(&civil, day), ((day % 7) + 7) % 7);
    /* 2028-06-01, a Thursday, lies beyond the table: not known. */
    assert_int_equal(sim_civil_type(&civil, 164), SIM_DAY_WEEKDAY);
    sim_civil_clear(&civil);
    sim_civil_clear(&civil);
}

static void times_fall_on_days(void **state)
{
    (void)state;
    assert_int_equal(sim_day_of(0), 0);
    assert_int_equal(sim_day_of(SIM_DAY - 1), 0);
    assert_int_equal(sim_day_of(SIM_DAY), 1);
    assert_int_equal(sim_day_of(-1), -1);
    assert_int_equal(sim_day_of(-SIM_DAY), -1);
    assert_int_equal(sim_day_of(-SIM_DAY - 1), -2);
    assert_int_equal(sim_day_of(SIM_NEVER - 1), 12725);
}

#define AT(day, hour) ((day)*SIM_DAY + (hour)*SIM_HOUR)

struct open_case {
    const char *name;
    sim_ms time;
    sim_day_set days;
    sim_ms from;
    sim_ms until;
    sim_ms open;
};
static struct open_case open_cases[] = {
    {"before hours: at their start", AT(0, 8), SIM_DAYS_WEEKDAYS, AT(0, 10),
     AT(0, 16), AT(0, 10)},
    {"within hours: at once", AT(0, 12), SIM_DAYS_WEEKDAYS, AT(0, 10),
     AT(0, 16), AT(0, 12)},
    {"at their start: at once", AT(0, 10), SIM_DAYS_WEEKDAYS, AT(0, 10),
     AT(0, 16), AT(0, 10)},
    {"at their end: the next day", AT(0, 16), SIM_DAYS_WEEKDAYS, AT(0, 10),
     AT(0, 16), AT(1, 10)},
    {"a moment before their end: at once", AT(0, 16) - 1, SIM_DAYS_WEEKDAYS,
     AT(0, 10), AT(0, 16), AT(0, 16) - 1},
    {"a Friday evening waits for weekend and holidays", AT(4, 17),
     SIM_DAYS_WEEKDAYS, AT(0, 10), AT(0, 16), AT(9, 10)},
    {"weekend hours run on a holiday", AT(7, 0), SIM_DAYS_WEEKENDS, AT(0, 9),
     AT(0, 12), AT(7, 9)},
    {"hours past midnight last into the next day", AT(4, 25), SIM_DAYS_WEEKDAYS,
     AT(0, 22), AT(0, 30), AT(4, 25)},
    {"and are over at their end", AT(4, 30), SIM_DAYS_WEEKDAYS, AT(0, 22),
     AT(0, 30), AT(9, 22)},
    {"the night before day 0 counts", AT(0, 3), SIM_DAYS_WEEKENDS, AT(0, 22),
     AT(0, 30), AT(0, 3)},
    {"whole days: at once", AT(0, 0), SIM_DAYS_WEEKDAYS, 0, SIM_DAY, AT(0, 0)},
    {"whole days: at midnight", AT(6, 5), SIM_DAYS_WEEKDAYS, 0, SIM_DAY,
     AT(9, 0)},
    {"beyond the table it goes on", AT(100, 17), SIM_DAYS_EVERY, AT(0, 10),
     AT(0, 16), AT(101, 10)},
    {"no days: never", 0, 0, 0, SIM_DAY, SIM_NEVER},
    {"no hours: never", 0, SIM_DAYS_EVERY, AT(0, 10), AT(0, 10), SIM_NEVER},
    {"holidays no longer known: never", AT(10, 0), HOLIDAYS, 0, SIM_DAY,
     SIM_NEVER},
};

static void opens_next(void **state)
{
    const struct open_case *c = *state;
    struct sim_civil civil;

    civil_start(&civil);
    assert_int_equal(
        sim_civil_next_open(&civil, c->time, c->days, c->from, c->until),
        c->open);
    sim_civil_clear(&civil);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_count_days_one_by_one),
        cmocka_unit_test(weekdays_follow_each_other),
        cmocka_unit_test(days_have_types),
        cmocka_unit_test(times_fall_on_days),
    };
    int failed = run_table("dates", date_is, date_cases);

    failed += run_table("refused dates", date_is_refused, refused_cases);
    failed += run_table("day sets", day_belongs, day_cases);
    failed += run_table("opening hours", opens_next, open_cases);
    return failed + cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
