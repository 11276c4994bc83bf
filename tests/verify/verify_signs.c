/*
 * Signs that persist, and concerns beside the condition.
 *
 * A sign is drawn when the state begins and afresh after exponential times, so
 * between two looks a day apart it is kept with chance exp(-1 / lasts), and
 * looks are those of a hidden Markov chain: the truth is its forward recursion
 * over all combinations of signs. Concerns make a larger Markov chain.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_math.h>

#include "tests/verify/rates.h"
#include "tests/verify/verify.h"

/* ---- signs ---- */

#define SIGNS_MAX 3
#define SETS (1u << SIGNS_MAX) /* of signs */
#define LOOKS 200              /* after which nobody is ill any more */
#define ENDS 0.25              /* of signs.yaml, a day: recovery or a crisis */

struct sign {
    double present; /* in who is ill */
    double lasts;   /* days; 0: drawn at every look */
    double applies; /* share of people in whom it can show */
    int weight;
};

struct look {
    const char *name;
    const char *setting[6];
    struct sign sign[SIGNS_MAX];
    int signs, alert; /* how many there are, and how many raise the alert */
    double notices, attends;
};

static const struct look looks[] = {
    {"a sign that lasts 5 days", {NULL}, {{0.4, 5, 1, 1}}, 1, 1, 1, 1},
    {"one that is drawn afresh at every look",
     {"signs.sign.lasts=0 min"},
     {{0.4, 0, 1, 1}},
     1,
     1,
     1,
     1},
    {"one that lasts 60 days",
     {"signs.sign.lasts=60 days"},
     {{0.4, 60, 1, 1}},
     1,
     1,
     1,
     1},
    {"one that is noticed 6 times in 10",
     {"contacts.visit.notices=60%"},
     {{0.4, 5, 1, 1}},
     1,
     1,
     0.6,
     1},
    {"one that shows in half of people",
     {"signs.sign.applies_to=50%", "signs.sign.ill=80%"},
     {{0.8, 5, 0.5, 1}},
     1,
     1,
     1,
     1},
    {"people who are there 7 times in 10",
     {"cohorts.people.attendance={well: 100%, ill: 70%}"},
     {{0.4, 5, 1, 1}},
     1,
     1,
     1,
     0.7},
    {"two of three signs, one of which counts double and one applies to some",
     {"signs.sign={ill: 50%, lasts: 2 days}",
      "signs.heavy={ill: 20%, weight: 2, lasts: 20 days}",
      "signs.partial={ill: 60%, applies_to: 60%, lasts: 10 days}",
      "alerts.alert=2", "contacts.visit.notices=80%"},
     {{0.5, 2, 1, 1}, {0.2, 20, 1, 2}, {0.6, 10, 0.6, 1}},
     3,
     2,
     0.8,
     1},
};

/* Of signs in the set `present`, those that are noticed reach the alert. */
static double reached(const struct look *c, unsigned present)
{
    double sum = 0;

    for (unsigned noted = 0; noted < 1u << c->signs; noted++) {
        double chance = (noted & ~present) ? 0 : 1;
        int weight = 0;
        for (int i = 0; i < c->signs; i++) {
            bool is = noted >> i & 1;
            if (present >> i & 1)
                chance *= is ? c->notices : 1 - c->notices;
            weight += is ? c->sign[i].weight : 0;
        }
        sum += weight >= c->alert ? chance : 0;
    }
    return sum;
}

/* From one look to the next, for people in whom the signs of `apply` show. The
 * chance of a set of signs becoming another. */
static double turns(const struct look *c, unsigned apply, unsigned from,
                    unsigned to, bool first)
{
    double chance = 1;

    for (int i = 0; i < c->signs; i++) {
        const struct sign *sign = &c->sign[i];
        double q = apply >> i & 1 ? sign->present : 0;
        double kept = first || sign->lasts <= 0 ? 0 : exp(-1 / sign->lasts);
        bool was = from >> i & 1, is = to >> i & 1;
        chance *= (was == is ? kept : 0) + (1 - kept) * (is ? q : 1 - q);
    }
    return chance;
}

/* Adds to `seen`[j] the chance that the alert is first raised at look j, for
 * people in whom the signs of `apply` can show. */
static void first_seen(const struct look *c, unsigned apply, double share,
                       double *seen)
{
    double now[SETS] = {1}, next[SETS] = {0};

    for (int look = 0; look < LOOKS; look++) {
        for (unsigned to = 0; to < 1u << c->signs; to++) {
            next[to] = 0;
            for (unsigned from = 0; from < 1u << c->signs; from++)
                next[to] += now[from] * turns(c, apply, from, to, look == 0);
        }
        for (unsigned set = 0; set < 1u << c->signs; set++) {
            double caught = next[set] * c->attends * reached(c, set);
            seen[look] += share * caught;
            now[set] = next[set] - caught;
        }
    }
}

/*
 * Episodes begin at any time of day and looks are at noon, so that the first is
 * after a time uniform in a day, u, and the j-th after u + j; of those who were
 * ill a share exp(-c (u + j)) still is, whose mean over u is
 * exp(-c j) (1 - exp(-c)) / c. What is seen within the first `looks` days: all
 * looks that begin in them come in time.
 */
