/*
 * Duty: shifts start and end, absent places are covered or not, and who may do
 * what. Everyone rostered is paid, absent or not (design, rule 14).
 * The pool knows workers by a role of its own: first the roles of those who
 * may only phone, one for each role of a shift with a minimum, then those of
 * the scenario.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

/* Staff time of the rota that is in the record before a run begins. */
struct rota_hours {
    uint32_t place; /* in the record */
    double ms;
};

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

/* ---- roles of the pool ---- */

/* The roles of shifts that have a minimum. */
static uint64_t shortened_roles(const struct scenario *s)
{
    uint64_t set = 0;

    for (uint32_t i = 0; i < s->shift_count; i++)
        for (uint32_t r = 0; s->shift[i].minimum > 0 && r < s->role_count; r++)
            if (s->shift[i].places[r] > 0)
                set |= (uint64_t)1 << r;
    return set;
}

static uint32_t size_of(uint64_t set)
{
    return (uint32_t)__builtin_popcountll(set);
}

uint32_t duty_pool_roles(const struct scenario *s)
{
    return s->role_count + size_of(shortened_roles(s));
}

/* The role in the pool of a worker of role `r`. */
static uint32_t pool_role(const struct world *world, uint32_t r, bool short_of)
{
    uint64_t before = ((uint64_t)1 << r) - 1;

    return short_of ? size_of(world->shortened & before)
                    : world->shortened_count + r;
}

uint64_t duty_pool_set(const struct world *world, const struct kind *kind,
                       uint64_t roles)
{
    bool goes_out = kind->mode != MODE_PHONE && !kind->without_person;
    uint64_t set = 0;

    for (uint64_t left = roles; left; left &= left - 1) {
        uint32_t r = (uint32_t)__builtin_ctzll(left);
        set |= (uint64_t)1 << pool_role(world, r, false);
        if (!goes_out && (world->shortened >> r & 1))
            set |= (uint64_t)1 << pool_role(world, r, true);
    }
    return set;
}

/* ---- making and clearing ---- */

/* All places of all shifts, in the order in which they are filled. */
static int list_places(struct world *world)
{
    const struct scenario *s = world->scenario;
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->shift_count; i++)
        world->rostered_count += places_of(s, &s->shift[i]);
    world->rostered =
        calloc((size_t)world->rostered_count + 1, sizeof *world->rostered);
    if (!world->rostered)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < s->shift_count; i++) {
        world->shift[i].first = n;
        for (uint32_t r = 0; r < s->role_count; r++)
            for (uint32_t p = 0; p < s->shift[i].places[r]; p++, n++) {
                world->rostered[n].shift = i;
                world->rostered[n].role = r;
                world->rostered[n].comes = COMES_USUAL;
            }
    }
    return SIM_OK;
}

static bool is_stranger(const struct role *role)
{
    return role->notices < 1 || role->acts < 1 ||
           (role->bank_covers > 0 &&
            (role->bank_notices < 1 || role->bank_acts < 1));
}

int duty_init(struct world *world)
{
    const struct scenario *s = world->scenario;

    world->shortened = shortened_roles(s);
    world->shortened_count = size_of(world->shortened);
    for (uint32_t r = 0; r < s->role_count; r++)
        world->has_strangers |= is_stranger(&s->role[r]);
    world->shift = calloc(s->shift_count + 1, sizeof *world->shift);
    if (!world->shift || list_places(world) != SIM_OK)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < s->shift_count; i++) {
        size_t places = places_of(s, &s->shift[i]) + 1;
        world->shift[i].worker = calloc(places, sizeof *world->shift[i].worker);
        world->shift[i].place = calloc(places, sizeof *world->shift[i].place);
        if (!world->shift[i].worker || !world->shift[i].place)
            return SIM_ERR_NO_MEMORY;
    }
    return team_time_init(world);
}

void duty_clear(struct world *world)
{
    if (world->shift)
        for (uint32_t i = 0; i < world->scenario->shift_count; i++) {
            free(world->shift[i].worker);
            free(world->shift[i].place);
        }
    free(world->shift);
    free(world->rostered);
    free(world->occasion);
    free(world->rota_hours);
    world->rota_hours = NULL;
    world->shift = NULL;
    world->rostered = NULL;
    world->occasion = NULL;
}

static sim_ms start_of(const struct sim_shift *hours, int32_t day)
{
    return (sim_ms)day * SIM_DAY + hours->from;
}

static bool may_be_absent(const struct role *role)
{
    return role->absence.share > 0;
}

/* The hours of one run of a shift, as far as they are the same every time. */
static void prepare_run(struct world *world, const struct shift *shift,
                        sim_ms start)
{
    const struct scenario *s = world->scenario;
    sim_ms end = start + (shift->hours.until - shift->hours.from);

    for (uint32_t r = 0; r < s->role_count; r++) {
        if (shift->places[r] == 0)
            continue;
        count_hours(world, COUNT_ROSTERED, r, start, end, shift->places[r]);
        if (!may_be_absent(&s->role[r]))
            count_hours(world, COUNT_PRESENT, r, start, end, shift->places[r]);
    }
}

