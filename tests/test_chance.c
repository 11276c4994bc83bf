/* Named random numbers: the generator, the names, and GSL's samplers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/chance.h"
#include "sim/chance_impl.h"
#include "tests/stats.h"
#include "tests/table.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

/* Philox 4x32-10's known answers, from kat_vectors of Random123. */
struct known_case {
    const char *name;
    uint32_t counter[4];
    uint32_t key[2];
    uint32_t words[4];
};
static struct known_case known_cases[] = {
    {"all bits 0",
     {0, 0, 0, 0},
     {0, 0},
     {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {"all bits 1",
     {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
     {0xffffffff, 0xffffffff},
     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {"the digits of pi",
     {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     {0xa4093822, 0x299f31d0},
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

/* The name whose packing is the given key and counter. */
static void unpack(const uint32_t key[2], const uint32_t counter[4],
                   struct sim_chance *chance, struct sim_name *name,
                   unsigned *block)
{
    *chance = (struct sim_chance){key[0], key[1]};
    *name = (struct sim_name){
        .owner = counter[0],
        .number = counter[1] >> 8,
        .purpose = (uint8_t)(counter[1] & 0xff),
        .topic = counter[2],
        .day = (uint16_t)(counter[3] >> 16),
        .ordinal = (uint8_t)(counter[3] >> 8 & 0xff),
    };
    *block = counter[3] & 0xff;
}

static void has_known_answer(void **state)
{
    const struct known_case *c = *state;
    struct sim_chance chance;
    struct sim_name name;
    unsigned block;
    uint32_t words[4];

    unpack(c->key, c->counter, &chance, &name, &block);
    sim_chance_words(&chance, &name, block, words);
    assert_memory_equal(words, c->words, sizeof words);
}

/* Room for more than are drawn side by side; so many are drawn the k-th time.
 */
#define ROOM (3 * SIM_BLOCKS)
static uint32_t count_of(int k)
{
    return 1 + (uint32_t)k % ROOM;
}

/* Names, and the counters of their first blocks. Each answer is part of the
 * next names, so every bit takes both values. */
static void name_all(uint32_t words[4], struct sim_chance *chance,
                     struct sim_name name[ROOM],
                     struct sim_counter counter[ROOM])
{
    unsigned block;

    for (uint32_t i = 0; i < ROOM; i++) {
        words[0] += i;
        unpack(&words[1], words, chance, &name[i], &block);
        counter[i] = sim_counter_of(&name[i], 0);
    }
}

static void blocks_are_those_drawn_one_by_one(void **state)
{
    uint32_t words[4] = {1, 2, 3, 4};

    (void)state;
    for (int k = 0; k < 1000; k++) {
        uint32_t count = count_of(k);
        struct sim_chance chance;
        struct sim_name name[ROOM];
        struct sim_counter counter[ROOM];
        uint32_t out[ROOM][4], wide[ROOM][4];
        uint32_t narrow[ROOM][4];

        name_all(words, &chance, name, counter);
        sim_chance_blocks(&chance, count, counter, out);
        if (sim_chance_is_wide())
            sim_chance_blocks_wide(&chance, count, counter, wide);
        else
            memcpy(wide, out, sizeof wide);
        sim_chance_blocks_narrow(&chance, count, counter, narrow);
        for (uint32_t i = 0; i < count; i++) {
            sim_chance_words(&chance, &name[i], 0, words);
            assert_memory_equal(words, out[i], sizeof words);
            assert_memory_equal(words, wide[i], sizeof words);
            assert_memory_equal(words, narrow[i], sizeof words);
        }
    }
}

/* Word 0, and the uniform of words 2 and 3 to the last bit. */
static void ties_are_those_drawn_one_by_one(void **state)
{
    uint32_t words[4] = {3, 1, 4, 2};

    (void)state;
    for (int k = 0; k < 1000; k++) {
        uint32_t count = count_of(k);
        struct sim_chance chance;
        struct sim_name name[ROOM];
        struct sim_counter counter[ROOM];
        uint32_t tie[ROOM], narrow[ROOM];
        double unit[ROOM], narrow_unit[ROOM];

        name_all(words, &chance, name, counter);
        sim_chance_ties(&chance, count, counter, tie, unit);
        sim_chance_ties_narrow(&chance, count, counter, narrow, narrow_unit);
        for (uint32_t i = 0; i < count; i++) {
            sim_chance_words(&chance, &name[i], 0, words);
            assert_int_equal(tie[i], words[0]);
            assert_int_equal(narrow[i], words[0]);
            assert_true(unit[i] == sim_unit(words[2], words[3]));
            assert_true(narrow_unit[i] == sim_unit(words[2], words[3]));
        }
    }
}

/* Two pairs, of which the second is that of another topic, day and so on. */
static void pairs_are_those_drawn_one_by_one(void **state)
{
    uint32_t words[4] = {4, 3, 2, 1};

    (void)state;
    for (int k = 0; k < 1000; k++) {
        struct sim_chance chance;
        struct sim_name name[2];
        struct sim_counter at[2];
        uint32_t out[2][8], wide[2][8], narrow[2][8], plain[2][8];
        unsigned block[2];

        for (int i = 0; i < 2; i++) {
            unpack(&words[1], words, &chance, &name[i], &block[i]);
            sim_chance_words(&chance, &name[i], block[i], words);
            name[i].owner = name[0].owner;
            name[i].number = name[0].number;
            name[i].purpose = name[0].purpose;
            name[i].ordinal &= 0xfe;
            at[i] = sim_counter_of(&name[i], (uint8_t)block[i]);
        }
        sim_chance_pairs(&chance, at[0].first, at[0].second, at[1].second, out);
        memcpy(wide, out, sizeof wide);
        if (sim_chance_is_wide())
            sim_chance_pairs_wide(&chance, at[0].first, at[0].second,
                                  at[1].second, wide);
        sim_chance_pairs_narrow(&chance, at[0].first, at[0].second,
                                at[1].second, narrow);
        for (int i = 0; i < 4; i++) {
            sim_chance_words(&chance, &name[i / 2], block[i / 2], words);
            for (int word = 0; word < 4; word++)
                plain[word % 2][2 * i + word / 2] = words[word];
            name[i / 2].ordinal++;
        }
        assert_memory_equal(plain, out, sizeof plain);
        assert_memory_equal(plain, wide, sizeof plain);
        assert_memory_equal(plain, narrow, sizeof plain);
    }
}

/* Key and counter have 192 bits; the name and the block fill all of them. */
static void every_bit_of_a_name_counts(void **state)
{
    uint32_t words[193][4];

    (void)state;
    for (unsigned bit = 0; bit <= 192; bit++) {
        uint32_t packed[6] = {0x12345678, 0x9abcdef0, 0x0fedcba9,
                              0x87654321, 0xdeadbeef, 0x31415926};
        struct sim_chance chance;
        struct sim_name name;
        unsigned block;

        if (bit < 192)
            packed[bit / 32] ^= (uint32_t)1 << bit % 32;
        unpack(packed, packed + 2, &chance, &name, &block);
        sim_chance_words(&chance, &name, block, words[bit]);
        for (unsigned other = 0; other < bit; other++)
            assert_memory_not_equal(words[bit], words[other], sizeof words[0]);
    }
}

static void an_index_fills_day_and_ordinal(void **state)
{
    static const uint32_t indices[] = {0, 1, 255, 256, 65536, (1u << 24) - 1};

    (void)state;
    for (size_t i = 0; i < LENGTH(indices); i++) {
        struct sim_name name = {.owner = 7, .day = 9, .ordinal = 9};

        sim_name_index(&name, indices[i]);
        assert_int_equal((uint32_t)name.day << 8 | name.ordinal, indices[i]);
        assert_int_equal(name.owner, 7);
    }
}

static void tags_tell_texts_apart(void **state)
{
    uint32_t tags[1000];
    char text[20];

    (void)state;
    for (unsigned i = 0; i < LENGTH(tags); i++) {
        snprintf(text, sizeof text, "visit %u", i);
        tags[i] = sim_tag(text);
        assert_int_equal(tags[i], sim_tag(text));
        for (unsigned j = 0; j < i; j++)
            assert_int_not_equal(tags[i], tags[j]);
    }
    assert_int_not_equal(sim_tag(""), sim_tag(" "));
    assert_int_not_equal(sim_tag("ab"), sim_tag("ba"));
}

static void joined_tags_keep_their_order(void **state)
{
    uint32_t a = sim_tag("early");
    uint32_t b = sim_tag("late");

    (void)state;
    assert_int_not_equal(sim_tag_join(a, b), sim_tag_join(b, a));
    assert_int_not_equal(sim_tag_join(a, b), sim_tag_join(a, a));
    assert_int_not_equal(sim_tag_join(a, 0), a);
    assert_int_not_equal(sim_tag_join(0, 0), 0);
}

static void units_never_reach_0_or_1(void **state)
{
    double least = sim_unit(0, 0);
    double most = sim_unit(UINT32_MAX, UINT32_MAX);

    (void)state;
    assert_true(least == 0x1p-53 && most == 1 - 0x1p-53);
    assert_true(sim_unit(0x80000000u, 0) > 0.5);
    assert_true(sim_unit(0x7fffffffu, UINT32_MAX) < 0.5);
    /* Symmetric, so the mean is 1/2 exactly. */
    assert_true(1 - sim_unit(0x12345678u, 0x9abcdef0u) ==
                sim_unit(~0x12345678u, ~0x9abcdef0u));
}

/* Which part of a name counts up, the rest staying as it is. */
enum part { SEED, REPLICATION, OWNER, NUMBER, TOPIC, INDEX };
struct uniform_case {
    const char *name;
    enum part part;
};
static struct uniform_case uniform_cases[] = {
    {"uniform over seeds", SEED},   {"uniform over replications", REPLICATION},
    {"uniform over owners", OWNER}, {"uniform over numbers", NUMBER},
    {"uniform over topics", TOPIC}, {"uniform over indices", INDEX},
};

static double uniform_with(enum part part, uint32_t value)
{
    struct sim_chance chance = {1, 2};
    struct sim_name name = {3, 4, 5, 6, 7, 8};

    switch (part) {
    case SEED:
        chance.seed = value;
        break;
    case REPLICATION:
        chance.replication = value;
        break;
    case OWNER:
        name.owner = value;
        break;
    case NUMBER:
        name.number = value;
        break;
    case TOPIC:
        name.topic = value;
        break;
    case INDEX:
        sim_name_index(&name, value);
        break;
    }
    return sim_chance_uniform(&chance, &name);
}

static void is_uniform(void **state)
{
    enum { N = 50000, CELLS = 256 };
    const struct uniform_case *c = *state;
    unsigned count[CELLS] = {0};
    double sum = 0;
    double squares = 0;
    double lag = 0;
    double before = 0.5;
    double chi = 0;

    for (uint32_t i = 0; i < N; i++) {
        double u = uniform_with(c->part, i);

        count[(int)(u * CELLS)]++;
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
        lag += (u - 0.5) * (before - 0.5);
        before = u;
    }
    for (int i = 0; i < CELLS; i++)
        chi += pow(count[i] - (double)N / CELLS, 2) / ((double)N / CELLS);
    assert_near(sum / N, 0.5, STANDARD_ERRORS * sqrt(1.0 / 12 / N));
    assert_near(squares / N, 1.0 / 12, STANDARD_ERRORS * sqrt(1.0 / 180 / N));
    assert_near(lag / N, 0, STANDARD_ERRORS / 12 * sqrt(1.0 / N));
    assert_true(chi < gsl_cdf_chisq_Qinv(1e-4, CELLS - 1));
}

static const struct sim_chance run = {20270101, 0};

/* GSL's samplers through named streams, against GSL's distributions. */
struct sampler_case {
    const char *name;
    double (*draw)(const gsl_rng *, double, double);
    double (*cdf)(double, double, double);
    double a;
    double b;
    double wrong_a; /* of a control, which must fail */
};
static struct sampler_case sampler_cases[] = {
    {"a gamma of a small shape", gsl_ran_gamma, gsl_cdf_gamma_P, 0.5, 2, 0.55},
    {"a gamma of a large shape", gsl_ran_gamma, gsl_cdf_gamma_P, 4, 0.25, 4.2},
    {"a lognormal", gsl_ran_lognormal, gsl_cdf_lognormal_P, 1, 0.5, 1.05},
    {"a Weibull", gsl_ran_weibull, gsl_cdf_weibull_P, 3, 1.5, 3.2},
    {"a beta", gsl_ran_beta, gsl_cdf_beta_P, 2, 5, 2.2},
};

static double sampler_cdf(double x, const void *context)
{
    const struct sampler_case *c = context;

    return c->cdf(x, c->a, c->b);
}

static void sampler_agrees(void **state)
{
    enum { N = 20000 };
    struct sampler_case c = *(const struct sampler_case *)*state;
    double *value = malloc(N * sizeof *value);

    assert_non_null(value);
    for (uint32_t i = 0; i < N; i++) {
        struct sim_name name = {.owner = sim_tag(c.name), .number = i};
        struct sim_stream stream;

        sim_stream_init(&stream, &run, &name);
        value[i] = c.draw(&stream.rng, c.a, c.b);
    }
    assert_true(ks_statistic(value, N, N, sampler_cdf, &c) < ks_bound(N));
    c.a = c.wrong_a;
    assert_true(ks_statistic(value, N, N, sampler_cdf, &c) > ks_bound(N));
    free(value);
}

static void a_stream_reads_its_blocks_in_order(void **state)
{
    struct sim_name name = {1, 2, 3, 4, 5, 6};
    struct sim_stream stream;

    (void)state;
    sim_stream_init(&stream, &run, &name);
    for (unsigned block = 0; block < 256; block++) {
        uint32_t words[4];

        sim_chance_words(&run, &name, block, words);
        for (unsigned i = 0; i < 4; i++)
            assert_int_equal(gsl_rng_get(&stream.rng), words[i]);
    }
}

static void a_stream_begins_with_the_uniform(void **state)
{
    struct sim_name name = {1, 2, 3, 4, 5, 6};
    struct sim_stream stream;

    (void)state;
    sim_stream_init(&stream, &run, &name);
    assert_true(gsl_rng_uniform(&stream.rng) ==
                sim_chance_uniform(&run, &name));
}

static void a_stream_has_no_seed(void **state)
{
    struct sim_name name = {1, 2, 3, 4, 5, 6};
    struct sim_stream stream;

    (void)state;
    sim_stream_init(&stream, &run, &name);
    gsl_rng_set(&stream.rng, 99);
    assert_true(gsl_rng_uniform(&stream.rng) ==
                sim_chance_uniform(&run, &name));
    assert_true(gsl_rng_min(&stream.rng) == 0);
    assert_true(gsl_rng_max(&stream.rng) == UINT32_MAX);
}

/* The gamma of person 2 after person 1 drew `used` numbers. */
static double gamma_after(unsigned used)
{
    struct sim_name first = {.number = 1};
    struct sim_name second = {.number = 2};
    struct sim_stream stream;
    struct sim_stream other;

    sim_stream_init(&stream, &run, &first);
    sim_stream_init(&other, &run, &second);
    for (unsigned i = 0; i < used; i++)
        (void)gsl_ran_gamma(&stream.rng, 0.7, 1);
    return gsl_ran_gamma(&other.rng, 0.7, 1);
}

static void no_name_depends_on_anothers_use(void **state)
{
    (void)state;
    for (unsigned used = 1; used < 20; used++)
        assert_true(gamma_after(used) == gamma_after(0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_those_drawn_one_by_one),
        cmocka_unit_test(ties_are_those_drawn_one_by_one),
        cmocka_unit_test(pairs_are_those_drawn_one_by_one),
        cmocka_unit_test(every_bit_of_a_name_counts),
        cmocka_unit_test(an_index_fills_day_and_ordinal),
        cmocka_unit_test(tags_tell_texts_apart),
        cmocka_unit_test(joined_tags_keep_their_order),
        cmocka_unit_test(units_never_reach_0_or_1),
        cmocka_unit_test(a_stream_reads_its_blocks_in_order),
        cmocka_unit_test(a_stream_begins_with_the_uniform),
        cmocka_unit_test(a_stream_has_no_seed),
        cmocka_unit_test(no_name_depends_on_anothers_use),
    };
    int failed = run_table("known answers", has_known_answer, known_cases);

    failed += run_table("uniformity", is_uniform, uniform_cases);
    failed += run_table("samplers", sampler_agrees, sampler_cases);
    return failed + cmocka_run_group_tests_name("chance", tests, NULL, NULL);
}
