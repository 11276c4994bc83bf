#ifndef STUDIES_SIZE_WATCH_H
#define STUDIES_SIZE_WATCH_H
/*
 * What sizing watches of a scenario: what is minimised, its targets as limits
 * on means, and a few measures only to be shown; and how they are read from a
 * record.
 *
 * As a mean a target is:
 *   a measure                 its ratio, at most (or at least) the limit;
 *   so many of 10 weekends    the share of weekends that kept the limit;
 *   so many of 10 years       yes or no of each replication;
 *   a 95% quantile            the share of what it is a quantile of that lies
 *                             at or below the limit: at least 95% (where the
 *                             quantile must be at least the limit: below it,
 *                             at most 95%).
 * The margin is a part of the limit, or of what is left of 100% where a share
 * must be at least the limit: `SIZE_MARGIN` where not said otherwise.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "studies/estimate.h"
#include "studies/size_rule.h"

#define SIZE_MARGIN 0.1
#define SIZE_WATCH_MAX 40

/* One quantity. */
struct size_quantity {
    uint32_t measure;          /* number in measure_table */
    uint32_t target;           /* of the scenario, or NONE: not a target's */
    enum measure_unit unit;    /* of its quotient: UNIT_SHARE where a target is
                                  read as a share */
    struct estimate_rule rule; /* for studies/estimate.h */
};

/* Where a quantity stands in the records of one design. */
struct size_place {
    enum {
        SIZE_READS_RATIO,
        SIZE_READS_YEAR, /* whether the ratio keeps the target's limit */
        SIZE_READS_BINS  /* what lies at or below a value */
    } reads;
    uint32_t part; /* first double */
    uint32_t all;  /* second, or NONE: `fixed` */
    double fixed;
    double scale; /* of the ratio, put on the part */
    double limit; /* SIZE_READS_YEAR */
    bool at_most;
    uint32_t below, bins; /* SIZE_READS_BINS: of so many bins the first count */
};

/* Everything that is watched; the same for all designs of a base. */
struct size_watch {
    struct size_quantity quantity[SIZE_WATCH_MAX];
    uint32_t count;
    struct size_limit limit[SIZE_WATCH_MAX]; /* [limit_count] */
    uint32_t limit_count;
};

/* Why a measure, or a target, cannot be sized by. */
enum size_refusal {
    SIZE_ACCEPTED,
    SIZE_REFUSED_MEASURE, /* what is minimised is not counted per week */
    SIZE_REFUSED_NO_TARGETS,
    SIZE_REFUSED_MANY,    /* more than can be watched */
    SIZE_REFUSED_CERTAIN, /* a target that only certainty would keep, or that
                             nothing could miss */
    SIZE_REFUSED_NO_DATA  /* a target's measure has no value as a whole */
};

/*
 * What to watch of `scenario`: `minimise` (a measure counted per week), every
 * target, then contacts_not_delivered, crises and cost_per_week where they are
 * not minimised. `margin` is above 0 and below 1. On refusal `*target` is the
 * target's number, or NONE.
 */
enum size_refusal size_watch_make(const struct scenario *scenario,
                                  const struct layout *layout,
                                  uint32_t minimise, double margin,
                                  struct size_watch *out, uint32_t *target);

/* Where the quantities stand in records of a design of that base; `place` has
 * room for watch->count. */
void size_watch_find(const struct size_watch *watch,
                     const struct scenario *scenario,
                     const struct layout *layout, struct size_place *place);

/* Read one record. */
void size_watch_read(const struct size_place *place, uint32_t count,
                     const double *record, struct size_value *out);

/* Number of the quantity of a whole measure, the first that is no target's, or
 * SIZE_WATCH_MAX. */
uint32_t size_watch_index(const struct size_watch *watch, const char *id);
#endif
