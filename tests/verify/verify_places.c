/*
 * Places as queues: waiting, being turned away, giving up, urgency, and no
 * limit at all. Time is in days; loads and sizes vary from row to row.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "tests/verify/queues.h"
#include "tests/verify/verify.h"

#define FILE_PLACES "places.yaml"
#define SETTING_SIZE 128
#define EXACT_BINS 63 /* people; above, bins hold several (sim/tally.h) */

#define ERLANG_B "Erlang's B formula (Erlang 1917; Cooper 1981, section 3.3)"
#define ERLANG_C "Erlang's C formula (Erlang 1917; Cooper 1981, section 3.4)"
#define ERLANG_A                                                               \
    "M/M/c+M as a birth and death process, summed (Palm 1957; Mandelbaum and " \
    "Zeltyn 2007)"
#define LITTLE "Little's law (Little 1961)"
#define POISSON                                                                \
    "M/G/infinity: the number present is Poisson, however stays vary (e.g. "   \
    "Wolff 1989, section 2-5)"

/* A queue, and how many replications it takes. */
struct queue {
    const char *name;
    double rate, stay; /* a day, and days */
    unsigned places;
    uint32_t quick, full;
    double patience; /* mean, in days, where people give up */
};

/* Its settings, PATH=VALUE, ended by NULL; `extra` NULL: no more. */
struct settings {
    char text[4][SETTING_SIZE];
    const char *setting[8];
};
static void settle(const struct queue *queue, const char *stay,
                   const char *const *extra, struct settings *out)
{
    size_t n = 0;

    snprintf(out->text[0], SETTING_SIZE, "cohorts.people.referrals.rate=%g/day",
             queue->rate);
    snprintf(out->text[1], SETTING_SIZE, "levels.house.stay=%s", stay);
    snprintf(out->text[2], SETTING_SIZE, "levels.house.places=%u",
             queue->places);
    out->setting[n++] = out->text[0];
    out->setting[n++] = out->text[1];
    if (queue->places)
        out->setting[n++] = out->text[2];
    while (extra && *extra)
        out->setting[n++] = *extra++;
    out->setting[n] = NULL;
}

static void begin(struct verify *verify, const struct queue *queue,
                  const char *stay, const char *const *extra)
{
    struct settings settings;

    settle(queue, stay, extra, &settings);
    verify_case(verify, &(struct verify_case){.name = queue->name,
                                              .file = FILE_PLACES,
                                              .setting = settings.setting,
                                              .quick = queue->quick,
                                              .full = queue->full});
}

static void begin_exponential(struct verify *verify, const struct queue *queue,
                              const char *const *extra)
{
    char stay[64];

    snprintf(stay, sizeof stay, "exponential(mean %g days)", queue->stay);
    begin(verify, queue, stay, extra);
}

/* The share of time with `people` there. */
static void check_present(struct verify *verify, unsigned people, double truth,
                          const char *source)
{
    char quantity[64];

    snprintf(quantity, sizeof quantity, "share of time with %u there", people);
    verify_near(verify, quantity,
                POINT("distributions", "occupancy", "house", people), truth,
                source);
}

/* ---- who finds all places taken waits: M/M/c ---- */

static const struct queue waiting[] = {
    {"M/M/1, load 0.5", 5, 0.1, 1, 40, 400, INFINITY},
    {"M/M/1, load 0.9", 9, 0.1, 1, 0, 2600, INFINITY},
    {"M/M/3, load 0.67", 2, 1, 3, 60, 2600, INFINITY},
    {"M/M/10, load 0.8", 16, 0.5, 10, 40, 1200, INFINITY},
    {"M/M/10, load 0.9", 90, 0.1, 10, 0, 500, INFINITY},
    {"M/M/50, load 0.9", 225, 0.2, 50, 0, 380, INFINITY},
};

static void add_waiting(struct verify *verify, const struct queue *queue)
{
    double load = queue->rate * queue->stay;
    double waits = queue_erlang_c(load, queue->places);
    double wait = waits * queue->stay / (queue->places - load);
    double wrong = queue_erlang_c(1.05 * load, queue->places) * queue->stay /
                   (queue->places - 1.05 * load);
    unsigned usual = (unsigned)load;

    begin_exponential(verify, queue, NULL);
    verify_near(verify, "share who wait", WHOLE("waited"), waits, ERLANG_C);
    verify_near(verify, "mean wait, days", WHOLE("wait_days"), wait, ERLANG_C);
    verify_near(verify, "people waiting", WHOLE("waiting"), queue->rate * wait,
                ERLANG_C);
    verify_near(verify, "people in places", PART("occupancy", "level", "house"),
                load, LITTLE);
    verify_near(verify, "share of time all are taken",
                PART("full", "level", "house"), waits,
                "Poisson arrivals see time averages (Wolff 1982)");
    check_present(verify, usual,
                  queue_mmcm_in_places(queue->rate, queue->stay, queue->places,
                                       INFINITY, usual),
                  ERLANG_C);
    verify_control(verify, "mean wait, days", WHOLE("wait_days"), wrong,
                   "a load of 5% more");
}

