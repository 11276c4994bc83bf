/*
 * The loop of one replication: design, section 3, rule 1.
 *
 * At one instant: posts first, then moments of phase (a) until none is left;
 * then (b), free places and free staff are allotted once, and back to (a) if
 * that changed something now; then the later phases in their order. The phase
 * numbers of the calendar give that order; (b) happens when the next moment is
 * of a later phase than the last, or of another instant, and an allotment may
 * change something. So whatever closes at an instant does before anything that
 * this frees, or puts in line, is allotted: who gets it is for rule 9 to say,
 * and not for the order in which they happened to close.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/replication.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "models/count_impl.h"
#include "models/service_impl.h"
#include "models/verify_impl.h"
#include "models/world_impl.h"

#define ROUNDS_MAX 1000

struct replication {
    struct world world;
};

int replication_new(const struct scenario *scenario,
                    const struct layout *layout, struct replication **out)
{
    struct replication *replication = calloc(1, sizeof *replication);
    int err;

    *out = NULL;
    if (!replication)
        return SIM_ERR_NO_MEMORY;
    err = world_init(&replication->world, scenario, layout);
    if (err != SIM_OK) {
        free(replication);
        return err;
    }
    *out = replication;
    return SIM_OK;
}

void replication_free(struct replication *replication)
{
    if (replication)
        world_clear(&replication->world);
    free(replication);
}

const char *replication_trouble(const struct replication *replication)
{
    return replication->world.trouble;
}

void replication_log(struct replication *replication, struct journey *journey)
{
    replication->world.journey = journey;
}

/* ---- dispatch ---- */

static void person_due(struct world *world, struct person *person)
{
    static void (*const handler[CLOCK_COUNT])(struct world *,
                                              struct person *) = {
        [CLOCK_CONDITION] = course_due,
        [CLOCK_DUE] = plans_contacts_due,
        [CLOCK_STEP] = plans_step_due,
        [CLOCK_STAY] = places_stay_due,
        [CLOCK_LEAVES] = places_leaves_due,
        [CLOCK_LONGEST] = places_longest_due,
        [CLOCK_ACTION] = responses_action_due,
        [CLOCK_DISENGAGE] = course_disengage_due,
        [CLOCK_HANDOVER] = handover_late_due,
        [CLOCK_BLUR] = handover_blur_due,
        [CLOCK_GIVES_UP] = claims_gives_up_due,
        [CLOCK_EPISODE] = course_episode_due,
        [CLOCK_REVIEW] = decisions_review_due,
        [CLOCK_CONCERN] = concerns_due,
        [CLOCK_REACH] = course_reach_due,
    };

    enum clock clock = (enum clock)(person->least & ((1u << CLOCK_BITS) - 1));

    /* Several of one line may be due now: all go before what else is. */
    while (clock > CLOCK_DUE && person->due_from <= world->now)
        plans_contact_due(world, person);
    handler[clock](world, person);
}

/* So many tasks with slots and their people are not all in the second cache. */
#define SLOTS_ANYWHERE 2048u

/* Of contacts that end at one moment, as thousands do in a national service,
 * the lowest slot goes first: have those of the next ones fetched, first the
 * tasks, then the people. Always inline: GCC would take a call that returns
 * nothing for useless. */
static inline __attribute__((always_inline)) void
fetch_ahead(const struct world *world, uint32_t slot)
{
    const uint32_t *task = &world->serves[slot];
    uint32_t left = world->serves_count - slot;

    if (left <= 8)
        return;
    __builtin_prefetch(&world->task[task[8]]);
    __builtin_prefetch(&world->task[task[8]].worker);
    if (world->task[task[4]].person != NONE) {
        const struct person *person =
            &world->person[world->task[task[4]].person];

        __builtin_prefetch(person);
        __builtin_prefetch(&person->with);
        __builtin_prefetch(&person->last_contact);
    }
}

static inline void worker_due(struct world *world, uint32_t slot)
{
    if (world->round.count > 0) {
        round_due(world);
        return;
    }
    if (world->serves_count >= SLOTS_ANYWHERE)
        fetch_ahead(world, slot);
    service_due(world, &world->task[world->serves[slot]]);
}

static void slot_due(struct world *world, uint32_t slot)
{
    uint32_t shifts = world->scenario->shift_count;

    if (slot < shifts)
        duty_due(world, slot);
    else if (slot < world->slot_team)
        referrals_due(world, slot - shifts);
    else if (slot < world->slot_closings)
        team_time_due(world, slot - world->slot_team);
    else if (slot < world->slot_waits)
        waiting_closing_due(world, slot - world->slot_closings);
    else
        service_other_due(
            world, &world->task[world->slot_task[slot - world->slot_waits]]);
}

