#ifndef TESTS_VERIFY_BLOCKS_H
#define TESTS_VERIFY_BLOCKS_H
/*
 * Which random numbers a scenario draws: whether any two of them share a block
 * of the generator. For programs linked with the recorder.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/recorder.h"

#define BLOCKS_PURPOSES 256

/*
 * What was drawn in some replications. A block that belongs to one variate is
 * drawn once; but fixed luck is looked up: the points of a clock, the signs a
 * person shows, and how long it takes to a contact that is planned anew. Those
 * must be the same thing each time, which `moved` and `travels` tell.
 */
struct blocks {
    double drawn;    /* blocks, each counted once */
    double again;    /* drawn a second time, though no fixed luck */
    double mixed;    /* drawn both as a point and as something else */
    double moved;    /* points of one clock counted from two moments */
    double travels;  /* pairs of contacts of one person on one day with staff as
                        long on the way, to the millisecond */
    double contacts; /* that staff met, of which such pairs could be */
    double purpose[BLOCKS_PURPOSES]; /* drawn for each */
};

/* Run `replications` of the scenario at `path` with `setting` (ended by NULL;
 * or NULL), which may read the files of every-chance.yaml, from `seed` on, and
 * look. Fails the test where it cannot. */
void blocks_survey(const char *path, const char *const *setting, uint32_t seed,
                   uint32_t replications, struct blocks *out);
#endif
