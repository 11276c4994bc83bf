/*
 * The warm-up: MSER by hand and against its definition, the weeks before
 * measuring begins, and how often the verdict is wrong.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/warm_up.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "tests/model.h"
#include "tests/records.h"
#include "tests/stats.h"
#include "tests/table.h"

/* ---- MSER ---- */

#define VALUES 100

struct mser_case {
    const char *name;
    size_t count;
    size_t low_until; /* values before are `low`, the others 10 and 11 in turn,
                         batch by batch */
    double low;
    size_t high_from; /* values from here on are 50 */
    bool told;
    uint32_t wanted;
};
static struct mser_case mser_cases[] = {
    {"nothing settles that has settled", 100, 0, 0, 100, true, 0},
    {"a low beginning is left out", 100, 30, 0, 100, true, 30},
    {"a batch that is partly low is left out", 100, 28, 0, 100, true, 30},
    {"a slight one is left in, for more values are worth more", 100, 5, 9.9,
     100, true, 0},
    {"a rise in the second half moves the choice there", 100, 0, 0, 60, true,
     60},
    {"a jump in the last batches is no place to cut", 100, 0, 0, 80, true, 0},
    {"values beyond the last batch do not count", 54, 0, 0, 50, true, 0},
    {"49 values are too few", 49, 0, 0, 100, false, 0},
};

static void leaves_out(void **state)
{
    const struct mser_case *c = *state;
    double value[VALUES];
    uint32_t wanted = 77;

    for (size_t i = 0; i < c->count; i++)
        value[i] = i >= c->high_from  ? 50
                   : i < c->low_until ? c->low
                                      : 10 + (double)(i / MSER_BATCH % 2);
    assert_true(mser(value, c->count, &wanted) == c->told);
    assert_int_equal(wanted, c->told ? c->wanted : 77);
}

/* The definition, word for word. */
static uint32_t by_definition(const double *value, size_t count)
{
    size_t batches = count / MSER_BATCH, best = 0;
    double least = INFINITY;

    for (size_t d = 0; d + MSER_TAIL < batches; d++) {
        double mean = 0, squares = 0, n = (double)(batches - d);

        for (size_t i = d * MSER_BATCH; i < batches * MSER_BATCH; i++)
            mean += value[i] / (n * MSER_BATCH);
        for (size_t b = d; b < batches; b++) {
            double batch = 0;

            for (size_t i = 0; i < MSER_BATCH; i++)
                batch += value[b * MSER_BATCH + i] / MSER_BATCH;
            squares += (batch - mean) * (batch - mean);
        }
        if (squares / (n * n) < least) {
            least = squares / (n * n);
            best = d;
        }
    }
    return (uint32_t)(best * MSER_BATCH);
}

static void agrees_with_its_definition(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    uint32_t late = 0;

    (void)state;
    for (unsigned long seed = 1; seed <= 200; seed++) {
        double value[VALUES], at = 0;
        uint32_t wanted;

        gsl_rng_set(rng, seed);
        for (size_t i = 0; i < VALUES; i++) {
            at = 0.8 * at + gsl_ran_gaussian(rng, 1);
            value[i] =
                20 * (1 - exp(-(double)i / (double)(seed % 20 + 1))) + at;
        }
        assert_true(mser(value, VALUES, &wanted));
        assert_int_equal(wanted, by_definition(value, VALUES));
        late += wanted > 0;
    }
    assert_true(late > 50);
    gsl_rng_free(rng);
}

/* ---- the weeks before ---- */

/* People stay 60 days on average, and wait for a place in the house. */
static const char FILLING[] =
    "handrail: 1\n"
    "title: filling up\n"
    "calendar: {start: 2027-01-04, warm_up: 30 weeks, run_for: 52 weeks,\n"
    "           run_on: 0 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 3/week}, enters: house}\n"
    "levels:\n"
    "  house: {rank: 2, places: 4, stay: exponential(mean 9 days), then: "
    "home}\n"
    "  home: {rank: 1, stay: exponential(mean 60 days), then: leave}\n";

/* What is counted of the warm-up is what would have been counted had it been
 * measured; the part week at its beginning is left out. */
static void weeks_are_the_same_measured_or_not(void **state)
{
    static const char *const later[] = {"calendar.warm_up=45 days",
                                        "calendar.run_for=20 days"};
    static const char *const at_once[] = {"calendar.warm_up=3 days",
                                          "calendar.run_for=62 days"};
    struct model a, b;
    uint32_t waits = 0;

    (void)state;
    model_run(&a, FILLING, later, 2, 4, 5);
    model_run(&b, FILLING, at_once, 2, 4, 5);
    assert_int_equal(a.layout.weeks_before, 6);
    assert_int_equal(a.layout.weeks, 3);
    assert_int_equal(b.layout.weeks_before, 0);
    assert_int_equal(b.layout.weeks, 9);
    for (uint32_t r = 0; r < 4; r++)
        for (uint32_t level = 0; level < 2; level++)
            for (uint32_t week = 0; week < 8; week++) {
                const double *one = a.record + r * a.layout.length;
                const double *other = b.record + r * b.layout.length;
                double people = week < 6
                                    ? one[a.layout.occupancy_before.offset +
                                          level * 6 + week]
                                    : one[a.layout.occupancy_week.offset +
                                          level * 3 + week - 6];
                double waiting =
                    one[a.layout.waiting_week.offset + level * 9 + week];

                assert_near(
                    people,
                    other[b.layout.occupancy_week.offset + level * 9 + week],
                    1e-9);
                assert_near(
                    waiting,
                    other[b.layout.waiting_week.offset + level * 9 + week],
                    1e-9);
                waits += waiting > 0;
            }
    assert_true(waits > 10);
    model_clear(&a);
    model_clear(&b);
}

