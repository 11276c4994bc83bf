/*
 * Every design of the cases of size_cases.c, so many times: one line of CSV
 * each, to standard output. Takes most of an hour of one core in all:
 *     brute [CASE [REPLICATIONS]] > tests/verify/size_brute.csv
 * The sums are Welford's, in order of replications; the error of a quotient is
 * that of the delta method.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/replication.h"
#include "tests/verify/size_cases.h"

/* Sums of one quantity: enough for the quotient and its error. */
struct sums {
    double part, all, parts, alls, both; /* squares and products */
};

static void add(struct sums *sums, const struct size_value *value)
{
    sums->part += value->part;
    sums->all += value->all;
    sums->parts += value->part * value->part;
    sums->alls += value->all * value->all;
    sums->both += value->part * value->all;
}

/* The delta method: the mean square of part - ratio all, over the mean all. */
static double error_of(const struct sums *sums, double count)
{
    double ratio = sums->part / sums->all;
    double square =
        sums->parts - 2 * ratio * sums->both + ratio * ratio * sums->alls;

    return sqrt(fmax(square, 0) / (count - 1) / count) / (sums->all / count);
}

static int run_design(struct size_opened *opened, uint32_t design,
                      uint32_t count, struct sums *sums)
{
    struct size_designs *designs = &opened->designs;
    struct size_value value[SIZE_WATCH_MAX];
    struct scenario *scenario = NULL;
    struct replication *replication = NULL;
    struct layout layout;
    double *record = NULL;
    char trouble[256];
    int err =
        size_designs_make(designs, design, &scenario, trouble, sizeof trouble);

    if (err == SIM_OK)
        err = layout_init(&layout, scenario);
    if (err == SIM_OK)
        err = replication_new(scenario, &layout, &replication);
    if (err == SIM_OK)
        record = malloc(layout.length * sizeof *record);
    if (err == SIM_OK && !record)
        err = SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < count && err == SIM_OK; i++) {
        err = replication_run(replication, BRUTE_SEED, i, record);
        if (err != SIM_OK)
            break;
        designs->question.observe(designs, design, record, value);
        for (uint32_t w = 0; w < designs->watch.count; w++)
            add(&sums[w], &value[w]);
    }
    free(record);
    replication_free(replication);
    scenario_free(scenario);
    return err;
}

/* "CASE",design,replications, then mean and error of the cost and targets. */
static void print_design(const struct size_case *of, uint32_t design,
                         uint32_t count, const struct sums *sums,
                         uint32_t quantities)
{
    printf("\"%s\",%u,%u", of->name, design, count);
    for (uint32_t w = 0; w < quantities; w++)
        printf(",%.9g,%.3g", sums[w].part / sums[w].all,
               error_of(&sums[w], count));
    printf("\n");
    fflush(stdout);
}

static int run_case(const struct size_case *of, uint32_t count)
{
    struct size_opened opened;
    int status = EXIT_FAILURE;

    if (size_case_open(of, 1000, &opened)) {
        const struct size_designs *designs = &opened.designs;

        status = EXIT_SUCCESS;
        for (uint32_t d = 0; d < designs->count; d++) {
            struct sums sums[SIZE_WATCH_MAX] = {{0}};

            if (designs->barred[d])
                continue;
            if (run_design(&opened, d, count, sums) != SIM_OK)
                status = EXIT_FAILURE;
            print_design(of, d, count, sums, 1 + designs->question.limit_count);
        }
    }
    size_case_close(&opened);
    return status;
}

int main(int argc, char **argv)
{
    uint32_t count =
        argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : BRUTE_REPLICATIONS;
    int status = EXIT_SUCCESS;

    for (size_t i = 0; i < size_case_count; i++)
        if (argc < 2 || strcmp(argv[1], size_cases[i].name) == 0)
            if (run_case(&size_cases[i], count) != EXIT_SUCCESS)
                status = EXIT_FAILURE;
    return status;
}