static double seen_within(const struct look *c, int within)
{
    double seen[LOOKS] = {0}, sum = 0;

    for (unsigned apply = 0; apply < 1u << c->signs; apply++) {
        double share = 1;
        for (int i = 0; i < c->signs; i++)
            share *=
                apply >> i & 1 ? c->sign[i].applies : 1 - c->sign[i].applies;
        if (share > 0)
            first_seen(c, apply, share, seen);
    }
    for (int j = 0; j < within; j++)
        sum += seen[j] * exp(-ENDS * j) * -expm1(-ENDS) / ENDS;
    return sum;
}

static void signs_persist(struct verify *verify, const struct look *c)
{
    static const struct {
        const char *quantity, *id;
        int within;
    } measure[] = {{"seen within 24 hours", "seen_within_24_hours", 1},
                   {"seen within 72 hours", "seen_within_72_hours", 3},
                   {"seen before it ended", "seen_ever", LOOKS}};
    struct look wrong = *c;

    verify_case(verify, &(struct verify_case){.name = c->name,
                                              .file = "signs.yaml",
                                              .setting = c->setting,
                                              .quick = 20,
                                              .full = 120});
    for (size_t i = 0; i < LENGTH(measure); i++)
        verify_near(verify, measure[i].quantity, WHOLE(measure[i].id),
                    seen_within(c, measure[i].within),
                    "the forward recursion of a hidden Markov chain");
    for (int i = 0; i < c->signs; i++)
        wrong.sign[i].lasts = c->sign[i].lasts > 0 ? 0 : 5;
    verify_control(verify, "seen within 72 hours",
                   WHOLE("seen_within_72_hours"), seen_within(&wrong, 3),
                   c->sign[0].lasts > 0 ? "as if every look drew afresh"
                                        : "as if it lasted 5 days");
}

/* ---- concerns ---- */

#define EXPONENTIAL "p exp(Qt), the exponential by GSL"

/* well, ill; each with none, a dispute, a loss of capacity, both; a crisis. */
#define WITH(ill, dispute, loss) ((ill) + 2 * (dispute) + 4 * (loss))
#define AFTER 8

static struct rates concerns_chain(double both)
{
    struct rates chain = {.states = AFTER + 1};

    for (int d = 0; d < 2; d++)
        for (int l = 0; l < 2; l++) {
            double factor = (d ? 2 : 1) * (l ? 3 : 1);
            if (d && l)
                factor = both;
            chain.rate[WITH(0, d, l)][WITH(1, d, l)] = 0.03 * factor;
            chain.rate[WITH(1, d, l)][WITH(0, d, l)] = 0.08;
            chain.rate[WITH(1, d, l)][AFTER] = 0.02 * factor;
            for (int ill = 0; ill < 2; ill++) {
                chain.rate[WITH(ill, 0, l)][WITH(ill, 1, l)] =
                    ill ? 0.06 : 0.02;
                chain.rate[WITH(ill, 1, l)][WITH(ill, 0, l)] = 1 / 10.0;
                chain.rate[WITH(ill, d, 0)][WITH(ill, d, 1)] = ill ? 0.05 : 0;
                chain.rate[WITH(ill, d, 1)][WITH(ill, d, 0)] = 1 / 4.0;
            }
        }
    return chain;
}

static void concerns_multiply(struct verify *verify)
{
    struct rates chain = concerns_chain(2 * 3), wrong = concerns_chain(3);
    double p[AFTER + 1];
    static const int day[] = {30, 90};
    char quantity[64];

    verify_case(verify, &(struct verify_case){.name = "two concerns",
                                              .file = "concerns.yaml",
                                              .quick = 60,
                                              .full = 600});
    for (size_t i = 0; i < LENGTH(day); i++) {
        double ill = 0;
        memset(p, 0, sizeof p);
        p[WITH(0, 0, 0)] = 0.7;
        p[WITH(1, 0, 0)] = 0.3;
        rates_advance(&chain, day[i], p);
        for (size_t s = 1; s < AFTER; s += 2)
            ill += p[s];
        snprintf(quantity, sizeof quantity, "in a crisis by day %d", day[i]);
        verify_near(verify, quantity,
                    POINT("curves", "crisis", NULL, (size_t)day[i]), p[AFTER],
                    EXPONENTIAL);
        snprintf(quantity, sizeof quantity, "ill on day %d", day[i]);
        verify_near(verify, quantity,
                    POINT("curves", "state", "ill", (size_t)day[i]), ill,
                    EXPONENTIAL);
    }
    memset(p, 0, sizeof p);
    p[WITH(0, 0, 0)] = 0.7;
    p[WITH(1, 0, 0)] = 0.3;
    rates_advance(&wrong, 90, p);
    verify_control(verify, "in a crisis by day 90",
                   POINT("curves", "crisis", NULL, 90), p[AFTER],
                   "of two open concerns only the greater factor");
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        .name = "signs",
        .order = 30,
        .title = "Signs and concerns",
        .about =
            "What is noticed, and when, hangs on how long a sign stays as "
            "it is: looks at someone in whom it lasts are not independent. "
            "Concerns come and go beside the condition and multiply what "
            "gets worse."});

    for (size_t i = 0; i < LENGTH(looks); i++)
        signs_persist(verify, &looks[i]);
    concerns_multiply(verify);
    return verify_finish(verify);
}
