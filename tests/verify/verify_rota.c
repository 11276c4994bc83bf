/*
 * The rota: who is there under absence in spells and bank cover, how that
 * varies from year to year, what is delivered, and what is paid.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>

#include "tests/verify/verify.h"

#define WEEKS 52
#define DAYS (7 * WEEKS)

/* ---- absence in spells ---- */

/* A place of rota.yaml that is absent with `share`, in spells of `spell` days,
 * and covered with `bank`; on duty for 8 hours on the first `week_days` days of
 * each week. */
struct place {
    const char *name;
    const char *setting[5];
    double share, spell, bank;
    int week_days, places;
    uint32_t full;
};

static const struct place places[] = {
    {"absence by the day",
     {"staff.worker.absence={share: 15%, spells: 0 days}"},
     0.15,
     0,
     0,
     7,
     1,
     1500},
    {"absence in spells of 2 days, half covered",
     {"staff.worker.absence.spells=2 days",
      "staff.worker.bank={covers: 50%, cost: 0}"},
     0.15,
     2,
     0.5,
     7,
     1,
     1500},
    {"in spells of 5 days", {NULL}, 0.15, 5, 0, 7, 1, 3000},
    {"in spells of 20 days, a quarter covered",
     {"staff.worker.absence={share: 10%, spells: 20 days}",
      "staff.worker.bank={covers: 25%, cost: 0}"},
     0.1,
     20,
     0.25,
     7,
     1,
     4000},
    {"on weekdays, by four of a role",
     {"rota.days={days: weekdays, staff: {worker: 4}}"},
     0.15,
     5,
     0,
     5,
     4,
     1500},
};

/* Correlation of a place's absence over `days`: that of a two-state chain with
 * this share and this mean spell (e.g. Norris 1997, section 2.1). */
static double correlation(const struct place *c, double days)
{
    return c->spell > 0 ? exp(-days / (c->spell * (1 - c->share))) : days == 0;
}

/* Chance that nobody stands in a place on two days so far apart. */
static double both_empty(const struct place *c, double days)
{
    double uncovered = days == 0 ? 1 - c->bank : gsl_pow_2(1 - c->bank);

    return uncovered * c->share *
           (c->share + (1 - c->share) * correlation(c, days));
}

/* Standard deviation between years of the hours a week that are present. */
static double sd_of_hours(const struct place *c)
{
    double empty = c->share * (1 - c->bank), variance = 0;

    for (int i = 0; i < DAYS; i++)
        for (int j = 0; j < DAYS; j++)
            if (i % 7 < c->week_days && j % 7 < c->week_days)
                variance += both_empty(c, abs(i - j)) - empty * empty;
    return 8 * sqrt(c->places * variance) / WEEKS;
}

/*
 * The standard deviation of a measure between replications. Its own standard
 * error is sd sqrt((k - 1) / 4n), k the kurtosis of the values (e.g. Cramer
 * 1946, section 27.4): 3 for a normal law, here taken as 4, because years with
 * few long spells are skewed.
 */
static struct verify_found read_sd(const json_t *json, const void *context,
                                   const struct verify_attempt *attempt)
{
    const char *id = context;
    double sd = NAN, error;
    const json_t *row;
    size_t i;

    json_array_foreach(json_object_get(json, "measures"), i, row)
    {
        if (strcmp(json_string_value(json_object_get(row, "id")), id) == 0 &&
            json_object_size(json_object_get(row, "by")) == 0)
            sd = json_number_value(json_object_get(row, "sd"));
    }
    error = sd * sqrt(3.0 / 4 / attempt->replications);
    return (struct verify_found){sd, error, sd - 1.96 * error,
                                 sd + 1.96 * error};
}

static void check_sd(struct verify *verify, double truth, const char *wrong)
{
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "hours present, sd between years",
                     .truth = truth,
                     .source = "covariances of the two-state chain, summed",
                     .wrong = wrong,
                     .wide = "a standard deviation",
                     .compute = read_sd,
                     .context = "hours_present"});
}

