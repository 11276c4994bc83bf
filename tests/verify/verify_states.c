/*
 * The condition as a Markov chain: several states, changes both ways, and what
 * multiplies them. Shares are p exp(Q t) with the generator Q of the scenario;
 * where rates change with time, Kolmogorov's forward equations are solved
 * numerically. Generators are built from the figures in tests/verify/scenarios,
 * by the definitions in docs/scenario.md.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_sf_gamma.h>

#include "tests/verify/rates.h"
#include "tests/verify/verify.h"

#define CRISIS 5 /* states.yaml: the states before it are 0 to 4 */
#define STATES 6

static const char *const state_name[] = {"settled", "unsettled", "warning",
                                         "deteriorating", "severe"};
static const double begin[STATES] = {0.10, 0.25, 0.40, 0.20, 0.05, 0};

static const struct {
    int from, to;
    double rate;
} change[] = {{0, 1, 0.04}, {1, 0, 0.10}, {1, 2, 0.06},     {1, CRISIS, 0.004},
              {2, 1, 0.08}, {2, 3, 0.05}, {2, 4, 0.01},     {3, 2, 0.07},
              {3, 4, 0.06}, {4, 3, 0.08}, {4, CRISIS, 0.10}};

/* ---- the chain of states.yaml ---- */

/* The chain of states.yaml, changes for the worse and for the better each by
 * their factor. */
static struct rates chain_of(double worse, double better)
{
    struct rates chain = {.states = STATES};

    for (size_t i = 0; i < LENGTH(change); i++)
        chain.rate[change[i].from][change[i].to] =
            change[i].rate * (change[i].to > change[i].from ? worse : better);
    return chain;
}

/* Mean days until the crisis, or until `days` have passed: the integral of the
 * shares that are left, p (exp(Q t) - 1) Q^-1 over the states before the
 * crisis (e.g. Norris 1997, sections 2.8 and 3.3). */
static double mean_days(const struct rates *chain, double days)
{
    double one[CRISIS], x[CRISIS], late[STATES], sum = 0;

    memcpy(late, begin, sizeof late);
    rates_advance(chain, days, late);
    for (size_t i = 0; i < CRISIS; i++)
        one[i] = 1;
    rates_solve(chain, 0, CRISIS, one, x);
    for (size_t i = 0; i < CRISIS; i++)
        sum += (late[i] - begin[i]) * x[i];
    return sum;
}

/* ---- checks ---- */

static const int days[] = {5, 30, 90};
#define SAY_ON(text, size, what, day)                                          \
    snprintf((text), (size), "%s on day %d", (what), (day))

static struct verify_at state_on(const char *name, int day)
{
    return POINT("curves", "state", name, (size_t)day);
}

/* A share of people, whose interval may be wider than usual where few have it:
 * 1% of a share below 1 in 50 would take millions of people. */
static void check_share(struct verify *verify, const char *quantity,
                        struct verify_at at, double truth, const char *source)
{
    verify_check(verify,
                 &(struct verify_check){.quantity = quantity,
                                        .at = at,
                                        .truth = truth,
                                        .source = source,
                                        .wide = truth < 0.02 ? "few" : NULL});
}

static void check_shares(struct verify *verify, const double *p, int day,
                         const char *source)
{
    char quantity[64];

    for (size_t i = 0; i < LENGTH(state_name); i++) {
        SAY_ON(quantity, sizeof quantity, state_name[i], day);
        check_share(verify, quantity, state_on(state_name[i], day), p[i],
                    source);
    }
    snprintf(quantity, sizeof quantity, "in a crisis by day %d", day);
    check_share(verify, quantity, POINT("curves", "crisis", NULL, (size_t)day),
                p[CRISIS], source);
}

#define EXPONENTIAL "p exp(Qt), the exponential by GSL"
#define RUNS .quick = 20, .full = 1000

static void plain_chain(struct verify *verify)
{
    struct rates chain = chain_of(1, 1), wrong = chain_of(1.05, 1);
    double p[STATES];

    verify_case(verify,
                &(struct verify_case){.name = "five states and a crisis",
                                      .file = "states.yaml",
                                      RUNS});
    for (size_t i = 0; i < LENGTH(days); i++) {
        memcpy(p, begin, sizeof p);
        rates_advance(&chain, days[i], p);
        check_shares(verify, p, days[i], EXPONENTIAL);
    }
    memcpy(p, begin, sizeof p);
    rates_advance(&wrong, 90, p);
    verify_control(verify, "in a crisis by day 90",
                   POINT("curves", "crisis", NULL, 90), p[CRISIS],
                   "everything that gets worse 5% too fast");
}

