#ifndef CLI_FILES_H
#define CLI_FILES_H
/*
 * Files: how the reader, which opens nothing itself, gets at the scenario and
 * the files it names.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stddef.h>

#include "models/reader.h"

/* Larger files are refused: no scenario comes near it. */
#define FILES_BYTES_MAX ((size_t)16 << 20)

/* Where the names in a scenario start from. */
struct files {
    char *folder; /* "" or ends in '/'; owned */
};

/* Take apart the path of a scenario: its folder into `files` (release with
 * files_clear), its base name as the result. NULL without memory. */
const char *files_init(struct files *files, const char *path);
void files_clear(struct files *files);

/* The path of `name` as seen from here: `name` itself where it is absolute.
 * The caller frees it; NULL without memory. */
char *files_path(const struct files *files, const char *name);

/* A read_bytes callback, `context` a struct files: regular files only. */
int files_read(void *context, const char *name, char **bytes, size_t *length,
               const char **why);
#endif
