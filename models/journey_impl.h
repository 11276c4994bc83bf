#ifndef MODELS_JOURNEY_IMPL_H
#define MODELS_JOURNEY_IMPL_H
/*
 * Hooks: one call where something happens, free where nobody keeps a log.
 * Each looks whether there is one before it looks at anything else; what it
 * then does is out of the way of the handlers, in journey.c.
 * Included by world_impl.h, which has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/journey.h"

struct world;
struct person;
struct task;

/* Never inlined: a handler only pays for the question. */
#define JOURNEY_COLD __attribute__((cold, noinline))

JOURNEY_COLD void journey_note_person(struct world *world,
                                      const struct person *person);
JOURNEY_COLD void journey_note_present(struct world *world,
                                       const struct person *person);
JOURNEY_COLD void journey_note(struct world *world, const struct person *person,
                               enum journey_type type, uint32_t a, uint32_t b,
                               sim_ms x);
JOURNEY_COLD void journey_note_entered(struct world *world,
                                       const struct person *person,
                                       uint32_t cause);
JOURNEY_COLD void journey_note_plan(struct world *world,
                                    const struct person *person,
                                    enum journey_type type);
JOURNEY_COLD void journey_note_state(struct world *world,
                                     const struct person *person,
                                     enum journey_type type);
JOURNEY_COLD void journey_note_alert(struct world *world,
                                     const struct person *person);
JOURNEY_COLD void journey_note_sign(struct world *world,
                                    const struct task *task, uint32_t sign);
JOURNEY_COLD void journey_note_contact(struct world *world,
                                       const struct task *task,
                                       enum journey_type type, uint32_t a);
JOURNEY_COLD void journey_note_added(struct world *world,
                                     const struct person *person,
                                     uint32_t concern);
JOURNEY_COLD void journey_note_ended(struct world *world,
                                     const struct task *task);
JOURNEY_COLD void journey_note_dropped(struct world *world,
                                       const struct task *task, uint32_t end);
JOURNEY_COLD void journey_note_over(struct world *world,
                                    const struct task *task);
JOURNEY_COLD void journey_note_team(struct world *world, uint32_t worker,
                                    enum journey_type type,
                                    const struct occasion *occasion, sim_ms y);
/* A rostered place on a date: on duty as `index` of the pool, or nobody came
 * (SIM_NO_WORKER). */
JOURNEY_COLD void journey_note_worker(struct world *world, uint32_t index,
                                      const struct sim_worker *worker);
JOURNEY_COLD void journey_note_cost(struct world *world, uint32_t role,
                                    double amount);

/* Whether there is a log. Nearly always not: what follows is moved aside. */
static inline bool journey_kept(const struct world *world)
{
    return __builtin_expect(world->journey != NULL, 0);
}

/* Someone is referred; before anything else is noted of them. */
static inline void journey_person(struct world *world,
                                  const struct person *person)
{
    if (journey_kept(world))
        journey_note_person(world, person);
}
/* Someone who was there before the run, with all that goes on; before anything
 * else is noted of them. */
static inline void journey_present(struct world *world,
                                   const struct person *person)
{
    if (journey_kept(world))
        journey_note_present(world, person);
}
/* Anything that needs only what enum journey_type says. */
static inline void journey_add(struct world *world, const struct person *person,
                               enum journey_type type, uint32_t a, uint32_t b,
                               sim_ms x)
{
    if (journey_kept(world))
        journey_note(world, person, type, a, b, x);
}
/* The person is in a new level. */
static inline void journey_entered(struct world *world,
                                   const struct person *person, uint32_t cause)
{
    if (journey_kept(world))
        journey_note_entered(world, person, cause);
}
/* A step is entered; or, before it is, what was decided on the present one. */
static inline void journey_plan(struct world *world,
                                const struct person *person,
                                enum journey_type type)
{
    if (journey_kept(world))
        journey_note_plan(world, person, type);
}
/* The person is in another state, by itself or after a crisis. */
static inline void journey_state(struct world *world,
                                 const struct person *person,
                                 enum journey_type type)
{
    if (journey_kept(world))
        journey_note_state(world, person, type);
}
/* The person's alert has been raised. */
static inline void journey_alert(struct world *world,
                                 const struct person *person)
{
    if (journey_kept(world))
        journey_note_alert(world, person);
}
static inline void journey_sign(struct world *world, const struct task *task,
                                uint32_t sign)
{
    if (journey_kept(world))
        journey_note_sign(world, task, sign);
}
/* The contact just planned is one that a concern adds. */
static inline void journey_added(struct world *world,
                                 const struct person *person, uint32_t concern)
{
    if (journey_kept(world))
        journey_note_added(world, person, concern);
}
/* Face time, or the wait at the door, is over, and nothing of it has been done
 * yet. */
static inline void journey_ended(struct world *world, const struct task *task)
{
    if (journey_kept(world))
        journey_note_ended(world, task);
}
/* The contact will not come about: `end` of enum contact_end, if it fell due.
 * Before its staff are released. */
static inline void journey_dropped(struct world *world, const struct task *task,
                                   uint32_t end)
{
    if (journey_kept(world))
        journey_note_dropped(world, task, end);
}
/* A contact is under way and goes on, but the stay it was for is over. */
static inline void journey_detached(struct world *world,
                                    const struct task *task)
{
    if (journey_kept(world))
        journey_note_contact(world, task, JOURNEY_CONTACT_OF, task->stay);
}
/* Staff have finished with an ended contact, and are about to be released:
 * everything that its task still says. */
static inline void journey_over(struct world *world, const struct task *task)
{
    if (journey_kept(world))
        journey_note_over(world, task);
}
/* Team time of a worker: JOURNEY_TEAM or JOURNEY_BUSY. */
static inline void journey_team(struct world *world, uint32_t worker,
                                enum journey_type type,
                                const struct occasion *occasion, sim_ms y)
{
    if (journey_kept(world))
        journey_note_team(world, worker, type, occasion, y);
}
/* Nobody came for a rostered place on a date. */
static inline void journey_absent(struct world *world,
                                  const struct sim_worker *worker)
{
    if (journey_kept(world))
        journey_note_worker(world, SIM_NO_WORKER, worker);
}
static inline void journey_cost(struct world *world, uint32_t role,
                                double amount)
{
    if (journey_kept(world))
        journey_note_cost(world, role, amount);
}
#endif