static void absence(struct verify *verify, const struct place *c)
{
    const double empty = c->share * (1 - c->bank);
    const double rostered = 8.0 * c->week_days * c->places;
    struct place by_day = *c;

    by_day.spell = c->spell > 0 ? 0 : 5;
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "rota.yaml",
                                              .setting = c->setting,
                                              .quick = 200,
                                              .full = c->full});
    verify_check(verify,
                 &(struct verify_check){.quantity = "hours rostered",
                                        .kind = VERIFY_SAME,
                                        .at = WHOLE("hours_rostered"),
                                        .truth = rostered,
                                        .source = "hours x days x places"});
    verify_near(verify, "hours present", WHOLE("hours_present"),
                rostered * (1 - empty), "1 - share x (1 - covered)");
    check_sd(verify, sd_of_hours(c), NULL);
    check_sd(verify, sd_of_hours(&by_day),
             c->spell > 0 ? "as if every day were by itself"
                          : "as if spells were 5 days");
    if (c->week_days < 7)
        return;
    verify_near(verify, "days with everything delivered",
                WHOLE("days_all_delivered"), 1 - empty,
                "1 - share x (1 - covered)");
    verify_near(verify, "weekends with everything delivered",
                WHOLE("weekends_all_delivered"),
                1 - 2 * empty + both_empty(c, 1),
                "the two-state chain over one day");
    verify_check(verify, &(struct verify_check){
                             .quantity = "contacts not delivered",
                             .at = WHOLE("contacts_not_delivered"),
                             .truth = empty,
                             .source = "share x (1 - covered)",
                             .wide = "the days above say the same, closer"});
    verify_control(verify, "days with everything delivered",
                   WHOLE("days_all_delivered"), 1 - empty - 0.05,
                   "5 days in 100 more absent");
}

/* ---- hours and pay ---- */

/* The measured period of rota-pay.yaml begins on Monday 2027-02-01. */
static bool is_holiday(int day)
{
    /* 26 and 29 March, 3 May, 30 August, 27 December 2027 */
    static const int holiday[] = {
        28 + 25, 28 + 28, 28 + 31 + 30 + 2, 28 + 31 + 30 + 31 + 30 + 31 + 29,
        28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 30 + 26};

    for (size_t i = 0; i < LENGTH(holiday); i++)
        if (holiday[i] == day)
            return true;
    return false;
}

struct premiums {
    double saturday, sunday, holiday, night;
};
static const struct premiums worker_premiums = {0.3, 0.6, 0.8, 0};
static const struct premiums night_premiums = {0.4, 0.7, 0.7, 0.3};

/* The highest that applies to an hour of a day. */
static double premium(const struct premiums *of, int day, int hour)
{
    double most = 0;

    if (hour >= 20 || hour < 6)
        most = of->night;
    if (day % 7 == 5)
        most = fmax(most, of->saturday);
    if (day % 7 == 6)
        most = fmax(most, of->sunday);
    return is_holiday(day) ? fmax(most, of->holiday) : most;
}

/* Mean over the days of 1 + premium, added up over the hours [from, until). */
static double paid_hours(const struct premiums *of, int from, int until)
{
    double sum = 0;

    for (int day = 0; day < DAYS; day++)
        for (int hour = from; hour < until; hour++)
            sum += 1 + premium(of, day, hour);
    return sum / DAYS;
}

/* Contacts of each kind a week: half a person a day, ten days each. */
#define A_WEEK (7 * 0.5 * 10)
#define WORKERS 40
#define OF_ROLE(id, name) PART((id), "role", (name))

