/*
 * The shipped scenarios, pushed into corners: no staff, one place, a flood of
 * people, everyone unwell. Each replication checks its own conservation laws
 * (people, contacts, staff time); here are the laws of what comes out: parts
 * add up to the whole, and every figure lies where such a figure can lie.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270108
#define SETTINGS 6 /* at most, in a row */
#define HOUSE "scenarios/crisis-house.yaml"
#define REFERENCE "scenarios/reference.yaml"
#define MOVES "tests/scenarios/moves.yaml"
#define PEOPLE "cohorts.crisis house admissions."
#define COURSE "conditions.after crisis."

struct corner_case {
    const char *name;
    const char *file;
    const char *setting[SETTINGS];
};
static struct corner_case corner_cases[] = {
    {"crisis house as it is", HOUSE, {NULL}},
    {"one support worker, on weekdays until 17:00",
     HOUSE,
     {"rota.weekday evening.staff.support worker=0",
      "rota.weekend.staff.support worker=0"}},
    {"staff on holidays only",
     HOUSE,
     {"rota.weekday evening.days=holidays", "rota.weekend.days=holidays",
      "rota.weekday days.days=holidays", "rota.on-call.days=holidays"}},
    {"one place everywhere",
     HOUSE,
     {"levels.crisis house.places=1", "levels.enhanced step-down.places=1",
      "levels.floating support.places=1"}},
    {"ten times as many people", HOUSE, {PEOPLE "referrals.rate=25/week"}},
    {"ten times as many people, and places for them",
     HOUSE,
     {PEOPLE "referrals.rate=25/week", "levels.crisis house.places=80",
      "levels.enhanced step-down.places=unlimited"}},
    {"hardly anybody", HOUSE, {PEOPLE "referrals.rate=1/year"}},
    {"nobody", HOUSE, {PEOPLE "referrals.rate=0/week"}},
    {"windows of a minute",
     HOUSE,
     {"contacts.evening visit={between: 18:00-18:01, or: null}",
      "contacts.phone check.between=10:00-10:01",
      "contacts.ring back.window=1 min"}},
    {"everyone unwell for good",
     HOUSE,
     {COURSE "begin={warning: 0%, deteriorating: 100%}", COURSE
      "changes={settled to warning: 0/day, warning to settled: 0/day, "
      "warning to deteriorating: 0/day, deteriorating to warning: 0/day, "
      "deteriorating to crisis: 0/day}"}},
    {"all signs all the time",
     HOUSE,
     {"signs.poor sleep={settled: 100%, warning: 100%, deteriorating: 100%}",
      "signs.agitation={settled: 100%, warning: 100%, deteriorating: 100%}",
      "signs.missed meals={settled: 100%, warning: 100%, deteriorating: "
      "100%}"}},
    {"a crisis every day",
     HOUSE,
     {COURSE "changes.deteriorating to crisis=1/day",
      COURSE "changes.warning to deteriorating=2/day",
      COURSE "changes.settled to warning=2/day"}},
    {"people who differ very much, at changing hours",
     HOUSE,
     {COURSE "varies_between_people=3",
      COURSE "hours={\"18:00-23:00\": 20, \"23:00-18:00\": 0}",
      COURSE "after_move={times: 20, half_gone_after: 1 h}",
      COURSE "after_contact={times: 0, half_gone_after: 1 h}",
      COURSE "after_advance={times: 9, half_gone_after: 3 h}"}},
    {"concerns without end, each with its contacts and its responses",
     HOUSE,
     {"concerns={dispute: {rate: 50/day, worsening: 5, noticed: 50%, delay: "
      "exponential(mean 3 h), closes: exponential(mean 5 h), adds: {phone "
      "check: twice a day, risk huddle: weekdays}}}",
      "responses.dispute={ring: {after: 1 h, within: 4 h, do: ring back, then: "
      "[settle, restart plan]}}",
      PEOPLE "reaches_out=20/day",
      "responses.reaches out={ring: {do: ring back, succeeds: 50%, then: "
      "step back}}"}},
    {"times in a state of every kind, held back and hurried",
     HOUSE,
     {COURSE "changes={settled to warning: {dwell: 'weibull(shape 5, scale 1 "
             "day)'}, warning to settled: {dwell: 'gamma(mean 1 day, sd 5 "
             "days)'}, warning to deteriorating: {dwell: 'lognormal(mean 1 "
             "day, sd 10 days)'}}",
      COURSE "varies_between_people=3",
      COURSE "hours={\"18:00-23:00\": 20, \"23:00-18:00\": 0}",
      "levels.crisis house.effect={worsening: 0, improving: 90}",
      COURSE "after_contact={times: 0, half_gone_after: 1 h, improving: 50}"}},
    {"nobody is ever in",
     HOUSE,
     {PEOPLE "attendance={settled: 0%, warning: 0%, deteriorating: 0%}",
      "responses.not attended.ring back.succeeds=0%",
      "responses.not attended.go round.succeeds=0%"}},
    {"everyone disengages at once, and comes back",
     HOUSE,
     {PEOPLE "disengages.rate={settled: 20/day, warning: 20/day, "
             "deteriorating: 20/day}",
      "responses.disengaged.go round.succeeds=100%"}},
    {"no contacts in the plans",
     HOUSE,
     {"plans.evening taper.steps.daily evenings.contacts=null",
      "plans.evening taper.steps.alternate days.contacts=null",
      "plans.evening taper.steps.twice weekly.contacts=null",
      "plans.keeping in touch.steps.weekly.contacts=null"}},
    {"steps of a day, again and again",
     HOUSE,
     {"plans.evening taper.steps.daily evenings.for=1 day",
      "plans.evening taper.steps.alternate days.for=1 day",
      "plans.evening taper.repeats={most: 30, each: 1 day}",
      "plans.evening taper.advance_if.contacts_done=100%"}},
    {"handovers that take the whole stay",
     HOUSE,
     {"levels.enhanced step-down.handover={lasts: 6 h, within: 1 h, notices: "
      "0%, acts: 0%, complete: 0%}"}},
    {"moves one hour a week",
     HOUSE,
     {"levels.crisis house.leaves={days: sun, hours: 03:00-04:00}"}},
    {"half the staff absent, all of them covered at times",
     HOUSE,
     {"staff.support worker.absence={share: 50%, spells: 20 days}",
      "staff.clinician.absence={share: 90%, spells: 1 day}"}},
    {"the team sits together half the day",
     HOUSE,
     {"team_time.talk={role: support worker, at: 14:00, lasts: 4 h}",
      "team_time.huddle={role: clinician, at: 09:30, per_person: 10 min}",
      "team_time.break={shift: weekend, after: 1 h, lasts: 2 h, floating: "
      "yes}"}},
    {"team time all the time, past every end",
     HOUSE,
     {"team_time.a={role: support worker, after: 0 h, lasts: 24 h}",
      "team_time.b={role: clinician, after: 1 h, lasts: 24 h, floating: yes}",
      "team_time.c={shift: on-call, at: 00:00, lasts: 24 h}"}},
    {"hardly anyone there, and nobody to go out",
     HOUSE,
     {"rota.weekday evening.minimum=2", "rota.weekday evening.below=phone only",
      "staff.support worker.absence={share: 50%, spells: 2 days}",
      "team_time.break={shift: weekday evening, after: 4 h, lasts: 30 min, "
      "floating: yes}"}},
    {"no run-on, a period that begins and ends at odd times",
     HOUSE,
     {"calendar.run_on=0 days", "calendar.warm_up=1009 h",
      "calendar.run_for=1801 h"}},
    {"a run-on, a period that ends within a week",
     HOUSE,
     {"calendar.run_for=1801 h"}},
    {"impatient people, few places",
     HOUSE,
     {"levels.crisis house.gives_up={after: 12 h, to: floating support}",
      "levels.enhanced step-down.places=3",
      "levels.enhanced step-down.gives_up={after: exponential(mean 2 days), "
      "to: leave}",
      PEOPLE "referrals.rate=10/week"}},
    {"people wait outside, and are diverted on their way back",
     HOUSE,
     {"levels.crisis house.when_next_full=wait",
      "levels.enhanced step-down.places=3",
      "levels.crisis house.when_full={divert to: floating support}",
      COURSE "changes.deteriorating to crisis=0.3/day"}},
    {"routes, delays and overlaps",
     HOUSE,
     {"levels.crisis house.then={a: {to: enhanced step-down, chance: 40%, "
      "delay: exponential(mean 9 days)}, b: {to: leave, chance: 20%, stay: 2 "
      "days}, c: {to: floating support, chance: 40%}}",
      "levels.floating support.handover={by: clinician, lasts: 5 min, within: "
      "1 h, overlap: 9 days, acts: 0%}",
      "levels.floating support.on_entry=[ring back, phone check]"}},
    {"nobody is let in with an alert, or unwell",
     HOUSE,
     {"levels.enhanced step-down.accepts_if={no_alert: yes, state: settled}",
      "levels.floating support.accepts_if=no_alert",
      "levels.discharged.accepts_if=settled",
      "levels.enhanced step-down.when_next_full=wait",
      "levels.floating support.places=2"}},
    {"every way between levels", MOVES, {NULL}},
    {"every way between levels, and a crowd",
     MOVES,
     {"cohorts.people.referrals.rate=5/day", "levels.step-down.places=2",
      "levels.house.places=2", "levels.after.places=3",
      "conditions.course.changes.ill to crisis=0.2/day"}},
    {"the reference pathway as it is", REFERENCE, {NULL}},
    {"the reference pathway with one worker a week",
     REFERENCE,
     {"rota.weekdays.days=tue", "rota.weekdays.staff.worker=1",
      "rota.weekends.days=holidays"}},
    {"the reference pathway, flooded",
     REFERENCE,
     {"cohorts.people.referrals.rate=20/day"}},
    {"the reference pathway without an end",
     REFERENCE,
     {"conditions.course.changes.stable to warning=5/day",
      "conditions.course.changes.warning to crisis=0/day"}},
};

