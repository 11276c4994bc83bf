/*
 * Compare: what is said of many differences at once.
 *
 * The bootstrap draws random signs, one for each replication and the same for
 * all differences, so that what goes together in the records goes together in
 * the draws. Flipping signs keeps every difference's mean at 0 and its spread
 * as it is; it is exact where the paired values are symmetric, and where only a
 * few replications differ at all it knows that a mean of so few says little.
 * Above GROUPS replications neighbours share a sign: sums of a few are as good
 * as their parts, and the work stays the same.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "sim/chance.h"
#include "studies/compare_impl.h"

/* The 95th per cent of so many draws is off by 0.2 points (one standard error
 * of the chance beyond it). */
#define DRAWS 9999u
#define CHANCE_DRAWS 10000u /* a chance of 50% is off by 0.5 points */
#define GROUPS 1000u
/* Replications are numbered below this, so names of the model are others. */
#define NO_REPLICATION UINT32_MAX

enum purpose { PURPOSE_SIGN = 1, PURPOSE_MEANS };

/* ---- the largest |t| ---- */

struct bootstrap {
    size_t count; /* differences with a variance */
    size_t groups;
    double *sum;     /* [groups][count] */
    double *square;  /* [count] over groups */
    double *total;   /* [count] of one draw */
    double *largest; /* [DRAWS] */
};

static void bootstrap_clear(struct bootstrap *bootstrap)
{
    free(bootstrap->sum);
    free(bootstrap->square);
    free(bootstrap->total);
    free(bootstrap->largest);
}

static int bootstrap_init(struct bootstrap *bootstrap,
                          const struct compare_family *family)
{
    uint32_t n = family->replications;

    *bootstrap = (struct bootstrap){.count = family->count,
                                    .groups = n < GROUPS ? n : GROUPS};
    bootstrap->sum =
        calloc(bootstrap->groups * family->count, sizeof *bootstrap->sum);
    bootstrap->square = calloc(family->count, sizeof *bootstrap->square);
    bootstrap->total = calloc(family->count, sizeof *bootstrap->total);
    bootstrap->largest = calloc(DRAWS, sizeof *bootstrap->largest);
    return bootstrap->sum && bootstrap->square && bootstrap->total &&
                   bootstrap->largest
               ? SIM_OK
               : SIM_ERR_NO_MEMORY;
}

/* Add the paired values up by group. */
static void fill_groups(struct bootstrap *bootstrap,
                        const struct compare_family *family)
{
    uint32_t n = family->replications;
    size_t count = bootstrap->count;

    for (size_t g = 0; g < bootstrap->groups; g++) {
        double *sum = bootstrap->sum + g * count;

        for (size_t i = g * n / bootstrap->groups;
             i < (g + 1) * n / bootstrap->groups; i++)
            for (size_t j = 0; j < count; j++)
                sum[j] += family->value[j * n + i];
        for (size_t j = 0; j < count; j++)
            bootstrap->square[j] += sum[j] * sum[j];
    }
}

/* The sums of one draw. Bit g of its words is the sign of group g. */
static void draw_signs(struct bootstrap *bootstrap, uint32_t seed,
                       uint32_t draw)
{
    const struct sim_chance chance = {seed, NO_REPLICATION};
    const struct sim_name name = {
        .owner = sim_tag("compare"), .number = draw, .purpose = PURPOSE_SIGN};
    size_t count = bootstrap->count;
    uint32_t word[4] = {0};

    for (size_t j = 0; j < count; j++)
        bootstrap->total[j] = 0;
    for (size_t g = 0; g < bootstrap->groups; g++) {
        const double *sum = bootstrap->sum + g * count;
        double sign;

        if (g % 128 == 0)
            sim_chance_words(&chance, &name, (unsigned)(g / 128), word);
        sign = word[g / 32 % 4] >> g % 32 & 1 ? 1.0 : -1.0;
        for (size_t j = 0; j < count; j++)
            bootstrap->total[j] += sign * sum[j];
    }
}

/*
 * The largest |t| of one draw, each total over its own standard error. A total
 * with all signs alike has a variance of 0 only where every group is alike too,
 * which the centred values of real replications never are.
 */
static double largest_t(const struct bootstrap *bootstrap)
{
    double groups = (double)bootstrap->groups;
    double largest = 0;

    for (size_t j = 0; j < bootstrap->count; j++) {
        double total = bootstrap->total[j] * bootstrap->total[j];
        double spread =
            (bootstrap->square[j] - total / groups) * groups / (groups - 1);

        largest = fmax(largest, spread > 0 ? total / spread : INFINITY);
    }
    return sqrt(largest);
}

static int by_bootstrap(const struct compare_family *family, double error,
                        double *out)
{
    struct bootstrap bootstrap;
    int err = bootstrap_init(&bootstrap, family);
    size_t place = (size_t)ceil((1 - error) * (DRAWS + 1)) - 1;

    if (err != SIM_OK)
        goto out;
    fill_groups(&bootstrap, family);
    for (uint32_t i = 0; i < DRAWS; i++) {
        draw_signs(&bootstrap, family->seed, i);
        bootstrap.largest[i] = largest_t(&bootstrap);
    }
    gsl_sort(bootstrap.largest, 1, DRAWS);
    *out = bootstrap.largest[place < DRAWS ? place : DRAWS - 1];
out:
    bootstrap_clear(&bootstrap);
    return err;
}

int compare_critical(const struct compare_family *family,
                     enum compare_method method, double error, double *out)
{
    double degrees = (double)family->replications - 1;
    double single = gsl_cdf_tdist_Qinv(error / 2, degrees);
    int err;

