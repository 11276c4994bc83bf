/*
 * The machine behind the numbers: that nothing but the scenario, the seed and
 * the version decides them, and that no two random numbers have to do with each
 * other.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "models/purpose_impl.h"
#include "tests/verify/blocks.h"
#include "tests/verify/neighbours.h"
#include "tests/verify/verify.h"

/* ---- the same bytes ---- */

/* What is run, and how it must not matter how. */
struct bytes {
    const char *file;
    const char *threads; /* the first run has one */
    const char *program; /* of another build; NULL: the same */
    const char *seed;    /* NULL: the same; a control has another */
};

#define QUICK_RUNS "4"
#define FULL_RUNS "16"

/* results.json and results.csv of a run, one behind the other; freed by the
 * caller. */
static char *outcome(const struct room *room, const struct bytes *bytes,
                     const char *threads, bool full)
{
    char *folder = in_room(room, "out"), *json, *csv, *both;
    const char *seed = bytes->seed ? bytes->seed : "1";
    size_t size;

    expect(0, room, "run", bytes->file, "--quiet", "--force", "-o", folder,
           "--threads", threads, "--seed", seed, "--replications",
           full ? FULL_RUNS : QUICK_RUNS);
    json = contents_in(room, "out/results.json");
    csv = contents_in(room, "out/results.csv");
    assert_non_null(json);
    assert_non_null(csv);
    assert_true(strlen(json) > 10000 && strlen(csv) > 10000);
    size = strlen(json) + strlen(csv) + 1;
    both = calloc(size, 1);
    assert_non_null(both);
    snprintf(both, size, "%s%s", json, csv);
    free(json);
    free(csv);
    free(folder);
    return both;
}

/* The same in another build of the program. */
static char *outcome_of(const struct room *room, const struct bytes *bytes,
                        bool full)
{
    const char *set = getenv("HANDRAIL");
    char *own = set ? strdup(set) : NULL, *text;

    if (bytes->program)
        assert_int_equal(setenv("HANDRAIL", bytes->program, 1), 0);
    text = outcome(room, bytes, bytes->threads, full);
    if (own)
        setenv("HANDRAIL", own, 1);
    else
        unsetenv("HANDRAIL");
    free(own);
    return text;
}

static struct verify_found is_the_same(const json_t *json, const void *context,
                                       const struct verify_attempt *attempt)
{
    const struct bytes *bytes = context, one = {.file = bytes->file};
    bool full = attempt->form == VERIFY_FULL;
    struct verify_found found = {NAN, NAN, NAN, NAN};
    void *room;
    char *first, *other;

    (void)json;
    make_room(&room);
    first = outcome(room, &one, "1", full);
    other = outcome_of(room, bytes, full);
    found.mean = strcmp(first, other) == 0;
    free(first);
    free(other);
    remove_room(&room);
    return found;
}

#define SERVICE "scenarios/crisis-house.yaml"
static const struct bytes by_threads[] = {
    {.file = SERVICE, .threads = "2"},
    {.file = SERVICE, .threads = "3"},
    {.file = SERVICE, .threads = "8"},
};
static const struct bytes other_seed = {
    .file = SERVICE, .threads = "1", .seed = "2"};
#define BUILD_OF(variant) "build/" variant "/handrail"
static const struct bytes by_build[] = {
    {.file = SERVICE, .threads = "2", .program = BUILD_OF("debug")},
    {.file = SERVICE, .threads = "2", .program = BUILD_OF("asan")},
    {.file = "scenarios/dual-diagnosis.yaml",
     .threads = "2",
     .program = BUILD_OF("debug")},
    {.file = "scenarios/dual-diagnosis.yaml",
     .threads = "2",
     .program = BUILD_OF("asan")},
};

static void declare_bytes(struct verify *verify)
{
    static const char *const threads[] = {"two threads", "three threads",
                                          "eight threads"};
    static const char *const builds[] = {
        "crisis house, without optimisation",
        "crisis house, under the address and undefined-behaviour sanitizers",
        "dual diagnosis, without optimisation",
        "dual diagnosis, under the address and undefined-behaviour sanitizers"};
    struct verify_check check = {
        .kind = VERIFY_HOLDS,
        .compute = is_the_same,
        .source = "byte by byte: results.json and results.csv"};

    verify_case(verify, &(struct verify_case){"any number of threads", NULL,
                                              NULL, 1, 1, 1});
    for (size_t i = 0; i < LENGTH(by_threads); i++) {
        check.quantity = threads[i];
        check.context = &by_threads[i];
        verify_check(verify, &check);
    }
    check.quantity = "one thread again";
    check.context = &other_seed;
    check.wrong = "with another seed";
    verify_check(verify, &check);
    check.wrong = NULL;
    /* Other builds are there in the full form only. */
    verify_case(verify, &(struct verify_case){"any build of the program", NULL,
                                              NULL, 0, 1, 1});
    for (size_t i = 0; i < LENGTH(by_build); i++) {
        check.quantity = builds[i];
        check.context = &by_build[i];
        verify_check(verify, &check);
    }
}

/* ---- blocks ---- */

#define EVERY "tests/verify/scenarios/every-chance.yaml"

enum what { WHAT_SHARED, WHAT_MOVED, WHAT_TRAVELS, WHAT_UNUSED };

static void survey(const struct verify_attempt *attempt, bool caseload,
                   struct blocks *blocks)
{
    static const char *const without[] = {"calendar.caseload=null", NULL};

