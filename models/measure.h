#ifndef MODELS_MEASURE_H
#define MODELS_MEASURE_H
/*
 * Measures: the one table of what can be reported (design, section 5), the
 * counters behind them, and the layout of a record.
 *
 * A replication leaves a record: a flat array of doubles. Its layout comes
 * from the scenario: for each counter a scalar block, and a block for each way
 * it is cut (slices are marginal). A measure is a ratio of two blocks times a
 * scale, or a quantile of a block of bins. Curves (by day since an entry) and
 * series (by week of the measured period, by hour of the week) are blocks of
 * the same record, the series at its end: `core_length` is the length without
 * them.
 * Threads: a layout is read-only once made.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/scenario.h"
#include "sim/error.h"

/* What is counted. The comment after each says the unit of its sum. */
#define MEASURE_COUNTERS(X)                                                    \
    X(COUNT_REFERRALS)                                                         \
    X(COUNT_PLANNED_EXITS)                                                     \
    X(COUNT_TIMED_OUT)                                                         \
    X(COUNT_DISENGAGED)                                                        \
    X(COUNT_LEFT)                                                              \
    X(COUNT_WAITS)          /* asks for a place where places are limited */    \
    X(COUNT_WAITED)         /* of these, not served at once */                 \
    X(COUNT_WAIT_DAYS)      /* days */                                         \
    X(COUNT_WAITING)        /* person-hours waiting for a place */             \
    X(COUNT_GAVE_UP)        /* waits given up */                               \
    X(COUNT_DIVERTED)       /* asks for a full level that went elsewhere */    \
    X(COUNT_SWAPS)          /* rings of full levels that changed round */      \
    X(COUNT_FULL)           /* hours with every place taken */                 \
    X(COUNT_DELAYED)        /* person-hours holding a place, nowhere to go */  \
    X(COUNT_OCCUPANCY)      /* person-hours in a level */                      \
    X(COUNT_OCCUPANCY_BINS) /* hours at an occupancy; bins */                  \
    X(COUNT_OCCUPANCY_MAX)  /* people */                                       \
    X(COUNT_STAYS)          /* stays begun in the period that ended */         \
    X(COUNT_STAY_DAYS)      /* days */                                         \
    X(COUNT_PLAN_STAYS)     /* of these, in a level with a plan */             \
    X(COUNT_BEYOND_PLAN)    /* days longer than the plan as written */         \
    X(COUNT_DUE)                                                               \
    X(COUNT_COMPLETED)                                                         \
    X(COUNT_CANCELLED)                                                         \
    X(COUNT_NOT_DELIVERED)                                                     \
    X(COUNT_NOT_ATTENDED)                                                      \
    X(COUNT_MISSED) /* not delivered or not attended */                        \
    X(COUNT_DOWNGRADED)                                                        \
    X(COUNT_MISSED_UNWELL)                                                     \
    X(COUNT_MET)            /* met or would have been */                       \
    X(COUNT_START_DELAY)    /* minutes */                                      \
    X(COUNT_START_BINS)     /* contacts by minutes of delay; bins */           \
    X(COUNT_PLAN_INTENDED)  /* contacts the plan as written intended */        \
    X(COUNT_PLAN_COMPLETED) /* completed of these, at most all */              \
    X(COUNT_DAYS_DUE)       /* days with something due */                      \
    X(COUNT_DAYS_WHOLE)     /* of these, all delivered */                      \
    X(COUNT_WEEKENDS_DUE)                                                      \
    X(COUNT_WEEKENDS_WHOLE)                                                    \
    X(COUNT_FIRST_LIMITED) /* entries with a first-contact limit decided */    \
    X(COUNT_FIRST_IN_TIME)                                                     \
    X(COUNT_GAP_STAYS)                                                         \
    X(COUNT_LONGEST_GAP)  /* days, the longest gap of each stay */             \
    X(COUNT_GAP_BINS)     /* stays by days of longest gap; bins */             \
    X(COUNT_PLAN_HOURS)   /* person-hours in levels with planned contacts */   \
    X(COUNT_UNSEEN_HOURS) /* of these, unseen */                               \
    X(COUNT_EPISODES)                                                          \
    X(COUNT_SEEN_24)                                                           \
    X(COUNT_SEEN_72)                                                           \
    X(COUNT_SEEN_EVER)                                                         \
    X(COUNT_ALERTS)                                                            \
    X(COUNT_FALSE_ALERTS)                                                      \
    X(COUNT_RESPONSES)                                                         \
    X(COUNT_CONCERNS)                                                          \
    X(COUNT_CONCERN_HOURS) /* hours open, of those */                          \
    X(COUNT_DEADLINES)     /* actions with a deadline, begun or passed */      \
    X(COUNT_BREACHES)                                                          \
    X(COUNT_HANDOVERS) /* entries to a level with a handover */                \
    X(COUNT_UNOWNED_HOURS)                                                     \
    X(COUNT_DEMANDED) /* staff hours, as all below */                          \
    X(COUNT_DELIVERED)                                                         \
    X(COUNT_ROSTERED)                                                          \
    X(COUNT_PRESENT)                                                           \
    X(COUNT_TEAM) /* in team time */                                           \
    X(COUNT_OVERTIME)                                                          \
    X(COUNT_TEAM_DUE) /* hours of team time that fell due */                   \
    X(COUNT_TEAM_HAD) /* of these, had */                                      \
    X(COUNT_POSTS)    /* whole-time posts, in post-weeks */                    \
    X(COUNT_CALL_OUTS)                                                         \
    X(COUNT_COST) /* money */                                                  \
    X(COUNT_STEP_UPS)                                                          \
    X(COUNT_STEP_BACKS)                                                        \
    X(COUNT_REPEATS)                                                           \
    X(COUNT_RESTARTS)                                                          \
    X(COUNT_CRISES)                                                            \
    X(COUNT_OUTCOMES)                                                          \
    X(COUNT_FOLLOWED_30) /* people first entering a plan, followed so far */   \
    X(COUNT_FOLLOWED_60)                                                       \
    X(COUNT_FOLLOWED_90)                                                       \
    X(COUNT_CRISIS_30)                                                         \
    X(COUNT_CRISIS_60)                                                         \
    X(COUNT_CRISIS_90)                                                         \
    X(COUNT_REESCALATED_30)                                                    \
    X(COUNT_REESCALATED_60)                                                    \
    X(COUNT_REESCALATED_90)                                                    \
    X(COUNT_EXITS_30) /* planned exits, followed so far */                     \
    X(COUNT_EXITS_60)                                                          \
    X(COUNT_EXITS_90)                                                          \
    X(COUNT_RECONTACT_30)                                                      \
    X(COUNT_RECONTACT_60)                                                      \
    X(COUNT_RECONTACT_90)                                                      \
    X(COUNT_EVENTS) /* model events over the whole run, section 9 */

