/*
 * Concerns: what arises beside the condition (design, rule 12).
 *
 * One of a kind is open at a time. It arises at a rate by state, by fixed
 * points of its own (sim/points.h) in levels that support people, or when a
 * sign is noted. From then on its factor is in the hazard of getting worse. It
 * is noticed or not; those who respond are told, at once or after a delay, and
 * from then on it is known: its response begins and its contacts are added to
 * the plan. It closes when the response succeeds, or by itself. It goes with a
 * person from level to level and through a crisis, which end its list: the
 * list is then begun again.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/count_impl.h"
#include "models/world_impl.h"

/* No concern adds contacts for longer: as many days as a calendar may have. */
#define ADDED_DAYS 20000

static struct concern_state *state_of(struct world *world,
                                      const struct person *person, uint32_t c)
{
    return &person_concerns(world, person)[c];
}

static struct upcoming *added_of(struct world *world,
                                 const struct person *person, uint32_t c)
{
    const struct scenario *s = world->scenario;

    return &world->added[(size_t)person->index * s->added_count +
                         s->concern[c].first_added];
}

/* Set the clock to whatever comes first of all that concerns wait for. */
static void set_clock(struct world *world, struct person *person)
{
    const struct scenario *s = world->scenario;
    sim_ms least = SIM_NEVER;

    for (uint32_t c = 0; c < s->concern_count; c++) {
        const struct concern_state *state = state_of(world, person, c);
        const struct upcoming *added = added_of(world, person, c);
        if (!state->open) {
            least = state->rises < least ? state->rises : least;
            continue;
        }
        least = state->told < least ? state->told : least;
        least = state->closes < least ? state->closes : least;
        for (uint32_t i = 0; state->known && i < s->concern[c].adds_count; i++)
            least = added[i].from < least ? added[i].from : least;
    }
    clock_set(world, person, CLOCK_CONCERN, least, PHASE_EVENTS);
}

/* A duration of the present opening of a concern. */
static sim_ms draw(const struct world *world, const struct person *person,
                   const struct distribution *what, enum purpose purpose,
                   uint32_t tag, uint32_t times)
{
    struct sim_name name = person_name(world, person, purpose, tag, times);
    struct sim_stream stream;

    if (what->family == FAMILY_CONSTANT)
        return (sim_ms)what->a;
    sim_stream_init(&stream, &world->chance, &name);
    return distribution_sample(what, &stream.rng);
}

/* ---- the contacts it adds ---- */

/* When it falls due: those of "twice a day" share the window. */
static void set_times(struct world *world, const struct person *person,
                      uint32_t c, uint32_t i, struct upcoming *next)
{
    const struct concern *concern = &world->scenario->concern[c];
    const struct planned *line = &concern->adds[i];
    const struct kind *kind = &world->scenario->kind[line->kind];
    uint32_t which =
        sim_tag_join(concern->tag, state_of(world, person, c)->times);
    uint32_t times = line->schedule.times;
    sim_ms at = line->schedule.at >= 0 ? line->schedule.at
                                       : person_time_of(person, kind);
    sim_ms due;

    next->window = kind->window / times;
    due = (sim_ms)next->day * SIM_DAY + at + next->nth % times * next->window;
    next->lead =
        contacts_lead(world, person, line->kind, next->day, next->nth, which);
    next->from = due - next->lead;
}

/* The first contact of line `i` on or after `day`. */
static void find_added(struct world *world, const struct person *person,
                       uint32_t c, uint32_t i, int32_t day)
{
    const struct scenario *s = world->scenario;
    const struct planned *line = &s->concern[c].adds[i];
    struct upcoming *next = &added_of(world, person, c)[i];
    int32_t first = state_of(world, person, c)->day;
    uint32_t count = 0;

    next->from = SIM_NEVER;
    for (; (sim_ms)day * SIM_DAY < world->end; day++) {
        count = schedule_count(&line->schedule, &s->civil, day, day - first, 0,
                               ADDED_DAYS);
        if (count > 0)
            break;
    }
    if (count == 0)
        return;
    next->added = true;
    next->day = day;
    next->nth = 0;
    next->left = count - 1;
    set_times(world, person, c, i, next);
}

/* The one after it. */
static void pass_added(struct world *world, const struct person *person,
                       uint32_t c, uint32_t i)
{
    struct upcoming *next = &added_of(world, person, c)[i];

    if (next->left == 0) {
        find_added(world, person, c, i, next->day + 1);
        return;
    }
    next->left--;
    next->nth++;
    set_times(world, person, c, i, next);
}

/* Day 0 is the day on which staff know; what is still open that day falls due
 * at once. */
