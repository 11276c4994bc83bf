#ifndef STUDIES_COMPARE_H
#define STUDIES_COMPARE_H
/*
 * Compare: several options of a service against a base, by common random
 * numbers: replication r of every option meets the same luck, so what is
 * compared are pairs, and most of the chance cancels.
 *
 * Every option may be simulated in two worlds: as written, and with contacts
 * that have no protective effect (design, section 8: the evidence for that
 * effect is thin, so a comparison of tapers shows both). Design number of a
 * job: world x options + option.
 *
 * What is estimated. A measure of an option is a ratio of means r = E N / E D.
 * Per replication z_i = scale (N_i - r D_i) / mean D (the delta method, as in
 * studies/result.h), and a difference from the base has the paired values
 * w_i = z_i - z0_i, standard error sd(w) / sqrt(n). All differences of one
 * comparison, over options, measures and worlds, are one family whose 95%
 * intervals hold at once:
 *   from 50 replications on the critical value is the 95% point of the largest
 *   |t| in a multiplier bootstrap over replications (Chernozhukov, Chetverikov
 *   and Kato 2013), with random signs and each draw divided by its own standard
 *   error (Davidson and Flachaire 2008), never below that of a single t;
 *   below 50 it is Student's t at 1 - 0.05 / (2 x comparisons) (Bonferroni).
 * Chance that an option is best: with the means multivariate t around the
 * estimates (a flat prior; Chick and Inoue 2001), the share of draws in which
 * it is; options with the same records share it. Threads: a comparison belongs
 * to one caller. Pure: no files, no clock. SPDX-License-Identifier:
 * GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "sim/error.h"
#include "studies/result.h"
#include "studies/study.h"

#define COMPARE_OPTIONS_MAX 64  /* the base included */
#define COMPARE_MEASURES_MAX 64 /* that are asked for */

/* ---- what is asked ---- */

enum compare_world { COMPARE_AS_WRITTEN, COMPARE_NO_EFFECT, COMPARE_WORLDS };

/* A measure, whole or one value of one slice. By name, because options may
 * have other levels; where an option has no such value it has no data. */
struct compare_measure {
    uint32_t measure;  /* number in measure_table; no quantile */
    enum slice slice;  /* SLICE_COUNT: whole */
    const char *value; /* name of the slice's value; NULL where whole */
};

/* One value that an option changes, as text: "null" where it is removed. */
struct compare_setting {
    const char *path;
    const char *value;
    const char *was; /* the base's; NULL where it has none */
};

struct compare_option {
    const char *name;          /* of the user's; option 0 is the base */
    const char *file;          /* base name of its scenario file */
    const char *note, *source; /* or NULL */
    const struct compare_setting *setting;
    size_t setting_count;
    bool like_base; /* its resolved scenario is the base's */
    /* Of each world; NULL in worlds that are not simulated. */
    const struct scenario *scenario[COMPARE_WORLDS];
    const struct layout *layout[COMPARE_WORLDS];
};

/* When to stop. */
enum compare_stop {
    COMPARE_FIXED,     /* after `replications` */
    COMPARE_SEPARATED, /* once every difference is told apart, or after
                          `replications`: looked at after 100, 200, 400, ...,
                          the 5% shared equally by all those looks */
    COMPARE_SELECT     /* once one option is left, or after `replications` */
};

/* All texts and scenarios must outlive the comparison and its result. */
struct compare_question {
    const char *title; /* the question; NULL: none given */
    const char *about; /* a few sentences on it, or NULL */
    const char *file;  /* base name of the study; NULL: none */
    const struct compare_option *option;   /* [option_count] */
    size_t option_count;                   /* 2 and up */
    const struct compare_measure *measure; /* [measure_count], asked for */
    size_t measure_count;
    bool both_worlds; /* also COMPARE_NO_EFFECT */
    uint32_t seed;
    uint32_t replications; /* of each option; at most, where it may stop */
    enum compare_stop stop;
    size_t select; /* COMPARE_SELECT: which of `measure`; it has a better */
    double within; /* and the lead that matters, in its unit; > 0 */
};

/* ---- the study ---- */

struct compare;

/* Begin with no records. Returns SIM_OK or SIM_ERR_NO_MEMORY, then with `*out`
 * NULL. */
int compare_new(const struct compare_question *question,
                struct compare **out) SIM_MUST_CHECK;
