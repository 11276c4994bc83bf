#ifndef TESTS_VERIFY_VERIFY_H
#define TESTS_VERIFY_VERIFY_H
/*
 * Verification: figures of the built program against the truth, each a test of
 * its own and a row of docs/verification.md.
 *
 * A family is one program, tests/verify/verify_NAME.c. It declares cases (a
 * scenario file with settings, run by `handrail run`) and under each case its
 * checks: a quantity of results.json, the truth, and where the truth comes
 * from. verify_finish() then runs every check as a cmocka test, and writes the
 * rows. Truths are computed, not typed in, wherever they can be.
 *
 * The bound. A check is off by z = (found - truth) / standard error. It holds
 * with |z| <= 4, which chance alone passes once in about 16,000 checks, and
 * fails with |z| >= 6. Between the two the case is run once more, with a fresh
 * fixed seed and four times the replications, and holds only with |z| <= 4
 * then; both rows are shown. So a faultless program fails a check once in
 * 250 million, and an error of the size that was seen is at z = 8 in the fresh
 * run. No bound is ever moved for a check that misses it.
 *
 * A control is a check against a truth that is deliberately wrong, or of a
 * setting that is: it must be off by more than 4, or the comparison beside it
 * would show nothing.
 *
 * Environment: VERIFY=full (all cases, all replications, intervals at most 1%
 * of the truth to either side), quick (the default: fewer of both) or list
 * (nothing is run, rows are named). VERIFY_ROWS: the folder in which
 * FAMILY.tsv is written; none where it is not set. VERIFY_ONLY: only cases
 * whose name holds this text. HANDRAIL: the program.
 * Threads: one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <jansson.h>

#include "tests/program.h"

#define VERIFY_ERRORS 4.0   /* standard errors that a check may be off */
#define VERIFY_HOPELESS 6.0 /* from here on no fresh seed is tried */
#define VERIFY_FRESH_TIMES                                                     \
    4 /* replications of the fresh run, times the first */
#define VERIFY_FRESH_SEED 104729 /* added to the seed for the fresh run */
#define VERIFY_HALF_WIDTH 0.01   /* of the truth, at most, in the full form */
/* Figures in results.json have 9 digits: two that are the same may differ by
 * so much of themselves. */
#define VERIFY_DIGITS 1e-8

enum verify_form { VERIFY_QUICK, VERIFY_FULL, VERIFY_LIST };

/* What was found of a quantity. `error` is the standard error of `mean`; NAN
 * where there is none, as of a maximum that is the same in every run. */
struct verify_found {
    double mean, error, lower, upper;
};

/*
 * Where a quantity stands in results.json. `list` NULL: a measure, whole where
 * `by` is NULL, else of the value `of` of the slice `by`. Otherwise a line of
 * "curves", "series", "profiles" or "distributions": `id`, its name `of` (NULL
 * as ""), and the number of the point.
 */
struct verify_at {
    const char *id, *by, *of;
    const char *list;
    size_t point;
};

/* A measure as a whole, of one part, and a point of a line. */
#define WHOLE(id_) ((struct verify_at){.id = (id_)})
#define PART(id_, by_, of_)                                                    \
    ((struct verify_at){.id = (id_), .by = (by_), .of = (of_)})
#define POINT(list_, id_, of_, point_)                                         \
    ((struct verify_at){                                                       \
        .id = (id_), .of = (of_), .list = (list_), .point = (point_)})

/* How one run of a case is made: a computed check may want to know. */
struct verify_attempt {
    uint32_t seed, replications;
    enum verify_form form;
};
/* A quantity that a program of ours computes, in place of one in results.json:
 * from the case's run (`json`; NULL in a case without a file) or from its own
 * simulations. Asserts of cmocka may be used. */
typedef struct verify_found
verify_compute(const json_t *json, const void *context,
               const struct verify_attempt *attempt);