/* All weeks together are what the measure says. */
static void waiting_adds_up(void **state)
{
    static const char *const setting[] = {"calendar.run_for=52 weeks"};
    struct model model;
    double sum = 0;
    uint32_t all;

    (void)state;
    model_run(&model, FILLING, setting, 1, 3, 9);
    all = model.layout.weeks_before + model.layout.weeks;
    for (uint32_t r = 0; r < 3; r++)
        for (uint32_t week = model.layout.weeks_before; week < all; week++)
            sum += model.record[r * model.layout.length +
                                model.layout.waiting_week.offset + week];
    assert_near(sum * 168, model_total(&model, COUNT_WAITING), 1e-6);
    assert_true(sum > 0);
    model_clear(&model);
}

/* ---- verdicts ---- */

struct verdict_case {
    const char *name;
    const char *setting[3];
    enum warm_up_verdict verdict;
    enum warm_up_why why;
};
static struct verdict_case verdict_cases[] = {
    {"no warm-up is short", {"calendar.warm_up=0 days"}, WARM_UP_SHORT, 0},
    {"one of less than a mean stay is short",
     {"calendar.warm_up=5 weeks"},
     WARM_UP_SHORT,
     0},
    {"one of 5 mean stays is enough",
     {"calendar.warm_up=50 weeks"},
     WARM_UP_ENOUGH,
     0},
    {"a short run cannot tell",
     {"calendar.warm_up=20 weeks", "calendar.run_for=20 weeks"},
     WARM_UP_CANNOT_TELL,
     0},
    {"growth is not judged",
     {"cohorts.people.referrals.growth=5%/year"},
     WARM_UP_NOT_JUDGED,
     WARM_UP_GROWTH},
    {"nor is a demand that follows the months",
     {"cohorts.people.referrals.months={dec: 1.5}"},
     WARM_UP_NOT_JUDGED,
     WARM_UP_GROWTH},
    {"nor a service that nobody comes to",
     {"levels.house.rank=0", "levels.home.rank=0"},
     WARM_UP_NOT_JUDGED,
     WARM_UP_EMPTY},
};

/* The verdict on `count` replications of a model from `first` on. */
static struct warm_up judged(const struct model *model, uint32_t first,
                             uint32_t count)
{
    struct records records =
        records_of(model->record + (size_t)first * model->layout.length, count,
                   model->layout.length);
    struct warm_up warm_up;

    assert_int_equal(
        warm_up_judge(model->scenario, &model->layout, &records, &warm_up),
        SIM_OK);
    records_clear(&records);
    return warm_up;
}

static void judges(void **state)
{
    const struct verdict_case *c = *state;
    struct model model;
    struct warm_up warm_up;
    size_t count = 0;

    while (count < LENGTH(c->setting) && c->setting[count])
        count++;
    model_run(&model, FILLING, c->setting, count, 60, 11);
    warm_up = judged(&model, 0, 60);
    assert_int_equal(warm_up.verdict, c->verdict);
    if (c->verdict == WARM_UP_NOT_JUDGED)
        assert_int_equal(warm_up.why, c->why);
    if (c->verdict == WARM_UP_SHORT) {
        assert_true(warm_up.wanted > warm_up.before);
        assert_true(warm_up.measured < warm_up.settled);
    }
    model_clear(&model);
}

static void one_replication_cannot_tell(void **state)
{
    struct model model;
    struct warm_up warm_up;

    (void)state;
    model_run(&model, FILLING, NULL, 0, 1, 11);
    warm_up = judged(&model, 0, 1);
    assert_int_equal(warm_up.verdict, WARM_UP_CANNOT_TELL);
    model_clear(&model);
}

/* ---- how often it is wrong ---- */

#define STUDIES 100
#define OF_EACH 20

/* Of STUDIES studies with so much warm-up, those that get a verdict. */
static uint32_t verdicts(const char *warm_up, enum warm_up_verdict verdict)
{
    struct model model;
    uint32_t count = 0;

    model_run(&model, FILLING, &warm_up, 1, STUDIES * OF_EACH, 20270228);
    for (uint32_t i = 0; i < STUDIES; i++) {
        struct warm_up found = judged(&model, i * OF_EACH, OF_EACH);

        count += found.verdict == verdict;
    }
    model_clear(&model);
    return count;
}

/* After 6 mean stays what is missing is 0.25% of the average: at most 5 in 100
 * studies may warn of it, and 4 standard errors more. */
static void seldom_warns_in_vain(void **state)
{
    (void)state;
    assert_true(verdicts("calendar.warm_up=52 weeks", WARM_UP_ENOUGH) >=
                STUDIES - 5 - STANDARD_ERRORS * sqrt(0.05 * 0.95 * STUDIES));
}

/* Without any, a tenth is missing: the control that must be found out. */
static void finds_a_service_that_is_still_filling(void **state)
{
    (void)state;
    assert_true(verdicts("calendar.warm_up=0 days", WARM_UP_SHORT) >=
                STUDIES - 5 - STANDARD_ERRORS * sqrt(0.05 * 0.95 * STUDIES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_its_definition),
        cmocka_unit_test(weeks_are_the_same_measured_or_not),
        cmocka_unit_test(waiting_adds_up),
        cmocka_unit_test(one_replication_cannot_tell),
        cmocka_unit_test(seldom_warns_in_vain),
        cmocka_unit_test(finds_a_service_that_is_still_filling),
    };

    return run_table("MSER", leaves_out, mser_cases) +
           run_table("verdicts", judges, verdict_cases) +
           cmocka_run_group_tests_name("warm-up", tests, NULL, NULL);
}
