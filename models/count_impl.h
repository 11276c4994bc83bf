#ifndef MODELS_COUNT_IMPL_H
#define MODELS_COUNT_IMPL_H
/*
 * Counting: from what happens in a world to the blocks of a record.
 *
 * Contacts are by far the most frequent, so what they say is added to a few
 * joint cells (whose and where; day; hour of the week; since the move) and
 * summed into the record's marginal blocks once, at the end. So is what happens
 * to people (where, whose, on which weekday they entered).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_staff_impl.h"
#include "models/world_impl.h"
#include "sim/tally.h"

/* What became of a contact; all but the last are ends. */
enum contact_end {
    CONTACT_COMPLETED,
    CONTACT_NOT_DELIVERED,
    CONTACT_NOT_ATTENDED,
    CONTACT_DOWNGRADED,
    CONTACT_CANCELLED,
    CONTACT_OPEN, /* when the run ended */
    CONTACT_ENDS
};
/* What is counted of them beside their ends. */
enum contact_count {
    CONTACT_UNWELL = CONTACT_ENDS, /* missed, beyond the first state */
    CONTACT_MET,                   /* or would have been */
    CONTACT_COUNTS
};

/* Contacts that fell due, in whole numbers: adding them is exact and fast. */
struct contact_tally {
    uint32_t count[CONTACT_COUNTS]; /* by enum contact_end, contact_count */
    sim_ms delay;                   /* due to met, their sum */
};

#define SINCE_MOVE_BINS 4
#define START_MINUTES 128
struct tallies {
    struct contact_tally *cell; /* [cohort][level][step, or none][kind] */
    size_t cell_count;
    struct contact_tally *kind; /* [kind] of all other contacts */
    size_t kind_count;
    struct contact_tally *day; /* [day of the measured period] */
    size_t day_count;
    int32_t first_day;
    uint32_t start[START_MINUTES]; /* contacts by minutes of delay, ... */
    uint32_t start_late[SIM_BINS]; /* ... and by bins those with more of it */
    struct contact_tally hour[168];
    /* By weekday of entry and days since: how they ended, and not when they
     * were met, which no measure is cut so for. */
    struct contact_tally entry[7 * SINCE_MOVE_BINS];
    int32_t first_weekday;       /* of day 0 of the run */
    sim_ms due;                  /* of the last contact counted, or -1 ... */
    struct contact_tally at_due; /* ... and those that fell due with it, not
                                    yet in their day and hour */
    struct staff_tally staff;
    struct people_tally *people; /* [level, or none][cohort][weekday] */
    size_t people_count;
    bool has_more[COUNTER_COUNT]; /* cuts of people that have no such cell */
    struct level_tally *level;    /* [level_count] */
    struct target_tally *target;  /* [target_count] that count for themselves */
    uint32_t target_count;
};

int count_init(struct world *world) SIM_MUST_CHECK;
void count_clear(struct world *world);
/* Forget everything: a new replication writes to `record`. */
void count_reset(struct world *world, double *record);
/* Sum the joint cells into the record. */
void count_finish(struct world *world);

/* ---- contacts ---- */

/* Days since the move, which is not later: 0-3, 4-7, 8-14, 15 and more. That a
 * time is not below an edge is added as a carry: so it is where they are times
 * without a sign, and not known when this is compiled. */
extern const uint64_t since_move_edge[SINCE_MOVE_BINS - 1]; /* count.c */
static inline uint32_t since_move_bin(sim_ms since)
{
    uint64_t passed = (uint64_t)since;
    uint32_t bin = 0;

    for (int i = 0; i < SINCE_MOVE_BINS - 1; i++)
        bin += passed >= since_move_edge[i];
    return bin;
}

/* The first cell of `person` in their step: its kinds follow each other. */
static inline uint32_t count_cells(const struct world *world,
                                   const struct person *person)
{
    const struct scenario *s = world->scenario;
    uint32_t step = person->plan == NONE
                        ? s->step_count
                        : s->plan[person->plan].first_step + person->step;

    return ((person->cohort * s->level_count + person->level) *
                (s->step_count + 1) +
            step) *
           s->kind_count;
}

/* The cell of their contacts of a kind; and that of `entry` for those due at
 * `due`. */
static inline uint32_t count_cell(const struct person *person, uint32_t kind)
{
    return person->cells + kind;
}
static inline uint32_t count_since(const struct person *person, sim_ms due)
{
    return person->entry_weekday * SINCE_MOVE_BINS +
           since_move_bin(due - person->entered_at);
}

/* Where a contact of `person` is counted: sets the task's `cell`, `entry` and
 * `counted`. */
static inline void count_place(const struct world *world,
                               const struct person *person, struct task *task)
{
    task->counted = world_measures(world, task->due);
    if (!task->counted || !task->planned || !task->with_person)
        return;
    task->cell = count_cell(person, task->planned_kind);
    task->entry = count_since(person, task->due);
}
/* Contacts fall due together: those that did go to their day and hour at once
 * when one comes that fell due at `due`. */
