#ifndef MODELS_INPUTS_H
#define MODELS_INPUTS_H
/*
 * What a scenario has from data files, and what is known of its numbers. Part
 * of a struct scenario (models/scenario.h), whose rules of order, units and
 * ownership hold here too.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "sim/calendar.h"

/* ---- referrals ---- */
/* One referral of a data file: at `from`, or, where its time is not known,
 * somewhen in the cohort's hours of the day that begins then. */
struct dated {
    sim_ms from;
    bool timed;
};

/* ---- today's caseload ---- */
/* Someone who is there when the run starts: one row of calendar.caseload. */
struct present {
    uint32_t cohort;
    uint32_t level;
    int32_t entered; /* day of entry to the level, before day 0 */
    uint32_t step;   /* of the level's plan; NONE: not known */
    uint32_t state;  /* of the cohort's condition; NONE: not known */
    uint32_t line;   /* of the file, for messages */
};

/* ---- where the numbers come from ---- */
struct provenance {
    const char *path;   /* of the mapping that carries `source` */
    const char *source; /* its text */
    bool assumption;    /* the text begins with "assumption" */
    uint32_t numbers;   /* how many numbers it covers */
};
/* What a mapping's `note` says. */
struct note {
    const char *path; /* of the mapping */
    const char *text;
};
/* A number that is not known for sure: between `low` and `high` with chance
 * `share`. In the unit the number is kept in (per day, ms, 0 to 1). */
struct uncertain {
    const char *path;
    const char *part; /* the parameter of a distribution that it is, or NULL */
    const char *text; /* as written */
    double low, high, value; /* runs use `value` */
    double share;            /* 1 where not said */
    struct uncertain *next;  /* of the same value; the reader's */
};
#endif
