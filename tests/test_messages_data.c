/*
 * What is said of data files and of uncertain numbers. Each row changes one
 * thing and expects exactly these messages.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/csv.h"
#include "models/reader_impl.h"
#include "tests/loading.h"
#include "tests/table.h"

static const char SERVICE[] =
    "handrail: 1\n"
    "title: data\n"
    "calendar: {start: 2027-01-04, run_for: 4 weeks, caseload: today.csv}\n"
    "cohorts:\n"
    "  people: {referrals: {file: dates.csv}, enters: house, condition: "
    "course}\n"
    "  others: {referrals: {rate: 1/week}, enters: home}\n"
    "conditions:\n"
    "  course: {states: [well, ill, crisis], begin: {well: 100%},\n"
    "           changes: {well to ill: 0.1/day, ill to well: 0.1/day}}\n"
    "levels:\n"
    "  house: {rank: 2, stay: empirical(stays.csv), places: 2, then: home}\n"
    "  home: {rank: 1, plan: taper, longest: 4 weeks, then: leave}\n"
    "plans: {taper: {steps: {often: {for: 7 days, contacts: {visit: every "
    "day}}, weekly: {for: 2 weeks, contacts: {visit: weekly}}}}}\n"
    "contacts: {visit: {at: 12:00, window: 1 h, by: nurse, lasts: 20 min}}\n"
    "staff: {nurse: {headroom: 20%}}\n"
    "team_time:\n"
    "  break: {shift: days, after: 4 h, lasts: 30 min, floating: yes}\n"
    "rota: {days: {days: every day, hours: 09:00-17:00, staff: {nurse: 1}}}\n";

#define DATES "2027-01-05\n2027-01-06\n"
#define STAYS "days\n3\n20\n"
#define TODAY "cohort,level,entered_on,step,state\n"

struct data_case {
    const char *name;
    const char *dates, *stays, *today; /* NULL: as it should be */
    const char *says;
    const char *setting;
};

static void says(void **state)
{
    const struct data_case *c = *state;
    const struct text_file files[] = {
        {"small.yaml", SERVICE},
        {"dates.csv", c->dates ? c->dates : DATES},
        {"stays.csv", c->stays ? c->stays : STAYS},
        {"today.csv", c->today ? c->today : TODAY},
        {NULL, NULL}};
    const char *const settings[] = {c->setting, NULL};
    struct loaded loaded;
    char *headlines;

    loading_load(&loaded, files, settings);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, c->says);
    free(headlines);
    loading_clear(&loaded);
}

#define REFUSED                                                                \
    "hint: take the column out: nothing that could identify someone may be "   \
    "in this file\n"

static struct data_case file_cases[] = {
    {"all is well", NULL, NULL, NULL, "", NULL},
    {"a file that is not there", NULL, NULL, NULL,
     "--set:1:19: error: calendar.caseload: cannot read 'now.csv': no such "
     "file\n",
     "calendar.caseload=now.csv"},
    {"a quote that does not close", "\"2027-01-05\n", NULL, NULL,
     "dates.csv:1:1: error: a field in quotes does not end where its quotes "
     "do\nhint: a quote inside a quoted field is written \"\"\n",
     NULL},
    {"what follows a quoted field", "\"2027-01-05\"x\n2027-01-06\n", NULL, NULL,
     "dates.csv:1:1: error: a field in quotes does not end where its quotes "
     "do\nhint: a quote inside a quoted field is written \"\"\n",
     NULL},
    {"its name is a text", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.people.referrals.file: must be a text, found "
     "a list\n",
     "cohorts.people.referrals.file=[a]"},
};

