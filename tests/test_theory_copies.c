/*
 * Two services side by side that share nobody are two services: every share is
 * that of one, every total twice as large, within 4 standard errors; and the
 * first of them fares to the last bit as if it were alone.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/model.h"
#include "tests/table.h"

#define SEED 20270121
#define OTHER_SEED 20270122
#define TEXT_MOST 20000
#define SETTINGS 4
#define YEARS 60

/* One section of the file: its key, and what a copy has there. '@' stands for
 * what is added to the names of a copy. Sections without '@' are of both:
 * rules, and `duty` staff, of whom there are always enough. */
struct section {
    const char *key;
    const char *text;
};
static const struct section sections[] = {
    {"cohorts",
     "  people@:\n"
     "    referrals: {rate: 4/week, days: weekdays, hours: 09:00-17:00}\n"
     "    enters: house@\n"
     "    condition: course@\n"
     "    attendance: {well@: 95%, ill@: 80%}\n"
     "    disengages: {after_missed: 2, chance: 20%}\n"},
    {"conditions",
     "  course@:\n"
     "    states: [well@, ill@, crisis@]\n"
     "    begin: {well@: 40%, ill@: 60%}\n"
     "    changes: {well@ to ill@: 0.08/day, ill@ to well@: 0.15/day,\n"
     "              ill@ to crisis@: 0.03/day}\n"
     "    varies_between_people: 0.5\n"
     "    after_move: {times: 2, half_gone_after: 4 days}\n"
     "    after_contact: {times: 0.6, half_gone_after: 2 days}\n"},
    {"signs", "  sleep@: {well@: 10%, ill@: 60%}\n"
              "  mood@: {well@: 5%, ill@: 50%, applies_to: 70%}\n"},
    {"concerns", "  dispute@: {rate: {well@: 0.01/day, ill@: 0.03/day},\n"
                 "             worsening: 1.5, closes: exponential(mean 6 "
                 "days)}\n"},
    {"levels",
     "  house@:\n"
     "    rank: 2\n"
     "    places: 6\n"
     "    stay: gamma(mean 9 days, sd 5 days)\n"
     "    leaves: {days: weekdays, hours: 10:00-16:00}\n"
     "    gives_up: {after: exponential(mean 20 days), to: home@}\n"
     "    then: home@\n"
     "  home@:\n"
     "    rank: 1\n"
     "    plan: taper@\n"
     "    handover: {by: nurse@, lasts: 30 min, within: 24 h, complete: 80%,\n"
     "               notices: 50%}\n"
     "    then: after@\n"
     "  after@: {rank: 0, follow_up: 90 days}\n"},
    {"plans", "  taper@:\n"
              "    starts: same day\n"
              "    steps:\n"
              "      daily: {for: 7 days, contacts: {visit@: every day}}\n"
              "      weekly: {for: 3 weeks, contacts: {visit@: 2 per week,\n"
              "                                        huddle@: tue}}\n"
              "    advance_if: {no_alert_for: 2 days}\n"
              "    repeats: {most: 2, each: 4 days}\n"},
    {"contacts",
     "  visit@: {mode: visit, between: 14:00-19:00, by: nurse@,\n"
     "           or: {do: phone@, after: 4 h}, travel: 20 min,\n"
     "           lasts: 'gamma(mean 40 min, sd 15 min)'}\n"
     "  phone@: {mode: phone, between: 10:00-21:00, by: nurse@,\n"
     "           lasts: 10 min}\n"
     "  huddle@: {between: 09:00-17:00, needs: {lead@: 1, nurse@: 1},\n"
     "            lasts: 15 min, without_person: yes}\n"},
    {"staff", "  nurse@: {cost: 24/h, absence: {share: 8%, spells: 4 days},\n"
              "           bank: {covers: 40%, cost: 30/h, notices: 60%}}\n"
              "  lead@: {cost: 40/h}\n"},
    {"rota", "  days@: {days: weekdays, hours: 09:00-17:00,\n"
             "          staff: {nurse@: 1, lead@: 1}}\n"
             "  evenings@: {days: every day, hours: 13:00-20:00,\n"
             "              staff: {nurse@: 1}}\n"},
};

