#ifndef TESTS_VERIFY_LAW_PAIRS_H
#define TESTS_VERIFY_LAW_PAIRS_H
/*
 * Laws that hold in every single replication, for runs that differ in one
 * thing and share all their luck.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/verify.h"

/* Context of both. */
struct law {
    bool backwards; /* the control: the law the other way round */
};

/*
 * In `attempt->replications` services made up at random, each of one role whose
 * contacts all take as long, with 1 to 6 workers: pairs of runs that share
 * their luck in which one worker more (backwards: fewer) delivered fewer of the
 * contacts that fell due.
 */
struct verify_found law_more_staff(const json_t *json, const void *context,
                                   const struct verify_attempt *attempt);

/*
 * In `attempt->replications` replications of first-worsening.yaml, with all
 * rates for the worse 5%, 20% and 100% higher (backwards: lower): people whose
 * first change for the worse comes later.
 */
struct verify_found law_first_worsening(const json_t *json, const void *context,
                                        const struct verify_attempt *attempt);
#endif
