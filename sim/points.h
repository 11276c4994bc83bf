#ifndef SIM_POINTS_H
#define SIM_POINTS_H
/*
 * Fixed random points: the luck of one clock of one entity (design, section
 * 7). The plane (time since origin) x (hazard height) is filled with a Poisson
 * process of intensity 1. The clock fires at the first point that lies below
 * the current hazard: exact thinning (Lewis and Shedler 1979) whose outcome
 * does not depend on the bound used to search.
 *
 * The plane is cut into bands of height: band 0 holds heights [0, 1/4) per day,
 * band b the heights [4^(b-2), 4^(b-1)); and each band into cells of time, of
 * 32 days in band 0 and of a quarter of that in each band above. The points of
 * a cell are drawn from the lowest up: the n-th gap between heights
 * (exponential, its mean 1 over the length of the cell) and the n-th time
 * (uniform in the cell) are named variates (owner, number, topic, purpose;
 * band, cell, n), and what passes the top of the band is no point of it. So a
 * search begins where it is asked to, draws about as many points as lie below
 * its bound, and has nothing to remember.
 * Threads: one value belongs to one replication.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>

#include "sim/calendar.h"
#include "sim/chance.h"

/* Bands reach up to so much per day; a higher bound is a fault. */
#define SIM_POINT_MOST 4096.0

/* There are no points from so many days after the origin on (89 years). */
#define SIM_POINT_DAYS 32768

/* What was last drawn for a clock: a search often begins where one before it
 * ended. It saves drawing that again, and has no other effect. */
struct sim_points {
    uint32_t number[2];  /* each of a cell, and which points; 0: nothing */
    uint32_t word[2][8]; /* of the heights of all, and of their times */
};

/* Hazard per day at `time`. Must not exceed the bound given with it. */
typedef double sim_hazard(const void *context, sim_ms time);

/* The highest that points of the lowest band may be for one bound, kept from
 * one search to the next, of whatever clock: those of one kind mostly have the
 * same bound. All zero: nothing is kept. */
struct sim_points_top {
    double high, limit;
};

/* What is searched for. The first three stay the same over a clock's life. */
struct sim_points_query {
    const struct sim_chance *chance;
    struct sim_name name; /* day and ordinal are overwritten */
    sim_ms origin;
    sim_ms after;       /* the answer is later */
    sim_ms horizon;     /* give up at this time */
    double bound;       /* per day, at least the hazard from `after` on */
    sim_hazard *hazard; /* NULL: constant at `bound` */
    const void *context;
    struct sim_points_top *top; /* or NULL; changes nothing but time */
};

/* Nothing is drawn yet, as for a new entity. */
static inline void sim_points_init(struct sim_points *points)
{
    points->number[0] = points->number[1] = 0;
}

/*
 * The first moment later than `query->after` at which a point lies below the
 * hazard, or SIM_NEVER where there is none before `query->horizon`. A bound of
 * 0 gives SIM_NEVER. `points` belongs to the clock, and to no other.
 */
sim_ms sim_points_next(struct sim_points *points,
                       const struct sim_points_query *query);
#endif
