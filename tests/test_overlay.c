/*
 * Scenarios that start from others, settings, and what stays the same however
 * a file is written.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/measure.h"
#include "tests/loading.h"
#include "tests/table.h"

/* The shortest scenario there is. */
#define SHORT                                                                  \
    "handrail: 1\n"                                                            \
    "title: Short\n"                                                           \
    "calendar: {start: 2026-11-23, run_for: 10 weeks}\n"                       \
    "cohorts:\n"                                                               \
    "  b: {referrals: {rate: 1/day}, enters: house}\n"                         \
    "  a: {referrals: {rate: 2/day}, enters: house}\n"                         \
    "levels:\n"                                                                \
    "  house: {rank: 1, places: 5, stay: 3 days, then: leave}\n"

/* ---- files and settings ---- */

/* Files laid on one another, and what is said of them. */
struct overlay_case {
    const char *name;
    struct text_file files[4];
    const char *settings[4];
    const char *says;
};
static struct overlay_case overlay_cases[] = {
    {"a base and nothing else",
     {{"s", "base: t\n"}, {"t", SHORT}, {0}},
     {0},
     ""},
    {"a base, keys of its own and settings",
     {{"s", "base: t\ntitle: Mine\nset: {levels.house.places: 7}\n"},
      {"t", SHORT},
      {0}},
     {"levels.house.places=8", "cohorts.a=null", 0},
     ""},
    {"a base of a base",
     {{"s", "base: t\n"}, {"t", "base: u\n"}, {"u", SHORT}},
     {0},
     ""},
    {"a fault in the base is the base's",
     {{"s", "base: t\n"}, {"t", SHORT "alerts: {a: 0}\n"}, {0}},
     {0},
     "t:9:10: error: alerts.a: there are no signs to note\n"},
    {"a fault in what is laid over it is the upper file's",
     {{"s", "base: t\nlevels: {house: {places: 0}}\n"}, {"t", SHORT}, {0}},
     {0},
     "s:2:26: error: levels.house.places: must be 1 to 100000, found 0\n"},
    {"a fault in set has its place",
     {{"s", "base: t\nset:\n  levels.house.places: 0\n  levels.hous.x: 1\n"},
      {"t", SHORT},
      {0}},
     {0},
     "s:3:24: error: levels.house.places: must be 1 to 100000, found 0\n"
     "s:4:10: error: levels.hous: there is nothing of this name\n"
     "hint: did you mean 'house'?\n"},
    {"set without a base",
     {{"s", SHORT "set: {levels.house.places: 0}\n"}, {0}},
     {0},
     "s:9:28: error: levels.house.places: must be 1 to 100000, found 0\n"},
    {"null removes, and must find something",
     {{"s", "base: t\ncohorts: {a: null, c: null}\n"}, {"t", SHORT}, {0}},
     {0},
     "s:2:20: error: cohorts.c: there is nothing to remove\n"
     "hint: allowed: b\n"},
    {"a base that is missing",
     {{"s", "base: t\n"}, {0}},
     {0},
     "s:1:7: error: cannot read 't': no such file\n"},
    {"a scenario that is missing",
     {{"s", NULL}, {0}},
     {0},
     "s:1:1: error: cannot read 's': no such file\n"},
    {"a base of itself",
     {{"s", "base: s\n"}, {0}},
     {0},
     "s:1:7: error: base: leads back to a file that this one is the base of\n"},
    {"two that are each other's base",
     {{"s", "base: t\n"}, {"t", "title: x\nbase: s\n"}, {0}},
     {0},
     "t:2:7: error: base: leads back to a file that this one is the base of\n"},
    {"a base that is no name",
     {{"s", "base: [t]\n"}, {0}},
     {0},
     "s:1:7: error: base: must be the name of a file\n"},
    {"set that is no mapping",
     {{"s", SHORT "set: [a]\n"}, {0}},
     {0},
     "s:9:6: error: set: must be a mapping of paths to values\n"},
    {"a scenario that is no mapping",
     {{"s", "- a\n"}, {0}},
     {0},
     "s:1:1: error: a scenario is a mapping that starts with 'handrail: 1'\n"},
    {"base and set cannot be set",
     {{"s", SHORT}, {0}},
     {"base=t", "set={a: 1}", 0},
     "--set:1:1: error: base: unknown key\n"
     "--set:1:1: error: set: unknown key\n"},
    {"levels must be named",
     {{"s", SHORT "targets: {}\n"}, {0}},
     {"levels.house=null", 0},
     "s:5:41: error: cohorts.b.enters: no level is called 'house'\n"
     "s:6:41: error: cohorts.a.enters: no level is called 'house'\n"
     "s:8:3: error: levels: must name at least one level\n"},
    {"a key that is allowed and absent may be set",
     {{"s", SHORT}, {0}},
     {"levels.house.effect.worsening=0.5", "calendar.warm_up=2 weeks",
      "levels.house.leaves={hours: 10:00-16:00}", 0},
     ""},
    {"a new name may be set as a whole",
     {{"s", SHORT}, {0}},
     {"levels.next={rank: 0}", "levels.house.then=next", 0},
     ""},
    {"but not by its parts",
     {{"s", SHORT}, {0}},
     {"levels.nexxt.rank=0", 0},
     "--set:1:8: error: levels.nexxt: there is nothing of this name\n"
     "hint: allowed: house\n"},
    {"a key on the way that no table knows",
     {{"s", SHORT}, {0}},
     {"levels.house.efect.worsening=0.5", 0},
     "--set:1:14: error: levels.house.efect: unknown key\n"
     "hint: did you mean 'effect'?\n"},
    {"faults of settings come in their order",
     {{"s", SHORT}, {0}},
     {"levels.house.stay=3", "levels.house.rank=x", "nonsense", 0},
     "--set:1:19: error: levels.house.stay: must be a duration such as 20 min, "
     "1.5 h, 10 days or 2 weeks, found '3'\n"
     "--set:1:19: error: levels.house.rank: must be a whole number, found "
     "'x'\n"
     "--set:1:1: error: a setting is PATH=VALUE, found no '='\n"},
};

