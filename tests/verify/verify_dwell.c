/*
 * Times in a state: dwell distributions in place of rates, alone and with what
 * multiplies their hazard, two that compete, and two in turn.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "tests/verify/verify.h"

#define PLAIN "condition.yaml"
#define SETTINGS 8
#define DAYS 4

static double integrated(double (*f)(double, void *), double days)
{
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    gsl_function function = {f, &days};
    double sum, error;

    assert_non_null(space);
    assert_int_equal(gsl_integration_qag(&function, 0, days, 1e-10, 1e-10, 200,
                                         GSL_INTEG_GAUSS31, space, &sum,
                                         &error),
                     0);
    gsl_integration_workspace_free(space);
    return sum;
}

/* ---- dwell distributions ---- */

/* -log S of a Weibull, to the power of cohort x level. */
static double early_dwell(double days)
{
    return 1.5 * 2 * pow(days / 300, 0.7);
}

static double late_dwell(double days)
{
    return 0.5 * pow(days / 60, 2.5);
}

static double wide_dwell(double days)
{
    return pow(days / 60, 1.4);
}

/* Mean 40 days, sd 20: shape 4, scale 10. */
static double gamma_dwell(double days)
{
    return -0.6 * log(gsl_cdf_gamma_Q(days, 4, 10));
}

/* Median 50 days, 9 in 10 by 150 days; four times as bad after the move, half
 * of it gone after 7 days. */
static double lognormal_hazard(double t, void *unused)
{
    double sigma = log(3) / gsl_cdf_ugaussian_Pinv(0.9);

    (void)unused;
    if (t <= 0)
        return 0;
    return (1 + (4 - 1) * exp2(-t / 7)) *
           gsl_ran_lognormal_pdf(t, log(50), sigma) /
           gsl_cdf_lognormal_Q(t, log(50), sigma);
}

static double moved_lognormal(double days)
{
    return integrated(lognormal_hazard, days);
}

/* ---- one change ---- */

struct dwell {
    const char *name;
    const char *setting[SETTINGS];
    double (*cumulative)(double days); /* hazard */
    double cv; /* of the factor that differs between people */
    int day[DAYS];
};

#define SPACED                                                                 \
    {                                                                          \
        10, 30, 60, 90                                                         \
    }
#define IN(path, text) "conditions.course." path "=" text
#define DWELL(text)                                                            \
    IN("changes.well to crisis", "null"),                                      \
        IN("changes.well to crisis", "{dwell: '" text "'}")

static const struct dwell dwells[] = {
    {"a Weibull dwell of shape 0.7, its hazard three times as high",
     {DWELL("weibull(shape 0.7, scale 300 days)"),
      "cohorts.people.worsening=1.5", "levels.home.effect.worsening=2"},
     early_dwell,
     0,
     SPACED},
    {"a Weibull dwell of shape 2.5, its hazard half as high",
     {DWELL("weibull(shape 2.5, scale 60 days)"),
      "levels.home.effect.worsening=0.5"},
     late_dwell,
     0,
     {30, 60, 90}},
    {"a Weibull dwell of shape 1.4 in people who differ by cv 0.8",
     {DWELL("weibull(shape 1.4, scale 60 days)"),
      IN("varies_between_people", "0.8")},
     wide_dwell,
     0.8,
     SPACED},
    {"a gamma dwell, its hazard six tenths",
     {DWELL("gamma(mean 40 days, sd 20 days)"), "cohorts.people.worsening=0.6"},
     gamma_dwell,
     0,
     {30, 60, 90}},
    {"a lognormal dwell, its hazard four times as high after a move",
     {DWELL("lognormal(median 50 days, p90 150 days)"),
      IN("after_move", "{times: 4, half_gone_after: 7 days}")},
     moved_lognormal,
     0,
     {30, 60, 90}},
};

/* The share in a crisis by `days`, its hazard `times` as high throughout; with
 * a Gamma factor of mean 1 by its Laplace transform. */
static double share_by(const struct dwell *c, double times, double days)
{
    double total = times * c->cumulative(days), variance = c->cv * c->cv;

    if (c->cv == 0)
        return -expm1(-total);
    return 1 - pow(1 + variance * total, -1 / variance);
}

static struct verify_at crisis_by(int day)
{
    return POINT("curves", "crisis", NULL, (size_t)day);
}

