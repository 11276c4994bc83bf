#ifndef TESTS_VERIFY_REWRITE_H
#define TESTS_VERIFY_REWRITE_H
/*
 * Scenario files that say the same in other words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

/*
 * The YAML `text` with the keys of its mappings in an order drawn from `seed`,
 * but for those whose order says something: the steps of a plan and the effects
 * of an action. Freed by the caller; fails the test where it cannot.
 */
char *rewrite_order(const char *text, uint32_t seed);

/* How a length of time may be written. */
struct rewrite_unit {
    const char *unit;  /* "min" */
    int64_t seconds;   /* that it has */
    const char *other; /* how it is to be written: "s" */
    int64_t divided;   /* seconds of that; a number that is none whole stays */
};

/*
 * `text` with each length of time that stands alone as a value ("20 min", also
 * as a parameter of a distribution) written in another unit ("1200 s"); the
 * number of those in `*changed`. Schedules ("every 2 days") and rates stay.
 * `units` ends with a NULL unit.
 */
char *rewrite_units(const char *text, const struct rewrite_unit *units,
                    unsigned *changed);
#endif
