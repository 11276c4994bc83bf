/* Pools: who is seized first, and random use against a plain table.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/pool.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>

/* Workers 'a', 'b', 'c' come on duty in that order, all of one role. */
struct order_case {
    const char *name;
    sim_ms shift_end[3];
    uint64_t tag[3];
    const char *seized;
};
static struct order_case order_cases[] = {
    {"the one whose shift ends last goes first", {2, 3, 1}, {0}, "bac"},
    {"in a tie, the lower tag goes first", {2, 2, 2}, {3, 1, 2}, "bca"},
    {"in a full tie, the lower index goes first", {2, 2, 2}, {0}, "abc"},
    {"the end of shift goes before the tag", {1, 2, 3}, {1, 2, 3}, "cba"},
};

static struct sim_worker worker_of(uint32_t role, sim_ms end, uint64_t tag)
{
    return (struct sim_worker){.role = role,
                               .tag = tag,
                               .shift_end = end,
                               .latest_end = end + 10,
                               .busy = true,
                               .leaving = true,
                               .next = 5};
}

static void seizes_in_order_from(const struct order_case *c, uint32_t many_from)
{
    struct sim_pool *pool = NULL;
    char seized[4] = "";

    assert_int_equal(sim_pool_new(1, &pool), SIM_OK);
    sim_pool_many_from(pool, many_from);
    for (uint32_t i = 0; i < 3; i++) {
        struct sim_worker worker = worker_of(0, c->shift_end[i], c->tag[i]);
        uint32_t index;

        assert_int_equal(sim_pool_add(pool, &worker, &index), SIM_OK);
        assert_int_equal(index, i);
    }
    for (uint32_t i = 0; i < 3; i++)
        seized[i] = (char)('a' + sim_pool_first(pool, 0, i));
    assert_string_equal(seized, c->seized);
    assert_int_equal(sim_pool_first(pool, 0, 3), SIM_NO_WORKER);
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t index = sim_pool_first(pool, 0, 0);

        assert_int_equal(index, c->seized[i] - 'a');
        sim_pool_seize(pool, index, 7);
        sim_pool_verify(pool);
    }
    assert_int_equal(sim_pool_first(pool, 0, 0), SIM_NO_WORKER);
    sim_pool_free(pool);
}

/* The first of them may be many already, or the last make them so. */
static void seizes_in_order(void **state)
{
    for (uint32_t many_from = 0; many_from <= 3; many_from++)
        seizes_in_order_from(*state, many_from);
}

/* A pool of two roles with one worker, of role 1. */
static struct sim_pool *pool_of_one(uint32_t *index)
{
    struct sim_worker worker = worker_of(1, 100, 0);
    struct sim_pool *pool = NULL;

    assert_int_equal(sim_pool_new(2, &pool), SIM_OK);
    assert_int_equal(sim_pool_add(pool, &worker, index), SIM_OK);
    return pool;
}

static void comes_on_duty_free(void **state)
{
    uint32_t index;
    struct sim_pool *pool = pool_of_one(&index);
    const struct sim_worker *worker = sim_pool_worker(pool, index);

    (void)state;
    assert_false(worker->busy || worker->leaving);
    assert_int_equal(worker->next, SIM_NO_WORKER);
    assert_int_equal(sim_pool_free_count(pool, 1), 1);
    assert_int_equal(sim_pool_duty_count(pool, 1), 1);
    assert_int_equal(sim_pool_free_count(pool, 0), 0);
    sim_pool_free(pool);
}

static void busy_is_on_duty_but_not_free(void **state)
{
    uint32_t index;
    struct sim_pool *pool = pool_of_one(&index);

    (void)state;
    sim_pool_seize(pool, index, 42);
    assert_true(sim_pool_worker(pool, index)->busy);
    assert_true(sim_pool_worker(pool, index)->seized_at == 42);
    assert_int_equal(sim_pool_free_count(pool, 1), 0);
    assert_int_equal(sim_pool_duty_count(pool, 1), 1);
    assert_false(sim_pool_release(pool, index));
    assert_int_equal(sim_pool_first(pool, 1, 0), index);
    sim_pool_free(pool);
}

