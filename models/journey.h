#ifndef MODELS_JOURNEY_H
#define MODELS_JOURNEY_H
/*
 * Journey: what happened in one replication, as a log of compact records that
 * handlers append to (hooks in journey_impl.h), in the order in which it
 * happened. models/history.h puts the records together to people, stays and
 * contacts; a replication without a journey runs the same and writes nothing.
 *
 * People are numbered from 0 in the order of referral, contacts in the order
 * in which something is first noted of them, workers in that of their shifts:
 * `number` spaces of their own, never used again. Levels, kinds and all else
 * are known by their index in the scenario. NONE: no such thing.
 * A lack of memory sticks: nothing is noted from then on, and
 * journey_status tells.
 * Threads: a journey belongs to one replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>
#include <stdint.h>

#include "models/scenario.h"
#include "sim/calendar.h"

/* What a record says; after each, what its fields hold. Not listed: unused. */
enum journey_type {
    /* people and places */
    JOURNEY_REFERRED, /* a: cohort, b: state or NONE, c: whether in a plan
                         before the run; x: referred, y: in the state since */
    JOURNEY_CLAIM,    /* on the list of a level; a: level, b: cause, x: asked */
    JOURNEY_CLAIM_ENDED,  /* a: level */
    JOURNEY_OUTSIDE,      /* the place is given up to wait outside */
    JOURNEY_ENTERED,      /* a: level, b: cause, c: whether a handover is asked;
                             x: since, y: ordinal of the stay */
    JOURNEY_MOVE_DECIDED, /* b: cause; x: when it may take place */
    JOURNEY_DELAYED,      /* the route takes longer; x: until when */
    JOURNEY_WAITED,       /* what is counted as a wait; a: level; x: since */
    JOURNEY_GAVE_UP,      /* a: level */
    JOURNEY_DIVERTED,     /* a: level that was full */
    JOURNEY_SWAP,         /* a ring of moves, this person's into a the first */
    JOURNEY_HELD,         /* a place with nowhere to go; b: cause, x: since */
    JOURNEY_LEFT,         /* the model; b: cause */
    /* plans */
    JOURNEY_PLAN,     /* a: plan, b: contacts it intends */
    JOURNEY_INTENDED, /* b: contacts, with those beside the plan */
    JOURNEY_STEP,     /* a: step of all plans; b: its ordinal */
    JOURNEY_ADVANCED, /* and below: a: step of all plans, before */
    JOURNEY_REPEATED,
    JOURNEY_RESTARTED,
    JOURNEY_STEPPED_BACK,
    JOURNEY_DISENGAGED,
    JOURNEY_ENGAGED,
    /* condition and seeing */
    JOURNEY_STATE,    /* a: state of the scenario */
    JOURNEY_CRISIS,   /* a: state after it */
    JOURNEY_OUTCOME,  /* of a crisis; a: into scenario->outcome */
    JOURNEY_RECORDED, /* a: into scenario->outcome */
    JOURNEY_EPISODE,  /* beyond the first state begins */
    JOURNEY_EPISODE_SEEN,
    JOURNEY_SIGN,         /* noted; number: contact, a: sign */
    JOURNEY_ALERT,        /* raised; a: alert, b: state of the scenario or NONE,
                             c: place of the state in the condition */
    JOURNEY_ALERT_SILENT, /* a lower one takes its place, or it was there before
                             the run (c: 1); a: alert */
    JOURNEY_ALERT_LAPSED, /* fewer signs were noted */
    JOURNEY_ALERT_CLOSED, /* by its response, a move or a crisis */
    /* responses and handovers */
    JOURNEY_RESPONSE,        /* a: response; x: since */
    JOURNEY_RESPONSE_CLOSED, /* a: response */
    JOURNEY_ACTION,          /* a: response, b: action */
    JOURNEY_CONCERN,         /* arises; a: concern; x: since */
    JOURNEY_CONCERN_NOTICED, /* a: concern; x: when those who respond are told
                              */
    JOURNEY_CONCERN_KNOWN,   /* a: concern */
    JOURNEY_CONCERN_CLOSED,  /* a: concern, b: enum journey_close */
    JOURNEY_OWNED,           /* handover done, or its stay is over */
    JOURNEY_HANDOVER_LATE,
    JOURNEY_BLURRED, /* from now on staff know less */
    /* contacts; number: contact */
    JOURNEY_CONTACT_ADDED, /* by a concern; a: concern, b: of the step entry */
    JOURNEY_CONTACT_STAFF, /* staff are free again; a: worker, x: since */
    JOURNEY_CONTACT_ENDED, /* a: enum journey_end, b: whether unwell, c: whether
                              it is done and counts for the person */
    JOURNEY_CONTACT_OF,    /* its stay is about to end; a: ordinal of that */
    JOURNEY_CONTACT_IS,    /* a: kind, b: planned kind, c: JOURNEY_FLAG bits;
                              x: due, y: must be met by */
    JOURNEY_CONTACT_STAY,  /* a: ordinal of the stay, b: of the step entry;
                              x: met, y: staff time in full */
    JOURNEY_CONTACT_FOR,   /* a: response, b: action; x: deadline */
    /* staff; number: worker */
    JOURNEY_WORKER, /* a: shift, b: role, c: place and status: JOURNEY_PLACE;
                       x: start, y: end */
    JOURNEY_TEAM,   /* team time falls due; a: which, x: due, y: length */
    JOURNEY_BUSY,   /* in team time from now; a: which, x: due, y: until */
    JOURNEY_COST,   /* a: role; amount */
    JOURNEY_TYPES
};

