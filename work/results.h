#ifndef WORK_RESULTS_H
#define WORK_RESULTS_H
/*
 * Results: made of the records of a run on two threads, as they take a
 * twentieth of the time of a run and would else be done while one core waits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "studies/result.h"

/*
 * As result_make, its halves at once unless `threads` is 1 (0: as many as the
 * machine has cores). The result is the same. Returns SIM_OK or
 * SIM_ERR_NO_MEMORY (then `out` is zeroed).
 */
int results_make(const struct result_of *of, uint32_t threads,
                 struct result *out) SIM_MUST_CHECK;
#endif
