/*
 * Team time: breaks, handovers between shifts, supervision, huddles.
 *
 * Every rostered place has a slot of the calendar and a list of its occasions
 * in the present run of its shift, in the order in which they begin. Of these
 * the first `over` are done with, and the first `fallen` have begun: those
 * between wait for the worker to be free. A worker in team time is seized in
 * the pool like one at a contact. What begins at an instant goes before the
 * allotment of that instant, and a worker set free by a contact takes what
 * waits at once: so team time goes before contacts that wait.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

static struct occasion *occasions(const struct world *world,
                                  const struct rostered *place)
{
    return &world->occasion[(size_t)(place - world->rostered) *
                            world->scenario->team_time_count];
}

int team_time_init(struct world *world)
{
    size_t most =
        (size_t)world->rostered_count * world->scenario->team_time_count;

    world->occasion = calloc(most + 1, sizeof *world->occasion);
    return world->occasion ? SIM_OK : SIM_ERR_NO_MEMORY;
}

/* ---- what a shift brings ---- */

/* When it begins for a worker whose shift starts at `start`; before then where
 * it does not on that day. */
static sim_ms begins(const struct scenario *s, const struct team_time *team,
                     sim_ms start)
{
    int32_t day = sim_day_of(start);
    sim_ms due = start + team->after;

    if (team->at >= 0) {
        due = (sim_ms)day * SIM_DAY + team->at;
        if (due < start) {
            due += SIM_DAY;
            day++;
        }
    }
    return sim_civil_in(&s->civil, day, team->days) ? due : start - 1;
}

static bool is_for(const struct team_time *team, const struct rostered *place)
{
    return (team->shift == NONE || team->shift == place->shift) &&
           (team->role == NONE || team->role == place->role);
}

/* Behind those that begin earlier, or are listed earlier. */
static void insert(struct occasion *list, uint32_t count,
                   const struct occasion *new)
{
    uint32_t i = count;

    for (; i > 0 && list[i - 1].due > new->due; i--)
        list[i] = list[i - 1];
    list[i] = *new;
}

/* Set the slot to the next moment at which something begins or ends. */
static void set_slot(struct world *world, const struct rostered *place)
{
    uint32_t slot = world->slot_team + (uint32_t)(place - world->rostered);
    sim_ms next = place->until;

    if (place->fallen < place->count &&
        occasions(world, place)[place->fallen].due < next)
        next = occasions(world, place)[place->fallen].due;
    if (next < world->end)
        sim_calendar_set(world->calendar, slot, next, PHASE_EVENTS);
    else
        sim_calendar_clear(world->calendar, slot);
}

void team_time_begin(struct world *world, uint32_t index)
{
    const struct scenario *s = world->scenario;
    const struct sim_worker *worker = sim_pool_worker(world->pool, index);
    struct rostered *place = worker_place(world, worker);

    place->worker = index;
    place->count = place->fallen = place->over = 0;
    place->until = SIM_NEVER;
    for (uint32_t i = 0; i < s->team_time_count; i++) {
        struct occasion new = {.team = i};

        if (!is_for(&s->team_time[i], place))
            continue;
        new.due = begins(s, &s->team_time[i], worker->shift_start);
        if (new.due >= worker->shift_start &&new.due < worker->shift_end)
            insert(occasions(world, place), place->count++, &new);
    }
    if (place->count > 0) /* the slot was emptied when the last run ended */
        set_slot(world, place);
}

/* ---- what falls due ---- */

/* How long it lasts, as the caseload is now. */
static sim_ms length_now(const struct world *world,
                         const struct team_time *team)
{
    sim_ms people = 0;

    for (uint32_t i = 0; team->per_person && i < world->scenario->level_count;
         i++)
        if (team->counts[i])
            people += world->level[i].taken;
    return team->lasts + people * team->per_person;
}

static void count_occasion(struct world *world, enum counter counter,
                           uint32_t role, sim_ms due, sim_ms length)
{
    if (world_measures(world, due))
        count_cut(world, counter, SLICE_ROLE, role,
                  (double)length / (double)SIM_HOUR);
}

/* Everything that begins up to now. What would go on after the shift is cut
 * off at its end. */
static void fall_due(struct world *world, struct rostered *place,
                     const struct sim_worker *worker)
{
    for (; place->fallen < place->count; place->fallen++) {
        struct occasion *o = &occasions(world, place)[place->fallen];

        if (o->due > world->now)
            return;
        o->length = length_now(world, &world->scenario->team_time[o->team]);
        if (o->length > worker->shift_end - o->due)
            o->length = worker->shift_end - o->due;
        count_occasion(world, COUNT_TEAM_DUE, place->role, o->due, o->length);
        journey_team(world, place->worker, JOURNEY_TEAM, o, o->length);
    }
}

/* ---- who is in it ---- */

/* Until when the occasion keeps a worker who is free now; now, where it is over
 * already. */
static sim_ms keeps_until(const struct world *world, const struct occasion *o,
                          const struct sim_worker *worker)
{
    bool floating = world->scenario->team_time[o->team].floating;
    sim_ms until = (floating ? world->now : o->due) + o->length;

    until = until < worker->shift_end ? until : worker->shift_end;
    return until > world->now ? until : world->now;
}

/* A free worker takes the first of what waits that is not over. */
static void take(struct world *world, struct rostered *place)
{
    const struct sim_worker *worker =
        sim_pool_worker(world->pool, place->worker);

    while (place->over < place->fallen && place->until == SIM_NEVER) {
        const struct occasion *o = &occasions(world, place)[place->over++];
        sim_ms until = keeps_until(world, o, worker);

        if (until <= world->now)
            continue;
        place->until = until;
        sim_pool_seize(world->pool, place->worker, world->now);
        count_hours(world, COUNT_TEAM, place->role, world->now, until, 1);
        journey_team(world, place->worker, JOURNEY_BUSY, o, until);
        count_occasion(world, COUNT_TEAM_HAD, place->role, o->due,
                       until - world->now);
    }
}

/* It is over, or the shift is. */
static void let_go(struct world *world, struct rostered *place)
{
    place->until = SIM_NEVER;
    (void)sim_pool_release(world->pool, place->worker);
}

void team_time_due(struct world *world, uint32_t i)
{
    struct rostered *place = &world->rostered[i];
    const struct sim_worker *worker =
        sim_pool_worker(world->pool, place->worker);

    fall_due(world, place, worker);
    if (place->until <= world->now) {
        let_go(world, place);
        world->dirty |= DIRTY_STAFF;
    }
    if (!worker->busy)
        take(world, place);
    set_slot(world, place);
}

void team_time_release(struct world *world, uint32_t index)
{
    struct rostered *place =
        worker_place(world, sim_pool_worker(world->pool, index));

    if (sim_pool_release(world->pool, index) || place->over == place->fallen ||
        world->now >= world->end)
        return;
    take(world, place);
    if (place->until != SIM_NEVER)
        set_slot(world, place);
}

void team_time_end(struct world *world, uint32_t index)
{
    struct rostered *place =
        worker_place(world, sim_pool_worker(world->pool, index));
    bool pending = place->until != SIM_NEVER || place->fallen < place->count;

    if (place->until != SIM_NEVER)
        let_go(world, place);
    place->count = place->fallen = place->over = 0;
    if (pending)
        set_slot(world, place);
}
