/*
 * Places: referrals, levels with and without limits, waiting lists, moves,
 * handovers.
 *
 * A limited level hands out its places in phase (b) only, to the best claim on
 * its waiting list (priority, then first come, then the longer in the model);
 * so everyone who asks joins the list, if only for an instant. A person has one
 * claim at a time; the latest counts.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

static uint32_t slot_of_referral(const struct world *world, uint32_t cohort)
{
    return 2 * world->scenario->shift_count + cohort;
}

/* ---- referrals ---- */

/* Open hours of an ordinary week, without holidays. */
static double open_days_of_week(const struct opening *open)
{
    double days = 0;

    for (int i = 0; i < 7; i++)
        if (open->days >> i & 1)
            days += 1;
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

void places_begin(struct world *world)
{
    for (uint32_t c = 0; c < world->scenario->cohort_count; c++)
        if (world->scenario->cohort[c].referrals.rate > 0)
            set_referral(world, c);
}

void places_referral_due(struct world *world, uint32_t c)
{
    const struct cohort *cohort = &world->scenario->cohort[c];
    struct person *person = person_new(world);

    if (!person)
        return;
    person->cohort = c;
    person->number = world->cohort[c].number++;
    person->referred_at = world->now;
    person->level = person->claim = person->plan = NONE;
    person->task = person->with = NONE;
    person->blocked_since = person->exit_at = SIM_NEVER;
    person->owned = true;
    person->condition = cohort->condition == NONE
                            ? NULL
                            : &world->scenario->condition[cohort->condition];
    world->in++;
    world->events++;
    count_person(world, person, COUNT_REFERRALS, world->now, 1);
    signs_begin(world, person);
    responses_begin(world, person);
    course_begin(world, person);
    places_ask(world, person, cohort->enters, MOVE_EFFECT);
    set_referral(world, c);
}

/* ---- waiting lists ---- */

/* Whether `a` goes before `b` on a waiting list. */
static bool goes_before(const struct world *world, const struct person *a,
                        const struct person *b)
{
    const struct cohort *cohort = world->scenario->cohort;
    uint32_t first = cohort[a->cohort].priority;
    uint32_t second = cohort[b->cohort].priority;

    if (first != second)
        return first < second;
    if (a->claim_since != b->claim_since)
        return a->claim_since < b->claim_since;
    if (a->referred_at != b->referred_at)
        return a->referred_at < b->referred_at;
    return a->cohort != b->cohort ? a->cohort < b->cohort
                                  : a->number < b->number;
}

static void join(struct world *world, struct person *person, uint32_t level)
{
    struct level_now *now = &world->level[level];
    uint32_t at;

    if (now->waiting_count == now->waiting_room) {
        uint32_t room = now->waiting_room ? 2 * now->waiting_room : 16;
        uint32_t *bigger = realloc(now->waiting, room * sizeof *now->waiting);
        if (!bigger) {
            world_fail(world, SIM_ERR_NO_MEMORY, "no room on a waiting list");
            return;
        }
        now->waiting = bigger;
        now->waiting_room = room;
    }
    person->claim = level;
    person->claim_since = world->now;
    for (at = now->waiting_count; at > 0; at--) {
        const struct person *other = &world->person[now->waiting[at - 1]];
        if (!goes_before(world, person, other))
            break;
        now->waiting[at] = now->waiting[at - 1];
    }
    now->waiting[at] = person->index;
    now->waiting_count++;
    world->dirty_places = true;
}

/* Take a person off the list they are on, if any. */
static void drop_claim(struct world *world, struct person *person)
{
    struct level_now *now;
    uint32_t at = 0;

    if (person->claim == NONE)
        return;
    now = &world->level[person->claim];
    while (now->waiting[at] != person->index)
        at++;
    memmove(&now->waiting[at], &now->waiting[at + 1],
            (now->waiting_count - at - 1) * sizeof *now->waiting);
    now->waiting_count--;
    person->claim = NONE;
}

/* Count a wait that ends now, granted or given up. */
static void count_wait(struct world *world, const struct person *person,
                       bool granted)
{
    sim_ms waited = world->now - person->claim_since;

    count_span(world, COUNT_WAITING, person->claim, NONE, person->claim_since,
               world->now);
    if (!world_measures(world, person->claim_since))
        return;
    if (granted || waited > 0) {
        count_cut(world, COUNT_WAITS, SLICE_LEVEL, person->claim, 1);
        count_cut(world, COUNT_WAITED, SLICE_LEVEL, person->claim, waited > 0);
        count_cut(world, COUNT_WAIT_DAYS, SLICE_LEVEL, person->claim,
                  (double)waited / (double)SIM_DAY);
    }
}

/* ---- leaving a level ---- */

static void count_stay(struct world *world, const struct person *person)
{
    const struct level *level = person_level(world, person);
    double days = (double)(world->now - person->entered_at) / (double)SIM_DAY;
    double gap, beyond;
    sim_ms last = person->last_contact;

    if (!world_measures(world, person->entered_at))
        return;
    count_entry(world, COUNT_STAYS, person->level, person->cohort,
                person->entry_weekday, 1);
    count_entry(world, COUNT_STAY_DAYS, person->level, person->cohort,
                person->entry_weekday, days);
    if (level->plan == NONE)
        return;
    beyond = days - world->scenario->plan[level->plan].days;
    count_entry(world, COUNT_PLAN_STAYS, person->level, person->cohort,
                person->entry_weekday, 1);
    count_entry(world, COUNT_BEYOND_PLAN, person->level, person->cohort,
                person->entry_weekday, beyond > 0 ? beyond : 0);
    gap = (double)GSL_MAX(person->longest_gap, world->now - last) /
          (double)SIM_DAY;
    count_entry(world, COUNT_GAP_STAYS, person->level, person->cohort,
                person->entry_weekday, 1);
    count_entry(world, COUNT_LONGEST_GAP, person->level, person->cohort,
                person->entry_weekday, gap);
    count_bin(world, COUNT_GAP_BINS, 0, gap, 1);
    count_entry(world, COUNT_PLAN_INTENDED, person->level, person->cohort,
                person->entry_weekday, person->intended);
    count_entry(world, COUNT_PLAN_COMPLETED, person->level, person->cohort,
                person->entry_weekday,
                GSL_MIN(person->completed, person->intended));
}

/* The first contact came, or its limit passed, or the stay is over: a limit
 * that had not passed when the person left early is not counted. */
static void count_first(struct world *world, const struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms limit = person->entered_at + level->first_contact_within;

    if (level->first_contact_within == 0 || person->first_contact ||
        !world_measures(world, person->entered_at) || world->now <= limit)
        return;
    count_entry(world, COUNT_FIRST_LIMITED, person->level, person->cohort,
                person->entry_weekday, 1);
}

static void end_handover(struct world *world, struct person *person)
{
    if (!person->owned && world_measures(world, person->entered_at))
        count_entry(world, COUNT_UNOWNED_HOURS, person->level, person->cohort,
                    person->entry_weekday,
                    (double)(world->now - person->entered_at) /
                        (double)SIM_HOUR);
    person->owned = true;
    person->blurred = false;
    clock_clear(world, person, CLOCK_HANDOVER);
    clock_clear(world, person, CLOCK_BLUR);
}

static void end_block(struct world *world, struct person *person)
{
    if (person->blocked_since == SIM_NEVER)
        return;
    count_span(world, COUNT_BLOCKED, person->level, NONE, person->blocked_since,
               world->now);
    person->blocked_since = SIM_NEVER;
}

/* Close everything that belongs to the present stay. */
static void leave_level(struct world *world, struct person *person)
{
    uint32_t level = person->level;

    if (level == NONE)
        return;
    responses_close_all(world, person);
    signs_close(world, person);
    contacts_withdraw(world, person, WITHDRAW_ALL, NONE);
    end_handover(world, person);
    end_block(world, person);
    count_first(world, person);
    count_stay(world, person);
    signs_update(world, person);
    plans_stop(world, person);
    person->plan_hours_since = SIM_NEVER;
    person->move_decided = false;
    clock_clear(world, person, CLOCK_STAY);
    clock_clear(world, person, CLOCK_LEAVES);
    clock_clear(world, person, CLOCK_LONGEST);
    clock_clear(world, person, CLOCK_DISENGAGE);
    count_occupancy(world, level, -1);
    if (world->scenario->level[level].places != NONE)
        world->dirty_places = true;
}

void places_leave(struct world *world, struct person *person,
                  enum move_cause cause)
{
    count_person(world, person, COUNT_LEFT, world->now, 1);
    if (cause == MOVE_CRISIS)
        count_reescalation(world, person);
    if (person->claim != NONE)
        count_wait(world, person, false);
    drop_claim(world, person);
    count_left(world, person, cause == MOVE_CRISIS);
    leave_level(world, person);
    contacts_detach(world, person);
    course_end(world, person);
    world->out++;
    world->events += cause != MOVE_CRISIS; /* the crisis was the event */
    person_release(world, person);
}

/* ---- entering a level ---- */

static void begin_handover(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);

    person->owned = !level->handover.asked;
    if (person->owned)
        return;
    if (world_measures(world, world->now))
        count_entry(world, COUNT_HANDOVERS, person->level, person->cohort,
                    person->entry_weekday, 1);
    contacts_handover(world, person);
    clock_set(world, person, CLOCK_HANDOVER,
              world->now + level->handover.within, PHASE_CLOSE);
}

