#ifndef PLOTS_WORDS_H
#define PLOTS_WORDS_H
/*
 * Words: numbers as a manager reads them. Shares are natural frequencies ("3.1
 * in 100"), whole from 10 up and with one decimal below; an interval too
 * narrow to show at that precision gets up to two decimals, so that it is
 * never printed as a point. Estimates that cannot be had are "no data".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

#include "models/measure.h"
#include "plots/text.h"
#include "studies/result.h"

#define WORDS_SIZE 64 /* enough for every text made here */

/* "1,234.5": `decimals` 0 to 4, thousands set off; NaN is "no data". */
void words_number(double value, int decimals, char out[WORDS_SIZE]);

/* What stands behind a number of this unit (" in 100", " a week", ""), and in
 * `*scale` what a value is multiplied by before it is shown. */
const char *words_unit(enum measure_unit unit, double *scale);

/* "3.1 in 100", "61 a week", "9,345 a week", "12 min". */
void words_value(const struct estimate *estimate, enum measure_unit unit,
                 char out[WORDS_SIZE]);

/* The number alone, for a sentence, no finer than it need be: "3.1", "12". */
void words_bare(const struct estimate *estimate, enum measure_unit unit,
                char out[WORDS_SIZE]);

/* The 95% interval: "between 2.9 and 3.3"; "at most 0.3" where no event was
 * seen, "at least 97" where every one was; "" where there is none or every
 * replication says the same. No unit. */
void words_between(const struct estimate *estimate, enum measure_unit unit,
                   char out[WORDS_SIZE]);

/* "2.0 to 4.4": where 9 in 10 simulated runs lie; "" where not known. */
void words_spread(const struct estimate *estimate, enum measure_unit unit,
                  char out[WORDS_SIZE]);

/* A limit of a target: "2 in 100". */
void words_limit(double limit, enum measure_unit unit, char out[WORDS_SIZE]);

/* What one replication is called: "simulated year" where it measures one. */
const char *words_run(const struct scenario *scenario);

/* A length of time in days or weeks: "52 weeks", "10 days", "no time". */
void words_span(sim_ms span, char out[WORDS_SIZE]);

/* "3.1 in 100 (between 2.9 and 3.3)". */
#define WORDS_PHRASE_SIZE (2 * WORDS_SIZE + 8)
void words_phrase(const struct estimate *estimate, enum measure_unit unit,
                  char out[WORDS_PHRASE_SIZE]);

/* What a target is about and asks for: "Planned contacts not delivered,
 * weekend, at most 2 in 100, on 9 of 10 weekends". */
void words_target(const struct scenario *scenario, const struct target *target,
                  struct text *out);

/* "on 9 of 10 weekends", "in 9 of 10 years"; "" where a target asks for no such
 * thing. */
void words_periods(const struct target *target, char out[WORDS_SIZE]);

/* "days", "weekends", "weeks", "years"; "" for none. */
const char *words_period(enum target_period period);

/* The unit that a target's estimate has: a share of periods, or its measure's.
 */
enum measure_unit words_target_unit(const struct target *target);

/* "met", "not met", "cannot tell", "no data". */
const char *words_verdict(enum verdict verdict);
#endif
