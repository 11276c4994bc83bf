/*
 * What is offered to levels before any run: closed forms, and the simulation of
 * both shipped scenarios.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/load_words.h"
#include "tests/loading.h"
#include "tests/offered.h"
#include "tests/table.h"

/* Ten days on average, then four; a crisis every ten days in both, after which
 * half come back and half leave. */
static const char LOOP[] =
    "handrail: 1\n"
    "title: a loop\n"
    "calendar: {start: 2027-01-04, run_for: 28 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 1/day}, enters: a, condition: c}\n"
    "conditions:\n"
    "  c: {states: [well, crisis], begin: {well: 100%},\n"
    "      changes: {well to crisis: 0.1/day}}\n"
    "levels:\n"
    "  a: {rank: 2, stay: exponential(mean 10 days), then: b}\n"
    "  b: {rank: 1, stay: 4 days, then: leave}\n"
    "responses:\n"
    "  crisis:\n"
    "    one_of:\n"
    "      back: {chance: 50%, then: {move to: a}}\n"
    "      away: {chance: 50%, then: {leave: yes}}\n"
    "staff: {worker: {}}\n"
    "rota:\n"
    "  day: {days: every day, hours: 09:00-17:00, staff: {worker: 1}}\n";

/* ---- formulas ---- */

/* Values of Gross, Shortle, Thompson and Harris 2008, by hand:
 * B(2, 1) = (1/2) / (1 + 1 + 1/2), C(2, 1) = 1/3,
 * B(5, 3) = 2.025 / 18.4, C(5, 3) = 5 B / (5 - 3 (1 - B)). */
static void erlang_is_right(void **state)
{
    double b = 2.025 / 18.4;

    (void)state;
    assert_near(erlang_b(1, 1), 0.5, 1e-15);
    assert_near(erlang_b(2, 1), 0.2, 1e-15);
    assert_near(erlang_c(2, 1), 1.0 / 3, 1e-15);
    assert_near(erlang_b(5, 3), b, 1e-15);
    assert_near(erlang_c(5, 3), 5 * b / (5 - 3 * (1 - b)), 1e-15);
    assert_near(erlang_c(1, 0.7), 0.7, 1e-15); /* M/M/1: the load itself */
    assert_near(erlang_b(3, 0), 0, 0);
    assert_near(erlang_c(3, 3), 1, 0);
    assert_true(erlang_b(100000, 99000) > 0 && erlang_b(100000, 99000) < 1);
}

/* The people offered are 3 for 5 places: a wait of C / (5 - 3) stays. Days are
 * whole here, so a stay is off by a little: 0.5%. */
static void a_queue_is_erlangs(void **state)
{
    struct model model;
    struct load load;
    double c = erlang_c(5, 3);

    (void)state;
    assert_int_equal(make(&model, QUEUE, NULL, &load), SIM_OK);
    assert_near(load.level[0].arrivals, 7, 1e-9);
    assert_near(load.level[0].people, 3, 0.015);
    assert_near(load.level[0].ratio, 0.6, 0.003);
    assert_near(load.level[0].full, c, 0.02 * c);
    assert_near(load.level[0].wait_days, c * 3 / 2, 0.03 * c * 3 / 2);
    assert_int_equal(load.level[0].formula, LOAD_ERLANG_C);
    assert_int_equal(load.level[0].differs, 0);
    assert_int_equal(load.overload, 0);
    release(&model, &load);
}

