/* The calendar: its order, and random use against a table of moments.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/calendar.h"
#include "tests/table.h"

#include <gsl/gsl_rng.h>

/* Slots 0, 1, 2 ('a', 'b', 'c') are set in that order; they fire as in `fires`.
 */
struct order_case {
    const char *name;
    uint32_t count;
    sim_ms time[3];
    unsigned phase[3];
    const char *fires;
};
static struct order_case order_cases[] = {
    {"an empty calendar has no next moment", 0, {0}, {0}, ""},
    {"a moment at time 0 fires", 1, {0}, {0}, "a"},
    {"the earlier time fires first", 3, {30, 10, 20}, {0}, "bca"},
    {"at one time, the lower phase fires first", 2, {1, 1}, {2, 1}, "ba"},
    {"in a full tie, the lower slot fires first", 3, {1, 1, 1}, {0}, "abc"},
    {"time goes before phase", 2, {2, 1}, {0, 15}, "ba"},
    {"phase goes before slot", 3, {5, 5, 5}, {15, 0, 14}, "bca"},
    {"the last time of all fires last",
     3,
     {SIM_NEVER - 1, SIM_NEVER - 2, 0},
     {15, 15, 15},
     "cba"},
};

static void fires_in_order(void **state)
{
    const struct order_case *c = *state;
    struct sim_calendar *cal = NULL;
    struct sim_moment moment;
    char fired[4] = "";
    size_t n = 0;

    assert_int_equal(sim_calendar_new(3, &cal), SIM_OK);
    for (uint32_t i = 0; i < c->count; i++)
        sim_calendar_set(cal, i, c->time[i], c->phase[i]);
    while (sim_calendar_peek(cal, &moment)) {
        assert_true(moment.time == c->time[moment.slot]);
        assert_int_equal(moment.phase, c->phase[moment.slot]);
        assert_true(sim_calendar_key(cal, moment.slot) ==
                    ((uint64_t)moment.time << SIM_PHASE_BITS | moment.phase));
        fired[n++] = (char)('a' + moment.slot);
        sim_calendar_clear(cal, moment.slot);
    }
    assert_string_equal(fired, c->fires);
    sim_calendar_free(cal);
}

static void peeking_takes_nothing(void **state)
{
    struct sim_calendar *cal = NULL;
    struct sim_moment moment = {1, 2, 3};

    (void)state;
    assert_int_equal(sim_calendar_new(1, &cal), SIM_OK);
    assert_false(sim_calendar_peek(cal, &moment));
    assert_true(moment.time == 1 && moment.phase == 2 && moment.slot == 3);
    sim_calendar_set(cal, 0, 7, 1);
    assert_true(sim_calendar_peek(cal, &moment));
    assert_true(sim_calendar_peek(cal, &moment));
    assert_true(moment.time == 7 && moment.phase == 1 && moment.slot == 0);
    sim_calendar_free(cal);
}

static void setting_again_moves(void **state)
{
    struct sim_calendar *cal = NULL;
    struct sim_moment moment;

    (void)state;
    assert_int_equal(sim_calendar_new(2, &cal), SIM_OK);
    sim_calendar_set(cal, 0, 10, 0);
    sim_calendar_set(cal, 1, 20, 0);
    sim_calendar_set(cal, 0, 30, 0);
    assert_true(sim_calendar_peek(cal, &moment) && moment.slot == 1);
    sim_calendar_set(cal, 0, 5, 0);
    assert_true(sim_calendar_peek(cal, &moment) && moment.slot == 0);
    sim_calendar_clear(cal, 0);
    sim_calendar_clear(cal, 0);
    assert_true(sim_calendar_peek(cal, &moment) && moment.slot == 1);
    sim_calendar_free(cal);
}

static void growing_keeps_what_is_set(void **state)
{
    struct sim_calendar *cal = NULL;
    struct sim_moment moment;

    (void)state;
    assert_int_equal(sim_calendar_new(1, &cal), SIM_OK);
    for (uint32_t n = 1; n <= 300; n++) {
        assert_int_equal(sim_calendar_grow(cal, n), SIM_OK);
        sim_calendar_set(cal, n - 1, (sim_ms)(1000 - n), n % SIM_PHASES);
        sim_calendar_verify(cal);
    }
    assert_int_equal(sim_calendar_grow(cal, 1), SIM_OK);
    for (uint32_t n = 300; n >= 1; n--) {
        assert_true(sim_calendar_peek(cal, &moment));
        assert_int_equal(moment.slot, n - 1);
        assert_true(moment.time == (sim_ms)(1000 - n));
        assert_int_equal(moment.phase, n % SIM_PHASES);
        sim_calendar_clear(cal, moment.slot);
    }
    assert_false(sim_calendar_peek(cal, &moment));
    sim_calendar_free(cal);
}

static void resetting_empties_and_shrinks(void **state)
{
    struct sim_calendar *cal = NULL;
    struct sim_moment moment = {0};

    (void)state;
    assert_int_equal(sim_calendar_new(3, &cal), SIM_OK);
    for (uint32_t round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < 3; i++)
            sim_calendar_set(cal, i, 10 + i, 0);
        assert_int_equal(sim_calendar_grow(cal, 100), SIM_OK);
        sim_calendar_verify(cal);
        sim_calendar_set_key(cal, 99, (uint64_t)7 << SIM_PHASE_BITS | 2);
        assert_true(sim_calendar_peek(cal, &moment));
        assert_true(moment.time == 7 && moment.phase == 2);
        assert_int_equal(moment.slot, 99);
        sim_calendar_reset(cal, 3);
        sim_calendar_verify(cal);
        assert_false(sim_calendar_peek(cal, &moment));
    }
    sim_calendar_free(cal);
}

