/*
 * Every design of the cases of size_cases.c, so many times: one line of CSV
 * each, to standard output. Takes some minutes of one core in all:
 *     brute [CASE [REPLICATIONS]] > tests/verify/size_brute.csv
 * The error of a quotient is that of the delta method.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/verify/size_cases.h"

/* "CASE",design,replications, then mean and error of the cost and targets. */
static void print_design(const struct size_case *of, uint32_t design,
                         uint32_t count, const struct size_truth *truth,
                         uint32_t limits)
{
    printf("\"%s\",%u,%u,%.9g,%.3g", of->name, design, count, truth->cost,
           truth->cost_error);
    for (uint32_t t = 0; t < limits; t++)
        printf(",%.9g,%.3g", truth->ratio[t], truth->ratio_error[t]);
    printf("\n");
    fflush(stdout);
}

static int run_case(const struct size_case *of, uint32_t count)
{
    const struct size_runs runs = {BRUTE_SEED, count};
    struct size_opened opened;
    bool good = size_case_open(of, 1000, &opened);

    for (uint32_t d = 0; good && d < opened.designs.count; d++) {
        struct size_truth truth = {0};

        if (opened.designs.barred[d])
            continue;
        good = size_truth_design(&opened, d, &runs, &truth, NULL);
        print_design(of, d, count, &truth, opened.designs.question.limit_count);
    }
    size_case_close(&opened);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
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
