/*
 * The layout of a record, derived from the table of measures: a counter keeps a
 * cut when some measure asks for that cut of a ratio in which the counter
 * stands. Curves and series follow.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"

#include <string.h>

#include "sim/tally.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

uint32_t layout_states(const struct scenario *scenario)
{
    return scenario->state_count + LAYOUT_PLACES;
}

const char *layout_state_name(const struct scenario *scenario, uint32_t i)
{
    static const char *const place[LAYOUT_PLACES] = {
        "stepped up again", "left after a crisis", "left"};

    return i < scenario->state_count ? scenario->state[i].name
                                     : place[i - scenario->state_count];
}

static void take(struct layout *layout, struct block *block, uint32_t length)
{
    if (block->length)
        return;
    block->offset = layout->length;
    block->length = length;
    layout->length += length;
}

/* The people a level can hold make its bins; unlimited, or many: all bins. A
 * caseload may begin with more than there are places. */
static uint32_t level_bins(const struct level *level)
{
    uint32_t most =
        level->present > level->places ? level->present : level->places;

    return most < SIM_BINS ? most + 1 : SIM_BINS;
}

struct block layout_bins(const struct layout *layout,
                         const struct scenario *scenario, enum counter counter,
                         uint32_t row)
{
    struct block block = {layout->bins[counter].offset, SIM_BINS};

    if (counter != COUNT_OCCUPANCY_BINS || layout->bins[counter].length == 0)
        return block;
    for (uint32_t i = 0; i < row; i++)
        block.offset += level_bins(&scenario->level[i]);
    block.length = level_bins(&scenario->level[row]);
    return block;
}

static void take_bins(struct layout *layout, const struct scenario *scenario,
                      const struct measure *measure)
{
    uint32_t length = SIM_BINS;

    if (measure->cuts & CUT(SLICE_LEVEL)) {
        length = 0;
        for (uint32_t i = 0; i < scenario->level_count; i++)
            length += level_bins(&scenario->level[i]);
    }
    take(layout, &layout->bins[measure->numerator], length);
}

/* Cuts by week or by hour of the week are series: they lie behind the core. */
static bool is_series(int slice)
{
    return slice == SLICE_WEEK || slice == SLICE_HOUR;
}

/* Room for what one measure needs in the core. */
static void take_measure(struct layout *layout, const struct scenario *scenario,
                         const struct measure *measure)
{
    take(layout, &layout->total[measure->numerator], 1);
    take(layout, &layout->total[measure->denominator], 1);
    if (measure->type == MEASURE_QUANTILE) {
        take_bins(layout, scenario, measure);
        return;
    }
    for (int i = 0; i < SLICE_COUNT; i++) {
        if (!(measure->cuts & CUT(i)) || is_series(i))
            continue;
        uint32_t values = slice_values(scenario, (enum slice)i);
        take(layout, &layout->cut[measure->numerator][i], values);
        if (measure->type == MEASURE_RATIO)
            take(layout, &layout->cut[measure->denominator][i], values);
    }
}

/* Room for the series of one measure. */
static void take_series(struct layout *layout, const struct scenario *scenario,
                        const struct measure *measure)
{
    for (int i = 0; i < SLICE_COUNT; i++) {
        if (!(measure->cuts & CUT(i)) || !is_series(i))
            continue;
        uint32_t values = slice_values(scenario, (enum slice)i);
        take(layout, &layout->cut[measure->numerator][i], values);
        if (measure->type == MEASURE_RATIO)
            take(layout, &layout->cut[measure->denominator][i], values);
    }
}

static uint64_t digest_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *p = bytes;

    /* FNV-1a, 64 bits (Fowler, Noll, Vo). */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ p[i]) * 0x100000001b3u;
    return hash;
}

/* Two records can be put together when their layouts have one digest: the same
 * blocks for the same names. */
static uint64_t digest_of(const struct layout *layout,
                          const struct scenario *scenario)
{
    uint64_t hash = 0xcbf29ce484222325u;
    char name[256];

    hash = digest_bytes(hash, layout, sizeof *layout);
    for (int i = 0; i < SLICE_COUNT; i++) {
        uint32_t values = slice_values(scenario, (enum slice)i);
        for (uint32_t v = 0; v < values; v++) {
            slice_value_name(scenario, (enum slice)i, v, name, sizeof name);
            hash = digest_bytes(hash, name, strlen(name) + 1);
        }
    }
    return hash;
}

int layout_init(struct layout *layout, const struct scenario *scenario)
{
    static const enum counter by_role_hour[] = {COUNT_DEMANDED, COUNT_DELIVERED,
                                                COUNT_ROSTERED};
    static const enum counter by_weekday[] = {COUNT_DUE, COUNT_NOT_DELIVERED,
                                              COUNT_NOT_ATTENDED};

    memset(layout, 0, sizeof *layout);
    layout->weeks = slice_values(scenario, SLICE_WEEK);
    layout->measured_hours =
        (double)scenario->calendar.run_for / (double)SIM_HOUR;
    for (uint32_t i = 0; i < measure_count; i++)
        take_measure(layout, scenario, &measure_table[i]);
    take(layout, &layout->total[COUNT_EVENTS], 1);
    for (size_t i = 0; i < LENGTH(by_weekday); i++)
        take(layout, &layout->weekday[by_weekday[i]], 7);
    for (int i = 0; i < CURVE_COUNT; i++)
        take(layout, &layout->curve[i], CURVE_DAYS + 1);
    take(layout, &layout->states, layout_states(scenario) * (CURVE_DAYS + 1));
    for (uint32_t i = 0; i < scenario->target_count; i++)
        if (target_counts_apart(&scenario->target[i]))
            take(layout, &layout->targets, 2 * scenario->target_count);
    layout->core_length = layout->length;
    for (uint32_t i = 0; i < measure_count; i++)
        take_series(layout, scenario, &measure_table[i]);
    for (size_t i = 0; i < LENGTH(by_role_hour); i++)
        take(layout, &layout->role_hour[by_role_hour[i]],
             scenario->role_count * 168);
    take(layout, &layout->occupancy_week,
         scenario->level_count * layout->weeks);
    layout->weeks_before = (uint32_t)(scenario->calendar.warm_up / SIM_WEEK);
    take(layout, &layout->occupancy_before,
         scenario->level_count * layout->weeks_before);
    take(layout, &layout->waiting_week,
         scenario->level_count * (layout->weeks_before + layout->weeks));
    if (layout->core_length > LAYOUT_CORE_MAX)
        return SIM_ERR_LIMIT;
    layout->digest = digest_of(layout, scenario);
    return SIM_OK;
}
