/*
 * The event log: every measure, and every slice of it, is worked out from the
 * tables of the log in SQL alone and must be what the record says. A measure
 * without a view fails.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sqlite3.h>
#include <unistd.h>

#include "models/replication.h"
#include "plots/log_sqlite.h"
#include "sim/tally.h"
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270110
#define SETTINGS 12
#define NEAR 1e-9 /* relative: sums of the same numbers in another order */

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

struct log_case {
    const char *name;
    const char *text;
    const char *setting[SETTINGS];
    const char *caseload; /* who is there when the run starts */
};
#define SERVICE "scenarios/crisis-house.yaml"
static struct log_case log_cases[] = {
    {"the shipped service", SERVICE, {NULL}, NULL},
    {"the reference pathway", "scenarios/reference.yaml", {NULL}, NULL},
    {"a service in which much goes wrong", MIXED, {NULL}, NULL},
    {"full levels: giving up, diverts, delays, waiting outside, overlap",
     SERVICE,
     {"calendar.warm_up=61 days", "calendar.run_for=20 weeks",
      "levels.enhanced step-down.places=6", "levels.floating support.places=5",
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
    {"every way between levels", "tests/scenarios/moves.yaml", {NULL}, NULL},
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
      "concerns.dispute.noticed=20%"},
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

/* One replication, its record and its log as an open database. */
struct logged {
    struct model model;
    struct journey journey;
    struct history history;
    char path[64];
    sqlite3 *base;
};

/* The same replication again, with a log: the same bytes. */
static void run_logged(struct logged *logged)
{
    struct model *model = &logged->model;
    struct replication *replication = NULL;
    double *record = calloc(model->layout.length, sizeof *record);

    assert_non_null(record);
    assert_int_equal(
        replication_new(model->scenario, &model->layout, &replication), SIM_OK);
    replication_log(replication, &logged->journey);
    for (int again = 0; again < 2; again++)
        assert_int_equal(replication_run(replication, SEED, 0, record), SIM_OK);
    assert_memory_equal(record, model->record,
                        model->layout.length * sizeof *record);
    replication_free(replication);
    free(record);
    assert_int_equal(
        history_make(&logged->history, model->scenario, &logged->journey),
        SIM_OK);
}

static char *read_file(const char *name)
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
        files[0].text = text = read_file(c->text);
    model_run_files(model, files, c->setting, settings, 2, SEED);
    free(text);
}

static void make_log(struct logged *logged, const struct log_case *c)
{
    struct log_source source = {&logged->history, SEED, 0};
    char trouble[256];
    int file;

    memset(logged, 0, sizeof *logged);
    run_case(&logged->model, c);
    run_logged(logged);
    strcpy(logged->path, "/tmp/handrail-log-XXXXXX");
    file = mkstemp(logged->path);
    assert_true(file >= 0);
    close(file);
    if (log_write(&source, logged->path, trouble, sizeof trouble) != SIM_OK)
        fail_msg("the log cannot be written: %s", trouble);
    assert_int_equal(sqlite3_open(logged->path, &logged->base), SQLITE_OK);
}

static void clear_log(struct logged *logged)
{
    sqlite3_close(logged->base);
    unlink(logged->path);
    history_clear(&logged->history);
    journey_clear(&logged->journey);
    model_clear(&logged->model);
}

/* ---- SQL ---- */

static sqlite3_stmt *query(const struct logged *logged, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(logged->base, sql, -1, &statement, NULL) !=
        SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(logged->base));
    return statement;
}

/* The one number that a query gives; NaN where it gives none. */
static double number_of(const struct logged *logged, const char *sql)
{
    sqlite3_stmt *statement = query(logged, sql);
    double value = NAN;

    if (sqlite3_step(statement) == SQLITE_ROW &&
        sqlite3_column_type(statement, 0) != SQLITE_NULL)
        value = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static bool has_column(const struct logged *logged, const char *id,
                       const char *column)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM pragma_table_info('measure_%s') "
             "WHERE name = '%s'",
             id, column);
    return number_of(logged, sql) > 0;
}

/* ---- comparing ---- */

static int differ(const char *id, const char *what, const char *name,
                  double found, double expected)
{
    double scale = fabs(expected) > 1 ? fabs(expected) : 1;

    if (fabs(found - expected) <= NEAR * scale)
        return 0;
    print_error("%s%s%s: %s is %.12g in the log, %.12g in the record\n", id,
                name[0] ? " of " : "", name, what, found, expected);
    return 1;
}

static double kept(const struct logged *logged, struct block block, uint32_t i)
{
    return logged->model.record[block.offset + i];
}

