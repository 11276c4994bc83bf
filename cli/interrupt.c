/*
 * The one global that changes in the whole program: a signal handler has no
 * other way to speak to the rest, and C allows it to write nothing else but a
 * volatile sig_atomic_t (C11, 7.14.1.1).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/interrupt.h"

#include <stddef.h>

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables) */
static volatile sig_atomic_t interrupted;

/* All that a handler may do. */
static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

/* Without SA_RESTART, so that waiting for another program ends too; with
 * SA_RESETHAND, so that the same signal again does what it usually does. */
static void catch_signal(int number)
{
    struct sigaction before,
        action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

    sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

void interrupt_watch(void)
{
    interrupted = 0;
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
    catch_signal(SIGHUP);
    /* A file that may not grow further is then an error of writing, which is
     * cleaned up after, and not the end. */
    signal(SIGXFSZ, SIG_IGN);
}

const volatile sig_atomic_t *interrupt_flag(void)
{
    return &interrupted;
}
