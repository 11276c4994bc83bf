#ifndef PLOTS_LOG_SQLITE_H
#define PLOTS_LOG_SQLITE_H
/*
 * The event log: a history as an SQLite database, with a view for each measure
 * (plots/schema.sql, plots/measures.sql, docs/log.md). Names from the scenario
 * are bound as values, never part of a statement.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <stdint.h>

#include "models/history.h"

struct log_source {
    const struct history *history;
    uint32_t seed, replication;
};

/*
 * Write the log to a new file at `path`. Returns SIM_OK, SIM_ERR_NO_MEMORY or
 * SIM_ERR_IO; then `trouble`, of `size` bytes, says what SQLite found wrong,
 * and the caller removes what there is of the file.
 */
int log_write(const struct log_source *source, const char *path, char *trouble,
              size_t size) SIM_MUST_CHECK;
#endif