/* A case: what is run. Cases without a file have computed checks only. */
struct verify_case {
    const char *name; /* stands in the page and names the tests */
    /* Below tests/verify/scenarios, or from the root where it has a '/'. */
    const char *file;
    const char *const *setting; /* PATH=VALUE, ended by NULL; or NULL */
    /* Replications; quick 0: only in the full form. Else not below 40: with
     * few, the tails of Student's t are heavier than the bound allows for. */
    uint32_t quick, full;
    uint32_t seed; /* 0: one made from the case's name */
};

enum verify_kind {
    VERIFY_NEAR,   /* within 4 standard errors of `truth` */
    VERIFY_WITHIN, /* from `low` to `high`, both allowed; truth is for show */
    VERIFY_SAME,   /* `truth` itself, to the digits of results.json */
    VERIFY_HOLDS   /* computed: mean 1 where so, 0 where not */
};

/* A check, or with `wrong` set a control. All texts are copied. */
struct verify_check {
    const char *quantity; /* in words, as the page says it */
    enum verify_kind kind;
    struct verify_at at;
    double truth, low, high;
    const char *source; /* of the truth: a reference, or how it was computed */
    const char *wrong;  /* a control: what is wrong about truth or setting */
    const char *wide;   /* why an interval wider than 1% is allowed */
    verify_compute *compute; /* in place of `at` */
    const void *context;     /* for it; must live until verify_finish */
};

struct verify;

/* What a family is called: `name` in file names, `title` as its heading, and
 * `about`, a paragraph of Markdown. Families stand on the page by `order`. */
struct verify_family {
    const char *name;
    int order;
    const char *title, *about;
};

/* Begin a family. Ended by verify_finish. Never NULL: without memory the
 * program ends. */
struct verify *verify_begin(const struct verify_family *family);

/* Which form is asked for. */
enum verify_form verify_form(const struct verify *verify);

/* Declare a case; the checks that follow belong to it. */
void verify_case(struct verify *verify, const struct verify_case *it);

/* Declare a check of the latest case. */
void verify_check(struct verify *verify, const struct verify_check *it);

/* The same for the commonest: `at` is near `truth`. */
void verify_near(struct verify *verify, const char *quantity,
                 struct verify_at at, double truth, const char *source);

/* A control of the latest case: `at` is not near `truth`, which is wrong in the
 * way that `wrong` says. */
void verify_control(struct verify *verify, const char *quantity,
                    struct verify_at at, double truth, const char *wrong);

/* Add a paragraph of Markdown that stands below the family's table. */
void verify_note(struct verify *verify, const char *markdown);

/* Run everything, write the rows, release it all. Returns how many tests
 * failed: what main returns. */
int verify_finish(struct verify *verify);

/* ---- for computed checks ---- */

/* What stands at `at` in a results.json. Fails the test where it does not. */
struct verify_found verify_read(const json_t *json, const struct verify_at *at);

/*
 * Run the program on a case's file, with `more` settings after its own (NULL:
 * none), and read its answer; the caller's, to be released with json_decref.
 * Fails the test where the program does.
 */
json_t *verify_run(const struct verify_case *it, const char *const *more,
                   const struct verify_attempt *attempt);

/* Mean, standard error and 95% interval (Student's t) of independent values. */
struct verify_found verify_mean(const double *value, size_t count);

/* A share of `count` independent trials, its interval by the normal law. */
struct verify_found verify_share(double events, double count);

/* ---- the rules, for their own tests ---- */

enum verify_verdict {
    VERDICT_HOLDS,
    VERDICT_AGAIN, /* off by 4 to 6: to be run afresh */
    VERDICT_FAILS,
    VERDICT_WIDE,   /* near, but the interval is too wide to show it */
    VERDICT_CAUGHT, /* a control that was off, as it must be */
    VERDICT_UNSEEN  /* a control that was not: a failure */
};

/* (found - truth) / error; infinite where there is a difference and no error,
 * NAN where anything is NAN. */
double verify_z(const struct verify_found *found, double truth);

/* The verdict on one attempt; `fresh`: it is the second. */
enum verify_verdict verify_judge(const struct verify_check *check,
                                 const struct verify_found *found, bool fresh,
                                 enum verify_form form);

/* As the page says it: "holds", "run again", "FAILS", ... */
const char *verify_verdict_text(enum verify_verdict verdict);
#endif
