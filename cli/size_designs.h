#ifndef CLI_SIZE_DESIGNS_H
#define CLI_SIZE_DESIGNS_H
/*
 * The rotas that the ranges of `handrail size` make: every one is read and
 * checked before anything runs, so that a bad path, value or target is refused
 * then, in the form of scenario errors. What is known of each (whether it can
 * be, what it costs at least, where its quantities stand in a record) is kept;
 * the scenarios themselves are made again when an executor asks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/size_options.h"
#include "cli/size_ranges.h"
#include "cli/snapshot.h"
#include "models/measure.h"
#include "studies/size.h"
#include "studies/size_watch.h"

/* Above so many designs the shortcut is taken where nothing was said: without
 * it every design that is cheaper than the answer is simulated. */
#define SIZE_SHORTCUT_ABOVE 1000u

struct size_designs {
    const struct size_options *options;
    struct size_ranges ranges;
    struct snapshot snapshot;
    const char **fixed; /* [fixed_count] settings of every design; those of
                           targets owned */
    size_t fixed_count, own_from; /* from there on owned */
    struct scenario *base;        /* as the file has it, with the targets */
    struct layout layout;         /* of the base */
    uint32_t minimise;            /* number in measure_table */
    struct size_watch watch;
    uint32_t count;
    bool *barred;             /* [count] */
    double *floor;            /* [count] */
    uint32_t *length;         /* [count] doubles in a record */
    struct size_place *place; /* [count][watch.count] */
    uint32_t base_design;     /* with the values of the file; or SIZE_NONE */
    uint32_t barred_least;    /* of those barred: below some `at_least` */
    uint32_t barred_other;
    char reason[256]; /* of one of the others */
    struct size_question question;
};

/* Read everything and make the question. Returns a STATUS_, what is wrong being
 * said; size_designs_clear in any case. */
int size_designs_prepare(struct size_designs *designs,
                         const struct size_options *options);
void size_designs_clear(struct size_designs *designs);

/* A design_make (work/designs.h), `context` a struct size_designs. */
int size_designs_make(void *context, uint32_t number, struct scenario **out,
                      char *trouble, size_t size);
#endif
