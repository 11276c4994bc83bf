/*
 * The service specification and the step-down form: word for word for a small
 * service, with every name of the example service, and harmless whatever the
 * names are.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/describe.h"

#include "plots/digest.h"
#include "plots/markdown.h"
#include "plots/say.h"
#include "plots/version.h"
#include "tests/loading.h"
#include "tests/table.h"

#define SMALL "tests/scenarios/described.yaml"
#define SMALL_TEXT "tests/scenarios/described.md"
#define SMALL_FORM "tests/scenarios/described-form.md"
#define REFERRALS "described-referrals.csv"
#define TODAY "described-today.csv"
#define CARE "tests/scenarios/care.yaml"
#define EXAMPLE "scenarios/crisis-house.yaml"

/* Load the text of `path` as a scenario called `name`. */
static void load(struct loaded *loaded, const char *text, const char *name)
{
    const struct text_file files[] = {{name, text}, {NULL, NULL}};

    loading_load(loaded, files, NULL);
    if (loaded->err != SIM_OK)
        fail_msg("%s", loading_headlines(loaded));
}

static char *described(const struct scenario *scenario, bool form)
{
    struct text text = {0};

    if (form)
        describe_form(scenario, &text);
    else
        describe_service(scenario, &text);
    assert_int_equal(text_status(&text), SIM_OK);
    return text.bytes;
}

/* ---- word for word ---- */

/* Put in what no stored text can know. A form has no digest: it is one
 * person's, and not of the simulation. */
static char *with_version(const char *text, const struct scenario *scenario)
{
    char digest[DIGEST_LENGTH + 1];
    char *versioned = loading_replace(text, "@VERSION@", HANDRAIL_VERSION);
    char *whole;

    if (strstr(text, "@SHA256@") == NULL)
        return versioned;
    digest_scenario(scenario, digest);
    whole = loading_replace(versioned, "@SHA256@", digest);
    free(versioned);
    return whole;
}

/* The small service, which has every feature, with its data. */
static void load_small(struct loaded *loaded)
{
    char *yaml = loading_file(SMALL);
    char *referrals = loading_file("tests/scenarios/" REFERRALS);
    char *today = loading_file("tests/scenarios/" TODAY);
    const struct text_file files[] = {{"described.yaml", yaml},
                                      {REFERRALS, referrals},
                                      {TODAY, today},
                                      {NULL, NULL}};

    loading_load(loaded, files, NULL);
    if (loaded->err != SIM_OK)
        fail_msg("%s", loading_headlines(loaded));
    free(today);
    free(referrals);
    free(yaml);
}

static void assert_word_for_word(const char *path, bool form)
{
    char *stored = loading_file(path);
    struct loaded loaded;
    char *expected, *text;

    load_small(&loaded);
    expected = with_version(stored, loaded.scenario);
    text = described(loaded.scenario, form);
    assert_string_equal(text, expected);
    free(text);
    free(expected);
    loading_clear(&loaded);
    free(stored);
}

static void a_small_service_word_for_word(void **state)
{
    (void)state;
    assert_word_for_word(SMALL_TEXT, false);
}

static void its_form_word_for_word(void **state)
{
    (void)state;
    assert_word_for_word(SMALL_FORM, true);
}

/* Fewer than 5 people of today's caseload could be known by their number. */
static void small_groups_of_real_people_are_not_told(void **state)
{
    struct loaded loaded;
    char *text;

    (void)state;
    load_small(&loaded);
    text = described(loaded.scenario, false);
    assert_non_null(strstr(text, "5 in home; fewer than 5 in 1 other level."));
    assert_null(strstr(text, "2 in house"));
    free(text);
    loading_clear(&loaded);
}

/* In the order in which a commissioner asks. */
static void sections_come_in_order(void **state)
{
    static const char *const sections[] = {"\n## Who it is for",
                                           "\n## The pathway",
                                           "\n## Tapering plans",
                                           "\n## Contacts",
                                           "\n## Early-warning signs",
                                           "\n## Concerns",
                                           "\n## If this happens",
                                           "\n## If there is a crisis",
                                           "\n## Review dates",
                                           "\n## Staff and rota",
                                           "\n## Cover at weekends",
                                           "\n## Handover between levels",
                                           "\n## Follow-up",
                                           "\n## What the service is to reach",
                                           "\n## Notes",
                                           "\n## What the figures rest on",
                                           "\n## For people to fill in"};
    struct loaded loaded;
    const char *at;
    char *text;

    (void)state;
    load_small(&loaded);
    text = described(loaded.scenario, false);
    at = text;
    for (size_t i = 0; i < LENGTH(sections); i++) {
        at = strstr(at, sections[i]);
        if (at == NULL)
            fail_msg("'%s' is not where it should be", sections[i]);
    }
    free(text);
    loading_clear(&loaded);
}

