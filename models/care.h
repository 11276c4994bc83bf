#ifndef MODELS_CARE_H
#define MODELS_CARE_H
/*
 * What is wrong and what is done, as a scenario describes it: conditions,
 * signs and alerts, contacts, responses and their effects. Part of a struct
 * scenario (models/scenario.h), whose rules of order, units and ownership hold
 * here too.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "models/quantity.h"
#include "models/schedule.h"
#include "sim/calendar.h"
#include "sim/queue.h"

#define NONE UINT32_MAX /* no level, no plan, no response, ... */

/* A factor that starts at `times` and fades: half gone after `half_days`. */
struct fade {
    double times; /* 1: no effect */
    double half_days;
    double improving; /* after_contact alone: the factor on changes for the
                         better, which fades alike; 1: no effect */
};

/* One line of a step's contacts, or of a concern's. */
struct planned {
    uint32_t kind;
    struct schedule schedule;
};

/* ---- condition ---- */
struct change {
    const char *name; /* "settled to warning" */
    uint32_t tag;
    uint32_t from, to; /* states of the condition */
    bool worse;        /* toward a later state */
    double rate;       /* base, per day; with a dwell 1, for its clock */
    bool has_dwell;    /* not exponential: that is a rate */
    struct distribution dwell; /* of the time in the state, with multipliers
                                  of 1 and no other change */
    bool steady;               /* its multipliers do not vary with time */
    uint32_t next; /* the next change from the same state, or NONE */
};
struct condition {
    const char *name;
    uint32_t tag;
    /* Mild to severe; the last is a crisis, which nobody stays in. */
    uint32_t *state; /* [state_count] index into scenario->state */
    uint32_t state_count;
    double *begin; /* [state_count], adds to 1, none for the crisis */
    struct change *change;
    uint32_t change_count;
    uint32_t *leaves; /* [state_count] the first change from it, or NONE */
    double varies;    /* cv of the Gamma of mean 1 between people; 0: none */
    struct fade after_move, after_advance, after_contact;
    bool heeds_contacts; /* after_contact has an effect at all */
    bool has_dwell;      /* some change has */
    double *hour;        /* [1440] factor by minute of the day, or NULL */
    double hour_max;     /* its largest value; 1 without a profile */
};

/* A state's name, shared by conditions that use the same word. */
struct state {
    const char *name;
};

struct sign {
    const char *name;
    uint32_t tag;
    double *present;   /* [state_count of the scenario] chance by state */
    sim_ms lasts;      /* mean of the exponential time until drawn afresh; 0:
                          drawn at every contact */
    uint32_t weight;   /* how many signs it counts as */
    double applies_to; /* share of people it can show in */
    uint32_t opens;    /* concern that noting it opens, or NONE */
};

struct alert {
    const char *name;
    uint32_t threshold; /* signs noted; alerts are sorted by threshold */
    /* Also raised by so many more signs than were noted so many days ago: at
     * the last look of the latest day with one that is no nearer than that and
     * no further than twice that. 0: not. */
    uint32_t rising;
    int32_t rising_days;
    uint32_t response; /* into scenario->response, or NONE */
};

/* ---- concerns ---- */

/* Whether a concern is looked after by the pathway's own staff, who know at
 * once, or beside it: then it is noticed with a chance and told later. */
enum working { WORKING_PARALLEL, WORKING_INTEGRATED };
struct concern {
    const char *name;
    uint32_t tag;
    double *rate; /* [states of the scenario] per day, or NULL */
    enum working working;
    double noticed;            /* in parallel; a chance */
    struct distribution delay; /* in parallel; from noticing to telling */
    double worsening; /* factor on changes for the worse while it is open */
    bool has_closes;
    struct distribution closes; /* by itself, so long after it arose */
    struct planned *adds;       /* contacts while staff know of it */
    uint32_t adds_count;
    uint32_t first_added; /* number of its first among all concerns' adds */
    uint32_t opens_on;    /* a sign whose noting opens it, or NONE */
    uint32_t response;    /* into scenario->response, or NONE */
};

