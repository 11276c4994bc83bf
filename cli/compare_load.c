/*
 * Loading a comparison. Scenarios are made by the set of designs that the
 * executor uses; each is taken once here, so that it is checked before
 * anything runs and stays until the end.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/compare_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/faults.h"
#include "models/canonical.h"
#include "models/fault.h"

static int no_memory(void)
{
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

static int status_of(int err)
{
    if (err == SIM_OK)
        return STATUS_DONE;
    if (err == SIM_ERR_INPUT)
        return STATUS_BAD_SCENARIO;
    complain("%s", sim_error_text(err));
    return STATUS_FAILED;
}

/* ---- making a design ---- */

/* A design_make; what is wrong with the scenario stays in load->found. */
static int make_design(void *context, uint32_t number, struct scenario **out,
                       char *trouble, size_t size)
{
    struct compare_load *load = context;
    size_t option = number % load->option_count;
    struct snapshot *snapshot =
        &load->snapshot[load->study ? 0 : option % load->snapshot_count];
    struct scenario_overlay overlay = {
        .name = load->study_path,
        .no_contact_effect = number >= load->option_count,
    };
    struct scenario_source source = {
        .name = snapshot->name,
        .read = snapshot_read,
        .context = snapshot,
        .setting = load->settings->value,
        .setting_count = load->settings->count,
        .overlay = &overlay,
    };

    (void)trouble;
    (void)size;
    if (load->study && option > 0) {
        overlay.bytes = load->bytes;
        overlay.length = load->length;
        overlay.option = load->option[option].name;
    }
    faults_clear(&load->found);
    return scenario_load(&source, out, &load->found);
}

/* Take a design, and hold it. */
static int take_design(struct compare_load *load, enum compare_world world,
                       size_t option)
{
    struct compare_option *at = &load->option[option];
    struct design design;
    char trouble[8];
    int err = designs_take(load->designs,
                           (uint32_t)(world * load->option_count + option),
                           &design, trouble, sizeof trouble);

    if (err != SIM_OK)
        return err;
    at->scenario[world] = design.scenario;
    at->layout[world] = design.layout;
    at->file = design.scenario->file;
    return SIM_OK;
}

/* ---- the base and its options ---- */

static bool is_same_fault(const struct fault *a, const struct fault *b)
{
    return a->line == b->line && a->column == b->column &&
           strcmp(a->file, b->file) == 0 && strcmp(a->message, b->message) == 0;
}

/* Leave of what was found in an option what the base does not have as well,
 * and say of what lies in the base's files which option brings it about. */
static void keep_own(struct compare_load *load, const struct faults *base,
                     const char *option)
{
    struct faults *found = &load->found;
    size_t kept = 0;

    for (size_t i = 0; i < found->count; i++) {
        struct fault fault = found->fault[i];
        const char *message = NULL;
        bool known = false;

        for (size_t j = 0; j < base->count && !known; j++)
            known = is_same_fault(&fault, &base->fault[j]);
        if (known)
            continue;
        if (strcmp(fault.file, load->study_path) != 0)
            message = arena_format(found->arena, "with option '%s': %s", option,
                                   fault.message);
        if (message)
            fault.message = message;
        found->fault[kept++] = fault;
    }
    found->count = kept;
}

/* An option that changes nothing, or the same as another, is worth a word. */
static void note_twins(struct compare_load *load, size_t option)
{
    const char *canonical =
        load->option[option].scenario[COMPARE_AS_WRITTEN]->canonical;

    for (size_t i = 0; i < option; i++) {
        const struct scenario *other =
            load->option[i].scenario[COMPARE_AS_WRITTEN];

        if (!other || strcmp(other->canonical, canonical) != 0)
            continue;
        load->option[option].like_base |= i == 0;
        if (load->study)
            faults_add(&load->study_faults, FAULT_WARNING,
                       &load->study->option[option - 1].place, NULL,
                       "options.%s: is the same as %s%s%s",
                       load->option[option].name, i ? "option '" : "the base",
                       i ? load->option[i].name : "", i ? "'" : "");
        else
            fprintf(stderr, "%s: warning: is the same as %s\n",
                    load->path[option], load->path[i]);
        return;
    }
}

/* Load the options of a study, after its base, and print what is wrong with
 * all of them. The worst error. */
static int take_options(struct compare_load *load, const struct faults *base,
                        struct faults_printing *printing)
{
    int worst = SIM_OK;

