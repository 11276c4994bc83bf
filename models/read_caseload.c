/*
 * Today's caseload: one row for each person who is there when the run starts.
 * The file may hold nothing but what the model needs; nothing in it names
 * anyone (models/csv.h refuses other columns).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "models/caseload.h"
#include "models/csv.h"
#include "models/reader_impl.h"

enum { COHORT, LEVEL, ENTERED, STEP, STATE, COLUMNS };
static const struct csv_column columns[COLUMNS] = {
    {"cohort", NULL, true},     {"level", NULL, true},
    {"entered_on", NULL, true}, {"step", "plan_step", false},
    {"state", NULL, false},
};

/* The fields of one row, for its readers. */
struct row {
    struct reading *reading;
    const struct csv *csv;
    const struct csv_row *row;
    const uint32_t *at;
};

static const char *text_of(const struct row *row, int column)
{
    return csv_text(row->row, row->at[column]);
}

/* Report that `column` names nothing, with what it may have meant. */
static void report_name(const struct row *row, int column, const char *what,
                        const char *const *names, size_t count)
{
    struct faults *faults = row->reading->tree.faults;
    const char *text = text_of(row, column);

    csv_fault(row->reading, row->csv, row->row, row->at[column],
              text[0] == '\0' ? NULL : faults_hint(faults, text, names, count),
              text[0] == '\0' ? "the %s is missing%.0s"
                              : "no %s is called '%.60s'",
              what, text);
}

static uint32_t find_name(const struct row *row, int column, enum names names)
{
    const struct entries *entries = &row->reading->names[names];
    uint32_t found = reading_find(row->reading, names, text_of(row, column));

    if (found == NONE)
        report_name(row, column, names_one(names), entries->name,
                    entries->count);
    return found;
}

/* The step of the level's plan that is named, NONE where none is. */
static uint32_t find_step(const struct row *row, uint32_t level)
{
    const struct scenario *scenario = row->reading->scenario;
    const char *text = text_of(row, STEP), **names;
    const struct plan *plan;

    if (text[0] == '\0' || level == NONE)
        return NONE;
    if (scenario->level[level].plan == NONE) {
        csv_fault(row->reading, row->csv, row->row, row->at[STEP], NULL,
                  "the level '%s' has no plan, so no step",
                  scenario->level[level].name);
        return NONE;
    }
    plan = &scenario->plan[scenario->level[level].plan];
    for (uint32_t i = 0; i < plan->step_count; i++)
        if (strcmp(plan->step[i].name, text) == 0)
            return i;
    names =
        arena_array(row->reading->tree.arena, plan->step_count, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < plan->step_count; i++)
        names[i] = plan->step[i].name;
    if (names != NULL)
        report_name(row, STEP, "step of the level's plan", names,
                    plan->step_count);
    return NONE;
}

/* The state of the cohort's condition that is named, NONE where none is. */
static uint32_t find_state(const struct row *row, uint32_t cohort)
{
    const struct scenario *scenario = row->reading->scenario;
    const char *text = text_of(row, STATE), **names;
    const struct condition *condition;
    uint32_t index, count;

    if (text[0] == '\0' || cohort == NONE)
        return NONE;
    index = scenario->cohort[cohort].condition;
    if (index == NONE) {
        csv_fault(row->reading, row->csv, row->row, row->at[STATE], NULL,
                  "the cohort '%s' has no condition, so no state",
                  scenario->cohort[cohort].name);
        return NONE;
    }
    condition = &scenario->condition[index];
    count = condition->state_count - 1; /* nobody stays in the crisis */
    names = arena_array(row->reading->tree.arena, count, sizeof *names);
    for (uint32_t i = 0; names != NULL && i < count; i++) {
        names[i] = scenario->state[condition->state[i]].name;
        if (strcmp(names[i], text) == 0)
            return i;
    }
    if (names != NULL)
        report_name(row, STATE, "state to be in", names, count);
    return NONE;
}

static void read_entered(const struct row *row, struct present *present)
{
    const struct run_calendar *calendar = &row->reading->scenario->calendar;
    const char *text = text_of(row, ENTERED);
    char start[11];
    sim_date date;

    if (!sim_date_parse(text, &date)) {
        csv_fault(row->reading, row->csv, row->row, row->at[ENTERED], NULL,
                  "must be a date such as 2026-11-23, found '%.40s'", text);
        return;
    }
    sim_date_format(calendar->start, start);
    present->entered = (int32_t)(date - calendar->start);
    if (present->entered >= 0)
        csv_fault(row->reading, row->csv, row->row, row->at[ENTERED], NULL,
                  "must lie before the run starts, on %s", start);
    else if (!caseload_can_begin(row->reading->scenario, present->entered))
        csv_fault(row->reading, row->csv, row->row, row->at[ENTERED], NULL,
                  "lies too long ago for a run of this length");
}

static void read_row(const struct row *row, struct present *present)
{
    present->line = row->row->line;
    present->cohort = find_name(row, COHORT, NAMES_COHORT);
    present->level = find_name(row, LEVEL, NAMES_LEVEL);
    present->step = find_step(row, present->level);
    present->state = find_state(row, present->cohort);
    read_entered(row, present);
}

/* More people than places: nobody else comes until that many have left. */
static void warn_full(struct reading *reading, const struct node *node)
{
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        if (level->places != NONE && level->present > level->places)
            reading_warn(reading, node, NULL,
                         "more people are in '%s' than it has places (%u): "
                         "nobody enters until enough have left",
                         level->name, (unsigned)level->places);
    }
}

/* Rows that nobody simulated can match, as far as that shows beforehand. */
static void warn_overdue(struct reading *reading, const struct csv *csv,
                         const struct csv_row *row,
                         const struct present *present)
{
    const struct level *level = &reading->scenario->level[present->level];
    sim_ms age = -(sim_ms)present->entered * SIM_DAY;

    if (age - SIM_DAY <= caseload_longest(level))
        return;
    csv_warn(reading, csv, row, CSV_ABSENT, NULL,
             "nobody stays in '%s' for so long: this person moves on when the "
             "run starts",
             level->name);
}

void caseload_read(struct reading *reading, struct node *root)
{
    struct scenario *scenario = reading->scenario;
    struct node *node = node_child(node_child(root, "calendar"), "caseload");
    size_t errors = reading->tree.faults->errors;
    uint32_t at[COLUMNS];
    struct csv csv;

    /* What it refers to has to be understood first. */
    if (scenario->calendar.caseload == NULL || errors > 0 ||
        !csv_open(reading, node, scenario->calendar.caseload, &csv) ||
        !csv_header(reading, &csv, columns, COLUMNS, at))
        return;
    scenario->present =
        arena_array(reading->arena, csv.row_count, sizeof *scenario->present);
    if (scenario->present == NULL)
        return;
    if (csv.row_count - 1 > CASELOAD_MOST) {
        reading_fault(reading, node, NULL, "holds %u people, at most %u fit",
                      (unsigned)csv.row_count - 1, CASELOAD_MOST);
        return;
    }
    for (uint32_t i = 1; i < csv.row_count; i++) {
        struct row row = {reading, &csv, &csv.row[i], at};

        read_row(&row, &scenario->present[i - 1]);
    }
    if (reading->tree.faults->errors > errors) {
        scenario->present_count = 0;
        return;
    }
    scenario->present_count = csv.row_count - 1;
    for (uint32_t i = 1; i < csv.row_count; i++) {
        scenario->level[scenario->present[i - 1].level].present++;
        warn_overdue(reading, &csv, &csv.row[i], &scenario->present[i - 1]);
    }
    warn_full(reading, node);
}
