#ifndef CLI_SIZE_RANGES_H
#define CLI_SIZE_RANGES_H
/*
 * The ranges of --vary: "PATH=LOW..HIGH", or "PATH=LOW..HIGH by STEP", whole
 * numbers. What is wrong with one is printed as a fault of a scenario is, with
 * the place in the option.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

#include "cli/load.h"
#include "studies/size.h"

struct size_ranges {
    struct size_range range[SIZE_RANGES_MAX]; /* paths owned */
    uint32_t count;
};

/* Read the options; returns STATUS_DONE, STATUS_BAD_SCENARIO with every fault
 * printed, or STATUS_FAILED. size_ranges_clear in any case. */
int size_ranges_read(const struct settings *vary, struct size_ranges *out);
void size_ranges_clear(struct size_ranges *ranges);

/* Print one fault in an option's text: `at` is the byte it is about. */
void size_ranges_complain(const char *option, const char *text, const char *at,
                          const char *hint, const char *message);
#endif