static struct data_case dates_cases[] = {
    {"a date that is none", "date\n2027-02-30\n", NULL, NULL,
     "dates.csv:2:1: error: must be a date such as 2026-11-23 or 2026-11-23 "
     "14:30, found '2027-02-30'\n",
     NULL},
    {"another way to write dates", "date\n05/01/2027\n", NULL, NULL,
     "dates.csv:2:1: error: must be a date such as 2026-11-23 or 2026-11-23 "
     "14:30, found '05/01/2027'\n",
     NULL},
    {"a time that is none", "date,time\n2027-01-05,25:00\n", NULL, NULL,
     "dates.csv:2:12: error: must be a time such as 14:30, found '25:00'\n",
     NULL},
    {"a time that is given twice", "date,time\n2027-01-05 10:00,10:00\n", NULL,
     NULL, "dates.csv:2:18: error: the time is given twice\n", NULL},
    {"no column of dates", "time\n10:00\n", NULL, NULL,
     "dates.csv:1:1: error: the column 'date' is missing\nhint: the first line "
     "names the columns\n",
     NULL},
    {"a column that could identify someone", "date,NHS number\n2027-01-05,1\n",
     NULL, NULL,
     "dates.csv:1:6: error: the column 'NHS number' is refused: only date and "
     "time may be here\n" REFUSED,
     NULL},
    {"a column without a name", "date\n2027-01-05,A Smith\n", NULL, NULL,
     "dates.csv:2:12: error: the first line has no name for this column\nhint: "
     "nothing that could identify someone may be in this file\n",
     NULL},
    {"a column given twice", "date,Date\n2027-01-05,2027-01-05\n", NULL, NULL,
     "dates.csv:1:6: error: the column 'date' is given twice\n", NULL},
    {"more than a date and a time", "2027-01-05,10:00,x\n", NULL, NULL,
     "dates.csv:1:18: error: a row has a date and perhaps a time, nothing "
     "more\n",
     NULL},
    {"dates outside the run are told of",
     "2027-01-03\n2027-01-04\n2037-01-01\n2037-01-01\n", NULL, NULL,
     "small.yaml:5:24: warning: cohorts.people.referrals.file: 1 referral "
     "before the start is left out\nsmall.yaml:5:24: warning: "
     "cohorts.people.referrals.file: 2 referrals after the end of the run are "
     "left out\n",
     NULL},
    {"none in the run", "2026-01-03\n", NULL, NULL,
     "small.yaml:5:30: error: cohorts.people.referrals.file: no date of "
     "'dates.csv' lies in the run\n",
     NULL},
    {"a rate and a file", NULL, NULL, NULL,
     "small.yaml:5:24: error: cohorts.people.referrals.file: 'rate' and 'file' "
     "exclude each other\n",
     "cohorts.people.referrals.rate=1/week"},
    {"neither of them", NULL, NULL, NULL,
     "small.yaml:5:12: error: cohorts.people.referrals: 'rate' or 'file' is "
     "missing\n",
     "cohorts.people.referrals.file=null"},
    {"a shape for dates", NULL, NULL, NULL,
     "--set:1:26: error: cohorts.people.referrals.growth: means nothing with "
     "'file', which has the dates\n",
     "cohorts.people.referrals.growth=5%/year"},
    {"a growth without its year", NULL, NULL, NULL,
     "--set:1:33: error: cohorts.others.referrals.growth: must be a growth "
     "such as 5%/year or -3%/year, found '5%'\n",
     "cohorts.others.referrals.growth=5%"},
    {"a growth that is a slip", NULL, NULL, NULL,
     "--set:1:33: error: cohorts.others.referrals.growth: must be -90%/year to "
     "400%/year, found 1000%/year\n",
     "cohorts.others.referrals.growth=1000%/year"},
    {"a month that is none", NULL, NULL, NULL,
     "--set:1:33: error: cohorts.others.referrals.months.july: unknown key\n"
     "hint: did you mean 'jul'?\n",
     "cohorts.others.referrals.months.july=2"},
    {"a month's factor is a number", NULL, NULL, NULL,
     "--set:1:37: error: cohorts.others.referrals.months.jul: must be a plain "
     "number such as 3 or 1.5, found '120%'\n",
     "cohorts.others.referrals.months.jul=120%"},
};

