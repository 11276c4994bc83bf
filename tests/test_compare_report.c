/*
 * The report and figures of a comparison: what they must say, must not say, in
 * which order, whatever the names, and for any number of options.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/compare_report.h"

#include "plots/html.h"
#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/report_words.h"
#include "tests/table.h"

#define RUNS 60
#define SETTINGS 2

/* A comparison of the fake with itself, where option i misses and costs more or
 * less than the base: what it says is computed from records. */
struct bench {
    struct fake *fake;
    struct compare_setting setting[COMPARE_OPTIONS_MAX][SETTINGS];
    char name[COMPARE_OPTIONS_MAX][512];
    struct compare_option option[COMPARE_OPTIONS_MAX];
    struct compare_measure measure[3];
    struct compare_question question;
    struct compare *compare;
    struct compare_result result;
};

struct wish {
    size_t options;
    bool both_worlds;
    const char *name; /* of options and values; NULL: own */
    uint32_t runs;    /* asked for; 0: those there are */
};

static void make_options(struct bench *bench, const struct wish *wish)
{
    for (size_t i = 0; i < wish->options; i++) {
        struct compare_option *option = &bench->option[i];
        const char *value = wish->name ? wish->name : i % 2 ? "3" : "4";

        snprintf(bench->name[i], sizeof bench->name[i], "%.400s %zu",
                 wish->name ? wish->name : "option", i);
        bench->setting[i][0] = (struct compare_setting){
            "rota.weekend.staff.support worker", value, "2"};
        bench->setting[i][1] = (struct compare_setting){
            wish->name ? wish->name : "levels.home.places", "null", "8"};
        *option = (struct compare_option){
            .name = i            ? bench->name[i]
                    : wish->name ? wish->name
                                 : "the base",
            .file = "fake.yaml",
            .note = wish->name ? wish->name : "a note",
            .setting = bench->setting[i],
            .setting_count = i ? 1 + (i % 2) : 0,
            .scenario = {&bench->fake->scenario, &bench->fake->scenario},
            .layout = {&bench->fake->layout, &bench->fake->layout}};
    }
}

/* Option 1 misses fewer and costs more, option 2 the other way about, option 3
 * differs in nothing, and so on round. */
static void change(const struct bench *bench, size_t option, double *record)
{
    static const double missed[] = {1, 0.5, 1.6, 1}, paid[] = {1, 1.2, 0.9, 1};
    const struct layout *layout = &bench->fake->layout;

    record[layout->total[COUNT_NOT_DELIVERED].offset] *= missed[option % 4];
    record[layout->total[COUNT_COST].offset] *= paid[option % 4];
}

static void feed(struct bench *bench)
{
    struct study study = compare_study(bench->compare);
    const struct layout *layout = &bench->fake->layout;
    double *record = calloc(layout->length, sizeof *record);
    struct job job;

    assert_non_null(record);
    while (study.next(study.self, &job) && job.replication < RUNS) {
        memcpy(record,
               bench->fake->record + (size_t)job.replication * layout->length,
               layout->length * sizeof *record);
        change(bench, job.design % bench->question.option_count, record);
        assert_int_equal(study.accept(study.self, &job, record), SIM_OK);
    }
    free(record);
}

static struct bench *bench_new(const struct wish *wish)
{
    struct bench *bench = calloc(1, sizeof *bench);

    assert_non_null(bench);
    bench->fake =
        fake_new(&(struct fake_wish){.name = wish->name, .replications = RUNS});
    make_options(bench, wish);
    bench->measure[0] = (struct compare_measure){
        measure_find("contacts_not_delivered"), SLICE_COUNT, NULL};
    bench->measure[1] = (struct compare_measure){
        measure_find("crisis_within_30_days"), SLICE_COUNT, NULL};
    bench->measure[2] = (struct compare_measure){measure_find("cost_per_week"),
                                                 SLICE_COUNT, NULL};
    bench->question = (struct compare_question){
        .title = wish->name ? wish->name : "Who is there at the weekend",
        .about = wish->name ? wish->name : "The weekend rota is thin.",
        .option = bench->option,
        .option_count = wish->options,
        .measure = bench->measure,
        .measure_count = LENGTH(bench->measure),
        .both_worlds = wish->both_worlds,
        .seed = 7,
        .replications = wish->runs ? wish->runs : RUNS};
    assert_int_equal(compare_new(&bench->question, &bench->compare), SIM_OK);
    feed(bench);
    assert_int_equal(compare_conclude(bench->compare, &bench->result), SIM_OK);
    return bench;
}

static void bench_free(struct bench *bench)
{
    compare_result_clear(&bench->result);
    compare_free(bench->compare);
    fake_free(bench->fake);
    free(bench);
}

static struct text report_of(const struct wish *wish, bool draw)
{
    struct figure_tools tools = {.gnuplot = draw ? NULL : "gnuplot-not-here"};
    struct bench *bench = bench_new(wish);
    struct compare_figures figures;
    struct text out = {0};

