/*
 * Duty: shifts start and end, absent places are covered or not, and who may do
 * what. Everyone rostered is paid, absent or not (design, rule 14).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/duty_impl.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* Wait for the next run of a shift, if there is any: when it starts, and its
 * workers as they come then. */
static inline __attribute__((always_inline)) void
await_run(struct world *world, struct shift_now *now, uint32_t i)
{
    const struct crew *last = now->crew + now->crew_count;
    sim_ms start, end;

    now->goes_on = false;
    if (now->run == now->run_count) {
        sim_calendar_clear(world->calendar, i);
        return;
    }
    start = now->start[now->run];
    end = start + now->lasts;
    for (struct crew *crew = now->crew; crew < last; crew++) {
        struct sim_worker *usual = &crew->usual;

        usual->shift_start = start;
        usual->shift_end = end;
        usual->latest_end = end + now->shift->overrun;
    }
    sim_calendar_set(world->calendar, i, start, PHASE_EVENTS);
}

void duty_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->scenario->shift_count; i++) {
        world->shift[i].run = 0;
        await_run(world, &world->shift[i], i);
    }
    for (uint32_t p = 0; p < world->rostered_count; p++)
        world->rostered[p].attendance.known = false;
    for (uint32_t i = 0; i < world->rota_hours_count; i++)
        world->record[world->rota_hours[i].place] = world->rota_hours[i].ms;
}

static double place_uniform(const struct world *world, const struct crew *crew,
                            uint32_t place, int32_t day, enum purpose purpose)
{
    struct sim_name name = {
        .owner = crew->tag,
        .number = place,
        .day = (uint16_t)day,
        .purpose = (uint8_t)purpose,
    };

    return sim_chance_uniform(&world->chance, &name);
}

/* Who comes on `day` for place `place` of a crew that may be absent. */
static __attribute__((noinline)) enum comes who_comes(struct world *world,
                                                      const struct crew *crew,
                                                      uint32_t place,
                                                      int32_t day)
{
    const struct role *role = &world->scenario->role[crew->role];
    struct rostered *rostered = &world->rostered[crew->first + place];
    double u;

    u = place_uniform(world, crew, place, day, PURPOSE_ABSENCE);
    if (!sim_absence_draw(&role->absence, &rostered->attendance, day, u))
        return COMES_USUAL;
    u = place_uniform(world, crew, place, day, PURPOSE_BANK);
    return u < role->bank_covers ? COMES_BANK : COMES_NOBODY;
}

/* Decide who comes on `day` for the places of a crew. Returns how many. Where
 * nobody is ever absent it stays as it was. */
static uint32_t call_crew(struct world *world, const struct crew *crew,
                          int32_t day)
{
    struct rostered *place = &world->rostered[crew->first];
    uint32_t present = 0;

    if (!crew->may_be_absent)
        return crew->place_count;
    for (uint32_t p = 0; p < crew->place_count; p++) {
        place[p].comes = who_comes(world, crew, p, day);
        present += place[p].comes != COMES_NOBODY;
    }
    return present;
}

/* The same of all crews of a shift, and whether so few may only phone. */
static __attribute__((noinline)) void call_shift(struct world *world,
                                                 struct shift_now *now)
{
    int32_t day = sim_day_of(world->now);
    uint32_t present = 0;

    for (uint32_t c = 0; c < now->crew_count; c++)
        present += call_crew(world, &now->crew[c], day);
    for (uint32_t c = 0; c < now->crew_count; c++)
        now->crew[c].usual.role =
            duty_role(world, now->crew[c].role, present < now->shift->minimum);
}

/* Of each who has come: for the log, and the pay of bank staff. */
static __attribute__((noinline)) void note_each(struct world *world,
                                                const struct crew *crew,
                                                const uint32_t *index,
                                                uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        const struct sim_worker *worker =
            sim_pool_worker(world->pool, index[k]);

        if (journey_kept(world))
            journey_note_worker(world, index[k], worker);
        if (worker->bank)
            pay_hours(world, crew->role, worker->shift_start, worker->shift_end,
                      world->scenario->role[crew->role].bank_cost);
    }
}

