#ifndef PLOTS_EXPLAIN_IMPL_H
#define PLOTS_EXPLAIN_IMPL_H
/*
 * What the pages of `explain` share, private to plots/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/explain.h"

/* Why a contact was not delivered, in one word for the summary. */
enum why {
    WHY_LATE,         /* it fell due too late to get there */
    WHY_NOT_ROSTERED, /* no way to staff it had anyone rostered */
    WHY_TOO_FEW,      /* or fewer than it takes */
    WHY_ABSENT,       /* a rostered place that could do it was empty */
    WHY_BELOW,        /* a shift was below its minimum */
    WHY_SHORT,        /* it takes more at once than could have come */
    WHY_BUSY,         /* everyone who could do it was busy or on the way out */
    WHY_PERSON,       /* the person was in another contact */
    WHY_OTHER,        /* someone was free for a while: others went first */
    WHYS
};

/* "Simulated. ..." and which run it was. */
void explain_head(const struct explain *explain, struct text *out);

/* "Mon 2027-01-04", "18:05", and both. */
void explain_day(const struct history *h, int32_t day, struct text *out);
void explain_clock(sim_ms time, struct text *out);
void explain_moment(const struct history *h, sim_ms time, struct text *out);
/* "2.5 days", "3.2 h", "25 min". */
void explain_length(sim_ms length, struct text *out);

/* A name in a sentence, made harmless. */
void explain_name(const char *name, struct text *out);
/* "support worker (place 2 of weekday evening)". */
void explain_worker(const struct history *h, uint32_t worker, struct text *out);

/* Say of a contact that was not delivered who could have come and what each
 * did instead, each on a line that begins with `indent`; and why, in a word. */
enum why explain_why(const struct history *h, uint32_t contact,
                     const char *indent, struct text *out);
/* "everyone on duty was busy" */
const char *explain_why_text(enum why why);
#endif
