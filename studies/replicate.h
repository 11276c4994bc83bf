#ifndef STUDIES_REPLICATE_H
#define STUDIES_REPLICATE_H
/*
 * Replicate: a fixed number of independent replications of one scenario. Keeps
 * the records, because spreads and intervals are taken over them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "studies/study.h"

struct replicate {
    const struct layout *layout;
    uint32_t asked;  /* replications asked for */
    uint32_t handed; /* jobs handed out */
    uint32_t count;  /* records accepted: the complete prefix 0 .. count - 1 */
    double *record;  /* [count][layout->length], owned */
    uint32_t room;   /* records allocated */
};

/* Begin with no records. Release with replicate_clear. */
void replicate_init(struct replicate *replicate, const struct layout *layout,
                    uint32_t replications);
void replicate_clear(struct replicate *replicate);

/* The study as an executor sees it; valid while `replicate` is. */
struct study replicate_study(struct replicate *replicate);
#endif