/* ---- every name ---- */

static void assert_says(const char *text, const char *name)
{
    struct text marked = {0};

    markdown_add(&marked, name);
    if (strstr(text, marked.bytes) == NULL)
        fail_msg("'%s' is not in it", name);
    text_clear(&marked);
}

#define assert_all_said(text, array, count)                                    \
    do {                                                                       \
        assert_true((count) > 0);                                              \
        for (uint32_t i_ = 0; i_ < (count); i_++)                              \
            assert_says((text), (array)[i_].name);                             \
    } while (0)

static void assert_inner_said(const char *text, const struct scenario *s)
{
    for (uint32_t i = 0; i < s->plan_count; i++)
        assert_all_said(text, s->plan[i].step, s->plan[i].step_count);
    for (uint32_t i = 0; i < s->response_count; i++) {
        const struct response *r = &s->response[i];

        for (uint32_t k = 0; k < r->action_count; k++)
            assert_says(text, r->action[k].name);
        for (uint32_t k = 0; k < r->outcome_count; k++)
            assert_says(text, r->outcome[k].name);
    }
    for (uint32_t i = 0; i < s->record_count; i++)
        assert_says(text, s->record[i]);
    for (uint32_t i = 0; i < s->provenance_count; i++)
        assert_says(text, s->provenance[i].path);
}

static void every_name_of_the_example_is_said(void **state)
{
    char *yaml = loading_file(EXAMPLE);
    struct loaded loaded;
    const struct scenario *s;
    char *text;

    (void)state;
    load(&loaded, yaml, "crisis-house.yaml");
    s = loaded.scenario;
    text = described(s, false);
    assert_all_said(text, s->cohort, s->cohort_count);
    assert_all_said(text, s->condition, s->condition_count);
    assert_all_said(text, s->sign, s->sign_count);
    assert_all_said(text, s->alert, s->alert_count);
    assert_all_said(text, s->level, s->level_count);
    assert_all_said(text, s->plan, s->plan_count);
    assert_all_said(text, s->kind, s->contact_kind_count);
    assert_all_said(text, s->response, s->response_count);
    assert_all_said(text, s->role, s->role_count);
    assert_all_said(text, s->shift, s->shift_count);
    assert_all_said(text, s->target, s->target_count);
    assert_inner_said(text, s);
    free(text);
    loading_clear(&loaded);
    free(yaml);
}

static void a_setting_shows(void **state)
{
    char *yaml = loading_file(EXAMPLE);
    struct loaded loaded;
    char *text;

    (void)state;
    loading_text(&loaded, yaml, "levels.enhanced step-down.longest=5 weeks");
    assert_int_equal(loaded.err, SIM_OK);
    text = described(loaded.scenario, false);
    assert_non_null(strstr(text, "- Time limit: 5 weeks; then"));
    assert_null(strstr(text, "Time limit: 8 weeks"));
    free(text);
    loading_clear(&loaded);
    free(yaml);
}

/* ---- the form ---- */

static void the_blank_form_asks_for_what_it_should(void **state)
{
    static const char *const parts[] = {
        "# My step-down plan",     "**Name:** ____",
        "## Steps and dates",      "## Signs that I am getting worse",
        "## If this happens, ",    "## Who to call",
        "## Review dates",         "## Handover",
        "## Consent, family and ", "## Signatures",
        "Not a medical device",    "no score"};
    char *text = described(NULL, true);

    (void)state;
    for (size_t i = 0; i < LENGTH(parts); i++)
        assert_non_null(strstr(text, parts[i]));
    assert_null(strstr(text, "in 100"));
    free(text);
}