/* The unsliced row. */
static int compare_whole(const struct logged *logged, const struct measure *m)
{
    const struct layout *layout = &logged->model.layout;
    const char *where = has_column(logged, m->id, "whole") ? "WHERE whole" : "";
    char sql[256];
    int wrong;

    snprintf(sql, sizeof sql, "SELECT total(top) FROM found %s", where);
    wrong = differ(m->id, "the numerator", "", number_of(logged, sql),
                   kept(logged, layout->total[m->numerator], 0));
    if (m->type != MEASURE_RATIO)
        return wrong;
    snprintf(sql, sizeof sql, "SELECT total(bottom) FROM found %s", where);
    return wrong + differ(m->id, "the denominator", "", number_of(logged, sql),
                          kept(logged, layout->total[m->denominator], 0));
}

/* What the log says of a slice: sums by the name of the value. */
static int compare_slice(const struct logged *logged, const struct measure *m,
                         enum slice slice)
{
    const struct scenario *s = logged->model.scenario;
    const struct layout *layout = &logged->model.layout;
    bool ratio = m->type == MEASURE_RATIO;
    sqlite3_stmt *statement;
    char sql[256], name[512];
    int wrong = 0;

    snprintf(sql, sizeof sql,
             "SELECT total(top), %s FROM found WHERE \"%s\" = ?",
             ratio ? "total(bottom)" : "0", slice_text(slice));
    statement = query(logged, sql);
    for (uint32_t i = 0; i < slice_values(s, slice); i++) {
        slice_value_name(s, slice, i, name, sizeof name);
        sqlite3_reset(statement);
        sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        wrong += differ(m->id, "the numerator", name,
                        sqlite3_column_double(statement, 0),
                        kept(logged, layout->cut[m->numerator][slice], i));
        if (ratio)
            wrong +=
                differ(m->id, "the denominator", name,
                       sqlite3_column_double(statement, 1),
                       kept(logged, layout->cut[m->denominator][slice], i));
    }
    sqlite3_finalize(statement);
    return wrong;
}

/* The 95th per cent of bins, by level or whole. */
static int compare_quantile(const struct logged *logged,
                            const struct measure *m)
{
    const struct scenario *s = logged->model.scenario;
    bool by_level = m->cuts & CUT(SLICE_LEVEL);
    uint32_t rows = by_level ? s->level_count : 1;
    char sql[256], name[512] = "";
    int wrong = 0;

    for (uint32_t i = 0; i < rows; i++) {
        struct block bins =
            layout_bins(&logged->model.layout, s, m->numerator, i);
        double expected = sim_bins_quantile(&logged->model.record[bins.offset],
                                            bins.length, 0.95);
        char *quoted;
        if (by_level)
            slice_value_name(s, SLICE_LEVEL, i, name, sizeof name);
        quoted = sqlite3_mprintf("%Q", name);
        snprintf(sql, sizeof sql, "SELECT top FROM found%s%s",
                 by_level ? " WHERE level = " : "", by_level ? quoted : "");
        sqlite3_free(quoted);
        if (isnan(expected))
            wrong += !isnan(number_of(logged, sql));
        else
            wrong += differ(m->id, "the quantile", name, number_of(logged, sql),
                            expected);
    }
    return wrong;
}

