/*
 * The answer of a sizing: every figure is an estimate over the columns that
 * the study has kept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/size_answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "studies/size_impl.h"

/* ---- estimates ---- */

static int estimate_column(const struct size_column *column,
                           const struct estimate_rule *rule,
                           struct estimate *out)
{
    struct estimator estimator;
    double *part, *all;
    int err = estimator_init(&estimator, column->count);

    if (err != SIM_OK)
        return err;
    part = column_open(&estimator.numerator);
    all = column_open(&estimator.denominator);
    for (uint32_t i = 0; i < column->count; i++) {
        const struct size_value *value =
            &column->value[(size_t)i * column->stride];

        part[i] = value->part;
        all[i] = value->all;
    }
    estimator_ratio(&estimator, rule, out);
    estimator_clear(&estimator);
    return SIM_OK;
}

/* One replication's share in the error of a ratio (the delta method). */
static double linear(const struct size_column *column, double ratio,
                     double mean_all, uint32_t i)
{
    const struct size_value *value = &column->value[(size_t)i * column->stride];

    return (value->part - ratio * value->all) / mean_all;
}

static double mean_all(const struct size_column *column)
{
    double sum = 0;

    for (uint32_t i = 0; i < column->count; i++)
        sum += column->value[(size_t)i * column->stride].all;
    return sum / column->count;
}

/* The paired difference of two ratios, `a` less `b`: the same replications of
 * both, so that most of the chance cancels. */
static int estimate_difference(struct size_column a, struct size_column b,
                               struct estimate *out)
{
    uint32_t count = a.count < b.count ? a.count : b.count;
    double ratio_a, ratio_b, all_a, all_b;
    struct estimator t; /* for its point of Student's t */
    double squares = 0, half;
    int err;

    *out = estimate_none();
    a.count = b.count = count;
    ratio_a = size_rule_ratio(&a);
    ratio_b = size_rule_ratio(&b);
    if (count < 2 || isnan(ratio_a) || isnan(ratio_b))
        return SIM_OK;
    err = estimator_init(&t, count);
    if (err != SIM_OK)
        return err;
    all_a = mean_all(&a);
    all_b = mean_all(&b);
    for (uint32_t i = 0; i < count; i++) {
        double off =
            linear(&a, ratio_a, all_a, i) - linear(&b, ratio_b, all_b, i);
        squares += off * off;
    }
    out->mean = ratio_a - ratio_b;
    out->sd = sqrt(squares / (count - 1));
    half = t.student * out->sd / sqrt(count);
    out->lower = out->mean - half;
    out->upper = out->mean + half;
    estimator_clear(&t);
    return SIM_OK;
}

/* ---- rows ---- */

/* Whether there are fresh replications of a design. */
static bool has_fresh(const struct size_answer *answer, uint32_t design)
{
    return design == size_answer_about(answer) &&
           design == answer->size->candidate &&
           answer->size->records.count >= 2;
}

/* What the figures of a design come from. */
static struct size_column figures_of(const struct size_answer *answer,
                                     uint32_t design, uint32_t watch)
{
    return has_fresh(answer, design) ? size_fresh_column(answer->size, watch)
                                     : size_column(answer->size, design, watch);
}

/* By what it costs, then by number. */
static int by_cost(const void *a, const void *b)
{
    const struct size_row *x = a, *y = b;

    if (x->value[0].mean != y->value[0].mean)
        return x->value[0].mean < y->value[0].mean ? -1 : 1;
    return x->design < y->design ? -1 : 1;
}

/* As the verdict of a run: by the interval, on the wrong side of some limit
 * (not only of its margin). */
static bool misses(const struct size_answer *answer,
                   const struct estimate *value)
{
    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        const struct size_limit *limit = &answer->question->limit[t];

        if (limit->at_most ? value[1 + t].lower > limit->limit
                           : value[1 + t].upper < limit->limit)
            return true;
    }
    return false;
}

/* Every interval wholly on the right side. */
static bool seems(const struct size_answer *answer,
                  const struct estimate *value)
{
    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        const struct size_limit *limit = &answer->question->limit[t];

        if (!(limit->at_most ? value[1 + t].upper <= limit->limit
                             : value[1 + t].lower >= limit->limit))
            return false;
    }
    return true;
}

static enum size_meets meets(const struct size_answer *answer, uint32_t design,
                             const struct estimate *value)
{
    if (design == answer->chosen)
        return SIZE_MEETS_YES;
    return answer->size->design[design].state == SIZE_FAILS &&
                   misses(answer, value)
               ? SIZE_MEETS_NO
               : SIZE_MEETS_UNSURE;
}

