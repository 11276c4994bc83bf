/*
 * Names to Philox blocks, and named streams for GSL's samplers. A name fills
 * key and counter bit by bit (the layout is in the header), so two names never
 * share a block.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sim/chance.h"

#include "sim/chance_impl.h"
#include "sim/chance_wide_impl.h"

#include <Random123/philox.h>
#include <string.h>

#define BLOCKS 256u
#define BLOCK_WORDS 4u

/* The final mix of MurmurHash3 (Appleby 2011): a bijection in which every bit
 * of `h` moves every bit of the result. */
static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x85ebca6bu;
    h ^= h >> 13;
    h *= 0xc2b2ae35u;
    h ^= h >> 16;
    return h;
}

uint32_t sim_tag(const char *text)
{
    uint32_t h = 2166136261u; /* FNV-1a's start and prime for 32 bits */

    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return mix(h);
}

uint32_t sim_tag_join(uint32_t first, uint32_t second)
{
    /* The constant (2^32 over the golden ratio) keeps 0, 0 from giving 0. */
    return mix(mix(first + 0x9e3779b9u) ^ second);
}

#ifdef __SSE2__
/*
 * Philox with vectors. One round is two products that do not depend on each
 * other, so both fit one vector: `even` has words 0 and 2 of the counter in the
 * low halves of its lanes, `odd` words 1 and 3; what is in the high halves does
 * not matter. A round (Salmon et al. 2011, section 4.2) makes
 *     words 0, 1 = high(M1 x2) ^ x1 ^ k0, low(M1 x2)
 *     words 2, 3 = high(M0 x0) ^ x3 ^ k1, low(M0 x0)
 * Every round waits for the one before it, so one block alone takes as long as
 * in the plain form; but SIM_BLOCKS of them side by side take little longer
 * than one. The tests hold the words against the published vectors.
 */
struct lanes {
    __m128i even, odd;
};

static inline struct lanes start_of(struct sim_counter counter)
{
    __m128i even =
        _mm_set_epi64x((int64_t)counter.second, (int64_t)counter.first);

    return (struct lanes){even, _mm_srli_epi64(even, 32)};
}

static inline struct lanes one_round(struct lanes at, __m128i key)
{
    const __m128i times = _mm_set_epi64x(PHILOX_M4x32_1, PHILOX_M4x32_0);
    /* Swapped: the product of word 0 makes words 2 and 3. */
    __m128i product = _mm_shuffle_epi32(_mm_mul_epu32(at.even, times),
                                        _MM_SHUFFLE(1, 0, 3, 2));

    return (struct lanes){
        _mm_xor_si128(_mm_xor_si128(at.odd, key), _mm_srli_epi64(product, 32)),
        product};
}

static inline void store_words(struct lanes at, uint32_t out[4])
{
    const __m128i low = _mm_set1_epi64x(UINT32_MAX);

    _mm_storeu_si128(
        (__m128i *)(void *)out,
        _mm_or_si128(_mm_and_si128(at.even, low), _mm_slli_epi64(at.odd, 32)));
}

/* All rounds of `count` counters with one key. */
static inline void all_rounds(const struct sim_chance *chance,
                              struct lanes *lanes, int count)
{
    const __m128i bump = _mm_set_epi64x(PHILOX_W32_1, PHILOX_W32_0);
    __m128i key = _mm_set_epi64x(chance->replication, chance->seed);

    for (int round = 0; round < PHILOX_ROUNDS; round++) {
        for (int i = 0; i < count; i++)
            lanes[i] = one_round(lanes[i], key);
        key = _mm_add_epi32(key, bump);
    }
}

/* The words of one counter. */
static inline void words_of(const struct sim_chance *chance,
                            struct sim_counter counter, uint32_t out[4])
{
    struct lanes lanes = start_of(counter);

    all_rounds(chance, &lanes, 1);
    store_words(lanes, out);
}

void sim_chance_blocks_narrow(const struct sim_chance *chance, uint32_t count,
                              const struct sim_counter counter[],
                              uint32_t out[][4])
{
    struct lanes lanes[SIM_BLOCKS];

    for (uint32_t at = 0; at < count; at += SIM_BLOCKS) {
        for (uint32_t i = 0; i < SIM_BLOCKS; i++)
            lanes[i] = start_of(counter[at + i]);
        all_rounds(chance, lanes, SIM_BLOCKS);
        for (uint32_t i = 0; i < SIM_BLOCKS; i++)
            store_words(lanes[i], out[at + i]);
    }
}

bool sim_chance_is_wide(void)
{
    return __builtin_cpu_supports("avx2");
}

/* The blocks of so many times four counters, in the order 0, 2, 1, 3 of each
 * four. They were not written just now: the processor would wait for their
 * parts before it could load the whole. */
WIDE void draw_wide(const struct sim_chance *chance, size_t count,
                    const struct sim_counter counter[], struct wide *wide)
{
    for (size_t i = 0; i < count; i++) {
        const __m256i *from =
            (const __m256i *)(const void *)&counter[SIM_BLOCKS * i];
        __m256i one = _mm256_loadu_si256(from);
        __m256i two = _mm256_loadu_si256(from + 1);

        put_halves(&wide[i], 0, _mm256_unpacklo_epi64(one, two));
        put_halves(&wide[i], 1, _mm256_unpackhi_epi64(one, two));
    }
    all_rounds_wide(chance, wide, count);
}

