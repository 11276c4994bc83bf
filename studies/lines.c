/*
 * Result: the lines that figures draw. Each line is a run of estimates whose
 * numerators are neighbours in the record: by day since an entry, by week of
 * the measured period, by hour of the week (hour 0 is Monday 00:00), by number
 * of people.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>

#include "models/caseload.h"
#include "studies/result_impl.h"

#define DAYS (CURVE_DAYS + 1)
#define HOURS 168

static const char *const curve_ids[CURVE_COUNT] = {
    [CURVE_CRISIS] = "crisis", [CURVE_REESCALATION] = "reescalation"};

static const struct {
    const char *id;
    enum counter counter;
} profile_ids[] = {{"hours_demanded", COUNT_DEMANDED},
                   {"hours_delivered", COUNT_DELIVERED},
                   {"hours_rostered", COUNT_ROSTERED}};
#define PROFILE_IDS (sizeof profile_ids / sizeof *profile_ids)

/* Make room for `count` lines; they are counted in as they are begun. */
static int lines_new(size_t count, struct result_line **out)
{
    *out = calloc(count ? count : 1, sizeof **out);
    return *out ? SIM_OK : SIM_ERR_NO_MEMORY;
}

/* Begin the next line: its room for `points`, and what it is called. */
static int line_begin(struct result_line *line, const char *id,
                      const char *name, size_t points)
{
    line->at = calloc(points ? points : 1, sizeof *line->at);
    if (!line->at)
        return SIM_ERR_NO_MEMORY;
    line->id = id;
    snprintf(line->name, sizeof line->name, "%s", name);
    line->points = points;
    return SIM_OK;
}

/* ---- curves ---- */

/* Shares of the people followed. A cumulative line adds day after day. */
static void fill_days(struct maker *maker, uint32_t offset, bool cumulative,
                      struct result_line *line)
{
    struct estimate_rule rule = {ESTIMATE_SHARE, 1, maker_weeks(maker)};
    struct estimator *estimator = &maker->estimator;

    column_take(&estimator->denominator, maker->records,
                maker->layout->total[COUNT_FOLLOWED_90].offset);
    for (uint32_t day = 0; day < DAYS; day++) {
        if (cumulative && day > 0)
            maker_add(maker, offset + day, &estimator->numerator);
        else
            column_take(&estimator->numerator, maker->records, offset + day);
        estimator_ratio(estimator, &rule, &line->at[day]);
    }
}

static int make_curves(struct maker *maker, struct result *out)
{
    const struct layout *layout = maker->layout;
    uint32_t states = layout->states.length / DAYS;
    int err = lines_new(CURVE_COUNT + states, &out->curve);

    for (uint32_t i = 0; err == SIM_OK && i < CURVE_COUNT; i++) {
        if (!layout->curve[i].length)
            continue;
        struct result_line *line = &out->curve[out->curve_count];
        err = line_begin(line, curve_ids[i], "", DAYS);
        if (err != SIM_OK)
            break;
        out->curve_count++;
        fill_days(maker, layout->curve[i].offset, true, line);
    }
    for (uint32_t i = 0; err == SIM_OK && i < states; i++) {
        struct result_line *line = &out->curve[out->curve_count];
        err = line_begin(line, "state", layout_state_name(maker->scenario, i),
                         DAYS);
        if (err != SIM_OK)
            break;
        out->curve_count++;
        fill_days(maker, layout->states.offset + i * DAYS, false, line);
    }
    return err;
}

/* ---- series ---- */

/* Whether a week would tell how many of the caseload are in a level. */
static bool is_withheld(const struct scenario *scenario, uint32_t level,
                        uint32_t week)
{
    return week < CASELOAD_GROUP_WEEKS &&
           caseload_is_small_group(&scenario->level[level]);
}

/* People in a level, week by week. */
static void fill_weeks(struct maker *maker, uint32_t level,
                       struct result_line *line)
{
    static const struct estimate_rule plain = {ESTIMATE_PLAIN, 1, 0};
    const struct block *block = &maker->layout->occupancy_week;
    struct estimator *estimator = &maker->estimator;
    uint32_t weeks = maker->layout->weeks;

    for (uint32_t week = 0; week < weeks; week++) {
        if (is_withheld(maker->scenario, level, week)) {
            line->at[week] = estimate_none();
            continue;
        }
        column_take(&estimator->numerator, maker->records,
                    block->offset + level * weeks + week);
        estimator_ratio(estimator, &plain, &line->at[week]);
    }
}

