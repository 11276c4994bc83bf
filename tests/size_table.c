/* Sizing driven from tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/size_table.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "sim/chance.h"
#include "tests/support.h"

/* A normal number named by what it is of. */
static double normal(const struct size_table *table, uint32_t replication,
                     uint32_t owner, uint32_t topic)
{
    struct sim_chance chance = {table->seed, replication};
    struct sim_name name = {.owner = owner, .topic = topic};

    return gsl_cdf_ugaussian_Pinv(sim_chance_uniform(&chance, &name));
}

/* A luck that designs share in part. */
static double luck(const struct size_table *table, uint32_t design,
                   uint32_t replication, uint32_t topic)
{
    double r = table->correlation;

    return sqrt(r) * normal(table, replication, TABLE_DESIGNS, topic) +
           sqrt(1 - r) * normal(table, replication, design, topic);
}

static void draw_stored(const struct size_table *table, uint32_t design,
                        uint32_t replication, struct size_value *out)
{
    struct sim_chance chance = {table->seed, replication};
    struct sim_name name = {.topic = 99};
    uint32_t which =
        (uint32_t)(sim_chance_uniform(&chance, &name) * table->stored);

    memcpy(out,
           table->record +
               ((size_t)design * table->stored + which) * TABLE_WATCH,
           TABLE_WATCH * sizeof *out);
}

/* The record is the number of the replication; the rest is made up here. */
static void observe(void *context, uint32_t design, const double *record,
                    struct size_value *out)
{
    static const double due[TABLE_LIMITS] = {1500, 400};
    const struct size_table *table = context;
    const struct table_truth *truth = &table->truth[design];
    uint32_t replication = (uint32_t)record[0];

    if (table->record) {
        draw_stored(table, design, replication, out);
        return;
    }
    out[0].part = 52 * (truth->cost + 5 * luck(table, design, replication, 0));
    out[0].all = 52;
    for (uint32_t t = 0; t < TABLE_LIMITS; t++) {
        double busy =
            1 + 0.05 * normal(table, replication, TABLE_DESIGNS, 10 + t);
        double share = truth->share[t] +
                       table->spread * luck(table, design, replication, 1 + t);

        out[1 + t].all = due[t] * busy;
        /* Not share times all: the two need not be independent in truth, but
         * the mean of N - t D must be what the truth says. */
        out[1 + t].part = due[t] * (share + truth->share[t] * (busy - 1));
    }
}

static uint32_t length(void *context, uint32_t design)
{
    (void)context;
    (void)design;
    return 1;
}

/* ---- making one ---- */

static void set_truth(struct size_table *table, uint32_t design, bool near_ties)
{
    const struct size_question *question = &table->question;
    struct table_truth *truth = &table->truth[design];
    double a = size_value_of(question, design, 0);
    double b = size_value_of(question, design, 1);
    double c = size_value_of(question, design, 2);

    truth->cost = 4000 + 900 * a + 700 * b + 500 * c;
    /* One shift helps the other's contacts a little. */
    truth->share[0] = 0.3 * exp(-0.9 * a - 0.45 * b) + 0.002;
    truth->share[1] = 0.6 * exp(-1.1 * c - 0.25 * b) + 0.004;
    table->floor[design] = truth->cost - 40;
    if (!near_ties)
        return;
    /* Every share within five margins lands on the nearest whole number of
     * margins from the limit: on it, or one to either side. */
    for (uint32_t t = 0; t < TABLE_LIMITS; t++) {
        const struct size_limit *limit = &table->limit[t];
        double off = (truth->share[t] - limit->limit) / limit->margin;

        if (fabs(off) < 5)
            truth->share[t] = limit->limit + limit->margin * (off > 1    ? 1
                                                              : off < -1 ? -1
                                                                         : 0);
    }
}

void size_table_make(struct size_table *table, const struct table_wish *wish)
{
    static const char *const paths[TABLE_RANGES] = {"a", "b", "c"};

    memset(table, 0, sizeof *table);
    table->correlation = wish->correlation;
    table->spread = 0.02;
    table->question = (struct size_question){
        .range = table->range,
        .range_count = TABLE_RANGES,
        .floor = table->floor,
        .limit = table->limit,
        .limit_count = TABLE_LIMITS,
        .watch_count = TABLE_WATCH,
        .delta = 50,
        .more_is_better = wish->more_is_better,
        .budget = 400000,
        .observe = observe,
        .length = length,
        .context = table,
    };
    for (uint32_t i = 0; i < TABLE_RANGES; i++)
        table->range[i] = (struct size_range){paths[i], 0, TABLE_VALUES - 1, 1};
    for (uint32_t t = 0; t < TABLE_LIMITS; t++)
        table->limit[t] = (struct size_limit){.at_most = true,
                                              .limit = wish->limit[t],
                                              .margin = wish->limit[t] / 10,
                                              .occasions = 52,
                                              .is_share = true};
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        set_truth(table, d, wish->near_ties);
}

/* ---- running one ---- */

void size_table_run(struct size_table *table, uint32_t seed,
                    struct table_outcome *out)
{
    struct size size;
    struct study study;
    struct job job;

    table->seed = seed;
    assert_int_equal(size_init(&size, &table->question), SIM_OK);
    study = size_study(&size);
    while (study.next(study.self, &job)) {
        double record = job.replication;

        assert_int_equal(study.accept(study.self, &job, &record), SIM_OK);
    }
    assert_int_equal(size.err, SIM_OK);
    assert_int_equal(size.phase, SIZE_DONE);
    *out = (struct table_outcome){.end = size.end,
                                  .chosen = size.candidate,
                                  .replications = size.accepted,
                                  .audits = size.audits,
                                  .contradicted = size.contradicted};
    for (uint32_t d = 0; d < size.design_count; d++)
        out->left_out += size.design[d].state == SIZE_LEFT_OUT;
    size_clear(&size);
}

/* Whether a design keeps every limit less so many margins; what lies on it, but
 * for rounding, keeps it. */
static bool keeps(const struct size_table *table, uint32_t design,
                  double margins)
{
    for (uint32_t t = 0; t < TABLE_LIMITS; t++) {
        const struct size_limit *limit = &table->limit[t];

        if (table->truth[design].share[t] >
            limit->limit - margins * limit->margin + 1e-12)
            return false;
    }
    return true;
}

bool size_table_is_right(const struct size_table *table,
                         const struct table_outcome *outcome)
{
    bool chosen = outcome->end == SIZE_CHOSEN;

    if (outcome->end == SIZE_UNDECIDED ||
        (chosen && !keeps(table, outcome->chosen, 0)))
        return false;
    for (uint32_t d = 0; d < TABLE_DESIGNS; d++)
        if (keeps(table, d, 1) &&
            (!chosen ||
             table->truth[d].cost <
                 table->truth[outcome->chosen].cost - table->question.delta))
            return false;
    return true;
}

uint32_t size_table_right(struct size_table *table, uint32_t seeds,
                          double *replications)
{
    uint32_t right = 0;
    double sum = 0;

    for (uint32_t seed = 1; seed <= seeds; seed++) {
        struct table_outcome outcome;

        size_table_run(table, seed, &outcome);
        right += size_table_is_right(table, &outcome);
        sum += (double)outcome.replications;
    }
    if (replications)
        *replications = sum / seeds;
    return right;
}
