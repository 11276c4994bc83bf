/*
 * The output folder.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "sim/error.h"

#define NAMES_TRIED 1000 /* temporary names, before giving up */

/* "a/b" in memory of its own. */
static char *path_join(const char *a, const char *b)
{
    size_t size = strlen(a) + strlen(b) + 2;
    char *out = malloc(size);

    if (out)
        snprintf(out, size, "%s/%s", a, b);
    return out;
}

/* Say what could not be done, and why in the words of the system. */
static int cannot(const char *what, const char *path)
{
    complain("cannot %s %s: %s", what, path, strerror(errno));
    return STATUS_FAILED;
}

/* Say that there is no memory. */
static int no_memory(void)
{
    complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
    return STATUS_FAILED;
}

/* ---- beginning ---- */

/* A copy without the slashes at its end, but for the root's. */
static char *trimmed(const char *path)
{
    size_t length = strlen(path);
    char *out;

    while (length > 1 && path[length - 1] == '/')
        length--;
    out = malloc(length + 1);
    if (out) {
        memcpy(out, path, length);
        out[length] = '\0';
    }
    return out;
}

/* Make the folders above the target that are missing. */
static int make_parents(struct folder *folder)
{
    char *path = folder->target;
    int status = STATUS_DONE;

    for (char *p = path + 1; *p && status == STATUS_DONE; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(path, 0777) == 0) {
            if (!folder->made)
                folder->made = trimmed(path);
        } else if (errno != EEXIST) {
            status = cannot("make the folder", path);
        }
        *p = '/';
    }
    return status;
}

/* Make the temporary folder: `prefix` and the first number that is free. Not
 * mkdtemp, whose folders others may not read. */
static int make_temporary(struct folder *folder, const char *prefix)
{
    size_t size = strlen(prefix) + 48;
    char *path = malloc(size);

    if (!path)
        return no_memory();
    for (int i = 0; i < NAMES_TRIED; i++) {
        snprintf(path, size, "%s.handrail-%ld-%d", prefix, (long)getpid(), i);
        if (mkdir(path, 0777) == 0) {
            folder->temporary = path;
            return STATUS_DONE;
        }
        if (errno != EEXIST)
            break;
    }
    cannot("make the folder", path);
    free(path);
    return STATUS_FAILED;
}

/* Inside a folder that is there, beside one that is not. */
static int begin_temporary(struct folder *folder)
{
    char *inside = path_join(folder->target, "");
    int status;

    if (!inside)
        return no_memory();
    status = make_temporary(folder, folder->there ? inside : folder->target);
    free(inside);
    return status;
}

int folder_begin(struct folder *folder, const char *target, bool force)
{
    struct stat status;
    int err;

    *folder = (struct folder){.target = trimmed(target)};
    if (!folder->target)
        return no_memory();
    if (stat(folder->target, &status) == 0) {
        folder->there = true;
        if (!S_ISDIR(status.st_mode)) {
            complain("%s is there already and is not a folder", target);
            return STATUS_USAGE;
        }
        if (!force) {
            complain("%s is there already; --force replaces the results in it",
                     target);
            return STATUS_USAGE;
        }
    } else if (errno != ENOENT) {
        return cannot("use the folder", target);
    }
    err = make_parents(folder);
    return err == STATUS_DONE ? begin_temporary(folder) : err;
}

/* ---- writing ---- */

/* Make the folder of "folder/file" below `root`, if it is named so. */
static int make_inner(const char *root, const char *name)
{
    const char *slash = strchr(name, '/');
    char *path;
    int status = STATUS_DONE;

    if (!slash)
        return STATUS_DONE;
    path = path_join(root, name);
    if (!path)
        return no_memory();
    path[strlen(path) - strlen(slash)] = '\0';
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        status = cannot("make the folder", path);
    free(path);
    return status;
}