void count_due(struct tallies *tallies, sim_ms due);

static inline void count_end(struct contact_tally *to, enum contact_end end,
                             bool unwell)
{
    to->count[end]++;
    if (unwell)
        to->count[CONTACT_UNWELL]++;
}
static inline void count_met(struct contact_tally *to, sim_ms delay)
{
    to->count[CONTACT_MET]++;
    to->delay += delay;
}

/* The sum of a counter of contacts over a tally. */
double count_of_tally(const struct contact_tally *what, enum counter counter);

/* ---- targets that count for themselves: count_targets.c ---- */

int count_targets_init(struct world *world) SIM_MUST_CHECK;
void count_targets_clear(struct tallies *tallies);
void count_targets_reset(struct tallies *tallies);
void count_targets_finish(struct world *world);
/* A planned contact with the person has ended. */
void count_target(struct world *world, const struct task *task,
                  enum contact_end end, bool unwell);

/* Those that are counted next fell due at `due`. */
static inline void count_due_at(struct tallies *tallies, sim_ms due)
{
    if (due != tallies->due)
        count_due(tallies, due);
}

/* The end of one that did; and that the person was met so much later. */
static inline void count_end_at(struct tallies *t, uint32_t cell,
                                uint32_t entry, enum contact_end end,
                                bool unwell)
{
    count_end(&t->cell[cell], end, unwell);
    count_end(&t->entry[entry], end, unwell);
    count_end(&t->at_due, end, unwell);
}
static inline void count_met_at(struct tallies *t, uint32_t cell, sim_ms delay)
{
    if (delay < START_MINUTES * SIM_MINUTE)
        t->start[(uint32_t)delay / (uint32_t)SIM_MINUTE]++;
    else
        t->start_late[sim_bin_of((double)delay / (double)SIM_MINUTE)]++;
    count_met(&t->cell[cell], delay);
    count_met(&t->at_due, delay);
}

/* Count the end of a planned contact with the person that had fallen due in the
 * measured period. `unwell`: beyond the first state when it was missed. */
static inline void count_cells_end(struct world *world, const struct task *task,
                                   enum contact_end end, bool unwell)
{
    struct tallies *t = world->tallies;

    count_due_at(t, task->due);
    count_end_at(t, task->cell, task->entry, end, unwell);
    if (t->target_count)
        count_target(world, task, end, unwell);
}

/* And that the person was met then, or would have been. */
static inline void count_cells_met(struct world *world, const struct task *task)
{
    count_met_at(world->tallies, task->cell, task->met - task->due);
}

/* The same of any planned contact with the person. Contacts that had not fallen
 * due do not count. */
static inline void count_cells_contact(struct world *world,
                                       const struct task *task,
                                       enum contact_end end, bool unwell)
{
    if (!task->counted)
        return;
    count_cells_end(world, task, end, unwell);
    if (task->met != SIM_NEVER)
        count_cells_met(world, task);
}

/* The same for any contact: others are counted by their kind. */
static inline void count_contact(struct world *world, const struct task *task,
                                 enum contact_end end, bool unwell)
{
    if (task->planned && task->with_person)
        count_cells_contact(world, task, end, unwell);
    else if (task->counted)
        count_end(&world->tallies->kind[task->planned_kind], end, unwell);
}

/* ---- other counts ---- */

/* To one value of a block, if it is kept. */
static inline void add_kept(double *record, struct block block, uint32_t value,
                            double amount)
{
    if (block.length == 0)
        return;
    SIM_REQUIRE(value < block.length);
    record[block.offset + value] += amount;
}

/* Add to the total of a counter and to one cut. */
void count_cut(struct world *world, enum counter counter, enum slice slice,
               uint32_t value, double amount);
void count_total(struct world *world, enum counter counter, double amount);
/* One cut without the total, beside those of people. */
void count_slice(struct world *world, enum counter counter, enum slice slice,
                 uint32_t value, double amount);
/* Into bins: row `row` (0 where there is one row). */
void count_bin(struct world *world, enum counter counter, uint32_t row,
               double value, double weight);

/* ---- staff ---- */

/* Staff hours of `workers` from `from` to `until`, by role, hour and week; with
 * a number below 0 they were counted and are not to be. No branch depends on
 * how long it is or when: nobody could foretell it. */
static inline void count_hours(struct world *world, enum counter counter,
                               uint32_t role, sim_ms from, sim_ms until,
                               int32_t workers)
{
    struct staff_tally *t = &world->tallies->staff;
    uint64_t begin = (uint64_t)(from - t->week.from);
    uint64_t end = (uint64_t)(until - t->week.from);

    if (counter <= COUNT_ROSTERED && begin <= end && end <= t->week.length)
        count_in_week(t, counter, role, begin, end, workers);
    else
        count_hours_other(world, counter, role, from, until, workers);
}

#include "models/count_people_impl.h"
#endif
