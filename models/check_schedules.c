/*
 * Warnings about plans: what a schedule comes to on the days that a step can
 * have. Steps are tried from each weekday; holidays are left out.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

#include <stdio.h>

#define FIRST_MONDAY                                                           \
    3 /* 1970-01-05, in days after day 0 of the table below                    \
       */

/* Enough to see most patterns, and a bound on the work that a strange file can
 * cause. */
#define PATTERN_DAYS 60
#define LINES_BEFORE 20u

/* The earliest time of day that anyone prefers. */
static sim_ms earliest_preferred(const struct scenario *scenario)
{
    sim_ms earliest = SIM_DAY;

    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        const struct cohort *cohort = &scenario->cohort[i];

        if (cohort->prefers_count > 0 && cohort->prefers[0].at < earliest)
            earliest = cohort->prefers[0].at;
    }
    return earliest < SIM_DAY ? earliest : 0;
}

sim_ms planned_at(const struct scenario *scenario,
                  const struct planned *planned)
{
    const struct kind *kind = &scenario->kind[planned->kind];

    if (planned->schedule.at >= 0)
        return planned->schedule.at;
    return kind->at_preferred ? earliest_preferred(scenario) : kind->at;
}

void visit_lines(const struct scenario *scenario, line_visitor *visit,
                 void *context)
{
    for (uint32_t p = 0; p < scenario->plan_count; p++) {
        const struct plan *plan = &scenario->plan[p];

        for (uint32_t s = 0; s < plan->step_count; s++) {
            const struct step *step = &plan->step[s];

            for (uint32_t i = 0; i < step->planned_count; i++)
                visit(context, p, step, &step->planned[i]);
        }
    }
}

struct node *planned_node(const struct reading *reading, uint32_t plan,
                          const struct step *step,
                          const struct planned *planned)
{
    const struct node *node = reading->names[NAMES_PLAN].node[plan];
    const char *kind = reading->scenario->kind[planned->kind].name;

    node = node_child(node_child(node, "steps"), step->name);
    return node_child(node_child(node, "contacts"), kind);
}

/* A civil table of one day: its weekdays are computed, without holidays. */
static int plain_civil(struct sim_civil *civil)
{
    return sim_civil_init(civil, 1, 1, NULL, 0); /* day 3 is a Monday */
}

/* Whether the line falls due at all in a step begun on `weekday`. */
static bool falls_due(const struct sim_civil *civil, const struct step *step,
                      const struct planned *planned, int weekday)
{
    for (int32_t i = 0; i < step->days; i++) {
        if (schedule_count(&planned->schedule, civil,
                           FIRST_MONDAY + weekday + i, i, 0, step->days) > 0)
            return true;
    }
    return false;
}

static void check_empty(struct reading *reading, const struct sim_civil *civil,
                        const struct step *step, const struct planned *planned,
                        const struct node *node)
{
    int empty = 0;

    for (int weekday = 0; weekday < 7; weekday++)
        empty += !falls_due(civil, step, planned, weekday);
    if (empty == 7)
        reading_warn(reading, node, NULL,
                     "never falls due in a step of %d days", (int)step->days);
    else if (empty > 0)
        reading_warn(reading, node, NULL,
                     "can come out empty: a step of %d days has no such day "
                     "when it begins on %d of the 7 weekdays",
                     (int)step->days, empty);
}

/* ---- two at one time ---- */

static bool coincide(const struct sim_civil *civil, const struct step *step,
                     const struct planned *a, const struct planned *b)
{
    int32_t days = step->days < PATTERN_DAYS ? step->days : PATTERN_DAYS;

    for (int32_t day = 0; day < days; day++) {
        for (int weekday = 0; weekday < 7; weekday++) {
            int32_t civil_day = FIRST_MONDAY + weekday + day;

            if (schedule_count(&a->schedule, civil, civil_day, day, 0,
                               step->days) > 0 &&
                schedule_count(&b->schedule, civil, civil_day, day, 0,
                               step->days) > 0)
                return true;
        }
    }
    return false;
}

