/*
 * What numbers are known from: durations as observed, numbers that are
 * uncertain, notes and sources in every mapping, and a digest over all of it.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/csv.h"
#include "tests/loading.h"
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270112
#define DAY_MS 86400e3

/* ---- observed durations ---- */

/* People come at 2 a day and stay for one of the observed times. */
static const char PLACES[] =
    "handrail: 1\n"
    "title: places\n"
    "calendar: {start: 2027-01-04, warm_up: 60 days, run_for: 400 days,\n"
    "           run_on: 40 days}\n"
    "cohorts:\n"
    "  people: {referrals: {rate: 2/day}, enters: house}\n"
    "levels:\n"
    "  house: {rank: 1, stay: empirical(stays.csv), then: leave}\n";

struct observed_case {
    const char *name;
    const char *csv;
    double mean; /* days */
    uint32_t count;
};
static struct observed_case observed_cases[] = {
    {"days in a column", "days\n1\n2\n3\n14\n", 5, 4},
    {"hours, some twice", "stay (h)\n12\n12\n96\n", 40.0 / 24, 3},
    {"each with its unit", "1 day\n36 h\n2 weeks\n", 16.5 / 3, 3},
    {"a column of units", "stay;unit\r\n1;day\r\n36;h\r\n2;weeks\r\n", 16.5 / 3,
     3},
    {"one alone is a constant", "4 days\n", 4, 1},
};

/* In the steady state occupancy is the rate times the mean stay (Little). */
static void stays_are_as_observed(void **state)
{
    const struct observed_case *c = *state;
    const struct text_file files[] = {
        {"test.yaml", PLACES}, {"stays.csv", c->csv}, {NULL, NULL}};
    const struct distribution *stay;
    struct model model;

    model_run_files(&model, files, NULL, 0, 30, SEED);
    stay = &model.scenario->level[0].stay;
    assert_int_equal(stay->family, FAMILY_EMPIRICAL);
    assert_int_equal(stay->count, c->count);
    assert_near(stay->mean, c->mean * DAY_MS, 1e-6);
    assert_mean(&model, model_value(&model, "stay_days"), c->mean);
    assert_mean(&model, model_value(&model, "occupancy"), 2 * c->mean);
    assert_false(
        model_is_near(&model, model_value(&model, "occupancy"), 2.2 * c->mean));
    model_clear(&model);
}

/* Each value equally often: a chi-square of 3 degrees of freedom below its
 * 99.99% quantile, 21.1. */
static void each_is_as_likely(void **state)
{
    static const double value[] = {10, 20, 30, 40};
    struct distribution d = distribution_observed(value, 4, 25);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    const int draws = 40000;
    double count[4] = {0}, chi = 0;

    (void)state;
    for (int i = 0; i < draws; i++)
        count[distribution_sample(&d, rng) / 10 - 1]++;
    for (int i = 0; i < 4; i++)
        chi +=
            (count[i] - draws / 4.0) * (count[i] - draws / 4.0) / (draws / 4.0);
    assert_true(chi < 21.1);
    gsl_rng_free(rng);
}

/* Every key that takes a duration that varies takes every family. */
static const char *const families[] = {
    "20 min",
    "exponential(mean 4 h)",
    "lognormal(mean 11 h, sd 7 h)",
    "lognormal(median 2 h, p90 5 h)",
    "gamma(mean 20 min, sd 5 min)",
    "weibull(shape 1.4, scale 2 h)",
    "triangular(10 min, 20 min, 45 min)",
    "uniform(5 min, 15 min)",
    "empirical(stays.csv)",
    "gamma(mean between 10 min and 20 min, sd 5 min)",
};

static void every_key_takes_every_family(void **state)
{
    static const char *const keys[] = {
        "contacts.visit.travel",      "contacts.visit.lasts",
        "contacts.visit.notes",       "contacts.visit.if_not_there",
        "levels.home.handover.lasts", "levels.house.stay",
    };
    char *text = loading_file("tests/scenarios/small.yaml");
    const struct text_file files[] = {
        {"small.yaml", text}, {"stays.csv", "min\n10\n20\n"}, {NULL, NULL}};

    (void)state;
    for (size_t k = 0; k < LENGTH(keys); k++)
        for (size_t f = 0; f < LENGTH(families); f++) {
            char setting[200];
            const char *const settings[] = {setting, NULL};
            struct loaded loaded;

            snprintf(setting, sizeof setting, "%s=\"%s\"", keys[k],
                     families[f]);
            loading_load(&loaded, files, settings);
            if (loaded.faults.errors > 0)
                fail_msg("%s: %s", setting, loaded.faults.fault[0].message);
            loading_clear(&loaded);
        }
    free(text);
}

/* ---- uncertain numbers ---- */

