/*
 * Contacts as a queue: people want one contact each, at random moments; it is
 * lost if no staff come within its window. In the steady state M/M/c+D; with
 * staff that come and go, a Markov chain through the day.
 *
 * Shifts change at midnight, and staff then finish what they have begun beside
 * those who begin: no queue of theory does that. So the cases in the steady
 * state have two hours to run in and measure people who come between 08:00 and
 * 12:00 alone, and those of a day end with nobody waiting, long before
 * midnight: then the chain is exact, shift ends included.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>

#include "tests/verify/chain.h"
#include "tests/verify/queues.h"
#include "tests/verify/verify.h"

#define SETTING_SIZE 128

#define MMCD                                                                   \
    "M/M/c+D (Barrer 1957), by the integrals of Zeltyn and Mandelbaum (2005)"
#define ERLANG_B "Erlang's B formula (Erlang 1917; Cooper 1981, section 3.3)"
#define ERLANG_C "Erlang's C formula (Erlang 1917; Cooper 1981, section 3.4)"

/* ---- a fixed window ---- */

/* Rates an hour and times in minutes, as the scenario has them. */
struct window_case {
    const char *name;
    double rate, lasts, window;
    unsigned workers;
    uint32_t quick, full;
};
static const struct window_case windows[] = {
    {"1 worker, load 0.8, window 1 min", 96, 0.5, 1, 1, 40, 500},
    {"3 workers, load 1.33, window 1 min", 480, 0.5, 1, 3, 40, 80},
    {"3 workers, load 0.83, window 45 s", 300, 0.5, 0.75, 3, 40, 350},
    {"10 workers, load 1, window 30 s", 1200, 0.5, 0.5, 10, 40, 250},
    {"10 workers, load 1.2, window 2 min", 1440, 0.5, 2, 10, 0, 90},
};

/* Settings of the three streams, all of the same rate an hour. */
struct contact_settings {
    char text[8][SETTING_SIZE];
    const char *setting[12];
    size_t count;
};
static void set(struct contact_settings *it, const char *path, double value,
                const char *unit)
{
    char *text = it->text[it->count];

    snprintf(text, SETTING_SIZE, "%s%.10g%s", path, value, unit);
    it->setting[it->count++] = text;
    it->setting[it->count] = NULL;
}
static void set_streams(struct contact_settings *it, double rate,
                        unsigned workers)
{
    it->count = 0;
    set(it, "cohorts.earlier.referrals.rate=", 2 * rate, "/day");
    set(it, "cohorts.people.referrals.rate=", 4 * rate, "/day");
    set(it, "cohorts.later.referrals.rate=", 2 * rate, "/day");
    if (workers)
        set(it, "rota.all day.staff.worker=", workers, "");
}

#define LOST PART("contacts_not_delivered", "level", "home")
#define DELAY PART("start_delay_minutes", "level", "home")

static void begin_window(struct verify *verify, const struct window_case *c)
{
    struct contact_settings settings;
    char lasts[SETTING_SIZE];

    set_streams(&settings, c->rate, c->workers);
    set(&settings, "contacts.visit.window=", 60 * c->window, " s");
    snprintf(lasts, sizeof lasts, "contacts.visit.lasts=exponential(mean %g s)",
             60 * c->lasts);
    settings.setting[settings.count++] = lasts;
    settings.setting[settings.count] = NULL;
    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "contacts.yaml",
                                              .setting = settings.setting,
                                              .quick = c->quick,
                                              .full = c->full});
}

static struct queue_impatient window_truth(const struct window_case *c,
                                           double window)
{
    struct queue_patience patience = {queue_fixed_patience, &window, window};

    return queue_mmcg(c->rate / 60, c->lasts, c->workers, &patience);
}

