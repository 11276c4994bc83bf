/*
 * The event log as an SQLite database: a table is filled by one prepared
 * statement whose columns are told by a word of letters, one for each value:
 *   i a number, NONE empty        n a row, counted from 1, NONE empty
 *   t a moment: two columns, its civil time and its milliseconds, or empty
 *   m milliseconds alone          s a text, NULL empty
 *   d a number with a fraction
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
#include "plots/scripts.h"
#include "plots/text.h"
#include "plots/version.h"
#include "sim/tally.h"

#define TIME_SIZE 32
#define NAME_SIZE 512

struct log {
    sqlite3 *base;
    sqlite3_stmt *insert;
    const char *columns; /* of `insert` */
    const struct history *history;
    const struct scenario *scenario;
    int status; /* of SQLite: the first that is not SQLITE_OK */
};

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

/* Begin to fill `table` with rows of `columns`. */
static void begin_table(struct log *log, const char *table, const char *columns)
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

/* Add a row; its values as `columns` has them. */
static void put(struct log *log, ...)
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

static const char *level_name(const struct log *log, uint32_t level)
{
    return level == NONE ? NULL : log->scenario->level[level].name;
}

static const char *state_name(const struct log *log, uint32_t state)
{
    return state == NONE ? NULL : log->scenario->state[state].name;
}

static const char *cause_name(uint32_t cause)
{
    static const char *const name[CAUSES] = {"planned", "timed out", "effect",
                                             "crisis", "gave up"};

    return cause < CAUSES ? name[cause] : NULL;
}

/* "PLAN: STEP", as the slices have it, or NULL. */
static const char *step_name(const struct log *log, uint32_t step,
                             char out[NAME_SIZE])
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
    put(log, key, text);
}

static void write_meta(struct log *log, const struct log_source *source)
{
    const struct scenario *s = log->scenario;
    char digest[DIGEST_LENGTH + 1];

    digest_scenario(s, digest);
    begin_table(log, "meta", "ss");
    put(log, "about", "One simulated run of a model. Nobody in it is real.");
    put(log, "handrail", HANDRAIL_VERSION);
    put(log, "title", s->title ? s->title : "");
    put(log, "file", s->file ? s->file : "");
    put(log, "sha256", digest);
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
    begin_table(log, "period", "sttt");
    put(log, start, from, until, end);
    begin_table(log, "weeks", "smm");
    for (uint32_t w = 0; w < slice_values(s, SLICE_WEEK); w++) {
        sim_ms begins = from + w * SIM_WEEK;
        slice_value_name(s, SLICE_WEEK, w, week, sizeof week);
        put(log, week, begins,
            begins + SIM_WEEK < until ? begins + SIM_WEEK : until);
    }
    begin_table(log, "days", "issss");
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
        put(log, (uint32_t)d, date, weekday, type, measured ? week : NULL);
    }
}

