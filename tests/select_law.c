/* How often a selection is right.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/select_law.h"

#include <math.h>

#include "studies/select.h"
#include "tests/compare_bench.h"

#define OPTIONS 5
#define BEST 3
#define FIRST 20
#define LEAD 0.5

/* ---- normal batch means ---- */

/* Observation `batch` of an option; the options' luck is shared in part. */
static double observe(const struct select_law *law, uint32_t seed,
                      uint32_t batch, uint32_t option)
{
    double spread = 1 + 0.25 * option;

    return (option == BEST ? LEAD : 0) +
           spread * (sqrt(law->rho) * bench_normal(seed, batch, 1000, 0) +
                     sqrt(1 - law->rho) * bench_normal(seed, batch, option, 1));
}

static bool is_right(const struct select_law *law, uint32_t seed)
{
    static const bool in[OPTIONS] = {true, true, true, true, true};
    const struct select_rule rule = {OPTIONS, law->promise * LEAD,
                                     law->confidence, FIRST};
    double x[OPTIONS * FIRST];
    struct select select;
    bool right;

    for (uint32_t i = 0; i < OPTIONS; i++)
        for (uint32_t b = 0; b < FIRST; b++)
            x[i * FIRST + b] = observe(law, seed, b, i);
    assert_int_equal(select_init(&select, &rule, in, x), SIM_OK);
    while (!select_is_decided(&select)) {
        for (uint32_t i = 0; i < OPTIONS; i++)
            if (select.left[i])
                x[i] = observe(law, seed, select.batches, i);
        select_add(&select, x);
    }
    right = select_best(&select) == BEST;
    select_clear(&select);
    return right;
}

unsigned select_law_normal(const struct select_law *law, unsigned studies)
{
    unsigned right = 0;

    for (uint32_t seed = 1; seed <= studies; seed++)
        right += is_right(law, seed);
    return right;
}

/* ---- ratios ---- */

#define RATIO_OPTIONS 4
#define RATIO_BEST 2
#define DUE 200.0
#define SHARE 0.1
#define RATIO_LEAD 0.004

struct ratio_data {
    const struct select_law *law;
    uint32_t seed;
};

/* Contacts due vary by a quarter and with how many are missed, so that the
 * ratio of sums is not the mean of ratios. */
static void ratio_table(const struct compare_bench *bench, uint32_t design,
                        uint32_t replication, double *record)
{
    const struct ratio_data *data = bench->data;
    double rho = data->law->rho;
    double load =
        sqrt(rho) * bench_normal(data->seed, replication, 1000, 0) +
        sqrt(1 - rho) * bench_normal(data->seed, replication, design, 1);
    double luck =
        sqrt(rho) * bench_normal(data->seed, replication, 1000, 2) +
        sqrt(1 - rho) * bench_normal(data->seed, replication, design, 3);
    double share = SHARE - (design == RATIO_BEST ? RATIO_LEAD : 0);
    double due = DUE * fmax(0.1, 1 + 0.25 * load);

    record[COUNT_DUE] = due;
    record[COUNT_NOT_DELIVERED] = share * due +
                                  share * DUE * (0.1 * load * load - 0.1) +
                                  0.15 * share * DUE * luck;
}

unsigned select_law_ratio(const struct select_law *law, unsigned studies)
{
    static const char *const ids[] = {"contacts_not_delivered", NULL};
    struct ratio_data data = {.law = law};
    unsigned right = 0;

    for (data.seed = 1; data.seed <= studies; data.seed++) {
        struct compare_bench bench;
        const struct compare_selection *selection = &bench.result.selection;

        bench_init(&bench, RATIO_OPTIONS, ids);
        bench.table = ratio_table;
        bench.data = &data;
        bench.question.stop = COMPARE_SELECT;
        bench.question.replications = 100000;
        bench.question.within = law->promise * RATIO_LEAD;
        assert_int_equal(bench_run(&bench), SIM_OK);
        assert_true(selection->decided);
        right += selection->option == RATIO_BEST;
        bench_clear(&bench);
    }
    return right;
}