static void add_window(struct verify *verify, const struct window_case *c)
{
    struct queue_impatient truth = window_truth(c, c->window);
    struct queue_impatient wrong = window_truth(c, 0.9 * c->window);

    begin_window(verify, c);
    verify_near(verify, "share not delivered", LOST, truth.gives_up, MMCD);
    verify_near(verify, "mean delay of those met, min", DELAY,
                truth.wait_served, MMCD);
    /* Point 10 of the profile is Monday 10:00 to 11:00. */
    verify_near(verify, "staff hours delivered, Monday 10:00-11:00",
                POINT("profiles", "hours_delivered", "", 10),
                c->rate * c->lasts / 60 * (1 - truth.gives_up), MMCD);
    verify_control(verify, "mean delay of those met, min", DELAY,
                   wrong.wait_served, "a window shorter by a tenth");
}

/* ---- no window at all, and one without end ---- */

static const struct window_case edges[] = {
    {"5 workers, load 0.9, window 0: lost unless met at once", 540, 0.5, 0, 5,
     40, 150},
    {"1 worker, load 0.7, window 3 h", 84, 0.5, 180, 1, 40, 1100},
    {"6 workers, load 0.8, window 3 h", 576, 0.5, 180, 6, 40, 900},
};

static void add_edge(struct verify *verify, const struct window_case *c)
{
    double load = c->rate / 60 * c->lasts;

    begin_window(verify, c);
    if (c->window > 0) {
        double wait =
            queue_erlang_c(load, c->workers) * c->lasts / (c->workers - load);
        verify_near(verify, "mean delay, min", DELAY, wait, ERLANG_C);
        verify_control(verify, "mean delay, min", DELAY, 1.1 * wait,
                       "10% more");
        return;
    }
    verify_near(verify, "share not delivered", LOST,
                queue_erlang_b(load, c->workers), ERLANG_B);
    verify_control(verify, "share not delivered", LOST,
                   queue_erlang_b(1.05 * load, c->workers),
                   "a load of 5% more");
}

/* ---- urgency ---- */

#define URGENT 180.0 /* an hour, and for each of the two */
#define COBHAM                                                                 \
    "Cobham (1954): W_k = W_0 / ((1 - s_(k-1)) (1 - s_k)), s_k the load of "   \
    "the classes up to k"

/* Half the people want an urgent contact: the level they enter has that. */
static void add_urgency(struct verify *verify)
{
    static const char *const extra[] = {
        "cohorts.urgent={referrals: {rate: 1440/day, hours: 06:00-14:00}, "
        "enters: first}",
        "levels.first={rank: 1, stay: 1 day, on_entry: [urgent visit], then: "
        "leave}",
        "contacts.urgent visit={window: 3 h, priority: 2, by: worker, lasts: "
        "exponential(mean 30 s)}"};
    const double rate[2] = {URGENT / 60, URGENT / 60};
    struct contact_settings settings;

    set_streams(&settings, URGENT, 4);
    set(&settings, "contacts.visit.window=", 180, " min");
    for (size_t i = 0; i < LENGTH(extra); i++)
        settings.setting[settings.count++] = extra[i];
    settings.setting[settings.count] = NULL;
    verify_case(verify, &(struct verify_case){
                            .name = "4 workers, half urgent, load 0.75",
                            .file = "contacts.yaml",
                            .setting = settings.setting,
                            .quick = 40,
                            .full = 1000});
    verify_near(verify, "mean delay of the others, min", DELAY,
                queue_cobham_mmc(rate, 2, 0.5, 4, 1), COBHAM);
    verify_control(verify, "mean delay of the others, min", DELAY,
                   queue_erlang_c(3, 4) * 0.5 / (4 - 3),
                   "all wait in one line");
}

/* ---- joint contacts, and roles in order ---- */

