#ifndef CLI_RUN_OPTIONS_H
#define CLI_RUN_OPTIONS_H
/*
 * The command line of `handrail run`.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "cli/load.h"

/* Where none are given: a fixed number, or at most with a precision. */
#define RUN_REPLICATIONS 1000
#define RUN_REPLICATIONS_MOST 10000

struct run_options {
    const char *path;      /* of the scenario */
    const char *folder;    /* NULL: out/ and the scenario's name */
    uint32_t replications; /* with a precision, at most; 0: not given */
    double precision;      /* half-width over mean of the targets; 0: none */
    uint32_t seed;
    uint32_t threads; /* 0: all cores */
    const char *log;  /* file of the event log, or NULL */
    uint32_t log_replication;
    struct settings settings;
    bool json;  /* print results.json, write nothing */
    bool quiet; /* no progress, no table */
    bool force; /* replace what is in the folder */
    bool help;  /* nothing else counts */
};

/* Read the command line; what is wrong with it is said to the user. Returns a
 * STATUS_; settings_clear the settings in any case. */
int run_options_parse(int argc, char **argv, struct run_options *options);
#endif
