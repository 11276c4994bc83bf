#ifndef MODELS_PERSON_IMPL_H
#define MODELS_PERSON_IMPL_H
/*
 * What there is of one person, private to models/: read and written by the
 * handlers of models/world_impl.h, one at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "models/due_impl.h"
#include "models/scenario.h"
#include "sim/calendar.h"
#include "sim/chance.h"

/* Design, section 3, rule 1: allotment (b) happens between the first two. */
enum phase { PHASE_EVENTS, PHASE_CLOSE, PHASE_BOOKS };

struct world;

/* A person's own clocks; their calendar slot holds the least. */
enum clock {
    CLOCK_CONDITION, /* the next change, unless the hazard has fallen since */
    CLOCK_DUE,       /* staff may set off for the next planned contact of this
                        person and of who waits with them: see plans.c */
    CLOCK_STEP,      /* 00:00 of a decision */
    CLOCK_STAY,      /* the stay, the follow-up or a delay behind it ends */
    CLOCK_LEAVES,    /* a decided move may take place */
    CLOCK_LONGEST,
    CLOCK_ACTION, /* the next action of an open list */
    CLOCK_DISENGAGE,
    CLOCK_HANDOVER, /* phase close: the handover is late */
    CLOCK_BLUR,     /* the effect of a poor handover ends */
    CLOCK_GIVES_UP, /* phase close: waited long enough for a place */
    CLOCK_EPISODE,  /* phase books: does an episode begin after a crisis? */
    CLOCK_REVIEW,  /* the review that a decision waits for can be set off for */
    CLOCK_CONCERN, /* the next of what their concerns wait for */
    CLOCK_REACH,   /* the person calls */
    CLOCK_COUNT
};
/* A moment in one number: time above, phase in the low 4 bits. */
typedef uint64_t clock_key;
#define CLOCK_EMPTY UINT64_MAX
static inline clock_key clock_key_of(sim_ms time, enum phase phase)
{
    return (clock_key)time << SIM_PHASE_BITS | (clock_key)phase;
}
/* A person's clocks have their number below that: the least says whose it is.
 */
#define CLOCK_BITS 5
_Static_assert(CLOCK_COUNT <= 1 << CLOCK_BITS, "a clock's number has its bits");

/* A set of clocks is made of these. */
#define CLOCK_BIT(clock) (1u << (clock))

/* A list of actions opened by a trigger: one for each response at most. */
struct response_list {
    sim_ms started;
    uint32_t times; /* how often it was triggered, for names */
    uint32_t ran;   /* bit i: action i was started */
    uint32_t over;  /* bit i: action i has ended */
    bool open;
    bool counted; /* triggered in the measured period */
};

/* How a sign shows in people of one state. */
struct shown {
    double chance;
    enum {
        SHOWN_NEVER,
        SHOWN_ALWAYS,
        SHOWN_BY_PRESENCE, /* by the uniform that a person keeps */
        SHOWN_BY_CONTACT   /* drawn at every contact */
    } how;
};

/* What one person keeps of one sign that shows by presence; zeroed before the
 * first look. */
struct sign_state {
    double renewed; /* days since referral of the last renewal looked at */
    double next;    /* and of the one after it */
    double ahead[SIM_BLOCKS]; /* uniforms of gaps, drawn together: that of gap n
                                 at n % SIM_BLOCKS */
    double present; /* uniform of its presence, since the renewal or change of
                       state that `drawn` stands for */
    uint64_t drawn; /* twice its ordinal, and 1 for a renewal, and 1; 0: none */
    uint32_t gaps;  /* drawn so far: `renewed` is the end of one less */
};

/* Counts of contacts of a kind on one day, for the names of their chance. */
struct kind_day {
    int32_t planned_day, response_day, entry_day;
    uint8_t planned, response, entries;
};

enum decision { DECIDE_NOTHING, DECIDE_RESTART, DECIDE_STEP_BACK };

/* Whether the decision at the end of a step waits for its review. */
enum review { REVIEW_NOT_ASKED, REVIEW_AWAITED, REVIEW_DONE };

/* Why someone moves: decides what is counted. */
enum move_cause {
    MOVE_PLANNED,
    MOVE_TIMED_OUT,
    MOVE_EFFECT,
    MOVE_CRISIS,
    MOVE_GAVE_UP /* in place of a planned move */
};
/* Whether the stay that it ends was over: else the person is wanted away. */
static inline bool move_is_due(enum move_cause cause)
{
    return cause != MOVE_EFFECT && cause != MOVE_CRISIS;
}

/* A wait for a place. Someone who waits to go on as planned may at the same
 * time be wanted elsewhere, so there are two. */
enum { CLAIM_NEXT, CLAIM_WANTED, CLAIMS };
struct claim {
    uint32_t level;  /* waited for, or NONE */
    sim_ms since;    /* of asking, here or where they were diverted from */
    sim_ms joined;   /* the list of this level */
    sim_ms gives_up; /* SIM_NEVER: has no limit */
    enum move_cause cause;
};

/* Someone of today's caseload comes from another world: every time and day
 * here, and every array beside people, is put back by caseload.c (take_over).
 * It begins at a cache line, and what the common contact needs comes first.
 */