/* Whether a line falls due more than once at one time on some day. Those of
 * "twice a day" share the window, where there is one. */
static bool doubles(const struct sim_civil *civil, const struct step *step,
                    const struct planned *planned, sim_ms window)
{
    int32_t days = step->days < PATTERN_DAYS ? step->days : PATTERN_DAYS;
    uint32_t apart = window > 0 ? planned->schedule.times : 1;

    for (int32_t day = 0; day < days; day++) {
        for (int weekday = 0; weekday < 7; weekday++) {
            if (schedule_count(&planned->schedule, civil,
                               FIRST_MONDAY + weekday + day, day, 0,
                               step->days) > apart)
                return true;
        }
    }
    return false;
}

static void check_double(struct reading *reading, const struct sim_civil *civil,
                         const struct step *step, const struct planned *planned,
                         const struct node *node)
{
    const struct kind *kind = &reading->scenario->kind[planned->kind];

    if (!kind->without_person && doubles(civil, step, planned, kind->window))
        reading_warn(reading, node, NULL,
                     "falls due more than once at one time of a day, and all "
                     "but one wait");
}

static void check_together(struct reading *reading,
                           const struct sim_civil *civil,
                           const struct step *step, uint32_t line,
                           const struct node *node)
{
    const struct scenario *scenario = reading->scenario;
    const struct planned *b = &step->planned[line];

    for (uint32_t i = line > LINES_BEFORE ? line - LINES_BEFORE : 0; i < line;
         i++) {
        const struct planned *a = &step->planned[i];

        if (scenario->kind[a->kind].without_person ||
            scenario->kind[b->kind].without_person ||
            planned_at(scenario, a) != planned_at(scenario, b) ||
            !coincide(civil, step, a, b))
            continue;
        reading_warn(reading, node, NULL,
                     "falls due at the same time as '%s', and one of the two "
                     "waits",
                     scenario->kind[a->kind].name);
        return;
    }
}

struct context {
    struct reading *reading;
    const struct sim_civil *civil;
};

static void check_line(void *context, uint32_t plan, const struct step *step,
                       const struct planned *planned)
{
    const struct context *c = context;
    struct node *node = planned_node(c->reading, plan, step, planned);

    check_empty(c->reading, c->civil, step, planned, node);
    check_double(c->reading, c->civil, step, planned, node);
    check_together(c->reading, c->civil, step,
                   (uint32_t)(planned - step->planned), node);
}

/* ---- the first contact ---- */

/* When the first contact with the person of one step falls due at the
 * earliest, from 00:00 of the step's first day; SIM_NEVER without one. */
static sim_ms first_of_step(const struct scenario *scenario,
                            const struct sim_civil *civil,
                            const struct step *step, int weekday)
{
    sim_ms best = SIM_NEVER;

    for (uint32_t i = 0; i < step->planned_count; i++) {
        const struct planned *planned = &step->planned[i];
        sim_ms at = planned_at(scenario, planned);
        int32_t day = 0;

        if (scenario->kind[planned->kind].without_person)
            continue;
        while (day < step->days && schedule_count(&planned->schedule, civil,
                                                  FIRST_MONDAY + weekday + day,
                                                  day, 0, step->days) == 0)
            day++;
        if (day < step->days && day * SIM_DAY + at < best)
            best = day * SIM_DAY + at;
    }
    return best;
}

static sim_ms first_of_plan(const struct scenario *scenario,
                            const struct sim_civil *civil,
                            const struct plan *plan)
{
    sim_ms best = SIM_NEVER;

    for (int weekday = 0; weekday < 7; weekday++) {
        int32_t before = 0;
        sim_ms first = SIM_NEVER;

        for (uint32_t s = 0; s < plan->step_count && first == SIM_NEVER; s++) {
            first = first_of_step(scenario, civil, &plan->step[s],
                                  (weekday + before) % 7);
            if (first != SIM_NEVER)
                first += before * SIM_DAY;
            before += plan->step[s].days;
        }
        best = first < best ? first : best;
    }
    return best;
}

