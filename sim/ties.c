/*
 * Many are sorted by radix, byte by byte of their ties from the lowest (Knuth
 * 1998, vol. 3, section 5.2.5), without a branch that depends on them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/ties.h"

#define BYTES 256u

/* Go by the byte at `shift`; those with the same byte stay in the order in
 * which they are. */
static void sort_by_byte(const uint64_t from[], size_t count, unsigned shift,
                         uint64_t to[])
{
    size_t place[BYTES] = {0}, sum = 0;

    for (size_t i = 0; i < count; i++)
        place[from[i] >> shift & (BYTES - 1)]++;
    for (size_t byte = 0; byte < BYTES; byte++) {
        size_t of_it = place[byte];

        place[byte] = sum;
        sum += of_it;
    }
    for (size_t i = 0; i < count; i++)
        to[place[from[i] >> shift & (BYTES - 1)]++] = from[i];
}

void sim_ties_sort(uint64_t key[], size_t count, uint64_t spare[])
{
    for (unsigned shift = 32; shift < 64; shift += 16) {
        sort_by_byte(key, count, shift, spare);
        sort_by_byte(spare, count, shift + 8, key);
    }
}
