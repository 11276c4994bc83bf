/*
 * Schedules: what is understood and refused; which days of a step get how many
 * contacts, over real dates with the bank holidays of England at Christmas
 * 2027 and Easter 2028; and conservation: a rule that moves contacts neither
 * loses nor doubles any.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/schedule.h"
#include "tests/support.h"

#define RUN_DAYS 400
#define RUN_START "2027-07-05" /* a Monday */

static void make_civil(struct sim_civil *civil)
{
    static const char *const texts[] = {"2027-08-30", "2027-12-27",
                                        "2027-12-28", "2028-01-03",
                                        "2028-04-14", "2028-04-17"};
    sim_date start, holidays[LENGTH(texts)];

    assert_true(sim_date_parse(RUN_START, &start));
    for (size_t i = 0; i < LENGTH(texts); i++)
        assert_true(sim_date_parse(texts[i], &holidays[i]));
    assert_int_equal(
        sim_civil_init(civil, start, RUN_DAYS, holidays, LENGTH(texts)),
        SIM_OK);
}

static int32_t day_number(const char *date)
{
    sim_date start, day;

    assert_true(sim_date_parse(RUN_START, &start));
    assert_true(sim_date_parse(date, &day));
    return day - start;
}

static struct schedule parsed(const char *text)
{
    struct schedule s = {.n = -1};
    const char *why = NULL;

    if (!schedule_parse(text, &s, &why))
        fail_msg("%s: %s", text, why);
    return s;
}

/* ---- reading ---- */

struct parse_case {
    const char *text;
    enum schedule_form form;
    int32_t n;
    sim_day_set days;
    uint32_t times;
    enum weekend_rule weekends;
    int at; /* minutes after midnight, -1: none */
    bool uses_dates;
};
static struct parse_case parse_cases[] = {
    {"every day", SCHEDULE_EVERY, 1, 0, 1, WEEKENDS_KEPT, -1, false},
    {"every 2 days", SCHEDULE_EVERY, 2, 0, 1, WEEKENDS_KEPT, -1, false},
    {" every  2  days ", SCHEDULE_EVERY, 2, 0, 1, WEEKENDS_KEPT, -1, false},
    {"2 per week", SCHEDULE_PER_WEEK, 2, 0, 1, WEEKENDS_KEPT, -1, false},
    {"14 per week", SCHEDULE_PER_WEEK, 14, 0, 1, WEEKENDS_KEPT, -1, false},
    {"twice a day", SCHEDULE_EVERY, 1, 0, 2, WEEKENDS_KEPT, -1, false},
    {"weekly", SCHEDULE_WEEKLY, 0, 0, 1, WEEKENDS_KEPT, -1, false},
    {"weekly on day 3", SCHEDULE_WEEKLY, 2, 0, 1, WEEKENDS_KEPT, -1, false},
    {"fortnightly", SCHEDULE_EVERY, 14, 0, 1, WEEKENDS_KEPT, -1, false},
    {"weekdays", SCHEDULE_DAYS, 0, 0x1f, 1, WEEKENDS_KEPT, -1, true},
    {"weekends", SCHEDULE_DAYS, 0, 0xe0, 1, WEEKENDS_KEPT, -1, true},
    {"tue", SCHEDULE_DAYS, 0, 0x02, 1, WEEKENDS_KEPT, -1, true},
    {"mon wed fri", SCHEDULE_DAYS, 0, 0x15, 1, WEEKENDS_KEPT, -1, true},
    {"fri mon", SCHEDULE_DAYS, 0, 0x11, 1, WEEKENDS_KEPT, -1, true},
    {"day 1 8", SCHEDULE_STEP_DAYS, 0, 0, 1, WEEKENDS_KEPT, -1, false},
    {"every day at 18:00", SCHEDULE_EVERY, 1, 0, 1, WEEKENDS_KEPT, 1080, false},
    {"day 1 8 at 9:30", SCHEDULE_STEP_DAYS, 0, 0, 1, WEEKENDS_KEPT, 570, false},
    {"every day not weekends", SCHEDULE_EVERY, 1, 0, 1, WEEKENDS_DROPPED, -1,
     true},
    {"weekly weekends to monday", SCHEDULE_WEEKLY, 0, 0, 1, WEEKENDS_TO_MONDAY,
     -1, true},
    {"2 per week weekends to friday at 10:00", SCHEDULE_PER_WEEK, 2, 0, 1,
     WEEKENDS_TO_FRIDAY, 600, true},
    {"2 per week at 10:00 weekends to friday", SCHEDULE_PER_WEEK, 2, 0, 1,
     WEEKENDS_TO_FRIDAY, 600, true},
    {"tue weekends to monday", SCHEDULE_DAYS, 0, 0x02, 1, WEEKENDS_TO_MONDAY,
     -1, true},
};

