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
 * Two calendars, because two small trees are lower than one large. `people`
 * has a slot for each person. `calendar` has first one for the end and one for
 * the start of each shift, then one for each cohort's next referral, then one
 * for each task. At one time and phase those of shifts and cohorts go first,
 * then person 0, task 0, person 1, task 1, ...
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/measure.h"
#include "models/person_impl.h"
#include "models/scenario.h"
#include "sim/calendar.h"
#include "sim/chance.h"
#include "sim/points.h"
#include "sim/pool.h"
#include "sim/queue.h"
#include "sim/rota.h"

/* What a named random number decides. The numbers are part of what makes a run
 * repeatable: new ones go at the end. */
enum purpose {
    PURPOSE_REFERRAL = 1,
    PURPOSE_BEGIN,
    PURPOSE_VARIES,
    PURPOSE_CHANGE,
    PURPOSE_DISENGAGE_RATE,
    PURPOSE_DISENGAGE_MISS,
    PURPOSE_STAY,
    PURPOSE_CONTACT, /* word 0: place in the queue; words 2, 3: attendance */
    PURPOSE_TRAVEL,
    PURPOSE_LASTS,
    PURPOSE_NOTES,
    PURPOSE_NOT_THERE,
    PURPOSE_NOTICE,
    PURPOSE_SIGN_RENEWAL,
    PURPOSE_SIGN_RENEWED,
    PURPOSE_SIGN_STATE,
    PURPOSE_SIGN_CONTACT,
    PURPOSE_ACTS,
    PURPOSE_SUCCEEDS,
    PURPOSE_SETTLE,
    PURPOSE_OUTCOME,
    PURPOSE_HANDOVER,
    PURPOSE_ABSENCE,
    PURPOSE_BANK,
    PURPOSE_RESPONSE_CONTACT
};

/* Something to be done before the calendar goes on. */
enum post_type { POST_TRIGGER, POST_EFFECT };
struct post {
    enum post_type type;
    uint32_t person, generation;
    uint32_t response; /* trigger; or whose effect it is */
    uint32_t list;     /* for names */
    uint32_t topic;    /* tag of the action or outcome, for names */
    const struct effect *effect;
    bool crisis; /* the effect is an outcome of a crisis */
};

/* A level as it stands. */
struct level_now {
    uint32_t taken;    /* places taken */
    sim_ms since;      /* of the last change of `taken` */
    uint32_t *waiting; /* people, best claim first */
    uint32_t waiting_count, waiting_room;
    uint32_t most; /* largest `taken` in the measured period */
};

struct cohort_now {
    uint32_t number; /* of the next referral */
    sim_ms next;
};

/* One shift: the workers of its present run, by role and place. */
struct shift_now {
    int32_t day;      /* of the next start */
    uint32_t *worker; /* workers on duty of the present run */
    uint32_t worker_count;
    struct sim_attendance_state *place; /* [places of all roles] */
};

struct world {
    const struct scenario *scenario;
    const struct layout *layout;
    struct sim_chance chance;
    struct sim_calendar *calendar, *people;
    struct sim_pool *pool;
    struct sim_queue *queue;
    sim_ms now, end;
    sim_ms from, until; /* the measured period */
    enum phase phase;
    bool dirty_staff, dirty_places; /* an allotment may change something */
    int error;                      /* first error of a handler */
    char trouble[256];

    struct person *person;
    uint32_t person_count, person_room, person_free;
    uint32_t *free_person;
    /* What people own in arrays beside them: [person][...]. */
    struct sim_points *points;   /* [person][change_most + 1] */
    struct upcoming *upcoming;   /* [person][planned_most] */
    struct response_list *lists; /* [person][response_count] */
    struct sign_state *signs;    /* [person][sign_count] */
    struct kind_day *kind_days;  /* [person][kind_count] */
    bool *shows; /* [state]: whether any sign can be seen in it */
    uint32_t change_most, planned_most;
    struct due_line *due_line; /* [step of all plans][planned_most] */

