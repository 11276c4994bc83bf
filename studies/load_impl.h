#ifndef STUDIES_LOAD_IMPL_H
#define STUDIES_LOAD_IMPL_H
/*
 * What the files of the load share: sorts of people, and one visit of a level
 * followed in expectation. All memory is of one arena, released with it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/arena.h"
#include "studies/load.h"

#define LOAD_DAYS_MOST 4000    /* that anyone is followed in one level */
#define LOAD_SLOTS_MOST 20000u /* days of a plan with its repeats */
#define LOAD_TYPES_MOST 700u   /* kinds of entry of one cohort */
#define LOAD_STATES_MOST 32u   /* of a condition */
/* Of one person: a rest so small moves on at once, which shortens stays of a
 * month with many ways through by 0.3% (scenarios/crisis-house.yaml, against
 * 1e-7) and halves the time this takes. */
#define LOAD_NEGLIGIBLE 1e-4

/* Of so few in one row, what the day does is not told: they stay as they are.
 */
#define LOAD_TOO_FEW 1e-8

/* Numbers that may be touched in all, so that a strange scenario takes
 * two seconds at most; scenarios/crisis-house.yaml takes 3 million. */
#define LOAD_WORK_MOST 5e7

/* ---- staff ---- */

#define LOAD_QUARTERS 672 /* of an hour, in a week: 7 x 96 */
struct load_staff {
    const struct scenario *scenario;
    double *duty;     /* [role_count][LOAD_QUARTERS] rostered, part quarters in
                         part */
    double *rostered; /* [role_count][7] hours */
};
int load_staff_init(struct load_staff *staff, const struct scenario *scenario,
                    struct arena *arena);

/* Add the full staff time of `contacts` contacts of `kind` to `hours`
 * ([role_count][7]) on a weekday, for the roles of first choice. */
void load_staff_add(const struct load_staff *staff, uint32_t kind, int weekday,
                    double contacts, double *hours);

/* Whether somebody who does `kind` is on duty long enough for it between two
 * times of a weekday, `from` and 24:00. */
bool load_staff_cover(const struct load_staff *staff, uint32_t kind,
                      int weekday, sim_ms from);

/* Hours that team time takes of one worker of `role` on one day of `shift`,
 * begun on `weekday`, added to `hours` ([7]) times `workers`; `people`: in each
 * level. What would pass the end of the shift is not cut off here. */
struct load_team {
    uint32_t shift, role;
    int weekday;
    double workers;
    const struct load_level *level;
};
void load_team_add(const struct load_staff *staff, const struct load_team *of,
                   double *hours);

/* ---- responses ---- */

/* What becomes of someone: effects of an action or of a crisis. */
enum load_decision { LOAD_GO_ON, LOAD_STEP_BACK, LOAD_RESTART };
struct load_effect {
    double chance;
    uint32_t state; /* afterwards */
    bool repeat;    /* the step's next decision is unmet */
    enum load_decision decision;
    uint32_t to; /* level, or level_count: leaves; NONE: stays */
};
struct load_effects { /* of a response, by the state the person is in */
    struct load_effect *effect;
    uint32_t count;
};

/* Chances of effects of `response` for someone of `condition` (or NULL) in its
 * state `state`. A list's contacts take place one after the other until one
 * succeeds. */
int load_effects_make(const struct scenario *scenario, uint32_t response,
                      const struct condition *condition, uint32_t state,
                      struct arena *arena, struct load_effects *out);

/* The chance that action `action` of a response is reached: that no earlier
 * contact of the list has succeeded. */
double load_action_reached(const struct response *response, uint32_t action);

struct load_people;

/* Add what `times` lists of `response` of such people, triggered on `weekday`
 * at time of day `at`, ask of staff to `hours` ([role_count][7]). */
void load_response_add(const struct load_people *people, uint32_t response,
                       int weekday, sim_ms at, double times, double *hours);

/* Workers who go on a contact of `kind` at time of day `at`, on average, for
 * one that is asked for. */
double load_workers(const struct load_people *people, const struct kind *kind,
                    sim_ms at);

/* ---- referrals ---- */

/* People referred on each weekday of an average week of the measured period. */
void load_referrals(const struct scenario *scenario,
                    const struct referrals *referrals, double week[7]);

/* ---- people ---- */

/* Chances of change over one day, tabulated over the factor of worsening. */
struct load_days {
    uint32_t states;
    double top;   /* largest factor tabulated */
    double *cell; /* [GRID + 1][states][states + 1], the last: a crisis */
};
struct load_people { /* of one cohort and one level, of all sorts of luck */
    const struct scenario *scenario;
    const struct cohort *cohort;
    const struct condition *condition; /* or NULL */
    uint32_t states;                   /* that people can be in; at least 1 */
    uint32_t level;
    double luck;   /* of the sort at hand */
    double steady; /* all factors of worsening that do not change */
    struct load_days days;
    double *attend; /* [states] */
    double *added;  /* [concern_count][7][role_count][7] hours that a concern
                       adds when it is told on a weekday */
    struct load_effects *crisis; /* [states] by the state afterwards */
    struct arena *arena;
    const struct load_staff *staff;
};
#define LOAD_SORTS 2
/* The sorts of luck: nodes and weights of Gauss-Laguerre quadrature for a Gamma
 * of mean 1 and coefficient of variation `varies`. Returns how many. */
