/* Printing faults.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/fault.h"

static void print_fault(const struct fault *fault, const struct files *files,
                        const char *as_given)
{
    struct fault shown = *fault;
    char *path = NULL, *text;
    size_t length;

    if (strcmp(fault->file, "--set") != 0 &&
        (!as_given || strcmp(fault->file, as_given) != 0))
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

/* How many warnings the list keeps. */
static size_t warning_count(const struct faults *faults)
{
    size_t count = 0;

    for (size_t i = 0; i < faults->count; i++)
        count += faults->fault[i].severity == FAULT_WARNING;
    return count;
}

void faults_print(struct faults_printing *printing, const struct faults *faults,
                  const struct files *files, const char *as_given)
{
    bool all = faults->count <= FAULTS_SHOWN - printing->shown;

    printing->errors += faults->errors;
    printing->warnings += warning_count(faults);
    for (int pass = 0; pass < (all ? 1 : 2); pass++)
        for (size_t i = 0; i < faults->count; i++) {
            const struct fault *fault = &faults->fault[i];

            if (!all && (fault->severity == FAULT_ERROR) != (pass == 0))
                continue;
            if (printing->shown == FAULTS_SHOWN)
                return;
            print_fault(fault, files, as_given);
            printing->shown++;
        }
}

void faults_print_end(const struct faults_printing *printing)
{
    size_t all = printing->errors + printing->warnings;

    if (all > FAULTS_SHOWN)
        fprintf(stderr, "and %zu more\n", all - FAULTS_SHOWN);
    if (printing->errors)
        fprintf(stderr, "%zu error%s, %zu warning%s\n", printing->errors,
                printing->errors == 1 ? "" : "s", printing->warnings,
                printing->warnings == 1 ? "" : "s");
}