struct person {
    /* What makes a contact fall due: these two cache lines. */
    _Alignas(64) /* they wait for this moment; SIM_NEVER: for none ... */
        sim_ms due_from;
    uint32_t due_place;          /* among those who do; or DUE_ALONE */
    const struct due_line *line; /* of the step */
    struct upcoming *upcoming;   /* their part of the world's: [lines], */
    struct kind_day *kind_days;  /* and [kinds] */
    uint32_t line_count;         /* so many of them */
    uint32_t index;
    uint32_t owner;   /* whose chance they have: names their variates */
    uint32_t number;  /* the number-th referral of the cohort */
    uint64_t contact; /* first half of the counters of their contacts */

    uint32_t task;            /* first of the person's tasks, or NONE, or ... */
#define IN_ROUND (NONE - 1)   /* ... their only contact is of a round: there */
    uint32_t step_entries;    /* how often a step was entered, for contacts */
    int32_t segment_day;      /* first day of the present run through it */
    int32_t segment_position; /* which day of the step that was */
    uint32_t cells; /* where contacts of the step are counted: count_impl.h */
    uint32_t entry_weekday;
    sim_ms entered_at;
    uint32_t stays; /* how many begun, the present one included */

    /* What a contact that begins and ends asks for: from there to the end of
     * a third. */
    uint32_t state;          /* of the condition, and the same among those of */
    uint32_t scenario_state; /* the scenario; 0 without a condition */
    uint32_t with;           /* task that has the person, or NONE */
    const struct condition *condition; /* NULL: none */
    const double *attendance; /* of the cohort, by state of the scenario */
    sim_ms prefers;           /* time of day; -1: none */
    sim_ms last_contact, longest_gap;
    uint32_t crises;
    uint32_t alert;                 /* in force, or NONE */
    uint32_t step_ended, step_done; /* planned contacts since entry to it */
    uint32_t misses;                /* not attended in a row */
    uint32_t intended, completed;   /* contacts of the present stay */
    bool disengaged;
    bool first_contact; /* had one in this stay */
    bool alive;

    int32_t segment_end; /* first day after the run through the step */
    uint32_t step;
    uint32_t level; /* NONE: waits for the first */
    uint32_t plan;  /* NONE: none */
    uint32_t cohort;
    uint32_t generation;
    sim_ms *sums; /* where what happens to them is counted, which depends on
                     level, cohort and entry_weekday: count_people_impl.h */

    uint32_t clocks; /* bit i: clock[i] is set */
    clock_key least; /* of them: what the calendar slot holds */
    clock_key clock[CLOCK_COUNT];
    sim_ms referred_at;
    bool pairs; /* visits take two of the role */

    /* condition */
    uint32_t state_times; /* how often it changed */
    sim_ms state_since;
    double luck;     /* factor of the hazard for life */
    double concerns; /* and that of the open concerns together */
    uint32_t next_change;
    bool recheck; /* the hazard may have fallen since next_change was found */
    sim_ms moved_at, advanced_at, contact_at; /* SIM_NEVER: not yet */
    double contact_left;                      /* protects of the last contact */

    /* where */
    int32_t entry_day;   /* a move at 00:00 counts as the evening before */
    uint32_t outside_of; /* the level left to wait elsewhere, while `level` is
                            NONE; NONE: none yet */
    uint32_t route;      /* drawn on entry */
    uint32_t asks;       /* claims so far that have a limit, for names */
    struct claim claim[CLAIMS];
    sim_ms delayed_since; /* the route's delay; SIM_NEVER: not in one */
    sim_ms blocked_since; /* SIM_NEVER: not blocked */
    bool move_decided;    /* waits for the delay to end or `leaves` ... */
    bool move_timed_out;  /* ... and why */

    /* plan */
    uint32_t repeats;
    enum decision decided; /* takes effect at the next midnight */
    bool repeat_next;      /* next decision is unmet, once */
    enum review review;
    int32_t review_day; /* for which it is planned, */
    sim_ms review_lead; /* and from setting off to due */

    /* seeing */
    sim_ms alert_last;   /* last moment one was in force; -SIM_NEVER: never */
    int32_t look_day;    /* of the last look kept in world->looks */
    uint32_t alerts;     /* how many raised, for names */
    uint32_t lists_open; /* of responses */
    bool blurred;        /* a poor handover: noticed less */
    bool owned;          /* the handover is done, or none asked */
    sim_ms plan_hours_since, unseen_since; /* SIM_NEVER: not now */

    /* episode beyond the first state */
    bool episode, episode_counted, episode_seen;
    sim_ms episode_since;
    uint32_t episode_level;

    /* followed since first entering a plan */
    bool followed;        /* has entered a plan */
    uint8_t followed_for; /* bits: counted at 30, 60, 90 days */
    bool had_crisis, had_reescalation;
    sim_ms followed_from;
    uint32_t followed_level;
    uint8_t followed_weekday;
    uint32_t curve_place; /* row of the states matrix */
    int32_t curve_day;    /* first day not yet counted */

    /* the last planned exit */
    sim_ms exit_at; /* SIM_NEVER: none, or its return is counted */
    uint8_t exit_for;
};
#endif
