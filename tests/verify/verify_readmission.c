/*
 * A year after a crisis team: the scenarios that were set by hand to published
 * figures of return to acute care, against those figures. Measures follow
 * people for 90 days at most; the year is counted in the event log.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "tests/verify/eventlog.h"
#include "tests/verify/verify.h"

#define FOLDER "scenarios/published/"
#define YEAR 365
#define DAY_MS 86400000.0

/* ---- a cohort followed for a year ---- */

enum { USUAL, PEER, UNPROTECTED, ARMS };

struct arm {
    const char *file;
    const char *more; /* one more setting, or NULL */
    bool made;
    double people;
    double returned[YEAR + 1]; /* by day, of `people` */
};

/* More people than the service has, with staff in proportion, so that nobody's
 * contacts hang on anybody else's. */
#define PEOPLE "cohorts.discharged by the crisis team.referrals.rate="
#define STAFF "rota.weekdays.staff.community worker=110"
#define PEERS "rota.weekdays.staff.peer worker=80"

/* Days from referral to the first crisis of each person referred in the
 * measured period; NULL for none. */
static const char FIRST_RETURN[] =
    "SELECT min(c.at_ms) - p.referred_ms FROM people p, period q "
    "LEFT JOIN crises c ON c.person = p.person "
    "WHERE p.referred_ms >= q.from_ms AND p.referred_ms < q.until_ms "
    "GROUP BY p.person";

static void follow(struct arm *arm, const struct verify_attempt *attempt)
{
    bool full = attempt->form == VERIFY_FULL;
    const char *setting[6] = {STAFF,
                              full ? PEOPLE "100/week" : PEOPLE "60/week"};
    size_t count = 2;
    struct eventlog log;
    sqlite3_stmt *query;

    if (arm->made)
        return;
    if (full)
        setting[count++] = "calendar.run_for=156 weeks";
    if (strstr(arm->file, "peer"))
        setting[count++] = PEERS;
    setting[count] = arm->more;
    eventlog_make(&log, arm->file, setting, attempt->seed);
    query = eventlog_query(&log, FIRST_RETURN);
    while (sqlite3_step(query) == SQLITE_ROW) {
        arm->people++;
        if (sqlite3_column_type(query, 0) == SQLITE_NULL)
            continue;
        double days = sqlite3_column_double(query, 0) / DAY_MS;
        for (int day = (int)ceil(days); day <= YEAR; day++)
            arm->returned[day]++;
    }
    sqlite3_finalize(query);
    eventlog_clear(&log);
    assert_true(arm->people > 1000);
    arm->made = true;
}

/* ---- what is compared ---- */

/* Wilson's interval of a share (Wilson 1927; Agresti and Coull 1998). */
static void wilson(double events, double n, double *low, double *high)
{
    const double z = gsl_cdf_ugaussian_Pinv(0.975);
    double p = events / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half =
        z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);

    *low = middle - half;
    *high = middle + half;
}

struct by_day {
    struct arm *arm, *other; /* other: for the ratio of odds */
    int day;
};

static struct verify_found share_by(const json_t *json, const void *context,
                                    const struct verify_attempt *attempt)
{
    const struct by_day *c = context;

    (void)json;
    follow(c->arm, attempt);
    return verify_share(c->arm->returned[c->day], c->arm->people);
}

/* The odds of one arm over those of the other; its standard error from the
 * variances of the logarithms (Woolf 1955). The arms have people in common, so
 * it is, if anything, too large. */
static struct verify_found odds_ratio(const json_t *json, const void *context,
                                      const struct verify_attempt *attempt)
{
    const struct by_day *c = context;
    double variance = 0, log_ratio = 0, spread;
    const struct arm *arms[] = {c->arm, c->other};

    (void)json;
    follow(c->arm, attempt);
    follow(c->other, attempt);
    for (int i = 0; i < 2; i++) {
        double yes = arms[i]->returned[c->day];
        double no = arms[i]->people - yes;
        variance += 1 / yes + 1 / no;
        log_ratio += (i ? -1 : 1) * log(yes / no);
    }
    spread = 1.96 * sqrt(variance);
    return (struct verify_found){
        exp(log_ratio), exp(log_ratio) * sqrt(variance),
        exp(log_ratio - spread), exp(log_ratio + spread)};
}

/* A published share, of `n` people; with `n` 0 from a rate per person-year and
 * its interval. */
struct point {
    const char *label;
    int day;
    bool used; /* the scenario was set to it */
    double events, n;
    double rate, rate_low, rate_high; /* for each person-year */
};
static const struct point points[] = {
    {"Tulloch et al. 2016, 15% of 7,891", 90, true, 0.15 * 7891, 7891, 0, 0, 0},
    {"CORE 2018, usual care, 83 of 216", YEAR, true, 83, 216, 0, 0, 0},
    {"CORE 2018, peer support, 64 of 218", YEAR, true, 64, 218, 0, 0, 0},
    {"Irish hospitals, 24 of 65", YEAR, false, 24, 65, 0, 0, 0},
    {"Camden and Islington, 53.9 a 100 person-years", YEAR, false, 0, 0, 0.539,
     0.521, 0.558},
    {"South London and Maudsley, 51.3", YEAR, false, 0, 0, 0.513, 0.496, 0.531},
};

static void interval_of(const struct point *p, double *share, double *low,
                        double *high)
{
    if (p->n > 0) {
        *share = p->events / p->n;
        wilson(p->events, p->n, low, high);
        return;
    }
    /* As if the rate were constant over the year. */
    *share = -expm1(-p->rate);
    *low = -expm1(-p->rate_low);
    *high = -expm1(-p->rate_high);
}