/* The target that a design misses most, or keeps with least room, in margins;
 * the first where there is nothing to say. */
static void set_worst(const struct size_answer *answer, struct size_row *row)
{
    row->excess = -INFINITY;
    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        struct size_column column =
            size_column(answer->size, row->design, 1 + t);
        double excess = size_rule_excess(&answer->question->limit[t], &column);

        if (excess > row->excess) {
            row->excess = excess;
            row->worst = t;
        }
    }
}

static int make_row(const struct size_answer *answer, uint32_t design,
                    struct estimate *value, struct size_row *row)
{
    const struct size *size = answer->size;
    const struct size_watch *watch = answer->watch;

    *row = (struct size_row){
        .design = design,
        .count = figures_of(answer, design, 0).count,
        .fresh = has_fresh(answer, design),
        .limit = size->design[design].limit,
        .value = value,
    };
    for (uint32_t w = 0; w < watch->count; w++) {
        struct size_column column = size_column(size, design, w);
        int err = estimate_column(&column, &watch->quantity[w].rule, &value[w]);

        if (err != SIM_OK)
            return err;
    }
    row->meets = meets(answer, design, value);
    row->seems = seems(answer, value);
    set_worst(answer, row);
    return SIM_OK;
}

static int make_rows(struct size_answer *answer, struct estimate *value)
{
    const struct size *size = answer->size;

    for (uint32_t d = 0; d < size->design_count; d++) {
        int err;

        answer->barred += size->design[d].state == SIZE_BARRED;
        answer->left_out += size->design[d].state == SIZE_LEFT_OUT;
        if (size->design[d].count == 0)
            continue;
        err = make_row(answer, d, value, &answer->row[answer->row_count]);
        if (err != SIM_OK)
            return err;
        answer->row_count++;
        value += answer->watch->count;
    }
    qsort(answer->row, answer->row_count, sizeof *answer->row, by_cost);
    return SIM_OK;
}

/* ---- the frontier ---- */

/* Going up in cost, whoever is better than all before is on the frontier. */
static void mark_frontier(struct size_answer *answer)
{
    const struct size_row *about =
        size_answer_row(answer, size_answer_about(answer));
    double best = INFINITY;

    answer->risk = 1 + (about ? about->worst : 0);
    for (uint32_t i = 0; i < answer->row_count; i++) {
        struct size_row *row = &answer->row[i];

        row->frontier = row->excess < best;
        if (row->frontier)
            best = row->excess;
    }
}

/* ---- one fewer, one more ---- */

static int make_step(struct size_answer *answer, struct size_step *step,
                     struct estimate *difference)
{
    const struct size *size = answer->size;

    step->design =
        size_beside(answer->question, answer->chosen, step->range, step->by);
    step->difference = difference;
    for (uint32_t w = 0; w < answer->watch->count; w++)
        difference[w] = estimate_none();
    if (step->design == SIZE_NONE)
        return SIM_OK;
    step->barred = size->design[step->design].state == SIZE_BARRED;
    step->row = size_answer_row(answer, step->design);
    step->count = size->design[step->design].count;
    if (step->count > size->design[answer->chosen].count)
        step->count = size->design[answer->chosen].count;
    for (uint32_t w = 0; step->row && w < answer->watch->count; w++) {
        int err = estimate_difference(size_column(size, step->design, w),
                                      size_column(size, answer->chosen, w),
                                      &difference[w]);
        if (err != SIM_OK)
            return err;
    }
    return SIM_OK;
}

static int make_steps(struct size_answer *answer, struct estimate *difference)
{
    if (answer->chosen == SIZE_NONE)
        return SIM_OK;
    for (uint32_t r = 0; r < answer->question->range_count; r++)
        for (int by = -1; by <= 1; by += 2) {
            struct size_step *step = &answer->step[answer->step_count++];
            int err;

            *step = (struct size_step){.range = r, .by = by};
            err = make_step(answer, step, difference);
            if (err != SIM_OK)
                return err;
            difference += answer->watch->count;
        }
    return SIM_OK;
}

/* ---- reach ---- */

/* The design that comes nearest to a target, or beats it by most: by the end
 * of its interval that is against it, or the luck of few replications would
 * pick it. */
static void find_best(const struct size_answer *answer, uint32_t target,
                      struct size_reach *reach)
{
    const struct size_limit *limit = &answer->question->limit[target];
    double least = INFINITY;