/* The hours of all runs of all shifts into the world's record. */
static void prepare_runs(struct world *world)
{
    const struct scenario *s = world->scenario;

    for (uint32_t i = 0; i < s->shift_count; i++) {
        const struct sim_shift *hours = &s->shift[i].hours;
        int32_t day = sim_shift_next_day(hours, &s->civil, 0);

        while (day != INT32_MAX && start_of(hours, day) < world->end) {
            prepare_run(world, &s->shift[i], start_of(hours, day));
            day = sim_shift_next_day(hours, &s->civil, day + 1);
        }
    }
    count_next_span(world, COUNT_ROSTERED, 0, 0, 0, 0);
    count_next_span(world, COUNT_PRESENT, 0, 0, 0, 0);
}

int duty_prepare(struct world *world)
{
    size_t length = world->layout->length, count = 0;
    double *record = calloc(length + 1, sizeof *record);

    if (!record)
        return SIM_ERR_NO_MEMORY;
    count_reset(world, record);
    prepare_runs(world);
    for (size_t i = 0; i < length; i++)
        count += record[i] != 0;
    world->rota_hours = calloc(count + 1, sizeof *world->rota_hours);
    for (size_t i = 0; world->rota_hours && i < length; i++)
        if (record[i] != 0)
            world->rota_hours[world->rota_hours_count++] =
                (struct rota_hours){(uint32_t)i, record[i]};
    free(record);
    world->record = NULL;
    return world->rota_hours ? SIM_OK : SIM_ERR_NO_MEMORY;
}

