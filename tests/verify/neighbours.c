/* Names that differ by one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/verify/neighbours.h"

#include <Random123/philox.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>

#include "sim/chance.h"

#define CELLS 16
#define BLOCK_BITS 128
#define SAFE_TAIL 1e-300 /* below it the deviate is as far as can be told */

/* A name with all that is around it, as the generator is asked for it. */
struct asked {
    struct sim_chance chance;
    struct sim_name name;
    unsigned block;
};

static uint32_t any(gsl_rng *rng)
{
    /* The twister gives 32 bits. */
    return (uint32_t)gsl_rng_get(rng);
}

/* One below the most that each part holds, so that there is one above. */
static struct asked draw_asked(gsl_rng *rng)
{
    struct asked asked = {
        .chance = {any(rng), any(rng)},
        .name = {.owner = any(rng),
                 .number = any(rng) >> 8,
                 .topic = any(rng),
                 .day = (uint16_t)any(rng),
                 .ordinal = (uint8_t)any(rng),
                 .purpose = (uint8_t)any(rng)},
        .block = any(rng) & 0xfe,
    };

    asked.name.number &= 0xfffffe;
    return asked;
}

/* Add one: past the end of a part it begins anew, and differs as well. */
static struct asked neighbour_of(struct asked asked, enum neighbours_part part)
{
    switch (part) {
    case PART_SEED:
        asked.chance.seed++;
        break;
    case PART_REPLICATION:
        asked.chance.replication++;
        break;
    case PART_OWNER:
        asked.name.owner++;
        break;
    case PART_NUMBER:
        asked.name.number++;
        break;
    case PART_TOPIC:
        asked.name.topic++;
        break;
    case PART_DAY:
        asked.name.day++;
        break;
    case PART_ORDINAL:
        asked.name.ordinal++;
        break;
    case PART_PURPOSE:
        asked.name.purpose++;
        break;
    default:
        asked.block++;
        break;
    }
    return asked;
}

/* The words of a block, by a generator of fewer rounds than the model's. */
static void weak_words(const struct asked *asked, unsigned rounds,
                       uint32_t words[4])
{
    const struct sim_name *n = &asked->name;
    philox4x32_key_t key = {{asked->chance.seed, asked->chance.replication}};
    philox4x32_ctr_t at = {
        {n->owner, n->number << 8 | n->purpose, n->topic,
         (uint32_t)n->day << 16 | (uint32_t)n->ordinal << 8 | asked->block}};
    philox4x32_ctr_t out = philox4x32_R(rounds, at, key);

    memcpy(words, out.v, sizeof out.v);
}

static void words_of(const struct asked *asked, unsigned rounds,
                     uint32_t words[4])
{
    if (rounds)
        weak_words(asked, rounds, words);
    else
        sim_chance_words(&asked->chance, &asked->name, asked->block, words);
}

/* What is counted over all pairs. */
struct pairs {
    double count, product, differing; /* product: of deviations from 1/2 */
    double cell[CELLS][CELLS];
};

static void add_pair(const uint32_t a[4], const uint32_t b[4],
                     struct pairs *pairs)
{
    double x = sim_unit(a[0], a[1]), y = sim_unit(b[0], b[1]);

    pairs->count++;
    pairs->product += (x - 0.5) * (y - 0.5);
    pairs->cell[(int)(x * CELLS)][(int)(y * CELLS)]++;
    for (int i = 0; i < 4; i++)
        pairs->differing += __builtin_popcount(a[i] ^ b[i]);
}

static void count_pairs(const struct neighbours *of,
                        const struct verify_attempt *attempt,
                        struct pairs *pairs)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    assert_non_null(rng);
    gsl_rng_set(rng, attempt->seed);
    memset(pairs, 0, sizeof *pairs);
    for (uint32_t i = 0; i < attempt->replications; i++) {
        struct asked asked = draw_asked(rng);
        struct asked other = neighbour_of(asked, of->part);
        uint32_t a[4], b[4];

        words_of(&asked, of->rounds, a);
        words_of(&other, of->rounds, b);
        add_pair(a, b, pairs);
    }
    gsl_rng_free(rng);
}

static struct verify_found found(double mean, double error)
{
    double half = gsl_cdf_ugaussian_Pinv(0.975) * error;

    return (struct verify_found){mean, error, mean - half, mean + half};
}

struct verify_found neighbours_correlation(const json_t *json,
                                           const void *context,
                                           const struct verify_attempt *attempt)
{
    struct pairs pairs;

    (void)json;
    count_pairs(context, attempt, &pairs);
    /* A uniform's variance is 1/12. */
    return found(12 * pairs.product / pairs.count, 1 / sqrt(pairs.count));
}

struct verify_found neighbours_chi_square(const json_t *json,
                                          const void *context,
                                          const struct verify_attempt *attempt)
{
    const double df = CELLS * CELLS - 1; /* the law is known, nothing fitted */
    double expected, chi = 0, above;
    struct pairs pairs;

    (void)json;
    count_pairs(context, attempt, &pairs);
    expected = pairs.count / (CELLS * CELLS);
    for (int i = 0; i < CELLS; i++)
        for (int j = 0; j < CELLS; j++)
            chi += pow(pairs.cell[i][j] - expected, 2) / expected;
    above = gsl_cdf_chisq_Q(chi, df);
    return found(above > 0.5 ? gsl_cdf_ugaussian_Pinv(gsl_cdf_chisq_P(chi, df))
                             : gsl_cdf_ugaussian_Qinv(fmax(above, SAFE_TAIL)),
                 1);
}

struct verify_found neighbours_bits(const json_t *json, const void *context,
                                    const struct verify_attempt *attempt)
{
    struct pairs pairs;
    double bits;

    (void)json;
    count_pairs(context, attempt, &pairs);
    bits = BLOCK_BITS * pairs.count;
    return found(pairs.differing / bits - 0.5, 0.5 / sqrt(bits));
}
