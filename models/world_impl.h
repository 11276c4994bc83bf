#ifndef MODELS_WORLD_IMPL_H
#define MODELS_WORLD_IMPL_H
/*
 * The world of one replication, private to models/.
 *
 * Who may do what. The loop (replication.c) takes moments from the calendar
 * and posts from the world's list, and calls one handler at a time. A handler
 * changes state, sets clocks and posts effects; it calls no other event's
 * handler. Across events people and tasks are known by index and generation.
 *
 * Three calendars, because small trees are lower than a large one. `people` has
 * a slot for each person, `services` one for each worker, with the next moment
 * of what they do. `calendar` has first one for each shift, which starts or
 * ends, then one for each cohort's next referral, one for each rostered place
 * where there is team time, one for each kind of contact, at which those that
 * wait together close, then some for tasks that wait for a moment of their own.
 * At one time and phase these go before services, and services before people.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/arrivals_impl.h"
#include "models/measure.h"
#include "models/person_impl.h"
#include "models/purpose_impl.h"
#include "models/round_impl.h"
#include "models/scenario.h"
#include "sim/calendar.h"
#include "sim/chance.h"
#include "sim/points.h"
#include "sim/pool.h"
#include "sim/queue.h"
#include "sim/rota.h"

/* A level as it stands. */
struct level_now {
    uint32_t taken;    /* places taken */
    sim_ms since;      /* of the last change of `taken` */
    uint32_t *waiting; /* people, best claim first */
    uint32_t waiting_count, waiting_room;
    uint32_t most; /* largest `taken` in the measured period */
    /* While a ring is looked for (allot.c): */
    bool tried;
    uint32_t parent; /* the level whose place ... */
    uint32_t taker;  /* ... this person, who is here, would take */
};

/* What an allotment may change: bits. */
enum dirty { DIRTY_STAFF = 1, DIRTY_PLACES = 2 };

/* Whether someone comes for a place on one date, and who. */
enum comes { COMES_NOBODY, COMES_USUAL, COMES_BANK };

/* One rostered place of a shift, and its worker's team time (team_time.c). */
struct rostered {
    uint32_t shift, role; /* never change */
    enum comes comes;     /* in the run that begins or goes on */
    struct sim_attendance_state attendance;
    uint32_t worker; /* of the run, in the pool; with team time only */
    uint32_t count;  /* of its occasions ... */
    uint32_t fallen; /* ... those that have begun, ... */
    uint32_t over;   /* ... and those that are done with */
    sim_ms until;    /* in team time until then; SIM_NEVER: not in it */
};
struct occasion {
    uint32_t team; /* into scenario->team_time */
    sim_ms due;
    sim_ms length; /* known once it has begun */
};

struct world {
    const struct scenario *scenario;
    const struct layout *layout;
    struct sim_chance chance;
    struct sim_calendar *calendar, *services, *people;
    struct sim_pool *pool;
    struct sim_queue *queue;
    sim_ms now, end;
    sim_ms from, until; /* the measured period */
    enum phase phase;
    unsigned dirty; /* set of what an allotment may change; one number, as the
                       loop asks for all of it just after it was set */
    sim_ms stop;    /* the loop ends before this moment ... */
    bool is_past;   /* ... or, where this is true, at a move (caseload.c) */
    int error;      /* first error of a handler */
    char trouble[256];

    struct person *person;
    uint32_t person_count, person_room, person_free;
    uint32_t *free_person;
    /* What people own in arrays beside them: [person][...]. */
    struct sim_points_top *tops;    /* [change_most] of all people */
    struct sim_points *points;      /* [person][points_count] */
    struct upcoming *upcoming;      /* [person][planned_most] */
    struct response_list *lists;    /* [person][response_count] */
    struct sign_state *signs;       /* [person][sign_count] */
    struct kind_day *kind_days;     /* [person][kind_count] */
    struct concern_state *concerns; /* [person][concern_count] */
    struct upcoming *added;         /* [person][added_count] */
    uint16_t *looks; /* [person][look_days] signs noted that day, and 1; 0: no
                        look. Day d is at d % look_days */
    uint32_t look_days; /* as many as `rising` needs; 0: none */
    bool *shows; /* [state]: whether a look at somebody in it tells anything: a
                    sign can be seen, or looks are remembered */
    struct shown *shown; /* [state][sign] */
    bool has_presence;   /* any of them shows by presence */
    uint32_t change_most, planned_most;
    uint32_t points_count; /* of a person: of their changes, then as below */
    bool has_rates; /* more than changes comes at rates by state and level */
    struct due_line *due_line; /* [step of all plans][planned_most] */
    uint32_t *intended; /* [plan][day of the run] contacts with the person of
                           a plan begun then; NONE: not yet worked out */
    struct due_moment due[DUE_MOMENTS], due_now; /* and that which has come */

    struct task *task;
    uint32_t task_count, task_room, task_free;
    uint32_t *free_task;
    uint32_t *serves, serves_count, serves_room; /* the task of each worker */
    uint32_t *slot_task; /* [slot_count]: whose it is, from slot_waits */
    uint32_t *free_slot; /* slots of tasks that wait, which nobody has */
    uint32_t slot_count, slot_room, slot_free;
    struct due_batch batch; /* tasks that do not wait yet, as one ... */
    struct round round;     /* and those that go by themselves */
    uint32_t made[MADE_MOST], made_count; /* ... and each by itself */

