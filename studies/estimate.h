#ifndef STUDIES_ESTIMATE_H
#define STUDIES_ESTIMATE_H
/*
 * Estimates with 95% intervals from independent replications.
 *
 * Sums are taken in an order of their own, in double, so an estimate depends on
 * the records alone and not on who made them, or when.
 * Threads: an estimator is scratch for one thread.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <stdint.h>

#include "sim/error.h"
#include "studies/column.h"
#include "studies/result.h" /* struct estimate */

#define ESTIMATE_CONFIDENCE 0.95
/* p05 and p95 need this many replications with a value (design, section 5). */
#define ESTIMATE_SPREAD_FROM 100
/* Groups of replications behind the interval of a quantile. */
#define ESTIMATE_SECTIONS 20

/* What a ratio is: it decides the interval where nothing (or everything)
 * happened, and how far the interval may reach. */
enum estimate_kind {
    ESTIMATE_PLAIN, /* a mean, a rate of hours or money */
    ESTIMATE_COUNT, /* events per week; the denominator is in weeks */
    ESTIMATE_SHARE  /* 0 to 1: events over chances for one */
};

struct estimate_rule {
    enum estimate_kind kind;
    double scale;     /* the estimate is scale times the ratio; > 0 */
    double occasions; /* ESTIMATE_SHARE: stretches of time in one replication
                         that count as independent (weeks) */
};

enum tail { LOWER, UPPER, TAILS };

struct estimator {
    uint32_t count; /* replications */
    double student; /* 97.5% point of Student's t, count - 1 degrees */
    struct column numerator, denominator; /* for the caller to fill with finite
                                             numbers; no denominator is below
                                             0 */
    double *value;                        /* [count] scratch */
    double *tail[TAILS];                  /* [count] scratch each */
};

/* Make room for `count` replications. Release with estimator_clear. Returns
 * SIM_OK or SIM_ERR_NO_MEMORY (then `estimator` is zeroed). */
int estimator_init(struct estimator *estimator, uint32_t count) SIM_MUST_CHECK;

/* Release it. Zeroed input is allowed. */
void estimator_clear(struct estimator *estimator);

/*
 * The ratio of the two columns: total over total, Student's t on the
 * linearised values, clipped to where a value can be. NAN throughout where
 * the denominators add to 0; lower, upper and sd are NAN with one replication.
 * The columns stay as they are.
 */
void estimator_ratio(struct estimator *estimator,
                     const struct estimate_rule *rule, struct estimate *out);

/* Bins of all replications: the first one's `count` weights (at most SIM_BINS),
 * the next one's `stride` doubles on. */
struct estimate_bins {
    const double *weight;
    size_t count;
    size_t stride;
};

/* The `p`-quantile of bins pooled over replications. */
void estimator_quantile(struct estimator *estimator,
                        const struct estimate_bins *bins, double p,
                        struct estimate *out);

/* An estimate of nothing: every number NAN. */
struct estimate estimate_none(void);
#endif
