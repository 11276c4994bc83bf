/*
 * Tapering plans: their steps as a table, the rule by which people advance,
 * and the days on which that is decided.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

/* ---- the rule ---- */

/* What must hold, as the items of one sentence. */
static void say_conditions(const struct scenario *scenario,
                           const struct plan *plan, struct text *s)
{
    const char *joint = "";

    if (plan->no_alert_for > 0) {
        text_add(s, "no alert was in force in the last ");
        say_span(plan->no_alert_for, s);
        joint = " and ";
    }
    if (plan->contacts_done > 0.0) {
        text_printf(s, "%sat least %.3g%% of the step's contacts took place",
                    joint, 100.0 * plan->contacts_done);
        joint = " and ";
    }
    if (plan->advance_state != NONE)
        text_printf(s, "%sthe person is in the state \"%s\" or a milder one",
                    joint, scenario->state[plan->advance_state].name);
}

/* How a step goes on, how often, and what then. */
static void say_repeats(const struct scenario *scenario,
                        const struct plan *plan, struct text *s)
{
    if (plan->repeat_days > 0)
        text_printf(s, "its last %d day%s are repeated", (int)plan->repeat_days,
                    plan->repeat_days == 1 ? "" : "s");
    else
        text_add(s, "the step is repeated");
    text_printf(s, ", at most %u time%s; then the person ", plan->repeat_most,
                plan->repeat_most == 1 ? "" : "s");
    if (plan->after_last == AFTER_LAST_MOVE)
        text_printf(s, "moves to %s.",
                    scenario->level[plan->after_last_level].name);
    else if (plan->after_last == AFTER_LAST_STEP_BACK)
        text_add(s, "goes back to the step before.");
    else
        text_add(s, "advances.");
}

/* Whether anything is asked at the end of a step. */
static bool has_rule(const struct plan *plan)
{
    return plan->no_alert_for > 0 || plan->contacts_done > 0.0 ||
           plan->advance_state != NONE;
}

void describe_rule(const struct scenario *scenario, const struct plan *plan,
                   struct text *out)
{
    if (!has_rule(plan)) {
        text_add(out, "At the end of each step the person goes on to the "
                      "next.");
        return;
    }
    text_add(out, "At the end of each step the person goes on to the next if ");
    say_conditions(scenario, plan, out);
    text_add(out, ". Otherwise ");
    if (plan->otherwise == OTHERWISE_STEP_BACK)
        text_add(out, "they go back to the step before.");
    else
        say_repeats(scenario, plan, out);
}

/* What is supposed of the rule, which is no part of it. */
static void say_followed(const struct plan *plan, struct text *s)
{
    if (!has_rule(plan) || plan->rule_followed >= 1.0)
        return;
    text_add(s, " It is supposed that staff keep to this rule ");
    say_chance(plan->rule_followed, s);
    text_add(s, " times; else the person goes on.");
}

void describe_followers(const struct scenario *scenario, uint32_t plan,
                        struct text *out)
{
    bool first = true;

    for (uint32_t i = 0; i < scenario->level_count; i++) {
        if (scenario->level[i].plan != plan)
            continue;
        text_printf(out, "%s%s", first ? "" : ", ", scenario->level[i].name);
        first = false;
    }
}

/* ---- steps ---- */

/* The step's name and length stand in the first of its rows only. */
static void row_planned(struct describe *d, const struct step *step,
                        const struct planned *planned, bool first)
{
    const struct kind *kind = &d->scenario->kind[planned->kind];
    struct text cell[7] = {{0}};

    if (first) {
        text_add(&cell[0], step->name);
        text_printf(&cell[1], "%d day%s", (int)step->days,
                    step->days == 1 ? "" : "s");
    }
    text_printf(&cell[2], "%s (%s)", kind->name, say_mode(kind));
    say_schedule(&planned->schedule, &cell[3]);
    say_window(kind, planned->schedule.at, &cell[4]);
    say_staffing(d->scenario, kind, &cell[5]);
    say_duration(&kind->lasts, &cell[6]);
    markdown_row(d->out, cell, 7);
}

/* A step without contacts is one row that says so. */
static void rows_step(struct describe *d, const struct step *step)
{
    struct text cell[7] = {{0}};

    for (uint32_t i = 0; i < step->planned_count; i++)
        row_planned(d, step, &step->planned[i], i == 0);
    if (step->planned_count > 0)
        return;
    text_add(&cell[0], step->name);
    text_printf(&cell[1], "%d day%s", (int)step->days,
                step->days == 1 ? "" : "s");
    text_add(&cell[2], "no planned contact");
    markdown_row(d->out, cell, 7);
}

