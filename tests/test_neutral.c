/*
 * What must not matter: a feature at its neutral value, the order of a file's
 * keys, what other people do; and what must: the seed. Records are compared bit
 * for bit.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/replication.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270107
#define SETTINGS 6 /* at most, in a row */
#define YEARS 3

static size_t count_settings(const char *const *setting)
{
    size_t n = 0;

    while (n < SETTINGS && setting[n])
        n++;
    return n;
}

static bool same_bytes(const struct model *a, const struct model *b)
{
    return a->count == b->count && a->layout.length == b->layout.length &&
           memcmp(a->record, b->record,
                  (size_t)a->count * a->layout.length * sizeof *a->record) == 0;
}

/* ---- neutral values ---- */

#define SERVICE "scenarios/crisis-house.yaml"
#define SHORT "calendar.warm_up=6 weeks", "calendar.run_for=20 weeks"
#define COURSE "conditions.after crisis."
#define PEOPLE "cohorts.crisis house admissions."

/* Two ways to say the same: without it, and with its neutral value. */
struct neutral_case {
    const char *name;
    const char *without[SETTINGS];
    const char *neutral[SETTINGS];
};
static struct neutral_case neutral_cases[] = {
    {"after_move: times 1",
     {COURSE "after_move=null"},
     {COURSE "after_move.times=1"}},
    {"after_advance: times 1",
     {NULL},
     {COURSE "after_advance={times: 1, half_gone_after: 3 days}"}},
    {"after_contact: times 1",
     {COURSE "after_contact=null"},
     {COURSE "after_contact.times=1"}},
    {"contacts that protect by nothing",
     {COURSE "after_contact=null"},
     {"contacts.evening visit.protects=0%", "contacts.phone check.protects=0%",
      "contacts.ring back.protects=0%", "contacts.welfare visit.protects=0%",
      "contacts.routine review.protects=0%",
      "contacts.urgent review.protects=0%"}},
    {"after_contact: improving 1",
     {NULL},
     {COURSE "after_contact.improving=1"}},
    {"a cohort's improving: 1", {NULL}, {PEOPLE "improving=1"}},
    {"an exponential dwell, which is a rate",
     {COURSE "changes.settled to warning=0.025/day"},
     {COURSE "changes.settled to warning={dwell: exponential(mean 40 days)}"}},
    {"a sign of weight 1 that shows in all people",
     {NULL},
     {"signs.agitation.weight=1", "signs.agitation.applies_to=100%"}},
    {"an alert that remembers, and never rises",
     {"signs.never seen={settled: 0%}"},
     {"signs.never seen={settled: 0%}",
      "alerts.review soon={signs: 3, rising: 6 in 14 days}"}},
    {"people who never call",
     {"responses.reaches out={ring: {do: ring back}}"},
     {"responses.reaches out={ring: {do: ring back}}",
      PEOPLE "reaches_out={settled: 0/day, warning: 0/day}"}},
    {"varies_between_people: 0",
     {COURSE "varies_between_people=null"},
     {COURSE "varies_between_people=0"}},
    {"hours: a factor of 1",
     {COURSE "hours=null"},
     {COURSE "hours={\"18:00-23:00\": 1}"}},
    {"a cohort's worsening: 1", {NULL}, {PEOPLE "worsening=1"}},
    {"a level's effect: 1",
     {NULL},
     {"levels.floating support.effect={worsening: 1, improving: 1}"}},
    {"disengages with chance and rate 0",
     {PEOPLE "disengages=null"},
     {PEOPLE "disengages.chance=0%",
      PEOPLE "disengages.rate={settled: 0/day}"}},
    {"a sign with chance 0%",
     {NULL},
     {"signs.never seen={settled: 0%, warning: 0%, deteriorating: 0%}"}},
    {"a sign that nobody notices, for no change of it is luck of others",
     {"signs.agitation={settled: 0%, warning: 0%, deteriorating: 0%}"},
     {"signs.agitation=null"}},
    {"leaves: at any time",
     {"levels.crisis house.leaves=null"},
     {"levels.crisis house.leaves={days: every day, hours: 00:00-24:00}"}},
    {"longest: ten years",
     {"levels.enhanced step-down.longest=null"},
     {"levels.enhanced step-down.longest=3650 days"}},
    {"a handover without consequences, however incomplete",
     {"levels.enhanced step-down.handover.complete=100%",
      "levels.enhanced step-down.handover.notices=100%",
      "levels.enhanced step-down.handover.acts=100%"},
     {"levels.enhanced step-down.handover.complete=20%",
      "levels.enhanced step-down.handover.notices=100%",
      "levels.enhanced step-down.handover.acts=100%"}},
    {"absence: a share of 0%",
     {"staff.clinician.absence=null"},
     {"staff.clinician.absence.share=0%"}},
    {"a bank that covers nothing",
     {"staff.support worker.bank=null"},
     {"staff.support worker.bank.covers=0%"}},
    {"premiums of 0%",
     {"staff.support worker.premium=null"},
     {"staff.support worker.premium={saturday: 0%, sunday: 0%}"}},
    {"nights at 0%",
     {NULL},
     {"staff.support worker.premium.night=0%",
      "staff.on-call worker.premium={night: 0%, night_hours: 22:00-07:00}"}},
    {"staff who notice and act like others",
     {NULL},
     {"staff.on-call worker={notices: 100%, acts: 100%}",
      "staff.support worker.bank={notices: 100%, acts: 100%}"}},
    {"bank staff who notice nothing, where there are none",
     {"staff.support worker.bank=null"},
     {"staff.support worker.bank={covers: 0%, cost: 0, notices: 0%, acts: "
      "0%}"}},
    {"no headroom", {NULL}, {"staff.support worker.headroom=0%"}},
    {"team time of no length",
     {NULL},
     {"team_time.a={role: support worker, at: 16:00, lasts: 0 min}",
      "team_time.b={shift: weekend, after: 4 h, per_person: 0 min, floating: "
      "yes}"}},
    {"team time when nobody is on duty",
     {NULL},
     {"team_time.a={role: clinician, at: 03:00, lasts: 60 min}"}},
    /* With fewer than one there is nobody to go out or not. */
    {"a minimum of one",
     {NULL},
     {"rota.weekday evening.minimum=1", "rota.weekday evening.below=phone only",
      "rota.weekend.minimum=1", "rota.weekend.below=phone only"}},
    {"what sizing may not go under, and breaks not modelled",
     {NULL},
     {"rota.weekend={at_least: 1, breaks: no}"}},
    {"defaults said aloud",
     {NULL},
     {"rota.weekend.overrun=30 min", "staff.clinician.overtime=100%",
      "contacts.risk huddle.priority=5", PEOPLE "priority=5",
      "plans.keeping in touch.starts=next day",
      "contacts.evening visit.attendance=100%"}},
    {"pairs: nobody", {NULL}, {PEOPLE "pairs=0%"}},
    {"pair_after: an hour at which nobody is visited",
     {NULL},
     {"contacts.evening visit.pair_after=22:00"}},
    {"a preferred time that matters to no contact",
     {NULL},
     {PEOPLE "prefers={\"10:00\": 30%, \"18:00\": 70%}"}},
    {"attendance_at_other_times: 100%",
     {PEOPLE "prefers={\"10:00\": 100%}"},
     {PEOPLE "prefers={\"10:00\": 100%}",
      "contacts.evening visit.attendance_at_other_times=100%"}},
    {"order: due", {NULL}, {"order=due"}},
    {"rule_followed: always, and after_last_repeat: what is done anyway",
     {NULL},
     {"plans.evening taper.rule_followed=100%",
      "plans.evening taper.after_last_repeat=advance"}},
    {"advance_if: that always holds",
     {"plans.evening taper.advance_if=null",
      "plans.evening taper.repeats=null"},
     {"plans.evening taper.advance_if={contacts_done: 0%, no_alert_for: null}",
      "plans.evening taper.repeats=null",
      "plans.evening taper.repeats={most: 1}"}},
    {"an action that never succeeds",
     {"responses.disengaged.go round.succeeds=0%"},
     {"responses.disengaged.go round.succeeds=0%",
      "responses.disengaged.go round.then={settle: 100%}"}},
    {"settle: 0%",
     {"responses.review now.review.when.warning=null"},
     {"responses.review now.review.when.warning={settle: 0%}"}},
    {"one route for all, without a delay",
     {NULL},
     {"levels.crisis house.then={on: {to: enhanced step-down, chance: 100%, "
      "delay: 0 min}}"}},
    {"a route that nobody takes",
     {NULL},
     {"levels.crisis house.then={on: {to: enhanced step-down, chance: 100%}, "
      "out: {to: leave, chance: 0%, delay: 9 days, stay: 1 day}}"}},
    {"giving up after 10000 days",
     {NULL},
     {"levels.crisis house.gives_up={after: 10000 days, to: leave}",
      "levels.enhanced step-down.gives_up={after: 10000 days, to: "
      "discharged}"}},
    {"a divert that is never reached",
     {"levels.enhanced step-down.places=1000"},
     {"levels.enhanced step-down.places=1000",
      "levels.enhanced step-down.when_full={divert to: floating support}",
      "levels.crisis house.when_next_full=wait"}},
    {"accepts_if: whoever comes",
     {NULL},
     {"levels.enhanced step-down.accepts_if=deteriorating"}},
    {"an overlap of no days",
     {NULL},
     {"levels.enhanced step-down.handover.overlap=0 days"}},
    {"months of an ordinary rate, and no growth",
     {NULL},
     {PEOPLE "referrals.months={dec: 1, jul: 1}",
      PEOPLE "referrals.growth=0%/year"}},
    {"bounds on what is known all the same",
     {NULL},
     {COURSE "changes.warning to settled=about 0.15/day, 90% between 0.1/day "
             "and 0.3/day"}},
    {"unlimited places",
     {"levels.enhanced step-down.places=null"},
     {"levels.enhanced step-down.places=unlimited",
      "levels.discharged.places=unlimited"}},
};

