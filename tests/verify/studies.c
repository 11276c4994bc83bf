/*
 * Replication r of both options is run as soon as it is wanted and only the
 * records of one study are kept.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/studies.h"

#include <gsl/gsl_cdf.h>

#include "models/replication.h"
#include "studies/compare.h"
#include "studies/result.h"
#include "tests/loading.h"
#include "tests/records.h"
#include "tests/verify/verify.h"

#define OTHER_RATE 0.032 /* ill to crisis, a day, in the second option */
#define OTHER "conditions.course.changes.ill to crisis=0.032/day"

/* One option: its scenario, and the records of the study at hand. */
struct option {
    struct loaded loaded;
    struct layout layout;
    struct replication *replication;
    double *record; /* [STUDIES_OF][layout.length] */
};

static void open_option(struct option *option, const char *setting)
{
    struct text_file file[] = {{STUDIES_FILE, loading_file(STUDIES_FILE)},
                               {NULL, NULL}};
    const char *const settings[] = {setting, NULL};

    loading_load(&option->loaded, file, settings);
    free((void *)(uintptr_t)file[0].text);
    assert_int_equal(option->loaded.err, SIM_OK);
    assert_int_equal(layout_init(&option->layout, option->loaded.scenario),
                     SIM_OK);
    assert_int_equal(replication_new(option->loaded.scenario, &option->layout,
                                     &option->replication),
                     SIM_OK);
    option->record = calloc((size_t)STUDIES_OF * option->layout.length,
                            sizeof *option->record);
    assert_non_null(option->record);
}

static void close_option(struct option *option)
{
    replication_free(option->replication);
    free(option->record);
    loading_clear(&option->loaded);
}

static void run_study(struct option *option, uint32_t seed, uint32_t study)
{
    for (uint32_t i = 0; i < STUDIES_OF; i++)
        assert_int_equal(
            replication_run(option->replication, seed, study * STUDIES_OF + i,
                            &option->record[(size_t)i * option->layout.length]),
            SIM_OK);
}

/* ---- intervals ---- */

struct interval {
    double lower, upper;
};

static bool holds(struct interval interval, double truth)
{
    return interval.lower <= truth && truth <= interval.upper;
}

/* As the program itself gives it. */
static struct interval of_measure(const struct result *result, const char *id)
{
    const struct result_row *row =
        result_find(result, measure_find(id), SLICE_COUNT, 0);

    assert_non_null(row);
    return (struct interval){row->estimate.lower, row->estimate.upper};
}

/* Numerators and denominators of the replications, and their ratio. */
struct columns {
    double n[STUDIES_OF], d[STUDIES_OF];
    double sum_n, sum_d;
};

static void take_columns(const struct option *option, const char *id,
                         struct columns *out)
{
    const struct measure *measure = &measure_table[measure_find(id)];
    const struct layout *layout = &option->layout;

    out->sum_n = out->sum_d = 0;
    for (size_t i = 0; i < STUDIES_OF; i++) {
        const double *record = &option->record[i * layout->length];

        out->n[i] = record[layout->total[measure->numerator].offset];
        out->d[i] = record[layout->total[measure->denominator].offset];
        out->sum_n += out->n[i];
        out->sum_d += out->d[i];
    }
}

/* Linearised: the ratio of replication i is what it adds to the total's
 * (delta method; studies/result.h). */
static double linearised(const struct columns *c, size_t i)
{
    return (c->n[i] - c->sum_n / c->sum_d * c->d[i]) / (c->sum_d / STUDIES_OF);
}

static struct interval around(double mean, double variance)
{
    double half =
        gsl_cdf_tdist_Pinv(0.975, STUDIES_OF - 1) * sqrt(variance / STUDIES_OF);

    return (struct interval){mean - half, mean + half};
}

/* The difference b - a, as if the options had luck of their own. */
static struct interval of_unpaired(const struct columns *a,
                                   const struct columns *b)
{
    double squares = 0;

    for (size_t i = 0; i < STUDIES_OF; i++) {
        double x = linearised(a, i), y = linearised(b, i);

        squares += x * x + y * y;
    }
    return around(b->sum_n / b->sum_d - a->sum_n / a->sum_d,
                  squares / (STUDIES_OF - 1));
}

