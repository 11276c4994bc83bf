/*
 * handrail compare: options against a base, by common random numbers.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/compare_load.h"
#include "cli/compare_options.h"
#include "cli/compare_table.h"
#include "cli/delivery.h"
#include "cli/interrupt.h"
#include "cli/offered.h"
#include "plots/compare_files.h"
#include "plots/compare_report.h"
#include "work/executor.h"

#define REPLICATIONS 1000 /* by default */
#define BUDGET 10000      /* by default, where it may stop before */
#define SEED 1

struct comparison {
    struct compare_options options;
    struct compare_load load;
    struct compare_measure measure[COMPARE_MEASURES_MAX];
    struct compare_question question;
    struct compare *compare;
    struct compare_result result;
    struct delivery delivery;
    bool stopped; /* by a signal, while running */
};

/* ---- what is asked ---- */

/* What managers ask first, where neither the study nor the command line says:
 * who was missed, what followed, what it costs. */
static const struct {
    const char *id;
    enum slice slice;
    const char *value;
} standard_measures[] = {
    {"contacts_not_delivered", SLICE_COUNT, NULL},
    {"contacts_not_delivered", SLICE_DAY, "weekend"},
    {"missed_while_unwell", SLICE_COUNT, NULL},
    {"longest_gap_days", SLICE_COUNT, NULL},
    {"seen_within_72_hours", SLICE_COUNT, NULL},
    {"crisis_within_30_days", SLICE_COUNT, NULL},
    {"cost_per_week", SLICE_COUNT, NULL},
};

static int add_measure(struct comparison *run,
                       const struct compare_measure *measure, size_t *number)
{
    struct compare_question *question = &run->question;

    for (*number = 0; *number < question->measure_count; ++*number) {
        const struct compare_measure *at = &run->measure[*number];

        if (at->measure == measure->measure && at->slice == measure->slice &&
            (at->slice == SLICE_COUNT ||
             strcmp(at->value, measure->value) == 0))
            return STATUS_DONE;
    }
    if (question->measure_count == COMPARE_MEASURES_MAX)
        return usage_error("compare", "at most %d measures can be compared",
                           COMPARE_MEASURES_MAX);
    run->measure[question->measure_count++] = *measure;
    return STATUS_DONE;
}

/* Those of the command line, else of the study, else the standard ones. */
static int ask_measures(struct comparison *run)
{
    const struct scenario *base = run->load.option[0].scenario[0];
    const struct settings *asked = &run->options.measures;
    const struct study_file *study = run->load.study;
    int status = STATUS_DONE;
    size_t number;

    for (size_t i = 0; i < asked->count && status == STATUS_DONE; i++) {
        struct compare_measure measure;

        status = compare_options_measure("--measure", asked->value[i], base,
                                         &measure);
        if (status == STATUS_DONE)
            status = add_measure(run, &measure, &number);
    }
    if (asked->count)
        return status;
    for (size_t i = 0; study && i < study->measure_count; i++)
        run->measure[run->question.measure_count++] = (struct compare_measure){
            study->measure[i].measure, study->measure[i].slice,
            study->measure[i].value};
    if (run->question.measure_count)
        return STATUS_DONE;
    for (size_t i = 0; i < sizeof standard_measures / sizeof *standard_measures;
         i++)
        run->measure[run->question.measure_count++] = (struct compare_measure){
            measure_find(standard_measures[i].id), standard_measures[i].slice,
            standard_measures[i].value};
    return STATUS_DONE;
}

/* The selection's measure is one of those compared; its lead is written like a
 * target's limit. */
static int ask_selection(struct comparison *run)
{
    const struct scenario *base = run->load.option[0].scenario[0];
    const char *why = "a number";
    struct compare_measure measure;
    int status = compare_options_measure("--select", run->options.select, base,
                                         &measure);

    if (status != STATUS_DONE)
        return status;
    if (measure_table[measure.measure].better == BETTER_NONE)
        return usage_error("compare",
                           "--select: of '%s' neither more nor less is better",
                           measure_table[measure.measure].id);
    if (!measure_parse_limit(measure_table[measure.measure].unit,
                             run->options.within, &run->question.within,
                             &why) ||
        !(run->question.within > 0))
        return usage_error(
            "compare",
            "--within must be %s, above 0, not '%s': %s is in "
            "%s",
            why, run->options.within, measure_table[measure.measure].id,
            measure_unit_text(measure_table[measure.measure].unit));
    run->question.stop = COMPARE_SELECT;
    return add_measure(run, &measure, &run->question.select);
}