static void declare_dwell(struct verify *verify, const struct dwell *c)
{
    char quantity[64];
    int day = 0;

    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = PLAIN,
                                              .setting = c->setting,
                                              .quick = 20,
                                              .full = 400});
    for (size_t i = 0; i < DAYS && c->day[i] > 0; i++) {
        day = c->day[i];
        snprintf(quantity, sizeof quantity, "in a crisis by day %d", day);
        verify_near(verify, quantity, crisis_by(day), share_by(c, 1, day),
                    c->cv > 0 ? "1 - (1 + v H)^(-1/v), H = -log S of the dwell "
                                "distribution (GSL)"
                              : "1 - S(d)^m, or with the hazard's integral "
                                "(GSL)");
    }
    snprintf(quantity, sizeof quantity, "in a crisis by day %d", day);
    verify_control(verify, quantity, crisis_by(day), share_by(c, 1.1, day),
                   "a hazard 10% too high");
}

/* ---- two changes ---- */

/* Both from the first state: to the crisis, a Weibull of scale 60 and shape
 * 1.4; to ill, where people stay, a gamma of mean 40 and sd 20. */
static double to_crisis_first(double t, void *unused)
{
    (void)unused;
    return gsl_ran_weibull_pdf(t, 60, 1.4) * gsl_cdf_gamma_Q(t, 4, 10);
}

static double to_ill_first(double t, void *unused)
{
    (void)unused;
    return gsl_ran_gamma_pdf(t, 4, 10) * gsl_cdf_weibull_Q(t, 60, 1.4);
}

/* One after the other: the gamma to ill at `t`, then the Weibull by *days. */
static double ill_then_crisis(double t, void *days)
{
    return gsl_ran_gamma_pdf(t, 4, 10) *
           gsl_cdf_weibull_P(*(double *)days - t, 60, 1.4);
}

static void declare_competing(struct verify *verify)
{
    static const char *const setting[] = {
        IN("changes", "null"),
        IN("changes", "{well to crisis: {dwell: 'weibull(shape 1.4, scale 60 "
                      "days)'}, well to ill: {dwell: 'gamma(mean 40 days, sd "
                      "20 days)'}}"),
        NULL};
    static const int days[] = {30, 60, 90};
    char quantity[64];

    verify_case(verify, &(struct verify_case){.name = "two dwell times compete",
                                              .file = PLAIN,
                                              .setting = setting,
                                              .quick = 30,
                                              .full = 400});
    for (size_t i = 0; i < LENGTH(days); i++) {
        snprintf(quantity, sizeof quantity, "in a crisis by day %d", days[i]);
        verify_near(verify, quantity, crisis_by(days[i]),
                    integrated(to_crisis_first, days[i]),
                    "the integral of one density times the other's survival "
                    "(GSL, QAG)");
        snprintf(quantity, sizeof quantity, "ill on day %d", days[i]);
        verify_near(verify, quantity,
                    (struct verify_at){.id = "state",
                                       .of = "ill",
                                       .list = "curves",
                                       .point = (size_t)days[i]},
                    integrated(to_ill_first, days[i]), "the same");
    }
    verify_control(verify, "in a crisis by day 90", crisis_by(90),
                   gsl_cdf_weibull_P(90, 60, 1.4),
                   "as if nobody became ill first (leavers censored)");
}

static void declare_in_turn(struct verify *verify)
{
    static const char *const setting[] = {
        IN("changes", "null"),
        IN("changes", "{well to ill: {dwell: 'gamma(mean 40 days, sd 20 "
                      "days)'}, ill to crisis: {dwell: 'weibull(shape 1.4, "
                      "scale 60 days)'}}"),
        NULL};
    static const int days[] = {60, 75, 90};
    char quantity[64];

    verify_case(verify, &(struct verify_case){
                            .name = "two dwell times, one after the other",
                            .file = PLAIN,
                            .setting = setting,
                            .quick = 30,
                            .full = 400});
    for (size_t i = 0; i < LENGTH(days); i++) {
        snprintf(quantity, sizeof quantity, "in a crisis by day %d", days[i]);
        verify_near(verify, quantity, crisis_by(days[i]),
                    integrated(ill_then_crisis, days[i]),
                    "the convolution of their laws (GSL, QAG)");
    }
    verify_control(verify, "in a crisis by day 90", crisis_by(90),
                   gsl_cdf_weibull_P(90, 60, 1.4) * gsl_cdf_gamma_P(90, 4, 10),
                   "as if the age in a state began at referral");
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        .name = "dwell",
        .order = 22,
        .title = "The condition: times in a state",
        .about = "In place of a rate a change may have a distribution of the "
                 "time in the state. What multiplies a rate multiplies its "
                 "hazard: with a constant factor m the chance not to have "
                 "changed is that of the distribution to the power of m."});

    for (size_t i = 0; i < LENGTH(dwells); i++)
        declare_dwell(verify, &dwells[i]);
    declare_competing(verify);
    declare_in_turn(verify);
    return verify_finish(verify);
}