/* And the simulation of the same says the same, but not of another rate. */
static void the_simulation_agrees(void **state)
{
    struct model model, other;
    struct load load, wrong;
    const char *const faster[] = {"cohorts.people.referrals.rate=1.2/day",
                                  NULL};
    const struct estimate *waited, *wait;

    (void)state;
    gsl_set_error_handler_off();
    model_run(&model, QUEUE, NULL, 0, 60, 20270601);
    assert_int_equal(load_make(model.scenario, &load), SIM_OK);
    assert_int_equal(make(&other, QUEUE, faster, &wrong), SIM_OK);
    waited = model_value(&model, "waited");
    wait = model_value(&model, "wait_days");
    /* 2 and 3% for whole days, as above. */
    assert_near(waited->mean, load.level[0].full,
                4 * model_error(&model, waited) + 0.02 * load.level[0].full);
    assert_near(wait->mean, load.level[0].wait_days,
                4 * model_error(&model, wait) + 0.03 * load.level[0].wait_days);
    assert_true(wrong.level[0].full - waited->mean >
                4 * model_error(&model, waited) + 0.02 * load.level[0].full);
    release(&other, &wrong);
    release(&model, &load);
}

/* Stays that do not vary: exactly their length, and half of M/M/c's wait. */
static void a_fixed_stay_is_exact(void **state)
{
    const char *const setting[] = {"levels.home.stay=3 days", NULL};
    struct model model;
    struct load load;

    (void)state;
    assert_int_equal(make(&model, QUEUE, setting, &load), SIM_OK);
    assert_near(load.level[0].people, 3, 1e-9);
    assert_near(load.level[0].full, erlang_c(5, 3), 1e-9);
    assert_near(load.level[0].wait_days, erlang_c(5, 3) * 3 / 2 / 2, 1e-9);
    release(&model, &load);
}

/* Erlang's A between its neighbours: with much patience C, with none B; and one
 * place by hand. With places 1, offered 1 and patience 1 chances go as
 * 1, 1, 1/2, 1/6, ...: all together e, so 1 - 1/e wait, people who wait are
 * on average sum k / (k + 1)! = 1 of e, and so 1/e of all give up. */
static void erlang_a_is_right(void **state)
{
    struct erlang_a a = erlang_a(1, 1, 1);

    (void)state;
    assert_near(a.waits, 1 - exp(-1), 1e-12);
    assert_near(a.gives_up, exp(-1), 1e-12);
    assert_near(a.wait, exp(-1), 1e-12);
    a = erlang_a(5, 3, 1e7);
    assert_near(a.waits, erlang_c(5, 3), 1e-5);
    assert_near(a.wait, erlang_c(5, 3) / 2, 1e-5);
    a = erlang_a(5, 3, 1e-9);
    assert_near(a.waits, erlang_b(5, 3), 1e-8);
    assert_near(a.gives_up, erlang_b(5, 3), 1e-8);
    a = erlang_a(3, 300, 2); /* fluid: what is more than there is room for */
    assert_near(a.gives_up, 0.99, 1e-9);
    a = erlang_a(1000, 0.01, 1);
    assert_near(a.waits, 0, 1e-300);
}

/* Two places in a row that send people on: what the first cannot take is
 * offered to the second, whose own overflow leaves. */
static void what_is_full_sends_people_on(void **state)
{
    const char *const setting[] = {"levels.home.stay=3 days",
                                   "levels.home.when_full={divert to: other}",
                                   "levels.other={rank: 1, places: 2, stay: 2 "
                                   "days, when_full: {divert to: "
                                   "leave}, then: leave}",
                                   NULL};
    double first = erlang_b(5, 3), second = erlang_b(2, first * 2);
    struct model model;
    struct load load;

    (void)state;
    assert_int_equal(make(&model, QUEUE, setting, &load), SIM_OK);
    assert_int_equal(load.level[0].formula, LOAD_ERLANG_B);
    assert_near(load.level[0].arrivals, 7, 1e-9);
    assert_near(load.level[0].full, first, 1e-9);
    assert_near(load.level[0].people, 3 * (1 - first), 1e-9);
    assert_near(load.level[1].arrivals, 7 * first, 1e-9);
    assert_near(load.level[1].full, second, 1e-9);
    assert_near(load.level[1].people, 2 * first * (1 - second), 1e-9);
    assert_near(load.flow[0 * 3 + 1], 7 * first, 1e-9);
    assert_near(load.flow[0 * 3 + 2], 7 * (1 - first), 1e-9);
    assert_near(load.flow[1 * 3 + 2], 7 * first, 1e-9);
    assert_int_equal(load.overload, 0);
    release(&model, &load);
}

