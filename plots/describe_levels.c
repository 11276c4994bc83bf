/*
 * Who comes, where they are supported, how they leave, and who watches over
 * the moves: people, levels, handovers and follow-up.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

/* ---- people ---- */

/* The rate is a mean over an ordinary week, whatever the hours. */
static void bullet_referrals(struct describe *d, const struct cohort *cohort)
{
    struct text s = {0};

    text_add(&s, "Referrals: ");
    say_rate(cohort->referrals.rate, &s);
    text_add(&s, " on average; accepted ");
    say_opening(&cohort->referrals.open, &s);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* A priority means something only where people wait. */
static void bullet_entry(struct describe *d, const struct cohort *cohort)
{
    const struct level *level = &d->scenario->level[cohort->enters];
    struct text s = {0};

    text_printf(&s, "They come to %s", level->name);
    if (level->places != NONE)
        text_printf(&s,
                    ", and wait for a place where all %u are taken (priority "
                    "%u; lower goes first)",
                    level->places, cohort->priority);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* A supposition about people, and said to be one. */
static void bullet_disengaging(struct describe *d, const struct cohort *cohort)
{
    struct text s = {0};

    if (cohort->disengage_after == 0 && cohort->disengage_rate == NULL)
        return;
    text_add(&s, "Some stop taking contacts");
    if (cohort->disengage_after > 0) {
        text_printf(&s, ": from missed contact %u in a row on, ",
                    cohort->disengage_after);
        say_chance(cohort->disengage_chance, &s);
        text_add(&s, " each time");
    }
    if (cohort->disengage_rate != NULL)
        text_add(&s, cohort->disengage_after > 0 ? "; and some at any time"
                                                 : " at any time");
    text_add(&s, ". This is supposed, not wanted.");
    markdown_bullet(d->out, &s);
}

/* The states are the scenario's words; the reader meets them again in the
 * responses ("if found ..."). */
static void bullet_condition(struct describe *d, const struct cohort *cohort)
{
    const struct condition *condition;
    struct text s = {0};

    if (cohort->condition == NONE)
        return;
    condition = &d->scenario->condition[cohort->condition];
    text_printf(&s, "How they are is described by \"%s\": ", condition->name);
    for (uint32_t i = 0; i < condition->state_count; i++)
        text_printf(&s, "%s%s", i ? ", " : "",
                    d->scenario->state[condition->state[i]].name);
    text_add(&s, ", from mild to severe; the last is a crisis.");
    markdown_bullet(d->out, &s);
}

/* What people prefer and need when they are visited. */
static void bullet_wishes(struct describe *d, const struct cohort *cohort)
{
    struct text s = {0};

    for (uint32_t i = 0; i < cohort->prefers_count; i++) {
        text_add(&s, i == 0 ? "Times of day they prefer: " : ", ");
        say_clock(cohort->prefers[i].at, &s);
        text_add(&s, " (");
        say_chance(cohort->prefers[i].chance, &s);
        text_add(&s, ")");
    }
    if (s.bytes)
        text_add(&s, ".");
    markdown_bullet(d->out, &s);
    if (cohort->pairs <= 0.0)
        return;
    text_add(&s, "Visited by two: ");
    say_chance(cohort->pairs, &s);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

void describe_people(struct describe *d)
{
    markdown_heading(d->out, 2, "Who it is for and how they come");
    for (uint32_t i = 0; i < d->scenario->cohort_count; i++) {
        const struct cohort *cohort = &d->scenario->cohort[i];

        markdown_heading(d->out, 3, cohort->name);
        describe_note(d, "cohorts", cohort->name);
        bullet_referrals(d, cohort);
        bullet_entry(d, cohort);
        bullet_condition(d, cohort);
        bullet_wishes(d, cohort);
        bullet_disengaging(d, cohort);
        markdown_end(d->out);
    }
}

/* ---- levels ---- */

static const char *way_name(const struct scenario *scenario, uint32_t to)
{
    return to == NONE ? "out of the service" : scenario->level[to].name;
}

/* Where people go next: a level, or routes with their shares and delays. */
static void add_ways(const struct scenario *scenario, const struct level *level,
                     struct text *s)
{
    for (uint32_t i = 0; i < level_ways(level); i++) {
        text_printf(s, "%s%s", i ? ", " : "",
                    way_name(scenario, level_way(level, i)));
        if (level->route_count == 0)
            continue;
        text_printf(s, " (%s, %.3g%% of people", level->route[i].name,
                    100 * level->route[i].chance);
        if (level->route[i].delay.mean > 0) {
            text_add(s, ", after a delay of ");
            say_duration(&level->route[i].delay, s);
        }
        text_add(s, ")");
    }
}

/* Room, and whether somebody is always there. */
static void bullet_places(struct describe *d, const struct level *level)
{
    struct text s = {0};

    if (level->places == NONE && level->plan == NONE && !level->has_stay)
        return; /* nobody is supported here */
    if (level->places == NONE)
        text_add(&s, "Places: no limit.");
    else
        text_printf(&s, "Places: %u. When all are taken, people %s%s.",
                    level->places, level->diverts ? "go to: " : "wait",
                    level->diverts ? way_name(d->scenario, level->divert) : "");
    if (level->observed)
        text_add(&s, " Staff are there day and night.");
    markdown_bullet(d->out, &s);
}

/* Whether one of the effects moves people to `level`. */
static bool moves_to(const struct effects *effects, uint32_t level)
{
    for (uint32_t i = 0; i < effects->count; i++)
        if (effects->effect[i].type == EFFECT_MOVE &&
            effects->effect[i].level == level)
            return true;
    return false;
}

/* In any of the states found. */
static bool action_moves_to(const struct scenario *scenario,
                            const struct action *action, uint32_t level)
{
    bool moves = moves_to(&action->then, level);

    for (uint32_t i = 0; action->when != NULL && i < scenario->state_count; i++)
        moves = moves || moves_to(&action->when[i], level);
    return moves;
}

/* By an action, or by an outcome of a crisis. */
static bool response_moves_to(const struct scenario *scenario,
                              const struct response *response, uint32_t level)
{
    bool moves = false;

    for (uint32_t i = 0; i < response->action_count; i++)
        moves = moves || action_moves_to(scenario, &response->action[i], level);
    for (uint32_t i = 0; i < response->outcome_count; i++)
        moves = moves || moves_to(&response->outcome[i].then, level);
    return moves;
}

/* One way in, after a mark but for the first. */
static void add_way(struct text *s, const char *before, const char *name,
                    const char *after)
{
    text_printf(s, "%s%s%s%s", s->bytes ? "; " : "People enter: ", before, name,
                after);
}

/* Whether people go on from `level` to level `to` as planned. */
static bool leads_to(const struct level *level, uint32_t to)
{
    for (uint32_t i = 0; i < level_ways(level); i++)
        if (level_way(level, i) == to)
            return true;
    return false;
}

/* Who moves here, and when: the entry criteria. */
static void bullet_entries(struct describe *d, const struct level *level)
{
    const struct scenario *scenario = d->scenario;
    uint32_t own = (uint32_t)(level - scenario->level);
    struct text s = {0};

    for (uint32_t i = 0; i < scenario->cohort_count; i++)
        if (scenario->cohort[i].enters == own)
            add_way(&s, "", scenario->cohort[i].name, ", on referral");
    for (uint32_t i = 0; i < scenario->level_count; i++)
        if (leads_to(&scenario->level[i], own))
            add_way(&s, "as planned from ", scenario->level[i].name, "");
    for (uint32_t i = 0; i < scenario->level_count; i++)
        if (scenario->level[i].diverts && scenario->level[i].divert == own)
            add_way(&s, "in place of ", scenario->level[i].name,
                    ", when that is full");
    for (uint32_t i = 0; i < scenario->level_count; i++)
        if (scenario->level[i].patience.asked &&
            scenario->level[i].patience.to == own)
            add_way(&s, "having waited too long for ", scenario->level[i].name,
                    "");
    for (uint32_t i = 0; i < scenario->plan_count; i++)
        if (scenario->plan[i].after_last == AFTER_LAST_MOVE &&
            scenario->plan[i].after_last_level == own)
            add_way(&s, "after the last repeat in ", scenario->plan[i].name,
                    "");
    for (uint32_t i = 0; i < scenario->response_count; i++)
        if (response_moves_to(scenario, &scenario->response[i], own))
            add_way(&s, "after ", scenario->response[i].name,
                    ", as laid down below");
    if (s.bytes)
        text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* What ends the time here: the exit criteria. */
static void bullet_exit(struct describe *d, const struct level *level)
{
    const struct scenario *scenario = d->scenario;
    struct text s = {0};

    if (level->plan == NONE && !level->has_stay)
        return;
    text_add(&s, "People leave when ");
    if (level->plan != NONE) {
        const struct plan *plan = &scenario->plan[level->plan];

        text_printf(&s,
                    "the plan \"%s\" is complete (%d day%s where no step is "
                    "repeated)",
                    plan->name, (int)plan->days, plan->days == 1 ? "" : "s");
    } else {
        text_add(&s, "their stay is over (");
        say_duration(&level->stay, &s);
        text_add(&s, ")");
    }
    text_add(&s, ", then go to: ");
    add_ways(scenario, level, &s);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* What bounds the time here, one item each. */
static void bullet_limits(struct describe *d, const struct level *level)
{
    struct text s = {0};

    if (level->longest > 0) {
        text_add(&s, "Time limit: ");
        say_time(level->longest, &s);
        text_add(&s, "; then people move on, whatever the plan says.");
        markdown_bullet(d->out, &s);
    }
    if (level->has_leaves) {
        text_add(&s, "Planned moves from here: ");
        say_opening(&level->leaves, &s);
        text_add(&s, ".");
        markdown_bullet(d->out, &s);
    }
    if (level->first_contact_within > 0) {
        text_add(&s, "First contact: within ");
        say_time(level->first_contact_within, &s);
        text_add(&s, " of entry.");
        markdown_bullet(d->out, &s);
    }
    if (level->follow_up > 0) {
        text_add(&s, "Nothing is done here; people are followed for ");
        say_time(level->follow_up, &s);
        text_add(&s, " to see who returns.");
        markdown_bullet(d->out, &s);
    }
}

void describe_levels(struct describe *d)
{
    markdown_heading(d->out, 2, "The pathway, from the most intense support");
    for (uint32_t i = 0; i < d->scenario->level_count; i++) {
        const struct level *level = &d->scenario->level[i];

        markdown_heading(d->out, 3, level->name);
        describe_note(d, "levels", level->name);
        bullet_places(d, level);
        bullet_entries(d, level);
        bullet_exit(d, level);
        bullet_limits(d, level);
        markdown_end(d->out);
    }
}

/* ---- handovers ---- */

/* The task is a kind of contact of its own, behind the user's. */
static void row_handover(struct describe *d, const struct level *level)
{
    const struct kind *task = &d->scenario->kind[level->handover.kind];
    struct text cell[4] = {{0}};

    text_add(&cell[0], level->name);
    say_staffing(d->scenario, task, &cell[1]);
    text_add(&cell[2], "within ");
    say_time(level->handover.within, &cell[2]);
    text_add(&cell[2], " of entry");
    say_duration(&task->lasts, &cell[3]);
    markdown_row(d->out, cell, 4);
}

void describe_handovers(struct describe *d)
{
    static const char *const heads[] = {"On entry to", "By whom",
                                        "When at the latest", "Takes", NULL};
    struct text s = {0};
    bool first = true;

    for (uint32_t i = 0; i < d->scenario->level_count; i++) {
        const struct level *level = &d->scenario->level[i];

        if (!level->handover.asked)
            continue;
        if (first) {
            markdown_heading(d->out, 2, "Handover between levels");
            markdown_head(d->out, heads);
        }
        first = false;
        row_handover(d, level);
    }
    if (first)
        return;
    markdown_end(d->out);
    text_add(&s, "Until the handover is done nobody owns the person's plan. "
                 "Where it is late or incomplete, signs are noticed less and "
                 "alerts may not be acted on until the first review.");
    markdown_paragraph(d->out, &s);
}

/* ---- follow-up ---- */

void describe_follow_up(struct describe *d)
{
    bool first = true;

    for (uint32_t i = 0; i < d->scenario->level_count; i++) {
        const struct level *level = &d->scenario->level[i];
        struct text s = {0};

        if (level->follow_up == 0)
            continue;
        if (first)
            markdown_heading(d->out, 2, "Follow-up");
        first = false;
        text_printf(&s, "%s: people are followed for ", level->name);
        say_time(level->follow_up, &s);
        text_add(&s, ", so that crises and returns are counted.");
        markdown_bullet(d->out, &s);
    }
    if (!first)
        markdown_end(d->out);
}
