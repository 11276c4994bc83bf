/*
 * Sizing: right as often as it says, on tables whose truth is known, made up
 * or stored; and on real scenarios against every design by brute force.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/chance.h"
#include "tests/size_table.h"
#include "tests/verify/size_cases.h"
#include "tests/verify/verify.h"
#include "work/executor.h"

#include <math.h>

#define BRUTE_FILE "tests/verify/size_brute.csv"
#define SEEDS_FULL 1000
#define SEEDS_QUICK 50
#define RIGHT 0.95
/* Of what brute force took, so much may be spent. */
#define SPENT 0.01
/* Stored records of each design, and runs of brute force anew. */
#define STORED 200
#define ANEW 400
/* The largest of some 36 comparisons: what each would pass once in 16,000 x 36
 * times (4 standard errors alone are passed once in 16,000). */
#define LARGEST_ERRORS 4.8

/* ---- made-up tables ---- */

struct made_up {
    const char *name;
    struct table_wish wish;
    double judged_by; /* a control: margins by which the truth is another */
};
static const struct made_up made_up[] = {
    {"3 shifts by 5 counts, independent", {{0.02, 0.05}, 0, false, false}, 0},
    {"3 shifts by 5 counts, correlation 0.5",
     {{0.02, 0.05}, 0.5, false, false},
     0},
    {"3 shifts by 5 counts, correlation 0.95",
     {{0.02, 0.05}, 0.95, false, false},
     0},
    {"near ties, independent", {{0.02, 0.05}, 0, true, false}, 0},
    {"near ties, correlation 0.5", {{0.02, 0.05}, 0.5, true, false}, 0},
    {"near ties, correlation 0.95", {{0.02, 0.05}, 0.95, true, false}, 0},
    {"nothing meets", {{0.002, 0.05}, 0.5, false, false}, 0},
    {"near ties, rotas left out", {{0.02, 0.05}, 0.5, true, true}, 0},
};
static const struct made_up another_truth = {
    "", {{0.02, 0.05}, 0.5, true, false}, 2};

static struct verify_found right_made_up(const json_t *json,
                                         const void *context,
                                         const struct verify_attempt *attempt)
{
    const struct made_up *of = context;
    struct size_table *table = calloc(2, sizeof *table);
    uint32_t right = 0;

    (void)json;
    assert_non_null(table);
    size_table_make(&table[0], &of->wish);
    table[1] = table[0];
    for (uint32_t t = 0; t < TABLE_LIMITS; t++)
        table[1].limit[t].limit -= of->judged_by * table[0].limit[t].margin;
    for (uint32_t i = 0; i < attempt->replications; i++) {
        struct table_outcome outcome;

        size_table_run(&table[0], attempt->seed + i, &outcome);
        right += size_table_is_right(&table[1], &outcome);
    }
    free(table);
    return verify_share(right, attempt->replications);
}

static struct verify_check right_check(verify_compute *compute,
                                       const void *context, double seeds)
{
    return (struct verify_check){
        .quantity = "sizings with a right answer",
        .kind = VERIFY_WITHIN,
        .truth = RIGHT,
        /* In full 950 of 1,000; of fewer, 4 standard errors less. */
        .low = seeds < SEEDS_FULL
                   ? RIGHT - 4 * sqrt(RIGHT * (1 - RIGHT) / seeds)
                   : RIGHT,
        .high = 1,
        .source = "at least what is promised: what is chosen meets every "
                  "target, and nothing cheaper by more than delta meets all "
                  "with the margin",
        .compute = compute,
        .context = context};
}

static void add_made_up(struct verify *verify, const struct made_up *of)
{
    bool full = verify_form(verify) == VERIFY_FULL;
    struct verify_check check =
        right_check(right_made_up, of, full ? SEEDS_FULL : SEEDS_QUICK);

    verify_case(verify, &(struct verify_case){.name = of->name,
                                              .quick = SEEDS_QUICK,
                                              .full = SEEDS_FULL,
                                              .seed = 1});
    verify_check(verify, &check);
}

/* ---- stored tables ---- */

/* Records of every design, drawn from with replacement, the same one of every
 * design: so the table's means are the truth. */
struct stored {
    struct size_opened opened;
    struct size_question question;
    struct size_truth *truth;
    struct size_value *value; /* [designs][STORED][watch count] */
    uint32_t seed;
};

/* The record is the number of the replication. */
static void observe_stored(void *context, uint32_t design, const double *record,
                           struct size_value *out)
{
    const struct stored *stored = context;
    uint32_t width = stored->question.watch_count;
    struct sim_chance chance = {stored->seed, (uint32_t)record[0]};
    struct sim_name name = {.topic = 1};
    uint32_t which = (uint32_t)(STORED * sim_chance_uniform(&chance, &name));

