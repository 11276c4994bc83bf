/*
 * Signs: what staff can note at a contact, and the alerts it raises.
 *
 * Whether a sign is present is part of a person's fixed luck: renewals come as
 * a Poisson process over the time since referral (mean gap: the sign's
 * `lasts`), and each renewal, like each change of state, has a uniform of its
 * own that is compared with the chance of the state. So it does not depend on
 * when anyone looks.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* Draw the uniforms of a sign's next gaps between renewals. */
static void draw_gaps(const struct world *world, const struct person *person,
                      const struct sign *sign, struct sign_state *state)
{
    struct sim_name name[SIM_BLOCKS];

    for (uint32_t i = 0; i < SIM_BLOCKS; i++)
        name[i] = person_name(world, person, PURPOSE_SIGN_RENEWAL, sign->tag,
                              state->gaps + i);
    world_uniforms(world, SIM_BLOCKS, name, state->ahead);
}

/* Days from one renewal of a sign to the next; the 0-th gap begins at the
 * referral. */
static inline double next_gap(const struct world *world,
                              const struct person *person,
                              const struct sign *sign, struct sign_state *state)
{
    double mean = (double)sign->lasts / (double)SIM_DAY;
    uint32_t place = state->gaps % SIM_BLOCKS;

    if (place == 0)
        draw_gaps(world, person, sign, state);
    state->gaps++;
    return -log(state->ahead[place]) * mean;
}

/* Advance a sign's renewals to the last one not after `days`; the referral
 * stands for the one before the first. */
static inline void renew(const struct world *world, const struct person *person,
                         const struct sign *sign, struct sign_state *state,
                         double days)
{
    while (state->next <= days) {
        state->renewed = state->next;
        state->next += next_gap(world, person, sign, state);
    }
}

/* Days from the referral to `time`. */
static double days_of(const struct person *person, sim_ms time)
{
    return (double)(time - person->referred_at) / (double)SIM_DAY;
}

/* Uniforms that are to be drawn, which four together are almost as soon as one.
 */
struct draws {
    struct sim_name name[SIM_BLOCKS];
    struct sign_state *state[SIM_BLOCKS]; /* whose they are */
    uint32_t count;
};

static void draw_all(const struct world *world, struct draws *draws)
{
    double u[SIM_BLOCKS];

    world_uniforms(world, draws->count, draws->name, u);
    for (uint32_t i = 0; i < draws->count; i++)
        draws->state[i]->present = u[i];
    draws->count = 0;
}

/* See to the uniform of a sign's presence: of its last renewal, or of the last
 * change of state, `changed` days after the referral, where that was later.
 * Drawn once, however often somebody looks. */
static inline void want_presence(const struct world *world,
                                 const struct person *person,
                                 const struct sign *sign,
                                 struct sign_state *state, double changed,
                                 struct draws *draws)
{
    bool renewed = state->renewed > changed;
    uint32_t ordinal = renewed ? state->gaps - 1 : person->state_times;
    uint64_t drawn = 2 * (uint64_t)ordinal + renewed + 1;

    if (state->drawn == drawn)
        return;
    state->drawn = drawn;
    draws->state[draws->count] = state;
    draws->name[draws->count++] = person_name(
        world, person, renewed ? PURPOSE_SIGN_RENEWED : PURPOSE_SIGN_STATE,
        sign->tag, ordinal);
    if (draws->count == SIM_BLOCKS)
        draw_all(world, draws);
}

/* See to the presence of all signs that show by it; `shown`: in the person's
 * state. */
static void want_presences(struct world *world, const struct person *person,
                           const struct shown *shown, struct sign_state *state)
{
    const struct sign *sign = world->scenario->sign;
    const struct sign *end = sign + world->scenario->sign_count;
    double now = days_of(person, world->now);
    double changed = days_of(person, person->state_since);
    struct draws draws;

    draws.count = 0;
    for (; sign < end; sign++, shown++, state++)
        if (shown->how == SHOWN_BY_PRESENCE) {
            renew(world, person, sign, state, now);
            want_presence(world, person, sign, state, changed, &draws);
        }
    if (draws.count > 0)
        draw_all(world, &draws);
}

/* Whether a sign can be seen in the person now. */
static inline bool present(const struct world *world,
                           const struct person *person, const struct sign *sign,
                           const struct shown *shown,
                           const struct sign_state *state,
                           const struct task *task)
{
    struct sim_name name;

    if (shown->how == SHOWN_NEVER ||
        (shown->how == SHOWN_BY_PRESENCE && !(state->present < shown->chance)))
        return false;
    /* Drawn once for life: in some people it never shows. */
    if (sign->applies_to < 1 &&
        person_uniform(world, person, PURPOSE_SIGN_APPLIES, sign->tag, 0) >=
            sign->applies_to)
        return false;
    if (shown->how != SHOWN_BY_CONTACT)
        return true;
    name = task->name;
    name.topic = sim_tag_join(name.topic, sign->tag);
    name.purpose = PURPOSE_SIGN_CONTACT;
    return sim_chance_uniform(&world->chance, &name) < shown->chance;
}