static void overlay_says(void **state)
{
    const struct overlay_case *c = *state;
    struct text_file files[LENGTH(c->files) + 1] = {0};
    struct loaded loaded;
    char *headlines;

    memcpy(files, c->files, sizeof c->files);
    for (size_t i = 0; i < LENGTH(c->files); i++) {
        if (files[i].text == NULL && files[i].name != NULL)
            files[i].name = i == 0 ? "s" : NULL;
    }
    if (files[0].text == NULL) { /* asked for, and not there */
        const struct text_file none[] = {{NULL, NULL}};
        struct scenario_source source = {
            .name = "s",
            .read = loading_read,
            .context = (void *)(uintptr_t)none,
        };

        loaded.err = scenario_load(&source, &loaded.scenario, &loaded.faults);
        assert_int_equal(loaded.err, SIM_ERR_INPUT);
    } else {
        loading_load(&loaded, files, c->settings);
    }
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, c->says);
    free(headlines);
    loading_clear(&loaded);
}

static void values_of_overlays_arrive(void **state)
{
    const struct text_file files[] = {
        {"s", "base: t\n"
              "title: Mine\n"
              "calendar: {holidays: [2026-12-25]}\n"
              "set: {levels.house.places: 7}\n"},
        {"t", "base: u\ncalendar: {run_for: 20 weeks}\n"},
        {"u", SHORT},
        {NULL, NULL}};
    const char *const settings[] = {"levels.house.stay=4 days",
                                    "levels.house.stay=5 days", NULL};
    struct loaded loaded;
    const struct scenario *s;

    (void)state;
    loading_load(&loaded, files, settings);
    s = loaded.scenario;
    assert_non_null(s);
    assert_string_equal(s->title, "Mine");
    assert_string_equal(s->file, "s");
    assert_int_equal(s->calendar.run_for, 20 * SIM_WEEK);
    assert_int_equal(s->calendar.holiday_count, 1);
    assert_int_equal(s->level[0].places, 7);
    assert_near(s->level[0].stay.mean, 5.0 * (double)SIM_DAY, 0);
    assert_near(s->cohort[0].attendance[0], 1.0, 0);
    loading_clear(&loaded);
}