    memcpy(out, stored->value + ((size_t)design * STORED + which) * width,
           width * sizeof *out);
}

static uint32_t length_stored(void *context, uint32_t design)
{
    (void)context;
    (void)design;
    return 1;
}

static struct stored *stored_new(const struct size_case *of)
{
    const struct size_runs runs = {BRUTE_SEED + 1, STORED};
    struct stored *stored = calloc(1, sizeof *stored);
    const struct size_designs *designs = &stored->opened.designs;

    assert_non_null(stored);
    assert_true(size_case_open(of, 100000, &stored->opened));
    stored->truth = calloc(designs->count, sizeof *stored->truth);
    stored->value =
        calloc((size_t)designs->count * STORED * designs->watch.count,
               sizeof *stored->value);
    assert_non_null(stored->truth);
    assert_non_null(stored->value);
    assert_true(
        size_truth_make(&stored->opened, &runs, stored->truth, stored->value));
    stored->question = designs->question;
    /* What a rota costs at least is not known of a table that repeats. */
    stored->question.floor = NULL;
    stored->question.observe = observe_stored;
    stored->question.length = length_stored;
    stored->question.context = stored;
    return stored;
}

static void stored_free(struct stored *stored)
{
    size_case_close(&stored->opened);
    free(stored->truth);
    free(stored->value);
    free(stored);
}

static struct verify_found right_stored(const json_t *json, const void *context,
                                        const struct verify_attempt *attempt)
{
    struct stored *stored = stored_new(context);
    uint32_t right = 0;

    (void)json;
    for (uint32_t i = 0; i < attempt->replications; i++) {
        struct size size;
        struct study study;
        struct job job;

        stored->seed = attempt->seed + i;
        assert_int_equal(size_init(&size, &stored->question), SIM_OK);
        study = size_study(&size);
        while (study.next(study.self, &job)) {
            double record = job.replication;

            assert_int_equal(study.accept(study.self, &job, &record), SIM_OK);
        }
        right += size_truth_is_right(&stored->question, stored->truth, &size);
        size_clear(&size);
    }
    stored_free(stored);
    return verify_share(right, attempt->replications);
}

static void add_stored(struct verify *verify, const struct size_case *of)
{
    bool full = verify_form(verify) == VERIFY_FULL;
    struct verify_check check =
        right_check(right_stored, of, full ? SEEDS_FULL : SEEDS_QUICK);
    char name[128];

    snprintf(name, sizeof name, "records of %s", of->name);
    verify_case(verify, &(struct verify_case){.name = name,
                                              .quick = SEEDS_QUICK,
                                              .full = SEEDS_FULL,
                                              .seed = 1});
    verify_check(verify, &check);
}

/* ---- against brute force ---- */

/* One sizing as `handrail size` does it, and the stored truth. */
struct real {
    struct size_opened opened;
    struct size size;
    struct size_truth *truth;
    uint32_t designs; /* that the stored file has */
};

static void real_run(const struct size_case *of, uint32_t seed,
                     struct real *real)
{
    const struct size_designs *at = &real->opened.designs;
    struct executor executor = {.seed = seed};
    struct study study;

    memset(real, 0, sizeof *real);
    assert_true(size_case_open(of, 100000, &real->opened));
    real->truth = calloc(at->count, sizeof *real->truth);
    assert_non_null(real->truth);
    real->designs =
        size_truth_read(BRUTE_FILE, of, at->question.limit_count, real->truth);
    assert_int_equal(designs_new(size_designs_make, &real->opened.designs,
                                 DESIGNS_RESTING, &executor.designs),
                     SIM_OK);
    assert_int_equal(size_init(&real->size, &at->question), SIM_OK);
    study = size_study(&real->size);
    assert_int_equal(executor_run(&executor, &study, NULL, 0), SIM_OK);
    designs_free(executor.designs);
}

static void real_clear(struct real *real)
{
    size_clear(&real->size);
    size_case_close(&real->opened);
    free(real->truth);
}

static struct verify_found agrees(const json_t *json, const void *context,
                                  const struct verify_attempt *attempt)
{
    struct real real;
    bool right;

    (void)json;
    real_run(context, attempt->seed, &real);
    right = real.designs > 0 && real.size.end == SIZE_CHOSEN &&
            size_truth_is_right(&real.opened.designs.question, real.truth,
                                &real.size);
    real_clear(&real);
    return (struct verify_found){.mean = right, .error = NAN};
}