/* Shorter than shipped, so that many fit into a second. */
#define SHORT                                                                  \
    "calendar.warm_up=6 weeks", "calendar.run_for=9 weeks",                    \
        "calendar.run_on=5 weeks"

/* ---- figures lie where they can ---- */

/* Utilisation may pass 1 by overtime alone. */
static void assert_in_bounds(const struct result_row *row)
{
    const struct measure *measure = &measure_table[row->measure];
    const struct estimate *e = &row->estimate;
    bool share = measure->unit == UNIT_SHARE;

    if (isnan(e->mean))
        return;
    if (!(e->mean >= 0) || isinf(e->mean))
        fail_msg("%s is %g", measure->id, e->mean);
    if (share && e->mean > 1 + 1e-9 && strcmp(measure->id, "utilisation") != 0)
        fail_msg("the share %s is %g", measure->id, e->mean);
    /* One replication with anything in it has a quantile, but no interval. */
    if (measure->type == MEASURE_QUANTILE && isnan(e->lower))
        return;
    if (!(e->lower <= e->mean + 1e-9 && e->mean <= e->upper + 1e-9))
        fail_msg("%s is %g, in %g to %g", measure->id, e->mean, e->lower,
                 e->upper);
}

static double block_sum(const struct model *model, const struct block *block,
                        uint32_t from, uint32_t count)
{
    double sum = 0;

    for (uint32_t i = 0; i < model->count; i++)
        for (uint32_t k = 0; k < count; k++)
            sum += model->record[(size_t)i * model->layout.length +
                                 block->offset + from + k];
    return sum;
}

