/*
 * What run, compare and size leave behind.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/delivery.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "work/executor.h"
#include "work/progress.h"

#define FILE_JSON "results.json"
#define FILE_CSV "results.csv"
#define FILE_REPORT "report.html"
#define STUDY ".study"

int delivery_error(int err)
{
    complain("%s", sim_error_text(err));
    return STATUS_FAILED;
}

int delivery_failed(int err, const char *trouble)
{
    const char *text = sim_error_text(err);

    /* Where nobody said more, what was said is the text again. */
    if (strncmp(trouble, text, strlen(text)) == 0)
        complain("the run failed: %s", trouble);
    else
        complain("the run failed: %s%s%s", text, trouble[0] ? ": " : "",
                 trouble);
    return STATUS_FAILED;
}

/* ---- before ---- */

/* The part of a path that names what is in the file. */
static const char *base_of(const char *path, size_t *length)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t study = strlen(STUDY);

    *length = dot && dot > base ? (size_t)(dot - base) : strlen(base);
    if (*length > study && strncmp(base + *length - study, STUDY, study) == 0)
        *length -= study;
    return base;
}

static int begin_folder(struct delivery *delivery)
{
    return folder_begin(&delivery->folder, delivery->target.bytes,
                        delivery->force);
}

int delivery_begin(struct delivery *delivery, const char *folder,
                   const char *path, const char *suffix, bool force)
{
    size_t length;
    const char *base = base_of(path, &length);
    int status;

    delivery->force = force;
    if (folder) {
        text_add(&delivery->target, folder);
    } else {
        text_add(&delivery->target, "out/");
        text_add_bytes(&delivery->target, base, length);
        text_add(&delivery->target, suffix);
    }
    if (text_status(&delivery->target) != SIM_OK)
        return delivery_error(SIM_ERR_NO_MEMORY);
    status = begin_folder(delivery);
    folder_clear(&delivery->folder);
    return status;
}

/* ---- the runs ---- */

int delivery_execute(struct executor *executor, const struct study *study,
                     bool quiet, char *trouble, size_t size)
{
    struct progress progress;
    bool shown = !quiet && isatty(STDERR_FILENO);
    int err;

    executor->stop = interrupt_flag();
    executor->progress = shown ? progress_update : NULL;
    executor->context = &progress;
    progress_init(&progress, stderr);
    err = executor_run(executor, study, trouble, size);
    if (shown)
        progress_end(&progress);
    executor->context = NULL;
    return err;
}

int delivery_check_interrupt(void)
{
    if (!*interrupt_flag())
        return STATUS_DONE;
    complain("stopped while results were written; they are complete but for "
             "missing figures");
    return STATUS_FAILED;
}

/* ---- what comes of them ---- */

int delivery_print(struct text *text)
{
    int status = STATUS_DONE;

    if (text_status(text) != SIM_OK)
        status = delivery_error(SIM_ERR_NO_MEMORY);
    else if (text->bytes)
        fputs(text->bytes, stdout);
    text_clear(text);
    return status;
}

int delivery_print_table(const struct delivery *delivery, struct text *table)
{
    text_add(table, "\nReport: ");
    text_add_plain(table, delivery->target.bytes);
    text_add(table, "/" FILE_REPORT "\n");
    return delivery_print(table);
}

static int write_text(struct delivery *delivery, const char *name,
                      const struct text *text)
{
    if (text_status(text) != SIM_OK)
        return delivery_error(SIM_ERR_NO_MEMORY);
    return folder_write(&delivery->folder, name, text->bytes ? text->bytes : "",
                        text->length);
}

/* Those that could be drawn; the report holds them as well. */
static int write_figures(struct delivery *delivery,
                         const struct delivery_files *files)
{
    int status = STATUS_DONE;

    for (int i = 0; i < files->figure_count && status == STATUS_DONE; i++)
        if (files->figure[i].status == FIGURE_DRAWN)
            status = write_text(delivery, files->figure_file(i),
                                &files->figure[i].svg);
    return status;
}

/* The report comes after the other texts: who finds it finds the rest. */
static int write_all(struct delivery *delivery,
                     const struct delivery_files *files)
{
    const char *ours[FOLDER_FILES_MAX] = {FILE_JSON, FILE_CSV, FILE_REPORT};
    int status = begin_folder(delivery);

    if (status == STATUS_DONE)
        status = write_text(delivery, FILE_JSON, &files->json);
    if (status == STATUS_DONE)
        status = write_text(delivery, FILE_CSV, &files->csv);
    if (status == STATUS_DONE)
        status = write_text(delivery, FILE_REPORT, &files->report);
    if (status == STATUS_DONE)
        status = write_figures(delivery, files);
    if (status != STATUS_DONE)
        return status;
    for (int i = 0; i < files->figure_count; i++)
        ours[3 + i] = files->figure_file(i);
    return folder_finish(&delivery->folder, ours,
                         3 + (size_t)files->figure_count);
}

int delivery_write(struct delivery *delivery, struct delivery_files *files)
{
    int status;

    SIM_REQUIRE(files->figure_count + 3 <= FOLDER_FILES_MAX);
    status = write_all(delivery, files);
    text_clear(&files->json);
    text_clear(&files->csv);
    text_clear(&files->report);
    return status;
}

void delivery_clear(struct delivery *delivery)
{
    folder_clear(&delivery->folder);
    text_clear(&delivery->target);
}
