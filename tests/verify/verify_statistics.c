/*
 * The statistics: intervals that hold what they say, a share within some days
 * beside people who leave, and what common random numbers save.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/common_luck.h"
#include "tests/verify/studies.h"
#include "tests/verify/survival.h"
#include "tests/verify/verify.h"

/* ---- intervals ---- */

#define COVERAGE 0.95
#define ALLOWED 0.02 /* more or less, over 2,000 studies: 4 standard errors */
#define STUDIES_FULL 2000
#define STUDIES_QUICK 100

struct coverage {
    struct studies *studies;
    enum studies_of of;
};

static struct verify_found covered(const json_t *json, const void *context,
                                   const struct verify_attempt *attempt)
{
    const struct coverage *coverage = context;

    (void)json;
    studies_make(coverage->studies, attempt->seed, attempt->replications);
    return verify_share(coverage->studies->covered[coverage->of],
                        attempt->replications);
}

static void declare_coverage(struct verify *verify, struct studies *studies,
                             struct coverage coverage[STUDIES_COUNT])
{
    static const struct {
        const char *quantity, *wrong;
    } rows[STUDIES_COUNT] = {
        [STUDIES_MEAN] = {"studies that cover the mean number of people", NULL},
        [STUDIES_RATIO] = {"studies that cover the share of contacts not "
                           "attended",
                           NULL},
        [STUDIES_SHARE] = {"studies that cover the share with a crisis within "
                           "30 days",
                           NULL},
        [STUDIES_DIFFERENCE] = {"studies that cover the difference of that "
                                "share between two options",
                                NULL},
        [STUDIES_INDEPENDENT] = {"studies that cover the share of contacts not "
                                 "attended",
                                 "as if contacts were independent trials"},
        [STUDIES_UNPAIRED] = {"studies that cover the difference",
                              "as if the options shared no luck"},
    };
    double allowed = verify_form(verify) == VERIFY_QUICK
                         ? 4 * sqrt(COVERAGE * (1 - COVERAGE) / STUDIES_QUICK)
                         : ALLOWED;

    for (int i = 0; i < STUDIES_COUNT; i++) {
        coverage[i] = (struct coverage){studies, (enum studies_of)i};
        if (i == 0)
            verify_case(verify, &(struct verify_case){
                                    .name = "95% intervals of studies of 50 "
                                            "replications",
                                    .quick = STUDIES_QUICK,
                                    .full = STUDIES_FULL,
                                    .seed = 20270131});
        if (i == STUDIES_INDEPENDENT) /* a hundred studies cannot tell */
            verify_case(verify, &(struct verify_case){
                                    .name = "the same, reckoned wrongly",
                                    .full = STUDIES_FULL,
                                    .seed = 20270131});
        verify_check(verify, &(struct verify_check){
                                 .quantity = rows[i].quantity,
                                 .kind = VERIFY_WITHIN,
                                 .truth = COVERAGE,
                                 .low = COVERAGE - allowed,
                                 .high = COVERAGE + allowed,
                                 .source = "95%; the truths by the generator's "
                                           "exponential",
                                 .wrong = rows[i].wrong,
                                 .compute = covered,
                                 .context = &coverage[i]});
    }
}

/* ---- people who leave ---- */

#define DAYS 90
#define REFERRED 300 /* days in which people of the log are referred */
#define MANY                                                                   \
    "cohorts.people.referrals.rate=20/day", "calendar.run_for=300 days",       \
        "calendar.run_on=90 days", "rota.evenings.staff.worker=200"

/* Of the event log of one replication. */
static const struct verify_case logged = {
    .name = "one replication's event log, 20 referrals a day",
    .file = "coverage.yaml",
    .setting = (const char *const[]){MANY, NULL},
    .quick = 1,
    .full = 1};

static struct survival read_log(const struct verify_attempt *attempt)
{
    struct survival survival;
    char seed[16], *log;
    void *room;

    make_room(&room);
    log = in_room(room, "log.sqlite");
    snprintf(seed, sizeof seed, "%u", attempt->seed);
    expect(0, room, "run", STUDIES_FILE, "--json", "--quiet", "--replications",
           "1", "--seed", seed, "--log", log, "--set", logged.setting[0],
           "--set", logged.setting[1], "--set", logged.setting[2], "--set",
           logged.setting[3]);
    survival_read(log, REFERRED, DAYS, &survival);
    free(log);
    remove_room(&room);
    return survival;
}

static struct verify_found log_share(const json_t *json, const void *context,
                                     const struct verify_attempt *attempt)
{
    (void)json;
    (void)context;
    return read_log(attempt).share;
}

static struct verify_found
log_kaplan_meier(const json_t *json, const void *context,
                 const struct verify_attempt *attempt)
{
    (void)json;
    (void)context;
    return read_log(attempt).kaplan_meier;
}