static void begin_stay(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    struct sim_name name =
        person_name(world, person, PURPOSE_STAY, level->tag, person->stays);
    struct sim_stream stream;

    if (level->has_stay) {
        sim_stream_init(&stream, &world->chance, &name);
        clock_set(world, person, CLOCK_STAY,
                  world->now + distribution_sample(&level->stay, &stream.rng),
                  PHASE_EVENTS);
    } else if (level->plan == NONE) {
        clock_set(world, person, CLOCK_STAY, world->now + level->follow_up,
                  PHASE_EVENTS);
    }
    if (level->longest > 0)
        clock_set(world, person, CLOCK_LONGEST, world->now + level->longest,
                  PHASE_EVENTS);
}

/* What a move is counted as. Before the level changes. */
static void count_move(struct world *world, struct person *person,
                       uint32_t level, enum move_cause cause)
{
    const struct scenario *s = world->scenario;
    int32_t rank = s->level[level].rank;

    if (person->level == NONE)
        return;
    if (rank > s->level[person->level].rank) {
        count_person(world, person, COUNT_STEP_UPS, world->now, 1);
        count_reescalation(world, person);
    }
    if (cause == MOVE_PLANNED && rank == 0 &&
        s->level[person->level].rank > 0) {
        count_person(world, person, COUNT_PLANNED_EXITS, world->now, 1);
        count_exit(world, person);
    }
    if (cause == MOVE_TIMED_OUT)
        count_person(world, person, COUNT_TIMED_OUT, world->now, 1);
    if (rank > 0)
        count_recontact(world, person);
}

