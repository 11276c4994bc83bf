/*
 * The event log as an SQLite database: how rows are written, the tables of the
 * scenario, of people and of places, and the file. What people go through and
 * what staff do is written in log_care.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/log_sqlite.h"

#include <math.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "models/measure.h"
#include "plots/digest.h"
#include "plots/log_impl.h"
#include "plots/scripts.h"
#include "plots/text.h"
#include "plots/version.h"
#include "sim/tally.h"

#define TIME_SIZE 32

static void check(struct log *log, int status)
{
    if (log->status == SQLITE_OK && status != SQLITE_OK &&
        status != SQLITE_DONE)
        log->status = status;
}

/* ---- values ---- */

/* "2027-01-04 18:05:00.000" */
static void civil_time(const struct scenario *s, sim_ms time,
                       char out[TIME_SIZE])
{
    int32_t day = sim_day_of(time);
    sim_ms left = time - day * SIM_DAY;
    char date[11];

    sim_date_format(s->calendar.start + day, date);
    snprintf(out, TIME_SIZE, "%s %02d:%02d:%02d.%03d", date,
             (int)(left / SIM_HOUR), (int)(left / SIM_MINUTE % 60),
             (int)(left / 1000 % 60), (int)(left % 1000));
}

static void bind_int(struct log *log, int column, sqlite3_int64 value, bool any)
{
    check(log, any ? sqlite3_bind_int64(log->insert, column, value)
                   : sqlite3_bind_null(log->insert, column));
}

static void bind_text(struct log *log, int column, const char *text)
{
    check(log, text ? sqlite3_bind_text(log->insert, column, text, -1,
                                        SQLITE_TRANSIENT)
                    : sqlite3_bind_null(log->insert, column));
}

/* Both columns of a moment. */
static void bind_time(struct log *log, int column, sim_ms time)
{
    char civil[TIME_SIZE];

    if (time != SIM_NEVER)
        civil_time(log->scenario, time, civil);
    bind_text(log, column, time == SIM_NEVER ? NULL : civil);
    bind_int(log, column + 1, time, time != SIM_NEVER);
}

/* ---- tables ---- */

static void finish_table(struct log *log)
{
    sqlite3_finalize(log->insert);
    log->insert = NULL;
}

void log_table(struct log *log, const char *table, const char *columns)
{
    struct text sql = {0};

    finish_table(log);
    log->columns = columns;
    text_printf(&sql, "INSERT INTO \"%s\" VALUES (?", table);
    for (const char *p = columns; *p; p++) {
        text_add(&sql, *p == 't' ? ",?" : "");
        text_add(&sql, p[1] ? ",?" : "");
    }
    text_add(&sql, ")");
    if (text_status(&sql) != SIM_OK)
        check(log, SQLITE_NOMEM);
    else if (log->status == SQLITE_OK)
        check(log,
              sqlite3_prepare_v2(log->base, sql.bytes, -1, &log->insert, NULL));
    text_clear(&sql);
}

static void bind_double(struct log *log, int column, double value)
{
    check(log, sqlite3_bind_double(log->insert, column, value));
}

/* Bind the next of `values`, of kind `letter`. */
static void put_value(struct log *log, char letter, int column, va_list *values)
{
    uint32_t number;
    sim_ms time;

    switch (letter) {
    case 'i':
    case 'n':
        number = va_arg(*values, uint32_t);
        bind_int(log, column, (sqlite3_int64)number + (letter == 'n'),
                 number != NONE);
        break;
    case 't':
        bind_time(log, column, va_arg(*values, sim_ms));
        break;
    case 'm':
        time = va_arg(*values, sim_ms);
        bind_int(log, column, time, time != SIM_NEVER);
        break;
    case 's':
        bind_text(log, column, va_arg(*values, const char *));
        break;
    default:
        bind_double(log, column, va_arg(*values, double));
        break;
    }
}