static void write_levels(struct log *log)
{
    const struct scenario *s = log->scenario;

    begin_table(log, "levels", "sdiisim");
    for (uint32_t i = 0; i < s->level_count; i++) {
        const struct level *level = &s->level[i];
        const struct plan *plan =
            level->plan == NONE ? NULL : &s->plan[level->plan];
        put(log, level->name, (double)level->rank, level->places,
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

    begin_table(log, "kinds", "si");
    for (uint32_t i = 0; i < s->kind_count; i++)
        put(log, s->kind[i].name, (uint32_t)s->kind[i].without_person);
    begin_table(log, "roles", "sid");
    for (uint32_t i = 0; i < s->role_count; i++) {
        const struct role *role = &s->role[i];
        /* Not a number is empty: on-call staff are people of other posts. */
        put(log, role->name, (uint32_t)role->on_call,
            role->on_call ? NAN : role->hours_per_week * (1 - role->headroom));
    }
    begin_table(log, "needs", "ssi");
    for (uint32_t i = 0; i < s->kind_count; i++)
        for (uint32_t n = 0; n < s->kind[i].staffing[0].need_count; n++) {
            const struct sim_need *need = &s->kind[i].staffing[0].need[n];
            put(log, s->kind[i].name,
                s->role[__builtin_ctzll(need->roles)].name, need->count);
        }
    begin_table(log, "bins", "id");
    for (uint32_t i = 0; i < SIM_BINS; i++)
        put(log, i, sim_bin_value(i));
}

/* ---- people ---- */

static void write_people(struct log *log)
{
    const struct history *h = log->history;

    begin_table(log, "people", "nssttsi");
    for (uint32_t i = 0; i < h->people_count; i++) {
        const struct history_person *p = &h->people[i];
        bool gone = p->left != SIM_NEVER;
        put(log, i, log->scenario->cohort[p->cohort].name,
            state_name(log, p->state), p->referred, p->left,
            gone ? cause_name(p->left_cause) : NULL, gone ? p->left_seq : NONE);
    }
}

static void write_stays(struct log *log)
{
    const struct history *h = log->history;
    char weekday[NAME_SIZE];

    begin_table(log, "stays", "nnstssitsisiit");
    for (uint32_t i = 0; i < h->stays_count; i++) {
        const struct history_stay *stay = &h->stays[i];
        bool over = stay->left != SIM_NEVER;
        /* A move at 00:00 counts as the evening before. */
        slice_value_name(
            log->scenario, SLICE_ENTERED_ON,
            (uint32_t)sim_civil_weekday(&log->scenario->civil,
                                        sim_day_of(stay->entered - 1)),
            weekday, sizeof weekday);
        put(log, i, stay->person, level_name(log, stay->level), stay->entered,
            weekday, cause_name(stay->cause), stay->entered_seq, stay->left,
            over ? cause_name(stay->left_cause) : NULL,
            over ? stay->left_seq : NONE, level_name(log, stay->to),
            stay->intended, (uint32_t)stay->handover, stay->owned);
    }
}

static void write_waits(struct log *log)
{
    const struct history *h = log->history;

    begin_table(log, "waits", "nnsstti");
    for (uint32_t i = 0; i < h->waits_count; i++) {
        const struct history_wait *wait = &h->waits[i];
        put(log, wait->person, wait->stay, level_name(log, wait->level),
            cause_name(wait->cause), wait->since, wait->until,
            (uint32_t)wait->granted);
    }
    begin_table(log, "asks", "nstt");
    for (uint32_t i = 0; i < h->asks_count; i++) {
        const struct history_ask *ask = &h->asks[i];
        put(log, ask->person, level_name(log, ask->level), ask->asked,
            ask->until);
    }
    begin_table(log, "moves", "nnssti");
    for (uint32_t i = 0; i < h->moves_count; i++) {
        const struct history_move *move = &h->moves[i];
        put(log, move->person, move->stay, level_name(log, move->to),
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

    begin_table(log, "place_events", "nsst");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (place_event(e->type))
            put(log, e->person, level_name(log, e->value), place_event(e->type),
                e->time);
    }
    begin_table(log, "held", "nnstt");
    for (uint32_t i = 0; i < h->helds_count; i++) {
        const struct history_held *held = &h->helds[i];
        slice_value_name(log->scenario, SLICE_CAUSE, held->cause, cause,
                         sizeof cause);
        put(log, held->person, held->stay, cause, held->since, held->until);
    }
}

/* ---- condition, seeing, responses ---- */

static const char *plan_event(uint32_t type)
{
    switch (type) {
    case JOURNEY_ADVANCED:
        return "advanced";
    case JOURNEY_REPEATED:
        return "repeated";
    case JOURNEY_RESTARTED:
        return "restarted";
    case JOURNEY_STEPPED_BACK:
        return "stepped back";
    case JOURNEY_DISENGAGED:
        return "disengaged";
    case JOURNEY_ENGAGED:
        return "engaged";
    default:
        return NULL;
    }
}

static void write_events(struct log *log)
{
    const struct history *h = log->history;
    char name[NAME_SIZE];

    begin_table(log, "plan_events", "nnssti");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (plan_event(e->type))
            put(log, e->person, e->stay, plan_event(e->type),
                step_name(log, e->value, name), e->time, e->seq);
    }
    begin_table(log, "crises", "nnssti");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (e->type == JOURNEY_CRISIS)
            put(log, e->person, e->stay, state_name(log, e->value),
                e->outcome == NONE ? NULL : log->scenario->outcome[e->outcome],
                e->time, e->seq);
    }
    begin_table(log, "outcomes", "nnsti");
    for (uint32_t i = 0; i < h->events_count; i++) {
        const struct history_event *e = &h->events[i];
        if (e->type == JOURNEY_RECORDED)
            put(log, e->person, e->stay, log->scenario->outcome[e->value],
                e->time, e->seq);
    }
}

/* Whether a state is beyond the first of the person's condition. */
static bool is_unwell(const struct log *log, const struct history_state *state)
{
    const struct scenario *s = log->scenario;
    uint32_t cohort = log->history->people[state->person].cohort;
    uint32_t condition = s->cohort[cohort].condition;

    return condition != NONE &&
           s->condition[condition].state[0] != state->state;
}

static void write_course(struct log *log)
{
    const struct history *h = log->history;

    begin_table(log, "states", "nsitt");
    for (uint32_t i = 0; i < h->states_count; i++) {
        const struct history_state *state = &h->states[i];
        put(log, state->person, state_name(log, state->state),
            (uint32_t)is_unwell(log, state), state->from, state->until);
    }
    begin_table(log, "episodes", "nnttt");
    for (uint32_t i = 0; i < h->episodes_count; i++) {
        const struct history_episode *e = &h->episodes[i];
        put(log, e->person, e->stay, e->from, e->seen, e->until);
    }
    begin_table(log, "alerts", "nnsiistti");
    for (uint32_t i = 0; i < h->alerts_count; i++) {
        const struct history_alert *alert = &h->alerts[i];
        put(log, alert->person, alert->stay,
            log->scenario->alert[alert->alert].name, (uint32_t)!alert->silent,
            (uint32_t)alert->early, state_name(log, alert->state), alert->from,
            alert->until, (uint32_t)alert->closed);
    }
}

static void write_responses(struct log *log)
{
    const struct history *h = log->history;
    const struct scenario *s = log->scenario;

    begin_table(log, "responses", "nnnstt");
    for (uint32_t i = 0; i < h->responses_count; i++) {
        const struct history_response *list = &h->responses[i];
        put(log, i, list->person, list->stay, s->response[list->response].name,
            list->from, list->until);
    }
    begin_table(log, "actions", "nnst");
    for (uint32_t i = 0; i < h->actions_count; i++) {
        const struct history_action *action = &h->actions[i];
        put(log, action->person, action->list,
            s->response[action->response].action[action->action].name,
            action->time);
    }
}

/* ---- contacts and staff ---- */

static const char *outcome_of(const struct log *log,
                              const struct history_contact *contact)
{
    static const char *const name[JOURNEY_ENDS] = {
        [JOURNEY_END_COMPLETED] = "completed",
        [JOURNEY_END_NOT_DELIVERED] = "not delivered",
        [JOURNEY_END_NOT_ATTENDED] = "not attended",
        [JOURNEY_END_DOWNGRADED] = "downgraded",
        [JOURNEY_END_CANCELLED] = "cancelled",
        [JOURNEY_END_OPEN] = "open",
        [JOURNEY_END_WITHDRAWN] = "withdrawn",
    };

    if (contact->end == JOURNEY_END_WITHDRAWN &&
        contact->due >= scenario_end(log->scenario))
        return "not due"; /* when the run ended */
    return name[contact->end];
}

static void write_contact(struct log *log, uint32_t i)
{
    const struct history_contact *c = &log->history->contacts[i];
    const struct scenario *s = log->scenario;
    const struct response *response =
        c->response == NONE ? NULL : &s->response[c->response];
    uint32_t flags = c->flags;
    char step[NAME_SIZE];

    put(log, i, c->person, c->stay, step_name(log, c->step, step),
        s->kind[c->kind].name, s->kind[c->planned_kind].name,
        (uint32_t)((flags & JOURNEY_FLAG_PLANNED) != 0),
        (uint32_t)((flags & JOURNEY_FLAG_WITH_PERSON) != 0),
        (uint32_t)((flags & JOURNEY_FLAG_HANDOVER) != 0),
        response ? response->name : NULL,
        response ? response->action[c->action].name : NULL, c->due, c->until,
        c->deadline, (uint32_t)((flags & JOURNEY_FLAG_BREACHED) != 0),
        c->started, c->met, c->ended, c->over, outcome_of(log, c),
        (uint32_t)c->unwell, (uint32_t)c->effect,
        (uint32_t)((flags & JOURNEY_FLAG_DOWNGRADED) != 0),
        (uint32_t)((flags & JOURNEY_FLAG_PAIR) != 0),
        (uint32_t)((flags & JOURNEY_FLAG_REVIEW) != 0), c->length);
}

static void write_contacts(struct log *log)
{
    const struct history *h = log->history;

    begin_table(log, "contacts", "nnnsssiiisstttittttsiiiiim");
    for (uint32_t i = 0; i < h->contacts_count; i++)
        if (h->contacts[i].known)
            write_contact(log, i);
    begin_table(log, "signs_noted", "nst");
    for (uint32_t i = 0; i < h->signs_count; i++)
        put(log, h->signs[i].contact,
            log->scenario->sign[h->signs[i].sign].name, h->signs[i].time);
}

static void write_staff(struct log *log)
{
    static const char *const status[] = {"present", "bank", "absent"};
    const struct history *h = log->history;
    const struct scenario *s = log->scenario;

    begin_table(log, "workers", "nssnsitt");
    for (uint32_t i = 0; i < h->workers_count; i++) {
        const struct history_worker *worker = &h->workers[i];
        put(log, i, s->shift[worker->shift].name, s->role[worker->role].name,
            worker->place, status[worker->status], (uint32_t)worker->stays_in,
            worker->start, worker->end);
    }
    begin_table(log, "staff_time", "nnntt");
    for (uint32_t i = 0; i < h->busies_count; i++) {
        const struct history_busy *busy = &h->busies[i];
        if (busy->contact != NONE)
            put(log, busy->worker, busy->contact, busy->position, busy->from,
                busy->until);
    }
    begin_table(log, "team_time", "nstmtt");
    for (uint32_t i = 0; i < h->teams_count; i++) {
        const struct history_team *team = &h->teams[i];
        put(log, team->worker, s->team_time[team->team].name, team->due,
            team->length, team->from, team->until);
    }
    begin_table(log, "costs", "sdt");
    for (uint32_t i = 0; i < h->costs_count; i++)
        put(log, s->role[h->costs[i].role].name, h->costs[i].amount,
            h->costs[i].time);
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
    write_events(log);
    write_course(log);
    write_responses(log);
    write_contacts(log);
    write_staff(log);
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
