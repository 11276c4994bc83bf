#ifndef STUDIES_LOAD_TAPER_IMPL_H
#define STUDIES_LOAD_TAPER_IMPL_H
/*
 * A visit of a level with a plan, half way through: who is in which slot today
 * and tomorrow. Private to load_taper.c and load_midnight.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/load_plan_impl.h"

struct taper {
    struct load_walk walk;
    const struct load_plan *plan;
    double *now, *next;     /* [slot_count][2][memories][states] */
    bool *is_now, *is_next; /* [slot_count] has anybody */
    size_t rows;            /* 2 x memories */
    size_t block;           /* doubles of a slot */
    double *there;          /* [states] with a contact in the slot today */
    double *moved;          /* [rows][states] while rows change places */
    double blurred;         /* share under an incomplete handover today */
    double part;            /* of the day that passes after the entry */
    bool looked;            /* today's contacts are over */
    sim_ms until;           /* time of day of the last contacts */
    double *raised;         /* [alerts] at one contact */
};

static inline double *row_of(const struct taper *t, double *block, bool repeat,
                             uint32_t memory)
{
    size_t row = (size_t)(repeat ? t->plan->memories : 0) + memory;

    return &block[row * t->walk.people->states];
}

static inline double *next_slot(struct taper *t, uint32_t slot)
{
    t->is_next[slot] = true;
    return &t->next[slot * t->block];
}

/* The slot of the first day of a step. */
static inline uint32_t first_of(const struct load_plan *p, uint32_t step)
{
    return p->first[(size_t)step * (p->repeats_most + 1)];
}

/* The review that people in a slot wait for today: what it asks of staff, and
 * what is done of who misses it. */
void load_pass_plan_review(struct taper *t, const double *block);

/* The night after a day in slot `number`: on to the next day of the step, or
 * the decision that comes at its end. */
void load_pass_midnight(struct taper *t, uint32_t number, const double *block);
#endif
