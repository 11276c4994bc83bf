/* Reading files for the reader.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* `a` and `b` behind one another, in memory of their own. */
static char *joined(const char *a, size_t length, const char *b)
{
    size_t rest = strlen(b) + 1;
    char *out = malloc(length + rest);

    if (out) {
        memcpy(out, a, length);
        memcpy(out + length, b, rest);
    }
    return out;
}

const char *files_init(struct files *files, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;

    files->folder = joined(path, length, "");
    return files->folder ? path + length : NULL;
}

void files_clear(struct files *files)
{
    free(files->folder);
    files->folder = NULL;
}

char *files_path(const struct files *files, const char *name)
{
    bool absolute = name[0] == '/';

    return joined(files->folder, absolute ? 0 : strlen(files->folder), name);
}

/* Why a file cannot be had, in static words. */
static const char *reason(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return "no such file";
    case EACCES:
    case EPERM:
        return "this user may not read it";
    case EISDIR:
        return "is a folder, not a file";
    case ENAMETOOLONG:
        return "the name is too long";
    case ELOOP:
        return "its links lead nowhere";
    case EMFILE:
    case ENFILE:
        return "too many files are open";
    default:
        return "it could not be read";
    }
}

/* Why an open file is not to be read, or NULL. */
static const char *refusal(const struct stat *status)
{
    if (S_ISDIR(status->st_mode))
        return reason(EISDIR);
    if (!S_ISREG(status->st_mode))
        return "is not a regular file";
    if (status->st_size > (off_t)FILES_BYTES_MAX)
        return "is larger than 16 MB";
    return NULL;
}

/* Read up to `size` bytes; the number read, or -1. */
static ssize_t read_all(int file, char *bytes, size_t size)
{
    size_t length = 0;

    while (length < size) {
        ssize_t got = read(file, bytes + length, size - length);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0)
            length += (size_t)got;
    }
    return (ssize_t)length;
}

/* Read an open file whole. Its size is taken once: a file that grows meanwhile
 * is read up to that, one that shrinks as far as it goes. */
static int read_open(int file, char **bytes, size_t *length, const char **why)
{
    struct stat status;
    ssize_t got;
    char *buffer;

    if (fstat(file, &status) != 0) {
        *why = reason(errno);
        return SIM_ERR_IO;
    }
    *why = refusal(&status);
    if (*why)
        return SIM_ERR_IO;
    buffer = malloc((size_t)status.st_size + 1);
    if (!buffer)
        return SIM_ERR_NO_MEMORY;
    got = read_all(file, buffer, (size_t)status.st_size);
    if (got < 0) {
        *why = reason(errno);
        free(buffer);
        return SIM_ERR_IO;
    }
    buffer[got] = '\0';
    *bytes = buffer;
    *length = (size_t)got;
    return SIM_OK;
}

int files_read(void *context, const char *name, char **bytes, size_t *length,
               const char **why)
{
    char *path = files_path(context, name);
    int file, err;

    if (!path)
        return SIM_ERR_NO_MEMORY;
    /* Without O_NONBLOCK a pipe that nobody writes to would hold us here. */
    file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    free(path);
    if (file < 0) {
        *why = reason(errno);
        return SIM_ERR_IO;
    }
    err = read_open(file, bytes, length, why);
    close(file);
    return err;
}