static void enter(struct world *world, struct person *person, uint32_t level,
                  enum move_cause cause)
{
    bool keeps_claim = person->claim != NONE && person->claim != level &&
                       world->scenario->level[person->claim].rank >
                           world->scenario->level[level].rank;

    if (person->claim != NONE && !keeps_claim) {
        count_wait(world, person, person->claim == level);
        drop_claim(world, person);
    }
    count_move(world, person, level, cause);
    leave_level(world, person);
    count_occupancy(world, level, 1);
    person->level = level;
    person->stays++;
    person->entered_at = person->moved_at = person->last_contact = world->now;
    /* A move at 00:00 counts as the evening before. */
    person->entry_day = sim_day_of(world->now - 1);
    person->entry_weekday =
        (uint32_t)sim_civil_weekday(&world->scenario->civil, person->entry_day);
    person->longest_gap = 0;
    person->first_contact = false;
    begin_stay(world, person);
    begin_handover(world, person);
    plans_begin(world, person);
    if (person->plan != NONE && !person->followed)
        count_follow(world, person);
    count_place_now(world, person);
    signs_update(world, person);
    course_search(world, person);
    course_disengage_search(world, person);
}

void places_ask(struct world *world, struct person *person, uint32_t level,
                enum move_cause cause)
{
    if (level == NONE) {
        if (cause == MOVE_PLANNED && person->level != NONE &&
            world->scenario->level[person->level].rank > 0) {
            count_person(world, person, COUNT_PLANNED_EXITS, world->now, 1);
            count_exit(world, person);
        }
        if (cause == MOVE_TIMED_OUT)
            count_person(world, person, COUNT_TIMED_OUT, world->now, 1);
        places_leave(world, person, cause);
        return;
    }
    if (world->scenario->level[level].places == NONE) {
        enter(world, person, level, cause);
        return;
    }
    if (person->claim == level)
        return;
    if (person->claim != NONE) {
        count_wait(world, person, false);
        drop_claim(world, person);
    }
    person->claim_planned = cause == MOVE_PLANNED;
    person->claim_timed_out = cause == MOVE_TIMED_OUT;
    join(world, person, level);
    if (cause == MOVE_PLANNED || cause == MOVE_TIMED_OUT)
        person->blocked_since = world->now;
}

