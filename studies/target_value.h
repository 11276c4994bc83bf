#ifndef STUDIES_TARGET_VALUE_H
#define STUDIES_TARGET_VALUE_H
/*
 * Target value: what one record says of a target, for studies that look at
 * records as they come. A target's estimate is total part over total whole
 * times a scale; only a target on a quantile is not of this form.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/scenario.h"

struct target_value {
    double part, whole; /* `whole` 0: this record has nothing to say */
};

/* Whether target `number` asks of a quantile over all records. */
bool target_is_quantile(const struct scenario *scenario, uint32_t number);

/* What `record` says of target `number`, which is no quantile. Of a target that
 * asks of years: whether this one met the limit, over 1. */
struct target_value target_value(const struct scenario *scenario,
                                 const struct layout *layout, uint32_t number,
                                 const double *record);

/* The factor from part over whole to the target's unit. */
double target_scale(const struct target *target);

/* Whether the target's estimate is a share: 0 to 1. */
bool target_is_share(const struct target *target);

/* The limit in the unit of the estimate: of a target that asks of periods, the
 * share of them. */
double target_limit(const struct target *target);

/* The bins in a record behind target `number`, which is a quantile. */
struct block target_bins(const struct scenario *scenario,
                         const struct layout *layout, uint32_t number);
#endif
