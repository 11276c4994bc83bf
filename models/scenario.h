#ifndef MODELS_SCENARIO_H
#define MODELS_SCENARIO_H
/*
 * A scenario: everything one replication reads, and nothing it writes.
 * Made by scenario_load (models/reader.h), released by scenario_free, read-only
 * in between, so any number of replications may share it.
 *
 * Order. Every array of named things is sorted by name (levels by falling
 * rank, then name), so that reordering a file changes nothing; the steps of a
 * plan, the states of a condition and the effects of an action keep the order
 * of the file, because there it means something.
 * Units. Times are sim_ms, rates per day, chances 0 to 1, money per hour or as
 * said. Indices are into the scenario's arrays; NONE stands for "none".
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/care.h"
#include "models/inputs.h"
#include "models/levels.h"
#include "models/quantity.h"
#include "models/schedule.h"
#include "sim/calendar.h"
#include "sim/civil.h"
#include "sim/rota.h"

/* ---- calendar ---- */
struct run_calendar {
    const char *caseload; /* file of who is there at the start, or NULL */
    sim_date start;
    sim_ms warm_up; /* [0, warm_up) is not measured */
    sim_ms run_for; /* [warm_up, warm_up + run_for) is */
    sim_ms run_on;  /* and then the run goes on for so long */
    sim_date *holiday;
    size_t holiday_count;
};

/* ---- plans ---- */
struct step {
    const char *name; /* unique in the plan */
    uint32_t tag;
    int32_t days;
    struct planned *planned; /* sorted by kind's name */
    uint32_t planned_count;
};
enum otherwise { OTHERWISE_REPEAT, OTHERWISE_STEP_BACK };
enum after_last { AFTER_LAST_ADVANCE, AFTER_LAST_STEP_BACK, AFTER_LAST_MOVE };
struct plan {
    const char *name;
    uint32_t tag;
    bool starts_same_day;
    struct step *step; /* in the order of the file */
    uint32_t step_count;
    uint32_t first_step; /* number of its first step among all plans' steps */
    int32_t days;        /* all steps together */
    /* advance_if: what must hold; 0 or NONE where not asked. */
    sim_ms no_alert_for;
    double contacts_done;
    uint32_t advance_state; /* state of the scenario: at most as severe */
    enum otherwise otherwise;
    uint32_t repeat_most; /* per entry to a step */
    int32_t repeat_days;  /* `each`; 0: the whole step */
    enum after_last after_last;
    uint32_t after_last_level; /* with AFTER_LAST_MOVE */
    double rule_followed;      /* chance; else the decision is to advance */
    uint32_t review_kind;      /* NONE: decisions wait for no review */
    sim_day_set review_days;   /* civil days on which it can be */
};

/* ---- cohorts ---- */
struct referrals {
    double rate; /* mean per day over an ordinary week */
    struct opening open;
    double month[12];    /* factors of the rate, January first */
    double growth;       /* per year, from the start: 0.05 is 5% more */
    bool shaped;         /* some month's factor is not 1, or it grows */
    const char *file;    /* NULL: by the rate */
    struct dated *dated; /* sorted by `from` */
    uint32_t dated_count;
};
struct preference { /* a time of day that some people prefer */
    sim_ms at;
    double chance;
};
struct cohort {
    const char *name;
    uint32_t tag;
    struct referrals referrals;
    uint32_t enters;    /* level */
    uint32_t condition; /* NONE: only moves */
    double *attendance; /* [states of the scenario]; without a condition [0] */
    uint32_t priority;  /* in waiting lists for places; lower first */
    double worsening;   /* cohort factors of the hazard */
    double improving;
    uint32_t disengage_after; /* missed in a row; 0: never */
    double disengage_chance;
    double *disengage_rate; /* [states of the scenario] per day, or NULL */
    double pairs; /* share of people whose visits always take two of the role */
    struct preference *prefers; /* by time; chances add to 1 */
    uint32_t prefers_count;     /* 0: nobody prefers a time */
    double *reaches_out;        /* likewise: how often people call */
};

/* ---- staff and rota ---- */
struct role {
    const char *name;
    uint32_t tag;
    double cost;                                              /* per hour */
    double premium_saturday, premium_sunday, premium_holiday; /* shares; the
                    holiday's is Sunday's where not given */
    double premium_night;
    sim_ms night_from, night_until; /* from 00:00; may pass midnight */
    struct sim_absence absence;
    double bank_covers, bank_cost;
    double notices, acts; /* who does not know the person notices less, and
                             acts on an alert less often; 1 by default */
    double bank_notices, bank_acts; /* of bank staff; the role's where not
                                       given */
    double hours_per_week;          /* of one whole-time post */
    double headroom; /* share of a post that is leave, sickness, training; 0
                        where not given */
    double overtime; /* pay of overtime, times `cost`; 1 by default */
    bool on_call;    /* has arrives_within, standby or call_out */
    sim_ms arrives_within;
    double standby, call_out; /* per hour; each */
};
enum below { BELOW_PHONE_ONLY }; /* of a shift with fewer than its minimum */
struct shift {
    const char *name;
    uint32_t tag;
    struct sim_shift hours;
    sim_ms overrun;
    uint32_t *places;  /* [role_count] */
    uint32_t at_least; /* staff in all: what sizing may not go under */
    uint32_t minimum;  /* with fewer present, they do what `below` says */
    enum below below;
    bool breaks; /* no: none are modelled, and that is meant */
};

