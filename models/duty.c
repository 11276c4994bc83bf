/*
 * Duty: shifts start and end, absent places are covered or not, and what staff
 * cost. Everyone rostered is paid, absent or not (design, rule 14).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

static uint32_t slot_of_end(uint32_t shift)
{
    return shift;
}

static uint32_t slot_of_start(const struct world *world, uint32_t shift)
{
    return world->scenario->shift_count + shift;
}

static uint32_t places_of(const struct scenario *s, const struct shift *shift)
{
    uint32_t places = 0;

    for (uint32_t r = 0; r < s->role_count; r++)
        places += shift->places[r];
    return places;
}

int duty_init(struct world *world)
{
    const struct scenario *s = world->scenario;

    world->shift = calloc(s->shift_count + 1, sizeof *world->shift);
    if (!world->shift)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < s->shift_count; i++) {
        size_t places = places_of(s, &s->shift[i]) + 1;
        world->shift[i].worker = calloc(places, sizeof *world->shift[i].worker);
        world->shift[i].place = calloc(places, sizeof *world->shift[i].place);
        if (!world->shift[i].worker || !world->shift[i].place)
            return SIM_ERR_NO_MEMORY;
    }
    return SIM_OK;
}

void duty_clear(struct world *world)
{
    if (world->shift)
        for (uint32_t i = 0; i < world->scenario->shift_count; i++) {
            free(world->shift[i].worker);
            free(world->shift[i].place);
        }
    free(world->shift);
    world->shift = NULL;
}

/* Set the calendar to the first start on or after `day`, if there is one. */
static void set_start(struct world *world, uint32_t shift, int32_t day)
{
    const struct sim_shift *hours = &world->scenario->shift[shift].hours;
    int32_t next = sim_shift_next_day(hours, &world->scenario->civil, day);
    sim_ms start =
        next == INT32_MAX ? SIM_NEVER : (sim_ms)next * SIM_DAY + hours->from;

    world->shift[shift].day = next;
    if (start < world->end)
        sim_calendar_set(world->calendar, slot_of_start(world, shift), start,
                         PHASE_EVENTS);
    else
        sim_calendar_clear(world->calendar, slot_of_start(world, shift));
}

void duty_begin(struct world *world)
{
    const struct scenario *s = world->scenario;

    for (uint32_t i = 0; i < s->shift_count; i++) {
        struct shift_now *now = &world->shift[i];
        uint32_t places = places_of(s, &s->shift[i]);
        now->worker_count = 0;
        for (uint32_t p = 0; p < places; p++)
            now->place[p].known = false;
        set_start(world, i, 0);
    }
}

/* What a role's pay rises by on `day`. */
static double premium(const struct world *world, const struct role *role,
                      int32_t day)
{
    int weekday = sim_civil_weekday(&world->scenario->civil, day);

    if (sim_civil_type(&world->scenario->civil, day) == SIM_DAY_HOLIDAY)
        return role->premium_holiday;
    if (weekday == SIM_SAT)
        return role->premium_saturday;
    return weekday == SIM_SUN ? role->premium_sunday : 0;
}

/* Pay for [from, until) at `rate` an hour, with the premium of each day. */
static void pay(struct world *world, uint32_t r, sim_ms from, sim_ms until,
                double rate)
{
    const struct role *role = &world->scenario->role[r];
    double sum = 0;

    if (rate == 0)
        return;
    while (from < until) {
        int32_t day = sim_day_of(from);
        sim_ms midnight = (sim_ms)(day + 1) * SIM_DAY;
        sim_ms stop = until < midnight ? until : midnight;
        sum += (double)count_measured(world, from, stop) / (double)SIM_HOUR *
               rate * (1 + premium(world, role, day));
        from = stop;
    }
    if (sum != 0)
        count_cost(world, r, sum);
}

static double place_uniform(const struct world *world,
                            const struct shift *shift, uint32_t r,
                            uint32_t place, int32_t day, enum purpose purpose)
{
    struct sim_name name = {
        .owner = sim_tag_join(shift->tag, world->scenario->role[r].tag),
        .number = place,
        .day = (uint16_t)day,
        .purpose = (uint8_t)purpose,
    };

    return sim_chance_uniform(&world->chance, &name);
}

