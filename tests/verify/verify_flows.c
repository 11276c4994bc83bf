/*
 * Levels that hang together, and referrals that come and go with the week:
 * M/G/infinity with a rate that varies, overflow, a line with blocking, a
 * network that people come back to.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <time.h>

#include "tests/verify/chain.h"
#include "tests/verify/queues.h"
#include "tests/verify/verify.h"

#define SETTING_SIZE 128

/* ---- referrals that vary, and no limit ---- */

#define RATE_VARIES                                                            \
    "M/G/infinity with a varying rate: the integral of rate(t - u) S(u) du "   \
    "(Eick, Massey and Whitt 1993), over the period by GSL's Gauss-Legendre "  \
    "rule"
#define START_DAY 20822 /* 2027-01-04, a Monday, in days since 1970-01-01 */
#define HOUR (1.0 / 24)

/* Referrals on open hours of some days. Times are days since the start. */
struct stream {
    double rate;             /* a week, if no day were shut */
    int first_day, last_day; /* of the week, 0 Monday */
    double from, until;      /* of the day, in days */
    const int *shut;     /* holidays, as days since the start, ended by -1 */
    const double *month; /* [12] factors, or NULL */
    double growth;       /* a year */
};

/* Lognormal stays, in days. */
struct stays {
    double mean, mu, sigma;
};
static struct stays stays_of(double mean, double sd)
{
    double squared = log1p(gsl_pow_2(sd / mean));

    return (struct stays){mean, log(mean) - squared / 2, sqrt(squared)};
}

/* The integral of the survival function over [0, x]: E[min(stay, x)]. */
static double stays_below(const struct stays *stays, double x)
{
    double z = (log(x) - stays->mu) / stays->sigma;

    if (x <= 0)
        return 0;
    return stays->mean * gsl_cdf_ugaussian_P(z - stays->sigma) +
           x * gsl_cdf_ugaussian_Q(z);
}

static bool is_shut(const struct stream *stream, int day)
{
    for (const int *shut = stream->shut; shut && *shut >= 0; shut++)
        if (*shut == day)
            return true;
    return day % 7 < stream->first_day || day % 7 > stream->last_day;
}

/* Referrals per day of open time on `day`. */
static double rate_on(const struct stream *stream, int day)
{
    double open = (stream->last_day - stream->first_day + 1) *
                  (stream->until - stream->from);
    time_t seconds = (time_t)(START_DAY + day) * 86400;
    double factor = pow(1 + stream->growth, day / 365.0);
    struct tm date;

    if (stream->month && gmtime_r(&seconds, &date))
        factor *= stream->month[date.tm_mon];
    return is_shut(stream, day) ? 0 : factor * stream->rate / open;
}

/* Mean number present at `time`: each day's open hours give a block. */
static double present(const struct stream *stream, const struct stays *stays,
                      double time)
{
    double sum = 0;

    for (int day = 0; day <= (int)time; day++) {
        double since = time - day - stream->from;
        double ago = GSL_MAX_DBL(time - day - stream->until, 0);
        if (since > 0)
            sum += rate_on(stream, day) *
                   (stays_below(stays, since) - stays_below(stays, ago));
    }
    return sum;
}

/* The mean over [from, until], whole hours, hour by hour: within one it is
 * smooth, as referrals begin and end on the hour. */
static double mean_present(const struct stream *stream,
                           const struct stays *stays, double from, double until)
{
    gsl_integration_glfixed_table *rule =
        gsl_integration_glfixed_table_alloc(12);
    long hours = lround((until - from) / HOUR);
    double sum = 0, at, weight;

    for (long hour = 0; hour < hours; hour++)
        for (size_t i = 0; i < 12; i++) {
            gsl_integration_glfixed_point(from + (double)hour * HOUR,
                                          from + (double)(hour + 1) * HOUR, i,
                                          &at, &weight, rule);
            sum += weight * present(stream, stays, at);
        }
    gsl_integration_glfixed_table_free(rule);
    return sum / (until - from);
}

static const struct stream office_hours = {60,        0,    4,    10 * HOUR,
                                           18 * HOUR, NULL, NULL, 0};
static const struct stream every_day = {60,        0,    6,    10 * HOUR,
                                        18 * HOUR, NULL, NULL, 0};
struct day_case {
    const char *name, *warm_up;
    int day; /* the one that is measured, since the start */
};
static const struct day_case day_cases[] = {
    {"referrals on weekdays 10:00-18:00: Monday", "56 days", 56},
    {"referrals on weekdays 10:00-18:00: Thursday", "59 days", 59},
    {"referrals on weekdays 10:00-18:00: Saturday", "61 days", 61},
    {"referrals on weekdays 10:00-18:00: Sunday", "62 days", 62},
};