static void a_form_holds_the_service_and_no_number_of_risk(void **state)
{
    char *yaml = loading_file(EXAMPLE);
    struct loaded loaded;
    const struct scenario *s;
    char *text;

    (void)state;
    load(&loaded, yaml, "crisis-house.yaml");
    s = loaded.scenario;
    text = described(s, true);
    assert_all_said(text, s->sign, s->sign_count);
    for (uint32_t i = 0; i < s->plan_count; i++)
        assert_all_said(text, s->plan[i].step, s->plan[i].step_count);
    for (uint32_t i = 0; i < s->response_count; i++)
        for (uint32_t k = 0; k < s->response[i].action_count; k++)
            assert_says(text, s->response[i].action[k].name);
    assert_null(strstr(text, "in 100"));
    assert_null(strstr(text, "chance"));
    free(text);
    loading_clear(&loaded);
    free(yaml);
}

/* ---- hostile names ---- */

struct mark_case {
    const char *name, *text, *marked;
};
static struct mark_case mark_cases[] = {
    {"plain words", "two words", "two words"},
    {"stars", "*a* **b**", "\\*a\\* \\*\\*b\\*\\*"},
    {"a cell's end", "a|b", "a\\|b"},
    {"code", "`rm`", "\\`rm\\`"},
    {"a script", "<script>", "&lt;script&gt;"},
    {"an entity", "&lt;", "&amp;lt;"},
    {"a link", "[a](b)", "\\[a\\](b)"},
    {"a picture", "![a](b)", "\\!\\[a\\](b)"},
    {"a heading", "# a", "\\# a"},
    {"a list", "- a", "\\- a"},
    {"a numbered list", "12. a", "12\\. a"},
    {"a number", "12 a", "12 a"},
    {"an underline", "===", "\\==="},
    {"a formula", "$a$ ~b~", "\\$a\\$ \\~b\\~"},
    {"escapes", "\\*", "\\\\\\*"},
    {"line ends", "a\nb\tc", "a b c"},
    {"escape sequences", "\x1b[2J", "?\\[2J"},
    {"nothing", "", NULL},
};

static void a_mark(void **state)
{
    const struct mark_case *c = *state;
    struct text out = {0};

    markdown_add(&out, c->text);
    if (c->marked == NULL)
        assert_null(out.bytes);
    else
        assert_string_equal(out.bytes, c->marked);
    text_clear(&out);
}

/* What gives a Markdown text its form: how many lines begin with each mark,
 * and how many cells there are. */
struct form {
    unsigned lines, headings, items, rows, cells, quotes;
};

static struct form form_of(const char *text)
{
    struct form form = {0};

    for (const char *at = text; *at != '\0'; at++) {
        bool begins = at == text || at[-1] == '\n';

        form.lines += *at == '\n';
        form.headings += begins && *at == '#';
        form.items += begins && *at == '-';
        form.rows += begins && *at == '|';
        form.quotes += begins && *at == '>';
        form.cells += *at == '|' && (begins || at[-1] != '\\');
    }
    return form;
}

