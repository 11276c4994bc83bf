/* Pools of thousands: the same as the plain list, whatever happens.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/pool.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>

/*
 * Two pools are used alike. One keeps all in lists, which test_pool holds
 * against a table; the other keeps many. Indices are given out by rule, so the
 * two agree on them for as long as they agree on everything.
 */
enum { ROLES = 2 };

struct twins {
    struct sim_pool *list, *many;
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
    {"a list becomes many", 256, 100, 6, 3, 1000},
    {"a shift of more than a group", 0, 4097, 1, 1, 100000},
    {"a list of more than a group becomes many", 4200, 2200, 3, 4, 9},
    {"shifts of more than a group overlap", 300, 3000, 4, 3, 7},
};

static uint32_t below(const struct twins *twins, uint32_t n)
{
    return (uint32_t)gsl_rng_uniform_int(twins->rng, n);
}

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
        uint32_t index, same;

        assert_int_equal(sim_pool_add(twins->list, &worker, &index), SIM_OK);
        assert_int_equal(sim_pool_add(twins->many, &worker, &same), SIM_OK);
        assert_int_equal(index, same);
        twins->on_duty[twins->duty_count++] = index;
    }
}

/* Everyone's shift that is over by `now` ends. */
static void shifts_end(struct twins *twins, sim_ms now)
{
    uint32_t left = 0;

    for (uint32_t i = 0; i < twins->duty_count; i++) {
        uint32_t index = twins->on_duty[i];

        if (sim_pool_worker(twins->list, index)->shift_end > now)
            twins->on_duty[left++] = index;
        else
            assert_int_equal(sim_pool_end_shift(twins->list, index),
                             sim_pool_end_shift(twins->many, index));
    }
    twins->duty_count = left;
}

/* Take the next of a role, by whichever way. */
static void take(struct twins *twins, sim_ms now)
{
    uint32_t role = below(twins, ROLES);
    uint32_t count = sim_pool_free_count(twins->list, role);
    uint32_t skip = below(twins, 3) ? 0 : below(twins, count + 2);
    uint32_t also = skip;
    sim_ms until = now + below(twins, 12);
    uint32_t index = sim_pool_find(twins->list, role, &skip, until);

    assert_int_equal(sim_pool_find(twins->many, role, &also, until), index);
    if (index == SIM_NO_WORKER) {
        assert_int_equal(sim_pool_take(twins->many, role, also, until, now),
                         SIM_NO_WORKER);
        return;
    }
    assert_int_equal(skip, also);
    if (below(twins, 2)) {
        assert_int_equal(sim_pool_take(twins->list, role, skip, until, now),
                         index);
        assert_int_equal(sim_pool_take(twins->many, role, skip, until, now),
                         index);
    } else {
        sim_pool_seize(twins->list, index, now);
        sim_pool_seize(twins->many, index, now);
    }
    twins->busy[twins->busy_count++] = index;
    twins->seized++;
}

static void release(struct twins *twins)
{
    uint32_t at, index;

    if (twins->busy_count == 0)
        return;
    at = below(twins, twins->busy_count);
    index = twins->busy[at];
    twins->busy[at] = twins->busy[--twins->busy_count];
    assert_int_equal(sim_pool_release(twins->list, index),
                     sim_pool_release(twins->many, index));
}

/* Free workers at the ends and somewhere between are the same. */
static void assert_alike(struct twins *twins)
{
    assert_true(sim_pool_free_roles(twins->list) ==
                sim_pool_free_roles(twins->many));
    for (uint32_t role = 0; role < ROLES; role++) {
        uint32_t count = sim_pool_free_count(twins->list, role);
        uint32_t at[4] = {0, below(twins, count + 1), count ? count - 1 : 0,
                          count};

        assert_int_equal(sim_pool_free_count(twins->many, role), count);
        assert_int_equal(sim_pool_duty_count(twins->many, role),
                         sim_pool_duty_count(twins->list, role));
        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(sim_pool_first(twins->many, role, at[i]),
                             sim_pool_first(twins->list, role, at[i]));
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

static void many_are_as_the_list(void **state)
{
    const struct case_of_many *c = *state;
    /* Those busy may be of shifts that have ended, hence more than on duty. */
    uint32_t room = c->shift * c->shifts * 100;
    struct twins twins = {.rng = gsl_rng_alloc(gsl_rng_taus2)};

    twins.busy = malloc(room * sizeof *twins.busy);
    twins.on_duty = malloc(room * sizeof *twins.on_duty);
    assert_non_null(twins.busy);
    assert_non_null(twins.on_duty);
    assert_int_equal(sim_pool_new(ROLES, &twins.list), SIM_OK);
    assert_int_equal(sim_pool_new(ROLES, &twins.many), SIM_OK);
    sim_pool_many_from(twins.list, UINT32_MAX);
    sim_pool_many_from(twins.many, c->from);
    for (sim_ms now = 0; now < 120; now++) {
        if (now == 60) { /* as the next replication does */
            sim_pool_reset(twins.list);
            sim_pool_reset(twins.many);
            twins.busy_count = twins.duty_count = 0;
        }
        moment(&twins, c, now);
        while (twins.busy_count > c->shift)
            release(&twins);
    }
    assert_true(twins.seized > c->shift);
    sim_pool_free(twins.list);
    sim_pool_free(twins.many);
    free(twins.busy);
    free(twins.on_duty);
    gsl_rng_free(twins.rng);
}

int main(void)
{
    return run_table("pools of many", many_are_as_the_list, cases_of_many);
}
