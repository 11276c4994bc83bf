/*
 * The table of measures, and the names of slice values. What a record keeps
 * for them is derived in layout.c.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#define BY_LEVEL CUT(SLICE_LEVEL)
#define BY_COHORT CUT(SLICE_COHORT)
#define BY_KIND CUT(SLICE_KIND)
#define BY_STEP CUT(SLICE_STEP)
#define BY_ROLE CUT(SLICE_ROLE)
#define BY_DAY CUT(SLICE_DAY)
#define BY_HOUR CUT(SLICE_HOUR)
#define BY_WEEK CUT(SLICE_WEEK)
#define BY_ENTERED_ON CUT(SLICE_ENTERED_ON)
#define BY_SINCE_MOVE CUT(SLICE_SINCE_MOVE)
#define BY_OUTCOME CUT(SLICE_OUTCOME)
#define BY_ALERT CUT(SLICE_ALERT)
#define BY_CONCERN CUT(SLICE_CONCERN)
#define BY_TRIGGER CUT(SLICE_TRIGGER)
#define BY_CAUSE CUT(SLICE_CAUSE)

/* Of a contact: whose, where, when. Hours of the week only where a figure or
 * a rota question needs them, for a record must stay small. */
#define BY_CONTACT                                                             \
    (BY_LEVEL | BY_COHORT | BY_KIND | BY_STEP | BY_DAY | BY_WEEK |             \
     BY_ENTERED_ON | BY_SINCE_MOVE)
#define BY_ENTRY (BY_LEVEL | BY_COHORT | BY_ENTERED_ON)

/* id, label, unit, better, type, numerator, denominator, scale, whole, cuts */
#define PER_WEEK(id, label, better, counter, cuts)                             \
    {                                                                          \
        id, label, UNIT_PER_WEEK, better, MEASURE_PER_WEEK, counter, counter,  \
            1, true, cuts                                                      \
    }
#define SHARE(id, label, better, part, all, cuts)                              \
    {                                                                          \
        id, label, UNIT_SHARE, better, MEASURE_RATIO, part, all, 1, true, cuts \
    }
#define RATIO(id, label, unit, better, part, all, cuts)                        \
    {                                                                          \
        id, label, unit, better, MEASURE_RATIO, part, all, 1, true, cuts       \
    }
#define WITHIN(id, label, part, all)                                           \
    SHARE(id, label, BETTER_LOWER, part, all, BY_ENTRY)
#define HOURS(id, label, better, counter, cuts)                                \
    {                                                                          \
        id, label, UNIT_HOURS_PER_WEEK, better, MEASURE_PER_WEEK, counter,     \
            counter, 1, true, cuts                                             \
    }