/* The rows of a measure's view, worked out once. */
static void find_rows(const struct logged *logged, const struct measure *m)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "DROP TABLE IF EXISTS temp.found;"
             "CREATE TEMP TABLE found AS SELECT * FROM measure_%s",
             m->id);
    if (sqlite3_exec(logged->base, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", m->id, sqlite3_errmsg(logged->base));
}

static int compare(const struct logged *logged, const struct measure *m)
{
    int wrong = 0;

    if (!has_column(logged, m->id, "top")) {
        print_error("%s has no view in plots/measures.sql\n", m->id);
        return 1;
    }
    find_rows(logged, m);
    if (m->type == MEASURE_QUANTILE)
        return compare_quantile(logged, m);
    if (m->whole)
        wrong += compare_whole(logged, m);
    for (int slice = 0; slice < SLICE_COUNT; slice++) {
        if (!(m->cuts & CUT(slice)))
            continue;
        if (has_column(logged, m->id, slice_text((enum slice)slice))) {
            wrong += compare_slice(logged, m, (enum slice)slice);
        } else {
            print_error("%s cannot be cut by %s in the log\n", m->id,
                        slice_text((enum slice)slice));
            wrong++;
        }
    }
    return wrong;
}

static void the_log_gives_every_measure(void **state)
{
    struct logged logged;
    int wrong = 0;

    make_log(&logged, *state);
    for (uint32_t i = 0; i < measure_count; i++)
        wrong += compare(&logged, &measure_table[i]);
    clear_log(&logged);
    assert_int_equal(wrong, 0);
}

/* Equality shows little where both sides are 0: in the service in which much
 * goes wrong, everything happens. */
static void everything_happens(void **state)
{
    static const char *const id[] = {"planned_exits",
                                     "timed_out",
                                     "disengaged",
                                     "left",
                                     "waited",
                                     "full",
                                     "delayed",
                                     "contacts_cancelled",
                                     "contacts_not_delivered",
                                     "contacts_not_attended",
                                     "contacts_downgraded",
                                     "missed_while_unwell",
                                     "unseen_hours",
                                     "seen_within_24_hours",
                                     "false_alerts",
                                     "responses",
                                     "response_breaches",
                                     "unowned_hours",
                                     "overtime_hours",
                                     "call_outs",
                                     "step_ups",
                                     "repeats",
                                     "restarts",
                                     "crises",
                                     "outcomes",
                                     "crisis_within_30_days",
                                     "reescalation_within_30_days",
                                     "recontact_within_30_days",
                                     "team_hours",
                                     "team_time_had",
                                     "establishment"};
    struct logged logged;
    int idle = 0;

    (void)state;
    make_log(&logged, &log_cases[2]);
    for (size_t i = 0; i < LENGTH(id); i++) {
        char sql[128];
        snprintf(sql, sizeof sql, "SELECT total(top) FROM measure_%s", id[i]);
        if (number_of(&logged, sql) > 0)
            continue;
        print_error("%s never happens\n", id[i]);
        idle++;
    }
    clear_log(&logged);
    assert_int_equal(idle, 0);
}

/* ---- the page about it ---- */

/* Run all statements from `sql` up to `end`; each has an answer. */
static int run_queries(const struct logged *logged, const char *sql,
                       const char *end)
{
    sqlite3_stmt *statement;
    int count = 0;

    while (sql < end) {
        if (sqlite3_prepare_v2(logged->base, sql, (int)(end - sql), &statement,
                               &sql) != SQLITE_OK)
            fail_msg("%s", sqlite3_errmsg(logged->base));
        if (!statement)
            break;
        if (sqlite3_step(statement) != SQLITE_ROW)
            fail_msg("no answer: %s", sqlite3_sql(statement));
        sqlite3_finalize(statement);
        count++;
    }
    return count;
}

/* The example queries of docs/log.md, on a log of the service they are for. */
static void the_questions_have_answers(void **state)
{
    static const char begin[] = "```sql\n";
    struct logged logged;
    char *page = read_file("docs/log.md");
    int count = 0;

    (void)state;
    make_log(&logged, &log_cases[0]);
    for (char *at = strstr(page, begin); at; at = strstr(at, begin)) {
        char *end = strstr(at += strlen(begin), "```");
        assert_non_null(end);
        count += run_queries(&logged, at, end);
    }
    assert_true(count >= 8);
    clear_log(&logged);
    free(page);
}

/* ---- the control ---- */

/* A comparison that cannot fail shows nothing: one contact less is found. */
static void a_lost_contact_is_found(void **state)
{
    struct logged logged;
    uint32_t due = measure_find("contacts_due");

    (void)state;
    make_log(&logged, &log_cases[1]);
    assert_int_equal(compare(&logged, &measure_table[due]), 0);
    assert_int_equal(
        sqlite3_exec(logged.base,
                     "DELETE FROM staff_time;"
                     "DELETE FROM contacts WHERE contact ="
                     " (SELECT max(contact) FROM contacts_counted)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_true(compare(&logged, &measure_table[due]) > 0);
    clear_log(&logged);
}

int main(void)
{
    struct CMUnitTest tests[LENGTH(log_cases) + 3];

    for (size_t i = 0; i < LENGTH(log_cases); i++)
        tests[i] =
            (struct CMUnitTest){log_cases[i].name, the_log_gives_every_measure,
                                NULL, NULL, &log_cases[i]};
    tests[LENGTH(log_cases)] =
        (struct CMUnitTest)cmocka_unit_test(a_lost_contact_is_found);
    tests[LENGTH(log_cases) + 1] =
        (struct CMUnitTest)cmocka_unit_test(everything_happens);
    tests[LENGTH(log_cases) + 2] =
        (struct CMUnitTest)cmocka_unit_test(the_questions_have_answers);
    return cmocka_run_group_tests_name("event log", tests, NULL, NULL);
}
