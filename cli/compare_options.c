/* The command line of `handrail compare`.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/compare_options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

#define REPLICATIONS_MAX 100000
#define THREADS_MAX 256

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"replications", required_argument, NULL, 'n'},
    {"seed", required_argument, NULL, 's'},
    {"threads", required_argument, NULL, 't'},
    {"set", required_argument, NULL, 'S'},
    {"measure", required_argument, NULL, 'm'},
    {"until", required_argument, NULL, 'u'},
    {"select", required_argument, NULL, 'c'},
    {"within", required_argument, NULL, 'w'},
    {"json", no_argument, NULL, 'j'},
    {"quiet", no_argument, NULL, 'q'},
    {"force", no_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static int add(struct settings *settings)
{
    if (settings_add(settings, optarg) == SIM_OK)
        return STATUS_DONE;
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

static int take_text(struct compare_options *options, int option)
{
    switch (option) {
    case 'o':
        if (!*optarg)
            return usage_error("compare", "-o needs the name of a folder");
        options->folder = optarg;
        return STATUS_DONE;
    case 'S':
        if (!strchr(optarg, '='))
            return usage_error("compare", "--set needs PATH=VALUE, not '%s'",
                               optarg);
        return add(&options->settings);
    case 'm':
        return add(&options->measures);
    case 'u':
        if (strcmp(optarg, "separated") != 0)
            return usage_error("compare",
                               "--until must be 'separated', not "
                               "'%s'",
                               optarg);
        options->until_separated = true;
        return STATUS_DONE;
    case 'c':
        options->select = optarg;
        return STATUS_DONE;
    default:
        options->within = optarg;
        return STATUS_DONE;
    }
}

/* One case for each of long_options. */
static int take_option(struct compare_options *options, int option)
{
    switch (option) {
    case 'n':
        options->has_replications = true;
        return option_take_number("compare", "replications", 2,
                                  REPLICATIONS_MAX, &options->replications);
    case 's':
        options->has_seed = true;
        return option_take_number("compare", "seed", 0, UINT32_MAX,
                                  &options->seed);
    case 't':
        return option_take_number("compare", "threads", 1, THREADS_MAX,
                                  &options->threads);
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
    case '?': /* getopt has said what is wrong */
        return usage_hint("compare");
    default:
        return take_text(options, option);
    }
}

int compare_options_parse(int argc, char **argv,
                          struct compare_options *options)
{
    int option, status = STATUS_DONE;

    *options = (struct compare_options){0};
    while (status == STATUS_DONE &&
           (option = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1)
        status = take_option(options, option);
    if (status != STATUS_DONE || options->help)
        return status;
    if (optind == argc)
        return usage_error("compare", "what is to be compared? Give a study, "
                                      "or scenarios, the base first");
    if (!options->select != !options->within)
        return usage_error("compare",
                           "--select MEASURE and --within DELTA go together: "
                           "how much of a lead matters?");
    if (options->select && options->until_separated)
        return usage_error("compare", "--select and --until are two ways to "
                                      "stop: give one");
    options->path = (const char *const *)(argv + optind);
    options->path_count = (size_t)(argc - optind);
    return STATUS_DONE;
}

void compare_options_clear(struct compare_options *options)
{
    settings_clear(&options->settings);
    settings_clear(&options->measures);
}

/* ---- measures ---- */

/* Whether the base has such a value of the slice. */
static bool has_value(const struct scenario *base, enum slice slice,
                      const char *value)
{
    uint32_t count = slice_values(base, slice);
    char name[512];

    for (uint32_t i = 0; i < count; i++) {
        slice_value_name(base, slice, i, name, sizeof name);
        if (strcmp(name, value) == 0)
            return true;
    }
    return false;
}

/* The part behind the colon: SLICE=VALUE. */
static int take_slice(const char *option, const char *part,
                      const struct scenario *base, struct compare_measure *out)
{
    const struct measure *measure = &measure_table[out->measure];
    const char *equals = strchr(part, '=');
    char slice[32];

    if (!equals)
        return usage_error("compare", "%s: a part is SLICE=VALUE, not '%s'",
                           option, part);
    snprintf(slice, sizeof slice, "%.*s", (int)(equals - part), part);
    out->slice = slice_find(slice);
    if (out->slice == SLICE_COUNT || !(measure->cuts & CUT(out->slice)))
        return usage_error("compare", "%s: '%s' cannot be cut by '%s'", option,
                           measure->id, slice);
    out->value = equals + 1;
    if (!has_value(base, out->slice, out->value))
        return usage_error("compare", "%s: the base has no %s called '%s'",
                           option, slice, out->value);
    return STATUS_DONE;
}

int compare_options_measure(const char *option, const char *text,
                            const struct scenario *base,
                            struct compare_measure *out)
{
    char id[64];
    const char *colon = strchr(text, ':');
    size_t length = colon ? (size_t)(colon - text) : strlen(text);

    snprintf(id, sizeof id, "%.*s", (int)(length < 63 ? length : 63), text);
    *out = (struct compare_measure){.measure = measure_find(id),
                                    .slice = SLICE_COUNT};
    if (out->measure == NONE)
        return usage_error("compare", "%s: no measure is called '%s'", option,
                           id);
    if (measure_table[out->measure].type == MEASURE_QUANTILE)
        return usage_error("compare",
                           "%s: '%s' is read off all runs together and cannot "
                           "be paired run by run; compare a mean instead",
                           option, id);
    if (colon)
        return take_slice(option, colon + 1, base, out);
    if (!measure_table[out->measure].whole)
        return usage_error("compare", "%s: '%s' is of one level: %s:level=NAME",
                           option, id, id);
    return STATUS_DONE;
}