static void run_short(struct model *model, const char *const *setting)
{
    const char *all[SETTINGS + 2] = {SHORT};
    size_t n = count_settings(setting);

    for (size_t i = 0; i < n; i++)
        all[2 + i] = setting[i];
    model_run(model, SERVICE, all, n + 2, YEARS, SEED);
}

static void neutral_changes_nothing(void **state)
{
    const struct neutral_case *c = *state;
    struct model without, neutral;

    run_short(&without, c->without);
    run_short(&neutral, c->neutral);
    assert_true(same_bytes(&without, &neutral));
    model_clear(&without);
    model_clear(&neutral);
}

/* The controls: near neutral is not neutral. */
static struct neutral_case other_cases[] = {
    {"after_move: times 1.2 is another service",
     {COURSE "after_move=null"},
     {COURSE "after_move.times=1.2"}},
    {"a factor of 1.05 in the evening is another service",
     {COURSE "hours=null"},
     {COURSE "hours={\"18:00-23:00\": 1.05}"}},
    {"after_contact: improving 1.1 is another service",
     {NULL},
     {COURSE "after_contact.improving=1.1"}},
    {"a sign that shows in 9 of 10 people is another service",
     {NULL},
     {"signs.agitation.applies_to=90%"}},
    {"a dwell of another family is another service",
     {COURSE "changes.settled to warning=0.025/day"},
     {COURSE "changes.settled to warning={dwell: 'weibull(shape 1.05, scale "
             "40 days)'}"}},
    {"an alert that rises is another service",
     {NULL},
     {"alerts.review soon={signs: 3, rising: 2 in 14 days}"}},
    {"people who call are another service",
     {"responses.reaches out={ring: {do: ring back}}"},
     {"responses.reaches out={ring: {do: ring back}}",
      PEOPLE "reaches_out={warning: 0.02/day}"}},
    {"a sign with chance 5% is another service",
     {NULL},
     {"signs.seldom seen={settled: 5%, warning: 5%, deteriorating: 5%}"}},
    {"a route that 1% take is another service",
     {NULL},
     {"levels.crisis house.then={on: {to: enhanced step-down, chance: 99%}, "
      "out: {to: leave, chance: 1%}}"}},
    {"giving up after 10 days is another service",
     {NULL},
     {"levels.crisis house.gives_up={after: 10 days, to: leave}"}},
    {"accepts_if: those less unwell is another service",
     {NULL},
     {"levels.enhanced step-down.accepts_if=warning"}},
    {"an overlap of 3 days is another service",
     {NULL},
     {"levels.floating support.handover={by: clinician, lasts: 5 min, within: "
      "1 day, overlap: 3 days}"}},
    {"a share of 1% absent is another service",
     {"staff.clinician.absence=null"},
     {"staff.clinician.absence.share=1%"}},
    {"five minutes for the team is another service",
     {NULL},
     {"team_time.a={role: support worker, at: 16:00, lasts: 5 min}"}},
    {"on-call staff who notice less are another service",
     {NULL},
     {"staff.on-call worker.notices=50%"}},
};

