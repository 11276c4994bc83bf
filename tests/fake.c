/* A result made by hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fake.h"

#include "studies/result_days.h"
#include "tests/records.h"
#include "tests/support.h"

/* ---- the scenario ---- */

static const char *named(const struct fake_wish *wish, const char *own)
{
    return wish->name ? wish->name : own;
}

static void make_levels(struct fake *fake, const struct fake_wish *wish)
{
    static const char *const name[] = {"crisis house", "enhanced step-down",
                                       "floating support"};

    for (uint32_t i = 0; i < FAKE_LEVELS; i++)
        fake->level[i] = (struct level){.name = named(wish, name[i]),
                                        .rank = 3 - (int32_t)i,
                                        .places = NONE,
                                        .plan = i == 1 ? 0 : NONE,
                                        .worsening = 1,
                                        .improving = 1,
                                        .then = i < 2 ? i + 1 : NONE};
    fake->level[0].places = 8;
    fake->level[0].observed = true;
    fake->level[0].has_stay = true;
    fake->level[0].stay = distribution_constant(11 * SIM_DAY);
    fake->level[1].places = 30;
    fake->level[1].longest = 8 * SIM_WEEK;
    fake->level[1].first_contact_within = SIM_DAY;
    fake->level[2].follow_up = 90 * SIM_DAY;
}

static void make_staff(struct fake *fake, const struct fake_wish *wish)
{
    static const char *const name[] = {"clinician", "on-call worker",
                                       "support worker"};

    for (uint32_t i = 0; i < FAKE_ROLES; i++)
        fake->role[i] =
            (struct role){.name = named(wish, name[i]), .on_call = i == 1};
    fake->role[2].absence.share = 0.06;
    fake->places[0][0] = 1;
    fake->places[0][2] = 2;
    fake->places[1][2] = 1;
    fake->shift[0] = (struct shift){
        .name = named(wish, "weekday"),
        .hours = {SIM_DAYS_WEEKDAYS, 14 * SIM_HOUR, 22 * SIM_HOUR},
        .places = fake->places[0]};
    fake->shift[1] = (struct shift){
        .name = named(wish, "weekend"),
        .hours = {SIM_DAYS_WEEKENDS, 12 * SIM_HOUR, 22 * SIM_HOUR},
        .places = fake->places[1]};
}

static void make_pathway(struct fake *fake, const struct fake_wish *wish)
{
    static const char *const state[] = {"settled", "warning", "deteriorating",
                                        "crisis"};
    static const char *const kind[] = {"evening visit", "phone check",
                                       "risk huddle", "handover to x"};

    for (uint32_t i = 0; i < FAKE_STATES; i++)
        fake->state[i].name = named(wish, state[i]);
    for (uint32_t i = 0; i < FAKE_KINDS; i++)
        fake->kind[i] = (struct kind){.name = named(wish, kind[i]),
                                      .mode = i == 1 ? MODE_PHONE : MODE_VISIT,
                                      .without_person = i >= 2};
    fake->condition.name = named(wish, "after crisis");
    fake->condition.after_contact = (struct fade){0.6, 2, 1};
    fake->cohort =
        (struct cohort){.name = named(wish, "crisis house admissions"),
                        .referrals = {.rate = 2.5 / 7},
                        .worsening = 1};
    fake->step =
        (struct step){.name = named(wish, "daily evenings"), .days = 31};
    fake->plan = (struct plan){.name = named(wish, "evening taper"),
                               .step = &fake->step,
                               .step_count = 1,
                               .days = 31};
    fake->alert =
        (struct alert){.name = named(wish, "review soon"), .threshold = 3};
    fake->response = (struct response){.name = named(wish, "not attended")};
    fake->outcome[0] = named(wish, "hospital admission");
}

static struct target target_of(const char *name, const char *measure,
                               double limit)
{
    return (struct target){.name = name,
                           .measure = measure_find(measure),
                           .at_most = true,
                           .limit = limit};
}

