/* Queues in closed form.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/queues.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <stdbool.h>

double queue_erlang_b(double load, unsigned servers)
{
    double lost = 1;

    for (unsigned i = 1; i <= servers; i++)
        lost = load * lost / (i + load * lost);
    return lost;
}

double queue_erlang_c(double load, unsigned servers)
{
    double lost = queue_erlang_b(load, servers);

    return servers * lost / (servers - load * (1 - lost));
}

/* ---- M/M/c+M ---- */

/* A birth and death process: its weights relative to `base` people, summed
 * until what is left cannot matter. */
#define NEGLIGIBLE 1e-17
#define PEOPLE_MAX 1000000

struct birth_death {
    double rate, stay, patience;
    unsigned places;
};

static double death(const struct birth_death *it, unsigned people)
{
    double served = GSL_MIN(people, it->places);

    return served / it->stay + (people - served) / it->patience;
}

/* Sums over states of what `struct queue_birth_death` needs; the weight of the
 * empty system is 1. Loads here are such that weights stay within doubles. */
struct weights {
    double all, in_places, waiting, waits;
};
static struct weights add_up(const struct birth_death *it)
{
    struct weights sum = {.all = 1, .waits = it->places == 0};
    double weight = 1;

    for (unsigned n = 1; n < PEOPLE_MAX; n++) {
        double served = GSL_MIN(n, it->places);

        weight *= it->rate / death(it, n);
        sum.all += weight;
        sum.in_places += served * weight;
        sum.waiting += (n - served) * weight;
        sum.waits += n >= it->places ? weight : 0;
        if (n > it->places && it->rate < death(it, n) &&
            (n - served) * weight < NEGLIGIBLE * sum.all)
            break;
    }
    return sum;
}

struct queue_birth_death queue_mmcm(double rate, double stay, unsigned places,
                                    double patience)
{
    const struct birth_death it = {rate, stay, patience, places};
    struct weights sum = add_up(&it);
    struct queue_birth_death out = {
        .waits = sum.waits / sum.all,
        .waiting = sum.waiting / sum.all,
        .in_places = sum.in_places / sum.all,
    };

    out.wait = out.waiting / rate; /* Little's law */
    out.gives_up = out.waiting / patience / rate;
    return out;
}

double queue_mmcm_in_places(double rate, double stay, unsigned places,
                            double patience, unsigned people)
{
    const struct birth_death it = {rate, stay, patience, places};
    struct weights sum = add_up(&it);
    double weight = 1;

    if (people >= places)
        return people > places ? 0 : sum.waits / sum.all;
    for (unsigned n = 1; n <= people; n++)
        weight *= rate / death(&it, n);
    return weight / sum.all;
}

/* ---- M/M/c+G ---- */

#define WORKSPACE 1000
#define ACCURACY 1e-11 /* relative, of an integral */

double queue_fixed_patience(double x, const void *context)
{
    const double *patience = context;

    return x < *patience ? 1 : 0;
}

/* What the integrands below look at. */
struct impatient {
    double rate, service;
    unsigned servers;
    const struct queue_patience *patience;
    gsl_integration_workspace *inner;
};

/* The integral of `f` over [0, to], split at the kink of patience. */
static double integral(double (*f)(double, void *), void *context, double kink,
                       double to, gsl_integration_workspace *work)
{
    gsl_function function = {f, context};
    double sum = 0, part, error;
    double at[3] = {0, GSL_MIN_DBL(kink, to), to};

    for (int i = 0; i < 2; i++) {
        if (at[i + 1] <= at[i])
            continue;
        gsl_integration_qag(&function, at[i], at[i + 1], 0, ACCURACY, WORKSPACE,
                            GSL_INTEG_GAUSS61, work, &part, &error);
        sum += part;
    }
    return sum;
}

static double survives_at(double x, void *context)
{
    const struct impatient *it = context;

    return it->patience->survives(x, it->patience->context);
}

/* H(x), the integral of patience's survival function over [0, x]. */
static double outlasts(struct impatient *it, double x)
{
    return integral(survives_at, it, it->patience->kink, x, it->inner);
}