uint32_t load_sorts(double varies, double luck[LOAD_SORTS],
                    double weight[LOAD_SORTS]);

int load_people_init(struct load_people *people, const struct load_staff *staff,
                     uint32_t cohort, uint32_t level, struct arena *arena);

/* Average over day `day` since an event (0: the first) of a fading factor. */
double load_fade(const struct fade *fade, double day);

/* Chances [states][states + 1] of one day `day` days after entry; `extra`:
 * further factors of worsening. */
void load_people_day(const struct load_people *people, double day, double extra,
                     double *chance);

/* ---- one visit of a level ---- */

struct load_visit {        /* what one person asks for, from entry on */
    double *exit;          /* [level_count + 1][7][states] chance */
    double days;           /* in the level */
    double *hours;         /* [LOAD_WORK_COUNT][role_count][7] */
    double *spent;         /* [7][states] days */
    double alerts, crises; /* expected */
    double left;           /* not followed to the end */
    double work;           /* numbers touched */
};
struct load_entry {
    int weekday;
    uint32_t state;
    double time; /* of day, 0 to 1 */
};
double *load_visit_hours(const struct load_people *people,
                         const struct load_visit *visit, enum load_work work);

/* Whoever is about to move on, waiting for a moment of `leaves`. */
struct load_walk {
    const struct load_people *people;
    const struct level *level; /* the people's, perhaps with a route's stay */
    struct load_visit *visit;
    int weekday;
    int32_t day;     /* since entry */
    double delay;    /* mean days that a planned move holds the place */
    double *ready;   /* [states] */
    double *chance;  /* [states][states + 1] */
    double *share;   /* [level_count + 1] where planned moves go */
    double *row;     /* [states] */
    double *leaving; /* [states] today */
};
int load_walk_init(struct load_walk *walk, const struct load_people *people,
                   const struct load_entry *entry, struct load_visit *visit);

/* Take `mass` people in `state` out of the level at time of day `time`. */
void load_walk_exit(struct load_walk *walk, uint32_t to, uint32_t state,
                    double mass, double time);

/* The same for a planned move that is due at time of day `time` (1: at 24:00),
 * perhaps to wait for `leaves`. `share` of the day's later moments are open. */
void load_walk_on(struct load_walk *walk, uint32_t state, double mass,
                  double time);

/* Let the day pass for those who are waiting to leave. */
void load_walk_ready(struct load_walk *walk);

/* The few who are left at the end move on. */
void load_walk_rest(struct load_walk *walk);

/* Mass change of one day by `chance`: row becomes row x chance; returns the
 * crises. `part` of the day passes. */
double load_step(const struct load_people *people, const double *chance,
                 double part, double *row);

/*
 * Where people of a cohort go next when a level ends as planned: the share of
 * each level, and last of leaving the model. The one place that knows routes.
 */
void load_next_levels(const struct scenario *scenario, uint32_t cohort,
                      uint32_t level, double *share);

/* What the contacts that concerns add ask for after one telling, for people's
 * `added`. */
int load_other_make(const struct load_people *people, double **out);

/* Add what concerns and calls of one visit ask for to `hours`
 * ([role_count][7]). */
void load_other_add(const struct load_people *people,
                    const struct load_visit *visit, double *hours);

/* Note that `part` of a day is spent in the level by `row` ([states]). */
void load_walk_spend(struct load_walk *walk, const double *row, double part);

/* The chance that a duration is at most `days`. */
double load_duration_by(const struct distribution *duration, double days);

/* A civil table of one day without holidays, to be cleared, and the day of its
 * first Monday. */
int load_plain_civil(struct sim_civil *civil);
#define LOAD_FIRST_MONDAY 3

/* Follow one entry through a level without and with a plan. */
int load_stay_visit(const struct load_people *people,
                    const struct load_entry *entry, struct load_visit *visit);

struct load_plan; /* days of a plan, made once for a cohort and level */
int load_plan_make(const struct load_people *people, struct load_plan **out);
int load_plan_visit(const struct load_plan *plan,
                    const struct load_people *people,
                    const struct load_entry *entry, struct load_visit *visit);

/* ---- formulas ---- */

/* Fill in what follows from `arrivals`, `referred` and `people`. */
void load_level_answer(const struct scenario *scenario, uint32_t level,
                       struct load_level *out);
#endif
