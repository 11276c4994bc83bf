/*
 * Compare: the study. Jobs go through the designs in blocks of replications, so
 * that a thread that keeps the working memory of some designs seldom has to
 * change them, and so that a stop leaves every option with nearly as many.
 * Of a record only the parts of the measures are kept.
 *
 * Where what comes next depends on records (a look, a batch of a selection) it
 * is decided when the last record before it is in; until then no job is named.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "studies/compare_impl.h"
#include "studies/result_impl.h"

#define BLOCK 10u      /* replications of a design in a row */
#define FIRST_ROOM 64u /* replications */

/* ---- measures ---- */

/* Whether a measure is a ratio that can be had whole. */
static bool is_whole(uint32_t measure)
{
    return measure_table[measure].whole &&
           measure_table[measure].type != MEASURE_QUANTILE;
}

static bool is_asked(const struct compare_question *question, uint32_t measure)
{
    for (size_t i = 0; i < question->measure_count; i++)
        if (question->measure[i].measure == measure &&
            question->measure[i].slice == SLICE_COUNT)
            return true;
    return false;
}

/* Those asked for, then every other whole one. */
static int list_measures(struct compare *compare)
{
    const struct compare_question *question = compare->question;
    size_t count = question->measure_count;

    compare->measure = calloc(count + measure_count, sizeof *compare->measure);
    if (!compare->measure)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        compare->measure[i] = question->measure[i];
    for (uint32_t i = 0; i < measure_count; i++)
        if (is_whole(i) && !is_asked(question, i))
            compare->measure[count++] =
                (struct compare_measure){.measure = i, .slice = SLICE_COUNT};
    compare->measure_count = count;
    return SIM_OK;
}

/* The number of a slice's value in a scenario, or NONE. */
static uint32_t find_value(const struct scenario *scenario,
                           const struct compare_measure *measure)
{
    uint32_t count = slice_values(scenario, measure->slice);
    char name[512];

    for (uint32_t i = 0; i < count; i++) {
        slice_value_name(scenario, measure->slice, i, name, sizeof name);
        if (strcmp(name, measure->value) == 0)
            return i;
    }
    return NONE;
}

/* Where a measure lies in the records of one design. */
static struct compare_place place_of(const struct compare_measure *asked,
                                     const struct scenario *scenario,
                                     const struct layout *layout)
{
    const struct measure *measure = &measure_table[asked->measure];
    struct result_row row = {.measure = asked->measure, .slice = asked->slice};
    struct compare_place place = {.denominator = NONE, .fixed = 1};

    if (asked->slice != SLICE_COUNT) {
        row.sliced = true;
        row.value = find_value(scenario, asked);
        if (row.value == NONE)
            return place;
    }
    place.there = true;
    place.rule = row_rule(layout, measure, &row);
    place.numerator = row_place(layout, measure->numerator, &row);
    if (measure->type == MEASURE_RATIO)
        place.denominator = row_place(layout, measure->denominator, &row);
    else if (measure->type == MEASURE_TIME_MEAN)
        place.fixed = row_hours(layout, &row);
    else if (measure->type == MEASURE_PER_WEEK)
        place.fixed = row_hours(layout, &row) / 168;
    return place;
}

static int find_places(struct compare *compare, size_t design)
{
    const struct compare_question *question = compare->question;
    size_t world = design / question->option_count;
    const struct compare_option *option =
        &question->option[design % question->option_count];
    struct compare_columns *columns = &compare->columns[design];

    columns->place = calloc(compare->measure_count, sizeof *columns->place);
    if (!columns->place)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < compare->measure_count; i++)
        columns->place[i] =
            place_of(&compare->measure[i], option->scenario[world],
                     option->layout[world]);
    return SIM_OK;
}

/* ---- making ---- */

/* Looks at 100, 200, 400, ... and at the end of the budget. */
static uint32_t count_looks(const struct compare_question *question)
{
    uint32_t looks = 1;

    for (uint64_t at = COMPARE_FIRST_LOOK; at < question->replications; at *= 2)
        looks++;
    return question->stop == COMPARE_SEPARATED ? looks : 1;
}

/* Where records are first looked at. */
static uint32_t first_target(const struct compare_question *question)
{
    uint32_t first = question->replications;

    if (question->stop == COMPARE_SEPARATED)
        first = COMPARE_FIRST_LOOK;
    else if (question->stop == COMPARE_SELECT)
        first = COMPARE_BATCH * COMPARE_FIRST_BATCHES;
    return first < question->replications ? first : question->replications;
}

static int allocate(struct compare *compare)
{
    size_t options = compare->question->option_count;
    size_t designs = compare->design_count;

    compare->columns = calloc(designs, sizeof *compare->columns);
    compare->runs = calloc(designs, sizeof *compare->runs);
    compare->ratio = calloc(options, sizeof *compare->ratio);
    compare->weight = calloc(options, sizeof *compare->weight);
    if (!compare->columns || !compare->runs || !compare->ratio ||
        !compare->weight)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < designs; i++) {
        int err = find_places(compare, i);

        if (err != SIM_OK)
            return err;
        compare->runs[i] = true;
    }
    return SIM_OK;
}

