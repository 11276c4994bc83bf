/*
 * Staff of the options by hour of the week. Only sums are kept: the picture
 * that is made of them shows averages.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "studies/compare_impl.h"

#define WEEK_HOURS 168.0

static const enum counter counters[HOUR_KINDS] = {
    [HOUR_NEEDED] = COUNT_DEMANDED,
    [HOUR_BUSY] = COUNT_DELIVERED,
    [HOUR_ROSTERED] = COUNT_ROSTERED};

static const struct layout *layout_of(const struct compare *compare,
                                      size_t option)
{
    return compare->question->option[option].layout[COMPARE_AS_WRITTEN];
}

/* Doubles of all blocks together. */
static size_t length_of(const struct layout *layout)
{
    size_t length = 0;

    for (int kind = 0; kind < HOUR_KINDS; kind++)
        length += layout->role_hour[counters[kind]].length;
    return length;
}

int compare_hours_init(struct compare *compare)
{
    for (size_t i = 0; i < compare->question->option_count; i++) {
        struct compare_columns *columns = &compare->columns[i];

        columns->hours = calloc(length_of(layout_of(compare, i)) + 1,
                                sizeof *columns->hours);
        if (!columns->hours)
            return SIM_ERR_NO_MEMORY;
    }
    return SIM_OK;
}

void compare_hours_add(const struct compare *compare, uint32_t design,
                       const double *record)
{
    double *sum = compare->columns[design].hours;
    const struct layout *layout;

    if (!sum)
        return;
    layout = layout_of(compare, design);
    for (int kind = 0; kind < HOUR_KINDS; kind++) {
        const struct block *block = &layout->role_hour[counters[kind]];

        for (uint32_t i = 0; i < block->length; i++)
            *sum++ += record[block->offset + i];
    }
}

/* Hours of staff time in an hour of the week are staff, once for each week. */
static void fill(const struct compare *compare, size_t option, double *staff)
{
    const struct compare_columns *columns = &compare->columns[option];
    const struct layout *layout = layout_of(compare, option);
    double weeks = layout->measured_hours / WEEK_HOURS;
    size_t length = length_of(layout);

    for (size_t i = 0; i < length && columns->count; i++)
        staff[i] = columns->hours[i] / (weeks * columns->count);
}

int compare_hours_say(const struct compare *compare, struct compare_result *out)
{
    size_t count = compare->question->option_count;

    out->hours = calloc(count, sizeof *out->hours);
    if (!out->hours)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const struct layout *layout = layout_of(compare, i);
        struct compare_hours *hours = &out->hours[i];

        hours->staff = calloc(length_of(layout) + 1, sizeof *hours->staff);
        if (!hours->staff)
            return SIM_ERR_NO_MEMORY;
        hours->roles = layout->role_hour[COUNT_DEMANDED].length / COMPARE_HOURS;
        fill(compare, i, hours->staff);
    }
    return SIM_OK;
}