/* Release it. NULL is allowed. */
void compare_free(struct compare *compare);

/* The study as an executor sees it; valid while `compare` is. */
struct study compare_study(struct compare *compare);

/* ---- what it says ---- */

/* What can be said of a difference. */
enum compare_finding {
    COMPARE_NO_DATA,   /* one of the two has none */
    COMPARE_APART,     /* the interval leaves 0 out */
    COMPARE_NOT_APART, /* it does not: the runs cannot tell */
    COMPARE_SAME,      /* the same in every replication: exactly nothing */
    COMPARE_NO_EVENTS  /* neither option had any event: one-sided bounds */
};

struct compare_value {
    struct estimate estimate; /* of the option by itself */
    double chance_best;       /* that its long-run mean is best; NAN for a
                                 measure without a better, or not asked for */
    /* Its difference from the base, option minus base; NAN for the base and
     * for measures that were not asked for. */
    double difference, lower, upper;
    enum compare_finding finding;
    double reduction; /* variance of the difference of independent runs over
                         that of these pairs; NAN where not known, INFINITY
                         where pairing leaves no chance at all */
    double more;      /* NOT_APART: about so many more replications would tell,
                         if the difference is as estimated; else NAN */
};

/* Staff of an option, as written, by hour of the week: how many are needed as
 * work falls due, are busy and are on the rota, on average over its
 * replications. Roles as in the option's scenario. */
#define COMPARE_HOURS 168
enum compare_hour { HOUR_NEEDED, HOUR_BUSY, HOUR_ROSTERED, HOUR_KINDS };
struct compare_hours {
    uint32_t roles;
    double *staff; /* [HOUR_KINDS][roles][COMPARE_HOURS], owned by the result */
};

enum compare_method { COMPARE_BOOTSTRAP, COMPARE_BONFERRONI };

/* The selection, where one was asked for. Kim and Nelson (2001): with
 * probability 95% the one selected is best, if the best leads by `within`. */
struct compare_selection {
    bool decided;
    size_t option;                      /* selected, or the best so far */
    uint32_t batch;                     /* replications in a batch */
    uint32_t first_batches;             /* before anything is left out */
    uint32_t used[COMPARE_OPTIONS_MAX]; /* replications of each option */
    bool left[COMPARE_OPTIONS_MAX];     /* still in when it ended */
    double needed; /* replications at most, by the first batches' variances */
};

struct compare_result {
    const struct compare_question *question;
    /* What was asked for first, in the order asked; then every other whole
     * measure that can be had, in the order of the table. */
    struct compare_measure *measure; /* [measure_count], owned */
    size_t measure_count;
    size_t asked;                /* measures asked for: the first ones */
    size_t worlds;               /* 1, or 2 with COMPARE_NO_EFFECT */
    struct compare_value *value; /* see compare_value_of; owned */
    uint32_t replications;       /* behind every figure, of each option */
    double events;               /* model events over all replications run */
    enum compare_method method;
    size_t comparisons; /* in the family whose intervals hold at once */
    double critical;    /* |t| beyond which a difference is told apart */
    uint32_t looks;     /* that share the 5%; 1 with a fixed number */
    bool separated;     /* COMPARE_SEPARATED: every difference was told apart */
    struct compare_selection selection;
    struct compare_hours *hours; /* [options], owned */
};

/*
 * What the records so far say: the longest prefix that every option has (of a
 * selection: the first stage, which all options have whatever comes of it).
 * Keeps the question. Release with compare_result_clear. Returns SIM_OK;
 * SIM_ERR_STOPPED where there are fewer than two replications,
 * SIM_ERR_NO_MEMORY (then `out` is zeroed).
 */
int compare_conclude(const struct compare *compare,
                     struct compare_result *out) SIM_MUST_CHECK;
void compare_result_clear(struct compare_result *result);

/* The value of a measure (number in result->measure). */
const struct compare_value *
compare_value_of(const struct compare_result *result, enum compare_world world,
                 size_t option, size_t measure);

/* The number in result->measure of a measure, whole (`slice` SLICE_COUNT, value
 * NULL) or of one slice value; result->measure_count where there is none. */
size_t compare_measure_find(const struct compare_result *result,
                            uint32_t measure, enum slice slice,
                            const char *value);
#endif
