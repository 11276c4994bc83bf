/*
 * Saving one file. It is made beside its place under a name of this process,
 * then linked there, which fails where something is (or renamed, with force).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/save.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

/* A file that is there is the user's to decide on; all else is a failure. */
static int cannot_write(const char *path)
{
    if (errno == EEXIST) {
        complain("%s is there already; --force replaces it", path);
        return STATUS_USAGE;
    }
    complain("cannot write %s: %s", path, strerror(errno));
    return STATUS_FAILED;
}

/* Write all of `text` into a new file; errno says what is wrong. */
static bool write_new(const char *path, const struct text *text)
{
    FILE *file = fopen(path, "wbx");
    bool whole;
    int error;

    if (!file)
        return false;
    whole = fwrite(text->bytes, 1, text->length, file) == text->length;
    error = errno;
    if (fclose(file) == 0 && whole)
        return true;
    if (!whole)
        errno = error;
    return false;
}

/* Let the finished file appear in its place. */
static bool place(const char *from, const char *to, bool force)
{
    bool linked = !force && link(from, to) == 0;
    int error = errno;

    /* Some file systems know no links; that nothing is there was seen. */
    if (linked || (!force && error == EEXIST)) {
        (void)unlink(from);
        errno = error;
        return linked;
    }
    if (rename(from, to) == 0)
        return true;
    error = errno;
    (void)unlink(from);
    errno = error;
    return false;
}

/* What was begun and cannot be finished is removed. */
static int save_file(const struct text *text, const char *path, bool force)
{
    size_t size = strlen(path) + 40;
    char *part = malloc(size);
    int status = STATUS_DONE;

    if (!part) {
        complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
        return STATUS_FAILED;
    }
    snprintf(part, size, "%s.%ld.part", path, (long)getpid());
    signal(SIGXFSZ, SIG_IGN); /* a limit is a reason to say, not to end */
    if (!force && access(path, F_OK) == 0) {
        errno = EEXIST;
        status = cannot_write(path);
    } else if (!write_new(part, text)) {
        int error = errno;

        if (error != EEXIST)
            (void)unlink(part);
        errno = error == EEXIST ? EBUSY : error;
        status = cannot_write(path);
    } else if (!place(part, path, force)) {
        status = cannot_write(path);
    }
    free(part);
    return status;
}

int save_text(struct text *text, const char *path, bool force)
{
    int status = STATUS_DONE;

    if (text_status(text) != SIM_OK || !text->bytes) {
        complain("%s", sim_error_text(SIM_ERR_NO_MEMORY));
        status = STATUS_FAILED;
    } else if (!path) {
        fputs(text->bytes, stdout);
    } else {
        status = save_file(text, path, force);
    }
    text_clear(text);
    return status;
}