static void hours(struct verify *verify)
{
    /* Arriving, then with the person and notes, or nobody in. */
    const double call = (30 + 0.8 * (20 + 10) + 0.2 * 5) / 60;
    /* Past the end of the shift, 15 minutes after its due time: what is left
     * of an exponential time is as the whole. */
    const double over = exp(-15.0 / 20) * 20 / 60;

    verify_near(
        verify, "hours present, workers", OF_ROLE("hours_present", "worker"),
        WORKERS * 56 * (1 - 0.2 * (1 - 0.7)), "1 - share x (1 - covered)");
    verify_near(verify, "hours delivered, workers",
                OF_ROLE("hours_delivered", "worker"), A_WEEK * 20 / 60,
                "contacts x mean time");
    verify_near(verify, "hours delivered, on call",
                OF_ROLE("hours_delivered", "on call"), A_WEEK * call,
                "contacts x mean time, by whether the person is there");
    verify_near(verify, "overtime hours", WHOLE("overtime_hours"),
                A_WEEK * over, "contacts x E(time - 15 min)+, exponential");
    verify_near(verify, "call-outs a week", WHOLE("call_outs"), A_WEEK,
                "contacts by night");
    verify_near(verify, "utilisation, on call",
                OF_ROLE("utilisation", "on call"), A_WEEK * call / (30 * 8 * 7),
                "delivered over present");
    verify_check(verify, &(struct verify_check){
                             .quantity = "whole-time posts, workers",
                             .kind = VERIFY_SAME,
                             .at = OF_ROLE("establishment", "worker"),
                             .truth = WORKERS * 56 / 37.5 / (1 - 0.22),
                             .source = "hours / 37.5 / (1 - headroom)"});
}

static void pay(struct verify *verify)
{
    const double present = 0.8 + 0.2 * 0.7;
    const double day = 7 * paid_hours(&worker_premiums, 9, 17);
    const double over = exp(-15.0 / 20) * 20 / 60;
    /* Who does a contact is one of bank staff as often as one present is. */
    const double over_cost = 1.5 * (0.8 * 20 + 0.2 * 0.7 * 30) / present;
    const double workers =
        WORKERS * day * (20 + 0.2 * 0.7 * 30) +
        A_WEEK * over * over_cost * paid_hours(&worker_premiums, 17, 18);
    const double night = 2 * 18 * 7 *
                         (paid_hours(&night_premiums, 21, 24) +
                          paid_hours(&night_premiums, 0, 7));
    const double standby = 4 * 30 * 8 * 7, calls = 45 * A_WEEK;

    verify_near(verify, "cost a week, workers",
                OF_ROLE("cost_per_week", "worker"), workers,
                "rostered, bank and overtime hours, each at its premium");
    verify_check(verify,
                 &(struct verify_check){
                     .quantity = "cost a week, nights",
                     .kind = VERIFY_SAME,
                     .at = OF_ROLE("cost_per_week", "night"),
                     .truth = night,
                     .source = "every hour of the year at its premium"});
    verify_near(verify, "cost a week, on call",
                OF_ROLE("cost_per_week", "on call"), standby + calls,
                "standby hours and call-outs");
    verify_control(
        verify, "cost a week, workers", OF_ROLE("cost_per_week", "worker"),
        workers - 0.2 * WORKERS * day * 20, "the absent are not paid");
    verify_control(verify, "cost a week, on call",
                   OF_ROLE("cost_per_week", "on call"), standby + 0.8 * calls,
                   "no call-out where nobody is in");
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        .name = "rota",
        .order = 40,
        .title = "The rota",
        .about = "Rostered, present and delivered hours, pay, and how much "
                 "absence differs from year to year: long spells leave the "
                 "mean as it is and make years differ."});

    for (size_t i = 0; i < LENGTH(places); i++)
        absence(verify, &places[i]);
    verify_case(verify,
                &(struct verify_case){.name = "premiums, bank, overtime "
                                              "and call-outs",
                                      .file = "rota-pay.yaml",
                                      .quick = 100,
                                      .full = 400});
    hours(verify);
    pay(verify);
    return verify_finish(verify);
}
