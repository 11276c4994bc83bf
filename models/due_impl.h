#ifndef MODELS_DUE_IMPL_H
#define MODELS_DUE_IMPL_H
/*
 * Which contacts of a plan fall due next, and who waits for that: what plans.c
 * keeps, and plan_lines.c knows before anything runs. Private to models/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/scenario.h"
#include "sim/calendar.h"

struct ways;

/* The next contact of one line of the step's plan. */
struct upcoming {
    sim_ms from;   /* staff may set off; SIM_NEVER or beyond: no more in this
                      segment */
    sim_ms lead;   /* from then it is so long until it falls due, */
    sim_ms window; /* and from then until it must have been met */
    int32_t day;
    uint32_t nth;  /* of that day, from 0; see NTH_AHEAD */
    uint32_t left; /* how many more fall due on that day */
    bool added;    /* by a concern, beside the steps */
};

static inline sim_ms upcoming_due(const struct upcoming *upcoming)
{
    return upcoming->from + upcoming->lead;
}
static inline sim_ms upcoming_until(const struct upcoming *upcoming)
{
    return upcoming_due(upcoming) + upcoming->window;
}

/* A day on which a line of a step falls due, and how often. */
struct due_day {
    int32_t day;
    uint32_t count;
};
/* One line of a step's contacts, as the plan needs it at every contact. Where
 * its days do not depend on the date, `day` has for every day of the step, and
 * for the one after it, the first from there on (or the end of the step). */
struct due_line {
    const struct schedule *schedule;
    struct ways *ways;   /* of the kind */
    struct due_day *day; /* [days + 1], or NULL */
    int32_t *gap; /* [days]: from each day of one to the next; DUE_NO_MORE
                     after the last; or NULL: see plan_lines.c */
#define DUE_NO_MORE (1 << 20) /* days: past the end of any run */
    /* [days of the civil calendar] of civil days: the first from each on which
     * it may fall due, or their number; or NULL */
    int32_t *date;
    uint32_t total; /* of `day`: the whole step, once */
    uint32_t kind;
    sim_ms at;     /* time of day; -1: the person's preferred one */
    sim_ms window; /* of each of the `times` of a day */
    uint32_t times;
    sim_ms lead;    /* -1: drawn for each contact */
    bool common;    /* of a common kind: see task_impl.h */
    uint32_t topic; /* of the kind, for names */
};

/* People who wait for contacts to fall due at the same moment: see plans.c. */
struct due_moment {
    sim_ms from;
    uint32_t *person; /* [room]; the first has the moment on their clock */
    uint32_t count, room;
};
/* Nobody else is known to wait for theirs: in place of a place among them. */
#define DUE_ALONE NONE
#define DUE_MOMENTS 16 /* a power of two; more at once are rare */
#endif
