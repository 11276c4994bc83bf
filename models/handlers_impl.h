#ifndef MODELS_HANDLERS_IMPL_H
#define MODELS_HANDLERS_IMPL_H
/*
 * What happens in a world, file by file. Functions ending in `_due` are the
 * handlers of a clock or a slot: only the loop (replication.c) calls them. The
 * others change state, set clocks and post effects for whoever calls them.
 * Included by world_impl.h, which has the types.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/moves_impl.h"
#include "models/person_impl.h"
#include "sim/error.h"

struct world;

/* ---- course.c: the condition ---- */

/* Begin a person's condition, before any level; its first change is to be
 * searched for when it is known where they are. */
void course_begin(struct world *world, struct person *person);
/* Find the next change again: something in the hazard has risen or changed. */
void course_search(struct world *world, struct person *person);
/* The same, and all else that comes at rates by state and level. */
void course_search_all(struct world *world, struct person *person);
/*
 * Where a search for the next of somebody's fixed points gives up for now: when
 * that moment comes it is searched on. Nearly everybody has left before the
 * year is over, and points beyond are drawn in vain. So long are the cells of
 * low hazards: a search draws two of them at the most.
 */
static inline sim_ms course_horizon(const struct world *world)
{
    sim_ms horizon = world->now + 32 * SIM_DAY;

    return horizon < world->end ? horizon : world->end;
}
/* An advance within the plan may have raised it. */
void course_advanced(struct world *world, struct person *person);
/* A contact has lowered the hazard: the change found is checked when it comes;
 * or has helped to get better: it is searched for again. For people whose
 * condition heeds contacts. */
void course_protect(struct world *world, struct person *person,
                    double protects);
static inline bool course_is_protected(const struct person *person)
{
    return person->condition && person->condition->heeds_contacts;
}
/* CLOCK_CONDITION. */
void course_due(struct world *world, struct person *person);
/* CLOCK_DISENGAGE, and finding it again. */
void course_disengage_due(struct world *world, struct person *person);
void course_disengage_search(struct world *world, struct person *person);
/* CLOCK_REACH: the person calls; and finding it again. */
void course_reach_due(struct world *world, struct person *person);
void course_reach_search(struct world *world, struct person *person);
/* CLOCK_EPISODE: after a crisis, at the end of the instant. */
void course_episode_due(struct world *world, struct person *person);
/* The person is in `state` (of their condition) now, whatever led to it. */
void course_put(struct world *world, struct person *person, uint32_t state);
/* One state better. */
void course_settle(struct world *world, struct person *person);
/* Close what is open of an episode when someone leaves. */
void course_end(struct world *world, struct person *person);

/* ---- person.c ---- */

/* Draw what a person keeps for life. */
void person_begin(const struct world *world, struct person *person);
/* Whether a contact due at `due` suits them: at the time of day they prefer,
 * or they prefer none. */
static inline bool person_is_content(const struct person *person, sim_ms due)
{
    return person->prefers < 0 || due % SIM_DAY == person->prefers;
}
/* The time of day of a contact of `kind` with them; -1: it has none. */
sim_ms person_time_of(const struct person *person, const struct kind *kind);

/* ---- pairs.c ---- */

/* Whether contacts of a kind can ever take two of a role in place of one. */
bool pairs_possible(const struct scenario *scenario, const struct kind *kind);
/* Whether this one does when the person is met at `time`; and when, after
 * that, the hour may change it (SIM_NEVER: it does not). */
bool pairs_needed(const struct world *world, const struct task *task,
                  sim_ms time);
sim_ms pairs_change(const struct kind *kind, sim_ms time);

/* ---- replication.c ---- */

/* Handle all moments before world->stop, which a handler may bring forward. */
void replication_loop(struct world *world);

/* ---- plans.c: steps and their contacts ---- */

/* Make the lines of all steps. SIM_OK or SIM_ERR_NO_MEMORY. */
int plans_init(struct world *world) SIM_MUST_CHECK;
void plans_clear(struct world *world);
/* Begin the plan of the level just entered, or none. */
void plans_begin(struct world *world, struct person *person);
void plans_stop(struct world *world, struct person *person);
/* Enter a step on `day`; run through it from `day` and its day `position` on;
 * plan the contacts of the present run from `day` on. */
