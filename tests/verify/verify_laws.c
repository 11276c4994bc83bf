/*
 * Laws that hold whatever the numbers are: a file that says the same in other
 * words gives the same bytes, two services that share nothing fare as one, more
 * staff never deliver less, a higher rate never makes anybody worse later.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/law_pairs.h"
#include "tests/verify/rewrite.h"
#include "tests/verify/verify.h"

#include <gsl/gsl_cdf.h>

#include "tests/loading.h"

/* ---- the same file in other words ---- */

/* How a file is written again; */
struct rewriting {
    const char *service;
    const struct rewrite_unit *units; /* NULL: in another order */
    const char *from, *to;            /* a control: replaced besides */
};

/* results.json of `text` but for its own digest, which is of the file as it was
 * written; freed by the caller. */
static char *run_text(const struct room *room, const char *text,
                      const struct verify_attempt *attempt)
{
    char *path = in_room(room, "same.yaml"), runs[16], *sha, *out;
    struct ran ran;

    put_file(room, "same.yaml", text);
    snprintf(runs, sizeof runs, "%u", attempt->replications);
    ran =
        run_in(room, "run", path, "--json", "--quiet", "--replications", runs);
    assert_int_equal(ran.status, 0);
    sha = strstr(ran.output, "\"sha256\": \"");
    assert_non_null(sha);
    memset(sha + strlen("\"sha256\": \""), '0', 64);
    out = strdup(ran.output);
    assert_non_null(out);
    assert_true(strlen(out) > 10000);
    ran_clear(&ran);
    free(path);
    return out;
}

static char *rewritten(const struct rewriting *how, const char *text,
                       uint32_t seed)
{
    char *other, *changed;
    unsigned count;

    if (how->units) {
        other = rewrite_units(text, how->units, &count);
        assert_true(count >= 8);
    } else {
        other = rewrite_order(text, seed);
    }
    assert_string_not_equal(other, text);
    if (!how->from)
        return other;
    changed = loading_replace(other, how->from, how->to);
    free(other);
    return changed;
}

static struct verify_found says_the_same(const json_t *json,
                                         const void *context,
                                         const struct verify_attempt *attempt)
{
    const struct rewriting *how = context;
    char path[128], *text, *other, *results[2];
    struct verify_found found = {NAN, NAN, NAN, NAN};
    void *room;

    (void)json;
    snprintf(path, sizeof path, "scenarios/%s.yaml", how->service);
    text = loading_file(path);
    make_room(&room);
    other = rewritten(how, text, attempt->seed);
    results[0] = run_text(room, text, attempt);
    results[1] = run_text(room, other, attempt);
    found.mean = strcmp(results[0], results[1]) == 0;
    free(results[0]);
    free(results[1]);
    free(other);
    free(text);
    remove_room(&room);
    return found;
}

/* Minutes in seconds, hours in minutes, and so on. */
static const struct rewrite_unit other_units[] = {
    {"min", 60, "s", 1},
    {"h", 3600, "min", 60},
    {"day", 86400, "h", 3600},
    {"days", 86400, "h", 3600},
    {"week", 604800, "days", 86400},
    {"weeks", 604800, "days", 86400},
    {NULL, 0, NULL, 0}};
/* A control: an hour of 61 minutes. */
static const struct rewrite_unit wrong_units[] = {{"min", 60, "s", 1},
                                                  {"h", 3660, "min", 60},
                                                  {"days", 86400, "h", 3600},
                                                  {NULL, 0, NULL, 0}};
/* The last of each is a control. */
static const struct rewriting orders[] = {
    {.service = "reference"},
    {.service = "crisis-house"},
    {.service = "dual-diagnosis"},
    {.service = "after-assessment"},
    {.service = "reference", .from = "0.5/day", .to = "0.51/day"},
};
static const struct rewriting units[] = {
    {.service = "reference", .units = other_units},
    {.service = "crisis-house", .units = other_units},
    {.service = "dual-diagnosis", .units = other_units},
    {.service = "after-assessment", .units = other_units},
    {.service = "crisis-house", .units = wrong_units},
};

