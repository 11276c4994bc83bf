/*
 * The second half is made by a thread of its own, the first by this one. The
 * halves write different parts of one result. A thread the system will not give
 * is done without.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "work/results.h"

#include <pthread.h>
#include <signal.h>

/* With fewer records a thread costs more than it saves. */
#define RECORDS_FEW 100

struct half {
    const struct result_of *of;
    struct result *out;
    int err;
};

static void *make_lines(void *context)
{
    struct half *half = context;

    half->err = result_make_half(half->of, RESULT_LINES, half->out);
    return NULL;
}

/* Start make_lines; it takes no signals, so that Ctrl-C comes where it is
 * waited for. */
static bool start(pthread_t *thread, struct half *half)
{
    sigset_t all, before;
    bool started;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    started = pthread_create(thread, NULL, make_lines, half) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

int results_make(const struct result_of *of, uint32_t threads,
                 struct result *out)
{
    struct half lines = {.of = of, .out = out};
    pthread_t thread;
    int err;

    if (threads == 1 || of->count < RECORDS_FEW)
        return result_make(of, out);
    result_begin(of, out);
    if (!start(&thread, &lines))
        return result_make(of, out);
    err = result_make_half(of, RESULT_ROWS, out);
    pthread_join(thread, NULL);
    if (err == SIM_OK)
        err = lines.err;
    if (err != SIM_OK)
        result_clear(out);
    return err;
}