static void multiplied_chain(struct verify *verify)
{
    static const char *const setting[] = {
        "cohorts.people.worsening=1.4", "cohorts.people.improving=0.7",
        "levels.home.effect={worsening: 0.6, improving: 2}", NULL};
    struct rates chain = chain_of(1.4 * 0.6, 0.7 * 2);
    struct rates wrong = chain_of(1.4 * 0.6, 1.4 * 0.6);
    double p[STATES];

    verify_case(verify,
                &(struct verify_case){.name = "multiplied by cohort and level",
                                      .file = "states.yaml",
                                      .setting = setting,
                                      RUNS});
    for (size_t i = 0; i < LENGTH(days); i++) {
        memcpy(p, begin, sizeof p);
        rates_advance(&chain, days[i], p);
        check_shares(verify, p, days[i], EXPONENTIAL);
    }
    memcpy(p, begin, sizeof p);
    rates_advance(&wrong, 30, p);
    verify_control(verify, "settled on day 30", state_on("settled", 30), p[0],
                   "changes for the better by the factor of those for the "
                   "worse");
}

/*
 * Means over a Gamma factor z of mean 1 and shape k = 1 / cv^2 by generalised
 * Gauss-Laguerre quadrature: with x = k z the density is x^(k-1) exp(-x) /
 * Gamma(k).
 */
static void mixed(double cv, double day, double *p)
{
    const double k = 1 / (cv * cv);
    gsl_integration_fixed_workspace *points = gsl_integration_fixed_alloc(
        gsl_integration_fixed_laguerre, 48, 0, 1, k - 1, 0);
    const double *x, *weight;

    if (!points)
        abort();
    x = gsl_integration_fixed_nodes(points);
    weight = gsl_integration_fixed_weights(points);
    memset(p, 0, STATES * sizeof *p);
    for (size_t i = 0; i < 48; i++) {
        struct rates chain = chain_of(x[i] / k, 1);
        double own[STATES];

        memcpy(own, begin, sizeof own);
        rates_advance(&chain, day, own);
        for (size_t s = 0; s < STATES; s++)
            p[s] += weight[i] / gsl_sf_gamma(k) * own[s];
    }
    gsl_integration_fixed_free(points);
}

static void people_differ(struct verify *verify)
{
    static const char *const setting[] = {
        "conditions.course.varies_between_people=0.8", NULL};
    struct rates alike = chain_of(1, 1);
    double p[STATES];

    verify_case(verify, &(struct verify_case){.name = "people differ by cv 0.8",
                                              .file = "states.yaml",
                                              .setting = setting,
                                              RUNS});
    for (size_t i = 0; i < LENGTH(days); i++) {
        mixed(0.8, days[i], p);
        check_shares(verify, p, days[i],
                     "p exp(Qt), its mean over the Gamma law by "
                     "Gauss-Laguerre quadrature");
    }
    memcpy(p, begin, sizeof p);
    rates_advance(&alike, 90, p);
    verify_control(verify, "in a crisis by day 90",
                   POINT("curves", "crisis", NULL, 90), p[CRISIS],
                   "as if people were alike");
}

static void two_levels(struct verify *verify)
{
    struct rates ward = chain_of(0.2, 3), home = chain_of(1.5, 0.8);
    double p[STATES];

    verify_case(verify, &(struct verify_case){
                            .name = "20 days in a level, then another",
                            .file = "states-levels.yaml",
                            RUNS});
    for (size_t i = 0; i < LENGTH(days); i++) {
        memcpy(p, begin, sizeof p);
        rates_advance(&ward, GSL_MIN_INT(days[i], 20), p);
        rates_advance(&home, GSL_MAX_INT(days[i] - 20, 0), p);
        check_shares(verify, p, days[i], EXPONENTIAL ", one after the other");
    }
    memcpy(p, begin, sizeof p);
    rates_advance(&ward, 90, p);
    verify_control(verify, "in a crisis by day 90",
                   POINT("curves", "crisis", NULL, 90), p[CRISIS],
                   "as if they stayed on the ward");
}

