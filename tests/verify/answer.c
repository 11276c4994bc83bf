/*
 * Running the program on a case and reading results.json.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_cdf.h>

#include "studies/estimate.h" /* ESTIMATE_SECTIONS */
#include "tests/verify/verify.h"

#define SCENARIOS "tests/verify/scenarios/"

/* The arguments of a run; `path`, `number` and `seed` hold what they point to.
 */
struct command {
    const char *argument[ARGUMENTS_MAX + 1];
    size_t count;
    char path[PATH_SIZE], number[16], seed[16];
};

static void add_settings(struct command *command, const char *const *setting)
{
    for (; setting && *setting; setting++) {
        assert_true(command->count + 2 <= ARGUMENTS_MAX);
        command->argument[command->count++] = "--set";
        command->argument[command->count++] = *setting;
    }
}

static void make_command(const struct verify_case *it, const char *const *more,
                         const struct verify_attempt *attempt,
                         struct command *command)
{
    const char *plain[] = {
        "run",    command->path, "--json",         "--quiet",
        "--seed", command->seed, "--replications", command->number};

    *command = (struct command){.count = LENGTH(plain)};
    memcpy(command->argument, plain, sizeof plain);
    snprintf(command->path, PATH_SIZE, "%s%s",
             strchr(it->file, '/') ? "" : SCENARIOS, it->file);
    snprintf(command->number, sizeof command->number, "%u",
             attempt->replications);
    snprintf(command->seed, sizeof command->seed, "%u", attempt->seed);
    add_settings(command, it->setting);
    add_settings(command, more);
}

json_t *verify_run(const struct verify_case *it, const char *const *more,
                   const struct verify_attempt *attempt)
{
    struct command command;
    struct ran ran;
    void *room = NULL;
    json_t *json;

    make_command(it, more, attempt, &command);
    make_room(&room);
    ran = run_how(room, &(struct how){0}, command.argument);
    remove_room(&room);
    json = ran.status == 0 ? json_loads(ran.output, 0, NULL) : NULL;
    if (!json) {
        print_error("%s: exit status %d\n%s", command.path, ran.status,
                    ran.errors);
        ran_clear(&ran);
        fail();
    }
    ran_clear(&ran);
    return json;
}

static bool is_text(const json_t *object, const char *key, const char *text)
{
    const char *value = json_string_value(json_object_get(object, key));

    return value && strcmp(value, text) == 0;
}

static bool is_of(const json_t *row, const struct verify_at *at)
{
    const json_t *by = json_object_get(row, "by");

    if (!is_text(row, "id", at->id))
        return false;
    return at->by ? is_text(by, at->by, at->of) : json_object_size(by) == 0;
}

static bool is_line(const json_t *line, const struct verify_at *at)
{
    return is_text(line, "id", at->id) &&
           is_text(line, "name", at->of ? at->of : "");
}

/* A figure of a row, or of one point of a line; NAN for null. */
static double figure(const json_t *row, const struct verify_at *at,
                     const char *key)
{
    const json_t *value = json_object_get(row, key);

    if (at->list)
        value = json_array_get(value, at->point);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* Student's t behind the interval: of sections for a quantile, as in
 * studies/estimate.c, and of replications for all else. */
static double student(const struct verify_at *at, double replications)
{
    const char *end = strrchr(at->id, '_');
    double values = replications;

    if (!at->list && end && strcmp(end, "_p95") == 0)
        values = floor(replications / 2) < ESTIMATE_SECTIONS
                     ? replications
                     : ESTIMATE_SECTIONS;
    return gsl_cdf_tdist_Pinv(0.975, values - 1);
}

static struct verify_found
found_at(const json_t *row, const struct verify_at *at, double replications)
{
    struct verify_found found = {.mean = figure(row, at, "mean"),
                                 .lower = figure(row, at, "lower"),
                                 .upper = figure(row, at, "upper")};
    double above = found.upper - found.mean;
    double below = found.mean - found.lower;

    /* An interval is cut off where a value cannot be (a share above 1): its
     * longer side is the whole half-width. */
    found.error = fmax(above, below) / student(at, replications);
    return found;
}

struct verify_found verify_read(const json_t *json, const struct verify_at *at)
{
    const json_t *list =
        json_object_get(json, at->list ? at->list : "measures");
    double replications =
        json_number_value(json_object_get(json, "replications"));
    const json_t *row;
    size_t i;

    json_array_foreach(list, i, row)
    {
        if (at->list ? is_line(row, at) : is_of(row, at))
            return found_at(row, at, replications);
    }
    fail_msg("results.json has no %s %s %s %s", at->list ? at->list : "",
             at->id, at->by ? at->by : "", at->of ? at->of : "");
    return (struct verify_found){NAN, NAN, NAN, NAN};
}
