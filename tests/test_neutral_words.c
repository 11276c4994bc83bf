/*
 * What must not matter, continued from test_neutral.c: defaults said aloud,
 * words and targets, two ways to write one figure, concerns that nobody knows
 * of. Records are compared bit for bit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270123
#define SETTINGS 6 /* at most, in a row */
#define YEARS 3

#define SERVICE "scenarios/crisis-house.yaml"
#define SHORT "calendar.warm_up=6 weeks", "calendar.run_for=20 weeks"
#define COURSE "conditions.after crisis."
#define PEOPLE "cohorts.crisis house admissions."
#define STEP_DOWN "levels.enhanced step-down."

static bool same_bytes(const struct model *a, const struct model *b)
{
    return a->count == b->count && a->layout.length == b->layout.length &&
           memcmp(a->record, b->record,
                  (size_t)a->count * a->layout.length * sizeof *a->record) == 0;
}

/* Two ways to say the same; or, in the second table, to say something else. */
struct words_case {
    const char *name;
    const char *one[SETTINGS];
    const char *other[SETTINGS];
};

/* It arises, and is at the pathway's staff to look after. */
#define DISPUTE(rest)                                                          \
    "concerns={dispute: {rate: {warning: 0.1/day}, closes: 9 days" rest "}}",  \
        "responses.dispute={review: {within: 2 days, do: routine review}}"

static struct words_case words_cases[] = {
    {"words about it", {NULL}, {"title=another name", "about=in other words"}},
    {"sources and notes",
     {NULL},
     {PEOPLE "source=our own records", STEP_DOWN "note=the lead decides",
      "responses.review soon.review.note=by whoever is on duty"}},
    {"a target is a question",
     {NULL},
     {"targets.waits={measure: waited, level: enhanced step-down, at_most: "
      "1%}"}},
    {"referrals at any hour of every day",
     {PEOPLE "referrals.days=null", PEOPLE "referrals.hours=null"},
     {PEOPLE "referrals={days: every day, hours: 00:00-24:00}"}},
    {"a holiday long after",
     {"calendar.holidays=null"},
     {"calendar.holidays=[2040-12-25]"}},
    {"a rate by itself or in a mapping",
     {COURSE "changes.settled to warning=0.02/day"},
     {COURSE
      "changes.settled to warning={rate: 0.02/day, source: assumption}"}},
    {"a rate between two bounds is their middle",
     {COURSE "changes.settled to warning=0.03/day"},
     {COURSE "changes.settled to warning=between 0.02/day and 0.04/day"}},
    {"a mean between two bounds is their middle",
     {"levels.crisis house.stay=gamma(mean 9 days, sd 4 days)"},
     {"levels.crisis house.stay=gamma(mean between 8 days and 10 days, sd 4 "
      "days)"}},
    {"a count and a chance about what they are",
     {NULL},
     {"rota.weekday evening.staff.support worker=between 1 and 3",
      "responses.review now.review.when.warning.settle=about 40%, 90% between "
      "10% and 70%"}},
    {"signs and alerts: defaults",
     {NULL},
     {"signs.agitation.lasts=5 days", "alerts.review now={signs: 4}"}},
    {"levels: defaults",
     {NULL},
     {STEP_DOWN "when_full=wait", STEP_DOWN "when_next_full=stay",
      STEP_DOWN "observed=no", STEP_DOWN "handover.until=7 days",
      STEP_DOWN "handover.priority=5"}},
    {"plans: defaults",
     {NULL},
     {"plans.keeping in touch.otherwise=repeat",
      "plans.keeping in touch.rule_followed=100%",
      "plans.keeping in touch.starts=next day"}},
    {"a step repeated whole, said in days",
     {"plans.evening taper.repeats.each=null",
      "plans.evening taper.steps.alternate days.for=10 days",
      "plans.evening taper.steps.twice weekly.for=10 days"},
     {"plans.evening taper.repeats.each=10 days",
      "plans.evening taper.steps.alternate days.for=10 days",
      "plans.evening taper.steps.twice weekly.for=10 days"}},
    {"contacts: defaults",
     {NULL},
     {"contacts.phone check={travel: 0 min, if_not_there: 10 min, priority: 5, "
      "with: person, attendance: 100%, attendance_at_other_times: 100%}",
      "contacts.ring back={notes: 0 min, without_person: no}",
      "contacts.welfare visit={notices: 100%, protects: 100%}"}},
    {"between is at and window",
     {"contacts.phone check.between=10:00-21:00"},
     {"contacts.phone check.between=null", "contacts.phone check.at=10:00",
      "contacts.phone check.window=11 h"}},
    {"one worker needed of a role is one by it",
     {NULL},
     {"contacts.phone check.by=null",
      "contacts.phone check.needs={support worker: 1}"}},
    {"responses: defaults",
     {NULL},
     {"responses.review soon.review={after: 0 min, succeeds: 100%}",
      "responses.crisis.one_of.hospital.then.settle=0%"}},
    {"staff: defaults",
     {NULL},
     {"staff.clinician={hours_per_week: 37.5, overtime: 100%, "
      "notices: 100%, acts: 100%}",
      "staff.support worker.premium.holiday=60%",
      "staff.support worker.premium.night_hours=20:00-06:00"}},
    {"an alert that is always acted on and noticed in full",
     {NULL},
     {"staff.support worker={notices: 100%, acts: 100%}"}},
    {"a concern that nobody notices adds nothing",
     {DISPUTE(", noticed: 0%")},
     {DISPUTE(", noticed: 0%, delay: 1 day, adds: {phone check: every day}")}},
    {"integrated: whatever others would notice, and however late",
     {DISPUTE("")},
     {DISPUTE(", working: integrated, noticed: 10%, delay: 5 days")}},
    {"a concern of constant delay 0 is known at once",
     {DISPUTE("")},
     {DISPUTE(", working: parallel, delay: 0 min, worsening: 1")}},
    {"calls at one rate in every state",
     {"responses.reaches out={ring: {do: ring back}}",
      PEOPLE "reaches_out=0.05/day"},
     {"responses.reaches out={ring: {do: ring back}}",
      PEOPLE "reaches_out={settled: 0.05/day, warning: 0.05/day, "
             "deteriorating: 0.05/day}"}},
};

