/* A comparison driven from a table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/compare_bench.h"

#include <gsl/gsl_randist.h>

#include "sim/chance.h"

static const char *const names[BENCH_OPTIONS_MAX] = {
    "base", "first", "second", "third", "fourth", "fifth", "sixth", "seventh"};

void bench_init(struct compare_bench *bench, size_t options,
                const char *const *ids)
{
    memset(bench, 0, sizeof *bench);
    for (uint32_t i = 0; i < COUNTER_COUNT; i++)
        bench->layout.total[i] = (struct block){i, 1};
    bench->layout.length = COUNTER_COUNT;
    bench->layout.measured_hours = 168.0 * BENCH_WEEKS;
    for (size_t i = 0; i < options; i++)
        bench->option[i] = (struct compare_option){
            .name = names[i], .layout = {&bench->layout, &bench->layout}};
    bench->question = (struct compare_question){
        .option = bench->option,
        .option_count = options,
        .measure = bench->measure,
        .seed = 1,
        .replications = 100,
    };
    for (size_t i = 0; ids[i]; i++) {
        bench->measure[i] = (struct compare_measure){
            .measure = measure_find(ids[i]), .slice = SLICE_COUNT};
        assert_int_not_equal(bench->measure[i].measure, NONE);
        bench->question.measure_count++;
    }
}

static uint64_t digest(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * 0x100000001b3u; /* FNV-1a's step */
}

/* As an executor: ask while there is room, accept in order. */
static void drive(struct compare_bench *bench)
{
    struct study study = compare_study(bench->compare);
    uint32_t window = bench->window ? bench->window : 1;
    struct job *job = calloc(window, sizeof *job);
    uint64_t asked = 0;
    double record[COUNTER_COUNT];

    assert_non_null(job);
    for (;;) {
        while (asked - bench->jobs < window &&
               study.next(study.self, &job[asked % window]))
            asked++;
        if (asked == bench->jobs ||
            (bench->limit && bench->jobs == bench->limit))
            break;
        const struct job *at = &job[bench->jobs % window];

        assert_int_equal(at->number, bench->jobs);
        memset(record, 0, sizeof record);
        bench->table(bench, at->design, at->replication, record);
        assert_int_equal(study.accept(study.self, at, record), SIM_OK);
        bench->trace =
            digest(digest(bench->trace, at->design), at->replication);
        bench->jobs++;
        assert_true(bench->jobs <= study.jobs_expected(study.self));
        assert_true(bench->jobs < BENCH_JOBS_MAX);
    }
    if (!bench->limit)
        assert_int_equal(study.jobs_expected(study.self), bench->jobs);
    free(job);
}

int bench_run(struct compare_bench *bench)
{
    assert_int_equal(compare_new(&bench->question, &bench->compare), SIM_OK);
    drive(bench);
    return compare_conclude(bench->compare, &bench->result);
}

void bench_clear(struct compare_bench *bench)
{
    compare_result_clear(&bench->result);
    compare_free(bench->compare);
    bench->compare = NULL;
    bench->jobs = bench->trace = 0;
}

const struct compare_value *bench_value(const struct compare_bench *bench,
                                        size_t option, size_t measure)
{
    return compare_value_of(&bench->result, COMPARE_AS_WRITTEN, option,
                            measure);
}

double bench_normal(uint32_t seed, uint32_t a, uint32_t b, uint32_t c)
{
    const struct sim_chance chance = {seed, a};
    const struct sim_name name = {.owner = b, .topic = c, .purpose = 1};
    struct sim_stream stream;

    sim_stream_init(&stream, &chance, &name);
    return gsl_ran_gaussian_ziggurat(&stream.rng, 1);
}
