/*
 * Staff: the rota as it is rostered, and who is on duty at weekends and at
 * night. Cover is found minute by minute over a day and the night before it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

#include <string.h>

#define MINUTES_OF_DAY 1440

/* ---- rota ---- */

/* As it is rostered: absence comes below, by role. */
static void row_shift(struct describe *d, const struct shift *shift)
{
    const struct scenario *scenario = d->scenario;
    struct text cell[4] = {{0}};
    bool first = true;

    text_add(&cell[0], shift->name);
    say_days(shift->hours.days, &cell[1]);
    say_clock(shift->hours.from, &cell[2]);
    text_add(&cell[2], " to ");
    say_clock(shift->hours.until, &cell[2]);
    for (uint32_t i = 0; i < scenario->role_count; i++) {
        if (shift->places[i] == 0)
            continue;
        text_printf(&cell[3], "%s%s (%u%s)", first ? "" : ", ",
                    scenario->role[i].name, shift->places[i],
                    scenario->role[i].on_call ? ", on call" : "");
        first = false;
    }
    markdown_row(d->out, cell, 4);
}

/* What the rota does not show of a role; nothing where there is nothing. */
static void bullet_role(struct describe *d, const struct role *role)
{
    struct text s = {0};

    if (role->on_call) {
        text_printf(&s, "%s: on call", role->name);
        if (role->arrives_within > 0) {
            text_add(&s, ", there within ");
            say_time(role->arrives_within, &s);
            text_add(&s, " of the call");
        }
    } else if (role->absence.share > 0.0) {
        text_printf(&s, "%s: %.3g%% of rostered time absent", role->name,
                    100.0 * role->absence.share);
        if (role->bank_covers > 0.0) {
            text_add(&s, "; bank staff stand in for ");
            say_chance(role->bank_covers, &s);
            text_add(&s, " absences");
        }
    }
    if (s.bytes)
        text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* Who notices less, and leaves more alerts as they are; nothing where they
 * know people as well as anyone. */
static void bullet_known(struct describe *d, const char *before,
                         const struct role *role, double notices, double acts)
{
    struct text s = {0};

    if (notices >= 1 && acts >= 1)
        return;
    text_printf(&s, "%s%s: supposed to know people less", before, role->name);
    if (notices < 1) {
        text_add(&s, "; notices ");
        say_chance(notices, &s);
        text_add(&s, " of the signs that others would");
    }
    if (acts < 1) {
        text_add(&s, "; acts on ");
        say_chance(acts, &s);
        text_add(&s, " of the alerts");
    }
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* What is known of one role, besides the rota. */
static void bullets_role(struct describe *d, const struct role *role)
{
    bullet_role(d, role);
    bullet_known(d, "", role, role->notices, role->acts);
    if (role->bank_covers > 0.0 &&
        (role->bank_notices < role->notices || role->bank_acts < role->acts))
        bullet_known(d, "bank staff for ", role, role->bank_notices,
                     role->bank_acts);
}

/* What a shift does with fewer than its least. */
static void bullet_minimum(struct describe *d, const struct shift *shift)
{
    struct text s = {0};

    if (shift->minimum == 0)
        return;
    text_printf(&s,
                "shift %s: with fewer than %u present, contacts by phone "
                "only.",
                shift->name, shift->minimum);
    markdown_bullet(d->out, &s);
}

/* ---- team time ---- */

/* "for each person in home, house"; every level with a plan is the rule. */
static void say_caseload(const struct scenario *scenario,
                         const struct team_time *team, struct text *s)
{
    bool first = true;

    text_add(s, " for each person in ");
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        if (!team->counts[i])
            continue;
        text_printf(s, "%s%s", first ? "" : ", ", scenario->level[i].name);
        first = false;
    }
}

/* "evening, at 14:00", "support worker, Wednesdays, 13:00". */
static void row_team(struct describe *d, const struct team_time *team)
{
    const struct scenario *scenario = d->scenario;
    struct text cell[4] = {{0}};

    text_add(&cell[0], team->name);
    if (team->shift != NONE)
        text_printf(&cell[1], "everyone on the shift %s",
                    scenario->shift[team->shift].name);
    if (team->role != NONE)
        text_add(&cell[1], scenario->role[team->role].name);
    say_days(team->days, &cell[2]);
    if (team->at >= 0) {
        text_add(&cell[2], ", at ");
        say_clock(team->at, &cell[2]);
    } else {
        text_add(&cell[2], ", ");
        say_time(team->after, &cell[2]);
        text_add(&cell[2], " into the shift");
    }
    if (team->floating)
        text_add(&cell[2], ", at the first free moment from then on");
    if (team->lasts > 0)
        say_time(team->lasts, &cell[3]);
    if (team->per_person > 0) {
        text_add(&cell[3], team->lasts > 0 ? " and " : "");
        say_time(team->per_person, &cell[3]);
        say_caseload(scenario, team, &cell[3]);
    }
    markdown_row(d->out, cell, 4);
}

/* Breaks, handovers between shifts, supervision, huddles. */
static void add_team_time(struct describe *d)
{
    static const char *const heads[] = {"Team time", "Who", "When", "Lasts",
                                        NULL};
    const struct scenario *scenario = d->scenario;

    if (scenario->team_time_count == 0)
        return;
    markdown_head(d->out, heads);
    for (uint32_t i = 0; i < scenario->team_time_count; i++)
        row_team(d, &scenario->team_time[i]);
    markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->team_time_count; i++)
        describe_named_note(d, "team_time", scenario->team_time[i].name);
}

