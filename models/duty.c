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
#include "models/pay.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* The places of one role in one shift, and their workers. */
struct crew {
    uint32_t role, tag;
    uint32_t place_count;
    uint32_t first;     /* of its places in world->rostered */
    bool may_be_absent; /* or else all always come */
    double *pay;        /* [run_count] of all of them, with standby; or NULL */
    struct sim_worker usual; /* in the first place, in the run that goes on or
                                else in the next */
    uint32_t *worker; /* [worker_count] of the present run, in the pool */
    uint32_t worker_count;
};

/* One shift: when it runs, and the workers of its present run. */
struct shift_now {
    const struct shift *shift;
    int32_t *day; /* [run_count] on which it starts */
    uint32_t run_count;
    uint32_t run;      /* the next to start */
    bool goes_on;      /* the one before has not ended */
    bool is_called;    /* who comes is not always the same, or too few */
    struct crew *crew; /* [crew_count] by role */
    uint32_t crew_count;
};

/* Staff time of the rota that is in the record before a run begins. */
struct rota_hours {
    uint32_t place; /* in the record */
    double ms;
};

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

static sim_ms start_of(const struct sim_shift *hours, int32_t day)
{
    return (sim_ms)day * SIM_DAY + hours->from;
}

/* The days on which shift `i` starts before the run is over. */
static int list_runs(struct world *world, uint32_t i)
{
    const struct sim_civil *civil = &world->scenario->civil;
    const struct sim_shift *hours = &world->scenario->shift[i].hours;
    struct shift_now *now = &world->shift[i];
    int32_t day = sim_shift_next_day(hours, civil, 0);

    /* At most one a day. */
    now->day = calloc((size_t)sim_day_of(world->end) + 1, sizeof *now->day);
    if (!now->day)
        return SIM_ERR_NO_MEMORY;
    while (day != INT32_MAX && start_of(hours, day) < world->end) {
        now->day[now->run_count++] = day;
        day = sim_shift_next_day(hours, civil, day + 1);
    }
    return SIM_OK;
}

/* What a crew is paid for each run of its shift, if anything. */
static int list_pay(struct world *world, uint32_t i, struct crew *crew)
{
    const struct sim_shift *hours = &world->scenario->shift[i].hours;
    const struct role *role = &world->scenario->role[crew->role];
    const struct shift_now *now = &world->shift[i];
    double rate = (role->cost + role->standby) * crew->place_count;

    if (rate == 0)
        return SIM_OK;
    crew->pay = calloc((size_t)now->run_count + 1, sizeof *crew->pay);
    if (!crew->pay)
        return SIM_ERR_NO_MEMORY;
    for (uint32_t run = 0; run < now->run_count; run++) {
        sim_ms start = start_of(hours, now->day[run]);

        crew->pay[run] = pay_of(world->scenario, crew->role, start,
                                start + (hours->until - hours->from), rate);
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
        .role = pool_role(world, r, false),
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
    world->shortened_count = size_of(world->shortened);
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
    free(now->day);
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
        const struct sim_shift *hours = &world->scenario->shift[i].hours;
        const struct shift_now *now = &world->shift[i];

        for (uint32_t run = 0; run < now->run_count; run++) {
            sim_ms start = start_of(hours, now->day[run]);
            prepare_run(world, now, start,
                        start + (hours->until - hours->from));
        }
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

/* A shift has one moment: its next start or, while it goes on, its end, which
 * is not after the next start. */
static inline void set_moment(struct world *world, uint32_t i, sim_ms time)
{
    if (time < world->end)
        sim_calendar_set(world->calendar, i, time, PHASE_EVENTS);
    else
        sim_calendar_clear(world->calendar, i);
}

/* Wait for the next run of a shift, if there is any: when it starts, and its
 * workers as they come then. */
static void await_run(struct world *world, uint32_t i)
{
    struct shift_now *now = &world->shift[i];
    const struct sim_shift *hours = &now->shift->hours;
    sim_ms start, end;

    now->goes_on = false;
    if (now->run == now->run_count) {
        set_moment(world, i, SIM_NEVER);
        return;
    }
    start = start_of(hours, now->day[now->run]);
    end = start + (hours->until - hours->from);
    for (uint32_t c = 0; c < now->crew_count; c++) {
        struct sim_worker *usual = &now->crew[c].usual;

        usual->shift_start = start;
        usual->shift_end = end;
        usual->latest_end = end + now->shift->overrun;
    }
    set_moment(world, i, start);
}

void duty_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->scenario->shift_count; i++) {
        world->shift[i].run = 0;
        await_run(world, i);
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
    uint32_t present = 0;

    for (uint32_t c = 0; c < now->crew_count; c++)
        present += call_crew(world, &now->crew[c], now->day[now->run]);
    for (uint32_t c = 0; c < now->crew_count; c++)
        now->crew[c].usual.role =
            pool_role(world, now->crew[c].role, present < now->shift->minimum);
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

static void shift_starts(struct world *world, uint32_t i)
{
    struct shift_now *now = &world->shift[i];
    const struct sim_shift *hours = &now->shift->hours;
    const struct crew *end = now->crew + now->crew_count;

    if (now->is_called)
        call_shift(world, now);
    for (struct crew *crew = now->crew; crew < end; crew++)
        start_crew(world, crew, now->run);
    if (world->scenario->team_time_count)
        team_time_starts(world, now);
    world->events++;
    task_staff_come(world);
    now->run++;
    now->goes_on = true;
    set_moment(world, i, world->now + (hours->until - hours->from));
}

static void shift_ends(struct world *world, uint32_t i)
{
    struct shift_now *now = &world->shift[i];
    const struct crew *end = now->crew + now->crew_count;

    if (world->scenario->team_time_count)
        team_time_ends(world, now);
    for (const struct crew *crew = now->crew; crew < end; crew++)
        if (crew->worker_count)
            sim_pool_end_row(world->pool, crew->worker, crew->worker_count);
    world->events++;
    await_run(world, i);
}

void duty_due(struct world *world, uint32_t shift)
{
    if (world->shift[shift].goes_on)
        shift_ends(world, shift);
    else
        shift_starts(world, shift);
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