static void declare_leaving(struct verify *verify)
{
    static const char *const setting[] = {"calendar.run_on=90 days", NULL};
    static const char by_generator[] =
        "cumulative incidence, by the generator's exponential";
    struct service service = service_as_written(), nobody_leaves = service;
    double share = service_crisis_within(&service, DAYS), net;
    struct verify_check check = {
        .truth = share, .source = by_generator, .wide = "one replication"};

    nobody_leaves.leaves = 0;
    net = service_crisis_within(&nobody_leaves, DAYS);
    verify_case(verify,
                &(struct verify_case){.name = "people leave at 3% a day",
                                      .file = "coverage.yaml",
                                      .setting = setting,
                                      .quick = 400,
                                      .full = 20000});
    verify_near(verify, "share with a crisis within 90 days",
                WHOLE("crisis_within_90_days"), share, by_generator);
    verify_near(verify, "the curve of first crises at day 90",
                POINT("curves", "crisis", NULL, DAYS), share, by_generator);
    verify_control(verify, "share with a crisis within 90 days",
                   WHOLE("crisis_within_90_days"), net,
                   "had nobody left, as Kaplan and Meier would have it");
    verify_case(verify, &logged);
    check.quantity = "share with a crisis within 90 days";
    check.compute = log_share;
    verify_check(verify, &check);
    check.quantity = "Kaplan and Meier's estimate, leavers censored";
    check.compute = log_kaplan_meier;
    check.wrong = "leavers are censored";
    verify_check(verify, &check);
    check.wrong = NULL;
    check.truth = net;
    check.source = "the share had nobody left: what that estimates";
    verify_check(verify, &check);
}

/* ---- common random numbers ---- */

#define PAIRS_QUICK 40
#define PAIRS_FULL 300

#define CRISES "crisis_within_90_days"
static const char shift[] = "rota.weekend.staff.support worker=3";
static const char taper[] =
    "plans.evening taper.steps.daily evenings.for=14 days";
static const char effect[] = "conditions.after crisis.after_contact.times=0.5";

static void declare_luck(struct verify *verify, struct option_pair *pair)
{
    const struct option_pair own = *pair;
    double least = 4 / sqrt(verify_form(verify) == VERIFY_QUICK ? PAIRS_QUICK
                                                                : PAIRS_FULL);
    struct verify_check check = {
        .kind = VERIFY_WITHIN,
        .context = pair,
        .wrong = own.other_luck ? "the option has a seed of its own" : NULL};
    char name[160];

    snprintf(name, sizeof name, "%s%s", own.words,
             own.other_luck ? ", with luck of its own" : "");
    verify_case(verify, &(struct verify_case){.name = name,
                                              .quick = PAIRS_QUICK,
                                              .full = PAIRS_FULL,
                                              .seed = 20270204});
    snprintf(name, sizeof name, "correlation with the base: %s", own.measure);
    check.quantity = name;
    check.low = least;
    check.high = 1;
    check.truth = NAN;
    check.source = "a law: above 0 by 4 standard errors";
    check.compute = common_luck_correlation;
    verify_check(verify, &check);
    if (own.other_luck)
        return;
    snprintf(name, sizeof name, "variance saved in the difference, times: %s",
             own.measure);
    check.low = 1;
    check.high = HUGE_VAL;
    check.source = "a law: above 1";
    check.compute = common_luck_reduction;
    verify_check(verify, &check);
}

int main(void)
{
    struct luck_found found[7] = {0};
    struct option_pair pairs[] = {
        {"one support worker more at weekends", shift, "contacts_not_delivered",
         false, &found[0]},
        {"one support worker more at weekends", shift, CRISES, false,
         &found[1]},
        {"daily visits for 14 days, not 10", taper, "contacts_not_delivered",
         false, &found[2]},
        {"daily visits for 14 days, not 10", taper, CRISES, false, &found[3]},
        {"a contact halves the hazard", effect, CRISES, false, &found[4]},
        {"a contact halves the hazard", effect, "unseen_hours", false,
         &found[5]},
        {"a contact halves the hazard", effect, CRISES, true, &found[6]},
    };
    struct coverage coverage[STUDIES_COUNT];
    struct studies studies = {0};
    struct verify *verify = verify_begin(&(struct verify_family){
        "statistics", 70, "The statistics",
        "Whether a 95% interval holds the truth 95 times in 100, what a share "
        "within so many days is where people leave first, and how far options "
        "that meet the same luck are alike."});

    declare_coverage(verify, &studies, coverage);
    declare_leaving(verify);
    for (size_t i = 0; i < LENGTH(pairs); i++)
        declare_luck(verify, &pairs[i]);
    return verify_finish(verify);
}
