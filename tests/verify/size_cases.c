/* Sizings of real scenarios.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/size_cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/replication.h"

#define SHORT                                                                  \
    "calendar.warm_up=2 weeks", "calendar.run_for=4 weeks",                    \
        "calendar.run_on=0 days"

const struct size_case size_cases[] = {
    {"crisis house",
     "scenarios/crisis-house.yaml",
     {"rota.weekend.staff.support worker=0..3",
      "rota.weekday evening.staff.support worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 2%}",
      "weekends={measure: contacts_not_delivered, day: weekend, at_most: 2%}"},
     {SHORT}},
    {"after assessment",
     "scenarios/after-assessment.yaml",
     {"rota.day.staff.support worker=0..3",
      "rota.late.staff.support worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 2%}",
      "first day={measure: first_contact_in_time, at_least: 95%}"},
     {SHORT}},
    {"dual diagnosis",
     "scenarios/dual-diagnosis.yaml",
     {"rota.weekdays.staff.key worker=1..4",
      "rota.weekday late.staff.key worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 3%}",
      "missed={measure: contacts_missed, at_most: 30%}"},
     {SHORT}},
    {"reference pathway",
     "scenarios/reference.yaml",
     {"rota.weekdays.staff.worker=3..6", "rota.weekends.staff.worker=3..5"},
     {"contacts={measure: contacts_not_delivered, at_most: 5%}",
      "weekends={measure: contacts_not_delivered, day: weekend, at_most: 10%, "
      "in: 8 of 10 weekends}"},
     {SHORT, "staff.worker.cost=20/h"}},
    {"poor handover, 9 of 10 weekends",
     "scenarios/crisis-house/poor-handover.yaml",
     {"rota.weekend.staff.support worker=0..3",
      "rota.weekday evening.staff.support worker=0..2"},
     {"contacts={measure: contacts_not_delivered, at_most: 5%}",
      "weekends={measure: contacts_not_delivered, at_most: 5%, in: 9 of 10 "
      "weekends}"},
     {SHORT}},
};
const size_t size_case_count = sizeof size_cases / sizeof *size_cases;

static bool add_all(const char *const *text, struct settings *out)
{
    for (size_t i = 0; i < SIZE_CASE_TEXTS && text[i]; i++)
        if (settings_add(out, text[i]) != SIM_OK)
            return false;
    return true;
}

bool size_case_open(const struct size_case *of, uint32_t budget,
                    struct size_opened *out)
{
    memset(out, 0, sizeof *out);
    out->options = (struct size_options){.path = of->file,
                                         .minimise = "cost_per_week",
                                         .margin = SIZE_MARGIN,
                                         .replications = budget,
                                         .seed = 1};
    return add_all(of->vary, &out->options.vary) &&
           add_all(of->target, &out->options.targets) &&
           add_all(of->set, &out->options.settings) &&
           size_designs_prepare(&out->designs, &out->options) == 0;
}

void size_case_close(struct size_opened *opened)
{
    size_designs_clear(&opened->designs);
    size_options_clear(&opened->options);
}

/* ---- truths ---- */

/* Whether a design keeps every limit less so many margins; what lies on it, but
 * for rounding, keeps it. */
static bool keeps(const struct size_question *question,
                  const struct size_truth *truth, double margins)
{
    if (!truth->known)
        return false;
    for (uint32_t t = 0; t < question->limit_count; t++) {
        const struct size_limit *limit = &question->limit[t];
        double room = limit->at_most ? limit->limit - truth->ratio[t]
                                     : truth->ratio[t] - limit->limit;

        if (room < margins * limit->margin - 1e-12)
            return false;
    }
    return true;
}

bool size_truth_is_right(const struct size_question *question,
                         const struct size_truth *truth,
                         const struct size *size)
{
    bool chosen = size->end == SIZE_CHOSEN;
    double least =
        chosen ? truth[size->candidate].cost - question->delta : INFINITY;

    if (size->end == SIZE_UNDECIDED ||
        (chosen && !keeps(question, &truth[size->candidate], 0)))
        return false;
    for (uint32_t d = 0; d < size->design_count; d++)
        if (keeps(question, &truth[d], 1) && truth[d].cost < least)
            return false;
    return true;
}