static void add_joint(struct verify *verify)
{
    const struct window_case pairs = {"", 480, 0.5, 1, 3, 0, 0};
    struct queue_impatient truth = window_truth(&pairs, 1);
    struct contact_settings settings;

    set_streams(&settings, pairs.rate, 6);
    settings.setting[settings.count++] =
        "contacts.visit={by: null, needs: {worker: 2}}";
    settings.setting[settings.count] = NULL;
    verify_case(verify,
                &(struct verify_case){.name = "6 workers, two for each "
                                              "contact, load 1.33, window 1 "
                                              "min",
                                      .file = "contacts.yaml",
                                      .setting = settings.setting,
                                      .quick = 40,
                                      .full = 80});
    verify_near(verify, "share not delivered", LOST, truth.gives_up, MMCD);
    verify_near(verify, "mean delay of those met, min", DELAY,
                truth.wait_served, MMCD);
    verify_near(verify, "staff hours delivered, Monday 10:00-11:00",
                POINT("profiles", "hours_delivered", "", 10),
                2 * pairs.rate * pairs.lasts / 60 * (1 - truth.gives_up), MMCD);
    verify_control(verify, "share not delivered", LOST,
                   queue_mmcg(8, 0.5, 4,
                              &(struct queue_patience){queue_fixed_patience,
                                                       &pairs.window, 1})
                       .gives_up,
                   "four pairs in place of three");
}

/* Who is asked only if nobody of the first role is free, and a third role after
 * them: each role carries what those before it let pass. */
static void add_hunt(struct verify *verify)
{
    static const char *const hunt[] = {
        "contacts.visit.by=[worker, second worker, third worker]",
        "contacts.visit.window=0 s", "staff.second worker={headroom: 0%}",
        "staff.third worker={headroom: 0%}",
        "rota.all day.staff={worker: 2, second worker: 2, third worker: 1}"};
    static const char *const role[] = {"worker", "second worker",
                                       "third worker"};
    static const unsigned upto[] = {0, 2, 4, 5};
    const double load = 6;
    struct contact_settings settings;
    char quantity[96];

    set_streams(&settings, 60 * load / 0.5, 0);
    for (size_t i = 0; i < LENGTH(hunt); i++)
        settings.setting[settings.count++] = hunt[i];
    settings.setting[settings.count] = NULL;
    verify_case(verify, &(struct verify_case){
                            .name = "three roles asked in order, window 0",
                            .file = "contacts.yaml",
                            .setting = settings.setting,
                            .quick = 40,
                            .full = 700});
    for (size_t i = 0; i < LENGTH(role); i++) {
        snprintf(quantity, sizeof quantity,
                 "hours of the %s, Monday 10:00-11:00", role[i]);
        verify_near(verify, quantity,
                    POINT("profiles", "hours_delivered", role[i], 10),
                    load * (queue_erlang_b(load, upto[i]) -
                            queue_erlang_b(load, upto[i + 1])),
                    ERLANG_B);
    }
    verify_near(verify, "share not delivered", LOST, queue_erlang_b(load, 5),
                ERLANG_B);
    verify_control(verify, "hours of the third worker, Monday 10:00-11:00",
                   POINT("profiles", "hours_delivered", "third worker", 10),
                   load * (1 - queue_erlang_b(load, 5)) / 5, "all asked alike");
}

/* ---- staff that come and go through the day ---- */

#define FORWARD                                                                \
    "Kolmogorov's forward equations of the Markov chain, solved by GSL "       \
    "(Runge-Kutta Prince-Dormand)"
#define CORE 3u
#define EXTRA 2u
#define COME 10.0 /* hours: the extra staff's shift, and people's */
#define GO 15.0
#define OPEN 8.0
#define SHUT 18.0
#define LASTS 0.2 /* h */
#define RATE 20.0 /* an hour, in the open hours */

/* States: extra staff at work, times those with the core or waiting. */
struct day {
    unsigned wait_max; /* 0: lost unless met at once */
    double cut;        /* from here on extra staff begin nothing */
};
static size_t day_width(const struct day *day)
{
    return CORE + day->wait_max + 1;
}
static size_t day_states(const struct day *day)
{
    return (EXTRA + 1) * day_width(day);
}

/* The chain while people come at `rate` and the extra staff begin or do not. */
static struct chain *day_chain(const struct day *day, double rate, bool begin)
{
    size_t width = day_width(day);
    struct chain *chain = chain_new(day_states(day));

