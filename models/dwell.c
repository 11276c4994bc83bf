/*
 * The clock is taken from the upper tail by functions that do not run out of
 * small numbers: closed forms, GSL's log of erfc, and for the gamma the
 * continued fraction of its upper tail where GSL's own would be 0.
 * Ages are found by Newton's method inside a bracket of whole milliseconds, so
 * that dwell_age is the exact inverse of dwell_clock, whatever its last bits.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/dwell.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "sim/error.h"

#define TINY_TAIL 1e-200 /* below, GSL's upper tail of the gamma loses bits */
#define FRACTION_MOST 10000
#define NEWTON_MOST 12 /* steps before the bracket is halved instead */

bool dwell_is_family(enum family family)
{
    return family == FAMILY_EXPONENTIAL || family == FAMILY_WEIBULL ||
           family == FAMILY_GAMMA || family == FAMILY_LOGNORMAL;
}

/* -log of 1 - `below`, exact also where `below` is small. */
static double from_below(double below)
{
    return -log1p(-below);
}

/*
 * Log of the continued fraction in Gamma(a, x) = exp(-x) x^a F(a, x), by
 * Lentz's method as modified by Thompson and Barnett (DLMF 8.9.2; Press et al.
 * 2007, section 6.2). For x well above a.
 */
static double log_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / GSL_DBL_MIN, d = 1 / b, f = d;

    for (int i = 1; i < FRACTION_MOST; i++) {
        double an = -i * (i - a), step;

        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        step = c * d;
        f *= step;
        if (fabs(step - 1) < GSL_DBL_EPSILON)
            break;
    }
    return log(f);
}

static double gamma_exponent(double shape, double x)
{
    double below = gsl_cdf_gamma_P(x, shape, 1), above;

    if (below < 0.5)
        return from_below(below);
    above = gsl_cdf_gamma_Q(x, shape, 1);
    if (above > TINY_TAIL)
        return -log(above);
    return x - shape * log(x) + gsl_sf_lngamma(shape) - log_fraction(shape, x);
}

static double normal_exponent(double z)
{
    if (z < 0)
        return from_below(gsl_cdf_ugaussian_P(z));
    return M_LN2 - gsl_sf_log_erfc(z / M_SQRT2);
}

/* -log S(x), x in ms. */
static double exponent(const struct distribution *dwell, double x)
{
    if (x <= 0)
        return 0;
    switch (dwell->family) {
    case FAMILY_WEIBULL:
        return pow(x / dwell->b, dwell->a);
    case FAMILY_GAMMA:
        return gamma_exponent(dwell->a, x / dwell->b);
    case FAMILY_LOGNORMAL:
        return normal_exponent((log(x) - dwell->a) / dwell->b);
    default: /* exponential */
        return x / dwell->a;
    }
}

/* Its derivative, the hazard per ms, where it is `u`. */
static double slope(const struct distribution *dwell, double x, double u)
{
    double a = dwell->a, b = dwell->b;

    switch (dwell->family) {
    case FAMILY_WEIBULL:
        return a * u / x;
    case FAMILY_GAMMA:
        return exp((a - 1) * log(x / b) - x / b - gsl_sf_lngamma(a) + u) / b;
    case FAMILY_LOGNORMAL:
        return gsl_sf_hazard((log(x) - a) / b) / (b * x);
    default:
        return 1 / a;
    }
}

/* The standard normal point with upper tail exp(-u); far out, about. */
static double normal_point(double u)
{
    if (u < M_LN2)
        return gsl_cdf_ugaussian_Pinv(-expm1(-u));
    return u < 700 ? gsl_cdf_ugaussian_Qinv(exp(-u)) : sqrt(2 * u);
}

/* Where -log S is about `u`: Newton's method begins there. */
static double about(const struct distribution *dwell, double u)
{
    double a = dwell->a, b = dwell->b;

    switch (dwell->family) {
    case FAMILY_WEIBULL:
        return b * pow(u, 1 / a);
    case FAMILY_GAMMA:
        /* Wilson and Hilferty (1931): the cube root is nearly normal. */
        return a * b *
               gsl_pow_3(
                   fmax(1 - 1 / (9 * a) + normal_point(u) / (3 * sqrt(a)), 0));
    case FAMILY_LOGNORMAL:
        return exp(a + b * normal_point(u));
    default:
        return u * a;
    }
}

sim_ms dwell_clock(const struct distribution *dwell, sim_ms age)
{
    double clock = exponent(dwell, (double)age) * (double)SIM_DAY;

    return clock < (double)DWELL_END ? (sim_ms)clock : DWELL_END;
}

/* `x` as a whole age inside (low, high). */
static sim_ms between(double x, sim_ms low, sim_ms high)
{
    if (!(x > (double)low))
        return low + 1;
    return x < (double)high ? GSL_MAX((sim_ms)x, low + 1) : high - 1;
}

sim_ms dwell_age(const struct distribution *dwell, sim_ms clock, sim_ms low,
                 sim_ms high)
{
    double want = (double)clock / (double)SIM_DAY;
    double x = about(dwell, want);

    for (int i = 0; high - low > 1; i++) {
        sim_ms age =
            i < NEWTON_MOST ? between(x, low, high) : low + (high - low) / 2;
        double u = exponent(dwell, (double)age);

        if (dwell_clock(dwell, age) < clock)
            low = age;
        else
            high = age;
        x = (double)age + (want - u) / slope(dwell, (double)age, u);
    }
    return high;
}
