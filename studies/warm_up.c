/*
 * MSER, and the series it is applied to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/warm_up.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tally.h"
#include "studies/estimate.h"

#define WEEK_HOURS 168.0

/* ---- MSER ---- */

static double batch_mean(const double *value, size_t batch)
{
    double sum = 0;

    for (size_t i = 0; i < MSER_BATCH; i++)
        sum += value[MSER_BATCH * batch + i];
    return sum / MSER_BATCH;
}

/* From the last batch to the first, so that each d costs one step. Of two that
 * are equally good the earlier counts: it keeps more. */
bool mser(const double *value, size_t count, uint32_t *out)
{
    size_t batches = count / MSER_BATCH, best = 0;
    struct sim_moments rest = {0};
    double least = 0;
    bool found = false;

    if (batches < MSER_BATCHES_LEAST)
        return false;
    for (size_t d = batches; d-- > 0;) {
        double kept = (double)(batches - d), statistic;

        sim_moments_add(&rest, batch_mean(value, d));
        statistic = rest.squares / (kept * kept);
        if (batches - d <= MSER_TAIL || (found && statistic > least))
            continue;
        found = true;
        least = statistic;
        best = d;
    }
    *out = (uint32_t)(best * MSER_BATCH);
    return true;
}

/* ---- series ---- */

struct judge {
    const struct scenario *scenario;
    const struct layout *layout;
    const struct records *records;
    double *week; /* [weeks] of one level */
    uint32_t weeks;
    /* [records->count] each: two columns, and of each replication the mean of
     * the measured weeks and of those that MSER keeps. */
    double *people, *waiting, *measured, *settled;
};

/* Where the people in a level, and waiting for it, are in a record. */
static uint32_t occupancy_place(const struct judge *judge, uint32_t level,
                                uint32_t week)
{
    const struct layout *layout = judge->layout;
    uint32_t before = layout->weeks_before;

    if (week < before)
        return layout->occupancy_before.offset + level * before + week;
    return layout->occupancy_week.offset + level * layout->weeks + week -
           before;
}

static uint32_t waiting_place(const struct judge *judge, uint32_t level,
                              uint32_t week)
{
    const struct layout *layout = judge->layout;

    return layout->waiting_week.offset +
           level * (layout->weeks_before + layout->weeks) + week;
}

/* People in a level, and waiting for it, in a week of each replication. */
static void take_week(const struct judge *judge, uint32_t level, uint32_t week)
{
    records_take(judge->records, occupancy_place(judge, level, week),
                 judge->people);
    records_take(judge->records, waiting_place(judge, level, week),
                 judge->waiting);
}

static double mean_of(const struct judge *judge, const double *column)
{
    double sum = 0;

    for (uint32_t i = 0; i < judge->records->count; i++)
        sum += column[i];
    return sum / judge->records->count;
}

/* People in a level and waiting for it, week by week. */
static void fill_weeks(const struct judge *judge, uint32_t level)
{
    for (uint32_t week = 0; week < judge->weeks; week++) {
        take_week(judge, level, week);
        judge->week[week] =
            mean_of(judge, judge->people) + mean_of(judge, judge->waiting);
    }
}

static double mean_from(const struct judge *judge, uint32_t from)
{
    double sum = 0;

    for (uint32_t week = from; week < judge->weeks; week++)
        sum += judge->week[week];
    return sum / (judge->weeks - from);
}

/* ---- the verdict ---- */

/* Whether the service is one that settles; else why not. */
static bool settles(const struct scenario *scenario, enum warm_up_why *why)
{
    if (scenario->calendar.caseload) {
        *why = WARM_UP_CASELOAD;
        return false;
    }
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        const struct referrals *referrals = &scenario->cohort[i].referrals;

        if (!referrals->shaped && !referrals->file)
            continue;
        *why = referrals->file ? WARM_UP_DATES : WARM_UP_GROWTH;
        return false;
    }
    return true;
}

/* Part by which an average changes. */
static double change(double measured, double settled)
{
    return fabs(measured - settled) / settled;
}

/* Mean over weeks [from, end) of one level in each replication. */
static void weeks_of(const struct judge *judge, uint32_t level, uint32_t from,
                     double *mean)
{
    uint32_t count = judge->records->count;

    memset(mean, 0, count * sizeof *mean);
    for (uint32_t week = from; week < judge->weeks; week++) {
        take_week(judge, level, week);
        for (uint32_t i = 0; i < count; i++)
            mean[i] += judge->people[i] + judge->waiting[i];
    }
    for (uint32_t i = 0; i < count; i++)
        mean[i] /= judge->weeks - from;
}

/* Whether leaving out `wanted` weeks changes the average by more than chance
 * would, and by so much that it matters. */
