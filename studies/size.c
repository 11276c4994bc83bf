/*
 * Sizing as a state machine. Jobs come in blocks; what is done next is decided
 * only when every record of a block is in, so it cannot depend on how soon
 * they came. size_search.c decides what the search looks at; here are the
 * blocks, and the phases after the search.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/size.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "studies/size_impl.h"

/* ---- designs by number ---- */

uint32_t size_range_values(const struct size_range *range)
{
    return (uint32_t)((range->high - range->low) / range->step) + 1;
}

uint32_t size_designs(const struct size_question *question)
{
    uint64_t count = 1;

    for (uint32_t i = 0; i < question->range_count; i++) {
        count *= size_range_values(&question->range[i]);
        if (count > SIZE_DESIGNS_MAX)
            return 0;
    }
    return (uint32_t)count;
}

/* By how much the number of a design rises with one place of `range`. */
static uint32_t stride_of(const struct size_question *question, uint32_t range)
{
    uint32_t stride = 1;

    for (uint32_t i = range + 1; i < question->range_count; i++)
        stride *= size_range_values(&question->range[i]);
    return stride;
}

uint32_t size_place(const struct size_question *question, uint32_t design,
                    uint32_t range)
{
    return design / stride_of(question, range) %
           size_range_values(&question->range[range]);
}

int32_t size_value_of(const struct size_question *question, uint32_t design,
                      uint32_t range)
{
    const struct size_range *of = &question->range[range];

    return of->low + (int32_t)size_place(question, design, range) * of->step;
}

uint32_t size_beside(const struct size_question *question, uint32_t design,
                     uint32_t range, int by)
{
    int64_t place = (int64_t)size_place(question, design, range) + by;
    int64_t step = stride_of(question, range);

    if (place < 0 || place >= size_range_values(&question->range[range]))
        return SIZE_NONE;
    return (uint32_t)(design + by * step);
}

/* ---- what is known ---- */

struct size_column size_column(const struct size *size, uint32_t design,
                               uint32_t watch)
{
    const struct size_design *of = &size->design[design];

    return (struct size_column){of->value ? of->value + watch : NULL, of->count,
                                size->question->watch_count};
}

struct size_column size_fresh_column(const struct size *size, uint32_t watch)
{
    return (struct size_column){size->fresh ? size->fresh + watch : NULL,
                                size->records.count,
                                size->question->watch_count};
}

double size_floor(const struct size *size, uint32_t design)
{
    return size->question->floor ? size->question->floor[design] : -INFINITY;
}

double size_worst(const struct size *size, uint32_t design)
{
    double worst = -INFINITY;

    for (uint32_t t = 0; t < size->question->limit_count; t++) {
        struct size_column column = size_column(size, design, 1 + t);

        worst =
            fmax(worst, size_rule_excess(&size->question->limit[t], &column));
    }
    return worst;
}

/* ---- beginning and end ---- */

/* By floor, then number: never a tie. */
struct floored {
    double floor;
    uint32_t design;
};
static int by_floor(const void *a, const void *b)
{
    const struct floored *x = a, *y = b;

    if (x->floor != y->floor)
        return x->floor < y->floor ? -1 : 1;
    return x->design < y->design ? -1 : 1;
}

static int make_order(struct size *size)
{
    struct floored *list = calloc(size->design_count, sizeof *list);

    size->order = calloc(size->design_count, sizeof *size->order);
    if (!list || !size->order) {
        free(list);
        return SIM_ERR_NO_MEMORY;
    }
    for (uint32_t i = 0; i < size->design_count; i++)
        list[i] = (struct floored){size_floor(size, i), i};
    qsort(list, size->design_count, sizeof *list, by_floor);
    for (uint32_t i = 0; i < size->design_count; i++)
        size->order[i] = list[i].design;
    free(list);
    return SIM_OK;
}

int size_init(struct size *size, const struct size_question *question)
{
    int err;

    memset(size, 0, sizeof *size);
    size->question = question;
    size->candidate = SIZE_NONE;
    size->design_count = size_designs(question);
    if (size->design_count == 0)
        return SIM_ERR_LIMIT;
    SIM_REQUIRE(question->limit_count >= 1 && question->delta > 0 &&
                question->watch_count > question->limit_count);
    size->pruning = question->more_is_better;
    size->design = calloc(size->design_count, sizeof *size->design);
    err = size->design ? make_order(size) : SIM_ERR_NO_MEMORY;
    if (err != SIM_OK) {
        size_clear(size);
        return err;
    }
    for (uint32_t i = 0; i < size->design_count; i++) {
        size->design[i].limit = SIZE_NONE;
        if (question->barred && question->barred[i])
            size->design[i].state = SIZE_BARRED;
    }
    return SIM_OK;
}

