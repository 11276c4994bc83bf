/* Laws of single replications.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/law_pairs.h"

#include <gsl/gsl_rng.h>

#include "models/history.h"
#include "models/replication.h"
#include "tests/loading.h"
#include "tests/model.h"

static struct verify_found count_found(double count)
{
    return (struct verify_found){count, NAN, NAN, NAN};
}

/* ---- more staff ---- */

#define TEXT_SIZE 4000
#define WORKERS_MOST 6
#define RUNS 5 /* replications of each service */

static int from_to(gsl_rng *rng, int low, int high)
{
    unsigned long values = (unsigned long)high - (unsigned long)low + 1;

    return low + (int)gsl_rng_uniform_int(rng, values);
}

static const char *schedule(gsl_rng *rng)
{
    static const char *const schedules[] = {"every day", "every 2 days",
                                            "twice a day", "3 per week",
                                            "mon wed fri"};

    return schedules[from_to(rng, 0, LENGTH(schedules) - 1)];
}

/* The scenario of one service, with one worker. No condition, no alerts, no
 * disengagement, no response; who is not there costs as much time. */
static void make_up(gsl_rng *rng, char *text)
{
    int lasts = 15 * from_to(rng, 1, 6), notes = 5 * from_to(rng, 0, 2);
    int travel = 10 * from_to(rng, 0, 3);
    int opens = from_to(rng, 7, 14), closes = opens + from_to(rng, 4, 10);
    bool by_deadline = from_to(rng, 0, 1), preferred = from_to(rng, 0, 1);
    const char *visits = schedule(rng), *calls = schedule(rng);
    double rate = 0.5 * from_to(rng, 1, 6);
    int of_visits = from_to(rng, 1, 6), of_calls = from_to(rng, 1, 6);
    int at = from_to(rng, 7, 18), urgency = from_to(rng, 4, 6);

    snprintf(
        text, TEXT_SIZE,
        "handrail: 1\n"
        "title: made up\n"
        "%s"
        "calendar: {start: 2027-01-04, run_for: 8 weeks, run_on: 30 days}\n"
        "cohorts:\n"
        "  people:\n"
        "    referrals: {rate: %g/day}\n"
        "    enters: home\n"
        "    attendance: 80%%\n"
        "    prefers: {\"10:00\": 30%%, \"12:00\": 40%%, \"16:00\": 30%%}\n"
        "levels: {home: {rank: 1, plan: taper, then: leave}}\n"
        "plans:\n"
        "  taper:\n"
        "    steps: {all: {for: 14 days, contacts: {visit: %s, call: %s}}}\n"
        "contacts:\n"
        "  visit: {at: %s, window: %d h, by: worker, travel: %d min,\n"
        "          lasts: %d min, notes: %d min}\n"
        "  call: {at: \"%02d:00\", window: %d h, priority: %d, by: worker,\n"
        "         travel: %d min, lasts: %d min, notes: %d min}\n"
        "staff: {worker: {}}\n"
        "rota:\n"
        "  days: {days: every day, hours: \"%02d:00-%02d:00\",\n"
        "         overrun: %d min, staff: {worker: 1}}\n",
        by_deadline ? "order: deadline\n" : "", rate, visits, calls,
        preferred ? "preferred" : "'11:00'", of_visits, travel, lasts, notes,
        at, of_calls, urgency, travel, lasts, notes, opens, closes,
        15 * from_to(rng, 0, 3));
}

static double not_delivered(const struct model *model, uint32_t i)
{
    return model->record[(size_t)i * model->layout.length +
                         model->layout.total[COUNT_NOT_DELIVERED].offset];
}

static void run_with(struct model *model, const char *text, int workers,
                     uint32_t seed)
{
    char path[64];
    const char *const setting[] = {path};

    snprintf(path, sizeof path, "rota.days.staff.worker=%d", workers);
    model_run(model, text, setting, 1, RUNS, seed);
}

/* Runs in which fewer were delivered than with one worker fewer (backwards:
 * more). The contacts due are the same. */
static double worse_with_more(const char *text, uint32_t seed, bool backwards)
{
    struct model fewer, more;
    double count = 0;

    run_with(&fewer, text, 1, seed);
    for (int workers = 2; workers <= WORKERS_MOST; workers++) {
        run_with(&more, text, workers, seed);
        assert_true(model_total(&more, COUNT_DUE) ==
                    model_total(&fewer, COUNT_DUE));
        for (uint32_t i = 0; i < RUNS; i++)
            count += backwards
                         ? not_delivered(&fewer, i) > not_delivered(&more, i)
                         : not_delivered(&more, i) > not_delivered(&fewer, i);
        model_clear(&fewer);
        fewer = more;
    }
    model_clear(&fewer);
    return count;
}

