/* The report: what it must say, must not say, and in which order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plots/report.h"

#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/report_words.h"
#include "tests/table.h"

/* The report of a fake; the caller clears it. Without `draw`, gnuplot is
 * missing. */
static struct text report_of(const struct fake_wish *wish, bool draw,
                             uint32_t asked)
{
    struct figure_tools tools = {.gnuplot = draw ? NULL : "gnuplot-not-here"};
    struct fake *fake = fake_new(wish);
    struct figures figures;
    struct text out = {0};

    if (asked)
        fake->answer.asked = asked;
    assert_int_equal(figures_draw(&fake->answer, &tools, &figures), SIM_OK);
    report_render(&fake->answer, &figures, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    figures_clear(&figures);
    fake_free(fake);
    return out;
}

static struct said_case said_cases[] = {
    {"its language", "<html lang=\"en\">"},
    {"that it is modelled", "Modelled, not observed</p>"},
    {"how many inputs are assumptions",
     "70 of the 90 numbers that go in are assumptions."},
    {"that it is not calibrated", "Not calibrated to local data."},
    {"what it is not", "Not a medical device, not for individual care."},
    {"what was asked", "<h2>What was asked</h2>"},
    {"the people who arrive", "2.5 a week as crisis house admissions"},
    {"the answer in a sentence",
     "Of every 100, 3.1 are not delivered because no staff came in time"},
    {"weekdays and weekends apart",
     "On weekdays it is 3.1 in 100, at weekends 3.1."},
    {"a target that is met", "<span class=\"verdict met\">met</span>"},
    {"that it is not met every time", "<br>on average, not every time</td>"},
    {"a target that is not met", "<span class=\"verdict not-met\">not met"},
    {"a target that cannot be told", "class=\"verdict unsure\">cannot tell<"},
    {"who was missed", "Contacts missed by people who were unwell"},
    {"the first days", "in the first 72 hours or so after a move"},
    {"first contacts", "First contact within the time the level sets"},
    {"crises as natural frequencies",
     "Of every 100 people who step down, the model has 7 with a crisis"},
    {"their caveat", "Read it beside the same figure of another plan"},
    {"that the evidence is thin", "the evidence for that effect is thin"},
    {"what intervals are",
     "95% interval of the average: chance only, assuming the inputs are right"},
    {"the spread between years", "9 simulated years in 10 lie in"},
    {"that dates are simulated", "(simulated dates)"},
    {"that dates are simulated, at the picture", "Simulated dates."},
    {"whether there were enough runs", "<h3>Were there enough runs?</h3>"},
    {"whether measuring began late enough",
     "<h3>Was the warm-up long enough?</h3>"},
    {"by what rule", "(MSER-5, White, Cobb and Spratt 2000"},
    {"how a run came to its end", "It was not reached: 200 replications were"},
    {"how often intervals of such a run hold", "94 to 95 in tests of this"},
    {"where numbers come from", "<td>source</td><td>2</td><td>Durham and Dar"},
    {"which are assumed", "<td>assumption</td><td>9</td><td>assumption, to"},
    {"what measures mean", "Planned contacts that no staff began within their"},
    {"every measure", "(<code>utilisation</code>)</summary>"},
    {"with its slices", "role: support worker"},
    {"that utilisation is modelled work", "Utilisation is modelled work only."},
    {"what alerts are not", "not a measure of suicide risk"},
    {"what is not modelled", "Suicide, self-harm and death are not modelled."},
    {"a box for the clinical safety lead", "<h3>Clinical safety lead</h3>"},
    {"one for equality and quality", "<h3>Equality and quality impact</h3>"},
    {"one for lived experience", "<h3>Lived-experience review</h3>"},
    {"one for the sign-off", "<h3>Sign-off</h3>"},
    {"the version", "Made by handrail 0.1.0 from <code>fake.yaml</code>"},
    {"the seed and the number of runs", "200 replications, seed 7."},
    {"the digest",
     "<code>ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"},
};

static void says(void **state)
{
    const struct said_case *c = *state;
    struct text out = report_of(&(struct fake_wish){.precise = true}, true, 0);

    report_says(&out, c);
    text_clear(&out);
}

/* A fixed number of runs was fixed; nothing is said of an end. */
static void is_silent_about_a_fixed_number(void **state)
{
    struct text out = report_of(&(struct fake_wish){0}, true, 0);

    (void)state;
    assert_null(strstr(out.bytes, "Were there enough runs?"));
    assert_null(strstr(out.bytes, figure_title(FIGURE_TRACE)));
    text_clear(&out);
}

static struct said_case unsaid_cases[] = {UNSAID_CASES};

static void does_not_say(void **state)
{
    const struct said_case *c = *state;
    struct text out = report_of(&(struct fake_wish){.precise = true}, true, 0);

    report_does_not_say(&out, c);
    text_clear(&out);
}

static struct order_case order_cases[] = {
    {"cautions before any answer", "Not calibrated", "<h2>The answer</h2>"},
    {"what was asked before the answer", "<h2>What was asked",
     "<h2>The answer"},
    {"sentences before targets", "In an average week", "Are the targets met?"},
    {"targets before pictures", "Are the targets met?", "<figure>"},
    {"who was missed before pictures", "Who was missed", "<figure>"},
    {"the spread before the interval", "9 simulated years in 10",
     "95% interval"},
    {"pictures before tables of evidence", "<figure>", "The figures behind it"},
    {"evidence before limits", "Every measure", "What this cannot say"},
    {"limits before the boxes", "What this cannot say",
     "For people to fill in"},
    {"the digest last", "For people to fill in", "SHA-256"},
};

static void keeps_its_order(void **state)
{
    const struct order_case *c = *state;
    struct text out = report_of(&(struct fake_wish){.precise = true}, true, 0);

    report_keeps_order(&out, c);
    text_clear(&out);
}

static void holds_whatever_the_names(void **state)
{
    const struct hostile_case *c = *state;
    struct text out = report_of(
        &(struct fake_wish){.name = c->text, .precise = true}, true, 0);

    report_is_whole(&out, FIGURE_COUNT);
    text_clear(&out);
}

static void says_so_on_every_picture(void **state)
{
    struct text out = report_of(&(struct fake_wish){.precise = true}, true, 0);
    const char *at = out.bytes;

    (void)state;
    for (int i = 0; i < FIGURE_COUNT; i++) {
        const char *end;
        at = strstr(at, "<svg");
        assert_non_null(at);
        end = strstr(at, "</svg>");
        at = strstr(at, "<text>Modelled, not observed</text>");
        assert_non_null(at);
        assert_true(at < end);
        at = strstr(end, "Modelled, not observed.</figcaption>");
        assert_non_null(at);
    }
    text_clear(&out);
}

static void says_where_pictures_would_be(void **state)
{
    struct text out = report_of(&(struct fake_wish){.precise = true}, false, 0);

    (void)state;
    report_is_whole(&out, 0);
    assert_int_equal(words_count(out.bytes,
                                 "Not drawn: gnuplot is not installed. Install "
                                 "gnuplot-nox and run again."),
                     FIGURE_COUNT);
    assert_int_equal(words_count(out.bytes, figure_title(FIGURE_DAYS)), 1);
    text_clear(&out);
}

static void says_that_it_was_stopped(void **state)
{
    struct text out =
        report_of(&(struct fake_wish){.precise = true}, false, 1000);

    (void)state;
    assert_non_null(strstr(out.bytes, "<li>The run was stopped after 200 of "
                                      "1000 replications;"));
    text_clear(&out);
}

static void holds_with_nothing_to_say(void **state)
{
    struct text out = report_of(
        &(struct fake_wish){.empty = true, .replications = 2}, true, 0);

    (void)state;
    report_is_whole(&out, 1); /* the others have nothing to show */
    assert_null(strstr(out.bytes, "nan"));
    assert_non_null(strstr(out.bytes, "no data"));
    assert_non_null(strstr(out.bytes, "from 100 replications on"));
    text_clear(&out);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_so_on_every_picture),
        cmocka_unit_test(is_silent_about_a_fixed_number),
        cmocka_unit_test(says_where_pictures_would_be),
        cmocka_unit_test(says_that_it_was_stopped),
        cmocka_unit_test(holds_with_nothing_to_say),
    };

    return run_table("must say", says, said_cases) +
           run_table("must not say", does_not_say, unsaid_cases) +
           run_table("order", keeps_its_order, order_cases) +
           run_table("names", holds_whatever_the_names, hostile) +
           cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