static void two_cohorts(struct verify *verify)
{
    static const struct {
        const char *name;
        double worse, better;
    } cohort[] = {{"people", 0.8, 1.1}, {"others", 2, 0.5}};
    double by_90[2];

    verify_case(verify, &(struct verify_case){.name = "two cohorts",
                                              .file = "states-cohorts.yaml",
                                              RUNS});
    for (size_t i = 0; i < LENGTH(cohort); i++) {
        struct rates chain = chain_of(cohort[i].worse, cohort[i].better);
        double p[STATES];
        char quantity[64];

        memcpy(p, begin, sizeof p);
        rates_advance(&chain, 30, p);
        snprintf(quantity, sizeof quantity, "in a crisis by day 30, %s",
                 cohort[i].name);
        verify_near(verify, quantity,
                    PART("crisis_within_30_days", "cohort", cohort[i].name),
                    p[CRISIS], EXPONENTIAL);
        rates_advance(&chain, 60, p);
        snprintf(quantity, sizeof quantity, "in a crisis by day 90, %s",
                 cohort[i].name);
        verify_near(verify, quantity,
                    PART("crisis_within_90_days", "cohort", cohort[i].name),
                    p[CRISIS], EXPONENTIAL);
        by_90[i] = p[CRISIS];
    }
    verify_near(verify, "in a crisis by day 90, both",
                WHOLE("crisis_within_90_days"),
                0.75 * by_90[0] + 0.25 * by_90[1],
                EXPONENTIAL ", three of the one to one of the other");
    verify_control(verify, "in a crisis by day 90, both",
                   WHOLE("crisis_within_90_days"),
                   0.5 * by_90[0] + 0.5 * by_90[1], "as many of each");
}

/* ---- absorption ---- */

/* Nobody leaves the first state: they are settled or have a crisis in the end,
 * but for one in 10,000 by day 90, eight times as fast as states.yaml. */
static void settled_or_crisis(struct verify *verify)
{
    static const char *const setting[] = {
        "conditions.course.changes.settled to unsettled=0/day",
        "cohorts.people.worsening=8", "cohorts.people.improving=8", NULL};
    struct rates chain = chain_of(8, 8);
    double rate[CRISIS - 1], hits[CRISIS - 1], truth = 0;

    chain.rate[0][1] = 0;
    for (size_t i = 1; i < CRISIS; i++)
        rate[i - 1] = -chain.rate[i][CRISIS];
    rates_solve(&chain, 1, CRISIS - 1, rate, hits);
    for (size_t i = 1; i < CRISIS; i++)
        truth += begin[i] * hits[i - 1];
    verify_case(verify,
                &(struct verify_case){.name = "settled for good, or a crisis",
                                      .file = "states.yaml",
                                      .setting = setting,
                                      RUNS});
    verify_near(verify, "have a crisis in the end",
                WHOLE("crisis_within_90_days"), truth,
                "-Q^-1 r, the probability of absorption (Norris 1997, section "
                "3.3)");
    verify_near(verify, "are settled in the end", state_on("settled", 90),
                1 - truth, "the rest");
    verify_control(verify, "have a crisis in the end",
                   WHOLE("crisis_within_90_days"), truth / 0.9,
                   "as if nobody began settled");
}

/* Who waits outside has neither the level's effect nor any of a move, and comes
 * in when settled. No crises, and all waits over within 400 days. */
static void waiting_outside(struct verify *verify)
{
    static const char *const setting[] = {
        "levels.home.accepts_if=settled",
        "levels.home.effect={worsening: 0.2, improving: 4}",
        "conditions.course.after_move={times: 9, half_gone_after: 20 days}",
        "cohorts.people.improving=2",
        "conditions.course.changes.severe to crisis=0/day",
        "conditions.course.changes.unsettled to crisis=0/day",
        "calendar.run_on=400 days",
        NULL};
    struct rates outside = chain_of(1, 2), inside = chain_of(0.2, 8);
    double right[CRISIS - 1], wait[CRISIS - 1], truth[2] = {0, 0};

    for (size_t i = 0; i < CRISIS - 1; i++)
        right[i] = -1;
    for (int in = 0; in < 2; in++) {
        struct rates *chain = in ? &inside : &outside;
        chain->rate[1][CRISIS] = chain->rate[4][CRISIS] = 0;
        rates_solve(chain, 1, CRISIS - 1, right, wait);
        for (size_t i = 1; i < CRISIS; i++)
            truth[in] += begin[i] * wait[i - 1];
    }
    verify_case(verify,
                &(struct verify_case){.name = "waiting outside until settled",
                                      .file = "states.yaml",
                                      .setting = setting,
                                      .quick = 20,
                                      .full = 120});
    verify_near(verify, "days of wait", WHOLE("wait_days"), truth[0],
                "-Q^-1 1, the mean time to the first state (Norris 1997, "
                "section 3.3)");
    verify_near(verify, "had to wait", WHOLE("waited"), 1 - begin[0],
                "who did not begin settled");
    verify_control(verify, "days of wait", WHOLE("wait_days"), truth[1],
                   "as if the level's effect held while they waited");
}