int compare_new(const struct compare_question *question, struct compare **out)
{
    struct compare *compare = calloc(1, sizeof *compare);
    int err = SIM_ERR_NO_MEMORY;

    SIM_REQUIRE(question->option_count >= 2 &&
                question->option_count <= COMPARE_OPTIONS_MAX);
    *out = NULL;
    if (!compare)
        return err;
    compare->question = question;
    compare->design_count =
        question->option_count * (question->both_worlds ? 2 : 1);
    err = list_measures(compare);
    if (err == SIM_OK)
        err = allocate(compare);
    if (err == SIM_OK)
        err = compare_hours_init(compare);
    if (err != SIM_OK) {
        compare_free(compare);
        return err;
    }
    compare->looks = count_looks(question);
    compare->target = first_target(question);
    compare->until = BLOCK < compare->target ? BLOCK : compare->target;
    compare->finished = question->replications == 0;
    *out = compare;
    return SIM_OK;
}

void compare_free(struct compare *compare)
{
    if (!compare)
        return;
    for (size_t i = 0; compare->columns && i < compare->design_count; i++) {
        free(compare->columns[i].place);
        free(compare->columns[i].part);
        free(compare->columns[i].hours);
    }
    free(compare->columns);
    free(compare->measure);
    free(compare->runs);
    free(compare->ratio);
    free(compare->weight);
    select_clear(&compare->select);
    free(compare);
}

/* ---- the selection ---- */

/* The world's value of an option in one replication, linear in the parts:
 * larger is better. See Kim and Nelson in studies/select.h; the ratio and mean
 * denominator of the first stage stand for the true ones, which is exact where
 * the denominator is a length of time and an error of second order elsewhere.
 */
static double linear(const struct compare *compare, size_t option,
                     uint32_t replication)
{
    const struct compare_question *question = compare->question;
    const struct compare_columns *columns = &compare->columns[option];
    const double *part =
        compare_parts(compare, columns, replication, question->select);
    double ratio = compare->ratio[option];
    double value =
        ratio + (part[0] - ratio * part[1]) / compare->weight[option];
    uint32_t measure = question->measure[question->select].measure;

    value *= columns->place[question->select].rule.scale;
    return measure_table[measure].better == BETTER_LOWER ? -value : value;
}

/* The mean of `linear` over one batch. */
static double batch_mean(const struct compare *compare, size_t option,
                         uint32_t batch)
{
    double sum = 0;

    for (uint32_t i = 0; i < COMPARE_BATCH; i++)
        sum += linear(compare, option, batch * COMPARE_BATCH + i);
    return sum / COMPARE_BATCH;
}

/* The constants of linearisation; whether the option has any data. */
static bool linearise(struct compare *compare, size_t option)
{
    const struct compare_columns *columns = &compare->columns[option];
    double numerator = 0, denominator = 0;

    for (uint32_t i = 0; i < columns->count; i++) {
        const double *part =
            compare_parts(compare, columns, i, compare->question->select);

        numerator += part[0];
        denominator += part[1];
    }
    if (!(denominator > 0))
        return false;
    compare->ratio[option] = numerator / denominator;
    compare->weight[option] = denominator / columns->count;
    return true;
}

/* The first stage is in. */
static int begin_selection(struct compare *compare)
{
    size_t options = compare->question->option_count;
    uint32_t first = COMPARE_FIRST_BATCHES;
    bool in[COMPARE_OPTIONS_MAX] = {false};
    double *x = calloc(options * first, sizeof *x);
    int err;

    if (!x)
        return SIM_ERR_NO_MEMORY;
    for (size_t i = 0; i < options; i++) {
        in[i] = linearise(compare, i);
        for (uint32_t b = 0; in[i] && b < first; b++)
            x[i * first + b] = batch_mean(compare, i, b);
    }
    err = select_init(&compare->select,
                      &(struct select_rule){options, compare->question->within,
                                            COMPARE_CONFIDENCE, first},
                      in, x);
    compare->selecting = err == SIM_OK;
    free(x);
    return err;
}

/* One more batch of those still in. */
static void add_batch(struct compare *compare)
{
    double x[COMPARE_OPTIONS_MAX] = {0};

    for (size_t i = 0; i < compare->question->option_count; i++)
        if (compare->select.left[i])
            x[i] = batch_mean(compare, i, compare->select.batches);
    select_add(&compare->select, x);
}

/* What a stage of the selection leads to: the end, or one batch more of those
 * still in. A budget below the first stage selects nothing. */
static int decide_selection(struct compare *compare)
{
    const struct compare_question *question = compare->question;
    uint64_t next = (uint64_t)compare->target + COMPARE_BATCH;
    int err = SIM_OK;

    if (compare->target < COMPARE_BATCH * COMPARE_FIRST_BATCHES) {
        compare->finished = true;
        return SIM_OK;
    }
    if (compare->selecting)
        add_batch(compare);
    else
        err = begin_selection(compare);
    if (err != SIM_OK)
        return err;
    if (select_is_decided(&compare->select) || next > question->replications) {
        compare->finished = true;
        return SIM_OK;
    }
    for (size_t i = 0; i < compare->design_count; i++)
        compare->runs[i] =
            i < question->option_count && compare->select.left[i];
    compare->target = (uint32_t)next;
    return SIM_OK;
}

