/*
 * Who is there when the run starts: see models/caseload.h for what is done.
 *
 * The past has days of its own, so that nothing in it is negative: its day
 * `days` is day 0 of the run. They begin later than the run's days end, so that
 * no variate that is named by a day is used twice. Taking someone over means to
 * put all their times and days back by that.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/caseload.h"

#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

/* Who has not reached the level so long after being referred is given up. */
#define WAY_MOST 1000

/* In sim_ms: 2^40 ms are 12,725 days. */
#define DAYS_MOST 12000

struct caseload {
    struct scenario scenario; /* the run's, but for its calendar and places */
    struct level *level;
    struct world past;
    double *record; /* what nobody reads */
    int32_t days;   /* between day 0 of the past and that of the run */
    uint32_t staff; /* of each role */
};

/* How well someone simulated fits their row. */
enum fit { FIT_NONE, FIT_STAYS, FIT_STEP, FIT_ALL };

/* ---- how long ---- */

static int32_t days_of_run(const struct scenario *scenario)
{
    return sim_day_of(scenario_end(scenario) - 1) + 1;
}

bool caseload_is_small_group(const struct level *level)
{
    return level->present > 0 && level->present < CASELOAD_GROUP_LEAST;
}

bool caseload_can_begin(const struct scenario *scenario, int32_t entered)
{
    return 2 * (int64_t)days_of_run(scenario) + WAY_MOST - entered <= DAYS_MOST;
}

sim_ms caseload_longest(const struct level *level)
{
    double most = (double)SIM_NEVER;

    if (level->has_leaves) /* how long it may take to be let go is not known */
        return SIM_NEVER;
    if (level->has_stay && level->stay.family == FAMILY_EMPIRICAL)
        for (uint32_t i = 0; i < level->stay.count; i++)
            most = i == 0 || level->stay.value[i] > most ? level->stay.value[i]
                                                         : most;
    else if (level->has_stay && level->stay.family == FAMILY_CONSTANT)
        most = level->stay.a;
    else if (level->has_stay && level->stay.family == FAMILY_UNIFORM)
        most = level->stay.b;
    else if (level->has_stay && level->stay.family == FAMILY_TRIANGULAR)
        most = level->stay.c;
    else if (!level->has_stay && level->plan == NONE)
        most = (double)level->follow_up;
    if (level->longest > 0 && (double)level->longest < most)
        most = (double)level->longest;
    return (sim_ms)most;
}

/* ---- the past ---- */

/* The most workers that any contact takes at once. */
static uint32_t staff_most(const struct scenario *s)
{
    uint32_t most = 1;

    for (uint32_t k = 0; k < s->kind_count; k++)
        for (uint32_t i = 0; i < s->kind[k].staffing_count; i++) {
            const struct staffing *staffing = &s->kind[k].staffing[i];
            uint32_t sum = 0;
            for (uint32_t n = 0; n < staffing->need_count; n++)
                sum += staffing->need[n].count;
            most = sum > most ? sum : most;
        }
    return most;
}

/* In the past everybody finds a place where they ask for one. */
static void remove_limits(struct level *level)
{
    level->places = NONE;
    level->accepts_no_alert = false;
    level->accepts_state = NONE;
}

/* The run's scenario with a calendar that begins earlier and no limits. */
static int make_scenario(struct caseload *caseload, const struct scenario *s)
{
    struct scenario *past = &caseload->scenario;
    int32_t age = 0;

    for (uint32_t i = 0; i < s->present_count; i++)
        age = -s->present[i].entered > age ? -s->present[i].entered : age;
    caseload->days = days_of_run(s) + WAY_MOST + age;
    *past = *s;
    past->present_count = 0;
    past->team_time_count = 0; /* nobody is missed for it */
    past->calendar.start = s->calendar.start - caseload->days;
    past->calendar.warm_up = (sim_ms)caseload->days * SIM_DAY;
    past->calendar.run_for = scenario_end(s);
    past->calendar.run_on = 0;
    past->civil = (struct sim_civil){0};
    caseload->level = calloc(s->level_count, sizeof *caseload->level);
    if (!caseload->level)
        return SIM_ERR_NO_MEMORY;
    memcpy(caseload->level, s->level, s->level_count * sizeof *s->level);
    for (uint32_t i = 0; i < s->level_count; i++)
        remove_limits(&caseload->level[i]);
    past->level = caseload->level;
    return sim_civil_init(&past->civil, past->calendar.start,
                          caseload->days + 400, s->calendar.holiday,
                          s->calendar.holiday_count);
}

