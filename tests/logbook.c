/*
 * Runs with a log, as an open database: the cases.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/logbook.h"

#include <unistd.h>

#include "models/replication.h"
#include "plots/log_sqlite.h"
#include "tests/loading.h"

#define SEED 20270110

/* Much of it goes wrong: too few places and staff, absence, people who move
 * up again, a run that ends while most things are under way, odd edges. */
static const char MIXED[] =
    "handrail: 1\n"
    "title: mixed\n"
    "calendar: {start: 2027-01-07, warm_up: 17 days, run_for: 45 days,\n"
    "           run_on: 33 days, holidays: [2027-02-01]}\n"
    "cohorts:\n"
    "  one: {referrals: {rate: 1/day}, enters: low, condition: course,\n"
    "        pairs: 30%, prefers: {\"13:00\": 50%, \"16:00\": 50%}}\n"
    "  two: {referrals: {rate: 0.5/day}, enters: high, condition: course,\n"
    "        attendance: {well: 70%, ill: 50%, worse: 50%},\n"
    "        disengages: {after_missed: 2, chance: 50%}}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [well, ill, worse, crisis]\n"
    "    begin: {well: 60%, ill: 40%}\n"
    "    changes: {well to ill: 0.1/day, ill to well: 0.1/day,\n"
    "              ill to worse: 0.1/day, worse to ill: 0.2/day,\n"
    "              worse to crisis: 0.1/day}\n"
    "signs:\n"
    "  one: {well: 10%, ill: 60%, worse: 80%}\n"
    "  two: {well: 10%, ill: 40%, worse: 90%}\n"
    "alerts: {look: 1, act: 2}\n"
    "levels:\n"
    "  high: {rank: 2, places: 4, observed: yes, then: low,\n"
    "         stay: exponential(mean 6 days)}\n"
    "  low: {rank: 1, places: 22, plan: plan, longest: 18 days,\n"
    "        first_contact_within: 30 h, then: after,\n"
    "        handover: {needs: {worker: 1}, lasts: 30 min, within: 8 h,\n"
    "                   complete: 50%, notices: 50%, acts: 50%}}\n"
    "  after: {rank: 0, follow_up: 20 days}\n"
    "plans:\n"
    "  plan:\n"
    "    steps:\n"
    "      first: {for: 7 days, contacts: {visit: twice a day}}\n"
    "      second: {for: 4 days, contacts: {visit: every 2 days,\n"
    "                                       huddle: mon, family: tue fri}}\n"
    "    advance_if: {no_alert_for: 2 days, contacts_done: 60%}\n"
    "    repeats: {most: 1, each: 3 days}\n"
    "    review: {do: huddle, days: mon wed fri}\n"
    "contacts:\n"
    "  family: {with: family, at: 14:00, window: 3 h, by: worker,\n"
    "           lasts: 20 min, attendance: 60%}\n"
    "  visit: {mode: visit, between: 13:00-20:00, travel: 15 min, lasts: 40 "
    "min,\n"
    "          notes: 10 min, by: [worker, {role: standby, after: 3 h}],\n"
    "          or: {do: call, after: 4 h}}\n"
    "  call: {mode: phone, window: 6 h, by: worker, lasts: 10 min, notices: "
    "50%}\n"
    "  huddle: {between: 10:00-16:00, needs: {worker: 2}, lasts: 20 min,\n"
    "           without_person: yes}\n"
    "  check: {by: worker, lasts: 20 min, priority: 2}\n"
    "responses:\n"
    "  not attended:\n"
    "    ring: {after: 1 h, within: 3 h, do: check, succeeds: 50%}\n"
    "    tell: {after: 1 day, then: {record: told}}\n"
    "  not delivered: {ring: {do: call, succeeds: 60%}}\n"
    "  look: {see: {within: 6 h, do: check, then: {settle: 50%}}}\n"
    "  act: {see: {within: same day, do: check, then: {move to: high}}}\n"
    "  disengaged: {go: {after: 1 day, within: 3 days, do: check,\n"
    "                     succeeds: 50%}}\n"
    "  crisis:\n"
    "    one_of:\n"
    "      up: {chance: 50%, then: {move to: high}}\n"
    "      again: {chance: 30%, then: {record: again, restart plan: yes}}\n"
    "      gone: {chance: 20%, then: {leave: yes}}\n"
    "staff:\n"
    "  worker: {cost: 20/h, premium: {sunday: 50%}, headroom: 20%,\n"
    "           absence: {share: 15%},\n"
    "           bank: {covers: 30%, cost: 30/h}}\n"
    "  standby: {standby: 3/h, call_out: 40, arrives_within: 30 min}\n"
    "rota:\n"
    "  day: {days: weekdays, hours: 09:00-17:00, staff: {worker: 2},\n"
    "        overrun: 30 min}\n"
    "  late: {days: every day, hours: 12:00-20:30, staff: {worker: 2},\n"
    "         minimum: 2, below: phone only}\n"
    "  calls: {days: every day, hours: 17:00-09:00, staff: {standby: 1}}\n"
    "team_time:\n"
    "  break: {shift: late, after: 4 h, lasts: 30 min, floating: yes}\n"
    "  meeting: {role: worker, days: wed, at: 15:00, per_person: 3 min,\n"
    "            levels: low}\n";

