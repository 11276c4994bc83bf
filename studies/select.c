/*
 * Selection. The numbering of steps is that of Kim and Nelson (2001), section
 * 3: with first-stage size n, k options and error a,
 *   eta = ((2 a / (k - 1))^(-2 / (n - 1)) - 1) / 2,  h^2 = 2 eta (n - 1),
 * the form for dependent options; option i stays in at batch r while for every
 * other l still in
 *   mean_i(r) >= mean_l(r) - max(0, within / (2 r) (h^2 S_il^2 / within^2 - r))
 * and after max N_il = floor(h^2 S_il^2 / within^2) batches, plus one, the
 * largest mean wins.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/select.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/tally.h"

static int allocate(struct select *select, size_t count)
{
    select->variance = calloc(count * count, sizeof *select->variance);
    select->sum = calloc(count, sizeof *select->sum);
    select->left = calloc(count, sizeof *select->left);
    select->out = calloc(count, sizeof *select->out);
    if (select->variance && select->sum && select->left && select->out)
        return SIM_OK;
    select_clear(select);
    return SIM_ERR_NO_MEMORY;
}

void select_clear(struct select *select)
{
    free(select->variance);
    free(select->sum);
    free(select->left);
    free(select->out);
    memset(select, 0, sizeof *select);
}

/* Sample variance of the differences of two options in the first stage. */
static double difference_variance(const double *a, const double *b,
                                  uint32_t count)
{
    struct sim_moments moments = {0};

    for (uint32_t i = 0; i < count; i++)
        sim_moments_add(&moments, a[i] - b[i]);
    return sim_moments_variance(&moments);
}

static double mean_of(const struct select *select, size_t option)
{
    return select->sum[option] / select->batches;
}

/* Whether option `l` rules out option `i`. */
static bool rules_out(const struct select *select, size_t l, size_t i)
{
    double variance = select->variance[i * select->rule.option_count + l];
    double r = select->batches;
    double room =
        select->rule.within / (2 * r) *
        (select->h2 * variance / (select->rule.within * select->rule.within) -
         r);

    return mean_of(select, i) < mean_of(select, l) - fmax(0, room);
}

/* All are judged against those who were in before, so that the order of options
 * makes no difference. The best so far always stays. */
static void screen(struct select *select)
{
    size_t count = select->rule.option_count;

    for (size_t i = 0; i < count; i++) {
        select->out[i] = false;
        for (size_t l = 0; select->left[i] && l < count; l++)
            if (l != i && select->left[l] && rules_out(select, l, i))
                select->out[i] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (select->out[i]) {
            select->left[i] = false;
            select->left_count--;
        }
}

/* The first stage: sums, and the variances that all later steps use. */
static void take_first(struct select *select, const double *x)
{
    size_t count = select->rule.option_count;
    uint32_t first = select->rule.first;

    for (size_t i = 0; i < count; i++) {
        if (!select->left[i])
            continue;
        for (uint32_t b = 0; b < first; b++)
            select->sum[i] += x[i * first + b];
        for (size_t l = 0; l < i; l++) {
            double variance =
                select->left[l]
                    ? difference_variance(x + i * first, x + l * first, first)
                    : 0;

            select->variance[i * count + l] = variance;
            select->variance[l * count + i] = variance;
        }
    }
}

int select_init(struct select *select, const struct select_rule *rule,
                const bool *in, const double *x)
{
    double error = 1 - rule->confidence;
    double degrees = rule->first - 1.0;
    double others, eta;
    int err;

    SIM_REQUIRE(rule->first >= 2 && rule->within > 0 && rule->option_count > 0);
    memset(select, 0, sizeof *select);
    err = allocate(select, rule->option_count);
    if (err != SIM_OK)
        return err;
    select->rule = *rule;
    select->batches = rule->first;
    for (size_t i = 0; i < rule->option_count; i++) {
        select->left[i] = in[i];
        select->left_count += in[i];
    }
    others = select->left_count > 1 ? (double)(select->left_count - 1) : 1;
    eta = (pow(2 * error / others, -2 / degrees) - 1) / 2;
    select->h2 = 2 * eta * degrees;
    take_first(select, x);
    screen(select);
    return SIM_OK;
}

void select_add(struct select *select, const double *x)
{
    for (size_t i = 0; i < select->rule.option_count; i++)
        if (select->left[i])
            select->sum[i] += x[i];
    select->batches++;
    screen(select);
}

double select_needed(const struct select *select)
{
    size_t count = select->rule.option_count;
    double most = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t l = 0; l < i; l++)
            if (select->left[i] && select->left[l])
                most = fmax(most, select->variance[i * count + l]);
    return floor(select->h2 * most /
                 (select->rule.within * select->rule.within)) +
           1;
}

bool select_is_decided(const struct select *select)
{
    return select->left_count <= 1 ||
           (double)select->batches >= select_needed(select);
}

size_t select_best(const struct select *select)
{
    size_t best = 0;

    for (size_t i = 0; i < select->rule.option_count; i++)
        if (select->left[i] &&
            (!select->left[best] || mean_of(select, i) > mean_of(select, best)))
            best = i;
    return best;
}
