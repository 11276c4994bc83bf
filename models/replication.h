#ifndef MODELS_REPLICATION_H
#define MODELS_REPLICATION_H
/*
 * One replication: a simulated run of the whole period, and its record.
 * A `struct replication` is the working memory: it is used again for run after
 * run, so that a warm one allocates next to nothing. It depends on nothing but
 * its arguments, so any number may run side by side.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "models/journey.h"
#include "models/measure.h"
#include "models/scenario.h"
#include "sim/error.h"

struct replication;

/* Working memory for `scenario`, which must outlive it, as must `layout`.
 * `*out` is NULL on error. Returns SIM_OK or SIM_ERR_NO_MEMORY. */
int replication_new(const struct scenario *scenario,
                    const struct layout *layout,
                    struct replication **out) SIM_MUST_CHECK;

/* Release it. NULL is allowed. */
void replication_free(struct replication *replication);

/*
 * Run replication `index` of `seed` and write layout->length doubles to
 * `record`. Returns SIM_OK, SIM_ERR_NO_MEMORY, SIM_ERR_LOOP (see
 * replication_trouble), SIM_ERR_LIMIT or SIM_ERR_CONSERVATION; on error
 * `record` is unspecified and the working memory may be used again.
 */
int replication_run(struct replication *replication, uint32_t seed,
                    uint32_t index, double *record) SIM_MUST_CHECK;

/* Log the next runs in `journey`, each from its beginning; NULL: in none, as at
 * first. It is the caller's and must outlive those runs. Results are the same
 * with and without; whether the log is whole journey_status tells. */
void replication_log(struct replication *replication, struct journey *journey);

/* What went wrong in the last run, in words; "" where nothing did. Valid until
 * the next run. */
const char *replication_trouble(const struct replication *replication);
#endif