struct verify_found law_more_staff(const json_t *json, const void *context,
                                   const struct verify_attempt *attempt)
{
    const struct law *law = context;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    char text[TEXT_SIZE];
    double count = 0;

    (void)json;
    assert_non_null(rng);
    gsl_rng_set(rng, attempt->seed);
    for (uint32_t i = 0; i < attempt->replications; i++) {
        make_up(rng, text);
        count += worse_with_more(text, attempt->seed + i, law->backwards);
    }
    gsl_rng_free(rng);
    return count_found(count);
}

/* ---- a higher base rate ---- */

#define COURSE_FILE "tests/verify/scenarios/first-worsening.yaml"
#define PEOPLE_MOST 2000

/* When each person first got worse, in the order of referral. */
struct firsts {
    sim_ms at[PEOPLE_MOST];
    uint32_t count;
};

static void set_first(struct firsts *firsts, uint32_t person, sim_ms time)
{
    if (firsts->at[person] == SIM_NEVER || time < firsts->at[person])
        firsts->at[person] = time;
}

/* How bad a state of the scenario is: its place in the only condition. */
static uint32_t badness(const struct history *h, uint32_t state)
{
    const struct condition *c = &h->scenario->condition[0];
    uint32_t i = 0;

    while (i + 1 < c->state_count && c->state[i] != state)
        i++;
    return i;
}

static void find_firsts(const struct history *h, struct firsts *firsts)
{
    uint32_t last[PEOPLE_MOST];

    assert_true(h->people_count <= PEOPLE_MOST);
    firsts->count = h->people_count;
    for (uint32_t i = 0; i < h->people_count; i++) {
        firsts->at[i] = SIM_NEVER;
        last[i] = badness(h, h->people[i].state);
    }
    /* Rows of one person are in the order in which they began. */
    for (uint32_t i = 0; i < h->states_count; i++) {
        const struct history_state *row = &h->states[i];
        uint32_t bad = badness(h, row->state);

        if (bad > last[row->person])
            set_first(firsts, row->person, row->from);
        last[row->person] = bad;
    }
    for (uint32_t i = 0; i < h->events_count; i++)
        if (h->events[i].type == JOURNEY_CRISIS)
            set_first(firsts, h->events[i].person, h->events[i].time);
}

/* Run replication `number` of the scenario with all rates for the worse `times`
 * as high. */
static void run_times(double times, const struct verify_attempt *attempt,
                      uint32_t number, struct firsts *firsts)
{
    static const char *const change[] = {"well to ill", "ill to low",
                                         "low to crisis"};
    static const double rate[] = {0.04, 0.05, 0.06}; /* as in the file */
    char text[LENGTH(change)][96];
    const char *setting[LENGTH(change) + 1] = {NULL};
    struct text_file file[] = {{COURSE_FILE, loading_file(COURSE_FILE)},
                               {NULL, NULL}};
    struct replication *replication = NULL;
    struct journey journey = {0};
    struct history history;
    struct loaded loaded;
    struct layout layout;
    double *record;

    for (size_t i = 0; i < LENGTH(change); i++) {
        snprintf(text[i], sizeof text[i],
                 "conditions.course.changes.%s=%.6f/day", change[i],
                 times * rate[i]);
        setting[i] = text[i];
    }
    loading_load(&loaded, file, setting);
    assert_int_equal(loaded.err, SIM_OK);
    assert_int_equal(layout_init(&layout, loaded.scenario), SIM_OK);
    record = calloc(layout.length, sizeof *record);
    assert_non_null(record);
    assert_int_equal(replication_new(loaded.scenario, &layout, &replication),
                     SIM_OK);
    replication_log(replication, &journey);
    assert_int_equal(
        replication_run(replication, attempt->seed, number, record), SIM_OK);
    assert_int_equal(history_make(&history, loaded.scenario, &journey), SIM_OK);
    find_firsts(&history, firsts);
    history_clear(&history);
    journey_clear(&journey);
    replication_free(replication);
    free(record);
    loading_clear(&loaded);
    free((void *)(uintptr_t)file[0].text);
}

struct verify_found law_first_worsening(const json_t *json, const void *context,
                                        const struct verify_attempt *attempt)
{
    static const double more[] = {1.05, 1.2, 2};
    const struct law *law = context;
    struct firsts plain, other;
    double count = 0;

    (void)json;
    for (uint32_t i = 0; i < attempt->replications; i++) {
        run_times(1, attempt, i, &plain);
        for (size_t m = 0; m < LENGTH(more); m++) {
            run_times(law->backwards ? 1 / more[m] : more[m], attempt, i,
                      &other);
            assert_int_equal(other.count, plain.count);
            for (uint32_t p = 0; p < plain.count; p++)
                count += other.at[p] > plain.at[p];
        }
    }
    return count_found(count);
}
