/*
 * Quantities: tables of texts that are and are not understood, then each
 * family of distributions against its closed forms (mean, sd, distribution
 * function) with fixed seeds and bounds of 4 standard errors.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/quantity.h"
#include "tests/support.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>

#define DAY_MS ((double)SIM_DAY)
#define MIN_MS ((double)SIM_MINUTE)
#define DRAWS 20000

/* ---- single quantities ---- */

enum reader { DURATION, RATE, CHANCE, CLOCK, MONEY, NUMBER };
struct text_case {
    enum reader reader;
    const char *text;
    double value; /* NAN: refused */
};
static struct text_case text_cases[] = {
    {DURATION, "20 min", 20 * 60e3},
    {DURATION, "20min", 20 * 60e3},
    {DURATION, " 1.5 h ", 5400e3},
    {DURATION, "30 s", 30e3},
    {DURATION, "0.1 s", 100},
    {DURATION, "1 day", 864e5},
    {DURATION, "10 days", 864e6},
    {DURATION, "1 week", 7 * 864e5},
    {DURATION, "52 weeks", 364 * 864e5},
    {DURATION, "0 min", 0},
    {DURATION, "007 min", 420e3},
    {DURATION, "1817 weeks", 1817 * 7 * 864e5},
    {DURATION, "1818 weeks", NAN}, /* 2^40 ms is 1817.9 weeks */
    {DURATION, "20", NAN},
    {DURATION, "min", NAN},
    {DURATION, "", NAN},
    {DURATION, " ", NAN},
    {DURATION, "-5 min", NAN},
    {DURATION, "+5 min", NAN},
    {DURATION, ".5 h", NAN},
    {DURATION, "5. h", NAN},
    {DURATION, "1.2.3 h", NAN},
    {DURATION, "1,5 h", NAN},
    {DURATION, "1e3 s", NAN},
    {DURATION, "0x10 s", NAN},
    {DURATION, "inf h", NAN},
    {DURATION, "nan h", NAN},
    {DURATION, "20 mins", NAN},
    {DURATION, "20 minx", NAN},
    {DURATION, "1 month", NAN},
    {DURATION, "1 year", NAN},
    {DURATION, "20 min 30 s", NAN},
    {DURATION, "20 Min", NAN},
    {DURATION, "1234567890123456 s", NAN}, /* more than 15 digits */
    {RATE, "3/week", 3.0 / 7},
    {RATE, "0.03/day", 0.03},
    {RATE, "2/h", 48},
    {RATE, "1/min", 1440},
    {RATE, "73/year", 0.2},
    {RATE, "0/day", 0},
    {RATE, "3 / week", 3.0 / 7},
    {RATE, "3", NAN},
    {RATE, "3/", NAN},
    {RATE, "3/month", NAN},
    {RATE, "3/2 days", NAN},
    {RATE, "3 per week", NAN},
    {RATE, "-3/week", NAN},
    {CHANCE, "12%", 0.12},
    {CHANCE, "12 %", 0.12},
    {CHANCE, "0.12", 0.12},
    {CHANCE, "0", 0},
    {CHANCE, "1", 1},
    {CHANCE, "100%", 1},
    {CHANCE, "0.5%", 0.005},
    {CHANCE, "100.1%", NAN},
    {CHANCE, "1.01", NAN},
    {CHANCE, "12", NAN},
    {CHANCE, "12%%", NAN},
    {CHANCE, "-1%", NAN},
    {CHANCE, "%", NAN},
    {CLOCK, "18:00", 18 * 3600e3},
    {CLOCK, "9:30", 9.5 * 3600e3},
    {CLOCK, "00:00", 0},
    {CLOCK, "24:00", 864e5},
    {CLOCK, "24:01", NAN},
    {CLOCK, "25:00", NAN},
    {CLOCK, "18:60", NAN},
    {CLOCK, "18:0", NAN},
    {CLOCK, "18", NAN},
    {CLOCK, "018:00", NAN},
    {CLOCK, "18:00:00", NAN},
    {CLOCK, "6pm", NAN},
    {MONEY, "24/h", 24},
    {MONEY, "24", 24},
    {MONEY, "4.75/h", 4.75},
    {MONEY, "24/day", NAN},
    {MONEY, "24/", NAN},
    {MONEY, "-4", NAN},
    {NUMBER, "1.5", 1.5},
    {NUMBER, "-2", -2},
    {NUMBER, "100000", 1e5},
    {NUMBER, "2 x", NAN},
    {NUMBER, "--2", NAN},
    {NUMBER, "NaN", NAN},
    {NUMBER, "three", NAN},
};