void log_put(struct log *log, ...)
{
    va_list values;
    int column = 1;

    if (log->status != SQLITE_OK)
        return;
    va_start(values, log);
    for (const char *p = log->columns; *p; p++) {
        put_value(log, *p, column, &values);
        column += *p == 't' ? 2 : 1;
    }
    va_end(values);
    check(log, sqlite3_step(log->insert));
    check(log, sqlite3_reset(log->insert));
}

/* ---- names ---- */

const char *log_level(const struct log *log, uint32_t level)
{
    return level == NONE ? NULL : log->scenario->level[level].name;
}

const char *log_state(const struct log *log, uint32_t state)
{
    return state == NONE ? NULL : log->scenario->state[state].name;
}

static const char *cause_name(uint32_t cause)
{
    static const char *const name[] = {
        [CAUSE_PLANNED] = "planned", [CAUSE_TIMED_OUT] = "timed out",
        [CAUSE_EFFECT] = "effect",   [CAUSE_CRISIS] = "crisis",
        [CAUSE_GAVE_UP] = "gave up", [CAUSE_BEFORE] = "before",
    };

    return cause < CAUSES ? name[cause] : NULL;
}

const char *log_step(const struct log *log, uint32_t step, char out[NAME_SIZE])
{
    if (step == NONE)
        return NULL;
    slice_value_name(log->scenario, SLICE_STEP, step, out, NAME_SIZE);
    return out;
}

/* ---- the scenario ---- */

static void put_number(struct log *log, const char *key, uint32_t value)
{
    char text[16];

    snprintf(text, sizeof text, "%u", value);
    log_put(log, key, text);
}

static void write_meta(struct log *log, const struct log_source *source)
{
    const struct scenario *s = log->scenario;
    char digest[DIGEST_LENGTH + 1];

    digest_scenario(s, digest);
    log_table(log, "meta", "ss");
    log_put(
        log, "about",
        s->present_count > 0
            ? "One simulated run of a model, from today's caseload on. What "
              "happens in it is chance, no forecast for anyone."
            : "One simulated run of a model. Nobody in it is real.");
    log_put(log, "handrail", HANDRAIL_VERSION);
    log_put(log, "title", s->title ? s->title : "");
    log_put(log, "file", s->file ? s->file : "");
    log_put(log, "sha256", digest);
    put_number(log, "seed", source->seed);
    put_number(log, "replication", source->replication);
}

static void write_calendar(struct log *log)
{
    const struct scenario *s = log->scenario;
    sim_ms from = s->calendar.warm_up, until = from + s->calendar.run_for;
    sim_ms end = scenario_end(s);
    char start[TIME_SIZE], date[11];
    char week[NAME_SIZE], weekday[NAME_SIZE], type[NAME_SIZE];

    civil_time(s, 0, start);
    log_table(log, "period", "sttt");
    log_put(log, start, from, until, end);
    log_table(log, "weeks", "smm");
    for (uint32_t w = 0; w < slice_values(s, SLICE_WEEK); w++) {
        sim_ms begins = from + w * SIM_WEEK;
        slice_value_name(s, SLICE_WEEK, w, week, sizeof week);
        log_put(log, week, begins,
                begins + SIM_WEEK < until ? begins + SIM_WEEK : until);
    }
    log_table(log, "days", "issss");
    for (int32_t d = 0; d * SIM_DAY < end; d++) {
        sim_ms midnight = d * SIM_DAY;
        bool measured = midnight + SIM_DAY > from && midnight < until;
        sim_date_format(s->calendar.start + d, date);
        slice_value_name(s, SLICE_ENTERED_ON,
                         (uint32_t)sim_civil_weekday(&s->civil, d), weekday,
                         sizeof weekday);
        slice_value_name(s, SLICE_DAY, sim_civil_type(&s->civil, d), type,
                         sizeof type);
        if (measured)
            slice_value_name(
                s, SLICE_WEEK,
                midnight < from ? 0 : (uint32_t)((midnight - from) / SIM_WEEK),
                week, sizeof week);
        log_put(log, (uint32_t)d, date, weekday, type, measured ? week : NULL);
    }
}