static void schedule_is_read(void **state)
{
    const struct parse_case *c = *state;
    struct schedule s = parsed(c->text);

    assert_int_equal(s.form, c->form);
    assert_int_equal(s.n, c->n);
    assert_int_equal(s.days, c->days);
    assert_int_equal(s.times, c->times);
    assert_int_equal(s.weekends, c->weekends);
    assert_int_equal(s.at, c->at < 0 ? -1 : c->at * SIM_MINUTE);
    assert_int_equal(schedule_uses_dates(&s), c->uses_dates);
}

static void days_of_the_step_are_sorted(void **state)
{
    struct schedule s = parsed("day 15 1 8");

    (void)state;
    assert_int_equal(s.day_count, 3);
    assert_int_equal(s.day[0], 0);
    assert_int_equal(s.day[1], 7);
    assert_int_equal(s.day[2], 14);
}

/* Refused, with a reason that contains `why`. */
struct refused_case {
    const char *text;
    const char *why;
};
static struct refused_case refused_cases[] = {
    {"", "every 2 days"},
    {"daily", "every 2 days"},
    {"every", "every 2 days"},
    {"every 0 days", "every 2 days"},
    {"every 2.5 days", "every 2 days"},
    {"every -2 days", "every 2 days"},
    {"every 2 weeks", "every 2 days"},
    {"every 99999999999 days", "every 2 days"},
    {"everyday", "every 2 days"},
    {"0 per week", "every 2 days"},
    {"29 per week", "every 2 days"},
    {"2 per month", "every 2 days"},
    {"2/week", "every 2 days"},
    {"twice a week", "every 2 days"},
    {"weekly on day 0", "every 2 days"},
    {"weekly on day 8", "every 2 days"},
    {"weekly on tue", "every 2 days"},
    {"day", "every 2 days"},
    {"day 0", "every 2 days"},
    {"day 1 8 1", "named once"},
    {"mon tue mon", "named once"},
    {"day 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 "
     "27 28 29 30 31 32 33",
     "32 days"},
    {"monday", "every 2 days"},
    {"Mon", "every 2 days"},
    {"weekends to monday", "at 18:00"},
    {"every day at", "at 18:00"},
    {"every day at 24:00", "at 18:00"},
    {"every day at 6pm", "at 18:00"},
    {"every day at 10:00 at 18:00", "at 18:00"},
    {"every day not weekends weekends to monday", "at 18:00"},
    {"every day weekends to tuesday", "at 18:00"},
    {"every day weekends", "at 18:00"},
    {"every day not mondays", "at 18:00"},
    {"weekdays tue", "at 18:00"},
    {"every day, tue", "at 18:00"},
};

static void schedule_is_refused(void **state)
{
    const struct refused_case *c = *state;
    struct schedule s = {.n = 77};
    const char *why = NULL;

    assert_false(schedule_parse(c->text, &s, &why));
    assert_int_equal(s.n, 77);
    assert_non_null(why);
    if (strstr(why, c->why) == NULL)
        fail_msg("%s: said \"%s\"", c->text, why);
}

/* ---- which days ---- */

