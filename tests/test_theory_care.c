/*
 * The model against closed forms: contacts, signs, responses, referrals, staff
 * and money. Every bound is 4 standard errors; beside each group stands a
 * control, the same comparison with a wrong rate, which must fail.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "studies/estimate.h"
#include "tests/model.h"
#include "tests/stats.h"
#include "tests/table.h"

#define SEED 20270105
#define SETTINGS 10 /* at most, in a row */

static size_t count_settings(const char *const *setting)
{
    size_t n = 0;

    while (n < SETTINGS && setting[n])
        n++;
    return n;
}

/* One a day comes and is seen at noon of each of the next ten days, by staff
 * of whom there are always enough. Half are settled, half in warning, for
 * good; the sign is drawn at every contact; an alert is closed at once. */
static const char CARE[] =
    "handrail: 1\n"
    "title: care\n"
    "calendar: {start: 2027-01-04, warm_up: 40 days, run_for: 280 days,\n"
    "           run_on: 40 days}\n"
    "cohorts:\n"
    "  people:\n"
    "    {referrals: {rate: 1/day}, enters: home, condition: course}\n"
    "conditions:\n"
    "  course:\n"
    "    states: [settled, warning, crisis]\n"
    "    begin: {settled: 50%, warning: 50%}\n"
    "signs:\n"
    "  sign: {settled: 20%, warning: 60%, lasts: 0 min}\n"
    "alerts: {alert: 1}\n"
    "levels:\n"
    "  home: {rank: 1, plan: plan, then: leave}\n"
    "plans:\n"
    "  plan: {steps: {daily: {for: 10 days, contacts: {visit: every day}}}}\n"
    "contacts:\n"
    "  visit: {at: 12:00, window: 2 h, by: worker, lasts: 1 min}\n"
    "responses:\n"
    "  alert: {close: {then: {record: closed}}}\n"
    "staff:\n"
    "  worker: {}\n"
    "rota:\n"
    "  all: {days: every day, hours: 00:00-24:00, staff: {worker: 40}}\n";

/* All in warning, which has the sign for certain. */
#define WARNING                                                                \
    "conditions.course.begin={settled: 0%, warning: 100%}",                    \
        "signs.sign.warning=100%"
/* Crises at 5 a day, ten days long: all but one in e^50 have one at once. */
#define CRISIS "conditions.course.changes={warning to crisis: 5/day}"
/* Staff who never come: there are no holidays. */
#define NOBODY                                                                 \
    "staff.nobody={}",                                                         \
        "rota.never={days: holidays, hours: 09:00-17:00, staff: {nobody: 1}}"

#define POW2(x) ((x) * (x))
#define POW8(x) POW2(POW2(POW2(x)))
#define POW10(x) (POW8(x) * POW2(x))

struct care_case {
    const char *name;
    const char *setting[SETTINGS];
    const char *measure;
    enum slice slice; /* SLICE_COUNT: whole */
    const char *value;
    double expected, wrong;
};
#define WHOLE SLICE_COUNT, NULL

