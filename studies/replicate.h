#ifndef STUDIES_REPLICATE_H
#define STUDIES_REPLICATE_H
/*
 * Replicate: independent replications of one scenario, a fixed number or until
 * a rule has seen enough. Keeps the records, because spreads and intervals are
 * taken over them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "studies/precision.h"
#include "studies/records.h"
#include "studies/study.h"

struct replicate {
    const struct layout *layout;
    struct precision *rule; /* ends it before `asked`; not owned, or NULL */
    uint32_t asked;         /* replications asked for, or at most */
    uint32_t handed;        /* jobs handed out */
    struct records records; /* accepted: replications 0 .. records.count - 1 */
};

/* Begin with no records and no rule; one may be set before the first job.
 * Release with replicate_clear. */
void replicate_init(struct replicate *replicate, const struct layout *layout,
                    uint32_t replications);
void replicate_clear(struct replicate *replicate);

/* The study as an executor sees it; valid while `replicate` is. Records that
 * come in after the rule has ended it are dropped. */
struct study replicate_study(struct replicate *replicate);
#endif