static bool read_text(const struct text_case *c, double *out, const char **why)
{
    sim_ms ms = 77;
    bool ok = false;

    switch (c->reader) {
    case DURATION:
        ok = quantity_duration(c->text, &ms, why);
        *out = (double)ms;
        break;
    case CLOCK:
        ok = quantity_clock(c->text, &ms, why);
        *out = (double)ms;
        break;
    case RATE:
        return quantity_rate(c->text, out, why);
    case CHANCE:
        return quantity_chance(c->text, out, why);
    case MONEY:
        return quantity_money(c->text, out, why);
    case NUMBER:
        return quantity_number(c->text, out, why);
    }
    return ok;
}

static void text_is_read(void **state)
{
    const struct text_case *c = *state;
    const char *why = NULL;
    double value = 77;
    bool ok = read_text(c, &value, &why);

    if (isnan(c->value)) {
        assert_false(ok);
        assert_true(value == 77); /* unchanged */
        assert_non_null(why);
        return;
    }
    assert_true(ok);
    assert_near(value, c->value, 1e-12 * fabs(c->value));
}

/* The nearest double, as the compiler reads the same digits. */
static void decimals_are_rounded_correctly(void **state)
{
    const char *why;
    double value = 0;

    (void)state;
    assert_true(quantity_number("0.1", &value, &why));
    assert_true(value == 0.1);
    assert_true(quantity_number("3.14159265358979", &value, &why));
    assert_true(value == 3.14159265358979);
    assert_true(quantity_chance("29%", &value, &why));
    assert_true(value == 0.29);
    assert_true(quantity_chance("0.7%", &value, &why));
    assert_true(value == 0.007);
}

struct hours_case {
    const char *text;
    int from, until; /* minutes; from -1: refused */
};
static struct hours_case hours_cases[] = {
    {"08:00-16:00", 480, 960},
    {"08:00 - 16:00", 480, 960},
    {"17:00-09:00", 1020, 1980},
    {"00:00-24:00", 0, 1440},
    {"18:00-00:00", 1080, 1440},
    {"09:00-09:00", 540, 1980},
    {"24:00-06:00", -1, 0},
    {"08:00", -1, 0},
    {"08:00-", -1, 0},
    {"08:00-16:00-17:00", -1, 0},
    {"8-16", -1, 0},
};

static void hours_are_read(void **state)
{
    const struct hours_case *c = *state;
    const char *why = NULL;
    sim_ms from = 77, until = 78;
    bool ok = quantity_hours(c->text, &from, &until, &why);

    assert_int_equal(ok, c->from >= 0);
    assert_int_equal(from, ok ? c->from * SIM_MINUTE : 77);
    assert_int_equal(until, ok ? c->until * SIM_MINUTE : 78);
    assert_non_null(why);
}

/* ---- texts of distributions ---- */

