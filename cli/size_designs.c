/* The rotas that ranges make.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/size_designs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/faults.h"
#include "models/fault.h"
#include "models/pay.h"

/* Where nothing is said of how much cheaper is worth knowing: 1 in 100 of what
 * the file's own rota costs. */
#define WITHIN_SHARE 0.01

static int no_memory(void)
{
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

/* ---- settings of one design ---- */

/* Settings for a load: the fixed ones, one for each range, and room for as many
 * `at_least` as there are shifts. */
struct design_settings {
    const char **value; /* [count] */
    char **own;         /* [own_count], released here */
    size_t count, own_count;
};

static void settings_of_clear(struct design_settings *settings)
{
    for (size_t i = 0; i < settings->own_count; i++)
        free(settings->own[i]);
    free(settings->own);
    free(settings->value);
    *settings = (struct design_settings){0};
}

/* Add one that this owns; NULL is a lack of memory. */
static int add_own(struct design_settings *settings, char *text)
{
    if (!text)
        return SIM_ERR_NO_MEMORY;
    settings->own[settings->own_count++] = text;
    settings->value[settings->count++] = text;
    return SIM_OK;
}

static char *join(const char *before, const char *path, const char *after)
{
    size_t size = strlen(before) + strlen(path) + strlen(after) + 1;
    char *text = malloc(size);

    if (text)
        snprintf(text, size, "%s%s%s", before, path, after);
    return text;
}

static int settings_of(const struct size_designs *designs, uint32_t design,
                       struct design_settings *out)
{
    uint32_t ranges = designs->ranges.count;
    size_t shifts = designs->base ? designs->base->shift_count : 0;
    size_t room = designs->fixed_count + ranges + shifts + 1;
    int err = SIM_OK;

    *out = (struct design_settings){.value = calloc(room, sizeof *out->value),
                                    .own = calloc(room, sizeof *out->own)};
    if (!out->value || !out->own) {
        settings_of_clear(out);
        return SIM_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < designs->fixed_count; i++)
        out->value[out->count++] = designs->fixed[i];
    for (uint32_t r = 0; r < ranges && err == SIM_OK; r++) {
        char value[16];

        snprintf(value, sizeof value, "=%d",
                 (int)size_value_of(&designs->question, design, r));
        err = add_own(out, join("", designs->ranges.range[r].path, value));
    }
    if (err != SIM_OK)
        settings_of_clear(out);
    return err;
}

/* The scenario of a design; `*faults` is the caller's to clear. */
static int load_design(struct size_designs *designs, uint32_t design,
                       struct scenario **out, struct faults *faults)
{
    struct design_settings settings;
    int err = settings_of(designs, design, &settings);

    *out = NULL;
    if (err != SIM_OK)
        return err;
    err = snapshot_load(&designs->snapshot, settings.value, settings.count, out,
                        faults);
    settings_of_clear(&settings);
    return err;
}

/* Whether a design that cannot be read could be without any `at_least`: then
 * that is what forbids it. */
static bool is_below_least(struct size_designs *designs, uint32_t design)
{
    struct design_settings settings;
    struct faults faults = {0};
    struct scenario *scenario = NULL;
    int err = settings_of(designs, design, &settings);

    for (uint32_t i = 0; err == SIM_OK && i < designs->base->shift_count; i++)
        if (designs->base->shift[i].at_least)
            err = add_own(&settings, join("rota.", designs->base->shift[i].name,
                                          ".at_least=0"));
    if (err == SIM_OK)
        err = snapshot_load(&designs->snapshot, settings.value, settings.count,
                            &scenario, &faults);
    scenario_free(scenario);
    faults_clear(&faults);
    settings_of_clear(&settings);
    return err == SIM_OK;
}

int size_designs_make(void *context, uint32_t number, struct scenario **out,
                      char *trouble, size_t size)
{
    struct size_designs *designs = context;
    struct faults faults = {0};
    int err = load_design(designs, number, out, &faults);

    for (size_t i = 0; err == SIM_ERR_INPUT && i < faults.count; i++)
        if (faults.fault[i].severity == FAULT_ERROR)
            snprintf(trouble, size, "%s", faults.fault[i].message);
    faults_clear(&faults);
    return err;
}

/* ---- what is wrong ---- */

/* Print the errors among faults; those of settings under the name of the
 * option they come from. */
static void print_errors(const struct size_designs *designs,
                         struct faults *faults, const char *option)
{
    struct faults_printing printing = {0};
    size_t kept = 0;

    for (size_t i = 0; i < faults->count; i++) {
        struct fault fault = faults->fault[i];

        if (fault.severity != FAULT_ERROR)
            continue;
        if (strcmp(fault.file, "--set") == 0)
            fault.file = option;
        faults->fault[kept++] = fault;
    }
    faults->count = kept;
    faults_print(&printing, faults, &designs->snapshot.files, option);
    faults_print_end(&printing);
}

/* ---- the base ---- */

static int add_fixed(struct size_designs *designs, const char *text)
{
    if (!text)
        return no_memory();
    designs->fixed[designs->fixed_count++] = text;
    return STATUS_DONE;
}

/* The user's settings, then the targets that stand in place of the file's. */
static int make_fixed(struct size_designs *designs)
{
    const struct size_options *options = designs->options;
    size_t targets = options->targets.count;
    int status = STATUS_DONE;

    designs->fixed =
        calloc(options->settings.count + targets + 2, sizeof *designs->fixed);
    if (!designs->fixed)
        return no_memory();
    for (size_t i = 0; i < options->settings.count; i++)
        designs->fixed[designs->fixed_count++] = options->settings.value[i];
    designs->own_from = designs->fixed_count;
    if (targets && designs->base->target_count)
        status = add_fixed(designs, join("targets", "=", "null"));
    for (size_t i = 0; i < targets && status == STATUS_DONE; i++)
        status =
            add_fixed(designs, join("targets.", options->targets.value[i], ""));
    return status;
}

/* The base anew, with the targets of the command line. */
static int load_base(struct size_designs *designs)
{
    struct faults faults = {0};
    struct scenario *scenario = NULL;
    int err = snapshot_load(&designs->snapshot, designs->fixed,
                            designs->fixed_count, &scenario, &faults);

    if (err == SIM_ERR_INPUT)
        print_errors(designs, &faults, "--target");
    else if (err != SIM_OK)
        complain("%s", sim_error_text(err));
    faults_clear(&faults);
    if (err != SIM_OK)
        return err == SIM_ERR_INPUT ? STATUS_BAD_SCENARIO : STATUS_FAILED;
    scenario_free(designs->base);
    designs->base = scenario;
    return STATUS_DONE;
}

/* ---- what is asked ---- */

/* A refusal in words. */
static int refuse(const struct size_designs *designs, enum size_refusal refusal,
                  uint32_t target)
{
    const char *name = target == NONE ? "" : designs->base->target[target].name;

    switch (refusal) {
    case SIZE_REFUSED_MEASURE:
        return usage_error("size",
                           "--minimise needs what is counted by the week, such "
                           "as cost_per_week, hours_rostered or establishment, "
                           "not '%s'",
                           designs->options->minimise);
    case SIZE_REFUSED_NO_TARGETS:
        complain("%s: there are no targets to meet; say `targets:` in the "
                 "file, or --target 'weekends={measure: "
                 "contacts_not_delivered, day: weekend, at_most: 2%%}'",
                 designs->options->path);
        return STATUS_BAD_SCENARIO;
    case SIZE_REFUSED_CERTAIN:
        complain("%s: targets.%s: no number of runs can show that something "
                 "never or always happens; leave room, such as at_most: 1%%",
                 designs->options->path, name);
        return STATUS_BAD_SCENARIO;
    case SIZE_REFUSED_NO_DATA:
        complain("%s: targets.%s: the measure has no value as a whole; say of "
                 "which level",
                 designs->options->path, name);
        return STATUS_BAD_SCENARIO;
    default:
        complain("%s: too many targets to size by", designs->options->path);
        return STATUS_BAD_SCENARIO;
    }
}

static int make_watch(struct size_designs *designs)
{
    enum size_refusal refusal;
    uint32_t target;

    designs->minimise = measure_find(designs->options->minimise);
    if (designs->minimise == NONE)
        return refuse(designs, SIZE_REFUSED_MEASURE, NONE);
    if (layout_init(&designs->layout, designs->base) != SIM_OK) {
        complain("%s: a record of one run would be too large",
                 designs->options->path);
        return STATUS_BAD_SCENARIO;
    }
    refusal =
        size_watch_make(designs->base, &designs->layout, designs->minimise,
                        designs->options->margin, &designs->watch, &target);
    return refusal == SIZE_ACCEPTED ? STATUS_DONE
                                    : refuse(designs, refusal, target);
}

/* ---- every design ---- */

static int make_room(struct size_designs *designs)
{
    designs->barred = calloc(designs->count, sizeof *designs->barred);
    designs->floor = calloc(designs->count, sizeof *designs->floor);
    designs->length = calloc(designs->count, sizeof *designs->length);
    designs->place = calloc((size_t)designs->count * designs->watch.count,
                            sizeof *designs->place);
    return designs->barred && designs->floor && designs->length &&
                   designs->place
               ? STATUS_DONE
               : no_memory();
}

/* What is known of a design before it is run. */
static int describe(struct size_designs *designs, uint32_t design,
                    const struct scenario *scenario)
{
    struct layout layout;

    if (layout_init(&layout, scenario) != SIM_OK) {
        complain("%s: a record of one run would be too large",
                 designs->options->path);
        return STATUS_BAD_SCENARIO;
    }
    designs->length[design] = layout.length;
    designs->floor[design] =
        strcmp(designs->options->minimise, "cost_per_week") == 0
            ? pay_rostered(scenario)
            : -INFINITY;
    size_watch_find(&designs->watch, scenario, &layout,
                    &designs->place[(size_t)design * designs->watch.count]);
    if (strcmp(scenario->canonical, designs->base->canonical) == 0)
        designs->base_design = design;
    return STATUS_DONE;
}

/* A design that is not a scenario: forbidden by `at_least`, or for another
 * reason; the first of these is kept. */
static void bar(struct size_designs *designs, uint32_t design,
                const struct faults *faults)
{
    designs->barred[design] = true;
    if (is_below_least(designs, design)) {
        designs->barred_least++;
        return;
    }
    designs->barred_other++;
    for (size_t i = 0; i < faults->count && !designs->reason[0]; i++)
        if (faults->fault[i].severity == FAULT_ERROR)
            snprintf(designs->reason, sizeof designs->reason, "%s",
                     faults->fault[i].message);
}

/* The one with the most of everything must be a scenario: a path or a value
 * that is wrong shows there. Of others that are none only few of something are
 * rostered. */
static int read_design(struct size_designs *designs, uint32_t design)
{
    struct faults faults = {0};
    struct scenario *scenario;
    int err = load_design(designs, design, &scenario, &faults);
    int status = STATUS_DONE;

    if (err == SIM_OK) {
        status = describe(designs, design, scenario);
    } else if (err != SIM_ERR_INPUT) {
        complain("%s", sim_error_text(err));
        status = STATUS_FAILED;
    } else if (design == designs->count - 1) {
        print_errors(designs, &faults, "--vary");
        status = STATUS_BAD_SCENARIO;
    } else {
        bar(designs, design, &faults);
    }
    scenario_free(scenario);
    faults_clear(&faults);
    return status;
}

/* The last first, for it is the one with the most of everything. */
static int read_designs(struct size_designs *designs)
{
    int status = make_room(designs);

    designs->base_design = SIZE_NONE;
    for (uint32_t i = designs->count; i-- > 0 && status == STATUS_DONE;)
        status = read_design(designs, i);
    return status;
}

/* ---- the question ---- */

static void observe(void *context, uint32_t design, const double *record,
                    struct size_value *out)
{
    const struct size_designs *designs = context;
    uint32_t count = designs->watch.count;

    size_watch_read(&designs->place[(size_t)design * count], count, record,
                    out);
}

static uint32_t length(void *context, uint32_t design)
{
    const struct size_designs *designs = context;

    return designs->length[design];
}

static int find_within(struct size_designs *designs, double *out)
{
    *out = designs->options->within;
    if (*out == 0 && strcmp(designs->options->minimise, "cost_per_week") == 0)
        *out = WITHIN_SHARE * pay_rostered(designs->base);
    if (*out > 0)
        return STATUS_DONE;
    return usage_error("size",
                       "how much less of '%s' is worth knowing of? Say with "
                       "--within",
                       designs->options->minimise);
}

static bool takes_shortcut(const struct size_designs *designs)
{
    enum size_shortcut shortcut = designs->options->shortcut;
    uint32_t asked =
        designs->count - designs->barred_least - designs->barred_other;

    return shortcut == SIZE_SHORTCUT_YES ||
           (shortcut == SIZE_SHORTCUT_AUTO && asked > SIZE_SHORTCUT_ABOVE);
}

static int make_question(struct size_designs *designs)
{
    struct size_question *question = &designs->question;

    question->barred = designs->barred;
    question->floor = designs->floor;
    question->limit = designs->watch.limit;
    question->limit_count = designs->watch.limit_count;
    question->watch_count = designs->watch.count;
    question->more_is_better = takes_shortcut(designs);
    question->budget = designs->options->replications;
    question->observe = observe;
    question->length = length;
    question->context = designs;
    return find_within(designs, &question->delta);
}

int size_designs_prepare(struct size_designs *designs,
                         const struct size_options *options)
{
    int status = size_ranges_read(&options->vary, &designs->ranges);

    designs->options = options;
    designs->question.range = designs->ranges.range;
    designs->question.range_count = designs->ranges.count;
    if (status == STATUS_DONE)
        status =
            load_scenario(options->path, &options->settings, &designs->base);
    if (status != STATUS_DONE)
        return status;
    designs->count = size_designs(&designs->question);
    if (snapshot_init(&designs->snapshot, options->path) != SIM_OK)
        return no_memory();
    status = make_fixed(designs);
    if (status == STATUS_DONE)
        status = load_base(designs);
    if (status == STATUS_DONE)
        status = make_watch(designs);
    if (status == STATUS_DONE)
        status = read_designs(designs);
    return status == STATUS_DONE ? make_question(designs) : status;
}

void size_designs_clear(struct size_designs *designs)
{
    for (size_t i = designs->own_from; i < designs->fixed_count; i++)
        free((char *)designs->fixed[i]);
    free(designs->fixed);
    free(designs->barred);
    free(designs->floor);
    free(designs->length);
    free(designs->place);
    scenario_free(designs->base);
    snapshot_clear(&designs->snapshot);
    size_ranges_clear(&designs->ranges);
}