#define SERVICE "scenarios/crisis-house.yaml"
struct log_case log_cases[LOG_CASES] = {
    {"the shipped service, one at the weekend",
     SERVICE,
     {"rota.weekend.staff.support worker=1"},
     NULL},
    {"the reference pathway", "scenarios/reference.yaml", {NULL}, NULL},
    {"a service in which much goes wrong",
     MIXED,
     {"calendar.run_for=90 days"}, /* so that what is rare happens */
     NULL},
    {"full levels: giving up, diverts, delays, waiting outside, overlap",
     SERVICE,
     {"levels.crisis house.on_entry=[ring back]", "calendar.warm_up=61 days",
      "calendar.run_for=20 weeks", "levels.enhanced step-down.places=6",
      "levels.floating support.places=5",
      "levels.crisis house.when_next_full=wait",
      "levels.enhanced step-down.gives_up={after: exponential(mean 3 days), "
      "to: floating support}",
      "levels.floating support.when_full={divert to: discharged}",
      "levels.enhanced step-down.then={on: {to: floating support, chance: "
      "60%, delay: exponential(mean 5 days)}, back: {to: crisis house, "
      "chance: 40%}}",
      "levels.floating support.on_entry=[phone check]",
      "levels.floating support.handover={needs: {support worker: 1}, lasts: "
      "20 min, within: 48 h, overlap: 5 days}"},
     NULL},
    {"the shipped service, short of places and staff",
     SERVICE,
     {"calendar.warm_up=61 days", "calendar.run_for=20 weeks",
      "levels.enhanced step-down.places=6", "levels.floating support.places=5",
      "staff.support worker.absence.share=25%",
      "rota.weekday days.staff.support worker=2"},
     NULL},
    {"concerns, calls, times in a state, signs that weigh",
     "tests/scenarios/care.yaml",
     {NULL},
     NULL},
    {"every way between levels",
     "tests/scenarios/moves.yaml",
     {"levels.step-down.places=3", "calendar.run_for=20 weeks"},
     NULL},
    {"today's caseload of a service in which much goes wrong",
     MIXED,
     {"calendar.warm_up=0 days", "calendar.caseload=today.csv"},
     "cohort,level,entered_on,step,state\n"
     "one,low,2027-01-06,,\n"
     "one,low,2027-01-01,first,\n"
     "one,low,2026-12-30,second,ill\n"
     "one,low,2026-11-02,,\n"
     "two,low,2026-12-25,,worse\n"
     "two,high,2027-01-04,,\n"
     "two,high,2026-12-20,,ill\n"
     "one,after,2026-12-24,,well\n"
     "two,after,2026-12-24,,ill\n"
     "two,after,2026-12-30,,\n"},
    {"today's caseload with concerns",
     "tests/scenarios/care.yaml",
     {"calendar.caseload=today.csv",
      "concerns.safeguarding.rate={well: 0.2/day, ill: 0.2/day}",
      "signs.sleep={well: 90%, ill: 90%, weight: 2}",
      "signs.shouting={well: 60%, ill: 60%, opens: dispute}",
      "responses.dispute.talk={after: 20 days, within: 30 days, do: visit}"},
     "cohort,level,entered_on,step,state\n"
     "people,home,2026-11-20,,\n"
     "people,home,2026-11-12,weekly,ill\n"
     "people,home,2026-11-10,weekly,\n"
     "people,home,2026-11-01,,ill\n"
     "people,home,2026-10-25,,well\n"
     "people,home,2026-10-20,,\n"
     "people,home,2026-08-01,,\n"},
    {"today's caseload, with every way between levels",
     "tests/scenarios/moves.yaml",
     {"calendar.caseload=today.csv"},
     "cohort,level,entered_on,step,state\n"
     "people,house,2026-11-20,,\n"
     "people,house,2026-11-02,,\n"
     "people,house,2026-11-05,,ill\n"
     "people,step-down,2026-11-16,,\n"
     "people,step-down,2026-11-19,,ill\n"
     "people,support,2026-11-20,,\n"
     "people,support,2026-11-18,,\n"
     "people,after,2026-11-01,,well\n"},
};