#define LONG 200 /* days of the plan */

static void time_to_crisis(struct verify *verify)
{
    static const struct {
        const char *name;
        const char *setting[6];
        double worse, better;
    } times[] = {
        {"time to a crisis", {NULL}, 1, 1},
        {"time to a crisis, multiplied",
         {"cohorts.people.worsening=1.5", "cohorts.people.improving=0.5",
          "levels.home.effect={worsening: 2, improving: 0.9}"},
         3,
         0.45},
    };

    for (size_t i = 0; i < LENGTH(times); i++) {
        struct rates chain = chain_of(times[i].worse, times[i].better);
        const char *setting[] = {"plans.course.steps.second.for=180 days",
                                 "calendar.run_on=201 days",
                                 times[i].setting[0],
                                 times[i].setting[1],
                                 times[i].setting[2],
                                 NULL};

        verify_case(verify, &(struct verify_case){.name = times[i].name,
                                                  .file = "states.yaml",
                                                  .setting = setting,
                                                  .quick = 20,
                                                  .full = 100});
        verify_near(verify, "mean days to the crisis, or 200",
                    WHOLE("stay_days"), mean_days(&chain, LONG),
                    "p (exp(Qt) - 1) Q^-1 (Norris 1997, section 2.8)");
        verify_control(verify, "mean days to the crisis, or 200",
                       WHOLE("stay_days"), mean_days(&chain, LONG) * 1.05,
                       "5% longer");
    }
}

/* ---- crises that people stay through ---- */

/* After a crisis, 40% leave, 30% settle to the state before the last, and 30%
 * stay in it. */
static void crises_are_survived(struct verify *verify)
{
    static const char *const setting[] = {
        "responses.crisis.one_of={gone: {chance: 40%, then: leave}, settles: "
        "{chance: 30%, then: settle 100%}, stays: {chance: 30%, then: record "
        "stayed}}",
        "calendar.warm_up=92 days", NULL};
    struct rates chain = chain_of(1, 1);
    double p[STATES], leaves = 0, crises;
    const double quick = chain.rate[1][CRISIS], last = chain.rate[4][CRISIS];

    /* The last column is now "left after a crisis". */
    chain.rate[1][CRISIS] = 0.4 * quick;
    chain.rate[1][3] += 0.3 * quick;
    chain.rate[1][4] += 0.3 * quick;
    chain.rate[4][CRISIS] = 0.4 * last;
    chain.rate[4][3] += 0.3 * last;
    verify_case(verify,
                &(struct verify_case){.name = "crises that people stay through",
                                      .file = "states.yaml",
                                      .setting = setting,
                                      .quick = 20,
                                      .full = 700});
    for (size_t i = 0; i < LENGTH(days); i++) {
        char quantity[64];

        memcpy(p, begin, sizeof p);
        rates_advance(&chain, days[i], p);
        for (size_t s = 0; s < LENGTH(state_name); s++) {
            SAY_ON(quantity, sizeof quantity, state_name[s], days[i]);
            check_share(verify, quantity, state_on(state_name[s], days[i]),
                        p[s], EXPONENTIAL);
        }
        SAY_ON(quantity, sizeof quantity, "left after a crisis", days[i]);
        check_share(verify, quantity, state_on("left after a crisis", days[i]),
                    p[CRISIS], EXPONENTIAL);
    }
    /* All who leave before the plan ends do so at 4 crises in 10. */
    memcpy(p, begin, sizeof p);
    rates_advance(&chain, 92, p);
    leaves = p[CRISIS];
    crises = leaves / 0.4;
    verify_near(verify, "crises a week", WHOLE("crises"), 7 * 10 * crises,
                "people a week, times those who leave after a crisis, over "
                "their 40%");
    verify_control(verify, "crises a week", WHOLE("crises"), 7 * 10 * leaves,
                   "one crisis each");
}