/* The controls. */
static struct words_case other_cases[] = {
    {"another middle is another service",
     {COURSE "changes.settled to warning=0.03/day"},
     {COURSE "changes.settled to warning=between 0.02/day and 0.042/day"}},
    {"a holiday in the period is another service",
     {NULL},
     {"calendar.holidays=[2027-02-03]"}},
    {"handovers that matter for a day only are another service",
     {NULL},
     {STEP_DOWN "handover.until=1 day"}},
    {"a concern that some notice adds something",
     {DISPUTE(", noticed: 0%")},
     {DISPUTE(", noticed: 50%, delay: 1 day, adds: {phone check: every day}")}},
    {"integrated, where some was not noticed, is another service",
     {DISPUTE(", noticed: 50%")},
     {DISPUTE(", working: integrated, noticed: 50%")}},
    {"a shorter window is another service",
     {NULL},
     {"contacts.phone check.between=10:00-10:10"}},
};

static void run_short(struct model *model, const char *const *setting)
{
    const char *all[SETTINGS + 2] = {SHORT};
    size_t n = 0;

    for (; n < SETTINGS && setting[n]; n++)
        all[2 + n] = setting[n];
    model_run(model, SERVICE, all, n + 2, YEARS, SEED);
}

static bool are_same(const struct words_case *c)
{
    struct model one, other;
    bool same;

    run_short(&one, c->one);
    run_short(&other, c->other);
    same = same_bytes(&one, &other);
    model_clear(&one);
    model_clear(&other);
    return same;
}

