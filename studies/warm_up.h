#ifndef STUDIES_WARM_UP_H
#define STUDIES_WARM_UP_H
/*
 * Warm-up: whether a scenario simulates enough unmeasured time for the service
 * to fill up, by MSER.
 *
 * Of a series that settles, leave out the first d values for which the standard
 * error of the mean of the rest, were they independent, is least: the d at
 * which sum over i >= d of (x_i - mean_d)^2 / (n - d)^2 is least (White 1997,
 * "An effective truncation heuristic for bias reduction in simulation output",
 * Simulation 69, 323-334). Before that, values are put together in batches of
 * 5 (MSER-5: White, Cobb and Spratt 2000, "A comparison of five steady-state
 * truncation heuristics for simulation", Winter Simulation Conference,
 * 755-760). A d in the second half of the series says that the series is too
 * short to tell. The last batches are not candidates: the mean of a few values
 * that happen to lie close has a small standard error whatever came before.
 *
 * Of a series that has settled long ago MSER still leaves out what chance says,
 * now and then a lot. So more weeks than the warm-up has are only called for
 * where leaving them out changes the average by WARM_UP_MATTERS, and by more
 * than chance: Student's t over replications, 5% shared by the levels and by
 * the places where MSER may cut, for it picks the one that looks best.
 *
 * The series are people in, and waiting for, each level of the service, week by
 * week, over warm-up and measured period, averaged over replications in order.
 * Pure functions.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "sim/error.h"
#include "studies/records.h"

#define MSER_BATCH 5
/* Batches at the end that are no candidates, and batches at least: twice as
 * many, so that a half holds as many as are never candidates. */
#define MSER_TAIL 5
#define MSER_BATCHES_LEAST 10

/* How many of `count` values to leave out, a multiple of MSER_BATCH. False,
 * `*out` unchanged, where there are fewer than MSER_BATCHES_LEAST batches. */
bool mser(const double *value, size_t count, uint32_t *out);

/* Part of the average: inputs are hardly ever known so well. */
#define WARM_UP_MATTERS 0.01

enum warm_up_verdict {
    WARM_UP_ENOUGH,
    WARM_UP_SHORT,       /* MSER would leave out more weeks */
    WARM_UP_CANNOT_TELL, /* the run is too short, or one replication all */
    WARM_UP_NOT_JUDGED   /* nothing is expected to settle; see `why` */
};

/* Why there is no verdict. */
enum warm_up_why {
    WARM_UP_CASELOAD, /* it starts from today's caseload */
    WARM_UP_GROWTH,   /* demand grows, or changes by month */
    WARM_UP_DATES,    /* referrals come on the dates of a file */
    WARM_UP_EMPTY     /* nobody is ever there */
};

struct warm_up {
    enum warm_up_verdict verdict;
    enum warm_up_why why;
    uint32_t before; /* weeks of warm-up in the series */
    uint32_t weeks;  /* weeks of the series */
    uint32_t wanted; /* weeks MSER would leave out: the most of any level of
                        which it can tell; of SHORT, of the level below */
    /* Where it would leave out more than the warm-up: the level for which that
     * matters most, its mean over the measured weeks and over those that MSER
     * keeps. NONE where there is none. */
    uint32_t level;
    double measured, settled;
};

/* Judge from records in replication order. Returns SIM_OK or
 * SIM_ERR_NO_MEMORY. */
int warm_up_judge(const struct scenario *scenario, const struct layout *layout,
                  const struct records *records,
                  struct warm_up *out) SIM_MUST_CHECK;
#endif
