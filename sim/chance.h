#ifndef SIM_CHANCE_H
#define SIM_CHANCE_H
/*
 * Chance: every random number has a name, so none depends on the order in
 * which things happen to run (design, section 7).
 * Generator: Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as
 * easy as 1, 2, 3"), from Random123. The name is packed injectively:
 *   key     = seed 32 | replication 32
 *   counter = owner 32 | number 24, purpose 8 | topic 32 | day 16, ordinal 8,
 *             block 8
 * so a variate has 256 blocks of four 32-bit words to itself and a rejection
 * sampler cannot shift another.
 * Threads: pure functions of their arguments.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gsl/gsl_rng.h>
#include <stdint.h>

#include "sim/error.h"

/* Which run of the experiment: shared by all names of one replication. */
struct sim_chance {
    uint32_t seed;
    uint32_t replication;
};

struct sim_name {
    uint32_t owner;  /* tag of what owns it: a cohort, a place of a shift */
    uint32_t number; /* which one of them, below 2^24 */
    uint32_t topic;  /* tag of what it is about: a kind, a change; or 0 */
    uint16_t day;    /* civil day, or the high 16 bits of an index */
    uint8_t ordinal; /* which one that day, or the low 8 bits of an index */
    uint8_t purpose; /* what it decides: the caller's own list */
};

/*
 * A 32-bit tag of a text (FNV-1a with a final mix; not injective: the caller
 * checks its names for collisions). `sim_tag_join` tags an ordered pair.
 */
uint32_t sim_tag(const char *text);
uint32_t sim_tag_join(uint32_t first, uint32_t second);

/* Set `day` and `ordinal` of `name` to the 24-bit index `n`. */
static inline void sim_name_index(struct sim_name *name, uint32_t n)
{
    SIM_REQUIRE(n < (uint32_t)1 << 24);
    name->day = (uint16_t)(n >> 8);
    name->ordinal = (uint8_t)(n & 0xff);
}

/* The four 32-bit words of block `block` (0 to 255) of `name`. */
void sim_chance_words(const struct sim_chance *chance,
                      const struct sim_name *name, unsigned block,
                      uint32_t out[4]);

/* A block of a name as it is drawn: the counter above, two words in each half.
 * Who gives out numbers sees to it that they are below SIM_NUMBERS. */
struct sim_counter {
    uint64_t first, second;
};
#define SIM_NUMBERS ((uint32_t)1 << 24)
static inline uint64_t sim_counter_second(uint32_t topic, uint16_t day,
                                          uint8_t ordinal, uint8_t block)
{
    return (uint64_t)day << 48 | (uint64_t)ordinal << 40 |
           (uint64_t)block << 32 | topic;
}

static inline uint16_t sim_counter_day(uint64_t second)
{
    return (uint16_t)(second >> 48);
}
static inline uint8_t sim_counter_ordinal(uint64_t second)
{
    return (uint8_t)(second >> 40);
}

static inline struct sim_counter sim_counter_of(const struct sim_name *name,
                                                uint8_t block)
{
    return (struct sim_counter){
        (uint64_t)(name->number << 8 | name->purpose) << 32 | name->owner,
        sim_counter_second(name->topic, name->day, name->ordinal, block)};
}

/* The words of `count` counters: SIM_BLOCKS of them take little longer than
 * one. Both arrays have room for a multiple of SIM_BLOCKS; what is there beyond
 * `count` is drawn as well, for nothing. */
#define SIM_BLOCKS 4
void sim_chance_blocks(const struct sim_chance *chance, uint32_t count,
                       const struct sim_counter counter[], uint32_t out[][4]);

/* The words of two counters with one `first` half, each with those of the
 * counter whose index is one higher; the indices given are even, so that
 * nothing carries. Words 0 and 2 of these four come first, and then words 1 and
 * 3 of all. They take little longer than one. Given as numbers and not in an
 * array: the processor would wait for its parts before it could load it. */
void sim_chance_pairs(const struct sim_chance *chance, uint64_t first,
                      uint64_t second, uint64_t other, uint32_t out[2][8]);

/* A uniform number from 64 random bits: in (0, 1), never 0 or 1; 53 bits. */
static inline double sim_unit(uint32_t high, uint32_t low)
{
    uint64_t bits = (uint64_t)high << 32 | low;

    /* Odd multiples of 2^-53: exact, symmetric about 1/2, never 0 or 1. */
    return (double)(int64_t)(bits >> 11 | 1) * 0x1p-53;
}

/* Of each counter word 0, its tie, and sim_unit of words 2 and 3: all that is
 * random about most things that wait in line. All arrays have room for a
 * multiple of SIM_BLOCKS, as above. */
void sim_chance_ties(const struct sim_chance *chance, uint32_t count,
                     const struct sim_counter counter[], uint32_t tie[],
                     double unit[]);

/* The uniform of `name` in (0, 1): words 0 and 1 of block 0. */
double sim_chance_uniform(const struct sim_chance *chance,
                          const struct sim_name *name);

/*
 * A name as a GSL generator, for GSL's samplers. Lives on the stack; `rng` is
 * what to pass to gsl_ran_*. It starts at block 0 of the name; using more than
 * the 1024 words of a name is a fault of the program.
 */
struct sim_stream {
    gsl_rng rng;
    struct sim_stream_state {
        struct sim_chance chance;
        struct sim_name name;
        uint32_t word[4];
        unsigned block; /* next block to draw */
        unsigned left;  /* words of `word` not yet used */
    } state;
};
void sim_stream_init(struct sim_stream *stream, const struct sim_chance *chance,
                     const struct sim_name *name);
#endif