    blocks_survey(EVERY, caseload ? NULL : without, attempt->seed,
                  attempt->replications, blocks);
    /* That there was much to look at. */
    assert_true(blocks->drawn > 1000 * attempt->replications);
    assert_true(blocks->contacts > 500 * attempt->replications);
}

/* Purposes for which nothing was drawn. */
static double unused(const struct blocks *blocks)
{
    double count = 0;

    for (int i = PURPOSE_REFERRAL; i <= PURPOSE_CASELOAD; i++)
        count += blocks->purpose[i] == 0;
    for (int i = PURPOSE_CASELOAD + 1; i < BLOCKS_PURPOSES; i++)
        count += blocks->purpose[i] > 0;
    return count;
}

static struct verify_found count_of(const json_t *json, const void *context,
                                    const struct verify_attempt *attempt)
{
    const enum what *what = context;
    struct verify_found found = {NAN, NAN, NAN, NAN};
    struct blocks blocks;

    (void)json;
    /* The clocks of today's caseload are set back once, in one piece. */
    survey(attempt, *what != WHAT_MOVED, &blocks);
    switch (*what) {
    case WHAT_SHARED:
        found.mean = blocks.again + blocks.mixed;
        break;
    case WHAT_MOVED:
        found.mean = blocks.moved;
        break;
    case WHAT_TRAVELS:
        found.mean = blocks.travels;
        break;
    case WHAT_UNUSED:
        found.mean = unused(&blocks);
        break;
    }
    return found;
}

static void declare_blocks(struct verify *verify)
{
    static const enum what whats[] = {WHAT_UNUSED, WHAT_SHARED, WHAT_MOVED,
                                      WHAT_TRAVELS};
    static const char *const words[] = {
        "purposes of chance for which nothing was drawn",
        "blocks drawn for two different numbers",
        "clocks with points counted from two origins",
        "pairs of contacts of a person on a day with the same way to them"};
    static const char *const sources[] = {
        "so that every kind of draw is looked at",
        "every block drawn, sorted by key and counter",
        "every fixed point drawn",
        "the event log, to the millisecond; ways are drawn from a continuous "
        "law"};

    verify_case(verify, &(struct verify_case){.name = "every chance there is",
                                              .quick = 2,
                                              .full = 20});
    for (size_t i = 0; i < LENGTH(whats); i++)
        verify_check(verify, &(struct verify_check){.quantity = words[i],
                                                    .kind = VERIFY_SAME,
                                                    .truth = 0,
                                                    .source = sources[i],
                                                    .compute = count_of,
                                                    .context = &whats[i]});
}

/* ---- neighbours ---- */

#define WEAK_ROUNDS                                                            \
    3 /* of 10: Salmon et al. (2011) find 7 the least that pass                \
       */
static const struct neighbours neighbours[] = {
    {PART_SEED, "seeds", 0},
    {PART_REPLICATION, "numbers of the replication", 0},
    {PART_OWNER, "owners", 0},
    {PART_NUMBER, "numbers of the person", 0},
    {PART_TOPIC, "topics", 0},
    {PART_DAY, "days", 0},
    {PART_ORDINAL, "ordinals of the day", 0},
    {PART_PURPOSE, "purposes", 0},
    {PART_BLOCK, "blocks of one name", 0},
};
static const struct neighbours weak = {PART_ORDINAL, "", WEAK_ROUNDS};

static void declare_neighbours(struct verify *verify)
{
    static const struct {
        const char *words;
        verify_compute *compute;
    } statistics[] = {
        {"correlation of uniforms", neighbours_correlation},
        {"chi-square of pairs, as a normal deviate", neighbours_chi_square},
        {"share of bits that differ, less 1/2", neighbours_bits},
    };
    char name[128];

    for (size_t i = 0; i < LENGTH(neighbours); i++) {
        snprintf(name, sizeof name, "%s that differ by one",
                 neighbours[i].words);
        verify_case(verify, &(struct verify_case){
                                .name = name, .quick = 20000, .full = 2000000});
        for (size_t s = 0; s < LENGTH(statistics); s++)
            verify_check(verify, &(struct verify_check){
                                     .quantity = statistics[s].words,
                                     .source = "0 for independent numbers",
                                     .compute = statistics[s].compute,
                                     .context = &neighbours[i]});
    }
    verify_case(verify, &(struct verify_case){
                            .name = "ordinals that differ by one, 3 rounds",
                            .quick = 20000,
                            .full = 2000000});
    for (size_t s = 0; s < LENGTH(statistics); s++)
        verify_check(verify, &(struct verify_check){
                                 .quantity = statistics[s].words,
                                 .wrong = "3 rounds of Philox instead of 10",
                                 .compute = statistics[s].compute,
                                 .context = &weak});
}

int main(void)
{
    struct verify *verify = verify_begin(&(struct verify_family){
        "machine", 80, "The machine",
        "Nothing but the scenario, the seed and the version decides a result: "
        "neither threads nor how the program was compiled. Every random number "
        "has a name (Philox 4x32-10; Salmon, Moraes, Dror and Shaw 2011, "
        "\"Parallel random numbers: as easy as 1, 2, 3\"); the blocks are all "
        "written down as they are drawn, in a small scenario that draws for "
        "every purpose there is, and numbers whose names are neighbours are "
        "compared."});

    declare_bytes(verify);
    declare_blocks(verify);
    declare_neighbours(verify);
    return verify_finish(verify);
}