static void add_day(struct verify *verify, const struct day_case *c)
{
    const struct stays stays = stays_of(20 * HOUR, 16 * HOUR);
    char warm_up[SETTING_SIZE];
    const char *const setting[] = {warm_up, NULL};
    double from = c->day;

    snprintf(warm_up, sizeof warm_up, "calendar.warm_up=%s", c->warm_up);
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "arrivals.yaml",
                                              .setting = setting,
                                              .quick = 2000,
                                              .full = 26000});
    verify_near(verify, "people there", WHOLE("occupancy"),
                mean_present(&office_hours, &stays, from, from + 1),
                RATE_VARIES);
    verify_control(verify, "people there", WHOLE("occupancy"),
                   mean_present(&every_day, &stays, from, from + 1),
                   "referrals on all days alike");
}

/* Good Friday and Easter Monday 2027, and the early May and spring holidays. */
static const int shut[] = {81, 84, 119, 147, -1};
static const double month[12] = {1, 1, 0.6, 1, 1, 1.4, 1, 1, 1, 1, 1, 1};
static const struct stream year = {70,        0,    4,     10 * HOUR,
                                   18 * HOUR, shut, month, 0.3};
static const struct stream flat = {70,        0,    4,    10 * HOUR,
                                   18 * HOUR, NULL, NULL, 0.3};

static void add_year(struct verify *verify)
{
    static const char *const setting[] = {
        "calendar={start: 2027-01-04, warm_up: 0 days, run_for: 364 days, "
        "run_on: 1 day, "
        "holidays: [2027-03-26, 2027-03-29, 2027-05-03, 2027-05-31]}",
        "cohorts.people.referrals={rate: 70/week, days: weekdays, hours: "
        "10:00-18:00, months: {mar: 0.6, jun: 1.4}, growth: 30%/year}",
        "levels.house.stay=lognormal(mean 10 days, sd 12 days)", NULL};
    static const int weeks[] = {0, 1, 3, 8, 10, 12, 16, 21, 25, 39, 51};
    const struct stays stays = stays_of(10, 12);
    char quantity[64];

    verify_case(verify, &(struct verify_case){
                            .name = "a year from empty: holidays, months, "
                                    "growth",
                            .file = "arrivals.yaml",
                            .setting = setting,
                            .quick = 200,
                            .full = 2000});
    for (size_t i = 0; i < LENGTH(weeks); i++) {
        double from = 7.0 * weeks[i];
        snprintf(quantity, sizeof quantity, "people there in week %d",
                 weeks[i] + 1);
        verify_near(verify, quantity,
                    POINT("series", "occupancy", "house", (size_t)weeks[i]),
                    mean_present(&year, &stays, from, from + 7), RATE_VARIES);
    }
    verify_control(verify, "people there in week 13",
                   POINT("series", "occupancy", "house", 12),
                   mean_present(&flat, &stays, 84, 91),
                   "no holidays and no quiet March");
}

/* ---- overflow into places where stays are longer ---- */

#define CHAIN "the balance equations of the Markov chain, solved by GSL (LU)"

struct overflow {
    const char *name;
    double rate, first, second; /* a day; mean stays in days */
    unsigned house, annex;
    uint32_t quick, full;
};
static const struct overflow overflows[] = {
    {"overflow, 2 and 3 places", 10, 0.25, 0.625, 2, 3, 40, 300},
    {"overflow, 12 and 4 places", 60, 0.2, 0.5, 12, 4, 40, 150},
};

struct overflowing {
    double diverted, lost, in_house, in_annex, house_full, annex_full;
};
static struct overflowing solve_overflow(const struct overflow *c)
{
    size_t width = c->annex + 1, states = (c->house + 1) * width;
    struct chain *chain = chain_new(states);
    double *p = calloc(states, sizeof *p);
    struct overflowing out = {0};

    assert_non_null(p);
    for (size_t i = 0; i <= c->house; i++)
        for (size_t j = 0; j <= c->annex; j++) {
            size_t here = i * width + j;
            if (i < c->house)
                chain_add(chain, here, here + width, c->rate);
            else if (j < c->annex)
                chain_add(chain, here, here + 1, c->rate);
            if (i)
                chain_add(chain, here, here - width, (double)i / c->first);
            if (j)
                chain_add(chain, here, here - 1, (double)j / c->second);
        }
    chain_balance(chain, p);
    for (size_t s = 0; s < states; s++) {
        size_t i = s / width, j = s % width;
        bool all = i == c->house, both = s == states - 1;
        out.in_house += (double)i * p[s];
        out.in_annex += (double)j * p[s];
        out.house_full += all ? p[s] : 0;
        out.annex_full += j == c->annex ? p[s] : 0;
        out.lost += both ? c->rate * p[s] : 0;
    }
    out.diverted = c->rate * out.house_full;
    free(p);
    chain_free(chain);
    return out;
}