static void declare_rewriting(struct verify *verify, const char *name,
                              const struct rewriting *rows, size_t count,
                              const char *wrong)
{
    verify_case(verify,
                &(struct verify_case){.name = name, .quick = 2, .full = 20});
    for (size_t i = 0; i < count; i++)
        verify_check(verify,
                     &(struct verify_check){
                         .quantity = rows[i].service,
                         .kind = VERIFY_HOLDS,
                         .source = "byte by byte: results.json, but for the "
                                   "digest of the file itself",
                         .wrong = i + 1 == count ? wrong : NULL,
                         .compute = says_the_same,
                         .context = &rows[i]});
}

static void declare_words(struct verify *verify)
{
    declare_rewriting(verify, "names and keys in another order", orders,
                      LENGTH(orders), "and 0.51 referrals a day for 0.5");
    declare_rewriting(verify, "20 min as 1200 s, 2 h as 120 min, and so on",
                      units, LENGTH(units), "an hour of 61 minutes");
}

/* ---- two services side by side ---- */

/* The copy: the same with all names changed; its contacts by `staff`. */
#define COPY_WITH(staff)                                                       \
    "cohorts.others={referrals: {rate: 1/day}, enters: backing, condition: "   \
    "other course, attendance: 85%}",                                          \
        "conditions.other course={states: [fine, alarm, emergency], begin: "   \
        "{fine: 60%, alarm: 40%}, changes: {fine to alarm: 0.03/day, alarm "   \
        "to fine: 0.15/day, alarm to emergency: 0.05/day}, after_contact: "    \
        "{times: 0.6, half_gone_after: 2 days}}",                              \
        "levels.backing={rank: 1, places: 16, plan: other taper, gives_up: "   \
        "{after: exponential(mean 5 days), to: leave}, then: leave}",          \
        "plans.other taper={starts: same day, steps: {days: {for: 10 days, "   \
        "contacts: {call: every day}}}}",                                      \
        "contacts.call={mode: visit, between: 14:00-18:00, by: " staff         \
        ", lasts: \"gamma(mean 45 min, sd 20 min)\"}"
static const char *const copy[] = {
    COPY_WITH("carer"), "staff.carer={absence: {share: 10%, spells: 4 days}}",
    "rota.afternoons={days: every day, hours: 14:00-20:00, staff: {carer: 2}, "
    "overrun: 15 min}",
    NULL};
/* The control: the copy's people are seen by the staff of the first. */
static const char *const shared[] = {COPY_WITH("worker"), NULL};

struct beside {
    const char *id, *words;
    double times; /* what two have of what one has */
    const char *const *setting;
};
static const struct beside besides[] = {
    {"contacts_not_delivered", "share of contacts not delivered", 1, copy},
    {"contacts_not_attended", "share not attended", 1, copy},
    {"start_delay_minutes", "minutes of delay", 1, copy},
    {"waited", "share who wait for a place", 1, copy},
    {"crisis_within_30_days", "share with a crisis within 30 days", 1, copy},
    {"occupancy", "half of the people there", 2, copy},
    {"hours_delivered", "half of the hours delivered", 2, copy},
    {"contacts_not_delivered", "share of contacts not delivered", 1, shared},
};
static const struct verify_case side_by_side = {.name =
                                                    "two services side by side",
                                                .file = "copies.yaml",
                                                .quick = 100,
                                                .full = 2000};

/* What two have, for each of them, less what one has. */
static struct verify_found two_less_one(const json_t *json, const void *context,
                                        const struct verify_attempt *attempt)
{
    const struct beside *beside = context;
    struct verify_attempt other = *attempt;
    struct verify_found one, two;
    double mean, error, half;
    json_t *both;

    one = verify_read(json, &WHOLE(beside->id));
    other.seed++; /* luck of their own */
    both = verify_run(&side_by_side, beside->setting, &other);
    two = verify_read(both, &WHOLE(beside->id));
    json_decref(both);
    mean = two.mean / beside->times - one.mean;
    error = hypot(one.error, two.error / beside->times);
    half = gsl_cdf_ugaussian_Pinv(0.975) * error;
    return (struct verify_found){mean, error, mean - half, mean + half};
}