    for (size_t i = 1; i < load->option_count; i++) {
        int err = take_design(load, COMPARE_AS_WRITTEN, i);

        if (err != SIM_OK && err != SIM_ERR_INPUT)
            return err;
        keep_own(load, base, load->option[i].name);
        faults_print(printing, &load->found, &load->snapshot[0].files,
                     load->study_path);
        if (err != SIM_OK)
            worst = err;
        else if (!load->bad)
            note_twins(load, i);
    }
    return worst;
}

/* Print what is wrong with the study itself: before its options, for that is
 * the order in which it is mended; twins are noted after them. */
static void print_study(struct compare_load *load,
                        struct faults_printing *printing)
{
    const struct files here = {.folder = (char[]){""}};

    faults_print(printing, &load->study_faults, &here, load->study_path);
    load->study_faults.count = 0;
    load->study_faults.errors = 0;
}

static int take_base_and_options(struct compare_load *load,
                                 struct faults_printing *printing)
{
    struct faults base;
    int err = take_design(load, COMPARE_AS_WRITTEN, 0);

    load->bad = load->study_faults.errors > 0;
    base = load->found;
    load->found = (struct faults){0};
    if (err == SIM_OK) {
        err = study_file_resolve(load->study,
                                 load->option[0].scenario[COMPARE_AS_WRITTEN],
                                 &load->study_faults);
        load->bad |= err == SIM_ERR_INPUT;
        err = err == SIM_ERR_INPUT ? SIM_OK : err;
    }
    print_study(load, printing);
    faults_print(printing, &base, &load->snapshot[0].files, load->study_path);
    if (err == SIM_OK)
        err = take_options(load, &base, printing);
    faults_sort(&load->study_faults);
    faults_clear(&base);
    return err == SIM_OK && load->bad ? SIM_ERR_INPUT : err;
}

/* ---- a study ---- */

static int begin_designs(struct compare_load *load)
{
    return designs_new(make_design, load,
                       (uint32_t)(COMPARE_WORLDS * load->option_count),
                       &load->designs);
}

/* Snapshot number `i` is of `path` (owned). */
static int begin_snapshot(struct compare_load *load, size_t i, char *path)
{
    load->path[i] = path;
    if (!path)
        return SIM_ERR_NO_MEMORY;
    load->snapshot_count = i + 1;
    return snapshot_init(&load->snapshot[i], path);
}

static int allocate(struct compare_load *load, size_t snapshots, size_t options)
{
    load->arena = arena_new();
    load->snapshot = calloc(snapshots, sizeof *load->snapshot);
    load->path = calloc(snapshots, sizeof *load->path);
    load->option = calloc(options, sizeof *load->option);
    load->option_count = options;
    return load->arena && load->snapshot && load->path && load->option
               ? SIM_OK
               : SIM_ERR_NO_MEMORY;
}

/* The base's path, from the study's folder. A base that cannot be read is a
 * fault of the study. */
static int find_base(struct compare_load *load)
{
    struct files folder;
    char *path = NULL, *bytes = NULL;
    const char *why = "";
    size_t length;
    int err;

    if (files_init(&folder, load->study_path))
        path = files_path(&folder, load->study->base);
    files_clear(&folder);
    err = begin_snapshot(load, 0, path);
    if (err == SIM_OK)
        err = snapshot_read(&load->snapshot[0], load->snapshot[0].name, &bytes,
                            &length, &why);
    free(bytes);
    if (err != SIM_ERR_IO)
        return err;
    faults_add(&load->study_faults, FAULT_ERROR, &load->study->base_place, NULL,
               "base: cannot read '%s': %s", load->study->base, why);
    faults_sort(&load->study_faults);
    return SIM_ERR_INPUT;
}

static int read_options(struct compare_load *load)
{
    const struct study_file *study = load->study;
    int err = allocate(load, 1, study->option_count + 1);

    if (err != SIM_OK)
        return err;
    load->option[0].name = "base";
    for (size_t i = 0; i < study->option_count; i++) {
        load->option[i + 1].name = study->option[i].name;
        load->option[i + 1].note = study->option[i].note;
        load->option[i + 1].source = study->option[i].source;
    }
    return find_base(load);
}

/* The study is read as far as it goes; with a base that can be read, its
 * options are tried as well, so that one pass finds what is wrong with them. */
