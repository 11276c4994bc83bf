/* Random use of a queue against a reference that looks at every request.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/queue_lines.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>

/*
 * The reference: requests in a plain table. An allotment goes through all of
 * them in order and staffs each from a plain table of workers, marked one by
 * one as held. What a line passed over is used only where requests hold,
 * because by contract only the head of a line does.
 */
enum { REQUESTS = 60, WORKERS = 12 };

struct reference {
    bool waits[REQUESTS];
    struct sim_request request[REQUESTS];
    bool held[WORKERS];
    uint32_t picked[WORKERS];
    uint32_t picked_count;
};

static bool request_before(const struct reference *ref, uint32_t i, uint32_t j)
{
    const struct sim_request *a = &ref->request[i];
    const struct sim_request *b = &ref->request[j];

    if (lines[a->line].priority != lines[b->line].priority)
        return lines[a->line].priority < lines[b->line].priority;
    if (a->order != b->order)
        return a->order < b->order;
    return a->tie != b->tie ? a->tie < b->tie : i < j;
}

/* Whether worker `w` may be picked for `roles`, until `until`. */
static bool may_pick(const struct reference *ref, struct sim_pool *pool,
                     uint32_t w, uint64_t roles, sim_ms until)
{
    const struct sim_worker *worker = sim_pool_worker(pool, w);

    for (uint32_t i = 0; i < ref->picked_count; i++)
        if (ref->picked[i] == w)
            return false;
    return !worker->busy && !ref->held[w] && (roles >> worker->role & 1) &&
           worker->latest_end >= until;
}

/* Whether worker `v` is to be picked before worker `w`. */
static bool worker_before(struct sim_pool *pool, uint32_t v, uint32_t w)
{
    const struct sim_worker *a = sim_pool_worker(pool, v);
    const struct sim_worker *b = sim_pool_worker(pool, w);

    if (a->role != b->role)
        return a->role < b->role;
    if (a->shift_end != b->shift_end)
        return a->shift_end > b->shift_end;
    return a->tag != b->tag ? a->tag < b->tag : v < w;
}

/* Pick for all needs of `option`, as far as can be; whether all are met. */
static bool reference_pick(struct reference *ref, struct sim_pool *pool,
                           const struct sim_option *option, sim_ms now)
{
    bool all = true;

    ref->picked_count = 0;
    for (uint32_t i = 0; i < option->need_count; i++)
        for (uint32_t n = 0; n < option->need[i].count; n++) {
            uint32_t best = WORKERS;

            for (uint32_t w = 0; w < WORKERS; w++)
                if (may_pick(ref, pool, w, option->need[i].roles,
                             now + option->expected) &&
                    (best == WORKERS || worker_before(pool, w, best)))
                    best = w;
            all = all && best < WORKERS;
            if (best < WORKERS)
                ref->picked[ref->picked_count++] = best;
        }
    return all;
}

static uint32_t workers_of(const struct sim_option *option)
{
    uint32_t workers = 0;

    for (uint32_t i = 0; i < option->need_count; i++)
        workers += option->need[i].count;
    return workers;
}

/* Hold what the first joint option of `line` can use. Enough are on duty for
 * any: here all workers stay. */
static void reference_hold(struct reference *ref, struct sim_pool *pool,
                           const struct sim_line *line, sim_ms now)
{
    for (uint32_t i = 0; i < line->option_count; i++) {
        if (workers_of(&line->option[i]) < 2)
            continue;
        reference_pick(ref, pool, &line->option[i], now);
        for (uint32_t n = 0; n < ref->picked_count; n++)
            ref->held[ref->picked[n]] = true;
        return;
    }
}

/* The next request after `last` in order (all, when NULL), or REQUESTS. */
static uint32_t reference_after(const struct reference *ref,
                                const uint32_t *last)
{
    uint32_t best = REQUESTS;

    for (uint32_t i = 0; i < REQUESTS; i++)
        if (ref->waits[i] && (!last || request_before(ref, *last, i)) &&
            (best == REQUESTS || request_before(ref, i, best)))
            best = i;
    return best;
}

/* Pick workers for request `id`; the option taken, or NULL. */
static const struct sim_option *reference_staff(struct reference *ref,
                                                struct sim_pool *pool,
                                                uint32_t id, sim_ms now)
{
    const struct sim_line *line = &lines[ref->request[id].line];

    for (uint32_t i = 0; i < line->option_count; i++)
        if (reference_pick(ref, pool, &line->option[i], now))
            return &line->option[i];
    return NULL;
}