int caseload_init(struct world *world)
{
    struct caseload *caseload;
    int err;

    if (world->scenario->present_count == 0)
        return SIM_OK;
    caseload = calloc(1, sizeof *caseload);
    if (!caseload)
        return SIM_ERR_NO_MEMORY;
    world->caseload = caseload;
    /* Of one person's contacts a few may be under way at once. */
    caseload->staff = 4 * staff_most(world->scenario);
    err = make_scenario(caseload, world->scenario);
    if (err != SIM_OK)
        return err;
    caseload->record = calloc(world->layout->length, sizeof *caseload->record);
    if (!caseload->record)
        return SIM_ERR_NO_MEMORY;
    err = world_init(&caseload->past, &caseload->scenario, world->layout);
    if (err != SIM_OK)
        return err;
    count_reset(&caseload->past, caseload->record);
    caseload->past.is_past = true;
    return SIM_OK;
}

void caseload_clear(struct world *world)
{
    struct caseload *caseload = world->caseload;

    if (!caseload)
        return;
    if (caseload->past.scenario)
        world_clear(&caseload->past);
    sim_civil_clear(&caseload->scenario.civil);
    free(caseload->level);
    free(caseload->record);
    free(caseload);
    world->caseload = NULL;
}

/* Let the past go on, up to `until` or until someone moves: whether they did.
 * One that failed does not go on. */
static bool moves_before(struct world *past, sim_ms until)
{
    if (past->error != SIM_OK)
        return false;
    past->stop = until;
    replication_loop(past);
    return past->stop == 0 && past->error == SIM_OK;
}

/* Nothing that staff are doing for the person goes on. */
static void drop_tasks(struct world *past, struct person *person)
{
    round_break_of(past, person);
    while (person->task != NONE) {
        struct task *task = &past->task[person->task];
        if (task->option)
            sim_queue_remove(past->queue, person->task);
        service_release(past, task);
        task_drop(past, task);
    }
    person->with = NONE;
}

static sim_ms later(sim_ms time, sim_ms by)
{
    return time == SIM_NEVER ? SIM_NEVER : time + by;
}

/* Put what has happened to a person, but for their stay, later by `by`. */
static void shift_life(struct person *person, sim_ms by)
{
    person->referred_at += by;
    person->state_since += by;
    person->moved_at = later(person->moved_at, by);
    person->advanced_at = later(person->advanced_at, by);
    person->contact_at = later(person->contact_at, by);
    person->alert_last += by; /* -SIM_NEVER stays long ago */
    person->plan_hours_since = later(person->plan_hours_since, by);
    person->unseen_since = later(person->unseen_since, by);
    person->episode_since += by;
    person->followed_from += by;
    person->exit_at = later(person->exit_at, by);
}

/* When on the day of the row the person entered, in the past's time. */
static sim_ms entry_time(const struct caseload *caseload,
                         const struct present *row, const struct person *person)
{
    const struct world *past = &caseload->past;
    const struct opening *open =
        &past->scenario->cohort[row->cohort].referrals.open;
    double u = person_uniform(past, person, PURPOSE_CASELOAD, 0, 0);

    return (sim_ms)(caseload->days + row->entered) * SIM_DAY + open->from +
           (sim_ms)(u * (double)(open->until - open->from));
}

/*
 * Follow the person, who is referred now, until they are in the level of the
 * row, and take that moment for `entry`. False where they do not come there.
 */