    for (size_t i = 0; i <= EXTRA; i++)
        for (size_t n = 0; n < width; n++) {
            size_t here = i * width + n;
            bool hand_on = begin && n > CORE; /* who waits goes to the extra */
            if (n >= CORE && begin && i < EXTRA)
                chain_add(chain, here, here + width, rate);
            else if (n + 1 < width)
                chain_add(chain, here, here + 1, rate);
            if (n)
                chain_add(chain, here, here - 1,
                          (double)GSL_MIN(n, CORE) / LASTS);
            if (i)
                chain_add(chain, here, hand_on ? here - 1 : here - width,
                          (double)i / LASTS);
        }
    return chain;
}

/* What is summed over time: staff at work and people waiting; and people lost,
 * of those who come. */
enum reward { AT_CORE, AT_EXTRA, WAITING, LOST_NOW, REWARDS };

static void fill_rewards(const struct day *day, double rate, bool begin,
                         double *reward)
{
    size_t width = day_width(day), states = day_states(day);

    for (size_t s = 0; s < states; s++) {
        size_t i = s / width, n = s % width;
        bool full = n + 1 == width && !(begin && i < EXTRA);
        reward[AT_CORE * states + s] = (double)GSL_MIN(n, CORE);
        reward[AT_EXTRA * states + s] = (double)i;
        reward[WAITING * states + s] = n > CORE ? (double)(n - CORE) : 0;
        reward[LOST_NOW * states + s] = full ? rate : 0;
    }
}

/* The extra staff come: those who wait go to them. */
static void extra_come(const struct day *day, double *p)
{
    size_t width = day_width(day);

    for (size_t n = CORE + 1; n < width; n++) {
        size_t taken = GSL_MIN(n - CORE, EXTRA);
        p[taken * width + n - taken] += p[n];
        p[n] = 0;
    }
}

/* Sums of the rewards by hour of the day. */
struct day_truth {
    double hour[24][REWARDS];
};
static void one_stretch(const struct day *day, double from, double until,
                        double *p, struct day_truth *truth)
{
    bool begin = from >= COME && from < day->cut;
    double rate = from >= OPEN && from < SHUT ? RATE : 0;
    struct chain *chain = day_chain(day, rate, begin);
    double *reward = calloc(REWARDS * day_states(day), sizeof *reward);

    assert_non_null(reward);
    fill_rewards(day, rate, begin, reward);
    chain_forward(chain, p, until - from, reward, REWARDS,
                  truth->hour[(int)from]);
    free(reward);
    chain_free(chain);
}

static struct day_truth solve_day(const struct day *day)
{
    double *p = calloc(day_states(day), sizeof *p);
    struct day_truth truth = {{{0}}};

    assert_non_null(p);
    p[0] = 1;
    for (int hour = (int)OPEN; hour < 24; hour++) {
        double cut = day->cut - hour;
        if (hour == (int)COME)
            extra_come(day, p);
        if (cut > 0 && cut < 1) {
            one_stretch(day, hour, day->cut, p, &truth);
            one_stretch(day, day->cut, hour + 1, p, &truth);
        } else {
            one_stretch(day, hour, hour + 1, p, &truth);
        }
    }
    free(p);
    return truth;
}

static double day_sum(const struct day_truth *truth, enum reward reward,
                      int from)
{
    double sum = 0;

    for (int hour = from; hour < 24; hour++)
        sum += truth->hour[hour][reward];
    return sum;
}

struct day_case {
    const char *name, *setting[2];
    struct day day;
    uint32_t quick, full;
    const char *wrong; /* what the other case's truth would mean */
};
static const struct day_case days[] = {
    {"staff come and go, all who wait are met",
     {NULL},
     {120, GO},
     40,
     1300,
     "extra staff begin nothing in their last 12 minutes"},
    {"staff come and go, no overrun",
     {"rota.extra.overrun=0 min", NULL},
     {120, GO - LASTS},
     40,
     3300,
     "extra staff begin contacts until they go"},
};

static void check_hour(struct verify *verify, const char *role, int hour,
                       double truth)
{
    char quantity[96];

    snprintf(quantity, sizeof quantity,
             "hours of the %s, Monday %02d:00-%02d:00", role, hour, hour + 1);
    verify_near(verify, quantity,
                POINT("profiles", "hours_delivered", role, (size_t)hour), truth,
                FORWARD);
}