/* The command line goes before the study, and that before what is usual. */
static int ask(struct comparison *run)
{
    const struct compare_options *options = &run->options;
    const struct study_file *study = run->load.study;
    struct compare_question *question = &run->question;
    bool may_stop = options->until_separated || options->select;
    const char *slash = strrchr(options->path[0], '/');
    int status;

    *question = (struct compare_question){
        .title = study ? study->title : NULL,
        .about = study ? study->about : NULL,
        .file = study ? (slash ? slash + 1 : options->path[0]) : NULL,
        .option = run->load.option,
        .option_count = run->load.option_count,
        .measure = run->measure,
        .both_worlds = run->load.both_worlds,
        .seed = study && study->has_seed ? study->seed : SEED,
        .replications = may_stop ? BUDGET : REPLICATIONS,
        .stop = options->until_separated ? COMPARE_SEPARATED : COMPARE_FIXED,
    };
    if (study && study->replications && !may_stop)
        question->replications = study->replications;
    if (options->has_seed)
        question->seed = options->seed;
    if (options->has_replications)
        question->replications = options->replications;
    status = ask_measures(run);
    if (status == STATUS_DONE && options->select)
        status = ask_selection(run);
    return status;
}

/* ---- before ---- */

/* Overloads and gaps of the base, and of options where they are others. */
static void warn_of_overloads(const struct comparison *run)
{
    struct text base = {0};

    for (size_t i = 0; i < run->load.option_count; i++) {
        struct text own = {0};
        struct load load;

        if (load_make(run->load.option[i].scenario[0], &load) != SIM_OK)
            continue;
        offered_warnings(&load, run->load.option[i].name, i ? &own : &base);
        load_clear(&load);
        if (i == 0 && base.bytes)
            fputs(base.bytes, stderr);
        /* The name of the option stands before what is said. */
        else if (own.bytes &&
                 (!base.bytes ||
                  strcmp(strchr(own.bytes, ':'), strchr(base.bytes, ':')) != 0))
            fputs(own.bytes, stderr);
        text_clear(&own);
    }
    text_clear(&base);
}

/* Everything that can be refused is refused here, before the first
 * replication. */
static int prepare(struct comparison *run)
{
    int status = compare_load(&run->load, run->options.path,
                              run->options.path_count, &run->options.settings);

    if (status == STATUS_DONE)
        status = ask(run);
    if (status == STATUS_DONE && !run->options.json)
        status = delivery_begin(
            &run->delivery, run->options.folder, run->options.path[0],
            run->load.study ? "" : "-compared", run->options.force);
    if (status == STATUS_DONE && !run->options.quiet)
        warn_of_overloads(run);
    return status;
}

/* ---- the run ---- */

static int execute(struct comparison *run, char *trouble, size_t size)
{
    struct study study = compare_study(run->compare);
    struct executor executor = {.designs = run->load.designs,
                                .seed = run->question.seed,
                                .threads = run->options.threads};

    return delivery_execute(&executor, &study, run->options.quiet, trouble,
                            size);
}

/* Run, and say what went wrong or was stopped. */
static int simulate(struct comparison *run)
{
    char trouble[256] = "";
    int err = compare_new(&run->question, &run->compare);

    if (err == SIM_OK)
        err = execute(run, trouble, sizeof trouble);
    if (err == SIM_ERR_STOPPED) {
        run->stopped = true;
        interrupt_watch(); /* the next one is about writing */
    } else if (err != SIM_OK) {
        return delivery_failed(err, trouble);
    }
    err = compare_conclude(run->compare, &run->result);
    if (err == SIM_ERR_STOPPED) {
        complain("stopped before two replications of every option were "
                 "complete; nothing was written");
        return STATUS_FAILED;
    }
    return err == SIM_OK ? STATUS_DONE : delivery_error(err);
}

/* ---- what comes of it ---- */

static const char *file_of_figure(int number)
{
    return compare_figure_file((enum compare_figure_id)number);
}

