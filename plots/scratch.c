/*
 * A private temporary folder. It is flat, so removing it is one pass.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_NOT_FOUND 127 /* of a child that could not start its program */
#define MESSAGES "messages"

/* POSIX leaves the declaration to us. Read only. */
/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
extern char **environ;

int scratch_init(struct scratch *scratch)
{
    const char *root = getenv("TMPDIR");
    size_t size;

    scratch->folder = NULL;
    /* A path that is absolute cannot be taken for anything but a path. */
    if (!root || root[0] != '/')
        root = "/tmp";
    size = strlen(root) + sizeof "/handrail-XXXXXX";
    scratch->folder = malloc(size);
    if (!scratch->folder)
        return SIM_ERR_NO_MEMORY;
    snprintf(scratch->folder, size, "%s/handrail-XXXXXX", root);
    if (mkdtemp(scratch->folder))
        return SIM_OK;
    free(scratch->folder);
    scratch->folder = NULL;
    return SIM_ERR_IO;
}

char *scratch_path(const struct scratch *scratch, const char *name)
{
    size_t size = strlen(scratch->folder) + strlen(name) + 2;
    char *path = malloc(size);

    if (path)
        snprintf(path, size, "%s/%s", scratch->folder, name);
    return path;
}

/* A file that cannot be removed keeps its folder, and nothing else can be
 * done about it. */
static void remove_file(const struct scratch *scratch, const char *name)
{
    char *path = scratch_path(scratch, name);

    if (path)
        unlink(path);
    free(path);
}

void scratch_clear(struct scratch *scratch)
{
    DIR *folder = scratch->folder ? opendir(scratch->folder) : NULL;
    struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_file(scratch, entry->d_name);
    if (folder)
        closedir(folder);
    if (scratch->folder)
        rmdir(scratch->folder);
    free(scratch->folder);
    scratch->folder = NULL;
}

int scratch_write(const struct scratch *scratch, const char *name,
                  const struct text *bytes)
{
    char *path =
        text_status(bytes) == SIM_OK ? scratch_path(scratch, name) : NULL;
    FILE *file;
    bool whole;

    if (!path)
        return SIM_ERR_NO_MEMORY;
    file = fopen(path, "wb");
    free(path);
    if (!file)
        return SIM_ERR_IO;
    whole = bytes->length == 0 ||
            fwrite(bytes->bytes, 1, bytes->length, file) == bytes->length;
    if (fclose(file) != 0 || !whole)
        return SIM_ERR_IO;
    return SIM_OK;
}

int scratch_read(const struct scratch *scratch, const char *name,
                 struct text *out)
{
    char *path = scratch_path(scratch, name);
    char buffer[4096];
    size_t got;
    FILE *file;
    bool failed;

    if (!path)
        return SIM_ERR_NO_MEMORY;
    file = fopen(path, "rb");
    free(path);
    if (!file)
        return SIM_ERR_IO;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
        text_add_bytes(out, buffer, got);
    failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        return SIM_ERR_IO;
    return text_status(out);
}

/* ---- running a program ---- */

/* Wait for `child`; kill it when `stop` is set. */
static enum program_end wait_for(pid_t child, const volatile sig_atomic_t *stop)
{
    bool killed = false;
    int status;

    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return PROGRAM_FAILED;
        if (stop && *stop) {
            kill(-child, SIGKILL); /* its whole group */
            killed = true;
        }
    }
    if (killed)
        return PROGRAM_STOPPED;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return PROGRAM_DONE;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_FOUND)
        return PROGRAM_MISSING;
    return PROGRAM_FAILED;
}

/* Where the program reads and writes. Returns 0 or an error number. */
static int redirect(posix_spawn_file_actions_t *actions, const char *messages)
{
    int error = posix_spawn_file_actions_addopen(actions, STDIN_FILENO,
                                                 "/dev/null", O_RDONLY, 0);

    if (error == 0)
        error = posix_spawn_file_actions_addopen(
            actions, STDOUT_FILENO, messages, O_WRONLY | O_CREAT | O_TRUNC,
            0600);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO,
                                                 STDERR_FILENO);
    return error;
}

/* A group of its own, so that Ctrl-C reaches us alone; signals as usual. */
static int detach(posix_spawnattr_t *attributes)
{
    sigset_t usual;
    int error;

    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGHUP);
    error = posix_spawnattr_setsigdefault(attributes, &usual);
    if (error == 0)
        error = posix_spawnattr_setpgroup(attributes, 0);
    if (error == 0)
        error = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP |
                                                         POSIX_SPAWN_SETSIGDEF);
    return error;
}

/* Start the program. Returns 0 or an error number. */
static int start(const char *messages, char *const argv[], pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);

    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        error = redirect(&actions, messages);
        if (error == 0)
            error = detach(&attributes);
        if (error == 0)
            error = posix_spawnp(child, argv[0], &actions, &attributes, argv,
                                 environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

enum program_end scratch_run(const struct scratch *scratch, char *const argv[],
                             const volatile sig_atomic_t *stop)
{
    char *messages = scratch_path(scratch, MESSAGES);
    pid_t child;
    int error;

    if (!messages)
        return PROGRAM_FAILED;
    error = start(messages, argv, &child);
    free(messages);
    if (error == ENOENT)
        return PROGRAM_MISSING;
    return error == 0 ? wait_for(child, stop) : PROGRAM_FAILED;
}
