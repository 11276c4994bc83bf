/*
 * Missed contacts by day of the week, summed over the hours of each day. The
 * hour 0 of the week is Monday 00:00.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/result_days.h"

#include "studies/estimate.h"

#define WEEKDAYS 7
#define HOURS 24

/* Put the sum over one day's hours of every record into `column`. */
static void take_day(const struct layout *layout, const double *record,
                     uint32_t count, uint32_t first, double *column)
{
    for (uint32_t i = 0; i < count; i++) {
        const double *hour = &record[(size_t)i * layout->length + first];
        column[i] = 0;
        for (int h = 0; h < HOURS; h++)
            column[i] += hour[h];
    }
}

static void make_days(const struct layout *layout, const double *record,
                      struct estimator *estimator, enum counter counter,
                      struct estimate out[WEEKDAYS])
{
    const struct block *part = &layout->cut[counter][SLICE_HOUR];
    const struct block *due = &layout->cut[COUNT_DUE][SLICE_HOUR];
    /* A year holds as many Mondays as weeks. */
    struct estimate_rule rule = {ESTIMATE_SHARE, 1,
                                 layout->measured_hours / (WEEKDAYS * HOURS)};

    for (uint32_t day = 0; day < WEEKDAYS; day++) {
        out[day] = estimate_none();
        if (!part->length || !due->length)
            continue;
        take_day(layout, record, estimator->count, part->offset + day * HOURS,
                 estimator->numerator);
        take_day(layout, record, estimator->count, due->offset + day * HOURS,
                 estimator->denominator);
        estimator_ratio(estimator, &rule, &out[day]);
    }
}

int result_days_make(const struct layout *layout, const double *record,
                     uint32_t count, struct estimate not_delivered[7],
                     struct estimate not_attended[7])
{
    struct estimator estimator;
    int err = estimator_init(&estimator, count);

    if (err != SIM_OK)
        return err;
    make_days(layout, record, &estimator, COUNT_NOT_DELIVERED, not_delivered);
    make_days(layout, record, &estimator, COUNT_NOT_ATTENDED, not_attended);
    estimator_clear(&estimator);
    return SIM_OK;
}
