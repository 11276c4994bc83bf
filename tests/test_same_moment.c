/*
 * Many people whose contacts fall due at one moment, against the same people
 * each of whom has a minute of the day to themselves. Where there is staff for
 * all, nothing that counts events may differ: whoever leaves, moves, disengages
 * or is sent back in the middle of such a crowd, the others get their contacts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270119
#define COHORTS 24 /* each of one person at a time */
#define TEXT_MOST 20000
#define SETTINGS 6
#define YEARS 10

/* Everyone is referred at noon, or a minute later each, and prefers that time.
 * Nobody's state changes, so that all that happens hangs on contacts, which are
 * drawn by their day: half a day's minutes change nothing of it. The time limit
 * ends at the very moment at which a contact falls due. */
static const char HEAD[] =
    "handrail: 1\n"
    "title: one moment\n"
    "calendar: {start: 2027-01-04, run_for: 200 days, run_on: 40 days}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, crisis]\n"
    "    begin: {well: 50%, ill: 50%}\n"
    "signs:\n"
    "  one: {well: 20%, ill: 20%, lasts: 0 min}\n"
    "  two: {well: 20%, ill: 40%, lasts: 0 min}\n"
    "alerts: {low: 1, high: 2}\n"
    "levels:\n"
    "  house: {rank: 2, plan: short, longest: 6 days, then: home}\n"
    "  home:\n"
    "    rank: 1\n"
    "    plan: taper\n"
    "    longest: 20 days\n"
    "    then: leave\n"
    "    handover: {by: nurse, lasts: 5 min, within: 1 day, overlap: 3 days}\n"
    "plans:\n"
    "  short:\n"
    "    starts: same day\n"
    "    steps: {all: {for: 9 days, contacts: {visit: every day}}}\n"
    "  taper:\n"
    "    steps:\n"
    "      first: {for: 7 days, contacts: {visit: every day, call: tue fri}}\n"
    "      second: {for: 9 days, contacts: {visit: every 2 days}}\n"
    "    advance_if: {contacts_done: 80%}\n"
    "    repeats: {most: 1, each: 3 days}\n"
    "contacts:\n"
    "  visit: {at: preferred, window: 6 h, by: nurse, lasts: 20 min}\n"
    "  call: {at: preferred, window: 6 h, by: nurse, lasts: 10 min}\n"
    "  ring: {window: 4 h, by: nurse, lasts: 5 min}\n"
    "responses:\n"
    "  not attended: {ring: {after: 24 h, do: ring, succeeds: 40%}}\n"
    "  disengaged: {ring: {after: 2 days, do: ring, succeeds: 60%}}\n"
    "  low: {look: {after: 1 day, then: step back}}\n"
    "  high: {look: {do: ring, succeeds: 60%, when: {ill: {move to: house},\n"
    "                                          well: {restart plan: yes}}}}\n"
    "staff: {nurse: {}}\n"
    "rota:\n"
    "  all: {days: every day, hours: 00:00-24:00, staff: {nurse: 150}}\n"
    "cohorts:\n";

/* The scenario, with `minutes` between one person's time and the next's. */
static void write_scenario(char *text, size_t size, int minutes)
{
    size_t used = (size_t)snprintf(text, size, "%s", HEAD);

    for (int i = 0; i < COHORTS; i++) {
        int at = 12 * 60 + i * minutes;

        used += (size_t)snprintf(
            text + used, size - used,
            "  c%d: {referrals: {file: c%d.csv}, enters: house,\n"
            "    condition: course, attendance: 75%%,\n"
            "    prefers: {\"%02d:%02d\": 100%%},\n"
            "    disengages: {after_missed: 2, chance: 50%%}}\n",
            i, i, at / 60, at % 60);
        assert_true(used < size);
    }
}

/* One person every 40 days, by when the one before has left. */
static void write_dates(char *csv, size_t size, int cohort, int minutes)
{
    static const char *const date[] = {"2027-01-05", "2027-02-14", "2027-03-26",
                                       "2027-05-05"};
    int at = 12 * 60 + cohort * minutes;
    size_t used = 0;

    for (size_t i = 0; i < LENGTH(date); i++)
        used += (size_t)snprintf(csv + used, size - used, "%s %02d:%02d\n",
                                 date[i], at / 60, at % 60);
}

static void run(struct model *model, int minutes, const char *const *setting)
{
    static char text[TEXT_MOST];
    struct text_file file[COHORTS + 2] = {{"test.yaml", text}};
    char csv[COHORTS][100], name[COHORTS][20];
    size_t settings = 0;

    while (settings < SETTINGS && setting[settings])
        settings++;
    write_scenario(text, sizeof text, minutes);
    for (int i = 0; i < COHORTS; i++) {
        write_dates(csv[i], sizeof csv[i], i, minutes);
        snprintf(name[i], sizeof name[i], "c%d.csv", i);
        file[1 + i] = (struct text_file){name[i], csv[i]};
    }
    model_run_files(model, file, setting, settings, YEARS, SEED);
}