/* ---- who finds all places taken goes away: M/G/c/c ---- */

static const struct queue loss[] = {
    {"M/M/1/1, load 1", 10, 0.1, 1, 40, 40, 0},
    {"M/M/5/5, load 0.8", 8, 0.5, 5, 40, 250, 0},
    {"M/M/20/20, load 1.25", 50, 0.5, 20, 40, 60, 0},
    {"M/M/100/100, load 0.9", 450, 0.2, 100, 0, 150, 0},
};
static const struct queue loss_spread[] = {
    {"M/G/20/20, lognormal stays, load 1.25", 50, 0.5, 20, 40, 100, 0},
};

static void check_loss(struct verify *verify, const struct queue *queue,
                       const char *source)
{
    double load = queue->rate * queue->stay;
    double lost = queue_erlang_b(load, queue->places);
    double cumulative = 0;
    unsigned p95 = 0;

    verify_near(verify, "turned away a week",
                PART("diverted", "level", "house"), 7 * queue->rate * lost,
                source);
    verify_near(verify, "people in places", PART("occupancy", "level", "house"),
                load * (1 - lost), source);
    verify_near(verify, "share of time all are taken",
                PART("full", "level", "house"), lost, source);
    if (queue->places <= EXACT_BINS)
        check_present(verify, queue->places - 1, lost * queue->places / load,
                      source);
    /* Truncated Poisson. */
    for (p95 = 0; p95 < queue->places; p95++) {
        cumulative = gsl_cdf_poisson_P(p95, load) /
                     gsl_cdf_poisson_P(queue->places, load);
        if (cumulative >= 0.95)
            break;
    }
    if (queue->places <= EXACT_BINS)
        verify_check(verify, &(struct verify_check){
                                 .quantity = "people, for 95 hours in 100",
                                 .kind = VERIFY_SAME,
                                 .at = PART("occupancy_p95", "level", "house"),
                                 .truth = p95,
                                 .source = source});
    verify_control(verify, "turned away a week",
                   PART("diverted", "level", "house"),
                   7 * queue->rate * queue_erlang_b(1.05 * load, queue->places),
                   "a load of 5% more");
}

static void add_loss(struct verify *verify, const struct queue *queue,
                     bool spread)
{
    static const char *const away[] = {
        "levels.house.when_full={divert to: leave}", NULL};
    char stay[64];

    if (spread)
        snprintf(stay, sizeof stay, "lognormal(mean %g days, sd %g days)",
                 queue->stay, 2 * queue->stay);
    else
        snprintf(stay, sizeof stay, "exponential(mean %g days)", queue->stay);
    begin(verify, queue, stay, away);
    check_loss(verify, queue,
               spread ? "Erlang's B formula holds for all stays of that mean "
                        "(Sevastyanov 1957)"
                      : ERLANG_B);
}

/* ---- who waits may give up: M/M/c+M, M/M/c+D, M/M/c+G ---- */

static const struct queue impatient[] = {
    {"M/M/1+M, load 0.8", 8, 0.1, 1, 40, 200, 0.4},
    {"M/M/3+M, load 1.33", 8, 0.5, 3, 40, 100, 0.25},
    {"M/M/20+M, load 0.9", 90, 0.2, 20, 0, 250, 0.5},
    {"M/M/20+M, load 1.1", 110, 0.2, 20, 40, 60, 0.4},
};

static void add_impatient(struct verify *verify, const struct queue *queue)
{
    char patience[SETTING_SIZE];
    const char *extra[] = {patience, NULL};
    struct queue_birth_death truth =
        queue_mmcm(queue->rate, queue->stay, queue->places, queue->patience);
    struct queue_birth_death wrong = queue_mmcm(
        queue->rate, queue->stay, queue->places, 1.5 * queue->patience);

    snprintf(patience, sizeof patience,
             "levels.house.gives_up={after: exponential(mean %g days), to: "
             "leave}",
             queue->patience);
    begin_exponential(verify, queue, extra);
    verify_near(verify, "share who wait", WHOLE("waited"), truth.waits,
                ERLANG_A);
    verify_near(verify, "mean wait, days", WHOLE("wait_days"), truth.wait,
                ERLANG_A);
    verify_near(verify, "people waiting", WHOLE("waiting"), truth.waiting,
                ERLANG_A);
    verify_near(verify, "give up a week", WHOLE("gave_up"),
                7 * queue->rate * truth.gives_up, ERLANG_A);
    verify_near(verify, "people in places", PART("occupancy", "level", "house"),
                truth.in_places, ERLANG_A);
    verify_control(verify, "give up a week", WHOLE("gave_up"),
                   7 * queue->rate * wrong.gives_up,
                   "patience half as long again");
}

