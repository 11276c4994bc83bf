/* What was understood of a scenario.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/summary.h"

#include <stdio.h>
#include <string.h>

#include "cli/table.h"
#include "models/caseload.h"
#include "models/fields.h"
#include "models/measure.h"
#include "plots/words.h"

#define INDENT 4 /* of a list's lines, where they go on */

/* Wrap a finished line of a list, and release it. */
static void add_item(struct text *line, struct text *out)
{
    text_add(out, "  ");
    table_wrap(line->bytes ? line->bytes : "", 2, INDENT, out);
    text_clear(line);
}

/* When, and for how long. */
static void add_calendar(const struct scenario *scenario, struct text *out)
{
    const struct run_calendar *calendar = &scenario->calendar;
    char start[11], warm_up[WORDS_SIZE], run_for[WORDS_SIZE],
        run_on[WORDS_SIZE], line[400];

    sim_date_format(calendar->start, start);
    words_span(calendar->warm_up, warm_up);
    words_span(calendar->run_for, run_for);
    words_span(calendar->run_on, run_on);
    snprintf(line, sizeof line,
             "From %s: %s of warm-up, %s measured, %s to see how it ends; %zu "
             "holiday%s.",
             start, warm_up, run_for, run_on, calendar->holiday_count,
             calendar->holiday_count == 1 ? "" : "s");
    table_wrap(line, 0, 0, out);
}

/* Who arrives, how often, and where they begin. */
static void add_people(const struct scenario *scenario, struct text *out)
{
    text_add(out, "People\n");
    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        const struct cohort *cohort = &scenario->cohort[i];
        struct text line = {0};

        if (cohort->referrals.file)
            text_printf(&line, "%s: %u referral%s of %s into %s", cohort->name,
                        cohort->referrals.dated_count,
                        cohort->referrals.dated_count == 1 ? "" : "s",
                        cohort->referrals.file,
                        scenario->level[cohort->enters].name);
        else
            text_printf(&line, "%s: %.3g a week%s into %s", cohort->name,
                        cohort->referrals.rate * 7,
                        cohort->referrals.shaped ? ", by month and year" : "",
                        scenario->level[cohort->enters].name);
        if (cohort->condition != NONE)
            text_printf(&line, "; condition %s",
                        scenario->condition[cohort->condition].name);
        text_add(&line, cohort->reaches_out ? "; may call" : "");
        add_item(&line, out);
    }
}

/* Who is there at the start, level by level, but for small groups; nor the sum,
 * which would give one such group away. */
static void add_caseload(const struct scenario *scenario, struct text *out)
{
    struct text line = {0};
    uint32_t small = 0;

    if (scenario->present_count == 0)
        return;
    text_add(out, "There at the start\n");
    text_printf(&line, "people of %s", scenario->calendar.caseload);
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];

        if (caseload_is_small_group(level))
            small++;
        else if (level->present > 0)
            text_printf(&line, "; %s %u", level->name, level->present);
    }
    if (small > 0)
        text_printf(&line, "; fewer than %d in %s%u other level%s",
                    CASELOAD_GROUP_LEAST, small == 1 ? "" : "each of ", small,
                    small == 1 ? "" : "s");
    add_item(&line, out);
}

/* How people stay in a level: by a plan, for a drawn stay, under follow-up. */
static void describe_stay(const struct scenario *scenario,
                          const struct level *level, struct text *line)
{
    char span[WORDS_SIZE];

    if (level->plan != NONE) {
        const struct plan *plan = &scenario->plan[level->plan];
        text_printf(line, "; plan %s, %d days in %u step%s", plan->name,
                    (int)plan->days, plan->step_count,
                    plan->step_count == 1 ? "" : "s");
    }
    if (level->has_stay)
        text_printf(line, "; a stay of %.3g day%s on average",
                    level->stay.mean / (double)SIM_DAY,
                    level->stay.mean == (double)SIM_DAY ? "" : "s");
    if (level->longest) {
        words_span(level->longest, span);
        text_printf(line, "; at most %s", span);
    }
    if (level->follow_up) {
        words_span(level->follow_up, span);
        text_printf(line, "; followed up for %s", span);
    }
}

