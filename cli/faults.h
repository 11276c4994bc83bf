#ifndef CLI_FAULTS_H
#define CLI_FAULTS_H
/*
 * Faults: printing what is wrong with scenarios and studies to standard error.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

#include "cli/files.h"
#include "models/reader.h"

/* Faults printed at most in all; the rest is counted. */
#define FAULTS_SHOWN 100

/* One printing, of one list or of several. Zeroed before the first. */
struct faults_printing {
    size_t shown, errors, warnings;
};

/*
 * Print the faults of a list in the order of the file, naming files as seen
 * from here (relative to `files`), so that an editor or a terminal can follow
 * them; where there are too many, errors first. A file called `as_given` (or
 * NULL) is named so.
 */
void faults_print(struct faults_printing *printing, const struct faults *faults,
                  const struct files *files, const char *as_given);

/* How many were not shown; and how many there are, where there are errors. */
void faults_print_end(const struct faults_printing *printing);
#endif