/* A ratio has a value exactly where there is something to divide by. */
static void assert_has_value(const struct model *model,
                             const struct result_row *row)
{
    const struct measure *measure = &measure_table[row->measure];
    const struct block *block =
        row->sliced ? &model->layout.cut[measure->denominator][row->slice]
                    : &model->layout.total[measure->denominator];
    double below;

    if (measure->type != MEASURE_RATIO)
        return;
    below = block_sum(model, block, row->sliced ? row->value : 0, 1);
    if ((below > 0) == isnan(row->estimate.mean))
        fail_msg("%s is %g where its denominator is %g", measure->id,
                 row->estimate.mean, below);
}

/* ---- parts add up to the whole ---- */

/* What every planned contact is, in every way that it is cut. */
static const enum counter contact_counters[] = {
    COUNT_DUE,    COUNT_COMPLETED,  COUNT_NOT_DELIVERED, COUNT_NOT_ATTENDED,
    COUNT_MISSED, COUNT_DOWNGRADED, COUNT_CANCELLED,     COUNT_MISSED_UNWELL};
static const enum slice contact_slices[] = {
    SLICE_LEVEL, SLICE_COHORT,     SLICE_STEP,      SLICE_DAY,
    SLICE_WEEK,  SLICE_ENTERED_ON, SLICE_SINCE_MOVE};