/* Set the calendar to the first start on or after `day`, if there is one. */
static void set_start(struct world *world, uint32_t shift, int32_t day)
{
    const struct sim_shift *hours = &world->scenario->shift[shift].hours;
    int32_t next = sim_shift_next_day(hours, &world->scenario->civil, day);
    sim_ms start = next == INT32_MAX ? SIM_NEVER : start_of(hours, next);

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
    for (uint32_t i = 0; i < world->rota_hours_count; i++)
        world->record[world->rota_hours[i].place] = world->rota_hours[i].ms;
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

/* Who comes for place `place` of a role that may be absent (`at` among all
 * roles). */
static enum comes who_comes(struct world *world, uint32_t i, uint32_t r,
                            uint32_t place, uint32_t at)
{
    const struct shift *shift = &world->scenario->shift[i];
    const struct role *role = &world->scenario->role[r];
    struct shift_now *now = &world->shift[i];
    double u;

    u = place_uniform(world, shift, r, place, now->day, PURPOSE_ABSENCE);
    if (!sim_absence_draw(&role->absence, &now->place[at], now->day, u))
        return COMES_USUAL;
    u = place_uniform(world, shift, r, place, now->day, PURPOSE_BANK);
    return u < role->bank_covers ? COMES_BANK : COMES_NOBODY;
}

/* Decide who comes for the places of role `r`, the first of them `at` among
 * all. Returns how many. Where nobody is ever absent it stays as it was. */
static uint32_t call_role(struct world *world, uint32_t i, uint32_t r,
                          uint32_t at)
{
    const struct scenario *s = world->scenario;
    struct rostered *place = &world->rostered[world->shift[i].first + at];
    uint32_t places = s->shift[i].places[r], present = 0;

    if (!may_be_absent(&s->role[r]))
        return places;
    for (uint32_t p = 0; p < places; p++) {
        place[p].comes = who_comes(world, i, r, p, at + p);
        present += place[p].comes != COMES_NOBODY;
    }
    return present;
}

static void bring(struct world *world, struct shift_now *now, uint32_t r,
                  const struct sim_worker *worker)
{
    int err =
        sim_pool_add(world->pool, worker, &now->worker[now->worker_count]);

    if (err != SIM_OK) {
        world_fail(world, err, "no room for workers");
        return;
    }
    if (journey_kept(world))
        journey_note_worker(world, now->worker[now->worker_count], worker);
    now->worker_count++;
    if (may_be_absent(&world->scenario->role[r]))
        count_hours(world, COUNT_PRESENT, r, worker->shift_start,
                    worker->shift_end, 1);
    if (worker->bank)
        pay_hours(world, r, worker->shift_start, worker->shift_end,
                  world->scenario->role[r].bank_cost);
}

/* Start the places of role `r`, the first of them `at` among all; it is known
 * who comes. */
static void start_role(struct world *world, uint32_t i, uint32_t r, uint32_t at,
                       bool too_few)
{
    const struct shift *shift = &world->scenario->shift[i];
    const struct role *role = &world->scenario->role[r];
    uint32_t first = world->shift[i].first + at;
    const struct rostered *place = &world->rostered[first];
    sim_ms start = world->now;
    sim_ms end = start + (shift->hours.until - shift->hours.from);
    struct sim_worker worker = {
        .role = pool_role(world, r, too_few),
        .tag = (uint64_t)sim_tag_join(shift->tag, role->tag) << 32,
        .owner = first * SIM_ROLES_MAX + r,
        .shift_start = start,
        .shift_end = end,
        .latest_end = end + shift->overrun,
    };

    /* Their rostered hours are in the record already: see duty_prepare. */
    pay_hours(world, r, start, end,
              (role->cost + role->standby) * shift->places[r]);
    /* The low half of a tag is the place: they differ in nothing else. */
    for (uint32_t p = 0; p < shift->places[r]; p++) {
        worker.bank = place[p].comes == COMES_BANK;
        if (place[p].comes != COMES_NOBODY)
            bring(world, &world->shift[i], r, &worker);
        else
            journey_absent(world, &worker);
        worker.tag++;
        worker.owner += SIM_ROLES_MAX;
    }
}

void duty_bring(struct world *world, uint32_t count)
{
    for (uint32_t r = 0; r < world->scenario->role_count; r++)
        for (uint32_t i = 0; i < count; i++) {
            struct sim_worker worker = {.role = pool_role(world, r, false),
                                        .tag = i,
                                        .owner = r, /* of no place */
                                        .shift_end = SIM_NEVER - 1,
                                        .latest_end = SIM_NEVER - 1};
            uint32_t ignored;
            int err = sim_pool_add(world->pool, &worker, &ignored);
            if (err != SIM_OK)
                world_fail(world, err, "no room for workers");
        }
}

void duty_start_due(struct world *world, uint32_t i)
{
    const struct scenario *s = world->scenario;
    const struct shift *shift = &s->shift[i];
    struct shift_now *now = &world->shift[i];
    sim_ms end = world->now + (shift->hours.until - shift->hours.from);
    uint32_t at = 0, present = 0;

    now->worker_count = 0;
    for (uint32_t r = 0; r < s->role_count; at += shift->places[r++])
        present += call_role(world, i, r, at);
    at = 0;
    for (uint32_t r = 0; r < s->role_count; at += shift->places[r++])
        if (shift->places[r])
            start_role(world, i, r, at, present < shift->minimum);
    if (s->team_time_count)
        for (uint32_t k = 0; k < now->worker_count; k++)
            team_time_begin(world, now->worker[k]);
    world->events++;
    world->dirty_staff = true;
    if (end < world->end)
        sim_calendar_set(world->calendar, slot_of_end(i), end, PHASE_EVENTS);
    set_start(world, i, now->day + 1);
}

void duty_end_due(struct world *world, uint32_t i)
{
    struct shift_now *now = &world->shift[i];
    bool team = world->scenario->team_time_count > 0;

    sim_calendar_clear(world->calendar, slot_of_end(i));
    for (uint32_t k = 0; k < now->worker_count; k++) {
        if (team)
            team_time_end(world, now->worker[k]);
        sim_pool_end_shift(world->pool, now->worker[k]);
    }
    now->worker_count = 0;
    world->events++;
}

void duty_overtime(struct world *world, const struct sim_worker *worker)
{
    uint32_t r = worker_role(worker);
    const struct role *role = &world->scenario->role[r];
    sim_ms over = worker->seized_at > worker->shift_end ? worker->seized_at
                                                        : worker->shift_end;

    count_hours(world, COUNT_OVERTIME, r, over, world->now, 1);
    pay_hours(world, r, over, world->now,
              (worker->bank ? role->bank_cost : role->cost) * role->overtime);
}

void duty_finish(struct world *world)
{
    const struct scenario *s = world->scenario;
    const struct block *rostered =
        &world->layout->cut[COUNT_ROSTERED][SLICE_ROLE];

    for (uint32_t r = 0; r < s->role_count; r++) {
        const struct role *role = &s->role[r];
        double gives = role->hours_per_week * (1 - role->headroom);

        /* On-call staff are people of other posts. */
        if (!role->on_call)
            count_cut(world, COUNT_POSTS, SLICE_ROLE, r,
                      world->record[rostered->offset + r] / gives);
    }
}

/* ---- who knows the person ---- */

double duty_notices(const struct world *world, const struct task *task)
{
    double best = 0;

    for (uint32_t i = task->worker; i != SIM_NO_WORKER;) {
        const struct sim_worker *worker = sim_pool_worker(world->pool, i);
        const struct role *role = &world->scenario->role[worker_role(worker)];
        double notices = worker->bank ? role->bank_notices : role->notices;

        best = notices > best ? notices : best;
        i = worker->next;
    }
    return best;
}

double duty_acts(const struct world *world, const struct task *task)
{
    double best = 0;

    for (uint32_t i = task->worker; i != SIM_NO_WORKER;) {
        const struct sim_worker *worker = sim_pool_worker(world->pool, i);
        const struct role *role = &world->scenario->role[worker_role(worker)];
        double acts = worker->bank ? role->bank_acts : role->acts;

        best = acts > best ? acts : best;
        i = worker->next;
    }
    return best;
}
