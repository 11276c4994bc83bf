/* Many requests at one moment: a national service at 18:00.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/queue_lines.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>

/* How many come between two looks at the line. Up to 32 are inserted one by
 * one, more are merged in runs of 32, and from 256 on of one moment sorted by
 * the bytes of their ties. */
struct many_case {
    const char *name;
    uint32_t batch[6];
    uint32_t orders; /* so many different moments, in no order; 0: one for each
                        batch, the later the earlier */
    uint32_t ties;   /* so many different ones, over all that there are */
};
static struct many_case many_cases[] = {
    {"one run", {32}, 1, 1000},
    {"one run and one more", {33}, 1, 1000},
    {"runs of unlike length", {63, 64, 65, 97}, 1, 1000},
    {"runs as long as bytes are many", {255, 256, 257, 512}, 1, 1000000},
    {"many at one moment", {5000}, 1, 1000000},
    {"many at one moment and of few ties", {3000, 300}, 1, 3},
    {"many at many moments", {1000, 1000, 1000}, 500, 1000},
    {"many at one moment, and at one before", {700, 300, 2000, 1}, 0, 100000},
    {"few among many", {2000, 5, 300, 1, 40, 700}, 3, 1000},
    {"many among few", {5, 2000, 33, 2}, 3, 1000},
};

#define MOST 10000u /* in one line; who comes later has the lower number */

struct key {
    sim_ms order;
    uint32_t tie, id;
};

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    if (x->tie != y->tie)
        return x->tie < y->tie ? -1 : 1;
    return x->id < y->id ? -1 : 1;
}

/* All keys so far, in the order of the queue. */
static void assert_order(struct sim_queue *queue, const struct key *key,
                         size_t count)
{
    struct key *sorted = malloc(count * sizeof *sorted);

    assert_non_null(sorted);
    memcpy(sorted, key, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(sim_queue_at(queue, 0, i), sorted[i].id);
    free(sorted);
}

static void many_stand_in_order(void **state)
{
    const struct many_case *c = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct key *key = malloc(MOST * sizeof *key);
    struct sim_queue *queue = NULL;
    uint32_t count = 0;

    assert_non_null(key);
    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    for (size_t b = 0; b < LENGTH(c->batch); b++) {
        for (uint32_t i = 0; i < c->batch[b]; i++, count++) {
            key[count] = (struct key){
                .order = c->orders ? (sim_ms)gsl_rng_uniform_int(rng, c->orders)
                                   : (sim_ms)(LENGTH(c->batch) - b),
                .tie = (uint32_t)gsl_rng_uniform_int(rng, c->ties) *
                       (UINT32_MAX / c->ties),
                .id = MOST - 1 - count};
            assert_int_equal(
                sim_queue_add(queue, key[count].id,
                              &(struct sim_request){.order = key[count].order,
                                                    .tie = key[count].tie,
                                                    .hold_from = SIM_NEVER}),
                SIM_OK);
        }
        if (count > 0)
            assert_order(queue, key, count);
        sim_queue_verify(queue);
    }
    for (uint32_t i = 0; i < count; i++) /* from anywhere in the line */
        assert_true(sim_queue_remove(queue, key[i].id));
    assert_int_equal(sim_queue_length(queue), 0);
    sim_queue_free(queue);
    gsl_rng_free(rng);
    free(key);
}

int main(void)
{
    return run_table("many in a queue", many_stand_in_order, many_cases);
}
