/*
 * Warnings about who is on duty when: four model weeks, minute by minute, the
 * second with a holiday on its Wednesday where the calendar has any.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/check_impl.h"

#include <stdio.h>
#include <string.h>

#define MODEL_START 4 /* 1970-01-05, a Monday */
#define MODEL_DAYS 28
#define HOLIDAY 9
#define MINUTES ((int32_t)(MODEL_DAYS * SIM_DAY / SIM_MINUTE))
/* Due times are tried on these days: a week with a holiday, and one without. */
#define FIRST_DAY 7
#define LAST_DAY 20

struct cover {
    struct reading *reading;
    struct sim_civil civil;
    uint32_t *duty[SIM_ROLES_MAX]; /* [MINUTES] workers of the role */
};

/* ---- the model weeks ---- */

static void add_shift(struct cover *cover, const struct shift *shift,
                      int32_t day)
{
    const struct scenario *scenario = cover->reading->scenario;
    sim_ms start = day * SIM_DAY / SIM_MINUTE;
    sim_ms from = start + shift->hours.from / SIM_MINUTE;
    sim_ms until = start + shift->hours.until / SIM_MINUTE;

    for (uint32_t r = 0; r < scenario->role_count; r++) {
        for (sim_ms m = from; shift->places[r] > 0 && m < until; m++) {
            if (m < MINUTES)
                cover->duty[r][m] += shift->places[r];
        }
    }
}

static int cover_init(struct cover *cover, struct reading *reading)
{
    const struct scenario *scenario = reading->scenario;
    const sim_date holiday = MODEL_START + HOLIDAY;
    int err;

    *cover = (struct cover){.reading = reading};
    for (uint32_t r = 0; r < scenario->role_count; r++) {
        cover->duty[r] = arena_array(reading->tree.arena, (size_t)MINUTES,
                                     sizeof *cover->duty[r]);
        if (cover->duty[r] == NULL)
            return SIM_ERR_NO_MEMORY;
    }
    err = sim_civil_init(&cover->civil, MODEL_START, MODEL_DAYS, &holiday,
                         scenario->calendar.holiday_count > 0);
    for (uint32_t i = 0; err == SIM_OK && i < scenario->shift_count; i++) {
        for (int32_t day = 0; day < MODEL_DAYS; day++) {
            if (sim_civil_in(&cover->civil, day, scenario->shift[i].hours.days))
                add_shift(cover, &scenario->shift[i], day);
        }
    }
    return err;
}

/* Workers on duty of any of `roles` at a minute. */
static uint32_t on_duty(const struct cover *cover, uint64_t roles,
                        int32_t minute)
{
    uint32_t count = 0;

    for (uint32_t r = 0; roles != 0; r++, roles >>= 1) {
        if (roles & 1)
            count += cover->duty[r][minute];
    }
    return count;
}

static bool staffed(const struct cover *cover, const struct staffing *staffing,
                    int32_t minute)
{
    for (uint32_t i = 0; i < staffing->need_count; i++) {
        if (on_duty(cover, staffing->need[i].roles, minute) <
            staffing->need[i].count)
            return false;
    }
    return true;
}

/* Whether somebody can do `kind` between two moments of the model weeks, the
 * contact having fallen due at the first. */
static bool can_be_met(const struct cover *cover, const struct kind *kind,
                       sim_ms due, sim_ms until)
{
    for (uint32_t i = 0; i < kind->staffing_count; i++) {
        sim_ms m = (due + kind->staffing[i].after) / SIM_MINUTE;

        for (; m <= until / SIM_MINUTE && m < MINUTES; m++) {
            if (staffed(cover, &kind->staffing[i], (int32_t)m))
                return true;
        }
    }
    return false;
}

/* ---- planned contacts ---- */

/* Whether the schedule can make something fall due on this model day. */
static bool can_be_due(const struct cover *cover,
                       const struct schedule *schedule, int32_t day)
{
    if (schedule->weekends != WEEKENDS_KEPT &&
        sim_civil_type(&cover->civil, day) != SIM_DAY_WEEKDAY)
        return false;
    if (schedule->weekends != WEEKENDS_KEPT &&
        schedule->weekends != WEEKENDS_DROPPED)
        return true;
    return schedule->form != SCHEDULE_DAYS ||
           sim_civil_in(&cover->civil, day, schedule->days);
}

