/*
 * handrail size: the cheapest rota within ranges that meets every target.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/delivery.h"
#include "cli/interrupt.h"
#include "cli/size_designs.h"
#include "cli/size_options.h"
#include "cli/size_table.h"
#include "plots/size_files.h"
#include "plots/size_report.h"
#include "studies/size_answer.h"
#include "work/executor.h"
#include "work/results.h"

struct sizing {
    struct size_options options;
    struct size_designs designs;
    struct designs *made; /* scenarios of designs, as executors take them */
    struct size size;
    struct scenario *about; /* of the chosen or nearest, or NULL */
    struct layout about_layout;
    struct load load;
    struct result result;
    struct size_answer answer;
    struct delivery delivery;
};

/* ---- before ---- */

/* Everything that can be refused is refused here. */
static int prepare(struct sizing *sizing)
{
    int status = size_designs_prepare(&sizing->designs, &sizing->options);
    int err;

    if (status == STATUS_DONE && !sizing->options.json)
        status = delivery_begin(&sizing->delivery, sizing->options.folder,
                                sizing->options.path, "-size",
                                sizing->options.force);
    if (status != STATUS_DONE)
        return status;
    err = designs_new(size_designs_make, &sizing->designs, DESIGNS_RESTING,
                      &sizing->made);
    if (err == SIM_OK)
        err = size_init(&sizing->size, &sizing->designs.question);
    return err == SIM_OK ? STATUS_DONE : delivery_error(err);
}

/* ---- the study ---- */

static int execute(struct sizing *sizing, char *trouble, size_t size)
{
    struct study study = size_study(&sizing->size);
    struct executor executor = {.designs = sizing->made,
                                .seed = sizing->options.seed,
                                .threads = sizing->options.threads};
    int err = delivery_execute(&executor, &study, sizing->options.quiet,
                               trouble, size);

    return err == SIM_OK ? sizing->size.err : err;
}

static int simulate(struct sizing *sizing)
{
    char trouble[256] = "";
    int err = execute(sizing, trouble, sizeof trouble);

    if (err == SIM_ERR_STOPPED) {
        interrupt_watch(); /* the next one is about writing */
        if (sizing->size.accepted >= 2)
            return STATUS_DONE;
        complain("stopped before two replications were complete; nothing was "
                 "written");
        return STATUS_FAILED;
    }
    if (err == SIM_OK)
        return STATUS_DONE;
    return delivery_failed(err, trouble);
}

/* ---- the answer ---- */

/* Every measure of what the answer is about, from its fresh replications, where
 * they are of it. */
static int make_measures(struct sizing *sizing)
{
    const struct size *size = &sizing->size;
    uint32_t about = size_answer_about(&sizing->answer);
    char trouble[256] = "";
    int err;

    if (about == SIZE_NONE)
        return STATUS_DONE;
    err = size_designs_make(&sizing->designs, about, &sizing->about, trouble,
                            sizeof trouble);
    if (err == SIM_OK)
        err = layout_init(&sizing->about_layout, sizing->about);
    if (err == SIM_OK && about == size->candidate && size->records.count >= 2) {
        const struct result_of of = {sizing->about, &sizing->about_layout,
                                     &size->records, sizing->options.seed};
        err = results_make(&of, sizing->options.threads, &sizing->result);
        if (err == SIM_OK)
            sizing->answer.result = &sizing->result;
    }
    return err == SIM_OK ? STATUS_DONE : delivery_error(err);
}

/* Whether some range is of how many of a role are rostered. */
static bool is_varied(const struct sizing *sizing, uint32_t role)
{
    const struct size_ranges *ranges = &sizing->designs.ranges;
    const char *name = sizing->about->role[role].name;

    for (uint32_t r = 0; r < ranges->count; r++) {
        const char *dot = strrchr(ranges->range[r].path, '.');

        if (strncmp(ranges->range[r].path, "rota.", 5) == 0 && dot &&
            strcmp(dot + 1, name) == 0)
            return true;
    }
    return false;
}

