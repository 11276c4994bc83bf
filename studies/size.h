#ifndef STUDIES_SIZE_H
#define STUDIES_SIZE_H
/*
 * Size: the cheapest design within ranges that meets every target (design,
 * section 6). A design is one choice of a value for each range.
 *
 * Every target is a mean: with N above and D below the line of its measure,
 * "at most t" is E[N - t D] <= 0. Two things are asked of a design,
 * again and again at looks whose numbers of replications are fixed beforehand:
 *   does it fail by the margin: is E[N - (t - margin) D] > 0 for some target?
 *   does it meet: is E[N - t D] <= 0 for every target?
 * The two overlap by the margin, so that no design stays undecided for ever
 * (an indifference zone, as in Batur and Kim 2010).
 *
 * Search: the cheapest designs that are neither shown to fail nor shown to cost
 * too much get replications in blocks, all of the same replications (common
 * random numbers). When nothing that may be cheaper is left, the cheapest that
 * seems to meet is run anew in replications that nothing was chosen by: each
 * target is shown at error `SIZE_ERROR_CONFIRM` / 2^k in the k-th such try.
 * Where that fails the search goes on, more demanding than before.
 *
 * What is promised, with confidence 95%: the design chosen meets every target;
 * and no design that is cheaper by more than `delta` meets every target with
 * the margin. The first can only be wrong by a try that passes wrongly:
 * SIZE_ERROR_CONFIRM in all. A target that does not hold must pass, so no
 * splitting over targets is needed (Berger 1982). The second can only be wrong
 * if the one cheapest design that meets with the margin is wrongly shown to
 * fail or to cost too much. It is one design, fixed beforehand though unknown:
 * so the error of failing is split over targets and looks but not over designs,
 * and that of costing too much over all designs it might be compared with.
 *
 * Assuming that more staff do no harm (`more_is_better`) a design that fails
 * takes with it every design with no more of anything; then the error is split
 * over designs as well, and a sample of those left out is simulated: where one
 * of them does not fail, none is left out any more.
 *
 * A state machine over records (studies/study.h): the same jobs, decisions and
 * answer for any number of threads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "studies/records.h"
#include "studies/size_rule.h" /* struct size_limit, size_value */
#include "studies/study.h"

#define SIZE_NONE UINT32_MAX /* no design, no limit */

/* Chances of error, together 5%: of confirming a design that does not meet
 * every target; of dropping the one that does, because it seemed to fail, or to
 * cost too much. Confirming is the dearest, so it has half. */
#define SIZE_ERROR_CONFIRM 0.025
#define SIZE_ERROR_FAIL 0.02
#define SIZE_ERROR_COST 0.005

/* Replications from SIZE_FRESH on are those of confirmations: no search comes
 * near them (budgets are far smaller). */
#define SIZE_FRESH (UINT32_C(1) << 24)

#define SIZE_RANGES_MAX 8
#define SIZE_DESIGNS_MAX 10000u

/* What is varied: `path` takes low, low + step, ..., at most high. */
struct size_range {
    const char *path;
    int32_t low, high, step; /* low <= high, step >= 1 */
};

/* How many values a range has. */
uint32_t size_range_values(const struct size_range *range);

/*
 * From the record of one replication of `design` to its `watch_count`
 * quantities: 0 is what is minimised, then one for each limit, in order, then
 * what is only shown. In tests the record may be those numbers themselves.
 */
typedef void size_observe(void *context, uint32_t design, const double *record,
                          struct size_value *out);

/* Doubles in a record of `design`. */
typedef uint32_t size_length(void *context, uint32_t design);

/* The question. All arrays are the caller's and must outlive the study. */
struct size_question {
    const struct size_range *range;
    uint32_t range_count;
    const bool *barred;  /* [designs] not to be looked at; NULL: none is */
    const double *floor; /* [designs] what is minimised is at least this much;
                            -INFINITY, or NULL, where nothing is known */
    const struct size_limit *limit;
    uint32_t limit_count; /* 1 and up */
    uint32_t watch_count; /* 1 + limit_count and up */
    double delta;         /* > 0, in the unit of what is minimised */
    bool more_is_better;  /* assume it, and leave designs out by it */
    uint64_t budget;      /* replications in all */
    size_observe *observe;
    size_length *length;
    void *context; /* of the two */
};

