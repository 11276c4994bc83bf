/*
 * The report and figures of a sizing: what they must say, must not say, in
 * which order, whatever the names, with an answer and without one. The sizing
 * is run, from a table of what is true of each rota.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/size_report.h"

#include "tests/fake.h"
#include "tests/hostile.h"
#include "tests/report_words.h"
#include "tests/table.h"

#define RANGES 2
#define VALUES 4 /* 0 to 3 of each */

struct wish {
    const char *name; /* of everything; NULL: own */
    double reach;    /* how near the targets rotas come: 1 meets with 3 and 2 */
    uint32_t budget; /* replications */
    bool without_fresh; /* no result of the rota itself */
};

struct bench {
    struct fake *fake;
    char path[RANGES][600];
    struct size_range range[RANGES];
    struct size_watch watch;
    struct size_question question;
    struct size size;
    struct size_answer answer;
    double reach;
};

/* Between -1 and 1, the same every time: a Weyl sequence. */
static double noise(uint32_t replication, uint32_t quantity)
{
    double x = 0.6180339887 * replication + 0.7548776662 * quantity;

    return 2 * (x - floor(x)) - 1;
}

/* A record is its replication's number. Shares fall with the staff, cost rises;
 * of a target of at least so much what is missing falls. */
static void observe(void *context, uint32_t design, const double *record,
                    struct size_value *out)
{
    const struct bench *bench = context;
    uint32_t replication = (uint32_t)*record;
    double staff = size_value_of(&bench->question, design, 0) +
                   0.8 * size_value_of(&bench->question, design, 1);

    out[0] =
        (struct size_value){5000 + 700 * staff + 20 * noise(replication, 0), 1};
    for (uint32_t q = 1; q < bench->watch.count; q++) {
        const struct size_limit *limit = q <= bench->question.limit_count
                                             ? &bench->watch.limit[q - 1]
                                             : NULL;
        double of = limit ? limit->limit : 0.1;
        double missing = (limit && !limit->at_most ? 1 - of : of) *
                         (2.6 - 0.45 * staff) / bench->reach *
                         (1 + 0.1 * noise(replication, q));

        missing = fmin(fmax(missing, 0.001), 0.9);
        out[q] = (struct size_value){
            1000 * (limit && !limit->at_most ? 1 - missing : missing), 1000};
    }
}

static uint32_t length_of(void *context, uint32_t design)
{
    (void)context;
    (void)design;
    return 1;
}

static void ask(struct bench *bench, const struct wish *wish)
{
    uint32_t target = NONE;

    assert_int_equal(size_watch_make(&bench->fake->scenario,
                                     &bench->fake->layout,
                                     measure_find("cost_per_week"), 0.1,
                                     &bench->watch, &target),
                     SIZE_ACCEPTED);
    for (uint32_t r = 0; r < RANGES; r++) {
        snprintf(bench->path[r], sizeof bench->path[r], "rota.%s.staff.%s",
                 wish->name ? wish->name
                 : r        ? "weekend"
                            : "weekday",
                 wish->name ? wish->name : "support worker");
        bench->range[r] = (struct size_range){bench->path[r], 0, VALUES - 1, 1};
    }
    bench->question =
        (struct size_question){.range = bench->range,
                               .range_count = RANGES,
                               .limit = bench->watch.limit,
                               .limit_count = bench->watch.limit_count,
                               .watch_count = bench->watch.count,
                               .delta = 60,
                               .budget = wish->budget ? wish->budget : 50000,
                               .observe = observe,
                               .length = length_of,
                               .context = bench};
}

static struct bench *bench_new(const struct wish *wish)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct study study;
    struct job job;

    assert_non_null(bench);
    bench->reach = wish->reach > 0 ? wish->reach : 1;
    bench->fake = fake_new(&(struct fake_wish){.name = wish->name});
    ask(bench, wish);
    assert_int_equal(size_init(&bench->size, &bench->question), SIM_OK);
    study = size_study(&bench->size);
    while (study.next(study.self, &job)) {
        double record = job.replication;

        assert_int_equal(study.accept(study.self, &job, &record), SIM_OK);
    }
    assert_int_equal(bench->size.err, SIM_OK);
    assert_int_equal(size_answer_make(&bench->size, &bench->watch,
                                      &bench->fake->scenario, &bench->answer),
                     SIM_OK);
    bench->answer.base_design = 6; /* 1 and 2 */
    if (!wish->without_fresh)
        bench->answer.result = &bench->fake->result;
    return bench;
}

static void bench_free(struct bench *bench)
{
    size_answer_clear(&bench->answer);
    size_clear(&bench->size);
    fake_free(bench->fake);
    free(bench);
}

static struct text report_of(const struct wish *wish, bool draw)
{
    struct figure_tools tools = {.gnuplot = draw ? NULL : "gnuplot-not-here"};
    struct bench *bench = bench_new(wish);
    struct size_figures figures;
    struct text out = {0};

    assert_int_equal(size_figures_draw(&bench->answer, &tools, &figures),
                     SIM_OK);
    size_report_render(&bench->answer, &figures, 7, &out);
    assert_int_equal(text_status(&out), SIM_OK);
    if (draw)
        assert_string_equal(size_figures_complaint(&figures), "");
    size_figures_clear(&figures);
    bench_free(bench);
    return out;
}