void size_clear(struct size *size)
{
    for (uint32_t i = 0; size->design && i < size->design_count; i++)
        free(size->design[i].value);
    free(size->design);
    free(size->order);
    free(size->fresh);
    records_clear(&size->records);
    free(size->batch);
    memset(size, 0, sizeof *size);
}

/* ---- blocks ---- */

void size_ask(struct size *size, uint32_t design, uint32_t from, uint32_t until)
{
    if (from >= until || size->err != SIM_OK)
        return;
    if (size->batch_count == size->batch_room) {
        uint32_t room = size->batch_room ? 2 * size->batch_room : 16;
        struct size_job *larger =
            realloc(size->batch, room * sizeof *size->batch);

        if (!larger) {
            size->err = SIM_ERR_NO_MEMORY;
            return;
        }
        size->batch = larger;
        size->batch_room = room;
    }
    size->batch[size->batch_count++] = (struct size_job){design, from, until};
}

uint64_t size_left(const struct size *size)
{
    return size->question->budget > size->issued
               ? size->question->budget - size->issued
               : 0;
}

/* Cut the block off where the budget ends. Of what is cut off nothing is
 * decided: a look that is not complete is none. */
static void keep_to_budget(struct size *size)
{
    uint64_t left = size_left(size);

    if (size->batch_count == 0)
        return;
    if (left == 0) {
        size->batch_count = 0;
        size->phase = SIZE_DONE;
        return;
    }
    for (uint32_t i = 0; i < size->batch_count; i++) {
        struct size_job *job = &size->batch[i];

        if (job->until - job->from > left)
            job->until = job->from + (uint32_t)left;
        left -= job->until - job->from;
        if (left == 0)
            size->batch_count = i + 1;
    }
}

/* ---- fresh replications ---- */

void size_begin_fresh(struct size *size, uint32_t design, uint32_t count)
{
    free(size->fresh);
    records_clear(&size->records);
    size->fresh = NULL;
    size->candidate = design;
    size->fresh_first = SIZE_FRESH + (uint32_t)size->fresh_all;
    size->fresh_wanted = count;
    size_ask(size, design, size->fresh_first, size->fresh_first + count);
}

/* Error of the present try. */
static double try_level(const struct size *size)
{
    return ldexp(SIZE_ERROR_CONFIRM, -(int)size->tries);
}

void size_begin_confirm(struct size *size, uint32_t design, uint32_t count)
{
    size->tries++;
    size->phase = SIZE_CONFIRM;
    size_begin_fresh(size, design, count);
}

/* ---- the phases after the search ---- */

/* The candidate and its neighbours in the same replications, so that what one
 * more or one fewer does is told by differences. */
static void begin_beside(struct size *size)
{
    const struct size_question *question = size->question;

    size->phase = SIZE_BESIDE;
    size_ask(size, size->candidate, size->design[size->candidate].count,
             SIZE_BESIDE_COUNT);
    for (uint32_t i = 0; i < question->range_count; i++)
        for (int by = -1; by <= 1; by += 2) {
            uint32_t design = size_beside(question, size->candidate, i, by);

            if (design != SIZE_NONE &&
                size->design[design].state != SIZE_BARRED)
                size_ask(size, design, size->design[design].count,
                         SIZE_BESIDE_COUNT);
        }
}

static void conclude_confirm(struct size *size)
{
    const struct size_question *question = size->question;
    bool meets = true;

    size->fresh_all += size->records.count;
    if (size->records.count < size->fresh_wanted)
        return; /* the budget cut it off: keep_to_budget ends it */
    for (uint32_t t = 0; t < question->limit_count; t++) {
        struct size_column column = size_fresh_column(size, 1 + t);

        meets = meets &&
                size_rule_meets(&question->limit[t], &column, try_level(size));
    }
    if (meets) {
        size->end = SIZE_CHOSEN;
        begin_beside(size);
    } else {
        size->design[size->candidate].state = SIZE_OPEN;
        size->candidate = SIZE_NONE;
        size->phase = SIZE_SEARCH;
    }
}

/* Those that come nearest, by the target they miss by most margins. */
static uint32_t nearest(const struct size *size, const bool *taken)
{
    uint32_t best = SIZE_NONE;
    double least = INFINITY;

    for (uint32_t i = 0; i < size->design_count; i++) {
        double worst;

        if (size->design[i].count == 0 || (taken && taken[i]))
            continue;
        worst = size_worst(size, i);
        if (best == SIZE_NONE || worst < least) {
            best = i;
            least = worst;
        }
    }
    return best;
}