/* How many designs the ranges make, those barred included; 0 where it is more
 * than SIZE_DESIGNS_MAX. Their numbers count through the last range first. */
uint32_t size_designs(const struct size_question *question);

/* The value of `range` in `design`: its place among the values, and itself. */
uint32_t size_place(const struct size_question *question, uint32_t design,
                    uint32_t range);
int32_t size_value_of(const struct size_question *question, uint32_t design,
                      uint32_t range);

/* The design with `by` places more (or fewer) in one range; SIZE_NONE where
 * that is outside the range. */
uint32_t size_beside(const struct size_question *question, uint32_t design,
                     uint32_t range, int by);

/* What is known of a design. */
enum size_state {
    SIZE_OPEN,     /* neither shown to meet nor to fail */
    SIZE_SEEMS,    /* seems to meet every target: worth confirming */
    SIZE_FAILS,    /* does not meet every target with the margin */
    SIZE_LEFT_OUT, /* as one with at least as many of everything fails */
    SIZE_BARRED    /* not asked */
};

/* One design, and what it was seen to do in replications 0 .. count - 1. */
struct size_design {
    enum size_state state;
    uint32_t count;
    uint32_t room;
    uint32_t look;  /* looks so far */
    uint32_t limit; /* SIZE_FAILS: by which target; SIZE_LEFT_OUT: of the one
                       that failed; else SIZE_NONE */
    bool audited;   /* left out once, and simulated to check that */
    struct size_value *value; /* [count][watch_count], owned */
};

/* What the study is at. */
enum size_phase {
    SIZE_SEARCH,
    SIZE_CONFIRM,   /* the candidate in fresh replications */
    SIZE_BESIDE,    /* the neighbours of the chosen, for the answer */
    SIZE_SHORTLIST, /* nothing meets: those that come nearest */
    SIZE_NEAREST,   /* nothing meets: the nearest in fresh replications */
    SIZE_DONE
};

/* How it ended, or what can be said so far. */
enum size_end {
    SIZE_UNDECIDED, /* the budget, or the user's patience, ended first */
    SIZE_CHOSEN,
    SIZE_NOTHING_MEETS /* no design meets every target with the margin */
};

struct size {
    const struct size_question *question;
    uint32_t design_count;
    struct size_design *design; /* [design_count] */
    uint32_t *order;            /* [design_count] by floor, then number */
    enum size_phase phase;
    enum size_end end;
    uint32_t candidate; /* SIZE_CONFIRM on: what is confirmed, chosen, or
                           nearest; else SIZE_NONE */
    bool pruning;       /* designs are left out; false again when an audit
                           spoke against it */
    bool audit_done;
    bool contradicted; /* an audit spoke against it */
    uint32_t audits;   /* designs left out that were simulated to check */
    /* Fresh replications of the candidate, in this try. */
    uint32_t tries;
    uint32_t fresh_first; /* number of the first */
    uint32_t fresh_wanted;
    struct size_value *fresh; /* [records.count][watch_count], owned */
    struct records records;   /* of those */
    uint64_t fresh_all;       /* of all tries together */
    /* The jobs of this block. */
    struct size_job {
        uint32_t design, from, until; /* replications */
    } * batch;
    uint32_t batch_count, batch_room, batch_at;
    uint32_t batch_next; /* replication of batch[batch_at] to hand out */
    uint64_t issued, accepted;
    int err; /* of memory, where no other place could say it */
};

/* Begin. Release with size_clear in any case. Returns SIM_OK, SIM_ERR_LIMIT
 * where there are no designs or too many, or SIM_ERR_NO_MEMORY. */
int size_init(struct size *size,
              const struct size_question *question) SIM_MUST_CHECK;
void size_clear(struct size *size);

/* The study as an executor sees it; valid while `size` is. */
struct study size_study(struct size *size);
#endif