/* ---- what may not differ ---- */

struct crowd_case {
    const char *name;
    const char *setting[SETTINGS];
};
static struct crowd_case crowd_cases[] = {
    {"contacts that staff need not travel to", {NULL}},
    {"contacts that staff set off for at once",
     {"contacts.visit.travel=30 min"}},
    {"each as long before as the way takes this time",
     {"contacts.visit.travel=gamma(mean 20 min, sd 10 min)"}},
    {"two contacts of one kind on a day",
     {"plans.taper.steps.second.contacts={visit: twice a day}"}},
    {"a review at the same time",
     {"contacts.review={at: preferred, window: 2 h, by: nurse, lasts: 5 min}",
      "plans.taper.review={do: call, days: mon wed fri}"}},
    {"and several of its kind, which the weekend moved to it",
     {"plans.taper.steps.first.contacts={visit: every day weekends to monday}",
      "plans.taper.steps.second.contacts={visit: every day weekends to monday}",
      "plans.taper.review={do: visit, days: mon}"}},
    {"two staff at a time",
     {"contacts.visit.by=null", "contacts.visit.needs={nurse: 2}"}},
    /* Both begin at the move: what the visit notes hangs on which is first. */
    {"a handover, mostly a poor one, ends together with a visit",
     {"plans.taper.starts=same day", "levels.home.handover.lasts=20 min",
      "levels.home.handover.complete=30%", "levels.home.handover.notices=0%"}},
};

/* Counts of events, whole and by all slices but those that speak of the time
 * of day or of places where order matters. */
static bool is_count(const struct result_row *row)
{
    static const char *const id[] = {"contacts_due",
                                     "contacts_completed",
                                     "contacts_cancelled",
                                     "contacts_not_delivered",
                                     "contacts_not_attended",
                                     "missed_while_unwell",
                                     "plan_delivered",
                                     "disengaged",
                                     "timed_out",
                                     "left",
                                     "alerts",
                                     "responses",
                                     "restarts",
                                     "step_backs",
                                     "repeats",
                                     "step_ups",
                                     "planned_exits"};

    if (row->sliced && row->slice == SLICE_HOUR)
        return false;
    for (size_t i = 0; i < LENGTH(id); i++)
        if (strcmp(measure_table[row->measure].id, id[i]) == 0)
            return true;
    return false;
}

static uint32_t count_others(const struct model *a, const struct model *b,
                             bool print)
{
    uint32_t others = 0;

    assert_int_equal(a->result.row_count, b->result.row_count);
    for (size_t i = 0; i < a->result.row_count; i++) {
        const struct result_row *row = &a->result.row[i];
        double mean = row->estimate.mean,
               other = b->result.row[i].estimate.mean;

        if (!is_count(row) || (isnan(mean) && isnan(other)) ||
            fabs(mean - other) <= 1e-12 * fabs(mean))
            continue;
        if (print)
            print_error("%s: %.17g, then %.17g\n",
                        measure_table[row->measure].id, mean, other);
        others++;
    }
    return others;
}

static void a_crowd_fares_as_its_people_do(void **state)
{
    const struct crowd_case *c = *state;
    struct model together, apart;

    run(&together, 0, c->setting);
    run(&apart, 1, c->setting);
    assert_int_equal(count_others(&together, &apart, true), 0);
    /* All that may happen to someone in the middle of a crowd does. */
    assert_true(model_value(&together, "disengaged")->mean > 1);
    assert_true(model_value(&together, "timed_out")->mean > 1);
    assert_true(model_value(&together, "step_ups")->mean > 0.5);
    assert_true(model_value(&together, "restarts")->mean > 0.1);
    assert_true(model_value(&together, "step_backs")->mean > 0.5);
    assert_true(model_value(&together, "contacts_cancelled")->mean > 1);
    model_clear(&together);
    model_clear(&apart);
}

/* And together they are: but for what comes with alerts and reviews, all that
 * falls due does at noon. */
static void the_crowd_is_one(void **state)
{
    static const char *const none[SETTINGS] = {NULL};
    struct model together, apart;
    double noon = 0;

    (void)state;
    run(&together, 0, none);
    for (int day = 0; day < 7; day++) {
        static const char *const hour[] = {"mon 12", "tue 12", "wed 12",
                                           "thu 12", "fri 12", "sat 12",
                                           "sun 12"};
        noon +=
            model_slice(&together, "contacts_due", SLICE_HOUR, hour[day])->mean;
    }
    assert_near(noon, model_value(&together, "contacts_due")->mean, 1e-9);
    model_clear(&together);
    /* The control: other luck is another crowd. */
    run(&together, 0, none);
    run(&apart, 1,
        (const char *const[SETTINGS]){"contacts.visit.attendance=99%"});
    assert_true(count_others(&together, &apart, false) > 100);
    model_clear(&together);
    model_clear(&apart);
}