static void write_levels(struct log *log)
{
    const struct scenario *s = log->scenario;

    log_table(log, "levels", "sdiisim");
    for (uint32_t i = 0; i < s->level_count; i++) {
        const struct level *level = &s->level[i];
        const struct plan *plan =
            level->plan == NONE ? NULL : &s->plan[level->plan];
        log_put(log, level->name, (double)level->rank, level->places,
                (uint32_t)level->observed, plan ? plan->name : NULL,
                plan ? (uint32_t)plan->days : NONE,
                level->first_contact_within > 0 ? level->first_contact_within
                                                : SIM_NEVER);
    }
}

/* Kinds and roles, and who of the roles is the first choice of a kind. */
static void write_kinds(struct log *log)
{
    const struct scenario *s = log->scenario;

    log_table(log, "kinds", "si");
    for (uint32_t i = 0; i < s->kind_count; i++)
        log_put(log, s->kind[i].name, (uint32_t)s->kind[i].without_person);
    log_table(log, "roles", "sid");
    for (uint32_t i = 0; i < s->role_count; i++) {
        const struct role *role = &s->role[i];
        /* Not a number is empty: on-call staff are people of other posts. */
        log_put(log, role->name, (uint32_t)role->on_call,
                role->on_call ? NAN
                              : role->hours_per_week * (1 - role->headroom));
    }
    log_table(log, "needs", "ssi");
    for (uint32_t i = 0; i < s->kind_count; i++)
        for (uint32_t n = 0; n < s->kind[i].staffing[0].need_count; n++) {
            const struct sim_need *need = &s->kind[i].staffing[0].need[n];
            log_put(log, s->kind[i].name,
                    s->role[__builtin_ctzll(need->roles)].name, need->count);
        }
    log_table(log, "bins", "id");
    for (uint32_t i = 0; i < SIM_BINS; i++)
        log_put(log, i, sim_bin_value(i));
}

/* ---- people ---- */

static void write_people(struct log *log)
{
    const struct history *h = log->history;

    log_table(log, "people", "nssittsi");
    for (uint32_t i = 0; i < h->people_count; i++) {
        const struct history_person *p = &h->people[i];
        bool gone = p->left != SIM_NEVER;
        log_put(log, i, log->scenario->cohort[p->cohort].name,
                log_state(log, p->state), (uint32_t)p->had_plan, p->referred,
                p->left, gone ? cause_name(p->left_cause) : NULL,
                gone ? p->left_seq : NONE);
    }
}

static void write_stays(struct log *log)
{
    const struct history *h = log->history;
    char weekday[NAME_SIZE];

    log_table(log, "stays", "nnstssitsisiit");
    for (uint32_t i = 0; i < h->stays_count; i++) {
        const struct history_stay *stay = &h->stays[i];
        bool over = stay->left != SIM_NEVER;
        /* A move at 00:00 counts as the evening before. */
        slice_value_name(
            log->scenario, SLICE_ENTERED_ON,
            (uint32_t)sim_civil_weekday(&log->scenario->civil,
                                        sim_day_of(stay->entered - 1)),
            weekday, sizeof weekday);
        log_put(log, i, stay->person, log_level(log, stay->level),
                stay->entered, weekday, cause_name(stay->cause),
                stay->entered_seq, stay->left,
                over ? cause_name(stay->left_cause) : NULL,
                over ? stay->left_seq : NONE, log_level(log, stay->to),
                stay->intended, (uint32_t)stay->handover, stay->owned);
    }
}