/* The chance of waiting too long that the textbook is asked for: the least
 * share of contacts not delivered that a target allows; 5 in 100 where none
 * does. */
static double asked_share(const struct sizing *sizing)
{
    const struct scenario *base = sizing->designs.base;
    double share = 0.05;
    bool found = false;

    for (uint32_t i = 0; i < base->target_count; i++) {
        const struct target *target = &base->target[i];

        if (strcmp(measure_table[target->measure].id,
                   "contacts_not_delivered") != 0 ||
            !target->at_most || target->limit <= 0 || target->limit >= 1)
            continue;
        share = found && share < target->limit ? share : target->limit;
        found = true;
    }
    return share;
}

/* What cannot be said is no reason not to answer. */
static int make_erlang(struct sizing *sizing)
{
    struct size_answer *answer = &sizing->answer;

    if (!sizing->about || load_make(sizing->about, &sizing->load) != SIM_OK)
        return STATUS_DONE;
    answer->erlang = calloc((size_t)LOAD_DAY_TYPES * sizing->about->role_count,
                            sizeof *answer->erlang);
    if (!answer->erlang)
        return delivery_error(SIM_ERR_NO_MEMORY);
    for (uint32_t r = 0; r < sizing->about->role_count; r++)
        if (is_varied(sizing, r))
            answer->erlang_count +=
                size_erlang_make(&sizing->load, r, asked_share(sizing),
                                 &answer->erlang[answer->erlang_count]);
    return STATUS_DONE;
}

static int conclude(struct sizing *sizing)
{
    int status;
    int err = size_answer_make(&sizing->size, &sizing->designs.watch,
                               sizing->designs.base, &sizing->answer);

    if (err != SIM_OK)
        return delivery_error(err);
    sizing->answer.base_design = sizing->designs.base_design;
    sizing->answer.margin = sizing->options.margin;
    status = make_measures(sizing);
    return status == STATUS_DONE ? make_erlang(sizing) : status;
}

/* ---- what comes of it ---- */

static const char *file_of_figure(int number)
{
    return size_figure_file((enum size_figure_id)number);
}

/* The pictures come first, for the report holds them. */
static int write_all(struct sizing *sizing)
{
    const struct size_head head = {.seed = sizing->options.seed};
    struct figure_tools tools = {.stop = interrupt_flag()};
    struct size_figures figures = {0};
    struct delivery_files files = {.figure = figures.figure,
                                   .figure_count = SIZE_FIGURE_COUNT,
                                   .figure_file = file_of_figure};
    int status;
    int err = size_figures_draw(&sizing->answer, &tools, &figures);

    if (err != SIM_OK)
        return delivery_error(err);
    if (size_figures_complaint(&figures)[0])
        complain("%s", size_figures_complaint(&figures));
    size_json_render(&sizing->answer, &head, &files.json);
    size_csv_render(&sizing->answer, &files.csv);
    size_report_render(&sizing->answer, &figures, sizing->options.seed,
                       &files.report);
    status = delivery_write(&sizing->delivery, &files);
    size_figures_clear(&figures);
    return status;
}

static int print_table(struct sizing *sizing)
{
    struct text table = {0};

    size_table_render(&sizing->answer, &table);
    return delivery_print_table(&sizing->delivery, &table);
}

/* Either the JSON alone, for another program, or files and a table. */
static int deliver(struct sizing *sizing)
{
    const struct size_head head = {.seed = sizing->options.seed};
    struct text json = {0};
    int status;

    if (sizing->options.json) {
        size_json_render(&sizing->answer, &head, &json);
        return delivery_print(&json);
    }
    status = write_all(sizing);
    if (status == STATUS_DONE && !sizing->options.quiet)
        status = print_table(sizing);
    return status;
}

/* An answer that was stopped, or did not come, is a failure of the command even
 * where what is known was written. That nothing meets is an answer. */
