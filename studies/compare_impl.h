#ifndef STUDIES_COMPARE_IMPL_H
#define STUDIES_COMPARE_IMPL_H
/*
 * What the files of a comparison share: the study and its columns
 * (compare.c), what they say of each option and difference
 * (compare_conclude.c), and what is said of all differences at once
 * (compare_family.c).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/compare.h"
#include "studies/estimate.h"
#include "studies/select.h"

#define COMPARE_CONFIDENCE ESTIMATE_CONFIDENCE
/* From so many replications on the bootstrap (design, section 6). */
#define COMPARE_BOOTSTRAP_FROM 50
/* The first look of COMPARE_SEPARATED; each later one at twice as many. */
#define COMPARE_FIRST_LOOK 100
/*
 * A selection's batches: of 10 replications, which makes means of counts of
 * rare events near enough to normal, 20 of them first (Kim and Nelson 2001
 * advise at least 10).
 */
#define COMPARE_BATCH 10
#define COMPARE_FIRST_BATCHES 20

/* Where a measure lies in the records of a design. */
struct compare_place {
    bool there;           /* false: the design has no such value */
    uint32_t numerator;   /* place in the record */
    uint32_t denominator; /* NONE: `fixed` instead */
    double fixed;
    struct estimate_rule rule;
};

/* What is kept of a design's records: [count][measure_count][2], numerators and
 * denominators. */
struct compare_columns {
    struct compare_place *place; /* [measure_count] */
    double *part;
    uint32_t count, room;
    double *hours; /* sums of the blocks by hour of the week, one behind the
                      other; NULL where the design is not as written */
};

struct compare {
    const struct compare_question *question;
    struct compare_measure *measure; /* [measure_count]; asked for first */
    size_t measure_count;
    size_t design_count;
    struct compare_columns *columns; /* [design_count] */
    double events;
    /* Jobs: replications [from, until) of every design that runs, block by
     * block up to `target`, where it is decided how to go on. */
    bool *runs; /* [design_count] */
    uint32_t from, until, target;
    size_t design;        /* of the next job; design_count: block handed out */
    uint32_t replication; /* of the next job */
    uint64_t handed, accepted;
    bool finished; /* no job will follow */
    /* A stop that depends on records. */
    uint32_t look, looks;
    bool separated;
    bool selecting; /* `select` is begun */
    struct select select;
    double *ratio, *weight; /* [option] linearisation of the selection */
};

/* The parts of one replication of a design's measure. */
static inline const double *compare_parts(const struct compare *compare,
                                          const struct compare_columns *columns,
                                          uint32_t replication, size_t measure)
{
    return columns->part +
           2 * ((size_t)replication * compare->measure_count + measure);
}

/* Say it of the first `count` replications, the family's error being `error`.
 * As compare_conclude. */
int compare_say(const struct compare *compare, uint32_t count, double error,
                struct compare_result *out) SIM_MUST_CHECK;

/* Paired values of several differences over the same replications. */
struct compare_family {
    size_t count; /* differences */
    uint32_t replications;
    const double *value; /* [count][replications], each adding to 0 */
    uint32_t seed;
};

/*
 * The value that the largest |t| of the family exceeds with chance `error`: by
 * bootstrap, or Bonferroni's, as `method` says. Differences without any
 * variance are no part of it. Returns SIM_OK or SIM_ERR_NO_MEMORY.
 */
int compare_critical(const struct compare_family *family,
                     enum compare_method method, double error,
                     double *out) SIM_MUST_CHECK;

/* What the chance of being best is made from, of one option. */
struct compare_rival {
    double mean;
    double bound; /* a one-sided 95% bound's distance from the mean: above 0
                     where nothing was seen, below where everything was; 0
                     elsewhere */
    const double *value; /* [replications], adding to 0 */
    size_t same;         /* the first rival with the same records */
    double chance;       /* out */
};

/* The chance that each of `count` rivals is best, lower or higher being
 * better. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int compare_chances(struct compare_rival *rival, size_t count,
                    uint32_t replications, bool lower_better, uint32_t seed,
                    uint32_t topic) SIM_MUST_CHECK;
/* Staff by hour of the week: make room in the columns of the designs as
 * written; add a record of one; put the means into a result. The first and the
 * last return SIM_OK or SIM_ERR_NO_MEMORY. */
int compare_hours_init(struct compare *compare) SIM_MUST_CHECK;
void compare_hours_add(const struct compare *compare, uint32_t design,
                       const double *record);
int compare_hours_say(const struct compare *compare,
                      struct compare_result *out) SIM_MUST_CHECK;
#endif