static struct care_case care_cases[] = {
    {"every day of every person has its contact",
     {NULL},
     "contacts_due",
     WHOLE,
     10,
     10.2},
    {"attendance is a share of contacts",
     {"cohorts.people.attendance=70%"},
     "contacts_not_attended",
     WHOLE,
     0.3,
     0.33},
    {"a kind's attendance multiplies the person's",
     {"cohorts.people.attendance=70%", "contacts.visit.attendance=50%"},
     "contacts_not_attended",
     WHOLE,
     1 - 0.7 * 0.5,
     0.7},
    {"attendance by state is mixed by how many are in each",
     {"cohorts.people.attendance={settled: 90%, warning: 40%}"},
     "contacts_missed",
     WHOLE,
     0.5 * 0.1 + 0.5 * 0.6,
     0.39},
    {"missed while unwell counts those beyond the first state alone",
     {"cohorts.people.attendance={settled: 90%, warning: 40%}"},
     "missed_while_unwell",
     WHOLE,
     0.5 * 0.6,
     0.35},
    {"one sign, drawn at every contact, raises its alert by its chance",
     {NULL},
     "alerts",
     WHOLE,
     10 * (0.5 * 0.2 + 0.5 * 0.6),
     4.5},
    {"a sign is noticed with the kind's chance",
     {"contacts.visit.notices=50%"},
     "alerts",
     WHOLE,
     10 * 0.5 * (0.5 * 0.2 + 0.5 * 0.6),
     4},
    {"signs come each by itself",
     {"signs.other={settled: 70%, warning: 70%, lasts: 0 min}",
      "alerts.alert=2"},
     "alerts",
     WHOLE,
     10 * 0.7 * (0.5 * 0.2 + 0.5 * 0.6),
     10 * 0.4},
    {"the highest alert that is reached is raised, not the lower ones",
     {"signs.other={settled: 70%, warning: 70%, lasts: 0 min}", "alerts.both=2",
      "responses.both={close: {then: {record: closed}}}"},
     "alerts",
     SLICE_ALERT,
     "alert",
     10 * (0.5 * (0.2 * 0.3 + 0.8 * 0.7) + 0.5 * (0.6 * 0.3 + 0.4 * 0.7)),
     10 * 0.4},
    {"an alert raised in the first state is false",
     {NULL},
     "false_alerts",
     WHOLE,
     0.1 / 0.4,
     0.2},
    {"an alert without a response stays in force while the signs stay",
     {WARNING, "responses=null"},
     "alerts",
     WHOLE,
     1,
     2},
    {"from the after_missed-th miss in a row on, each may disengage",
     {"cohorts.people.attendance=0%",
      "cohorts.people.disengages={after_missed: 3, chance: 25%}"},
     "disengaged",
     WHOLE,
     1 - POW8(0.75),
     1 - POW10(0.75)},
    {"those who disengage have no more planned contacts",
     {"cohorts.people.attendance=0%",
      "cohorts.people.disengages={after_missed: 3, chance: 25%}"},
     "contacts_due",
     WHOLE,
     2 + (1 - POW8(0.75)) / 0.25,
     3 + (1 - POW8(0.75)) / 0.25},
    /* Until 00:00 after ten more days, from a moment uniform in the day: the
     * mean of exp(-0.1 t) is exp(-1) (1 - exp(-0.1)) / 0.1. */
    {"people disengage at a rate while in a level with planned contacts",
     {"cohorts.people.disengages={rate: {settled: 0.1/day, warning: "
      "0.1/day}}"},
     "disengaged",
     WHOLE,
     1 - 0.36787944117144233 * 0.95162581964040427,
     0.7},
    {"the rate is that of the state",
     {"cohorts.people.disengages={rate: {warning: 0.1/day}}"},
     "disengaged",
     WHOLE,
     0.5 * (1 - 0.36787944117144233 * 0.95162581964040427),
     0.5 * 0.75},
    {"settle works with its chance at each response",
     {WARNING, "signs.sign.settled=0%",
      "responses.alert.close.then={settle: 30%}"},
     "alerts",
     WHOLE,
     (1 - POW10(0.7)) / 0.3,
     (1 - POW10(0.75)) / 0.25},
    {"an action succeeds with its chance",
     {WARNING, "signs.sign.settled=0%",
      "responses.alert.close={succeeds: 40%, then: {settle: 100%}}"},
     "alerts",
     WHOLE,
     (1 - POW10(0.6)) / 0.4,
     (1 - POW10(0.65)) / 0.35},
    {"a crisis chooses among its outcomes by their chances",
     {WARNING, CRISIS,
      "responses.crisis={one_of: {a: {chance: 55%, then: leave}, "
      "b: {chance: 30%, then: leave}, c: {chance: 15%, then: leave}}}"},
     "crises",
     SLICE_OUTCOME,
     "b",
     0.3,
     0.35},
    {"the last outcome has what the others leave",
     {WARNING, CRISIS,
      "responses.crisis={one_of: {a: {chance: 55%, then: leave}, "
      "b: {chance: 30%, then: leave}, "
      "c: {chance: 15%, then: [record gone, leave]}}}"},
     "outcomes",
     SLICE_OUTCOME,
     "gone",
     0.15,
     0.18},
};

/* What is counted in `block`, for each person referred: how many are referred
 * is chance that need not blur it. */
static struct estimate per_person(const struct model *model,
                                  const struct block *block, uint32_t value)
{
    static const struct estimate_rule plain = {ESTIMATE_PLAIN, 1, 0};
    struct estimator estimator;
    struct estimate estimate;

    assert_true(value < block->length);
    assert_int_equal(estimator_init(&estimator, model->count), SIM_OK);
    for (uint32_t i = 0; i < model->count; i++) {
        const double *record = &model->record[(size_t)i * model->layout.length];
        column_open(&estimator.numerator)[i] = record[block->offset + value];
        column_open(&estimator.denominator)[i] =
            record[model->layout.total[COUNT_REFERRALS].offset];
    }
    estimator_ratio(&estimator, &plain, &estimate);
    estimator_clear(&estimator);
    return estimate;
}