/* The names of the model days in the set, as "sat sun holidays". */
static void days_text(const bool *day, char *text, size_t size)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu",
                                        "fri", "sat", "sun", "holidays"};
    size_t length = 0, count = 0;

    for (size_t i = 0; i < 7; i++)
        count += day[i];
    (void)snprintf(text, size, "%s", count == 7 ? "any day" : "");
    for (size_t i = 0; count < 7 && i < sizeof names / sizeof *names; i++) {
        if (!day[i])
            continue;
        (void)snprintf(text + length, size - length, "%s%s",
                       length > 0 ? " " : "", names[i]);
        length = strlen(text);
    }
}

static void check_line(void *context, uint32_t plan, const struct step *step,
                       const struct planned *planned)
{
    const struct cover *cover = context;
    struct reading *reading = cover->reading;
    const struct scenario *scenario = reading->scenario;
    const struct kind *kind = &scenario->kind[planned->kind];
    sim_ms at = planned_at(scenario, planned);
    bool missing[8] = {false}, any = false;
    char days[60], window[40];

    (void)plan;
    (void)step;
    for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
        sim_ms due = day * SIM_DAY + at;
        bool holiday = sim_civil_type(&cover->civil, day) == SIM_DAY_HOLIDAY;

        if (!can_be_due(cover, &planned->schedule, day) ||
            can_be_met(cover, kind, due, due + kind->window) ||
            (kind->or_kind != NONE &&
             can_be_met(cover, &scenario->kind[kind->or_kind],
                        due + kind->or_after, due + kind->window)))
            continue;
        missing[holiday ? 7 : day % 7] = any = true;
    }
    if (!any)
        return;
    days_text(missing, days, sizeof days);
    duration_text(kind->window, window, sizeof window);
    reading_warn(reading, reading->names[NAMES_KIND].node[planned->kind], NULL,
                 "planned for %02d:%02d, and nobody who does it is on duty "
                 "within %s of that on %s",
                 (int)(at / SIM_HOUR), (int)(at / SIM_MINUTE % 60), window,
                 days);
}

/* ---- joint contacts ---- */

static const char *first_role(const struct cover *cover, uint64_t roles)
{
    uint32_t r = 0;

    while ((roles >> r & 1) == 0)
        r++;
    return cover->reading->scenario->role[r].name;
}

static void check_joint(const struct cover *cover, const struct kind *kind,
                        const struct node *needs)
{
    const struct staffing *joint = &kind->staffing[0];

    for (int32_t m = 0; m < MINUTES; m++) {
        if (staffed(cover, joint, m))
            return;
    }
    for (uint32_t i = 0; i < joint->need_count; i++) {
        uint32_t most = 0;

        for (int32_t m = 0; m < MINUTES; m++) {
            uint32_t duty = on_duty(cover, joint->need[i].roles, m);

            most = duty > most ? duty : most;
        }
        if (most >= joint->need[i].count)
            continue;
        reading_warn(cover->reading, needs, NULL,
                     "needs %u of '%s' together, and at most %u are ever on "
                     "duty",
                     (unsigned)joint->need[i].count,
                     first_role(cover, joint->need[i].roles), (unsigned)most);
        return;
    }
    reading_warn(cover->reading, needs, NULL,
                 "those it needs are never on duty together");
}

static void check_kinds(const struct cover *cover)
{
    const struct reading *reading = cover->reading;
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->contact_kind_count; i++) {
        const struct node *node =
            node_child(reading->names[NAMES_KIND].node[i], "needs");

        if (node != NULL)
            check_joint(cover, &scenario->kind[i], node);
    }
    for (uint32_t i = 0; i < scenario->level_count; i++) {
        const struct node *node =
            node_child(reading->names[NAMES_LEVEL].node[i], "handover");

        node = node_child(node, "needs");
        if (node != NULL)
            check_joint(
                cover, &scenario->kind[scenario->level[i].handover.kind], node);
    }
}

/* ---- deadlines ---- */

/* The longest time in which nobody can do `kind`. */
static sim_ms longest_gap(const struct cover *cover, const struct kind *kind)
{
    int32_t longest = 0, run = 0;

    for (int32_t m = 0; m < MINUTES; m++) {
        bool free = false;

        for (uint32_t i = 0; i < kind->staffing_count && !free; i++)
            free = staffed(cover, &kind->staffing[i], m);
        run = free ? 0 : run + 1;
        longest = run > longest ? run : longest;
    }
    return longest * SIM_MINUTE;
}

/* By the end of the next working day after each day on which the trigger may
 * come, the worst being its last moment. */