/* Staff time for the team itself: a handover between shifts, a break,
 * supervision, a huddle. */
struct team_time {
    const char *name;
    uint32_t shift, role; /* whose; NONE: any, of one of them at most */
    sim_day_set days;     /* on which it begins; with `after`, the shift */
    sim_ms at;            /* time of day, or -1: `after` */
    sim_ms after;         /* from the start of the shift */
    sim_ms lasts;
    sim_ms per_person; /* and so much for each person in these levels: */
    bool *counts;      /* [level_count] */
    bool floating;     /* at the first free moment, in full; else what is left
                          of it then */
};

/* ---- targets ---- */
enum slice { /* the ways a measure can be cut, design section 5 */
             SLICE_LEVEL,
             SLICE_COHORT,
             SLICE_KIND,
             SLICE_STEP,
             SLICE_ROLE,
             SLICE_DAY,
             SLICE_HOUR,
             SLICE_WEEK,
             SLICE_ENTERED_ON,
             SLICE_SINCE_MOVE,
             SLICE_OUTCOME,
             SLICE_ALERT,
             SLICE_CONCERN,
             SLICE_TRIGGER,
             SLICE_CAUSE, /* of a delay: enum delay_cause */
             SLICE_COUNT
};
/* Of which a target can ask that so many meet its limit; a year is a
 * replication. */
enum target_period {
    PERIOD_NONE,
    PERIOD_DAYS,
    PERIOD_WEEKENDS,
    PERIOD_WEEKS,
    PERIOD_YEARS
};
struct target_cut {
    enum slice slice;
    uint32_t value; /* of the slice, as slice_value_name counts them */
};
#define TARGET_CUTS_MAX 4
/* What a precision may be: finer takes more runs than anyone has, and a half
 * decides nothing. */
#define TARGET_PRECISION_LEAST 0.001
#define TARGET_PRECISION_MOST 0.5
#define TARGET_PRECISION_WORDS "from 0.1% to 50%, such as 5%"
struct target {
    const char *name;
    uint32_t measure;                       /* number in the measure table */
    bool at_most;                           /* else at least */
    double limit;                           /* in the measure's unit */
    struct target_cut cut[TARGET_CUTS_MAX]; /* all of them hold */
    uint32_t cut_count;
    enum target_period in;  /* asked of `met` in `of` periods, or none */
    uint32_t in_met, in_of; /* 9 of 10 */
    double precision; /* half-width over mean that a run is to go on for; 0: as
                         the run is asked */
};

/* Design, rule 9. */
enum contact_order { ORDER_DUE, ORDER_DEADLINE };

struct scenario {
    const char *title, *about;
    const char *file;      /* base name, as given */
    const char *canonical; /* the resolved scenario as one text, keys sorted:
                              what its digest is taken over */
    struct run_calendar calendar;
    enum contact_order order; /* of waiting contacts of one priority */
    struct sim_civil civil;   /* covers the whole run and 400 days more */

    struct state *state;
    uint32_t state_count;
    struct condition *condition;
    uint32_t condition_count;
    struct cohort *cohort;
    uint32_t cohort_count;
    struct present *present; /* in the order of the file */
    uint32_t present_count;
    struct sign *sign;
    uint32_t sign_count;
    struct alert *alert;
    uint32_t alert_count;
    struct concern *concern;
    uint32_t concern_count;
    uint32_t added_count; /* lines of all concerns' `adds` together */
    struct level *level;
    uint32_t level_count;
    struct plan *plan;
    uint32_t plan_count;
    uint32_t step_count; /* of all plans together */
    struct kind *kind;   /* contacts, sorted; behind them one meeting for each
                            level with a handover, "handover to LEVEL" */
    uint32_t contact_kind_count; /* as the user named them */
    uint32_t kind_count;         /* with the handovers */
    struct response *response;
    uint32_t response_count;
    uint32_t trigger_response[TRIGGER_TYPES]; /* NONE where not asked; alerts
                                     and concerns have their own */
    const char **record; /* names that `record:` uses, sorted */
    uint32_t record_count;
    const char **outcome; /* record names and crisis outcomes, sorted: values
                             of SLICE_OUTCOME; see scenario_outcome */
    uint32_t outcome_count;
    struct role *role;
    uint32_t role_count;
    struct shift *shift;
    uint32_t shift_count;
    struct team_time *team_time;
    uint32_t team_time_count;
    struct target *target;
    uint32_t target_count;

    uint32_t numbers, numbers_sourced; /* inputs, and those with a source that
                                          is not an assumption */
    struct provenance *provenance;
    uint32_t provenance_count;
    struct note *note; /* sorted by path */
    uint32_t note_count;
    struct uncertain *uncertain; /* sorted by path */
    uint32_t uncertain_count;

    struct arena *arena; /* owns everything above but `civil` */
};

/* End of the whole simulated time: warm-up, measured period and run-on. */
sim_ms scenario_end(const struct scenario *scenario);

/* Position of a name among scenario->outcome; it is there. */
uint32_t scenario_outcome(const struct scenario *scenario, const char *name);

/* Release a scenario. NULL is allowed. */
void scenario_free(struct scenario *scenario);
#endif