/* ---- the looks ---- */

/* Whether nothing asked for is left open. */
static bool all_told(const struct compare_result *result)
{
    size_t options = result->question->option_count;

    for (size_t world = 0; world < result->worlds; world++)
        for (size_t option = 1; option < options; option++)
            for (size_t i = 0; i < result->asked; i++) {
                enum compare_finding finding =
                    compare_value_of(result, (enum compare_world)world, option,
                                     i)
                        ->finding;

                if (finding == COMPARE_NOT_APART ||
                    finding == COMPARE_NO_EVENTS)
                    return false;
            }
    return true;
}

static int decide_look(struct compare *compare)
{
    uint32_t most = compare->question->replications;
    struct compare_result result;
    int err = SIM_OK;

    compare->look++;
    if (compare->target >= 2) {
        err = compare_say(compare, compare->target,
                          (1 - COMPARE_CONFIDENCE) / compare->looks, &result);
        if (err != SIM_OK)
            return err;
        compare->separated = all_told(&result);
        compare_result_clear(&result);
    }
    compare->finished = compare->separated || compare->target >= most;
    if (!compare->finished)
        compare->target =
            compare->target < most / 2 ? 2 * compare->target : most;
    return SIM_OK;
}

/* ---- the study ---- */

/* Every job up to the target is in: how does it go on? */
static int decide(struct compare *compare)
{
    switch (compare->question->stop) {
    case COMPARE_SEPARATED:
        return decide_look(compare);
    case COMPARE_SELECT:
        return decide_selection(compare);
    default:
        compare->finished = true;
        return SIM_OK;
    }
}

/* Move on to a design that has jobs left in this block, or to the next block;
 * false where the target is reached. */
static bool find_job(struct compare *compare)
{
    for (;;) {
        while (compare->design < compare->design_count &&
               (!compare->runs[compare->design] ||
                compare->replication >= compare->until)) {
            compare->design++;
            compare->replication = compare->from;
        }
        if (compare->design < compare->design_count)
            return true;
        if (compare->until >= compare->target)
            return false;
        compare->from = compare->replication = compare->until;
        compare->until = compare->target - compare->from > BLOCK
                             ? compare->from + BLOCK
                             : compare->target;
        compare->design = 0;
    }
}

static bool next(void *self, struct job *out)
{
    struct compare *compare = self;

    if (compare->finished || !find_job(compare))
        return false;
    *out = (struct job){.number = compare->handed,
                        .design = (uint32_t)compare->design,
                        .replication = compare->replication};
    compare->replication++;
    compare->handed++;
    return true;
}

/* Room for one replication more of a design. */
static int grow(const struct compare *compare, struct compare_columns *columns)
{
    size_t size = 2 * compare->measure_count * sizeof *columns->part;
    uint32_t room = columns->room ? columns->room : FIRST_ROOM / 2;
    uint32_t most = compare->question->replications;
    double *part;

    if (columns->count < columns->room)
        return SIM_OK;
    room = room < most / 2 ? 2 * room : most;
    if (room > SIZE_MAX / size)
        return SIM_ERR_NO_MEMORY;
    part = realloc(columns->part, room * size);
    if (!part)
        return SIM_ERR_NO_MEMORY;
    columns->part = part;
    columns->room = room;
    return SIM_OK;
}

static void take_parts(const struct compare *compare,
                       struct compare_columns *columns, const double *record)
{
    double *part =
        columns->part + 2 * (size_t)columns->count * compare->measure_count;

    for (size_t i = 0; i < compare->measure_count; i++, part += 2) {
        const struct compare_place *place = &columns->place[i];

        part[0] = place->there ? record[place->numerator] : 0;
        if (!place->there)
            part[1] = 0;
        else
            part[1] = place->denominator == NONE ? place->fixed
                                                 : record[place->denominator];
    }
    columns->count++;
}

static int accept(void *self, const struct job *job, const double *record)
{
    struct compare *compare = self;
    const struct compare_question *question = compare->question;
    struct compare_columns *columns = &compare->columns[job->design];
    const struct layout *layout =
        question->option[job->design % question->option_count]
            .layout[job->design / question->option_count];
    int err = grow(compare, columns);

    if (err != SIM_OK)
        return err;
    SIM_REQUIRE(job->replication == columns->count);
    take_parts(compare, columns, record);
    compare_hours_add(compare, job->design, record);
    compare->events += record[layout->total[COUNT_EVENTS].offset];
    compare->accepted++;
    if (compare->accepted == compare->handed && !find_job(compare))
        return decide(compare);
    return SIM_OK;
}

static uint64_t jobs_expected(const void *self)
{
    const struct compare *compare = self;

    if (compare->finished)
        return compare->handed;
    return (uint64_t)compare->question->replications * compare->design_count;
}

struct study compare_study(struct compare *compare)
{
    return (struct study){.self = compare,
                          .next = next,
                          .accept = accept,
                          .jobs_expected = jobs_expected};
}