static void check_share(struct verify *verify, const char *quantity,
                        const struct by_day *c, const struct point *p,
                        const char *wrong)
{
    struct verify_check check = {.quantity = quantity,
                                 .kind = VERIFY_WITHIN,
                                 .source = p->label,
                                 .wrong = wrong,
                                 .compute = share_by,
                                 .context = c};

    interval_of(p, &check.truth, &check.low, &check.high);
    verify_check(verify, &check);
}

/* ---- the picture's data ---- */

/* Blocks divided by two empty lines: the two arms by day (share, interval), the
 * points that the scenario was set to, those that it was not (day, share,
 * interval). Written where rows are, in the full form. */
static void write_picture(const struct arm *arm)
{
    const char *folder = getenv("VERIFY_ROWS");
    char path[PATH_SIZE];
    FILE *file;

    if (!folder || !arm[USUAL].made || !arm[PEER].made)
        return;
    snprintf(path, sizeof path, "%s/readmission.dat", folder);
    file = fopen(path, "w");
    assert_non_null(file);
    for (int i = USUAL; i <= PEER; i++) {
        for (int day = 0; day <= YEAR; day++) {
            double low, high;
            wilson(arm[i].returned[day], arm[i].people, &low, &high);
            fprintf(file, "%d %.5f %.5f %.5f\n", day,
                    arm[i].returned[day] / arm[i].people, low, high);
        }
        fputs("\n\n", file);
    }
    for (int used = 1; used >= 0; used--) {
        for (size_t i = 0; i < LENGTH(points); i++) {
            double share, low, high;
            if (points[i].used != (used == 1))
                continue;
            interval_of(&points[i], &share, &low, &high);
            fprintf(file, "%d %.5f %.5f %.5f\n", points[i].day, share, low,
                    high);
        }
        fputs("\n\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

static struct verify_found draws(const json_t *json, const void *context,
                                 const struct verify_attempt *attempt)
{
    const struct arm *arm = context;

    (void)json;
    if (attempt->form == VERIFY_FULL)
        write_picture(arm);
    return (struct verify_found){
        arm[USUAL].returned[YEAR] > arm[PEER].returned[YEAR], NAN, NAN, NAN};
}

int main(void)
{
    static struct arm arm[ARMS] = {
        [USUAL] = {.file = FOLDER "readmission-2018.yaml"},
        [PEER] = {.file = FOLDER "readmission-2018-peer-support.yaml"},
        [UNPROTECTED] = {.file = FOLDER "readmission-2018-peer-support.yaml",
                         .more = "contacts.peer session.protects=0%"}};
    static const struct by_day usual_90 = {&arm[USUAL], NULL, 90},
                               usual_year = {&arm[USUAL], NULL, YEAR},
                               peer_year = {&arm[PEER], NULL, YEAR},
                               unprotected = {&arm[UNPROTECTED], NULL, YEAR},
                               odds = {&arm[PEER], &arm[USUAL], YEAR};
    struct verify *verify = verify_begin(&(struct verify_family){
        .name = "readmission",
        .order = 61,
        .title = "A year of readmissions",
        .about = "`scenarios/published/readmission-2018.yaml` was set by hand "
                 "to two published figures, and its arm with peer support to a "
                 "third. Simulated shares have to lie within the intervals of "
                 "the published ones, which are wide; that they do shows that "
                 "the model can have such a course, not that its parts are "
                 "right."});

    verify_case(verify, &(struct verify_case){.name = "usual care",
                                              .file = arm[USUAL].file,
                                              .quick = 20,
                                              .full = 200});
    verify_check(verify, &(struct verify_check){
                             .quantity = "return within 90 days, the measure",
                             .kind = VERIFY_WITHIN,
                             .at = WHOLE("crisis_within_90_days"),
                             .truth = 0.15,
                             .low = 0.12,
                             .high = 0.18,
                             .source = "Tulloch et al. 2016, 15%, here +- 3 in "
                                       "100: other people"});
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "return within 90 days, counted in the log",
                     .kind = VERIFY_WITHIN,
                     .truth = 0.15,
                     .low = 0.12,
                     .high = 0.18,
                     .source = "the same",
                     .compute = share_by,
                     .context = &usual_90});
    check_share(verify, "return within a year", &usual_year, &points[1], NULL);
    verify_case(verify, &(struct verify_case){.name = "with peer support",
                                              .file = arm[PEER].file,
                                              .quick = 20,
                                              .full = 200});
    check_share(verify, "return within a year", &peer_year, &points[2], NULL);
    verify_check(verify, &(struct verify_check){
                             .quantity = "odds ratio to usual care",
                             .kind = VERIFY_WITHIN,
                             .truth = 0.66,
                             .low = 0.43,
                             .high = 0.99,
                             .source = "CORE 2018, 0.66 (0.43 to 0.99)",
                             .compute = odds_ratio,
                             .context = &odds});
    check_share(verify, "return within a year", &unprotected, &points[2],
                "sessions that protect nobody");
    verify_check(verify, &(struct verify_check){
                             .quantity = "fewer return than in usual care",
                             .kind = VERIFY_HOLDS,
                             .truth = 1,
                             .source = "CORE 2018, direction",
                             .compute = draws,
                             .context = arm});
    verify_note(
        verify,
        "![Share of people back in acute care by day since discharge, "
        "simulated, with published figures](figures/readmission.svg)\n\n"
        "Filled points are the figures that the scenario was set to, with "
        "their 95% intervals; hollow ones were not used: 24 of 65 patients of "
        "Irish hospitals (BJPsych Bulletin, PMC5376724), and two London "
        "trusts' rates per person-year (Werbeloff et al. 2017), as shares if "
        "they were constant over the year. Bands are chance in the "
        "simulation alone. Modelled, not observed.");
    return verify_finish(verify);
}