WIDE void store_blocks(const struct wide *at, uint32_t out[4][4])
{
    __m256i *to = (__m256i *)(void *)out;
    __m256i first = two_of(at, 0, 1), second = two_of(at, 2, 3);

    _mm256_storeu_si256(to, _mm256_unpacklo_epi64(first, second));
    _mm256_storeu_si256(to + 1, _mm256_unpackhi_epi64(first, second));
}

__attribute__((target("avx2"))) void
sim_chance_blocks_wide(const struct sim_chance *chance, uint32_t count,
                       const struct sim_counter counter[], uint32_t out[][4])
{
    struct wide wide[2];
    uint32_t at = 0;

    for (; at + SIM_BLOCKS < count; at += 2 * SIM_BLOCKS) {
        draw_wide(chance, 2, &counter[at], wide);
        store_blocks(&wide[0], &out[at]);
        store_blocks(&wide[1], &out[at + SIM_BLOCKS]);
    }
    if (at < count) {
        draw_wide(chance, 1, &counter[at], wide);
        store_blocks(&wide[0], &out[at]);
    }
}

/* sim_unit of words 2 and 3: in two parts, each exact, as is their sum. */
WIDE __m256d unit_wide(const struct wide *at)
{
    const __m256i big = _mm256_set1_epi64x(WIDE_DIGITS);
    __m256i high = _mm256_blend_epi32(at->word[2], big, 0xaa);
    __m256i low =
        _mm256_srli_epi64(_mm256_slli_epi64(at->word[3], 32), 32 + 11);

    low = _mm256_or_si256(low, _mm256_set1_epi64x(WIDE_DIGITS | 1));
    return _mm256_add_pd(
        _mm256_mul_pd(wide_numbers(high, WIDE_BIG), _mm256_set1_pd(0x1p-32)),
        _mm256_mul_pd(wide_numbers(low, WIDE_BIG), _mm256_set1_pd(0x1p-53)));
}

WIDE void store_ties(const struct wide *at, uint32_t tie[4], double unit[4])
{
    __m256i low = _mm256_permutevar8x32_epi32(
        at->word[0], _mm256_setr_epi32(0, 4, 2, 6, 0, 4, 2, 6));

    _mm_storeu_si128((__m128i *)(void *)tie, _mm256_castsi256_si128(low));
    _mm256_storeu_pd(
        unit, _mm256_permute4x64_pd(unit_wide(at), _MM_SHUFFLE(3, 1, 2, 0)));
}

__attribute__((target("avx2"))) void
sim_chance_ties_wide(const struct sim_chance *chance, uint32_t count,
                     const struct sim_counter counter[], uint32_t tie[],
                     double unit[])
{
    struct wide wide[2];
    uint32_t at = 0;

    for (; at + SIM_BLOCKS < count; at += 2 * SIM_BLOCKS) {
        draw_wide(chance, 2, &counter[at], wide);
        store_ties(&wide[0], &tie[at], &unit[at]);
        store_ties(&wide[1], &tie[at + SIM_BLOCKS], &unit[at + SIM_BLOCKS]);
    }
    if (at < count) {
        draw_wide(chance, 1, &counter[at], wide);
        store_ties(&wide[0], &tie[at], &unit[at]);
    }
}

void sim_chance_pairs_narrow(const struct sim_chance *chance, uint64_t first,
                             uint64_t second, uint64_t other,
                             uint32_t out[2][8])
{
    struct lanes lanes[4] = {
        start_of((struct sim_counter){first, second}),
        start_of((struct sim_counter){first, second + NEXT_INDEX}),
        start_of((struct sim_counter){first, other}),
        start_of((struct sim_counter){first, other + NEXT_INDEX}),
    };

    all_rounds(chance, lanes, 4);
    for (int i = 0; i < 4; i++) {
        uint32_t word[4];

        store_words(lanes[i], word);
        for (int k = 0; k < 4; k++)
            out[k % 2][2 * i + k / 2] = word[k];
    }
}

__attribute__((target("avx2"))) void
sim_chance_pairs_wide(const struct sim_chance *chance, uint64_t first,
                      uint64_t second, uint64_t other, uint32_t out[2][8])
{
    draw_pairs_wide(chance, first, second, other, out);
}
#else
/* The words of one counter. */
static inline void words_of(const struct sim_chance *chance,
                            struct sim_counter counter, uint32_t out[4])
{
    philox4x32_key_t key = {{chance->seed, chance->replication}};
    philox4x32_ctr_t at = {
        {(uint32_t)counter.first, (uint32_t)(counter.first >> 32),
         (uint32_t)counter.second, (uint32_t)(counter.second >> 32)}};
    philox4x32_ctr_t words = philox4x32_R(PHILOX_ROUNDS, at, key);

    memcpy(out, words.v, sizeof words.v);
}

