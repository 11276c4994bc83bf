/* Reading a scenario and printing its faults.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/files.h"
#include "models/fault.h"
#include "models/reader.h"

int settings_add(struct settings *settings, const char *value)
{
    const char **larger = realloc(settings->value, (settings->count + 1) *
                                                       sizeof *settings->value);

    if (!larger)
        return SIM_ERR_NO_MEMORY;
    settings->value = larger;
    settings->value[settings->count++] = value;
    return SIM_OK;
}

void settings_clear(struct settings *settings)
{
    free(settings->value);
    *settings = (struct settings){0};
}

/* Print one fault, naming its file as seen from here, so that an editor or a
 * terminal can follow it. */
static void print_fault(const struct fault *fault, const struct files *files)
{
    struct fault shown = *fault;
    char *path = NULL, *text;
    size_t length;

    if (strcmp(fault->file, "--set") != 0)
        path = files_path(files, fault->file);
    if (path)
        shown.file = path;
    length = fault_format(&shown, NULL, 0);
    text = malloc(length + 1);
    if (text) {
        fault_format(&shown, text, length + 1);
        fputs(text, stderr);
    }
    free(text);
    free(path);
}

/* Print faults of one severity, `*room` at most. */
static void print_some(const struct faults *faults, const struct files *files,
                       enum fault_severity severity, size_t *room)
{
    for (size_t i = 0; i<faults->count && * room> 0; i++)
        if (faults->fault[i].severity == severity) {
            print_fault(&faults->fault[i], files);
            --*room;
        }
}

/* How many warnings the list keeps. */
static size_t warning_count(const struct faults *faults)
{
    size_t count = 0;

    for (size_t i = 0; i < faults->count; i++)
        count += faults->fault[i].severity == FAULT_WARNING;
    return count;
}

/* In the order of the file; where there are too many, errors first. */
static void print_faults(const struct faults *faults, const struct files *files)
{
    size_t room = LOAD_FAULTS_SHOWN;
    size_t warnings = warning_count(faults);
    size_t all = faults->errors + warnings;

    if (faults->count <= room) {
        for (size_t i = 0; i < faults->count; i++)
            print_fault(&faults->fault[i], files);
    } else {
        print_some(faults, files, FAULT_ERROR, &room);
        print_some(faults, files, FAULT_WARNING, &room);
    }
    if (all > LOAD_FAULTS_SHOWN)
        fprintf(stderr, "and %zu more\n", all - LOAD_FAULTS_SHOWN);
    if (faults->errors)
        fprintf(stderr, "%zu error%s, %zu warning%s\n", faults->errors,
                faults->errors == 1 ? "" : "s", warnings,
                warnings == 1 ? "" : "s");
}

int load_scenario(const char *path, const struct settings *settings,
                  struct scenario **out)
{
    struct files files;
    struct faults faults = {0};
    struct scenario_source source = {
        .name = files_init(&files, path),
        .read = files_read,
        .context = &files,
        .setting = settings->value,
        .setting_count = settings->count,
    };
    int err = SIM_ERR_NO_MEMORY;

    *out = NULL;
    if (source.name)
        err = scenario_load(&source, out, &faults);
    if (err == SIM_ERR_NO_MEMORY)
        complain("%s", sim_error_text(err));
    else
        print_faults(&faults, &files);
    faults_clear(&faults);
    files_clear(&files);
    if (err == SIM_OK)
        return STATUS_DONE;
    return err == SIM_ERR_INPUT ? STATUS_BAD_SCENARIO : STATUS_FAILED;
}