static void write_waits(struct log *log)
{
    const struct history *h = log->history;

    log_table(log, "waits", "nnsstti");
    for (uint32_t i = 0; i < h->waits_count; i++) {
        const struct history_wait *wait = &h->waits[i];
        log_put(log, wait->person, wait->stay, log_level(log, wait->level),
                cause_name(wait->cause), wait->since, wait->until,
                (uint32_t)wait->granted);
    }
    log_table(log, "asks", "nstt");
    for (uint32_t i = 0; i < h->asks_count; i++) {
        const struct history_ask *ask = &h->asks[i];
        log_put(log, ask->person, log_level(log, ask->level), ask->asked,
                ask->until);
    }
    log_table(log, "moves", "nnssti");
    for (uint32_t i = 0; i < h->moves_count; i++) {
        const struct history_move *move = &h->moves[i];
        log_put(log, move->person, move->stay, log_level(log, move->to),
                cause_name(move->cause), move->time, move->seq);
    }
}

static const char *place_event(uint32_t type)
{
    switch (type) {
    case JOURNEY_GAVE_UP:
        return "gave up";
    case JOURNEY_DIVERTED:
        return "diverted";
    case JOURNEY_SWAP:
        return "swap";
    default:
        return NULL;
    }
}

static void write_held(struct log *log)
{
    const struct history *h = log->history;
    char cause[NAME_SIZE];

    log_table(log, "place_events", "nsst");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (place_event(e->type))
            log_put(log, e->person, log_level(log, e->value),
                    place_event(e->type), e->time);
    }
    log_table(log, "held", "nnstt");
    for (uint32_t i = 0; i < h->helds_count; i++) {
        const struct history_held *held = &h->helds[i];
        slice_value_name(log->scenario, SLICE_CAUSE, held->cause, cause,
                         sizeof cause);
        log_put(log, held->person, held->stay, cause, held->since, held->until);
    }
}

/* ---- the file ---- */

/* Run statements that are part of the program. */
static void run_script(struct log *log, const char *const *line)
{
    struct text sql = {0};

    for (; *line; line++)
        text_add(&sql, *line);
    if (text_status(&sql) != SIM_OK)
        check(log, SQLITE_NOMEM);
    else if (log->status == SQLITE_OK)
        check(log, sqlite3_exec(log->base, sql.bytes, NULL, NULL, NULL));
    text_clear(&sql);
}

static void run_sql(struct log *log, const char *sql)
{
    if (log->status == SQLITE_OK)
        check(log, sqlite3_exec(log->base, sql, NULL, NULL, NULL));
}

/* Parents before children, so that every reference can be looked up. The file
 * is new and nobody else sees it: it needs no journal. */
static void write_all(struct log *log, const struct log_source *source)
{
    run_sql(log, "PRAGMA journal_mode = OFF; PRAGMA foreign_keys = ON; BEGIN");
    run_script(log, script_schema);
    write_meta(log, source);
    write_calendar(log);
    write_levels(log);
    write_kinds(log);
    write_people(log);
    write_stays(log);
    write_waits(log);
    write_held(log);
    log_write_events(log);
    log_write_course(log);
    log_write_concerns(log);
    log_write_responses(log);
    log_write_contacts(log);
    log_write_staff(log);
    finish_table(log);
    run_script(log, script_measures);
    run_sql(log, "COMMIT");
}

int log_write(const struct log_source *source, const char *path, char *trouble,
              size_t size)
{
    struct log log = {.history = source->history,
                      .scenario = source->history->scenario};
    int status;

    check(&log,
          sqlite3_open_v2(path, &log.base,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL));
    write_all(&log, source);
    finish_table(&log);
    snprintf(trouble, size, "%s",
             log.status == SQLITE_OK || !log.base ? sqlite3_errstr(log.status)
                                                  : sqlite3_errmsg(log.base));
    status = sqlite3_close(log.base);
    if (log.status == SQLITE_OK)
        log.status = status;
    if (log.status == SQLITE_OK)
        return SIM_OK;
    return log.status == SQLITE_NOMEM ? SIM_ERR_NO_MEMORY : SIM_ERR_IO;
}