static void growing_has_a_limit(void **state)
{
    struct sim_calendar *cal = NULL;
    struct sim_moment moment;

    (void)state;
    assert_int_equal(sim_calendar_new(2, &cal), SIM_OK);
    sim_calendar_set(cal, 1, 3, 0);
    assert_int_equal(sim_calendar_grow(cal, SIM_SLOTS_MAX + 1), SIM_ERR_LIMIT);
    assert_int_equal(sim_calendar_grow(cal, UINT32_MAX), SIM_ERR_LIMIT);
    assert_int_equal(sim_calendar_grow(cal, SIM_SLOTS_MAX), SIM_OK);
    sim_calendar_clear(cal, 1);
    sim_calendar_set(cal, SIM_SLOTS_MAX - 1, SIM_NEVER - 1, SIM_PHASES - 1);
    assert_true(sim_calendar_peek(cal, &moment));
    assert_int_equal(moment.slot, SIM_SLOTS_MAX - 1);
    sim_calendar_free(cal);
}

static void free_accepts_null(void **state)
{
    (void)state;
    sim_calendar_free(NULL);
}

#define MODEL_SLOTS 100

/* A calendar as a plain table, searched whole. */
struct model {
    bool set[MODEL_SLOTS];
    struct sim_moment moment[MODEL_SLOTS];
};

static bool moment_before(const struct sim_moment *a,
                          const struct sim_moment *b)
{
    if (a->time != b->time)
        return a->time < b->time;
    if (a->phase != b->phase)
        return a->phase < b->phase;
    return a->slot < b->slot;
}

static const struct sim_moment *model_next(const struct model *model)
{
    const struct sim_moment *next = NULL;

    for (uint32_t i = 0; i < MODEL_SLOTS; i++)
        if (model->set[i] && (!next || moment_before(&model->moment[i], next)))
            next = &model->moment[i];
    return next;
}

static void assert_same_next(const struct sim_calendar *cal,
                             const struct model *model)
{
    const struct sim_moment *expected = model_next(model);
    struct sim_moment moment;

    if (!expected) {
        assert_false(sim_calendar_peek(cal, &moment));
        return;
    }
    assert_true(sim_calendar_peek(cal, &moment));
    assert_int_equal(moment.slot, expected->slot);
    assert_int_equal(moment.phase, expected->phase);
    assert_true(moment.time == expected->time);
}

/* One random act on both: clear, take the next, or set among few times, so
 * that ties are common. */
static void random_act(gsl_rng *rng, uint32_t slot_count,
                       struct sim_calendar *cal, struct model *model)
{
    uint32_t slot = (uint32_t)gsl_rng_uniform_int(rng, slot_count);
    const struct sim_moment *next = model_next(model);

    switch (gsl_rng_uniform_int(rng, 4)) {
    case 0:
        sim_calendar_clear(cal, slot);
        model->set[slot] = false;
        break;
    case 1:
        if (next)
            slot = next->slot;
        sim_calendar_clear(cal, slot);
        model->set[slot] = false;
        break;
    default:
        model->set[slot] = true;
        model->moment[slot] =
            (struct sim_moment){(sim_ms)gsl_rng_uniform_int(rng, 50),
                                (unsigned)gsl_rng_uniform_int(rng, 3), slot};
        sim_calendar_set(cal, slot, model->moment[slot].time,
                         model->moment[slot].phase);
    }
}

struct random_case {
    const char *name;
    uint32_t slot_count;
    uint32_t grows_to;
};
static struct random_case random_cases[] = {
    {"one slot agrees with a table", 1, 1},
    {"two slots agree with a table", 2, 2},
    {"three slots agree with a table", 3, 3},
    {"64 slots agree with a table", 64, 64},
    {"100 slots agree with a table", 100, 100},
    {"a calendar that grows agrees with a table", 1, 100},
};

static void agrees_with_table(void **state)
{
    const struct random_case *c = *state;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct sim_calendar *cal = NULL;
    struct model model = {.set = {false}};
    uint32_t slots = c->slot_count;

    assert_int_equal(sim_calendar_new(slots, &cal), SIM_OK);
    for (unsigned i = 0; i < 20000; i++) {
        random_act(rng, slots, cal, &model);
        assert_same_next(cal, &model);
        if (i % 100 == 0) {
            sim_calendar_verify(cal);
            if (slots < c->grows_to)
                assert_int_equal(sim_calendar_grow(cal, ++slots), SIM_OK);
        }
    }
    sim_calendar_free(cal);
    gsl_rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peeking_takes_nothing),
        cmocka_unit_test(setting_again_moves),
        cmocka_unit_test(growing_keeps_what_is_set),
        cmocka_unit_test(resetting_empties_and_shrinks),
        cmocka_unit_test(growing_has_a_limit),
        cmocka_unit_test(free_accepts_null),
    };
    int failed = run_table("calendar order", fires_in_order, order_cases);

    failed += run_table("calendar at random", agrees_with_table, random_cases);
    return failed + cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
