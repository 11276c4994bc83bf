#ifndef MODELS_ROUND_IMPL_H
#define MODELS_ROUND_IMPL_H
/*
 * Rounds: how the common contact goes when nothing else does. Private to
 * models/.
 *
 * Those of one kind that fall due together, of people with no other contact,
 * are a batch first: what is each one's own, side by side, and no task. If no
 * contact at all is open then, they become a round: they stand in the order of
 * the line, staff take one after the other, and those under way end in the
 * order in which they began, as each takes as long as all others where the
 * person is there, or is not. So a round needs no line, no task, and one slot
 * of the calendar for its next end. It says what the line, the tasks and their
 * slots would, for as long as it is by itself: before anything that is not of
 * it could meet one of its contacts (another contact is made, somebody's are
 * withdrawn, a step or a stay begins or ends, the run ends) it is broken up
 * into tasks as they would stand (round_break). The general way is its twin:
 * tests/test_twins.c holds both against each other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/task_impl.h"

struct world;

/* What contacts that fall due together have in common. */
struct due_alike {
    uint32_t kind;
    sim_ms due, until;
    bool counted; /* in the measured period */
};

/* Contacts of a common kind, the only ones of their people, that fall due now
 * and may be met until the same moment. Their counters lie side by side to be
 * drawn together. */
struct due_batch {
    struct due_alike alike;
    uint32_t count;
    uint32_t *person;            /* [room] whose they are */
    struct sim_counter *counter; /* [room] of their names */
    size_t room;
};

/* One contact of a round. */
struct round_contact {
    uint32_t person;
    uint32_t tie;
    uint64_t name; /* second half of its counter */
    double luck;   /* uniform that decides attendance */
    /* Once it has begun: */
    sim_ms met;
    uint32_t worker;
    struct round_contact *following; /* the next under way that takes as long */
};

/* Those under way that take equally long, in the order of their ends. */
struct round_way {
    struct round_contact *first, *last; /* last: where there is a first */
    sim_ms lasts;
    clock_key next; /* end of the first, or CLOCK_EMPTY */
};

struct round {
    struct due_alike alike;
    const struct ways *ways;       /* of the kind */
    struct round_contact *contact; /* [room] in the order of the line */
    uint32_t *tie;                 /* [room] what is drawn of each, ... */
    double *luck;                  /* [room] */
    uint64_t *order; /* [2][room] ... and tie and number, to put them in order:
                        while they are many */
    size_t room;
    uint32_t count;          /* 0: there is no round */
    uint32_t begun;          /* as many of them: the others wait, ... */
    clock_key closes;        /* ... until this moment */
    struct round_way way[2]; /* [whether the person is there] */
    uint32_t busy;           /* under way now; and as many as ... */
    uint32_t before;         /* ... this were, and still are, ... */
    sim_ms since;            /* ... from then on: their hours are to count */
    bool quiet;       /* nothing waits to hear of those that end as planned */
    struct task task; /* what others look at of a contact that ends */
};

/* Room for more who wait for a moment; in the batch; for so many in a round.
 * False, with the world's error set, where there is none. In world.c. */
bool due_grow(struct world *world, struct due_moment *moment);
bool batch_grow(struct world *world);
bool round_grow(struct world *world, size_t room);

/* The batch becomes tasks that wait. */
void batch_put(struct world *world);
/* The batch becomes a round, if it may. Returns whether it did. */
bool round_begin(struct world *world);
/* The moment of a round has come: contacts of it end, and others begin, up to
 * the next moment of anything else. */
void round_due(struct world *world);
/* Staff are allotted: start those of the round that can be. Returns whether
 * any did. */
bool round_allot(struct world *world);
/* There is no round any more: its contacts are tasks. */
void round_break_up(struct world *world);

/* A task of somebody's common contact that falls due; NULL, with the world's
 * error set, where there is no room. */
struct task *task_make_due(struct world *world, const struct due_alike *alike,
                           uint32_t person, uint64_t name, uint32_t tie,
                           double luck);
/* Put `count` such, at most MADE_MOST, in their line. */
void waiting_put(struct world *world, const struct due_alike *alike,
                 uint32_t count, const uint32_t id[], const uint32_t tie[]);
#endif