static struct data_case stays_cases[] = {
    {"every duration may have its unit", NULL, "3 days\n2 weeks\n36 h\n", NULL,
     "", NULL},
    {"a column may have it", NULL, "stay,unit\n3,days\n36,h\n", NULL, "", NULL},
    {"a header may have it in brackets", NULL, "Stay (Days)\n3\n", NULL, "",
     NULL},
    {"no unit anywhere", NULL, "stay\n3\n", NULL,
     "stays.csv:2:1: error: must be a duration such as 20 min, 1.5 h, 10 days "
     "or 2 weeks, found '3'\nhint: name the unit in the first line, such as "
     "'stay (days)'\n",
     NULL},
    {"a text among them", NULL, "days\n3\nlong\n", NULL,
     "stays.csv:3:1: error: must be a duration such as 20 min, 1.5 h, 10 days "
     "or 2 weeks, found 'long'\n",
     NULL},
    {"below nothing", NULL, "days\n3\n-1\n", NULL,
     "stays.csv:3:1: error: must be a duration such as 20 min, 1.5 h, 10 days "
     "or 2 weeks, found '-1'\n",
     NULL},
    {"two in a row", NULL, "days\n3,4\n", NULL,
     "stays.csv:2:3: error: more than one duration in a row\n", NULL},
    {"a second column", NULL, "days,name\n3,x\n", NULL,
     "stays.csv:1:6: error: the column 'name' is refused: durations and, "
     "beside them, 'unit' may be here\nhint: take the column out: nothing "
     "that could identify someone may be in this file\nstays.csv:2:3: error: "
     "more than one duration in a row\n",
     NULL},
    {"none at all", NULL, "days\n", NULL,
     "small.yaml:11:26: error: levels.house.stay: 'stays.csv' holds no "
     "durations\n",
     NULL},
    {"no name of a file", NULL, NULL, NULL,
     "--set:1:19: error: levels.house.stay: must be empirical(FILE), such as "
     "empirical(stays.csv), found 'empirical()'\n",
     "levels.house.stay=empirical()"},
    {"no brackets", NULL, NULL, NULL,
     "--set:1:19: error: levels.house.stay: must be empirical(FILE), such as "
     "empirical(stays.csv), found 'empirical stays.csv'\n",
     "levels.house.stay=empirical stays.csv"},
};