void describe_rota(struct describe *d)
{
    static const char *const heads[] = {"Shift", "Days", "Hours", "Staff",
                                        NULL};
    const struct scenario *scenario = d->scenario;
    size_t before;

    if (scenario->shift_count == 0)
        return;
    markdown_heading(d->out, 2, "Staff and rota");
    markdown_head(d->out, heads);
    for (uint32_t i = 0; i < scenario->shift_count; i++)
        row_shift(d, &scenario->shift[i]);
    markdown_end(d->out);
    before = d->out->length;
    for (uint32_t i = 0; i < scenario->role_count; i++)
        bullets_role(d, &scenario->role[i]);
    for (uint32_t i = 0; i < scenario->shift_count; i++)
        bullet_minimum(d, &scenario->shift[i]);
    if (d->out->length > before)
        markdown_end(d->out);
    for (uint32_t i = 0; i < scenario->role_count; i++)
        describe_named_note(d, "staff", scenario->role[i].name);
    for (uint32_t i = 0; i < scenario->shift_count; i++)
        describe_named_note(d, "rota", scenario->shift[i].name);
    add_team_time(d);
}

/* ---- cover ---- */

enum cover { COVER_NONE, COVER_ON_CALL, COVER_ON_DUTY, COVER_TYPES };

/* Who a shift brings, at best. */
static enum cover shift_cover(const struct scenario *scenario,
                              const struct shift *shift)
{
    enum cover cover = COVER_NONE;

    for (uint32_t i = 0; i < scenario->role_count; i++) {
        if (shift->places[i] == 0)
            continue;
        if (!scenario->role[i].on_call)
            return COVER_ON_DUTY;
        cover = COVER_ON_CALL;
    }
    return cover;
}

/* Raise minutes [from, until) of the day, cut to it, to `cover`. */
static void raise_minutes(unsigned char *minute, sim_ms from, sim_ms until,
                          enum cover cover)
{
    if (from < 0)
        from = 0;
    if (until > SIM_DAY)
        until = SIM_DAY;
    for (sim_ms m = from / SIM_MINUTE; m < until / SIM_MINUTE; m++)
        if (minute[m] < cover)
            minute[m] = (unsigned char)cover;
}

/* The cover of each minute of an ordinary `weekday`, nights of the day before
 * included. */
static void cover_day(const struct scenario *scenario, int weekday,
                      unsigned char *minute)
{
    int before = (weekday + 6) % 7;

    memset(minute, COVER_NONE, MINUTES_OF_DAY);
    for (uint32_t i = 0; i < scenario->shift_count; i++) {
        const struct shift *shift = &scenario->shift[i];
        enum cover cover = shift_cover(scenario, shift);

        if (shift->hours.days >> weekday & 1)
            raise_minutes(minute, shift->hours.from, shift->hours.until, cover);
        if (shift->hours.days >> before & 1)
            raise_minutes(minute, shift->hours.from - SIM_DAY,
                          shift->hours.until - SIM_DAY, cover);
    }
}

/* "09:00 to 22:00, 23:00 to 24:00": the minutes that have `cover`. */
static void say_minutes(const unsigned char *minute, enum cover cover,
                        struct text *out)
{
    bool first = true;

    for (int m = 0; m < MINUTES_OF_DAY; m++) {
        int from = m;

        if (minute[m] != cover)
            continue;
        while (m < MINUTES_OF_DAY && minute[m] == cover)
            m++;
        text_add(out, first ? "" : ", ");
        say_clock(from * SIM_MINUTE, out);
        text_add(out, " to ");
        say_clock(m * SIM_MINUTE, out);
        first = false;
    }
    if (first)
        text_add(out, "none");
}

void describe_cover_table(const struct scenario *scenario, struct text *out)
{
    static const char *const heads[] = {"Day", "On duty", "On call only",
                                        "Nobody", NULL};
    static const char *const days[] = {"Monday",   "Tuesday", "Wednesday",
                                       "Thursday", "Friday",  "Saturday",
                                       "Sunday"};
    unsigned char minute[MINUTES_OF_DAY];

    markdown_head(out, heads);
    for (int i = SIM_MON; i <= SIM_SUN; i++) {
        struct text cell[4] = {{0}};

        cover_day(scenario, i, minute);
        text_add(&cell[0], days[i]);
        say_minutes(minute, COVER_ON_DUTY, &cell[1]);
        say_minutes(minute, COVER_ON_CALL, &cell[2]);
        say_minutes(minute, COVER_NONE, &cell[3]);
        markdown_row(out, cell, 4);
    }
    markdown_end(out);
}

void describe_cover(struct describe *d)
{
    struct text s = {0};

    if (d->scenario->shift_count == 0)
        return;
    markdown_heading(d->out, 2, "Cover at weekends and out of hours");
    describe_cover_table(d->scenario, d->out);
    text_add(&s, "As rostered, in a week without holidays; on a holiday the "
                 "shifts of weekends run. Staff who work in a level day and "
                 "night and are not in the rota are not shown.");
    markdown_paragraph(d->out, &s);
}