static void add_overflow(struct verify *verify, const struct overflow *c)
{
    struct overflowing truth = solve_overflow(c);
    struct overflow shorter = *c;
    char text[5][SETTING_SIZE];
    const char *setting[6] = {text[0], text[1], text[2], text[3], text[4]};

    snprintf(text[0], SETTING_SIZE, "cohorts.people.referrals.rate=%g/day",
             c->rate);
    snprintf(text[1], SETTING_SIZE, "levels.house.stay=exponential(mean %g h)",
             24 * c->first);
    snprintf(text[2], SETTING_SIZE, "levels.annex.stay=exponential(mean %g h)",
             24 * c->second);
    snprintf(text[3], SETTING_SIZE, "levels.house.places=%u", c->house);
    snprintf(text[4], SETTING_SIZE, "levels.annex.places=%u", c->annex);
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "overflow.yaml",
                                              .setting = setting,
                                              .quick = c->quick,
                                              .full = c->full});
    verify_near(verify, "sent on from the house a week",
                PART("diverted", "level", "house"), 7 * truth.diverted, CHAIN);
    verify_near(verify, "sent away from the annex a week",
                PART("diverted", "level", "annex"), 7 * truth.lost, CHAIN);
    verify_near(verify, "people in the house",
                PART("occupancy", "level", "house"), truth.in_house, CHAIN);
    verify_near(verify, "people in the annex",
                PART("occupancy", "level", "annex"), truth.in_annex, CHAIN);
    verify_near(verify, "share of time the annex is full",
                PART("full", "level", "annex"), truth.annex_full, CHAIN);
    shorter.second *= 0.95;
    verify_control(
        verify, "people in the annex", PART("occupancy", "level", "annex"),
        solve_overflow(&shorter).in_annex, "stays in the annex 5% shorter");
}

/* ---- a line of two with blocking ---- */

struct line {
    const char *name;
    double rate, first, second; /* a day; mean stays in days */
    unsigned c1, c2;
    double on;       /* share that goes on to the second */
    double patience; /* mean, in days; 0: who finds the first full goes away */
    uint32_t quick, full;
};
static const struct line lines[] = {
    {"a line of 3 and 2 places, turned away", 12, 0.25, 1.0 / 3, 3, 2, 0.6, 0,
     40, 300},
    {"a line of 1 and 1 place, turned away", 6, 0.25, 0.25, 1, 1, 1, 0, 40,
     250},
    {"a line of 4 and 3 places, people give up", 16, 0.25, 0.25, 4, 3, 0.8, 0.5,
     40, 800},
};
#define WAITING_MAX                                                            \
    90 /* more wait with a chance below 1e-12 in these cases                   \
        */

/* States: n people at the first level or waiting for it; and then the second
 * level's people j below c2, or c2 with b at the first who are blocked. */
struct line_state {
    unsigned n, j, b;
};
static size_t line_rows(const struct line *c)
{
    return c->c1 + (c->patience > 0 ? WAITING_MAX : 0) + 1;
}
static size_t line_width(const struct line *c)
{
    return c->c2 + c->c1 + 1;
}
static size_t line_index(const struct line *c, struct line_state s)
{
    return s.n * line_width(c) + s.j + s.b;
}
static struct line_state line_at(const struct line *c, size_t index)
{
    unsigned rest = (unsigned)(index % line_width(c));
    struct line_state s = {.n = (unsigned)(index / line_width(c)),
                           .j = GSL_MIN(rest, c->c2)};

    s.b = rest - s.j;
    return s;
}
/* Those at the first who are not blocked. */
static double line_busy(const struct line *c, struct line_state s)
{
    return GSL_MIN(s.n, c->c1) - s.b;
}

