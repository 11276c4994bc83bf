/*
 * One replication with its log, and the file of the event log.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/logged.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "models/replication.h"
#include "plots/log_sqlite.h"
#include "plots/text.h"

static int report_error(int err)
{
    complain("%s", sim_error_text(err));
    return STATUS_FAILED;
}

int logged_layout(const struct scenario *scenario, const char *path,
                  struct layout *layout)
{
    int err = layout_init(layout, scenario);

    if (err == SIM_ERR_LIMIT) {
        complain("%s is too large: too many levels, kinds of contact, roles "
                 "and steps together",
                 path);
        return STATUS_BAD_SCENARIO;
    }
    return err == SIM_OK ? STATUS_DONE : report_error(err);
}

int logged_run(struct logged *logged, const struct scenario *scenario,
               const struct layout *layout, uint32_t seed, uint32_t index)
{
    struct replication *replication = NULL;
    int status = STATUS_DONE;
    int err;

    memset(logged, 0, sizeof *logged);
    logged->record = malloc(layout->length * sizeof *logged->record);
    if (!logged->record)
        return report_error(SIM_ERR_NO_MEMORY);
    err = replication_new(scenario, layout, &replication);
    if (err != SIM_OK)
        return report_error(err);
    replication_log(replication, &logged->journey);
    err = replication_run(replication, seed, index, logged->record);
    if (err != SIM_OK) {
        const char *trouble = replication_trouble(replication);
        complain("the run failed: %s%s%s", sim_error_text(err),
                 trouble[0] ? ": " : "", trouble);
        status = STATUS_FAILED;
    } else {
        err = history_make(&logged->history, scenario, &logged->journey);
        if (err != SIM_OK)
            status = report_error(err);
    }
    replication_free(replication);
    return status;
}

void logged_clear(struct logged *logged)
{
    history_clear(&logged->history);
    journey_clear(&logged->journey);
    free(logged->record);
    memset(logged, 0, sizeof *logged);
}

/* ---- the file ---- */

int logged_may_write(const char *path, bool force)
{
    struct stat there;

    if (stat(path, &there) != 0)
        return STATUS_DONE;
    if (S_ISDIR(there.st_mode)) {
        complain("%s is a folder; --log needs the name of a file", path);
        return STATUS_FAILED;
    }
    if (force)
        return STATUS_DONE;
    complain("%s is already there; --force replaces it", path);
    return STATUS_FAILED;
}

static int cannot_write(const char *path, const char *why)
{
    complain("cannot write the log %s: %s", path, why);
    return STATUS_FAILED;
}

/* A new file beside `path`, with the permissions that a new file gets. */
static int make_temporary(const char *path, char *temporary)
{
    mode_t mask = umask(0);
    int file;

    umask(mask);
    file = mkstemp(temporary);
    if (file < 0)
        return cannot_write(path, strerror(errno));
    fchmod(file, 0666 & ~mask);
    close(file);
    return STATUS_DONE;
}

/* Write to a file beside it first: a rename lets the whole appear at once. */
static int write_file(const struct log_source *source, const char *path,
                      char *temporary)
{
    char trouble[256];
    int status = make_temporary(path, temporary);
    int err;

    if (status != STATUS_DONE)
        return status;
    err = log_write(source, temporary, trouble, sizeof trouble);
    if (err == SIM_ERR_NO_MEMORY)
        status = report_error(err);
    else if (err != SIM_OK)
        status = cannot_write(path, trouble);
    else if (rename(temporary, path) != 0)
        status = cannot_write(path, strerror(errno));
    if (status != STATUS_DONE)
        unlink(temporary);
    return status;
}

int logged_write(const struct scenario *scenario, const struct layout *layout,
                 uint32_t seed, uint32_t index, const char *path)
{
    struct logged logged;
    struct log_source source = {&logged.history, seed, index};
    struct text temporary = {0};
    int status = logged_run(&logged, scenario, layout, seed, index);

    text_printf(&temporary, "%s.part-XXXXXX", path);
    if (status == STATUS_DONE && text_status(&temporary) != SIM_OK)
        status = report_error(SIM_ERR_NO_MEMORY);
    if (status == STATUS_DONE)
        status = write_file(&source, path, temporary.bytes);
    text_clear(&temporary);
    logged_clear(&logged);
    return status;
}