static int load_study(struct compare_load *load)
{
    struct faults_printing printing = {0};
    int err = study_file_read(load->study_path, load->bytes, load->length,
                              &load->study, &load->study_faults);

    if ((err == SIM_OK || err == SIM_ERR_INPUT) && load->study &&
        load->study->base) {
        err = read_options(load);
        if (err == SIM_OK)
            err = begin_designs(load);
        if (err == SIM_OK)
            err = take_base_and_options(load, &printing);
    }
    print_study(load, &printing);
    faults_print_end(&printing);
    return err;
}

/* ---- several scenarios ---- */

/* "abrupt-taper" of "x/abrupt-taper.yaml". */
static const char *stem_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');

    return arena_text(arena, base,
                      dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

/* Each is called by its file's stem, or by its whole path where another has
 * the same. */
static void name_options(struct compare_load *load)
{
    for (size_t i = 0; i < load->option_count; i++) {
        const char *name = stem_of(load->arena, load->path[i]);
        bool taken = false;

        for (size_t j = 0; j < load->option_count && name; j++) {
            const char *other = stem_of(load->arena, load->path[j]);

            taken |= j != i && other && strcmp(name, other) == 0;
        }
        load->option[i].name = taken ? load->path[i] : name;
    }
}

/* Load each, printing what is wrong with it. The worst error. */
static int take_files(struct compare_load *load)
{
    int worst = SIM_OK;

    for (size_t i = 0; i < load->option_count; i++) {
        struct faults_printing printing = {0};
        int err = take_design(load, COMPARE_AS_WRITTEN, i);

        if (err != SIM_OK && err != SIM_ERR_INPUT)
            return err;
        faults_print(&printing, &load->found, &load->snapshot[i].files, NULL);
        faults_print_end(&printing);
        if (err == SIM_OK)
            note_twins(load, i);
        else
            worst = err;
    }
    return worst;
}

static int load_files(struct compare_load *load, const char *const *path,
                      size_t count)
{
    int err = allocate(load, count, count);

    for (size_t i = 0; i < count && err == SIM_OK; i++)
        err = begin_snapshot(load, i, strdup(path[i]));
    if (err == SIM_OK) {
        name_options(load);
        err =
            arena_failed(load->arena) ? SIM_ERR_NO_MEMORY : begin_designs(load);
    }
    return err == SIM_OK ? take_files(load) : err;
}

/* ---- what the options change ---- */

struct changes {
    struct compare_load *load;
    struct compare_setting *setting;
    size_t count;
};

/* A canonical_differs: what a scenario is called is no setting. */
static void add_change(void *context, const char *path, struct canonical was,
                       struct canonical is)
{
    struct changes *changes = context;
    struct arena *arena = changes->load->arena;
    struct compare_setting *larger;

    if (strcmp(path, "title") == 0 || strcmp(path, "about") == 0)
        return;
    larger = arena_array(arena, changes->count + 1, sizeof *larger);
    if (!larger)
        return;
    for (size_t i = 0; i < changes->count; i++)
        larger[i] = changes->setting[i];
    larger[changes->count++] = (struct compare_setting){
        .path = path,
        .value = canonical_plain(is, arena),
        .was = was.at ? canonical_plain(was, arena) : NULL,
    };
    changes->setting = larger;
}

/* Of a study's option, what it says it changes; of a scenario, in what it
 * differs from the base. */
static void find_changes(struct compare_load *load, size_t option)
{
    struct canonical base =
        canonical_of(load->option[0].scenario[0]->canonical);
    struct canonical own =
        canonical_of(load->option[option].scenario[0]->canonical);
    struct changes changes = {.load = load};

    if (load->study) {
        const struct study_option *said = &load->study->option[option - 1];

        for (size_t i = 0; i < said->count; i++)
            add_change(&changes, said->path[i],
                       canonical_find(base, said->path[i]),
                       canonical_find(own, said->path[i]));
    } else {
        canonical_diff(base, own, load->arena, add_change, &changes);
    }
    load->option[option].setting = changes.setting;
    load->option[option].setting_count = changes.count;
}

/* Whether two scenarios support people by other plans or contacts. */
static bool taper_differs(const struct scenario *a, const struct scenario *b)
{
    static const char *const section[] = {"plans", "contacts"};
    struct canonical x = canonical_of(a->canonical);
    struct canonical y = canonical_of(b->canonical);

    for (size_t i = 0; i < sizeof section / sizeof *section; i++)
        if (!canonical_equal(canonical_find(x, section[i]),
                             canonical_find(y, section[i])))
            return true;
    for (uint32_t i = 0; i < a->level_count && i < b->level_count; i++) {
        uint32_t p = a->level[i].plan;
        uint32_t q = b->level[i].plan;

        if ((p == NONE) != (q == NONE) ||
            (p != NONE && strcmp(a->plan[p].name, b->plan[q].name) != 0))
            return true;
    }
    return false;
}

static bool contacts_protect(const struct scenario *scenario)
{
    for (uint32_t i = 0; i < scenario->condition_count; i++)
        if (scenario->condition[i].heeds_contacts)
            return true;
    return false;
}

/* Options that change the taper are compared in both worlds, where there is an
 * effect of contacts to take away. */
static int take_worlds(struct compare_load *load)
{
    bool tapers = false, protect = false;
    int err = SIM_OK;

    for (size_t i = 0; i < load->option_count; i++) {
        const struct scenario *scenario = load->option[i].scenario[0];

        tapers |= taper_differs(load->option[0].scenario[0], scenario);
        protect |= contacts_protect(scenario);
    }
    load->both_worlds = tapers && protect;
    for (size_t i = 0; load->both_worlds && i < load->option_count; i++)
        if (err == SIM_OK)
            err = take_design(load, COMPARE_NO_EFFECT, i);
    return err;
}

/* Pairs meet the same luck only over the same time. */
static void note_periods(const struct compare_load *load)
{
    const struct run_calendar *base = &load->option[0].scenario[0]->calendar;

    for (size_t i = 1; i < load->option_count; i++) {
        const struct run_calendar *own = &load->option[i].scenario[0]->calendar;

        if (own->start != base->start || own->warm_up != base->warm_up ||
            own->run_for != base->run_for)
            fprintf(stderr,
                    "%s: warning: option '%s' is simulated over another time "
                    "than the base: figures a week can be compared, but pairs "
                    "share less of their luck\n",
                    load->study ? load->study_path : load->path[i],
                    load->option[i].name);
    }
}

/* ---- the whole ---- */

/* The bytes of the first file; a fault that it cannot be read is the reader's.
 */
static int read_first(struct compare_load *load, const char *path)
{
    struct files files;
    const char *why = "";
    const char *name = files_init(&files, path);
    int err = SIM_ERR_NO_MEMORY;

    if (name)
        err = files_read(&files, name, &load->bytes, &load->length, &why);
    files_clear(&files);
    return err == SIM_ERR_IO ? SIM_OK : err;
}

bool compare_load_is_study(const char *path)
{
    struct compare_load load = {0};
    bool is_study = read_first(&load, path) == SIM_OK && load.bytes &&
                    study_file_is(load.bytes, load.length);

    free(load.bytes);
    return is_study;
}

int compare_load(struct compare_load *load, const char *const *path,
                 size_t count, const struct settings *settings)
{
    int err = read_first(load, path[0]);
    bool is_study = load->bytes && study_file_is(load->bytes, load->length);

    load->settings = settings;
    load->study_path = is_study ? path[0] : "";
    if (err != SIM_OK)
        return status_of(err);
    if (is_study && count > 1)
        return usage_error("compare", "a study stands alone: '%s' is too many",
                           path[1]);
    if (!is_study && count == 1)
        return usage_error("compare",
                           "'%s' is no study: name the scenarios to compare it "
                           "with, or a study file",
                           path[0]);
    if (count > COMPARE_OPTIONS_MAX)
        return usage_error("compare", "at most %d scenarios can be compared",
                           COMPARE_OPTIONS_MAX);
    err = is_study ? load_study(load) : load_files(load, path, count);
    if (err == SIM_OK)
        err = take_worlds(load);
    for (size_t i = 1; i < load->option_count && err == SIM_OK; i++)
        find_changes(load, i);
    if (err == SIM_OK && arena_failed(load->arena))
        return no_memory();
    if (err == SIM_OK)
        note_periods(load);
    return status_of(err);
}

void compare_load_clear(struct compare_load *load)
{
    for (size_t i = 0; load->designs && i < load->option_count; i++)
        for (size_t w = 0; w < COMPARE_WORLDS; w++)
            if (load->option[i].scenario[w])
                designs_give_back(load->designs,
                                  (uint32_t)(w * load->option_count + i));
    designs_free(load->designs);
    for (size_t i = 0; i < load->snapshot_count; i++) {
        snapshot_clear(&load->snapshot[i]);
        free(load->path[i]);
    }
    free(load->snapshot);
    free(load->path);
    free(load->option);
    free(load->bytes);
    arena_free(load->arena);
    study_file_free(load->study);
    faults_clear(&load->study_faults);
    faults_clear(&load->found);
    memset(load, 0, sizeof *load);
}
