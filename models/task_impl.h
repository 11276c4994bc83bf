#ifndef MODELS_TASK_IMPL_H
#define MODELS_TASK_IMPL_H
/*
 * What there is of one contact, and of all of a kind. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/person_impl.h"
#include "sim/queue.h"

enum task_state {
    TASK_UNUSED,
    TASK_WAITING, /* in a line, or parked until something changes */
    TASK_TRAVEL,
    TASK_FACE,
    TASK_NOTES
};
/* A contact, a meeting or a handover, from the moment staff may set off. First
 * what the common contact needs: three cache lines, as they are made and end in
 * great numbers. */
struct task {
    uint32_t index;            /* its own: the only field never forgotten */
    uint32_t person;           /* NONE once the person is gone */
    uint32_t next, previous;   /* of the person */
    uint32_t kind;             /* what it is now */
    uint32_t planned_kind;     /* what it was planned as */
    uint32_t stay, step_entry; /* of the person when it was made; step_entry
                                  NONE: added by a concern */
    uint32_t crises;           /* and when staff set off */
    sim_ms due, until;
    sim_ms travel, lasts, notes;
    sim_ms met;
    uint32_t cell, entry; /* see count_impl.h */
    uint32_t tie;
    uint32_t option; /* bits: which options are open; in line while not 0 */
    double luck;     /* uniform that decides attendance */
    struct sim_name name;
    uint32_t worker;
    uint32_t slot; /* of its next moment; NONE: has none of its own */
    enum task_state state;
    bool planned; /* by a plan (else for a response or handover) */
    bool handover;
    bool review; /* that the plan's decision waits for */
    bool with_person;
    bool ordinary; /* of a step, with the person, no review, as planned */
    bool downgraded;
    bool pair; /* of two workers, as it fell due */
    bool breached;
    bool draws; /* lasts or notes, as said of its kind */
    bool there;
    bool counted;  /* belongs to the measured period */
    bool demanded; /* its staff time is counted as demand */
    bool closes;   /* with others of its kind: see struct ways */
    bool straight; /* see below */
    uint32_t response, list, action; /* list: its `times` */
    sim_ms or_at, deadline;          /* SIM_NEVER where there is none */
    sim_ms needed;                   /* its times in all before a downgrade */
};
_Static_assert(sizeof(struct task) <= 192, "three cache lines");
/*
 * `straight`: the common contact, which takes short ways through its start, its
 * end and its closing, because much is known of it: it is ordinary, of a plain
 * kind (so it takes one worker, who is not on call) and the person's only task;
 * it closes with others of its kind until it starts, and nobody keeps a log.
 * Set when it begins to wait; forgotten for good when it is looked at again
 * while it waits, or the person has another task or is gone. tests/test_twins.c
 * holds the short ways against the general ones.
 */

/* One way to staff a kind, as service needs it at every look. */
struct way {
    bool on_call;
    bool early;     /* staff may set off before it is due, to be there then */
    sim_ms arrives; /* on call: within, after the call */
    sim_ms after;   /* from due */
    bool pair;      /* two of the role: see pairs.c */
};
/* All ways to staff a kind, and what else its contacts have in common. */
struct ways {
    struct way *way; /* [count] */
    uint32_t count;
    uint32_t line;  /* that of the set s of them is line + s - 1 */
    uint32_t joint; /* bits: which of them take several workers */
    bool pairs;     /* the second half are the first with two workers */
    bool plain;     /* one way, not joint, early, and no `or`: see waiting.c */
    bool draws;     /* lasts or notes is drawn for each contact */
    double attendance; /* of the kind, as its staff find people in, and ... */
    double attendance_at_other_times; /* ... times that where they do not like
                                         the time */
    uint32_t demands;  /* role of the one worker of first choice; NONE: more */
    bool common;       /* plain, with the person, its times always the same */
    struct task blank; /* a contact of the kind before it is anybody's */
    struct task due;   /* the same where it is common and falls due */
    bool rounds;       /* may be a round: round_impl.h */
    uint32_t round_role;
    sim_ms round_expected;
    uint32_t closing; /* so many that wait close together ... */
    clock_key closes; /* ... at this moment, which a slot of the kind holds */
};

/* Contacts that begin to wait together, at most; mostly fewer fall due. */
#define MADE_MOST SIM_QUEUE_FEW
#endif