#define MEASURE_COUNTER_NAME(name) name,
enum counter { MEASURE_COUNTERS(MEASURE_COUNTER_NAME) COUNTER_COUNT };
#undef MEASURE_COUNTER_NAME

/* Why someone holds a place with nowhere to go: values of SLICE_CAUSE. */
enum delay_cause { DELAY_ROUTE, DELAY_BLOCKED, DELAY_CAUSES };

/* Sets of slices, as bits. */
#define CUT(slice) (1u << (slice))

enum measure_better { BETTER_NONE, BETTER_LOWER, BETTER_HIGHER };
enum measure_type {
    MEASURE_PER_WEEK,  /* numerator over measured weeks */
    MEASURE_RATIO,     /* numerator over denominator, times scale */
    MEASURE_TIME_MEAN, /* numerator (hours) over measured hours */
    MEASURE_MAXIMUM,   /* mean over replications of a maximum */
    MEASURE_QUANTILE   /* 95th per cent of pooled bins */
};
/* How a value is shown. */
enum measure_unit {
    UNIT_SHARE,
    UNIT_PER_WEEK,
    UNIT_DAYS,
    UNIT_HOURS,
    UNIT_MINUTES,
    UNIT_PEOPLE,
    UNIT_MONEY,
    UNIT_HOURS_PER_WEEK,
    UNIT_DAYS_PER_WEEK,
    UNIT_MONEY_PER_WEEK,
    UNIT_WTE
};

struct measure {
    const char *id;    /* "contacts_not_delivered" */
    const char *label; /* in plain words: "Contacts not delivered" */
    enum measure_unit unit;
    enum measure_better better;
    enum measure_type type;
    enum counter numerator, denominator;
    double scale;
    bool whole; /* has an unsliced row: the sum over a slice means something */
    uint32_t cuts; /* allowed slices, CUT(...) bits */
};

/* The table, and its length. */
extern const struct measure measure_table[];
extern const uint32_t measure_count;

/* Number of the measure called `id`, or NONE. */
uint32_t measure_find(const char *id);

/* "share", "per week", "h per week", ... as results files write it. */
const char *measure_unit_text(enum measure_unit unit);

/* Read a value of such a unit as a target's limit is written: "2%", "3/week",
 * "90 min" or a plain number. False, with `*why` what would be right and `*out`
 * unchanged, where it is something else. */
