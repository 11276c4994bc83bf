#ifndef TESTS_VERIFY_NEIGHBOURS_H
#define TESTS_VERIFY_NEIGHBOURS_H
/*
 * Random numbers whose names differ by one in one part: they must be as
 * independent as any two.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/verify.h"

enum neighbours_part {
    PART_SEED,
    PART_REPLICATION,
    PART_OWNER,
    PART_NUMBER,
    PART_TOPIC,
    PART_DAY,
    PART_ORDINAL,
    PART_PURPOSE,
    PART_BLOCK,
    PART_COUNT
};

/* Which part differs; and with how many rounds the generator works, 0: through
 * sim/chance.h, as the model does. */
struct neighbours {
    enum neighbours_part part;
    const char *words; /* of the part, in words */
    unsigned rounds;
};

/*
 * Three statistics of `attempt->replications` pairs, the rest of whose names
 * is taken from another generator (Mersenne twister), each with mean 0:
 * correlation of the two uniforms; a chi-square over 16 x 16 cells, as the
 * normal deviate with the same tail; and, of the bits of the two blocks, the
 * share that differ, less a half. `context`: struct neighbours.
 */
struct verify_found
neighbours_correlation(const json_t *json, const void *context,
                       const struct verify_attempt *attempt);
struct verify_found neighbours_chi_square(const json_t *json,
                                          const void *context,
                                          const struct verify_attempt *attempt);
struct verify_found neighbours_bits(const json_t *json, const void *context,
                                    const struct verify_attempt *attempt);
#endif