/* The simulation of those two says the same of the first, whose arrivals are at
 * random, and of people who give up; another number of places does not. */
static void the_simulation_loses_as_many(void **state)
{
    const char *const loss[] = {"levels.home.when_full={divert to: leave}"};
    const char *const impatient[] = {
        "levels.home.gives_up={after: exponential(mean 2 days), to: leave}"};
    const char *const more[] = {"levels.home.gives_up={after: exponential(mean "
                                "2 days), to: leave}",
                                "levels.home.places=6", NULL};
    struct model model, other;
    struct load load, wrong;
    double lost;

    (void)state;
    gsl_set_error_handler_off();
    model_run(&model, QUEUE, loss, 1, 60, 20270611);
    assert_int_equal(load_make(model.scenario, &load), SIM_OK);
    lost = model_value(&model, "diverted")->mean / 7;
    assert_near(lost, load.level[0].full,
                4 * model_error(&model, model_value(&model, "diverted")) / 7 +
                    0.02 * load.level[0].full);
    release(&model, &load);
    model_run(&model, QUEUE, impatient, 1, 60, 20270612);
    assert_int_equal(load_make(model.scenario, &load), SIM_OK);
    assert_int_equal(load.level[0].formula, LOAD_ERLANG_A);
    assert_int_equal(make(&other, QUEUE, more, &wrong), SIM_OK);
    lost = model_value(&model, "gave_up")->mean / 7;
    assert_near(lost, load.level[0].gave_up,
                4 * model_error(&model, model_value(&model, "gave_up")) / 7 +
                    0.02 * load.level[0].gave_up);
    assert_true(lost - wrong.level[0].gave_up >
                4 * model_error(&model, model_value(&model, "gave_up")) / 7 +
                    0.02 * load.level[0].gave_up);
    release(&other, &wrong);
    release(&model, &load);
}

/* ---- stays by route ---- */

struct stay_case {
    const char *name;
    const char *setting[SETTINGS];
    double days;
};
static struct stay_case stay_cases[] = {
    {"a delay holds the place",
     {"levels.home.stay=3 days",
      "levels.home.then={all: {to: leave, chance: 100%, delay: 2 days}}"},
     5},
    {"a delay of half of the people, and a stay of their own",
     {"levels.home.stay=3 days",
      "levels.home.then={a: {to: leave, chance: 50%}, b: {to: leave, chance: "
      "50%, stay: 5 days, delay: 2 days}}"},
     0.5 * 3 + 0.5 * 7},
    {"stays of their own for all, and none of the level",
     {"levels.home.stay=null",
      "levels.home.then={a: {to: leave, chance: 25%, stay: 1 day}, b: {to: "
      "leave, chance: 75%, stay: 4 days}}"},
     0.25 * 1 + 0.75 * 4},
};

static void a_stay_is_exact(void **state)
{
    const struct stay_case *c = *state;
    struct model model;
    struct load load;

    assert_int_equal(make(&model, QUEUE, c->setting, &load), SIM_OK);
    assert_near(load.level[0].stay_days, c->days, 1e-9);
    assert_near(load.level[0].people, c->days, 1e-9);
    release(&model, &load);
}

/* ---- referrals from dates ---- */

/* Three dates, of which two lie in the four measured weeks: a Monday and a
 * Wednesday. */
