/*
 * Decisions: what becomes of a plan at the end of a step, and disengagement.
 *
 * A step ends at 00:00 of segment_end. Where the plan asks for a review the
 * decision waits for that contact: it is planned for the first review day from
 * then on, the step's last week repeating meanwhile, and the decision is taken
 * at the midnight after it was completed. One that was missed is planned again
 * for the next review day. Someone disengaged has no contacts, so their plan
 * goes on without a review.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/tasks_impl.h"
#include "models/world_impl.h"

#define LAST_WEEK 7 /* days of a step that repeat while a review is awaited */
#define REVIEW_SOUGHT 400 /* days in which a review day must lie */

static const struct plan *plan_of(const struct world *world,
                                  const struct person *person)
{
    return &world->scenario->plan[person->plan];
}

static const struct step *step_of(const struct world *world,
                                  const struct person *person)
{
    return &plan_of(world, person)->step[person->step];
}

/* Count something that happened to a plan. */
static void count_plan(struct world *world, struct person *person,
                       enum counter counter)
{
    count_person(world, person, counter);
}

void decisions_reset(struct world *world, struct person *person)
{
    person->decided = DECIDE_NOTHING;
    person->review = REVIEW_NOT_ASKED;
    if (plan_of(world, person)->review_kind != NONE)
        clock_clear(world, person, CLOCK_REVIEW);
}

/* ---- the rule ---- */

bool decisions_no_worse_than(const struct person *person, uint32_t state)
{
    for (uint32_t i = 0; i < person->condition->state_count; i++)
        if (person->condition->state[i] == state)
            return person->state <= i;
    return true;
}

static bool may_advance(const struct world *world, const struct person *person)
{
    const struct plan *plan = plan_of(world, person);

    if (person->repeat_next)
        return false;
    if (plan->no_alert_for > 0 &&
        (person->alert != NONE ||
         person->alert_last > world->now - plan->no_alert_for))
        return false;
    /* Just enough is enough: 0.56 x 25 is a little more than 14 in binary. */
    if (person->step_ended > 0 &&
        person->step_done < plan->contacts_done * person->step_ended - 1e-9)
        return false;
    return plan->advance_state == NONE || !person->condition ||
           decisions_no_worse_than(person, plan->advance_state);
}

/* Whether the rule is kept to this time; else people are moved on. */
static bool is_followed(const struct world *world, const struct person *person,
                        int32_t today)
{
    const struct plan *plan = plan_of(world, person);

    return plan->rule_followed >= 1 ||
           person_uniform(world, person, PURPOSE_RULE, plan->tag,
                          (uint32_t)today) < plan->rule_followed;
}

/* ---- what is decided ---- */

/* The plan is over. Whoever goes on at once has left it with its clocks. */
static void finish(struct world *world, struct person *person)
{
    uint32_t generation = person->generation, stays = person->stays;

    places_move_on(world, person, MOVE_PLANNED);
    if (person->generation != generation || person->stays != stays)
        return;
    clock_clear(world, person, CLOCK_STEP);
    plans_pause(world, person);
}

static inline void advance(struct world *world, struct person *person,
                           int32_t today)
{
    if (person->step + 1 < plan_of(world, person)->step_count) {
        person->advanced_at = world->now;
        journey_plan(world, person, JOURNEY_ADVANCED);
        plans_enter_step(world, person, person->step + 1, today);
        course_advanced(world, person);
        return;
    }
    finish(world, person);
}

static void restart(struct world *world, struct person *person, int32_t today)
{
    count_plan(world, person, COUNT_RESTARTS);
    journey_plan(world, person, JOURNEY_RESTARTED);
    plans_enter_step(world, person, 0, today);
}

static __attribute__((noinline)) void
step_back(struct world *world, struct person *person, int32_t today)
{
    count_plan(world, person, COUNT_STEP_BACKS);
    journey_plan(world, person, JOURNEY_STEPPED_BACK);
    plans_enter_step(world, person, person->step ? person->step - 1 : 0, today);
}

/* The last days of the step again. */
static void go_on(struct world *world, struct person *person, int32_t today)
{
    int32_t days = step_of(world, person)->days;
    int32_t each = plan_of(world, person)->repeat_days;

    if (each <= 0 || each > days)
        each = days;
    decisions_reset(world, person);
    person->repeat_next = false;
    plans_run_from(world, person, today, days - each);
}

static void repeat(struct world *world, struct person *person, int32_t today)
{
    count_plan(world, person, COUNT_REPEATS);
    journey_plan(world, person, JOURNEY_REPEATED);
    person->repeats++;
    go_on(world, person, today);
}

/* The step was repeated as often as it may be, and still nobody may advance. */
static void after_last(struct world *world, struct person *person,
                       int32_t today)
{
    const struct plan *plan = plan_of(world, person);

    switch (plan->after_last) {
    case AFTER_LAST_STEP_BACK:
        step_back(world, person, today);
        break;
    case AFTER_LAST_MOVE:
        /* Until there is a place the step goes on as it did. */
        go_on(world, person, today);
        places_ask(world, person, plan->after_last_level, MOVE_EFFECT);
        break;
    default:
        advance(world, person, today);
    }
}

/* What happens instead where nobody may advance. Not inlined, nor is what else
 * most steps do not end with. */
static __attribute__((noinline)) void stay(struct world *world,
                                           struct person *person, int32_t today)
{
    const struct plan *plan = plan_of(world, person);