    struct task *task;
    uint32_t task_count, task_room, task_free;
    uint32_t *free_task;

    struct post *post;
    size_t post_first, post_count, post_room;

    struct level_now *level;
    struct cohort_now *cohort;
    struct shift_now *shift;
    struct sim_line *line;
    struct sim_option *option; /* of all lines */
    struct way *way;           /* of all kinds */
    struct ways *ways;         /* [kind] */
    bool has_on_call;          /* any role is on call */
    uint32_t slot_tasks;       /* first slot of tasks in `calendar` */

    struct tallies *tallies;
    double *record;
    double events;
    uint64_t in, out; /* people referred, people gone */
    uint64_t tasks_made, tasks_dropped;
    uint64_t contacts_open; /* planned, measured, not ended when the run is */
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

/* Append a post; posts are handled in this order before time goes on. */
void world_post(struct world *world, const struct post *post);

/* Calendar slots. */
static inline uint32_t slot_of_task(const struct world *world, uint32_t i)
{
    return world->slot_tasks + i;
}

/* A new person, zeroed but for index and generation, or a task, to be filled
 * in; NULL, with the world's error set, where there is no room. Pointers to
 * people and tasks are valid until the next call. */
struct person *person_new(struct world *world);
void person_release(struct world *world, struct person *person);
struct task *task_add(struct world *world); /* one never used before */
static inline struct task *task_new(struct world *world)
{
    return world->task_free ? &world->task[world->free_task[--world->task_free]]
                            : task_add(world);
}
static inline void task_release(struct world *world, struct task *task)
{
    uint32_t index = (uint32_t)(task - world->task);

    SIM_REQUIRE(task->state != TASK_UNUSED);
    sim_calendar_clear(world->calendar, slot_of_task(world, index));
    task->state = TASK_UNUSED;
    world->free_task[world->task_free++] = index;
}

/* Set or clear one of a person's clocks. `time` before now means now; at or
 * beyond the end of the run it is kept, and never comes. */
void clock_set(struct world *world, struct person *person, enum clock clock,
               sim_ms time, enum phase phase);
void clock_clear(struct world *world, struct person *person, enum clock clock);

/* A name of something about `person`. */
static inline struct sim_name person_name(const struct world *world,
                                          const struct person *person,
                                          enum purpose purpose, uint32_t topic,
                                          uint32_t index)
{
    struct sim_name name = {
        .owner = world->scenario->cohort[person->cohort].tag,
        .number = person->number,
        .topic = topic,
        .purpose = (uint8_t)purpose,
    };

    sim_name_index(&name, index);
    return name;
}
double person_uniform(const struct world *world, const struct person *person,
                      enum purpose purpose, uint32_t topic, uint32_t index);

/* Arrays beside the people. */
static inline struct sim_points *person_points(struct world *world,
                                               const struct person *person)
{
    return &world->points[(size_t)person->index * (world->change_most + 1)];
}
static inline struct upcoming *person_upcoming(struct world *world,
                                               const struct person *person)
{
    return &world->upcoming[(size_t)person->index * world->planned_most];
}
static inline struct response_list *person_lists(struct world *world,
                                                 const struct person *person)
{
    return &world->lists[(size_t)person->index *
                         world->scenario->response_count];
}

/* The state of `person` among the scenario's states; 0 without a condition. */
static inline uint32_t person_state(const struct person *person)
{
    return person->condition ? person->condition->state[person->state] : 0;
}
static inline const struct level *person_level(const struct world *world,
                                               const struct person *person)
{
    return person->level == NONE ? NULL
                                 : &world->scenario->level[person->level];
}

/* ---- course.c: the condition ---- */

/* Begin a person's condition, before any level; its first change is to be
 * searched for when it is known where they are. */
void course_begin(struct world *world, struct person *person);
/* Find the next change again: something in the hazard has risen or changed. */
void course_search(struct world *world, struct person *person);
/* An advance within the plan may have raised it. */
void course_advanced(struct world *world, struct person *person);
/* A contact has lowered the hazard: the change found is checked when it comes.
 * For people whose condition contacts protect. */
void course_protect(struct world *world, struct person *person,
                    double protects);
static inline bool course_is_protected(const struct person *person)
{
    return person->condition && person->condition->after_contact.times != 1;
}
/* CLOCK_CONDITION. */
void course_due(struct world *world, struct person *person);
/* CLOCK_DISENGAGE, and finding it again. */
void course_disengage_due(struct world *world, struct person *person);
void course_disengage_search(struct world *world, struct person *person);
/* CLOCK_EPISODE: after a crisis, at the end of the instant. */
void course_episode_due(struct world *world, struct person *person);
/* One state better. */
void course_settle(struct world *world, struct person *person);
/* Close what is open of an episode when someone leaves. */
void course_end(struct world *world, struct person *person);

/* ---- referrals.c ---- */

void referrals_begin(struct world *world);
void referrals_due(struct world *world, uint32_t cohort);

/* ---- places.c: levels, waiting lists, moves ---- */

/* Why someone moves: decides what is counted. */
enum move_cause { MOVE_PLANNED, MOVE_TIMED_OUT, MOVE_EFFECT, MOVE_CRISIS };
/* The plan or the stay is over: move on to the level's `then`, when `leaves`
 * allows. */
void places_move_on(struct world *world, struct person *person,
                    enum move_cause cause);
/* Ask for a place in `level`, or NONE: leave the model. */
void places_ask(struct world *world, struct person *person, uint32_t level,
                enum move_cause cause);
void places_leave(struct world *world, struct person *person,
                  enum move_cause cause);
/* Phase (b), first half: free places go to who waits. Returns whether anyone
 * moved. */
bool places_allot(struct world *world);
void places_stay_due(struct world *world, struct person *person);
void places_leaves_due(struct world *world, struct person *person);
void places_longest_due(struct world *world, struct person *person);
/* A completed contact with the person: first contact, longest gap. */
void places_contact_made(struct world *world, struct person *person);
/* At the end of the run: close what is open, in the counts only. */
void places_finish(struct world *world);

/* ---- handover.c ---- */

/* A level was entered: post its task, or none is asked. */
void handover_begin(struct world *world, struct person *person);
/* The stay ends, or the run: nothing of the handover goes on. */
void handover_end(struct world *world, struct person *person);
/* The task is done. */
void handover_done(struct world *world, struct person *person);
/* CLOCK_HANDOVER: not done by its limit. CLOCK_BLUR, or the first review. */
void handover_late_due(struct world *world, struct person *person);
void handover_blur_due(struct world *world, struct person *person);

/* ---- plans.c: steps and their contacts ---- */

/* Make the lines of all steps. SIM_OK or SIM_ERR_NO_MEMORY. */
int plans_init(struct world *world) SIM_MUST_CHECK;
void plans_clear(struct world *world);
/* Begin the plan of the level just entered, or none. */
void plans_begin(struct world *world, struct person *person);
void plans_stop(struct world *world, struct person *person);
void plans_step_due(struct world *world, struct person *person);
void plans_contact_due(struct world *world, struct person *person);
/* Restart or step back at the next midnight. */
void plans_decide(struct world *world, struct person *person,
                  enum decision decision);
/* Disengaged or engaged again: planned contacts stop or go on. */
void plans_disengage(struct world *world, struct person *person);
void plans_engage(struct world *world, struct person *person);

/* ---- contacts.c: contacts are made and withdrawn ---- */

/* Make the queue's lines from the kinds. SIM_OK or SIM_ERR_NO_MEMORY. */
int contacts_init(struct world *world) SIM_MUST_CHECK;
/* How long before `due` staff may set off for a planned contact. */
sim_ms contacts_lead(const struct world *world, const struct person *person,
                     uint32_t kind, int32_t day, uint32_t nth);
/* A planned contact that staff may now set off for. `due` may be past (then it
 * falls due at once and must still be met by `until`). */
void contacts_plan(struct world *world, struct person *person, uint32_t kind,
                   const struct upcoming *upcoming);
/* A contact for action `action` of the person's list of `response`. */
void contacts_respond(struct world *world, struct person *person,
                      uint32_t response, uint32_t action, sim_ms deadline);
void contacts_handover(struct world *world, struct person *person);
/* Which tasks of a person are withdrawn: those waiting and, but for
 * WITHDRAW_LIST, those that staff are on the way to. */
enum withdrawal { WITHDRAW_ALL, WITHDRAW_PLANNED, WITHDRAW_LIST };
void contacts_withdraw(struct world *world, struct person *person,
                       enum withdrawal what, uint32_t response);
/* The person is about to go: what is under way goes on without them. */
void contacts_detach(struct world *world, struct person *person);
/* Unlink and free a task, and count the demand it made if it fell due. */
void contacts_drop(struct world *world, struct task *task);
/* Count what is still open when the run ends. */
void contacts_finish(struct world *world);
/* How long from setting off until the person is met, by way `option`. */
static inline const struct way *contacts_way(const struct world *world,
                                             uint32_t kind, uint32_t option)
{
    return &world->ways[kind].way[option];
}
static inline sim_ms contacts_approach(const struct way *way,
                                       const struct task *task)
{
    return way->on_call ? way->arrives : task->travel;
}

/* ---- service.c: contacts wait, are met and end ---- */

/* Look at a waiting task again: which options are open, its line, its next
 * moment. */
void service_review(struct world *world, struct task *task);
/* The moment of a task's slot. */
void service_due(struct world *world, struct task *task, enum phase phase);
/* Phase (b), second half: start what can start. Returns whether any did. */
bool service_allot(struct world *world);
/* Let go of a task's workers. */
void service_release(struct world *world, struct task *task);
/* The person is free: their other tasks may go on. */
void service_free_person(struct world *world, struct person *person,
                         const struct task *task);

/* ---- signs.c: seeing ---- */

/* Work out which states show. SIM_OK or SIM_ERR_NO_MEMORY. */
int signs_init(struct world *world) SIM_MUST_CHECK;
void signs_begin(struct world *world, struct person *person);
/* A completed contact with the person, which was `task`. */
void signs_look(struct world *world, struct person *person,
                const struct task *task);
/* A response to the alert has been carried out: it is closed. */
void signs_close(struct world *world, struct person *person);
/* Whether the person is unseen may have changed. */
void signs_update(struct world *world, struct person *person);
/* The stay is over: count the time unseen up to now. */
void signs_end(struct world *world, struct person *person);

/* ---- responses.c: triggers, lists, effects ---- */

void responses_begin(struct world *world, struct person *person);
/* Post a trigger; `response` NONE does nothing. */
void responses_trigger(struct world *world, const struct person *person,
                       uint32_t response);
/* CLOCK_ACTION. */
void responses_action_due(struct world *world, struct person *person);
/* What became of an action's contact. */
void responses_ended(struct world *world, struct person *person,
                     const struct task *task, bool succeeded);
void responses_close(struct world *world, struct person *person,
                     uint32_t response);
void responses_close_all(struct world *world, struct person *person);
/* A completed contact ends the lists of missed contacts. */
void responses_contact_made(struct world *world, struct person *person);
/* Handle one post. */
void responses_post(struct world *world, const struct post *post);

/* ---- duty.c: shifts ---- */

int duty_init(struct world *world) SIM_MUST_CHECK;
void duty_clear(struct world *world);
void duty_begin(struct world *world);
void duty_start_due(struct world *world, uint32_t shift);
void duty_end_due(struct world *world, uint32_t shift);
/* A worker's service ends: hours, overtime, and free again. */
void duty_release(struct world *world, uint32_t worker);

#endif