static void dates_are_counted(void **state)
{
    static const struct text_file files[] = {
        {"dates.yaml", DAILY},
        {"dates.csv", "date\n2027-01-04\n2027-01-13\n2027-02-10\n"},
        {NULL, NULL}};
    const char *const setting[] = {"cohorts.people.referrals.rate=null",
                                   "cohorts.people.referrals.file=dates.csv"};
    struct model model;
    struct load load;

    (void)state;
    gsl_set_error_handler_off();
    model_run_files(&model, files, setting, 2, 2, 1);
    assert_int_equal(load_make(model.scenario, &load), SIM_OK);
    assert_near(load.level[0].arrivals, 2.0 / 4, 1e-12);
    assert_near(load.level[0].people, 2.0 / 28 * 10.5, 1e-9);
    release(&model, &load);
}

/* ---- conditions ---- */

/* An exponential dwell is a rate: every number is the same. */
static void an_exponential_dwell_is_a_rate(void **state)
{
    const char *const setting[] = {"conditions.c.changes.well to "
                                   "crisis={dwell: exponential(mean 10 days)}",
                                   NULL};
    struct model a, b;
    struct load rate, dwell;

    (void)state;
    assert_int_equal(make(&a, LOOP, NULL, &rate), SIM_OK);
    assert_int_equal(make(&b, LOOP, setting, &dwell), SIM_OK);
    for (uint32_t i = 0; i < 2; i++)
        assert_near(dwell.level[i].people, rate.level[i].people, 1e-9);
    assert_near(dwell.crises, rate.crises, 1e-9);
    release(&a, &rate);
    release(&b, &dwell);
}

/* Signs that count twice for an alert of twice as many: the same alerts. And
 * half as many where they show in half of the people only, for they are there
 * whenever somebody looks and no alert has a response that ends it. */
static void signs_weigh_and_apply(void **state)
{
    const char *const one[] = {
        "cohorts.people.condition=c",
        "conditions={c: {states: [well, crisis], begin: {well: 100%}}}",
        "signs={a: {well: 30%, lasts: 2 days}, b: {well: 20%}}",
        "alerts={x: 2}", NULL};
    const char *const two[] = {
        one[0], one[1],
        "signs={a: {well: 30%, lasts: 2 days, weight: 2}, b: {well: 20%, "
        "weight: 3}}",
        "alerts={x: 5}", NULL};
    const char *const half[] = {one[0], one[1],
                                "signs={a: {well: 100%, applies_to: 50%}}",
                                "alerts={x: 1}", NULL};
    struct model model;
    struct load a, b;

    (void)state;
    assert_int_equal(make(&model, DAILY, one, &a), SIM_OK);
    model_clear(&model);
    assert_int_equal(make(&model, DAILY, two, &b), SIM_OK);
    assert_true(a.alerts > 0.1);
    assert_near(b.alerts, a.alerts, 1e-9);
    load_clear(&a);
    release(&model, &b);
    assert_int_equal(make(&model, DAILY, half, &a), SIM_OK);
    assert_near(a.alerts, 3.5, 1e-6);
    release(&model, &a);
}

/* ---- traffic equations ---- */

/* By hand: from a, competing at 0.1 a day to b and 0.05 a day away, 2 of 3 go
 * on; of those in b a share q = 1 - exp(-0.4) has a crisis. So
 * a = 1 + b q / 2, b = 2 a / 3 per day. Within 1%, for whole days. */
static void a_loop_is_solved(void **state)
{
    double q = 1 - exp(-0.4), a = 1 / (1 - q / 3), b = 2 * a / 3;
    struct model model;
    struct load load;

    (void)state;
    assert_int_equal(make(&model, LOOP, NULL, &load), SIM_OK);
    assert_near(load.level[0].arrivals, 7 * a, 0.07 * a);
    assert_near(load.level[1].arrivals, 7 * b, 0.07 * b);
    assert_near(load.level[0].referred, 7, 1e-9);
    assert_near(load.level[1].referred, 0, 0);
    assert_near(load.level[0].stay_days, 1 / 0.15, 0.01 / 0.15);
    assert_near(load.level[1].stay_days, q / 0.1, 0.02 * q / 0.1);
    /* A second crisis on one day is not seen: of 0.1 a day, 1 - exp(-0.1). */
    assert_near(load.crises,
                0.7 * (load.level[0].people + load.level[1].people),
                0.05 * load.crises);
    assert_true(load.complete);
    release(&model, &load);
}

