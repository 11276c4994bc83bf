/*
 * Compare: from columns to what they say. First each option by itself, then
 * the paired values of every difference that was asked for, then what holds
 * for all of them at once.
 *
 * Where an option had no event at all (or nothing but events), its values have
 * no spread and would make it seem certain. Its estimate then has a one-sided
 * bound (studies/estimate.c), and differences are widened by the bound's
 * distance. The bound is stretched from an error of 5% to the family's share,
 * log(error / comparisons) / log(0.05), as bounds of this form are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "studies/compare_impl.h"

/* Paired values of a difference that never varies, such as of rostered hours,
 * differ by rounding alone: at most so much of the values themselves. */
#define ROUNDING 1e-9

/* One difference while it is made. */
struct gap {
    size_t world, option, measure;
    struct compare_value *value;
    const struct compare_value *base;
    double *paired; /* [count] w_i, in the family's array; NULL: no variance */
    double error;   /* standard error; 0 without variance */
};

struct making {
    const struct compare *compare;
    struct compare_result *result;
    uint32_t count; /* replications */
    double error;   /* of the family */
    struct estimator estimator;
    double *linear;  /* [design][asked][count] z_i */
    double *paired;  /* [gap_count][count] */
    struct gap *gap; /* those with data, but for those that are the same */
    size_t gap_count;
    size_t varying; /* with variance: the first rows of `paired` */
};

static struct compare_value *value_at(const struct compare_result *result,
                                      size_t world, size_t option,
                                      size_t measure)
{
    size_t design = world * result->question->option_count + option;

    return &result->value[design * result->measure_count + measure];
}

const struct compare_value *
compare_value_of(const struct compare_result *result, enum compare_world world,
                 size_t option, size_t measure)
{
    SIM_REQUIRE((size_t)world < result->worlds &&
                option < result->question->option_count &&
                measure < result->measure_count);
    return value_at(result, (size_t)world, option, measure);
}

size_t compare_measure_find(const struct compare_result *result,
                            uint32_t measure, enum slice slice,
                            const char *value)
{
    size_t i;

    for (i = 0; i < result->measure_count; i++) {
        const struct compare_measure *at = &result->measure[i];

        if (at->measure == measure && at->slice == slice &&
            (slice == SLICE_COUNT || strcmp(at->value, value) == 0))
            break;
    }
    return i;
}

static const struct compare_columns *columns_of(const struct making *making,
                                                size_t world, size_t option)
{
    size_t options = making->result->question->option_count;

    return &making->compare->columns[world * options + option];
}

static double *linear_of(const struct making *making, size_t world,
                         size_t option, size_t measure)
{
    size_t options = making->result->question->option_count;
    size_t row = (world * options + option) * making->result->asked + measure;

    return making->linear + row * making->count;
}

/* ---- each option ---- */

/* z_i = scale (N_i - r D_i) / mean D. */
static void linearise(struct estimator *estimator, double scale, double *out)
{
    const double *part = estimator->numerator.value;
    const double *all = estimator->denominator.value;
    double numerator = column_sum(&estimator->numerator);
    double denominator = column_sum(&estimator->denominator);
    double n = estimator->count;

    for (uint32_t i = 0; i < estimator->count; i++)
        out[i] = denominator > 0
                     ? scale * (part[i] - numerator / denominator * all[i]) /
                           (denominator / n)
                     : 0;
}

static void say_value(struct making *making, size_t world, size_t option,
                      size_t measure)
{
    const struct compare_columns *columns = columns_of(making, world, option);
    const struct compare_place *place = &columns->place[measure];
    struct compare_value *value =
        value_at(making->result, world, option, measure);
    double *part, *all;

    *value = (struct compare_value){.estimate = estimate_none(),
                                    .chance_best = NAN,
                                    .difference = NAN,
                                    .lower = NAN,
                                    .upper = NAN,
                                    .finding = COMPARE_NO_DATA,
                                    .reduction = NAN,
                                    .more = NAN};
    if (!place->there)
        return;
    part = column_open(&making->estimator.numerator);
    all = column_open(&making->estimator.denominator);
    for (uint32_t i = 0; i < making->count; i++) {
        const double *parts =
            compare_parts(making->compare, columns, i, measure);

        part[i] = parts[0];
        all[i] = parts[1];
    }
    if (measure < making->result->asked)
        linearise(&making->estimator, place->rule.scale,
                  linear_of(making, world, option, measure));
    estimator_ratio(&making->estimator, &place->rule, &value->estimate);
}

