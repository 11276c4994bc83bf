#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H
/*
 * Interrupt: Ctrl-C and a request to end (SIGINT, SIGTERM, SIGHUP) set a flag
 * and do nothing else, so that work stops at its next safe place; the same
 * signal again ends the program at once. A signal that was ignored when the
 * program started stays ignored (nohup).
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>

/* Begin to catch the signals, or begin again after one has come. */
void interrupt_watch(void);

/* The flag: non-zero once a signal has come. */
const volatile sig_atomic_t *interrupt_flag(void);

#endif
