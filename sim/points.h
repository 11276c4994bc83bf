#ifndef SIM_POINTS_H
#define SIM_POINTS_H
/*
 * Fixed random points: the luck of one clock of one entity (design, section
 * 7). The plane (time since origin) x (hazard height) is filled with a Poisson
 * process of intensity 1, in bands: band 0 holds heights [0, 1/16) per day,
 * band b the heights [4^(b-3), 4^(b-2)) per day. In a band the n-th gap
 * (exponential, mean 1/width) and the n-th height (uniform in the band) are
 * named variates (owner, number, topic, purpose; band, n). The clock fires at
 * the first point that lies below the current hazard: exact thinning (Lewis and
 * Shedler 1979) whose outcome does not depend on the bound used to search.
 * Threads: one value belongs to one replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/chance.h"

/* Bands reach up to 4^6 = 4096 per day; a higher bound is a fault. Wider bands
 * would waste points above the hazard, narrower ones a first point each: most
 * rates of a pathway lie below 1/16 or 1/4 a day. */
#define SIM_POINT_BANDS 9

/* A band: the point that the last search came to. */
struct sim_band {
    double days;      /* since the origin */
    double height;    /* per day */
    double least;     /* the least height of points between `from` and it */
    double from_days; /* where a search may have to begin anew: ... */
    uint32_t from;    /* ... the next point from there, not before the last
                         `after` */
    uint32_t n;       /* the point's ordinal */
    uint32_t next[4]; /* where `n` is even: what point n + 1 is made of */
};

struct sim_points {
    uint32_t open; /* bit b: band[b] holds a point */
    struct sim_band band[SIM_POINT_BANDS];
};

/* Hazard per day at `time`. Must not exceed the bound given with it. */
typedef double sim_hazard(const void *context, sim_ms time);

/* What is searched for: all but `after` stay the same over a clock's life. */
struct sim_points_query {
    const struct sim_chance *chance;
    struct sim_name name; /* day and ordinal are overwritten */
    sim_ms origin;
    sim_ms after;       /* the answer is later; never less than last time */
    sim_ms horizon;     /* give up at this time */
    double bound;       /* per day, at least the hazard from `after` on */
    sim_hazard *hazard; /* NULL: constant at `bound` */
    const void *context;
};

/* Forget all points, as for a new entity. */
void sim_points_init(struct sim_points *points);

/*
 * The first moment later than `query->after` at which a point lies below the
 * hazard, or SIM_NEVER where there is none before `query->horizon`. `points`
 * remembers where it is, so `after` must not go back. A bound of 0 gives
 * SIM_NEVER.
 */
sim_ms sim_points_next(struct sim_points *points,
                       const struct sim_points_query *query);
#endif
