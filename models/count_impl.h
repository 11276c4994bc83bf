#ifndef MODELS_COUNT_IMPL_H
#define MODELS_COUNT_IMPL_H
/*
 * Counting: from what happens in a world to the blocks of a record.
 *
 * Contacts are by far the most frequent, so what they say is added to a few
 * joint cells (whose and where; day; hour of the week; since the move) and
 * summed into the record's marginal blocks once, at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

struct tallies;

int count_init(struct world *world) SIM_MUST_CHECK;
void count_clear(struct world *world);
/* Forget everything: a new replication writes to `record`. */
void count_reset(struct world *world, double *record);
/* Sum the joint cells into the record. */
void count_finish(struct world *world);

/* ---- contacts ---- */

/* Where a contact of `person` due at `when` is counted: sets the task's
 * `cell`, `entry` and `counted`. */
void count_place(const struct world *world, const struct person *person,
                 struct task *task);
/* What became of a contact; the sum of the first six over all contacts is
 * COUNT_DUE, but for those still open when the run ends. */
enum contact_end {
    CONTACT_COMPLETED,
    CONTACT_NOT_DELIVERED,
    CONTACT_NOT_ATTENDED,
    CONTACT_DOWNGRADED,
    CONTACT_CANCELLED,
    CONTACT_OPEN
};
/* Count a contact whose end is known. `unwell`: beyond the first state when it
 * was missed. Contacts that had not fallen due do not count. */
void count_contact(struct world *world, const struct task *task,
                   enum contact_end end, bool unwell);

/* ---- other counts ---- */

/* Add `amount` of a counter to its total and to its cuts by what is known of
 * `person` at `when`: level, cohort, step, day, week, weekday of entry, days
 * since the move. Does nothing where `when` is not measured. */
void count_person(struct world *world, const struct person *person,
                  enum counter counter, sim_ms when, double amount);
/* The same without a person: the total, and one cut. */
void count_cut(struct world *world, enum counter counter, enum slice slice,
               uint32_t value, double amount);
void count_total(struct world *world, enum counter counter, double amount);
/* One cut without the total, beside count_person. */
void count_slice(struct world *world, enum counter counter, enum slice slice,
                 uint32_t value, double amount);
/* An episode was seen `after` it began, where it began. */
void count_seen(struct world *world, const struct person *person, sim_ms after);
/* By level, cohort and weekday of an entry. */
void count_entry(struct world *world, enum counter counter, uint32_t level,
                 uint32_t cohort, uint32_t weekday, double amount);
/* Hours of [from, until) in the measured period: to the total, the level and
 * the cohort (NONE: not). */
void count_span(struct world *world, enum counter counter, uint32_t level,
                uint32_t cohort, sim_ms from, sim_ms until);
/* Into bins: row `row` (0 where there is one row). */
void count_bin(struct world *world, enum counter counter, uint32_t row,
               double value, double weight);
/* A level's number of people changes by `change` (0: only up to now). */
void count_occupancy(struct world *world, uint32_t level, int change);

/* ---- staff ---- */

/* Staff hours of `workers` from `from` to `until`, by role, hour and week. */
void count_hours(struct world *world, enum counter counter, uint32_t role,
                 sim_ms from, sim_ms until, double workers);
void count_cost(struct world *world, uint32_t role, double amount);
/* The part of [from, until) that is measured, in ms. */
sim_ms count_measured(const struct world *world, sim_ms from, sim_ms until);

/* ---- followed people ---- */

/* First entry to a plan; a crisis or re-escalation of someone followed; where
 * they are from now on; the end of the run or their leaving. */
void count_follow(struct world *world, struct person *person);
void count_crisis(struct world *world, struct person *person);
void count_reescalation(struct world *world, struct person *person);
void count_place_now(struct world *world, struct person *person);
void count_left(struct world *world, struct person *person, bool by_crisis);
void count_stop_following(struct world *world, struct person *person);
/* A planned exit, and a return after it. */
void count_exit(struct world *world, struct person *person);
void count_recontact(struct world *world, struct person *person);
#endif