/* What became of a contact, as enum contact_end counts it. */
enum journey_end {
    JOURNEY_END_COMPLETED,
    JOURNEY_END_NOT_DELIVERED,
    JOURNEY_END_NOT_ATTENDED,
    JOURNEY_END_DOWNGRADED,
    JOURNEY_END_CANCELLED,
    JOURNEY_END_OPEN,      /* when the run ended */
    JOURNEY_END_WITHDRAWN, /* before it fell due: it does not count */
    JOURNEY_ENDS
};

/* Why a concern is open no more. */
enum journey_close {
    JOURNEY_CLOSE_ITSELF,   /* after its time */
    JOURNEY_CLOSE_RESPONSE, /* its response succeeded */
    JOURNEY_CLOSE_LEFT,     /* the person left the model */
    JOURNEY_CLOSES
};

/* Of a contact. */
#define JOURNEY_FLAG_PLANNED 1u
#define JOURNEY_FLAG_HANDOVER 2u
#define JOURNEY_FLAG_WITH_PERSON 4u
#define JOURNEY_FLAG_DOWNGRADED 8u
#define JOURNEY_FLAG_BREACHED 16u
#define JOURNEY_FLAG_THERE 32u   /* the person, when staff came */
#define JOURNEY_FLAG_PAIR 64u    /* two workers, as it fell due */
#define JOURNEY_FLAG_REVIEW 128u /* that a decision of the plan waits for */

/* Whether somebody came for a rostered place; and whether the shift is below
 * its minimum, so that nobody of it goes out. */
enum journey_worker { WORKER_PRESENT, WORKER_BANK, WORKER_ABSENT };
#define JOURNEY_PLACE(place, stays_in, status)                                 \
    ((place) << 3 | (uint32_t)(stays_in) << 2 | (uint32_t)(status))

/* The cause of a stay that began before the run: none of the model's. */
#define JOURNEY_BEFORE 5u

struct journey_record {
    sim_ms time;
    uint32_t type; /* enum journey_type */
    uint32_t person;
    uint32_t number; /* of a contact or worker */
    uint32_t a, b, c;
    union {
        sim_ms x;
        double amount;
    };
    sim_ms y;
};

/* An index that is used again to the number of who has it now. */
struct journey_numbers {
    uint32_t *number; /* [room], NONE where nobody has */
    uint32_t room;
    uint32_t next;
};

struct journey {
    struct journey_record *record;
    size_t count, room;
    struct journey_numbers people, contacts, workers;
    int status;
};

/* Back to an empty log; the memory is kept. A zeroed journey is empty. */
void journey_reset(struct journey *journey);
/* Release the memory. Zeroed input is allowed. */
void journey_clear(struct journey *journey);
/* SIM_OK, or SIM_ERR_NO_MEMORY where something is missing. */
int journey_status(const struct journey *journey);
#endif