/* Whether somebody may come to the person at once. */
static bool comes_on_entry(const struct scenario *scenario,
                           const struct level *level)
{
    for (uint32_t i = 0; i < level->on_entry_count; i++)
        if (!scenario->kind[level->on_entry[i]].without_person)
            return true;
    return false;
}

/* The luckiest enter just before midnight when day 0 is the next, and at the
 * moment of the contact when it is that day. */
static void check_first(struct reading *reading, const struct sim_civil *civil,
                        uint32_t index)
{
    const struct scenario *scenario = reading->scenario;
    const struct level *level = &scenario->level[index];
    const struct node *node = reading->names[NAMES_LEVEL].node[index];
    const struct plan *plan;
    char text[40];
    sim_ms first;

    if (level->plan == NONE || level->first_contact_within == 0 ||
        comes_on_entry(scenario, level))
        return;
    plan = &scenario->plan[level->plan];
    first = first_of_plan(scenario, civil, plan);
    if (plan->starts_same_day)
        first = first < SIM_DAY ? 0 : first - SIM_DAY;
    if (first <= level->first_contact_within)
        return;
    node = node_child(node, "first_contact_within");
    duration_text(first, text, sizeof text);
    if (first >= SIM_NEVER - SIM_DAY)
        reading_warn(reading, node, NULL,
                     "the plan has no contact with the person");
    else
        reading_warn(reading, node, NULL,
                     "the plan cannot meet this: its first contact falls due "
                     "%s after entry at the earliest",
                     text);
}

/* ---- the warm-up ---- */

/* Where most people go on to. */
static const struct route *main_route(const struct level *level)
{
    const struct route *main = level->route;

    for (uint32_t i = 1; i < level->route_count; i++) {
        if (level->route[i].chance > main->chance)
            main = &level->route[i];
    }
    return main;
}

/* The mean length of the way through from `level` on, following `then`, or the
 * route that most people take. */
static double way_through(const struct scenario *scenario, uint32_t level)
{
    double days = 0.0;

    for (uint32_t i = 0; level != NONE && i <= scenario->level_count; i++) {
        const struct level *l = &scenario->level[level];
        const struct route *route = main_route(l);

        if (l->plan != NONE)
            days += scenario->plan[l->plan].days;
        else
            days +=
                ((l->has_stay ? l->stay.mean : 0.0) + (double)l->follow_up) /
                (double)SIM_DAY;
        if (route != NULL)
            days += route->delay.mean / (double)SIM_DAY;
        level = route != NULL ? route->to : l->then;
    }
    return days;
}

static void check_warm_up(struct reading *reading, const struct node *root)
{
    const struct scenario *scenario = reading->scenario;
    double warm_up = (double)scenario->calendar.warm_up / (double)SIM_DAY;
    const struct node *node =
        node_child(node_child(root, "calendar"), "warm_up");
    double longest = 0.0;

    for (uint32_t i = 0; i < scenario->cohort_count; i++) {
        double days = way_through(scenario, scenario->cohort[i].enters);

        longest = days > longest ? days : longest;
    }
    /* None at all is a choice: to start empty. */
    if (node != NULL && scenario->calendar.caseload != NULL) {
        if (warm_up > 0.0)
            reading_warn(reading, node, NULL,
                         "the service is full when the run starts, for there "
                         "is a caseload: what happens first is not measured");
    } else if (node != NULL && warm_up > 0.0 && warm_up < longest)
        reading_warn(reading, node, NULL,
                     "shorter than the way through, which takes %.0f days: the "
                     "service is not yet full when measuring begins",
                     longest);
}

void check_schedules(struct reading *reading, const struct node *root)
{
    const struct scenario *scenario = reading->scenario;
    struct sim_civil civil;
    struct context context = {reading, &civil};

    if (plain_civil(&civil) != SIM_OK)
        return;
    visit_lines(scenario, check_line, &context);
    for (uint32_t i = 0; i < scenario->level_count; i++)
        check_first(reading, &civil, i);
    check_warm_up(reading, root);
    sim_civil_clear(&civil);
}