/* The small service with all free texts and a name of each kind replaced. */
static char *service_named(const char *name)
{
    static const char format[] =
        "handrail: 1\n"
        "title: \"@\"\n"
        "about: \"@\"\n"
        "calendar: {start: 2026-11-23, run_for: 10 weeks, note: \"@\"}\n"
        "cohorts:\n"
        "  \"@\": {referrals: {rate: 3/week}, enters: \"@\", condition: "
        "\"@\", reaches_out: between 1/week and 3/week}\n"
        "conditions:\n"
        "  \"@\": {states: [\"@\", \"@ 2\", \"@ 3\"], begin: "
        "{\"@\": 100%}, changes: {\"@ to @ 2\": 1/week}}\n"
        "signs:\n"
        "  \"@\": {\"@\": 5%, weight: 2, opens: \"@ 2\", note: \"@\"}\n"
        "alerts: {\"@\": 1}\n"
        "concerns:\n"
        "  \"@ 2\": {rate: 1/week, adds: {\"@ 2\": weekly}, closes: 3 days, "
        "note: \"@\"}\n"
        "levels:\n"
        "  \"@\": {rank: 1, plan: \"@\", note: \"@\", places: 9, "
        "when_full: {divert to: \"@ 2\"}, gives_up: {after: 3 days, to: "
        "\"@ 2\"}, accepts_if: \"@ 2\", on_entry: \"@ 2\", handover: {by: "
        "\"@\", lasts: 5 min, within: 24 h, overlap: 1 day}, then: {\"@\": "
        "{to: \"@ 2\", chance: 50%}, \"@ 2\": {to: leave, chance: 50%}}}\n"
        "  \"@ 2\": {rank: 1, plan: \"@\", then: leave}\n"
        "plans:\n"
        "  \"@\": {steps: {\"@\": {for: 7 days, contacts: "
        "{\"@\": every day}}}, advance_if: {state: \"@\"}, repeats: "
        "{most: 2}, after_last_repeat: {move to: \"@ 2\"}, review: {do: "
        "\"@\", days: tue}}\n"
        "contacts:\n"
        "  \"@\": {between: 10:00-16:00, by: \"@\", lasts: 30 min, "
        "source: \"@\"}\n"
        "  \"@ 2\": {mode: phone, with: family, at: 16:00, window: 2 h, by: "
        "\"@\", lasts: 5 min, priority: 2, attendance: 70%, note: \"@\"}\n"
        "responses:\n"
        "  not attended:\n"
        "    \"@\": {do: \"@\", then: {record: \"@\"}}\n"
        "  reaches out:\n"
        "    \"@\": {then: {record: \"@\"}}\n"
        "  \"@\":\n"
        "    \"@\": {do: \"@\", when: {\"@\": {move to: \"@ 2\"}}}\n"
        "  \"@ 2\":\n"
        "    \"@\": {do: \"@\"}\n"
        "staff:\n"
        "  \"@\": {cost: 30/h, notices: 50%, absence: {share: 5%}, bank: "
        "{covers: 50%, cost: 36/h, acts: 60%}}\n"
        "rota:\n"
        "  \"@\": {days: every day, hours: 08:00-20:00, staff: "
        "{\"@\": 2}, minimum: 2, below: phone only, note: \"@\"}\n"
        "team_time:\n"
        "  \"@\": {shift: \"@\", at: \"14:00\", per_person: 2 min, "
        "levels: \"@ 2\"}\n"
        "targets:\n"
        "  \"@\": {measure: contacts_not_delivered, at_most: 2%}\n";
    struct text text = {0};

    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '@')
            text_add(&text, name);
        else
            text_add_bytes(&text, at, 1);
    }
    assert_int_equal(text_status(&text), SIM_OK);
    return text.bytes;
}

struct name_case {
    const char *name, *text;
};
/* As they stand between double quotes in YAML. */
static struct name_case name_cases[] = {
    {"a star", "*"},
    {"a cell's end", "a | b |"},
    {"a script", "<script>alert(1)</script>"},
    {"backquotes", "`touch x` ```"},
    {"a heading", "# a"},
    {"a list", "- a"},
    {"a rule", "---"},
    {"a quotation", "> a"},
    {"a link", "[a](javascript:b)"},
    {"an attribute's end", "'><img src=x onerror=alert(1)>"},
    {"an entity", "&lt;script&gt;"},
    {"formats", "%s %n %d"},
    {"a backslash at the end", "a\\\\"},
};

static void a_name_stays_a_name(void **state)
{
    const struct name_case *c = *state;
    char *plain = service_named("plain"), *hostile = service_named(c->text);
    struct loaded a, b;

    load(&a, plain, "a.yaml");
    load(&b, hostile, "a.yaml");
    for (int form = 0; form < 2; form++) {
        char *expected = described(a.scenario, form);
        char *text = described(b.scenario, form);
        struct form x = form_of(expected), y = form_of(text);

        assert_memory_equal(&x, &y, sizeof x);
        assert_null(strstr(text, "<script"));
        assert_null(strstr(text, "<img"));
        assert_says(text, b.scenario->title);
        free(text);
        free(expected);
    }
    loading_clear(&a);
    loading_clear(&b);
    free(plain);
    free(hostile);
}

/* ---- quantities ---- */

struct time_case {
    const char *name;
    sim_ms time;
    const char *time_said, *span_said;
};
static struct time_case time_cases[] = {
    {"no time", 0, "0 minutes", "0 minutes"},
    {"seconds", 30 * SIM_SECOND, "30 seconds", "30 seconds"},
    {"minutes", 45 * SIM_MINUTE, "45 minutes", "45 minutes"},
    {"an hour", SIM_HOUR, "1 hour", "1 hour"},
    {"an hour and a half", 90 * SIM_MINUTE, "90 minutes", "90 minutes"},
    {"two hours and a half", 150 * SIM_MINUTE, "2.5 hours", "2.5 hours"},
    {"a day", SIM_DAY, "24 hours", "1 day"},
    {"three days", 3 * SIM_DAY, "72 hours", "3 days"},
    {"four days", 4 * SIM_DAY, "4 days", "4 days"},
    {"a week", SIM_WEEK, "1 week", "1 week"},
    {"90 days", 90 * SIM_DAY, "90 days", "90 days"},
    {"eight weeks", 8 * SIM_WEEK, "8 weeks", "8 weeks"},
};