static bool matters(const struct judge *judge, uint32_t level, uint32_t wanted)
{
    struct sim_moments difference = {0};
    uint32_t count = judge->records->count;
    double looks =
        judge->scenario->level_count * (judge->weeks / (double)MSER_BATCH);
    double settled = mean_from(judge, wanted), error, critical;

    weeks_of(judge, level, judge->layout->weeks_before, judge->measured);
    weeks_of(judge, level, wanted, judge->settled);
    for (uint32_t i = 0; i < count; i++)
        sim_moments_add(&difference, judge->measured[i] - judge->settled[i]);
    error = sqrt(sim_moments_variance(&difference) / count);
    critical =
        gsl_cdf_tdist_Qinv((1 - ESTIMATE_CONFIDENCE) / 2 / looks, count - 1);
    return fabs(difference.mean) >= WARM_UP_MATTERS * settled &&
           fabs(difference.mean) > critical * error;
}

/* A level for which MSER would leave out more weeks than the warm-up has. */
static struct warm_up finding_of(const struct judge *judge, uint32_t level,
                                 uint32_t wanted)
{
    bool tells = wanted <= judge->weeks / 2;
    struct warm_up found = {.verdict = WARM_UP_ENOUGH,
                            .wanted = tells ? wanted : 0,
                            .level = level,
                            .measured =
                                mean_from(judge, judge->layout->weeks_before),
                            .settled = mean_from(judge, wanted)};

    if (matters(judge, level, wanted))
        found.verdict = tells ? WARM_UP_SHORT : WARM_UP_CANNOT_TELL;
    return found;
}

/* Short counts before too short to tell, and that before enough; of two levels
 * alike in that the one whose average changes more. */
static bool is_worse(const struct warm_up *a, const struct warm_up *b)
{
    static const int rank[] = {
        [WARM_UP_ENOUGH] = 0, [WARM_UP_CANNOT_TELL] = 1, [WARM_UP_SHORT] = 2};

    if (rank[a->verdict] != rank[b->verdict])
        return rank[a->verdict] > rank[b->verdict];
    return b->level == NONE ||
           change(a->measured, a->settled) > change(b->measured, b->settled);
}

static void judge_level(const struct judge *judge, uint32_t level,
                        struct warm_up *out)
{
    uint32_t wanted, most;
    struct warm_up found;

    if (!mser(judge->week, judge->weeks, &wanted)) {
        out->verdict = WARM_UP_CANNOT_TELL;
        return;
    }
    if (wanted <= judge->layout->weeks_before) {
        if (out->verdict != WARM_UP_SHORT && wanted > out->wanted)
            out->wanted = wanted;
        return;
    }
    found = finding_of(judge, level, wanted);
    most = found.wanted > out->wanted ? found.wanted : out->wanted;
    if (is_worse(&found, out))
        *out = found;
    if (out->verdict != WARM_UP_SHORT)
        out->wanted = most;
}

/* Whether anybody is ever there, which a level outside the service (rank 0)
 * does not count for. */
static bool has_people(const struct judge *judge, uint32_t level)
{
    if (judge->scenario->level[level].rank <= 0)
        return false;
    for (uint32_t week = 0; week < judge->weeks; week++)
        if (judge->week[week] > 0)
            return true;
    return false;
}

static void judge_all(const struct judge *judge, struct warm_up *out)
{
    bool any = false;

    out->verdict = WARM_UP_ENOUGH;
    for (uint32_t i = 0; i < judge->scenario->level_count; i++) {
        fill_weeks(judge, i);
        if (!has_people(judge, i))
            continue;
        any = true;
        judge_level(judge, i, out);
    }
    if (!any) {
        out->verdict = WARM_UP_NOT_JUDGED;
        out->why = WARM_UP_EMPTY;
    }
}

/* Room for the weeks and columns. */
static int make_room(struct judge *judge)
{
    size_t count = judge->records->count;

    judge->week = calloc(judge->weeks + 1, sizeof *judge->week);
    judge->people = calloc(4 * count + 1, sizeof *judge->people);
    if (!judge->week || !judge->people)
        return SIM_ERR_NO_MEMORY;
    judge->waiting = judge->people + count;
    judge->measured = judge->waiting + count;
    judge->settled = judge->measured + count;
    return SIM_OK;
}

int warm_up_judge(const struct scenario *scenario, const struct layout *layout,
                  const struct records *records, struct warm_up *out)
{
    struct judge judge = {.scenario = scenario,
                          .layout = layout,
                          .records = records,
                          .weeks =
                              layout->weeks_before +
                              (uint32_t)(layout->measured_hours / WEEK_HOURS)};
    int err;

    memset(out, 0, sizeof *out);
    out->level = NONE;
    out->before = layout->weeks_before;
    out->weeks = judge.weeks;
    out->verdict = WARM_UP_NOT_JUDGED;
    if (!settles(scenario, &out->why))
        return SIM_OK;
    out->verdict = WARM_UP_CANNOT_TELL;
    if (records->count < 2)
        return SIM_OK;
    err = make_room(&judge);
    if (err == SIM_OK)
        judge_all(&judge, out);
    out->before = layout->weeks_before;
    out->weeks = judge.weeks;
    free(judge.week);
    free(judge.people);
    return err;
}