    for (uint32_t i = 0; i < answer->row_count; i++) {
        const struct size_row *row = &answer->row[i];
        const struct estimate *value = &row->value[1 + target];
        double against = limit->at_most ? value->upper : -value->lower;

        if (against < least) {
            least = against;
            reach->best = row->design;
            reach->estimate = *value;
        }
    }
}

static void make_reach(struct size_answer *answer)
{
    const struct size *size = answer->size;

    for (uint32_t t = 0; t < answer->question->limit_count; t++) {
        struct size_reach *reach = &answer->reach[t];

        *reach = (struct size_reach){SIZE_NONE, estimate_none(), true};
        find_best(answer, t, reach);
        for (uint32_t d = 0; d < size->design_count; d++)
            if (size->design[d].state != SIZE_BARRED)
                reach->fails_everywhere =
                    reach->fails_everywhere && size->design[d].limit == t;
    }
}

/* ---- the whole ---- */

const struct size_row *size_answer_row(const struct size_answer *answer,
                                       uint32_t design)
{
    for (uint32_t i = 0; i < answer->row_count; i++)
        if (answer->row[i].design == design)
            return &answer->row[i];
    return NULL;
}

uint32_t size_answer_about(const struct size_answer *answer)
{
    return answer->chosen != SIZE_NONE ? answer->chosen : answer->nearest;
}

/* What seems to meet, cheapest first; else what comes nearest. */
static uint32_t find_nearest(const struct size *size)
{
    uint32_t best = SIZE_NONE;
    bool seems = false;
    double least = INFINITY;

    if (size->end == SIZE_NOTHING_MEETS && size->candidate != SIZE_NONE)
        return size->candidate;
    for (uint32_t i = 0; i < size->design_count; i++) {
        uint32_t d = size->order[i];
        bool now = size->design[d].state == SIZE_SEEMS;
        double by = size_worst(size, d);

        if (size->design[d].count == 0 || (seems && !now))
            continue;
        if (now) {
            struct size_column cost = size_column(size, d, 0);
            by = size_rule_ratio(&cost);
        }
        if (best == SIZE_NONE || (now && !seems) || by < least) {
            best = d;
            least = by;
            seems = now;
        }
    }
    return best;
}

static int make_room(struct size_answer *answer, uint32_t looked_at)
{
    uint32_t steps = 2 * answer->question->range_count;
    size_t width = answer->watch->count;

    answer->row = calloc(looked_at + 1u, sizeof *answer->row);
    answer->step = calloc(steps + 1u, sizeof *answer->step);
    answer->reach =
        calloc(answer->question->limit_count, sizeof *answer->reach);
    answer->estimate = calloc(((size_t)looked_at + steps) * width + 1,
                              sizeof *answer->estimate);
    return answer->row && answer->step && answer->reach && answer->estimate
               ? SIM_OK
               : SIM_ERR_NO_MEMORY;
}

int size_answer_make(const struct size *size, const struct size_watch *watch,
                     const struct scenario *base, struct size_answer *out)
{
    uint32_t looked_at = 0;
    int err;

    *out = (struct size_answer){
        .size = size,
        .question = size->question,
        .watch = watch,
        .base = base,
        .end = size->end,
        .stopped = size->phase != SIZE_DONE,
        .chosen = size->end == SIZE_CHOSEN ? size->candidate : SIZE_NONE,
        .nearest = SIZE_NONE,
        .base_design = SIZE_NONE,
        .designs = size->design_count,
        .replications = size->accepted,
    };
    for (uint32_t d = 0; d < size->design_count; d++)
        looked_at += size->design[d].count > 0;
    if (out->chosen == SIZE_NONE && looked_at)
        out->nearest = find_nearest(size);
    err = make_room(out, looked_at);
    if (err == SIM_OK)
        err = make_rows(out, out->estimate);
    if (err == SIM_OK)
        err = make_steps(out, out->estimate + (size_t)looked_at * watch->count);
    if (err != SIM_OK) {
        size_answer_clear(out);
        return err;
    }
    mark_frontier(out);
    make_reach(out);
    out->unseen = out->designs - out->row_count - out->barred - out->left_out;
    out->confirming = out->replications;
    for (uint32_t d = 0; d < size->design_count; d++)
        out->confirming -= size->design[d].count;
    return SIM_OK;
}

void size_answer_clear(struct size_answer *answer)
{
    free(answer->row);
    free(answer->step);
    free(answer->reach);
    free(answer->estimate);
    free(answer->erlang);
    memset(answer, 0, sizeof *answer);
}
