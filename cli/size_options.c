/* The command line of `handrail size`.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/size_options.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "models/quantity.h"
#include "studies/size_watch.h" /* SIZE_MARGIN */

/* A budget, not a plan: scenarios/crisis-house.yaml takes about 3,000. */
#define REPLICATIONS 50000
#define REPLICATIONS_LEAST 1000
#define REPLICATIONS_MOST 10000000 /* below SIZE_FRESH */
#define SEED 1
#define THREADS_MAX 256

static const struct option long_options[] = {
    {"vary", required_argument, NULL, 'v'},
    {"minimise", required_argument, NULL, 'm'},
    {"target", required_argument, NULL, 'T'},
    {"within", required_argument, NULL, 'w'},
    {"margin", required_argument, NULL, 'M'},
    {"shortcut", no_argument, NULL, 'c'},
    {"no-shortcut", no_argument, NULL, 'C'},
    {"output", required_argument, NULL, 'o'},
    {"replications", required_argument, NULL, 'n'},
    {"seed", required_argument, NULL, 's'},
    {"threads", required_argument, NULL, 't'},
    {"set", required_argument, NULL, 'S'},
    {"json", no_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"force", no_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* PATH=SOMETHING, kept as it is; whether the path leads anywhere is for the
 * reader to say, with its hints. */
static int take_setting(const char *name, const char *form,
                        struct settings *settings)
{
    if (!strchr(optarg, '='))
        return usage_error("size", "--%s needs %s, not '%s'", name, form,
                           optarg);
    if (settings_add(settings, optarg) == SIM_OK)
        return STATUS_DONE;
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

static int take_within(struct size_options *options)
{
    const char *why;

    if (quantity_number(optarg, &options->within, &why) &&
        options->within > 0 && isfinite(options->within))
        return STATUS_DONE;
    return usage_error("size",
                       "--within must be a number above 0, such as 20, not "
                       "'%s'",
                       optarg);
}

static int take_margin(struct size_options *options)
{
    const char *why;

    if (quantity_chance(optarg, &options->margin, &why) &&
        options->margin > 0 && options->margin < 1)
        return STATUS_DONE;
    return usage_error(
        "size", "--margin must be above 0%% and below 100%%, not '%s'", optarg);
}

static int take_folder(struct size_options *options)
{
    if (!*optarg)
        return usage_error("size", "-o needs the name of a folder");
    options->folder = optarg;
    return STATUS_DONE;
}

static int take_flag(struct size_options *options, int option)
{
    options->json = options->json || option == 'j';
    options->quiet = options->quiet || option == 'q';
    options->force = options->force || option == 'f';
    options->help = options->help || option == 'h';
    if (option == 'c' || option == 'C')
        options->shortcut =
            option == 'c' ? SIZE_SHORTCUT_YES : SIZE_SHORTCUT_NO;
    /* getopt has said what is wrong */
    return option == '?' ? usage_hint("size") : STATUS_DONE;
}

/* One case for each of long_options that takes a value. */
static int take_option(struct size_options *options, int option)
{
    switch (option) {
    case 'v':
        return take_setting("vary", "PATH=LOW..HIGH", &options->vary);
    case 'm':
        options->minimise = optarg;
        return STATUS_DONE;
    case 'T':
        return take_setting("target", "NAME={measure: ..., at_most: ...}",
                            &options->targets);
    case 'w':
        return take_within(options);
    case 'M':
        return take_margin(options);
    case 'o':
        return take_folder(options);
    case 'n':
        return option_take_number("size", "replications", REPLICATIONS_LEAST,
                                  REPLICATIONS_MOST, &options->replications);
    case 's':
        return option_take_number("size", "seed", 0, UINT32_MAX,
                                  &options->seed);
    case 't':
        return option_take_number("size", "threads", 1, THREADS_MAX,
                                  &options->threads);
    case 'S':
        return take_setting("set", "PATH=VALUE", &options->settings);
    default:
        return take_flag(options, option);
    }
}

int size_options_parse(int argc, char **argv, struct size_options *options)
{
    int option, status = STATUS_DONE;

    *options = (struct size_options){.minimise = "cost_per_week",
                                     .margin = SIZE_MARGIN,
                                     .replications = REPLICATIONS,
                                     .seed = SEED};
    while (status == STATUS_DONE &&
           (option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1)
        status = take_option(options, option);
    if (status != STATUS_DONE || options->help)
        return status;
    if (optind == argc)
        return usage_error("size", "which scenario? Give the name of a file");
    if (optind + 1 < argc)
        return usage_error("size", "one scenario at a time: '%s' is too many",
                           argv[optind + 1]);
    options->path = argv[optind];
    if (options->vary.count == 0)
        return usage_error("size",
                           "vary what? Give --vary 'PATH=LOW..HIGH', such as "
                           "--vary 'rota.weekend.staff.support worker=0..4'");
    return STATUS_DONE;
}

void size_options_clear(struct size_options *options)
{
    settings_clear(&options->vary);
    settings_clear(&options->targets);
    settings_clear(&options->settings);
}