static void other_changes_something(void **state)
{
    const struct neutral_case *c = *state;
    struct model without, other;

    run_short(&without, c->without);
    run_short(&other, c->neutral);
    assert_false(same_bytes(&without, &other));
    model_clear(&without);
    model_clear(&other);
}

/* ---- an alert never reached adds rows and changes none ---- */

static const struct result_row *row_like(const struct model *model,
                                         const struct model *of,
                                         const struct result_row *row)
{
    char name[256], other[256];

    if (!row->sliced)
        return result_find(&model->result, row->measure, SLICE_COUNT, 0);
    slice_value_name(of->scenario, row->slice, row->value, name, sizeof name);
    for (uint32_t i = 0; i < slice_values(model->scenario, row->slice); i++) {
        slice_value_name(model->scenario, row->slice, i, other, sizeof other);
        if (strcmp(name, other) == 0)
            return result_find(&model->result, row->measure, row->slice, i);
    }
    return NULL;
}

/* The same but for rounding: sums may have been taken in another order. */
static void assert_same_row(const struct model *a, const struct result_row *row,
                            const struct model *b)
{
    const struct result_row *other = row_like(b, a, row);
    double mean = row->estimate.mean;

    assert_non_null(other);
    if (isnan(mean) && isnan(other->estimate.mean))
        return;
    if (!(fabs(mean - other->estimate.mean) <= 1e-12 * fabs(mean)))
        fail_msg("%s is %.17g, then %.17g", measure_table[row->measure].id,
                 mean, other->estimate.mean);
}

