/*
 * Schedules. A schedule is first nominal: which days of the step it names, as
 * if every day were alike. A weekend rule then drops what falls on a weekend
 * or holiday, or moves it to the nearest weekday of the step on the side the
 * rule prefers, else on the other side. A run of days off between two weekdays
 * moves as one, so each weekday only looks at the run before and the run after
 * it: a few steps, and each contact is taken by exactly one day.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/schedule.h"

#include <stddef.h>
#include <string.h>

#include "models/quantity.h"

#define EVERY_MAX 366    /* days between two contacts */
#define PER_WEEK_MAX 28  /* four a day */
#define STEP_DAY_MAX 999 /* a day of a step, as written */

/* ---- reading ---- */

#define WHY_LIST                                                               \
    "a schedule such as every day, every 2 days, 2 per week, twice a day, "    \
    "weekly, weekly on day 3, fortnightly, weekdays, mon wed fri or day 1 8"

static const char WHY_FORM[] = WHY_LIST;
static const char WHY_REST[] =
    "after the schedule only: at 18:00, not weekends, weekends to monday or "
    "weekends to friday, each once at most";
static const char WHY_TWICE[] = "each day named once";
static const char WHY_MANY[] = "at most 32 days of the step";

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Take the word `word` if it is next, and the spaces after it. */
static bool take(const char **at, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(*at, word, length) != 0 || is_word_char((*at)[length]))
        return false;
    *at += length;
    while (**at == ' ')
        (*at)++;
    return true;
}

/* Take a whole number of 1 to `most`, and the spaces after it. */
static bool take_count(const char **at, int32_t most, int32_t *out)
{
    const char *p = *at;
    int32_t n = 0;

    while (*p >= '0' && *p <= '9' && n <= most)
        n = 10 * n + (*p++ - '0');
    if (p == *at || n < 1 || n > most || is_word_char(*p) || *p == '.' ||
        *p == ':')
        return false;
    while (*p == ' ')
        p++;
    *at = p;
    *out = n;
    return true;
}

static bool take_every(const char **at, struct schedule *s)
{
    s->form = SCHEDULE_EVERY;
    if (take(at, "day")) {
        s->n = 1;
        return true;
    }
    return take_count(at, EVERY_MAX, &s->n) && take(at, "days");
}

static bool take_weekly(const char **at, struct schedule *s)
{
    s->form = SCHEDULE_WEEKLY;
    s->n = 0;
    if (!take(at, "on"))
        return true;
    if (!take(at, "day") || !take_count(at, 7, &s->n))
        return false;
    s->n--;
    return true;
}

/* Put `day` among the days of the step, which are kept in rising order. */
static bool add_step_day(struct schedule *s, int32_t day, const char **why)
{
    uint32_t i = s->day_count;

    if (s->day_count == SCHEDULE_DAYS_MAX) {
        *why = WHY_MANY;
        return false;
    }
    while (i > 0 && s->day[i - 1] > day) {
        s->day[i] = s->day[i - 1];
        i--;
    }
    if (i > 0 && s->day[i - 1] == day) {
        *why = WHY_TWICE;
        return false;
    }
    s->day[i] = day;
    s->day_count++;
    return true;
}

static bool take_step_days(const char **at, struct schedule *s,
                           const char **why)
{
    int32_t day;

    s->form = SCHEDULE_STEP_DAYS;
    while (take_count(at, STEP_DAY_MAX, &day)) {
        if (!add_step_day(s, day - 1, why))
            return false;
    }
    return s->day_count > 0;
}

/* The bit of the weekday that is next, or 0. */
static unsigned take_weekday(const char **at)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu",
                                        "fri", "sat", "sun"};

    for (unsigned i = 0; i < 7; i++) {
        if (take(at, names[i]))
            return 1u << i;
    }
    return 0;
}

static bool take_civil_days(const char **at, struct schedule *s,
                            const char **why)
{
    unsigned bit;

    s->form = SCHEDULE_DAYS;
    if (take(at, "weekdays"))
        s->days = SIM_DAYS_WEEKDAYS;
    else if (take(at, "weekends"))
        s->days = SIM_DAYS_WEEKENDS;
    if (s->days != 0)
        return true;
    while ((bit = take_weekday(at)) != 0) {
        if (s->days & bit) {
            *why = WHY_TWICE;
            return false;
        }
        s->days = (sim_day_set)(s->days | bit);
    }
    return s->days != 0;
}

static bool take_form(const char **at, struct schedule *s, const char **why)
{
    *why = WHY_FORM;
    if (take(at, "every"))
        return take_every(at, s);
    if (take(at, "twice")) {
        s->form = SCHEDULE_EVERY;
        s->n = 1;
        s->times = 2;
        return take(at, "a") && take(at, "day");
    }
    if (take(at, "weekly"))
        return take_weekly(at, s);
    if (take(at, "fortnightly")) {
        s->form = SCHEDULE_EVERY;
        s->n = 14;
        return true;
    }
    if (take(at, "day"))
        return take_step_days(at, s, why);
    if (take_count(at, PER_WEEK_MAX, &s->n)) {
        s->form = SCHEDULE_PER_WEEK;
        return take(at, "per") && take(at, "week");
    }
    return take_civil_days(at, s, why);
}

/* `at HH:MM`; the word `at` has been taken. */
static bool take_at(const char **at, struct schedule *s)
{
    char clock[8] = "";
    const char *why;
    size_t n = strcspn(*at, " ");
    sim_ms ms;

    if (s->at >= 0 || n >= sizeof clock)
        return false;
    memcpy(clock, *at, n);
    if (!quantity_clock(clock, &ms, &why) || ms == SIM_DAY)
        return false;
    *at += n;
    while (**at == ' ')
        (*at)++;
    s->at = ms;
    return true;
}