#define ROW "people,house,2027-01-01,,\n"
static struct data_case today_cases[] = {
    {"one who is there", NULL, NULL, TODAY ROW, "", NULL},
    {"only what is asked for has to be there", NULL, NULL,
     "Level,Entered on,Cohort\nhouse,2027-01-01,people\n", "", NULL},
    {"everything is known", NULL, NULL,
     TODAY "people,home,2027-01-01,often,ill\n", "", NULL},
    {"nobody is there", NULL, NULL, TODAY, "", NULL},
    {"a name is refused", NULL, NULL,
     "name,cohort,level,entered_on\nA Smith,people,house,2027-01-01\n",
     "today.csv:1:1: error: the column 'name' is refused: only cohort, level, "
     "entered_on, step and state may be here\n" REFUSED,
     NULL},
    {"a date of birth is refused", NULL, NULL,
     "cohort,level,entered_on,DOB\npeople,house,2027-01-01,1980-01-01\n",
     "today.csv:1:25: error: the column 'DOB' is refused: only cohort, level, "
     "entered_on, step and state may be here\n" REFUSED,
     NULL},
    {"columns that are asked for", NULL, NULL, "cohort,level\npeople,house\n",
     "today.csv:1:1: error: the column 'entered_on' is missing\nhint: the "
     "first line names the columns\n",
     NULL},
    {"an empty file", NULL, NULL, "",
     "today.csv:1:1: error: the column 'cohort' is missing\nhint: the first "
     "line names the columns\ntoday.csv:1:1: error: the column 'level' is "
     "missing\nhint: the first line names the columns\ntoday.csv:1:1: error: "
     "the column 'entered_on' is missing\nhint: the first line names the "
     "columns\n",
     NULL},
    {"no such cohort", NULL, NULL, TODAY "poeple,house,2027-01-01,,\n",
     "today.csv:2:1: error: no cohort is called 'poeple'\nhint: did you mean "
     "'people'?\n",
     NULL},
    {"no such level", NULL, NULL, TODAY "people,hause,2027-01-01,,\n",
     "today.csv:2:8: error: no level is called 'hause'\nhint: did you mean "
     "'house'?\n",
     NULL},
    {"a level that is not given", NULL, NULL, TODAY "people,,2027-01-01,,\n",
     "today.csv:2:8: error: the level is missing\n", NULL},
    {"no such step", NULL, NULL, TODAY "people,home,2027-01-01,oftn,\n",
     "today.csv:2:24: error: no step of the level's plan is called 'oftn'\n"
     "hint: did you mean 'often'?\n",
     NULL},
    {"a step where there is no plan", NULL, NULL,
     TODAY "people,house,2027-01-01,often,\n",
     "today.csv:2:25: error: the level 'house' has no plan, so no step\n",
     NULL},
    {"no such state", NULL, NULL, TODAY "people,house,2027-01-01,,il\n",
     "today.csv:2:26: error: no state to be in is called 'il'\nhint: did you "
     "mean 'ill'?\n",
     NULL},
    {"nobody is in a crisis for long", NULL, NULL,
     TODAY "people,house,2027-01-01,,crisis\n",
     "today.csv:2:26: error: no state to be in is called 'crisis'\nhint: "
     "allowed: well, ill\n",
     NULL},
    {"a state where there is no condition", NULL, NULL,
     TODAY "others,home,2027-01-01,,ill\n",
     "today.csv:2:25: error: the cohort 'others' has no condition, so no "
     "state\n",
     NULL},
    {"no date", NULL, NULL, TODAY "people,house,1 Jan,,\n",
     "today.csv:2:14: error: must be a date such as 2026-11-23, found '1 "
     "Jan'\n",
     NULL},
    {"a day that has not come", NULL, NULL, TODAY "people,house,2027-01-04,,\n",
     "today.csv:2:14: error: must lie before the run starts, on 2027-01-04\n",
     NULL},
    {"long ago", NULL, NULL, TODAY "others,home,1990-01-04,,\n",
     "today.csv:2:13: error: lies too long ago for a run of this length\n",
     NULL},
    {"longer than anybody stays", NULL, NULL,
     TODAY "people,house,2026-12-01,,\npeople,home,2026-12-01,,\n",
     "today.csv:2:1: warning: nobody stays in 'house' for so long: this person "
     "moves on when the run starts\ntoday.csv:3:1: warning: nobody stays in "
     "'home' for so long: this person moves on when the run starts\n",
     NULL},
    {"more people than places", NULL, NULL, TODAY ROW ROW ROW,
     "small.yaml:3:49: warning: calendar.caseload: more people are in 'house' "
     "than it has places (2): nobody enters until enough have left\n",
     NULL},
    {"a warm-up beside it", NULL, NULL, TODAY ROW,
     "--set:1:10: warning: calendar.warm_up: the service is full when the run "
     "starts, for there is a caseload: what happens first is not measured\n",
     "calendar.warm_up=1 week"},
    {"people of the caseload reach a level too", NULL, NULL,
     TODAY "others,house,2027-01-01,,\n",
     "small.yaml:8:3: warning: conditions.course: no cohort has this "
     "condition\n",
     "cohorts.people=null"},
};

#define BETWEEN                                                                \
    "'between LOW and HIGH' or 'about VALUE, 90% between LOW and HIGH'"
#define RATE "cohorts.others.referrals.rate="
static struct data_case uncertain_cases[] = {
    {"a rate between two", NULL, NULL, NULL, "",
     RATE "between 1/week and 3/week"},
    {"about a rate", NULL, NULL, NULL, "",
     RATE "\"about 2/week, 90% between 1/week and 4/week\""},
    {"a form that is none", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.others.referrals.rate: must be " BETWEEN
     ", found 'between 1/week'\n",
     RATE "between 1/week"},
    {"more after it", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.others.referrals.rate: must be " BETWEEN
     ", found 'between 1/week and 3/week, more'\n",
     RATE "\"between 1/week and 3/week, more\""},
    {"about without bounds", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.others.referrals.rate: must be " BETWEEN
     ", found 'about 2/week'\n",
     RATE "about 2/week"},
    {"a bound without its unit", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.others.referrals.rate: must be a rate such as "
     "3/week or 0.03/day, found 'between 1 and 3/week'\n",
     RATE "between 1 and 3/week"},
    {"bounds in the wrong order", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.others.referrals.rate: the first bound must "
     "be below the second, found 'between 3/week and 1/week'\n",
     RATE "between 3/week and 1/week"},
    {"about what lies outside", NULL, NULL, NULL,
     "--set:1:31: error: cohorts.others.referrals.rate: what it is about must "
     "lie between the bounds, found 'about 9/week, 90% between 1/week and "
     "3/week'\n",
     RATE "\"about 9/week, 90% between 1/week and 3/week\""},
    {"a bound outside the range", NULL, NULL, NULL,
     "--set:1:21: error: levels.home.longest: must be 1 day to 3650 days, "
     "found between 1 h and 4 weeks\n",
     "levels.home.longest=between 1 h and 4 weeks"},
    {"a parameter of a distribution", NULL, NULL, NULL, "",
     "levels.house.stay=\"gamma(mean between 5 days and 9 days, sd 3 days)\""},
    {"a parameter in another unit", NULL, NULL, NULL,
     "--set:1:19: error: levels.house.stay: must be " BETWEEN
     ", found 'gamma(mean between 5 days and 9, sd 3 days)'\n",
     "levels.house.stay=\"gamma(mean between 5 days and 9, sd 3 days)\""},
};

