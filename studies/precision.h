#ifndef STUDIES_PRECISION_H
#define STUDIES_PRECISION_H
/*
 * Precision: when a run has enough replications, by the rule of Hoad, Robinson
 * and Davies (2010, "Automated selection of the number of replications for a
 * discrete-event simulation", Journal of the Operational Research Society 61,
 * 1632-1644), for several measures at once.
 *
 * After every replication, from PRECISION_LEAST on, the half-width of each
 * watched target's 95% interval is held against what is wanted of it. The
 * first number of replications at which all are narrow enough is kept, and the
 * run goes on for a look ahead of kLimit more (in proportion beyond 100, so
 * that a chance dip does not end a long run); it ends when all stayed narrow
 * enough throughout, and else looks for the next such number. All
 * replications up to the end of the look ahead count.
 *
 * What is narrow enough: the wanted share of the mean, or a floor where that is
 * more: a tenth of the limit, for few decisions hang on less, and in proportion
 * less where a share finer than PRECISION_USUAL is wanted, so that asking for
 * more gives more. A share that is nearer to 1 than to 0 is held against what
 * is left to 1, as is its limit: 98% delivered and 2% missed are one finding
 * and get one precision.
 *
 * A target that was the same in every replication so far is never precise
 * enough: nothing is known yet of how much it varies.
 *
 * It is a function of the records in replication order, so it does not depend
 * on who makes them. Stopping when an interval looks narrow makes intervals
 * cover a little less often than they say: tests/test_precision.c measures it.
 * Threads: one value belongs to one study.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "sim/error.h"
#include "studies/records.h"

/* The paper begins at 3; fewer than 30 say too little of rare things. */
#define PRECISION_LEAST 30
/* The paper's kLimit, which it found to be enough. */
#define PRECISION_LOOK_AHEAD 5
/* Part of a limit that is always narrow enough, when so much is wanted. */
#define PRECISION_FLOOR 0.1
#define PRECISION_USUAL 0.05

/* How the watching ended. */
enum precision_end {
    PRECISION_NOT_YET,
    PRECISION_REACHED,
    PRECISION_AT_MOST /* the most replications were run first */
};

/* What was found after so many replications; NAN where nothing could be. */
struct precision_point {
    double mean, half_width;
    double wanted; /* half-width that is narrow enough */
};

/* One target and what its records have said so far. */
struct precision_watch {
    uint32_t target; /* in the scenario */
    double share;    /* wanted half-width over mean: 0.05 */
    /* Of parts and wholes: means and sums of products of deviations. */
    double part, whole, part_part, part_whole, whole_whole;
    double first;    /* value of the first replication that has one, or NAN */
    bool varies;     /* some replication differs from it */
    bool narrow;     /* now; beyond a thousand replications quantiles keep what
                        was found at the last look */
    uint32_t looked; /* quantiles: at so many replications */
    struct precision_point *point; /* [count], after replication 1, 2, ... */
    size_t room;
};

struct precision {
    const struct scenario *scenario;
    const struct layout *layout;
    uint32_t most;                 /* replications; those of a study */
    uint32_t count;                /* replications seen */
    struct precision_watch *watch; /* [watch_count], in the order of targets */
    size_t watch_count;
    uint32_t narrow_from; /* all have been narrow enough from so many
                             replications on; 0: they are not */
    uint32_t look_ahead;  /* replications to be seen beyond those */
    enum precision_end end;
};

/*
 * Begin to watch: every target where `share` is above 0, to that share of its
 * mean or its own where the scenario gives one; else those alone that have
 * their own. Keeps `scenario` and `layout`. Where nothing is watched
 * (watch_count 0) there is nothing to decide, and precision_add must not be
 * called. Release with precision_clear. Returns SIM_OK or SIM_ERR_NO_MEMORY
 * (then `precision` is zeroed).
 */
int precision_init(struct precision *precision, const struct scenario *scenario,
                   const struct layout *layout, double share,
                   uint32_t most) SIM_MUST_CHECK;
void precision_clear(struct precision *precision);

/*
 * Look at one record more, `last`, which was added to `records` just now: they
 * are all so far, in replication order. Sets `end` when that decides it. Not to
 * be called after the end. Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int precision_add(struct precision *precision, const struct records *records,
                  const double *last) SIM_MUST_CHECK;

/* Replications of the look ahead from `count` on: kLimit, or as many per cent
 * of `count`, rounded down. */
uint32_t precision_look_ahead(uint32_t count);

/* The part of a limit that is always narrow enough when `share` of the mean is
 * wanted. */
double precision_floor(double share);

/* The half-width that is narrow enough at `mean`, of `target` when `share` of
 * the mean is wanted. */
double precision_wanted(const struct target *target, double share, double mean);
#endif
