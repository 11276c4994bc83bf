#ifndef PLOTS_SCRATCH_H
#define PLOTS_SCRATCH_H
/*
 * Scratch: a private temporary folder, and running a program on what is in it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>

#include "plots/text.h"
#include "sim/error.h"

struct scratch {
    char *folder; /* absolute, without a slash at its end; NULL: none */
};

/* Make the folder under $TMPDIR or /tmp, for this user only. Returns SIM_OK,
 * SIM_ERR_NO_MEMORY or SIM_ERR_IO. Remove it with scratch_clear. */
int scratch_init(struct scratch *scratch) SIM_MUST_CHECK;

/* Remove the folder and all files in it. Zeroed input is allowed. */
void scratch_clear(struct scratch *scratch);

/* Write `bytes` to the file `name`. Returns SIM_OK, SIM_ERR_NO_MEMORY or
 * SIM_ERR_IO. */
int scratch_write(const struct scratch *scratch, const char *name,
                  const struct text *bytes) SIM_MUST_CHECK;

/* Add the whole of the file `name` to `out`. Returns as scratch_write. */
int scratch_read(const struct scratch *scratch, const char *name,
                 struct text *out) SIM_MUST_CHECK;

/* The path of the file `name`; the caller frees it; NULL without memory. */
char *scratch_path(const struct scratch *scratch, const char *name);

enum program_end {
    PROGRAM_DONE,    /* ended with 0 */
    PROGRAM_FAILED,  /* ended otherwise, or could not be started */
    PROGRAM_MISSING, /* there is no such program */
    PROGRAM_STOPPED  /* the caller's flag was set, and it was killed */
};

/*
 * Run `argv[0]`, sought in PATH, with no shell between, and wait for it. It
 * reads nothing, its messages go to the file "messages", and Ctrl-C on the
 * terminal does not reach it: when `stop` (or NULL) is set it is killed.
 */
enum program_end scratch_run(const struct scratch *scratch, char *const argv[],
                             const volatile sig_atomic_t *stop);
#endif