static void say_values(struct making *making)
{
    const struct compare_result *result = making->result;

    for (size_t world = 0; world < result->worlds; world++)
        for (size_t i = 0; i < result->question->option_count; i++)
            for (size_t m = 0; m < result->measure_count; m++)
                say_value(making, world, i, m);
}

/* ---- differences ---- */

/* Whether two options have the same parts in every replication. */
static bool are_same(const struct making *making, size_t world, size_t a,
                     size_t b, size_t measure)
{
    const struct compare_columns *x = columns_of(making, world, a);
    const struct compare_columns *y = columns_of(making, world, b);

    for (uint32_t i = 0; i < making->count; i++) {
        const double *p = compare_parts(making->compare, x, i, measure);
        const double *q = compare_parts(making->compare, y, i, measure);

        if (p[0] != q[0] || p[1] != q[1])
            return false;
    }
    return true;
}

static double sum_of_squares(const double *value, uint32_t count)
{
    double sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += value[i] * value[i];
    return sum;
}

/* The paired values of one difference, and what they alone say. */
static void pair_up(struct making *making, struct gap *gap)
{
    const double *z = linear_of(making, gap->world, gap->option, gap->measure);
    const double *z0 = linear_of(making, gap->world, 0, gap->measure);
    double *w = making->paired + making->varying * making->count;
    double n = making->count;
    double apart, together, largest = 0;

    for (uint32_t i = 0; i < making->count; i++) {
        w[i] = z[i] - z0[i];
        largest = fmax(largest, fabs(w[i]));
    }
    apart =
        sum_of_squares(z, making->count) + sum_of_squares(z0, making->count);
    together = sum_of_squares(w, making->count);
    if (largest <= ROUNDING * (fabs(gap->value->estimate.mean) +
                               fabs(gap->base->estimate.mean))) {
        gap->value->reduction = apart > together ? INFINITY : NAN;
        return;
    }
    gap->value->reduction = apart / together;
    gap->error = sqrt(together / (n - 1) / n);
    gap->paired = w;
    making->varying++;
}

/* A difference that is asked for: nothing where one has no data, exactly
 * nothing where all replications agree, else a gap to be measured. */
static void add_gap(struct making *making, size_t world, size_t option,
                    size_t measure)
{
    const struct compare_result *result = making->result;
    struct compare_value *value = value_at(result, world, option, measure);
    const struct compare_value *base = value_at(result, world, 0, measure);
    bool like_base = result->question->option[option].like_base;

    if (isnan(value->estimate.mean) || isnan(base->estimate.mean))
        return;
    value->difference = value->estimate.mean - base->estimate.mean;
    if (are_same(making, world, option, 0, measure) &&
        (like_base || !value->estimate.one_sided)) {
        value->difference = value->lower = value->upper = 0;
        value->finding = COMPARE_SAME;
        return;
    }
    making->gap[making->gap_count] = (struct gap){.world = world,
                                                  .option = option,
                                                  .measure = measure,
                                                  .value = value,
                                                  .base = base};
    pair_up(making, &making->gap[making->gap_count++]);
}

static void find_gaps(struct making *making)
{
    const struct compare_result *result = making->result;

    for (size_t world = 0; world < result->worlds; world++)
        for (size_t i = 1; i < result->question->option_count; i++)
            for (size_t m = 0; m < result->asked; m++)
                add_gap(making, world, i, m);
}

/* How far an estimate may truly lie above its mean because nothing was seen,
 * or below it because everything was. */
static double bound_above(const struct estimate *estimate)
{
    return estimate->one_sided ? estimate->upper - estimate->mean : 0;
}

static double bound_below(const struct estimate *estimate)
{
    return estimate->one_sided ? estimate->mean - estimate->lower : 0;
}