static bool reach_level(struct world *past, struct person *person,
                        uint32_t level, sim_ms entry)
{
    sim_ms by;

    while (person->alive && person->level != level)
        if (!moves_before(past, entry))
            return false;
    if (!person->alive)
        return false;
    /* What else happens at that moment happens; then time jumps. */
    if (moves_before(past, past->now + 1) || past->error != SIM_OK)
        return false;
    by = entry - past->now;
    drop_tasks(past, person);
    plans_pause(past, person);
    for (int i = 0; i < CLOCK_COUNT; i++)
        clock_clear(past, person, (enum clock)i);
    shift_life(person, by);
    concerns_shift(past, person, by);
    past->now = entry;
    places_enter(past, person, level, MOVE_EFFECT);
    return true;
}

static enum fit fit_of(const struct person *person, const struct present *row)
{
    bool step = row->step == NONE || person->step == row->step;
    bool state = row->state == NONE || person->state == row->state;

    if (!step)
        return FIT_STAYS;
    return state ? FIT_ALL : FIT_STEP;
}

/* A new past with one person of the row in it, the `try`-th, about to be
 * referred; NULL where there is no room. */
static struct person *begin_try(struct world *world, uint32_t number,
                                uint32_t try)
{
    struct caseload *caseload = world->caseload;
    struct world *past = &caseload->past;
    const struct present *row = &world->scenario->present[number];
    uint32_t tag = world->scenario->cohort[row->cohort].tag;
    struct person *person;

    world_reset(past, world->chance.seed, world->chance.replication);
    duty_bring(past, caseload->staff);
    person = person_new(past);
    if (person) {
        person->cohort = row->cohort;
        person->owner =
            sim_tag_join(sim_tag_join(tag, sim_tag("caseload")), try);
        person->number = number;
    }
    return person;
}

/* Simulate the `try`-th person of row `number` from when they are referred to
 * the start of the run. */
static enum fit simulate(struct world *world, uint32_t number, uint32_t try)
{
    struct world *past = &world->caseload->past;
    const struct present *row = &world->scenario->present[number];
    uint32_t enters = world->scenario->cohort[row->cohort].enters;
    struct person *person = begin_try(world, number, try);
    sim_ms entry;

    if (!person)
        return FIT_NONE;
    entry = entry_time(world->caseload, row, person);
    past->now = enters == row->level ? entry : entry - WAY_MOST * SIM_DAY;
    person_refer(past, person, row->cohort, person->owner, number);
    person_arrive(past, person);
    if (enters != row->level && !reach_level(past, person, row->level, entry))
        return FIT_NONE;
    if (moves_before(past, past->from) || past->error != SIM_OK)
        return FIT_NONE;
    past->now = past->from - 1;
    return fit_of(person, row);
}

/* Someone of the row who has just come, so late that they are still there: for
 * whoever has stayed longer than anyone simulated. */
static void simulate_overdue(struct world *world, uint32_t number)
{
    struct world *past = &world->caseload->past;
    const struct present *row = &world->scenario->present[number];
    struct person *person = begin_try(world, number, 0);

    if (!person)
        return;
    past->now = past->from - 1;
    person_refer(past, person, row->cohort, person->owner, number);
    person_arrive(past, person);
    if (person->level != row->level)
        places_enter(past, person, row->level, MOVE_EFFECT);
}

/* ---- taking over ---- */

static void shift_upcoming(struct world *world, const struct person *from,
                           const struct person *to)
{
    const struct caseload *caseload = world->caseload;
    const struct upcoming *old = from->upcoming;
    struct upcoming *new = to->upcoming;
    sim_ms by = -(sim_ms)caseload->days * SIM_DAY;

    for (uint32_t i = 0; i < world->planned_most; i++) {
        new[i] = old[i];
        if (old[i].from >= SIM_NEVER)
            continue;
        new[i].from += by;
        new[i].day -= caseload->days;
    }
}

