/*
 * handrail run: a scenario, simulated many times, and what that says.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "cli/command.h"
#include "cli/delivery.h"
#include "cli/interrupt.h"
#include "cli/logged.h"
#include "cli/offered.h"
#include "cli/run_options.h"
#include "cli/table.h"
#include "plots/figure.h"
#include "plots/report.h"
#include "plots/results_csv.h"
#include "plots/results_json.h"
#include "plots/stopping.h"
#include "studies/precision.h"
#include "studies/replicate.h"
#include "studies/result_days.h"
#include "work/executor.h"
#include "work/results.h"

struct run {
    struct run_options options;
    struct scenario *scenario;
    struct layout layout;
    struct replicate replicate;
    struct precision precision; /* watches nothing where none was asked */
    uint32_t most;              /* replications */
    struct load load;
    struct result result;
    struct warm_up warm_up;
    struct answer answer;
    struct delivery delivery;
    bool stopped; /* by a signal, while running */
};

/* ---- before ---- */

/* What is offered, for the report and to name overloads and gaps before any
 * time is spent. What cannot be said is no reason not to run. */
static void prepare_load(struct run *run)
{
    struct text warnings = {0};

    if (run->options.quiet && run->options.json)
        return; /* nobody would see it */
    if (load_make(run->scenario, &run->load) != SIM_OK)
        return;
    run->answer.load = &run->load;
    if (run->options.quiet)
        return;
    offered_warnings(&run->load, run->options.path, &warnings);
    if (warnings.bytes)
        fputs(warnings.bytes, stderr);
    text_clear(&warnings);
}

/* How many replications, and what is to be watched. Without a precision in the
 * file or on the command line they are a fixed number. */
static int prepare_precision(struct run *run)
{
    const struct run_options *options = &run->options;
    struct precision *precision = &run->precision;
    int err;

    if (options->precision > 0 && run->scenario->target_count == 0)
        return usage_error("run", "--precision is about the targets of a "
                                  "scenario, and this one has none; give "
                                  "--replications");
    err = precision_init(precision, run->scenario, &run->layout,
                         options->precision, 0);
    if (err != SIM_OK)
        return delivery_error(err);
    if (options->replications)
        run->most = options->replications;
    else
        run->most =
            precision->watch_count ? RUN_REPLICATIONS_MOST : RUN_REPLICATIONS;
    precision->most = run->most;
    /* The log is one of the replications that the results are of. */
    if (options->log_replication >= run->most)
        return usage_error("run",
                           "--log-replication counts from 0: with %u "
                           "replications the last is %u",
                           run->most, run->most - 1);
    return STATUS_DONE;
}

/* Everything that can be refused is refused here, before the first
 * replication. */
static int prepare(struct run *run)
{
    int status = load_scenario(run->options.path, &run->options.settings,
                               &run->scenario);

    if (status == STATUS_DONE)
        status = logged_layout(run->scenario, run->options.path, &run->layout);
    if (status == STATUS_DONE)
        status = prepare_precision(run);
    if (status == STATUS_DONE && run->options.log)
        status = logged_may_write(run->options.log, run->options.force);
    if (status != STATUS_DONE)
        return status;
    if (!run->options.json)
        status = delivery_begin(&run->delivery, run->options.folder,
                                run->options.path, "", run->options.force);
    if (status == STATUS_DONE)
        prepare_load(run);
    return status;
}

/* ---- the run ---- */

/* Fewer than two replications have no interval, so nothing to say. */
static int note_stop(struct run *run)
{
    run->stopped = true;
    interrupt_watch(); /* the next one is about writing */
    if (run->replicate.records.count >= 2)
        return STATUS_DONE;
    complain("stopped before two replications were complete; nothing was "
             "written");
    return STATUS_FAILED;
}

/* Run, and say what went wrong or was stopped. */
static int simulate(struct run *run)
{
    struct study study = replicate_study(&run->replicate);
    struct executor executor = {.scenario = run->scenario,
                                .layout = &run->layout,
                                .seed = run->options.seed,
                                .threads = run->options.threads};
    char trouble[256] = "";
    int err;

    replicate_init(&run->replicate, &run->layout, run->most);
    if (run->precision.watch_count)
        run->replicate.rule = &run->precision;
    err = delivery_execute(&executor, &study, run->options.quiet, trouble,
                           sizeof trouble);
    if (err == SIM_ERR_STOPPED)
        return note_stop(run);
    if (err == SIM_OK)
        return STATUS_DONE;
    return delivery_failed(err, trouble);
}

/* From records to what they say. */
static int conclude(struct run *run)
{
    const struct records *records = &run->replicate.records;
    const struct result_of of = {run->scenario, &run->layout, records,
                                 run->options.seed};
    int err = results_make(&of, run->options.threads, &run->result);

    if (err != SIM_OK)
        return delivery_error(err);
    run->answer.result = &run->result;
    run->answer.asked = run->most;
    if (run->precision.watch_count) {
        run->answer.precision = &run->precision;
        if (run->precision.end == PRECISION_REACHED)
            run->answer.asked = records->count;
    }
    err = warm_up_judge(run->scenario, &run->layout, records, &run->warm_up);
    if (err != SIM_OK)
        return delivery_error(err);
    run->answer.warm_up = &run->warm_up;
    err = result_days_make(&run->layout, records, run->answer.not_delivered,
                           run->answer.not_attended);
    return err == SIM_OK ? STATUS_DONE : delivery_error(err);
}

/* ---- what comes of it ---- */

static const char *file_of_figure(int number)
{
    return figure_file((enum figure_id)number);
}