static int make_series(struct maker *maker, struct result *out)
{
    uint32_t weeks = maker->layout->weeks;
    uint32_t levels = weeks ? maker->layout->occupancy_week.length / weeks : 0;
    int err = lines_new(levels, &out->series);

    column_fill(&maker->estimator.denominator, 1);
    for (uint32_t i = 0; err == SIM_OK && i < levels; i++) {
        err = line_begin(&out->series[i], "occupancy",
                         maker->scenario->level[i].name, weeks);
        if (err != SIM_OK)
            break;
        out->series_count++;
        fill_weeks(maker, i, &out->series[i]);
    }
    return err;
}

/* ---- profiles ---- */

/* Hours of staff time in each hour of the week, of roles [from, until). */
static void fill_hours(struct maker *maker, const struct block *block,
                       uint32_t from, uint32_t until, struct result_line *line)
{
    static const struct estimate_rule plain = {ESTIMATE_PLAIN, 1, 0};
    struct estimator *estimator = &maker->estimator;

    column_fill(&estimator->denominator, maker_weeks(maker));
    for (uint32_t hour = 0; hour < HOURS; hour++) {
        column_take(&estimator->numerator, maker->records,
                    block->offset + from * HOURS + hour);
        for (uint32_t role = from + 1; role < until; role++)
            maker_add(maker, block->offset + role * HOURS + hour,
                      &estimator->numerator);
        estimator_ratio(estimator, &plain, &line->at[hour]);
    }
}

/* All roles together, then each role, of one of the kinds of hours. */
static int make_profile(struct maker *maker, const char *id,
                        const struct block *block, struct result *out)
{
    uint32_t roles = block->length / HOURS;
    int err = SIM_OK;

    for (uint32_t i = 0; i < roles + 1; i++) {
        struct result_line *line = &out->profile[out->profile_count];
        const char *name = i ? maker->scenario->role[i - 1].name : "";

        err = line_begin(line, id, name, HOURS);
        if (err != SIM_OK)
            break;
        out->profile_count++;
        fill_hours(maker, block, i ? i - 1 : 0, i ? i : roles, line);
    }
    return err;
}

static int make_profiles(struct maker *maker, struct result *out)
{
    const struct block *role_hour = maker->layout->role_hour;
    size_t lines = 0;
    int err;

    for (size_t i = 0; i < PROFILE_IDS; i++) {
        uint32_t length = role_hour[profile_ids[i].counter].length;
        lines += length ? length / HOURS + 1 : 0;
    }
    err = lines_new(lines, &out->profile);
    for (size_t i = 0; err == SIM_OK && i < PROFILE_IDS; i++) {
        const struct block *block = &role_hour[profile_ids[i].counter];
        if (block->length)
            err = make_profile(maker, profile_ids[i].id, block, out);
    }
    return err;
}

/* ---- distributions ---- */

/* Bins up to the last that any replication has time in. */
static uint32_t bins_used(struct maker *maker, const struct block *block)
{
    struct column *column = &maker->estimator.numerator;

    for (uint32_t used = block->length; used > 0; used--) {
        column_take(column, maker->records, block->offset + used - 1);
        if (column_sum(column) > 0)
            return used;
    }
    return 0;
}

/* Share of the measured period with so many people in each level; no point of a
 * level that holds a few of today's caseload, whose number it could tell. */
static int make_distributions(struct maker *maker, struct result *out)
{
    struct estimate_rule rule = {ESTIMATE_SHARE, 1, maker_weeks(maker)};
    const struct layout *layout = maker->layout;
    struct estimator *estimator = &maker->estimator;
    uint32_t levels = maker->scenario->level_count;
    int err = lines_new(levels, &out->distribution);

    column_fill(&estimator->denominator, layout->measured_hours);
    for (uint32_t i = 0; err == SIM_OK && i < levels; i++) {
        struct result_line *line = &out->distribution[i];
        struct block block =
            layout_bins(layout, maker->scenario, COUNT_OCCUPANCY_BINS, i);
        uint32_t points = caseload_is_small_group(&maker->scenario->level[i])
                              ? 0
                              : bins_used(maker, &block);

        err = line_begin(line, "occupancy", maker->scenario->level[i].name,
                         points);
        if (err != SIM_OK)
            break;
        out->distribution_count++;
        for (uint32_t bin = 0; bin < points; bin++) {
            column_take(&estimator->numerator, maker->records,
                        block.offset + bin);
            estimator_ratio(estimator, &rule, &line->at[bin]);
        }
    }
    return err;
}

int result_make_lines(struct maker *maker, struct result *out)
{
    int err = make_curves(maker, out);

    if (err == SIM_OK)
        err = make_series(maker, out);
    if (err == SIM_OK)
        err = make_profiles(maker, out);
    if (err == SIM_OK)
        err = make_distributions(maker, out);
    return err;
}
