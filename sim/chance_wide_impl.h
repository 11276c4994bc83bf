#ifndef SIM_CHANCE_WIDE_IMPL_H
#define SIM_CHANCE_WIDE_IMPL_H
/*
 * Philox with vectors of four (sim/wide_impl.h), for those who draw much. Whole
 * numbers: the words are those of sim_chance_words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <Random123/philox.h>

#include "sim/chance.h"
#include "sim/wide_impl.h"

#define PHILOX_ROUNDS 10

/* What one more in the index adds to the second half of a counter, where
 * nothing carries. */
#define NEXT_INDEX ((uint64_t)1 << 40)

#ifdef __SSE2__
/*
 * Four blocks stand in a set of vectors, one for each word of the counter: word
 * i of block j in the low half of lane j of vector i, and it does not matter
 * what is in the high halves. So nothing has to be swapped from round to round.
 * Words 1 and 3, which a round does not multiply, are kept with its key mixed
 * in while their product is waited for.
 */
struct wide {
    __m256i word[4];
};

/* The words of a vector of halves of counters. */
WIDE void put_halves(struct wide *at, int half, __m256i halves)
{
    at->word[2 * half] = halves;
    at->word[2 * half + 1] = _mm256_srli_epi64(halves, 32);
}

/* Two words of each block, one after the other. */
WIDE __m256i two_of(const struct wide *at, int word, int next)
{
    return _mm256_blend_epi32(at->word[word],
                              _mm256_slli_epi64(at->word[next], 32), 0xaa);
}

/* A round, but for the key: that stands in words 1 and 3 already. */
WIDE void one_round_wide(struct wide *at)
{
    __m256i product0 =
        _mm256_mul_epu32(at->word[0], _mm256_set1_epi64x(PHILOX_M4x32_0));
    __m256i product1 =
        _mm256_mul_epu32(at->word[2], _mm256_set1_epi64x(PHILOX_M4x32_1));

    at->word[0] =
        _mm256_xor_si256(at->word[1], _mm256_srli_epi64(product1, 32));
    at->word[1] = product1;
    at->word[2] =
        _mm256_xor_si256(at->word[3], _mm256_srli_epi64(product0, 32));
    at->word[3] = product0;
}

WIDE void mix_key(struct wide *at, __m256i key0, __m256i key1)
{
    at->word[1] = _mm256_xor_si256(at->word[1], key0);
    at->word[3] = _mm256_xor_si256(at->word[3], key1);
}

/* All rounds of `count` times four counters with one key. Those of one four
 * wait for each other, so two fours take little longer than one. Not unrolled
 * as a whole: that would be three times as much of the cache for instructions.
 */
WIDE void all_rounds_wide(const struct sim_chance *chance, struct wide *at,
                          size_t count)
{
    __m256i key0 = _mm256_set1_epi32((int)chance->seed);
    __m256i key1 = _mm256_set1_epi32((int)chance->replication);

    for (size_t i = 0; i < count; i++)
        mix_key(&at[i], key0, key1);
#pragma GCC unroll 3
    for (int round = 1; round < PHILOX_ROUNDS; round++) {
        key0 = _mm256_add_epi32(key0, _mm256_set1_epi64x(PHILOX_W32_0));
        key1 = _mm256_add_epi32(key1, _mm256_set1_epi64x(PHILOX_W32_1));
        for (size_t i = 0; i < count; i++) {
            one_round_wide(&at[i]);
            mix_key(&at[i], key0, key1);
        }
    }
    for (size_t i = 0; i < count; i++)
        one_round_wide(&at[i]);
}

/* As sim_chance_pairs. */
WIDE void draw_pairs_wide(const struct sim_chance *chance, uint64_t first,
                          uint64_t second, uint64_t other, uint32_t out[2][8])
{
    struct wide wide;

    put_halves(&wide, 0, _mm256_set1_epi64x((int64_t)first));
    put_halves(&wide, 1,
               _mm256_set_epi64x((int64_t)(other + NEXT_INDEX), (int64_t)other,
                                 (int64_t)(second + NEXT_INDEX),
                                 (int64_t)second));
    all_rounds_wide(chance, &wide, 1);
    _mm256_storeu_si256((__m256i *)(void *)out[0], two_of(&wide, 0, 2));
    _mm256_storeu_si256((__m256i *)(void *)out[1], two_of(&wide, 1, 3));
}

#endif
#endif
