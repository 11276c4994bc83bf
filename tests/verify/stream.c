/*
 * The random words of one replication after another, as the model draws them,
 * on standard output: for batteries of tests (make verify-battery). Words that
 * are looked up again, as the points of fixed luck are, are written once.
 * Usage: stream SCENARIO SEED [names]
 * With `names`, those of the blocks in place of their words: a control, for
 * they are anything but random.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "models/replication.h"
#include "tests/loading.h"
#include "tests/verify/recorder.h"

#define SEEN_BITS 21 /* a table of 2 million, for some 100,000 blocks */
#define SEEN_MOST (((size_t)1 << SEEN_BITS) / 2)

/* Which blocks have been drawn in this replication: an open table of their
 * counters. `mark`: the replication in which an entry was made, so that nothing
 * has to be emptied. */
struct seen {
    uint32_t (*counter)[4];
    uint32_t *mark;
    uint32_t now;
    size_t count;
    bool names;  /* in place of words */
    bool closed; /* nobody reads on */
};

/* Fibonacci hashing of the two halves (Knuth, vol. 3, section 6.4). */
static size_t place_of(const uint32_t counter[4])
{
    uint64_t low = (uint64_t)counter[1] << 32 | counter[0];
    uint64_t high = (uint64_t)counter[3] << 32 | counter[2];

    low = low * 0x9e3779b97f4a7c15u ^ high;
    return (size_t)(low * 0x9e3779b97f4a7c15u >> (64 - SEEN_BITS));
}

/* Whether the block is new; it is not, then. */
static bool is_new(struct seen *seen, const uint32_t counter[4])
{
    size_t i = place_of(counter);

    for (; seen->mark[i] == seen->now; i = (i + 1) & ((1u << SEEN_BITS) - 1))
        if (memcmp(seen->counter[i], counter, sizeof seen->counter[i]) == 0)
            return false;
    seen->mark[i] = seen->now;
    memcpy(seen->counter[i], counter, sizeof seen->counter[i]);
    SIM_REQUIRE(++seen->count < SEEN_MOST);
    return true;
}

static void write_block(void *context, const struct recorded *block)
{
    struct seen *seen = context;

    if (!seen->closed && is_new(seen, block->counter))
        seen->closed = fwrite(seen->names ? block->counter : block->words,
                              sizeof block->words, 1, stdout) < 1;
}

static int write_all(const struct scenario *scenario, uint32_t seed, bool names)
{
    struct seen seen = {
        .names = names,
        .counter = calloc((size_t)1 << SEEN_BITS, sizeof *seen.counter),
        .mark = calloc((size_t)1 << SEEN_BITS, sizeof *seen.mark),
    };
    struct replication *replication = NULL;
    struct layout layout;
    double *record = NULL;
    int err = layout_init(&layout, scenario);

    if (err == SIM_OK)
        err = replication_new(scenario, &layout, &replication);
    record = calloc(layout.length, sizeof *record);
    if (!seen.counter || !seen.mark || !record)
        err = SIM_ERR_NO_MEMORY;
    recorder_set(write_block, &seen);
    for (uint32_t i = 0; err == SIM_OK && !seen.closed; i++) {
        seen.now = i + 1;
        seen.count = 0;
        err = replication_run(replication, seed, i, record);
    }
    replication_free(replication);
    free(record);
    free(seen.counter);
    free(seen.mark);
    return err;
}

int main(int argc, char **argv)
{
    struct text_file file[2] = {{NULL, NULL}, {NULL, NULL}};
    struct loaded loaded;
    int err;

    if (argc < 3 || argc > 4) {
        fputs("usage: stream SCENARIO SEED [names]\n", stderr);
        return 2;
    }
    file[0] = (struct text_file){argv[1], loading_file(argv[1])};
    loading_load(&loaded, file, NULL);
    err = loaded.err;
    if (err == SIM_OK)
        err = write_all(loaded.scenario, (uint32_t)strtoul(argv[2], NULL, 10),
                        argc == 4);
    loading_clear(&loaded);
    free((void *)(uintptr_t)file[0].text);
    return err != SIM_OK;
}