static void roles_with_anyone_free_are_a_set(void **state)
{
    uint32_t index;
    struct sim_pool *pool = pool_of_one(&index);

    (void)state;
    assert_true(sim_pool_free_roles(pool) == 2);
    sim_pool_seize(pool, index, 0);
    assert_true(sim_pool_free_roles(pool) == 0);
    assert_false(sim_pool_release(pool, index));
    assert_true(sim_pool_free_roles(pool) == 2);
    assert_true(sim_pool_end_shift(pool, index));
    assert_true(sim_pool_free_roles(pool) == 0);
    sim_pool_free(pool);
}

static void resetting_sends_everyone_away(void **state)
{
    uint32_t index;
    struct sim_pool *pool = pool_of_one(&index);
    struct sim_worker worker = worker_of(1, 100, 0);

    (void)state;
    sim_pool_seize(pool, index, 0);
    sim_pool_reset(pool);
    sim_pool_verify(pool);
    assert_int_equal(sim_pool_duty_count(pool, 1), 0);
    assert_int_equal(sim_pool_add(pool, &worker, &index), SIM_OK);
    assert_int_equal(index, 0);
    assert_int_equal(sim_pool_free_count(pool, 1), 1);
    sim_pool_verify(pool);
    sim_pool_free(pool);
}

static void a_free_worker_goes_at_once(void **state)
{
    uint32_t index;
    struct sim_pool *pool = pool_of_one(&index);

    (void)state;
    assert_true(sim_pool_end_shift(pool, index));
    assert_int_equal(sim_pool_free_count(pool, 1), 0);
    assert_int_equal(sim_pool_duty_count(pool, 1), 0);
    sim_pool_verify(pool);
    sim_pool_free(pool);
}

static void a_busy_worker_goes_on_release(void **state)
{
    uint32_t index;
    struct sim_pool *pool = pool_of_one(&index);

    (void)state;
    sim_pool_seize(pool, index, 0);
    assert_false(sim_pool_end_shift(pool, index));
    assert_int_equal(sim_pool_duty_count(pool, 1), 0);
    assert_true(sim_pool_worker(pool, index)->leaving);
    sim_pool_verify(pool);
    assert_true(sim_pool_release(pool, index));
    assert_int_equal(sim_pool_free_count(pool, 1), 0);
    sim_pool_verify(pool);
    sim_pool_free(pool);
}

/* Nobody is looked for between the third worker's coming, which makes them
 * many, and the first one's release. */
static void busy_ones_come_back_to_many(void **state)
{
    struct sim_worker worker = worker_of(0, 5, 0);
    struct sim_pool *pool = NULL;
    uint32_t index;

    (void)state;
    assert_int_equal(sim_pool_new(1, &pool), SIM_OK);
    sim_pool_many_from(pool, 2);
    for (worker.tag = 0; worker.tag < 3; worker.tag++) {
        assert_int_equal(sim_pool_add(pool, &worker, &index), SIM_OK);
        if (worker.tag < 2) /* the second is seized, the first free again */
            sim_pool_seize(pool, index, 0);
        if (worker.tag == 1)
            assert_false(sim_pool_release(pool, 0));
    }
    assert_false(sim_pool_release(pool, 1));
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(sim_pool_first(pool, 0, i), i);
    sim_pool_verify(pool);
    sim_pool_free(pool);
}

static void indices_are_used_again(void **state)
{
    struct sim_worker worker = worker_of(0, 5, 9);
    uint32_t index;
    uint32_t again;
    struct sim_pool *pool = pool_of_one(&index);

    (void)state;
    assert_true(sim_pool_end_shift(pool, index));
    assert_int_equal(sim_pool_add(pool, &worker, &again), SIM_OK);
    assert_int_equal(again, index);
    assert_int_equal(sim_pool_worker(pool, again)->tag, 9);
    sim_pool_free(pool);
    sim_pool_free(NULL);
}

enum { ROLES = 3, PLACES = 40 };

/* Workers as a plain table, searched whole. */
struct model {
    bool there[PLACES];
    struct sim_worker worker[PLACES];
    uint32_t count;
};

static bool model_free(const struct model *model, uint32_t i, uint32_t role)
{
    return model->there[i] && model->worker[i].role == role &&
           !model->worker[i].busy;
}

/* Whether free worker `i` is seized before free worker `j`. */
static bool model_before(const struct model *model, uint32_t i, uint32_t j)
{
    const struct sim_worker *a = &model->worker[i];
    const struct sim_worker *b = &model->worker[j];

    if (a->shift_end != b->shift_end)
        return a->shift_end > b->shift_end;
    return a->tag != b->tag ? a->tag < b->tag : i < j;
}

