/*
 * From targets to limits, and from records to quantities. The same doubles as
 * studies/result.c reads for its rows and targets, one replication at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/size_watch.h"

#include <string.h>

#include "sim/tally.h"
#include "studies/result_impl.h"

#define WEEK_HOURS 168.0
/* A value that a limit has in its last bits is on the right side of it. */
#define SLACK 1e-12

/* ---- what is watched ---- */

/* Room for a margin: the limit, or what is left of 100%. */
static double room_of(const struct size_limit *limit)
{
    return limit->is_share && !limit->at_most ? 1 - limit->limit : limit->limit;
}

static struct size_limit limit_of(const struct target *target,
                                  const struct layout *layout, double margin)
{
    const struct measure *measure = &measure_table[target->measure];
    struct size_limit limit = {
        .at_most = target->at_most,
        .limit = target->limit,
        .is_share = measure->unit == UNIT_SHARE,
    };

    if (target->in != PERIOD_NONE) {
        limit.at_most = false;
        limit.limit = (double)target->in_met / target->in_of;
        limit.is_share = true;
        limit.yes_or_no = target->in == PERIOD_YEARS;
    } else if (measure->type == MEASURE_QUANTILE) {
        limit.at_most = !target->at_most;
        limit.limit = QUANTILE_P;
        limit.is_share = true;
    }
    if (limit.is_share || measure->unit == UNIT_PER_WEEK)
        limit.occasions = layout->measured_hours / WEEK_HOURS;
    /* Of a share of 95% in bins either way 5% is what there is room in. */
    limit.margin =
        margin * (measure->type == MEASURE_QUANTILE && target->in == PERIOD_NONE
                      ? 1 - QUANTILE_P
                      : room_of(&limit));
    return limit;
}

static struct size_quantity quantity_of(const struct layout *layout,
                                        uint32_t measure, uint32_t target)
{
    const struct measure *of = &measure_table[measure];
    struct size_quantity quantity = {
        .measure = measure,
        .target = target,
        .unit = of->unit,
        .rule = {.kind = ESTIMATE_PLAIN,
                 .scale = 1,
                 .occasions = layout->measured_hours / WEEK_HOURS},
    };

    if (of->unit == UNIT_SHARE)
        quantity.rule.kind = ESTIMATE_SHARE;
    else if (of->unit == UNIT_PER_WEEK)
        quantity.rule.kind = ESTIMATE_COUNT;
    return quantity;
}

static void add_target(struct size_watch *watch, const struct layout *layout,
                       const struct target *target, uint32_t number,
                       double margin)
{
    struct size_quantity *quantity = &watch->quantity[watch->count++];
    struct size_limit *limit = &watch->limit[watch->limit_count++];

    *quantity = quantity_of(layout, target->measure, number);
    *limit = limit_of(target, layout, margin);
    if (limit->is_share) {
        quantity->unit = UNIT_SHARE;
        quantity->rule.kind = ESTIMATE_SHARE;
    }
    if (limit->yes_or_no)
        quantity->rule.occasions = 1;
}

/* Whether a record holds what a target is about: some measures have no value
 * but for a level, say. Of targets that count apart it does. */
static bool is_kept(const struct layout *layout, const struct target *target)
{
    const struct measure *measure = &measure_table[target->measure];
    const struct target_cut *cut = target->cut_count ? target->cut : NULL;

    if (target_counts_apart(target))
        return true;
    if (!cut && !measure->whole)
        return false;
    if (measure->type == MEASURE_QUANTILE)
        return layout->bins[measure->numerator].length > 0;
    if (!cut)
        return layout->total[measure->numerator].length > 0 &&
               layout->total[measure->denominator].length > 0;
    return cut->value < layout->cut[measure->numerator][cut->slice].length &&
           (measure->type != MEASURE_RATIO ||
            cut->value < layout->cut[measure->denominator][cut->slice].length);
}

/* What is shown beside: the trade-off is about these (design, section 8). */
static const char *const shown[] = {"contacts_not_delivered", "crises",
                                    "cost_per_week"};
#define SHOWN (sizeof shown / sizeof *shown)

enum size_refusal size_watch_make(const struct scenario *scenario,
                                  const struct layout *layout,
                                  uint32_t minimise, double margin,
                                  struct size_watch *out, uint32_t *target)
{
    const struct measure *measure = &measure_table[minimise];

    memset(out, 0, sizeof *out);
    *target = NONE;
    if (measure->type != MEASURE_PER_WEEK || !measure->whole)
        return SIZE_REFUSED_MEASURE;
    if (scenario->target_count == 0)
        return SIZE_REFUSED_NO_TARGETS;
    if (scenario->target_count + 1 + SHOWN > SIZE_WATCH_MAX)
        return SIZE_REFUSED_MANY;
    out->quantity[out->count++] = quantity_of(layout, minimise, NONE);
    for (uint32_t i = 0; i < scenario->target_count; i++) {
        *target = i;
        if (!is_kept(layout, &scenario->target[i]))
            return SIZE_REFUSED_NO_DATA;
        add_target(out, layout, &scenario->target[i], i, margin);
        if (!(out->limit[i].margin > 0))
            return SIZE_REFUSED_CERTAIN;
    }
    *target = NONE;
    for (size_t i = 0; i < SHOWN; i++) {
        uint32_t other = measure_find(shown[i]);

        SIM_REQUIRE(other != NONE);
        if (other != minimise)
            out->quantity[out->count++] = quantity_of(layout, other, NONE);
    }
    return SIZE_ACCEPTED;
}

