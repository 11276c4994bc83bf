#ifndef CLI_COMPARE_OPTIONS_H
#define CLI_COMPARE_OPTIONS_H
/*
 * The command line of `handrail compare`.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "cli/load.h"
#include "studies/compare.h"

struct compare_options {
    const char *const *path; /* [path_count] a study, or scenarios */
    size_t path_count;
    const char *folder; /* NULL: out/ and the first file's name */
    bool has_replications, has_seed;
    uint32_t replications;
    uint32_t seed;
    uint32_t threads; /* 0: all cores */
    struct settings settings;
    struct settings measures; /* of --measure: "ID" or "ID:SLICE=VALUE" */
    bool until_separated;
    const char *select; /* likewise, or NULL */
    const char *within; /* the lead that matters, as written */
    bool json, quiet, force;
    bool help; /* nothing else counts */
};

/* Read the command line; what is wrong with it is said to the user. Returns a
 * STATUS_; compare_options_clear in any case. */
int compare_options_parse(int argc, char **argv,
                          struct compare_options *options);
void compare_options_clear(struct compare_options *options);

/*
 * Read "ID" or "ID:SLICE=VALUE", VALUE one that `base` has; `option` names the
 * option of the command line in messages. The value of the slice points into
 * `text`. Returns a STATUS_.
 */
int compare_options_measure(const char *option, const char *text,
                            const struct scenario *base,
                            struct compare_measure *out);
#endif