/* Write a new file; one that is there is a fault of ours ("x"). */
static int write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wbx");
    bool whole;

    if (!file)
        return cannot("write", path);
    whole = fwrite(bytes, 1, length, file) == length;
    if (!whole) {
        int error = errno;
        (void)fclose(file);
        errno = error;
    } else {
        /* A full disk may show only here. */
        whole = fclose(file) == 0;
    }
    return whole ? STATUS_DONE : cannot("write", path);
}

int folder_write(struct folder *folder, const char *name, const char *bytes,
                 size_t length)
{
    char *path = path_join(folder->temporary, name);
    int status;

    SIM_REQUIRE(folder->written_count < FOLDER_FILES_MAX);
    if (!path)
        return no_memory();
    /* Noted first, so that a file cut short is removed too. */
    folder->written[folder->written_count++] = name;
    status = make_inner(folder->temporary, name);
    if (status == STATUS_DONE)
        status = write_file(path, bytes, length);
    free(path);
    return status;
}

/* ---- finishing ---- */

/* Put one finished file in the place of the old one, at one stroke. */
static int move_file(const struct folder *folder, const char *name)
{
    char *from = path_join(folder->temporary, name);
    char *to = path_join(folder->target, name);
    int status = from && to ? make_inner(folder->target, name) : no_memory();

    if (status == STATUS_DONE && rename(from, to) != 0)
        status = cannot("write", to);
    free(from);
    free(to);
    return status;
}

/* Whether the file is one of this run. */
static bool was_written(const struct folder *folder, const char *name)
{
    for (size_t i = 0; i < folder->written_count; i++)
        if (strcmp(folder->written[i], name) == 0)
            return true;
    return false;
}

/* Take out a file of ours that another run left. */
static int remove_stale(const struct folder *folder, const char *name)
{
    char *path = path_join(folder->target, name);
    int status = path ? STATUS_DONE : no_memory();

    if (path && unlink(path) != 0 && errno != ENOENT && errno != ENOTDIR)
        status = cannot("remove the old", path);
    free(path);
    return status;
}

/* Old files that this run has none of go first, so that at no time the folder
 * holds pictures of another run beside a report of this one. */
static int replace_files(struct folder *folder, const char *const *ours,
                         size_t count)
{
    int status = STATUS_DONE;

    for (size_t i = 0; i < count && status == STATUS_DONE; i++)
        if (!was_written(folder, ours[i]))
            status = remove_stale(folder, ours[i]);
    for (size_t i = 0; i < folder->written_count && status == STATUS_DONE; i++)
        status = move_file(folder, folder->written[i]);
    return status;
}

int folder_finish(struct folder *folder, const char *const *ours, size_t count)
{
    if (folder->there)
        return replace_files(folder, ours, count);
    if (rename(folder->temporary, folder->target) != 0)
        return cannot("make the folder", folder->target);
    free(folder->temporary);
    free(folder->made);
    folder->temporary = folder->made = NULL;
    return STATUS_DONE;
}

/* ---- removing ---- */

/* Remove what may be left below the temporary folder, and that. */
static void remove_temporary(const struct folder *folder)
{
    for (size_t i = 0; i < folder->written_count; i++) {
        char *path = path_join(folder->temporary, folder->written[i]);
        char *slash;

        if (!path)
            continue;
        unlink(path);
        slash = path + strlen(folder->temporary) + 1;
        slash = strchr(slash, '/');
        if (slash) {
            *slash = '\0';
            rmdir(path); /* fails until its last file has gone */
        }
        free(path);
    }
    rmdir(folder->temporary);
}

/* Remove the parents that we made, deepest first, as far as they are empty. */
static void remove_parents(const struct folder *folder)
{
    char *path = trimmed(folder->target);
    char *slash;

    while (path && (slash = strrchr(path, '/')) != NULL) {
        *slash = '\0';
        if (strlen(path) < strlen(folder->made) || rmdir(path) != 0)
            break;
    }
    free(path);
}

void folder_clear(struct folder *folder)
{
    if (folder->temporary)
        remove_temporary(folder);
    if (folder->made)
        remove_parents(folder);
    free(folder->target);
    free(folder->temporary);
    free(folder->made);
    *folder = (struct folder){0};
}