const struct measure measure_table[] = {
    PER_WEEK("referrals", "People referred", BETTER_NONE, COUNT_REFERRALS,
             BY_COHORT | BY_WEEK),
    PER_WEEK("planned_exits", "People leaving as planned", BETTER_HIGHER,
             COUNT_PLANNED_EXITS, BY_LEVEL | BY_COHORT | BY_WEEK),
    PER_WEEK("timed_out", "People moved on at the time limit", BETTER_LOWER,
             COUNT_TIMED_OUT, BY_LEVEL | BY_COHORT),
    PER_WEEK("disengaged", "People disengaging", BETTER_LOWER, COUNT_DISENGAGED,
             BY_LEVEL | BY_COHORT),
    PER_WEEK("left", "People leaving the service altogether", BETTER_NONE,
             COUNT_LEFT, BY_LEVEL | BY_COHORT),
    RATIO("wait_days", "Days waited for a place", UNIT_DAYS, BETTER_LOWER,
          COUNT_WAIT_DAYS, COUNT_WAITS, BY_LEVEL | BY_COHORT),
    SHARE("waited", "People who had to wait for a place", BETTER_LOWER,
          COUNT_WAITED, COUNT_WAITS, BY_LEVEL | BY_COHORT),
    {"waiting", "People waiting for a place", UNIT_PEOPLE, BETTER_LOWER,
     MEASURE_TIME_MEAN, COUNT_WAITING, COUNT_WAITING, 1, true,
     BY_LEVEL | BY_COHORT},
    PER_WEEK("gave_up", "People giving up waiting for a place", BETTER_LOWER,
             COUNT_GAVE_UP, BY_LEVEL | BY_COHORT),
    PER_WEEK("diverted", "People sent elsewhere because a level was full",
             BETTER_LOWER, COUNT_DIVERTED, BY_LEVEL | BY_COHORT),
    PER_WEEK("swaps", "Full levels changing people round", BETTER_NONE,
             COUNT_SWAPS, 0),
    {"full", "Share of time with every place taken", UNIT_SHARE, BETTER_LOWER,
     MEASURE_TIME_MEAN, COUNT_FULL, COUNT_FULL, 1, false, BY_LEVEL},
    {"delayed", "People holding a place with nowhere to go", UNIT_PEOPLE,
     BETTER_LOWER, MEASURE_TIME_MEAN, COUNT_DELAYED, COUNT_DELAYED, 1, true,
     BY_LEVEL | BY_COHORT | BY_CAUSE},
    {"delayed_days", "Days lost with nowhere to go", UNIT_DAYS_PER_WEEK,
     BETTER_LOWER, MEASURE_PER_WEEK, COUNT_DELAYED, COUNT_DELAYED, 1.0 / 24,
     true, BY_LEVEL | BY_COHORT | BY_CAUSE},
    {"occupancy", "People in the level", UNIT_PEOPLE, BETTER_NONE,
     MEASURE_TIME_MEAN, COUNT_OCCUPANCY, COUNT_OCCUPANCY, 1, true,
     BY_LEVEL | BY_COHORT},
    {"occupancy_p95", "People in the level, 95 hours in 100 at most",
     UNIT_PEOPLE, BETTER_NONE, MEASURE_QUANTILE, COUNT_OCCUPANCY_BINS,
     COUNT_OCCUPANCY_BINS, 1, false, BY_LEVEL},
    {"occupancy_max", "Most people in the level at once", UNIT_PEOPLE,
     BETTER_NONE, MEASURE_MAXIMUM, COUNT_OCCUPANCY_MAX, COUNT_OCCUPANCY_MAX, 1,
     false, BY_LEVEL},
    RATIO("stay_days", "Days in a level", UNIT_DAYS, BETTER_NONE,
          COUNT_STAY_DAYS, COUNT_STAYS, BY_LEVEL | BY_COHORT | BY_ENTERED_ON),
    RATIO("days_beyond_plan", "Days longer than the plan as written", UNIT_DAYS,
          BETTER_LOWER, COUNT_BEYOND_PLAN, COUNT_PLAN_STAYS,
          BY_LEVEL | BY_COHORT),
    PER_WEEK("contacts_due", "Planned contacts falling due", BETTER_NONE,
             COUNT_DUE, BY_CONTACT | BY_HOUR),
    PER_WEEK("contacts_completed", "Planned contacts completed", BETTER_HIGHER,
             COUNT_COMPLETED, BY_CONTACT),
    PER_WEEK("contacts_cancelled", "Planned contacts cancelled", BETTER_NONE,
             COUNT_CANCELLED, BY_CONTACT),
    SHARE("contacts_missed", "Planned contacts missed, for any reason",
          BETTER_LOWER, COUNT_MISSED, COUNT_DUE, BY_CONTACT),
    SHARE("contacts_not_delivered",
          "Planned contacts not delivered: no staff came in time", BETTER_LOWER,
          COUNT_NOT_DELIVERED, COUNT_DUE, BY_CONTACT | BY_HOUR),
    SHARE("contacts_not_attended",
          "Planned contacts not attended: the person was not there",
          BETTER_LOWER, COUNT_NOT_ATTENDED, COUNT_DUE, BY_CONTACT),
    SHARE("contacts_downgraded", "Planned contacts replaced by a lesser one",
          BETTER_LOWER, COUNT_DOWNGRADED, COUNT_DUE, BY_CONTACT),
    SHARE("plan_delivered", "Contacts completed of those the plan intended",
          BETTER_HIGHER, COUNT_PLAN_COMPLETED, COUNT_PLAN_INTENDED, BY_ENTRY),
    SHARE("days_all_delivered", "Days on which everything due was delivered",
          BETTER_HIGHER, COUNT_DAYS_WHOLE, COUNT_DAYS_DUE, BY_DAY),
    SHARE("weekends_all_delivered",
          "Weekends on which everything due was delivered", BETTER_HIGHER,
          COUNT_WEEKENDS_WHOLE, COUNT_WEEKENDS_DUE, 0),
    RATIO("start_delay_minutes", "Minutes a contact starts after it is due",
          UNIT_MINUTES, BETTER_LOWER, COUNT_START_DELAY, COUNT_MET,
          BY_LEVEL | BY_KIND | BY_DAY | BY_STEP),
    {"start_delay_minutes_p95",
     "Minutes a contact starts after it is due, 95 in 100 at most",
     UNIT_MINUTES, BETTER_LOWER, MEASURE_QUANTILE, COUNT_START_BINS,
     COUNT_START_BINS, 1, true, 0},
    SHARE("first_contact_in_time", "First contact within the level's limit",
          BETTER_HIGHER, COUNT_FIRST_IN_TIME, COUNT_FIRST_LIMITED, BY_ENTRY),
    RATIO("longest_gap_days", "Longest gap between completed contacts",
          UNIT_DAYS, BETTER_LOWER, COUNT_LONGEST_GAP, COUNT_GAP_STAYS,
          BY_ENTRY),
    {"longest_gap_days_p95",
     "Longest gap between completed contacts, 95 stays in 100 at most",
     UNIT_DAYS, BETTER_LOWER, MEASURE_QUANTILE, COUNT_GAP_BINS, COUNT_GAP_BINS,
     1, true, 0},
    SHARE("missed_while_unwell",
          "Planned contacts missed by people who were unwell", BETTER_LOWER,
          COUNT_MISSED_UNWELL, COUNT_DUE, BY_CONTACT),
    {"unseen_hours", "Hours a week unwell with nobody having noticed",
     UNIT_HOURS_PER_WEEK, BETTER_LOWER, MEASURE_RATIO, COUNT_UNSEEN_HOURS,
     COUNT_PLAN_HOURS, 168, true, BY_LEVEL | BY_COHORT},
    SHARE("seen_within_24_hours", "Getting worse, and noticed within 24 hours",
          BETTER_HIGHER, COUNT_SEEN_24, COUNT_EPISODES, BY_LEVEL | BY_COHORT),
    SHARE("seen_within_72_hours", "Getting worse, and noticed within 72 hours",
          BETTER_HIGHER, COUNT_SEEN_72, COUNT_EPISODES, BY_LEVEL | BY_COHORT),
    SHARE("seen_ever", "Getting worse, and noticed before it ended",
          BETTER_HIGHER, COUNT_SEEN_EVER, COUNT_EPISODES, BY_LEVEL | BY_COHORT),
    PER_WEEK("alerts", "Alerts raised", BETTER_NONE, COUNT_ALERTS,
             BY_ALERT | BY_LEVEL | BY_COHORT),
    SHARE("false_alerts", "Alerts raised while the person was settled",
          BETTER_LOWER, COUNT_FALSE_ALERTS, COUNT_ALERTS, BY_ALERT | BY_LEVEL),
    PER_WEEK("responses", "Responses started", BETTER_NONE, COUNT_RESPONSES,
             BY_TRIGGER | BY_LEVEL),
    SHARE("response_breaches", "Response actions begun after their deadline",
          BETTER_LOWER, COUNT_BREACHES, COUNT_DEADLINES, BY_TRIGGER | BY_LEVEL),
    PER_WEEK("concerns", "Concerns arising", BETTER_NONE, COUNT_CONCERNS,
             BY_CONCERN | BY_LEVEL | BY_COHORT),
    RATIO("concern_open_hours", "Hours a concern stays open", UNIT_HOURS,
          BETTER_LOWER, COUNT_CONCERN_HOURS, COUNT_CONCERNS,
          BY_CONCERN | BY_LEVEL | BY_COHORT),
    RATIO("unowned_hours", "Hours until a handover is done", UNIT_HOURS,
          BETTER_LOWER, COUNT_UNOWNED_HOURS, COUNT_HANDOVERS,
          BY_LEVEL | BY_ENTERED_ON),
    HOURS("hours_demanded", "Staff hours needed", BETTER_NONE, COUNT_DEMANDED,
          BY_ROLE | BY_WEEK),
    HOURS("hours_delivered", "Staff hours given", BETTER_NONE, COUNT_DELIVERED,
          BY_ROLE | BY_WEEK),
    HOURS("hours_rostered", "Staff hours rostered", BETTER_NONE, COUNT_ROSTERED,
          BY_ROLE | BY_WEEK),
    HOURS("hours_present", "Staff hours present, bank included", BETTER_NONE,
          COUNT_PRESENT, BY_ROLE | BY_WEEK),
    HOURS("team_hours", "Staff hours in team time", BETTER_NONE, COUNT_TEAM,
          BY_ROLE),
    SHARE("team_time_had", "Team time had, of what was planned", BETTER_HIGHER,
          COUNT_TEAM_HAD, COUNT_TEAM_DUE, BY_ROLE),
    HOURS("overtime_hours", "Hours worked past the end of a shift",
          BETTER_LOWER, COUNT_OVERTIME, BY_ROLE),
    SHARE("utilisation", "Share of staff time spent on modelled work",
          BETTER_NONE, COUNT_DELIVERED, COUNT_PRESENT, BY_ROLE),
    PER_WEEK("call_outs", "Call-outs of on-call staff", BETTER_NONE,
             COUNT_CALL_OUTS, BY_ROLE),
    {"cost_per_week", "Staff cost a week", UNIT_MONEY_PER_WEEK, BETTER_LOWER,
     MEASURE_PER_WEEK, COUNT_COST, COUNT_COST, 1, true, BY_ROLE},
    RATIO("cost_per_person", "Staff cost for each person referred", UNIT_MONEY,
          BETTER_LOWER, COUNT_COST, COUNT_REFERRALS, 0),
    RATIO("cost_per_planned_exit", "Staff cost for each planned exit",
          UNIT_MONEY, BETTER_LOWER, COUNT_COST, COUNT_PLANNED_EXITS, 0),
    {"establishment", "Whole-time posts that the rota takes", UNIT_WTE,
     BETTER_LOWER, MEASURE_PER_WEEK, COUNT_POSTS, COUNT_POSTS, 1, true,
     BY_ROLE},
    PER_WEEK("step_ups", "Moves back up to a higher level", BETTER_LOWER,
             COUNT_STEP_UPS, BY_LEVEL | BY_COHORT | BY_SINCE_MOVE),
    PER_WEEK("step_backs", "Plans put back a step", BETTER_NONE,
             COUNT_STEP_BACKS, BY_LEVEL | BY_STEP),
    PER_WEEK("repeats", "Steps repeated", BETTER_NONE, COUNT_REPEATS,
             BY_LEVEL | BY_STEP),
    PER_WEEK("restarts", "Plans begun again", BETTER_NONE, COUNT_RESTARTS,
             BY_LEVEL | BY_STEP),
    PER_WEEK("crises", "Modelled crises", BETTER_LOWER, COUNT_CRISES,
             BY_LEVEL | BY_COHORT | BY_DAY | BY_WEEK | BY_SINCE_MOVE |
                 BY_OUTCOME),
    PER_WEEK("outcomes", "Outcomes recorded", BETTER_NONE, COUNT_OUTCOMES,
             BY_OUTCOME),
    WITHIN("crisis_within_30_days", "A crisis within 30 days of stepping down",
           COUNT_CRISIS_30, COUNT_FOLLOWED_30),
    WITHIN("crisis_within_60_days", "A crisis within 60 days of stepping down",
           COUNT_CRISIS_60, COUNT_FOLLOWED_60),
    WITHIN("crisis_within_90_days", "A crisis within 90 days of stepping down",
           COUNT_CRISIS_90, COUNT_FOLLOWED_90),
    WITHIN("reescalation_within_30_days",
           "Back at a higher level, or gone in a crisis, within 30 days",
           COUNT_REESCALATED_30, COUNT_FOLLOWED_30),
    WITHIN("reescalation_within_60_days",
           "Back at a higher level, or gone in a crisis, within 60 days",
           COUNT_REESCALATED_60, COUNT_FOLLOWED_60),
    WITHIN("reescalation_within_90_days",
           "Back at a higher level, or gone in a crisis, within 90 days",
           COUNT_REESCALATED_90, COUNT_FOLLOWED_90),
    SHARE("recontact_within_30_days",
          "A crisis or a return within 30 days of a planned exit", BETTER_LOWER,
          COUNT_RECONTACT_30, COUNT_EXITS_30, BY_COHORT),
    SHARE("recontact_within_60_days",
          "A crisis or a return within 60 days of a planned exit", BETTER_LOWER,
          COUNT_RECONTACT_60, COUNT_EXITS_60, BY_COHORT),
    SHARE("recontact_within_90_days",
          "A crisis or a return within 90 days of a planned exit", BETTER_LOWER,
          COUNT_RECONTACT_90, COUNT_EXITS_90, BY_COHORT),
};
const uint32_t measure_count = LENGTH(measure_table);

