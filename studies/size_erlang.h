#ifndef STUDIES_SIZE_ERLANG_H
#define STUDIES_SIZE_ERLANG_H
/*
 * The Erlang answer beside the simulated one: how many of a role the textbook
 * would have on duty so that work waits longer than it may with at most a given
 * chance, were it to come at random at an even rate while they are on duty, and
 * each piece to take an exponential time (M/M/c, Erlang 1917; the chance to
 * wait longer than t is C(c, a) exp(-(c - a) t / s), Gross, Shortle, Thompson
 * and Harris 2008, section 2.3, with offered load a and mean time s).
 *
 * In step-down services work does none of that: contacts fall due together at
 * set times, may wait for hours, are dropped when a window closes and must end
 * with the shift. Why the two differ stands beside it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "models/scenario.h"
#include "sim/error.h"
#include "studies/load.h"

/* Why the simulation need not agree: bits of a set. */
enum size_differs {
    SIZE_DIFFERS_TOGETHER, /* contacts fall due together, not at random */
    SIZE_DIFFERS_WINDOWS,  /* what is not begun in its window is dropped */
    SIZE_DIFFERS_SHIFTS,   /* nothing is begun that the shift cannot end */
    SIZE_DIFFERS_ABSENCE,  /* some of those rostered are absent */
    SIZE_DIFFERS_JOINT,    /* some work takes several at once */
    SIZE_DIFFERS_OTHERS,   /* another role steps in, or the work is shared */
    SIZE_DIFFERS_BACK,     /* what is missed makes more work, or less */
    SIZE_DIFFERS_COUNT
};

struct size_erlang {
    uint32_t role;
    int day;          /* LOAD_WEEKDAY or LOAD_WEEKEND */
    double cover;     /* hours of a day with someone of the role rostered */
    double on_duty;   /* rostered while there is cover, mean */
    double offered;   /* Erlangs: hours of work in an hour of cover */
    double minutes;   /* mean staff time of a piece of work */
    double window;    /* minutes that it may wait, mean */
    double share;     /* chance to wait longer that is asked for */
    uint32_t staff;   /* on duty, by the formula; 0 where none fits */
    double late;      /* chance to wait longer with that many */
    unsigned differs; /* bits of enum size_differs */
};

/*
 * For `role` on the two types of day, from what is offered in `load` (of the
 * chosen design's scenario) and the chance `share` (above 0, below 1) of
 * waiting too long. Returns how many of `out` (room for two) were made: none
 * for a type of day on which the role is not rostered or has no work.
 */
uint32_t size_erlang_make(const struct load *load, uint32_t role, double share,
                          struct size_erlang out[LOAD_DAY_TYPES]);
#endif
