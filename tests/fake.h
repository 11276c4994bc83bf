#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H
/*
 * A result made by hand, for tests of what is printed, written and drawn: a
 * small scenario whose names can be anything, and records with plausible
 * figures in them, none of them simulated.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "plots/answer.h"
#include "studies/result.h"

#define FAKE_LEVELS 3
#define FAKE_ROLES 3
#define FAKE_STATES 4
#define FAKE_KINDS 4
#define FAKE_TARGETS 4
#define FAKE_WEEKS 52

struct fake {
    struct scenario scenario;
    struct state state[FAKE_STATES];
    struct level level[FAKE_LEVELS];
    struct role role[FAKE_ROLES];
    struct shift shift[2];
    uint32_t places[2][FAKE_ROLES];
    struct kind kind[FAKE_KINDS];
    struct cohort cohort;
    struct condition condition;
    struct plan plan;
    struct step step;
    struct alert alert;
    struct response response;
    const char *outcome[1];
    struct target target[FAKE_TARGETS];
    struct provenance provenance[2];
    struct layout layout;
    double *record; /* [replications][layout.length] */
    uint32_t replications;
    struct result result;
    struct precision precision; /* watched, where wished ... */
    struct warm_up warm_up;     /* ... and judged */
    struct answer answer;
};

/* How the fake is to be. */
struct fake_wish {
    const char *name;      /* of everything that has a name; NULL: own names */
    uint32_t replications; /* 0: 200 */
    bool precise;          /* it was run for precision */
    bool empty;            /* every counter 0: nothing to say */
};

/* Make one, on the heap; the caller releases it with fake_free. */
struct fake *fake_new(const struct fake_wish *wish);
void fake_free(struct fake *fake);
/* Its records as they are now. Release with records_clear. */
struct records fake_records(const struct fake *fake);
#endif