void plans_enter_step(struct world *world, struct person *person, uint32_t step,
                      int32_t day);
void plans_run_from(struct world *world, struct person *person, int32_t day,
                    int32_t position);
void plans_schedule(struct world *world, struct person *person, int32_t day);
/* Nothing of the plan falls due any more. */
void plans_pause(struct world *world, struct person *person);
/* Someone taken over from elsewhere, who waits for nothing yet, waits for the
 * next of their upcoming contacts. */
void plans_resume(struct world *world, struct person *person);
/* CLOCK_DUE: contacts of this person and of all who wait with them. */
void plans_contacts_due(struct world *world, struct person *person);
/* The contacts of this person alone, where another of their clocks comes at the
 * same moment: what is due goes first. */
void plans_contact_due(struct world *world, struct person *person);

/* ---- decisions.c: what becomes of a plan ---- */

/* Whether the person's state is at most as severe as `state` of the scenario;
 * true where their condition does not know it. */
bool decisions_no_worse_than(const struct person *person, uint32_t state);
/* CLOCK_STEP: a step has ended, or a decision takes effect. */
void plans_step_due(struct world *world, struct person *person);
/* CLOCK_REVIEW. */
void decisions_review_due(struct world *world, struct person *person);
/* A review has ended, completed or not. */
void decisions_reviewed(struct world *world, struct person *person, bool done);
/* Nothing is decided, no review asked for: a step or a repeat begins. */
void decisions_reset(struct world *world, struct person *person);
/* Restart or step back at the next midnight. */
void plans_decide(struct world *world, struct person *person,
                  enum decision decision);
/* Disengaged or engaged again: planned contacts stop or go on. */
void plans_disengage(struct world *world, struct person *person);
void plans_engage(struct world *world, struct person *person);

/* ---- contacts.c: contacts are made and withdrawn ---- */

/* Make the queue's lines from the kinds. SIM_OK or SIM_ERR_NO_MEMORY. */
int contacts_init(struct world *world) SIM_MUST_CHECK;
/* How long before `due` staff may set off for a planned contact. `beside`: 0
 * for one of a step, or a tag of what else asks for the `nth` of that day. */
sim_ms contacts_lead(const struct world *world, const struct person *person,
                     uint32_t kind, int32_t day, uint32_t nth, uint32_t beside);
/* Contacts made days ahead (entry.c) count up from here on their day, apart
 * from those of a plan, so that no two have one name; those due on entry are
 * behind all others. */
#define NTH_AHEAD 64
#define NTH_ENTRY 127
/* A planned contact that staff may now set off for. `due` may be past (then it
 * falls due at once and must still be met by `until`). */
void contacts_plan(struct world *world, struct person *person, uint32_t kind,
                   const struct upcoming *upcoming);
/* Draw how long a contact of a kind whose times vary takes. */
void contacts_draw_times(struct world *world, struct task *task);
/* A contact for action `action` of the person's list of `response`. */
void contacts_respond(struct world *world, struct person *person,
                      uint32_t response, uint32_t action, sim_ms deadline);
void contacts_handover(struct world *world, struct person *person);
/* Which tasks of a person are withdrawn: those waiting and, but for
 * WITHDRAW_LIST, those that staff are on the way to. */
enum withdrawal { WITHDRAW_ALL, WITHDRAW_PLANNED, WITHDRAW_LIST };
void contacts_withdraw_any(struct world *world, struct person *person,
                           enum withdrawal what, uint32_t response);
static inline void contacts_withdraw(struct world *world, struct person *person,
                                     enum withdrawal what, uint32_t response)
{
    if (person->task != NONE)
        contacts_withdraw_any(world, person, what, response);
}
/* The person is about to go: what is under way goes on without them. */
void contacts_detach(struct world *world, struct person *person);
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

/* ---- waiting.c: contacts wait, or wait too long ---- */

/* Those planned since the last call begin to wait. Not each at once: much about
 * them is done for all together, which is faster. */
void contacts_begin(struct world *world);
/* Those of the batch do; it is for others now, of `kind`, as `upcoming`. */
void contacts_next_batch(struct world *world, uint32_t kind,
                         const struct upcoming *upcoming);
/* Look at a waiting task again: which options are open, its line, its next
 * moment. */