static void make_targets(struct fake *fake, const struct fake_wish *wish)
{
    fake->target[0] =
        target_of(named(wish, "contacts"), "contacts_not_delivered", 0.035);
    fake->target[1] =
        target_of(named(wish, "weekends"), "contacts_not_delivered", 0.02);
    fake->target[1].cut[0] = (struct target_cut){SLICE_DAY, SIM_DAY_WEEKEND};
    fake->target[1].cut_count = 1;
    fake->target[2] =
        target_of(named(wish, "returns"), "crisis_within_30_days", 0.071);
    fake->target[3] =
        target_of(named(wish, "first"), "first_contact_in_time", 0.9);
    fake->target[3].at_most = false;
}

static void make_scenario(struct fake *fake, const struct fake_wish *wish)
{
    struct scenario *s = &fake->scenario;

    make_levels(fake, wish);
    make_staff(fake, wish);
    make_pathway(fake, wish);
    make_targets(fake, wish);
    fake->provenance[0] = (struct provenance){
        "conditions.after crisis", named(wish, "assumption, to be set locally"),
        true, 9};
    fake->provenance[1] = (struct provenance){
        "levels.crisis house", named(wish, "Durham and Darlington, 2017"),
        false, 2};
    *s = (struct scenario){
        .title = named(wish, "Step-down from crisis house to floating support"),
        .about = named(wish, "Evening-weighted taper. The weekend is thin."),
        .file = "fake.yaml",
        .canonical = "abc",
        .state = fake->state,
        .state_count = FAKE_STATES,
        .condition = &fake->condition,
        .condition_count = 1,
        .cohort = &fake->cohort,
        .cohort_count = 1,
        .alert = &fake->alert,
        .alert_count = 1,
        .level = fake->level,
        .level_count = FAKE_LEVELS,
        .plan = &fake->plan,
        .plan_count = 1,
        .step_count = 1,
        .kind = fake->kind,
        .contact_kind_count = 3,
        .kind_count = FAKE_KINDS,
        .response = &fake->response,
        .response_count = 1,
        .outcome = fake->outcome,
        .outcome_count = 1,
        .role = fake->role,
        .role_count = FAKE_ROLES,
        .shift = fake->shift,
        .shift_count = 2,
        .target = fake->target,
        .target_count = FAKE_TARGETS,
        .numbers = 90,
        .numbers_sourced = 20,
        .provenance = fake->provenance,
        .provenance_count = 2};
    assert_true(sim_date_parse("2026-11-23", &s->calendar.start));
    s->calendar.warm_up = 39 * SIM_WEEK;
    s->calendar.run_for = FAKE_WEEKS * SIM_WEEK;
    s->calendar.run_on = 90 * SIM_DAY;
}

/* ---- the records ---- */

/* Between -1 and 1, the same every time: a Weyl sequence. */
static double noise(uint32_t replication, uint32_t number)
{
    double x = 0.6180339887 * replication + 0.7548776662 * number +
               0.5698402910 * replication * (number % 13);

    return 2 * (x - floor(x)) - 1;
}

/* What a measure's numerator should be, over its denominator. */
struct figure_wish {
    const char *id;
    double value; /* counts over the run, or the ratio */
    double of;    /* denominator over the run; 0: not a ratio */
};
static const struct figure_wish figures[] = {
    {"referrals", 130, 0},
    {"contacts_due", 3170, 0},
    {"contacts_completed", 2600, 0},
    {"contacts_missed", 0.14, 3170},
    {"contacts_not_delivered", 0.031, 3170},
    {"contacts_not_attended", 0.11, 3170},
    {"missed_while_unwell", 0.06, 3170},
    {"first_contact_in_time", 0.91, 150},
    {"crisis_within_30_days", 0.07, 125},
    {"crisis_within_60_days", 0.11, 125},
    {"crisis_within_90_days", 0.14, 125},
    {"reescalation_within_30_days", 0.05, 125},
    {"reescalation_within_90_days", 0.12, 125},
    {"utilisation", 0.47, 9000},
    {"overtime_hours", 31, 0},
    {"occupancy", 40 * 8736, 0},
    {"full", 0.2 * 8736, 0},
    {"alerts", 88, 0},
    {"cost_per_week", 52 * 9345, 0},
};

