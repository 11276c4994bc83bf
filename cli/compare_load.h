#ifndef CLI_COMPARE_LOAD_H
#define CLI_COMPARE_LOAD_H
/*
 * Loading what is to be compared: a study file, or several scenarios of which
 * the first is the base. All of it is read and checked before anything runs;
 * what is wrong is printed here. Results are STATUS_ codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/load.h"
#include "cli/snapshot.h"
#include "models/study_file.h"
#include "studies/compare.h"
#include "work/designs.h"

struct compare_load {
    const struct settings *settings; /* laid on the base before any option */
    /* A study and its text; NULL where scenarios are compared. */
    struct study_file *study;
    struct faults study_faults;
    bool bad; /* the study itself has errors */
    char *bytes;
    size_t length;
    const char *study_path;
    /* Where scenarios come from: one, or one for each option. */
    struct snapshot *snapshot; /* [snapshot_count] */
    size_t snapshot_count;
    char **path;         /* [snapshot_count] as seen from here; owned */
    struct arena *arena; /* of names and settings */
    struct compare_option *option; /* [option_count]; 0 is the base */
    size_t option_count;
    bool both_worlds; /* options differ in plans or contacts, and contacts
                         protect: also without that effect */
    struct designs *designs; /* every design, taken */
    struct faults found;     /* in the scenario made last */
};

/* Whether the file at `path` can be read and is a study. */
bool compare_load_is_study(const char *path);

/*
 * Load the study at path[0], or the scenarios path[0..count), with `settings`
 * (of --set) applied to each. `load` is released with compare_load_clear in any
 * case; `path` and `settings` must outlive it.
 */
int compare_load(struct compare_load *load, const char *const *path,
                 size_t count, const struct settings *settings);
void compare_load_clear(struct compare_load *load);
#endif