static uint32_t value_named(const struct model *model, enum slice slice,
                            const char *name)
{
    char text[256];
    uint32_t i;

    for (i = 0; i < slice_values(model->scenario, slice); i++) {
        slice_value_name(model->scenario, slice, i, text, sizeof text);
        if (strcmp(text, name) == 0)
            break;
    }
    return i;
}

/* Counts are looked at per person, everything else as the measure it is. */
static struct estimate estimate_of(const struct model *model,
                                   const struct care_case *c)
{
    const struct measure *measure = &measure_table[measure_find(c->measure)];

    if (measure->type != MEASURE_PER_WEEK)
        return *model_value(model, c->measure);
    if (c->slice == SLICE_COUNT)
        return per_person(model, &model->layout.total[measure->numerator], 0);
    return per_person(model, &model->layout.cut[measure->numerator][c->slice],
                      value_named(model, c->slice, c->value));
}

static void care_has_its_mean(void **state)
{
    const struct care_case *c = *state;
    struct estimate estimate;
    struct model model;

    model_run(&model, CARE, c->setting, count_settings(c->setting), 24, SEED);
    estimate = estimate_of(&model, c);
    assert_mean(&model, &estimate, c->expected);
    assert_false(model_is_near(&model, &estimate, c->wrong));
    model_clear(&model);
}

/* ---- handover ---- */

/* One contact, the day after a handover on entry; the sign is certain. */
#define HANDOVER(rest)                                                         \
    WARNING, "plans.plan.steps.daily.for=1 day",                               \
        "levels.home.handover={lasts: 1 min, within: 1 h, notices: 50%, "      \
        "acts: 30%, " rest "}"

static struct care_case handover_cases[] = {
    {"a handover is complete with its chance, else signs are noticed less",
     {HANDOVER("by: worker, complete: 60%")},
     "alerts",
     WHOLE,
     0.6 + 0.4 * 0.5,
     1},
    {"after an incomplete handover an alert starts its response less often",
     {HANDOVER("by: worker, complete: 60%")},
     "responses",
     WHOLE,
     0.6 + 0.4 * 0.5 * 0.3,
     0.7},
    {"a handover that is late has the same effect",
     {HANDOVER("by: nobody"), NOBODY},
     "alerts",
     WHOLE,
     0.5,
     0.6},
    /* Half are alerted on the first day, and reviewed; these for certain again
     * on the second, and half of the others. */
    {"the effect of a handover ends at the first review",
     {HANDOVER("by: nobody"), NOBODY, "levels.home.handover.acts=100%",
      "plans.plan.steps.daily.for=2 days", "responses.alert.close.do=review",
      "contacts.review={window: 2 h, by: worker, lasts: 10 min}"},
     "alerts",
     WHOLE,
     0.5 + 0.5 * 1 + 0.5 * 0.5,
     1.1},
    {"the effect of a handover ends at `until`",
     {HANDOVER("by: nobody, until: 2 h"), NOBODY,
      "cohorts.people.referrals.hours=09:00-09:01"},
     "responses",
     WHOLE,
     1,
     0.8},
    {"nobody owns the person until the handover is done: here all the time",
     {HANDOVER("by: nobody"), NOBODY},
     "unowned_hours",
     WHOLE,
     36,
     36.5},
};

/* ---- signs persist ---- */

struct lasts_case {
    const char *name;
    const char *lasts;
    double kept; /* chance that it is not drawn afresh within a day */
};
static struct lasts_case lasts_cases[] = {
    {"lasts: 0 min makes every contact a look of its own",
     "signs.sign.lasts=0 min", 0},
    {"a sign is drawn afresh after an exponential time",
     "signs.sign.lasts=5 days", 0.81873075307798182},
    {"a sign that lasts long is there at all contacts or none",
     "signs.sign.lasts=3650 days", 0.99972606494144428},
};

/* Five looks a day apart; the step is repeated if any of them found the sign.
 * None does with chance q (k + (1 - k) q)^4: absent at one look, it is absent
 * a day later if it was kept (k) or drawn absent again. */
