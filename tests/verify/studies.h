#ifndef TESTS_VERIFY_STUDIES_H
#define TESTS_VERIFY_STUDIES_H
/*
 * Many small studies of one service: how often their intervals hold the truth.
 * One long stream of replications is cut into studies of 50; each is reduced as
 * `handrail run` and `handrail compare` reduce their own.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#define STUDIES_OF 50 /* replications in each */
#define STUDIES_FILE "tests/verify/scenarios/coverage.yaml"

/* What an interval is of. The last two are wrong ones. */
enum studies_of {
    STUDIES_MEAN,        /* people there, a mean over time */
    STUDIES_RATIO,       /* share of contacts not attended */
    STUDIES_SHARE,       /* share with a crisis within 30 days */
    STUDIES_DIFFERENCE,  /* of that share, of two options that share luck */
    STUDIES_INDEPENDENT, /* the ratio, as if every contact were a trial of its
                            own */
    STUDIES_UNPAIRED,    /* the difference, as if the options had luck of their
                            own */
    STUDIES_COUNT
};

/* How many of the studies cover the truth. */
struct studies {
    uint32_t seed, count; /* as they were made; count 0: not yet */
    double covered[STUDIES_COUNT];
};

/* Rates of coverage.yaml, a day, and what else its truths hang on. */
struct service {
    double referrals, to_ill, to_well, to_crisis, leaves;
    double ill_first;               /* chance to be ill when referred */
    double missed_well, missed_ill; /* of contacts, in that state */
    double period;                  /* days measured */
};
struct service service_as_written(void);

/* Its truths: mean number of people there, share of contacts not attended, and
 * the chance of a crisis within so many days of referral. */
double service_occupancy(const struct service *service);
double service_not_attended(const struct service *service);
double service_crisis_within(const struct service *service, double days);

/* Make `count` studies, or leave them where they are made; fails the test where
 * it cannot. */
void studies_make(struct studies *studies, uint32_t seed, uint32_t count);

#endif