static void assert_same_role(const struct model *model, struct sim_pool *pool,
                             uint32_t role)
{
    uint32_t free_count = 0;
    uint32_t duty_count = 0;

    for (uint32_t i = 0; i < PLACES; i++) {
        uint32_t rank = 0;

        if (model->there[i] && model->worker[i].role == role)
            duty_count += !model->worker[i].leaving;
        if (!model_free(model, i, role))
            continue;
        free_count++;
        for (uint32_t j = 0; j < PLACES; j++)
            rank += model_free(model, j, role) && model_before(model, j, i);
        assert_int_equal(sim_pool_first(pool, role, rank), i);
    }
    assert_int_equal(sim_pool_free_count(pool, role), free_count);
    assert_int_equal(sim_pool_duty_count(pool, role), duty_count);
    assert_int_equal(sim_pool_first(pool, role, free_count), SIM_NO_WORKER);
}

static void model_add(struct model *model, struct sim_pool *pool, gsl_rng *rng)
{
    struct sim_worker worker =
        worker_of((uint32_t)gsl_rng_uniform_int(rng, ROLES),
                  (sim_ms)gsl_rng_uniform_int(rng, 5),
                  (uint64_t)gsl_rng_uniform_int(rng, 3));
    uint32_t index;

    if (model->count == PLACES)
        return;
    assert_int_equal(sim_pool_add(pool, &worker, &index), SIM_OK);
    assert_true(index < PLACES && !model->there[index]);
    worker.busy = worker.leaving = false;
    model->worker[index] = worker;
    model->there[index] = true;
    model->count++;
}

/* Seize, release or end the shift of worker `i`, as is possible. */
static void model_act(struct model *model, struct sim_pool *pool, uint32_t i,
                      bool end_shift)
{
    struct sim_worker *worker = &model->worker[i];
    bool gone = false;

    if (!model->there[i])
        return;
    if (end_shift && !worker->leaving) {
        gone = !worker->busy;
        worker->leaving = true;
        assert_int_equal(sim_pool_end_shift(pool, i), gone);
    } else if (worker->busy) {
        gone = worker->leaving;
        worker->busy = false;
        assert_int_equal(sim_pool_release(pool, i), gone);
    } else {
        worker->busy = true;
        sim_pool_seize(pool, i, 0);
    }
    model->there[i] = !gone;
    model->count -= gone;
}

struct many_case {
    const char *name;
    uint32_t from;
};
static struct many_case many_cases[] = {
    {"a word", SIM_POOL_FEW},
    {"many", 0},
    {"a word that becomes many", 8},
};

static void agrees_with_table(void **state)
{
    const struct many_case *c = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct sim_pool *pool = NULL;
    struct model model = {.count = 0};

    assert_int_equal(sim_pool_new(ROLES, &pool), SIM_OK);
    sim_pool_many_from(pool, c->from);
    for (int step = 0; step < 20000; step++) {
        if (gsl_rng_uniform_int(rng, 5) == 0)
            model_add(&model, pool, rng);
        else
            model_act(&model, pool, (uint32_t)gsl_rng_uniform_int(rng, PLACES),
                      gsl_rng_uniform_int(rng, 6) == 0);
        sim_pool_verify(pool);
        for (uint32_t role = 0; role < ROLES; role++)
            assert_same_role(&model, pool, role);
    }
    sim_pool_free(pool);
    gsl_rng_free(rng);
}

enum { CREWS = 6, CREW = 7 };

/* Two pools are used alike, but in one workers come and go in rows, in the
 * other one by one. */
struct rows {
    struct sim_pool *row, *single;
    struct crew {
        uint32_t count; /* 0: not on duty */
        uint32_t index[CREW];
    } crew[CREWS];
    uint32_t busy[1000]; /* workers to be released, of shifts ended or not */
    uint32_t busy_count;
};

static uint32_t below(gsl_rng *rng, uint32_t n)
{
    return (uint32_t)gsl_rng_uniform_int(rng, n);
}

/* Roles, ends of shifts and tags meet those of other rows, and lie among them.
 */