static void signs_persist(void **state)
{
    static const double q = 0.7;
    const struct lasts_case *c = *state;
    const char *const setting[] = {
        "conditions.course.begin={settled: 0%, warning: 100%}",
        "signs.sign.warning=30%",
        "plans.plan.steps.daily.for=5 days",
        "plans.plan.advance_if={no_alert_for: 5 days}",
        "plans.plan.repeats={most: 1}",
        c->lasts};
    double none = q * POW2(POW2(c->kept + (1 - c->kept) * q));
    double other = c->kept > 0.5 ? c->kept - 0.1 : c->kept + 0.1;
    double wrong = q * POW2(POW2(other + (1 - other) * q));
    struct estimate repeats;
    struct model model;

    model_run(&model, CARE, setting, LENGTH(setting), 24, SEED);
    repeats = per_person(&model, &model.layout.total[COUNT_REPEATS], 0);
    assert_mean(&model, &repeats, 1 - none);
    assert_false(model_is_near(&model, &repeats, 1 - wrong));
    model_clear(&model);
}

/* ---- referrals ---- */

/* A contact on the day of entry, any hour: due at once, so contacts due by
 * hour of the week are referrals. Holidays are a Monday and a Friday. */
#define ON_ENTRY                                                               \
    "plans.plan.starts=same day", "plans.plan.steps.daily.for=1 day",          \
        "contacts.visit={at: 00:00, window: 24 h}",                            \
        "calendar.holidays=[2027-03-29, 2027-07-30]"

struct referral_case {
    const char *name;
    const char *setting[SETTINGS];
    double weekly;      /* of an ordinary week */
    double lost_weeks;  /* of 40, by the two holidays */
    uint32_t first_day; /* open from first_day to last_day ... */
    uint32_t last_day;
    uint32_t first_hour; /* ... and from first_hour to before last_hour */
    uint32_t last_hour;
};
static struct referral_case referral_cases[] = {
    {"referrals come at all hours, on holidays too",
     {ON_ENTRY, "cohorts.people.referrals={rate: 14/week}"},
     14,
     0,
     0,
     6,
     0,
     24},
    {"weekdays and hours hold the whole rate, holidays none of it",
     {ON_ENTRY, "cohorts.people.referrals={rate: 10/week, days: weekdays, "
                "hours: 10:00-16:00}"},
     10,
     2 / 5.0,
     0,
     4,
     10,
     16},
    {"weekends have holidays besides",
     {ON_ENTRY, "cohorts.people.referrals={rate: 10/week, days: weekends, "
                "hours: 08:00-09:00}"},
     10,
     -2 / 2.0,
     0,
     6,
     8,
     9},
    {"a weekday by name does not take in a holiday",
     {ON_ENTRY, "cohorts.people.referrals={rate: 4/week, days: mon, hours: "
                "10:00-16:00}"},
     4,
     1,
     0,
     0,
     10,
     16},
};

/* Referrals of all replications in the hours of the case, and on holidays. */
static double referrals_inside(const struct model *model,
                               const struct referral_case *c)
{
    double sum = 0;

    for (uint32_t i = 0; i < model->count; i++) {
        const double *hour =
            &model->record[(size_t)i * model->layout.length +
                           model->layout.cut[COUNT_DUE][SLICE_HOUR].offset];
        for (uint32_t h = 0; h < 168; h++)
            if (h / 24 >= c->first_day && h / 24 <= c->last_day &&
                h % 24 >= c->first_hour && h % 24 < c->last_hour)
                sum += hour[h];
    }
    return sum;
}

static void referrals_keep_their_hours(void **state)
{
    const struct referral_case *c = *state;
    struct model model;
    const struct estimate *rate, *holiday;

    model_run(&model, CARE, c->setting, count_settings(c->setting), 24, SEED);
    rate = model_value(&model, "referrals");
    holiday = model_slice(&model, "contacts_due", SLICE_DAY, "holiday");
    assert_mean(&model, rate, c->weekly * (1 - c->lost_weeks / 40));
    assert_false(model_is_near(&model, rate, 1.1 * c->weekly));
    assert_near(model_total(&model, COUNT_DUE),
                model_total(&model, COUNT_REFERRALS), 0);
    assert_near(referrals_inside(&model, c), model_total(&model, COUNT_DUE), 0);
    if (c->lost_weeks > 0)
        assert_near(holiday->mean, 0, 0);
    else
        assert_true(holiday->mean > 0);
    model_clear(&model);
}

/* ---- staff and money ---- */