/* A step's path has one name more between. */
static void describe_step_note(struct describe *d, const struct plan *plan,
                               const struct step *step)
{
    struct text path = {0};

    text_printf(&path, "%s.steps", plan->name);
    if (text_status(&path) == SIM_OK)
        describe_inner_note(d, "plans", path.bytes, step->name);
    text_clear(&path);
}

void describe_plans(struct describe *d)
{
    static const char *const heads[] = {
        "Step", "Lasts",   "Contact",         "How often",
        "When", "By whom", "With the person", NULL};

    if (d->scenario->plan_count == 0)
        return;
    markdown_heading(d->out, 2, "Tapering plans");
    for (uint32_t i = 0; i < d->scenario->plan_count; i++) {
        const struct plan *plan = &d->scenario->plan[i];
        struct text s = {0};

        markdown_heading(d->out, 3, plan->name);
        describe_note(d, "plans", plan->name);
        text_add(&s, "For people in: ");
        describe_followers(d->scenario, i, &s);
        text_printf(&s, ". The first day is %s.",
                    plan->starts_same_day ? "the day they enter"
                                          : "the day after they enter");
        markdown_paragraph(d->out, &s);
        markdown_head(d->out, heads);
        for (uint32_t k = 0; k < plan->step_count; k++)
            rows_step(d, &plan->step[k]);
        markdown_end(d->out);
        for (uint32_t k = 0; k < plan->step_count; k++)
            describe_step_note(d, plan, &plan->step[k]);
        describe_rule(d->scenario, plan, &s);
        say_followed(plan, &s);
        markdown_paragraph(d->out, &s);
    }
}

/* ---- reviews ---- */

/* The contact that a plan's decisions wait for. */
static void bullet_review(struct describe *d, const struct plan *plan)
{
    const struct kind *kind;
    struct text s = {0};

    if (plan->review_kind == NONE)
        return;
    kind = &d->scenario->kind[plan->review_kind];
    text_printf(&s, "%s: it is decided at the next %s (%s), ", plan->name,
                kind->name, say_mode(kind));
    say_days(plan->review_days, &s);
    text_add(&s, ", ");
    say_window(kind, -1, &s);
    text_add(&s, ", by ");
    say_staffing(d->scenario, kind, &s);
    text_add(&s, "; until then the step's last week goes on.");
    markdown_bullet(d->out, &s);
}

/* The days on which a plan is decided on, where nothing is repeated. */
static void bullet_review_days(struct describe *d, const struct plan *plan)
{
    struct text s = {0};
    int32_t day = 0;

    text_printf(&s, "%s: the plan is reviewed at the end of ", plan->name);
    for (uint32_t i = 0; i < plan->step_count; i++) {
        day += plan->step[i].days;
        text_printf(&s, "%sday %d", i ? ", " : "", (int)day);
    }
    text_add(&s, has_rule(plan) ? ", later where a step is repeated."
                                : ", with no criterion to be met.");
    markdown_bullet(d->out, &s);
}

/* Meetings about the person that a plan schedules. */
static void bullets_meetings(struct describe *d, const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->step[i];

        for (uint32_t k = 0; k < step->planned_count; k++) {
            const struct planned *planned = &step->planned[k];
            const struct kind *kind = &d->scenario->kind[planned->kind];
            struct text s = {0};

            if (!kind->without_person || kind->with == WITH_FAMILY)
                continue;
            text_printf(&s, "%s, step \"%s\": %s, ", plan->name, step->name,
                        kind->name);
            say_schedule(&planned->schedule, &s);
            text_add(&s, ", by ");
            say_staffing(d->scenario, kind, &s);
            text_add(&s, ".");
            markdown_bullet(d->out, &s);
        }
    }
}

void describe_reviews(struct describe *d)
{
    if (d->scenario->plan_count == 0)
        return;
    markdown_heading(d->out, 2, "Review dates");
    for (uint32_t i = 0; i < d->scenario->plan_count; i++) {
        bullet_review_days(d, &d->scenario->plan[i]);
        bullet_review(d, &d->scenario->plan[i]);
        bullets_meetings(d, &d->scenario->plan[i]);
    }
    markdown_end(d->out);
}