uint32_t measure_find(const char *id)
{
    for (uint32_t i = 0; i < measure_count; i++)
        if (strcmp(measure_table[i].id, id) == 0)
            return i;
    return NONE;
}

const char *measure_unit_text(enum measure_unit unit)
{
    static const char *const text[] = {
        [UNIT_SHARE] = "share",
        [UNIT_PER_WEEK] = "per week",
        [UNIT_DAYS] = "days",
        [UNIT_HOURS] = "h",
        [UNIT_MINUTES] = "min",
        [UNIT_PEOPLE] = "people",
        [UNIT_MONEY] = "money",
        [UNIT_HOURS_PER_WEEK] = "h per week",
        [UNIT_DAYS_PER_WEEK] = "days per week",
        [UNIT_MONEY_PER_WEEK] = "money per week",
        [UNIT_WTE] = "WTE",
    };
    return text[unit];
}

static const char *const slice_texts[SLICE_COUNT] = {
    [SLICE_LEVEL] = "level",
    [SLICE_COHORT] = "cohort",
    [SLICE_KIND] = "kind",
    [SLICE_STEP] = "step",
    [SLICE_ROLE] = "role",
    [SLICE_DAY] = "day",
    [SLICE_HOUR] = "hour",
    [SLICE_WEEK] = "week",
    [SLICE_ENTERED_ON] = "entered_on",
    [SLICE_SINCE_MOVE] = "since_move",
    [SLICE_OUTCOME] = "outcome",
    [SLICE_ALERT] = "alert",
    [SLICE_CONCERN] = "concern",
    [SLICE_TRIGGER] = "trigger",
    [SLICE_CAUSE] = "cause",
};

