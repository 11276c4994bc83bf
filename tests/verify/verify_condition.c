/*
 * The condition against closed forms: one change, to a crisis, under every
 * factor of its hazard. What happens by day d has the probability 1 - S(d), and
 * S follows from the cumulative hazard alone.
 * The hazards below are written from the definitions (docs/scenario.md,
 * "conditions"), not from the program.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>

#include "tests/verify/verify.h"

#define BASE 0.01      /* of condition.yaml, a day */
#define SEEN_BASE 0.02 /* of condition-contacts.yaml */
#define SETTINGS 8
#define DAYS 4
#define HOURS_A_DAY 24
#define SECOND_STEP 20.0 /* days after entry, condition.yaml */

/* ---- factors of a hazard ---- */

/* 1 + (times - 1) 2^(-t/half): what fades by halves since its moment. */
static double faded(double times, double half, double t)
{
    return t < 0 ? 1 : 1 + (times - 1) * exp2(-t / half);
}

static double moved_sharply(double t)
{
    return BASE * faded(6, 3, t);
}

static double moved_mildly(double t)
{
    return BASE * faded(2, 30, t);
}

static double moved_safely(double t)
{
    return BASE * faded(0.2, 14, t);
}

static double advanced(double t)
{
    return BASE * faded(4, 10, t - SECOND_STEP);
}

/* In another level, whose effect is 1.5, from day 20 on. */
static double moved_twice(double t)
{
    return t < SECOND_STEP ? BASE * faded(6, 3, t)
                           : 1.5 * BASE * faded(6, 3, t - SECOND_STEP);
}

static double moved_and_advanced(double t)
{
    return BASE * faded(3, 5, t) * faded(4, 10, t - SECOND_STEP);
}

/* "18:00-23:00": 3, "23:00-02:00": 2, "06:00-12:00": 0.25. */
static double of_hour(double t)
{
    double hour = HOURS_A_DAY * (t - floor(t));

    if (hour >= 18 && hour < 23)
        return 3;
    if (hour >= 23 || hour < 2)
        return 2;
    return hour >= 6 && hour < 12 ? 0.25 : 1;
}

static double by_hour(double t)
{
    return BASE * of_hour(t);
}

/* Who comes at 18:00 has the rest of that day before them. */
static double by_hour_from_evening(double t)
{
    return BASE * of_hour(t + 0.75);
}

static double constant(double t)
{
    (void)t;
    return BASE;
}

/* ---- contacts ---- */

/* Whether a day of the plan (from 0) has a contact, of what effect. */
typedef double schedule(int day);

static double daily_then_twice_weekly(int day)
{
    int of_week = (day - 14) % 7;

    if (day < 14)
        return 1;
    /* floor(7i/2) for i = 0, 1. */
    return of_week == 0 || of_week == 3 ? 1 : 0;
}

/* Calls (30%) every day; a visit on every second. */
static double visits_among_calls(int day)
{
    return day % 2 == 0 ? 1 : 0.3;
}

/* 1 - p (1 - times) 2^(-s/half), s since the last contact; p what it gives, or
 * what is left of the one before, if that is more. Contacts are at noon. */
static double protected_by(schedule *gives, double times, double half, double t)
{
    double left = 0, since = 0;

    for (int day = 0; day + 0.5 <= t; day++) {
        double now = left * exp2(-(day + 0.5 - since) / half);
        if (gives(day) <= 0)
            continue;
        left = fmax(now, gives(day));
        since = day + 0.5;
    }
    return 1 - left * (1 - times) * exp2(-(t - since) / half);
}

static double seen_less_and_less(double t)
{
    return SEEN_BASE * protected_by(daily_then_twice_weekly, 0.2, 2, t);
}

static double seen_for_long(double t)
{
    return SEEN_BASE * protected_by(daily_then_twice_weekly, 0.5, 14, t);
}

static double seen_and_called(double t)
{
    return SEEN_BASE * protected_by(visits_among_calls, 0, 1, t);
}

static double all_at_once(double t)
{
    return SEEN_BASE * 1.3 * 0.9 * faded(3, 5, t) * faded(2, 4, t - 14) *
           of_hour(t) * protected_by(daily_then_twice_weekly, 0.2, 2, t);
}

/* ---- from hazard to share ---- */

