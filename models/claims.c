/*
 * Claims: who waits for a place in which level, and in what order.
 *
 * A level's list is kept in order: priority, then first come, then the longer
 * in the model. A person has at most one claim on a level.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "models/count_impl.h"
#include "models/world_impl.h"

void claims_begin(struct person *person)
{
    for (int i = 0; i < CLAIMS; i++)
        person->claim[i].level = NONE;
    person->outside_of = NONE;
    person->delayed_since = SIM_NEVER;
}

struct claim *claims_on(struct person *person, uint32_t level)
{
    for (int i = 0; i < CLAIMS; i++)
        if (person->claim[i].level == level)
            return &person->claim[i];
    return NULL;
}

/* Whether `a`, who comes now, goes before `b` on the list of `level`. */
static bool goes_before(const struct world *world, struct person *a,
                        struct person *b, uint32_t level)
{
    sim_ms first_since = claims_on(a, level)->since;
    sim_ms second_since = claims_on(b, level)->since;
    const struct cohort *cohort = world->scenario->cohort;
    uint32_t first = cohort[a->cohort].priority;
    uint32_t second = cohort[b->cohort].priority;

    if (first != second)
        return first < second;
    if (first_since != second_since)
        return first_since < second_since;
    if (a->referred_at != b->referred_at)
        return a->referred_at < b->referred_at;
    return a->cohort != b->cohort ? a->cohort < b->cohort
                                  : a->number < b->number;
}

static bool make_room(struct world *world, struct level_now *now)
{
    uint32_t room = now->waiting_room ? 2 * now->waiting_room : 16;
    uint32_t *bigger;

    if (now->waiting_count < now->waiting_room)
        return true;
    bigger = realloc(now->waiting, room * sizeof *now->waiting);
    if (!bigger) {
        world_fail(world, SIM_ERR_NO_MEMORY, "no room on a waiting list");
        return false;
    }
    now->waiting = bigger;
    now->waiting_room = room;
    return true;
}

static void join(struct world *world, struct person *person, uint32_t level)
{
    struct level_now *now = &world->level[level];
    uint32_t at;

    if (!make_room(world, now))
        return;
    for (at = now->waiting_count; at > 0; at--) {
        struct person *other = &world->person[now->waiting[at - 1]];
        if (!goes_before(world, person, other, level))
            break;
        now->waiting[at] = now->waiting[at - 1];
    }
    now->waiting[at] = person->index;
    now->waiting_count++;
    world->dirty |= DIRTY_PLACES;
}

/* ---- how long people wait ---- */

/* The wait for a place in `level` that began at `since` is over. */
static void count_wait(struct world *world, const struct person *person,
                       uint32_t level, sim_ms since)
{
    sim_ms waited = world->now - since;

    journey_add(world, person, JOURNEY_WAITED, level, 0, since);
    if (!world_measures(world, since))
        return;
    count_entry(world, COUNT_WAITS, level, person->cohort, 0, 1);
    count_entry(world, COUNT_WAITED, level, person->cohort, 0, waited > 0);
    count_entry(world, COUNT_WAIT_DAYS, level, person->cohort, 0, waited);
}

void claims_count_served(struct world *world, const struct person *person,
                         uint32_t level, sim_ms since)
{
    count_wait(world, person, level, since);
}

/* ---- giving up ---- */

static void set_gives_up_clock(struct world *world, struct person *person)
{
    sim_ms least = SIM_NEVER;

    for (int i = 0; i < CLAIMS; i++)
        if (person->claim[i].level != NONE && person->claim[i].gives_up < least)
            least = person->claim[i].gives_up;
    clock_set(world, person, CLOCK_GIVES_UP, least, PHASE_CLOSE);
}

/* Patience counts from asking, also of someone diverted here. */
static sim_ms draw_patience(const struct world *world, struct person *person,
                            const struct claim *claim)
{
    const struct level *level = &world->scenario->level[claim->level];
    struct sim_name name = person_name(world, person, PURPOSE_PATIENCE,
                                       level->tag, person->asks++);
    struct sim_stream stream;

    sim_stream_init(&stream, &world->chance, &name);
    return claim->since +
           distribution_sample(&level->patience.after, &stream.rng);
}

/* ---- claims end ---- */

/* Take a claim off its list. */
static void drop(struct world *world, struct person *person,
                 struct claim *claim)
{
    struct level_now *now = &world->level[claim->level];
    bool limited = claim->gives_up != SIM_NEVER;
    uint32_t at = 0;

