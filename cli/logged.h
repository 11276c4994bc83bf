#ifndef CLI_LOGGED_H
#define CLI_LOGGED_H
/*
 * Logged: one replication run for its own sake, with all that happened in it.
 * What goes wrong is said to the user here; results are STATUS_ codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>

#include "models/history.h"
#include "models/measure.h"

struct logged {
    struct journey journey;
    struct history history;
    double *record; /* what the replication counted; owned */
};

/* Lay out the records of the scenario that was read from `path`, or say why
 * that cannot be. */
int logged_layout(const struct scenario *scenario, const char *path,
                  struct layout *layout);

/* Run replication `index` of `seed`. Release with logged_clear in any case. */
int logged_run(struct logged *logged, const struct scenario *scenario,
               const struct layout *layout, uint32_t seed, uint32_t index);
void logged_clear(struct logged *logged);

/* Refuse to write a log at `path` where something is already, unless `force`;
 * to be asked before anything is run. */
int logged_may_write(const char *path, bool force);

/* Run replication `index` of `seed` and write its event log to `path`: it
 * appears whole or not at all. */
int logged_write(const struct scenario *scenario, const struct layout *layout,
                 uint32_t seed, uint32_t index, const char *path);
#endif