/* "; then floating support", "; then 70% leaves, 30% floating support". */
static void describe_ways(const struct scenario *scenario,
                          const struct level *level, struct text *line)
{
    for (uint32_t i = 0; i < level_ways(level); i++) {
        uint32_t to = level_way(level, i);

        text_add(line, i == 0 ? "; then " : ", ");
        if (level->route_count > 0)
            text_printf(line, "%.3g%% ", 100 * level->route[i].chance);
        text_add(line, to == NONE ? "leaves" : scenario->level[to].name);
    }
    if (level->diverts)
        text_printf(line, "; when full to %s",
                    level->divert == NONE
                        ? "the way out"
                        : scenario->level[level->divert].name);
}

/* Levels as the scenario sorts them: from the highest rank down. */
static void add_levels(const struct scenario *scenario, struct text *out)
{
    text_add(out, "Levels, from the highest rank\n");
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct level *level = &scenario->level[i];
        struct text line = {0};

        text_printf(&line, "%s: ", level->name);
        if (level->places == NONE)
            text_add(&line, "no limit of places");
        else
            text_printf(&line, "%u place%s", level->places,
                        level->places == 1 ? "" : "s");
        describe_stay(scenario, level, &line);
        describe_ways(scenario, level, &line);
        add_item(&line, out);
    }
}

/* How a kind of contact takes place. */
static const char *mode_text(const struct kind *kind)
{
    static const char *const text[] = {[MODE_VISIT] = "visit",
                                       [MODE_PHONE] = "phone",
                                       [MODE_SESSION] = "session",
                                       [MODE_OTHER] = "other"};

    if (kind->with == WITH_FAMILY)
        return "family";
    return kind->without_person ? "meeting" : text[kind->mode];
}

/* All kinds in one line: "evening visit (visit), ...". */
static void add_kinds(const struct scenario *scenario, struct text *out)
{
    struct text line = {0};

    text_add(out, "Contacts\n");
    for (uint32_t i = 0; i < scenario->contact_kind_count; i++)
        text_printf(&line, "%s%s (%s)", i ? ", " : "", scenario->kind[i].name,
                    mode_text(&scenario->kind[i]));
    if (!line.bytes)
        text_add(&line, "none");
    add_item(&line, out);
}

/* Plans whose decisions wait for a contact, in one line. */
static void add_reviews(const struct scenario *scenario, struct text *out)
{
    struct text line = {0};

    for (uint32_t i = 0; i < scenario->plan_count; i++)
        if (scenario->plan[i].review_kind != NONE)
            text_printf(&line, "%s%s: %s", line.bytes ? "; " : "",
                        scenario->plan[i].name,
                        scenario->kind[scenario->plan[i].review_kind].name);
    if (!line.bytes)
        return;
    text_add(out, "Plans that wait for a review\n");
    add_item(&line, out);
}

/* Who looks after each concern, and whether anything is laid down for it. */
static void add_concerns(const struct scenario *scenario, struct text *out)
{
    struct text line = {0};

    for (uint32_t i = 0; i < scenario->concern_count; i++) {
        const struct concern *concern = &scenario->concern[i];

        text_printf(&line, "%s%s (%s%s)", i ? ", " : "", concern->name,
                    concern->working == WORKING_INTEGRATED ? "integrated"
                                                           : "in parallel",
                    concern->response == NONE ? ", no response" : "");
    }
    if (!line.bytes)
        return;
    text_add(out, "Concerns\n");
    add_item(&line, out);
}

/* Days of an ordinary week, without holidays, that a shift starts on. */
static int days_a_week(sim_day_set days)
{
    int count = 0;

    for (int i = SIM_MON; i <= SIM_SUN; i++)
        count += days >> i & 1;
    return count;
}

double summary_rota_hours(const struct scenario *scenario, uint32_t role)
{
    double hours = 0;

    for (uint32_t i = 0; i < scenario->shift_count; i++) {
        const struct shift *shift = &scenario->shift[i];
        double length =
            (double)(shift->hours.until - shift->hours.from) / (double)SIM_HOUR;
        hours += length * days_a_week(shift->hours.days) * shift->places[role];
    }
    return hours;
}

