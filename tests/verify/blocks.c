/*
 * Every block drawn is kept, then they are sorted by key, counter and order, so
 * that those of one name stand together.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/verify/blocks.h"

#include "models/history.h"
#include "models/purpose_impl.h"
#include "models/replication.h"
#include "tests/loading.h"

#define FILES_MAX 3
#define NAME_WORDS 6 /* key and counter */

struct kept {
    uint32_t word[NAME_WORDS]; /* key, then counter: its last word has the index
                                  of a point and the block */
    uint32_t order;
    bool point;
    sim_ms origin;
};

struct survey {
    struct kept *kept;
    size_t count, room;
    struct blocks *blocks;
};

static void keep(void *context, const struct recorded *block)
{
    struct survey *survey = context;
    struct kept *kept;

    if (survey->count == survey->room) {
        survey->room = survey->room ? 2 * survey->room : 1 << 16;
        survey->kept =
            realloc(survey->kept, survey->room * sizeof *survey->kept);
        assert_non_null(survey->kept);
    }
    kept = &survey->kept[survey->count++];
    memset(kept, 0, sizeof *kept);
    memcpy(kept->word, block->key, sizeof block->key);
    memcpy(kept->word + 2, block->counter, sizeof block->counter);
    kept->order = block->order;
    kept->point = block->point;
    kept->origin = block->origin;
}

static int compare_words(const struct kept *a, const struct kept *b, int words)
{
    for (int i = 0; i < words; i++)
        if (a->word[i] != b->word[i])
            return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

static int compare_kept(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    int by_name = compare_words(x, y, NAME_WORDS);

    return by_name ? by_name : (x->order > y->order) - (x->order < y->order);
}

/* Whether what a purpose decides is fixed luck, which is looked up again. */
static bool is_fixed_luck(uint8_t purpose)
{
    switch (purpose) {
    case PURPOSE_CHANGE:
    case PURPOSE_DISENGAGE_RATE:
    case PURPOSE_CONCERN:
    case PURPOSE_REACHES_OUT:
    case PURPOSE_SIGN_RENEWED:
    case PURPOSE_SIGN_STATE:
    case PURPOSE_SIGN_APPLIES:
    case PURPOSE_TRAVEL:
        return true;
    default:
        return false;
    }
}

static void count_blocks(struct survey *survey)
{
    struct blocks *out = survey->blocks;

    assert_non_null(survey->kept);
    qsort(survey->kept, survey->count, sizeof *survey->kept, compare_kept);
    for (size_t i = 0; i < survey->count; i++) {
        const struct kept *kept = &survey->kept[i], *before = kept - 1;
        uint8_t purpose = (uint8_t)(kept->word[3] & 0xff);

        if (i > 0 && compare_words(kept, before, NAME_WORDS) == 0) {
            out->again += !is_fixed_luck(purpose);
            out->mixed += kept->point != before->point;
        } else {
            out->drawn++;
            out->purpose[purpose]++;
        }
        /* The points of one clock have one name but for the last word. */
        out->moved += i > 0 && kept->point && before->point &&
                      compare_words(kept, before, NAME_WORDS - 1) == 0 &&
                      kept->origin != before->origin;
    }
}

/* ---- ways to contacts ---- */

/* Whether staff went to `person`; those on call take a fixed time to come. */
static bool is_way_to(const struct history *h,
                      const struct history_contact *contact, uint32_t person)
{
    const struct history_worker *worker;

    if (contact->person != person || contact->met == SIM_NEVER ||
        contact->started == SIM_NEVER || contact->met <= contact->started ||
        contact->staff_count == 0)
        return false;
    worker = &h->workers[h->busies[contact->staff].worker];
    return !h->scenario->role[worker->role].on_call;
}

/* Pairs of contacts of one person that staff were equally long on the way to.
 * Ways are drawn from continuous laws: no two are the same by chance. */
static void count_travels(const struct history *h, struct blocks *out)
{
    for (uint32_t i = 0; i < h->contacts_count; i++) {
        const struct history_contact *a = &h->contacts[i];

        if (!is_way_to(h, a, a->person))
            continue;
        out->contacts++;
        for (uint32_t j = 0; j < i; j++) {
            const struct history_contact *b = &h->contacts[j];

            out->travels += is_way_to(h, b, a->person) &&
                            sim_day_of(a->due) == sim_day_of(b->due) &&
                            a->met - a->started == b->met - b->started;
        }
    }
}

/* ---- running ---- */

/* The scenario and what it may read, from the folder it lies in. */
static void load_files(const char *path, struct text_file *file)
{
    static const char *const beside[] = {"every-chance-today.csv",
                                         "every-chance-dates.csv"};
    char other[256];

    file[0] = (struct text_file){path, loading_file(path)};
    for (size_t i = 0; i < LENGTH(beside); i++) {
        snprintf(other, sizeof other, "tests/verify/scenarios/%s", beside[i]);
        file[i + 1] = (struct text_file){beside[i], loading_file(other)};
    }
    file[FILES_MAX] = (struct text_file){NULL, NULL};
}

static void run(const struct scenario *scenario, uint32_t seed,
                uint32_t replications, struct survey *survey)
{
    struct replication *replication = NULL;
    struct journey journey = {0};
    struct layout layout;
    double *record;

    assert_int_equal(layout_init(&layout, scenario), SIM_OK);
    record = calloc(layout.length, sizeof *record);
    assert_non_null(record);
    assert_int_equal(replication_new(scenario, &layout, &replication), SIM_OK);
    replication_log(replication, &journey);
    for (uint32_t i = 0; i < replications; i++) {
        struct history history;

        recorder_set(keep, survey);
        assert_int_equal(replication_run(replication, seed, i, record), SIM_OK);
        recorder_set(NULL, NULL);
        assert_int_equal(journey_status(&journey), SIM_OK);
        assert_int_equal(history_make(&history, scenario, &journey), SIM_OK);
        count_travels(&history, survey->blocks);
        history_clear(&history);
    }
    replication_free(replication);
    journey_clear(&journey);
    free(record);
}

void blocks_survey(const char *path, const char *const *setting, uint32_t seed,
                   uint32_t replications, struct blocks *out)
{
    struct text_file file[FILES_MAX + 1];
    struct survey survey = {.blocks = out};
    struct loaded loaded;

    memset(out, 0, sizeof *out);
    load_files(path, file);
    loading_load(&loaded, file, setting);
    assert_int_equal(loaded.err, SIM_OK);
    run(loaded.scenario, seed, replications, &survey);
    count_blocks(&survey);
    loading_clear(&loaded);
    for (size_t i = 0; i < FILES_MAX; i++)
        free((void *)(uintptr_t)file[i].text);
    free(survey.kept);
}