/* Where `why` is given the text is refused with words that contain it. */
struct form_case {
    const char *text;
    enum family family;
    double mean_days;
    const char *why;
};
static struct form_case form_cases[] = {
    {"10 days", FAMILY_CONSTANT, 10, NULL},
    {"0 min", FAMILY_CONSTANT, 0, NULL},
    {"exponential(mean 4 days)", FAMILY_EXPONENTIAL, 4, NULL},
    {"lognormal(mean 7.4 days, sd 8.6 days)", FAMILY_LOGNORMAL, 7.4, NULL},
    {"lognormal( mean 1 week ,sd 2 days )", FAMILY_LOGNORMAL, 7, NULL},
    /* ln(30 / 12) / 1.2815516 = 0.714985; 12 exp(0.714985^2 / 2) */
    {"lognormal(median 12 days, p90 30 days)", FAMILY_LOGNORMAL, 15.494866,
     NULL},
    {"gamma(mean 10 days, sd 3 days)", FAMILY_GAMMA, 10, NULL},
    /* 12 Gamma(1 + 1 / 1.4) */
    {"weibull(shape 1.4, scale 12 days)", FAMILY_WEIBULL, 10.937080, NULL},
    {"weibull(shape 2, scale 2 days)", FAMILY_WEIBULL, 1.772453851, NULL},
    {"triangular(1 day, 2 days, 6 days)", FAMILY_TRIANGULAR, 3, NULL},
    {"triangular(1 day, 1 day, 4 days)", FAMILY_TRIANGULAR, 2, NULL},
    {"uniform(24 h, 3 days)", FAMILY_UNIFORM, 2, NULL},
    {"uniform(0 min, 2 days)", FAMILY_UNIFORM, 1, NULL},
    {"", 0, 0, "a duration such as"},
    {"10", 0, 0, "a duration such as"},
    {"10 days 3", 0, 0, "a duration such as"},
    {"empirical(stays.csv)", 0, 0, "lognormal"},
    {"normal(mean 4 days, sd 1 day)", 0, 0, "lognormal"},
    {"exponential", 0, 0, "exponential(mean 4 days)"},
    {"exponential(4 days)", 0, 0, "exponential(mean 4 days)"},
    {"exponential(mean 4)", 0, 0, "exponential(mean 4 days)"},
    {"exponential(mean 4 days) x", 0, 0, "exponential(mean 4 days)"},
    {"exponential(mean 4 days", 0, 0, "exponential(mean 4 days)"},
    {"exponential(mean 4 days, sd 1 day)", 0, 0, "exponential(mean 4 days)"},
    {"exponential(mean 0 days)", 0, 0, "mean above 0"},
    {"exponential(mean 4000 weeks)", 0, 0, "34 years"},
    {"lognormal(mean 4000 weeks, sd 1 day)", 0, 0, "34 years"},
    {"lognormal(mean 7 days)", 0, 0, "p90"},
    {"lognormal(sd 7 days, mean 3 days)", 0, 0, "p90"},
    {"lognormal(mean 7 days, sd 0 days)", 0, 0, "sd above 0"},
    {"lognormal(mean 0 days, sd 3 days)", 0, 0, "sd above 0"},
    {"lognormal(median 12 days, p90 12 days)", 0, 0, "above the median"},
    {"lognormal(median 12 days, p90 3 days)", 0, 0, "above the median"},
    {"lognormal(median 0 days, p90 3 days)", 0, 0, "above the median"},
    {"lognormal(median 1 min, p90 1000 weeks)", 0, 0, "34 years"},
    {"gamma(mean 0 min, sd 5 min)", 0, 0, "sd above 0"},
    {"gamma(mean 20 min, sd 0 min)", 0, 0, "sd above 0"},
    {"weibull(shape 0, scale 12 days)", 0, 0, "shape of 0.1"},
    {"weibull(shape 1 day, scale 12 days)", 0, 0, "weibull(shape 1.4"},
    {"weibull(shape 1.4, scale 0 days)", 0, 0, "scale"},
    {"triangular(1 day, 2 days)", 0, 0, "triangular(10 min"},
    {"triangular(3 days, 2 days, 6 days)", 0, 0, "in that order"},
    {"triangular(1 day, 7 days, 6 days)", 0, 0, "in that order"},
    {"triangular(1 day, 1 day, 1 day)", 0, 0, "in that order"},
    {"uniform(3 days, 2 days)", 0, 0, "below the greatest"},
    {"uniform(2 days, 2 days)", 0, 0, "below the greatest"},
};

static void distribution_is_read(void **state)
{
    const struct form_case *c = *state;
    struct distribution d = {.family = FAMILY_UNIFORM, .mean = -1};
    const char *why = NULL;

    if (c->why != NULL) {
        assert_false(quantity_distribution(c->text, &d, &why));
        assert_true(d.mean < 0 && d.family == FAMILY_UNIFORM);
        assert_non_null(why);
        if (strstr(why, c->why) == NULL)
            fail_msg("%s: said \"%s\"", c->text, why);
        return;
    }
    assert_true(quantity_distribution(c->text, &d, &why));
    assert_int_equal(d.family, c->family);
    assert_near(d.mean / DAY_MS, c->mean_days, 1e-6);
}

/* ---- sampling ---- */

/*
 * Closed forms for one distribution, in its own unit: mean, sd, kurtosis (the
 * fourth central moment over sd^4, for the standard error of a sampled sd),
 * and the distribution function from GSL, by its own parameters.
 */
struct sample_case {
    const char *text;
    double mean, sd, kurtosis; /* ms, ms, 1 */
    double (*cdf)(double ms);
};

static double cdf_exponential(double ms)
{
    return gsl_cdf_exponential_P(ms, 4 * DAY_MS);
}

/* Mean 11, sd 7: sigma^2 = ln(1 + 49/121), zeta = ln 11 - sigma^2 / 2. */
static double cdf_lognormal(double ms)
{
    double variance = log(1.0 + 49.0 / 121.0);

    return gsl_cdf_lognormal_P(ms / DAY_MS, log(11.0) - variance / 2,
                               sqrt(variance));
}