static void add_day(struct verify *verify, const struct day_case *c)
{
    struct day_truth truth = solve_day(&c->day), wrong;
    double came = RATE * (SHUT - OPEN);

    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "day.yaml",
                                              .setting = c->setting,
                                              .quick = c->quick,
                                              .full = c->full});
    check_hour(verify, "core worker", 8, truth.hour[8][AT_CORE]);
    check_hour(verify, "extra worker", 10, truth.hour[10][AT_EXTRA]);
    check_hour(verify, "core worker", 13, truth.hour[13][AT_CORE]);
    check_hour(verify, "extra worker", 13, truth.hour[13][AT_EXTRA]);
    check_hour(verify, "extra worker", 14, truth.hour[14][AT_EXTRA]);
    check_hour(verify, "extra worker", 15, truth.hour[15][AT_EXTRA]);
    check_hour(verify, "core worker", 19, truth.hour[19][AT_CORE]);
    verify_near(verify, "mean delay, min", WHOLE("start_delay_minutes"),
                60 * day_sum(&truth, WAITING, 0) / came, FORWARD);
    verify_near(verify, "overtime of the extra staff, h a week",
                PART("overtime_hours", "role", "extra worker"),
                day_sum(&truth, AT_EXTRA, (int)GO), FORWARD);
    wrong = solve_day(
        &(struct day){c->day.wait_max, (2 * GO - LASTS) - c->day.cut});
    verify_control(verify, "overtime of the extra staff, h a week",
                   PART("overtime_hours", "role", "extra worker"),
                   day_sum(&wrong, AT_EXTRA, (int)GO), c->wrong);
}

static void add_lossy_day(struct verify *verify)
{
    static const char *const setting[] = {"contacts.visit.window=0 s", NULL};
    const struct day day = {0, GO};
    struct day_truth truth = solve_day(&day);
    char quantity[64], hour_name[16];

    verify_case(verify, &(struct verify_case){
                            .name = "staff come and go, lost unless met at "
                                    "once",
                            .file = "day.yaml",
                            .setting = setting,
                            .quick = 40,
                            .full = 1000});
    for (int hour = 8; hour < 18; hour++) {
        snprintf(quantity, sizeof quantity,
                 "share not delivered, Monday %02d:00-%02d:00", hour, hour + 1);
        snprintf(hour_name, sizeof hour_name, "mon %02d", hour);
        verify_near(verify, quantity,
                    PART("contacts_not_delivered", "hour", hour_name),
                    truth.hour[hour][LOST_NOW] / RATE, FORWARD);
    }
    verify_control(verify, "share not delivered, Monday 08:00-09:00",
                   PART("contacts_not_delivered", "hour", "mon 08"),
                   queue_erlang_b(RATE * LASTS, CORE),
                   "as if the day did not begin with everyone free");
}

static const struct verify_family family = {
    .name = "contacts",
    .order = 30,
    .title = "Contacts as a queue for staff",
    .about =
        "People want one contact each, at random moments, and staff have a "
        "window in which to come. The load is the work that falls due over "
        "what "
        "staff on duty can do. In the steady state people are measured who "
        "come "
        "from 08:00 to 12:00, two hours after the queue has begun; a change of "
        "shifts is outside. In the cases of a day the staff change within it, "
        "who finish what they have begun, and the chain follows them.",
};

int main(void)
{
    struct verify *verify = verify_begin(&family);

    for (size_t i = 0; i < LENGTH(windows); i++)
        add_window(verify, &windows[i]);
    for (size_t i = 0; i < LENGTH(edges); i++)
        add_edge(verify, &edges[i]);
    add_urgency(verify);
    add_joint(verify);
    add_hunt(verify);
    for (size_t i = 0; i < LENGTH(days); i++)
        add_day(verify, &days[i]);
    add_lossy_day(verify);
    return verify_finish(verify);
}
