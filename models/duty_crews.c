/*
 * Duty, before anything runs: the crews of all shifts, the runs of each and
 * what is paid for them, the hours that are the same in every replication, and
 * which roles the pool has.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/duty_impl.h"
#include "models/pay.h"

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

uint32_t duty_pool_roles(const struct scenario *s)
{
    return s->role_count + duty_size(shortened_roles(s));
}

uint64_t duty_pool_set(const struct world *world, const struct kind *kind,
                       uint64_t roles)
{
    bool goes_out = kind->mode != MODE_PHONE && !kind->without_person;
    uint64_t set = 0;

    for (uint64_t left = roles; left; left &= left - 1) {
        uint32_t r = (uint32_t)__builtin_ctzll(left);
        set |= (uint64_t)1 << duty_role(world, r, false);
        if (!goes_out && (world->shortened >> r & 1))
            set |= (uint64_t)1 << duty_role(world, r, true);
    }
    return set;
}

/* ---- making and clearing ---- */

/* When shift `i` starts before the run is over. */
static int list_runs(struct world *world, uint32_t i)
{
    const struct sim_civil *civil = &world->scenario->civil;
    const struct sim_shift *hours = &world->scenario->shift[i].hours;
    struct shift_now *now = &world->shift[i];
    int32_t day = sim_shift_next_day(hours, civil, 0);

    /* At most one a day. */
    now->start = calloc((size_t)sim_day_of(world->end) + 1, sizeof *now->start);
    if (!now->start)
        return SIM_ERR_NO_MEMORY;
    now->lasts = hours->until - hours->from;
    while (day != INT32_MAX && day * SIM_DAY + hours->from < world->end) {
        now->start[now->run_count++] = day * SIM_DAY + hours->from;
        day = sim_shift_next_day(hours, civil, day + 1);
    }
    return SIM_OK;
}

/* What a crew is paid for each run of its shift, if anything. */
static int list_pay(struct world *world, uint32_t i, struct crew *crew)
{
    const struct role *role = &world->scenario->role[crew->role];
    const struct shift_now *now = &world->shift[i];
    double rate = (role->cost + role->standby) * crew->place_count;

    if (rate == 0)
        return SIM_OK;
    crew->pay = calloc((size_t)now->run_count + 1, sizeof *crew->pay);
    if (!crew->pay)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t run = 0; run < now->run_count; run++) {
        sim_ms start = now->start[run];

        crew->pay[run] = pay_of(world->scenario, crew->role, start,
                                start + now->lasts, rate);
    }
    return SIM_OK;
}

/* The crew of role `r` in shift `i`, with its places. */
static int list_crew(struct world *world, uint32_t i, uint32_t r)
{
    const struct shift *shift = &world->scenario->shift[i];
    const struct role *role = &world->scenario->role[r];
    struct shift_now *now = &world->shift[i];
    struct crew *crew = &now->crew[now->crew_count++];

    crew->role = r;
    crew->tag = sim_tag_join(shift->tag, role->tag);
    crew->place_count = shift->places[r];
    crew->first = world->rostered_count;
    crew->may_be_absent = role->absence.share > 0;
    now->is_called |= crew->may_be_absent || shift->minimum > 0;
    /* The low half of a tag is the place. */
    crew->usual = (struct sim_worker){
        .role = duty_role(world, r, false),
        .tag = (uint64_t)crew->tag << 32,
        .owner = crew->first * SIM_ROLES_MAX + r,
    };
    for (uint32_t p = 0; p < crew->place_count; p++)
        world->rostered[world->rostered_count++] =
            (struct rostered){.shift = i, .role = r, .comes = COMES_USUAL};
    crew->worker = calloc((size_t)crew->place_count + 1, sizeof *crew->worker);
    return crew->worker ? list_pay(world, i, crew) : SIM_ERR_NO_MEMORY;
}

/* The runs of shift `i`, and its places in the order in which they are filled.
 */
static int list_shift(struct world *world, uint32_t i)
{
    const struct scenario *s = world->scenario;
    struct shift_now *now = &world->shift[i];
    int err;

    now->shift = &s->shift[i];
    err = list_runs(world, i);
    now->crew = calloc((size_t)s->role_count + 1, sizeof *now->crew);
    if (!now->crew)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t r = 0; r < s->role_count && err == SIM_OK; r++)
        if (s->shift[i].places[r])
            err = list_crew(world, i, r);
    return err;
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
    size_t places = 0;

    world->shortened = shortened_roles(s);
    world->shortened_count = duty_size(world->shortened);
    for (uint32_t r = 0; r < s->role_count; r++)
        world->has_strangers |= is_stranger(&s->role[r]);
    for (uint32_t i = 0; i < s->shift_count; i++)
        places += places_of(s, &s->shift[i]);
    world->shift = calloc(s->shift_count + 1, sizeof *world->shift);
    world->rostered = calloc(places + 1, sizeof *world->rostered);
    if (!world->shift || !world->rostered)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t i = 0; i < s->shift_count; i++)
        if (list_shift(world, i) != SIM_OK)
            return SIM_ERR_NO_MEMORY;
    return team_time_init(world);
}

static void clear_shift(struct shift_now *now)
{
    for (uint32_t c = 0; c < now->crew_count; c++) {
        free(now->crew[c].worker);
        free(now->crew[c].pay);
    }
    free(now->crew);
    free(now->start);
}

void duty_clear(struct world *world)
{
    if (world->shift)
        for (uint32_t i = 0; i < world->scenario->shift_count; i++)
            clear_shift(&world->shift[i]);
    free(world->shift);
    free(world->rostered);
    free(world->occasion);
    free(world->rota_hours);
    world->rota_hours = NULL;
    world->shift = NULL;
    world->rostered = NULL;
    world->occasion = NULL;
}

/* The hours of one run of a shift, as far as they are the same every time. */
static void prepare_run(struct world *world, const struct shift_now *now,
                        sim_ms start, sim_ms end)
{
    for (uint32_t c = 0; c < now->crew_count; c++) {
        const struct crew *crew = &now->crew[c];

        count_hours(world, COUNT_ROSTERED, crew->role, start, end,
                    (int32_t)crew->place_count);
        if (!crew->may_be_absent)
            count_hours(world, COUNT_PRESENT, crew->role, start, end,
                        (int32_t)crew->place_count);
    }
}

/* The hours of all runs of all shifts into the world's record. */
static void prepare_runs(struct world *world)
{
    for (uint32_t i = 0; i < world->scenario->shift_count; i++) {
        const struct shift_now *now = &world->shift[i];

        for (uint32_t run = 0; run < now->run_count; run++)
            prepare_run(world, now, now->start[run],
                        now->start[run] + now->lasts);
    }
    count_put_hours(world, COUNT_ROSTERED);
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