/* ---- the loop ---- */

/* What has gone round at one instant. */
struct gone_round {
    sim_ms at;
    uint64_t posts, allotted;
};

/* More rounds at one instant than any sane pathway needs: say what goes round.
 */
static __attribute__((noinline)) void fail_loop(struct world *world,
                                                const struct post *post)
{
    const struct scenario *s = world->scenario;
    const char *what = post ? s->response[post->response].name
                            : "places and staff are handed out again and again";
    char text[256];

    snprintf(text, sizeof text,
             "more than %d rounds at one instant (day %d): %s%s", ROUNDS_MAX,
             (int)sim_day_of(world->now), post ? "the response to " : "", what);
    world_fail(world, SIM_ERR_LOOP, text);
}

/* What would be sane at most for all people of the model together. */
static uint64_t most_rounds(const struct world *world)
{
    return ROUNDS_MAX * ((uint64_t)world->person_count + 1);
}

/* Begin to count anew where time has gone on. */
static void count_from_now(const struct world *world, struct gone_round *gone)
{
    if (gone->at < world->now)
        *gone = (struct gone_round){.at = world->now};
}

/* Handle posts in order until none is left. Not inlined: the loop then keeps in
 * registers what it asks for at every turn. */
static __attribute__((noinline)) void handle_posts(struct world *world,
                                                   struct gone_round *gone)
{
    count_from_now(world, gone);
    while (world->post_first < world->post_count && world->error == SIM_OK) {
        const struct post *post = &world->post[world->post_first++];
        if (++gone->posts > most_rounds(world)) {
            fail_loop(world, post);
            return;
        }
        responses_post(world, post);
    }
    world->post_first = world->post_count = 0;
}

static bool allot(struct world *world)
{
    bool moved = (world->dirty & DIRTY_PLACES) && places_allot(world);

    /* People who moved may have changed what staff are wanted for: first the
     * effects of that, then staff. */
    if (moved)
        return true;
    return (world->dirty & DIRTY_STAFF) && service_allot(world);
}

/* Of many who wait, each may be a round of their own: of contacts of no length,
 * say. */
static void allot_once(struct world *world, struct gone_round *gone)
{
    count_from_now(world, gone);
    if (allot(world) && ++gone->allotted > most_rounds(world))
        fail_loop(world, NULL);
}

void replication_loop(struct world *world)
{
    const struct sim_calendar *calendar = world->calendar;
    const struct sim_calendar *services = world->services;
    const struct sim_calendar *people = world->people;
    struct gone_round gone = {.at = 0};

    for (;;) {
        uint64_t first, worker, person;
        bool is_worker, is_person;
        struct sim_moment next;

        if (world->post_count > 0)
            handle_posts(world, &gone);
        first = sim_calendar_first(calendar);
        worker = sim_calendar_first(services);
        person = sim_calendar_first(people);
        /* At one moment tasks go before people: what becomes of someone whose
         * contact ends just then must not depend on who has which slot. */
        is_worker = (worker | SIM_SLOTS_MAX) < first;
        first = is_worker ? worker : first;
        is_person = (person | SIM_SLOTS_MAX) < first;
        next = sim_moment_of(is_person ? person : first);
        if (world->dirty &&
            (next.time > world->now || next.phase > world->phase)) {
            allot_once(world, &gone);
            continue;
        }
        /* So is that of an empty calendar; and everything once it failed. */
        if (next.time >= world->stop)
            break;
        world->now = next.time;
        world->phase = (enum phase)next.phase;
        if (is_person)
            person_due(world, &world->person[next.slot]);
        else if (is_worker)
            worker_due(world, next.slot);
        else
            slot_due(world, next.slot);
    }
}

int replication_run(struct replication *replication, uint32_t seed,
                    uint32_t index, double *record)
{
    struct world *world = &replication->world;

    world_reset(world, seed, index);
    count_reset(world, record);
    if (journey_kept(world))
        journey_reset(world->journey);
    duty_begin(world);
    caseload_begin(world);
    referrals_begin(world);
    replication_loop(world);
    if (world->error != SIM_OK)
        return world->error;
    world->now = world->end;
    places_finish(world);
    contacts_finish(world);
    count_finish(world);
    return world_verify(world);
}