static void check_next_working_day(const struct cover *cover,
                                   const struct action *action,
                                   const struct node *node)
{
    const struct kind *kind = &cover->reading->scenario->kind[action->kind];
    bool missing[8] = {false}, any = false;
    char days[60];

    for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
        bool holiday = sim_civil_type(&cover->civil, day) == SIM_DAY_HOLIDAY;
        int32_t last = day + 1;

        while (sim_civil_type(&cover->civil, last) != SIM_DAY_WEEKDAY)
            last++;
        if (!can_be_met(cover, kind, (day + 1) * SIM_DAY + action->after,
                        (last + 1) * SIM_DAY - SIM_MINUTE))
            missing[holiday ? 7 : day % 7] = any = true;
    }
    if (!any)
        return;
    days_text(missing, days, sizeof days);
    reading_warn(cover->reading, node_child(node, "within"), NULL,
                 "nobody who does it is on duty from the end of the day to the "
                 "end of the next working day, when it is triggered on %s",
                 days);
}

static void check_deadline(const struct cover *cover,
                           const struct action *action, const struct node *node)
{
    const struct scenario *scenario = cover->reading->scenario;
    sim_ms time = action->within - action->after, gap;
    char time_text[40], gap_text[40];

    if (action->deadline == DEADLINE_NEXT_WORKING_DAY && action->kind != NONE)
        check_next_working_day(cover, action, node);
    if (action->deadline != DEADLINE_AFTER || action->kind == NONE)
        return;
    gap = longest_gap(cover, &scenario->kind[action->kind]);
    if (gap <= time)
        return;
    duration_text(time, time_text, sizeof time_text);
    duration_text(gap, gap_text, sizeof gap_text);
    reading_warn(cover->reading, node_child(node, "within"), NULL,
                 "leaves %s, and for %s at a time nobody is on duty who does "
                 "it",
                 time_text, gap_text);
}

/* Whether somebody can do `kind` at any time of a model day. */
static bool covered(const struct cover *cover, const struct kind *kind,
                    int32_t day)
{
    const int32_t minutes = (int32_t)(SIM_DAY / SIM_MINUTE);

    for (int32_t m = day * minutes; m < (day + 1) * minutes; m++) {
        for (uint32_t i = 0; i < kind->staffing_count; i++) {
            if (staffed(cover, &kind->staffing[i], m))
                return true;
        }
    }
    return false;
}

/* What is due the same day needs somebody on each day. */
static void check_same_day(const struct cover *cover,
                           const struct action *action, const struct node *node)
{
    const struct scenario *scenario = cover->reading->scenario;
    bool missing[8] = {false}, any = false;
    char days[60];

    if (action->deadline != DEADLINE_SAME_DAY || action->kind == NONE)
        return;
    for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
        bool holiday = sim_civil_type(&cover->civil, day) == SIM_DAY_HOLIDAY;

        if (!covered(cover, &scenario->kind[action->kind], day))
            missing[holiday ? 7 : day % 7] = any = true;
    }
    if (!any)
        return;
    days_text(missing, days, sizeof days);
    reading_warn(cover->reading, node_child(node, "within"), NULL,
                 "ends with the day, and nobody is on duty who does it on %s",
                 days);
}

static void check_deadlines(const struct cover *cover)
{
    const struct reading *reading = cover->reading;
    const struct scenario *scenario = reading->scenario;

    for (uint32_t i = 0; i < scenario->response_count; i++) {
        const struct response *r = &scenario->response[i];
        const struct node *node = reading->names[NAMES_RESPONSE].node[i];

        for (uint32_t k = 0; k < r->action_count; k++) {
            const struct node *action = node_child(node, r->action[k].name);

            check_deadline(cover, &r->action[k], action);
            check_same_day(cover, &r->action[k], action);
        }
    }
}

/* A review is due on any of its days: as a contact on civil days. */
static void check_reviews(struct cover *cover)
{
    const struct scenario *scenario = cover->reading->scenario;

    for (uint32_t i = 0; i < scenario->plan_count; i++) {
        const struct plan *plan = &scenario->plan[i];
        struct planned review = {.kind = plan->review_kind,
                                 .schedule = {.form = SCHEDULE_DAYS,
                                              .days = plan->review_days,
                                              .times = 1,
                                              .at = -1}};

        if (review.kind != NONE && plan->step_count > 0)
            check_line(cover, i, &plan->step[0], &review);
    }
}

void check_cover(struct reading *reading)
{
    struct cover cover;

    if (cover_init(&cover, reading) == SIM_OK) {
        visit_lines(reading->scenario, check_line, &cover);
        check_reviews(&cover);
        check_kinds(&cover);
        check_deadlines(&cover);
    }
    sim_civil_clear(&cover.civil);
}
