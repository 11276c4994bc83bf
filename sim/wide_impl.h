#ifndef SIM_WIDE_IMPL_H
#define SIM_WIDE_IMPL_H
/*
 * Vectors of four and eight, for machines that have AVX2. The program is
 * compiled for any machine; what this one can do is asked when it runs
 * (sim_chance_is_wide), and only then may what is WIDE be called. Numbers come
 * out the same to the last bit: nothing is contracted or put in another order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifdef __SSE2__
#include <immintrin.h>

#define WIDE static inline __attribute__((target("avx2"), always_inline))

/* Whole numbers below 2^52, put into the low digits of numbers from 2^52 on;
 * and as doubles again, with `less` taken off: WIDE_BIG, or what else is to be
 * with it. */
#define WIDE_BIG 0x1p52
#define WIDE_DIGITS 0x4330000000000000
WIDE __m256d wide_numbers(__m256i digits, double less)
{
    return _mm256_sub_pd(_mm256_castsi256_pd(digits), _mm256_set1_pd(less));
}
#endif
#endif