static void line_moves(const struct line *c, struct chain *chain, size_t here)
{
    struct line_state s = line_at(c, here), to;
    double leave_first, ends;

    if (s.b > GSL_MIN(s.n, c->c1)) { /* cannot be: left at once */
        chain_add(chain, here, 0, 1);
        return;
    }
    if (s.n + 1 < line_rows(c))
        chain_add(chain, here, line_index(c, (to = s, to.n++, to)), c->rate);
    ends = line_busy(c, s) / c->first;
    leave_first = (1 - c->on) * ends;
    if (s.n > c->c1)
        leave_first += (s.n - c->c1) / c->patience;
    if (s.n > 0)
        chain_add(chain, here, line_index(c, (to = s, to.n--, to)),
                  leave_first);
    if (s.j < c->c2 && s.n > 0)
        chain_add(chain, here, line_index(c, (to = s, to.n--, to.j++, to)),
                  c->on * ends);
    else if (s.j == c->c2 && s.b < c->c1)
        chain_add(chain, here, line_index(c, (to = s, to.b++, to)),
                  c->on * ends);
    if (s.b) /* one who was blocked takes the place */
        chain_add(chain, here, line_index(c, (to = s, to.b--, to.n--, to)),
                  s.j / c->second);
    else if (s.j)
        chain_add(chain, here, line_index(c, (to = s, to.j--, to)),
                  s.j / c->second);
}

struct line_truth {
    double blocked, in_first, in_second, turned_away, waiting, first_full;
};
static struct line_truth solve_line(const struct line *c)
{
    size_t states = line_rows(c) * line_width(c);
    struct chain *chain = chain_new(states);
    double *p = calloc(states, sizeof *p);
    struct line_truth out = {0};

    assert_non_null(p);
    for (size_t here = 0; here < states; here++)
        line_moves(c, chain, here);
    chain_balance(chain, p);
    for (size_t here = 0; here < states; here++) {
        struct line_state s = line_at(c, here);
        out.blocked += s.b * p[here];
        out.in_first += GSL_MIN(s.n, c->c1) * p[here];
        out.in_second += s.j * p[here];
        out.waiting += (s.n > c->c1 ? s.n - c->c1 : 0) * p[here];
        out.first_full += s.n >= c->c1 ? p[here] : 0;
    }
    out.turned_away = c->rate * out.first_full;
    free(p);
    chain_free(chain);
    return out;
}

static void begin_line(struct verify *verify, const struct line *c)
{
    char text[9][SETTING_SIZE];
    const char *setting[10] = {NULL};
    size_t n = 0;

    snprintf(text[n++], SETTING_SIZE, "cohorts.people.referrals.rate=%g/day",
             c->rate);
    snprintf(text[n++], SETTING_SIZE,
             "levels.first.stay=exponential(mean %g h)", 24 * c->first);
    snprintf(text[n++], SETTING_SIZE,
             "levels.second.stay=exponential(mean %g h)", 24 * c->second);
    snprintf(text[n++], SETTING_SIZE, "levels.first.places=%u", c->c1);
    snprintf(text[n++], SETTING_SIZE, "levels.second.places=%u", c->c2);
    if (c->on < 1) {
        snprintf(text[n++], SETTING_SIZE, "levels.first.then.on.chance=%g%%",
                 100 * c->on);
        snprintf(text[n++], SETTING_SIZE, "levels.first.then.away.chance=%g%%",
                 100 * (1 - c->on));
    } else {
        snprintf(text[n++], SETTING_SIZE, "levels.first.then=second");
    }
    if (c->patience > 0) {
        snprintf(text[n++], SETTING_SIZE, "levels.first.when_full=wait");
        snprintf(text[n++], SETTING_SIZE,
                 "levels.first.gives_up={after: exponential(mean %g h), to: "
                 "leave}",
                 24 * c->patience);
    }
    for (size_t i = 0; i < n; i++)
        setting[i] = text[i];
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "line.yaml",
                                              .setting = setting,
                                              .quick = c->quick,
                                              .full = c->full});
}

static void add_line(struct verify *verify, const struct line *c)
{
    struct line_truth truth = solve_line(c);
    double through = truth.in_second / c->second; /* a day */

    begin_line(verify, c);
    if (c->patience > 0) {
        verify_near(verify, "give up a week", WHOLE("gave_up"),
                    7 * truth.waiting / c->patience, CHAIN);
        verify_near(verify, "people waiting for the first",
                    PART("waiting", "level", "first"), truth.waiting, CHAIN);
    } else {
        verify_near(verify, "turned away a week",
                    PART("diverted", "level", "first"), 7 * truth.turned_away,
                    CHAIN);
    }
    verify_near(verify, "people who are blocked",
                PART("delayed", "cause", "blocked"), truth.blocked, CHAIN);
    verify_near(verify, "mean wait for the second, days",
                PART("wait_days", "level", "second"), truth.blocked / through,
                CHAIN);
    verify_near(verify, "people in the first",
                PART("occupancy", "level", "first"), truth.in_first, CHAIN);
    verify_near(verify, "people in the second",
                PART("occupancy", "level", "second"), truth.in_second, CHAIN);
    verify_near(verify, "planned exits from the second a week",
                PART("planned_exits", "level", "second"), 7 * through, CHAIN);
    /* Control: the first level as if nobody were ever blocked there. */
    verify_control(
        verify, "people in the first", PART("occupancy", "level", "first"),
        c->patience > 0
            ? queue_mmcm(c->rate, c->first, c->c1, c->patience).in_places
            : c->rate * c->first *
                  (1 - queue_erlang_b(c->rate * c->first, c->c1)),
        "nobody is blocked");
}

