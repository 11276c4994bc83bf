/*
 * Where people are supported, how they come and leave, and who watches over
 * the moves: levels, handovers and follow-up.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe_impl.h"

/* ---- levels ---- */

/* A place as a sentence has it after "go". */
static void say_place(const struct scenario *scenario, uint32_t to,
                      struct text *s)
{
    if (to == NONE)
        text_add(s, "out of the service");
    else
        text_printf(s, "to %s", scenario->level[to].name);
}

/* A stay of their own, and what holds the place once it is over. */
static void say_route_times(const struct route *route, struct text *s)
{
    if (route->has_stay) {
        text_add(s, ", after a stay of ");
        say_duration(&route->stay, s);
    }
    if (route->delay.mean > 0) {
        text_add(s, "; then their place here is held for ");
        say_duration(&route->delay, s);
    }
}

/* Where people go next: a level, or routes with their shares and times. */
static void say_ways(const struct scenario *scenario, const struct level *level,
                     struct text *s)
{
    text_add(s, level->route_count == 0 ? "" : "by one of these ways: ");
    if (level->route_count == 0)
        say_place(scenario, level->then, s);
    for (uint32_t i = 0; i < level->route_count; i++) {
        const struct route *route = &level->route[i];

        text_printf(s, "%s\"%s\", ", i ? "; " : "", route->name);
        say_place(scenario, route->to, s);
        text_add(s, " (");
        say_chance(route->chance, s);
        say_route_times(route, s);
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
        text_printf(&s, "Places: %u. When all are taken, people ",
                    level->places);
    if (level->places != NONE && level->diverts) {
        text_add(&s, "go ");
        say_place(d->scenario, level->divert, &s);
        text_add(&s, " instead.");
    } else if (level->places != NONE) {
        text_add(&s, "wait.");
    }
    if (level->observed)
        text_add(&s, " Staff are there day and night.");
    markdown_bullet(d->out, &s);
}

/* What must hold of people before they are let in. */
static void bullet_criterion(struct describe *d, const struct level *level)
{
    struct text s = {0};

    if (!level_chooses(level))
        return;
    text_add(&s, "Entry criterion: ");
    if (level->accepts_no_alert)
        text_add(&s, "no alert is in force");
    if (level->accepts_state != NONE)
        text_printf(&s, "%sthe person is in the state \"%s\" or a milder one",
                    level->accepts_no_alert ? ", and " : "",
                    d->scenario->state[level->accepts_state].name);
    text_add(&s, ". Who does not meet it waits, where they are, until they "
                 "do.");
    markdown_bullet(d->out, &s);
}

/* Who waits too long. */
static void bullet_patience(struct describe *d, const struct level *level)
{
    struct text s = {0};

    if (!level->patience.asked)
        return;
    text_add(&s, "Who has waited for ");
    say_duration(&level->patience.after, &s);
    text_add(&s, " gives up, and goes ");
    say_place(d->scenario, level->patience.to, &s);
    text_add(&s, ".");
    markdown_bullet(d->out, &s);
}

/* What is done with everyone who comes. */
static void bullet_on_entry(struct describe *d, const struct level *level)
{
    struct text s = {0};

    for (uint32_t i = 0; i < level->on_entry_count; i++)
        text_printf(&s, "%s%s", i ? ", " : "Done on entry, besides the plan: ",
                    d->scenario->kind[level->on_entry[i]].name);
    if (s.bytes)
        text_add(&s, ".");
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

/* Whether people may have to wait for a place in some level that they go on
 * to; who is sent on from a full one may not have to. */
static bool next_is_limited(const struct scenario *scenario,
                            const struct level *level)
{
    for (uint32_t i = 0; i < level_ways(level); i++) {
        uint32_t to = level_way(level, i);

        while (to != NONE && scenario->level[to].places != NONE &&
               scenario->level[to].diverts)
            to = scenario->level[to].divert;
        if (to != NONE && scenario->level[to].places != NONE)
            return true;
    }
    return false;
}

/* The level's own stay means nothing where every route has one. */
static void say_stay(const struct level *level, struct text *s)
{
    bool own = level->route_count == 0;

    for (uint32_t i = 0; i < level->route_count; i++)
        own = own || !level->route[i].has_stay;
    text_add(s, "their stay is over");
    if (!own)
        return;
    text_add(s, " (");
    say_duration(&level->stay, s);
    text_add(s, level->route_count > 0 ? ", where no other is named)" : ")");
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
        say_stay(level, &s);
    }
    text_add(&s, ", then go ");
    say_ways(scenario, level, &s);
    text_add(&s, ".");
    if (next_is_limited(scenario, level))
        text_printf(&s, " While there is no place for them they %s.",
                    level->when_next_full == NEXT_FULL_WAIT
                        ? "give up their place here and wait outside"
                        : "stay here, and hold their place");
    markdown_bullet(d->out, &s);
}

/* What bounds the time here, one item each. */
static void bullet_limits(struct describe *d, const struct level *level)
{
    struct text s = {0};

    if (level->longest > 0) {
        text_add(&s, "Time limit: ");
        say_time(level->longest, &s);
        text_printf(&s, "; then people move on%s.",
                    level->plan == NONE ? "" : ", whatever the plan says");
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
        bullet_criterion(d, level);
        bullet_patience(d, level);
        bullet_on_entry(d, level);
        bullet_exit(d, level);
        bullet_limits(d, level);
        markdown_end(d->out);
    }
}

/* ---- handovers ---- */

/* Whether staff can know less for a while after entry. */
static bool can_blur(const struct handover *handover)
{
    return handover->notices < 1 || handover->acts < 1;
}

/* What a late or incomplete one means: supposed, as all such chances are. */
static void say_blur(const struct handover *handover, struct text *s)
{
    if (!can_blur(handover))
        return;
    text_printf(s,
                "%.3g%% of signs noticed, %.3g%% of alerts acted on, for at "
                "most ",
                100 * handover->notices, 100 * handover->acts);
    say_span(handover->until, s);
}

/* The task is a kind of contact of its own, behind the user's. */
static void row_handover(struct describe *d, const struct level *level)
{
    const struct kind *task = &d->scenario->kind[level->handover.kind];
    struct text cell[6] = {{0}};

    text_add(&cell[0], level->name);
    say_staffing(d->scenario, task, &cell[1]);
    text_add(&cell[2], "within ");
    say_time(level->handover.within, &cell[2]);
    text_add(&cell[2], " of entry");
    say_duration(&task->lasts, &cell[3]);
    if (level->handover.overlap > 0) {
        text_add(&cell[4], "for ");
        say_span(level->handover.overlap, &cell[4]);
    } else {
        text_add(&cell[4], "no");
    }
    say_blur(&level->handover, &cell[5]);
    markdown_row(d->out, cell, 6);
}

/* What a handover is for, and what is supposed of poor ones. */
static void say_handovers(struct describe *d, bool blurs)
{
    double complete = 1;
    struct text s = {0};

    for (uint32_t i = 0; i < d->scenario->level_count; i++)
        if (d->scenario->level[i].handover.asked &&
            d->scenario->level[i].handover.complete < complete)
            complete = d->scenario->level[i].handover.complete;
    text_add(&s, "Until the handover is done nobody owns the person's plan.");
    if (complete < 1)
        text_add(&s, " It is supposed that some, though done, are not "
                     "complete.");
    if (blurs)
        text_add(&s, " Where it is late or incomplete, staff know less for a "
                     "while, until the first review of an alert at the "
                     "latest; how much less is supposed.");
    markdown_paragraph(d->out, &s);
}

void describe_handovers(struct describe *d)
{
    static const char *const heads[] = {"On entry to",
                                        "By whom",
                                        "When at the latest",
                                        "Takes",
                                        "Contacts of the level before go on",
                                        "If late or incomplete",
                                        NULL};
    bool first = true, blurs = false;

    for (uint32_t i = 0; i < d->scenario->level_count; i++) {
        const struct level *level = &d->scenario->level[i];

        if (!level->handover.asked)
            continue;
        if (first) {
            markdown_heading(d->out, 2, "Handover between levels");
            markdown_head(d->out, heads);
        }
        first = false;
        blurs = blurs || can_blur(&level->handover);
        row_handover(d, level);
    }
    if (first)
        return;
    markdown_end(d->out);
    say_handovers(d, blurs);
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