/*
 * How many more replications would tell a difference apart, if it is as
 * estimated: with x^2 times as many the reach is x times less and a one-sided
 * bound x^2 times less, so d x^2 = reach x + bound.
 */
static double more_needed(double difference, double reach, double bound,
                          uint32_t count)
{
    double d = fabs(difference);
    double x = (reach + sqrt(reach * reach + 4 * d * bound)) / (2 * d);

    return count * (x * x - 1);
}

/* The interval of one difference, and what it tells. `stretch` is of bounds. */
static void tell(const struct making *making, const struct gap *gap,
                 double critical, double stretch)
{
    struct compare_value *value = gap->value;
    const struct estimate *own = &value->estimate;
    const struct estimate *base = &gap->base->estimate;
    double reach = critical * gap->error;
    double below = stretch * (bound_below(own) + bound_above(base));
    double above = stretch * (bound_above(own) + bound_below(base));

    value->lower = value->difference - reach - below;
    value->upper = value->difference + reach + above;
    if (value->lower > 0 || value->upper < 0) {
        value->finding = COMPARE_APART;
    } else if (value->difference == 0 && own->one_sided && base->one_sided) {
        value->finding = COMPARE_NO_EVENTS;
    } else {
        value->finding = COMPARE_NOT_APART;
        value->more =
            more_needed(value->difference, reach,
                        value->difference > 0 ? below : above, making->count);
    }
}

static int tell_gaps(struct making *making)
{
    struct compare_result *result = making->result;
    struct compare_family family = {.count = making->varying,
                                    .replications = making->count,
                                    .value = making->paired,
                                    .seed = result->question->seed};
    size_t gaps = making->gap_count ? making->gap_count : 1;
    double share = making->error * (double)making->varying / (double)gaps;
    double bound = making->error / (double)gaps;
    int err;

    result->method = making->count < COMPARE_BOOTSTRAP_FROM ? COMPARE_BONFERRONI
                                                            : COMPARE_BOOTSTRAP;
    result->comparisons = making->gap_count;
    err = compare_critical(&family, result->method,
                           making->varying ? share : making->error,
                           &result->critical);
    for (size_t i = 0; i < making->gap_count && err == SIM_OK; i++)
        tell(making, &making->gap[i], result->critical,
             log(bound) / log(1 - COMPARE_CONFIDENCE));
    return err;
}

/* ---- the best ---- */

/* The options that have data, as rivals in one measure; how many. */
static size_t find_rivals(const struct making *making, size_t world,
                          size_t measure, struct compare_rival *rival,
                          size_t *option)
{
    const struct compare_result *result = making->result;
    size_t count = 0;

    for (size_t i = 0; i < result->question->option_count; i++) {
        const struct estimate *estimate =
            &value_at(result, world, i, measure)->estimate;

        if (isnan(estimate->mean))
            continue;
        rival[count] = (struct compare_rival){
            .mean = estimate->mean,
            .bound = bound_above(estimate) - bound_below(estimate),
            .value = linear_of(making, world, i, measure),
            .same = count,
        };
        for (size_t j = 0; j < count && rival[count].same == count; j++)
            if (are_same(making, world, option[j], i, measure))
                rival[count].same = j;
        option[count++] = i;
    }
    return count;
}

static int say_best(struct making *making, size_t world, size_t measure)
{
    struct compare_result *result = making->result;
    const struct compare_measure *asked = &result->measure[measure];
    enum measure_better better = measure_table[asked->measure].better;
    struct compare_rival rival[COMPARE_OPTIONS_MAX];
    size_t option[COMPARE_OPTIONS_MAX];
    size_t count;
    int err;

    if (better == BETTER_NONE)
        return SIM_OK;
    count = find_rivals(making, world, measure, rival, option);
    err = compare_chances(rival, count, making->count, better == BETTER_LOWER,
                          result->question->seed,
                          (uint32_t)(world * COMPARE_MEASURES_MAX + measure));
    for (size_t i = 0; i < count && err == SIM_OK; i++)
        value_at(result, world, option[i], measure)->chance_best =
            rival[i].chance;
    return err;
}

