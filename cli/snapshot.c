/* Files read once and remembered.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/snapshot.h"

#include <stdlib.h>
#include <string.h>

struct snapshot_file {
    char *name;
    char *bytes; /* NULL: it could not be read */
    size_t length;
    const char *why; /* it could not; static */
};

int snapshot_init(struct snapshot *snapshot, const char *path)
{
    *snapshot = (struct snapshot){0};
    snapshot->name = files_init(&snapshot->files, path);
    return snapshot->name ? SIM_OK : SIM_ERR_NO_MEMORY;
}

void snapshot_clear(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->count; i++) {
        free(snapshot->file[i].name);
        free(snapshot->file[i].bytes);
    }
    free(snapshot->file);
    files_clear(&snapshot->files);
    *snapshot = (struct snapshot){0};
}

static const struct snapshot_file *find(const struct snapshot *snapshot,
                                        const char *name)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (strcmp(snapshot->file[i].name, name) == 0)
            return &snapshot->file[i];
    return NULL;
}

/* Read `name` for the first time, and keep what came of it. */
static int remember(struct snapshot *snapshot, const char *name,
                    const struct snapshot_file **out)
{
    struct snapshot_file file = {.name = strdup(name)};
    struct snapshot_file *larger =
        realloc(snapshot->file, (snapshot->count + 1) * sizeof *larger);
    int err = SIM_ERR_NO_MEMORY;

    if (larger)
        snapshot->file = larger;
    if (larger && file.name)
        err = files_read(&snapshot->files, name, &file.bytes, &file.length,
                         &file.why);
    if (err == SIM_ERR_NO_MEMORY) {
        free(file.name);
        return err;
    }
    snapshot->file[snapshot->count] = file;
    *out = &snapshot->file[snapshot->count++];
    return SIM_OK;
}

int snapshot_read(void *context, const char *name, char **bytes, size_t *length,
                  const char **why)
{
    struct snapshot *snapshot = context;
    const struct snapshot_file *file = find(snapshot, name);
    int err = file ? SIM_OK : remember(snapshot, name, &file);

    if (err != SIM_OK)
        return err;
    if (!file->bytes) {
        *why = file->why;
        return SIM_ERR_IO;
    }
    *bytes = malloc(file->length + 1);
    if (!*bytes)
        return SIM_ERR_NO_MEMORY;
    memcpy(*bytes, file->bytes, file->length);
    (*bytes)[file->length] = '\0';
    *length = file->length;
    return SIM_OK;
}

int snapshot_load(struct snapshot *snapshot, const char *const *setting,
                  size_t count, struct scenario **out, struct faults *faults)
{
    const struct scenario_source source = {
        .name = snapshot->name,
        .read = snapshot_read,
        .context = snapshot,
        .setting = setting,
        .setting_count = count,
    };

    return scenario_load(&source, out, faults);
}