static const char RULES[] =
    "handrail: 1\n"
    "title: side by side\n"
    "calendar: {start: 2027-01-04, warm_up: 20 weeks, run_for: 40 weeks}\n"
    "alerts: {low: 1, high: 2}\n"
    "responses:\n"
    "  not attended: {ring: {after: 1 h, do: ring, succeeds: 50%}}\n"
    "  disengaged: {ring: {after: 1 day, do: ring, succeeds: 50%}}\n"
    "  low: {look: {after: 4 h, within: 1 day, do: ring, then: settle 30%}}\n"
    "  high: {look: {within: 4 h, do: ring, then: [settle 50%, step back]}}\n"
    "  crisis:\n"
    "    one_of:\n"
    "      gone: {chance: 30%, then: leave}\n"
    "      stays: {chance: 70%, then: [settle 50%, restart plan]}\n";
static const char DUTY_CONTACT[] =
    "  ring: {mode: phone, between: 08:00-20:00, by: duty, lasts: 10 min}\n";
static const char DUTY_STAFF[] = "  duty: {cost: 0}\n";
static const char DUTY_ROTA[] =
    "  duty: {days: every day, hours: 08:00-20:00, staff: {duty: 30}}\n";

struct writing {
    char *at, *end;
};

/* Write `text` with `added` for each '@'. */
static void put(struct writing *to, const char *text, const char *added)
{
    for (; *text; text++) {
        const char *from = *text == '@' ? added : text;
        size_t length = *text == '@' ? strlen(added) : 1;

        assert_true((size_t)(to->end - to->at) > length);
        memcpy(to->at, from, length);
        to->at += length;
        *to->at = '\0';
    }
}

/* The scenario with `copies` of the service: "", " two". */
static void write_copies(char *text, size_t size, int copies)
{
    static const char *const added[] = {"", " two"};
    struct writing to = {text, text + size};

    put(&to, RULES, "");
    for (size_t i = 0; i < LENGTH(sections); i++) {
        put(&to, sections[i].key, "");
        put(&to, ":\n", "");
        for (int c = 0; c < copies; c++)
            put(&to, sections[i].text, added[c]);
        if (strcmp(sections[i].key, "contacts") == 0)
            put(&to, DUTY_CONTACT, "");
        if (strcmp(sections[i].key, "staff") == 0)
            put(&to, DUTY_STAFF, "");
        if (strcmp(sections[i].key, "rota") == 0)
            put(&to, DUTY_ROTA, "");
    }
}

static void run(struct model *model, int copies, const char *const *setting,
                uint32_t seed)
{
    static char text[TEXT_MOST];
    size_t n = 0;

    while (setting && n < SETTINGS && setting[n])
        n++;
    write_copies(text, sizeof text, copies);
    model_run(model, text, setting, n, YEARS, seed);
}

/* ---- two are as one, and twice one ---- */

/* Shares and means per event, which two copies have in common; and totals. */
static const char *const shares[] = {"contacts_not_delivered",
                                     "contacts_not_attended",
                                     "contacts_downgraded",
                                     "missed_while_unwell",
                                     "plan_delivered",
                                     "start_delay_minutes",
                                     "longest_gap_days",
                                     "waited",
                                     "wait_days",
                                     "stay_days",
                                     "days_beyond_plan",
                                     "unseen_hours",
                                     "unowned_hours",
                                     "seen_within_24_hours",
                                     "seen_ever",
                                     "false_alerts",
                                     "response_breaches",
                                     "concern_open_hours",
                                     "crisis_within_30_days",
                                     "crisis_within_90_days",
                                     "recontact_within_90_days"};
static const char *const totals[] = {
    "referrals",    "planned_exits", "left",     "disengaged",
    "waiting",      "occupancy",     "gave_up",  "contacts_due",
    "alerts",       "responses",     "concerns", "crises",
    "repeats",      "step_backs",    "restarts", "hours_delivered",
    "cost_per_week"};

/* Whether `a` is `times` `b`, two estimates of models that share no luck. */
static bool agrees(const struct model *a, const struct model *b, const char *id,
                   double times)
{
    const struct estimate *x = model_value(a, id), *y = model_value(b, id);
    double error = hypot(model_error(a, x), times * model_error(b, y));

    if (fabs(x->mean - times * y->mean) <= 4 * error)
        return true;
    print_message("%s: %.6g, and %g times %.6g (standard error %.3g)\n", id,
                  x->mean, times, y->mean, error);
    return false;
}

