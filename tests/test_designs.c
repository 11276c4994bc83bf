/* Jobs of several designs: the set that makes and keeps them, and the executor
 * that runs them, against each design run alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"

#include <string.h>

#include "cli/snapshot.h"
#include "tests/table.h"
#include "work/executor.h"
#include "models/replication.h"

#define DESIGNS 18 /* more than a thread has benches for */
#define REPLICATIONS 3
#define SEED 5
#define BROKEN 7 /* the design that cannot be made, where asked */

/* Where designs come from: the reference pathway, a month of it, with more
 * and more referrals, and in every other design a plan of one step more, so
 * that records differ in length. */
struct source {
    struct snapshot snapshot;
    uint32_t made;
    bool breaks;
};

static int make(void *context, uint32_t number, struct scenario **out,
                char *trouble, size_t size)
{
    struct source *source = context;
    char rate[96];
    const char *setting[] = {"calendar.run_for=4 weeks", rate,
                             "plans.taper.steps.more={for: 1 week, contacts: "
                             "{visit: weekly}}"};
    struct faults faults = {0};
    int err;

    snprintf(rate, sizeof rate, "cohorts.people.referrals.rate=%u/week",
             2 + number);
    source->made++;
    if (source->breaks && number == BROKEN) {
        snprintf(trouble, size, "design %u is broken", number);
        return SIM_ERR_INPUT;
    }
    err =
        snapshot_load(&source->snapshot, setting, 2 + number % 2, out, &faults);
    if (faults.errors)
        print_error("%s\n", faults.fault[0].message);
    faults_clear(&faults);
    return err;
}

static void source_init(struct source *source)
{
    *source = (struct source){0};
    assert_int_equal(
        snapshot_init(&source->snapshot, "scenarios/reference.yaml"), SIM_OK);
}

/* ---- the set ---- */

static void a_design_is_made_once_while_it_is_kept(void **state)
{
    struct source source;
    struct designs *designs;
    struct design a, b;

    (void)state;
    source_init(&source);
    assert_int_equal(designs_new(make, &source, 2, &designs), SIM_OK);
    assert_int_equal(designs_take(designs, 3, &a, NULL, 0), SIM_OK);
    assert_int_equal(designs_take(designs, 3, &b, NULL, 0), SIM_OK);
    assert_ptr_equal(a.scenario, b.scenario);
    assert_ptr_equal(a.layout, b.layout);
    designs_give_back(designs, 3);
    designs_give_back(designs, 3);
    assert_int_equal(designs_take(designs, 3, &b, NULL, 0), SIM_OK);
    assert_ptr_equal(a.scenario, b.scenario);
    assert_int_equal(source.made, 1);
    designs_give_back(designs, 3);
    designs_free(designs);
    snapshot_clear(&source.snapshot);
}

static void what_rests_is_bounded_and_the_longest_rested_goes(void **state)
{
    struct source source;
    struct designs *designs;
    struct design design, kept;

    (void)state;
    source_init(&source);
    assert_int_equal(designs_new(make, &source, 2, &designs), SIM_OK);
    assert_int_equal(designs_take(designs, 9, &kept, NULL, 0), SIM_OK);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(designs_take(designs, i, &design, NULL, 0), SIM_OK);
        designs_give_back(designs, i);
    }
    assert_int_equal(designs_held(designs), 3); /* 9 in use, 3 and 4 resting */
    assert_int_equal(source.made, 6);
    assert_int_equal(designs_take(designs, 3, &design, NULL, 0), SIM_OK);
    assert_int_equal(source.made, 6);
    designs_give_back(designs, 3);
    assert_int_equal(designs_take(designs, 2, &design, NULL, 0), SIM_OK);
    assert_int_equal(source.made, 7);
    designs_give_back(designs, 2);
    designs_give_back(designs, 9);
    designs_free(designs);
    snapshot_clear(&source.snapshot);
}

static void a_design_that_cannot_be_made_is_reported(void **state)
{
    struct source source;
    struct designs *designs;
    struct design design = {0};
    char trouble[64] = "";

    (void)state;
    source_init(&source);
    source.breaks = true;
    assert_int_equal(designs_new(make, &source, 2, &designs), SIM_OK);
    assert_int_equal(
        designs_take(designs, BROKEN, &design, trouble, sizeof trouble),
        SIM_ERR_INPUT);
    assert_string_equal(trouble, "design 7 is broken");
    assert_null(design.scenario);
    assert_int_equal(designs_held(designs), 0);
    designs_free(designs);
    snapshot_clear(&source.snapshot);
}

/* ---- the executor ---- */

/* A study of all designs that keeps the number of events of each record, and
 * its length's last double, so that records mixed up would show. */
struct sweep {
    uint32_t handed, count;
    bool disorder; /* cmocka can only fail on the thread of the test */
    double events[DESIGNS][REPLICATIONS];
    struct layout layout[DESIGNS];
};

