/*
 * Plans: steps and their planned contacts. What is decided at the end of a step
 * is in decisions.c; what is known of steps before anything runs, in
 * plan_lines.c.
 *
 * A person runs through a step in segments: the whole step first, then, each
 * time it is repeated, its last `each` days again. Positions are days of the
 * step, so a segment maps civil days to positions. Decisions take place at
 * 00:00 of the day after a segment.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/planned_impl.h"
#include "models/world_impl.h"

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

/* ---- when contacts fall due ---- */

/* The first day on or after `day` on which a line may fall due, by its dates.
 */
static int32_t next_date(const struct world *world, const struct due_line *line,
                         int32_t day)
{
    return line->date && day >= 0 && day < world->scenario->civil.day_count
               ? line->date[day]
               : day;
}

/* The first day on or after `day` on which a line of the person's step falls
 * due, segment_end where there is none, and how often on that day: where it
 * depends on the date. */
static __attribute__((noinline)) struct due_day
due_date(const struct world *world, const struct person *person,
         const struct due_line *line, int32_t day)
{
    int32_t shift = person->segment_position - person->segment_day;
    struct due_day found = {person->segment_end, 0};

    for (day = next_date(world, line, day); day < person->segment_end;
         day = next_date(world, line, day + 1)) {
        found.count = schedule_count(line->schedule, &world->scenario->civil,
                                     day, day + shift, person->segment_position,
                                     step_of(world, person)->days);
        if (found.count > 0)
            break;
    }
    found.day = day < person->segment_end ? day : person->segment_end;
    return found;
}

/* The same of any line. */
static inline struct due_day due_day(const struct world *world,
                                     const struct person *person,
                                     const struct due_line *line, int32_t day)
{
    int32_t shift = person->segment_position - person->segment_day;
    struct due_day found;

    if (day >= person->segment_end)
        return (struct due_day){person->segment_end, 0};
    if (!line->day)
        return due_date(world, person, line, day);
    found = line->day[day + shift];
    found.day -= shift;
    return found;
}

/* When the contact falls due, and when staff may set off for it. Those of a
 * schedule "twice a day" share the window: each has a part of it to itself. */
static inline void set_times(const struct world *world,
                             const struct person *person,
                             const struct due_line *line, struct upcoming *next)
{
    sim_ms due = (sim_ms)next->day * SIM_DAY +
                 (line->at >= 0 ? line->at : person->prefers);

    if (line->times > 1)
        due += next->nth % line->times * line->window;
    next->lead = line->lead >= 0 ? line->lead
                                 : contacts_lead(world, person, line->kind,
                                                 next->day, next->nth, 0);
    next->window = line->window;
    next->from = due - next->lead;
}

/* The first contact of line `line` on or after `day`. */
static inline void find_upcoming(const struct world *world,
                                 const struct person *person,
                                 const struct due_line *line, int32_t day,
                                 struct upcoming *next)
{
    struct due_day found = due_day(world, person, line, day);

    if (found.day >= person->segment_end) {
        next->from = SIM_NEVER;
        return;
    }
    next->day = found.day;
    next->nth = 0;
    next->left = found.count - 1;
    set_times(world, person, line, next);
}

/* The one after it where days depend on the date, or a day has several. Out of
 * line: what is seldom done would take room in the cache from what always is.
 */
static __attribute__((noinline)) void pass_other(const struct world *world,
                                                 const struct person *person,
                                                 const struct due_line *line,
                                                 struct upcoming *next)
{
    if (next->left == 0) {
        find_upcoming(world, person, line, next->day + 1, next);
        return;
    }
    next->left--;
    next->nth++;
    set_times(world, person, line, next);
}

/* The one after it, of a line that has gaps. */
static inline void pass_gap(const struct person *person,
                            const struct due_line *line, struct upcoming *next)
{
    int32_t shift = person->segment_position - person->segment_day;
    int32_t gap = line->gap[next->day + shift];

    next->day += gap;
    next->from += (sim_ms)gap * SIM_DAY;
}

/* The one after it. */
static inline void pass_upcoming(const struct world *world,
                                 const struct person *person,
                                 const struct due_line *line,
                                 struct upcoming *next)
{
    if (line->gap)
        pass_gap(person, line, next);
    else
        pass_other(world, person, line, next);
}

/* ---- who waits for the same moment ----
 *
 * Contacts fall due on the hour, those of many people at once. People who wait
 * for the same moment stand together, and it is on the clock of the first of
 * them only: when it comes it is everybody's. So a moment costs the calendar as
 * much for twenty as for one. `due` knows moments by a hash; who finds another
 * where theirs would be waits alone.
 */

static struct due_moment *moment_of(struct world *world, sim_ms from)
{
    /* 2^64 over the golden ratio (Knuth 1998, vol. 3, section 6.4). */
    uint64_t hash = (uint64_t)from * 0x9e3779b97f4a7c15u;

    return &world->due[hash >> 32 & (DUE_MOMENTS - 1)];
}

