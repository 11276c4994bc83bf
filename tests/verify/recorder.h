#ifndef TESTS_VERIFY_RECORDER_H
#define TESTS_VERIFY_RECORDER_H
/*
 * Recorder: stands in for sim/chance.c in the programs linked with it, and can
 * note every block of random words that is drawn. The words are the same.
 * One recording at a time; not for programs with threads.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/calendar.h" /* sim_ms */

/* A block as the generator is asked for it (sim/chance.h says how a name is
 * packed), and how it came to be drawn. */
struct recorded {
    uint32_t counter[4];
    uint32_t key[2];
    uint32_t order; /* how many were drawn before it */
    bool point;     /* of a fixed random point, and */
    sim_ms origin;  /* from when on the time of that is counted */
    uint32_t words[4];
};

static inline uint8_t recorded_purpose(const struct recorded *block)
{
    return (uint8_t)(block->counter[1] & 0xff);
}

/* What to do with a block as it is drawn. */
typedef void recorder_take(void *context, const struct recorded *block);

/* Hand every block drawn from now on to `take`; NULL: to nobody, as at first.
 */
void recorder_set(recorder_take *take, void *context);
#endif