void sim_chance_blocks_narrow(const struct sim_chance *chance, uint32_t count,
                              const struct sim_counter counter[],
                              uint32_t out[][4])
{
    for (uint32_t i = 0; i < count; i++)
        words_of(chance, counter[i], out[i]);
}

void sim_chance_blocks_wide(const struct sim_chance *chance, uint32_t count,
                            const struct sim_counter counter[],
                            uint32_t out[][4])
{
    sim_chance_blocks_narrow(chance, count, counter, out);
}

bool sim_chance_is_wide(void)
{
    return false;
}

void sim_chance_ties_wide(const struct sim_chance *chance, uint32_t count,
                          const struct sim_counter counter[], uint32_t tie[],
                          double unit[])
{
    sim_chance_ties_narrow(chance, count, counter, tie, unit);
}

void sim_chance_pairs_narrow(const struct sim_chance *chance, uint64_t first,
                             uint64_t second, uint64_t other,
                             uint32_t out[2][8])
{
    for (uint32_t i = 0; i < 4; i++) {
        struct sim_counter at = {first,
                                 (i < 2 ? second : other) + i % 2 * NEXT_INDEX};
        uint32_t word[4];

        words_of(chance, at, word);
        for (uint32_t k = 0; k < 4; k++)
            out[k % 2][2 * i + k / 2] = word[k];
    }
}

void sim_chance_pairs_wide(const struct sim_chance *chance, uint64_t first,
                           uint64_t second, uint64_t other, uint32_t out[2][8])
{
    sim_chance_pairs_narrow(chance, first, second, other, out);
}
#endif

void sim_chance_ties_narrow(const struct sim_chance *chance, uint32_t count,
                            const struct sim_counter counter[], uint32_t tie[],
                            double unit[])
{
    for (uint32_t at = 0; at < count; at += SIM_BLOCKS) {
        uint32_t word[SIM_BLOCKS][4];

        sim_chance_blocks_narrow(chance, SIM_BLOCKS, &counter[at], word);
        for (uint32_t i = 0; i < SIM_BLOCKS; i++) {
            tie[at + i] = word[i][0];
            unit[at + i] = sim_unit(word[i][2], word[i][3]);
        }
    }
}

void sim_chance_blocks(const struct sim_chance *chance, uint32_t count,
                       const struct sim_counter counter[], uint32_t out[][4])
{
    if (sim_chance_is_wide())
        sim_chance_blocks_wide(chance, count, counter, out);
    else
        sim_chance_blocks_narrow(chance, count, counter, out);
}

void sim_chance_ties(const struct sim_chance *chance, uint32_t count,
                     const struct sim_counter counter[], uint32_t tie[],
                     double unit[])
{
    if (sim_chance_is_wide())
        sim_chance_ties_wide(chance, count, counter, tie, unit);
    else
        sim_chance_ties_narrow(chance, count, counter, tie, unit);
}

void sim_chance_pairs(const struct sim_chance *chance, uint64_t first,
                      uint64_t second, uint64_t other, uint32_t out[2][8])
{
    SIM_REQUIRE(((second | other) & NEXT_INDEX) == 0);
    if (sim_chance_is_wide())
        sim_chance_pairs_wide(chance, first, second, other, out);
    else
        sim_chance_pairs_narrow(chance, first, second, other, out);
}

void sim_chance_words(const struct sim_chance *chance,
                      const struct sim_name *name, unsigned block,
                      uint32_t out[4])
{
    SIM_REQUIRE(name->number < SIM_NUMBERS && block < BLOCKS);
    words_of(chance, sim_counter_of(name, (uint8_t)block), out);
}

double sim_chance_uniform(const struct sim_chance *chance,
                          const struct sim_name *name)
{
    uint32_t word[4];

    sim_chance_words(chance, name, 0, word);
    return sim_unit(word[0], word[1]);
}

/* The next word of the stream whose state is `s`. */
static uint32_t next_word(struct sim_stream_state *s)
{
    if (s->left == 0) {
        /* Beyond its blocks a name would repeat itself. */
        SIM_REQUIRE(s->block < BLOCKS);
        sim_chance_words(&s->chance, &s->name, s->block++, s->word);
        s->left = BLOCK_WORDS;
    }
    return s->word[BLOCK_WORDS - s->left--];
}

static unsigned long stream_get(void *state)
{
    return next_word(state);
}

static double stream_get_double(void *state)
{
    uint32_t high = next_word(state);
    uint32_t low = next_word(state);

    return sim_unit(high, low);
}

/* GSL wants a way to seed. A named stream has none: its name is its seed. */
static void stream_set(void *state, unsigned long seed)
{
    (void)state;
    (void)seed;
}

static const gsl_rng_type stream_type = {
    .name = "named philox4x32-10",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(struct sim_stream_state),
    .set = stream_set,
    .get = stream_get,
    .get_double = stream_get_double,
};

void sim_stream_init(struct sim_stream *stream, const struct sim_chance *chance,
                     const struct sim_name *name)
{
    stream->rng.type = &stream_type;
    stream->rng.state = &stream->state;
    stream->state.chance = *chance;
    stream->state.name = *name;
    stream->state.block = 0;
    stream->state.left = 0;
}
