/*
 * Entry: contacts that come with a move, besides those of the level's plan:
 * those due on entry, and those of the level left, which go on for the overlap
 * of the handover. They are made at once, due when they would be, and wait for
 * that; so no plan has to be followed beside the present one.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/world_impl.h"

/* A contact that is due at `due`, and must be met until `until`. */
static void plan_contact(struct world *world, struct person *person,
                         uint32_t kind, uint32_t nth, sim_ms due, sim_ms until)
{
    struct upcoming next = {
        .day = sim_day_of(due), .nth = nth, .window = until - due};

    next.lead = contacts_lead(world, person, kind, next.day, nth, 0);
    next.from = due - next.lead;
    contacts_plan(world, person, kind, &next);
    contacts_begin(world);
}

/* ---- due on entry ---- */

/* At once; where the kind has hours, in them: now, or when they next begin. */
static void set_times(const struct kind *kind, const struct person *person,
                      sim_ms now, sim_ms *due, sim_ms *until)
{
    sim_ms at = person_time_of(person, kind);
    sim_ms open = (sim_ms)sim_day_of(now) * SIM_DAY + at;

    *due = now;
    *until = now + kind->window;
    if (at < 0)
        return;
    if (now <= open - SIM_DAY + kind->window)
        open -= SIM_DAY; /* hours that began yesterday */
    else if (now > open + kind->window)
        open += SIM_DAY;
    *due = now > open ? now : open;
    *until = open + kind->window;
}

void entry_contacts(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);

    for (uint32_t i = 0; i < level->on_entry_count; i++) {
        const struct kind *kind = &world->scenario->kind[level->on_entry[i]];
        sim_ms due, until;

        set_times(kind, person, world->now, &due, &until);
        person->intended += !kind->without_person;
        plan_contact(world, person, level->on_entry[i], NTH_ENTRY, due, until);
    }
}

/* ---- overlap ---- */

struct past_step entry_past(const struct person *person)
{
    struct past_step past = {.plan = NONE};

    if (!person->disengaged)
        past =
            (struct past_step){person->plan, person->step, person->line,
                               person->segment_day, person->segment_position};
    return past;
}

/* Where a day lies in the step that was left. Past its end its last week
 * repeats, as a plan does that waits. */
static int32_t position_of(const struct past_step *past,
                           const struct step *step, int32_t day)
{
    int32_t week = step->days < 7 ? step->days : 7;
    int32_t position = day - past->day + past->position;

    if (position >= step->days)
        position = step->days - week + (position - step->days) % week;
    return position;
}

/* The contacts of one line on one day, if they fall due later than now: how
 * many with the person. */
static uint32_t overlap_day(struct world *world, struct person *person,
                            const struct past_step *past,
                            const struct due_line *line, int32_t day)
{
    const struct scenario *s = world->scenario;
    const struct step *step = &s->plan[past->plan].step[past->step];
    sim_ms end =
        person->entered_at + person_level(world, person)->handover.overlap;
    sim_ms at = line->at >= 0 ? line->at : person->prefers;
    int32_t position = position_of(past, step, day);
    uint32_t count, made = 0;

    if (position < 0)
        return 0;
    count =
        schedule_count(line->schedule, &s->civil, day, position, 0, step->days);
    for (uint32_t nth = 0; nth < count; nth++) {
        sim_ms due =
            (sim_ms)day * SIM_DAY + at + nth % line->times * line->window;

        if (due <= world->now || due >= end)
            continue;
        plan_contact(world, person, line->kind, NTH_AHEAD + nth, due,
                     due + line->window);
        made++;
    }
    return s->kind[line->kind].without_person ? 0 : made;
}

uint32_t entry_overlap(struct world *world, struct person *person,
                       const struct past_step *past)
{
    const struct step *step =
        &world->scenario->plan[past->plan].step[past->step];
    int32_t today = sim_day_of(world->now);
    int32_t last = sim_day_of(person->entered_at +
                              person_level(world, person)->handover.overlap);
    uint32_t sum = 0;

    /* Contacts are counted by the step they are of; plans_begin follows. */
    person->plan = past->plan;
    person->step = past->step;
    person->cells = count_cells(world, person);
    for (int32_t day = today; day <= last; day++)
        for (uint32_t i = 0; i < step->planned_count; i++)
            sum += overlap_day(world, person, past, &past->line[i], day);
    return sum;
}