static void absence_is_a_share_of_hours(void **state)
{
    static const char *const setting[] = {
        "staff.worker={cost: 20/h, absence: {share: 20%, spells: 5 days}, "
        "bank: {covers: 40%, cost: 30/h}}",
        "rota.all={hours: 08:00-16:00, staff: {worker: 10}}"};
    struct model model;
    const double rostered = 7 * 8 * 10;

    (void)state;
    model_run(&model, CARE, setting, LENGTH(setting), 40, SEED);
    assert_near(model_value(&model, "hours_rostered")->mean, rostered, 1e-9);
    assert_mean(&model, model_value(&model, "hours_present"),
                rostered * (1 - 0.2 * 0.6));
    assert_false(model_is_near(&model, model_value(&model, "hours_present"),
                               rostered * (1 - 0.2)));
    assert_mean(&model, model_value(&model, "cost_per_week"),
                rostered * (20 + 0.2 * 0.4 * 30));
    assert_false(model_is_near(&model, model_value(&model, "cost_per_week"),
                               rostered * (20 - 0.2 * 20 + 0.2 * 0.4 * 30)));
    model_clear(&model);
}

/* Four weeks from Monday 2027-01-04, in which Wednesday 2027-01-13 is a
 * holiday. Costs by hand, per role. */
static const char MONEY[] =
    "handrail: 1\n"
    "title: money\n"
    "calendar: {start: 2027-01-04, run_for: 28 days, run_on: 0 days,\n"
    "           holidays: [2027-01-13]}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 1/year}, enters: home}\n"
    "levels:\n"
    "  home: {rank: 1, stay: 1 day, then: leave}\n"
    "staff:\n"
    "  day: {cost: 10/h, premium: {saturday: 30%, sunday: 60%}}\n"
    "  night: {cost: 20/h, premium: {saturday: 50%, sunday: 100%,\n"
    "          holiday: 200%}}\n"
    "  on call: {standby: 4/h, premium: {sunday: 25%}, call_out: 45}\n"
    "rota:\n"
    "  weekdays: {days: weekdays, hours: 09:00-17:00, staff: {day: 3}}\n"
    "  weekends: {days: weekends, hours: 10:00-16:00, staff: {day: 1}}\n"
    "  nights: {days: tue sat, hours: 20:00-06:00, staff: {night: 2}}\n"
    "  standby: {days: every day, hours: 18:00-08:00, staff: {on call: 1}}\n";

static void costs_are_exact(void **state)
{
    /* 19 weekdays; 4 Saturdays, 4 Sundays and a holiday at Sunday's premium.
     */
    const double day = 10 * (19 * 8 * 3 + 6 * (4 * 1.3 + 4 * 1.6 + 1.6));
    /* Four Tuesday nights, one into the holiday; four Saturday nights, the
     * last of which the period cuts no more than it cuts Sunday. */
    const double night =
        2 * 20 * (4 * 4 + 3 * 6 + 6 * 3 + 4 * 4 * 1.5 + 4 * 6 * 2);
    /* 28 evenings, and 27 mornings: the last is after the period. Sundays
     * have 14 hours; the holiday has Sunday's premium. */
    const double standby = 4 * (28 * 6 + 27 * 8 + 0.25 * 5 * 14);
    struct model model;

    (void)state;
    model_run(&model, MONEY, NULL, 0, 3, SEED);
    assert_near(
        4 * model_slice(&model, "cost_per_week", SLICE_ROLE, "day")->mean, day,
        1e-9);
    assert_near(
        4 * model_slice(&model, "cost_per_week", SLICE_ROLE, "night")->mean,
        night, 1e-9);
    assert_near(
        4 * model_slice(&model, "cost_per_week", SLICE_ROLE, "on call")->mean,
        standby, 1e-9);
    assert_near(4 * model_value(&model, "cost_per_week")->mean,
                day + night + standby, 1e-9);
    assert_near(4 * model_value(&model, "hours_rostered")->mean,
                19 * 24 + 9 * 6 + 8 * 20 + 28 * 6 + 27 * 8, 1e-9);
    model_clear(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absence_is_a_share_of_hours),
        cmocka_unit_test(costs_are_exact),
    };
    int failed = 0;

    failed += run_table("care", care_has_its_mean, care_cases);
    failed += run_table("handover", care_has_its_mean, handover_cases);
    failed += run_table("signs", signs_persist, lasts_cases);
    failed +=
        run_table("referrals", referrals_keep_their_hours, referral_cases);
    failed += cmocka_run_group_tests_name("staff", tests, NULL, NULL);
    return failed;
}