    if (plan->otherwise == OTHERWISE_STEP_BACK)
        step_back(world, person, today);
    else if (person->repeats < plan->repeat_most)
        repeat(world, person, today);
    else
        after_last(world, person, today);
}

static void decide(struct world *world, struct person *person, int32_t today)
{
    if (may_advance(world, person) || !is_followed(world, person, today))
        advance(world, person, today);
    else
        stay(world, person, today);
}

/* ---- reviews ---- */

/* Plan the review for the first review day from `day` on. */
static void plan_review(struct world *world, struct person *person, int32_t day)
{
    const struct plan *plan = plan_of(world, person);
    const struct kind *kind = &world->scenario->kind[plan->review_kind];
    int32_t last = day + REVIEW_SOUGHT;

    while (day < last &&
           !sim_civil_in(&world->scenario->civil, day, plan->review_days))
        day++;
    person->review_day = day;
    person->review_lead =
        contacts_lead(world, person, plan->review_kind, day, 0, plan->tag);
    clock_set(world, person, CLOCK_REVIEW,
              (sim_ms)day * SIM_DAY + person_time_of(person, kind) -
                  person->review_lead,
              PHASE_EVENTS);
}

/* Whether the decision has to wait for a review. */
static bool waits_for_review(const struct world *world,
                             const struct person *person)
{
    return plan_of(world, person)->review_kind != NONE && !person->disengaged &&
           person->review != REVIEW_DONE;
}

/* Wait for it, and ask for one. */
static __attribute__((noinline)) void
await_review(struct world *world, struct person *person, int32_t today)
{
    int32_t days = step_of(world, person)->days;

    if (person->review == REVIEW_NOT_ASKED) {
        person->review = REVIEW_AWAITED;
        plan_review(world, person, today);
    }
    plans_run_from(world, person, today,
                   days > LAST_WEEK ? days - LAST_WEEK : 0);
}

void decisions_review_due(struct world *world, struct person *person)
{
    const struct plan *plan = plan_of(world, person);
    const struct kind *kind = &world->scenario->kind[plan->review_kind];
    sim_ms due =
        (sim_ms)person->review_day * SIM_DAY + person_time_of(person, kind);
    struct upcoming upcoming = {.from = due - person->review_lead,
                                .lead = person->review_lead,
                                .window = kind->window,
                                .day = person->review_day};

    clock_clear(world, person, CLOCK_REVIEW);
    contacts_plan(world, person, plan->review_kind, &upcoming);
    if (world->error == SIM_OK)
        task_make_review(&world->task[person->task]);
    contacts_begin(world);
}

void decisions_reviewed(struct world *world, struct person *person, bool done)
{
    int32_t tomorrow = sim_day_of(world->now) + 1;

    if (person->plan == NONE || person->review != REVIEW_AWAITED)
        return;
    if (!done && !person->disengaged) {
        plan_review(world, person, tomorrow);
        return;
    }
    person->review = REVIEW_DONE;
    clock_set(world, person, CLOCK_STEP, (sim_ms)tomorrow * SIM_DAY,
              PHASE_EVENTS);
}

/* ---- the end of a step ---- */

void plans_step_due(struct world *world, struct person *person)
{
    int32_t today = sim_day_of(world->now);
    enum decision decided = person->decided;

    round_break_of(world, person);
    person->decided = DECIDE_NOTHING;
    if (decided == DECIDE_RESTART)
        restart(world, person, today);
    else if (decided == DECIDE_STEP_BACK)
        step_back(world, person, today);
    else if (waits_for_review(world, person))
        await_review(world, person, today);
    else
        decide(world, person, today);
}

void plans_decide(struct world *world, struct person *person,
                  enum decision decision)
{
    /* Of two decisions before one midnight the restart goes further back. */
    if (person->plan == NONE || person->decided == DECIDE_RESTART ||
        person->move_decided || person->blocked_since != SIM_NEVER)
        return;
    person->decided = decision;
    clock_set(world, person, CLOCK_STEP,
              (sim_ms)(sim_day_of(world->now) + 1) * SIM_DAY, PHASE_EVENTS);
}

/* ---- disengagement ---- */

/* Nobody will come to the review that is awaited: decide without it. */
static void forgo_review(struct world *world, struct person *person)
{
    if (person->review != REVIEW_AWAITED)
        return;
    clock_clear(world, person, CLOCK_REVIEW);
    decisions_reviewed(world, person, false);
}

void plans_disengage(struct world *world, struct person *person)
{
    if (person->plan == NONE || person->disengaged)
        return;
    person->disengaged = true;
    journey_plan(world, person, JOURNEY_DISENGAGED);
    count_person(world, person, COUNT_DISENGAGED);
    plans_pause(world, person);
    clock_clear(world, person, CLOCK_DISENGAGE);
    contacts_withdraw(world, person, WITHDRAW_PLANNED, NONE);
    forgo_review(world, person);
    responses_trigger(world, person,
                      world->scenario->trigger_response[TRIGGER_DISENGAGED]);
}

void plans_engage(struct world *world, struct person *person)
{
    if (person->plan == NONE || !person->disengaged)
        return;
    person->disengaged = false;
    journey_plan(world, person, JOURNEY_ENGAGED);
    person->misses = 0;
    course_disengage_search(world, person);
    /* Today's contacts are over: planned contacts go on tomorrow. */
    plans_schedule(world, person, sim_day_of(world->now) + 1);
}