static double cdf_lognormal_p90(double ms)
{
    return gsl_cdf_lognormal_P(ms / DAY_MS, log(12.0),
                               log(18.0 / 12.0) / 1.2815515655446004);
}

static double cdf_gamma(double ms)
{
    return gsl_cdf_gamma_P(ms / MIN_MS, 16.0, 1.25);
}

/* A shape below 1, where GSL's sampler takes another way: mean 5, sd 10. */
static double cdf_gamma_flat(double ms)
{
    return gsl_cdf_gamma_P(ms / DAY_MS, 0.25, 20.0);
}

static double cdf_weibull(double ms)
{
    return gsl_cdf_weibull_P(ms / DAY_MS, 12.0, 2.0); /* scale, shape */
}

/* Of 10, 20, 45 min. */
static double cdf_triangular(double ms)
{
    double x = ms / MIN_MS;

    return x < 20 ? (x - 10) * (x - 10) / (35 * 10.0)
                  : 1 - (45 - x) * (45 - x) / (35 * 25.0);
}

static double cdf_uniform(double ms)
{
    return gsl_cdf_flat_P(ms / MIN_MS, 5.0, 15.0);
}

/*
 * Kurtosis: exponential 9; gamma 3 + 6/shape; uniform 9/5; triangular 12/5;
 * lognormal w^4 + 2 w^3 + 3 w^2 - 3 with w = exp(sigma^2); Weibull of shape 2
 * (Rayleigh) 3 - (6 pi^2 - 24 pi + 16) / (4 - pi)^2. (Forbes et al. 2011.)
 */
static struct sample_case sample_cases[] = {
    {"exponential(mean 4 days)", 4 * DAY_MS, 4 * DAY_MS, 9, cdf_exponential},
    {"lognormal(mean 11 days, sd 7 days)", 11 * DAY_MS, 7 * DAY_MS, 12.3645638,
     cdf_lognormal},
    /* sigma 0.3163861, w 1.1052816: mean 12 sqrt(w), sd mean sqrt(w - 1) */
    {"lognormal(median 12 days, p90 18 days)", 12.6158850 * DAY_MS,
     4.0934926 * DAY_MS, 4.8578940, cdf_lognormal_p90},
    {"gamma(mean 20 min, sd 5 min)", 20 * MIN_MS, 5 * MIN_MS, 3 + 6.0 / 16,
     cdf_gamma},
    {"gamma(mean 5 days, sd 10 days)", 5 * DAY_MS, 10 * DAY_MS, 27,
     cdf_gamma_flat},
    {"weibull(shape 2, scale 12 days)", 10.6347231 * DAY_MS, 5.5590163 * DAY_MS,
     3.2450893, cdf_weibull},
    /* variance (a^2 + b^2 + c^2 - ab - ac - bc) / 18 = 54.1667 min^2 */
    {"triangular(10 min, 20 min, 45 min)", 25 * MIN_MS, 7.3598007 * MIN_MS, 2.4,
     cdf_triangular},
    {"uniform(5 min, 15 min)", 10 * MIN_MS, 2.8867513 * MIN_MS, 1.8,
     cdf_uniform},
};

