#ifndef MODELS_COUNT_STAFF_IMPL_H
#define MODELS_COUNT_STAFF_IMPL_H
/*
 * Counting staff time: see count_staff.c. Included by count_impl.h, which has
 * count_hours, what others call.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/world_impl.h"

#define STAFF_HOURS 169 /* a week may begin and end within an hour */
/*
 * Staff time of a role in the hours of the measured weeks: not how much there
 * is in each, but who begins and ends in it (see count_staff.c). Numbers wrap
 * around; the sums that they make in the end do not.
 */
struct staff_hours {
    uint64_t workers[STAFF_HOURS]; /* how many more begin than end */
    uint64_t ms[STAFF_HOURS]; /* sum of when, since the first hour began; of
                                 those who end, taken off */
};
/* The week of the measured period of the last time; the last may be a part. */
struct staff_week {
    sim_ms from;
    uint64_t length;
    uint64_t *ms; /* [STAFF_BY_HOUR] */
};
/* From COUNT_DEMANDED on those by hour of the week, then all others. */
#define STAFF_BY_HOUR (COUNT_ROSTERED - COUNT_DEMANDED + 1)
#define STAFF_COUNTERS (COUNT_OVERTIME - COUNT_DEMANDED + 1)
struct staff_tally {
    struct staff_hours *hours[STAFF_BY_HOUR]; /* [role] */
    uint64_t *weeks;    /* [week][STAFF_BY_HOUR] milliseconds */
    uint64_t into_hour; /* of the clock: where measuring begins */
    struct staff_week week;
};

int count_staff_init(struct world *world) SIM_MUST_CHECK;
void count_staff_clear(struct staff_tally *t);
void count_staff_reset(struct world *world);
/* As count_hours, whenever it is and of whatever counter. */
void count_hours_other(struct world *world, enum counter counter, uint32_t role,
                       sim_ms from, sim_ms until, int32_t workers);
/* The same of one by hour, from `begin` to `end` of the week at hand. */
static inline void count_in_week(struct staff_tally *t, enum counter counter,
                                 uint32_t role, uint64_t begin, uint64_t end,
                                 int32_t workers)
{
    struct staff_hours *hours = &t->hours[counter - COUNT_DEMANDED][role];
    uint32_t first, last;
    uint64_t count = (uint64_t)workers, begun, ended;

    begin += t->into_hour;
    end += t->into_hour;
    first = (uint32_t)begin / (uint32_t)SIM_HOUR;
    last = (uint32_t)end / (uint32_t)SIM_HOUR;
    begun = count * begin;
    ended = count * end;
    hours->workers[first] += count;
    hours->ms[first] += begun;
    hours->workers[last] -= count;
    hours->ms[last] -= ended;
    t->week.ms[counter - COUNT_DEMANDED] += ended - begun;
}
/* Put what has been counted of a counter by hour into the record. */
void count_put_hours(struct world *world, enum counter counter);
void count_cost(struct world *world, uint32_t role, double amount);
/* Sum the staff hours: part of count_finish. */
void count_finish_staff(struct world *world);
#endif
