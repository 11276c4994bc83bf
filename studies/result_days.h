#ifndef STUDIES_RESULT_DAYS_H
#define STUDIES_RESULT_DAYS_H
/*
 * Missed contacts by day of the week, which is not a slice but has blocks of
 * its own in a record.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "models/measure.h"
#include "sim/error.h"
#include "studies/records.h"
#include "studies/result.h"

/*
 * From `records`: the shares of the planned contacts due on Monday (0) to
 * Sunday (6) that were not delivered and not attended, with intervals as in
 * result.h. A holiday counts on the weekday it falls on. Returns SIM_OK or
 * SIM_ERR_NO_MEMORY.
 */
int result_days_make(const struct layout *layout, const struct records *records,
                     struct estimate not_delivered[7],
                     struct estimate not_attended[7]) SIM_MUST_CHECK;
#endif