/* ---- a re-entrant network ---- */

#define NODES 3
#define JACKSON                                                                \
    "traffic equations by GSL (LU), and each level an M/M/c by itself "        \
    "(Jackson 1957)"

struct network {
    const char *name;
    double scale; /* of the referrals */
    unsigned places[2];
    uint32_t quick, full;
};
static const struct network networks[] = {
    {"a network of three levels, loads 0.57 and 0.66", 1, {4, 6}, 40, 2100},
    {"a network of three levels, loads 0.85 and 0.84", 1.5, {4, 7}, 0, 3000},
};
static const double route[NODES * NODES] = {
    0,    0.55, 0.2,  /* from assessment */
    0.25, 0,    0.65, /* from treatment */
    0.1,  0.15, 0,    /* from home */
};

static void add_network(struct verify *verify, const struct network *c)
{
    static const char *const level[NODES] = {"assessment", "treatment", "home"};
    const double stay[NODES] = {4 * HOUR, 10 * HOUR, 2};
    const double outside[NODES] = {10 * c->scale, 0, 4 * c->scale};
    char text[4][SETTING_SIZE], quantity[64];
    const char *const setting[] = {text[0], text[1], text[2], text[3], NULL};
    double rate[NODES];

    traffic_solve(outside, route, NODES, rate);
    snprintf(text[0], SETTING_SIZE, "cohorts.new.referrals.rate=%g/day",
             outside[0]);
    snprintf(text[1], SETTING_SIZE, "cohorts.returned.referrals.rate=%g/day",
             outside[2]);
    snprintf(text[2], SETTING_SIZE, "levels.assessment.places=%u",
             c->places[0]);
    snprintf(text[3], SETTING_SIZE, "levels.treatment.places=%u", c->places[1]);
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "network.yaml",
                                              .setting = setting,
                                              .quick = c->quick,
                                              .full = c->full});
    for (size_t i = 0; i < NODES; i++) {
        snprintf(quantity, sizeof quantity, "people in %s", level[i]);
        verify_near(verify, quantity, PART("occupancy", "level", level[i]),
                    rate[i] * stay[i], JACKSON);
    }
    for (size_t i = 0; i < 2; i++) {
        struct queue_birth_death truth =
            queue_mmcm(rate[i], stay[i], c->places[i], INFINITY);
        snprintf(quantity, sizeof quantity, "share who wait for %s", level[i]);
        verify_near(verify, quantity, PART("waited", "level", level[i]),
                    truth.waits, JACKSON);
        snprintf(quantity, sizeof quantity, "mean wait for %s, days", level[i]);
        verify_near(verify, quantity, PART("wait_days", "level", level[i]),
                    truth.wait, JACKSON);
    }
    verify_control(
        verify, "people in treatment", PART("occupancy", "level", "treatment"),
        (outside[0] * 0.55) * stay[1], "nobody comes back to treatment");
}

static const struct verify_family family = {
    .name = "flows",
    .order = 20,
    .title = "Flows between levels, and through the week",
    .about = "Referrals that come in office hours, on no holiday, more in some "
             "months than in others; places that people are sent on to; levels "
             "that block each other; a network that people come back to. The "
             "truths are integrals and Markov chains, solved numerically.",
};

int main(void)
{
    struct verify *verify = verify_begin(&family);

    for (size_t i = 0; i < LENGTH(day_cases); i++)
        add_day(verify, &day_cases[i]);
    add_year(verify);
    for (size_t i = 0; i < LENGTH(overflows); i++)
        add_overflow(verify, &overflows[i]);
    for (size_t i = 0; i < LENGTH(lines); i++)
        add_line(verify, &lines[i]);
    for (size_t i = 0; i < LENGTH(networks); i++)
        add_network(verify, &networks[i]);
    return verify_finish(verify);
}