static bool sweep_next(void *self, struct job *out)
{
    struct sweep *sweep = self;

    if (sweep->handed == DESIGNS * REPLICATIONS)
        return false;
    *out = (struct job){.number = sweep->handed,
                        .design = sweep->handed % DESIGNS,
                        .replication = sweep->handed / DESIGNS};
    sweep->handed++;
    return true;
}

static int sweep_accept(void *self, const struct job *job, const double *record)
{
    struct sweep *sweep = self;
    const struct layout *layout = &sweep->layout[job->design];

    sweep->disorder |= job->number != sweep->count;
    sweep->events[job->design][job->replication] =
        record[layout->total[COUNT_EVENTS].offset] +
        record[layout->length - 1] / 1024;
    sweep->count++;
    return SIM_OK;
}

static uint64_t sweep_expected(const void *self)
{
    (void)self;
    return DESIGNS * REPLICATIONS;
}

/* Run the sweep; its records' layouts are made beforehand. */
static int sweep_run(struct sweep *sweep, struct source *source,
                     uint32_t threads, uint32_t resting, char *trouble,
                     size_t size)
{
    struct designs *designs;
    struct executor executor = {.seed = SEED, .threads = threads};
    struct study study = {.self = sweep,
                          .next = sweep_next,
                          .accept = sweep_accept,
                          .jobs_expected = sweep_expected};
    int err;

    memset(sweep, 0, sizeof *sweep);
    for (uint32_t i = 0; i < DESIGNS; i++) {
        struct scenario *scenario = NULL;
        bool breaks = source->breaks;

        source->breaks = false;
        assert_int_equal(make(source, i, &scenario, NULL, 0), SIM_OK);
        source->breaks = breaks;
        assert_int_equal(layout_init(&sweep->layout[i], scenario), SIM_OK);
        scenario_free(scenario);
    }
    assert_int_equal(designs_new(make, source, resting, &designs), SIM_OK);
    executor.designs = designs;
    err = executor_run(&executor, &study, trouble, size);
    assert_true(designs_held(designs) <= resting);
    designs_free(designs);
    return err;
}

struct sweep_case {
    const char *name;
    uint32_t threads, resting;
};
static struct sweep_case sweep_cases[] = {
    {"one thread, every design kept", 1, DESIGNS},
    {"three threads, every design kept", 3, DESIGNS},
    {"three threads, no design kept", 3, 0},
};

/* Each design alone, by the executor of one design. */
static double events_alone(struct source *source, uint32_t number,
                           uint32_t replication, struct layout *layout)
{
    struct scenario *scenario = NULL;
    struct replication *alone;
    double *record;
    double value;

    assert_int_equal(make(source, number, &scenario, NULL, 0), SIM_OK);
    assert_int_equal(layout_init(layout, scenario), SIM_OK);
    assert_int_equal(replication_new(scenario, layout, &alone), SIM_OK);
    record = calloc(layout->length, sizeof *record);
    assert_int_equal(replication_run(alone, SEED, replication, record), SIM_OK);
    value = record[layout->total[COUNT_EVENTS].offset] +
            record[layout->length - 1] / 1024;
    free(record);
    replication_free(alone);
    scenario_free(scenario);
    return value;
}

static void each_record_is_that_of_its_design(void **state)
{
    const struct sweep_case *c = *state;
    struct source source;
    struct sweep sweep;
    struct layout layout;

    source_init(&source);
    assert_int_equal(
        sweep_run(&sweep, &source, c->threads, c->resting, NULL, 0), SIM_OK);
    assert_int_equal(sweep.count, DESIGNS * REPLICATIONS);
    assert_false(sweep.disorder);
    assert_true(sweep.layout[0].length != sweep.layout[1].length);
    for (uint32_t i = 0; i < DESIGNS; i += 3)
        for (uint32_t r = 0; r < REPLICATIONS; r++)
            assert_true(sweep.events[i][r] ==
                        events_alone(&source, i, r, &layout));
    assert_true(sweep.events[0][0] != sweep.events[2][0]);
    snapshot_clear(&source.snapshot);
}

static void the_first_broken_design_ends_the_study(void **state)
{
    struct source source;
    struct sweep sweep;
    char trouble[64] = "";

    (void)state;
    source_init(&source);
    source.breaks = true;
    assert_int_equal(
        sweep_run(&sweep, &source, 3, DESIGNS, trouble, sizeof trouble),
        SIM_ERR_INPUT);
    assert_string_equal(trouble, "design 7 is broken");
    assert_int_equal(sweep.count, BROKEN);
    snapshot_clear(&source.snapshot);
}

int main(void)
{
    const struct CMUnitTest set[] = {
        cmocka_unit_test(a_design_is_made_once_while_it_is_kept),
        cmocka_unit_test(what_rests_is_bounded_and_the_longest_rested_goes),
        cmocka_unit_test(a_design_that_cannot_be_made_is_reported),
    };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(the_first_broken_design_ends_the_study),
    };
    int failed =
        cmocka_run_group_tests_name("designs: the set", set, NULL, NULL);

    failed += run_table("designs: records", each_record_is_that_of_its_design,
                        sweep_cases);
    failed += cmocka_run_group_tests_name("designs", others, NULL, NULL);
    return failed;
}