static bool noticed(const struct world *world, const struct task *task,
                    const struct sign *sign, double chance)
{
    struct sim_name name = task->name;

    if (chance >= 1)
        return true;
    name.topic = sim_tag_join(name.topic, sign->tag);
    name.purpose = PURPOSE_NOTICE;
    return sim_chance_uniform(&world->chance, &name) < chance;
}

uint32_t signs_look_days(const struct scenario *scenario)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < scenario->alert_count; i++) {
        const struct alert *alert = &scenario->alert[i];
        uint32_t days = 2 * (uint32_t)alert->rising_days + 1;
        if (alert->rising > 0 && days > most)
            most = days;
    }
    return most;
}

static struct shown shown_in(const struct sign *sign, uint32_t state)
{
    double chance = sign->present[state];

    if (chance <= 0 || chance >= 1)
        return (struct shown){chance, chance > 0 ? SHOWN_ALWAYS : SHOWN_NEVER};
    return (struct shown){chance, sign->lasts == 0 ? SHOWN_BY_CONTACT
                                                   : SHOWN_BY_PRESENCE};
}

int signs_init(struct world *world)
{
    const struct scenario *s = world->scenario;
    size_t count = (size_t)s->state_count * s->sign_count;

    world->shows = calloc(s->state_count + 1, sizeof *world->shows);
    world->shown = calloc(count + 1, sizeof *world->shown);
    if (!world->shows || !world->shown)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t state = 0; state < s->state_count; state++) {
        world->shows[state] = world->look_days > 0;
        for (uint32_t i = 0; i < s->sign_count; i++) {
            struct shown shown = shown_in(&s->sign[i], state);
            world->shown[state * s->sign_count + i] = shown;
            if (shown.how != SHOWN_NEVER)
                world->shows[state] = true;
            if (shown.how == SHOWN_BY_PRESENCE)
                world->has_presence = true;
        }
    }
    return SIM_OK;
}

void signs_begin(struct world *world, struct person *person)
{
    (void)world;
    person->alert = NONE;
    person->alert_last = -SIM_NEVER;
    person->plan_hours_since = person->unseen_since = SIM_NEVER;
}

/* ---- who is unseen ---- */

/* Hours that go on from now, or no more: they are counted when they end. */
static inline void keep_hours(struct world *world, const struct person *person,
                              enum counter counter, bool go_on, sim_ms *since)
{
    if (go_on == (*since != SIM_NEVER))
        return;
    if (!go_on)
        count_span(world, person, counter, *since);
    *since = go_on ? world->now : SIM_NEVER;
}

static inline void update_hours(struct world *world, struct person *person,
                                bool planned, bool unseen)
{
    keep_hours(world, person, COUNT_PLAN_HOURS, planned,
               &person->plan_hours_since);
    keep_hours(world, person, COUNT_UNSEEN_HOURS, unseen,
               &person->unseen_since);
}

void signs_end(struct world *world, struct person *person)
{
    update_hours(world, person, false, false);
}

/* Whether staff know how the person is: by an alert, or where they see them. */
static inline bool is_seen(const struct world *world,
                           const struct person *person)
{
    const struct level *level;

    if (person->alert != NONE)
        return true;
    level = person_level(world, person);
    return level && level->observed;
}

void signs_update(struct world *world, struct person *person)
{
    bool planned = person->plan != NONE; /* in a level that has one */

    update_hours(world, person, planned,
                 planned && person->state > 0 && !is_seen(world, person));
    if (person->episode && !person->episode_seen && is_seen(world, person)) {
        person->episode_seen = true;
        journey_add(world, person, JOURNEY_EPISODE_SEEN, 0, 0, 0);
        if (person->episode_counted)
            count_seen(world, person, world->now - person->episode_since);
    }
}

/* ---- alerts ---- */

static void end_alert(struct world *world, struct person *person)
{
    person->alert_last = world->now;
    person->alert = NONE;
    world->dirty |= world->choosy;
}

static __attribute__((noinline)) void raise_alert(struct world *world,
                                                  struct person *person,
                                                  uint32_t alert,
                                                  const struct task *task)
{
    const struct scenario *s = world->scenario;
    uint32_t response = s->alert[alert].response;
    const struct level *level = person_level(world, person);
    double acts = person->blurred ? level->handover.acts : 1;

    if (world->has_strangers)
        acts *= duty_acts(world, task);

    /* A higher alert replaces the one in force and ends its list. */
    if (person->alert != NONE && s->alert[person->alert].response != NONE)
        responses_close(world, person, s->alert[person->alert].response);
    person->alert = alert;
    journey_alert(world, person);
    count_person(world, person, COUNT_ALERTS);
    if (world_measures(world, world->now))
        count_slice(world, COUNT_ALERTS, SLICE_ALERT, alert, 1);
    if (person->state == 0) {
        count_person(world, person, COUNT_FALSE_ALERTS);
        if (world_measures(world, world->now))
            count_slice(world, COUNT_FALSE_ALERTS, SLICE_ALERT, alert, 1);
    }
    if (acts < 1 &&
        person_uniform(world, person, PURPOSE_ACTS, 0, person->alerts) >= acts)
        response = NONE;
    person->alerts++;
    responses_trigger(world, person, response);
}