/* One digit per day of the step: how many contacts fall due. */
struct count_case {
    const char *name;
    const char *text;
    const char *first; /* date of the step's first day */
    const char *counts;
};
static struct count_case count_cases[] = {
    {"every day", "every day", "2027-07-05", "1111111111"},
    {"every 2 days starts on the first", "every 2 days", "2027-07-05",
     "1010101"},
    {"2 per week: days 1 and 4 of each week", "2 per week", "2027-07-05",
     "10010001001000"},
    {"3 per week: days 1, 3, 5", "3 per week", "2027-07-05", "1010100"},
    {"7 per week is every day", "7 per week", "2027-07-05", "1111111"},
    {"10 per week: floor(7 i / 10)", "10 per week", "2027-07-05", "2121211"},
    {"twice a day", "twice a day", "2027-07-05", "222"},
    {"weekly is the first day of each week", "weekly", "2027-07-07",
     "100000010000001"},
    {"weekly on day 3", "weekly on day 3", "2027-07-07", "00100000010"},
    {"fortnightly", "fortnightly", "2027-07-05", "100000000000001"},
    {"days of the step", "day 1 8", "2027-07-05", "1000000100"},
    {"days beyond the step do not fall due", "day 2 40", "2027-07-05", "0100"},
    {"weekdays, from a Thursday", "weekdays", "2027-07-08", "11001111100"},
    {"weekdays are not holidays", "weekdays", "2027-12-24", "1000011100011"},
    {"weekends take in holidays", "weekends", "2027-12-24", "0111100011100"},
    {"civil days, whatever the step's first day", "mon wed fri", "2027-07-07",
     "1010010101"},
    {"a named weekday is dropped on a holiday", "mon tue", "2027-12-20",
     "1100000000000001"},
    {"saturday and sunday", "sat sun", "2027-07-05", "0000011"},
    {"dropped at weekends", "every day not weekends", "2027-07-05",
     "11111001111100"},
    {"dropped on holidays", "every day not weekends", "2027-12-24",
     "1000011100011"},
    {"a weekend moves to Monday and adds to its own",
     "every day weekends to "
     "monday",
     "2027-07-05", "11111003111100311"},
    {"a weekend moves to Friday", "every day weekends to friday", "2027-07-05",
     "11113001111300"},
    {"a four-day Christmas moves to Wednesday", "every day weekends to monday",
     "2027-12-24", "1000051100041"},
    {"or back to Christmas Eve", "every day weekends to friday", "2027-12-24",
     "5000011400011"},
    {"a Saturday's weekly contact moves to Monday", "weekly weekends to monday",
     "2027-07-10", "00100000010000"},
    {"or, to Friday, to the week before", "weekly weekends to friday",
     "2027-07-10", "00100010000000"},
    {"at the step's end Monday lies outside: to Friday",
     "every day weekends to monday", "2027-07-05", "1111300"},
    {"at the step's start Friday lies outside: to Monday",
     "every day weekends to friday", "2027-07-10", "0031111"},
    {"a step of one weekend has no weekday: dropped",
     "every day weekends to monday", "2027-07-10", "00"},
    {"likewise to friday", "every day weekends to friday", "2027-07-10", "00"},
    {"a Sunday at the end joins its Saturday", "every day weekends to friday",
     "2027-07-09", "300"},
    {"New Year and its Monday holiday move to Tuesday",
     "every day weekends to monday", "2027-12-30", "1100041"},
    {"twice a day doubles what moves", "twice a day weekends to monday",
     "2027-07-09", "2006"},
    {"a Monday holiday moves to Tuesday", "mon weekends to monday",
     "2027-08-29", "00100000100"},
    {"a Tuesday holiday moves to Wednesday", "tue weekends to monday",
     "2027-12-26", "0001000001"},
    {"or back over Christmas", "tue weekends to friday", "2027-12-24",
     "1000000000010"},
    {"Good Friday to Easter Monday moves to Tuesday",
     "every day weekends to monday", "2028-04-13", "100005"},
    {"days of the step move too", "day 6 weekends to monday", "2027-07-05",
     "0000000100"},
    {"with a time of day the days are the same",
     "every day weekends to monday at 10:00", "2027-07-05", "1111100311"},
};

static void contacts_fall_due(void **state)
{
    const struct count_case *c = *state;
    struct schedule s = parsed(c->text);
    struct sim_civil civil;
    int32_t length = (int32_t)strlen(c->counts);
    int32_t first = day_number(c->first);
    char counts[32] = "";

    assert_true(length < (int32_t)sizeof counts);
    make_civil(&civil);
    for (int32_t i = 0; i < length; i++)
        counts[i] =
            (char)('0' + schedule_count(&s, &civil, first + i, i, 0, length));
    assert_string_equal(counts, c->counts);
    sim_civil_clear(&civil);
}

/* ---- conservation ---- */

/* Contacts of a whole step; `*weekdays` counts its weekdays. */
static uint32_t total(const char *text, const struct sim_civil *civil,
                      int32_t first, int32_t length, uint32_t *weekdays)
{
    struct schedule s = parsed(text);
    uint32_t sum = 0;

    *weekdays = 0;
    for (int32_t i = 0; i < length; i++) {
        uint32_t n = schedule_count(&s, civil, first + i, i, 0, length);
        bool off = sim_civil_type(civil, first + i) != SIM_DAY_WEEKDAY;

        assert_false(off && n > 0 && s.weekends != WEEKENDS_KEPT);
        sum += n;
        *weekdays += !off;
    }
    return sum;
}