const char *slice_text(enum slice slice)
{
    return slice_texts[slice];
}

enum slice slice_find(const char *text)
{
    int i;

    for (i = 0; i < SLICE_COUNT; i++)
        if (strcmp(slice_texts[i], text) == 0)
            break;
    return (enum slice)i;
}

static uint32_t weeks_of(const struct scenario *scenario)
{
    return (uint32_t)((scenario->calendar.run_for + SIM_WEEK - 1) / SIM_WEEK);
}

uint32_t slice_values(const struct scenario *scenario, enum slice slice)
{
    switch (slice) {
    case SLICE_LEVEL:
        return scenario->level_count;
    case SLICE_COHORT:
        return scenario->cohort_count;
    case SLICE_KIND:
        return scenario->kind_count;
    case SLICE_STEP:
        return scenario->step_count;
    case SLICE_ROLE:
        return scenario->role_count;
    case SLICE_DAY:
        return SIM_DAY_TYPES;
    case SLICE_HOUR:
        return 168;
    case SLICE_WEEK:
        return weeks_of(scenario);
    case SLICE_ENTERED_ON:
        return 7;
    case SLICE_SINCE_MOVE:
        return 4;
    case SLICE_OUTCOME:
        return scenario->outcome_count;
    case SLICE_ALERT:
        return scenario->alert_count;
    case SLICE_CONCERN:
        return scenario->concern_count;
    case SLICE_TRIGGER:
        return scenario->response_count;
    case SLICE_CAUSE:
        return DELAY_CAUSES;
    default:
        return 0;
    }
}

