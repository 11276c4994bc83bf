/* Shift days, and absence in spells against its closed form.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/rota.h"
#include "sim/chance.h"
#include "tests/stats.h"
#include "tests/table.h"

/* Day 0 is Monday 2027-12-20; days 5 (Saturday), 7 (Monday) and 8 (Tuesday)
 * are holidays. */
static void civil_start(struct sim_civil *civil)
{
    sim_date start = 0;
    sim_date holidays[3];

    assert_true(sim_date_from_ymd(2027, 12, 20, &start));
    holidays[0] = start + 5;
    holidays[1] = start + 7;
    holidays[2] = start + 8;
    assert_int_equal(sim_civil_init(civil, start, 60, holidays, 3), SIM_OK);
}

struct day_case {
    const char *name;
    sim_day_set days;
    int32_t from;
    int32_t next;
};
static struct day_case day_cases[] = {
    {"today counts", SIM_DAYS_WEEKDAYS, 2, 2},
    {"weekday shifts skip weekend and holidays", SIM_DAYS_WEEKDAYS, 5, 9},
    {"weekend shifts wait for Saturday", SIM_DAYS_WEEKENDS, 0, 5},
    {"weekend shifts run on a holiday", SIM_DAYS_WEEKENDS, 7, 7},
    {"Monday shifts skip a Monday that is a holiday", 1 << SIM_MON, 1, 14},
    {"Saturday shifts run on a Saturday that is one", 1 << SIM_SAT, 1, 5},
    {"holiday shifts run on holidays only", 0x80, 6, 7},
    {"daily shifts run every day", SIM_DAYS_EVERY, 8, 8},
    {"a day before the start may be asked for", SIM_DAYS_EVERY, -1, -1},
    {"beyond the table the weekday decides", 1 << SIM_TUE, 60, 64},
    {"a shift without days never runs", 0, 0, INT32_MAX},
    {"holidays beyond the table are not known", 0x80, 9, INT32_MAX},
};

static void runs_next(void **state)
{
    const struct day_case *c = *state;
    struct sim_shift shift = {c->days, 8 * SIM_HOUR, 20 * SIM_HOUR};
    struct sim_civil civil;

    civil_start(&civil);
    assert_int_equal(sim_shift_next_day(&shift, &civil, c->from), c->next);
    sim_civil_clear(&civil);
}

/* The chance of absence, found as the u where the draw turns. */
struct prob_case {
    const char *name;
    struct sim_absence absence;
    struct sim_attendance_state before;
    int32_t day;
    double prob;
};
/* k = 1 / (4 x 0.8) = 0.3125 a day; exp(-k) = 0.73161562894664, exp(-7 k) =
 * 0.11219689. */
static struct prob_case prob_cases[] = {
    {"at first it is the share", {0.2, 4}, {false, true, 0}, 5, 0.2},
    {"the day after an absence",
     {0.2, 4},
     {true, true, 4},
     5,
     0.2 + 0.8 * 0.73161562894664},
    {"the day after a presence",
     {0.2, 4},
     {true, false, 4},
     5,
     0.2 - 0.2 * 0.73161562894664},
    {"a week after an absence",
     {0.2, 4},
     {true, true, 0},
     7,
     0.2 + 0.8 * 0.11219689052034},
    {"long after an absence, the share", {0.2, 4}, {true, true, 0}, 365, 0.2},
    {"without spells each day is new", {0.2, 0}, {true, true, 4}, 5, 0.2},
    {"nobody absent", {0, 4}, {true, false, 4}, 5, 0},
};

static void has_prob(void **state)
{
    const struct prob_case *c = *state;
    struct sim_attendance_state at = c->before;

    assert_false(sim_absence_draw(&c->absence, &at, c->day, c->prob + 1e-9));
    assert_true(at.known && !at.absent && at.day == c->day);
    if (c->prob == 0)
        return;
    at = c->before;
    assert_true(sim_absence_draw(&c->absence, &at, c->day, c->prob - 1e-9));
    assert_true(at.known && at.absent && at.day == c->day);
}

struct chain_case {
    const char *name;
    struct sim_absence absence;
    int32_t gap; /* days from one rostered day to the next */
};
static struct chain_case chain_cases[] = {
    {"spells of 4 days, rostered daily", {0.08, 4}, 1},
    {"spells of 4 days, rostered every third day", {0.08, 4}, 3},
    {"long spells", {0.05, 12}, 1},
    {"short spells", {0.3, 0.5}, 1},
    {"no spells", {0.1, 0}, 1},
};

#define DAYS 200000

struct absences {
    double days;
    double spells;
};

static struct absences count_absences(const struct chain_case *c)
{
    const struct sim_chance run = {7, 0};
    struct sim_name name = {.owner = sim_tag(c->name)};
    struct sim_attendance_state state = {0};
    struct absences count = {0, 0};

    for (int32_t i = 0; i < DAYS; i++) {
        bool before = state.absent;

        name.number = (uint32_t)i;
        sim_absence_draw(&c->absence, &state, i * c->gap,
                         sim_chance_uniform(&run, &name));
        count.days += state.absent;
        count.spells += state.absent && !before;
    }
    return count;
}

/*
 * Seen every g days the chain keeps a part r = exp(-k g). The mean of n days
 * of it has variance p (1 - p) / n (1 + r) / (1 - r); its spells are geometric
 * with end chance q = (1 - p)(1 - r), so mean 1/q and variance (1 - q) / q^2.
 */
static void keeps_share_and_spells(void **state)
{
    const struct chain_case *c = *state;
    double p = c->absence.share;
    double m = c->absence.spell_days;
    double r = m > 0 ? exp(-c->gap / (m * (1 - p))) : 0;
    double q = (1 - p) * (1 - r);
    struct absences count = count_absences(c);
    double spell = count.days / count.spells;
    double spell_error = STANDARD_ERRORS * sqrt((1 - q) / count.spells) / q;

    assert_near(count.days / DAYS, p,
                STANDARD_ERRORS * sqrt(p * (1 - p) / DAYS * (1 + r) / (1 - r)));
    assert_near(spell, 1 / q, spell_error);
    /* The control: spells a fifth longer must not pass. */
    assert_true(fabs(spell - 1.2 / q) > spell_error);
}

int main(void)
{
    int failed = run_table("shift days", runs_next, day_cases);

    failed += run_table("absence", has_prob, prob_cases);
    return failed + run_table("spells", keeps_share_and_spells, chain_cases);
}
