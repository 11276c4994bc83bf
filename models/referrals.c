/*
 * Referrals: each cohort is a Poisson stream on the clock of its open time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

static uint32_t slot_of_referral(const struct world *world, uint32_t cohort)
{
    return world->scenario->shift_count + cohort;
}

/* Open hours of an ordinary week, without holidays, in days. */
static double open_days_of_week(const struct opening *open)
{
    int days = __builtin_popcount(open->days & (SIM_DAYS_EVERY >> 1));

    return days * (double)(open->until - open->from) / (double)SIM_DAY;
}

/* Factor of the rate on a civil day: that of its month, and what has grown
 * since the start, a little each day. */
static double shape_of(const struct world *world,
                       const struct referrals *referrals, int32_t day)
{
    int year, month, of_month;

    sim_date_to_ymd(world->scenario->civil.start + day, &year, &month,
                    &of_month);
    return referrals->month[month - 1] *
           pow(1 + referrals->growth, day / 365.0);
}

/* Draw the gaps before the next referrals of a cohort: exponential, in whole
 * milliseconds. Together also because the processor then works on several
 * logarithms at once, and the loop waits for none of them. */
static void draw_gaps(const struct world *world, uint32_t c)
{
    struct cohort_now *now = &world->cohort[c];
    struct sim_name name[SIM_BLOCKS];
    double u[SIM_BLOCKS];

    for (uint32_t i = 0; i < SIM_BLOCKS; i++)
        name[i] = (struct sim_name){.owner = world->scenario->cohort[c].tag,
                                    .number = now->number + i,
                                    .purpose = PURPOSE_REFERRAL};
    world_uniforms(world, SIM_BLOCKS, name, u);
    for (uint32_t i = 0; i < SIM_BLOCKS; i++) {
        double days = -log(u[i]) / now->open_rate;

        now->gap[i] = (sim_ms)(days * (double)SIM_DAY) + 1;
    }
}

/* The gap before the next referral, asked for in turn. */
static sim_ms next_gap(const struct world *world, uint32_t c)
{
    uint32_t place = world->cohort[c].number % SIM_BLOCKS;

    if (place == 0)
        draw_gaps(world, c);
    return world->cohort[c].gap[place];
}

/*
 * The next referral after `time`: an exponential gap on the clock of open time
 * (a Poisson process of constant rate there; inversion of the cumulative rate,
 * e.g. Law 2015, section 8.6.2). A holiday has no open time unless the days
 * say so, and does not raise the rate of the others. Where months or growth
 * shape the rate, open time runs faster or slower by the factor of the day.
 */
static sim_ms next_by_rate(const struct world *world, uint32_t c)
{
    const struct cohort *cohort = &world->scenario->cohort[c];
    const struct opening *open = &cohort->referrals.open;
    bool shaped = cohort->referrals.shaped;
    sim_ms gap = next_gap(world, c);
    sim_ms time = world->cohort[c].next;
    /* A double holds it exactly; where it is shaped, not what is left of it. */
    double left = (double)gap;

    if (!shaped && open->days == SIM_DAYS_EVERY &&
        open->until - open->from == SIM_DAY)
        return time + gap; /* never closed */
    while (time < world->end) {
        sim_ms close, midnight;
        double factor;
        time = sim_civil_next_open(&world->scenario->civil, time, open->days,
                                   open->from, open->until);
        if (time == SIM_NEVER)
            break;
        midnight = (sim_ms)sim_day_of(time) * SIM_DAY;
        if (time < midnight + open->from)
            midnight -= SIM_DAY; /* hours that began the evening before */
        close = midnight + open->until;
        factor = shaped
                     ? shape_of(world, &cohort->referrals, sim_day_of(midnight))
                     : 1;
        if (left <= factor * (double)(close - time))
            return time + (sim_ms)ceil(left / factor);
        left -= factor * (double)(close - time);
        time = close;
    }
    return SIM_NEVER;
}

static sim_ms next_referral(const struct world *world, uint32_t c)
{
    const struct referrals *referrals = &world->scenario->cohort[c].referrals;
    uint32_t number = world->cohort[c].number;

    if (!referrals->file)
        return next_by_rate(world, c);
    return number < referrals->dated_count ? world->cohort[c].dated[number].time
                                           : SIM_NEVER;
}