static void begin_added(struct world *world, const struct person *person,
                        uint32_t c)
{
    const struct concern *concern = &world->scenario->concern[c];
    const struct upcoming *next = added_of(world, person, c);

    state_of(world, person, c)->day = sim_day_of(world->now);
    for (uint32_t i = 0; i < concern->adds_count; i++) {
        find_added(world, person, c, i, sim_day_of(world->now));
        while (next[i].from != SIM_NEVER &&
               upcoming_until(&next[i]) < world->now)
            pass_added(world, person, c, i);
    }
}

/* People without a plan, or who have disengaged, have no planned contacts:
 * what would fall due meanwhile does not. */
static void added_due(struct world *world, struct person *person, uint32_t c)
{
    const struct concern *concern = &world->scenario->concern[c];
    const struct upcoming *next = added_of(world, person, c);

    for (uint32_t i = 0; i < concern->adds_count; i++)
        while (next[i].from <= world->now) {
            if (person->plan != NONE && !person->disengaged) {
                contacts_plan(world, person, concern->adds[i].kind, &next[i]);
                journey_added(world, person, c);
            }
            pass_added(world, person, c, i);
        }
    contacts_begin(world);
}

/* ---- opening and closing ---- */

/* The factor of all open concerns; where it is another, so is the hazard. */
static void set_factor(struct world *world, struct person *person, uint32_t c)
{
    const struct scenario *s = world->scenario;

    if (s->concern[c].worsening == 1)
        return;
    person->concerns = 1;
    for (uint32_t i = 0; i < s->concern_count; i++)
        if (state_of(world, person, i)->open)
            person->concerns *= s->concern[i].worsening;
    course_search(world, person);
}

/* When it arises next after `after`, while it is not open; or a moment at which
 * to search on. */
static void search_one(struct world *world, struct person *person, uint32_t c,
                       sim_ms after)
{
    const struct concern *concern = &world->scenario->concern[c];
    struct concern_state *state = state_of(world, person, c);
    struct sim_points_query query = {
        .chance = &world->chance,
        .name = person_name(world, person, PURPOSE_CONCERN, concern->tag, 0),
        .origin = person->referred_at,
        .after = after,
        .horizon = course_horizon(world),
    };

    state->rises = SIM_NEVER;
    if (state->open || !concern->rate || !person_is_supported(world, person))
        return;
    query.bound = concern->rate[person->scenario_state];
    state->rises = sim_points_next(
        person_other_points(world, person, POINTS_CONCERNS + c), &query);
    if (state->rises == SIM_NEVER && query.bound > 0)
        state->rises = query.horizon;
}

/* Those who respond know of it from now on. */
static void tell(struct world *world, struct person *person, uint32_t c)
{
    const struct concern *concern = &world->scenario->concern[c];
    struct concern_state *state = state_of(world, person, c);

    state->known = true;
    state->told = SIM_NEVER;
    journey_add(world, person, JOURNEY_CONCERN_KNOWN, c, 0, 0);
    responses_trigger(world, person, concern->response);
    begin_added(world, person, c);
}

/* Staff have noticed it: now the others are to be told. */
static void notice(struct world *world, struct person *person, uint32_t c)
{
    const struct concern *concern = &world->scenario->concern[c];
    struct concern_state *state = state_of(world, person, c);
    sim_ms delay = 0;

    if (concern->working == WORKING_PARALLEL)
        delay = draw(world, person, &concern->delay, PURPOSE_CONCERN_DELAY,
                     concern->tag, state->times);
    journey_add(world, person, JOURNEY_CONCERN_NOTICED, c, 0,
                world->now + delay);
    if (delay > 0)
        state->told = world->now + delay;
    else
        tell(world, person, c);
}

static void count_concern(struct world *world, const struct person *person,
                          uint32_t c, enum counter counter, sim_ms amount)
{
    const struct concern_state *state = state_of(world, person, c);

    if (!state->counted)
        return;
    count_entry(world, counter, state->level, person->cohort, state->entered_on,
                amount);
    count_slice(world, counter, SLICE_CONCERN, c, (double)amount);
}

/* It arises; `seen` where it does by a sign that staff note. */
static void open_concern(struct world *world, struct person *person, uint32_t c,
                         bool seen)
{
    const struct concern *concern = &world->scenario->concern[c];
    struct concern_state *state = state_of(world, person, c);

    state->open = true;
    state->known = false;
    state->since = world->now;
    state->rises = state->told = state->closes = SIM_NEVER;
    /* Who waits outside was last where they came from. */
    state->level = person->level != NONE ? person->level : person->outside_of;
    state->entered_on = person->entry_weekday;
    state->times++;
    state->counted = world_measures(world, world->now) && state->level != NONE;
    world->concerns_opened++;
    journey_add(world, person, JOURNEY_CONCERN, c, 0, world->now);
    count_concern(world, person, c, COUNT_CONCERNS, 1);
    if (concern->has_closes)
        state->closes = world->now + draw(world, person, &concern->closes,
                                          PURPOSE_CONCERN_CLOSES, concern->tag,
                                          state->times);
    set_factor(world, person, c);
    if (seen || concern->working == WORKING_INTEGRATED ||
        concern->noticed >= 1 ||
        person_uniform(world, person, PURPOSE_CONCERN_NOTICED, concern->tag,
                       state->times) < concern->noticed)
        notice(world, person, c);
}