    count_waiting(world, claim->level, person->cohort, claim->joined);
    journey_add(world, person, JOURNEY_CLAIM_ENDED, claim->level, 0, 0);
    while (now->waiting[at] != person->index)
        at++;
    memmove(&now->waiting[at], &now->waiting[at + 1],
            (now->waiting_count - at - 1) * sizeof *now->waiting);
    now->waiting_count--;
    claim->level = NONE;
    if (limited)
        set_gives_up_clock(world, person);
}

/* End a claim, if it is one. */
static void end(struct world *world, struct person *person, struct claim *claim,
                bool granted)
{
    if (claim->level == NONE)
        return;
    if (granted || claim->since < world->now)
        count_wait(world, person, claim->level, claim->since);
    drop(world, person, claim);
}

void claims_pass_on(struct world *world, struct person *person, uint32_t level)
{
    drop(world, person, claims_on(person, level));
}

void claims_make(struct world *world, struct person *person, uint32_t level,
                 enum move_cause cause, sim_ms since)
{
    struct claim *claim = claims_on(person, level);

    if (claim) {
        /* Wanted there before, and now to go there as planned. */
        if (move_is_due(cause))
            claim->cause = cause;
        return;
    }
    claim = &person->claim[move_is_due(cause) ? CLAIM_NEXT : CLAIM_WANTED];
    end(world, person, claim, false);
    *claim = (struct claim){level, since, world->now, SIM_NEVER, cause};
    journey_add(world, person, JOURNEY_CLAIM, level, cause, since);
    join(world, person, level);
    if (!world->scenario->level[level].patience.asked)
        return;
    claim->gives_up = draw_patience(world, person, claim);
    set_gives_up_clock(world, person);
}

/*
 * Giving up one claim. Whoever has nowhere else to be, because they wait
 * outside or their stay is over, goes where the level says; unless another
 * claim stands. Someone wanted away from where they are stays there, or is
 * wanted in the other level instead.
 */
static void give_up(struct world *world, struct person *person,
                    struct claim *claim)
{
    uint32_t to = world->scenario->level[claim->level].patience.to;
    bool away = person->level == NONE || move_is_due(claim->cause);
    enum move_cause cause =
        move_is_due(claim->cause) ? MOVE_GAVE_UP : claim->cause;

    if (world_measures(world, world->now))
        count_entry(world, COUNT_GAVE_UP, claim->level, person->cohort, 0, 1);
    journey_add(world, person, JOURNEY_GAVE_UP, claim->level, 0, 0);
    end(world, person, claim, false);
    if (to != NONE && (away || to != person->level))
        places_ask(world, person, to, cause);
    else if (to == NONE && away && person->claim[CLAIM_NEXT].level == NONE &&
             person->claim[CLAIM_WANTED].level == NONE)
        places_leave(world, person, MOVE_GAVE_UP);
}

void claims_gives_up_due(struct world *world, struct person *person)
{
    uint32_t generation = person->generation;

    clock_clear(world, person, CLOCK_GIVES_UP);
    for (int i = 0; i < CLAIMS && person->generation == generation; i++)
        if (person->claim[i].level != NONE &&
            person->claim[i].gives_up <= world->now)
            give_up(world, person, &person->claim[i]);
    if (person->generation == generation)
        set_gives_up_clock(world, person);
}

void claims_entered(struct world *world, struct person *person, uint32_t level)
{
    const struct level *levels = world->scenario->level;
    struct claim *wanted = &person->claim[CLAIM_WANTED];

    /* To go on as planned is for the stay that ends now. */
    end(world, person, &person->claim[CLAIM_NEXT],
        person->claim[CLAIM_NEXT].level == level);
    if (wanted->level == NONE)
        return;
    if (wanted->level == level ||
        levels[wanted->level].rank <= levels[level].rank)
        end(world, person, wanted, wanted->level == level);
    else
        wanted->cause = MOVE_EFFECT;
}

void claims_end(struct world *world, struct person *person)
{
    for (int i = 0; i < CLAIMS; i++)
        end(world, person, &person->claim[i], false);
}

void claims_finish(struct world *world, const struct person *person)
{
    for (int i = 0; i < CLAIMS; i++) {
        const struct claim *claim = &person->claim[i];
        if (claim->level == NONE)
            continue;
        count_waiting(world, claim->level, person->cohort, claim->joined);
        if (claim->since < world->now)
            count_wait(world, person, claim->level, claim->since);
    }
}