void size_begin_shortlist(struct size *size)
{
    bool *taken = calloc(size->design_count, sizeof *taken);

    size->end = SIZE_NOTHING_MEETS;
    size->phase = SIZE_SHORTLIST;
    if (!taken) {
        size->err = SIM_ERR_NO_MEMORY;
        return;
    }
    for (int i = 0; i < SIZE_WAVE; i++) {
        uint32_t design = nearest(size, taken);

        if (design == SIZE_NONE)
            break;
        taken[design] = true;
        size_ask(size, design, size->design[design].count,
                 SIZE_SHORTLIST_COUNT);
    }
    free(taken);
}

static void begin_nearest(struct size *size)
{
    uint32_t design = nearest(size, NULL);

    if (design == SIZE_NONE) {
        size->phase = SIZE_DONE;
        return;
    }
    size->phase = SIZE_NEAREST;
    size_begin_fresh(size, design, SIZE_CONFIRM_LEAST);
}

/* ---- going on ---- */

static void go_on(struct size *size)
{
    switch (size->phase) {
    case SIZE_SEARCH:
        size_search(size);
        break;
    case SIZE_CONFIRM:
        conclude_confirm(size);
        break;
    case SIZE_SHORTLIST:
        begin_nearest(size);
        break;
    case SIZE_NEAREST:
        size->fresh_all += size->records.count;
        size->phase = SIZE_DONE;
        break;
    case SIZE_BESIDE:
    case SIZE_DONE:
        size->phase = SIZE_DONE;
        break;
    }
}

/* Every record is in: decide, until there is something to ask. */
static void plan_block(struct size *size)
{
    bool spent = size_left(size) == 0;

    size->batch_at = 0;
    do {
        size->batch_count = 0;
        go_on(size);
        /* With nothing left the phase that ended is the last. */
        if (spent && size->phase != SIZE_DONE && size->batch_count == 0)
            size->phase = SIZE_DONE;
    } while (size->batch_count == 0 && size->phase != SIZE_DONE &&
             size->err == SIM_OK);
    keep_to_budget(size);
    if (size->batch_count)
        size->batch_next = size->batch[0].from;
}

/* ---- as a study ---- */

static bool next(void *self, struct job *out)
{
    struct size *size = self;
    const struct size_job *job;

    if (size->err != SIM_OK)
        return false;
    if (size->batch_at == size->batch_count) {
        if (size->accepted < size->issued || size->phase == SIZE_DONE)
            return false;
        plan_block(size);
        if (size->batch_count == 0 || size->err != SIM_OK)
            return false;
    }
    job = &size->batch[size->batch_at];
    *out = (struct job){.number = size->issued++,
                        .design = job->design,
                        .replication = size->batch_next++};
    if (size->batch_next == job->until) {
        size->batch_at++;
        if (size->batch_at < size->batch_count)
            size->batch_next = size->batch[size->batch_at].from;
    }
    return true;
}

/* Room for one more row of quantities, by doubling. */
static int grow(struct size_value **value, uint32_t *room, uint32_t width)
{
    uint32_t larger = *room ? *room + *room / 2 : 8;
    struct size_value *rows =
        realloc(*value, (size_t)larger * width * sizeof *rows);

    if (!rows)
        return SIM_ERR_NO_MEMORY;
    *value = rows;
    *room = larger;
    return SIM_OK;
}

/* A record of the candidate in fresh replications is kept whole: it is what
 * the answer's measures come from. */
static int accept_fresh(struct size *size, const struct job *job,
                        const double *record)
{
    const struct size_question *question = size->question;

    if (!size->fresh) {
        size->fresh = calloc((size_t)size->fresh_wanted * question->watch_count,
                             sizeof *size->fresh);
        records_init(&size->records,
                     question->length(question->context, job->design));
        if (!size->fresh)
            return SIM_ERR_NO_MEMORY;
    }
    question->observe(question->context, job->design, record,
                      size->fresh +
                          (size_t)size->records.count * question->watch_count);
    return records_add(&size->records, record);
}

static int accept_searched(struct size *size, const struct job *job,
                           const double *record)
{
    const struct size_question *question = size->question;
    struct size_design *design = &size->design[job->design];

    SIM_REQUIRE(job->replication == design->count);
    if (design->count == design->room) {
        int err = grow(&design->value, &design->room, question->watch_count);
        if (err != SIM_OK)
            return err;
    }
    question->observe(question->context, job->design, record,
                      design->value +
                          (size_t)design->count * question->watch_count);
    design->count++;
    return SIM_OK;
}

static int accept(void *self, const struct job *job, const double *record)
{
    struct size *size = self;

    size->accepted++;
    return job->replication >= SIZE_FRESH ? accept_fresh(size, job, record)
                                          : accept_searched(size, job, record);
}

static uint64_t jobs_expected(const void *self)
{
    const struct size *size = self;

    return size->phase == SIZE_DONE ? size->issued : size->question->budget;
}

struct study size_study(struct size *size)
{
    return (struct study){.self = size,
                          .next = next,
                          .accept = accept,
                          .jobs_expected = jobs_expected};
}
