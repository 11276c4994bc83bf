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
}

struct claim *claims_on(struct person *person, uint32_t level)
{
    for (int i = 0; i < CLAIMS; i++)
        if (person->claim[i].level == level)
            return &person->claim[i];
    return NULL;
}

/* Whether `a`, who comes now, goes before `b` on the list of `level`. */
static bool goes_before(const struct world *world, const struct person *a,
                        struct person *b, uint32_t level)
{
    const struct cohort *cohort = world->scenario->cohort;
    uint32_t first = cohort[a->cohort].priority;
    uint32_t second = cohort[b->cohort].priority;

    if (first != second)
        return first < second;
    if (claims_on(b, level)->since != world->now)
        return false;
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

static void join(struct world *world, const struct person *person,
                 uint32_t level)
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
    world->dirty_places = true;
}

/* Count a wait that ends now, granted or given up. */
static void count_wait(struct world *world, const struct claim *claim,
                       bool granted)
{
    sim_ms waited = world->now - claim->since;

    count_span(world, COUNT_WAITING, claim->level, NONE, claim->since,
               world->now);
    if (!world_measures(world, claim->since) || (!granted && waited == 0))
        return;
    count_cut(world, COUNT_WAITS, SLICE_LEVEL, claim->level, 1);
    count_cut(world, COUNT_WAITED, SLICE_LEVEL, claim->level, waited > 0);
    count_cut(world, COUNT_WAIT_DAYS, SLICE_LEVEL, claim->level,
              (double)waited / (double)SIM_DAY);
}

/* Take a claim off its list, if it is on any. */
static void end(struct world *world, const struct person *person,
                struct claim *claim, bool granted)
{
    struct level_now *now;
    uint32_t at = 0;

    if (claim->level == NONE)
        return;
    count_wait(world, claim, granted);
    now = &world->level[claim->level];
    while (now->waiting[at] != person->index)
        at++;
    memmove(&now->waiting[at], &now->waiting[at + 1],
            (now->waiting_count - at - 1) * sizeof *now->waiting);
    now->waiting_count--;
    claim->level = NONE;
}

static bool is_planned(enum move_cause cause)
{
    return cause == MOVE_PLANNED || cause == MOVE_TIMED_OUT;
}

void claims_make(struct world *world, struct person *person, uint32_t level,
                 enum move_cause cause)
{
    struct claim *claim = claims_on(person, level);

    if (claim) {
        /* Wanted there before, and now to go there as planned. */
        if (is_planned(cause))
            claim->cause = cause;
        return;
    }
    claim = &person->claim[is_planned(cause) ? CLAIM_NEXT : CLAIM_WANTED];
    end(world, person, claim, false);
    *claim = (struct claim){level, world->now, cause};
    join(world, person, level);
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

struct person *claims_first_from(struct world *world, uint32_t level,
                                 uint32_t from)
{
    const struct level_now *now = &world->level[level];

    for (uint32_t i = 0; i < now->waiting_count; i++)
        if (world->person[now->waiting[i]].level == from)
            return &world->person[now->waiting[i]];
    return NULL;
}

void claims_finish(struct world *world, const struct person *person)
{
    for (int i = 0; i < CLAIMS; i++)
        if (person->claim[i].level != NONE)
            count_wait(world, &person->claim[i], false);
}
