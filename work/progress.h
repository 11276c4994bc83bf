#ifndef WORK_PROGRESS_H
#define WORK_PROGRESS_H
/*
 * Progress: one line on a terminal that says how far the work is and how long
 * it may still take. Whether there is a terminal is the caller's question.
 * The line appears after the first second, is drawn again at most 10 times a
 * second, and is wiped at the end.
 * Threads: one caller at a time (an executor holds its lock).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *stream;   /* not owned */
    double started; /* seconds on the monotonic clock */
    double drawn;   /* when last drawn; before `started`: never */
    int width;      /* characters on the line now */
};

/* Begin now. `stream` stays open until progress_end. */
void progress_init(struct progress *progress, FILE *stream);

/* `done` of `expected` jobs are in; 0 expected: not known. The signature is
 * executor_progress's, `context` a struct progress. */
void progress_update(void *context, uint64_t done, uint64_t expected);

/* Wipe the line, if there is one. */
void progress_end(struct progress *progress);

/* As progress_update, `now` seconds on the clock that `started` is on. */
void progress_update_at(struct progress *progress, double now, uint64_t done,
                        uint64_t expected);
#endif