/* The rule for weekends, when one is next. */
static bool take_rule(const char **at, struct schedule *s)
{
    bool dropped = take(at, "not");

    if (s->weekends != WEEKENDS_KEPT || !take(at, "weekends"))
        return false;
    if (dropped)
        s->weekends = WEEKENDS_DROPPED;
    else if (!take(at, "to"))
        return false;
    else if (take(at, "monday"))
        s->weekends = WEEKENDS_TO_MONDAY;
    else if (take(at, "friday"))
        s->weekends = WEEKENDS_TO_FRIDAY;
    return s->weekends != WEEKENDS_KEPT;
}

bool schedule_parse(const char *text, struct schedule *out, const char **why)
{
    struct schedule s = {.times = 1, .at = -1};

    while (*text == ' ')
        text++;
    if (!take_form(&text, &s, why))
        return false;
    *why = WHY_REST;
    while (*text != '\0') {
        if (take(&text, "at") ? !take_at(&text, &s) : !take_rule(&text, &s))
            return false;
    }
    *out = s;
    return true;
}

/* ---- counting ---- */

static bool day_is_off(const struct sim_civil *civil, int32_t day)
{
    return sim_civil_type(civil, day) != SIM_DAY_WEEKDAY;
}

/*
 * Contacts that the schedule names on a day before any rule for weekends. With
 * a rule, a weekday's name means that weekday even on a holiday: the rule says
 * what becomes of it. Without one, sim_civil_in decides.
 */
static uint32_t nominal(const struct schedule *s, const struct sim_civil *civil,
                        int32_t day, int32_t position)
{
    switch (s->form) {
    case SCHEDULE_EVERY:
        return s->n == 1 || position % s->n == 0 ? s->times : 0;
    case SCHEDULE_PER_WEEK: {
        /* The i with floor(7 i / n) = p are those from ceil(n p / 7) on and
         * before ceil(n (p + 1) / 7). */
        int32_t p = position % 7;

        return (uint32_t)((s->n * (p + 1) + 6) / 7 - (s->n * p + 6) / 7);
    }
    case SCHEDULE_WEEKLY:
        return position % 7 == s->n;
    case SCHEDULE_DAYS:
        if (s->weekends != WEEKENDS_KEPT &&
            (s->days >> sim_civil_weekday(civil, day) & 1) != 0)
            return 1;
        return sim_civil_in(civil, day, s->days);
    case SCHEDULE_STEP_DAYS:
        for (uint32_t i = 0; i < s->day_count; i++) {
            if (s->day[i] >= position)
                return s->day[i] == position;
        }
        return 0;
    }
    return 0;
}

/* A day of a step whose days `first` to `length` - 1 are run through, and its
 * date. */
struct step_day {
    int32_t day;
    int32_t position;
    int32_t first;
    int32_t length;
};

/*
 * Contacts on the run of days off next to `at` in direction `way` (-1 or 1),
 * within the step. `*closed` says whether a weekday of the step ends the run.
 */
static uint32_t run_count(const struct schedule *s,
                          const struct sim_civil *civil, struct step_day at,
                          int32_t way, bool *closed)
{
    uint32_t count = 0;

    *closed = false;
    for (;;) {
        at.day += way;
        at.position += way;
        if (at.position < at.first || at.position >= at.length)
            return count;
        if (!day_is_off(civil, at.day)) {
            *closed = true;
            return count;
        }
        count += nominal(s, civil, at.day, at.position);
    }
}

uint32_t schedule_count(const struct schedule *schedule,
                        const struct sim_civil *civil, int32_t day,
                        int32_t position, int32_t first, int32_t length)
{
    struct step_day at = {day, position, first, length};
    uint32_t count, before, after;
    bool closed_before, closed_after;

    if (schedule->weekends == WEEKENDS_KEPT)
        return nominal(schedule, civil, day, position);
    if (day_is_off(civil, day))
        return 0;
    count = nominal(schedule, civil, day, position);
    if (schedule->weekends == WEEKENDS_DROPPED)
        return count;
    before = run_count(schedule, civil, at, -1, &closed_before);
    after = run_count(schedule, civil, at, 1, &closed_after);
    /* Each run comes here when the rule prefers this side of it, or when the
     * step has no weekday on its other side. */
    if (schedule->weekends == WEEKENDS_TO_MONDAY || !closed_before)
        count += before;
    if (schedule->weekends == WEEKENDS_TO_FRIDAY || !closed_after)
        count += after;
    return count;
}

bool schedule_may_be_on(const struct schedule *schedule,
                        const struct sim_civil *civil, int32_t day)
{
    /* In the middle of a step without ends, where the position tells nothing.
     */
    struct step_day at = {day, INT32_MAX / 2, 0, INT32_MAX};
    bool ignored;

    SIM_REQUIRE(schedule->form == SCHEDULE_DAYS);
    if (schedule->weekends == WEEKENDS_KEPT)
        return nominal(schedule, civil, day, at.position) > 0;
    if (day_is_off(civil, day))
        return false;
    if (nominal(schedule, civil, day, at.position) > 0)
        return true;
    return schedule->weekends != WEEKENDS_DROPPED &&
           (run_count(schedule, civil, at, -1, &ignored) > 0 ||
            run_count(schedule, civil, at, 1, &ignored) > 0);
}

bool schedule_uses_dates(const struct schedule *schedule)
{
    return schedule->form == SCHEDULE_DAYS ||
           schedule->weekends != WEEKENDS_KEPT;
}