/* Patience of other kinds. */
struct patience_case {
    struct queue queue;
    const char *patience;
    struct queue_patience truth, wrong;
    const char *source;
};
static const double half_a_day = 0.5, third_less = 0.35;
/* Gamma of mean 0.5 and sd 0.25 days: shape 4. */
static double gamma_patience(double x, const void *context)
{
    const double *mean = context;

    return gsl_cdf_gamma_Q(x, 4, *mean / 4);
}
static const struct patience_case other_patience[] = {
    {{"M/M/3+D, load 1.33", 8, 0.5, 3, 40, 100, 0.5},
     "12 h",
     {queue_fixed_patience, &half_a_day, 0.5},
     {queue_fixed_patience, &third_less, 0.35},
     "M/M/c+D (Barrer 1957), by the integrals of Zeltyn and Mandelbaum (2005)"},
    {{"M/M/10+D, load 0.9", 18, 0.5, 10, 40, 800, 0.5},
     "12 h",
     {queue_fixed_patience, &half_a_day, 0.5},
     {queue_fixed_patience, &third_less, 0.35},
     "M/M/c+D (Barrer 1957), by the integrals of Zeltyn and Mandelbaum (2005)"},
    {{"M/M/3+G, gamma patience, load 1.33", 8, 0.5, 3, 40, 100, 0.5},
     "\"gamma(mean 12 h, sd 6 h)\"",
     {gamma_patience, &half_a_day, 0.5},
     {gamma_patience, &third_less, 0.35},
     "M/M/c+G (Baccelli and Hebuterne 1981), by the integrals of Zeltyn and "
     "Mandelbaum (2005)"},
};

static void add_other_patience(struct verify *verify,
                               const struct patience_case *c)
{
    const struct queue *queue = &c->queue;
    char patience[SETTING_SIZE];
    const char *extra[] = {patience, NULL};
    struct queue_impatient truth =
        queue_mmcg(queue->rate, queue->stay, queue->places, &c->truth);
    struct queue_impatient wrong =
        queue_mmcg(queue->rate, queue->stay, queue->places, &c->wrong);

    snprintf(patience, sizeof patience,
             "levels.house.gives_up={after: %s, to: leave}", c->patience);
    begin_exponential(verify, queue, extra);
    verify_near(verify, "share who wait", WHOLE("waited"), truth.waits,
                c->source);
    verify_near(verify, "mean wait, days", WHOLE("wait_days"), truth.wait,
                c->source);
    verify_near(verify, "give up a week", WHOLE("gave_up"),
                7 * queue->rate * truth.gives_up, c->source);
    verify_near(verify, "people in places", PART("occupancy", "level", "house"),
                queue->rate * queue->stay * (1 - truth.gives_up), LITTLE);
    verify_control(verify, "give up a week", WHOLE("gave_up"),
                   7 * queue->rate * wrong.gives_up,
                   "patience shorter by three tenths");
}

/* ---- urgency: classes without preemption ---- */

#define CLASSES 4
#define COBHAM                                                                 \
    "Cobham (1954): W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), s_k the load of "   \
    "the classes up to k"

struct urgency_case {
    const char *name;
    double rate[CLASSES];
    unsigned places;
    double stay, cv; /* of stays */
    const char *stay_text;
    uint32_t quick, full;
};
static const struct urgency_case urgency[] = {
    {"M/M/1, four classes, load 0.8",
     {2, 3, 1, 2},
     1,
     0.1,
     1,
     "exponential(mean 0.1 days)",
     60,
     1500},
    {"M/G/1, four classes, gamma stays, load 0.6",
     {1, 2, 2, 1},
     1,
     0.1,
     0.5,
     "\"gamma(mean 0.1 days, sd 0.05 days)\"",
     40,
     700},
    {"M/M/8, four classes, load 0.9",
     {10, 20, 30, 12},
     8,
     0.1,
     1,
     "exponential(mean 0.1 days)",
     0,
     700},
};

static double cobham(const struct urgency_case *c, size_t k)
{
    double mean[CLASSES], second[CLASSES];

    for (size_t i = 0; i < CLASSES; i++) {
        mean[i] = c->stay;
        second[i] = c->stay * c->stay * (1 + c->cv * c->cv);
    }
    return c->places == 1
               ? queue_cobham_mg1(c->rate, mean, second, CLASSES, k)
               : queue_cobham_mmc(c->rate, CLASSES, c->stay, c->places, k);
}

