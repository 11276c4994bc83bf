/* Pools of a few and of thousands: the same as a plain list, whatever happens.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/pool.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

/*
 * A pool and a plain list of those free are used alike. Indices are given out
 * by the pool, and are those of the list.
 */
enum { ROLES = 2 };

/* Those free of each role, in the order in which they are seized. */
struct plain {
    struct sim_worker *worker; /* [room] by index */
    uint32_t *free[ROLES];     /* [room] */
    uint32_t free_count[ROLES], duty_count[ROLES];
};

struct twins {
    struct plain plain;
    struct sim_pool *many;
    gsl_rng *rng;
    uint32_t *busy; /* workers who are to be released */
    uint32_t busy_count;
    uint32_t *on_duty; /* whose shift has not ended */
    uint32_t duty_count;
    uint32_t seized; /* so often, in all */
};

struct case_of_many {
    const char *name;
    uint32_t from;       /* on duty: kept as many */
    uint32_t shift;      /* so many come at once */
    uint32_t shifts;     /* at most, at one time */
    unsigned ends, tags; /* so many different ones */
};
/* 4,096 are a group, 64 a word: see sim/pool_many.h. */
static struct case_of_many cases_of_many[] = {
    {"one shift of a word", 0, 64, 1, 1, 1},
    {"one shift of two words", 0, 65, 1, 1, 200},
    {"shifts of many ends overlap", 0, 90, 6, 5, 40},
    {"never more than a word holds", SIM_POOL_FEW, 9, 7, 4, 5},
    {"a word becomes many", SIM_POOL_FEW, 30, 6, 3, 1000},
    {"a word becomes many of a sudden", SIM_POOL_FEW, 100, 6, 3, 1000},
    {"a shift of more than a group", 0, 4097, 1, 1, 100000},
    {"shifts of half a group overlap", SIM_POOL_FEW, 2200, 3, 4, 9},
    {"shifts of more than half a group overlap", 20, 3000, 4, 3, 7},
};

static uint32_t below(const struct twins *twins, uint32_t n)
{
    return (uint32_t)gsl_rng_uniform_int(twins->rng, n);
}

/* ---- the plain list ---- */

static bool goes_first(const struct plain *plain, uint32_t i, uint32_t j)
{
    const struct sim_worker *a = &plain->worker[i], *b = &plain->worker[j];

    if (a->shift_end != b->shift_end)
        return a->shift_end > b->shift_end;
    return a->tag != b->tag ? a->tag < b->tag : i < j;
}

/* How many of the list go before worker `i`. */
static uint32_t place_of(const struct plain *plain, uint32_t i)
{
    uint32_t role = plain->worker[i].role;
    uint32_t low = 0, high = plain->free_count[role];

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (goes_first(plain, plain->free[role][middle], i))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void plain_free(struct plain *plain, uint32_t i)
{
    uint32_t role = plain->worker[i].role, at = place_of(plain, i);
    uint32_t *list = plain->free[role];

    memmove(&list[at + 1], &list[at],
            (plain->free_count[role]++ - at) * sizeof *list);
    list[at] = i;
}

static void plain_busy(struct plain *plain, uint32_t i)
{
    uint32_t role = plain->worker[i].role, at = place_of(plain, i);
    uint32_t *list = plain->free[role];

    assert_int_equal(list[at], i);
    memmove(&list[at], &list[at + 1],
            (--plain->free_count[role] - at) * sizeof *list);
}

static uint32_t plain_find(const struct plain *plain, uint32_t role,
                           uint32_t *skip, sim_ms until)
{
    for (; *skip < plain->free_count[role]; ++*skip) {
        uint32_t i = plain->free[role][*skip];

        if (plain->worker[i].latest_end >= until)
            return i;
    }
    return SIM_NO_WORKER;
}

/* ---- what happens to both ---- */

/* A shift begins, of one role or of both in turn, at moment `now`. */
static void shift_begins(struct twins *twins, const struct case_of_many *c,
                         sim_ms now)
{
    bool both = below(twins, 4) == 0;
    sim_ms end = now + 5 + below(twins, c->ends);

    for (uint32_t i = 0; i < c->shift; i++) {
        struct sim_worker worker = {.role = both ? i % ROLES : 0,
                                    .tag = below(twins, c->tags),
                                    .shift_end = end,
                                    .latest_end = end + below(twins, 3)};
        uint32_t index;

        assert_int_equal(sim_pool_add(twins->many, &worker, &index), SIM_OK);
        twins->plain.worker[index] = worker;
        twins->plain.duty_count[worker.role]++;
        plain_free(&twins->plain, index);
        twins->on_duty[twins->duty_count++] = index;
    }
}

/* Everyone's shift that is over by `now` ends. */
static void shifts_end(struct twins *twins, sim_ms now)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < twins->duty_count; i++) {
        uint32_t index = twins->on_duty[i];
        struct sim_worker *worker = &twins->plain.worker[index];

        if (worker->shift_end > now) {
            twins->on_duty[left++] = index;
            continue;
        }
        worker->leaving = true;
        twins->plain.duty_count[worker->role]--;
        if (!worker->busy)
            plain_busy(&twins->plain, index);
        assert_int_equal(sim_pool_end_shift(twins->many, index), !worker->busy);
    }
    twins->duty_count = left;
}

