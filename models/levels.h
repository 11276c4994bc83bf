#ifndef MODELS_LEVELS_H
#define MODELS_LEVELS_H
/*
 * Levels as a scenario describes them: places, stays, the ways on, handovers.
 * Part of a struct scenario (models/scenario.h), whose rules of order, units
 * and ownership hold here too.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "models/care.h"
#include "models/quantity.h"
#include "sim/calendar.h"
#include "sim/civil.h"

/* A share of time during which something is open: days and hours. `until` is
 * later than `from`, both from 00:00; a whole day is 0 to 24 h. */
struct opening {
    sim_day_set days;
    sim_ms from;
    sim_ms until;
};

struct handover {
    bool asked;
    uint32_t kind; /* its task, one of the kinds behind contact_kind_count */
    sim_ms within;
    double complete;      /* chance that, done, it is complete */
    double notices, acts; /* while late or incomplete */
    sim_ms until;         /* at most so long after entry */
    sim_ms overlap;       /* the old level's contacts go on so long; 0: not */
};
struct route { /* one way on from a level, drawn on entry */
    const char *name;
    uint32_t to; /* level; NONE: leaves the model */
    double chance;
    struct distribution delay; /* holds the place once the stay is over */
    bool has_stay;
    struct distribution stay; /* in place of the level's */
};
struct patience { /* of people who wait for a level */
    bool asked;
    struct distribution after; /* from asking */
    uint32_t to;               /* level asked for then; NONE: leaves */
};
enum next_full { NEXT_FULL_STAY, NEXT_FULL_WAIT }; /* hold the place, or not */
struct level {
    const char *name;
    uint32_t tag;
    int32_t rank;
    uint32_t places;  /* NONE: unlimited */
    uint32_t present; /* people of the caseload who are in it */
    bool observed;
    uint32_t plan; /* NONE: none */
    bool has_stay;
    struct distribution stay; /* where every route has its own, their mean */
    bool has_leaves;
    struct opening leaves;
    double worsening, improving; /* effect on the condition */
    uint32_t then;       /* next level; NONE: leaves the model, or has routes */
    struct route *route; /* sorted by name */
    uint32_t route_count;
    bool diverts;    /* when full, to ... */
    uint32_t divert; /* ... that level; NONE: leaves */
    enum next_full when_next_full;
    struct patience patience; /* of who waits for this level */
    bool accepts_no_alert;    /* lets in only people without an alert */
    uint32_t accepts_state;   /* and at most as severe; NONE: any */
    uint32_t *on_entry;       /* kinds of contact due on entry */
    uint32_t on_entry_count;
    sim_ms longest;              /* 0: no limit */
    sim_ms first_contact_within; /* 0: no limit */
    sim_ms follow_up;            /* 0: none */
    struct handover handover;
};

/* Where people can go on to from a level as planned: its routes, or `then`. */
static inline uint32_t level_ways(const struct level *level)
{
    return level->route_count ? level->route_count : 1;
}
static inline uint32_t level_way(const struct level *level, uint32_t i)
{
    return level->route_count ? level->route[i].to : level->then;
}
/* Whether a level lets in some people only. */
static inline bool level_chooses(const struct level *level)
{
    return level->accepts_no_alert || level->accepts_state != NONE;
}
/* Whether anybody may enter at any time. */
static inline bool level_is_open(const struct level *level)
{
    return level->places == NONE && !level_chooses(level);
}
#endif