/* Its hours belong to the moment at which it arose. */
static void end_concern(struct world *world, const struct person *person,
                        uint32_t c)
{
    struct concern_state *state = state_of(world, person, c);

    count_concern(world, person, c, COUNT_CONCERN_HOURS,
                  world->now - state->since);
    state->open = state->known = false;
    world->concerns_closed++;
}

static void close_concern(struct world *world, struct person *person,
                          uint32_t c, enum journey_close why)
{
    journey_add(world, person, JOURNEY_CONCERN_CLOSED, c, why, 0);
    end_concern(world, person, c);
    set_factor(world, person, c);
    search_one(world, person, c, world->now);
}

/* ---- what others call ---- */

void concerns_begin(struct world *world, struct person *person)
{
    for (uint32_t c = 0; c < world->scenario->concern_count; c++)
        *state_of(world, person, c) = (struct concern_state){
            .rises = SIM_NEVER, .told = SIM_NEVER, .closes = SIM_NEVER};
}

void concerns_search(struct world *world, struct person *person)
{
    if (world->scenario->concern_count == 0)
        return;
    for (uint32_t c = 0; c < world->scenario->concern_count; c++)
        search_one(world, person, c, world->now);
    set_clock(world, person);
}

void concerns_trigger(struct world *world, struct person *person)
{
    for (uint32_t c = 0; c < world->scenario->concern_count; c++)
        if (state_of(world, person, c)->known)
            responses_trigger(world, person,
                              world->scenario->concern[c].response);
}

void concerns_noted(struct world *world, struct person *person, uint32_t c)
{
    const struct concern_state *state = state_of(world, person, c);

    if (!state->open)
        open_concern(world, person, c, true);
    else if (!state->known && state->told == SIM_NEVER)
        notice(world, person, c);
    else
        return;
    set_clock(world, person);
}

void concerns_respond(struct world *world, struct person *person, uint32_t c)
{
    if (!state_of(world, person, c)->known)
        return;
    close_concern(world, person, c, JOURNEY_CLOSE_RESPONSE);
    set_clock(world, person);
}

void concerns_end(struct world *world, struct person *person)
{
    for (uint32_t c = 0; c < world->scenario->concern_count; c++)
        if (state_of(world, person, c)->open) {
            if (world->now < world->end) /* else it is open still */
                journey_add(world, person, JOURNEY_CONCERN_CLOSED, c,
                            JOURNEY_CLOSE_LEFT, 0);
            end_concern(world, person, c);
        }
}

void concerns_due(struct world *world, struct person *person)
{
    for (uint32_t c = 0; c < world->scenario->concern_count; c++) {
        struct concern_state *state = state_of(world, person, c);
        if (!state->open && state->rises <= world->now)
            search_one(world, person, c, world->now - 1);
        if (!state->open && state->rises == world->now)
            open_concern(world, person, c, false);
        else if (state->open && state->closes <= world->now)
            close_concern(world, person, c, JOURNEY_CLOSE_ITSELF);
        if (state->open && state->told <= world->now)
            tell(world, person, c);
        if (state->open && state->known)
            added_due(world, person, c);
    }
    set_clock(world, person);
}

/* ---- someone who was there before the run ---- */

static sim_ms later(sim_ms time, sim_ms by)
{
    return time == SIM_NEVER ? SIM_NEVER : time + by;
}

/* In whole days, as plans are. */
static void shift_added(struct upcoming *next, int32_t days)
{
    sim_ms by = (sim_ms)days * SIM_DAY;

    if (next->from == SIM_NEVER)
        return;
    next->from += by;
    next->day += days;
}

void concerns_shift(struct world *world, struct person *person, sim_ms by)
{
    const struct scenario *s = world->scenario;
    int32_t days = sim_day_of(world->now + by) - sim_day_of(world->now);

    for (uint32_t c = 0; c < s->concern_count; c++) {
        struct concern_state *state = state_of(world, person, c);

        state->rises = later(state->rises, by);
        state->since = later(state->since, by);
        state->told = later(state->told, by);
        state->closes = later(state->closes, by);
        state->day += days;
        for (uint32_t i = 0; i < s->concern[c].adds_count; i++) {
            struct upcoming *next = &added_of(world, person, c)[i];

            shift_added(next, days);
            while (state->known && next->from != SIM_NEVER &&
                   upcoming_until(next) < world->now + by)
                pass_added(world, person, c, i);
        }
    }
}