/* The density of the offered wait is the rate times this, over a constant. */
static double density(double x, void *context)
{
    struct impatient *it = context;

    return exp(it->rate * outlasts(it, x) - it->servers * x / it->service);
}

static double wait_density(double x, void *context)
{
    struct impatient *it = context;

    return outlasts(it, x) * density(x, context);
}

static double served_density(double x, void *context)
{
    return survives_at(x, context) * density(x, context);
}

static double served_wait_density(double x, void *context)
{
    return x * served_density(x, context);
}

/* Zeltyn and Mandelbaum's E: the sum of load^j / j! over j < c, over its last
 * term; that is 1 / B(load, c - 1) (their equation 3.1). */
static double idle_term(const struct impatient *it)
{
    return 1 / queue_erlang_b(it->rate * it->service, it->servers - 1);
}

/* Integrals over the offered wait from 0 to `to`. Beyond `far`, where the
 * density is e^-60 of what it is at the kink, nothing is left. */
struct offered {
    double all, wait, served, served_wait, far;
};
static struct offered offer(struct impatient *it, double to)
{
    gsl_integration_workspace *work =
        gsl_integration_workspace_alloc(WORKSPACE);
    double kink = it->patience->kink;
    struct offered sum;

    it->inner = gsl_integration_workspace_alloc(WORKSPACE);
    sum.far = kink + 60 * it->service / it->servers;
    while (density(sum.far, it) > 1e-20 * GSL_MAX_DBL(1, density(kink, it)))
        sum.far *= 1.5;
    to = GSL_MIN_DBL(to, sum.far);
    sum.all = integral(density, it, kink, to, work);
    sum.wait = integral(wait_density, it, kink, to, work);
    sum.served = integral(served_density, it, kink, to, work);
    sum.served_wait = integral(served_wait_density, it, kink, to, work);
    gsl_integration_workspace_free(it->inner);
    gsl_integration_workspace_free(work);
    return sum;
}

struct queue_impatient queue_mmcg(double rate, double service, unsigned servers,
                                  const struct queue_patience *patience)
{
    struct impatient it = {rate, service, servers, patience, NULL};
    struct offered sum = offer(&it, INFINITY);
    double idle = idle_term(&it);
    double all = idle + rate * sum.all;
    double served = (idle + rate * sum.served) / all;
    struct queue_impatient out = {
        .waits = rate * sum.all / all,
        .gives_up = 1 - served,
        .wait = rate * sum.wait / all,
        .wait_served = rate * sum.served_wait / all / served,
    };

    return out;
}

double queue_mmcg_served_within(double rate, double service, unsigned servers,
                                const struct queue_patience *patience,
                                double time)
{
    struct impatient it = {rate, service, servers, patience, NULL};
    double idle = idle_term(&it);
    double all = offer(&it, INFINITY).served;

    return (idle + rate * offer(&it, time).served) / (idle + rate * all);
}

/* ---- priorities ---- */

#define CLASSES_MAX 16

static double cobham(double left, const double *rate, const double *mean,
                     double servers, size_t k)
{
    double before = 0;

    for (size_t i = 0; i < k; i++)
        before += rate[i] * mean[i] / servers;
    return left / ((1 - before) * (1 - before - rate[k] * mean[k] / servers));
}

double queue_cobham_mg1(const double *rate, const double *mean,
                        const double *second, size_t classes, size_t k)
{
    double left = 0;

    for (size_t i = 0; i < classes; i++)
        left += rate[i] * second[i] / 2;
    return cobham(left, rate, mean, 1, k);
}

double queue_cobham_mmc(const double *rate, size_t classes, double stay,
                        unsigned servers, size_t k)
{
    double mean[CLASSES_MAX] = {0}, load = 0;

    for (size_t i = 0; i < classes && i < CLASSES_MAX; i++) {
        mean[i] = stay;
        load += rate[i] * stay;
    }
    return cobham(queue_erlang_c(load, servers) * stay / servers, rate, mean,
                  servers, k);
}