/* Open lists go on; an action whose contact was not over begins again. */
static void shift_lists(struct world *world, const struct person *from,
                        struct person *to)
{
    const struct scenario *s = world->scenario;
    const struct response_list *old =
        &world->caseload->past.lists[(size_t)from->index * s->response_count];
    struct response_list *list = person_lists(world, to);

    for (uint32_t r = 0; r < s->response_count; r++) {
        list[r] = old[r];
        list[r].started -= (sim_ms)world->caseload->days * SIM_DAY;
        if (!list[r].open || list[r].ran == list[r].over)
            continue;
        list[r].ran = list[r].over;
        clock_set(world, to, CLOCK_ACTION, 0, PHASE_EVENTS);
    }
}

static void take_concerns(struct world *world, const struct person *from,
                          struct person *to)
{
    const struct scenario *s = world->scenario;
    const struct world *past = &world->caseload->past;
    size_t lines = s->added_count;

    if (s->concern_count == 0)
        return;
    memcpy(person_concerns(world, to),
           &past->concerns[(size_t)from->index * s->concern_count],
           s->concern_count * sizeof *past->concerns);
    if (lines > 0)
        memcpy(&world->added[to->index * lines],
               &past->added[from->index * lines], lines * sizeof *past->added);
    for (uint32_t c = 0; c < s->concern_count; c++)
        world->concerns_opened += person_concerns(world, to)[c].open;
    concerns_shift(world, to, -(sim_ms)world->caseload->days * SIM_DAY);
}

/* What is kept beside people. */
static void take_arrays(struct world *world, const struct person *from,
                        struct person *to)
{
    const struct scenario *s = world->scenario;
    const struct world *past = &world->caseload->past;
    size_t points = world->points_count;
    struct kind_day *days = to->kind_days;

    memcpy(person_points(world, to), &past->points[from->index * points],
           points * sizeof *past->points);
    memcpy(&world->signs[(size_t)to->index * s->sign_count],
           &past->signs[(size_t)from->index * s->sign_count],
           s->sign_count * sizeof *past->signs);
    memcpy(days, from->kind_days, s->kind_count * sizeof *days);
    for (uint32_t k = 0; k < s->kind_count; k++) {
        days[k].planned_day -= world->caseload->days;
        days[k].response_day -= world->caseload->days;
        days[k].entry_day -= world->caseload->days;
    }
    shift_upcoming(world, from, to);
    if (world->look_days > 0)
        signs_take_looks(world, past, from, to, world->caseload->days);
    take_concerns(world, from, to);
}

/* The clocks of the past, set in the run. */
static void take_clocks(struct world *world, const struct person *from,
                        struct person *to)
{
    sim_ms by = -(sim_ms)world->caseload->days * SIM_DAY;

    for (int i = 0; i < CLOCK_COUNT; i++) {
        clock_key key = from->clock[i] >> CLOCK_BITS;
        enum phase phase = (enum phase)(key & ((1u << SIM_PHASE_BITS) - 1));
        if (from->clock[i] != CLOCK_EMPTY && i != CLOCK_DUE)
            clock_set(world, to, (enum clock)i,
                      (sim_ms)(key >> SIM_PHASE_BITS) + by, phase);
    }
}

/* Whoever has stayed longer than anyone simulated has been there since the day
 * of the row: since its first moment, which is not the evening before. */
static void set_entered(const struct world *world, struct person *person,
                        const struct present *row)
{
    person->entry_day = row->entered;
    person->entry_weekday =
        (uint32_t)sim_civil_weekday(&world->scenario->civil, row->entered);
    person->entered_at = person->last_contact = person->moved_at =
        (sim_ms)row->entered * SIM_DAY + 1;
}

/* Take the only person of the past over into the run; `overdue` where nobody
 * simulated was there as long as that row says, else NULL. */