/* How many of the signs are noted, each as often as it counts. */
static uint32_t count_noted(struct world *world, struct person *person,
                            const struct task *task, double notices)
{
    size_t count = world->scenario->sign_count;
    const struct sign *sign = world->scenario->sign;
    const struct shown *shown = &world->shown[person->scenario_state * count];
    struct sign_state *state = &world->signs[person->index * count];
    uint32_t noted = 0;

    if (world->has_presence)
        want_presences(world, person, shown, state);
    for (uint32_t i = 0; i < count; i++, sign++, shown++, state++) {
        if (!present(world, person, sign, shown, state, task) ||
            !noticed(world, task, sign, notices))
            continue;
        noted += sign->weight;
        journey_sign(world, task, i);
        if (sign->opens != NONE)
            concerns_noted(world, person, sign->opens);
    }
    return noted;
}

/* ---- rising: what was noted before ---- */

/* What was noted on `day`, which lies before the run for whoever was there when
 * it began. Days without a look have 0, others the number and 1. */
static uint16_t *look_of(const struct world *world, const struct person *person,
                         int32_t day)
{
    int32_t days = (int32_t)world->look_days;
    int32_t place = day % days;

    return &world->looks[person->index * (size_t)days +
                         (size_t)(place < 0 ? place + days : place)];
}

/* Keep today's number; of two looks on a day the later one. */
static void keep_look(struct world *world, struct person *person,
                      uint32_t noted)
{
    *look_of(world, person, sim_day_of(world->now)) = (uint16_t)(noted + 1);
}

/* Empty the days since the last look, whose places others had. */
static void pass_days(struct world *world, struct person *person)
{
    int32_t today = sim_day_of(world->now), days = (int32_t)world->look_days;
    int32_t day = person->look_day + 1;

    if (day < today - days + 1)
        day = today - days + 1;
    for (; day <= today; day++)
        *look_of(world, person, day) = 0;
    person->look_day = today;
}

void signs_take_looks(struct world *world, const struct world *past,
                      const struct person *from, struct person *to,
                      int32_t days)
{
    int32_t last = from->look_day;

    for (int32_t i = 0; i < (int32_t)world->look_days; i++)
        *look_of(world, to, last - i - days) = *look_of(past, from, last - i);
    to->look_day = last - days;
}

/* Whether so many more are noted now than at the last look of the latest day
 * that lies `rising_days` to twice as many days back. */
static bool has_risen(const struct world *world, const struct person *person,
                      const struct alert *alert, uint32_t noted)
{
    int32_t today = sim_day_of(world->now);

    for (int32_t back = alert->rising_days; back <= 2 * alert->rising_days;
         back++) {
        uint32_t then = *look_of(world, person, today - back);
        if (then > 0)
            return noted + 1 >= then + alert->rising;
    }
    return false;
}

/* The highest alert that is reached, or NONE. */
static uint32_t reached(struct world *world, struct person *person,
                        uint32_t noted)
{
    const struct scenario *s = world->scenario;
    bool remembers = world->look_days > 0;
    uint32_t alert = NONE;

    if (remembers)
        pass_days(world, person);
    for (uint32_t i = 0; i < s->alert_count; i++)
        if (noted >= s->alert[i].threshold ||
            (remembers && s->alert[i].rising > 0 &&
             has_risen(world, person, &s->alert[i], noted)))
            alert = i;
    if (remembers)
        keep_look(world, person, noted);
    return alert;
}

void signs_look(struct world *world, struct person *person,
                const struct task *task)
{
    double notices = world->scenario->kind[task->kind].notices;
    uint32_t alert;

    if (signs_in_vain(world, person))
        return;
    if (person->blurred)
        notices *= person_level(world, person)->handover.notices;
    if (world->has_strangers)
        notices *= duty_notices(world, task);
    alert = reached(world, person, count_noted(world, person, task, notices));
    if (alert != NONE && (person->alert == NONE || alert > person->alert)) {
        raise_alert(world, person, alert, task);
    } else if (alert != person->alert) {
        /* Fewer signs than the alert's: it ends, or a lower one silently takes
         * its place. */
        end_alert(world, person);
        person->alert = alert;
        journey_add(world, person,
                    alert == NONE ? JOURNEY_ALERT_LAPSED : JOURNEY_ALERT_SILENT,
                    alert, 0, 0);
    }
    signs_update(world, person);
}

void signs_close_alert(struct world *world, struct person *person)
{
    end_alert(world, person);
    journey_add(world, person, JOURNEY_ALERT_CLOSED, 0, 0, 0);
    signs_update(world, person);
}