/* Take the next of a role, by whichever way. */
static void take(struct twins *twins, sim_ms now)
{
    uint32_t role = below(twins, ROLES);
    uint32_t count = twins->plain.free_count[role];
    uint32_t skip = below(twins, 3) ? 0 : below(twins, count + 2);
    uint32_t also = skip;
    sim_ms until = now + below(twins, 12);
    uint32_t index = plain_find(&twins->plain, role, &skip, until);

    assert_int_equal(sim_pool_find(twins->many, role, &also, until), index);
    if (index == SIM_NO_WORKER) {
        assert_int_equal(sim_pool_take(twins->many, role, also, until, now),
                         SIM_NO_WORKER);
        return;
    }
    assert_int_equal(skip, also);
    if (below(twins, 2))
        assert_int_equal(sim_pool_take(twins->many, role, skip, until, now),
                         index);
    else
        sim_pool_seize(twins->many, index, now);
    plain_busy(&twins->plain, index);
    twins->plain.worker[index].busy = true;
    twins->busy[twins->busy_count++] = index;
    twins->seized++;
}

static void release(struct twins *twins)
{
    struct sim_worker *worker;
    uint32_t at, index;

    if (twins->busy_count == 0)
        return;
    at = below(twins, twins->busy_count);
    index = twins->busy[at];
    twins->busy[at] = twins->busy[--twins->busy_count];
    worker = &twins->plain.worker[index];
    worker->busy = false;
    if (!worker->leaving)
        plain_free(&twins->plain, index);
    assert_int_equal(sim_pool_release(twins->many, index), worker->leaving);
}

/* Free workers at the ends and somewhere between are the same. */
static void assert_alike(struct twins *twins)
{
    const struct plain *plain = &twins->plain;

    for (uint32_t role = 0; role < ROLES; role++) {
        uint32_t count = plain->free_count[role];
        uint32_t at[4] = {0, below(twins, count + 1), count ? count - 1 : 0,
                          count};

        assert_int_equal(sim_pool_free_count(twins->many, role), count);
        assert_int_equal(sim_pool_free_roles(twins->many) >> role & 1,
                         count > 0);
        assert_int_equal(sim_pool_duty_count(twins->many, role),
                         plain->duty_count[role]);
        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(sim_pool_first(twins->many, role, at[i]),
                             at[i] < count ? plain->free[role][at[i]]
                                           : SIM_NO_WORKER);
    }
}

/* One moment: shifts end, one may begin, and some are taken and released. */
static void moment(struct twins *twins, const struct case_of_many *c,
                   sim_ms now)
{
    uint32_t most = c->shift * c->shifts;

    shifts_end(twins, now);
    /* Sometimes nobody looks before the next shift begins. */
    while (twins->duty_count + c->shift <= most && below(twins, 2))
        shift_begins(twins, c, now);
    for (uint32_t i = below(twins, c->shift); i > 0; i--)
        if (below(twins, 5) < 3)
            take(twins, now);
        else
            release(twins);
    assert_alike(twins);
    if (now % 16 == 0)
        sim_pool_verify(twins->many);
}

/* Both begin again, as for the next replication. */
static void begin_again(struct twins *twins)
{
    sim_pool_reset(twins->many);
    memset(twins->plain.free_count, 0, sizeof twins->plain.free_count);
    memset(twins->plain.duty_count, 0, sizeof twins->plain.duty_count);
    twins->busy_count = twins->duty_count = 0;
}

static void *room_for(size_t count, size_t size)
{
    void *room = malloc(count * size);

    assert_non_null(room);
    return room;
}

static void many_are_as_the_list(void **state)
{
    const struct case_of_many *c = *state;
    /* Those busy may be of shifts that have ended, hence more than on duty. */
    uint32_t room = c->shift * c->shifts * 100;
    struct twins twins = {.rng = gsl_rng_alloc(gsl_rng_taus2)};
    struct plain *plain = &twins.plain;

    twins.busy = room_for(room, sizeof *twins.busy);
    twins.on_duty = room_for(room, sizeof *twins.on_duty);
    plain->worker = room_for(room, sizeof *plain->worker);
    for (int i = 0; i < ROLES; i++)
        plain->free[i] = room_for(room, sizeof *plain->free[i]);
    assert_int_equal(sim_pool_new(ROLES, &twins.many), SIM_OK);
    sim_pool_many_from(twins.many, c->from);
    for (sim_ms now = 0; now < 120; now++) {
        if (now == 60)
            begin_again(&twins);
        moment(&twins, c, now);
        while (twins.busy_count > c->shift)
            release(&twins);
    }
    assert_true(twins.seized > c->shift);
    sim_pool_free(twins.many);
    for (int i = 0; i < ROLES; i++)
        free(plain->free[i]);
    free(plain->worker);
    free(twins.busy);
    free(twins.on_duty);
    gsl_rng_free(twins.rng);
}

int main(void)
{
    return run_table("pools of many", many_are_as_the_list, cases_of_many);
}