/*
 * The integral of `hazard` over [0, days], by 8-point Gauss-Legendre quadrature
 * on every half hour: between these moments no factor has a jump, and the
 * fastest fade halves in a day, so the error is far below 1e-12.
 */
static double integral(double (*hazard)(double), double days)
{
    const int pieces = (int)lround(2 * HOURS_A_DAY * days);
    gsl_integration_glfixed_table *table =
        gsl_integration_glfixed_table_alloc(8);
    double sum = 0;

    assert_non_null(table);
    for (int i = 0; i < pieces; i++)
        for (size_t k = 0; k < 8; k++) {
            double at, weight;
            gsl_integration_glfixed_point(days * i / pieces,
                                          days * (i + 1) / pieces, k, &at,
                                          &weight, table);
            sum += weight * hazard(at);
        }
    gsl_integration_glfixed_table_free(table);
    return sum;
}

/* One change, under one hazard. */
struct course {
    const char *name, *file;
    const char *setting[SETTINGS];
    double (*hazard)(double days);
    double cv; /* of the factor that differs between people */
    int day[DAYS];
    uint32_t quick, full;
};

#define PLAIN "condition.yaml"
#define SEEN "condition-contacts.yaml"
#define RUNS 20, 400
#define RUNS_SEEN 20, 300
#define SPACED                                                                 \
    {                                                                          \
        10, 30, 60, 90                                                         \
    }
#define SHORT                                                                  \
    {                                                                          \
        7, 14, 30                                                              \
    }
#define IN(path, text) "conditions.course." path "=" text
#define HOURS_PROFILE                                                          \
    IN("hours",                                                                \
       "{\"18:00-23:00\": 3, \"23:00-02:00\": 2, \"06:00-12:00\": 0.25}")

static const struct course courses[] = {
    {"a constant hazard", PLAIN, {NULL}, constant, 0, SPACED, RUNS},
    {"a hazard six times as high after a move, half of it gone after 3 days",
     PLAIN,
     {IN("after_move", "{times: 6, half_gone_after: 3 days}")},
     moved_sharply,
     0,
     SPACED,
     RUNS},
    {"twice as high after a move, half of it gone after 30 days",
     PLAIN,
     {IN("after_move", "{times: 2, half_gone_after: 30 days}")},
     moved_mildly,
     0,
     SPACED,
     RUNS},
    {"a fifth as high after a move",
     PLAIN,
     {IN("after_move", "{times: 0.2, half_gone_after: 14 days}")},
     moved_safely,
     0,
     {30, 60, 90},
     RUNS},
    {"four times as high after an advance of the plan on day 20",
     PLAIN,
     {IN("after_advance", "{times: 4, half_gone_after: 10 days}")},
     advanced,
     0,
     SPACED,
     RUNS},
    {"after a move and after an advance",
     PLAIN,
     {IN("after_move", "{times: 3, half_gone_after: 5 days}"),
      IN("after_advance", "{times: 4, half_gone_after: 10 days}")},
     moved_and_advanced,
     0,
     SPACED,
     RUNS},
    {"an hour-of-day profile, for people who come at midnight",
     PLAIN,
     {HOURS_PROFILE},
     by_hour,
     0,
     SPACED,
     RUNS},
    {"the same for people who come at 18:00",
     PLAIN,
     {HOURS_PROFILE, "cohorts.people.referrals.hours=17:59-18:00"},
     by_hour_from_evening,
     0,
     SPACED,
     RUNS},
    {"people differ by a Gamma factor of cv 0.5",
     PLAIN,
     {IN("varies_between_people", "0.5")},
     constant,
     0.5,
     SPACED,
     RUNS},
    {"by one of cv 1",
     PLAIN,
     {IN("varies_between_people", "1")},
     constant,
     1,
     SPACED,
     RUNS},
    {"by one of cv 2.5, after a move",
     PLAIN,
     {IN("varies_between_people", "2.5"),
      IN("after_move", "{times: 6, half_gone_after: 3 days}")},
     moved_sharply,
     2.5,
     SPACED,
     RUNS},
    {"contacts every day for 14 days, then twice a week",
     SEEN,
     {NULL},
     seen_less_and_less,
     0,
     {14, 30},
     RUNS_SEEN},
    {"contacts whose effect lasts",
     SEEN,
     {IN("after_contact", "{times: 0.5, half_gone_after: 14 days}")},
     seen_for_long,
     0,
     SHORT,
     RUNS_SEEN},
    {"a weaker contact does not undo what is left of a stronger one",
     SEEN,
     {IN("after_contact", "{times: 0, half_gone_after: 1 day}"),
      "plans.course.steps.first={for: 14 days, contacts: {visit: every 2 days, "
      "call: day 2 4 6 8 10 12 14}}",
      "plans.course.steps.second=null"},
     seen_and_called,
     0,
     {14},
     RUNS_SEEN},
    {"move, advance, hours, contacts, cohort, level and person together",
     SEEN,
     {IN("after_move", "{times: 3, half_gone_after: 5 days}"),
      IN("after_advance", "{times: 2, half_gone_after: 4 days}"), HOURS_PROFILE,
      IN("varies_between_people", "0.7"), "cohorts.people.worsening=1.3",
      "levels.home.effect.worsening=0.9"},
     all_at_once,
     0.7,
     SHORT,
     RUNS_SEEN},
    {"after a move, and after another on day 20",
     "condition-levels.yaml",
     {IN("after_move", "{times: 6, half_gone_after: 3 days}"),
      "levels.home.effect.worsening=1.5"},
     moved_twice,
     0,
     SPACED,
     RUNS},
};