/* ---- rates that change with time ---- */

/* Factors of states-contacts.yaml at `t` days since entry. */
static double worse_at(double t, double since_contact, bool seen)
{
    double hour = 24 * (t - floor(t));
    double factor = 1 + (3 - 1) * exp2(-t / 5);

    if (t >= 14)
        factor *= 1 + (2 - 1) * exp2(-(t - 14) / 4);
    if (seen)
        factor *= 1 - 0.8 * (1 - 0.3) * exp2(-since_contact / 2);
    if (hour >= 18 && hour < 23)
        factor *= 2;
    return hour >= 2 && hour < 8 ? 0.5 * factor : factor;
}

static double better_at(double since_contact, bool seen)
{
    return seen ? 1 + 0.8 * (3 - 1) * exp2(-since_contact / 2) : 1;
}

/* The last contact before a piece of time, and that piece's middle, by which
 * its hour is known: the solver may ask at its very ends. */
struct moment {
    double contact, middle;
    bool seen, ignored; /* ignored: a control that leaves contacts out */
};

static int forward(double t, const double p[], double slope[], void *context)
{
    const struct moment *m = context;
    double inside =
        fmin(fmax(t, m->middle - 0.4999 / 24), m->middle + 0.4999 / 24);
    bool seen = m->seen && !m->ignored;
    struct rates chain = chain_of(worse_at(inside, t - m->contact, seen),
                                  better_at(t - m->contact, seen));

    for (size_t i = 0; i < STATES; i++) {
        slope[i] = -p[i] * rates_leaving(&chain, i);
        for (size_t j = 0; j < STATES; j++)
            slope[i] += p[j] * chain.rate[j][i];
    }
    return GSL_SUCCESS;
}

/* Whether a day of the plan has its contact. */
static bool seen_on(int day)
{
    return day < 14 || (day - 14) % 7 == 0 || (day - 14) % 7 == 3;
}

/* Hour by hour, as no factor jumps inside an hour (contacts are at noon). */
static void solve(int until, bool ignored, double *p)
{
    struct moment m = {.ignored = ignored};
    gsl_odeiv2_system system = {forward, NULL, STATES, &m};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, 1e-3, 1e-12, 1e-12);

    if (!driver)
        abort();
    memcpy(p, begin, sizeof begin);
    for (int hour = 0; hour < 24 * until; hour++) {
        double t = hour / 24.0;

        if (hour % 24 == 12 && seen_on(hour / 24)) {
            m.seen = true;
            m.contact = t;
        }
        m.middle = (hour + 0.5) / 24;
        gsl_odeiv2_driver_reset(driver);
        if (gsl_odeiv2_driver_apply(driver, &t, (hour + 1) / 24.0, p) !=
            GSL_SUCCESS)
            abort();
    }
    gsl_odeiv2_driver_free(driver);
}

static void rates_change(struct verify *verify)
{
    static const int on[] = {7, 14, 30};
    double p[STATES];

    verify_case(verify, &(struct verify_case){
                            .name = "after a move, an advance and contacts, by "
                                    "hour",
                            .file = "states-contacts.yaml",
                            .quick = 20,
                            .full = 850});
    for (size_t i = 0; i < LENGTH(on); i++) {
        solve(on[i], false, p);
        check_shares(verify, p, on[i],
                     "Kolmogorov's forward equations (GSL, rk8pd)");
    }
    solve(30, true, p);
    verify_control(verify, "in a crisis by day 30",
                   POINT("curves", "crisis", NULL, 30), p[CRISIS],
                   "as if contacts did nothing");
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        .name = "states",
        .order = 25,
        .title = "The condition: several states",
        .about =
            "With several states the condition is a Markov chain as long as "
            "its rates are constant: shares of people, the probability of a "
            "crisis in the end and the mean time to it follow from its "
            "generator. Where rates change with time, the truth is a "
            "numerical solution of Kolmogorov's forward equations."});

    plain_chain(verify);
    multiplied_chain(verify);
    people_differ(verify);
    two_levels(verify);
    two_cohorts(verify);
    settled_or_crisis(verify);
    waiting_outside(verify);
    time_to_crisis(verify);
    crises_are_survived(verify);
    rates_change(verify);
    return verify_finish(verify);
}
