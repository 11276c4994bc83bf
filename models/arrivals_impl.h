#ifndef MODELS_ARRIVALS_IMPL_H
#define MODELS_ARRIVALS_IMPL_H
/*
 * How people come into a world: by referral, or by being there at its start.
 * Private to models/; included by world_impl.h.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/chance.h"
#include "sim/error.h"

struct world;
struct person;

struct cohort_now {
    uint32_t number; /* of the next referral */
    sim_ms next;
    double open_rate;       /* a day that is open throughout; never changes */
    sim_ms gap[SIM_BLOCKS]; /* open time before this referral and the next ones,
                               drawn together: that of n at n % SIM_BLOCKS */
    /* With dates from a file: [dated_count], in order of time. */
    struct dated_now *dated;
};
struct dated_now {
    sim_ms time;
    uint32_t number; /* of the row, in order of dates */
};

/* ---- referrals.c ---- */

/* Room for dates from files. SIM_OK or SIM_ERR_NO_MEMORY. */
int referrals_init(struct world *world) SIM_MUST_CHECK;
void referrals_begin(struct world *world);
/* Fill in a new person, referred now: the `number`-th of those whose chance is
 * named by `owner` (the cohort's tag; caseload.c has others). */
void person_refer(struct world *world, struct person *person, uint32_t cohort,
                  uint32_t owner, uint32_t number);
void referrals_due(struct world *world, uint32_t cohort);

/* From being referred to where the person is when that instant is over. */
void person_arrive(struct world *world, struct person *person);

/* ---- caseload.c: who is there when the run starts ---- */

/* Room for them, after all else. SIM_OK or SIM_ERR_NO_MEMORY. */
int caseload_init(struct world *world) SIM_MUST_CHECK;
void caseload_clear(struct world *world);
void caseload_begin(struct world *world);
#endif
