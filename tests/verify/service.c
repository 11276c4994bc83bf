/*
 * The truths of coverage.yaml. A person is well, ill, in crisis or has left, a
 * chain in continuous time: p(t) = p(0) exp(Q t) (e.g. Norris 1997, theorem
 * 2.1.1). People come as a Poisson process, so who came when is uniform.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_integration.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <math.h>

#include "tests/support.h"
#include "tests/verify/studies.h"

enum { WELL, ILL, CRISIS, LEFT, STATES };

#define VISIT_AT 0.75 /* 18:00, in days */
#define EXACT 1e-10   /* relative error of an integral */

struct service service_as_written(void)
{
    return (struct service){.referrals = 0.5,
                            .to_ill = 0.05,
                            .to_well = 0.1,
                            .to_crisis = 0.04,
                            .leaves = 0.03,
                            .ill_first = 0.3,
                            .missed_well = 0.05,
                            .missed_ill = 0.7,
                            .period = 42};
}

/* Chances of the states `days` after referral. */
static void chances(const struct service *s, double days, double p[STATES])
{
    double rate[STATES][STATES] = {
        [WELL] = {-s->to_ill - s->leaves, s->to_ill, 0, s->leaves},
        [ILL] = {s->to_well, -s->to_well - s->to_crisis - s->leaves,
                 s->to_crisis, s->leaves}};
    const double first[STATES] = {1 - s->ill_first, s->ill_first, 0, 0};
    double out[STATES][STATES];
    gsl_matrix_view q = gsl_matrix_view_array(&rate[0][0], STATES, STATES);
    gsl_matrix_view e = gsl_matrix_view_array(&out[0][0], STATES, STATES);

    gsl_matrix_scale(&q.matrix, days);
    assert_int_equal(
        gsl_linalg_exponential_ss(&q.matrix, &e.matrix, GSL_PREC_DOUBLE), 0);
    for (int j = 0; j < STATES; j++) {
        p[j] = 0;
        for (int i = 0; i < STATES; i++)
            p[j] += first[i] * out[i][j];
    }
}

static double integral(double (*f)(double, void *), const void *context,
                       double from, double to)
{
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(1000);
    gsl_function function = {f, (void *)(uintptr_t)context};
    double value, error;

    assert_non_null(space);
    assert_int_equal(gsl_integration_qag(&function, from, to, 0, EXACT, 1000,
                                         GSL_INTEG_GAUSS31, space, &value,
                                         &error),
                     0);
    gsl_integration_workspace_free(space);
    return value;
}

static double there(double days, void *context)
{
    const struct service *s = context;
    double p[STATES];

    chances(s, days, p);
    return (1 - days / s->period) * (p[WELL] + p[ILL]);
}

/* From empty: E people at t = r x integral of S from 0 to t (M/G/infinity), and
 * its mean over the period by changing the order of the integrals. */
double service_occupancy(const struct service *service)
{
    return service->referrals * integral(there, service, 0, service->period);
}

static double due(double days, void *context)
{
    double p[STATES];

    chances(context, days, p);
    return p[WELL] + p[ILL];
}

static double missed(double days, void *context)
{
    const struct service *s = context;
    double p[STATES];

    chances(s, days, p);
    return s->missed_well * p[WELL] + s->missed_ill * p[ILL];
}

/*
 * Twice a week are days 0 and 3 of each week of the plan, whose day 0 is the
 * day after referral, at 18:00: on plan day d, who was referred at the time v
 * of a day has been there for d + 1 + 0.75 - v days, v uniform. Of the days of
 * referral, period - 1 - d leave time for it.
 */
double service_not_attended(const struct service *service)
{
    double sum = 0, all = 0;

    for (int d = 0; d + 1 < service->period; d++) {
        double days = service->period - 1 - d, from = d + VISIT_AT;

        if (d % 7 != 0 && d % 7 != 3)
            continue;
        sum += days * integral(missed, service, from, from + 1);
        all += days * integral(due, service, from, from + 1);
    }
    return sum / all;
}

double service_crisis_within(const struct service *service, double days)
{
    double p[STATES];

    chances(service, days, p);
    return p[CRISIS];
}