/* ---- a very large crowd ---- */

/* Some 2,000 people are visited at noon by nobody; half an hour later, one by
 * one, each visit becomes a call, for which there is staff for a quarter. */
static void a_thousand_windows_close_at_once(void **state)
{
    static const char text[] =
        "handrail: 1\n"
        "title: many\n"
        "calendar: {start: 2027-01-04, run_for: 10 days, run_on: 1 day}\n"
        "cohorts:\n"
        "  people: {referrals: {rate: 1000/day}, enters: home}\n"
        "levels: {home: {rank: 1, plan: plan, then: leave}}\n"
        "plans:\n"
        "  plan: {steps: {all: {for: 2 days, contacts: {visit: every day}}}}\n"
        "contacts:\n"
        "  visit: {at: 12:00, window: 1 h, by: nobody, lasts: 30 min,\n"
        "          or: {do: call, after: 30 min}}\n"
        "  call: {window: 1 h, by: caller, lasts: 30 min}\n"
        "staff: {nobody: {}, caller: {}}\n"
        "rota:\n"
        "  never: {days: holidays, hours: 09:00-17:00, staff: {nobody: 1}}\n"
        "  calls: {days: every day, hours: 09:00-17:00, staff: {caller: "
        "250}}\n";
    struct model model;
    double due, called;

    (void)state;
    model_run(&model, text, NULL, 0, 2, SEED);
    /* At 12:30 and again at 13:00, on 9 days with contacts. */
    due = model_total(&model, COUNT_DUE);
    called = 2 * 250 * 2 * 9;
    assert_true(due > 3 * called);
    assert_near(model_value(&model, "contacts_downgraded")->mean, called / due,
                1e-9);
    assert_near(model_value(&model, "contacts_not_delivered")->mean,
                1 - called / due, 1e-9);
    model_clear(&model);
}

/*
 * The same moment turns visits of two kinds into calls of two kinds, of which
 * one goes before the other, and there is not staff enough for that one alone.
 * All who may be called are known before any is: nobody of the other kind is.
 */
static void what_closes_together_is_staffed_in_order(void **state)
{
    static const char text[] =
        "handrail: 1\n"
        "title: urgent\n"
        "calendar: {start: 2027-01-04, run_for: 10 days, run_on: 1 day}\n"
        "cohorts:\n"
        "  people: {referrals: {rate: 100/day}, enters: home}\n"
        "levels: {home: {rank: 1, plan: plan, then: leave}}\n"
        "plans:\n"
        "  plan: {steps: {all: {for: 2 days,\n"
        "         contacts: {urgent: every day, other: every day}}}}\n"
        "contacts:\n"
        "  urgent: {mode: visit, at: 12:00, window: 31 min, by: nobody,\n"
        "           lasts: 30 min, or: {do: first call, after: 30 min}}\n"
        "  other:  {mode: visit, at: 12:00, window: 31 min, by: nobody,\n"
        "           lasts: 30 min, or: {do: other call, after: 30 min}}\n"
        "  first call: {mode: phone, window: 1 h, by: caller, lasts: 30 min,\n"
        "               priority: 1}\n"
        "  other call: {mode: phone, window: 1 h, by: caller, lasts: 30 min}\n"
        "staff: {nobody: {}, caller: {}}\n"
        "rota:\n"
        "  never: {days: holidays, hours: 09:00-17:00, staff: {nobody: 1}}\n"
        "  calls: {days: every day, hours: 09:00-17:00, staff: {caller: 25}}\n";
    const double called = 25 * 9; /* on 9 days with contacts */
    struct model model;
    double due;

    (void)state;
    model_run(&model, text, NULL, 0, 2, SEED);
    due = model_slice(&model, "contacts_due", SLICE_KIND, "urgent")->mean * 10 /
          7 * 2; /* of both runs */
    assert_true(due > 4 * called);
    assert_near(
        model_slice(&model, "contacts_downgraded", SLICE_KIND, "urgent")->mean,
        2 * called / due, 1e-9);
    assert_near(
        model_slice(&model, "contacts_downgraded", SLICE_KIND, "other")->mean,
        0, 0);
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(the_crowd_is_one),
        cmocka_unit_test(a_thousand_windows_close_at_once),
        cmocka_unit_test(what_closes_together_is_staffed_in_order),
    };
    int failed = 0;

    failed += run_table("crowds", a_crowd_fares_as_its_people_do, crowd_cases);
    failed += cmocka_run_group_tests_name("one moment", single, NULL, NULL);
    return failed;
}