/* The same as `handrail compare` gives it, from the records of both. */
static struct interval of_comparison(const struct option option[2],
                                     uint32_t seed)
{
    struct compare_option options[2] = {{.name = "base"}, {.name = "other"}};
    const struct compare_measure measure = {
        .measure = measure_find("crisis_within_30_days"), .slice = SLICE_COUNT};
    const struct compare_question question = {.option = options,
                                              .option_count = 2,
                                              .measure = &measure,
                                              .measure_count = 1,
                                              .seed = seed,
                                              .replications = STUDIES_OF};
    struct compare *compare = NULL;
    const struct compare_value *value;
    struct compare_result result;
    struct interval interval;
    struct study study;
    struct job job;

    for (int i = 0; i < 2; i++) {
        options[i].file = STUDIES_FILE;
        options[i].scenario[COMPARE_AS_WRITTEN] = option[i].loaded.scenario;
        options[i].layout[COMPARE_AS_WRITTEN] = &option[i].layout;
    }
    assert_int_equal(compare_new(&question, &compare), SIM_OK);
    study = compare_study(compare);
    while (study.next(study.self, &job)) {
        const struct option *of = &option[job.design];
        size_t at = (size_t)job.replication * of->layout.length;

        assert_int_equal(study.accept(study.self, &job, &of->record[at]),
                         SIM_OK);
    }
    assert_int_equal(compare_conclude(compare, &result), SIM_OK);
    assert_int_equal(result.replications, STUDIES_OF);
    value = compare_value_of(&result, COMPARE_AS_WRITTEN, 1, 0);
    interval = (struct interval){value->lower, value->upper};
    compare_result_clear(&result);
    compare_free(compare);
    return interval;
}

/* A share of independent trials, by the normal law. */
static struct interval of_trials(const struct columns *c)
{
    struct verify_found found = verify_share(c->sum_n, c->sum_d);

    return (struct interval){found.lower, found.upper};
}

/* ---- all of them ---- */

static void find_truths(double truth[STUDIES_COUNT])
{
    struct service first = service_as_written(), second = first;

    second.to_crisis = OTHER_RATE;
    truth[STUDIES_MEAN] = service_occupancy(&first);
    truth[STUDIES_RATIO] = truth[STUDIES_INDEPENDENT] =
        service_not_attended(&first);
    truth[STUDIES_SHARE] = service_crisis_within(&first, 30);
    truth[STUDIES_DIFFERENCE] = truth[STUDIES_UNPAIRED] =
        service_crisis_within(&second, 30) - truth[STUDIES_SHARE];
}

static void find_intervals(const struct option option[2], uint32_t seed,
                           struct interval out[STUDIES_COUNT])
{
    struct columns missed, crisis[2];
    struct result result;
    struct records records =
        records_of(option[0].record, STUDIES_OF, option[0].layout.length);

    assert_int_equal(
        result_make(&(struct result_of){option[0].loaded.scenario,
                                        &option[0].layout, &records, seed},
                    &result),
        SIM_OK);
    out[STUDIES_MEAN] = of_measure(&result, "occupancy");
    out[STUDIES_RATIO] = of_measure(&result, "contacts_not_attended");
    out[STUDIES_SHARE] = of_measure(&result, "crisis_within_30_days");
    result_clear(&result);
    records_clear(&records);
    take_columns(&option[0], "contacts_not_attended", &missed);
    for (int i = 0; i < 2; i++)
        take_columns(&option[i], "crisis_within_30_days", &crisis[i]);
    out[STUDIES_DIFFERENCE] = of_comparison(option, seed);
    out[STUDIES_INDEPENDENT] = of_trials(&missed);
    out[STUDIES_UNPAIRED] = of_unpaired(&crisis[0], &crisis[1]);
}

void studies_make(struct studies *studies, uint32_t seed, uint32_t count)
{
    struct option option[2];
    double truth[STUDIES_COUNT];

    if (studies->count == count && studies->seed == seed)
        return;
    memset(studies, 0, sizeof *studies);
    find_truths(truth);
    open_option(&option[0], NULL);
    open_option(&option[1], OTHER);
    for (uint32_t s = 0; s < count; s++) {
        struct interval interval[STUDIES_COUNT];

        for (int i = 0; i < 2; i++)
            run_study(&option[i], seed, s);
        find_intervals(option, seed, interval);
        for (int i = 0; i < STUDIES_COUNT; i++)
            studies->covered[i] += holds(interval[i], truth[i]);
    }
    for (int i = 0; i < 2; i++)
        close_option(&option[i]);
    studies->seed = seed;
    studies->count = count;
}
