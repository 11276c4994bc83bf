#ifndef CLI_SNAPSHOT_H
#define CLI_SNAPSHOT_H
/*
 * Snapshot: a scenario's files as they were when first read, so that its
 * variants, made one after another and some of them long after the start, are
 * variants of one and the same text even where somebody edits it meanwhile.
 * Threads: one caller at a time (a set of designs holds its lock).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

#include "cli/files.h"
#include "models/reader.h"

struct snapshot_file; /* a name and what it led to */

struct snapshot {
    struct files files;         /* folder of the scenario */
    const char *name;           /* its base name; in the path given */
    struct snapshot_file *file; /* [count], in the order of reading */
    size_t count;
};

/* Begin with nothing read. `path` (of a scenario) must outlive the snapshot;
 * release it with snapshot_clear in any case. Returns SIM_OK or
 * SIM_ERR_NO_MEMORY. */
int snapshot_init(struct snapshot *snapshot, const char *path) SIM_MUST_CHECK;
void snapshot_clear(struct snapshot *snapshot);

/* A read_bytes callback, `context` a struct snapshot. What could not be read at
 * first cannot be read later either. */
int snapshot_read(void *context, const char *name, char **bytes, size_t *length,
                  const char **why);

/*
 * The scenario with `count` settings ("PATH=VALUE") applied in order. Prints
 * nothing: faults are the caller's, released with faults_clear in any case.
 * Returns as scenario_load does.
 */
int snapshot_load(struct snapshot *snapshot, const char *const *setting,
                  size_t count, struct scenario **out,
                  struct faults *faults) SIM_MUST_CHECK;
#endif
