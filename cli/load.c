/* Reading a scenario and printing its faults.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/load.h"

#include <stdlib.h>

#include "cli/command.h"
#include "cli/faults.h"
#include "cli/files.h"
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

int load_scenario(const char *path, const struct settings *settings,
                  struct scenario **out)
{
    struct files files;
    struct faults faults = {0};
    struct faults_printing printing = {0};
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
        faults_print(&printing, &faults, &files, NULL);
    faults_print_end(&printing);
    faults_clear(&faults);
    files_clear(&files);
    if (err == SIM_OK)
        return STATUS_DONE;
    return err == SIM_ERR_INPUT ? STATUS_BAD_SCENARIO : STATUS_FAILED;
}