static const char *const weekday_text[] = {"mon", "tue", "wed", "thu",
                                           "fri", "sat", "sun"};

/* The step numbered `value` among all plans' steps, as "PLAN: STEP". */
static void step_name(const struct scenario *scenario, uint32_t value,
                      char *text, size_t size)
{
    for (uint32_t i = 0; i < scenario->plan_count; i++) {
        const struct plan *plan = &scenario->plan[i];
        if (value - plan->first_step < plan->step_count) {
            snprintf(text, size, "%s: %s", plan->name,
                     plan->step[value - plan->first_step].name);
            return;
        }
    }
}

void slice_value_name(const struct scenario *scenario, enum slice slice,
                      uint32_t value, char *text, size_t size)
{
    static const char *const day_text[] = {"weekday", "weekend", "holiday"};
    static const char *const since_text[] = {"0-3 days", "4-7 days",
                                             "8-14 days", "15+ days"};
    const char *name = NULL;
    static const char *const cause_text[] = {"delay", "blocked"};
    char date[11];

    text[0] = '\0';
    switch (slice) {
    case SLICE_LEVEL:
        name = scenario->level[value].name;
        break;
    case SLICE_COHORT:
        name = scenario->cohort[value].name;
        break;
    case SLICE_KIND:
        name = scenario->kind[value].name;
        break;
    case SLICE_STEP:
        step_name(scenario, value, text, size);
        return;
    case SLICE_ROLE:
        name = scenario->role[value].name;
        break;
    case SLICE_DAY:
        name = day_text[value];
        break;
    case SLICE_HOUR:
        snprintf(text, size, "%s %02u", weekday_text[value / 24], value % 24);
        return;
    case SLICE_WEEK:
        sim_date_format(scenario->calendar.start +
                            sim_day_of(scenario->calendar.warm_up) +
                            (int32_t)value * 7,
                        date);
        name = date;
        break;
    case SLICE_ENTERED_ON:
        name = weekday_text[value];
        break;
    case SLICE_SINCE_MOVE:
        name = since_text[value];
        break;
    case SLICE_OUTCOME:
        name = scenario->outcome[value];
        break;
    case SLICE_ALERT:
        name = scenario->alert[value].name;
        break;
    case SLICE_CONCERN:
        name = scenario->concern[value].name;
        break;
    case SLICE_TRIGGER:
        name = scenario->response[value].name;
        break;
    case SLICE_CAUSE:
        name = cause_text[value];
        break;
    default:
        return;
    }
    snprintf(text, size, "%s", name);
}

/* ---- targets ---- */

void target_cuts_name(const struct scenario *scenario,
                      const struct target *target, char *text, size_t size)
{
    size_t length = 0;

    text[0] = '\0';
    for (uint32_t i = 0; i < target->cut_count && length + 3 < size; i++) {
        memcpy(text + length, ", ", 3);
        slice_value_name(scenario, target->cut[i].slice, target->cut[i].value,
                         text + length + 2, size - length - 2);
        length = strlen(text);
    }
}

bool measure_is_of_contacts(const struct measure *measure)
{
    return measure->numerator >= COUNT_DUE &&
           measure->numerator <= COUNT_START_DELAY &&
           measure->denominator >= COUNT_DUE &&
           measure->denominator <= COUNT_START_DELAY &&
           (measure->type == MEASURE_RATIO ||
            measure->type == MEASURE_PER_WEEK);
}

bool target_counts_apart(const struct target *target)
{
    return target->cut_count > 1 ||
           (target->in != PERIOD_NONE && target->in != PERIOD_YEARS);
}