/* ---- nonsense ---- */

static const char FULL[] = "cohort,level,entered_on,step,state\n"
                           "people,house,2027-01-01,,ill\n"
                           "\"people\",home,2026-12-30,\"often\",well\n";
static const char TIMES[] = "date;time\n2027-01-05;10:00\n2027-01-06;\n";
static const char UNITS[] = "stay,unit\n3,days\n4.5,h\n\"2\",weeks\n";

/* Load with `byte` in place of that at `at` of file `which`: it is right, or
 * every fault has a place. */
static void try_byte(size_t which, size_t at, char byte)
{
    char dates[200], stays[200], today[200];
    char *const text[] = {dates, stays, today};
    const struct text_file files[] = {{"small.yaml", SERVICE},
                                      {"dates.csv", dates},
                                      {"stays.csv", stays},
                                      {"today.csv", today},
                                      {NULL, NULL}};
    struct loaded loaded;

    strcpy(dates, TIMES);
    strcpy(stays, UNITS);
    strcpy(today, FULL);
    text[which][at] = byte;
    loading_load(&loaded, files, NULL);
    assert_true(loaded.err == SIM_OK || loaded.err == SIM_ERR_INPUT);
    for (size_t i = 0; i < loaded.faults.count; i++) {
        char line[2000];

        assert_true(loaded.faults.fault[i].line >= 1);
        assert_true(loaded.faults.fault[i].column >= 1);
        assert_true(fault_format(&loaded.faults.fault[i], line, sizeof line) >
                    10);
    }
    loading_clear(&loaded);
}

static void any_byte_may_be_wrong(void **state)
{
    static const char wrong[] = {'"', ',',  ';', '\n',       '\r',       '9',
                                 'x', '\t', '-', (char)0xff, (char)0xc3, '\0'};
    static const char *const text[] = {TIMES, UNITS, FULL};

    (void)state;
    for (size_t f = 0; f < LENGTH(text); f++)
        for (size_t at = 0; at < strlen(text[f]); at++)
            for (size_t i = 0; i < LENGTH(wrong); i++)
                try_byte(f, at, wrong[i]);
}

static const struct text_file whole[] = {{"small.yaml", SERVICE},
                                         {"dates.csv", TIMES},
                                         {"stays.csv", UNITS},
                                         {"today.csv", FULL},
                                         {NULL, NULL}};

enum { SCENARIO_ARENA, TREE_ARENA, FAULTS_ARENA, ARENAS };

/* Load with arena `which` failing after `count` requests. */
static int load_within(int which, size_t count, read_bytes *read)
{
    const struct scenario_source source = {
        .name = "small.yaml",
        .read = read,
        .context = (void *)(uintptr_t)whole,
    };
    struct faults faults;
    struct reading reading = {.tree.faults = &faults};
    struct scenario *scenario = NULL;
    struct arena *arena[ARENAS];
    int err;

    assert_int_equal(faults_init(&faults), SIM_OK);
    reading.tree.arena = arena_new();
    reading.arena = arena_new();
    arena[SCENARIO_ARENA] = reading.arena;
    arena[TREE_ARENA] = reading.tree.arena;
    arena[FAULTS_ARENA] = faults.arena;
    arena_fail_after(arena[which], count);
    err = reading_load(&reading, &source, &scenario);
    if (err == SIM_OK)
        scenario_free(scenario);
    else
        arena_free(reading.arena);
    arena_free(reading.tree.arena);
    faults_clear(&faults);
    return err;
}