static uint32_t differences(const struct model *two, const struct model *one)
{
    uint32_t count = 0;

    for (size_t i = 0; i < LENGTH(shares); i++)
        count += !agrees(two, one, shares[i], 1);
    for (size_t i = 0; i < LENGTH(totals); i++)
        count += !agrees(two, one, totals[i], 2);
    return count;
}

static void two_copies_are_twice_one(void **state)
{
    struct model one, two;

    (void)state;
    run(&one, 1, NULL, SEED);
    run(&two, 2, NULL, OTHER_SEED);
    assert_int_equal(differences(&two, &one), 0);
    /* Not by there being nothing to share. */
    for (size_t i = 0; i < LENGTH(shares); i++)
        assert_true(model_value(&one, shares[i])->mean > 0);
    for (size_t i = 0; i < LENGTH(totals); i++)
        assert_true(model_value(&one, totals[i])->mean > 0);
    model_clear(&one);
    model_clear(&two);
}

/* The controls: differences of one copy show in both together. */
static struct control {
    const char *name;
    const char *setting[SETTINGS];
} controls[] = {
    {"a second service with a fifth more people",
     {"cohorts.people two.referrals.rate=4.8/week"}},
    {"a second service with one more in the evening",
     {"rota.evenings two.staff.nurse two=2"}},
};

static void otherwise_they_are_not(void **state)
{
    const struct control *c = *state;
    struct model one, two;

    run(&one, 1, NULL, SEED);
    run(&two, 2, c->setting, OTHER_SEED);
    assert_true(differences(&two, &one) > 3);
    model_clear(&one);
    model_clear(&two);
}

/* ---- the first is what it was ---- */

static const struct result_row *row_like(const struct model *model,
                                         const struct model *of,
                                         const struct result_row *row)
{
    char name[256], other[256];

    slice_value_name(of->scenario, row->slice, row->value, name, sizeof name);
    for (uint32_t i = 0; i < slice_values(model->scenario, row->slice); i++) {
        slice_value_name(model->scenario, row->slice, i, other, sizeof other);
        if (strcmp(name, other) == 0)
            return result_find(&model->result, row->measure, row->slice, i);
    }
    return NULL;
}

/* Slices whose parts belong to one of the two copies. */
static bool is_of_a_copy(enum slice slice)
{
    return slice == SLICE_LEVEL || slice == SLICE_COHORT ||
           slice == SLICE_STEP || slice == SLICE_KIND || slice == SLICE_ROLE ||
           slice == SLICE_CONCERN;
}

/* `duty` staff and what they do are of both. */
static bool is_shared(const struct model *model, const struct result_row *row)
{
    char name[256];

    slice_value_name(model->scenario, row->slice, row->value, name,
                     sizeof name);
    return strcmp(name, "duty") == 0 || strcmp(name, "ring") == 0;
}

static void the_first_fares_as_if_alone(void **state)
{
    struct model one, two;
    uint32_t compared = 0;

    (void)state;
    run(&one, 1, NULL, SEED);
    run(&two, 2, NULL, SEED);
    for (size_t i = 0; i < one.result.row_count; i++) {
        const struct result_row *row = &one.result.row[i], *other;

        if (!row->sliced || !is_of_a_copy(row->slice) || is_shared(&one, row))
            continue;
        other = row_like(&two, &one, row);
        assert_non_null(other);
        compared++;
        if (isnan(row->estimate.mean) && isnan(other->estimate.mean))
            continue;
        if (!(fabs(row->estimate.mean - other->estimate.mean) <=
              1e-12 * fabs(row->estimate.mean)))
            fail_msg("%s is %.17g alone, %.17g beside another",
                     measure_table[row->measure].id, row->estimate.mean,
                     other->estimate.mean);
    }
    assert_true(compared > 200);
    model_clear(&one);
    model_clear(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_copies_are_twice_one),
        cmocka_unit_test(the_first_fares_as_if_alone),
    };
    int failed = cmocka_run_group_tests_name("copies", tests, NULL, NULL);

    failed += run_table("controls", otherwise_they_are_not, controls);
    return failed;
}