/* The same replication again, with a log: the same bytes. */
static void run_logged(struct logbook *book)
{
    struct model *model = &book->model;
    struct replication *replication = NULL;
    double *record = calloc(model->layout.length, sizeof *record);

    assert_non_null(record);
    assert_int_equal(
        replication_new(model->scenario, &model->layout, &replication), SIM_OK);
    replication_log(replication, &book->journey);
    for (int again = 0; again < 2; again++)
        assert_int_equal(replication_run(replication, SEED, 0, record), SIM_OK);
    assert_memory_equal(record, model->record,
                        model->layout.length * sizeof *record);
    replication_free(replication);
    free(record);
    assert_int_equal(
        history_make(&book->history, model->scenario, &book->journey), SIM_OK);
}

char *logbook_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    char *bytes = calloc(1, 1 << 16);

    assert_non_null(file);
    assert_non_null(bytes);
    assert_true(fread(bytes, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return bytes;
}

/* Run the case, with its caseload beside it where it has one. */
static void run_case(struct model *model, const struct log_case *c)
{
    struct text_file files[] = {
        {"test.yaml", c->text}, {"today.csv", c->caseload}, {NULL, NULL}};
    char *text = NULL;
    size_t settings = 0;

    while (settings < SETTINGS && c->setting[settings])
        settings++;
    if (!c->caseload) {
        model_run(model, c->text, c->setting, settings, 2, SEED);
        return;
    }
    if (strstr(c->text, ".yaml") && !strchr(c->text, '\n'))
        files[0].text = text = logbook_file(c->text);
    model_run_files(model, files, c->setting, settings, 2, SEED);
    free(text);
}

void logbook_make(struct logbook *book, const struct log_case *c)
{
    struct log_source source = {&book->history, SEED, 0};
    char trouble[256];
    int file;

    memset(book, 0, sizeof *book);
    run_case(&book->model, c);
    run_logged(book);
    strcpy(book->path, "/tmp/handrail-log-XXXXXX");
    file = mkstemp(book->path);
    assert_true(file >= 0);
    close(file);
    if (log_write(&source, book->path, trouble, sizeof trouble) != SIM_OK)
        fail_msg("the log cannot be written: %s", trouble);
    assert_int_equal(sqlite3_open(book->path, &book->base), SQLITE_OK);
}

void logbook_clear(struct logbook *book)
{
    sqlite3_close(book->base);
    unlink(book->path);
    history_clear(&book->history);
    journey_clear(&book->journey);
    model_clear(&book->model);
}

/* ---- SQL ---- */

sqlite3_stmt *logbook_query(const struct logbook *book, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(book->base, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(book->base));
    return statement;
}

/* The one number that a query gives; NaN where it gives none. */
double logbook_number(const struct logbook *book, const char *sql)
{
    sqlite3_stmt *statement = logbook_query(book, sql);
    double value = NAN;

    if (sqlite3_step(statement) == SQLITE_ROW &&
        sqlite3_column_type(statement, 0) != SQLITE_NULL)
        value = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    return value;
}