    assert_int_equal(compare_figures_draw(&bench->result, &tools, &figures),
                     SIM_OK);
    compare_report_render(&bench->result, &figures, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    if (draw)
        assert_string_equal(compare_figures_complaint(&figures), "");
    compare_figures_clear(&figures);
    bench_free(bench);
    return out;
}

static const struct wish usual = {.options = 4, .both_worlds = true};

/* ---- what it says ---- */

static struct said_case said_cases[] = {
    {"its title", "<h1>Who is there at the weekend</h1>"},
    {"what it is about", "<p class=\"about\">The weekend rota is thin.</p>"},
    {"that it is modelled", "Modelled, not observed</p>"},
    {"how many inputs are assumptions",
     "70 of the 90 numbers that go in are assumptions."},
    {"that it is not calibrated", "Not calibrated to local data."},
    {"what it is not", "Not a medical device, not for individual care."},
    {"the options", "<strong>option 2</strong>: a note"},
    {"that options meet the same luck", "which meet the same luck"},
    {"what is better", "<li>Better:<ul>"},
    {"what is worse", "<li>Worse:<ul>"},
    {"a difference in words", "Staff cost a week: 1,"},
    {"that nothing differs", "<span class=\"verdict unsure\">the same</span>"},
    {"that intervals hold together",
     "hold together with 95% (chance only, assuming the inputs are right)"},
    {"how", "multiplier bootstrap"},
    {"the same without the contact effect",
     "<h3>If contacts had no protective effect</h3>"},
    {"why that is there", "stands on thin evidence"},
    {"that the evidence is thin", "for which the evidence is thin"},
    {"who was missed", "Contacts missed by people who were unwell"},
    {"a setting that differs", "<td class=\"differs\"><strong>3</strong></td>"},
    {"one that is removed",
     "<td class=\"differs\"><strong>\xe2\x80\x93</strong></td>"},
    {"one that is as in the base", "<td class=\"same\">8</td>"},
    {"the spread before the interval", "9 simulated years in 10 lie in"},
    {"what intervals are",
     "95% interval of the average: chance only, assuming the inputs are right"},
    {"that rates of crises need their difference",
     "rates of crises are not to be read without their difference"},
    {"where numbers come from", "<td>source</td><td>2</td><td>Durham and Dar"},
    {"what measures mean", "Planned contacts that no staff began within their"},
    {"what is not modelled", "Suicide, self-harm and death are not modelled."},
    {"a box for the clinical safety lead", "<h3>Clinical safety lead</h3>"},
    {"one for equality and quality", "<h3>Equality and quality impact</h3>"},
    {"one for lived experience", "<h3>Lived-experience review</h3>"},
    {"one for the sign-off", "<h3>Sign-off</h3>"},
    {"the seed and the number of runs",
     "60 replications of each option, seed 7."},
    {"the digest", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"},
};

static void says(void **state)
{
    const struct said_case *c = *state;
    struct text out = report_of(&usual, false);

    report_says(&out, c);
    text_clear(&out);
}

static struct said_case unsaid_cases[] = {UNSAID_CASES};

static void does_not_say(void **state)
{
    const struct said_case *c = *state;
    struct text out = report_of(&usual, true);

    report_does_not_say(&out, c);
    text_clear(&out);
}

static struct order_case order_cases[] = {
    {"cautions before any answer", "Not calibrated", "<h2>The answer</h2>"},
    {"what was asked before the answer", "<h2>What was asked",
     "<h2>The answer"},
    {"differences before the options' own rates", "<h3>option 1 against",
     "On average"},
    {"and before their own figures of crises", "Difference by difference",
     "The figures behind it"},
    {"the comparison without the effect beside that with it",
     "If contacts had no protective effect", "<figure>"},
    {"the spread before the interval", "9 simulated years in 10",
     "95% interval of the average"},
    {"evidence before limits", "The figures behind it", "What this cannot say"},
    {"limits before the boxes", "What this cannot say",
     "For people to fill in"},
    {"the digests last", "For people to fill in", "SHA-256"},
};

static void keeps_its_order(void **state)
{
    const struct order_case *c = *state;
    struct text out = report_of(&usual, false);

    report_keeps_order(&out, c);
    text_clear(&out);
}

/* ---- whatever the names, however many ---- */

static void holds_whatever_the_names(void **state)
{
    const struct hostile_case *c = *state;
    struct text out = report_of(
        &(struct wish){.options = 3, .both_worlds = true, .name = c->text},
        true);

    report_is_whole(&out, COMPARE_FIGURE_COUNT);
    text_clear(&out);
}

static void holds_for_any_number_of_options(void **state)
{
    static const size_t options[] = {2, 3, 7, 13, COMPARE_OPTIONS_MAX};

    (void)state;
    for (size_t i = 0; i < LENGTH(options); i++) {
        struct text out =
            report_of(&(struct wish){.options = options[i]}, true);

        report_is_whole(&out, COMPARE_FIGURE_COUNT);
        assert_null(strstr(out.bytes, "no protective effect</h3>"));
        text_clear(&out);
    }
}

static void says_that_it_was_stopped(void **state)
{
    struct text out =
        report_of(&(struct wish){.options = 2, .runs = 1000}, false);

    (void)state;
    assert_non_null(strstr(out.bytes, "<li>The run was stopped after 60 of "
                                      "1000 replications of each option;"));
    text_clear(&out);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_any_number_of_options),
        cmocka_unit_test(says_that_it_was_stopped),
    };

    return run_table("must say", says, said_cases) +
           run_table("must not say", does_not_say, unsaid_cases) +
           run_table("order", keeps_its_order, order_cases) +
           run_table("names", holds_whatever_the_names, hostile) +
           cmocka_run_group_tests_name("report of a comparison", tests, NULL,
                                       NULL);
}