bool measure_parse_limit(enum measure_unit unit, const char *text, double *out,
                         const char **why);

/* "level", "entered_on", ... as files write it; and back, SLICE_COUNT where
 * there is no such slice. */
const char *slice_text(enum slice slice);
enum slice slice_find(const char *text);

/* How many values a slice has in this scenario (SLICE_STEP counts the steps of
 * all plans, SLICE_HOUR 168, SLICE_DAY 3, ...). */
uint32_t slice_values(const struct scenario *scenario, enum slice slice);

/*
 * The name of a value: a level's name, "weekend", "mon 18", "2027-08-23" (the
 * Monday or first day of a week), "0-3 days", "PLAN: STEP". Written into
 * `text`, always ended; cut off where longer than `size`.
 */
void slice_value_name(const struct scenario *scenario, enum slice slice,
                      uint32_t value, char *text, size_t size);

/* The names of all values that a target is cut by, as ", weekend, ..."; empty
 * where it is not cut. */
void target_cuts_name(const struct scenario *scenario,
                      const struct target *target, char *text, size_t size);

/* Whether a target is counted for itself: it is cut in several ways at once, or
 * asks of days, weekends or weeks. Only measures of planned contacts can be. */
bool target_counts_apart(const struct target *target);
bool measure_is_of_contacts(const struct measure *measure);

/* ---- the layout of a record ---- */

/* Curves and matrices by day 0..CURVE_DAYS since an entry. */
#define CURVE_DAYS 90
enum curve {
    CURVE_CRISIS,       /* first crises on day d after first entering a plan */
    CURVE_REESCALATION, /* first re-escalations likewise */
    CURVE_COUNT
};

/* Doubles in the core of a record: 32 KiB for a scenario like those shipped;
 * this bound only keeps a mistaken scenario from eating the memory. */
#define LAYOUT_CORE_MAX 65536

struct block {
    uint32_t offset; /* first double in the record */
    uint32_t length; /* 0: this cut is not kept */
};
struct layout {
    uint32_t length;      /* doubles in a record */
    uint32_t core_length; /* of these, before the series */
    uint64_t digest;      /* of everything below and the names behind it */
    double measured_hours;
    uint32_t weeks; /* of the measured period, the last may be part */
    struct block total[COUNTER_COUNT];
    struct block cut[COUNTER_COUNT][SLICE_COUNT];
    /* Bins, one row by level for occupancy and one row for the others: see
     * layout_bins. */
    struct block bins[COUNTER_COUNT];
    /* [7] by weekday of the due time, for DUE, NOT_DELIVERED, NOT_ATTENDED. */
    struct block weekday[COUNTER_COUNT];
    /* Staff hours by role and hour of the week: [role][168] for DEMANDED,
     * DELIVERED, ROSTERED. */
    struct block role_hour[COUNTER_COUNT];
    struct block curve[CURVE_COUNT]; /* [CURVE_DAYS + 1], counts by day; over
                                        COUNT_FOLLOWED_90 */
    struct block states; /* [layout_states][CURVE_DAYS + 1] people on day d */
    struct block occupancy_week; /* [level][weeks] mean people */
    /* The weeks before them, whole ones counted back from where measuring
     * begins: only to judge the warm-up by. Mean people in a level, and waiting
     * for a place in it also in the weeks of the measured period. */
    uint32_t weeks_before;
    struct block occupancy_before; /* [level][weeks_before] */
    struct block waiting_week;     /* [level][weeks_before + weeks] */
    /* [target][2] numerator and denominator of targets that count apart; no
     * block where none does. */
    struct block targets;
};

/* Lay out the records of `scenario`; owns no memory. Returns SIM_OK, or
 * SIM_ERR_LIMIT where the core of a record would be over LAYOUT_CORE_MAX. */
int layout_init(struct layout *layout,
                const struct scenario *scenario) SIM_MUST_CHECK;

/* The bins of one row: SIM_BINS of them, but only one for each possible number
 * of people, 0 to its places, where a level has few places. */
struct block layout_bins(const struct layout *layout,
                         const struct scenario *scenario, enum counter counter,
                         uint32_t row);

/*
 * Where people are on a day after their first entry to a plan: the states of
 * the scenario (but for crises), then "stepped up again", "left after a
 * crisis", "left". Number of these, and their names (static or the scenario's).
 */
#define LAYOUT_PLACES 3 /* the last three of these */
uint32_t layout_states(const struct scenario *scenario);
const char *layout_state_name(const struct scenario *scenario, uint32_t i);
#endif