static void add_urgency(struct verify *verify, const struct urgency_case *c)
{
    static const char *const cohort[CLASSES] = {"first", "second", "third",
                                                "fourth"};
    char text[CLASSES + 2][SETTING_SIZE], quantity[64];
    const char *setting[CLASSES + 3] = {NULL};

    for (size_t k = 0; k < CLASSES; k++)
        snprintf(text[k], SETTING_SIZE, "cohorts.%s.referrals.rate=%g/day",
                 cohort[k], c->rate[k]);
    snprintf(text[CLASSES], SETTING_SIZE, "levels.house.places=%u", c->places);
    snprintf(text[CLASSES + 1], SETTING_SIZE, "levels.house.stay=%s",
             c->stay_text);
    for (size_t i = 0; i < CLASSES + 2; i++)
        setting[i] = text[i];
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "urgency.yaml",
                                              .setting = setting,
                                              .quick = c->quick,
                                              .full = c->full});
    for (size_t k = 0; k < CLASSES; k++) {
        snprintf(quantity, sizeof quantity, "mean wait of the %s, days",
                 cohort[k]);
        verify_near(verify, quantity, PART("wait_days", "cohort", cohort[k]),
                    cobham(c, k), COBHAM);
    }
    verify_control(verify, "mean wait of the first, days",
                   PART("wait_days", "cohort", cohort[0]), cobham(c, 1),
                   "the wait of the second");
}

/* ---- no limit: M/G/infinity ---- */

struct open_case {
    struct queue queue;
    const char *stay;
};
static const struct open_case open[] = {
    {{"M/D/infinity, load 3", 3, 1, 0, 40, 60, 0}, "1 day"},
    {{"M/G/infinity, lognormal stays, load 20", 10, 2, 0, 40, 400, 0},
     "lognormal(mean 2 days, sd 3 days)"},
    {{"M/G/infinity, Weibull stays, load 60", 60, 1, 0, 0, 60, 0},
     /* Gamma(1 + 1/0.5) = 2: a mean of twice the scale. */
     "weibull(shape 0.5, scale 0.5 days)"},
};

static void add_open(struct verify *verify, const struct open_case *c)
{
    double load = c->queue.rate * c->queue.stay;
    unsigned p95 = 0, above = (unsigned)(load + sqrt(load));

    begin(verify, &c->queue, c->stay,
          (const char *const[]){"levels.house.places=unlimited", NULL});
    while (gsl_cdf_poisson_P(p95, load) < 0.95)
        p95++;
    verify_near(verify, "people there", PART("occupancy", "level", "house"),
                load, POISSON);
    if (above < EXACT_BINS) {
        check_present(verify, (unsigned)load,
                      gsl_ran_poisson_pdf((unsigned)load, load), POISSON);
        check_present(verify, above, gsl_ran_poisson_pdf(above, load), POISSON);
        verify_check(verify, &(struct verify_check){
                                 .quantity = "people, for 95 hours in 100",
                                 .kind = VERIFY_SAME,
                                 .at = PART("occupancy_p95", "level", "house"),
                                 .truth = p95,
                                 .source = POISSON});
    }
    verify_control(verify, "people there", PART("occupancy", "level", "house"),
                   1.05 * load, "a load of 5% more");
}

static const struct verify_family family = {
    .name = "places",
    .order = 10,
    .title = "Places as queues",
    .about = "People come at random to a level with few places. Who finds them "
             "all taken waits, or goes away, or waits and gives up. Loads are "
             "what comes over what the places can hold. Each case simulates "
             "1,000 days after 100 days of warm-up, many times over.",
};

int main(void)
{
    struct verify *verify = verify_begin(&family);

    for (size_t i = 0; i < LENGTH(waiting); i++)
        add_waiting(verify, &waiting[i]);
    for (size_t i = 0; i < LENGTH(loss); i++)
        add_loss(verify, &loss[i], false);
    for (size_t i = 0; i < LENGTH(loss_spread); i++)
        add_loss(verify, &loss_spread[i], true);
    for (size_t i = 0; i < LENGTH(impatient); i++)
        add_impatient(verify, &impatient[i]);
    for (size_t i = 0; i < LENGTH(other_patience); i++)
        add_other_patience(verify, &other_patience[i]);
    for (size_t i = 0; i < LENGTH(urgency); i++)
        add_urgency(verify, &urgency[i]);
    for (size_t i = 0; i < LENGTH(open); i++)
        add_open(verify, &open[i]);
    return verify_finish(verify);
}
