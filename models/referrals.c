/*
 * Referrals: each cohort is a Poisson stream on the clock of its open time.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

static uint32_t slot_of_referral(const struct world *world, uint32_t cohort)
{
    return 2 * world->scenario->shift_count + cohort;
}

/* Open hours of an ordinary week, without holidays. */
static double open_days_of_week(const struct opening *open)
{
    int days = __builtin_popcount(open->days & (SIM_DAYS_EVERY >> 1));

    return days * (double)(open->until - open->from) / (double)SIM_DAY;
}

/*
 * The next referral after `time`: an exponential gap on the clock of open time
 * (a Poisson process of constant rate there; inversion of the cumulative rate,
 * e.g. Law 2015, section 8.6.2). A holiday has no open time unless the days
 * say so, and does not raise the rate of the others.
 */
static sim_ms next_referral(const struct world *world, uint32_t c)
{
    const struct cohort *cohort = &world->scenario->cohort[c];
    const struct opening *open = &cohort->referrals.open;
    double open_rate = cohort->referrals.rate * 7 / open_days_of_week(open);
    struct sim_name name = {.owner = cohort->tag,
                            .number = world->cohort[c].number,
                            .purpose = PURPOSE_REFERRAL};
    double gap = -log(sim_chance_uniform(&world->chance, &name)) / open_rate;
    sim_ms left = (sim_ms)(gap * (double)SIM_DAY) + 1;
    sim_ms time = world->cohort[c].next;

    if (open->days == SIM_DAYS_EVERY && open->until - open->from == SIM_DAY)
        return time + left; /* never closed */
    while (time < world->end) {
        sim_ms close, midnight;
        time = sim_civil_next_open(&world->scenario->civil, time, open->days,
                                   open->from, open->until);
        if (time == SIM_NEVER)
            break;
        midnight = (sim_ms)sim_day_of(time) * SIM_DAY;
        if (time < midnight + open->from)
            midnight -= SIM_DAY; /* hours that began the evening before */
        close = midnight + open->until;
        if (time + left <= close)
            return time + left;
        left -= close - time;
        time = close;
    }
    return SIM_NEVER;
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

void referrals_begin(struct world *world)
{
    for (uint32_t c = 0; c < world->scenario->cohort_count; c++)
        if (world->scenario->cohort[c].referrals.rate > 0)
            set_referral(world, c);
}

void referrals_due(struct world *world, uint32_t c)
{
    const struct cohort *cohort = &world->scenario->cohort[c];
    struct person *person = person_new(world);

    if (!person)
        return;
    person->cohort = c;
    person->number = world->cohort[c].number++;
    person->referred_at = world->now;
    person->level = person->plan = NONE;
    claims_begin(person);
    person->task = person->with = NONE;
    person->blocked_since = person->exit_at = SIM_NEVER;
    person->owned = true;
    person->condition = cohort->condition == NONE
                            ? NULL
                            : &world->scenario->condition[cohort->condition];
    world->in++;
    world->events++;
    count_person(world, person, COUNT_REFERRALS, world->now, 1);
    person_begin(world, person);
    signs_begin(world, person);
    responses_begin(world, person);
    course_begin(world, person);
    journey_person(world, person);
    places_ask(world, person, cohort->enters, MOVE_EFFECT);
    if (person->level == NONE) /* waits; else entering has searched */
        course_search(world, person);
    set_referral(world, c);
}