static void due_set(struct world *world, struct person *person)
{
    clock_set(world, person, CLOCK_DUE, person->due_from, PHASE_EVENTS);
}

/* They wait alone, or before all who wait for the same. */
static inline bool due_is_set(const struct person *person)
{
    return person->due_place == 0 || person->due_place == DUE_ALONE;
}

/* Someone who waits for nothing waits for `from`. */
static inline void due_join(struct world *world, struct person *person,
                            sim_ms from)
{
    struct due_moment *moment;
    uint32_t place;

    if (from >= world->end)
        return;
    from = from > world->now ? from : world->now;
    moment = moment_of(world, from);
    place = moment->count;
    if (place == 0)
        moment->from = from;
    if (moment->from != from)
        place = DUE_ALONE;
    else if (place < moment->room || due_grow(world, moment))
        moment->person[moment->count++] = person->index;
    else
        return;
    person->due_from = from;
    person->due_place = place;
    if (due_is_set(person))
        due_set(world, person);
}

/* Someone leaves those who wait with them: the last takes their place. */
static void due_leave(struct world *world, const struct person *person,
                      struct due_moment *moment)
{
    uint32_t last = moment->person[--moment->count];

    if (last == person->index)
        return;
    moment->person[person->due_place] = last;
    world->person[last].due_place = person->due_place;
    if (person->due_place == 0)
        due_set(world, &world->person[last]);
}

/* Someone waits no more. */
void plans_pause(struct world *world, struct person *person)
{
    sim_ms from = person->due_from;

    if (from == SIM_NEVER)
        return;
    person->due_from = SIM_NEVER;
    if (due_is_set(person))
        clock_clear(world, person, CLOCK_DUE);
    if (person->due_place != DUE_ALONE)
        due_leave(world, person, moment_of(world, from));
}

/* ---- contacts fall due ---- */

/* Plan the contacts of the segment from `day` on; those whose window has
 * closed already are dropped. */
static inline void schedule(struct world *world, struct person *person,
                            int32_t day)
{
    struct upcoming *next = person->upcoming;
    sim_ms least = SIM_NEVER;

    if (person->due_from != SIM_NEVER)
        plans_pause(world, person);
    if (person->disengaged)
        return;
    for (uint32_t i = 0; i < person->line_count; i++) {
        const struct due_line *line = &person->line[i];
        find_upcoming(world, person, line, day, &next[i]);
        while (next[i].from < SIM_NEVER &&
               upcoming_until(&next[i]) < world->now)
            pass_upcoming(world, person, line, &next[i]);
        if (next[i].from < least)
            least = next[i].from;
    }
    due_join(world, person, least);
}

void plans_schedule(struct world *world, struct person *person, int32_t day)
{
    schedule(world, person, day);
}

void plans_resume(struct world *world, struct person *person)
{
    const struct upcoming *next = person->upcoming;
    sim_ms least = SIM_NEVER;

    for (uint32_t i = 0; i < person->line_count; i++)
        least = next[i].from < least ? next[i].from : least;
    due_join(world, person, least);
}

/* Begin a batch with a contact that falls due now, or make room in it, where
 * the contact may be of one: it is of a common kind, the person's only one, and
 * nobody keeps a log. Returns whether it is of the batch now. */
static __attribute__((noinline)) bool batch_begin(struct world *world,
                                                  const struct person *person,
                                                  const struct due_line *line,
                                                  const struct upcoming *next)
{
    struct due_batch *batch = &world->batch;

    if (!line->common || next->from != world->now || person->task != NONE ||
        journey_kept(world))
        return false;
    if (batch->alike.kind != line->kind ||
        batch->alike.until != upcoming_until(next))
        contacts_next_batch(world, line->kind, next);
    return batch->count < batch->room || batch_grow(world);
}

/* What staff may now set off for becomes a task. */
static __attribute__((noinline)) void plan_other(struct world *world,
                                                 struct person *person,
                                                 const struct due_line *line,
                                                 const struct upcoming *next)
{
    if (person->task == IN_ROUND)
        batch_put(world); /* theirs is among them */
    task_plan(world, person, line->ways, next);
}

static inline void plan_one(struct world *world, struct person *person,
                            const struct due_line *line,
                            const struct upcoming *next)
{
    if (is_of_batch(world, person, line, next) ||
        batch_begin(world, person, line, next))
        batch_add(world, person, line, next);
    else
        plan_other(world, person, line, next);
}

/* The contacts of somebody that fall due; returns from when on staff may set
 * off for the next. */
static inline sim_ms fall_due(struct world *world, struct person *person)
{
    struct upcoming *next = person->upcoming;
    const struct due_line *line = person->line;
    const struct due_line *end = line + person->line_count;
    sim_ms least = SIM_NEVER;

    do { /* mostly there is one, and one there is: they waited for it */
        if (next->from <= world->now) {
            plan_one(world, person, line, next);
            pass_upcoming(world, person, line, next);
        }
        least = next->from < least ? next->from : least;
        next++;
    } while (++line < end);
    return least;
}