static void an_alert_never_reached_changes_no_measure(void **state)
{
    static const char *const never[SETTINGS] = {
        "signs.never seen={settled: 0%, warning: 0%, deteriorating: 0%}",
        "alerts.never=6",
        "responses.never={review: {within: 24 h, do: urgent review}}"};
    static const char *const nothing[SETTINGS] = {NULL};
    struct model with, without;

    (void)state;
    run_short(&without, nothing);
    run_short(&with, never);
    for (size_t i = 0; i < without.result.row_count; i++)
        assert_same_row(&without, &without.result.row[i], &with);
    model_clear(&with);
    model_clear(&without);
}

/* ---- a concern without response and factor 1 is only counted ---- */

static bool is_of_concerns(const struct result_row *row)
{
    return strncmp(measure_table[row->measure].id, "concern", 7) == 0;
}

/* Whether the figure is the same to the last bit. */
static bool is_exact(const struct model *a, const struct result_row *row,
                     const struct model *b)
{
    const struct result_row *other = row_like(b, a, row);

    assert_non_null(other);
    return memcmp(&row->estimate, &other->estimate, sizeof row->estimate) == 0;
}

static void a_concern_of_no_consequence_changes_no_measure(void **state)
{
    static const char *const with_it[SETTINGS] = {
        "concerns={dispute: {rate: {settled: 0.05/day, warning: 0.1/day}, "
        "noticed: 60%, delay: 1 day, closes: exponential(mean 3 days)}}"};
    static const char *const worse[SETTINGS] = {with_it[0],
                                                "concerns.dispute.worsening=3"};
    static const char *const nothing[SETTINGS] = {NULL};
    struct model with, without, other;
    uint32_t changed = 0;

    (void)state;
    run_short(&without, nothing);
    run_short(&with, with_it);
    run_short(&other, worse);
    assert_true(model_total(&with, COUNT_CONCERNS) > 100);
    for (size_t i = 0; i < without.result.row_count; i++) {
        const struct result_row *row = &without.result.row[i];
        if (is_of_concerns(row))
            continue;
        if (!is_exact(&without, row, &with))
            fail_msg("%s is another", measure_table[row->measure].id);
        changed += !is_exact(&without, row, &other);
    }
    assert_true(changed > 100);
    model_clear(&with);
    model_clear(&without);
    model_clear(&other);
}

/* ---- names, not places in a file ---- */

