/*
 * The reference pathway (scenarios/reference.yaml) against a second program of
 * the same model, written independently and by hand in C, with calendars,
 * queues and random numbers of its own. Its means and standard errors of
 * 40,000 years (seed 7), below, are carried over; figures of both are of
 * chance, so each may differ by 4 combined standard errors.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/tally.h"
#include "tests/model.h"
#include "tests/stats.h"
#include "tests/table.h"

#define YEARS 400
#define SEED 20270104

/* Per year. `part` over `all`, or `part` alone where `all` is COUNTER_COUNT. */
struct figure_case {
    const char *name;
    double mean, error; /* of the second program */
    enum counter part, all;
};
#define ALONE COUNTER_COUNT

static struct figure_case figure_cases[] = {
    {"contacts due", 3922.07743, 2.82034 / 1.96, COUNT_DUE, ALONE},
    {"completed", 2368.32613, 0.75653 / 1.96, COUNT_COMPLETED, ALONE},
    {"not delivered", 1230.23780, 2.10927 / 1.96, COUNT_NOT_DELIVERED, ALONE},
    {"not attended", 322.94575, 0.20645 / 1.96, COUNT_NOT_ATTENDED, ALONE},
    {"restarts", 86.67870, 0.10596 / 1.96, COUNT_RESTARTS, ALONE},
    {"crises", 18.37557, 0.04312 / 1.96, COUNT_CRISES, ALONE},
    {"planned exits", 145.94572, 0.11623 / 1.96, COUNT_PLANNED_EXITS, ALONE},
    {"staff hours", 1856.98103, 0.59078 / 1.96, COUNT_DELIVERED, ALONE},
    {"mean wait in minutes", 44.30285, 0.01320 / 1.96, COUNT_START_DELAY,
     COUNT_MET},
    {"people referred", 182.50795, 0.13279 / 1.96, COUNT_REFERRALS, ALONE},
    {"model events", 9151.29792, 6.07281 / 1.96, COUNT_EVENTS, ALONE},
};

static double counted(const struct model *model, uint32_t i,
                      enum counter counter)
{
    return model->record[(size_t)i * model->layout.length +
                         model->layout.total[counter].offset];
}

/* Mean and its standard error over the years. */
static void figure_of(const struct model *model, const struct figure_case *c,
                      double *mean, double *error)
{
    struct sim_moments moments = {0};

    for (uint32_t i = 0; i < model->count; i++) {
        double value = counted(model, i, c->part);
        if (c->all != ALONE)
            value /= counted(model, i, c->all);
        sim_moments_add(&moments, value);
    }
    *mean = moments.mean;
    *error = sqrt(sim_moments_variance(&moments) / model->count);
}

/* The years that both comparisons look at. */
static int run_years(void **state)
{
    static const struct model none;
    struct model *model = malloc(sizeof *model);

    if (!model)
        return -1;
    *model = none;
    *state = model;
    model_run(model, "scenarios/reference.yaml", NULL, 0, YEARS, SEED);
    return 0;
}

static int clear_years(void **state)
{
    model_clear(*state);
    free(*state);
    return 0;
}

static void figures_agree(void **state)
{
    const struct model *model = *state;
    int differ = 0;

    for (size_t i = 0; i < LENGTH(figure_cases); i++) {
        const struct figure_case *c = &figure_cases[i];
        double mean, error, bound;
        figure_of(model, c, &mean, &error);
        bound = STANDARD_ERRORS * hypot(error, c->error);
        if (fabs(mean - c->mean) <= bound)
            continue;
        print_error("%s: %.6g, the second program %.6g, at most %.2g off\n",
                    c->name, mean, c->mean, bound);
        differ++;
    }
    assert_int_equal(differ, 0);
}

/* Who is there at the end is who came and has not gone. */
static void people_add_up(void **state)
{
    static const double mean = 18.18665, error = 0.03959 / 1.96;
    const struct model *model = *state;
    struct sim_moments census = {0};

    for (uint32_t i = 0; i < model->count; i++) {
        double there = counted(model, i, COUNT_REFERRALS) -
                       counted(model, i, COUNT_PLANNED_EXITS) -
                       counted(model, i, COUNT_CRISES);
        assert_near(counted(model, i, COUNT_LEFT),
                    counted(model, i, COUNT_REFERRALS) - there, 0);
        sim_moments_add(&census, there);
    }
    assert_near(
        census.mean, mean,
        STANDARD_ERRORS *
            hypot(error, sqrt(sim_moments_variance(&census) / model->count)));
}

/* The control: with a course a tenth quicker the comparison fails. */
static void a_wrong_rate_is_found(void **state)
{
    static const char *const wrong[] = {
        "conditions.course.changes.stable to warning=0.033/day"};
    const struct figure_case *crises = &figure_cases[5];
    struct model model;
    double mean, error;

    (void)state;
    assert_int_equal(crises->part, COUNT_CRISES);
    model_run(&model, "scenarios/reference.yaml", wrong, LENGTH(wrong), YEARS,
              SEED);
    figure_of(&model, crises, &mean, &error);
    assert_true(fabs(mean - crises->mean) >
                STANDARD_ERRORS * hypot(error, crises->error));
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_agree),
        cmocka_unit_test(people_add_up),
        cmocka_unit_test(a_wrong_rate_is_found),
    };

    return cmocka_run_group_tests_name("reference pathway", tests, run_years,
                                       clear_years);
}