/* Limits lower by half: what was chosen need not keep those. */
static struct verify_found
agrees_with_another(const json_t *json, const void *context,
                    const struct verify_attempt *attempt)
{
    struct real real;
    struct size_limit limit[SIZE_WATCH_MAX];
    struct size_question question;
    bool right;

    (void)json;
    real_run(context, attempt->seed, &real);
    question = real.opened.designs.question;
    for (uint32_t t = 0; t < question.limit_count; t++) {
        limit[t] = question.limit[t];
        limit[t].limit += (limit[t].at_most ? -9 : 9) * limit[t].margin;
    }
    question.limit = limit;
    right = size_truth_is_right(&question, real.truth, &real.size);
    real_clear(&real);
    return (struct verify_found){.mean = right, .error = NAN};
}

static struct verify_found spent(const json_t *json, const void *context,
                                 const struct verify_attempt *attempt)
{
    struct real real;
    double share;

    (void)json;
    real_run(context, attempt->seed, &real);
    share = (double)real.size.accepted /
            ((double)BRUTE_REPLICATIONS * real.designs);
    real_clear(&real);
    return (struct verify_found){.mean = share, .error = NAN};
}

/* The largest difference from the stored figures, in standard errors. */
static struct verify_found anew(const json_t *json, const void *context,
                                const struct verify_attempt *attempt)
{
    const struct size_runs runs = {attempt->seed, ANEW};
    const struct size_designs *at;
    struct size_opened opened;
    struct size_truth *truth, *now;
    double most = 0;

    (void)json;
    assert_true(size_case_open(context, 1000, &opened));
    at = &opened.designs;
    truth = calloc(2 * (size_t)at->count, sizeof *truth);
    assert_non_null(truth);
    now = truth + at->count;
    assert_true(size_truth_read(BRUTE_FILE, context, at->question.limit_count,
                                truth) > 0);
    assert_true(size_truth_make(&opened, &runs, now, NULL));
    for (uint32_t d = 0; d < at->count; d++)
        for (uint32_t t = 0; truth[d].known && t < at->question.limit_count;
             t++) {
            /* The spread is the stored one: of something so rare that it was
             * not seen anew at all the new runs know none. */
            double error = truth[d].ratio_error[t] *
                           sqrt(1 + (double)BRUTE_REPLICATIONS / ANEW);

            /* Where neither varies, both say the same, or are off. */
            if (truth[d].ratio[t] != now[d].ratio[t])
                most = fmax(most,
                            fabs(truth[d].ratio[t] - now[d].ratio[t]) / error);
        }
    free(truth);
    size_case_close(&opened);
    return (struct verify_found){.mean = most, .error = NAN};
}

static void add_real(struct verify *verify, const struct size_case *of)
{
    verify_case(verify, &(struct verify_case){
                            .name = of->name, .quick = 40, .full = 40});
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "the answer agrees with brute force",
                     .kind = VERIFY_HOLDS,
                     .truth = 1,
                     .source = "20,000 replications of every rota, stored "
                               "(tests/verify/brute.c made them)",
                     .compute = agrees,
                     .context = of});
    verify_check(verify, &(struct verify_check){
                             .quantity = "replications spent, of brute force's",
                             .kind = VERIFY_WITHIN,
                             .truth = SPENT,
                             .high = SPENT,
                             .source = "1 in 100 at most",
                             .compute = spent,
                             .context = of});
    if (verify_form(verify) != VERIFY_QUICK)
        verify_check(verify,
                     &(struct verify_check){
                         .quantity = "brute force anew, 400 each: largest "
                                     "difference in standard errors",
                         .kind = VERIFY_WITHIN,
                         .truth = 0,
                         .high = LARGEST_ERRORS,
                         .source = "the stored figures",
                         .compute = anew,
                         .context = of});
}

static const struct verify_family family = {
    .name = "size",
    .order = 85,
    .title = "Sizing",
    .about =
        "`handrail size` over many seeds on tables of designs whose truth is "
        "known: made up (normal, with what designs of one replication have in "
        "common), and records of real scenarios drawn with replacement. Then "
        "five scenarios with a short period, every rota of which was also "
        "simulated 20,000 times.",
};

int main(void)
{
    struct verify *verify = verify_begin(&family);

    for (size_t i = 0; i < LENGTH(made_up); i++)
        add_made_up(verify, &made_up[i]);
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "sizings with a right answer",
                     .kind = VERIFY_NEAR,
                     .truth = RIGHT,
                     .source = "95%",
                     .wrong = "judged by a truth with limits two margins lower",
                     .compute = right_made_up,
                     .context = &another_truth});
    for (size_t i = 0; i < size_case_count; i++)
        add_stored(verify, &size_cases[i]);
    for (size_t i = 0; i < size_case_count; i++)
        add_real(verify, &size_cases[i]);
    verify_check(verify, &(struct verify_check){
                             .quantity = "the answer agrees with brute force",
                             .kind = VERIFY_NEAR,
                             .truth = 1,
                             .source = "by brute force",
                             .wrong = "judged by limits nine margins lower",
                             .compute = agrees_with_another,
                             .context = &size_cases[0]});
    return verify_finish(verify);
}