#define HEAD                                                                   \
    "handrail: 1\n"                                                            \
    "title: order\n"                                                           \
    "calendar: {start: 2027-01-04, warm_up: 20 days, run_for: 100 days,\n"     \
    "           run_on: 30 days}\n"
#define COHORT_A                                                               \
    "  a: {referrals: {rate: 0.3/day}, enters: home, condition: course,\n"     \
    "      attendance: 80%}\n"
#define COHORT_B                                                               \
    "  b: {referrals: {rate: 0.2/day}, enters: house, condition: course,\n"    \
    "      worsening: 2}\n"
#define CONDITIONS(changes)                                                    \
    "conditions:\n"                                                            \
    "  course:\n"                                                              \
    "    states: [settled, warning, crisis]\n"                                 \
    "    begin: {settled: 60%, warning: 40%}\n"                                \
    "    changes: {" changes "}\n"                                             \
    "    varies_between_people: 0.7\n"                                         \
    "    after_contact: {times: 0.5, half_gone_after: 1 day}\n"
#define SIGN_ONE "  one: {settled: 10%, warning: 50%}\n"
#define SIGN_TWO "  two: {warning: 40%, lasts: 2 days, settled: 20%}\n"
#define HOUSE                                                                  \
    "  house: {rank: 2, places: 3, stay: 'gamma(mean 6 days, sd 3 days)',\n"   \
    "          then: home}\n"
#define HOME "  home: {rank: 1, plan: plan, then: leave, longest: 30 days}\n"
#define PLANS(contacts)                                                        \
    "plans:\n"                                                                 \
    "  plan: {steps: {first: {for: 7 days, contacts: {" contacts "}},\n"       \
    "    second: {for: 7 days, contacts: {visit: every 2 days}}}}\n"
#define VISIT                                                                  \
    "  visit: {between: 15:00-19:00, by: worker, travel: 20 min,\n"            \
    "          lasts: 'gamma(mean 40 min, sd 10 min)'}\n"
#define CALL                                                                   \
    "  call: {at: 10:00, window: 2 h, by: [lead, worker], lasts: 20 min}\n"
#define REVIEW "  low: {review: {do: call, within: 2 days, then: settle 50%}}\n"
#define MISSES "  not attended: {ring: {do: call, succeeds: 60%}}\n"
#define CRISIS                                                                 \
    "  crisis: {one_of: {back: {chance: 60%, then: {move to: house}},\n"       \
    "                    gone: {chance: 40%, then: leave}}}\n"
#define WORKER "  worker: {absence: {share: 10%, spells: 3 days}, cost: 20/h}\n"
#define LEAD "  lead: {cost: 40/h}\n"
#define DAYS "  days: {days: weekdays, hours: 09:00-17:00, staff: {"
#define EVENINGS                                                               \
    "  evenings: {days: every day, hours: 14:00-21:00, staff: {worker: 2}}\n"

static const char FORWARD[] = HEAD "cohorts:\n" COHORT_A COHORT_B CONDITIONS(
    "settled to warning: 0.1/day, warning to settled: 0.1/day, "
    "warning to crisis: 0.03/day") "signs:\n" SIGN_ONE SIGN_TWO
                                   "alerts: {low: 1, high: 2}\n"
                                   "levels:\n" HOUSE HOME PLANS(
                                       "call: 3 per week, visit: every "
                                       "day") "contacts:\n" VISIT CALL
                                              "responses:\n" REVIEW MISSES
                                                  CRISIS "staff:\n" WORKER LEAD
                                              "rota:\n" DAYS "worker: 1, lead: "
                                              "1}}\n" EVENINGS;

static const char BACKWARD[] =
    "rota:\n" EVENINGS DAYS "lead: 1, worker: 1}}\n"
    "staff:\n" LEAD WORKER "responses:\n" CRISIS MISSES REVIEW
    "contacts:\n" CALL VISIT PLANS(
        "visit: every day, call: 3 per week") "levels:\n" HOME HOUSE
                                              "alerts: {high: 2, low: 1}\n"
                                              "signs:\n" SIGN_TWO SIGN_ONE
                                                  CONDITIONS(
                                                      "warning to crisis: "
                                                      "0.03/day, warning to "
                                                      "settled: 0.1/day, "
                                                      "settled to warning: "
                                                      "0.1/day") "cohorts:"
                                                                 "\n" COHORT_B
                                                                     COHORT_A
                                                                         HEAD;

