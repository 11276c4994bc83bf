/*
 * The event log: every measure, and every slice of it, is worked out from the
 * tables of the log in SQL alone and must be what the record says. A measure
 * without a view fails.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/tally.h"
#include "tests/logbook.h"
#include "tests/table.h"

#define NEAR 1e-9 /* relative: sums of the same numbers in another order */

static bool has_column(const struct logbook *book, const char *id,
                       const char *column)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM pragma_table_info('measure_%s') "
             "WHERE name = '%s'",
             id, column);
    return logbook_number(book, sql) > 0;
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

static double kept(const struct logbook *book, struct block block, uint32_t i)
{
    return book->model.record[block.offset + i];
}

/* The unsliced row. */
static int compare_whole(const struct logbook *book, const struct measure *m)
{
    const struct layout *layout = &book->model.layout;
    const char *where = has_column(book, m->id, "whole") ? "WHERE whole" : "";
    char sql[256];
    int wrong;

    snprintf(sql, sizeof sql, "SELECT total(top) FROM found %s", where);
    wrong = differ(m->id, "the numerator", "", logbook_number(book, sql),
                   kept(book, layout->total[m->numerator], 0));
    if (m->type != MEASURE_RATIO)
        return wrong;
    snprintf(sql, sizeof sql, "SELECT total(bottom) FROM found %s", where);
    return wrong + differ(m->id, "the denominator", "",
                          logbook_number(book, sql),
                          kept(book, layout->total[m->denominator], 0));
}

/* What the log says of a slice: sums by the name of the value. */
static int compare_slice(const struct logbook *book, const struct measure *m,
                         enum slice slice)
{
    const struct scenario *s = book->model.scenario;
    const struct layout *layout = &book->model.layout;
    bool ratio = m->type == MEASURE_RATIO;
    sqlite3_stmt *statement;
    char sql[256], name[512];
    int wrong = 0;

    snprintf(sql, sizeof sql,
             "SELECT total(top), %s FROM found WHERE \"%s\" = ?",
             ratio ? "total(bottom)" : "0", slice_text(slice));
    statement = logbook_query(book, sql);
    for (uint32_t i = 0; i < slice_values(s, slice); i++) {
        slice_value_name(s, slice, i, name, sizeof name);
        sqlite3_reset(statement);
        sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        wrong += differ(m->id, "the numerator", name,
                        sqlite3_column_double(statement, 0),
                        kept(book, layout->cut[m->numerator][slice], i));
        if (ratio)
            wrong += differ(m->id, "the denominator", name,
                            sqlite3_column_double(statement, 1),
                            kept(book, layout->cut[m->denominator][slice], i));
    }
    sqlite3_finalize(statement);
    return wrong;
}

/* The 95th per cent of bins, by level or whole. */
static int compare_quantile(const struct logbook *book, const struct measure *m)
{
    const struct scenario *s = book->model.scenario;
    bool by_level = m->cuts & CUT(SLICE_LEVEL);
    uint32_t rows = by_level ? s->level_count : 1;
    char sql[256], name[512] = "";
    int wrong = 0;

    for (uint32_t i = 0; i < rows; i++) {
        struct block bins =
            layout_bins(&book->model.layout, s, m->numerator, i);
        double expected = sim_bins_quantile(&book->model.record[bins.offset],
                                            bins.length, 0.95);
        char *quoted;
        if (by_level)
            slice_value_name(s, SLICE_LEVEL, i, name, sizeof name);
        quoted = sqlite3_mprintf("%Q", name);
        snprintf(sql, sizeof sql, "SELECT top FROM found%s%s",
                 by_level ? " WHERE level = " : "", by_level ? quoted : "");
        sqlite3_free(quoted);
        if (isnan(expected))
            wrong += !isnan(logbook_number(book, sql));
        else
            wrong += differ(m->id, "the quantile", name,
                            logbook_number(book, sql), expected);
    }
    return wrong;
}