/* The queue's next start is request `id`, by `option`, with those picked. */
static void assert_next_start(struct reference *ref, struct sim_queue *queue,
                              struct sim_pool *pool, uint32_t id,
                              const struct sim_option *option, sim_ms now)
{
    struct sim_start start;
    uint32_t worker;

    assert_true(sim_queue_start(queue, pool, now, &start));
    assert_int_equal(start.request, id);
    assert_int_equal(start.label, option->label);
    worker = start.worker;
    for (uint32_t i = 0; i < ref->picked_count; i++) {
        assert_int_equal(worker, ref->picked[i]);
        worker = sim_pool_worker(pool, worker)->next;
    }
    assert_int_equal(worker, SIM_NO_WORKER);
    ref->waits[id] = false;
}

/* One allotment on both sides; how many started. */
static unsigned allot(struct reference *ref, struct sim_queue *queue,
                      struct sim_pool *pool, sim_ms now, bool holding)
{
    bool passed[LINES] = {false};
    struct sim_start start;
    unsigned starts = 0;
    uint32_t id;

    memset(ref->held, 0, sizeof ref->held);
    sim_queue_begin(queue);
    for (id = reference_after(ref, NULL); id < REQUESTS;
         id = reference_after(ref, &id)) {
        uint32_t line = ref->request[id].line;
        const struct sim_option *option;

        if (holding && passed[line])
            continue;
        option = reference_staff(ref, pool, id, now);
        if (option) {
            assert_next_start(ref, queue, pool, id, option, now);
            starts++;
        } else if (!passed[line] && now >= ref->request[id].hold_from)
            reference_hold(ref, pool, &lines[line], now);
        passed[line] = passed[line] || !option;
    }
    assert_false(sim_queue_start(queue, pool, now, &start));
    return starts;
}

/* Add request `id` if it does not wait, else take it out. */
static void add_or_remove(struct reference *ref, struct sim_queue *queue,
                          uint32_t id, bool holding, gsl_rng *rng)
{
    struct sim_request *request = &ref->request[id];

    if (ref->waits[id]) {
        assert_true(sim_queue_remove(queue, id));
        ref->waits[id] = false;
        return;
    }
    request->line = (uint32_t)gsl_rng_uniform_int(rng, LINES);
    request->tie = (uint32_t)gsl_rng_uniform_int(rng, 3);
    request->order = (sim_ms)gsl_rng_uniform_int(rng, 10);
    request->hold_from =
        holding ? HOURS((sim_ms)gsl_rng_uniform_int(rng, 4)) : SIM_NEVER;
    assert_int_equal(sim_queue_add(queue, id, request), SIM_OK);
    ref->waits[id] = true;
}

/* Four workers of each role, shift ends 1 to 4 hours off. */
static struct sim_pool *pool_of_twelve(void)
{
    return pool_of("A1 A2 A3 A4 B1 B2 B2 B4 C1 C1 C3 C4");
}

struct random_case {
    const char *name;
    bool holding;
    unsigned busy_out_of_8; /* how many come back before each allotment */
};
static struct random_case random_cases[] = {
    {"passing over changes nothing, few free", false, 1},
    {"passing over changes nothing, many free", false, 5},
    {"holding agrees with the reference, few free", true, 1},
    {"holding agrees with the reference, many free", true, 5},
};

static void agrees_with_reference(void **state)
{
    const struct random_case *c = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct sim_pool *pool = pool_of_twelve();
    struct sim_queue *queue = NULL;
    struct reference ref = {.picked_count = 0};
    unsigned starts = 0;

    assert_int_equal(sim_queue_new(lines, LINES, &queue), SIM_OK);
    for (int round = 0; round < 4000; round++) {
        sim_ms now = HOURS((sim_ms)gsl_rng_uniform_int(rng, 4));

        for (int i = 0; i < 6; i++)
            add_or_remove(&ref, queue,
                          (uint32_t)gsl_rng_uniform_int(rng, REQUESTS),
                          c->holding, rng);
        for (uint32_t w = 0; w < WORKERS; w++)
            if (sim_pool_worker(pool, w)->busy &&
                gsl_rng_uniform_int(rng, 8) < c->busy_out_of_8)
                assert_false(sim_pool_release(pool, w));
        starts += allot(&ref, queue, pool, now, c->holding);
        sim_queue_verify(queue);
        sim_pool_verify(pool);
    }
    assert_true(starts > 1000);
    sim_queue_free(queue);
    sim_pool_free(pool);
    gsl_rng_free(rng);
}

int main(void)
{
    return run_table("queue at random", agrees_with_reference, random_cases);
}
