#ifndef PLOTS_EXPLAIN_H
#define PLOTS_EXPLAIN_H
/*
 * Explain: what happened in one simulated run, in plain language, and why each
 * missed contact was missed. Times are civil; every page says first that
 * nobody in it is real.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "models/history.h"
#include "plots/text.h"

/* Which run a history is of. */
struct explain {
    const struct history *history;
    uint32_t seed, replication;
};

/* The journey of one person, by number from 0, below people_count: one line
 * for each thing that happened. */
void explain_person(const struct explain *explain, uint32_t person,
                    struct text *out);

/* The measured week with the most planned contacts not delivered (of several,
 * the first), day by day, and what they have in common. */
void explain_worst_week(const struct explain *explain, struct text *out);
#endif
