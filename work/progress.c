/*
 * Progress. The line is wiped with blanks, not with an escape sequence, so any
 * terminal will do; it stays under 80 columns, past which "\r" would not lead
 * back to its start.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/progress.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <time.h>

#define QUIET 1.0  /* seconds before the first line */
#define REDRAW 0.1 /* seconds between two lines */
#define BAR 24     /* cells of the bar */
#define LINE 80    /* with the closing zero */

/* Seconds from some fixed moment; 0 where the system will not tell. */
static double clock_now(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_init(struct progress *progress, FILE *stream)
{
    double now = clock_now();

    *progress =
        (struct progress){.stream = stream, .started = now, .drawn = now - 1};
}

/* "about 2 min 10 s left"; nothing where there is nothing to go by. */
static void left_text(double seconds, char *text, size_t size)
{
    double left = ceil(seconds);

    text[0] = '\0';
    if (!(left > 0 && left < 360000)) /* 100 hours say nothing any more */
        return;
    if (left < 60)
        snprintf(text, size, ", about %.0f s left", left);
    else if (left < 3600)
        snprintf(text, size, ", about %.0f min %02.0f s left", floor(left / 60),
                 fmod(left, 60));
    else
        snprintf(text, size, ", about %.0f h %02.0f min left",
                 floor(left / 3600), floor(fmod(left, 3600) / 60));
}

static void draw(struct progress *progress, const char *line)
{
    int width = (int)strlen(line);
    int blank = progress->width > width ? progress->width - width : 0;

    fprintf(progress->stream, "\r%s%*s", line, blank, "");
    fflush(progress->stream);
    progress->width = width;
}

void progress_update_at(struct progress *progress, double now, uint64_t done,
                        uint64_t expected)
{
    double elapsed = now - progress->started;
    char bar[BAR + 1];
    char left[40];
    char line[2 * LINE];
    double share;

    if (elapsed < QUIET || now - progress->drawn < REDRAW)
        return;
    progress->drawn = now;
    if (expected == 0) {
        snprintf(line, sizeof line, "%" PRIu64 " done", done);
        draw(progress, line);
        return;
    }
    share = done < expected ? (double)done / (double)expected : 1;
    memset(bar, '.', BAR);
    memset(bar, '#', (size_t)(share * BAR));
    bar[BAR] = '\0';
    left_text(done < expected
                  ? elapsed * (double)(expected - done) / (double)done
                  : 0,
              left, sizeof left);
    /* Rounded down, so that 100% means all. */
    snprintf(line, sizeof line, "[%s] %3d%%  %" PRIu64 " of %" PRIu64 "%s", bar,
             (int)(100 * share), done, expected, left);
    line[LINE - 1] = '\0';
    draw(progress, line);
}

void progress_update(void *context, uint64_t done, uint64_t expected)
{
    struct progress *progress = context;

    progress_update_at(progress, clock_now(), done, expected);
}

void progress_end(struct progress *progress)
{
    if (progress->width == 0)
        return;
    fprintf(progress->stream, "\r%*s\r", progress->width, "");
    fflush(progress->stream);
    progress->width = 0;
}