static void assert_parts(const struct model *model, enum counter counter,
                         enum slice slice)
{
    const struct layout *layout = &model->layout;
    const struct block *cut = &layout->cut[counter][slice];
    double whole = block_sum(model, &layout->total[counter], 0, 1);

    if (cut->length)
        assert_near(block_sum(model, cut, 0, cut->length), whole, 1e-9 * whole);
}

static void assert_contacts_add_up(const struct model *model)
{
    double ended = model_total(model, COUNT_COMPLETED) +
                   model_total(model, COUNT_MISSED) +
                   model_total(model, COUNT_DOWNGRADED) +
                   model_total(model, COUNT_CANCELLED);

    assert_near(model_total(model, COUNT_MISSED),
                model_total(model, COUNT_NOT_DELIVERED) +
                    model_total(model, COUNT_NOT_ATTENDED),
                0);
    if (model->scenario->calendar.run_on > 0)
        assert_near(ended, model_total(model, COUNT_DUE), 0);
    else
        assert_true(ended <= model_total(model, COUNT_DUE));
    for (size_t i = 0; i < LENGTH(contact_counters); i++)
        for (size_t k = 0; k < LENGTH(contact_slices); k++)
            assert_parts(model, contact_counters[i], contact_slices[k]);
}

static void assert_others_add_up(const struct model *model)
{
    static const struct {
        enum counter counter;
        enum slice slice;
    } parts[] = {
        {COUNT_REFERRALS, SLICE_COHORT},  {COUNT_REFERRALS, SLICE_WEEK},
        {COUNT_LEFT, SLICE_COHORT},       {COUNT_PLANNED_EXITS, SLICE_LEVEL},
        {COUNT_STAYS, SLICE_LEVEL},       {COUNT_STAYS, SLICE_ENTERED_ON},
        {COUNT_STAY_DAYS, SLICE_COHORT},  {COUNT_OCCUPANCY, SLICE_LEVEL},
        {COUNT_PLAN_HOURS, SLICE_LEVEL},  {COUNT_UNSEEN_HOURS, SLICE_COHORT},
        {COUNT_EPISODES, SLICE_LEVEL},    {COUNT_SEEN_EVER, SLICE_COHORT},
        {COUNT_ALERTS, SLICE_ALERT},      {COUNT_FALSE_ALERTS, SLICE_ALERT},
        {COUNT_RESPONSES, SLICE_TRIGGER}, {COUNT_BREACHES, SLICE_LEVEL},
        {COUNT_DEADLINES, SLICE_TRIGGER}, {COUNT_CRISES, SLICE_OUTCOME},
        {COUNT_CRISES, SLICE_COHORT},     {COUNT_OUTCOMES, SLICE_OUTCOME},
        {COUNT_DEMANDED, SLICE_ROLE},     {COUNT_DELIVERED, SLICE_WEEK},
        {COUNT_ROSTERED, SLICE_WEEK},     {COUNT_PRESENT, SLICE_WEEK},
        {COUNT_COST, SLICE_ROLE},         {COUNT_WAITS, SLICE_LEVEL},
        {COUNT_WAITS, SLICE_COHORT},      {COUNT_WAIT_DAYS, SLICE_COHORT},
        {COUNT_WAITING, SLICE_LEVEL},     {COUNT_WAITING, SLICE_COHORT},
        {COUNT_GAVE_UP, SLICE_LEVEL},     {COUNT_GAVE_UP, SLICE_COHORT},
        {COUNT_DIVERTED, SLICE_LEVEL},    {COUNT_DIVERTED, SLICE_COHORT},
        {COUNT_DELAYED, SLICE_LEVEL},     {COUNT_DELAYED, SLICE_COHORT},
        {COUNT_DELAYED, SLICE_CAUSE},     {COUNT_OCCUPANCY, SLICE_COHORT},
        {COUNT_TIMED_OUT, SLICE_LEVEL},   {COUNT_TIMED_OUT, SLICE_COHORT},
        {COUNT_CRISIS_30, SLICE_COHORT},  {COUNT_FOLLOWED_30, SLICE_LEVEL},
    };

    for (size_t i = 0; i < LENGTH(parts); i++)
        assert_parts(model, parts[i].counter, parts[i].slice);
}