static const struct wish usual = {0};

/* ---- what it says ---- */

static struct said_case said_cases[] = {
    {"that it is modelled", "Modelled, not observed</p>"},
    {"how many inputs are assumptions",
     "70 of the 90 numbers that go in are assumptions."},
    {"that it is not calibrated", "Not calibrated to local data."},
    {"what it is not", "Not a medical device, not for individual care."},
    {"what may change", "<li>support worker on weekend: 0 to 3</li>"},
    {"the targets", "<li>contacts: Planned contacts not delivered"},
    {"the answer", "The cheapest rota that meets every target: "},
    {"what is promised",
     "With 95% confidence (chance only, assuming the inputs "
     "are right) this rota meets every target"},
    {"that it is no more than that", "in the model, no more"},
    {"one fewer and one more", "<h3>One fewer, one more</h3>"},
    {"whether targets are met", "<h3>Are the targets met?</h3>"},
    {"who was missed", "Contacts missed by people who were unwell"},
    {"the rota beside the scenario's", "<h2>The rota side by side</h2>"},
    {"the table of the frontier", "<h2>Cost and risk, rota by rota</h2>"},
    {"which is chosen", " (chosen)"},
    {"how hard it was looked at", "16 rotas in the ranges"},
    {"that no formula fits", "No textbook formula is about what was varied"},
    {"the spread before the interval", "9 simulated years in 10 lie in"},
    {"what intervals are",
     "95% interval of the average: chance only, assuming the inputs are right"},
    {"what is not modelled", "Suicide, self-harm and death are not modelled."},
    {"a box for the clinical safety lead", "<h3>Clinical safety lead</h3>"},
    {"one for equality and quality", "<h3>Equality and quality impact</h3>"},
    {"one for lived experience", "<h3>Lived-experience review</h3>"},
    {"one for the sign-off", "<h3>Sign-off</h3>"},
    {"the seed", "seed 7."},
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
    {"the answer before its promise", "The cheapest rota that meets",
     "With 95% confidence"},
    {"sentences before pictures", "One fewer, one more", "<figure>"},
    {"who was missed before pictures", "Who was missed", "<figure>"},
    {"pictures before tables", "<figure>", "Cost and risk, rota by rota"},
    {"evidence before limits", "The figures behind it", "What this cannot say"},
    {"limits before the boxes", "What this cannot say",
     "For people to fill in"},
    {"the digest last", "For people to fill in", "SHA-256"},
};

static void keeps_its_order(void **state)
{
    const struct order_case *c = *state;
    struct text out = report_of(&usual, false);

    report_keeps_order(&out, c);
    text_clear(&out);
}

/* ---- whatever the names and the answer ---- */

static void holds_whatever_the_names(void **state)
{
    const struct hostile_case *c = *state;
    struct text out = report_of(&(struct wish){.name = c->text}, true);

    report_is_whole(&out, SIZE_FIGURE_COUNT);
    text_clear(&out);
}

static void says_that_nothing_meets(void **state)
{
    struct text out = report_of(&(struct wish){.reach = 0.1}, true);

    (void)state;
    report_is_whole(&out, SIZE_FIGURE_COUNT);
    assert_non_null(strstr(out.bytes, "<h3>What each target could reach</h3>"));
    assert_non_null(strstr(out.bytes, " (nearest)"));
    assert_null(
        strstr(out.bytes, "The cheapest rota that meets every target:"));
    text_clear(&out);
}

static void says_that_it_does_not_know(void **state)
{
    struct text out =
        report_of(&(struct wish){.budget = 20, .without_fresh = true}, true);

    (void)state;
    report_is_whole(&out, 1); /* no hours of a rota that was not run */
    assert_non_null(strstr(out.bytes, "did not suffice for an answer: nothing "
                                      "is promised.</li>"));
    assert_null(strstr(out.bytes, "With 95% confidence"));
    text_clear(&out);
}

/* The figure numbers by cost, the chosen among them, and no design twice. */
static void numbers_what_matters(void **state)
{
    struct bench *bench = bench_new(&usual);
    uint32_t row[SIZE_FIGURE_NUMBERS];
    uint32_t count = size_figure_rows(&bench->answer, row);
    bool chosen = false, own = false;

    (void)state;
    assert_int_equal(bench->answer.end, SIZE_CHOSEN);
    assert_true(count >= 3 && count <= SIZE_FIGURE_NUMBERS);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t design = bench->answer.row[row[i]].design;

        assert_true(i == 0 || row[i] > row[i - 1]);
        chosen = chosen || design == bench->answer.chosen;
        own = own || design == bench->answer.base_design;
    }
    assert_true(chosen);
    assert_true(own ||
                !size_answer_row(&bench->answer, bench->answer.base_design));
    bench_free(bench);
}

int main(void)
{
    static struct hostile_case hostile[] = {HOSTILE_CASES};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_that_nothing_meets),
        cmocka_unit_test(says_that_it_does_not_know),
        cmocka_unit_test(numbers_what_matters),
    };

    return run_table("must say", says, said_cases) +
           run_table("must not say", does_not_say, unsaid_cases) +
           run_table("order", keeps_its_order, order_cases) +
           run_table("names", holds_whatever_the_names, hostile) +
           cmocka_run_group_tests_name("report of a sizing", tests, NULL, NULL);
}