static void declare_copies(struct verify *verify)
{
    verify_case(verify, &side_by_side);
    for (size_t i = 0; i < LENGTH(besides); i++)
        verify_check(verify,
                     &(struct verify_check){
                         .quantity = besides[i].words,
                         .source = "two copies less one alone: nothing",
                         .wrong = besides[i].setting == shared
                                      ? "both are seen by the staff of one"
                                      : NULL,
                         .compute = two_less_one,
                         .context = &besides[i]});
}

/* ---- the last moment ---- */

#define PEOPLE 12 /* as in window-edge.yaml, as all below */
#define WORKERS 2
#define LASTS 30 /* minutes */
#define WINDOW 60
#define DAYS 5

/* Whoever is met exactly when the window closes is met in time, so that each
 * worker makes 60 / 30 + 1 visits, 0, 30 and 60 minutes after they fell due. */
static void declare_edge(struct verify *verify)
{
    const double visits = floor((double)WINDOW / LASTS) + 1;
    struct verify_check check = {.kind = VERIFY_SAME,
                                 .source = "counted by hand"};

    verify_case(verify, &(struct verify_case){
                            .name = "staff are free when the window closes",
                            .file = "window-edge.yaml",
                            .quick = 2,
                            .full = 20});
    check.quantity = "share of contacts not delivered";
    check.at = WHOLE("contacts_not_delivered");
    check.truth = 1 - WORKERS * visits / PEOPLE;
    verify_check(verify, &check);
    check.quantity = "minutes of delay";
    check.at = WHOLE("start_delay_minutes");
    check.truth = LASTS * (visits - 1) / 2;
    verify_check(verify, &check);
    check.quantity = "hours delivered a week";
    check.at = WHOLE("hours_delivered");
    check.truth = DAYS * WORKERS * visits * LASTS / 60 / 2; /* of two weeks */
    verify_check(verify, &check);
    check.truth = DAYS * WORKERS * (visits - 1) * LASTS / 60 / 2;
    check.wrong = "without those met as it closes";
    verify_check(verify, &check);
}

/* ---- laws of every replication ---- */

static void declare_pairs(struct verify *verify)
{
    static const struct law forwards = {false}, backwards = {true};
    struct verify_check check = {.kind = VERIFY_SAME, .truth = 0};

    verify_case(verify,
                &(struct verify_case){
                    .name = "one role, contacts of one length, made up at "
                            "random, 1 to 6 workers",
                    .quick = 10,
                    .full = 200});
    check.quantity = "runs in which one more delivers fewer contacts";
    check.source = "a worker more starts each contact no later (exact)";
    check.compute = law_more_staff;
    check.context = &forwards;
    verify_check(verify, &check);
    check.context = &backwards;
    check.wrong = "one fewer";
    verify_check(verify, &check);
    verify_case(verify,
                &(struct verify_case){.name = "rates 5%, 20% and 100% higher",
                                      .quick = 3,
                                      .full = 40});
    check.quantity = "people whose first change for the worse comes later";
    check.source = "fixed points below a higher hazard (exact)";
    check.compute = law_first_worsening;
    check.context = &forwards;
    check.wrong = NULL;
    verify_check(verify, &check);
    check.context = &backwards;
    check.wrong = "lower by as much";
    verify_check(verify, &check);
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        "laws", 90, "Laws that hold",
        "Whatever the numbers are, some things must be so: in law, or to the "
        "last bit in every single replication."});

    declare_words(verify);
    declare_copies(verify);
    declare_edge(verify);
    declare_pairs(verify);
    return verify_finish(verify);
}