/* The rows of a measure's view, worked out once. */
static void find_rows(const struct logbook *book, const struct measure *m)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "DROP TABLE IF EXISTS temp.found;"
             "CREATE TEMP TABLE found AS SELECT * FROM measure_%s",
             m->id);
    if (sqlite3_exec(book->base, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", m->id, sqlite3_errmsg(book->base));
}

static int compare(const struct logbook *book, const struct measure *m)
{
    int wrong = 0;

    if (!has_column(book, m->id, "top")) {
        print_error("%s has no view in plots/measures.sql\n", m->id);
        return 1;
    }
    find_rows(book, m);
    if (m->type == MEASURE_QUANTILE)
        return compare_quantile(book, m);
    if (m->whole)
        wrong += compare_whole(book, m);
    for (int slice = 0; slice < SLICE_COUNT; slice++) {
        if (!(m->cuts & CUT(slice)))
            continue;
        if (has_column(book, m->id, slice_text((enum slice)slice))) {
            wrong += compare_slice(book, m, (enum slice)slice);
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
    struct logbook book;
    int wrong = 0;

    logbook_make(&book, *state);
    for (uint32_t i = 0; i < measure_count; i++)
        wrong += compare(&book, &measure_table[i]);
    logbook_clear(&book);
    assert_int_equal(wrong, 0);
}

/* Equality shows little where both sides are 0: in the service in which much
 * goes wrong, everything happens; and in others what they are there for. Each
 * statement gives a number that is not 0. */
#define HAPPENS 40
#define TOTAL(id) "SELECT total(top) FROM measure_" id
#define ANY(what) "SELECT count(*) FROM " what
static struct happens_case {
    const char *name;
    const struct log_case *log;
    const char *sql[HAPPENS];
} happens_cases[] = {
    {"what goes wrong happens",
     &log_cases[LOG_MIXED],
     {TOTAL("planned_exits"),
      TOTAL("timed_out"),
      TOTAL("disengaged"),
      TOTAL("left"),
      TOTAL("waited"),
      TOTAL("full"),
      TOTAL("delayed"),
      TOTAL("contacts_cancelled"),
      TOTAL("contacts_not_delivered"),
      TOTAL("contacts_not_attended"),
      TOTAL("contacts_downgraded"),
      TOTAL("missed_while_unwell"),
      TOTAL("unseen_hours"),
      TOTAL("seen_within_24_hours"),
      TOTAL("false_alerts"),
      TOTAL("responses"),
      TOTAL("response_breaches"),
      TOTAL("unowned_hours"),
      TOTAL("overtime_hours"),
      TOTAL("call_outs"),
      TOTAL("step_ups"),
      TOTAL("repeats"),
      TOTAL("restarts"),
      TOTAL("crises"),
      TOTAL("outcomes"),
      TOTAL("crisis_within_30_days"),
      TOTAL("reescalation_within_30_days"),
      TOTAL("recontact_within_30_days"),
      TOTAL("team_hours"),
      TOTAL("team_time_had"),
      TOTAL("establishment")}},
    {"concerns and calls happen",
     &log_cases[LOG_CARE],
     {TOTAL("concerns"), TOTAL("concern_open_hours"),
      TOTAL("responses") " WHERE \"trigger\" = 'reaches out'",
      ANY("concerns WHERE noticed_ms IS NULL"),
      ANY("concerns WHERE known_ms > noticed_ms"),
      ANY("concerns WHERE ended_because = 'time'"),
      ANY("concerns WHERE ended_because = 'response'"),
      ANY("concerns WHERE ended_because = 'left'"),
      ANY("concerns WHERE ended_because IS NULL"),
      ANY("contacts WHERE concern = 'loss of capacity' AND outcome = "
          "'completed'"),
      /* The signs of a contact, as often as they count, raise the alert. */
      "SELECT min(noted) >= 3 FROM (SELECT sum(n.weight) AS noted FROM alerts a"
      " JOIN contacts c ON c.person = a.person AND c.ended_ms = a.began_ms"
      " JOIN signs_noted n USING (contact)"
      " WHERE a.alert = 'red' AND a.raised GROUP BY a.rowid)",
      "SELECT count(*) > sum(weight = 1) AND sum(weight = 1) > 0"
      " FROM signs_noted"}},
    {"ways between levels are gone",
     &log_cases[LOG_MOVES],
     {TOTAL("gave_up"), TOTAL("diverted"), TOTAL("delayed"),
      ANY("held WHERE cause = 'delay'"), ANY("held WHERE cause = 'blocked'")}},
    {"people were there before",
     &log_cases[LOG_PRESENT],
     {ANY("stays WHERE entered_because = 'before' AND entered_ms < 0"),
      ANY("people WHERE had_plan"), ANY("people WHERE referred_ms < 0"),
      "SELECT count(*) = 10 FROM stays WHERE entered_because = 'before'",
      /* Who was in a plan before is not followed from a later one. */
      ANY("people JOIN stays_known s USING (person) WHERE had_plan"
          " AND entered_because <> 'before' AND measured"
          " AND \"plan\" IS NOT NULL")}},
    {"concerns were open before",
     &log_cases[LOG_PRESENT_CARE],
     {ANY("concerns WHERE began_ms < 0 AND known_ms = 0"),
      ANY("concerns WHERE began_ms < 0 AND ended_ms > 0"),
      ANY("alerts WHERE NOT raised AND began_ms = 0"),
      ANY("responses WHERE began_ms < 0")}},
};

static void it_happens(void **state)
{
    const struct happens_case *c = *state;
    struct logbook book;
    int idle = 0;

    logbook_make(&book, c->log);
    for (size_t i = 0; i < HAPPENS && c->sql[i]; i++) {
        if (logbook_number(&book, c->sql[i]) > 0)
            continue;
        print_error("none: %s\n", c->sql[i]);
        idle++;
    }
    logbook_clear(&book);
    assert_int_equal(idle, 0);
}

/* ---- the page about it ---- */

/* Run all statements from `sql` up to `end`; each has an answer. */
static int run_queries(const struct logbook *book, const char *sql,
                       const char *end)
{
    sqlite3_stmt *statement;
    int count = 0;

    while (sql < end) {
        if (sqlite3_prepare_v2(book->base, sql, (int)(end - sql), &statement,
                               &sql) != SQLITE_OK)
            fail_msg("%s", sqlite3_errmsg(book->base));
        if (!statement)
            break;
        if (sqlite3_step(statement) != SQLITE_ROW)
            fail_msg("no answer: %s", sqlite3_sql(statement));
        sqlite3_finalize(statement);
        count++;
    }
    return count;
}

/* The example queries of docs/log.md, on a log of the service they are for:
 * the shipped one has no concerns. */
static void the_questions_have_answers(void **state)
{
    static const char begin[] = "```sql\n";
    struct logbook service, care;
    char *page = logbook_file("docs/log.md");
    int count = 0;

    (void)state;
    logbook_make(&service, &log_cases[LOG_SERVICE]);
    logbook_make(&care, &log_cases[LOG_CARE]);
    for (char *at = strstr(page, begin); at; at = strstr(at, begin)) {
        char *end = strstr(at += strlen(begin), "```");
        const char *concerns = strstr(at, "FROM concerns");
        assert_non_null(end);
        count +=
            run_queries(concerns && concerns < end ? &care : &service, at, end);
    }
    assert_true(count >= 9);
    logbook_clear(&care);
    logbook_clear(&service);
    free(page);
}

/* ---- the control ---- */

/* A comparison that cannot fail shows nothing: one contact less is found. */
static void a_lost_contact_is_found(void **state)
{
    struct logbook book;
    uint32_t due = measure_find("contacts_due");

    (void)state;
    logbook_make(&book, &log_cases[LOG_REFERENCE]);
    assert_int_equal(compare(&book, &measure_table[due]), 0);
    assert_int_equal(
        sqlite3_exec(book.base,
                     "DELETE FROM staff_time;"
                     "DELETE FROM contacts WHERE contact ="
                     " (SELECT max(contact) FROM contacts_counted)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_true(compare(&book, &measure_table[due]) > 0);
    logbook_clear(&book);
}

int main(void)
{
    struct CMUnitTest tests[LENGTH(log_cases) + LENGTH(happens_cases) + 2];
    size_t n = 0;

    for (size_t i = 0; i < LENGTH(log_cases); i++)
        tests[n++] =
            (struct CMUnitTest){log_cases[i].name, the_log_gives_every_measure,
                                NULL, NULL, &log_cases[i]};
    for (size_t i = 0; i < LENGTH(happens_cases); i++)
        tests[n++] = (struct CMUnitTest){happens_cases[i].name, it_happens,
                                         NULL, NULL, &happens_cases[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_lost_contact_is_found);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(the_questions_have_answers);
    return cmocka_run_group_tests_name("event log", tests, NULL, NULL);
}