static struct person *take_over(struct world *world,
                                const struct present *overdue)
{
    const struct caseload *caseload = world->caseload;
    const struct person *from = &caseload->past.person[0];
    struct person *to = person_new(world), kept;
    int32_t days = caseload->days;
    sim_ms by = -(sim_ms)days * SIM_DAY;

    if (!to)
        return NULL;
    kept = *to;
    *to = *from;
    to->index = kept.index;
    to->generation = kept.generation;
    to->upcoming = kept.upcoming;
    to->kind_days = kept.kind_days;
    memcpy(to->clock, kept.clock, sizeof to->clock);
    to->clocks = kept.clocks;
    to->least = kept.least;
    to->task = to->with = NONE;
    claims_begin(to);
    shift_life(to, by);
    to->delayed_since = later(from->delayed_since, by);
    to->entered_at += by;
    to->last_contact += by;
    to->entry_day -= days;
    to->segment_day -= days;
    to->segment_end -= days;
    to->review_day -= days;
    if (overdue)
        set_entered(world, to, overdue);
    count_find_sums(world, to);
    to->line = from->line
                   ? world->due_line + (from->line - caseload->past.due_line)
                   : NULL;
    take_arrays(world, from, to);
    take_clocks(world, from, to);
    to->due_from = SIM_NEVER;
    if (from->due_from != SIM_NEVER)
        plans_resume(world, to);
    shift_lists(world, from, to);
    world->in++;
    journey_present(world, to);
    count_occupancy(world, to->level, 1);
    if (to->review == REVIEW_AWAITED && to->clock[CLOCK_REVIEW] == CLOCK_EMPTY)
        decisions_reviewed(world, to, false); /* it was under way */
    if (!to->owned)                           /* its task was not over */
        contacts_handover(world, to);
    return to;
}

/* Make someone who is still there what the row says besides. */
static void set_known(struct world *past, const struct present *row)
{
    struct person *person = &past->person[0];

    if (row->step != NONE && person->step != row->step)
        plans_enter_step(past, person, row->step, sim_day_of(past->now + 1));
    if (row->state != NONE && person->state != row->state)
        course_put(past, person, row->state);
}

/* Whoever has stayed longer than anyone simulated moves on now. */
static void move_overdue(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);

    clock_clear(world, person, CLOCK_LONGEST);
    if (level->plan == NONE) {
        clock_set(world, person, CLOCK_STAY, 0, PHASE_EVENTS);
        return;
    }
    clock_clear(world, person, CLOCK_STEP);
    plans_pause(world, person);
    places_move_on(world, person, MOVE_PLANNED);
}

/* Someone of row `number`; the first who fits, or else fits best. */
static enum fit find_person(struct world *world, uint32_t number)
{
    const struct present *row = &world->scenario->present[number];
    sim_ms age = -(sim_ms)row->entered * SIM_DAY;
    enum fit best = FIT_NONE;
    uint32_t best_try = 0;

    if (age - SIM_DAY > caseload_longest(&world->scenario->level[row->level]))
        return FIT_NONE;
    for (uint32_t i = 0; i < CASELOAD_TRIES; i++) {
        enum fit fit = simulate(world, number, i);
        if (fit == FIT_ALL || world->caseload->past.error != SIM_OK)
            return fit;
        if (fit > best) {
            best = fit;
            best_try = i;
        }
    }
    return best == FIT_NONE ? best : simulate(world, number, best_try);
}

void caseload_begin(struct world *world)
{
    const struct scenario *s = world->scenario;

    for (uint32_t i = 0; i < s->present_count && world->error == SIM_OK; i++) {
        struct world *past = &world->caseload->past;
        enum fit fit = find_person(world, i);
        struct person *person;

        if (fit == FIT_NONE && past->error == SIM_OK)
            simulate_overdue(world, i);
        if (past->error != SIM_OK) {
            world_fail(world, past->error, past->trouble);
            return;
        }
        set_known(past, &s->present[i]);
        person = take_over(world, fit == FIT_NONE ? &s->present[i] : NULL);
        if (person && fit == FIT_NONE)
            move_overdue(world, person);
    }
}