    struct post *post; /* responses_impl.h */
    size_t post_first, post_count, post_room;

    struct level_now *level;
    struct cohort_now *cohort;
    struct shift_now *shift; /* duty_impl.h */
    struct sim_line *line;
    struct sim_option *option; /* of all lines */
    struct way *way;           /* of all kinds */
    struct ways *ways;         /* [kind] */
    bool has_on_call;          /* any role is on call */
    bool has_missed_lists;     /* a missed contact has a response */
    struct rostered *rostered; /* [rostered_count] of all shifts, by role */
    uint32_t rostered_count, rota_hours_count;
    struct rota_hours *rota_hours; /* a record begins with them */
    struct occasion *occasion;     /* [rostered_count][team_time_count] */
    uint64_t shortened;            /* set of roles of shifts with a minimum, */
    uint32_t shortened_count;      /* and how many they are */
    bool has_strangers;     /* some staff notice less or act less often */
    uint32_t slot_team;     /* first slot of rostered places, of */
    uint32_t slot_closings; /* kinds, and of */
    uint32_t slot_waits;    /* tasks that wait, in `calendar` */
    bool has_diverts;       /* any level diverts */
    bool has_outside;       /* from any level people wait outside */
    unsigned choosy;        /* DIRTY_PLACES where any level lets in some only */
    uint32_t *ring;         /* [level]: those still to be looked at */

    struct caseload *caseload; /* who is there at the start, or NULL */
    struct tallies *tallies;
    double *record;
    uint64_t events;
    uint64_t in, out; /* people referred, people gone */
    uint64_t tasks_made, tasks_dropped;
    uint64_t contacts_open; /* planned, measured, not ended when the run is */
    uint64_t concerns_opened, concerns_closed;

    struct journey *journey; /* the log, or NULL; not owned */
};

/* ---- world.c: making, clearing, and what all handlers use ---- */

/* Allocate for a scenario; zeroed on error. SIM_OK or SIM_ERR_NO_MEMORY. */
int world_init(struct world *world, const struct scenario *scenario,
               const struct layout *layout) SIM_MUST_CHECK;
void world_clear(struct world *world);

/* Back to an empty world at time 0, for replication `index` of `seed`. */
void world_reset(struct world *world, uint32_t seed, uint32_t index);

/* Remember the first error; the loop stops after the present handler. */
void world_fail(struct world *world, int error, const char *trouble);

/* Whether `when` lies in the measured period. */
static inline bool world_measures(const struct world *world, sim_ms when)
{
    return when >= world->from && when < world->until;
}

/* A new person, zeroed but for index and generation, or a task; NULL, with the
 * world's error set, where there is no room. Valid until the next call. */
struct person *person_new(struct world *world);
void person_release(struct world *world, struct person *person);
struct task *task_add(struct world *world); /* one never used before */
static inline struct task *task_new(struct world *world)
{
    return world->task_free ? &world->task[world->free_task[--world->task_free]]
                            : task_add(world);
}

/* A name of something about `person`, and its uniform. */
static inline struct sim_name person_name(const struct world *world,
                                          const struct person *person,
                                          enum purpose purpose, uint32_t topic,
                                          uint32_t index)
{
    struct sim_name name = {
        .owner = person->owner,
        .number = person->number,
        .topic = topic,
        .purpose = (uint8_t)purpose,
    };

    (void)world;
    sim_name_index(&name, index);
    return name;
}
double person_uniform(const struct world *world, const struct person *person,
                      enum purpose purpose, uint32_t topic, uint32_t index);
/* Of `count` names at once, at most SIM_BLOCKS. */
void world_uniforms(const struct world *world, uint32_t count,
                    const struct sim_name *name, double out[SIM_BLOCKS]);

/* Arrays beside the people. */
static inline struct sim_points *person_points(struct world *world,
                                               const struct person *person)
{
    return &world->points[(size_t)person->index * world->points_count];
}
static inline struct response_list *person_lists(struct world *world,
                                                 const struct person *person)
{
    return &world->lists[(size_t)person->index *
                         world->scenario->response_count];
}

/* A worker's owner: which place of the rota, and below that the role of the
 * scenario, as the pool may know the worker by another (see duty_pool_set). */
static inline uint32_t worker_role(const struct sim_worker *worker)
{
    return worker->owner % SIM_ROLES_MAX;
}
static inline struct rostered *worker_place(const struct world *world,
                                            const struct sim_worker *worker)
{
    return &world->rostered[worker->owner / SIM_ROLES_MAX];
}

/* The person a contact still means something for: there, in the same stay, and
 * without a crisis since staff set off (a handover is none of the person's
 * doing); or NULL. */
static inline struct person *service_meant_for(struct world *world,
                                               const struct task *task)
{
    struct person *person;

    if (task->person == NONE)
        return NULL;
    person = &world->person[task->person];
    if (task->stay != person->stays)
        return NULL;
    return task->crises == person->crises || task->state == TASK_WAITING ||
                   task->handover
               ? person
               : NULL;
}

static inline const struct level *person_level(const struct world *world,
                                               const struct person *person)
{
    return person->level == NONE ? NULL
                                 : &world->scenario->level[person->level];
}
#include "models/clocks_impl.h"
#include "models/concerns_impl.h"
#include "models/handlers_impl.h"
#include "models/journey_impl.h"
#include "models/responses_impl.h"
#endif