/* ---- what is done ---- */
enum contact_mode { MODE_VISIT, MODE_PHONE, MODE_SESSION, MODE_OTHER };
enum contact_with { WITH_PERSON, WITH_FAMILY };

/* One way to staff a contact: a role of choice, after a delay from due; or
 * several workers jointly. */
struct staffing {
    struct sim_need need[SIM_NEEDS_MAX];
    uint32_t need_count;
    sim_ms after; /* from due */
};
struct kind {
    const char *name;
    uint32_t tag;
    enum contact_mode mode;
    bool without_person; /* a meeting, or with the family */
    enum contact_with with;
    sim_ms at; /* due time of day for planned contacts; -1: none, or
                  the person's preferred time */
    bool at_preferred;
    sim_ms window;     /* from due: must be met by then */
    bool has_between;  /* given as `between`: at + window are its hours */
    uint32_t priority; /* lower is more urgent */
    struct staffing *staffing; /* in order of preference */
    uint32_t staffing_count;
    uint32_t or_kind; /* becomes that kind when not begun ... */
    sim_ms or_after;  /* ... by then, from due; or_kind NONE: never */
    struct distribution travel, lasts, notes;
    struct distribution if_not_there; /* given, or the same as lasts */
    double notices;    /* chance that a present sign is noticed */
    double protects;   /* share of the after_contact effect; meetings 0 */
    double attendance; /* times the person's; with the family: their own */
    double attendance_at_other_times; /* besides, when it is not planned for
                                         the person's preferred time */
    sim_ms pair_after; /* met at or after this time of day it takes two of the
                          role; -1: never for that */
};

/* ---- effects, responses ---- */
enum effect_type {
    EFFECT_SETTLE, /* one state better, with `chance` */
    EFFECT_REPEAT,
    EFFECT_STEP_BACK,
    EFFECT_RESTART,
    EFFECT_MOVE,   /* to `level` */
    EFFECT_RECORD, /* `record` */
    EFFECT_DISENGAGE,
    EFFECT_REENGAGE,
    EFFECT_LEAVE,
    EFFECT_TYPES
};
struct effect {
    enum effect_type type;
    double chance;   /* settle */
    uint32_t level;  /* move */
    uint32_t record; /* into scenario->record */
};
struct effects {
    struct effect *effect;
    uint32_t count;
};

enum deadline_type {
    DEADLINE_NONE,
    DEADLINE_AFTER,
    DEADLINE_SAME_DAY,
    DEADLINE_NEXT_WORKING_DAY
};
struct action {
    const char *name;
    uint32_t tag;
    sim_ms after; /* from the trigger */
    enum deadline_type deadline;
    sim_ms within; /* from the trigger, with DEADLINE_AFTER */
    uint32_t kind; /* what contact it queues, or NONE */
    double succeeds;
    struct effects then;
    struct effects *when; /* [states of the scenario] by the state found, or
                             NULL; used instead of `then` where not empty */
};
struct outcome { /* of a crisis */
    const char *name;
    double chance;
    struct effects then;
};
enum trigger_type {
    TRIGGER_NOT_ATTENDED,
    TRIGGER_NOT_DELIVERED,
    TRIGGER_ALERT,
    TRIGGER_CONCERN,
    TRIGGER_REACHES_OUT,
    TRIGGER_DISENGAGED,
    TRIGGER_TIMED_OUT,
    TRIGGER_CRISIS,
    TRIGGER_TYPES
};
struct response {
    const char *name; /* the trigger as written: "not attended", an alert */
    uint32_t tag;
    enum trigger_type type;
    uint32_t alert;        /* with TRIGGER_ALERT */
    uint32_t concern;      /* with TRIGGER_CONCERN */
    struct action *action; /* at most 32 */
    uint32_t action_count;
    struct outcome *outcome; /* crisis: one_of, chances add to 1 */
    uint32_t outcome_count;
};
#endif
