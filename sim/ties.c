/*
 * Few are counted: see sim/ties.h.
 * Many are sorted by radix, byte by byte of their ties from the lowest (Knuth
 * 1998, vol. 3, section 5.2.5), without a branch that depends on them.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/ties.h"

#include "sim/chance_impl.h"
#include "sim/ties_impl.h"
#include "sim/wide_impl.h"

/* ---- few ---- */

bool sim_ties_rank_narrow(const uint32_t tie[], uint32_t count,
                          uint32_t place[])
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i++) {
        place[i] = 0;
        for (uint32_t j = 0; j < count; j++)
            place[i] += tie[j] < tie[i];
        sum += place[i];
    }
    return sum == count * (count - 1) / 2; /* else two have one */
}

#ifdef __SSE2__
/* Lanes of a vector: those that are among `count` have all bits. */
WIDE __m256i lanes_of(int32_t count)
{
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(count),
                              _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

WIDE uint32_t sum_of_lanes(__m256i lanes)
{
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(lanes),
                                 _mm256_extracti128_si256(lanes, 1));
    __m128i two = _mm_add_epi32(four, _mm_srli_si128(four, 8));

    return (uint32_t)_mm_cvtsi128_si32(
        _mm_add_epi32(two, _mm_srli_si128(two, 4)));
}

/* The ties of at most so many eights, by vectors. Numbers without a sign are
 * compared as those with one, whose highest bit is the other way round. Beyond
 * `count` nothing is read; what is written there counts for nothing. */
WIDE bool rank_eights(const uint32_t tie[], uint32_t count, size_t eights,
                      uint32_t place[])
{
    const __m256i sign = _mm256_set1_epi32(INT32_MIN);
    __m256i own[SIM_TIES_FEW / 8], before[SIM_TIES_FEW / 8];
    __m256i sum = _mm256_setzero_si256();

    for (size_t k = 0; k < eights; k++) {
        __m256i lanes = lanes_of((int32_t)count - 8 * (int32_t)k);

        own[k] = _mm256_xor_si256(
            sign, _mm256_maskload_epi32(
                      (const int *)(const void *)(tie + 8 * k), lanes));
        before[k] = _mm256_setzero_si256();
    }
#pragma GCC unroll 1
    for (uint32_t j = 0; j < count; j++) {
        __m256i other = _mm256_set1_epi32((int)(tie[j] ^ (1u << 31)));

        for (size_t k = 0; k < eights; k++) /* true is -1 */
            before[k] =
                _mm256_sub_epi32(before[k], _mm256_cmpgt_epi32(own[k], other));
    }
    for (size_t k = 0; k < eights; k++) {
        __m256i lanes = lanes_of((int32_t)count - 8 * (int32_t)k);

        _mm256_storeu_si256((__m256i *)(void *)(place + 8 * k), before[k]);
        sum = _mm256_add_epi32(sum, _mm256_and_si256(before[k], lanes));
    }
    return sum_of_lanes(sum) == count * (count - 1) / 2;
}

__attribute__((target("avx2"))) bool
sim_ties_rank_wide(const uint32_t tie[], uint32_t count, uint32_t place[])
{
    return count <= 16 ? rank_eights(tie, count, 2, place)
                       : rank_eights(tie, count, SIM_TIES_FEW / 8, place);
}

#else
bool sim_ties_rank_wide(const uint32_t tie[], uint32_t count, uint32_t place[])
{
    return sim_ties_rank_narrow(tie, count, place);
}
#endif

bool sim_ties_rank(const uint32_t tie[], uint32_t count, uint32_t place[])
{
    SIM_REQUIRE(count <= SIM_TIES_FEW);
    return sim_chance_is_wide() ? sim_ties_rank_wide(tie, count, place)
                                : sim_ties_rank_narrow(tie, count, place);
}

/* ---- many ---- */

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