void service_review(struct world *world, struct task *task);
/* The moment of a waiting task's slot; of those of a kind closing together. */
void service_waiting_due(struct world *world, struct task *task,
                         enum phase phase);
void waiting_closing_due(struct world *world, uint32_t kind);
/* Staff set off to a task with a deadline; perhaps before it. */
void service_in_time(struct world *world, const struct task *task);

/* ---- service.c: contacts are met and end ---- */

/* Let go of a task's workers; the person's other tasks may go on. */
void service_release(struct world *world, struct task *task);
void service_free_person(struct world *world, struct person *person,
                         const struct task *task);

/* ---- signs.c: seeing ---- */

/* Work out which states show. SIM_OK or SIM_ERR_NO_MEMORY. */
int signs_init(struct world *world) SIM_MUST_CHECK;
/* For how many days looks are to be remembered. */
uint32_t signs_look_days(const struct scenario *scenario);
void signs_begin(struct world *world, struct person *person);
/* A completed contact with the person, which was `task`: where none can show a
 * look is in vain (world_impl.h), unless it is to be remembered. */
void signs_look(struct world *world, struct person *person,
                const struct task *task);
/* A response to the alert has been carried out: it is closed. */
void signs_close_alert(struct world *world, struct person *person);
static inline void signs_close(struct world *world, struct person *person)
{
    if (person->alert != NONE)
        signs_close_alert(world, person);
}
/* Whether the person is unseen may have changed. */
void signs_update(struct world *world, struct person *person);
/* The stay is over: count the time unseen up to now. */
void signs_end(struct world *world, struct person *person);
/* Take over what was noted of `from` in the past, `days` days earlier in the
 * run, for `to`. */
void signs_take_looks(struct world *world, const struct world *past,
                      const struct person *from, struct person *to,
                      int32_t days);

/* ---- duty.c, duty_crews.c: shifts ---- */

int duty_init(struct world *world) SIM_MUST_CHECK;
void duty_clear(struct world *world);
/* Work out the hours that are the same in every replication: rostered, and
 * present of roles nobody is absent from. Once, when all else is there. */
int duty_prepare(struct world *world) SIM_MUST_CHECK;
void duty_begin(struct world *world);
/* Bring `count` workers of each role who are always there and belong to no
 * shift, for a world without a rota (caseload.c). */
void duty_bring(struct world *world, uint32_t count);
/* A shift starts or ends. */
void duty_due(struct world *world, uint32_t shift);
/* A worker has served beyond the end of the shift: hours and pay. */
void duty_overtime(struct world *world, const struct sim_worker *worker);
/* At the end of the run, the hours being summed: the posts that the rostered
 * hours take, at what one whole-time person gives in a week. */
void duty_finish(struct world *world);
/* How many roles the pool has for a scenario. */
uint32_t duty_pool_roles(const struct scenario *scenario);
/*
 * The roles of the pool that can do a contact of `kind` wanted of `roles`.
 * Workers of a shift below its minimum are on duty under a role of their own,
 * which only contacts that need nobody to go out ask for. Those roles come
 * first, so that whoever may only phone is asked first.
 */
uint64_t duty_pool_set(const struct world *world, const struct kind *kind,
                       uint64_t roles);
/* What those at a contact make of the chances that a sign is noticed and that
 * an alert is acted on: the best of them counts. */
double duty_notices(const struct world *world, const struct task *task);
double duty_acts(const struct world *world, const struct task *task);

/* ---- pay.c ---- */

/* Pay for [from, until) at `rate` an hour, with the premium of each hour. */
void pay_hours(struct world *world, uint32_t role, sim_ms from, sim_ms until,
               double rate);

/* ---- team_time.c ---- */

/* After duty_init. SIM_OK or SIM_ERR_NO_MEMORY. */
int team_time_init(struct world *world) SIM_MUST_CHECK;
/* A worker comes on duty; is released by a contact, for what waits; goes. For
 * scenarios with team time. */
void team_time_begin(struct world *world, uint32_t worker);
void team_time_release(struct world *world, uint32_t worker);
void team_time_end(struct world *world, uint32_t worker);
/* The slot of a rostered place. */
void team_time_due(struct world *world, uint32_t place);
#endif