/* What comes in leaves again: of each level, and of the model. */
static void flows_are_conserved(void **state)
{
    static const char *const file[] = {"scenarios/crisis-house.yaml",
                                       "tests/scenarios/small.yaml"};

    (void)state;
    for (size_t f = 0; f < LENGTH(file); f++) {
        struct model model;
        struct load load;
        uint32_t levels;
        double left = 0, referred = 0;

        assert_int_equal(make(&model, file[f], NULL, &load), SIM_OK);
        levels = model.scenario->level_count;
        for (uint32_t i = 0; i < levels; i++) {
            double in = load.level[i].referred, out = 0;
            for (uint32_t j = 0; j < levels; j++)
                in += load.flow[j * (levels + 1) + i];
            for (uint32_t j = 0; j <= levels; j++)
                out += load.flow[i * (levels + 1) + j];
            assert_near(in, load.level[i].arrivals, 1e-9);
            assert_near(out, load.level[i].arrivals, 1e-9);
            left += load.flow[i * (levels + 1) + levels];
            referred += load.level[i].referred;
        }
        assert_near(left, referred, 1e-9);
        release(&model, &load);
    }
}

/* A rule that looks back 300 days is more than is followed. */
static void too_much_is_said(void **state)
{
    const char *const setting[] = {
        "plans.evening taper.advance_if.no_alert_for=300 days", NULL};
    struct model model;
    struct load load;

    (void)state;
    assert_int_equal(
        make(&model, "scenarios/crisis-house.yaml", setting, &load),
        SIM_ERR_LIMIT);
    assert_null(load.role);
    assert_non_null(strstr(load_words_none(SIM_ERR_LIMIT), "too many"));
    release(&model, &load);
}

static void who_never_leaves_is_said(void **state)
{
    const char *const setting[] = {
        "levels.home.then=other",
        "levels.other={rank: 2, stay: 2 days, then: home}", NULL};
    struct model model;
    struct load load;
    int err;

    (void)state;
    gsl_set_error_handler_off();
    model_run(&model, QUEUE, setting, 2, 1, 1);
    err = load_make(model.scenario, &load);
    assert_int_equal(err, SIM_ERR_LIMIT);
    assert_null(load.level);
    assert_non_null(strstr(load_words_none(err), "never leave"));
    release(&model, &load);
}

/* ---- against the simulation ---- */

/* Hours a day that the simulation was asked for, by role and type of day. */
static double simulated(const struct model *model, uint32_t role, int day)
{
    const char *name = model->scenario->role[role].name;
    double sum = 0;

    for (size_t i = 0; i < model->result.profile_count; i++) {
        const struct result_line *line = &model->result.profile[i];
        if (strcmp(line->id, "hours_demanded") != 0 ||
            strcmp(line->name, name) != 0)
            continue;
        for (size_t h = 0; h < 168; h++)
            if ((h >= 120) == (day == LOAD_WEEKEND))
                sum += line->at[h].mean;
    }
    return sum / (day == LOAD_WEEKEND ? 2 : 5);
}