/* Bring `count` of a crew, who differ in their places only. */
static inline void bring(struct world *world, struct crew *crew,
                         const struct sim_worker *first, uint32_t count)
{
    uint32_t *index = &crew->worker[crew->worker_count];
    int err = sim_pool_add_row(world->pool, first, SIM_ROLES_MAX, count, index);

    if (err != SIM_OK) {
        world_fail(world, err, "no room for workers");
        return;
    }
    crew->worker_count += count;
    if (first->bank || journey_kept(world))
        note_each(world, crew, index, count);
}

/* How many from `place` on, of `count`, come as the first of them does; who
 * does not come is alone. */
static uint32_t alike(const struct rostered *place, uint32_t count)
{
    uint32_t n = 1;

    while (n < count && place->comes != COMES_NOBODY &&
           place[n].comes == place->comes)
        n++;
    return n;
}

/* Bring those of a crew who come. */
static __attribute__((noinline)) void bring_some(struct world *world,
                                                 struct crew *crew)
{
    const struct rostered *place = &world->rostered[crew->first];
    struct sim_worker worker = crew->usual;

    for (uint32_t p = 0, n; p < crew->place_count; p += n) {
        n = alike(&place[p], crew->place_count - p);
        worker.bank = place[p].comes == COMES_BANK;
        if (place[p].comes != COMES_NOBODY)
            bring(world, crew, &worker, n);
        else
            journey_absent(world, &worker);
        worker.tag += n;
        worker.owner += n * SIM_ROLES_MAX;
    }
    count_hours(world, COUNT_PRESENT, crew->role, worker.shift_start,
                worker.shift_end, (int32_t)crew->worker_count);
}

/* Start the places of a crew; it is known who comes. Their rostered hours are
 * in the record already, and where all come those present: see duty_prepare. */
static inline void start_crew(struct world *world, struct crew *crew,
                              uint32_t run)
{
    crew->worker_count = 0;
    if (crew->pay && crew->pay[run] != 0)
        count_cost(world, crew->role, crew->pay[run]);
    if (crew->may_be_absent)
        bring_some(world, crew);
    else
        bring(world, crew, &crew->usual, crew->place_count);
}

void duty_bring(struct world *world, uint32_t count)
{
    for (uint32_t r = 0; r < world->scenario->role_count; r++)
        for (uint32_t i = 0; i < count; i++) {
            struct sim_worker worker = {.role = duty_role(world, r, false),
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

/* ---- shifts start and end ---- */

static __attribute__((noinline)) void
team_time_starts(struct world *world, const struct shift_now *now)
{
    for (uint32_t c = 0; c < now->crew_count; c++)
        for (uint32_t k = 0; k < now->crew[c].worker_count; k++)
            team_time_begin(world, now->crew[c].worker[k]);
}

static __attribute__((noinline)) void
team_time_ends(struct world *world, const struct shift_now *now)
{
    for (uint32_t c = 0; c < now->crew_count; c++)
        for (uint32_t k = 0; k < now->crew[c].worker_count; k++)
            team_time_end(world, now->crew[c].worker[k]);
}

/* A shift has one moment: its next start or, while it goes on, its end, which
 * is not after the next start. */
static inline void shift_starts(struct world *world, struct shift_now *now,
                                uint32_t i)
{
    const struct crew *end = now->crew + now->crew_count;
    sim_ms until = world->now + now->lasts;

    if (now->is_called)
        call_shift(world, now);
    for (struct crew *crew = now->crew; crew < end; crew++)
        start_crew(world, crew, now->run);
    if (world->scenario->team_time_count)
        team_time_starts(world, now);
    task_staff_come(world);
    now->run++;
    now->goes_on = true;
    if (until < world->end)
        sim_calendar_set(world->calendar, i, until, PHASE_EVENTS);
    else
        sim_calendar_clear(world->calendar, i);
}

static inline void shift_ends(struct world *world, struct shift_now *now,
                              uint32_t i)
{
    const struct crew *end = now->crew + now->crew_count;

    if (world->scenario->team_time_count)
        team_time_ends(world, now);
    for (const struct crew *crew = now->crew; crew < end; crew++)
        if (crew->worker_count)
            sim_pool_end_row(world->pool, crew->worker, crew->worker_count);
    await_run(world, now, i);
}

void duty_due(struct world *world, uint32_t shift)
{
    struct shift_now *now = &world->shift[shift];

    world->events++;
    if (now->goes_on)
        shift_ends(world, now, shift);
    else
        shift_starts(world, now, shift);
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
