#ifndef MODELS_READER_IMPL_H
#define MODELS_READER_IMPL_H
/*
 * What the files of the reader share: one table per part of a scenario.
 * Reading goes in two passes. names_collect allots every array and sorts its
 * names, so that the second, by the tables, can refer to anything. Checks
 * across parts come last.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/fields.h"

extern const struct field_table calendar_table;
extern const struct field_table cohort_table;
extern const struct field_table condition_table;
extern const struct field_table sign_table;
extern const struct field_table alert_table;
extern const struct field_table concern_table;
extern const struct field_table level_table;
extern const struct field_table plan_table;
extern const struct field_table kind_table;
extern const struct field_table response_table;
extern const struct field_table effects_table;
extern const struct field_table role_table;
extern const struct field_table shift_table;
extern const struct field_table team_time_table;
extern const struct field_table target_table;
extern const struct field_table opening_table;
extern const struct field_table choice_table;
extern const struct field_table route_table;
extern const struct field_table divert_table;
extern const struct field_table gives_up_table;
extern const struct field_table accepts_table;

/* A place in a struct, for rows and tables. */
#define PLACE(type, member) offsetof(struct type, member)
#define FIELDS(rows) .field = (rows), .count = sizeof(rows) / sizeof *(rows)

/* First pass: allot the arrays of named things, sort and tag their names. */
void names_collect(struct reading *reading, struct node *root);

/* Whether `name` may name something; else `*why` says what it must not do. */
bool name_is_fit(const char *name, const char **why);

/* Read effects, a mapping, a phrase or a list of both, into `effects`. */
void effects_read(struct reading *reading, struct node *node,
                  struct effects *effects);

/* Sort what `record:` said, and the outcomes of crises, into the scenario;
 * after all effects are read. */
void records_sort(struct reading *reading);

/* `by:` or `needs:` into staffing; used by contacts and handovers. */
void staffing_read_by(struct reading *reading, struct node *node,
                      struct staffing **staffing, uint32_t *count);
void staffing_read_needs(struct reading *reading, struct node *node,
                         struct staffing **staffing, uint32_t *count);

/* The rule of a plan, kept in struct plan; and what is wrong within it. */
extern const struct field_table advance_table, repeats_table, review_table,
    after_last_table;
field_reader decisions_read_after_last;
void decisions_check(struct reading *reading, const struct node *node,
                     const struct plan *plan);

/* One line of planned contacts, `KIND: SCHEDULE`; where a step has `days` (or
 * 0) the days the schedule names must lie in it. */
void planned_read(struct reading *reading, struct node *node,
                  struct planned *planned, int32_t days);
/* Where people go from a level, and who is let in (read_moves.c): readers of a
 * level's keys, and a check of its routes. */
field_reader level_read_then, level_read_when_full, level_read_accepts,
    level_read_on_entry;
void level_check_routes(struct reading *reading, const struct node *node,
                        struct level *level);

/* Chances that should add to 100%: reports at `node` where they do not. */
void check_sum(struct reading *reading, const struct node *node, double sum);

/* `referrals: {file: ...}`: the dates of a data file. */
void dates_read(struct reading *reading, struct node *node, void *owner);

/* `calendar: {caseload: ...}`: who is there at the start; after all else is
 * read. */
void caseload_read(struct reading *reading, struct node *root);

/* Find the values of the targets' slices; after records_sort. */
void targets_resolve(struct reading *reading);

/* What is wrong between the parts. */
void check_references(struct reading *reading, struct node *root);

/* What is legal but suspicious; after a reading without errors. */
void check_use(struct reading *reading, struct node *root);

/*
 * Read a scenario into `reading`, whose arenas and list of faults are made.
 * With SIM_OK `*out` owns the reading's arena. For scenario_load and for tests
 * that let an arena fail.
 */
int reading_load(struct reading *reading, const struct scenario_source *source,
                 struct scenario **out) SIM_MUST_CHECK;

/* Count the numbers of the tree and where they come from. */
void provenance_read(struct reading *reading, struct node *root);
#endif