static int say_bests(struct making *making)
{
    int err = SIM_OK;

    for (size_t world = 0; world < making->result->worlds; world++)
        for (size_t m = 0; m < making->result->asked && err == SIM_OK; m++)
            err = say_best(making, world, m);
    return err;
}

/* ---- the whole ---- */

static int allocate(struct making *making)
{
    const struct compare *compare = making->compare;
    struct compare_result *result = making->result;
    size_t designs = compare->design_count;
    size_t asked = result->asked;
    size_t rows = designs * asked + 1; /* never none */

    if (rows > SIZE_MAX / sizeof(double) / making->count)
        return SIM_ERR_NO_MEMORY;
    making->linear = calloc(rows * making->count, sizeof *making->linear);
    making->paired = calloc(rows * making->count, sizeof *making->paired);
    making->gap = calloc(rows, sizeof *making->gap);
    result->measure =
        malloc((compare->measure_count + 1) * sizeof *result->measure);
    result->value =
        calloc(designs * compare->measure_count + 1, sizeof *result->value);
    if (!making->linear || !making->paired || !making->gap ||
        !result->measure || !result->value)
        return SIM_ERR_NO_MEMORY;
    memcpy(result->measure, compare->measure,
           compare->measure_count * sizeof *result->measure);
    return estimator_init(&making->estimator, making->count);
}

static void say_selection(const struct compare *compare,
                          struct compare_selection *out)
{
    *out = (struct compare_selection){
        .batch = COMPARE_BATCH,
        .first_batches = COMPARE_FIRST_BATCHES,
        .needed = NAN,
    };
    for (size_t i = 0; i < compare->question->option_count; i++) {
        out->used[i] = compare->columns[i].count;
        out->left[i] = !compare->selecting || compare->select.left[i];
    }
    if (!compare->selecting)
        return;
    out->decided =
        compare->select.left_count > 0 && select_is_decided(&compare->select);
    out->option = select_best(&compare->select);
    out->needed = select_needed(&compare->select) * COMPARE_BATCH;
}

int compare_say(const struct compare *compare, uint32_t count, double error,
                struct compare_result *out)
{
    struct compare_result result = {
        .question = compare->question,
        .measure_count = compare->measure_count,
        .asked = compare->question->measure_count,
        .worlds = compare->design_count / compare->question->option_count,
        .replications = count,
        .events = compare->events,
        .looks = compare->looks,
        .separated = compare->separated,
    };
    struct making making = {
        .compare = compare, .result = &result, .count = count, .error = error};
    int err = allocate(&making);

    if (err != SIM_OK)
        goto out;
    say_values(&making);
    find_gaps(&making);
    err = tell_gaps(&making);
    if (err == SIM_OK)
        err = say_bests(&making);
    say_selection(compare, &result.selection);
    if (err == SIM_OK)
        err = compare_hours_say(compare, &result);
out:
    estimator_clear(&making.estimator);
    free(making.linear);
    free(making.paired);
    free(making.gap);
    if (err != SIM_OK)
        compare_result_clear(&result);
    *out = result;
    return err;
}

/* The replications that every option has; of a selection at most its first
 * stage, because how many come after depends on what they say. */
static uint32_t common_count(const struct compare *compare)
{
    uint32_t count = compare->question->replications;
    uint32_t first = COMPARE_BATCH * COMPARE_FIRST_BATCHES;

    for (size_t i = 0; i < compare->design_count; i++)
        if (compare->columns[i].count < count)
            count = compare->columns[i].count;
    if (compare->question->stop == COMPARE_SELECT && count > first)
        count = first;
    return count;
}

int compare_conclude(const struct compare *compare, struct compare_result *out)
{
    uint32_t count = common_count(compare);

    memset(out, 0, sizeof *out);
    if (count < 2)
        return SIM_ERR_STOPPED;
    return compare_say(compare, count,
                       (1 - COMPARE_CONFIDENCE) / compare->looks, out);
}

void compare_result_clear(struct compare_result *result)
{
    free(result->measure);
    free(result->value);
    for (size_t i = 0; result->hours && i < result->question->option_count; i++)
        free(result->hours[i].staff);
    free(result->hours);
    memset(result, 0, sizeof *result);
}
