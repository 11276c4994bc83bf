#ifndef STUDIES_SELECT_H
#define STUDIES_SELECT_H
/*
 * Select: which of several options has the largest mean, by the fully
 * sequential procedure of Kim and Nelson (2001, "A fully sequential procedure
 * for indifference-zone selection in simulation", ACM TOMACS 11, 251-273), with
 * c = 1. Observations are batch means, one of every option that is still in, of
 * the same replications: common random numbers are allowed, for only variances
 * of differences are used, and the error is shared by Bonferroni.
 * With probability `confidence` the option selected is the best, if the best
 * leads every other by at least `within`; nothing is promised of closer ones.
 * Batch means are taken as normal, which batches see to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/error.h"

/* What is asked. */
struct select_rule {
    size_t option_count;
    double within;     /* the lead that matters; > 0 */
    double confidence; /* 0.95 */
    uint32_t first;    /* batches of the first stage; 2 and up */
};

struct select {
    struct select_rule rule;
    uint32_t batches; /* so far */
    double h2;        /* Kim and Nelson's h squared */
    double *variance; /* [option][option] of differences, first stage */
    double *sum;      /* [option] of observations */
    bool *left;       /* [option] still in */
    bool *out;        /* [option] scratch */
    size_t left_count;
};

/*
 * Begin with the first stage: rule->first observations of each option,
 * x[option x first + batch], and leave out whom they rule out. Options of whom
 * `in` is false take no part. Release with select_clear in any case. Returns
 * SIM_OK or SIM_ERR_NO_MEMORY.
 */
int select_init(struct select *select, const struct select_rule *rule,
                const bool *in, const double *x) SIM_MUST_CHECK;
void select_clear(struct select *select);

/* Take one batch more, x[option] of each option still in, and leave out whom
 * it rules out. */
void select_add(struct select *select, const double *x);

/* Whether one option is left. */
bool select_is_decided(const struct select *select);

/* The option with the largest mean so far among those still in. */
size_t select_best(const struct select *select);

/* Batches after which it is decided at the latest, by the variances of those
 * still in. */
double select_needed(const struct select *select);
#endif