/* The pictures come first, for the report holds them. */
static int write_all(struct run *run)
{
    struct figure_tools tools = {.stop = interrupt_flag()};
    struct figures figures = {0};
    struct delivery_files files = {.figure = figures.figure,
                                   .figure_count = FIGURE_COUNT,
                                   .figure_file = file_of_figure};
    int status;
    int err = figures_draw(&run->answer, &tools, &figures);

    if (err != SIM_OK)
        return delivery_error(err);
    if (figures_complaint(&figures)[0])
        complain("%s", figures_complaint(&figures));
    results_json_render(&run->answer, &files.json);
    results_csv_render(&run->answer, &files.csv);
    report_render(&run->answer, &figures, &files.report);
    status = delivery_write(&run->delivery, &files);
    figures_clear(&figures);
    return status;
}

static int print_table(struct run *run)
{
    struct text table = {0};

    table_render(&run->answer, &table);
    return delivery_print_table(&run->delivery, &table);
}

/* Results of a service that was still filling up are not what it will be. */
static void warn_of_warm_up(const struct run *run)
{
    struct text said = {0};

    if (run->options.quiet || (run->warm_up.verdict != WARM_UP_SHORT &&
                               run->warm_up.verdict != WARM_UP_CANNOT_TELL))
        return;
    stopping_say_warm_up(&run->answer, &said);
    if (said.bytes)
        fprintf(stderr, "%s: warning: %s\n", run->options.path, said.bytes);
    text_clear(&said);
}

/* Either the JSON alone, for another program, or files and a table. */
static int deliver(struct run *run)
{
    struct text json = {0};
    int status;

    if (run->options.json) {
        results_json_render(&run->answer, &json);
        return delivery_print(&json);
    }
    status = write_all(run);
    if (status == STATUS_DONE)
        warn_of_warm_up(run);
    if (status == STATUS_DONE && !run->options.quiet)
        status = print_table(run);
    return status;
}

/* The log of one of the replications, run once more for it. */
static int write_log(struct run *run)
{
    if (!run->options.log)
        return STATUS_DONE;
    if (run->options.log_replication >= run->replicate.records.count)
        complain("the log is of replication %u; the results are of the first "
                 "%u and do not hold it",
                 run->options.log_replication, run->replicate.records.count);
    return logged_write(run->scenario, &run->layout, run->options.seed,
                        run->options.log_replication, run->options.log);
}

/* The steps in order; each has said what is wrong when it fails. A run that
 * was stopped has failed even where its results are good. */
static int run_all(struct run *run)
{
    int status = prepare(run);

    if (status == STATUS_DONE)
        status = simulate(run);
    if (status == STATUS_DONE)
        status = conclude(run);
    if (status == STATUS_DONE)
        status = write_log(run);
    if (status == STATUS_DONE)
        status = deliver(run);
    if (status == STATUS_DONE && run->stopped) {
        complain("stopped after %u of %u replications; results are of these",
                 run->result.replications, run->answer.asked);
        status = STATUS_FAILED;
    } else if (status == STATUS_DONE) {
        status = delivery_check_interrupt();
    }
    return status;
}

/* Own everything, and release it however the run ends. */
static int cmd_run(int argc, char **argv)
{
    struct run run = {0};
    int status = run_options_parse(argc, argv, &run.options);

    if (run.options.help) {
        fputs(command_run.help, stdout);
    } else if (status == STATUS_DONE) {
        interrupt_watch();
        status = run_all(&run);
    }
    result_clear(&run.result);
    load_clear(&run.load);
    replicate_clear(&run.replicate);
    precision_clear(&run.precision);
    scenario_free(run.scenario);
    delivery_clear(&run.delivery);
    settings_clear(&run.options.settings);
    return status;
}

const struct command command_run = {
    "run", cmd_run, "simulate a scenario and report what it says",
    "Usage: handrail run FILE [options]\n"
    "\n"
    "Simulates the scenario in FILE many times and writes report.html,\n"
    "results.json, results.csv and figures/ into a folder.\n"
    "\n"
    "  -o, --output DIR      the folder; out/ and the scenario's name if not\n"
    "                        given\n"
    "  --replications N      simulated runs, 1 to 100000; 1000 if not given.\n"
    "                        With a precision, at most so many; 10000 if not\n"
    "                        given\n"
    "  --precision SHARE     run until the 95% interval of every target is "
    "this\n"
    "                        share of its average to either side, such as "
    "5%,\n"
    "                        or a tenth of its limit where that is more\n"
    "  --seed N              start of the random numbers, 0 to 4294967295; 1\n"
    "                        if not given. The same seed gives the same "
    "results\n"
    "  --threads N           1 to 256; as many as the machine has cores if "
    "not\n"
    "                        given. Makes no difference to results\n"
    "  --set PATH=VALUE      change one value of the scenario, such as\n"
    "                        --set 'levels.crisis house.places=10'; may be\n"
    "                        given again\n"
    "  --log FILE            write everything that happened in one of the "
    "runs\n"
    "                        to FILE, an SQLite database; see docs/log.md\n"
    "  --log-replication N   which one, from 0; 0 if not given\n"
    "  --json                print results.json, write no other files\n"
    "  --quiet               no progress and no table\n"
    "  --force               replace results in a folder that is there, and a\n"
    "                        log\n"
    "  --help                this text\n"
    "\n"
    "Ctrl-C stops the run and reports the replications that are complete; a\n"
    "second one ends it at once.\n"
    "Ends with 0 when done, 1 when the run failed or was stopped, 2 when the\n"
    "command line is wrong, 3 when the scenario is.\n"};