/* The pictures come first, for the report holds them. */
static int write_all(struct comparison *run)
{
    struct figure_tools tools = {.stop = interrupt_flag()};
    struct compare_figures figures = {0};
    struct delivery_files files = {.figure = figures.figure,
                                   .figure_count = COMPARE_FIGURE_COUNT,
                                   .figure_file = file_of_figure};
    int status;
    int err = compare_figures_draw(&run->result, &tools, &figures);

    if (err != SIM_OK)
        return delivery_error(err);
    if (compare_figures_complaint(&figures)[0])
        complain("%s", compare_figures_complaint(&figures));
    compare_json_render(&run->result, &files.json);
    compare_csv_render(&run->result, &files.csv);
    compare_report_render(&run->result, &figures, &files.report);
    status = delivery_write(&run->delivery, &files);
    compare_figures_clear(&figures);
    return status;
}

static int print_table(struct comparison *run)
{
    struct text table = {0};

    compare_table_render(&run->result, &table);
    return delivery_print_table(&run->delivery, &table);
}

/* Either the JSON alone, for another program, or files and a table. */
static int deliver(struct comparison *run)
{
    struct text json = {0};
    int status;

    if (run->options.json) {
        compare_json_render(&run->result, &json);
        return delivery_print(&json);
    }
    status = write_all(run);
    if (status == STATUS_DONE && !run->options.quiet)
        status = print_table(run);
    return status;
}

/* The steps in order; each has said what is wrong when it fails. */
static int compare_all(struct comparison *run)
{
    int status = prepare(run);

    if (status == STATUS_DONE)
        status = simulate(run);
    if (status == STATUS_DONE)
        status = deliver(run);
    if (status == STATUS_DONE && run->stopped) {
        complain("stopped after %u of %u replications of each option; results "
                 "are of these",
                 run->result.replications, run->question.replications);
        status = STATUS_FAILED;
    } else if (status == STATUS_DONE) {
        status = delivery_check_interrupt();
    }
    return status;
}

/* Own everything, and release it however the run ends. */
static int cmd_compare(int argc, char **argv)
{
    struct comparison run = {0};
    int status = compare_options_parse(argc, argv, &run.options);

    if (run.options.help) {
        fputs(command_compare.help, stdout);
        status = STATUS_DONE;
    } else if (status == STATUS_DONE) {
        interrupt_watch();
        status = compare_all(&run);
    }
    compare_result_clear(&run.result);
    compare_free(run.compare);
    compare_load_clear(&run.load);
    delivery_clear(&run.delivery);
    compare_options_clear(&run.options);
    return status;
}

const struct command command_compare = {
    "compare", cmd_compare, "compare options of a service with a base",
    "Usage: handrail compare STUDY.yaml [options]\n"
    "       handrail compare BASE.yaml OTHER.yaml... [options]\n"
    "\n"
    "Simulates every option with the same random numbers as the base and "
    "says\n"
    "what they change: differences with intervals that hold together, the "
    "chance\n"
    "that each option is best, and what the runs cannot tell. A study file "
    "names\n"
    "a base, options and measures; see docs/compare.md. Writes results.json "
    "and\n"
    "results.csv into a folder.\n"
    "\n"
    "  -o, --output DIR      the folder; out/ and the first file's name if "
    "not\n"
    "                        given\n"
    "  --replications N      simulated runs of each option, 2 to 100000; "
    "1000 if\n"
    "                        not given, and 10000 at most with --until or\n"
    "                        --select\n"
    "  --seed N              start of the random numbers, 0 to 4294967295; 1\n"
    "                        if not given\n"
    "  --threads N           1 to 256; as many as the machine has cores if "
    "not\n"
    "                        given. Makes no difference to results\n"
    "  --set PATH=VALUE      change one value of the base and of every "
    "option;\n"
    "                        may be given again\n"
    "  --measure ID          compare by this measure, in place of the "
    "study's;\n"
    "                        ID:SLICE=VALUE for a part, such as\n"
    "                        contacts_not_delivered:day=weekend; may be "
    "given\n"
    "                        again\n"
    "  --until separated     go on until every difference is told apart\n"
    "  --select ID --within DELTA\n"
    "                        go on until one option is the best by this "
    "measure,\n"
    "                        with a probability of 95% if the best leads by\n"
    "                        DELTA\n"
    "  --json                print results.json, write no files\n"
    "  --quiet               no progress and no table\n"
    "  --force               replace results in a folder that is there\n"
    "  --help                this text\n"
    "\n"
    "Ctrl-C stops the runs and reports those that are complete; a second one\n"
    "ends it at once.\n"
    "Ends with 0 when done, 1 when it failed or was stopped, 2 when the "
    "command\n"
    "line is wrong, 3 when the study or a scenario is.\n"};
