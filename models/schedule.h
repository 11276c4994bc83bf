#ifndef MODELS_SCHEDULE_H
#define MODELS_SCHEDULE_H
/*
 * Schedules: on which days of a step a contact falls due, and how often.
 * Days of a step are counted from 0 inside the program, from 1 where a user
 * writes them ("day 1 8", "weekly on day 3").
 * Threads: pure functions of read-only data.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>

#include "sim/civil.h"

enum schedule_form {
    SCHEDULE_EVERY,    /* every `n` days of the step: 0, n, 2n, ... */
    SCHEDULE_PER_WEEK, /* days floor(7 i / n) of each week of the step */
    SCHEDULE_WEEKLY,   /* day `n` of each week of the step */
    SCHEDULE_DAYS,     /* civil days of the set `days` */
    SCHEDULE_STEP_DAYS /* days of the step in `day` */
};
enum weekend_rule {
    WEEKENDS_KEPT,
    WEEKENDS_DROPPED,
    WEEKENDS_TO_MONDAY,
    WEEKENDS_TO_FRIDAY
};

#define SCHEDULE_DAYS_MAX 32
struct schedule {
    enum schedule_form form;
    int32_t n;
    sim_day_set days;
    int32_t day[SCHEDULE_DAYS_MAX];
    uint32_t day_count;
    uint32_t times; /* a day: 1, or 2 for "twice a day" */
    enum weekend_rule weekends;
    sim_ms at; /* time of day, or -1: the kind's own */
};

/* Read a schedule as the design's section 4 lists them. On failure `*out` is
 * unchanged and `*why` says what would be right. */
bool schedule_parse(const char *text, struct schedule *out, const char **why);

/*
 * How many contacts fall due on `day` of the run, which is day `position` of a
 * step of `length` days of which the days from `first` on are run through
 * (`first` is 0 unless only the end of the step is repeated). Moved ones count
 * where they move to: forward to the next weekday or back to the last one; one
 * that would move out of the days run through goes the other way, and is
 * dropped where neither side of the weekend lies in them.
 */
uint32_t schedule_count(const struct schedule *schedule,
                        const struct sim_civil *civil, int32_t day,
                        int32_t position, int32_t first, int32_t length);

/* Whether anything of a schedule of civil days can fall due on `day`, in
 * whatever step: where not, schedule_count gives 0. */
bool schedule_may_be_on(const struct schedule *schedule,
                        const struct sim_civil *civil, int32_t day);

/* Whether schedule_count depends on the date and not on `position` alone. */
bool schedule_uses_dates(const struct schedule *schedule);
#endif