/* Whether someone comes for place `place` (`at` among all roles), and whether
 * from the bank. */
static bool comes(struct world *world, uint32_t i, uint32_t r, uint32_t place,
                  uint32_t at, bool *bank)
{
    const struct shift *shift = &world->scenario->shift[i];
    const struct role *role = &world->scenario->role[r];
    struct shift_now *now = &world->shift[i];
    double u;

    *bank = false;
    if (role->absence.share <= 0)
        return true;
    u = place_uniform(world, shift, r, place, now->day, PURPOSE_ABSENCE);
    if (!sim_absence_draw(&role->absence, &now->place[at], now->day, u))
        return true;
    u = place_uniform(world, shift, r, place, now->day, PURPOSE_BANK);
    *bank = u < role->bank_covers;
    return *bank;
}

static void bring(struct world *world, struct shift_now *now,
                  const struct sim_worker *worker)
{
    int err =
        sim_pool_add(world->pool, worker, &now->worker[now->worker_count]);

    if (err != SIM_OK) {
        world_fail(world, err, "no room for workers");
        return;
    }
    now->worker_count++;
    count_hours(world, COUNT_PRESENT, worker->role, worker->shift_start,
                worker->shift_end, 1);
    if (worker->bank)
        pay(world, worker->role, worker->shift_start, worker->shift_end,
            world->scenario->role[worker->role].bank_cost);
}

/* Start the places of role `r`, the first of them `at` among all roles. */
static void start_role(struct world *world, uint32_t i, uint32_t r, uint32_t at)
{
    const struct shift *shift = &world->scenario->shift[i];
    const struct role *role = &world->scenario->role[r];
    sim_ms start = world->now;
    sim_ms end = start + (shift->hours.until - shift->hours.from);
    struct sim_worker worker = {
        .role = r,
        .tag = (uint64_t)sim_tag_join(shift->tag, role->tag) << 32,
        .owner = i,
        .shift_start = start,
        .shift_end = end,
        .latest_end = end + shift->overrun,
    };

    count_hours(world, COUNT_ROSTERED, r, start, end, shift->places[r]);
    pay(world, r, start, end, (role->cost + role->standby) * shift->places[r]);
    /* The low half of a tag is the place: they differ in nothing else. */
    for (uint32_t p = 0; p < shift->places[r]; p++, worker.tag++)
        if (comes(world, i, r, p, at + p, &worker.bank))
            bring(world, &world->shift[i], &worker);
}

void duty_start_due(struct world *world, uint32_t i)
{
    const struct scenario *s = world->scenario;
    const struct shift *shift = &s->shift[i];
    struct shift_now *now = &world->shift[i];
    sim_ms end = world->now + (shift->hours.until - shift->hours.from);
    uint32_t at = 0;

    now->worker_count = 0;
    for (uint32_t r = 0; r < s->role_count; r++) {
        if (shift->places[r])
            start_role(world, i, r, at);
        at += shift->places[r];
    }
    world->events++;
    world->dirty_staff = true;
    if (end < world->end)
        sim_calendar_set(world->calendar, slot_of_end(i), end, PHASE_EVENTS);
    set_start(world, i, now->day + 1);
}

void duty_end_due(struct world *world, uint32_t i)
{
    struct shift_now *now = &world->shift[i];

    sim_calendar_clear(world->calendar, slot_of_end(i));
    for (uint32_t k = 0; k < now->worker_count; k++)
        sim_pool_end_shift(world->pool, now->worker[k]);
    now->worker_count = 0;
    world->events++;
}

void duty_release(struct world *world, uint32_t index)
{
    const struct sim_worker *worker = sim_pool_worker(world->pool, index);
    const struct role *role = &world->scenario->role[worker->role];
    sim_ms over = worker->seized_at > worker->shift_end ? worker->seized_at
                                                        : worker->shift_end;

    count_hours(world, COUNT_DELIVERED, worker->role, worker->seized_at,
                world->now, 1);
    if (world->now > over) {
        count_hours(world, COUNT_OVERTIME, worker->role, over, world->now, 1);
        pay(world, worker->role, over, world->now,
            (worker->bank ? role->bank_cost : role->cost) * role->overtime);
    }
    sim_pool_release(world->pool, index);
    world->dirty_staff = true;
}
