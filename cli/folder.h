#ifndef CLI_FOLDER_H
#define CLI_FOLDER_H
/*
 * Folder: where results appear, whole or not at all. Everything is written into
 * a temporary folder first. For a new folder that one stands beside it and is
 * renamed at the end; in a folder that is already there (--force) it stands
 * inside, and its files replace ours one by one, each by a rename; files that
 * are not ours are left alone.
 * What goes wrong is said to the user here; results are STATUS_ codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>

#define FOLDER_FILES_MAX 32

struct folder {
    char *target;    /* where files are to appear */
    char *temporary; /* where they are made; NULL: nothing was begun */
    bool there;      /* the target was there already */
    char *made;      /* first parent folder that we had to make, or NULL */
    const char *written[FOLDER_FILES_MAX]; /* not owned */
    size_t written_count;
};

/*
 * Refuse a target that is already there, unless `force`; make its parents and
 * the temporary folder. Release with folder_clear in any case.
 */
int folder_begin(struct folder *folder, const char *target, bool force);

/* Write one file into the temporary folder. `name` ("results.json",
 * "figures/a.svg") is kept, not copied; at most one folder deep. */
int folder_write(struct folder *folder, const char *name, const char *bytes,
                 size_t length);

/* Let the files appear. Those of the `count` names of `ours` that were not
 * written this time are taken out: they would belong to another run. */
int folder_finish(struct folder *folder, const char *const *ours, size_t count);

/* Release; what was not finished is removed. Zeroed input is allowed. */
void folder_clear(struct folder *folder);
#endif
