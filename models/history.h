#ifndef MODELS_HISTORY_H
#define MODELS_HISTORY_H
/*
 * History: what a journey says, put together: people and their stays, waits,
 * states and alerts, contacts with all that became of them, workers and what
 * they were busy with. From it the event log is written and `explain` tells.
 *
 * Rows of one array are in the order in which they began. Numbers of people,
 * contacts and workers are those of the journey, which are also their rows;
 * stays and all else are known by their rows. SIM_NEVER: did not happen (yet);
 * NONE: no such thing. `seq` is the place of a record in the journey: it says
 * what came first at one instant.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/journey.h"
#include "models/scenario.h"
#include "sim/error.h"

/* Why somebody entered or left a level, in the order of enum move_cause. */
enum history_cause {
    CAUSE_PLANNED,
    CAUSE_TIMED_OUT,
    CAUSE_EFFECT, /* of a response; the first entry, too */
    CAUSE_CRISIS,
    CAUSE_GAVE_UP,                 /* in place of a planned move */
    CAUSE_BEFORE = JOURNEY_BEFORE, /* the stay began before the run */
    CAUSES
};

struct history_person {
    uint32_t cohort;
    uint32_t state; /* when referred, or at the start; NONE: no condition */
    bool present;   /* when the run started: of today's caseload */
    bool had_plan;  /* before the run */
    sim_ms referred, left;
    uint32_t left_cause, left_seq;
    uint32_t stay;                      /* the latest */
    uint32_t step;                      /* the latest row of steps */
    uint32_t alert, episode, state_row; /* open rows, or NONE */
};
struct history_stay {
    uint32_t person, level, ordinal, before; /* the stay before it, or NONE */
    sim_ms entered, left;
    uint32_t cause, entered_seq;
    uint32_t left_cause, left_seq, to; /* level, NONE: left the model */
    uint32_t intended;                 /* contacts; NONE without a plan */
    bool handover;
    sim_ms owned;
};
struct history_move {      /* from a level, or out of the model */
    uint32_t person, stay; /* the stay it is from; NONE: was in none */
    uint32_t to, cause;    /* to NONE: out of the model */
    uint32_t seq;
    sim_ms time;
};
struct history_ask { /* for a place, as waits are counted */
    uint32_t person, level;
    sim_ms asked, until;
};
struct history_wait { /* on the list of a level */
    uint32_t person, stay, level, cause;
    sim_ms since, until;
    bool granted;
};
struct history_held {             /* a place with nowhere to go */
    uint32_t person, stay, cause; /* enum delay_cause */
    sim_ms since, until;
};
struct history_step {
    uint32_t person, stay, step, ordinal, before;
    sim_ms begun;
};
/* Things of a moment: plan events, crises, records. `what` is the type. */
struct history_event {
    uint32_t type; /* enum journey_type */
    uint32_t person, stay;
    uint32_t value;   /* step; state after a crisis; what is recorded */
    uint32_t outcome; /* of a crisis, or NONE */
    uint32_t seq;
    sim_ms time;
};
struct history_state {
    uint32_t person, state;
    sim_ms from, until;
};
struct history_alert {
    uint32_t person, stay, alert, state;
    bool silent; /* took the place of a higher one: not raised */
    bool early;  /* raised in the first state */
    bool closed; /* by a response, a move or a crisis; else fewer signs */
    sim_ms from, until;
};
struct history_episode {
    uint32_t person, stay;
    sim_ms from, seen, until;
};
struct history_sign {
    uint32_t contact, sign;
    sim_ms time;
};
struct history_response {
    uint32_t person, stay, response;
    sim_ms from, until;
};
struct history_concern {
    uint32_t person, stay, concern; /* stay: in which it arose */
    uint32_t why;                   /* enum journey_close, if it closed */
    sim_ms from, noticed, known, until;
};
struct history_action {
    uint32_t person, list, response, action; /* list: row of responses */
    sim_ms time;
};
struct history_contact {
    uint32_t person, stay, step; /* step of all plans, or NONE */
    uint32_t concern;            /* that added it to the plan, or NONE */
    uint32_t was_for;            /* ordinal of a stay that ended before it */
    uint32_t kind, planned_kind;
    uint32_t flags;            /* JOURNEY_FLAG */
    uint32_t end;              /* enum journey_end */
    bool unwell;               /* when it was missed */
    bool effect;               /* completed, and it counts for the person */
    bool known;                /* its task has been seen */
    uint32_t response, action; /* or NONE */
    sim_ms due, until, deadline;
    sim_ms started;              /* staff set off */
    sim_ms met, ended, over;     /* over: staff are free */
    sim_ms length;               /* staff time in full */
    uint32_t staff, staff_count; /* first row of busy, and how many */
};
struct history_worker {
    uint32_t shift, role, place;
    enum journey_worker status;
    bool stays_in; /* the shift is below its minimum */
    sim_ms start, end;
};
struct history_busy {
    uint32_t worker, contact; /* contact NONE: team time */
    uint32_t team;            /* row of teams, or NONE */
    uint32_t position;        /* among the workers of the contact */
    sim_ms from, until;
};
struct history_team { /* team time that fell due for a worker */
    uint32_t worker, team;
    sim_ms due, length;
    sim_ms from, until; /* when it was had */
};
struct history_cost {
    uint32_t role;
    sim_ms time;
    double amount;
};

/* One array of each; X(type, name). */
#define HISTORY_ARRAYS(X)                                                      \
    X(person, people)                                                          \
    X(stay, stays)                                                             \
    X(wait, waits)                                                             \
    X(move, moves)                                                             \
    X(ask, asks)                                                               \
    X(held, helds)                                                             \
    X(step, steps)                                                             \
    X(event, events)                                                           \
    X(state, states)                                                           \
    X(alert, alerts)                                                           \
    X(episode, episodes)                                                       \
    X(sign, signs)                                                             \
    X(concern, concerns)                                                       \
    X(response, responses)                                                     \
    X(action, actions)                                                         \
    X(contact, contacts)                                                       \
    X(worker, workers)                                                         \
    X(busy, busies)                                                            \
    X(team, teams)                                                             \
    X(cost, costs)

#define HISTORY_ARRAY(type, name)                                              \
    struct history_##type *name;                                               \
    uint32_t name##_count, name##_room;
struct history {
    const struct scenario *scenario;
    const struct journey *journey;
    HISTORY_ARRAYS(HISTORY_ARRAY)
    int status;
};
#undef HISTORY_ARRAY

/*
 * Put together what `journey` says of a run of `scenario`; both must outlive
 * the history. Returns SIM_OK or SIM_ERR_NO_MEMORY, then with nothing to clear.
 */
int history_make(struct history *history, const struct scenario *scenario,
                 const struct journey *journey) SIM_MUST_CHECK;
void history_clear(struct history *history);

/* Whether a contact is one from a plan and with the person. */
static inline bool history_is_planned(const struct history_contact *contact)
{
    const uint32_t both = JOURNEY_FLAG_PLANNED | JOURNEY_FLAG_WITH_PERSON;

    return (contact->flags & both) == both;
}
#endif