static void the_order_of_keys_does_not_matter(void **state)
{
    struct model forward, backward;

    (void)state;
    model_run(&forward, FORWARD, NULL, 0, 5, SEED);
    model_run(&backward, BACKWARD, NULL, 0, 5, SEED);
    assert_true(model_total(&forward, COUNT_COMPLETED) > 100);
    assert_int_equal(forward.layout.digest, backward.layout.digest);
    assert_true(same_bytes(&forward, &backward));
    model_clear(&forward);
    model_clear(&backward);
}

/* ---- seeds and replications ---- */

static void a_seed_is_repeatable(void **state)
{
    struct model first, again, other;

    (void)state;
    model_run(&first, FORWARD, NULL, 0, 5, SEED);
    model_run(&again, FORWARD, NULL, 0, 5, SEED);
    model_run(&other, FORWARD, NULL, 0, 5, SEED + 1);
    assert_true(same_bytes(&first, &again));
    assert_false(same_bytes(&first, &other));
    model_clear(&first);
    model_clear(&again);
    model_clear(&other);
}

/* A replication depends on its number, not on what was run before it. */
static void replications_do_not_depend_on_their_order(void **state)
{
    struct replication *replication = NULL;
    struct model model;
    double *record;
    uint32_t length;

    (void)state;
    model_run(&model, FORWARD, NULL, 0, 5, SEED);
    length = model.layout.length;
    record = calloc(length, sizeof *record);
    assert_non_null(record);
    assert_int_equal(
        replication_new(model.scenario, &model.layout, &replication), SIM_OK);
    for (uint32_t i = 5; i-- > 0;) {
        assert_int_equal(replication_run(replication, SEED, i, record), SIM_OK);
        assert_memory_equal(record, &model.record[(size_t)i * length],
                            length * sizeof *record);
    }
    assert_memory_not_equal(model.record, model.record + length,
                            length * sizeof *record);
    replication_free(replication);
    free(record);
    model_clear(&model);
}

/* ---- people's luck is their own ---- */

#define AMPLE "levels.house.places=unlimited", "rota.evenings.staff.worker=250"
#define ANOTHER                                                                \
    "cohorts.c={referrals: {rate: 0.5/day}, enters: home, condition: course}"

/* With places and staff for all, a cohort fares as if the others were not
 * there: every measure by cohort. */
static void a_cohort_is_not_touched_by_another(void **state)
{
    static const char *const alone[] = {AMPLE,
                                        "staff.worker.absence=null",
                                        "contacts.call.by=worker",
                                        "contacts.call.at=15:00",
                                        "staff.lead=null",
                                        "rota.days.staff.lead=null"};
    static const char *const both[] = {alone[0], alone[1], alone[2], alone[3],
                                       alone[4], alone[5], alone[6], ANOTHER};
    struct model without, with;
    uint32_t compared = 0;

    (void)state;
    model_run(&without, FORWARD, alone, LENGTH(alone), 5, SEED);
    model_run(&with, FORWARD, both, LENGTH(both), 5, SEED);
    for (size_t i = 0; i < without.result.row_count; i++) {
        const struct result_row *row = &without.result.row[i];
        if (!row->sliced || row->slice != SLICE_COHORT)
            continue;
        assert_same_row(&without, row, &with);
        compared++;
    }
    assert_true(compared > 50);
    assert_true(model_total(&with, COUNT_DUE) >
                1.3 * model_total(&without, COUNT_DUE));
    model_clear(&without);
    model_clear(&with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_never_reached_changes_no_measure),
        cmocka_unit_test(a_concern_of_no_consequence_changes_no_measure),
        cmocka_unit_test(the_order_of_keys_does_not_matter),
        cmocka_unit_test(a_seed_is_repeatable),
        cmocka_unit_test(replications_do_not_depend_on_their_order),
        cmocka_unit_test(a_cohort_is_not_touched_by_another),
    };
    int failed = 0;

    failed += run_table("neutral", neutral_changes_nothing, neutral_cases);
    failed += run_table("not neutral", other_changes_something, other_cases);
    failed += cmocka_run_group_tests_name("luck", tests, NULL, NULL);
    return failed;
}
