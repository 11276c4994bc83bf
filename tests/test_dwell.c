/* The clock -log S(age) of a dwell, and its inverse.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/dwell.h"

#include <gsl/gsl_math.h>

#include "tests/table.h"

#define UNIT ((double)SIM_DAY) /* of the clock */

/* ---- against closed forms, in the body and far out in the tail ---- */

static double gamma_of_shape_1(double x)
{
    return x;
}

/* S = exp(-x) (1 + x + x^2/2) (e.g. Law 2015, section 6.2.2). */
static double erlang_3(double x)
{
    return x - log(1 + x + x * x / 2);
}

/* S = erfc(sqrt x) (DLMF 7.11.2), by the asymptotic series of erfc where it
 * runs out of numbers (DLMF 7.12.1). */
static double gamma_of_half(double x)
{
    if (x < 600)
        return -log(erfc(sqrt(x)));
    return x + 0.5 * log(M_PI * x) -
           log1p(-1 / (2 * x) + 3 / (4 * x * x) - 15 / (8 * x * x * x));
}

static double weibull_of_2(double x)
{
    return x * x;
}

/* S is the upper tail of the normal at log x; far out by its asymptotic series
 * (Abramowitz and Stegun 26.2.12). */
static double lognormal_of_1(double x)
{
    double z = log(x), w = 1 / (z * z);

    if (z < 30)
        return -log(0.5 * erfc(z / M_SQRT2));
    return z * z / 2 + log(z * M_SQRTPI * M_SQRT2) -
           log1p(-w + 3 * w * w - 15 * w * w * w);
}

struct clock_case {
    const char *name;
    struct distribution dwell;    /* of scale or median 1 h */
    double (*exponent)(double x); /* x in hours */
};
#define HOUR ((double)SIM_HOUR)
#define DRAWN(family, a, b, mean)                                              \
    {                                                                          \
        family, a, b, 0, mean, NULL, 0                                         \
    }
static struct clock_case clock_cases[] = {
    {"a gamma of shape 1 is exponential", DRAWN(FAMILY_GAMMA, 1, HOUR, HOUR),
     gamma_of_shape_1},
    {"a gamma of shape 3 is Erlang's", DRAWN(FAMILY_GAMMA, 3, HOUR, 3 * HOUR),
     erlang_3},
    {"a gamma of shape 1/2", DRAWN(FAMILY_GAMMA, 0.5, HOUR, HOUR / 2),
     gamma_of_half},
    {"a Weibull is a power", DRAWN(FAMILY_WEIBULL, 2, HOUR, HOUR),
     weibull_of_2},
    {"a lognormal is the tail of a normal",
     DRAWN(FAMILY_LOGNORMAL, 0, 1, HOUR), /* its log is set below */
     lognormal_of_1},
    {"an exponential is its age", DRAWN(FAMILY_EXPONENTIAL, HOUR, 0, HOUR),
     gamma_of_shape_1},
};

static struct distribution dwell_of(const struct clock_case *c)
{
    struct distribution dwell = c->dwell;

    if (dwell.family == FAMILY_LOGNORMAL)
        dwell.a = log(HOUR);
    return dwell;
}

/* Ages from 5 s to 1,000 years: survivals from all but 1 to less than the least
 * number there is. */
static void shows_the_exponent(void **state)
{
    const struct clock_case *c = *state;
    const struct distribution dwell = dwell_of(c);

    for (double hours = 0.0015; hours < 9e6; hours *= 1.7) {
        sim_ms age = (sim_ms)(hours * HOUR);
        double expected = c->exponent((double)age / HOUR) * UNIT;
        /* Rounded down, and 1e-12 for the closed forms themselves. */
        if (expected < (double)DWELL_END)
            assert_near((double)dwell_clock(&dwell, age), expected - 0.5,
                        0.5 + 1e-12 * expected);
        else
            assert_int_equal(dwell_clock(&dwell, age), DWELL_END);
    }
    assert_int_equal(dwell_clock(&dwell, 0), 0);
}

/* ---- the inverse ---- */

struct inverse_case {
    const char *name;
    struct distribution dwell;
};
static struct inverse_case inverse_cases[] = {
    {"Weibull, ever sooner", DRAWN(FAMILY_WEIBULL, 3, 12 * UNIT, 11 * UNIT)},
    {"Weibull, ever later", DRAWN(FAMILY_WEIBULL, 0.4, 5 * UNIT, 16 * UNIT)},
    {"gamma, near to constant", DRAWN(FAMILY_GAMMA, 400, UNIT / 50, 8 * UNIT)},
    {"gamma, far from it", DRAWN(FAMILY_GAMMA, 0.2, 30 * UNIT, 6 * UNIT)},
    {"lognormal, narrow", DRAWN(FAMILY_LOGNORMAL, 20, 0.1, 5 * UNIT)},
    {"lognormal, wide", DRAWN(FAMILY_LOGNORMAL, 20, 2, 41 * UNIT)},
};

static void is_the_inverse(void **state)
{
    const struct inverse_case *c = *state;
    const sim_ms far = 5000 * SIM_DAY;
    sim_ms last = dwell_clock(&c->dwell, far);

    for (double u = 1e-7; u < 1024; u *= 1.37) {
        sim_ms clock = (sim_ms)(u * UNIT) + 1;
        sim_ms age;
        if (clock > last)
            break;
        age = dwell_age(&c->dwell, clock, 0, far);
        assert_true(age > 0 && age <= far);
        assert_true(dwell_clock(&c->dwell, age) >= clock);
        assert_true(dwell_clock(&c->dwell, age - 1) < clock);
    }
}

/* The bracket may be as narrow as one millisecond. */
static void an_age_stays_in_its_bracket(void **state)
{
    const struct distribution dwell =
        DRAWN(FAMILY_WEIBULL, 1.4, 12 * UNIT, 11 * UNIT);
    sim_ms clock = SIM_DAY / 2, age = dwell_age(&dwell, clock, 0, SIM_NEVER);

    (void)state;
    assert_near((double)age, 12 * UNIT * pow(0.5, 1 / 1.4), 100);
    assert_int_equal(dwell_age(&dwell, clock, age - 1, age), age);
    assert_int_equal(dwell_age(&dwell, clock, age - 1, SIM_NEVER), age);
    assert_int_equal(dwell_age(&dwell, clock, 0, age), age);
}

static void only_some_families_may_be_a_dwell(void **state)
{
    (void)state;
    assert_true(dwell_is_family(FAMILY_EXPONENTIAL));
    assert_true(dwell_is_family(FAMILY_WEIBULL));
    assert_true(dwell_is_family(FAMILY_GAMMA));
    assert_true(dwell_is_family(FAMILY_LOGNORMAL));
    assert_false(dwell_is_family(FAMILY_CONSTANT));
    assert_false(dwell_is_family(FAMILY_UNIFORM));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_age_stays_in_its_bracket),
        cmocka_unit_test(only_some_families_may_be_a_dwell),
    };
    int failed = 0;

    failed += run_table("clock", shows_the_exponent, clock_cases);
    failed += run_table("inverse", is_the_inverse, inverse_cases);
    failed += cmocka_run_group_tests_name("dwell", tests, NULL, NULL);
    return failed;
}