/* The share in a crisis by `days`, its hazard `times` as high throughout; with
 * a Gamma factor of mean 1 by its Laplace transform. */
static double share_by(const struct course *c, double times, double days)
{
    double total = times * integral(c->hazard, days);
    double variance = c->cv * c->cv;

    if (c->cv == 0)
        return -expm1(-total);
    return 1 - pow(1 + variance * total, -1 / variance);
}

static const char *source_of(const struct course *c)
{
    if (c->cv > 0)
        return "1 - (1 + v H)^(-1/v), v = cv^2, H the cumulative hazard "
               "(Aalen, Borgan and Gjessing 2008, section 6.2)";
    return "1 - exp(-H), H the hazard's integral (Gauss-Legendre)";
}

static struct verify_at crisis_by(int day)
{
    return (struct verify_at){
        .id = "crisis", .list = "curves", .point = (size_t)day};
}

static void declare_course(struct verify *verify, const struct course *c)
{
    char quantity[64];
    int day = 0;

    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = c->file,
                                              .setting = c->setting,
                                              .quick = c->quick,
                                              .full = c->full});
    for (size_t i = 0; i < DAYS && c->day[i] > 0; i++) {
        day = c->day[i];
        snprintf(quantity, sizeof quantity, "in a crisis by day %d", day);
        verify_near(verify, quantity, crisis_by(day), share_by(c, 1, day),
                    source_of(c));
    }
    snprintf(quantity, sizeof quantity, "in a crisis by day %d", day);
    /* Where people differ much, less is seen of what all have in common. */
    if (c->cv > 1)
        verify_control(verify, quantity, crisis_by(day), share_by(c, 1.3, day),
                       "a hazard 30% too high");
    else
        verify_control(verify, quantity, crisis_by(day), share_by(c, 1.1, day),
                       "a hazard 10% too high");
}

/* ---- a wrong setting ---- */

static void declare_wrong_setting(struct verify *verify)
{
    static const char *const setting[] = {
        "conditions.course.changes.well to crisis=0.0105/day", NULL};

    verify_case(verify, &(struct verify_case){.name = "a scenario 5% off",
                                              .file = PLAIN,
                                              .setting = setting,
                                              .quick = 60,
                                              .full = 400});
    verify_control(verify, "in a crisis by day 90", crisis_by(90),
                   -expm1(-BASE * 90),
                   "the scenario's hazard is 5% above the truth's");
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        .name = "condition",
        .order = 20,
        .title = "The condition: one change",
        .about =
            "People become worse at a base rate times everything that acts on "
            "it: a "
            "move, an advance, contacts, the hour of day, the person, the "
            "cohort and the level. Where there is one change, the share in a "
            "crisis by a day follows from the integral of that hazard."});

    for (size_t i = 0; i < LENGTH(courses); i++)
        declare_course(verify, &courses[i]);
    declare_wrong_setting(verify);
    return verify_finish(verify);
}