static void read_distribution(const char *text, struct distribution *out)
{
    const char *why = NULL;

    if (!quantity_distribution(text, out, &why))
        fail_msg("%s: %s", text, why);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* DRAWS sorted draws of `text`, with a fixed seed. The caller frees them. */
static double *draw(const char *text)
{
    struct distribution d;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double *draws = malloc(DRAWS * sizeof *draws);

    assert_true(rng != NULL && draws != NULL);
    gsl_rng_set(rng, 20261123);
    read_distribution(text, &d);
    for (size_t i = 0; i < DRAWS; i++)
        draws[i] = (double)distribution_sample(&d, rng);
    gsl_rng_free(rng);
    qsort(draws, DRAWS, sizeof *draws, compare_doubles);
    return draws;
}

/* Distance of the sampled mean, and of the sampled sd, from the closed forms,
 * in standard errors: sd/sqrt(n), and sd sqrt((kurtosis - 1) / 4n). */
static void standard_errors(const struct sample_case *c, const double *draws,
                            double *of_mean, double *of_sd)
{
    double mean = 0, squares = 0, delta, sd;

    for (size_t i = 0; i < DRAWS; i++) {
        delta = draws[i] - mean;
        mean += delta / (double)(i + 1);
        squares += delta * (draws[i] - mean);
    }
    sd = sqrt(squares / (DRAWS - 1));
    *of_mean = fabs(mean - c->mean) / (c->sd / sqrt(DRAWS));
    *of_sd =
        fabs(sd - c->sd) / (c->sd * sqrt((c->kurtosis - 1) / (4.0 * DRAWS)));
}

/* Kolmogorov-Smirnov distance times sqrt(n); above 1.95 once in 1000 samples
 * of the right distribution. Rounding to ms moves it by far less. */
static double kolmogorov(const double *draws, double (*cdf)(double))
{
    double worst = 0;

    for (size_t i = 0; i < DRAWS; i++) {
        double p = cdf(draws[i]);

        worst = fmax(worst, fabs(p - (double)i / DRAWS));
        worst = fmax(worst, fabs(p - (double)(i + 1) / DRAWS));
    }
    return worst * sqrt(DRAWS);
}

static void samples_follow_closed_forms(void **state)
{
    const struct sample_case *c = *state;
    struct distribution d;
    double of_mean, of_sd;
    double *draws = draw(c->text);

    read_distribution(c->text, &d);
    assert_near(d.mean, c->mean, 1e-7 * c->mean);
    standard_errors(c, draws, &of_mean, &of_sd);
    assert_near(of_mean, 0, 4);
    assert_near(of_sd, 0, 4);
    assert_near(kolmogorov(draws, c->cdf), 0, 1.95);
    free(draws);
}

/* The same checks must notice a distribution that is 5% out. */
static void wrong_parameters_are_noticed(void **state)
{
    double of_mean, of_sd;
    double *draws = draw("exponential(mean 4.2 days)");

    (void)state;
    standard_errors(&sample_cases[0], draws, &of_mean, &of_sd);
    assert_true(of_mean > 4);
    assert_true(kolmogorov(draws, cdf_exponential) > 1.95);
    free(draws);
    draws = draw("gamma(mean 20 min, sd 5.3 min)");
    standard_errors(&sample_cases[3], draws, &of_mean, &of_sd);
    assert_true(of_sd > 4);
    free(draws);
}

static void a_constant_draws_itself(void **state)
{
    struct distribution d = distribution_constant(20 * SIM_MINUTE);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    (void)state;
    assert_int_equal(distribution_sample(&d, rng), 20 * SIM_MINUTE);
    assert_near(d.mean, 20 * MIN_MS, 0);
    gsl_rng_free(rng);
}

/* An enormous draw is cut to a time, and bounds are kept. */
static void draws_are_times(void **state)
{
    struct distribution d;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    bool cut = false;

    (void)state;
    read_distribution("lognormal(mean 1500 weeks, sd 1500 weeks)", &d);
    for (int i = 0; i < 1000; i++) {
        sim_ms ms = distribution_sample(&d, rng);

        assert_true(ms >= 0 && ms < SIM_NEVER);
        cut = cut || ms == SIM_NEVER - 1;
    }
    assert_true(cut);
    read_distribution("triangular(10 min, 10 min, 11 min)", &d);
    for (int i = 0; i < 1000; i++)
        assert_in_range(distribution_sample(&d, rng), 600000, 660000);
    gsl_rng_free(rng);
}

#define ROWS(cases, function, label)                                           \
    for (size_t i = 0; i < LENGTH(cases); i++)                                 \
        tests[n++] = (struct CMUnitTest)                                       \
        {                                                                      \
            .name = (cases)[i].label, .test_func = (function),                 \
            .initial_state = &(cases)[i]                                       \
        }

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(decimals_are_rounded_correctly),
        cmocka_unit_test(wrong_parameters_are_noticed),
        cmocka_unit_test(a_constant_draws_itself),
        cmocka_unit_test(draws_are_times),
    };
    struct CMUnitTest tests[LENGTH(text_cases) + LENGTH(hours_cases) +
                            LENGTH(form_cases) + LENGTH(sample_cases) +
                            LENGTH(single)];
    size_t n = 0;

    ROWS(text_cases, text_is_read, text);
    ROWS(hours_cases, hours_are_read, text);
    ROWS(form_cases, distribution_is_read, text);
    ROWS(sample_cases, samples_follow_closed_forms, text);
    for (size_t i = 0; i < LENGTH(single); i++)
        tests[n++] = single[i];
    return cmocka_run_group_tests_name("quantity", tests, NULL, NULL);
}
