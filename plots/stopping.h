#ifndef PLOTS_STOPPING_H
#define PLOTS_STOPPING_H
/*
 * Stopping: why a run that goes on until targets are known precisely enough
 * ended when it did, and whether it began late enough to measure; in words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/answer.h"
#include "plots/words.h"

/* Add why it ended, in sentences; nothing where a fixed number was run. */
void stopping_say(const struct answer *answer, struct text *out);

/* "0.21 in 100": a half-width in the unit of a target, to two figures. */
void stopping_width(double half_width, enum measure_unit unit,
                    char out[WORDS_SIZE]);

/* "reached", "not reached", "stopped": static. */
const char *stopping_end(const struct precision *precision);
/* Add whether the warm-up is long enough, in sentences; nothing where it was
 * not looked at. */
void stopping_say_warm_up(const struct answer *answer, struct text *out);

/* "enough", "short", "cannot tell", "not judged": static. */
const char *stopping_warm_up(const struct warm_up *warm_up);
#endif