static void a_time(void **state)
{
    const struct time_case *c = *state;
    struct text time = {0}, span = {0};

    say_time(c->time, &time);
    say_span(c->time, &span);
    assert_string_equal(time.bytes, c->time_said);
    assert_string_equal(span.bytes, c->span_said);
    text_clear(&time);
    text_clear(&span);
}

struct schedule_case {
    const char *name; /* as a scenario has it */
    const char *said;
};
static struct schedule_case schedule_cases[] = {
    {"every day", "every day"},
    {"every 2 days", "every 2 days"},
    {"twice a day", "twice a day"},
    {"fortnightly", "every 14 days"},
    {"1 per week", "once a week"},
    {"2 per week", "twice a week, on days 1 and 4 of each week"},
    {"3 per week", "3 times a week, on days 1, 3 and 5 of each week"},
    {"weekly on day 3", "once a week, on day 3 of each week"},
    {"weekdays", "on weekdays"},
    {"weekends", "on weekends and holidays"},
    {"mon thu", "on Mondays, Thursdays"},
    {"day 1 8", "on days 1, 8 of the step"},
    {"every day not weekends", "every day; not at weekends"},
    {"tue weekends to friday",
     "on Tuesdays; what falls on a weekend moves to the weekday before"},
};

static void a_schedule(void **state)
{
    const struct schedule_case *c = *state;
    struct schedule schedule;
    struct text text = {0};
    const char *why;

    assert_true(schedule_parse(c->name, &schedule, &why));
    say_schedule(&schedule, &text);
    assert_string_equal(text.bytes, c->said);
    text_clear(&text);
}

/* ---- concerns, and what signs do ---- */

static void concerns_are_said(void **state)
{
    static const char *const said[] = {
        "## Concerns\n",
        "- dispute: looked after beside the pathway, by others. Those who "
        "respond are told as soon as it is noticed. It is raised by noting "
        "the sign \"shouting\". From when they know, what stands under \"If "
        "there is a concern: dispute\" is done",
        "- loss of capacity: looked after beside the pathway, by others. It is "
        "noticed when it arises; those who respond are told as soon as it is "
        "noticed. Until it closes, besides the plan: capacity check, every "
        "day, at 16:30, within 2 hours, by nurse. No response is laid down "
        "for it. It closes by itself after 5 days on average.\n",
        "It is noticed when it arises 60 in 100 times; those who respond are "
        "told 48 hours on average after it is noticed. It is also raised by "
        "noting the sign \"mood\".",
        "- sleep (counts as 2)\n",
        "- shouting: noting it raises the concern \"dispute\"\n",
        "at one contact, or 2 more than 14 days before: amber",
        "### If there is a concern: safeguarding\n",
        "### If the person calls (reaches out)\n"};
    char *yaml = loading_file(CARE), *text;
    struct loaded loaded;

    (void)state;
    load(&loaded, yaml, "care.yaml");
    text = described(loaded.scenario, false);
    for (size_t i = 0; i < LENGTH(said); i++)
        if (strstr(text, said[i]) == NULL)
            fail_msg("'%s' is not in it", said[i]);
    free(text);
    loading_clear(&loaded);
    free(yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_service_word_for_word),
        cmocka_unit_test(its_form_word_for_word),
        cmocka_unit_test(small_groups_of_real_people_are_not_told),
        cmocka_unit_test(sections_come_in_order),
        cmocka_unit_test(every_name_of_the_example_is_said),
        cmocka_unit_test(concerns_are_said),
        cmocka_unit_test(a_setting_shows),
        cmocka_unit_test(the_blank_form_asks_for_what_it_should),
        cmocka_unit_test(a_form_holds_the_service_and_no_number_of_risk),
    };
    int failed = cmocka_run_group_tests_name("describe", tests, NULL, NULL);

    failed += run_table("Markdown", a_mark, mark_cases);
    failed += run_table("hostile names", a_name_stays_a_name, name_cases);
    failed += run_table("times", a_time, time_cases);
    failed += run_table("schedules", a_schedule, schedule_cases);
    return failed;
}
