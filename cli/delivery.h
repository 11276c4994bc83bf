#ifndef CLI_DELIVERY_H
#define CLI_DELIVERY_H
/*
 * Delivery: what run, compare and size leave behind. Either a folder with
 * results.json, results.csv, report.html and figures/, which appears whole or
 * not at all, and a table on the terminal that ends with where the report is;
 * or the JSON alone, on standard output.
 * What goes wrong is said to the user here; results are STATUS_ codes.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>

#include "cli/folder.h"
#include "plots/figure.h"
#include "plots/text.h"
#include "studies/study.h"

struct delivery {
    struct text target; /* path of the folder */
    struct folder folder;
    bool force; /* replace what is there */
};

/* The three texts and the pictures, all finished: the report, which holds the
 * pictures, was made last. */
struct delivery_files {
    struct text json, csv, report; /* released by delivery_write */
    const struct figure *figure;   /* [figure_count] */
    int figure_count;
    const char *(*figure_file)(int number); /* its path in the folder */
};

/* Say what one of our own error codes means. Returns STATUS_FAILED. */
int delivery_error(int err);

/* The same of a run that failed; `trouble` is what the executor said of it, and
 * may be empty. */
int delivery_failed(int err, const char *trouble);

/*
 * Name the folder: `folder`, or where that is NULL "out/" and the base name of
 * `path` without what follows its last dot, nor a ".study" before that, and
 * `suffix`. Whether it can be written is found out now; but it is made after
 * the run, so that one that is killed leaves nothing behind. Release with
 * delivery_clear in any case.
 */
int delivery_begin(struct delivery *delivery, const char *folder,
                   const char *path, const char *suffix, bool force);

/* Write the files and the pictures that could be drawn, let them appear, and
 * take out pictures of an earlier delivery. */
int delivery_write(struct delivery *delivery, struct delivery_files *files);

/* Print a finished text, and release it. What standard output makes of it shows
 * in main. */
int delivery_print(struct text *text);

/* The same of a table, with the path of the report as its last line, where a
 * terminal leaves the eye. */
int delivery_print_table(const struct delivery *delivery, struct text *table);

void delivery_clear(struct delivery *delivery);

/* Run `study` with progress where a person watches and nothing else could be
 * reading, as `executor` says but for progress and interrupts, which are filled
 * in. Returns as executor_run does. */
struct executor;
int delivery_execute(struct executor *executor, const struct study *study,
                     bool quiet, char *trouble, size_t size);

/* Where a signal came after the runs were complete: complains and returns
 * STATUS_FAILED; else STATUS_DONE. */
int delivery_check_interrupt(void);
#endif