static void memory_may_run_out_at_any_request(void **state)
{
    (void)state;
    for (int which = 0; which < ARENAS; which++) {
        int err = SIM_ERR_NO_MEMORY;

        for (size_t n = 0; err == SIM_ERR_NO_MEMORY; n++)
            err = load_within(which, n, loading_read);
        assert_int_equal(err, SIM_OK);
    }
}

/* No memory for the bytes of a data file. */
static int read_all_but_data(void *context, const char *name, char **bytes,
                             size_t *length, const char **why)
{
    if (strstr(name, ".csv") != NULL)
        return SIM_ERR_NO_MEMORY;
    return loading_read(context, name, bytes, length, why);
}

static void no_memory_for_data_is_no_fault_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(load_within(TREE_ARENA, SIZE_MAX, read_all_but_data),
                     SIM_ERR_NO_MEMORY);
}

/* ---- files that are none ---- */

struct bytes_case {
    const char *name;
    char first;    /* byte of the caseload */
    size_t length; /* and how many of it */
    const char *says;
};
static struct bytes_case bytes_cases[] = {
    {"a workbook in place of a CSV file", '\0', 100,
     "small.yaml:3:59: error: calendar.caseload: cannot read 'today.csv': it "
     "is "
     "no plain text: save it as CSV\n"},
    {"a file that is too large", ',', TREE_BYTES_MAX + 1,
     "small.yaml:3:59: error: calendar.caseload: cannot read 'today.csv': it "
     "is "
     "larger than 4 MB\n"},
};

static int read_bytes_case(void *context, const char *name, char **bytes,
                           size_t *length, const char **why)
{
    const struct bytes_case *c = context;

    if (strcmp(name, "today.csv") != 0)
        return loading_read((void *)(uintptr_t)whole, name, bytes, length, why);
    *bytes = malloc(c->length);
    assert_non_null(*bytes);
    memset(*bytes, c->first, c->length);
    *length = c->length;
    return SIM_OK;
}

static void bytes_are_refused(void **state)
{
    const struct scenario_source source = {
        .name = "small.yaml", .read = read_bytes_case, .context = *state};
    struct loaded loaded = {0};
    char *headlines;

    loaded.err = scenario_load(&source, &loaded.scenario, &loaded.faults);
    assert_int_equal(loaded.err, SIM_ERR_INPUT);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, ((const struct bytes_case *)*state)->says);
    free(headlines);
    loading_clear(&loaded);
}

static void a_caseload_has_a_size(void **state)
{
    static const char row[] = "people,house,2027-01-01,,\n";
    size_t most = 10001, length = sizeof TODAY - 1;
    char *csv = malloc(length + most * sizeof row);
    const struct text_file files[] = {{"small.yaml", SERVICE},
                                      {"dates.csv", DATES},
                                      {"stays.csv", STAYS},
                                      {"today.csv", csv},
                                      {NULL, NULL}};
    struct loaded loaded;
    char *headlines;

    (void)state;
    assert_non_null(csv);
    strcpy(csv, TODAY);
    for (size_t i = 0; i < most; i++, length += sizeof row - 1)
        strcpy(csv + length, row);
    loading_load(&loaded, files, NULL);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines,
                        "small.yaml:3:59: error: calendar.caseload: holds "
                        "10001 people, at most 10000 fit\n");
    free(headlines);
    loading_clear(&loaded);
    free(csv);
}

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(any_byte_may_be_wrong),
        cmocka_unit_test(memory_may_run_out_at_any_request),
        cmocka_unit_test(no_memory_for_data_is_no_fault_of_the_file),
        cmocka_unit_test(a_caseload_has_a_size),
    };
    int failed = 0;

    failed += run_table("files", says, file_cases);
    failed += run_table("dates", says, dates_cases);
    failed += run_table("stays", says, stays_cases);
    failed += run_table("caseload", says, today_cases);
    failed += run_table("uncertain", says, uncertain_cases);
    failed += run_table("bytes", bytes_are_refused, bytes_cases);
    failed += cmocka_run_group_tests_name("nonsense", single, NULL, NULL);
    return failed;
}