struct uncertain_case {
    const char *name;
    const char *setting;
    const char *path, *part;
    double low, high, value, share;
};
#define HOUSE_STAY "levels.house.stay"
static struct uncertain_case uncertain_cases[] = {
    {"a rate",
     "conditions.course.changes.well to ill=between 0.02/day and "
     "0.06/day",
     "conditions.course.changes.well to ill", NULL, 0.02, 0.06, 0.04, 1},
    {"about a rate",
     "conditions.course.changes.well to ill=\"about 0.03/day, 90% between "
     "0.02/day and 0.08/day\"",
     "conditions.course.changes.well to ill", NULL, 0.02, 0.08, 0.03, 0.9},
    {"a chance", "cohorts.people.attendance.ill=between 50% and 70%",
     "cohorts.people.attendance.ill", NULL, 0.5, 0.7, 0.6, 1},
    {"a factor", "cohorts.people.worsening=between 1 and 2",
     "cohorts.people.worsening", NULL, 1, 2, 1.5, 1},
    {"a growth",
     "cohorts.people.referrals.growth=between -5%/year and 15%/year",
     "cohorts.people.referrals.growth", NULL, -0.05, 0.15, 0.05, 1},
    {"money", "staff.nurse.cost=between 20/h and 30/h", "staff.nurse.cost",
     NULL, 20, 30, 25, 1},
    {"a share over 100%", "staff.nurse.overtime=between 100% and 200%",
     "staff.nurse.overtime", NULL, 1, 2, 1.5, 1},
    {"a duration", "levels.home.longest=between 6 weeks and 8 weeks",
     "levels.home.longest", NULL, 42 * DAY_MS, 56 * DAY_MS, 49 * DAY_MS, 1},
    {"days", "plans.taper.steps.daily.for=between 5 days and 9 days",
     "plans.taper.steps.daily.for", NULL, 5, 9, 7, 1},
    {"a count", "levels.house.places=between 4 and 8", "levels.house.places",
     NULL, 4, 8, 6, 1},
    {"a whole distribution", HOUSE_STAY "=between 4 days and 8 days",
     HOUSE_STAY, "", 4 * DAY_MS, 8 * DAY_MS, 6 * DAY_MS, 1},
    {"a mean",
     HOUSE_STAY "=\"gamma(mean between 4 days and 8 days, sd 2 "
                "days)\"",
     HOUSE_STAY, "mean", 4 * DAY_MS, 8 * DAY_MS, 6 * DAY_MS, 1},
    {"about an sd",
     HOUSE_STAY "=\"gamma(mean 5 days, sd about 3 days, 80% "
                "between 2 days and 5 days)\"",
     HOUSE_STAY, "sd", 2 * DAY_MS, 5 * DAY_MS, 3 * DAY_MS, 0.8},
    {"a shape without a unit",
     HOUSE_STAY "=\"weibull(shape between 1 and 2, "
                "scale 5 days)\"",
     HOUSE_STAY, "shape", 1, 2, 1.5, 1},
};

static void bounds_are_kept(void **state)
{
    const struct uncertain_case *c = *state;
    char *text = loading_file("tests/scenarios/small.yaml");
    struct loaded loaded;
    const struct uncertain *u;

    loading_text(&loaded, text, c->setting);
    if (loaded.err != SIM_OK)
        fail_msg("%s", loaded.faults.fault[0].message);
    assert_int_equal(loaded.scenario->uncertain_count, 1);
    u = &loaded.scenario->uncertain[0];
    assert_string_equal(u->path, c->path);
    assert_true((u->part == NULL) == (c->part == NULL));
    if (c->part != NULL)
        assert_string_equal(u->part, c->part);
    assert_near(u->low, c->low, 1e-9 * fabs(c->low));
    assert_near(u->high, c->high, 1e-9 * c->high);
    assert_near(u->value, c->value, 1e-9 * c->value);
    assert_near(u->share, c->share, 1e-12);
    loading_clear(&loaded);
    free(text);
}

/* Runs use the value, as if it stood there alone. */
struct used_case {
    const char *name;
    const char *uncertain, *plain;
};
static struct used_case used_cases[] = {
    {"the middle of a distribution's mean",
     HOUSE_STAY "=\"gamma(mean between 4 days and 8 days, sd 2 days)\"",
     HOUSE_STAY "=\"gamma(mean 6 days, sd 2 days)\""},
    {"the middle of a rate",
     "cohorts.people.referrals.rate=between 2/week and 6/week",
     "cohorts.people.referrals.rate=4/week"},
    {"what a chance is about",
     "cohorts.people.attendance=\"about 70%, 95% between 50% and 80%\"",
     "cohorts.people.attendance=70%"},
};

static void runs_use_the_value(void **state)
{
    const struct used_case *c = *state;
    char *text = loading_file("tests/scenarios/small.yaml");
    struct model a, b;

    model_run(&a, text, &c->uncertain, 1, 2, SEED);
    model_run(&b, text, &c->plain, 1, 2, SEED);
    assert_memory_equal(a.record, b.record,
                        2 * a.layout.length * sizeof *a.record);
    model_clear(&a);
    model_clear(&b);
    free(text);
}

/* ---- notes and sources, anywhere ---- */