static void set_referral(struct world *world, uint32_t c)
{
    sim_ms next = next_referral(world, c);

    world->cohort[c].next = next;
    if (next < world->end)
        sim_calendar_set(world->calendar, slot_of_referral(world, c), next,
                         PHASE_EVENTS);
    else
        sim_calendar_clear(world->calendar, slot_of_referral(world, c));
}

static int compare_dated(const void *a, const void *b)
{
    const struct dated_now *x = a, *y = b;

    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return x->number < y->number ? -1 : 1; /* no two are the same */
}

int referrals_init(struct world *world)
{
    const struct scenario *s = world->scenario;

    for (uint32_t c = 0; c < s->cohort_count; c++) {
        const struct referrals *referrals = &s->cohort[c].referrals;
        size_t count = referrals->dated_count;
        if (referrals->rate > 0)
            world->cohort[c].open_rate =
                referrals->rate * 7 / open_days_of_week(&referrals->open);
        if (count == 0)
            continue;
        world->cohort[c].dated = calloc(count, sizeof *world->cohort[c].dated);
        if (!world->cohort[c].dated)
            return SIM_ERR_NO_MEMORY;
    }
    return SIM_OK;
}

/* When on its day each referral of the file comes, this time. */
static void draw_times(struct world *world, uint32_t c)
{
    const struct cohort *cohort = &world->scenario->cohort[c];
    const struct opening *open = &cohort->referrals.open;
    struct dated_now *now = world->cohort[c].dated;
    uint32_t count = cohort->referrals.dated_count;

    for (uint32_t i = 0; i < count; i++) {
        const struct dated *dated = &cohort->referrals.dated[i];
        struct sim_name name = {.owner = cohort->tag,
                                .number = i,
                                .purpose = PURPOSE_REFERRAL_TIME};
        now[i] = (struct dated_now){dated->from, i};
        if (!dated->timed)
            now[i].time += open->from +
                           (sim_ms)(sim_chance_uniform(&world->chance, &name) *
                                    (double)(open->until - open->from));
    }
    if (count > 1)
        qsort(now, count, sizeof *now, compare_dated);
}

void referrals_begin(struct world *world)
{
    for (uint32_t c = 0; c < world->scenario->cohort_count; c++) {
        if (world->scenario->cohort[c].referrals.dated_count)
            draw_times(world, c);
        if (world->scenario->cohort[c].referrals.rate > 0 ||
            world->scenario->cohort[c].referrals.dated_count)
            set_referral(world, c);
    }
}

/* See struct person. */
static uint64_t contact_of(uint32_t owner, uint32_t number)
{
    const struct sim_name name = {
        .owner = owner, .number = number, .purpose = PURPOSE_CONTACT};

    return sim_counter_of(&name, 0).first;
}

void person_refer(struct world *world, struct person *person, uint32_t cohort,
                  uint32_t owner, uint32_t number)
{
    uint32_t condition = world->scenario->cohort[cohort].condition;

    SIM_REQUIRE(number < SIM_NUMBERS);
    person->cohort = cohort;
    person->owner = owner;
    person->number = number;
    person->contact = contact_of(owner, number);
    person->attendance = world->scenario->cohort[cohort].attendance;
    person->referred_at = world->now;
    person->level = person->plan = NONE;
    count_find_sums(world, person);
    claims_begin(person);
    person->task = person->with = NONE;
    person->blocked_since = person->exit_at = SIM_NEVER;
    person->owned = true;
    person->condition =
        condition == NONE ? NULL : &world->scenario->condition[condition];
    world->in++;
}

void person_arrive(struct world *world, struct person *person)
{
    uint32_t enters = world->scenario->cohort[person->cohort].enters;

    person_begin(world, person);
    signs_begin(world, person);
    course_begin(world, person);
    journey_person(world, person);
    places_ask(world, person, enters, MOVE_EFFECT);
    if (person->level == NONE) /* waits; else entering has searched */
        course_search(world, person);
}

/* Which one of the cohort is referred now; then the next is awaited. */
static uint32_t take_number(struct world *world, uint32_t c)
{
    uint32_t number = world->cohort[c].number++;

    return world->scenario->cohort[c].referrals.file
               ? world->cohort[c].dated[number].number
               : number;
}

void referrals_due(struct world *world, uint32_t c)
{
    const struct cohort *cohort = &world->scenario->cohort[c];
    struct person *person = person_new(world);

    if (!person)
        return;
    person_refer(world, person, c, cohort->tag, take_number(world, c));
    world->events++;
    count_person(world, person, COUNT_REFERRALS);
    person_arrive(world, person);
    set_referral(world, c);
}