static void it_is_the_same(void **state)
{
    assert_true(are_same(*state));
}

static void it_is_another(void **state)
{
    assert_false(are_same(*state));
}

/* ---- data files ---- */

#define ONE_DATE                                                               \
    "handrail: 1\n"                                                            \
    "title: data\n"                                                            \
    "calendar: {start: 2027-01-04, run_for: 60 days, run_on: 30 days}\n"       \
    "cohorts:\n"                                                               \
    "  people: {referrals: {file: dates.csv}, enters: house,\n"                \
    "           condition: course, attendance: 80%}\n"                         \
    "conditions:\n"                                                            \
    "  course:\n"                                                              \
    "    states: [well, ill, crisis]\n"                                        \
    "    begin: {well: 60%, ill: 40%}\n"                                       \
    "    changes: {well to ill: 0.1/day, ill to well: 0.1/day}\n"              \
    "levels:\n"                                                                \
    "  house: {rank: 2, places: 2, stay: 5 days, then: home}\n"                \
    "  home: {rank: 1, plan: plan, then: leave}\n"                             \
    "plans:\n"                                                                 \
    "  plan: {steps: {first: {for: 7 days, contacts: {visit: every day}}}}\n"  \
    "contacts:\n"                                                              \
    "  visit: {at: 12:00, window: 3 h, by: nurse, lasts: 40 min,\n"            \
    "          travel: 15 min}\n"                                              \
    "staff: {nurse: {}}\n"                                                     \
    "rota: {days: {days: every day, hours: 09:00-17:00, staff: {nurse: 1}}}\n"

static const struct text_file files[] = {
    {"test.yaml", ONE_DATE},
    {"dates.csv", "date,time\n2027-01-05,10:30\n2027-01-05,11:00\n"
                  "2027-01-09,09:00\n2027-01-19,16:00\n"},
    {"turned.csv", "time;date\n16:00;2027-01-19\n11:00;2027-01-05\n\n"
                   "10:30;2027-01-05\n09:00;2027-01-09\n"},
    {"stay.csv", "stay (days)\n5\n"},
    {"stays.csv", "5 days\n120 h\n"},
    {"forty.csv", "40 min\n"},
    {"quarter.csv", "0.25 h\n"},
    {NULL, NULL},
};

static struct words_case file_cases[] = {
    {"dates in another order and form",
     {NULL},
     {"cohorts.people.referrals.file=turned.csv"}},
    {"observed stays of one length",
     {NULL},
     {"levels.house.stay=empirical(stay.csv)"}},
    {"several, all alike", {NULL}, {"levels.house.stay=empirical(stays.csv)"}},
    {"times with the person and on the way, all alike",
     {NULL},
     {"contacts.visit.lasts=empirical(forty.csv)",
      "contacts.visit.travel=empirical(quarter.csv)"}},
};

static void the_files_say_the_same(void **state)
{
    const struct words_case *c = *state;
    struct model one, other;
    size_t settings = 0;

    while (settings < SETTINGS && c->other[settings])
        settings++;
    model_run_files(&one, files, NULL, 0, YEARS, SEED);
    model_run_files(&other, files, c->other, settings, YEARS, SEED);
    assert_true(same_bytes(&one, &other));
    assert_true(model_total(&one, COUNT_COMPLETED) > 20);
    model_clear(&other);
    /* The control. */
    model_run_files(&other, files,
                    (const char *const[]){"levels.house.stay=6 days"}, 1, YEARS,
                    SEED);
    assert_false(same_bytes(&one, &other));
    model_clear(&other);
    model_clear(&one);
}

int main(void)
{
    int failed = 0;

    failed += run_table("said otherwise", it_is_the_same, words_cases);
    failed += run_table("something else", it_is_another, other_cases);
    failed += run_table("data files", the_files_say_the_same, file_cases);
    return failed;
}