/* So many people are not all in the first cache: a contact that falls due takes
 * about seven lines of memory of its person, 57 KB for all of these. */
#define PEOPLE_ANYWHERE 128u

/* Have what falls due of a person fetched. */
static inline __attribute__((always_inline)) void
fetch_person(const struct world *world, uint32_t i)
{
    __builtin_prefetch(&world->person[i]);
    __builtin_prefetch(&world->person[i].cells);
    __builtin_prefetch(&world->upcoming[(size_t)i * world->planned_most]);
}

/* The contacts of somebody who waits for none now; they wait for the next. */
static __attribute__((noinline)) void fall_due_other(struct world *world,
                                                     struct person *person)
{
    sim_ms from;

    person->due_from = SIM_NEVER;
    from = fall_due(world, person);
    due_join(world, person, from);
}

/* The same in few steps where their step has one line, and its contact is one
 * more of the batch: nearly always. */
static inline void fall_due_one(struct world *world, struct person *person)
{
    const struct due_line *line = person->line;
    struct upcoming *next = person->upcoming;

    if (person->line_count != 1 || !line->gap ||
        !(is_of_batch(world, person, line, next) ||
          batch_begin(world, person, line, next))) {
        fall_due_other(world, person);
        return;
    }
    batch_add(world, person, line, next);
    pass_gap(person, line, next);
    person->due_from = SIM_NEVER;
    due_join(world, person, next->from);
}

/* The moment has come. Others may come to wait where it was meanwhile. */
static void fall_due_all(struct world *world, struct due_moment *moment)
{
    bool anywhere = world->person_count >= PEOPLE_ANYWHERE;
    struct due_moment *now = &world->due_now, spare = *now;
    const uint32_t *who, *end;

    *now = *moment;
    spare.count = 0;
    *moment = spare;
    who = now->person;
    end = who + now->count;
    for (; who < end; who++) {
        if (anywhere && who + 1 < end)
            fetch_person(world, who[1]);
        fall_due_one(world, &world->person[*who]);
    }
}

void plans_contacts_due(struct world *world, struct person *person)
{
    round_break(world);
    if (person->due_place == DUE_ALONE)
        fall_due_one(world, person);
    else
        fall_due_all(world, moment_of(world, person->due_from));
    /* Mostly they are the first again, and have set their clock anew. */
    if (person->due_from == SIM_NEVER || !due_is_set(person))
        clock_clear(world, person, CLOCK_DUE);
    contacts_begin(world);
    if (world->round.count > 0)
        round_due(world);
}

void plans_contact_due(struct world *world, struct person *person)
{
    plans_pause(world, person);
    round_break(world);
    fall_due_one(world, person);
    contacts_begin(world);
}

/* ---- steps ---- */

/* Run through `step`, which is the person's, from its day `position` on. */
static inline void run_from(struct world *world, struct person *person,
                            const struct step *step, int32_t day,
                            int32_t position)
{
    person->segment_day = day;
    person->segment_position = position;
    person->segment_end = day + (step->days - position);
    /* The nearer clock first: the other is then no news to the calendar. */
    schedule(world, person, day);
    clock_set(world, person, CLOCK_STEP, (sim_ms)person->segment_end * SIM_DAY,
              PHASE_EVENTS);
}

void plans_run_from(struct world *world, struct person *person, int32_t day,
                    int32_t position)
{
    run_from(world, person, step_of(world, person), day, position);
}

void plans_enter_step(struct world *world, struct person *person, uint32_t step,
                      int32_t day)
{
    const struct plan *plan = plan_of(world, person);

    person->step = step;
    person->line = plan_lines(world, plan, step);
    person->line_count = plan->step[step].planned_count;
    person->repeats = 0;
    person->step_entries++;
    person->step_ended = person->step_done = 0;
    person->cells = count_cells(world, person);
    person->repeat_next = false;
    decisions_reset(world, person);
    journey_plan(world, person, JOURNEY_STEP);
    run_from(world, person, &plan->step[step], day, 0);
}

void plans_begin(struct world *world, struct person *person)
{
    const struct level *level = person_level(world, person);
    const struct plan *plan;
    int32_t day;

    person->plan = level->plan;
    person->misses = 0;
    person->disengaged = false;
    if (person->plan == NONE) {
        /* Those due on entry belong to no step, and not to the last. */
        person->step_entries++;
        person->cells = count_cells(world, person);
        return;
    }
    plan = plan_of(world, person);
    day = person->entry_day + (plan->starts_same_day ? 0 : 1);
    person->intended = plans_intended(world, person->plan, day);
    person->completed = 0;
    journey_add(world, person, JOURNEY_PLAN, person->plan, person->intended, 0);
    plans_enter_step(world, person, 0, day);
}

void plans_stop(struct world *world, struct person *person)
{
    plans_pause(world, person);
    clocks_clear(world, person,
                 CLOCK_BIT(CLOCK_STEP) | CLOCK_BIT(CLOCK_REVIEW));
    person->plan = NONE;
}
