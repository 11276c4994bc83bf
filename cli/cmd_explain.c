/*
 * handrail explain: what happened in one simulated run, and why.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/load.h"
#include "cli/logged.h"
#include "plots/explain.h"

#define SEED 1
#define REPLICATION_MAX 99999

struct options {
    const char *path;
    uint32_t person; /* from 1; 0: not asked */
    bool worst_week;
    uint32_t seed, replication;
    struct settings settings;
    bool help;
};

static const struct option long_options[] = {
    {"person", required_argument, NULL, 'p'},
    {"worst-week", no_argument, NULL, 'w'},
    {"replication", required_argument, NULL, 'r'},
    {"seed", required_argument, NULL, 's'},
    {"set", required_argument, NULL, 'S'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static int take_setting(struct options *options)
{
    if (!strchr(optarg, '='))
        return usage_error("explain", "--set needs PATH=VALUE, not '%s'",
                           optarg);
    if (settings_add(&options->settings, optarg) == SIM_OK)
        return STATUS_DONE;
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

static int take_option(struct options *options, int option)
{
    switch (option) {
    case 'p':
        return option_take_number("explain", "person", 1, UINT32_MAX - 1,
                                  &options->person);
    case 'w':
        options->worst_week = true;
        return STATUS_DONE;
    case 'r':
        return option_take_number("explain", "replication", 0, REPLICATION_MAX,
                                  &options->replication);
    case 's':
        return option_take_number("explain", "seed", 0, UINT32_MAX,
                                  &options->seed);
    case 'S':
        return take_setting(options);
    case 'h':
        options->help = true;
        return STATUS_DONE;
    default: /* getopt has said what is wrong */
        return usage_hint("explain");
    }
}

static int parse(int argc, char **argv, struct options *options)
{
    int option, status = STATUS_DONE;

    *options = (struct options){.seed = SEED};
    while (status == STATUS_DONE &&
           (option = getopt_long(argc, argv, "h", long_options, NULL)) != -1)
        status = take_option(options, option);
    if (status != STATUS_DONE || options->help)
        return status;
    if (optind == argc)
        return usage_error("explain",
                           "which scenario? Give the name of a file");
    if (optind + 1 < argc)
        return usage_error("explain",
                           "one scenario at a time: '%s' is too many",
                           argv[optind + 1]);
    if (options->worst_week == (options->person != 0))
        return usage_error("explain", "what? Give --person N or --worst-week, "
                                      "one of them");
    options->path = argv[optind];
    return STATUS_DONE;
}

/* Print what was asked about a run. */
static int print_page(const struct options *options,
                      const struct history *history)
{
    struct explain explain = {history, options->seed, options->replication};
    struct text text = {0};
    int status = STATUS_DONE;

    if (options->person > history->people_count) {
        complain("there is no person %u: %u people were referred in "
                 "replication %u of seed %u",
                 options->person, history->people_count, options->replication,
                 options->seed);
        return STATUS_FAILED;
    }
    if (options->worst_week)
        explain_worst_week(&explain, &text);
    else
        explain_person(&explain, options->person - 1, &text);
    if (text_status(&text) == SIM_OK) {
        fputs(text.bytes, stdout);
    } else {
        complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
        status = STATUS_FAILED;
    }
    text_clear(&text);
    return status;
}

static int explain(const struct options *options)
{
    struct scenario *scenario = NULL;
    struct layout layout;
    struct logged logged = {0};
    int status = load_scenario(options->path, &options->settings, &scenario);

    if (status == STATUS_DONE)
        status = logged_layout(scenario, options->path, &layout);
    if (status == STATUS_DONE)
        status = logged_run(&logged, scenario, &layout, options->seed,
                            options->replication);
    if (status == STATUS_DONE)
        status = print_page(options, &logged.history);
    logged_clear(&logged);
    scenario_free(scenario);
    return status;
}

static int cmd_explain(int argc, char **argv)
{
    struct options options;
    int status = parse(argc, argv, &options);

    if (options.help)
        fputs(command_explain.help, stdout);
    else if (status == STATUS_DONE)
        status = explain(&options);
    settings_clear(&options.settings);
    return status;
}

const struct command command_explain = {
    "explain", cmd_explain, "say what happened in one simulated run, and why",
    "Usage: handrail explain FILE --person N [options]\n"
    "       handrail explain FILE --worst-week [options]\n"
    "\n"
    "Runs the scenario in FILE once and tells what happened: to one simulated\n"
    "person, or in the week with the most contacts not delivered. For each\n"
    "missed contact it says why: who was on duty and with whom, who was\n"
    "absent, what was not rostered. No forecast for anyone.\n"
    "\n"
    "  --person N            the N-th person referred, from 1\n"
    "  --worst-week          the week\n"
    "  --replication N       which simulated run, from 0; 0 if not given\n"
    "  --seed N              start of the random numbers; 1 if not given. The\n"
    "                        runs are those of 'handrail run' with this seed\n"
    "  --set PATH=VALUE      change one value of the scenario first; may be\n"
    "                        given again\n"
    "  --help                this text\n"
    "\n"
    "Ends with 0 when done, 1 when the run failed or there is no such person,\n"
    "2 when the command line is wrong, 3 when the scenario is.\n"};
