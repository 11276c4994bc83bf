/*
 * Missed contacts by day of the week, from the blocks a record keeps for them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/result_days.h"

#include "studies/estimate.h"

#define WEEKDAYS 7
#define HOURS_OF_WEEK 168

static void make_days(const struct layout *layout,
                      const struct records *records,
                      struct estimator *estimator, enum counter counter,
                      struct estimate out[WEEKDAYS])
{
    const struct block *part = &layout->weekday[counter];
    const struct block *due = &layout->weekday[COUNT_DUE];
    /* A year holds as many Mondays as weeks. */
    struct estimate_rule rule = {ESTIMATE_SHARE, 1,
                                 layout->measured_hours / HOURS_OF_WEEK};

    for (uint32_t day = 0; day < WEEKDAYS; day++) {
        column_take(&estimator->numerator, records, part->offset + day);
        column_take(&estimator->denominator, records, due->offset + day);
        estimator_ratio(estimator, &rule, &out[day]);
    }
}

int result_days_make(const struct layout *layout, const struct records *records,
                     struct estimate not_delivered[7],
                     struct estimate not_attended[7])
{
    struct estimator estimator;
    int err = estimator_init(&estimator, records->count);

    if (err != SIM_OK)
        return err;
    make_days(layout, records, &estimator, COUNT_NOT_DELIVERED, not_delivered);
    make_days(layout, records, &estimator, COUNT_NOT_ATTENDED, not_attended);
    estimator_clear(&estimator);
    return SIM_OK;
}
