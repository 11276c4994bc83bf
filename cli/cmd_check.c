/*
 * handrail check: is a scenario right, and was it understood as it was meant?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/compare_load.h"
#include "cli/compare_summary.h"
#include "cli/load.h"
#include "cli/offered.h"
#include "cli/summary.h"
#include "plots/load_words.h"

static const struct option long_options[] = {
    {"set", required_argument, NULL, 'S'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* Take one option of the command line; a setting is kept for every file. */
static int take_option(struct settings *settings, bool *help, int option)
{
    if (option == 'h') {
        *help = true;
        return STATUS_DONE;
    }
    if (option != 'S') /* getopt has said what is wrong */
        return usage_hint("check");
    if (!strchr(optarg, '='))
        return usage_error("check", "--set needs PATH=VALUE, not '%s'", optarg);
    if (settings_add(settings, optarg) == SIM_OK)
        return STATUS_DONE;
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

/* Add what is offered before any run; overloads go to standard error. */
static void add_offered(const struct scenario *scenario, const char *path,
                        struct text *out)
{
    struct text warnings = {0};
    struct load load;
    int err = load_make(scenario, &load);

    if (err != SIM_OK) {
        text_add(out, load_words_none(err));
        text_add(out, "\n");
        return;
    }
    offered_render(&load, out);
    offered_warnings(&load, path, &warnings);
    if (warnings.bytes)
        fputs(warnings.bytes, stderr);
    text_clear(&warnings);
    load_clear(&load);
}

/* Print what is right about a file, and release it. */
static int print(struct text *text)
{
    int status = STATUS_DONE;

    if (text_status(text) == SIM_OK) {
        fputs(text->bytes, stdout);
    } else {
        complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
        status = STATUS_FAILED;
    }
    text_clear(text);
    return status;
}

static int check_scenario(const char *path, const struct settings *settings)
{
    struct scenario *scenario = NULL;
    struct text text = {0};
    int status = load_scenario(path, settings, &scenario);

    if (status != STATUS_DONE)
        return status;
    text_add_plain(&text, path);
    text_add(&text, ": no errors\n");
    summary_render(scenario, &text);
    add_offered(scenario, path, &text);
    scenario_free(scenario);
    return print(&text);
}

/* A study with its base and every option. */
static int check_study(const char *path, const struct settings *settings)
{
    struct compare_load load = {0};
    struct text text = {0};
    int status = compare_load(&load, &path, 1, settings);

    if (status == STATUS_DONE) {
        text_add_plain(&text, path);
        text_add(&text, ": no errors\n");
        compare_summary_render(&load, &text);
        status = print(&text);
    }
    compare_load_clear(&load);
    return status;
}

static int check_file(const char *path, const struct settings *settings)
{
    return compare_load_is_study(path) ? check_study(path, settings)
                                       : check_scenario(path, settings);
}

/* Check every file; the worst of what they end with. */
static int check_files(int count, char **path, const struct settings *settings)
{
    int worst = STATUS_DONE;

    for (int i = 0; i < count; i++) {
        int status;

        if (i)
            putchar('\n');
        fflush(stdout); /* so that messages stand in place */
        status = check_file(path[i], settings);
        if (status > worst)
            worst = status;
    }
    return worst;
}

/* Help goes before everything else, so that it is there when all else is
 * wrong. */
static int cmd_check(int argc, char **argv)
{
    struct settings settings = {0};
    bool help = false;
    int option, status = STATUS_DONE;

    while (status == STATUS_DONE &&
           (option = getopt_long(argc, argv, "h", long_options, NULL)) != -1)
        status = take_option(&settings, &help, option);
    if (help)
        fputs(command_check.help, stdout);
    else if (status == STATUS_DONE && optind == argc)
        status = usage_error("check", "which scenario? Give the name of a "
                                      "file");
    else if (status == STATUS_DONE)
        status = check_files(argc - optind, argv + optind, &settings);
    settings_clear(&settings);
    return status;
}

const struct command command_check = {
    "check", cmd_check, "say what is wrong with scenarios, or what they mean",
    "Usage: handrail check FILE... [--set PATH=VALUE]...\n"
    "\n"
    "Prints every error and warning in each FILE, each with its line; for one\n"
    "without errors, a short summary of what was understood, and what is\n"
    "offered to places and staff against what there is, before any run. A "
    "study\n"
    "is checked with its base and all its options.\n"
    "\n"
    "  --set PATH=VALUE      change one value first, such as\n"
    "                        --set 'levels.crisis house.places=10'; may be\n"
    "                        given again\n"
    "  --help                this text\n"
    "\n"
    "Ends with 0 when no file has errors, 3 when one has.\n"};
