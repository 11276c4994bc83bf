#ifndef STUDIES_LOAD_H
#define STUDIES_LOAD_H
/*
 * Load: what is offered to every level and every role, before any run.
 *
 * Each cohort's people are followed in expectation: through a level day by day
 * (their state, their place in the plan, whether an alert is in force), and
 * from level to level by the traffic equations
 *     x = b + x R        (Jackson 1957)
 * where x is the flow into each kind of entry (level, weekday, state), b what
 * is referred and R the chance that one entry leads to another. R holds planned
 * moves, time limits, outcomes of crises and what responses do, so people who
 * come back are counted each time. People in a level are flow times mean stay
 * (Little 1961).
 *
 * Approximate. It takes an ordinary week, without holidays, in which nobody
 * waits for a place (where a full level sends people on, Erlang B says how
 * many), no contact is left undelivered and nobody disengages; days are whole;
 * the Gamma between people becomes two sorts of people with the same first
 * three moments; a sign's persistence is kept from one contact to the next, and
 * forgotten after a review. docs/load.md says it all. The simulation is the
 * answer; this says where to look first.
 *
 * Units: days, hours and people; rates per week. Pure: no chance is drawn.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/scenario.h"
#include "sim/error.h"

/* Why the simulation need not agree with a level's formula: bits of a set. */
enum load_differs {
    LOAD_DIFFERS_HOURS,    /* referrals keep to days or hours */
    LOAD_DIFFERS_MOVES,    /* some come from other levels, not at random */
    LOAD_DIFFERS_BLOCKING, /* places are held while the next level is full */
    LOAD_DIFFERS_LEAVES,   /* people move on at set days or hours only */
    LOAD_DIFFERS_KEPT,     /* who waits goes on being supported elsewhere, and
                              may move or leave meanwhile */
    LOAD_DIFFERS_CHOOSES,  /* not everyone is let in at once */
    LOAD_DIFFERS_STAYS,    /* stays are not exponential, as the formula has it
                              with giving up */
    LOAD_DIFFERS_COUNT
};

/* Which formula stands beside the simulation. */
enum load_formula {
    LOAD_NOBODY,    /* nobody comes */
    LOAD_UNLIMITED, /* M/G/infinity: a Poisson number of people */
    LOAD_ERLANG_C,  /* M/G/c, by Erlang C and the usual correction for the
                       spread of stays */
    LOAD_ERLANG_B,  /* M/G/c/c: who finds no place is sent on */
    LOAD_ERLANG_A,  /* M/M/c+M: who waits gives up at random */
    LOAD_IMPATIENT, /* no formula fits: people give up otherwise */
    LOAD_TOO_MANY   /* no formula fits: the waiting list grows */
};

struct load_level {
    double arrivals;  /* asking for a place, per week */
    double referred;  /* of them straight from outside */
    double stay_days; /* mean */
    double people;    /* offered: there on average if none had to wait; less
                         those who are sent on */
    double ratio;     /* people per place; NAN without limit */
    enum load_formula formula;
    double full;      /* chance that who asks has to wait, or is sent on; NAN
                         where none */
    double gave_up;   /* LOAD_ERLANG_A: chance that who asks gives up */
    double wait_days; /* mean over all who ask; NAN where none */
    double most;      /* LOAD_UNLIMITED: not exceeded 95% of the time */
    unsigned differs; /* bits of enum load_differs */
};

enum { LOAD_WEEKDAY, LOAD_WEEKEND, LOAD_DAY_TYPES };

enum load_work {
    LOAD_PLANNED,   /* contacts and meetings of plans */
    LOAD_HANDOVERS, /* on entering a level */
    LOAD_RESPONSES, /* to missed contacts, alerts and time limits */
    LOAD_OTHER,     /* responses to concerns and calls; contacts that concerns
                       add */
    LOAD_WORK_COUNT
};

/* Hours of a role on one day: the average Monday to Friday, or Saturday and
 * Sunday. */
struct load_hours {
    double offered[LOAD_WORK_COUNT]; /* by the role of first choice */
    double all;                      /* of them together */
    double rostered;                 /* as planned */
    double team;                     /* of those present, for the team itself */
    double present;                  /* rostered less absence, plus bank, less
                                        time for the team */
    double ratio; /* all over present; 0 of nothing, INFINITY with nobody */
};
struct load_role {
    struct load_hours day[LOAD_DAY_TYPES];
};

struct load {
    const struct scenario *scenario; /* must outlive it */
    struct load_level *level;        /* [level_count] */
    struct load_role *role;          /* [role_count] */
    double *flow; /* [level_count][level_count + 1] moves per week from level to
                     level; the last column: out of the model */
    double alerts;     /* per week */
    double crises;     /* per week, in levels */
    bool complete;     /* everyone's way was followed to its end */
    uint32_t overload; /* how many levels, and days of roles, are
                          offered more than there is */
};

/* What is offered in `scenario`. Release with load_clear. Returns SIM_OK,
 * SIM_ERR_NO_MEMORY, or SIM_ERR_LIMIT where the traffic equations have no
 * answer, because people never leave (`out` is then zeroed). */
int load_make(const struct scenario *scenario, struct load *out) SIM_MUST_CHECK;

/* Release what it owns. Zeroed input is allowed. */
void load_clear(struct load *load);

/* Whether what is offered is more than there is: a level's people, a role's
 * hours. */
bool load_level_over(const struct load_level *level);
bool load_hours_over(const struct load_hours *hours);

/* Erlang's formulas (Erlang 1917; Gross, Shortle, Thompson and Harris 2008,
 * sections 2.3 and 2.5) for `places` >= 1 and offered load `offered` >= 0: the
 * chance that all places are taken where who finds them so goes away (B), or
 * waits (C; 1 where offered >= places). */
double erlang_b(uint32_t places, double offered);
double erlang_c(uint32_t places, double offered);

/* What who asks meets where people wait for an exponential time of mean
 * `patience` stays and then go away, by chance (Palm 1957; M/M/c+M, see
 * Garnett, Mandelbaum and Reiman 2002, section 2): to wait at all, and to give
 * up; and the mean wait in stays, of all who ask. */
struct erlang_a {
    double waits, gives_up, wait;
};
struct erlang_a erlang_a(uint32_t places, double offered, double patience);
#endif
