/*
 * Places: levels with and without limits, stays, moves.
 *
 * A limited level hands out its places in phase (b) only, to the best claim on
 * its waiting list; so everyone who asks joins the list, if only for an
 * instant. SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

/* ---- leaving a level ---- */

/* Only stays that have ended: of one cut off by the end of the run neither the
 * length nor what the plan delivered is known. */
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
    handover_end(world, person);
    end_block(world, person);
    count_first(world, person);
    count_stay(world, person);
    signs_end(world, person);
    plans_stop(world, person);
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
    claims_end(world, person);
    count_left(world, person, cause == MOVE_CRISIS);
    leave_level(world, person);
    contacts_detach(world, person);
    course_end(world, person);
    world->out++;
    if (world->is_past)
        world->stop = 0;
    world->events += cause != MOVE_CRISIS; /* the crisis was the event */
    person_release(world, person);
}

/* ---- entering a level ---- */

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
    claims_entered(world, person, level);
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
    handover_begin(world, person);
    plans_begin(world, person);
    if (person->plan != NONE && !person->followed)
        count_follow(world, person);
    count_place_now(world, person);
    signs_update(world, person);
    course_search(world, person);
    course_disengage_search(world, person);
    if (world->is_past)
        world->stop = 0;
}

void places_enter(struct world *world, struct person *person, uint32_t level)
{
    enter(world, person, level, MOVE_EFFECT);
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
    claims_make(world, person, level, cause);
    if (cause == MOVE_PLANNED || cause == MOVE_TIMED_OUT)
        person->blocked_since = world->now;
}

/* Give the person a place they have claimed. */
static void grant(struct world *world, struct person *person, uint32_t level)
{
    enter(world, person, level, claims_on(person, level)->cause);
}

/* Two full levels that wait for each other swap, or they would wait for good.
 * Returns whether two people did. */
static bool swap(struct world *world, uint32_t a, uint32_t b)
{
    struct person *up = claims_first_from(world, a, b);
    struct person *down = claims_first_from(world, b, a);

    if (!up || !down)
        return false;
    grant(world, up, a);
    grant(world, down, b);
    return true;
}

static bool swap_any(struct world *world)
{
    for (uint32_t a = 0; a < world->scenario->level_count; a++)
        for (uint32_t b = a + 1; b < world->scenario->level_count; b++)
            if (world->level[a].waiting_count &&
                world->level[b].waiting_count && swap(world, a, b))
                return true;
    return false;
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
            grant(world, &world->person[now->waiting[0]], i);
            moved = true;
        }
    }
    return moved || swap_any(world);
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
    if (when > world->now) {
        person->move_decided = true;
        person->move_timed_out = cause == MOVE_TIMED_OUT;
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
        person->move_timed_out ? MOVE_TIMED_OUT : MOVE_PLANNED;

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
        claims_finish(world, person);
        if (person->level == NONE)
            continue;
        handover_end(world, person);
        end_block(world, person);
        count_first(world, person);
        signs_end(world, person);
        count_stop_following(world, person);
    }
    for (uint32_t i = 0; i < world->scenario->level_count; i++)
        count_occupancy(world, i, 0);
}
