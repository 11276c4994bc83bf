#ifndef WORK_THREAD_IMPL_H
#define WORK_THREAD_IMPL_H
/*
 * Threads that take no signals, so that Ctrl-C comes where it is waited for.
 * Private to work/.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>

/* Start `run` with `context`; false where the system will not give a thread. */
static inline bool thread_start(pthread_t *thread, void *(*run)(void *),
                                void *context)
{
    sigset_t all, before;
    bool started;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    started = pthread_create(thread, NULL, run, context) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}
#endif