bool places_allot(struct world *world)
{
    bool moved = false;

    world->dirty_places = false;
    for (uint32_t i = 0; i < world->scenario->level_count; i++) {
        const struct level *level = &world->scenario->level[i];
        struct level_now *now = &world->level[i];
        while (level->places != NONE && now->waiting_count > 0 &&
               now->taken < level->places && world->error == SIM_OK) {
            struct person *person = &world->person[now->waiting[0]];
            enum move_cause cause = person->claim_planned     ? MOVE_PLANNED
                                    : person->claim_timed_out ? MOVE_TIMED_OUT
                                                              : MOVE_EFFECT;
            enter(world, person, i, cause);
            moved = true;
        }
    }
    return moved;
}

/* ---- moving on ---- */

void places_move_on(struct world *world, struct person *person,
                    enum move_cause cause)
{
    const struct level *level = person_level(world, person);
    sim_ms when = world->now;

    if (person->move_decided || person->blocked_since != SIM_NEVER)
        return;
    if (level->has_leaves)
        when = sim_civil_next_open(&world->scenario->civil, world->now,
                                   level->leaves.days, level->leaves.from,
                                   level->leaves.until);
    person->claim_timed_out = cause == MOVE_TIMED_OUT;
    if (when > world->now) {
        person->move_decided = true;
        clock_set(world, person, CLOCK_LEAVES, when, PHASE_EVENTS);
        return;
    }
    places_ask(world, person, level->then, cause);
}

void places_stay_due(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);

    clock_clear(world, person, CLOCK_STAY);
    if (!level->has_stay)
        places_leave(world, person, MOVE_EFFECT); /* followed up long enough */
    else
        places_move_on(world, person, MOVE_PLANNED);
}

void places_leaves_due(struct world *world, struct person *person)
{
    enum move_cause cause =
        person->claim_timed_out ? MOVE_TIMED_OUT : MOVE_PLANNED;

    clock_clear(world, person, CLOCK_LEAVES);
    person->move_decided = false;
    places_ask(world, person, person_level(world, person)->then, cause);
}

void places_longest_due(struct world *world, struct person *person)
{
    const struct scenario *s = world->scenario;
    uint32_t response = s->trigger_response[TRIGGER_TIMED_OUT];

    clock_clear(world, person, CLOCK_LONGEST);
    if (person->move_decided || person->blocked_since != SIM_NEVER)
        return;
    responses_trigger(world, person, response);
    clock_clear(world, person, CLOCK_STEP);
    clock_clear(world, person, CLOCK_DUE);
    places_move_on(world, person, MOVE_TIMED_OUT);
}

/* ---- handover ---- */

/* From now until the first review or `until` after entry staff know less. */
static void blur(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms until = person->entered_at + level->handover.until;

    if (until <= world->now)
        return;
    person->blurred = true;
    clock_set(world, person, CLOCK_BLUR, until, PHASE_EVENTS);
}

void places_handover_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_HANDOVER);
    if (!person->owned)
        blur(world, person);
}

void places_blur_due(struct world *world, struct person *person)
{
    clock_clear(world, person, CLOCK_BLUR);
    person->blurred = false;
}

void places_handover_done(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    bool blurred = person->blurred;

    end_handover(world, person);
    if (blurred || person_uniform(world, person, PURPOSE_HANDOVER, level->tag,
                                  person->stays) >= level->handover.complete)
        blur(world, person);
}

/* ---- contacts, as far as the stay is concerned ---- */

void places_contact_made(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    sim_ms gap = world->now - person->last_contact;

    if (gap > person->longest_gap)
        person->longest_gap = gap;
    person->last_contact = world->now;
    if (person->first_contact)
        return;
    if (level->first_contact_within > 0 &&
        world_measures(world, person->entered_at)) {
        count_entry(world, COUNT_FIRST_LIMITED, person->level, person->cohort,
                    person->entry_weekday, 1);
        count_entry(world, COUNT_FIRST_IN_TIME, person->level, person->cohort,
                    person->entry_weekday,
                    world->now - person->entered_at <=
                        level->first_contact_within);
    }
    person->first_contact = true;
}

/* ---- the end of the run ---- */

void places_finish(struct world *world)
{
    for (uint32_t i = 0; i < world->person_count; i++) {
        struct person *person = &world->person[i];
        if (!person->alive)
            continue;
        if (person->claim != NONE)
            count_wait(world, person, false);
        if (person->level == NONE)
            continue;
        end_handover(world, person);
        end_block(world, person);
        count_first(world, person);
        count_stay(world, person);
        signs_update(world, person);
        count_stop_following(world, person);
    }
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        count_occupancy(world, i, 0);
}