/* Put `value` into every cut of a counter that the layout keeps. */
static void put(const struct fake *fake, double *record, enum counter counter,
                double value)
{
    const struct layout *layout = &fake->layout;

    if (layout->total[counter].length)
        record[layout->total[counter].offset] = value;
    for (int slice = 0; slice < SLICE_COUNT; slice++) {
        const struct block *block = &layout->cut[counter][slice];
        for (uint32_t i = 0; i < block->length; i++)
            record[block->offset + i] = value / block->length;
    }
}

static void put_figures(const struct fake *fake, double *record, uint32_t r)
{
    for (uint32_t i = 0; i < LENGTH(figures); i++) {
        uint32_t number = measure_find(figures[i].id);
        const struct measure *measure = &measure_table[number];
        double wobble = 1 + 0.3 * noise(r, i);
        double all = figures[i].of;

        assert_true(number != NONE);
        if (all > 0)
            put(fake, record, measure->denominator, all);
        put(fake, record, measure->numerator,
            (all > 0 ? figures[i].value * all : figures[i].value) * wobble);
    }
}

/* Due and missed contacts between 15:00 and 21:00, worse at the weekend. */
static void put_hours(const struct fake *fake, double *record, uint32_t r)
{
    const struct layout *layout = &fake->layout;
    const struct block *due = &layout->cut[COUNT_DUE][SLICE_HOUR];
    const struct block *lost = &layout->cut[COUNT_NOT_DELIVERED][SLICE_HOUR];
    const struct block *day = layout->weekday;

    for (uint32_t hour = 0; hour < 168; hour++) {
        bool open = hour % 24 >= 15 && hour % 24 < 21;
        double n = open ? 75 : 0;
        double bad = hour >= 120 ? 0.09 : 0.015;

        record[due->offset + hour] = n;
        record[lost->offset + hour] = n * bad * (1 + 0.4 * noise(r, hour));
        record[day[COUNT_DUE].offset + hour / 24] += n;
        record[day[COUNT_NOT_DELIVERED].offset + hour / 24] +=
            record[lost->offset + hour];
        record[day[COUNT_NOT_ATTENDED].offset + hour / 24] +=
            n * 0.11 * (1 + 0.4 * noise(r, hour + 9));
    }
}

static void put_staff(const struct fake *fake, double *record, uint32_t r)
{
    for (uint32_t role = 0; role < FAKE_ROLES; role++)
        for (uint32_t hour = 0; hour < 168; hour++) {
            uint32_t at = role * 168 + hour, of_day = hour % 24;
            bool open = role == 1 ? of_day >= 17 || of_day < 9
                                  : of_day >= 9 && of_day < 22;
            double places = hour >= 120 && role == 0 ? 0 : role == 2 ? 2 : 1;
            double load = role == 1 ? 0.03 : of_day >= 15 && of_day < 21;
            const struct block *block = fake->layout.role_hour;

            record[block[COUNT_ROSTERED].offset + at] = open ? 52 * places : 0;
            record[block[COUNT_DEMANDED].offset + at] =
                open ? 52 * load * places * 0.7 * (1 + 0.1 * noise(r, at)) : 0;
            record[block[COUNT_DELIVERED].offset + at] =
                open ? 52 * load * places * 0.6 * (1 + 0.1 * noise(r, at)) : 0;
        }
}