static void row_begins(struct rows *rows, struct crew *crew, gsl_rng *rng)
{
    struct sim_worker worker =
        worker_of(below(rng, ROLES), below(rng, 4), below(rng, 9));

    worker.owner = 50;
    crew->count = 1 + below(rng, CREW);
    assert_int_equal(
        sim_pool_add_row(rows->row, &worker, 3, crew->count, crew->index),
        SIM_OK);
    for (uint32_t i = 0; i < crew->count; i++) {
        const struct sim_worker *come;
        uint32_t index;

        assert_int_equal(sim_pool_add(rows->single, &worker, &index), SIM_OK);
        assert_int_equal(crew->index[i], index);
        come = sim_pool_worker(rows->row, index);
        assert_int_equal(come->tag, worker.tag);
        assert_int_equal(come->owner, worker.owner);
        assert_false(come->busy || come->leaving);
        worker.tag++;
        worker.owner += 3;
    }
}

static void row_ends(struct rows *rows, struct crew *crew)
{
    sim_pool_end_row(rows->row, crew->index, crew->count);
    for (uint32_t i = 0; i < crew->count; i++)
        sim_pool_end_shift(rows->single, crew->index[i]);
    crew->count = 0;
}

static void seize_one_of(struct rows *rows, const struct crew *crew,
                         gsl_rng *rng)
{
    uint32_t index = crew->index[below(rng, crew->count)];

    if (sim_pool_worker(rows->row, index)->busy)
        return;
    sim_pool_seize(rows->row, index, 0);
    sim_pool_seize(rows->single, index, 0);
    assert_true(rows->busy_count < LENGTH(rows->busy));
    rows->busy[rows->busy_count++] = index;
}

static void release_one(struct rows *rows, gsl_rng *rng)
{
    uint32_t at = below(rng, rows->busy_count);
    uint32_t index = rows->busy[at];

    rows->busy[at] = rows->busy[--rows->busy_count];
    assert_int_equal(sim_pool_release(rows->row, index),
                     sim_pool_release(rows->single, index));
}

static void assert_same_pools(const struct rows *rows)
{
    sim_pool_verify(rows->row);
    for (uint32_t r = 0; r < ROLES; r++) {
        uint32_t count = sim_pool_free_count(rows->single, r);

        assert_int_equal(sim_pool_free_count(rows->row, r), count);
        assert_int_equal(sim_pool_duty_count(rows->row, r),
                         sim_pool_duty_count(rows->single, r));
        for (uint32_t i = 0; i < count; i++)
            assert_int_equal(sim_pool_first(rows->row, r, i),
                             sim_pool_first(rows->single, r, i));
    }
}

static void rows_are_as_one_by_one(void **state)
{
    const struct many_case *c = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct rows rows = {.busy_count = 0};

    assert_int_equal(sim_pool_new(ROLES, &rows.row), SIM_OK);
    assert_int_equal(sim_pool_new(ROLES, &rows.single), SIM_OK);
    sim_pool_many_from(rows.row, c->from);
    sim_pool_many_from(rows.single, c->from);
    for (int step = 0; step < 20000; step++) {
        struct crew *crew = &rows.crew[below(rng, CREWS)];
        uint32_t what = below(rng, 8);

        if (crew->count == 0)
            row_begins(&rows, crew, rng);
        else if (what == 0)
            row_ends(&rows, crew);
        else if (what < 4)
            seize_one_of(&rows, crew, rng);
        if (what >= 4 && rows.busy_count > 0)
            release_one(&rows, rng);
        assert_same_pools(&rows);
    }
    sim_pool_free(rows.row);
    sim_pool_free(rows.single);
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_on_duty_free),
        cmocka_unit_test(busy_is_on_duty_but_not_free),
        cmocka_unit_test(roles_with_anyone_free_are_a_set),
        cmocka_unit_test(resetting_sends_everyone_away),
        cmocka_unit_test(a_free_worker_goes_at_once),
        cmocka_unit_test(a_busy_worker_goes_on_release),
        cmocka_unit_test(busy_ones_come_back_to_many),
        cmocka_unit_test(indices_are_used_again),
    };
    int failed = run_table("pool order", seizes_in_order, order_cases);

    failed += run_table("pool at random agrees with the table",
                        agrees_with_table, many_cases);
    failed += run_table("workers in rows are as one by one",
                        rows_are_as_one_by_one, many_cases);

    return failed + cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
