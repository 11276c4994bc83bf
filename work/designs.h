#ifndef WORK_DESIGNS_H
#define WORK_DESIGNS_H
/*
 * Designs: the scenarios that the jobs of a study speak of by number (struct
 * job), made when first asked for and kept while they may be wanted again.
 * A comparison has a handful, a sizing may go through hundreds, so those that
 * nobody uses are released again, the one that rested longest first, when more
 * than a given number rest. Making is deterministic, so a design that was
 * released and made again is the same design.
 * Threads: any number may take and give back; a lock is held meanwhile, also
 * while a design is made, so that none is made twice.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"
#include "sim/error.h"

/* Designs at rest that are kept where the caller has no better number: a
 * scenario like those shipped takes about 100 KiB. */
#define DESIGNS_RESTING 64

/* One design: what its replications read, and how their records lie. */
struct design {
    const struct scenario *scenario;
    const struct layout *layout;
};

struct designs;

/*
 * Make the scenario of design `number`; the set releases it. Returns SIM_OK or
 * an error with a text in `trouble` (`size` bytes, "" before the call). Called
 * with the lock held, so by one thread at a time, but on any.
 */
typedef int design_make(void *context, uint32_t number, struct scenario **out,
                        char *trouble, size_t size);

/* An empty set that keeps at most `resting` designs that nobody uses. Returns
 * SIM_OK or SIM_ERR_NO_MEMORY, then with `*out` NULL. */
int designs_new(design_make *make, void *context, uint32_t resting,
                struct designs **out) SIM_MUST_CHECK;

/* Release the set and every design in it; none may be in use. NULL is
 * allowed. */
void designs_free(struct designs *designs);

/*
 * Take design `number`, which stays as it is until it is given back as often as
 * it was taken. Returns SIM_OK; what making it returned; SIM_ERR_LIMIT where
 * its records would be too large; or SIM_ERR_NO_MEMORY. On error `*out` is
 * zeroed and `trouble` (`size` bytes) says what is wrong, or is "".
 */
int designs_take(struct designs *designs, uint32_t number, struct design *out,
                 char *trouble, size_t size) SIM_MUST_CHECK;
void designs_give_back(struct designs *designs, uint32_t number);

/* How many designs there are now, used or at rest; for tests. */
size_t designs_held(struct designs *designs);
#endif