/* On every day people who can be followed are somewhere: as many as on the
 * first. */
static void assert_curves_add_up(const struct model *model)
{
    const struct block *states = &model->layout.states;
    uint32_t rows = states->length / (CURVE_DAYS + 1);
    double followed = model_total(model, COUNT_FOLLOWED_90);

    for (uint32_t day = 0; day <= CURVE_DAYS; day++) {
        double there = 0;
        for (uint32_t row = 0; row < rows; row++)
            there += block_sum(model, states, row * (CURVE_DAYS + 1) + day, 1);
        assert_near(there, followed, 0);
    }
}

/* Who is in a level: week by week, and by how many at a time, which all of the
 * measured period is. */
static void assert_levels_add_up(const struct model *model)
{
    const struct layout *layout = &model->layout;
    const struct block *all = &layout->cut[COUNT_OCCUPANCY][SLICE_LEVEL];
    double period = layout->measured_hours * model->count;
    uint32_t last = layout->weeks - 1;

    for (uint32_t i = 0; i < model->scenario->level_count; i++) {
        struct block bins =
            layout_bins(layout, model->scenario, COUNT_OCCUPANCY_BINS, i);
        double people = block_sum(model, all, i, 1);
        const struct block *mean = &layout->occupancy_week;
        double weeks = 168 * block_sum(model, mean, i * layout->weeks, last);

        weeks += (layout->measured_hours - 168 * last) *
                 block_sum(model, mean, i * layout->weeks + last, 1);
        assert_near(weeks, people, 1e-9 * people);
        assert_near(block_sum(model, &bins, 0, bins.length), period,
                    1e-9 * period);
    }
}

/* Add the settings of a case to a list, and return its new length. */
static size_t add_settings(const struct corner_case *c, const char **setting,
                           size_t n)
{
    for (size_t i = 0; i < SETTINGS && c->setting[i]; i++)
        setting[n++] = c->setting[i];
    return n;
}

static void assert_laws(const char *file, const char *const *setting, size_t n,
                        uint32_t count)
{
    struct model model;

    model_run(&model, file, setting, n, count, SEED);
    for (size_t i = 0; i < model.result.row_count; i++) {
        assert_in_bounds(&model.result.row[i]);
        assert_has_value(&model, &model.result.row[i]);
    }
    assert_contacts_add_up(&model);
    assert_others_add_up(&model);
    assert_curves_add_up(&model);
    assert_levels_add_up(&model);
    model_clear(&model);
}

static void laws_hold(void **state)
{
    const struct corner_case *c = *state;
    const char *setting[SETTINGS + 3] = {SHORT};
    size_t n = add_settings(c, setting, 3);

    assert_laws(c->file, setting, n, 20);
}

/* Three corners of the crisis house at once, drawn by a fixed sequence (the
 * minimal standard generator, Park and Miller 1988). */
#define COMBINATIONS 40
static void laws_hold_in_combinations(void **state)
{
    const char *setting[3 * SETTINGS + 3] = {SHORT};
    uint64_t draw = 1;

    (void)state;
    for (int i = 0; i < COMBINATIONS; i++) {
        bool used[LENGTH(corner_cases)] = {false};
        size_t n = 3;
        for (int taken = 0; taken < 3;) {
            size_t k;
            draw = draw * 16807 % 2147483647;
            k = draw % LENGTH(corner_cases);
            if (used[k] || strcmp(corner_cases[k].file, HOUSE) != 0)
                continue;
            used[k] = true;
            n = add_settings(&corner_cases[k], setting, n);
            taken++;
        }
        assert_laws(HOUSE, setting, n, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laws_hold_in_combinations),
    };
    int failed = run_table("conservation", laws_hold, corner_cases);

    return failed +
           cmocka_run_group_tests_name("combinations", tests, NULL, NULL);
}