static void more_than_eight_files_are_refused(void **state)
{
    struct text_file files[12] = {{NULL, NULL}};
    char name[11][16], text[11][24];
    struct loaded loaded;
    char *headlines;

    (void)state;
    for (int i = 0; i < 11; i++) {
        snprintf(name[i], sizeof name[i], "f%d", i);
        snprintf(text[i], sizeof text[i], "base: f%d\n", i + 1);
        files[i] = (struct text_file){name[i], text[i]};
    }
    loading_load(&loaded, files, NULL);
    headlines = loading_headlines(&loaded);
    assert_string_equal(headlines, "f8:1:7: error: base: more than 8 files "
                                   "one upon the other\n");
    free(headlines);
    loading_clear(&loaded);
}

/* ---- order ---- */

static void order_and_comments_change_nothing(void **state)
{
    char *text = loading_file("tests/scenarios/small.yaml");
    char *other = loading_replace(
        text, "alerts: {amber: 1, red: 2}",
        "alerts:\n  # the worse one first\n  red: 2\n\n  \"amber\": '1'");
    char *moved = loading_replace(other, "title: A small service\n", "");
    char *last = calloc(strlen(moved) + 100, 1);
    struct loaded a, b;

    (void)state;
    assert_non_null(last);
    sprintf(last, "%stitle:   A small service\n", moved);
    loading_text(&a, text, NULL);
    loading_text(&b, last, NULL);
    assert_int_equal(a.err, SIM_OK);
    assert_int_equal(b.err, SIM_OK);
    assert_string_equal(a.scenario->canonical, b.scenario->canonical);
    for (uint32_t i = 0; i < a.scenario->alert_count; i++)
        assert_string_equal(a.scenario->alert[i].name,
                            b.scenario->alert[i].name);
    loading_clear(&a);
    loading_clear(&b);
    free(last);
    free(moved);
    free(other);
    free(text);
}

static void arrays_are_sorted_whatever_the_file_says(void **state)
{
    struct loaded loaded;

    (void)state;
    loading_text(&loaded, SHORT, NULL);
    assert_int_equal(loaded.scenario->cohort_count, 2);
    assert_string_equal(loaded.scenario->cohort[0].name, "a");
    assert_near(loaded.scenario->cohort[0].referrals.rate, 2.0, 0);
    loading_clear(&loaded);
}

/* Changes of the small scenario that must show in its canonical text. */
struct meaning_case {
    const char *name;
    const char *find, *replace;
};
static struct meaning_case meaning_cases[] = {
    {"a value", "places: 6", "places: 7"},
    {"the order of steps",
     "      daily: {for: 7 days, contacts: {visit: every day}}\n"
     "      weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n",
     "      weekly: {for: 2 weeks, contacts: {visit: weekly, huddle: tue}}\n"
     "      daily: {for: 7 days, contacts: {visit: every day}}\n"},
    {"the order of effects", "{settle: 50%, step back: yes}",
     "{step back: yes, settle: 50%}"},
    {"the order of staff to prefer", "[nurse, {role: driver, after: 2 h}]",
     "[{role: driver, after: 2 h}, nurse]"},
};

static void shows_in_the_canonical_text(void **state)
{
    const struct meaning_case *c = *state;
    char *text = loading_file("tests/scenarios/small.yaml");
    char *other = loading_replace(text, c->find, c->replace);
    struct loaded a, b;

    loading_text(&a, text, NULL);
    loading_text(&b, other, NULL);
    assert_int_equal(b.err, SIM_OK);
    assert_string_not_equal(a.scenario->canonical, b.scenario->canonical);
    loading_clear(&a);
    loading_clear(&b);
    free(other);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_overlays_arrive),
        cmocka_unit_test(more_than_eight_files_are_refused),
        cmocka_unit_test(order_and_comments_change_nothing),
        cmocka_unit_test(arrays_are_sorted_whatever_the_file_says),
    };
    int failed = 0;

    failed += run_table("overlays", overlay_says, overlay_cases);
    failed += run_table("meaning", shows_in_the_canonical_text, meaning_cases);
    failed += cmocka_run_group_tests_name("values", tests, NULL, NULL);
    return failed;
}