/* Forms that do not look at the date: what is named is what falls due without
 * a rule, so a rule that moves must keep the sum wherever there is a weekday
 * to move to. */
static void moving_keeps_the_sum(void **state)
{
    static const char *const texts[] = {
        "every day",   "every 3 days", "2 per week",  "10 per week",
        "twice a day", "weekly",       "fortnightly", "day 1 2 6 7 9 14"};
    static const char *const rules[] = {" weekends to monday",
                                        " weekends to friday"};
    struct sim_civil civil;
    char text[64];
    uint32_t kept, moved, weekdays;

    (void)state;
    make_civil(&civil);
    for (size_t t = 0; t < LENGTH(texts) * LENGTH(rules); t++) {
        snprintf(text, sizeof text, "%s%s", texts[t / 2], rules[t % 2]);
        for (int32_t first = 0; first < 320; first++) {
            for (int32_t length = 1; length < 20; length++) {
                kept = total(texts[t / 2], &civil, first, length, &weekdays);
                moved = total(text, &civil, first, length, &weekdays);
                assert_int_equal(moved, weekdays > 0 ? kept : 0);
            }
        }
    }
    sim_civil_clear(&civil);
}

/* Weekdays named one by one: one contact for every such date, holiday or not,
 * under a rule that moves. */
static void named_weekdays_are_kept_when_moved(void **state)
{
    struct sim_civil civil;
    uint32_t named, weekdays;

    (void)state;
    make_civil(&civil);
    for (int32_t first = 0; first < 380; first++) {
        int32_t length = 10;

        named = 0;
        for (int32_t i = 0; i < length; i++) {
            int weekday = sim_civil_weekday(&civil, first + i);

            named += weekday == SIM_MON || weekday == SIM_SAT;
        }
        assert_int_equal(total("mon sat weekends to monday", &civil, first,
                               length, &weekdays),
                         named);
    }
    sim_civil_clear(&civil);
}

/* Whether anything falls due on `day` in a step of up to 20 days around it. */
static bool is_on(const struct schedule *s, const struct sim_civil *civil,
                  int32_t day)
{
    for (int32_t position = 0; position < 10; position++)
        for (int32_t length = position + 1; length < position + 11; length++)
            if (schedule_count(s, civil, day, position, 0, length) > 0)
                return true;
    return false;
}

/* Of civil days it is known beforehand on which anything may fall due. */
static void dates_that_may_be_are_known(void **state)
{
    static const char *const texts[] = {"tue",
                                        "mon sat",
                                        "weekdays",
                                        "weekends",
                                        "fri",
                                        "tue not weekends",
                                        "mon sat not weekends",
                                        "mon sat weekends to monday",
                                        "mon weekends to friday",
                                        "thu sun weekends to friday",
                                        "weekdays weekends to monday"};
    struct sim_civil civil;

    (void)state;
    make_civil(&civil);
    for (size_t t = 0; t < LENGTH(texts); t++) {
        struct schedule s = parsed(texts[t]);

        assert_int_equal(s.form, SCHEDULE_DAYS);
        for (int32_t day = 0; day < RUN_DAYS - 20; day++)
            assert_int_equal(schedule_may_be_on(&s, &civil, day),
                             is_on(&s, &civil, day));
    }
    sim_civil_clear(&civil);
}

#define ROWS(cases, function, label)                                           \
    for (size_t i = 0; i < LENGTH(cases); i++)                                 \
        tests[n++] = (struct CMUnitTest)                                       \
        {                                                                      \
            .name = (cases)[i].label, .test_func = (function),                 \
            .initial_state = &(cases)[i]                                       \
        }

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(days_of_the_step_are_sorted),
        cmocka_unit_test(moving_keeps_the_sum),
        cmocka_unit_test(named_weekdays_are_kept_when_moved),
        cmocka_unit_test(dates_that_may_be_are_known),
    };
    struct CMUnitTest tests[LENGTH(parse_cases) + LENGTH(refused_cases) +
                            LENGTH(count_cases) + LENGTH(single)];
    size_t n = 0;

    ROWS(parse_cases, schedule_is_read, text);
    ROWS(refused_cases, schedule_is_refused, text);
    ROWS(count_cases, contacts_fall_due, name);
    for (size_t i = 0; i < LENGTH(single); i++)
        tests[n++] = single[i];
    return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
