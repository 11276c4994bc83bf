#ifndef TESTS_VERIFY_SURVIVAL_H
#define TESTS_VERIFY_SURVIVAL_H
/*
 * What an event log says of the time to a first crisis, where people may leave
 * before: the share itself, and the estimate of Kaplan and Meier (1958) that
 * takes leaving for censoring.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/verify.h"

struct survival {
    struct verify_found share;        /* of people, with a crisis in time */
    struct verify_found kaplan_meier; /* one less its estimate of surviving,
                                         its error by Greenwood's formula */
};

/* Of those in the log at `path` who are referred in its first `from_days`, to
 * `days` later; the log goes on for so long. Fails the test where it cannot. */
void survival_read(const char *path, double from_days, double days,
                   struct survival *out);
#endif
