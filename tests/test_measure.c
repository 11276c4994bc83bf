/* The table of measures, the names of slices, and the layout of a record.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/measure.h"

#include "tests/model.h"

static void every_measure_is_found_by_its_id(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < measure_count; i++)
        assert_int_equal(measure_find(measure_table[i].id), i);
    assert_int_equal(measure_find("contacts_lost"), NONE);
}

static void every_slice_is_found_by_its_name(void **state)
{
    (void)state;
    for (int i = 0; i < SLICE_COUNT; i++)
        assert_int_equal(slice_find(slice_text((enum slice)i)), i);
    assert_int_equal(slice_find("weather"), SLICE_COUNT);
}

struct name_case {
    enum slice slice;
    uint32_t value;
    const char *name;
};
static const struct name_case name_cases[] = {
    {SLICE_LEVEL, 0, "crisis house"}, /* the highest rank first */
    {SLICE_LEVEL, 3, "discharged"},
    {SLICE_ROLE, 1, "on-call worker"},
    {SLICE_DAY, SIM_DAY_HOLIDAY, "holiday"},
    {SLICE_HOUR, 0, "mon 00"},
    {SLICE_HOUR, 167, "sun 23"},
    {SLICE_WEEK, 0, "2027-08-23"},
    {SLICE_WEEK, 51, "2028-08-14"},
    {SLICE_ENTERED_ON, SIM_SUN, "sun"},
    {SLICE_SINCE_MOVE, 0, "0-3 days"},
    {SLICE_STEP, 1, "evening taper: alternate days"},
    {SLICE_STEP, 3, "keeping in touch: weekly"},
    {SLICE_ALERT, 1, "review now"},
};

static void values_have_the_names_users_know(void **state)
{
    struct model model;
    char name[64];

    (void)state;
    model_run(&model, "scenarios/crisis-house.yaml", NULL, 0, 1, 1);
    for (size_t i = 0; i < LENGTH(name_cases); i++) {
        const struct name_case *c = &name_cases[i];
        assert_true(c->value < slice_values(model.scenario, c->slice));
        slice_value_name(model.scenario, c->slice, c->value, name, sizeof name);
        assert_string_equal(name, c->name);
    }
    slice_value_name(model.scenario, SLICE_LEVEL, 0, name, 7);
    assert_string_equal(name, "crisis");
    model_clear(&model);
}

/* Mark the doubles of a block; each may be marked once. */
static void mark(unsigned char *taken, const struct block *block)
{
    for (uint32_t i = 0; i < block->length; i++)
        assert_int_equal(taken[block->offset + i]++, 0);
}

static void mark_counter(unsigned char *taken, const struct layout *layout,
                         int counter)
{
    mark(taken, &layout->total[counter]);
    mark(taken, &layout->bins[counter]);
    mark(taken, &layout->weekday[counter]);
    mark(taken, &layout->role_hour[counter]);
    for (int i = 0; i < SLICE_COUNT; i++)
        mark(taken, &layout->cut[counter][i]);
}

static void blocks_tile_a_record(void **state)
{
    struct model model;
    unsigned char *taken;

    (void)state;
    model_run(&model, "scenarios/crisis-house.yaml", NULL, 0, 1, 1);
    taken = calloc(model.layout.length, 1);
    assert_non_null(taken);
    for (int i = 0; i < COUNTER_COUNT; i++)
        mark_counter(taken, &model.layout, i);
    for (int i = 0; i < CURVE_COUNT; i++)
        mark(taken, &model.layout.curve[i]);
    mark(taken, &model.layout.states);
    mark(taken, &model.layout.occupancy_week);
    mark(taken, &model.layout.occupancy_before);
    mark(taken, &model.layout.waiting_week);
    for (uint32_t i = 0; i < model.layout.length; i++)
        assert_int_equal(taken[i], 1);
    free(taken);
    model_clear(&model);
}

/* A record is kept for every replication, so it must stay small: 32 KiB, the
 * series by week apart. */
static void a_record_stays_small(void **state)
{
    static const char *const file[] = {"scenarios/crisis-house.yaml",
                                       "scenarios/reference.yaml"};
    struct model model;

    (void)state;
    for (size_t i = 0; i < LENGTH(file); i++) {
        model_run(&model, file[i], NULL, 0, 1, 1);
        assert_true(model.layout.core_length * sizeof(double) <= 32 * 1024);
        assert_true(model.layout.core_length < model.layout.length);
        model_clear(&model);
    }
}

static uint64_t digest_with(const char *setting)
{
    struct model model;
    uint64_t digest;

    model_run(&model, "scenarios/crisis-house.yaml", &setting, setting ? 1 : 0,
              1, 1);
    digest = model.layout.digest;
    model_clear(&model);
    return digest;
}

static void the_digest_tells_layouts_apart(void **state)
{
    uint64_t plain = digest_with(NULL);

    (void)state;
    assert_true(digest_with(NULL) == plain);
    /* A rate changes no layout, a place more does, and so does a new name. */
    assert_true(digest_with("cohorts.crisis house admissions.referrals.rate="
                            "3/week") == plain);
    assert_true(digest_with("levels.crisis house.places=9") != plain);
    assert_true(digest_with("calendar.run_for=26 weeks") != plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measure_is_found_by_its_id),
        cmocka_unit_test(every_slice_is_found_by_its_name),
        cmocka_unit_test(values_have_the_names_users_know),
        cmocka_unit_test(blocks_tile_a_record),
        cmocka_unit_test(a_record_stays_small),
        cmocka_unit_test(the_digest_tells_layouts_apart),
    };

    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
