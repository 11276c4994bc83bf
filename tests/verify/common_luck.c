/* Common random numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/common_luck.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include "tests/model.h"

#define SERVICE "scenarios/crisis-house.yaml"
/* Long enough for the service to fill. */
#define SHORT "calendar.warm_up=13 weeks", "calendar.run_for=26 weeks"

/* What each replication adds to the ratio of all (delta method). */
static double *linearised(const char *setting, const char *id,
                          const struct verify_attempt *attempt)
{
    const struct measure *measure = &measure_table[measure_find(id)];
    size_t count = attempt->replications;
    double sum_n = 0, sum_d = 0, *value = calloc(count, sizeof *value);
    const char *const settings[] = {SHORT, setting};
    uint32_t n, d, length;
    struct model model;

    assert_non_null(value);
    model_run(&model, SERVICE, settings, LENGTH(settings) - (setting == NULL),
              (uint32_t)count, attempt->seed);
    n = model.layout.total[measure->numerator].offset;
    d = model.layout.total[measure->denominator].offset;
    length = model.layout.length;
    for (size_t i = 0; i < count; i++) {
        sum_n += model.record[i * length + n];
        sum_d += model.record[i * length + d];
    }
    assert_true(sum_n > 0);
    for (size_t i = 0; i < count; i++)
        value[i] = (model.record[i * length + n] -
                    sum_n / sum_d * model.record[i * length + d]) /
                   (sum_d / (double)count);
    model_clear(&model);
    return value;
}

/* Both checks of a pair are of the same runs. */
static const struct luck_found *compare(const struct option_pair *option,
                                        const struct verify_attempt *attempt)
{
    struct verify_attempt other = *attempt;
    size_t count = attempt->replications;
    struct luck_found *found = option->found;
    double *a, *b, apart;

    if (found->count == count && found->seed == attempt->seed)
        return found;
    other.seed += option->other_luck;
    a = linearised(NULL, option->measure, attempt);
    b = linearised(option->setting, option->measure, &other);
    apart = gsl_stats_variance(a, 1, count) + gsl_stats_variance(b, 1, count);
    *found = (struct luck_found){
        attempt->seed, attempt->replications,
        gsl_stats_correlation(a, 1, b, 1, count),
        apart / (apart - 2 * gsl_stats_covariance(a, 1, b, 1, count))};
    free(a);
    free(b);
    return found;
}

struct verify_found
common_luck_correlation(const json_t *json, const void *context,
                        const struct verify_attempt *attempt)
{
    double r = compare(context, attempt)->correlation;
    double error = 1 / sqrt(attempt->replications - 3.0);
    double half = gsl_cdf_ugaussian_Pinv(0.975) * error;

    (void)json;
    return (struct verify_found){r, (1 - r * r) * error, tanh(atanh(r) - half),
                                 tanh(atanh(r) + half)};
}

struct verify_found common_luck_reduction(const json_t *json,
                                          const void *context,
                                          const struct verify_attempt *attempt)
{
    (void)json;
    return (struct verify_found){compare(context, attempt)->reduction, NAN, NAN,
                                 NAN};
}
