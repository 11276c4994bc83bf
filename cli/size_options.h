#ifndef CLI_SIZE_OPTIONS_H
#define CLI_SIZE_OPTIONS_H
/*
 * The command line of `handrail size`.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "cli/load.h"

enum size_shortcut { SIZE_SHORTCUT_AUTO, SIZE_SHORTCUT_YES, SIZE_SHORTCUT_NO };

struct size_options {
    const char *path;        /* of the scenario */
    const char *folder;      /* NULL: out/, the scenario's name and "-size" */
    const char *minimise;    /* id of a measure */
    struct settings vary;    /* "PATH=LOW..HIGH" as given */
    struct settings targets; /* "NAME={...}" as given */
    struct settings settings;
    double within; /* 0: not given */
    double margin; /* part of a limit */
    enum size_shortcut shortcut;
    uint32_t replications; /* budget */
    uint32_t seed;
    uint32_t threads; /* 0: all cores */
    bool json, quiet, force, help;
};

/* Read the command line; what is wrong with it is said to the user. Returns a
 * STATUS_; size_options_clear in any case. */
int size_options_parse(int argc, char **argv, struct size_options *options);
void size_options_clear(struct size_options *options);
#endif