static void put_curves(const struct fake *fake, double *record, uint32_t r)
{
    const struct layout *layout = &fake->layout;
    uint32_t states = layout_states(&fake->scenario);

    for (uint32_t day = 0; day <= CURVE_DAYS; day++) {
        double left = exp(-(double)day / 50);
        record[layout->curve[CURVE_CRISIS].offset + day] =
            125 * 0.005 * left * (1 + noise(r, day));
        record[layout->curve[CURVE_REESCALATION].offset + day] =
            125 * 0.004 * left * (1 + noise(r, day + 7));
        for (uint32_t i = 0; i < states; i++)
            record[layout->states.offset + i * (CURVE_DAYS + 1) + day] =
                i == FAKE_STATES - 1 ? 0 : 125.0 / (states - 1);
    }
}

static void put_weeks(const struct fake *fake, double *record, uint32_t r)
{
    const struct block *block = &fake->layout.occupancy_week;
    static const double mean[FAKE_LEVELS] = {5, 17, 24};

    for (uint32_t level = 0; level < FAKE_LEVELS; level++) {
        struct block bins = layout_bins(&fake->layout, &fake->scenario,
                                        COUNT_OCCUPANCY_BINS, level);

        record[bins.offset + (uint32_t)mean[level]] =
            fake->layout.measured_hours;
        for (uint32_t week = 0; week < FAKE_WEEKS; week++)
            record[block->offset + level * FAKE_WEEKS + week] =
                mean[level] * (1 + 0.5 * noise(r, week + level));
    }
}

static void make_records(struct fake *fake)
{
    for (uint32_t r = 0; r < fake->replications; r++) {
        double *record = fake->record + (size_t)r * fake->layout.length;

        put_figures(fake, record, r);
        put_hours(fake, record, r);
        put_staff(fake, record, r);
        put_curves(fake, record, r);
        put_weeks(fake, record, r);
        record[fake->layout.total[COUNT_EVENTS].offset] = 9000;
    }
}

/* As a run for 5% would have gone that was not let end before them all. */
static void make_precise(struct fake *fake)
{
    struct precision *precision = &fake->precision;
    struct records records;

    assert_int_equal(precision_init(precision, &fake->scenario, &fake->layout,
                                    0.05, fake->replications),
                     SIM_OK);
    records_init(&records, fake->layout.length);
    while (precision->count < fake->replications) {
        const double *last =
            fake->record + (size_t)precision->count * fake->layout.length;

        precision->end = PRECISION_NOT_YET;
        assert_int_equal(records_add(&records, last), SIM_OK);
        assert_int_equal(precision_add(precision, &records, last), SIM_OK);
    }
    fake->answer.precision = precision;
    assert_int_equal(
        warm_up_judge(&fake->scenario, &fake->layout, &records, &fake->warm_up),
        SIM_OK);
    records_clear(&records);
    fake->answer.warm_up = &fake->warm_up;
}

struct records fake_records(const struct fake *fake)
{
    return records_of(fake->record, fake->replications, fake->layout.length);
}

struct fake *fake_new(const struct fake_wish *wish)
{
    struct fake *fake = calloc(1, sizeof *fake);
    struct records records;

    assert_non_null(fake);
    make_scenario(fake, wish);
    fake->replications = wish->replications ? wish->replications : 200;
    assert_int_equal(layout_init(&fake->layout, &fake->scenario), SIM_OK);
    fake->record = calloc((size_t)fake->replications * fake->layout.length,
                          sizeof *fake->record);
    assert_non_null(fake->record);
    if (!wish->empty)
        make_records(fake);
    records = fake_records(fake);
    assert_int_equal(
        result_make(
            &(struct result_of){&fake->scenario, &fake->layout, &records, 7},
            &fake->result),
        SIM_OK);
    fake->answer.result = &fake->result;
    fake->answer.asked = fake->replications;
    assert_int_equal(result_days_make(&fake->layout, &records,
                                      fake->answer.not_delivered,
                                      fake->answer.not_attended),
                     SIM_OK);
    records_clear(&records);
    if (wish->precise)
        make_precise(fake);
    return fake;
}

void fake_free(struct fake *fake)
{
    if (!fake)
        return;
    precision_clear(&fake->precision);
    result_clear(&fake->result);
    free(fake->record);
    free(fake);
}
