#ifndef STUDIES_LOAD_PLAN_IMPL_H
#define STUDIES_LOAD_PLAN_IMPL_H
/*
 * A plan as the load follows it: its days with their repeats in one row of
 * slots, and what a contact sees. Private to the load's own files.
 *
 * People in a slot are told apart by three things: whether the step's next
 * decision is already unmet (`repeat`), what is remembered of alerts, and their
 * state. Memory: 0 none of account; 1 to `ended_most` an alert that ended so
 * many midnights ago, less one; above that an alert in force.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/load_impl.h"

struct load_slot {
    uint32_t step;
    uint32_t repeat;  /* how often the step has been repeated */
    uint32_t next;    /* slot of the next day; NONE: a decision comes */
    bool waiting;     /* for a review: the decision comes on its days alone */
    double worsening; /* factor of contacts and of the last advance */
};

/* What one planned contact does, of one line of a step. */
struct load_line {
    uint32_t kind;
    bool with_person;
    sim_ms due;     /* time of day */
    sim_ms at;      /* time of day at which it is over */
    double attend;  /* factor of the person's attendance */
    double workers; /* on average, for one that is asked for */
    double *look;   /* [2][states][alerts + 2][alerts + 1] chance that the alert
                       noted is the last index, by the one noted before (0 none,
                       alerts + 1 not known); the first index 1: under an
                       incomplete handover */
    bool *same_day; /* [alert_count][7] a review can take place that day */
};

struct load_plan {
    const struct plan *plan;
    struct load_slot *slot;
    uint32_t slot_count;
    uint32_t *first;        /* [step_count][repeats_most + 1] slot */
    uint32_t repeats_most;  /* told apart; more go round in the last */
    bool waits;             /* decisions wait for a review */
    uint32_t lines;         /* most in a step */
    struct load_line *line; /* [step_count][lines] */
    uint8_t *due;           /* [slot_count][7][lines] contacts */
    double *done; /* [step_count][repeats_most + 1][states] chance that enough
                     contacts were done to advance */
    uint32_t alerts;
    uint32_t ended_most;
    uint32_t memories;
    bool *review_day;             /* [alerts][7] somebody can review */
    struct load_effects *effects; /* [alerts][states] of a review */
};

/* Whether the review that people wait for can be on a weekday. */
static inline bool load_reviewed(const struct load_plan *p,
                                 const struct load_slot *slot, int weekday)
{
    return slot->waiting && p->plan->review_days >> weekday & 1;
}

/* Memory after a night, and of an alert that ends today. */
static inline uint32_t load_aged(const struct load_plan *p, uint32_t memory)
{
    if (memory == 0 || memory > p->ended_most)
        return memory;
    return memory < p->ended_most ? memory + 1 : 0;
}

static inline uint32_t load_ended_today(const struct load_plan *p)
{
    return p->ended_most > 0 ? 1 : 0;
}

/* The chance of each alert (0: none) at a contact of `kind`, [alerts + 1]. */
int load_watch_first(const struct load_people *people, uint32_t kind,
                     uint32_t state, double notices, double *chance);

/* The same at a contact `gap` days after one that noted alert b, at [b][a];
 * rows whose alert cannot be are what the first would be. */
int load_watch_next(const struct load_people *people, uint32_t kind,
                    uint32_t state, double notices, double gap, double *chance);
#endif