/* What the rota gives, role by role. */
static void add_staff(const struct scenario *scenario, struct text *out)
{
    text_add(out, "Staff, rostered hours in a week without holidays\n");
    for (uint32_t i = 0; i < scenario->role_count; i++) {
        struct text line = {0};
        char hours[WORDS_SIZE];

        words_number(summary_rota_hours(scenario, i), 0, hours);
        text_printf(&line, "%s: %s%s", scenario->role[i].name, hours,
                    scenario->role[i].on_call ? ", on call" : "");
        if (scenario->role[i].absence.share > 0)
            text_printf(&line, ", %.3g%% absent",
                        100 * scenario->role[i].absence.share);
        add_item(&line, out);
    }
}

/* What the team keeps for itself. */
static void add_team_time(const struct scenario *scenario, struct text *out)
{
    if (scenario->team_time_count)
        text_add(out, "Team time\n");
    for (uint32_t i = 0; i < scenario->team_time_count; i++) {
        const struct team_time *team = &scenario->team_time[i];
        struct text line = {0};
        char duration[40];

        text_printf(&line, "%s: %s", team->name,
                    team->shift != NONE ? scenario->shift[team->shift].name
                                        : scenario->role[team->role].name);
        if (team->at >= 0) {
            text_printf(&line, ", at %02d:%02d", (int)(team->at / SIM_HOUR),
                        (int)(team->at / SIM_MINUTE % 60));
        } else {
            duration_text(team->after, duration, sizeof duration);
            text_printf(&line, ", after %s", duration);
        }
        if (team->lasts > 0) {
            duration_text(team->lasts, duration, sizeof duration);
            text_printf(&line, ", %s", duration);
        }
        if (team->per_person > 0) {
            duration_text(team->per_person, duration, sizeof duration);
            text_printf(&line, ", %s for each person", duration);
        }
        text_add(&line, team->floating ? ", when free" : "");
        add_item(&line, out);
    }
}

/* What the scenario wants, in the words of the measures. */
static void add_targets(const struct scenario *scenario, struct text *out)
{
    if (scenario->target_count)
        text_add(out, "Targets\n");
    for (uint32_t i = 0; i < scenario->target_count; i++) {
        struct text line = {0};

        text_printf(&line, "%s: ", scenario->target[i].name);
        words_target(scenario, &scenario->target[i], &line);
        add_item(&line, out);
    }
}

/* How much of it anybody has measured. */
static void add_inputs(const struct scenario *scenario, struct text *out)
{
    char line[200];

    snprintf(line, sizeof line,
             "%u numbers: %u have a source, %u are assumptions.",
             scenario->numbers, scenario->numbers_sourced,
             scenario->numbers - scenario->numbers_sourced);
    table_wrap(line, 0, 0, out);
}

/* What is not known for sure, as written. */
static void add_uncertain(const struct scenario *scenario, struct text *out)
{
    if (scenario->uncertain_count)
        text_add(out, "Uncertain; runs use what a number is about, or the "
                      "middle\n");
    for (uint32_t i = 0; i < scenario->uncertain_count; i++) {
        const struct uncertain *u = &scenario->uncertain[i];
        struct text line = {0};

        text_printf(&line, "%s%s%s: %s", u->path,
                    u->part && u->part[0] ? ", " : "", u->part ? u->part : "",
                    u->text);
        add_item(&line, out);
    }
}

void summary_render(const struct scenario *scenario, struct text *out)
{
    table_wrap(scenario->title ? scenario->title : scenario->file, 0, 0, out);
    add_calendar(scenario, out);
    add_people(scenario, out);
    add_caseload(scenario, out);
    add_levels(scenario, out);
    add_kinds(scenario, out);
    add_reviews(scenario, out);
    add_concerns(scenario, out);
    add_staff(scenario, out);
    add_team_time(scenario, out);
    add_targets(scenario, out);
    add_inputs(scenario, out);
    add_uncertain(scenario, out);
}