    *out = single;
    if (family->count == 0)
        return SIM_OK;
    if (method == COMPARE_BONFERRONI) {
        *out = gsl_cdf_tdist_Qinv(error / 2 / (double)family->count, degrees);
        return SIM_OK;
    }
    err = by_bootstrap(family, error, out);
    /* Never surer of many than of one. */
    if (err == SIM_OK)
        *out = fmax(*out, single);
    return err;
}

/* ---- the chance of being best ---- */

/* Covariance of the means of the rivals. */
static void fill_covariance(const struct compare_rival *rival, size_t count,
                            uint32_t n, gsl_matrix *out)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;

            for (uint32_t r = 0; r < n; r++)
                sum += rival[i].value[r] * rival[j].value[r];
            sum /= ((double)n - 1) * n;
            gsl_matrix_set(out, i, j, sum);
            gsl_matrix_set(out, j, i, sum);
        }
}

/* The root of a covariance, V sqrt(L), which exists where options are so alike
 * that Cholesky's does not. `root` is the covariance at first. */
static int take_root(gsl_matrix *root, size_t count)
{
    gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc(count);
    gsl_vector *value = gsl_vector_alloc(count);
    gsl_matrix *vector = gsl_matrix_alloc(count, count);
    int err = SIM_ERR_NO_MEMORY;

    if (space && value && vector &&
        gsl_eigen_symmv(root, value, vector, space) == 0) {
        for (size_t j = 0; j < count; j++) {
            double length = sqrt(fmax(0, gsl_vector_get(value, j)));

            for (size_t i = 0; i < count; i++)
                gsl_matrix_set(root, i, j,
                               length * gsl_matrix_get(vector, i, j));
        }
        err = SIM_OK;
    }
    if (space)
        gsl_eigen_symmv_free(space);
    gsl_vector_free(value);
    gsl_matrix_free(vector);
    return err;
}

/* One draw of the means, into `mean`. */
static void draw_means(const struct compare_rival *rival, size_t count,
                       const gsl_matrix *root, double degrees, gsl_rng *rng,
                       double *mean)
{
    double stretch = sqrt(degrees / gsl_ran_chisq(rng, degrees));
    double normal[COMPARE_OPTIONS_MAX];

    for (size_t i = 0; i < count; i++)
        normal[i] = gsl_ran_gaussian_ziggurat(rng, stretch);
    for (size_t i = 0; i < count; i++) {
        mean[i] = rival[i].mean;
        for (size_t j = 0; j < count; j++)
            mean[i] += gsl_matrix_get(root, i, j) * normal[j];
        /* Of what was never seen the rate is exponential, with the bound as
         * its 95th per cent. */
        if (rival[i].bound != 0)
            mean[i] += gsl_ran_exponential(
                rng, rival[i].bound / -log(1 - COMPARE_CONFIDENCE));
    }
}

static size_t best_of(const double *mean, size_t count, bool lower_better)
{
    size_t best = 0;

    for (size_t i = 1; i < count; i++)
        if (lower_better ? mean[i] < mean[best] : mean[i] > mean[best])
            best = i;
    return best;
}

/* Rivals with the same records are one in the draws and share its chance. */
static void share_chances(struct compare_rival *rival, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double same = 0;

        if (rival[i].same != i)
            continue;
        for (size_t j = i; j < count; j++)
            same += rival[j].same == i;
        rival[i].chance /= same;
        for (size_t j = i + 1; j < count; j++)
            if (rival[j].same == i)
                rival[j].chance = rival[i].chance;
    }
}

/* The draws, of rivals that are all different. */
static int draw_chances(struct compare_rival *rival, size_t count,
                        uint32_t replications, bool lower_better,
                        const struct sim_chance *chance, uint32_t topic)
{
    gsl_matrix *root = gsl_matrix_alloc(count, count);
    uint32_t wins[COMPARE_OPTIONS_MAX] = {0};
    double mean[COMPARE_OPTIONS_MAX];
    int err = SIM_ERR_NO_MEMORY;

    if (!root)
        return err;
    fill_covariance(rival, count, replications, root);
    err = take_root(root, count);
    for (uint32_t i = 0; i < CHANCE_DRAWS && err == SIM_OK; i++) {
        struct sim_name name = {.owner = sim_tag("compare"),
                                .number = i,
                                .topic = topic,
                                .purpose = PURPOSE_MEANS};
        struct sim_stream stream;

        sim_stream_init(&stream, chance, &name);
        draw_means(rival, count, root, (double)replications - 1, &stream.rng,
                   mean);
        wins[best_of(mean, count, lower_better)]++;
    }
    for (size_t i = 0; i < count; i++)
        rival[i].chance = (double)wins[i] / CHANCE_DRAWS;
    gsl_matrix_free(root);
    return err;
}

int compare_chances(struct compare_rival *rival, size_t count,
                    uint32_t replications, bool lower_better, uint32_t seed,
                    uint32_t topic)
{
    const struct sim_chance chance = {seed, NO_REPLICATION};
    struct compare_rival distinct[COMPARE_OPTIONS_MAX];
    size_t distinct_count = 0;
    int err;

    SIM_REQUIRE(count <= COMPARE_OPTIONS_MAX);
    for (size_t i = 0; i < count; i++)
        if (rival[i].same == i)
            distinct[distinct_count++] = rival[i];
    if (distinct_count == 0)
        return SIM_OK;
    err = draw_chances(distinct, distinct_count, replications, lower_better,
                       &chance, topic);
    distinct_count = 0;
    for (size_t i = 0; i < count; i++)
        if (rival[i].same == i)
            rival[i].chance = distinct[distinct_count++].chance;
    if (err == SIM_OK)
        share_chances(rival, count);
    return err;
}
