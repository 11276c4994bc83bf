/* The command line of `handrail run`.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_options.h"

#include <getopt.h>
#include <string.h>

#include "cli/command.h"
#include "models/quantity.h"
#include "models/scenario.h"

#define REPLICATIONS_MAX 100000
#define SEED 1
#define THREADS_MAX 256

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"replications", required_argument, NULL, 'n'},
    {"precision", required_argument, NULL, 'p'},
    {"seed", required_argument, NULL, 's'},
    {"threads", required_argument, NULL, 't'},
    {"set", required_argument, NULL, 'S'},
    {"log", required_argument, NULL, 'l'},
    {"log-replication", required_argument, NULL, 'L'},
    {"json", no_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"force", no_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* Whether the path leads anywhere is for the reader to say, with its hints. */
static int take_setting(struct run_options *options)
{
    if (!strchr(optarg, '='))
        return usage_error("run", "--set needs PATH=VALUE, not '%s'", optarg);
    if (settings_add(&options->settings, optarg) == SIM_OK)
        return STATUS_DONE;
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

/* In %, as a scenario says it of a target. */
static int take_precision(struct run_options *options)
{
    const char *why;

    if (quantity_chance(optarg, &options->precision, &why) &&
        options->precision >= TARGET_PRECISION_LEAST &&
        options->precision <= TARGET_PRECISION_MOST)
        return STATUS_DONE;
    return usage_error("run", "--precision must be %s, not '%s'",
                       TARGET_PRECISION_WORDS, optarg);
}

/* An empty name would mean the folder we are in. */
static int take_folder(struct run_options *options)
{
    if (!*optarg)
        return usage_error("run", "-o needs the name of a folder");
    options->folder = optarg;
    return STATUS_DONE;
}

static int take_log(struct run_options *options)
{
    if (!*optarg)
        return usage_error("run", "--log needs the name of a file");
    options->log = optarg;
    return STATUS_DONE;
}

/* One case for each of long_options. */
static int take_option(struct run_options *options, int option)
{
    switch (option) {
    case 'o':
        return take_folder(options);
    case 'n':
        return option_take_number("run", "replications", 1, REPLICATIONS_MAX,
                                  &options->replications);
    case 'p':
        return take_precision(options);
    case 's':
        return option_take_number("run", "seed", 0, UINT32_MAX, &options->seed);
    case 't':
        return option_take_number("run", "threads", 1, THREADS_MAX,
                                  &options->threads);
    case 'S':
        return take_setting(options);
    case 'l':
        return take_log(options);
    case 'L':
        return option_take_number("run", "log-replication", 0,
                                  REPLICATIONS_MAX - 1,
                                  &options->log_replication);
    case 'j':
        options->json = true;
        return STATUS_DONE;
    case 'q':
        options->quiet = true;
        return STATUS_DONE;
    case 'f':
        options->force = true;
        return STATUS_DONE;
    case 'h':
        options->help = true;
        return STATUS_DONE;
    default: /* getopt has said what is wrong */
        return usage_hint("run");
    }
}

int run_options_parse(int argc, char **argv, struct run_options *options)
{
    int option, status = STATUS_DONE;

    *options = (struct run_options){.seed = SEED};
    while (status == STATUS_DONE &&
           (option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1)
        status = take_option(options, option);
    if (status != STATUS_DONE || options->help)
        return status;
    if (optind == argc)
        return usage_error("run", "which scenario? Give the name of a file");
    if (optind + 1 < argc)
        return usage_error("run", "one scenario at a time: '%s' is too many",
                           argv[optind + 1]);
    options->path = argv[optind];
    return STATUS_DONE;
}