uint32_t size_watch_index(const struct size_watch *watch, const char *id)
{
    for (uint32_t i = 0; i < watch->count; i++)
        if (watch->quantity[i].target == NONE &&
            strcmp(measure_table[watch->quantity[i].measure].id, id) == 0)
            return i;
    return SIZE_WATCH_MAX;
}

/* ---- where it stands ---- */

/* A counter, whole or of one value of one slice. */
static uint32_t place_of(const struct layout *layout, enum counter counter,
                         const struct target_cut *cut)
{
    const struct block *block =
        cut ? &layout->cut[counter][cut->slice] : &layout->total[counter];
    uint32_t value = cut ? cut->value : 0;

    SIM_REQUIRE(value < block->length);
    return block->offset + value;
}

/* Measured hours behind a cut: all of them, or those of its week. */
static double hours_of(const struct layout *layout,
                       const struct target_cut *cut)
{
    double rest;

    if (!cut || cut->slice != SLICE_WEEK)
        return layout->measured_hours;
    rest = layout->measured_hours - WEEK_HOURS * cut->value;
    return rest < WEEK_HOURS ? rest : WEEK_HOURS;
}

static struct size_place find_ratio(const struct layout *layout,
                                    const struct measure *measure,
                                    const struct target_cut *cut)
{
    struct size_place place = {
        .reads = SIZE_READS_RATIO,
        .part = place_of(layout, measure->numerator, cut),
        .all = NONE,
        .fixed = 1,
        .scale = measure->scale,
    };

    if (measure->type == MEASURE_RATIO)
        place.all = place_of(layout, measure->denominator, cut);
    else if (measure->type == MEASURE_PER_WEEK)
        place.fixed = hours_of(layout, cut) / WEEK_HOURS;
    else if (measure->type == MEASURE_TIME_MEAN)
        place.fixed = hours_of(layout, cut);
    return place;
}

/* Bins at or below the limit of an upper bound, or below that of a lower. */
static struct size_place find_bins(const struct scenario *scenario,
                                   const struct layout *layout,
                                   const struct target *target)
{
    struct block block =
        layout_bins(layout, scenario, measure_table[target->measure].numerator,
                    target->cut_count ? target->cut[0].value : 0);
    double most = target->limit + SLACK * (1 + target->limit);
    double least = target->limit - SLACK * (1 + target->limit);
    struct size_place place = {.reads = SIZE_READS_BINS,
                               .part = block.offset,
                               .bins = block.length,
                               .scale = 1};

    while (place.below < block.length &&
           (target->at_most ? sim_bin_value(place.below) <= most
                            : sim_bin_value(place.below) < least))
        place.below++;
    return place;
}

static struct size_place find_target(const struct scenario *scenario,
                                     const struct layout *layout,
                                     uint32_t number)
{
    const struct target *target = &scenario->target[number];
    const struct measure *measure = &measure_table[target->measure];
    struct size_place place;

    if (target_counts_apart(target)) {
        uint32_t at = layout->targets.offset + 2 * number;

        return (struct size_place){
            .reads = SIZE_READS_RATIO,
            .part = at,
            .all = at + 1,
            .scale = target->in == PERIOD_NONE ? measure->scale : 1};
    }
    if (measure->type == MEASURE_QUANTILE)
        return find_bins(scenario, layout, target);
    place =
        find_ratio(layout, measure, target->cut_count ? &target->cut[0] : NULL);
    if (target->in == PERIOD_YEARS) {
        place.reads = SIZE_READS_YEAR;
        place.limit = target->limit;
        place.at_most = target->at_most;
    }
    return place;
}

void size_watch_find(const struct size_watch *watch,
                     const struct scenario *scenario,
                     const struct layout *layout, struct size_place *place)
{
    for (uint32_t i = 0; i < watch->count; i++) {
        const struct size_quantity *quantity = &watch->quantity[i];

        place[i] =
            quantity->target == NONE
                ? find_ratio(layout, &measure_table[quantity->measure], NULL)
                : find_target(scenario, layout, quantity->target);
    }
}

/* ---- reading ---- */

static struct size_value read_bins(const struct size_place *place,
                                   const double *record)
{
    struct size_value value = {0, 0};

    for (uint32_t i = 0; i < place->bins; i++) {
        value.all += record[place->part + i];
        if (i < place->below)
            value.part += record[place->part + i];
    }
    return value;
}

/* As estimate_years in studies/result.c: no year without a value counts. */
static struct size_value read_year(const struct size_place *place,
                                   const struct size_value *ratio)
{
    double value;

    if (!(ratio->all > 0))
        return (struct size_value){0, 0};
    value = ratio->part / ratio->all;
    return (struct size_value){
        place->at_most ? value <= place->limit : value >= place->limit, 1};
}

void size_watch_read(const struct size_place *place, uint32_t count,
                     const double *record, struct size_value *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct size_place *at = &place[i];
        struct size_value value;

        if (at->reads == SIZE_READS_BINS) {
            out[i] = read_bins(at, record);
            continue;
        }
        value.part = at->scale * record[at->part];
        value.all = at->all == NONE ? at->fixed : record[at->all];
        out[i] = at->reads == SIZE_READS_YEAR ? read_year(at, &value) : value;
    }
}