/* Staff time of what plans ask for, a week, over all roles. */
static double simulated_plans(const struct model *model)
{
    const struct scenario *s = model->scenario;
    double sum = 0;

    for (uint32_t p = 0; p < s->plan_count; p++)
        for (uint32_t k = 0; k < s->plan[p].step_count; k++)
            for (uint32_t i = 0; i < s->plan[p].step[k].planned_count; i++) {
                const struct kind *kind =
                    &s->kind[s->plan[p].step[k].planned[i].kind];
                double workers = 0;
                bool before = false;

                for (uint32_t j = 0; j < k; j++)
                    before = before || s->plan[p].step[j].planned[0].kind ==
                                           s->plan[p].step[k].planned[i].kind;
                if (before)
                    continue;
                for (uint32_t n = 0; n < kind->staffing[0].need_count; n++)
                    workers += kind->staffing[0].need[n].count;
                sum +=
                    workers *
                    (kind->travel.mean + kind->lasts.mean + kind->notes.mean) /
                    (double)SIM_HOUR *
                    model_slice(model, "contacts_due", SLICE_KIND, kind->name)
                        ->mean;
            }
    return sum;
}

/*
 * The tolerances are the promise of docs/load.md: what plans ask for within 5%,
 * each role's hours on each type of day within 15% or 0.2 hours a day, where
 * contacts are delivered and nobody waits long. Both are taken for as many as
 * were referred, so that the chance of referrals does not count.
 */
static void near_the_simulation(const char *file, const char *const *setting)
{
    size_t settings = 0;
    struct model model;
    struct load load;
    double plans = 0, referred = 0, share;

    gsl_set_error_handler_off();
    while (setting[settings])
        settings++;
    model_run(&model, file, setting, settings, 400, 20270602);
    assert_int_equal(load_make(model.scenario, &load), SIM_OK);
    for (uint32_t i = 0; i < model.scenario->level_count; i++)
        referred += load.level[i].referred;
    share = model_value(&model, "referrals")->mean / referred;
    assert_near(share, 1, 0.03);
    for (uint32_t r = 0; r < model.scenario->role_count; r++)
        for (int d = 0; d < LOAD_DAY_TYPES; d++) {
            const struct load_hours *h = &load.role[r].day[d];
            double expected = simulated(&model, r, d) / share;
            assert_near(h->all, expected, fmax(0.15 * expected, 0.2));
            plans += h->offered[LOAD_PLANNED] * (d == LOAD_WEEKEND ? 2 : 5);
        }
    assert_near(plans, simulated_plans(&model) / share, 0.05 * plans);
    for (uint32_t i = 0; i < model.scenario->level_count; i++) {
        double people = model_slice(&model, "occupancy", SLICE_LEVEL,
                                    model.scenario->level[i].name)
                            ->mean /
                        share;
        assert_near(load.level[i].people, people, 0.05 * people);
    }
    release(&model, &load);
}

static void the_reference_is_near(void **state)
{
    static const char *const setting[] = {"calendar.warm_up=20 weeks",
                                          "rota.weekends.staff.worker=3", NULL};

    (void)state;
    near_the_simulation("scenarios/reference.yaml", setting);
}

static void the_crisis_house_is_near(void **state)
{
    static const char *const setting[] = {"calendar.holidays=[]", NULL};

    (void)state;
    near_the_simulation("scenarios/crisis-house.yaml", setting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_is_right),
        cmocka_unit_test(erlang_a_is_right),
        cmocka_unit_test(what_is_full_sends_people_on),
        cmocka_unit_test(the_simulation_loses_as_many),
        cmocka_unit_test(a_queue_is_erlangs),
        cmocka_unit_test(the_simulation_agrees),
        cmocka_unit_test(a_fixed_stay_is_exact),
        cmocka_unit_test(dates_are_counted),
        cmocka_unit_test(an_exponential_dwell_is_a_rate),
        cmocka_unit_test(signs_weigh_and_apply),
        cmocka_unit_test(a_loop_is_solved),
        cmocka_unit_test(flows_are_conserved),
        cmocka_unit_test(who_never_leaves_is_said),
        cmocka_unit_test(too_much_is_said),
        cmocka_unit_test(the_reference_is_near),
        cmocka_unit_test(the_crisis_house_is_near),
    };

    int failed = cmocka_run_group_tests_name("load", tests, NULL, NULL);

    return failed + run_table("stays", a_stay_is_exact, stay_cases);
}
