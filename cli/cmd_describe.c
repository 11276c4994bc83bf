/*
 * handrail describe: a scenario as a service specification.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/load.h"
#include "cli/save.h"
#include "plots/describe.h"

enum { OPTION_FORM = 1, OPTION_FORCE };

static const struct option long_options[] = {
    {"form", no_argument, NULL, OPTION_FORM},
    {"force", no_argument, NULL, OPTION_FORCE},
    {"output", required_argument, NULL, 'o'},
    {"set", required_argument, NULL, 'S'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct describe_options {
    const char *output; /* NULL: standard output */
    struct settings settings;
    bool form, force, help;
};

/* A setting is only kept here; the reader says what is wrong with it. */
static int take_setting(struct settings *settings, const char *value)
{
    if (!strchr(value, '='))
        return usage_error("describe", "--set needs PATH=VALUE, not '%s'",
                           value);
    if (settings_add(settings, value) == SIM_OK)
        return STATUS_DONE;
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

static int take_option(struct describe_options *options, int option)
{
    switch (option) {
    case OPTION_FORM:
        options->form = true;
        return STATUS_DONE;
    case OPTION_FORCE:
        options->force = true;
        return STATUS_DONE;
    case 'o':
        options->output = optarg;
        return STATUS_DONE;
    case 'S':
        return take_setting(&options->settings, optarg);
    case 'h':
        options->help = true;
        return STATUS_DONE;
    default: /* getopt has said what is wrong */
        return usage_hint("describe");
    }
}

/* The form needs no scenario. */
static int describe_file(const char *path,
                         const struct describe_options *options)
{
    struct scenario *scenario = NULL;
    struct text text = {0};
    int status = STATUS_DONE;

    if (path)
        status = load_scenario(path, &options->settings, &scenario);
    if (status != STATUS_DONE)
        return status;
    if (options->form)
        describe_form(scenario, &text);
    else
        describe_service(scenario, &text);
    status = save_text(&text, options->output, options->force);
    scenario_free(scenario);
    return status;
}

/* What is asked for, and whether there is what it takes. */
static int run_describe(int count, char **path,
                        const struct describe_options *options)
{
    if (count > 1)
        return usage_error("describe",
                           "one scenario at a time: '%s' is too "
                           "many",
                           path[1]);
    if (count == 0 && !options->form)
        return usage_error("describe", "which scenario? Give the name of a "
                                       "file");
    if (count == 0 && options->settings.count > 0)
        return usage_error("describe", "--set changes a scenario, and there "
                                       "is none");
    return describe_file(count ? path[0] : NULL, options);
}

static int cmd_describe(int argc, char **argv)
{
    struct describe_options options = {0};
    int option, status = STATUS_DONE;

    while (status == STATUS_DONE &&
           (option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1)
        status = take_option(&options, option);
    if (options.help)
        fputs(command_describe.help, stdout);
    else if (status == STATUS_DONE)
        status = run_describe(argc - optind, argv + optind, &options);
    settings_clear(&options.settings);
    return options.help ? STATUS_DONE : status;
}

const struct command command_describe = {
    "describe", cmd_describe, "write a scenario as a service specification",
    "Usage: handrail describe FILE [options]\n"
    "       handrail describe --form [FILE] [options]\n"
    "\n"
    "Writes the pathway in FILE in plain language, as Markdown: who it is "
    "for,\n"
    "levels and their time limits, the tapering plan, signs and alerts, what\n"
    "is done when, review dates, handover, the rota and its gaps, follow-up,\n"
    "and what the figures rest on. It is made from what is simulated.\n"
    "\n"
    "  --form                a blank step-down plan for one person instead;\n"
    "                        with FILE, its steps, signs and responses are\n"
    "                        filled in\n"
    "  -o, --output FILE     write it into FILE\n"
    "  --force               replace that FILE where it is there\n"
    "  --set PATH=VALUE      change one value of the scenario first; may be\n"
    "                        given again\n"
    "  --help                this text\n"
    "\n"
    "Ends with 0 when done, 1 when it could not be written, 2 when the\n"
    "command line is wrong, 3 when the scenario is.\n"};