static int judge(const struct sizing *sizing)
{
    if (sizing->answer.stopped) {
        complain("stopped after %llu replications; nothing is promised",
                 (unsigned long long)sizing->answer.replications);
        return STATUS_FAILED;
    }
    if (sizing->answer.end != SIZE_UNDECIDED)
        return STATUS_DONE;
    complain("no answer within %u replications; allow more with --replications",
             sizing->options.replications);
    return STATUS_FAILED;
}

static int size_all(struct sizing *sizing)
{
    int status = prepare(sizing);

    if (status == STATUS_DONE)
        status = simulate(sizing);
    if (status == STATUS_DONE)
        status = conclude(sizing);
    if (status == STATUS_DONE)
        status = deliver(sizing);
    return status == STATUS_DONE ? judge(sizing) : status;
}

/* Own everything, and release it however it ends. */
static int cmd_size(int argc, char **argv)
{
    struct sizing sizing = {0};
    int status = size_options_parse(argc, argv, &sizing.options);

    if (sizing.options.help) {
        fputs(command_size.help, stdout);
    } else if (status == STATUS_DONE) {
        interrupt_watch();
        status = size_all(&sizing);
    }
    size_answer_clear(&sizing.answer);
    result_clear(&sizing.result);
    load_clear(&sizing.load);
    scenario_free(sizing.about);
    size_clear(&sizing.size);
    designs_free(sizing.made);
    size_designs_clear(&sizing.designs);
    delivery_clear(&sizing.delivery);
    size_options_clear(&sizing.options);
    return status;
}

const struct command command_size = {
    "size", cmd_size, "find the cheapest rota that meets the targets",
    "Usage: handrail size FILE --vary 'PATH=LOW..HIGH' [--vary ...] [options]\n"
    "\n"
    "Finds the cheapest rota within the ranges that meets every target of the\n"
    "scenario in FILE, with a promise of how sure that is, what one fewer and\n"
    "one more would do, and what cheaper rotas would risk. Where no rota "
    "meets\n"
    "them: which target cannot be met, and what comes nearest.\n"
    "\n"
    "  --vary 'PATH=LOW..HIGH'  what may change: whole numbers, such as\n"
    "                        'rota.weekend.staff.support worker=0..4'; in\n"
    "                        steps: 'levels.crisis house.places=4..12 by 2'\n"
    "  --minimise MEASURE    cost_per_week if not given; any measure that is\n"
    "                        counted by the week\n"
    "  --target 'NAME={...}' a target in place of the scenario's, as it would\n"
    "                        stand there: 'weekends={measure:\n"
    "                        contacts_not_delivered, day: weekend, at_most: "
    "2%}'\n"
    "  --within AMOUNT       how much cheaper is worth knowing of; 1% of what\n"
    "                        the scenario's own rota costs if not given\n"
    "  --margin SHARE        by how much of its limit a cheaper rota has to "
    "meet\n"
    "                        a target to count; 10% if not given\n"
    "  --shortcut            assume that more staff never make a target harder "
    "to\n"
    "                        meet, and leave rotas out by that; so above 1000\n"
    "                        rotas. --no-shortcut: never\n"
    "  -o, --output DIR      the folder; out/, the scenario's name and -size "
    "if\n"
    "                        not given\n"
    "  --replications N      simulated runs at most, of all rotas together, "
    "1000\n"
    "                        to 10000000; 50000 if not given\n"
    "  --seed N              start of the random numbers; 1 if not given\n"
    "  --threads N           as many as the machine has cores if not given; "
    "makes\n"
    "                        no difference to results\n"
    "  --set PATH=VALUE      change one value of the scenario first; may be\n"
    "                        given again\n"
    "  --json                print results.json, write no other files\n"
    "  --quiet               no progress and no table\n"
    "  --force               replace results in a folder that is there\n"
    "  --help                this text\n"
    "\n"
    "Ctrl-C stops it and reports what is known so far, which promises "
    "nothing.\n"
    "Ends with 0 with an answer (also that nothing meets), 1 without one, 2\n"
    "when the command line is wrong, 3 when the scenario, a range or a target\n"
    "is.\n"};