/* One line: "CASE",design,replications, then mean and error of each quantity;
 * false for another case's. */
static bool read_line(const char *line, const struct size_case *of,
                      uint32_t limits, struct size_truth *truth)
{
    size_t length = strlen(of->name);
    unsigned design, count;
    struct size_truth *at;
    int used = 0;

    if (line[0] != '"' || strncmp(line + 1, of->name, length) != 0 ||
        sscanf(line + 1 + length, "\",%u,%u%n", &design, &count, &used) != 2)
        return false;
    line += 1 + length + (size_t)used;
    at = &truth[design];
    if (sscanf(line, ",%lf,%lf%n", &at->cost, &at->cost_error, &used) != 2)
        return false;
    for (uint32_t t = 0; t < limits; t++) {
        line += used;
        if (sscanf(line, ",%lf,%lf%n", &at->ratio[t], &at->ratio_error[t],
                   &used) != 2)
            return false;
    }
    at->known = true;
    return true;
}

uint32_t size_truth_read(const char *path, const struct size_case *of,
                         uint32_t limits, struct size_truth *truth)
{
    FILE *file = fopen(path, "r");
    char line[1024];
    uint32_t count = 0;

    while (file && fgets(line, sizeof line, file))
        count += read_line(line, of, limits, truth);
    if (file)
        fclose(file);
    return count;
}

/* ---- by brute force ---- */

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

static void conclude(const struct sums *sums, uint32_t limits, double count,
                     struct size_truth *truth)
{
    truth->known = true;
    truth->cost = sums[0].part / sums[0].all;
    truth->cost_error = error_of(&sums[0], count);
    for (uint32_t t = 0; t < limits; t++) {
        truth->ratio[t] = sums[1 + t].part / sums[1 + t].all;
        truth->ratio_error[t] = error_of(&sums[1 + t], count);
    }
}

/* What one design is run with. */
struct bench {
    struct scenario *scenario;
    struct layout layout;
    struct replication *replication;
    double *record;
};

static bool bench_make(struct size_opened *opened, uint32_t design,
                       struct bench *out)
{
    char trouble[256];

    *out = (struct bench){0};
    if (size_designs_make(&opened->designs, design, &out->scenario, trouble,
                          sizeof trouble) != SIM_OK ||
        layout_init(&out->layout, out->scenario) != SIM_OK ||
        replication_new(out->scenario, &out->layout, &out->replication) !=
            SIM_OK)
        return false;
    out->record = calloc(out->layout.length + 1u, sizeof *out->record);
    return out->record != NULL;
}

static void bench_clear(struct bench *bench)
{
    free(bench->record);
    replication_free(bench->replication);
    scenario_free(bench->scenario);
}

bool size_truth_design(struct size_opened *opened, uint32_t design,
                       const struct size_runs *runs, struct size_truth *truth,
                       struct size_value *value)
{
    struct size_designs *designs = &opened->designs;
    uint32_t width = designs->watch.count;
    struct sums sums[SIZE_WATCH_MAX] = {{0}};
    struct size_value one[SIZE_WATCH_MAX];
    struct bench bench;
    bool good = bench_make(opened, design, &bench);

    for (uint32_t i = 0; i < runs->count && good; i++) {
        good = replication_run(bench.replication, runs->seed, i,
                               bench.record) == SIM_OK;
        designs->question.observe(designs, design, bench.record, one);
        for (uint32_t w = 0; w < width; w++)
            add(&sums[w], &one[w]);
        if (value)
            memcpy(value + (size_t)i * width, one, width * sizeof *one);
    }
    conclude(sums, designs->question.limit_count, runs->count, truth);
    bench_clear(&bench);
    return good;
}

bool size_truth_make(struct size_opened *opened, const struct size_runs *runs,
                     struct size_truth *truth, struct size_value *value)
{
    const struct size_designs *designs = &opened->designs;
    size_t width = (size_t)runs->count * designs->watch.count;
    bool good = true;

    for (uint32_t d = 0; d < designs->count && good; d++)
        if (!designs->barred[d])
            good = size_truth_design(opened, d, runs, &truth[d],
                                     value ? value + d * width : NULL);
    return good;
}