/* Load `text` with `remark` put in at `at`; no errors, and it is kept. */
static void try_remark(const char *text, const char *at, const char *remark,
                       uint32_t notes, uint32_t sources)
{
    size_t size = strlen(text) + strlen(remark) + 1;
    char *edited = malloc(size);
    struct loaded loaded;

    assert_non_null(edited);
    snprintf(edited, size, "%.*s%s%s", (int)(at - text), text, remark, at);
    loading_text(&loaded, edited, NULL);
    if (loaded.err != SIM_OK)
        fail_msg("%.60s: %s", at, loaded.faults.fault[0].message);
    assert_int_equal(loaded.scenario->note_count, notes + 1);
    assert_int_equal(loaded.scenario->provenance_count, sources + 1);
    loading_clear(&loaded);
    free(edited);
}

/* Whether the line that begins at `line` ends a key whose mapping follows in
 * lines of its own; then `*indent` becomes theirs. */
static bool opens_block(const char *line, size_t length, size_t *indent)
{
    const char *next = line + length + 1;

    if (length == 0 || line[length - 1] != ':' || line[length] == '\0')
        return false;
    *indent = strspn(next, " ");
    return next[*indent] != '-' && next[*indent] != '#' &&
           *indent > strspn(line, " ");
}

static void every_mapping_takes_both(void **state)
{
    char *text = loading_file(*state);
    struct loaded loaded;
    uint32_t notes, sources, tried = 0;

    loading_text(&loaded, text, NULL);
    assert_int_equal(loaded.err, SIM_OK);
    notes = loaded.scenario->note_count;
    sources = loaded.scenario->provenance_count;
    loading_clear(&loaded);
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        const char *end = strchr(at, '}');
        const char *own = strstr(at, "source:");

        if (own != NULL && own < end)
            continue; /* it has one */
        try_remark(text, at + 1,
                   at[1] == '}' ? "note: n, source: s" : "note: n, source: s, ",
                   notes, sources);
        tried++;
    }
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n"), indent;
        char remark[160];
        const char *next = line + length + (line[length] == '\n');

        if (opens_block(line, length, &indent)) {
            char own[100];
            bool has = false;

            snprintf(own, sizeof own, "%*ssource:", (int)indent, "");
            for (const char *l = next;
                 strspn(l, " ") >= indent && *l != '\0' && !has;
                 l += strcspn(l, "\n") + 1)
                has = strncmp(l, own, strlen(own)) == 0;
            snprintf(remark, sizeof remark, "%*snote: n\n%*ssource: s\n",
                     (int)indent, "", (int)indent, "");
            if (!has)
                try_remark(text, next, remark, notes, sources);
            tried++;
        }
        line = next;
    }
    assert_true(tried > 30);
    free(text);
}

static void notes_have_their_path(void **state)
{
    struct loaded loaded;
    char *text = loading_file("tests/scenarios/small.yaml");

    (void)state;
    loading_text(&loaded, text, "levels.home.note=who decides");
    assert_int_equal(loaded.err, SIM_OK);
    assert_int_equal(loaded.scenario->note_count, 1);
    assert_string_equal(loaded.scenario->note[0].path, "levels.home");
    assert_string_equal(loaded.scenario->note[0].text, "who decides");
    loading_clear(&loaded);
    free(text);
}

/* ---- the digest ---- */

static void the_canonical_text_has_the_data(void **state)
{
    static const char *const csv[] = {"days\n1\n2\n", "days\n1\n3\n"};
    char *canonical[2];

    (void)state;
    for (int i = 0; i < 2; i++) {
        const struct text_file files[] = {
            {"test.yaml", PLACES}, {"stays.csv", csv[i]}, {NULL, NULL}};
        struct loaded loaded;

        loading_load(&loaded, files, NULL);
        assert_int_equal(loaded.err, SIM_OK);
        assert_non_null(strstr(loaded.scenario->canonical, "stays.csv 9\n"));
        assert_non_null(strstr(loaded.scenario->canonical, csv[i]));
        canonical[i] = strdup(loaded.scenario->canonical);
        loading_clear(&loaded);
    }
    assert_string_not_equal(canonical[0], canonical[1]);
    free(canonical[0]);
    free(canonical[1]);
}

static char small[] = "tests/scenarios/small.yaml";
static char example[] = "tests/scenarios/example.yaml";
static char shipped[] = "scenarios/crisis-house.yaml";

int main(void)
{
    const struct CMUnitTest single[] = {
        cmocka_unit_test(each_is_as_likely),
        cmocka_unit_test(every_key_takes_every_family),
        cmocka_unit_test_prestate(every_mapping_takes_both, small),
        cmocka_unit_test_prestate(every_mapping_takes_both, example),
        cmocka_unit_test_prestate(every_mapping_takes_both, shipped),
        cmocka_unit_test(notes_have_their_path),
        cmocka_unit_test(the_canonical_text_has_the_data),
    };
    int failed = 0;

    failed += run_table("observed", stays_are_as_observed, observed_cases);
    failed += run_table("uncertain", bounds_are_kept, uncertain_cases);
    failed += run_table("used", runs_use_the_value, used_cases);
    failed += cmocka_run_group_tests_name("inputs", single, NULL, NULL);
    return failed;
}
